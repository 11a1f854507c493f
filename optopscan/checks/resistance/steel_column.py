"""Steel columns whose name states a section: EN 1993-1-1 6.3.1, centric load only."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from optopscan.checks.resistance.case import Case, Draft
from optopscan.checks.resistance.result import EXTRA, SECTIONS
from optopscan.checks.sections import Section, agrees, parse_section
from optopscan.codes import en1993
from optopscan.model.arrays import IntArray

CLAUSES = ("", "", "", "NEN-EN 1993-1-1 6.3.1")


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
    chis = []
    for axis, inertia, imperfection in axes:
        n_cr = clause(en1993.critical_force_kn, axis)(second_moment_mm4=inertia, buckling_length_mm=l_cr)
        lam = clause(en1993.relative_slenderness, axis)(area_mm2=area, fy_mpa=fy, n_cr_kn=n_cr)
        chis.append(clause(en1993.buckling_reduction, axis)(lam, imperfection=imperfection))
    chi = np.minimum(*chis)
    n_rd = clause(en1993.buckling_resistance_kn)(chi=chi, area_mm2=area, fy_mpa=fy)
    table = np.full((rows.size, len(SECTIONS)), np.nan)
    table[:, EXTRA] = n_rd
    out.resist(rows, CLAUSES, table)
    out.put(rows, A_mm2=area, I_y_mm4=axes[0][1], I_z_mm4=axes[1][1], alpha_y=axes[0][2], alpha_z=axes[1][2])
    out.put(rows, L_cr_mm=l_cr, fy_mpa=fy, gamma_M1=np.ones(rows.size), E_mpa=np.full(rows.size, en1993.E_STEEL_MPA))
    out.put(rows, chi_y=chis[0], chi_z=chis[1], chi=chi, n_b_rd_kn=n_rd)
    out.say(rows, "steel_section", [s.name if s is not None else "" for s in sections])
    out.say(rows, "strength_source", ["default fy" if np.isnan(s) else "fy of the stated grade" for s in stated])
    for row, reason in zip(rows.tolist(), reasons, strict=True):
        out.reason[row] = reason
    out.explain_unknown(rows, np.isnan(l_cr), "height unknown")


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
    if not np.all(np.abs(case.eccentricity_m[row]) <= 1e-3):
        return "eccentric load on a steel column is not checked (EN 1993-1-1 6.3.3)"
    return ""
