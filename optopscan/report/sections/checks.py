"""Governing checks: utilisation before and after, and each one written out with its numbers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from optopscan.model.sides import EXISTING
from optopscan.report import check_lines
from optopscan.report.document import Block, Paragraph, Record, Section, Table, Working, both, table, tone_of
from optopscan.report.leading import leading, part_columns, state_about
from optopscan.report.marks import part_text, uc_text
from optopscan.report.plain_words import group_name
from optopscan.report.record.build import names_of
from optopscan.report.words import Language, word

TOP_TABLE = 25
TOP_WORKED = 5


def section(record: Record, language: Language) -> Section:
    """Return the most loaded parts before and after, then the governing checks written out."""
    state = state_about(record)
    rows = governing(record, state)
    blocks: list[Block] = [*_ranking(record, state, language)]
    if not rows:
        blocks.append(Paragraph(text=word("no_governing", language)))
    elements = names_of(record)
    for row in rows[:TOP_WORKED]:
        title = f"UC {uc_text(row['uc'], language)}, {part_text(record, row['part'], language, elements)}, {row['scenario']}"
        blocks.append(Working(title=title, lines=tuple(check_lines.lines(row, language)), part=row["part"], tone=tone_of(row["outcome"])))
    hint = both(
        language,
        "De hele berekening van een onderdeel, met elke stap en herkomst: optopscan capacity IFC... --element ID",
        "The whole calculation of a part, with every step and source: optopscan capacity IFC... --element ID",
    )
    blocks.append(Paragraph(text=hint, tone="note"))
    return Section(key="checks", title=word("h_checks", language), blocks=tuple(blocks))


def governing(record: Record, state: str) -> Sequence[Mapping[str, Any]]:
    """Return the checks of a state with all their inputs, highest first; those of the leading concept's other states after them."""
    concept = leading(record)
    of_concept = {row["id"] for row in record["scenarios"] if row["concept"] == concept} | {EXISTING}
    rows = [row for row in record["checks"] if row["scenario"] in of_concept]
    return sorted(rows, key=lambda row: (row["scenario"] != state, -(row["uc"] or 0.0), row["scenario"], row["part"]))


def _ranking(record: Record, state: str, language: Language) -> list[Table]:
    """Return the parts with the highest utilisation; what is not known stands below what is, never left out in silence."""
    before, _ = part_columns(record, EXISTING)
    after, outcomes = part_columns(record, state)
    if not after:
        return []
    elements = names_of(record)
    known = sorted((part for part, uc in after.items() if uc is not None), key=lambda part: (-(after[part] or 0.0), part))
    rows = [
        [
            part_text(record, part, language, elements),
            group_name(elements[part]["material"]["group"] or "unknown", language),
            word(outcomes[part], language),
            uc_text(before.get(part), language),
            uc_text(after[part], language),
        ]
        for part in known[:TOP_TABLE]
    ]
    missing = len(after) - len(known)
    title = both(language, f"Zwaarst belaste onderdelen, toestand {state}", f"Most loaded parts, state {state}")
    if missing:
        title += both(language, f"; {missing} onderdelen zonder UC zijn onbekend", f"; {missing} parts without UC are unknown")
    head = (
        word("part", language),
        both(language, "materiaal", "material"),
        word("outcome", language),
        both(language, "UC voor", "UC before"),
        both(language, "UC na", "UC after"),
    )
    tones = [tone_of(outcomes[part]) for part in known[:TOP_TABLE]]
    return [table(head, rows, left=3, title=title, tones=tones, parts=known[:TOP_TABLE])]
