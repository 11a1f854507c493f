"""Reinforced columns: a recalculation by the book at the admissible force, direction of each fact, and ways to stay unknown."""

import math

import numpy as np
import pytest
from checks_factory import make_elements, make_materials, make_parts
from shapely.geometry import Point, box

from optopscan.catalog.engineering import load_engineering
from optopscan.checks.defaults import CheckDefaults
from optopscan.checks.resistance import EXTRA, part_resistance
from optopscan.materials.reinforcement import Bars, lower_bars, upper_bars

ENGINEERING = load_engineering()
VERBOUW = ENGINEERING.factor_set("nen8700", "verbouw", "CC2")
BARS = Bars(ratio=0.01, fyk_mpa=400.0, prescribed_mpa=330.0, axis_distance_mm=40.0, source="test")


def column(b=0.35, h=0.35, height=3.5, *, fck=14.0, default=np.nan, bars=BARS, one_side=False, footprint=None, **kw):
    parts = make_parts(kind=("column",), thickness_m=np.array([b]), length_m=np.array([h]), z1_m=np.array([height]), **kw.pop("parts", {}))
    return part_resistance(
        parts=parts,
        elements=make_elements(footprint=(footprint or box(0, 0, b, h),)),
        materials=make_materials(group="concrete", strength=fck, default=default),
        factors=VERBOUW,
        bars=bars,
        one_side=np.array([one_side]),
        **kw,
    )


def limit(**kw):
    return float(column(**kw).n_hi_kn[0, EXTRA])


def moment_resistance(n, b, h, x):
    """M_Rd [kNm] of a rectangle with two rows at N [kN]: bisection of the neutral axis, typed from 3.1.7 and 6.1."""
    fcd, fyd, steel, edge = x["fcd_mpa"], x["fyd_mpa"], x["As_mm2"] / 2, x["bar_distance_mm"]

    def state(c):
        block = min(0.8 * c, h)
        force, moment = fcd * b * block, fcd * b * block * (h - block) / 2
        for y in (edge, h - edge):
            strain = 0.0035 * (c - y) / c if c <= h else 0.00175 * (c - y) / (c - h / 2)
            sigma = max(-fyd, min(fyd, 200_000 * strain))
            sigma -= fcd * max(0.0, min(1.0, (c - y) / (0.2 * c)))  # the concrete that the bars displace
            force, moment = force + steel * sigma, moment + steel * sigma * (h / 2 - y)
        return force / 1e3, moment / 1e6

    low, high = 1.0, 50 * h
    for _ in range(200):
        c = (low + high) / 2
        low, high = (low, c) if state(c)[0] > n else (c, high)
    return state(low)[1]


def recomputed_uc(x, n):
    """Unity check at N by 5.8.3, 5.8.8 and 5.8.9, from the explained inputs alone."""
    area = x["b_mm"] * x["h_section_mm"]
    omega = x["As_mm2"] * x["fyd_mpa"] / (area * x["fcd_mpa"])
    relative = n * 1e3 / (area * x["fcd_mpa"])
    lam_lim = 20 * 0.7 * math.sqrt(1 + 2 * omega) * 0.7 / math.sqrt(relative)
    k_r = min(1.0, (1 + omega - relative) / (1 + omega - 0.4))
    full, plain, m_rd, depth, lams = [], [], [], [], []
    for own, other, axis in ((x["h_section_mm"], x["b_mm"], "y"), (x["b_mm"], x["h_section_mm"], "z")):
        lam = x["l0_mm"] / (own / math.sqrt(12))
        d = own / 2 + (own / 2 - x["bar_distance_mm"])
        k_phi = max(1.0, 1 + (0.35 + x["fck_mpa"] / 200 - lam / 150) * x["phi_ef"])
        e_2 = k_r * k_phi * x["fyd_mpa"] / 200_000 / (0.45 * d) * x["l0_mm"] ** 2 / 8 if lam > lam_lim else 0.0
        e = x[f"e_load_{axis}_mm"]
        full.append(n * max(e + x["l0_mm"] / 400 + e_2, max(own / 30, 20)) / 1e3)
        plain.append(n * (e + e_2) / 1e3)
        m_rd.append(moment_resistance(n, other, own, x))
        depth.append(own)
        lams.append(lam)
    n_rd = (area * x["fcd_mpa"] + x["As_mm2"] * x["fyd_mpa"]) / 1e3
    a = float(np.interp(n / n_rd, [0.1, 0.7, 1.0], [1.0, 1.5, 2.0]))
    worst = 0.0
    for m_y, m_z in ((full[0], plain[1]), (plain[0], full[1])):
        e_y, e_z = m_y / depth[0], m_z / depth[1]
        alone = min(e_y, e_z) <= 0.2 * max(e_y, e_z) and 0.5 <= lams[0] / lams[1] <= 2.0
        both = 0.0 if alone else (m_y / m_rd[0]) ** a + (m_z / m_rd[1]) ** a
        worst = max(worst, m_y / m_rd[0], m_z / m_rd[1], both)
    return worst


@pytest.mark.parametrize(
    ("b", "h", "height", "one_side"),
    [(0.35, 0.35, 3.5, False), (0.3, 0.5, 2.8, True), (0.25, 0.25, 4.2, False), (0.2, 0.6, 3.0, True), (0.4, 0.4, 2.6, False)],
)
def test_by_the_book_at_the_admissible_force(b, h, height, one_side):
    got = column(b, h, height, one_side=one_side)
    x = got.explain(0)
    n = got.n_hi_kn[0, EXTRA]
    assert recomputed_uc(x, n) == pytest.approx(1.0, abs=4e-3)
    assert recomputed_uc(x, 0.97 * n) < 1.0
    assert x["clause"] == "NEN-EN 1992-1-1 5.8.8, 5.8.9"
    assert x["fyd_mpa"] == pytest.approx(330.0)
    assert x["As_mm2"] == pytest.approx(0.01 * b * h * 1e6)


def test_a_stocky_column_in_one_number():
    # 400 x 400, h 1.0 m, fcd 14/1.5 = 9.333; no second order. e_load 400/20 = 20, e_i 2.5: e 22.5 about one axis, 20 about the other.
    # N 1400: relative 0.9375. Two rows of 800 mm2 at 40 mm, c = 460: block 368 -> 1373.9 kN and 21.98 kNm ...
    got = column(0.4, 0.4, 1.0)
    assert recomputed_uc(got.explain(0), float(got.n_hi_kn[0, EXTRA])) == pytest.approx(1.0, abs=2e-3)
    squash = (400 * 400 * 14 / 1.5 + 1600 * 330) / 1e3
    assert 0.7 * squash < got.n_hi_kn[0, EXTRA] < squash


def test_each_fact_moves_the_limit_the_right_way():
    base = limit()
    assert limit(fck=20.0) > base
    assert limit(height=4.5) < base
    assert limit(b=0.4) > base
    assert limit(one_side=True) < base
    assert limit(bars=Bars(ratio=0.015, fyk_mpa=400.0, prescribed_mpa=330.0, axis_distance_mm=40.0, source="")) > base
    assert limit(bars=Bars(ratio=0.01, fyk_mpa=400.0, prescribed_mpa=330.0, axis_distance_mm=60.0, source="")) < base
    assert limit(defaults=CheckDefaults(concrete_length_factor=0.7)) > base
    assert limit(defaults=CheckDefaults(creep_effective=0.0)) > base
    assert limit(eccentricity_m=np.array([[0.02, 0.0]])) < base
    assert limit(eccentricity_m=np.array([[0.0, 0.02]])) == pytest.approx(limit(eccentricity_m=np.array([[0.02, 0.0]])))


def test_a_round_column_takes_less_than_its_square():
    circle = column(footprint=Point(0, 0).buffer(0.175, quad_segs=64))
    assert circle.texts["section_shape"] == ("circle",)
    assert 0.6 * limit() < circle.n_hi_kn[0, EXTRA] < 0.85 * limit()
    assert circle.explain(0)["As_mm2"] == pytest.approx(0.01 * math.pi / 4 * 350**2, rel=1e-6)


@pytest.mark.parametrize(
    ("kw", "why"),
    [
        ({"bars": None}, "reinforcement of the column unknown"),
        ({"bars": Bars(ratio=0.01, fyk_mpa=math.nan, prescribed_mpa=math.nan, axis_distance_mm=40.0, source="")}, "reinforcement"),
        ({"fck": np.nan}, "concrete strength unknown"),
        ({"footprint": box(0, 0, 0.35, 0.2)}, "neither a rectangle nor a circle"),
        ({"height": 0.0}, "height unknown"),
        ({"parts": {"length_m": np.array([np.nan])}}, ""),
        ({"eccentricity_m": np.array([[np.nan, 0.0]])}, "eccentricity"),
    ],
)
def test_what_is_not_known_stays_unknown(kw, why):
    if "parts" in kw:
        length = kw.pop("parts")["length_m"]
        kw["h"] = float(length[0])
        kw["footprint"] = box(0, 0, 0.35, 0.35)
        why = "length unknown"
    got = column(**kw)
    assert not got.known[0]
    assert why in got.reason[0]
    assert np.isnan(got.n_hi_kn[0]).all()


def test_default_strength_and_assumed_bars_are_named():
    got = column(fck=np.nan, default=10.0)
    assert got.texts["strength_source"] == ("default fck",)
    assert got.texts["bars"] == ("assumed: 1.0% of the section",)


ERA, GRADES, ROW = ENGINEERING.era_defaults, ENGINEERING.grades, ENGINEERING.reinforcement["column"]


@pytest.mark.parametrize(
    ("year", "low", "prescribed", "high"),
    # ranges by period as typed from the table of the years: QR22/QR24, QR24 (QR40 from 1962), QR40/QR48, FeB500
    [
        (1950, 220.0, None, 240.0),
        (1958, 240.0, None, 400.0),
        (1972, 400.0, 330.0, 500.0),
        (1995, 500.0, None, 500.0),
        (None, 220.0, None, 500.0),
    ],
)
def test_bars_of_the_period(year, low, prescribed, high):
    least, most = lower_bars(ROW, ERA, GRADES, year), upper_bars(ROW, ERA, year)
    assert (least.ratio, most.ratio) == (0.008, 0.015)
    assert (least.fyk_mpa, most.fyk_mpa) == (low, high)
    assert least.prescribed_mpa == prescribed if prescribed else math.isnan(least.prescribed_mpa)
    assert least.axis_distance_mm > most.axis_distance_mm
    assert limit(bars=least) < limit(bars=most)
    assert ROW.confidence == "uncertain"


def test_many_columns_equal_one_by_one():
    sides = [(0.25, 0.25), (0.3, 0.45), (0.35, 0.35)]
    one = [limit(b=b, h=h) for b, h in sides]
    got = part_resistance(
        parts=make_parts(
            3,
            kind=("column",) * 3,
            thickness_m=np.array([s[0] for s in sides]),
            length_m=np.array([s[1] for s in sides]),
            z1_m=np.full(3, 3.5),
        ),
        elements=make_elements(3, footprint=tuple(box(0, 0, b, h) for b, h in sides)),
        materials=make_materials(3, group="concrete", strength=14.0),
        factors=VERBOUW,
        bars=BARS,
        one_side=np.zeros(3, bool),
    )
    np.testing.assert_allclose(got.n_hi_kn[:, EXTRA], one, rtol=1e-12)
