"""NEN 9997-1 section 7: compression piles from cone penetration tests (Koppejan, 4D/8D).

Lengths in m, cone resistances in MPa, other stresses in kN/m2, forces in kN; depths grow
downwards from one level for pile and test. The standard itself was not read: formulas and
factors come from an open implementation with worked cases, the paths of the 4D/8D method
also from a second one. Pile factors and xi are data (`Engineering.pile_types`,
`Engineering.xi_factors`). The test has an axis of readings, the last one; everything else
broadcasts against the axes before it. ``nan`` in gives ``nan`` out.

A test that does not reach 4 D below the tip, or does not start 8 D above it, answers
``nan``: what it did not see is not known.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from optopscan.codes.interval import as_float
from optopscan.model.arrays import FloatArray

GAMMA_T = 1.2
"""Partial factor on the resistance of a compression pile (tables A.6 to A.8)."""
TIP_LIMIT_MPA = 15.0
FRICTION_MINIMUM = 0.25
"""Least value of K_0 tan delta (7.3.2.2(d))."""
COV_LIMIT = 0.12
"""Beyond this scatter between tests the tables of xi do not apply."""
SHAFT_CAP_MPA = 15.0
SHAFT_CAP_SHORT_MPA = 12.0
SHAFT_RUN_M = 1.0
"""q_c counts to 12 MPa for the shaft, to 15 where it stays above 12 over at least a metre."""
AUGER_START_MPA = 2.0
"""Path III of an auger pile starts with no more than this (7.6.2.3(e))."""
WATER_KN_M3 = 10.0

_BELOW_MIN, _BELOW_MAX, _ABOVE = 0.7, 4.0, 8.0
_PER_DIAMETER = 50
"""Readings per pile diameter on the paths."""
_SHAFT_READINGS = 400


def equivalent_diameter_m(*, a_m: npt.ArrayLike, b_m: npt.ArrayLike) -> FloatArray:
    """Return D_eq of a rectangular tip [m]: of equal area, the smaller side beyond b = 1.5 a.

    NEN 9997-1, 7.6.2.3(e). Rises with both sides up to that ratio; drops there.

    Formula
    -------
    D_eq = min(a_m, b_m) if max(a_m, b_m) > 1.5 * min(a_m, b_m) else sqrt(4 * a_m * b_m / pi)
    """
    small = np.minimum(as_float(a_m), as_float(b_m))
    large = np.maximum(as_float(a_m), as_float(b_m))
    result: FloatArray = np.where(large > 1.5 * small, small, np.sqrt(4.0 * small * large / np.pi))
    return result


def koppejan_means_mpa(
    *,
    depth_m: npt.ArrayLike,
    qc_mpa: npt.ArrayLike,
    tip_m: npt.ArrayLike,
    diameter_m: npt.ArrayLike,
    start_limit_mpa: npt.ArrayLike = np.inf,
) -> FloatArray:
    """Return the means of q_c over the paths I, II and III [MPa].

    NEN 9997-1, 7.6.2.3(e). I: down from the tip to between 0.7 and 4 D. II: back up from
    there to the tip, each value at most the one below it. III: on to 8 D above the tip in
    the same way. The end of path I is where the tip resistance comes out lowest. Rises
    with every reading; over the tip depth not monotonic.

    Formula
    -------
    one = mean of qc_mpa over depth_m from tip_m down to x * diameter_m, 0.7 <= x <= 4, where the sum below is least
    two = mean of the running minimum of qc_mpa from that depth back up to tip_m
    three = mean of the running minimum on to 8 * diameter_m above tip_m, at most start_limit_mpa
    least (one + two) / 2 + three

    Parameters
    ----------
    depth_m
        Depths of the readings, ascending [m], shape (n_reading,) or (..., n_reading).
    qc_mpa
        Cone resistance [MPa], shape (..., n_reading); straight between readings.
    tip_m, diameter_m
        Depth of the tip and D_eq [m], shape (...).
    start_limit_mpa
        Largest value at the start of path III [MPa]: `AUGER_START_MPA` for auger piles.

    Returns
    -------
    FloatArray
        Shape (..., 3): q_c;I, q_c;II, q_c;III.
    """
    tip, diameter, limit = np.broadcast_arrays(as_float(tip_m), as_float(diameter_m), as_float(start_limit_mpa))
    n_below, n_above = round(_BELOW_MAX * _PER_DIAMETER), round(_ABOVE * _PER_DIAMETER)
    below = _trace(depth_m, qc_mpa, tip[..., None] + diameter[..., None] * (np.arange(n_below) + 0.5) / _PER_DIAMETER)
    above = _trace(depth_m, qc_mpa, tip[..., None] - diameter[..., None] * (np.arange(n_above) + 0.5) / _PER_DIAMETER)
    capped = np.minimum(np.minimum.accumulate(above, axis=-1), limit[..., None])
    shape = np.broadcast_shapes(below.shape[:-1], above.shape[:-1])
    best, lowest = np.full((*shape, 3), np.nan), np.full(shape, np.inf)
    known = np.asarray(~np.isnan(below).any(axis=-1) & ~np.isnan(above).any(axis=-1))
    for end in range(round(_BELOW_MIN * _PER_DIAMETER), n_below + 1):
        envelope = np.minimum.accumulate(below[..., end - 1 :: -1], axis=-1)
        one, two = below[..., :end].mean(axis=-1), envelope.mean(axis=-1)
        three = np.minimum(capped, envelope[..., -1:]).mean(axis=-1)
        total = 0.5 * (one + two) + three
        better = np.asarray(total < lowest)
        lowest = np.where(better, total, lowest)
        best = np.where(better[..., None], np.stack(np.broadcast_arrays(one, two, three), axis=-1), best)
    return np.where(known[..., None], best, np.nan)


def _trace(depth_m: npt.ArrayLike, qc_mpa: npt.ArrayLike, at_m: FloatArray) -> FloatArray:
    """Return q_c at depths of shape (..., n), ``nan`` outside the test; one test or one per leading index."""
    depth, qc = as_float(depth_m), as_float(qc_mpa)
    lead = np.broadcast_shapes(depth.shape[:-1], qc.shape[:-1], at_m.shape[:-1])
    n = np.broadcast_shapes(depth.shape[-1:], qc.shape[-1:])
    z, q = np.broadcast_to(depth, (*lead, *n)), np.broadcast_to(qc, (*lead, *n))
    at = np.broadcast_to(at_m, (*lead, at_m.shape[-1]))
    out = np.empty(at.shape)
    for index in np.ndindex(*lead):
        out[index] = np.interp(at[index], z[index], q[index], left=np.nan, right=np.nan)
    return out


def tip_resistance_mpa(
    *,
    qc_1_mpa: npt.ArrayLike,
    qc_2_mpa: npt.ArrayLike,
    qc_3_mpa: npt.ArrayLike,
    alpha_p: npt.ArrayLike,
    beta: npt.ArrayLike = 1.0,
    s: npt.ArrayLike = 1.0,
) -> FloatArray:
    """Return q_b;max = 0.5 alpha_p beta s ((q_c;I + q_c;II) / 2 + q_c;III), at most 15 MPa [MPa].

    NEN 9997-1, 7.6.2.3(e). Rises with every argument to the limit.

    Formula
    -------
    q_c = (qc_1_mpa + qc_2_mpa) / 2 + qc_3_mpa
    q_b = min(0.5 * alpha_p * beta * s * q_c, TIP_LIMIT_MPA)

    Parameters
    ----------
    qc_1_mpa, qc_2_mpa, qc_3_mpa
        `koppejan_means_mpa` [MPa].
    alpha_p
        Factor of the pile type for the tip [-].
    beta, s
        Factors for the shape of the foot and of a rectangular tip [-].
    """
    mean = 0.5 * (as_float(qc_1_mpa) + as_float(qc_2_mpa)) + as_float(qc_3_mpa)
    return np.minimum(0.5 * as_float(alpha_p) * as_float(beta) * as_float(s) * mean, TIP_LIMIT_MPA)


def shaft_mean_mpa(*, depth_m: npt.ArrayLike, qc_mpa: npt.ArrayLike, top_m: npt.ArrayLike, bottom_m: npt.ArrayLike) -> FloatArray:
    """Return the mean of q_c along a length of shaft, cut off at 12 or 15 MPa [MPa].

    NEN 9997-1, 7.6.2.3(i): at most 15 MPa where q_c is at least 12 over a metre or more
    without a break inside the length, elsewhere at most 12. Rises with every reading.

    Formula
    -------
    cap = SHAFT_CAP_MPA where qc_mpa >= SHAFT_CAP_SHORT_MPA over SHAFT_RUN_M or more, else SHAFT_CAP_SHORT_MPA
    q_c = mean of min(qc_mpa, cap) over depth_m from top_m to bottom_m

    Parameters
    ----------
    depth_m, qc_mpa
        As in `koppejan_means_mpa`.
    top_m, bottom_m
        Ends of the length that counts [m], shape (...); ``nan`` where it has no length.
    """
    top, bottom = np.broadcast_arrays(as_float(top_m), as_float(bottom_m))
    share = (np.arange(_SHAFT_READINGS) + 0.5) / _SHAFT_READINGS
    qc = _trace(depth_m, qc_mpa, top[..., None] + (bottom - top)[..., None] * share)
    place = np.arange(_SHAFT_READINGS)
    weak = qc < SHAFT_CAP_SHORT_MPA
    before = np.maximum.accumulate(np.where(weak, place, -1), axis=-1)
    after = np.minimum.accumulate(np.where(weak, place, _SHAFT_READINGS)[..., ::-1], axis=-1)[..., ::-1]
    run_m = (after - before - 1) * ((bottom - top) / _SHAFT_READINGS)[..., None]
    # a hair of play: a metre made of 400 steps is a metre
    cap = np.where(~weak & (run_m >= SHAFT_RUN_M - 1e-9), SHAFT_CAP_MPA, SHAFT_CAP_SHORT_MPA)
    mean = np.minimum(qc, cap).mean(axis=-1)
    return np.where(bottom > top, mean, np.nan)


def shaft_resistance_kn(
    *, qc_mean_mpa: npt.ArrayLike, alpha_s: npt.ArrayLike, perimeter_m: npt.ArrayLike, length_m: npt.ArrayLike
) -> FloatArray:
    """Return R_s = O alpha_s q_c dL [kN], 0 without length.

    NEN 9997-1, 7.6.2.3(c); q_c at most 15 MPa, dL no higher than the layers with negative
    friction. Rises with every argument.

    Formula
    -------
    R_s = 1000 * perimeter_m * alpha_s * min(qc_mean_mpa, SHAFT_CAP_MPA) * max(length_m, 0)

    Parameters
    ----------
    qc_mean_mpa
        `shaft_mean_mpa` [MPa].
    alpha_s
        Factor of the pile type for the shaft in sand [-].
    perimeter_m
        Mean perimeter over the length [m].
    length_m
        dL [m].
    """
    length = np.maximum(as_float(length_m), 0.0)
    qc = np.where(length == 0.0, 0.0, np.minimum(as_float(qc_mean_mpa), SHAFT_CAP_MPA))
    result: FloatArray = 1000.0 * as_float(perimeter_m) * as_float(alpha_s) * qc * length
    return result


def calculated_resistance_kn(*, tip_mpa: npt.ArrayLike, tip_area_m2: npt.ArrayLike, shaft_kn: npt.ArrayLike) -> FloatArray:
    """Return R_c;cal = A_b q_b;max + R_s of one test [kN].

    NEN 9997-1, (7.6.2.3). Rises with every argument.

    Formula
    -------
    R_cal = 1000 * tip_mpa * tip_area_m2 + shaft_kn
    """
    result: FloatArray = 1000.0 * as_float(tip_mpa) * as_float(tip_area_m2) + as_float(shaft_kn)
    return result


def xi_factor(n_tests: npt.ArrayLike, *, table_n: npt.ArrayLike, table_xi: npt.ArrayLike) -> FloatArray:
    """Return xi_3 or xi_4 for a number of tests [-].

    NEN 9997-1, tables A.10a and A.10b: linear between the columns, the last column beyond
    them, ``nan`` below one test. Falls, or stays, with the number of tests.

    Formula
    -------
    xi = interp(n_tests, table_n, table_xi) if n_tests >= 1 else nan

    Parameters
    ----------
    n_tests
        Number of tests in the area [-].
    table_n, table_xi
        Columns of the table, ascending (`Engineering.xi_table`).
    """
    n = as_float(n_tests)
    return np.where(n >= 1.0, np.interp(n, as_float(table_n), as_float(table_xi)), np.nan)


def characteristic_resistance_kn(r_cal_kn: npt.ArrayLike, *, xi_3: npt.ArrayLike, xi_4: npt.ArrayLike) -> FloatArray:
    """Return R_c;k = min(mean / xi_3, lowest / xi_4) [kN].

    NEN 9997-1, (7.8). Rises with every test, falls with both factors.

    Formula
    -------
    R_k = min(mean(r_cal_kn) / xi_3, least(r_cal_kn) / xi_4)

    Parameters
    ----------
    r_cal_kn
        R_c;cal per test [kN], shape (..., n_test).
    xi_3, xi_4
        Factors for that number of tests [-], shape (...).
    """
    r = as_float(r_cal_kn)
    result: FloatArray = np.minimum(r.mean(axis=-1) / as_float(xi_3), r.min(axis=-1) / as_float(xi_4))
    return result


def variation(r_cal_kn: npt.ArrayLike) -> FloatArray:
    """Return the coefficient of variation between tests, 0 for one test [-].

    Beyond `COV_LIMIT` the resistance is not shown by the tables of xi: unknown, not ok.

    Formula
    -------
    V = deviation(r_cal_kn) / mean(r_cal_kn)

    Parameters
    ----------
    r_cal_kn
        R_c;cal per test [kN], shape (..., n_test).
    """
    r = as_float(r_cal_kn)
    if r.shape[-1] == 1:
        return 0.0 * r[..., 0]
    result: FloatArray = r.std(axis=-1, ddof=1) / r.mean(axis=-1)
    return result


def design_resistance_kn(r_k_kn: npt.ArrayLike, *, gamma_t: npt.ArrayLike = GAMMA_T) -> FloatArray:
    """Return R_c;d = R_c;k / gamma_t [kN].

    NEN 9997-1, (7.4) and tables A.6 to A.8. Rises with R_k, falls with gamma_t.

    Formula
    -------
    R_d = r_k_kn / gamma_t
    """
    result: FloatArray = as_float(r_k_kn) / as_float(gamma_t)
    return result


def stress_integral_kn_m(
    *,
    thickness_m: npt.ArrayLike,
    gamma_dry_kn_m3: npt.ArrayLike,
    gamma_wet_kn_m3: npt.ArrayLike,
    water_depth_m: npt.ArrayLike,
    surcharge_kpa: npt.ArrayLike = 0.0,
) -> FloatArray:
    """Return the integral of the vertical effective stress over each layer [kN/m].

    NEN 9997-1, 7.3.2.2(d). Rises with the unit weights, the surcharge and the depth of the
    water; the integral of a layer rises with its own thickness for gamma_wet above 10, not always with
    that of the layers above it, which may take it below the water.

    Formula
    -------
    dry = part of each thickness_m above water_depth_m
    wet = thickness_m - dry
    s = surcharge_kpa + sum of gamma_dry_kn_m3 * dry + (gamma_wet_kn_m3 - WATER_KN_M3) * wet over the layers above
    total = (s + gamma_dry_kn_m3 * dry / 2) * dry + (s + gamma_dry_kn_m3 * dry + (gamma_wet_kn_m3 - WATER_KN_M3) * wet / 2) * wet

    Parameters
    ----------
    thickness_m, gamma_dry_kn_m3, gamma_wet_kn_m3
        Layers from the surface down, shape (..., n_layer): thickness [m], unit weight above
        and below the water [kN/m3].
    water_depth_m
        Depth of the water below the surface [m], shape (...).
    surcharge_kpa
        Load on the surface [kN/m2], shape (...).

    Returns
    -------
    FloatArray
        Shape (..., n_layer).
    """
    thickness, dry, wet = np.broadcast_arrays(as_float(thickness_m), as_float(gamma_dry_kn_m3), as_float(gamma_wet_kn_m3))
    top = np.cumsum(thickness, axis=-1) - thickness
    dry_part = np.clip(as_float(water_depth_m)[..., None] - top, 0.0, thickness)
    wet_part = thickness - dry_part
    above, below = dry * dry_part, (wet - WATER_KN_M3) * wet_part
    total = above + below
    start = np.cumsum(total, axis=-1) - total + as_float(surcharge_kpa)[..., None]
    result: FloatArray = (start + 0.5 * above) * dry_part + (start + above + 0.5 * below) * wet_part
    return result


def friction_coefficient(phi_deg: npt.ArrayLike, *, cast_in_ground: npt.ArrayLike = False) -> FloatArray:
    """Return K_0 tan delta, at least 0.25 [-].

    NEN 9997-1, 7.3.2.2(d): K_0 = 1 - sin phi; delta = phi for piles cast in the ground,
    0.75 phi for others. Over phi it rises and falls; the floor governs for most soils.

    Formula
    -------
    delta = phi_deg if cast_in_ground else 0.75 * phi_deg
    K = max((1 - sin(radians(phi_deg))) * tan(radians(delta)), FRICTION_MINIMUM)
    """
    phi = np.radians(as_float(phi_deg))
    delta = np.where(np.asarray(cast_in_ground, dtype=np.bool_), phi, 0.75 * phi)
    return np.maximum((1.0 - np.sin(phi)) * np.tan(delta), FRICTION_MINIMUM)


def negative_friction_kn(
    *, perimeter_m: npt.ArrayLike, coefficient: npt.ArrayLike, stress_integral_kn_m: npt.ArrayLike, gamma_f: npt.ArrayLike = 1.0
) -> FloatArray:
    """Return F_nk = sum of O K_0 tan delta int(sigma'v dz), a load on the pile [kN].

    NEN 9997-1, 7.3.2.2(d) for a single pile or one row, gamma_f;nk = 1.0. Rises with every
    argument.

    Formula
    -------
    F_nk = gamma_f * sum(perimeter_m * coefficient * stress_integral_kn_m)

    Parameters
    ----------
    perimeter_m, coefficient, stress_integral_kn_m
        Per layer, shape (..., n_layer), or one value for all.
    gamma_f
        Partial factor [-], shape (...).
    """
    layers = as_float(perimeter_m) * as_float(coefficient) * as_float(stress_integral_kn_m)
    result: FloatArray = as_float(gamma_f) * (np.sum(layers, axis=-1) if layers.ndim else layers)
    return result


def pile_utilisation(*, f_d_kn: npt.ArrayLike, r_d_kn: npt.ArrayLike, f_nk_d_kn: npt.ArrayLike = 0.0) -> FloatArray:
    """Return (F_c;d + F_nk;d) / R_c;d [-]; ``inf`` without resistance and for tension.

    NEN 9997-1, (7.1). Rises with both forces, falls with the resistance.

    Formula
    -------
    uc = (f_d_kn + f_nk_d_kn) / r_d_kn
    """
    load, r = as_float(f_d_kn) + as_float(f_nk_d_kn), as_float(r_d_kn)
    with np.errstate(divide="ignore", invalid="ignore", over="ignore"):
        uc = np.where(load > 0.0, np.where(r > 0.0, load / r, np.inf), np.where(load < 0.0, np.inf, 0.0))
    return np.where(np.isnan(load) | np.isnan(r), np.nan, uc)


def group_factor(*, eccentricity_m: npt.ArrayLike, length_m: npt.ArrayLike) -> FloatArray:
    """Return the most loaded pile over the mean, 1 + 6 |e| / l [-].

    Linear distribution under a stiff beam of length l; an estimate for unequal pile loads.
    Rises with e, falls with l.

    Formula
    -------
    factor = 1 + 6 * abs(eccentricity_m) / length_m
    """
    result: FloatArray = 1.0 + 6.0 * np.abs(as_float(eccentricity_m)) / as_float(length_m)
    return result
