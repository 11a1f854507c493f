"""Exact choice by sweeping along the strips, level by level.

First a sweep of few labels, aimed just under the bound of the prices and then lower, until it finds a choice; then one
full sweep that asks for more than that. It finds something better, or has proven that there is nothing.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from optopscan.model.arrays import FloatArray, IntArray
from optopscan.placement.solver.bounds import ITERATIONS, Paths, find_prices
from optopscan.placement.solver.diagram import diagrams
from optopscan.placement.solver.highs import by_level, nothing
from optopscan.placement.solver.problem import Problem, Solution, unit_of
from optopscan.placement.solver.sweep import Swept, sweep
from optopscan.placement.solver.track import Track

LABEL_LIMIT = 400_000
BEAM = 200
BEAM_OF_MANY = 500
STEP = 0.005
STEPS_MAX = 12
FIRST_DROP = 0.08
NODES_PER_CANDIDATE = 4
NODES_LEAST = 200
# rows are counted in whole parts of this share of their size, so that sums are exact and equal use is equal
GRAIN = 2.0**-36


@dataclass(frozen=True, kw_only=True, eq=False)
class Asked:
    """One level, ready to sweep: value (n) and bound in units of ``unit``, rows (n_row, n) and limit in whole grains, prices."""

    problem: Problem
    tracks: tuple[Track, ...]
    value: FloatArray
    rows: FloatArray
    limit: FloatArray
    price: FloatArray
    bound: float
    unit: float
    step: float


def paths_of(problem: Problem) -> tuple[Paths, ...] | None:
    """Return the diagrams of a problem; None where overlap is no matter of strips and they grow too large."""
    made = diagrams(problem, NODES_LEAST + NODES_PER_CANDIDATE * len(problem))
    return None if made is None else tuple(Paths(one) for one in made)


def strips(
    problem: Problem,
    *,
    label_limit: int = LABEL_LIMIT,
    later_label_limit: int | None = None,
    paths: tuple[Paths, ...] | None = None,
    proof: bool = True,
) -> Solution | None:
    """Return the best choice, or None where the diagrams grow too large.

    Parameters
    ----------
    label_limit
        Labels of one sweep; where it ends a full sweep, the answer is what the sweep of few labels found, not proven.
    later_label_limit
        The same for the levels after the first; None takes ``label_limit``.
    paths
        From `paths_of`, where they are there already.
    proof
        False stops at the first choice of the sweep of few labels.
    """
    paths = paths if paths is not None else paths_of(problem)
    if paths is None:
        return None
    later = label_limit if later_label_limit is None else later_label_limit

    def one(level: int, asked: Problem, before: IntArray | None) -> Solution:
        return _one_level(paths, asked, later if level else label_limit, proof, before)

    return by_level(problem, one, "strips")


def prepared(paths: tuple[Paths, ...], problem: Problem, iterations: int = ITERATIONS) -> Asked:
    """Return the first level of a problem with prices."""
    value, unit = problem.values[0], unit_of(problem.values[0])
    value = np.round(value / unit) if unit else value
    rows = problem.rows.toarray()
    size = np.maximum(np.abs(problem.rhs), np.abs(rows).max(axis=1, initial=0.0))
    grain = GRAIN * 2.0 ** np.ceil(np.log2(np.maximum(size, 1e-9)))
    rows = np.round(rows / grain[:, None])
    limit = np.floor((problem.rhs + 0.5 * problem.tolerance()) / grain)
    found = find_prices(paths, value, rows, limit, iterations)
    tracks = tuple(Track(one, value, rows, found.price) for one in paths)
    step = max(STEP * abs(found.bound), 1e-6 * float(np.abs(value).max(initial=0.0)))
    return Asked(
        problem=problem,
        tracks=tracks,
        value=value,
        rows=rows,
        limit=limit,
        price=found.price,
        bound=float(np.floor(found.bound + 1e-6)) if unit else found.bound,
        unit=unit,
        step=max(step, 1.0) if unit or not step else step,
    )


def _one_level(paths: tuple[Paths, ...], problem: Problem, label_limit: int, proof: bool, before: IntArray | None) -> Solution:
    asked = prepared(paths, problem)
    if before is not None:
        # what was best on the levels before may already reach the bound of this one
        known = Swept(chosen=before, value=float(asked.value[before].sum()), labels=0, complete=False)
        if asked.bound <= known.value + (0.0 if asked.unit else 1e-9 * abs(asked.bound)):
            return _answer(asked, known, asked.bound, 0)
    first, bound, labels = _first(asked, label_limit)
    if first.chosen is None:
        # of every choice there is, or of those that the limit left
        full = sweep(asked.tracks, asked.limit, asked.price, -np.inf, label_limit=label_limit)
        labels += full.labels
        none = nothing(problem, "strips", labels, proven=full.complete)
        return none if full.chosen is None else _answer(asked, full, full.value, labels)
    if not proof or bound <= first.value + (0.0 if asked.unit else 1e-9 * abs(bound)):
        return _answer(asked, first, bound, labels)
    more = first.value + (1.0 if asked.unit else 1e-9 * max(abs(first.value), 1.0))
    full = sweep(asked.tracks, asked.limit, asked.price, more, label_limit=label_limit)
    labels += full.labels
    best = first if full.chosen is None else full
    return _answer(asked, best, best.value if full.complete else bound, labels)


def _first(asked: Asked, label_limit: int) -> tuple[Swept, float, int]:
    """Return a good choice, the upper bound that was proven on the way, and the labels it took."""
    # several diagrams have many more nodes the lower the aim; one alone is swept fast, and once is enough
    bound, labels, drop = asked.bound, 0, 0.0 if len(asked.tracks) > 1 else max(FIRST_DROP * abs(asked.bound) / asked.step, 1.0)
    for _ in range(STEPS_MAX):
        least = asked.bound - drop * asked.step
        found = sweep(
            asked.tracks, asked.limit, asked.price, least, label_limit=label_limit, beam=BEAM if len(asked.tracks) == 1 else BEAM_OF_MANY
        )
        labels += found.labels
        if found.chosen is not None:
            return found, found.value if found.complete else bound, labels
        if found.complete:
            bound = min(bound, float(np.ceil(least - 1e-6)) - 1.0 if asked.unit else least)
        drop = 2.0 * drop + 1.0
    return Swept(chosen=None, value=-np.inf, labels=0, complete=False), bound, labels


def _answer(asked: Asked, found: Swept, bound: float, labels: int) -> Solution:
    chosen: IntArray = np.zeros(0, dtype=np.int64) if found.chosen is None else found.chosen
    scale = asked.unit or 1.0
    value = float(asked.problem.values[0, chosen].sum())
    optimal = bound <= found.value + (0.5 if asked.unit else 1e-9 * max(abs(bound), 1.0))
    most = value if optimal else max(value, bound * scale)
    gap = 0.0 if optimal else (most - value) / max(abs(value), 1e-9)
    one = np.array([value])
    return Solution(chosen=chosen, optimal=optimal, gap=gap, values=one, bound=most, proven=int(optimal), how="strips", steps=labels)


def first_good(problem: Problem) -> Solution | None:
    """Return a good choice fast: the sweep of few labels alone; None where `strips` returns None."""
    found = strips(problem.at_level(0, np.zeros(0)), proof=False)
    return None if found is None else replace(found, values=problem.reached(found.chosen), how="first_good")
