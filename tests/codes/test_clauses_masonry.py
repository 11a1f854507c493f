"""Every clause function: batched as single calls, each argument varied alone, nan in nan out.

A row holds the function, a point well inside its range and per argument what a small
increase does there: +1 rises, -1 falls, 0 leaves it as it is, None where no direction is
stated (flags, signs, and axial force where it helps and harms).
"""

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from optopscan.codes import en1993 as ec3
from optopscan.codes import en1993_bending as bend
from optopscan.codes import en1993_sections as sec
from optopscan.codes import en1995 as ec5
from optopscan.codes import en1996 as ec6
from optopscan.codes import en1996_interval as ivl
from optopscan.codes import en1996_lateral as lat
from optopscan.codes import en1996_local as loc

UP, DOWN, SAME = 1, -1, 0
Case = tuple[Callable[..., Any], dict[str, tuple[float, int | None]]]


def _of(values: Any, name: str) -> Any:
    return getattr(values, name)


def _section(build: Callable[..., Any], name: str) -> Callable[..., Any]:
    def one(**kw: Any) -> Any:
        return _of(build(**kw), name)

    one.__name__ = f"{build.__name__}.{name}"
    return one


def _pick(function: Callable[..., Any], place: int) -> Callable[..., Any]:
    def one(**kw: Any) -> Any:
        return function(**kw)[place]

    one.__name__ = f"{function.__name__}[{place}]"
    return one


WALL = {
    "squash_kn": (400.0, UP),
    "thickness_mm": (120.0, UP),
    "e_init_mm": (5.0, DOWN),
    "e_load_mm": (4.0, DOWN),
    "moment_knm": (3.0, DOWN),
}
WALL_LO = {name: (value, -d if d is not None else None) for name, (value, d) in WALL.items()}
MID = {"moment_knm": (1.0, DOWN), "slenderness": (18.0, DOWN), "e_over_fk": (700.0, UP)}
MID_LO = {"moment_knm": (1.0, UP), "slenderness": (18.0, UP), "e_over_fk": (700.0, DOWN)}
I_SIZES = {"height_mm": (200.0, UP), "width_mm": (100.0, UP), "web_mm": (5.6, UP), "flange_mm": (8.5, UP), "root_mm": (12.0, UP)}
TAPER = {**I_SIZES, "toe_mm": (4.5, DOWN)}
CHANNEL = {**TAPER, "width_mm": (75.0, UP), "web_mm": (8.5, UP), "flange_mm": (11.5, UP)}

CASES: list[Case] = [
    (ec6.fk_mpa, {"fb_mpa": (12.0, UP), "fm_mpa": (10.0, UP), "k": (0.6, UP), "alpha": (0.65, UP), "beta": (0.25, UP)}),
    (ec6.fk_mpa, {"fb_mpa": (4.0, UP), "fm_mpa": (10.0, SAME), "k": (0.6, UP), "alpha": (0.65, UP), "beta": (0.25, UP)}),
    (ec6.area_factor, {"area_m2": (0.05, UP)}),
    (ec6.design_strength_mpa, {"fk_mpa": (5.9, UP), "gamma_m": (1.7, DOWN), "area_m2": (0.05, UP)}),
    (ec6.effective_height_mm, {"height_mm": (2800.0, UP), "rho": (0.75, UP)}),
    (ec6.slenderness, {"effective_height_mm": (2100.0, UP), "effective_thickness_mm": (120.0, DOWN)}),
    (ec6.imperfection_inclination, {"height_m": (12.0, DOWN)}),
    (ec6.area_factor, {"area_m2": (0.15, SAME)}),
    (ec6.rho3, {"rho2": (0.75, UP), "height_mm": (2800.0, DOWN), "length_mm": (1000.0, UP), "thickness_mm": (120.0, SAME)}),
    (ec6.rho4, {"rho2": (0.75, UP), "height_mm": (2800.0, DOWN), "length_mm": (3000.0, UP), "thickness_mm": (120.0, SAME)}),
    (ec6.rho4, {"rho2": (0.75, SAME), "height_mm": (2800.0, DOWN), "length_mm": (2000.0, UP), "thickness_mm": (120.0, SAME)}),
    (ec6.effective_thickness_mm, {"thickness_mm": (100.0, UP), "other_leaf_mm": (100.0, UP)}),
    (ec6.initial_eccentricity_mm, {"effective_height_mm": (2100.0, UP)}),
    (ec6.end_eccentricity_mm, {"e_load_mm": (10.0, UP), "e_init_mm": (5.0, UP), "thickness_mm": (120.0, SAME)}),
    (ec6.end_eccentricity_mm, {"e_load_mm": (1.0, SAME), "e_init_mm": (2.0, SAME), "thickness_mm": (120.0, UP)}),
    (ec6.end_factor, {"e_mm": (10.0, DOWN), "thickness_mm": (120.0, UP)}),
    (ec6.creep_eccentricity_mm, {"slenderness": (30.0, UP), "thickness_mm": (100.0, UP), "e_m_mm": (10.0, UP), "phi_inf": (1.1, UP)}),
    (
        ec6.mid_eccentricity_mm,
        {"e_load_mm": (5.0, UP), "e_init_mm": (5.0, UP), "thickness_mm": (100.0, UP), "slenderness": (30.0, UP), "phi_inf": (1.1, UP)},
    ),
    (
        ec6.minimum_eccentricity_mm,
        {"effective_height_mm": (3200.0, UP), "thickness_mm": (100.0, UP), "slenderness": (32.0, UP), "phi_inf": (1.1, UP)},
    ),
    (ec6.mid_factor, {"e_mm": (10.0, DOWN), "thickness_mm": (120.0, UP), "slenderness": (20.0, DOWN), "e_over_fk": (700.0, UP)}),
    (ec6.axial_resistance_kn, {"phi": (0.5, UP), "thickness_mm": (120.0, UP), "length_mm": (1000.0, UP), "fd_mpa": (3.0, UP)}),
    (
        ec6.shear_resistance_kn,
        {
            "n_ed_kn": (80.0, UP),
            "thickness_mm": (100.0, UP),
            "compressed_length_mm": (3000.0, UP),
            "fvk0_mpa": (0.2, UP),
            "fb_mpa": (12.0, SAME),
            "gamma_m": (1.7, DOWN),
        },
    ),
    (ec3.yield_strength_mpa, {"fy_nominal_mpa": (230.0, UP), "thickness_mm": (12.0, SAME)}),
    (ec3.critical_force_kn, {"second_moment_mm4": (1e7, UP), "buckling_length_mm": (3000.0, DOWN)}),
    (ec3.relative_slenderness, {"area_mm2": (4525.0, UP), "fy_mpa": (235.0, UP), "n_cr_kn": (1871.0, DOWN)}),
    (ec3.buckling_auxiliary, {"slenderness": (0.9, UP), "imperfection": (0.34, UP)}),
    (ec3.buckling_reduction, {"slenderness": (0.9, DOWN), "imperfection": (0.34, DOWN)}),
    (ec3.buckling_resistance_kn, {"chi": (0.6, UP), "area_mm2": (4525.0, UP), "fy_mpa": (235.0, UP)}),
    (ec6.rho2, {"concrete_floors": (1.0, None), "e_top_mm": (10.0, SAME), "thickness_mm": (120.0, SAME)}),
    (
        ec6.fvk_mpa,
        {"fvk0_mpa": (0.2, UP), "sigma_d_mpa": (0.3, UP), "fb_mpa": (12.0, SAME), "unfilled_head_joints": (0.0, None)},
    ),
    (ec6.fvk_mpa, {"fvk0_mpa": (0.2, SAME), "sigma_d_mpa": (3.0, SAME), "fb_mpa": (12.0, UP)}),
    (ec6.compressed_length_mm, {"n_ed_kn": (50.0, UP), "m_ed_knm": (40.0, DOWN), "length_mm": (3000.0, UP)}),
    (ec6.compressed_length_mm, {"n_ed_kn": (500.0, SAME), "m_ed_knm": (40.0, SAME), "length_mm": (3000.0, UP)}),
    (ec6.sway_slenderness, {"height_m": (12.0, UP), "n_ed_kn": (5000.0, UP), "sum_ei_knm2": (1e8, DOWN)}),
    (ec6.sway_limit, {"storeys": (3.0, UP)}),
    (_pick(ivl.end_interval_kn, 1), WALL),
    (_pick(ivl.end_interval_kn, 0), WALL_LO),
    (_pick(ivl.mid_interval_kn, 1), {**WALL, **MID}),
    (_pick(ivl.mid_interval_kn, 0), {**WALL_LO, **MID_LO}),
    (_pick(ivl.in_plane_interval_kn, 1), {"squash_kn": (900.0, UP), "length_mm": (2000.0, UP), "moment_knm": (90.0, DOWN)}),
    (_pick(ivl.in_plane_interval_kn, 0), {"squash_kn": (900.0, DOWN), "length_mm": (2000.0, DOWN), "moment_knm": (90.0, UP)}),
    (
        ivl.shear_least_axial_kn,
        {
            "v_ed_kn": (50.0, UP),
            "m_ed_knm": (60.0, UP),
            "thickness_mm": (120.0, DOWN),
            "length_mm": (2500.0, DOWN),
            "fvk0_mpa": (0.2, DOWN),
            "fb_mpa": (12.0, SAME),
            "gamma_m": (1.7, UP),
        },
    ),
    (ivl.squash_kn, {"thickness_mm": (120.0, UP), "length_mm": (2500.0, UP), "fd_mpa": (3.0, UP)}),
    (
        loc.spread_length_mm,
        {"bearing_length_mm": (200.0, UP), "height_mm": (2500.0, UP), "left_mm": (300.0, UP), "right_mm": (5000.0, SAME)},
    ),
    (
        loc.concentrated_factor,
        {"end_distance_mm": (900.0, UP), "height_mm": (2550.0, DOWN), "bearing_area_mm2": (9e4, DOWN), "effective_area_mm2": (2.5e5, UP)},
    ),
    (
        loc.concentrated_resistance_kn,
        {
            "beta": (1.3, UP),
            "bearing_area_mm2": (3.2e4, UP),
            "fd_mpa": (4.0, UP),
            "eccentricity_mm": (10.0, SAME),
            "thickness_mm": (200.0, SAME),
        },
    ),
    (loc.bearing_offset_mm, {"thickness_mm": (120.0, UP), "bearing_depth_mm": (80.0, DOWN), "share": (0.3, DOWN)}),
    (
        loc.added_eccentricity_mm,
        {"n_old_kn": (100.0, DOWN), "e_old_mm": (5.0, UP), "n_new_kn": (40.0, UP), "offset_new_mm": (30.0, UP)},
    ),
    (loc.offset_limit_mm, {"thickness_mm": (120.0, UP), "product_mm": (50.0, SAME)}),
    (loc.member_stiffness_knm, {"e_mpa": (4000.0, UP), "second_moment_mm4": (1e8, UP), "length_mm": (2700.0, DOWN)}),
    (loc.fixed_end_moment_knm, {"load_kn_m": (8.0, UP), "span_m": (5.0, UP)}),
    (
        loc.frame_moment_knm,
        {
            "wall_knm": (900.0, UP),
            "other_wall_knm": (900.0, None),
            "left_floor_knm": (1500.0, DOWN),
            "right_floor_knm": (1000.0, DOWN),
            "left_moment_knm": (16.0, UP),
            "right_moment_knm": (9.0, DOWN),
        },
    ),
    (loc.masonry_depth_mm, {"lintel_depth_mm": (60.0, UP), "masonry_above_mm": (400.0, UP)}),
    (loc.deep_beam_lever_arm_mm, {"clear_span_mm": (1500.0, UP), "depth_mm": (1000.0, UP)}),
    (
        loc.lintel_moment_knm,
        {
            "as_mm2": (100.0, UP),
            "fyd_mpa": (435.0, UP),
            "clear_span_mm": (2000.0, SAME),
            "depth_mm": (400.0, SAME),
            "effective_depth_mm": (360.0, UP),
            "width_mm": (100.0, UP),
            "fd_mpa": (3.0, UP),
            "strong_units": (1.0, None),
        },
    ),
    (
        loc.lintel_shear_kn,
        {"fvd_mpa": (0.15, UP), "width_mm": (100.0, UP), "effective_depth_mm": (360.0, UP), "distance_mm": (500.0, DOWN)},
    ),
    (
        lat.fxd1_apparent_mpa,
        {"fxk1_mpa": (0.2, UP), "gamma_m": (1.7, DOWN), "sigma_d_mpa": (0.05, UP), "phi": (0.3, SAME), "fd_mpa": (3.0, SAME)},
    ),
    (
        lat.fxd1_apparent_mpa,
        {"fxk1_mpa": (0.2, UP), "gamma_m": (1.7, DOWN), "sigma_d_mpa": (0.5, SAME), "phi": (0.3, UP), "fd_mpa": (3.0, UP)},
    ),
    (lat.moment_resistance_knm, {"fxd_mpa": (0.12, UP), "thickness_mm": (100.0, UP), "length_mm": (1000.0, UP)}),
    (lat.strip_moment_knm, {"load_kn_m2": (0.9, UP), "span_m": (2.7, UP)}),
    (
        _pick(ec3.imperfection_i_section, 1),
        {"height_mm": (200.0, SAME), "width_mm": (200.0, SAME), "flange_mm": (15.0, SAME)},
    ),
    (
        ec3.column_resistance_kn,
        {
            "area_mm2": (4525.0, UP),
            "i_y_mm4": (2.51e7, None),
            "i_z_mm4": (9.2e6, None),
            "length_y_mm": (3200.0, None),
            "length_z_mm": (3200.0, None),
            "fy_mpa": (235.0, UP),
            "alpha_y": (0.34, None),
            "alpha_z": (0.49, None),
        },
    ),
    *[(_section(sec.i_section, name), I_SIZES) for name in ("area_mm2", "i_y_mm4", "i_z_mm4", "w_el_y_mm3", "w_pl_y_mm3", "i_t_mm4")],
    *[(_section(sec.tapered_i_section, name), TAPER) for name in ("area_mm2", "i_y_mm4", "i_z_mm4", "w_pl_y_mm3")],
    *[(_section(sec.tapered_channel, name), CHANNEL) for name in ("area_mm2", "i_y_mm4", "w_pl_y_mm3")],
    *[
        (
            _section(sec.rectangular_tube, name),
            {"height_mm": (200.0, UP), "width_mm": (100.0, UP), "wall_mm": (8.0, UP), "outer_radius_mm": (12.0, DOWN)},
        )
        for name in ("area_mm2", "i_y_mm4", "i_z_mm4", "w_pl_y_mm3")
    ],
    *[
        (_section(sec.round_tube, name), {"diameter_mm": (168.3, UP), "wall_mm": (10.0, UP)})
        for name in ("area_mm2", "i_y_mm4", "w_pl_y_mm3", "i_t_mm4")
    ],
    (bend.epsilon, {"fy_mpa": (235.0, DOWN)}),
    (
        bend.moment_resistance_knm,
        {"w_pl_mm3": (6e5, UP), "w_el_mm3": (5e5, SAME), "fy_mpa": (235.0, UP), "section_class": (1.0, SAME)},
    ),
    (
        bend.shear_resistance_kn,
        {"shear_area_mm2": (2568.0, UP), "fy_mpa": (235.0, UP), "web_height_mm": (278.0, SAME), "web_mm": (7.1, SAME)},
    ),
    (
        bend.moment_with_shear_knm,
        {
            "m_c_rd_knm": (150.0, SAME),
            "w_pl_y_mm3": (628e3, UP),
            "web_height_mm": (278.6, DOWN),
            "web_mm": (7.1, DOWN),
            "fy_mpa": (235.0, UP),
            "v_ed_kn": (300.0, DOWN),
            "v_pl_rd_kn": (348.0, UP),
        },
    ),
    (
        _pick(bend.moment_with_axial_knm, 0),
        {
            "m_pl_y_knm": (147.7, UP),
            "m_pl_z_knm": (23.0, SAME),
            "area_mm2": (5381.0, UP),
            "width_mm": (150.0, DOWN),
            "flange_mm": (10.7, DOWN),
            "fy_mpa": (235.0, UP),
            "n_ed_kn": (500.0, DOWN),
        },
    ),
    (
        bend.linear_utilisation,
        {
            "n_ed_kn": (200.0, UP),
            "n_rd_kn": (900.0, DOWN),
            "m_y_knm": (50.0, UP),
            "m_y_rd_knm": (150.0, DOWN),
            "m_z_knm": (5.0, UP),
            "m_z_rd_knm": (30.0, DOWN),
        },
    ),
    (
        bend.critical_moment_knm,
        {
            "i_z_mm4": (6.04e6, UP),
            "i_t_mm4": (2.01e5, UP),
            "i_w_mm6": (1.26e11, UP),
            "length_mm": (4000.0, DOWN),
            "c1": (1.13, UP),
            "c2": (0.45, DOWN),
            "load_height_mm": (150.0, DOWN),
        },
    ),
    (bend.lateral_torsional_reduction, {"slenderness": (0.9, DOWN), "height_over_width": (1.8, SAME)}),
    (bend.lateral_torsional_reduction_rolled, {"slenderness": (0.9, DOWN), "height_over_width": (1.8, SAME)}),
    (bend.buckling_moment_knm, {"chi_lt": (0.7, UP), "w_y_mm3": (6e5, UP), "fy_mpa": (235.0, UP)}),
    (ec5.design_strength_mpa, {"fk_mpa": (24.0, UP), "k_mod": (0.8, UP), "gamma_m": (1.3, DOWN)}),
    (ec5.depth_factor, {"depth_mm": (100.0, DOWN)}),
    (ec5.slenderness, {"length_mm": (3000.0, UP), "depth_mm": (100.0, DOWN)}),
    (ec5.buckling_auxiliary, {"relative": (1.2, UP), "beta_c": (0.2, UP)}),
    (ec5.buckling_factor, {"relative": (1.2, DOWN), "beta_c": (0.2, DOWN)}),
    (ec5.column_resistance_kn, {"k_c": (0.4, UP), "area_mm2": (3e4, UP), "fc0d_mpa": (11.0, UP)}),
    (
        _pick(ec5.stability_utilisation, 0),
        {
            "n_ed_kn": (60.0, UP),
            "area_mm2": (2e4, DOWN),
            "fc0d_mpa": (11.0, DOWN),
            "k_cy": (0.6, DOWN),
            "k_cz": (0.3, SAME),
            "bending_y": (0.2, UP),
            "bending_z": (0.1, UP),
            "k_m": (0.7, UP),
        },
    ),
    (
        ec5.section_utilisation,
        {"n_ed_kn": (60.0, UP), "area_mm2": (2e4, DOWN), "fc0d_mpa": (11.0, DOWN), "bending_y": (0.2, UP), "bending_z": (0.1, UP)},
    ),
    (
        ec5.axial_limit_kn,
        {
            "area_mm2": (2e4, UP),
            "fc0d_mpa": (11.0, UP),
            "k_cy": (0.6, SAME),
            "k_cz": (0.3, UP),
            "bending_y": (0.2, DOWN),
            "bending_z": (0.1, DOWN),
            "per_kn_y": (1e-3, DOWN),
            "per_kn_z": (1e-3, DOWN),
        },
    ),
    (ec5.bending_ratio, {"m_ed_knm": (3.0, UP), "width_mm": (70.0, DOWN), "depth_mm": (200.0, DOWN), "fmd_mpa": (12.0, DOWN)}),
    (
        ec5.critical_bending_stress_mpa,
        {"width_mm": (70.0, UP), "depth_mm": (200.0, DOWN), "effective_length_mm": (4000.0, DOWN), "e005_mpa": (6000.0, UP)},
    ),
    (ec5.tilting_factor, {"relative": (1.0, DOWN)}),
    (
        ec5.shear_ratio,
        {"v_ed_kn": (7.5, UP), "width_mm": (70.0, DOWN), "depth_mm": (200.0, DOWN), "fvd_mpa": (2.4, DOWN), "k_cr": (0.67, DOWN)},
    ),
    (ec5.bearing_length_mm, {"contact_mm": (100.0, UP), "left_mm": (10.0, UP), "right_mm": (100.0, SAME)}),
    (
        ec5.bearing_resistance_kn,
        {"width_mm": (70.0, UP), "effective_length_mm": (130.0, UP), "k_c90": (1.25, UP), "fc90d_mpa": (1.5, UP)},
    ),
]
IDS = [f"{n:02d}-{case[0].__name__}" for n, case in enumerate(CASES)]


@pytest.mark.parametrize(("function", "arguments"), CASES, ids=IDS)
def test_batch_is_a_loop_of_single_calls(function: Callable[..., Any], arguments: dict[str, tuple[float, int | None]]) -> None:
    rng = np.random.default_rng(20)
    shape = (3, 4)
    batch = {name: value * rng.uniform(0.8, 1.25, shape) for name, (value, _) in arguments.items()}
    whole = np.asarray(function(**batch))
    assert whole.shape[:2] == shape
    assert whole.dtype == np.float64
    for place in np.ndindex(shape):
        single = np.asarray(function(**{name: float(values[place]) for name, values in batch.items()}))
        np.testing.assert_allclose(whole[place], single, rtol=1e-12, atol=0.0)
    # an argument of its own axis: batch axes come first
    first = next(iter(arguments))
    crossed = {name: (values if name == first else values[0, 0]) for name, values in batch.items()}
    assert np.asarray(function(**crossed)).shape[:2] == shape


@pytest.mark.parametrize(("function", "arguments"), CASES, ids=IDS)
def test_each_argument_alone(function: Callable[..., Any], arguments: dict[str, tuple[float, int | None]]) -> None:
    base = {name: value for name, (value, _) in arguments.items()}
    start = np.asarray(function(**base))
    assert np.all(np.isfinite(start))
    for name, (value, direction) in arguments.items():
        if direction is None:
            continue
        change = np.asarray(function(**{**base, name: value * 1.02})) - start
        assert np.all(np.sign(np.where(np.abs(change) < 1e-11 * np.abs(start), 0.0, change)) == direction), name


@pytest.mark.parametrize(("function", "arguments"), CASES, ids=IDS)
def test_unknown_stays_unknown(function: Callable[..., Any], arguments: dict[str, tuple[float, int | None]]) -> None:
    base = {name: value for name, (value, _) in arguments.items()}
    for name, (_, direction) in arguments.items():
        if direction in (UP, DOWN):
            assert np.all(np.isnan(function(**{**base, name: np.nan}))), name
