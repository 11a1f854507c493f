"""Which dwellings have a door on a walkway, and how they get from there to the stairs."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import shapely

from optopscan.geometry import plane
from optopscan.model.arrays import BoolArray, FloatArray, IntArray, freeze
from optopscan.placement.access.findings import Facts, Finding, Walked, findings_of
from optopscan.placement.access.rules import AccessRules
from optopscan.placement.access.schemes import AccessScheme
from optopscan.placement.access.walk import Meeting, walks

HAIR_M = 0.001
GAP_M = 0.05
OVERLAP_M2 = 0.01
SHORTER = 1.0 + 1e-6


@dataclass(frozen=True, kw_only=True, eq=False)
class Doors:
    """Door of each dwelling (n): ``served``, its middle [m] and the piece it opens on; nan and -1 where not served."""

    served: BoolArray
    x_m: FloatArray
    y_m: FloatArray
    piece: IntArray

    def __post_init__(self) -> None:
        freeze(self)


@dataclass(frozen=True, kw_only=True, eq=False)
class Routes:
    """Routes from the door of each dwelling (n) [m].

    ``distance_m`` to the nearest stair and ``second_m`` to the next one, nan where there is none. ``stair``: row of the
    nearest among the stairs of the scheme, -1. ``dead_end_m``: part of the way, from the centre line on, that has no way
    round it. ``two_ways``: a second stair, in another direction. ``lift``: a lift is reached on the same floor.
    """

    doors: Doors
    distance_m: FloatArray
    second_m: FloatArray
    stair: IntArray
    dead_end_m: FloatArray
    two_ways: BoolArray
    lift: BoolArray
    findings: tuple[Finding, ...]

    def __post_init__(self) -> None:
        freeze(self)

    @property
    def served(self) -> BoolArray:
        """Which dwellings have a door on the walkway."""
        return self.doors.served


def module_ends(long_u: BoolArray) -> BoolArray:
    """Return which of the four sides of a dwelling are ends of its modules (n, 4), for plans as `rectangle_polygons` draws them."""
    long_u = np.asarray(long_u, dtype=np.bool_)
    return np.stack([~long_u, long_u, ~long_u, long_u], axis=1)


def find_doors(
    scheme: AccessScheme,
    polygons: Sequence[shapely.Polygon],
    rules: AccessRules,
    *,
    entrance_sides: BoolArray | None = None,
    gap_m: float = GAP_M,
) -> Doors:
    """Return the door of each dwelling: in the longest stretch of one side along the walkway.

    Parameters
    ----------
    polygons
        Rectangles in building coordinates; side k runs from corner k to the next.
    entrance_sides
        (n, 4) sides that may have the door. None: for a portiek any, else the shorter ones.
    gap_m
        A side this near to the walkway lies along it.

    Returns
    -------
    Doors
        A dwelling that overlaps the walkway is not served.
    """
    n = len(polygons)
    x, y, piece = np.full(n, math.nan), np.full(n, math.nan), np.full(n, -1, dtype=np.int64)
    if not n or not scheme.pieces:
        return Doors(served=np.zeros(n, dtype=np.bool_), x_m=x, y_m=y, piece=piece)
    plans = np.asarray(polygons, dtype=object)
    corners = np.stack([shapely.get_coordinates(shapely.force_2d(plan))[:5] for plan in polygons])
    start, end = corners[:, :4], corners[:, 1:5]
    along = end - start
    length = np.hypot(along[..., 0], along[..., 1])
    if entrance_sides is None:
        any_side = scheme.kind == "portiek"
        entrance_sides = np.ones((n, 4), dtype=np.bool_) if any_side else length <= SHORTER * length.min(axis=1, keepdims=True)
    turned = np.where(shapely.is_ccw(shapely.get_exterior_ring(plans)), 1.0, -1.0)[:, None, None]
    outward = turned * np.stack([along[..., 1], -along[..., 0]], axis=-1) / length[..., None]
    shapely.prepare(scheme.reserved)
    near = shapely.dwithin(plans, scheme.reserved, gap_m)
    row, side = np.nonzero(entrance_sides & near[:, None])
    # a line just outside the side lies on the walkway over the length along which they touch
    lines = shapely.linestrings(np.stack([(start + gap_m * outward)[row, side], (end + gap_m * outward)[row, side]], axis=1))
    shared, which = shapely.get_parts(plane.intersection(lines, scheme.reserved), return_index=True)
    wide = shapely.length(shared)
    order = np.lexsort((side[which], -np.round(wide, 6), row[which]))
    best = order[np.unique(row[which][order], return_index=True)[1]]
    best = best[wide[best] >= rules.door_m - 1e-9]
    apart = shapely.area(plane.intersection(plans[row[which[best]]], scheme.reserved)) < OVERLAP_M2
    best = best[apart]
    rows = row[which[best]]
    middle = shapely.line_interpolate_point(shared[best], 0.5, normalized=True)
    back = gap_m * outward[rows, side[which[best]]]
    x[rows], y[rows] = shapely.get_x(middle) - back[:, 0], shapely.get_y(middle) - back[:, 1]
    plans_of_pieces = np.array(scheme.polygons, dtype=object)
    for dwelling, point in zip(rows.tolist(), middle, strict=True):
        piece[dwelling] = int(np.argmin(np.round(shapely.distance(plans_of_pieces, point), 6)))
    return Doors(served=piece >= 0, x_m=x, y_m=y, piece=piece)


def serves(
    scheme: AccessScheme, polygons: Sequence[shapely.Polygon], rules: AccessRules, *, entrance_sides: BoolArray | None = None
) -> BoolArray:
    """Return which dwellings (n) can have a door on the walkway; see `find_doors`.

    A little stricter than that, so that what is placed has its door whatever the last digits are.
    """
    return find_doors(scheme, polygons, rules, entrance_sides=entrance_sides, gap_m=GAP_M - HAIR_M).served


def landings_of(
    scheme: AccessScheme, polygons: Sequence[shapely.Polygon], rules: AccessRules, *, entrance_sides: BoolArray | None = None
) -> BoolArray:
    """Return which dwellings open on which landing (n_landing, n): at most ``rules.landing_dwellings`` each; no rows without landings."""
    if scheme.kind != "portiek":
        return np.zeros((0, len(polygons)), dtype=np.bool_)
    doors = find_doors(scheme, polygons, rules, entrance_sides=entrance_sides)
    landing = np.array([piece.strip for piece in scheme.pieces], dtype=np.int64)
    at = np.where(doors.served, landing[np.maximum(doors.piece, 0)], -1)
    return np.asarray(np.unique(landing)[:, None] == at[None, :], dtype=np.bool_)


def routes(
    scheme: AccessScheme,
    polygons: Sequence[shapely.Polygon],
    rules: AccessRules,
    *,
    facts: Facts | None = None,
    entrance_sides: BoolArray | None = None,
) -> Routes:
    """Return the routes of the dwellings of one storey, and what the rules say about them.

    Parameters
    ----------
    facts
        What the rules ask about dwellings and building; what it does not state stays a question.
    """
    facts = facts or Facts()
    doors = find_doors(scheme, polygons, rules, entrance_sides=entrance_sides)
    n, n_stair = len(polygons), len(scheme.stairs)
    rows = np.flatnonzero(doors.served)
    is_stair = np.array([stair.has_stair for stair in scheme.stairs], dtype=np.bool_)
    is_lift = np.array([stair.has_lift for stair in scheme.stairs], dtype=np.bool_)
    to_core, dead = np.full((n_stair, n), math.inf), np.full(n, math.nan)
    if rows.size:
        met = [Meeting(piece=int(doors.piece[k]), point=(float(doors.x_m[k]), float(doors.y_m[k]))) for k in rows]
        walked = walks(scheme.pieces, scheme.portals, [stair.contacts for stair in scheme.stairs], is_stair, met)
        to_core[:, rows], dead[rows] = walked.distance_m, walked.dead_end_m
    to_stair = np.where(is_stair[:, None], to_core, math.inf)
    ordered = np.vstack([np.sort(to_stair, axis=0), np.full((2, n), math.inf)])
    first, second = (np.where(np.isfinite(line), line, math.nan) for line in ordered[:2])
    nearest = np.where(np.isfinite(first), to_stair.argmin(axis=0), -1) if n_stair else np.full(n, -1, dtype=np.int64)
    two_ways = np.isfinite(second) & (np.nan_to_num(dead, nan=math.inf) <= scheme.width_m)
    lift = np.isfinite(to_core[is_lift]).any(axis=0)
    walked_all = Walked(
        served=doors.served,
        distance_m=first,
        second_m=second,
        stair=nearest,
        dead_end_m=dead,
        two_ways=two_ways,
        lift=lift,
        piece=doors.piece,
    )
    return Routes(
        doors=doors,
        distance_m=first,
        second_m=second,
        stair=nearest,
        dead_end_m=dead,
        two_ways=two_ways,
        lift=lift,
        findings=findings_of(scheme, walked_all, rules, facts),
    )
