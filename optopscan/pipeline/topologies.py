"""Where the path of the loads is not settled, every likely path is a support graph of its own.

A wall that bears with a probability between 0.1 and 0.9 either carries the floors on it or
hangs as a load on others; a floor whose direction is that unsure spans one way or the other.
A storey counts only when both ways hold. Alike elements (kind, type, layers, thickness; of
floors also the direction) are one doubt, since one drawing settles them all. The three doubts
with most load on them are turned in all combinations, so there are at most eight graphs,
each with the product of the probabilities as its weight. Doubts on which less than
`MATTERS` of the weight of the building hangs are left as they are: their parts stay unknown.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import numpy as np

from optopscan.catalog.concept import Concept
from optopscan.catalog.engineering import Engineering
from optopscan.checks.estimator.mix import Path, Question, mixed_estimate
from optopscan.errors import NothingToScan
from optopscan.model.arrays import FloatArray
from optopscan.model.building import Building, Elements
from optopscan.model.estimate import Estimate
from optopscan.model.question import Question as Guess
from optopscan.model.result import Bottleneck, ConceptAnswer, Doubt, ExtraStoreys, Investigation, Topologies, TopologyAnswer
from optopscan.model.structure import Bearing, BearingState, Structure
from optopscan.model.variant import Variant
from optopscan.pipeline.checking import Doubts, check_storeys
from optopscan.pipeline.loading import Loads, credited, existing_loads
from optopscan.pipeline.overriding import Understood
from optopscan.pipeline.questions import cell_load_kn, questions
from optopscan.pipeline.reading import with_bearing_thickness
from optopscan.pipeline.settling import hanging_parts
from optopscan.structure.build import build_structure

UNSETTLED = (0.1, 0.9)
MOST_DOUBTS = 3
MATTERS = 0.01
_CARRIERS = frozenset({"wall", "column"})


@dataclass(frozen=True, kw_only=True, eq=False)
class Taken:
    """What a support graph takes for true: what bears, and the directions of floors [deg], (n_element,), nan where it finds them itself."""

    bearing: Bearing
    span_deg: FloatArray


AnswerOf = Callable[[Taken], tuple[ExtraStoreys, float]]


def find_doubts(building: Building, bearing: Bearing, structure: Structure, asked: Sequence[Guess], loads: Loads) -> tuple[Doubt, ...]:
    """Return what is unsettled and matters, most load first, at most `MOST_DOUBTS`."""
    down = loads.take_downs["simple"]
    least = MATTERS * (down.ground_permanent_kn + down.ground_imposed_kn)
    doubts = [*_bearing_doubts(building.elements, bearing, asked), *_span_doubts(building.elements, structure, loads)]
    mattering = [doubt for doubt in doubts if doubt.influence_kn >= least]
    return tuple(sorted(mattering, key=lambda d: (-d.influence_kn, d.elements))[:MOST_DOUBTS])


def _bearing_doubts(elements: Elements, bearing: Bearing, asked: Sequence[Guess]) -> list[Doubt]:
    influence: dict[tuple[object, ...], float] = {}
    rows: dict[tuple[object, ...], list[int]] = {}
    for question in asked:
        if question.what != "bearing":
            continue
        members = [i for i in question.elements if elements.kind[i] in _CARRIERS and UNSETTLED[0] <= bearing.probability[i] <= UNSETTLED[1]]
        for i in members:
            key = (_likeness(elements, i), bool(bearing.probability[i] >= 0.5))
            rows.setdefault(key, []).append(i)
            influence[key] = influence.get(key, 0.0) + question.influence_kn / len(question.elements)
    return [_doubt(bearing, sorted(set(rows[key])), influence[key]) for key in rows]


def _span_doubts(elements: Elements, structure: Structure, loads: Loads) -> list[Doubt]:
    """Return the floors that span one way, but perhaps the other; alike floors with one direction are one doubt."""
    fields, load = structure.fields, cell_load_kn(loads)
    found: dict[tuple[object, ...], list[int]] = {}
    for f, members in enumerate(fields.elements):
        sure, deg = float(fields.span_probability[f]), float(fields.span_deg[f])
        if fields.kind[f] != "ground" and math.isfinite(deg) and UNSETTLED[0] <= sure <= UNSETTLED[1]:
            found.setdefault((_likeness(elements, members[0]), round(deg) % 180, fields.span_source[f]), []).append(f)
    doubts = []
    for key, rows in found.items():
        deg = int(str(key[1]))
        weight = np.array([load[np.asarray(structure.cells.field) == f].sum() for f in rows])
        likely = np.asarray(fields.span_probability)[rows]
        doubts.append(
            Doubt(
                what="span",
                elements=tuple(sorted(i for f in rows for i in fields.elements[f])),
                value=str(deg),
                alternative=str((deg + 90) % 180),
                probability=round(float(np.average(likely, weights=weight) if weight.sum() > 0 else likely.mean()), 6),
                influence_kn=float(weight.sum()),
            )
        )
    return doubts


def _likeness(elements: Elements, i: int) -> tuple[object, ...]:
    t = float(elements.thickness_m[i])
    layers = tuple(layer.name for layer in elements.layers[i])
    return elements.kind[i], elements.type_name[i], layers, round(t, 2) if math.isfinite(t) else None


def _doubt(bearing: Bearing, members: list[int], influence_kn: float) -> Doubt:
    mean = float(np.mean(np.asarray(bearing.probability)[members]))
    carries = mean >= 0.5
    return Doubt(
        what="bearing",
        elements=tuple(members),
        value="yes" if carries else "no",
        alternative="no" if carries else "yes",
        probability=round(mean if carries else 1.0 - mean, 6),
        influence_kn=influence_kn,
    )


def turned(taken: Taken, doubts: Sequence[Doubt], chosen: Sequence[int]) -> Taken:
    """Return what is taken with every doubt settled, the chosen ones the other way.

    A doubt that is settled "no" no longer carries; one settled "yes" carries, but its verdict
    stays unknown in every topology: this graph shows what happens to the others.
    """
    bearing = taken.bearing
    probability, span_deg = np.array(bearing.probability), np.array(taken.span_deg)
    state: list[BearingState] = list(bearing.state)
    for k, doubt in enumerate(doubts):
        if doubt.what == "span":
            if k in chosen:
                span_deg[list(doubt.elements)] = float(doubt.alternative)
            continue
        bears = (doubt.alternative if k in chosen else doubt.value) == "yes"
        for i in doubt.elements:
            probability[i] = 1.0 if bears else 0.0
            state[i] = "yes" if bears else "no"
    return Taken(bearing=replace(bearing, state=tuple(state), probability=probability), span_deg=span_deg)


def explore(
    known: Understood, structure: Structure, loads: Loads, found: ExtraStoreys, concepts: Sequence[Concept], values: Engineering
) -> Topologies:
    """Return the doubts about the path of the loads and the answer of every graph that they allow."""
    building, materials, settings = known.building, known.materials, known.settings
    doubts = find_doubts(building, known.bearing, structure, questions(building, materials, known.bearing, structure, loads), loads)

    def answer_of(taken: Taken) -> tuple[ExtraStoreys, float]:
        other = taken.bearing
        graph, _ = build_structure(building, materials, other, settings, taken.span_deg)
        graph = with_bearing_thickness(graph, building, known.given)
        carried = existing_loads(graph, building, materials, other, values, settings, known.given)
        hanging = Doubts(unsourced=known.corrections.unsourced, hanging=hanging_parts(known, graph))
        checked = check_storeys(graph, building, materials, carried, concepts, values, credited(settings, carried), (), hanging)
        return checked.answer, unsupported_kn(carried)

    given = known.span_deg if known.span_deg is not None else np.full(len(building.elements), np.nan)
    return scan_topologies(Taken(bearing=known.bearing, span_deg=given), doubts, topology_answer(found, unsupported_kn(loads)), answer_of)


def scan_topologies(taken: Taken, doubts: Sequence[Doubt], main: TopologyAnswer, answer_of: AnswerOf) -> Topologies:
    """Return the answer of every combination of the doubts; ``answer_of`` builds, loads and checks one graph."""
    answers = []
    for count in range(len(doubts) + 1):
        for chosen in itertools.combinations(range(len(doubts)), count):
            weight = math.prod(1.0 - d.probability if k in chosen else d.probability for k, d in enumerate(doubts))
            if not chosen:
                answers.append(replace(main, weight=weight))
                continue
            try:
                found, lost = answer_of(turned(taken, doubts, chosen))
            except NothingToScan:
                # Without these walls nothing bears at all: no building stands like that.
                continue
            answers.append(topology_answer(found, lost, weight=weight, chosen=chosen))
    total = sum(row.weight for row in answers)
    return Topologies(doubts=tuple(doubts), answers=tuple(replace(row, weight=round(row.weight / total, 6)) for row in answers))


def topology_answer(found: ExtraStoreys, unsupported_kn: float, *, weight: float = 1.0, chosen: tuple[int, ...] = ()) -> TopologyAnswer:
    """Return what one graph answers."""
    return TopologyAnswer(
        weight=weight,
        doubts=chosen,
        possible=found.possible,
        per_concept=found.per_concept,
        governing=found.governing,
        unsupported_kn=unsupported_kn,
        estimates=found.estimates,
    )


def mixed(found: ExtraStoreys, paths: Topologies, building: Building) -> ExtraStoreys:
    """Return the answer that holds in every topology, with what the doubts cost and how to settle them."""
    if len(paths.answers) < 2:
        return advised(found)
    least = min(row.possible for row in paths.answers)
    lowest = {c.concept: min(_of(row, c.concept, c.possible) for row in paths.answers) for c in found.per_concept}
    concepts = tuple(
        replace(
            c,
            possible=lowest[c.concept],
            vertical_only=min(c.vertical_only, lowest[c.concept]),
            proven=min(c.proven, lowest[c.concept]),
            governing=_stops(paths, c, lowest[c.concept]),
        )
        for c in found.per_concept
    )
    others = tuple(replace(row, possible=min(row.possible, least), proven=min(row.proven, least)) for row in found.factor_set_alternatives)
    worst = min(paths.answers, key=lambda row: (row.possible, -row.weight))
    gain = found.possible - least
    telling = [k for k in range(len(paths.doubts)) if len({_reach(paths, k, turned_over=over) for over in (False, True)}) > 1]
    answer = replace(
        found,
        proven=min(found.proven, least),
        possible=least,
        vertical_only=min(found.vertical_only, least),
        per_concept=concepts,
        governing=worst.governing if gain else found.governing,
        factor_set_alternatives=others,
        why_not_proven=(*(_sentence(building, paths, k) for k in telling), *found.why_not_proven),
        investigate_first=(*(_settle(paths.doubts[k], building, gain) for k in telling), *found.investigate_first),
        estimates=_mixed_estimates(found, paths, building),
    )
    return advised(answer)


def advised(found: ExtraStoreys) -> ExtraStoreys:
    """Return the answer with what is worth finding out first, ranked by what it explains, in front of the general advice."""
    worth = found.estimates[0].worth if found.estimates else ()
    same = ("what", "parts", "p_now", "p_then", "p_good", "needed", "unit")
    rows = tuple(Investigation(gain=row.storeys, **{name: getattr(row, name) for name in same}) for row in worth)
    asked = {row.what for row in rows}
    return replace(found, investigate_first=(*rows, *(row for row in found.investigate_first if row.what not in asked)))


def _mixed_estimates(found: ExtraStoreys, paths: Topologies, building: Building) -> tuple[Estimate, ...]:
    questions = []
    for k, doubt in enumerate(paths.doubts):
        settle = _settle(doubt, building, 0)
        about = "draagrichting" if doubt.what == "span" else "dragend of niet"
        questions.append(Question(id=f"path.{k}", nl=f"{about}: {_name(doubt, building)}", settle_nl=settle.what, elements=settle.parts))
    made = []
    for own in found.estimates:
        rows = [
            Path(
                weight=answer.weight,
                turned=frozenset(answer.doubts),
                estimate=next((e for e in answer.estimates if e.concept == own.concept), None),
            )
            for answer in paths.answers
        ]
        mixed_one = mixed_estimate(rows, questions)
        made.append(own if mixed_one is None else mixed_one)
    return tuple(made)


def _of(row: TopologyAnswer, concept: str, otherwise: int) -> int:
    return next((c.possible for c in row.per_concept if c.concept == concept), otherwise)


def _stops(paths: Topologies, found: ConceptAnswer, least: int) -> Bottleneck | None:
    """Return what stops a concept: in the main graph, or in the likeliest of those that let it get least far."""
    if least >= found.possible:
        return found.governing
    same = ((row.weight, c) for row in paths.answers for c in row.per_concept if c.concept == found.concept)
    rows = [(weight, c.governing) for weight, c in same if c.possible == least]
    return max(rows, key=lambda row: row[0])[1] if rows else found.governing


def _name(doubt: Doubt, building: Building) -> str:
    elements, first = building.elements, doubt.elements[0]
    what = elements.type_name[first] or elements.name[first] or elements.kind[first]
    return f"{len(doubt.elements)} x '{what}'" if len(doubt.elements) > 1 else f"'{what}' ({elements.id[first]})"


def _reach(paths: Topologies, k: int, *, turned_over: bool) -> int:
    """Return the lowest answer with doubt ``k`` as taken, or turned over."""
    main = paths.answers[0].possible
    return min((row.possible for row in paths.answers if (k in row.doubts) is turned_over), default=main)


def _sentence(building: Building, paths: Topologies, k: int) -> str:
    doubt = paths.doubts[k]
    said = f"overspannend in {doubt.value} graden" if doubt.what == "span" else "dragend" if doubt.value == "yes" else "niet dragend"
    taken, other = (_reach(paths, k, turned_over=over) for over in (False, True))
    return f"{_name(doubt, building)} als {said} genomen (kans {100.0 * doubt.probability:.0f} %): dan +{taken}, anders +{other}"


def _settle(doubt: Doubt, building: Building, gain: int) -> Investigation:
    ids = tuple(building.elements.id[i] for i in doubt.elements[:5])
    asked = "welke kant overspannen deze vloeren?" if doubt.what == "span" else "dragen deze wanden of kolommen?"
    return Investigation(what=f"{asked} {_name(doubt, building)}", parts=ids, gain=gain)


def within_reach(variants: Sequence[Variant], paths: Topologies) -> tuple[Variant, ...]:
    """Return the variants; one of more storeys than some topology allows, or of a product unknown there, is not known to hold."""
    made = []
    for variant in variants:
        several = variant.outcome == "ok" and len(paths.answers) > 1
        concepts = variant.concept.split("+")
        least = min((_of(row, concept, variant.storeys) for row in paths.answers for concept in concepts), default=variant.storeys)
        why = ""
        if several and not all({c.concept for c in row.per_concept} >= set(concepts) for row in paths.answers):
            why = "met een andere draagweg is dit product niet nagegaan"
        elif several and variant.storeys > least:
            why = f"een andere draagweg laat {least} bouwlagen toe"
        made.append(replace(variant, outcome="unknown", why=f"{variant.why}; {why}".removeprefix("; ")) if why else variant)
    return tuple(made)


def unsupported_kn(loads: Loads) -> float:
    """Return what finds no way to the ground [kN], the larger of the distributions."""
    return max(float(take.unsupported_kn) for take in loads.take_downs.values())
