"""EN 1992-1-1 solved for the axial force, with roots worked by hand."""

import numpy as np
import pytest

from optopscan.codes import en1992, en1992_slab
from optopscan.codes.en1992_column import biaxial_check_needed, biaxial_utilisation, column_interval_kn, design_moment_knm
from optopscan.codes.en1992_material import stress_block
from optopscan.codes.en1992_section import (
    InteractionCurve,
    circle_curve,
    circle_rows,
    face_rows,
    moment_resistance_knm,
    rectangle_curve,
    section_interval_kn,
    section_utilisation,
)

ROOF = InteractionCurve(np.array([-500.0, 0.0, 1000.0, 3000.0]), np.array([0.0, 200.0 / 3.0, 200.0, 0.0]))
"""M_Rd [kNm] = 66.667 + 0.13333 N up to 1000 kN, 300 - 0.1 N beyond."""


def plain_wall(**changes):
    given = {"m_ed_knm": 32.0, "length_mm": 1000.0, "thickness_mm": 200.0, "fcd_plain_mpa": 10.0, **changes}
    return en1992.wall_interval_kn(**given)


@pytest.mark.parametrize("moment", [32.0, -32.0])
def test_plain_wall_with_a_moment_to_either_side(moment):
    """(12.2): N = 2000 (1 - 2 x 32 000 / (200 N)) gives N^2 - 2000 N + 640 000 = 0: 400 and 1600 kN.

    (12.10) and (12.11) with l_0 = 2000: N^2 - (2280 - 400) N + 1.14 x 640 000 = 0: 940 -+ sqrt 154 000 = 547.57 and 1332.43 kN.
    """
    assert plain_wall(m_ed_knm=moment) == (pytest.approx(400.0), pytest.approx(1600.0))
    assert plain_wall(m_ed_knm=moment, l0_mm=2000.0) == (pytest.approx(547.572, abs=1e-3), pytest.approx(1332.428, abs=1e-3))


def test_weak_plain_walls_have_a_range_too():
    """(12.2): 1 x 200 mm2 of 1 N/mm2 takes 0 to 0.2 kN; with all of N at the face (e = h_w / 2) it takes N = 0 alone."""
    assert plain_wall(m_ed_knm=0.0, length_mm=1.0, fcd_plain_mpa=1.0) == (0.0, pytest.approx(0.2))
    assert plain_wall(m_ed_knm=0.0, e_0_mm=100.0) == (0.0, 0.0)


def test_a_wall_held_at_head_and_foot_buckles_over_its_height():
    """Table 12.1: beta = 1.0 where nothing else is said."""
    assert en1992.effective_length_mm(2600.0) == 2600.0


@pytest.mark.parametrize("sign", [1.0, -1.0])
def test_column_bent_to_both_sides(sign):
    """5.8.8.2(2), M_01 = -100, M_02 = 100 kNm, e_i 10, e_2 100 mm, K_r 1, on M_Rd = 300 - 0.1 N beyond 1000 kN.

    0.4 M_02 + M_2: 40 + 0.4 x 0.010 N + 0.100 N = 300 - 0.1 N: N = 260 / 0.204 = 1274.51 kN, less than (0.6 - 0.4) M_02 gives
    (280 / 0.21) and the end (200 / 0.11). Least force at the end: 100 + 0.01 N = 66.667 + 0.13333 N: 270.27 kN.
    """
    found = column(m01_knm=-100.0 * sign, m02_knm=100.0 * sign, e_i_mm=10.0 * sign)
    assert found == (pytest.approx(270.270, abs=1e-3), pytest.approx(1274.510, abs=1e-3))


def test_column_that_is_not_braced():
    """5.8.8.2(2): M_02 + N (e_i + e_2) alone: 60 + 0.11 N = 300 - 0.1 N: 1142.86 kN; in tension 60 = 66.667 + 0.13333 N: -50 kN."""
    found = column(m01_knm=-60.0, m02_knm=60.0, braced=False)
    assert found == (pytest.approx(-50.0), pytest.approx(1142.857, abs=1e-3))


def column(**changes):
    given = {"e_i_mm": 10.0, "e_2_mm": 100.0, "squash_kn": 3000.0, "omega": 0.3, "rounds": 0, **changes}
    return column_interval_kn(ROOF, **given)


@pytest.mark.parametrize("scale", [1.0, 1e-3])
def test_a_section_a_thousand_times_weaker_takes_a_thousandth(scale):
    """6.1: M_Rd = 30 - 0.1 N from 0 to 300 kN. M = 10 leaves 0 to 200 kN; with e = 100 mm as well 20 = 0.2 N, 0 to 100 kN."""
    falling = InteractionCurve(scale * np.array([0.0, 300.0]), scale * np.array([30.0, 0.0]))
    for moment in (10.0, -10.0):
        assert section_interval_kn(falling, m_ed_knm=moment * scale) == (0.0, pytest.approx(200.0 * scale))
    for eccentricity in (100.0, -100.0):
        found = section_interval_kn(falling, m_ed_knm=10.0 * scale, eccentricity_mm=eccentricity)
        assert found == (0.0, pytest.approx(100.0 * scale))


def test_round_column_is_that_of_its_worse_turn():
    """6.1, d = 400 mm, four bars of 400 mm2 at r = 150, f_cd 20 (18 on a circle, 3.1.7(3)), f_yd 435; block of 0.8 x, half angle t.

    x = 200, cos t = 0.2: concrete 720 (1.36944 - 0.19596) = 844.9 kN and 96 x 0.97980^3 = 90.30 kNm. Bars on the axis of bending:
    (435 - 18) 400 = 166.8 kN, none, -174.0 kN: N = 837.7 kN, M = 90.30 + 0.150 x 340.8 = 141.42 kNm.

    x = 80, cos t = 0.68: 233.6 kN and 37.84 kNm. Bars turned by 45 degrees, 106.07 mm from the middle: 800 x -121.9 N/mm2 = -97.5 kN,
    -348.0 kN: N = -211.9 kN, M = 37.84 + 0.10607 x 250.5 = 64.41 kNm; on the axis of bending the bars would give 75.
    """
    curve = circle_curve(diameter_mm=400.0, axis_distance_mm=50.0, area_mm2=1600.0, n_bars=4, fcd_mpa=20.0, fyd_mpa=435.0)
    assert moment_resistance_knm(curve, 837.705) == pytest.approx(141.418, rel=1e-4)
    assert moment_resistance_knm(curve, -211.93) == pytest.approx(64.406, rel=5e-3)


WALLED = InteractionCurve(np.array([0.0, 0.0, 0.08, 0.08]), np.array([0.0, 0.03, 0.01, 0.0]))
"""6.1: M_Rd = 0.03 - 0.25 N from no force to 0.08 kN, upright at both ends."""


def test_moment_at_the_ends_of_a_weak_section():
    """6.1: halfway 0.03 - 0.25 x 0.04 = 0.02; at both ends the whole of the upright edge; beyond them nothing."""
    found = moment_resistance_knm(WALLED, [0.0, 0.04, 0.08, -1e-6, 0.080001])
    assert found == pytest.approx([0.03, 0.02, 0.01, 0.0, 0.0])


def test_plain_section_takes_no_tension():
    """6.1: without bars the curve starts at N = 0: nothing asked is nothing used, any tension is too much, 0.12 kN of 0.08 is 1.5."""
    found = section_utilisation(WALLED, n_ed_kn=[0.0, -1e-3, -50.0, 0.12, 0.08], m_ed_knm=0.0)
    assert found == pytest.approx([0.0, np.inf, np.inf, 1.5, 0.0])
    assert section_utilisation(WALLED, n_ed_kn=[0.04, -1.0], m_ed_knm=[0.01, 0.001]) == pytest.approx([0.5, np.inf])


def test_four_bars_stand_on_the_axes():
    """d = 500, bars 50 mm from the edge: at 50, 250, 250 and 450 mm; turned by half a spacing 250 -+ 200 / sqrt 2."""
    given = {"diameter_mm": 500.0, "axis_distance_mm": 50.0, "area_mm2": 4.0, "n_bars": 4}
    assert np.sort(circle_rows(**given).depth_mm) == pytest.approx([50.0, 250.0, 250.0, 450.0])
    assert np.sort(circle_rows(**given, half_turn=True).depth_mm) == pytest.approx([108.579, 108.579, 391.421, 391.421], abs=1e-3)
    assert circle_rows(**given).area_mm2.tolist() == [1.0] * 4


def test_axes_alone_up_to_a_factor_of_two_and_a_fifth():
    """(5.38a) and (5.38b), 400 x 400: 40 beside 20 will do and 41 not, either way; M_z a fifth of M_y will do, a little more not."""
    given = {"m_y_knm": 100.0, "m_z_knm": 10.0, "h_mm": 400.0, "b_mm": 400.0}
    found = biaxial_check_needed(slenderness_y=[40.0, 41.0, 20.0, 20.0], slenderness_z=[20.0, 20.0, 40.0, 41.0], **given)
    assert found.tolist() == [0.0, 1.0, 0.0, 1.0]
    # a half beside a quarter: a product of the two would pass
    assert biaxial_check_needed(slenderness_y=0.5, slenderness_z=0.2, **given) == 1.0
    assert biaxial_check_needed(slenderness_y=0.2, slenderness_z=0.5, **given) == 1.0
    fifth = biaxial_check_needed(slenderness_y=30.0, slenderness_z=30.0, m_y_knm=100.0, m_z_knm=[20.0, -20.0, 20.1], h_mm=400.0, b_mm=400.0)
    assert fifth.tolist() == [0.0, 0.0, 1.0]


def test_a_sliver_of_plain_wall_needs_its_least_force_too():
    """(12.2) of 0.05 mm of the same wall with M = 1.6 Nm: a twenty thousandth of 400 and 1600 kN."""
    assert plain_wall(m_ed_knm=0.0016, length_mm=0.05) == (pytest.approx(0.02), pytest.approx(0.08))


@pytest.mark.parametrize("e_i", [10.0, -10.0])
def test_an_imperfection_to_either_side(e_i):
    """5.2(7) and 5.8.8.2(2), N = 1000 kN, e_i 10, e_2 20 mm, M_01 = M_02 = 30 kNm: 30 + 10 + 20 = 60 kNm, held or not."""
    given = {"n_ed_kn": 1000.0, "m01_knm": 30.0, "m02_knm": 30.0, "e_i_mm": e_i, "e_2_mm": 20.0}
    assert design_moment_knm(**given) == pytest.approx(60.0)
    assert design_moment_knm(**given, braced=False) == pytest.approx(60.0)
    # where none is said there is no second order: 30 + 10
    del given["e_2_mm"]
    assert design_moment_knm(**given) == pytest.approx(40.0)
    assert design_moment_knm(n_ed_kn=1000.0, m01_knm=0.0, m02_knm=0.0, e_i_mm=0.0) == 0.0


def test_a_column_without_any_moment_is_squashed():
    """6.1: nothing bends, so all of the curve counts: 500 kN of tension to 3000 kN."""
    found = column(m01_knm=0.0, m02_knm=0.0, e_i_mm=0.0, e_2_mm=0.0)
    assert found == (pytest.approx(-500.0), pytest.approx(3000.0))


def test_forces_up_to_the_end_of_the_curve_bend():
    """6.1: M_Rd (2000) = 300 - 200 = 100 kNm: 10 kNm is 0.1, as far as the end at 3000 kN; 3600 kN is 1.2 whatever bends."""
    assert section_utilisation(ROOF, n_ed_kn=[2000.0, 3600.0], m_ed_knm=10.0) == pytest.approx([0.1, 1.2])
    # 66.667 - 0.13333 x 250 = 33.333 kNm, and 600 kN of tension on 500
    assert section_utilisation(ROOF, n_ed_kn=[-250.0, -600.0], m_ed_knm=10.0) == pytest.approx([0.3, 1.2])


def test_two_small_moments_on_a_weak_section():
    """(5.39) with a = 1.5: 0.02 of 0.05 kNm about both axes is 2 x 0.4^1.5 = 0.50596; one axis without resistance is over."""
    given = {"m_y_knm": 0.02, "m_z_knm": 0.02, "m_rd_y_knm": 0.05, "exponent": 1.5}
    assert biaxial_utilisation(m_rd_z_knm=[0.05, 0.0], **given) == pytest.approx([0.505964, np.inf])
    # a tenth of 0.2 kNm counts like any other, and what is not bent needs no resistance
    assert biaxial_utilisation(m_y_knm=0.1, m_rd_y_knm=0.2, m_z_knm=0.0, m_rd_z_knm=0.0, exponent=1.0) == pytest.approx(0.5)


def test_small_moments_in_single_curvature():
    """(5.32), M_01 = M_02 = 0.05 kNm, M_2 = 1 kN x 100 mm = 0.1: M_0e + M_2 = 0.15 kNm, to either side; in double curvature 0.12."""
    found = design_moment_knm(n_ed_kn=1.0, m01_knm=[0.05, -0.05, -0.05], m02_knm=[0.05, -0.05, 0.05], e_i_mm=0.0, e_2_mm=100.0)
    assert found == pytest.approx([0.15, 0.15, 0.12])


def test_strengths_and_depths_broadcast_both_ways():
    """6.1, plain: squash load f b h for two strengths (rows) by three depths: 10 x 200 x 200 = 400 kN, in proportion."""
    h = np.array([200.0, 300.0, 400.0])
    rows = face_rows(h_mm=h, axis_distance_mm=30.0, area_mm2=0.0)
    fcd = np.array([[10.0] * 3, [20.0] * 3])
    curve = rectangle_curve(b_mm=200.0, h_mm=h, rows=rows, fcd_mpa=fcd, fyd_mpa=435.0)
    assert curve.n_kn[..., -1] == pytest.approx(np.array([[400.0, 600.0, 800.0], [800.0, 1200.0, 1600.0]]))


@pytest.mark.parametrize("sign", [1.0, -1.0])
def test_eccentricities_add_up_whichever_way_they_lie(sign):
    """12.6.5.2: 10 kNm on 100 kN is 100 mm, with 20 and 5 mm 125. (12.2): e_0 20 leaves 2000 (1 - 40 / 200) = 1600 kN, so does e_i."""
    assert en1992.total_eccentricity_mm(m_ed_knm=10.0, n_ed_kn=100.0, e_0_mm=20.0 * sign, e_i_mm=-5.0) == pytest.approx(125.0)
    assert en1992.total_eccentricity_mm(m_ed_knm=10.0, n_ed_kn=100.0, e_0_mm=20.0, e_i_mm=5.0 * sign) == pytest.approx(125.0)
    assert en1992.total_eccentricity_mm(m_ed_knm=0.001, n_ed_kn=0.05) == pytest.approx(20.0)
    # without force a moment has no lever, and nothing at all has none
    assert en1992.total_eccentricity_mm(m_ed_knm=[0.1, 0.0], n_ed_kn=0.0).tolist() == [np.inf, 0.0]
    for name in ("e_0_mm", "e_i_mm"):
        assert plain_wall(m_ed_knm=0.0, **{name: 20.0 * sign}) == (0.0, pytest.approx(1600.0))


def test_plain_walls_are_covered_to_25():
    """12.6.5.1(5), h_w 200: to and including l_0 = 5000: 10 (1.14 x 200 - 0.02 x 5000) = 1280 kN; beyond it is not known."""
    assert plain_wall(m_ed_knm=0.0, l0_mm=5000.0) == (0.0, pytest.approx(1280.0))
    assert np.isnan(plain_wall(m_ed_knm=0.0, l0_mm=5000.1)).all()


def test_a_plain_wall_that_carries_almost_nothing():
    """12.6.5.2: 0.05 on 0.1 kN is a half, on nothing it is over."""
    assert en1992.axial_utilisation(n_ed_kn=[0.05, 0.05, 0.0, -0.05], n_rd_kn=[0.1, 0.0, 0.0, 1.0]).tolist() == [0.5, np.inf, 0.0, np.inf]


def test_a_load_on_a_body_without_depth_does_not_spread():
    """6.7(3): 200 mm stays 200 without depth or at an edge; 50 mm of depth makes 250, far from an edge 3 x 200."""
    found = en1992_slab.distribution_width_mm(
        width_mm=200.0, depth_mm=[0.0, 50.0, 900.0, 900.0], edge_distance_mm=[500.0, 500.0, 500.0, 0.0]
    )
    assert found.tolist() == [200.0, 250.0, 600.0, 200.0]


def test_round_column_of_strong_concrete():
    """3.1.7(3), C90: eta 0.8 and 0.9 of it on a circle: 0.72 x 60 x pi 200^2 = 5428.7 kN without bars, less than the 0.9 of C50."""
    given = {"diameter_mm": 400.0, "axis_distance_mm": 50.0, "area_mm2": 0.0, "n_bars": 8, "fcd_mpa": 60.0, "fyd_mpa": 435.0}
    assert circle_curve(**given, block=stress_block(90.0)).n_kn[-1] == pytest.approx(5428.67, abs=0.01)
    assert circle_curve(**given).n_kn[-1] == pytest.approx(6785.84, abs=0.01)


def test_a_slender_column_that_carries_almost_nothing():
    """5.8.8.2(2), M_Rd = 0.003 - 0.1 N, not braced: 0.010 N + 0.100 N = 0.003 - 0.1 N: 0.014286 kN; second order counts from none on."""
    weak = InteractionCurve(1e-5 * ROOF.n_kn, 1e-5 * ROOF.m_knm)
    found = column_interval_kn(weak, m01_knm=0.0, m02_knm=0.0, e_i_mm=10.0, e_2_mm=100.0, squash_kn=0.03, omega=0.3, braced=False, rounds=0)
    assert found == (pytest.approx(-0.005), pytest.approx(0.0142857, rel=1e-5))


def test_round_columns_have_eight_bars_where_none_is_said():
    """6.1: the corners are those of 8 bars, and others than those of 9."""
    given = {"diameter_mm": 400.0, "axis_distance_mm": 50.0, "area_mm2": 2500.0, "fcd_mpa": 20.0, "fyd_mpa": 435.0}
    said, silent, nine = circle_curve(**given, n_bars=8), circle_curve(**given), circle_curve(**given, n_bars=9)
    assert silent.m_knm.tolist() == said.m_knm.tolist()
    assert moment_resistance_knm(nine, 500.0) != moment_resistance_knm(silent, 500.0)


def test_tension_takes_the_punching_strength_away():
    """(6.47), f_ck 25, d 200, rho 0.01: 0.12 x 2 x 25^(1/3) = 0.70176 N/mm2; 6.5 N/mm2 of tension leaves 0.05176, 10 nothing."""
    found = en1992_slab.punching_strength_mpa(fck_mpa=25.0, d_mm=200.0, reinforcement_ratio=0.01, sigma_cp_mpa=[0.0, -6.5, -10.0])
    assert found == pytest.approx([0.70176, 0.05176, 0.0], abs=1e-5)


def test_least_eccentricity_of_a_column():
    """6.1(4): N x 200 mm alone, beside M_02 = 60: 0.2 N = 300 - 0.1 N: 1000 kN; 60 kNm by itself would leave 2400."""
    found = column(m01_knm=60.0, m02_knm=60.0, e_i_mm=0.0, e_2_mm=0.0, e_0_mm=200.0)
    assert found == (pytest.approx(-50.0), pytest.approx(1000.0))
    assert column(m01_knm=60.0, m02_knm=60.0, e_i_mm=0.0, e_2_mm=0.0).hi == pytest.approx(2400.0)


@pytest.mark.parametrize(("axis", "force", "moment"), [(60.0, 104.0, 195.812), (72.0, 9.0, 171.822)])
def test_bars_beside_the_block_push_concrete_away(axis, force, moment):
    """6.1, 300 x 500, f_cd 20, f_yd 435, x = 80: concrete 0.8 x 80 x 300 x 20 = 384 kN, 384 x 0.218 = 83.712 kNm.

    Bars of 1000 mm2 at 60 mm, 0.25 x from the axis and so in the block: 0.0035 x 20 / 80 makes 175 - 20 N/mm2, 155 kN; below -435 kN:
    N = 104 kN, M = 83.712 + 0.19 (155 + 435) = 195.812 kNm. At 72 mm, 0.1 x, half of it: 70 - 10 N/mm2: N = 9, M = 83.712 + 0.178 x 495.
    """
    rows = face_rows(h_mm=500.0, axis_distance_mm=axis, area_mm2=2000.0)
    curve = rectangle_curve(b_mm=300.0, h_mm=500.0, rows=rows, fcd_mpa=20.0, fyd_mpa=435.0)
    nearest = np.argmin(np.abs(curve.n_kn - force))
    assert (curve.n_kn[nearest], curve.m_knm[nearest]) == (pytest.approx(force, abs=1e-6), pytest.approx(moment, abs=1e-6))
