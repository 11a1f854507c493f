"""The sweep and its parts: diagrams, bounds, labels, front, greedy; and what it does where it is not made for the problem."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from optopscan.placement.solver import choose as choose_module
from optopscan.placement.solver import strips as strips_module
from optopscan.placement.solver.bounds import Paths, find_prices
from optopscan.placement.solver.choose import choose
from optopscan.placement.solver.diagram import diagrams
from optopscan.placement.solver.front import front
from optopscan.placement.solver.greedy import greedy
from optopscan.placement.solver.highs import highs
from optopscan.placement.solver.labels import undominated
from optopscan.placement.solver.strips import first_good, strips

from .solver_factory import brute_force, cliques_of, feasible_choices, problem_of, random_problem


def choices_of(diagram):
    """Return every path of a diagram as the set it takes."""
    found = []

    def walk(node, taken):
        if node == len(diagram.first) - 2 and diagram.first[node] == diagram.first[node + 1]:
            found.append(frozenset(taken))
        for arc in range(diagram.first[node], diagram.first[node + 1]):
            k = int(diagram.candidate[arc])
            walk(int(diagram.head[arc]), taken + ([k] if k >= 0 else []))

    walk(0, [])
    return found


@pytest.mark.parametrize(("n_strip", "corner", "hints"), [(1, False, True), (2, True, True), (3, True, True), (2, True, False)])
def test_paths_are_the_choices_without_overlap_each_once(n_strip, corner, hints):
    for seed in range(6):
        problem = random_problem(seed, n_strip=n_strip, n=9, corner=corner)
        problem = replace(problem, rows=problem.rows[:0], rhs=problem.rhs[:0])
        if not hints:
            problem = replace(problem, strip=np.full(9, -1))
        sets = [set(choices_of(diagram)) for diagram in diagrams(problem)]
        listed = [choices_of(diagram) for diagram in diagrams(problem)]
        assert [len(one) for one in sets] == [len(one) for one in listed]
        together = {frozenset()}
        for one in sets:
            together = {a | b for a in together for b in one}
        assert together == {frozenset(np.flatnonzero(row).tolist()) for row in feasible_choices(problem)}


def test_ring_of_four_strips():
    """A courtyard: the last strip meets the first again; two candidates per strip, ends exclude each other round the ring."""
    strip, start = np.repeat(np.arange(4), 3), np.tile([0.0, 2.0, 4.0], 4)
    corners = [([3 * k + 2], [(3 * k + 3) % 12]) for k in range(4)]
    cliques = cliques_of(strip, start, start + 2.0, corners)
    rng = np.random.default_rng(4)
    for _ in range(10):
        rows = rng.uniform(0.0, 1.0, (3, 12)) * (rng.random((3, 12)) < 0.5)
        problem = problem_of(rng.integers(1, 5, 12), cliques, rows, 0.5 * rows.sum(axis=1), strip, start, start + 2.0)
        found = choose(problem, method="strips")
        assert found.proven == 1
        assert found.values == pytest.approx(brute_force(problem))


def test_a_wrong_hint_costs_time_never_the_answer():
    """Hints drawn at random, once without any relation to the cliques and once all in one strip."""
    for seed in range(10):
        problem = random_problem(seed, n_strip=2, corner=True)
        rng = np.random.default_rng(seed)
        start = rng.integers(0, 4, len(problem)).astype(float)
        for strip in (rng.integers(0, 3, len(problem)), np.zeros(len(problem), dtype=int)):
            wrong = replace(problem, strip=strip, start_m=start, end_m=start + 1.0)
            found = choose(wrong, method="strips")
            assert found.values == pytest.approx(brute_force(problem))


def test_prices_bound_every_choice_and_come_close_to_the_best():
    """Two candidates of value 3 and 2 on one row of 4: taking both uses 5, so the relaxed best is 3 + 2 x (4 - 3) / 2 = 4."""
    problem = problem_of([3, 2], np.zeros((0, 2)), [[3, 2]], [4], strip=[0, 0], start=[0, 1], end=[1, 2])
    paths = tuple(Paths(one) for one in diagrams(problem))
    found = find_prices(paths, problem.values[0], problem.rows.toarray(), problem.rhs)
    assert 4.0 - 1e-9 <= found.bound <= 4.05
    for seed in range(10):
        other = random_problem(seed, n_strip=2, corner=True, negative=True)
        best = brute_force(other)
        paths = tuple(Paths(one) for one in diagrams(other))
        price = find_prices(paths, other.values[0], other.rows.toarray(), other.rhs)
        assert best is None or price.bound >= best[0] - 1e-9
        assert (price.price >= 0).all()


@pytest.mark.parametrize("n_row", [0, 1, 2, 3])
def test_undominated_labels(n_row):
    for seed in range(8):
        rng = np.random.default_rng([seed, n_row])
        value, used = rng.integers(0, 5, 400).astype(float), rng.integers(0, 9, (400, n_row)).astype(float)
        kept = undominated(value, used)
        better = (value[:, None] >= value) & (used[:, None] <= used).all(axis=2)
        strict = better & ~better.T
        assert not strict[:, kept].any()
        # all others are beaten by one that is kept, equal ones included
        assert better[kept].any(axis=0).all()
        distinct = {(value[k], *used[k]) for k in kept.tolist()}
        assert len(distinct) == kept.size


@pytest.mark.parametrize("given_up", [{"label_limit": 3}, {"proof": False}])
def test_what_the_sweep_cannot_prove_highs_does_with_what_was_found(monkeypatch, given_up):
    """With three labels most sweeps find nothing; without proof they find something that is not known to be best."""
    given = []
    # one label per node, so that the first sweep leaves something to prove
    monkeypatch.setattr(strips_module, "BEAM", 1)
    monkeypatch.setattr(strips_module, "BEAM_OF_MANY", 1)
    whole, real = choose_module.strips, choose_module.highs
    monkeypatch.setattr(choose_module, "strips", lambda asked, **limits: whole(asked, **limits, **given_up))
    monkeypatch.setattr(choose_module, "highs", lambda asked, **limits: given.append(limits["incumbent"]) or real(asked, **limits))
    for seed in range(8):
        problem = random_problem(seed, n_strip=2, n=60, whole=False)
        found = choose(problem)
        assert found.optimal
        assert found.values == pytest.approx(real(problem, node_limit=None).values)
    assert given
    assert any(start is not None for start in given) == ("proof" in given_up)


def test_a_label_limit_is_told_and_its_bound_is_one():
    """With hardly any labels nothing can be proven; the bound still lies above the best there is."""
    open_ends = 0
    for seed in range(10):
        problem = random_problem(seed, n_strip=2, n=60, whole=False)
        best = highs(problem, node_limit=None).values[0]
        found = strips(problem, label_limit=3)
        open_ends += not found.optimal
        assert found.bound >= best - 1e-6
        if found.chosen.size:
            assert problem.feasible(found.chosen)
            assert found.gap >= 0.0
            assert found.values[0] * (1.0 + found.gap) >= best - 1e-6
    assert open_ends


def test_large_random_problems_equal_highs():
    for seed in range(6):
        problem = random_problem(seed, n_strip=2, n=70, corner=seed % 2 == 1, levels=2)
        one, other = choose(problem), highs(problem, node_limit=None)
        assert one.how == "strips"
        assert one.values == pytest.approx(other.values)


def test_no_diagram_where_overlap_is_no_matter_of_strips():
    """Random pairs exclude each other: too many histories to tell apart; `auto` takes HiGHS."""
    rng = np.random.default_rng(0)
    n = 70
    cliques = np.zeros((300, n))
    for row in cliques:
        row[rng.choice(n, 2, replace=False)] = 1.0
    problem = problem_of(np.ones(n), cliques, np.zeros((0, n)), [])
    assert strips(problem) is None
    assert choose(problem).how == "highs"


def test_front_is_all_that_no_choice_beats():
    several = 0
    for seed in range(12):
        problem = random_problem(seed, n_strip=2, levels=2)
        reached = feasible_choices(problem) @ problem.values.T
        better = (reached[:, None] >= reached).all(axis=2) & (reached[:, None] > reached).any(axis=2)
        expected = np.unique(reached[~better.any(axis=0)], axis=0)[::-1]
        found = front(problem)
        assert found.complete
        assert found.points == pytest.approx(expected)
        assert [problem.reached(chosen).tolist() for chosen in found.chosen] == found.points.tolist()
        several += len(expected) > 1
    assert several >= 6


def test_greedy_and_first_good_are_choices():
    for seed in range(10):
        problem = random_problem(seed, n_strip=2, n=40)
        best = highs(problem, node_limit=None).values[0]
        some, good = greedy(problem), first_good(problem)
        assert problem.feasible(some.chosen)
        assert problem.feasible(good.chosen)
        assert some.values[0] <= best + 1e-9
        assert 0.97 * best <= good.values[0] <= best + 1e-9


def test_greedy_takes_the_largest_first():
    """Value 3 uses 3 of 4 and leaves room for nothing; 2 + 2 would have been more."""
    problem = problem_of([3, 2, 2], np.zeros((0, 3)), [[3, 2, 2]], [4])
    assert greedy(problem).chosen.tolist() == [0]
    assert choose(problem).values.tolist() == [4.0]
