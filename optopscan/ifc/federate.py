"""Make one building of several files: storeys merged, repeated elements counted once, placement compared."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np

from optopscan.geometry.derive import solid
from optopscan.ifc.place import FileStorey
from optopscan.issues import Issue, issue
from optopscan.model.building import Mesh, Storeys

_SAME_LEVEL_M = 0.01
_APART_M = 0.05
_SAME_BODY_M = 0.002
_SAME_VOLUME = 0.001


@dataclass(kw_only=True, eq=False)
class Raw:
    """One element before measuring: who it is, in which file, and its bodies in file coordinates [m]."""

    id: str
    file_index: int
    file_name: str
    step: int
    guid: str | None
    ifc_class: str
    product: Any
    storey_key: str | None
    bodies: list[Mesh]
    styles: tuple[str, ...]
    origin: str

    @cached_property
    def _bounds(self) -> tuple[np.ndarray[Any, Any], np.ndarray[Any, Any]]:
        low = np.min([body.vertices_m.min(axis=0) for body in self.bodies], axis=0)
        high = np.max([body.vertices_m.max(axis=0) for body in self.bodies], axis=0)
        return low, high

    def bounds(self) -> tuple[np.ndarray[Any, Any], np.ndarray[Any, Any]]:
        """Return the low and high corner of the bounding box [m]."""
        return self._bounds


def merged_storeys(per_file: Sequence[Sequence[FileStorey]]) -> tuple[Storeys, dict[str, int], list[Issue]]:
    """Return the storeys of the building, the row of each file storey, and what was found.

    Two storeys are one when they share a GlobalId, or name and elevation, or the elevation alone
    (within 10 mm) in different files. A name with two elevations is an issue, not a merger.
    """
    rows: list[list[FileStorey]] = []
    for file_storeys in per_file:
        for storey in file_storeys:
            row = next((row for row in rows if _same(row, storey, file_storeys)), None)
            if row is None:
                rows.append([storey])
            else:
                row.append(storey)
    rows.sort(
        key=lambda row: (np.isnan(row[0].elevation_m), round(float(np.nan_to_num(row[0].elevation_m)), 4), min(one.name for one in row))
    )
    names = tuple(min(one.name for one in row) for row in rows)
    elevations = np.array([row[0].elevation_m for row in rows], dtype=np.float64)
    index = {one.key: number for number, row in enumerate(rows) for one in row}
    storeys = Storeys(name=names, elevation_m=elevations)
    return storeys, index, _storey_issues(rows, names, elevations)


def _same(row: list[FileStorey], storey: FileStorey, own_file: Sequence[FileStorey]) -> bool:
    if any(other in own_file for other in row):
        return False
    level = abs(row[0].elevation_m - storey.elevation_m) <= _SAME_LEVEL_M
    if storey.guid and any(other.guid == storey.guid for other in row):
        return level or bool(np.isnan(storey.elevation_m) or np.isnan(row[0].elevation_m))
    return bool(level)


def _storey_issues(rows: list[list[FileStorey]], names: tuple[str, ...], elevations: np.ndarray[Any, Any]) -> list[Issue]:
    found = [
        issue("OPT-106", row[0].key, f"storey {name!r} states no elevation")
        for row, name, elevation in zip(rows, names, elevations, strict=True)
        if np.isnan(elevation)
    ]
    for i, first in enumerate(rows):
        for second in rows[i + 1 :]:
            alike = {one.name for one in first if one.name} & {one.name for one in second if one.name}
            across = {one.key.split("#")[0] for one in first}.isdisjoint({one.key.split("#")[0] for one in second})
            gap = abs(first[0].elevation_m - second[0].elevation_m)
            if alike and across and gap > _APART_M:
                levels = f"{first[0].elevation_m:.3f} m in one file and {second[0].elevation_m:.3f} m in another"
                found.append(issue("OPT-105", second[0].key, f"storey {min(alike)!r} lies at {levels}"))
    return found


def counted_once(raws: list[Raw]) -> tuple[list[Raw], list[Issue]]:
    """Return the elements without those that repeat another: same class, box (2 mm) and volume (0.1 %).

    Of two copies the one whose file name sorts first stays, so the order of the files
    does not matter. A GlobalId that two different bodies share is an issue; both count.
    """
    found: list[Issue] = []
    kept: list[Raw] = []
    boxes: dict[tuple[str, tuple[int, ...]], list[Raw]] = {}
    for raw in sorted(raws, key=lambda one: (one.file_name, one.file_index, one.step)):
        twin = next((other for key in _cells(raw) for other in boxes.get(key, []) if _same_body(raw, other)), None)
        if twin is not None:
            same = "the same GlobalId" if raw.guid and raw.guid == twin.guid else "another GlobalId"
            found.append(issue("OPT-108", raw.id, f"same body as {twin.id} under {same}; counted once"))
            continue
        boxes.setdefault((raw.product.base_class, _cell(raw)), []).append(raw)
        kept.append(raw)
    return kept, found + _guid_issues(kept)


def _cell(raw: Raw) -> tuple[int, ...]:
    low, high = raw.bounds()
    return tuple(int(x) for x in np.floor(0.5 * (low + high)))


def _cells(raw: Raw) -> list[tuple[str, tuple[int, ...]]]:
    x, y, z = _cell(raw)
    near = (-1, 0, 1)
    return [(raw.product.base_class, (x + i, y + j, z + k)) for i in near for j in near for k in near]


def _same_body(first: Raw, second: Raw) -> bool:
    low_a, high_a = first.bounds()
    low_b, high_b = second.bounds()
    if max(np.abs(low_a - low_b).max(), np.abs(high_a - high_b).max()) > _SAME_BODY_M:
        return False
    volume_a, volume_b = solid(first.bodies)[1], solid(second.bodies)[1]
    return bool(abs(volume_a - volume_b) <= _SAME_VOLUME * max(volume_a, volume_b))


def _guid_issues(raws: list[Raw]) -> list[Issue]:
    found: list[Issue] = []
    seen: dict[str, Raw] = {}
    for raw in raws:
        if not raw.guid:
            found.append(issue("OPT-102", raw.id, f"{raw.ifc_class} has no GlobalId"))
        elif raw.guid in seen:
            other = seen[raw.guid]
            code = "OPT-102" if other.file_index == raw.file_index else "OPT-105"
            found.append(issue(code, raw.id, f"GlobalId {raw.guid} is also that of {other.id}, with another body; both are counted"))
        else:
            seen[raw.guid] = raw
    return found


def placement_issues(raws: list[Raw], names: Sequence[str]) -> list[Issue]:
    """Return an issue for each file whose plan box does not touch that of any other file."""
    boxes = {}
    for index in range(len(names)):
        bounds = [raw.bounds() for raw in raws if raw.file_index == index]
        if bounds:
            boxes[index] = (np.min([low[:2] for low, _ in bounds], axis=0), np.max([high[:2] for _, high in bounds], axis=0))
    found = []
    for index, (low, high) in sorted(boxes.items()):
        others = [box for other, box in boxes.items() if other != index]
        if others and not any(bool((low <= top).all() and (high >= bottom).all()) for bottom, top in others):
            found.append(issue("OPT-105", f"{index}#0", f"{names[index]} lies beside the other files: no overlap in plan"))
    return found


def _rounded(elevation_m: float) -> float:
    # of Python, not of numpy: that multiplies first, and warns of what is beyond any building
    return 0.0 if math.isnan(elevation_m) else round(float(elevation_m), 4)
