"""Cut triangle meshes by planes, exactly and closed.

Terminology. A *plane* is a unit normal and an offset [m]; its *back* is where
``x . normal < offset``. *Soup*: triangles as corner points (n, 3, 3) [m], faces outward.
A *tool* is a convex region: the back of all its planes.

Method. Triangles are cut one by one. The cut face is the region about which the cut edges turn
once; winding numbers decide, so edges that meet along a line without sharing corners (which
real Breps have) do no harm. Points nearer to the plane than 0.02 mm lie on it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from optopscan.geometry.mesh import distinct_rows, face_vectors
from optopscan.geometry.prism import FLUSH_M, PARALLEL_RAD, SLIVER_M2, GeometryError, Prism, area, cross, polygon_of
from optopscan.geometry.triangulate import flat_triangles, triangulate
from optopscan.model.arrays import BoolArray, FloatArray, IntArray
from optopscan.model.building import Mesh

Plane = tuple[FloatArray, float]
_GRID_M = 1e-7
_JOINT_M = 5e-5
_ON_M = 2e-5
_SLIVER_M2 = 1e-8
_CONVEX = 1e-9


def behind(soup: FloatArray, plane: Plane) -> FloatArray:
    """Return the part of a closed soup behind a plane, closed by a face on the plane.

    Raises
    ------
    GeometryError
        If the soup is not closed, or overlaps itself, where the plane cuts it.
    """
    height, side = _sides(soup, plane)
    front, back = (side > 0).any(axis=1), (side < 0).any(axis=1)
    if not front.any():
        return soup
    if not back.any():
        return soup[:0]
    kept, edges = _behind(soup, plane[0], height, side)
    return np.concatenate([kept, _cap(edges, plane)])


def _sides(soup: FloatArray, plane: Plane) -> tuple[FloatArray, IntArray]:
    """Return the heights of corners (n, 3) above a plane [m], and -1, 0 or 1 for what is behind, on or in front of it."""
    height = soup @ plane[0] - plane[1]
    return height, np.where(np.abs(height) <= _ON_M, 0, np.sign(height)).astype(np.int64)


def _behind(soup: FloatArray, normal: FloatArray, height: FloatArray, side: IntArray) -> tuple[FloatArray, FloatArray]:
    """Return the faces behind a plane, and the edges (n, 2, 3) in which they meet it."""
    front, back = (side > 0).any(axis=1), (side < 0).any(axis=1)
    # a face in the plane stays where the solid is behind it
    flush = ~front & ~back & (face_vectors(soup) @ normal > 0.0)
    whole = (back & ~front) | flush
    crossing = front & back
    pieces, edges = _halves(soup[crossing], height[crossing], side[crossing])
    return np.concatenate([soup[whole], pieces]), np.concatenate([_edges_on(soup[whole], side[whole]), edges])


def _halves(soup: FloatArray, height: FloatArray, side: IntArray) -> tuple[FloatArray, FloatArray]:
    """Return the parts behind of triangles that cross the plane, and their edges on the plane (n, 2, 3)."""
    triangles: list[tuple[FloatArray, FloatArray, FloatArray]] = []
    edges: list[tuple[FloatArray, FloatArray]] = []
    for corners, h, s in zip(soup, height.tolist(), side.tolist(), strict=True):
        ring, flush = [], []
        for i in range(3):
            j = (i + 1) % 3
            if s[i] <= 0:
                ring.append(corners[i])
                flush.append(s[i] == 0)
            if s[i] * s[j] < 0:
                ring.append(_crossing(corners[i], corners[j], h[i], h[j]))
                flush.append(True)
        for i in range(len(ring)):
            j = (i + 1) % len(ring)
            if flush[i] and flush[j]:
                edges.append((ring[i], ring[j]))
        triangles.extend((ring[0], ring[i], ring[i + 1]) for i in range(1, len(ring) - 1))
    return np.array(triangles).reshape(-1, 3, 3), np.array(edges).reshape(-1, 2, 3)


def _crossing(a: FloatArray, b: FloatArray, height_a: float, height_b: float) -> FloatArray:
    """Return where an edge meets the plane; the same bits from either end, so neighbours share the point."""
    if height_a > height_b:
        a, b, height_a, height_b = b, a, height_b, height_a
    point: FloatArray = a + (b - a) * (height_a / (height_a - height_b))
    return point


def _edges_on(soup: FloatArray, side: IntArray) -> FloatArray:
    found = [soup[:, [i, (i + 1) % 3]][(side[:, i] == 0) & (side[:, (i + 1) % 3] == 0)] for i in range(3)]
    return np.concatenate(found)


def parallel(one: FloatArray, other: FloatArray) -> bool:
    """Return whether two unit vectors point the same or the opposite way, but for rounding."""
    return float(np.abs(cross(one, other)).max()) <= PARALLEL_RAD


def plane_axes(normal: FloatArray) -> FloatArray:
    """Return two unit axes (2, 3) of a plane, right-handed with its normal."""
    least = np.zeros(3)
    least[int(np.argmin(np.abs(normal)))] = 1.0
    u = cross(least, normal)
    u /= np.linalg.norm(u)
    return np.stack([u, cross(normal, u)])


def _cap(edges: FloatArray, plane: Plane) -> FloatArray:
    """Return the triangles that close the part behind a plane, given the outward faces' edges on the plane.

    Their corners are the very end points of the edges, so the next plane cuts cap and faces in the same points.
    """
    normal, offset = plane
    if len(edges) == 0:
        return np.zeros((0, 3, 3))
    axes = plane_axes(normal)
    ends = edges.reshape(-1, 3)
    middle = ends.mean(axis=0)
    joined = _joined((ends - middle) @ axes.T)
    rows = _uncancelled(joined.names)
    if len(rows) == 0:
        return np.zeros((0, 3, 3))
    ring = _ring(rows)
    plain = triangulate([[joined.places[ring[::-1]]]])[0] if ring is not None and area(joined.places[ring]) < 0.0 else None
    if ring is not None and plain is not None:
        capped: FloatArray = ends[joined.sources[ring[::-1]]][plain]
        return capped
    flat = _capped_cells(joined.places[rows])
    if len(flat) == 0:
        return np.zeros((0, 3, 3))
    foot = middle + (offset - float(middle @ normal)) * normal
    capped = flat @ axes + foot
    known = dict(zip(_steps(joined.places), joined.sources.tolist(), strict=True))
    for number, place in enumerate(_steps(flat.reshape(-1, 2))):
        if place in known:
            capped.reshape(-1, 3)[number] = ends[known[place]]
    return capped


def _steps(points: FloatArray) -> list[tuple[int, int]]:
    return [(x, y) for x, y in np.round(points / FLUSH_M).astype(np.int64).tolist()]


def _capped_cells(flat: FloatArray) -> FloatArray:
    """Return the triangles (n, 3, 2) about which edges (m, 2, 2) turn once, clockwise."""
    inside = []
    for cell in shapely.get_parts(_cells(flat)):
        if cell.area <= _SLIVER_M2 + 2.0 * _JOINT_M * cell.length:
            continue
        # the faces' edges run clockwise about the cap, seen against its normal
        turns = _winding(flat, np.array(cell.representative_point().coords[0]))
        if turns not in (0, -1):
            raise GeometryError("the solid overlaps itself or is open where it is cut")
        if turns:
            inside.append(cell)
    missing = abs(-_enclosed(flat) - sum(cell.area for cell in inside))
    if missing > _SLIVER_M2 + 4.0 * _JOINT_M * float(np.hypot(*(flat[:, 1] - flat[:, 0]).T).sum()):
        raise GeometryError("the solid is open where it is cut")
    return flat_triangles(shapely.multipolygons(inside)) if inside else np.zeros((0, 3, 2))


@dataclass(frozen=True, eq=False)
class _Joined:
    """Points that are the same but for rounding: the name of each, and for each name its place (n, 2) and the row it came from."""

    names: IntArray
    places: FloatArray
    sources: IntArray


def _joined(points: FloatArray) -> _Joined:
    """Return names for points (n, 2), the same where they lie within a few micrometres of one another."""
    order = np.argsort(points[:, 0], kind="stable")
    kept: list[tuple[float, float]] = []
    sources: list[int] = []
    names = np.empty(len(points), dtype=np.int64)
    first = 0
    for row, (x, y) in zip(order.tolist(), points[order].tolist(), strict=True):
        while first < len(kept) and kept[first][0] < x - _JOINT_M:
            first += 1
        name = next((number for number in range(first, len(kept)) if abs(kept[number][1] - y) <= _JOINT_M), None)
        if name is None:
            name = len(kept)
            kept.append((x, y))
            sources.append(row)
        names[row] = name
    return _Joined(names, np.array(kept), np.array(sources, dtype=np.int64))


def _uncancelled(names: IntArray) -> IntArray:
    """Return the edges (n, 2) between points with these names, without those of no length and pairs that run to and fro."""
    count: dict[tuple[int, int], int] = {}
    for one, other in names.reshape(-1, 2).tolist():
        if one == other:
            continue
        if count.get((other, one), 0) > 0:
            count[other, one] -= 1
        else:
            count[one, other] = count.get((one, other), 0) + 1
    left = [pair for pair, times in count.items() for _ in range(times)]
    return np.array(left, dtype=np.int64).reshape(-1, 2)


def _ring(rows: IntArray) -> IntArray | None:
    """Return the names along a single ring of edges; None where they make anything else."""
    following = dict(rows.tolist())
    if len(following) != len(rows):
        return None
    start = int(rows[0, 0])
    ring = [start]
    while (name := following.get(ring[-1])) != start:
        if name is None or len(ring) > len(rows):
            return None
        ring.append(name)
    return np.array(ring) if len(ring) == len(rows) else None


def _cells(edges: FloatArray) -> BaseGeometry:
    lines = shapely.linestrings(edges)
    return shapely.polygonize(shapely.get_parts(shapely.union_all(lines, grid_size=FLUSH_M)))


def _enclosed(edges: FloatArray) -> float:
    a, b = edges[:, 0], edges[:, 1]
    return 0.5 * float((a[:, 0] * b[:, 1] - a[:, 1] * b[:, 0]).sum())


def _winding(edges: FloatArray, point: FloatArray) -> int:
    """Return how often directed edges turn counter-clockwise about a point."""
    a, b = edges[:, 0] - point, edges[:, 1] - point
    turn = np.arctan2(a[:, 0] * b[:, 1] - a[:, 1] * b[:, 0], (a * b).sum(axis=1)).sum() / (2.0 * np.pi)
    return int(np.round(turn)) if abs(turn - np.round(turn)) < 1e-3 else 99


def without(soup: FloatArray, tool: Sequence[Plane]) -> FloatArray:
    """Return a closed soup less a tool; the very same soup where the tool takes nothing.

    What is left of the soup's faces lies in front of one of the tool's planes at least. What is new are the sections
    in front of the planes, within the faces of the tool.

    Raises
    ------
    GeometryError
        If the soup is not closed, or overlaps itself, where a plane cuts it.
    """
    normals, offsets = np.array([normal for normal, _ in tool]).T, np.array([offset for _, offset in tool])
    height = soup @ normals - offsets
    before = (height >= -_ON_M).all(axis=1)
    if before.all(axis=0).any():
        return soup
    in_plane = (np.abs(height) <= _ON_M).all(axis=1)
    outside = (before & ~(in_plane & (face_vectors(soup) @ normals > 0.0))).any(axis=1)
    kept, rest = [soup[outside]], soup[~outside]
    for normal, offset in tool:
        above, side = _sides(rest, (normal, offset))
        if (side > 0).any():
            kept.append(_behind(rest, -normal, -above, -side)[0])
            rest = _behind(rest, normal, above, side)[0]
    made = [_face(soup, height[:, :, row], (normals, offsets), row) for row in range(len(tool))]
    if len(rest) == 0 and not any(len(one) for one in made):
        return soup
    return np.concatenate([*kept, *made])


def _face(soup: FloatArray, height: FloatArray, planes: tuple[FloatArray, FloatArray], row: int) -> FloatArray:
    """Return the new face on one plane of a tool: what of the soup begins there, seen from the tool."""
    normals, offsets = planes
    normal, offset = normals[:, row], float(offsets[row])
    side = np.where(np.abs(height) <= _ON_M, 0, np.sign(height)).astype(np.int64)
    if not (side > 0).any():
        return soup[:0]
    found = _cap(_behind(soup, -normal, -height, -side)[1], (-normal, -offset))
    # what lies in another plane of the tool beside this one is an edge only
    beyond = (found @ normals - offsets > _ON_M).any(axis=(0, 1))
    for number in np.flatnonzero(beyond).tolist():
        if number != row:
            above, side = _sides(found, (normals[:, number], float(offsets[number])))
            front = (side > 0).any(axis=1)
            crossing = front & (side < 0).any(axis=1)
            found = np.concatenate([found[~front], _halves(found[crossing], above[crossing], side[crossing])[0]])
    return found


def merged_on(soup: FloatArray, plane: Plane) -> FloatArray:
    """Return the soup without the faces on a plane that face one another."""
    normal, offset = plane
    on = (np.abs(soup @ normal - offset) <= 2.0 * FLUSH_M).all(axis=1)
    along = face_vectors(soup) @ normal
    up, down = on & (along > 0.0), on & (along < 0.0)
    if not (up.any() and down.any()):
        return soup
    axes = plane_axes(normal)
    middle = soup[on].reshape(-1, 3).mean(axis=0)
    foot = middle + (offset - float(middle @ normal)) * normal
    rows_up, rows_down = np.flatnonzero(up), np.flatnonzero(down)
    flat_up, flat_down = (soup[rows_up] - foot) @ axes.T, (soup[rows_down] - foot) @ axes.T
    meet = _boxes_meet(flat_up, flat_down)
    with_up, with_down = meet.any(axis=1), meet.any(axis=0)
    if not with_up.any():
        return soup
    flat_up, flat_down = flat_up[with_up], flat_down[with_down]
    on = np.zeros(len(soup), dtype=bool)
    on[rows_up[with_up]] = True
    on[rows_down[with_down]] = True
    if _same_outline(flat_up, flat_down):
        return soup[~on]
    one, other = (shapely.union_all(shapely.polygons(flat), grid_size=FLUSH_M) for flat in (flat_up, flat_down))
    if shapely.area(shapely.intersection(one, other)) <= FLUSH_M**2:
        return soup
    made = [soup[~on]]
    for first, second, turned in ((one, other, False), (other, one, True)):
        left = [part for part in shapely.get_parts(shapely.difference(first, second, grid_size=FLUSH_M)) if shapely.area(part) > _SLIVER_M2]
        if left:
            corners = flat_triangles(shapely.multipolygons(left)) @ axes + foot
            made.append(corners[:, ::-1] if turned else corners)
    return np.concatenate(made)


def _same_outline(one: FloatArray, other: FloatArray) -> bool:
    """Return whether triangles (n, 3, 2) and others (m, 3, 2) that look the other way cover the same: on the grid, all their edges cancel.

    Two pieces cut at one block mostly do, and this takes a tenth of the time of unions and differences.
    """
    corners = np.round(np.concatenate([one, other]) / FLUSH_M)
    edges = np.stack([corners, np.roll(corners, -1, axis=1)], axis=2)
    return len(_uncancelled(distinct_rows(edges.reshape(-1, 2))[1])) == 0


def _boxes_meet(one: FloatArray, other: FloatArray) -> BoolArray:
    """Return which triangles (n, 3, 2) have boxes that overlap those of others (m, 3, 2), as (n, m)."""
    low, high, other_low, other_high = one.min(axis=1), one.max(axis=1), other.min(axis=1), other.max(axis=1)
    found: BoolArray = ((low[:, None] < other_high[None] - FLUSH_M) & (other_low[None] < high[:, None] - FLUSH_M)).all(axis=2)
    return found


def prism_planes(prism: Prism) -> list[list[Plane]]:
    """Return the convex tools that together are a prism (one when its polygon is convex)."""
    return [_planes(prism, part) for part in convex_parts(prism.rings)]


def infinite_planes(prism: Prism) -> list[list[Plane]]:
    """Return the convex tools of a prism without end faces, as a bounded half space has."""
    return [planes[:-2] for planes in prism_planes(prism)]


def _planes(prism: Prism, ring: FloatArray) -> list[Plane]:
    turned = ring if area(ring) > 0.0 else ring[::-1]
    points = prism.points(turned)
    middle = points.mean(axis=0)
    planes: list[Plane] = []
    for a, b in zip(points, np.roll(points, -1, axis=0), strict=True):
        normal = cross(b - a, prism.sweep_m)
        normal = normal / np.linalg.norm(normal)
        normal = normal if float(normal @ (a - middle)) > 0.0 else -normal
        planes.append((normal, float(normal @ a)))
    foot = float(prism.normal @ prism.origin_m)
    return [*planes, (-prism.normal, -foot), (prism.normal, foot + prism.height_m)]


def convex_parts(rings: Sequence[FloatArray]) -> list[FloatArray]:
    """Return convex rings that fill a polygon with holes.

    Raises
    ------
    GeometryError
        If the polygon crosses itself.
    """
    if len(rings) == 1 and len(rings[0]) == 4 and _turns_left(rings[0]):
        return [rings[0]]
    polygon = polygon_of(rings)
    ring = shapely.get_coordinates(polygon.exterior)[:-1]
    if not polygon.interiors and _is_convex(ring):
        return [ring]
    parts = list(flat_triangles(polygon))
    grown = True
    while grown:
        grown = _join_two(parts)
    return parts


def _turns_left(ring: FloatArray) -> bool:
    """Return whether a ring turns left in all of its corners, clearly; one of four corners is convex then, and does not cross itself."""
    (ax, ay), (bx, by), (cx, cy), (dx, dy) = ring.tolist()
    sides = ((bx - ax, by - ay), (cx - bx, cy - by), (dx - cx, dy - cy), (ax - dx, ay - dy))
    return all(x * v - y * u > SLIVER_M2 for (x, y), (u, v) in zip(sides, (*sides[1:], sides[0]), strict=True))


def _join_two(parts: list[FloatArray]) -> bool:
    """Join the first two rings whose union is convex; return whether there were any."""
    for i, first in enumerate(parts):
        for j in range(i + 1, len(parts)):
            both = shapely.union_all([shapely.Polygon(first), shapely.Polygon(parts[j])])
            if both.geom_type != "Polygon" or both.interiors:
                continue
            ring = shapely.get_coordinates(shapely.orient_polygons(both).exterior)[:-1]
            if _is_convex(ring):
                parts[i] = ring
                del parts[j]
                return True
    return False


def _is_convex(ring: FloatArray) -> bool:
    sides = np.roll(ring, -1, axis=0) - ring
    after = np.roll(sides, -1, axis=0)
    turn = sides[:, 0] * after[:, 1] - sides[:, 1] * after[:, 0]
    return bool((turn >= -_CONVEX).all()) and bool(area(ring) > 0.0)


def soup_mesh(soup: FloatArray) -> Mesh:
    """Return a soup as a mesh with shared corners (0.1 micrometre)."""
    middle = soup.reshape(-1, 3).mean(axis=0) if len(soup) else np.zeros(3)
    flat = np.round((soup.reshape(-1, 3) - middle) / _GRID_M) * _GRID_M
    points, index = distinct_rows(flat)
    faces = index.reshape(-1, 3)
    real = (faces[:, 0] != faces[:, 1]) & (faces[:, 1] != faces[:, 2]) & (faces[:, 2] != faces[:, 0])
    return Mesh(vertices_m=points + middle, faces=faces[real])
