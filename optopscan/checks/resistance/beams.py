"""Statics of beams cut in pieces: which even load a span takes, and which load of one piece is too much for it."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from optopscan.checks.beam_spans import BeamSpans
from optopscan.model.arrays import FloatArray, IntArray

LONG_OVERHANG = 0.1
"""Overhang over span from which a beam counts as running on over its support."""
UNEQUAL = 0.2
"""Part of the largest span down to which no span has more shear than 0.625 q L: below it a short span that is held down has
q L (r / 2 + (1 + r^3) / (8 r (1 + r))), the moment over the support that both share over its length."""


def runs_on(span: BeamSpans, rows: IntArray) -> np.ndarray:
    """Return where a beam has moments over its supports, (n_row,)."""
    return np.asarray((span.n_support[rows] > 2) | (span.overhang_m[rows] > LONG_OVERHANG * span.span_m[rows]))


def shear_length_m(span: BeamSpans, rows: IntArray) -> FloatArray:
    """Return the length of even load that the shear at a support carries [m].

    Statics: L / 2, on more than two supports 0.625 L; with an overhang c at least L / 2 + c; loads that stand on
    the beam may lie one point nearer.
    """
    length, over = span.span_m[rows], span.overhang_m[rows]
    more = np.where(span.point_loads[rows], span.node_m[rows], 0.0)
    shear = np.where(span.n_support[rows] > 2, 0.625, 0.5) * length
    return np.maximum(shear, np.where(over > 0.0, 0.5 * length + over, 0.0)) + more


def reaction_length_m(span: BeamSpans, rows: IntArray, *, inner: npt.ArrayLike) -> FloatArray:
    """Return the length of even load that comes down at a support [m].

    Statics: both sides of an inner one bear what `shear_length_m` says; at an end the overhang levers over its support,
    (L + c)^2 / (2 L), which is more than the shear on either side.
    """
    length, over = span.span_m[rows], span.overhang_m[rows]
    shear = shear_length_m(span, rows)
    more = np.where(span.point_loads[rows], span.node_m[rows], 0.0)
    end = np.where(over > 0.0, np.maximum(shear, (length + over) ** 2 / (2.0 * length) + more), shear)
    return np.where(inner, 2.0 * shear, end)


def line_limits(
    span: BeamSpans, rows: IntArray, m_rd_knm: FloatArray, m_c_knm: FloatArray, v_rd_kn: FloatArray, *, spread: float
) -> tuple[FloatArray, FloatArray]:
    """Return the even load that bending and shear allow [kN/m].

    Statics: q L^2 / 8 over the largest span, which also bounds the elastic moment over the supports of a beam
    that runs on; q c^2 / 2 on an overhang; loads that stand on the beam may lie between two points where its
    parts take load, s apart: q (L^2 / 8 + s^2 / 2).

    Parameters
    ----------
    span, rows
        Spans, and the parts asked about.
    m_rd_knm, m_c_knm, v_rd_kn
        Bending resistance in the span and of the section, shear resistance, (n_row,).
    spread
        Share of the shear resistance that leaves the bending resistance alone where both meet.
    """
    length, over, node = span.span_m[rows], span.overhang_m[rows], span.node_m[rows]
    more = np.where(span.point_loads[rows], node, 0.0)
    q_m = np.minimum(m_rd_knm / (length**2 / 8.0 + more**2 / 2.0), m_c_knm / np.maximum(0.5 * (over + 0.5 * more) ** 2, 1e-9))
    return q_m, np.where(runs_on(span, rows), spread, 1.0) * v_rd_kn / shear_length_m(span, rows)


def most_favourable(span: BeamSpans, rows: IntArray, m_c_knm: FloatArray) -> FloatArray:
    """Return the load of one piece that is too much for its beam on its own [kN], inf near a support.

    Statics: spread over the pieces beside it as well, a load at a from one support and b from the other gives at
    least N (a b / L - s / 6) in a span hinged at both ends; where the beam runs on, span and support share it, and
    the larger of both has at least half.
    """
    arm = np.where(runs_on(span, rows), 0.5, 1.0) * (span.lever_m[rows] - span.node_m[rows] / 6.0)
    return np.where(np.isnan(m_c_knm), np.nan, np.where(arm > 1e-6, m_c_knm / np.maximum(arm, 1e-6), np.inf))


def beam_reason(spans: BeamSpans, row: int, *, unequal: float = UNEQUAL) -> str:
    """Return why the statics of a beam are not known, empty where they are; ``unequal`` for a material that has shear to spare."""
    if spans.why[row]:
        return spans.why[row]
    if 2.0 * spans.overhang_m[row] > spans.span_m[row]:
        return "overhang of the beam over half its span: lateral torsion of the free end is not checked"
    if spans.least_m[row] < unequal * spans.span_m[row]:
        both = f"{spans.least_m[row]:.2f} beside {spans.span_m[row]:.2f} m"
        return f"spans of the beam too unequal, {both}: shear of the short one is not checked"
    return ""
