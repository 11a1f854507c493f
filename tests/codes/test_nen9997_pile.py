"""Piles: FND-S1 and the hand calculations of OpenAEC check-paal; groundhog 0.15.0 and steps by hand for the CPT paths."""

import numpy as np
import pytest

from optopscan.catalog.engineering import load_engineering
from optopscan.codes import nen9997_pile as pile


@pytest.fixture(scope="module")
def values():
    return load_engineering()


def resistance(pile_type, *, area, perimeter, means, shaft, length, beta=1.0, s=1.0):
    one, two, three = np.transpose(means)
    tip = pile.tip_resistance_mpa(qc_1_mpa=one, qc_2_mpa=two, qc_3_mpa=three, alpha_p=pile_type.alpha_p, beta=beta, s=s)
    side = pile.shaft_resistance_kn(qc_mean_mpa=shaft, alpha_s=pile_type.alpha_s, perimeter_m=perimeter, length_m=length)
    return tip, pile.calculated_resistance_kn(tip_mpa=tip, tip_area_m2=area, shaft_kn=side)


def design(values, r_cal, *, stiff=False):
    n, xi_3, xi_4 = values.xi_table(stiff=stiff)
    count = r_cal.shape[-1]
    xi = [pile.xi_factor(count, table_n=n, table_xi=table) for table in (xi_3, xi_4)]
    r_k = pile.characteristic_resistance_kn(r_cal, xi_3=xi[0], xi_4=xi[1])
    return float(r_k), float(pile.design_resistance_kn(r_k, gamma_t=values.design_factors["gamma_t"].value))


TWO = [(16, 14, 12), (14, 12, 11)]
LAYERS = {"thickness_m": [2, 3, 5], "gamma_dry_kn_m3": [17, 11, 17], "gamma_wet_kn_m3": [17, 11, 17]}


def test_fnd_s1(values):
    tip, r_cal = resistance(values.pile_types["precast-driven"], area=0.29**2, perimeter=1.16, means=TWO, shaft=[10, 9], length=3)
    assert tip[0] == pytest.approx(9.45, rel=2e-3)
    assert r_cal == pytest.approx([1143, 1020], rel=2e-3)
    assert design(values, r_cal) == pytest.approx((772.5, 643.7), rel=2e-3)
    # by hand 29 + 76.5 + 222.5 = 328 kN/m
    stress = pile.stress_integral_kn_m(water_depth_m=1, **LAYERS)
    assert stress == pytest.approx([29, 76.5, 222.5])
    f_nk = pile.negative_friction_kn(perimeter_m=1.16, coefficient=pile.friction_coefficient([22.5, 15, 22.5]), stress_integral_kn_m=stress)
    assert f_nk == pytest.approx(95.12, rel=2e-3)
    assert pile.pile_utilisation(f_d_kn=450, f_nk_d_kn=f_nk, r_d_kn=design(values, r_cal)[1]) == pytest.approx(0.847, rel=2e-3)


# check-paal: name, type, tip area, perimeter, means, shaft q_c, dL, published R_c;cal and R_c;d
PUBLISHED = [
    ("set 3: tip at 15 MPa, one test", "precast-driven", 0.29**2, 1.16, [(32, 30, 28)], [18], 4.5, [2044.5], 1225.7),
    ("set 6: auger, path III at 2", "auger", np.pi * 0.04, np.pi * 0.4, [(16, 14, 2), (14, 12, 2)], [10, 9], 3, [824.4, 731.4], 461.7),
    (
        "set 5: auger, three tests",
        "auger",
        np.pi * 0.04,
        np.pi * 0.4,
        [(16, 14, 2), (14, 12, 2), (15, 13, 2)],
        [10, 9, 9],
        2.5,
        [786.7, 697.4, 732.6],
        447.1,
    ),
    ("set 8: longer shaft", "precast-driven", 0.29**2, 1.16, TWO, [10, 9], 4.5, [1316.7, 1176.2], 742.6),
    ("set 10: no shaft", "precast-driven", 0.29**2, 1.16, TWO, [10, 9], 0, [794.7, 706.4], 446.0),
    ("set 13: tapered timber", "timber-tapered", np.pi / 4 * 0.18**2, 0.6, TWO, [10, 9], 3, [456.5, 408.2], 257.7),
    ("set 14: vibrated casing", "casing-vibrated-out", np.pi / 4 * 0.46**2, 1.2755, TWO, [10, 9], 3, [2029.7, 1809.3], 1142.2),
]


@pytest.mark.parametrize(
    ("kind", "area", "perimeter", "means", "shaft", "length", "r_cal", "r_d"), [p[1:] for p in PUBLISHED], ids=[p[0] for p in PUBLISHED]
)
def test_published_piles(values, kind, area, perimeter, means, shaft, length, r_cal, r_d):
    _, found = resistance(values.pile_types[kind], area=area, perimeter=perimeter, means=means, shaft=shaft, length=length)
    assert found == pytest.approx(r_cal, rel=1e-3)
    assert design(values, found)[1] == pytest.approx(r_d, rel=1e-3)


def test_shape_factors_of_the_foot():
    # set 25: beta 0.9: 0.5 * 0.7 * 0.9 * 27 = 8.505
    assert pile.tip_resistance_mpa(qc_1_mpa=16, qc_2_mpa=14, qc_3_mpa=12, alpha_p=0.7, beta=0.9) == pytest.approx(8.505)
    assert pile.tip_resistance_mpa(qc_1_mpa=16, qc_2_mpa=14, qc_3_mpa=12, alpha_p=0.7, s=0.9) == pytest.approx(8.505)
    # square 290: sqrt(4 / pi) 0.29; 250 x 450: over 1.5, so 250
    assert pile.equivalent_diameter_m(a_m=[0.29, 0.45], b_m=[0.29, 0.25]) == pytest.approx([0.32723, 0.25], abs=1e-5)


def test_stiff_building_and_table_ends(values):
    # set 20: three tests, stiff: min(mean / 1.18, lowest / 0.94) of 365.4, 328.86, 328.86 = 289.0
    assert design(values, np.array([365.4, 328.86, 328.86]), stiff=True)[0] == pytest.approx(289.0, abs=0.1)
    n, xi_3, xi_4 = values.xi_table(stiff=False)
    # six tests: half way between five and seven; many: the last column; none: unknown
    assert pile.xi_factor([1, 2, 6, 30], table_n=n, table_xi=xi_3) == pytest.approx([1.39, 1.32, 1.275, 1.25])
    assert pile.xi_factor(6, table_n=n, table_xi=xi_4) == pytest.approx(1.02)
    assert np.isnan(pile.xi_factor([0, np.nan], table_n=n, table_xi=xi_3)).all()
    for stiff in (False, True):
        for column in values.xi_table(stiff=stiff)[1:]:
            assert np.all(np.diff(column) <= 0)


def test_scatter():
    # (10 - 8) / sqrt(2) / 9
    assert pile.variation([10.0, 8.0]) == pytest.approx(2**0.5 / 9)
    assert pile.variation([[10.0], [np.nan]])[0] == 0
    # FND-S1: 61.55 * sqrt(2) / 1081.2 stays below the limit
    assert pile.variation([1142.7, 1019.6]) == pytest.approx(0.0805, abs=1e-4)
    assert pile.variation([1142.7, 1019.6]) < pile.COV_LIMIT


def test_negative_friction_by_hand():
    # set 14: K_0 tan phi = 0.6173 * 0.4142 = 0.2557 for 22.5 degrees cast in the ground, 0.25 at 15: 1.2755 * 83.43 = 106.4
    c = pile.friction_coefficient([22.5, 15, 22.5], cast_in_ground=True)
    assert c == pytest.approx([0.2557, 0.25, 0.2557], abs=1e-4)
    stress = pile.stress_integral_kn_m(water_depth_m=1, **LAYERS)
    assert pile.negative_friction_kn(perimeter_m=1.2755, coefficient=c, stress_integral_kn_m=stress) == pytest.approx(106.4, abs=0.1)
    # set 17: 8.5 + 21.5 = 30, 82.5 and 114 with gamma_wet 19 in the first layer
    other = pile.stress_integral_kn_m(thickness_m=[2, 3, 3], gamma_dry_kn_m3=[17, 11, 16], gamma_wet_kn_m3=[19, 11, 16], water_depth_m=1)
    assert other == pytest.approx([30, 82.5, 114])
    f_nk = pile.negative_friction_kn(perimeter_m=[0.8796, 0.6311, 0.5737], coefficient=0.25, stress_integral_kn_m=other)
    assert f_nk == pytest.approx(35.96, abs=0.02)
    # water half way down the second layer and 10 kPa on the surface, by hand:
    # 10 -> 44: 54; 44 -> 57.2 over 1.2: 60.72; 57.2 -> 59 over 1.8: 104.58; 59 -> 94 over 5: 382.5; F = 1.16 * 0.25 * 601.8 = 174.5 (set 3)
    third = pile.stress_integral_kn_m(water_depth_m=3.2, surcharge_kpa=10, **LAYERS)
    assert third == pytest.approx([54, 165.3, 382.5])
    assert pile.negative_friction_kn(perimeter_m=1.16, coefficient=0.25, stress_integral_kn_m=third) == pytest.approx(174.5, abs=0.05)
    # not monotonic over phi: from the floor up and down again
    phi = pile.friction_coefficient([5, 30, 45, 80], cast_in_ground=True)
    assert phi[0] == 0.25 < phi[1] < 0.2929
    assert phi[3] < phi[2]


def test_utilisation_ends():
    assert pile.pile_utilisation(f_d_kn=[0, 10, 10, -1], r_d_kn=[0, 0, 40, 40]).tolist() == [0, np.inf, 0.25, np.inf]
    assert pile.group_factor(eccentricity_m=[-0.1, 0.1], length_m=1.2) == pytest.approx([1.5, 1.5])


DEPTH = np.array([0, 8, 9, 12, 14, 16, 16.5, 17, 20, 25.0])
CONE = np.array([1, 1, 5, 9, 14, 18, 6, 6, 22, 22.0])


def test_paths_against_groundhog():
    # groundhog 0.15.0 KoppejanCalculation on this test resampled to 2 mm, alpha_p 0.7; it picks the end of
    # path I by its plain mean, we by the tip resistance: the third pile comes out lower here
    means = pile.koppejan_means_mpa(depth_m=DEPTH, qc_mpa=CONE, tip_m=[14, 15.5, 16.2, 19], diameter_m=[0.33, 0.4, 0.3, 0.5])
    tip = pile.tip_resistance_mpa(qc_1_mpa=means[:, 0], qc_2_mpa=means[:, 1], qc_3_mpa=means[:, 2], alpha_p=0.7)
    assert tip == pytest.approx([8.757252, 5.162981, 4.430414, 9.1938], rel=3e-3)
    assert tip[2] < 4.430414
    assert means[0] == pytest.approx([14.23, 14.23, 10.7907], rel=1e-3)


def test_paths_by_hand():
    # steps of q_c: 4 MPa to 10 m, 12 to 15 m, 6 below; tip at 14 m, D = 0.5: I ends at 2 m with 9, II is 6 all the way up, III 6 and 4
    depth = [0, 10, 10 + 1e-9, 15, 15 + 1e-9, 30]
    one, two, three = pile.koppejan_means_mpa(depth_m=depth, qc_mpa=[4, 4, 12, 12, 6, 6], tip_m=14.0, diameter_m=0.5)
    assert (one, two, three) == (pytest.approx(9), pytest.approx(6), pytest.approx(6))
    # tip at 12.5: 4 D ends at 14.5, all 12; III: 2.5 m of 12 and 1.5 m of 4 -> 9
    one, two, three = pile.koppejan_means_mpa(depth_m=depth, qc_mpa=[4, 4, 12, 12, 6, 6], tip_m=12.5, diameter_m=0.5)
    assert (one, two, three) == (pytest.approx(12), pytest.approx(12), pytest.approx(9))
    # auger: III starts at 2 MPa and stays there
    three = pile.koppejan_means_mpa(depth_m=depth, qc_mpa=[4, 4, 12, 12, 6, 6], tip_m=12.5, diameter_m=0.5, start_limit_mpa=2.0)[2]
    assert three == pytest.approx(2)


def test_a_test_that_is_too_short_is_unknown():
    means = pile.koppejan_means_mpa(depth_m=DEPTH, qc_mpa=CONE, tip_m=[24.0, 2.0, 14.0], diameter_m=[0.33, 0.4, 0.33])
    assert np.isnan(means).all(axis=-1).tolist() == [True, True, False]
    gap = np.where(DEPTH == 14, np.nan, CONE)
    assert np.isnan(pile.koppejan_means_mpa(depth_m=DEPTH, qc_mpa=gap, tip_m=14.0, diameter_m=0.3)).all()


def test_several_tests_at_once():
    cones = np.stack([CONE, 0.5 * CONE, CONE + 1])
    together = pile.koppejan_means_mpa(depth_m=DEPTH, qc_mpa=cones, tip_m=15.5, diameter_m=0.4)
    alone = [pile.koppejan_means_mpa(depth_m=DEPTH, qc_mpa=cone, tip_m=15.5, diameter_m=0.4) for cone in cones]
    assert together == pytest.approx(np.stack(alone), rel=1e-12)
    # two piles by three tests
    table = pile.koppejan_means_mpa(depth_m=DEPTH, qc_mpa=cones, tip_m=np.array([[14.0], [15.5]]), diameter_m=0.4)
    assert table.shape == (2, 3, 3)
    assert table[1] == pytest.approx(together, rel=1e-12)


def test_more_cone_resistance_never_lowers_the_paths_and_depth_may():
    rng = np.random.default_rng(1)
    for _ in range(10):
        more = CONE + rng.uniform(0, 3, CONE.size)
        a, b = (pile.koppejan_means_mpa(depth_m=DEPTH, qc_mpa=qc, tip_m=15.0, diameter_m=0.4) for qc in (CONE, more))
        assert 0.5 * (b[0] + b[1]) + b[2] >= 0.5 * (a[0] + a[1]) + a[2]
    means = pile.koppejan_means_mpa(depth_m=DEPTH, qc_mpa=CONE, tip_m=[13.0, 14.5, 16.0], diameter_m=0.4)
    tip = pile.tip_resistance_mpa(qc_1_mpa=means[:, 0], qc_2_mpa=means[:, 1], qc_3_mpa=means[:, 2], alpha_p=0.7)
    assert tip[1] > tip[0]
    assert tip[2] < tip[1]


def test_shaft_cut_off():
    depth = [0, 10, 10 + 1e-9, 10.8, 10.8 + 1e-9, 12, 12 + 1e-9, 20]
    qc = [2, 2, 20, 20, 5, 5, 20, 20]
    # 0.8 m of 20 counts for 12; 2 m of it for 15
    thin = pile.shaft_mean_mpa(depth_m=depth, qc_mpa=qc, top_m=[10.0, 12.0, 9.0, 12.0], bottom_m=[12.0, 14.0, 10.0, 12.0])
    assert thin[:3] == pytest.approx([(0.8 * 12 + 1.2 * 5) / 2, 15, 2])
    assert np.isnan(thin[3])
    assert pile.shaft_resistance_kn(qc_mean_mpa=[20, np.nan, np.nan], alpha_s=0.01, perimeter_m=1, length_m=[1, 0, 1]).tolist()[:2] == [
        150,
        0,
    ]


# table 7.c as in check-paal; ncoi.nl and hektec.nl: 1.0 for driven precast piles before 2017, everything 30 % down since
@pytest.mark.parametrize(
    ("kind", "alpha_p", "alpha_s"),
    [
        ("precast-driven", 0.7, 0.010),
        ("auger", 0.56, 0.006),
        ("bored", 0.35, 0.006),
        ("timber-tapered", 0.7, 0.012),
        ("screwed-cast", 0.63, 0.009),
    ],
)
def test_pile_types(values, kind, alpha_p, alpha_s):
    row = values.pile_types[kind]
    assert (row.alpha_p, row.alpha_s) == (alpha_p, alpha_s)
    assert row.source


def test_old_designs_lose_thirty_percent(values):
    before = [row.alpha_p_before for row in values.pile_types.values() if not np.isnan(row.alpha_p_before)]
    now = [row.alpha_p for row in values.pile_types.values() if not np.isnan(row.alpha_p_before)]
    assert now == pytest.approx(0.7 * np.array(before))
