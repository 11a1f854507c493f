"""Usable roof of a new storey: flat faces less setbacks, what lies too near to others, obstacles and cores.

Terminology. *Face*: one flat roof slab at one level. *Usable roof*: faces that
touch at one level, joined, less the setback along their outer edges and less
the obstacles, and walls that go on above it, with a clearance around them.
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
from optopscan.placement.roof.rules import RoofRules
from optopscan.placement.roof.setbacks import set_back
from optopscan.structure.roof import walls_above

LEVEL_TOLERANCE_M = 0.05
JOINT_M = 0.11  # cavity of a party wall or expansion joint between slabs of one roof
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
    structure: Structure,
    *,
    setback_m: float = 0.0,
    clearance_m: float = CLEARANCE_M,
    sliver_width_m: float = SLIVER_WIDTH_M,
    rules: RoofRules | None = None,
    storey: int = 1,
    cores: Sequence[BaseGeometry] = (),
) -> tuple[UsableRoof, ...]:
    """Return the usable roofs of a new storey, in the order of their first face.

    Parameters
    ----------
    structure
        Supplies ``roof_faces`` and ``roof_obstacles``.
    setback_m
        Strip kept free along every outer edge [m]; the same as rules with nothing else.
    clearance_m
        Strip kept free around every obstacle, core and wall that goes on above the roof [m].
    sliver_width_m
        Pieces narrower than this [m] everywhere are dropped.
    rules
        Everything that must stay free; goes with ``setback_m`` zero.
    storey
        The new storey, from 1.
    cores
        Plans of stairs and lifts that go on through the new storeys, see `optopscan.placement.cores`.

    Returns
    -------
    tuple[UsableRoof, ...]
        Without the roofs of which nothing is left.

    Raises
    ------
    ValueError
        If both a setback and rules are given, or the storey is less than 1.
    """
    if storey < 1 or (rules is not None and setback_m != 0.0):
        raise ValueError("new storeys count from 1, and a setback beside rules belongs in the rules")
    rules = rules or RoofRules(setback_m=setback_m)
    kept = tuple(row for row, item in enumerate(structure.roof_obstacles) if item.element not in rules.removed)
    found = []
    for faces in _joined_faces(structure):
        roof = _whole(structure, faces)
        polygon = set_back(roof, rules.side_m(storey), rules.surroundings.north_deg)
        polygon = plane.difference(polygon, rules.too_near(polygon))
        obstacles = tuple(row for row in kept if structure.roof_obstacles[row].face in faces)
        stands = [structure.roof_obstacles[row].polygon for row in obstacles] + [core for core in cores if core.intersects(roof)]
        z_m = max(structure.roof_faces[row].z_m for row in faces)
        near = roof.buffer(clearance_m)
        walls = walls_above(structure, z_m)
        stands += walls[shapely.intersects(walls, near)].tolist()
        if stands:
            polygon = plane.difference(polygon, plane.union([_mitred(shape, clearance_m) for shape in stands]))
        pieces = [piece for piece in shapely.get_parts(polygon) if not piece.buffer(-0.5 * sliver_width_m).is_empty]
        found.append(UsableRoof(polygon=plane.union(pieces), z_m=z_m, faces=faces, obstacles=obstacles))
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


def _whole(structure: Structure, faces: tuple[int, ...]) -> BaseGeometry:
    """Return the faces as one roof, the joints between them closed."""
    polygon = plane.union([structure.roof_faces[row].polygon for row in faces])
    return _mitred(_mitred(polygon, JOINT_M), -JOINT_M) if len(faces) > 1 else polygon


def _mitred(polygon: BaseGeometry, distance_m: float) -> BaseGeometry:
    return polygon if distance_m == 0 else polygon.buffer(distance_m, join_style="mitre")
