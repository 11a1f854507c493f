"""Label setting along diagrams: exact, bounded by prices, without a clock.

A label is a choice among the candidates passed so far: its value and what it uses of the rows that are still open. A
row is closed in a node from which nothing reachable touches it. Nodes go a window at a time: so many positions that
whatever is taken in one ends beyond it. All labels of a window go on together, each with every candidate it can take
there, or with none. Labels that meet are compared, and one whose bound does not reach what is asked for is dropped.
Several diagrams that share rows go side by side, the one that is behind first.
"""

from __future__ import annotations

import heapq
from bisect import bisect_right
from dataclasses import dataclass

import numpy as np

from optopscan.model.arrays import BoolArray, FloatArray, IntArray
from optopscan.placement.solver.labels import undominated_within
from optopscan.placement.solver.track import SLACK, Track, chains

NO_LIMIT = 1e30
BEAM_BEFORE = 10
# columns of a label: value, bound, the label it came from, the candidate taken; then its node of every diagram, its use of every row
VALUE, BOUND, PARENT, TAKE, NODE = range(5)


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
        Labels kept per window, those of the best bound; 0 keeps all that may matter.
    """
    whole = float(price @ limit) + sum(float(track.far[0]) for track in tracks)
    steps = _Steps(tracks, limit, price, least, whole)
    n_track = len(tracks)
    start = np.zeros((1, NODE + n_track + len(limit)))
    start[0, [BOUND, PARENT, TAKE]] = whole, -1.0, -1.0
    waiting: dict[int, list[FloatArray]] = {}
    queue: list[int] = []

    def put(labels: FloatArray) -> None:
        turn = steps.turns(labels)
        order = np.argsort(turn, kind="stable")
        turn = turn[order]
        starts = np.flatnonzero(np.append(True, turn[1:] != turn[:-1])).tolist()
        for low, high in zip(starts, [*starts[1:], len(turn)], strict=True):
            key = int(turn[low])
            if key not in waiting:
                waiting[key] = []
                heapq.heappush(queue, key)
            waiting[key].append(labels[order[low:high]])

    put(start)
    history: list[FloatArray] = []
    bases: list[int] = []
    count, complete = 0, True
    while queue:
        key = heapq.heappop(queue)
        chunks = waiting.pop(key)
        labels = chunks[0] if len(chunks) == 1 else np.concatenate(chunks)
        # comparing takes longest, so a beam drops the hopeless before it as well
        labels, all_before = _of_best_bound(labels, BEAM_BEFORE * beam)
        if len(labels) > 1:
            labels = labels[undominated_within(*steps.compared(labels, key))]
        labels, all_after = _of_best_bound(labels, beam)
        complete &= all_before and all_after
        if count + len(labels) > label_limit:
            return Swept(chosen=None, value=-np.inf, labels=count, complete=False)
        bases.append(count)
        history.append(labels[:, [PARENT, TAKE]])
        if steps.ended(key):
            order = np.argsort(-labels[:, VALUE], kind="stable")
            found = tuple(_traced(count + row, bases, history) for row in order.tolist())
            best = float(labels[order[0], VALUE])
            return Swept(chosen=found[0], value=best, labels=count + len(labels), complete=complete, ends=found)
        made = steps.extended(labels, key, count)
        if len(made):
            put(made)
        count += len(labels)
    return Swept(chosen=None, value=-np.inf, labels=count, complete=complete)


class _Steps:
    """How labels go from window to window, of the diagram that is behind."""

    def __init__(self, tracks: tuple[Track, ...], limit: FloatArray, price: FloatArray, least: float, whole: float) -> None:
        self.tracks, self.limit, self.price, self.least = tracks, limit, price, least
        self.used = NODE + len(tracks)
        self.lifts = np.flatnonzero(np.any([(track.least < 0).any(axis=0) for track in tracks], axis=0) | (limit < 0))
        self.arcs: list[IntArray] = []
        self.first: list[IntArray] = []
        self.chain: list[IntArray] = []
        # windows of all diagrams in the order of their positions: what follows never comes before
        starts_m = [track.paths.window_at_m.tolist() for track in tracks]
        at = self.order = sorted((at_m, row, window) for row, starts in enumerate(starts_m) for window, at_m in enumerate(starts))
        self.rank = [np.zeros(len(track.paths.window_at_m), dtype=np.int64) for track in tracks]
        for rank, (_, row, window) in enumerate(at):
            self.rank[row][window] = rank
        for row, track in enumerate(tracks):
            tail, arc = track.arcs(least - whole + float(track.far[0]))
            self.arcs.append(arc)
            self.first.append(np.searchsorted(tail, np.arange(track.paths.n_node + 1)))
            self.rank[row] = self.rank[row][track.paths.window]
            self.chain.append(chains(track.paths, track.open[:, self.lifts]))

    def turns(self, labels: FloatArray) -> IntArray:
        """Return the rank of the window that is behind, per label."""
        ranks = [rank[labels[:, NODE + row].astype(np.int64)] for row, rank in enumerate(self.rank)]
        return ranks[0] if len(ranks) == 1 else np.min(ranks, axis=0)

    def ended(self, key: int) -> bool:
        """Return whether all diagrams are at their end: ends come last."""
        return key >= len(self.order) - len(self.tracks)

    def compared(self, labels: FloatArray, key: int) -> tuple[IntArray, FloatArray, FloatArray]:
        """Return group, value and use of labels: in a chain of nodes, one further on can do no more."""
        turn = self.order[key][1]
        nodes = labels[:, NODE : self.used].astype(np.int64)
        chain = self.chain[turn][nodes[:, turn]]
        others = [nodes[:, row] for row in range(len(self.tracks)) if row != turn]
        keys = [chain, *others]
        group = chain
        if others:
            order = np.lexsort(keys)
            differs = np.zeros(len(labels), dtype=np.bool_)
            for one in keys:
                differs[1:] |= one[order[1:]] != one[order[:-1]]
            group = np.empty(len(labels), dtype=np.int64)
            group[order] = np.cumsum(differs)
        depth = self.tracks[turn].paths.depth[nodes[:, turn]].astype(np.float64)
        return group, labels[:, VALUE], np.concatenate([labels[:, self.used :], depth[:, None]], axis=1)

    def extended(self, labels: FloatArray, key: int, base: int) -> FloatArray:
        """Return the labels that follow."""
        turn = self.order[key][1]
        track = self.tracks[turn]
        node = labels[:, NODE + turn].astype(np.int64)
        low, count = self.first[turn][node], self.first[turn][node + 1] - self.first[turn][node]
        label = np.repeat(np.arange(len(labels)), count)
        arc = self.arcs[turn][np.arange(label.size) + np.repeat(low - np.cumsum(count) + count, count)]
        head = track.diagram.head[arc]
        bound = (labels[:, BOUND] - track.far[node])[label] + (track.weight[arc] + track.far[head])
        good = np.flatnonzero(bound >= self.least - SLACK)
        label, arc, bound = label[good], arc[good], bound[good]
        before, still = track.open[node], np.zeros((len(labels), len(self.limit)), dtype=np.bool_)
        must = np.zeros((len(labels), self.lifts.size))
        for row, other in enumerate(self.tracks):
            if row != turn:
                there = labels[:, NODE + row].astype(np.int64)
                still |= other.open[there]
                must += other.least[there][:, self.lifts]
        before |= still
        label, arc, bound = self._kept(turn, label, arc, bound, labels[:, self.used :], before, still, must)
        head = track.diagram.head[arc]
        made = labels[label]
        made[:, VALUE] += track.value[arc]
        made[:, BOUND] = bound
        made[:, PARENT] = base + label
        made[:, TAKE] = track.diagram.candidate[arc]
        made[:, NODE + turn] = head
        made[:, self.used :] += track.use[arc]
        # a closed row no longer tells labels apart
        made[:, self.used :] *= track.open[head] | still[label]
        return made

    def _kept(
        self,
        turn: int,
        label: IntArray,
        arc: IntArray,
        bound: FloatArray,
        used: FloatArray,
        before: BoolArray,
        still: BoolArray,
        must: FloatArray,
    ) -> tuple[IntArray, IntArray, FloatArray]:
        """Return the pairs of label and arc that keep every row, and their bounds: what a row has left when it closes is worth nothing."""
        track = self.tracks[turn]
        met = np.zeros(track.value.size, dtype=np.bool_)
        met[arc] = True
        arcs, at = np.flatnonzero(met), (np.cumsum(met) - 1)[arc]
        use, head = track.use[arcs], track.diagram.head[arcs]
        # a row that closed before was met when it did
        room = np.where(before, self.limit - used, NO_LIMIT).T.copy()
        priced = np.where(before & ~still, self.price, 0.0).T.copy()
        shut = (~track.open[head]).T.astype(np.float64)
        closes: BoolArray = np.asarray(priced.any(axis=1) & shut.any(axis=1), dtype=np.bool_)
        lifted = np.zeros(len(self.limit), dtype=np.bool_)
        lifted[self.lifts] = True
        matter = closes | lifted | track.touch[arcs].any(axis=0)
        # those that tell most first
        for row in np.flatnonzero(matter)[np.argsort(~closes[matter], kind="stable")].tolist():
            left = room[row][label] - use[:, row][at]
            if closes[row]:
                bound = bound - left * (priced[row][label] * shut[row][at])
            if lifted[row]:
                lift = int(np.searchsorted(self.lifts, row))
                left = left - track.least[head, row][at] - must[label, lift]
            good = left >= 0.0
            if closes[row]:
                good &= bound >= self.least - SLACK
            good = np.flatnonzero(good)
            if good.size < label.size:
                label, at, bound = label[good], at[good], bound[good]
        return label, arcs[at], bound


def _of_best_bound(labels: FloatArray, most: int) -> tuple[FloatArray, bool]:
    """Return the labels of the best bound, and whether that is all of them; 0 keeps all."""
    if not most or len(labels) <= most:
        return labels, True
    # rounded, for the last bits of a sum may differ from place to place in memory
    return labels[np.argsort(-np.round(labels[:, BOUND], 6), kind="stable")[:most]], False


def _traced(label: int, bases: list[int], history: list[FloatArray]) -> IntArray:
    found = []
    while label >= 0:
        step = bisect_right(bases, label) - 1
        parent, take = history[step][label - bases[step]].tolist()
        if take >= 0:
            found.append(int(take))
        label = int(parent)
    return np.array(sorted(found), dtype=np.int64)
