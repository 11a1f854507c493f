"""How likely n storeys are for each product, on one support graph."""

from __future__ import annotations

import numpy as np

from optopscan.catalog.concept import Concept
from optopscan.checks import capacity as cap
from optopscan.checks.estimator.factors import FINISH, Factor, StrengthFactor, finish_factor, product_factor, strength_factors
from optopscan.checks.estimator.needs import KNOWN, Needs, StateLoads, Strengths, joined, on_whole_roof, state_needs
from optopscan.checks.estimator.reach import Drawn, Ladder, nets_ballast
from optopscan.checks.estimator.samples import draws
from optopscan.checks.estimator.worth import estimate
from optopscan.codes.en1990 import FactorSet
from optopscan.loads.take_down import foot_loads_of_cells
from optopscan.materials.plausible import plausible_strength_mpa
from optopscan.model.arrays import BoolArray, FloatArray
from optopscan.model.estimate import Estimate
from optopscan.model.structure import Distribution
from optopscan.pipeline.side_case import SideCase
from optopscan.settings import Settings

LOST_NL = "een deel van de nieuwe last vindt geen weg naar de grond"
FEW_NL = "van de {loaded} delen die de opbouw belast zijn er {judged} te toetsen, minder dan de helft"


def estimates(case: SideCase) -> tuple[Estimate, ...]:
    """Return the estimate of every product that was checked, none where sampling is switched off."""
    if case.settings.samples == 0:
        return ()
    return _Estimator(case).all()


class _Estimator:
    """The draws and needs that all products of one building share."""

    def __init__(self, case: SideCase) -> None:
        self.case = case
        year = case.settings.build_year if case.settings.build_year is not None else case.building.build_year
        elements = np.asarray(case.structure.parts.element)
        own = strength_factors(case.materials, case.values.era_defaults, tuple(case.values.surveys.values()), year, np.unique(elements))
        self.factors: tuple[Factor, ...] = (*own, *_finish(case))
        self.strengths = self._strengths(own, plausible_strength_mpa(case.materials, case.values.era_defaults, year))
        self.influences = {d: cap.Influence.of(take) for d, take in case.loads.take_downs.items()}
        self.finish_m2 = foot_loads_of_cells(case.structure, case.loads.actions.finish_m2)
        settings = case.settings
        u = draws(len(self.factors) + 1, n_sample=settings.samples, seed=settings.seed)
        self.u = u.reshape(settings.samples, -1)

    def all(self) -> tuple[Estimate, ...]:
        by_id = {concept.id: concept for concept in self.case.concepts}
        return tuple(self._one(by_id[row.concept]) for row in self.case.vertical.per_concept)

    def _strengths(self, own: tuple[StrengthFactor, ...], upper_mpa: FloatArray) -> Strengths:
        case = self.case
        element = np.asarray(case.structure.parts.element)
        index = {factor.group: k for k, factor in enumerate(own)}
        known = case.materials.strength_known
        factor = np.array([KNOWN if known[e] else index.get(case.materials.group[e], KNOWN) for e in element.tolist()], dtype=np.int64)
        return Strengths.of(
            case.resistance,
            case.better,
            f0_mpa=np.asarray(case.materials.strength_default_mpa)[element],
            f1_mpa=upper_mpa[element],
            factor=factor,
            judged=np.asarray(case.structure.parts.bearing_known),
        )

    def _one(self, concept: Concept) -> Estimate:
        states = [state for state in self.case.vertical.states if state.scenario.concept == concept.id]
        # The foundation has a verdict of its own.
        above_ground = ~np.isin(np.array(self.case.structure.parts.kind, dtype=object), ("footing", "pile"))
        affected = np.any([state.affected for state in states], axis=0) & above_ground
        judged = affected & self.strengths.complete
        unsettled = LOST_NL if any(state.lost_load for state in states) else ""
        if 2 * judged.sum() < affected.sum() or not judged.any():
            unsettled = unsettled or FEW_NL.format(judged=int(judged.sum()), loaded=int(affected.sum()))
        counts = {"judged": int(judged.sum()), "loaded": int(affected.sum())}
        if unsettled:
            return _none(concept, self.case.settings, unsettled, **counts)
        product = product_factor(concept)
        drawn = Drawn(factors=(*self.factors, product), u=self.u, finish_base_kn_m2=self.case.settings.floor_finish_kn_m2)
        storeys = sorted((state for state in states if state.scenario.storeys), key=lambda state: state.scenario.storeys)
        credit = self._credit() if nets_ballast(product, self._credit()) else 0.0
        ladder = Ladder(
            product=product,
            existing=self._existing(affected),
            storeys=tuple(self._state(state.scenario.storeys, state.affected, self._credit() - credit) for state in storeys),
            credit_kn_m2=credit,
        )
        return estimate(ladder, drawn, part_ids=self.case.structure.parts.id, seed=self.case.settings.seed, **counts)

    def _existing(self, affected: BoolArray) -> Needs:
        """Return what the building as it stands needs: all of it at the rejection level, what will be loaded at that of the change."""
        case = self.case
        rejection = case.values.factor_set(case.factor_set, "afkeur", case.settings.consequence_class)
        states = [self._needs(0, np.ones(len(affected), dtype=bool), rejection), self._needs(0, affected, case.factors)]
        if self._credit():
            states.append(self._needs(0, affected, case.factors, credit=self._credit()))
        return joined(states)

    def _state(self, storeys: int, affected: BoolArray, credit: float) -> Needs:
        return self._needs(storeys, affected, self.case.factors, credit=credit)

    def _credit(self) -> float:
        settings = self.case.settings
        return settings.removable_ballast_kn_m2

    def _needs(self, storeys: int, among: BoolArray, factors: FactorSet, *, credit: float = 0.0) -> Needs:
        case, loads = self.case, self.case.loads
        # Once the roof build-up is known its ballast is either not there or goes: the extension never stands on it.
        downs = loads.lean if storeys else loads.take_downs
        area = np.asarray(case.structure.heads.trib_area_m2)
        found: dict[Distribution, StateLoads] = {}
        for distribution, take in downs.items():
            press, lift = on_whole_roof(self.influences[distribution], area)
            found[distribution] = StateLoads(
                take_down=take,
                finish_m2=self.finish_m2[distribution],
                press_m2=press,
                lift_m2=lift,
                storeys=storeys,
                imposed_kn_m2=loads.new_imposed_kn_m2,
                credit_kn_m2=credit,
            )
        return state_needs(found, self.strengths, factors=factors, psi0=loads.use.psi0, psi0_new=loads.psi0_new, among=among)


def _finish(case: SideCase) -> tuple[Factor, ...]:
    """Return the finish of the floors as a factor where it is neither given nor set."""
    untold = case.settings.floor_finish_kn_m2 == Settings().floor_finish_kn_m2
    row = case.values.unknown_loads.get(FINISH)
    return (finish_factor(row),) if untold and row is not None and case.loads.actions.finish_m2.any() else ()


def _none(concept: Concept, settings: Settings, unsettled: str, *, judged: int, loaded: int) -> Estimate:
    return Estimate(
        concept=concept.id,
        at_least=(),
        p10=0,
        p50=0,
        p90=0,
        governing=(),
        influences=(),
        worth=(),
        judged=judged,
        loaded=loaded,
        samples=settings.samples,
        seed=settings.seed,
        unsettled=unsettled,
    )
