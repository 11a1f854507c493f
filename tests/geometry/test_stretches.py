"""Openings in the straight stretches of walls that are no boxes as a whole: volumes by hand, no faces inside, and when to give up."""

import numpy as np
import pytest
from test_prism import across, box, doubled_faces, turn, upright, volume

from optopscan.geometry.prism import Prism
from optopscan.geometry.stretches import along_stretches

MITRED = [(0, 0), (10, 0), (9.8, 0.2), (0.2, 0.2)]
MITRED_M3 = 3 * 0.2 * 9.8
ELL = [(0, 0), (10, 0), (10, 6), (9.8, 6), (9.8, 0.2), (0, 0.2)]
STEPPED = [(0, 0), (10, 0), (10, 0.4), (5, 0.4), (5, 0.2), (0, 0.2)]
TEE = [(0, 0), (10, 0), (10, 0.2), (6, 0.2), (6, 2), (5.8, 2), (5.8, 0.2), (0, 0.2)]
HOUSE = [(6, 1), (7, 1), (7, 2), (6.5, 2.5), (6, 2)]  # 1.25 m2 in x and z


def window(x0, x1, z0, z1, y0=-1.0, y1=1.0, rotation=None):
    return box((x0, y0, z0), (x1, y1, z1), rotation=rotation)


@pytest.mark.parametrize("seed", [None, 1, 5])
@pytest.mark.parametrize(
    ("plan", "windows", "left_m3"),
    [
        (MITRED, [(2, 3, 1, 2)], MITRED_M3 - 0.2),
        (MITRED, [(2, 3, 1, 2), (4, 6, 0, 2), (5, 7, 1.5, 2.5)], MITRED_M3 - 0.2 * (1 + 4 + 2 * 1 - 1 * 0.5)),
        (MITRED, [(0.2, 3, 1, 2)], MITRED_M3 - 0.2 * 2.8),  # from the very corner of the mitre
        (MITRED, [(0.2, 9.8, 1, 2)], MITRED_M3 - 0.2 * 9.6),
        (MITRED, [(2, 3, -1, 4)], MITRED_M3 - 0.2 * 3),  # the wall in two
        (ELL, [(1, 2, 1, 2), (8, 9, 1, 2)], 3 * (2 + 0.2 * 5.8) - 0.4),
        (STEPPED, [(1, 2, 1, 2), (7, 8, 1, 2)], 3 * 3 - 0.2 - 0.4),
        (STEPPED, [(-1, 2, 1, 2)], 9 - 0.4),  # open at the straight end
        (STEPPED, [(8, 12, 1, 2)], 9 - 0.8),
        (TEE, [(1, 2, 1, 2), (8, 9, 1, 2)], 3 * (2 + 0.2 * 1.8) - 0.4),
    ],
)
def test_windows(plan, windows, left_m3, seed):
    rotation = None if seed is None else turn(seed)
    mesh = along_stretches(upright(plan, 0, 3, rotation=rotation), [window(*one, rotation=rotation) for one in windows])
    if mesh is None:  # what begins beyond the wall's end is in no stretch of it
        assert min(one[0] for one in windows) < 0 or max(one[1] for one in windows) > 10
        return
    assert volume(mesh) == pytest.approx(left_m3, abs=1e-6)
    if seed is None:
        assert doubled_faces(mesh) < 1e-6


def test_a_plan_with_points_on_its_sides_and_clockwise():
    plan = [(0, 0), (0.2, 0.2), (5, 0.2), (9.8, 0.2), (10, 0), (7, 0), (2.5, 0)]
    mesh = along_stretches(upright(plan, 0, 3), [window(2, 3, 1, 2)])
    assert volume(mesh) == pytest.approx(MITRED_M3 - 0.2)


def test_niches_have_a_back():
    mesh = along_stretches(upright(MITRED, 0, 3), [window(2, 3, 1, 2, y0=0.1)])
    assert volume(mesh) == pytest.approx(MITRED_M3 - 0.1)
    assert doubled_faces(mesh) < 1e-6


def test_windows_of_different_directions_are_cut_apart():
    # a splayed window is a trapezium in plan, a house one in elevation: no common direction
    splayed = upright([(2, -1), (3, -1), (2.9, 1), (2.1, 1)], 1, 2)
    mesh = along_stretches(upright(MITRED, 0, 3), [splayed, across(HOUSE, -1, 1)])
    # at y = 0 and 0.2 the splay is 0.9 and 0.88 wide
    assert volume(mesh) == pytest.approx(MITRED_M3 - 0.2 * 0.89 - 0.2 * 1.25, abs=1e-5)
    assert doubled_faces(mesh) < 1e-6


def test_what_is_beside_the_wall_takes_nothing():
    tools = [window(2, 3, 4, 5), window(2, 3, 1, 2, y0=2, y1=3), window(20, 21, 1, 2), window(4, 5, 1, 2)]
    assert volume(along_stretches(upright(MITRED, 0, 3), tools)) == pytest.approx(MITRED_M3 - 0.2)


@pytest.mark.parametrize(
    ("plan", "tool"),
    [
        (MITRED, window(0.1, 1, 1, 2)),  # into the mitre
        (STEPPED, window(4, 6, 1, 2)),  # across the step
        (STEPPED, window(4, 5, 1, 2)),  # up to the step
        (ELL, box((9, 3, 1), (11, 4, 2))),  # in the other leg
        (TEE, window(5.7, 6.1, 1, 2)),
        ([(0, 0), (5, 8), (0, 8)], window(1, 2, 1, 2, y1=5)),  # sides that are not parallel
        ([(0, 0), (10, 0), (10, 3), (0, 3), (0, 2), (8, 2), (8, 1), (0, 1)], window(2, 3, 1, 2, y1=5)),  # both legs of a U
    ],
)
def test_no_stretch_no_answer(plan, tool):
    assert along_stretches(upright(plan, 0, 3), [tool]) is None


def test_only_plain_straight_walls():
    slanted = Prism((np.array(MITRED, dtype=float),), np.eye(3)[:2], np.zeros(3), np.array([1.0, 0.0, 3.0]))
    assert along_stretches(slanted, [window(2, 3, 1, 2)]) is None
    assert along_stretches(upright(MITRED, 0, 3, [(4, 0.05), (5, 0.05), (5, 0.1)]), [window(2, 3, 1, 2)]) is None
    assert along_stretches(upright(MITRED, 0, 3), []) is None
