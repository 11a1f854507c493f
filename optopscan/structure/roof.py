"""The flat roof seen from above: faces, obstacles, and the heads under them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry
from shapely.strtree import STRtree

from optopscan.model.arrays import BoolArray, IntArray
from optopscan.model.building import Elements
from optopscan.model.structure import Fields, Parts, RoofFace, RoofObstacle, Structure, is_wall
from optopscan.structure.fields import is_gallery, open_to_sky
from optopscan.structure.groups import Groups

FLAT_DEG = 6.0
MIN_FACE_M2 = 1.0
LEDGE_M = 0.5  # narrower strips are edges of floors, not roof
BUILD_WIDTH_M = 2.0  # narrower strips are galleries, gutters and ledges: roof, but nothing to build on
SAME_LEVEL_M = 0.6
MIN_HEIGHT_M = 2.2  # lower faces are terraces at grade
COVER_CLEARANCE_M = 0.6
PARAPET_M = 1.2
UNKNOWN_HALF_M = 0.01


def roof_faces(
    elements: Elements, fields: Fields, base_m: float, covers: Sequence[tuple[BaseGeometry, float]], carried: Sequence[bool]
) -> tuple[RoofFace, ...]:
    """Return the flat faces open to the sky, largest first.

    Parameters
    ----------
    base_m
        Foot of the lowest bearing walls [m]; faces less than 2.2 m above it are terraces.
    covers
        Plan and top [m] of whatever else closes the sky (pitched roofs that are no floor).
    carried
        Whether carriers reach most of each field; a terrace beside a cellar touches it with one edge at most.
    """
    shapes = [*fields.polygon, *(shape for shape, _ in covers)]
    tops = np.concatenate([fields.z1_m, np.array([z for _, z in covers])])
    open_parts = open_to_sky(shapes, tops, COVER_CLEARANCE_M)[: len(fields)]
    faces: list[RoofFace] = []
    for f, part in enumerate(open_parts):
        if fields.kind[f] == "ground" or fields.z1_m[f] < base_m + MIN_HEIGHT_M or is_gallery(elements, fields.elements[f]):
            continue
        if not carried[f] or _slope(elements, fields.elements[f]) > FLAT_DEG:
            continue
        part = shapely.intersection(_wider_than(part, LEDGE_M), part)
        faces.extend(
            RoofFace(polygon=piece, z_m=float(fields.z1_m[f]), field=f)
            for piece in shapely.get_parts(part)
            if piece.geom_type == "Polygon" and piece.area >= MIN_FACE_M2
        )
    return tuple(sorted(faces, key=lambda r: (-round(r.polygon.area, 3), -r.z_m, r.polygon.bounds)))


def build_faces(faces: Sequence[RoofFace]) -> tuple[int, ...]:
    """Return the rows of the faces to build on: the level with the largest area wider than two metres."""
    if not faces:
        return ()
    wide = [_wider_than(face.polygon, BUILD_WIDTH_M).area for face in faces]
    around = [sum(w for w, other in zip(wide, faces, strict=True) if abs(other.z_m - face.z_m) <= SAME_LEVEL_M) for face in faces]
    best = max(range(len(faces)), key=lambda k: (round(around[k], 3), faces[k].z_m, -k))
    if around[best] <= 0.0:
        return ()
    return tuple(k for k, face in enumerate(faces) if wide[k] > 0 and abs(face.z_m - faces[best].z_m) <= SAME_LEVEL_M)


def head_faces(faces: Sequence[RoofFace]) -> tuple[int, ...]:
    """Return the rows of the faces that get heads: those to build on, then every other one wider than two metres."""
    chosen = build_faces(faces)
    others = [k for k, face in enumerate(faces) if k not in chosen and _wider_than(face.polygon, BUILD_WIDTH_M).area > 0.0]
    return (*chosen, *others) if chosen else ()


def built_over(structure: Structure) -> BoolArray:
    """Return the heads (n_head,) on which a wall stands that goes on above the roof, higher than a parapet: nothing else can bear there."""
    parts, heads = structure.parts, structure.heads
    found = np.zeros(len(heads), dtype=np.bool_)
    wall = is_wall(parts) & (parts.z1_m - parts.z0_m > PARAPET_M)
    on = structure.shares["simple"].parts.tocsc()
    ends = np.stack([np.column_stack([heads.x0_m, heads.y0_m]), np.column_stack([heads.x1_m, heads.y1_m])], axis=1)
    for row, segment in enumerate(shapely.linestrings(ends) if len(heads) else ()):
        part = int(heads.part[row])
        above = on.indices[on.indptr[part] : on.indptr[part + 1]]
        plans = _strips(parts, above[wall[above]])
        covered = shapely.intersection(segment, shapely.union_all(plans)).length if len(plans) else 0.0
        found[row] = covered > 0.5 * segment.length
    return found


def walls_above(structure: Structure, z_m: float) -> Any:
    """Return the plans (n_wall,) of the walls that stand beside or on a roof at this level and go on above it, higher than a parapet."""
    parts = structure.parts
    wall = is_wall(parts)
    rows = np.flatnonzero(wall & (parts.z1_m > z_m + PARAPET_M) & (parts.z0_m < z_m + PARAPET_M))
    return _strips(parts, rows)


def _strips(parts: Parts, rows: IntArray) -> Any:
    """Return the plans of walls, axis times thickness; of one whose thickness is not known its axis, two centimetres wide."""
    ends = np.stack([np.column_stack([parts.x0_m, parts.y0_m])[rows], np.column_stack([parts.x1_m, parts.y1_m])[rows]], axis=1)
    half = 0.5 * np.asarray(parts.thickness_m)[rows]
    return shapely.buffer(shapely.linestrings(ends), np.where(np.isnan(half), UNKNOWN_HALF_M, half), cap_style="flat")


@dataclass(frozen=True, kw_only=True)
class RoofLevel:
    """Roof faces at one level: top [m], rows of the faces, their area and the area wider than two metres [m2]."""

    z_m: float
    faces: tuple[int, ...]
    area_m2: float
    wide_m2: float

    @property
    def buildable(self) -> bool:
        """True where a piece is wide enough to build on."""
        return self.wide_m2 > 0.0


def roof_levels(structure: Structure) -> tuple[RoofLevel, ...]:
    """Return the levels of the roof; those to build on first, the largest first; then the strips, highest first.

    The first has the faces of `build_faces`, each next one those of `build_faces` without the levels before it;
    every face is in one level. Heads exist under every level wider than two metres (`head_faces`).
    """
    left = list(range(len(structure.roof_faces)))
    levels = []
    while left:
        chosen = [left[k] for k in build_faces([structure.roof_faces[row] for row in left])]
        if not chosen:  # strips only: what lies level with the highest of them
            top_m = max(structure.roof_faces[row].z_m for row in left)
            chosen = [row for row in left if top_m - structure.roof_faces[row].z_m <= SAME_LEVEL_M]
        faces = [structure.roof_faces[row] for row in chosen]
        levels.append(
            RoofLevel(
                z_m=max(face.z_m for face in faces),
                faces=tuple(chosen),
                area_m2=sum(face.polygon.area for face in faces),
                wide_m2=sum(_wider_than(face.polygon, BUILD_WIDTH_M).area for face in faces),
            )
        )
        left = [row for row in left if row not in chosen]
    return tuple(levels)


def _wider_than(shape: BaseGeometry, width_m: float) -> BaseGeometry:
    return shape.buffer(-0.5 * width_m, join_style="mitre").buffer(0.5 * width_m, join_style="mitre")


def _slope(elements: Elements, members: Sequence[int]) -> float:
    rows = list(members)
    area = np.array([elements.footprint[i].area for i in rows])
    main = [i for i, a in zip(rows, area, strict=True) if a >= 0.2 * area.max()]
    return float(np.nanmax(np.append(elements.slope_deg[main], 0.0)))


def roof_obstacles(elements: Elements, fields: Fields, faces: Sequence[RoofFace]) -> tuple[RoofObstacle, ...]:
    """Return what stands on the faces: chimneys, overruns, installations; low walls along the edge are parapets."""
    if not faces:
        return ()
    floor_rows = {i for members in fields.elements for i in members}
    rows = [i for i in range(len(elements)) if i not in floor_rows and elements.kind[i] not in ("covering", "slab", "roof")]
    tree = STRtree([elements.footprint[i] for i in rows])
    found = []
    for f, face in enumerate(faces):
        rim = face.polygon.boundary.buffer(0.6)
        for k in sorted(int(k) for k in tree.query(face.polygon, predicate="intersects")):
            i = rows[k]
            stands_up = elements.z1_m[i] > face.z_m + 0.15 and elements.z0_m[i] < face.z_m + 2.0
            overlap = shapely.intersection(elements.footprint[i], face.polygon)
            if not stands_up or overlap.area < 1e-3:
                continue
            low = elements.z1_m[i] - face.z_m <= PARAPET_M
            if low and elements.kind[i] == "wall" and shapely.intersection(overlap, rim).area > 0.8 * overlap.area:
                continue
            found.append(RoofObstacle(polygon=overlap, element=i, face=f))
    return tuple(found)


def head_segments(groups: Groups, supports: Sequence[int], face: RoofFace, longest_m: float) -> list[tuple[int, float, float]]:
    """Return (group, s0, s1) of the head pieces of the groups that carry a face, lintels excepted.

    Lintels take no new load directly: the transfer layer bridges openings.
    """
    pieces: list[tuple[int, float, float]] = []
    for g in sorted(supports):
        if groups.kind[g] not in ("pier", "column", "beam"):
            continue
        length = float(groups.length_m[g])
        half = 0.5 * float(groups.thickness_m[g])
        reach = face.polygon.buffer((UNKNOWN_HALF_M if np.isnan(half) else half) + 0.08, join_style="mitre")
        if length < 0.05:
            if reach.intersects(shapely.Point(groups.x0_m[g], groups.y0_m[g])):
                pieces.append((g, 0.0, 0.0))
            continue
        axis = shapely.LineString([(groups.x0_m[g], groups.y0_m[g]), (groups.x1_m[g], groups.y1_m[g])])
        for inside in shapely.get_parts(shapely.intersection(axis, reach)):
            if inside.geom_type != "LineString" or inside.length < 0.05:
                continue
            start = axis.project(shapely.Point(inside.coords[0]))
            end = axis.project(shapely.Point(inside.coords[-1]))
            s0, s1 = min(start, end), max(start, end)
            n = max(1, int(np.ceil((s1 - s0) / longest_m - 1e-4)))
            marks = np.linspace(s0, s1, n + 1)
            pieces.extend((g, float(a), float(b)) for a, b in pairwise(marks.tolist()))
    return pieces
