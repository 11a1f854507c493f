"""Overlap as a graph: every path from the first node to the last is one choice without overlap.

Candidates come one position after another. A node is what is still allowed of those to come, so choices that leave
the same possibilities meet in one node. Along a strip that is the next free position; where wings meet it remembers
who took the corner, all by itself: the hints only decide the order, and with it the size, never what is allowed.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import scipy.sparse as sp
from scipy.sparse.csgraph import connected_components, reverse_cuthill_mckee

from optopscan.model.arrays import FloatArray, IntArray, freeze
from optopscan.placement.solver.problem import Problem

NODE_MAX = 20_000


@dataclass(frozen=True, kw_only=True, eq=False)
class Diagram:
    """Nodes 0 to n_node - 1 in order, the last is the end; arcs sorted by tail.

    ``tail``, ``head``, ``candidate`` (n_arc): the candidate taken, -1 for none. ``first`` (n_node + 1): where the arcs
    of a node start. ``at_m`` (n_node): position, to sweep several diagrams together. ``layer`` (n_node) rises along every arc.
    """

    tail: IntArray
    head: IntArray
    candidate: IntArray
    first: IntArray
    at_m: FloatArray
    layer: IntArray

    def __post_init__(self) -> None:
        freeze(self)


def diagrams(problem: Problem, node_max: int = NODE_MAX) -> tuple[Diagram, ...] | None:
    """Return a diagram per set of candidates that share cliques; None where they would be too large."""
    n, n_clique = problem.cliques.shape[1], problem.cliques.shape[0]
    row, column = sp.coo_array(problem.cliques).coords
    graph = sp.coo_array((np.ones(row.size), (column, n + row)), shape=(n + n_clique, n + n_clique))
    label = connected_components(graph, directed=False)[1][:n]
    found = []
    whole: list[IntArray] = []
    for part in range(int(label.max(initial=-1)) + 1):
        members = np.flatnonzero(label == part)
        strip = np.unique(problem.strip[members])
        if strip.size == 1 and strip[0] >= 0:
            whole.append(members)
        else:
            found.append(_ordered(problem, members))
    # pieces of one strip that do not touch follow each other in one diagram
    for one in sorted({int(problem.strip[members[0]]) for members in whole}):
        members = np.concatenate([rows for rows in whole if problem.strip[rows[0]] == one])
        found.append((members[np.argsort(problem.start_m[members], kind="stable")], problem.start_m))
    by_candidate = sp.csc_array(problem.cliques)
    made = []
    for order, at_m in found:
        compiled = _compiled(problem, order, by_candidate, at_m, node_max)
        if compiled is None:
            return None
        made.append(compiled)
    return tuple(made)


def _ordered(problem: Problem, members: IntArray) -> tuple[IntArray, FloatArray]:
    """Return the candidates in the order of a walk along the strips, and their place on it."""
    at = np.zeros(len(problem))
    cliques = sp.csr_array(problem.cliques[:, members])
    if (problem.strip[members] < 0).any():
        inside = sp.csr_array(cliques.T @ cliques)
        order = members[reverse_cuthill_mckee(inside, symmetric_mode=True)]
        at[order] = np.arange(order.size)
        return order, at
    strips, of = np.unique(problem.strip[members], return_inverse=True)
    member = sp.csr_array((np.ones(members.size), (np.arange(members.size), of)), shape=(members.size, strips.size))
    in_clique = (cliques @ member > 0).astype(np.float64)
    met = (cliques.T @ in_clique).toarray() > 0
    meets = (in_clique.T @ in_clique).toarray() > 0
    np.fill_diagonal(meets, False)
    walk: list[int] = []
    ends = [k for k in range(strips.size) if meets[k].sum() < 2]
    stack = [ends[0] if ends else 0]
    while len(walk) < strips.size:
        here = stack.pop() if stack else next(k for k in range(strips.size) if k not in walk)
        if here not in walk:
            walk.append(here)
            stack += [k for k in range(strips.size)[::-1] if meets[here, k] and k not in walk]
    length = 0.0
    for step, here in enumerate(walk):
        mine = np.flatnonzero(of == here)
        start, end = problem.start_m[members[mine]], problem.end_m[members[mine]]
        middle = 0.5 * (start + end)
        back = met[mine][:, walk[step - 1]] if step else np.zeros(mine.size, dtype=np.bool_)
        ahead = met[mine][:, walk[(step + 1) % len(walk)]] if step + 1 < len(walk) else np.zeros(mine.size, dtype=np.bool_)
        centre = 0.5 * (start.min() + end.max())
        turn = middle[back].mean() > centre if back.any() else (middle[ahead].mean() < centre if ahead.any() else False)
        at[members[mine]] = length + (end.max() - end if turn else start - start.min())
        length += end.max() - start.min()
    return members[np.argsort(at[members], kind="stable")], at


def _compiled(problem: Problem, order: IntArray, by_candidate: sp.csc_array, at_m: FloatArray, node_max: int) -> Diagram | None:
    """Return the diagram of candidates in an order. Sets are whole numbers, one bit per candidate."""
    place = np.full(len(problem), -1)
    place[order] = np.arange(order.size)
    cliques = problem.cliques
    rows = np.unique(np.concatenate([by_candidate.indices[by_candidate.indptr[k] : by_candidate.indptr[k + 1]] for k in order.tolist()]))
    forbids = [1 << k for k in range(order.size)]
    for row in rows.tolist():
        members = place[cliques.indices[cliques.indptr[row] : cliques.indptr[row + 1]]]
        mask = _mask(members, order.size)
        for k in members.tolist():
            forbids[k] |= mask
    group_end = _groups(problem, order, forbids, at_m)
    everything = (1 << order.size) - 1
    after = {end: everything ^ ((1 << end) - 1) for end in set(group_end)}
    waiting: list[dict[int, int]] = [{} for _ in range(order.size + 1)]
    waiting[0][everything] = 0
    tail: list[int] = []
    head: list[tuple[int, int]] = []
    candidate: list[int] = []
    place_of: list[int] = []
    count = 0
    for low in range(order.size):
        for mask in waiting[low]:
            node = waiting[low][mask] = count
            count += 1
            place_of.append(low)
            if count > node_max:
                return None
            rest = mask & after[group_end[low]]
            takes = [k for k in range(low, group_end[low]) if mask >> k & 1]
            for k, left in [(-1, rest), *((k, rest & ~forbids[k]) for k in takes)]:
                lowest = (left & -left).bit_length() - 1 if left else order.size
                waiting[lowest].setdefault(left, -1)
                tail.append(node)
                head.append((lowest, left))
                candidate.append(int(order[k]) if k >= 0 else -1)
    waiting[order.size] = {0: count}
    tails = np.array(tail, dtype=np.int64)
    # candidates of a group exclude each other, so no arc leads from one of its nodes to another; they share a position
    layer = np.array(group_end)[place_of] if place_of else np.zeros(0, dtype=np.int64)
    starts = np.searchsorted(group_end, layer)
    return _in_chains(
        Diagram(
            tail=tails,
            head=np.array([waiting[low][mask] for low, mask in head], dtype=np.int64),
            candidate=np.array(candidate, dtype=np.int64),
            first=np.searchsorted(tails, np.arange(count + 2)),
            at_m=np.append(at_m[order][starts], np.inf),
            layer=np.append(layer, order.size + 1),
        )
    )


def _in_chains(diagram: Diagram) -> Diagram:
    """Return the diagram with nodes that only pass each other on numbered one after the other, as far as arcs allow.

    Longest paths are then found for many nodes at once, also where two histories run side by side.
    """
    n_node = len(diagram.first) - 1
    skip_head = diagram.head[diagram.first[:-2]].tolist()
    if all(head == node + 1 for node, head in enumerate(skip_head)):
        return diagram
    missing = np.bincount(diagram.head, minlength=n_node).tolist()
    first, head = diagram.first.tolist(), diagram.head.tolist()
    ready, order = [0], []
    while ready:
        node = ready.pop()
        order.append(node)
        # what is passed on to comes last, so that it is next
        for arc in range(first[node + 1] - 1, first[node] - 1, -1):
            missing[head[arc]] -= 1
            if not missing[head[arc]]:
                ready.append(head[arc])
    new = np.empty(n_node, dtype=np.int64)
    new[order] = np.arange(n_node)
    arcs = np.argsort(new[diagram.tail], kind="stable")
    tail = new[diagram.tail][arcs]
    return Diagram(
        tail=tail,
        head=new[diagram.head][arcs],
        candidate=diagram.candidate[arcs],
        first=np.searchsorted(tail, np.arange(n_node + 1)),
        at_m=diagram.at_m[order],
        layer=diagram.layer[order],
    )


def _mask(members: IntArray, n: int) -> int:
    bits = np.zeros(n, dtype=np.uint8)
    bits[members] = 1
    return int.from_bytes(np.packbits(bits, bitorder="little").tobytes(), "little")


def _groups(problem: Problem, order: IntArray, forbids: list[int], at_m: FloatArray) -> list[int]:
    """Return per place the end of the run of candidates that start together and exclude each other."""
    end = list(range(1, order.size + 1))
    low = 0
    for k in range(1, order.size + 1):
        run = ((1 << k) - 1) ^ ((1 << low) - 1)
        if k == order.size or at_m[order[k]] - at_m[order[low]] > 1e-9 or forbids[k] & run != run or problem.strip[order[k]] < 0:
            end[low:k] = [k] * (k - low)
            low = k
    return end
