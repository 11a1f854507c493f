"""The first constraint that stops a product, with its margin by hand, one kind at a time."""

from __future__ import annotations

import dataclasses
import math

import pytest
import shapely

from optopscan.placement.programme import Walkway
from optopscan.placement.recheck import Product
from optopscan.placement.why.room import longest_m
from optopscan.placement.why.words import decimals_of
from optopscan.settings import Settings

from .factory import Wall, concept, cross_walls, quantity, site
from .test_place import BAYS, BOX, DIRECT, below_of, roofs_of, run
from .test_solve import types

FOUR = [0, 5.4, 10.8, 16.2, 21.6]
LONG = shapely.box(0, 0, 21.6, 10)


def first(test_site, product, **kwargs):
    variant, _ = run(test_site, product, **kwargs)
    assert variant.why_not, variant.why
    return variant.why_not[0]


def told(reason):
    return reason.constraint, pytest.approx(reason.value, abs=1e-6), pytest.approx(reason.limit, abs=1e-6)


def test_a_full_roof_has_no_reason():
    variant, _ = run(site(cross_walls(BAYS, 10), BOX), DIRECT)
    assert (variant.dwellings, variant.why_not, variant.remedies) == (3, (), ())


def test_roof_size():
    """Roof 16.2 x 5.4, modules of 6.0 m wide or more and 6 to 12 m long: 6.0 in the depth lacks 0.6, the width is no problem."""
    product = concept(width_m=6.0, width_options_m=(), unit_types=types(1))
    reason = first(site(cross_walls(BAYS, 5.4), shapely.box(0, 0, 16.2, 5.4)), product)
    assert told(reason) == ("roof-size", 6.0, 5.4)
    assert reason.text_nl == "lengte (dak) 6,0 m > 5,4 m"
    # one dwelling of five modules: 5 x 3.6 = 18.0 on 16.2
    wide = first(site(cross_walls(BAYS, 10), BOX), concept(unit_types=types(5)))
    assert (told(wide), wide.text_nl) == (("roof-size", 18.0, 16.2), "breedte (dak) 18,0 m > 16,2 m")


def test_setback():
    """10 m of depth and 16.2 of length less 2.5 m on all sides: 5.0 x 11.2. A module of 5.4 x 6 to 12 lacks 0.4 in its width."""
    reason = first(site(cross_walls(BAYS, 10), BOX), DIRECT, settings=Settings(setback_m=2.5))
    assert told(reason) == ("setback", 5.4, 5.0)
    assert "terugligging" in reason.text_nl


def test_obstacle():
    """A ridge of 1 m in the middle with 0.1 m clearance leaves 4.5 - 0.1 = 4.4 m on both sides; 5.4 m is asked."""
    reason = first(site(cross_walls(BAYS, 10), BOX, obstacles=[shapely.box(0, 4.5, 16.2, 5.5)]), DIRECT)
    assert told(reason) == ("obstacle", 5.4, 4.4)


def test_setback_and_obstacle_together_are_both_told():
    """Depth 13.6 with a setback of 1 m and a ridge of 0.8 + 0.2 m: (11.6 - 1.0) / 2 = 5.3 m of 5.4.

    Without setback 6.3, without ridge 11.6: each alone would do.
    """
    test_site = site(cross_walls(BAYS, 13.6), shapely.box(0, 0, 16.2, 13.6), obstacles=[shapely.box(0, 6.4, 16.2, 7.2)])
    variant, _ = run(test_site, DIRECT, settings=Settings(setback_m=1.0))
    assert [told(reason) for reason in variant.why_not] == [("setback", 5.4, 5.3), ("obstacle", 5.4, 5.3)]


def test_transfer_span():
    """Bays of 6.5 m; modules of 3.6 m stand between the walls, on a layer of 6.0 m."""
    reason = first(site(cross_walls((0, 6.5, 13), 10), shapely.box(0, 0, 13, 10)), concept())
    assert told(reason) == ("transfer-span", 6.5, 6.0)
    assert reason.text_nl == "overspanning tussenlaag 6,5 m > 6,0 m"
    assert reason.text_en == "span of the transfer layer 6.5 m > 6.0 m"


def test_transfer_span_takes_the_narrowest_bay_that_lets_a_plan_in():
    # bays of 6.9, 6.3 and 6.6 m: 6.3 is enough for one module
    walls = cross_walls((0, 6.9, 13.2, 19.8), 10)
    reason = first(site(walls, shapely.box(0, 0, 19.8, 10)), concept(unit_types=types(1)))
    assert told(reason) == ("transfer-span", 6.3, 6.0)


def test_transfer_span_along_a_row_of_columns():
    # columns at 5.4 x 5.0: the largest bay to bridge is 5.4
    columns = [(x, y) for x in BAYS for y in (0.0, 5.0, 10.0)]
    assert told(first(site([], BOX, columns=columns), concept(transfer_span_max_m=4.9))) == ("transfer-span", 5.4, 4.9)


def test_transfer_depth():
    """Bays of 5.4 m, span/depth 13, layer 0.40 m: 5.4 / 13 = 0.4154 m is needed; the limit on the span (6.0 m) is no problem."""
    reason = first(site(cross_walls(BAYS, 10), BOX), concept(transfer_span_to_depth_max=13.0))
    assert told(reason) == ("transfer-depth", 5.4 / 13.0, 0.4)
    assert "5,40 m" in reason.text_nl


def test_span_before_depth_where_both_lack():
    """Bays of 6.5 m: limit 6.0, and at span/depth 14 a depth of 0.4643 m above 0.40."""
    test_site = site(cross_walls((0, 6.5, 13), 10), shapely.box(0, 0, 13, 10))
    variant, _ = run(test_site, concept(transfer_span_to_depth_max=14.0))
    assert [told(reason) for reason in variant.why_not[:2]] == [("transfer-span", 6.5, 6.0), ("transfer-depth", 6.5 / 14, 0.4)]


def test_support_offset():
    """One bay of 5.8 m and a module of 5.4 m without transfer layer: on one wall, the other side 0.4 m off; limit t/6 = 0.2 / 6."""
    reason = first(site(cross_walls((0, 5.8), 10), shapely.box(0, 0, 5.8, 10)), DIRECT)
    assert told(reason) == ("support-offset", 0.4, 0.2 / 6)
    assert reason.text_nl == "oplegging 0,40 m > 0,03 m"


def test_no_bearing_line_at_all():
    reason = first(site([], BOX, columns=[(8, 5)]), concept())
    assert (reason.constraint, math.isnan(reason.value)) == ("support-offset", True)


def test_overhang():
    """Walls of 9.5 m under a roof of 10: a module of 10.0 (9.8 at least) sticks out 0.5 m past their end."""
    product = dataclasses.replace(DIRECT, length_lo_m=9.8, length_hi_m=10.0)
    reason = first(site(cross_walls(BAYS, 9.5), BOX), product)
    assert told(reason) == ("overhang", 0.5, 0.0)


def test_overhang_and_span_together_are_both_told():
    """Bays of 6.5 m whose walls end 0.5 m short; the modules fill the whole depth and cannot be turned: 13 m is too long for 10."""
    product = concept(length_lo_m=10.0, length_hi_m=10.0, width_m=6.0, width_options_m=(), unit_types=types(1))
    test_site = site(cross_walls((0, 6.5), 9.5), shapely.box(0, 0, 6.5, 10))
    variant, _ = run(test_site, product)
    found = {reason.constraint: told(reason)[1:] for reason in variant.why_not}
    assert found["transfer-span"] == (6.5, 6.0)
    assert found["overhang"] == (0.5, 0.0)


def test_frame_span():
    # 10 m of depth and 2 x 0.6 m on a frame of 11.1 m
    own = {"frame_span_max_m": 11.1, "column_distance_m": 5.4, "column_clearance_m": 1.2, "columns": "outside"}
    reason = first(site(cross_walls(BAYS, 10), BOX), concept(support_system="facade-frame", **own))
    assert (told(reason), reason.part) == (("transfer-span", 11.2, 11.1), "frame")


def test_obstacles_that_hide_the_bearing_lines_are_named_after_the_limits():
    """An obstacle takes the bay of 5.4 m that would do; what is left is a bay of 6.5 m."""
    test_site = site(cross_walls((0, 6.5, 11.9), 10), shapely.box(0, 0, 11.9, 10), obstacles=[shapely.box(7.5, 2, 11.8, 8)])
    variant, _ = run(test_site, concept(unit_types=types(1)))
    assert told(variant.why_not[0]) == ("transfer-span", 6.5, 6.0)
    assert variant.why_not[-1].constraint == "obstacle"


def test_storeys_of_the_product():
    assert told(first(site(cross_walls(BAYS, 10), BOX), concept(max_storeys=1), storeys=2)) == ("storeys", 2.0, 1.0)


def test_height():
    # the second storey has no roof: asked 2, allowed 1
    test_site = site(cross_walls(BAYS, 10), BOX)
    assert told(first(test_site, DIRECT, storeys=2, roofs=(*roofs_of(test_site, 1), ()))) == ("height", 2.0, 1.0)


def test_setback_of_an_upper_storey():
    """Second storey 2.5 m back: 5.0 x 11.2 m, the module is 5.4 m wide."""
    test_site = site(cross_walls(BAYS, 10), BOX)
    roofs = roofs_of(test_site, 1) + roofs_of(test_site, 1, setback_m=2.5)
    reason = first(test_site, DIRECT, storeys=2, roofs=roofs)
    assert told(reason) == ("setback", 5.4, 5.0)
    assert "nieuwe laag 2" in reason.text_nl


def test_capacity():
    """Wall 2 of five carries two module sides: 83.28 kN/m by the sums of the weak wall test, on room 64.9: UC 1.283.

    Of the wall 64.9: 48.1 stands there; a full roof brings two sides of 14.11 (6.10a) or 1.15 x 43.1 + 1.30 x ... = 83.28 (6.10b).
    """
    walls = cross_walls(FOUR, 10, n_hi_kn_m={2: 64.9})
    reason = first(site(walls, LONG), DIRECT)
    assert (reason.constraint, reason.part, reason.unit) == ("capacity", "w2.10.0", "UC")
    # 6.10b: 46.75 + 2 x (9.315 + 8.951) = 83.28
    assert reason.value == pytest.approx((46.75 + 2 * (9.315 + 8.9505)) / 64.9, abs=1e-4)
    assert reason.text_nl.startswith("w2.10.0 UC 1,28")


def test_capacity_without_checks_comes_from_the_rows():
    walls = cross_walls(FOUR, 10, n_hi_kn_m={2: 64.9})
    reason = first(site(walls, LONG), DIRECT, rebuild=None, check=None)
    assert reason.value == pytest.approx(83.281 / 64.9, abs=1e-4)


def test_existing_over():
    """Wall 1 takes 40 kN/m and has 48.1 (6.10a) as it stands: 1.2025, before any module."""
    reason = first(site(cross_walls(BAYS, 10, n_hi_kn_m={1: 40.0}, over={1: True}), BOX), DIRECT)
    assert (reason.constraint, reason.part[:3]) == ("existing-over", "w1.")
    assert reason.value == pytest.approx(48.1 / 40.0)


def test_a_part_without_room_left_is_existing_over_too():
    # not marked as over, but 48.1 > 48.0 even without modules
    reason = first(site(cross_walls(BAYS, 10, n_hi_kn_m={1: 48.0}), BOX), DIRECT)
    assert (reason.constraint, reason.value) == ("existing-over", pytest.approx(48.1 / 48.0))


def test_unknown():
    """Wall 1 of unknown resistance: ten parts of 2 m in two storeys; `possible` may use them, so nothing stops it."""
    test_site = site(cross_walls(BAYS, 10, n_hi_kn_m={1: math.nan}), BOX)
    assert told(first(test_site, DIRECT, mode="proven")) == ("unknown", 10.0, 0.0)
    assert run(test_site, DIRECT, mode="possible")[0].why_not == ()


def test_load_unknown():
    reason = first(site(cross_walls(BAYS, 10), BOX), concept(g_roof_kn_m2=quantity(math.nan)))
    assert (reason.constraint, reason.part, math.isnan(reason.value)) == ("load-unknown", "dak", True)


def test_mix_of_more_types_than_the_product_has():
    assert told(first(site(cross_walls(BAYS, 10), BOX), concept(), mix=(40, 40, 20))) == ("mix", 3.0, 1.0)


def test_mix_that_gave_way():
    """Six dwellings of one module where half was asked of each type: share 1.0 against 0.5."""
    variant, _ = run(site(cross_walls(FOUR, 10), LONG), concept(unit_types=types(1, 2)), goal="dwellings", mix=(50, 50))
    assert [told(reason) for reason in variant.why_not] == [("mix", 1.0, 0.5)]


def walkway(y0, y1, door=lambda plans: [True] * len(plans)):
    import numpy as np

    strip = shapely.box(0, y0, 16.2, y1)
    product = Product(concept=concept(id="walk"), imposed_kn_m2=0.0)
    return Walkway(
        pieces=(),
        product=product,
        reserved=strip,
        serves=lambda plans, _: np.array(door(plans), dtype=bool),
        landings=lambda plans, _: np.zeros((0, len(plans)), dtype=bool),
        landing_most=8,
    )


def with_walkway(test_site, product, way):
    from optopscan.placement.programme import Programme
    from optopscan.placement.variants import place

    programme = Programme(concept=product, storeys=1, walkway=way)
    return place(below_of(test_site), programme, roofs_of(test_site, 1), mode="proven")[0]


def test_access_takes_the_room():
    """A walkway over y = 5 to 10 leaves 5.0 m; a module is 5.4 m wide and 6 m long at least."""
    variant = with_walkway(site(cross_walls(BAYS, 10), BOX), DIRECT, walkway(5.0, 10.0))
    assert [told(reason) for reason in variant.why_not] == [("access", 5.4, 5.0)]


def test_access_without_a_door():
    variant = with_walkway(site(cross_walls(BAYS, 10), BOX), DIRECT, walkway(8.5, 10.0, door=lambda plans: [False] * len(plans)))
    assert [told(reason) for reason in variant.why_not] == [("access", 0.0, 1.0)]


def test_why_of_a_product_without_a_place_is_its_first_constraint():
    variant, issues = run(site(cross_walls((0, 6.5, 13), 10), shapely.box(0, 0, 13, 10)), concept())
    assert variant.why == "Geen module past: overspanning tussenlaag 6,5 m > 6,0 m."
    assert [issue.code for issue in issues] == ["OPT-601"]
    plain, _ = run(site(cross_walls((0, 6.5, 13), 10), shapely.box(0, 0, 13, 10)), concept(), reasons=False)
    assert (plain.why_not, plain.remedies) == ((), ())


@pytest.mark.parametrize("turn_deg", [30.0, 90.0])
def test_a_turned_building_has_the_same_reason(turn_deg):
    test_site = site(cross_walls((0, 6.5, 13), 10), shapely.box(0, 0, 13, 10), turn_deg=turn_deg)
    assert told(first(test_site, concept())) == ("transfer-span", 6.5, 6.0)


def test_longest_rectangle_in_an_l():
    """L of 10 x 4 and 3 x 9 upwards: 2 m wide along x it is 9 long in y, 3 m too, 4 m only 4; 3 m wide along y 10, 5 m only 3."""
    shape = shapely.union(shapely.box(0, 0, 10, 4), shapely.box(0, 0, 3, 9))
    found = [longest_m(shape, width, axis) for width, axis in ((2, 0), (3, 0), (4, 0), (3, 1), (5, 1), (11, 0))]
    assert found == pytest.approx([9, 9, 4, 10, 3, 0], abs=1e-5)


def test_a_shorter_module_is_tried_where_no_usual_length_fits():
    """Two obstacles leave 7 m between x = 0 and 7; lengths that fill a roof side (12, 8.1, 10) do not, 7.0 does."""
    walls = [Wall(0, y, 16.2, y) for y in (0.0, 5.4)]
    test_site = site(walls, shapely.box(0, 0, 16.2, 5.4), obstacles=[shapely.box(7.1, 0, 9.1, 5.4)])
    variant, _ = run(test_site, dataclasses.replace(DIRECT, length_m=10.0, length_lo_m=6.0))
    assert {round(module.length_m, 3) for module in variant.placed} == {7.0}


@pytest.mark.parametrize(
    ("value", "limit", "least", "shown"), [(6.5, 6.0, 1, 1), (6.556, 6.0, 1, 2), (6.004, 6.0, 1, 3), (2.0, 1.0, 0, 0), (0.42, 0.15, 2, 2)]
)
def test_as_many_decimals_as_needed(value, limit, least, shown):
    assert decimals_of(value, limit, least) == shown
