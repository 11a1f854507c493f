"""Relations of the parts of a product: its supports, connectors, transport and price, each against the module that it belongs to."""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import Any

from optopscan.catalog.faults import Document, Fault, value_at
from optopscan.catalog.regulations import number_at
from optopscan.catalog.toml_lines import Path as KeyPath
from optopscan.units import GRAVITY_M_S2

SUPPORT_TOLERANCE = 0.05
MASS_TOLERANCE = 0.15
PRICE_TOLERANCE = 0.20
SAME_M = 0.01
HEIGHT_SHARE = 0.9
"""A module on the road may leave out the part of a storey that lies between modules."""
_PMC = {"grondgebonden": ("1", "2", "3", "4"), "gestapeld": ("6", "7", "8", "9")}
"""Woonstandaard 3.1: the combinations that belong to one kind of dwelling; others are not judged."""


def module_weight_kn(document: Document, *, largest: bool = False) -> float:
    """Return floor and walls of the standard or the largest module [kN], from its loads and sizes; nan where one is missing."""
    floor, wall = (number_at(document, "structure", key) for key in ("g_floor_kn_m2", "g_wall_kn_m"))
    width, length = number_at(document, "geometry", "width_m"), number_at(document, "geometry", "length_m")
    if largest:
        width, length = widest_m(document), number_at(document, "geometry", "length_hi_m")
    return floor * width * length + wall * 2.0 * (width + length)


def widest_m(document: Document) -> float:
    """Return the largest width that can be made [m]; nan without one."""
    return max(_widths(document), default=math.nan)


def narrowest_m(document: Document) -> float:
    """Return the smallest width that can be made [m]; nan without one."""
    return min(_widths(document), default=math.nan)


def _widths(document: Document) -> list[float]:
    told = value_at(document.data, ("geometry", "width_options_m"))
    return [one for one in told if isinstance(one, (int, float)) and not isinstance(one, bool)] if isinstance(told, list) else []


def rows_of(document: Document, table: str) -> list[tuple[int, dict[str, Any]]]:
    """Return number and contents of every row of an array of tables."""
    told = value_at(document.data, (table,))
    return [(n, row) for n, row in enumerate(told) if isinstance(row, dict)] if isinstance(told, list) else []


def code_faults(document: Document) -> Iterator[Fault]:
    """Yield every row of supports, connectors and dwellings whose code an earlier row has."""
    for table in ("supports", "connectors", "unit_types"):
        yield from _repeated_codes(document, table)


def _repeated_codes(document: Document, table: str) -> Iterator[Fault]:
    seen: dict[str, int] = {}
    for n, row in rows_of(document, table):
        code = row.get("code")
        if isinstance(code, str) and code in seen:
            text = f'code used twice; got "{code}"; expected another code than {table}[{seen[code] + 1}]'
            yield document.fault((table, n, "code"), text)
        elif isinstance(code, str):
            seen[code] = n


def support_faults(document: Document) -> Iterator[Fault]:
    """Yield supports off the module, across their word, or all beside its middle."""
    rows = rows_of(document, "supports")
    length, width = number_at(document, "geometry", "length_m"), number_at(document, "geometry", "width_m")
    word = value_at(document.data, ("structure", "supports"))
    off = False
    for n, _ in rows:
        path: KeyPath = ("supports", n)
        for key, size in (("x0_m", length), ("x1_m", length), ("y0_m", width), ("y1_m", width)):
            got = number_at(document, *path, key)
            if got < -SAME_M or got > size + SAME_M:
                off = True
                yield document.fault((*path, key), f"support off the module; got {got:g}; expected 0 to {size:g}")
        yield from _direction(document, path, word)
    if rows and not off:
        yield from _tips(document, rows, (length, width))


def _direction(document: Document, path: KeyPath, word: object) -> Iterator[Fault]:
    dx, dy = (abs(number_at(document, *path, f"{axis}1_m") - number_at(document, *path, f"{axis}0_m")) for axis in "xy")
    wrong = {
        "line-long": (("y1_m", dy > SAME_M, "equal to y0_m"), ("x1_m", dx <= SAME_M, "another than x0_m")),
        "line-short": (("x1_m", dx > SAME_M, "equal to x0_m"), ("y1_m", dy <= SAME_M, "another than y0_m")),
        "point": (("x1_m", dx > SAME_M, "equal to x0_m"), ("y1_m", dy > SAME_M, "equal to y0_m")),
    }
    for key, is_wrong, expected in wrong.get(word, ()) if isinstance(word, str) else ():
        if is_wrong:
            got = number_at(document, *path, key)
            text = f'not a support of the kind in structure.supports; got {got:g}; expected {expected} for "{word}"'
            yield document.fault((*path, key), text)


def support_sum_faults(document: Document) -> Iterator[Fault]:
    """Yield loads on the supports that are not together the weight of a module."""
    rows = rows_of(document, "supports")
    total = sum(number_at(document, "supports", n, "g_kn") for n, _ in rows) if rows else math.nan
    weight = module_weight_kn(document)
    if abs(total - weight) > SUPPORT_TOLERANCE * weight:
        text = (
            f"loads on the supports do not sum to the module; got {total:.1f} kN; expected {weight:.1f} kN within {SUPPORT_TOLERANCE:.0%}"
        )
        yield document.fault(("supports",), text)


def _tips(document: Document, rows: list[tuple[int, dict[str, Any]]], size_m: tuple[float, float]) -> Iterator[Fault]:
    """A module whose middle lies beside its supports would tip over."""
    for axis, size in zip("xy", size_m, strict=True):
        ends = [number_at(document, "supports", n, f"{axis}{end}_m") for n, _ in rows for end in "01"]
        if max(ends) < size / 2.0 - SAME_M or min(ends) > size / 2.0 + SAME_M:
            text = f"all supports on one side; got {axis} {min(ends):g} to {max(ends):g}; expected supports on both sides of {size / 2.0:g}"
            yield document.fault(("supports",), text)


def connector_faults(document: Document) -> Iterator[Fault]:
    """Yield anchorage per metre that is not what the connectors give."""
    rows = rows_of(document, "connectors")
    for what in ("uplift", "shear"):
        path = ("structure", f"connector_{what}_kn_m")
        got = number_at(document, *path)
        each = (
            number_at(document, "connectors", n, f"{what}_kn") / (number_at(document, "connectors", n, "distance_m") or math.nan)
            for n, _ in rows
        )
        made = sum(each) if rows else math.nan
        if abs(got - made) > MASS_TOLERANCE * made:
            yield document.fault(path, f"not what the connectors give; got {got:g}; expected {made:.2f} kN/m, or no {path[-1]}")


def _per_metre(document: Document, n: int, what: str) -> float:
    distance = number_at(document, "connectors", n, "distance_m")
    return number_at(document, "connectors", n, f"{what}_kn") / distance if distance > 0.0 else math.nan


def transport_faults(document: Document) -> Iterator[Fault]:
    """Yield loads on the road that are smaller than the module that they bring; panels travel flat and are not judged."""
    if value_at(document.data, ("system", "kind")) != "module-3d":
        return
    sizes = (
        ("transport_width_m", widest_m(document), "the widest module"),
        ("transport_length_m", number_at(document, "geometry", "length_hi_m"), "the longest module"),
        ("transport_height_m", HEIGHT_SHARE * number_at(document, "geometry", "height_m"), "nine tenths of height_m"),
    )
    for key, least, what in sizes:
        got = number_at(document, "logistics", key)
        if got < least - SAME_M:
            yield document.fault(("logistics", key), f"smaller than {what}; got {got:g}; expected at least {least:.2f}")


def transport_mass_faults(document: Document) -> Iterator[Fault]:
    """Yield masses on road and crane that are less than that of the largest module."""
    if value_at(document.data, ("system", "kind")) != "module-3d":
        return
    heaviest_kg = module_weight_kn(document, largest=True) * 1000.0 / GRAVITY_M_S2
    for key in ("transport_mass_kg", "hoist_mass_kg"):
        got = number_at(document, "logistics", key)
        if got < heaviest_kg * (1.0 - MASS_TOLERANCE):
            text = f"lighter than the largest module; got {got:g}; expected at least {heaviest_kg:.0f} kg within {MASS_TOLERANCE:.0%}"
            yield document.fault(("logistics", key), text)


def price_faults(document: Document) -> Iterator[Fault]:
    """Yield a price of a dwelling that its price per m2 does not give."""
    path = ("cost_time", "price_dwelling_eur")
    got = number_at(document, *path)
    made = number_at(document, "cost_time", "cost_eur_m2") * number_at(document, "unit_types", 0, "gfa_m2")
    if abs(got - made) > PRICE_TOLERANCE * made:
        text = f"not what cost_eur_m2 gives for the first unit type; got {got:.0f}; expected {made:.0f} within {PRICE_TOLERANCE:.0%}"
        yield document.fault(path, text)


def word_faults(document: Document) -> Iterator[Fault]:
    """Yield words that contradict each other: kind of dwelling and market combination, stability and what takes the wind."""
    kind = value_at(document.data, ("market", "woningtype"))
    codes = value_at(document.data, ("market", "pmc"))
    others = {code: other for other, own in _PMC.items() if other != kind for code in own}
    for n, code in enumerate(codes if isinstance(codes, list) and isinstance(kind, str) and kind in _PMC else []):
        if isinstance(code, str) and code in others:
            text = f'another kind of dwelling; got "{code}", which is {others[code]}; expected one of {", ".join(_PMC[str(kind)])}'
            yield document.fault(("market", "pmc", n), text)
    own, lateral = (value_at(document.data, ("structure", key)) for key in ("own_stability", "lateral"))
    if own is True and lateral == "old-building":
        text = 'contradicts own_stability = true; got "old-building"; expected own-walls or own-core'
        yield document.fault(("structure", "lateral"), text)
    if own is False and lateral in ("own-walls", "own-core"):
        text = f'contradicts own_stability = false; got "{lateral}"; expected old-building'
        yield document.fault(("structure", "lateral"), text)
