"""The one way in: a method by name, the same answer in whatever order the candidates come."""

from __future__ import annotations

from dataclasses import replace
from typing import Literal, get_args

import numpy as np

from optopscan.model.arrays import IntArray
from optopscan.placement.solver.components import components, impossible
from optopscan.placement.solver.cpsat import cpsat
from optopscan.placement.solver.highs import NODE_LIMIT, highs, nothing
from optopscan.placement.solver.lazily import lazily
from optopscan.placement.solver.problem import Problem, Solution, canonical
from optopscan.placement.solver.slack import most_slack
from optopscan.placement.solver.strips import strips

Method = Literal["auto", "highs", "cpsat", "strips"]
LABELS_PER_NODE = 100
SMALL = 1e-9


def choose(
    problem: Problem,
    *,
    method: Method = "auto",
    node_limit: int | None = NODE_LIMIT,
    later_node_limit: int | None = None,
    slack_rows: int = 0,
) -> Solution:
    """Return the best choice of candidates.

    Parameters
    ----------
    method
        ``auto``: independent parts apart, each by the fastest method that is exact for it. Or one method by name
        for the whole.
    node_limit, later_node_limit
        Branch-and-bound nodes of the first level and of those after it, where HiGHS is used. With a limit for the later
        ones the sweep has one too, and what it finds there is taken without proof.
    slack_rows
        Before the last level, which orders what is equal: as much room as possible in the fullest of the first so many rows
        (`most_slack`).

    Returns
    -------
    Solution
        Empty, not optimal and of infinite gap where nothing was found; see there for what is proven.

    Raises
    ------
    ValueError
        If the method is not known.
    """
    if method not in get_args(Method):
        raise ValueError(f"method {method!r} is not one of {', '.join(get_args(Method))}")
    order = canonical(problem)
    asked = problem.take(order)
    if impossible(asked):
        return nothing(problem, method, proven=True)
    if method == "strips":
        swept = strips(asked)
        found = nothing(asked, "strips") if swept is None else swept
    elif method == "cpsat":
        found = cpsat(asked)
    elif method == "highs":
        found = highs(asked, node_limit=node_limit, later_node_limit=later_node_limit)
    else:
        found = _auto(asked, node_limit, later_node_limit)
    if slack_rows:

        def again(part: Problem) -> Solution:
            return choose(part, method=method, node_limit=node_limit, later_node_limit=later_node_limit)

        found = most_slack(asked, found, _quick if method == "auto" else again, slack_rows)
    return replace(found, chosen=np.sort(order[found.chosen]))


def _auto(problem: Problem, node_limit: int | None, later_node_limit: int | None) -> Solution:
    def apart(asked: Problem) -> Solution:
        return joined(asked, [(rows, _part(part, node_limit, later_node_limit)) for rows, part in components(asked)])

    enough = len(problem.values) if later_node_limit is None else 1
    found, steps = lazily(problem, apart, enough=enough)
    if found is not None:
        return found
    full = apart(problem)
    return replace(full, steps=full.steps + steps)


def _quick(problem: Problem) -> Solution:
    """Return a good choice without proof: the first of every sweep, under the rows that are needed."""

    def apart(asked: Problem) -> Solution:
        found = [(rows, strips(part, proof=False) or highs(part, node_limit=NODE_LIMIT)) for rows, part in components(asked)]
        return joined(asked, found)

    found, _ = lazily(problem, apart, enough=0)
    return apart(problem) if found is None else found


def _part(problem: Problem, node_limit: int | None, later_node_limit: int | None) -> Solution:
    """Return the answer of the sweep, or of HiGHS where the sweep is not made for it or gives up."""
    found = strips(problem) if later_node_limit is None else strips(problem, later_label_limit=LABELS_PER_NODE * later_node_limit)
    enough = len(problem.values) if later_node_limit is None else 1
    if found is not None and (found.proven >= enough or found.bound == -np.inf):
        return found
    start = found.chosen if found is not None and np.isfinite(found.gap) else None
    other = highs(problem, node_limit=node_limit, later_node_limit=later_node_limit, incumbent=start)
    if found is None or np.isinf(found.gap):
        return other
    better = tuple(other.values) > tuple(found.values) or (other.proven > found.proven)
    return replace(other if better else found, how="strips+highs", steps=found.steps + other.steps)


def joined(problem: Problem, found: list[tuple[IntArray, Solution]]) -> Solution:
    """Return the answers of independent parts as one."""
    how = "+".join(sorted({part.how for _, part in found})) or "none"
    steps = sum(part.steps for _, part in found)
    if any(np.isinf(part.gap) and not part.chosen.size for _, part in found):
        return nothing(problem, how, steps, proven=any(part.bound == -np.inf for _, part in found))
    chosen = np.sort(np.concatenate([rows[part.chosen] for rows, part in found] or [np.zeros(0, dtype=np.int64)]))
    values, bound = problem.reached(chosen), float(sum(part.bound for _, part in found))
    optimal = all(part.optimal for _, part in found)
    gap = 0.0 if optimal else max(bound - float(values[0]), 0.0) / max(abs(float(values[0])), SMALL)
    proven = min((part.proven for _, part in found), default=len(values))
    return Solution(chosen=chosen, optimal=optimal, gap=gap, values=values, bound=bound, proven=proven, how=how, steps=steps)
