"""Every clause function of the loads: batched as single calls, each argument alone over its range, nan in nan out.

Per argument a range with the direction that the docstring states: + and - over the whole range,
a 0 behind it where it may stay, 0 where it plays no part there. Other arguments stay in the middle.
"""

import inspect

import numpy as np
import pytest

from optopscan.codes import en1990, en1991_1_1, en1991_1_3, en1991_1_4, en1991_1_7

MODULES = (en1990, en1991_1_1, en1991_1_3, en1991_1_4, en1991_1_7)
VERBOUW = en1990.FactorSet(
    id="t", level="verbouw", consequence_class="CC2", gamma_ga=1.3, gamma_gb=1.15, gamma_q=1.3, gamma_q_wind=1.4, gamma_g_inf=0.9,
    source="", confidence="expert",
)  # fmt: skip
CITY = en1991_1_4.TERRAINS["bebouwd"]


def storeys(one, two, three):
    return np.stack(np.broadcast_arrays(one, two, three), axis=-1)


def axial(*, permanent, one, two, three, psi0, relief, roof):
    psi = np.asarray(psi0)[..., None] * np.ones(3)
    return en1990.design_axial_force(permanent, storeys(one, two, three), psi0=psi, factors=VERBOUW, relief_kn=relief, roof_kn=roof).n_kn


def axial_minimum(*, permanent, relief):
    return en1990.design_axial_force_minimum(permanent, factors=VERBOUW, relief_kn=relief)


def wind_most(*, permanent, one, two, three, psi0, relief):
    psi = np.asarray(psi0)[..., None] * np.ones(3)
    return en1990.wind_leading_axial_force(permanent, storeys(one, two, three), psi0=psi, factors=VERBOUW, relief_kn=relief).n_max_kn


def wind_least(*, permanent, relief):
    return en1990.wind_leading_axial_force(permanent, np.zeros(1), psi0=0.4, factors=VERBOUW, relief_kn=relief).n_min_kn


def six_ten_a(*, permanent, one, two, three, psi0):
    psi = np.asarray(psi0)[..., None] * np.ones(3)
    return en1990.combination_610a(permanent, storeys(one, two, three), psi0=psi, factors=VERBOUW)


def six_ten_b(*, permanent, one, two, three, psi0):
    psi = np.asarray(psi0)[..., None] * np.ones(3)
    return en1990.combination_610b(permanent, storeys(one, two, three), psi0=psi, factors=VERBOUW)[..., 0]


def set_c(*, permanent, one, two, three, psi0):
    psi = np.asarray(psi0)[..., None] * np.ones(3)
    return en1990.combination_set_c(permanent, storeys(one, two, three), psi0=psi)[..., 0]


def permanent_most(*, permanent, gamma_sup, gamma_inf):
    return en1990.permanent_maximum(permanent, gamma_sup=gamma_sup, gamma_inf=gamma_inf)


def equilibrium(*, permanent, variable, hold):
    return en1990.equilibrium_ratio(permanent, variable, hold, consequence_class="CC2")


def reference_period(*, years, psi0):
    return en1990.reference_period_factor(years, psi0=psi0)


def drift_peak(*, step, upper, lower, slope):
    return en1991_1_3.snow_drift(step_height_m=step, upper_width_m=upper, lower_width_m=lower, upper_slope_deg=slope).peak_kn_m2


def of_action(function, name):
    def one(**given):
        return getattr(function(terrain=CITY, **given), name)

    return one


def pressure(*, height, speed):
    return en1991_1_4.peak_velocity_pressure(height, wind_speed_m_s=speed, terrain=CITY)


def top_pressure(*, height, width, speed):
    return en1991_1_4.pressure_strips(height_m=height, width_m=width, wind_speed_m_s=speed, terrain=CITY).pressure_kn_m2[..., -1]


FLOORS = {"one": ("+", 5, 20), "two": ("+", 5, 20), "three": ("+", 5, 20)}
BLOCK = {"height_m": ("+", 8, 20), "width_m": ("+", 25, 60), "depth_m": ("-0", 8, 30), "wind_speed_m_s": ("+", 24, 30)}
DRAG = {
    "height_m": ("+", 8, 14),
    "width_m": ("", 8, 12),
    "depth_m": ("+", 40, 80),
    "wind_speed_m_s": ("+", 24, 30),
    "coefficient": ("+", 0.01, 0.04),
}
CASES = {
    "axial": (axial, {"permanent": ("+", -50, 200), **FLOORS, "psi0": ("+", 0.1, 0.9), "relief": ("+", -40, 0), "roof": ("+0", 0, 60)}),
    "axial_minimum": (axial_minimum, {"permanent": ("+", -50, 200), "relief": ("+", -40, 0)}),
    "wind_most": (wind_most, {"permanent": ("+", -50, 200), **FLOORS, "psi0": ("+", 0.1, 0.9), "relief": ("+", -40, 0)}),
    "wind_least": (wind_least, {"permanent": ("+", -50, 200), "relief": ("+", -40, 0)}),
    "combination_610a": (six_ten_a, {"permanent": ("+", -50, 200), **FLOORS, "psi0": ("+", 0.1, 0.9)}),
    "combination_610b": (six_ten_b, {"permanent": ("+", -50, 200), **FLOORS, "psi0": ("+", 0.1, 0.9)}),
    "combination_set_c": (set_c, {"permanent": ("+", -50, 200), **FLOORS, "psi0": ("+", 0.1, 0.9)}),
    "net_pressure_kn_m2": (
        en1991_1_4.net_pressure_kn_m2, {"pressure_kn_m2": ("+", 0.5, 1.5), "external": ("+", 0.3, 0.8), "internal": ("-", -0.3, 0.2)},
    ),
    "permanent_maximum": (permanent_most, {"permanent": ("+", 10, 200), "gamma_sup": ("+", 1, 1.5), "gamma_inf": ("0", 0.8, 1)}),
    "equilibrium_ratio": (equilibrium, {"permanent": ("+", 5, 50), "variable": ("+", 5, 50), "hold": ("-", 50, 500)}),
    "reference_period_factor": (reference_period, {"years": ("+", 15, 45), "psi0": ("+", 0, 0.9)}),
    "movable_partitions_kn_m2": (en1991_1_1.movable_partitions_kn_m2, {"wall_kn_m": ("+0", 0.1, 2.9)}),
    "roof_imposed_kn_m2": (en1991_1_1.roof_imposed_kn_m2, {"slope_deg": ("-0", 1, 80)}),
    "roof_imposed_kn": (en1991_1_1.roof_imposed_kn, {"area_m2": ("+0", 2, 40), "slope_deg": ("-0", 1, 25)}),
    "shape_coefficient": (en1991_1_3.shape_coefficient, {"slope_deg": ("-0", 1, 70)}),
    "roof_snow_kn_m2": (en1991_1_3.roof_snow_kn_m2, {"slope_deg": ("-0", 1, 70)}),
    "snow_drift": (drift_peak, {"step": ("", 1, 6), "upper": ("+", 5, 7), "lower": ("+", 2, 4), "slope": ("", 20, 40)}),
    "drift_load_kn_m2": (
        en1991_1_3.drift_load_kn_m2,
        {"distance_m": ("-0", 0, 12), "peak_kn_m2": ("+0", 0.4, 3), "length_m": ("+0", 5, 15), "undrifted_kn_m2": ("+", 0.3, 0.6)},
    ),
    "drift_mean_kn_m2": (
        en1991_1_3.drift_mean_kn_m2,
        {
            "from_m": ("-0", 0, 3.9), "to_m": ("-0", 4, 12), "peak_kn_m2": ("+0", 0.4, 3), "length_m": ("+", 5, 15),
            "undrifted_kn_m2": ("+", 0.3, 0.6),
        },
    ),
    "peak_velocity_pressure": (pressure, {"height": ("+0", 2, 50), "speed": ("+", 24, 30)}),
    "probability_factor": (en1991_1_4.probability_factor, {"years": ("+", 10, 100)}),
    "facade_coefficients": (lambda **given: en1991_1_4.facade_coefficients(**given)[1], {"height_over_depth": ("-0", 0.2, 4.9)}),
    "wind_on_block": (of_action(en1991_1_4.wind_on_block, "force_kn"), BLOCK),
    "wind_on_block, moment": (of_action(en1991_1_4.wind_on_block, "base_moment_knm"), BLOCK),
    "wind_above": (of_action(en1991_1_4.wind_above, "force_kn"), {"level_m": ("-", 0, 7), **BLOCK}),
    "wind_above, moment": (of_action(en1991_1_4.wind_above, "base_moment_knm"), {"level_m": ("-", 0, 7), **BLOCK}),
    "friction_on_block": (of_action(en1991_1_4.friction_on_block, "force_kn"), {"level_m": ("-", 0, 7), **DRAG}),
    "friction_on_block, moment": (of_action(en1991_1_4.friction_on_block, "base_moment_knm"), {"level_m": ("-", 0, 7), **DRAG}),
    "pressure_strips": (top_pressure, {"height": ("+", 8, 50), "width": ("0", 8, 50), "speed": ("+", 24, 30)}),
    "structural_factor_cscd": (en1991_1_4.structural_factor_cscd, {"height_m": ("0", 5, 39), "depth_m": ("0", 10, 30)}),
    "edge_zone_m": (en1991_1_4.edge_zone_m, {"height_m": ("+0", 5, 20), "width_m": ("+0", 8, 50)}),
    "flat_roof_suction": (lambda **given: en1991_1_4.flat_roof_suction("F", **given), {"parapet_ratio": ("+0", 0, 0.12)}),
    "uplift_kn_m2": (en1991_1_4.uplift_kn_m2, {"pressure_kn_m2": ("+", 0.5, 1.5), "suction": ("-", -1.8, -0.2), "internal": ("+", 0, 0.2)}),
}  # fmt: skip
NO_NUMBER = {"roof_zone", "robustness_class", "wind_leading_axial_force", "design_axial_force", "design_axial_force_minimum"}


def middle(ranges):
    return {name: 0.5 * (low + high) for name, (_, low, high) in ranges.items()}


@pytest.mark.parametrize("name", CASES)
def test_each_argument_alone_in_the_stated_direction(name):
    function, ranges = CASES[name]
    for argument, (direction, low, high) in ranges.items():
        values = np.linspace(low, high, 41)
        found = np.asarray(function(**{**middle(ranges), argument: values}))
        assert found.shape == values.shape
        steps = np.diff(found)
        flat = np.abs(steps) < 1e-12 * np.abs(found).max(initial=1.0)
        if direction == "0":
            assert flat.all(), argument
        elif direction:
            sign = 1.0 if direction[0] == "+" else -1.0
            assert np.all(flat | (sign * steps > 0.0)), argument
            assert not flat.all(), argument
            assert direction.endswith("0") or not flat.any(), argument


@pytest.mark.parametrize("name", CASES)
def test_batch_is_a_loop_of_single_calls(name):
    function, ranges = CASES[name]
    rng = np.random.default_rng(7)
    batch = {argument: rng.uniform(low, high, (2, 5)) for argument, (_, low, high) in ranges.items()}
    whole = np.asarray(function(**batch))
    for place in np.ndindex(2, 5):
        single = function(**{argument: float(values[place]) for argument, values in batch.items()})
        np.testing.assert_allclose(whole[place], single, rtol=1e-12, atol=1e-12)


@pytest.mark.parametrize("name", CASES)
def test_unknown_stays_unknown(name):
    function, ranges = CASES[name]
    for argument, (direction, _, _) in ranges.items():
        if direction != "0":
            assert np.all(np.isnan(function(**{**middle(ranges), argument: float("nan")}))), argument


def test_every_function_has_a_row():
    told = {name.split(",")[0] for name in CASES} | NO_NUMBER
    for module in MODULES:
        own = {name for name, value in inspect.getmembers(module, inspect.isfunction) if value.__module__ == module.__name__}
        assert {name for name in own if not name.startswith("_")} <= told, module.__name__
