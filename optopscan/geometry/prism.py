"""Prisms, and prisms less prisms: exact meshes without a solid modeller.

Terminology. *Prism*: a plane polygon, with holes, swept along a vector. *Straight*: swept along its
own normal. *Box*: a straight prism on a rectangle. *Layered*: a stack of polygons along one
normal, each over an interval; a straight prism from which parallel prisms are cut is layered.

Exactness. Cutting along a common direction is polygon work in one plane and interval work along
the normal, so volumes and outlines are those of the input, to rounding. Nothing is approximated: what cannot
be brought to a common direction is not for this module.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import shapely
from shapely.geometry import Polygon
from shapely.geometry.base import BaseGeometry

from optopscan.geometry.triangulate import triangulate
from optopscan.model.arrays import FloatArray, IntArray
from optopscan.model.building import Mesh


class GeometryError(ValueError):
    """The input is no solid, or cannot be handled exactly here."""


SAME_M = 1e-6
# Directions in files are rounded: 20 microradians are 4 micrometres across a wall of 0.2 m.
PARALLEL_RAD = 2e-5
_SLIVER_M2 = 1e-7
# Openings end flush with faces but for rounding: on this grid such edges meet, and no skin without thickness is left.
FLUSH_M = 1e-5


@dataclass(frozen=True, eq=False)
class Prism:
    """Rings (n, 2) [m], the outer one first, in the plane of two unit axes (2, 3) through an origin (3,), swept along a vector (3,) [m]."""

    rings: tuple[FloatArray, ...]
    axes: FloatArray
    origin_m: FloatArray
    sweep_m: FloatArray

    @cached_property
    def normal(self) -> FloatArray:
        """Unit normal of the polygon, on the side the prism is swept to."""
        n = cross(self.axes[0], self.axes[1])
        return n if float(n @ self.sweep_m) >= 0.0 else -n

    @cached_property
    def height_m(self) -> float:
        """Distance between the end faces [m]."""
        return float(self.normal @ self.sweep_m)

    @cached_property
    def straight(self) -> bool:
        """Whether the prism is swept along its own normal."""
        return bool(abs(self.sweep_m - self.height_m * self.normal).max() <= PARALLEL_RAD * self.height_m)

    @cached_property
    def rectangle(self) -> FloatArray | None:
        """Corner, first and second side (3, 2) [m] of a rectangular polygon without holes; None for another."""
        ring = self.rings[0]
        if len(self.rings) != 1 or len(ring) != 4:
            return None
        first, second = ring[1] - ring[0], ring[3] - ring[0]
        if abs(ring[0] + ring[2] - ring[1] - ring[3]).max() > SAME_M:
            return None
        sides = float(np.hypot(*first)) * float(np.hypot(*second))
        if sides <= 0.0 or abs(float(first @ second)) > PARALLEL_RAD * sides:
            return None
        return np.stack([ring[0], first, second])

    def points(self, flat: FloatArray, along: float = 0.0) -> FloatArray:
        """Return points (n, 2) of the polygon's plane in space, moved along the sweep by a share of it."""
        placed: FloatArray = flat @ self.axes + (self.origin_m + along * self.sweep_m)
        return placed

    def along_box_side(self, side: int) -> Prism | None:
        """Return a box described as swept along its first or second side; None for what is no box."""
        shape = self.rectangle
        if shape is None or not self.straight:
            return None
        corner, first, second = shape
        swept, other = (first, second) if side == 0 else (second, first)
        width, height = float(np.hypot(*other)), self.height_m
        axes = np.stack([(other / width) @ self.axes, self.sweep_m / height])
        ring = np.array([[0.0, 0.0], [width, 0.0], [width, height], [0.0, height]])
        return Prism((ring,), axes, self.points(corner[None])[0], swept @ self.axes)


@dataclass(frozen=True, eq=False)
class Layered:
    """Polygons over intervals (n, 2) along a normal; in the plane of two unit axes through an origin. Bottom layer first."""

    axes: FloatArray
    normal: FloatArray
    origin_m: FloatArray
    intervals: FloatArray
    layers: tuple[BaseGeometry, ...]


def cross(a: FloatArray, b: FloatArray) -> FloatArray:
    """Return the cross product of two vectors (3,); quicker than numpy's for single ones."""
    ax, ay, az = a.tolist()
    bx, by, bz = b.tolist()
    return np.array((ay * bz - az * by, az * bx - ax * bz, ax * by - ay * bx))


def area(ring: FloatArray) -> float:
    """Return the signed area of a ring [m2], positive when counter-clockwise."""
    x, y = (ring - ring[0]).T
    return 0.5 * float(x[:-1] @ y[1:] - x[1:] @ y[:-1] + x[-1] * y[0] - x[0] * y[-1])


def prism_meshes(prisms: Sequence[Prism]) -> list[Mesh | None]:
    """Return the meshes of prisms, faces outward; None for a polygon that crosses itself or has no area."""
    found: list[Mesh | None] = [_convex_mesh(prism) for prism in prisms]
    odd = [row for row, mesh in enumerate(found) if mesh is None]
    rings = [[ring if (area(ring) > 0.0) == (number == 0) else ring[::-1] for number, ring in enumerate(prisms[row].rings)] for row in odd]
    for row, own, cap in zip(odd, rings, triangulate(rings), strict=True):
        if cap is not None:
            found[row] = _walled(prisms[row], np.concatenate(own), cap, _walls([len(ring) for ring in own]))
    return found


def prism_mesh(prism: Prism) -> Mesh:
    """Return the mesh of one prism, faces outward.

    Raises
    ------
    GeometryError
        If the polygon crosses itself or has no area.
    """
    mesh = prism_meshes([prism])[0]
    if mesh is None:
        raise GeometryError("polygon crosses itself or has no area")
    return mesh


def _convex_mesh(prism: Prism) -> Mesh | None:
    """Return the mesh of a prism on a convex polygon with three or four corners; None for another."""
    ring = prism.rings[0]
    n = len(ring)
    if len(prism.rings) != 1 or n > 4:
        return None
    points = ring.tolist()
    turns = []
    for (ax, ay), (bx, by), (cx, cy) in zip(points, points[1:] + points[:1], points[2:] + points[:2], strict=True):
        turns.append((bx - ax) * (cy - by) - (by - ay) * (cx - bx))
    if min(turns) > 0.0:
        return _walled(prism, ring, _FAN[n], _SIDES[n])
    return _walled(prism, ring[::-1], _FAN[n], _SIDES[n]) if max(turns) < 0.0 else None


def _walled(prism: Prism, flat: FloatArray, cap: IntArray, walls: IntArray) -> Mesh:
    """Return end faces and walls; ``flat`` counter-clockwise (holes clockwise) in the prism's axes."""
    bottom = prism.points(flat)
    faces = np.concatenate([cap[:, ::-1], cap + len(flat), walls])
    # a left-handed pair of axes, or a sweep to the back, turns every face
    outward = float(cross(prism.axes[0], prism.axes[1]) @ prism.sweep_m) > 0.0
    return Mesh(vertices_m=np.concatenate([bottom, bottom + prism.sweep_m]), faces=faces if outward else faces[:, ::-1])


def _walls(lengths: Sequence[int]) -> IntArray:
    """Return the faces between two copies of rings laid end to end, the second copy after the first."""
    n = sum(lengths)
    first = np.arange(n)
    starts = np.cumsum([0, *lengths[:-1]])
    following = np.concatenate([start + (np.arange(length) + 1) % length for start, length in zip(starts, lengths, strict=True)])
    return np.concatenate([np.stack([first, following, following + n], axis=1), np.stack([first, following + n, first + n], axis=1)])


_FAN: dict[int, IntArray] = {3: np.array([[0, 1, 2]]), 4: np.array([[0, 1, 2], [0, 2, 3]])}
_SIDES: dict[int, IntArray] = {3: _walls([3]), 4: _walls([4])}


def polygon_of(rings: Sequence[FloatArray]) -> Polygon:
    """Return a valid polygon, outer ring counter-clockwise.

    Raises
    ------
    GeometryError
        If the rings cross themselves or one another, or enclose no area.
    """
    if any(len(ring) < 3 for ring in rings):
        raise GeometryError("polygon with fewer than three points")
    polygon = Polygon(rings[0], rings[1:])
    if not polygon.is_valid or polygon.area <= _SLIVER_M2:
        raise GeometryError("polygon crosses itself or has no area")
    return shapely.orient_polygons(polygon)


def counter_clockwise(corners: FloatArray, rows: IntArray) -> IntArray:
    """Return the rows with the clockwise triangles turned."""
    (ax, ay), (bx, by), (cx, cy) = (corners[:, i].T for i in range(3))
    clockwise = (bx - ax) * (cy - ay) - (by - ay) * (cx - ax) < 0.0
    return np.where(clockwise[:, None], rows[:, ::-1], rows)


def cut(host: Prism, tools: Sequence[Prism]) -> tuple[Mesh, list[Prism]] | None:
    """Return the mesh of a straight prism less the straight prisms that share a direction with it, and the other tools.

    The common direction is that of the host or, for a box, of one of its sides: the one that suits most
    tools. A tool that is a box fits when one of its sides has this direction. None when no tool fits.

    Raises
    ------
    GeometryError
        If nothing is left, or a polygon crosses itself.
    """
    if not host.straight:
        return None
    if host.rectangle is not None:
        flush = _boxes(host, tools)
        if flush is not None:
            return flush, []
    best: tuple[Prism, list[Prism | None]] | None = None
    most = 0
    for frame in (host, host.along_box_side(0), host.along_box_side(1)):
        fitting = [parallel_to(frame.normal, tool) for tool in tools] if frame is not None else []
        number = sum(tool is not None for tool in fitting)
        if frame is not None and number > most:
            best, most = (frame, fitting), number
    if best is None:
        return None
    mesh = layered_mesh(_layers(best[0], [tool for tool in best[1] if tool is not None]))
    return mesh, [tool for tool, fits in zip(tools, best[1], strict=True) if fits is None]


def cut_along(host: Prism, tools: Sequence[Prism]) -> Mesh:
    """Return the mesh of a straight prism less straight prisms that all share its direction."""
    fitting = [parallel_to(host.normal, tool) for tool in tools]
    return layered_mesh(_layers(host, [tool for tool in fitting if tool is not None]))


def parallel_to(normal: FloatArray, tool: Prism) -> Prism | None:
    """Return the tool described as swept along a normal or its opposite; None where it is not such a prism."""
    for one in (tool, tool.along_box_side(0), tool.along_box_side(1)) if tool.straight else ():
        if one is not None and float(np.abs(cross(one.normal, normal)).max()) <= PARALLEL_RAD:
            return one
    return None


def _boxes(host: Prism, tools: Sequence[Prism]) -> Mesh | None:
    """Return a box less boxes with parallel sides, on the grid of all their faces; None where they are not that."""
    corner, first, second = host.rectangle  # type: ignore[misc]
    wide, deep = float(np.hypot(*first)), float(np.hypot(*second))
    frame = np.stack([(first / wide) @ host.axes, (second / deep) @ host.axes, host.normal])
    origin = host.points(corner[None])[0]
    size = np.array([wide, deep, host.height_m])
    low, high = np.empty((len(tools), 3)), np.empty((len(tools), 3))
    for row, tool in enumerate(tools):
        shape = tool.rectangle
        if shape is None or not tool.straight:
            return None
        start, one, other = shape
        sides = np.stack([one @ tool.axes, other @ tool.axes, tool.sweep_m]) @ frame.T
        # each side of the tool must lie along one axis of the host
        if (np.sort(abs(sides), axis=1)[:, 1] > PARALLEL_RAD * abs(sides).max(axis=1)).any():
            return None
        begin = frame @ (tool.points(start[None])[0] - origin)
        low[row] = begin + np.minimum(sides, 0.0).sum(axis=0)
        high[row] = begin + np.maximum(sides, 0.0).sum(axis=0)
    return _grid_mesh(frame, origin, size, low, high)


def _grid_mesh(frame: FloatArray, origin: FloatArray, size: FloatArray, low: FloatArray, high: FloatArray) -> Mesh:
    lines = [_breaks(size[axis], low[:, axis], high[:, axis]) for axis in range(3)]
    middle = [0.5 * (line[1:] + line[:-1]) for line in lines]
    inside = [(m > low[:, axis, None]) & (m < high[:, axis, None]) for axis, m in enumerate(middle)]
    removed = (inside[0][:, :, None, None] & inside[1][:, None, :, None] & inside[2][:, None, None, :]).any(axis=0)
    if removed.all():
        raise GeometryError("openings leave nothing")
    solid = np.zeros(tuple(n + 2 for n in removed.shape), dtype=bool)
    solid[1:-1, 1:-1, 1:-1] = ~removed
    shape = tuple(len(line) for line in lines)
    quads = np.concatenate([_quads(solid, axis, shape) for axis in range(3)])
    used, index = np.unique(quads.ravel(), return_inverse=True)
    i, j, k = np.unravel_index(used, shape)
    points = np.stack([lines[0][i], lines[1][j], lines[2][k]], axis=1) @ frame + origin
    faces = index.reshape(-1, 4)
    faces = np.concatenate([faces[:, [0, 1, 2]], faces[:, [0, 2, 3]]])
    outward = float(cross(frame[0], frame[1]) @ frame[2]) > 0.0
    return Mesh(vertices_m=points, faces=faces if outward else faces[:, ::-1])


def _breaks(size: float, low: FloatArray, high: FloatArray) -> FloatArray:
    """Return the grid lines from 0 to size; faces nearer than a micrometre are one, those of the host first."""
    inner = np.concatenate([low, high])
    inner = np.sort(inner[(inner > SAME_M) & (inner < size - SAME_M)])
    kept = inner[np.concatenate([[True], np.diff(inner) > SAME_M])] if len(inner) else inner
    return np.concatenate([[0.0], kept, [size]])


def _quads(solid: np.ndarray[tuple[int, ...], np.dtype[np.bool_]], axis: int, shape: tuple[int, ...]) -> IntArray:
    """Return the quads (n, 4) between solid and empty cells across an axis, as numbers of grid points, seen from outside."""
    turned = np.moveaxis(solid, axis, 0)
    u, v = [other for other in range(3) if other != axis]
    strides = np.array([shape[1] * shape[2], shape[2], 1])
    found = []
    for outward in (1, -1):
        wall = (turned[:-1] & ~turned[1:]) if outward > 0 else (turned[1:] & ~turned[:-1])
        i, j, k = np.nonzero(wall[:, 1:-1, 1:-1])
        start = i * strides[axis] + j * strides[u] + k * strides[v]
        quad = np.stack([start, start + strides[u], start + strides[u] + strides[v], start + strides[v]], axis=1)
        # (u, v, axis) is right-handed for axis 0 and 2 and left-handed for axis 1
        found.append(quad if (outward > 0) == (axis != 1) else quad[:, ::-1])
    return np.concatenate(found)


def _layers(host: Prism, tools: Sequence[Prism]) -> Layered:
    polygon = polygon_of([np.round(ring / FLUSH_M) * FLUSH_M for ring in host.rings])
    normal, frame = host.normal, host.axes
    flats, spans = [], []
    for tool in tools:
        start = float(normal @ (tool.origin_m - host.origin_m))
        end = start + float(normal @ tool.sweep_m)
        rings = [(tool.points(ring) - host.origin_m) @ frame.T for ring in tool.rings]
        flats.append(polygon_of([np.round(ring / FLUSH_M) * FLUSH_M for ring in rings]))
        spans.append((min(start, end), max(start, end)))
    low, high = np.array(spans).reshape(-1, 2).T
    lines = _breaks(host.height_m, low, high)
    # edges along the axes meet once their corners are on the grid; others only in an operation on the grid, which is slow
    grid = None if all(_along_axes(one) for one in (polygon, *flats)) else FLUSH_M
    layers: list[BaseGeometry] = []
    intervals: list[tuple[float, float]] = []
    before: list[int] | None = None
    for bottom, top in zip(lines[:-1].tolist(), lines[1:].tolist(), strict=True):
        middle = 0.5 * (bottom + top)
        through = [row for row, (a, b) in enumerate(spans) if a < middle < b]
        if through == before:
            intervals[-1] = (intervals[-1][0], top)
            continue
        before = through
        left = shapely.difference(polygon, shapely.union_all([flats[row] for row in through]), grid_size=grid) if through else polygon
        layers.append(_polygons(left))
        intervals.append((bottom, top))
    if all(layer.is_empty for layer in layers):
        raise GeometryError("openings leave nothing")
    return Layered(frame, normal, host.origin_m, np.array(intervals), tuple(layers))


def _along_axes(polygon: Polygon) -> bool:
    return all(
        bool((np.abs(np.diff(shapely.get_coordinates(ring), axis=0)).min(axis=1) == 0.0).all())
        for ring in (polygon.exterior, *polygon.interiors)
    )


def _less(shape: BaseGeometry, other: BaseGeometry) -> BaseGeometry:
    """Return a difference of layers, which share their edges; on the grid where GEOS stumbles over rounding."""
    try:
        return shapely.difference(shape, other)
    except shapely.errors.GEOSException:
        return shapely.difference(shape, other, grid_size=FLUSH_M)


def _polygons(shape: BaseGeometry) -> BaseGeometry:
    parts = [part for part in shapely.get_parts(shape) if isinstance(part, Polygon) and part.area > _SLIVER_M2]
    return shapely.multipolygons(parts) if parts else Polygon()


def layered_mesh(solid: Layered) -> Mesh:
    """Return the mesh of a layered solid: walls per layer, and end faces only where the layer next to it is empty."""
    corners = []
    empty = Polygon()
    below: BaseGeometry = empty
    for (bottom, top), layer in zip(solid.intervals, solid.layers, strict=True):
        corners.extend(_cap(below, layer, bottom))
        corners.append(_sides(layer, bottom, top))
        below = layer
    corners.extend(_cap(below, empty, float(solid.intervals[-1, 1])))
    flat = np.concatenate(corners)
    points, index = np.unique(np.round(flat.reshape(-1, 3), 9), axis=0, return_inverse=True)
    faces = index.reshape(-1, 3)
    outward = float(cross(solid.axes[0], solid.axes[1]) @ solid.normal) > 0.0
    placed = points @ np.vstack([solid.axes, solid.normal]) + solid.origin_m
    return Mesh(vertices_m=placed, faces=faces if outward else faces[:, ::-1])


def _cap(below: BaseGeometry, above: BaseGeometry, level: float) -> list[FloatArray]:
    """Return the triangles of the faces between two layers: up where only the lower is solid, down where only the upper is."""
    if below is above:
        return []
    up = _polygons(_less(below, above)) if not above.is_empty else below
    down = _polygons(_less(above, below)) if not below.is_empty else above
    return [_flat(shape, level, upward=upward) for shape, upward in ((up, True), (down, False)) if not shape.is_empty]


def flat_triangles(shape: BaseGeometry) -> FloatArray:
    """Return the triangles of a polygon or multipolygon, counter-clockwise, (n, 3, 2)."""
    corners = shapely.get_coordinates(shapely.constrained_delaunay_triangles(shape)).reshape(-1, 4, 2)[:, :3]
    rows = counter_clockwise(corners, np.broadcast_to(np.arange(3), (len(corners), 3)))
    ordered: FloatArray = corners[np.arange(len(corners))[:, None], rows]
    return ordered


def _flat(shape: BaseGeometry, level: float, *, upward: bool) -> FloatArray:
    corners = flat_triangles(shape)
    corners = corners if upward else corners[:, ::-1]
    return np.concatenate([corners, np.full((*corners.shape[:2], 1), level)], axis=2)


def _sides(layer: BaseGeometry, bottom: float, top: float) -> FloatArray:
    edges = []
    for part in shapely.get_parts(shapely.orient_polygons(layer)):
        for ring in (part.exterior, *part.interiors):
            points = shapely.get_coordinates(ring)
            edges.append(np.stack([points[:-1], points[1:]], axis=1))
    if not edges:
        return np.zeros((0, 3, 3))
    pairs = np.concatenate(edges)
    a, b = pairs[:, 0], pairs[:, 1]

    def at(points: FloatArray, level: float) -> FloatArray:
        return np.column_stack([points, np.full(len(points), level)])

    one = np.stack([at(a, bottom), at(b, bottom), at(b, top)], axis=1)
    other = np.stack([at(a, bottom), at(b, top), at(a, top)], axis=1)
    return np.concatenate([one, other])
