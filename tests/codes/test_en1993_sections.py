"""Section properties by formula against the printed tables of the mills, sizes from the data file."""

import math

import numpy as np
import pytest

from optopscan.catalog.engineering import load_engineering
from optopscan.checks.sections import rectangular_tube as single_tube
from optopscan.checks.sections import rolled, round_tube
from optopscan.codes import en1993_sections as sec

PROFILES = load_engineering().steel_profiles
SIZES = ("height_mm", "width_mm", "web_mm", "flange_mm", "root_mm")


def build(names):
    """The sections of these names as one batch."""
    rows = [PROFILES[name] for name in names]
    sizes = {size: np.array([getattr(row, size) for row in rows]) for size in SIZES}
    if rows[0].series in ("INP", "UNP"):
        toe = np.array([row.toe_mm for row in rows])
        return (sec.tapered_i_section if rows[0].series == "INP" else sec.tapered_channel)(**sizes, toe_mm=toe)
    return sec.i_section(**sizes)


# cm2, cm4, cm3, cm3, cm4, cm3, cm3, cm4, 1000 cm6, cm2: A I_y W_el,y W_pl,y I_z W_el,z W_pl,z I_t I_w A_vz
PARALLEL = {
    "IPE200": (28.48, 1943, 194.3, 220.6, 142.4, 28.47, 44.61, 6.98, 12.99, 14.00),
    "IPE300": (53.81, 8356, 557.1, 628.4, 603.8, 80.50, 125.2, 20.12, 125.9, 25.68),
    "IPE500": (115.5, 48200, 1928, 2194, 2142, 214.2, 335.9, 89.29, 1249, 59.87),
    "IPE600": (156.0, 92080, 3069, 3512, 3387, 307.9, 485.6, 165.4, 2846, 83.78),
    "HEA180": (45.25, 2510, 293.6, 324.9, 924.6, 102.7, 156.5, 14.80, 60.21, 14.47),
    "HEA300": (112.5, 18260, 1260, 1383, 6310, 420.6, 641.2, 85.17, 1200, 37.28),
    "HEA1000": (346.8, 553800, 11190, 12820, 14000, 933.6, 1470, 822.4, 32070, 184.6),
    "HEB200": (78.08, 5696, 569.6, 642.5, 2003, 200.3, 305.8, 59.28, 171.1, 24.83),
    "HEM300": (303.1, 59200, 3482, 4078, 19400, 1252, 1913, 1408, 4386, 90.53),
}


def test_parallel_flanges_against_the_tables():
    got = build(tuple(PARALLEL))
    names = (
        "area_mm2",
        "i_y_mm4",
        "w_el_y_mm3",
        "w_pl_y_mm3",
        "i_z_mm4",
        "w_el_z_mm3",
        "w_pl_z_mm3",
        "i_t_mm4",
        "i_w_mm6",
        "shear_area_z_mm2",
    )
    scale = (1e2, 1e4, 1e3, 1e3, 1e4, 1e3, 1e3, 1e4, 1e9, 1e2)
    for column, (name, unit) in enumerate(zip(names, scale, strict=True)):
        expected = np.array([row[column] for row in PARALLEL.values()])
        np.testing.assert_allclose(getattr(got, name) / unit, expected, rtol=1.5e-3, err_msg=name)


# size: A [cm2], I_y [cm4], W_el,y, W_pl,y [cm3], I_z [cm4], W_el,z [cm3], I_t [cm4]
INP = """80 7.58 77.8 19.5 22.8 6.29 3 .87;100 10.6 171 34.2 39.8 12.2 4.88 1.6;120 14.2 328 54.7 63.6 21.5 7.41 2.71;
140 18.3 573 81.9 95.4 35.2 10.7 4.32;160 22.8 935 117 136 54.7 14.8 6.57;180 27.9 1450 161 187 81.3 19.8 9.58;
200 33.4 2140 214 250 117 26 13.5;220 39.5 3060 278 324 162 33.1 18.6;240 46.1 4250 354 412 221 41.7 25;
260 53.3 5740 442 514 288 51 33.5;280 61 7590 542 632 364 61.2 44.2;300 69 9800 653 762 451 72.2 56.8;
320 77.7 12510 782 914 555 84.7 72.5;340 86.7 15700 923 1080 674 98.4 90.4;360 97 19610 1090 1276 818 114 115;
380 107 24010 1260 1482 975 131 141;400 118 29210 1460 1714 1160 149 170;450 147 45850 2040 2400 1730 203 267;
500 179 68740 2750 3240 2480 268 402;550 212 99180 3610 4240 3490 349 544;600 254 138800 4627 5452 4674 435 787"""
UNP = """80 11.02 106 26.6 32.3 19.4 6.38 2.2;100 13.5 206 41.2 49 29.3 8.49 2.81;120 17 364 60.7 72.6 43.2 11.1 4.15;
140 20.4 605 86.4 103 62.7 14.8 5.68;160 24 925 116 138 85.3 18.3 7.39;180 28 1350 150 179 114 22.4 9.55;
200 32.2 1910 191 228 148 27 11.9;220 37.4 2690 245 292 197 33.6 16;240 42.3 3600 300 358 248 39.6 19.7;
260 48.3 4820 371 442 317 47.7 25.5;280 53.3 6280 448 532 399 57.2 31;300 58.8 8030 535 632 495 67.8 37.4;
320 75.8 10870 679 826 597 80.6 66.7;350 77.3 12840 734 918 570 75 61.2;380 80.4 15760 829 1014 615 78.7 59.1;
400 91.5 20350 1020 1240 846 102 81.6"""


@pytest.mark.parametrize(("series", "table"), [("INP", INP), ("UNP", UNP)])
def test_sloping_flanges_against_the_tables(series, table):
    rows = np.array([[float(x) for x in line.split()] for line in table.split(";")])
    got = build([f"{series}{int(size)}" for size in rows[:, 0]])
    names = ("area_mm2", "i_y_mm4", "w_el_y_mm3", "w_pl_y_mm3", "i_z_mm4", "w_el_z_mm3")
    for column, (name, unit) in enumerate(zip(names, (1e2, 1e4, 1e3, 1e3, 1e4, 1e3), strict=True), start=1):
        # the tables print three figures and some older roundings
        np.testing.assert_allclose(getattr(got, name) / unit, rows[:, column], rtol=0.021, err_msg=name)
        assert abs(np.median(getattr(got, name) / unit / rows[:, column]) - 1) < 0.005
    # torsion leaves the radii out: never above the table, at most 22 % below
    share = got.i_t_mm4 / 1e4 / rows[:, 7]
    assert share.min() > 0.78
    assert share.max() < 1.0


def test_warping_of_sloping_flanges():
    # INP 200: table 10.5 (1000 cm6); the simple form stays below. A single channel has none: unknown
    assert float(build(["INP200"]).i_w_mm6[0]) / 1e9 == pytest.approx(10.5, rel=0.03)
    assert float(build(["INP200"]).i_w_mm6[0]) / 1e9 < 10.5
    assert np.isnan(build(["UNP200"]).i_w_mm6).all()


def test_tubes():
    # CHS 168.3 x 10 (EN 10210-2): A 49.7, I 1564, W_el 186, W_pl 251, I_t 3128
    tube = sec.round_tube(diameter_mm=168.3, wall_mm=10.0)
    got = (tube.area_mm2 / 1e2, tube.i_y_mm4 / 1e4, tube.w_el_y_mm3 / 1e3, tube.w_pl_y_mm3 / 1e3, tube.i_t_mm4 / 1e4)
    assert [float(x) for x in got] == pytest.approx([49.7, 1564, 186, 251, 3128], rel=1e-3)
    # SHS 100 x 5 cold formed (EN 10219-2, corner 2 t): A 18.4, I 271, W_el 54.2, W_pl 64.6, I_t 441
    tube = sec.rectangular_tube(height_mm=100, width_mm=100, wall_mm=5, outer_radius_mm=sec.cold_formed_radius_mm(5))
    got = (tube.area_mm2 / 1e2, tube.i_y_mm4 / 1e4, tube.w_el_y_mm3 / 1e3, tube.w_pl_y_mm3 / 1e3, tube.i_t_mm4 / 1e4)
    assert [float(x) for x in got] == pytest.approx([18.4, 271, 54.2, 64.6, 441], rel=3e-3)
    # sharp corners: bh - (b - 2t)(h - 2t), and b h^2 / 4 differences
    sharp = sec.rectangular_tube(height_mm=100, width_mm=60, wall_mm=5, outer_radius_mm=0.0)
    assert float(sharp.area_mm2) == pytest.approx(6000 - 4500)
    assert float(sharp.w_pl_y_mm3) == pytest.approx(60 * 1e4 / 4 - 50 * 8100 / 4)
    assert sec.cold_formed_radius_mm([6, 6.1, 10, 12.5]) == pytest.approx([12, 15.25, 25, 37.5])


def test_same_values_as_the_named_sections_of_the_checks():
    for name in ("IPE200", "HEA180", "HEB300"):
        other, got = rolled(name), build([name])
        assert (float(got.area_mm2[0]), float(got.i_y_mm4[0]), float(got.i_z_mm4[0])) == pytest.approx(
            (other.area_mm2, other.i_y_mm4, other.i_z_mm4), rel=1e-12
        )
    tube = sec.rectangular_tube(height_mm=200, width_mm=100, wall_mm=8, outer_radius_mm=sec.cold_formed_radius_mm(8))
    other = single_tube(200, 100, 8)
    assert (float(tube.area_mm2), float(tube.i_z_mm4)) == pytest.approx((other.area_mm2, other.i_z_mm4), rel=1e-12)
    assert float(sec.round_tube(diameter_mm=114.3, wall_mm=5).i_y_mm4) == pytest.approx(round_tube(114.3, 5).i_y_mm4, rel=1e-12)


def test_every_profile_of_the_data_is_a_section():
    series = {row.series for row in PROFILES.values()}
    assert series == {"IPE", "HEA", "HEB", "HEM", "INP", "UNP"}
    counts = {s: sum(row.series == s for row in PROFILES.values()) for s in series}
    assert counts == {"IPE": 18, "HEA": 24, "HEB": 24, "HEM": 24, "INP": 21, "UNP": 16}
    for s in sorted(series):
        names = [name for name, row in PROFILES.items() if row.series == s]
        got = build(names)
        for field in ("area_mm2", "i_y_mm4", "w_pl_y_mm3", "i_t_mm4"):
            values = getattr(got, field)
            assert np.all(np.isfinite(values) & (values > 0))
        # a section of the same series with a larger name is never smaller
        assert np.all(np.diff(got.i_y_mm4) > 0), s
        assert all(math.isnan(PROFILES[name].toe_mm) == (s not in ("INP", "UNP")) for name in names)
    # W_pl lies between W_el and 1.35 W_el for bending about the strong axis
    whole = build([name for name, row in PROFILES.items() if row.series == "HEM"])
    assert np.all((whole.w_pl_y_mm3 > whole.w_el_y_mm3) & (whole.w_pl_y_mm3 < 1.35 * whole.w_el_y_mm3))
