"""Rules that the building meets: code, text, article and what set it off."""

from __future__ import annotations

from optopscan.report.document import Record, Section, both, table
from optopscan.report.phrases import phrase
from optopscan.report.words import Language, word


def section(record: Record, language: Language) -> Section | None:
    """Return the flags; those that ask for a judgement say so."""
    rows = [
        [
            row["code"],
            phrase(row["text"], language),
            phrase(row["article"] or "", language),
            word("judge" if row["asks"] else "triggered", language, what=phrase(row["triggered_by"], language)),
        ]
        for row in record["flags"]
    ]
    if not rows:
        return None
    head = (
        both(language, "regel", "rule"),
        both(language, "wat", "what"),
        both(language, "artikel", "article"),
        both(language, "waarom", "why"),
    )
    return Section(key="rules", title=both(language, "Regels", "Rules"), blocks=(table(head, rows, left=4),))
