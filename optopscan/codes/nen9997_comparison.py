"""Reserve by comparison: what a foundation line carried against what it gets.

For parts whose resistance is not known, foundations above all: the line carried its load
for decades. A ratio is a reason to look, never a proof: the outcome stays unknown until a
check on soil or pile data (`nen9997_footing`, `nen9997_pile`). Dutch practice in the
spirit of NEN 8707; no text of a standard gives the thresholds.

Forces in any one unit. Every argument broadcasts; ``nan`` in gives ``nan`` out.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from optopscan.codes.interval import as_float
from optopscan.model.arrays import FloatArray

REMARKS = (1.05, 1.10, 1.15)
"""Up to each: remark only; documents needed; check calculation; beyond: expect strengthening. Practice, no source."""
DIFFERENCE_LIMIT = 0.05
"""Neighbouring lines that differ by more may settle differently. Practice, no source."""


def load_ratio(
    *,
    permanent_old: npt.ArrayLike,
    imposed_old: npt.ArrayLike,
    permanent_new: npt.ArrayLike,
    imposed_new: npt.ArrayLike,
    psi: npt.ArrayLike = 1.0,
) -> FloatArray:
    """Return (G' + psi Q') / (G + psi Q), new over old [-].

    With psi = 1 it is r_char, with psi0 (or psi2 for settlement) r_psi. Take the lower
    bound of the existing weight in the old load and the upper bound in the new one.
    ``nan`` where the old load is not above zero: nothing to compare with. Rises with the
    new loads, falls with the old ones; over psi it rises or falls with the share of Q.

    Formula
    -------
    r = (permanent_new + psi * imposed_new) / (permanent_old + psi * imposed_old)

    Parameters
    ----------
    permanent_old, imposed_old
        G and the sum of Q before, characteristic.
    permanent_new, imposed_new
        G' and the sum of Q' after, characteristic.
    psi
        Combination factor [-].
    """
    factor = as_float(psi)
    old = as_float(permanent_old) + factor * as_float(imposed_old)
    new = as_float(permanent_new) + factor * as_float(imposed_new)
    known = old > 0.0
    return np.where(known, new / np.where(known, old, 1.0), np.nan)


def implied_utilisation(
    *, e_d_new: npt.ArrayLike, design_load_old: npt.ArrayLike, gamma_era: npt.ArrayLike, efficiency: npt.ArrayLike = 1.0
) -> FloatArray:
    """Return E_d / (gamma_era (G + Q_era) eta): the check against the resistance the old design implies [-].

    Falls with the old design load, gamma_era and eta, rises with E_d. ``nan`` where the
    implied resistance is not above zero.

    Formula
    -------
    uc = e_d_new / (gamma_era * design_load_old * efficiency)

    Parameters
    ----------
    e_d_new
        Design effect after, at the assessment level.
    design_load_old
        Load of the old design, G + Q by the code of the time.
    gamma_era
        Overall load factor of that code [-]; not known for allowable stresses: ``nan``.
    efficiency
        eta: share of the implied resistance that is counted [-].
    """
    resistance = as_float(gamma_era) * as_float(design_load_old) * as_float(efficiency)
    known = resistance > 0.0
    return np.where(known, as_float(e_d_new) / np.where(known, resistance, 1.0), np.nan)


def remark_step(ratio: npt.ArrayLike, *, steps: tuple[float, ...] = REMARKS) -> FloatArray:
    """Return how many steps the ratio passed: 0 remark, 1 documents, 2 calculation, 3 strengthening [-].

    A ratio on a step has not passed it. Rises with the ratio; ``nan`` stays ``nan``.

    Formula
    -------
    step = count(ratio > steps)
    """
    r = as_float(ratio)
    passed = np.sum(r[..., None] > np.asarray(steps), axis=-1).astype(np.float64)
    return np.where(np.isnan(r), np.nan, passed)


def differs(first: npt.ArrayLike, second: npt.ArrayLike, *, limit: float = DIFFERENCE_LIMIT) -> FloatArray:
    """Return 1.0 where the ratios of neighbouring lines differ by more than the limit, else 0.0 [-].

    ``nan`` where one is unknown. Half an ulp of play keeps 1.10 against 1.05 at the limit.

    Formula
    -------
    differ = 1 if abs(first - second) > limit else 0
    """
    gap = np.abs(as_float(first) - as_float(second))
    return np.where(np.isnan(gap + limit), np.nan, (gap > limit + 1e-12).astype(np.float64))
