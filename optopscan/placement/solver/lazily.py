"""Rows as they are needed: the best choice under some of the rows that keeps all of them is the best under all.

Most rows never stop anything. Without them independent parts fall apart and fewer labels have to be compared.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np

from optopscan.placement.solver.problem import Problem, Solution

ROUNDS = 8


def lazily(problem: Problem, solve: Callable[[Problem], Solution], *, enough: int, rounds: int = ROUNDS) -> tuple[Solution | None, int]:
    """Return the best choice and the steps taken; None where the rounds end before all rows are kept.

    Parameters
    ----------
    problem
        Levels, cliques and all rows.
    solve
        The method, asked for the same candidates under fewer rows.
    enough
        Levels that must be proven in every round, else None as well.
    """
    # what must be met is no limit that may wait
    active = problem.rhs < 0.0
    steps = 0
    for _ in range(rounds):
        found = solve(problem.with_rows(np.flatnonzero(active)))
        steps += found.steps
        if found.proven < enough:
            return None, steps
        used = np.zeros(len(problem))
        used[found.chosen] = 1.0
        exceeded = problem.rows @ used > problem.rhs + problem.tolerance()
        if not exceeded.any():
            return replace(found, steps=steps), steps
        active |= exceeded
    return None, steps
