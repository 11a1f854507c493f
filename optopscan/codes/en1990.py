"""EN 1990 with the Dutch annex: combinations of actions in the ultimate limit state.

Axial forces are in kN, compression positive. Forces broadcast over leading
axes; the last axis of a variable action counts actions or storeys.
"""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal, NamedTuple

import numpy as np
import numpy.typing as npt

Level = Literal["nieuwbouw", "verbouw", "afkeur"]
ConsequenceClass = Literal["CC1", "CC2", "CC3"]
FloatArray = npt.NDArray[np.float64]
IntArray = npt.NDArray[np.int64]

COMBINATIONS = ("6.10a", "6.10b", "6.10b roof leading")
FULL_STOREYS = 2
"""How many storeys of one use carry their full imposed load at once (Dutch practice)."""


@dataclass(frozen=True, kw_only=True)
class FactorSet:
    """Partial factors of one assessment level and consequence class.

    ``gamma_ga`` and ``gamma_gb`` multiply unfavourable permanent load in 6.10a and
    6.10b (xi is inside), ``gamma_g_inf`` favourable permanent load.
    """

    id: str
    level: Level
    consequence_class: ConsequenceClass
    gamma_ga: float
    gamma_gb: float
    gamma_q: float
    gamma_q_wind: float
    gamma_g_inf: float
    source: str
    confidence: Literal["sourced", "expert", "uncertain"]


class DesignForce(NamedTuple):
    """Design axial force [kN] and the index in `COMBINATIONS` that gives it."""

    n_kn: FloatArray
    combination: IntArray


def permanent_maximum(permanent_kn: npt.ArrayLike, *, gamma_sup: float, gamma_inf: float) -> FloatArray:
    """Return permanent load with the factor that makes the axial force largest [kN].

    EN 1990:2002, table A1.2(B): an upward permanent force is favourable here.

    Formula
    -------
    G_d = gamma_sup * permanent_kn if permanent_kn >= 0 else gamma_inf * permanent_kn

    Parameters
    ----------
    permanent_kn
        G_k [kN], any shape, compression positive; ``nan`` gives ``nan``.
    gamma_sup, gamma_inf
        Factors for unfavourable and favourable permanent load [-].
    """
    g = np.asarray(permanent_kn, dtype=np.float64)
    return np.where(g < 0, gamma_inf * g, gamma_sup * g)


def combination_610a(permanent_kn: npt.ArrayLike, variable_kn: npt.ArrayLike, *, psi0: npt.ArrayLike, factors: FactorSet) -> FloatArray:
    """Return expression 6.10a in the Dutch form: every variable action at psi0 [kN].

    EN 1990:2002 with Dutch annex, expression (6.10a), table NB.4.

    Formula
    -------
    G_d = factors.gamma_ga * permanent_kn if permanent_kn >= 0 else factors.gamma_g_inf * permanent_kn
    E_d = G_d + factors.gamma_q * sum(psi0 * max(variable_kn, 0))

    Parameters
    ----------
    permanent_kn
        G_k [kN], shape (...,); an upward G_k enters with gamma_g_inf.
    variable_kn
        Q_k [kN], shape (..., n_action); upward actions are left out.
    psi0
        Combination factor [-], scalar or (n_action,).
    factors
        Partial factors.

    Returns
    -------
    FloatArray
        E_d [kN], shape (...,); ``nan`` where an input is ``nan``.
    """
    q = _unfavourable(variable_kn)
    permanent = permanent_maximum(permanent_kn, gamma_sup=factors.gamma_ga, gamma_inf=factors.gamma_g_inf)
    result: FloatArray = permanent + factors.gamma_q * np.sum(np.asarray(psi0) * q, axis=-1)
    return result


def combination_610b(permanent_kn: npt.ArrayLike, variable_kn: npt.ArrayLike, *, psi0: npt.ArrayLike, factors: FactorSet) -> FloatArray:
    """Return expression 6.10b once for each leading variable action [kN].

    EN 1990:2002 with Dutch annex, expression (6.10b), table NB.4: the leading
    action in full, the others at psi0.

    Formula
    -------
    G_d = factors.gamma_gb * permanent_kn if permanent_kn >= 0 else factors.gamma_g_inf * permanent_kn
    E_d = G_d + factors.gamma_q * (sum(psi0 * max(variable_kn, 0)) + (1 - psi0) * max(variable_kn, 0))

    Parameters
    ----------
    permanent_kn, variable_kn, psi0, factors
        As in `combination_610a`.

    Returns
    -------
    FloatArray
        E_d [kN], shape (..., n_action): column i has action i leading.
    """
    q, psi = np.broadcast_arrays(_unfavourable(variable_kn), np.asarray(psi0, dtype=np.float64))
    permanent = permanent_maximum(permanent_kn, gamma_sup=factors.gamma_gb, gamma_inf=factors.gamma_g_inf)
    accompanying = np.sum(psi * q, axis=-1, keepdims=True)
    result: FloatArray = permanent[..., None] + factors.gamma_q * (accompanying + (1.0 - psi) * q)
    return result


def design_axial_force(
    permanent_kn: npt.ArrayLike,
    imposed_by_storey_kn: npt.ArrayLike,
    *,
    psi0: npt.ArrayLike,
    factors: FactorSet,
    relief_kn: npt.ArrayLike = 0.0,
    roof_kn: npt.ArrayLike = 0.0,
) -> DesignForce:
    """Return the largest design axial force of a wall, column or footing.

    EN 1990 (6.10a/b) with the Dutch rule that at most two storeys of one use carry
    their full imposed load at once, the others psi0 times (confidence low on the
    clause, rule is standard practice). Roof load (psi0 = 0) never accompanies
    floors; it may lead.

    Formula
    -------
    Q = max(imposed_by_storey_kn, 0)
    G_a = max(factors.gamma_ga * permanent_kn, factors.gamma_g_inf * permanent_kn)
    G_b = max(factors.gamma_gb * permanent_kn, factors.gamma_g_inf * permanent_kn)
    N_a = G_a + factors.gamma_q * sum(psi0 * Q)
    N_b = G_b + factors.gamma_q * (sum(psi0 * Q) + max(largest(2, (1 - psi0) * Q), roof_kn))
    N_Ed = max(N_a, N_b) + factors.gamma_g_inf * min(relief_kn, 0)

    Parameters
    ----------
    permanent_kn
        G_k [kN], shape (...,), negative where the net permanent force is upward.
    imposed_by_storey_kn
        Q_k per storey [kN], shape (..., n_storey); never used as relief.
    psi0
        Combination factor of the storeys [-], scalar or (n_storey,).
    factors
        Partial factors.
    relief_kn
        Upward permanent force that must stay apart from ``permanent_kn`` [kN], <= 0;
        it counts with gamma_g_inf.
    roof_kn
        Imposed load of the roof [kN].

    Returns
    -------
    DesignForce
        N_Ed [kN] and the governing combination, shape (...,); ``nan`` where an input is ``nan``.

    Examples
    --------
    SYS-S2: 1.15 * 125.39 + 1.3 * (2 * 10.71 + 0.4 * 2 * 10.71) = 183.2 is less than
    1.3 * 125.39 + 1.3 * 0.4 * 4 * 10.71 = 185.3, so 6.10a governs.
    """
    q, psi = np.broadcast_arrays(_unfavourable(imposed_by_storey_kn), np.asarray(psi0, dtype=np.float64))
    relief = factors.gamma_g_inf * np.minimum(np.asarray(relief_kn, dtype=np.float64), 0.0)
    a = permanent_maximum(permanent_kn, gamma_sup=factors.gamma_ga, gamma_inf=factors.gamma_g_inf) + relief
    b = permanent_maximum(permanent_kn, gamma_sup=factors.gamma_gb, gamma_inf=factors.gamma_g_inf) + relief
    accompanying = np.sum(psi * q, axis=-1)
    roof = _unfavourable(roof_kn)
    storeys_lead = b + factors.gamma_q * (accompanying + _two_largest((1.0 - psi) * q))
    roof_leads = b + factors.gamma_q * (accompanying + roof)
    table = np.stack(np.broadcast_arrays(a + factors.gamma_q * accompanying, storeys_lead, roof_leads))
    return DesignForce(n_kn=np.max(table, axis=0), combination=np.argmax(table, axis=0).astype(np.int64))


def design_axial_force_minimum(
    permanent_kn: npt.ArrayLike,
    imposed_by_storey_kn: npt.ArrayLike = 0.0,
    *,
    factors: FactorSet,
    relief_kn: npt.ArrayLike = 0.0,
) -> FloatArray:
    """Return the smallest design axial force [kN]; negative means uplift.

    EN 1990, table A1.2(B): permanent load favourable (gamma_g_inf), upward
    permanent and variable force unfavourable.

    Formula
    -------
    G_d = min(factors.gamma_ga * permanent_kn, factors.gamma_g_inf * permanent_kn)
    N_Ed = G_d + factors.gamma_ga * min(relief_kn, 0) + factors.gamma_q * sum(min(imposed_by_storey_kn, 0))

    Parameters
    ----------
    permanent_kn, imposed_by_storey_kn, factors, relief_kn
        As in `design_axial_force`; only upward imposed load counts.
    """
    q = np.atleast_1d(np.asarray(imposed_by_storey_kn, dtype=np.float64))
    upward = factors.gamma_q * np.sum(np.minimum(q, 0.0), axis=-1)
    g = np.asarray(permanent_kn, dtype=np.float64)
    relief = factors.gamma_ga * np.minimum(np.asarray(relief_kn, dtype=np.float64), 0.0)
    result: FloatArray = np.where(g < 0, factors.gamma_ga * g, factors.gamma_g_inf * g) + relief + upward
    return result


class WindPair(NamedTuple):
    """Largest and smallest design axial force that goes with full design wind [kN], the wind's own axial force left out."""

    n_max_kn: FloatArray
    n_min_kn: FloatArray


def wind_leading_axial_force(
    permanent_kn: npt.ArrayLike,
    imposed_by_storey_kn: npt.ArrayLike,
    *,
    psi0: npt.ArrayLike,
    factors: FactorSet,
    relief_kn: npt.ArrayLike = 0.0,
) -> WindPair:
    """Return the axial forces that accompany leading wind.

    EN 1990 (6.10b) with the Dutch annex: wind in full (gamma_q_wind), every imposed load at
    psi0, roof load and snow at zero; and permanent load alone where it is favourable. Wind has
    psi0 = 0, so it never accompanies another leading action and 6.10a has no wind.

    Formula
    -------
    G_max = max(factors.gamma_gb * permanent_kn, factors.gamma_g_inf * permanent_kn) + factors.gamma_g_inf * min(relief_kn, 0)
    G_min = min(factors.gamma_ga * permanent_kn, factors.gamma_g_inf * permanent_kn) + factors.gamma_ga * min(relief_kn, 0)
    N_max = G_max + factors.gamma_q * sum(psi0 * max(imposed_by_storey_kn, 0))
    N_min = G_min + factors.gamma_q * sum(min(imposed_by_storey_kn, 0))

    Parameters
    ----------
    permanent_kn, imposed_by_storey_kn, psi0, factors, relief_kn
        As in `design_axial_force`.

    Returns
    -------
    WindPair
        Shape (...,); ``nan`` where an input is ``nan``. Both rise with G; the larger one rises with Q and psi0.

    Examples
    --------
    G 100, Q 2 x 10, psi0 0.4, verbouw CC2: 1.15 x 100 + 1.3 x 0.4 x 20 = 125.4, and 0.9 x 100 = 90.
    """
    q = _unfavourable(imposed_by_storey_kn)
    relief = np.minimum(np.asarray(relief_kn, dtype=np.float64), 0.0)
    lead = permanent_maximum(permanent_kn, gamma_sup=factors.gamma_gb, gamma_inf=factors.gamma_g_inf) + factors.gamma_g_inf * relief
    largest = lead + factors.gamma_q * np.sum(np.asarray(psi0, dtype=np.float64) * q, axis=-1)
    smallest = design_axial_force_minimum(permanent_kn, imposed_by_storey_kn, factors=factors, relief_kn=relief_kn)
    return WindPair(n_max_kn=np.asarray(largest, dtype=np.float64), n_min_kn=smallest)


K_FI = MappingProxyType({"CC1": 0.9, "CC2": 1.0, "CC3": 1.1})
"""Factor on unfavourable actions by consequence class (EN 1990 table B3)."""
GAMMA_EQU = MappingProxyType({"sup": 1.1, "inf": 0.9, "q": 1.5})
"""Set A (equilibrium) for CC2, new build: permanent unfavourable, favourable, variable."""
GAMMA_Q_SET_C = 1.3
"""Variable load in set C (geotechnical actions), CC2; permanent load has 1.0."""


def combination_set_c(permanent_kn: npt.ArrayLike, variable_kn: npt.ArrayLike, *, psi0: npt.ArrayLike) -> FloatArray:
    """Return the combination of geotechnical actions once for each leading variable action [kN].

    EN 1990:2002, table A1.2(C) with the Dutch annex, CC2: permanent load 1.0, variable load
    `GAMMA_Q_SET_C`, the leading one in full and the others at psi0; upward actions are left out.

    Formula
    -------
    E_d = permanent_kn + GAMMA_Q_SET_C * (sum(psi0 * max(variable_kn, 0)) + (1 - psi0) * max(variable_kn, 0))

    Parameters
    ----------
    permanent_kn
        G_k [kN], shape (...,).
    variable_kn
        Q_k [kN], shape (..., n_action).
    psi0
        Combination factor [-], scalar or (n_action,).

    Returns
    -------
    FloatArray
        E_d [kN], shape (..., n_action): column i has action i leading. Rises with every argument.
    """
    q, psi = np.broadcast_arrays(_unfavourable(variable_kn), np.asarray(psi0, dtype=np.float64))
    accompanying = np.sum(psi * q, axis=-1, keepdims=True)
    result: FloatArray = np.asarray(permanent_kn, dtype=np.float64)[..., None] + GAMMA_Q_SET_C * (accompanying + (1.0 - psi) * q)
    return result


def equilibrium_ratio(
    destabilising_permanent: npt.ArrayLike,
    destabilising_variable: npt.ArrayLike,
    stabilising_permanent: npt.ArrayLike,
    *,
    consequence_class: ConsequenceClass,
) -> FloatArray:
    """Return E_d,dst / E_d,stb for static equilibrium of new work [-].

    EN 1990:2002, 6.4.2(1)P expression (6.7), table A1.2(A) with the Dutch annex: 1.1 and 1.5 times
    K_FI on what overturns or lifts, 0.9 on what holds.

    Formula
    -------
    E_dst = K_FI[consequence_class] * (1.1 * destabilising_permanent + 1.5 * destabilising_variable)
    ratio = E_dst / (0.9 * stabilising_permanent)

    Parameters
    ----------
    destabilising_permanent, destabilising_variable, stabilising_permanent
        Characteristic effects in one unit (moments or forces), each >= 0, any shape.
    consequence_class
        CC1, CC2 or CC3.

    Returns
    -------
    FloatArray
        1.0 is the limit; ``inf`` where nothing holds what overturns, 0 where nothing overturns,
        ``nan`` where an input is ``nan``. Rises with what overturns, falls with what holds.

    Examples
    --------
    A moment of 60 kNm of wind against 0.9 x 120 of weight: 1.5 x 60 / 108 = 0.833.
    """
    k = K_FI[consequence_class]
    against = k * GAMMA_EQU["sup"] * np.asarray(destabilising_permanent, dtype=np.float64)
    against = against + k * GAMMA_EQU["q"] * np.asarray(destabilising_variable, dtype=np.float64)
    hold = GAMMA_EQU["inf"] * np.asarray(stabilising_permanent, dtype=np.float64)
    against, hold = np.broadcast_arrays(against, hold)
    ratio = np.divide(against, np.where(hold > 0.0, hold, 1.0))
    empty = np.where(against > 0.0, np.inf, 0.0)
    return np.where(np.isnan(against) | np.isnan(hold), np.nan, np.where(hold > 0.0, ratio, empty))


def reference_period_factor(years: npt.ArrayLike, *, psi0: npt.ArrayLike, base_years: float = 50.0) -> FloatArray:
    """Return the factor on imposed or snow load for another reference period [-].

    EN 1990 with Dutch annex, F_t = F_t0 (1 + (1 - psi0) / 9 ln(t / t0)).

    Formula
    -------
    F_t = 1 + (1 - psi0) / 9 * ln(years / base_years)

    Parameters
    ----------
    years
        Reference period t [year], > 0.
    psi0
        Combination factor [-].
    base_years
        Reference period of the characteristic value t0 [year].

    Raises
    ------
    ValueError
        If a period is not positive.
    """
    t = np.asarray(years, dtype=np.float64)
    if np.any(t <= 0):
        raise ValueError(f"years={t.tolist()} must be more than zero")
    result: FloatArray = 1.0 + (1.0 - np.asarray(psi0)) / 9.0 * np.log(t / base_years)
    return result


def _unfavourable(variable_kn: npt.ArrayLike) -> FloatArray:
    """Return downward variable load only; np.maximum keeps nan."""
    return np.maximum(np.asarray(variable_kn, dtype=np.float64), 0.0)


def _two_largest(values: FloatArray) -> FloatArray:
    """Return the sum of the two largest along the last axis (fewer where there are fewer)."""
    if values.shape[-1] <= FULL_STOREYS:
        return np.asarray(np.sum(values, axis=-1))
    top = np.partition(values, -FULL_STOREYS, axis=-1)[..., -FULL_STOREYS:]
    # partition puts nan last, so a nan storey stays in the sum and the result is nan
    return np.asarray(np.sum(top, axis=-1))
