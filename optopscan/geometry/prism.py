"""Prisms, and prisms less prisms: exact meshes without a solid modeller.

Terminology. *Prism*: a plane polygon, with holes, swept along a vector. *Straight*: swept along its
own normal. *Box*: a straight prism on a rectangle. *Layered*: a stack of polygons along one
normal, each over an interval; a straight prism from which parallel prisms are cut is layered.

Exactness. Cutting along a common direction is polygon work in one plane and interval work along
the normal, so volumes and outlines are those of the input, to rounding. Nothing is approximated: what cannot
be brought to a common direction is not for this module.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache

import numpy as np
import shapely
from shapely.geometry import Polygon
from shapely.geometry.base import BaseGeometry

from optopscan.geometry.mesh import merged
from optopscan.geometry.triangulate import triangulate
from optopscan.model.arrays import FloatArray, IntArray
from optopscan.model.building import Mesh


class GeometryError(ValueError):
    """The input is no solid, or cannot be handled exactly here."""


SAME_M = 1e-6
# Directions in files are rounded: 20 microradians are 4 micrometres across a wall of 0.2 m.
PARALLEL_RAD = 2e-5
_SLIVER_M2 = 1e-7
# Polygons up to this many corners are tried as convex ones; with more than four corners turning one way is not enough.
_FEW, _TURNS_ONCE = 64, 4
# Openings end flush with faces but for rounding: on this grid such edges meet, and no skin without thickness is left.
FLUSH_M = 1e-5
# A grid of more cells has more faces than the polygons of layers.
_CELLS = 2000


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
        if len(self.rings) != 1 or len(self.rings[0]) != 4:
            return None
        (ax, ay), (bx, by), (cx, cy), (dx, dy) = self.rings[0].tolist()
        if max(abs(ax + cx - bx - dx), abs(ay + cy - by - dy)) > SAME_M:
            return None
        bx, by, dx, dy = bx - ax, by - ay, dx - ax, dy - ay
        sides = math.hypot(bx, by) * math.hypot(dx, dy)
        if sides <= 0.0 or abs(bx * dx + by * dy) > PARALLEL_RAD * sides:
            return None
        return np.array(((ax, ay), (bx, by), (dx, dy)))

    @cached_property
    def box(self) -> FloatArray | None:
        """Corner and three sides (4, 3) [m] in space of a straight prism on a rectangle; None for another."""
        if self.rectangle is None or not self.straight:
            return None
        found = np.empty((4, 3))
        np.matmul(self.rectangle, self.axes, out=found[:3])
        found[0] += self.origin_m
        found[3] = self.sweep_m
        return found

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
    """Return the meshes of prisms, faces outward; None for a polygon that crosses itself or has no area.

    Prisms on convex polygons with the same number of corners are worked out together; polygons that prisms share, once.
    """
    found: list[Mesh | None] = [None] * len(prisms)
    alike: dict[int, list[int]] = {}
    shared: dict[int, list[int]] = {}
    for row, prism in enumerate(prisms):
        if len(prism.rings) == 1 and len(prism.rings[0]) <= _FEW:
            alike.setdefault(len(prism.rings[0]), []).append(row)
        else:
            shared.setdefault(id(prism.rings), []).append(row)
    for n, rows in alike.items():
        for row in _convex_meshes(prisms, n, rows, found):
            shared.setdefault(id(prisms[row].rings), []).append(row)
    firsts = [prisms[rows[0]].rings for rows in shared.values()]
    turned = [[ring if (area(ring) > 0.0) == (number == 0) else ring[::-1] for number, ring in enumerate(rings)] for rings in firsts]
    for rows, rings, cap in zip(shared.values(), turned, triangulate(turned), strict=True):
        if cap is not None:
            flat = np.concatenate(rings)
            outward, inward = _both_ways(np.concatenate([cap[:, ::-1], cap + len(flat), _walls([len(ring) for ring in rings])]))
            for row in rows:
                found[row] = _walled(prisms[row], flat, outward, inward)
    return found


def _convex_meshes(prisms: Sequence[Prism], n: int, rows: Sequence[int], found: list[Mesh | None]) -> list[int]:
    """Fill in the meshes of prisms on convex polygons with n corners; return the rows of the others."""
    rings = np.array([prisms[row].rings[0] for row in rows])
    side = np.roll(rings, -1, axis=1) - rings
    after = np.roll(side, -1, axis=1)
    turn = side[:, :, 0] * after[:, :, 1] - side[:, :, 1] * after[:, :, 0]
    left, right = (turn > 0.0).all(axis=1), (turn < 0.0).all(axis=1)
    if n > _TURNS_ONCE:  # a star turns one way only, too, but more than once around
        once = np.abs(np.arctan2(turn, (side * after).sum(axis=2)).sum(axis=1)) < 3.0 * np.pi
        left, right = left & once, right & once
    rings[right] = rings[right, ::-1]
    axes, sweep = np.array([prisms[row].axes for row in rows]), np.array([prisms[row].sweep_m for row in rows])
    bottom = rings @ axes + np.array([prisms[row].origin_m for row in rows])[:, None]
    points = np.concatenate([bottom, bottom + sweep[:, None]], axis=1)
    to_back = (np.cross(axes[:, 0], axes[:, 1]) * sweep).sum(axis=1) < 0.0
    faces = _convex_faces(n)
    for number, row in enumerate(rows):
        if left[number] or right[number]:
            found[row] = Mesh(vertices_m=points[number], faces=faces[int(to_back[number])])
    return [row for row, sound in zip(rows, (left | right).tolist(), strict=True) if not sound]


@lru_cache(maxsize=64)
def _convex_faces(n: int) -> tuple[IntArray, IntArray]:
    fan = np.stack([np.zeros(n - 2, dtype=np.int64), np.arange(1, n - 1), np.arange(2, n)], axis=1)
    return _both_ways(np.concatenate([fan[:, ::-1], fan + n, _walls([n])]))


def _both_ways(faces: IntArray) -> tuple[IntArray, IntArray]:
    """Return faces and the same turned around, read-only, for many meshes to share."""
    other = faces[:, ::-1].copy()
    for one in (faces, other):
        one.setflags(write=False)
    return faces, other


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


def _walled(prism: Prism, flat: FloatArray, outward: IntArray, inward: IntArray) -> Mesh:
    """Return end faces and walls; ``flat`` counter-clockwise (holes clockwise) in the prism's axes."""
    bottom = prism.points(flat)
    # a left-handed pair of axes, or a sweep to the back, turns every face
    along = float(cross(prism.axes[0], prism.axes[1]) @ prism.sweep_m) > 0.0
    return Mesh(vertices_m=np.concatenate([bottom, bottom + prism.sweep_m]), faces=outward if along else inward)


def _walls(lengths: Sequence[int]) -> IntArray:
    """Return the faces between two copies of rings laid end to end, the second copy after the first."""
    n = sum(lengths)
    first = np.arange(n)
    starts = np.cumsum([0, *lengths[:-1]])
    following = np.concatenate([start + (np.arange(length) + 1) % length for start, length in zip(starts, lengths, strict=True)])
    return np.concatenate([np.stack([first, following, following + n], axis=1), np.stack([first, following + n, first + n], axis=1)])


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


def cut(host: Prism, tools: Sequence[Prism], *, partly: bool = True) -> tuple[Mesh, list[Prism]] | None:
    """Return the mesh of a straight prism less the straight prisms that share a direction with it, and the other tools.

    The common direction is that of the host or, for a box, of one of its sides: the one that suits most
    tools. A tool that is a box fits when one of its sides has this direction. None when no tool fits, or not
    all of them where ``partly`` is false.

    Raises
    ------
    GeometryError
        If nothing is left, or a polygon crosses itself.
    """
    if not host.straight:
        return None
    if host.rectangle is not None:
        flush = less_boxes(host, tools)
        if flush is not None:
            return flush, []
    best: tuple[Prism, list[Prism | None]] | None = None
    most = 0
    for frame in (host, host.along_box_side(0), host.along_box_side(1)):
        fitting = [parallel_to(frame.normal, tool) for tool in tools] if frame is not None else []
        number = sum(tool is not None for tool in fitting)
        if frame is not None and number > most:
            best, most = (frame, fitting), number
    if best is None or (most < len(tools) and not partly):
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


def less_boxes(host: Prism, tools: Sequence[Prism], *, goes_on: tuple[bool, bool] = (False, False)) -> Mesh | None:
    """Return a box less boxes with parallel sides, on the grid of all their faces; None where they are not that.

    ``goes_on`` says whether there is more of the solid before and after the box, along its first side: there
    only the faces are made that look out of that into an opening.

    Raises
    ------
    GeometryError
        If nothing is left.
    """
    found = [tool.box for tool in tools]
    if host.box is None or any(one is None for one in found):
        return None
    size = np.sqrt((host.box[1:] ** 2).sum(axis=1))
    frame = host.box[1:] / size[:, None]
    boxes = np.array(found)
    begin = (boxes[:, 0] - host.box[0]) @ frame.T
    sides = boxes[:, 1:] @ frame.T
    # each side of a tool must lie along one axis of the host: the largest share is all but all of it
    share = np.abs(sides)
    largest = share.max(axis=2)
    if ((share.sum(axis=2) - largest) > 2.0 * PARALLEL_RAD * largest).any():
        return None
    low = begin + np.minimum(sides, 0.0).sum(axis=1)
    high = begin + np.maximum(sides, 0.0).sum(axis=1)
    return _grid_mesh(frame, host.box[0], size.tolist(), low, high, goes_on)


def _grid_mesh(
    frame: FloatArray, origin: FloatArray, size: list[float], low: FloatArray, high: FloatArray, goes_on: tuple[bool, bool]
) -> Mesh | None:
    """Return the mesh of a box less boxes from low to high corners (n, 3) along its frame; None where the grid is too fine to pay."""
    lines = [_breaks(side, *ends) for side, *ends in zip(size, low.T.tolist(), high.T.tolist(), strict=True)]
    nx, ny, nz = (len(line) - 1 for line in lines)
    if nx * ny * nz > _CELLS:
        return None
    through = []
    for axis, line in enumerate(lines):
        middle = 0.5 * (line[1:] + line[:-1])
        through.append((middle > low[:, axis, None]) & (middle < high[:, axis, None]))
    solid = np.zeros((nx + 2, ny + 2, nz + 2), dtype=bool)
    solid[1:-1, 1:-1, 1:-1] = ~(through[0][:, :, None, None] & through[1][:, None, :, None] & through[2][:, None, None, :]).any(axis=0)
    solid[0, 1:-1, 1:-1], solid[-1, 1:-1, 1:-1] = goes_on
    flat = solid.ravel()
    one, other, quads = _cell_faces(nx, ny, nz)
    before, after = flat[one], flat[other]
    if not (before.any() or after.any()):
        raise GeometryError("openings leave nothing")
    faces = np.concatenate([quads[before & ~after], quads[after & ~before][:, ::-1]])
    used = np.zeros((nx + 1) * (ny + 1) * (nz + 1), dtype=bool)
    used[faces] = True
    row = np.flatnonzero(used)
    i, rest = np.divmod(row, (ny + 1) * (nz + 1))
    j, k = np.divmod(rest, nz + 1)
    points = np.stack([lines[0][i], lines[1][j], lines[2][k]], axis=1) @ frame + origin
    faces = (np.cumsum(used) - 1)[faces]
    faces = np.concatenate([faces[:, [0, 1, 2]], faces[:, [0, 2, 3]]])
    outward = float(cross(frame[0], frame[1]) @ frame[2]) > 0.0
    return Mesh(vertices_m=points, faces=faces if outward else faces[:, ::-1])


def _breaks(size: float, low: Sequence[float], high: Sequence[float]) -> FloatArray:
    """Return the grid lines from 0 to size; faces nearer than a micrometre are one, those of the host first."""
    kept = [0.0]
    for value in sorted([*low, *high]):
        if value > kept[-1] + SAME_M and value < size - SAME_M:
            kept.append(value)
    return np.array([*kept, size])


@lru_cache(maxsize=256)
def _cell_faces(nx: int, ny: int, nz: int) -> tuple[IntArray, IntArray, IntArray]:
    """Return the faces between the cells of a grid: the cell before and after each, and its corners (n, 4).

    Cells are numbered on the grid with one cell more on every side, corners on the grid itself. Seen from
    the cell after, the corners run counter-clockwise.
    """
    n = (nx, ny, nz)
    cell = np.arange((nx + 2) * (ny + 2) * (nz + 2)).reshape(nx + 2, ny + 2, nz + 2)
    corner = np.arange((nx + 1) * (ny + 1) * (nz + 1)).reshape(nx + 1, ny + 1, nz + 1)
    strides = ((ny + 1) * (nz + 1), nz + 1, 1)
    found: tuple[list[IntArray], ...] = ([], [], [])
    for axis in range(3):
        inner = [slice(1, n[other] + 1) for other in range(3)]
        before, after = list(inner), list(inner)
        before[axis], after[axis] = slice(0, n[axis] + 1), slice(1, n[axis] + 2)
        found[0].append(cell[tuple(before)].ravel())
        found[1].append(cell[tuple(after)].ravel())
        start = corner[tuple(slice(0, n[other] + (other == axis)) for other in range(3))].ravel()
        # x, y, z turn into one another: the two axes that follow make a right-handed frame
        u, v = strides[(axis + 1) % 3], strides[(axis + 2) % 3]
        found[2].append(np.stack([start, start + u, start + u + v, start + v], axis=1))
    one, other, quads = (np.concatenate(part) for part in found)
    return one, other, quads


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
    lines = _breaks(host.height_m, low.tolist(), high.tolist())
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
    if len(solid.layers) == 1:
        return _single_layer(solid)
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


def _single_layer(solid: Layered) -> Mesh:
    bottom, top = solid.intervals[0].tolist()
    prisms = []
    for part in shapely.get_parts(solid.layers[0]):
        rings = tuple(shapely.get_coordinates(ring)[:-1] for ring in (part.exterior, *part.interiors))
        prisms.append(Prism(rings, solid.axes, solid.origin_m + bottom * solid.normal, (top - bottom) * solid.normal))
    meshes = prism_meshes(prisms)
    if any(mesh is None for mesh in meshes):
        raise GeometryError("polygon crosses itself or has no area")
    return merged([mesh for mesh in meshes if mesh is not None])


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
