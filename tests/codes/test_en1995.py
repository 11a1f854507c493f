"""Timber: Porteous & Kermani 5.7.1 (TIM-S1), the check scripts of Open-Calculations-Studio (TIM-S2 and sheets)."""

import numpy as np
import pytest

from optopscan.catalog.engineering import load_engineering
from optopscan.codes import en1995 as ec5

DATA = load_engineering()
FACTORS = {(row.product, row.service_class): row for row in DATA.timber_factors}


def test_tim_s1_column_of_porteous_and_kermani():
    c18, factor = DATA.timber_classes["C18"], FACTORS["solid", 2]
    n_d = 1.35 * 30 + 1.5 * 50
    lam = ec5.slenderness(length_mm=3750, depth_mm=[200, 150])
    rel = ec5.relative_slenderness(lam, fc0k_mpa=c18.fc0k_mpa, e005_mpa=c18.e005_mpa)
    k_c = ec5.buckling_factor(rel, beta_c=factor.beta_c)
    fd = ec5.design_strength_mpa(c18.fc0k_mpa, k_mod=factor.kmod_medium, gamma_m=factor.gamma_m)
    assert n_d == 115.5
    assert lam == pytest.approx([64.95, 86.6], rel=0.005)
    assert (float(rel[1]), float(fd)) == pytest.approx((1.51, 11.08), rel=0.005)
    assert float(ec5.buckling_auxiliary(rel[1])) == pytest.approx(1.761, rel=0.005)
    assert float(k_c[1]) == pytest.approx(0.375, rel=0.005)
    assert n_d * 1000 / 30000 == pytest.approx(3.85, rel=0.005)
    assert n_d / float(ec5.column_resistance_kn(k_c=k_c[1], area_mm2=30000, fc0d_mpa=fd)) == pytest.approx(0.927, rel=0.005)


def test_tim_s2_stud_with_and_without_wind():
    c24, factor = DATA.timber_classes["C24"], FACTORS["solid", 1]
    lam = ec5.slenderness(length_mm=3200, depth_mm=[175, 75])
    rel = ec5.relative_slenderness(lam, fc0k_mpa=c24.fc0k_mpa, e005_mpa=c24.e005_mpa)
    k_c = ec5.buckling_factor(rel)
    fc, fm = (ec5.design_strength_mpa(f, k_mod=factor.kmod_permanent, gamma_m=factor.gamma_m) for f in (c24.fc0k_mpa, c24.fmk_mpa))
    assert (float(fc), float(fm)) == pytest.approx((9.7, 11.08), rel=0.006)
    assert lam == pytest.approx([63.34, 147.8], rel=0.006)
    assert rel == pytest.approx([1.074, 2.506], rel=0.006)
    assert k_c == pytest.approx([0.63, 0.147], rel=0.006, abs=0.006)
    moment = 1.5 * 3.2**2 / 8
    assert moment == pytest.approx(1.92)
    column = {"area_mm2": 75 * 175, "fc0d_mpa": fc, "k_cy": k_c[0], "k_cz": k_c[1]}
    assert [float(x) for x in ec5.stability_utilisation(n_ed_kn=10, **column)] == pytest.approx([0.12, 0.53], rel=0.006, abs=0.006)
    bending = ec5.bending_ratio(m_ed_knm=moment, width_mm=75, depth_mm=175, fmd_mpa=fm)
    both = [float(x) for x in ec5.stability_utilisation(n_ed_kn=10, bending_y=bending, **column)]
    assert both == pytest.approx([0.58, 0.85], rel=0.006, abs=0.006)


# check-eurocode5: 100 x 100, class, length, k_c, k_mod 0.8, N 80 kN, utilisation
@pytest.mark.parametrize(
    ("grade", "length", "k_c", "use"),
    [("C18", 3000, 0.2705, 2.67), ("C24", 1000, 0.922, 0.671), ("GL24h", 3000, 0.340, 1.53), ("C24", 400, 1.0, 0.619)],
)
def test_columns_of_the_sheets(grade, length, k_c, use):
    timber = DATA.timber_classes[grade]
    factor = FACTORS[timber.product, 1]
    rel = ec5.relative_slenderness(ec5.slenderness(length_mm=length, depth_mm=100), fc0k_mpa=timber.fc0k_mpa, e005_mpa=timber.e005_mpa)
    got = ec5.buckling_factor(rel, beta_c=factor.beta_c)
    assert float(got) == pytest.approx(k_c, rel=2e-3)
    fd = ec5.design_strength_mpa(timber.fc0k_mpa, k_mod=factor.kmod_medium, gamma_m=factor.gamma_m)
    assert 80 / float(ec5.column_resistance_kn(k_c=got, area_mm2=1e4, fc0d_mpa=fd)) == pytest.approx(use, rel=3e-3)


def test_axial_limit_is_the_inverse():
    column = {"area_mm2": 13125.0, "fc0d_mpa": 9.69, "k_cy": 0.63, "k_cz": 0.147}
    n = float(ec5.axial_limit_kn(**column, bending_y=0.452))
    assert max(float(x) for x in ec5.stability_utilisation(n_ed_kn=n, bending_y=0.452, **column)) == pytest.approx(1.0, abs=1e-12)
    # without moment k_c A f: 0.147 x 127.18; with M = N e: 1 / (1 / 18.70 + 0.7 x 0.01)
    assert float(ec5.axial_limit_kn(**column)) == pytest.approx(18.70, abs=0.01)
    assert float(ec5.axial_limit_kn(**column, per_kn_y=0.01)) == pytest.approx(16.53, abs=0.01)
    assert float(ec5.axial_limit_kn(**column, bending_y=1.5)) == 0.0
    assert np.isnan(ec5.axial_limit_kn(**column, bending_y=np.nan))
    for uc in ec5.stability_utilisation(n_ed_kn=np.linspace(0, 50, 50), bending_y=0.4, bending_z=0.2, **column):
        assert np.all(np.diff(uc) > 0)
    # the linear form is never below the squared one of a section that cannot buckle
    stocky = {"n_ed_kn": np.linspace(0, 127, 40), "area_mm2": 13125.0, "fc0d_mpa": 9.69, "bending_y": 0.3, "bending_z": 0.1}
    assert np.all(np.maximum(*ec5.stability_utilisation(k_cy=1.0, k_cz=1.0, **stocky)) >= ec5.section_utilisation(**stocky) - 1e-12)
    # (6.19): (50 / 127.18)^2 + 0.3 + 0.07
    assert float(ec5.section_utilisation(**{**stocky, "n_ed_kn": 50.0})) == pytest.approx(0.5246, abs=1e-4)


def test_joists():
    # M 5.625 kNm on 70 x 200: 12.05; C24 service class 3 permanent 9.23: 1.306; GL24h medium 15.36: 0.785
    c24, gl24 = DATA.timber_classes["C24"], DATA.timber_classes["GL24h"]
    third = ec5.design_strength_mpa(c24.fmk_mpa, k_mod=FACTORS["solid", 3].kmod_permanent, gamma_m=1.3)
    glued = ec5.design_strength_mpa(gl24.fmk_mpa, k_mod=FACTORS["glulam", 1].kmod_medium, gamma_m=FACTORS["glulam", 1].gamma_m)
    assert (float(third), float(glued)) == pytest.approx((9.23, 15.36), abs=5e-3)
    got = ec5.bending_ratio(m_ed_knm=5.625, width_mm=70, depth_mm=200, fmd_mpa=np.array([third, glued]))
    assert got == pytest.approx([1.306, 0.785], abs=1e-3)
    # V 7.5 kN: C24 medium 2.462, 0.326 with the Dutch k_cr 1.0 and 0.487 with 0.67
    fv = ec5.design_strength_mpa(c24.fvk_mpa, k_mod=0.8, gamma_m=1.3)
    assert float(fv) == pytest.approx(2.462, abs=1e-3)
    got = [float(ec5.shear_ratio(v_ed_kn=7.5, width_mm=70, depth_mm=200, fvd_mpa=fv, k_cr=k)) for k in (ec5.K_CR_DUTCH, ec5.K_CR)]
    assert got == pytest.approx([0.326, 0.487], abs=1e-3)
    # lateral torsional: l_ef 4000, 28.67 N/mm2, lambda 0.792, k_crit 0.966 (C18)
    crit = ec5.critical_bending_stress_mpa(width_mm=70, depth_mm=200, effective_length_mm=4000, e005_mpa=6000)
    assert float(crit) == pytest.approx(28.67, abs=0.01)
    assert float(ec5.tilting_factor(np.sqrt(18 / crit))) == pytest.approx(0.966, abs=1e-3)
    # 1.56 - 0.75 x 1.4 = 0.51 and 1 / 1.4^2 = 0.51
    assert ec5.tilting_factor([0.75, 1.4, 2.0]) == pytest.approx([1.0, 0.51, 0.25])


# check-eurocode5, 15 kN: class, contact, beyond the contact (left, right), continuous, glued, l_ef, k_c,90, use
@pytest.mark.parametrize(
    ("grade", "contact", "sides", "continuous", "l_ef", "k_c90", "use"),
    [
        ("GL32h", 100, (0, 1000), False, 130, 1.75, 0.589),
        ("C24", 100, (1000, 1000), True, 160, 1.25, 0.696),
        ("GL24h", 450, (0, 1000), False, 480, 1.0, 0.279),
        ("C24", 20, (0, 1000), False, 40, 1.5, None),
    ],
)
def test_sole_plate_and_bearing(grade, contact, sides, continuous, l_ef, k_c90, use):
    timber = DATA.timber_classes[grade]
    factor = FACTORS[timber.product, 1]
    length = ec5.bearing_length_mm(contact_mm=contact, left_mm=sides[0], right_mm=sides[1])
    k = ec5.bearing_factor(continuous=continuous, glued=timber.product == "glulam", clear_distance_mm=600, depth_mm=100, contact_mm=contact)
    assert (float(length), float(k)) == (l_ef, k_c90)
    fd = ec5.design_strength_mpa(timber.fc90k_mpa, k_mod=factor.kmod_medium, gamma_m=factor.gamma_m)
    n = float(ec5.bearing_resistance_kn(width_mm=70, effective_length_mm=length, k_c90=k, fc90d_mpa=fd))
    assert use is None or 15 / n == pytest.approx(use, rel=2e-3)


def test_bearing_gains_nothing_close_to_the_next_load():
    kw = {"continuous": True, "glued": False, "depth_mm": 100}
    assert ec5.bearing_factor(clear_distance_mm=[199, 200], **kw) == pytest.approx([1.0, 1.25])
    assert np.isnan(ec5.bearing_factor(clear_distance_mm=np.nan, **kw))
    assert float(ec5.bearing_length_mm(contact_mm=100, left_mm=-5, right_mm=10)) == 110


def test_depth_factor():
    # (150 / 75)^0.2 = 1.149, at most 1.3; (600 / 300)^0.1 = 1.072, at most 1.1
    assert ec5.depth_factor([75, 20, 150, 400]) == pytest.approx([1.1487, 1.3, 1.0, 1.0], abs=1e-4)
    assert ec5.depth_factor([300, 100, 700], glued=True) == pytest.approx([1.0718, 1.1, 1.0], abs=1e-4)


def test_buckling_factor_over_its_range():
    rel = np.linspace(0, 4, 400)
    for beta in (ec5.BETA_C_SOLID, ec5.BETA_C_GLUED):
        k_c = ec5.buckling_factor(rel, beta_c=beta)
        assert np.all(np.diff(k_c) <= 0)
        assert np.all(k_c <= 1 / np.maximum(rel, 1) ** 2)
        assert np.all(k_c[rel <= 0.3] == 1.0)


def test_class_data():
    grades = {row.grade: row.strength_mpa for row in DATA.grades if row.group == "timber"}
    # the two files say the same about every class that both have
    assert {name: DATA.timber_classes[name].fc0k_mpa for name in grades} == grades
    for row in DATA.timber_classes.values():
        assert row.e005_mpa < row.e0_mean_mpa
        assert row.fc90k_mpa < row.fc0k_mpa
        assert row.density_k_kg_m3 < row.density_mean_kg_m3
    # EN 338: E_0,05 is 0.67 of the mean for softwood (rounded)
    solid = [row for row in DATA.timber_classes.values() if row.product == "solid"]
    assert len(solid) == 10
    assert all(row.e005_mpa / row.e0_mean_mpa == pytest.approx(0.67, abs=0.006) for row in solid)
    assert (DATA.timber_classes["GL32h"].e0_mean_mpa, DATA.timber_classes["GL32h"].fc90k_mpa) == (14200, 2.5)
    # k_mod: service class 1 and 2 0.6 / 0.7 / 0.8 / 0.9 / 1.1, class 3 0.5 / 0.55 / 0.65 / 0.7 / 0.9
    for (_, service), row in FACTORS.items():
        values = (row.kmod_permanent, row.kmod_long, row.kmod_medium, row.kmod_short, row.kmod_instantaneous)
        assert values == ((0.5, 0.55, 0.65, 0.7, 0.9) if service == 3 else (0.6, 0.7, 0.8, 0.9, 1.1))
    assert {p: FACTORS[p, 1].gamma_m for p in ("solid", "glulam", "clt", "lvl")} == {"solid": 1.3, "glulam": 1.25, "clt": 1.25, "lvl": 1.2}
    assert ("clt", 3) not in FACTORS
