"""EN 1992-1-1 section 12: plain and lightly reinforced concrete walls.

Units of the standard: mm, N/mm2; resistances in kN. Every argument broadcasts; ``nan``
in gives ``nan`` out; nothing raises. Reinforced walls: `en1992_column` with b = 1000 mm
where both faces hold `en1992_slab.wall_minimum_mm2`.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from optopscan.codes.en1992_material import ALPHA_CT_PLAIN, fctk_005_mpa
from optopscan.codes.en1992_material import GAMMA_C as GAMMA_C
from optopscan.codes.interval import Interval, as_float, intersection, interval
from optopscan.model.arrays import FloatArray

ALPHA_CC_PLAIN = 0.8
SLENDERNESS_LIMIT = 25.0
"""Largest l_0 / h_w of plain walls cast in place (12.6.5.1(5))."""
SHEAR_SHAPE = 1.5
"""k of (12.4): peak over mean shear stress of a rectangle."""
MONOLITHIC = 0.85
"""Factor on l_0 where monolithic floors hold head and foot (12.6.5.1(4))."""


def fcd_plain_mpa(fck_mpa: npt.ArrayLike, *, alpha_cc_plain: float = ALPHA_CC_PLAIN, gamma_c: float = GAMMA_C) -> FloatArray:
    """Return the design compressive strength of plain concrete f_cd,pl [N/mm2].

    EN 1992-1-1:2004, 12.3.1(1) with the Dutch alpha_cc,pl = 0.8. Rises with f_ck.

    Formula
    -------
    f_cd = alpha_cc_plain * fck_mpa / gamma_c
    """
    result: FloatArray = alpha_cc_plain * np.asarray(fck_mpa, dtype=np.float64) / gamma_c
    return result


def effective_length_mm(height_mm: npt.ArrayLike, *, beta: npt.ArrayLike = 1.0) -> FloatArray:
    """Return l_0 = beta l_w of a wall held at head and foot [mm].

    EN 1992-1-1:2004, 12.6.5.1: beta = 1.0 for two held edges (table 12.1), times 0.85
    where monolithic floors hold both ends (12.6.5.1(4)); `held_edge_beta` for more held
    edges, 2.0 for a free head (12.6.5.1(2)). Rises with both arguments.

    Formula
    -------
    l_0 = beta * height_mm
    """
    result: FloatArray = np.asarray(beta, dtype=np.float64) * np.asarray(height_mm, dtype=np.float64)
    return result


def imperfection_mm(l0_mm: npt.ArrayLike) -> FloatArray:
    """Return the additional eccentricity e_i = l_0 / 400 [mm].

    EN 1992-1-1:2004, 5.2(9), 12.6.5.2(1). Rises with l_0.

    Formula
    -------
    e_i = l0_mm / 400
    """
    result: FloatArray = np.asarray(l0_mm, dtype=np.float64) / 400.0
    return result


def section_factor(*, e_mm: npt.ArrayLike, thickness_mm: npt.ArrayLike) -> FloatArray:
    """Return 1 - 2 e / h_w [-], not below zero: the part of a rectangle centred on the load.

    EN 1992-1-1:2004, (12.2). Falls with e to 0 at h_w / 2, rises with h_w.

    Formula
    -------
    phi = max(1 - 2 * e_mm / thickness_mm, 0)
    """
    return np.maximum(1.0 - 2.0 * np.asarray(e_mm, dtype=np.float64) / np.asarray(thickness_mm, dtype=np.float64), 0.0)


def wall_factor(*, e_tot_mm: npt.ArrayLike, l0_mm: npt.ArrayLike, thickness_mm: npt.ArrayLike) -> FloatArray:
    """Return the factor Phi for eccentricity and second order of a plain wall [-].

    EN 1992-1-1:2004, (12.11): 1.14 (1 - 2 e_tot / h_w) - 0.02 l_0 / h_w, at most
    1 - 2 e_tot / h_w and here not below zero. Valid to l_0 / h_w = 25; beyond it a number
    still comes out, ask `is_slender`. Falls with e_tot and l_0, rises with h_w.

    Formula
    -------
    section = max(1 - 2 * e_tot_mm / thickness_mm, 0)
    phi = max(min(1.14 * section - 0.02 * l0_mm / thickness_mm, section), 0)

    Parameters
    ----------
    e_tot_mm
        First order eccentricity plus imperfection [mm].
    l0_mm
        Effective length [mm].
    thickness_mm
        h_w [mm].
    """
    section = section_factor(e_mm=e_tot_mm, thickness_mm=thickness_mm)
    slenderness = np.asarray(l0_mm, dtype=np.float64) / np.asarray(thickness_mm, dtype=np.float64)
    return np.clip(1.14 * section - 0.02 * slenderness, 0.0, section)


def wall_resistance_kn(
    *, phi: npt.ArrayLike, length_mm: npt.ArrayLike, thickness_mm: npt.ArrayLike, fcd_plain_mpa: npt.ArrayLike
) -> FloatArray:
    """Return N_Rd = b h_w f_cd,pl Phi [kN].

    EN 1992-1-1:2004, (12.10); with `section_factor` for Phi it is (12.2). Rises with every
    argument; over N it does not, as Phi holds e = M / N: see `wall_interval_kn`.

    Formula
    -------
    N_Rd = length_mm * thickness_mm * fcd_plain_mpa * phi / 1000
    """
    area = np.asarray(length_mm, dtype=np.float64) * np.asarray(thickness_mm, dtype=np.float64)
    result: FloatArray = area * np.asarray(fcd_plain_mpa, dtype=np.float64) * np.asarray(phi, dtype=np.float64) / 1000.0
    return result


def held_edge_beta(*, height_mm: npt.ArrayLike, length_mm: npt.ArrayLike, edges: npt.ArrayLike) -> FloatArray:
    """Return beta of a wall held at head and foot and at 0, 1 or 2 vertical edges [-].

    EN 1992-1-1:2004, table 12.1 (after 12.6.5.1(2)): 1.0 for two held edges; for three
    1 / (1 + (l_w / 3b)^2); for four 1 / (1 + (l_w / b)^2) where b >= l_w, else b / (2 l_w).
    Rises with b, falls with l_w and with the number of held edges. Openings over 1/3 of the
    height or 1/10 of the area void a held edge (12.6.5.1(3)): count such an edge as free.

    Formula
    -------
    three = 1 / (1 + (height_mm / (3 * length_mm)) ** 2)
    four = 1 / (1 + (height_mm / length_mm) ** 2) if length_mm >= height_mm else length_mm / (2 * height_mm)
    beta = 1 if edges == 2 else three if edges == 3 else four if edges == 4 else nan

    Parameters
    ----------
    height_mm
        Clear height l_w [mm].
    length_mm
        b [mm]: between the held edges, or from the held edge to the free one.
    edges
        Number of held edges, 2, 3 or 4, head and foot included; others give ``nan``.
    """
    h, b, n = as_float(height_mm), as_float(length_mm), as_float(edges)
    with np.errstate(divide="ignore", invalid="ignore", over="ignore"):
        three = 1.0 / (1.0 + (h / (3.0 * b)) ** 2)
        four = np.where(b >= h, 1.0 / (1.0 + (h / b) ** 2), b / (2.0 * h))
    beta = np.select([n == 2.0, n == 3.0, n == 4.0], [np.ones_like(three), three, four], np.nan)
    return np.where(np.isnan(h) | np.isnan(b), np.nan, beta)


def is_slender(*, l0_mm: npt.ArrayLike, thickness_mm: npt.ArrayLike) -> FloatArray:
    """Return 1.0 where l_0 / h_w is beyond what section 12 covers, else 0.0; ``nan`` where unknown [-].

    EN 1992-1-1:2004, 12.6.5.1(5): cast in place plain walls to l_0 / h_w = 25.

    Formula
    -------
    slender = 1 if l0_mm / thickness_mm > SLENDERNESS_LIMIT else 0
    """
    ratio = as_float(l0_mm) / as_float(thickness_mm)
    return np.where(np.isnan(ratio), np.nan, (ratio > SLENDERNESS_LIMIT).astype(np.float64))


def total_eccentricity_mm(
    *, m_ed_knm: npt.ArrayLike, n_ed_kn: npt.ArrayLike, e_0_mm: npt.ArrayLike = 0.0, e_i_mm: npt.ArrayLike = 0.0
) -> FloatArray:
    """Return e_tot = |M / N| + e_0 + e_i [mm].

    EN 1992-1-1:2004, 12.6.5.2(1). Falls with N, rises with the others; ``inf`` where N is
    zero or tensile and M is not zero.

    Formula
    -------
    e_tot = 1000 * abs(m_ed_knm) / n_ed_kn + abs(e_0_mm) + abs(e_i_mm)

    Parameters
    ----------
    m_ed_knm
        First order moment that does not come from the axial force (floors, wind) [kNm].
    n_ed_kn
        Axial force [kN], compression positive.
    e_0_mm, e_i_mm
        First order eccentricity of N itself, and of imperfections [mm]; their sizes add up.
    """
    m, n = np.abs(as_float(m_ed_knm)), as_float(n_ed_kn)
    with np.errstate(divide="ignore", invalid="ignore", over="ignore"):
        moment = np.where(n > 0.0, 1000.0 * m / n, np.where(m == 0.0, 0.0, np.inf))
    moment = np.where(np.isnan(m) | np.isnan(n), np.nan, moment)
    result: FloatArray = moment + np.abs(as_float(e_0_mm)) + np.abs(as_float(e_i_mm))
    return result


def axial_utilisation(*, n_ed_kn: npt.ArrayLike, n_rd_kn: npt.ArrayLike) -> FloatArray:
    """Return N_Ed / N_Rd [-]; 1.0 is the limit.

    EN 1992-1-1:2004, 12.6.5.2. ``inf`` where the wall has no resistance and carries load,
    and for tension, which plain concrete does not take; 0 where there is no load. Over N
    with a moment it is not monotonic, as N_Rd changes with N.

    Formula
    -------
    uc = n_ed_kn / n_rd_kn
    """
    n, r = as_float(n_ed_kn), as_float(n_rd_kn)
    with np.errstate(divide="ignore", invalid="ignore", over="ignore"):
        uc = np.where(n > 0.0, np.where(r > 0.0, n / r, np.inf), np.where(n < 0.0, np.inf, 0.0))
    return np.where(np.isnan(n) | np.isnan(r), np.nan, uc)


def wall_interval_kn(
    *,
    m_ed_knm: npt.ArrayLike,
    length_mm: npt.ArrayLike,
    thickness_mm: npt.ArrayLike,
    fcd_plain_mpa: npt.ArrayLike,
    l0_mm: npt.ArrayLike = 0.0,
    e_0_mm: npt.ArrayLike = 0.0,
    e_i_mm: npt.ArrayLike = 0.0,
) -> Interval:
    """Return the axial forces that a plain wall takes together with a given moment [kN].

    EN 1992-1-1:2004, (12.10) and (12.11) solved for N with e_tot = M / N + e_0 + e_i; with
    l_0 = 0 and e_i = 0 it is (12.2), for head and foot. Each branch of Phi gives
    N^2 - A N + B <= 0 with A = f_cd (a h_w - 2 a e - c l_0) b and B = 2 a f_cd b M, so the
    ends are its roots: exact, no iteration. ``lo`` rises and ``hi`` falls with M, e_0, e_i
    and l_0; the reverse for thickness, length and strength.

    Formula
    -------
    e_tot = 1000 * abs(m_ed_knm) / N + abs(e_0_mm) + abs(e_i_mm)
    phi = min(1.14 * (1 - 2 * e_tot / thickness_mm) - 0.02 * l0_mm / thickness_mm, 1 - 2 * e_tot / thickness_mm)
    N_Rd = length_mm * thickness_mm * fcd_plain_mpa * phi / 1000
    lo, hi = least and largest N with N <= N_Rd

    Parameters
    ----------
    m_ed_knm
        First order moment that does not grow with N [kNm].
    length_mm, thickness_mm
        b and h_w [mm].
    fcd_plain_mpa
        f_cd,pl [N/mm2].
    l0_mm
        Effective length [mm]; beyond 25 h_w the answer is ``nan``.
    e_0_mm, e_i_mm
        Eccentricity of N itself, and of imperfections [mm].

    Returns
    -------
    Interval
        lo = 0 without a moment; empty where no force carries the moment.
    """
    t, l0 = as_float(thickness_mm), as_float(l0_mm)
    unit = as_float(fcd_plain_mpa) * as_float(length_mm) / 1000.0  # kN per mm of thickness
    width = t - 2.0 * (np.abs(as_float(e_0_mm)) + np.abs(as_float(e_i_mm)))
    moment = 2000.0 * unit * np.abs(as_float(m_ed_knm))
    section = _roots(unit * width, moment)
    slender = _roots(unit * (1.14 * width - 0.02 * l0), 1.14 * moment)
    both = intersection(section, slender)
    return interval(both.lo, both.hi, known=l0 <= SLENDERNESS_LIMIT * t)


def _roots(a: FloatArray, b: FloatArray) -> Interval:
    """Return where n^2 - a n + b <= 0 and n >= 0, for b >= 0."""
    a = np.maximum(a, 0.0)
    discriminant = a**2 - 4.0 * b
    high = 0.5 * (a + np.sqrt(np.maximum(discriminant, 0.0)))
    # b / high is the small root without the loss of digits of a difference
    with np.errstate(divide="ignore", invalid="ignore", over="ignore"):
        low = np.where(high > 0.0, b / high, 0.0)
    return interval(np.where(discriminant < 0.0, np.inf, low), np.where(discriminant < 0.0, -np.inf, high), known=~np.isnan(discriminant))


def fctd_plain_mpa(fck_mpa: npt.ArrayLike, *, alpha_ct_plain: float = ALPHA_CT_PLAIN, gamma_c: float = GAMMA_C) -> FloatArray:
    """Return the design tensile strength of plain concrete f_ctd,pl [N/mm2].

    EN 1992-1-1:2004, (12.1): alpha_ct,pl f_ctk,0.05 / gamma_C. Rises with f_ck.

    Formula
    -------
    f_ctm = 0.30 * fck_mpa ** (2 / 3) if fck_mpa <= 50 else 2.12 * ln(1 + (fck_mpa + 8) / 10)
    f_ctd = alpha_ct_plain * 0.7 * f_ctm / gamma_c
    """
    result: FloatArray = alpha_ct_plain * fctk_005_mpa(fck_mpa) / gamma_c
    return result


def shear_strength_mpa(*, sigma_cp_mpa: npt.ArrayLike, fcd_plain_mpa: npt.ArrayLike, fctd_plain_mpa: npt.ArrayLike) -> FloatArray:
    """Return the design shear strength of plain concrete f_cvd [N/mm2].

    EN 1992-1-1:2004, (12.5) to (12.7). Rises with sigma_cp to a peak and falls to zero at
    f_cd,pl: not monotonic; rises with both strengths. Tension gives 0, compression over
    f_cd,pl gives 0.

    Formula
    -------
    lim = fcd_plain_mpa - 2 * sqrt(fctd_plain_mpa * (fctd_plain_mpa + fcd_plain_mpa))
    square = fctd_plain_mpa ** 2 + sigma_cp_mpa * fctd_plain_mpa - (max(sigma_cp_mpa - lim, 0) / 2) ** 2
    f_cvd = sqrt(max(square, 0)) if 0 <= sigma_cp_mpa <= fcd_plain_mpa else 0

    Parameters
    ----------
    sigma_cp_mpa
        Compressive stress N_Ed / A_cc over the compressed area [N/mm2].
    fcd_plain_mpa, fctd_plain_mpa
        Design strengths [N/mm2].
    """
    s, fc, ft = as_float(sigma_cp_mpa), as_float(fcd_plain_mpa), as_float(fctd_plain_mpa)
    limit = fc - 2.0 * np.sqrt(ft * (ft + fc))
    over = np.maximum(s - limit, 0.0)
    square = ft**2 + s * ft - (over / 2.0) ** 2
    strength = np.sqrt(np.maximum(square, 0.0))
    return np.where(np.isnan(square), np.nan, np.where((s < 0.0) | (s > fc), 0.0, strength))


def shear_resistance_kn(
    *,
    n_ed_kn: npt.ArrayLike,
    thickness_mm: npt.ArrayLike,
    compressed_length_mm: npt.ArrayLike,
    fcd_plain_mpa: npt.ArrayLike,
    fctd_plain_mpa: npt.ArrayLike,
) -> FloatArray:
    """Return V_Rd of plain concrete in a rectangular compressed area [kN].

    EN 1992-1-1:2004, 12.6.3(2): k V_Ed / A_cc <= f_cvd with k = 1.5. A_cc is the part that
    stays in compression: length L - 2 e for a wall in its plane. Not monotonic in N; rises
    with the strengths, thickness and, at a constant stress, the length.

    Formula
    -------
    sigma = 1000 * n_ed_kn / (thickness_mm * compressed_length_mm)
    lim = fcd_plain_mpa - 2 * sqrt(fctd_plain_mpa * (fctd_plain_mpa + fcd_plain_mpa))
    square = fctd_plain_mpa ** 2 + sigma * fctd_plain_mpa - (max(sigma - lim, 0) / 2) ** 2 if 0 <= sigma <= fcd_plain_mpa else 0
    V_Rd = sqrt(max(square, 0)) * thickness_mm * compressed_length_mm / (1000 * SHEAR_SHAPE)

    Parameters
    ----------
    n_ed_kn
        Axial force [kN], compression positive.
    thickness_mm, compressed_length_mm
        Sides of A_cc [mm]; a length of zero gives 0.
    fcd_plain_mpa, fctd_plain_mpa
        Design strengths [N/mm2].
    """
    area = as_float(thickness_mm) * np.maximum(as_float(compressed_length_mm), 0.0)
    with np.errstate(divide="ignore", invalid="ignore", over="ignore"):
        sigma = np.where(area > 0.0, 1000.0 * as_float(n_ed_kn) / area, 0.0 * area)
    strength = shear_strength_mpa(sigma_cp_mpa=sigma, fcd_plain_mpa=fcd_plain_mpa, fctd_plain_mpa=fctd_plain_mpa)
    result: FloatArray = strength * area / (1000.0 * SHEAR_SHAPE)
    return result
