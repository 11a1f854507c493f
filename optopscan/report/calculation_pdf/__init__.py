"""The report as a calculation on paper (PDF)."""
