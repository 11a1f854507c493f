"""EN 1993-1-1: flexural buckling of a member in axial compression.

Units of the standard: mm, N/mm2; resistances in kN.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

FloatArray = npt.NDArray[np.float64]

E_STEEL_MPA = 210_000.0
IMPERFECTION = {"a0": 0.13, "a": 0.21, "b": 0.34, "c": 0.49, "d": 0.76}
"""Imperfection factor alpha per buckling curve [-] (table 6.1)."""


def critical_force_kn(*, second_moment_mm4: npt.ArrayLike, buckling_length_mm: npt.ArrayLike, e_mpa: float = E_STEEL_MPA) -> FloatArray:
    """Return the elastic critical force N_cr [kN].

    Euler, as used in EN 1993-1-1:2005, 6.3.1.2.
    """
    inertia = np.asarray(second_moment_mm4, dtype=np.float64)
    result: FloatArray = np.pi**2 * e_mpa * inertia / np.asarray(buckling_length_mm, dtype=np.float64) ** 2 / 1000.0
    return result


def relative_slenderness(*, area_mm2: npt.ArrayLike, fy_mpa: npt.ArrayLike, n_cr_kn: npt.ArrayLike) -> FloatArray:
    """Return the relative slenderness [-] of a class 1, 2 or 3 section.

    EN 1993-1-1:2005, (6.50): sqrt(A fy / N_cr).
    """
    squash_kn = np.asarray(area_mm2, dtype=np.float64) * np.asarray(fy_mpa, dtype=np.float64) / 1000.0
    result: FloatArray = np.sqrt(squash_kn / np.asarray(n_cr_kn, dtype=np.float64))
    return result


def buckling_auxiliary(slenderness: npt.ArrayLike, *, imperfection: npt.ArrayLike) -> FloatArray:
    """Return Phi = 0.5 (1 + alpha (slenderness - 0.2) + slenderness^2) [-].

    EN 1993-1-1:2005, 6.3.1.2(1).
    """
    s = np.asarray(slenderness, dtype=np.float64)
    result: FloatArray = 0.5 * (1.0 + np.asarray(imperfection, dtype=np.float64) * (s - 0.2) + s**2)
    return result


def buckling_reduction(slenderness: npt.ArrayLike, *, imperfection: npt.ArrayLike) -> FloatArray:
    """Return the reduction factor chi [-], at most 1.

    EN 1993-1-1:2005, (6.49). ``nan`` where an input is ``nan``.
    """
    s = np.asarray(slenderness, dtype=np.float64)
    phi = buckling_auxiliary(s, imperfection=imperfection)
    # Below a slenderness of 0.2 the expression exceeds 1 and the root can lose its sign.
    root = np.sqrt(np.maximum(phi**2 - s**2, 0.0))
    return np.asarray(np.minimum(1.0 / (phi + root), 1.0))


def buckling_resistance_kn(*, chi: npt.ArrayLike, area_mm2: npt.ArrayLike, fy_mpa: npt.ArrayLike, gamma_m1: float = 1.0) -> FloatArray:
    """Return the design buckling resistance N_b,Rd [kN] of a class 1, 2 or 3 section.

    EN 1993-1-1:2005, (6.47).
    """
    area = np.asarray(area_mm2, dtype=np.float64)
    result: FloatArray = np.asarray(chi, dtype=np.float64) * area * np.asarray(fy_mpa, dtype=np.float64) / gamma_m1 / 1000.0
    return result
