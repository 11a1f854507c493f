"""Concrete piers taken as plain: EN 1992-1-1 12.6.1 at head and foot, 12.6.5.2 at mid-height."""

from __future__ import annotations

import numpy as np

from optopscan.checks.resistance.case import Case, Draft, per_section
from optopscan.codes import en1992
from optopscan.model.arrays import IntArray

CLAUSES = ("NEN-EN 1992-1-1 12.6.1 head", "NEN-EN 1992-1-1 12.6.5.2", "NEN-EN 1992-1-1 12.6.1 foot", "")


def check(case: Case, rows: IntArray, out: Draft) -> None:
    """Fill in concrete piers."""
    clause = case.clause
    t, length, h = case.geometry_mm(rows)
    stated, default = case.strength(rows)
    fck = np.where(np.isnan(stated), default, stated)
    fcd = clause(en1992.fcd_plain_mpa)(fck)
    beta = en1992.MONOLITHIC if case.defaults.monolithic else 1.0
    l0 = clause(en1992.effective_length_mm)(h, beta=beta)
    e_i = clause(en1992.imperfection_mm)(l0)
    e_head, e_foot = case.head_eccentricity_mm(rows, t), case.foot_eccentricity_mm(rows, t)
    e_mid = case.defaults.mid_fraction * e_head + e_i
    nan = np.full(rows.size, np.nan)
    phi = per_section(
        clause(en1992.section_factor, "head")(e_mm=e_head, thickness_mm=t),
        clause(en1992.wall_factor, "mid")(e_tot_mm=e_mid, l0_mm=l0, thickness_mm=t),
        clause(en1992.section_factor, "foot")(e_mm=e_foot, thickness_mm=t),
        nan,
    )
    n_rd = clause(en1992.wall_resistance_kn)(phi=phi, length_mm=length[:, None], thickness_mm=t[:, None], fcd_plain_mpa=fcd[:, None])
    too_slender = l0 / t > en1992.SLENDERNESS_LIMIT
    n_rd[too_slender] = np.nan
    out.resist(rows, CLAUSES, n_rd)
    out.say(rows, "strength_source", ["default fck" if np.isnan(s) else "fck of the stated grade" for s in stated])
    full = np.ones(rows.size)
    out.put(rows, t_mm=t, l_mm=length, h_mm=h, fck_mpa=fck, alpha_cc_pl=en1992.ALPHA_CC_PLAIN * full, gamma_C=en1992.GAMMA_C * full)
    out.put(rows, fcd_pl_mpa=fcd, beta=beta * full, l0_mm=l0, e_mm=per_section(e_head, e_mid, e_foot, nan), phi=phi, n_rd_kn=n_rd)
    out.put(rows, e_load_mm=per_section(e_head, e_mid - e_i, e_foot, nan), e_init_mm=per_section(0 * e_i, e_i, 0 * e_i, nan))
    out.explain_unknown(rows, np.isnan(fck), "concrete strength unknown")
    out.explain_unknown(rows, too_slender, "slenderness l0/h over 25: outside EN 1992-1-1 12.6.5")
    out.explain_geometry(case, rows, t, h)
