"""The properties of named steel sections, through the formulas of `en1993_sections`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import fields

import numpy as np

from optopscan.checks.clauses import Clauses
from optopscan.checks.sections import Section
from optopscan.codes import en1993_bending, en1993_sections
from optopscan.codes.en1993_sections import SteelSection
from optopscan.model.arrays import FloatArray

UNIFORM = 1.13, 0.45
"""C_1 and C_2 of an even load on a member hinged at both ends (`en1993_bending.critical_moment_knm`)."""
EVEN_MOMENT = 1.0, 0.0


def shapes(sections: Sequence[Section | None], clause: Clauses) -> SteelSection:
    """Return the properties of each section as arrays (n_row,), nan where there is none."""
    made = [None if section is None else _shape(section, clause) for section in sections]
    values = {f.name: np.array([np.nan if one is None else float(getattr(one, f.name)) for one in made]) for f in fields(SteelSection)}
    return SteelSection(**values)


def _shape(section: Section, clause: Clauses) -> SteelSection:
    if section.round:
        return clause(en1993_sections.round_tube)(diameter_mm=section.height_mm, wall_mm=section.web_mm)
    h, b = section.height_mm, section.width_mm
    if section.series == "tube":
        return clause(en1993_sections.rectangular_tube)(height_mm=h, width_mm=b, wall_mm=section.web_mm, outer_radius_mm=section.root_mm)
    web, flange, root = section.web_mm, section.flange_mm, section.root_mm
    if section.series in ("INP", "UNP"):
        tapered = en1993_sections.tapered_i_section if section.series == "INP" else en1993_sections.tapered_channel
        return clause(tapered)(height_mm=h, width_mm=b, web_mm=web, flange_mm=flange, root_mm=root, toe_mm=section.toe_mm)
    return clause(en1993_sections.i_section)(height_mm=h, width_mm=b, web_mm=web, flange_mm=flange, root_mm=root)


def section_class(section: Section, fy_mpa: float, clause: Clauses, *, bending: bool) -> float:
    """Return the class under bending about the strong axis, or under even compression, which covers bending too."""
    if section.round:
        return float(clause(en1993_bending.round_tube_class)(section.height_mm / section.web_mm, fy_mpa=fy_mpa))
    if section.series == "tube":
        flat = [(side - 2.0 * section.root_mm) / section.web_mm for side in (section.height_mm, section.width_mm)]
        web = {"compressed_share": 0.5, "stress_ratio": -1.0} if bending else {}
        one = float(clause(en1993_bending.internal_class)(flat[0], fy_mpa=fy_mpa, **web))
        return max(one, float(clause(en1993_bending.internal_class)(flat[1], fy_mpa=fy_mpa)))
    if section.series == "UNP":
        outstand = section.width_mm - section.web_mm - section.root_mm
        return float(clause(en1993_bending.outstand_class)(outstand / section.flange_mm, fy_mpa=fy_mpa))
    return float(
        clause(en1993_bending.i_section_class)(
            height_mm=section.height_mm,
            width_mm=section.width_mm,
            web_mm=section.web_mm,
            flange_mm=section.flange_mm,
            root_mm=section.root_mm,
            area_mm2=section.area_mm2,
            fy_mpa=fy_mpa,
            n_ed_kn=0.0 if bending else section.area_mm2 * fy_mpa / 1000.0,
        )
    )


def lateral_torsional(
    shape: SteelSection,
    modulus_mm3: FloatArray,
    fy_mpa: FloatArray,
    length_mm: FloatArray,
    clause: Clauses,
    *,
    factors: tuple[float, float],
    load_height_mm: FloatArray,
) -> FloatArray:
    """Return chi_LT, 1 for tubes [-]; held sideways at the ends of ``length_mm`` only."""
    tube = shape.i_w_mm6 == 0.0
    m_cr = clause(en1993_bending.critical_moment_knm)(
        i_z_mm4=shape.i_z_mm4,
        i_t_mm4=shape.i_t_mm4,
        i_w_mm6=shape.i_w_mm6,
        length_mm=length_mm,
        c1=factors[0],
        c2=factors[1],
        load_height_mm=load_height_mm,
    )
    slenderness = np.sqrt(modulus_mm3 * fy_mpa / (1e6 * m_cr))
    chi = clause(en1993_bending.lateral_torsional_reduction)(slenderness, height_over_width=shape.height_mm / shape.width_mm)
    return np.where(tube, 1.0 + 0.0 * shape.area_mm2, chi)
