"""Relations between the rows of one engineering file: repeated, crossed, overlapping, incomplete."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from typing import Any

from optopscan.catalog.business_rows import assumption_faults
from optopscan.catalog.city_rows import archetype_faults
from optopscan.catalog.family_rows import family_rule_faults
from optopscan.catalog.faults import Document, Fault
from optopscan.catalog.filter_rows import filter_faults
from optopscan.catalog.value_rows import YEAR_MAX, YEAR_MIN
from optopscan.catalog.worth_rows import rule_faults, sun_faults

_ASCENDING = (
    ("lo_kg_m3", "density_kg_m3"),
    ("density_kg_m3", "hi_kg_m3"),
    ("year_from", "year_before"),
    ("above", "up_to"),
    ("lo_kn_m2", "mode_kn_m2"),
    ("mode_kn_m2", "hi_kn_m2"),
    ("ratio_low", "ratio_mode"),
    ("ratio_mode", "ratio_high"),
    ("axis_distance_small_mm", "axis_distance_large_mm"),
    ("lo_eur", "hi_eur"),
    ("lo_kn_m2", "hi_kn_m2"),
    ("lo", "value"),
    ("value", "hi"),
    ("storeys_from", "storeys_to"),
    ("bay_lo_m", "bay_m"),
    ("bay_m", "bay_hi_m"),
    ("floor_lo_kn_m2", "floor_kn_m2"),
    ("floor_kn_m2", "floor_hi_kn_m2"),
)


def row_faults(document: Document, table: str, identity: tuple[str, ...]) -> Iterator[Fault]:
    """Yield repeated rows, crossed bounds, overlapping eras and incomplete factor sets."""
    data = document.data.get(table)
    rows = [(n, row) for n, row in enumerate(data if isinstance(data, list) else []) if isinstance(row, dict)]
    first: dict[str, int] = {}
    for n, row in rows:
        name = " ".join(str(row.get(key, "")) for key in identity)
        if name in first:
            text = f"row given twice; got {name}; expected one row, {table}[{first[name] + 1}] has it already"
            yield document.fault((table, n, identity[0]), text)
        first.setdefault(name, n)
        for low, high in _ASCENDING:
            if _crossed(row.get(low), row.get(high)):
                yield document.fault((table, n, low), f"above {high}; got {row[low]}; expected at most {row[high]}")
    if table == "era":
        yield from _overlaps(document, rows)
    if table == "factor":
        yield from _incomplete(document, rows)
    if table == "sun_norm":
        yield from sun_faults(document, rows)
    if table == "rule":
        yield from rule_faults(document, rows)
    if table == "archetype":
        yield from archetype_faults(document, rows)
    if table == "screening_filter":
        yield from filter_faults(document, rows)
    if table == "assumption":
        yield from assumption_faults(document, rows)
    if table == "family_rule":
        yield from family_rule_faults(document, rows)


def _crossed(low: object, high: object) -> bool:
    return isinstance(low, (int, float)) and isinstance(high, (int, float)) and low > high


def _overlaps(document: Document, rows: list[tuple[int, dict[str, Any]]]) -> Iterator[Fault]:
    for (_, one), (n, two) in itertools.combinations(rows, 2):
        if one.get("group") != two.get("group"):
            continue
        start, end, other_start, other_end = (
            row.get(key, default) for row in (one, two) for key, default in (("year_from", YEAR_MIN), ("year_before", YEAR_MAX))
        )
        if not all(isinstance(year, int) for year in (start, end, other_start, other_end)):
            continue
        if max(start, other_start) < min(end, other_end):
            text = f"years overlap with another row of {one.get('group')}; got {other_start} to {other_end}"
            yield document.fault(("era", n, "year_from"), f"{text}; expected years outside {start} to {end}")


def _incomplete(document: Document, rows: list[tuple[int, dict[str, Any]]]) -> Iterator[Fault]:
    present = {(row.get("set"), row.get("level"), row.get("consequence_class")) for _, row in rows}
    sets = dict.fromkeys(row["set"] for _, row in rows if isinstance(row.get("set"), str))
    levels: tuple[str, ...] = ("nieuwbouw", "verbouw", "afkeur")
    for key in itertools.product(sets, levels, ("CC1", "CC2", "CC3")):
        if key not in present:
            yield document.fault(("factor",), f"row missing; expected set {key[0]}, level {key[1]}, class {key[2]}")
