"""Robust plane operations: same answer as GEOS where GEOS works, an answer where it raises."""

import numpy as np
import pytest
import shapely
from shapely.errors import GEOSException

from optopscan.geometry import plane


def test_plain_cases_are_exact() -> None:
    a, b = shapely.box(0, 0, 2, 1), shapely.box(1, 0, 3, 1)
    assert plane.union([a, b]).area == pytest.approx(3.0)
    assert plane.difference(np.array([a, b], dtype=object), a)[1].area == pytest.approx(1.0)
    assert plane.intersection(a, b).area == pytest.approx(1.0)
    assert plane.union([]).is_empty


def test_many_shapes_are_cut_as_one_by_one() -> None:
    """A net of beams through 400 cells, turned; cells that the net only touches, misses or covers among them."""
    boxes = shapely.box(*(0.5 * np.array([*np.indices((20, 20)).reshape(2, -1), *(np.indices((20, 20)).reshape(2, -1) + 1)])))
    bars = [shapely.LineString([(-1, 2.5 * k), (11, 2.5 * k)]).buffer(0.15, cap_style="flat") for k in range(5)]
    bars += [shapely.LineString([(3 * k, -1), (3 * k, 11)]).buffer(0.25, cap_style="flat") for k in range(4)]
    net = plane.union(bars)
    for deg in (0.0, 33.0):
        cut = shapely.affinity.rotate(net, deg, origin=(0, 0))
        cells = np.array([shapely.affinity.rotate(b, deg, origin=(0, 0)) for b in boxes], dtype=object)
        found = plane.difference(cells, cut)
        assert shapely.area(found) == pytest.approx([shapely.difference(c, cut).area for c in cells], abs=1e-12)


@pytest.mark.parametrize("name", ["union_all", "difference", "intersection"])
def test_second_try_on_a_grid(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    """GEOS raises without a grid, as it does on some nearly coincident edges; the second try must use one."""
    real = getattr(shapely, name)

    def raising(*args: object, **kwargs: object) -> object:
        if "grid_size" not in kwargs:
            raise GEOSException("TopologyException: unable to assign free hole to a shell")
        return real(*args, **kwargs)

    monkeypatch.setattr(shapely, name, raising)
    a, b = shapely.box(0, 0, 2, 1), shapely.box(1, 0, 3, 1)
    found = {
        "union_all": lambda: plane.union([a, b]),
        "difference": lambda: plane.difference(a, b),
        "intersection": lambda: plane.intersection(a, b),
    }
    assert found[name]().area == pytest.approx({"union_all": 3.0, "difference": 1.0, "intersection": 1.0}[name])


def test_shared_area_of_many_is_that_of_each() -> None:
    """Cells inside, across the edge, along it from outside, and far off an L with a hole."""
    shape = shapely.Polygon([(0, 0), (6, 0), (6, 3), (3, 3), (3, 6), (0, 6)], [[(1, 1), (2, 1), (2, 2), (1, 2)]])
    x, y = (0.75 * side.ravel() - 1.5 for side in np.indices((14, 14)))
    cells = np.array([*shapely.box(x, y, x + 0.75, y + 0.75), shapely.box(6, 0, 7, 3), shapely.box(30, 0, 31, 1)], dtype=object)
    expected = [shapely.intersection(cell, shape).area for cell in cells]
    assert plane.shared_area_m2(cells, shape) == pytest.approx(expected, abs=1e-12)
    assert plane.shared_area_m2(cells, shape).sum() == pytest.approx(27.0 - 1.0)


def test_a_turned_rectangle_in_another_is_found_from_both_sides() -> None:
    # 6 x 6 in 9 x 7.2, both turned 30 degrees and with one edge on one line but for rounding: GEOS alone says nothing is shared
    large = shapely.Polygon(
        [
            (2.2204460492503128e-16, -3.845925372767128e-16),
            (7.794228634059948, 4.499999999999999),
            (4.194228634059948, 10.735382907247956),
            (-3.599999999999999, 6.235382907247958),
        ]
    )
    small = shapely.Polygon(
        [
            (0.8557536373084775, 0.4940695928600503),
            (6.051906060015109, 3.4940695928600496),
            (3.0519060600151096, 8.690222015566683),
            (-2.144246362691522, 5.6902220155666825),
        ]
    )
    assert plane.intersection(small, large).area == pytest.approx(36.0, abs=1e-3)
    assert plane.intersection(large, small).area == pytest.approx(36.0, abs=1e-3)
    both = plane.intersection(np.array([small, large], dtype=object), np.array([large, small], dtype=object))
    assert shapely.area(both) == pytest.approx([36.0, 36.0], abs=1e-3)
    beside = shapely.box(20, 0, 21, 1)
    assert plane.intersection(small, beside).is_empty


def test_a_box_through_corners_that_differ_by_rounding() -> None:
    """The box ends at (4.1, 1.1) and just above (8, 1.0999999999999999): there GEOS clips to a ring of three points and raises."""
    cut = shapely.Polygon([(4.1, 1.1), (4, 1.1), (8, 1.0999999999999999), (0, 1.0000000000000002), (0, 8.899999999999999)])
    box = (1.5375, 0.0, 4.025, 2.1)
    with pytest.raises(GEOSException):
        shapely.clip_by_rect(cut, *box)
    assert plane.clip(cut, box).area == pytest.approx(shapely.intersection(cut, shapely.box(*box)).area, abs=1e-12)
    # a cell of which that box is the surroundings, and one that the cut leaves alone
    cells = np.array([shapely.box(2.5375, 1.0, 3.025, 1.1), shapely.box(20, 0, 21, 1)], dtype=object)
    assert shapely.area(plane.difference(cells, cut)) == pytest.approx(
        [shapely.difference(cells[0], cut).area, 1.0],
        abs=1e-12,
    )
