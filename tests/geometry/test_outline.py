"""Outline of triangles by cancelling edges: the same shape anywhere, and no answer where there is none."""

import numpy as np
import pytest

from optopscan.geometry.outline import outline

GRID_M = 1e-5
L_SHAPE = np.array(
    [[(0, 0), (2, 0), (2, 1)], [(0, 0), (2, 1), (1, 1)], [(0, 0), (1, 1), (0, 1)], [(0, 1), (1, 1), (1, 3)], [(0, 1), (1, 3), (0, 3)]],
    dtype=float,
)


@pytest.mark.parametrize("place", [(0.0, 0.0), (12.34567, -3.2), (150.00001, 88.88888)])
def test_a_shape_that_comes_again_lies_where_it_is(place):
    first, second = outline(L_SHAPE, GRID_M), outline(L_SHAPE + place, GRID_M)
    assert second.area == pytest.approx(4.0)
    moved = np.array(second.exterior.coords) - place
    assert moved == pytest.approx(np.array(first.exterior.coords), abs=1e-9)


def test_another_shape_of_as_many_triangles_is_not_taken_for_it():
    wider = L_SHAPE * (2.0, 1.0)
    assert outline(L_SHAPE, GRID_M).area == pytest.approx(4.0)
    assert outline(wider, GRID_M).area == pytest.approx(8.0)


def test_triangles_that_overlap_have_no_outline():
    twice = np.concatenate([L_SHAPE, L_SHAPE + (0.5, 0.25)])
    assert outline(twice, GRID_M) is None
