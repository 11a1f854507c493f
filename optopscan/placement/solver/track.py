"""A diagram with prices, as the sweep goes along it."""

from __future__ import annotations

import numpy as np

from optopscan.model.arrays import BoolArray, FloatArray, IntArray
from optopscan.placement.solver.bounds import Paths, arc_values

SLACK = 1e-6


class Track:
    """One diagram with prices: what lies ahead of every node, and what every arc adds and asks."""

    def __init__(self, paths: Paths, value: FloatArray, rows: FloatArray, price: FloatArray, *, kept: int = 0) -> None:
        """Take values (n), rows (n_row, n) and prices (n_row); the last ``kept`` rows are told apart up to the end."""
        diagram = paths.diagram
        self.paths, self.diagram = paths, diagram
        self.value = arc_values(diagram, value)
        self.use = np.where(paths.take[:, None], rows.T[diagram.candidate], 0.0)
        self.touch = self.use != 0.0
        self.weight = arc_values(diagram, value - price @ rows)
        self.far = paths.to_go(self.weight)
        self.come = paths.come(self.weight)
        self.open, self.least = _ahead(paths, self.use)
        self.open[:, len(price) - kept :] = True

    def arcs(self, rest: float) -> tuple[IntArray, IntArray]:
        """Return (tail, arc) of each way on from a node within its window, after taking nothing for a while, that can reach ``rest``."""
        paths, first, head = self.paths, self.diagram.first, self.diagram.head
        start = np.flatnonzero((self.come + self.far)[:-1] >= rest - SLACK)
        here = start
        tails, arcs = [], []
        while start.size:
            after = paths.skip_head[here]
            leaves = paths.window[after] != paths.window[start]
            low = first[here] + ~leaves
            count = first[here + 1] - low
            tail = np.repeat(start, count)
            arc = np.arange(tail.size) + np.repeat(low - np.cumsum(count) + count, count)
            good = self.come[tail] + self.weight[arc] + self.far[head[arc]] >= rest - SLACK
            tails.append(tail[good])
            arcs.append(arc[good])
            start, here = start[~leaves], after[~leaves]
        tail, arc = (np.concatenate(part or [np.zeros(0, dtype=np.int64)]) for part in (tails, arcs))
        order = np.lexsort((arc, tail))
        return tail[order], arc[order]


def _ahead(paths: Paths, use: FloatArray) -> tuple[BoolArray, FloatArray]:
    """Return per node and row whether something ahead touches it, and the least that a way on must add (n_node, n_row)."""
    n_row = use.shape[1]
    touched = np.zeros((paths.n_node, n_row), dtype=np.bool_)
    least = np.zeros((paths.n_node, n_row))
    touch = use != 0.0
    lifts = np.flatnonzero((use < 0).any(axis=0))
    low = np.where(np.arange(paths.n_node) < paths.n_node - 1, np.inf, 0.0)[:, None] * np.ones(lifts.size)
    head, lifting = paths.diagram.head, use[:, lifts]
    for nodes, arcs, starts in paths.runs:
        some = np.logical_or.reduceat(touch[arcs] | touched[head[arcs]], starts, axis=0)
        touched[nodes] = np.logical_or.accumulate(some[::-1], axis=0)[::-1]
        if lifts.size:
            few = np.minimum.reduceat(lifting[arcs] + low[head[arcs]], starts, axis=0)
            low[nodes] = np.minimum.accumulate(few[::-1], axis=0)[::-1]
    least[:, lifts] = low
    return touched, least


def chains(paths: Paths, apart: BoolArray) -> IntArray:
    """Return a number per node, the same where one node leads to the other by taking nothing within a window.

    Rows that must be met when they close (n_node, n_lift) are open in all nodes of a chain or in none.
    """
    node = np.arange(paths.n_node)
    after = paths.skip_head
    follows = (paths.window[after] == paths.window) & (after != node) & (apart[after] == apart).all(axis=1)
    # of several that lead to the same node, one
    one = np.full(paths.n_node, -1)
    one[after[follows][::-1]] = node[follows][::-1]
    follows &= one[after] == node
    chain = np.where(follows, after, node)
    while True:
        further = chain[chain]
        if (further == chain).all():
            return chain
        chain = further
