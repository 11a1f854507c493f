"""A factsheet for a terminal, in Dutch."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from optopscan.report.feasibility.words import confidence
from optopscan.report.layout import heading, item, wrap

if TYPE_CHECKING:
    from optopscan.catalog.knowledge_rows import Factsheet
    from optopscan.catalog.plain_sheet import PlainSheet
    from optopscan.feasibility.factsheets import Basis


def text(row: Factsheet | PlainSheet, basis: Sequence[Basis] = ()) -> str:
    """Return the page: what, when it counts, article, who can change it, what to ask."""
    lines = [*heading(f"{row.code}: {row.title}"), *wrap(row.what)]
    said = ""
    for one in basis:
        if one.sentence != said:
            lines += ["", *wrap(one.sentence)]
            said = one.sentence
        lines += _row("telt als", one.counts)
        if one.article:
            lines += _row("artikel", one.article)
        lines += _row("bron", f"{one.source} ({confidence(one.confidence, 'nl')}; {one.table})")
    lines += ["", *_row("wie kan het veranderen", row.who), "vraag:"]
    for question in row.ask:
        lines += item(question)
    return "\n".join(lines) + "\n"


def _row(name: str, told: str) -> list[str]:
    return wrap(f"{name}: {told}", hang="  ")
