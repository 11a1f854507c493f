"""The report as a calculation on paper (PDF)."""

from optopscan.report.calculation_pdf.render import render

__all__ = ["render"]
