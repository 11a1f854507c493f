"""NEN 9997-1 section 6: bearing, sliding and settlement of strip and pad footings.

Lengths in m, forces in kN (per m run for a strip), stresses in kN/m2, unit weights in
kN/m3, angles in degrees. The standard itself was not read: the formulas are those of
EN 1997-1 annex D, the Dutch partial factors come from an open implementation with worked
cases. Every argument broadcasts; ``nan`` in gives ``nan`` out; nothing raises.

A strip has an infinite length L: give ``length_m=inf`` and forces per m run.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from optopscan.codes.interval import Interval, admissible_interval, as_float
from optopscan.model.arrays import FloatArray

GAMMA_PHI = 1.15
"""On tan phi (table A.4a)."""
GAMMA_COHESION = 1.6
GAMMA_UNDRAINED = 1.35
GAMMA_WEIGHT = 1.1
NC_ZERO = np.pi + 2.0
"""N_c without friction (Prandtl)."""


def design_angle_deg(phi_deg: npt.ArrayLike, *, gamma_phi: npt.ArrayLike = GAMMA_PHI) -> FloatArray:
    """Return phi_d = atan(tan phi_k / gamma_phi) [deg].

    NEN 9997-1, table A.4a. Rises with phi, falls with gamma_phi.

    Formula
    -------
    phi_d = degrees(atan(tan(radians(phi_deg)) / gamma_phi))
    """
    return np.degrees(np.arctan(np.tan(np.radians(as_float(phi_deg))) / as_float(gamma_phi)))


def overburden_factor(phi_d_deg: npt.ArrayLike) -> FloatArray:
    """Return N_q = e^(pi tan phi) tan^2(45 + phi / 2) [-]; EN 1997-1, D.4. Rises with phi.

    Formula
    -------
    N_q = exp(pi * tan(radians(phi_d_deg))) * tan(radians(45 + phi_d_deg / 2)) ** 2
    """
    phi = np.radians(as_float(phi_d_deg))
    result: FloatArray = np.exp(np.pi * np.tan(phi)) * np.tan(np.pi / 4.0 + phi / 2.0) ** 2
    return result


def cohesion_factor(phi_d_deg: npt.ArrayLike) -> FloatArray:
    """Return N_c = (N_q - 1) / tan phi, pi + 2 without friction [-]; EN 1997-1, D.4. Rises with phi.

    Formula
    -------
    N_q = exp(pi * tan(radians(phi_d_deg))) * tan(radians(45 + phi_d_deg / 2)) ** 2
    N_c = (N_q - 1) / tan(radians(phi_d_deg)) if phi_d_deg > 0 else pi + 2
    """
    tangent = np.tan(np.radians(as_float(phi_d_deg)))
    usable = tangent > 1e-6
    ratio = (overburden_factor(phi_d_deg) - 1.0) / np.where(usable, tangent, 1.0)
    return np.where(np.isnan(tangent), np.nan, np.where(usable, ratio, NC_ZERO))


def weight_factor(phi_d_deg: npt.ArrayLike) -> FloatArray:
    """Return N_gamma = 2 (N_q - 1) tan phi of a rough base [-]; EN 1997-1, D.4. Rises with phi.

    Formula
    -------
    N_q = exp(pi * tan(radians(phi_d_deg))) * tan(radians(45 + phi_d_deg / 2)) ** 2
    N_gamma = 2 * (N_q - 1) * tan(radians(phi_d_deg))
    """
    result: FloatArray = 2.0 * (overburden_factor(phi_d_deg) - 1.0) * np.tan(np.radians(as_float(phi_d_deg)))
    return result


def effective_width_m(width_m: npt.ArrayLike, *, eccentricity_m: npt.ArrayLike = 0.0) -> FloatArray:
    """Return B' = B - 2 |e|, not below zero [m].

    NEN 9997-1, 6.5.2.2 (EN 1997-1, D.2). Rises with B, falls with e; the same for L'.

    Formula
    -------
    B = max(width_m - 2 * abs(eccentricity_m), 0)
    """
    return np.maximum(as_float(width_m) - 2.0 * np.abs(as_float(eccentricity_m)), 0.0)


def inclination_ratio(*, v_d_kn: npt.ArrayLike, h_d_kn: npt.ArrayLike) -> FloatArray:
    """Return 1 - H / V, from 0 to 1 [-]; 0 where V does not press on the ground.

    EN 1997-1, D.4, without the help of A' c' cot phi: the Dutch text of that term was not
    read and leaving it out is safe. Rises with V, falls with |H|.

    Formula
    -------
    ratio = min(max(1 - abs(h_d_kn) / v_d_kn, 0), 1) if v_d_kn > 0 else 0
    """
    v, h = as_float(v_d_kn), np.abs(as_float(h_d_kn))
    ratio = np.clip(1.0 - h / np.where(v > 0.0, v, 1.0), 0.0, 1.0)
    return np.where(np.isnan(v) | np.isnan(h), np.nan, np.where(v > 0.0, ratio, 0.0))


def drained_stress_kpa(
    *,
    phi_d_deg: npt.ArrayLike,
    effective_width_m: npt.ArrayLike,
    overburden_d_kpa: npt.ArrayLike,
    gamma_d_kn_m3: npt.ArrayLike,
    c_d_kpa: npt.ArrayLike = 0.0,
    effective_length_m: npt.ArrayLike = np.inf,
    inclination: npt.ArrayLike = 1.0,
) -> FloatArray:
    """Return the drained bearing resistance R_d / A' [kN/m2].

    NEN 9997-1, 6.5.2.2 with EN 1997-1, D.4: c N_c s_c i_c + q N_q s_q i_q + 0.5 gamma B'
    N_gamma s_gamma i_gamma, horizontal base and ground. Rises with phi, q, gamma, c and
    the inclination ratio, and for a strip with B'. Over the sides of a pad it is not monotonic: with
    the longer one s_q falls and s_gamma rises.

    Formula
    -------
    s = min(effective_width_m, effective_length_m) / max(effective_width_m, effective_length_m)
    N_q = exp(pi * tan(radians(phi_d_deg))) * tan(radians(45 + phi_d_deg / 2)) ** 2
    s_q = 1 + s * sin(radians(phi_d_deg))
    i_q = inclination ** ((2 + s) / (1 + s))
    N_g = 2 * (N_q - 1) * tan(radians(phi_d_deg))
    weight = 0.5 * gamma_d_kn_m3 * min(effective_width_m, effective_length_m) * N_g * (1 - 0.3 * s) * i_q * inclination
    cohesion = c_d_kpa * (s_q * N_q - 1) / tan(radians(phi_d_deg)) * max(i_q - (1 - i_q) / (N_q - 1), 0)
    stress = overburden_d_kpa * N_q * s_q * i_q + weight + cohesion

    Parameters
    ----------
    phi_d_deg, c_d_kpa
        Design angle of friction [deg] and cohesion c'_d [kN/m2].
    effective_width_m, effective_length_m
        B' and L' [m]; a strip has L' = inf. The shorter one is taken as B'.
    overburden_d_kpa
        q'_d, effective stress beside the footing at its base [kN/m2].
    gamma_d_kn_m3
        Effective unit weight below the base [kN/m3]; gamma - 10 under water.
    inclination
        `inclination_ratio` [-], for H along the shorter side; safe for H along the longer one.
    """
    b = np.minimum(as_float(effective_width_m), as_float(effective_length_m))
    length = np.maximum(as_float(effective_width_m), as_float(effective_length_m))
    # no area at all has no shape; the force is zero anyway
    shape = np.where(length > 0.0, b / np.where(length > 0.0, length, 1.0), 0.0) + 0.0 * b
    phi, tilt = as_float(phi_d_deg), as_float(inclination)
    n_q, n_c = overburden_factor(phi), cohesion_factor(phi)
    s_q = 1.0 + shape * np.sin(np.radians(phi))
    friction = n_q > 1.0 + 1e-6
    s_c = np.where(friction, (s_q * n_q - 1.0) / np.where(friction, n_q - 1.0, 1.0), 1.0 + 0.2 * shape)
    power = (2.0 + shape) / (1.0 + shape)
    i_q = tilt**power
    slope = n_c * np.tan(np.radians(phi))
    i_c = np.where(friction, np.maximum(i_q - (1.0 - i_q) / np.where(friction, slope, 1.0), 0.0), i_q)
    cohesion = as_float(c_d_kpa) * n_c * s_c * i_c
    beside = as_float(overburden_d_kpa) * n_q * s_q * i_q
    below = 0.5 * as_float(gamma_d_kn_m3) * b * weight_factor(phi) * (1.0 - 0.3 * shape) * tilt ** (power + 1.0)
    result: FloatArray = cohesion + beside + below
    return result


def undrained_stress_kpa(
    *,
    cu_d_kpa: npt.ArrayLike,
    effective_width_m: npt.ArrayLike,
    overburden_d_kpa: npt.ArrayLike,
    effective_length_m: npt.ArrayLike = np.inf,
    h_d_kn: npt.ArrayLike = 0.0,
) -> FloatArray:
    """Return the undrained bearing resistance R_d / A' [kN/m2].

    NEN 9997-1, 6.5.2.2 with EN 1997-1, D.3: (pi + 2) c_u s_c i_c + q, with
    i_c = (1 + sqrt(1 - H / (A' c_u))) / 2; zero where H exceeds A' c_u. Rises with c_u,
    q and, through H, the area; falls with H and L'.

    Formula
    -------
    s = min(effective_width_m, effective_length_m) / max(effective_width_m, effective_length_m)
    A = effective_width_m * (1 if effective_length_m == inf else effective_length_m)
    i_c = (1 + sqrt(max(1 - abs(h_d_kn) / (A * cu_d_kpa), 0))) / 2
    stress = (pi + 2) * cu_d_kpa * (1 + 0.2 * s) * i_c + overburden_d_kpa if abs(h_d_kn) <= A * cu_d_kpa else 0

    Parameters
    ----------
    cu_d_kpa
        Design undrained shear strength [kN/m2].
    effective_width_m, effective_length_m
        B' and L' [m]; a strip has L' = inf.
    overburden_d_kpa
        Total stress beside the footing at its base [kN/m2].
    h_d_kn
        Horizontal force [kN], per m run for a strip.
    """
    cu, h = as_float(cu_d_kpa), np.abs(as_float(h_d_kn))
    b = np.minimum(as_float(effective_width_m), as_float(effective_length_m))
    length = np.maximum(as_float(effective_width_m), as_float(effective_length_m))
    shape = np.where(length > 0.0, b / np.where(length > 0.0, length, 1.0), 0.0) + 0.0 * b
    adhesion = cu * effective_area_m2(effective_width_m=b, effective_length_m=length)
    used = np.where(adhesion > 0.0, h / np.where(adhesion > 0.0, adhesion, 1.0), np.where(h > 0.0, np.inf, 0.0)) + 0.0 * adhesion
    i_c = 0.5 * (1.0 + np.sqrt(np.clip(1.0 - used, 0.0, 1.0)))
    stress = NC_ZERO * cu * (1.0 + 0.2 * shape) * i_c + as_float(overburden_d_kpa)
    return np.where(used > 1.0, 0.0, stress)


def effective_area_m2(*, effective_width_m: npt.ArrayLike, effective_length_m: npt.ArrayLike = np.inf) -> FloatArray:
    """Return A' = B' L', or B' x 1 m for a strip [m2]; EN 1997-1, D.2. Rises with both.

    Formula
    -------
    A = effective_width_m * (1 if effective_length_m == inf else effective_length_m)
    """
    length = as_float(effective_length_m)
    result: FloatArray = as_float(effective_width_m) * np.where(np.isinf(length), 1.0, length)
    return result


def footing_resistance_kn(
    *, stress_kpa: npt.ArrayLike, effective_width_m: npt.ArrayLike, effective_length_m: npt.ArrayLike = np.inf
) -> FloatArray:
    """Return R_d = stress A' [kN], per m run for a strip.

    NEN 9997-1, 6.5.2.1. Rises with every argument.

    Formula
    -------
    R_d = stress_kpa * effective_width_m * (1 if effective_length_m == inf else effective_length_m)
    """
    area = effective_area_m2(effective_width_m=effective_width_m, effective_length_m=effective_length_m)
    result: FloatArray = as_float(stress_kpa) * area
    return result


def bearing_utilisation(*, v_d_kn: npt.ArrayLike, r_d_kn: npt.ArrayLike) -> FloatArray:
    """Return V_d / R_d [-]; ``inf`` without resistance and for uplift, 0 without load.

    NEN 9997-1, (6.1). Over V with a moment or a horizontal force it is not monotonic, as
    R_d holds e = M / V and H / V.

    Formula
    -------
    uc = v_d_kn / r_d_kn
    """
    v, r = as_float(v_d_kn), as_float(r_d_kn)
    with np.errstate(divide="ignore", invalid="ignore", over="ignore"):
        uc = np.where(v > 0.0, np.where(r > 0.0, v / r, np.inf), np.where(v < 0.0, np.inf, 0.0))
    return np.where(np.isnan(v) | np.isnan(r), np.nan, uc)


def footing_interval_kn(
    *,
    width_m: npt.ArrayLike,
    phi_d_deg: npt.ArrayLike,
    overburden_d_kpa: npt.ArrayLike,
    gamma_d_kn_m3: npt.ArrayLike,
    c_d_kpa: npt.ArrayLike = 0.0,
    length_m: npt.ArrayLike = np.inf,
    m_d_knm: npt.ArrayLike = 0.0,
    h_d_kn: npt.ArrayLike = 0.0,
    eccentricity_m: npt.ArrayLike = 0.0,
) -> Interval:
    """Return the vertical forces that the drained ground takes with a given moment and shear [kN].

    `drained_stress_kpa` solved for V with e = M / V + e_0 and the inclination H / V. A
    moment or a horizontal force needs weight: ``lo`` is then above zero. ``lo`` rises and
    ``hi`` falls with M, H and e_0; the ground widens the interval.

    Formula
    -------
    e = abs(m_d_knm) / V + abs(eccentricity_m)
    B = max(width_m - 2 * e, 0)
    R_d = drained stress times area of B by length_m, for phi_d_deg, c_d_kpa, overburden_d_kpa, gamma_d_kn_m3 and 1 - abs(h_d_kn) / V
    lo, hi = least and largest V with V <= R_d

    Parameters
    ----------
    width_m, length_m
        B (moment and shear act along it) and L [m].
    phi_d_deg, c_d_kpa, overburden_d_kpa, gamma_d_kn_m3
        As in `drained_stress_kpa`.
    m_d_knm, h_d_kn
        Moment and horizontal force at the base that do not grow with V [kNm, kN], per m
        run for a strip.
    eccentricity_m
        Eccentricity of V itself [m].

    Returns
    -------
    Interval
        From a scan with bisection (`interval.admissible_interval`).
    """
    m, e_0 = np.abs(as_float(m_d_knm)), np.abs(as_float(eccentricity_m))
    width, h = as_float(width_m), as_float(h_d_kn)

    def resistance(v: FloatArray, moment: FloatArray, shear: FloatArray) -> FloatArray:
        e = np.where(v > 0.0, moment / np.where(v > 0.0, v, 1.0), np.where(moment > 0.0, np.inf, 0.0)) + e_0
        b = effective_width_m(width, eccentricity_m=e)
        stress = drained_stress_kpa(
            phi_d_deg=phi_d_deg,
            effective_width_m=b,
            overburden_d_kpa=overburden_d_kpa,
            gamma_d_kn_m3=gamma_d_kn_m3,
            c_d_kpa=c_d_kpa,
            effective_length_m=length_m,
            inclination=np.where(shear == 0.0, 1.0, inclination_ratio(v_d_kn=v, h_d_kn=shear)),
        )
        return footing_resistance_kn(stress_kpa=stress, effective_width_m=b, effective_length_m=length_m)

    # a small footing with L' < B' gains from less width in s_q: 1.2 leaves room above the centric force
    top = 1.2 * resistance(np.ones_like(m + h + width), 0.0 * m, 0.0 * h)

    def utilisation(v: FloatArray) -> FloatArray:
        loaded = np.where(m + np.abs(h) > 0.0, np.where(v > 0.0, 0.0, np.inf), 0.0)
        return bearing_utilisation(v_d_kn=v, r_d_kn=resistance(v, m, h)) + loaded + 0.0 * (m + h)

    return admissible_interval(utilisation, lower_kn=0.0 * top, upper_kn=top)


def sliding_resistance_kn(*, v_d_kn: npt.ArrayLike, phi_d_deg: npt.ArrayLike, smooth: npt.ArrayLike = False) -> FloatArray:
    """Return the drained sliding resistance V_d tan delta_d [kN].

    NEN 9997-1, (6.3a): delta_d = phi_cv,d for concrete cast on the ground, 2/3 of it for a
    smooth precast base. Rises with V and phi.

    Formula
    -------
    H_Rd = max(v_d_kn, 0) * tan(radians((2 / 3 if smooth else 1) * phi_d_deg))
    """
    share = np.where(np.asarray(smooth, dtype=np.bool_), 2.0 / 3.0, 1.0)
    result: FloatArray = np.maximum(as_float(v_d_kn), 0.0) * np.tan(np.radians(share * as_float(phi_d_deg)))
    return result


def undrained_sliding_resistance_kn(*, area_m2: npt.ArrayLike, cu_d_kpa: npt.ArrayLike, v_d_kn: npt.ArrayLike) -> FloatArray:
    """Return the undrained sliding resistance A c_u, at most 0.4 V_d [kN].

    NEN 9997-1, (6.4a) and (6.5), where water or air can reach the base. Rises with every argument.

    Formula
    -------
    H_Rd = min(area_m2 * cu_d_kpa, 0.4 * max(v_d_kn, 0))
    """
    return np.minimum(as_float(area_m2) * as_float(cu_d_kpa), 0.4 * np.maximum(as_float(v_d_kn), 0.0))


def spread_stress_kpa(
    *, stress_kpa: npt.ArrayLike, width_m: npt.ArrayLike, depth_m: npt.ArrayLike, length_m: npt.ArrayLike = np.inf
) -> FloatArray:
    """Return the increment of vertical stress at a depth below the base [kN/m2].

    Spread of 2:1: stress B L / ((B + z)(L + z)), for a strip stress B / (B + z); mean over
    the spread area. Rises with the stress, B and L, falls with depth.

    Formula
    -------
    stress = stress_kpa * width_m / (width_m + depth_m) * (1 if length_m == inf else length_m / (length_m + depth_m))
    """
    b, length, z = as_float(width_m), as_float(length_m), as_float(depth_m)
    strip = np.isinf(length)
    other = np.where(strip, 1.0, np.where(strip, 1.0, length) / (np.where(strip, 1.0, length) + z))
    result: FloatArray = as_float(stress_kpa) * b / (b + z) * other
    return result


def settlement_increment_mm(
    *,
    stress_kpa: npt.ArrayLike,
    width_m: npt.ArrayLike,
    layer_thickness_m: npt.ArrayLike,
    modulus_kpa: npt.ArrayLike,
    length_m: npt.ArrayLike = np.inf,
) -> FloatArray:
    """Return the settlement from added load, sum of d_sigma h / E over the layers [mm].

    NEN 9997-1, 6.6.2, as an estimate: stress at mid-layer by a spread of 2:1, one modulus
    per layer, only the increment (the old load has settled). An estimate to rank lines
    by, not a check: no creep, no neighbours. Rises with the stress, B and L, falls with the
    modulus; a thicker layer also takes its middle and the layers below it deeper: not monotonic.

    Formula
    -------
    z = depth of the middle of each layer of layer_thickness_m below the base
    d_sigma = stress_kpa * width_m / (width_m + z) * (1 if length_m == inf else length_m / (length_m + z))
    s = 1000 * sum(d_sigma * layer_thickness_m / modulus_kpa)

    Parameters
    ----------
    stress_kpa
        Added pressure under the footing, quasi-permanent [kN/m2], shape (...).
    width_m, length_m
        B and L [m], shape (...).
    layer_thickness_m, modulus_kpa
        From the base down, shape (..., n_layer); a modulus that is not above zero is not
        known and gives ``nan``.
    """
    thickness, modulus = as_float(layer_thickness_m), as_float(modulus_kpa)
    middle = np.cumsum(thickness, axis=-1) - 0.5 * thickness
    b, length, stress = (as_float(value)[..., None] for value in (width_m, length_m, stress_kpa))
    increment = spread_stress_kpa(stress_kpa=stress, width_m=b, depth_m=middle, length_m=length)
    known = np.where(modulus > 0.0, modulus, np.nan)
    result: FloatArray = 1000.0 * np.sum(increment * thickness / known, axis=-1)
    return result
