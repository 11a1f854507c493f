"""What to find out first: the question, the parts it is about, and what a good outcome is worth."""

from __future__ import annotations

from optopscan.report import chances
from optopscan.report.document import Record, Section, both, table
from optopscan.report.phrases import phrase
from optopscan.report.words import Language, word

TOP_PARTS = 5


def section(record: Record, language: Language) -> Section | None:
    """Return the investigations in order of worth."""
    rows = record["extra_storeys"]["investigate_first"]
    if not rows:
        return None
    cells = []
    for row in rows:
        dots = " ..." if len(row["parts"]) > TOP_PARTS else ""
        gain = chances.worth(row, language) or word("gain", language, n=row["gain"])
        cells.append([phrase(row["what"], language), gain, ", ".join(row["parts"][:TOP_PARTS]) + dots])
    head = (
        both(language, "onderzoek", "investigation"),
        both(language, "wat het oplevert", "what it yields"),
        both(language, "onderdelen", "parts"),
    )
    made = table(head, cells, left=3, parts=[row["parts"][0] if row["parts"] else "" for row in rows])
    return Section(key="investigate", title=word("h_investigate", language), blocks=(made,))
