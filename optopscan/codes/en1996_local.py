"""EN 1996-1-1: loads that reach a wall at one place, and masonry over openings.

Concentrated loads (6.1.3), the eccentricity that reactions bring to a wall head, the
frame moment of floor and wall (Annex C), reinforced lintels with masonry on top (6.6.2,
6.6.4, 6.6.5). Units of the standard: mm, N/mm2; forces kN, moments kNm. Every argument
broadcasts and nothing is raised: ``nan`` in, or a case outside the clause, gives ``nan``
out, which is unknown and never sufficient.
"""

from __future__ import annotations

import math

import numpy as np
import numpy.typing as npt

from optopscan.codes.en1996 import FloatArray

SPREAD_PER_HEIGHT = 0.5 / math.tan(math.radians(60.0))
"""Spread on each side at mid-height per height of wall: 60 degrees (6.1.3(1), figure 6.2)."""
AREA_RATIO_LIMIT = 0.45
LEAST_BEARING_MM = 90.0
"""Least bearing length of a concentrated load (8.1.7 as applied in Dutch reference sheets)."""


def _f(value: npt.ArrayLike) -> FloatArray:
    return np.asarray(value, dtype=np.float64)


def _b(value: npt.ArrayLike) -> npt.NDArray[np.bool_]:
    return np.asarray(value, dtype=np.bool_)


def spread_length_mm(
    *, bearing_length_mm: npt.ArrayLike, height_mm: npt.ArrayLike, left_mm: npt.ArrayLike, right_mm: npt.ArrayLike
) -> FloatArray:
    """Return l_efm, the length over which a concentrated load is spread at mid-height [mm].

    EN 1996-1-1:2005, 6.1.3(2) and figure 6.2: 60 degrees to each side, to the end of the
    wall or half-way to the next load.

    Rises with every argument; constant in ``left`` and ``right`` beyond the spread.

    Formula
    -------
    reach = SPREAD_PER_HEIGHT * height_mm
    l_efm = bearing_length_mm + min(left_mm, reach) + min(right_mm, reach)

    Parameters
    ----------
    bearing_length_mm
        Length of the bearing along the wall [mm].
    height_mm
        h_c: height of the wall up to the load [mm].
    left_mm, right_mm
        From the bearing to the end of the wall, or half-way to the next load [mm].
    """
    reach = SPREAD_PER_HEIGHT * _f(height_mm)
    result: FloatArray = _f(bearing_length_mm) + np.minimum(_f(left_mm), reach) + np.minimum(_f(right_mm), reach)
    return result


def concentrated_factor(
    *,
    end_distance_mm: npt.ArrayLike,
    height_mm: npt.ArrayLike,
    bearing_area_mm2: npt.ArrayLike,
    effective_area_mm2: npt.ArrayLike,
    enhanced: npt.ArrayLike = True,
) -> FloatArray:
    """Return beta [-] for a load on a part of the wall.

    EN 1996-1-1:2005, (6.11): (1 + 0.3 a_1 / h_c) (1.5 - 1.1 A_b / A_ef), from 1.0 up to the
    smaller of 1.25 + a_1 / (2 h_c) and 1.5. Taken as 1.0 where A_b / A_ef exceeds 0.45 (the
    clause limits the ratio; the lower value is the safe reading) and without ``enhanced``.

    Rises with ``end_distance`` and ``effective_area``, falls with ``bearing_area`` and ``height``.

    Formula
    -------
    slope = end_distance_mm / height_mm
    ratio = bearing_area_mm2 / effective_area_mm2
    beta = max(min((1 + 0.3 * slope) * (1.5 - 1.1 * ratio), 1.25 + 0.5 * slope, 1.5), 1) if enhanced and ratio <= AREA_RATIO_LIMIT else 1

    Parameters
    ----------
    end_distance_mm
        a_1: from the end of the wall to the nearer edge of the bearing [mm].
    height_mm
        h_c: height of the wall up to the load [mm].
    bearing_area_mm2, effective_area_mm2
        A_b, and A_ef = l_efm t [mm2].
    enhanced
        True for group 1 units not laid shell-bedded; others take 1.0 (6.1.3(3)).
    """
    height = np.where(_f(height_mm) > 0.0, _f(height_mm), np.nan)
    slope, ratio = _f(end_distance_mm) / height, _f(bearing_area_mm2) / _f(effective_area_mm2)
    top = np.minimum(1.25 + 0.5 * slope, 1.5)
    beta = np.maximum(np.minimum((1.0 + 0.3 * slope) * (1.5 - 1.1 * ratio), top), 1.0)
    return np.where(_b(enhanced) & ~(ratio > AREA_RATIO_LIMIT), beta, 1.0 + 0.0 * beta)


def concentrated_resistance_kn(
    *,
    beta: npt.ArrayLike,
    bearing_area_mm2: npt.ArrayLike,
    fd_mpa: npt.ArrayLike,
    eccentricity_mm: npt.ArrayLike,
    thickness_mm: npt.ArrayLike,
) -> FloatArray:
    """Return N_Rdc = beta A_b f_d [kN].

    EN 1996-1-1:2005, (6.10) with 6.1.3(4): nan where the load lies more than t / 4 from the
    axis, which the clause does not cover. The wall at mid-height is checked with the load
    spread over `spread_length_mm` (6.1.3(6)).

    Rises with beta, area and f_d; does not depend on the eccentricity up to t / 4.

    Formula
    -------
    N_Rd = beta * bearing_area_mm2 * fd_mpa / 1000 if abs(eccentricity_mm) <= thickness_mm / 4 else nan
    """
    covered = np.abs(_f(eccentricity_mm)) <= 0.25 * _f(thickness_mm)
    resistance = _f(beta) * _f(bearing_area_mm2) * _f(fd_mpa) / 1000.0
    return np.where(covered, resistance, np.nan)


def bearing_offset_mm(*, thickness_mm: npt.ArrayLike, bearing_depth_mm: npt.ArrayLike, share: npt.ArrayLike = 1.0 / 3.0) -> FloatArray:
    """Return the distance of a floor reaction from the axis of the wall, towards the floor [mm].

    Statics: the reaction acts at ``share`` of the bearing depth from the loaded face, a
    third for a triangular pressure (the member turns), a half for an even one (a bearing
    strip or a very stiff wall plate).

    Rises with the thickness, falls with the bearing depth.

    Formula
    -------
    e = thickness_mm / 2 - share * bearing_depth_mm
    """
    result: FloatArray = 0.5 * _f(thickness_mm) - _f(share) * _f(bearing_depth_mm)
    return result


def combined_eccentricity_mm(*, n_kn: npt.ArrayLike, offset_mm: npt.ArrayLike) -> FloatArray:
    """Return the eccentricity of several loads on one wall head [mm], with sign.

    Statics: sum(N e) / sum(N) over the last axis.

    Formula
    -------
    e = sum(n_kn * offset_mm) / sum(n_kn)

    Parameters
    ----------
    n_kn, offset_mm
        Loads [kN] and their distances from the axis [mm], broadcast, loads on the last axis.

    Returns
    -------
    FloatArray
        Without the last axis; nan where the loads do not add up to compression. More of one
        load pulls the result towards its own offset, so it is not monotonic in size.
    """
    n, offset = np.broadcast_arrays(_f(n_kn), _f(offset_mm))
    total = n.sum(axis=-1)
    moment = (n * offset).sum(axis=-1)
    return np.where(total > 0.0, moment / np.where(total > 0.0, total, 1.0), np.nan)


def added_eccentricity_mm(
    *, n_old_kn: npt.ArrayLike, e_old_mm: npt.ArrayLike, n_new_kn: npt.ArrayLike, offset_new_mm: npt.ArrayLike
) -> FloatArray:
    """Return the eccentricity at the wall head after a new reaction was added [mm], with sign.

    Statics: `combined_eccentricity_mm` of the load that is there and the new one.

    Formula
    -------
    e = (n_old_kn * e_old_mm + n_new_kn * offset_new_mm) / (n_old_kn + n_new_kn)
    """
    n = np.stack(np.broadcast_arrays(_f(n_old_kn), _f(n_new_kn)), axis=-1)
    e = np.stack(np.broadcast_arrays(_f(e_old_mm), _f(offset_new_mm)), axis=-1)
    return combined_eccentricity_mm(n_kn=n, offset_mm=e)


def offset_limit_mm(*, thickness_mm: npt.ArrayLike, product_mm: npt.ArrayLike = np.inf) -> FloatArray:
    """Return the largest offset at which a new reaction may stand [mm].

    Judgement: the smaller of what the product states and t / 6 (the kern: no tension at the
    other face) unless a transfer layer takes the moment.

    Formula
    -------
    limit = min(product_mm, thickness_mm / 6)
    """
    return np.minimum(_f(product_mm), _f(thickness_mm) / 6.0)


def member_stiffness_knm(
    *, e_mpa: npt.ArrayLike, second_moment_mm4: npt.ArrayLike, length_mm: npt.ArrayLike, far_end_fixed: npt.ArrayLike = True
) -> FloatArray:
    """Return n E I / l of a member at a joint [kNm], n = 4 with the far end fixed and 3 hinged.

    EN 1996-1-1:2005, C(2); a member that is not there has stiffness zero.

    Formula
    -------
    stiffness = (4 if far_end_fixed else 3) * e_mpa * second_moment_mm4 / length_mm / 1e6
    """
    n = np.where(_b(far_end_fixed), 4.0, 3.0)
    result: FloatArray = n * _f(e_mpa) * _f(second_moment_mm4) / _f(length_mm) / 1e6
    return result


def fixed_end_moment_knm(*, load_kn_m: npt.ArrayLike, span_m: npt.ArrayLike, far_end_fixed: npt.ArrayLike = True) -> FloatArray:
    """Return w l^2 / (4 (n - 1)) [kNm]: w l^2 / 12 with the far end fixed, w l^2 / 8 with it hinged.

    EN 1996-1-1:2005, (C.1). ``load_kn_m`` is per the width that the stiffness holds for.

    Formula
    -------
    M = load_kn_m * span_m ** 2 / (12 if far_end_fixed else 8)
    """
    divisor = np.where(_b(far_end_fixed), 12.0, 8.0)
    result: FloatArray = _f(load_kn_m) * _f(span_m) ** 2 / divisor
    return result


def frame_moment_knm(
    *,
    wall_knm: npt.ArrayLike,
    other_wall_knm: npt.ArrayLike,
    left_floor_knm: npt.ArrayLike,
    right_floor_knm: npt.ArrayLike,
    left_moment_knm: npt.ArrayLike,
    right_moment_knm: npt.ArrayLike,
    reduced: npt.ArrayLike = True,
) -> FloatArray:
    """Return the moment that floor and wall bring into the end of a wall [kNm], with sign.

    EN 1996-1-1:2005, Annex C, (C.1): k_1 / sum(k) (M_left - M_right), and with ``reduced``
    times eta = 1 - k_m / 4 with k_m = (floors / walls) at most 2 (C.2), because a joint in
    masonry is not fully fixed. The clause asks for a quarter of the wall thickness or more
    of bearing over its whole thickness; not for timber floors on joists (C(1)).

    Rises with the stiffness of the wall itself (unreduced) and with the difference of the
    floor moments, falls with the stiffness of the floors; falls with that of the other wall
    while unreduced, and is not monotonic in it once reduced.

    Formula
    -------
    floors = left_floor_knm + right_floor_knm
    eta = 1 - min(floors / (wall_knm + other_wall_knm), 2) / 4 if reduced else 1
    M = eta * wall_knm / (wall_knm + other_wall_knm + floors) * (left_moment_knm - right_moment_knm)

    Parameters
    ----------
    wall_knm, other_wall_knm
        `member_stiffness_knm` of the wall checked and of the one above or below [kNm].
    left_floor_knm, right_floor_knm
        Same of the floors; zero where there is none.
    left_moment_knm, right_moment_knm
        `fixed_end_moment_knm` of the floors [kNm].
    """
    wall, other = _f(wall_knm), _f(other_wall_knm)
    floors = _f(left_floor_knm) + _f(right_floor_knm)
    eta = np.where(_b(reduced), 1.0 - np.minimum(floors / (wall + other), 2.0) / 4.0, 1.0)
    result: FloatArray = eta * wall / (wall + other + floors) * (_f(left_moment_knm) - _f(right_moment_knm))
    return result


def masonry_depth_mm(*, lintel_depth_mm: npt.ArrayLike, masonry_above_mm: npt.ArrayLike) -> FloatArray:
    """Return the depth of lintel and masonry acting together [mm].

    EN 1996-1-1:2005, 6.6.5: the lintel and the unbroken masonry on it, up to the next
    opening, joint or free edge. nan where the masonry is not known or cut through (negative).

    Formula
    -------
    depth = lintel_depth_mm + masonry_above_mm if masonry_above_mm >= 0 else nan
    """
    above = _f(masonry_above_mm)
    return np.where(above >= 0.0, _f(lintel_depth_mm) + above, np.nan)


def deep_beam_lever_arm_mm(*, clear_span_mm: npt.ArrayLike, depth_mm: npt.ArrayLike) -> FloatArray:
    """Return z of a wall that spans an opening as a deep beam [mm].

    EN 1996-1-1:2005, 5.5.2.3 and 6.6.4: the smaller of 0.7 l_ef and 0.4 h + 0.2 l_ef with
    l_ef = 1.15 l_clear. nan where h < l_ef / 2: not a deep beam.

    Rises with the depth to h = 1.25 l_ef, then constant, and with the span.

    Formula
    -------
    l_ef = 1.15 * clear_span_mm
    z = min(0.7 * l_ef, 0.4 * depth_mm + 0.2 * l_ef) if depth_mm >= 0.5 * l_ef else nan
    """
    span, depth = 1.15 * _f(clear_span_mm), _f(depth_mm)
    z = np.minimum(0.7 * span, 0.4 * depth + 0.2 * span)
    return np.where(depth >= 0.5 * span, z, np.nan)


def lintel_moment_knm(
    *,
    as_mm2: npt.ArrayLike,
    fyd_mpa: npt.ArrayLike,
    clear_span_mm: npt.ArrayLike,
    depth_mm: npt.ArrayLike,
    effective_depth_mm: npt.ArrayLike,
    width_mm: npt.ArrayLike,
    fd_mpa: npt.ArrayLike,
    strong_units: npt.ArrayLike,
) -> FloatArray:
    """Return M_Rd of a reinforced lintel with masonry acting on top [kNm].

    EN 1996-1-1:2005, 6.6.5 with 6.6.4 (deep beam, d = 1.25 z) or 6.6.2 (z = d (1 - 0.5 A_s
    f_yd / (b d f_d)) <= 0.95 d): A_s f_yd z, at most 0.4 f_d b d^2 with ``strong_units`` and
    0.3 otherwise. nan where the reinforcement, or any other value, is not known: masonry
    over an opening without a known lintel has no resistance that can be named.

    Rises with steel, is then capped by the masonry and falls again beyond A_s f_yd = b d f_d, where
    the steel would not yield (safe); rises with depth, width and f_d, and steps up where the deep beam begins.

    Formula
    -------
    arm = min(0.805 * clear_span_mm, 0.4 * depth_mm + 0.23 * clear_span_mm) if depth_mm >= 0.575 * clear_span_mm else nan
    bent = min(max(effective_depth_mm - 0.5 * as_mm2 * fyd_mpa / (width_mm * fd_mpa), 0), 0.95 * effective_depth_mm)
    z, d = (min(arm, effective_depth_mm), min(1.25 * arm, effective_depth_mm)) if arm > 0 else (bent, effective_depth_mm)
    M_Rd = min(as_mm2 * fyd_mpa * z, (0.4 if strong_units else 0.3) * fd_mpa * width_mm * d ** 2) / 1e6

    Parameters
    ----------
    as_mm2, fyd_mpa
        Tension reinforcement [mm2] and its design yield strength [N/mm2].
    clear_span_mm
        Width of the opening [mm].
    depth_mm, effective_depth_mm
        Depth of lintel and masonry (`masonry_depth_mm`), and from its top to the steel [mm].
    width_mm, fd_mpa
        Width [mm] and design compressive strength along the bed joints [N/mm2].
    strong_units
        True for group 1 units other than lightweight aggregate concrete.
    """
    steel, fd, width = _f(as_mm2) * _f(fyd_mpa), _f(fd_mpa), _f(width_mm)
    arm = deep_beam_lever_arm_mm(clear_span_mm=clear_span_mm, depth_mm=depth_mm)
    deep = _f(depth_mm) >= 0.5 * 1.15 * _f(clear_span_mm)
    d = _f(effective_depth_mm)
    slender_arm = np.clip(d - 0.5 * steel / (width * fd), 0.0, 0.95 * d)
    z = np.where(deep, np.minimum(arm, d), slender_arm)
    depth = np.where(deep, np.minimum(1.25 * arm, d), d)
    limit = np.where(_b(strong_units), 0.4, 0.3) * fd * width * depth**2
    known = ~np.isnan(_f(clear_span_mm) + _f(depth_mm))
    return np.where(known, np.minimum(steel * z, limit) / 1e6, np.nan)


def lintel_shear_kn(
    *, fvd_mpa: npt.ArrayLike, width_mm: npt.ArrayLike, effective_depth_mm: npt.ArrayLike, distance_mm: npt.ArrayLike = np.inf
) -> FloatArray:
    """Return V_Rd of a lintel with masonry acting on top, without shear reinforcement [kN].

    EN 1996-1-1:2005, 6.7.3: f_vd b d; within a distance a <= 2 d of the support f_vd may
    rise by 2 d / a, at most fourfold in the clause and here left out below 1: pass
    ``distance_mm`` only where the load acts on top of the beam.

    Rises with f_vd, width and depth; falls with the distance to 2 d, then constant.

    Formula
    -------
    V_Rd = min(max(2 * effective_depth_mm / distance_mm, 1), 4) * fvd_mpa * width_mm * effective_depth_mm / 1000
    """
    d = _f(effective_depth_mm)
    with np.errstate(divide="ignore", invalid="ignore"):
        near = np.clip(2.0 * d / _f(distance_mm), 1.0, 4.0)
    result: FloatArray = near * _f(fvd_mpa) * _f(width_mm) * d / 1000.0
    return result
