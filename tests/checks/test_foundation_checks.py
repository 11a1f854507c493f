"""Resistance of a foundation line from what was given: by hand, and never from a comparison or half the data."""

import numpy as np
import pytest
from checks_factory import make_parts

from optopscan.catalog.engineering import load_engineering
from optopscan.checks.foundation import Ground, line_peak, line_resistance, lines_shown, undrawn_weight_kn, without_crossings

GROUND = Ground.of(load_engineering().ground_values)


def test_piles_of_the_model_with_a_design_capacity():
    found = line_resistance({"kind": "pile", "pile_capacity_kn": 320.0, "capacity_basis": "design"}, GROUND, length_m=8.0, n_pile=5)
    assert found.r_d_kn == pytest.approx(1600.0)
    assert not found.settles


def test_characteristic_capacity_and_spacing():
    """8.0 m at 1.5 m: five whole spans; 360 / 1.2 = 300 kN each."""
    given = {"kind": "pile", "pile_capacity_kn": 360.0, "capacity_basis": "characteristic", "pile_spacing_m": 1.5}
    assert line_resistance(given, GROUND, length_m=8.0, n_pile=0).r_d_kn == pytest.approx(1500.0)


def test_strip_on_sand_fnd_s2():
    """phi 32.5, 0.8 m wide at 0.8 m, dry: 327 kPa in the worked figure with 18 kN/m3; here the loose 17 kN/m3 gives 17/18 of it."""
    given = {"kind": "strip", "width_m": 0.8, "depth_m": 0.8, "friction_angle_deg": 32.5, "groundwater_m": 10.0}
    found = line_resistance(given, GROUND, length_m=10.0, n_pile=0)
    assert found.r_d_kn / 8.0 == pytest.approx(327.0 * 17.0 / 18.0, rel=0.01)
    assert found.settles


def test_water_at_the_surface_takes_more_than_half():
    given = {"kind": "strip", "width_m": 0.8, "depth_m": 0.8, "friction_angle_deg": 32.5}
    dry = line_resistance({**given, "groundwater_m": 10.0}, GROUND, length_m=10.0, n_pile=0).r_d_kn
    wet = line_resistance(given, GROUND, length_m=10.0, n_pile=0).r_d_kn  # nobody said where the water stands
    assert wet == pytest.approx(dry * 7.0 / 17.0, rel=1e-6)


def test_clay_by_hand():
    """(pi + 2) x 60/1.35 + 7 x 1.0/1.1 = 234.8 kPa on 1.0 x 6.0 m."""
    given = {"kind": "strip", "width_m": 1.0, "depth_m": 1.0, "undrained_strength_kpa": 60.0}
    assert line_resistance(given, GROUND, length_m=6.0, n_pile=0).r_d_kn == pytest.approx(6.0 * (5.1416 * 60 / 1.35 + 7 / 1.1), rel=1e-4)


def test_soil_with_friction_and_undrained_strength_has_the_lower_of_both():
    """Clay: 234.8 kPa undrained on 1.0 m, drained with 32.5 degrees more: the short term governs, and the other way round."""
    base = {"kind": "strip", "width_m": 1.0, "depth_m": 1.0, "groundwater_m": 10.0}

    def r_d(**soil):
        return line_resistance({**base, **soil}, GROUND, length_m=6.0, n_pile=0)

    weak, stiff = {"undrained_strength_kpa": 40.0}, {"undrained_strength_kpa": 400.0}
    friction = {"friction_angle_deg": 32.5}
    assert r_d(**weak).r_d_kn < r_d(**friction).r_d_kn < r_d(**stiff).r_d_kn
    assert r_d(**weak, **friction).r_d_kn == r_d(**weak).r_d_kn
    assert r_d(**weak, **friction).clause.endswith("D.3")
    assert r_d(**stiff, **friction).r_d_kn == r_d(**friction).r_d_kn


def test_stated_bearing_resistance_of_a_pad():
    given = {"kind": "pad", "width_m": 1.2, "length_m": 1.5, "bearing_resistance_kpa": 250.0, "resistance_basis": "design"}
    assert line_resistance(given, GROUND, length_m=1.2, n_pile=0).r_d_kn == pytest.approx(450.0)


@pytest.mark.parametrize(
    ("given", "why"),
    [
        ({}, "geen toets"),
        ({"kind": "ground"}, "geen toets"),
        ({"kind": "pile"}, "draagvermogen"),
        ({"kind": "pile", "pile_capacity_kn": 300.0}, "rekenwaarde"),
        ({"kind": "pile", "pile_capacity_kn": 300.0, "capacity_basis": "design"}, "aantal palen"),
        ({"kind": "strip"}, "breedte"),
        ({"kind": "pad", "width_m": 1.2, "bearing_resistance_kpa": 250.0, "resistance_basis": "design"}, "lengte van de poer"),
        ({"kind": "strip", "width_m": 0.8}, "wrijving"),
        ({"kind": "strip", "width_m": 0.8, "friction_angle_deg": 30.0}, "diepte"),
        ({"kind": "strip", "width_m": 0.8, "bearing_resistance_kpa": 200.0}, "karakteristiek"),
        ({"kind": "strip", "width_m": 0.8, "bearing_resistance_kpa": 200.0, "resistance_basis": "characteristic"}, "karakteristiek"),
        ({"kind": "pile", "cone_profile": ((0.0, 1.0), (9.0, 12.0)), "pile_type": "timber"}, "negatieve kleef"),
    ],
)
def test_half_the_data_is_no_resistance(given, why):
    found = line_resistance(given, GROUND, length_m=8.0, n_pile=0)
    assert found.r_d_kn != found.r_d_kn
    assert why in found.why
    assert np.isnan(undrawn_weight_kn(found, GROUND, 500.0))
    assert found.taken == found.buried_with == ()


def test_a_footing_that_is_not_drawn_weighs_by_hand():
    """20 kN/m3 x 1.2 of 1.0 x 0.9 m over 6 m: 129.6 kN; without a depth 0.8 m; beams and caps on piles a tenth of the load."""
    clay = {"kind": "strip", "width_m": 1.0, "depth_m": 0.9, "undrained_strength_kpa": 60.0}
    assert undrawn_weight_kn(line_resistance(clay, GROUND, length_m=6.0, n_pile=0), GROUND, 500.0) == pytest.approx(129.6)
    pad = {"kind": "pad", "width_m": 1.2, "length_m": 1.5, "bearing_resistance_kpa": 250.0, "resistance_basis": "design"}
    assert undrawn_weight_kn(line_resistance(pad, GROUND, length_m=1.2, n_pile=0), GROUND, 500.0) == pytest.approx(24.0 * 1.8 * 0.8)
    deep = line_resistance({**pad, "depth_m": 1.5}, GROUND, length_m=1.2, n_pile=0)
    assert undrawn_weight_kn(deep, GROUND, 500.0) == pytest.approx(24.0 * 1.8 * 1.5)
    piles = {"kind": "pile", "pile_capacity_kn": 320.0, "capacity_basis": "design"}
    assert undrawn_weight_kn(line_resistance(piles, GROUND, length_m=8.0, n_pile=5), GROUND, 500.0) == pytest.approx(50.0)


def test_the_ground_below_crossing_strips_counts_once():
    """Two strips of 1.0 m, 8.0 and 6.0 m long, cross in the middle: 1.0 m2 in common, half to each; a pad and piles share nothing."""
    nan = np.full(3, np.nan)
    parts = make_parts(
        3, kind=("pier",) * 3, line=np.array([0, 1, 2]), length_m=np.array([8.0, 6.0, 2.0]), x0_m=np.array([0.0, 4.0, 3.0]),
        x1_m=np.array([8.0, 4.0, 5.0]), y0_m=np.array([0.0, -3.0, 0.0]), y1_m=np.array([0.0, 3.0, 0.0]), x_m=nan, y_m=nan,
    )  # fmt: skip
    strip = {"kind": "strip", "width_m": 1.0, "bearing_resistance_kpa": 150.0, "resistance_basis": "design", "depth_m": 1.0}
    pad = {**strip, "kind": "pad", "length_m": 2.0}
    alone = {k: line_resistance(strip, GROUND, length_m=long, n_pile=0) for k, long in ((0, 8.0), (1, 6.0))}
    alone[2] = line_resistance(pad, GROUND, length_m=2.0, n_pile=0)
    found = without_crossings(parts, alone)
    assert [found[k].r_d_kn for k in range(3)] == pytest.approx([150.0 * 7.5, 150.0 * 5.5, 300.0])
    assert [found[k].buried_kn for k in range(2)] == pytest.approx([24.0 * 7.5, 24.0 * 5.5])
    assert found[0].inputs["shared_m2"] == pytest.approx(0.5)
    assert found[0].inputs["area_m2"] == pytest.approx(7.5)
    assert found[2] == alone[2]
    aside = without_crossings(parts, {0: alone[0], 2: alone[2]})
    assert aside[0] == alone[0]


def test_lines_whose_foundation_the_model_shows():
    parts = make_parts(4, kind=("pier", "footing", "pile", "column"), line=np.array([0, 1, 2, -1]))
    assert lines_shown(parts) == {1, 2}


def test_peak_of_a_line_is_its_mean_only_under_an_even_load():
    parts = make_parts(4, kind=("footing",) * 4, length_m=np.array([2.0, 2.0, 1.0, 1.0]), line=np.array([0, 0, 1, 1]))
    assert line_peak(parts, np.array([40.0, 40.0, 10.0, 30.0])) == {0: 80.0, 1: 60.0}
    piles = make_parts(3, kind=("pile",) * 3, line=np.array([0, 0, 0]))
    assert line_peak(piles, np.array([100.0, 150.0, 50.0])) == {0: 450.0}
    assert np.isnan(line_peak(parts, np.array([40.0, np.nan, 10.0, 30.0]))[0])
