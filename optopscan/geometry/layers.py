"""Prisms less prisms that share a direction with them.

Terminology as in `prism`. *Layered*: a stack of polygons along one normal, each over an interval; a straight prism from
which parallel prisms are cut is layered.

Exactness. Cutting along a common direction is polygon work in one plane and interval work along
the normal, so volumes and outlines are those of the input, to rounding. Nothing is approximated: what cannot
be brought to a common direction is not for this module.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import shapely
from shapely.geometry import Polygon
from shapely.geometry.base import BaseGeometry

from optopscan.geometry.boxes import breaks, less_boxes
from optopscan.geometry.mesh import distinct_rows, merged
from optopscan.geometry.prism import FLUSH_M, PARALLEL_RAD, SLIVER_M2, GeometryError, Prism, cross, polygon_of, prism_meshes
from optopscan.geometry.triangulate import flat_triangles
from optopscan.model.arrays import FloatArray
from optopscan.model.building import Mesh

# shapely makes an empty polygon by reading a text
_EMPTY = Polygon()


@dataclass(frozen=True, eq=False)
class Layered:
    """Polygons over intervals (n, 2) along a normal; in the plane of two unit axes through an origin. Bottom layer first.

    ``taken`` names what each layer has less than the whole: of two layers the one that has less lies within the other.
    """

    axes: FloatArray
    normal: FloatArray
    origin_m: FloatArray
    intervals: FloatArray
    layers: tuple[BaseGeometry, ...]
    taken: tuple[frozenset[int], ...]


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
    if not tool.straight:
        return None
    if _same_line(tool.normal, normal):
        return tool
    turned = (tool.along_box_side(side) for side in (0, 1))
    return next((one for one in turned if one is not None and _same_line(one.normal, normal)), None)


def _same_line(one: FloatArray, other: FloatArray) -> bool:
    return bool(max(map(abs, cross(one, other).tolist())) <= PARALLEL_RAD)


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
    lines = breaks(host.height_m, low.tolist(), high.tolist())
    # edges along the axes meet once their corners are on the grid; others only in an operation on the grid, which is slow
    grid = None if all(_along_axes(one) for one in (polygon, *flats)) else FLUSH_M
    layers: list[BaseGeometry] = []
    intervals: list[tuple[float, float]] = []
    taken: list[frozenset[int]] = []
    for bottom, top in zip(lines[:-1].tolist(), lines[1:].tolist(), strict=True):
        middle = 0.5 * (bottom + top)
        through = frozenset(row for row, (a, b) in enumerate(spans) if a < middle < b)
        if taken and through == taken[-1]:
            intervals[-1] = (intervals[-1][0], top)
            continue
        taken.append(through)
        tool = shapely.union_all([flats[row] for row in sorted(through)])
        left = shapely.difference(polygon, tool, grid_size=grid) if through else polygon
        layers.append(_polygons(left))
        intervals.append((bottom, top))
    if all(layer.is_empty for layer in layers):
        raise GeometryError("openings leave nothing")
    return Layered(frame, normal, host.origin_m, np.array(intervals), tuple(layers), tuple(taken))


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
    parts = [part for part in shapely.get_parts(shape) if isinstance(part, Polygon) and part.area > SLIVER_M2]
    return shapely.multipolygons(parts) if parts else _EMPTY


def layered_mesh(solid: Layered) -> Mesh:
    """Return the mesh of a layered solid: walls per layer, and end faces only where the layer next to it is empty."""
    if len(solid.layers) == 1:
        return _single_layer(solid)
    corners = []
    below: BaseGeometry = _EMPTY
    less: frozenset[int] = frozenset()
    for (bottom, top), layer, taken in zip(solid.intervals, solid.layers, solid.taken, strict=True):
        corners.extend(_cap(below, layer, bottom, shrinks=taken >= less, grows=taken <= less))
        corners.append(_sides(layer, bottom, top))
        below, less = layer, taken
    corners.extend(_cap(below, _EMPTY, float(solid.intervals[-1, 1])))
    flat = np.concatenate(corners)
    points, index = distinct_rows(np.round(flat.reshape(-1, 3), 9))
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


def _cap(below: BaseGeometry, above: BaseGeometry, level: float, *, shrinks: bool = False, grows: bool = False) -> list[FloatArray]:
    """Return the triangles of the faces between two layers: up where only the lower is solid, down where only the upper is."""
    if below.is_empty or above.is_empty:
        up, down = below, above
    else:
        up = _EMPTY if grows else _polygons(_less(below, above))
        down = _EMPTY if shrinks else _polygons(_less(above, below))
    return [_flat(shape, level, upward=upward) for shape, upward in ((up, True), (down, False)) if not shape.is_empty]


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
