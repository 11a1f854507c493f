"""Concentrated loads: the reference sheets of Open-Calculations-Studio; the rest by statics worked out here."""

import numpy as np
import pytest

from optopscan.codes import en1996 as ec6
from optopscan.codes import en1996_lateral as lat
from optopscan.codes import en1996_local as loc
from optopscan.codes.en1996_data import FLEXURAL_ROWS, flexural_row, fxk_aerated_mpa


# bearing 200 along the wall, A_b 32 000 mm2, h_c = 2800 - 250; sheet: t, a_1, l_efm, beta, f_d, N_Rdc
@pytest.mark.parametrize(
    ("thickness", "a_1", "l_efm", "beta", "fd", "n_rdc"),
    [(200, 300, 1236, 1.31, 3.96, 165.8), (150, 0, 936, 1.25, 1.68, 67.19)],
    ids=["oplegging-1", "oplegging-2"],
)
def test_reference_sheets_of_bearings(thickness, a_1, l_efm, beta, fd, n_rdc):
    length = float(loc.spread_length_mm(bearing_length_mm=200, height_mm=2550, left_mm=a_1, right_mm=2000))
    assert length == pytest.approx(l_efm, abs=0.6)
    got = float(loc.concentrated_factor(end_distance_mm=a_1, height_mm=2550, bearing_area_mm2=32000, effective_area_mm2=length * thickness))
    assert got == pytest.approx(beta, abs=0.005)
    n = loc.concentrated_resistance_kn(beta=got, bearing_area_mm2=32000, fd_mpa=fd, eccentricity_mm=0, thickness_mm=thickness)
    assert float(n) == pytest.approx(n_rdc, rel=0.002)


def test_factor_where_nothing_is_gained():
    kw = {"end_distance_mm": 300, "height_mm": 2550, "bearing_area_mm2": 32000, "effective_area_mm2": 247200}
    assert loc.concentrated_factor(**kw, enhanced=False) == 1.0  # group 2, sheet with 105.6 kN against 165.8
    assert loc.concentrated_factor(**{**kw, "effective_area_mm2": 32000 / 0.49}) == 1.0  # ratio 0.49: sheet gives 1.00
    assert loc.concentrated_factor(**{**kw, "effective_area_mm2": 32000 / 0.44}) > 1.0
    assert np.isnan(loc.concentrated_factor(**{**kw, "height_mm": 0}))
    # top of the range: 1.25 + a_1 / (2 h_c) limited to 1.5
    assert float(loc.concentrated_factor(**{**kw, "end_distance_mm": 5000})) == 1.5


def test_factor_between_its_limits():
    # a_1 0, A_b / A_ef 0.4: 1.5 - 0.44 = 1.06; a_1 / h_c 0.5, ratio 0.4: 1.15 x 1.06 = 1.219
    got = loc.concentrated_factor(end_distance_mm=[0, 1000], height_mm=2000, bearing_area_mm2=4e4, effective_area_mm2=1e5)
    assert got == pytest.approx([1.06, 1.219])


def test_load_far_from_the_axis_is_not_covered():
    kw = {"beta": 1.2, "bearing_area_mm2": 32000, "fd_mpa": 3.0, "thickness_mm": 200}
    got = loc.concentrated_resistance_kn(eccentricity_mm=[0, 50, -50, 51, np.nan], **kw)
    assert got[:3] == pytest.approx([115.2] * 3)
    assert np.isnan(got[3:]).all()


def test_spread_of_sixty_degrees():
    # h_c 2000: 1000 / tan 60 = 577.35 to each side
    assert float(loc.spread_length_mm(bearing_length_mm=100, height_mm=2000, left_mm=9e9, right_mm=9e9)) == pytest.approx(1254.7, abs=0.01)
    assert float(loc.spread_length_mm(bearing_length_mm=100, height_mm=2000, left_mm=0, right_mm=200)) == pytest.approx(300)


def test_reactions_on_a_wall_head():
    # a floor that bears 90 mm on a wall of 214: 107 - 30 = 77 mm from the axis; even pressure 107 - 45
    assert float(loc.bearing_offset_mm(thickness_mm=214, bearing_depth_mm=90)) == pytest.approx(77.0)
    assert float(loc.bearing_offset_mm(thickness_mm=214, bearing_depth_mm=90, share=0.5)) == pytest.approx(62.0)
    # 150 kN centred and 50 kN at 40 mm: 2000 / 200; from the other side they cancel
    assert float(loc.added_eccentricity_mm(n_old_kn=150, e_old_mm=0, n_new_kn=50, offset_new_mm=40)) == pytest.approx(10.0)
    assert float(loc.combined_eccentricity_mm(n_kn=[50.0, 50.0], offset_mm=[40.0, -40.0])) == 0.0
    assert np.isnan(loc.combined_eccentricity_mm(n_kn=[0.0, 0.0], offset_mm=[40.0, -40.0]))
    assert np.isnan(loc.added_eccentricity_mm(n_old_kn=np.nan, e_old_mm=0, n_new_kn=50, offset_new_mm=40))
    # not monotonic in size: a new load on the far side first centres, then pulls over
    e = [abs(float(loc.added_eccentricity_mm(n_old_kn=100, e_old_mm=20, n_new_kn=n, offset_new_mm=-30))) for n in (0, 60, 200)]
    assert e == pytest.approx([20.0, 1.25, 13.333], abs=1e-3)
    assert loc.offset_limit_mm(thickness_mm=[120, 120], product_mm=[15, np.inf]) == pytest.approx([15, 20])


def test_frame_moment_by_slope_deflection():
    # Equal walls EI / h = 1, floors EI / l = 2 (left) and 1 (right), all far ends fixed; left 10 kN/m over 6 m,
    # right 10 kN/m over 4 m. Unbalanced moment 30 - 13.333 = 16.667 over sum k = 4 + 4 + 8 + 4 = 20:
    # a wall takes 4 / 20 x 16.667 = 3.333. k_m = 12 / 8 = 1.5: eta = 0.625 -> 2.083
    k = [loc.member_stiffness_knm(e_mpa=1.0, second_moment_mm4=x, length_mm=1.0) for x in (1e6, 1e6, 2e6, 1e6)]
    assert [float(x) for x in k] == [4.0, 4.0, 8.0, 4.0]
    m = [float(loc.fixed_end_moment_knm(load_kn_m=10.0, span_m=x)) for x in (6.0, 4.0)]
    assert m == pytest.approx([30.0, 13.3333], abs=1e-4)
    kw = {
        "wall_knm": k[0],
        "other_wall_knm": k[1],
        "left_floor_knm": k[2],
        "right_floor_knm": k[3],
        "left_moment_knm": m[0],
        "right_moment_knm": m[1],
    }
    assert float(loc.frame_moment_knm(**kw, reduced=False)) == pytest.approx(3.3333, abs=1e-4)
    assert float(loc.frame_moment_knm(**kw)) == pytest.approx(2.0833, abs=1e-4)
    # very stiff floors: eta stops at 0.5; hinged far ends: 3 E I / l and w l^2 / 8
    stiff = {**kw, "left_floor_knm": 800.0, "right_floor_knm": 800.0}
    assert float(loc.frame_moment_knm(**stiff)) == pytest.approx(0.5 * 4 / 1608 * 16.6667, rel=1e-4)
    assert float(loc.member_stiffness_knm(e_mpa=1.0, second_moment_mm4=1e6, length_mm=1.0, far_end_fixed=False)) == 3.0
    assert float(loc.fixed_end_moment_knm(load_kn_m=10.0, span_m=4.0, far_end_fixed=False)) == 20.0
    # balanced floors leave the wall alone; roof: no wall above
    assert float(loc.frame_moment_knm(**{**kw, "right_moment_knm": m[0]})) == 0.0
    roof = {**kw, "other_wall_knm": 0.0, "right_floor_knm": 0.0, "right_moment_knm": 0.0}
    assert float(loc.frame_moment_knm(**roof, reduced=False)) == pytest.approx(4 / 12 * 30)


def test_lintel_with_masonry_on_top():
    # 2 bars of 8 mm (100.5 mm2, 435 N/mm2), d 360, b 100, f_d 3: z = 360 (1 - 0.5 x 43718 / (100 x 360 x 3)) = 287.1
    # M = 43718 x 287.1 = 12.55 kNm; limit 0.4 x 3 x 100 x 360^2 = 15.55 (strong) or 11.66 kNm (other units)
    kw = {
        "as_mm2": 100.5,
        "fyd_mpa": 435.0,
        "clear_span_mm": 2000.0,
        "depth_mm": 400.0,
        "effective_depth_mm": 360.0,
        "width_mm": 100.0,
        "fd_mpa": 3.0,
    }
    assert float(loc.lintel_moment_knm(**kw, strong_units=True)) == pytest.approx(12.55, abs=0.01)
    assert float(loc.lintel_moment_knm(**kw, strong_units=False)) == pytest.approx(11.66, abs=0.01)
    # deep: span 1000 -> l_ef 1150, h 1000: z = min(805, 400 + 230) = 630; d 950; 43718 x 630 = 27.54 kNm
    deep = {**kw, "clear_span_mm": 1000.0, "depth_mm": 1000.0, "effective_depth_mm": 950.0}
    assert float(loc.deep_beam_lever_arm_mm(clear_span_mm=1000, depth_mm=1000)) == pytest.approx(630.0)
    assert float(loc.lintel_moment_knm(**deep, strong_units=True)) == pytest.approx(27.54, abs=0.01)
    assert np.isnan(loc.deep_beam_lever_arm_mm(clear_span_mm=1000, depth_mm=574))
    assert float(loc.lintel_shear_kn(fvd_mpa=0.15, width_mm=100, effective_depth_mm=360)) == pytest.approx(5.4)
    assert float(loc.lintel_shear_kn(fvd_mpa=0.15, width_mm=100, effective_depth_mm=360, distance_mm=360)) == pytest.approx(10.8)


@pytest.mark.parametrize("missing", ["as_mm2", "fyd_mpa", "clear_span_mm", "depth_mm", "effective_depth_mm", "width_mm", "fd_mpa"])
def test_unknown_lintel_has_no_resistance(missing):
    for span, depth in ((2000.0, 400.0), (1000.0, 1000.0)):
        kw = {"as_mm2": 100.5, "fyd_mpa": 435.0, "clear_span_mm": span, "depth_mm": depth, "effective_depth_mm": 0.9 * depth}
        kw |= {"width_mm": 100.0, "fd_mpa": 3.0, "strong_units": True}
        assert np.isnan(loc.lintel_moment_knm(**{**kw, missing: np.nan}))


def test_masonry_over_an_opening():
    assert loc.masonry_depth_mm(lintel_depth_mm=60, masonry_above_mm=[0, 340]) == pytest.approx([60, 400])
    assert np.isnan(loc.masonry_depth_mm(lintel_depth_mm=60, masonry_above_mm=[-1, np.nan])).all()


# Open-Calculations-Studio check-metselwerk-loodrecht, worked out by hand there: sigma_d, Phi, f_d, f_xk1, f_xd1,app, t, M_Rd
@pytest.mark.parametrize(
    ("sigma", "phi", "fd", "fxk1", "strength", "thickness", "m_rd"),
    [
        (0.0, 0.2362, 3.156, 0.20, 0.1176, 100, 0.1961),
        (0.20, 0.2362, 3.156, 0.20, 0.2295, 100, 0.3825),
        (0.15, 0.2596, 3.396, 0.25, 0.2793, 100, 0.4655),
        (0.0171, 0.8162, 2.959, 0.20, 0.1347, 210, 0.9904),
    ],
    ids=["1a", "1b", "1b2", "1c"],
)
def test_bending_out_of_plane(sigma, phi, fd, fxk1, strength, thickness, m_rd):
    got = lat.fxd1_apparent_mpa(fxk1_mpa=fxk1, gamma_m=1.7, sigma_d_mpa=sigma, phi=phi, fd_mpa=fd)
    assert float(got) == pytest.approx(strength, abs=1e-4)
    assert float(lat.moment_resistance_knm(fxd_mpa=got, thickness_mm=thickness)) == pytest.approx(m_rd, rel=1e-3)
    assert lat.fxd1_apparent_mpa(fxk1_mpa=fxk1, gamma_m=1.7, sigma_d_mpa=-1.0, phi=phi, fd_mpa=fd) == pytest.approx(fxk1 / 1.7)


def test_moment_of_a_strip():
    # 0.9 x 2.7^2 / 8 and 0.9 x 1.0^2 / 2 (same sheets)
    assert float(lat.strip_moment_knm(load_kn_m2=0.9, span_m=2.7)) == pytest.approx(0.8201, abs=1e-4)
    assert float(lat.strip_moment_knm(load_kn_m2=0.9, span_m=1.0, held_at_both_ends=False)) == pytest.approx(0.45)


def test_flexural_strengths_are_marked_as_not_dutch():
    assert flexural_row("clay", mortar="GP", fm_mpa=5.0).fxk2_mpa == 0.40
    assert flexural_row("calcium-silicate", mortar="GP", fm_mpa=2.5).fxk1_mpa == 0.05
    assert all(row.confidence == "low" and not row.dutch for row in FLEXURAL_ROWS)
    with pytest.raises(KeyError, match="aerated"):
        flexural_row("aerated-concrete", mortar="TL", fm_mpa=10.0)
    # 0.15 x 2.599 = 0.3899 for G4 in thin layer; f_k 5.664 is outside the rule (sheets 1h and 1i)
    assert fxk_aerated_mpa(2.599, mortar="TL") == pytest.approx(0.3899, abs=1e-4)
    assert np.isnan(fxk_aerated_mpa(5.664, mortar="TL"))


def test_compressed_length_of_a_wall():
    # N 100 kN on 3 m: M 40 -> e 0.4 <= 0.5 m; M 75 -> 3 (1.5 - 0.75); M 150 -> nothing
    got = ec6.compressed_length_mm(n_ed_kn=100, m_ed_knm=[0, 40, 50, 75, 150, 400], length_mm=3000)
    assert got == pytest.approx([3000, 3000, 3000, 2250, 0, 0])
    assert ec6.compressed_length_mm(n_ed_kn=[0, -10], m_ed_knm=1, length_mm=3000) == pytest.approx([0, 0])
    assert np.isnan(ec6.compressed_length_mm(n_ed_kn=np.nan, m_ed_knm=1, length_mm=3000))


def test_unfilled_head_joints():
    # (3.6): 0.5 x 0.20 + 0.4 x 0.267 = 0.207; f_b 4 limits to 0.26 (check-en1996 of the same source)
    assert float(ec6.fvk_mpa(fvk0_mpa=0.2, sigma_d_mpa=0.267, fb_mpa=12, unfilled_head_joints=True)) == pytest.approx(0.207, abs=5e-4)
    assert float(ec6.fvk_mpa(fvk0_mpa=0.2, sigma_d_mpa=0.267, fb_mpa=4)) == pytest.approx(0.26)
    kw = {"n_ed_kn": 0.0, "thickness_mm": 100, "compressed_length_mm": 0.0, "fvk0_mpa": 0.2, "fb_mpa": 12, "gamma_m": 1.7}
    assert ec6.shear_resistance_kn(**kw) == 0.0


def test_restraint_by_floors():
    # 5.5.1.2(11): concrete floors 0.75 to e = t / 4 = 30 mm, timber floors 1.0
    got = ec6.rho2(concrete_floors=[True, True, True, False], e_top_mm=[0, 30, 30.1, 0], thickness_mm=120)
    assert got == pytest.approx([0.75, 0.75, 1.0, 1.0])
    assert np.isnan(ec6.rho2(concrete_floors=True, e_top_mm=np.nan, thickness_mm=120))


def test_height_factors_step_where_they_say_so():
    # L 1000: (5.6) at h = 3500 gives 0.75 / (1 + 0.875^2) = 0.4248, (5.7) just above 1.5 / 3.5 = 0.4286
    below, above = (float(ec6.rho3(rho2=0.75, height_mm=h, length_mm=1000, thickness_mm=120)) for h in (3500, 3500.01))
    assert (below, above) == pytest.approx((0.4248, 0.4286), abs=1e-4)
    # L 2000: (5.8) at h = 2300 gives 0.75 / (1 + 0.8625^2) = 0.4301, (5.9) 0.5 / 1.15 = 0.4348
    below, above = (float(ec6.rho4(rho2=0.75, height_mm=h, length_mm=2000, thickness_mm=120)) for h in (2300, 2300.01))
    assert (below, above) == pytest.approx((0.4301, 0.4348), abs=1e-4)


def test_sway_of_the_building():
    # h 12 m, N 5000 kN, sum EI 8e6 kNm2: 12 sqrt(5000 / 8e6) = 0.3 = limit of a single storey
    assert float(ec6.sway_slenderness(height_m=12, n_ed_kn=5000, sum_ei_knm2=8e6)) == pytest.approx(0.3)
    assert ec6.sway_limit([1, 2, 4, 9]) == pytest.approx([0.3, 0.4, 0.6, 0.6])
    assert np.isnan(ec6.sway_limit(0))
