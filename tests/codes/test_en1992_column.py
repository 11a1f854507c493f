"""Columns by nominal curvature: CON-S1 (OpenAEC check-betonkolom, set 1) and hand values per clause."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from optopscan.codes import en1992_column as column
from optopscan.codes import en1992_section as section
from optopscan.codes.interval import admissible_interval

FYD, FCD, AREA = 500 / 1.15, 20.0, 350.0**2
STEEL = 8 * np.pi * 10**2
SQUASH = AREA * FCD / 1000


def curve():
    rows = section.ring_rows(h_mm=350, axis_distance_mm=48, bar_area_mm2=np.pi * 10**2, n_along_h=3, n_along_b=3)
    return section.rectangle_curve(b_mm=350, h_mm=350, rows=rows, fcd_mpa=FCD, fyd_mpa=FYD)


OMEGA = float(column.mechanical_ratio(steel_mm2=STEEL, area_mm2=AREA, fyd_mpa=FYD, fcd_mpa=FCD))


def e_2(n_kn, *, c, l0=3500.0, k_r=None):
    """Second order eccentricity of the column of CON-S1."""
    n = column.relative_axial_force(n_ed_kn=n_kn, area_mm2=AREA, fcd_mpa=FCD)
    k_r = column.curvature_axial_factor(relative_axial_force=n, omega=OMEGA) if k_r is None else k_r
    lam = column.slenderness(l0_mm=l0, gyration_mm=column.gyration_mm(350))
    k_phi = column.curvature_creep_factor(fck_mpa=30, slenderness=lam, phi_ef=1.5)
    curvature = column.nominal_curvature_per_mm(k_r=k_r, k_phi=k_phi, fyd_mpa=FYD, effective_depth_mm=175 + 109.985)
    return column.second_order_eccentricity_mm(curvature_per_mm=curvature, l0_mm=l0, c=c)


def test_con_s1_slenderness():
    lam = column.slenderness(l0_mm=3500, gyration_mm=column.gyration_mm(350))
    n = column.relative_axial_force(n_ed_kn=1200, area_mm2=AREA, fcd_mpa=FCD)
    a, b = column.limit_factor_a(1.5), column.limit_factor_b(OMEGA)
    # N e_i = 10.5 kNm goes into both end moments
    c_y = column.limit_factor_c(m01_knm=20 + 10.5, m02_knm=40 + 10.5)
    c_z = column.limit_factor_c(m01_knm=20.5, m02_knm=20.5)
    assert (OMEGA, lam) == (pytest.approx(0.446, rel=3e-3), pytest.approx(34.64, rel=3e-3))
    assert column.slenderness_limit(n, a=a, b=b, c=c_y) == pytest.approx(33.14, rel=3e-3)
    assert column.slenderness_limit(n, a=a, b=b, c=c_z) == pytest.approx(21.17, rel=3e-3)
    # the same limit read the other way round
    back = column.first_order_limit_kn(slenderness=33.14, squash_kn=SQUASH, a=a, b=b, c=c_y)
    assert back == pytest.approx(1200, rel=3e-3)


def test_con_s1_moments():
    assert column.imperfection_eccentricity_mm(inclination=column.imperfection_inclination(height_m=3.5), l0_mm=3500) == pytest.approx(8.75)
    n = column.relative_axial_force(n_ed_kn=1200, area_mm2=AREA, fcd_mpa=FCD)
    assert column.curvature_axial_factor(relative_axial_force=n, omega=OMEGA) == pytest.approx(0.9142, rel=3e-3)
    assert column.curvature_creep_factor(fck_mpa=30, slenderness=34.64, phi_ef=1.5) == pytest.approx(1.404, rel=3e-3)
    e_y, e_z = e_2(1200, c=9), e_2(1200, c=8)
    assert (e_y, e_z) == (pytest.approx(29.6, rel=3e-3), pytest.approx(33.31, rel=3e-3))
    assert (1.2 * e_y, 1.2 * e_z) == (pytest.approx(35.53, rel=3e-3), pytest.approx(39.97, rel=3e-3))
    e_0 = column.minimum_eccentricity_mm(350)
    m_y = column.design_moment_knm(n_ed_kn=1200, m01_knm=20, m02_knm=40, e_i_mm=8.75, e_2_mm=e_y, e_0_mm=e_0)
    m_z = column.design_moment_knm(n_ed_kn=1200, m01_knm=10, m02_knm=10, e_i_mm=8.75, e_2_mm=e_z, e_0_mm=e_0)
    assert (m_y, m_z) == (pytest.approx(78.03, rel=3e-3), pytest.approx(60.47, rel=3e-3))
    # the imperfection about one axis only (5.8.9(2)): 10 + 39.97
    m_z = column.design_moment_knm(n_ed_kn=1200, m01_knm=10, m02_knm=10, e_i_mm=0, e_2_mm=e_z)
    n_rd = section.plastic_axial_resistance_kn(area_mm2=AREA, steel_mm2=STEEL, fcd_mpa=FCD, fyd_mpa=FYD)
    exponent = column.biaxial_exponent(1200 / n_rd)
    m_rd = section.moment_resistance_knm(curve(), 1200)
    assert exponent == pytest.approx(1.199, rel=3e-3)
    assert column.biaxial_check_needed(slenderness_y=34.64, slenderness_z=34.64, m_y_knm=m_y, m_z_knm=m_z, h_mm=350, b_mm=350) == 1
    uc = column.biaxial_utilisation(m_y_knm=m_y, m_rd_y_knm=m_rd, m_z_knm=m_z, m_rd_z_knm=m_rd, exponent=exponent)
    assert uc == pytest.approx(0.513, rel=3e-3)


def test_imperfection_by_hand():
    # alpha_h: 2 / sqrt(3.5) = 1.069 -> 1; 2 / sqrt(6.25) = 0.8; 2 / sqrt(16) = 0.5 -> 2/3; alpha_m for 4 members sqrt(0.625)
    theta = column.imperfection_inclination(height_m=[3.5, 6.25, 16.0])
    assert 200 * theta == pytest.approx([1, 0.8, 2 / 3])
    assert 200 * column.imperfection_inclination(height_m=6.25, members=4) == pytest.approx(0.8 * 0.625**0.5)


def test_slenderness_limit_by_hand():
    # 5.13N with the values for unknown A, B, C: 20 * 0.539 / sqrt(0.49) = 15.4
    assert column.slenderness_limit(0.49) == pytest.approx(15.4)
    assert column.slenderness_limit([0, -0.1]).tolist() == [np.inf, np.inf]
    assert np.isnan([column.slenderness_limit(np.nan), column.slenderness_limit(0.0, a=np.nan)]).all()
    assert column.limit_factor_a(2.0) == pytest.approx(1 / 1.4)
    assert column.limit_factor_b(0.4) == pytest.approx(1.8**0.5)
    # C: single curvature 1.7 - 0.5, double curvature 1.7 + 0.5, the order and sign of the pair do not matter
    assert [
        float(column.limit_factor_c(m01_knm=a, m02_knm=b)) for a, b in ((20, 40), (-20, 40), (40, -20), (-20, -40), (0, 0))
    ] == pytest.approx([1.2, 2.2, 2.2, 1.2, 0.7])
    assert column.limit_factor_c(m01_knm=20, m02_knm=40, braced=False) == 0.7


def test_curvature_factors_at_their_ends():
    # n_u = 1.4: 1 to n = 0.4, (1.4 - 0.9) / 1.0, 0 from 1.4
    assert column.curvature_axial_factor(relative_axial_force=[0, 0.4, 0.9, 1.4, 2], omega=0.4) == pytest.approx([1, 1, 0.5, 0, 0])
    # beta = 0.35 + 0.1 - 120 / 150 < 0: K_phi stays 1; lambda 30: beta 0.25
    assert column.curvature_creep_factor(fck_mpa=20, slenderness=[120, 30], phi_ef=2) == pytest.approx([1, 1.5])
    assert column.gyration_mm([400, 400], circular=[True, False]) == pytest.approx([100, 115.47], abs=0.01)
    assert column.minimum_eccentricity_mm([350, 900]).tolist() == [20, 30]


def test_moments_by_hand():
    assert column.equivalent_moment_knm(m01_knm=[20, -40, 40], m02_knm=[40, 40, -20]) == pytest.approx([32, 16, 16])

    def m(**changes):
        return float(column.design_moment_knm(**{"n_ed_kn": 1000, "m01_knm": -40, "m02_knm": 50, "e_i_mm": 5, "e_2_mm": 30, **changes}))

    # double curvature: M_02 = 55; M_0e = max(0.6 * 55 - 0.4 * 35, 0.4 * 55) = 22 + M_2 30 = 52; M_01 + 15 = -20
    assert m() == pytest.approx(55)
    assert m(e_2_mm=40) == pytest.approx(62)
    assert m(braced=False) == pytest.approx(85)
    assert m(e_0_mm=70) == pytest.approx(70)
    assert m(n_ed_kn=-1000) == pytest.approx(50)
    # equal ends: M_02 + M_2
    assert m(m01_knm=50) == pytest.approx(85)
    # 0.5 M_2 counts at the other end: M_01 = 54.. 49 + 5 + 15 = 69 < M_0e 0.6 * 55 + 0.4 * 54 + 30 = 84.6
    assert m(m01_knm=49) == pytest.approx(84.6)


@pytest.mark.parametrize(
    ("ly", "lz", "my", "mz", "needed"),
    [(30, 30, 100, 19, 0), (30, 30, 100, 21, 1), (61, 30, 100, 19, 1), (30, 30, 19, 100, 0), (30, 30, 0, 0, 0), (np.nan, 30, 1, 1, np.nan)],
)
def test_when_both_axes_go_together(ly, lz, my, mz, needed):
    found = column.biaxial_check_needed(slenderness_y=ly, slenderness_z=lz, m_y_knm=my, m_z_knm=mz, h_mm=300, b_mm=300)
    assert found == pytest.approx(needed, nan_ok=True)


def test_biaxial_by_hand():
    assert column.biaxial_exponent([0, 0.1, 0.4, 0.7, 0.85, 1.2]) == pytest.approx([1, 1, 1.25, 1.5, 1.75, 2])
    assert column.biaxial_exponent(0.2, circular=True) == 2
    # 0.6^2 + 0.8^2
    assert column.biaxial_utilisation(m_y_knm=60, m_rd_y_knm=100, m_z_knm=-40, m_rd_z_knm=50, exponent=2) == pytest.approx(1)
    assert column.biaxial_utilisation(m_y_knm=1, m_rd_y_knm=0, m_z_knm=0, m_rd_z_knm=0, exponent=1) == np.inf


def check(n, *, m01, m02, l0=3500.0, c=10.0, e_i=8.75, e_0=20.0, braced=True, limit=0.0):
    """The ordinary check at N, with K_r at N and second order left out up to a force."""
    second = np.where(n > limit, e_2(n, c=c, l0=l0), 0.0)
    m = column.design_moment_knm(n_ed_kn=n, m01_knm=m01, m02_knm=m02, e_i_mm=e_i, e_2_mm=second, e_0_mm=e_0, braced=braced)
    return section.section_utilisation(curve(), n_ed_kn=n, m_ed_knm=m)


def inverse(*, m01, m02, l0=3500.0, c=10.0, e_i=8.75, e_0=20.0, braced=True, limit=0.0, **more):
    return column.column_interval_kn(
        curve(),
        m01_knm=m01,
        m02_knm=m02,
        e_i_mm=e_i,
        e_2_mm=e_2(0.0, c=c, l0=l0, k_r=1.0),
        squash_kn=SQUASH,
        omega=OMEGA,
        e_0_mm=e_0,
        n_first_order_kn=limit,
        braced=braced,
        **more,
    )


@pytest.mark.parametrize("braced", [True, False])
@pytest.mark.parametrize("l0", [2500.0, 5000.0])
def test_interval_against_a_scan_of_the_check(braced, l0):
    m02 = np.array([10.0, 60.0, 110.0])
    found = inverse(m01=0.5 * m02, m02=m02, l0=l0, braced=braced)
    scan = admissible_interval(
        lambda n: check(n, m01=0.5 * m02, m02=m02, l0=l0, braced=braced), lower_kn=-1200.0, upper_kn=3400 + 0 * m02, n_grid=400
    )
    assert found.lo == pytest.approx(scan.lo, abs=1e-6)
    # six rounds of K_r come from below to within 0.2 %
    assert np.all(found.hi <= scan.hi + 1e-6)
    assert found.hi == pytest.approx(scan.hi, rel=2e-3)
    single = inverse(m01=0.5 * m02, m02=m02, l0=l0, braced=braced, rounds=0)
    assert np.all(single.hi < found.hi)
    assert single.lo == pytest.approx(found.lo)


def test_axial_load_helps_and_then_hurts():
    found = inverse(m01=120.0, m02=150.0)
    assert 0 < found.lo < found.hi < 2000
    uc = check(np.array([0.0, found.lo, 800.0, found.hi, 2200.0]), m01=120.0, m02=150.0)
    assert uc[0] > 1 > uc[2]
    assert uc[1] == pytest.approx(1, rel=1e-6)
    assert uc[4] > 1


@pytest.mark.parametrize(
    ("limit", "m", "goes_on"),
    [(700.0, 60.0, True), (3200.0, 60.0, False), (100.0, 150.0, True), (700.0, 190.0, False)],
)
def test_stocky_below_the_slenderness_limit(limit, m, goes_on):
    found = inverse(m01=m, m02=m, l0=5000.0, limit=limit)
    n = np.linspace(found.lo + 1e-6, found.hi - 1e-6, 300)
    assert np.all(check(n, m01=m, m02=m, l0=5000.0, limit=limit) <= 1 + 1e-9)
    assert bool(found.hi > limit) == goes_on
    always = inverse(m01=m, m02=m, l0=5000.0)
    assert found.lo <= always.lo


def test_a_gap_above_the_slenderness_limit_stays_out():
    # just above the limit second order asks for more axial load than there is: the part below the limit stands alone
    stocky = inverse(m01=150.0, m02=150.0, l0=8000.0, limit=1e9)
    slender = inverse(m01=150.0, m02=150.0, l0=8000.0, c=30.0)
    assert stocky.lo < slender.lo < slender.hi
    limit = float(0.5 * (stocky.lo + slender.lo))
    found = inverse(m01=150.0, m02=150.0, l0=8000.0, c=30.0, limit=limit)
    assert (found.lo, found.hi) == (pytest.approx(stocky.lo), limit)


def test_unknown_and_empty():
    assert np.isnan(inverse(m01=np.nan, m02=10.0)).all()
    assert np.isnan(inverse(m01=5.0, m02=10.0, limit=np.nan)).all()
    assert inverse(m01=250.0, m02=250.0) == (np.inf, -np.inf)


@settings(max_examples=40, deadline=None, derandomize=True)
@given(
    m=st.just(0.0) | st.floats(0.001, 190),
    ratio=st.floats(-1, 1),
    l0=st.floats(1500, 9000),
    e_i=st.floats(0, 25),
    limit=st.floats(0, 3000),
    braced=st.booleans(),
)
def test_never_wider_than_the_check(m, ratio, l0, e_i, limit, braced):
    args = {"m01": ratio * m, "m02": m, "l0": l0, "e_i": e_i, "braced": braced, "limit": limit}
    found = inverse(**args)
    if np.isfinite(found.lo):
        n = np.linspace(found.lo, found.hi, 60)
        assert np.all(check(n, **args) <= 1 + 1e-7)


def test_biaxial_interval_by_scan():
    m_y, m_z = 60.0, 40.0

    def uc(n):
        m_rd = section.moment_resistance_knm(curve(), n)
        exponent = column.biaxial_exponent(n / 3543)
        return column.biaxial_utilisation(m_y_knm=m_y, m_rd_y_knm=m_rd, m_z_knm=m_z, m_rd_z_knm=m_rd, exponent=exponent)

    both = admissible_interval(uc, lower_kn=-1090.0, upper_kn=3270.0)
    alone = section.section_interval_kn(curve(), m_ed_knm=m_y)
    assert alone.lo < both.lo < both.hi < alone.hi
    assert uc(both.lo) == pytest.approx(1, abs=1e-6)
    assert uc(both.hi) == pytest.approx(1, abs=1e-6)
