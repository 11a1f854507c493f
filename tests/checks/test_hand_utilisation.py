"""Effects, verdicts and capacity by hand where a slip makes an unknown part ok, hides what lifts or tells another section."""

from dataclasses import replace

import numpy as np
import pytest
from checks_factory import make_parts, make_take_down
from test_utilisation import VERBOUW, make_resistance, state

from optopscan.checks.resistance import EXTRA, FOOT, HEAD, Resistance
from optopscan.checks.utilisation import capacity, check_of, governing_checks, part_effects, section_utilisation, utilisation, why_unknown


def under(g_kn, **kw):
    """Permanent load alone on parts of no weight, verbouw CC2: N_max = 1.30 G, N_min = 0.90 G."""
    n = len(g_kn)
    return part_effects(make_take_down(g_kn, np.zeros((n, 1)), np.zeros((n, 1))), factors=VERBOUW, psi0=0.4, **kw)


def told(effects, resistance):
    """The result on parts that certainly bear; one set of effects or one per distribution."""
    given = effects if isinstance(effects, dict) else {"simple": effects}
    return utilisation(given, resistance, bearing_known=np.ones(len(resistance), bool))


def test_new_storeys_take_the_largest_psi0_of_the_old_ones():
    """Old 10 at 0.4 and 20 at 0.7, new 10: 6.10a 1.3 x 200 + 1.3 x (4 + 14 + 7) = 292.5; with 0.4 of the new one it would be 288.6.

    6.10b 1.15 x 200 + 32.5 + 1.3 x 6 + 1.3 x 6 = 278.1 is less.
    """
    new = {"factors": VERBOUW, "added_imposed_kn": np.array([[10.0]])}
    td = make_take_down([200.0], [[10.0, 20.0]], [[1.0]])
    assert part_effects(td, psi0=[0.4, 0.7], **new).n_max_kn[0, FOOT] == pytest.approx(292.5)
    assert part_effects(td, psi0=[0.4, 0.7], psi0_added=0.4, **new).n_max_kn[0, FOOT] == pytest.approx(288.6)


def test_a_building_without_new_storeys_has_no_load_of_them():
    got = part_effects(make_take_down([50.0], [[10.0, 20.0]], [[1.0]]), factors=VERBOUW, psi0=0.4)
    assert got.imposed_kn.tolist() == [[10.0, 20.0]]
    assert [name for name in got.explain(0, FOOT) if name.startswith("psi0")] == ["psi0_0", "psi0_1"]


def test_load_of_new_storeys_that_lifts_is_told_and_other_load_of_them_is_not_relief():
    """0.9 x 100 - 1.3 x 30 = 51 kN at least, 130 at most; the 5 kN that does not lift holds nothing down."""
    got = under([100.0, 100.0, 100.0], added_raised_kn=np.array([-30.0, 0.0, 5.0]))
    assert got.n_min_kn[:, HEAD] == pytest.approx([51.0, 90.0, 90.0])
    assert got.n_max_kn[:, HEAD] == pytest.approx([130.0] * 3)
    assert got.raised_kn.tolist() == [-30.0, 0.0, 0.0]
    assert got.explain(0, HEAD)["imposed_raised_kn"] == -30.0
    assert "imposed_raised_kn" not in got.explain(1, HEAD)


def test_a_part_whose_least_force_is_not_known_has_no_unity_check():
    """N_max 130 on 200 kN looks like 0.65, but what lifts is not known: neither checked nor ok."""
    effects = under([100.0, 100.0], added_raised_kn=np.array([np.nan, 0.0]))
    assert effects.n_max_kn[:, FOOT] == pytest.approx([130.0, 130.0])
    resistance = make_resistance([200.0, 200.0])
    assert np.isnan(section_utilisation(effects, resistance)[0]).all()
    got = told(effects, resistance)
    assert [got.verdict(i) for i in range(2)] == ["unknown", "ok"]
    assert why_unknown(got, resistance, make_parts(2), 0) == "load unknown"


@pytest.mark.parametrize("section", [HEAD, EXTRA])
@pytest.mark.parametrize("which", ["n_max_kn", "n_min_kn"])
def test_a_force_that_is_not_known_in_one_section_leaves_the_part_unknown(section, which):
    effects = under([100.0])
    force = getattr(effects, which).copy()
    force[0, section] = np.nan
    got = told(replace(effects, **{which: force}), make_resistance([200.0]))
    assert got.verdict(0) == "unknown"
    assert bool(got.load_unknown[0])


@pytest.mark.parametrize("turned", [False, True])
def test_one_distribution_that_lifts_or_is_not_known_is_enough(turned):
    """Of two ways down: 0.9 x -5 kN lifts in one and not in the other, and a load that is known in one of them alone."""
    names = ("continuous", "simple") if turned else ("simple", "continuous")
    effects = dict(zip(names, (under([100.0, 100.0, 100.0]), under([-5.0, np.nan, 50.0])), strict=True))
    got = told(effects, make_resistance([200.0] * 3))
    assert got.uplift.tolist() == [True, False, False]
    assert got.load_unknown.tolist() == [False, True, False]
    assert [got.verdict(i) for i in range(3)] == ["unknown", "unknown", "ok"]


def test_a_part_that_is_just_full_is_ok():
    """1.30 x 100 = 130 kN on 130 kN: the limit itself is allowed (EN 1990 (6.8))."""
    got = told(under([100.0]), make_resistance([130.0]))
    assert got.uc[0] == 1.0
    assert got.verdict(0) == "ok"


def test_a_little_too_much_of_an_assumed_strength_is_unknown_and_says_so():
    """130 / 125 = 1.04 with the assumed strength, 130 / 140 = 0.93 with the highest plausible one: neither ok nor over."""
    resistance = replace(make_resistance([125.0]), n_best_kn=np.full((1, 4), 140.0))
    got = told(under([100.0]), resistance)
    assert got.uc[0] == pytest.approx(1.04)
    assert got.verdict(0) == "unknown"
    assert why_unknown(got, resistance, make_parts(), 0) == "passes only with a higher strength than assumed"


def test_a_part_that_is_just_full_does_not_ask_for_a_higher_strength():
    """130 on 130 kN where it is known: only the section that is not known is a reason."""
    resistance = make_resistance([[130.0, np.nan, 130.0, 130.0]])
    got = told(under([100.0]), resistance)
    assert (got.uc[0], got.verdict(0)) == (1.0, "unknown")
    assert why_unknown(got, resistance, make_parts(), 0) == "strength unknown"


@pytest.mark.parametrize(("weak", "why"), [(FOOT, "a larger bearing"), (HEAD, "a shorter load")])
def test_what_is_between_at_the_foot_has_words_of_its_own(weak, why):
    """130 on 120 kN at the foot is the contact with the wall below, elsewhere the part itself."""
    words = {"between_foot": ("a larger bearing",), "between": ("a shorter load",)}
    hi = np.where(np.arange(4) == weak, 120.0, 200.0)
    resistance = replace(make_resistance([hi]), n_best_kn=np.full((1, 4), 400.0), texts=words)
    assert why_unknown(told(under([100.0]), resistance), resistance, make_parts(), 0) == why


def test_a_check_tells_the_section_that_is_used_most_and_not_the_weakest():
    """G 80 with 10 of its own: head 1.3 x 70 = 91 on 100, foot 104 on 105: 0.990 at the foot though the head resists less.

    Half of its own weight at mid: 1.3 x 75 / 150 = 0.65. The load stands 20 mm beside the axis at the foot: 104 x 0.020 = 2.08 kNm.
    """
    td = make_take_down([80.0], np.zeros((1, 1)), np.eye(1), self_weight=10.0)
    resistance = replace(make_resistance([[100.0, 150.0, 105.0, 150.0]]), terms={"e_load_mm": np.array([[50.0, 40.0, 20.0, np.nan]])})
    got, parts = state(td, resistance)
    check = check_of(got, resistance, parts, 0, scenario="existing")
    assert (check.clause, check.n_kn, check.resistance, check.uc) == ("c", pytest.approx(104.0), 105.0, pytest.approx(104.0 / 105.0))
    assert check.m_knm == pytest.approx(2.08)
    assert check.inputs["section"] == "foot"
    assert section_utilisation(got.effects[0], resistance)[0] == pytest.approx([0.91, 0.65, 104.0 / 105.0, 104.0 / 150.0])


def test_a_check_without_a_unity_check_tells_the_weakest_section_and_no_moment():
    """The load is not known: of 100, 90, 105 and 150 kN the second is the least."""
    resistance = make_resistance([[100.0, 90.0, 105.0, 150.0], [200.0] * 4])
    got = told(under([np.nan, 100.0]), resistance)
    assert check_of(got, resistance, make_parts(2), 0, scenario="existing").clause == "b"
    assert check_of(got, resistance, make_parts(2), 1, scenario="existing").m_knm == 0.0


def test_the_weakest_section_is_one_that_is_known_and_only_what_is_not_known_has_a_reason():
    resistance = make_resistance([[np.nan, 150.0, 105.0, 150.0], [200.0] * 4])
    assert resistance.explain(0)["section"] == "foot"
    assert resistance.explain(0)["reason"] == "strength unknown"
    assert "reason" not in resistance.explain(1)


def test_five_checks_are_told_where_no_number_is_asked():
    resistance = make_resistance([200.0 + i for i in range(7)])
    found = governing_checks(told(under([100.0] * 7), resistance), resistance, make_parts(7), scenario="existing")
    assert [check.part for check in found] == ["p0", "p1", "p2", "p3", "p4"]


def test_capacity_takes_the_assumed_strength_unless_the_best_is_asked():
    """100 kN assumed, 140 at best: only a layout that is possible and not proven may have 140."""
    td = make_take_down([40.0], np.zeros((1, 1)), np.eye(1), self_weight=10.0)
    resistance = replace(make_resistance([100.0]), n_best_kn=np.full((1, 4), 140.0))
    got, _ = state(td, resistance)
    assert capacity(resistance, td, got, factors=VERBOUW).n_hi_kn.tolist() == [100.0]
    assert capacity(resistance, td, got, factors=VERBOUW, best=True).n_hi_kn.tolist() == [140.0]


def test_capacity_of_a_part_with_one_check_for_the_whole():
    """A column: 100 kN at its foot, of which its own 10 kN take their share; sections without a check ask for no least force."""
    td = make_take_down([40.0], np.zeros((1, 1)), np.eye(1), self_weight=10.0)
    applies = np.array([[False, False, False, True]])
    resistance = Resistance(
        applies=applies,
        n_lo_kn=np.where(applies, 0.0, np.nan),
        n_hi_kn=np.where(applies, 100.0, np.nan),
        clauses=(("", "", "", "d"),),
        reason=("",),
        terms={},
        texts={},
    )
    got, _ = state(td, resistance)
    cap = capacity(resistance, td, got, factors=VERBOUW)
    assert (cap.n_lo_kn[0], cap.n_hi_kn[0], cap.own_weight_factor[0], cap.clause[0]) == (0.0, 100.0, 1.0, "d")


def test_capacity_of_a_part_with_an_unknown_section_is_unknown_and_tells_the_weakest_known_one():
    """Foot 105 - 1.3 x 10 = 92 is less than mid 150 - 6.5 and the head is not known."""
    td = make_take_down([40.0], np.zeros((1, 1)), np.eye(1), self_weight=10.0)
    resistance = make_resistance([[np.nan, 150.0, 105.0, 150.0]])
    got, _ = state(td, resistance)
    cap = capacity(resistance, td, got, factors=VERBOUW)
    assert np.isnan([cap.n_lo_kn[0], cap.n_hi_kn[0]]).all()
    assert (cap.clause[0], cap.own_weight_factor[0]) == ("c", 1.0)
