"""Walking along a walkway: which pieces hang together, and how far it is along their centre lines.

Two pieces touch at a portal, a stair or a door at a contact. From each of these one
walks straight to the centre line of the piece and on along it, so distances follow
the centre lines round corners.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import scipy.sparse as sp
import shapely
from scipy.sparse import csgraph
from shapely.geometry.base import BaseGeometry

from optopscan.geometry import plane
from optopscan.model.arrays import FloatArray, IntArray
from optopscan.placement.access.pieces import Piece

TOUCH_M = 0.03
CORNER_PASS_M = 0.5  # strips meet at a corner over their full width, which a jog divides in two
LEAST_M = 1e-9  # a sparse matrix drops a length of zero

Point = tuple[float, float]


@dataclass(frozen=True, kw_only=True)
class Meeting:
    """Place where a piece meets another piece, a stair or a door."""

    piece: int
    point: Point


def portals(pieces: Sequence[Piece], *, pass_m: float) -> tuple[tuple[Meeting, Meeting], ...]:
    """Return where pieces touch over enough width to pass: ``pass_m`` within one strip, half a metre at corners."""
    plans = np.array([piece.polygon for piece in pieces], dtype=object)
    if not plans.size:
        return ()
    wide = shapely.buffer(plans, TOUCH_M, join_style="mitre")
    one, two = shapely.STRtree(plans).query(wide, predicate="intersects")
    found = []
    for a, b in sorted((int(a), int(b)) for a, b in zip(one, two, strict=True) if a < b):
        shared = plane.intersection(wide[a], plans[b])
        needed = pass_m if pieces[a].strip == pieces[b].strip else CORNER_PASS_M
        if _extent(shared) >= needed - 2 * TOUCH_M:
            point = (shared.centroid.x, shared.centroid.y)
            found.append((Meeting(piece=a, point=point), Meeting(piece=b, point=point)))
    return tuple(found)


def contacts(pieces: Sequence[Piece], core: BaseGeometry, *, gap_m: float, pass_m: float) -> tuple[Meeting, ...]:
    """Return where a core can be entered from the walkway: the middle of each run along it that is wide enough for a door."""
    near = core.buffer(gap_m + TOUCH_M, join_style="mitre")
    found = []
    for strip in dict.fromkeys(piece.strip for piece in pieces):
        rows = [row for row, piece in enumerate(pieces) if piece.strip == strip and piece.polygon.intersects(near)]
        if not rows:
            continue
        # rounding leaves hairs between pieces in a row
        joined = plane.union([pieces[row].polygon for row in rows]).buffer(1e-4, join_style="mitre")
        for run in shapely.get_parts(plane.intersection(near, joined)):
            if _extent(run) >= pass_m - 2 * TOUCH_M:
                at_core = shapely.shortest_line(core, run.centroid).coords[0]
                row = min(rows, key=lambda row: (round(pieces[row].polygon.distance(run.centroid), 6), row))
                edge = shapely.shortest_line(pieces[row].polygon, shapely.Point(at_core)).coords[0]
                found.append(Meeting(piece=row, point=(float(edge[0]), float(edge[1]))))
    return tuple(found)


def groups(n_piece: int, doors: Sequence[tuple[Meeting, Meeting]]) -> IntArray:
    """Return the number of the connected group of each piece (n_piece)."""
    if not n_piece:
        return np.zeros(0, dtype=np.int64)
    one, two = ([pair[k].piece for pair in doors] for k in (0, 1))
    graph = sp.coo_array((np.ones(len(one)), (one, two)), shape=(n_piece, n_piece))
    return np.asarray(csgraph.connected_components(graph, directed=False)[1], dtype=np.int64)


def _extent(shape: BaseGeometry) -> float:
    """Return the longest side of the box around a shape in its own direction [m]."""
    if shape.is_empty or shape.area <= 0:
        return 0.0
    corners = shapely.get_coordinates(shapely.minimum_rotated_rectangle(shape))
    return float(np.hypot(*np.diff(corners[:3], axis=0).T).max())


@dataclass(frozen=True, kw_only=True, eq=False)
class Walks:
    """Distances [m] from doors: to each core (n_core, n_door), inf where it is not reached; dead end (n_door), nan where no stair is."""

    distance_m: FloatArray
    dead_end_m: FloatArray


def walks(
    pieces: Sequence[Piece],
    doors_between: Sequence[tuple[Meeting, Meeting]],
    cores: Sequence[Sequence[Meeting]],
    is_stair: npt.NDArray[np.bool_],
    doors: Sequence[Meeting],
) -> Walks:
    """Return the distances of all doors along the centre lines.

    Parameters
    ----------
    cores, is_stair
        Contacts of each core, and whether it has a stair (else a lift alone). Nobody walks on through a core.
    doors
        Entrances of dwellings.

    Returns
    -------
    Walks
        ``dead_end_m`` is the part of the way to the nearest stair, from the centre line on, that has no way round it;
        all stairs count as one goal.
    """
    n_core, n_door = len(cores), len(doors)
    meetings = [[meeting] for contacts in cores for meeting in contacts]
    owner = [core for core, contacts in enumerate(cores) for _ in contacts]
    meetings += [[meeting] for meeting in doors] + [list(pair) for pair in doors_between]
    first = n_core + len(owner)  # node of the first door
    rows, columns, lengths = list(owner), list(range(n_core, first)), [LEAST_M] * len(owner)
    spine: dict[int, list[tuple[float, int]]] = {}
    node = n_core + len(meetings)
    door_spine = np.zeros(n_door, dtype=np.int64)
    for number, group in enumerate(meetings):
        for meeting in group:
            place, off = pieces[meeting.piece].walk(*meeting.point)
            spine.setdefault(meeting.piece, []).append((place, node))
            rows.append(n_core + number)
            columns.append(node)
            lengths.append(max(off, LEAST_M))
            if first <= n_core + number < first + n_door:
                door_spine[n_core + number - first] = node
            node += 1
    for line in spine.values():
        line.sort()
        for (start, one), (end, two) in itertools.pairwise(line):
            rows.append(one)
            columns.append(two)
            lengths.append(max(end - start, LEAST_M))
    edges = np.array(rows, dtype=np.int64), np.array(columns, dtype=np.int64), np.array(lengths)
    distance = np.full((n_core, n_door), math.inf)
    for core in range(n_core):
        others = np.setdiff1d(np.arange(n_core), [core])
        distance[core] = csgraph.dijkstra(_graph(edges, node, others), directed=False, indices=core)[first : first + n_door]
    dead = _dead_ends(edges, node, np.flatnonzero(is_stair), np.flatnonzero(~is_stair))[door_spine]
    return Walks(distance_m=distance, dead_end_m=dead)


_Edges = tuple[IntArray, IntArray, FloatArray]


def _graph(edges: _Edges, n_node: int, without: IntArray) -> sp.csr_array:
    kept = ~(np.isin(edges[0], without) | np.isin(edges[1], without))
    rows, columns, lengths = (values[kept] for values in edges)
    return sp.csr_array((lengths, (rows, columns)), shape=(n_node, n_node))


def _dead_ends(edges: _Edges, n_node: int, stairs: IntArray, lifts: IntArray) -> FloatArray:
    """Return per node how much of the way to a stair has no way round it [m]; nan where no stair is reached.

    An edge of the tree of shortest ways has a way round it when an edge outside the tree closes a ring over it.
    """
    if not stairs.size:
        return np.full(n_node, math.nan)
    goal = int(stairs[0])
    one, two = (np.where(np.isin(ends, stairs), goal, ends) for ends in edges[:2])
    graph = _graph((one, two, edges[2]), n_node, lifts)
    distance, before = csgraph.dijkstra(graph, directed=False, indices=goal, return_predecessors=True)
    ringed = np.zeros(n_node, dtype=np.bool_)
    for a, b in zip(*graph.nonzero(), strict=True):
        a, b = int(a), int(b)
        if before[a] == b or before[b] == a or not math.isfinite(distance[a]):
            continue
        while a != b:
            if (distance[a], a) < (distance[b], b):
                a, b = b, a
            ringed[a] = True
            a = int(before[a])
    dead = np.full(n_node, math.nan)
    dead[goal] = 0.0
    for node in np.argsort(distance, kind="stable").tolist():
        if node != goal and math.isfinite(distance[node]):
            parent = int(before[node])
            dead[node] = dead[parent] + (0.0 if ringed[node] else distance[node] - distance[parent])
    return dead
