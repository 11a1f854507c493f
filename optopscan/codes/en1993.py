"""EN 1993-1-1: yield strength and flexural buckling of a member in axial compression.

Units of the standard: mm, N/mm2; resistances in kN. Every argument broadcasts, nothing is
raised, ``nan`` in gives ``nan`` out. Section properties: `en1993_sections`; class,
bending and shear: `en1993_bending`; bending with compression: `en1993_stability`.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

FloatArray = npt.NDArray[np.float64]

E_STEEL_MPA = 210_000.0
IMPERFECTION = {"a0": 0.13, "a": 0.21, "b": 0.34, "c": 0.49, "d": 0.76}
"""Imperfection factor alpha per buckling curve [-] (table 6.1)."""


_TABLE_3_1 = {235.0: 215.0, 275.0: 255.0, 355.0: 335.0, 440.0: 410.0}


def yield_strength_mpa(fy_nominal_mpa: npt.ArrayLike, *, thickness_mm: npt.ArrayLike) -> FloatArray:
    """Return f_y of the thickest part [N/mm2]: nominal to 40 mm, the lower value to 80 mm, else nan.

    EN 1993-1-1:2005, table 3.1 (S235 215, S275 255, S355 335, S450 410 above 40 mm). A nominal
    value that is not of the table (old steel) is kept to 40 mm and unknown above.

    Falls in steps with the thickness.

    Formula
    -------
    lower = fy_nominal_mpa - (30 if fy_nominal_mpa == 440 else 20)
    f_y = fy_nominal_mpa if thickness_mm <= 40 else lower if thickness_mm <= 80 else nan
    """
    nominal, t = np.broadcast_arrays(np.asarray(fy_nominal_mpa, dtype=np.float64), np.asarray(thickness_mm, dtype=np.float64))
    thick = np.full(nominal.shape, np.nan)
    for thin_mpa, thick_mpa in sorted(_TABLE_3_1.items()):
        thick = np.where(nominal == thin_mpa, thick_mpa, thick)
    return np.where(t <= 40.0, nominal, np.where(t <= 80.0, thick, np.nan))


def imperfection_i_section(*, height_mm: npt.ArrayLike, width_mm: npt.ArrayLike, flange_mm: npt.ArrayLike) -> tuple[FloatArray, FloatArray]:
    """Return alpha about y and about z [-] of a rolled I or H section to S420.

    EN 1993-1-1:2005, table 6.2: h / b > 1.2 curves a, b (b, c above 40 mm); h / b <= 1.2
    curves b, c (d, d above 100 mm). nan for the case outside the table.

    Formula
    -------
    alpha_y = (0.21 if flange_mm <= 40 else 0.34) if height_mm / width_mm > 1.2 else 0.34 if flange_mm <= 100 else 0.76
    alpha_z = (0.34 if flange_mm <= 40 else 0.49) if height_mm / width_mm > 1.2 else 0.49 if flange_mm <= 100 else 0.76
    """
    h, b, tf = (np.asarray(x, dtype=np.float64) for x in (height_mm, width_mm, flange_mm))
    a = IMPERFECTION
    deep = h / b > 1.2
    y = np.where(deep, np.where(tf <= 40.0, a["a"], a["b"]), np.where(tf <= 100.0, a["b"], a["d"]))
    z = np.where(deep, np.where(tf <= 40.0, a["b"], a["c"]), np.where(tf <= 100.0, a["c"], a["d"]))
    outside = np.isnan(h / b + tf) | (deep & (tf > 100.0))
    return np.where(outside, np.nan, y), np.where(outside, np.nan, z)


def critical_force_kn(*, second_moment_mm4: npt.ArrayLike, buckling_length_mm: npt.ArrayLike, e_mpa: float = E_STEEL_MPA) -> FloatArray:
    """Return the elastic critical force N_cr [kN].

    Euler, as used in EN 1993-1-1:2005, 6.3.1.2.
    Rises with E I, falls with the length.

    Formula
    -------
    N_cr = pi ** 2 * e_mpa * second_moment_mm4 / buckling_length_mm ** 2 / 1000
    """
    inertia = np.asarray(second_moment_mm4, dtype=np.float64)
    result: FloatArray = np.pi**2 * e_mpa * inertia / np.asarray(buckling_length_mm, dtype=np.float64) ** 2 / 1000.0
    return result


def relative_slenderness(*, area_mm2: npt.ArrayLike, fy_mpa: npt.ArrayLike, n_cr_kn: npt.ArrayLike) -> FloatArray:
    """Return the relative slenderness [-] of a class 1, 2 or 3 section.

    EN 1993-1-1:2005, (6.50): sqrt(A fy / N_cr).
    Rises with A and f_y, falls with N_cr.

    Formula
    -------
    lam = sqrt(area_mm2 * fy_mpa / (1000 * n_cr_kn))
    """
    squash_kn = np.asarray(area_mm2, dtype=np.float64) * np.asarray(fy_mpa, dtype=np.float64) / 1000.0
    result: FloatArray = np.sqrt(squash_kn / np.asarray(n_cr_kn, dtype=np.float64))
    return result


def buckling_auxiliary(slenderness: npt.ArrayLike, *, imperfection: npt.ArrayLike) -> FloatArray:
    """Return Phi = 0.5 (1 + alpha (slenderness - 0.2) + slenderness^2) [-].

    EN 1993-1-1:2005, 6.3.1.2(1).
    Rises with both (with alpha from a slenderness of 0.2 on).

    Formula
    -------
    Phi = 0.5 * (1 + imperfection * (slenderness - 0.2) + slenderness ** 2)
    """
    s = np.asarray(slenderness, dtype=np.float64)
    result: FloatArray = 0.5 * (1.0 + np.asarray(imperfection, dtype=np.float64) * (s - 0.2) + s**2)
    return result


def buckling_reduction(slenderness: npt.ArrayLike, *, imperfection: npt.ArrayLike) -> FloatArray:
    """Return the reduction factor chi [-], at most 1.

    EN 1993-1-1:2005, (6.49). ``nan`` where an input is ``nan``.
    Falls with the slenderness from 0.2 on and with alpha; 1 below.

    Formula
    -------
    Phi = 0.5 * (1 + imperfection * (slenderness - 0.2) + slenderness ** 2)
    chi = min(1 / (Phi + sqrt(max(Phi ** 2 - slenderness ** 2, 0))), 1)
    """
    s = np.asarray(slenderness, dtype=np.float64)
    phi = buckling_auxiliary(s, imperfection=imperfection)
    # Below a slenderness of 0.2 the expression exceeds 1 and the root can lose its sign.
    root = np.sqrt(np.maximum(phi**2 - s**2, 0.0))
    return np.asarray(np.minimum(1.0 / (phi + root), 1.0))


def buckling_resistance_kn(*, chi: npt.ArrayLike, area_mm2: npt.ArrayLike, fy_mpa: npt.ArrayLike, gamma_m1: float = 1.0) -> FloatArray:
    """Return the design buckling resistance N_b,Rd [kN] of a class 1, 2 or 3 section.

    EN 1993-1-1:2005, (6.47).
    Rises with every argument but gamma_M1.

    Formula
    -------
    N_Rd = chi * area_mm2 * fy_mpa / gamma_m1 / 1000
    """
    area = np.asarray(area_mm2, dtype=np.float64)
    result: FloatArray = np.asarray(chi, dtype=np.float64) * area * np.asarray(fy_mpa, dtype=np.float64) / gamma_m1 / 1000.0
    return result


def column_resistance_kn(
    *,
    area_mm2: npt.ArrayLike,
    i_y_mm4: npt.ArrayLike,
    i_z_mm4: npt.ArrayLike,
    length_y_mm: npt.ArrayLike,
    length_z_mm: npt.ArrayLike,
    fy_mpa: npt.ArrayLike,
    alpha_y: npt.ArrayLike,
    alpha_z: npt.ArrayLike,
    gamma_m1: float = 1.0,
) -> FloatArray:
    """Return N_b,Rd of a column about y and about z [kN], the two on the last axis.

    EN 1993-1-1:2005, 6.3.1, class 1 to 3; the smaller of the two governs.

    Rises with area, second moment and f_y; falls with length and alpha.

    Formula
    -------
    i_2 = (i_y_mm4 / area_mm2 / length_y_mm ** 2, i_z_mm4 / area_mm2 / length_z_mm ** 2)
    lam = sqrt(fy_mpa / (pi ** 2 * E_STEEL_MPA * i_2))
    Phi = 0.5 * (1 + (alpha_y, alpha_z) * (lam - 0.2) + lam ** 2)
    N_Rd = min(1 / (Phi + sqrt(max(Phi ** 2 - lam ** 2, 0))), 1) * area_mm2 * fy_mpa / gamma_m1 / 1000
    """
    results = []
    for inertia, length, alpha in ((i_y_mm4, length_y_mm, alpha_y), (i_z_mm4, length_z_mm, alpha_z)):
        n_cr = critical_force_kn(second_moment_mm4=inertia, buckling_length_mm=length)
        lam = relative_slenderness(area_mm2=area_mm2, fy_mpa=fy_mpa, n_cr_kn=n_cr)
        chi = buckling_reduction(lam, imperfection=alpha)
        results.append(buckling_resistance_kn(chi=chi, area_mm2=area_mm2, fy_mpa=fy_mpa, gamma_m1=gamma_m1))
    return np.stack(np.broadcast_arrays(*results), axis=-1)
