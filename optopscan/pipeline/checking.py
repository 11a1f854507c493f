"""Existing state, every scenario, both factor sets: utilisation and the answer."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from optopscan.catalog.concept import Concept
from optopscan.catalog.engineering import Engineering
from optopscan.checks import capacity as cap
from optopscan.checks.answer import NO_PAPERS, Papers, answer, part_labels
from optopscan.checks.defaults import CheckDefaults
from optopscan.checks.foundation import foundation_lines
from optopscan.checks.gates import Verdicts
from optopscan.checks.resistance import Resistance
from optopscan.checks.scenarios import full_cover, height_m
from optopscan.checks.utilisation import OUTCOMES, Utilisation, governing_checks
from optopscan.codes.en1990 import FactorSet
from optopscan.issues import Issue
from optopscan.materials.plausible import plausible_strength_mpa
from optopscan.materials.recognise import DUTCH
from optopscan.materials.reinforcement import lower_bars, upper_bars
from optopscan.model.arrays import FloatArray, IntArray
from optopscan.model.building import Building
from optopscan.model.loads import Assumption
from optopscan.model.overrides import FoundationGiven
from optopscan.model.result import ExtraStoreys, FoundationLine, Label, Scenario
from optopscan.model.sides import EXISTING, Sides
from optopscan.model.structure import Materials, Structure
from optopscan.model.verdict import Check, Outcome
from optopscan.pipeline.estimating import estimates
from optopscan.pipeline.ground import foundation_assumptions
from optopscan.pipeline.loading import Loads
from optopscan.pipeline.resisting import arrangement, bars_assumption, part_inputs, resistances, with_assumed_bars
from optopscan.pipeline.side_case import SideCase
from optopscan.pipeline.sides import side_checks
from optopscan.pipeline.wind import wind_assumptions
from optopscan.settings import Settings
from optopscan.structure.roof import build_faces


@dataclass(frozen=True, kw_only=True)
class Doubts:
    """What corrections say beside materials and bearing.

    ``unsourced``: elements with a fact without a source; ``hanging``: parts given as bearing
    that nothing carries; ``foundation``: what was given about the soil, piles and strips; ``papers``: what documents state.
    """

    unsourced: frozenset[int] = frozenset()
    hanging: tuple[int, ...] = ()
    foundation: tuple[FoundationGiven, ...] = ()
    papers: Papers = NO_PAPERS


SURE = Doubts()


@dataclass(frozen=True, kw_only=True, eq=False)
class Checked:
    """All checks of one scan and the answer drawn from them.

    ``inputs`` are the arguments that the vertical checks were made from (`trace_part` takes them for one part);
    ``labels`` (n_part) what each part allows as a label.
    """

    factors: FactorSet
    factors_afkeur: FactorSet
    inputs: Mapping[str, Any]
    resistance: Resistance
    vertical: cap.ExtraStoreys
    sides: Sides
    answer: ExtraStoreys
    labels: tuple[Label, ...]
    scenarios: tuple[Scenario, ...]
    checks: tuple[Check, ...]
    part_uc: Mapping[str, FloatArray]
    part_outcome: Mapping[str, tuple[Outcome, ...]]
    assumptions: tuple[Assumption, ...]


def check_storeys(
    structure: Structure,
    building: Building,
    materials: Materials,
    loads: Loads,
    concepts: Sequence[Concept],
    values: Engineering,
    settings: Settings,
    issues: Sequence[Issue],
    doubts: Doubts = SURE,
) -> Checked:
    """Return the checks of the existing building and of every concept and storey count."""
    defaults = CheckDefaults()
    year = settings.build_year if settings.build_year is not None else building.build_year
    upper = replace(materials, strength_default_mpa=plausible_strength_mpa(materials, values.era_defaults, year))
    ratio = values.reinforcement["column"]
    least_bars, most_bars = lower_bars(ratio, values.era_defaults, values.grades, year), upper_bars(ratio, values.era_defaults, year)
    made = full_cover(concepts, structure, settings, loads.new_imposed_kn_m2)
    has_bars = bool(with_assumed_bars(structure, materials))
    arranged = arrangement(structure, materials, loads.take_downs, settings.removable_ballast_kn_m2)
    results: dict[str, tuple[SideCase, Resistance, Verdicts]] = {}
    for name in values.factor_set_names:
        factors = values.factor_set(name, settings.level, settings.consequence_class)
        given = part_inputs(arranged, building, materials, factors, defaults, least_bars)
        resistance = resistances(structure, given, doubts.hanging)
        better = resistances(structure, {**given, "materials": upper}, doubts.hanging)
        # With the strengths alone for what is drawn at random, with the bars as well for what is over.
        barred = resistances(structure, {**given, "materials": upper, "bars": most_bars}, doubts.hanging) if has_bars else better
        best = np.fmax(resistance.n_best_kn, barred.n_best_kn)
        # A short return shares its load with the cross wall it is bonded to: its failure as a loose pier proves nothing.
        best[list(structure.bonded)] = np.inf
        resistance = replace(resistance, n_best_kn=best)
        vertical = cap.extra_storeys(
            made,
            take_downs=loads.take_downs,
            parts=structure.parts,
            resistance=resistance,
            factors_verbouw=factors,
            factors_afkeur=values.factor_set(name, "afkeur", settings.consequence_class),
            psi0=loads.use.psi0,
            psi0_new=loads.psi0_new,
        )
        states = _scenarios(structure, vertical, concepts, settings)
        case = SideCase(
            structure=structure,
            building=building,
            materials=materials,
            loads=loads,
            concepts=tuple(concepts),
            values=values,
            settings=settings,
            factor_set=name,
            factors=factors,
            resistance=resistance,
            better=better,
            vertical=vertical,
            scenarios=states,
            foundation=doubts.foundation,
        )
        results[name] = (case, resistance, Verdicts(vertical=vertical, sides=side_checks(case)))
    values.factor_set(settings.factor_set, settings.level, settings.consequence_class)
    chosen, resistance, verdicts = results[settings.factor_set]
    factors, vertical = chosen.factors, verdicts.vertical
    lines = _lines(structure, loads, made, vertical)
    refused = refusals(structure, issues)
    found = answer(
        verdicts,
        {name: row[2] for name, row in results.items() if name != settings.factor_set},
        parts=structure.parts,
        materials=materials,
        resistance=resistance,
        lines=lines,
        refusals=refused,
        unsourced=doubts.unsourced,
        papers=doubts.papers,
        estimates=() if refused else estimates(chosen),
    )
    return Checked(
        factors=factors,
        factors_afkeur=values.factor_set(settings.factor_set, "afkeur", settings.consequence_class),
        inputs=part_inputs(arranged, building, materials, factors, defaults, least_bars),
        resistance=resistance,
        vertical=vertical,
        sides=verdicts.sides,
        answer=found,
        labels=part_labels(structure.parts, materials, resistance, doubts.unsourced, doubts.papers),
        scenarios=_scenarios(structure, vertical, concepts, settings),
        checks=_checks(structure, vertical, resistance),
        part_uc={name: found.uc for name, found in _states(vertical).items()},
        part_outcome={name: tuple(OUTCOMES[k] for k in codes) for name, codes in _outcomes(vertical).items()},
        assumptions=(
            *_strengths(structure, materials, upper),
            *bars_assumption(structure, materials, least_bars, most_bars),
            *_assumptions(factors, settings),
            *wind_assumptions(settings),
            *foundation_assumptions(chosen),
            *defaults.assumptions(),
        ),
    )


def refusals(structure: Structure, issues: Sequence[Issue]) -> tuple[str, ...]:
    """Return why no storey can be possible at all: no roof to build on, or a class of elements that was not read."""
    found = []
    if not build_faces(structure.roof_faces):
        found.append("geen plat dak breder dan 2 m: hellend dak, te klein, of geen dakvloer in het model")
    elif not len(structure.heads):
        found.append("geen dragende wand, kolom of ligger direct onder het dak gevonden")
    lost = [row.message for row in issues if row.code == "OPT-104"]
    if lost:
        found.append(f"model onvolledig gelezen: {lost[0]}")
    return tuple(found)


def _lines(structure: Structure, loads: Loads, made: Sequence[cap.Scenario], vertical: cap.ExtraStoreys) -> tuple[FoundationLine, ...]:
    """Foundation lines for the lightest concept at one storey, or at as many as are possible."""
    reach = {c.concept: max(1, c.possible_vertical) for c in vertical.per_concept}
    wanted = [s for s in made if s.storeys == reach.get(s.concept)]
    if not wanted:
        return ()
    most = max(s.storeys for s in wanted)
    lightest = min((s for s in wanted if s.storeys == most), key=lambda s: (float(s.head_permanent_kn.sum()), s.id))
    return foundation_lines(structure.parts, loads.lean, lightest.head_permanent_kn, lightest.head_imposed_kn, loads.use.psi0)


def _scenarios(structure: Structure, vertical: cap.ExtraStoreys, concepts: Sequence[Concept], settings: Settings) -> tuple[Scenario, ...]:
    chosen = build_faces(structure.roof_faces)
    roof = structure.roof_faces[chosen[0]].z_m if chosen else max(structure.level_z_m)
    ground = ground_m(structure)
    by_id = {concept.id: concept for concept in concepts}
    rows = [Scenario(id=EXISTING, concept="", storeys=0, level=settings.level, height_m=roof - ground)]
    for state in vertical.states:
        own = state.scenario
        height = height_m(by_id[own.concept], roof, ground, own.storeys)
        rows.append(Scenario(id=own.id, concept=own.concept, storeys=own.storeys, level=settings.level, height_m=height))
    return tuple(rows)


def ground_m(structure: Structure) -> float:
    """Return the level from which heights count [m]: the lowest floor, or the foot of the walls where there is none."""
    return float(structure.level_z_m[0])


def _states(vertical: cap.ExtraStoreys) -> dict[str, Utilisation]:
    return {EXISTING: vertical.existing_verbouw, **{state.scenario.id: state.result for state in vertical.states}}


def _outcomes(vertical: cap.ExtraStoreys) -> dict[str, IntArray]:
    """Return outcome codes per state: an extension never improves on the building as it stands."""
    existing = vertical.existing_verbouw.outcome
    return {name: np.maximum(found.outcome, existing) for name, found in _states(vertical).items()}


def _checks(structure: Structure, vertical: cap.ExtraStoreys, resistance: Resistance) -> tuple[Check, ...]:
    found = list(governing_checks(vertical.existing_verbouw, resistance, structure.parts, scenario=EXISTING))
    for state in vertical.states:
        among = np.flatnonzero(state.affected).tolist()
        found.extend(governing_checks(state.result, resistance, structure.parts, scenario=state.scenario.id, among=among))
    row_of = {part: row for row, part in enumerate(structure.parts.id)}
    codes = _outcomes(vertical)
    return tuple(replace(check, outcome=OUTCOMES[codes[check.scenario][row_of[check.part]]]) for check in found)


def _strengths(structure: Structure, materials: Materials, upper: Materials) -> tuple[Assumption, ...]:
    """Return the assumed strengths of the parts, one line per material group, with the highest plausible value."""
    rows = np.unique(np.asarray(structure.parts.element))
    found: dict[tuple[str, float, float], int] = {}
    for i in rows.tolist():
        low, high = float(materials.strength_default_mpa[i]), float(upper.strength_default_mpa[i])
        if not materials.strength_known[i] and not np.isnan(low):
            found[(materials.group[i], low, high)] = found.get((materials.group[i], low, high), 0) + 1
    return tuple(
        Assumption(
            what=f"sterkte {DUTCH.get(group, group)} ({n} elementen zonder sterkteklasse)",
            value=f"{low:g} N/mm2",
            source="tabel per bouwperiode, oordeel constructeur",
            confidence="uncertain",
            alternative=f"hoogste aannemelijke waarde {high:.1f} N/mm2; daartussen is het oordeel onbekend",
        )
        for (group, low, high), n in sorted(found.items())
    )


def _assumptions(factors: FactorSet, settings: Settings) -> tuple[Assumption, ...]:
    gammas = f"6.10a {factors.gamma_ga:.2f} G, 6.10b {factors.gamma_gb:.2f} G, {factors.gamma_q:.2f} Q, gunstig {factors.gamma_g_inf:.2f} G"
    return (
        Assumption(
            what=f"belastingfactoren {settings.level} {settings.consequence_class} (set {factors.id})",
            value=gammas,
            source=factors.source,
            confidence=factors.confidence,
            alternative="zie de uitkomst met de andere factorenset",
        ),
        Assumption(
            what="dakbelasting door de opbouw",
            value="de opbouw bedekt het hele bouwdak; de tussenlaag brengt de last waar het dak nu draagt",
            source="rekenwijze",
            confidence="aanname",
            alternative="zie de varianten met geplaatste modules",
        ),
    )
