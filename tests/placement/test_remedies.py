"""What would let more stand: shortages, lightest storey and gains by hand; never a promise."""

from __future__ import annotations

import dataclasses
import math

import shapely

from .factory import concept, cross_walls, quantity, site
from .test_place import BAYS, BOX, DIRECT, roofs_of, run
from .test_solve import types

FOUR = [0, 5.4, 10.8, 16.2, 21.6]
LONG = shapely.box(0, 0, 21.6, 10)
FRAME = concept(
    id="frame",
    support_system="facade-frame",
    columns="outside",
    frame_span_max_m=12.0,
    column_distance_m=5.4,
    column_clearance_m=1.2,
    transfer_span_max_m=5.4,
    unit_types=types(1),
)
TABLE = dataclasses.replace(FRAME, id="table", support_system="table", columns="through")
LIGHT = dataclasses.replace(DIRECT, id="light", g_floor_kn_m2=quantity(0.5))


def remedies_of(test_site, product, **kwargs):
    return run(test_site, product, **kwargs)[0].remedies


def of_kind(remedies, kind):
    return [remedy for remedy in remedies if remedy.kind == kind]


def weak(room):
    return site(cross_walls(FOUR, 10, n_hi_kn_m={2: room}), LONG)


def test_strengthen_for_the_next_dwelling_and_for_a_full_roof():
    """Wall 2 with room 64.9 kN/m (weak wall test): one module side asks 65.0155, two ask 83.281 kN/m.

    Five lowest parts of 2 m lack 2 x 0.1155 = 0.231 kN for one dwelling more, 2 x 18.381 = 36.76 kN for the two of a full roof. The
    parts above have one floor and one wall less: 25 + 5 + ... under 64.9 with one side; with two sides
    6.10b is 1.15 (10 + 5) + 1.30 x 0 + 2 x (9.315 + 8.9505) = 53.78: no shortage.
    """
    one, full = of_kind(remedies_of(weak(64.9), DIRECT), "strengthen")
    assert [(lack.part, round(lack.kn, 2)) for lack in one.parts] == [(f"w2.{row}.0", 0.23) for row in range(10, 15)]
    assert [(lack.part, round(lack.kn, 2)) for lack in full.parts] == [(f"w2.{row}.0", 36.76) for row in range(10, 15)]
    assert (one.gain, full.gain) == (1, 2)
    assert one.text_nl.startswith("zou passen als w2.10.0 0,2 kN meer draagt")


def test_strengthening_by_the_shortage_is_enough_and_by_less_is_not():
    for room, dwellings in ((64.9 + 36.77 / 2, 4), (64.9 + 36.70 / 2, 3)):
        assert run(weak(room), DIRECT)[0].dwellings == dwellings


def test_lightest_storey_is_exact():
    """One side of 5.4 m / 2 = 2.7 m asks 46.75 + 1.15 x 2.7 (g + 1.0) + 1.30 x 6.885 kN/m (g: floor; roof and layer 1.0).

    On room 64.9: g = (64.9 - 46.75 - 8.9505) / 3.105 - 1 = 1.9628, told rounded down. The full roof (two sides) would need
    (18.15 - 17.901) / 6.21 - 1 < 0, so the next dwelling is told.
    """
    (found,) = of_kind(remedies_of(weak(64.9), DIRECT), "lighter-concept")
    assert (found.gain, "1,96 kN/m2" in found.text_nl) == (1, True)
    for load, dwellings in ((1.962, 3), (1.964, 2)):
        assert run(weak(64.9), dataclasses.replace(DIRECT, g_floor_kn_m2=quantity(load)))[0].dwellings == dwellings


def test_lightest_storey_for_a_full_roof_and_who_is_that_light():
    """Two sides on room 80: g = (80 - 46.75 - 17.901) / 6.21 - 1 = 1.4717; a product of 0.5 with the same roof and layer is lighter."""
    (found,) = of_kind(remedies_of(weak(80.0), DIRECT, catalogue=(DIRECT, LIGHT, FRAME)), "lighter-concept")
    assert ("1,47 kN/m2" in found.text_nl, "light" in found.text_nl, "frame" in found.text_nl) == (True, True, False)
    assert run(weak(80.0), dataclasses.replace(DIRECT, g_floor_kn_m2=quantity(1.47)))[0].dwellings == 4
    assert run(weak(80.0), dataclasses.replace(DIRECT, g_floor_kn_m2=quantity(1.48)))[0].dwellings == 3
    heavy = dataclasses.replace(LIGHT, g_roof_kn_m2=quantity(1.5))
    (found,) = of_kind(remedies_of(weak(80.0), DIRECT, catalogue=(heavy,)), "lighter-concept")
    assert "geen product in de catalogus is zo licht" in found.text_nl


def test_a_heavier_roof_is_weighed_too():
    """0.5 + 1.4 + 0.5 = 2.4 is less than 1.47 + 0.5 + 0.5 = 2.47; 0.5 + 1.5 + 0.5 = 2.5 is more."""
    for roof, named in ((1.4, True), (1.5, False)):
        other = dataclasses.replace(LIGHT, g_roof_kn_m2=quantity(roof))
        (found,) = of_kind(remedies_of(weak(80.0), DIRECT, catalogue=(other,)), "lighter-concept")
        assert ("light" in found.text_nl) == named


def test_fewer_storeys_where_the_product_stops():
    """Asked two of a product of one storey: 16.2 m takes two dwellings in one storey."""
    (found,) = of_kind(remedies_of(site(cross_walls(BAYS, 10), BOX), concept(max_storeys=1), storeys=2), "fewer-storeys")
    assert (found.gain, "1 laag" in found.text_nl) == (2, True)


def test_fewer_storeys_where_no_wall_takes_two():
    """Every wall has room 84 kN/m. Two sides: one storey asks 83.28; two storeys 1.15 (35 + 27) + 1.30 (2 + 2 x 13.77) = 109.7.

    One side of two storeys asks 76.28: fits. Two storeys: bays 0 and 2 or 1 and 3 stand double (4 dwellings); full at one storey 4.
    """
    variant, _ = run(site(cross_walls(FOUR, 10, n_hi_kn_m=dict.fromkeys(range(5), 84.0)), LONG), DIRECT, storeys=2)
    assert (variant.dwellings, of_kind(variant.remedies, "fewer-storeys")) == (4, [])


def test_longer_transfer_span_counts_what_it_would_bring():
    """Bays of 6.5 m, 13 / 3.6 = 3.6: one dwelling of two modules, three of one."""
    test_site = site(cross_walls((0, 6.5, 13), 10), shapely.box(0, 0, 13, 10))
    for size, gain in ((2, 1), (1, 3)):
        (found,) = of_kind(remedies_of(test_site, concept(unit_types=types(size))), "longer-transfer-span")
        assert (found.gain, "6,50 m overspant (nu 6,00 m)" in found.text_nl) == (gain, True)


def test_deeper_transfer_layer():
    (found,) = of_kind(remedies_of(site(cross_walls(BAYS, 10), BOX), concept(transfer_span_to_depth_max=13.0)), "deeper-transfer")
    assert (found.gain, "0,42 m hoog is (nu 0,40 m)" in found.text_nl) == (2, True)


def test_longer_overhang():
    product = dataclasses.replace(DIRECT, length_lo_m=9.8, length_hi_m=10.0)
    (found,) = of_kind(remedies_of(site(cross_walls(BAYS, 9.5), BOX), product), "longer-overhang")
    assert (found.gain, "0,50 m uitkraagt" in found.text_nl) == (3, True)


def test_other_lines():
    (found,) = of_kind(remedies_of(site(cross_walls((0, 5.8), 10), shapely.box(0, 0, 5.8, 10)), DIRECT), "other-lines")
    assert (found.gain, "draaglijn" in found.text_nl) == (None, True)


def test_other_size_names_a_product_that_fits():
    """Roof of 5.0 m deep: 6.0 m is too wide; a product of 4.5 m wide on walls 4.5 m apart fits: 13.5 / 4.5 = 3."""
    test_site = site(cross_walls((0, 4.5, 9, 13.5), 5), shapely.box(0, 0, 13.5, 5))
    own = concept(width_m=6.0, width_options_m=(), unit_types=types(1))
    small = dataclasses.replace(DIRECT, id="small", width_m=4.5, length_m=5.0, length_lo_m=5.0)
    (found,) = of_kind(remedies_of(test_site, own, catalogue=(own, small)), "other-size")
    assert (found.gain, "in de catalogus: small" in found.text_nl) == (3, True)
    (found,) = of_kind(remedies_of(test_site, own, catalogue=(own,)), "other-size")
    assert (found.gain, "geen product in de catalogus past" in found.text_nl) == (None, True)


def test_investigate_the_unknown_parts():
    """Wall 1 unknown: one dwelling is proven, three stand if its ten parts carry."""
    test_site = site(cross_walls(BAYS, 10, n_hi_kn_m={1: math.nan}), BOX)
    found = remedies_of(test_site, DIRECT, mode="proven")
    (investigate,) = of_kind(found, "investigate")
    assert (investigate.gain, len(investigate.parts)) == (2, 10)
    assert all(lack.part.startswith("w1.") and math.isnan(lack.kn) for lack in investigate.parts)
    assert of_kind(found, "strengthen") == []


def test_parts_that_fail_already_have_no_number():
    (found,) = of_kind(remedies_of(site(cross_walls(BAYS, 10, over={1: True}), BOX), DIRECT), "strengthen")
    assert (found.gain, len(found.parts), {math.isnan(lack.kn) for lack in found.parts}) == (2, 10, {True})
    assert of_kind(remedies_of(site(cross_walls(BAYS, 10, over={1: True}), BOX), DIRECT), "lighter-concept") == []


def test_frames_and_tables_of_the_catalogue():
    """Wall 1 fails: one dwelling of 5.4 m. On frames 16.2 / 3.6 = 4 dwellings of one module: 3 more; a roof that is full asks for none."""
    test_site = site(cross_walls(BAYS, 10, over={1: True}), BOX)
    found = remedies_of(test_site, DIRECT, catalogue=(DIRECT, FRAME, TABLE))
    assert [(remedy.kind, remedy.gain) for remedy in found if remedy.kind in ("facade-frame", "table")] == [
        ("facade-frame", 3),
        ("table", 3),
    ]
    assert of_kind(remedies_of(test_site, DIRECT, catalogue=(DIRECT,)), "facade-frame") == []
    short = dataclasses.replace(FRAME, frame_span_max_m=11.0)
    assert of_kind(remedies_of(test_site, DIRECT, catalogue=(short,)), "facade-frame") == []


def test_nothing_is_promised():
    sites = [
        (weak(64.9), DIRECT, {}),
        (site(cross_walls(BAYS, 10, over={1: True}), BOX), DIRECT, {}),
        (site(cross_walls((0, 6.5, 13), 10), shapely.box(0, 0, 13, 10)), concept(), {}),
        (site(cross_walls(BAYS, 10), BOX), concept(max_storeys=1), {"storeys": 2}),
        (site(cross_walls(BAYS, 10, n_hi_kn_m={1: math.nan}), BOX), DIRECT, {}),
    ]
    told = [
        remedy for test_site, product, more in sites for remedy in remedies_of(test_site, product, catalogue=(FRAME, TABLE, LIGHT), **more)
    ]
    assert len(told) > 8
    for remedy in told:
        assert remedy.text_nl.startswith("zou passen")
        assert remedy.text_nl.endswith("constructeur toetst")
        assert remedy.text_en.endswith("a structural engineer decides")


def test_same_input_same_remedies():
    one, other = (run(weak(64.9), DIRECT, catalogue=(FRAME, LIGHT))[0] for _ in range(2))
    assert repr(one) == repr(other)


def test_upper_storey_that_steps_back_keeps_its_count():
    """A weak last wall and a set-back upper storey: the layout is found again among the candidates and the next stack is one more."""
    test_site = site(cross_walls(FOUR, 10, n_hi_kn_m={4: 64.9}), LONG)
    roofs = roofs_of(test_site, 1) + roofs_of(test_site, 1, setback_m=1.0)
    variant, _ = run(test_site, DIRECT, storeys=2, roofs=roofs)
    (full,) = [remedy for remedy in of_kind(variant.remedies, "strengthen") if "vol dak" in remedy.text_nl]
    assert full.gain == 6 - variant.dwellings
