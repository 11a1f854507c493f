"""Other paths of the loads: weights, the answer that holds in all of them, and a scan where it matters."""

import dataclasses
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pytest

from optopscan.catalog.engineering import load_engineering
from optopscan.errors import NothingToScan
from optopscan.ifc.author import Author
from optopscan.ifc.read import read
from optopscan.model.result import Bottleneck, ConceptAnswer, Doubt, ExtraStoreys, Topologies
from optopscan.model.structure import Bearing
from optopscan.model.variant import Variant
from optopscan.pipeline import infer, understand
from optopscan.pipeline.checking import check_storeys
from optopscan.pipeline.loading import existing_loads
from optopscan.pipeline.reading import chosen_concepts, with_bearing_thickness
from optopscan.pipeline.topologies import Taken, explore, find_doubts, mixed, scan_topologies, topology_answer, turned, within_reach
from optopscan.settings import Settings
from optopscan.structure.build import build_structure


def doubt(element, value="yes", probability=0.7, influence_kn=100.0):
    other = {"yes": "no", "no": "yes"}[value]
    return Doubt(what="bearing", elements=(element,), value=value, alternative=other, probability=probability, influence_kn=influence_kn)


def bearing(*probability):
    state = tuple("yes" if p >= 0.8 else "no" if p <= 0.2 else "unknown" for p in probability)
    found = Bearing(state=state, probability=np.array(probability), evidence=tuple(() for _ in probability))
    return Taken(bearing=found, span_deg=np.full(len(probability), np.nan))


def extra(possible, concept="a"):
    one = ConceptAnswer(concept=concept, proven=0, possible=possible, vertical_only=possible)
    return ExtraStoreys(
        proven=0,
        possible=possible,
        why_not_proven=("fundering",),
        vertical_only=possible,
        with_wind=None,
        per_concept=(one,),
        governing=None,
        next_bottlenecks=(),
        label="C",
        foundation_lines=(),
        factor_set_alternatives=(),
        investigate_first=(),
    )


def stopped_by(possible, part):
    stop = Bottleneck(part=part, clause="6.1.2", uc=1.2, scenario=f"a+{possible + 1}")
    found = extra(possible)
    return replace(found, per_concept=(replace(found.per_concept[0], governing=stop),))


def test_what_stops_a_concept_is_told_by_the_likeliest_graph_that_lets_it_get_least_far():
    answers = {(0,): (stopped_by(1, "p1"), 0.0), (1,): (stopped_by(1, "p2"), 0.0), (0, 1): (stopped_by(2, "p3"), 0.0)}
    main, doubts = stopped_by(3, "p0"), [doubt(0, probability=0.7), doubt(1, probability=0.6)]
    turned_over = iter(answers.values())
    found = scan_topologies(bearing(0.7, 0.6), doubts, topology_answer(main, 0.0), lambda _: next(turned_over))
    elements = SimpleNamespace(id=("0#1", "0#2"), type_name=("a", "b"), name=("a", "b"), kind=("wall", "wall"))
    answer = mixed(main, found, SimpleNamespace(elements=elements))
    assert (answer.per_concept[0].possible, answer.per_concept[0].governing.part) == (1, "p2")
    alike = scan_topologies(bearing(0.7, 0.6), doubts, topology_answer(main, 0.0), lambda _: (main, 0.0))
    assert mixed(main, alike, SimpleNamespace(elements=elements)).per_concept[0].governing.part == "p0"


def test_turning_settles_every_doubt_and_leaves_the_rest():
    made = turned(bearing(0.7, 0.4, 0.6), [doubt(0), doubt(1, "no")], (1,)).bearing
    assert made.state == ("yes", "yes", "unknown")
    assert made.probability.tolist() == [1.0, 1.0, 0.6]


def test_weights_are_products_of_probabilities():
    doubts = [doubt(0, probability=0.7), doubt(1, probability=0.6)]
    found = scan_topologies(bearing(0.7, 0.6), doubts, topology_answer(extra(3), 0.0), lambda _: (extra(2), 0.0))
    # 0.7 x 0.6, 0.3 x 0.6, 0.7 x 0.4, 0.3 x 0.4
    assert [(row.doubts, row.weight) for row in found.answers] == [((), 0.42), ((0,), 0.18), ((1,), 0.28), ((0, 1), 0.12)]


def test_three_doubts_are_eight_graphs():
    doubts = [doubt(k, probability=0.5) for k in range(3)]
    found = scan_topologies(bearing(0.5, 0.5, 0.5), doubts, topology_answer(extra(3), 0.0), lambda _: (extra(3), 0.0))
    assert len(found.answers) == 8
    assert sum(row.weight for row in found.answers) == pytest.approx(1.0)


def test_a_graph_in_which_nothing_bears_is_no_building():
    def answer_of(_):
        raise NothingToScan("no bearing structure")

    found = scan_topologies(bearing(0.7), [doubt(0)], topology_answer(extra(3), 0.0), answer_of)
    assert [(row.doubts, row.weight) for row in found.answers] == [((), 1.0)]


class House:
    """Names for the sentences."""

    class elements:  # noqa: N801 - stands in for an attribute
        type_name = ("tussenwand 150", "")
        name = ("w1", "w2")
        kind = ("wall", "wall")
        id = ("0#1", "0#2")


def test_the_answer_is_the_lowest_of_all_and_says_what_settles_it():
    by_state = {"no": extra(1)}
    found = scan_topologies(bearing(0.7), [doubt(0)], topology_answer(extra(3), 0.0), lambda taken: (by_state[taken.bearing.state[0]], 0.0))
    answer = mixed(extra(3), found, House)
    assert (answer.possible, answer.vertical_only, answer.per_concept[0].possible) == (1, 1, 1)
    assert answer.why_not_proven[0] == "'tussenwand 150' (0#1) als dragend genomen (kans 70 %): dan +3, anders +1"
    assert (answer.investigate_first[0].gain, answer.investigate_first[0].parts) == (2, ("0#1",))


def test_another_path_never_raises_the_answer():
    found = scan_topologies(bearing(0.7), [doubt(0)], topology_answer(extra(1), 0.0), lambda _: (extra(3), 0.0))
    answer = mixed(extra(1), found, House)
    assert answer.possible == 1
    assert "dan +1, anders +3" in answer.why_not_proven[0]


def test_a_doubt_that_changes_nothing_is_not_told():
    found = scan_topologies(bearing(0.7), [doubt(0)], topology_answer(extra(2), 0.0), lambda _: (extra(2), 0.0))
    assert mixed(extra(2), found, House).why_not_proven == ("fundering",)


@pytest.mark.parametrize(("storeys", "outcome"), [(1, "ok"), (2, "unknown")])
def test_a_layout_higher_than_another_path_allows_is_unknown(storeys, outcome):
    found = scan_topologies(bearing(0.7), [doubt(0)], topology_answer(extra(3), 0.0), lambda _: (extra(1), 0.0))
    fields = {f.name: 0 for f in dataclasses.fields(Variant)}
    variant = Variant(**{**fields, "concept": "a", "storeys": storeys, "outcome": "ok", "why": ""})
    (made,) = within_reach([variant], found)
    assert made.outcome == outcome
    assert bool(made.why) == (outcome == "unknown")


def test_without_doubts_nothing_changes():
    assert mixed(extra(2), Topologies(), House) == extra(2)


def house(path: Path):
    """Two bays of 4 m on three walls; the middle one is the doubtful one."""
    author = Author("huis", build_year=1965)
    ground = author.storey("00", 0.0)
    for k, x in enumerate((0.0, 4.0, 8.0)):
        facts = {"type_name": f"wand {k}", "thickness_m": 0.12 if k == 1 else 0.24, "material": "kalkzandsteen CS12"}
        author.wall(ground, f"wand {k}", (x, 0), (x, 6), z0_m=0.0, height_m=2.6, load_bearing=True, **facts)
    author.roof_slab(ground, "dak", [(-0.1, 0), (8.1, 0), (8.1, 6), (-0.1, 6)], z_top_m=2.8, thickness_m=0.2, material="beton C20/25")
    author.write(path)
    return path


def test_scan_with_a_doubtful_middle_wall_takes_the_worse_of_both(tmp_path):
    settings = Settings(place=False, max_extra_storeys=2)
    values, concepts = load_engineering(), chosen_concepts(settings)
    building, _ = read([house(tmp_path / "huis.ifc")], settings)
    materials, sure, _ = infer(building, settings)
    middle = building.elements.name.index("wand 1")

    def answer(bearing):
        structure, _ = build_structure(building, materials, bearing, settings)
        structure = with_bearing_thickness(structure, building)
        loads = existing_loads(structure, building, materials, bearing, values, settings)
        return structure, loads, check_storeys(structure, building, materials, loads, concepts, values, settings, ()).answer

    def with_middle(p):
        probability = np.array(sure.probability)
        probability[middle] = p
        state = list(sure.state)
        state[middle] = "unknown" if 0.2 < p < 0.8 else "yes" if p else "no"
        return dataclasses.replace(sure, probability=probability, state=tuple(state))

    doubtful = with_middle(0.6)
    structure, loads, found = answer(doubtful)
    known = dataclasses.replace(understand(building, settings), bearing=doubtful)
    paths = explore(known, structure, loads, found, concepts, values)
    assert [d.elements for d in paths.doubts] == [(middle,)]
    assert [row.weight for row in paths.answers] == [0.6, 0.4]
    bears, hangs = answer(with_middle(1.0))[2], answer(with_middle(0.0))[2]
    assert paths.answers[1].possible == hangs.possible
    assert mixed(found, paths, building).possible == min(found.possible, hangs.possible) <= bears.possible
    # the outer walls take the whole roof when the middle one does not bear
    ends = [p for p, e in zip(structure.parts.id, structure.parts.element, strict=True) if e != middle]
    alone = answer(with_middle(0.0))[1].take_downs["simple"]
    assert alone.permanent_foot_kn.sum() > loads.take_downs["simple"].permanent_foot_kn[[structure.parts.id.index(p) for p in ends]].sum()


def span_doubt(elements, deg, probability=0.6, influence_kn=100.0):
    other = str((int(deg) + 90) % 180)
    return Doubt(what="span", elements=elements, value=deg, alternative=other, probability=probability, influence_kn=influence_kn)


def test_turning_a_floor_gives_it_the_other_direction_and_no_other_floor():
    before = bearing(1.0, 1.0, 0.6)
    made = turned(before, [span_doubt((0, 2), "0"), doubt(2)], (0,))
    assert made.span_deg[[0, 2]].tolist() == [90.0, 90.0]
    assert np.isnan(made.span_deg[1])
    assert made.bearing.probability.tolist() == [1.0, 1.0, 1.0]
    assert np.isnan(before.span_deg).all()
    assert np.isnan(turned(before, [span_doubt((0, 2), "0")], ()).span_deg).all()


def test_a_floor_that_may_span_otherwise_is_asked_for():
    found = scan_topologies(bearing(1.0, 1.0), [span_doubt((0,), "0")], topology_answer(extra(3), 0.0), lambda _: (extra(1), 0.0))
    answer = mixed(extra(3), found, House)
    assert answer.possible == 1
    assert answer.why_not_proven[0] == "'tussenwand 150' (0#1) als overspannend in 0 graden genomen (kans 60 %): dan +3, anders +1"
    assert answer.investigate_first[0].what == "welke kant overspannen deze vloeren? 'tussenwand 150' (0#1)"


def rooms(path: Path):
    """A room of 4 x 7 m in walls on all sides: the shorter way is likely, not sure."""
    author = Author("huis", build_year=1965)
    ground = author.storey("00", 0.0)
    facts = {"thickness_m": 0.24, "material": "kalkzandsteen CS12", "load_bearing": True}
    ends = {"w": ((0, 0), (0, 7)), "o": ((4, 0), (4, 7)), "z": ((0, 0), (4, 0)), "n": ((0, 7), (4, 7))}
    for name, (start, end) in ends.items():
        author.wall(ground, name, start, end, z0_m=0.0, height_m=2.6, **facts)
    author.roof_slab(ground, "dak", [(0, 0), (4, 0), (4, 7), (0, 7)], z_top_m=2.8, thickness_m=0.2, material="beton C20/25")
    author.write(path)
    return path


def test_the_other_direction_brings_its_load_to_the_other_walls(tmp_path):
    settings = Settings(place=False, max_extra_storeys=2)
    building, _ = read([rooms(tmp_path / "huis.ifc")], settings)
    known = understand(building, settings)
    structure, _ = build_structure(building, known.materials, known.bearing, settings)
    fields = structure.fields
    assert fields.span_deg.tolist() == [0.0]
    doubtful = dataclasses.replace(fields, span_probability=np.array([0.7]))
    structure = dataclasses.replace(structure, fields=doubtful)
    loads = existing_loads(structure, building, known.materials, known.bearing, load_engineering(), settings)
    (found,) = find_doubts(building, known.bearing, structure, (), loads)
    roof = building.elements.name.index("dak")
    assert (found.what, found.elements, found.value, found.alternative, found.probability) == ("span", (roof,), "0", "90", 0.7)
    down = loads.take_downs["simple"]
    all_kn = down.ground_permanent_kn + down.ground_imposed_kn
    assert 0.1 * all_kn < found.influence_kn < all_kn  # the roof with what stands on it, without the walls
    other = turned(Taken(bearing=known.bearing, span_deg=np.full(len(building.elements), np.nan)), [found], (0,))
    turned_graph, _ = build_structure(building, known.materials, other.bearing, settings, other.span_deg)
    assert turned_graph.fields.span_deg.tolist() == [90.0]
