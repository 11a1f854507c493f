"""Gewichtsberekening: loads per storey and at the foundation, before and after, characteristic."""

from __future__ import annotations

import math
from collections import defaultdict

from optopscan.report.document import Paragraph, Record, Section, Table, both, table
from optopscan.report.grid_lines import Grid, grid
from optopscan.report.leading import state_about
from optopscan.report.load_path import LoadPath, known, load_path
from optopscan.report.words import Language, number, word

TOP_LINES = 40
MOST_STOREYS = 6
"""As many columns as an A4 page holds; a higher building gets a second table."""


def section(record: Record, language: Language) -> Section:
    """Return the sums per storey, what reaches the ground and the foundation lines before and after."""
    loads = record["take_down"]
    blocks = [_by_storey(record, language), _sums(record, language), *_by_axis(record, language), *_lines(record, language)]
    blocks.append(Paragraph(text=word("take_down_note", language), tone="note"))
    title = word("h_take_down", language, name=word(f"d_{loads['distribution']}", language))
    return Section(key="take_down", title=title, blocks=tuple(blocks))


def _by_storey(record: Record, language: Language) -> Table:
    keys = ("carried_area_m2", "added_permanent_kn", "added_permanent_kn_m2", "permanent_kn", "imposed_kn", "roof_kn")
    heads = ("storey", "area", "added", "added_m2", "sum_g", "sum_q", "sum_roof")
    digits = (1, 1, 2, 1, 1, 1)
    rows = [
        [str(row["storey"] + 1), *(number(row[key], places, language) for key, places in zip(keys, digits, strict=True))]
        for row in record["take_down"]["storeys"]
    ]
    return table(
        [word(key, language) for key in heads], rows, title=both(language, "Per bouwlaag, van boven af", "Per storey, from the top")
    )


def _by_axis(record: Record, language: Language) -> list[Table | Paragraph]:
    """Return what stands on each grid line at the foot of each storey, without and with the extension, over the whole roof."""
    if record.get("load_basis") is None:
        return []
    path, lines = load_path(record), grid(record)
    sums = _sums_by_axis(record, path, lines)
    order = [line.name for line in (*lines.u, *lines.v)]
    axes = sorted({axis for axis, _ in sums}, key=lambda axis: order.index(axis) if axis in order else len(order))
    storeys = sorted({storey for _, storey in sums}, reverse=True)
    made: list[Table | Paragraph] = []
    for load, name in enumerate(("G", "Q")):
        title = both(language, f"{name} per as en bouwlaag, voor → na, kN", f"{name} per grid line and storey, before → after, kN")
        for first in range(0, len(storeys), MOST_STOREYS):
            shown = storeys[first : first + MOST_STOREYS]
            head = [both(language, "as", "line"), *(f"{word('storey', language)} {storey + 1}" for storey in shown)]
            rows = [
                [axis or both(language, "overig", "other"), *(_change(sums.get((axis, k)), load, language) for k in shown)] for axis in axes
            ]
            made.append(table(head, rows, title=f"{title} ({path.leading.scenario})" if path.leading.scenario else title))
    if made:
        made.append(Paragraph(text=word("by_axis_note", language), tone="note"))
    return made


def _sums_by_axis(record: Record, path: LoadPath, lines: Grid) -> dict[tuple[str, int], list[tuple[float, float]]]:
    """Return G and Q [kN] at the feet, each before and after, by line and storey; the parts are those of the weight calculation."""
    found: dict[tuple[str, int], list[list[float]]] = defaultdict(lambda: [[], [], [], []])
    added = path.leading
    for part, load in zip(record["parts"], path.parts, strict=True):
        if part["kind"] not in ("pier", "column"):
            continue
        cell = found[lines.line_of(part), part["storey"]]
        q = math.fsum(load.foot_q)
        on_roof, new_q = load.bears_m2 + load.lifts_m2, added.storeys * known(path.basis["new_imposed_kn_m2"]) * load.bears_m2
        for column, value in zip(cell, (load.foot_g, load.foot_g + added.per_m2 * on_roof, q, q + new_q), strict=True):
            column.append(value)
    return {key: [(math.fsum(cell[0]), math.fsum(cell[1])), (math.fsum(cell[2]), math.fsum(cell[3]))] for key, cell in found.items()}


def _change(pairs: list[tuple[float, float]] | None, load: int, language: Language) -> str:
    if pairs is None:
        return ""
    before, after = (number(None if math.isnan(value) else value, 0, language) for value in pairs[load])
    return f"{before} → {after}"


def _sums(record: Record, language: Language) -> Table:
    loads = record["take_down"]
    rows = [
        [word("applied", language), number(loads["permanent_kn"], 1, language), number(loads["imposed_kn"], 1, language)],
        [word("ground", language), number(loads["ground_permanent_kn"], 1, language), number(loads["ground_imposed_kn"], 1, language)],
        [word("direct", language), number(loads["direct_to_ground_kn"], 1, language), ""],
        [word("unsupported", language), number(loads["unsupported_kn"], 1, language), ""],
    ]
    title = both(language, "Sluitpost: wat erin gaat komt eruit", "Balance: what goes in comes out")
    return table(["", "G kN", "Q kN"], rows, title=title)


def _lines(record: Record, language: Language) -> list[Table | Paragraph]:
    lines = record["extra_storeys"]["foundation"]["lines"]
    if not lines:
        return [Paragraph(text=word("foundation_none", language))]
    ranked = sorted(lines, key=lambda row: (row["line"], row["part"]))
    keys, digits = ("length_m", "old_kn_m", "new_kn_m"), (2, 1, 1)
    rows = [
        [
            str(row["line"]),
            row["part"],
            *(number(row[key], places, language) for key, places in zip(keys, digits, strict=True)),
            _rise(row["r_char"], language),
        ]
        for row in ranked[:TOP_LINES]
    ]
    head = [*(word(key, language) for key in ("line", "part", "length", "old", "new")), both(language, "toename %", "increase %")]
    title = both(language, "Belasting op de fundering, voor en na", "Load on the foundation, before and after")
    made: list[Table | Paragraph] = [
        table(head, rows, left=2, title=f"{title} ({state_about(record)})", parts=[row["part"] for row in ranked[:TOP_LINES]])
    ]
    if len(ranked) > TOP_LINES:
        made.append(Paragraph(text=word("more_lines", language, n=len(ranked) - TOP_LINES), tone="note"))
    return made


def _rise(ratio: float | None, language: Language) -> str:
    return number(None if ratio is None else 100.0 * (ratio - 1.0), 1, language)
