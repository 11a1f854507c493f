"""Effects and unity checks by hand on two parts; every road to unknown."""

import dataclasses

import numpy as np
import pytest
from checks_factory import make_elements, make_materials, make_parts, make_take_down

from optopscan.catalog.engineering import load_engineering
from optopscan.checks.resistance import EXTRA, FOOT, HEAD, MID, Resistance, part_resistance
from optopscan.checks.utilisation import capacity, check_of, governing_checks, part_effects, section_utilisation, utilisation, why_unknown

ENGINEERING = load_engineering()
VERBOUW = ENGINEERING.factor_set("nen8700", "verbouw", "CC2")


def make_resistance(n_hi, *, n_lo=0.0):
    """A resistance with given limits [kN] at all sections."""
    hi = np.array([np.broadcast_to(row, 4) for row in n_hi], dtype=float)
    n = len(hi)
    return Resistance(
        applies=np.ones((n, 4), bool),
        n_lo_kn=np.full((n, 4), float(n_lo)),
        n_hi_kn=hi,
        clauses=(("a", "b", "c", "d"),) * n,
        reason=tuple("strength unknown" if np.isnan(row).any() else "" for row in hi),
        terms={},
        texts={},
    )


def test_sys_s2_at_the_foot_and_less_own_weight_above():
    # existing wall of SYS-S2: G 117.41, three floors of 10.71; verbouw 169.35 at the foot
    td = make_take_down([117.41], [[10.71] * 3], [[1.0]], self_weight=10.3)
    got = part_effects(td, factors=VERBOUW, psi0=0.4)
    assert got.n_max_kn[0, FOOT] == pytest.approx(169.35, rel=2e-3)
    # mid: 1.3 * 112.26 + 1.3 * 0.4 * 32.13 = 162.65 (6.10a); head: 1.15 * 107.11 + 1.3 * 2.4 * 10.71 = 156.59 (6.10b)
    assert got.n_max_kn[0, [MID, HEAD]] == pytest.approx([162.65, 156.59], abs=0.01)
    assert got.combination[0].tolist() == [1, 0, 0, 0]
    assert got.n_max_kn[0, EXTRA] == got.n_max_kn[0, FOOT]
    assert got.n_min_kn[0, FOOT] == pytest.approx(0.9 * 117.41)
    # extended: +7.98 permanent, one more floor
    new = part_effects(td, factors=VERBOUW, psi0=0.4, added_permanent_kn=7.98, added_imposed_kn=np.array([[10.71]]))
    assert new.n_max_kn[0, FOOT] == pytest.approx(185.29, rel=2e-3)


def test_negative_influence_counts_with_09_in_the_maximum_and_full_in_the_minimum():
    td = make_take_down([100.0], [[10.0]], [[1.0]])
    got = part_effects(td, factors=VERBOUW, psi0=0.4, added_permanent_kn=-20.0, added_imposed_kn=np.array([[-50.0]]))
    # 1.3 * 100 - 0.9 * 20 + 1.3 * 0.4 * 10 = 117.2 ; 6.10b 115 - 18 + 13 = 110
    assert got.n_max_kn[0, FOOT] == pytest.approx(117.2)
    # 0.9 * 100 - 1.3 * 20 = 64; new variable load is never relief
    assert got.n_min_kn[0, FOOT] == pytest.approx(64.0)


def test_roof_load_leads_where_floors_are_absent():
    td = make_take_down([10.0], [[0.0]], [[1.0]], roof=8.0)
    # 1.15 * 10 + 1.3 * 8 = 21.9 over 13.0
    assert part_effects(td, factors=VERBOUW, psi0=0.4).n_max_kn[0, FOOT] == pytest.approx(21.9)


def state(td, resistance, *, bearing=True, psi0=0.4):
    parts = make_parts(len(resistance), bearing_known=np.full(len(resistance), bearing))
    return utilisation({"simple": part_effects(td, factors=VERBOUW, psi0=psi0)}, resistance, bearing_known=parts.bearing_known), parts


def test_ok_over_unknown():
    td = make_take_down([100.0] * 4, np.zeros((4, 1)), np.eye(4))
    got, parts = state(td, make_resistance([131.0, 129.0, np.nan, [131.0, np.nan, 131.0, 131.0]]))
    # N = 130
    assert [got.verdict(i) for i in range(4)] == ["ok", "over", "unknown", "unknown"]
    assert got.uc[:2] == pytest.approx([130 / 131, 130 / 129])
    assert np.isnan(got.uc[2])
    assert got.uc[3] == pytest.approx(130 / 131)
    assert why_unknown(got, make_resistance([131.0, 129.0, np.nan, 131.0]), parts, 2) == "strength unknown"


def test_a_known_failure_beats_an_unknown_section_but_not_unknown_bearing():
    td = make_take_down([100.0], [[0.0]], [[1.0]])
    resistance = make_resistance([[90.0, np.nan, 200.0, 200.0]])
    got, _ = state(td, resistance)
    assert got.verdict(0) == "over"
    got, parts = state(td, resistance, bearing=False)
    assert got.verdict(0) == "unknown"
    assert why_unknown(got, resistance, parts, 0) == "bearing not settled; strength unknown"


def test_uplift_and_unknown_load_are_unknown():
    resistance = make_resistance([500.0, 500.0])
    got, parts = state(make_take_down([-5.0, np.nan], np.zeros((2, 1)), np.eye(2)), resistance)
    assert [got.verdict(i) for i in range(2)] == ["unknown", "unknown"]
    assert why_unknown(got, resistance, parts, 0) == "uplift under permanent load"
    assert why_unknown(got, resistance, parts, 1) == "load unknown"
    # uplift at the head alone is enough: 4 at the foot, own weight 6
    got, _ = state(make_take_down([4.0, 6.0], np.zeros((2, 1)), np.eye(2), self_weight=6.0), resistance)
    assert [got.verdict(i) for i in range(2)] == ["unknown", "ok"]


def test_no_resistance_and_no_load():
    td = make_take_down([0.0, 10.0], np.zeros((2, 1)), np.eye(2))
    got, _ = state(td, make_resistance([0.0, 0.0]))
    assert got.uc.tolist() == [0.0, np.inf]
    assert [got.verdict(i) for i in range(2)] == ["ok", "over"]


def test_too_little_axial_load_fails_a_part_with_a_lower_limit():
    td = make_take_down([100.0, 100.0], np.zeros((2, 1)), np.eye(2))
    effects = part_effects(td, factors=VERBOUW, psi0=0.4)
    # N_min = 90: uc = 99 / 90 and N_max 130 / 500
    assert section_utilisation(effects, make_resistance([500.0, 500.0], n_lo=99.0))[0] == pytest.approx([1.1] * 4)
    assert section_utilisation(effects, make_resistance([500.0, 500.0], n_lo=45.0))[0] == pytest.approx([0.5] * 4)


def test_envelope_takes_the_worse_distribution():
    a = make_take_down([100.0, 50.0], np.zeros((2, 1)), np.eye(2))
    b = make_take_down([80.0, 70.0], np.zeros((2, 1)), np.eye(2), distribution="continuous")
    effects = {td.distribution: part_effects(td, factors=VERBOUW, psi0=0.4) for td in (a, b)}
    got = utilisation(effects, make_resistance([200.0, 200.0]), bearing_known=np.ones(2, bool))
    assert got.uc == pytest.approx([0.65, 1.3 * 70 / 200])
    assert got.distribution.tolist() == [0, 1]


def recompute_force(x):
    """N_Ed from explained inputs only."""
    q = [(x[f"imposed_{k}_kn"], x[f"psi0_{k}"]) for k in range(sum(1 for name in x if name.startswith("psi0_")))]
    accompanying = sum(v * psi for v, psi in q)
    two = sum(sorted((v * (1 - psi) for v, psi in q), reverse=True)[:2])
    relief = x["gamma_g_inf"] * x["permanent_relief_kn"]
    a = x["gamma_ga"] * x["permanent_kn"] + relief + x["gamma_q"] * accompanying
    b = x["gamma_gb"] * x["permanent_kn"] + relief + x["gamma_q"] * (accompanying + max(two, x["imposed_roof_kn"]))
    return max(a, b)


def test_a_check_carries_everything_that_recomputes_it():
    parts = make_parts(2, floor_sides=np.array([1, 2]))
    resistance = part_resistance(parts=parts, elements=make_elements(2), materials=make_materials(2), factors=VERBOUW)
    td = make_take_down([31.0, 47.0], [[6.0, 5.0, 4.0]] * 2, np.eye(2), self_weight=6.3, roof=2.0)
    got = utilisation({"simple": part_effects(td, factors=VERBOUW, psi0=0.4)}, resistance, bearing_known=parts.bearing_known)
    for check in governing_checks(got, resistance, parts, scenario="existing"):
        assert recompute_force(check.inputs) == pytest.approx(check.n_kn, rel=1e-9)
        x = check.inputs
        n_rd = x["phi"] * x["t_mm"] * x["l_mm"] * x["fd_mpa"] / 1000
        assert n_rd == pytest.approx(check.resistance, rel=1e-9)
        assert check.n_kn / n_rd == pytest.approx(check.uc, rel=1e-9)
        assert check.inputs["distribution"] == "simple"
    ucs = [c.uc for c in governing_checks(got, resistance, parts, scenario="existing")]
    assert ucs == sorted(ucs, reverse=True)
    assert len(governing_checks(got, resistance, parts, scenario="existing", count=1)) == 1


def test_a_check_of_an_unknown_part_says_why():
    got, parts = state(make_take_down([10.0], [[1.0]], [[1.0]]), make_resistance([np.nan]))
    check = check_of(got, make_resistance([np.nan]), parts, 0, scenario="existing")
    assert (check.outcome, check.inputs["unknown"]) == ("unknown", "strength unknown")
    assert np.isnan(check.uc)


def test_capacity_picks_the_section_that_limits_load_from_above():
    # head 100, foot 105 with own weight 10: from above 100 against 105 - 1.3 * 10 = 92, so the foot governs
    td = make_take_down([40.0, 40.0, 40.0], np.zeros((3, 1)), np.eye(3), self_weight=10.0)
    resistance = make_resistance([[100.0, 150.0, 105.0, 150.0], [100.0, 150.0, 120.0, 150.0], np.nan])
    got, _ = state(td, resistance)
    cap = capacity(resistance, td, got, factors=VERBOUW)
    assert cap.n_hi_kn[:2].tolist() == [105.0, 100.0]
    assert np.isnan(cap.n_hi_kn[2])
    assert np.isnan(cap.n_lo_kn[2])
    assert cap.own_weight_factor[:2].tolist() == [1.0, 0.0]
    assert cap.clause[:2] == ("c", "a")
    assert cap.existing_over.tolist() == [False, False, False]


def test_assumed_strength_is_over_only_when_the_best_plausible_strength_fails():
    """N_Ed = 1.30 x 100 = 130 kN: UC 1.3 with the assumed strength, 0.93 and 1.08 with the highest plausible one."""
    resistance = dataclasses.replace(make_resistance([100.0, 100.0, 140.0]), n_best_kn=np.array([[140.0] * 4, [120.0] * 4, [150.0] * 4]))
    take = make_take_down([100.0] * 3, np.zeros((3, 1)), np.zeros((3, 1)))
    effects = {"simple": part_effects(take, factors=VERBOUW, psi0=0.4)}
    result = utilisation(effects, resistance, bearing_known=np.ones(3, bool))
    assert [result.verdict(i) for i in range(3)] == ["unknown", "over", "ok"]
    assert "higher strength" in why_unknown(result, resistance, make_parts(3), 0)


def test_capacity_is_right_for_both_combinations_where_they_meet_different_sections():
    """Head 100, foot 112 with own weight 10.

    6.10a: 100 at the head, 112 - 1.3 x 10 = 99 at the foot. 6.10b: 100 at the head, 112 - 1.15 x 10 = 100.5 at the foot.
    """
    td = make_take_down([40.0], np.zeros((1, 1)), np.eye(1), self_weight=10.0)
    resistance = make_resistance([[100.0, 150.0, 112.0, 150.0]])
    got, _ = state(td, resistance)
    cap = capacity(resistance, td, got, factors=VERBOUW)
    room = [float(cap.n_hi_kn[0] - gamma * cap.own_weight_factor[0] * 10.0) for gamma in (1.30, 1.15)]
    assert room == pytest.approx([99.0, 100.0])
    # lifted first at the head, where no own weight holds it down: N_min at the foot is 9 more
    assert cap.n_lo_kn[0] - 0.9 * cap.own_weight_factor[0] * 10.0 == pytest.approx(0.0)


def test_a_part_that_resists_almost_nothing():
    """0.1 kN on 0.05 kN is 2, on 0.2 kN a half, on nothing inf; a wall that needs half of its least force too is at a half."""
    take = make_take_down([0.1 / 1.3] * 3, np.zeros((3, 1)), np.zeros((3, 1)))
    effects = part_effects(take, factors=VERBOUW, psi0=[0.4])
    n = effects.n_max_kn[:, FOOT]
    found = section_utilisation(effects, make_resistance([[0.5 * n[0]], [2.0 * n[1]], [0.0]]))
    assert found[:, FOOT] == pytest.approx([2.0, 0.5, np.inf])
    low = section_utilisation(effects, make_resistance([[10.0]] * 3, n_lo=0.5 * float(effects.n_min_kn[0, FOOT])))
    assert low[:, FOOT] == pytest.approx([0.5] * 3)
