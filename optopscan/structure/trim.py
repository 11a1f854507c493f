"""Trimmed strips of floor: what hangs on the strips beside it because a support is missing at one end.

A plank that ends at an opening in a wall or at a stair hole has no support there. A
trimmer (a steel hanger, or the strip of in-situ concrete along the edge) takes its end
and hands it to the nearest strips on either side that do reach a support. The load then
acts at three places: on the support at the sound end, and on the two strips; lever rules
keep its resultant where it was. With no support at either end the load itself moves to
the strips beside it.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from optopscan.model.arrays import BoolArray, FloatArray, IntArray
from optopscan.structure.frame import Frame

TRIM_M = 4.0  # widest opening that the edge of a floor spans by itself, about the widest facade opening of a dwelling
ONE_SIDED_M = 1.25  # a trimmer held on one side only sticks out no further than one plank of 1.2 m
INSIDE_M = 0.1  # a strip starts this far past the end of a wall: half a usual bearing length
MOST_ROWS = 300  # a curved edge has more corners than strips that matter


@dataclass(frozen=True, kw_only=True, eq=False)
class Trims:
    """Where trimmed loads act, one row each: row of the load, place along and across, and its share.

    ``acts_v`` differs from the strip's ``v`` where a trimmer is held on one side: the offset is a moment.
    ``found`` and ``span_m`` are per load: whether its strip can be trimmed, and the span of the strips beside it.
    """

    load: IntArray
    u: FloatArray
    v: FloatArray
    acts_v: FloatArray
    share: FloatArray
    found: BoolArray
    span_m: FloatArray


@dataclass(frozen=True, kw_only=True, eq=False)
class _Side:
    """The nearest sound strip on one side of each load: where it is and its bay; nan where there is none."""

    v: FloatArray
    low: FloatArray
    high: FloatArray


def sound_rows(frame: Frame, polygon: BaseGeometry, deg: float) -> FloatArray:
    """Return the places across the span [m] where supports or edges of the floor begin or end, a little inside."""
    low, high = np.minimum(frame.v0, frame.v1), np.maximum(frame.v0, frame.v1)
    step = np.minimum(INSIDE_M, 0.5 * (high - low))
    rows = [low + step, high - step]
    corners = shapely.get_coordinates(polygon)
    if 2 * len(corners) + 2 * len(low) <= MOST_ROWS:
        cos, sin = np.cos(np.radians(deg)), np.sin(np.radians(deg))
        across = -corners[:, 0] * sin + corners[:, 1] * cos
        rows.extend([across - INSIDE_M, across + INSIDE_M])
    return np.unique(np.round(np.concatenate(rows), 5))


def trim(frame: Frame, area: BaseGeometry, rows: FloatArray, u: FloatArray, v: FloatArray) -> Trims:
    """Return where loads without support on both sides act.

    Parameters
    ----------
    frame
        The floor seen along the span.
    area
        Plan of the floor turned so that the span lies along x, a little widened.
    rows
        Places across the span where a sound strip may begin (`sound_rows`).
    u, v
        Places of the loads along and across the span [m].
    """
    start, end = frame.stretch(u, v)
    left, right = _sides(frame, u, v)
    below = _nearest(frame, area, rows, u, v, (start, end, left, right), -1.0)
    above = _nearest(frame, area, rows, u, v, (start, end, left, right), +1.0)
    down, up = v - below.v, above.v - v
    with np.errstate(invalid="ignore"):
        both = down + up <= TRIM_M
        only_below = ~both & (down <= ONE_SIDED_M) & ~(up < down)
        only_above = ~both & ~only_below & (up <= ONE_SIDED_M)
        share_below = np.where(both, up / np.maximum(down + up, 1e-9), np.where(only_below, 1.0, 0.0))
    found = both | only_below | only_above
    low = np.fmax(np.where(both | only_below, below.low, np.nan), np.where(both | only_above, above.low, np.nan))
    high = np.fmin(np.where(both | only_below, below.high, np.nan), np.where(both | only_above, above.high, np.nan))
    at, to_trimmer = _lever(u, (start, end, left, right), low, high)
    own = np.where(np.isfinite(left), left, right)
    load = np.arange(len(u))
    places = [
        (own, v, v, 1.0 - to_trimmer, found & (np.isfinite(left) | np.isfinite(right))),
        (at, below.v, np.where(both, below.v, v), to_trimmer * share_below, found & (share_below > 0)),
        (at, above.v, np.where(both, above.v, v), to_trimmer * (1.0 - share_below), found & (share_below < 1)),
    ]
    kept = [(load[use], pu[use], pv[use], acts[use], share[use]) for pu, pv, acts, share, use in places]
    rows_of, us, vs, acts_v, shares = (np.concatenate(column) for column in zip(*kept, strict=True))
    return Trims(load=rows_of, u=us, v=vs, acts_v=acts_v, share=shares, found=found, span_m=np.where(found, high - low, np.nan))


def _sides(frame: Frame, u: FloatArray, v: FloatArray) -> tuple[FloatArray, FloatArray]:
    """Return the nearest support to the left and to the right of each load on its own strip [m], nan where there is none."""
    met = frame.meet(u, v)
    at = np.where((met.row >= 0)[:, None], met.at_m[met.row], np.inf)
    left = np.where(at <= u[:, None], at, -np.inf).max(axis=1)
    right = np.where(at > u[:, None], at, np.inf).min(axis=1)
    return np.where(np.isfinite(left), left, np.nan), np.where(np.isfinite(right), right, np.nan)


def _lever(
    u: FloatArray, own: tuple[FloatArray, FloatArray, FloatArray, FloatArray], low: FloatArray, high: FloatArray
) -> tuple[FloatArray, FloatArray]:
    """Return the place of the trimmer along the span and the part of each load that it takes."""
    start, end, left, right = own
    at = np.where(np.isfinite(left), np.minimum(end, high), np.where(np.isfinite(right), np.maximum(start, low), np.clip(u, low, high)))
    held = np.where(np.isfinite(left), left, right)
    with np.errstate(invalid="ignore", divide="ignore"):
        levered = np.isfinite(held) & (np.abs(at - held) > INSIDE_M)
        part = np.where(levered, (u - held) / (at - held), 1.0)
    # Too close to its own support for a lever, or without one: it goes to the strips beside it as it is.
    return np.where(levered, at, u), part


def _nearest(
    frame: Frame,
    area: BaseGeometry,
    rows: FloatArray,
    u: FloatArray,
    v: FloatArray,
    own: tuple[FloatArray, FloatArray, FloatArray, FloatArray],
    sign: float,
) -> _Side:
    """Return the nearest strip below (-1) or above (+1) each load that spans past it and can be reached over the floor."""
    start, end, left, right = own
    near, low, high = (np.full(len(u), np.nan) for _ in range(3))
    apart = sign * (rows[None, :] - v[:, None])
    load, row = np.nonzero((apart > 1e-6) & (apart <= TRIM_M))
    order = np.lexsort((apart[load, row], load))
    load, row = load[order], row[order]
    if not len(load):
        return _Side(v=near, low=low, high=high)
    at = rows[row]
    a, b = _sides(frame, u[load], at)
    sound = np.isfinite(a) & np.isfinite(b)
    load, at, a, b = load[sound], at[sound], a[sound], b[sound]
    # The trimmer runs just inside the free end.
    along = np.where(
        np.isfinite(left[load]),
        np.minimum(end[load], b) - INSIDE_M,
        np.where(np.isfinite(right[load]), np.maximum(start[load], a) + INSIDE_M, u[load]),
    )
    lines = shapely.linestrings(np.stack([np.column_stack([along, v[load]]), np.column_stack([along, at])], axis=1))
    shapely.prepare(area)
    reached = shapely.covers(area, lines)
    load, at, a, b = load[reached], at[reached], a[reached], b[reached]
    first = np.flatnonzero(np.diff(load, prepend=-1))
    near[load[first]], low[load[first]], high[load[first]] = at[first], a[first], b[first]
    return _Side(v=near, low=low, high=high)
