"""Openings across a wall that is no box as a whole: hand volumes, any position of the wall, no faces inside."""

from math import pi

import numpy as np
import pytest
from test_prism import across, box, doubled_faces, turn, upright, volume

from optopscan.geometry.carve import carved
from optopscan.geometry.prism import Prism

ANGLE = np.linspace(0.0, 2.0 * pi, 13)[:-1]
ROUND = np.stack([np.cos(ANGLE), np.sin(ANGLE)], axis=1)
# the area of a regular polygon with 12 corners on a circle of radius 1
TWELVE = 6 * np.sin(pi / 6)
MITRED = [(0, 0), (10, 0), (9.8, 0.2), (0.2, 0.2)]
ELL = [(0, 0), (10, 0), (10, 6), (9.8, 6), (9.8, 0.2), (0, 0.2)]
STEPPED = [(0, 0), (10, 0), (10, 0.4), (5, 0.4), (5, 0.2), (0, 0.2)]


def hole(x, z, r=0.5, depth=(-1.0, 1.0), rotation=None):
    return across(ROUND * r + (x, z), *depth, rotation=rotation)


@pytest.mark.parametrize("seed", [None, 1, 2])
@pytest.mark.parametrize(
    ("plan", "tools", "taken_m3"),
    [
        (MITRED, [(2, 1)], 0.2 * 0.25 * TWELVE),
        (MITRED, [(2, 1), (5, 2)], 0.4 * 0.25 * TWELVE),
        (MITRED, [(2, 1), (3.0, 1)], 0.4 * 0.25 * TWELVE),  # they touch
        (ELL, [(4, 1), (6, 1)], 0.4 * 0.25 * TWELVE),
        (STEPPED, [(2, 1), (7, 1)], (0.2 + 0.4) * 0.25 * TWELVE),
        (MITRED, [(2, 0)], 0.2 * 0.125 * TWELVE),  # half of it below the wall
    ],
)
def test_round_holes(plan, tools, taken_m3, seed):
    rotation = None if seed is None else turn(seed)
    host = upright(plan, 0, 3, rotation=rotation)
    whole = 3 * abs(np.linalg.det([[1, 1], [0, 1]])) * _area(plan)
    mesh, left = carved(host, [hole(x, z, rotation=rotation) for x, z in tools])
    assert left == []
    assert volume(mesh) == pytest.approx(whole - taken_m3, abs=2e-5)
    if seed is None:
        assert doubled_faces(mesh) < 1e-6


def _area(ring):
    x, y = np.transpose(ring)
    return 0.5 * abs(float(x @ np.roll(y, -1) - y @ np.roll(x, -1)))


def test_windows_and_round_holes_that_overlap():
    # a door 1 x 2 under a round hole whose lower half it takes
    host = upright(MITRED, 0, 3)
    mesh, left = carved(host, [hole(2, 2), box((1.5, -1, 0), (2.5, 1, 2))])
    assert left == []
    assert volume(mesh) == pytest.approx(3 * 0.2 * 9.8 - 0.2 * (2 + 0.125 * TWELVE), abs=2e-5)


def test_niches_stay_niches():
    mesh, left = carved(upright(MITRED, 0, 3), [hole(2, 1, depth=(0.1, 1.0))])
    assert left == []
    assert volume(mesh) == pytest.approx(3 * 0.2 * 9.8 - 0.1 * 0.25 * TWELVE, abs=2e-5)


def test_holes_where_the_wall_is_no_box_are_handed_back():
    tools = [hole(2, 1), hole(9.8, 1)]
    mesh, left = carved(upright(MITRED, 0, 3), tools)
    assert left == [tools[1]]
    assert volume(mesh) == pytest.approx(3 * 0.2 * 9.8 - 0.2 * 0.25 * TWELVE, abs=2e-5)


def test_a_hole_at_a_slant_is_handed_back():
    slanted = Prism((ROUND,), np.eye(3)[[0, 2]], np.array([3.0, -1.0, 1.0]), np.array([1.0, 2.0, 0.0]))
    mesh, left = carved(upright(MITRED, 0, 3), [slanted])
    assert left == [slanted]
    assert volume(mesh) == pytest.approx(3 * 0.2 * 9.8)


def test_a_slanted_wall_hands_everything_back():
    host = Prism((np.array(MITRED, dtype=float),), np.eye(3)[:2], np.zeros(3), np.array([1.0, 0.0, 3.0]))
    mesh, left = carved(host, [hole(2, 1)])
    assert len(left) == 1
    assert volume(mesh) == pytest.approx(3 * 0.2 * 9.8)


def test_a_hole_as_large_as_the_wall_there():
    # the hole takes the wall's full height over 4 .. 5
    square = np.array([(4, -1), (5, -1), (5, 4), (4.5, 4.5), (4, 4)], dtype=float)
    mesh, left = carved(upright(MITRED, 0, 3), [across(square, -1, 1)])
    assert left == []
    assert volume(mesh) == pytest.approx(3 * 0.2 * 8.8, abs=2e-5)


def test_holes_beside_the_wall_take_nothing():
    mesh, _ = carved(upright(MITRED, 0, 3), [hole(2, 1, depth=(3.0, 4.0)), hole(20, 1)])
    assert volume(mesh) == pytest.approx(3 * 0.2 * 9.8)
