"""Walkways: they stand, nothing else stands on them, every dwelling has its door on one, and a bad one says why."""

import math
from dataclasses import replace

import pytest
import shapely
import small_wing
from shapely.ops import unary_union

from optopscan.catalog.concept import UNSTATED
from optopscan.model.surroundings import Surroundings
from optopscan.pipeline.generating import generate
from optopscan.pipeline.placing import below_of
from optopscan.pipeline.ways import CORE_WALL_M, WALKWAY_ID, overloaded, walkway_product, ways
from optopscan.pipeline.weighing import home_polygon
from optopscan.placement.access.rules import access_rules
from optopscan.placement.recheck import placed_polygon
from optopscan.placement.roof import usable_roofs

ROUND_M, ROUND_M2 = 1e-3, 1e-3
DOOR_GAP_M = 0.05
"""A threshold, at most, between a dwelling and its walkway."""


def reached(generated):
    return [variant for variant in generated.variants if variant.walkways and variant.homes]


def storey_of(variant, storey):
    """Return the plans of walkway and modules of one storey."""
    return [[placed_polygon(one) for one in rows if one.storey == storey] for rows in (variant.walkways, variant.placed)]


def tried(ground, values, **how):
    below = below_of(ground)
    roofs = (usable_roofs(below.structure),) * how.pop("storeys", 1)
    concept = replace(ground.concepts[0], **how.pop("concept", {}))
    rules = replace(access_rules(values), **how.pop("rules", {}))
    found = ways(
        ground, below, roofs, concept, "gallery", rules, side=how.pop("side", "auto"), north_deg=how.pop("north_deg", 0.0), before={}
    )
    return below, roofs, found


def test_the_wing_has_galleries_and_landings(offered):
    """Otherwise the tests below look at nothing."""
    kinds = {variant.asked["access"].split("-")[0] for variant in reached(offered)}
    assert kinds == {"gallery", "portiek"}
    assert {variant.storeys for variant in reached(offered)} == {1, 2}


def test_every_dwelling_has_a_door_on_the_edge_of_the_walkway(offered):
    for variant in reached(offered):
        plans = {module.module_id: module for module in variant.placed}
        for home in variant.homes:
            door = shapely.Point(home.door_x_m, home.door_y_m)
            walkway = unary_union(storey_of(variant, home.storey)[0])
            assert walkway.boundary.distance(door) < DOOR_GAP_M
            assert home_polygon([plans[name] for name in home.modules]).boundary.distance(door) < ROUND_M


def test_routes_are_finite_and_no_shorter_than_the_crow_flies(offered, wing):
    """One stair each: that of the building, or a new one at the gable end, which is always said."""
    [core] = wing.cores
    told = {"old": 0, "new": 0}
    for variant in reached(offered):
        new = "access-new-stair" in {one.code for one in variant.worth.findings}
        told["new" if new else "old"] += 1
        for home in variant.homes:
            straight_m = core.polygon.distance(shapely.Point(home.door_x_m, home.door_y_m))
            assert math.isfinite(home.route_m)
            assert math.isnan(home.second_route_m)
            # the way ends at the wall of the core, which its clear plan leaves out
            assert new or home.route_m >= straight_m - CORE_WALL_M
    assert all(told.values())


def test_modules_walkway_and_core_keep_apart(offered, wing):
    for variant in reached(offered):
        for storey in range(1, variant.storeys + 1):
            pieces, modules = storey_of(variant, storey)
            assert pieces
            everything = [*pieces, *modules, wing.cores[0].polygon]
            total_m2 = sum(shapely.area(everything))
            assert unary_union(everything).area == pytest.approx(total_m2, abs=ROUND_M2)


def test_every_piece_stands_on_the_building_and_on_the_roof(offered, wing):
    roof = unary_union([face.polygon for face in wing.structure.roof_faces]).buffer(ROUND_M)
    for piece in (piece for variant in reached(offered) for piece in variant.walkways):
        assert piece.loads_on
        assert piece.concept == WALKWAY_ID
        assert roof.covers(placed_polygon(piece))


def test_walkway_and_floor_lie_level(offered):
    """Both on the transfer layer: 5.6 + 0.35 m, and 3.05 m higher in the second storey."""
    for variant in reached(offered):
        for one in (*variant.walkways, *variant.placed):
            assert one.z_m == pytest.approx(5.95 + 3.05 * (one.storey - 1))


def test_a_gallery_runs_on_the_side_that_is_asked(wing, values):
    """The long sides look to y and -y of the model: north and south there, west and east where north is along x."""
    middle_m = wing.structure.roof_faces[0].polygon.centroid
    north, south = (tried(wing, values, side=side)[2][0].scheme for side in ("noord", "zuid"))
    assert north.reserved.centroid.y > middle_m.y > south.reserved.centroid.y
    assert ("noordzijde" in north.text, "zuidzijde" in south.text) == (True, True)
    west = tried(wing, values, side="west", north_deg=90.0)[2][0].scheme
    assert "westzijde" in west.text
    assert west.reserved.equals(north.reserved)


def test_a_side_without_room_for_a_gallery_is_said(wing, values):
    for way in tried(wing, values, side="oost")[2]:
        assert "Op de gevraagde zijde ligt geen lange zijde; daarom zijn alle zijden bekeken." in way.scheme.text


def test_north_of_the_surroundings_turns_the_sides(told, values):
    around = Surroundings(neighbours=(), plot=None, north_deg=180.0, source="test")
    settings = {"max_extra_storeys": 1, "access": "gallery", "gallery_side": "noord", "mix": (100.0, 0.0)}
    as_drawn, turned = (generate(told(**settings), values, one) for one in (None, around))
    y_m = [[unary_union([placed_polygon(p) for p in v.walkways]).centroid.y for v in reached(g)] for g in (as_drawn, turned)]
    assert min(y_m[0]) > small_wing.DEPTH_M / 2 > max(y_m[1])


def test_a_walkway_over_too_wide_a_span_says_so(wing, values):
    """The walls stand 5.4 m apart and a transfer layer of 2 m reaches none of them from the middle of a bay."""
    _, _, found = tried(wing, values, concept={"transfer_span_max_m": 2.0})
    assert found
    for way in found:
        assert way.walkway is None
        assert "rust het looppad nergens op; de tussenlaag overspant 2,0 m" in way.fault


def test_a_walkway_that_is_too_heavy_says_what_for(wing, values):
    """500 kN/m2 is far beyond any wall; the fault names the part that lacks most."""
    below, roofs, found = tried(wing, values, rules={"permanent_hi_kn_m2": 500.0}, concept={"g_gallery_kn_m2": UNSTATED})
    assert all(way.walkway is None and "Het looppad alleen is al te zwaar voor" in way.fault for way in found)
    _, _, good = tried(wing, values)
    assert overloaded(below, roofs, good[0].walkway) == ""


def test_the_upper_weight_counts_once(wing, values):
    rules = access_rules(values)
    plain = replace(wing.concepts[0], g_gallery_kn_m2=UNSTATED)
    product = walkway_product(plain, rules)
    assert product.concept.g_floor_kn_m2.hi == rules.permanent_hi_kn_m2 == 2.5
    assert (product.concept.g_wall_kn_m.hi, product.concept.g_roof_kn_m2.hi) == (0.0, 0.0)
    assert product.imposed_kn_m2 == 3.0


def test_a_product_that_states_its_walkway_brings_that_one(wing, values):
    own = replace(UNSTATED, value=0.9, lo=0.8, hi=1.1, source="opgave")
    product = walkway_product(replace(wing.concepts[0], g_gallery_kn_m2=own), access_rules(values))
    assert product.concept.g_floor_kn_m2 == own


def test_no_way_on_roof_that_holds_no_dwelling(wing, values):
    """6 x 3 m is the smallest dwelling: 18 m2; a roof of less is no way to one."""
    below = below_of(wing)
    [whole] = usable_roofs(below.structure)
    small = replace(whole, polygon=shapely.box(2.0, 1.0, 5.0, 6.0))
    found = ways(
        wing, below, ((small,),), wing.concepts[0], "gallery", access_rules(values), side="auto", north_deg=0.0, before={}
    )  # fmt: skip
    assert found == ()
