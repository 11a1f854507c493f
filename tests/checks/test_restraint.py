"""From which side columns are loaded."""

import numpy as np
import pytest
import scipy.sparse as sp
from checks_factory import make_parts
from shapely.geometry import box

from optopscan.checks.restraint import held_edges, loaded_from_one_side
from optopscan.model.structure import Cells, Shares


def structure(cell_at, weight, beams=()):
    """One column at (0, 0) with cells and beams around it; beams come first in the rows, the column is the last."""
    n = len(beams) + 1
    place = np.array([*beams, (0.0, 0.0)], dtype=float)
    parts = make_parts(n, kind=("beam",) * len(beams) + ("column",), x_m=place[:, 0], y_m=place[:, 1])
    x, y = np.array([p[0] for p in cell_at], dtype=float), np.array([p[1] for p in cell_at], dtype=float)
    m = len(cell_at)
    cells = Cells(
        field=np.zeros(m, dtype=np.int64),
        polygon=(box(0, 0, 1, 1),) * m,
        area_m2=np.ones(m),
        x_m=x,
        y_m=y,
        span_deg=np.zeros(m),
        roof=np.zeros(m, dtype=bool),
        weight_kn=np.array(weight, dtype=float),
    )
    table, beam_table = np.zeros((m, n + 2)), np.zeros((n, n + 2))
    table[:, n - 1] = 0.5
    beam_table[: len(beams), n - 1] = 1.0
    none = sp.csr_array(np.zeros((0, n + 2)))
    return parts, cells, Shares(parts=sp.csr_array(beam_table), cells=sp.csr_array(table), heads=none, loose=none)


@pytest.mark.parametrize(
    ("cells", "weight", "one_side"),
    [
        ([(2, 0), (-2, 0)], [10, 10], False),  # two equal spans
        ([(3, 0), (-2, 0)], [15, 10], False),  # 45 - 20 over 65: 0.38
        ([(2, 0)], [10], True),  # an end
        ([(2, 0), (0, 2)], [10, 10], True),  # a corner: 0.71
        ([(2, 0), (-2, 0), (0, 2)], [10, 10, 10], False),  # along an edge, and from one side across it: 0.33
        ([], [], True),  # nothing shows where the load comes from
    ],
)
def test_by_hand(cells, weight, one_side):
    parts, made, shares = structure(cells, weight)
    assert loaded_from_one_side(parts, made, shares, np.zeros(1)).tolist() == [one_side]


def test_beams_count_with_what_they_carry():
    parts, cells, shares = structure([], [], beams=[(2, 0), (-2, 0)])
    assert not loaded_from_one_side(parts, cells, shares, np.array([50.0, 50.0, 0.0]))[-1]
    assert loaded_from_one_side(parts, cells, shares, np.array([50.0, 5.0, 0.0]))[-1]


def walls(**changes):
    """A pier of 2 m along x with a cross wall of 1.5 m at its left end; rows 0 and 1."""
    fields = {
        "x0_m": np.array([0.0, 0.0]),
        "x1_m": np.array([2.0, 0.0]),
        "y0_m": np.array([0.0, -0.75]),
        "y1_m": np.array([0.0, 0.75]),
        "thickness_m": np.array([0.12, 0.12]),
        "length_m": np.array([2.0, 1.5]),
    }
    fields.update(changes)
    return make_parts(2, kind=changes.pop("kind", ("pier", "pier")), **{k: v for k, v in fields.items() if k != "kind"})


def test_a_cross_wall_holds_the_end_that_it_touches():
    assert held_edges(walls(), ["clay", "clay"]).tolist() == [1, 0]


@pytest.mark.parametrize(
    ("parts", "group"),
    [
        (walls(), ["clay", "concrete"]),  # another material
        (walls(y0_m=np.array([0.0, -0.2]), y1_m=np.array([0.0, 0.2])), ["clay", "clay"]),  # shorter than a fifth of 2.8 m
        (walls(thickness_m=np.array([0.21, 0.05])), ["clay", "clay"]),  # thinner than 0.3 t
        (walls(z1_m=np.array([2.8, 1.5])), ["clay", "clay"]),  # only half as high
        (walls(x0_m=np.array([0.4, 0.0])), ["clay", "clay"]),  # a gap of 0.4 m
        (walls(x1_m=np.array([2.0, 1.5]), y0_m=np.zeros(2), y1_m=np.zeros(2)), ["clay", "clay"]),  # in line
        (walls(kind=("pier", "lintel")), ["clay", "clay"]),
    ],
)
def test_what_holds_nothing(parts, group):
    assert held_edges(parts, group).tolist()[0] == 0


def test_both_ends():
    n = 3
    parts = make_parts(
        n,
        x0_m=np.array([0.0, 0.0, 2.0]),
        x1_m=np.array([2.0, 0.0, 2.0]),
        y0_m=np.array([0.0, 0.0, 0.0]),
        y1_m=np.array([0.0, 1.0, 1.0]),
        length_m=np.array([2.0, 1.0, 1.0]),
    )
    # the long wall is held at both ends and holds one end of each of the short ones
    assert held_edges(parts, ["clay"] * n).tolist() == [2, 1, 1]
