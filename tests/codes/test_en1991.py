"""Wind: Dutch table NB.5 (TeachBooks vademecum) and check-en1991 of Open-Calculations-Studio; snow drift: the same scripts."""

import numpy as np
import pytest

from optopscan.codes import en1991_1_1 as imposed
from optopscan.codes import en1991_1_3 as snow
from optopscan.codes import en1991_1_4 as wind
from optopscan.codes import en1991_1_7 as robust

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


# -- strips, friction, zones ------------------------------------------------------------------

CITY = {"wind_speed_m_s": 27.0, "terrain": wind.TERRAINS["bebouwd"]}
BLOCK = {"height_m": 11.2, "width_m": 48.0, "depth_m": 10.0}


def test_wind_above_a_level_of_one_strip():
    """SYS-S3 block, q_p 0.714: above 2.8 m force = 8.4/11.2 of 9 x 47.32, moment = that force x 4.2."""
    got = wind.wind_above(level_m=2.8, **BLOCK, **CITY)
    assert got.force_kn == pytest.approx(9 * 47.32 * 0.75, rel=3e-3)
    assert got.base_moment_knm == pytest.approx(9 * 47.32 * 0.75 * 4.2, rel=3e-3)


def test_wind_above_adds_up_to_the_whole():
    """Moment about the ground = moment about a level + force above it times the level + that of the part below."""
    tall = {"height_m": 40.0, "width_m": 12.0, "depth_m": 15.0}
    whole = wind.wind_on_block(**tall, **CITY)
    edges = np.linspace(0.0, 40.0, 81)
    above = wind.wind_above(level_m=edges, **tall, **CITY)
    # dM/dz = -F: the trapezium of the forces over the height is the moment about the ground, to the kinks of the strips
    assert np.trapezoid(above.force_kn, edges) == pytest.approx(whole.base_moment_knm, rel=2e-3)
    assert above.force_kn[0] == pytest.approx(whole.force_kn)
    assert above.force_kn[-1] == 0.0


def test_friction_along_a_block_of_48_m():
    """Wind on the 10 m end, h 11.2: min(2b, 4h) = 20, L = 28; A = 28 (10 + 22.4) = 907.2 m2; 0.02 x 0.714 x 907.2 = 12.95 kN."""
    got = wind.friction_on_block(level_m=0.0, height_m=11.2, width_m=10.0, depth_m=48.0, coefficient=0.02, **CITY)
    assert got.force_kn == pytest.approx(12.95, rel=3e-3)
    # roof 28 x 10 at 11.2 m, walls 28 x 22.4 at 5.6 m
    assert got.base_moment_knm == pytest.approx(0.02 * 0.714 * (280 * 11.2 + 627.2 * 5.6), rel=3e-3)
    # pressed: 0.85 x 1.3 x 10 x (10 x 0.68 + 1.2 x 0.714) = 84.6 kN (two strips), so a rough facade adds 15 % in the long direction
    pressed = wind.wind_on_block(height_m=11.2, width_m=10.0, depth_m=48.0, **CITY).force_kn
    assert got.force_kn / pressed == pytest.approx(12.95 / 84.6, rel=0.01)


def test_no_friction_on_a_block_that_is_not_deep():
    got = wind.friction_on_block(level_m=0.0, height_m=11.2, width_m=48.0, depth_m=10.0, coefficient=0.04, **CITY)
    assert got.force_kn == 0.0
    assert got.base_moment_knm == 0.0


@pytest.mark.parametrize(
    ("height", "depth", "expected"), [(14.9, 2.0, 1.0), (15.0, 10.0, 1.0), (60.0, 10.0, np.nan), (120.0, 50.0, np.nan)]
)
def test_structural_factor(height, depth, expected):
    assert wind.structural_factor_cscd(height_m=height, depth_m=depth) == pytest.approx(expected, nan_ok=True)


@pytest.mark.parametrize(
    ("zone", "ratio", "expected"),
    [("F", 0.0, -1.8), ("F", 0.025, -1.6), ("F", 0.0375, -1.5), ("F", 0.3, -1.2), ("G", 0.05, -0.9), ("H", 0.1, -0.7), ("I", 0.0, -0.2)],
)
def test_table_7_2(zone, ratio, expected):
    assert wind.flat_roof_suction(zone, parapet_ratio=ratio) == pytest.approx(expected)


def test_zones_of_a_roof_48_by_10():
    """Wind on the long edge, h 14: e = min(48, 28) = 28; F within 2.8 m of it and 7 m of a corner, G beside it, H to 14 m."""
    e = wind.edge_zone_m(height_m=14.0, width_m=48.0)
    assert e == 28.0
    x, y = np.array([2.7, 2.7, 2.9, 14.1]), np.array([6.9, 7.1, 1.0, 1.0])
    assert [wind.ROOF_ZONES[i] for i in wind.roof_zone(from_edge_m=x, from_corner_m=y, edge_m=e)] == ["F", "G", "H", "I"]


def test_net_uplift_of_a_light_roof_at_14_m():
    """Region II, roof of 0.7 kN/m2, 1.5 q (-c_pe) - 0.9 x 0.7: 1.1 (G) to 1.95 kN/m2 (F) in open country, q_p 0.955."""
    q = wind.peak_velocity_pressure(14.0, wind_speed_m_s=27.0, terrain=wind.TERRAINS["onbebouwd"])
    net = [1.5 * wind.uplift_kn_m2(pressure_kn_m2=q, suction=wind.flat_roof_suction(zone)) - 0.63 for zone in ("G", "F")]
    assert net == pytest.approx([1.5 * 0.955 * 1.2 - 0.63, 1.5 * 0.955 * 1.8 - 0.63], abs=0.01)


# -- snow ------------------------------------------------------------------------------------


def test_drift_of_act_s4_along_the_roof():
    """Peak 1.952, undrifted 0.56, l_s 7 m: half way 1.256; mean over 0-7 m the same, over 0-4.8 m 1.952 - 1.392 x 2.4/7 = 1.4747."""
    drift = snow.snow_drift(step_height_m=3.5, upper_width_m=9.6, lower_width_m=4.8, upper_slope_deg=40.0)
    shape = {"peak_kn_m2": drift.peak_kn_m2, "length_m": drift.length_m, "undrifted_kn_m2": snow.roof_snow_kn_m2()}
    assert snow.drift_load_kn_m2(np.array([0.0, 3.5, 7.0, 9.0]), **shape) == pytest.approx([1.952, 1.256, 0.56, 0.56], rel=2e-3)
    assert snow.drift_mean_kn_m2(from_m=0.0, to_m=7.0, **shape) == pytest.approx(1.256, rel=2e-3)
    assert snow.drift_mean_kn_m2(from_m=0.0, to_m=4.8, **shape) == pytest.approx(1.4747, rel=2e-3)
    # beyond the drift: 0-7 m at 1.256 and 7-9 m at 0.56
    assert snow.drift_mean_kn_m2(from_m=0.0, to_m=9.0, **shape) == pytest.approx((7 * 1.256 + 2 * 0.56) / 9, rel=2e-3)


# -- imposed loads ---------------------------------------------------------------------------


def test_partitions():
    assert imposed.movable_partitions_kn_m2([0.0, 0.4, 1.0, 1.01, 2.0, 3.0, 3.1, -1.0]) == pytest.approx(
        [0.0, 0.5, 0.5, 0.8, 0.8, 1.2, np.nan, np.nan], nan_ok=True
    )


def test_roof_by_slope():
    assert imposed.roof_imposed_kn_m2([0, 14.9, 15, 17.5, 20, 60]) == pytest.approx([1, 1, 1, 0.5, 0, 0])
    assert imposed.roof_imposed_kn(area_m2=[4.0, 10.0, 300.0]) == pytest.approx([4.0, 10.0, 10.0])


# -- consequence class of table A.1 -----------------------------------------------------------


@pytest.mark.parametrize(
    ("n", "flat", "house"), [(1, "CC2a", "CC1"), (4, "CC2a", "CC1"), (5, "CC2b", "CC2a"), (15, "CC2b", "CC2b"), (16, "CC3", "CC3")]
)
def test_robustness_class(n, flat, house):
    assert robust.CLASSES[robust.robustness_class(n)] == flat
    assert robust.CLASSES[robust.robustness_class(n, single_family=True)] == house


def test_no_building_without_a_storey():
    with pytest.raises(ValueError, match="storeys=0"):
        robust.robustness_class(0)
