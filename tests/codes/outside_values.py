"""For every clause function a value that somebody else found: a published example, a table, or another library.

Values are typed here with their source. `OWN_RULES` are the functions that no outside value was found for, with the reason.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

import numpy as np

from optopscan.codes import en1990, en1991_1_4, en1992_material, en1992_section, en1993_stability, nen9997_pile

STUDIO = "Open-Calculations-Studio, scripts/check-"
BLUEPRINTS = "Blueprints 0.8.0, EN 1992-1-1 formula "
BLUEPRINTS_3 = "Blueprints 0.8.0, EN 1993-1-1 formula "
FIB = "structuralcodes 0.7.2"
FIB_14 = "structuralcodes, tests of EN 1992-1-1:2023 section 14"
EPY = "eurocodepy 2027.0.12"
ROBERTS = "J. Roberts, masonry design examples to EC6, V7a"
PORTEOUS = "Porteous and Kermani, example 5.7.1"
TABLE = "table of the standard: "
STATICS = "tables of beams, any textbook: "


class Outside(NamedTuple):
    """A call, what somebody else found, and who; ``of`` takes what is compared out of the result."""

    arguments: dict[str, Any]
    expected: Any
    source: str
    rel: float = 2e-3
    abs: float = 1e-9
    of: Callable[[Any], Any] | None = None


def field(name: str | int) -> Callable[[Any], Any]:
    return lambda result: result[name] if isinstance(name, int) else getattr(result, name)


NEW = en1990.FactorSet(
    id="new", level="nieuwbouw", consequence_class="CC2", gamma_ga=1.35, gamma_gb=1.2, gamma_q=1.5, gamma_q_wind=1.5, gamma_g_inf=0.9,
    source="NEN-EN 1990 NB.4", confidence="sourced",
)  # fmt: skip
OPEN = {"wind_speed_m_s": 27.0, "terrain": en1991_1_4.TERRAINS["onbebouwd"]}
TALL = {"height_m": 25.0, "width_m": 10.0, **OPEN, "n_middle_strip": 1}
ROWS = en1992_section.ring_rows(h_mm=350, axis_distance_mm=48, bar_area_mm2=np.pi * 100, n_along_h=3, n_along_b=3)
FYD = 500 / 1.15
SECTION = {"b_mm": 350, "h_mm": 350, "rows": ROWS, "fcd_mpa": 20, "fyd_mpa": FYD}
CURVE = en1992_section.rectangle_curve(**SECTION)
SIX_25 = {"steel_mm2": 6 * np.pi * 12.5**2, "fyd_mpa": FYD, "b_mm": 300, "d_mm": 550, "fcd_mpa": 20 / 1.5}
IPE300 = {"height_mm": 300.0, "width_mm": 150.0, "web_mm": 7.1, "flange_mm": 10.7, "root_mm": 15.0}
MEMBER = en1993_stability.BeamColumn(
    n_rd_kn=5381 * 0.235, m_y_rd_knm=628.4 * 0.235, m_z_rd_knm=125.2 * 0.235, chi_y=0.968, chi_z=0.441, slenderness_y=0.342,
    slenderness_z=1.272, chi_lt=0.692, c_my=0.9, c_mz=0.9, c_mlt=0.9,
)  # fmt: skip
HEA180 = en1993_stability.BeamColumn(
    n_rd_kn=4525 * 0.235, m_y_rd_knm=1e9, m_z_rd_knm=1e9, chi_y=0.9026, chi_z=0.6912, slenderness_y=0.457, slenderness_z=0.754
)
CPT = {"depth_m": [0, 8, 9, 12, 14, 16, 16.5, 17, 20, 25.0], "qc_mpa": [1, 1, 5, 9, 14, 18, 6, 6, 22, 22.0]}


def koppejan_tip(means: Any) -> Any:
    return nen9997_pile.tip_resistance_mpa(qc_1_mpa=means[0], qc_2_mpa=means[1], qc_3_mpa=means[2], alpha_p=0.7)


OUTSIDE: dict[str, Outside] = {
    # -- actions
    "en1990.permanent_maximum": Outside(
        {"permanent_kn": 10.0, "gamma_sup": 1.35, "gamma_inf": 0.9}, 13.5, STUDIO + "en1990-combinaties, 6.10a"
    ),
    "en1990.combination_610a": Outside(
        {"permanent_kn": 10.0, "variable_kn": [1.0, 5.0], "psi0": [0.4, 0.5], "factors": NEW}, 17.85, STUDIO + "en1990-combinaties"
    ),
    "en1990.combination_610b": Outside(
        {"permanent_kn": 10.0, "variable_kn": [1.0, 5.0], "psi0": [0.4, 0.5], "factors": NEW}, [17.25, 20.1], STUDIO + "en1990-combinaties"
    ),
    "en1990.combination_set_c": Outside(
        {"permanent_kn": 10.0, "variable_kn": [5.0, 2.0], "psi0": 0.4}, 17.54, STUDIO + "en1990-combinaties, groep C", of=field(0)
    ),
    "en1990.design_axial_force": Outside(
        {"permanent_kn": 10.0, "imposed_by_storey_kn": [2.0], "psi0": 0.4, "factors": NEW, "relief_kn": 0.0, "roof_kn": 5.0}, 20.7,
        STUDIO + "en1990-combinaties, 6.10b with the first action leading", of=field(0),
    ),
    "en1990.design_axial_force_minimum": Outside(
        {"permanent_kn": 8.0, "imposed_by_storey_kn": [-5.0], "factors": NEW, "relief_kn": 0.0}, -0.3,
        STUDIO + "en1990-combinaties, variable action against G",
    ),
    "en1990.wind_leading_axial_force": Outside(
        {"permanent_kn": 10.0, "imposed_by_storey_kn": [5.0], "psi0": 0.4, "factors": NEW, "relief_kn": 0.0}, 18.0 - 3.0,
        STUDIO + "en1990-combinaties, 6.10b,2 = 18.0 less its leading action 3.0", of=field(0),
    ),
    "en1990.equilibrium_ratio": Outside(
        {"destabilising_permanent": 5.0, "destabilising_variable": 4.0, "stabilising_permanent": 8.0, "consequence_class": "CC2"}, 1.597,
        STUDIO + "en1990-combinaties, EQU (4.0 = 3 + 0.5 x 2)",
    ),
    "en1990.reference_period_factor": Outside(
        {"years": [25.0, 100.0], "psi0": 0.4, "base_years": 50.0}, [0.9538, 1.046], STUDIO + "en1990-combinaties"
    ),
    "en1991_1_1.movable_partitions_kn_m2": Outside({"wall_kn_m": [1.0, 2.0, 3.0]}, [0.5, 0.8, 1.2], TABLE + "EN 1991-1-1 6.3.1.2(8)"),
    "en1991_1_1.roof_imposed_kn_m2": Outside({"slope_deg": [0.0, 17.5, 20.0]}, [1.0, 0.5, 0.0], "TeachBooks vademecum: 4 - 0.2 a"),
    "en1991_1_1.roof_imposed_kn": Outside({"area_m2": 40.0, "slope_deg": 0.0}, 10.0, "TeachBooks vademecum: 1.0 kN/m2 on at most 10 m2"),
    "en1991_1_3.shape_coefficient": Outside({"slope_deg": [40.0, 35.0, 70.0]}, [0.5333, 0.6667, 0.0], STUDIO + "en1991-belastingen"),
    "en1991_1_3.snow_drift": Outside(
        {
            "step_height_m": 1.5, "upper_width_m": 6.0, "lower_width_m": 3.0, "upper_slope_deg": 35.0, "snow_kn_m2": 0.7,
            "snow_weight_kn_m3": 2.0,
        },
        [5.0, 3.0, 0.8, 2.66], STUDIO + "en1991-belastingen, second snow case",
    ),
    "en1991_1_3.roof_snow_kn_m2": Outside({"slope_deg": 0.0, "snow_kn_m2": 0.7}, 0.56, "TeachBooks vademecum: 0.8 x 0.7"),
    "en1991_1_3.drift_load_kn_m2": Outside(
        {"distance_m": [0.5, 4.8], "peak_kn_m2": 1.952, "length_m": 7.0, "undrifted_kn_m2": 0.56}, [1.853, 0.9975],
        STUDIO + "en1991-belastingen",
    ),
    "en1991_1_3.drift_mean_kn_m2": Outside(
        {"from_m": 0.5, "to_m": 1.5, "peak_kn_m2": 2.66, "length_m": 5.0, "undrifted_kn_m2": 0.56}, 2.24,
        STUDIO + "en1991-belastingen, second snow case",
    ),
    "en1991_1_4.peak_velocity_pressure": Outside(
        {"height_m": [8.0, 15.0, 50.0], **OPEN}, [0.79, 0.98, 1.38], TABLE + "NEN-EN 1991-1-4 NB.5", 0.0, 0.006
    ),
    "en1991_1_4.net_pressure_kn_m2": Outside(
        {"pressure_kn_m2": 0.8525, "external": [0.8, -0.6], "internal": [-0.3, 0.2]}, [0.9378, -0.682],
        STUDIO + "en1991-belastingen, zones D and E",
    ),
    "en1991_1_4.probability_factor": Outside({"years": 100.0}, 1.0418, STUDIO + "en1991-belastingen"),
    "en1991_1_4.facade_coefficients": Outside(
        {"height_over_depth": [1.0, 2.5, 5.0]}, [-0.5, -0.575, -0.7], STUDIO + "en1991-belastingen", of=field(1)
    ),
    "en1991_1_4.wind_on_block": Outside(
        {**TALL, "depth_m": 10.0, "correlation": 1.0, "structural_factor": 1.0}, [341.1, 4561.0], STUDIO + "en1991-belastingen, h > 2b"
    ),
    "en1991_1_4.pressure_strips": Outside(
        dict(TALL), [0.8525, 0.9759, 1.1406], STUDIO + "en1991-belastingen, h > 2b", of=field("pressure_kn_m2")
    ),
    "en1991_1_4.wind_above": Outside(
        {"level_m": 15.0, **TALL, "depth_m": 10.0, "correlation": 1.0, "structural_factor": 1.0}, [156.8, 156.8 * 5],
        STUDIO + "en1991-belastingen, the upper strip of 10 m",
    ),
    "en1991_1_4.friction_on_block": Outside(
        {"level_m": 0.0, "height_m": 35.0, "width_m": 10.0, "depth_m": 120.0, **OPEN, "coefficient": 0.02}, 120.0 - 20.0,
        "Steel Buildings in Europe, wind on a multi-storey building: friction beyond 20 m on 120 m",
        of=lambda action: action.force_kn / (0.02 * en1991_1_4.peak_velocity_pressure(35.0, **OPEN) * (10 + 2 * 35)),
    ),
    "en1991_1_4.structural_factor_cscd": Outside(
        {"height_m": [10.0, 14.9], "depth_m": 3.0}, [1.0, 1.0], TABLE + "EN 1991-1-4 6.2(1)a: 1 below 15 m"
    ),
    "en1991_1_4.edge_zone_m": Outside({"height_m": [10.0, 8.0], "width_m": [12.0, 15.0]}, [12.0, 15.0], STUDIO + "en1991-belastingen"),
    "en1991_1_4.flat_roof_suction": Outside(
        {"zone": "F", "parapet_ratio": [0.0, 0.025, 0.05, 0.1]}, [-1.8, -1.6, -1.4, -1.2], TABLE + "EN 1991-1-4 7.2"
    ),
    "en1991_1_4.roof_zone": Outside(
        {"from_edge_m": [1.1, 1.1, 1.3, 6.1], "from_corner_m": [2.9, 3.1, 6.0, 6.0], "edge_m": 12.0}, [0, 1, 2, 3],
        TABLE + "EN 1991-1-4 figure 7.6: e/10, e/4, e/2",
    ),
    "en1991_1_4.uplift_kn_m2": Outside(
        {"pressure_kn_m2": 0.8525, "suction": [-1.8, -1.2], "internal": 0.2}, [1.705, 1.194], STUDIO + "en1991-belastingen, zones F and G"
    ),
    "en1991_1_7.robustness_class": Outside(
        {"storeys": [4, 5, 15, 16], "single_family": False}, [1, 2, 2, 3], TABLE + "EN 1991-1-7 A.1: to 4 CC2a, to 15 CC2b"
    ),
    # -- concrete
    "en1992.fcd_plain_mpa": Outside({"fck_mpa": 45.0, "alpha_cc_plain": 0.8, "gamma_c": 1.5}, 24.0, FIB_14),
    "en1992.effective_length_mm": Outside({"height_mm": 4000.0, "beta": 0.5 * 0.85}, 1700.0, FIB_14),
    "en1992.imperfection_mm": Outside({"l0_mm": 3500.0}, 8.75, BLUEPRINTS + "5.2 with theta 1/200"),
    "en1992.section_factor": Outside({"e_mm": 50.0, "thickness_mm": 600.0}, 3600e3 / (24 * 300 * 600), FIB_14 + ": N_Rd 3600 kN"),
    "en1992.wall_factor": Outside(
        {"e_tot_mm": 5.525, "l0_mm": 2210.0, "thickness_mm": 180.0}, 0.830, "numerical second-order analysis without tension", 0.01
    ),
    "en1992.wall_resistance_kn": Outside({"phi": 0.619, "length_mm": 300.0, "thickness_mm": 500.0, "fcd_plain_mpa": 20.0}, 1857.0, FIB_14),
    "en1992.held_edge_beta": Outside(
        {"height_mm": 1000.0, "length_mm": [[200.0, 400, 600, 800, 1000, 1500, 2000, 5000]] * 2, "edges": [[3.0], [4.0]]},
        [[0.26, 0.59, 0.76, 0.85, 0.90, 0.95, 0.97, 1.00], [0.10, 0.20, 0.30, 0.40, 0.50, 0.69, 0.80, 0.96]],
        TABLE + "EN 1992-1-1 12.1", 0.0, 0.006,
    ),
    "en1992.is_slender": Outside({"l0_mm": [2500.0, 2510.0], "thickness_mm": 100.0}, [0.0, 1.0], TABLE + "EN 1992-1-1 12.6.5.1(5): 25"),
    "en1992.total_eccentricity_mm": Outside({"m_ed_knm": 0.0, "n_ed_kn": 100.0, "e_0_mm": 15.0, "e_i_mm": 25.0}, 40.0, FIB_14),
    "en1992.axial_utilisation": Outside({"n_ed_kn": 100.0, "n_rd_kn": 120.0}, 0.8333, STUDIO + "en1990-combinaties, E_d <= R_d"),
    "en1992.wall_interval_kn": Outside(
        {
            "m_ed_knm": 0.0, "length_mm": 300.0, "thickness_mm": 600.0, "fcd_plain_mpa": 24.0, "l0_mm": 0.0, "e_0_mm": 50.0, "e_i_mm": 0.0,
        },
        3600.0, FIB_14 + ": N_Rd 3600 kN", of=field("hi"),
    ),
    "en1992.fctd_plain_mpa": Outside(
        {"fck_mpa": 25.0, "alpha_ct_plain": 0.8, "gamma_c": 1.5}, 0.96, BLUEPRINTS + "12.1 with f_ctk 1.8", 4e-3
    ),
    "en1992.shear_strength_mpa": Outside({"sigma_cp_mpa": 0.02, "fcd_plain_mpa": 25.0, "fctd_plain_mpa": 2.5}, 2.51, FIB_14),
    "en1992.shear_resistance_kn": Outside(
        {"n_ed_kn": 600.0, "thickness_mm": 200.0, "compressed_length_mm": 1000.0, "fcd_plain_mpa": 16 / 1.5, "fctd_plain_mpa": 0.825},
        1.7764 * 200.0 / 1.5, BLUEPRINTS + "12.5 with k = 1.5 of 12.4",
    ),
    "en1992_column.imperfection_inclination": Outside({"height_m": 6.25, "members": 4.0}, 0.00316228, BLUEPRINTS + "5.1"),
    "en1992_column.imperfection_eccentricity_mm": Outside({"inclination": 0.005, "l0_mm": 3500.0}, 8.75, BLUEPRINTS + "5.2"),
    "en1992_column.gyration_mm": Outside({"depth_mm": 350.0, "circular": False}, 3500 / 34.64, STUDIO + "betonkolom: lambda 34.64"),
    "en1992_column.slenderness": Outside({"l0_mm": 3500.0, "gyration_mm": 101.0}, 34.6535, BLUEPRINTS + "5.14"),
    "en1992_column.mechanical_ratio": Outside(
        {"steel_mm2": 8 * np.pi * 100, "area_mm2": 350.0**2, "fyd_mpa": FYD, "fcd_mpa": 20.0}, 0.446, STUDIO + "betonkolom"
    ),
    "en1992_column.relative_axial_force": Outside(
        {"n_ed_kn": 1200.0, "area_mm2": 122500.0, "fcd_mpa": 20.0}, (10.78 / 15.403208) ** 2, BLUEPRINTS + "5.13N read backwards"
    ),
    "en1992_column.limit_factor_a": Outside({"phi_ef": 2.0}, 0.7142857, BLUEPRINTS + "5.13N, A"),
    "en1992_column.limit_factor_b": Outside({"omega": 2513 * 435 / (122500 * 20)}, 1.3756349, BLUEPRINTS + "5.13N, B"),
    "en1992_column.limit_factor_c": Outside({"m01_knm": 20.0, "m02_knm": 40.0, "braced": True}, 1.2, BLUEPRINTS + "5.13N, C"),
    "en1992_column.slenderness_limit": Outside(
        {"relative_axial_force": 1.2e6 / (122500 * 20), "a": 0.7, "b": 1.1, "c": 0.7}, 15.403208, BLUEPRINTS + "5.13N", 1e-6
    ),
    "en1992_column.first_order_limit_kn": Outside(
        {"slenderness": 15.403208, "squash_kn": 2450.0, "a": 0.7, "b": 1.1, "c": 0.7}, 1200.0, BLUEPRINTS + "5.13N read backwards"
    ),
    "en1992_column.curvature_axial_factor": Outside(
        {"relative_axial_force": 1200 / 2450, "omega": 0.446, "n_balanced": 0.4}, 0.9142, STUDIO + "betonkolom"
    ),
    "en1992_column.curvature_creep_factor": Outside({"fck_mpa": 30.0, "slenderness": 35.0, "phi_ef": 1.5}, 1.4, BLUEPRINTS + "5.37"),
    "en1992_column.nominal_curvature_per_mm": Outside(
        {"k_r": 0.9, "k_phi": 1.4, "fyd_mpa": 435.0, "effective_depth_mm": 285.0}, 2.136842e-5, BLUEPRINTS + "5.34", 1e-6
    ),
    "en1992_column.second_order_eccentricity_mm": Outside(
        {"curvature_per_mm": 2e-5, "l0_mm": 3500.0, "c": 10.0}, 24500.0 / 1000.0, BLUEPRINTS + "5.33: M_2 24500 kNmm at 1000 kN"
    ),
    "en1992_column.minimum_eccentricity_mm": Outside({"depth_mm": [350.0, 900.0]}, [20.0, 30.0], TABLE + "EN 1992-1-1 6.1(4)"),
    "en1992_column.equivalent_moment_knm": Outside({"m01_knm": 20.0, "m02_knm": 40.0}, 32.0, BLUEPRINTS + "5.32"),
    "en1992_column.design_moment_knm": Outside(
        {"n_ed_kn": 1200.0, "m01_knm": 20.0, "m02_knm": 40.0, "e_i_mm": 8.75, "e_2_mm": 29.6, "e_0_mm": 20.0, "braced": True}, 78.03,
        STUDIO + "betonkolom",
    ),
    "en1992_column.biaxial_check_needed": Outside(
        {"slenderness_y": 61.0, "slenderness_z": 30.0, "m_y_knm": 1.0, "m_z_knm": 0.0, "h_mm": 350.0, "b_mm": 350.0}, 1.0,
        BLUEPRINTS + "5.38a not met",
    ),
    "en1992_column.biaxial_exponent": Outside(
        {"relative_force": [0.1, 0.7, 1.0], "circular": False}, [1.0, 1.5, 2.0], TABLE + "EN 1992-1-1 5.8.9(4)"
    ),
    "en1992_column.biaxial_utilisation": Outside(
        {"m_y_knm": 78.03, "m_rd_y_knm": 200.0, "m_z_knm": 10 + 39.97, "m_rd_z_knm": 200.0, "exponent": 1.199}, 0.513, STUDIO + "betonkolom"
    ),
    "en1992_column.column_interval_kn": Outside(
        {
            "curve": CURVE, "m01_knm": 171.30, "m02_knm": 171.30, "e_i_mm": 0.0, "e_2_mm": 0.0, "squash_kn": 2450.0, "omega": 0.446,
            "e_0_mm": 0.0, "n_first_order_kn": 0.0, "braced": True, "rounds": 6,
        },
        1800.0, FIB + ": M_Rd 171.30 kNm at 1800 kN", 0.02, of=field("hi"),
    ),
    "en1992_material.fcd_mpa": Outside({"fck_mpa": 30.0, "alpha_cc": 1.0, "gamma_c": 1.5}, 20.0, BLUEPRINTS + "3.15"),
    "en1992_material.fyd_mpa": Outside(
        {"fyk_mpa": [240.0, 400.0, 400.0], "prescribed_mpa": [np.nan, 330.0, np.nan], "gamma_s": 1.15}, [209.0, 330.0, 348.0],
        "Amsterdam, automatisch-toetsmodel-plaatbruggen: QR24, QR40, FeB400",
    ),
    "en1992_material.fctm_mpa": Outside({"fck_mpa": [13.0, 30, 60, 90]}, [1.65863, 2.89647, 4.35474, 5.04464], FIB, 1e-5),
    "en1992_material.fctk_005_mpa": Outside({"fck_mpa": [20.0, 25, 30, 50]}, [1.5, 1.8, 2.0, 2.9], TABLE + "EN 1992-1-1 3.1", 0.0, 0.06),
    "en1992_material.ecm_mpa": Outside({"fck_mpa": [13.0, 30, 60, 90]}, [27484.5, 32836.6, 39099.9, 43630.5], FIB, 1e-5),
    "en1992_material.stress_block": Outside({"fck_mpa": 70.0}, [0.75, 0.9], BLUEPRINTS + "3.20 and 3.22", of=lambda block: block[:2]),
    "en1992_material.effective_creep": Outside({"phi_inf": 2.5, "m_0eqp_knm": 24.0, "m_0ed_knm": 40.0}, 1.5, BLUEPRINTS + "5.19"),
    "en1992_section.ring_rows": Outside(
        {"h_mm": 350, "axis_distance_mm": 48, "bar_area_mm2": 1.0, "n_along_h": 3, "n_along_b": 3}, 285.0,
        STUDIO + "betonkolom: d of 8 bars, 3 per face",
        of=lambda rows: 175 + en1992_section.bar_gyration_mm(rows, h_mm=350),
    ),
    "en1992_section.bar_gyration_mm": Outside({"rows": ROWS, "h_mm": 350}, 285.0 - 175.0, STUDIO + "betonkolom: d 285"),
    "en1992_section.rectangle_curve": Outside(
        {**SECTION, "block": en1992_material.NORMAL_STRENGTH}, [145.76, 200.52, 171.30], FIB, 0.015,
        of=lambda curve: en1992_section.moment_resistance_knm(curve, [0, 800, 1800]),
    ),
    "en1992_section.circle_curve": Outside(
        {
            "diameter_mm": 500, "axis_distance_mm": 48, "area_mm2": 10 * np.pi * 100, "fcd_mpa": 20, "fyd_mpa": FYD, "n_bars": 10,
            "block": en1992_material.NORMAL_STRENGTH,
        },
        [239.69, 295.27], FIB + " (without 0.9 eta)", 0.06, of=lambda curve: en1992_section.moment_resistance_knm(curve, [0, 500]),
    ),
    "en1992_section.moment_resistance_knm": Outside(
        {"curve": CURVE, "n_ed_kn": [-200, 400, 1200, 2200]}, [121.20, 183.90, 201.66, 144.87], FIB, 0.015
    ),
    "en1992_section.section_utilisation": Outside({"curve": CURVE, "n_ed_kn": 1200, "m_ed_knm": 201.66}, 1.0, FIB, 0.015),
    "en1992_section.section_interval_kn": Outside(
        {"curve": CURVE, "m_ed_knm": 144.87, "eccentricity_mm": 0.0}, 2200.0, FIB, 0.015, of=field("hi")
    ),
    "en1992_section.plastic_axial_resistance_kn": Outside(
        {"area_mm2": 350.0**2, "steel_mm2": 8 * np.pi * 100, "fcd_mpa": 20.0, "fyd_mpa": FYD}, 3543.0, STUDIO + "betonkolom"
    ),
    "en1992_slab.neutral_axis_mm": Outside({**SIX_25, "block": en1992_material.NORMAL_STRENGTH}, 354.7, STUDIO + "en1992, 6 bars of 25"),
    "en1992_slab.bending_resistance_knm": Outside(
        {**SIX_25, "block": en1992_material.NORMAL_STRENGTH}, 463.2, STUDIO + "en1992, 6 bars of 25"
    ),
    "en1992_slab.size_factor": Outside({"d_mm": 312.5}, 1.8, BLUEPRINTS + "6.2a, k"),
    "en1992_slab.minimum_shear_strength_mpa": Outside({"fck_mpa": 30.0, "d_mm": 312.5}, 0.46295356, BLUEPRINTS + "6.3N", 1e-6),
    "en1992_slab.shear_strength_mpa": Outside(
        {"fck_mpa": 30.0, "d_mm": 312.5, "reinforcement_ratio": 0.008, "gamma_c": 1.5},
        0.67305181 - 0.05, BLUEPRINTS + "6.47 less 0.1 sigma_cp", 1e-6
    ),
    "en1992_slab.shear_resistance_kn": Outside(
        {
            "fck_mpa": 20.0, "fcd_mpa": 20 / 1.5, "b_mm": 300.0, "d_mm": 450.0, "steel_mm2": 1257.0, "sigma_cp_mpa": 100e3 / 150000,
            "gamma_c": 1.5,
        },
        85.0661, FIB,
    ),
    "en1992_slab.crushing_factor": Outside({"fck_mpa": 30.0}, 0.528, BLUEPRINTS + "6.6N"),
    "en1992_slab.crushing_resistance_kn": Outside({"fck_mpa": 20.0, "fcd_mpa": 20 / 1.5, "b_mm": 300.0, "d_mm": 450.0}, 496.8, FIB),
    "en1992_slab.distribution_width_mm": Outside(
        {"width_mm": 150.0, "depth_mm": 900.0, "edge_distance_mm": 900.0}, 450.0, TABLE + "EN 1992-1-1 figure 6.29: at most 3 b"
    ),
    "en1992_slab.concentrated_resistance_kn": Outside(
        {"loaded_area_mm2": 30000.0, "distribution_area_mm2": 70000.0, "fcd_mpa": 10.0}, 458.25757, BLUEPRINTS + "6.63", 1e-6
    ),
    "en1992_slab.splitting_force_kn": Outside(
        {"force_kn": 400.0, "width_mm": 150.0, "body_width_mm": 600.0, "height_mm": 3000.0}, 75.0, BLUEPRINTS + "6.58"
    ),
    "en1992_slab.control_perimeter_mm": Outside(
        {"c1_mm": 400.0, "c2_mm": 400.0, "d_mm": 195.0, "place": "interior", "distance": 2.0}, 4050.0, STUDIO + "en1992, punching"
    ),
    "en1992_slab.column_perimeter_mm": Outside(
        {"c1_mm": 400.0, "c2_mm": 400.0, "d_mm": 195.0, "place": "edge"}, 985.0, STUDIO + "en1992, punching"
    ),
    "en1992_slab.punching_stress_mpa": Outside(
        {"v_ed_kn": 500.0, "beta": 1.15, "perimeter_mm": 4050.0, "d_mm": 195.0}, 0.72807851, BLUEPRINTS + "6.38", 1e-6
    ),
    "en1992_slab.punching_strength_mpa": Outside(
        {"fck_mpa": 30.0, "d_mm": 312.5, "reinforcement_ratio": 0.008, "sigma_cp_mpa": 0.5, "gamma_c": 1.5},
        0.67305181, BLUEPRINTS + "6.47", 1e-6
    ),
    "en1992_slab.punching_maximum_mpa": Outside(
        {"fck_mpa": 20.0, "fcd_mpa": 20 / 1.5}, 1.15 * 500e3 / (1600 * 195) / 0.626, STUDIO + "en1992, punching: 0.626 at u_0 1600"
    ),
    "en1992_slab.beam_minimum_mm2": Outside(
        {"fck_mpa": 30.0, "fyk_mpa": 500.0, "b_mm": 300.0, "d_mm": 450.0}, 203.58, BLUEPRINTS + "9.1N with f_ctm 2.9"
    ),
    "en1992_slab.column_minimum_mm2": Outside(
        {"n_ed_kn": 1200.0, "fyd_mpa": 434.78, "area_mm2": 122500.0}, 276.00166, BLUEPRINTS + "9.12N", 1e-6
    ),
    "en1992_slab.column_maximum_mm2": Outside({"area_mm2": 122500.0}, 4900.0, EPY + ", ec2 column"),
    "en1992_slab.wall_minimum_mm2": Outside({"area_mm2": 200000.0}, 400.0, TABLE + "EN 1992-1-1 9.6.2(1): 0.002"),
    # -- steel
    "en1993.yield_strength_mpa": Outside(
        {"fy_nominal_mpa": [235.0, 275, 355, 440] * 2, "thickness_mm": [40.0] * 4 + [80.0] * 4}, [235, 275, 355, 440, 215, 255, 335, 410],
        TABLE + "EN 1993-1-1 3.1",
    ),
    "en1993.imperfection_i_section": Outside(
        {"height_mm": [300.0, 200.0], "width_mm": [150.0, 200.0], "flange_mm": [10.7, 15.0]},
        [[0.21, 0.34], [0.34, 0.49]], TABLE + "EN 1993-1-1 6.2"
    ),
    "en1993.critical_force_kn": Outside(
        {"second_moment_mm4": [25.1e6, 9.246e6], "buckling_length_mm": 3200.0, "e_mpa": 210_000.0}, [5080.0, 1871.0], STUDIO + "stalenkolom"
    ),
    "en1993.relative_slenderness": Outside(
        {"area_mm2": 3830.0, "fy_mpa": 275.0, "n_cr_kn": np.pi**2 * 210 * 3830 * 38.3**2 / 4000**2},
        1.203, "steelcalculator.app, UC 152x152x30"
    ),
    "en1993.buckling_auxiliary": Outside({"slenderness": 1.203, "imperfection": 0.49}, 1.4694, "steelcalculator.app, UC 152x152x30"),
    "en1993.buckling_reduction": Outside(
        {"slenderness": 1.0, "imperfection": [0.13, 0.21, 0.34, 0.49, 0.76]}, [0.725, 0.666, 0.597, 0.540, 0.467],
        TABLE + "buckling curves at 1.0, as published", 0.0, 1e-3,
    ),
    "en1993.buckling_resistance_kn": Outside(
        {"chi": 0.432, "area_mm2": 3830.0, "fy_mpa": 275.0, "gamma_m1": 1.0}, 455.0, "steelcalculator.app, UC 152x152x30"
    ),
    "en1993.column_resistance_kn": Outside(
        {
            "area_mm2": 4525.0, "i_y_mm4": 2.51e7, "i_z_mm4": 9.246e6, "length_y_mm": 3200.0, "length_z_mm": 3200.0, "fy_mpa": 235.0,
            "alpha_y": 0.34, "alpha_z": 0.49, "gamma_m1": 1.0,
        },
        735.0, STUDIO + "stalenkolom", of=field(1),
    ),
    "en1993_bending.epsilon": Outside(
        {"fy_mpa": [235.0, 275, 355, 420, 460]}, [1.0, 0.92, 0.81, 0.75, 0.71], TABLE + "EN 1993-1-1 5.2", 0.0, 0.006
    ),
    "en1993_bending.outstand_class": Outside({"c_over_t": [7.0, 7.5, 8, 11, 12], "fy_mpa": 355.0}, [1, 2, 2, 3, 4], EPY),
    "en1993_bending.internal_class": Outside(
        {"c_over_t": [20.0, 28, 31, 33, 40], "fy_mpa": 355.0, "compressed_share": 1.0, "stress_ratio": 1.0}, [1, 2, 3, 3, 4], EPY
    ),
    "en1993_bending.round_tube_class": Outside({"d_over_t": [30.0, 40, 50, 60, 70], "fy_mpa": 355.0}, [1, 2, 3, 4, 4], EPY),
    "en1993_bending.i_section_class": Outside(
        {**IPE300, "area_mm2": 5381.0, "fy_mpa": 355.0, "n_ed_kn": [0.0, 200.0, 5000.0]}, [1, 1, 4], STUDIO + "en1993, Klasse 1 to 3"
    ),
    "en1993_bending.moment_resistance_knm": Outside(
        {"w_pl_mm3": 628.4e3, "w_el_mm3": 557.1e3, "fy_mpa": 235.0, "section_class": 1.0, "gamma_m0": 1.0},
        147.674, BLUEPRINTS_3 + "6.13", 1e-6
    ),
    "en1993_bending.shear_resistance_kn": Outside(
        {"shear_area_mm2": 2568.0, "fy_mpa": 235.0, "web_height_mm": 278.6, "web_mm": 7.1, "gamma_m0": 1.0},
        348.41934, BLUEPRINTS_3 + "6.18", 1e-6
    ),
    "en1993_bending.moment_with_shear_knm": Outside(
        {
            "m_c_rd_knm": 147.67, "w_pl_y_mm3": 628.4e3, "web_height_mm": 278.6, "web_mm": 7.1, "fy_mpa": 235.0,
            "v_ed_kn": 174.0 * (1 + 0.2**0.5), "v_pl_rd_kn": 348.0, "gamma_m0": 1.0,
        },
        141.198722, BLUEPRINTS_3 + "6.30 with rho 0.2", 1e-6,
    ),
    "en1993_bending.moment_with_axial_knm": Outside(
        {
            "m_pl_y_knm": 100.0, "m_pl_z_knm": 100.0, "area_mm2": 5381.0, "width_mm": 150.0, "flange_mm": 10.7, "fy_mpa": 235.0,
            "n_ed_kn": 0.8 * 5.381 * 235, "gamma_m0": 1.0,
        },
        [25.0548, 55.8160], BLUEPRINTS_3 + "6.36 and 6.38", 2e-4,
    ),
    "en1993_bending.plastic_utilisation": Outside(
        {"m_y_knm": 50.0, "m_z_knm": 5.0, "m_ny_rd_knm": 0.6284 * 235, "m_nz_rd_knm": 0.09852 * 235, "n_ratio": 0.158}, 0.3306,
        STUDIO + "en1993, N+M 1",
    ),
    "en1993_bending.linear_utilisation": Outside(
        {"n_ed_kn": 200.0, "n_rd_kn": 3994.0, "m_y_knm": 50.0, "m_y_rd_knm": 447.3, "m_z_knm": 5.0, "m_z_rd_knm": 149.3}, 0.19534653,
        BLUEPRINTS_3 + "6.2", 1e-6,
    ),
    "en1993_bending.critical_moment_knm": Outside(
        {
            "i_z_mm4": 6.038e6, "i_t_mm4": 201e3, "i_w_mm6": 126e9, "length_mm": [6000.0, 4000.0], "c1": 1.13, "c2": 0.45,
            "load_height_mm": [150.0, -144.65],
        },
        [79.08, 246.9], STUDIO + "en1993, Kip 4 and 7",
    ),
    "en1993_bending.lateral_torsional_reduction": Outside({"slenderness": 0.9, "height_over_width": 2.0}, 0.73394057, EPY, 1e-6),
    "en1993_bending.lateral_torsional_reduction_rolled": Outside({"slenderness": 0.9, "height_over_width": 2.0}, 0.75999063, EPY, 1e-6),
    "en1993_bending.buckling_moment_knm": Outside(
        {"chi_lt": 0.7, "w_y_mm3": 628.4e3, "fy_mpa": 235.0, "gamma_m1": 1.0}, 103.3718, BLUEPRINTS_3 + "6.55", 1e-6
    ),
    "en1993_sections.i_section": Outside(
        dict(IPE300), [53.81e2, 8356e4, 603.8e4, 628.4e3, 20.12e4, 25.68e2], TABLE + "IPE 300 in the section tables",
        of=lambda s: [s.area_mm2, s.i_y_mm4, s.i_z_mm4, s.w_pl_y_mm3, s.i_t_mm4, s.shear_area_z_mm2],
    ),
    "en1993_sections.tapered_i_section": Outside(
        {"height_mm": 200.0, "width_mm": 90.0, "web_mm": 7.5, "flange_mm": 11.3, "root_mm": 7.5, "toe_mm": 4.5}, [33.4e2, 2140e4, 117e4],
        TABLE + "INP 200 in the section tables", 5e-3, of=lambda s: [s.area_mm2, s.i_y_mm4, s.i_z_mm4],
    ),
    "en1993_sections.tapered_channel": Outside(
        {"height_mm": 200.0, "width_mm": 75.0, "web_mm": 8.5, "flange_mm": 11.5, "root_mm": 11.5, "toe_mm": 6.0}, [32.2e2, 1910e4, 148e4],
        TABLE + "UNP 200 in the section tables", 5e-3, of=lambda s: [s.area_mm2, s.i_y_mm4, s.i_z_mm4],
    ),
    "en1993_sections.rectangular_tube": Outside(
        {"height_mm": 100.0, "width_mm": 100.0, "wall_mm": 5.0, "outer_radius_mm": 10.0}, [18.4e2, 271e4, 64.6e3, 441e4],
        TABLE + "SHS 100 x 5, EN 10219-2", 3e-3, of=lambda s: [s.area_mm2, s.i_y_mm4, s.w_pl_y_mm3, s.i_t_mm4],
    ),
    "en1993_sections.round_tube": Outside(
        {"diameter_mm": 168.3, "wall_mm": 10.0}, [49.7e2, 1564e4, 251e3, 3128e4], TABLE + "CHS 168.3 x 10, EN 10210-2",
        of=lambda s: [s.area_mm2, s.i_y_mm4, s.w_pl_y_mm3, s.i_t_mm4],
    ),
    "en1993_sections.cold_formed_radius_mm": Outside(
        {"wall_mm": [5.0, 8.0, 12.5]}, [10.0, 20.0, 37.5], TABLE + "EN 10219-2: 2 t, 2.5 t, 3 t"
    ),
    "en1993_stability.equivalent_moment_factor": Outside({"end_ratio": -0.25}, 0.5, EPY),
    "en1993_stability.interaction_factors": Outside({"member": MEMBER, "n_ed_kn": 300.0}, [0.931, 0.947, 0.917, 1.578], EPY + ", IPE 300"),
    "en1993_stability.utilisation": Outside(
        {"member": MEMBER, "n_ed_kn": 300.0, "m_y_knm": 60.0, "m_z_knm": 5.0}, [0.953, 1.345], EPY + ", IPE 300"
    ),
    "en1993_stability.axial_limit_kn": Outside(
        {"member": HEA180, "m_y_knm": 0.0, "m_z_knm": 0.0, "e_y_mm": 0.0, "e_z_mm": 0.0}, 735.0, STUDIO + "stalenkolom"
    ),
    # -- timber
    "en1995.design_strength_mpa": Outside({"fk_mpa": 18.0, "k_mod": 0.8, "gamma_m": 1.3}, 11.08, PORTEOUS),
    "en1995.depth_factor": Outside({"depth_mm": [40.0, 150.0], "glued": False}, [1.3, 1.0], TABLE + "EN 1995-1-1 3.2(3)"),
    "en1995.slenderness": Outside({"length_mm": 3750.0, "depth_mm": 200.0}, 64.95, PORTEOUS),
    "en1995.relative_slenderness": Outside(
        {"slenderness": [63.34, 147.8], "fc0k_mpa": 21.0, "e005_mpa": 7400.0}, [1.074, 2.506], STUDIO + "kolom"
    ),
    "en1995.buckling_auxiliary": Outside(
        {"relative": 2.506, "beta_c": 0.2}, 0.5 * (1 / 0.147 + 0.147 * 2.506**2), STUDIO + "kolom: k_c 0.147 read backwards", 5e-3
    ),
    "en1995.buckling_factor": Outside({"relative": [1.074, 2.506], "beta_c": 0.2}, [0.63, 0.147], STUDIO + "kolom", 6e-3, 6e-3),
    "en1995.column_resistance_kn": Outside(
        {"k_c": 0.2705, "area_mm2": 1e4, "fc0d_mpa": 18 * 0.8 / 1.3}, 80 / 2.67, STUDIO + "eurocode5: C18, 3 m, use 2.67"
    ),
    "en1995.stability_utilisation": Outside(
        {
            "n_ed_kn": 10.0, "area_mm2": 13125.0, "fc0d_mpa": 9.692, "k_cy": 0.634, "k_cz": 0.1471, "bending_y": 0.4528, "bending_z": 0.0,
            "k_m": 0.7,
        },
        [0.58, 0.85], STUDIO + "kolom", 6e-3, 6e-3,
    ),
    "en1995.section_utilisation": Outside(
        {"n_ed_kn": 80.0, "area_mm2": 1e4, "fc0d_mpa": 21 * 0.8 / 1.3, "bending_y": 0.0, "bending_z": 0.0, "k_m": 0.7}, 0.619**2,
        STUDIO + "eurocode5: C24, 0.4 m, 0.619, squared in (6.19)",
    ),
    "en1995.axial_limit_kn": Outside(
        {
            "area_mm2": 1e4, "fc0d_mpa": 18 * 0.8 / 1.3, "k_cy": 0.2705, "k_cz": 0.2705, "bending_y": 0.0, "bending_z": 0.0,
            "per_kn_y": 0.0, "per_kn_z": 0.0, "k_m": 0.7,
        },
        80 / 2.67, STUDIO + "eurocode5: C18, 3 m, use 2.67",
    ),
    "en1995.bending_ratio": Outside(
        {"m_ed_knm": 5.625, "width_mm": 70.0, "depth_mm": 200.0, "fmd_mpa": [9.23, 15.36]}, [1.306, 0.785], STUDIO + "eurocode5"
    ),
    "en1995.critical_bending_stress_mpa": Outside(
        {"width_mm": 70.0, "depth_mm": 200.0, "effective_length_mm": 4000.0, "e005_mpa": 6000.0}, 28.67, STUDIO + "eurocode5"
    ),
    "en1995.tilting_factor": Outside({"relative": 0.792}, 0.966, STUDIO + "eurocode5"),
    "en1995.shear_ratio": Outside(
        {"v_ed_kn": 7.5, "width_mm": 70.0, "depth_mm": 200.0, "fvd_mpa": 2.462, "k_cr": [1.0, 0.67]}, [0.326, 0.487], STUDIO + "eurocode5"
    ),
    "en1995.bearing_length_mm": Outside(
        {"contact_mm": [100.0, 100.0], "left_mm": [0.0, 1000.0], "right_mm": 1000.0}, [130.0, 160.0], STUDIO + "eurocode5"
    ),
    "en1995.bearing_factor": Outside(
        {
            "continuous": [False, True, False], "glued": [True, False, True], "clear_distance_mm": 600.0, "depth_mm": 100.0,
            "contact_mm": [100.0, 100.0, 450.0],
        },
        [1.75, 1.25, 1.0], STUDIO + "eurocode5",
    ),
    "en1995.bearing_resistance_kn": Outside(
        {"width_mm": 70.0, "effective_length_mm": 130.0, "k_c90": 1.75, "fc90d_mpa": 2.5 * 0.8 / 1.25},
        15 / 0.589, STUDIO + "eurocode5: GL32h, 0.589"
    ),
    # -- masonry
    "en1996.fk_mpa": Outside(
        {
            "fb_mpa": [4.0, 12.0, 5.0], "fm_mpa": [4.0, 15.0, 15.0], "k": [0.75, 0.6, 0.6], "alpha": [0.7, 0.65, 0.65],
            "beta": [0.3, 0.25, 0.25], "thin_layer": False, "longitudinal_joint": False,
        },
        [3.0, 5.94, 3.04], ROBERTS + "; " + STUDIO + "metselwerkwand", 0.012,
    ),
    "en1996.area_factor": Outside({"area_m2": 0.048}, 2.948 / 3.493, STUDIO + "metselwerkwand: f_d of a pier"),
    "en1996.rho2": Outside({"concrete_floors": True, "e_top_mm": 0.0, "thickness_mm": 120.0}, 0.75, STUDIO + "metselwerkwand"),
    "en1996.rho3": Outside({"rho2": 0.75, "height_mm": 2800.0, "length_mm": 500.0, "thickness_mm": 120.0}, 0.3, STUDIO + "metselwerkwand"),
    "en1996.rho4": Outside(
        {"rho2": 0.75, "height_mm": 2800.0, "length_mm": 2000.0, "thickness_mm": 120.0}, 0.357, STUDIO + "metselwerkwand, S7"
    ),
    "en1996.design_strength_mpa": Outside(
        {"fk_mpa": 5.938, "gamma_m": 1.7, "area_m2": [0.12, 0.048]}, [3.493, 2.948], STUDIO + "metselwerkwand, wall and pier"
    ),
    "en1996.effective_height_mm": Outside({"height_mm": 2800.0, "rho": 0.357}, 1000.0, STUDIO + "metselwerkwand, S7"),
    "en1996.slenderness": Outside({"effective_height_mm": 2500.0, "effective_thickness_mm": 126.0}, 19.84, ROBERTS),
    "en1996.effective_thickness_mm": Outside({"thickness_mm": 100.0, "other_leaf_mm": 100.0}, 126.0, ROBERTS),
    "en1996.initial_eccentricity_mm": Outside({"effective_height_mm": 2500.0}, 5.56, ROBERTS),
    "en1996.end_eccentricity_mm": Outside({"e_load_mm": 16.67, "e_init_mm": 5.56, "thickness_mm": 100.0}, 22.23, ROBERTS),
    "en1996.end_factor": Outside({"e_mm": 29.67, "thickness_mm": 120.0}, 0.506, STUDIO + "metselwerkwand, S2"),
    "en1996.creep_eccentricity_mm": Outside(
        {"slenderness": 28.0, "thickness_mm": 100.0, "e_m_mm": 10.0, "phi_inf": [0.7, 1.1]}, [1.24, 1.948], STUDIO + "metselwerkwand"
    ),
    "en1996.mid_eccentricity_mm": Outside(
        {"e_load_mm": 5.0, "e_init_mm": 2100 / 450, "thickness_mm": 120.0, "slenderness": 17.5, "phi_inf": 1.1}, 9.7,
        STUDIO + "metselwerkwand, sheet 5", 0.005,
    ),
    "en1996.minimum_eccentricity_mm": Outside(
        {"effective_height_mm": 2800.0, "thickness_mm": 100.0, "slenderness": 28.0, "phi_inf": [0.7, 1.1]}, [11.24, 11.948],
        STUDIO + "metselwerkwand",
    ),
    "en1996.mid_factor": Outside(
        {"e_mm": [6.0, 9.7, 10.0], "thickness_mm": 120.0, "slenderness": [17.5, 17.5, 2800 / 120], "e_over_fk": 700.0},
        [0.605, 0.539, 0.36],
        STUDIO + "metselwerkwand",
    ),
    "en1996.axial_resistance_kn": Outside(
        {"phi": 0.506, "thickness_mm": 120.0, "length_mm": 1000.0, "fd_mpa": 3.493}, 211.91, STUDIO + "metselwerkwand, S2"
    ),
    "en1996.fvk_mpa": Outside(
        {"fvk0_mpa": 0.2, "sigma_d_mpa": 0.267, "fb_mpa": 12.0, "unfilled_head_joints": False}, 0.307, STUDIO + "en1996"
    ),
    "en1996.compressed_length_mm": Outside(
        {"n_ed_kn": 100.0, "m_ed_knm": [50.0, 100.0], "length_mm": 3000.0}, [3000.0, 1500.0],
        STATICS + "whole at l / 6, half compressed at l / 3",
    ),
    "en1996.shear_resistance_kn": Outside(
        {
            "n_ed_kn": 80.0, "thickness_mm": 100.0, "compressed_length_mm": 3000.0, "fvk0_mpa": 0.2, "fb_mpa": 12.0, "gamma_m": 1.7,
            "unfilled_head_joints": False,
        },
        54.1, STUDIO + "en1996",
    ),
    "en1996.sway_limit": Outside({"storeys": [1.0, 2, 3, 4, 9]}, [0.3, 0.4, 0.5, 0.6, 0.6], TABLE + "EN 1996-1-1 5.4(2)"),
    "en1996_data.strength_row": Outside(
        {"unit": "calcium-silicate", "unit_group": 1, "mortar": "GP"}, [0.60, 0.65, 0.25, 1.1], STUDIO + "metselwerkwand, S1",
        of=lambda row: [row.k, row.alpha, row.beta, row.phi_inf],
    ),
    "en1996_data.gamma_m": Outside({"category": "I", "consequence_class": "CC1"}, 1.5, STUDIO + "opleg-metselwerk: 1.5 in CC1"),
    "en1996_data.fvk0_mpa": Outside({"mortar": "GP", "fm_mpa": 5.0}, 0.2, STUDIO + "en1996"),
    "en1996_data.flexural_row": Outside(
        {"unit": "clay", "mortar": "GP", "fm_mpa": 5.0},
        [0.10, 0.40], TABLE + "EN 1996-1-1 3.6.3(3)", of=lambda row: [row.fxk1_mpa, row.fxk2_mpa]
    ),
    "en1996_data.fxk_aerated_mpa": Outside({"fk_mpa": 2.599, "mortar": "TL"}, 0.3899, STUDIO + "metselwerk-loodrecht, 1h"),
    "en1996_interval.squash_kn": Outside(
        {"thickness_mm": 120.0, "length_mm": 1000.0, "fd_mpa": 3.493}, 253.6 / 0.605, STUDIO + "metselwerkwand, S1: N_Rd / Phi"
    ),
    "en1996_interval.end_interval_kn": Outside(
        {"squash_kn": 419.16, "thickness_mm": 120.0, "e_init_mm": 2100 / 450, "e_load_mm": 25.0, "moment_knm": 0.0}, 211.91,
        STUDIO + "metselwerkwand, S2", of=field("hi"),
    ),
    "en1996_interval.mid_interval_kn": Outside(
        {
            "squash_kn": 419.16, "thickness_mm": 120.0, "slenderness": 17.5, "e_init_mm": 2100 / 450, "e_load_mm": 0.0, "moment_knm": 0.0,
            "e_over_fk": 700.0,
        },
        253.6, STUDIO + "metselwerkwand, S1", of=field("hi"),
    ),
    "en1996_interval.shear_least_axial_kn": Outside(
        {"v_ed_kn": 54.1, "m_ed_knm": 0.0, "thickness_mm": 100.0, "length_mm": 3000.0, "fvk0_mpa": 0.2, "fb_mpa": 12.0, "gamma_m": 1.7},
        80.0, STUDIO + "en1996 read backwards", 3e-3,
    ),
    "en1996_lateral.fxd1_apparent_mpa": Outside(
        {"fxk1_mpa": 0.20, "gamma_m": 1.7, "sigma_d_mpa": [0.0, 0.20], "phi": 0.2362, "fd_mpa": 3.156}, [0.1176, 0.2295],
        STUDIO + "metselwerk-loodrecht",
    ),
    "en1996_lateral.moment_resistance_knm": Outside(
        {"fxd_mpa": [0.1176, 0.1347], "thickness_mm": [100.0, 210.0], "length_mm": 1000.0},
        [0.1961, 0.9904], STUDIO + "metselwerk-loodrecht"
    ),
    "en1996_lateral.strip_moment_knm": Outside({"load_kn_m2": 1.5, "span_m": 3.2, "held_at_both_ends": True}, 1.92, STUDIO + "kolom"),
    "en1996_local.spread_length_mm": Outside(
        {"bearing_length_mm": 200.0, "height_mm": 2550.0, "left_mm": [300.0, 0.0], "right_mm": 2000.0},
        [1236.0, 936.0], STUDIO + "opleg-metselwerk"
    ),
    "en1996_local.concentrated_factor": Outside(
        {
            "end_distance_mm": [300.0, 0.0], "height_mm": 2550.0, "bearing_area_mm2": 32000.0, "effective_area_mm2": [247200.0, 140400.0],
            "enhanced": True,
        },
        [1.31, 1.25], STUDIO + "opleg-metselwerk", 5e-3,
    ),
    "en1996_local.concentrated_resistance_kn": Outside(
        {"beta": [1.3088, 1.25], "bearing_area_mm2": 32000.0, "fd_mpa": [3.96, 1.68],
        "eccentricity_mm": 0.0, "thickness_mm": [200.0, 150.0]},
        [165.8, 67.19], STUDIO + "opleg-metselwerk",
    ),
    "en1996_local.bearing_offset_mm": Outside(
        {"thickness_mm": 100.0, "bearing_depth_mm": 100.0, "share": 1 / 3}, 16.67, ROBERTS + ": roof load at t / 6"
    ),
    "en1996_local.member_stiffness_knm": Outside(
        {"e_mpa": 1.0, "second_moment_mm4": 12e6, "length_mm": 6.0, "far_end_fixed": [True, False]},
        [8.0, 6.0], STATICS + "4 E I / l and 3 E I / l"
    ),
    "en1996_local.fixed_end_moment_knm": Outside(
        {"load_kn_m": 10.0, "span_m": [6.0, 4.0], "far_end_fixed": [True, False]}, [30.0, 20.0], STATICS + "w l^2 / 12 and w l^2 / 8"
    ),
    "en1996_local.frame_moment_knm": Outside(
        {
            "wall_knm": 4.0, "other_wall_knm": 4.0, "left_floor_knm": 8.0, "right_floor_knm": 4.0, "left_moment_knm": 30.0,
            "right_moment_knm": 10 * 4**2 / 12, "reduced": False,
        },
        3.33333333, "PyNiteFEA 3.2.0: two walls and floors of 6 and 4 m with 10 kN/m, far ends fixed", 1e-8,
    ),
    "en1996_local.deep_beam_lever_arm_mm": Outside(
        {"clear_span_mm": 5000.0, "depth_mm": 5750.0}, 3450.0, "CIRIA Guide 2, appendix B: effective span and active height 5750"
    ),
    "en1996_local.lintel_moment_knm": Outside(
        {
            "as_mm2": 2363.0, "fyd_mpa": 400.0, "clear_span_mm": 5000.0, "depth_mm": 5750.0, "effective_depth_mm": 5600.0,
            "width_mm": 300.0, "fd_mpa": 20.0, "strong_units": True,
        },
        2363 * 400 * 3450e-6, "CIRIA Guide 2, appendix B: 2363 mm2 at 3450 mm, not capped",
    ),
    # -- ground
    "nen9997_footing.design_angle_deg": Outside({"phi_deg": 25.0, "gamma_phi": 1.15}, 22.07, STUDIO + "en1997"),
    "nen9997_footing.overburden_factor": Outside({"phi_d_deg": [22.07, 30.0]}, [7.88, 18.40], STUDIO + "en1997; Prandtl's table"),
    "nen9997_footing.cohesion_factor": Outside({"phi_d_deg": [0.0, 30.0]}, [5.14, 30.14], "Prandtl's table"),
    "nen9997_footing.weight_factor": Outside({"phi_d_deg": 22.07}, 5.58, STUDIO + "en1997"),
    "nen9997_footing.effective_width_m": Outside({"width_m": 0.6, "eccentricity_m": 0.4}, 0.0, STUDIO + "en1997: resultant outside"),
    "nen9997_footing.inclination_ratio": Outside({"v_d_kn": 50.0, "h_d_kn": 5.0}, 0.810**0.5, STUDIO + "en1997: i_q 0.810"),
    "nen9997_footing.drained_stress_kpa": Outside(
        {
            "phi_d_deg": [30.0, 28.0], "effective_width_m": [2.0, 1.5], "overburden_d_kpa": [10.0, 12.0], "gamma_d_kn_m3": [18.0, 17.0],
            "c_d_kpa": [5.0, 0.0], "effective_length_m": [2.0, 3.0], "inclination": [1.0, 0.9],
        },
        [759.56704, 302.36612], EPY + ", EN 1997-1 annex D", 1e-6,
    ),
    "nen9997_footing.undrained_stress_kpa": Outside(
        {"cu_d_kpa": 40.0, "effective_width_m": 1.5, "overburden_d_kpa": 12.0, "effective_length_m": 3.0, "h_d_kn": 20.0}, 231.76092,
        EPY + ", EN 1997-1 annex D", 1e-6,
    ),
    "nen9997_footing.effective_area_m2": Outside(
        {"effective_width_m": 0.6, "effective_length_m": np.inf}, 78.3 / 130.5, STUDIO + "en1997: R_d / sigma"
    ),
    "nen9997_footing.footing_resistance_kn": Outside(
        {"stress_kpa": 130.5, "effective_width_m": 0.6, "effective_length_m": np.inf}, 78.3, STUDIO + "en1997"
    ),
    "nen9997_footing.bearing_utilisation": Outside({"v_d_kn": 80.0, "r_d_kn": 78.3}, 1.02, STUDIO + "en1997"),
    "nen9997_footing.footing_interval_kn": Outside(
        {
            "width_m": 0.6, "phi_d_deg": 22.0718, "overburden_d_kpa": 13.0909, "gamma_d_kn_m3": 18 / 1.1, "c_d_kpa": 0.0,
            "length_m": np.inf, "m_d_knm": 0.0, "h_d_kn": 0.0, "eccentricity_m": 0.0,
        },
        78.3, STUDIO + "en1997", of=field("hi"),
    ),
    "nen9997_footing.sliding_resistance_kn": Outside(
        {"v_d_kn": 60.0, "phi_d_deg": 22.0718, "smooth": [False, True]}, [24.33, 15.76], STUDIO + "en1997"
    ),
    "nen9997_footing.undrained_sliding_resistance_kn": Outside(
        {"area_m2": 0.6, "cu_d_kpa": 50 / 1.35, "v_d_kn": 60.0}, 22.22, STUDIO + "en1997"
    ),
    "nen9997_footing.spread_stress_kpa": Outside(
        {"stress_kpa": 100.0, "width_m": 1.0, "depth_m": 1.5, "length_m": 1.0}, 16.0, STUDIO + "en1997"
    ),
    "nen9997_footing.settlement_increment_mm": Outside(
        {"stress_kpa": 100.0, "width_m": 1.0, "layer_thickness_m": [3.0], "modulus_kpa": [10000.0], "length_m": 1.0}, 4.8, STUDIO + "en1997"
    ),
    "nen9997_pile.equivalent_diameter_m": Outside({"a_m": 0.29, "b_m": 0.29}, 1.13 * 0.29, "NEN 9997-1 as taught: D_eq = 1.13 a", 3e-3),
    "nen9997_pile.koppejan_means_mpa": Outside(
        {**CPT, "tip_m": 15.5, "diameter_m": 0.4, "start_limit_mpa": np.inf},
        5.162981, "groundhog 0.15.0, alpha_p 0.7", 3e-3, of=koppejan_tip
    ),
    "nen9997_pile.tip_resistance_mpa": Outside(
        {"qc_1_mpa": 16.0, "qc_2_mpa": 14.0, "qc_3_mpa": 12.0, "alpha_p": 0.7, "beta": [1.0, 0.9], "s": 1.0}, [9.45, 8.505], STUDIO + "paal"
    ),
    "nen9997_pile.shaft_resistance_kn": Outside(
        {"qc_mean_mpa": 10.0, "alpha_s": 0.01, "perimeter_m": 1.16, "length_m": [3.0, 4.5]},
        [1142.7 - 794.7, 1316.7 - 794.7], STUDIO + "paal, sets 1, 8, 10"
    ),
    "nen9997_pile.calculated_resistance_kn": Outside({"tip_mpa": 9.45, "tip_area_m2": 0.29**2, "shaft_kn": 348.0}, 1143.0, STUDIO + "paal"),
    "nen9997_pile.xi_factor": Outside(
        {"n_tests": [1.0, 2.0, 3.0], "table_n": [1, 2, 3, 4, 5, 7, 10], "table_xi": [1.39, 1.32, 1.30, 1.28, 1.28, 1.27, 1.25]},
        [1.39, 1.32, 1.30], TABLE + "NEN 9997-1 A.10a",
    ),
    "nen9997_pile.characteristic_resistance_kn": Outside(
        {"r_cal_kn": [365.4, 328.86, 328.86], "xi_3": 1.18, "xi_4": 0.94}, 289.0, STUDIO + "paal, set 20"
    ),
    "nen9997_pile.variation": Outside({"r_cal_kn": [1142.7, 1019.6]}, 0.080511349, "statistics.stdev over statistics.mean of Python", 1e-6),
    "nen9997_pile.design_resistance_kn": Outside({"r_k_kn": 772.5, "gamma_t": 1.2}, 643.7, STUDIO + "paal"),
    "nen9997_pile.stress_integral_kn_m": Outside(
        {
            "thickness_m": [2.0, 3, 5], "gamma_dry_kn_m3": [17.0, 11, 17], "gamma_wet_kn_m3": [17.0, 11, 17], "water_depth_m": [1.0],
            "surcharge_kpa": [0.0],
        },
        328.0, STUDIO + "paal", of=lambda layers: layers.sum(),
    ),
    "nen9997_pile.friction_coefficient": Outside({"phi_deg": [22.5, 15.0], "cast_in_ground": False}, [0.25, 0.25], STUDIO + "paal"),
    "nen9997_pile.negative_friction_kn": Outside(
        {"perimeter_m": 1.16, "coefficient": 0.25, "stress_integral_kn_m": 328.0, "gamma_f": 1.0}, 95.12, STUDIO + "paal"
    ),
    "nen9997_pile.pile_utilisation": Outside({"f_d_kn": 450.0, "r_d_kn": 643.7, "f_nk_d_kn": 95.12}, 0.847, STUDIO + "paal"),
    "nen9997_pile.group_factor": Outside({"eccentricity_m": 0.2, "length_m": 1.2}, 2.0, STATICS + "at l / 6 the edge has twice the mean"),
}  # fmt: skip

OWN_RULES: dict[str, str] = {
    "en1992_section.circle_rows": "layout of bars, no clause; the curve made with it is compared with structuralcodes",
    "en1992_section.face_rows": "layout of bars, no clause; the curve made with it is compared with structuralcodes",
    "en1992_slab.reaches": "a comparison of two areas",
    "en1996.imperfection_inclination": "one root in 5.3(2); no worked example found",
    "en1996.sway_slenderness": "one product of (5.1); no worked example found",
    "en1996_interval.in_plane_interval_kn": "inverse of a stress block; no worked example found, tested against the equation it solves",
    "en1996_local.added_eccentricity_mm": "statics of two forces",
    "en1996_local.combined_eccentricity_mm": "statics of parallel forces",
    "en1996_local.lintel_shear_kn": "(6.7.3) without shear reinforcement; no worked example found",
    "en1996_local.masonry_depth_mm": "a sum that refuses unknown masonry",
    "en1996_local.offset_limit_mm": "judgement, said so in its docstring",
    "nen9997_comparison.differs": "threshold of practice, said so in its docstring",
    "nen9997_comparison.implied_utilisation": "comparison by practice; no worked example found",
    "nen9997_comparison.load_ratio": "comparison by practice; no worked example found",
    "nen9997_comparison.remark_step": "thresholds of practice, said so in its docstring",
    "nen9997_pile.shaft_mean_mpa": "cut-off of q_c over a running metre; no worked example found",
}
"""Rules of our own or plain arithmetic: tested by hand in their own files."""
