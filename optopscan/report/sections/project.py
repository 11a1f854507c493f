"""Project sheet: what this is about, of which file, how firm, made by which version with which settings."""

from __future__ import annotations

from optopscan.report.document import Paragraph, Record, Section, both, table
from optopscan.report.phrases import phrase
from optopscan.report.words import Language, number, word


def name_of(record: Record, language: Language) -> str:
    """Return the building's name, else that of its first file."""
    inputs = record["inputs"]
    return str(record["building"]["name"] or (inputs[0]["name"] if inputs else word("unknown", language)))


def facts(record: Record, language: Language) -> tuple[tuple[str, str], ...]:
    """Return the facts about building and scan that stand at the top, as (name, value)."""
    building, settings, extra = record["building"], record["settings"], record["extra_storeys"]
    year = building["build_year"] or settings.get("build_year") or word("unknown", language)
    rows = (
        (both(language, "bouwjaar", "built"), str(year)),
        (both(language, "bouwlagen", "storeys"), str(len(record["take_down"]["storeys"]))),
        (both(language, "hoogte", "height"), f"{number(building['height_m'], 1, language)} m"),
        (both(language, "plat dak", "flat roof"), f"{number(building['flat_roof_area_m2'], 0, language)} m²"),
        (both(language, "elementen", "elements"), str(building["n_element"])),
        (both(language, "dragend", "bearing"), str(building["n_bearing"])),
        (both(language, "onbekend of dragend", "not known whether bearing"), str(building["n_bearing_unknown"])),
        (both(language, "toetsniveau", "assessment level"), f"{phrase(str(settings['level']), language)}, {settings['consequence_class']}"),
        ("label", word(f"label_{extra['label']}", language)),
    )
    return rows


def section(record: Record, language: Language) -> Section:
    """Return the project sheet."""
    rows = [
        (
            both(language, "doel", "purpose"),
            both(language, "quickscan van de draagkracht voor optoppen", "quickscan of capacity for extension"),
        ),
        (both(language, "status", "status"), word("statement", language)),
        (both(language, "gebouw", "building"), name_of(record, language)),
        *facts(record, language),
        (both(language, "programma", "program"), f"optopscan {record['tool']['version']}"),
        (both(language, "correcties", "corrections"), record["overrides"]["name"] or word("nothing", language)),
        *(
            (f"{both(language, 'bestand', 'file')} {k}", f"{row['name']} ({row['ifc_schema']})")
            for k, row in enumerate(record["inputs"], 1)
        ),
        *((f"sha256 {k}", row["sha256"]) for k, row in enumerate(record["inputs"], 1)),
        (both(language, "datum en paraaf", "date and initials"), "........................"),
    ]
    head = (both(language, "gegeven", "item"), both(language, "waarde", "value"))
    note = both(
        language,
        "Dezelfde invoer met dezelfde instellingen geeft dezelfde uitkomst; daarom staat hier geen datum van de berekening.",
        "The same input with the same settings gives the same result; so no date of the calculation stands here.",
    )
    blocks = (table(head, rows, left=2), Paragraph(text=note, tone="note"))
    return Section(key="project", title=both(language, "Projectblad", "Project sheet"), blocks=blocks)
