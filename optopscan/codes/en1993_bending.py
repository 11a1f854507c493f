"""EN 1993-1-1: section class, bending, shear and their interaction with axial force.

Units of the standard: mm, N/mm2; forces kN, moments kNm. Every argument broadcasts,
nothing is raised, ``nan`` in gives ``nan`` out. A class 4 section is outside these
functions and gives ``nan``.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from optopscan.codes.en1993 import E_STEEL_MPA, FloatArray

G_STEEL_MPA = 81_000.0
SLENDER_WEB = 72.0
"""h_w / t_w over epsilon from which shear buckling must be checked (6.2.6(6), eta = 1)."""


def _f(value: npt.ArrayLike) -> FloatArray:
    return np.asarray(value, dtype=np.float64)


def epsilon(fy_mpa: npt.ArrayLike) -> FloatArray:
    """Return sqrt(235 / f_y) [-]. EN 1993-1-1:2005, table 5.2.

    Formula
    -------
    eps = sqrt(235 / fy_mpa)
    """
    result: FloatArray = np.sqrt(235.0 / _f(fy_mpa))
    return result


def _class(slenderness: FloatArray, limits: tuple[npt.ArrayLike, npt.ArrayLike, npt.ArrayLike]) -> FloatArray:
    one, two, three = (_f(x) for x in limits)
    result = np.where(slenderness <= one, 1.0, np.where(slenderness <= two, 2.0, np.where(slenderness <= three, 3.0, 4.0)))
    return np.where(np.isnan(slenderness + one + two + three), np.nan, result)


def outstand_class(c_over_t: npt.ArrayLike, *, fy_mpa: npt.ArrayLike) -> FloatArray:
    """Return the class (1 to 4) of a flange outstand in even compression.

    EN 1993-1-1:2005, table 5.2 sheet 2: 9, 10 and 14 epsilon. Rises with c / t and f_y.

    Formula
    -------
    eps = sqrt(235 / fy_mpa)
    row = 1 if c_over_t <= 9 * eps else 2 if c_over_t <= 10 * eps else 3 if c_over_t <= 14 * eps else 4
    """
    e = epsilon(fy_mpa)
    return _class(_f(c_over_t) + 0.0 * e, (9.0 * e, 10.0 * e, 14.0 * e))


def internal_class(
    c_over_t: npt.ArrayLike, *, fy_mpa: npt.ArrayLike, compressed_share: npt.ArrayLike = 1.0, stress_ratio: npt.ArrayLike = 1.0
) -> FloatArray:
    """Return the class (1 to 4) of a web or tube side.

    EN 1993-1-1:2005, table 5.2 sheet 1; even compression by default (33, 38, 42 epsilon),
    pure bending with 0.5 and -1 (72, 83, 124).

    Formula
    -------
    c = c_over_t * sqrt(fy_mpa / 235)
    one = 396 / (13 * compressed_share - 1) if compressed_share > 0.5 else 36 / compressed_share
    three = 42 / (0.67 + 0.33 * stress_ratio) if stress_ratio > -1 else 62 * (1 - stress_ratio) * sqrt(-stress_ratio)
    row = 1 if c <= one else 2 if c <= one * (456 / 396 if compressed_share > 0.5 else 41.5 / 36) else 3 if c <= three else 4

    Parameters
    ----------
    c_over_t, fy_mpa
        Flat width over thickness [-] and yield strength [N/mm2].
    compressed_share
        alpha: compressed share of the width in the plastic state, 0 to 1.
    stress_ratio
        psi: elastic stress at the other edge over that at the most compressed one.
    """
    e, a, psi = epsilon(fy_mpa), _f(compressed_share), np.maximum(_f(stress_ratio), -3.0)
    mostly = a > 0.5
    over = np.where(mostly, 13.0 * a - 1.0, 1.0)
    under = np.where(mostly, 1.0, np.maximum(a, 1e-9))
    first = np.where(mostly, 396.0 / over, 36.0 / under) * e
    second = np.where(mostly, 456.0 / over, 41.5 / under) * e
    falling = np.maximum(-psi, 0.0)
    third = np.where(psi > -1.0, 42.0 / np.where(psi > -1.0, 0.67 + 0.33 * psi, 1.0), 62.0 * (1.0 - psi) * np.sqrt(falling)) * e
    return _class(_f(c_over_t) + 0.0 * (e + a + psi), (first, second, third))


def round_tube_class(d_over_t: npt.ArrayLike, *, fy_mpa: npt.ArrayLike) -> FloatArray:
    """Return the class (1 to 4) of a round tube: 50, 70, 90 epsilon^2.

    EN 1993-1-1:2005, table 5.2 sheet 3.

    Formula
    -------
    eps = sqrt(235 / fy_mpa)
    row = 1 if d_over_t <= 50 * eps ** 2 else 2 if d_over_t <= 70 * eps ** 2 else 3 if d_over_t <= 90 * eps ** 2 else 4
    """
    e2 = epsilon(fy_mpa) ** 2
    return _class(_f(d_over_t) + 0.0 * e2, (50.0 * e2, 70.0 * e2, 90.0 * e2))


def i_section_class(
    *,
    height_mm: npt.ArrayLike,
    width_mm: npt.ArrayLike,
    web_mm: npt.ArrayLike,
    flange_mm: npt.ArrayLike,
    root_mm: npt.ArrayLike,
    area_mm2: npt.ArrayLike,
    fy_mpa: npt.ArrayLike,
    n_ed_kn: npt.ArrayLike,
) -> FloatArray:
    """Return the class (1 to 4) of a rolled I section under compression with bending about y.

    EN 1993-1-1:2005, 5.5 with the moment as large as N leaves room for: alpha = (1 + N /
    (c t_w f_y)) / 2, psi = 2 N / (A f_y) - 1. N from the squash load on gives even compression,
    the worst; N = 0 pure bending. Never falls with N; with f_y it may, as a given N then fills less of the web.

    Formula
    -------
    alpha = min((1 + 1000 * n_ed_kn / ((height_mm - 2 * (flange_mm + root_mm)) * web_mm * fy_mpa)) / 2, 1)
    psi = min(2000 * n_ed_kn / (area_mm2 * fy_mpa) - 1, 1)
    web = class of (height_mm - 2 * (flange_mm + root_mm)) / web_mm for alpha, psi and fy_mpa
    flange = class of the outstand (width_mm - web_mm - 2 * root_mm) / (2 * flange_mm) for fy_mpa
    row = max(web, flange)
    """
    h, b, tw, tf, r = (_f(x) for x in (height_mm, width_mm, web_mm, flange_mm, root_mm))
    fy, n = _f(fy_mpa), np.maximum(_f(n_ed_kn), 0.0) * 1000.0
    web = h - 2.0 * (tf + r)
    alpha = np.minimum(0.5 * (1.0 + n / (web * tw * fy)), 1.0)
    psi = np.minimum(2.0 * n / (_f(area_mm2) * fy) - 1.0, 1.0)
    web_class = internal_class(web / tw, fy_mpa=fy, compressed_share=alpha, stress_ratio=psi)
    return np.maximum(web_class, outstand_class(0.5 * (b - tw - 2.0 * r) / tf, fy_mpa=fy))


def moment_resistance_knm(
    *,
    w_pl_mm3: npt.ArrayLike,
    w_el_mm3: npt.ArrayLike,
    fy_mpa: npt.ArrayLike,
    section_class: npt.ArrayLike,
    gamma_m0: float = 1.0,
) -> FloatArray:
    """Return M_c,Rd [kNm]: plastic in class 1 and 2, elastic in 3, nan in 4.

    EN 1993-1-1:2005, (6.13) and (6.14). Rises with modulus and f_y.

    Formula
    -------
    M_Rd = (w_pl_mm3 if section_class <= 2 else w_el_mm3 if section_class <= 3 else nan) * fy_mpa / gamma_m0 / 1e6
    """
    c = _f(section_class)
    modulus = np.where(c <= 2.0, _f(w_pl_mm3), np.where(c <= 3.0, _f(w_el_mm3), np.nan))
    result: FloatArray = modulus * _f(fy_mpa) / gamma_m0 / 1e6
    return result


def shear_resistance_kn(
    *,
    shear_area_mm2: npt.ArrayLike,
    fy_mpa: npt.ArrayLike,
    web_height_mm: npt.ArrayLike,
    web_mm: npt.ArrayLike,
    gamma_m0: float = 1.0,
) -> FloatArray:
    """Return V_pl,Rd = A_v f_y / sqrt(3) [kN], nan where the web may buckle in shear.

    EN 1993-1-1:2005, (6.18) and (6.22): h_w / t_w over 72 epsilon asks for EN 1993-1-5.
    Rises with A_v and f_y up to that limit.

    Formula
    -------
    stocky = web_height_mm / web_mm <= SLENDER_WEB * sqrt(235 / fy_mpa)
    V_Rd = shear_area_mm2 * fy_mpa / sqrt(3) / gamma_m0 / 1000 if stocky else nan
    """
    fy = _f(fy_mpa)
    stocky = _f(web_height_mm) / _f(web_mm) <= SLENDER_WEB * epsilon(fy)
    return np.where(stocky, _f(shear_area_mm2) * fy / np.sqrt(3.0) / gamma_m0 / 1000.0, np.nan)


def moment_with_shear_knm(
    *,
    m_c_rd_knm: npt.ArrayLike,
    w_pl_y_mm3: npt.ArrayLike,
    web_height_mm: npt.ArrayLike,
    web_mm: npt.ArrayLike,
    fy_mpa: npt.ArrayLike,
    v_ed_kn: npt.ArrayLike,
    v_pl_rd_kn: npt.ArrayLike,
    gamma_m0: float = 1.0,
) -> FloatArray:
    """Return M_y,V,Rd of an I section where shear acts too [kNm].

    EN 1993-1-1:2005, (6.30): W_pl less rho A_w^2 / (4 t_w), rho = (2 V / V_pl - 1)^2 from half
    the shear resistance on; nothing is left where V exceeds V_pl.

    Constant to V = V_pl / 2, then falls with V.

    Formula
    -------
    rho = max(2 * abs(v_ed_kn) / v_pl_rd_kn - 1, 0) ** 2
    left = max(w_pl_y_mm3 - rho * web_height_mm ** 2 * web_mm / 4, 0) * fy_mpa / gamma_m0 / 1e6
    M_Rd = 0 if abs(v_ed_kn) > v_pl_rd_kn else min(left, m_c_rd_knm) if rho > 0 else m_c_rd_knm
    """
    v, v_rd = np.abs(_f(v_ed_kn)), _f(v_pl_rd_kn)
    rho = np.maximum(2.0 * v / v_rd - 1.0, 0.0) ** 2
    lost = rho * _f(web_height_mm) ** 2 * _f(web_mm) / 4.0
    left = np.maximum(_f(w_pl_y_mm3) - lost, 0.0) * _f(fy_mpa) / gamma_m0 / 1e6
    free = np.where(rho > 0.0, np.minimum(left, _f(m_c_rd_knm)), _f(m_c_rd_knm) + 0.0 * left)
    return np.where(v > v_rd, 0.0, free)


def moment_with_axial_knm(
    *,
    m_pl_y_knm: npt.ArrayLike,
    m_pl_z_knm: npt.ArrayLike,
    area_mm2: npt.ArrayLike,
    width_mm: npt.ArrayLike,
    flange_mm: npt.ArrayLike,
    fy_mpa: npt.ArrayLike,
    n_ed_kn: npt.ArrayLike,
    gamma_m0: float = 1.0,
) -> tuple[FloatArray, FloatArray]:
    """Return M_N,y,Rd and M_N,z,Rd of a class 1 or 2 I section [kNm].

    EN 1993-1-1:2005, (6.36) to (6.38) with a = (A - 2 b t_f) / A <= 0.5. Never rises with N.

    Formula
    -------
    n = min(1000 * abs(n_ed_kn) * gamma_m0 / (area_mm2 * fy_mpa), 1)
    a = min((area_mm2 - 2 * width_mm * flange_mm) / area_mm2, 0.5)
    M_y = min(m_pl_y_knm * (1 - n) / (1 - 0.5 * a), m_pl_y_knm)
    M_z = m_pl_z_knm * (1 - ((n - a) / (1 - a)) ** 2 if n > a else 1)
    """
    area = _f(area_mm2)
    n = np.clip(np.abs(_f(n_ed_kn)) * 1000.0 * gamma_m0 / (area * _f(fy_mpa)), 0.0, 1.0)
    a = np.minimum((area - 2.0 * _f(width_mm) * _f(flange_mm)) / area, 0.5)
    m_y, m_z = _f(m_pl_y_knm), _f(m_pl_z_knm)
    about_y = np.minimum(m_y * (1.0 - n) / (1.0 - 0.5 * a), m_y)
    # nan is not more than a: it must not leave the whole resistance
    about_z = m_z * np.where(n <= a, 1.0, 1.0 - ((n - a) / (1.0 - a)) ** 2)
    return about_y, about_z


def plastic_utilisation(
    *, m_y_knm: npt.ArrayLike, m_z_knm: npt.ArrayLike, m_ny_rd_knm: npt.ArrayLike, m_nz_rd_knm: npt.ArrayLike, n_ratio: npt.ArrayLike
) -> FloatArray:
    """Return (M_y / M_N,y)^2 + (M_z / M_N,z)^beta of an I section [-], beta = max(1, 5 n).

    EN 1993-1-1:2005, (6.41). inf where no moment resistance is left and a moment acts.

    Formula
    -------
    uc = (abs(m_y_knm) / m_ny_rd_knm) ** 2 + (abs(m_z_knm) / m_nz_rd_knm) ** max(1, 5 * n_ratio)

    Parameters
    ----------
    m_y_knm, m_z_knm, m_ny_rd_knm, m_nz_rd_knm
        Moments and `moment_with_axial_knm` [kNm].
    n_ratio
        N_Ed / N_pl,Rd [-].
    """
    beta = np.maximum(1.0, 5.0 * _f(n_ratio))
    with np.errstate(divide="ignore", invalid="ignore"):
        y = np.where(_f(m_y_knm) == 0.0, 0.0 * _f(m_ny_rd_knm), np.abs(_f(m_y_knm)) / _f(m_ny_rd_knm)) ** 2
        z = np.where(_f(m_z_knm) == 0.0, 0.0 * _f(m_nz_rd_knm), np.abs(_f(m_z_knm)) / _f(m_nz_rd_knm)) ** beta
    result: FloatArray = y + z
    return result


def linear_utilisation(
    *,
    n_ed_kn: npt.ArrayLike,
    n_rd_kn: npt.ArrayLike,
    m_y_knm: npt.ArrayLike,
    m_y_rd_knm: npt.ArrayLike,
    m_z_knm: npt.ArrayLike = 0.0,
    m_z_rd_knm: npt.ArrayLike = np.inf,
) -> FloatArray:
    """Return N / N_Rd + M_y / M_y,Rd + M_z / M_z,Rd [-].

    EN 1993-1-1:2005, (6.2), the safe form for every class, and (6.42) for class 3.

    Formula
    -------
    uc = abs(n_ed_kn) / n_rd_kn + abs(m_y_knm) / m_y_rd_knm + abs(m_z_knm) / m_z_rd_knm
    """
    result: FloatArray = np.abs(_f(n_ed_kn)) / _f(n_rd_kn) + np.abs(_f(m_y_knm)) / _f(m_y_rd_knm) + np.abs(_f(m_z_knm)) / _f(m_z_rd_knm)
    return result


def critical_moment_knm(
    *,
    i_z_mm4: npt.ArrayLike,
    i_t_mm4: npt.ArrayLike,
    i_w_mm6: npt.ArrayLike,
    length_mm: npt.ArrayLike,
    c1: npt.ArrayLike = 1.0,
    c2: npt.ArrayLike = 0.0,
    load_height_mm: npt.ArrayLike = 0.0,
) -> FloatArray:
    """Return M_cr of a doubly symmetric section held sideways and against twist at both ends [kNm].

    Elastic theory (three-factor formula): C_1 pi^2 E I_z / L^2 (sqrt(I_w / I_z + L^2 G I_t /
    (pi^2 E I_z) + (C_2 z_g)^2) - C_2 z_g). Simple cases C_1, C_2: even moment 1.0, 0; even load
    1.13, 0.45; point load at mid-span 1.35, 0.55 (Dutch table NB.NB.1, from one open
    implementation).

    Falls with the length and with ``load_height``; rises with the stiffnesses and C_1.

    Formula
    -------
    N_z = pi ** 2 * E_STEEL_MPA * i_z_mm4 / length_mm ** 2
    root = sqrt(i_w_mm6 / i_z_mm4 + G_STEEL_MPA * i_t_mm4 / N_z + (c2 * load_height_mm) ** 2)
    M_cr = c1 * N_z * (root - c2 * load_height_mm) / 1e6

    Parameters
    ----------
    i_z_mm4, i_t_mm4, i_w_mm6
        Second moment [mm4], torsion [mm4] and warping [mm6] constants.
    length_mm
        Distance of the points held [mm].
    c1, c2
        Factors of the moment line and of the load height [-].
    load_height_mm
        z_g: height of the load above the shear centre, positive where it destabilises [mm].
    """
    i_z, length = _f(i_z_mm4), _f(length_mm)
    euler = np.pi**2 * E_STEEL_MPA * i_z / length**2
    arm = _f(c2) * _f(load_height_mm)
    root = np.sqrt(_f(i_w_mm6) / i_z + G_STEEL_MPA * _f(i_t_mm4) / euler + arm**2)
    result: FloatArray = _f(c1) * euler * (root - arm) / 1e6
    return result


def lateral_torsional_reduction(slenderness: npt.ArrayLike, *, height_over_width: npt.ArrayLike) -> FloatArray:
    """Return chi_LT of a rolled I section, general case [-].

    EN 1993-1-1:2005, (6.56), table 6.4: curve a to h / b = 2, b above; slenderness
    sqrt(W_y f_y / M_cr). Falls with the slenderness; 1 up to 0.2.

    Formula
    -------
    alpha = 0.21 if height_over_width <= 2 else 0.34
    Phi = 0.5 * (1 + alpha * (slenderness - 0.2) + slenderness ** 2)
    chi = 1 if slenderness <= 0.2 else min(1 / (Phi + sqrt(max(Phi ** 2 - slenderness ** 2, 0))), 1)
    """
    ratio = _f(height_over_width)
    alpha = np.where(ratio <= 2.0, 0.21, 0.34) + 0.0 * ratio
    return _reduction(_f(slenderness), alpha, plateau=0.2, beta=1.0)


def lateral_torsional_reduction_rolled(slenderness: npt.ArrayLike, *, height_over_width: npt.ArrayLike) -> FloatArray:
    """Return chi_LT of a rolled I section by the method for rolled sections [-].

    EN 1993-1-1:2005, (6.57), table 6.5: curve b to h / b = 2, c above, plateau 0.4, beta 0.75,
    at most 1 / slenderness^2; without the factor f.

    Formula
    -------
    alpha = 0.34 if height_over_width <= 2 else 0.49
    Phi = 0.5 * (1 + alpha * (slenderness - 0.4) + 0.75 * slenderness ** 2)
    chi = 1 if slenderness <= 0.4 else min(1 / (Phi + sqrt(max(Phi ** 2 - 0.75 * slenderness ** 2, 0))), 1, 1 / slenderness ** 2)
    """
    lam, ratio = _f(slenderness), _f(height_over_width)
    alpha = np.where(ratio <= 2.0, 0.34, 0.49) + 0.0 * ratio
    with np.errstate(divide="ignore"):
        return np.minimum(_reduction(lam, alpha, plateau=0.4, beta=0.75), 1.0 / lam**2)


def _reduction(lam: FloatArray, alpha: FloatArray, *, plateau: float, beta: float) -> FloatArray:
    phi = 0.5 * (1.0 + alpha * (lam - plateau) + beta * lam**2)
    chi = 1.0 / (phi + np.sqrt(np.maximum(phi**2 - beta * lam**2, 0.0)))
    return np.where(lam <= plateau, 1.0 + 0.0 * chi, np.minimum(chi, 1.0))


def buckling_moment_knm(*, chi_lt: npt.ArrayLike, w_y_mm3: npt.ArrayLike, fy_mpa: npt.ArrayLike, gamma_m1: float = 1.0) -> FloatArray:
    """Return M_b,Rd = chi_LT W_y f_y [kNm], W_y of the class. EN 1993-1-1:2005, (6.55).

    Formula
    -------
    M_Rd = chi_lt * w_y_mm3 * fy_mpa / gamma_m1 / 1e6
    """
    result: FloatArray = _f(chi_lt) * _f(w_y_mm3) * _f(fy_mpa) / gamma_m1 / 1e6
    return result
