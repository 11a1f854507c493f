"""Walkways on a rectangle, an L, a U and a courtyard: where they lie, what they reach, and distances by hand."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pytest
import shapely
from shapely import box
from shapely.affinity import rotate, translate
from shapely.geometry.base import BaseGeometry

from optopscan.catalog.engineering import load_engineering
from optopscan.placement.access import access_rules, access_schemes, landings_of, module_ends, piece_rectangles, routes, serves

RULES = access_rules(load_engineering())  # walkway 1.5 m, at least 1.2 m, door 0.85 m


@dataclass(frozen=True)
class Stairwell:
    polygon: BaseGeometry
    kind: str = "stair"
    certain: bool = True


BAR = box(0, 0, 60, 10)
ELL = box(0, 0, 40, 10).union(box(0, 0, 10, 30))
YOU = ELL.union(box(30, 0, 40, 30))
COURT = box(0, 0, 40, 40) - box(12, 12, 28, 28)
EAST = Stairwell(box(60, 0, 63, 5))
SITES = {
    "bar": (BAR, [EAST]),
    "bar, two stairs": (BAR, [EAST, Stairwell(box(-3, 0, 0, 5), kind="stair+lift")]),
    "bar, no stair": (BAR, []),
    "bar with obstacles": (BAR - box(30, 0, 31, 0.2) - box(45, 4, 47, 6) - box(20, 0, 21, 1), [EAST]),
    "bar with core": (box(0, 0, 60, 12) - box(27.9, -1, 32.1, 5.1), [Stairwell(box(28, 0, 32, 5))]),
    "ell": (ELL, [Stairwell(box(40, 0, 43, 5))]),
    "you": (YOU, [Stairwell(box(18, -5, 22, 0))]),
    "court": (COURT, [Stairwell(box(40, 18, 43, 22), kind="stair+lift")]),
    "square": (box(0, 0, 12, 12), []),
    "staggered": (box(0, 0, 20, 10).union(box(20, 0.5, 40, 10.5)).union(box(40, 0, 60, 10)), [EAST]),
    "stepped": (box(0, 0, 30, 10).union(box(30, 3, 60, 13)), [Stairwell(box(60, 3, 63, 8))]),
    "oblique": (shapely.Polygon([(0, 0), (40, 0), (70, 30), (62.9289, 37.0711), (35.8579, 10), (0, 10)]), [Stairwell(box(-3, 0, 0, 10))]),
    "two parts": (BAR.union(box(0, 30, 40, 40)), [EAST]),
}
KINDS = ("gallery", "corridor", "portiek")


def schemes(kind, name, **given):
    roof, cores = SITES[name]
    return access_schemes(kind, roof, cores, rules=RULES, **given)


def along(kind, name, words):
    (found,) = [scheme for scheme in schemes(kind, name) if words in scheme.text]
    return found


def plan(x0, y0, x1, y1):
    """Return a rectangle with its corners in the order in which the placement draws them."""
    return shapely.Polygon([(x0, y0), (x1, y0), (x1, y1), (x0, y1)])


def row_of_dwellings(y0, y1, x0=0.0, n=8, width=7.2):
    return [plan(x0 + k * width, y0, x0 + (k + 1) * width, y1) for k in range(n)]


# by hand


def test_gallery_of_a_bar_to_its_stair():
    # Strip y 0-1.5 over 60 m, centre line y 0.75, stair at x 60. Door k in the middle of a front of 7.2 m at
    # y 1.5: 0.75 m to the centre line, then 60 - (3.6 + 7.2 k) along it.
    scheme = along("gallery", "bar", "zuidzijde")
    assert (scheme.length_m, scheme.area_m2, scheme.new_stairs) == (pytest.approx(60.0), pytest.approx(90.0), 0)
    found = routes(scheme, row_of_dwellings(1.5, 10.0), RULES)
    assert found.served.all()
    assert found.distance_m == pytest.approx([0.75 + 56.4 - 7.2 * k for k in range(8)], abs=0.02)
    assert np.isnan(found.second_m).all()
    assert found.dead_end_m == pytest.approx([56.4 - 7.2 * k for k in range(8)], abs=0.02)
    assert not found.two_ways.any()


def test_second_stair_at_the_other_end_is_a_second_way():
    # To x 60 as above, to x 0: 0.75 + 3.6 + 7.2 k; between two stairs nothing is a dead end.
    found = routes(along("gallery", "bar, two stairs", "zuidzijde"), row_of_dwellings(1.5, 10.0), RULES)
    west, east = (np.array([0.75 + 3.6 + 7.2 * k for k in range(8)]), np.array([0.75 + 56.4 - 7.2 * k for k in range(8)]))
    assert found.distance_m == pytest.approx(np.minimum(west, east), abs=0.02)
    assert found.second_m == pytest.approx(np.maximum(west, east), abs=0.02)
    assert found.stair.tolist() == [1, 1, 1, 1, 0, 0, 0, 0]
    assert found.dead_end_m == pytest.approx(0.0)
    assert found.two_ways.all()
    assert found.lift.all()


def test_gallery_turns_the_outer_corner_of_an_l():
    # Outer side: strip x 0-1.5 down the west wing, strip y 0-1.5 to the stair at x 40. Door of a dwelling at
    # x 1.5, y 20-27: 0.75 to the centre line x 0.75, down from y 23.5 to y 0.75, then along y 0.75 from x 0.75 to 40.
    scheme = along("gallery", "ell", "zuidwestzijde")
    found = routes(scheme, [plan(1.5, 20, 10, 27)], RULES)
    assert found.distance_m == pytest.approx([0.75 + (23.5 - 0.75) + (40.0 - 0.75)], abs=0.03)


def test_gallery_turns_the_inner_corner_of_a_u():
    # Court side: strip y 8.5-10 between the wings, strip x 8.5-10 up the west wing, spur x 19.25-20.75 down to the stair
    # in the south facade. Door at x 8.5, y 20-27: 0.75 to x 9.25, down to y 9.25, along to x 20, down to y 0.
    scheme = along("gallery", "you", "noordzijde")
    found = routes(scheme, [plan(0, 20, 8.5, 27)], RULES, entrance_sides=module_ends([True]))
    assert found.distance_m == pytest.approx([0.75 + (23.5 - 9.25) + (20.0 - 9.25) + 9.25], abs=0.03)


def test_gallery_around_a_courtyard_has_two_ways_round_but_one_stair():
    # Inner ring, centre line at 11.25 and 28.75, 17.5 m a side; spur along y 20 from the ring to x 40. Door of the
    # south wing at x 16-24, y 10.5: 0.75 to the centre line, x 20 to 28.75, y 11.25 to 20, then to x 40: 11.25.
    scheme = along("gallery", "court", "hofzijde")
    found = routes(scheme, [plan(16, 0, 24, 10.5)], RULES, entrance_sides=module_ends([False]))
    assert found.distance_m == pytest.approx([0.75 + 8.75 + 8.75 + 11.25], abs=0.03)
    # on the ring there is a way round, not on the spur
    assert found.dead_end_m == pytest.approx([11.25], abs=0.05)
    assert not found.two_ways.any()


def test_beyond_the_last_of_two_stairs_is_a_dead_end():
    # Stairs touch the gallery at x 20-22 and x 57-59 (middle 21 and 58); door at x 3.6: 17.4 m to the first has no way round.
    cores = [Stairwell(box(20, -5, 22, 0)), Stairwell(box(57, -5, 59, 0))]
    scheme = next(item for item in access_schemes("gallery", BAR, cores, rules=RULES) if "zuidzijde" in item.text)
    found = routes(scheme, row_of_dwellings(1.5, 10.0), RULES)
    assert found.dead_end_m[:3] == pytest.approx([17.4, 10.2, 3.0], abs=0.05)
    assert found.two_ways.tolist() == [False, False, False, True, True, True, True, True]
    assert [item.dwellings for item in found.findings if item.rule == "dead-end"] == [(0, 1, 2)]


def test_nobody_walks_through_a_core_that_stands_in_the_walkway():
    # The core at x 28-32 cuts the gallery in two; another stair at x 60 is for the eastern half only.
    roof, cores = SITES["bar with core"]
    there = [*cores, Stairwell(box(60, 0, 63, 5))]
    scheme = next(item for item in access_schemes("gallery", roof, there, rules=RULES) if "zuidzijde" in item.text)
    found = routes(scheme, [plan(10, 1.5, 17, 12), plan(40, 1.5, 47, 12)], RULES)
    assert found.distance_m == pytest.approx([0.75 + 27.9 - 13.5, 0.75 + 43.5 - 32.1], abs=0.02)
    assert found.second_m == pytest.approx([np.nan, 0.75 + 60 - 43.5], abs=0.02, nan_ok=True)


def test_corridor_lies_in_the_middle_where_both_sides_fit():
    # Depth 15: (15 - 1.5) / 2 = 6.75 m on either side, dwellings of 6 m fit, of 7 m only on one side.
    roof, cores = box(0, 0, 60, 15), [Stairwell(box(60, 5, 63, 10))]
    (middle,) = access_schemes("corridor", roof, cores, rules=RULES, dwelling_depth_m=6.0)
    assert middle.reserved.bounds == pytest.approx((0, 6.75, 60, 8.25))
    both = row_of_dwellings(0, 6.75) + row_of_dwellings(8.25, 15)
    assert serves(middle, both, RULES, entrance_sides=module_ends([False] * 16)).all()
    edge, _ = access_schemes("corridor", roof, [Stairwell(box(60, 0, 63, 5))], rules=RULES, dwelling_depth_m=7.0)
    assert "weerszijden" in edge.text
    assert edge.reserved.bounds == pytest.approx((0, 0, 60, 1.5))


def test_landing_in_front_of_a_stair_serves_what_stands_beside_it():
    # Core x 28-32, y 0-5; landing x 28-32, y 5.1-6.6 (0.1 m is kept free around the core).
    (scheme,) = schemes("portiek", "bar with core")
    assert scheme.reserved.bounds == pytest.approx((28, 5.1, 32, 6.6))
    dwellings = [box(20.8, 0, 28, 12), box(32.1, 0, 39.3, 12), box(28, 6.6, 32, 12), box(13.6, 0, 20.8, 12), box(20.8, 0, 28, 5.5)]
    # beside it on both sides (the second 0.1 m off), behind it, one further on, one that shares only 0.4 m
    assert serves(scheme, dwellings, RULES).tolist() == [True, False, True, False, False]
    assert landings_of(scheme, dwellings, RULES).tolist() == [[True, False, True, False, False]]
    assert routes(scheme, dwellings[:1], RULES).distance_m == pytest.approx([0.75 + 2.0], abs=0.03)


def test_new_stair_is_proposed_and_said_only_where_none_comes_up():
    assert [scheme.new_stairs for scheme in schemes("gallery", "bar, no stair")] == [1, 1]
    for scheme in schemes("gallery", "bar, no stair"):
        assert "1 nieuw trappenhuis aan de kopgevel" in scheme.text
        assert scheme.stairs[0].polygon.intersection(BAR).area == pytest.approx(0.0, abs=1e-6)
        found = routes(scheme, row_of_dwellings(1.5, 8.5), RULES)
        assert [item.outcome for item in found.findings if item.rule == "new-stair"] == ["unknown"]
    assert schemes("portiek", "bar, no stair") == ()


def test_lift_alone_is_no_stair():
    (south, north) = access_schemes("gallery", BAR, [Stairwell(box(60, 0, 63, 5), kind="lift")], rules=RULES, side="auto")
    assert {south.new_stairs, north.new_stairs} == {1}


@pytest.mark.parametrize(("side", "north_deg", "y"), [("zuid", 0, 0.0), ("noord", 0, 8.5), ("oost", 90, 0.0), ("west", 90, 8.5)])
def test_gallery_on_the_side_that_is_asked(side, north_deg, y):
    # north 90 degrees clockwise from y is the x axis: what looks to -y then looks west ... east is -y
    (scheme,) = access_schemes("gallery", BAR, [], side=side, north_deg=north_deg, rules=RULES)
    assert scheme.reserved.bounds == pytest.approx((0, y, 60, y + 1.5))


def test_side_without_long_side_is_said():
    found = access_schemes("gallery", BAR, [], side="oost", rules=RULES)
    assert len(found) == 2
    assert all("gevraagde zijde" in scheme.text for scheme in found)


def test_auto_takes_the_side_of_the_galleries_that_are_there():
    (scheme,) = access_schemes("gallery", BAR, [], existing=box(0, 10, 60, 11.5), rules=RULES)
    assert scheme.reserved.bounds == pytest.approx((0, 8.5, 60, 10))


def test_nothing_beyond_a_break_is_served():
    # A shaft at x 30-31 leaves 0.4 m of the strip free. The stair is at x 60.
    roof = BAR - box(30, 0, 31, 1.1)
    scheme = next(item for item in access_schemes("gallery", roof, [EAST], rules=RULES) if "zuidzijde" in item.text)
    assert scheme.lost_m == pytest.approx(30.0)
    assert "30 m is onderbroken" in scheme.text
    assert serves(scheme, [box(10, 1.5, 17, 10), box(40, 1.5, 47, 10)], RULES).tolist() == [False, True]


def test_narrow_place_that_is_wide_enough_is_passed():
    roof = BAR - box(30, 0, 31, 0.2)
    scheme = next(item for item in access_schemes("gallery", roof, [EAST], rules=RULES) if "zuidzijde" in item.text)
    assert scheme.lost_m == 0.0
    assert scheme.area_m2 == pytest.approx(90.0 - 0.2)


def test_door_needs_its_width_its_side_and_no_overlap():
    scheme = along("gallery", "bar", "zuidzijde")
    dwellings = [
        plan(10, 1.5, 17, 10),
        plan(10, 1.53, 17, 10),
        plan(10, 1.6, 17, 10),
        plan(10, 1.0, 17, 9.5),
        plan(-6.2, 1.5, 0.8, 10),
        plan(-6.15, 1.5, 0.9, 10),
    ]
    assert serves(scheme, dwellings, RULES).tolist() == [True, True, False, False, False, True]
    # a dwelling along the gallery has its long side there
    long = [plan(10, 1.5, 20, 8.7)]
    assert serves(scheme, long, RULES).tolist() == [False]
    assert serves(scheme, long, RULES, entrance_sides=module_ends([False])).tolist() == [True]


def test_pieces_are_rectangles_that_add_up():
    scheme = along("gallery", "ell", "zuidwestzijde")
    pieces = piece_rectangles(scheme)
    assert (pieces.du_m * pieces.dv_m).sum() == pytest.approx(scheme.area_m2)
    assert max(pieces.du_m.max(), pieces.dv_m.max()) <= 3.0 + 1e-9
    assert set(np.round(pieces.angle_deg, 9)) == {0.0}


# for every site


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("name", SITES)
def test_walkway_stays_on_the_roof_hangs_together_and_every_door_has_a_route(kind, name):
    roof, _ = SITES[name]
    for scheme in schemes(kind, name):
        assert shapely.difference(scheme.reserved, roof.buffer(2e-3)).area == pytest.approx(0.0, abs=1e-9)
        x0, y0, x1, y1 = roof.bounds
        sizes = ((3, 5), (5, 3))
        x, y = (at.ravel() for at in np.meshgrid(np.arange(x0, x1, 0.5), np.arange(y0, y1, 0.5)))
        corners = [np.stack([x + [0, w, w, 0][k], y + [0, 0, h, h][k]], axis=1) for w, h in sizes for k in range(4)]
        grid = np.concatenate([shapely.polygons(np.stack(corners[k : k + 4], axis=1)) for k in (0, 4)])
        grid = grid[shapely.dwithin(grid, scheme.reserved, 0.05)]
        grid = grid[shapely.covers(roof, grid)][::7].tolist()
        found = routes(scheme, grid, RULES)
        assert found.served.any() or kind == "portiek"
        assert np.isfinite(found.distance_m[found.served]).all()
        assert np.isfinite(found.dead_end_m[found.served]).all()
        assert np.isnan(found.distance_m[~found.served]).all()
        assert (found.dead_end_m[found.served] <= found.distance_m[found.served] + 1e-9).all()
        assert not (found.second_m < found.distance_m).any()
        if kind != "portiek" and name != "two parts":
            assert shapely.get_num_geometries(scheme.reserved.buffer(0.01)) == 1 or name == "bar with core"


@pytest.mark.parametrize("angle", [33.3, -71.5])
@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("name", SITES)
def test_turned_and_moved_building_gets_the_same_walkways(kind, name, angle):
    def moved(shape):
        return translate(rotate(shape, angle, origin=(0, 0)), 123.4, -56.7)

    roof, cores = SITES[name]
    there = [Stairwell(moved(core.polygon), core.kind, core.certain) for core in cores]
    turned = list(access_schemes(kind, moved(roof), there, rules=RULES))
    found = schemes(kind, name)
    assert len(turned) == len(found)
    dwellings = [plan(x, y, x + 4, y + 7) for x in np.arange(0, 60, 4.0) for y in (1.5, 3.5)]
    for scheme in found:
        want = moved(scheme.reserved)
        same = min(turned, key=lambda item: item.reserved.symmetric_difference(want).area)
        assert same.reserved.symmetric_difference(want).area < 0.05
        here, other = routes(scheme, dwellings, RULES), routes(same, [moved(item) for item in dwellings], RULES)
        assert here.served.tolist() == other.served.tolist()
        assert here.distance_m == pytest.approx(other.distance_m, abs=0.02, nan_ok=True)


def test_same_input_gives_the_same_schemes():
    one, two = schemes("gallery", "court"), schemes("gallery", "court")
    assert [(item.id, item.text, item.reserved.wkb) for item in one] == [(item.id, item.text, item.reserved.wkb) for item in two]
