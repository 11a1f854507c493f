"""How strong a building whose strength nobody stated may plausibly be."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from optopscan.materials.rows import EraRow
from optopscan.model.arrays import FloatArray
from optopscan.model.structure import Materials

RHO = 0.85  # share of the variance that is common to one building
FRACTILE = 1.645  # 5 % and 95 % of a normal distribution


def characteristic_mpa(*, mean_mpa: npt.ArrayLike, cov: npt.ArrayLike, z_building: npt.ArrayLike) -> FloatArray:
    """Return the characteristic strength of one building [N/mm2].

    Lognormal with a common part per building: f_k = exp(mu + s sqrt(rho) z - 1.645 s
    sqrt(1 - rho)). Partial factors apply to it unchanged; the mean is never taken as f_k.

    Parameters
    ----------
    mean_mpa, cov
        Mean over buildings [N/mm2] and coefficient of variation [-]; nan gives nan.
    z_building
        Standard normal value of the building; 1.645 is stronger than 95 of 100. All broadcastable.

    Examples
    --------
    >>> characteristic_mpa(mean_mpa=7.0, cov=0.25, z_building=1.645).round(2).item()
    8.43
    """
    s = np.sqrt(np.log(1.0 + np.asarray(cov, dtype=np.float64) ** 2))
    mu = np.log(np.asarray(mean_mpa, dtype=np.float64)) - 0.5 * s**2
    result: FloatArray = np.exp(mu + s * math.sqrt(RHO) * np.asarray(z_building) - FRACTILE * s * math.sqrt(1.0 - RHO))
    return result


def plausible_strength_mpa(materials: Materials, era: Sequence[EraRow], build_year: int | None) -> FloatArray:
    """Return the highest plausible default strength per element [N/mm2], (n_element,).

    The strength that one building in twenty of its period exceeds; the default itself
    where the table gives no spread. A part that passes with this strength but not with
    the default is unknown, not over. Without a build year the best period counts.
    """
    best: dict[str, float] = {}
    for row in era:
        if build_year is not None and not row.year_from <= build_year < row.year_before:
            continue
        value = row.strength_mpa
        if not (math.isnan(row.mean_mpa) or math.isnan(row.cov)):
            value = max(value, float(characteristic_mpa(mean_mpa=row.mean_mpa, cov=row.cov, z_building=FRACTILE)))
        best[row.group] = max(best.get(row.group, 0.0), value)
    upper = np.array([best.get(group, math.nan) for group in materials.group])
    default = np.asarray(materials.strength_default_mpa)
    return np.where(np.isnan(default), np.nan, np.fmax(default, upper))
