"""The weight calculation as a workbook with live formulas."""
