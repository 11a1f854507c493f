"""EN 1996-1-1: unreinforced masonry bent out of its plane (6.3.1).

Units of the standard: mm, N/mm2; moments kNm. Every argument broadcasts; nothing is
raised; ``nan`` in gives ``nan`` out. Flexural strengths: `en1996_data.FLEXURAL_ROWS`.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from optopscan.codes.en1996 import FloatArray

STRESS_SHARE = 0.15
"""sigma_d counts up to this share of Phi f_d (6.3.1(4) with 6.1.2.1(2))."""


def _f(value: npt.ArrayLike) -> FloatArray:
    return np.asarray(value, dtype=np.float64)


def fxd1_apparent_mpa(
    *, fxk1_mpa: npt.ArrayLike, gamma_m: npt.ArrayLike, sigma_d_mpa: npt.ArrayLike, phi: npt.ArrayLike, fd_mpa: npt.ArrayLike
) -> FloatArray:
    """Return the design flexural strength with the help of vertical load f_xd1,app [N/mm2].

    EN 1996-1-1:2005, (6.16): f_xk1 / gamma_M + sigma_d, sigma_d from the least vertical load
    and at most 0.15 Phi f_d; tension counts as none. The Dutch annex allows the vertical load only
    where failure does no disproportionate damage.

    Rises with sigma_d and is then constant; rises with f_xk1, Phi and f_d.

    Formula
    -------
    f_xd = fxk1_mpa / gamma_m + min(max(sigma_d_mpa, 0), STRESS_SHARE * phi * fd_mpa)

    Parameters
    ----------
    fxk1_mpa, gamma_m
        Characteristic flexural strength parallel to the bed joints [N/mm2] and gamma_M [-].
    sigma_d_mpa
        Least design compressive stress that is there with the bending [N/mm2].
    phi, fd_mpa
        Smallest Phi at mid-height (minimum-eccentricity one included) [-] and f_d [N/mm2].
    """
    help_mpa = np.minimum(np.maximum(_f(sigma_d_mpa), 0.0), STRESS_SHARE * _f(phi) * _f(fd_mpa))
    result: FloatArray = _f(fxk1_mpa) / _f(gamma_m) + help_mpa
    return result


def moment_resistance_knm(*, fxd_mpa: npt.ArrayLike, thickness_mm: npt.ArrayLike, length_mm: npt.ArrayLike = 1000.0) -> FloatArray:
    """Return M_Rd = f_xd Z with Z = l t^2 / 6 [kNm].

    EN 1996-1-1:2005, (6.15). Rises with every argument.

    Formula
    -------
    M_Rd = fxd_mpa * length_mm * thickness_mm ** 2 / 6 / 1e6
    """
    result: FloatArray = _f(fxd_mpa) * _f(length_mm) * _f(thickness_mm) ** 2 / 6.0 / 1e6
    return result


def strip_moment_knm(*, load_kn_m2: npt.ArrayLike, span_m: npt.ArrayLike, held_at_both_ends: npt.ArrayLike = True) -> FloatArray:
    """Return the moment per metre of a strip under even lateral load [kNm/m].

    Statics: w l^2 / 8 between two hinged supports, w l^2 / 2 as a cantilever.

    Formula
    -------
    M = load_kn_m2 * span_m ** 2 / (8 if held_at_both_ends else 2)
    """
    divisor = np.where(np.asarray(held_at_both_ends, dtype=np.bool_), 8.0, 2.0)
    result: FloatArray = _f(load_kn_m2) * _f(span_m) ** 2 / divisor
    return result
