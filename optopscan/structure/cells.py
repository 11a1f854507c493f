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

SHORTEST_M = 0.05  # shorter supports are points
SLIVER_M2 = 1e-12  # smaller pieces are rounding; anything larger counts, so that the cells add up to the floor


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
    fields: Fields,
    spreads: Sequence[FloorSpread],
    faces: Sequence[RoofFace],
    size_m: float,
) -> FloorCells:
    """Return the cells of all floors; those of a floor partition it.

    Where a floor spans along a wall or beam, the strip right above it rests on it.
    What is left is cut on a grid and spans.
    """
    pieces = [floor_pieces(spread, size_m, ground=fields.kind[f] == "ground") for f, spread in enumerate(spreads)]
    polygons = [polygon for piece in pieces for polygon in piece.polygon]
    weights = [_weights(elements, materials, fields.elements[f], piece.polygon) for f, piece in enumerate(pieces)]
    owner = np.repeat(np.arange(len(pieces)), [len(piece.polygon) for piece in pieces]).astype(np.int64)
    x, y = centroids(polygons)
    cells = Cells(
        field=owner,
        polygon=tuple(polygons),
        area_m2=np.array([p.area for p in polygons]),
        x_m=x,
        y_m=y,
        span_deg=np.concatenate([np.zeros(0), *(piece.span_deg for piece in pieces)]),
        roof=_under_sky(owner, x, y, faces),
        weight_kn=np.concatenate([np.zeros(0), *weights]),
    )
    return FloorCells(
        cells=cells,
        group=np.concatenate([np.zeros(0, dtype=np.int64), *(piece.group for piece in pieces)]),
        s_m=np.concatenate([np.zeros(0), *(piece.s_m for piece in pieces)]),
    )


@dataclass(frozen=True, kw_only=True, eq=False)
class FloorPieces:
    """The pieces of one floor; ``group``, ``s_m`` as in `FloorCells`, ``span_deg`` as in `Cells`."""

    polygon: tuple[BaseGeometry, ...]
    group: IntArray
    s_m: FloatArray
    span_deg: FloatArray


def floor_pieces(spread: FloorSpread, size_m: float, *, ground: bool = False) -> FloorPieces:
    """Return the pieces into which one floor is cut; they partition it."""
    over = [] if ground else _over_supports(spread.groups, spread)
    free = spread.cells(size_m)
    if over:
        left = plane.difference(np.array(free, dtype=object), plane.union([piece for piece, *_ in over]))
        free = [_sound(piece) for piece in left if piece.area > SLIVER_M2]
    return FloorPieces(
        polygon=(*(piece for piece, *_ in over), *free),
        group=np.array([g for _, g, *_ in over] + [-1] * len(free), dtype=np.int64),
        s_m=np.array([s for _, _, s, _ in over] + [0.0] * len(free)),
        span_deg=np.concatenate([np.array([deg for *_, deg in over]), _directions(spread, *centroids(free))]),
    )


def _over_supports(groups: Groups, spread: FloorSpread) -> list[tuple[BaseGeometry, int, float, float]]:
    """Return (piece of floor, group, place along its axis, direction of the floor), one per part or half of one, none overlapping."""
    places = [(g, k) for g in spread.supports.tolist() if groups.length_m[g] >= SHORTEST_M for k in range(int(groups.n_part[g]))]
    bands = [_band(groups, g, k, *side) for g, k in places for side in ((-0.5, 0.0), (0.0, 0.5))]
    halves = plane.intersection(np.array(bands, dtype=object), spread.polygon)
    on_floor = shapely.area(halves) > SLIVER_M2
    deg = np.full(len(halves), np.nan)
    deg[on_floor] = _directions(spread, *centroids(halves[on_floor]))
    found: list[tuple[BaseGeometry, int, float, float]] = []
    taken: BaseGeometry = shapely.Polygon()
    for row, (g, k) in enumerate(places):
        start = np.array((groups.x0_m[g], groups.y0_m[g]))
        along = _along(groups, g)
        own = slice(2 * row, 2 * row + 2)
        for whole, direction in _lying(halves[own], deg[own], on_floor[own], along, _band(groups, g, k, -0.5, 0.5), spread.polygon):
            piece = _sound(plane.difference(whole, taken))
            if piece.area <= SLIVER_M2:
                continue
            # In a corner the floor lies on the wall that it spans along; the other one takes its share from the bay.
            taken = plane.union([taken, piece])
            s = float((np.array((piece.centroid.x, piece.centroid.y)) - start) @ along)
            found.append((piece, g, min(max(s, 0.0), float(groups.length_m[g])), direction))
    return found


def _lying(
    halves: np.ndarray, deg: FloatArray, on_floor: np.ndarray, along: FloatArray, band: BaseGeometry, floor: BaseGeometry
) -> list[tuple[BaseGeometry, float]]:
    """Return the floor that lies on a part, with its direction: over both halves of its thickness, over one, or none.

    Where the direction changes over the wall, each half goes with its own side.
    """
    course = np.radians(np.nan_to_num(deg))
    # Where the floor has no single direction, too, what is right above a support rests on it.
    lies = np.isnan(deg) | (np.abs(np.cos(course) * along[0] + np.sin(course) * along[1]) > np.cos(np.radians(45.0)))
    if on_floor.all() and lies.all():
        return [(plane.intersection(band, floor), float(deg[0]))]  # put together the halves could leave a hair between them
    return [(halves[k], float(deg[k])) for k in np.flatnonzero(on_floor & lies).tolist()]


def _along(groups: Groups, g: int) -> FloatArray:
    """Return the direction of the axis of a support, a unit vector."""
    return np.array((groups.x1_m[g] - groups.x0_m[g], groups.y1_m[g] - groups.y0_m[g])) / float(groups.length_m[g])


def _band(groups: Groups, g: int, part: int, low: float, high: float) -> BaseGeometry:
    """Return one part of a support seen from above, between two places across its axis in thicknesses."""
    start, along = np.array((groups.x0_m[g], groups.y0_m[g])), _along(groups, g)
    across = np.array((-along[1], along[0])) * float(groups.thickness_m[g])
    step = float(groups.length_m[g]) / int(groups.n_part[g])
    ends = part * step, (part + 1) * step
    return shapely.Polygon([start + along * s + across * t for s, t in ((ends[0], low), (ends[1], low), (ends[1], high), (ends[0], high))])


def _sound(piece: BaseGeometry) -> BaseGeometry:
    """Return a piece without the hairs that rounding leaves along its edges: they weigh nothing but stretch its extent."""
    if piece.geom_type == "Polygon":
        return piece
    parts = [part for part in shapely.get_parts(piece) if part.area > SLIVER_M2]
    return parts[0] if len(parts) == 1 else shapely.union_all(parts)


def _directions(spread: FloorSpread, x: FloatArray, y: FloatArray) -> FloatArray:
    """Return the direction in which the floor carries at each place; without supports the direction it was made for."""
    if not len(x):
        return np.zeros(0)
    hits = spread.hits(x, y, "simple")
    return np.where(hits.settled, hits.span_deg, spread.known_deg(x, y))


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
        area = plane.shared_area_m2(array[rows], shape)
        if area.sum() > 0:
            weight[rows] += float(materials.self_weight_kn[i]) * area / area.sum()
    return weight
