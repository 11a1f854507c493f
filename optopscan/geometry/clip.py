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

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from optopscan.geometry.mesh import face_vectors
from optopscan.geometry.prism import FLUSH_M, PARALLEL_RAD, GeometryError, Prism, area, cross, flat_triangles
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
    normal, offset = plane
    height = soup @ normal - offset
    side = np.where(np.abs(height) <= _ON_M, 0, np.sign(height)).astype(np.int64)
    front, back = (side > 0).any(axis=1), (side < 0).any(axis=1)
    if not front.any():
        return soup
    if not back.any():
        return soup[:0]
    # a face in the plane stays where the solid is behind it
    flush = ~front & ~back & (face_vectors(soup) @ normal > 0.0)
    kept = soup[(back & ~front) | flush]
    kept_side = side[(back & ~front) | flush]
    pieces, edges = _halves(soup[front & back], height[front & back], side[front & back])
    on = np.concatenate([_edges_on(kept, kept_side), edges])
    return np.concatenate([kept, pieces, _cap(on, plane)])


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
    """Return the triangles that close the part behind a plane, given the outward faces' edges on the plane."""
    normal, offset = plane
    axes = plane_axes(normal)
    if len(edges) == 0:
        return np.zeros((0, 3, 3))
    middle = edges.reshape(-1, 3).mean(axis=0)
    flat = _uncancelled(_joined((edges - middle) @ axes.T))
    if len(flat) == 0:
        return np.zeros((0, 3, 3))
    cells = [cell for cell in shapely.get_parts(_cells(flat)) if cell.area > _SLIVER_M2 + 2.0 * _JOINT_M * cell.length]
    inside = []
    for cell in cells:
        # the faces' edges run clockwise about the cap, seen against its normal
        turns = _winding(flat, np.array(cell.representative_point().coords[0]))
        if turns not in (0, -1):
            raise GeometryError("the solid overlaps itself or is open where it is cut")
        if turns:
            inside.append(cell)
    missing = abs(-_enclosed(flat) - sum(cell.area for cell in inside))
    if missing > _SLIVER_M2 + 4.0 * _JOINT_M * float(np.hypot(*(flat[:, 1] - flat[:, 0]).T).sum()):
        raise GeometryError("the solid is open where it is cut")
    if not inside:
        return np.zeros((0, 3, 3))
    foot = middle + (offset - float(middle @ normal)) * normal
    capped: FloatArray = flat_triangles(shapely.multipolygons(inside)) @ axes + foot
    return capped


def _joined(edges: FloatArray) -> FloatArray:
    """Return edges (n, 2, 2) whose ends are the same point where they lie within a few micrometres of one another."""
    points = edges.reshape(-1, 2)
    order = np.argsort(points[:, 0], kind="stable")
    kept: list[tuple[float, float]] = []
    name = np.empty((len(points), 2))
    first = 0
    for row, (x, y) in zip(order.tolist(), points[order].tolist(), strict=True):
        while first < len(kept) and kept[first][0] < x - _JOINT_M:
            first += 1
        near = next((one for one in kept[first:] if abs(one[1] - y) <= _JOINT_M), None)
        if near is None:
            near = (round(x / _GRID_M) * _GRID_M, round(y / _GRID_M) * _GRID_M)
            kept.append(near)
        name[row] = near
    return name.reshape(-1, 2, 2)


def _uncancelled(edges: FloatArray) -> FloatArray:
    """Return the edges (n, 2, 2) without those of no length and without pairs that run to and fro."""
    edges = edges[np.abs(edges[:, 0] - edges[:, 1]).max(axis=1) > 0.5 * _GRID_M]
    count: dict[tuple[tuple[float, float], tuple[float, float]], int] = {}
    for a, b in (edges + 0.0).tolist():
        one, other = tuple(a), tuple(b)
        if count.get((other, one), 0) > 0:
            count[other, one] -= 1
        else:
            count[one, other] = count.get((one, other), 0) + 1
    left = [pair for pair, times in count.items() for _ in range(times)]
    return np.array(left).reshape(-1, 2, 2)


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
    """Return a closed soup less a tool.

    The tool's planes split off one outside piece after another; faces between
    the pieces are taken out, so the result has true outer faces only.

    Raises
    ------
    GeometryError
        If the soup is not closed, or overlaps itself, where a plane cuts it.
    """
    rest, pieces, cutting = soup, [], []
    for normal, offset in tool:
        outside = behind(rest, (-normal, -offset))
        if len(outside) == len(rest) and outside is rest:
            return soup
        if len(outside):
            pieces.append(outside)
            cutting.append((normal, offset))
        rest = behind(rest, (normal, offset))
        if len(rest) == 0:
            return soup
    if not pieces:
        return soup[:0]
    joined = np.concatenate(pieces)
    for plane in cutting if len(pieces) > 1 else ():
        joined = merged_on(joined, plane)
    return joined


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
    one, other = (shapely.union_all(shapely.polygons(flat), grid_size=FLUSH_M) for flat in (flat_up[with_up], flat_down[with_down]))
    if shapely.area(shapely.intersection(one, other)) <= FLUSH_M**2:
        return soup
    on = np.zeros(len(soup), dtype=bool)
    on[rows_up[with_up]] = True
    on[rows_down[with_down]] = True
    made = [soup[~on]]
    for first, second, turned in ((one, other, False), (other, one, True)):
        left = [part for part in shapely.get_parts(shapely.difference(first, second, grid_size=FLUSH_M)) if shapely.area(part) > _SLIVER_M2]
        if left:
            corners = flat_triangles(shapely.multipolygons(left)) @ axes + foot
            made.append(corners[:, ::-1] if turned else corners)
    return np.concatenate(made)


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
    from optopscan.geometry.prism import polygon_of

    polygon = polygon_of(rings)
    ring = shapely.get_coordinates(polygon.exterior)[:-1]
    if not polygon.interiors and _is_convex(ring):
        return [ring]
    parts = list(flat_triangles(polygon))
    grown = True
    while grown:
        grown = _join_two(parts)
    return parts


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
    points, index = np.unique(flat, axis=0, return_inverse=True)
    faces = index.reshape(-1, 3)
    real = (faces[:, 0] != faces[:, 1]) & (faces[:, 1] != faces[:, 2]) & (faces[:, 2] != faces[:, 0])
    return Mesh(vertices_m=points + middle, faces=faces[real])
