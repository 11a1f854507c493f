"""Grid lines on a plan: dash-dotted, with their name in a circle above it and left of it."""

from __future__ import annotations

from optopscan.report.grid_lines import Grid, ranks_apart
from optopscan.report.plans.frame import M_PER_INCH
from optopscan.report.plans.sheet import Sheet

Bounds = tuple[float, float, float, float]

_BUBBLE_IN = 0.11
_GAP_IN = 0.12
_MOST_RANKS = 2


def room_for(lines: Grid, bounds_m: Bounds) -> Bounds:
    """Return bounds x0, y0, x1, y1 [m] with room for the names of the lines, at the scale of the larger side."""
    x0, y0, x1, y1 = bounds_m
    if not (lines.u or lines.v):
        return bounds_m
    room_m = 0.055 * max(x1 - x0, y1 - y0)
    return x0 - (room_m if lines.v else 0.0), y0, x1, y1 + (room_m if lines.u else 0.0)


def draw_lines(sheet: Sheet, lines: Grid, bounds_m: Bounds) -> None:
    """Draw the lines over a plan with these bounds [m]; names that stand close are put in two rows."""
    x0, y0, x1, y1 = bounds_m
    corners = lines.turn.to_uv([(x0, y0), (x1, y0), (x1, y1), (x0, y1)])
    (u0, v0), (u1, v1) = corners.min(axis=0), corners.max(axis=0)
    inch_m = sheet.scale * M_PER_INCH
    radius_m, gap_m = _BUBBLE_IN * inch_m, _GAP_IN * inch_m
    for across, row in ((True, lines.u), (False, lines.v)):
        for line, rank in zip(row, ranks_apart([line.at_m for line in row], 2.2 * radius_m, _MOST_RANKS), strict=True):
            out_m = gap_m + 2.1 * radius_m * rank
            ends = [(line.at_m, v0), (line.at_m, v1 + out_m)] if across else [(u1, line.at_m), (u0 - out_m, line.at_m)]
            middle = (line.at_m, v1 + out_m + radius_m) if across else (u0 - out_m - radius_m, line.at_m)
            start, end, at = (tuple(point) for point in lines.turn.to_xy([*ends, middle]).tolist())
            sheet.grid_line(start, end, at, radius_m, line.name)
