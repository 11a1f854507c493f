"""Combinations: OpenAEC check-en1990 (ACT-S1), the closed take-down SYS-S2, and hand sums."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from optopscan.catalog.engineering import load_engineering
from optopscan.codes import en1990
from optopscan.errors import UsageError

ENGINEERING = load_engineering()
NEW = ENGINEERING.factor_set("nen8700", "nieuwbouw", "CC2")
VERBOUW = ENGINEERING.factor_set("nen8700", "verbouw", "CC2")
AFKEUR = ENGINEERING.factor_set("nen8700", "afkeur", "CC2")


def test_act_s1_two_category_a_actions():
    # Open-Calculations-Studio check-en1990: G 10, Q 5 and 2, psi0 0.4, CC2
    a = en1990.combination_610a(10.0, [5.0, 2.0], psi0=[0.4, 0.4], factors=NEW)
    b = en1990.combination_610b(10.0, [5.0, 2.0], psi0=0.4, factors=NEW)
    assert a == pytest.approx(17.7, rel=1e-3)
    assert b == pytest.approx([20.7, 18.0], rel=1e-3)
    assert max(a, *b) == pytest.approx(20.7, rel=1e-3)


@pytest.mark.parametrize(
    ("factors", "g", "n_storey", "expected"),
    [(NEW, 117.41, 3, 179.45), (NEW, 125.39, 4, 195.45), (VERBOUW, 117.41, 3, 169.35), (VERBOUW, 125.39, 4, 185.29)],
)
def test_sys_s2_two_full_storeys(factors, g, n_storey, expected):
    # each floor brings 4.2 m x 2.55 kN/m2 = 10.71 kN/m
    got = en1990.design_axial_force(g, np.full(n_storey, 10.71), psi0=0.4, factors=factors)
    assert got.n_kn == pytest.approx(expected, rel=2e-3)


def test_sys_s2_from_its_own_weights():
    g_old = 4.2 * (3 * 4.75 + 3.9) + 4 * 2.6 * 3.96
    g_new = g_old + 4.2 * (-0.8 + 0.5 + 0.5 + 0.9 + 0.8)
    assert (g_old, g_new) == pytest.approx((117.41, 125.39), rel=2e-3)
    got = en1990.design_axial_force(g_new, np.full(4, 4.2 * 2.55), psi0=0.4, factors=VERBOUW)
    assert got.n_kn == pytest.approx(185.29, rel=2e-3)
    assert en1990.COMBINATIONS[int(got.combination)] == "6.10a"


def test_two_largest_are_chosen_not_the_first_two():
    # 1.15*100 + 1.3*(9 + 7 + 0.4*(1 + 2)) = 115 + 22.36 = 137.36 ; 6.10a: 130 + 1.3*0.4*19 = 139.88
    got = en1990.design_axial_force(100.0, [1.0, 9.0, 2.0, 7.0], psi0=0.4, factors=VERBOUW)
    assert got.n_kn == pytest.approx(139.88)
    # with G 10: 6.10b = 11.5 + 22.36 = 33.86 ; 6.10a = 13 + 9.88 = 22.88
    got = en1990.design_axial_force(10.0, [1.0, 9.0, 2.0, 7.0], psi0=0.4, factors=VERBOUW)
    assert got.n_kn == pytest.approx(33.86)
    assert int(got.combination) == 1


def test_psi0_per_storey_is_used_for_the_choice():
    # dwelling 10 (psi0 0.4) x2 and storage 12 (psi0 1.0): full extra is 6 for dwellings, 0 for storage
    # 1.15*1 + 1.3*(10 + 10 + 12) = 42.75
    got = en1990.design_axial_force(1.0, [10.0, 10.0, 12.0], psi0=[0.4, 0.4, 1.0], factors=VERBOUW)
    assert got.n_kn == pytest.approx(42.75)


def test_roof_load_leads_alone_and_never_accompanies():
    # roof 20, floors 2 x 5: floors lead 1.15*10 + 1.3*10 = 24.5 ; roof leads 11.5 + 1.3*(20 + 0.4*10) = 42.7
    got = en1990.design_axial_force(10.0, [5.0, 5.0], psi0=0.4, factors=VERBOUW, roof_kn=20.0)
    assert got.n_kn == pytest.approx(42.7)
    assert en1990.COMBINATIONS[int(got.combination)] == "6.10b roof leading"
    # a small roof load changes nothing
    got = en1990.design_axial_force(10.0, [5.0, 5.0], psi0=0.4, factors=VERBOUW, roof_kn=1.0)
    assert got.n_kn == pytest.approx(24.5)


def test_upward_permanent_force_counts_least_and_variable_never_relieves():
    # net uplift -10: 0.9 * -10 + 1.3 * 5 (one storey down, the other up and left out) = -2.5
    got = en1990.design_axial_force(-10.0, [5.0, -3.0], psi0=0.4, factors=VERBOUW)
    assert got.n_kn == pytest.approx(-2.5)
    # relief kept apart: 1.3*50 - 0.9*10 + 1.3*0.4*5 = 58.6 ; 6.10b 57.5 - 9 + 6.5 = 55
    got = en1990.design_axial_force(50.0, [5.0], psi0=0.4, factors=VERBOUW, relief_kn=-10.0)
    assert got.n_kn == pytest.approx(58.6)


def test_minimum_force_by_hand():
    # 0.9*50 ; 1.3*-10 ; 0.9*50 - 1.3*10 (relief) ; 0.9*50 - 1.3*4 (upward imposed, the 6 down left out)
    assert en1990.design_axial_force_minimum(50.0, factors=VERBOUW) == pytest.approx(45.0)
    assert en1990.design_axial_force_minimum(-10.0, factors=VERBOUW) == pytest.approx(-13.0)
    assert en1990.design_axial_force_minimum(50.0, factors=VERBOUW, relief_kn=-10.0) == pytest.approx(32.0)
    assert en1990.design_axial_force_minimum(50.0, [6.0, -4.0], factors=VERBOUW) == pytest.approx(39.8)


@given(
    g=st.floats(-50, 500),
    q=st.lists(st.floats(0, 60), min_size=1, max_size=6),
    extra_g=st.floats(0, 80),
    extra_q=st.floats(0, 60),
)
def test_one_more_storey_never_lowers_the_maximum(g, q, extra_g, extra_q):
    before = en1990.design_axial_force(g, q, psi0=0.4, factors=VERBOUW).n_kn
    after = en1990.design_axial_force(g + extra_g, [*q, extra_q], psi0=0.4, factors=VERBOUW).n_kn
    assert after >= before - 1e-9


@given(st.permutations([3.0, 8.0, 1.0, 6.0]))
def test_storey_order_does_not_matter(q):
    assert en1990.design_axial_force(5.0, q, psi0=0.4, factors=VERBOUW).n_kn == pytest.approx(5 * 1.15 + 1.3 * (14 + 0.4 * 4))


def test_batch_axes_broadcast_and_nan_stays_nan():
    g = np.array([[100.0], [np.nan]])
    q = np.array([[10.0, 5.0, 2.0], [10.0, np.nan, 2.0]])
    got = en1990.design_axial_force(g, q, psi0=0.4, factors=VERBOUW)
    assert got.n_kn.shape == (2, 2)
    assert np.isnan(got.n_kn).tolist() == [[False, True], [True, True]]
    assert en1990.design_axial_force(7.0, np.zeros(0), psi0=0.4, factors=VERBOUW).n_kn == pytest.approx(9.1)


@pytest.mark.parametrize(("years", "expected"), [(15, 0.920), (30, 0.966), (25, 0.954), (50, 1.0), (100, 1.046)])
def test_reference_period(years, expected):
    # Open-Calculations-Studio check-en1990 for 25 and 100 years; logarithm by hand for the rest
    assert en1990.reference_period_factor(years, psi0=0.4) == pytest.approx(expected, abs=6e-4)


def test_reference_period_refuses_zero():
    with pytest.raises(ValueError, match="years"):
        en1990.reference_period_factor(0.0, psi0=0.4)


@pytest.mark.parametrize("set_id", ENGINEERING.factor_set_names)
@pytest.mark.parametrize("cc", ["CC1", "CC2", "CC3"])
def test_levels_are_ordered_within_a_set(set_id, cc):
    new, verbouw, afkeur = (ENGINEERING.factor_set(set_id, level, cc) for level in ("nieuwbouw", "verbouw", "afkeur"))
    for name in ("gamma_ga", "gamma_gb", "gamma_q", "gamma_q_wind"):
        assert getattr(new, name) >= getattr(verbouw, name) >= getattr(afkeur, name)


def test_every_factor_set_says_where_it_comes_from():
    assert len({(s.id, s.level, s.consequence_class) for s in ENGINEERING.factor_sets}) == len(ENGINEERING.factor_sets) == 18
    assert all(s.source and s.confidence in ("sourced", "expert", "uncertain") and s.gamma_g_inf == 0.9 for s in ENGINEERING.factor_sets)
    with pytest.raises(UsageError, match="nen8700"):
        ENGINEERING.factor_set("nen9999", "verbouw", "CC2")


def test_rows_typed_from_the_tables():
    # NEN-EN 1990 NB.4/NB.5 (two sources), NEN 8700 table A1.2(B) as recorded, CC2
    for row, numbers in ((NEW, (1.35, 1.2, 1.5, 1.5)), (VERBOUW, (1.3, 1.15, 1.3, 1.4)), (AFKEUR, (1.2, 1.1, 1.15, 1.3))):
        assert (row.gamma_ga, row.gamma_gb, row.gamma_q, row.gamma_q_wind) == numbers


def test_wind_leads_with_all_floors_at_psi0_and_weight_alone():
    """By hand: 1.15 x 100 + 1.3 x 0.4 x (10 + 10) = 125.4; 0.9 x 100 = 90; relief of -10: 0.9 and 1.3 times."""
    factors = en1990.FactorSet(
        id="t", level="verbouw", consequence_class="CC2", gamma_ga=1.3, gamma_gb=1.15, gamma_q=1.3, gamma_q_wind=1.4, gamma_g_inf=0.9,
        source="", confidence="expert",
    )  # fmt: skip
    pair = en1990.wind_leading_axial_force(100.0, [10.0, 10.0], psi0=0.4, factors=factors)
    assert pair.n_max_kn == pytest.approx(125.4)
    assert pair.n_min_kn == pytest.approx(90.0)
    pair = en1990.wind_leading_axial_force(100.0, [10.0, 10.0], psi0=0.4, factors=factors, relief_kn=-10.0)
    assert pair.n_max_kn == pytest.approx(116.4)
    assert pair.n_min_kn == pytest.approx(77.0)


@pytest.mark.parametrize(("cc", "expected"), [("CC1", 0.75), ("CC2", 90 / 108), ("CC3", 99 / 108)])
def test_equilibrium_by_hand(cc, expected):
    assert en1990.equilibrium_ratio(0.0, 60.0, 120.0, consequence_class=cc) == pytest.approx(expected)


def test_equilibrium_without_anything_that_holds():
    assert en1990.equilibrium_ratio([0.0, 1.0], 0.0, 0.0, consequence_class="CC2").tolist() == [0.0, np.inf]


def test_geotechnical_combination_by_hand():
    # set C: 100 + 1.3 (10 + 0.4 x 5) = 115.6 and 100 + 1.3 (5 + 0.4 x 10) = 111.7; what lifts is left out: 100 + 1.3 x 10 = 113
    assert en1990.combination_set_c(100.0, [10.0, 5.0], psi0=0.4) == pytest.approx([115.6, 111.7])
    assert en1990.combination_set_c(100.0, [10.0, -5.0], psi0=0.4)[0] == pytest.approx(113.0)


def test_relief_that_presses_is_no_relief():
    """A positive number among the reliefs neither raises the least force nor lowers the largest; 0.05 is as little as 5."""
    for relief in (0.05, 5.0):
        assert en1990.design_axial_force_minimum(50.0, factors=VERBOUW, relief_kn=relief) == pytest.approx(45.0)
        wind = en1990.wind_leading_axial_force(100.0, [10.0, 10.0], psi0=0.4, factors=VERBOUW, relief_kn=relief)
        assert (wind.n_max_kn, wind.n_min_kn) == pytest.approx((125.4, 90.0))
        assert en1990.design_axial_force(50.0, [5.0], psi0=0.4, factors=VERBOUW, relief_kn=relief).n_kn == pytest.approx(67.6)


@pytest.mark.parametrize("years", [[15.0, -1.0], [15.0, 0.0], 0.0])
def test_one_period_that_is_no_period_is_refused(years):
    with pytest.raises(ValueError, match="must be more than zero"):
        en1990.reference_period_factor(years, psi0=0.4)


def test_equilibrium_of_very_little():
    """(6.7): 1.5 x 0.04 = 0.06 against 0.9 x 0.1 = 0.09 is two thirds; against nothing it is over."""
    assert en1990.equilibrium_ratio(0.0, 0.04, [0.1, 0.0], consequence_class="CC2") == pytest.approx([2.0 / 3.0, np.inf])


def test_nothing_comes_down_where_nothing_stands():
    assert en1990.design_axial_force(0.0, [0.0], psi0=0.4, factors=VERBOUW).n_kn == 0.0


def test_a_year_is_a_period():
    """1 + 0.6 / 9 ln(1 / 50) = 1 - 0.066667 x 3.91202 = 0.73920."""
    assert en1990.reference_period_factor(1.0, psi0=0.4) == pytest.approx(0.73920, abs=1e-5)


def test_the_two_largest_of_very_many():
    """37 i modulo 501 for i = 1 to 500 has every number to 500 once: 1.3 (500 + 499) = 1298.7; a few are sorted by any partition."""
    storeys = [37.0 * i % 501.0 for i in range(1, 501)]
    assert en1990.design_axial_force(0.0, storeys, psi0=0.0, factors=VERBOUW).n_kn == pytest.approx(1298.7)
