"""Beam reactions against textbook coefficients and an independent stiffness solution."""

import numpy as np
import pytest

from optopscan.structure.statics import continuous, lever, uniform_reactions


@pytest.mark.parametrize(
    ("n", "expected"),
    [
        # Continuous beams with equal spans under uniform load, in w L (any structural handbook).
        (1, [0.5, 0.5]),
        (2, [0.375, 1.25, 0.375]),
        (3, [0.4, 1.1, 1.1, 0.4]),
        (4, [0.3929, 1.1429, 0.9286, 1.1429, 0.3929]),
    ],
)
def test_equal_spans(n: int, expected: list[float]) -> None:
    assert uniform_reactions(np.ones(n)) == pytest.approx(expected, rel=2e-3)


def stiffness_reactions(support: np.ndarray, load: float) -> np.ndarray:
    """Euler beam elements between fine nodes, supports fixed in height: an independent route."""
    nodes = np.unique(np.concatenate([support, [load], np.linspace(min(support[0], load), max(support[-1], load), 60)]))
    n = len(nodes)
    k = np.zeros((2 * n, 2 * n))
    for e in range(n - 1):
        h = nodes[e + 1] - nodes[e]
        ke = np.array(
            [
                [12, 6 * h, -12, 6 * h],
                [6 * h, 4 * h * h, -6 * h, 2 * h * h],
                [-12, -6 * h, 12, -6 * h],
                [6 * h, 2 * h * h, -6 * h, 4 * h * h],
            ]
        )
        k[2 * e : 2 * e + 4, 2 * e : 2 * e + 4] += ke / h**3
    force = np.zeros(2 * n)
    force[2 * int(np.abs(nodes - load).argmin())] = 1.0
    fixed = [2 * int(np.abs(nodes - s).argmin()) for s in support]
    free = np.setdiff1d(np.arange(2 * n), fixed)
    u = np.zeros(2 * n)
    u[free] = np.linalg.solve(k[np.ix_(free, free)], force[free])
    return -(k @ u - force)[fixed]


@pytest.mark.parametrize("load", [-0.8, 0.4, 2.0, 5.1, 8.7, 10.2])
def test_unequal_spans_and_overhangs(load: float) -> None:
    support = np.array([0.0, 3.0, 7.0, 9.0])
    assert continuous(support, np.array([load]))[0] == pytest.approx(stiffness_reactions(support, load), abs=1e-6)


def test_lever_keeps_sum_and_place() -> None:
    support, load = np.array([0.0, 3.0, 7.0]), np.array([-1.0, 0.5, 3.0, 6.9, 9.0])
    for share in (lever(support, load), continuous(support, load)):
        assert share.sum(axis=1) == pytest.approx(np.ones(5), abs=1e-12)
        assert share @ support == pytest.approx(load, abs=1e-12)


def test_one_support_takes_all() -> None:
    assert lever(np.array([2.0]), np.array([0.0, 5.0])).tolist() == [[1.0], [1.0]]
