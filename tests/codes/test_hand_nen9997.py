"""NEN 9997-1 by hand where a slip would make ground stronger: eccentricity to either side, small pads, limits met exactly."""

import numpy as np
import pytest

from optopscan.codes import nen9997_comparison as comparison
from optopscan.codes import nen9997_footing as footing
from optopscan.codes import nen9997_pile as pile

GROUND = {"phi_d_deg": 30.0, "overburden_d_kpa": 10.0, "gamma_d_kn_m3": 18.0}
"""EN 1997-1 D.4 with 30 degrees: N_q 18.401, N_gamma 20.093, sin phi 0.5."""


@pytest.mark.parametrize("eccentricity", [0.1, -0.1])
def test_strip_with_its_load_beside_the_middle(eccentricity):
    """B = 1, B' = 0.8 m: (10 x 18.401 + 0.5 x 18 x 0.8 x 20.093) 0.8 = 328.68 x 0.8 = 262.95 kN/m."""
    found = footing.footing_interval_kn(width_m=1.0, eccentricity_m=eccentricity, **GROUND)
    assert found.lo == 0.0
    assert found.hi == pytest.approx(262.945, abs=0.01)


@pytest.mark.parametrize(("moment", "eccentricity"), [(13.14725, 0.05), (13.14725, -0.05), (-13.14725, 0.05)])
def test_moment_and_eccentricity_never_cancel(moment, eccentricity):
    """Which way either turns is not known: e = 13.147 / 262.945 + 0.05 = 0.1 m, so again B' = 0.8 m."""
    found = footing.footing_interval_kn(width_m=1.0, m_d_knm=moment, eccentricity_m=eccentricity, **GROUND)
    assert found.hi == pytest.approx(262.945, abs=0.01)


@pytest.mark.parametrize("moment", [26.2945, -26.2945])
def test_strip_with_a_moment_to_either_side(moment):
    """The same B' by e = M / V = 26.2945 / 262.945 = 0.1 m; without a moment (184.01 + 180.84) 1.0 = 364.85 kN/m."""
    assert footing.footing_interval_kn(width_m=1.0, m_d_knm=moment, **GROUND).hi == pytest.approx(262.945, abs=0.01)
    assert footing.footing_interval_kn(width_m=1.0, **GROUND).hi == pytest.approx(364.848, abs=0.01)


def test_a_pad_of_a_few_centimetres_still_has_a_shape():
    """0.05 x 0.05 m: s_q 1.5, s_gamma 0.7: 10 x 18.401 x 1.5 + 0.5 x 18 x 0.05 x 20.093 x 0.7 = 276.017 + 6.329 kN/m2."""
    found = footing.drained_stress_kpa(effective_width_m=0.05, effective_length_m=0.05, **GROUND)
    assert found == pytest.approx(282.346, abs=2e-3)
    # undrained, EN 1997-1 D.3: 5.1416 x 20 x 1.2 + 10
    clay = footing.undrained_stress_kpa(cu_d_kpa=20.0, effective_width_m=0.05, effective_length_m=0.05, overburden_d_kpa=10.0)
    assert clay == pytest.approx(133.398, abs=1e-3)


def test_horizontal_force_up_to_what_the_clay_holds():
    """D.3 (EN 1997-1), A' c_u = 20 kN: H = 20 leaves i_c = 0.5: 5.1416 x 20 x 0.5 + 10 = 61.42; H = 15: 0.75; a hair more: nothing."""
    given = {"cu_d_kpa": 20.0, "effective_width_m": 1.0, "overburden_d_kpa": 10.0}
    found = footing.undrained_stress_kpa(h_d_kn=[0.0, 15.0, -15.0, 20.0, 20.001], **given)
    assert found == pytest.approx([112.832, 87.124, 87.124, 61.416, 0.0], abs=1e-3)


def test_almost_no_adhesion_holds_almost_nothing():
    """D.3 (EN 1997-1): A' c_u = 0.05 kN against H = 0.06 slides; H = 0.0375 leaves i_c = 0.75: 5.1416 x 0.05 x 0.75 + 10."""
    given = {"cu_d_kpa": 0.05, "effective_width_m": 1.0, "overburden_d_kpa": 10.0}
    assert footing.undrained_stress_kpa(h_d_kn=[0.06, 0.0375], **given) == pytest.approx([0.0, 10.19281], abs=1e-5)


def test_spread_below_strip_and_pad():
    """2:1 at 1 m: strip of 2 m 100 x 2 / 3; pad of 2 x 4 m 100 x 2 x 4 / (3 x 5)."""
    found = footing.spread_stress_kpa(stress_kpa=100.0, width_m=2.0, depth_m=1.0, length_m=[np.inf, 4.0])
    assert found == pytest.approx([66.667, 53.333], abs=1e-3)


def test_a_metre_of_strong_sand_counts_to_15_and_less_to_12():
    """7.6.2.3(i): 20 MPa over exactly the shaft of 1.0 m is 15; over 0.99 m it is 12; 1.0 of 2 m, cut by 5 MPa, (15 + 5) / 2."""
    depth, qc = [0.0, 10.0, 10.0 + 1e-9, 11.0, 11.0 + 1e-9, 20.0], [20.0, 20.0, 20.0, 20.0, 5.0, 5.0]
    found = pile.shaft_mean_mpa(depth_m=depth, qc_mpa=qc, top_m=[10.0, 10.01, 10.0], bottom_m=[11.0, 11.0, 12.0])
    assert found == pytest.approx([15.0, 12.0, 10.0])
    # 0.998 m of a metre is short of it: 0.998 x 12 + 0.002 x 5
    assert pile.shaft_mean_mpa(depth_m=depth, qc_mpa=qc, top_m=10.002, bottom_m=11.002) == pytest.approx(11.986, abs=0.01)


def test_a_pile_that_carries_almost_nothing():
    """(7.1): 0.05 / 0.05 kN is full, 0.05 on nothing and tension are over, no load is none."""
    found = pile.pile_utilisation(f_d_kn=[0.05, 0.05, -0.05, 0.0], r_d_kn=[0.05, 0.0, 10.0, 10.0])
    assert found.tolist() == [1.0, np.inf, np.inf, 0.0]


def test_paths_start_at_the_tip():
    """7.6.2.3(e): 20 MPa to the tip at 14 m and 10 below: path I sees nothing of the 20, II and III keep the 10."""
    found = pile.koppejan_means_mpa(depth_m=[0.0, 14.0, 14.0 + 1e-9, 30.0], qc_mpa=[20.0, 20.0, 10.0, 10.0], tip_m=14.0, diameter_m=0.5)
    assert found.tolist() == pytest.approx([10.0, 10.0, 10.0], abs=1e-6)


def test_piles_with_tests_of_their_own():
    """Two sites by three tests, each with its depths: even sand of 4, 6 and 8 MPa, 1.5 times that at the second site, gives just that."""
    depth = np.array([[[0.0, 20.0, 30.0]], [[5.0, 25.0, 35.0]]])
    qc = np.array([[4.0], [6.0], [8.0]]) * np.ones(3) * np.array([[[1.0]], [[1.5]]])
    tip = np.array([[14.0], [19.0]])
    found = pile.koppejan_means_mpa(depth_m=depth, qc_mpa=qc, tip_m=tip, diameter_m=0.4)
    assert found.shape == (2, 3, 3)
    assert found[..., 0] == pytest.approx(np.array([[4.0, 6.0, 8.0], [6.0, 9.0, 12.0]]))
    assert found[..., 2] == pytest.approx(found[..., 0])
    shaft = pile.shaft_mean_mpa(depth_m=depth, qc_mpa=qc, top_m=tip - 2.0, bottom_m=tip)
    assert shaft == pytest.approx(found[..., 0])
    # one depth scale for all tests, and one test for both piles
    assert pile.koppejan_means_mpa(depth_m=depth[0, 0], qc_mpa=qc[0], tip_m=14.0, diameter_m=0.4)[..., 1] == pytest.approx([4.0, 6.0, 8.0])
    assert pile.koppejan_means_mpa(depth_m=depth[0, 0], qc_mpa=qc[0, 1], tip_m=[14.0, 15.0], diameter_m=0.4)[..., 0] == pytest.approx(6.0)


def test_sand_of_exactly_12_makes_the_run():
    """7.6.2.3(i): at least 12 MPa over 1.2 m, half of it 20 and half 12: (15 + 12) / 2; with 11.9 the run is 0.6 m: (12 + 11.9) / 2."""
    depth = [0.0, 10.0, 10.0 + 1e-9, 10.6, 10.6 + 1e-9, 11.2, 11.2 + 1e-9, 20.0]
    for weaker, mean in ((12.0, 13.5), (11.9, 11.95)):
        qc = [2.0, 2.0, 20.0, 20.0, weaker, weaker, 2.0, 2.0]
        assert pile.shaft_mean_mpa(depth_m=depth, qc_mpa=qc, top_m=10.0, bottom_m=11.2) == pytest.approx(mean)


def test_a_small_moment_needs_a_small_force():
    """B = 1 m, M = 0.02 kNm: below V = 2 M / B = 0.04 kN the resultant lies beside the strip; so strong ground takes it just above."""
    found = footing.footing_interval_kn(width_m=1.0, m_d_knm=0.02, **GROUND)
    assert 0.04 <= found.lo <= 0.045


def test_a_pad_on_ground_without_friction():
    """EN 1997-1 D.4 with phi 0: N_q 1, N_gamma 0, N_c pi + 2; c 20, q 10: 5.1416 x 20 + 10 = 112.83, s_c = 1.2 on a square of 1 m."""
    given = {"phi_d_deg": 0.0, "overburden_d_kpa": 10.0, "gamma_d_kn_m3": 18.0, "c_d_kpa": 20.0, "effective_width_m": 1.0}
    found = footing.drained_stress_kpa(**given, effective_length_m=[np.inf, 2.0, 1.0])
    assert found == pytest.approx([112.832, 123.115, 133.398], abs=1e-3)


def test_mud_carries_what_lies_beside_it():
    """EN 1997-1 D.3 with c_u = 0: the overburden of 10 kN/m2 alone, and nothing with a horizontal force."""
    found = footing.undrained_stress_kpa(cu_d_kpa=0.0, effective_width_m=1.0, overburden_d_kpa=10.0, h_d_kn=[0.0, 0.01])
    assert found.tolist() == [10.0, 0.0]


def test_what_does_not_press_does_not_hold():
    """EN 1997-1 D.4: H / V is nothing to go by without V; 0.02 on 0.05 kN leaves 0.6 to either side."""
    found = footing.inclination_ratio(v_d_kn=[0.0, 0.0, -1.0, 0.05, 0.05], h_d_kn=[0.0, 0.5, 0.0, 0.02, -0.02])
    assert found == pytest.approx([0.0, 0.0, 0.0, 0.6, 0.6])


def test_a_tip_of_exactly_one_and_a_half_is_not_long():
    """7.6.2.3(e): 2 x 3 has the diameter of its area, sqrt(24 / pi) = 2.7640; 2 x 3.001 that of its smaller side."""
    assert pile.equivalent_diameter_m(a_m=[2.0, 3.0, 2.0], b_m=[3.0, 2.0, 3.001]) == pytest.approx([2.76395, 2.76395, 2.0], abs=1e-5)


def test_cone_resistance_that_rises_with_depth():
    """7.6.2.3(e), q_c = z, D = 1, tip at 20 m: 0.7 D is the worst length: I and II the mean to 20.7, III that of the 8 m above."""
    found = pile.koppejan_means_mpa(depth_m=[0.0, 40.0], qc_mpa=[0.0, 40.0], tip_m=20.0, diameter_m=1.0)
    assert found == pytest.approx([20.35, 20.35, 16.0], abs=1e-9)
    # 7.6.2.3(i): of a shaft from 8 to 11 m the middle
    assert pile.shaft_mean_mpa(depth_m=[0.0, 40.0], qc_mpa=[0.0, 40.0], top_m=8.0, bottom_m=11.0) == pytest.approx(9.5, abs=1e-9)


def test_the_worst_length_weighs_paths_by_halves():
    """7.6.2.3(e), D = 1, tip at 20 m: 6 MPa above, 10 to 20.7, 19.3 to 23.98, 4.75 below it.

    0.7 D: (10 + 10) / 2 + 6 = 16.0; 4 D: I = (0.7 x 10 + 3.28 x 19.3 + 0.02 x 4.75) / 4 = 17.60, II and III 4.75: 11.17 + 4.75 = 15.92.
    """
    hair = 1e-9
    depth = [0.0, 20.0, 20.0 + hair, 20.7, 20.7 + hair, 23.98, 23.98 + hair, 40.0]
    qc = [6.0, 6.0, 10.0, 10.0, 19.3, 19.3, 4.75, 4.75]
    found = pile.koppejan_means_mpa(depth_m=depth, qc_mpa=qc, tip_m=20.0, diameter_m=1.0)
    assert found == pytest.approx([17.60, 4.75, 4.75], abs=1e-3)


def test_a_footing_that_carries_almost_nothing():
    """(6.1): nothing on nothing is no question, 0.05 on 0.05 kN is full, on nothing it is over, and so is uplift."""
    found = footing.bearing_utilisation(v_d_kn=[0.0, 0.05, 0.05, -0.05], r_d_kn=[0.0, 0.05, 0.0, 10.0])
    assert found.tolist() == [0.0, 1.0, np.inf, np.inf]


def test_all_of_the_implied_resistance_counts_where_no_share_is_said():
    """E_d 120 on 1.5 x 100 is 0.8; with a share of 0.8 it is 1.0."""
    given = {"e_d_new": 120.0, "design_load_old": 100.0, "gamma_era": 1.5}
    assert comparison.implied_utilisation(**given) == pytest.approx(0.8)
    assert comparison.implied_utilisation(**given, efficiency=0.8) == pytest.approx(1.0)


def test_small_loads_compare_like_large_ones():
    """0.03 on 1.0 x 0.05 is 0.6 and 0.06 / 0.05 is 1.2; of nothing there is no ratio."""
    found = comparison.implied_utilisation(e_d_new=0.03, design_load_old=[0.05, 0.0], gamma_era=1.0)
    ratio = comparison.load_ratio(permanent_old=[0.05, 0.0], imposed_old=0.0, permanent_new=0.06, imposed_new=0.0, psi=1.0)
    assert (found[0], ratio[0]) == pytest.approx((0.6, 1.2))
    assert np.isnan([found[1], ratio[1]]).all()


def test_clay_with_a_trace_of_friction_and_a_push():
    """EN 1997-1 D.4, 0.5 degrees: N_q = e^0.0274163 x 1.008765^2 = 1.045892, N_gamma 0.000801; H / V = 0.2: i_q 0.64, i_gamma 0.512.

    i_c = 0.64 - 0.36 / 0.045892 is below zero, so c carries nothing: 10 x 1.045892 x 0.64 + 9 x 0.000801 x 0.512 = 6.6974 kN/m2.
    """
    found = footing.drained_stress_kpa(
        phi_d_deg=0.5, overburden_d_kpa=10.0, gamma_d_kn_m3=18.0, c_d_kpa=20.0, effective_width_m=1.0, inclination=0.8
    )
    assert found == pytest.approx(6.6974, abs=1e-3)


@pytest.mark.parametrize("push", [10.0, -10.0])
def test_strip_that_is_pushed_to_either_side(push):
    """H = 10 kN/m on B = 1: V = 184.01 i^2 + 180.84 i^3, i = 1 - 10 / V: 13.17 (i = 0.2406) and 338.59 kN/m (i = 0.97047)."""
    found = footing.footing_interval_kn(width_m=1.0, h_d_kn=push, **GROUND)
    assert found == (pytest.approx(13.169, abs=2e-3), pytest.approx(338.588, abs=0.01))


def test_all_of_a_width_counts_without_eccentricity():
    """D.2: B' = B; 0.3 m off the middle of 1 m leaves 0.4 m to either side, 0.5 m off it nothing."""
    assert footing.effective_width_m(1.0) == 1.0
    assert footing.effective_width_m(1.0, eccentricity_m=[0.3, -0.3, 0.5, 0.6]) == pytest.approx([0.4, 0.4, 0.0, 0.0])
