"""The front against brute force, its treatment of unknown, and its speed."""

import math
import time

import numpy as np
import pytest

from optopscan.feasibility.pareto import front

NAN = math.nan


def brute(values, directions):
    """Pair by pair, in plain words: nan is beaten by a number and equal to nan."""

    def better(a, b, direction):
        if math.isnan(a):
            return False
        return math.isnan(b) or (a > b if direction == "max" else a < b)

    def dominates(one, other):
        pairs = list(zip(one, other, directions, strict=True))
        return any(better(a, b, d) for a, b, d in pairs) and not any(better(b, a, d) for a, b, d in pairs)

    return [not any(dominates(other, one) for other in values) for one in values]


@pytest.mark.parametrize("seed", range(12))
def test_against_brute_force(seed):
    rng = np.random.default_rng(seed)
    values = rng.integers(0, 5, (150, 4)).astype(float)
    values[rng.random(values.shape) < 0.2] = NAN
    directions = [("max", "min")[k] for k in rng.integers(0, 2, 4)]
    got = front(values, directions)
    assert got.tolist() == brute(values.tolist(), directions)
    assert got.any()
    assert not got.all()


def test_by_hand():
    """Dwellings max, UC min: 10 at 0.8, 12 at 0.9 and 12 at 0.9 stay; 10 at 0.9 and 9 at unknown are beaten."""
    values = np.array([[10, 0.8], [12, 0.9], [12, 0.9], [10, 0.9], [9, NAN]])
    assert front(values, ("max", "min")).tolist() == [True, True, True, False, False]


def test_unknown_is_never_better_than_known():
    """Equal but for a UC of 9 and an unknown one: the known stays. A larger number of dwellings still keeps an unknown on it."""
    assert front(np.array([[10, 9.0], [10, NAN]]), ("max", "min")).tolist() == [True, False]
    assert front(np.array([[10, 9.0], [11, NAN]]), ("max", "min")).tolist() == [True, True]
    assert front(np.array([[10, NAN], [10, NAN]]), ("max", "min")).tolist() == [True, True]


def test_none_and_one():
    assert front(np.zeros((0, 3)), ("max",) * 3).tolist() == []
    assert front(np.full((1, 3), NAN), ("max",) * 3).tolist() == [True]


def test_more_rows_than_a_block_in_any_order():
    rng = np.random.default_rng(1)
    values = rng.normal(size=(700, 3))
    order = rng.permutation(700)
    assert (front(values, ("max",) * 3)[order] == front(values[order], ("max",) * 3)).all()
    assert front(values, ("max",) * 3).tolist() == brute(values.tolist(), ("max",) * 3)


def test_five_thousand():
    """0.2 s of processor time was measured."""
    values = np.random.default_rng(0).normal(size=(5000, 8))
    start = time.process_time()
    front(values, ("max",) * 8)
    assert time.process_time() - start < 1.0
