"""Every method of the solver against trying all subsets, and against the others."""

from __future__ import annotations

import sys

import numpy as np
import pytest

from optopscan.errors import UsageError
from optopscan.placement.solver import highs as highs_module
from optopscan.placement.solver.choose import choose
from optopscan.placement.solver.components import components
from optopscan.placement.solver.cpsat import whole_rows
from optopscan.placement.solver.highs import highs
from optopscan.placement.solver.problem import unit_of

from .solver_factory import brute_force, feasible_choices, problem_of, random_problem

METHODS = ("auto", "highs", "cpsat", "strips")
KINDS = [
    {},
    {"whole": False},
    {"n_strip": 2},
    {"n_strip": 2, "corner": True},
    {"n_strip": 3, "corner": True, "n": 12},
    {"negative": True},
    {"n_strip": 2, "negative": True, "levels": 2},
    {"n_strip": 2, "corner": True, "negative": True, "levels": 3},
]


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize("kind", range(len(KINDS)))
def test_equal_to_all_subsets(method, kind):
    met = 0
    for seed in range(15):
        problem = random_problem(seed, **KINDS[kind])
        best, found = brute_force(problem), choose(problem, method=method)
        if best is None:
            assert (found.chosen.size, found.optimal, found.gap) == (0, False, np.inf)
            continue
        assert found.optimal, seed
        assert found.proven == len(problem.values)
        assert problem.feasible(found.chosen)
        assert found.values == pytest.approx(best)
        assert found.bound == pytest.approx(best[0])
        met += 1
    assert met >= 5


def test_the_random_problems_are_limited_by_rows():
    """Most of them have a larger best choice without rows; some with a row that must be met have none at all."""
    bound, none = 0, 0
    for seed in range(15):
        problem = random_problem(seed, n_strip=2)
        free = problem_of(problem.values, problem.cliques.toarray(), np.zeros((0, len(problem))), [])
        bound += brute_force(problem)[0] < brute_force(free)[0]
        none += brute_force(random_problem(seed, n_strip=2, negative=True)) is None
    assert bound >= 8
    assert none < 15


@pytest.mark.parametrize("method", METHODS)
def test_the_order_of_the_candidates_does_not_matter(method):
    for seed in range(8):
        problem = random_problem(seed, n_strip=2, corner=True, levels=2)
        shuffled = np.random.default_rng(seed).permutation(len(problem))
        one, other = choose(problem, method=method), choose(problem.take(shuffled), method=method)
        place = np.stack([problem.strip, problem.start_m, problem.end_m, *problem.values])
        assert sorted(place[:, one.chosen].T.tolist()) == sorted(place[:, shuffled[other.chosen]].T.tolist())


def test_independent_parts_are_found():
    """Candidates 0 and 1 share a clique, 2 and 3 a row that binds, 3 and 4 one that never does (1 + 1 <= 2)."""
    problem = problem_of(
        np.ones(5), [[1, 1, 0, 0, 0]], [[0, 0, 2, 2, 0], [0, 0, 0, 1, 1]], [3, 2], strip=[0] * 5, start=range(5), end=range(1, 6)
    )
    assert [rows.tolist() for rows, _ in components(problem)] == [[0, 1], [2, 3], [4]]
    assert choose(problem).values.tolist() == [3.0]


def test_a_row_without_candidates_that_cannot_be_met():
    problem = problem_of(np.ones(2), np.zeros((0, 2)), np.zeros((1, 2)), [-1.0])
    for method in METHODS:
        assert choose(problem, method=method).gap == np.inf


def test_levels_after_the_first_choose_among_its_best():
    """Value 2 by {0} or {1, 2}; the second level wants few: {0}; the third would want {1, 2}."""
    problem = problem_of([[2, 1, 1], [-1, -1, -1], [0, 5, 5]], [[1, 1, 0], [1, 0, 1]], np.zeros((0, 3)), [])
    for method in METHODS:
        found = choose(problem, method=method)
        assert found.chosen.tolist() == [0]
        assert found.values.tolist() == [2.0, -1.0, 0.0]


def test_whole_rows_keep_what_the_given_row_keeps():
    """0.1 + 0.2 <= 0.3 stays possible; of irregular rows no accepted subset breaks the given one."""
    whole, most = whole_rows(np.array([0.1, 0.2]), 0.3)
    assert whole.sum() <= most
    rng = np.random.default_rng(3)
    subsets = ((np.arange(2**8)[:, None] >> np.arange(8)) & 1).astype(float)
    for _ in range(50):
        row = rng.normal(size=8) * 10.0 ** rng.integers(-3, 4)
        limit = float(rng.normal() * np.abs(row).sum() / 3)
        whole, most = whole_rows(row, limit)
        accepted = subsets[subsets @ whole <= most]
        assert (accepted @ row <= limit + 1e-9 * abs(limit)).all()
        # and hardly any that keeps the row is refused
        assert len(accepted) >= (subsets @ row <= limit - 1e-4 * np.abs(row).sum()).sum()


def test_without_the_extra_it_says_what_to_install(monkeypatch):
    monkeypatch.setitem(sys.modules, "ortools.sat.python", None)
    with pytest.raises(UsageError, match=r"optopscan\[cpsat\]"):
        choose(random_problem(0), method="cpsat")


def test_unknown_method_is_refused():
    with pytest.raises(ValueError, match="simulated"):
        choose(random_problem(0), method="simulated")


def test_node_limit_is_reported_as_not_proven(monkeypatch):
    class Result:
        x, status, mip_gap, mip_dual_bound, mip_node_count = np.array([1.0, 0.0]), 1, 0.25, -1.25, 7

    monkeypatch.setattr(highs_module, "milp", lambda *args, **kwargs: Result())
    found = highs(problem_of(np.ones(2), [[1, 1]], np.zeros((0, 2)), []))
    assert (found.optimal, found.proven, found.gap, found.bound, found.steps) == (False, 0, 0.25, 1.25, 7)


def test_an_incumbent_is_kept_where_the_limit_ends_the_search(monkeypatch):
    class Result:
        x, status, mip_gap, mip_dual_bound, mip_node_count = None, 1, None, None, 0

    monkeypatch.setattr(highs_module, "milp", lambda *args, **kwargs: Result())
    found = highs(problem_of(np.ones(2), [[1, 1]], np.zeros((0, 2)), []), incumbent=np.array([1]))
    assert (found.chosen.tolist(), found.optimal) == ([1], False)


def test_units():
    assert unit_of(np.array([27.9, 33.48, 55.8])) == pytest.approx(5.58)
    assert unit_of(np.array([3.0, 3.0 + 1e-12])) == pytest.approx(3.0)
    assert unit_of(np.array([1.0, np.pi])) == 0.0
    assert unit_of(np.zeros(3)) == 0.0


@pytest.mark.parametrize("bad", [np.nan, np.inf])
def test_numbers_that_are_none_are_refused(bad):
    with pytest.raises(ValueError, match="nan or inf"):
        problem_of([1.0, bad], np.zeros((0, 2)), np.zeros((0, 2)), [])


def test_the_subsets_that_are_tried_keep_everything():
    problem = random_problem(1, n_strip=2, corner=True)
    choices = feasible_choices(problem)
    assert all(problem.feasible(np.flatnonzero(row)) for row in choices[:50])
