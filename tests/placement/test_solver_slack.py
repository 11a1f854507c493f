"""The choice that leaves the fullest row the most room, against all subsets."""

from __future__ import annotations

import numpy as np
import pytest

from optopscan.placement.solver.choose import choose
from optopscan.placement.solver.components import binding
from optopscan.placement.solver.slack import smallest_slack

from .solver_factory import brute_force, feasible_choices, problem_of, random_problem


@pytest.mark.parametrize("method", ["auto", "highs"])
def test_room_comes_before_the_order(method):
    """Of 0, 1 and 2 one is taken, all of value 1; they leave 1, 6 and 7 of 10, so 0.1, 0.6 and 0.7: 2, though the order wants 0."""
    rows = [[9, 4, 3], [0, 4, 0]]
    problem = problem_of([[1, 1, 1], [0, -1, -2]], [[1, 1, 1]], rows, [10, 10])
    assert not binding(problem)[1]
    assert choose(problem, method=method).chosen.tolist() == [0]
    found = choose(problem, method=method, slack_rows=len(problem.rhs))
    assert found.chosen.tolist() == [2]
    assert smallest_slack(problem, found.chosen) == pytest.approx(0.7)
    assert found.values.tolist() == [1.0, -2.0]


def test_without_a_row_that_binds_nothing_changes():
    problem = problem_of([[1, 1], [0, -1]], [[1, 1]], [[1, 0]], [10])
    assert choose(problem, slack_rows=len(problem.rhs)).chosen.tolist() == [0]


def test_equal_to_the_most_of_all_subsets():
    better = 0
    for seed in range(15):
        problem = random_problem(seed, n_strip=2, levels=2)
        best = brute_force(problem)[0]
        every = [np.flatnonzero(row) for row in feasible_choices(problem) if row @ problem.values[0] >= best - 1e-9]
        most = max(smallest_slack(problem, one) for one in every)
        found = choose(problem, slack_rows=len(problem.rhs))
        assert problem.feasible(found.chosen)
        assert (found.values[0], found.optimal) == (pytest.approx(best), True)
        reached = smallest_slack(problem, found.chosen)
        assert reached == most or most - 1e-3 <= reached <= most
        better += reached > smallest_slack(problem, choose(problem).chosen) + 1e-3
    assert better >= 2
