"""Shadow of prisms by hand and against a slow independent way; what a study of it counts."""

import math
import time

import numpy as np
import pytest
from shapely import affinity
from shapely.geometry import LineString, Polygon, box

from optopscan.catalog.engineering import load_engineering
from optopscan.feasibility.scheme import Prism
from optopscan.feasibility.shadow import edges_of, shaded
from optopscan.feasibility.sun import sun_field, sun_loss
from optopscan.feasibility.sun_position import sun_position
from optopscan.model.surroundings import Neighbour, Surroundings

NORM = load_engineering().sun_norms["tno-light"]
SOUTH = (0.0, -1.0)


def at(*points):
    return np.array(points, dtype=float)


def prism(x0, y0, x1, y1, z0, z1):
    return Prism(polygon=box(x0, y0, x1, y1), z0_m=z0, z1_m=z1)


def field(existing, surroundings=None, *, norm=NORM, **told):
    return sun_field(existing, norm, surroundings, **{"north_deg": 0.0, **told})


# -- one ray ------------------------------------------------------------------------


def test_length_of_a_shadow_at_noon_in_march():
    """A box of 10 m throws 10 / tan(38.25 deg) = 12.69 m to the north; a point 5 m high is shaded over 5 / tan = 6.34 m."""
    altitude, _ = sun_position(2026, 3, 21, np.arange(11.0, 12.5, 1 / 60), latitude_deg=52.1, longitude_deg=5.18)
    tan = math.tan(math.radians(altitude.max()))
    assert 10 / tan == pytest.approx(12.69, abs=0.01)
    edges = edges_of([prism(0, 0, 20, 10, 0, 10)])
    points = at(
        (10, 10 + 12.68, 0), (10, 10 + 12.70, 0), (10, 10 + 6.33, 5), (10, 10 + 6.36, 5), (10, 11, 10.1), (21, 12, 0), (10, 5, 10.1)
    )
    assert shaded(points, edges, toward=SOUTH, tan_altitude=tan).tolist() == [True, False, True, False, False, False, False]


def test_light_passes_under_a_box_in_the_air():
    """Box from 10 to 13 m above y 0..10, sun at 45 degrees in the south: shade for ground points with y from 10 to 23."""
    edges = edges_of([prism(0, 0, 20, 10, 10, 13)])
    points = at((5, 9.9, 0), (5, 10.1, 0), (5, 22.9, 0), (5, 23.1, 0))
    assert shaded(points, edges, toward=SOUTH, tan_altitude=1.0).tolist() == [False, True, True, False]


def test_a_point_inside_the_plan_below_the_box_is_shaded_by_a_steep_sun():
    """The ray climbs 10 to 13 m within the box: the stretch begins and ends inside, without crossing an edge."""
    edges = edges_of([prism(-50, -50, 50, 50, 10, 13)])
    assert shaded(at((0, 0, 0)), edges, toward=SOUTH, tan_altitude=2.0).tolist() == [True]


def test_courtyard_lets_sun_in():
    """Block 30 x 30 m, 10 m high, court 20 x 20 m; sun at 45 degrees in the south: the court is lit from 10 m behind its south wall."""
    shape = Polygon([(0, 0), (30, 0), (30, 30), (0, 30)], [[(5, 5), (25, 5), (25, 25), (5, 25)]])
    edges = edges_of([Prism(polygon=shape, z0_m=0, z1_m=10)])
    assert shaded(at((15, 14.9, 0), (15, 15.1, 0), (15, 24.9, 0)), edges, toward=SOUTH, tan_altitude=1.0).tolist() == [True, False, False]


def test_against_segments_one_by_one():
    """Random polygons, levels, points and suns: the stretch of each ray between the levels meets the polygon or not."""
    rng = np.random.default_rng(4)
    shapes = [
        Polygon([(0, 0), (12, 1), (9, 6), (14, 11), (2, 9), (5, 5)]),
        Polygon([(20, 0), (30, 0), (30, 10), (20, 10)], [[(22, 2), (28, 2), (28, 8), (22, 8)]]),
        affinity.rotate(box(-20, 5, -8, 9), 33.3),
    ]
    prisms = [Prism(polygon=shape, z0_m=z0, z1_m=z1) for shape, z0, z1 in zip(shapes, (0, 3, 6), (7, 9, 8), strict=True)]
    points = np.column_stack([rng.uniform(-30, 40, 300), rng.uniform(-20, 30, 300), rng.uniform(0, 9, 300)])
    edges, agree = edges_of(prisms), 0
    for azimuth, altitude in zip(rng.uniform(0, 360, 12), rng.uniform(11, 62, 12), strict=True):
        toward, tan = (math.sin(math.radians(azimuth)), math.cos(math.radians(azimuth))), math.tan(math.radians(altitude))
        got = shaded(points, edges, toward=toward, tan_altitude=tan)
        for (x, y, z), hit in zip(points, got, strict=True):
            meets = False
            for one in prisms:
                begin, end = max(0.0, one.z0_m - z) / tan, (one.z1_m - z) / tan
                if end > begin:
                    ray = LineString([(x + s * toward[0], y + s * toward[1]) for s in (begin, end)])
                    meets |= ray.intersects(one.polygon)
            assert meets == hit
            agree += hit
    assert agree > 100


def test_boxes_of_one_storey_become_one_outline():
    """Two boxes with 2 cm between them have 4 edges and the outline of both; of another height they stay apart."""
    near = [prism(0, 0, 3, 9, 10, 13), prism(3.02, 0, 6, 9, 10, 13)]
    edges = edges_of(near)
    assert len(edges.start_m) == 4
    assert (edges.start_m.min(), edges.start_m[:, 0].max()) == (pytest.approx(0.0), pytest.approx(6.0))
    assert len(edges_of([*near, prism(0, 0, 3, 9, 13, 16)]).start_m) == 8


# -- a study ------------------------------------------------------------------------


def test_no_boxes_take_nothing_and_north_unknown_is_unknown():
    block = [prism(0, 0, 60, 12, 0, 11.5)]
    none = sun_loss(field(block), [])
    assert (none.on, none.lost_mean_h, none.lost_max_h, none.below, none.ground_m2) == ("ground", 0.0, 0.0, 0, 0.0)
    unknown = sun_loss(field(block, north_deg=math.nan), [prism(0, 0, 60, 12, 11.5, 20)])
    assert math.isnan(unknown.lost_mean_h)
    assert math.isnan(unknown.ground_m2)
    assert (unknown.below, unknown.why) == (-1, "north")


def test_the_other_way_from_before_and_after():
    """Lost hours are those of the same study with the boxes as part of the building, and never less with more boxes."""
    block, new = prism(0, 0, 40, 12, 0, 11.5), [prism(0, 0, 20, 12, 11.5, 14.5), prism(0, 0, 20, 12, 14.5, 17.5)]
    before, after = field([block]), field([block, *new])
    lost = sun_loss(before, new)
    for k in range(len(NORM.dates)):
        rows = before.date == k
        assert lost.lost_h[k] == pytest.approx((before.lit[rows].sum(axis=0) - after.lit[rows].sum(axis=0)) / 6)
    assert (sun_loss(before, new[:1]).lost_h <= lost.lost_h + 1e-12).all()
    assert lost.lost_max_h > 1.0


def test_neighbour_in_the_north_loses_and_the_one_in_the_south_does_not():
    """Noon on 19 February stands at 26.7 degrees: 17.5 m reaches 17.5 / tan = 35 m; a facade 20 m to the north sees it."""
    block, new = [prism(0, 0, 60, 12, 0, 11.5)], [prism(0, 0, 60, 12, 11.5, 17.5)]
    north = Surroundings(neighbours=(Neighbour(name="n", polygon=box(0, 32, 60, 44), height_m=9.0),))
    south = Surroundings(neighbours=(Neighbour(name="z", polygon=box(0, -32, 60, -20), height_m=9.0),))
    loses, keeps = sun_loss(field(block, north), new), sun_loss(field(block, south), new)
    assert loses.on == keeps.on == "facade"
    assert loses.lost_max_h > 2.0
    assert loses.below > 0
    # north of it stands the block: only low sun early and late on 21 June comes over it, half an hour
    assert keeps.below == 0
    assert keeps.lost_max_h <= 0.5 + 1e-9
    # with north the other way around they change places
    turned = Surroundings(neighbours=south.neighbours, north_deg=180.0)
    assert sun_loss(field(block, turned), new).lost_mean_h == pytest.approx(loses.lost_mean_h, abs=0.02)


def test_points_of_a_facade():
    """Neighbour 60 x 12 x 9 m, grid 2 m, sills at 0.75, 3.75 and 6.75 m: (60 + 12) x 2 / 2 x 3 = 216 points; none on a shared wall."""
    block = [prism(0, 0, 60, 12, 0, 11.5)]
    apart = field(block, Surroundings(neighbours=(Neighbour(name="n", polygon=box(0, 32, 60, 44), height_m=9.0),)))
    assert int(apart.on_facade.sum()) == 216
    assert sorted(set(apart.points_m[apart.on_facade][:, 2])) == [0.75, 3.75, 6.75]
    joined = field(block, Surroundings(neighbours=(Neighbour(name="n", polygon=box(60, 0, 120, 12), height_m=9.0),)))
    assert int(joined.on_facade.sum()) == 216 - 6 * 3


def test_ground_ring():
    """Ring of 30 m around 60 x 12 m: 2 x (60 + 12) x 30 + pi 30^2 = 7147 m2 in cells of 4 m2."""
    ring = field([prism(0, 0, 60, 12, 0, 11.5)])
    assert len(ring.points_m) * 4 == pytest.approx(7147, rel=0.01)


def test_ground_that_loses_more_than_an_hour_grows_with_height():
    """Higher boxes shade all that lower ones do; what counts is ground, also where a facade is told."""
    block = [prism(0, 0, 60, 12, 0, 11.5)]
    areas = [sun_loss(field(block), [prism(0, 0, 60, 12, 11.5, 11.5 + h)]).ground_m2 for h in (0.5, 3.0, 6.0)]
    assert areas == sorted(areas)
    assert areas[0] < areas[2]


def test_turning_model_and_north_together_changes_nothing_but_the_grid():
    """North is 33.3 degrees clockwise from y after the model turned 33.3 degrees clockwise."""
    block, new = box(0, 0, 40, 12), box(0, 0, 40, 12)
    neighbour = box(0, 30, 40, 42)

    def loss(angle):
        def turn(shape):
            return affinity.rotate(shape, -angle, origin=(0, 0))

        told = Surroundings(neighbours=(Neighbour(name="n", polygon=turn(neighbour), height_m=9.0),), north_deg=angle)
        made = sun_field([Prism(polygon=turn(block), z0_m=0, z1_m=11.5)], NORM, told)
        return sun_loss(made, [Prism(polygon=turn(new), z0_m=11.5, z1_m=17.5)])

    plain, turned = loss(0.0), loss(33.3)
    assert turned.points == plain.points
    assert turned.lost_mean_h == pytest.approx(plain.lost_mean_h, abs=0.01)
    assert turned.below == plain.below


def test_fast_enough():
    """A block of 60 x 12 m with 40 boxes; 0.1 s of processor time was measured."""
    made = field([prism(0, 0, 60, 12, 0, 11.5)])
    boxes = [prism(3 * i, 0.5, 3 * i + 2.98, 11.5, 12 + 3.05 * k, 15.05 + 3.05 * k) for i in range(20) for k in range(2)]
    start = time.process_time()
    sun_loss(made, boxes)
    assert time.process_time() - start < 0.6
