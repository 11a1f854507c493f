"""Setbacks per side of the world: areas by hand, any angle, courtyards; rules as written by the engineer."""

from __future__ import annotations

import math

import numpy as np
import pytest
import shapely
from shapely import affinity

from optopscan.errors import UsageError
from optopscan.model.surroundings import Neighbour, Surroundings
from optopscan.placement.roof import RoofRules, parse_sides, roof_rules, set_back, storeys_under_height, usable_area_m2, usable_roofs
from optopscan.placement.roof.setbacks import _set_back
from optopscan.settings import Settings

from .factory import cross_walls, site

BOX = shapely.box(0, 0, 16, 10)
ELL = shapely.union_all([shapely.box(0, 0, 20, 10), shapely.box(0, 10, 8, 20)])
YARD = shapely.box(0, 0, 30, 30).difference(shapely.box(10, 10, 20, 20))
YOU = shapely.box(0, 0, 30, 30).difference(shapely.box(10, 10, 20, 30))
# right of x = 7 the south edge goes on to the north-east, steeper than 45 degrees: that edge looks east
CUT = shapely.Polygon([(0, 0), (7, 0), (10, 6), (10, 10), (0, 10)])
ANGLES_DEG = (0.0, 33.3, -71.5, 45.0)


def sides(noord=0.0, oost=0.0, zuid=0.0, west=0.0):
    return np.array([noord, oost, zuid, west])


def area_m2(roof, rules, *, obstacles=(), storey=1, cores=()):
    structure = site(cross_walls([0, 8, 16], 10), roof, obstacles=obstacles).structure
    return usable_area_m2(usable_roofs(structure, rules=rules, storey=storey, cores=cores, clearance_m=0.0))


@pytest.mark.parametrize(
    ("roof", "side_m", "expected"),
    [
        # 16 x (10 - 1.5)
        (BOX, sides(zuid=1.5), 136.0),
        # (16 - 1 - 2) x (10 - 1 - 1.5)
        (BOX, sides(1.0, 2.0, 1.5, 1.0), 97.5),
        # 280 - 2 x 20 at the bottom; the edges inside look north and east
        (ELL, sides(zuid=2.0), 240.0),
        # 280 - 2 x 8 at the top - 2 x 12 inside
        (ELL, sides(noord=2.0), 240.0),
        # what is left: 17 x 8 below y = 8, and 5 x 10 above it
        (ELL, sides(noord=2.0, oost=3.0), 186.0),
        # 800 - 2 x 30 - 2 x 10: the wing north of the court looks south into it
        (YARD, sides(zuid=2.0), 720.0),
        # (30 - 2 - 4) x (30 - 1 - 3) less the court (10 + 2 + 4) x (10 + 1 + 3): its left edge looks east, its upper edge south
        (YARD, sides(1.0, 2.0, 3.0, 4.0), 400.0),
        # 700 - 2 x 30 (outer) - 2 x 20 (inside of the right wing)
        (YOU, sides(west=2.0), 600.0),
        # wings 10 deep, strip 10: the north wing goes, what is left is 30 x 30 less y > 20, less the court, less 10 x 10 south of it
        (YARD, sides(noord=10.0), 400.0),
        # strip 2 high, 7 wide at the edge and 8 wide at its top
        (CUT, sides(zuid=2.0), CUT.area - 15.0),
    ],
)
@pytest.mark.parametrize("turn_deg", ANGLES_DEG)
def test_area_by_hand_at_any_angle(roof, side_m, expected, turn_deg):
    """North turns with the roof, so the area stays."""
    turned = affinity.translate(affinity.rotate(roof, turn_deg, origin=(3, -8)), 123.4, -56.7)
    assert set_back(turned, side_m, -turn_deg).area == pytest.approx(expected, abs=1e-6)


def test_side_follows_the_edge_not_the_model():
    """Turned -71.5 degrees the short right edge looks to 161.5 degrees, south: 160 - 10 x 1.5; at 33.3 the long one stays south."""
    assert set_back(affinity.rotate(BOX, -71.5), sides(zuid=1.5)).area == pytest.approx(145.0)
    assert set_back(affinity.rotate(BOX, 33.3), sides(zuid=1.5)).area == pytest.approx(136.0)


def test_north_of_the_surroundings_counts():
    """North along x (90 degrees clockwise): the left edge looks south, 160 - 10 x 1.5."""
    rules = RoofRules(sides_m=(("zuid", 1.5),), surroundings=Surroundings(north_deg=90.0))
    assert area_m2(BOX, rules) == pytest.approx(145.0)


def test_edge_between_two_sides_has_the_larger_strip():
    """At 45 degrees each edge looks to two sides: south 1.5 takes both edges below, 16 - 1.5 by 10 - 1.5."""
    assert set_back(affinity.rotate(BOX, 45.0), sides(zuid=1.5)).area == pytest.approx(14.5 * 8.5)


@pytest.mark.parametrize("roof", [BOX, ELL, YARD, YOU, CUT])
@pytest.mark.parametrize("depth_m", [0.3, 1.0, 2.4])
@pytest.mark.parametrize("turn_deg", ANGLES_DEG)
def test_equal_sides_are_the_plain_setback(roof, depth_m, turn_deg):
    """Strip by strip the same shape comes out as from an inward offset with straight corners."""
    turned = affinity.rotate(roof, turn_deg)
    stripped = _set_back(turned, np.full(4, depth_m), 12.0)
    assert stripped.symmetric_difference(turned.buffer(-depth_m, join_style="mitre")).area == pytest.approx(0.0, abs=1e-6)


def test_more_setback_never_gives_more_area():
    random = np.random.default_rng(5)
    for roof in (BOX, ELL, YARD, YOU, CUT):
        for _ in range(40):
            turned = affinity.rotate(roof, float(random.uniform(-180, 180)))
            small = random.uniform(0.0, 3.0, 4) * (random.random(4) < 0.7)
            large = small + random.uniform(0.0, 2.0, 4) * (random.random(4) < 0.5)
            assert set_back(turned, large).difference(set_back(turned, small)).area < 1e-9


def test_no_hairlines_are_left():
    """A rectangle stays a rectangle at an oblique angle: four corners, no slits between strips."""
    bays = shapely.union_all([shapely.box(5.4 * k, 0, 5.4 * (k + 1), 10) for k in range(6)])
    for turn_deg in (33.3, -71.5):
        left = set_back(affinity.rotate(bays, turn_deg), sides(1.0, 0.5, 1.5, 0.25), -turn_deg)
        assert left.geom_type == "Polygon"
        assert len(left.exterior.coords) == 5
        assert left.area == pytest.approx((32.4 - 0.75) * 7.5)


def test_bays_are_one_roof_with_one_outline():
    """Joints of 20 mm between bays take no strip: (16 - 1) x (10 - 2)."""
    bays = [shapely.box(0, 0, 5, 10), shapely.box(5.02, 0, 11, 10), shapely.box(11.02, 0, 16, 10)]
    rules = RoofRules(sides_m=(("oost", 1.0), ("zuid", 2.0)))
    assert area_m2(bays, rules) == pytest.approx(120.0, abs=1e-6)


def test_side_goes_before_the_general_setback():
    # (16 - 2) x (10 - 1 - 0)
    assert area_m2(BOX, RoofRules(setback_m=1.0, sides_m=(("zuid", 0.0),))) == pytest.approx(126.0)


@pytest.mark.parametrize(("storey", "expected"), [(1, 14.0 * 8.0), (2, 13.0 * 7.0), (3, 12.0 * 6.0)])
def test_each_storey_steps_back(storey, expected):
    assert area_m2(BOX, RoofRules(setback_m=1.0, storey_setback_m=0.5), storey=storey) == pytest.approx(expected)


def test_core_takes_its_plan_in_every_storey():
    """160 - 3 x 2 in the first storey, 14 x 8 - 3 x 2 in the second; a core off the roof takes nothing."""
    cores = [shapely.box(5, 4, 8, 6), shapely.box(50, 0, 53, 3)]
    rules = RoofRules(storey_setback_m=1.0)
    assert area_m2(BOX, rules, cores=cores) == pytest.approx(154.0)
    assert area_m2(BOX, rules, cores=cores, storey=2) == pytest.approx(106.0)


def test_distance_to_a_neighbour_is_facade_to_facade():
    """Neighbour 3 m off the right edge, 5 m wanted: a strip of 2 m over the whole edge, 160 - 20."""
    near = Neighbour(name="buren", polygon=shapely.box(19, -20, 30, 30), height_m=12.0)
    rules = RoofRules(fire_distance_m=5.0, surroundings=Surroundings(neighbours=(near,)))
    assert area_m2(BOX, rules) == pytest.approx(140.0)


def test_distance_to_the_boundary_counts_by_its_share():
    """Boundary 1 m off all edges, 6 m wanted, half of it to the boundary: a strip of 2 m, 12 x 6; without mirror 5 m, nothing."""
    around = Surroundings(plot=shapely.box(-1, -1, 17, 11))
    assert area_m2(BOX, RoofRules(fire_distance_m=6.0, boundary_share=0.5, surroundings=around)) == pytest.approx(72.0)
    assert area_m2(BOX, RoofRules(fire_distance_m=6.0, surroundings=around)) == 0.0


def test_boundary_that_nobody_gave_stays_open():
    rules = RoofRules(fire_distance_m=5.0)
    assert area_m2(BOX, rules) == pytest.approx(160.0)
    assert ["perceelsgrens" in text or "buurgebouwen" in text for text in rules.open_points()] == [True, True]
    assert RoofRules().open_points() == ()


def test_removed_obstacle_takes_nothing():
    obstacle = [shapely.box(5, 4, 7, 5)]
    assert area_m2(BOX, RoofRules(), obstacles=obstacle) == pytest.approx(158.0)
    assert area_m2(BOX, RoofRules(removed=frozenset({0})), obstacles=obstacle) == pytest.approx(160.0)


def test_rules_or_a_setback():
    structure = site(cross_walls([0, 8, 16], 10), BOX).structure
    with pytest.raises(ValueError, match="rules"):
        usable_roofs(structure, setback_m=1.0, rules=RoofRules())
    with pytest.raises(ValueError, match="from 1"):
        usable_roofs(structure, storey=0)


def test_sides_as_written():
    assert parse_sides(("west=2", "noord = 0.5")) == (("noord", 0.5), ("west", 2.0))


@pytest.mark.parametrize("text", ["zuid", "zuid=", "zuid=-1", "zuid=veel", "zuid=nan", "south=1", "=1"])
def test_side_written_wrong(text):
    with pytest.raises(UsageError) as told:
        parse_sides((text,))
    assert repr(text) in str(told.value)
    assert "write it as zuid=1.5" in str(told.value)
    assert "\n" not in str(told.value)


def test_side_twice():
    with pytest.raises(UsageError, match="twice"):
        parse_sides(("zuid=1", "zuid=2"))


@pytest.mark.parametrize("field", ["setback_m", "storey_setback_m", "fire_distance_m", "height_max_m"])
def test_negative_length(field):
    with pytest.raises(UsageError, match=field):
        RoofRules(**{field: -1.0})


def test_rules_from_settings():
    settings = Settings(setback_m=1.0, setback_sides=("zuid=1.5",), storey_setback_m=0.5, height_max_m=15.0, fire_distance_m=5.0)
    rules = roof_rules(settings)
    assert rules == RoofRules(setback_m=1.0, sides_m=(("zuid", 1.5),), storey_setback_m=0.5, height_max_m=15.0, fire_distance_m=5.0)
    assert rules.side_m(2).tolist() == [1.5, 1.5, 2.0, 1.5]


@pytest.mark.parametrize(
    ("height_max_m", "expected"),
    # roof 12 above the ground, layer 0.4, build-up 0.3, storeys of 3: 12.7 + 3 n
    [(15.7, 1.0), (15.69, 0.0), (18.7, 2.0), (10.0, 0.0), (None, math.inf)],
)
def test_storeys_under_the_allowed_height(height_max_m, expected):
    rules = RoofRules(height_max_m=height_max_m)
    sizes = {"roof_z_m": 11.0, "ground_z_m": -1.0, "transfer_depth_m": 0.4, "storey_height_m": 3.0, "roof_build_up_m": 0.3}
    assert storeys_under_height(rules, **sizes) == expected


@pytest.mark.parametrize("unknown", ["roof_z_m", "ground_z_m", "transfer_depth_m", "storey_height_m", "roof_build_up_m"])
def test_unknown_size_is_no_answer(unknown):
    sizes = {"roof_z_m": 11.0, "ground_z_m": 0.0, "transfer_depth_m": 0.4, "storey_height_m": 3.0, "roof_build_up_m": 0.3}
    assert math.isnan(storeys_under_height(RoofRules(height_max_m=20.0), **{**sizes, unknown: math.nan}))
