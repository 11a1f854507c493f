"""What is not checked, from the list that stands in every output, and what is refused or left unknown by rule."""

from __future__ import annotations

from docs.make.markdown import cell, code, table
from optopscan.catalog.engineering import load_engineering


def not_checked() -> str:
    """Return the standing list; an entry leaves an answer only when a check that covers it ran."""
    rows = [[code(row.id), cell(row.en), cell(row.nl)] for row in load_engineering().not_checked]
    return table(["id", "not checked", "in a Dutch report"], rows)


def refusals() -> str:
    """Return the rules by which a building family gets no extension, or stays unknown."""
    rows = [
        [code(row.id), cell(row.outcome), cell(row.en), cell(row.source), cell(row.confidence)]
        for row in load_engineering().family_rules.values()
    ]
    return table(["rule", "outcome", "why", "source", "confidence"], rows)
