"""Which grid line a part stands on, on a straight and on a turned building."""

import math

import pytest

from optopscan.report.grid_lines import grid, ranks_apart


def part(kind, ends, storey=0, known=True, deg=0.0):
    c, s = math.cos(math.radians(deg)), math.sin(math.radians(deg))
    (x0, y0), (x1, y1) = [(c * x - s * y, s * x + c * y) for x, y in ends]
    return {"kind": kind, "storey": storey, "bearing_known": known, "x0_m": x0, "y0_m": y0, "x1_m": x1, "y1_m": y1}


def building(deg):
    across = [part("pier", [(x, 0.0), (x, 9.0)], deg=deg) for x in (0.0, 5.4, 5.6, 10.8)]
    along = part("pier", [(0.0, 9.0), (5.0, 9.0)], deg=deg)
    columns = [part("column", [(14.0, y), (14.0, y)], deg=deg) for y in (0.0, 9.0)]
    askew = part("pier", [(1.0, 1.0), (4.0, 4.0)], deg=deg)
    return [*across, along, *columns, askew]


@pytest.mark.parametrize("deg", [0.0, 20.0, -30.0])
def test_walls_and_columns_are_on_the_line_that_the_plan_shows(deg):
    """Two leaves are one line; a column counts on the line with a number; a wall that runs askew is on none."""
    parts = building(deg)
    lines = grid({"parts": parts})
    assert [lines.line_of(one) for one in parts] == ["1", "2", "2", "3", "A", "4", "4", ""]


def test_a_part_that_is_far_from_every_line_is_on_none():
    parts = building(0.0)
    assert grid({"parts": parts}).line_of(part("pier", [(8.0, 0.0), (8.0, 0.5)])) == ""


def test_names_that_stand_close_get_a_row_of_their_own():
    assert ranks_apart([0.0, 0.5, 3.0, 3.2, 3.4], 1.0, most=2) == [0, 1, 0, 1, 1]
