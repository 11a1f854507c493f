"""Steel columns whose name states a section: EN 1993-1-1 6.3.1, and 6.3.3 where the load stands beside the axis.

Beside the axis: the same eccentricity over the whole height (C_m = 1), nothing between the ends that holds
the column against twist, moment as large as N e at every N.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np

from optopscan.checks.resistance.case import Case, Draft
from optopscan.checks.resistance.result import EXTRA, SECTIONS
from optopscan.checks.resistance.steel_shape import EVEN_MOMENT, lateral_torsional, section_class, shapes
from optopscan.checks.sections import Section, agrees, parse_section
from optopscan.codes import en1993, en1993_bending, en1993_stability
from optopscan.codes.en1993_stability import BeamColumn
from optopscan.model.arrays import FloatArray, IntArray

CLAUSES = ("", "", "", "NEN-EN 1993-1-1 6.3.1")
CLAUSES_ECCENTRIC = ("", "", "", "NEN-EN 1993-1-1 6.3.3")
CENTRIC_M = 1e-3


def check(case: Case, rows: IntArray, out: Draft) -> None:
    """Fill in steel columns."""
    clause = case.clause
    stated, default = case.strength(rows)
    fy = np.where(np.isnan(stated), default, stated)
    l_cr = case.defaults.steel_length_factor * case.height_mm(rows)
    sections = [section_of(case, row) for row in rows.tolist()]
    reasons = [_reason(s, float(f), case, row) for s, f, row in zip(sections, fy, rows.tolist(), strict=True)]
    usable = np.array([not r for r in reasons])

    def column(value: Callable[[Section], float]) -> np.ndarray:
        return np.array([value(s) if s is not None and u else np.nan for s, u in zip(sections, usable, strict=True)])

    area = column(lambda s: s.area_mm2)
    axes = (
        ("y", column(lambda s: s.i_y_mm4), column(lambda s: en1993.IMPERFECTION[s.curve_y])),
        ("z", column(lambda s: s.i_z_mm4), column(lambda s: en1993.IMPERFECTION[s.curve_z])),
    )
    chis, slenderness = [], []
    for axis, inertia, imperfection in axes:
        n_cr = clause(en1993.critical_force_kn, axis)(second_moment_mm4=inertia, buckling_length_mm=l_cr)
        lam = clause(en1993.relative_slenderness, axis)(area_mm2=area, fy_mpa=fy, n_cr_kn=n_cr)
        chis.append(clause(en1993.buckling_reduction, axis)(lam, imperfection=imperfection))
        slenderness.append(lam)
    chi = np.minimum(*chis)
    n_rd = clause(en1993.buckling_resistance_kn)(chi=chi, area_mm2=area, fy_mpa=fy)
    table = np.full((rows.size, len(SECTIONS)), np.nan)
    table[:, EXTRA] = n_rd
    out.resist(rows, CLAUSES, table)
    out.put(rows, A_mm2=area, I_y_mm4=axes[0][1], I_z_mm4=axes[1][1], alpha_y=axes[0][2], alpha_z=axes[1][2])
    out.put(rows, L_cr_mm=l_cr, fy_mpa=fy, gamma_M1=np.ones(rows.size), E_mpa=np.full(rows.size, en1993.E_STEEL_MPA))
    out.put(rows, chi_y=chis[0], chi_z=chis[1], chi=chi, n_b_rd_kn=n_rd)
    beside = np.flatnonzero(usable & np.any(np.abs(case.eccentricity_m[rows]) > CENTRIC_M, axis=1))
    if beside.size:
        own = [sections[k] for k in beside.tolist()]
        _eccentric(case, rows[beside], own, [a[beside] for a in (fy, l_cr, area, *chis, *slenderness)], out)
    out.say(rows, "steel_section", [s.name if s is not None else "" for s in sections])
    out.say(rows, "strength_source", ["default fy" if np.isnan(s) else "fy of the stated grade" for s in stated])
    for row, reason in zip(rows.tolist(), reasons, strict=True):
        out.reason[row] = reason
    out.explain_unknown(rows, np.isnan(l_cr), "height unknown")


def _eccentric(case: Case, rows: IntArray, sections: Sequence[Section | None], known: Sequence[FloatArray], out: Draft) -> None:
    """Replace the resistance of columns loaded beside their axis by that of 6.3.3."""
    clause = case.clause
    fy, l_cr, area, chi_y, chi_z, lam_y, lam_z = known
    shape = shapes(sections, clause)
    classes = np.array(
        [np.nan if s is None else section_class(s, float(f), clause, bending=False) for s, f in zip(sections, fy, strict=True)]
    )
    m_y, m_z = (
        clause(en1993_bending.moment_resistance_knm, axis)(w_pl_mm3=w_pl, w_el_mm3=w_el, fy_mpa=fy, section_class=classes)
        for axis, w_pl, w_el in (("y", shape.w_pl_y_mm3, shape.w_el_y_mm3), ("z", shape.w_pl_z_mm3, shape.w_el_z_mm3))
    )
    modulus = np.where(classes <= 2.0, shape.w_pl_y_mm3, shape.w_el_y_mm3)
    chi_lt = lateral_torsional(shape, modulus, fy, l_cr, clause, factors=EVEN_MOMENT, load_height_mm=0.0 * l_cr)
    member = BeamColumn(
        n_rd_kn=area * fy / 1000.0,
        m_y_rd_knm=m_y,
        m_z_rd_knm=m_z,
        chi_y=chi_y,
        chi_z=chi_z,
        slenderness_y=lam_y,
        slenderness_z=lam_z,
        chi_lt=chi_lt,
        plastic=classes <= 2.0,
        twists=shape.i_w_mm6 > 0.0,
    )
    # The first eccentricity is across the smaller side, which is the depth of a wide H section.
    across, along = (1000.0 * np.abs(case.eccentricity_m[rows, k]) for k in (0, 1))
    upright = shape.height_mm <= shape.width_mm
    e_y, e_z = np.where(upright, across, along), np.where(upright, along, across)
    # a square tube or a section as high as wide may stand either way
    either = np.abs(shape.height_mm - shape.width_mm) <= 0.06 * shape.height_mm
    limits = [clause(en1993_stability.axial_limit_kn)(member, e_y_mm=a, e_z_mm=b) for a, b in ((e_y, e_z), (e_z, e_y))]
    n_rd = np.where(either, np.minimum(*limits), limits[0])
    table = np.full((rows.size, len(SECTIONS)), np.nan)
    table[:, EXTRA] = n_rd
    out.resist(rows, CLAUSES_ECCENTRIC, table)
    out.put(rows, e_y_mm=e_y, e_z_mm=e_z, chi_lt=chi_lt, m_y_rd_knm=m_y, m_z_rd_knm=m_z, section_class=classes)
    out.put(rows, lambda_y=lam_y, lambda_z=lam_z, n_b_rd_kn=n_rd)
    out.explain_unknown(rows, np.isnan(n_rd), "lateral torsion of the section is not covered")


def section_of(case: Case, row: int) -> Section | None:
    """Return the section that type or name states, None where they state none that is known."""
    e = int(case.parts.element[row])
    for text in (case.elements.type_name[e], case.elements.name[e]):
        section = parse_section(text)
        if section is not None:
            return section
    return None


def _reason(section: Section | None, fy_mpa: float, case: Case, row: int) -> str:
    """Return why a steel column stays unknown, empty when it can be checked."""
    if section is None:
        return "no known steel section in the name"
    side_a, side_b = 1000.0 * case.elements.section_m[int(case.parts.element[row])]
    if not agrees(section, float(side_a), float(side_b)):
        return f"section {section.name} disagrees with the modelled sides {side_a:.0f} x {side_b:.0f} mm"
    if np.isnan(fy_mpa):
        return "steel strength unknown"
    if section.is_class4(fy_mpa):
        return f"section {section.name} is class 4: local buckling is not checked"
    if section.series == "UNP":
        return f"section {section.name}: twist of a channel is not checked"
    return "eccentricity of the load unknown" if np.any(np.isnan(case.eccentricity_m[row])) else ""
