"""EN 1991-1-4 with the Dutch annex: peak velocity pressure and wind force on a block."""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

FloatArray = npt.NDArray[np.float64]

AIR_DENSITY_KG_M3 = 1.25
WIND_SPEED_M_S = {"I": 29.5, "II": 27.0, "III": 24.5}
"""Fundamental basic wind velocity v_b,0 [m/s] per Dutch wind region."""


@dataclass(frozen=True, kw_only=True)
class Terrain:
    """Roughness length z0 [m] and height below which pressure is constant [m]."""

    z0_m: float
    z_min_m: float


TERRAINS = {
    "kust": Terrain(z0_m=0.005, z_min_m=1.0),
    "onbebouwd": Terrain(z0_m=0.2, z_min_m=4.0),
    "bebouwd": Terrain(z0_m=0.5, z_min_m=7.0),
}


class WindAction(NamedTuple):
    """Force [kN] and moment about the ground [kNm] on a block, characteristic."""

    force_kn: FloatArray
    base_moment_knm: FloatArray


def peak_velocity_pressure(height_m: npt.ArrayLike, *, wind_speed_m_s: npt.ArrayLike, terrain: Terrain) -> FloatArray:
    """Return the peak velocity pressure q_p(z) [kN/m2].

    EN 1991-1-4:2005, 4.3 to 4.5 with the Dutch annex (table NB.5); c_dir, c_season,
    c_o and k_I are 1.

    Formula
    -------
    z = max(height_m, terrain.z_min_m)
    k_r = 0.19 * (terrain.z0_m / 0.05) ** 0.07
    v_m = k_r * ln(z / terrain.z0_m) * wind_speed_m_s
    q_p = (1 + 7 / ln(z / terrain.z0_m)) * 0.5 * AIR_DENSITY_KG_M3 * v_m ** 2 / 1000

    Parameters
    ----------
    height_m
        z above the ground [m]; below z_min the value at z_min.
    wind_speed_m_s
        v_b,0 [m/s].
    terrain
        Roughness.
    """
    z = np.maximum(np.asarray(height_m, dtype=np.float64), terrain.z_min_m)
    log = np.log(z / terrain.z0_m)
    k_r = 0.19 * (terrain.z0_m / 0.05) ** 0.07
    v_mean = k_r * log * np.asarray(wind_speed_m_s, dtype=np.float64)
    result: FloatArray = (1.0 + 7.0 / log) * 0.5 * AIR_DENSITY_KG_M3 * v_mean**2 / 1000.0
    return result


def probability_factor(years: npt.ArrayLike) -> FloatArray:
    """Return c_prob [-]; its square multiplies the pressure for another reference period.

    EN 1991-1-4:2005, (4.2) with the Dutch K = 0.234 and n = 0.5, p = 1 / years.

    Formula
    -------
    c_prob = sqrt((1 - 0.234 * ln(-ln(1 - 1 / years))) / (1 - 0.234 * ln(-ln(0.98))))
    """
    k = 0.234
    p = 1.0 / np.asarray(years, dtype=np.float64)
    base = 1.0 - k * np.log(-np.log(1.0 - 0.02))
    result: FloatArray = np.sqrt((1.0 - k * np.log(-np.log(1.0 - p))) / base)
    return result


def facade_coefficients(height_over_depth: npt.ArrayLike) -> tuple[FloatArray, FloatArray]:
    """Return c_pe,10 of the windward (D) and leeward (E) facade [-].

    EN 1991-1-4:2005, table 7.1 with the Dutch annex: D +0.8; E -0.5 to h/d = 1, linear
    to -0.7 at h/d = 5. Above 5 the values do not apply (force coefficients, 7.6).

    Formula
    -------
    c_d = 0.8
    c_e = -0.5 - 0.2 * min(max((height_over_depth - 1) / 4, 0), 1) if height_over_depth <= 5 else nan
    """
    ratio = np.asarray(height_over_depth, dtype=np.float64)
    leeward = -0.5 - 0.2 * np.clip((ratio - 1.0) / 4.0, 0.0, 1.0)
    return np.full_like(leeward, 0.8), np.where(ratio > 5.0, np.nan, leeward)


def wind_on_block(
    *,
    height_m: npt.ArrayLike,
    width_m: npt.ArrayLike,
    depth_m: npt.ArrayLike,
    wind_speed_m_s: npt.ArrayLike,
    terrain: Terrain,
    correlation: float = 0.85,
    structural_factor: float = 1.0,
    n_middle_strip: int = 10,
) -> WindAction:
    """Return the wind force on a rectangular block and its moment about the ground.

    EN 1991-1-4:2005, 5.3(3), 7.2.2 figure 7.4 and table 7.1. h <= b: q_p(h) over the
    full height; higher: q_p(b) to height b, q_p(h) over the top b, strips between
    with the pressure at their top.

    Formula
    -------
    q_p, dz, z = pressure, height and middle of the strips for height_m, width_m, wind_speed_m_s, terrain, n_middle_strip
    c_e = -0.5 - 0.2 * min(max((height_m / depth_m - 1) / 4, 0), 1) if height_m / depth_m <= 5 else nan
    F = correlation * structural_factor * (0.8 - c_e) * width_m * sum(q_p * dz)
    M = correlation * structural_factor * (0.8 - c_e) * width_m * sum(q_p * dz * z)

    Parameters
    ----------
    height_m, width_m, depth_m
        h, b across the wind and d along it [m], broadcastable.
    wind_speed_m_s
        v_b,0 [m/s].
    terrain
        Roughness.
    correlation
        Lack of correlation between both facades (7.2.2(3)) [-].
    structural_factor
        c_s c_d [-]; 1.0 holds below 15 m.
    n_middle_strip
        Number of strips where h > 2 b.

    Returns
    -------
    WindAction
        Characteristic force [kN] and moment [kNm]; ``nan`` where h/d > 5.
    """
    return wind_above(
        level_m=0.0,
        height_m=height_m,
        width_m=width_m,
        depth_m=depth_m,
        wind_speed_m_s=wind_speed_m_s,
        terrain=terrain,
        correlation=correlation,
        structural_factor=structural_factor,
        n_middle_strip=n_middle_strip,
    )


class PressureStrips(NamedTuple):
    """Edges [m] (..., n + 1) from the ground up and peak pressure [kN/m2] (..., n) of each strip."""

    edges_m: FloatArray
    pressure_kn_m2: FloatArray


def pressure_strips(
    *, height_m: npt.ArrayLike, width_m: npt.ArrayLike, wind_speed_m_s: npt.ArrayLike, terrain: Terrain, n_middle_strip: int = 10
) -> PressureStrips:
    """Return the strips of constant pressure on a windward facade.

    EN 1991-1-4:2005, 7.2.2 figure 7.4. h <= b: q_p(h) over the full height; b < h <= 2b: q_p(b) to
    height b, q_p(h) above; h > 2b: q_p(b) to b, q_p(h) over the top b, strips between with the
    pressure at their top. Strips that do not occur have no height.

    Formula
    -------
    edges = 0, min(width_m, height_m), n_middle_strip equal steps to height_m - width_m, height_m
    z_e = height_m if height_m <= width_m else top of the strip
    q_p = peak velocity pressure at z_e for wind_speed_m_s and terrain

    Parameters
    ----------
    height_m, width_m
        h and b across the wind [m], broadcastable.
    wind_speed_m_s, terrain
        As in `peak_velocity_pressure`.
    n_middle_strip
        Number of strips where h > 2 b.
    """
    h, b = np.broadcast_arrays(np.asarray(height_m, dtype=np.float64), np.asarray(width_m, dtype=np.float64))
    fraction = np.linspace(0.0, 1.0, n_middle_strip + 1)
    low = np.minimum(b, h)
    top = np.maximum(h - b, low)
    edges = np.concatenate([np.zeros_like(h)[..., None], low[..., None] + (top - low)[..., None] * fraction, h[..., None]], axis=-1)
    pressure_at = edges[..., 1:].copy()
    pressure_at[..., 0] = np.where(h <= b, h, b)
    speed = np.asarray(wind_speed_m_s, dtype=np.float64)[..., None]
    return PressureStrips(edges_m=edges, pressure_kn_m2=peak_velocity_pressure(pressure_at, wind_speed_m_s=speed, terrain=terrain))


def wind_above(
    *,
    level_m: npt.ArrayLike,
    height_m: npt.ArrayLike,
    width_m: npt.ArrayLike,
    depth_m: npt.ArrayLike,
    wind_speed_m_s: npt.ArrayLike,
    terrain: Terrain,
    correlation: float = 0.85,
    structural_factor: float = 1.0,
    n_middle_strip: int = 10,
) -> WindAction:
    """Return the wind force on the part of a block above a level, and its moment about that level.

    EN 1991-1-4:2005, 5.3(3), 7.2.2 figure 7.4 and table 7.1, as `wind_on_block`.

    Formula
    -------
    q_p, dz, z = pressure, height and middle above level_m of the strips (height_m, width_m, wind_speed_m_s, terrain, n_middle_strip)
    c_e = -0.5 - 0.2 * min(max((height_m / depth_m - 1) / 4, 0), 1) if height_m / depth_m <= 5 else nan
    F = correlation * structural_factor * (0.8 - c_e) * width_m * sum(q_p * dz)
    M = correlation * structural_factor * (0.8 - c_e) * width_m * sum(q_p * dz * z)

    Parameters
    ----------
    level_m
        Level above the ground [m]; zero or below gives the whole block about the ground, at or above h nothing.
    height_m, width_m, depth_m, wind_speed_m_s, terrain, correlation, structural_factor, n_middle_strip
        As in `wind_on_block`; the level broadcasts with h, b and d.

    Returns
    -------
    WindAction
        Characteristic force [kN] and moment about the level [kNm]; both fall as the level rises.
        ``nan`` where h/d > 5.
    """
    given = (level_m, height_m, width_m, depth_m, wind_speed_m_s)
    z, h, b, d, speed = np.broadcast_arrays(*(np.asarray(x, dtype=np.float64) for x in given))
    windward, leeward = facade_coefficients(h / d)
    strips = pressure_strips(height_m=h, width_m=b, wind_speed_m_s=speed, terrain=terrain, n_middle_strip=n_middle_strip)
    above = np.maximum(z, 0.0)[..., None]
    low, high = np.maximum(strips.edges_m[..., :-1], above), np.maximum(strips.edges_m[..., 1:], above)
    force = strips.pressure_kn_m2 * (high - low)
    scale = correlation * structural_factor * (windward - leeward) * b
    arm = 0.5 * (low + high) - above
    return WindAction(force_kn=scale * np.sum(force, axis=-1), base_moment_knm=scale * np.sum(force * arm, axis=-1))


FRICTION = MappingProxyType({"smooth": 0.01, "rough": 0.02, "very rough": 0.04})
"""c_fr (table 7.10): steel or smooth concrete; rough concrete or bitumen; ribs, ripples, folds."""
STRUCTURAL_HEIGHT_M = 15.0


def friction_on_block(
    *,
    level_m: npt.ArrayLike,
    height_m: npt.ArrayLike,
    width_m: npt.ArrayLike,
    depth_m: npt.ArrayLike,
    wind_speed_m_s: npt.ArrayLike,
    terrain: Terrain,
    coefficient: npt.ArrayLike,
) -> WindAction:
    """Return the wind friction along the roof and side walls above a level, and its moment about that level.

    EN 1991-1-4:2005, 5.3(4) and 7.5: c_fr q_p(h) on the surfaces along the wind beyond the smaller
    of 2b and 4h from the windward edge. The roof drags at h, the side walls at the middle of what lies above the level.

    Formula
    -------
    q_p = peak velocity pressure at height_m for wind_speed_m_s and terrain
    up = max(height_m - max(level_m, 0), 0)
    F = coefficient * q_p * max(depth_m - min(2 * width_m, 4 * height_m), 0) * ((width_m if up > 0 else 0) + 2 * up)
    M = coefficient * q_p * max(depth_m - min(2 * width_m, 4 * height_m), 0) * (width_m + up) * up

    Parameters
    ----------
    level_m
        Level above the ground [m].
    height_m, width_m, depth_m
        h, b across the wind and d along it [m].
    wind_speed_m_s, terrain
        As in `peak_velocity_pressure`.
    coefficient
        c_fr [-], see `FRICTION`.

    Returns
    -------
    WindAction
        Characteristic force [kN] and moment [kNm]; zero on a block no deeper than min(2b, 4h). Rises with
        d and c_fr, falls as the level rises.
    """
    given = (level_m, height_m, width_m, depth_m, wind_speed_m_s, coefficient)
    z, h, b, d, speed, c = np.broadcast_arrays(*(np.asarray(x, dtype=np.float64) for x in given))
    long = np.maximum(d - np.minimum(2.0 * b, 4.0 * h), 0.0)
    drag = c * peak_velocity_pressure(h, wind_speed_m_s=speed, terrain=terrain)
    up = np.maximum(h - np.maximum(z, 0.0), 0.0)
    roof, walls = np.where(up > 0.0, drag * b * long, 0.0), drag * 2.0 * up * long
    unknown = np.isnan(z + h + b + d + speed + c)
    force, moment = roof + walls, roof * up + walls * 0.5 * up
    return WindAction(force_kn=np.where(unknown, np.nan, force), base_moment_knm=np.where(unknown, np.nan, moment))


def structural_factor_cscd(*, height_m: npt.ArrayLike, depth_m: npt.ArrayLike) -> FloatArray:
    """Return c_s c_d where the standard gives 1, else ``nan`` [-].

    EN 1991-1-4:2005, 6.2(1): below 15 m; and buildings with structural walls below 100 m and less
    than four times as high as deep along the wind.

    Formula
    -------
    c = 1 if height_m < 15 or (height_m < 100 and height_m < 4 * depth_m) else nan
    """
    h, d = np.asarray(height_m, dtype=np.float64), np.asarray(depth_m, dtype=np.float64)
    stiff = (h < STRUCTURAL_HEIGHT_M) | ((h < 100.0) & (h < 4.0 * d))
    return np.where(stiff, 1.0, np.nan)


ROOF_ZONES = ("F", "G", "H", "I")
PARAPET_RATIOS = (0.0, 0.025, 0.05, 0.10)
ROOF_CPE10 = MappingProxyType(
    {"F": (-1.8, -1.6, -1.4, -1.2), "G": (-1.2, -1.1, -0.9, -0.8), "H": (-0.7, -0.7, -0.7, -0.7), "I": (-0.2, -0.2, -0.2, -0.2)}
)
WALL_SUCTION = MappingProxyType({"A": -1.2, "B": -0.8, "C": -0.5})
"""c_pe,10 of the side walls (table 7.1): A within e/5 of the windward corner, B to e, C beyond."""
INTERNAL_PRESSURE = (-0.3, 0.2)
"""c_pi where the openings are not known (7.2.9(6)): whichever is the more onerous."""


def edge_zone_m(*, height_m: npt.ArrayLike, width_m: npt.ArrayLike) -> FloatArray:
    """Return e = min(b, 2h), the size of the zones at an edge [m].

    EN 1991-1-4:2005, 7.2.3 and figure 7.5.

    Formula
    -------
    e = min(width_m, 2 * height_m)
    """
    return np.minimum(np.asarray(width_m, dtype=np.float64), 2.0 * np.asarray(height_m, dtype=np.float64))


def flat_roof_suction(zone: str, *, parapet_ratio: npt.ArrayLike = 0.0) -> FloatArray:
    """Return c_pe,10 of a zone of a flat roof, negative: upwards [-].

    EN 1991-1-4:2005, table 7.2: sharp eaves, or parapets by h_p/h with linear values between.

    Formula
    -------
    c_pe = interp(parapet_ratio, PARAPET_RATIOS, ROOF_CPE10[zone])

    Parameters
    ----------
    zone
        F (corners), G (windward edge), H (to e/2), I (beyond). The upward value of I is taken.
    parapet_ratio
        Height of the parapet over that of the building [-]; above 0.10 as 0.10. Suction falls as it rises.

    Raises
    ------
    KeyError
        For another zone.
    """
    ratio = np.asarray(parapet_ratio, dtype=np.float64)
    return np.asarray(np.interp(ratio, PARAPET_RATIOS, ROOF_CPE10[zone]), dtype=np.float64)


def roof_zone(*, from_edge_m: npt.ArrayLike, from_corner_m: npt.ArrayLike, edge_m: npt.ArrayLike) -> npt.NDArray[np.int64]:
    """Return the row in `ROOF_ZONES` of a point on a flat roof for wind on one edge.

    EN 1991-1-4:2005, figure 7.6. A row cannot be nan: an unknown distance counts as F, the most onerous.

    Formula
    -------
    row = (0 if from_corner_m <= edge_m / 4 else 1) if from_edge_m <= edge_m / 10 else 2 if from_edge_m <= edge_m / 2 else 3

    Parameters
    ----------
    from_edge_m
        Distance to the windward edge [m].
    from_corner_m
        Distance along that edge to its nearest end [m].
    edge_m
        e of the edge [m].
    """
    x, y, e = (np.asarray(v, dtype=np.float64) for v in (from_edge_m, from_corner_m, edge_m))
    at_edge = x <= e / 10.0
    zone = np.where(at_edge, np.where(y <= e / 4.0, 0, 1), np.where(x <= e / 2.0, 2, 3))
    return np.where(np.isnan(x + y + e), 0, zone).astype(np.int64)


def uplift_kn_m2(*, pressure_kn_m2: npt.ArrayLike, suction: npt.ArrayLike, internal: npt.ArrayLike = 0.0) -> FloatArray:
    """Return the characteristic upward load on a roof, zero or more [kN/m2].

    EN 1991-1-4:2005, 5.2(3): q_p (c_pi - c_pe).

    Formula
    -------
    w = max(pressure_kn_m2 * (internal - suction), 0)

    Parameters
    ----------
    pressure_kn_m2
        q_p at the top [kN/m2].
    suction
        c_pe of the zone, negative upwards [-].
    internal
        c_pi under the roof [-].
    """
    net = np.asarray(internal, dtype=np.float64) - np.asarray(suction, dtype=np.float64)
    return np.asarray(np.maximum(np.asarray(pressure_kn_m2, dtype=np.float64) * net, 0.0))


def net_pressure_kn_m2(*, pressure_kn_m2: npt.ArrayLike, external: npt.ArrayLike, internal: npt.ArrayLike = 0.0) -> FloatArray:
    """Return the characteristic load on a wall or roof, positive towards it from outside [kN/m2].

    EN 1991-1-4:2005, 5.2(3): q_p (c_pe - c_pi). Rises with c_pe, falls with c_pi; its size rises with q_p.

    Formula
    -------
    w = pressure_kn_m2 * (external - internal)

    Parameters
    ----------
    pressure_kn_m2
        q_p at the reference height [kN/m2].
    external, internal
        c_pe of the zone (`facade_coefficients`, `WALL_SUCTION`, `flat_roof_suction`) and c_pi (`INTERNAL_PRESSURE`) [-].
    """
    net = np.asarray(external, dtype=np.float64) - np.asarray(internal, dtype=np.float64)
    result: FloatArray = np.asarray(pressure_kn_m2, dtype=np.float64) * net
    return result
