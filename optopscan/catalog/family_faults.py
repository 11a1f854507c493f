"""What a family file gets wrong between its numbers: spreads that cross, tables that do not fit the scheme."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, TypeGuard

from optopscan.catalog.faults import Document, Fault
from optopscan.catalog.wording import shown

# Tables that a scheme or walkway needs; every other of the four is refused.
_NEEDED = {
    ("scheme", "cross"): ("cross",),
    ("scheme", "spine"): ("spine",),
    ("scheme", "frame"): ("frame",),
    ("walkway", "gallery"): ("gallery",),
}
_OWN_TABLES = ("cross", "spine", "frame", "gallery")
# (scheme, walkway) that can be authored
PAIRS = (("cross", "portiek"), ("cross", "gallery"), ("spine", "portiek"), ("spine", "corridor"), ("frame", "corridor"))
# (scheme, walkway) -> foundations that can be authored under it
_GROUND = {
    ("cross", "portiek"): ("strips", "piles"),
    ("cross", "gallery"): ("piles",),
    ("spine", "portiek"): ("strips",),
    ("spine", "corridor"): ("strips",),
    ("frame", "corridor"): ("piles",),
}
# Least and most of what can be drawn: room for a stair, a door, a window [m, or a number]
_BOUNDS = {
    "storeys": (1, 16),
    "bays": (1, 24),
    "stairs": (1, 8),
    "storey_height_m": (2.4, 5.0),
    "plinth_height_m": (2.2, 4.0),
    "bay_m": (3.3, 12.0),
    "stair_width_m": (2.2, 4.0),
    "depth_m": (8.0, 20.0),
    "front_span_m": (4.0, 12.0),
    "back_span_m": (2.0, 12.0),
    "across_span_m": (6.8, 12.0),
    "gallery_width_m": (1.0, 2.5),
    "strip_depth_m": (0.3, 3.0),
    "pile_depth_m": (3.0, 40.0),
    "pile_distance_m": (0.8, 4.0),
    "panel_length_m": (2.0, 12.0),
    "floor_panel_m": (0.5, 4.0),
    "gravel_m": (0.02, 0.15),
}
_THICK = (0.05, 1.5)  # every other length is a thickness or a section


def relations(document: Document) -> Iterator[Fault]:
    """Yield what is wrong between numbers and between tables; types are not judged here."""
    data = document.data
    for path, row in _ranges(data):
        yield from _spread(document, path, row)
    pair = (data.get("scheme"), data.get("walkway"))
    if all(isinstance(word, str) for word in pair):
        yield from _tables(document, pair)
    yield from _period(document)


def _ranges(data: dict[str, Any]) -> Iterator[tuple[tuple[str, str], dict[str, Any]]]:
    for name, table in data.items():
        for key, row in table.items() if isinstance(table, dict) else ():
            if isinstance(row, dict):
                yield (name, key), row


def _number(value: object) -> TypeGuard[float]:
    return isinstance(value, (int, float)) and not isinstance(value, bool)


def _spread(document: Document, path: tuple[str, str], row: dict[str, Any]) -> Iterator[Fault]:
    lo, typical, hi, options = (row.get(key) for key in ("lo", "typical", "hi", "options"))
    if options is not None and (lo is not None or hi is not None):
        yield document.fault((*path, "options"), f"two spreads; got {shown(options)} beside lo and hi; expected one of the two")
    if (lo is None) != (hi is None):
        missing, other = ("lo", "hi") if lo is None else ("hi", "lo")
        yield document.fault(path, f"half a spread; got {other} only; expected {missing} too")
    for low, high, name in ((lo, typical, "typical"), (typical, hi, "hi")):
        if _number(low) and _number(high) and low > high:
            key = "lo" if name == "typical" else "typical"
            yield document.fault((*path, key), f"above {name}; got {shown(low)}; expected at most {shown(high)}")
    if isinstance(options, list) and _number(typical) and typical not in options:
        yield document.fault((*path, "typical"), f"not one of the options; got {shown(typical)}; expected one of {shown(options)}")
    yield from _bounds(document, path, row)


def _bounds(document: Document, path: tuple[str, str], row: dict[str, Any]) -> Iterator[Fault]:
    least, most = _BOUNDS.get(path[1], _THICK if path[1].endswith("_m") else (0, 60))
    for key in ("lo", "typical", "hi"):
        value = row.get(key)
        if _number(value) and not least <= value <= most:
            slip = value / 1000 if path[1].endswith("_m") and least <= value / 1000 <= most else None
            hint = f"; did you mean {slip:g} (metres)?" if slip is not None else ""
            yield document.fault((*path, key), f"cannot be drawn; got {shown(value)}; expected {least:g} to {most:g}{hint}")
    options = row.get("options")
    for n, value in enumerate(options if isinstance(options, list) else []):
        if _number(value) and not least <= value <= most:
            yield document.fault((*path, "options", n), f"cannot be drawn; got {shown(value)}; expected {least:g} to {most:g}")


def _tables(document: Document, pair: tuple[Any, Any]) -> Iterator[Fault]:
    data = document.data
    if pair not in PAIRS:
        known = ", ".join(f"{scheme} with {walkway}" for scheme, walkway in PAIRS)
        yield document.fault(("walkway",), f"cannot be drawn with this scheme; got {pair[0]} with {pair[1]}; expected one of {known}")
        return
    needed = {table for (key, word), tables in _NEEDED.items() if data[key] == word for table in tables}
    for table in _OWN_TABLES:
        if table in needed and table not in data:
            yield document.fault((), f"table [{table}] is missing; expected it with {pair[0]} and {pair[1]}")
        if table in data and table not in needed:
            yield document.fault((table,), f"table that nothing uses; got [{table}] with {pair[0]} and {pair[1]}; expected none")
    yield from _grounds(document, _GROUND[pair])
    yield from _stairs(document, pair)
    yield from _names(document, pair)


def _grounds(document: Document, allowed: tuple[str, ...]) -> Iterator[Fault]:
    there = [table for table in ("strips", "piles") if table in document.data]
    if len(there) != 1:
        got = " and ".join(f"[{table}]" for table in there) or "none"
        yield document.fault(tuple(there[-1:]), f"one foundation is needed; got {got}; expected one of {', '.join(allowed)}")
    elif there[0] not in allowed:
        yield document.fault((there[0],), f"cannot be drawn with this scheme; got [{there[0]}]; expected {' | '.join(allowed)}")


def _stairs(document: Document, pair: tuple[Any, Any]) -> Iterator[Fault]:
    plan = document.data.get("plan")
    if not isinstance(plan, dict):
        return
    wanted = pair[1] == "portiek" or pair[0] == "spine"
    for key in ("stairs", "stair_width_m"):
        if wanted and key not in plan:
            yield document.fault(("plan",), f"{key} is missing; expected it with {pair[0]} and {pair[1]}")
        if key in plan and not wanted:
            yield document.fault(("plan", key), f"key that nothing uses; got it with {pair[0]} and {pair[1]}; expected none")


def _names(document: Document, pair: tuple[Any, Any]) -> Iterator[Fault]:
    names = document.data.get("materials")
    if not isinstance(names, dict):
        return
    if "core" not in names and (pair[1] == "gallery" or pair[0] == "frame"):
        yield document.fault(("materials",), f"core is missing; expected it with {pair[0]} and {pair[1]}")
    if "pile" not in names and "piles" in document.data:
        yield document.fault(("materials",), "pile is missing; expected it with [piles]")


def _period(document: Document) -> Iterator[Fault]:
    period = document.data.get("period")
    if isinstance(period, dict) and _number(period.get("from_year")) and _number(period.get("to_year")):
        first, last = period["from_year"], period["to_year"]
        if first > last:
            yield document.fault(("period", "from_year"), f"above to_year; got {first}; expected at most {last}")
