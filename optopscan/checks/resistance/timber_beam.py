"""Timber beams between their supports: bending with tilting, shear and bearing (EN 1995-1-1 6.1.5, 6.1.6, 6.1.7, 6.3.3).

As for steel beams no piece may have more per metre than the even load that the largest span takes.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from optopscan.checks.clauses import plain
from optopscan.checks.resistance.beams import beam_reason, line_limits, most_favourable, reaction_length_m
from optopscan.checks.resistance.case import Case, Draft, only_extra
from optopscan.checks.resistance.timber import Timber, say, strengths, timber_of
from optopscan.codes import en1995
from optopscan.model.arrays import FloatArray, IntArray

CLAUSES = ("", "", "", "NEN-EN 1995-1-1 6.1.5, 6.1.6, 6.1.7, 6.3.3")
BETWEEN = "passes only if its load lies better or is of shorter duration than permanent"
UPRIGHT = 0.05


def check(case: Case, rows: IntArray, out: Draft) -> None:
    """Fill in timber beams."""
    spans, clause = case.spans, case.clause
    if spans is None:
        out.explain_unknown(rows, np.ones(rows.size, dtype=np.bool_), "spans of the beam unknown")
        return
    timber = timber_of(case, rows)
    why = [_reason(case, row) for row in rows.tolist()]
    known = np.array([not reason for reason in why])
    deep = 1000.0 * (case.parts.z1_m[rows] - case.parts.z0_m[rows])
    section = 1000.0 * case.elements.section_m[case.parts.element[rows]]
    h, b = np.where(known, deep, np.nan), np.where(known, section.prod(axis=1) / deep, np.nan)
    m_rd = _moment(case, timber, b, h, 1000.0 * spans.span_m[rows], held=case.defaults.beam_flange_held)
    v_rd = _unit_over(clause(en1995.shear_ratio)(v_ed_kn=1.0, width_mm=b, depth_mm=h, fvd_mpa=strengths(case, timber)["fvd"]))
    contact = case.defaults.timber_bearing_m * 1000.0
    bearing = clause(en1995.bearing_resistance_kn)(
        width_mm=b,
        effective_length_mm=clause(en1995.bearing_length_mm)(contact_mm=contact, left_mm=0.0, right_mm=1000.0 * spans.span_m[rows]),
        k_c90=1.0,
        fc90d_mpa=strengths(case, timber)["fc90d"],
    )
    q_m, q_v = line_limits(spans, rows, m_rd, m_rd, v_rd, spread=1.0)
    q_b = bearing / reaction_length_m(spans, rows, inner=spans.n_support[rows] > 2)
    q_rd = np.minimum(np.minimum(q_m, q_v), q_b)
    piece = case.parts.length_m[rows]
    out.resist(rows, CLAUSES, only_extra(q_rd * piece))
    quiet = replace(case, clause=plain)
    best = _moment(quiet, timber_of(quiet, rows, best=True), b, h, 1000.0 * spans.span_m[rows], held=True)
    out.best(rows, only_extra(most_favourable(spans, rows, best)))
    full = np.ones(rows.size)
    out.put(rows, span_mm=1000.0 * spans.span_m[rows], overhang_mm=1000.0 * spans.overhang_m[rows], node_mm=1000.0 * spans.node_m[rows])
    out.put(rows, n_support=spans.n_support[rows] * full, b_mm=b, h_section_mm=h, m_rd_knm=m_rd, v_rd_kn=v_rd, bearing_rd_kn=bearing)
    out.put(rows, point_loads=spans.point_loads[rows] * full, bearing_mm=contact * full, q_rd_kn_m=q_rd, piece_m=piece)
    out.put(rows, n_rd_kn=only_extra(q_rd * piece), fmk_mpa=timber.fmk_mpa, fvk_mpa=timber.fvk_mpa, fc90k_mpa=timber.fc90k_mpa)
    for row, reason in zip(rows.tolist(), why, strict=True):
        out.reason[row] = reason
    say(case, rows, timber, out)
    out.say(rows, "between", [BETWEEN] * rows.size)
    out.explain_unknown(rows, np.isnan(piece), "length unknown")


def _moment(case: Case, timber: Timber, b: FloatArray, h: FloatArray, span_mm: FloatArray, *, held: bool) -> FloatArray:
    """Return the bending resistance [kNm]: k_crit k_h f_m,d b h^2 / 6, the load on top."""
    clause = case.clause
    fmd = strengths(case, timber)["fmd"] * clause(en1995.depth_factor)(h, glued=timber.glued > 0.5)
    critical = clause(en1995.critical_bending_stress_mpa)(
        width_mm=b, depth_mm=h, effective_length_mm=0.9 * span_mm + 2.0 * h, e005_mpa=timber.e005_mpa
    )
    tilt = clause(en1995.tilting_factor)(np.sqrt(timber.fmk_mpa / critical))
    one = _unit_over(clause(en1995.bending_ratio)(m_ed_knm=1.0, width_mm=b, depth_mm=h, fmd_mpa=fmd))
    return one if held else tilt * one


def _unit_over(ratio: FloatArray) -> FloatArray:
    """Return what makes a ratio that grows with the load 1, from its value at 1."""
    return np.asarray(1.0 / ratio)


def _reason(case: Case, row: int) -> str:
    """Return why a timber beam stays unknown, empty when it can be checked."""
    if case.spans is not None and (reason := beam_reason(case.spans, row)):
        return reason
    e = int(case.parts.element[row])
    sides = 1000.0 * case.elements.section_m[e]
    deep = 1000.0 * float(case.parts.z1_m[row] - case.parts.z0_m[row])
    if np.isnan(sides).any() or not (sides > 0).all():
        return "section of the beam unknown"
    volume, length = float(case.elements.volume_m3[e]), float(case.elements.length_m[e])
    # written as a negation: an unknown volume shows no rectangle
    if not abs(volume / (length * float(sides.prod()) * 1e-6) - 1.0) <= UPRIGHT:
        return "section of the beam is not a rectangle"
    if np.abs(sides - deep).min() > UPRIGHT * deep:
        return f"section slopes or lies aslant: {deep:.0f} mm high in the model"
    return ""
