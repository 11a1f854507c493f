"""The report as one offline page."""

from optopscan.report.page.render import render

__all__ = ["render"]
