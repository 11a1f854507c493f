"""Wings: the rectangles that a roof is made of, the largest first.

The vertices of a roof make a grid in its frame; the largest rectangle of cells inside it is a wing, and so on in what is
left. A part at another angle has the frame of its own longest side.
"""

from __future__ import annotations

import dataclasses
import math
from collections.abc import Sequence

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from optopscan.catalog.concept import Concept
from optopscan.geometry import plane
from optopscan.model.arrays import BoolArray, FloatArray
from optopscan.model.structure import Heads
from optopscan.placement.candidates import roof_frames
from optopscan.placement.lines import ANGLE_TOLERANCE_DEG, Frame, roof_angle_deg
from optopscan.placement.roof import UsableRoof

LEAST_M = (2.4, 6.0)
"""Width and length of a module that a wing must hold [m] where the products do not say (practice)."""
EDGE_M = 1e-3
LARGER = 1e-6
MAX_WINGS = 6
"""The largest wings of a building; what smaller ones add is not worth the time."""

_Box = tuple[float, float, float, float]


def wings(polygon: BaseGeometry, angle_deg: float, *, least_m: tuple[float, float] = LEAST_M) -> tuple[shapely.Polygon, ...]:
    """Return the rectangles that a roof is made of, piece by piece and in each the largest first; empty where none holds a module.

    Parameters
    ----------
    polygon
        Usable roof [m], polygon or multipolygon. A hole narrower than a module is long is an obstacle and parts no wings.
    angle_deg
        Direction of its frame.
    least_m
        Width and length of the smallest module [m]; what is left that cannot hold it is in no wing.

    Examples
    --------
    An L of 30 x 10 m with a leg of 10 x 20 m above its left end is a wing of 30 x 10 (or 10 x 30) m and one of the rest.
    """
    left = sorted((_filled(piece, least_m) for piece in shapely.get_parts(polygon) if not piece.is_empty), key=_place)
    found: list[shapely.Polygon] = []
    while left:
        piece = left.pop(0)
        best = _largest_rectangle(piece, angle_deg, least_m)
        if best is None:
            continue
        found.append(best)
        # hairs that rounding leaves along the wing go, the edges stay where they are
        rest = plane.difference(piece, best).buffer(-EDGE_M, join_style="mitre").buffer(EDGE_M, join_style="mitre")
        left = sorted((one for one in shapely.get_parts(rest) if one.area >= least_m[0] * least_m[1]), key=_place) + left
    return tuple(found)


def _place(piece: BaseGeometry) -> tuple[float, ...]:
    return (-round(piece.area, 3), *(round(value, 3) for value in piece.bounds))


def _filled(piece: BaseGeometry, least_m: tuple[float, float]) -> BaseGeometry:
    """Return the piece without the holes that part no wings."""
    wide = [ring for ring in piece.interiors if _narrowest_m(ring) >= least_m[1]]
    return shapely.Polygon(piece.exterior, wide)


def _narrowest_m(ring: BaseGeometry) -> float:
    x, y = shapely.get_coordinates(ring.minimum_rotated_rectangle).T
    return float(np.hypot(np.diff(x), np.diff(y)).min()) if x.size > 2 else 0.0


def _largest_rectangle(piece: BaseGeometry, angle_deg: float, least_m: tuple[float, float]) -> shapely.Polygon | None:
    """Return the largest rectangle in the frame given or in that of the longest side, the first where they are equal."""
    best: shapely.Polygon | None = None
    for own_deg in _angles(piece, angle_deg):
        frame = Frame(angle_deg=own_deg, lines=())
        box = _largest_box(frame, piece, least_m)
        if box is None:
            continue
        u0, v0, u1, v1 = box
        found = shapely.Polygon(np.column_stack(frame.to_building([u0, u1, u1, u0], [v0, v0, v1, v1])))
        if best is None or found.area > best.area * (1.0 + EDGE_M):
            best = found
    return best


def _angles(piece: BaseGeometry, angle_deg: float) -> list[float]:
    x, y = shapely.get_coordinates(piece.exterior.simplify(EDGE_M)).T
    dx, dy = np.diff(x), np.diff(y)
    longest = int(np.argmax(np.round(np.hypot(dx, dy), 3)))
    own_deg = math.degrees(math.atan2(dy[longest], dx[longest])) % 90.0
    turn_deg = abs((own_deg - angle_deg + 45.0) % 90.0 - 45.0)
    return [angle_deg] if turn_deg < ANGLE_TOLERANCE_DEG else [angle_deg, round(own_deg, 7)]


def _largest_box(frame: Frame, piece: BaseGeometry, least_m: tuple[float, float]) -> _Box | None:
    """Return the largest box [m] of cells of the vertex grid inside the piece that holds a module."""
    points = shapely.get_coordinates(piece.simplify(EDGE_M))
    u, v = (_lines(values) for values in frame.to_frame(*points.T))
    inside = _cells_inside(frame, piece, u, v)
    best: tuple[float, _Box] | None = None
    for low in range(len(u) - 1):
        free = np.ones(len(v) - 1, dtype=np.bool_)
        for high in range(low + 1, len(u)):
            free &= inside[high - 1]
            if not free.any():
                break
            v0, v1 = _longest_run(free, v)
            du, dv = float(u[high] - u[low]), v1 - v0
            if min(du, dv) < least_m[0] - EDGE_M or max(du, dv) < least_m[1] - EDGE_M:
                continue
            if best is None or du * dv > best[0] + LARGER:
                best = du * dv, (float(u[low]), v0, float(u[high]), v1)
    return None if best is None else best[1]


def _lines(values: FloatArray) -> FloatArray:
    """Return the distinct coordinates in order; what lies within two edges' tolerance is one line."""
    distinct = np.unique(np.round(values, 6))
    return distinct[np.diff(distinct, prepend=-np.inf) > 2.0 * EDGE_M]


def _cells_inside(frame: Frame, piece: BaseGeometry, u: FloatArray, v: FloatArray) -> BoolArray:
    """Return which cells (n_u - 1, n_v - 1) lie in the piece, a millimetre on their edges left free."""
    low_u, low_v = (grid.ravel() for grid in np.meshgrid(u[:-1] + EDGE_M, v[:-1] + EDGE_M, indexing="ij"))
    high_u, high_v = (grid.ravel() for grid in np.meshgrid(u[1:] - EDGE_M, v[1:] - EDGE_M, indexing="ij"))
    x, y = frame.to_building(np.stack([low_u, high_u, high_u, low_u], axis=1), np.stack([low_v, low_v, high_v, high_v], axis=1))
    shapely.prepare(piece)
    found = shapely.covers(piece, shapely.polygons(np.stack([x, y], axis=2)))
    return np.asarray(found, dtype=np.bool_).reshape(len(u) - 1, len(v) - 1)


def _longest_run(free: BoolArray, v: FloatArray) -> tuple[float, float]:
    """Return the ends [m] of the longest row of free cells, the first of equals."""
    edge = np.diff(np.concatenate([[False], free, [False]]).astype(np.int8))
    start, end = v[np.flatnonzero(edge == 1)], v[np.flatnonzero(edge == -1)]
    best = int(np.argmax(np.round(end - start, 6)))
    return float(start[best]), float(end[best])


def roof_wings(heads: Heads, concepts: Sequence[Concept], roofs: Sequence[Sequence[UsableRoof]]) -> tuple[UsableRoof, ...]:
    """Return the largest wings of all roofs, each as a roof with the level and faces of the one it is of.

    Parameters
    ----------
    concepts
        Products: a wing holds the narrowest of them at the shortest of their lengths.
    roofs
        Lowest usable roofs per product; under an allowed height a higher one may have fewer.
    """
    widths_m = [width for concept in concepts for width in (concept.width_m, *concept.width_options_m)]
    least_m = min(widths_m), min(concept.length_lo_m for concept in concepts)
    every = {roof.faces: roof for own in roofs for roof in own}
    found: list[UsableRoof] = []
    for _, roof in sorted(every.items()):
        frames = roof_frames(heads, roof, concepts[0])
        angle_deg = frames[0].angle_deg if frames else roof_angle_deg(roof.polygon)
        found += [dataclasses.replace(roof, polygon=wing) for wing in wings(roof.polygon, angle_deg, least_m=least_m)]
    kept = sorted(sorted(range(len(found)), key=lambda row: (-round(found[row].polygon.area, 3), row))[:MAX_WINGS])
    return tuple(found[row] for row in kept)
