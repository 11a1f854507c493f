"""Prices of capacity, and with them an upper bound on how every path through a diagram can go on.

For prices p >= 0 no choice is worth more than p @ rhs + the longest path under values - p @ rows, and that path is
found in one backward pass. Good prices come from subgradient steps, in whole deterministic iterations.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from optopscan.model.arrays import FloatArray, IntArray, freeze
from optopscan.placement.solver.diagram import Diagram

ITERATIONS = 120
FIRST_STEP = 0.1
PATIENCE = 6
SHRINK = 0.6


class Paths:
    """Longest paths of one diagram under changing arc weights."""

    def __init__(self, diagram: Diagram) -> None:
        self.diagram = diagram
        self.n_node = len(diagram.first) - 1
        self.take = diagram.candidate >= 0
        skip = diagram.first[:-2]
        self.skip_head = np.append(diagram.head[skip], self.n_node - 1)
        heads = np.where(self.take, diagram.head, self.n_node)
        nearest = np.minimum.reduceat(heads, skip) if self.n_node > 1 else heads
        self.runs: list[tuple[slice, slice, IntArray]] = []
        last = self.n_node - 2
        while last >= 0:
            low = last
            while low > 0 and self.skip_head[low - 1] == low and nearest[low - 1] > last:
                low -= 1
            arcs = slice(int(diagram.first[low]), int(diagram.first[last + 1]))
            self.runs.append((slice(low, last + 1), arcs, diagram.first[low : last + 1] - diagram.first[low]))
            last = low - 1
        self._windows()

    def _windows(self) -> None:
        """Cut the layers into windows: what is taken in one ends beyond it. Note the way to go in a window without taking anything."""
        diagram = self.diagram
        layers, of = np.unique(diagram.layer, return_inverse=True)
        reach = np.full(layers.size, layers.size)
        np.minimum.at(reach, of[diagram.tail[self.take]], of[diagram.head[self.take]])
        number, ends, count = np.zeros(layers.size, dtype=np.int64), layers.size, 0
        for layer, end in enumerate(reach.tolist()):
            # the end stands alone
            if layer and (layer >= ends or layer == layers.size - 1):
                count, ends = count + 1, layers.size
            ends = min(ends, end)
            number[layer] = count
        self.window = number[of]
        self.window_at_m = np.full(count + 1, np.inf)
        np.minimum.at(self.window_at_m, self.window, diagram.at_m)
        self.depth = of

    def to_go(self, weight: FloatArray) -> FloatArray:
        """Return the longest way from every node to the end under arc weights (n_node)."""
        far = np.full(self.n_node, -np.inf)
        far[-1] = 0.0
        head = self.diagram.head
        for nodes, arcs, starts in self.runs:
            best = np.maximum.reduceat(weight[arcs] + far[head[arcs]], starts)
            far[nodes] = np.maximum.accumulate(best[::-1])[::-1]
        return far

    def come(self, weight: FloatArray) -> FloatArray:
        """Return the longest way from the first node to every node (n_node)."""
        come = np.full(self.n_node, -np.inf)
        come[0] = 0.0
        tail, head = self.diagram.tail, self.diagram.head
        for nodes, arcs, _ in reversed(self.runs):
            if nodes.stop - nodes.start > 1:
                # inside a run the only way from node to node is to take nothing, at no weight
                come[nodes] = np.maximum.accumulate(come[nodes])
            np.maximum.at(come, head[arcs], come[tail[arcs]] + weight[arcs])
        return come

    def longest(self, weight: FloatArray, far: FloatArray) -> list[int]:
        """Return the arcs that take something on one longest path."""
        head, first = self.diagram.head, self.diagram.first
        skips = (far[:-1] <= far[self.skip_head[:-1]]).tolist()
        skip_head = self.skip_head.tolist()
        node, end, found = 0, self.n_node - 1, []
        while node != end:
            if skips[node]:
                node = skip_head[node]
                continue
            low = int(first[node])
            arc = low + int(np.argmax(weight[low : first[node + 1]] + far[head[low : first[node + 1]]]))
            found.append(arc)
            node = int(head[arc])
        return found


@dataclass(frozen=True, kw_only=True, eq=False)
class Prices:
    """``price`` per row (n_row) and the ``bound`` that it gives; ``best``: the largest feasible path met, empty at first."""

    price: FloatArray
    bound: float
    best: IntArray
    best_value: float

    def __post_init__(self) -> None:
        freeze(self)


def arc_values(diagram: Diagram, value: FloatArray) -> FloatArray:
    """Return the value of the candidate of every arc, 0 where none is taken (n_arc)."""
    return np.where(diagram.candidate >= 0, value[diagram.candidate], 0.0)


def find_prices(paths: tuple[Paths, ...], value: FloatArray, rows: FloatArray, rhs: FloatArray, iterations: int = ITERATIONS) -> Prices:
    """Return prices of rows (n_row, n) @ x <= rhs for a value (n).

    The step aims at a level a little below the best bound so far; after some steps without progress it aims closer.
    """
    price, best_price = np.zeros(len(rhs)), np.zeros(len(rhs))
    bound, best_value = np.inf, -np.inf
    best: list[int] = []
    scale = np.maximum(np.maximum(np.abs(rhs), np.abs(rows).max(axis=1, initial=0.0)), 1e-9)
    aim, idle = FIRST_STEP, 0
    smooth = np.zeros(len(rhs))
    for _ in range(iterations):
        reduced = value - price @ rows
        level = float(price @ rhs)
        chosen: list[int] = []
        for one in paths:
            weight = arc_values(one.diagram, reduced)
            far = one.to_go(weight)
            level += float(far[0])
            chosen += one.diagram.candidate[one.longest(weight, far)].tolist()
        used = rows[:, chosen].sum(axis=1)
        if (used <= rhs).all() and value[chosen].sum() > best_value:
            best, best_value = chosen, float(value[chosen].sum())
        if level < bound - 1e-4 * aim * abs(level):
            idle = 0
        else:
            idle += 1
        if level < bound:
            bound, best_price = level, price
        if idle > PATIENCE:
            aim, idle, price = aim * SHRINK, 0, best_price
            smooth = smooth * 0.0
            if aim < 1e-4:
                break
            continue
        slope = (used - rhs) / scale
        slope = np.where((price <= 0) & (slope < 0), 0.0, slope)
        smooth = slope + 0.7 * smooth if float(slope @ smooth) >= 0 else slope
        size = float(smooth @ smooth)
        if size <= 1e-12:
            break
        step = (level - (bound - aim * max(abs(bound), 1e-9))) / size
        price = np.maximum(price + step * smooth / scale, 0.0)
    return Prices(price=best_price, bound=bound, best=np.array(sorted(best), dtype=np.int64), best_value=best_value)
