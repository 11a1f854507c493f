"""The cells of a floor are the floor: nothing lost, nothing twice, whatever its shape."""

import math

import numpy as np
import pytest
import shapely
from hypothesis import given, seed, settings
from hypothesis import strategies as st
from shapely.affinity import rotate, translate

from optopscan.geometry import plane
from optopscan.structure.cells import floor_pieces
from tests.structure.floor_cases import spread

L_SHAPE = shapely.Polygon([(0, 0), (9, 0), (9, 4), (4, 4), (4, 8), (0, 8)])
U_SHAPE = shapely.Polygon([(0, 0), (9, 0), (9, 8), (6, 8), (6, 3), (3, 3), (3, 8), (0, 8)])
HOLED = shapely.box(0, 0, 9, 8) - shapely.box(2.003, 1.0, 4.0, 3.999) - shapely.box(6, 5, 7, 6.5)
ROUND = shapely.Point(4.5, 4).buffer(4.0, quad_segs=24)
SLIVER = shapely.box(0, 0, 9, 8) | shapely.box(9, 2, 9.0004, 6)
GAP_1_MM = shapely.box(0, 0, 4.4995, 8) | shapely.box(4.5005, 0, 9, 8)
# Two slabs that overlap by 0.3 m, and one drawn twice with corners a rounding apart.
OVERLAP = plane.union([shapely.box(0, 0, 5, 8), shapely.box(4.7, 0, 9, 8)])
TWICE = plane.union([shapely.box(0, 0, 9, 8), shapely.box(1e-9, -1e-9, 9 - 1e-9, 8 + 1e-9)])
SHAPES = {
    "L": L_SHAPE, "U": U_SHAPE, "holes": HOLED, "round": ROUND,
    "sliver": SLIVER, "gap of 1 mm": GAP_1_MM, "overlap": OVERLAP, "twice": TWICE,
}  # fmt: skip
WALLS = [(0, 0, 9, 0), (0, 8, 9, 8), (0, 4, 9, 4), (0, 0, 0, 8), (9, 0, 9, 8), (4.5, 4, 4.5, 8)]


def check(polygon, lines, *, size_m=0.5, runs_through=True):
    floor = spread(polygon, lines, runs_through=runs_through)
    pieces = floor_pieces(floor, size_m)
    shapes = np.array(pieces.polygon, dtype=object)
    area = shapely.area(shapes)
    assert area.min() > 0
    assert area.sum() == pytest.approx(polygon.area, rel=1e-9)
    # Together they are the floor; with the sum equal to the area of the union none overlap.
    union = shapely.union_all(shapes)
    assert union.area == pytest.approx(polygon.area, rel=1e-9)
    assert shapely.symmetric_difference(union, polygon).area < 1e-7
    assert len(pieces.group) == len(pieces.s_m) == len(pieces.span_deg) == len(shapes)


@pytest.mark.parametrize("name", sorted(SHAPES))
def test_cells_partition_every_shape(name):
    check(SHAPES[name], WALLS)


@pytest.mark.parametrize("deg", [33.0, 90.0, 137.2])
def test_cells_partition_turned_floors_far_away(deg):
    floor = translate(rotate(HOLED, deg, origin=(0, 0)), 3000.0, -2000.0)
    turned = []
    for x0, y0, x1, y1 in WALLS:
        line = translate(rotate(shapely.LineString([(x0, y0), (x1, y1)]), deg, origin=(0, 0)), 3000.0, -2000.0)
        turned.append(tuple(np.ravel(line.coords)))
    check(floor, turned)


@seed(20)
@settings(max_examples=25, deadline=None, database=None)
@given(
    corners=st.lists(st.tuples(st.floats(0.5, 9.0), st.floats(0.0, 1.0)), min_size=4, max_size=9),
    holes=st.lists(st.tuples(st.floats(-5.0, 5.0), st.floats(-5.0, 5.0), st.floats(0.001, 3.0)), max_size=3),
    lines=st.lists(st.tuples(*[st.floats(-8.0, 8.0)] * 4), min_size=1, max_size=4),
)
def test_cells_partition_any_floor(corners, holes, lines):
    """Star-shaped floors with holes of any size, down to a millimetre, over walls in any place and direction."""
    n = len(corners)
    ring = [
        (r * math.cos(2 * math.pi * (k + 0.9 * t) / n), r * math.sin(2 * math.pi * (k + 0.9 * t) / n)) for k, (r, t) in enumerate(corners)
    ]
    floor = shapely.Polygon(ring).buffer(0)
    for x, y, size in holes:
        floor = floor - shapely.box(x, y, x + size, y + size)
    long = [line for line in lines if math.hypot(line[2] - line[0], line[3] - line[1]) > 0.3]
    if floor.area < 0.3 or not long:
        return
    check(floor, long, size_m=1.0)


def test_strip_over_a_wall_along_the_span_rests_on_it():
    """Walls at y = 0 and 8 carry a floor 9 m long; the wall x = 4.5 stands along the span: its 0.2 m rest on it.

    At y = 0 and 8 two walls cross under it; what lies right above both goes to the one along the span.
    """
    floor = spread(shapely.box(0, 0, 9, 8), [(0, 0, 9, 0), (0, 8, 9, 8), (4.5, 0, 4.5, 8)])
    floor.direct([(shapely.box(0, 0, 9, 8), 90.0)])
    pieces = floor_pieces(floor, 0.5)
    over = np.asarray(pieces.group) == 2
    assert shapely.area(np.array(pieces.polygon, dtype=object)[over]).sum() == pytest.approx(0.2 * 8, rel=1e-9)
    assert set(np.asarray(pieces.group).tolist()) == {-1, 2}
    assert np.asarray(pieces.span_deg) == pytest.approx(np.full(len(over), 90.0))
