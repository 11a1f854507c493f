"""EN 1992-1-1 section 12: plain and lightly reinforced concrete walls.

Units of the standard: mm, N/mm2; resistances in kN.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

FloatArray = npt.NDArray[np.float64]

ALPHA_CC_PLAIN = 0.8
GAMMA_C = 1.5
SLENDERNESS_LIMIT = 25.0


def fcd_plain_mpa(fck_mpa: npt.ArrayLike, *, alpha_cc_plain: float = ALPHA_CC_PLAIN, gamma_c: float = GAMMA_C) -> FloatArray:
    """Return the design compressive strength of plain concrete f_cd,pl [N/mm2].

    EN 1992-1-1:2004, 12.3.1(1) with the Dutch alpha_cc,pl = 0.8.
    """
    result: FloatArray = alpha_cc_plain * np.asarray(fck_mpa, dtype=np.float64) / gamma_c
    return result


def effective_length_mm(height_mm: npt.ArrayLike, *, beta: npt.ArrayLike = 1.0) -> FloatArray:
    """Return l_0 = beta l_w of a wall held at head and foot [mm].

    EN 1992-1-1:2004, 12.6.5.1: beta = 1.0 for two held edges (table 12.1), times 0.85
    where monolithic floors hold both ends (12.6.5.1(4)).
    """
    result: FloatArray = np.asarray(beta, dtype=np.float64) * np.asarray(height_mm, dtype=np.float64)
    return result


def imperfection_mm(l0_mm: npt.ArrayLike) -> FloatArray:
    """Return the additional eccentricity e_i = l_0 / 400 [mm].

    EN 1992-1-1:2004, 5.2(9), 12.6.5.2(1).
    """
    result: FloatArray = np.asarray(l0_mm, dtype=np.float64) / 400.0
    return result


def section_factor(*, e_mm: npt.ArrayLike, thickness_mm: npt.ArrayLike) -> FloatArray:
    """Return 1 - 2 e / h_w [-], not below zero: the part of a rectangle centred on the load.

    EN 1992-1-1:2004, (12.2).
    """
    return np.maximum(1.0 - 2.0 * np.asarray(e_mm, dtype=np.float64) / np.asarray(thickness_mm, dtype=np.float64), 0.0)


def wall_factor(*, e_tot_mm: npt.ArrayLike, l0_mm: npt.ArrayLike, thickness_mm: npt.ArrayLike) -> FloatArray:
    """Return the factor Phi for eccentricity and second order of a plain wall [-].

    EN 1992-1-1:2004, (12.11): 1.14 (1 - 2 e_tot / h_w) - 0.02 l_0 / h_w, at most
    1 - 2 e_tot / h_w and here not below zero. Valid to l_0 / h_w = 25.

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

    EN 1992-1-1:2004, (12.10); with `section_factor` for Phi it is (12.2).
    """
    area = np.asarray(length_mm, dtype=np.float64) * np.asarray(thickness_mm, dtype=np.float64)
    result: FloatArray = area * np.asarray(fcd_plain_mpa, dtype=np.float64) * np.asarray(phi, dtype=np.float64) / 1000.0
    return result
