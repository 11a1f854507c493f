"""EN 1993-1-1 and section properties by hand where a slip would make a section stronger."""

from dataclasses import MISSING, fields

import numpy as np
import pytest

from optopscan.codes import en1993, en1993_bending, en1993_sections, en1993_stability


@pytest.mark.parametrize(("nominal", "thick"), [(235.0, 215.0), (275.0, 255.0), (355.0, 335.0), (440.0, 410.0)])
def test_yield_strength_by_thickness(nominal, thick):
    """Table 3.1 for S235, S275, S355 and S450: to and including 40 mm, then to 80 mm, then not known."""
    found = en1993.yield_strength_mpa(nominal, thickness_mm=[40.0, 40.1, 80.0, 80.1])
    assert found[:3].tolist() == [nominal, thick, thick]
    assert np.isnan(found[3])


def test_web_a_little_more_than_half_compressed():
    """Table 5.2 sheet 1, alpha = 0.54, S235: class 1 to 396 / (13 x 0.54 - 1) = 65.78, not to 36 / 0.54 = 66.67; class 2 to 75.75."""
    found = en1993_bending.internal_class([65.7, 66.2, 75.6], fy_mpa=235.0, compressed_share=0.54, stress_ratio=-1.0)
    assert found.tolist() == [1.0, 2.0, 2.0]


def test_torsion_of_a_channel_is_that_of_its_plates():
    """UNP200, 200 x 75 x 8.5 x 11.5 mm: (2 (75 - 0.63 x 11.5) 11.5^3 + (200 - 23) 8.5^3) / 3 = (206 093 + 108 700) / 3 = 104 931 mm4.

    Tables, which count the radii, have 11.9 cm4.
    """
    channel = en1993_sections.tapered_channel(height_mm=200, width_mm=75, web_mm=8.5, flange_mm=11.5, root_mm=11.5, toe_mm=6.0)
    assert channel.i_t_mm4 == pytest.approx(104_931.0, rel=1e-4)
    assert channel.i_t_mm4 < 119_000.0


def test_imperfection_at_exactly_40_and_100_mm():
    """Table 6.2: h / b > 1.2 takes curves a, b to and including 40 mm, h / b <= 1.2 curves b, c to and including 100 mm."""
    y, z = en1993.imperfection_i_section(height_mm=[500.0, 500.0, 300.0, 300.0], width_mm=300.0, flange_mm=[40.0, 40.1, 100.0, 100.1])
    assert y.tolist() == [0.21, 0.34, 0.34, 0.76]
    assert z.tolist() == [0.34, 0.49, 0.49, 0.76]


def test_the_signs_of_forces_do_not_help_each_other():
    """(6.2): 100 / 200 + 10 / 40 + 5 / 50 = 0.85 whichever way each acts."""
    for n, m_y, m_z in ((100.0, 10.0, 5.0), (-100.0, 10.0, 5.0), (100.0, -10.0, 5.0), (100.0, 10.0, -5.0)):
        found = en1993_bending.linear_utilisation(n_ed_kn=n, n_rd_kn=200.0, m_y_knm=m_y, m_y_rd_knm=40.0, m_z_knm=m_z, m_z_rd_knm=50.0)
        assert found == pytest.approx(0.85)


def test_elastic_moduli_and_torsion_of_a_tube():
    """200 x 100 x 10 mm. Sharp: W_z = (200 x 100^3 - 180 x 80^3) / 12 / 50 = 179 733 mm3, W_y = (100 x 200^3 - 80 x 180^3) / 12 / 100.

    EN 10219-2 with radii 20 and 10: line 560 - 30 (4 - pi) = 534.25 mm, enclosed 90 x 190 - 225 (4 - pi) = 16 906.9 mm2,
    I_t = 10^3 x 534.248 / 3 + 4 x 16 906.858^2 x 10 / 534.248 = 178 083 + 21 401 445 mm4.
    """
    sharp = en1993_sections.rectangular_tube(height_mm=200.0, width_mm=100.0, wall_mm=10.0, outer_radius_mm=0.0)
    assert sharp.w_el_z_mm3 == pytest.approx(179_733.3, rel=1e-6)
    assert sharp.w_el_y_mm3 == pytest.approx(277_866.7, rel=1e-6)
    round_cornered = en1993_sections.rectangular_tube(height_mm=200.0, width_mm=100.0, wall_mm=10.0, outer_radius_mm=20.0)
    assert round_cornered.i_t_mm4 == pytest.approx(21_579_527.4, rel=1e-6)


def test_a_web_of_exactly_72_epsilon_is_not_slender():
    """6.2.6(6), S235: 720 / 10 = 72 has (6.18), 7200 x 235 / sqrt 3 = 976.9 kN; beyond it is not known. S355: 72 x 0.81362 = 58.58."""
    found = en1993_bending.shear_resistance_kn(shear_area_mm2=7200.0, fy_mpa=235.0, web_height_mm=[720.0, 720.1], web_mm=10.0)
    assert found[0] == pytest.approx(976.88, abs=0.01)
    assert np.isnan(found[1])
    stronger = en1993_bending.shear_resistance_kn(shear_area_mm2=5857.0, fy_mpa=355.0, web_height_mm=[585.7, 586.0], web_mm=10.0)
    assert stronger[0] == pytest.approx(1200.45, abs=0.01)
    assert np.isnan(stronger[1])


def test_all_of_the_shear_resistance_leaves_the_flanges():
    """(6.30), IPE200 without radii, rho = 1: (220 600 - (183 x 5.6)^2 / (4 x 5.6)) 235 = 173 715 x 235 = 40.82 kNm; over V_pl nothing."""
    given = {"m_c_rd_knm": 51.841, "w_pl_y_mm3": 220_600.0, "web_height_mm": 183.0, "web_mm": 5.6, "fy_mpa": 235.0, "v_pl_rd_kn": 190.0}
    found = en1993_bending.moment_with_shear_knm(v_ed_kn=[0.0, 95.0, 190.0, -190.0, 190.1], **given)
    assert found == pytest.approx([51.841, 51.841, 40.823, 40.823, 0.0], abs=1e-3)
    assert found[-1] == 0.0


@pytest.mark.parametrize("force", [334.64, -334.64])
def test_tension_takes_as_much_from_the_moment(force):
    """(6.36) to (6.38), IPE200 S235, A 2848, 2 b t_f 1700: a = 1148 / 2848 = 0.40309, N_pl 669.28 kN, so n = 0.5.

    M_N,y = 51.841 x 0.5 / (1 - 0.20154) = 32.463; M_N,z = 10.483 (1 - (0.09691 / 0.59691)^2) = 10.483 x 0.97364 = 10.207 kNm.
    """
    y, z = en1993_bending.moment_with_axial_knm(
        m_pl_y_knm=51.841, m_pl_z_knm=10.483, area_mm2=2848.0, width_mm=100.0, flange_mm=8.5, fy_mpa=235.0, n_ed_kn=force
    )
    assert (y, z) == (pytest.approx(32.463, abs=2e-3), pytest.approx(10.207, abs=1e-3))


def test_a_web_in_bending_with_tension():
    """Table 5.2 sheet 1, S235, alpha 0.5, psi -1.5: 72, 83 and 62 x 2.5 sqrt 1.5 = 189.84."""
    found = en1993_bending.internal_class([72.0, 72.1, 83.1, 189.8, 189.9], fy_mpa=235.0, compressed_share=0.5, stress_ratio=-1.5)
    assert found.tolist() == [1.0, 2.0, 3.0, 3.0, 4.0]


def test_a_load_at_the_shear_centre_has_no_lever():
    """C_2 z_g = 0 whichever of the two is 0: pi^2 210 000 x 1.42e6 / 4000^2 = 183 944 N for IPE200, I_w 1.299e10, I_t 69 800:

    sqrt(9147.9 + 81 000 x 69 800 / 183 944) = sqrt(9147.9 + 30 736.4) = 199.711 mm: 36.736 kNm; with z_g 100 mm and C_2 0.45,
    sqrt(39 884.3 + 2025) - 45 = 159.718 mm: 29.379 kNm.
    """
    given = {"i_z_mm4": 1.42e6, "i_t_mm4": 69_800.0, "i_w_mm6": 1.299e10, "length_mm": 4000.0}
    for lever in ({}, {"c2": 0.45}, {"load_height_mm": 100.0}):
        assert en1993_bending.critical_moment_knm(**given, **lever) == pytest.approx(36.736, rel=5e-5)
    assert en1993_bending.critical_moment_knm(**given, c2=0.45, load_height_mm=100.0) == pytest.approx(29.379, rel=5e-5)


def test_a_small_force_on_a_section_of_flanges():
    """(6.36), A 10 000, 2 b t_f 9000: a = 0.1; n = 0.05 leaves 0.95 / 0.95 of M_pl, n = 0.06 leaves 0.94 / 0.95 = 0.98947."""
    given = {"m_pl_y_knm": 100.0, "m_pl_z_knm": 50.0, "area_mm2": 10_000.0, "width_mm": 300.0, "flange_mm": 15.0, "fy_mpa": 235.0}
    y, z = en1993_bending.moment_with_axial_knm(n_ed_kn=[0.0, 117.5, 141.0], **given)
    assert y == pytest.approx([100.0, 100.0, 98.947], abs=1e-3)
    assert z.tolist() == [50.0] * 3


def test_no_force_is_worse_than_even_compression():
    """5.5, 435 x 100 x 10 x 10 mm without radii, S235: web 415 / 10 = 41.5, class 3 to 42; squash load 6150 x 235 = 1445 kN."""
    sizes = {"height_mm": 435.0, "width_mm": 100.0, "web_mm": 10.0, "flange_mm": 10.0, "root_mm": 0.0, "area_mm2": 6150.0}
    assert en1993_bending.i_section_class(**sizes, fy_mpa=235.0, n_ed_kn=[1445.25, 1734.3, 2890.5]).tolist() == [3.0] * 3


def test_what_is_not_bent_needs_no_resistance():
    """(6.41) with n = 0.4, beta 2: (0.1 / 0.5)^2 = 0.04 about one axis beside an axis without resistance and without moment."""
    given = {"n_ratio": 0.4, "m_ny_rd_knm": [0.5, 0.0], "m_nz_rd_knm": [0.0, 0.5]}
    found = en1993_bending.plastic_utilisation(m_y_knm=[0.1, 0.0], m_z_knm=[0.0, 0.1], **given)
    assert found == pytest.approx([0.04, 0.04])
    assert en1993_bending.plastic_utilisation(m_y_knm=0.1, m_z_knm=0.0, n_ratio=0.4, m_ny_rd_knm=0.0, m_nz_rd_knm=1.0) == np.inf


STOCKY = {
    "n_rd_kn": 1000.0,
    "m_y_rd_knm": 100.0,
    "m_z_rd_knm": 50.0,
    "chi_y": 1.0,
    "chi_z": 1.0,
    "slenderness_y": 0.2,
    "slenderness_z": 0.2,
}
"""Table B.1 of a member that does not twist, slenderness 0.2, C_m = 1: k_yy = k_zz = 1 and k_yz = k_zy = 0.6, whatever N is."""


@pytest.mark.parametrize(
    ("bending", "limit"),
    [
        ({"e_z_mm": 20.0}, 714.286),
        ({"e_y_mm": 20.0}, 833.333),
        ({"e_y_mm": 20.0, "e_z_mm": 20.0}, 657.895),
        ({"m_z_knm": 10.0}, 800.0),
        ({"m_y_knm": 10.0, "e_z_mm": 20.0}, 671.429),
        ({"m_z_knm": 1.0}, 980.0),
        ({"m_y_knm": 0.01}, 999.9),
        ({}, 1000.0),
    ],
)
def test_limit_of_a_stocky_member_that_is_bent(bending, limit):
    """(6.61), (6.62): e_z: N / 1000 + 0.02 N / 50 = 1; e_y: N / 1000 + 0.02 N / 100 = 1; both: N (0.001 + 0.6 x 0.0002 + 0.0004) = 1.

    M_z = 10: 1 - 10 / 50; M_y = 10 with e_z: N (0.001 + 0.0004) = 1 - 0.6 x 0.1; M_z = 1: 1 - 1 / 50; M_y = 0.01: 1 - 0.0001.
    """
    member = en1993_stability.BeamColumn(**STOCKY, twists=False)
    for sign in (1.0, -1.0):
        found = en1993_stability.axial_limit_kn(member, **{name: sign * value for name, value in bending.items()})
        assert found == pytest.approx(limit, abs=2e-3)


def test_what_a_member_is_where_nothing_is_said():
    """6.3.3 and table B.3: an even moment (C_m 1), no reduction for torsion asked (chi_LT 1), class 1 or 2, free to twist."""
    found = {field.name: field.default for field in fields(en1993_stability.BeamColumn) if field.default is not MISSING}
    assert found == {"chi_lt": 1.0, "c_my": 1.0, "c_mz": 1.0, "c_mlt": 1.0, "plastic": True, "twists": True}


def test_deep_sections_are_deeper_than_one_and_a_fifth():
    """Table 6.2: h / b = 360 / 300 = 1.2 takes curves b and c, 361 / 300 a and b; deep and over 100 mm is not in the table."""
    y, z = en1993.imperfection_i_section(height_mm=[360.0, 361.0, 500.0, 500.0], width_mm=300.0, flange_mm=[20.0, 20.0, 100.0, 100.1])
    assert y[:3].tolist() == [0.34, 0.21, 0.34]
    assert z[:3].tolist() == [0.49, 0.34, 0.49]
    assert np.isnan([y[3], z[3]]).all()


def test_plastic_moduli_of_a_tube_with_round_corners():
    """200 x 100 x 10 mm, radii 20 and 10: a corner takes 0.21460 r^2 away at 0.22337 r from both sides.

    W_pl,z = 200 x 100^2 / 4 - 343.363 x 45.533 - (180 x 80^2 / 4 - 85.841 x 37.766) = 484 366 - 284 758 mm3;
    W_pl,y = 100 x 200^2 / 4 - 343.363 x 95.533 - (80 x 180^2 / 4 - 85.841 x 87.766) = 967 198 - 640 466 mm3.
    """
    tube = en1993_sections.rectangular_tube(height_mm=200.0, width_mm=100.0, wall_mm=10.0, outer_radius_mm=20.0)
    assert tube.w_pl_z_mm3 == pytest.approx(199_608.0, abs=2.0)
    assert tube.w_pl_y_mm3 == pytest.approx(326_732.0, abs=2.0)


def test_elastic_moduli_of_a_round_tube():
    """100 x 10 mm: pi / 64 (100^4 - 80^4) = 2 898 119 mm4 over 50 mm, about every axis."""
    tube = en1993_sections.round_tube(diameter_mm=100.0, wall_mm=10.0)
    assert (tube.w_el_y_mm3, tube.w_el_z_mm3) == (pytest.approx(57_962.4, abs=0.1), pytest.approx(57_962.4, abs=0.1))


def test_plastic_modulus_about_the_weak_axis():
    """IPE200: 0.5 x 8.5 x 100^2 + 183 x 5.6^2 / 4 + 4 x 0.21460 x 12^2 (2.8 + 0.22337 x 12) = 42 500 + 1434.72 + 677.44 mm3.

    INP200: 43.5 cm3 in the tables.
    """
    ipe = en1993_sections.i_section(height_mm=200.0, width_mm=100.0, web_mm=5.6, flange_mm=8.5, root_mm=12.0)
    assert ipe.w_pl_z_mm3 == pytest.approx(44_612.16, abs=0.1)
    inp = en1993_sections.tapered_i_section(height_mm=200.0, width_mm=90.0, web_mm=7.5, flange_mm=11.3, root_mm=7.5, toe_mm=4.5)
    assert inp.w_pl_z_mm3 == pytest.approx(43_500.0, rel=5e-3)
