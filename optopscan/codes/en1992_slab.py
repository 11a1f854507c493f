"""EN 1992-1-1 sections 6.1, 6.2.2, 6.4, 6.7 and 9: slabs, beams and local loads on concrete.

Lengths in mm, stresses in N/mm2, forces in kN, moments in kNm. A slab is a beam of
b = 1000 mm. Every argument broadcasts; ``nan`` in gives ``nan`` out; nothing raises
unless a docstring says so. Resistances need bars that are anchored and, in hollow-core
and combination floors, do not apply: those are for the manufacturer's tables.
"""

from __future__ import annotations

from typing import Literal

import numpy as np
import numpy.typing as npt

from optopscan.codes.en1992_material import E_S_MPA, GAMMA_C, NORMAL_STRENGTH, StressBlock, fctm_mpa
from optopscan.codes.interval import as_float
from optopscan.model.arrays import FloatArray

SHEAR_CONSTANT = 0.18
"""C_Rd,c times gamma_C (6.2.2(1), Dutch annex as recommended)."""
V_MIN_CONSTANT = 0.035
K_1_SHEAR = 0.15
K_1_PUNCHING = 0.1
PUNCHING_MAXIMUM = 0.4
"""v_Rd,max over nu f_cd (6.4.5(3) as amended in 2014)."""
PERIMETER_DISTANCE = 2.0
"""Distance of the basic control perimeter from the column over d (6.4.2(1))."""

ColumnPlace = Literal["interior", "edge", "corner"]
PUNCHING_BETA = {"interior": 1.15, "edge": 1.4, "corner": 1.5}
"""beta of figure 6.21N, where spans differ by 25 % at most and frames do not give stability."""


def neutral_axis_mm(
    *,
    steel_mm2: npt.ArrayLike,
    fyd_mpa: npt.ArrayLike,
    b_mm: npt.ArrayLike,
    d_mm: npt.ArrayLike,
    fcd_mpa: npt.ArrayLike,
    block: StressBlock = NORMAL_STRENGTH,
) -> FloatArray:
    """Return the depth x of the neutral axis of a rectangle with tension bars [mm].

    EN 1992-1-1:2004, 6.1 with the block of 3.1.7(3): x = A_s f_yd / (lambda b eta f_cd) where
    the steel yields, else from plane strain. Rises with A_s and f_yd, falls with b and f_cd;
    rises with d where the steel does not yield.

    Formula
    -------
    unit = block.lambda_ * block.eta * b_mm * fcd_mpa
    elastic = steel_mm2 * E_S_MPA * block.eps_cu3 / unit
    x = min(steel_mm2 * fyd_mpa / unit, (sqrt(elastic ** 2 + 4 * elastic * d_mm) - elastic) / 2)

    Parameters
    ----------
    steel_mm2
        Area of the tension bars [mm2].
    fyd_mpa, fcd_mpa
        Design strengths [N/mm2].
    b_mm, d_mm
        Width of the compressed side and effective depth [mm].
    block
        Stress block; the default holds to C50/60.
    """
    steel, d = as_float(steel_mm2), as_float(d_mm)
    unit = block.lambda_ * block.eta * as_float(b_mm) * as_float(fcd_mpa)  # N per mm of x
    yielding = steel * as_float(fyd_mpa) / unit
    # A_s E_s eps_cu (d - x) / x = unit x
    elastic = steel * E_S_MPA * block.eps_cu3 / unit
    bound = 0.5 * (np.sqrt(elastic**2 + 4.0 * elastic * d) - elastic)
    return np.minimum(yielding, bound)


def bending_resistance_knm(
    *,
    steel_mm2: npt.ArrayLike,
    fyd_mpa: npt.ArrayLike,
    b_mm: npt.ArrayLike,
    d_mm: npt.ArrayLike,
    fcd_mpa: npt.ArrayLike,
    block: StressBlock = NORMAL_STRENGTH,
) -> FloatArray:
    """Return M_Rd of a rectangle with tension bars only [kNm].

    EN 1992-1-1:2004, 6.1: A_s sigma_s (d - lambda x / 2), the steel stress from plane strain
    and at most f_yd. Rises with every argument. Arguments as in `neutral_axis_mm`.

    Formula
    -------
    unit = block.lambda_ * block.eta * b_mm * fcd_mpa
    elastic = steel_mm2 * E_S_MPA * block.eps_cu3 / unit
    x = min(steel_mm2 * fyd_mpa / unit, (sqrt(elastic ** 2 + 4 * elastic * d_mm) - elastic) / 2)
    M_Rd = unit * x * (d_mm - block.lambda_ * x / 2) / 1e6
    """
    x = neutral_axis_mm(steel_mm2=steel_mm2, fyd_mpa=fyd_mpa, b_mm=b_mm, d_mm=d_mm, fcd_mpa=fcd_mpa, block=block)
    force = block.lambda_ * block.eta * as_float(b_mm) * as_float(fcd_mpa) * x
    result: FloatArray = force * (as_float(d_mm) - 0.5 * block.lambda_ * x) / 1e6
    return result


def size_factor(d_mm: npt.ArrayLike) -> FloatArray:
    """Return k = 1 + sqrt(200 / d), at most 2 [-]; EN 1992-1-1:2004, 6.2.2(1). Falls with d.

    Formula
    -------
    k = min(1 + sqrt(200 / d_mm), 2)
    """
    return np.minimum(1.0 + np.sqrt(200.0 / as_float(d_mm)), 2.0)


def minimum_shear_strength_mpa(*, fck_mpa: npt.ArrayLike, d_mm: npt.ArrayLike) -> FloatArray:
    """Return v_min = 0.035 k^1.5 sqrt(f_ck) [N/mm2].

    EN 1992-1-1:2004, (6.3N). Rises with f_ck, falls with d.

    Formula
    -------
    k = min(1 + sqrt(200 / d_mm), 2)
    v_min = 0.035 * k ** 1.5 * sqrt(fck_mpa)
    """
    result: FloatArray = V_MIN_CONSTANT * size_factor(d_mm) ** 1.5 * np.sqrt(as_float(fck_mpa))
    return result


def shear_strength_mpa(
    *, fck_mpa: npt.ArrayLike, d_mm: npt.ArrayLike, reinforcement_ratio: npt.ArrayLike, gamma_c: npt.ArrayLike = GAMMA_C
) -> FloatArray:
    """Return the shear strength without links, max(C k (100 rho f_ck)^(1/3), v_min) [N/mm2].

    EN 1992-1-1:2004, (6.2a), (6.2b), (6.47), without axial stress. Rises with f_ck and rho
    to 2 %, falls with d and gamma_C (v_min has no gamma_C).

    Formula
    -------
    k = min(1 + sqrt(200 / d_mm), 2)
    rho = min(max(reinforcement_ratio, 0), 0.02)
    v = max(0.18 / gamma_c * k * (100 * rho * fck_mpa) ** (1 / 3), 0.035 * k ** 1.5 * sqrt(fck_mpa))

    Parameters
    ----------
    fck_mpa
        f_ck [N/mm2].
    d_mm
        Effective depth [mm].
    reinforcement_ratio
        rho_l of anchored tension bars [-]; for punching sqrt(rho_y rho_z).
    gamma_c
        Partial factor [-].
    """
    rho = np.clip(as_float(reinforcement_ratio), 0.0, 0.02)
    basic = SHEAR_CONSTANT / as_float(gamma_c) * size_factor(d_mm) * np.cbrt(100.0 * rho * as_float(fck_mpa))
    return np.maximum(basic, minimum_shear_strength_mpa(fck_mpa=fck_mpa, d_mm=d_mm))


def shear_resistance_kn(
    *,
    fck_mpa: npt.ArrayLike,
    fcd_mpa: npt.ArrayLike,
    b_mm: npt.ArrayLike,
    d_mm: npt.ArrayLike,
    steel_mm2: npt.ArrayLike,
    sigma_cp_mpa: npt.ArrayLike = 0.0,
    gamma_c: npt.ArrayLike = GAMMA_C,
) -> FloatArray:
    """Return V_Rd,c of a member without links [kN].

    EN 1992-1-1:2004, (6.2): v_Rd,c b_w d + 0.15 sigma_cp b_w d, sigma_cp at most 0.2 f_cd,
    tension negative; not below zero. Rises with every argument but gamma_C.

    Formula
    -------
    k = min(1 + sqrt(200 / d_mm), 2)
    rho = min(steel_mm2 / (b_mm * d_mm), 0.02)
    v = max(0.18 / gamma_c * k * (100 * rho * fck_mpa) ** (1 / 3), 0.035 * k ** 1.5 * sqrt(fck_mpa))
    V_Rd = max((v + 0.15 * min(sigma_cp_mpa, 0.2 * fcd_mpa)) * b_mm * d_mm / 1000, 0)

    Parameters
    ----------
    fck_mpa, fcd_mpa
        Strengths [N/mm2].
    b_mm, d_mm
        Smallest width in the tension zone and effective depth [mm].
    steel_mm2
        Tension bars that go l_bd + d beyond the section [mm2].
    sigma_cp_mpa
        N_Ed / A_c [N/mm2], compression positive.
    gamma_c
        Partial factor [-].
    """
    b, d = as_float(b_mm), as_float(d_mm)
    basic = shear_strength_mpa(fck_mpa=fck_mpa, d_mm=d, reinforcement_ratio=as_float(steel_mm2) / (b * d), gamma_c=gamma_c)
    axial = K_1_SHEAR * np.minimum(as_float(sigma_cp_mpa), 0.2 * as_float(fcd_mpa))
    return np.maximum((basic + axial) * b * d / 1000.0, 0.0)


def crushing_factor(fck_mpa: npt.ArrayLike) -> FloatArray:
    """Return nu = 0.6 (1 - f_ck / 250) [-]; EN 1992-1-1:2004, (6.6N). Falls with f_ck.

    Formula
    -------
    nu = 0.6 * (1 - fck_mpa / 250)
    """
    result: FloatArray = 0.6 * (1.0 - as_float(fck_mpa) / 250.0)
    return result


def crushing_resistance_kn(*, fck_mpa: npt.ArrayLike, fcd_mpa: npt.ArrayLike, b_mm: npt.ArrayLike, d_mm: npt.ArrayLike) -> FloatArray:
    """Return the largest V_Ed at a support, 0.5 b_w d nu f_cd [kN].

    EN 1992-1-1:2004, (6.5). Rises with f_cd, b and d; falls with f_ck at a given f_cd.

    Formula
    -------
    nu = 0.6 * (1 - fck_mpa / 250)
    V_max = 0.5 * b_mm * d_mm * nu * fcd_mpa / 1000
    """
    result: FloatArray = 0.5 * as_float(b_mm) * as_float(d_mm) * crushing_factor(fck_mpa) * as_float(fcd_mpa) / 1000.0
    return result


def distribution_width_mm(*, width_mm: npt.ArrayLike, depth_mm: npt.ArrayLike, edge_distance_mm: npt.ArrayLike) -> FloatArray:
    """Return the side of the distribution area below a concentrated load [mm].

    EN 1992-1-1:2004, 6.7(3) and figure 6.29: at most three times the loaded side, at most
    the loaded side plus the depth, and centred on the load inside the body. Rises with
    every argument.

    Formula
    -------
    side = min(3 * width_mm, width_mm + max(depth_mm, 0), width_mm + 2 * max(edge_distance_mm, 0))

    Parameters
    ----------
    width_mm
        Side of the loaded area in this direction [mm].
    depth_mm
        Height over which the load spreads [mm].
    edge_distance_mm
        From the edge of the loaded area to the nearest free edge, or half of the clear
        distance to the next load (areas may not overlap) [mm].
    """
    b, edge = as_float(width_mm), np.maximum(as_float(edge_distance_mm), 0.0)
    return np.minimum(np.minimum(3.0 * b, b + np.maximum(as_float(depth_mm), 0.0)), b + 2.0 * edge)


def concentrated_resistance_kn(
    *, loaded_area_mm2: npt.ArrayLike, distribution_area_mm2: npt.ArrayLike, fcd_mpa: npt.ArrayLike
) -> FloatArray:
    """Return F_Rdu = A_c0 f_cd sqrt(A_c1 / A_c0), at most 3 f_cd A_c0 [kN].

    EN 1992-1-1:2004, (6.63), for a load spread evenly over A_c0; f_cd,pl for plain concrete.
    The tension across the load needs bars: `splitting_force_kn`. Rises with every argument.

    Formula
    -------
    F_Rdu = loaded_area_mm2 * fcd_mpa * min(sqrt(max(distribution_area_mm2 / loaded_area_mm2, 1)), 3) / 1000

    Parameters
    ----------
    loaded_area_mm2
        A_c0 [mm2].
    distribution_area_mm2
        A_c1, product of two `distribution_width_mm` [mm2]; never counts as less than A_c0.
    fcd_mpa
        Design strength [N/mm2].
    """
    loaded = as_float(loaded_area_mm2)
    spread = np.maximum(as_float(distribution_area_mm2), loaded)
    result: FloatArray = np.minimum(np.sqrt(loaded * spread), 3.0 * loaded) * as_float(fcd_mpa) / 1000.0
    return result


def splitting_force_kn(
    *, force_kn: npt.ArrayLike, width_mm: npt.ArrayLike, body_width_mm: npt.ArrayLike, height_mm: npt.ArrayLike
) -> FloatArray:
    """Return the transverse tension T below a concentrated load [kN].

    EN 1992-1-1:2004, 6.5.3(3): (6.58) F (b - a) / (4 b) where b <= H / 2, else (6.59)
    F (1 - 0.7 a / h) / 4 with h = H / 2; not below zero. Rises with F and, in (6.58), b;
    falls with a.

    Formula
    -------
    partial = (body_width_mm - width_mm) / (4 * body_width_mm)
    full = (1 - 0.7 * width_mm / (height_mm / 2)) / 4
    T = max(force_kn * (partial if body_width_mm <= height_mm / 2 else full), 0)

    Parameters
    ----------
    force_kn
        F [kN].
    width_mm
        a, side of the loaded area [mm].
    body_width_mm
        b, width of the body in the same direction [mm].
    height_mm
        H, length of the compression field [mm].
    """
    force, a, b, h = as_float(force_kn), as_float(width_mm), as_float(body_width_mm), as_float(height_mm) / 2.0
    partial = 0.25 * (1.0 - a / b)
    full = 0.25 * (1.0 - 0.7 * a / h)
    return np.maximum(force * np.where(b <= h, partial, full) + 0.0 * (a + b + h), 0.0)


def control_perimeter_mm(
    *,
    c1_mm: npt.ArrayLike,
    c2_mm: npt.ArrayLike,
    d_mm: npt.ArrayLike,
    place: ColumnPlace = "interior",
    distance: float = PERIMETER_DISTANCE,
) -> FloatArray:
    """Return the control perimeter u_1 at 2 d around a rectangular column [mm].

    EN 1992-1-1:2004, 6.4.2 and figures 6.13 and 6.15; edge and corner columns stand flush
    with the edge. Rises with every argument.

    Formula
    -------
    reach = distance * d_mm
    edge = 2 * c1_mm + c2_mm + pi * reach
    corner = c1_mm + c2_mm + pi * reach / 2
    u_1 = 2 * (c1_mm + c2_mm + pi * reach) if place == "interior" else edge if place == "edge" else corner

    Parameters
    ----------
    c1_mm, c2_mm
        Sides [mm]; c2 lies along the free edge.
    d_mm
        Mean effective depth [mm].
    place
        interior | edge | corner.
    distance
        Distance of the perimeter over d [-].

    Raises
    ------
    KeyError
        If ``place`` is none of the three.
    """
    c1, c2, reach = as_float(c1_mm), as_float(c2_mm), distance * as_float(d_mm)
    n1, n2, arc = {"interior": (2.0, 2.0, 2.0), "edge": (2.0, 1.0, 1.0), "corner": (1.0, 1.0, 0.5)}[place]
    result: FloatArray = n1 * c1 + n2 * c2 + arc * np.pi * reach
    return result


def column_perimeter_mm(*, c1_mm: npt.ArrayLike, c2_mm: npt.ArrayLike, d_mm: npt.ArrayLike, place: ColumnPlace = "interior") -> FloatArray:
    """Return the perimeter u_0 at the column [mm].

    EN 1992-1-1:2004, 6.4.5(3): interior 2 (c1 + c2), edge c2 + min(3 d, 2 c1), corner
    min(3 d, c1 + c2). Rises with every argument.

    Formula
    -------
    edge = c2_mm + min(3 * d_mm, 2 * c1_mm)
    corner = min(3 * d_mm, c1_mm + c2_mm)
    u_0 = 2 * (c1_mm + c2_mm) if place == "interior" else edge if place == "edge" else corner

    Parameters
    ----------
    c1_mm, c2_mm, d_mm, place
        As in `control_perimeter_mm`.

    Raises
    ------
    KeyError
        If ``place`` is none of the three.
    """
    c1, c2, d = as_float(c1_mm), as_float(c2_mm), as_float(d_mm)
    return {
        "interior": 2.0 * (c1 + c2) + 0.0 * d,
        "edge": c2 + np.minimum(3.0 * d, 2.0 * c1),
        "corner": np.minimum(3.0 * d, c1 + c2),
    }[place]


def punching_stress_mpa(*, v_ed_kn: npt.ArrayLike, beta: npt.ArrayLike, perimeter_mm: npt.ArrayLike, d_mm: npt.ArrayLike) -> FloatArray:
    """Return v_Ed = beta V_Ed / (u d) [N/mm2].

    EN 1992-1-1:2004, (6.38); at u_0 (6.53). Rises with V and beta, falls with u and d.

    Formula
    -------
    v_Ed = 1000 * beta * v_ed_kn / (perimeter_mm * d_mm)
    """
    result: FloatArray = 1000.0 * as_float(beta) * as_float(v_ed_kn) / (as_float(perimeter_mm) * as_float(d_mm))
    return result


def punching_strength_mpa(
    *,
    fck_mpa: npt.ArrayLike,
    d_mm: npt.ArrayLike,
    reinforcement_ratio: npt.ArrayLike,
    sigma_cp_mpa: npt.ArrayLike = 0.0,
    gamma_c: npt.ArrayLike = GAMMA_C,
) -> FloatArray:
    """Return v_Rd,c at the control perimeter, without punching links [N/mm2].

    EN 1992-1-1:2004, (6.47): `shear_strength_mpa` with rho = sqrt(rho_y rho_z), plus
    0.1 sigma_cp, not below zero. Rises with f_ck, rho and sigma_cp, falls with d.

    Formula
    -------
    k = min(1 + sqrt(200 / d_mm), 2)
    rho = min(max(reinforcement_ratio, 0), 0.02)
    v = max(0.18 / gamma_c * k * (100 * rho * fck_mpa) ** (1 / 3), 0.035 * k ** 1.5 * sqrt(fck_mpa))
    v_Rd = max(v + 0.1 * sigma_cp_mpa, 0)
    """
    basic = shear_strength_mpa(fck_mpa=fck_mpa, d_mm=d_mm, reinforcement_ratio=reinforcement_ratio, gamma_c=gamma_c)
    return np.maximum(basic + K_1_PUNCHING * as_float(sigma_cp_mpa), 0.0)


def punching_maximum_mpa(*, fck_mpa: npt.ArrayLike, fcd_mpa: npt.ArrayLike) -> FloatArray:
    """Return v_Rd,max = 0.4 nu f_cd at the column [N/mm2].

    EN 1992-1-1:2004/A1:2014, 6.4.5(3). Rises with f_cd; falls with f_ck at a given f_cd.

    Formula
    -------
    v_max = 0.4 * 0.6 * (1 - fck_mpa / 250) * fcd_mpa
    """
    result: FloatArray = PUNCHING_MAXIMUM * crushing_factor(fck_mpa) * as_float(fcd_mpa)
    return result


def beam_minimum_mm2(*, fck_mpa: npt.ArrayLike, fyk_mpa: npt.ArrayLike, b_mm: npt.ArrayLike, d_mm: npt.ArrayLike) -> FloatArray:
    """Return A_s,min = max(0.26 f_ctm / f_yk, 0.0013) b_t d of a beam or slab [mm2].

    EN 1992-1-1:2004, (9.1N), the recommended value; the Dutch annex goes by the cracking
    moment and was not read, so less than this is a reason to look, not a failure. Rises
    with f_ck, b and d, falls with f_yk.

    Formula
    -------
    f_ctm = 0.30 * fck_mpa ** (2 / 3) if fck_mpa <= 50 else 2.12 * ln(1 + (fck_mpa + 8) / 10)
    A_s = max(0.26 * f_ctm / fyk_mpa, 0.0013) * b_mm * d_mm
    """
    ratio = np.maximum(0.26 * fctm_mpa(fck_mpa) / as_float(fyk_mpa), 0.0013)
    result: FloatArray = ratio * as_float(b_mm) * as_float(d_mm)
    return result


def column_minimum_mm2(*, n_ed_kn: npt.ArrayLike, fyd_mpa: npt.ArrayLike, area_mm2: npt.ArrayLike) -> FloatArray:
    """Return A_s,min = max(0.10 N_Ed / f_yd, 0.002 A_c) of a column [mm2].

    EN 1992-1-1:2004, (9.12N). Rises with N and A_c, falls with f_yd.

    Formula
    -------
    A_s = max(0.10 * 1000 * n_ed_kn / fyd_mpa, 0.002 * area_mm2)
    """
    return np.maximum(100.0 * as_float(n_ed_kn) / as_float(fyd_mpa), 0.002 * as_float(area_mm2))


def column_maximum_mm2(area_mm2: npt.ArrayLike) -> FloatArray:
    """Return A_s,max = 0.04 A_c of a column or wall outside laps [mm2]; EN 1992-1-1:2004, 9.5.2(3), 9.6.2(1).

    Formula
    -------
    A_s = 0.04 * area_mm2
    """
    result: FloatArray = 0.04 * as_float(area_mm2)
    return result


def wall_minimum_mm2(area_mm2: npt.ArrayLike) -> FloatArray:
    """Return the least vertical bars of a reinforced wall, 0.002 A_c over both faces [mm2].

    EN 1992-1-1:2004, 9.6.2(1). A wall with less counts as plain.

    Formula
    -------
    A_s = 0.002 * area_mm2
    """
    result: FloatArray = 0.002 * as_float(area_mm2)
    return result


def reaches(provided_mm2: npt.ArrayLike, required_mm2: npt.ArrayLike) -> FloatArray:
    """Return 1.0 where the bars reach the requirement, 0.0 where not, ``nan`` where unknown [-].

    The flag that goes with the minimum reinforcement of EN 1992-1-1:2004, section 9.

    Formula
    -------
    enough = 1 if provided_mm2 >= required_mm2 else 0
    """
    have, need = as_float(provided_mm2), as_float(required_mm2)
    return np.where(np.isnan(have) | np.isnan(need), np.nan, (have >= need).astype(np.float64))
