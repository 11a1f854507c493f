"""Which positions are left out: the area under other plans by hand, and against polygons."""

from __future__ import annotations

import numpy as np
import pytest
import shapely

from optopscan.placement.candidates import covered_m2, rectangle_polygons
from optopscan.placement.lines import Frame
from optopscan.placement.reactions import Rectangles


def rectangles(*corners_and_sides):
    table = np.array(corners_and_sides, dtype=float)
    n = len(table)
    sides = {"u_m": table[:, 0], "v_m": table[:, 1], "du_m": table[:, 2], "dv_m": table[:, 3]}
    return Rectangles(**sides, long_u=np.zeros(n, dtype=bool), n_module=np.ones(n, dtype=np.int64))


def test_area_under_others_counts_once_where_they_overlap():
    # two plans of 4 x 2 and 4 x 3 that share 2 x 2: together 4 * 2 + 4 * 3 - 2 * 2 = 16 m2, all under the first; the second lies free
    others = rectangles((0, 0, 4, 2), (2, 0, 4, 3))
    assert covered_m2(rectangles((-1, -1, 10, 10), (20, 0, 3, 3), (3, 1, 1, 4)), others) == pytest.approx([16.0, 0.0, 2.0])


def test_area_under_others_is_that_of_polygons():
    rng = np.random.default_rng(5)
    plans, others = (rectangles(*np.column_stack([rng.uniform(0, 20, (30, 2)), rng.uniform(0.5, 8, (30, 2))])) for _ in range(2))
    frame = Frame(angle_deg=30.0, lines=())
    under = shapely.union_all(rectangle_polygons(frame, others))
    expected = shapely.area(shapely.intersection(np.array(rectangle_polygons(frame, plans)), under))
    assert covered_m2(plans, others) == pytest.approx(expected, abs=1e-9)
