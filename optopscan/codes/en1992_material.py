"""EN 1992-1-1 section 3 with the Dutch annex: design values of concrete and reinforcement.

Stresses in N/mm2. Every argument broadcasts; ``nan`` in gives ``nan`` out. Strengths
outside the standard (f_ck above 90, or not above zero) give ``nan``: they are not
known to it. Nothing raises.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from optopscan.codes.interval import as_float
from optopscan.model.arrays import FloatArray

GAMMA_C = 1.5
GAMMA_S = 1.15
ALPHA_CC = 1.0
"""Dutch annex to 3.1.6(1): no reduction for long-term load."""
ALPHA_CT_PLAIN = 0.8
"""Recommended value of 12.3.1(1); the Dutch one was not read and is taken to be the same."""
E_S_MPA = 200_000.0
FCK_LIMIT_MPA = 90.0
FCK_NORMAL_MPA = 50.0
"""Up to here the stress block and the ultimate strains are constants (3.1.7, table 3.1)."""


class StressBlock(NamedTuple):
    """Rectangular stress block (3.1.7(3)) and the strains that go with it [-]."""

    lambda_: FloatArray
    eta: FloatArray
    eps_cu3: FloatArray
    eps_c3: FloatArray


NORMAL_STRENGTH = StressBlock(as_float(0.8), as_float(1.0), as_float(0.0035), as_float(0.00175))
"""The block of concrete up to C50/60."""


def _valid(fck_mpa: npt.ArrayLike) -> FloatArray:
    fck = as_float(fck_mpa)
    return np.where((fck > 0.0) & (fck <= FCK_LIMIT_MPA), fck, np.nan)


def fcd_mpa(fck_mpa: npt.ArrayLike, *, alpha_cc: npt.ArrayLike = ALPHA_CC, gamma_c: npt.ArrayLike = GAMMA_C) -> FloatArray:
    """Return the design compressive strength f_cd = alpha_cc f_ck / gamma_C [N/mm2].

    EN 1992-1-1:2004, (3.15) with the Dutch alpha_cc = 1.0. Rises with f_ck and
    alpha_cc, falls with gamma_C.

    Formula
    -------
    f_cd = alpha_cc * fck_mpa / gamma_c

    Examples
    --------
    >>> float(fcd_mpa(30))
    20.0
    """
    result: FloatArray = as_float(alpha_cc) * _valid(fck_mpa) / as_float(gamma_c)
    return result


def fyd_mpa(fyk_mpa: npt.ArrayLike, *, prescribed_mpa: npt.ArrayLike = np.nan, gamma_s: npt.ArrayLike = GAMMA_S) -> FloatArray:
    """Return the design yield strength f_yd [N/mm2]: f_yk / gamma_S, or a lower prescribed value.

    EN 1992-1-1:2004, 3.2.7(2) and figure 3.8, with a horizontal top branch. Tables of old
    grades prescribe less for cold worked steel (QR40: 330, not 348). Rises with f_yk and
    the prescribed value, falls with gamma_S.

    Formula
    -------
    f_yd = min(fyk_mpa / gamma_s, prescribed_mpa)

    Parameters
    ----------
    fyk_mpa
        f_yk [N/mm2].
    prescribed_mpa
        Design value that a grade table prescribes [N/mm2]; ``nan`` where it has none.
    gamma_s
        Partial factor [-].
    """
    own = as_float(fyk_mpa) / as_float(gamma_s)
    given = as_float(prescribed_mpa)
    return np.where(np.isnan(given), own, np.minimum(own, given))


def fctm_mpa(fck_mpa: npt.ArrayLike) -> FloatArray:
    """Return the mean tensile strength f_ctm [N/mm2].

    EN 1992-1-1:2004, table 3.1: 0.30 f_ck^(2/3), above C50/60 2.12 ln(1 + f_cm / 10).
    Rises with f_ck.

    Formula
    -------
    f_ctm = 0.30 * fck_mpa ** (2 / 3) if fck_mpa <= 50 else 2.12 * ln(1 + (fck_mpa + 8) / 10)
    """
    fck = _valid(fck_mpa)
    result: FloatArray = np.where(fck <= FCK_NORMAL_MPA, 0.30 * np.cbrt(fck) ** 2, 2.12 * np.log1p((fck + 8.0) / 10.0))
    return result


def fctk_005_mpa(fck_mpa: npt.ArrayLike) -> FloatArray:
    """Return the 5 % fractile of the tensile strength, 0.7 f_ctm [N/mm2].

    EN 1992-1-1:2004, table 3.1. Rises with f_ck.

    Formula
    -------
    f_ctm = 0.30 * fck_mpa ** (2 / 3) if fck_mpa <= 50 else 2.12 * ln(1 + (fck_mpa + 8) / 10)
    f_ctk = 0.7 * f_ctm
    """
    result: FloatArray = 0.7 * fctm_mpa(fck_mpa)
    return result


def ecm_mpa(fck_mpa: npt.ArrayLike) -> FloatArray:
    """Return the mean modulus of elasticity E_cm = 22000 (f_cm / 10)^0.3 [N/mm2].

    EN 1992-1-1:2004, table 3.1, uncracked, without creep. Rises with f_ck.

    Formula
    -------
    E_cm = 22000 * ((fck_mpa + 8) / 10) ** 0.3
    """
    result: FloatArray = 22_000.0 * ((_valid(fck_mpa) + 8.0) / 10.0) ** 0.3
    return result


def stress_block(fck_mpa: npt.ArrayLike) -> StressBlock:
    """Return lambda, eta, eps_cu3 and eps_c3 [-].

    EN 1992-1-1:2004, (3.19) to (3.22) and table 3.1. Constant to C50/60; above it
    lambda, eta and eps_cu3 fall and eps_c3 rises with f_ck.

    Formula
    -------
    lam = 0.8 - max(fck_mpa - 50, 0) / 400
    eta = 1 - max(fck_mpa - 50, 0) / 200
    eps_cu3 = 0.0035 if fck_mpa <= 50 else 0.0026 + 0.035 * ((90 - fck_mpa) / 100) ** 4
    eps_c3 = 0.00175 + 0.00055 * max(fck_mpa - 50, 0) / 40
    """
    fck = _valid(fck_mpa)
    over = np.maximum(fck - FCK_NORMAL_MPA, 0.0)
    high = (90.0 - FCK_NORMAL_MPA - over) / 100.0
    normal = fck <= FCK_NORMAL_MPA
    return StressBlock(
        lambda_=0.8 - over / 400.0,
        eta=1.0 - over / 200.0,
        eps_cu3=np.where(normal, 0.0035, 0.0026 + 0.035 * high**4) + 0.0 * fck,
        eps_c3=0.00175 + 0.00055 * over / 40.0,
    )


def effective_creep(*, phi_inf: npt.ArrayLike, m_0eqp_knm: npt.ArrayLike, m_0ed_knm: npt.ArrayLike) -> FloatArray:
    """Return the effective creep coefficient phi_ef [-].

    EN 1992-1-1:2004, (5.19): final creep times the ratio of the first order moments,
    quasi-permanent over design. Rises with phi_inf and M_0Eqp, falls with M_0Ed; ``nan``
    where both moments are zero.

    Formula
    -------
    phi_ef = phi_inf * abs(m_0eqp_knm) / abs(m_0ed_knm)
    """
    m_0ed = as_float(m_0ed_knm)
    with np.errstate(divide="ignore", invalid="ignore"):
        result: FloatArray = as_float(phi_inf) * np.abs(as_float(m_0eqp_knm)) / np.abs(m_0ed)
    return result
