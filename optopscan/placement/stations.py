"""Where a side of a module meets bearing lines: which lines carry each place, and where cross beams lie."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np

from optopscan.catalog.concept import Concept
from optopscan.placement.lines import BearingLine

ON_LINE_M = 1e-3
SAME_M = 1e-3
SHORTEST_M = 0.20  # stations closer together than this are one


def stations(lines: Sequence[BearingLine], axis: int, at: float, low: float, high: float, concept: Concept) -> list[float]:
    """Return where cross beams lie along a side: the middles of the heads of its lines, and one past each end of the side.

    Where another line begins to carry, an edge beam spans from the last cross beam on one pair of lines to the first on the
    next: the load goes over gradually there, not at once as in the reactions of a module.
    """
    mids: list[float] = []
    # In the order of the lines, so that the sides over one bay share their cross beams.
    for k in (k for k, line in enumerate(lines) if line.axis == axis):
        own = lines[k].mid_m
        first = int(np.searchsorted(own, low, side="right")) - 1
        last = int(np.searchsorted(own, high, side="left"))
        for s in own[max(first, 0) : last + 1].tolist():
            pair = carriers(lines, axis, s, at, concept)
            if k in pair and all(over_head(lines[j], s) for j in pair) and all(abs(s - other) >= SHORTEST_M for other in mids):
                mids.append(s)
    mids = sorted(mids)
    inner = [s for s in mids if low < s < high]
    return [*[s for s in mids if s <= low][-1:], *inner, *[s for s in mids if s >= high][:1]]


def over_head(line: BearingLine, s: float) -> bool:
    """Return whether a place lies over a head of a line or past its ends: over a doorway it would load the lintel."""
    inside = (line.start_m - SAME_M <= s) & (s <= line.end_m + SAME_M)
    return bool(inside.any() or s < line.start_m[0] or s > line.end_m[-1])


def carriers(lines: Sequence[BearingLine], axis: int, s: float, at: float, concept: Concept) -> tuple[int, ...]:
    """Return the line right below a point of a side, or the two that its cross beam spans between; none where nothing carries."""
    past = [(offset_at(line, s), k) for k, line in enumerate(lines) if line.axis == axis and runs_past(line, s, concept)]
    right_below = [(abs(o - at), k) for o, k in past if abs(o - at) <= ON_LINE_M]
    if right_below:
        return (min(right_below)[1],)
    span_m = concept.transfer_span_max_m if math.isfinite(concept.transfer_span_max_m) else 0.0
    below, above = [p for p in past if p[0] < at], [p for p in past if p[0] > at]
    if below and above and min(above)[0] - max(below)[0] <= span_m + ON_LINE_M:
        return (max(below)[1], min(above)[1])
    if not past:
        return ()
    near = min(past, key=lambda p: (abs(p[0] - at), p[1]))
    back = [p for p in past if (p[0] - near[0]) * (near[0] - at) > 0 and abs(p[0] - near[0]) <= span_m + ON_LINE_M]
    if concept.transfer_takes_moment and back:
        far = max(back, key=lambda p: abs(p[0] - near[0]))
        return tuple(k for _, k in sorted((near, far)))
    return (near[1],)


def runs_past(line: BearingLine, s: float, concept: Concept) -> bool:
    """Return whether a line carries at ``s``, with what a module may stick out past its ends."""
    reach = concept.overhang_max_m if math.isfinite(concept.overhang_max_m) else 0.0
    return bool(line.start_m[0] - reach - SAME_M <= s <= line.end_m[-1] + reach + SAME_M)


def offset_at(line: BearingLine, s: float) -> float:
    """Return where a line runs at ``s`` [m]."""
    return float(np.interp(s, line.mid_m, line.offset_m))
