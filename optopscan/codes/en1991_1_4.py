"""EN 1991-1-4 with the Dutch annex: peak velocity pressure and wind force on a block."""

from __future__ import annotations

from dataclasses import dataclass
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
    h, b, d = np.broadcast_arrays(*(np.asarray(x, dtype=np.float64) for x in (height_m, width_m, depth_m)))
    windward, leeward = facade_coefficients(h / d)
    fraction = np.linspace(0.0, 1.0, n_middle_strip + 1)
    low = np.minimum(b, h)
    top = np.maximum(h - b, low)
    edges = np.concatenate([np.zeros_like(h)[..., None], low[..., None] + (top - low)[..., None] * fraction, h[..., None]], axis=-1)
    pressure_at = edges[..., 1:].copy()
    pressure_at[..., 0] = np.where(h <= b, h, b)
    q = peak_velocity_pressure(pressure_at, wind_speed_m_s=np.asarray(wind_speed_m_s)[..., None], terrain=terrain)
    strip = np.diff(edges, axis=-1)
    scale = correlation * structural_factor * (windward - leeward) * b
    centre = 0.5 * (edges[..., 1:] + edges[..., :-1])
    return WindAction(force_kn=scale * np.sum(q * strip, axis=-1), base_moment_knm=scale * np.sum(q * strip * centre, axis=-1))
