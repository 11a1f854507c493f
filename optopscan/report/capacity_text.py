"""How many storeys, what stops the next one and what to look at first: a view of the record without placed modules."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from optopscan.model.sides import EXISTING
from optopscan.model.verdict import worst
from optopscan.report import summary
from optopscan.report.layout import heading, item, table
from optopscan.report.leading import OF_THE_NEW, SUBJECTS, leading, side_rows
from optopscan.report.marks import uc_text
from optopscan.report.record.build import names_of
from optopscan.report.words import Language, word

Record = Mapping[str, Any]
NOTHING_NEW = "-"
KEYS = (
    *("schema", "statement", "tool", "input_sha256", "settings", "inputs", "overrides", "scenarios", "extra_storeys", "checks", "part_uc"),
    *("topologies", "stability", "wall_wind", "anchorage", "robustness", "take_down", "flags", "assumptions", "not_checked"),
)
"""What of the record an answer about storeys rests on; the model itself and the roof are left out."""


def as_json(record: Record) -> dict[str, Any]:
    """Return the part of the record that is about storeys, under the same keys."""
    return {key: record[key] for key in KEYS}


def text(record: Record, language: Language = "nl") -> str:
    """Return the answer as plain text, at most 100 columns wide, newline at the end."""
    told = summary.blocks(record, language)
    blocks = (
        told["head"],
        told["existing"],
        told["why"],
        _per_concept(record, language),
        told["chance"],
        _sides(record, language),
        told["scenarios"],
        told["investigate"],
        told["overrides"],
        told["not_checked"],
        [word("element_hint", language)],
    )
    return "\n\n".join("\n".join(block) for block in blocks if block) + "\n"


def _per_concept(record: Record, language: Language) -> list[str]:
    """Return the storeys of each concept, and under them what each meets next."""
    rows = record["extra_storeys"]["per_concept"]
    lines = heading(word("h_concepts", language))
    if not rows:
        return [*lines, *item(word("nothing", language))]
    parts = names_of(record)
    keys = ("proven", "possible", "vertical_only", "with_wind")
    cells = [[row["concept"], *(_storeys(row[key]) for key in keys)] for row in rows]
    lines += table([word(key, language) for key in ("concept", *keys)], cells)
    for row in rows:
        stop = row["governing"]
        what = word("no_governing", language) if stop is None else summary.bottleneck(record, stop, language, parts)
        lines += item(f"{row['concept']}: {what if stop is None else word('next_storey', language, what=what)}")
    return lines


def _storeys(count: int | None) -> str:
    return "?" if count is None else f"+{count}"


def _sides(record: Record, language: Language) -> list[str]:
    """Return the verdicts beside the vertical one in every state of the concept that the answer is about."""
    concept = leading(record)
    if concept is None:
        return []
    states = [row["id"] for row in record["scenarios"] if row["id"] == EXISTING or (row["concept"] == concept and row["storeys"])]
    cells = []
    for state in states:
        row = [_cell(side_rows(record, s, state), language, new_only=state == EXISTING and s in OF_THE_NEW) for s in SUBJECTS]
        cells.append([word("existing", language) if state == EXISTING else state, *row])
    lines = heading(word("h_sides", language, concept=concept))
    lines += table([word("state", language), *(word(f"s_{subject}", language) for subject in SUBJECTS)], cells)
    slab = record["extra_storeys"]["slab_as_floor"]
    if slab["fields"]:
        lines += item(word("slab_as_floor", language, outcome=word(slab["outcome"], language)))
    return lines


def _cell(rows: Sequence[Mapping[str, Any]], language: Language, *, new_only: bool) -> str:
    """Return the worst outcome with the highest known utilisation; a subject without rows was not checked, or has no new part yet."""
    if not rows:
        return NOTHING_NEW if new_only else word("not_checked_short", language)
    known = [row["uc"] for row in rows if row.get("uc") is not None]
    uc = f" {uc_text(max(known), language)}" if known else ""
    return f"{word(worst(row['outcome'] for row in rows), language)}{uc}"
