"""Floors cut in cells: strips right above a support along the span rest on it, the rest spans."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry
from shapely.strtree import STRtree

from optopscan.geometry import plane
from optopscan.model.arrays import FloatArray, IntArray, freeze
from optopscan.model.building import Elements
from optopscan.model.structure import Cells, Fields, Materials, RoofFace
from optopscan.structure.groups import Groups
from optopscan.structure.spread import FloorSpread

SLIVER_M2 = 1e-6


@dataclass(frozen=True, kw_only=True, eq=False)
class FloorCells:
    """Cells with the support they lie on: ``group`` (n_cell), -1 where a cell spans, at ``s_m`` along its axis."""

    cells: Cells
    group: IntArray
    s_m: FloatArray

    def __post_init__(self) -> None:
        freeze(self)

    @property
    def over_support(self) -> IntArray:
        """Rows of the cells right above a support."""
        return np.flatnonzero(self.group >= 0)

    def spanning(self, field: int) -> IntArray:
        """Return the rows of a field's cells that span between supports."""
        return np.flatnonzero((np.asarray(self.cells.field) == field) & (self.group < 0))


def cut_floors(
    elements: Elements,
    materials: Materials,
    groups: Groups,
    fields: Fields,
    spreads: Sequence[FloorSpread],
    faces: Sequence[RoofFace],
    size_m: float,
) -> FloorCells:
    """Return the cells of all floors; those of a floor partition it.

    Where a floor spans along a wall or beam, the strip right above it rests on it.
    What is left is cut on a grid and spans.
    """
    polygons: list[BaseGeometry] = []
    owner: list[int] = []
    group: list[int] = []
    place: list[float] = []
    weights: list[FloatArray] = []
    spans: list[FloatArray] = []
    for f, spread in enumerate(spreads):
        over = _over_supports(groups, spread) if fields.kind[f] != "ground" else []
        cover = plane.union([piece for piece, _, _ in over]) if over else None
        free = spread.cells(size_m)
        if cover is not None:
            left = plane.difference(np.array(free, dtype=object), cover)
            free = [piece for piece in left if piece.area > SLIVER_M2]
        own = [*(piece for piece, _, _ in over), *free]
        polygons.extend(own)
        owner.extend([f] * len(own))
        group.extend([g for _, g, _ in over] + [-1] * len(free))
        place.extend([s for _, _, s in over] + [0.0] * len(free))
        weights.append(_weights(elements, materials, fields.elements[f], own))
        x, y = centroids(free)
        known = spread.hits(x, y, "simple").span_deg if fields.kind[f] != "ground" else np.full(len(free), np.nan)
        spans.append(np.concatenate([np.full(len(over), np.nan), known]))
    x, y = centroids(polygons)
    cells = Cells(
        field=np.array(owner, dtype=np.int64),
        polygon=tuple(polygons),
        area_m2=np.array([p.area for p in polygons]),
        x_m=x,
        y_m=y,
        span_deg=np.concatenate(spans) if spans else np.zeros(0),
        roof=_under_sky(np.array(owner, dtype=np.int64), x, y, faces),
        weight_kn=np.concatenate(weights) if weights else np.zeros(0),
    )
    return FloorCells(cells=cells, group=np.array(group, dtype=np.int64), s_m=np.array(place))


def _over_supports(groups: Groups, spread: FloorSpread) -> list[tuple[BaseGeometry, int, float]]:
    """Return (piece of floor, group, place along its axis), one per part, none overlapping."""
    found: list[tuple[BaseGeometry, int, float]] = []
    taken: BaseGeometry = shapely.Polygon()
    for g in spread.supports.tolist():
        length, n = float(groups.length_m[g]), int(groups.n_part[g])
        if length < 0.05:
            continue
        half = 0.5 * float(groups.thickness_m[g])
        ux, uy = (groups.x1_m[g] - groups.x0_m[g]) / length, (groups.y1_m[g] - groups.y0_m[g]) / length
        for k in range(n):
            ends = [groups.at(np.array([g]), np.array([s])) for s in (k * length / n, (k + 1) * length / n)]
            (x0, y0), (x1, y1) = ((float(x[0]), float(y[0])) for x, y in ends)
            nx, ny = -uy * half, ux * half
            strip = shapely.Polygon([(x0 + nx, y0 + ny), (x1 + nx, y1 + ny), (x1 - nx, y1 - ny), (x0 - nx, y0 - ny)])
            piece = plane.difference(plane.intersection(strip, spread.polygon), taken)
            if piece.area <= SLIVER_M2:
                continue
            centre = piece.centroid
            s = (centre.x - groups.x0_m[g]) * ux + (centre.y - groups.y0_m[g]) * uy
            if _spans_along(spread, centre.x, centre.y, ux, uy):
                # In a corner the floor lies on the wall that it spans along; the other one takes its share from the bay.
                taken = plane.union([taken, piece])
                found.append((piece, g, float(np.clip(s, 0.0, length))))
    return found


def _spans_along(spread: FloorSpread, x: float, y: float, ux: float, uy: float) -> bool:
    """True where the floor at (x, y) spans in the direction (ux, uy), or has no single direction."""
    deg = float(spread.hits(np.array([x]), np.array([y]), "simple").span_deg[0])
    return bool(np.isnan(deg) or abs(np.cos(np.radians(deg)) * ux + np.sin(np.radians(deg)) * uy) > np.cos(np.radians(45.0)))


def _under_sky(owner: IntArray, x: FloatArray, y: FloatArray, faces: Sequence[RoofFace]) -> np.ndarray:
    roof = np.zeros(len(owner), dtype=bool)
    points = shapely.points(x, y)
    for face in faces:
        mine = owner == face.field
        roof[mine] |= shapely.intersects(face.polygon, points[mine])
    return roof


def centroids(polygons: Sequence[BaseGeometry]) -> tuple[FloatArray, FloatArray]:
    """Return x and y of the centroids [m], also for none."""
    if not len(polygons):
        return np.zeros(0), np.zeros(0)
    centre = shapely.centroid(np.array(polygons, dtype=object))
    return np.asarray(shapely.get_x(centre)), np.asarray(shapely.get_y(centre))


def _weights(elements: Elements, materials: Materials, members: Sequence[int], cells: Sequence[BaseGeometry]) -> FloatArray:
    """Return the slab weight in each cell [kN]: every piece over its own plan, nothing twice, nothing lost."""
    array = np.array(cells, dtype=object)
    tree = STRtree(array)
    weight = np.zeros(len(cells))
    for i in members:
        shape = elements.footprint[i]
        rows = np.sort(tree.query(shape, predicate="intersects"))
        area = shapely.area(plane.intersection(array[rows], shape))
        if area.sum() > 0:
            weight[rows] += float(materials.self_weight_kn[i]) * area / area.sum()
    return weight
