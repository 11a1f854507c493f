"""Label setting along diagrams: exact, bounded by prices, without a clock.

A label is a choice among the candidates passed so far: its value and what it uses of the rows that are still open. A
row is closed in a node from which nothing reachable touches it. Labels that meet in a node are compared, and one whose bound does not
reach what is asked for is dropped. Several diagrams that share rows go side by side, the one that is behind first.
"""

from __future__ import annotations

import heapq
from dataclasses import dataclass

import numpy as np

from optopscan.model.arrays import BoolArray, FloatArray, IntArray
from optopscan.placement.solver.bounds import Paths, arc_values
from optopscan.placement.solver.labels import undominated

SLACK = 1e-6


@dataclass(frozen=True, kw_only=True, eq=False)
class Swept:
    """The best choice of at least what was asked, None without any; ``complete``: nothing was dropped that could be better."""

    chosen: IntArray | None
    value: float
    labels: int
    complete: bool


class Track:
    """One diagram with prices: what lies ahead of every node."""

    def __init__(self, paths: Paths, value: FloatArray, rows: FloatArray, price: FloatArray) -> None:
        diagram = paths.diagram
        self.paths, self.diagram = paths, diagram
        take = diagram.candidate >= 0
        self.value = arc_values(diagram, value)
        self.use = np.where(take[:, None], rows.T[diagram.candidate], 0.0)
        self.weight = arc_values(diagram, value - price @ rows)
        self.far = paths.to_go(self.weight)
        self.come = paths.come(self.weight)
        self.open, self.least = _ahead(paths, self.use)
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
    root = tuple(0 for _ in tracks)
    ends = tuple(track.paths.n_node - 1 for track in tracks)
    none = np.full(1, -1)
    start = _Chunk(value=np.zeros(1), used=np.zeros((1, len(limit))), bound=np.full(1, whole), parent=none, take=none)
    waiting = {root: [start]}
    queue = [(_turn(tracks, root), root)]
    parents: list[IntArray] = []
    takes: list[IntArray] = []
    bases: list[int] = []
    count, complete = 0, True
    while queue:
        _, node = heapq.heappop(queue)
        chunk = _merged(waiting.pop(node), beam)
        complete &= chunk.complete
        if count + chunk.value.size > label_limit:
            return Swept(chosen=None, value=-np.inf, labels=count, complete=False)
        bases.append(count)
        parents.append(chunk.parent)
        takes.append(chunk.take)
        names = count + np.arange(chunk.value.size)
        count += chunk.value.size
        if node == ends:
            best = int(np.argmax(chunk.value))
            chosen = _traced(int(names[best]), bases, parents, takes)
            return Swept(chosen=chosen, value=float(chunk.value[best]), labels=count, complete=complete)
        for head, made in _extended(tracks, alive, node, chunk, names, limit, price, least):
            if head not in waiting:
                waiting[head] = []
                heapq.heappush(queue, (_turn(tracks, head), head))
            waiting[head].append(made)
    return Swept(chosen=None, value=-np.inf, labels=count, complete=complete)


@dataclass(frozen=True, kw_only=True, eq=False)
class _Chunk:
    """Labels of one node: value (n), use of rows (n, n_row), bound (n), the label each came from and the candidate taken."""

    value: FloatArray
    used: FloatArray
    bound: FloatArray
    parent: IntArray
    take: IntArray
    complete: bool = True


def _turn(tracks: tuple[Track, ...], node: tuple[int, ...]) -> tuple[float, int]:
    """Return the position of the diagram that is behind, and which it is: what follows never comes before."""
    return min((track.at[at], row) for row, (track, at) in enumerate(zip(tracks, node, strict=True)))


def _merged(chunks: list[_Chunk], beam: int) -> _Chunk:
    if len(chunks) == 1:
        value, used, bound, parent, take = chunks[0].value, chunks[0].used, chunks[0].bound, chunks[0].parent, chunks[0].take
    else:
        value, used, bound, parent, take = (
            np.concatenate([getattr(chunk, name) for chunk in chunks]) for name in ("value", "used", "bound", "parent", "take")
        )
    kept = undominated(value, used)
    complete = True
    if beam and kept.size > beam:
        kept = kept[np.argsort(-bound[kept], kind="stable")[:beam]]
        complete = False
    return _Chunk(value=value[kept], used=used[kept], bound=bound[kept], parent=parent[kept], take=take[kept], complete=complete)


def _extended(
    tracks: tuple[Track, ...],
    alive: list[BoolArray],
    node: tuple[int, ...],
    chunk: _Chunk,
    names: IntArray,
    limit: FloatArray,
    price: FloatArray,
    least: float,
) -> list[tuple[tuple[int, ...], _Chunk]]:
    """Return the labels of the nodes that follow."""
    turn = _turn(tracks, node)[1]
    track = tracks[turn]
    low, high = int(track.diagram.first[node[turn]]), int(track.diagram.first[node[turn] + 1])
    arcs = low + np.flatnonzero(alive[turn][low:high])
    if not arcs.size:
        return []
    heads = track.diagram.head[arcs]
    still, must, far = track.open[heads], track.least[heads], track.far[heads]
    before = track.open[node[turn]]
    for row, other in enumerate(tracks):
        if row != turn:
            before = before | other.open[node[row]]
            still = still | other.open[node[row]]
            must = must + other.least[node[row]]
            far = far + other.far[node[row]]
    used = chunk.used[:, None, :] + track.use[arcs]
    value = chunk.value[:, None] + track.value[arcs]
    priced = still * price
    bound = value + far + (limit * priced).sum(axis=1) - np.einsum("lar,ar->la", used, priced)
    # a row that closed before was met when it did
    good = (bound >= least - SLACK) & (used <= np.where(before, limit - must, np.inf)).all(axis=2)
    found = []
    for row in np.flatnonzero(good.any(axis=0)).tolist():
        kept = np.flatnonzero(good[:, row])
        head = (*node[:turn], int(heads[row]), *node[turn + 1 :])
        take = np.full(kept.size, track.diagram.candidate[arcs[row]])
        # a closed row no longer tells labels apart
        made = _Chunk(value=value[kept, row], used=used[kept, row] * still[row], bound=bound[kept, row], parent=names[kept], take=take)
        found.append((head, made))
    return found


def _traced(label: int, bases: list[int], parents: list[IntArray], takes: list[IntArray]) -> IntArray:
    found = []
    while label >= 0:
        chunk = int(np.searchsorted(bases, label, side="right")) - 1
        at = label - bases[chunk]
        found.append(int(takes[chunk][at]))
        label = int(parents[chunk][at])
    chosen = np.array(found, dtype=np.int64)
    return np.sort(chosen[chosen >= 0])
