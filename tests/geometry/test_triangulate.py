"""Many polygons at once: areas add up, corners are the polygon's own, bad ones do not spoil good ones."""

import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from optopscan.geometry.triangulate import triangulate

SQUARE = np.array([(0, 0), (4, 0), (4, 4), (0, 4)], dtype=float)
HOLE = np.array([(1, 1), (2, 1), (2, 2), (1, 2)], dtype=float)
BOW = np.array([(0, 0), (1, 1), (1, 0), (0, 1)], dtype=float)


def total(rings, rows):
    points = np.concatenate(rings)
    a, b, c = (points[rows[:, i]] for i in range(3))
    twice = (b[:, 0] - a[:, 0]) * (c[:, 1] - a[:, 1]) - (b[:, 1] - a[:, 1]) * (c[:, 0] - a[:, 0])
    assert (twice > 0.0).all()  # counter-clockwise
    return 0.5 * float(twice.sum())


@pytest.mark.parametrize("outer", [SQUARE, SQUARE[::-1]])
@pytest.mark.parametrize("inner", [HOLE, HOLE[::-1]])
def test_rings_may_turn_either_way(outer, inner):
    (rows,) = triangulate([[outer, inner]])
    assert total([outer, inner], rows) == pytest.approx(15.0)


def test_nothing_in_nothing_out():
    assert triangulate([]) == []


def test_bad_polygons_are_none_and_the_others_are_not_touched():
    line = np.array([(0, 0), (1, 0), (2, 0)], dtype=float)
    polygons = [[SQUARE], [BOW], [SQUARE[:2]], [line], [SQUARE, SQUARE + 10.0], [SQUARE, HOLE]]
    found = triangulate(polygons)
    assert [rows is None for rows in found] == [False, True, True, True, True, False]
    assert total(polygons[0], found[0]) == pytest.approx(16.0)
    assert total(polygons[5], found[5]) == pytest.approx(15.0)


def test_numbers_that_are_none_are_refused_alone():
    odd = SQUARE.copy()
    odd[0, 0] = np.nan
    found = triangulate([[SQUARE], [odd]])
    assert found[0] is not None
    assert found[1] is None


STAR = st.lists(st.floats(0.2, 3.0), min_size=3, max_size=12)


@settings(max_examples=50, deadline=None, derandomize=True)
@given(stars=st.lists(STAR, min_size=1, max_size=5), shift=st.floats(-1000, 1000))
def test_stars_keep_their_area(stars, shift):
    polygons = []
    for radii in stars:
        angle = np.linspace(0.0, 2.0 * np.pi, len(radii) + 1)[:-1]
        polygons.append([np.stack([np.cos(angle), np.sin(angle)], axis=1) * np.array(radii)[:, None] + shift])
    for rings, rows in zip(polygons, triangulate(polygons), strict=True):
        assert rows is not None
        assert len(rows) == len(rings[0]) - 2
        assert total(rings, rows) == pytest.approx(shapely.Polygon(rings[0]).area, rel=1e-9)
