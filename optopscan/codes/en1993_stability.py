"""EN 1993-1-1 6.3.3: members in compression and bending, factors of Annex B (method 2).

Forces kN, moments kNm. Every argument broadcasts, nothing is raised, ``nan`` in gives
``nan`` out. Class 1 and 2 (plastic) or class 3 (elastic) sections; class 4 is not covered.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from optopscan.codes.en1993 import FloatArray

BISECTIONS = 60


def _f(value: npt.ArrayLike) -> FloatArray:
    return np.asarray(value, dtype=np.float64)


@dataclass(frozen=True, kw_only=True, eq=False)
class BeamColumn:
    """What 6.3.3 needs of a member, arrays of shapes that broadcast.

    ``n_rd_kn`` is A f_y / gamma_M1, the moments W f_y / gamma_M1 of the class, chi and
    slenderness those of 6.3.1 and 6.3.2. ``plastic`` is True in class 1 and 2. ``twists`` is
    True for open sections that can twist, False for tubes and for members held against it.
    """

    n_rd_kn: npt.ArrayLike
    m_y_rd_knm: npt.ArrayLike
    m_z_rd_knm: npt.ArrayLike
    chi_y: npt.ArrayLike
    chi_z: npt.ArrayLike
    slenderness_y: npt.ArrayLike
    slenderness_z: npt.ArrayLike
    chi_lt: npt.ArrayLike = 1.0
    c_my: npt.ArrayLike = 1.0
    c_mz: npt.ArrayLike = 1.0
    c_mlt: npt.ArrayLike = 1.0
    plastic: npt.ArrayLike = True
    twists: npt.ArrayLike = True


def equivalent_moment_factor(end_ratio: npt.ArrayLike) -> FloatArray:
    """Return C_m of a straight moment line [-]: 0.6 + 0.4 psi, at least 0.4.

    EN 1993-1-1:2005, table B.3. Rises with psi. A member that sways takes 0.9.

    Formula
    -------
    C_m = max(0.6 + 0.4 * end_ratio, 0.4)
    """
    return np.maximum(0.6 + 0.4 * _f(end_ratio), 0.4)


def interaction_factors(member: BeamColumn, *, n_ed_kn: npt.ArrayLike) -> tuple[FloatArray, FloatArray, FloatArray, FloatArray]:
    """Return k_yy, k_yz, k_zy, k_zz [-] for I sections and tubes.

    EN 1993-1-1:2005, tables B.1 and B.2. Two safe simplifications: k_yy and k_zz never fall below
    C_m, and k_zz is the larger of the values for I sections and for tubes.

    Each but k_zy rises with N; k_zy of a member that twists falls with N.

    Formula
    -------
    y = min(max(member.slenderness_y - 0.2, 0), 0.8) if member.plastic else min(0.6 * member.slenderness_y, 0.6)
    lam_z = member.slenderness_z
    z = min(max(2 * lam_z - 0.6, lam_z - 0.2, 0), 1.4) if member.plastic else min(0.6 * lam_z, 0.6)
    n_z = n_ed_kn / (member.chi_z * member.n_rd_kn)
    t = 1 - (0.1 if member.plastic else 0.05) * min(lam_z, 1) * n_z / (member.c_mlt - 0.25)
    k_yy = member.c_my * (1 + y * n_ed_kn / (member.chi_y * member.n_rd_kn))
    k_zz = member.c_mz * (1 + z * n_z)
    k_yz = 0.6 * k_zz if member.plastic else k_zz
    twisting = min(0.6 + lam_z, t) if member.plastic and lam_z < 0.4 else t
    k_zy = twisting if member.twists else (0.6 if member.plastic else 0.8) * k_yy
    """
    n = np.maximum(_f(n_ed_kn), 0.0)
    lam_y, lam_z = _f(member.slenderness_y), _f(member.slenderness_z)
    n_y = n / (_f(member.chi_y) * _f(member.n_rd_kn))
    n_z = n / (_f(member.chi_z) * _f(member.n_rd_kn))
    plastic, twists = np.asarray(member.plastic, dtype=np.bool_), np.asarray(member.twists, dtype=np.bool_)
    c_y, c_z, c_lt = _f(member.c_my), _f(member.c_mz), _f(member.c_mlt)
    # below the slenderness that makes the term negative the factor is C_m itself
    grow_y = np.where(plastic, np.clip(lam_y - 0.2, 0.0, 0.8), np.clip(0.6 * lam_y, 0.0, 0.6))
    # 2 lambda - 0.6 holds for I sections and lambda - 0.2 for tubes: the larger of both
    grow_z = np.where(plastic, np.clip(np.maximum(2.0 * lam_z - 0.6, lam_z - 0.2), 0.0, 1.4), np.clip(0.6 * lam_z, 0.0, 0.6))
    k_yy, k_zz = c_y * (1.0 + grow_y * n_y), c_z * (1.0 + grow_z * n_z)
    k_yz = np.where(plastic, 0.6 * k_zz, k_zz)
    share = np.where(plastic, 0.1, 0.05) * n_z / (c_lt - 0.25)
    twisting = 1.0 - np.minimum(lam_z, 1.0) * share
    stocky = np.where(plastic & (lam_z < 0.4), np.minimum(0.6 + lam_z, twisting), twisting)
    k_zy = np.where(twists, stocky, np.where(plastic, 0.6, 0.8) * k_yy)
    return k_yy, k_yz, k_zy, k_zz


def utilisation(
    member: BeamColumn, *, n_ed_kn: npt.ArrayLike, m_y_knm: npt.ArrayLike, m_z_knm: npt.ArrayLike = 0.0
) -> tuple[FloatArray, FloatArray]:
    """Return (6.61) and (6.62) [-]; 1.0 is the limit for both.

    EN 1993-1-1:2005, 6.3.3(4), moments being the largest along the member. The section at
    the ends needs its own check (6.3.3(2): `en1993_bending`).

    Rises with N and with each moment.

    Formula
    -------
    k_yy, k_yz, k_zy, k_zz = interaction factors of member at n_ed_kn
    m = abs(m_y_knm) / (member.chi_lt * member.m_y_rd_knm)
    uc_y = n_ed_kn / (member.chi_y * member.n_rd_kn) + k_yy * m + k_yz * abs(m_z_knm) / member.m_z_rd_knm
    uc_z = n_ed_kn / (member.chi_z * member.n_rd_kn) + k_zy * m + k_zz * abs(m_z_knm) / member.m_z_rd_knm
    """
    k_yy, k_yz, k_zy, k_zz = interaction_factors(member, n_ed_kn=n_ed_kn)
    n = np.maximum(_f(n_ed_kn), 0.0) / _f(member.n_rd_kn)
    m_y = np.abs(_f(m_y_knm)) / (_f(member.chi_lt) * _f(member.m_y_rd_knm))
    m_z = np.abs(_f(m_z_knm)) / _f(member.m_z_rd_knm)
    about_y = n / _f(member.chi_y) + k_yy * m_y + k_yz * m_z
    about_z = n / _f(member.chi_z) + k_zy * m_y + k_zz * m_z
    return np.asarray(about_y), np.asarray(about_z)


def axial_limit_kn(
    member: BeamColumn,
    *,
    m_y_knm: npt.ArrayLike = 0.0,
    m_z_knm: npt.ArrayLike = 0.0,
    e_y_mm: npt.ArrayLike = 0.0,
    e_z_mm: npt.ArrayLike = 0.0,
) -> FloatArray:
    """Return the largest N that (6.61) and (6.62) allow [kN].

    Inverse of `utilisation` by bisection, with M_y = m_y + N e_y and M_z = m_z + N e_z (sizes
    added: safe). Compression never helps a steel member here, so the admissible force runs
    from 0; the result is 0 where the moments alone are too much and lies on the safe side.

    Falls with each moment and eccentricity.

    Formula
    -------
    M_y = abs(m_y_knm) + N * abs(e_y_mm) / 1000
    M_z = abs(m_z_knm) + N * abs(e_z_mm) / 1000
    N_max = largest N with both utilisations of member at N, M_y, M_z at most 1
    """
    fixed_y, fixed_z, e_y, e_z = (np.abs(_f(x)) for x in (m_y_knm, m_z_knm, e_y_mm, e_z_mm))

    def worst(n: FloatArray) -> FloatArray:
        pair = utilisation(member, n_ed_kn=n, m_y_knm=fixed_y + n * e_y / 1000.0, m_z_knm=fixed_z + n * e_z / 1000.0)
        return np.maximum(*pair)

    top = np.minimum(_f(member.chi_y), _f(member.chi_z)) * _f(member.n_rd_kn) + 0.0 * worst(_f(0.0))
    good, bad = np.zeros_like(top), top
    good = np.where(worst(bad) <= 1.0, bad, good)
    for _ in range(BISECTIONS):
        middle = 0.5 * (good + bad)
        ok = worst(middle) <= 1.0
        good, bad = np.where(ok, middle, good), np.where(ok, bad, middle)
    return np.where(np.isnan(top), np.nan, good)
