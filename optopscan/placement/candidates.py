"""Candidates: dwellings that lie on the usable roof and can stand on heads.

A candidate is a whole dwelling, its modules side by side, so that nothing is placed
that does not count. Positions snap in both directions: to wing ends, obstacles and bearing lines, and
onwards from there in steps of the module. Few positions keep the search exact
and fast; a position that no chain from a fixed edge reaches wastes roof anyway.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import scipy.sparse as sp
import shapely

from optopscan.catalog.concept import Concept
from optopscan.model.arrays import BoolArray, FloatArray, IntArray, freeze
from optopscan.model.structure import Heads, Structure
from optopscan.placement.lines import Frame, bearing_frames
from optopscan.placement.reactions import Rectangles, reactions
from optopscan.placement.roof import UsableRoof

MAX_CANDIDATES = 1000
EDGE_TOLERANCE_M = 1e-3
LENGTH_STEP_M = 0.1
LENGTHS_PER_ROOF = 2
NEEDLESS_COVER = 0.5
ROUNDING_M2 = 1e-6
SQUARE_EDGE_M = 0.3
CHAIN_STEPS = 6
SPACING_M = 0.1


@dataclass(frozen=True, kw_only=True, eq=False)
class Block:
    """Rectangles of one roof and one frame."""

    roof: int
    frame: Frame
    rectangles: Rectangles


@dataclass(frozen=True, kw_only=True, eq=False)
class Candidates:
    """All candidates (n_candidate), block by block.

    ``block`` indexes ``blocks``, ``row`` the rectangle in it. ``width_m`` and
    ``length_m`` are those of one module, ``n_module`` stand side by side. ``share``
    (n_head, n_candidate) is the part of the weight per head. ``polygons`` are in
    building coordinates. ``truncated``: positions were left out to stay within
    the limit, so the optimum is one over the positions kept.
    """

    blocks: tuple[Block, ...]
    block: IntArray
    row: IntArray
    width_m: FloatArray
    length_m: FloatArray
    n_module: IntArray
    share: sp.csc_array
    shift_m: FloatArray
    polygons: tuple[shapely.Polygon, ...]
    truncated: bool

    def __post_init__(self) -> None:
        freeze(self)

    def __len__(self) -> int:
        return len(self.block)

    @property
    def area_m2(self) -> FloatArray:
        """Plan area of each candidate [m2]."""
        return self.width_m * self.length_m * self.n_module


def find_candidates(
    structure: Structure, roofs: Sequence[UsableRoof], concept: Concept, *, max_candidates: int = MAX_CANDIDATES
) -> Candidates:
    """Return the candidates of one concept on all usable roofs.

    Parameters
    ----------
    structure, roofs
        Heads and the usable area above them.
    concept
        Sizes, supports and transfer layer of the module.
    max_candidates
        Positions far down the snapping order are left out above this number.
    """
    found: list[tuple[Block, sp.csc_array, FloatArray]] = []
    truncated = False
    for roof_row, roof in enumerate(roofs):
        for frame in roof_frames(structure.heads, roof, concept):
            rectangles, rank = _snapped(frame, roof, concept)
            result = reactions(structure.heads, frame, rectangles, concept)
            rows = np.flatnonzero(result.carried)
            rows = _without_needless_turns(rectangles, result.turned, rows)
            best = np.sort(rows[np.argsort(rank[rows], kind="stable")[:max_candidates]])
            truncated |= best.size < rows.size
            if best.size:
                block = Block(roof=roof_row, frame=frame, rectangles=rectangles.take(best))
                found.append((block, sp.csc_array(result.share[:, best]), result.shift_m[best]))
    return _joined(len(structure.heads), found, truncated)


def roof_frames(heads: Heads, roof: UsableRoof, concept: Concept) -> tuple[Frame, ...]:
    """Return the frames of the heads under one roof, lines split where the transfer layer cannot bridge a gap."""
    gap_max_m = concept.transfer_span_max_m if math.isfinite(concept.transfer_span_max_m) else 0.0
    rows = np.flatnonzero(np.isin(heads.face, roof.faces))
    return bearing_frames(heads, rows, roof.polygon, gap_max_m=max(gap_max_m, EDGE_TOLERANCE_M))


def rectangle_polygons(frame: Frame, rectangles: Rectangles, shrink_m: float = 0.0) -> tuple[shapely.Polygon, ...]:
    """Return the plans in building coordinates, optionally shrunk on all sides."""
    u0, v0 = rectangles.u_m + shrink_m, rectangles.v_m + shrink_m
    u1, v1 = rectangles.u_m + rectangles.du_m - shrink_m, rectangles.v_m + rectangles.dv_m - shrink_m
    x, y = frame.to_building(np.stack([u0, u1, u1, u0], axis=1), np.stack([v0, v0, v1, v1], axis=1))
    return tuple(shapely.polygons(np.stack([x, y], axis=2)))


def module_sizes(concept: Concept, depths_m: FloatArray) -> tuple[tuple[float, float], ...]:
    """Return (width, length) [m]: every width, with the standard length and those that fill a roof depth.

    ``depths_m`` are distances between roof edges; a depth is also halved, and
    rounded down to 0.1 m.
    """
    widths = sorted({concept.width_m, *concept.width_options_m}, reverse=True)
    fitted = {math.floor(depth / part / LENGTH_STEP_M + 1e-6) * LENGTH_STEP_M for depth in depths_m.tolist() for part in (1, 2)}
    fitted = {round(length, 3) for length in fitted if concept.length_lo_m <= length <= concept.length_hi_m}
    lengths = sorted({concept.length_m} | set(sorted(fitted, reverse=True)[:LENGTHS_PER_ROOF]), reverse=True)
    return tuple((width, length) for width in widths for length in lengths)


def _snapped(frame: Frame, roof: UsableRoof, concept: Concept) -> tuple[Rectangles, FloatArray]:
    """Return the rectangles inside the roof at snapped positions, and their rank (low is a firmer hold)."""
    u, v = frame.to_frame(*shapely.get_coordinates(roof.polygon.simplify(EDGE_TOLERANCE_M)).T)
    anchors = [_anchors(frame, roof, axis) for axis in (0, 1)]
    depths = np.unique(np.concatenate([_differences(u), _differences(v)]))
    columns: list[FloatArray] = []
    for width_m, length_m in module_sizes(concept, depths):
        for long_u in (False, True):
            du, dv = (length_m, width_m) if long_u else (width_m, length_m)
            starts_u, rank_u = _starts(anchors[0], u.min(), u.max(), du)
            starts_v, rank_v = _starts(anchors[1], v.min(), v.max(), dv)
            grid_u, grid_v = (grid.ravel() for grid in np.meshgrid(starts_u, starts_v, indexing="ij"))
            rank = (rank_u[:, None] + rank_v[None, :]).ravel()
            for count in dwelling_sizes(concept):
                size = (du, dv * count) if long_u else (du * count, dv)
                same = np.broadcast_to([*size, float(long_u), float(count)], (grid_u.size, 4))
                columns.append(np.column_stack([grid_u, grid_v, same, rank]))
    table = np.concatenate(columns)
    table = table[_inside(frame, roof, _rectangles(table))]
    return _rectangles(table), table[:, 6]


def dwelling_sizes(concept: Concept) -> tuple[int, ...]:
    """Return the numbers of modules that make a dwelling, in the order of the catalogue."""
    return tuple(dict.fromkeys(unit.modules for unit in concept.unit_types))


def _without_needless_turns(rectangles: Rectangles, turned: BoolArray, rows: IntArray) -> IntArray:
    """Leave out modules across the bearing lines where modules along them cover most of the same roof.

    They need more transfer layer for the same place, and doubling the choices
    makes the proof of the optimum many times slower.
    """
    along, across = rows[~turned[rows]], rows[turned[rows]]
    if not along.size or not across.size:
        return rows
    plans = rectangles.take(across)
    needed = covered_m2(plans, rectangles.take(along)) < NEEDLESS_COVER * plans.du_m * plans.dv_m - ROUNDING_M2
    return np.sort(np.concatenate([along, across[needed]]))


def covered_m2(plans: Rectangles, others: Rectangles) -> FloatArray:
    """Return the area of each plan that lies under at least one of the others, all in one frame (n_plan) [m2].

    On the grid of all edges: a running sum counts the others over every cell, another adds up the covered area.
    """
    u, u_plan, u_other = _edges(plans.u_m, plans.du_m, others.u_m, others.du_m)
    v, v_plan, v_other = _edges(plans.v_m, plans.dv_m, others.v_m, others.dv_m)
    count, area_m2 = np.zeros((len(u), len(v)), dtype=np.int64), np.zeros((len(u), len(v)))
    for i, j, step in ((0, 0, 1), (1, 1, 1), (0, 1, -1), (1, 0, -1)):
        np.add.at(count, (u_other[i], v_other[j]), step)
    inside = count.cumsum(axis=0).cumsum(axis=1)[:-1, :-1] > 0
    area_m2[1:, 1:] = (inside * np.diff(u)[:, None] * np.diff(v)).cumsum(axis=0).cumsum(axis=1)
    (u0, u1), (v0, v1) = u_plan, v_plan
    return np.asarray(area_m2[u1, v1] - area_m2[u0, v1] - area_m2[u1, v0] + area_m2[u0, v0])


_Ends = tuple[IntArray, IntArray]


def _edges(start: FloatArray, size: FloatArray, other: FloatArray, other_size: FloatArray) -> tuple[FloatArray, _Ends, _Ends]:
    """Return all edges in order [m], and where the starts and ends of both sets stand among them."""
    line, place = np.unique(np.concatenate([start, start + size, other, other + other_size]), return_inverse=True)
    low, high, other_low, other_high = np.split(place, np.cumsum([len(start), len(start), len(other)]))
    return line, (low, high), (other_low, other_high)


def _rectangles(table: FloatArray) -> Rectangles:
    return Rectangles(
        u_m=table[:, 0],
        v_m=table[:, 1],
        du_m=table[:, 2],
        dv_m=table[:, 3],
        long_u=table[:, 4] > 0.5,
        n_module=table[:, 5].astype(np.int64),
    )


def _differences(values: FloatArray) -> FloatArray:
    distinct = np.unique(np.round(values, 3))
    return np.unique(np.round(np.abs(distinct[:, None] - distinct[None, :]), 3))


def _anchors(frame: Frame, roof: UsableRoof, axis: int) -> list[tuple[int, float]]:
    """Return (rank, coordinate) of everything to snap to along u (axis 0) or v (axis 1).

    Rank 0: ends of a wing. 1: bearing lines. 2: obstacles and corners, as far as
    an edge there runs square to the axis, for a module cannot lie flush otherwise.
    """
    found: list[tuple[int, float]] = []
    for piece in shapely.get_parts(roof.polygon):
        outer = frame.to_frame(*shapely.get_coordinates(piece.exterior).T)[axis]
        found += [(0, float(outer.min())), (0, float(outer.max()))]
        for ring in (piece.exterior, *piece.interiors):
            corners = frame.to_frame(*shapely.get_coordinates(ring.simplify(EDGE_TOLERANCE_M)).T)
            flush = np.abs(np.diff(corners[axis])) < EDGE_TOLERANCE_M
            square = flush & (np.abs(np.diff(corners[1 - axis])) > SQUARE_EDGE_M)
            found += [(2, float(value)) for value in corners[axis][:-1][square]]
        for ring in piece.interiors:
            hole = frame.to_frame(*shapely.get_coordinates(ring).T)[axis]
            found += [(2, float(hole.min())), (2, float(hole.max()))]
    found += [(1, float(line.offset_m.mean())) for line in frame.lines if line.axis != axis]
    return sorted(set(found))


def _starts(anchors: Sequence[tuple[int, float]], low_m: float, high_m: float, step_m: float) -> tuple[FloatArray, FloatArray]:
    """Return the start positions of chains from every anchor, to both sides, and the rank of each.

    Chains from wing ends run over the whole roof, others a few steps. Of
    positions closer than the spacing the firmest stays; what lies flush with a
    wing end or a bearing line always stays, for there a few centimetres decide.
    """
    chains: list[tuple[int, int, float]] = []
    for rank, anchor in anchors:
        below = math.floor((anchor - low_m) / step_m + 1e-6)
        above = math.floor((high_m - anchor) / step_m + 1e-6)
        far = math.inf if rank == 0 else CHAIN_STEPS
        chains += [(rank, max(count, -1 - count), anchor + count * step_m) for count in range(-int(min(below, far)), int(min(above, far)))]
    kept: list[tuple[float, int]] = []
    taken: set[int] = set()
    for rank, steps, start in sorted(chains):
        spacing_m = EDGE_TOLERANCE_M if rank < 2 and steps == 0 else SPACING_M
        slot = math.floor(start / SPACING_M)
        near = taken & {slot - 1, slot, slot + 1} and any(abs(other - start) < spacing_m for other, _ in kept)
        if not near:
            taken.add(slot)
            kept.append((start, rank))
    table = np.array(sorted(kept), dtype=np.float64).reshape(-1, 2)
    return table[:, 0], table[:, 1]


def _inside(frame: Frame, roof: UsableRoof, rectangles: Rectangles) -> BoolArray:
    shapely.prepare(roof.polygon)
    plans = np.asarray(rectangle_polygons(frame, rectangles, EDGE_TOLERANCE_M), dtype=object)
    return np.asarray(shapely.covers(roof.polygon, plans), dtype=np.bool_)


def _joined(n_head: int, found: Sequence[tuple[Block, sp.csc_array, FloatArray]], truncated: bool) -> Candidates:
    blocks = tuple(block for block, _, _ in found)
    sizes = [len(block.rectangles) for block in blocks]
    along = [np.where(b.rectangles.long_u, b.rectangles.du_m, b.rectangles.dv_m) for b in blocks]
    across = [np.where(b.rectangles.long_u, b.rectangles.dv_m, b.rectangles.du_m) / b.rectangles.n_module for b in blocks]
    none = np.zeros(0, dtype=np.int64)
    empty = np.zeros(0)
    return Candidates(
        blocks=blocks,
        block=np.repeat(np.arange(len(blocks)), sizes),
        row=np.concatenate([np.arange(size) for size in sizes]) if sizes else none,
        width_m=np.concatenate(across) if sizes else empty,
        length_m=np.concatenate(along) if sizes else empty,
        n_module=np.concatenate([block.rectangles.n_module for block in blocks]) if sizes else none,
        share=sp.csc_array(sp.hstack([share for _, share, _ in found])) if found else sp.csc_array((n_head, 0)),
        shift_m=np.concatenate([shift for _, _, shift in found]) if found else np.zeros((0, 2)),
        polygons=tuple(polygon for block in blocks for polygon in rectangle_polygons(block.frame, block.rectangles)),
        truncated=truncated,
    )
