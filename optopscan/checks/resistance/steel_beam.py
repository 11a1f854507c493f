"""Steel beams between their supports: bending, shear and lateral torsion (EN 1993-1-1 6.2.5, 6.2.6, 6.3.2).

Every part of a beam has the load of its own piece. The beam passes where no piece has more per metre than
the even load the beam can carry over its largest span: enough for any load on it, exact for an even one. It is
over only where one piece alone, with the flange held, is too much. Hinged over every support, so of class 1 or 2
where it runs on; load from one side twists a beam, and the floor is taken to prevent that.
"""

from __future__ import annotations

import numpy as np

from optopscan.checks.beam_spans import BeamSpans
from optopscan.checks.resistance.beams import beam_reason, line_limits, most_favourable, runs_on
from optopscan.checks.resistance.case import Case, Draft, only_extra
from optopscan.checks.resistance.steel_column import section_of
from optopscan.checks.resistance.steel_shape import UNIFORM, lateral_torsional, section_class, shapes
from optopscan.checks.sections import Section, agrees
from optopscan.codes import en1993_bending
from optopscan.model.arrays import IntArray

CLAUSES = ("", "", "", "NEN-EN 1993-1-1 6.2.5, 6.2.6, 6.3.2")
BETWEEN = "passes only if its flange is held or its load lies better"
SPREAD = 0.5
"""Share of the shear resistance that leaves the bending resistance alone (6.2.8(2))."""
UNEQUAL = 0.1
"""Part of the largest span at which the shear of a short one, 1.19 q L, stays within what `SPREAD` leaves: 0.625 q L / 0.5."""


def check(case: Case, rows: IntArray, out: Draft) -> None:
    """Fill in steel beams."""
    if case.spans is None:
        out.explain_unknown(rows, np.ones(rows.size, dtype=np.bool_), "spans of the beam unknown")
        return
    clause = case.clause
    stated, default = case.strength(rows)
    fy = np.where(np.isnan(stated), default, stated)
    named = [section_of(case, row) for row in rows.tolist()]
    classes = [
        np.nan if s is None or np.isnan(f) else section_class(s, float(f), clause, bending=True) for s, f in zip(named, fy, strict=True)
    ]
    reasons = [_reason(s, float(f), c, case, case.spans, row) for s, f, c, row in zip(named, fy, classes, rows.tolist(), strict=True)]
    sections = [s if not why else None for s, why in zip(named, reasons, strict=True)]
    shape, span = shapes(sections, clause), case.spans
    span_mm, node = 1000.0 * span.span_m[rows], 1000.0 * span.node_m[rows]
    point = span.point_loads[rows]
    kind = np.array(classes)
    m_c = clause(en1993_bending.moment_resistance_knm)(w_pl_mm3=shape.w_pl_y_mm3, w_el_mm3=shape.w_el_y_mm3, fy_mpa=fy, section_class=kind)
    modulus = np.where(kind <= 2.0, shape.w_pl_y_mm3, shape.w_el_y_mm3)
    chi = lateral_torsional(shape, modulus, fy, span_mm, clause, factors=UNIFORM, load_height_mm=0.5 * shape.height_mm)
    chi = np.where(case.defaults.beam_flange_held, np.where(np.isnan(shape.area_mm2), np.nan, 1.0), chi)
    m_rd = clause(en1993_bending.buckling_moment_knm)(chi_lt=chi, w_y_mm3=modulus, fy_mpa=fy)
    web = shape.height_mm - 2.0 * shape.flange_mm
    v_rd = clause(en1993_bending.shear_resistance_kn)(
        shear_area_mm2=shape.shear_area_z_mm2, fy_mpa=fy, web_height_mm=web, web_mm=shape.web_mm
    )
    q_m, q_v = line_limits(span, rows, m_rd, m_c, v_rd, spread=SPREAD)
    q_rd = np.minimum(q_m, q_v)
    piece = case.parts.length_m[rows]
    n_rd = q_rd * piece
    out.resist(rows, CLAUSES, only_extra(n_rd))
    out.best(rows, only_extra(most_favourable(span, rows, m_c)))
    full = np.ones(rows.size)
    out.put(rows, span_mm=span_mm, overhang_mm=1000.0 * span.overhang_m[rows], node_mm=node, n_support=span.n_support[rows] * full)
    out.put(rows, fy_mpa=fy, W_y_mm3=modulus, A_v_mm2=shape.shear_area_z_mm2, section_class=kind, chi_lt=chi, point_loads=point * full)
    out.put(rows, m_rd_knm=m_rd, m_c_rd_knm=m_c, v_rd_kn=v_rd, q_rd_kn_m=q_rd, piece_m=piece, n_rd_kn=only_extra(n_rd))
    out.say(rows, "steel_section", [s.name if s is not None else "" for s in named])
    out.say(rows, "strength_source", ["default fy" if np.isnan(s) else "fy of the stated grade" for s in stated])
    out.say(rows, "between", [BETWEEN] * rows.size)
    for row, why in zip(rows.tolist(), reasons, strict=True):
        out.reason[row] = why
    out.explain_unknown(rows, np.isnan(q_rd), "shear buckling or lateral torsion of the section is not covered")
    out.explain_unknown(rows, np.isnan(piece), "length unknown")


def _reason(section: Section | None, fy_mpa: float, kind: float, case: Case, spans: BeamSpans, row: int) -> str:
    """Return why a steel beam stays unknown, empty when it can be checked."""
    if reason := beam_reason(spans, row, unequal=UNEQUAL):
        return reason
    if section is None:
        return "no known steel section in the name"
    side_a, side_b = 1000.0 * case.elements.section_m[int(case.parts.element[row])]
    if not agrees(section, float(side_a), float(side_b)):
        return f"section {section.name} disagrees with the modelled sides {side_a:.0f} x {side_b:.0f} mm"
    if np.isnan(fy_mpa):
        return "steel strength unknown"
    if section.series == "UNP":
        return f"section {section.name}: twist of a channel is not checked"
    if kind > 3.0:
        return f"section {section.name} is class 4: local buckling is not checked"
    deep = 1000.0 * float(case.parts.z1_m[row] - case.parts.z0_m[row])
    if np.isnan(deep):
        return f"section {section.name}: whether it stands upright is unknown"
    h, b = section.height_mm, section.width_mm
    if abs(deep - h) > abs(deep - b) or abs(deep - h) > 0.05 * h + 1.0:
        return f"section {section.name} lies flat or slopes: {deep:.0f} mm high in the model"
    if kind > 2.0 and runs_on(spans, np.array([row]))[0]:
        return f"section {section.name} of class 3 runs over its supports: moments there are not checked"
    return ""
