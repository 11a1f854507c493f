"""Cells summed to one per load: every part gets the same loads and moments."""

import numpy as np
import pytest
import scipy.sparse as sp
import shapely

from optopscan.loads.actions import Actions, CellActions
from optopscan.loads.condensed import condensed
from optopscan.loads.take_down import take_down
from optopscan.model.structure import DISTRIBUTIONS, Cells, Fields, Heads, Loose, Parts, Shares, Structure

NONE, NO_ROWS = np.zeros(0), np.zeros(0, dtype=np.int64)


def two_walls(cells_kn, roof_kn, imposed_kn, level, shares):
    """Return two parts on the ground at x = 0 and x = 4, and cells between them at x = 4 times their share on the second."""
    n = len(cells_kn)
    zeros, pair = np.zeros(2), np.array([0.0, 4.0])
    parts = Parts(
        id=("a", "b"), kind=("pier", "pier"), element=np.arange(2), storey=np.zeros(2, dtype=np.int64), x0_m=pair, y0_m=zeros, x1_m=pair,
        y1_m=zeros + 1.0, z0_m=zeros, z1_m=zeros + 3.0, x_m=pair, y_m=zeros + 0.5, thickness_m=zeros + 0.2, length_m=zeros + 1.0,
        self_weight_kn=np.array([10.0, 20.0]), floor_sides=np.ones(2, dtype=np.int64), on_ground=np.ones(2, dtype=np.bool_),
        bearing_known=np.ones(2, dtype=np.bool_), line=np.arange(2),
    )  # fmt: skip
    heads = Heads(
        part=np.array([0]), face=np.array([0]), x0_m=np.array([0.0]), y0_m=np.array([0.0]), x1_m=np.array([0.0]), y1_m=np.array([1.0]),
        z_m=np.array([3.0]), thickness_m=np.array([0.2]), trib_area_m2=np.array([1.0]),
    )  # fmt: skip
    second = np.asarray(shares)
    table = sp.csr_array(np.column_stack([1.0 - second, second, np.zeros((n, 2))]))
    ground = sp.csr_array(np.array([[0.0, 0.0, 1.0, 0.0], [0.0, 0.0, 1.0, 0.0]]))
    nothing = {name: sp.csr_array((rows, 4)) for name, rows in (("parts", 2), ("heads", 1), ("loose", 0))}
    arms = {name: (empty, empty) for name, empty in nothing.items()}
    # 0.1 m out of the middle of the first wall: the second takes it as much the other way
    across = sp.csr_array(np.column_stack([(1.0 - second) * 0.1, -(1.0 - second) * 0.1, np.zeros((n, 2))]))
    own = Shares(
        parts=ground, cells=table, heads=sp.csr_array(np.array([[1.0, 0.0, 0.0, 0.0]])), loose=nothing["loose"],
        arms={**arms, "cells": (across, sp.csr_array((n, 4)))},
    )  # fmt: skip
    x = 4.0 * second
    structure = Structure(
        parts=parts,
        heads=heads,
        fields=Fields(
            elements=((0,),), polygon=(shapely.Polygon(),), z0_m=zeros[:1], z1_m=zeros[:1], storey=np.array([0]), kind=("floor",),
            weight_kn=zeros[:1],
        ),
        cells=Cells(
            field=np.zeros(n, dtype=np.int64), polygon=tuple(shapely.box(v, 0, v + 1, 1) for v in x), area_m2=np.ones(n), x_m=x,
            y_m=np.full(n, 0.5), span_deg=np.zeros(n), roof=np.zeros(n, dtype=np.bool_), weight_kn=np.ones(n),
        ),
        loose=Loose(element=NO_ROWS, weight_kn=NONE, x_m=NONE, y_m=NONE),
        shares=dict.fromkeys(DISTRIBUTIONS, own),
        level_z_m=(0.0, 3.0),
        base_z_m=0.0,
        roof_faces=(),
        roof_obstacles=(),
    )  # fmt: skip
    cells = CellActions(
        permanent_kn=np.asarray(cells_kn), imposed_kn=np.asarray(imposed_kn), roof_imposed_kn=np.asarray(roof_kn), level=np.asarray(level)
    )
    no_loose = CellActions(permanent_kn=NONE, imposed_kn=NONE, roof_imposed_kn=NONE, level=NO_ROWS)
    return structure, Actions(cells=cells, loose=no_loose, n_level=2, assumptions=(), finish_m2=np.ones(n))


FOUR = ([6.0, 2.0, 4.0, 8.0], [0.0, 0.0, 0.0, 1.0], [3.0, 1.0, 5.0, 0.0], [0, 0, 1, 1], [0.0, 0.5, 0.25, 1.0])


def test_loads_and_shares_by_hand():
    """Summed are the first three: 6 + 2 + 4 = 12 kN, to b (0 + 1 + 1) / 12 = 1/6; imposed 3 + 1, to b 0.5 / 4, and 5 kN."""
    structure, actions = two_walls(*FOUR)
    made, acting = condensed(structure, actions, np.array([False, False, False, True]))
    assert acting.cells.permanent_kn.tolist() == [8.0, 12.0, 0.0, 0.0]
    assert acting.cells.imposed_kn.tolist() == [0.0, 0.0, 4.0, 5.0]
    assert acting.cells.level.tolist()[2:] == [0, 1]
    assert made.shares["simple"].cells.toarray()[:, 1].tolist() == pytest.approx([1.0, 1 / 6, 0.125, 0.25])
    assert made.cells.polygon[0].equals(structure.cells.polygon[3])
    assert all(shape.is_empty for shape in made.cells.polygon[1:])
    assert made.cells.weight_kn.sum() == structure.cells.weight_kn.sum() == 4.0
    assert acting.finish_m2.sum() == 4.0


@pytest.mark.parametrize("keep", [[False] * 4, [True] * 4, [False, True, False, True]])
def test_every_part_gets_the_same_loads_and_moments(keep):
    structure, actions = two_walls(*FOUR)
    before, after = (take_down(*made) for made in ((structure, actions), condensed(structure, actions, np.array(keep))))
    for name in DISTRIBUTIONS:
        for key in ("permanent_foot_kn", "imposed_foot_kn", "roof_foot_kn", "floor_moment_knm", "influence_foot"):
            np.testing.assert_allclose(getattr(after[name], key), getattr(before[name], key), rtol=0.0, atol=1e-12, err_msg=key)
    assert before["simple"].permanent_foot_kn.tolist() == pytest.approx([10 + 6 + 1 + 3, 20 + 1 + 1 + 8])
    assert np.abs(before["simple"].floor_moment_knm).max() > 0.1


@pytest.mark.parametrize("load", [np.nan, -1.0])
def test_a_load_that_is_not_known_or_lifts_stays_by_itself(load):
    structure, actions = two_walls([6.0, load, 4.0, 8.0], *FOUR[1:])
    made, acting = condensed(structure, actions, np.zeros(4, dtype=np.bool_))
    assert np.array_equal(acting.cells.permanent_kn, [load, 18.0, 0.0, 0.0, 0.0], equal_nan=True)
    assert made.shares["continuous"].cells.toarray()[0].tolist() == [0.5, 0.5, 0.0, 0.0]


def test_a_building_without_floors():
    structure, actions = two_walls([], [], [], np.zeros(0, dtype=np.int64), [])
    made, acting = condensed(structure, actions, np.zeros(0, dtype=np.bool_))
    assert len(made.cells) == len(acting.cells.level) == 0
