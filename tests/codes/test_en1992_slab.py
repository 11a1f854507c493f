"""Slabs, shear, local loads, punching: CON-S2, CON-S4 and the cases of OpenAEC check-en1992; structuralcodes 0.7.2 for shear."""

import numpy as np
import pytest

from optopscan.codes import en1992_slab as slab
from optopscan.codes.en1992_material import stress_block

FYD = 500 / 1.15
BEAM = {"fyd_mpa": FYD, "b_mm": 300, "d_mm": 450, "fcd_mpa": 20 / 1.5}


def test_con_s2():
    # 0.8 x = 1257 * 434.8 / (13.33 * 300) -> x = 170.8, z = 450 - 0.4 x = 381.7
    x = slab.neutral_axis_mm(steel_mm2=1257, **BEAM)
    assert 450 - 0.4 * x == pytest.approx(381.7, rel=0.005)
    assert slab.bending_resistance_knm(steel_mm2=1257, **BEAM) == pytest.approx(208.6, rel=0.005)
    v = slab.shear_resistance_kn(fck_mpa=20, fcd_mpa=20 / 1.5, b_mm=300, d_mm=450, steel_mm2=1257)
    assert v == pytest.approx(71.57, rel=0.005)


def test_con_s4_old_roof_slab():
    old = {"steel_mm2": 523.6, "fyd_mpa": 240 / 1.15, "b_mm": 1000, "d_mm": 95, "fcd_mpa": 13 / 1.5}
    assert slab.neutral_axis_mm(**old) == pytest.approx(15.76, rel=0.02)
    assert slab.bending_resistance_knm(**old) == pytest.approx(9.69, rel=0.02)


def test_steel_that_does_not_yield():
    # check-en1992, 6 bars of 25 in 300 x 600: 3200 x^2 + 2.062e6 x - 2.062e6 * 550 = 0 -> x = 354.7, 385.4 N/mm2, 463.2 kNm
    beam = {"steel_mm2": 6 * np.pi * 12.5**2, "fyd_mpa": FYD, "b_mm": 300, "d_mm": 550, "fcd_mpa": 20 / 1.5}
    assert slab.neutral_axis_mm(**beam) == pytest.approx(354.7, abs=0.05)
    assert slab.bending_resistance_knm(**beam) == pytest.approx(463.2, abs=0.1)
    assert slab.bending_resistance_knm(**{**beam, "steel_mm2": 4 * np.pi * 10**2}) == pytest.approx(263.2, abs=0.1)


def test_more_steel_never_lowers_the_bending_resistance():
    steel = np.linspace(0, 20000, 200)
    assert np.all(np.diff(slab.bending_resistance_knm(steel_mm2=steel, **BEAM)) > 0)
    high = slab.bending_resistance_knm(steel_mm2=1257, **{**BEAM, "fcd_mpa": 60}, block=stress_block(90))
    # lambda 0.7, eta 0.8: 546.5e3 / (0.8 * 60 * 300) = 37.95 mm block, z = 431.0
    assert high == pytest.approx(546.52 * 0.43102, rel=1e-3)


@pytest.mark.parametrize(
    ("case", "published"),
    [
        ({"d_mm": 150}, 36.94),  # k = 2 and rho = 0.02 at their limits
        ({"d_mm": 450, "sigma_cp_mpa": 13.33}, 125.6),  # sigma_cp at 0.2 f_cd = 2.667
        ({"d_mm": 450, "sigma_cp_mpa": 100e3 / 150000}, 85.0661),  # structuralcodes: N_Ed = 100 kN
    ],
)
def test_shear_published(case, published):
    assert slab.shear_resistance_kn(fck_mpa=20, fcd_mpa=20 / 1.5, b_mm=300, steel_mm2=1257, **case) == pytest.approx(published, rel=1e-3)


def test_shear_of_the_old_slab():
    # structuralcodes 0.7.2: 43.955 kN/m; by hand 0.12 * 2 * (0.5512 * 13)^(1/3) = 0.4627 N/mm2 on 95 mm, over v_min 0.3569
    v = slab.shear_resistance_kn(fck_mpa=13, fcd_mpa=13 / 1.5, b_mm=1000, d_mm=95, steel_mm2=523.6)
    assert v == pytest.approx(43.955, rel=1e-4)
    # without bars only v_min: 0.35694 * 95
    v = slab.shear_resistance_kn(fck_mpa=13, fcd_mpa=13 / 1.5, b_mm=1000, d_mm=95, steel_mm2=0)
    assert v == pytest.approx(33.909, rel=1e-3)
    assert slab.shear_resistance_kn(fck_mpa=13, fcd_mpa=13 / 1.5, b_mm=1000, d_mm=95, steel_mm2=0, sigma_cp_mpa=-5) == 0


def test_crushing():
    # structuralcodes 0.7.2: nu 0.552, V 496.8 kN
    assert slab.crushing_factor(20) == pytest.approx(0.552)
    assert slab.crushing_resistance_kn(fck_mpa=20, fcd_mpa=20 / 1.5, b_mm=300, d_mm=450) == pytest.approx(496.8)


def test_concentrated_load_by_hand():
    # 200 x 150 on a wall of 200 thick: along the wall 150 -> min(450, 150 + 400, 150 + 2 * 100) = 350, across 200 (edge 0)
    along = slab.distribution_width_mm(width_mm=150, depth_mm=400, edge_distance_mm=100)
    across = slab.distribution_width_mm(width_mm=200, depth_mm=400, edge_distance_mm=0)
    assert (along, across) == (350, 200)
    assert slab.distribution_width_mm(width_mm=150, depth_mm=[100, 900], edge_distance_mm=900).tolist() == [250, 450]
    # F = 30000 * 10 * sqrt(70000 / 30000) = 458.3 kN
    f = slab.concentrated_resistance_kn(loaded_area_mm2=30000, distribution_area_mm2=along * across, fcd_mpa=10)
    assert f == pytest.approx(458.26, rel=1e-4)
    # A_c1 = 9 A_c0 reaches 3 f_cd A_c0, more does not help
    assert slab.concentrated_resistance_kn(loaded_area_mm2=1e4, distribution_area_mm2=[9e4, 20e4, 5e3], fcd_mpa=10) == pytest.approx(
        [300, 300, 100]
    )


def test_splitting_force():
    # check-poer: a = 300.8, h = 644.4, F = 2443.6: (6.59) gives 411.3 kN
    t = slab.splitting_force_kn(force_kn=2443.6, width_mm=300.8, body_width_mm=2000, height_mm=2 * 644.4)
    assert t == pytest.approx(411.3, abs=0.2)
    # (6.58): 400 * (600 - 150) / (4 * 600)
    assert slab.splitting_force_kn(force_kn=400, width_mm=150, body_width_mm=600, height_mm=3000) == pytest.approx(75)
    assert slab.splitting_force_kn(force_kn=400, width_mm=700, body_width_mm=600, height_mm=3000) == 0


# check-en1992, punching: d = 195, 400 x 400, V = 500 kN, C20/25, rho 0.008
@pytest.mark.parametrize(
    ("place", "c1", "u1", "uc", "u0", "uc0"),
    [
        ("interior", 400, 4050, 1.204, 1600, 0.626),
        ("edge", 400, 2425, 2.448, 985, 1.238),
        ("corner", 400, 1413, 4.502, 585, 2.233),
        ("edge", 200, 2025, 2.931, 800, 1.524),
    ],
)
def test_punching_published(place, c1, u1, uc, u0, uc0):
    column = {"c1_mm": c1, "c2_mm": 400, "d_mm": 195, "place": place}
    control, face = slab.control_perimeter_mm(**column), slab.column_perimeter_mm(**column)
    assert (control, face) == (pytest.approx(u1, abs=0.8), pytest.approx(u0))
    strength = slab.punching_strength_mpa(fck_mpa=20, d_mm=195, reinforcement_ratio=0.008)
    assert strength == pytest.approx(0.6048, abs=1e-4)
    stress = [slab.punching_stress_mpa(v_ed_kn=500, beta=slab.PUNCHING_BETA[place], perimeter_mm=u, d_mm=195) for u in (control, face)]
    assert stress[0] / strength == pytest.approx(uc, abs=2e-3)
    assert stress[1] / slab.punching_maximum_mpa(fck_mpa=20, fcd_mpa=20 / 1.5) == pytest.approx(uc0, abs=1e-3)


def test_unknown_place_of_a_column():
    with pytest.raises(KeyError):
        slab.control_perimeter_mm(c1_mm=1, c2_mm=1, d_mm=1, place="middle")


def test_minimum_reinforcement_by_hand():
    # check-en1992: max(0.26 * 2.21 / 500, 0.0013) * 300 * 450 = max(155.2, 175.5)
    assert slab.beam_minimum_mm2(fck_mpa=20, fyk_mpa=500, b_mm=300, d_mm=450) == pytest.approx(175.5)
    # QR24: 0.26 * 2.2104 / 240 = 0.0023946 * 135000
    assert slab.beam_minimum_mm2(fck_mpa=20, fyk_mpa=240, b_mm=300, d_mm=450) == pytest.approx(323.3, abs=0.1)
    # 0.1 * 1.2e6 / 434.78 = 276 against 0.002 * 122500 = 245
    assert slab.column_minimum_mm2(n_ed_kn=[1200, 500], fyd_mpa=FYD, area_mm2=122500) == pytest.approx([276, 245])
    assert slab.column_maximum_mm2(122500) == pytest.approx(4900)
    assert slab.wall_minimum_mm2(200000) == pytest.approx(400)
    assert slab.reaches([400, 399, np.nan], 400).tolist()[:2] == [1, 0]
    assert np.isnan(slab.reaches([400, np.nan], [np.nan, 400])).all()
