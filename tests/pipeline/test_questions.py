"""Questions on a building that is worked out by hand in `small_inspection`."""

import dataclasses
import math

import numpy as np
import pytest
import small_inspection as small

from optopscan.pipeline.questions import carried_kn, questions


@pytest.fixture(scope="module")
def asked():
    return small.inspection().questions


def one(asked, what, *elements):
    found = [q for q in asked if q.what == what and (not elements or q.elements == elements)]
    assert len(found) == 1, [(q.what, q.elements) for q in asked]
    return found[0]


def test_score_is_influence_times_doubt_and_sorts(asked):
    for q in asked:
        assert q.score == pytest.approx(q.influence_kn * (1.0 - q.confidence), abs=1e-3)
        assert 0.0 <= q.confidence <= 1.0
    assert [q.score for q in asked] == sorted((q.score for q in asked), reverse=True)


def test_bearing_wall_counts_what_leaves_its_foot(asked):
    q = one(asked, "bearing", small.WALL)
    # G 158 + Q 35; 1 - |2 * 0.9 - 1| = 0.2
    assert (q.value, q.alternative, q.influence_kn, q.score) == ("yes", "no", pytest.approx(193.0), pytest.approx(38.6))


def test_a_wall_that_does_not_bear_counts_its_weight_and_the_floor_it_would_take(asked):
    q = one(asked, "bearing", small.PARTITION)
    # 8 kN + the cell whose middle (y = 1.25) lies within 1.5 m of y = 2: 55 + 17.5; that at y = 3.75 lies outside
    assert (q.value, q.alternative, q.influence_kn, q.score) == ("no", "yes", pytest.approx(80.5), pytest.approx(16.1))


def test_strength_doubt_is_the_spread_of_the_period(asked):
    q = one(asked, "strength", small.WALL)
    # clay from 1945: mean 6.5, cov 0.3: s = sqrt(ln 1.09) = 0.29356; low / high = exp(-2 * 1.645 * s * sqrt(0.85)) = 0.4105
    assert q.influence_kn == pytest.approx(193.0)
    assert 1.0 - q.confidence == pytest.approx(1.0 - 0.4105, abs=2e-4)
    assert q.alternative == "3.3 to 8.1 N/mm2"
    assert one(asked, "strength", small.FOOTING).influence_kn == pytest.approx(213.0)


def test_density_doubt_is_the_distance_to_its_bounds(asked):
    # clay 1900 kg/m3, 1700 to 2000: 200 / 1900 of 40 kN
    assert one(asked, "density", small.WALL).score == pytest.approx(40.0 * 200.0 / 1900.0, abs=1e-3)


def test_a_density_that_the_model_states_is_told_so_and_doubted_from_there():
    own = small.elements(properties=({"Material.Baksteen.MassDensity": 1500.0}, {}, {}, {}, {}))
    stated = small.materials(density_kg_m3=np.array([1500.0, 2550.0, 2550.0, 1000.0, 7850.0]))
    q = one(small.inspection(building=small.building(own), materials=stated).questions, "density", small.WALL)
    # clay 1700 to 2000 kg/m3: the heaviest lies 500 above what the model says
    assert q.source == "stated in the model"
    assert q.confidence == pytest.approx(1.0 - 500.0 / 1500.0, abs=1e-3)


def test_whole_building(asked):
    assert one(asked, "foundation").score == pytest.approx(213.0)
    assert one(asked, "support").score == pytest.approx(6.0)
    # finish 0.5 used, 1.0 with a screed: half of 10 kN; dwelling 1.75, office 2.5: 0.3 of 35 kN
    assert one(asked, "finish").score == pytest.approx(5.0)
    assert one(asked, "use").score == pytest.approx(10.5)
    assert one(asked, "span").score == pytest.approx(0.5 * 145.0)  # no probability is known here: half of the load may turn


def test_unknown_material_is_the_first_thing_to_ask_of_a_wall():
    unknown = small.materials(
        group=("unknown", "concrete", "concrete", "gypsum-block", "steel"),
        density_kg_m3=np.array([math.nan, 2550.0, 2550.0, 1000.0, 7850.0]),
        strength_default_mpa=np.array([math.nan, 10.0, 10.0, math.nan, 235.0]),
    )
    asked = small.inspection(materials=unknown).questions
    q = one(asked, "material", small.WALL)
    assert (q.confidence, q.score) == (0.0, pytest.approx(193.0))
    assert not [q for q in asked if q.what == "strength" and small.WALL in q.elements]


def test_alike_guesses_are_one_question():
    # without a structure influence is the own weight: partition and wall made alike, 40 + 8 kN
    own = small.elements(
        type_name=("muur", "vloer", "strook", "muur", "HEA"),
        thickness_m=np.array([0.2, 0.2, 0.5, 0.2, 0.1]),
        layers=(small.elements().layers[0],) * 5,
    )
    made = small.materials(group=("clay",) * 5, source=("x",) * 5, strength_default_mpa=np.full(5, 3.8), strength_mpa=np.full(5, math.nan))
    p = small.bearing(state=("yes",) * 5, probability=np.array([0.9, 1.0, 1.0, 0.9, 1.0]), evidence=((),) * 5)
    asked = questions(small.building(own), made, p, None, None)
    q = one([q for q in asked if small.WALL in q.elements], "strength")
    assert (q.elements, q.influence_kn) == ((small.WALL, small.PARTITION), pytest.approx(48.0))


def test_what_a_lintel_hands_to_its_own_pier_counts_once():
    frame = small.structure()
    parts = dataclasses.replace(frame.parts, element=np.array([small.WALL, small.WALL, small.FOOTING]))
    table = frame.shares["simple"].parts.toarray()
    table[0] = [0, 1, 0, 0, 0]  # part 0 stands on part 1 of the same wall ...
    table[1] = [0, 0, 1, 0, 0]  # ... which stands on the footing with what it carries itself
    shares = dataclasses.replace(frame.shares["simple"], parts=type(frame.shares["simple"].parts)(table))
    frame = dataclasses.replace(frame, parts=parts, shares={"simple": shares, "continuous": shares})
    # part 0 hands 193 to part 1 inside the wall; only the 6 kN that part 1 has at its foot here leave the wall
    assert carried_kn(frame, small.loads(), 5)[small.WALL] == pytest.approx(6.0)


def test_same_questions_twice():
    assert small.inspection().questions == small.inspection().questions
