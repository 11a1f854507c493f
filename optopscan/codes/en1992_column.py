"""EN 1992-1-1 sections 5.2 and 5.8: slender columns and reinforced walls by nominal curvature.

Lengths in mm (storey heights in m where the name says so), stresses in N/mm2, forces in
kN, moments in kNm; compression positive. A reinforced wall is a column with b = 1000 mm.
Every argument broadcasts; ``nan`` in gives ``nan`` out; nothing raises.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from optopscan.codes.en1992_material import E_S_MPA
from optopscan.codes.en1992_section import InteractionCurve, section_interval_kn
from optopscan.codes.interval import Interval, as_float, intersection, interval
from optopscan.model.arrays import FloatArray

THETA_0 = 1.0 / 200.0
N_BALANCED = 0.4
"""Relative axial force at the largest moment resistance (5.8.8.3(3))."""
A_DEFAULT, B_DEFAULT, C_DEFAULT = 0.7, 1.1, 0.7
"""Factors of the slenderness limit where creep, reinforcement and moment ratio are not known (5.8.3.1(1))."""
CURVATURE_SINE = 10.0
"""c of 5.8.8.2(4) for a sinusoidal curvature; 8 for a constant first order moment."""
CURVATURE_CONSTANT = 8.0
K_R_ROUNDS = 6
"""Each round narrows the gap to the exact upper bound several times; 6 leave some 0.01 %."""


def imperfection_inclination(*, height_m: npt.ArrayLike, members: npt.ArrayLike = 1.0) -> FloatArray:
    """Return the inclination theta_i = theta_0 alpha_h alpha_m [-].

    EN 1992-1-1:2004, (5.1): theta_0 = 1/200, alpha_h = 2 / sqrt(l) from 2/3 to 1,
    alpha_m = sqrt(0.5 (1 + 1/m)). Falls with height and number of members.

    Formula
    -------
    alpha_h = min(max(2 / sqrt(height_m), 2 / 3), 1)
    theta_i = THETA_0 * alpha_h * sqrt(0.5 * (1 + 1 / members))

    Parameters
    ----------
    height_m
        l [m]: the member for an isolated one, the building for a bracing system.
    members
        m, vertical members that contribute to the effect [-]; 1 for an isolated member.
    """
    alpha_h = np.clip(2.0 / np.sqrt(as_float(height_m)), 2.0 / 3.0, 1.0)
    result: FloatArray = THETA_0 * alpha_h * np.sqrt(0.5 * (1.0 + 1.0 / as_float(members)))
    return result


def imperfection_eccentricity_mm(*, inclination: npt.ArrayLike, l0_mm: npt.ArrayLike) -> FloatArray:
    """Return e_i = theta_i l_0 / 2 of an isolated member [mm].

    EN 1992-1-1:2004, (5.2); l_0 / 400 (`en1992.imperfection_mm`) is the simple upper value
    for walls and braced columns (5.2(9)). Rises with both.

    Formula
    -------
    e_i = inclination * l0_mm / 2
    """
    result: FloatArray = 0.5 * as_float(inclination) * as_float(l0_mm)
    return result


def gyration_mm(depth_mm: npt.ArrayLike, *, circular: npt.ArrayLike = False) -> FloatArray:
    """Return the radius of gyration of an uncracked section, h / sqrt(12) or D / 4 [mm].

    EN 1992-1-1:2004, 5.8.3.2(1). Rises with the depth.

    Formula
    -------
    i = depth_mm / 4 if circular else depth_mm / sqrt(12)
    """
    depth = as_float(depth_mm)
    return np.where(np.asarray(circular, dtype=np.bool_), depth / 4.0, depth / np.sqrt(12.0))


def slenderness(*, l0_mm: npt.ArrayLike, gyration_mm: npt.ArrayLike) -> FloatArray:
    """Return lambda = l_0 / i [-].

    EN 1992-1-1:2004, (5.14). Rises with l_0, falls with i.

    Formula
    -------
    lam = l0_mm / gyration_mm
    """
    result: FloatArray = as_float(l0_mm) / as_float(gyration_mm)
    return result


def mechanical_ratio(*, steel_mm2: npt.ArrayLike, area_mm2: npt.ArrayLike, fyd_mpa: npt.ArrayLike, fcd_mpa: npt.ArrayLike) -> FloatArray:
    """Return omega = A_s f_yd / (A_c f_cd) [-].

    EN 1992-1-1:2004, 5.8.3.1(1). Rises with steel, falls with concrete.

    Formula
    -------
    omega = steel_mm2 * fyd_mpa / (area_mm2 * fcd_mpa)
    """
    result: FloatArray = as_float(steel_mm2) * as_float(fyd_mpa) / (as_float(area_mm2) * as_float(fcd_mpa))
    return result


def relative_axial_force(*, n_ed_kn: npt.ArrayLike, area_mm2: npt.ArrayLike, fcd_mpa: npt.ArrayLike) -> FloatArray:
    """Return n = N_Ed / (A_c f_cd) [-].

    EN 1992-1-1:2004, 5.8.3.1(1). Rises with N, falls with area and strength.

    Formula
    -------
    n = 1000 * n_ed_kn / (area_mm2 * fcd_mpa)
    """
    result: FloatArray = 1000.0 * as_float(n_ed_kn) / (as_float(area_mm2) * as_float(fcd_mpa))
    return result


def limit_factor_a(phi_ef: npt.ArrayLike) -> FloatArray:
    """Return A = 1 / (1 + 0.2 phi_ef) [-]; EN 1992-1-1:2004, 5.8.3.1(1). Falls with creep.

    Formula
    -------
    A = 1 / (1 + 0.2 * phi_ef)
    """
    result: FloatArray = 1.0 / (1.0 + 0.2 * as_float(phi_ef))
    return result


def limit_factor_b(omega: npt.ArrayLike) -> FloatArray:
    """Return B = sqrt(1 + 2 omega) [-]; EN 1992-1-1:2004, 5.8.3.1(1). Rises with omega.

    Formula
    -------
    B = sqrt(1 + 2 * omega)
    """
    result: FloatArray = np.sqrt(1.0 + 2.0 * as_float(omega))
    return result


def limit_factor_c(*, m01_knm: npt.ArrayLike, m02_knm: npt.ArrayLike, braced: npt.ArrayLike = True) -> FloatArray:
    """Return C = 1.7 - M_01 / M_02, or 0.7 for an unbraced member or no moment [-].

    EN 1992-1-1:2004, 5.8.3.1(1): |M_02| >= |M_01|, same sign for single curvature. The
    moments hold the imperfection; a member with moments from imperfections only takes
    0.7. Falls as M_01 approaches M_02.

    Formula
    -------
    ratio = m01_knm / m02_knm if abs(m01_knm) <= abs(m02_knm) else m02_knm / m01_knm
    C = 1.7 - ratio if braced else C_DEFAULT

    Parameters
    ----------
    m01_knm, m02_knm
        First order end moments [kNm]; ordered here by size.
    braced
        Booleans.
    """
    one, two = as_float(m01_knm), as_float(m02_knm)
    small = np.where(np.abs(one) <= np.abs(two), one, two)
    large = np.where(np.abs(one) <= np.abs(two), two, one)
    ratio = small / np.where(large == 0.0, 1.0, large)
    usable = np.asarray(braced, dtype=np.bool_) & (large != 0.0)
    return np.where(np.isnan(one + two), np.nan, np.where(usable, 1.7 - ratio, C_DEFAULT))


def slenderness_limit(
    relative_axial_force: npt.ArrayLike, *, a: npt.ArrayLike = A_DEFAULT, b: npt.ArrayLike = B_DEFAULT, c: npt.ArrayLike = C_DEFAULT
) -> FloatArray:
    """Return lambda_lim = 20 A B C / sqrt(n) [-]: second order may be left out up to it.

    EN 1992-1-1:2004, (5.13N). ``inf`` without compression. Falls with n, rises with A, B
    and C.

    Formula
    -------
    lam_lim = 20 * a * b * c / sqrt(relative_axial_force) if relative_axial_force > 0 else inf
    """
    n = as_float(relative_axial_force)
    factor = 20.0 * as_float(a) * as_float(b) * as_float(c)
    limit = factor / np.sqrt(np.where(n > 0.0, n, 1.0))
    return np.where(np.isnan(n), np.nan, np.where(n > 0.0, limit, np.where(np.isnan(factor), np.nan, np.inf)))


def curvature_axial_factor(*, relative_axial_force: npt.ArrayLike, omega: npt.ArrayLike, n_balanced: float = N_BALANCED) -> FloatArray:
    """Return K_r = (n_u - n) / (n_u - n_bal), from 0 to 1 [-].

    EN 1992-1-1:2004, (5.36) with n_u = 1 + omega. 1 to the balanced force, then falls
    with n; rises with omega.

    Formula
    -------
    K_r = min(max((1 + omega - relative_axial_force) / (1 + omega - n_balanced), 0), 1)
    """
    n_u = 1.0 + as_float(omega)
    return np.clip((n_u - as_float(relative_axial_force)) / (n_u - n_balanced), 0.0, 1.0)


def curvature_creep_factor(*, fck_mpa: npt.ArrayLike, slenderness: npt.ArrayLike, phi_ef: npt.ArrayLike) -> FloatArray:
    """Return K_phi = 1 + beta phi_ef, at least 1 [-].

    EN 1992-1-1:2004, (5.37) with beta = 0.35 + f_ck / 200 - lambda / 150. Falls with the
    slenderness; rises with f_ck and, where beta is positive, with creep.

    Formula
    -------
    beta = 0.35 + fck_mpa / 200 - slenderness / 150
    K_phi = max(1 + beta * phi_ef, 1)
    """
    beta = 0.35 + as_float(fck_mpa) / 200.0 - as_float(slenderness) / 150.0
    return np.maximum(1.0 + beta * as_float(phi_ef), 1.0)


def nominal_curvature_per_mm(
    *, k_r: npt.ArrayLike, k_phi: npt.ArrayLike, fyd_mpa: npt.ArrayLike, effective_depth_mm: npt.ArrayLike
) -> FloatArray:
    """Return the curvature 1/r = K_r K_phi eps_yd / (0.45 d) [1/mm].

    EN 1992-1-1:2004, (5.34). Rises with K_r, K_phi and f_yd, falls with d.

    Formula
    -------
    curvature = k_r * k_phi * fyd_mpa / E_S_MPA / (0.45 * effective_depth_mm)

    Parameters
    ----------
    k_r, k_phi
        `curvature_axial_factor`, `curvature_creep_factor` [-].
    fyd_mpa
        f_yd [N/mm2].
    effective_depth_mm
        d = h / 2 + i_s with `en1992_section.bar_gyration_mm` (5.35) [mm].
    """
    yield_strain = as_float(fyd_mpa) / E_S_MPA
    result: FloatArray = as_float(k_r) * as_float(k_phi) * yield_strain / (0.45 * as_float(effective_depth_mm))
    return result


def second_order_eccentricity_mm(*, curvature_per_mm: npt.ArrayLike, l0_mm: npt.ArrayLike, c: npt.ArrayLike = CURVATURE_SINE) -> FloatArray:
    """Return e_2 = (1/r) l_0^2 / c [mm].

    EN 1992-1-1:2004, 5.8.8.2(3) and (4): c = 10, for a constant first order moment 8.
    Rises with curvature and l_0, falls with c.

    Formula
    -------
    e_2 = curvature_per_mm * l0_mm ** 2 / c
    """
    result: FloatArray = as_float(curvature_per_mm) * as_float(l0_mm) ** 2 / as_float(c)
    return result


def minimum_eccentricity_mm(depth_mm: npt.ArrayLike) -> FloatArray:
    """Return e_0 = max(h / 30, 20 mm) [mm].

    EN 1992-1-1:2004, 6.1(4). Rises with h.

    Formula
    -------
    e_0 = max(depth_mm / 30, 20)
    """
    return np.maximum(as_float(depth_mm) / 30.0, 20.0)


def equivalent_moment_knm(*, m01_knm: npt.ArrayLike, m02_knm: npt.ArrayLike) -> FloatArray:
    """Return M_0e = 0.6 M_02 + 0.4 M_01, at least 0.4 M_02 [kNm].

    EN 1992-1-1:2004, (5.32), with |M_02| >= |M_01| (ordered here) and M_02 taken positive.
    Rises with both.

    Formula
    -------
    M_02 = max(abs(m01_knm), abs(m02_knm))
    M_01 = min(abs(m01_knm), abs(m02_knm)) * sign(m01_knm * m02_knm)
    M_0e = max(0.6 * M_02 + 0.4 * M_01, 0.4 * M_02)
    """
    one, two = _ordered(m01_knm, m02_knm)
    return np.maximum(0.6 * two + 0.4 * one, 0.4 * two)


def _ordered(m01_knm: npt.ArrayLike, m02_knm: npt.ArrayLike) -> tuple[FloatArray, FloatArray]:
    """Return the smaller and the larger end moment, the larger one positive."""
    one, two = as_float(m01_knm), as_float(m02_knm)
    swap = np.abs(one) > np.abs(two)
    # of two moments with one unknown neither is known to be the larger
    small, large = np.where(swap, two, one) + 0.0 * two, np.where(swap, one, two) + 0.0 * one
    return np.where(large < 0.0, -small, small), np.abs(large)


def design_moment_knm(
    *,
    n_ed_kn: npt.ArrayLike,
    m01_knm: npt.ArrayLike,
    m02_knm: npt.ArrayLike,
    e_i_mm: npt.ArrayLike,
    e_2_mm: npt.ArrayLike = 0.0,
    e_0_mm: npt.ArrayLike = 0.0,
    braced: npt.ArrayLike = True,
) -> FloatArray:
    """Return M_Ed of a column with imperfection and second order [kNm].

    EN 1992-1-1:2004, (5.31) to (5.33), 5.8.8.2(2) and 6.1(4). Braced: the largest of
    M_0e + M_2, M_02, M_01 + 0.5 M_2 and N e_0. Unbraced: M_02 + M_2 or N e_0. The
    imperfection N e_i adds to both end moments. Rises with every argument for N >= 0;
    tension has no imperfection and no second order.

    Formula
    -------
    M_02 = max(abs(m01_knm), abs(m02_knm)) + max(n_ed_kn, 0) * abs(e_i_mm) / 1000
    M_01 = min(abs(m01_knm), abs(m02_knm)) * sign(m01_knm * m02_knm) + max(n_ed_kn, 0) * abs(e_i_mm) / 1000
    M_2 = max(n_ed_kn, 0) * e_2_mm / 1000
    M = max(0.6 * M_02 + 0.4 * M_01 + M_2, 0.4 * M_02 + M_2, M_02, M_01 + 0.5 * M_2) if braced else M_02 + M_2
    M_Ed = max(M, max(n_ed_kn, 0) * e_0_mm / 1000)

    Parameters
    ----------
    n_ed_kn
        Axial force [kN], compression positive.
    m01_knm, m02_knm
        First order end moments without imperfection [kNm], same sign for single curvature.
    e_i_mm
        Imperfection [mm]; 0 about the axis that does not take it in a biaxial check (5.8.9(2)).
    e_2_mm
        Second order eccentricity [mm]; 0 below the slenderness limit.
    e_0_mm
        Minimum eccentricity [mm].
    braced
        Booleans.
    """
    n = np.maximum(as_float(n_ed_kn), 0.0) / 1000.0
    one, two = _ordered(m01_knm, m02_knm)
    e_i = np.abs(as_float(e_i_mm))
    # the imperfection acts along the larger moment and turns the smaller one with it
    m01, m02 = one + n * e_i, two + n * e_i
    m2, least = n * as_float(e_2_mm), n * as_float(e_0_mm)
    middle = np.maximum(0.6 * m02 + 0.4 * m01, 0.4 * m02) + m2
    held = np.maximum(np.maximum(middle, m02), m01 + 0.5 * m2)
    return np.maximum(np.where(np.asarray(braced, dtype=np.bool_), held, m02 + m2), least)


def biaxial_check_needed(
    *,
    slenderness_y: npt.ArrayLike,
    slenderness_z: npt.ArrayLike,
    m_y_knm: npt.ArrayLike,
    m_z_knm: npt.ArrayLike,
    h_mm: npt.ArrayLike,
    b_mm: npt.ArrayLike,
) -> FloatArray:
    """Return 1.0 where both axes must be checked together, 0.0 where each alone will do [-].

    EN 1992-1-1:2004, (5.38a) and (5.38b): separately where the slendernesses differ by a
    factor of 2 at most and the relative eccentricities by a factor of 5 at least.

    Formula
    -------
    y = abs(m_y_knm) / h_mm
    z = abs(m_z_knm) / b_mm
    alike = slenderness_y <= 2 * slenderness_z and slenderness_z <= 2 * slenderness_y
    needed = 0 if alike and min(y, z) <= 0.2 * max(y, z) else 1

    Parameters
    ----------
    slenderness_y, slenderness_z
        lambda about both axes [-].
    m_y_knm, m_z_knm
        Design moments about y (bends h) and z (bends b) [kNm].
    h_mm, b_mm
        Depths [mm].
    """
    ly, lz = as_float(slenderness_y), as_float(slenderness_z)
    along_h, along_b = np.abs(as_float(m_y_knm)) / as_float(h_mm), np.abs(as_float(m_z_knm)) / as_float(b_mm)
    alike = (ly <= 2.0 * lz) & (lz <= 2.0 * ly)
    one_sided = np.minimum(along_h, along_b) <= 0.2 * np.maximum(along_h, along_b)
    needed = (~(alike & one_sided)).astype(np.float64)
    return np.where(np.isnan(ly + lz + along_h + along_b), np.nan, needed)


def biaxial_exponent(relative_force: npt.ArrayLike, *, circular: npt.ArrayLike = False) -> FloatArray:
    """Return the exponent a over N_Ed / N_Rd [-].

    EN 1992-1-1:2004, 5.8.9(4): 1.0 to 0.1, 1.5 at 0.7, 2.0 at 1.0, linear between; 2 for
    round sections. Rises with the force.

    Formula
    -------
    a = 2 if circular else interp(relative_force, (0.1, 0.7, 1.0), (1.0, 1.5, 2.0))

    Parameters
    ----------
    relative_force
        N_Ed over `en1992_section.plastic_axial_resistance_kn` [-].
    circular
        Booleans.
    """
    ratio = as_float(relative_force)
    exponent = np.interp(ratio, [0.1, 0.7, 1.0], [1.0, 1.5, 2.0])
    return np.where(np.isnan(ratio), np.nan, np.where(np.asarray(circular, dtype=np.bool_), 2.0, exponent))


def biaxial_utilisation(
    *, m_y_knm: npt.ArrayLike, m_rd_y_knm: npt.ArrayLike, m_z_knm: npt.ArrayLike, m_rd_z_knm: npt.ArrayLike, exponent: npt.ArrayLike
) -> FloatArray:
    """Return (M_y / M_Rd,y)^a + (M_z / M_Rd,z)^a [-]; 1.0 is the limit.

    EN 1992-1-1:2004, (5.39). Rises with the moments, falls with the resistances, and below
    the limit falls with the exponent; over N it is not monotonic. ``inf`` where a moment
    meets no resistance.

    Formula
    -------
    uc = (abs(m_y_knm) / m_rd_y_knm) ** exponent + (abs(m_z_knm) / m_rd_z_knm) ** exponent
    """
    a = as_float(exponent)
    total: FloatArray = np.zeros(())
    for moment, resistance in ((m_y_knm, m_rd_y_knm), (m_z_knm, m_rd_z_knm)):
        m, r = np.abs(as_float(moment)), as_float(resistance)
        with np.errstate(divide="ignore", invalid="ignore", over="ignore"):
            ratio = np.where(m == 0.0, 0.0, np.where(r > 0.0, m / r, np.inf))
        total = total + np.where(np.isnan(m) | np.isnan(r), np.nan, ratio) ** a
    return total


def column_interval_kn(
    curve: InteractionCurve,
    *,
    m01_knm: npt.ArrayLike,
    m02_knm: npt.ArrayLike,
    e_i_mm: npt.ArrayLike,
    e_2_mm: npt.ArrayLike,
    squash_kn: npt.ArrayLike,
    omega: npt.ArrayLike,
    e_0_mm: npt.ArrayLike = 0.0,
    n_first_order_kn: npt.ArrayLike = 0.0,
    braced: npt.ArrayLike = True,
    rounds: int = K_R_ROUNDS,
) -> Interval:
    """Return the axial forces that a slender column takes with given end moments [kN].

    EN 1992-1-1:2004, 5.8.8 solved for N: every moment of `design_moment_knm` is M + e N,
    so each gives an interval on the polygon of the section, and the column takes what lies
    in all. K_r starts at 1 and is then taken at the upper bound found so far: it falls
    with N, so each round is on the safe side and the bound rises to the exact one. Never
    wider than the check; where K_r = 1 leaves nothing it is empty, and in double curvature
    M_01 + 0.5 M_2 counts with M_01 = 0. ``lo`` rises and ``hi`` falls with both moments (of
    one sign) and with e_i, e_2 and e_0.

    Formula
    -------
    K_r = min(max((1 + omega - N / squash_kn) / (1 + omega - N_BALANCED), 0), 1)
    e_2 = e_2_mm * K_r if N > n_first_order_kn else 0
    M = design moment at N from m01_knm, m02_knm, e_i_mm, e_2, e_0_mm, braced
    lo, hi = least and largest N with M <= moment resistance of curve at N, in this many rounds of K_r

    Parameters
    ----------
    curve
        Of the section, shape (..., n_point).
    m01_knm, m02_knm, e_i_mm, e_0_mm, braced
        As in `design_moment_knm`; moments do not grow with N.
    e_2_mm
        Second order eccentricity with K_r = 1 [mm].
    squash_kn
        A_c f_cd [kN], the unit of n in K_r.
    omega
        `mechanical_ratio` [-].
    n_first_order_kn
        Below this force second order may be left out [kN]: `first_order_limit_kn`; 0
        always counts it.
    rounds
        How often K_r is taken again; 0 keeps K_r = 1.

    Returns
    -------
    Interval
        Compression positive; ``lo`` is negative where the section takes tension.
    """
    e_2, squash = as_float(e_2_mm), as_float(squash_kn)
    known = ~np.isnan(squash + as_float(omega) + as_float(n_first_order_kn))

    def admissible(e_second: FloatArray) -> Interval:
        return _moment_interval(curve, m01_knm, m02_knm, e_i_mm, e_second, e_0_mm, braced)

    slender = admissible(e_2)
    for _ in range(rounds):
        start = np.where(np.isfinite(slender.hi), slender.hi, 0.0)
        k_r = curvature_axial_factor(relative_axial_force=start / squash, omega=omega)
        further = np.where(np.isfinite(slender.hi), np.maximum(slender.hi, admissible(e_2 * k_r).hi), slender.hi)
        slender = interval(slender.lo, further)
    limit = as_float(n_first_order_kn)
    stocky = admissible(0.0 * e_2)
    below = interval(stocky.lo, np.minimum(stocky.hi, limit), known=known)
    above = interval(np.maximum(slender.lo, limit), slender.hi, known=known)
    # second order never helps, so a slender part that reaches down to the limit goes on there
    alone = np.isposinf(below.lo)
    goes_on = (slender.lo <= limit) & ~np.isposinf(above.lo)
    return interval(np.where(alone, above.lo, below.lo), np.where(alone | goes_on, above.hi, below.hi))


def _moment_interval(
    curve: InteractionCurve,
    m01_knm: npt.ArrayLike,
    m02_knm: npt.ArrayLike,
    e_i_mm: npt.ArrayLike,
    e_2_mm: npt.ArrayLike,
    e_0_mm: npt.ArrayLike,
    braced: npt.ArrayLike,
) -> Interval:
    """Return the forces that satisfy all expressions of `design_moment_knm` for a fixed e_2."""
    one, two = _ordered(m01_knm, m02_knm)
    e_i, e_2 = np.abs(as_float(e_i_mm)), as_float(e_2_mm)
    held = np.asarray(braced, dtype=np.bool_)
    # an unbraced column has one expression; the braced ones repeat it
    cases = (
        (np.where(held, 0.6 * two + 0.4 * one, two), e_i + e_2),
        (np.where(held, 0.4 * two, two), np.where(held, 0.4 * e_i, e_i) + e_2),
        (two, e_i + np.where(held, 0.0, e_2)),
        (np.where(held, np.maximum(one, 0.0), two), e_i + np.where(held, 0.5, 1.0) * e_2),
        (0.0 * two, as_float(e_0_mm)),
    )
    return intersection(*(section_interval_kn(curve, m_ed_knm=m, eccentricity_mm=e) for m, e in cases))


def first_order_limit_kn(
    *,
    slenderness: npt.ArrayLike,
    squash_kn: npt.ArrayLike,
    a: npt.ArrayLike = A_DEFAULT,
    b: npt.ArrayLike = B_DEFAULT,
    c: npt.ArrayLike = C_DEFAULT,
) -> FloatArray:
    """Return the axial force at which the slenderness limit reaches lambda [kN].

    EN 1992-1-1:2004, (5.13N) solved for N: A_c f_cd (20 A B C / lambda)^2. Up to it second
    order may be left out. Rises with A, B, C and the squash load, falls with lambda.

    Formula
    -------
    N_1 = squash_kn * (20 * a * b * c / slenderness) ** 2
    """
    ratio = 20.0 * as_float(a) * as_float(b) * as_float(c) / as_float(slenderness)
    result: FloatArray = as_float(squash_kn) * ratio**2
    return result
