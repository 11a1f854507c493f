import numpy as np
import pytest
from mesh_factory import box, prism, turned_about_z, upright_plate

from optopscan.geometry.derive import measure


def test_a_straight_wall():
    wall = measure("wall", [box(1, 2, 0, 6, 2.214, 2.8)])
    assert wall.thickness_m == pytest.approx(0.214)
    assert wall.length_m == pytest.approx(5.0)
    assert wall.axis_m == pytest.approx((1, 2.107, 6, 2.107))
    assert wall.elevation.bounds == pytest.approx((0, 0, 5, 2.8))
    assert wall.volume_m3 == pytest.approx(5 * 0.214 * 2.8)
    assert wall.note == ""


@pytest.mark.parametrize("degrees", [0.0, 33.0, 90.0, 135.0, 181.0])
def test_direction_changes_nothing_but_the_axis(degrees):
    wall = measure("wall", [turned_about_z(box(0, 0, 0, 5, 0.1, 2.8), degrees, (1000.0, 2000.0, 0.0))])
    assert (wall.thickness_m, wall.length_m) == (pytest.approx(0.1), pytest.approx(5.0))
    x0, y0, x1, y1 = wall.axis_m
    turn = np.degrees(np.arctan2(y1 - y0, x1 - x0)) - degrees
    assert min(turn % 180.0, 180.0 - turn % 180.0) == pytest.approx(0.0, abs=1e-6)


def test_a_window_and_a_door_show_in_the_elevation():
    # door 1.0 x 2.1 from the floor is a notch, window 1.5 x 1.2 a hole
    outline = [(0, 0), (1, 0), (1, 2.1), (2, 2.1), (2, 0), (6, 0), (6, 2.8), (0, 2.8)]
    window = [(3, 0.9), (3, 2.1), (4.5, 2.1), (4.5, 0.9)]
    wall = measure("wall", [upright_plate(outline, 0.3, holes=[window])])
    face = 6 * 2.8 - 1.0 * 2.1 - 1.5 * 1.2
    assert wall.elevation.area == pytest.approx(face)
    assert len(wall.elevation.interiors) == 1
    assert wall.elevation.interiors[0].bounds == pytest.approx((3, 0.9, 4.5, 2.1))
    assert wall.volume_m3 == pytest.approx(0.3 * face)
    assert wall.thickness_m == pytest.approx(0.3)


def test_a_gable_wall_keeps_its_outline():
    wall = measure("wall", [upright_plate([(0, 0), (8, 0), (8, 2), (4, 5), (0, 2)], 0.2)])
    assert wall.elevation.area == pytest.approx(8 * 2 + 0.5 * 8 * 3)
    assert wall.note == ""


def test_a_mitred_wall_is_as_long_as_its_longer_face():
    wall = measure("wall", [prism([(0, 0), (5, 0), (4.8, 0.2), (0.2, 0.2)], 0, 3)])
    assert (wall.length_m, wall.thickness_m) == (pytest.approx(5.0), pytest.approx(0.2))


def test_an_l_shaped_wall_is_measured_on_its_longer_leg_and_says_so():
    corner = [(0, 0), (6, 0), (6, 0.2), (0.2, 0.2), (0.2, 3), (0, 3)]
    wall = measure("wall", [prism(corner, 0, 2.7)])
    assert wall.thickness_m == pytest.approx(0.2)
    assert wall.axis_m == pytest.approx((0, 0.1, 6, 0.1))
    assert wall.volume_m3 == pytest.approx(2.7 * 0.2 * (6 + 2.8))
    assert "irregular" in wall.note


def test_layers_inside_a_wall_do_not_halve_its_thickness():
    # two leaves of 100 mm that touch: inner planes have the same area as the outer ones
    wall = measure("wall", [box(0, 0, 0, 4, 0.1, 3), box(0, 0.1, 0, 4, 0.2, 3)])
    assert wall.thickness_m == pytest.approx(0.2)
    assert wall.volume_m3 == pytest.approx(2.4)


def test_a_stub_wall_runs_across_when_its_layers_say_so():
    stub = box(0, 0, 0, 0.045, 0.214, 2.8)
    assert measure("wall", [stub]).thickness_m == pytest.approx(0.045)
    told = measure("wall", [stub], expected_thickness_m=0.214)
    assert (told.thickness_m, told.length_m) == (pytest.approx(0.214), pytest.approx(0.045))


def test_layers_never_overrule_what_is_measured():
    wall = measure("wall", [box(0, 0, 0, 4, 0.1, 3)], expected_thickness_m=0.3)
    assert wall.thickness_m == pytest.approx(0.1)


def test_a_curved_wall_gets_volume_over_face():
    # half ring, radii 4.0 and 4.2: mean thickness 0.2
    a = np.linspace(0.0, np.pi, 91)
    outer = np.stack([4.2 * np.cos(a), 4.2 * np.sin(a)], axis=1)
    inner = np.stack([4.0 * np.cos(a[::-1]), 4.0 * np.sin(a[::-1])], axis=1)
    wall = measure("wall", [prism(np.vstack([outer, inner]), 0, 3)])
    assert wall.thickness_m == pytest.approx(0.2, rel=0.02)
    assert "irregular" in wall.note
