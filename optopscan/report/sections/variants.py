"""Variants: what can be placed, what it yields, and why not more."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from optopscan.report.document import Block, Items, Paragraph, Record, Section, Tone, both, table, tone_of
from optopscan.report.marks import uc_text
from optopscan.report.variants.reasons import beyond_line, variant_why
from optopscan.report.words import Language, number, word

TOP_REMEDIES = 3


def section(record: Record, language: Language) -> Section:
    """Return every variant with its counts, the sentences about those put forward, and what is beside the roof."""
    title = word("h_variants", language)
    rows = record["variants"]
    if not rows:
        return Section(key="variants", title=title, blocks=(Paragraph(text=word("variant_none", language)),))
    heads = ("variant", "concept", "types", "outcome", "storeys", "modules", "dwellings", "gfa", "max_uc")
    cells = [_cells(row, language) for row in rows]
    tones: list[Tone] = [tone_of(row["outcome"]) if row["modules"] else "" for row in rows]
    made = table([word(key, language) for key in heads], cells, left=4, tones=tones)
    told = [line for row in rows for line in _told(row, language)]
    beside = [beyond_line(row, language) for row in record.get("beyond_roof") or () if row["dwellings"]]
    blocks: list[Block] = [made, *([Items(rows=tuple(told))] if told else [])]
    if beside:
        blocks += [Paragraph(text=both(language, "Naast het dak:", "Beside the roof:")), Items(rows=tuple(beside))]
    return Section(key="variants", title=title, blocks=tuple(blocks))


def _cells(row: Mapping[str, Any], language: Language) -> list[str]:
    return [
        row["id"],
        row["concept"],
        " ".join(f"{count}x{kind}" for kind, count in sorted(row["dwellings_by_type"].items()) if count),
        word(row["outcome"] if row["modules"] else "no_place", language),
        f"+{row['storeys']}",
        str(row["modules"]),
        str(row["dwellings"]),
        number(row["gfa_m2"], 0, language),
        uc_text(row["max_uc"], language),
    ]


def _told(row: Mapping[str, Any], language: Language) -> list[str]:
    worth = row["worth"]
    told = []
    if worth and worth["put_forward"]:
        told.append(f"{row['id']}: {worth['put_forward'] if language == 'nl' else worth['put_forward_en']}")
    if row["why"]:
        told.append(f"{row['id']}: {variant_why(row, language)}")
    told += [word("variant_stopped", language, id=row["id"], text=one[f"text_{language}"]) for one in row.get("why_not", [])[:1]]
    return told + [f"{row['id']}: {one[f'text_{language}']}" for one in row.get("remedies", [])[:TOP_REMEDIES]]
