"""What was not checked."""

from __future__ import annotations

from optopscan.report.document import Items, Record, Section
from optopscan.report.phrases import phrase
from optopscan.report.words import Language, word


def section(record: Record, language: Language) -> Section:
    """Return the list of what this scan did not look at."""
    return Section(
        key="not_checked",
        title=word("h_not_checked", language),
        blocks=(Items(rows=tuple(phrase(row, language) for row in record["not_checked"]) or (word("nothing", language),)),),
    )
