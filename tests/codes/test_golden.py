"""The 24 worked cases that the clauses must reproduce, all their numbers, through public functions.

Each case has its source, its tolerance (relative and absolute), its expected values and the steps an
engineer takes. ``python tests/codes/test_golden.py`` lists what was expected and what was found.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

import numpy as np
import pytest

from optopscan.catalog.engineering import load_engineering
from optopscan.codes import (
    en1990,
    en1991_1_3,
    en1991_1_4,
    en1992,
    en1992_column,
    en1992_material,
    en1992_section,
    en1992_slab,
    en1993,
    en1995,
    en1996,
    en1996_lateral,
    nen9997_comparison,
    nen9997_footing,
    nen9997_pile,
)
from optopscan.loads.reactions import uniform_reactions

DATA = load_engineering()
STUDIO = "OpenAEC-Foundation/Open-Calculations-Studio, scripts/"
OWN = "no published source: "
Values = dict[str, Any]


class Case(NamedTuple):
    source: str
    tolerance: dict[str, float]
    found: Callable[[], Values]
    expected: Values


def act_s1() -> Values:
    new = DATA.factor_set("nen8700", "nieuwbouw", "CC2")
    a = en1990.combination_610a(10.0, [5.0, 2.0], psi0=[0.4, 0.4], factors=new)
    b = en1990.combination_610b(10.0, [5.0, 2.0], psi0=[0.4, 0.4], factors=new)
    return {"6.10a": a, "6.10b": b, "governing": max(a, *b)}


def act_s2() -> Values:
    def column(region: str, terrain: str) -> Any:
        speed = en1991_1_4.WIND_SPEED_M_S[region]
        return en1991_1_4.peak_velocity_pressure([5, 10, 15, 20, 30], wind_speed_m_s=speed, terrain=en1991_1_4.TERRAINS[terrain])

    cells = (("II", "onbebouwd"), ("II", "bebouwd"), ("III", "onbebouwd"), ("I", "kust"))
    return {f"{region} {terrain}": column(region, terrain) for region, terrain in cells}


def act_s3() -> Values:
    open_country = {"wind_speed_m_s": 27.0, "terrain": en1991_1_4.TERRAINS["onbebouwd"]}
    wind = en1991_1_4.wind_on_block(height_m=10, width_m=12, depth_m=10, **open_country)
    return {"q_p": en1991_1_4.peak_velocity_pressure(10, **open_country), "F": wind.force_kn, "M": wind.base_moment_knm}


def act_s4() -> Values:
    drift = en1991_1_3.snow_drift(step_height_m=3.5, upper_width_m=9.6, lower_width_m=4.8, upper_slope_deg=40)
    return {"l_s": drift.length_m, "mu_w": drift.mu_w, "mu_s": drift.mu_s, "mu_2": drift.mu_w + drift.mu_s, "s": drift.peak_kn_m2}


def masonry(
    *, t: float = 120.0, rho: float = 0.75, rho_least: float = 1.0, e_head: float = 0.0, fk: float, gamma: float = 1.7, phi_inf: float = 1.1
) -> Values:
    """Storey height 2800, length 1000 mm, N_Ed 200 kN."""
    fd = fk / gamma * float(en1996.area_factor(t * 1e-3))
    e_init = en1996.initial_eccentricity_mm(rho * 2800)
    e_i = en1996.end_eccentricity_mm(e_load_mm=e_head, e_init_mm=e_init, thickness_mm=t)
    lam = rho * 2800 / t
    e_mk = en1996.mid_eccentricity_mm(e_load_mm=0.0, e_init_mm=e_init, thickness_mm=t, slenderness=lam, phi_inf=phi_inf)
    lam_2 = rho_least * 2800 / t
    e_mk_2 = en1996.minimum_eccentricity_mm(effective_height_mm=rho_least * 2800, thickness_mm=t, slenderness=lam_2, phi_inf=phi_inf)
    phi_i = en1996.end_factor(e_mm=e_i, thickness_mm=t)
    phi_m = en1996.mid_factor(e_mm=e_mk, thickness_mm=t, slenderness=lam)
    phi_m2 = en1996.mid_factor(e_mm=e_mk_2, thickness_mm=t, slenderness=lam_2)
    head, mid, least = (en1996.axial_resistance_kn(phi=p, thickness_mm=t, length_mm=1000, fd_mpa=fd) for p in (phi_i, phi_m, phi_m2))
    return {
        "f_d": fd, "h_ef": rho * 2800, "e_i": e_i, "Phi_i": phi_i, "N_Rd_i": head, "Phi_m": phi_m, "N_Rd_m": mid, "UC": 200 / mid,
        "UC_i": 200 / head, "h_ef_2": rho_least * 2800, "e_mk_2": e_mk_2, "Phi_m2": phi_m2, "N_Rd_m2": least, "UC_2": 200 / least,
    }  # fmt: skip


def mas_s1() -> Values:
    fk = en1996.fk_mpa(fb_mpa=4, fm_mpa=4, k=0.75, alpha=0.7, beta=0.3)
    t_ef = en1996.effective_thickness_mm(100, other_leaf_mm=100)
    e_init = en1996.initial_eccentricity_mm(2500)
    e_i = en1996.end_eccentricity_mm(e_load_mm=16.67, e_init_mm=e_init, thickness_mm=100)
    phi_i = en1996.end_factor(e_mm=e_i, thickness_mm=100)
    lam = 2500 / t_ef
    e_m = en1996.mid_eccentricity_mm(e_load_mm=0, e_init_mm=e_init, thickness_mm=100, slenderness=lam, phi_inf=1.5)
    phi_m = en1996.mid_factor(e_mm=e_m, thickness_mm=100, slenderness=lam, e_over_fk=1000)
    n_rd = en1996.axial_resistance_kn(phi=min(phi_i, phi_m), thickness_mm=100, length_mm=1000, fd_mpa=fk / 2.7)
    return {"t_ef": t_ef, "slenderness": lam, "e_init": e_init, "e_i": e_i, "Phi_i": phi_i, "Phi_m": phi_m, "f_k": fk, "N_Rd": n_rd}


def kzs() -> float:
    return float(en1996.fk_mpa(fb_mpa=12, fm_mpa=15, k=0.6, alpha=0.65, beta=0.25))


def mas_s4() -> Values:
    rho = float(en1996.rho4(rho2=0.75, height_mm=2800, length_mm=2000, thickness_mm=120))
    return {"rho_4": rho, **masonry(fk=kzs(), rho=rho, rho_least=rho)}


def mas_s5() -> Values:
    return {"f_k": en1996.fk_mpa(fb_mpa=[25, 35], fm_mpa=12.5, k=0.8, alpha=0.85, beta=0.0, thin_layer=True)}


def mas_s6() -> Values:
    sigma = 80_000 / 300_000
    fvk = en1996.fvk_mpa(fvk0_mpa=0.2, sigma_d_mpa=sigma, fb_mpa=12)
    wall = {"n_ed_kn": 80, "thickness_mm": 100, "compressed_length_mm": 3000, "fvk0_mpa": 0.2, "fb_mpa": 12, "gamma_m": 1.7}
    return {"sigma_d": sigma, "f_vk": fvk, "f_vd": fvk / 1.7, "V_Rd": en1996.shear_resistance_kn(**wall)}


def con_s1() -> Values:
    fyd, fcd, area, steel = 500 / 1.15, 20.0, 350.0**2, 8 * np.pi * 10**2
    omega = en1992_column.mechanical_ratio(steel_mm2=steel, area_mm2=area, fyd_mpa=fyd, fcd_mpa=fcd)
    lam = en1992_column.slenderness(l0_mm=3500, gyration_mm=en1992_column.gyration_mm(350))
    n = en1992_column.relative_axial_force(n_ed_kn=1200, area_mm2=area, fcd_mpa=fcd)
    e_i = en1992.imperfection_mm(3500)
    first = 1.2 * e_i
    abc = {"a": en1992_column.limit_factor_a(1.5), "b": en1992_column.limit_factor_b(omega)}
    limit = [
        en1992_column.slenderness_limit(n, **abc, c=en1992_column.limit_factor_c(m01_knm=one + first, m02_knm=two + first))
        for one, two in ((20, 40), (10, 10))
    ]
    rows = en1992_section.ring_rows(h_mm=350, axis_distance_mm=48, bar_area_mm2=np.pi * 100, n_along_h=3, n_along_b=3)
    d_eff = 175 + en1992_section.bar_gyration_mm(rows, h_mm=350)
    k_r = en1992_column.curvature_axial_factor(relative_axial_force=n, omega=omega)
    k_phi = en1992_column.curvature_creep_factor(fck_mpa=30, slenderness=lam, phi_ef=1.5)
    curvature = en1992_column.nominal_curvature_per_mm(k_r=k_r, k_phi=k_phi, fyd_mpa=fyd, effective_depth_mm=d_eff)
    e_y, e_z = (en1992_column.second_order_eccentricity_mm(curvature_per_mm=curvature, l0_mm=3500, c=c) for c in (9, 8))
    both = {"n_ed_kn": 1200, "e_0_mm": en1992_column.minimum_eccentricity_mm(350)}
    m_y = en1992_column.design_moment_knm(m01_knm=20, m02_knm=40, e_i_mm=e_i, e_2_mm=e_y, **both)
    m_z = en1992_column.design_moment_knm(m01_knm=10, m02_knm=10, e_i_mm=e_i, e_2_mm=e_z, **both)
    # in the biaxial sum the imperfection counts about one axis only (5.8.9(2))
    m_z_alone = en1992_column.design_moment_knm(m01_knm=10, m02_knm=10, e_i_mm=0, e_2_mm=e_z, **both)
    curve = en1992_section.rectangle_curve(b_mm=350, h_mm=350, rows=rows, fcd_mpa=fcd, fyd_mpa=fyd)
    m_rd = en1992_section.moment_resistance_knm(curve, 1200)
    n_rd = en1992_section.plastic_axial_resistance_kn(area_mm2=area, steel_mm2=steel, fcd_mpa=fcd, fyd_mpa=fyd)
    a = en1992_column.biaxial_exponent(1200 / n_rd)
    uc = en1992_column.biaxial_utilisation(m_y_knm=m_y, m_rd_y_knm=m_rd, m_z_knm=m_z_alone, m_rd_z_knm=m_rd, exponent=a)
    return {
        "omega": omega, "lambda": lam, "lambda_lim_y": limit[0], "lambda_lim_z": limit[1], "K_r": k_r, "K_phi": k_phi, "d_eff": d_eff,
        "e_2y": e_y, "e_2z": e_z, "M_2y": 1.2 * e_y, "M_2z": 1.2 * e_z, "M_Edy": m_y, "M_Edz": m_z, "M_Rd": m_rd, "N_Rd": n_rd, "a": a,
        "UC": uc,
    }  # fmt: skip


def con_s2() -> Values:
    fcd = en1992_material.fcd_mpa(20)
    beam = {"steel_mm2": 1257, "fyd_mpa": en1992_material.fyd_mpa(500), "b_mm": 300, "d_mm": 450, "fcd_mpa": fcd}
    x = en1992_slab.neutral_axis_mm(**beam)
    v = en1992_slab.shear_resistance_kn(fck_mpa=20, fcd_mpa=fcd, b_mm=300, d_mm=450, steel_mm2=1257)
    return {"z": 450 - 0.4 * x, "M_Rd": en1992_slab.bending_resistance_knm(**beam), "V_Rd_c": v}


def con_s3() -> Values:
    l_0 = en1992.effective_length_mm(2600, beta=0.85)
    e_tot = en1992.total_eccentricity_mm(m_ed_knm=0.0, n_ed_kn=1.0, e_i_mm=en1992.imperfection_mm(l_0))
    phi, fcd = en1992.wall_factor(e_tot_mm=e_tot, l0_mm=l_0, thickness_mm=180), en1992.fcd_plain_mpa(13)
    n_rd = en1992.wall_resistance_kn(phi=phi, length_mm=1000, thickness_mm=180, fcd_plain_mpa=fcd)
    return {"l_0": l_0, "e_tot": e_tot, "f_cd_pl": fcd, "Phi": phi, "N_Rd": n_rd}


def con_s4() -> Values:
    slab = {"fyd_mpa": en1992_material.fyd_mpa(240), "fcd_mpa": en1992_material.fcd_mpa(13), "steel_mm2": 523.6, "b_mm": 1000, "d_mm": 95}
    return {"x": en1992_slab.neutral_axis_mm(**slab), "M_Rd": en1992_slab.bending_resistance_knm(**slab)}


def mat_s1() -> Values:
    grades = {row.grade: row for row in DATA.grades}
    concrete, steel = ("K225", "K300", "B22.5"), ("QR24", "QR40", "FeB400")
    fck, fyk = ([grades[name].strength_mpa for name in names] for names in (concrete, steel))
    prescribed = [grades[name].design_mpa for name in steel]
    return {
        "f_ck": fck,
        "f_cd": en1992_material.fcd_mpa(fck),
        "f_yk": fyk,
        "f_yd": en1992_material.fyd_mpa(fyk, prescribed_mpa=prescribed),
    }


def ste_s1() -> Values:
    n_cr = en1993.critical_force_kn(second_moment_mm4=[25.1e6, 9.246e6], buckling_length_mm=3200)
    lam = en1993.relative_slenderness(area_mm2=4525, fy_mpa=235, n_cr_kn=n_cr)
    chi = en1993.buckling_reduction(lam, imperfection=[en1993.IMPERFECTION["b"], en1993.IMPERFECTION["c"]])
    return {"N_cr": n_cr, "chi": chi, "N_b_Rd": en1993.buckling_resistance_kn(chi=chi.min(), area_mm2=4525, fy_mpa=235)}


def ste_s2() -> Values:
    n_cr = en1993.critical_force_kn(second_moment_mm4=3830 * 38.3**2, buckling_length_mm=4000)
    lam = en1993.relative_slenderness(area_mm2=3830, fy_mpa=275, n_cr_kn=n_cr)
    chi = en1993.buckling_reduction(lam, imperfection=0.49)
    n_rd = en1993.buckling_resistance_kn(chi=chi, area_mm2=3830, fy_mpa=275)
    return {"lambda_bar": lam, "Phi": en1993.buckling_auxiliary(lam, imperfection=0.49), "chi": chi, "N_b_Rd": n_rd}


def tim_s1() -> Values:
    n_d = en1990.permanent_maximum(30.0, gamma_sup=1.35, gamma_inf=0.9) + 1.5 * 50
    lam = en1995.slenderness(length_mm=3750, depth_mm=[200, 150])
    rel = en1995.relative_slenderness(lam[1], fc0k_mpa=18, e005_mpa=6000)
    k_c, fd = en1995.buckling_factor(rel), en1995.design_strength_mpa(18, k_mod=0.8, gamma_m=1.3)
    use = n_d / en1995.column_resistance_kn(k_c=k_c, area_mm2=30000, fc0d_mpa=fd)
    k = en1995.buckling_auxiliary(rel)
    return {
        "N_d": n_d, "lambda": lam, "f_c0d": fd, "lambda_rel_z": rel, "k_z": k, "k_cz": k_c, "sigma": n_d / 30, "utilisation": use,
    }  # fmt: skip


def tim_s2() -> Values:
    lam = en1995.slenderness(length_mm=3200, depth_mm=[175, 75])
    rel = en1995.relative_slenderness(lam, fc0k_mpa=21, e005_mpa=7400)
    k_c = en1995.buckling_factor(rel)
    fc, fm = (en1995.design_strength_mpa(fk, k_mod=0.6, gamma_m=1.3) for fk in (21, 24))
    moment = en1995.bending_ratio(m_ed_knm=1.92, width_mm=75, depth_mm=175, fmd_mpa=fm)
    stud = {"n_ed_kn": 10, "area_mm2": 75 * 175, "fc0d_mpa": fc, "k_cy": k_c[0], "k_cz": k_c[1]}
    axial, both = en1995.stability_utilisation(**stud), en1995.stability_utilisation(bending_y=moment, **stud)
    return {
        "f_c0d": fc, "f_myd": fm, "lambda": lam, "lambda_rel": rel, "k_c": k_c,
        "M": en1996_lateral.strip_moment_knm(load_kn_m2=1.5, span_m=3.2), "UC axial": axial, "UC both": both,
    }  # fmt: skip


def fnd_s1() -> Values:
    one, two, three = np.array([[16, 14], [14, 12], [12, 11]])
    tip = nen9997_pile.tip_resistance_mpa(qc_1_mpa=one, qc_2_mpa=two, qc_3_mpa=three, alpha_p=0.7)
    shaft = nen9997_pile.shaft_resistance_kn(qc_mean_mpa=[10, 9], alpha_s=0.01, perimeter_m=1.16, length_m=3)
    r_cal = nen9997_pile.calculated_resistance_kn(tip_mpa=tip, tip_area_m2=0.29**2, shaft_kn=shaft)
    n, xi_3, xi_4 = DATA.xi_table(stiff=False)
    xi = {"xi_3": nen9997_pile.xi_factor(2, table_n=n, table_xi=xi_3), "xi_4": nen9997_pile.xi_factor(2, table_n=n, table_xi=xi_4)}
    r_k = nen9997_pile.characteristic_resistance_kn(r_cal, **xi)
    r_d = nen9997_pile.design_resistance_kn(r_k)
    f_nk = nen9997_pile.negative_friction_kn(perimeter_m=1.16, coefficient=0.25, stress_integral_kn_m=328.0)
    uc = nen9997_pile.pile_utilisation(f_d_kn=450, f_nk_d_kn=f_nk, r_d_kn=r_d)
    return {"q_b_max": tip[0], "R_c_cal": r_cal, "R_c_k": r_k, "R_c_d": r_d, "F_nk": f_nk, "UC": uc}


def fnd_s2() -> Values:
    phi, gamma = nen9997_footing.design_angle_deg(25), 18 / nen9997_footing.GAMMA_WEIGHT
    soil = {"phi_d_deg": phi, "overburden_d_kpa": 0.8 * gamma, "gamma_d_kn_m3": gamma}
    stress = nen9997_footing.drained_stress_kpa(effective_width_m=0.6, **soil)
    r_d = nen9997_footing.footing_resistance_kn(stress_kpa=stress, effective_width_m=0.6)
    return {
        "phi_d": phi, "N_q": nen9997_footing.overburden_factor(phi), "N_gamma": nen9997_footing.weight_factor(phi), "q_d": 0.8 * gamma,
        "sigma": stress, "R_d": r_d, "UC": nen9997_footing.bearing_utilisation(v_d_kn=80, r_d_kn=r_d),
    }  # fmt: skip


def sys_s1() -> Values:
    return {f"{n} spans": uniform_reactions(np.full(n, 5.4)) / 5.4 for n in (2, 3, 4)}


def sys_s2() -> Values:
    g_old = 4.2 * (3 * 4.75 + 3.9) + 4 * 2.6 * 3.96
    g_new = g_old + 4.2 * (-0.8 + 0.5 + 0.5 + 0.9 + 0.8)
    floor = 4.2 * 2.55

    def design(level: Any, permanent: float, storeys: int) -> float:
        factors = DATA.factor_set("nen8700", level, "CC2")
        return float(en1990.design_axial_force(permanent, np.full(storeys, floor), psi0=0.4, factors=factors).n_kn)

    loads = {"permanent_old": g_old, "imposed_old": 3 * floor, "permanent_new": g_new, "imposed_new": 4 * floor}
    return {
        "G_old": g_old, "Q_old": 3 * floor, "G_new": g_new, "Q_new": 4 * floor, "N_old nieuw": design("nieuwbouw", g_old, 3),
        "N_new nieuw": design("nieuwbouw", g_new, 4), "N_old verbouw": design("verbouw", g_old, 3),
        "N_new verbouw": design("verbouw", g_new, 4), "r_char": nen9997_comparison.load_ratio(**loads),
        "r_psi": nen9997_comparison.load_ratio(psi=0.4, **loads),
        "r_factored": design("verbouw", g_new, 4) / design("nieuwbouw", g_old, 3),
    }  # fmt: skip


def sys_s3() -> Values:
    city = {"wind_speed_m_s": en1991_1_4.WIND_SPEED_M_S["II"], "terrain": en1991_1_4.TERRAINS["bebouwd"]}
    height, n_kn = np.array([11.2, 14.3]), np.array([1400.0, 1500.0])
    wind = en1991_1_4.wind_on_block(height_m=height, width_m=48, depth_m=10, **city)
    force, moment = wind.force_kn / 9, wind.base_moment_knm / 9
    e = 1.4 * moment / n_kn
    # l_c = l - 2 e, what a stress block leaves of 9 m
    return {
        "q_p": en1991_1_4.peak_velocity_pressure(height, **city), "F": force, "M": moment, "e": e,
        "l_c": 9.0 * en1992.section_factor(e_mm=1000 * e[1], thickness_mm=9000), "M ratio": moment[1] / moment[0],
    }  # fmt: skip


REL = "rel"
CASES = {
    "ACT-S1": Case(STUDIO + "check-en1990.mjs", {REL: 1e-3}, act_s1, {"6.10a": 17.7, "6.10b": [20.7, 18.0], "governing": 20.7}),
    "ACT-S2": Case(
        "TeachBooks vademecum, table NB.5", {"abs": 0.006}, act_s2,
        {
            "II onbebouwd": [0.66, 0.85, 0.98, 1.07, 1.2], "II bebouwd": [0.58, 0.68, 0.8, 0.9, 1.03],
            "III onbebouwd": [0.54, 0.7, 0.8, 0.88, 0.99], "I kust": [1.37, 1.58, 1.71, 1.8, 1.94],
        },
    ),
    "ACT-S3": Case(STUDIO + "check-en1991.mjs", {REL: 2e-3}, act_s3, {"q_p": 0.8525, "F": 113.0, "M": 565.2}),
    "ACT-S4": Case(
        STUDIO + "check-en1991.mjs", {REL: 2e-3}, act_s4, {"l_s": 7.0, "mu_w": 2.057, "mu_s": 0.7314, "mu_2": 2.789, "s": 1.952}
    ),
    "MAS-S1": Case(
        "J. Roberts, masonry design examples to EC6, V7a", {REL: 0.012}, mas_s1,
        {"t_ef": 126, "slenderness": 19.84, "e_init": 5.56, "e_i": 22.23, "Phi_i": 0.556, "Phi_m": 0.62, "f_k": 3.0, "N_Rd": 62.2},
    ),
    "MAS-S2": Case(
        STUDIO + "check-metselwerkwand.mjs, S1", {REL: 6e-3}, lambda: {"f_k": kzs(), **masonry(fk=kzs())},
        {
            "f_k": 5.94, "f_d": 3.493, "h_ef": 2100, "Phi_i": 0.9, "Phi_m": 0.605, "N_Rd_m": 253.6, "UC": 0.79, "h_ef_2": 2800,
            "e_mk_2": 10, "Phi_m2": 0.36, "N_Rd_m2": 151.07, "UC_2": 1.32,
        },
    ),
    "MAS-S3": Case(
        STUDIO + "check-metselwerkwand.mjs, S2", {REL: 6e-3}, lambda: masonry(fk=kzs(), e_head=5000 / 200),
        {"e_i": 29.67, "Phi_i": 0.506, "N_Rd_i": 211.91, "UC_i": 0.94},
    ),
    "MAS-S4": Case(
        STUDIO + "check-metselwerkwand.mjs, S7", {REL: 0.01}, mas_s4,
        {"rho_4": 0.357, "h_ef": 1000, "Phi_m": 0.839, "UC": 0.57, "UC_2": 0.62},
    ),
    "MAS-S5": Case("Calduran, table of f_k for thin layer mortar", {REL: 2e-3}, mas_s5, {"f_k": [12.34, 16.43]}),
    "MAS-S6": Case(
        STUDIO + "check-en1996.mjs", {REL: 5e-3}, mas_s6, {"sigma_d": 0.267, "f_vk": 0.307, "f_vd": 0.18, "V_Rd": 54.1}
    ),
    "CON-S1": Case(
        STUDIO + "check-betonkolom.mjs, S1", {REL: 3e-3, "M_Rd": 0.015}, con_s1,
        {
            "omega": 0.446, "lambda": 34.64, "lambda_lim_y": 33.14, "lambda_lim_z": 21.17, "K_r": 0.9142, "K_phi": 1.404, "d_eff": 285,
            "e_2y": 29.6, "e_2z": 33.31, "M_2y": 35.53, "M_2z": 39.97, "M_Edy": 78.03, "M_Edz": 60.47, "M_Rd": 200.0, "N_Rd": 3543,
            "a": 1.199, "UC": 0.513,
        },
    ),
    "CON-S2": Case(STUDIO + "check-en1992.mjs", {REL: 5e-3}, con_s2, {"z": 381.7, "M_Rd": 208.6, "V_Rd_c": 71.57}),
    "CON-S3": Case(
        OWN + "closed formula; a numerical second-order analysis gives Phi 0.830", {REL: 2e-3}, con_s3,
        {"l_0": 2210, "e_tot": 5.525, "f_cd_pl": 6.933, "Phi": 0.8245, "N_Rd": 1028.9},
    ),
    "CON-S4": Case(OWN + "stress block; structuralcodes 0.7.2 agrees", {REL: 0.02}, con_s4, {"x": 15.76, "M_Rd": 9.69}),
    "MAT-S1": Case(
        "Amsterdam, automatisch-toetsmodel-plaatbruggen, tables of concrete and steel grades", {REL: 5e-3, "abs": 0.1}, mat_s1,
        {"f_ck": [13, 19, 18], "f_cd": [8.7, 12.7, 12], "f_yk": [240, 400, 400], "f_yd": [209, 330, 348]},
    ),
    "STE-S1": Case(
        STUDIO + "check-stalenkolom.mjs", {REL: 2e-3}, ste_s1, {"N_cr": [5080, 1871], "chi": [0.9026, 0.6912], "N_b_Rd": 735.0}
    ),
    "STE-S2": Case(
        "steelcalculator.app, worked example", {REL: 3e-3}, ste_s2, {"lambda_bar": 1.203, "Phi": 1.4694, "chi": 0.432, "N_b_Rd": 455}
    ),
    "TIM-S1": Case(
        "Porteous and Kermani, Structural Timber Design to Eurocode 5, example 5.7.1 (k_c and utilisation: own)", {REL: 5e-3}, tim_s1,
        {
            "N_d": 115.5, "lambda": [64.95, 86.6], "f_c0d": 11.08, "lambda_rel_z": 1.51, "k_z": 1.761, "k_cz": 0.375, "sigma": 3.85,
            "utilisation": 0.927,
        },
    ),
    "TIM-S2": Case(
        STUDIO + "check-kolom.mjs", {REL: 6e-3, "abs": 6e-3}, tim_s2,
        {
            "f_c0d": 9.7, "f_myd": 11.08, "lambda": [63.34, 147.8], "lambda_rel": [1.074, 2.506], "k_c": [0.63, 0.147], "M": 1.92,
            "UC axial": [0.12, 0.53], "UC both": [0.58, 0.85],
        },
    ),
    "FND-S1": Case(
        STUDIO + "check-paal.mjs, S1", {REL: 2e-3}, fnd_s1,
        {"q_b_max": 9.45, "R_c_cal": [1143, 1020], "R_c_k": 772.5, "R_c_d": 643.7, "F_nk": 95.12, "UC": 0.847},
    ),
    "FND-S2": Case(
        STUDIO + "check-en1997.mjs", {REL: 4e-3}, fnd_s2,
        {"phi_d": 22.07, "N_q": 7.88, "N_gamma": 5.58, "q_d": 13.09, "sigma": 130.5, "R_d": 78.3, "UC": 1.02},
    ),
    "SYS-S1": Case(
        OWN + "PyNiteFEA 3.2; the textbook coefficients are the same", {REL: 2e-3}, sys_s1,
        {"2 spans": [0.375, 1.25, 0.375], "3 spans": [0.4, 1.1, 1.1, 0.4], "4 spans": [0.3929, 1.1429, 0.9286, 1.1429, 0.3929]},
    ),
    "SYS-S2": Case(
        OWN + "closed form", {REL: 2e-3}, sys_s2,
        {
            "G_old": 117.41, "Q_old": 32.13, "G_new": 125.39, "Q_new": 42.84, "N_old nieuw": 179.45, "N_new nieuw": 195.45,
            "N_old verbouw": 169.35, "N_new verbouw": 185.29, "r_char": 1.125, "r_psi": 1.094, "r_factored": 1.033,
        },
    ),
    "SYS-S3": Case(
        OWN + "closed form", {REL: 3e-3}, sys_s3,
        {
            "q_p": [0.714, 0.788], "F": [47.32, 67.53], "M": [265.0, 482.8], "e": [0.265, 0.451], "l_c": 8.1, "M ratio": 1.822,
        },
    ),
}  # fmt: skip
FAMILIES = {"ACT": 4, "MAS": 6, "CON": 4, "MAT": 1, "STE": 2, "TIM": 2, "FND": 2, "SYS": 3}


def test_every_case_is_in_the_table() -> None:
    assert list(CASES) == [f"{family}-S{n}" for family, count in FAMILIES.items() for n in range(1, count + 1)]


@pytest.mark.parametrize(("name", "quantity"), [(name, quantity) for name, case in CASES.items() for quantity in case.expected])
def test_golden(name: str, quantity: str) -> None:
    case = CASES[name]
    found = np.asarray(case.found()[quantity], dtype=float)
    rel = case.tolerance.get(quantity, case.tolerance.get(REL, 0.0))
    assert found == pytest.approx(np.asarray(case.expected[quantity], dtype=float), rel=rel, abs=case.tolerance.get("abs", 0.0))


if __name__ == "__main__":
    for name, case in CASES.items():
        found = case.found()
        print(name, f"({case.source})")
        for quantity, expected in case.expected.items():
            print(f"  {quantity}: expected {expected}, found {np.round(np.asarray(found[quantity], dtype=float), 4).tolist()}")
