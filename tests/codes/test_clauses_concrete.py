"""One row per clause: each argument alone, its direction, batched = loop, and nan in, nan out.

A row is a function and, per argument, a range with the direction that the docstring
states: + and - (and 0, where it may stay) are tested over the whole range, ~ must go both
ways. Other arguments stay in the middle of their range.
"""

import inspect

import numpy as np
import pytest

from optopscan.codes import (
    en1992,
    en1992_column,
    en1992_material,
    en1992_section,
    en1992_slab,
    nen9997_comparison,
    nen9997_footing,
    nen9997_pile,
)

MODULES = (en1992, en1992_column, en1992_material, en1992_section, en1992_slab, nen9997_comparison, nen9997_footing, nen9997_pile)


def curve(h, axis, steel, fcd, fyd):
    rows = en1992_section.face_rows(h_mm=h, axis_distance_mm=axis, area_mm2=steel)
    return en1992_section.rectangle_curve(b_mm=300, h_mm=h, rows=rows, fcd_mpa=fcd, fyd_mpa=fyd)


def moment_resistance(*, h, axis, steel, fcd, fyd, n_ed_kn):
    return en1992_section.moment_resistance_knm(curve(h, axis, steel, fcd, fyd), n_ed_kn)


def round_resistance(*, n_ed_kn, **section):
    return en1992_section.moment_resistance_knm(en1992_section.circle_curve(**section), n_ed_kn)


def section_utilisation(*, h, axis, steel, fcd, fyd, n_ed_kn, m_ed_knm):
    return en1992_section.section_utilisation(curve(h, axis, steel, fcd, fyd), n_ed_kn=n_ed_kn, m_ed_knm=m_ed_knm)


def section_hi(*, h, axis, steel, fcd, fyd, **load):
    return en1992_section.section_interval_kn(curve(h, axis, steel, fcd, fyd), **load).hi


def section_lo(*, h, axis, steel, fcd, fyd, **load):
    return en1992_section.section_interval_kn(curve(h, axis, steel, fcd, fyd), **load).lo


def column_interval(*, h, steel, **load):
    squash = 0.3 * np.asarray(h) * 20
    return en1992_column.column_interval_kn(curve(h, 45, steel, 20, 435), squash_kn=squash, omega=0.3, **load)


def column_hi(**given):
    return column_interval(**given).hi


def column_lo(**given):
    return column_interval(**given).lo


def wall_hi(**given):
    return en1992.wall_interval_kn(**given).hi


def wall_lo(**given):
    return en1992.wall_interval_kn(**given).lo


def footing_hi(**given):
    return nen9997_footing.footing_interval_kn(**given).hi


def footing_lo(**given):
    return nen9997_footing.footing_interval_kn(**given).lo


def bar_gyration(*, h, axis):
    return en1992_section.bar_gyration_mm(en1992_section.face_rows(h_mm=h, axis_distance_mm=axis, area_mm2=1000), h_mm=h)


def stress_block_eta(fck):
    return en1992_material.stress_block(fck).eta


def settlement(*, thickness, modulus, **given):
    return nen9997_footing.settlement_increment_mm(
        layer_thickness_m=np.asarray(thickness)[..., None] * np.ones(2), modulus_kpa=np.asarray(modulus)[..., None] * np.ones(2), **given
    )


def stress_integral(*, thickness, dry, wet, **given):
    layers = {"thickness_m": thickness, "gamma_dry_kn_m3": dry, "gamma_wet_kn_m3": wet}
    return nen9997_pile.stress_integral_kn_m(**{k: np.asarray(v)[..., None] * np.ones(2) for k, v in layers.items()}, **given).sum(axis=-1)


def negative_friction(*, perimeter, coefficient, integral, gamma):
    values = [np.asarray(v, dtype=float)[..., None] * np.ones(2) for v in (perimeter, coefficient, integral)]
    return nen9997_pile.negative_friction_kn(perimeter_m=values[0], coefficient=values[1], stress_integral_kn_m=values[2], gamma_f=gamma)


def characteristic(*, one, two, xi_3, xi_4):
    tests = np.stack(np.broadcast_arrays(one, two), axis=-1)
    return nen9997_pile.characteristic_resistance_kn(tests, xi_3=xi_3, xi_4=xi_4)


def koppejan(*, tip, scale, diameter, limit):
    depth = np.array([0, 8, 9, 12, 14, 16, 16.5, 17, 20, 25.0])
    cone = np.asarray(scale)[..., None] * np.array([1, 1, 5, 9, 14, 18, 6, 6, 22, 22.0])
    means = nen9997_pile.koppejan_means_mpa(depth_m=depth, qc_mpa=cone, tip_m=tip, diameter_m=diameter, start_limit_mpa=limit)
    return 0.5 * (means[..., 0] + means[..., 1]) + means[..., 2]


def friction_cast(*, phi_deg):
    return nen9997_pile.friction_coefficient(phi_deg, cast_in_ground=True)


def shaft_mean(*, top, bottom, scale):
    cone = np.asarray(scale)[..., None] * np.array([5, 5, 14, 14.0])
    return nen9997_pile.shaft_mean_mpa(depth_m=np.array([0, 10, 11, 20.0]), qc_mpa=cone, top_m=top, bottom_m=bottom)


SECTION = {"h": ("+", 250, 500), "axis": ("-", 30, 70), "steel": ("+", 200, 3000), "fcd": ("+", 8, 30), "fyd": ("+", 200, 435)}
AGAINST = {"h": ("-", 250, 500), "axis": ("+", 30, 70), "steel": ("-", 200, 3000), "fcd": ("-", 8, 30), "fyd": ("-", 200, 435)}
COLUMN = {"m01_knm": ("-0", 0, 15), "m02_knm": ("-", 15, 40), "e_i_mm": ("-", 0, 15), "e_2_mm": ("-0", 0, 40), "e_0_mm": ("-0", 5, 90)}
# moments beyond pure bending, so that the low end lies in compression
COLUMN_LO = {
    "h": ("-", 470, 540),
    "steel": ("-", 1800, 2400),
    "m01_knm": ("+0", 180, 230),
    "m02_knm": ("+", 250, 280),
    "e_i_mm": ("+", 5, 15),
    "e_2_mm": ("+0", 0, 90),
    "e_0_mm": ("0", 0, 20),
}
SECTION_LO = {"h": ("-", 340, 500), "axis": ("+", 30, 60), "steel": ("-", 1000, 2000), "fcd": ("-", 15, 30), "fyd": ("-", 280, 435)}
STRIP = {"width_m": ("+", 0.5, 2), "phi_d_deg": ("+", 18, 32), "overburden_d_kpa": ("+", 5, 30), "gamma_d_kn_m3": ("+", 7, 17)}

ROWS = [
    (en1992_material.fcd_mpa, {"fck_mpa": ("+", 8, 90), "alpha_cc": ("+", 0.8, 1), "gamma_c": ("-", 1.2, 1.6)}),
    (en1992_material.fyd_mpa, {"fyk_mpa": ("+", 200, 500), "gamma_s": ("-", 1, 1.2), "prescribed_mpa": ("+0", 150, 400)}),
    (en1992_material.fctm_mpa, {"fck_mpa": ("+", 8, 90)}),
    (en1992_material.fctk_005_mpa, {"fck_mpa": ("+", 8, 90)}),
    (en1992_material.ecm_mpa, {"fck_mpa": ("+", 8, 90)}),
    (stress_block_eta, {"fck": ("-0", 8, 90)}),
    (en1992_material.effective_creep, {"phi_inf": ("+", 1, 3), "m_0eqp_knm": ("+", 10, 30), "m_0ed_knm": ("-", 30, 60)}),
    (en1992.fcd_plain_mpa, {"fck_mpa": ("+", 8, 50)}),
    (en1992.fctd_plain_mpa, {"fck_mpa": ("+", 8, 50)}),
    (en1992.effective_length_mm, {"height_mm": ("+", 2000, 4000), "beta": ("+", 0.3, 1)}),
    (en1992.held_edge_beta, {"height_mm": ("-", 2000, 4000), "length_mm": ("+", 1000, 5000), "edges": ("-", 2, 4)}),
    (en1992.imperfection_mm, {"l0_mm": ("+", 2000, 4000)}),
    (en1992.is_slender, {"l0_mm": ("+0", 2000, 4000), "thickness_mm": ("-0", 80, 200)}),
    (en1992.section_factor, {"e_mm": ("-", 0, 90), "thickness_mm": ("+", 190, 300)}),
    (en1992.wall_factor, {"e_tot_mm": ("-", 5, 50), "l0_mm": ("-0", 1500, 4000), "thickness_mm": ("+", 160, 300)}),
    (
        en1992.wall_resistance_kn,
        {"phi": ("+", 0, 1), "length_mm": ("+", 500, 5000), "thickness_mm": ("+", 100, 300), "fcd_plain_mpa": ("+", 4, 15)},
    ),
    (en1992.total_eccentricity_mm, {"m_ed_knm": ("+", 0, 10), "n_ed_kn": ("-", 50, 500), "e_0_mm": ("+", 0, 20), "e_i_mm": ("+", 0, 9)}),
    (en1992.axial_utilisation, {"n_ed_kn": ("+", 0, 500), "n_rd_kn": ("-", 100, 900)}),
    (
        wall_hi,
        {
            "m_ed_knm": ("-", 0, 15),
            "length_mm": ("+", 800, 3000),
            "thickness_mm": ("+", 160, 300),
            "fcd_plain_mpa": ("+", 5, 15),
            "l0_mm": ("-0", 500, 3900),
            "e_0_mm": ("-", 0, 10),
            "e_i_mm": ("-", 0, 9),
        },
    ),
    (
        wall_lo,
        {
            "m_ed_knm": ("+", 0, 15),
            "length_mm": ("-", 800, 3000),
            "thickness_mm": ("-", 160, 300),
            "fcd_plain_mpa": ("-", 5, 15),
            "l0_mm": ("+0", 500, 3900),
            "e_0_mm": ("+", 0, 10),
            "e_i_mm": ("+", 0, 9),
        },
    ),
    (en1992.shear_strength_mpa, {"sigma_cp_mpa": ("~", 0, 7), "fcd_plain_mpa": ("+0", 6, 12), "fctd_plain_mpa": ("+", 0.5, 0.8)}),
    (
        en1992.shear_resistance_kn,
        {
            "n_ed_kn": ("~", 0, 4000),
            "thickness_mm": ("+", 150, 300),
            "compressed_length_mm": ("+", 2000, 4000),
            "fcd_plain_mpa": ("+0", 6, 12),
            "fctd_plain_mpa": ("+", 0.5, 0.8),
        },
    ),
    (en1992_column.imperfection_inclination, {"height_m": ("-0", 2, 15), "members": ("-", 1, 20)}),
    (en1992_column.imperfection_eccentricity_mm, {"inclination": ("+", 0.003, 0.005), "l0_mm": ("+", 2000, 6000)}),
    (en1992_column.gyration_mm, {"depth_mm": ("+", 200, 500)}),
    (en1992_column.slenderness, {"l0_mm": ("+", 2000, 6000), "gyration_mm": ("-", 60, 150)}),
    (
        en1992_column.mechanical_ratio,
        {"steel_mm2": ("+", 500, 3000), "area_mm2": ("-", 9e4, 2e5), "fyd_mpa": ("+", 200, 435), "fcd_mpa": ("-", 8, 30)},
    ),
    (en1992_column.relative_axial_force, {"n_ed_kn": ("+", -100, 2000), "area_mm2": ("-", 9e4, 2e5), "fcd_mpa": ("-", 8, 30)}),
    (en1992_column.limit_factor_a, {"phi_ef": ("-", 0, 3)}),
    (en1992_column.limit_factor_b, {"omega": ("+", 0, 0.6)}),
    (en1992_column.limit_factor_c, {"m01_knm": ("-", -40, 39), "m02_knm": ("~", -60, 60)}),
    (
        en1992_column.slenderness_limit,
        {"relative_axial_force": ("-", 0.1, 1.2), "a": ("+", 0.5, 1), "b": ("+", 1, 1.5), "c": ("+", 0.7, 2.7)},
    ),
    (
        en1992_column.first_order_limit_kn,
        {"slenderness": ("-", 20, 80), "squash_kn": ("+", 1000, 4000), "a": ("+", 0.5, 1), "b": ("+", 1, 1.5), "c": ("+", 0.7, 2.7)},
    ),
    (en1992_column.curvature_axial_factor, {"relative_axial_force": ("-0", 0, 1.5), "omega": ("+", 0.1, 0.6)}),
    (en1992_column.curvature_creep_factor, {"fck_mpa": ("+0", 10, 50), "slenderness": ("-0", 20, 120), "phi_ef": ("+", 0.5, 2)}),
    (
        en1992_column.nominal_curvature_per_mm,
        {"k_r": ("+", 0, 1), "k_phi": ("+", 1, 2), "fyd_mpa": ("+", 200, 435), "effective_depth_mm": ("-", 150, 500)},
    ),
    (en1992_column.second_order_eccentricity_mm, {"curvature_per_mm": ("+", 1e-5, 3e-5), "l0_mm": ("+", 2000, 6000), "c": ("-", 8, 10)}),
    (en1992_column.minimum_eccentricity_mm, {"depth_mm": ("+0", 200, 1200)}),
    (en1992_column.equivalent_moment_knm, {"m01_knm": ("+0", -30, 29), "m02_knm": ("+", 30, 60)}),
    (
        en1992_column.design_moment_knm,
        {
            "n_ed_kn": ("+0", -200, 2000),
            "m01_knm": ("+0", -30, 29),
            "m02_knm": ("+", 30, 60),
            "e_i_mm": ("+", 0, 15),
            "e_2_mm": ("+0", 10, 40),
            "e_0_mm": ("+0", 0, 90),
        },
    ),
    (
        en1992_column.biaxial_check_needed,
        {
            "slenderness_y": ("~", 10, 100),
            "slenderness_z": ("~", 10, 100),
            "m_y_knm": ("~", 0, 400),
            "m_z_knm": ("~", 0, 1500),
            "h_mm": ("~", 20, 30000),
            "b_mm": ("~", 2, 400),
        },
    ),
    (en1992_column.biaxial_exponent, {"relative_force": ("+0", 0, 1.2)}),
    (
        en1992_column.biaxial_utilisation,
        {
            "m_y_knm": ("+", 0, 100),
            "m_rd_y_knm": ("-", 120, 200),
            "m_z_knm": ("+", 0, 100),
            "m_rd_z_knm": ("-", 120, 200),
            "exponent": ("-", 1, 2),
        },
    ),
    (column_hi, {"h": ("+", 250, 500), "steel": ("+", 800, 3000), **COLUMN}),
    (column_lo, COLUMN_LO),
    (
        en1992_section.plastic_axial_resistance_kn,
        {"area_mm2": ("+", 9e4, 2e5), "steel_mm2": ("+", 500, 3000), "fcd_mpa": ("+", 8, 30), "fyd_mpa": ("+", 200, 435)},
    ),
    (bar_gyration, {"h": ("+", 200, 500), "axis": ("-", 30, 60)}),
    (moment_resistance, {**SECTION, "n_ed_kn": ("~", -100, 2000)}),
    (
        round_resistance,
        {
            "diameter_mm": ("+", 300, 600),
            "axis_distance_mm": ("-", 30, 70),
            "area_mm2": ("+", 1000, 5000),
            "fcd_mpa": ("+", 8, 30),
            "fyd_mpa": ("+", 200, 435),
            "n_ed_kn": ("~", -100, 2500),
        },
    ),
    (section_utilisation, {**AGAINST, "n_ed_kn": ("~", 0, 2000), "m_ed_knm": ("+", 0, 80)}),
    (section_hi, {**SECTION, "m_ed_knm": ("-0", 20, 60), "eccentricity_mm": ("-", 0, 30)}),
    (section_lo, {**SECTION_LO, "m_ed_knm": ("+", 85, 110), "eccentricity_mm": ("+", 0, 30)}),
    (
        en1992_slab.neutral_axis_mm,
        {
            "steel_mm2": ("+", 300, 5000),
            "fyd_mpa": ("+0", 200, 435),
            "b_mm": ("-", 300, 1000),
            "d_mm": ("+0", 80, 500),
            "fcd_mpa": ("-", 8, 30),
        },
    ),
    (
        en1992_slab.bending_resistance_knm,
        {
            "steel_mm2": ("+", 300, 5000),
            "fyd_mpa": ("+0", 200, 435),
            "b_mm": ("+", 300, 1000),
            "d_mm": ("+", 80, 500),
            "fcd_mpa": ("+", 8, 30),
        },
    ),
    (en1992_slab.size_factor, {"d_mm": ("-0", 100, 600)}),
    (en1992_slab.minimum_shear_strength_mpa, {"fck_mpa": ("+", 8, 50), "d_mm": ("-0", 100, 600)}),
    (
        en1992_slab.shear_strength_mpa,
        {"fck_mpa": ("+", 8, 50), "d_mm": ("-0", 100, 600), "reinforcement_ratio": ("+0", 0, 0.03), "gamma_c": ("-", 1.2, 1.6)},
    ),
    (
        en1992_slab.shear_resistance_kn,
        {
            "fck_mpa": ("+", 12, 50),
            "fcd_mpa": ("+0", 5, 30),
            "b_mm": ("+", 300, 1000),
            "d_mm": ("+", 100, 600),
            "steel_mm2": ("+0", 300, 9000),
            "sigma_cp_mpa": ("+0", -1, 9),
            "gamma_c": ("-", 1.2, 1.6),
        },
    ),
    (en1992_slab.crushing_factor, {"fck_mpa": ("-", 8, 50)}),
    (
        en1992_slab.crushing_resistance_kn,
        {"fck_mpa": ("-", 8, 50), "fcd_mpa": ("+", 8, 30), "b_mm": ("+", 300, 1000), "d_mm": ("+", 100, 600)},
    ),
    (en1992_slab.distribution_width_mm, {"width_mm": ("+", 50, 300), "depth_mm": ("+0", 0, 600), "edge_distance_mm": ("+0", 0, 600)}),
    (
        en1992_slab.concentrated_resistance_kn,
        {"loaded_area_mm2": ("+", 1e4, 4e4), "distribution_area_mm2": ("+0", 5e3, 3e5), "fcd_mpa": ("+", 5, 30)},
    ),
    (
        en1992_slab.splitting_force_kn,
        {"force_kn": ("+", 0, 500), "width_mm": ("-", 100, 300), "body_width_mm": ("+", 310, 590), "height_mm": ("~", 500, 3000)},
    ),
    (en1992_slab.control_perimeter_mm, {"c1_mm": ("+", 200, 500), "c2_mm": ("+", 200, 500), "d_mm": ("+", 100, 300)}),
    (en1992_slab.column_perimeter_mm, {"c1_mm": ("+", 200, 500), "c2_mm": ("+", 200, 500), "d_mm": ("0", 100, 300)}),
    (
        en1992_slab.punching_stress_mpa,
        {"v_ed_kn": ("+", 0, 500), "beta": ("+", 1, 1.5), "perimeter_mm": ("-", 1e3, 5e3), "d_mm": ("-", 100, 300)},
    ),
    (
        en1992_slab.punching_strength_mpa,
        {"fck_mpa": ("+", 12, 50), "d_mm": ("-0", 100, 600), "reinforcement_ratio": ("+0", 0, 0.03), "sigma_cp_mpa": ("+", -1, 3)},
    ),
    (en1992_slab.punching_maximum_mpa, {"fck_mpa": ("-", 8, 50), "fcd_mpa": ("+", 8, 30)}),
    (
        en1992_slab.beam_minimum_mm2,
        {"fck_mpa": ("+0", 12, 50), "fyk_mpa": ("-0", 200, 500), "b_mm": ("+", 300, 1000), "d_mm": ("+", 80, 500)},
    ),
    (en1992_slab.column_minimum_mm2, {"n_ed_kn": ("+0", 0, 3000), "fyd_mpa": ("-0", 200, 435), "area_mm2": ("+0", 9e4, 3e5)}),
    (en1992_slab.column_maximum_mm2, {"area_mm2": ("+", 9e4, 3e5)}),
    (en1992_slab.wall_minimum_mm2, {"area_mm2": ("+", 9e4, 3e5)}),
    (en1992_slab.reaches, {"provided_mm2": ("+0", 0, 1000), "required_mm2": ("-0", 0, 1000)}),
    (nen9997_footing.design_angle_deg, {"phi_deg": ("+", 15, 40), "gamma_phi": ("-", 1, 1.3)}),
    (nen9997_footing.overburden_factor, {"phi_d_deg": ("+", 0, 40)}),
    (nen9997_footing.cohesion_factor, {"phi_d_deg": ("+", 0, 40)}),
    (nen9997_footing.weight_factor, {"phi_d_deg": ("+", 0, 40)}),
    (nen9997_footing.effective_width_m, {"width_m": ("+0", 0.2, 2), "eccentricity_m": ("-0", 0, 0.9)}),
    (nen9997_footing.inclination_ratio, {"v_d_kn": ("+0", -10, 100), "h_d_kn": ("-0", 0, 60)}),
    (
        nen9997_footing.drained_stress_kpa,
        {
            "phi_d_deg": ("+", 15, 35),
            "effective_width_m": ("+", 0.3, 1.4),
            "overburden_d_kpa": ("+", 0, 30),
            "gamma_d_kn_m3": ("+", 7, 18),
            "c_d_kpa": ("+", 0, 10),
            "effective_length_m": ("~", 0.2, 60),
            "inclination": ("+", 0.3, 1),
        },
    ),
    (
        nen9997_footing.undrained_stress_kpa,
        {
            "cu_d_kpa": ("+", 20, 60),
            "effective_width_m": ("+", 0.6, 1.4),
            "overburden_d_kpa": ("+", 0, 30),
            "h_d_kn": ("-", 0, 11),
        },
    ),
    (nen9997_footing.effective_area_m2, {"effective_width_m": ("+", 0, 2), "effective_length_m": ("+", 0, 9)}),
    (
        nen9997_footing.footing_resistance_kn,
        {"stress_kpa": ("+", 0, 300), "effective_width_m": ("+", 0, 2), "effective_length_m": ("+", 0, 9)},
    ),
    (nen9997_footing.bearing_utilisation, {"v_d_kn": ("+", 0, 300), "r_d_kn": ("-", 50, 300)}),
    (footing_hi, {**STRIP, "c_d_kpa": ("+", 0, 10), "m_d_knm": ("-", 0, 8), "h_d_kn": ("-", 0, 8), "eccentricity_m": ("-", 0, 0.05)}),
    (
        footing_lo,
        {**{k: ("-", *v[1:]) for k, v in STRIP.items()}, "m_d_knm": ("+", 1, 8), "h_d_kn": ("+", 1, 8), "eccentricity_m": ("+", 0, 0.05)},
    ),
    (nen9997_footing.sliding_resistance_kn, {"v_d_kn": ("+0", -10, 100), "phi_d_deg": ("+", 10, 35)}),
    (nen9997_footing.undrained_sliding_resistance_kn, {"area_m2": ("+0", 0.3, 2), "cu_d_kpa": ("+0", 10, 60), "v_d_kn": ("+0", -10, 100)}),
    (
        nen9997_footing.spread_stress_kpa,
        {"stress_kpa": ("+", 0, 99), "width_m": ("+", 0.5, 2), "depth_m": ("-", 0, 5), "length_m": ("+", 1, 9)},
    ),
    (
        settlement,
        {
            "thickness": ("+", 0.5, 3),
            "modulus": ("-", 2e3, 5e4),
            "stress_kpa": ("+", 0, 99),
            "width_m": ("+", 0.5, 2),
            "length_m": ("+", 1, 9),
        },
    ),
    (
        nen9997_comparison.load_ratio,
        {
            "permanent_old": ("-", 90, 130),
            "imposed_old": ("-", 20, 40),
            "permanent_new": ("+", 130, 160),
            "imposed_new": ("+", 40, 60),
            "psi": ("+", 0, 1),
        },
    ),
    (
        nen9997_comparison.implied_utilisation,
        {"e_d_new": ("+", 0, 300), "design_load_old": ("-", 90, 300), "gamma_era": ("-", 1.2, 1.8), "efficiency": ("-", 0.7, 1)},
    ),
    (nen9997_comparison.remark_step, {"ratio": ("+0", 1, 1.3)}),
    (nen9997_comparison.differs, {"first": ("~", 0.9, 1.3), "second": ("~", 0.9, 1.3)}),
    (nen9997_pile.equivalent_diameter_m, {"a_m": ("~", 0.1, 0.8), "b_m": ("~", 0.1, 0.8)}),
    (koppejan, {"tip": ("~", 12, 19), "scale": ("+", 0.5, 1.5), "diameter": ("~", 0.2, 0.6), "limit": ("+0", 2, 30)}),
    (
        nen9997_pile.tip_resistance_mpa,
        {
            "qc_1_mpa": ("+", 5, 20),
            "qc_2_mpa": ("+", 5, 15),
            "qc_3_mpa": ("+", 2, 12),
            "alpha_p": ("+", 0.3, 0.7),
            "beta": ("+", 0.6, 1),
            "s": ("+", 0.7, 1),
        },
    ),
    (shaft_mean, {"top": ("+", 5, 10), "bottom": ("+", 12, 18), "scale": ("+", 0.5, 0.8)}),
    (
        nen9997_pile.shaft_resistance_kn,
        {"qc_mean_mpa": ("+0", 2, 20), "alpha_s": ("+", 0.005, 0.014), "perimeter_m": ("+", 0.5, 1.6), "length_m": ("+", 0, 6)},
    ),
    (nen9997_pile.calculated_resistance_kn, {"tip_mpa": ("+", 3, 15), "tip_area_m2": ("+", 0.03, 0.2), "shaft_kn": ("+", 0, 400)}),
    (characteristic, {"one": ("+0", 800, 1500), "two": ("+0", 800, 1500), "xi_3": ("-0", 1.25, 1.39), "xi_4": ("-0", 1, 1.39)}),
    (nen9997_pile.design_resistance_kn, {"r_k_kn": ("+", 300, 900), "gamma_t": ("-", 1, 1.3)}),
    (
        stress_integral,
        {
            "thickness": ("+", 1, 5),
            "dry": ("+", 15, 19),
            "wet": ("+", 11, 21),
            "water_depth_m": ("+", 0.5, 5),
            "surcharge_kpa": ("+", 0, 20),
        },
    ),
    (friction_cast, {"phi_deg": ("~", 5, 85)}),
    (
        negative_friction,
        {"perimeter": ("+", 0.5, 1.5), "coefficient": ("+", 0.25, 0.3), "integral": ("+", 10, 300), "gamma": ("+", 1, 1.4)},
    ),
    (nen9997_pile.pile_utilisation, {"f_d_kn": ("+", 0, 500), "f_nk_d_kn": ("+", 0, 100), "r_d_kn": ("-", 300, 900)}),
    (nen9997_pile.group_factor, {"eccentricity_m": ("+", 0, 0.2), "length_m": ("-", 1, 3)}),
]
# tested in their own files: rows of bars, curves, tables, and functions that these wrappers hold
ELSEWHERE = {
    *("face_rows", "ring_rows", "circle_rows", "rectangle_curve", "circle_curve", "bar_gyration_mm", "moment_resistance_knm"),
    *("section_interval_kn", "wall_interval_kn", "column_interval_kn", "footing_interval_kn", "stress_block", "settlement_increment_mm"),
    *(
        "stress_integral_kn_m",
        "negative_friction_kn",
        "characteristic_resistance_kn",
        "koppejan_means_mpa",
        "shaft_mean_mpa",
        "xi_factor",
        "friction_coefficient",
        "variation",
    ),
}
# nan here means that there is no such value
NAN_IS_A_VALUE = {("fyd_mpa", "prescribed_mpa")}
# the middle of the range hides an argument that only matters elsewhere
MIDDLE = {
    "en1992_material.fyd_mpa": {"prescribed_mpa": 500.0},
    "en1992.held_edge_beta": {"edges": 4.0},
    "en1992.is_slender": {"l0_mm": 3000.0, "thickness_mm": 130.0},
    "en1992.shear_strength_mpa": {"sigma_cp_mpa": 5.0},
    "en1992.shear_resistance_kn": {"n_ed_kn": 3300.0},
    "en1992_column.biaxial_check_needed": {
        **{"m_y_knm": 200.0, "m_z_knm": 20.0, "slenderness_y": 40.0, "slenderness_z": 40.0, "h_mm": 300.0, "b_mm": 300.0}
    },
    "en1992_column.design_moment_knm": {"m01_knm": 20.0, "e_0_mm": 10.0},
    "en1992_column.limit_factor_c": {"m02_knm": 40.0},
    "en1992_slab.beam_minimum_mm2": {"fyk_mpa": 240.0},
    "en1992_slab.shear_resistance_kn": {"sigma_cp_mpa": 3.0, "steel_mm2": 2000.0},
    "en1992_slab.splitting_force_kn": {"height_mm": 1500.0},
    "nen9997_comparison.differs": {"first": 1.1, "second": 1.1},
    "nen9997_footing.drained_stress_kpa": {"effective_length_m": 1.5},
    "nen9997_pile.equivalent_diameter_m": {"a_m": 0.3, "b_m": 0.3},
    "test_clauses_concrete.column_hi": {"e_0_mm": 5.0, "m01_knm": 14.0, "e_2_mm": 30.0},
    "test_clauses_concrete.koppejan": {"limit": 30.0, "tip": 15.5, "diameter": 0.4},
    "test_clauses_concrete.wall_hi": {"l0_mm": 3000.0},
    "test_clauses_concrete.wall_lo": {"l0_mm": 3000.0},
}
STAYS = "0"  # an argument without effect in this range


def name_of(row):
    return f"{row[0].__module__.rsplit('.', 1)[-1]}.{row[0].__name__}"


def middle(function, spec):
    chosen = {name: 0.5 * (low + high) for name, (_, low, high) in spec.items()}
    return chosen | MIDDLE.get(name_of((function, spec)), {})


def call(function, kwargs):
    positional = [
        n for n, p in inspect.signature(function).parameters.items() if p.kind is p.POSITIONAL_OR_KEYWORD and p.default is p.empty
    ]
    rest = {k: v for k, v in kwargs.items() if k not in positional}
    return np.asarray(function(*(kwargs[n] for n in positional), **rest))


CASES = [pytest.param(row[0], row[1], name, id=f"{name_of(row)}-{name}") for row in ROWS for name in row[1]]


@pytest.mark.parametrize(("function", "spec", "name"), CASES)
def test_each_argument_alone(function, spec, name):
    direction, low, high = spec[name]
    values = np.linspace(low, high, 3 if name == "edges" else 41)
    out = call(function, middle(function, spec) | {name: values})
    assert out.shape == values.shape
    assert not np.isnan(out).any()
    step = np.diff(out)
    noise = 1e-9 * (1 + np.abs(out).max()) if np.isfinite(out).all() else 0
    if direction == "~":
        assert step.max() > noise
        assert step.min() < -noise
    elif direction == STAYS:
        assert np.all(np.abs(step) <= noise)
    else:
        up = step if direction[0] == "+" else -step
        assert np.all(up >= -noise)
        assert up.max() > noise
        assert direction.endswith("0") or np.all(up[np.isfinite(up)] > 0)


@pytest.mark.parametrize(("function", "spec"), [pytest.param(*row, id=name_of(row)) for row in ROWS])
def test_batched_is_the_loop_of_single_calls(function, spec):
    rng = np.random.default_rng(7)
    n = 6
    draws = {name: rng.uniform(low, high, n) for name, (_, low, high) in spec.items()}
    if "edges" in draws:
        draws["edges"] = np.array([2.0, 3, 4, 2, 3, 4])
    batched = call(function, draws)
    single = np.array([float(call(function, {k: float(v[i]) for k, v in draws.items()})) for i in range(n)])
    assert batched.dtype == np.float64
    np.testing.assert_allclose(batched, single, rtol=1e-12, atol=0)
    # outer product of the first argument with the others
    first = next(iter(draws))
    outer = call(function, draws | {first: draws[first][:, None]})
    assert outer.shape == ((n, n) if len(draws) > 1 else (n, 1))
    np.testing.assert_allclose(np.diagonal(outer) if len(draws) > 1 else outer[:, 0], single, rtol=1e-12, atol=0)


@pytest.mark.parametrize(("function", "spec", "name"), CASES)
def test_nan_in_nan_out(function, spec, name):
    if (function.__name__, name) not in NAN_IS_A_VALUE:
        assert np.isnan(call(function, middle(function, spec) | {name: np.nan}))


def test_every_public_function_has_a_row():
    known = {row[0].__name__ for row in ROWS} | ELSEWHERE
    public = {
        name
        for module in MODULES
        for name, member in inspect.getmembers(module, inspect.isfunction)
        if member.__module__ == module.__name__ and not name.startswith("_")
    }
    assert public - known == set()
    assert ELSEWHERE - public == set()
