"""EN 1993-1-1 and section properties by hand where a slip would make a section stronger."""

import numpy as np
import pytest

from optopscan.codes import en1993, en1993_bending, en1993_sections


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
