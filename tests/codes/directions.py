"""What every result of every clause function does while one argument rises and the others stand still.

By "module.function result": the arguments that it rises (+) or falls (-) with, everywhere in the ranges of
`formula_draws` and `vary`; +0 and -0 where it may stay; 0 where it plays no part; ~ where it goes both ways: there `REGIONS`
says where it rises and where it falls, or `NOWHERE` why there is no such place. Arguments with a
sign of which only the size counts run from zero. Parts of objects are named object.part.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, NamedTuple

import numpy as np

DIRECTIONS: dict[str, str] = {
    "en1990.combination_610a": (
        "+ permanent_kn psi0 factors.gamma_q; +0 variable_kn factors.gamma_ga; -0 factors.gamma_g_inf; 0 factors.gamma_gb"
    ),
    "en1990.combination_610b [first]": (
        "+ permanent_kn factors.gamma_q; +0 variable_kn psi0 factors.gamma_gb; -0 factors.gamma_g_inf; 0 factors.gamma_ga"
    ),
    "en1990.combination_610b [last]": (
        "+ permanent_kn factors.gamma_q; +0 variable_kn psi0 factors.gamma_gb; -0 factors.gamma_g_inf; 0 factors.gamma_ga"
    ),
    "en1990.combination_set_c [first]": "+ permanent_kn; +0 variable_kn psi0",
    "en1990.combination_set_c [last]": "+ permanent_kn; +0 variable_kn psi0",
    "en1990.design_axial_force n_kn": (
        "+ permanent_kn factors.gamma_q; +0 imposed_by_storey_kn psi0 factors.gamma_ga factors.gamma_gb relief_kn roof_kn; -0 "
        "factors.gamma_g_inf"
    ),
    "en1990.design_axial_force_minimum": (
        "+ permanent_kn; +0 imposed_by_storey_kn factors.gamma_g_inf relief_kn; -0 factors.gamma_ga factors.gamma_q; 0 factors.gamma_gb"
    ),
    "en1990.equilibrium_ratio": "+ destabilising_permanent destabilising_variable; - stabilising_permanent",
    "en1990.permanent_maximum": "+ permanent_kn; +0 gamma_sup; -0 gamma_inf",
    "en1990.reference_period_factor": "+ years; - base_years; ~ psi0",
    "en1990.wind_leading_axial_force n_max_kn": (
        "+ permanent_kn psi0 factors.gamma_q; +0 imposed_by_storey_kn factors.gamma_gb relief_kn; -0 factors.gamma_g_inf; 0 "
        "factors.gamma_ga"
    ),
    "en1990.wind_leading_axial_force n_min_kn": (
        "+ permanent_kn; +0 imposed_by_storey_kn factors.gamma_g_inf relief_kn; -0 factors.gamma_ga factors.gamma_q; 0 psi0 "
        "factors.gamma_gb"
    ),
    "en1991_1_1.movable_partitions_kn_m2": "+0 wall_kn_m",
    "en1991_1_1.roof_imposed_kn": "+0 area_m2; -0 slope_deg",
    "en1991_1_1.roof_imposed_kn_m2": "-0 slope_deg",
    "en1991_1_3.drift_load_kn_m2": "+ undrifted_kn_m2; +0 peak_kn_m2 length_m; -0 distance_m",
    "en1991_1_3.drift_mean_kn_m2": "+ undrifted_kn_m2; +0 peak_kn_m2 length_m; -0 from_m to_m",
    "en1991_1_3.roof_snow_kn_m2": "+0 snow_kn_m2; -0 slope_deg",
    "en1991_1_3.shape_coefficient": "-0 slope_deg",
    "en1991_1_3.snow_drift length_m": "+0 step_height_m; 0 upper_width_m lower_width_m upper_slope_deg snow_kn_m2 snow_weight_kn_m3",
    "en1991_1_3.snow_drift mu_w": "+0 upper_width_m lower_width_m snow_weight_kn_m3; -0 snow_kn_m2; ~ step_height_m; 0 upper_slope_deg",
    "en1991_1_3.snow_drift mu_s": "+0 upper_width_m; -0 step_height_m; ~ upper_slope_deg; 0 lower_width_m snow_kn_m2 snow_weight_kn_m3",
    "en1991_1_3.snow_drift peak_kn_m2": "+0 upper_width_m lower_width_m snow_kn_m2 snow_weight_kn_m3; ~ step_height_m upper_slope_deg",
    "en1991_1_4.edge_zone_m": "+0 height_m width_m",
    "en1991_1_4.facade_coefficients 0": "0 height_over_depth",
    "en1991_1_4.facade_coefficients 1": "-0 height_over_depth",
    "en1991_1_4.flat_roof_suction": "+0 parapet_ratio",
    "en1991_1_4.friction_on_block force_kn": (
        "+0 depth_m wind_speed_m_s terrain.z_min_m coefficient; -0 level_m terrain.z0_m; ~ height_m width_m"
    ),
    "en1991_1_4.friction_on_block base_moment_knm": (
        "+0 depth_m wind_speed_m_s terrain.z_min_m coefficient; -0 level_m terrain.z0_m; ~ height_m width_m"
    ),
    "en1991_1_4.net_pressure_kn_m2": "+ external; - internal; ~ pressure_kn_m2",
    "en1991_1_4.peak_velocity_pressure": "+ wind_speed_m_s; +0 height_m terrain.z_min_m; - terrain.z0_m",
    "en1991_1_4.pressure_strips edges_m[first]": "0 height_m width_m wind_speed_m_s terrain.z0_m terrain.z_min_m n_middle_strip",
    "en1991_1_4.pressure_strips edges_m[last]": "+ height_m; 0 width_m wind_speed_m_s terrain.z0_m terrain.z_min_m n_middle_strip",
    "en1991_1_4.pressure_strips pressure_kn_m2[first]": (
        "+ wind_speed_m_s; +0 height_m width_m terrain.z_min_m; - terrain.z0_m; 0 n_middle_strip"
    ),
    "en1991_1_4.pressure_strips pressure_kn_m2[last]": (
        "+ wind_speed_m_s; +0 height_m terrain.z_min_m; - terrain.z0_m; 0 width_m n_middle_strip"
    ),
    "en1991_1_4.probability_factor": "+ years",
    "en1991_1_4.roof_zone": "+0 from_edge_m from_corner_m; -0 edge_m",
    "en1991_1_4.structural_factor_cscd": "0 height_m depth_m",
    "en1991_1_4.uplift_kn_m2": "+0 pressure_kn_m2 internal; -0 suction",
    "en1991_1_4.wind_above force_kn": (
        "+0 height_m width_m wind_speed_m_s terrain.z_min_m correlation structural_factor; -0 level_m depth_m terrain.z0_m n_middle_strip"
    ),
    "en1991_1_4.wind_above base_moment_knm": (
        "+0 height_m width_m wind_speed_m_s terrain.z_min_m correlation structural_factor; -0 level_m depth_m terrain.z0_m n_middle_strip"
    ),
    "en1991_1_4.wind_on_block force_kn": (
        "+ height_m width_m wind_speed_m_s correlation structural_factor; +0 terrain.z_min_m; - terrain.z0_m; -0 depth_m n_middle_strip"
    ),
    "en1991_1_4.wind_on_block base_moment_knm": (
        "+ height_m width_m wind_speed_m_s correlation structural_factor; +0 terrain.z_min_m; - terrain.z0_m; -0 depth_m n_middle_strip"
    ),
    "en1991_1_7.robustness_class": "+0 storeys; -0 single_family",
    "en1992.axial_utilisation": "+ n_ed_kn; - n_rd_kn",
    "en1992.effective_length_mm": "+ height_mm beta",
    "en1992.fcd_plain_mpa": "+ fck_mpa alpha_cc_plain; - gamma_c",
    "en1992.fctd_plain_mpa": "+ fck_mpa alpha_ct_plain; - gamma_c",
    "en1992.held_edge_beta": "+0 length_mm; - edges; -0 height_mm",
    "en1992.imperfection_mm": "+ l0_mm",
    "en1992.is_slender": "+0 l0_mm; -0 thickness_mm",
    "en1992.section_factor": "+0 thickness_mm; -0 e_mm",
    "en1992.shear_resistance_kn": "+0 thickness_mm compressed_length_mm fcd_plain_mpa fctd_plain_mpa; ~ n_ed_kn",
    "en1992.shear_strength_mpa": "+0 fcd_plain_mpa fctd_plain_mpa; ~ sigma_cp_mpa",
    "en1992.total_eccentricity_mm": "+ m_ed_knm e_0_mm e_i_mm; - n_ed_kn",
    "en1992.wall_factor": "+0 thickness_mm; -0 e_tot_mm l0_mm",
    "en1992.wall_interval_kn lo": "+0 m_ed_knm l0_mm e_0_mm e_i_mm; -0 length_mm thickness_mm fcd_plain_mpa",
    "en1992.wall_interval_kn hi": "+0 length_mm thickness_mm fcd_plain_mpa; -0 m_ed_knm l0_mm e_0_mm e_i_mm",
    "en1992.wall_resistance_kn": "+ phi length_mm thickness_mm fcd_plain_mpa",
    "en1992_column.biaxial_check_needed": "~ slenderness_y slenderness_z m_y_knm m_z_knm h_mm b_mm",
    "en1992_column.biaxial_exponent": "+0 relative_force circular",
    "en1992_column.biaxial_utilisation": "+ m_y_knm m_z_knm; - m_rd_y_knm m_rd_z_knm; ~ exponent",
    "en1992_column.curvature_axial_factor": "+0 omega n_balanced; -0 relative_axial_force",
    "en1992_column.curvature_creep_factor": "+0 fck_mpa phi_ef; -0 slenderness",
    "en1992_column.design_moment_knm": "+ n_ed_kn; +0 e_i_mm e_2_mm e_0_mm; - braced; ~ m01_knm m02_knm",
    "en1992_column.equivalent_moment_knm": "~ m01_knm m02_knm",
    "en1992_column.first_order_limit_kn": "+ squash_kn a b c; - slenderness",
    "en1992_column.gyration_mm": "+ depth_mm; - circular",
    "en1992_column.imperfection_eccentricity_mm": "+ inclination l0_mm",
    "en1992_column.imperfection_inclination": "- members; -0 height_m",
    "en1992_column.limit_factor_a": "- phi_ef",
    "en1992_column.limit_factor_b": "+ omega",
    "en1992_column.limit_factor_c": "+ braced; ~ m01_knm m02_knm",
    "en1992_column.mechanical_ratio": "+ steel_mm2 fyd_mpa; - area_mm2 fcd_mpa",
    "en1992_column.minimum_eccentricity_mm": "+0 depth_mm",
    "en1992_column.nominal_curvature_per_mm": "+ k_r k_phi fyd_mpa; - effective_depth_mm",
    "en1992_column.relative_axial_force": "+ n_ed_kn; - area_mm2 fcd_mpa",
    "en1992_column.second_order_eccentricity_mm": "+ curvature_per_mm l0_mm; - c",
    "en1992_column.slenderness": "+ l0_mm; - gyration_mm",
    "en1992_column.slenderness_limit": "+0 a b c; -0 relative_axial_force",
    "en1992_material.ecm_mpa": "+ fck_mpa",
    "en1992_material.effective_creep": "+ phi_inf m_0eqp_knm; - m_0ed_knm",
    "en1992_material.fcd_mpa": "+ fck_mpa alpha_cc; - gamma_c",
    "en1992_material.fctk_005_mpa": "+ fck_mpa",
    "en1992_material.fctm_mpa": "+ fck_mpa",
    "en1992_material.fyd_mpa": "+0 fyk_mpa prescribed_mpa; -0 gamma_s",
    "en1992_material.stress_block lambda_": "-0 fck_mpa",
    "en1992_material.stress_block eta": "-0 fck_mpa",
    "en1992_material.stress_block eps_cu3": "-0 fck_mpa",
    "en1992_material.stress_block eps_c3": "+0 fck_mpa",
    "en1992_section.bar_gyration_mm": "~ h_mm",
    "en1992_section.circle_rows depth_mm[first]": "+ axis_distance_mm; +0 diameter_mm; ~ n_bars half_turn; 0 area_mm2",
    "en1992_section.circle_rows depth_mm[last]": "+ diameter_mm; +0 axis_distance_mm; ~ n_bars half_turn; 0 area_mm2",
    "en1992_section.circle_rows area_mm2[first]": "+ area_mm2; - n_bars; 0 diameter_mm axis_distance_mm half_turn",
    "en1992_section.circle_rows area_mm2[last]": "+ area_mm2; - n_bars; 0 diameter_mm axis_distance_mm half_turn",
    "en1992_section.face_rows depth_mm[first]": "+ axis_distance_mm; 0 h_mm area_mm2",
    "en1992_section.face_rows depth_mm[last]": "+ h_mm; - axis_distance_mm; 0 area_mm2",
    "en1992_section.face_rows area_mm2[first]": "+ area_mm2; 0 h_mm axis_distance_mm",
    "en1992_section.face_rows area_mm2[last]": "+ area_mm2; 0 h_mm axis_distance_mm",
    "en1992_section.moment_resistance_knm": "~ n_ed_kn",
    "en1992_section.plastic_axial_resistance_kn": "+ area_mm2 steel_mm2 fcd_mpa fyd_mpa",
    "en1992_section.ring_rows depth_mm[first]": "+ axis_distance_mm; 0 h_mm bar_area_mm2 n_along_h n_along_b",
    "en1992_section.ring_rows depth_mm[last]": "+ h_mm; - axis_distance_mm; 0 bar_area_mm2 n_along_h n_along_b",
    "en1992_section.ring_rows area_mm2[first]": "+ bar_area_mm2 n_along_b; 0 h_mm axis_distance_mm n_along_h",
    "en1992_section.ring_rows area_mm2[last]": "+ bar_area_mm2 n_along_b; 0 h_mm axis_distance_mm n_along_h",
    "en1992_section.section_interval_kn lo": "+0 m_ed_knm eccentricity_mm",
    "en1992_section.section_interval_kn hi": "-0 m_ed_knm eccentricity_mm",
    "en1992_section.section_utilisation": "+0 m_ed_knm; ~ n_ed_kn",
    "en1992_slab.beam_minimum_mm2": "+ b_mm d_mm; +0 fck_mpa; -0 fyk_mpa",
    "en1992_slab.bending_resistance_knm": "+ steel_mm2 b_mm d_mm fcd_mpa block.eta; +0 fyd_mpa block.lambda_ block.eps_cu3; 0 block.eps_c3",
    "en1992_slab.column_maximum_mm2": "+ area_mm2",
    "en1992_slab.column_minimum_mm2": "+0 n_ed_kn area_mm2; -0 fyd_mpa",
    "en1992_slab.column_perimeter_mm": "+0 c1_mm c2_mm d_mm",
    "en1992_slab.concentrated_resistance_kn": "+ loaded_area_mm2 fcd_mpa; +0 distribution_area_mm2",
    "en1992_slab.control_perimeter_mm": "+ c1_mm c2_mm d_mm distance",
    "en1992_slab.crushing_factor": "- fck_mpa",
    "en1992_slab.crushing_resistance_kn": "+ fcd_mpa b_mm d_mm; - fck_mpa",
    "en1992_slab.distribution_width_mm": "+ width_mm; +0 depth_mm edge_distance_mm",
    "en1992_slab.minimum_shear_strength_mpa": "+ fck_mpa; -0 d_mm",
    "en1992_slab.neutral_axis_mm": "+ steel_mm2; +0 fyd_mpa d_mm block.eps_cu3; - b_mm fcd_mpa block.lambda_ block.eta; 0 block.eps_c3",
    "en1992_slab.punching_maximum_mpa": "+ fcd_mpa; - fck_mpa",
    "en1992_slab.punching_strength_mpa": "+ fck_mpa sigma_cp_mpa; +0 reinforcement_ratio; -0 d_mm gamma_c",
    "en1992_slab.punching_stress_mpa": "+ v_ed_kn beta; - perimeter_mm d_mm",
    "en1992_slab.reaches": "+0 provided_mm2; -0 required_mm2",
    "en1992_slab.shear_resistance_kn": "+ fck_mpa b_mm d_mm; +0 fcd_mpa steel_mm2 sigma_cp_mpa; -0 gamma_c",
    "en1992_slab.shear_strength_mpa": "+ fck_mpa; +0 reinforcement_ratio; -0 d_mm gamma_c",
    "en1992_slab.size_factor": "-0 d_mm",
    "en1992_slab.splitting_force_kn": "+0 force_kn body_width_mm; -0 width_mm; ~ height_mm",
    "en1992_slab.wall_minimum_mm2": "+ area_mm2",
    "en1993.buckling_auxiliary": "+ slenderness; ~ imperfection",
    "en1993.buckling_reduction": "- slenderness; -0 imperfection",
    "en1993.buckling_resistance_kn": "+ chi area_mm2 fy_mpa; - gamma_m1",
    "en1993.column_resistance_kn [first]": "+ area_mm2 i_y_mm4 fy_mpa; - length_y_mm alpha_y gamma_m1; 0 i_z_mm4 length_z_mm alpha_z",
    "en1993.column_resistance_kn [last]": "+ area_mm2 i_z_mm4 fy_mpa; - length_z_mm alpha_z gamma_m1; 0 i_y_mm4 length_y_mm alpha_y",
    "en1993.critical_force_kn": "+ second_moment_mm4 e_mpa; - buckling_length_mm",
    "en1993.imperfection_i_section 0": "+0 width_mm flange_mm; -0 height_mm",
    "en1993.imperfection_i_section 1": "+0 width_mm flange_mm; -0 height_mm",
    "en1993.relative_slenderness": "+ area_mm2 fy_mpa; - n_cr_kn",
    "en1993.yield_strength_mpa": "+ fy_nominal_mpa; -0 thickness_mm",
    "en1993_bending.buckling_moment_knm": "+ chi_lt w_y_mm3 fy_mpa; - gamma_m1",
    "en1993_bending.critical_moment_knm": "+ i_z_mm4 i_t_mm4 i_w_mm6 c1; - length_mm load_height_mm; ~ c2",
    "en1993_bending.epsilon": "- fy_mpa",
    "en1993_bending.i_section_class": "+0 height_mm width_mm n_ed_kn; -0 web_mm flange_mm root_mm area_mm2; ~ fy_mpa",
    "en1993_bending.internal_class": "+0 c_over_t fy_mpa compressed_share stress_ratio",
    "en1993_bending.lateral_torsional_reduction": "- slenderness; -0 height_over_width",
    "en1993_bending.lateral_torsional_reduction_rolled": "-0 slenderness height_over_width",
    "en1993_bending.linear_utilisation": "+ n_ed_kn m_y_knm m_z_knm; - n_rd_kn m_y_rd_knm m_z_rd_knm",
    "en1993_bending.moment_resistance_knm": "+ fy_mpa; +0 w_pl_mm3 w_el_mm3; - gamma_m0; -0 section_class",
    "en1993_bending.moment_with_axial_knm 0": "+0 m_pl_y_knm area_mm2 fy_mpa; -0 width_mm flange_mm n_ed_kn gamma_m0; 0 m_pl_z_knm",
    "en1993_bending.moment_with_axial_knm 1": "+0 m_pl_z_knm area_mm2 fy_mpa; -0 width_mm flange_mm n_ed_kn gamma_m0; 0 m_pl_y_knm",
    "en1993_bending.moment_with_shear_knm": "+0 m_c_rd_knm w_pl_y_mm3 fy_mpa v_pl_rd_kn; -0 web_height_mm web_mm v_ed_kn gamma_m0",
    "en1993_bending.outstand_class": "+0 c_over_t fy_mpa",
    "en1993_bending.plastic_utilisation": "+ m_y_knm m_z_knm; - m_ny_rd_knm; -0 m_nz_rd_knm; ~ n_ratio",
    "en1993_bending.round_tube_class": "+0 d_over_t fy_mpa",
    "en1993_bending.shear_resistance_kn": "+ shear_area_mm2 fy_mpa; - gamma_m0; 0 web_height_mm web_mm",
    "en1993_sections.cold_formed_radius_mm": "+ wall_mm",
    "en1993_sections.i_section area_mm2": "+ height_mm width_mm web_mm flange_mm root_mm",
    "en1993_sections.i_section i_y_mm4": "+ height_mm width_mm web_mm flange_mm root_mm",
    "en1993_sections.i_section i_z_mm4": "+ height_mm width_mm web_mm flange_mm root_mm",
    "en1993_sections.i_section w_el_y_mm3": "+ height_mm width_mm web_mm flange_mm root_mm",
    "en1993_sections.i_section w_el_z_mm3": "+ height_mm width_mm web_mm flange_mm root_mm",
    "en1993_sections.i_section w_pl_y_mm3": "+ height_mm width_mm web_mm flange_mm root_mm",
    "en1993_sections.i_section w_pl_z_mm3": "+ height_mm width_mm web_mm flange_mm root_mm",
    "en1993_sections.i_section i_t_mm4": "+ height_mm width_mm web_mm flange_mm root_mm",
    "en1993_sections.i_section i_w_mm6": "+ height_mm width_mm flange_mm; 0 web_mm root_mm",
    "en1993_sections.i_section shear_area_z_mm2": "+ height_mm web_mm root_mm; ~ flange_mm; 0 width_mm",
    "en1993_sections.rectangular_tube area_mm2": "+ height_mm width_mm wall_mm; - outer_radius_mm",
    "en1993_sections.rectangular_tube i_y_mm4": "+ height_mm width_mm wall_mm; - outer_radius_mm",
    "en1993_sections.rectangular_tube i_z_mm4": "+ height_mm width_mm wall_mm; - outer_radius_mm",
    "en1993_sections.rectangular_tube w_el_y_mm3": "+ height_mm width_mm wall_mm; - outer_radius_mm",
    "en1993_sections.rectangular_tube w_el_z_mm3": "+ height_mm width_mm wall_mm; - outer_radius_mm",
    "en1993_sections.rectangular_tube w_pl_y_mm3": "+ height_mm width_mm wall_mm; - outer_radius_mm",
    "en1993_sections.rectangular_tube w_pl_z_mm3": "+ height_mm width_mm wall_mm; - outer_radius_mm",
    "en1993_sections.rectangular_tube i_t_mm4": "+ height_mm width_mm wall_mm; ~ outer_radius_mm",
    "en1993_sections.rectangular_tube i_w_mm6": "0 height_mm width_mm wall_mm outer_radius_mm",
    "en1993_sections.rectangular_tube shear_area_z_mm2": "+ height_mm width_mm wall_mm; - outer_radius_mm",
    "en1993_sections.round_tube area_mm2": "+ diameter_mm wall_mm",
    "en1993_sections.round_tube i_y_mm4": "+ diameter_mm wall_mm",
    "en1993_sections.round_tube i_z_mm4": "+ diameter_mm wall_mm",
    "en1993_sections.round_tube w_el_y_mm3": "+ diameter_mm wall_mm",
    "en1993_sections.round_tube w_el_z_mm3": "+ diameter_mm wall_mm",
    "en1993_sections.round_tube w_pl_y_mm3": "+ diameter_mm wall_mm",
    "en1993_sections.round_tube w_pl_z_mm3": "+ diameter_mm wall_mm",
    "en1993_sections.round_tube i_t_mm4": "+ diameter_mm wall_mm",
    "en1993_sections.round_tube i_w_mm6": "0 diameter_mm wall_mm",
    "en1993_sections.round_tube shear_area_z_mm2": "+ diameter_mm wall_mm",
    "en1993_sections.tapered_channel area_mm2": "+ height_mm width_mm web_mm flange_mm root_mm; - toe_mm",
    "en1993_sections.tapered_channel i_y_mm4": "+ height_mm width_mm web_mm flange_mm root_mm; - toe_mm",
    "en1993_sections.tapered_channel i_z_mm4": "+ height_mm width_mm web_mm flange_mm root_mm; - toe_mm",
    "en1993_sections.tapered_channel w_el_y_mm3": "+ height_mm width_mm web_mm flange_mm root_mm; - toe_mm",
    "en1993_sections.tapered_channel w_el_z_mm3": "+ height_mm width_mm flange_mm; - toe_mm; ~ web_mm root_mm",
    "en1993_sections.tapered_channel w_pl_y_mm3": "+ height_mm width_mm web_mm flange_mm root_mm; - toe_mm",
    "en1993_sections.tapered_channel w_pl_z_mm3": "+ height_mm width_mm flange_mm; - toe_mm; ~ web_mm root_mm",
    "en1993_sections.tapered_channel i_t_mm4": "+ height_mm width_mm web_mm flange_mm; 0 root_mm toe_mm",
    "en1993_sections.tapered_channel i_w_mm6": "0 height_mm width_mm web_mm flange_mm root_mm toe_mm",
    "en1993_sections.tapered_channel shear_area_z_mm2": "+ height_mm web_mm root_mm; - toe_mm; -0 width_mm; ~ flange_mm",
    "en1993_sections.tapered_i_section area_mm2": "+ height_mm width_mm web_mm flange_mm root_mm; - toe_mm",
    "en1993_sections.tapered_i_section i_y_mm4": "+ height_mm width_mm web_mm flange_mm root_mm; - toe_mm",
    "en1993_sections.tapered_i_section i_z_mm4": "+ height_mm width_mm web_mm flange_mm root_mm; - toe_mm",
    "en1993_sections.tapered_i_section w_el_y_mm3": "+ height_mm width_mm web_mm flange_mm root_mm; - toe_mm",
    "en1993_sections.tapered_i_section w_el_z_mm3": "+ height_mm width_mm web_mm flange_mm root_mm; - toe_mm",
    "en1993_sections.tapered_i_section w_pl_y_mm3": "+ height_mm width_mm web_mm flange_mm root_mm; - toe_mm",
    "en1993_sections.tapered_i_section w_pl_z_mm3": "+ height_mm width_mm web_mm flange_mm root_mm; - toe_mm",
    "en1993_sections.tapered_i_section i_t_mm4": "+ height_mm width_mm web_mm flange_mm; 0 root_mm toe_mm",
    "en1993_sections.tapered_i_section i_w_mm6": "+ height_mm width_mm web_mm flange_mm root_mm; - toe_mm",
    "en1993_sections.tapered_i_section shear_area_z_mm2": "+ height_mm web_mm root_mm; - width_mm toe_mm; ~ flange_mm",
    "en1993_stability.axial_limit_kn": (
        "+0 member.n_rd_kn member.m_y_rd_knm member.m_z_rd_knm member.chi_y member.chi_z member.chi_lt; -0 member.slenderness_y "
        "member.c_my member.c_mz member.c_mlt member.twists m_y_knm m_z_knm e_y_mm e_z_mm; ~ member.slenderness_z member.plastic"
    ),
    "en1993_stability.equivalent_moment_factor": "+0 end_ratio",
    "en1993_stability.interaction_factors 0": (
        "+ member.c_my; +0 member.slenderness_y n_ed_kn; -0 member.n_rd_kn member.chi_y; ~ member.plastic; 0 member.m_y_rd_knm "
        "member.m_z_rd_knm member.chi_z member.slenderness_z member.chi_lt member.c_mz member.c_mlt member.twists"
    ),
    "en1993_stability.interaction_factors 1": (
        "+ member.c_mz; +0 member.slenderness_z n_ed_kn; - member.plastic; -0 member.n_rd_kn member.chi_z; 0 member.m_y_rd_knm "
        "member.m_z_rd_knm member.chi_y member.slenderness_y member.chi_lt member.c_my member.c_mlt member.twists"
    ),
    "en1993_stability.interaction_factors 2": (
        "+ member.twists; +0 member.chi_z member.slenderness_y member.c_my member.c_mlt; - member.plastic; -0 member.chi_y; ~ "
        "member.n_rd_kn member.slenderness_z n_ed_kn; 0 member.m_y_rd_knm member.m_z_rd_knm member.chi_lt member.c_mz"
    ),
    "en1993_stability.interaction_factors 3": (
        "+ member.c_mz; +0 member.slenderness_z n_ed_kn; -0 member.n_rd_kn member.chi_z; ~ member.plastic; 0 member.m_y_rd_knm "
        "member.m_z_rd_knm member.chi_y member.slenderness_y member.chi_lt member.c_my member.c_mlt member.twists"
    ),
    "en1993_stability.utilisation 0": (
        "+ member.c_my member.c_mz n_ed_kn m_y_knm m_z_knm; +0 member.slenderness_y member.slenderness_z; - member.n_rd_kn "
        "member.m_y_rd_knm member.m_z_rd_knm member.chi_y member.chi_lt; -0 member.chi_z; ~ member.plastic; 0 member.c_mlt "
        "member.twists"
    ),
    "en1993_stability.utilisation 1": (
        "+ member.c_mz member.twists n_ed_kn m_y_knm m_z_knm; +0 member.slenderness_y member.c_my member.c_mlt; - member.n_rd_kn "
        "member.m_y_rd_knm member.m_z_rd_knm member.chi_z member.chi_lt; -0 member.chi_y; ~ member.slenderness_z member.plastic"
    ),
    "en1995.axial_limit_kn": "+0 area_mm2 fc0d_mpa k_cy k_cz; -0 bending_y bending_z per_kn_y per_kn_z k_m",
    "en1995.bearing_factor": "+0 clear_distance_mm; -0 depth_mm contact_mm; ~ continuous glued",
    "en1995.bearing_length_mm": "+ contact_mm; +0 left_mm right_mm",
    "en1995.bearing_resistance_kn": "+ width_mm effective_length_mm k_c90 fc90d_mpa",
    "en1995.bending_ratio": "+ m_ed_knm; - width_mm depth_mm fmd_mpa",
    "en1995.buckling_auxiliary": "+ relative; ~ beta_c",
    "en1995.buckling_factor": "-0 relative beta_c",
    "en1995.column_resistance_kn": "+ k_c area_mm2 fc0d_mpa",
    "en1995.critical_bending_stress_mpa": "+ width_mm e005_mpa; - depth_mm effective_length_mm",
    "en1995.depth_factor": "-0 depth_mm; ~ glued",
    "en1995.design_strength_mpa": "+ fk_mpa k_mod; - gamma_m",
    "en1995.relative_slenderness": "+ slenderness fc0k_mpa; - e005_mpa",
    "en1995.section_utilisation": "+ n_ed_kn bending_y bending_z k_m; - area_mm2 fc0d_mpa",
    "en1995.shear_ratio": "+ v_ed_kn; - width_mm depth_mm fvd_mpa k_cr",
    "en1995.slenderness": "+ length_mm; - depth_mm",
    "en1995.stability_utilisation 0": "+ n_ed_kn bending_y bending_z k_m; - area_mm2 fc0d_mpa k_cy; 0 k_cz",
    "en1995.stability_utilisation 1": "+ n_ed_kn bending_y bending_z k_m; - area_mm2 fc0d_mpa k_cz; 0 k_cy",
    "en1995.tilting_factor": "-0 relative",
    "en1996.area_factor": "+0 area_m2",
    "en1996.axial_resistance_kn": "+ phi thickness_mm length_mm fd_mpa",
    "en1996.compressed_length_mm": "+0 n_ed_kn length_mm; -0 m_ed_knm",
    "en1996.creep_eccentricity_mm": "+0 slenderness thickness_mm e_m_mm phi_inf",
    "en1996.design_strength_mpa": "+ fk_mpa; +0 area_m2; - gamma_m",
    "en1996.effective_height_mm": "+ height_mm rho",
    "en1996.effective_thickness_mm": "+ thickness_mm other_leaf_mm",
    "en1996.end_eccentricity_mm": "+0 e_load_mm e_init_mm thickness_mm",
    "en1996.end_factor": "+0 thickness_mm; -0 e_mm",
    "en1996.fk_mpa": "+ k alpha beta; +0 fb_mpa fm_mpa; - longitudinal_joint; ~ thin_layer",
    "en1996.fvk_mpa": "+0 fvk0_mpa sigma_d_mpa fb_mpa; -0 unfilled_head_joints",
    "en1996.imperfection_inclination": "- height_m",
    "en1996.initial_eccentricity_mm": "+ effective_height_mm",
    "en1996.mid_eccentricity_mm": "+0 e_load_mm e_init_mm thickness_mm slenderness phi_inf",
    "en1996.mid_factor": "+0 thickness_mm e_over_fk; -0 e_mm slenderness",
    "en1996.minimum_eccentricity_mm": "+0 effective_height_mm thickness_mm slenderness phi_inf",
    "en1996.rho2": "+0 e_top_mm; -0 concrete_floors thickness_mm",
    "en1996.rho3": "+0 rho2 length_mm; -0 thickness_mm; ~ height_mm",
    "en1996.rho4": "+0 rho2 length_mm; -0 thickness_mm; ~ height_mm",
    "en1996.shear_resistance_kn": "+0 n_ed_kn thickness_mm compressed_length_mm fvk0_mpa fb_mpa; -0 gamma_m unfilled_head_joints",
    "en1996.slenderness": "+ effective_height_mm; - effective_thickness_mm",
    "en1996.sway_limit": "+0 storeys",
    "en1996.sway_slenderness": "+ height_m n_ed_kn; - sum_ei_knm2",
    "en1996_data.fvk0_mpa": "+0 fm_mpa",
    "en1996_data.fxk_aerated_mpa": "+ fk_mpa",
    "en1996_interval.end_interval_kn lo": "+0 e_init_mm moment_knm; -0 squash_kn thickness_mm; ~ e_load_mm",
    "en1996_interval.end_interval_kn hi": "+0 squash_kn thickness_mm; -0 e_init_mm; ~ e_load_mm moment_knm",
    "en1996_interval.in_plane_interval_kn lo": "+0 moment_knm; -0 squash_kn length_mm",
    "en1996_interval.in_plane_interval_kn hi": "+0 squash_kn length_mm; -0 moment_knm",
    "en1996_interval.mid_interval_kn lo": "+0 slenderness e_init_mm moment_knm; -0 squash_kn thickness_mm e_over_fk; ~ e_load_mm",
    "en1996_interval.mid_interval_kn hi": "+0 squash_kn thickness_mm e_over_fk; -0 slenderness e_init_mm; ~ e_load_mm moment_knm",
    "en1996_interval.shear_least_axial_kn": "+0 v_ed_kn m_ed_knm gamma_m; -0 thickness_mm length_mm fvk0_mpa fb_mpa",
    "en1996_interval.squash_kn": "+ thickness_mm length_mm fd_mpa",
    "en1996_lateral.fxd1_apparent_mpa": "+ fxk1_mpa; +0 sigma_d_mpa phi fd_mpa; - gamma_m",
    "en1996_lateral.moment_resistance_knm": "+ fxd_mpa thickness_mm length_mm",
    "en1996_lateral.strip_moment_knm": "+ load_kn_m2 span_m; - held_at_both_ends",
    "en1996_local.added_eccentricity_mm": "+ e_old_mm offset_new_mm; ~ n_old_kn n_new_kn",
    "en1996_local.bearing_offset_mm": "+ thickness_mm; - bearing_depth_mm share",
    "en1996_local.combined_eccentricity_mm": "+ offset_mm; ~ n_kn",
    "en1996_local.concentrated_factor": "+0 end_distance_mm effective_area_mm2 enhanced; -0 height_mm bearing_area_mm2",
    "en1996_local.concentrated_resistance_kn": "+ beta bearing_area_mm2 fd_mpa; 0 eccentricity_mm thickness_mm",
    "en1996_local.deep_beam_lever_arm_mm": "+ clear_span_mm; +0 depth_mm",
    "en1996_local.fixed_end_moment_knm": "+ load_kn_m span_m; - far_end_fixed",
    "en1996_local.frame_moment_knm": (
        "+ wall_knm left_moment_knm; - left_floor_knm right_floor_knm right_moment_knm reduced; ~ other_wall_knm"
    ),
    "en1996_local.lintel_moment_knm": "+0 effective_depth_mm width_mm fd_mpa strong_units; ~ as_mm2 fyd_mpa clear_span_mm depth_mm",
    "en1996_local.lintel_shear_kn": "+ fvd_mpa width_mm effective_depth_mm; -0 distance_mm",
    "en1996_local.masonry_depth_mm": "+ lintel_depth_mm masonry_above_mm",
    "en1996_local.member_stiffness_knm": "+ e_mpa second_moment_mm4 far_end_fixed; - length_mm",
    "en1996_local.offset_limit_mm": "+0 thickness_mm product_mm",
    "en1996_local.spread_length_mm": "+ bearing_length_mm; +0 height_mm left_mm right_mm",
    "nen9997_comparison.differs": "-0 limit; ~ first second",
    "nen9997_comparison.implied_utilisation": "+ e_d_new; - design_load_old gamma_era efficiency",
    "nen9997_comparison.load_ratio": "+ permanent_new imposed_new; - permanent_old imposed_old; ~ psi",
    "nen9997_comparison.remark_step": "+0 ratio",
    "nen9997_footing.bearing_utilisation": "+ v_d_kn; - r_d_kn",
    "nen9997_footing.cohesion_factor": "+ phi_d_deg",
    "nen9997_footing.design_angle_deg": "+ phi_deg; - gamma_phi",
    "nen9997_footing.drained_stress_kpa": (
        "+ phi_d_deg overburden_d_kpa gamma_d_kn_m3 inclination; +0 c_d_kpa; ~ effective_width_m effective_length_m"
    ),
    "nen9997_footing.effective_area_m2": "+ effective_width_m; ~ effective_length_m",
    "nen9997_footing.effective_width_m": "+0 width_m; -0 eccentricity_m",
    "nen9997_footing.footing_resistance_kn": "+ stress_kpa effective_width_m; ~ effective_length_m",
    "nen9997_footing.inclination_ratio": "+0 v_d_kn; -0 h_d_kn",
    "nen9997_footing.overburden_factor": "+ phi_d_deg",
    "nen9997_footing.settlement_increment_mm": "+ stress_kpa width_m length_m; - modulus_kpa; ~ layer_thickness_m",
    "nen9997_footing.sliding_resistance_kn": "+ v_d_kn; +0 phi_d_deg; -0 smooth",
    "nen9997_footing.spread_stress_kpa": "+ stress_kpa width_m length_m; - depth_m",
    "nen9997_footing.undrained_sliding_resistance_kn": "+0 area_m2 cu_d_kpa v_d_kn",
    "nen9997_footing.undrained_stress_kpa": "+0 cu_d_kpa overburden_d_kpa; -0 h_d_kn; ~ effective_width_m effective_length_m",
    "nen9997_footing.weight_factor": "+ phi_d_deg",
    "nen9997_pile.calculated_resistance_kn": "+ tip_mpa tip_area_m2 shaft_kn",
    "nen9997_pile.characteristic_resistance_kn": "+0 r_cal_kn; -0 xi_3 xi_4",
    "nen9997_pile.design_resistance_kn": "+ r_k_kn; - gamma_t",
    "nen9997_pile.equivalent_diameter_m": "~ a_m b_m",
    "nen9997_pile.friction_coefficient": "+0 cast_in_ground; ~ phi_deg",
    "nen9997_pile.group_factor": "+ eccentricity_m; - length_m",
    "nen9997_pile.koppejan_means_mpa [first]": "~ tip_m diameter_m; 0 qc_mpa start_limit_mpa",
    "nen9997_pile.koppejan_means_mpa [last]": "+0 start_limit_mpa; ~ tip_m diameter_m; 0 qc_mpa",
    "nen9997_pile.negative_friction_kn": "+ perimeter_m coefficient stress_integral_kn_m gamma_f",
    "nen9997_pile.pile_utilisation": "+ f_d_kn f_nk_d_kn; - r_d_kn",
    "nen9997_pile.shaft_mean_mpa": "+0 qc_mpa; ~ top_m bottom_m",
    "nen9997_pile.shaft_resistance_kn": "+0 qc_mean_mpa alpha_s perimeter_m length_m",
    "nen9997_pile.stress_integral_kn_m [first]": "+ thickness_m gamma_dry_kn_m3 surcharge_kpa; +0 gamma_wet_kn_m3 water_depth_m",
    "nen9997_pile.stress_integral_kn_m [last]": "+ gamma_dry_kn_m3 surcharge_kpa; +0 gamma_wet_kn_m3 water_depth_m; ~ thickness_m",
    "nen9997_pile.tip_resistance_mpa": "+0 qc_1_mpa qc_2_mpa qc_3_mpa alpha_p beta s",
    "nen9997_pile.variation": "~ r_cal_kn",
    "nen9997_pile.xi_factor": "-0 n_tests",
}


class Region(NamedTuple):
    """Where a result that goes both ways over an argument goes one way: a range of it, and what the others are kept at."""

    sign: str
    low: float
    high: float
    others: Mapping[str, Any] = MappingProxyType({})
    field: str = ""


ONE_SIGN = {"e_load_mm": (0.0, 40.0), "moment_knm": (0.1, 3.0)}
OTHER_SIGN = {"moment_knm": -4.0, "squash_kn": 2000.0, "thickness_mm": 300.0, "e_init_mm": 5.0}
STRENGTHS = {"fcd_plain_mpa": (8.0, 9.0), "fctd_plain_mpa": (0.5, 0.6)}
PLAIN = {**STRENGTHS, "thickness_mm": 200.0, "compressed_length_mm": 2000.0}
AXES = {"m_y_knm": 50.0, "m_z_knm": 1.0, "h_mm": 300.0, "b_mm": 300.0, "slenderness_y": 40.0, "slenderness_z": 40.0}
LIGHT = {
    "as_mm2": 100.0,
    "fyd_mpa": 300.0,
    "width_mm": 200.0,
    "fd_mpa": 4.0,
    "effective_depth_mm": 500.0,
    "clear_span_mm": 2000.0,
    "depth_mm": 600.0,
}
STEEP = {**LIGHT, "as_mm2": 1500.0, "fyd_mpa": 400.0}
PAD = {"phi_d_deg": 25.0, "c_d_kpa": 0.0, "inclination": 1.0, "effective_length_m": 3.0}

REGIONS: dict[str, list[Region]] = {
    "en1990.reference_period_factor psi0": [
        Region("+", 0, 1, {"years": (5.0, 14.0), "base_years": 50.0}), Region("-", 0, 1, {"years": (60.0, 120.0), "base_years": 50.0}),
    ],
    "en1991_1_3.snow_drift step_height_m": [
        Region("+", 0.5, 1.2, {"upper_width_m": 20.0, "lower_width_m": 20.0, "upper_slope_deg": 0.0, "snow_kn_m2": 0.7,
        "snow_weight_kn_m3": 2.0}, "peak_kn_m2"),
        Region("-", 4, 9, {"upper_width_m": (4.0, 9.0), "lower_width_m": (2.0, 5.0), "upper_slope_deg": 0.0}, "peak_kn_m2"),
        Region("-", 4, 9, {"upper_width_m": (4.0, 9.0), "lower_width_m": (2.0, 5.0)}, "mu_w"),
    ],
    "en1991_1_3.snow_drift upper_slope_deg": [
        Region("+0", 0, 30, {}, "peak_kn_m2"), Region("-", 30, 60, {}, "mu_s"), Region("0", 0, 15, {}, "mu_s"),
    ],
    "en1991_1_4.friction_on_block height_m": [
        Region("+", 15, 45, {"level_m": 0.0, "width_m": (5.0, 10.0), "depth_m": 40.0}, "force_kn"),
        Region("-", 3, 4.9, {"level_m": 0.0, "width_m": 20.0, "depth_m": 20.0, "terrain": "bebouwd"}, "force_kn"),
    ],
    "en1991_1_4.friction_on_block width_m": [
        Region("+", 8, 20, {"level_m": 0.0, "height_m": 3.5, "depth_m": 40.0}, "force_kn"),
        Region("-", 5, 19, {"level_m": 0.0, "height_m": 45.0, "depth_m": 40.0}, "force_kn"),
    ],
    "en1991_1_4.net_pressure_kn_m2 pressure_kn_m2": [
        Region("+", 0.4, 1.5, {"external": 0.8, "internal": (-0.3, 0.2)}),
        Region("-", 0.4, 1.5, {"external": -0.8, "internal": (-0.3, 0.2)}),
    ],
    "en1992.shear_strength_mpa sigma_cp_mpa": [Region("+", 0, 3.5, STRENGTHS), Region("-", 7, 8, STRENGTHS)],
    "en1992.shear_resistance_kn n_ed_kn": [Region("+", 0, 1400, PLAIN), Region("-", 2800, 3200, PLAIN)],
    "en1992_column.biaxial_check_needed slenderness_y": [Region("-0", 10, 40, AXES), Region("+0", 40, 120, AXES)],
    "en1992_column.biaxial_check_needed slenderness_z": [Region("-0", 10, 40, AXES), Region("+0", 40, 120, AXES)],
    "en1992_column.biaxial_check_needed m_y_knm": [
        Region("+0", 0, 10, {**AXES, "m_z_knm": 10.0}), Region("-0", 10, 90, {**AXES, "m_z_knm": 10.0}),
    ],
    "en1992_column.biaxial_check_needed m_z_knm": [
        Region("+0", 0, 10, {**AXES, "m_y_knm": 10.0}), Region("-0", 10, 90, {**AXES, "m_y_knm": 10.0}),
    ],
    "en1992_column.biaxial_check_needed h_mm": [Region("+0", 300, 9000, AXES)],
    "en1992_column.biaxial_check_needed b_mm": [
        Region("+0", 5, 30, {**AXES, "m_y_knm": 10.0}), Region("-0", 30, 900, {**AXES, "m_y_knm": 10.0}),
    ],
    "en1992_column.biaxial_utilisation exponent": [
        Region("-", 1, 2, {"m_y_knm": (5.0, 40.0), "m_z_knm": (5.0, 40.0)}),
        Region("+", 1, 2, {"m_y_knm": (210.0, 300.0), "m_z_knm": (210.0, 300.0)}),
    ],
    "en1992_column.design_moment_knm m01_knm": [Region("+0", -60, 60, {"m02_knm": 61.0})],
    "en1992_column.design_moment_knm m02_knm": [Region("+0", 31, 90, {"m01_knm": 30.0})],
    "en1992_column.equivalent_moment_knm m01_knm": [Region("+0", -60, 60, {"m02_knm": 61.0})],
    "en1992_column.equivalent_moment_knm m02_knm": [Region("+", 31, 90, {"m01_knm": 30.0}), Region("-", -90, -31, {"m01_knm": -30.0})],
    "en1992_column.limit_factor_c m01_knm": [Region("-", -60, 60, {"m02_knm": 61.0, "braced": True})],
    "en1992_column.limit_factor_c m02_knm": [
        Region("+", 31, 90, {"m01_knm": 30.0, "braced": True}), Region("-", 31, 90, {"m01_knm": -30.0, "braced": True}),
    ],
    "en1992_section.moment_resistance_knm n_ed_kn": [Region("+", 0, 300), Region("-0", 1700, 4000)],
    "en1992_section.section_utilisation n_ed_kn": [Region("-", 0, 300, {"m_ed_knm": 50.0}), Region("+0", 2500, 4000, {"m_ed_knm": 0.0})],
    "en1992_slab.splitting_force_kn height_mm": [
        Region("+", 300, 590, {"body_width_mm": 300.0, "width_mm": (50.0, 100.0), "force_kn": 100.0}),
        Region("0", 600, 3000, {"body_width_mm": 300.0, "force_kn": 100.0}),
    ],
    "en1993.buckling_auxiliary imperfection": [
        Region("+", 0.13, 0.76, {"slenderness": (0.3, 2.5)}), Region("-", 0.13, 0.76, {"slenderness": (0.0, 0.15)}),
    ],
    "en1993_bending.critical_moment_knm c2": [
        Region("-", 0, 0.6, {"load_height_mm": (10.0, 200.0)}), Region("+", 0, 0.6, {"load_height_mm": (-200.0, -10.0)}),
    ],
    "en1993_bending.i_section_class fy_mpa": [Region("+0", 200, 460, {"n_ed_kn": 0.0}), Region("+0", 200, 460, {"n_ed_kn": 1e6})],
    "en1993_bending.plastic_utilisation n_ratio": [
        Region("-0", 0, 0.9, {"m_y_knm": 0.0, "m_z_knm": 5.0}), Region("+0", 0, 0.9, {"m_y_knm": 0.0, "m_z_knm": 70.0}),
    ],
    "en1993_stability.axial_limit_kn member.slenderness_z": [Region("-0", 0.1, 2, {"m_y_knm": 0.0, "e_y_mm": 0.0, "m_z_knm": 10.0})],
    "en1993_stability.interaction_factors member.n_rd_kn": [
        Region("+", 500, 2000, {"n_ed_kn": 50.0, "member.twists": True, "member.slenderness_z": 1.0}, "2"),
        Region("-", 500, 2000, {"n_ed_kn": 50.0, "member.twists": False, "member.slenderness_y": 1.0}, "2"),
    ],
    "en1993_stability.interaction_factors member.slenderness_z": [Region("-0", 0.4, 2, {"n_ed_kn": 50.0, "member.twists": True}, "2")],
    "en1993_stability.interaction_factors n_ed_kn": [
        Region("-", 0, 100, {"member.twists": True, "member.slenderness_z": 1.0}, "2"),
        Region("+", 0, 100, {"member.twists": False, "member.slenderness_y": 1.0}, "2"),
    ],
    "en1993_stability.utilisation member.slenderness_z": [
        Region("-0", 0.4, 2, {"n_ed_kn": 50.0, "m_z_knm": 0.0, "m_y_knm": 50.0}, "1"),
        Region("+0", 0.1, 2, {"n_ed_kn": 50.0, "m_y_knm": 0.0, "m_z_knm": 20.0}, "1"),
    ],
    "en1995.buckling_auxiliary beta_c": [Region("+", 0.1, 0.2, {"relative": (0.4, 3.0)}), Region("-", 0.1, 0.2, {"relative": (0.0, 0.2)})],
    "en1996.rho3 height_mm": [
        Region("-", 500, 3500, {"length_mm": 1000.0, "thickness_mm": 120.0}), Region("-0", 3510, 9000, {"length_mm": 1000.0}),
    ],
    "en1996.rho4 height_mm": [
        Region("-", 500, 2300, {"length_mm": 2000.0, "thickness_mm": 120.0}),
        Region("-", 2310, 9000, {"length_mm": 2000.0, "thickness_mm": 120.0}),
    ],
    "en1996_interval.end_interval_kn e_load_mm": [
        Region("-0", 0, 40, ONE_SIGN, "hi"), Region("+0", 0, 40, ONE_SIGN, "lo"),
        Region("+", -40, -12, OTHER_SIGN | {"moment_knm": 0.0}, "hi"),
    ],
    "en1996_interval.end_interval_kn moment_knm": [
        Region("-0", 0, 8, ONE_SIGN, "hi"), Region("+0", 0, 8, ONE_SIGN, "lo"),
        Region("+0", 0.1, 3, OTHER_SIGN | {"e_load_mm": -20.0}, "hi"),
    ],
    "en1996_interval.mid_interval_kn e_load_mm": [Region("-0", 0, 30, ONE_SIGN, "hi"), Region("+0", 0, 30, ONE_SIGN, "lo")],
    "en1996_interval.mid_interval_kn moment_knm": [Region("-0", 0, 5, ONE_SIGN, "hi"), Region("+0", 0, 5, ONE_SIGN, "lo")],
    "en1996_local.added_eccentricity_mm n_old_kn": [
        Region("-", 5, 300, {"e_old_mm": (-20.0, 0.0), "offset_new_mm": (5.0, 60.0)}),
        Region("+", 5, 300, {"e_old_mm": (5.0, 20.0), "offset_new_mm": (-60.0, 0.0)}),
    ],
    "en1996_local.added_eccentricity_mm n_new_kn": [
        Region("+", 5, 90, {"e_old_mm": (-20.0, 0.0), "offset_new_mm": (5.0, 60.0)}),
        Region("-", 5, 90, {"e_old_mm": (5.0, 20.0), "offset_new_mm": (-60.0, 0.0)}),
    ],
    "en1996_local.combined_eccentricity_mm n_kn": [
        Region("+", 1, 90, {"offset_mm": np.array([50.0, 0, -20, 10])}), Region("-", 1, 90, {"offset_mm": np.array([-50.0, 0, -20, 10])}),
    ],
    "en1996_local.frame_moment_knm other_wall_knm": [Region("-", 300, 3000, {"reduced": False})],
    "en1996_local.lintel_moment_knm as_mm2": [Region("+", 50, 150, LIGHT), Region("-0", 1300, 2000, STEEP)],
    "en1996_local.lintel_moment_knm fyd_mpa": [Region("+", 150, 435, LIGHT), Region("-0", 300, 435, STEEP)],
    "en1996_local.lintel_moment_knm clear_span_mm": [
        Region("0", 2000, 2500, LIGHT), Region("+0", 800, 1500, {**LIGHT, "depth_mm": 2000.0, "effective_depth_mm": 1900.0}),
    ],
    "en1996_local.lintel_moment_knm depth_mm": [
        Region("0", 200, 1100, LIGHT), Region("+0", 1200, 2500, {**LIGHT, "effective_depth_mm": 1100.0}),
    ],
    "nen9997_comparison.differs first": [Region("-0", 0.9, 1.1, {"second": 1.1}), Region("+0", 1.1, 1.3, {"second": 1.1})],
    "nen9997_comparison.differs second": [Region("-0", 0.9, 1.1, {"first": 1.1}), Region("+0", 1.1, 1.3, {"first": 1.1})],
    "nen9997_comparison.load_ratio psi": [
        Region("+", 0, 1, {"permanent_old": 100.0, "permanent_new": 110.0, "imposed_old": 20.0, "imposed_new": 50.0}),
        Region("-", 0, 1, {"permanent_old": 100.0, "permanent_new": 110.0, "imposed_old": 20.0, "imposed_new": 20.0}),
    ],
    "nen9997_footing.drained_stress_kpa effective_width_m": [
        Region("+", 0.3, 2, {"effective_length_m": np.inf}), Region("-", 3.1, 9, {**PAD, "gamma_d_kn_m3": 7.0, "overburden_d_kpa": 300.0}),
    ],
    "nen9997_footing.drained_stress_kpa effective_length_m": [
        Region("+", 1, 9, {**PAD, "effective_width_m": 1.0, "overburden_d_kpa": 0.0}),
        Region("-", 1, 9, {**PAD, "effective_width_m": 0.5, "overburden_d_kpa": 300.0}),
    ],
    "nen9997_footing.effective_area_m2 effective_length_m": [Region("+", 0.5, 9)],
    "nen9997_footing.footing_resistance_kn effective_length_m": [Region("+", 0.5, 9, {"stress_kpa": (50.0, 300.0)})],
    "nen9997_footing.undrained_stress_kpa effective_width_m": [
        Region("+", 0.3, 1.9, {"h_d_kn": 0.0, "effective_length_m": 2.0}), Region("-", 2.1, 9, {"h_d_kn": 0.0, "effective_length_m": 2.0}),
    ],
    "nen9997_footing.undrained_stress_kpa effective_length_m": [Region("-", 2.1, 9, {"h_d_kn": 0.0, "effective_width_m": 2.0})],
    "nen9997_footing.settlement_increment_mm layer_thickness_m": [
        Region("+", 0.5, 4, {"modulus_kpa": np.array([2e3, 1e6, 1e6, 1e6]), "stress_kpa": 100.0, "length_m": np.inf}),
        Region("-", 0.5, 4, {"modulus_kpa": np.array([1e7, 2e3, 2e3, 2e3]), "stress_kpa": 100.0}),
    ],
    "nen9997_pile.equivalent_diameter_m a_m": [Region("+", 0.2, 0.43, {"b_m": 0.29})],
    "nen9997_pile.equivalent_diameter_m b_m": [Region("+", 0.2, 0.43, {"a_m": 0.29})],
    "nen9997_pile.friction_coefficient phi_deg": [
        Region("+", 29, 38, {"cast_in_ground": True}), Region("-", 39, 55, {"cast_in_ground": True}),
    ],
    "nen9997_pile.shaft_mean_mpa top_m": [Region("+", 1, 9, {"qc_mpa": np.array([1.0, 3, 5, 7, 9, 11])})],
    "nen9997_pile.shaft_mean_mpa bottom_m": [Region("+", 10, 20, {"qc_mpa": np.array([1.0, 3, 5, 7, 9, 11])})],
    "nen9997_pile.stress_integral_kn_m thickness_m": [Region("+", 0.5, 4, {}, "[first]")],
    "nen9997_pile.variation r_cal_kn": [
        Region("-", 500, 1000, {"r_cal_kn": np.full(4, 1000.0)}), Region("+", 1000, 1500, {"r_cal_kn": np.full(4, 1000.0)}),
    ],
}  # fmt: skip

NOWHERE: dict[str, str] = {
    "en1992_section.bar_gyration_mm h_mm": "the bars belong to one depth; another depth for the same bars is another section",
    "en1992_section.circle_rows n_bars": "a number of bars; depths alternate",
    "en1993_sections.i_section flange_mm": "A_v: the fillets grow into the web or leave it",
    "en1993_sections.rectangular_tube outer_radius_mm": "I_t: less metal in the corner against a rounder path",
    "en1993_sections.tapered_channel web_mm": "W_z: the centroid moves with the web",
    "en1993_sections.tapered_channel root_mm": "W_z: the centroid moves with the fillet",
    "en1993_sections.tapered_channel flange_mm": "A_v: the flange takes from the web area what it adds",
    "en1993_sections.tapered_i_section flange_mm": "A_v: the flange takes from the web area what it adds",
    "nen9997_pile.koppejan_means_mpa tip_m": "as the layers lie",
    "nen9997_pile.koppejan_means_mpa diameter_m": "as the layers lie",
}
