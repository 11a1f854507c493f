import numpy as np
import pytest
from mesh_factory import box, prism, tilted, turned_about_z

from optopscan.geometry.derive import measure

I_PROFILE = [(0, 0), (0.2, 0), (0.2, 0.015), (0.105, 0.015), (0.105, 0.185), (0.2, 0.185), (0.2, 0.2), (0, 0.2), (0, 0.185)]
I_PROFILE += [(0.095, 0.185), (0.095, 0.015), (0, 0.015)]


def test_a_column_with_a_base_plate_has_the_section_of_its_shaft():
    column = measure("column", [prism(I_PROFILE, 0.0, 3.0), box(-0.1, -0.1, -0.02, 0.3, 0.3, 0.0)])
    assert column.section_m == (pytest.approx(0.2), pytest.approx(0.2))
    assert column.length_m == pytest.approx(3.02)
    assert np.isnan(column.axis_m).all()
    # two flanges 200 x 15, web 10 x 170
    assert column.volume_m3 == pytest.approx((2 * 0.2 * 0.015 + 0.01 * 0.17) * 3.0 + 0.4 * 0.4 * 0.02)


def test_a_beam_in_any_plan_direction():
    beam = turned_about_z(box(0, 0, 2.7, 6, 0.15, 3.0), 33.0, (10, 20, 0))
    found = measure("beam", [beam])
    a = np.radians(33.0)
    start = np.array([10 - 0.075 * np.sin(a), 20 + 0.075 * np.cos(a)])
    assert found.axis_m == pytest.approx((*start, start[0] + 6 * np.cos(a), start[1] + 6 * np.sin(a)))
    assert found.section_m == (pytest.approx(0.15), pytest.approx(0.3))
    assert found.thickness_m == pytest.approx(0.15)


def test_a_rafter_keeps_its_true_length_and_depth():
    a = np.radians(30.0)
    turn = [[np.cos(a), 0, -np.sin(a)], [0, 1, 0], [np.sin(a), 0, np.cos(a)]]
    found = measure("member", [tilted(box(0, 0, 0, 5, 0.07, 0.2), turn)])
    assert found.length_m == pytest.approx(5.0)
    assert found.section_m == (pytest.approx(0.07), pytest.approx(0.2))
    assert found.axis_m[2] - found.axis_m[0] == pytest.approx(5.0 * np.cos(a))


@pytest.mark.parametrize("roll", [0.0, 4.0, -30.0])
def test_a_beam_rolled_about_its_axis_keeps_its_section(roll):
    a = np.radians(roll)
    turn = [[1, 0, 0], [0, np.cos(a), -np.sin(a)], [0, np.sin(a), np.cos(a)]]
    found = measure("beam", [tilted(box(0, 0, 0, 4, 0.1, 0.2), turn)])
    assert found.section_m == (pytest.approx(0.1), pytest.approx(0.2))
    assert found.length_m == pytest.approx(4.0)


def test_a_column_turned_in_plan_keeps_its_section():
    found = measure("column", [turned_about_z(box(0, 0, 0, 0.5, 0.3, 3), 33.0)])
    assert found.section_m == (pytest.approx(0.3), pytest.approx(0.5))


def test_an_equal_angle_is_measured_along_its_legs():
    found = measure("column", [prism([(0, 0), (0.1, 0), (0.1, 0.01), (0.01, 0.01), (0.01, 0.1), (0, 0.1)], 0, 3)])
    assert found.section_m == (pytest.approx(0.1), pytest.approx(0.1))


def test_a_strip_footing_has_an_axis_and_a_pad_has_none():
    strip = measure("footing", [box(0, 0, -0.9, 8, 0.8, -0.5)])
    assert (strip.axis_m, strip.thickness_m) == (pytest.approx((0, 0.4, 8, 0.4)), pytest.approx(0.8))
    pad = measure("footing", [box(0, 0, -0.9, 1.2, 1.0, -0.5)])
    assert np.isnan(pad.axis_m).all()
    assert pad.thickness_m == pytest.approx(0.4)
