"""EN 1995-1-1: timber columns, studs, joists and sole plates.

Units of the standard: mm, N/mm2; forces kN, moments kNm. Every argument broadcasts,
nothing is raised, ``nan`` in gives ``nan`` out. b is the width across the bending about y,
h the depth. Strength classes, k_mod and gamma_M are data: ``catalog/engineering/timber_*.toml``.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

FloatArray = npt.NDArray[np.float64]

BETA_C_SOLID = 0.2
BETA_C_GLUED = 0.1
"""Straightness factor of solid timber, and of glued laminated timber, LVL and CLT (6.29)."""
PLATEAU = 0.3
"""Relative slenderness up to which a column does not buckle (6.3.2(2))."""
K_M_RECTANGLE = 0.7
K_CR = 0.67
K_CR_DUTCH = 1.0
"""Share of the width that carries shear: the European value for solid and glued timber, and
that of the Dutch annex to 6.1.7(2) (one open implementation; the standard was not read)."""


def _f(value: npt.ArrayLike) -> FloatArray:
    return np.asarray(value, dtype=np.float64)


def design_strength_mpa(fk_mpa: npt.ArrayLike, *, k_mod: npt.ArrayLike, gamma_m: npt.ArrayLike) -> FloatArray:
    """Return k_mod f_k / gamma_M [N/mm2].

    EN 1995-1-1:2004, (2.14). Rises with f_k and k_mod, falls with gamma_M.

    Formula
    -------
    f_d = k_mod * fk_mpa / gamma_m
    """
    result: FloatArray = _f(k_mod) * _f(fk_mpa) / _f(gamma_m)
    return result


def depth_factor(depth_mm: npt.ArrayLike, *, glued: npt.ArrayLike = False) -> FloatArray:
    """Return k_h for bending and tension [-]: solid (150 / h)^0.2 <= 1.3, glued (600 / h)^0.1 <= 1.1, at least 1.

    EN 1995-1-1:2004, (3.1) and (3.2), solid timber to 700 kg/m3. Falls with the depth, then 1.

    Formula
    -------
    k_h = max(min((600 / depth_mm) ** 0.1, 1.1) if glued else min((150 / depth_mm) ** 0.2, 1.3), 1)
    """
    h = _f(depth_mm)
    is_glued = np.asarray(glued, dtype=np.bool_)
    size = np.where(is_glued, np.minimum((600.0 / h) ** 0.1, 1.1), np.minimum((150.0 / h) ** 0.2, 1.3))
    return np.maximum(size, 1.0)


def slenderness(*, length_mm: npt.ArrayLike, depth_mm: npt.ArrayLike) -> FloatArray:
    """Return lambda = l_ef sqrt(12) / h of a rectangle in the direction of ``depth_mm`` [-].

    Formula
    -------
    lam = length_mm * sqrt(12) / depth_mm
    """
    result: FloatArray = _f(length_mm) * np.sqrt(12.0) / _f(depth_mm)
    return result


def relative_slenderness(slenderness: npt.ArrayLike, *, fc0k_mpa: npt.ArrayLike, e005_mpa: npt.ArrayLike) -> FloatArray:
    """Return lambda_rel = lambda / pi sqrt(f_c,0,k / E_0,05) [-].

    EN 1995-1-1:2004, (6.21) and (6.22).

    Formula
    -------
    lam_rel = slenderness / pi * sqrt(fc0k_mpa / e005_mpa)
    """
    result: FloatArray = _f(slenderness) / np.pi * np.sqrt(_f(fc0k_mpa) / _f(e005_mpa))
    return result


def buckling_auxiliary(relative: npt.ArrayLike, *, beta_c: npt.ArrayLike = BETA_C_SOLID) -> FloatArray:
    """Return k = 0.5 (1 + beta_c (lambda_rel - 0.3) + lambda_rel^2) [-].

    EN 1995-1-1:2004, (6.27) and (6.28).

    Formula
    -------
    k = 0.5 * (1 + beta_c * (relative - PLATEAU) + relative ** 2)
    """
    lam = _f(relative)
    result: FloatArray = 0.5 * (1.0 + _f(beta_c) * (lam - PLATEAU) + lam**2)
    return result


def buckling_factor(relative: npt.ArrayLike, *, beta_c: npt.ArrayLike = BETA_C_SOLID) -> FloatArray:
    """Return k_c [-], 1 to a relative slenderness of 0.3.

    EN 1995-1-1:2004, (6.25) and (6.26). Falls with the slenderness and with beta_c.

    Formula
    -------
    k = 0.5 * (1 + beta_c * (relative - PLATEAU) + relative ** 2)
    k_c = 1 if relative <= PLATEAU else min(1 / (k + sqrt(max(k ** 2 - relative ** 2, 0))), 1)
    """
    lam = _f(relative)
    k = buckling_auxiliary(lam, beta_c=beta_c)
    factor = 1.0 / (k + np.sqrt(np.maximum(k**2 - lam**2, 0.0)))
    return np.where(lam <= PLATEAU, 1.0 + 0.0 * factor, np.minimum(factor, 1.0))


def column_resistance_kn(*, k_c: npt.ArrayLike, area_mm2: npt.ArrayLike, fc0d_mpa: npt.ArrayLike) -> FloatArray:
    """Return k_c A f_c,0,d [kN], the axial force of a column without bending.

    EN 1995-1-1:2004, (6.23) and (6.24) without moments; a CLT wall counts its net vertical layers.

    Formula
    -------
    N_Rd = k_c * area_mm2 * fc0d_mpa / 1000
    """
    result: FloatArray = _f(k_c) * _f(area_mm2) * _f(fc0d_mpa) / 1000.0
    return result


def stability_utilisation(
    *,
    n_ed_kn: npt.ArrayLike,
    area_mm2: npt.ArrayLike,
    fc0d_mpa: npt.ArrayLike,
    k_cy: npt.ArrayLike,
    k_cz: npt.ArrayLike,
    bending_y: npt.ArrayLike = 0.0,
    bending_z: npt.ArrayLike = 0.0,
    k_m: npt.ArrayLike = K_M_RECTANGLE,
) -> tuple[FloatArray, FloatArray]:
    """Return (6.23) and (6.24) [-]; 1.0 is the limit for both.

    EN 1995-1-1:2004, 6.3.2(3): sigma_c / (k_c f_c) plus the bending ratios, the second one
    times k_m. Used below the plateau too, in place of the squared form (6.19): safe.

    Rises with N and with each bending ratio: compression never helps.

    Formula
    -------
    axial = 1000 * n_ed_kn / (area_mm2 * fc0d_mpa)
    uc_y = axial / k_cy + bending_y + k_m * bending_z
    uc_z = axial / k_cz + k_m * bending_y + bending_z

    Parameters
    ----------
    n_ed_kn, area_mm2, fc0d_mpa
        Compression [kN], area [mm2], design strength [N/mm2].
    k_cy, k_cz
        `buckling_factor` for buckling about y and z [-].
    bending_y, bending_z
        sigma_m / f_m,d about y and z [-], `bending_ratio`.
    k_m
        0.7 for rectangles, 1.0 otherwise (6.1.6(2)).
    """
    axial = _f(n_ed_kn) * 1000.0 / (_f(area_mm2) * _f(fc0d_mpa))
    y, z, k = _f(bending_y), _f(bending_z), _f(k_m)
    return np.asarray(axial / _f(k_cy) + y + k * z), np.asarray(axial / _f(k_cz) + k * y + z)


def section_utilisation(
    *,
    n_ed_kn: npt.ArrayLike,
    area_mm2: npt.ArrayLike,
    fc0d_mpa: npt.ArrayLike,
    bending_y: npt.ArrayLike = 0.0,
    bending_z: npt.ArrayLike = 0.0,
    k_m: npt.ArrayLike = K_M_RECTANGLE,
) -> FloatArray:
    """Return the larger of (6.19) and (6.20) [-]: (sigma_c / f_c)^2 plus the bending ratios.

    EN 1995-1-1:2004, 6.2.4, a section that cannot buckle. Rises with N and bending.

    Formula
    -------
    axial = (1000 * n_ed_kn / (area_mm2 * fc0d_mpa)) ** 2
    uc = axial + max(bending_y + k_m * bending_z, k_m * bending_y + bending_z)
    """
    axial = (_f(n_ed_kn) * 1000.0 / (_f(area_mm2) * _f(fc0d_mpa))) ** 2
    y, z, k = _f(bending_y), _f(bending_z), _f(k_m)
    return np.maximum(axial + y + k * z, axial + k * y + z)


def axial_limit_kn(
    *,
    area_mm2: npt.ArrayLike,
    fc0d_mpa: npt.ArrayLike,
    k_cy: npt.ArrayLike,
    k_cz: npt.ArrayLike,
    bending_y: npt.ArrayLike = 0.0,
    bending_z: npt.ArrayLike = 0.0,
    per_kn_y: npt.ArrayLike = 0.0,
    per_kn_z: npt.ArrayLike = 0.0,
    k_m: npt.ArrayLike = K_M_RECTANGLE,
) -> FloatArray:
    """Return the largest N that (6.23) and (6.24) allow [kN], in closed form.

    Inverse of `stability_utilisation` with bending ratios bending + N per_kn: (1 - fixed) /
    (1 / (k_c A f_c) + growing), the smaller of both, 0 where the fixed bending is too much.
    The admissible force runs from 0.

    Formula
    -------
    squash = area_mm2 * fc0d_mpa / 1000
    N_y = (1 - bending_y - k_m * bending_z) / (1 / (k_cy * squash) + per_kn_y + k_m * per_kn_z)
    N_z = (1 - k_m * bending_y - bending_z) / (1 / (k_cz * squash) + k_m * per_kn_y + per_kn_z)
    N_max = max(min(N_y, N_z), 0)

    Parameters
    ----------
    area_mm2, fc0d_mpa, k_cy, k_cz, bending_y, bending_z, k_m
        As in `stability_utilisation`.
    per_kn_y, per_kn_z
        Bending ratio that each kN of axial force brings along [1/kN]: e / (W f_m,d).
    """
    squash = _f(area_mm2) * _f(fc0d_mpa) / 1000.0
    y, z, dy, dz, k = _f(bending_y), _f(bending_z), _f(per_kn_y), _f(per_kn_z), _f(k_m)
    about_y = (1.0 - y - k * z) / (1.0 / (_f(k_cy) * squash) + dy + k * dz)
    about_z = (1.0 - k * y - z) / (1.0 / (_f(k_cz) * squash) + k * dy + dz)
    return np.maximum(np.minimum(about_y, about_z), 0.0)


def bending_ratio(*, m_ed_knm: npt.ArrayLike, width_mm: npt.ArrayLike, depth_mm: npt.ArrayLike, fmd_mpa: npt.ArrayLike) -> FloatArray:
    """Return sigma_m / f_m,d of a rectangle, sigma_m = 6 M / (b h^2) [-].

    EN 1995-1-1:2004, 6.1.6.

    Formula
    -------
    ratio = 6e6 * abs(m_ed_knm) / (width_mm * depth_mm ** 2) / fmd_mpa
    """
    result: FloatArray = 6e6 * np.abs(_f(m_ed_knm)) / (_f(width_mm) * _f(depth_mm) ** 2) / _f(fmd_mpa)
    return result


def critical_bending_stress_mpa(
    *, width_mm: npt.ArrayLike, depth_mm: npt.ArrayLike, effective_length_mm: npt.ArrayLike, e005_mpa: npt.ArrayLike
) -> FloatArray:
    """Return sigma_m,crit = 0.78 b^2 E_0,05 / (h l_ef) of solid softwood [N/mm2].

    EN 1995-1-1:2004, (6.32). l_ef of table 6.1: 0.9 l for an even load, plus 2 h where it acts
    on top.

    Formula
    -------
    sigma = 0.78 * width_mm ** 2 * e005_mpa / (depth_mm * effective_length_mm)
    """
    result: FloatArray = 0.78 * _f(width_mm) ** 2 * _f(e005_mpa) / (_f(depth_mm) * _f(effective_length_mm))
    return result


def tilting_factor(relative: npt.ArrayLike) -> FloatArray:
    """Return k_crit [-]: 1 to 0.75, 1.56 - 0.75 lambda to 1.4, then 1 / lambda^2.

    EN 1995-1-1:2004, (6.34), lambda = sqrt(f_m,k / sigma_m,crit). Falls with the slenderness.

    Formula
    -------
    k_crit = 1 if relative <= 0.75 else 1.56 - 0.75 * relative if relative <= 1.4 else 1 / relative ** 2
    """
    lam = _f(relative)
    far = 1.0 / np.maximum(lam, 1.4) ** 2
    return np.where(lam <= 0.75, 1.0 + 0.0 * lam, np.where(lam <= 1.4, 1.56 - 0.75 * lam, far))


def shear_ratio(
    *,
    v_ed_kn: npt.ArrayLike,
    width_mm: npt.ArrayLike,
    depth_mm: npt.ArrayLike,
    fvd_mpa: npt.ArrayLike,
    k_cr: npt.ArrayLike = K_CR,
) -> FloatArray:
    """Return tau / f_v,d of a rectangle, tau = 1.5 V / (k_cr b h) [-].

    EN 1995-1-1:2004, (6.13) and (6.13a); `K_CR_DUTCH` is what the Dutch annex is said to allow.

    Formula
    -------
    ratio = 1500 * abs(v_ed_kn) / (k_cr * width_mm * depth_mm) / fvd_mpa
    """
    result: FloatArray = 1500.0 * np.abs(_f(v_ed_kn)) / (_f(k_cr) * _f(width_mm) * _f(depth_mm)) / _f(fvd_mpa)
    return result


def bearing_length_mm(*, contact_mm: npt.ArrayLike, left_mm: npt.ArrayLike, right_mm: npt.ArrayLike) -> FloatArray:
    """Return the effective contact length along the grain [mm].

    EN 1995-1-1:2004, 6.1.5(1): the contact plus on each side at most 30 mm, the contact
    length itself, the timber beyond the contact, and half the distance to the next load.

    Rises with every argument.

    Formula
    -------
    l_ef = contact_mm + min(max(left_mm, 0), 30, contact_mm) + min(max(right_mm, 0), 30, contact_mm)

    Parameters
    ----------
    contact_mm
        l: length of the contact along the grain [mm].
    left_mm, right_mm
        Timber beyond the contact, or half the clear distance to the next contact [mm].
    """
    contact = _f(contact_mm)
    most = np.minimum(30.0, contact)
    sides = [np.minimum(np.maximum(_f(x), 0.0), most) for x in (left_mm, right_mm)]
    return np.asarray(contact + sides[0] + sides[1])


def bearing_factor(
    *,
    continuous: npt.ArrayLike,
    glued: npt.ArrayLike,
    clear_distance_mm: npt.ArrayLike,
    depth_mm: npt.ArrayLike,
    contact_mm: npt.ArrayLike = 0.0,
) -> FloatArray:
    """Return k_c,90 [-]: 1.25 or 1.5 on a continuous support, 1.5 or 1.75 on single ones, else 1.

    EN 1995-1-1:2004/A1:2008, 6.1.5(3) and (4), softwood: solid timber and glued laminated timber
    where the next load lies at least 2 h away; on single supports 1.75 holds for glued
    timber with a contact to 400 mm only.

    Formula
    -------
    single = (1.75 if contact_mm <= 400 else 1) if glued else 1.5
    factor = (1.5 if glued else 1.25) if continuous else single
    k_c90 = factor if clear_distance_mm >= 2 * depth_mm else 1

    Parameters
    ----------
    continuous
        True for a member lying on a continuous support, as a sole plate.
    glued
        True for glued laminated softwood, False for solid softwood.
    clear_distance_mm, depth_mm, contact_mm
        Distance between contacts l_1, depth of the member, and contact length [mm].
    """
    is_glued, lying = np.asarray(glued, dtype=np.bool_), np.asarray(continuous, dtype=np.bool_)
    single = np.where(is_glued, np.where(_f(contact_mm) <= 400.0, 1.75, 1.0), 1.5)
    factor = np.where(lying, np.where(is_glued, 1.5, 1.25), single)
    apart, depth = _f(clear_distance_mm), _f(depth_mm)
    result = np.where(apart >= 2.0 * depth, factor, 1.0)
    return np.where(np.isnan(apart + depth + _f(contact_mm)), np.nan, result)


def bearing_resistance_kn(
    *, width_mm: npt.ArrayLike, effective_length_mm: npt.ArrayLike, k_c90: npt.ArrayLike, fc90d_mpa: npt.ArrayLike
) -> FloatArray:
    """Return k_c,90 f_c,90,d b l_ef, what a sole plate takes across the grain [kN].

    EN 1995-1-1:2004, (6.3) and (6.4). Rises with every argument.

    Formula
    -------
    F_Rd = k_c90 * fc90d_mpa * width_mm * effective_length_mm / 1000
    """
    result: FloatArray = _f(k_c90) * _f(fc90d_mpa) * _f(width_mm) * _f(effective_length_mm) / 1000.0
    return result
