"""Masonry piers: EN 1996-1-1 6.1.2 at head, mid and foot, and the Dutch minimum eccentricity."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from optopscan.checks.resistance.case import Case, Draft, per_section
from optopscan.checks.resistance.result import EXTRA
from optopscan.codes import en1996
from optopscan.codes.en1996_data import MASONRY_UNITS, gamma_m, strength_row
from optopscan.model.arrays import FloatArray, IntArray

CLAUSES = (
    "NEN-EN 1996-1-1 6.1.2.2(1)(i) head",
    "NEN-EN 1996-1-1 6.1.2.2(1)(ii) mid",
    "NEN-EN 1996-1-1 6.1.2.2(1)(i) foot",
    "NEN-EN 1996-1-1 NB 5.5.1.1(5)",
)


def strength(case: Case, rows: IntArray, t: FloatArray, out: Draft) -> tuple[FloatArray, float]:
    """Return f_k [N/mm2] and phi_inf of parts of one unit; the stated unit strength wins over the default f_k."""
    d, unit = case.defaults, case.group(int(rows[0]))
    row = next(u for u in MASONRY_UNITS if u == unit)
    constants = strength_row(row, unit_group=1 if unit == "aerated-concrete" else d.unit_group, mortar=d.mortar)
    fb, fk_default = case.strength(rows)
    joint = (unit == "clay") & (t > 1000.0 * d.clay_joint_thickness_m)
    stated = case.clause(en1996.fk_mpa)(
        fb_mpa=fb,
        fm_mpa=d.fm_mpa,
        k=constants.k,
        alpha=constants.alpha,
        beta=constants.beta,
        thin_layer=d.mortar == "TL",
        longitudinal_joint=joint,
    )
    given = case.materials.fk_mpa[case.parts.element[rows]]
    tested = given > 0
    has_grade = ~np.isnan(fb) & ~tested

    def of_grade(value: npt.ArrayLike) -> FloatArray:
        return np.where(has_grade, np.asarray(value, dtype=np.float64), np.nan)

    out.put(rows, fb_mpa=of_grade(fb), fm_mpa=of_grade(d.fm_mpa), K=of_grade(constants.k), alpha=of_grade(constants.alpha))
    out.put(rows, beta=of_grade(constants.beta), longitudinal_joint_factor=of_grade(np.where(joint, 0.8, 1.0)))
    texts = np.where(tested, "fk given", np.where(has_grade, "fk of the stated grade", "default fk"))
    out.say(rows, "strength_source", texts.tolist())
    out.say(rows, "mortar", [d.mortar if g else "" for g in has_grade])
    return np.where(tested, given, np.where(has_grade, stated, fk_default)), constants.phi_inf


def check(case: Case, rows: IntArray, out: Draft) -> None:
    """Fill in piers of one unit, held at head and foot."""
    d, clause = case.defaults, case.clause
    t, length, h = case.geometry_mm(rows)
    fk, phi_inf = strength(case, rows, t, out)
    gamma = clause(gamma_m)(d.category, consequence_class=case.factors.consequence_class)
    reduction = clause(en1996.area_factor)(t * length * 1e-6)
    fd = fk / gamma * reduction
    e_head, e_foot = case.head_eccentricity_mm(rows, t), case.foot_eccentricity_mm(rows, t)
    e_mid = d.mid_fraction * e_head
    rho2 = clause(en1996.rho2)(concrete_floors=case.floors[rows], e_top_mm=e_head, thickness_mm=t)
    edges = np.zeros(rows.size, dtype=np.int64) if case.held_edges is None else case.held_edges[rows]
    rho, rho_1 = _held(case, edges, rho2, h, length, t), _held(case, edges, np.ones_like(rho2), h, length, t)
    h_ef, h_1 = rho * h, rho_1 * h
    lam, lam_1 = h_ef / t, h_1 / t
    e_init = clause(en1996.initial_eccentricity_mm)(h_ef)
    e_top = clause(en1996.end_eccentricity_mm, "head")(e_load_mm=e_head, e_init_mm=e_init, thickness_mm=t)
    e_bottom = clause(en1996.end_eccentricity_mm, "foot")(e_load_mm=e_foot, e_init_mm=e_init, thickness_mm=t)
    e_mk = clause(en1996.mid_eccentricity_mm, "mid")(e_load_mm=e_mid, e_init_mm=e_init, thickness_mm=t, slenderness=lam, phi_inf=phi_inf)
    e_least = clause(en1996.minimum_eccentricity_mm, "extra")(effective_height_mm=h_1, thickness_mm=t, slenderness=lam_1, phi_inf=phi_inf)
    e = per_section(e_top, e_mk, e_bottom, e_least)
    phi = per_section(
        clause(en1996.end_factor, "head")(e_mm=e_top, thickness_mm=t),
        clause(en1996.mid_factor, "mid")(e_mm=e_mk, thickness_mm=t, slenderness=lam),
        clause(en1996.end_factor, "foot")(e_mm=e_bottom, thickness_mm=t),
        clause(en1996.mid_factor, "extra")(e_mm=e_least, thickness_mm=t, slenderness=lam_1),
    )
    n_rd = clause(en1996.axial_resistance_kn)(phi=phi, thickness_mm=t[:, None], length_mm=length[:, None], fd_mpa=fd[:, None])
    # 5.5.1.4(2): beyond 27 the wall fails outright, unless floors that nobody showed would bring it below.
    too_slender = (lam > en1996.SLENDERNESS_LIMIT) | (0.75 * lam_1 > en1996.SLENDERNESS_LIMIT)
    open_question = too_slender & (0.75 * lam_1 <= en1996.SLENDERNESS_LIMIT)
    n_rd[too_slender] = 0.0
    n_rd[open_question] = np.nan
    out.resist(rows, CLAUSES if d.minimum_eccentricity else (*CLAUSES[:EXTRA], ""), n_rd)
    nan = np.full(rows.size, np.nan)
    out.put(rows, t_mm=t, l_mm=length, h_mm=h, fk_mpa=fk, gamma_M=np.full(rows.size, gamma), area_factor=reduction, fd_mpa=fd)
    out.put(rows, E_over_fk=np.full(rows.size, en1996.E_OVER_FK), phi_inf=np.full(rows.size, phi_inf), slenderness_limit=27.0 + 0 * t)
    out.put(rows, rho2=per_section(rho, rho, rho, rho_1), h_ef_mm=per_section(h_ef, h_ef, h_ef, h_1))
    out.put(rows, e_load_mm=per_section(e_head, e_mid, e_foot, nan), e_init_mm=per_section(e_init, e_init, e_init, nan))
    out.put(rows, e_mm=e, slenderness=per_section(lam, lam, lam, lam_1), phi=phi, n_rd_kn=n_rd)
    out.explain_unknown(rows, np.isnan(fk), "masonry strength unknown")
    out.explain_unknown(rows, open_question, "slenderness over 27 unless concrete floors at head and foot are shown")
    out.explain_geometry(case, rows, t, h)


def _held(case: Case, edges: IntArray, rho2: FloatArray, h: FloatArray, length: FloatArray, t: FloatArray) -> FloatArray:
    """Return the height factor with one or two vertical edges held: rho_3 or rho_4 (5.5.1.2(11)), rho_2 without."""
    if not edges.any():
        return rho2
    three = case.clause(en1996.rho3)(rho2=rho2, height_mm=h, length_mm=length, thickness_mm=t)
    four = case.clause(en1996.rho4)(rho2=rho2, height_mm=h, length_mm=length, thickness_mm=t)
    return np.where(edges >= 2, four, np.where(edges == 1, three, rho2))
