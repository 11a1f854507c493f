"""Usable roof: flat faces less setback and obstacles.

Terminology. *Face*: one flat roof slab at one level. *Usable roof*: faces that
touch at one level, joined, less the setback along their outer edge and less
the obstacles with a clearance around them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import scipy.sparse as sp
import shapely
from shapely.geometry.base import BaseGeometry

from optopscan.geometry import plane
from optopscan.model.structure import Cells, Structure

LEVEL_TOLERANCE_M = 0.05
JOINT_M = 0.06
CLEARANCE_M = 0.10
SLIVER_WIDTH_M = 1.0


@dataclass(frozen=True, kw_only=True)
class UsableRoof:
    """One usable roof: polygon or multipolygon, level [m], rows of the faces and obstacles in it."""

    polygon: BaseGeometry
    z_m: float
    faces: tuple[int, ...]
    obstacles: tuple[int, ...]


def usable_roofs(
    structure: Structure, *, setback_m: float = 0.0, clearance_m: float = CLEARANCE_M, sliver_width_m: float = SLIVER_WIDTH_M
) -> tuple[UsableRoof, ...]:
    """Return the usable roofs, in the order of their first face.

    Parameters
    ----------
    structure
        Supplies ``roof_faces`` and ``roof_obstacles``.
    setback_m
        Strip kept free along every outer edge [m].
    clearance_m
        Strip kept free around every obstacle [m].
    sliver_width_m
        Pieces narrower than this [m] everywhere are dropped.

    Returns
    -------
    tuple[UsableRoof, ...]
        Without the roofs of which nothing is left.
    """
    found = (_usable(structure, faces, setback_m, clearance_m, sliver_width_m) for faces in _joined_faces(structure))
    return tuple(roof for roof in found if not roof.polygon.is_empty)


def usable_area_m2(roofs: Sequence[UsableRoof]) -> float:
    """Return the sum of the usable areas [m2]."""
    return float(sum(roof.polygon.area for roof in roofs))


def covered_cells(cells: Cells, polygons: Sequence[BaseGeometry]) -> sp.csr_array:
    """Return the area [m2] of each roof cell under each polygon, (n_cell, n_polygon)."""
    shape = (len(cells), len(polygons))
    roof_rows = np.flatnonzero(cells.roof)
    if not roof_rows.size or not len(polygons):
        return sp.csr_array(shape)
    boxes = np.asarray(polygons, dtype=object)
    bodies = np.asarray(cells.polygon, dtype=object)[roof_rows]
    polygon_row, cell_row = shapely.STRtree(bodies).query(boxes, predicate="intersects")
    area_m2 = shapely.area(plane.intersection(boxes[polygon_row], bodies[cell_row]))
    return sp.csr_array(sp.coo_array((area_m2, (roof_rows[cell_row], polygon_row)), shape=shape))


def _joined_faces(structure: Structure) -> tuple[tuple[int, ...], ...]:
    """Group faces at one level that touch: slabs of one roof are often modelled per bay."""
    groups: list[list[int]] = []
    for row, face in enumerate(structure.roof_faces):
        touching = [
            group
            for group in groups
            if any(
                abs(structure.roof_faces[other].z_m - face.z_m) <= LEVEL_TOLERANCE_M
                and structure.roof_faces[other].polygon.distance(face.polygon) <= JOINT_M
                for other in group
            )
        ]
        groups = [group for group in groups if group not in touching]
        groups.append(sorted([row, *(other for group in touching for other in group)]))
    return tuple(tuple(group) for group in sorted(groups))


def _usable(structure: Structure, faces: tuple[int, ...], setback_m: float, clearance_m: float, sliver_width_m: float) -> UsableRoof:
    polygon = plane.union([structure.roof_faces[row].polygon for row in faces])
    if len(faces) > 1:
        polygon = _mitred(_mitred(polygon, JOINT_M), -JOINT_M)
    obstacles = tuple(row for row, item in enumerate(structure.roof_obstacles) if item.face in faces)
    polygon = _mitred(polygon, -setback_m)
    if obstacles:
        kept_free = [_mitred(structure.roof_obstacles[row].polygon, clearance_m) for row in obstacles]
        polygon = polygon.difference(plane.union(kept_free))
    pieces = [piece for piece in shapely.get_parts(polygon) if not piece.buffer(-0.5 * sliver_width_m).is_empty]
    return UsableRoof(
        polygon=plane.union(pieces), z_m=max(structure.roof_faces[row].z_m for row in faces), faces=faces, obstacles=obstacles
    )


def _mitred(polygon: BaseGeometry, distance_m: float) -> BaseGeometry:
    return polygon if distance_m == 0 else polygon.buffer(distance_m, join_style="mitre")
