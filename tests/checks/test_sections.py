"""Sections: published tables of EN 10365 (areas, second moments) and EN 10219-2; names as real files write them."""

import math

import pytest

from optopscan.checks.sections import agrees, parse_section, rectangular_tube, rolled, round_tube

# A cm2, Iy cm4, Iz cm4 from the published section tables
PUBLISHED = {
    "IPE100": (10.32, 171.0, 15.92),
    "IPE120": (13.21, 317.8, 27.67),
    "IPE140": (16.43, 541.2, 44.92),
    "IPE160": (20.09, 869.3, 68.31),
    "IPE180": (23.95, 1317, 100.9),
    "IPE200": (28.48, 1943, 142.4),
    "IPE220": (33.37, 2772, 204.9),
    "IPE240": (39.12, 3892, 283.6),
    "IPE270": (45.95, 5790, 419.9),
    "IPE300": (53.81, 8356, 603.8),
    "HEA100": (21.24, 349.2, 133.8),
    "HEA120": (25.34, 606.2, 230.9),
    "HEA140": (31.42, 1033, 389.3),
    "HEA160": (38.77, 1673, 615.6),
    "HEA180": (45.25, 2510, 924.6),
    "HEA200": (53.83, 3692, 1336),
    "HEA220": (64.34, 5410, 1955),
    "HEA240": (76.84, 7763, 2769),
    "HEA260": (86.82, 10450, 3668),
    "HEA280": (97.26, 13670, 4763),
    "HEA300": (112.53, 18260, 6310),
    "HEB100": (26.04, 449.5, 167.3),
    "HEB120": (34.01, 864.4, 317.5),
    "HEB140": (42.96, 1509, 549.7),
    "HEB160": (54.25, 2492, 889.2),
    "HEB180": (65.25, 3831, 1363),
    "HEB200": (78.08, 5696, 2003),
    "HEB220": (91.04, 8091, 2843),
    "HEB240": (105.99, 11260, 3923),
    "HEB260": (118.44, 14920, 5135),
    "HEB280": (131.36, 19270, 6595),
    "HEB300": (149.08, 25170, 8563),
}


# A, Iy, Iz of HEM200, HEA450 and IPE600 (EN 10365); of INP200 and UNP200 (DIN 1025-1, DIN 1026-1) to the digits of their tables
MORE = {"HEM200": (131.3, 10640, 3651), "HEA450": (178.0, 63720, 9465), "IPE600": (156.0, 92080, 3387)}
TAPERED = {"INP200": (33.4, 2140, 117), "UNP200": (32.2, 1910, 148)}


@pytest.mark.parametrize("name", [*MORE, *TAPERED])
def test_sections_of_the_catalogue(name):
    s = rolled(name)
    published = MORE.get(name) or TAPERED[name]
    assert (s.area_mm2 / 1e2, s.i_y_mm4 / 1e4, s.i_z_mm4 / 1e4) == pytest.approx(published, rel=1e-3 if name in MORE else 8e-3)


@pytest.mark.parametrize("name", PUBLISHED)
def test_rolled_sections(name):
    s = rolled(name)
    assert s.series == name[:3]
    assert (s.area_mm2 / 1e2, s.i_y_mm4 / 1e4, s.i_z_mm4 / 1e4) == pytest.approx(PUBLISHED[name], rel=6e-4)
    assert (s.curve_y, s.curve_z) == (("a", "b") if name.startswith("IPE") else ("b", "c"))


@pytest.mark.parametrize(
    ("size", "area_cm2", "i_y_cm4", "i_z_cm4"),
    [((80, 80, 4), 11.7, 111, 111), ((100, 100, 5), 18.4, 271, 271), ((120, 80, 6), 21.6, 406, 215), ((200, 100, 8), 43.2, 2091, 705)],
)
def test_cold_formed_tubes(size, area_cm2, i_y_cm4, i_z_cm4):
    s = rectangular_tube(*size)
    assert s.area_mm2 / 1e2 == pytest.approx(area_cm2, abs=0.06)
    assert (s.i_y_mm4 / 1e4, s.i_z_mm4 / 1e4) == pytest.approx((i_y_cm4, i_z_cm4), abs=0.6)


def test_round_tube():
    # CHS 114.3 x 5 of EN 10219-2: A 17.2 cm2, I 257 cm4
    s = round_tube(114.3, 5.0)
    assert s.area_mm2 / 1e2 == pytest.approx(17.2, abs=0.05)
    assert s.i_y_mm4 / 1e4 == pytest.approx(257, abs=0.5)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("HEA180", "HEA180"),
        ("HE 180 A", "HEA180"),
        ("he180b", "HEB180"),
        ("HEB 220:123", "HEB220"),
        ("kolom-IPE200-2", "IPE200"),
        ("K80/80/4", "tube 80x80x4"),
        ("K152,4/12,5", "round tube 152.4x12.5"),
        ("Koker 120x80x6", "tube 120x80x6"),
        ("NZ-SHS beam:100x6.0SHS:863814", "tube 100x100x6"),
        ("HE 450 A", "HEA450"),
        ("HEM 200", "HEM200"),
        ("INP-180", "INP180"),
        ("unp200", "UNP200"),
    ],
)
def test_names_of_real_models(text, name):
    assert parse_section(text).name == name


@pytest.mark.parametrize(
    "text",
    ["", "Kolom staal", "HEA1800", "HEA110", "HEM110", "UNP210", "SHEA180", "K80/80/4/2", "12/80/4", "K4/80/80", "K80/80", "BREEDTE 300"],
)
def test_what_is_not_a_known_section_stays_unknown(text):
    assert parse_section(text) is None


def test_outline_must_agree_with_the_name():
    section = rolled("HEA180")  # 171 x 180 mm
    assert agrees(section, 180.0, 171.0)
    assert agrees(section, math.nan, 171.0)
    assert not agrees(section, 220.0, 210.0)
    assert not agrees(section, 171.0, 90.0)


def test_class_four_is_seen():
    # web of IPE 300: (300 - 2*10.7 - 2*15) / 7.1 = 35.0; limit 42 for S235, 42 * 0.814 = 34.2 for S355
    assert not rolled("IPE300").is_class4(235)
    assert rolled("IPE300").is_class4(355)
    # round 200 x 2: d/t 100 over 90 for S235
    assert round_tube(200, 2).is_class4(235)
    assert not round_tube(152.4, 12.5).is_class4(355)
