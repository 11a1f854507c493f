"""How far beside its axis a wall is loaded: by hand on two walls, and on random buildings against the take-down."""

from __future__ import annotations

import dataclasses
from types import SimpleNamespace

import numpy as np
import pytest
import scipy.sparse as sp

from optopscan.loads.eccentricity import LEAST_M, part_arms, wall_eccentricity_m
from optopscan.loads.take_down import Extension, take_down
from optopscan.model.structure import is_wall
from optopscan.pipeline.placing import below_of
from optopscan.placement.leaning import SLACK_M, Leaning, leaning_rows

from .random_roof import random_roof

# wall 0 stands 50 mm beside the axis of wall 1, which carries a floor of 40 kN as well
ARMS = sp.csr_array(np.array([[0.0, 0.0], [0.05, 0.0]]))
LEAN = Leaning(arms_m={"simple": ARMS}, most_m=np.array([LEAST_M, 0.04]), least_kn=1.0)

BOTH, EACH = np.array([True, True]), sp.csr_array(np.eye(2))


def walls(upper_kn, *, beside_knm=0.0):
    foot = np.array([upper_kn, upper_kn + 40.0 + 20.0])
    return SimpleNamespace(
        distribution="simple",
        permanent_foot_kn=foot,
        self_weight_kn=np.array([20.0, 20.0]),
        permanent_head_kn=foot - 20.0,
        floor_moment_knm=np.array([[0.0, 0.0], [beside_knm, 0.0]]),
    )


def test_rows_by_hand():
    """60 kN of 100: e = 0.05 x 60 / 100 = 30 mm; 40 mm is reached at (3 + 0.05 N) = 0.04 (100 + N), N = 100 kN more."""
    change = sp.csr_array(np.array([[10.0, 0.0], [10.0, 10.0]]))
    part = LEAN.parts(walls(60.0), BOTH)
    assert part.tolist() == [1]
    matrix, rhs = leaning_rows(LEAN, walls(60.0), part, EACH, change, np.zeros(2))
    one = matrix.toarray()
    assert (rhs / one[:, 0])[one[:, 0] > 0] == pytest.approx([10.0], rel=1e-3)
    # load beside the upper wall rights the lower one
    assert (one[:, 1] < 0).all()
    # half of it already there
    _, rest = leaning_rows(LEAN, walls(60.0), part, EACH, change, np.array([50.0, 50.0]))
    assert rest[0] == pytest.approx(0.5 * rhs[0], rel=1e-3)


@pytest.mark.parametrize("beside", [0.0, 0.5])
def test_what_the_rows_allow_is_not_exceeded(beside):
    before = walls(60.0, beside_knm=beside)
    matrix, rhs = leaning_rows(LEAN, before, LEAN.parts(before, BOTH), EACH, sp.csr_array(np.ones((2, 1))), np.zeros(2))
    rising = matrix.toarray()[:, 0] > 0
    most_kn = float(np.min(rhs[rising] / matrix.toarray()[rising, 0]))
    assert not LEAN.exceeded(before, walls(60.0 + most_kn, beside_knm=beside)).any()
    assert LEAN.exceeded(before, walls(60.0 + 1.001 * most_kn, beside_knm=beside)).tolist() == [False, True]


def test_no_row_where_nothing_is_known_or_counts():
    unknown = dataclasses.replace(LEAN, most_m=np.array([np.nan, np.nan]))
    assert unknown.parts(walls(60.0), BOTH).size == LEAN.parts(walls(60.0), np.array([True, False])).size == 0


def buildings_with_moments():
    found = [random_roof(seed, few=True).ground for seed in range(40)]
    return [ground for ground in found if any(np.abs(take.moment_knm[:, 0]).max() > 0.1 for take in ground.take_downs.values())]


def test_arms_give_the_moments_of_the_take_down():
    many = buildings_with_moments()
    assert len(many) > 5
    for ground in many:
        wall = is_wall(ground.structure.parts)
        for name, take in ground.take_downs.items():
            moment = part_arms(ground.structure, name) @ take.permanent_foot_kn
            assert moment == pytest.approx(np.where(wall, take.moment_knm[:, 0], 0.0), abs=1e-9)


@pytest.mark.parametrize("removed_kn", [0.0, 12.0])
def test_no_number_of_storeys_over_the_whole_roof_makes_a_wall_lean_more(removed_kn):
    """On the roof as it is, and on the one that is stripped first; the stripped roof alone too."""
    grown = 0
    for ground in buildings_with_moments():
        structure = dataclasses.replace(
            ground.structure, heads=dataclasses.replace(ground.structure.heads, trib_area_m2=np.ones(len(ground.structure.heads)))
        )
        most = wall_eccentricity_m(structure, ground.take_downs, removed_kn)
        for load_kn in (0.0, 2.0, 20.0):
            extension = Extension(
                head_permanent_kn=np.full(len(structure.heads), load_kn - removed_kn),
                head_imposed_kn=np.zeros((len(structure.heads), 1)),
                removed_cell_kn=np.zeros(len(structure.cells)),
            )
            for name, take in take_down(structure, ground.actions, extension).items():
                force = np.maximum(take.permanent_head_kn, 1.0)
                e = (np.abs(part_arms(structure, name) @ take.permanent_foot_kn) + np.abs(take.floor_moment_knm[:, 0])) / force
                here = is_wall(structure.parts) & np.isfinite(most)
                assert (e[here] <= np.maximum(most, LEAST_M)[here] + 1e-9).all()
                existing = np.abs(ground.take_downs[name].moment_knm[:, 0]) / np.maximum(ground.take_downs[name].permanent_head_kn, 1.0)
                grown += int((e[here] > existing[here] + 1e-3).sum())
    # else the bound proves nothing
    assert grown > 10


def test_a_wall_that_would_lean_too_much_is_never_ok():
    """The re-check by itself, without the rows: all load on one head above the wall with the largest arm."""
    for ground in buildings_with_moments():
        below = below_of(ground)
        for name, take in ground.take_downs.items():
            bending = np.abs(part_arms(ground.structure, name) @ take.influence_foot)
            ratio = np.where(take.influence_foot > 0.01, bending / np.where(take.influence_foot > 0.01, take.influence_foot, 1.0), 0.0)
            part, head = np.unravel_index(int(np.argmax(ratio)), ratio.shape)
            if not ratio[part, head] > below.leaning.most_m[part] + 10 * SLACK_M:
                continue
            kn = np.zeros(len(ground.structure.heads))
            kn[head] = 1e4
            extension = Extension(
                head_permanent_kn=kn, head_imposed_kn=np.zeros((len(kn), 1)), removed_cell_kn=np.zeros(len(ground.structure.cells))
            )
            rebuilt = take_down(ground.structure, ground.actions, extension)
            assert below.leaning.exceeded(take, rebuilt[name])[part]
            return
    pytest.fail("no building where one head makes a wall lean more")
