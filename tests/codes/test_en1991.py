"""Wind: Dutch table NB.5 (TeachBooks vademecum) and check-en1991 of Open-Calculations-Studio; snow drift: the same scripts."""

import numpy as np
import pytest

from optopscan.codes import en1991_1_3 as snow
from optopscan.codes import en1991_1_4 as wind

TABLE_NB5 = {
    ("I", "kust"): {1: 0.93, 5: 1.37, 7: 1.47, 8: 1.51, 9: 1.55, 10: 1.58, 15: 1.71, 20: 1.80, 25: 1.88, 30: 1.94, 40: 2.04, 50: 2.12},
    ("I", "onbebouwd"): {1: 0.71, 5: 0.78, 10: 1.02, 15: 1.16, 20: 1.27, 30: 1.43, 50: 1.65},
    ("I", "bebouwd"): {1: 0.69, 7: 0.69, 10: 0.81, 20: 1.07, 50: 1.45},
    ("II", "kust"): {1: 0.78, 5: 1.14, 10: 1.32, 20: 1.51, 50: 1.78},
    ("II", "onbebouwd"): {1: 0.60, 5: 0.66, 10: 0.85, 15: 0.98, 20: 1.07, 30: 1.20, 50: 1.38},
    ("II", "bebouwd"): {1: 0.58, 5: 0.58, 10: 0.68, 15: 0.80, 20: 0.90, 30: 1.03, 50: 1.21},
    ("III", "onbebouwd"): {1: 0.49, 5: 0.54, 10: 0.70, 15: 0.80, 20: 0.88, 30: 0.99, 50: 1.14},
    ("III", "bebouwd"): {1: 0.48, 7: 0.48, 10: 0.56, 20: 0.74, 50: 1.00},
}


@pytest.mark.parametrize("cell", TABLE_NB5, ids=str)
def test_act_s2_table_nb5(cell):
    region, terrain = cell
    z = np.array(list(TABLE_NB5[cell]))
    got = wind.peak_velocity_pressure(z, wind_speed_m_s=wind.WIND_SPEED_M_S[region], terrain=wind.TERRAINS[terrain])
    assert got == pytest.approx(list(TABLE_NB5[cell].values()), abs=0.006)


def test_act_s3_one_strip():
    got = wind.wind_on_block(height_m=10, width_m=12, depth_m=10, wind_speed_m_s=27.0, terrain=wind.TERRAINS["onbebouwd"])
    assert got.force_kn == pytest.approx(113.0, rel=2e-3)
    assert got.base_moment_knm == pytest.approx(565.2, rel=2e-3)


@pytest.mark.parametrize(("height", "force", "moment"), [(11.2, 47.32, 265.0), (14.3, 67.53, 482.8)])
def test_sys_s3_block_of_nine_cross_walls(height, force, moment):
    got = wind.wind_on_block(height_m=height, width_m=48, depth_m=10, wind_speed_m_s=27.0, terrain=wind.TERRAINS["bebouwd"])
    assert got.force_kn / 9 == pytest.approx(force, rel=3e-3)
    assert got.base_moment_knm / 9 == pytest.approx(moment, rel=3e-3)


def test_two_strips_by_hand():
    # h 15, b 10, d 15 (h/d 1): 0.85 * 1.3 * 10 * (q(10) * 10 + q(15) * 5), q onbebouwd II 0.8525 and 0.977 (NB.5 0.98)
    got = wind.wind_on_block(height_m=15, width_m=10, depth_m=15, wind_speed_m_s=27.0, terrain=wind.TERRAINS["onbebouwd"])
    assert got.force_kn == pytest.approx(11.05 * (0.8525 * 10 + 0.98 * 5), rel=3e-3)
    assert got.base_moment_knm == pytest.approx(11.05 * (0.8525 * 10 * 5 + 0.98 * 5 * 12.5), rel=3e-3)


def test_tall_block_lies_between_its_bounds():
    tall = {"width_m": 10, "depth_m": 15, "wind_speed_m_s": 27.0, "terrain": wind.TERRAINS["onbebouwd"]}
    force = wind.wind_on_block(height_m=40, **tall).force_kn
    q10, q30, q40 = 0.85, 1.20, 1.30  # NB.5 region II onbebouwd
    leeward = 0.5 + 0.2 * (40 / 15 - 1) / 4
    scale = 0.85 * (0.8 + leeward) * 10
    assert scale * (10 * q10 + 20 * q10 + 10 * q40) < force < scale * (10 * q10 + 20 * q30 + 10 * q40)
    finer = wind.wind_on_block(height_m=40, n_middle_strip=40, **tall).force_kn
    assert finer < force  # the pressure at the top of a strip is the safe one


def test_each_argument_moves_the_force_the_right_way():
    base = {"height_m": 10.0, "width_m": 12.0, "depth_m": 10.0, "wind_speed_m_s": 27.0, "terrain": wind.TERRAINS["bebouwd"]}
    force = wind.wind_on_block(**base).force_kn
    for change in ({"height_m": 11.0}, {"width_m": 13.0}, {"wind_speed_m_s": 29.5}, {"terrain": wind.TERRAINS["onbebouwd"]}):
        assert wind.wind_on_block(**{**base, **change}).force_kn > force
    assert wind.wind_on_block(**{**base, "depth_m": 5.0}).force_kn > force
    assert wind.wind_on_block(**base, structural_factor=1.1).force_kn == pytest.approx(1.1 * force)
    assert wind.wind_on_block(**base, correlation=1.0).force_kn == pytest.approx(force / 0.85)


def test_too_slender_is_unknown_and_batches_agree():
    heights = np.array([10.0, 15.0, 60.0])
    got = wind.wind_on_block(height_m=heights, width_m=10, depth_m=10, wind_speed_m_s=27.0, terrain=wind.TERRAINS["bebouwd"])
    assert np.isnan(got.force_kn).tolist() == [False, False, True]
    one = wind.wind_on_block(height_m=15, width_m=10, depth_m=10, wind_speed_m_s=27.0, terrain=wind.TERRAINS["bebouwd"])
    assert got.force_kn[1] == pytest.approx(one.force_kn)


@pytest.mark.parametrize(("years", "squared"), [(15, 0.850), (30, 0.937), (50, 1.0), (100, 1.085)])
def test_probability_factor(years, squared):
    assert wind.probability_factor(years) ** 2 == pytest.approx(squared, abs=1e-3)


def test_act_s4_snow_drift_with_sliding():
    got = snow.snow_drift(step_height_m=3.5, upper_width_m=9.6, lower_width_m=4.8, upper_slope_deg=40)
    assert got.length_m == pytest.approx(7.0)
    assert got.mu_w == pytest.approx(2.057, rel=2e-3)
    assert got.mu_s == pytest.approx(0.7314, rel=2e-3)
    assert got.peak_kn_m2 == pytest.approx(1.952, rel=2e-3)


def test_snow_drift_limits_by_hand():
    # flat upper roof: no sliding; h 1.0: ls 5 (lower limit), mu_w limited by 2*1.0/0.7 = 2.857
    got = snow.snow_drift(step_height_m=1.0, upper_width_m=10, lower_width_m=10, upper_slope_deg=15)
    assert (float(got.length_m), float(got.mu_s)) == (5.0, 0.0)
    assert got.mu_w == pytest.approx(2.857, abs=1e-3)
    # wide and high enough: mu_w 4, so 2.8 kN/m2; ls 15 (upper limit)
    got = snow.snow_drift(step_height_m=8.0, upper_width_m=60, lower_width_m=20)
    assert (float(got.length_m), float(got.mu_w)) == (15.0, 4.0)
    assert got.peak_kn_m2 == pytest.approx(2.8)


def test_snow_shape():
    assert snow.shape_coefficient([0, 30, 45, 60, 70]) == pytest.approx([0.8, 0.8, 0.4, 0.0, 0.0])
