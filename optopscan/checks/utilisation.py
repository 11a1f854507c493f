"""Design effects of one state of the building and how they use the resistance of each part."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from optopscan.checks.resistance import OWN_WEIGHT_FACTOR, SECTIONS, Resistance
from optopscan.codes.en1990 import COMBINATIONS, FactorSet, design_axial_force, design_axial_force_minimum
from optopscan.model.arrays import BoolArray, FloatArray, IntArray, freeze
from optopscan.model.loads import TakeDown
from optopscan.model.structure import Distribution, Parts
from optopscan.model.verdict import Capacity, Check, Outcome

OUTCOMES: tuple[Outcome, ...] = ("ok", "unknown", "over")
OK, UNKNOWN, OVER = range(3)
UPLIFT_TOLERANCE_KN = 1e-6
UC_TOLERANCE = 1e-9


@dataclass(frozen=True, kw_only=True, eq=False)
class Effects:
    """Design axial force per part and section (n_part, 4) in one distribution, with its loads.

    ``permanent_kn`` (n_part, 4) and ``imposed_kn`` (n_part, n_storey + n_new) are
    characteristic; ``relief_kn`` is upward permanent load kept apart, ``raised_kn`` imposed load of new storeys that
    lifts (both zero or negative), ``roof_kn`` the imposed load of the existing roof. ``combination`` indexes `COMBINATIONS`.
    """

    n_max_kn: FloatArray
    n_min_kn: FloatArray
    combination: IntArray
    permanent_kn: FloatArray
    relief_kn: FloatArray
    raised_kn: FloatArray
    imposed_kn: FloatArray
    roof_kn: FloatArray
    psi0: FloatArray
    factors: FactorSet

    def __post_init__(self) -> None:
        freeze(self)

    def explain(self, part: int, section: int) -> dict[str, float | str]:
        """Return the loads and factors of one design force, enough to recompute it."""
        inputs: dict[str, float | str] = {
            "factor_set": f"{self.factors.id} {self.factors.level} {self.factors.consequence_class}",
            "gamma_ga": self.factors.gamma_ga,
            "gamma_gb": self.factors.gamma_gb,
            "gamma_q": self.factors.gamma_q,
            "gamma_g_inf": self.factors.gamma_g_inf,
            "permanent_kn": float(self.permanent_kn[part, section]),
            "permanent_relief_kn": float(self.relief_kn[part]),
            "imposed_roof_kn": float(self.roof_kn[part]),
        }
        for k, (q, psi) in enumerate(zip(self.imposed_kn[part], self.psi0, strict=True)):
            inputs[f"imposed_{k}_kn"] = float(q)
            inputs[f"psi0_{k}"] = float(psi)
        if self.raised_kn[part] < 0.0:
            inputs["imposed_raised_kn"] = float(self.raised_kn[part])
        return inputs


def part_effects(
    take_down: TakeDown,
    *,
    factors: FactorSet,
    psi0: npt.ArrayLike,
    added_permanent_kn: npt.ArrayLike = 0.0,
    added_relief_kn: npt.ArrayLike = 0.0,
    added_imposed_kn: FloatArray | None = None,
    added_raised_kn: npt.ArrayLike = 0.0,
    psi0_added: float | None = None,
) -> Effects:
    """Return the design axial force at head, mid and foot of every part.

    EN 1990 with the Dutch annex, `optopscan.codes.en1990.design_axial_force`.

    Parameters
    ----------
    take_down
        Characteristic loads of the existing building in one distribution.
    factors
        Partial factors.
    psi0
        Combination factor of the existing storeys, scalar or (n_storey,).
    added_permanent_kn
        Permanent load of the extension at the part (n_part,) [kN]; where it is negative
        it counts as relief.
    added_relief_kn
        Negative permanent load that must not be netted (n_part,) [kN].
    added_imposed_kn
        Imposed load of the new storeys (n_part, n_new) [kN]; negative values are left out.
    added_raised_kn
        Imposed load of the new storeys that lifts the part (n_part,) [kN], zero or negative: in the least force alone.
    psi0_added
        Combination factor of the new storeys; the scalar ``psi0`` when left out.
    """
    n_part, n_storey = take_down.imposed_foot_kn.shape
    psi_old = np.broadcast_to(np.asarray(psi0, dtype=np.float64), (n_storey,))
    new = np.zeros((n_part, 0)) if added_imposed_kn is None else np.maximum(np.asarray(added_imposed_kn, dtype=np.float64), 0.0)
    psi_new = np.full(new.shape[1], psi0_added if psi0_added is not None else float(np.max(np.asarray(psi0))))
    added = np.broadcast_to(np.asarray(added_permanent_kn, dtype=np.float64), (n_part,))
    relief = np.minimum(np.asarray(added_relief_kn, dtype=np.float64), 0.0) + np.minimum(added, 0.0)
    own_above = (1.0 - OWN_WEIGHT_FACTOR) * take_down.self_weight_kn[:, None]
    permanent = take_down.permanent_foot_kn[:, None] - own_above + np.maximum(added, 0.0)[:, None]
    imposed = np.concatenate([take_down.imposed_foot_kn, new], axis=1)
    psi = np.concatenate([psi_old, psi_new])
    largest = design_axial_force(
        permanent,
        imposed[:, None, :],
        psi0=psi,
        factors=factors,
        relief_kn=relief[:, None],
        roof_kn=take_down.roof_foot_kn[:, None],
    )
    raised = np.broadcast_to(np.minimum(np.asarray(added_raised_kn, dtype=np.float64), 0.0), (n_part,))
    lifting = np.column_stack([take_down.imposed_foot_kn, raised])
    smallest = design_axial_force_minimum(permanent, lifting[:, None, :], factors=factors, relief_kn=relief[:, None])
    return Effects(
        n_max_kn=largest.n_kn,
        n_min_kn=smallest,
        combination=largest.combination,
        permanent_kn=permanent,
        relief_kn=relief,
        raised_kn=raised,
        imposed_kn=imposed,
        roof_kn=take_down.roof_foot_kn,
        psi0=psi,
        factors=factors,
    )


@dataclass(frozen=True, kw_only=True, eq=False)
class Utilisation:
    """Unity check per part (n_part), envelope over the distributions.

    ``uc`` is the largest known value, nan where none is known; ``outcome`` codes index
    `OUTCOMES`; ``section`` and ``distribution`` say where the largest value occurs.
    """

    uc: FloatArray
    outcome: IntArray
    section: IntArray
    distribution: IntArray
    uplift: BoolArray
    load_unknown: BoolArray
    distributions: tuple[Distribution, ...]
    effects: tuple[Effects, ...]

    def __post_init__(self) -> None:
        freeze(self)

    def verdict(self, part: int) -> Outcome:
        """Return the outcome of one part in words."""
        return OUTCOMES[int(self.outcome[part])]


def section_utilisation(effects: Effects, resistance: Resistance, *, best: bool = False) -> FloatArray:
    """Return N_Ed / N_Rd per part and section (n_part, 4).

    EN 1990:2002, (6.8). 0 without compression, inf where there is load and no resistance,
    nan where the check does not apply or an input is unknown. Below the admissible
    interval the value is n_lo / N_min. ``best`` takes the highest plausible strength.
    """
    hi, lo = resistance.n_best_kn if best else resistance.n_hi_kn, resistance.n_lo_kn
    n = np.maximum(effects.n_max_kn, 0.0)
    none_left = np.where(n > 0.0, np.inf, 0.0)
    upper = np.where(hi > 0.0, n / np.where(hi > 0.0, hi, 1.0), none_left)
    n_min = np.where(effects.n_min_kn > 0.0, effects.n_min_kn, np.nan)
    lower = np.where(lo > 0.0, np.where(np.isnan(n_min), np.inf, lo / n_min), 0.0)
    unknown = ~resistance.applies | np.isnan(hi) | np.isnan(effects.n_max_kn) | np.isnan(effects.n_min_kn)
    return np.where(unknown, np.nan, np.maximum(upper, lower))


def utilisation(effects: Mapping[Distribution, Effects], resistance: Resistance, *, bearing_known: BoolArray) -> Utilisation:
    """Return the unity check and outcome of every part, enveloped over the distributions.

    ``over``: a known unity check exceeds 1 on a part that certainly bears, also with the
    highest plausible strength where the strength is assumed. Else ``unknown`` where it
    exceeds 1 with the assumed strength, where a resistance, a load or bearing is not known,
    or where the part is lifted (N_min < 0). Else ``ok``.
    """
    names = tuple(effects)
    tables = np.stack([section_utilisation(effects[d], resistance) for d in names])
    flat = np.where(np.isnan(tables), -1.0, tables).transpose(1, 0, 2).reshape(len(resistance), -1)
    best = np.argmax(flat, axis=1)
    value = flat[np.arange(len(resistance)), best]
    uc = np.where(value < 0.0, np.nan, value)
    uplift = np.any(np.stack([np.any(effects[d].n_min_kn < -UPLIFT_TOLERANCE_KN, axis=1) for d in names]), axis=0)
    load_unknown = np.any(np.stack([np.any(np.isnan(effects[d].n_max_kn + effects[d].n_min_kn), axis=1) for d in names]), axis=0)
    best_case = np.stack([section_utilisation(effects[d], resistance, best=True) for d in names])
    least = np.nanmax(np.where(np.isnan(best_case), -1.0, best_case), axis=(0, 2))
    exceeded = value > 1.0 + UC_TOLERANCE
    over = (least > 1.0 + UC_TOLERANCE) & bearing_known
    unknown = (exceeded & ~over) | ~resistance.known | ~bearing_known | uplift | load_unknown
    return Utilisation(
        uc=uc,
        outcome=np.where(over, OVER, np.where(unknown, UNKNOWN, OK)).astype(np.int64),
        section=(best % len(SECTIONS)).astype(np.int64),
        distribution=(best // len(SECTIONS)).astype(np.int64),
        uplift=uplift,
        load_unknown=load_unknown,
        distributions=names,
        effects=tuple(effects[d] for d in names),
    )


def why_unknown(result: Utilisation, resistance: Resistance, parts: Parts, part: int) -> str:
    """Return what would settle an unknown part, empty when nothing is unknown."""
    reasons = []
    if not parts.bearing_known[part]:
        reasons.append("bearing not settled")
    if not resistance.known[part]:
        reasons.append(resistance.reason[part] or "resistance unknown")
    if result.outcome[part] == UNKNOWN and result.uc[part] > 1.0 + UC_TOLERANCE and parts.bearing_known[part]:
        at_foot = SECTIONS[int(result.section[part])] == "foot"
        between = resistance.texts.get("between_foot" if at_foot else "between", ())
        reasons.append((between[part] if between else "") or "passes only with a higher strength than assumed")
    if result.load_unknown[part]:
        reasons.append("load unknown")
    if result.uplift[part]:
        reasons.append("uplift under permanent load")
    return "; ".join(reasons)


def check_of(result: Utilisation, resistance: Resistance, parts: Parts, part: int, *, scenario: str) -> Check:
    """Return the governing check of one part with all inputs that recompute its unity check."""
    section = int(result.section[part]) if not np.isnan(result.uc[part]) else resistance.governing_section(part)
    which = int(result.distribution[part])
    effects = result.effects[which]
    n = float(effects.n_max_kn[part, section])
    inputs = {**resistance.explain(part, section), **effects.explain(part, section)}
    inputs["distribution"] = result.distributions[which]
    if result.outcome[part] == UNKNOWN:
        inputs["unknown"] = why_unknown(result, resistance, parts, part)
    e_load = inputs.get("e_load_mm", 0.0)
    return Check(
        part=parts.id[part],
        clause=resistance.clauses[part][section],
        scenario=scenario,
        combination=COMBINATIONS[int(effects.combination[part, section])],
        n_kn=n,
        m_knm=n * float(e_load) / 1000.0,
        resistance=float(resistance.n_hi_kn[part, section]),
        uc=float(result.uc[part]),
        outcome=result.verdict(part),
        inputs=inputs,
    )


def governing_checks(
    result: Utilisation, resistance: Resistance, parts: Parts, *, scenario: str, count: int = 5, among: Sequence[int] | None = None
) -> tuple[Check, ...]:
    """Return the checks with the largest unity check, one per part, largest first."""
    return tuple(check_of(result, resistance, parts, i, scenario=scenario) for i in ranked(result, among)[:count])


def ranked(result: Utilisation, among: Sequence[int] | None = None) -> list[int]:
    """Return parts with a known unity check, largest first, ties by row."""
    rows = range(len(result.uc)) if among is None else among
    return sorted((i for i in rows if not np.isnan(result.uc[i])), key=lambda i: (-result.uc[i], i))


def capacity(resistance: Resistance, take_down: TakeDown, existing: Utilisation, *, factors: FactorSet, best: bool = False) -> Capacity:
    """Return the admissible interval per part at the section that limits added load.

    ``best`` takes the highest plausible strength, for layouts that are possible and not proven.

    Load from above meets every section with the part's own weight added, so the section
    with the least ``n_hi - gamma own weight`` governs; nan where a check is unknown. Where 6.10a
    and 6.10b (each its gamma) meet their limit in different sections, limit and share of the own weight are those of no
    section, but right for both. ``n_lo`` goes with the same share: a part is lifted first at its head.
    """
    n_hi = resistance.n_best_kn if best else resistance.n_hi_kn
    own = OWN_WEIGHT_FACTOR * take_down.self_weight_kn[:, None]
    rows = np.arange(len(resistance))
    room = [np.where(resistance.applies & ~np.isnan(n_hi), n_hi - gamma * own, np.inf) for gamma in (factors.gamma_ga, factors.gamma_gb)]
    (section, other), (least, least_b) = zip(*((left.argmin(axis=1), left.min(axis=1)) for left in room), strict=True)
    share, limit = OWN_WEIGHT_FACTOR[section], n_hi[rows, section]
    mixed = np.flatnonzero((section != other) & (least_b > least) & np.isfinite(least_b))
    if mixed.size:
        own_kn = take_down.self_weight_kn[mixed]
        share[mixed] = (least_b[mixed] - least[mixed]) / ((factors.gamma_ga - factors.gamma_gb) * own_kn)
        limit[mixed] = least[mixed] + factors.gamma_ga * share[mixed] * own_kn
    needed = np.where(resistance.applies & ~np.isnan(resistance.n_lo_kn), resistance.n_lo_kn - factors.gamma_g_inf * own, -np.inf)
    known = resistance.known
    return Capacity(
        n_lo_kn=np.where(known, needed.max(axis=1) + factors.gamma_g_inf * share * take_down.self_weight_kn, np.nan),
        n_hi_kn=np.where(known, limit, np.nan),
        own_weight_factor=share,
        existing_over=existing.outcome == OVER,
        clause=tuple(resistance.clauses[i][section[i]] for i in rows),
    )
