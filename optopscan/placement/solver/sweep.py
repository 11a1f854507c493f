"""Label setting along diagrams: exact, bounded by prices, without a clock.

A label is a choice among the candidates passed so far: its value and what it uses of the rows that are still open. A
row is closed in a node from which nothing reachable touches it. Labels that meet in a node are compared, and one whose bound does not
reach what is asked for is dropped. Several diagrams that share rows go side by side, the one that is behind first.
"""

from __future__ import annotations

import heapq
from bisect import bisect_right
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from optopscan.model.arrays import BoolArray, FloatArray, IntArray
from optopscan.placement.solver.bounds import Paths, arc_values
from optopscan.placement.solver.labels import undominated

SLACK = 1e-6
# columns of a label: value, bound, the label it came from, the candidate taken; then its use of every row
VALUE, BOUND, PARENT, TAKE, USED = range(5)


@dataclass(frozen=True, kw_only=True, eq=False)
class Swept:
    """The best choice of at least what was asked, None without any; ``complete``: nothing was dropped that could be better.

    ``ends``: all choices that differ in a row kept to the end, by falling value.
    """

    chosen: IntArray | None
    value: float
    labels: int
    complete: bool
    ends: tuple[IntArray, ...] = ()


class Track:
    """One diagram with prices: what lies ahead of every node, and what every arc adds and asks."""

    def __init__(self, paths: Paths, value: FloatArray, rows: FloatArray, price: FloatArray, *, kept: int = 0) -> None:
        """Take values (n), rows (n_row, n) and prices (n_row); the last ``kept`` rows are told apart up to the end."""
        diagram = paths.diagram
        self.paths, self.diagram = paths, diagram
        take = diagram.candidate >= 0
        self.value = arc_values(diagram, value)
        self.use = np.where(take[:, None], rows.T[diagram.candidate], 0.0)
        self.weight = arc_values(diagram, value - price @ rows)
        self.far = paths.to_go(self.weight)
        self.come = paths.come(self.weight)
        self.open, self.least = _ahead(paths, self.use)
        self.open[:, len(price) - kept :] = True
        self.at = diagram.at_m.tolist()

    def alive(self, rest: float) -> BoolArray:
        """Return the arcs on some path that reaches ``rest`` under the prices."""
        through = self.come[self.diagram.tail] + self.weight + self.far[self.diagram.head]
        return np.asarray(through >= rest - SLACK, dtype=np.bool_)


def _ahead(paths: Paths, use: FloatArray) -> tuple[BoolArray, FloatArray]:
    """Return per node and row whether something ahead touches it, and the least that a way on must add (n_node, n_row)."""
    diagram, n_row = paths.diagram, use.shape[1]
    touched = np.zeros((paths.n_node, n_row), dtype=np.bool_)
    least = np.zeros((paths.n_node, n_row))
    touch = use != 0.0
    lifts = np.flatnonzero((use < 0).any(axis=0))
    head, first = diagram.head, diagram.first
    for node in range(paths.n_node - 2, -1, -1):
        arcs = slice(int(first[node]), int(first[node + 1]))
        touched[node] = (touch[arcs] | touched[head[arcs]]).any(axis=0)
        if lifts.size:
            least[node, lifts] = (use[arcs][:, lifts] + least[head[arcs]][:, lifts]).min(axis=0)
    return touched, least


def sweep(tracks: tuple[Track, ...], limit: FloatArray, price: FloatArray, least: float, *, label_limit: int, beam: int = 0) -> Swept:
    """Return the best choice worth at least ``least``.

    Parameters
    ----------
    limit
        Of each row (n_row).
    price
        Of each row (n_row), as the tracks were made with.
    label_limit
        Labels after which it gives up.
    beam
        Labels kept per node, those of the best bound; 0 keeps all that may matter.
    """
    whole = float(price @ limit) + sum(float(track.far[0]) for track in tracks)
    alive = [track.alive(least - whole + float(track.far[0])) for track in tracks]
    ways = _Ways(tracks, alive, limit, price)
    root = tuple(0 for _ in tracks)
    ends = tuple(track.paths.n_node - 1 for track in tracks)
    start = np.zeros((1, USED + len(limit)))
    start[0, [BOUND, PARENT, TAKE]] = whole, -1.0, -1.0
    waiting = {root: [start]}
    queue = [(ways.turn(root), root)]
    history: list[FloatArray] = []
    bases: list[int] = []
    count, complete = 0, True
    while queue:
        (_, turn), node = heapq.heappop(queue)
        labels, whole_node = _merged(waiting.pop(node), beam)
        complete &= whole_node
        if count + len(labels) > label_limit:
            return Swept(chosen=None, value=-np.inf, labels=count, complete=False)
        bases.append(count)
        history.append(labels[:, [PARENT, TAKE]])
        if node == ends:
            order = np.argsort(-labels[:, VALUE], kind="stable")
            found = tuple(_traced(count + row, bases, history) for row in order.tolist())
            best = float(labels[order[0], VALUE])
            return Swept(chosen=found[0], value=best, labels=count + len(labels), complete=complete, ends=found)
        for head, made in _extended(ways.of(node, turn), node, turn, labels, count, least):
            if head not in waiting:
                waiting[head] = []
                heapq.heappush(queue, (ways.turn(head), head))
            waiting[head].append(made)
        count += len(labels)
    return Swept(chosen=None, value=-np.inf, labels=count, complete=complete)


class _Way(NamedTuple):
    """The arcs that leave a node: heads, candidates, value and use, prices still open at the head, the rest of the bound, room."""

    head: IntArray
    candidate: IntArray
    value: FloatArray
    use: FloatArray
    open: BoolArray
    priced: FloatArray
    rest: FloatArray
    room: FloatArray


class _Ways:
    """What leaves each node; for one diagram worked out for all nodes at once, for several when they are met."""

    def __init__(self, tracks: tuple[Track, ...], alive: list[BoolArray], limit: FloatArray, price: FloatArray) -> None:
        self.tracks, self.limit, self.price = tracks, limit, price
        self.arcs = [np.flatnonzero(one) for one in alive]
        self.first = [
            np.searchsorted(track.diagram.tail[arcs], np.arange(track.paths.n_node + 1)).tolist()
            for track, arcs in zip(tracks, self.arcs, strict=True)
        ]
        self.all = self._way(0, self.arcs[0], ()) if len(tracks) == 1 else None

    def turn(self, node: tuple[int, ...]) -> tuple[float, int]:
        """Return the position of the diagram that is behind, and which it is: what follows never comes before."""
        if len(node) == 1:
            return self.tracks[0].at[node[0]], 0
        return min((track.at[at], row) for row, (track, at) in enumerate(zip(self.tracks, node, strict=True)))

    def of(self, node: tuple[int, ...], turn: int) -> _Way:
        """Return the arcs of the diagram whose turn it is."""
        low, high = self.first[turn][node[turn]], self.first[turn][node[turn] + 1]
        if self.all is not None:
            a = self.all
            at = slice(low, high)
            return _Way(a.head[at], a.candidate[at], a.value[at], a.use[at], a.open[at], a.priced[at], a.rest[at], a.room[at])
        others = tuple((track, at) for row, (track, at) in enumerate(zip(self.tracks, node, strict=True)) if row != turn)
        return self._way(turn, self.arcs[turn][low:high], others)

    def _way(self, turn: int, arcs: IntArray, others: tuple[tuple[Track, int], ...]) -> _Way:
        track = self.tracks[turn]
        heads, use, value = track.diagram.head[arcs], track.use[arcs], track.value[arcs]
        still, before, must, far = track.open[heads], track.open[track.diagram.tail[arcs]], track.least[heads], track.far[heads]
        for other, at in others:
            still, before = still | other.open[at], before | other.open[at]
            must, far = must + other.least[at], far + other.far[at]
        priced = still * self.price
        rest = value + far + ((self.limit - use) * priced).sum(axis=1)
        # a row that closed before was met when it did
        room = np.where(before, self.limit - must - use, np.inf)
        return _Way(heads, track.diagram.candidate[arcs], value, use, still, priced, rest, room)


def _merged(chunks: list[FloatArray], beam: int) -> tuple[FloatArray, bool]:
    """Return the labels worth keeping, and whether that is all of them."""
    labels = chunks[0] if len(chunks) == 1 else np.concatenate(chunks)
    if len(labels) > 1:
        labels = labels[undominated(labels[:, VALUE], labels[:, USED:])]
    if not beam or len(labels) <= beam:
        return labels, True
    # rounded, for the last bits of a product may differ from place to place in memory
    return labels[np.argsort(-np.round(labels[:, BOUND], 6), kind="stable")[:beam]], False


def _extended(
    way: _Way, node: tuple[int, ...], turn: int, labels: FloatArray, base: int, least: float
) -> list[tuple[tuple[int, ...], FloatArray]]:
    """Return the labels of the nodes that follow."""
    used = labels[:, USED:]
    bound = way.rest[:, None] + labels[:, VALUE] - way.priced @ used.T
    good = (bound >= least - SLACK) & (used <= way.room[:, None, :]).all(axis=2)
    arc, label = good.nonzero()
    if not arc.size:
        return []
    made = labels[label]
    made[:, VALUE] += way.value[arc]
    made[:, BOUND] = bound[arc, label]
    made[:, PARENT] = base + label
    made[:, TAKE] = way.candidate[arc]
    # a closed row no longer tells labels apart
    made[:, USED:] = (made[:, USED:] + way.use[arc]) * way.open[arc]
    starts = np.flatnonzero(np.append(True, arc[1:] != arc[:-1])).tolist()
    heads = way.head[arc[starts]].tolist()
    ends = [*starts[1:], len(arc)]
    return [((*node[:turn], head, *node[turn + 1 :]), made[low:high]) for head, low, high in zip(heads, starts, ends, strict=True)]


def _traced(label: int, bases: list[int], history: list[FloatArray]) -> IntArray:
    found = []
    while label >= 0:
        node = bisect_right(bases, label) - 1
        parent, take = history[node][label - bases[node]].tolist()
        if take >= 0:
            found.append(int(take))
        label = int(parent)
    return np.array(sorted(found), dtype=np.int64)
