"""Shapes as the record holds them: rings of points, and triangles where a prism will not do."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import shapely
from shapely.geometry import Polygon
from shapely.geometry.base import BaseGeometry
from shapely.geometry.polygon import orient

from optopscan.model.arrays import FloatArray, IntArray
from optopscan.model.building import Elements
from optopscan.report.record.arrays import Arrays, steady

# A body whose volume differs more than this from footprint times height is no prism: keep its triangles.
_PRISM_TOLERANCE = 0.01


def polygons(shape: BaseGeometry) -> list[Polygon]:
    """Return the polygons of a shape, largest first; points and lines have none."""
    pieces = [shape] if isinstance(shape, Polygon) else [piece for piece in getattr(shape, "geoms", ()) if isinstance(piece, Polygon)]
    return sorted((piece for piece in pieces if not piece.is_empty), key=lambda piece: (-piece.area, piece.bounds))


def rings(shape: BaseGeometry) -> list[list[list[float]]]:
    """Return outer ring and holes of the largest polygon, each counter-clockwise or clockwise and not closed."""
    largest = polygons(shape)[:1]
    return [_points(ring) for piece in map(orient, largest) for ring in (piece.exterior, *piece.interiors)]


def outer_rings(shapes: Sequence[BaseGeometry]) -> tuple[FloatArray, IntArray]:
    """Return the outer rings of the largest polygons [m], counter-clockwise and not closed.

    Ring k is rows start[k] .. start[k + 1] of the points (n, 2); it has none where there is no polygon.
    """
    largest = [shape if isinstance(shape, Polygon) else next(iter(polygons(shape)), None) for shape in shapes]
    rings_of = shapely.get_exterior_ring(np.array(largest, dtype=object))
    points, ring = shapely.get_coordinates(rings_of, return_index=True)
    size = np.bincount(ring, minlength=len(shapes))
    first = np.cumsum(size) - size
    # Against the clock: the last point of a closed ring is its first one, so a ring that runs with it is read from its end.
    place = np.arange(len(points)) - first[ring]
    turned = ~np.asarray(shapely.is_ccw(rings_of), dtype=bool)[ring]
    points = points[first[ring] + np.where(turned, size[ring] - 1 - place, place)]
    kept = place < size[ring] - 1
    return points[kept], np.concatenate([[0], np.cumsum(np.maximum(size - 1, 0))])


def element_geometry(elements: Elements) -> list[dict[str, Any]]:
    """Return footprint and z-range of every element, with ``mesh_ref`` where it is no prism.

    ``mesh_ref`` holds the row ranges [from, to) in the arrays ``mesh_vertices_m`` and ``mesh_faces``.
    """
    rows: list[dict[str, Any]] = []
    vertex = face = 0
    for row in range(len(elements)):
        geometry = _prism(elements, row)
        if not is_prism(elements, row):
            mesh = elements.mesh[row]
            geometry["mesh_ref"] = {"vertices": [vertex, vertex + len(mesh.vertices_m)], "faces": [face, face + len(mesh.faces)]}
            vertex, face = vertex + len(mesh.vertices_m), face + len(mesh.faces)
        rows.append(geometry)
    return rows


def mesh_arrays(elements: Elements) -> Arrays:
    """Return vertices [m] and faces of all elements that are no prisms; a face counts vertices of its own element."""
    meshes = [elements.mesh[row] for row in range(len(elements)) if not is_prism(elements, row)]
    vertices = [steady(mesh.vertices_m).reshape(-1, 3) for mesh in meshes]
    faces = [np.asarray(mesh.faces, dtype="<i4").reshape(-1, 3) for mesh in meshes]
    return {
        "mesh_vertices_m": np.concatenate(vertices) if meshes else np.zeros((0, 3), dtype="<f8"),
        "mesh_faces": np.concatenate(faces) if meshes else np.zeros((0, 3), dtype="<i4"),
    }


def is_prism(elements: Elements, row: int) -> bool:
    """Return whether footprint and z-range describe the body; also true where there are no triangles."""
    if len(elements.mesh[row].faces) == 0:
        return True
    prism_m3 = float(elements.footprint[row].area) * float(elements.z1_m[row] - elements.z0_m[row])
    return abs(float(elements.volume_m3[row]) - prism_m3) <= _PRISM_TOLERANCE * prism_m3


def _prism(elements: Elements, row: int) -> dict[str, Any]:
    pieces = [rings(piece) for piece in polygons(elements.footprint[row])]
    geometry: dict[str, Any] = {
        "footprint": pieces[0][0] if pieces else [],
        "z0_m": elements.z0_m[row],
        "z1_m": elements.z1_m[row],
    }
    if pieces and len(pieces[0]) > 1:
        geometry["holes"] = pieces[0][1:]
    if len(pieces) > 1:
        geometry["more"] = [{"footprint": piece[0], "holes": piece[1:]} for piece in pieces[1:]]
    return geometry


def _points(ring: Any) -> list[list[float]]:
    return [[float(x), float(y)] for x, y, *_ in list(ring.coords)[:-1]]
