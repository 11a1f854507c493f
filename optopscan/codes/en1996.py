"""EN 1996-1-1 with the Dutch annex: unreinforced masonry under mainly vertical load.

Units of the standard: mm, N/mm2; forces in kN. Every argument broadcasts, nothing is
raised; ``nan`` in gives ``nan`` out. Factors are clipped at zero where the resultant
leaves the wall. Local loads: `en1996_local`; the admissible axial force: `en1996_interval`;
bending out of plane: `en1996_lateral`.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

FloatArray = npt.NDArray[np.float64]

E_OVER_FK = 700.0
"""Dutch ratio of the elasticity modulus to f_k (NB to 3.7.2(2)); EN and UK use 1000."""
SLENDERNESS_LIMIT = 27.0
SLENDERNESS_CREEP = 27.0


def _f(value: npt.ArrayLike) -> FloatArray:
    return np.asarray(value, dtype=np.float64)


def fk_mpa(
    *,
    fb_mpa: npt.ArrayLike,
    fm_mpa: npt.ArrayLike,
    k: npt.ArrayLike,
    alpha: npt.ArrayLike,
    beta: npt.ArrayLike,
    thin_layer: npt.ArrayLike = False,
    longitudinal_joint: npt.ArrayLike = False,
) -> FloatArray:
    """Return the characteristic compressive strength of masonry f_k [N/mm2].

    EN 1996-1-1:2005, 3.6.1.2: K f_b^alpha f_m^beta. Dutch limits: f_b <= 75 (general
    purpose) or 50 (thin layer), f_m <= 20 and, general purpose, f_m <= 2 f_b. A mortar
    joint parallel to the face takes K times 0.8 (3.6.1.2(6)).

    Rises with f_b, f_m (both to their limit, then constant) and K.

    Formula
    -------
    f_b = min(fb_mpa, 50 if thin_layer else 75)
    f_m = min(fm_mpa, 20) if thin_layer else min(fm_mpa, 20, 2 * f_b)
    f_k = (0.8 if longitudinal_joint else 1) * k * f_b ** alpha * f_m ** beta

    Parameters
    ----------
    fb_mpa
        Normalised mean strength of the unit f_b [N/mm2].
    fm_mpa
        Mortar strength f_m [N/mm2].
    k, alpha, beta
        Constants of the unit and mortar (`en1996_data.strength_row`).
    thin_layer, longitudinal_joint
        Booleans, broadcastable.
    """
    thin = np.asarray(thin_layer, dtype=np.bool_)
    fb = np.minimum(_f(fb_mpa), np.where(thin, 50.0, 75.0))
    fm = np.minimum(_f(fm_mpa), 20.0)
    fm = np.where(thin, fm, np.minimum(fm, 2.0 * fb))
    joint = np.where(np.asarray(longitudinal_joint, dtype=np.bool_), 0.8, 1.0)
    result: FloatArray = joint * _f(k) * fb ** _f(alpha) * fm ** _f(beta)
    return result


def area_factor(area_m2: npt.ArrayLike) -> FloatArray:
    """Return 0.7 + 3 A for a cross-section below 0.1 m2, else 1 [-].

    EN 1996-1-1:2005, (6.3).

    Rises with the area to 0.1 m2, then constant.

    Formula
    -------
    factor = min(0.7 + 3 * area_m2, 1)
    """
    return np.minimum(0.7 + 3.0 * _f(area_m2), 1.0)


def design_strength_mpa(fk_mpa: npt.ArrayLike, *, gamma_m: npt.ArrayLike, area_m2: npt.ArrayLike = np.inf) -> FloatArray:
    """Return the design compressive strength f_d = f_k / gamma_M, less in a small cross-section [N/mm2].

    EN 1996-1-1:2005, 2.4.3(1) and (6.3). Rises with f_k and, to 0.1 m2, with the area; falls with gamma_M.

    Formula
    -------
    f_d = min(0.7 + 3 * area_m2, 1) * fk_mpa / gamma_m

    Parameters
    ----------
    fk_mpa, gamma_m
        f_k [N/mm2] and `en1996_data.gamma_m` [-].
    area_m2
        Horizontal cross-section of the wall or pier [m2]; leave it out where it is 0.1 or more.
    """
    result: FloatArray = area_factor(area_m2) * _f(fk_mpa) / _f(gamma_m)
    return result


def rho2(*, concrete_floors: npt.ArrayLike, e_top_mm: npt.ArrayLike, thickness_mm: npt.ArrayLike) -> FloatArray:
    """Return the height factor of a wall held at head and foot only [-]: 0.75 or 1.0.

    EN 1996-1-1:2005, 5.5.1.2(11): 0.75 between concrete floors or roofs that span from both
    sides at one level, or from one side with a bearing of at least two thirds of the
    thickness; 1.0 otherwise, between timber floors, and where the head eccentricity
    exceeds a quarter of the thickness.

    A step in e_top; nan where an eccentricity or thickness that decides is unknown.

    Formula
    -------
    rho = 0.75 if concrete_floors and abs(e_top_mm) <= 0.25 * thickness_mm else 1

    Parameters
    ----------
    concrete_floors
        True where concrete floors with the required bearing are shown at head and foot.
    e_top_mm, thickness_mm
        Eccentricity at the head and thickness [mm].
    """
    e, t = np.abs(_f(e_top_mm)), _f(thickness_mm)
    held = np.where(np.isnan(e) | np.isnan(t), np.nan, np.where(e <= 0.25 * t, 0.75, 1.0))
    return np.where(np.asarray(concrete_floors, dtype=np.bool_), held, 1.0)


def rho3(*, rho2: npt.ArrayLike, height_mm: npt.ArrayLike, length_mm: npt.ArrayLike, thickness_mm: npt.ArrayLike) -> FloatArray:
    """Return the height factor of a wall held at head, foot and one vertical edge [-].

    EN 1996-1-1:2005, (5.6) and (5.7); the edge no longer counts from L = 15 t.

    Falls with the height, rises with the length, does not fall with rho2; steps up to rho2
    at L = 15 t, and at h = 3.5 L to 0.3 or more (a small step up with the height).

    Formula
    -------
    held = rho2 / (1 + (rho2 * height_mm / (3 * length_mm)) ** 2) if height_mm <= 3.5 * length_mm else max(1.5 * length_mm / height_mm, 0.3)
    rho = rho2 if length_mm >= 15 * thickness_mm else held

    Parameters
    ----------
    rho2
        Factor for head and foot [-]: 0.75 or 1.0.
    height_mm, length_mm, thickness_mm
        Clear height, distance of the edge to the free edge, thickness [mm].
    """
    r, h, length, t = _f(rho2), _f(height_mm), _f(length_mm), _f(thickness_mm)
    low = r / (1.0 + (r * h / (3.0 * length)) ** 2)
    held = np.where(h <= 3.5 * length, low, np.maximum(1.5 * length / h, 0.3))
    return np.where(np.isnan(t), np.nan, np.where(length >= 15.0 * t, r, held))


def rho4(*, rho2: npt.ArrayLike, height_mm: npt.ArrayLike, length_mm: npt.ArrayLike, thickness_mm: npt.ArrayLike) -> FloatArray:
    """Return the height factor of a wall held at all four edges [-].

    EN 1996-1-1:2005, (5.8) and (5.9); the edges no longer count from L = 30 t.

    Falls with the height, rises with the length; steps up to rho2 at L = 30 t,
    and by about 0.005 at h = 1.15 L.

    Formula
    -------
    held = rho2 / (1 + (rho2 * height_mm / length_mm) ** 2) if height_mm <= 1.15 * length_mm else 0.5 * length_mm / height_mm
    rho = rho2 if length_mm >= 30 * thickness_mm else held

    Parameters
    ----------
    rho2, height_mm, length_mm, thickness_mm
        As in `rho3`, with the distance between the held vertical edges.
    """
    r, h, length, t = _f(rho2), _f(height_mm), _f(length_mm), _f(thickness_mm)
    low = r / (1.0 + (r * h / length) ** 2)
    held = np.where(h <= 1.15 * length, low, 0.5 * length / h)
    return np.where(np.isnan(t), np.nan, np.where(length >= 30.0 * t, r, held))


def effective_thickness_mm(thickness_mm: npt.ArrayLike, *, other_leaf_mm: npt.ArrayLike = 0.0) -> FloatArray:
    """Return t_ef [mm]: the leaf itself, or both leaves of a cavity wall with shown stiff ties.

    EN 1996-1-1:2005, 5.5.1.3: cube root of the sum of cubes. Leave ``other_leaf_mm`` at
    zero unless the ties of this wall are evidenced.

    Rises with both.

    Formula
    -------
    t_ef = (thickness_mm ** 3 + other_leaf_mm ** 3) ** (1 / 3)
    """
    result: FloatArray = np.cbrt(_f(thickness_mm) ** 3 + _f(other_leaf_mm) ** 3)
    return result


def effective_height_mm(height_mm: npt.ArrayLike, *, rho: npt.ArrayLike) -> FloatArray:
    """Return h_ef = rho h [mm], with `rho2`, `rho3` or `rho4`.

    EN 1996-1-1:2005, (5.2). Rises with both.

    Formula
    -------
    h_ef = rho * height_mm
    """
    result: FloatArray = _f(rho) * _f(height_mm)
    return result


def slenderness(*, effective_height_mm: npt.ArrayLike, effective_thickness_mm: npt.ArrayLike) -> FloatArray:
    """Return h_ef / t_ef [-], at most `SLENDERNESS_LIMIT` in a wall that carries.

    EN 1996-1-1:2005, 5.5.1.4. Rises with h_ef, falls with t_ef.

    Formula
    -------
    ratio = effective_height_mm / effective_thickness_mm
    """
    result: FloatArray = _f(effective_height_mm) / _f(effective_thickness_mm)
    return result


def initial_eccentricity_mm(effective_height_mm: npt.ArrayLike) -> FloatArray:
    """Return e_init = h_ef / 450 [mm].

    EN 1996-1-1:2005, 5.5.1.1(4).

    Rises with h_ef.

    Formula
    -------
    e_init = effective_height_mm / 450
    """
    result: FloatArray = _f(effective_height_mm) / 450.0
    return result


def end_eccentricity_mm(*, e_load_mm: npt.ArrayLike, e_init_mm: npt.ArrayLike, thickness_mm: npt.ArrayLike) -> FloatArray:
    """Return e_i at head or foot [mm], at least 0.05 t.

    EN 1996-1-1:2005, (6.5); ``e_load_mm`` is M / N with the effect of wind.

    Never falls with the size of e_load, with e_init or with t.

    Formula
    -------
    e_i = max(abs(e_load_mm) + e_init_mm, 0.05 * thickness_mm)
    """
    return np.maximum(np.abs(_f(e_load_mm)) + _f(e_init_mm), 0.05 * _f(thickness_mm))


def end_factor(*, e_mm: npt.ArrayLike, thickness_mm: npt.ArrayLike) -> FloatArray:
    """Return Phi_i = 1 - 2 e_i / t at head or foot [-], not below zero.

    EN 1996-1-1:2005, (6.4).

    Falls with e, rises with t.

    Formula
    -------
    phi = max(1 - 2 * e_mm / thickness_mm, 0)
    """
    return np.maximum(1.0 - 2.0 * _f(e_mm) / _f(thickness_mm), 0.0)


def creep_eccentricity_mm(
    *, slenderness: npt.ArrayLike, thickness_mm: npt.ArrayLike, e_m_mm: npt.ArrayLike, phi_inf: npt.ArrayLike
) -> FloatArray:
    """Return e_k [mm], zero to a slenderness of 27 in the Netherlands.

    EN 1996-1-1:2005, (6.8) with the Dutch lambda_c = 27.

    Zero, and beyond 27 rising with every argument.

    Formula
    -------
    e_k = 0 if slenderness <= SLENDERNESS_CREEP else 0.002 * phi_inf * slenderness * sqrt(thickness_mm * abs(e_m_mm))
    """
    lam = _f(slenderness)
    e_k = 0.002 * _f(phi_inf) * lam * np.sqrt(_f(thickness_mm) * np.abs(_f(e_m_mm)))
    return np.where(lam <= SLENDERNESS_CREEP, 0.0 * e_k, e_k)


def mid_eccentricity_mm(
    *,
    e_load_mm: npt.ArrayLike,
    e_init_mm: npt.ArrayLike,
    thickness_mm: npt.ArrayLike,
    slenderness: npt.ArrayLike,
    phi_inf: npt.ArrayLike,
) -> FloatArray:
    """Return e_mk at mid-height [mm], at least 0.05 t.

    EN 1996-1-1:2005, (6.6) to (6.8).

    Never falls with any argument.

    Formula
    -------
    e_m = abs(e_load_mm) + e_init_mm
    e_k = 0 if slenderness <= SLENDERNESS_CREEP else 0.002 * phi_inf * slenderness * sqrt(thickness_mm * e_m)
    e_mk = max(e_m + e_k, 0.05 * thickness_mm)
    """
    e_m = np.abs(_f(e_load_mm)) + _f(e_init_mm)
    e_k = creep_eccentricity_mm(slenderness=slenderness, thickness_mm=thickness_mm, e_m_mm=e_m, phi_inf=phi_inf)
    return np.maximum(e_m + e_k, 0.05 * _f(thickness_mm))


def minimum_eccentricity_mm(
    *, effective_height_mm: npt.ArrayLike, thickness_mm: npt.ArrayLike, slenderness: npt.ArrayLike, phi_inf: npt.ArrayLike
) -> FloatArray:
    """Return the Dutch minimum eccentricity max(10 mm, h_ef / 300, 0.05 t) plus creep [mm].

    Dutch annex to 5.5.1.1(5), with h_ef for rho2 = 1.0 (one open implementation with
    published reference sheets; the text itself was not read: confidence medium).

    Never falls with any argument.

    Formula
    -------
    e = max(10, effective_height_mm / 300, 0.05 * thickness_mm)
    e_mk = e + (0 if slenderness <= SLENDERNESS_CREEP else 0.002 * phi_inf * slenderness * sqrt(thickness_mm * e))
    """
    t = _f(thickness_mm)
    e = np.maximum(np.maximum(10.0, _f(effective_height_mm) / 300.0), 0.05 * t)
    result: FloatArray = e + creep_eccentricity_mm(slenderness=slenderness, thickness_mm=t, e_m_mm=e, phi_inf=phi_inf)
    return result


def mid_factor(
    *, e_mm: npt.ArrayLike, thickness_mm: npt.ArrayLike, slenderness: npt.ArrayLike, e_over_fk: npt.ArrayLike = E_OVER_FK
) -> FloatArray:
    """Return Phi_m at mid-height [-], not below zero.

    EN 1996-1-1:2005, Annex G: A1 exp(-u^2 / 2), A1 = 1 - 2 e / t,
    u = (lambda - 0.063) / (0.73 - 1.17 e / t), lambda = slenderness sqrt(f_k / E).

    Falls with e and, from 0.063 sqrt(E / f_k) on, with the slenderness; rises with t and E / f_k.

    Formula
    -------
    A_1 = 1 - 2 * min(e_mm / thickness_mm, 0.5)
    u = (slenderness * sqrt(1 / e_over_fk) - 0.063) / (0.73 - 1.17 * min(e_mm / thickness_mm, 0.5))
    phi = A_1 * exp(-u ** 2 / 2)

    Parameters
    ----------
    e_mm
        e_mk [mm].
    thickness_mm
        t [mm].
    slenderness
        h_ef / t_ef [-].
    e_over_fk
        E / f_k [-].
    """
    ratio = _f(e_mm) / _f(thickness_mm)
    a1 = np.maximum(1.0 - 2.0 * ratio, 0.0)
    lam = _f(slenderness) * np.sqrt(1.0 / _f(e_over_fk))
    # A1 is zero from e/t = 0.5 on; holding the ratio there keeps the divisor positive.
    u = (lam - 0.063) / (0.73 - 1.17 * np.minimum(ratio, 0.5))
    result: FloatArray = a1 * np.exp(-0.5 * u**2)
    return result


def axial_resistance_kn(*, phi: npt.ArrayLike, thickness_mm: npt.ArrayLike, length_mm: npt.ArrayLike, fd_mpa: npt.ArrayLike) -> FloatArray:
    """Return N_Rd = Phi t l f_d [kN].

    EN 1996-1-1:2005, (6.2).

    Rises with every argument. With a moment in play Phi itself rises with N_Ed, so the margin
    N_Rd - N_Ed is not monotonic in N_Ed: see `en1996_interval`.

    Formula
    -------
    N_Rd = phi * thickness_mm * length_mm * fd_mpa / 1000
    """
    result: FloatArray = _f(phi) * _f(thickness_mm) * _f(length_mm) * _f(fd_mpa) / 1000.0
    return result


def fvk_mpa(
    *, fvk0_mpa: npt.ArrayLike, sigma_d_mpa: npt.ArrayLike, fb_mpa: npt.ArrayLike, unfilled_head_joints: npt.ArrayLike = False
) -> FloatArray:
    """Return the characteristic shear strength of masonry [N/mm2].

    EN 1996-1-1:2005, 3.6.2, (3.5) and (3.6): f_vk0 + 0.4 sigma_d, at most 0.065 f_b (the
    Dutch f_vlt); f_vk0 counts half where the head joints are not filled.

    Rises with each of f_vk0, sigma_d (to the limit, then constant) and f_b.

    Formula
    -------
    f_vk = min((0.5 if unfilled_head_joints else 1) * fvk0_mpa + 0.4 * sigma_d_mpa, 0.065 * fb_mpa)
    """
    bond = np.where(np.asarray(unfilled_head_joints, dtype=np.bool_), 0.5, 1.0) * _f(fvk0_mpa)
    return np.minimum(bond + 0.4 * _f(sigma_d_mpa), 0.065 * _f(fb_mpa))


def compressed_length_mm(*, n_ed_kn: npt.ArrayLike, m_ed_knm: npt.ArrayLike, length_mm: npt.ArrayLike) -> FloatArray:
    """Return the length of a wall that stays in compression under N and an in-plane moment [mm].

    EN 1996-1-1:2005, 6.2(3), linear stress: the whole length to e = l / 6, then 3 (l / 2 - e),
    zero from e = l / 2 on and where N is not compression.

    Rises with N (then constant at l) and with l; falls with the size of the moment.

    Formula
    -------
    e = 1000 * abs(m_ed_knm) / n_ed_kn
    l_c = min(max(3 * (length_mm / 2 - e), 0), length_mm) if n_ed_kn > 0 else 0

    Parameters
    ----------
    n_ed_kn, m_ed_knm
        Axial force [kN] (compression positive) and moment [kNm] that go together.
    length_mm
        Length of the wall [mm].
    """
    n, moment, length = np.broadcast_arrays(_f(n_ed_kn), 1000.0 * np.abs(_f(m_ed_knm)), _f(length_mm))
    pressed = n > 0.0
    e = moment / np.where(pressed, n, 1.0)
    held = np.clip(3.0 * (0.5 * length - e), 0.0, length)
    return np.where(np.isnan(n), np.nan, np.where(pressed, held, 0.0 * (length + moment)))


def shear_resistance_kn(
    *,
    n_ed_kn: npt.ArrayLike,
    thickness_mm: npt.ArrayLike,
    compressed_length_mm: npt.ArrayLike,
    fvk0_mpa: npt.ArrayLike,
    fb_mpa: npt.ArrayLike,
    gamma_m: npt.ArrayLike,
    unfilled_head_joints: npt.ArrayLike = False,
) -> FloatArray:
    """Return the in-plane shear resistance V_Rd = f_vd t l_c [kN].

    EN 1996-1-1:2005, 6.2 with `fvk_mpa`; sigma_d = N_Ed / (t l_c). Tension, and a wall of
    which nothing is compressed, give no resistance.

    Rises with N and is then capped by 0.065 f_b; with the moment fixed (`compressed_length_mm`
    of the same N) it still never falls with N.

    Formula
    -------
    sigma = 1000 * n_ed_kn / (thickness_mm * compressed_length_mm)
    f_vk = min((0.5 if unfilled_head_joints else 1) * fvk0_mpa + 0.4 * sigma, 0.065 * fb_mpa)
    V_Rd = f_vk / gamma_m * thickness_mm * compressed_length_mm / 1000 if sigma >= 0 else 0
    """
    area = _f(thickness_mm) * _f(compressed_length_mm)
    sigma = _f(n_ed_kn) * 1000.0 / np.where(area == 0.0, 1.0, area)
    fvk = fvk_mpa(fvk0_mpa=fvk0_mpa, sigma_d_mpa=sigma, fb_mpa=fb_mpa, unfilled_head_joints=unfilled_head_joints)
    return np.where(sigma < 0.0, 0.0, fvk / _f(gamma_m) * area / 1000.0)


def sway_slenderness(*, height_m: npt.ArrayLike, n_ed_kn: npt.ArrayLike, sum_ei_knm2: npt.ArrayLike) -> FloatArray:
    """Return h_tot sqrt(N_Ed / sum EI) [-] of a building in one direction.

    EN 1996-1-1:2005, 5.4(2), (5.1): up to `sway_limit` the sway of the building adds no
    moment to the walls; beyond it second-order effects must be computed.

    Rises with height and force, falls with stiffness.

    Formula
    -------
    ratio = height_m * sqrt(n_ed_kn / sum_ei_knm2)

    Parameters
    ----------
    height_m
        Height above the foundation [m].
    n_ed_kn
        Design vertical load at the foot of the building [kN].
    sum_ei_knm2
        Sum of the bending stiffness of the bracing walls, uncracked, in that direction [kNm2].
    """
    result: FloatArray = _f(height_m) * np.sqrt(_f(n_ed_kn) / _f(sum_ei_knm2))
    return result


def sway_limit(storeys: npt.ArrayLike) -> FloatArray:
    """Return the limit of `sway_slenderness` [-]: 0.2 + 0.1 n up to four storeys, 0.6 from there.

    EN 1996-1-1:2005, 5.4(2). nan below one storey.

    Formula
    -------
    limit = min(0.2 + 0.1 * storeys, 0.6) if storeys >= 1 else nan
    """
    n = _f(storeys)
    return np.where(n < 1.0, np.nan, np.minimum(0.2 + 0.1 * n, 0.6))


def imperfection_inclination(height_m: npt.ArrayLike) -> FloatArray:
    """Return the inclination of a masonry building, 1 / (100 sqrt(h_tot)) [-].

    EN 1996-1-1:2005, 5.3(2). Falls with the height.

    Formula
    -------
    nu = 1 / (100 * sqrt(height_m))

    Parameters
    ----------
    height_m
        Total height of the building [m].
    """
    result: FloatArray = 1.0 / (100.0 * np.sqrt(_f(height_m)))
    return result
