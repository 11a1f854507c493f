"""Bearing walls in an outer wall: wind bends them between floors while they carry.

The moment of the wind does not grow with the axial force, so each wall admits an interval of axial force:
too little load fails as well as too much. Hinged at both floors (w h^2 / 8), full net pressure on the bearing
leaf, openings loading the piers beside them: all on the safe side, so a wall that fails is unknown, not over.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from optopscan.checks.resistance import MID, Resistance
from optopscan.checks.utilisation import Effects
from optopscan.codes import en1992, en1996_interval
from optopscan.codes.en1990 import wind_leading_axial_force
from optopscan.codes.interval import Interval
from optopscan.model.arrays import FloatArray, IntArray

MASONRY, CONCRETE = "NEN-EN 1996-1-1 6.1.2.2(1)(ii) wind", "NEN-EN 1992-1-1 12.6.5.2 wind"
NO_CHECK = "geen toets voor dit materiaal"


class WallWind(NamedTuple):
    """Utilisation of outer walls at mid-height, (n_case, n_row); nan where it cannot be computed."""

    uc: FloatArray
    n_min_kn: FloatArray
    n_max_kn: FloatArray
    m_ed_knm: FloatArray
    n_lo_kn: FloatArray
    n_hi_kn: FloatArray


def wind_moment_knm(*, pressure_kn_m2: FloatArray, width_m: FloatArray, height_m: FloatArray) -> FloatArray:
    """Return the moment at mid-height of a strip hinged at both floors, w b h^2 / 8 [kNm]."""
    result: FloatArray = np.asarray(pressure_kn_m2) * np.asarray(width_m) * np.asarray(height_m) ** 2 / 8.0
    return result


def mid_forces(effects: Effects, rows: IntArray) -> tuple[FloatArray, FloatArray]:
    """Return the smallest and largest axial force at mid-height of some parts with leading wind [kN]."""
    pair = wind_leading_axial_force(
        effects.permanent_kn[rows, MID],
        np.column_stack([effects.imposed_kn, effects.raised_kn])[rows],
        psi0=np.append(effects.psi0, 0.0),
        factors=effects.factors,
        relief_kn=effects.relief_kn[rows],
    )
    return pair.n_min_kn, pair.n_max_kn


def wall_wind(resistance: Resistance, rows: IntArray, *, n_min_kn: FloatArray, n_max_kn: FloatArray, m_ed_knm: FloatArray) -> WallWind:
    """Return how outer walls are used under axial force and wind.

    EN 1996-1-1 6.1.2.2(1)(ii) for masonry, EN 1992-1-1 12.6.5.2 for concrete, both with the moment fixed.

    Parameters
    ----------
    resistance
        What the vertical check was computed from.
    rows
        Parts, (n_row,).
    n_min_kn, n_max_kn, m_ed_knm
        Design forces and moment, (n_case, n_row).
    """
    found = _interval(resistance, rows, m_ed_knm)
    with np.errstate(divide="ignore", invalid="ignore"):
        high = np.where(found.hi > 0.0, n_max_kn / np.where(found.hi > 0.0, found.hi, 1.0), np.inf)
        low = np.where(found.lo > 0.0, np.where(n_min_kn > 0.0, found.lo / np.where(n_min_kn > 0.0, n_min_kn, 1.0), np.inf), 0.0)
    unknown = np.isnan(found.hi) | np.isnan(found.lo) | np.isnan(n_min_kn) | np.isnan(n_max_kn) | np.isnan(m_ed_knm)
    uc = np.where(unknown, np.nan, np.maximum(high, low))
    return WallWind(uc=uc, n_min_kn=n_min_kn, n_max_kn=n_max_kn, m_ed_knm=m_ed_knm, n_lo_kn=found.lo, n_hi_kn=found.hi)


def _interval(resistance: Resistance, rows: IntArray, moment_knm: FloatArray) -> Interval:
    terms = resistance.terms
    nan = np.full(len(rows), np.nan)

    def term(name: str) -> FloatArray:
        if name not in terms:
            return nan
        values = np.asarray(terms[name])[rows]
        return values if values.ndim == 1 else values[:, MID]

    masonry = en1996_interval.mid_interval_kn(
        squash_kn=en1996_interval.squash_kn(thickness_mm=term("t_mm"), length_mm=term("l_mm"), fd_mpa=term("fd_mpa")),
        thickness_mm=term("t_mm"),
        slenderness=term("slenderness"),
        e_init_mm=term("e_init_mm"),
        e_load_mm=term("e_load_mm"),
        moment_knm=moment_knm,
    )
    concrete = en1992.wall_interval_kn(
        m_ed_knm=moment_knm,
        length_mm=term("l_mm"),
        thickness_mm=term("t_mm"),
        fcd_plain_mpa=term("fcd_pl_mpa"),
        l0_mm=term("l0_mm"),
        e_0_mm=term("e_load_mm"),
        e_i_mm=term("e_init_mm"),
    )
    cast = np.isfinite(term("fcd_pl_mpa"))
    # A part without a vertical verdict has none with wind.
    lost = np.isnan(np.asarray(resistance.n_hi_kn)[rows, MID])
    lo, hi = (np.where(lost, np.nan, np.where(cast, c, m)) for c, m in zip(concrete, masonry, strict=True))
    return Interval(lo=lo, hi=hi)


def clause_of(resistance: Resistance, row: int) -> str:
    """Return the clause of one outer wall, empty where no check covers it."""
    if "fcd_pl_mpa" in resistance.terms and np.isfinite(resistance.terms["fcd_pl_mpa"][row]):
        return CONCRETE
    return MASONRY if "fk_mpa" in resistance.terms and np.isfinite(resistance.terms["fk_mpa"][row]) else ""
