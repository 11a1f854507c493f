"""Resistances of parts by hand where a slip would let more storeys stand: statics of beams, contacts on walls, shapes in plan."""

from dataclasses import replace

import numpy as np
import pytest
from checks_factory import make_elements, make_materials, make_parts
from shapely.geometry import Point, box
from test_concentrated_load import contact, given
from test_steel_beam import beam as steel_beam
from test_steel_beam import spans
from test_timber import beam as timber_beam

from optopscan.catalog.engineering import load_engineering
from optopscan.checks.bearings import Bearings
from optopscan.checks.defaults import CheckDefaults
from optopscan.checks.resistance import EXTRA, FOOT, part_resistance
from optopscan.checks.resistance.beams import beam_reason, line_limits, most_favourable, reaction_length_m, runs_on, shear_length_m
from optopscan.materials.reinforcement import Bars

VERBOUW = load_engineering().factor_set("nen8700", "verbouw", "CC2")
ONE = np.zeros(1, dtype=np.int64)


def test_a_beam_runs_on_over_more_than_two_supports_or_a_tenth_of_its_span():
    made = spans(4, overhang=[0.0, 0.4, 0.41, 0.0])
    assert runs_on(made, np.arange(4)).tolist() == [False, False, True, False]
    assert runs_on(spans(1, n_support=3), ONE).tolist() == [True]


@pytest.mark.parametrize(
    ("beam", "shear", "end", "inner"),
    [
        ({}, 2.0, 2.0, 4.0),
        ({"n_support": 3}, 2.5, 2.5, 5.0),
        ({"overhang": 1.5}, 3.5, 3.78125, 7.0),
        ({"overhang": 0.05}, 2.05, 2.0503125, 4.1),
        ({"overhang": 0.2, "n_support": 3}, 2.5, 2.5, 5.0),
        ({"overhang": 1.5, "n_support": 3}, 3.5, 3.78125, 7.0),
        ({"overhang": 1.5, "point": True, "node": 0.5}, 4.0, 4.28125, 8.0),
        ({"point": True, "node": 0.5}, 2.5, 2.5, 5.0),
    ],
)
def test_shear_and_reaction_of_an_even_load_over_four_metres(beam, shear, end, inner):
    """q L / 2; 5 q L / 8 where it runs on; L / 2 + c beside an overhang, which levers over its support: (4 + 1.5)^2 / 8 = 3.78125."""
    made = spans(1, **beam)
    assert shear_length_m(made, ONE) == pytest.approx(shear)
    assert reaction_length_m(made, ONE, inner=False) == pytest.approx(end)
    assert reaction_length_m(made, ONE, inner=True) == pytest.approx(inner)


@pytest.mark.parametrize(
    ("beam", "m_c", "bending", "shear"),
    [
        ({}, 20.0, 5.0, 15.0),
        ({"n_support": 3}, 20.0, 5.0, 6.0),
        ({"overhang": 0.4}, 20.0, 5.0, 12.5),
        ({"overhang": 1.9}, 5.0, 2.770083, 3.846154),
        ({"overhang": 1.9, "point": True, "node": 0.5}, 5.0, 2.163332, 3.409091),
        ({"point": True, "node": 0.5}, 20.0, 4.705882, 12.0),
    ],
)
def test_even_load_that_bending_and_shear_allow(beam, m_c, bending, shear):
    """L = 4, M_Rd 10, V_Rd 30, half of it where the beam runs on: 10 / (16 / 8) and 30 / 2.

    c = 1.9: 5 / (1.9^2 / 2) and 15 / 3.9. Loads on the beam, s = 0.5: 10 / (2 + 0.125) and 30 / 2.5; 5 / (2.15^2 / 2) and 15 / 4.4.
    """
    q_m, q_v = line_limits(spans(1, **beam), ONE, np.array([10.0]), np.array([m_c]), np.array([30.0]), spread=0.5)
    assert (float(q_m[0]), float(q_v[0])) == pytest.approx((bending, shear), rel=1e-5)


def test_one_piece_alone():
    """M = N (a b / L - s / 6): 30 / (0.75 - 0.05) kN, twice that where the beam runs on, no limit at a support, none known without M."""
    made = spans(4, lever=[0.75, 0.05, 0.0, 0.75], node=[0.3, 0.3, 0.0, 0.3])
    found = most_favourable(made, np.arange(4), np.array([30.0, 30.0, 30.0, np.nan]))
    assert found[:3] == pytest.approx([30.0 / 0.7, np.inf, np.inf])
    assert np.isnan(found[3])
    for more in ({"n_support": 3}, {"overhang": 0.5}):
        assert most_favourable(spans(1, lever=0.75, node=0.3, **more), ONE, np.array([30.0])) == pytest.approx(60.0 / 0.7)


def test_an_overhang_of_half_the_span_is_checked_and_no_more():
    assert beam_reason(spans(1, overhang=2.0), 0) == ""
    assert "overhang" in beam_reason(spans(1, overhang=2.001), 0)


def test_timber_beam_bears_what_its_overhang_levers_over():
    """C24 75 x 200, bearing 6.923 kN as in the beam by hand; L = 4, c = 1.5: 6.923 / 3.78125 = 1.831 kN/m, less than bending allows."""
    assert timber_beam(overhang=1.5).explain(0)["q_rd_kn_m"] == pytest.approx(1.831, rel=1e-3)
    # on three supports an inner one has both sides: 6.923 / (2 x 0.625 x 4)
    assert timber_beam(n_support=3).explain(0)["q_rd_kn_m"] == pytest.approx(1.3846, rel=1e-3)


def foot(kind="column", **kw):
    return float(part_resistance(**given(kind, **kw)).n_hi_kn[0, FOOT])


def test_wall_below_the_support_of_an_overhang():
    """33.22 kN under the end of the beam (90 x 180 mm, f_d 2.051, no factor): / 3.78125 m with c = 1.5; inside 1.341 x 33.22 / 7.0."""
    assert foot("beam", spans=spans(2, overhang=1.5)) == pytest.approx(8.787, rel=4e-3)
    assert foot("beam", spans=spans(2, overhang=1.5), where={"interior": True}) == pytest.approx(6.37, rel=4e-3)


def test_a_beam_of_unknown_height_may_lie_flat():
    got = steel_beam(deep=np.nan)
    assert not got.known[0]
    assert "upright" in got.reason[0]
    assert np.isnan(got.n_hi_kn).all()


def test_column_on_a_wall_thinner_than_its_long_side():
    """100 x 300 on t = 150: across 100 x 150 counts, along 300 x 100 does not.

    a_1 = 550, beta = min(1.059 x 1.408, 1.25 + 550 / 5600 = 1.3482): 1.3482 x 15 000 x 2.0509 = 41.47 kN.
    """
    asked = given(t=0.15)
    asked["parts"] = make_parts(
        2, kind=("column", "pier"), thickness_m=np.array([0.1, 0.15]), length_m=np.array([0.3, 1.2]), z1_m=np.array([3.2, 2.8])
    )
    assert part_resistance(**asked).n_hi_kn[0, FOOT] == pytest.approx(41.47, rel=2e-3)


def test_column_at_the_end_of_a_wall():
    """a_1 = 0: beta = 1.25, less than 1.5 - 1.1 x 30 780 / (988 x 214) = 1.340: 1.25 x 30 780 x 2.0509 = 78.91 kN."""
    assert foot(where={"end": 0.05}) == pytest.approx(78.91, rel=2e-3)
    assert foot(where={"end": 0.0}) == pytest.approx(78.91, rel=2e-3)


def test_beam_that_ends_on_a_wall_along_it():
    """90 along, 180 across, in the axis: a_1 = 555, beta 1.25 + 555 / 5600 = 1.3491: 1.3491 x 16 200 x 2.0509 = 44.82 kN over 2 m."""
    assert foot("beam", where={"along": True}) == pytest.approx(22.41, rel=2e-3)


def test_column_on_a_concrete_wall_near_its_end():
    """t = 300, 210 to the end: A_c1 = min(540, 600) x min(513, 300) = 162 000; sqrt(30 780 x 162 000) x 6.9333 = 489.6 kN.

    At the very end A_c1 = 180 x 300: sqrt(30 780 x 54 000) x 6.9333 = 282.7 kN.
    """
    assert foot(group="concrete", strength=13.0, t=0.3, where={"end": 0.3}) == pytest.approx(489.6, rel=1e-3)
    assert foot(group="concrete", strength=13.0, t=0.3, where={"end": 0.09}) == pytest.approx(282.7, rel=1e-3)


def joined(*contacts):
    names = ("part", "support", "share", "end_m", "thickness_m", "length_m", "height_m", "along", "interior", "fd_mpa", "fcd_mpa")
    return Bearings(**{name: np.concatenate([getattr(one, name) for one in contacts]) for name in names})


@pytest.mark.parametrize("turned", [False, True])
def test_the_worse_of_two_contacts_counts(turned):
    """84.7 kN per contact (as by hand): 0.6 of the load allows 84.7 / 0.6 = 141.2 kN, 0.4 would allow 211.8."""
    contacts = [contact(share=0.6), contact(share=0.4)]
    got = part_resistance(**given(bearings=joined(*(reversed(contacts) if turned else contacts))))
    assert got.n_hi_kn[0, FOOT] == pytest.approx(141.2, rel=3e-3)


def test_strength_given_for_a_wall_outside_the_run():
    """f_d = 1.0 instead of 2.0509: 84.7 / 2.0509 = 41.3 kN; one that is not known limits nothing here, its wall is unknown itself."""
    outside = replace(contact(support=-1), fd_mpa=np.array([1.0]))
    assert part_resistance(**given(bearings=outside)).n_hi_kn[0, FOOT] == pytest.approx(41.3, rel=3e-3)
    assert not part_resistance(**given(bearings=replace(outside, fd_mpa=np.array([np.nan])))).applies[0, FOOT]


def test_every_piece_of_a_beam_is_limited_and_no_other_beam():
    """16.6 kN/m (as by hand) on pieces of 0.5, 1.0 and 0.5 m; a beam beside it stands on something else."""
    parts = make_parts(
        5,
        kind=("beam", "beam", "beam", "pier", "beam"),
        element=np.array([0, 0, 0, 1, 2]),
        thickness_m=np.array([0.18, 0.18, 0.18, 0.214, 0.18]),
        length_m=np.array([0.5, 1.0, 0.5, 1.2, 1.0]),
        z1_m=np.array([0.171, 0.171, 0.171, 2.8, 0.171]),
    )
    got = part_resistance(
        parts=parts,
        elements=make_elements(3, type_name=("HEA180", "", "HEA180"), section_m=np.array([[0.171, 0.18], [np.nan, np.nan], [0.171, 0.18]])),
        materials=make_materials(3, group=("steel", "calcium-silicate", "steel"), strength=[235.0, 12.0, 235.0]),
        factors=VERBOUW,
        spans=spans(5),
        bearings=contact(part=1, support=3),
    )
    assert got.n_hi_kn[:3, FOOT] == pytest.approx([8.3, 16.6, 8.3], rel=4e-3)
    assert not got.applies[4, FOOT]
    assert got.n_hi_kn[4, EXTRA] > 0.0


@pytest.mark.parametrize(
    ("b", "h", "footprint", "shape"),
    [
        (0.3, 0.4, box(0, 0, 0.4, 0.3 * 1.029), "rectangle"),
        (0.3, 0.4, box(0, 0, 0.4, 0.3 * 0.971), "rectangle"),
        (0.3, 0.4, box(0, 0, 0.4, 0.3 * 1.031), ""),
        (0.3, 0.4, box(0, 0, 0.4, 0.3 * 0.969), ""),
        (0.4, 0.4, box(0, 0, 0.4, 0.4 * (np.pi / 4 + 0.029)), "circle"),
        (0.4, 0.4, box(0, 0, 0.4, 0.4 * (np.pi / 4 - 0.031)), ""),
        (0.389, 0.4, box(0, 0, 0.4, 0.389 * np.pi / 4), "circle"),
        (0.387, 0.4, box(0, 0, 0.4, 0.387 * np.pi / 4), ""),
        (0.4, 0.4, Point(0, 0).buffer(0.2, quad_segs=32), "circle"),
    ],
)
def test_three_per_cent_of_play_in_the_shape_of_a_column(b, h, footprint, shape):
    """A column is a rectangle or a circle of its sides within 3 % of their area; a circle also has its sides within 3 %."""
    parts = make_parts(kind=("column",), thickness_m=np.array([b]), length_m=np.array([h]))
    got = part_resistance(
        parts=parts,
        elements=make_elements(footprint=(footprint,)),
        materials=make_materials(group="concrete", strength=14.0),
        factors=VERBOUW,
        bars=Bars(ratio=0.01, fyk_mpa=400.0, prescribed_mpa=330.0, axis_distance_mm=40.0, source="test"),
    )
    assert got.texts.get("section_shape", ("",)) == (shape,)
    assert bool(got.known[0]) == bool(shape)


def test_a_beam_beside_the_axis_by_just_over_a_quarter_has_no_factor():
    """6.1.3(3), 90 mm at the face: t = 190: (190 - 90) / 2 = 50 > 47.5: 16 200 x 2.0509 over 2 m; t = 180: 45 = 45: 1.3411 times that."""
    assert foot("beam", t=0.19) == pytest.approx(16.612, rel=5e-4)
    assert foot("beam", t=0.18) == pytest.approx(22.278, rel=5e-4)


def test_column_on_a_short_wall():
    """L = 500: a_1 = 160 to either side, A_b / A_ef = 30 780 / 107 000: 1.01714 x 1.18357 x 30 780 x 2.05087 = 75.99 kN."""
    assert foot(length=0.5, where={"end": 0.25}) == pytest.approx(75.994, abs=0.02)


def test_timber_beam_on_masonry_bears_fifty_millimetres():
    """50 x 75 mm at the face of 214 mm, no factor: 3750 x 2.0509 = 7.69 kN over 2 m. Longer where the defaults say so: 100 x 75."""
    asked = given("beam")
    asked["parts"] = make_parts(
        2, kind=("beam", "pier"), thickness_m=np.array([0.075, 0.214]), length_m=np.array([1.0, 1.2]), z1_m=np.array([0.2, 2.8])
    )
    asked["elements"] = make_elements(
        2, section_m=np.array([[0.075, 0.2], [np.nan, np.nan]]), volume_m3=np.array([0.06, np.nan]), length_m=np.array([4.0, np.nan])
    )
    asked["materials"] = make_materials(2, group=("timber", "calcium-silicate"), strength=[21.0, 12.0], grade=("C24", None))
    assert part_resistance(**asked).n_hi_kn[0, FOOT] == pytest.approx(3.845, rel=1e-3)
    assert part_resistance(**asked, defaults=CheckDefaults(timber_bearing_m=0.1)).n_hi_kn[0, FOOT] == pytest.approx(7.69, rel=1e-3)


def test_the_wall_below_may_be_the_first_part():
    """The column by hand (84.7 kN) with the wall before it, and the clause of its own check beside that of the contact."""
    asked = given(bearings=contact(part=1, support=0))
    asked["parts"] = make_parts(
        2, kind=("pier", "column"), thickness_m=np.array([0.214, 0.171]), length_m=np.array([1.2, 0.18]), z1_m=np.array([2.8, 3.2])
    )
    asked["elements"] = make_elements(2, type_name=("", "HEA180"), section_m=np.array([[np.nan, np.nan], [0.171, 0.18]]))
    asked["materials"] = make_materials(2, group=("calcium-silicate", "steel"), strength=[12.0, 235.0])
    got = part_resistance(**asked)
    assert got.n_hi_kn[1, FOOT] == pytest.approx(84.7, rel=3e-3)
    assert got.clauses[1] == ("", "", "NEN-EN 1996-1-1 6.1.3", "NEN-EN 1993-1-1 6.3.1")
