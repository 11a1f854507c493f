"""The probability of each storey count, with its definition and what it hangs on."""

from __future__ import annotations

from optopscan.report import chances
from optopscan.report.document import Items, Record, Section, table
from optopscan.report.words import Language


def section(record: Record, language: Language) -> Section | None:
    """Return the probability of the leading concept in words and of all concepts in a table."""
    title = chances.heading(record, language)
    if not title:
        return None
    head, rows = chances.others(record, language)
    blocks = [Items(rows=tuple(chances.lines(record, language)))]
    return Section(key="chance", title=title, blocks=(*blocks, *([table(head, rows)] if len(rows) > 1 else ())))
