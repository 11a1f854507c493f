"""The scheme per storey: the plans of the record, by the names of their files."""

from __future__ import annotations

from optopscan.report.document import Paragraph, Picture, Record, Section, both
from optopscan.report.plans import data as plan_data
from optopscan.report.words import Language, word


def section(record: Record, language: Language) -> Section:
    """Return the plans of foundation, storeys and roof in that order."""
    pictures = []
    if any(part["line"] is not None for part in record["parts"]):
        pictures.append(Picture(name="plan_foundation.png", alt=word("plan_foundation", language)))
    for storey in plan_data.storeys(record):
        pictures.append(Picture(name=f"plan_storey_{storey + 1}.png", alt=word("plan_storey", language, n=storey + 1)))
    pictures.append(Picture(name="plan_roof.png", alt=word("plan_roof", language)))
    told = both(
        language,
        "Per bouwlaag: dragende delen, wat erop rust en in welke richting het overspant.",
        "Per storey: bearing parts, what rests on them and in which direction it spans.",
    )
    title = both(language, "Schema per bouwlaag", "Scheme per storey")
    return Section(key="plans", title=title, blocks=(Paragraph(text=told), *pictures))
