"""Roof planes, footprint and heights of one building from its surfaces.

The best level of detail is taken: 2.x has real roofs. Below 2 every roof is a flat lid by construction, so its
area counts and its flatness is unknown. Areas are true areas in the plane, holes taken off.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import shapely

from optopscan.model.arrays import FloatArray
from optopscan.portfolio.cityjson import CityObject

REAL_ROOFS_FROM = 2.0
FINEST = 2.3  # interiors of LoD 3 and up say nothing more about a roof
LEVEL_Z = 0.5  # of a unit normal: what looks up more than sideways is a roof where nothing names surfaces
WIDEST_M = 3000.0
"""The longest buildings there are reach little over a kilometre."""
FARTHEST_M = 1e9
"""No grid of a country has such numbers; areas of what lies within them are far from overflowing."""
Ring = FloatArray


@dataclass(frozen=True, kw_only=True, eq=False)
class Roof:
    """What the geometry of one building says; nan where it says nothing.

    ``flat_m2`` + ``slanted_m2`` is the roof; ``largest_flat_m2`` the largest single flat plane. Heights are those of
    the file. ``footprint`` is a polygon in the plane of the map, empty where there is none. ``lod`` is "" without geometry.
    """

    flat_m2: float
    slanted_m2: float
    largest_flat_m2: float
    flat_z_m: float
    ground_z_m: float
    top_z_m: float
    footprint: shapely.Geometry
    lod: str


def roof_of(building: CityObject, *, flat_slope_deg: float) -> Roof:
    """Return roof planes, heights and footprint of one building.

    Parameters
    ----------
    building
        As read; a geometry that points outside its vertices, or is larger than any building, counts as not there.
    flat_slope_deg
        Slope up to and with which a plane is flat [degrees].
    """
    solids = [
        g for g in building.geometries if g.get("type") in ("Solid", "MultiSurface", "CompositeSurface", "MultiSolid", "CompositeSolid")
    ]
    levels = sorted({level for g in solids if 1.0 <= (level := _level(g)) <= FINEST}, reverse=True)
    for level in levels:
        named = [(kind, rings) for g in solids if _level(g) == level for kind, rings in _surfaces(g, building.vertices)]
        if named:
            return _measured(named, f"{level:g}", _outline(building, solids), flat_slope_deg)
    outline = _outline(building, solids)
    return _nothing(outline, "0" if not outline.is_empty else "")


def _level(geometry: Mapping[str, Any]) -> float:
    try:
        return float(geometry.get("lod", -1.0))
    except (TypeError, ValueError):
        return -1.0


def _surfaces(geometry: Mapping[str, Any], vertices: FloatArray) -> Iterator[tuple[str, list[Ring]]]:
    """Yield (kind of surface or "", its rings) of one geometry; nothing where an index is out of range or a place is none."""
    semantics = geometry.get("semantics")
    told: Mapping[str, Any] = semantics if isinstance(semantics, dict) else {}
    kinds = [str(row.get("type", "")) if isinstance(row, dict) else "" for row in told.get("surfaces") or ()]
    found = []
    try:
        for surface, value in _flattened(geometry.get("boundaries"), told.get("values"), _depth(geometry)):
            rings = [_ring(indices, vertices) for indices in surface]
            kind = kinds[value] if isinstance(value, int) and 0 <= value < len(kinds) else ""
            if rings and len(rings[0]) >= 3:
                found.append((kind, rings))
    except (TypeError, IndexError, ValueError, OverflowError):
        return
    yield from found


def _ring(indices: Sequence[int], vertices: FloatArray) -> Ring:
    at = np.asarray(indices, dtype=np.int64)
    if at.size and at.min() < 0:
        raise IndexError("negative vertex")
    ring = vertices[at]
    # written so that nan is refused too
    if len(ring) and not (np.ptp(ring, axis=0).max() <= WIDEST_M and np.abs(ring).max() <= FARTHEST_M):
        raise ValueError("no building is as large, or lies as far away")
    return ring


def _depth(geometry: Mapping[str, Any]) -> int:
    return {"Solid": 1, "MultiSolid": 2, "CompositeSolid": 2}.get(str(geometry["type"]), 0)


def _flattened(boundaries: Any, values: Any, depth: int) -> Iterator[tuple[Any, Any]]:
    """Yield every surface with its semantic value; only the outer shell of a solid has a roof."""
    for n, item in enumerate(boundaries or ()):
        value = values[n] if isinstance(values, list) and n < len(values) else None
        if depth == 0:
            yield item, value
        elif depth == 1:
            if n == 0:
                yield from _flattened(item, value, 0)
        else:
            yield from _flattened(item, value, 1)


def normal_m2(ring: Ring) -> FloatArray:
    """Return the area vector of a ring by Newell's method [m2], (3,); its length is the area."""
    # from the first corner, so the two edges that touch it add nothing; ten times as fast as cross and roll on rings this short
    x, y, z = (ring[1:] - ring[0]).T
    found = (y[:-1] @ z[1:] - z[:-1] @ y[1:], z[:-1] @ x[1:] - x[:-1] @ z[1:], x[:-1] @ y[1:] - y[:-1] @ x[1:])
    return 0.5 * np.array(found, dtype=np.float64)


def _measured(named: list[tuple[str, list[Ring]]], lod: str, outline: shapely.Geometry, flat_slope_deg: float) -> Roof:
    marked = any(kind == "RoofSurface" for kind, _ in named)
    heights = np.concatenate([rings[0][:, 2] for _, rings in named])
    area, slope, height, roofs = [], [], [], []
    for kind, rings in named:
        if marked and kind != "RoofSurface":
            continue
        vector = normal_m2(rings[0])
        size = math.hypot(*vector)
        if size == 0.0 or (not marked and vector[2] <= LEVEL_Z * size):
            continue
        holes = sum(math.hypot(*normal_m2(ring)) for ring in rings[1:] if len(ring) >= 3)
        area.append(max(size - holes, 0.0))
        slope.append(float(np.degrees(np.arccos(min(abs(vector[2]) / size, 1.0)))))
        height.append(float(rings[0][:, 2].mean()))
        roofs.append(rings)
    if not area:
        return _nothing(outline, lod, ground=float(heights.min()), top=float(heights.max()))
    areas, flat = np.array(area), np.array(slope) <= flat_slope_deg
    real = float(lod) >= REAL_ROOFS_FROM
    flat_m2 = float(areas[flat].sum())
    return Roof(
        flat_m2=flat_m2 if real else np.nan,
        slanted_m2=float(areas[~flat].sum()) if real else float(areas.sum()),
        largest_flat_m2=float(areas[flat].max(initial=0.0)) if real else np.nan,
        flat_z_m=float(np.average(np.array(height)[flat], weights=areas[flat])) if real and flat_m2 > 0.0 else np.nan,
        ground_z_m=float(heights.min()),
        top_z_m=float(heights.max()),
        footprint=outline if not outline.is_empty else _joined(roofs),
        lod=lod,
    )


def _nothing(outline: shapely.Geometry, lod: str, *, ground: float = np.nan, top: float = np.nan) -> Roof:
    nan = float("nan")
    return Roof(flat_m2=nan, slanted_m2=nan, largest_flat_m2=nan, flat_z_m=nan, ground_z_m=ground, top_z_m=top, footprint=outline, lod=lod)


def _outline(building: CityObject, solids: Sequence[Mapping[str, Any]]) -> shapely.Geometry:
    """Return the union of the LoD 0 surfaces."""
    return _joined([rings for g in solids if 0.0 <= _level(g) < 1.0 for _, rings in _surfaces(g, building.vertices)])


def _joined(surfaces: Sequence[list[Ring]]) -> shapely.Geometry:
    polygons = [
        shapely.Polygon(rings[0][:, :2], [ring[:, :2] for ring in rings[1:] if len(ring) >= 3])
        for rings in surfaces
        if len(rings[0]) >= 3 and np.isfinite(np.concatenate(rings)).all()
    ]
    if not polygons:
        return shapely.Polygon()
    if len(polygons) == 1 and polygons[0].is_valid:
        return polygons[0]
    valid = shapely.make_valid(np.array(polygons, dtype=object))
    merged = shapely.union_all(valid)
    parts = [p for p in shapely.get_parts(merged) if p.geom_type in ("Polygon", "MultiPolygon")]
    return shapely.union_all(parts) if parts else shapely.Polygon()
