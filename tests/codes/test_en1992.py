"""Plain concrete walls (CON-S3, closed formula with a numerical second-order route) and old grades (MAT-S1)."""

import numpy as np
import pytest

from optopscan.catalog.engineering import load_engineering
from optopscan.codes import en1992 as ec2
from optopscan.codes.en1992_material import ecm_mpa, effective_creep, fcd_mpa, fctk_005_mpa, fctm_mpa, fyd_mpa, stress_block
from optopscan.codes.interval import contains


def resistance(*, t=180.0, h=2600.0, beta=0.85, e0=0.0, fck=13.0, length=1000.0):
    l0 = ec2.effective_length_mm(h, beta=beta)
    phi = ec2.wall_factor(e_tot_mm=e0 + ec2.imperfection_mm(l0), l0_mm=l0, thickness_mm=t)
    n = ec2.wall_resistance_kn(phi=phi, length_mm=length, thickness_mm=t, fcd_plain_mpa=ec2.fcd_plain_mpa(fck))
    return float(phi), float(n)


def test_con_s3():
    assert ec2.effective_length_mm(2600, beta=0.85) == pytest.approx(2210)
    assert ec2.imperfection_mm(2210) == pytest.approx(5.525)
    assert ec2.fcd_plain_mpa(13) == pytest.approx(6.933, rel=2e-3)
    phi, n = resistance()
    assert phi == pytest.approx(0.8245, rel=2e-3)
    assert n == pytest.approx(1028.9, rel=2e-3)
    # a numerical second-order analysis without tension gives Phi 0.830
    assert phi == pytest.approx(0.830, rel=0.01)


def test_vary_each_argument():
    _, n = resistance()
    assert resistance(h=2700)[1] < n
    assert resistance(beta=1.0)[1] < n
    assert resistance(e0=10)[1] < n
    assert resistance(t=200)[1] > n
    assert resistance(fck=19)[1] == pytest.approx(n * 19 / 13)
    assert resistance(length=2000)[1] == pytest.approx(2 * n)


def test_factor_never_beats_the_section_and_never_goes_negative():
    e = np.linspace(0, 120, 25)
    phi = ec2.wall_factor(e_tot_mm=e, l0_mm=500, thickness_mm=180)
    assert np.all(phi <= ec2.section_factor(e_mm=e, thickness_mm=180) + 1e-12)
    assert np.all(phi >= 0)
    assert np.all(np.diff(phi) <= 0)
    # stocky and central: 1.14 - 0.02 * 2.78 = 1.084, limited to 1
    assert phi[0] == 1.0
    assert np.isnan(ec2.wall_factor(e_tot_mm=np.nan, l0_mm=500, thickness_mm=180))


@pytest.fixture(scope="module")
def grades():
    return {row.grade: row for row in load_engineering().grades}


def test_mat_s1_old_grades(grades):
    # Amsterdam bridge assessment tool, tables of old concrete and steel grades
    concrete, steel = ("K225", "K300", "B22.5"), ("QR24", "QR40", "FeB400")
    assert [grades[g].strength_mpa for g in concrete] == [13, 19, 18]
    assert fcd_mpa([grades[g].strength_mpa for g in concrete]) == pytest.approx([8.7, 12.7, 12.0], abs=0.1)
    assert [grades[g].strength_mpa for g in steel] == [240, 400, 400]
    # QR40: the table value 330 stands below 400 / 1.15 = 348
    fyd = fyd_mpa([grades[g].strength_mpa for g in steel], prescribed_mpa=[grades[g].design_mpa for g in steel])
    assert fyd == pytest.approx([209, 330, 348], rel=5e-3)


def test_grades_rise_with_their_number(grades):
    for prefix in "KB":
        old = [(float(name[1:]), row.strength_mpa) for name, row in grades.items() if row.group == "concrete" and name.startswith(prefix)]
        assert len(old) > 5
        assert [strength for _, strength in sorted(old)] == sorted(strength for _, strength in old)


def test_a_prescribed_strength_only_lowers():
    assert fyd_mpa(400, prescribed_mpa=330) == 330
    assert fyd_mpa(230, prescribed_mpa=330) == pytest.approx(200)
    assert fyd_mpa(230) == pytest.approx(200)
    assert np.isnan(fyd_mpa(np.nan, prescribed_mpa=330))


def test_properties_over_strength():
    # structuralcodes 0.7.2, ec2_2004: f_ctm, E_cm, eps_cu3, eps_c3 (per mille)
    assert fctm_mpa([13, 30, 60, 90]) == pytest.approx([1.65863, 2.89647, 4.35474, 5.04464], rel=1e-5)
    assert ecm_mpa([13, 30, 60, 90]) == pytest.approx([27484.5, 32836.6, 39099.9, 43630.5], rel=1e-5)
    block = stress_block([13, 30, 60, 90])
    assert 1000 * block.eps_cu3 == pytest.approx([3.5, 3.5, 2.8835, 2.6])
    assert 1000 * block.eps_c3 == pytest.approx([1.75, 1.75, 1.8875, 2.3])
    # (3.19)-(3.22) by hand at 60 and 90: 0.8 - 10/400, 0.8 - 40/400; 1 - 10/200, 1 - 40/200
    assert block.lambda_ == pytest.approx([0.8, 0.8, 0.775, 0.7])
    assert block.eta == pytest.approx([1, 1, 0.95, 0.8])
    assert fctk_005_mpa(30) == pytest.approx(0.7 * 2.89647, rel=1e-5)
    # outside the standard nothing is known
    assert np.isnan([fcd_mpa(95), fcd_mpa(0), fctm_mpa(-1), ecm_mpa(91), stress_block(95).eps_cu3]).all()


def test_effective_creep():
    # (5.19): 2.5 * 24 / 40
    assert effective_creep(phi_inf=2.5, m_0eqp_knm=24, m_0ed_knm=-40) == pytest.approx(1.5)
    assert np.isnan(effective_creep(phi_inf=2.5, m_0eqp_knm=0, m_0ed_knm=0))


def test_held_edges():
    # table 12.1 by hand, l_w = 3 m: b = 3 -> 1/(1 + 1/9) and 1/2; b = 6 -> 1/(1 + 1/36) and 1/(1 + 1/4); b = 1.5 -> b / 2 l_w
    beta = [[float(ec2.held_edge_beta(height_mm=3000, length_mm=b, edges=n)) for n in (2, 3, 4)] for b in (3000, 6000, 1500)]
    assert beta == [pytest.approx([1, 0.9, 0.5]), pytest.approx([1, 36 / 37, 0.8]), pytest.approx([1, 1 / (1 + 4 / 9), 0.25])]
    assert np.isnan(ec2.held_edge_beta(height_mm=3000, length_mm=3000, edges=1))


def test_slender_beyond_25():
    assert ec2.is_slender(l0_mm=[2500, 2501, np.nan], thickness_mm=100).tolist()[:2] == [0, 1]
    assert np.isnan(ec2.is_slender(l0_mm=np.nan, thickness_mm=100))


def test_eccentricity_adds_up_and_tension_has_none():
    assert ec2.total_eccentricity_mm(m_ed_knm=-5, n_ed_kn=250, e_0_mm=3, e_i_mm=5.5) == pytest.approx(20 + 8.5)
    assert ec2.total_eccentricity_mm(m_ed_knm=[0, 1, 1], n_ed_kn=[0, 0, -10]).tolist() == [0, np.inf, np.inf]
    assert ec2.axial_utilisation(n_ed_kn=[0, 5, 5, -1], n_rd_kn=[0, 10, 0, 10]).tolist() == [0, 0.5, np.inf, np.inf]


WALL = {"length_mm": 1000.0, "thickness_mm": 180.0, "fcd_plain_mpa": 13 * 0.8 / 1.5}


def utilisation(n, m, *, l0=2210.0, e_i=5.525, **changes):
    wall = WALL | changes
    e = ec2.total_eccentricity_mm(m_ed_knm=m, n_ed_kn=n, e_i_mm=e_i)
    phi = ec2.wall_factor(e_tot_mm=e, l0_mm=l0, thickness_mm=wall["thickness_mm"])
    return ec2.axial_utilisation(n_ed_kn=n, n_rd_kn=ec2.wall_resistance_kn(phi=phi, **wall))


def test_axial_load_helps_a_wall_with_a_moment_and_then_hurts():
    # M = 5 kNm/m: at 50 kN/m e = 105 mm is outside the wall
    n = np.array([50.0, 100, 200, 400, 700, 1000])
    uc = utilisation(n, 5.0)
    assert uc[0] == np.inf
    assert uc[2] < uc[1]
    assert uc[5] > uc[4] > uc[3] > uc[2]
    assert np.all(np.diff(utilisation(n, 0.0)) > 0)


def test_interval_by_hand():
    # no second order, M = 10 kNm, f b = 7 kN/mm with t = 200: N (200 - 2 * 10000 / N) 7 = N^2 ... N^2 - 1400 N + 140000 = 0
    # N = 700 -+ sqrt(490000 - 140000) = 108.39 and 1291.61
    found = ec2.wall_interval_kn(m_ed_knm=10, length_mm=1000, thickness_mm=200, fcd_plain_mpa=7)
    assert (found.lo, found.hi) == (pytest.approx(108.392, abs=1e-3), pytest.approx(1291.608, abs=1e-3))
    # CON-S3 without moment: everything to 1028.9
    found = ec2.wall_interval_kn(m_ed_knm=0, l0_mm=2210, e_i_mm=5.525, **WALL)
    assert (found.lo, found.hi) == (0, pytest.approx(1028.9, rel=2e-3))
    # 1400^2 / 4 = 490000 = 14000 M: at M = 35 one force is left, beyond it none
    assert ec2.wall_interval_kn(m_ed_knm=35.1, length_mm=1000, thickness_mm=200, fcd_plain_mpa=7) == (np.inf, -np.inf)


def test_interval_is_the_inverse_of_the_utilisation():
    m = np.linspace(0, 40, 41)
    found = ec2.wall_interval_kn(m_ed_knm=m, l0_mm=2210, e_i_mm=5.525, **WALL)
    some = np.isfinite(found.lo) & (m > 0)
    assert 10 < some.sum() < 40
    for end in found:
        assert utilisation(end[some], m[some]) == pytest.approx(1.0, rel=1e-9)
    n = np.linspace(1, 1300, 500)[:, None]
    inside = contains(type(found)(found.lo, found.hi), n) == 1.0
    away = np.abs(utilisation(n, m) - 1.0) > 1e-9
    assert np.array_equal(inside[away], (utilisation(n, m) <= 1.0)[away])


def test_interval_knows_what_it_does_not_know():
    found = ec2.wall_interval_kn(m_ed_knm=[1.0, np.nan, 1.0], l0_mm=[2210, 2210, 4501], e_i_mm=5.525, **WALL)
    assert np.isnan(found.lo).tolist() == np.isnan(found.hi).tolist() == [False, True, True]


def test_shear_strength_is_mohr_to_the_limit_and_ends_at_crushing():
    fc, ft = 6.933, 0.62
    limit = fc - 2 * np.sqrt(ft * (ft + fc))
    s = np.linspace(0, limit, 20)
    tau = ec2.shear_strength_mpa(sigma_cp_mpa=s, fcd_plain_mpa=fc, fctd_plain_mpa=ft)
    # Mohr: at (12.5) the principal tension just reaches f_ctd
    assert -s / 2 + np.sqrt(s**2 / 4 + tau**2) == pytest.approx(ft)
    # (12.6) by hand at s = f_cd: f_ctd^2 + f_cd f_ctd - f_ctd (f_ctd + f_cd) = 0
    assert ec2.shear_strength_mpa(sigma_cp_mpa=[fc, fc + 0.1, -0.1], fcd_plain_mpa=fc, fctd_plain_mpa=ft) == pytest.approx(
        [0, 0, 0], abs=1e-7
    )
    rise, fall = ec2.shear_strength_mpa(sigma_cp_mpa=[[0, 1, 2, 3], [4, 5, 6, 6.9]], fcd_plain_mpa=fc, fctd_plain_mpa=ft)
    assert np.all(np.diff(rise) > 0)
    assert np.all(np.diff(fall) < 0)


def test_shear_resistance_by_hand():
    # C20: f_ctm 2.2104, f_ctk 1.5473, f_ctd,pl = 0.8 * 1.5473 / 1.5 = 0.8252; f_cd,pl = 10.667
    ft = ec2.fctd_plain_mpa(20)
    assert ft == pytest.approx(0.8252, abs=1e-4)
    # A = 200 x 3000, N = 600 kN: s = 1.0; limit = 10.667 - 2 sqrt(0.8252 * 11.492) = 4.508; tau = sqrt(0.6810 + 0.8252) = 1.2273
    # V = 1.2273 * 600 / 1.5 = 490.9 kN
    v = ec2.shear_resistance_kn(
        n_ed_kn=600, thickness_mm=200, compressed_length_mm=3000, fcd_plain_mpa=ec2.fcd_plain_mpa(20), fctd_plain_mpa=ft
    )
    assert v == pytest.approx(490.9, rel=1e-3)
    assert ec2.shear_resistance_kn(n_ed_kn=600, thickness_mm=200, compressed_length_mm=0, fcd_plain_mpa=8, fctd_plain_mpa=0.8) == 0
