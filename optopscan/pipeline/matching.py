"""Which elements an override is about, and what to say when there are none."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np

from optopscan.catalog.wording import nearest, shown
from optopscan.model.arrays import BoolArray, IntArray
from optopscan.model.building import Building
from optopscan.model.overrides import Match
from optopscan.model.structure import Materials

SAME_THICKNESS_M = 0.001
KEYS = ("guid", "id", "name", "type", "material", "thickness_m", "storey", "ifc_class", "kind")


def fits(pattern: str, text: str) -> bool:
    r"""Return whether a text is what a pattern says; ``*`` is any run of characters, ``\*`` a star.

    Capitals make no difference. No other character is special, whatever a model calls its elements.

    Examples
    --------
    >>> fits("wand*200", "Wand HSB 200"), fits("wand [1]", "wand 1")
    (True, False)
    """
    pieces, text = _pieces(pattern.casefold()), text.casefold()
    if len(pieces) == 1:
        return text == pieces[0]
    first, *middle, last = pieces
    if not text.startswith(first) or not text.endswith(last) or len(text) < len(first) + len(last):
        return False
    at, end = len(first), len(text) - len(last)
    for piece in middle:
        at = text.find(piece, at, end)
        if at < 0:
            return False
        at += len(piece)
    return True


def _pieces(pattern: str) -> list[str]:
    r"""Split a pattern at its stars; a backslash takes the special meaning of a star or a backslash away."""
    pieces, at = [""], 0
    while at < len(pattern):
        if pattern[at] == "\\" and pattern[at + 1 : at + 2] in ("*", "\\"):
            pieces[-1] += pattern[at + 1]
            at += 2
        elif pattern[at] == "*":
            pieces.append("")
            at += 1
        else:
            pieces[-1] += pattern[at]
            at += 1
    return pieces


def literal(text: str) -> str:
    """Return the pattern that fits this text alone."""
    return text.replace("\\", "\\\\").replace("*", "\\*")


def matched(match: Match, building: Building, materials: Materials) -> IntArray:
    """Return the rows of the elements that fit every key given; all of them when none is given."""
    keep = np.ones(len(building.elements), dtype=bool)
    for key in KEYS:
        if getattr(match, key):
            keep &= _fitting(key, match, building, materials)
    return np.flatnonzero(keep)


def _fitting(key: str, match: Match, building: Building, materials: Materials) -> BoolArray:
    """Return which elements fit one key."""
    elements = building.elements
    if key == "guid":
        return np.array([guid in match.guid for guid in elements.guid], dtype=bool)
    if key == "id":
        return np.array([own in match.id for own in elements.id], dtype=bool)
    if key == "kind":
        return np.array([kind in match.kind for kind in elements.kind], dtype=bool)
    if key == "thickness_m":
        stated = np.asarray(elements.thickness_m)[:, None]
        return np.asarray((np.abs(stated - np.array(match.thickness_m)) <= SAME_THICKNESS_M).any(axis=1))
    if key == "storey":
        rows = [row for row, name in enumerate(building.storeys.name) if _is_storey(row, name, match.storey)]
        return np.isin(np.asarray(elements.storey), rows)
    if key == "material":
        texts = [(group, *(layer.name for layer in layers)) for group, layers in zip(materials.group, elements.layers, strict=True)]
        return np.array([any(fits(p, text) for p in match.material for text in row) for row in texts], dtype=bool)
    column = {"name": elements.name, "type": elements.type_name, "ifc_class": elements.ifc_class}[key]
    return _of_column(getattr(match, key), column)


def _of_column(patterns: Sequence[str], column: Sequence[str]) -> BoolArray:
    known = {text: any(fits(pattern, text) for pattern in patterns) for text in sorted(set(column))}
    return np.array([known[text] for text in column], dtype=bool)


def _is_storey(row: int, name: str, wanted: Sequence[str | int]) -> bool:
    return any(row == one if isinstance(one, int) else fits(one, name) for one in wanted)


def why_none(match: Match, building: Building, materials: Materials) -> tuple[str, str]:
    """Return the key that matches nothing ("match" when only all keys together do) and what to say about it."""
    for key in KEYS:
        if getattr(match, key) and not _fitting(key, match, building, materials).any():
            wanted = getattr(match, key)
            got = ", ".join(shown(one) for one in wanted[:3]) + (", ..." if len(wanted) > 3 else "")
            name = "class" if key == "ifc_class" else key
            return f"match.{name}", f"matches nothing; got {got}; {_there_is(key, wanted, building, materials)}"
    keys = [key for key in KEYS if getattr(match, key)]
    counts = ", ".join(f"{key} {int(_fitting(key, match, building, materials).sum())}" for key in keys)
    return "match", f"matches nothing; each key alone fits some elements ({counts}), no element fits all"


def _there_is(key: str, wanted: Sequence[object], building: Building, materials: Materials) -> str:
    elements = building.elements
    columns: dict[str, Callable[[], Sequence[object]]] = {
        "guid": lambda: [guid for guid in elements.guid if guid],
        "id": lambda: elements.id,
        "name": lambda: elements.name,
        "type": lambda: elements.type_name,
        "ifc_class": lambda: elements.ifc_class,
        "kind": lambda: elements.kind,
        "storey": lambda: building.storeys.name,
        "material": lambda: [*materials.group, *(layer.name for layers in elements.layers for layer in layers)],
        "thickness_m": lambda: [round(float(t), 3) for t in elements.thickness_m if np.isfinite(t)],
    }
    there = sorted({value for value in columns[key]() if value != ""}, key=str)
    if key == "thickness_m" and there:
        near = sorted(there, key=lambda t: (abs(float(str(t)) - float(str(wanted[0]))), float(str(t))))[:3]
        return f"nearest in the model {', '.join(f'{t:g}' for t in sorted(map(float, map(str, near))))}"
    words = {str(value).lower(): str(value) for value in there}
    near_word = nearest(str(wanted[0]).replace("*", ""), words) if key not in ("id",) else None
    hint = f"; did you mean {words[near_word]}?" if near_word in words else ""
    if key == "storey":
        numbered = ", ".join(f"{row} {shown(name)}" for row, name in enumerate(building.storeys.name))
        return f"storeys are {numbered or 'not in the model'}{hint}"
    listed = ", ".join(shown(value) for value in there[:6]) + (", ..." if len(there) > 6 else "")
    return f"the model has {listed or 'none'}{hint}"
