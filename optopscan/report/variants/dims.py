"""Dimension lines: a line with slashes at its ends and the length beside it, left out where there is no room to read it."""

from __future__ import annotations

import itertools
from collections.abc import Sequence

from optopscan.report.plans.frame import M_PER_INCH
from optopscan.report.plans.sheet import Sheet
from optopscan.report.variants.data import Turn
from optopscan.report.words import Language, number

LINE, TICK_IN, TEXT_IN = "#404040", 0.045, 0.075
_SIZES_PT = (6.5, 5.5, 4.5)
_LEAST_M = 0.02


def chain(
    sheet: Sheet,
    turn: Turn,
    stops_m: Sequence[float],
    at_m: float,
    language: Language,
    *,
    along_v: bool = False,
    foot_m: float | None = None,
) -> None:
    """Draw dimensions between stops along u at v = ``at_m``, or along v at u = ``at_m``.

    Parameters
    ----------
    stops_m
        Rising; stops that coincide count once.
    foot_m
        Where the thin lines from the stops to what is measured end; None: none.
    """
    stops = [stop for k, stop in enumerate(stops_m) if k == 0 or stop - stops_m[k - 1] > _LEAST_M]
    unit_m = sheet.scale * M_PER_INCH
    tick_m, lines, thin = TICK_IN * unit_m, [], []

    def xy(along_m: float, across_m: float) -> tuple[float, float]:
        [[x_m, y_m]] = turn.to_xy([(across_m, along_m) if along_v else (along_m, across_m)])
        return float(x_m), float(y_m)

    lines.append((*xy(stops[0], at_m), *xy(stops[-1], at_m)))
    for stop in stops:
        lines.append((*xy(stop - tick_m, at_m - tick_m), *xy(stop + tick_m, at_m + tick_m)))
        if foot_m is not None:
            thin.append((*xy(stop, at_m), *xy(stop, foot_m)))
    sheet.lines(lines, colour=LINE, width_pt=0.6, z=5.0)
    sheet.lines(thin, colour="#a8a8a8", width_pt=0.3, z=0.4)
    # texts read from below and from the right, as on any drawing
    deg = (turn.deg + (90.0 if along_v else 0.0) + 89.0) % 180.0 - 89.0
    side_m = (-1.0 if along_v else 1.0) * TEXT_IN * unit_m
    for start, end in itertools.pairwise(stops):
        for size_pt in _SIZES_PT:
            if _fits(end - start, size_pt, unit_m) and sheet.label(
                [xy((start + end) / 2.0, at_m + side_m)],
                number(end - start, 2, language),
                fontsize=size_pt,
                rotation=deg,
                rotation_mode="anchor",
                bbox={"facecolor": "none", "edgecolor": "none", "pad": 0.0},
            ):
                break


def _fits(length_m: float, size_pt: float, unit_m: float) -> bool:
    """Return whether a text like 12,34 is no longer than its dimension."""
    characters = len(f"{length_m:.2f}")
    return 0.62 * size_pt / 72.0 * characters <= length_m / unit_m
