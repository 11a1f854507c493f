"""How many extra storeys the vertical load path can take, and what stops the next one.

A storey count n counts only if the building as it stands and every state 1..n pass.
Parts that receive load from the extension are judged at the level of the change
(*verbouw*); all parts must pass the rejection level (*afkeur*) as they stand.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import scipy.sparse as sp

from optopscan.checks.resistance import Resistance
from optopscan.checks.utilisation import OK, OVER, UNKNOWN, Utilisation, part_effects, ranked, utilisation, why_unknown
from optopscan.codes.en1990 import FactorSet
from optopscan.model.arrays import BoolArray, FloatArray, freeze
from optopscan.model.loads import TakeDown
from optopscan.model.structure import Distribution, Parts
from optopscan.model.verdict import Outcome

AFFECTED_KN = 1e-6
"""A part whose load changes by less is not affected by the extension."""
LOST_SHARE = 1e-9
"""A head of whose load more than this finds no way to the ground loses load."""


@dataclass(frozen=True, kw_only=True, eq=False)
class Scenario:
    """One concept at one storey count, as characteristic loads on every head.

    ``head_permanent_kn`` (n_head,): modules, share of the new roof, transfer layer, less
    the removed finish. ``head_imposed_kn`` (n_head, n_new): one column per new storey.
    ``storeys`` 0 is the stripped roof.
    """

    id: str
    concept: str
    storeys: int
    head_permanent_kn: FloatArray
    head_imposed_kn: FloatArray

    def __post_init__(self) -> None:
        freeze(self)


@dataclass(frozen=True, kw_only=True)
class Bottleneck:
    """One part that limits the extension: its clause and unity check in a scenario."""

    part: str
    clause: str
    uc: float
    outcome: Outcome
    scenario: str


@dataclass(frozen=True, kw_only=True)
class UnknownPart:
    """A part without a verdict and what would settle it."""

    part: str
    why: str


@dataclass(frozen=True, kw_only=True, eq=False)
class State:
    """One state of the building: which parts the extension loads and how all are used."""

    scenario: Scenario
    affected: BoolArray
    lost_load: bool
    result: Utilisation

    def __post_init__(self) -> None:
        freeze(self)


@dataclass(frozen=True, kw_only=True)
class ConceptCapacity:
    """Storeys of one concept by vertical load only.

    ``governing`` is the largest unity check in the first state that is not possible, or
    in the highest state asked; ``next_bottlenecks`` follow it, each another part.
    ``unknown`` lists what separates ``possible_vertical`` from ``proven_vertical``.
    """

    concept: str
    proven_vertical: int
    possible_vertical: int
    governing: Bottleneck | None
    next_bottlenecks: tuple[Bottleneck, ...]
    unknown: tuple[UnknownPart, ...]
    lost_load: bool


@dataclass(frozen=True, kw_only=True, eq=False)
class ExtraStoreys:
    """The vertical answer: existing state first, then every scenario and every concept.

    ``existing_over`` lists parts that fail as they stand: at *afkeur* anywhere, at
    *verbouw* where the extension adds load.
    """

    existing_afkeur: Utilisation
    existing_verbouw: Utilisation
    existing_over: tuple[Bottleneck, ...]
    states: tuple[State, ...]
    per_concept: tuple[ConceptCapacity, ...]


@dataclass(frozen=True, kw_only=True, eq=False)
class Influence:
    """Influence of heads on parts (n_part, n_head), split once into downward and upward.

    Sparse: a head loads the few parts below it, and every scenario multiplies by it.
    """

    down: sp.csr_array
    up: sp.csr_array

    @classmethod
    def of(cls, take_down: TakeDown) -> Influence:
        """Return the split influence of one distribution."""
        influence = take_down.influence_foot
        return cls(down=sp.csr_array(np.maximum(influence, 0.0)), up=sp.csr_array(np.minimum(influence, 0.0)))

    @property
    def reaches_a_part(self) -> BoolArray:
        """False for a head whose load would vanish from every check (n_head,)."""
        return np.asarray(self.down.sum(axis=0) > 0.0)


@dataclass(frozen=True, kw_only=True, eq=False)
class _Model:
    take_downs: Mapping[Distribution, TakeDown]
    influences: Mapping[Distribution, Influence]
    parts: Parts
    resistance: Resistance
    psi0: npt.ArrayLike
    psi0_new: float | None

    def existing(self, factors: FactorSet) -> Utilisation:
        effects = {d: part_effects(td, factors=factors, psi0=self.psi0) for d, td in self.take_downs.items()}
        return utilisation(effects, self.resistance, bearing_known=self.parts.bearing_known)

    def bottleneck(self, result: Utilisation, part: int, scenario: str) -> Bottleneck:
        clause = self.resistance.clauses[part][int(result.section[part])]
        return Bottleneck(
            part=self.parts.id[part], clause=clause, uc=float(result.uc[part]), outcome=result.verdict(part), scenario=scenario
        )


def extra_storeys(
    scenarios: Sequence[Scenario],
    *,
    take_downs: Mapping[Distribution, TakeDown],
    parts: Parts,
    resistance: Resistance,
    factors_verbouw: FactorSet,
    factors_afkeur: FactorSet,
    psi0: npt.ArrayLike,
    psi0_new: float | None = None,
) -> ExtraStoreys:
    """Return utilisation per scenario and the storeys each concept can reach by vertical load.

    Parameters
    ----------
    scenarios
        Any order; per concept storeys 1, 2, ... without a gap (a gap ends the count).
    take_downs
        One per floor distribution; unity checks are the envelope.
    parts, resistance
        The load-bearing parts and their admissible forces.
    factors_verbouw, factors_afkeur
        Factor sets for changed parts and for the building as it stands.
    psi0, psi0_new
        Combination factors of the existing and the new storeys.

    Returns
    -------
    ExtraStoreys
        States in the order (concept, storeys).
    """
    influences = {d: Influence.of(td) for d, td in take_downs.items()}
    model = _Model(take_downs=take_downs, influences=influences, parts=parts, resistance=resistance, psi0=psi0, psi0_new=psi0_new)
    afkeur, verbouw = model.existing(factors_afkeur), model.existing(factors_verbouw)
    ordered = sorted(scenarios, key=lambda s: (s.concept, s.storeys, s.id))
    states = tuple(_state(model, s, factors_verbouw) for s in ordered)
    concepts = sorted({s.concept for s in scenarios})
    return ExtraStoreys(
        existing_afkeur=afkeur,
        existing_verbouw=verbouw,
        existing_over=_existing_over(model, afkeur, verbouw, states),
        states=states,
        per_concept=tuple(_concept(model, c, [s for s in states if s.scenario.concept == c], afkeur, verbouw) for c in concepts),
    )


class Added(NamedTuple):
    """What an extension brings to each part [kN]: permanent load, relief and raising imposed load (n_part,), imposed (n_part, n_new)."""

    permanent: FloatArray
    relief: FloatArray
    imposed: FloatArray
    raised: FloatArray


def added_loads(scenario: Scenario, influence: Influence) -> Added:
    """Return the loads of an extension that reach each part.

    Each head counts by itself: what it lifts is relief, or raised where the load is imposed, and never nets out
    what another head presses. nan where an unknown load reaches.
    """
    press, lift = np.maximum(scenario.head_permanent_kn, 0.0), np.minimum(scenario.head_permanent_kn, 0.0)
    permanent = _reach(influence.down, press) + _reach(influence.up, lift)
    relief = _reach(influence.down, lift) + _reach(influence.up, press)
    pressing, lifting = np.maximum(scenario.head_imposed_kn, 0.0), np.minimum(scenario.head_imposed_kn, 0.0)
    imposed = _reach(influence.down, pressing) + _reach(influence.up, lifting)
    raised = _reach(influence.down, lifting) + _reach(influence.up, pressing)
    return Added(permanent, relief, imposed, raised.sum(axis=1))


def _reach(influence: sp.csr_array, load_kn: FloatArray) -> FloatArray:
    """Return influence @ load where an unknown load spoils only the parts it reaches."""
    known = np.where(np.isnan(load_kn), 0.0, load_kn)
    result = influence @ known
    if np.isnan(load_kn).any():
        # 0 * nan would spread an unknown load over parts it never reaches
        reached = abs(influence) @ np.isnan(load_kn).astype(np.float64) > 0.0
        result = np.where(reached, np.nan, result)
    return np.asarray(result, dtype=np.float64)


def _state(model: _Model, scenario: Scenario, factors: FactorSet) -> State:
    effects = {}
    affected = np.zeros(len(model.parts), dtype=np.bool_)
    lost = False
    size = np.abs(scenario.head_permanent_kn) + np.abs(scenario.head_imposed_kn).sum(axis=1)
    size = np.where(np.isnan(size), 1.0, size)
    for distribution, take_down in model.take_downs.items():
        influence = model.influences[distribution]
        added = added_loads(scenario, influence)
        effects[distribution] = part_effects(
            take_down,
            factors=factors,
            psi0=model.psi0,
            added_permanent_kn=added.permanent,
            added_relief_kn=added.relief,
            added_imposed_kn=added.imposed,
            added_raised_kn=added.raised,
            psi0_added=model.psi0_new,
        )
        # written as a negation: a part with unknown influence counts as affected
        affected |= ~((influence.down - influence.up) @ size <= AFFECTED_KN)
        lost |= bool(np.any((size > AFFECTED_KN) & ~influence.reaches_a_part))
        if len(take_down.influence_lost):
            lost |= bool(np.any((size > AFFECTED_KN) & (np.abs(take_down.influence_lost) > LOST_SHARE)))
    result = utilisation(effects, model.resistance, bearing_known=model.parts.bearing_known)
    return State(scenario=scenario, affected=affected, lost_load=lost, result=result)


def _existing_over(model: _Model, afkeur: Utilisation, verbouw: Utilisation, states: Sequence[State]) -> tuple[Bottleneck, ...]:
    loaded = np.zeros(len(model.parts), dtype=np.bool_)
    for state in states:
        loaded |= state.affected
    found = [model.bottleneck(afkeur, i, "existing, afkeur") for i in ranked(afkeur) if afkeur.outcome[i] == OVER]
    rest = [i for i in ranked(verbouw) if verbouw.outcome[i] == OVER and loaded[i] and afkeur.outcome[i] != OVER]
    return (*found, *(model.bottleneck(verbouw, i, "existing, verbouw") for i in rest))


def _codes(state: State, verbouw: Utilisation) -> npt.NDArray[np.int64]:
    """Worst outcome code of each affected part, as it stands and extended."""
    both = np.maximum(state.result.outcome, verbouw.outcome)
    return np.where(state.affected, both, OK)


def _verdict(state: State, afkeur: Utilisation, verbouw: Utilisation) -> int:
    if (afkeur.outcome == OVER).any():
        return OVER
    worst = int(_codes(state, verbouw).max(initial=OK))
    # A roof that nothing is taken off is the building as it stands; storeys that load no part are carried by nobody knows what.
    unmoved = state.scenario.storeys == 0 and not np.any(state.scenario.head_permanent_kn) and not np.any(state.scenario.head_imposed_kn)
    nowhere = state.lost_load or not (unmoved or state.affected.any())
    return max(worst, UNKNOWN) if nowhere else worst


def _reached(states: Mapping[int, list[State]], verdicts: Mapping[str, int], allowed: int) -> int:
    """Largest n for which every state of 0 (where given) to n has at most the allowed verdict."""
    if any(verdicts[s.scenario.id] > allowed for s in states.get(0, [])):
        return 0
    n = 0
    while states.get(n + 1) and all(verdicts[s.scenario.id] <= allowed for s in states[n + 1]):
        n += 1
    return n


def _concept(model: _Model, concept: str, states: list[State], afkeur: Utilisation, verbouw: Utilisation) -> ConceptCapacity:
    by_count: dict[int, list[State]] = {}
    for state in states:
        by_count.setdefault(state.scenario.storeys, []).append(state)
    verdicts = {s.scenario.id: _verdict(s, afkeur, verbouw) for s in states}
    possible = _reached(by_count, verdicts, UNKNOWN)
    proven = _reached(by_count, verdicts, OK)
    stops = by_count.get(possible + 1) or by_count[max(by_count)]
    rows = [(s, i) for s in stops for i in ranked(s.result, np.flatnonzero(s.affected).tolist())]
    rows.sort(key=lambda row: (-row[0].result.uc[row[1]], row[1]))
    seen: dict[int, Bottleneck] = {}
    for state, i in rows:
        if i not in seen:
            seen[i] = model.bottleneck(state.result, i, state.scenario.id)
    bottlenecks = list(seen.values())
    asked = [s for n in range(possible + 1) for s in by_count.get(n, [])] or stops
    return ConceptCapacity(
        concept=concept,
        proven_vertical=proven,
        possible_vertical=possible,
        governing=bottlenecks[0] if bottlenecks else None,
        next_bottlenecks=tuple(bottlenecks[1:4]),
        unknown=_unknowns(model, asked, verbouw),
        lost_load=any(s.lost_load for s in states),
    )


def _unknowns(model: _Model, states: Sequence[State], verbouw: Utilisation) -> tuple[UnknownPart, ...]:
    found: dict[int, str] = {}
    for state in states:
        for i in np.flatnonzero(_codes(state, verbouw) == UNKNOWN).tolist():
            found.setdefault(i, why_unknown(state.result, model.resistance, model.parts, i) or "as it stands")
    return tuple(UnknownPart(part=model.parts.id[i], why=found[i]) for i in sorted(found))
