"""Random arguments for clause functions: a range per name of an argument, and what single functions need instead."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from typing import Any

import numpy as np

from optopscan.codes import en1990, en1991_1_4, en1992_material, en1992_section, en1993_stability

Draw = tuple[float, float] | list[Any]
"""A range, or values to choose from."""

BY_NAME: dict[str, Draw] = {
    "a": (0.5, 1), "a_m": (0.2, 0.4), "alpha": (0.5, 0.85), "alpha_cc": (0.8, 1), "alpha_cc_plain": (0.7, 1), "alpha_ct_plain": (0.7, 1),
    "alpha_p": (0.3, 1), "alpha_s": (0.005, 0.014), "alpha_y": (0.13, 0.76), "alpha_z": (0.13, 0.76), "area_m2": (0.02, 20),
    "area_mm2": (3e3, 2e5), "as_mm2": (50, 400), "b": (1, 1.6), "b_m": (0.2, 0.7), "b_mm": (200, 1000),
    "base_years": (15, 100), "bearing_area_mm2": (1e4, 9e4), "bearing_depth_mm": (50, 200), "bearing_length_mm": (100, 400),
    "bending_y": (0, 0.6), "bending_z": (0, 0.6), "beta": (0.2, 1.2), "beta_c": (0.1, 0.2), "body_width_mm": (300, 900),
    "buckling_length_mm": (1e3, 6e3), "c": (0.7, 2.7), "c1": (1, 2), "c1_mm": (200, 500), "c2": (0, 0.6), "c2_mm": (200, 500),
    "c_d_kpa": (0, 10), "c_over_t": (5, 150), "category": ["I", "II"], "chi": (0.2, 1), "chi_lt": (0.2, 1), "clear_distance_mm": (50, 900),
    "clear_span_mm": (800, 2500), "coefficient": (0.01, 0.04), "compressed_length_mm": (500, 4000), "compressed_share": (0.1, 1),
    "consequence_class": ["CC1", "CC2", "CC3"], "contact_mm": (20, 500), "correlation": (0.7, 1), "cu_d_kpa": (10, 60),
    "curvature_per_mm": (1e-6, 3e-5), "d_mm": (80, 600), "d_over_t": (20, 120), "depth_m": (5, 40), "depth_mm": (60, 900),
    "design_load_old": (50, 300), "destabilising_permanent": (0, 90), "destabilising_variable": (0, 90), "diameter_mm": (100, 600),
    "distance": (1, 2), "distance_m": (0, 20), "distance_mm": (50, 2000), "distribution_area_mm2": (1e4, 4e5), "e005_mpa": (6e3, 9e3),
    "e_0_mm": (0, 30), "e_2_mm": (0, 50), "e_d_new": (0, 300), "e_i_mm": (0, 12), "e_init_mm": (0, 8), "e_load_mm": (-20, 20),
    "e_m_mm": (-20, 20), "e_mm": (0, 90), "e_mpa": (1e3, 2e5), "e_old_mm": (-20, 20), "e_over_fk": (500, 1100), "e_top_mm": (-60, 60),
    "e_tot_mm": (0, 120), "e_y_mm": (0, 20), "e_z_mm": (0, 20), "eccentricity_m": (-0.5, 0.5), "eccentricity_mm": (-60, 60),
    "edge_distance_mm": (-10, 400), "edge_m": (5, 30), "edges": [2.0, 3.0, 4.0, 5.0], "effective_area_mm2": (1e5, 5e5),
    "effective_depth_mm": (150, 700), "effective_height_mm": (1e3, 4e3), "effective_length_m": [0.7, 1.5, 9.0, np.inf],
    "effective_length_mm": (1e3, 6e3), "effective_width_m": (0.3, 2), "efficiency": (0.7, 1), "end_distance_mm": (0, 2000),
    "end_ratio": (-1, 1), "exponent": (1, 2), "f_d_kn": (0, 500), "f_nk_d_kn": (0, 100), "fb_mpa": (5, 90), "fc0d_mpa": (5, 20),
    "fc0k_mpa": (16, 30), "fc90d_mpa": (1, 3), "fcd_mpa": (5, 30), "fcd_plain_mpa": (4, 14), "fck_mpa": (8, 90),
    "fctd_plain_mpa": (0.4, 1.2), "fd_mpa": (1, 6), "first": (0.9, 1.3), "fk_mpa": (0.5, 6), "flange_mm": (6, 60), "fm_mpa": (1, 25),
    "fmd_mpa": (8, 20), "force_kn": (0, 500), "from_corner_m": (0, 10), "from_edge_m": (0, 20), "from_m": (0, 9), "fvd_mpa": (0.1, 3),
    "fvk0_mpa": (0.1, 0.4), "fxd_mpa": (0.05, 0.4), "fxk1_mpa": (0.05, 0.2), "fy_mpa": (200, 460), "fy_nominal_mpa": [235.0, 275, 355, 440],
    "fyd_mpa": (150, 435), "fyk_mpa": (200, 500), "gamma_c": (1.2, 1.6), "gamma_d_kn_m3": (7, 18), "gamma_dry_kn_m3": (15, 19),
    "gamma_era": (1.2, 1.8), "gamma_f": (1, 1.4), "gamma_inf": (0.8, 1), "gamma_m": (1.2, 2.2), "gamma_m0": (1, 1.1), "gamma_m1": (1, 1.1),
    "gamma_phi": (1, 1.3), "gamma_s": (1, 1.2), "gamma_sup": (1, 1.5), "gamma_t": (1, 1.3), "gamma_wet_kn_m3": (12, 21),
    "gyration_mm": (30, 150), "h_d_kn": (-20, 20), "h_mm": (200, 600), "height_m": (3, 45), "height_mm": (500, 4000),
    "height_over_depth": (0.2, 6), "height_over_width": (0.8, 3), "i_t_mm4": (1e5, 1e6), "i_w_mm6": (1e10, 1e12), "i_y_mm4": (1e7, 1e8),
    "i_z_mm4": (1e6, 1e7), "imperfection": (0.13, 0.76), "imposed_new": (10, 60), "imposed_old": (10, 60), "inclination": (0.002, 0.006),
    "internal": (-0.3, 0.2), "k": (0.4, 0.8), "k_c": (0.1, 1), "k_c90": (1, 1.75), "k_cr": (0.67, 1), "k_cy": (0.2, 1), "k_cz": (0.2, 1),
    "k_m": (0.7, 1), "k_mod": (0.5, 1.1), "k_phi": (1, 2), "k_r": (0, 1), "l0_mm": (1e3, 6e3), "left_floor_knm": (0, 4e3),
    "left_mm": (-20, 900), "left_moment_knm": (0, 30), "length_m": (1, 15), "length_mm": (500, 6000), "length_y_mm": (2e3, 6e3),
    "length_z_mm": (2e3, 6e3), "level_m": (-1, 12), "limit": (0.02, 0.2), "lintel_depth_mm": (50, 200), "load_height_mm": (-200, 200),
    "load_kn_m": (1, 20), "load_kn_m2": (0.3, 2), "loaded_area_mm2": (1e4, 9e4), "lower_width_m": (2, 20), "m01_knm": (-60, 60),
    "m02_knm": (-60, 60), "m_0ed_knm": (10, 60), "m_0eqp_knm": (-40, 40), "m_c_rd_knm": (60, 200), "m_ed_knm": (-90, 90),
    "m_ny_rd_knm": (50, 200), "m_nz_rd_knm": (10, 60), "m_pl_y_knm": (50, 200), "m_pl_z_knm": (10, 60), "m_rd_y_knm": (50, 200),
    "m_rd_z_knm": (50, 200), "m_y_knm": (-90, 90), "m_y_rd_knm": (50, 200), "m_z_knm": (-60, 60), "m_z_rd_knm": (20, 90),
    "masonry_above_mm": (-50, 600), "members": (1, 20), "mortar": ["GP", "TL"], "n_balanced": (0.3, 0.5), "n_cr_kn": (200, 9000),
    "n_ed_kn": (10, 2000), "n_new_kn": (5, 90), "n_old_kn": (5, 300), "n_ratio": (0, 0.9), "n_rd_kn": (100, 2000), "n_tests": (0.5, 12),
    "offset_new_mm": (-60, 60), "omega": (0.05, 0.8), "other_leaf_mm": (0, 120), "other_wall_knm": (300, 3000), "outer_radius_mm": (4, 20),
    "overburden_d_kpa": (0, 30), "parapet_ratio": (0, 0.15), "peak_kn_m2": (0.3, 3), "per_kn_y": (0, 0.005), "per_kn_z": (0, 0.005),
    "perimeter_m": (0.5, 1.6), "perimeter_mm": (1e3, 5e3), "permanent_kn": (-80, 200), "permanent_new": (80, 200),
    "permanent_old": (80, 200), "phi": (0, 1), "phi_d_deg": (5, 38), "phi_deg": (10, 60), "phi_ef": (0, 3), "phi_inf": (0.5, 3),
    "place": ["interior", "edge", "corner"], "prescribed_mpa": (150, 450), "pressure_kn_m2": (0.4, 1.5), "product_mm": (5, 60),
    "provided_mm2": (0, 900), "psi": (0, 1), "psi0": (0, 1), "qc_1_mpa": (2, 40), "qc_2_mpa": (2, 30), "qc_3_mpa": (1, 20),
    "qc_mean_mpa": (2, 20), "r_d_kn": (50, 900), "r_k_kn": (300, 900), "ratio": (0.9, 1.3), "reinforcement_ratio": (-0.001, 0.03),
    "relative": (0.05, 3), "relative_axial_force": (-0.2, 1.6), "relative_force": (0, 1.2), "relief_kn": (-40, 10),
    "required_mm2": (0, 900), "rho2": [0.75, 1.0], "right_floor_knm": (0, 4e3), "right_mm": (-20, 900), "right_moment_knm": (0, 30),
    "roof_kn": (-5, 60), "root_mm": (5, 20), "s": (0.7, 1), "second": (0.9, 1.3), "second_moment_mm4": (1e6, 1e8),
    "section_class": [1.0, 2, 3, 4], "shaft_kn": (0, 400), "share": (0.3, 0.5), "shear_area_mm2": (500, 5000), "sigma_cp_mpa": (-1, 9),
    "sigma_d_mpa": (-0.1, 3), "slenderness": (0.05, 2.5), "slenderness_y": (10, 120), "slenderness_z": (10, 120), "slope_deg": (0, 70),
    "snow_kn_m2": (0.5, 1), "snow_weight_kn_m3": (1.5, 3), "span_m": (2, 7), "squash_kn": (300, 4000), "stabilising_permanent": (10, 500),
    "steel_mm2": (100, 8000), "step_height_m": (0.5, 9), "stress_kpa": (0, 300), "stress_ratio": (-2.9, 1), "suction": (-2, 0.3),
    "sum_ei_knm2": (1e6, 1e9), "thickness_mm": (70, 350), "tip_area_m2": (0.03, 0.2), "tip_mpa": (3, 15), "undrifted_kn_m2": (0.3, 0.6),
    "upper_slope_deg": (0, 70), "upper_width_m": (4, 20), "v_d_kn": (-10, 300), "v_ed_kn": (-400, 400), "v_pl_rd_kn": (200, 500),
    "w_el_mm3": (1e5, 9e5), "w_pl_mm3": (1e5, 9e5), "w_pl_y_mm3": (2e5, 9e5), "w_y_mm3": (1e5, 9e5), "wall_kn_m": [0.0, 0.5, 1.0, 1.7, 3.0],
    "wall_knm": (300, 3000), "wall_mm": (3, 16), "web_height_mm": (100, 500), "web_mm": (4, 12), "width_m": (0.5, 20),
    "width_mm": (50, 300), "wind_speed_m_s": (24, 30), "xi_3": (1.1, 1.4), "xi_4": (0.9, 1.4), "years": (5, 120),
    "structural_factor": (0.9, 1.1), "stress_integral_kn_m": (10, 300), "to_m": (9.5, 20),
    "external": (-2, 0.8), "rho": (0.3, 1), "effective_thickness_mm": (70, 350),
    "moment_knm": (0.1, 5), "toe_mm": (2, 5), "bar_area_mm2": (50, 500), "n_first_order_kn": (0, 900),
    "axis_distance_mm": (30, 60), "tip_m": (9, 17), "diameter_m": (0.2, 0.5), "start_limit_mpa": [2.0, 8.0, np.inf],
    "top_m": (1, 9), "bottom_m": (10, 20), "water_depth_m": (0.5, 8), "surcharge_kpa": (0, 20), "m_d_knm": (0, 8),
}  # fmt: skip

FLAGS = {
    *("braced", "circular", "cast_in_ground", "concrete_floors", "continuous", "enhanced", "far_end_fixed", "glued", "half_turn"),
    *("held_at_both_ends", "longitudinal_joint", "reduced", "single_family", "smooth", "strong_units", "thin_layer"),
    "unfilled_head_joints",
}
COUNTS = {
    "rounds": (6, 6),
    "unit_group": (1, 2),
    "n_middle_strip": (1, 12),
    "n_along_b": (2, 6),
    "n_along_h": (2, 6),
    "n_bars": (4, 12),
    "storeys": (1, 20),
}
OF_ONE: dict[str, dict[str, Draw]] = {
    "en1992_column.curvature_creep_factor": {"slenderness": (10, 140)},
    "en1992_column.first_order_limit_kn": {"slenderness": (10, 140)},
    "en1992_column.second_order_eccentricity_mm": {"c": (8, 10)},
    "en1992_slab.splitting_force_kn": {"height_mm": (300, 3000)},
    "en1993.imperfection_i_section": {"height_mm": (150, 500), "width_mm": (100, 320), "flange_mm": (8, 99)},
    "en1993.yield_strength_mpa": {"thickness_mm": (5, 100)},
    "en1993_bending.i_section_class": {
        "height_mm": (150, 600), "width_mm": (90, 300), "flange_mm": (7, 25), "area_mm2": (3e3, 15e3), "n_ed_kn": (0, 3000),
    },
    "en1993_bending.moment_with_axial_knm": {"width_mm": (90, 200), "flange_mm": (7, 15), "area_mm2": (5e3, 9e3)},
    "en1993_sections.i_section": {"height_mm": (150, 600), "width_mm": (90, 300), "flange_mm": (7, 25)},
    "en1993_sections.rectangular_tube": {"height_mm": (100, 300), "width_mm": (60, 200), "wall_mm": (3, 10)},
    "en1993_sections.tapered_channel": {"height_mm": (80, 400), "width_mm": (45, 110), "flange_mm": (8, 18), "root_mm": (8, 18)},
    "en1993_sections.tapered_i_section": {"height_mm": (80, 500), "width_mm": (60, 190), "flange_mm": (6, 25), "root_mm": (4, 10)},
    "en1995.relative_slenderness": {"slenderness": (10, 200)},
    "en1996.creep_eccentricity_mm": {"slenderness": (15, 35)},
    "en1996.mid_eccentricity_mm": {"slenderness": (15, 35)},
    "en1996.mid_factor": {"slenderness": (5, 27)},
    "en1996.minimum_eccentricity_mm": {"slenderness": (15, 35)},
    "en1996.compressed_length_mm": {"n_ed_kn": (-20, 200)},
    "en1996.rho3": {"height_mm": list(np.linspace(500, 4000, 400))},
    "en1996.rho4": {"height_mm": list(np.linspace(500, 4000, 400))},
    "en1996.shear_resistance_kn": {"n_ed_kn": (-20, 800)},
    "en1996_local.deep_beam_lever_arm_mm": {"depth_mm": (400, 2500)},
    "nen9997_footing.drained_stress_kpa": {"inclination": (0.3, 1)},
    "nen9997_footing.effective_width_m": {"width_m": (0.2, 2)},
    "nen9997_footing.inclination_ratio": {"v_d_kn": (-10, 60)},
    "nen9997_footing.undrained_stress_kpa": {"h_d_kn": (-40, 40)},
    "nen9997_footing.bearing_utilisation": {"v_d_kn": (1, 300)},
    "nen9997_footing.spread_stress_kpa": {"length_m": [2.0, 6.0, np.inf]},
    "en1992_column.column_interval_kn": {
        "m01_knm": (-60, 120), "m02_knm": (-60, 120), "e_i_mm": (0, 20), "squash_kn": (1000, 4000), "n_first_order_kn": [0.0, 300.0, 900.0],
    },
    "en1992_slab.punching_stress_mpa": {"v_ed_kn": (0, 400)},
    "en1993_bending.moment_resistance_knm": {"w_pl_mm3": (5e5, 9e5), "w_el_mm3": (1e5, 4e5)},
    "en1993_stability.interaction_factors": {"n_ed_kn": (0, 100)},
    "en1993_stability.utilisation": {"n_ed_kn": (0, 100)},
    "en1996_local.frame_moment_knm": {"left_moment_knm": (15, 30), "right_moment_knm": (0, 14)},
    "en1992_section.circle_curve": {"area_mm2": (1000, 6000), "diameter_mm": (300, 700)},
    "en1992_section.face_rows": {"area_mm2": (500, 6000)},
    "en1992_section.section_interval_kn": {"m_ed_knm": (-150, 150)},
    "en1993_stability.axial_limit_kn": {"m_y_knm": (-150, 150), "m_z_knm": (-60, 60)},
    "en1996_interval.end_interval_kn": {"moment_knm": (-8, 8), "e_load_mm": (-40, 40)},
    "en1996_interval.in_plane_interval_kn": {"moment_knm": (-200, 200)},
    "en1996_interval.mid_interval_kn": {"moment_knm": (-5, 5), "slenderness": (5, 30), "e_load_mm": (-30, 30)},
    "en1996_interval.shear_least_axial_kn": {"v_ed_kn": (-90, 90)},
    "nen9997_footing.footing_interval_kn": {
        "width_m": (0.5, 2), "length_m": [1.0, 3.0, np.inf], "m_d_knm": (-8, 8), "h_d_kn": (-8, 8), "eccentricity_m": (-0.1, 0.1),
    },
    "nen9997_footing.settlement_increment_mm": {"width_m": (0.5, 3), "length_m": [2.0, 6.0, np.inf]},
    "nen9997_pile.shaft_resistance_kn": {"length_m": (-1, 6)},
    "nen9997_pile.group_factor": {"length_m": (1, 6)},
}  # fmt: skip
VECTORS = {
    "variable_kn": (-5, 20), "imposed_by_storey_kn": (-5, 20), "n_kn": (1, 90), "offset_mm": (-60, 60), "r_cal_kn": (500, 1500),
    "thickness_m": (0.5, 4), "layer_thickness_m": (0.5, 4), "modulus_kpa": (2e3, 5e4), "qc_mpa": (1, 25),
}  # fmt: skip
OF_LAYERS = {"nen9997_pile.negative_friction_kn", "nen9997_pile.stress_integral_kn_m"}
"""Functions whose other arguments have a value per layer too."""
PER_LAYER = {"perimeter_m", "coefficient", "stress_integral_kn_m", "gamma_dry_kn_m3", "gamma_wet_kn_m3"}
SOUNDING = np.array([0.0, 6, 10, 14, 18, 25])
"""Depths of the readings of a cone test [m]."""


def _pick(rng: np.random.Generator, draw: Draw) -> Any:
    return draw[rng.integers(len(draw))] if isinstance(draw, list) else rng.uniform(*draw)


def _factors(rng: np.random.Generator) -> en1990.FactorSet:
    gamma = {name: rng.uniform(1.0, 1.6) for name in ("gamma_ga", "gamma_gb", "gamma_q", "gamma_q_wind")}
    return en1990.FactorSet(
        id="x", level="verbouw", consequence_class="CC2", **gamma, gamma_g_inf=0.9, source="", confidence="expert"
    )  # fmt: skip


def _member(rng: np.random.Generator) -> en1993_stability.BeamColumn:
    ranges = {
        "n_rd_kn": (500, 2000), "m_y_rd_knm": (50, 200), "m_z_rd_knm": (20, 90), "chi_y": (0.3, 1), "chi_z": (0.2, 1),
        "slenderness_y": (0.1, 2), "slenderness_z": (0.1, 2), "chi_lt": (0.3, 1), "c_my": (0.4, 1), "c_mz": (0.4, 1), "c_mlt": (0.4, 1),
    }  # fmt: skip
    flags = {"plastic": bool(rng.integers(2)), "twists": bool(rng.integers(2))}
    return en1993_stability.BeamColumn(**{name: rng.uniform(*span) for name, span in ranges.items()}, **flags)


def _rows(rng: np.random.Generator) -> en1992_section.BarRows:
    return en1992_section.face_rows(h_mm=rng.uniform(200, 600), axis_distance_mm=rng.uniform(30, 60), area_mm2=rng.uniform(500, 4000))


def _curve(rng: np.random.Generator) -> en1992_section.InteractionCurve:
    h = rng.uniform(200, 600)
    rows = en1992_section.face_rows(h_mm=h, axis_distance_mm=40.0, area_mm2=rng.uniform(500, 4000))
    return en1992_section.rectangle_curve(b_mm=300.0, h_mm=h, rows=rows, fcd_mpa=20.0, fyd_mpa=435.0)


OBJECTS: dict[str, Callable[[np.random.Generator], Any]] = {
    "factors": _factors,
    "member": _member,
    "rows": _rows,
    "curve": _curve,
    "terrain": lambda rng: list(en1991_1_4.TERRAINS.values())[rng.integers(3)],
    "block": lambda rng: en1992_material.stress_block(rng.uniform(10, 90)),
    "zone": lambda rng: en1991_1_4.ROOF_ZONES[rng.integers(4)],
    "steps": lambda rng: np.sort(rng.uniform(1.0, 1.3, 3)),
    "table_n": lambda rng: np.array([1.0, 2, 3, 4, 5, 7, 10]),
    "table_xi": lambda rng: np.sort(rng.uniform(1.0, 1.4, 7))[::-1],
}


def draw(rng: np.random.Generator, key: str, function: Callable[..., Any]) -> dict[str, Any]:
    """One value for every argument of the function."""
    out: dict[str, Any] = {}
    for name in inspect.signature(function).parameters:
        if name == "depth_m" and "qc_mpa" in inspect.signature(function).parameters:
            out[name] = SOUNDING
        elif name in OBJECTS:
            out[name] = OBJECTS[name](rng)
        elif name in FLAGS:
            out[name] = bool(rng.integers(2))
        elif name in COUNTS:
            out[name] = int(rng.integers(COUNTS[name][0], COUNTS[name][1] + 1))
        elif name in VECTORS:
            out[name] = rng.uniform(*VECTORS[name], SOUNDING.size if name == "qc_mpa" else 4)
        else:
            out[name] = _pick(rng, OF_ONE.get(key, {}).get(name, BY_NAME[name]))
            if key in OF_LAYERS and name in PER_LAYER:
                out[name] = out[name] * rng.uniform(0.9, 1.1, 4)
    return out


def call(function: Callable[..., Any], arguments: dict[str, Any]) -> Any:
    """Call with what must be positional in its place."""
    kinds = inspect.signature(function).parameters.items()
    first = [name for name, p in kinds if p.kind is p.POSITIONAL_OR_KEYWORD]
    return function(*(arguments[name] for name in first), **{k: v for k, v in arguments.items() if k not in first})
