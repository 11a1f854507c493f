"""Axial force and moment on a section: OpenAEC check-betonkolom, structuralcodes 0.7.2, equilibrium by hand."""

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from optopscan.codes import en1992_section as section
from optopscan.codes.en1992_material import stress_block

FYD = 500 / 1.15
BAR_20 = np.pi * 10**2


@pytest.fixture(scope="module")
def column():
    """CON-S1: 350 x 350, C30, 8 bars of 20 mm at 48 mm from the edge."""
    rows = section.ring_rows(h_mm=350, axis_distance_mm=48, bar_area_mm2=BAR_20, n_along_h=3, n_along_b=3)
    return section.rectangle_curve(b_mm=350, h_mm=350, rows=rows, fcd_mpa=20, fyd_mpa=FYD)


def test_rows():
    rows = section.ring_rows(h_mm=350, axis_distance_mm=48, bar_area_mm2=1, n_along_h=3, n_along_b=3)
    assert rows.depth_mm == pytest.approx([48, 175, 302])
    assert rows.area_mm2 == pytest.approx([3, 2, 3])
    # i_s = 127 sqrt(6 / 8) = 110.0 (hand calculation of check-betonkolom)
    assert section.bar_gyration_mm(rows, h_mm=350) == pytest.approx(109.985, abs=1e-3)
    rows = section.face_rows(h_mm=[200, 300], axis_distance_mm=30, area_mm2=10)
    assert rows.depth_mm.tolist() == [[30, 170], [30, 270]]
    assert rows.area_mm2.tolist() == [[5, 5], [5, 5]]
    rows = section.circle_rows(diameter_mm=500, axis_distance_mm=50, area_mm2=4, n_bars=4, half_turn=True)
    # 200 cos 45 = 141.42
    assert np.sort(rows.depth_mm) == pytest.approx([108.579, 108.579, 391.421, 391.421], abs=1e-3)
    with pytest.raises(ValueError, match="n_along_h=1"):
        section.ring_rows(h_mm=350, axis_distance_mm=48, bar_area_mm2=1, n_along_h=1, n_along_b=3)
    with pytest.raises(ValueError, match="n_bars=3"):
        section.circle_curve(diameter_mm=500, axis_distance_mm=50, area_mm2=4, fcd_mpa=20, fyd_mpa=400, n_bars=3)


def test_con_s1(column):
    # published 200.0 kNm; by hand with x = 197.7: 106.2 + 49.6 + 44.2
    assert section.moment_resistance_knm(column, 1200) == pytest.approx(200.0, rel=0.003)
    n_rd = section.plastic_axial_resistance_kn(area_mm2=350**2, steel_mm2=8 * BAR_20, fcd_mpa=20, fyd_mpa=FYD)
    assert n_rd == pytest.approx(3543, rel=0.003)
    # ends by hand: pure tension 2513.3 * 434.78; pure compression at 0.00175: 2450 + 2513.3 (350 - 20) / 1000
    assert column.n_kn[0] == pytest.approx(-1092.7, abs=0.1)
    assert column.n_kn[-1] == pytest.approx(2450 + 2.51327 * (350 - 20), abs=0.1)


# structuralcodes 0.7.2: ec2_2004, parabola-rectangle, steel without hardening, displaced concrete not taken off
@pytest.mark.parametrize(
    ("b", "h", "fck", "axis", "diameter", "along", "moments"),
    [
        (350, 350, 30, 48, 20, (3, 3), {-200: 121.20, 0: 145.76, 400: 183.90, 800: 200.52, 1200: 201.66, 1800: 171.30, 2200: 144.87}),
        (300, 500, 35, 50.5, 25, (4, 2), {-200: 297.91, 0: 320.61, 400: 360.28, 800: 389.98, 1200: 398.17, 1800: 398.68, 2200: 375.48}),
    ],
)
def test_rectangles_against_structuralcodes(b, h, fck, axis, diameter, along, moments):
    rows = section.ring_rows(h_mm=h, axis_distance_mm=axis, bar_area_mm2=np.pi * diameter**2 / 4, n_along_h=along[0], n_along_b=along[1])
    curve = section.rectangle_curve(b_mm=b, h_mm=h, rows=rows, fcd_mpa=fck / 1.5, fyd_mpa=FYD)
    assert section.moment_resistance_knm(curve, list(moments)) == pytest.approx(list(moments.values()), rel=0.015)


def test_old_wall_against_structuralcodes():
    # 1000 x 200, K225, QR24, 6 bars of 10 at each face: the block gives up to 3 % more than the parabola at high N
    curve = section.rectangle_curve(
        b_mm=1000,
        h_mm=200,
        rows=section.face_rows(h_mm=200, axis_distance_mm=30, area_mm2=12 * np.pi * 25),
        fcd_mpa=13 / 1.5,
        fyd_mpa=240 / 1.15,
    )
    assert section.moment_resistance_knm(curve, [0, 400, 800, 1200]) == pytest.approx([17.17, 44.28, 55.82, 45.88], rel=0.035)
    assert section.moment_resistance_knm(curve, [-200, 1930]).tolist() == [0, 0]


def test_round_section_against_structuralcodes():
    curve = section.circle_curve(diameter_mm=500, axis_distance_mm=48, area_mm2=10 * BAR_20, fcd_mpa=20, fyd_mpa=FYD, n_bars=10)
    theirs = np.array([239.69, 295.27, 331.44, 340.55])
    ours = section.moment_resistance_knm(curve, [0, 500, 1000, 2000])
    # 0.9 eta of 3.1.7(3) makes ours the lower one, most where the concrete carries
    assert np.all(ours < theirs)
    assert ours == pytest.approx(theirs, rel=0.09)
    # pure compression by hand: 0.9 * 20 * pi 250^2 = 3534.3, bars 3141.6 (350 - 18) = 1043.0
    assert curve.n_kn[-1] == pytest.approx(3534.3 + 1043.0, abs=0.2)


def test_plain_rectangle_is_the_block_itself():
    # without bars N = f b 0.8 x, M = N (h - 0.8 x) / 2 = N / 2 (h - N / (f b)): with f b = 2 kN/mm, h 200, N 100: 50 * 150 mm
    curve = section.rectangle_curve(
        b_mm=200, h_mm=200, rows=section.face_rows(h_mm=200, axis_distance_mm=30, area_mm2=0), fcd_mpa=10, fyd_mpa=400
    )
    assert section.moment_resistance_knm(curve, [0, 100, 200, 400]) == pytest.approx([0, 7.5, 10.0, 0], abs=0.01)
    assert curve.n_kn[0] == 0


def test_high_strength_block_takes_over():
    rows = section.face_rows(h_mm=400, axis_distance_mm=50, area_mm2=0)
    curve = section.rectangle_curve(b_mm=300, h_mm=400, rows=rows, fcd_mpa=60, fyd_mpa=FYD, block=stress_block(90))
    # eta 0.8: 0.8 * 60 * 0.12 m2 = 5760 kN, half of it gives the largest moment of a block: 2880 * 0.1
    assert curve.n_kn[-1] == pytest.approx(5760)
    assert curve.m_knm.max() == pytest.approx(288, rel=1e-3)


def test_polygon_is_inscribed_and_close(column, monkeypatch):
    rows = section.ring_rows(h_mm=350, axis_distance_mm=48, bar_area_mm2=BAR_20, n_along_h=3, n_along_b=3)
    monkeypatch.setattr(section, "_NEUTRAL_AXIS", np.geomspace(0.004, 30, 4000))
    fine = section.rectangle_curve(b_mm=350, h_mm=350, rows=rows, fcd_mpa=20, fyd_mpa=FYD)
    n = np.linspace(-1000, 3200, 300)
    coarse, exact = section.moment_resistance_knm(column, n), section.moment_resistance_knm(fine, n)
    # a bar that enters the block dents the curve by less than this
    assert np.all(coarse <= exact + 1e-4 * exact.max())
    assert np.all(exact - coarse <= 0.001 * exact.max())


def test_moment_rises_to_the_balanced_point_and_falls(column):
    n = np.linspace(-1000, 3200, 100)
    m = section.moment_resistance_knm(column, n)
    top = int(np.argmax(m))
    assert np.all(np.diff(m[: top + 1]) > 0)
    assert np.all(np.diff(m[top:]) < 0)
    # concave: so the admissible forces are one interval
    assert np.all(np.diff(m, 2) <= 0.05)


def test_axial_load_helps_a_column_with_a_moment_and_then_hurts(column):
    uc = section.section_utilisation(column, n_ed_kn=[0, 500, 1000, 2000, 3000], m_ed_knm=160)
    assert uc[0] > 1 > uc[1] > uc[2]
    assert uc[4] > uc[3] > 1
    assert section.section_utilisation(column, n_ed_kn=[-2000, 4000], m_ed_knm=0) == pytest.approx([2000 / 1092.7, 4000 / 3279.4], abs=1e-3)
    assert section.section_utilisation(column, n_ed_kn=0, m_ed_knm=0) == 0


def test_interval_is_the_inverse(column):
    m = np.linspace(0, 199, 60)
    found = section.section_interval_kn(column, m_ed_knm=m)
    assert (found.lo[0], found.hi[0]) == (column.n_kn[0], column.n_kn[-1])
    # pure compression ends in a wall: top at yield 434.8, bottom 700 - 434.8 = 265.2: 0.1696 * 942.5 * 0.127 = 20.3 kNm
    upright = m <= 20.3
    assert np.all(found.hi[upright] == column.n_kn[-1])
    assert section.moment_resistance_knm(column, found.lo[1:]) == pytest.approx(m[1:], rel=1e-9)
    assert section.moment_resistance_knm(column, found.hi[~upright]) == pytest.approx(m[~upright], rel=1e-9)
    assert np.all(np.diff(found.lo) >= 0)
    assert np.all(np.diff(found.hi) <= 0)
    assert section.section_interval_kn(column, m_ed_knm=210) == (np.inf, -np.inf)


def test_interval_with_an_eccentricity(column):
    found = section.section_interval_kn(column, m_ed_knm=100, eccentricity_mm=20)
    # 20 mm of compression only: the tension side is that of M = 100
    for end, total in ((found.lo, 100), (found.hi, 100 + 0.02 * found.hi)):
        expected = total if end < 0 else 100 + 0.02 * end
        assert section.moment_resistance_knm(column, end) == pytest.approx(expected, rel=1e-9)


def test_unknown_stays_unknown():
    rows = section.face_rows(h_mm=[300.0, 300.0], axis_distance_mm=40, area_mm2=[1000.0, np.nan])
    curve = section.rectangle_curve(b_mm=300, h_mm=300, rows=rows, fcd_mpa=20, fyd_mpa=FYD)
    for value in (section.moment_resistance_knm(curve, 500), *section.section_interval_kn(curve, m_ed_knm=20)):
        assert np.isnan(value).tolist() == [False, True]
    assert np.isnan(section.section_utilisation(curve, n_ed_kn=[np.nan, 1.0], m_ed_knm=0)).all()
    assert np.isnan(section.section_interval_kn(curve, m_ed_knm=np.nan).lo).all()


def test_curves_broadcast_against_scenarios(column):
    h = np.array([300.0, 350.0, 400.0])[:, None]
    rows = section.face_rows(h_mm=h, axis_distance_mm=48, area_mm2=1500)
    curve = section.rectangle_curve(b_mm=350, h_mm=h, rows=rows, fcd_mpa=20, fyd_mpa=FYD)
    assert curve.n_kn.shape[:-1] == (3, 1)
    n = np.array([100.0, 900.0])
    table = section.moment_resistance_knm(curve, n)
    assert table.shape == (3, 2)
    assert np.all(np.diff(table, axis=0) > 0)
    assert section.section_interval_kn(curve, m_ed_knm=[10.0, 50.0, 90.0, 130.0]).lo.shape == (3, 4)


@settings(max_examples=60, deadline=None, derandomize=True)
@given(
    h=st.floats(150, 800),
    b=st.floats(150, 1000),
    ratio=st.floats(0, 0.04),
    cover=st.floats(0.08, 0.25),
    fcd=st.floats(5, 33),
    fyd=st.floats(180, 435),
    share=st.floats(0.02, 0.98),
    e=st.floats(0, 0.3),
)
@example(h=150.0, b=150.0, ratio=5e-324, cover=0.25, fcd=5.0, fyd=180.0, share=0.5, e=0.0)
def test_never_wider_than_the_check(h, b, ratio, cover, fcd, fyd, share, e):
    rows = section.face_rows(h_mm=h, axis_distance_mm=cover * h, area_mm2=ratio * b * h)
    curve = section.rectangle_curve(b_mm=b, h_mm=h, rows=rows, fcd_mpa=fcd, fyd_mpa=fyd)
    m = share * float(curve.m_knm.max())
    found = section.section_interval_kn(curve, m_ed_knm=m, eccentricity_mm=e * h)
    n = np.linspace(curve.n_kn[0], curve.n_kn[-1], 200)
    uc = section.section_utilisation(curve, n_ed_kn=n, m_ed_knm=m + e * h / 1000 * np.maximum(n, 0))
    inside = (n >= found.lo) & (n <= found.hi)
    assert np.all(uc[inside] <= 1 + 1e-7)
    assert np.all(uc[~inside] >= 1 - 1e-7)
