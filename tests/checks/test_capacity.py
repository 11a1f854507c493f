"""Extra storeys on a two-part stack and on many parts: counts by hand and facts true for every building."""

from dataclasses import replace

import numpy as np
import pytest
from checks_factory import make_parts, make_take_down
from hypothesis import given, settings
from hypothesis import strategies as st
from test_utilisation import FOOT, make_resistance

from optopscan.catalog.engineering import load_engineering
from optopscan.checks.capacity import Influence, Scenario, added_loads, extra_storeys
from optopscan.checks.utilisation import part_effects

ENGINEERING = load_engineering()
VERBOUW = ENGINEERING.factor_set("nen8700", "verbouw", "CC2")
AFKEUR = ENGINEERING.factor_set("nen8700", "afkeur", "CC2")


def storey_scenarios(n_max=3, *, g=10.0, n_head=1, concept="hsb", roof=5.0, q=0.0, stripped=None):
    found = []
    if stripped is not None:
        found.append(
            Scenario(
                id=f"{concept}+0",
                concept=concept,
                storeys=0,
                head_permanent_kn=np.full(n_head, stripped),
                head_imposed_kn=np.zeros((n_head, 0)),
            )
        )
    for n in range(1, n_max + 1):
        found.append(
            Scenario(
                id=f"{concept}+{n}",
                concept=concept,
                storeys=n,
                head_permanent_kn=np.full(n_head, n * g + roof),
                head_imposed_kn=np.full((n_head, n), q),
            )
        )
    return found


def run(td, n_hi, *, scenarios=None, parts=None, more=None):
    resistance = make_resistance(n_hi)
    take_downs = {"simple": td} | ({} if more is None else {"continuous": more})
    return extra_storeys(
        storey_scenarios(n_head=td.influence_foot.shape[1]) if scenarios is None else scenarios,
        take_downs=take_downs,
        parts=parts or make_parts(len(n_hi)),
        resistance=resistance,
        factors_verbouw=VERBOUW,
        factors_afkeur=AFKEUR,
        psi0=0.4,
    )


# Two piers in a stack: 40 kN above, 100 kN below, no floors; the whole head reaches both.
# N verbouw below with n storeys: 1.3 * (100 + 10 n + 5) = 149.5 / 162.5 / 175.5 for n = 1, 2, 3.
def stack(**kw):
    return make_take_down([40.0, 100.0], np.zeros((2, 1)), [[1.0], [1.0]], **kw)


@pytest.mark.parametrize(("n_hi", "count"), [(149.0, 0), (150.0, 1), (163.0, 2), (500.0, 3)])
def test_count_by_hand(n_hi, count):
    got = run(stack(), [500.0, n_hi])
    concept = got.per_concept[0]
    assert (concept.proven_vertical, concept.possible_vertical) == (count, count)
    assert concept.governing.part == "p1"
    assert [b.part for b in concept.next_bottlenecks] == ["p0"]
    # governing belongs to the state that stops, or to the last one asked
    n = min(count + 1, 3)
    assert concept.governing.uc == pytest.approx(1.3 * (105 + 10 * n) / n_hi)
    assert concept.governing.scenario == f"hsb+{n}"
    assert concept.governing.outcome == ("ok" if count == 3 else "over")


def test_unknown_separates_possible_from_proven():
    got = run(stack(), [np.nan, 163.0]).per_concept[0]
    assert (got.proven_vertical, got.possible_vertical) == (0, 2)
    assert [(u.part, u.why) for u in got.unknown] == [("p0", "strength unknown")]
    parts = make_parts(2, bearing_known=np.array([False, True]))
    got = run(stack(), [500.0, 163.0], parts=parts).per_concept[0]
    assert (got.proven_vertical, got.possible_vertical) == (0, 2)
    assert got.unknown[0].why == "bearing not settled"


def test_parts_the_extension_does_not_load_do_not_decide():
    td = make_take_down([40.0, 100.0, 60.0], np.zeros((3, 1)), [[1.0], [1.0], [0.0]])
    got = run(td, [500.0, 163.0, np.nan]).per_concept[0]
    assert (got.proven_vertical, got.possible_vertical) == (2, 2)
    assert got.unknown == ()
    # over at verbouw (78 > 75) but not at afkeur (72): unchanged, so it may stay
    got = run(td, [500.0, 163.0, 75.0])
    assert got.existing_over == ()
    assert got.per_concept[0].proven_vertical == 2


def test_rejection_anywhere_comes_first_and_stops_everything():
    td = make_take_down([40.0, 100.0, 60.0], np.zeros((3, 1)), [[1.0], [1.0], [0.0]])
    got = run(td, [500.0, 500.0, 70.0])  # afkeur 1.2 * 60 = 72
    assert [(b.part, b.scenario) for b in got.existing_over] == [("p2", "existing, afkeur")]
    assert got.existing_over[0].uc == pytest.approx(72 / 70)
    assert (got.per_concept[0].proven_vertical, got.per_concept[0].possible_vertical) == (0, 0)


def test_existing_failure_of_a_loaded_part_is_never_cured():
    # 1.3 * 100 = 130 > 125 as it stands (afkeur 120 passes); a light extension over a lifting head would lower N
    td = make_take_down([40.0, 100.0], np.zeros((2, 1)), [[1.0], [-1.0]])
    got = run(td, [500.0, 125.0])
    assert [(b.part, b.scenario) for b in got.existing_over] == [("p1", "existing, verbouw")]
    assert got.states[0].result.verdict(1) == "ok"
    assert got.per_concept[0].possible_vertical == 0


def test_uplift_by_negative_influence_is_unknown():
    # N_min = 0.9 * 15 - 1.3 * 15 < 0 at +1
    td = make_take_down([40.0, 15.0], np.zeros((2, 1)), [[1.0], [-1.0]])
    got = run(td, [500.0, 500.0]).per_concept[0]
    assert (got.proven_vertical, got.possible_vertical) == (0, 3)
    assert got.unknown[0].why == "uplift under permanent load"


def test_every_state_up_to_n_must_pass():
    # a gap in the counts ends the count
    scenarios = [s for s in storey_scenarios() if s.storeys != 2]
    assert run(stack(), [500.0, 500.0], scenarios=scenarios).per_concept[0].proven_vertical == 1
    # +2 lighter than +1 (other roof): +1 fails, so +2 does not count
    heavy_first = [
        Scenario(id="hsb+1", concept="hsb", storeys=1, head_permanent_kn=np.array([60.0]), head_imposed_kn=np.zeros((1, 1))),
        Scenario(id="hsb+2", concept="hsb", storeys=2, head_permanent_kn=np.array([10.0]), head_imposed_kn=np.zeros((1, 2))),
    ]
    got = run(stack(), [500.0, 150.0], scenarios=heavy_first).per_concept[0]
    assert (got.proven_vertical, got.possible_vertical) == (0, 0)


def test_stripped_roof_is_a_state_too():
    # stripping 35 kN from a pier that carries 40: N_min = 0.9 * 40 - 1.3 * 35 < 0, so nothing is proven
    got = run(stack(), [500.0, 500.0], scenarios=storey_scenarios(stripped=-35.0)).per_concept[0]
    assert (got.proven_vertical, got.possible_vertical) == (0, 3)
    got = run(stack(), [500.0, 500.0], scenarios=storey_scenarios(stripped=-5.0)).per_concept[0]
    assert got.proven_vertical == 3


def test_a_roof_that_nothing_is_taken_off_is_the_building_as_it_stands():
    got = run(stack(), [500.0, 163.0], scenarios=storey_scenarios(stripped=0.0)).per_concept[0]
    assert (got.proven_vertical, got.possible_vertical, got.unknown) == (2, 2, ())
    # what is taken off and reaches no part is another matter, and so is a load that nobody knows
    nothing = make_take_down([40.0, 100.0], np.zeros((2, 1)), [[0.0], [0.0]])
    assert run(nothing, [500.0, 500.0], scenarios=storey_scenarios(0, stripped=-5.0)).per_concept[0].proven_vertical == 0
    assert run(stack(), [500.0, 500.0], scenarios=storey_scenarios(stripped=np.nan)).per_concept[0].proven_vertical == 0


def test_envelope_over_distributions():
    other = make_take_down([40.0, 120.0], np.zeros((2, 1)), [[1.0], [1.2]], distribution="continuous")
    # 1.3 * (120 + 1.2 * 15) = 179.4 at +1
    assert run(stack(), [500.0, 179.0]).per_concept[0].proven_vertical == 3
    got = run(stack(), [500.0, 179.0], more=other)
    assert got.per_concept[0].proven_vertical == 0
    assert got.states[0].result.uc[1] == pytest.approx(179.4 / 179)


def test_load_that_reaches_no_part_is_never_proven():
    td = make_take_down([40.0, 100.0], np.zeros((2, 1)), [[1.0, 0.0], [1.0, 0.0]])
    got = run(td, [500.0, 500.0]).per_concept[0]
    assert (got.proven_vertical, got.lost_load) == (0, True)
    nothing = make_take_down([40.0, 100.0], np.zeros((2, 1)), [[0.0], [0.0]])
    assert run(nothing, [500.0, 500.0]).per_concept[0].proven_vertical == 0


def test_unknown_product_load_spoils_only_what_it_reaches():
    td = make_take_down([40.0, 100.0], np.zeros((2, 1)), [[1.0, 0.0], [0.0, 1.0]])
    scenario = Scenario(id="x+1", concept="x", storeys=1, head_permanent_kn=np.array([np.nan, 10.0]), head_imposed_kn=np.zeros((2, 1)))
    permanent, _, _, _ = added_loads(scenario, Influence.of(td))
    assert np.isnan(permanent).tolist() == [True, False]
    got = run(td, [500.0, 500.0], scenarios=[scenario])
    assert [got.states[0].result.verdict(i) for i in range(2)] == ["unknown", "ok"]
    assert (got.per_concept[0].proven_vertical, got.per_concept[0].possible_vertical) == (0, 1)


def test_unknown_influence_is_never_unaffected():
    td = make_take_down([40.0, 100.0], np.zeros((2, 1)), [[1.0], [np.nan]])
    got = run(td, [500.0, 500.0])
    assert got.states[0].affected.tolist() == [True, True]
    assert (got.per_concept[0].proven_vertical, got.per_concept[0].unknown[0].part) == (0, "p1")


def test_heads_do_not_net_out():
    # head 0 presses 20, head 1 lifts: permanent 20, relief -0.5 * 20; imposed 8 down and -0.5 * 8 apart
    td = make_take_down([100.0], [[0.0]], [[1.0, -0.5]])
    scenario = Scenario(
        id="x+1", concept="x", storeys=1, head_permanent_kn=np.array([20.0, 20.0]), head_imposed_kn=np.array([[8.0], [8.0]])
    )
    permanent, relief, imposed, raised = added_loads(scenario, Influence.of(td))
    assert (permanent[0], relief[0], imposed[0, 0], raised[0]) == (20.0, -10.0, 8.0, -4.0)
    # 0.9 * 120 - 1.3 * 10 - 1.3 * 4 = 89.8; what lifts does not relieve: 1.3 * 120 + 1.3 * 0.4 * 8 - 0.9 * 10 = 151.16
    named = {"added_permanent_kn": permanent, "added_relief_kn": relief, "added_imposed_kn": imposed, "added_raised_kn": raised}
    got = part_effects(td, factors=VERBOUW, psi0=0.4, **named)
    assert (got.n_min_kn[0, FOOT], got.n_max_kn[0, FOOT]) == pytest.approx((89.8, 151.16))


def test_concepts_are_separate_and_order_does_not_matter():
    scenarios = storey_scenarios(concept="clt", g=25.0) + storey_scenarios(concept="hsb", g=10.0)
    got = run(stack(), [500.0, 170.0], scenarios=scenarios[::-1])
    # clt +1: 1.3 * 130 = 169; hsb +2: 162.5, +3: 175.5
    assert [(c.concept, c.proven_vertical) for c in got.per_concept] == [("clt", 1), ("hsb", 2)]
    assert [s.scenario.id for s in got.states] == ["clt+1", "clt+2", "clt+3", "hsb+1", "hsb+2", "hsb+3"]


def test_bottlenecks_are_distinct_parts():
    n = 6
    td = make_take_down(np.linspace(50, 100, n), np.zeros((n, 1)), np.ones((n, 1)))
    got = run(td, np.full(n, 160.0)).per_concept[0]
    listed = [got.governing, *got.next_bottlenecks]
    assert [b.part for b in listed] == ["p5", "p4", "p3", "p2"]
    assert [b.uc for b in listed] == sorted((b.uc for b in listed), reverse=True)


@settings(max_examples=40, deadline=None)
@given(seed=st.integers(0, 10_000))
def test_one_more_storey_never_lowers_the_largest_force(seed):
    rng = np.random.default_rng(seed)
    n_part, n_head = 8, 5
    td = make_take_down(
        rng.uniform(-10, 300, n_part),
        rng.uniform(0, 40, (n_part, 4)),
        rng.uniform(0, 1, (n_part, n_head)),
        self_weight=5.0,
        roof=rng.uniform(0, 20),
    )
    influence = Influence.of(td)
    before = part_effects(td, factors=VERBOUW, psi0=0.4).n_max_kn
    for scenario in storey_scenarios(4, n_head=n_head, g=rng.uniform(0, 20), q=rng.uniform(0, 20), roof=rng.uniform(0, 5)):
        named = {f"added_{name}_kn": value for name, value in added_loads(scenario, influence)._asdict().items()}
        after = part_effects(td, factors=VERBOUW, psi0=0.4, **named).n_max_kn
        assert np.all(after >= before - 1e-9)
        before = after


@settings(max_examples=25, deadline=None)
@given(seed=st.integers(0, 10_000))
def test_proven_never_exceeds_possible_and_more_strength_never_hurts(seed):
    rng = np.random.default_rng(seed)
    td = make_take_down(rng.uniform(50, 150, 5), rng.uniform(0, 30, (5, 3)), rng.uniform(0, 1, (5, 2)))
    n_hi = rng.uniform(180, 300, 5)
    weak = run(td, n_hi).per_concept[0]
    strong = run(td, 1.2 * n_hi).per_concept[0]
    assert weak.proven_vertical <= weak.possible_vertical
    assert strong.proven_vertical >= weak.proven_vertical
    blind = run(td, np.where(np.arange(5) == 2, np.nan, n_hi)).per_concept[0]
    assert blind.proven_vertical == 0
    assert blind.possible_vertical >= weak.possible_vertical


def test_what_lifts_where_heads_lift_and_press_by_hand():
    """Influence 0.5, -0.25, 1.0, -0.5: 4 and -2 kN press 2.0 + 0.5; -3 and 6 kN lift 3 + 3; imposed 1.5 + 1.5 and 2 + 2."""
    td = make_take_down([100.0], [[0.0]], [[0.5, -0.25, 1.0, -0.5]])
    scenario = Scenario(
        id="x+1", concept="x", storeys=1, head_permanent_kn=np.array([4.0, -2.0, -3.0, 6.0]),
        head_imposed_kn=np.array([[3.0], [-6.0], [-2.0], [4.0]]),
    )  # fmt: skip
    permanent, relief, imposed, raised = added_loads(scenario, Influence.of(td))
    assert (permanent[0], relief[0], imposed[0, 0], raised[0]) == pytest.approx((2.5, -6.0, 3.0, -4.0))


@pytest.mark.parametrize("order", [(0, 1), (1, 0)])
def test_every_state_of_as_many_storeys_must_pass(order):
    """Two roofs for one storey: 1.3 x (100 + 60) = 208 kN is over 150, 1.3 x 110 = 143 is not."""
    two = [
        Scenario(id=f"hsb+1 {kn}", concept="hsb", storeys=1, head_permanent_kn=np.array([kn]), head_imposed_kn=np.zeros((1, 1)))
        for kn in (10.0, 60.0)
    ]
    got = run(stack(), [500.0, 150.0], scenarios=[two[k] for k in order]).per_concept[0]
    assert (got.proven_vertical, got.possible_vertical) == (0, 0)
    assert run(stack(), [500.0, 150.0], scenarios=two[:1]).per_concept[0].proven_vertical == 1


@pytest.mark.parametrize(("lost", "proven"), [(0.3, 0), (-0.3, 0), (0.0, 3), (1e-12, 3)])
def test_load_of_which_some_goes_nowhere_is_never_proven(lost, proven):
    td = replace(stack(), influence_lost=np.array([lost]))
    got = run(td, [500.0, 500.0]).per_concept[0]
    assert (got.proven_vertical, got.possible_vertical, got.lost_load) == (proven, 3, proven == 0)


def test_a_head_that_loses_load_counts_only_where_there_is_load():
    td = replace(make_take_down([40.0, 100.0], np.zeros((2, 1)), [[1.0, 1.0], [1.0, 1.0]]), influence_lost=np.array([0.0, 0.3]))
    on_first = Scenario(id="x+1", concept="x", storeys=1, head_permanent_kn=np.array([10.0, 0.0]), head_imposed_kn=np.zeros((2, 1)))
    on_both = Scenario(id="x+1", concept="x", storeys=1, head_permanent_kn=np.array([10.0, 0.0]), head_imposed_kn=np.array([[0.0], [-5.0]]))
    assert run(td, [500.0, 500.0], scenarios=[on_first]).per_concept[0].proven_vertical == 1
    assert run(td, [500.0, 500.0], scenarios=[on_both]).per_concept[0].proven_vertical == 0


def test_an_unknown_load_that_lifts_spoils_what_it_lifts():
    td = make_take_down([100.0, 100.0], np.zeros((2, 1)), [[1.0, -0.5], [1.0, 0.0]])
    scenario = Scenario(
        id="x+1", concept="x", storeys=1, head_permanent_kn=np.array([20.0, np.nan]), head_imposed_kn=np.array([[8.0], [np.nan]])
    )
    _, relief, _, raised = added_loads(scenario, Influence.of(td))
    assert np.isnan(relief).tolist() == [True, False]
    assert np.isnan(raised).tolist() == [True, False]


@pytest.mark.parametrize("off", [[-5.0, 0.0], [0.0, -5.0]])
def test_a_roof_of_which_a_part_is_taken_off_is_not_the_building_as_it_stands(off):
    """What goes off one head of two reaches no part: nobody knows what it stood on."""
    nothing = make_take_down([40.0, 100.0], np.zeros((2, 1)), np.zeros((2, 2)))
    bare = Scenario(id="hsb+0", concept="hsb", storeys=0, head_permanent_kn=np.array(off), head_imposed_kn=np.zeros((2, 0)))
    [state] = run(nothing, [500.0, 500.0], scenarios=[bare]).states
    assert (state.lost_load, state.affected.any()) == (True, False)
    assert run(nothing, [500.0, 500.0], scenarios=[bare]).per_concept[0].lost_load


def test_storeys_that_weigh_nothing_are_never_proven():
    """A product of which no load is known to be more than nothing loads no part: carried by nobody knows what."""
    weightless = Scenario(id="x+1", concept="x", storeys=1, head_permanent_kn=np.zeros(1), head_imposed_kn=np.zeros((1, 1)))
    got = run(stack(), [500.0, 500.0], scenarios=[weightless]).per_concept[0]
    assert (got.proven_vertical, got.possible_vertical) == (0, 1)


def test_an_unknown_load_spoils_what_it_reaches_by_a_twentieth():
    td = make_take_down([40.0, 100.0, 60.0], np.zeros((3, 1)), [[1.0], [0.05], [0.0]])
    scenario = Scenario(id="x+1", concept="x", storeys=1, head_permanent_kn=np.array([np.nan]), head_imposed_kn=np.zeros((1, 1)))
    assert np.isnan(added_loads(scenario, Influence.of(td)).permanent).tolist() == [True, True, False]


def two_heads(first, second):
    """Two states: the first head presses p1, the second p0."""
    loads = {1: first, 2: second}
    return [
        Scenario(id=f"x+{n}", concept="x", storeys=n, head_permanent_kn=np.array(kn), head_imposed_kn=np.zeros((2, n)))
        for n, kn in loads.items()
    ]


def test_load_that_is_lost_in_one_state_is_told():
    td = make_take_down([40.0, 100.0], np.zeros((2, 1)), [[1.0, 0.0], [1.0, 0.0]])
    got = run(td, [500.0, 500.0], scenarios=two_heads([10.0, 0.0], [10.0, 10.0])).per_concept[0]
    assert (got.proven_vertical, got.possible_vertical, got.lost_load) == (1, 2, True)


def test_what_is_unknown_beyond_the_possible_storeys_is_not_listed():
    """1.3 x 110 = 143 kN fits 150, 1.3 x 130 = 169 does not; p0 carries new load in that state only, and its strength is not known."""
    td = make_take_down([40.0, 100.0], np.zeros((2, 1)), [[0.0, 1.0], [1.0, 0.0]])
    got = run(td, [np.nan, 150.0], scenarios=two_heads([10.0, 0.0], [30.0, 10.0])).per_concept[0]
    assert (got.proven_vertical, got.possible_vertical, got.unknown) == (1, 1, ())
    # one storey is not possible: then what is unknown in the state that stops is listed
    got = run(td, [np.nan, 140.0], scenarios=two_heads([10.0, 10.0], [30.0, 10.0])).per_concept[0]
    assert (got.possible_vertical, [one.part for one in got.unknown]) == (0, ["p0"])
