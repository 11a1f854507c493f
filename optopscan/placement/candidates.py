"""Candidates: dwellings that lie on the usable roof and can stand on heads.

A candidate is a stack of whole dwellings, their modules side by side, so that nothing is placed
that does not count. Positions snap in both directions: to wing ends, obstacles and bearing lines, and
onwards from there in steps of the module. Few positions keep the search exact
and fast; a position that no chain from a fixed edge reaches wastes roof anyway.

Every stack height up to the storeys asked for is a candidate of its own, so that a weak bay may stay lower.
Where an upper storey has less roof than the one below (set-backs), its dwelling is shortened along its length; a stack
ends where that gets too short.
"""

from __future__ import annotations

import dataclasses
import functools
import math
from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import scipy.sparse as sp
import shapely

from optopscan.catalog.concept import Concept, Quantity
from optopscan.geometry import plane
from optopscan.model.arrays import BoolArray, FloatArray, IntArray, freeze
from optopscan.model.structure import Heads, Structure
from optopscan.placement.lines import Frame, bearing_frames, roof_angle_deg
from optopscan.placement.reactions import Reactions, Rectangles
from optopscan.placement.roof import UsableRoof
from optopscan.placement.support import carrier, roof_with_overhang

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
    """Rectangles of one roof and one frame: the plans of the lowest new storey, and those of every storey."""

    roof: int
    frame: Frame
    rectangles: Rectangles
    levels: tuple[Rectangles, ...]


@dataclass(frozen=True, kw_only=True, eq=False)
class Candidates:
    """All candidates (n_candidate), block by block; storeys count from 0, the lowest new one.

    ``block`` indexes ``blocks``, ``row`` the rectangle in it. ``width_m`` is that of one module, ``n_module`` stand side by
    side; ``length_m`` (n_candidate, n_storey) is 0 above the top of the stack, which has ``height`` storeys.
    ``share`` has per storey the part of its weight per head (n_head, n_candidate), ``shift_m`` (n_candidate, n_storey, 2) what its
    supports leave. ``polygons`` (lowest storey) are in building coordinates. ``truncated``: positions were left
    out to stay within the limit, so the optimum is one over the positions kept.
    """

    blocks: tuple[Block, ...]
    block: IntArray
    row: IntArray
    height: IntArray
    width_m: FloatArray
    length_m: FloatArray
    n_module: IntArray
    share: tuple[sp.csc_array, ...]
    shift_m: FloatArray
    polygons: tuple[shapely.Polygon, ...]
    truncated: bool

    def __post_init__(self) -> None:
        freeze(self)

    def __len__(self) -> int:
        return len(self.block)

    @property
    def storey_area_m2(self) -> FloatArray:
        """Plan area of each storey of each candidate [m2], (n_candidate, n_storey)."""
        return np.asarray(self.width_m[:, None] * self.length_m * self.n_module[:, None])

    @property
    def area_m2(self) -> FloatArray:
        """Floor area of each candidate, all its storeys [m2]."""
        return np.asarray(self.storey_area_m2.sum(axis=1))

    def take(self, rows: IntArray) -> Candidates:
        """Return some of the candidates; the blocks stay whole."""
        columns = {name: getattr(self, name)[rows] for name in ("block", "row", "height", "width_m", "length_m", "n_module", "shift_m")}
        share = tuple(sp.csc_array(share[:, rows]) for share in self.share)
        polygons = tuple(self.polygons[row] for row in rows.tolist())
        return dataclasses.replace(self, share=share, polygons=polygons, **columns)

    def rectangles(self, row: int, storey: int) -> Rectangles:
        """Return the plan of one candidate in one storey."""
        plan: Rectangles = self.blocks[self.block[row]].levels[storey]
        return plan.take(self.row[[row]])


Serves = Callable[[Sequence[shapely.Polygon], BoolArray], BoolArray]


def find_candidates(
    structure: Structure,
    roofs: Sequence[Sequence[UsableRoof]],
    concept: Concept,
    *,
    max_candidates: int = MAX_CANDIDATES,
    serves: Serves | None = None,
    before: dict[Hashable, Any] | None = None,
) -> Candidates:
    """Return the candidates of one concept on all usable roofs.

    Parameters
    ----------
    structure
        Heads below the roofs.
    roofs
        Per new storey the usable area; roofs of two storeys with the same faces belong together.
    concept
        Sizes, supports and transfer layer of the module.
    max_candidates
        Positions far down the snapping order are left out above this number.
    serves
        Says which plans (building coordinates) have their door on a walkway, given whether their length lies along u; None: no
        access asked.
    before
        Lowest plans found before on this structure, by everything they depend on; new ones are added.
    """
    before = {} if before is None else before
    found: list[_Found] = []
    truncated = False
    if concept.own_support:
        roofs = tuple(tuple(roof_with_overhang(structure, roof, concept) for roof in storey) for storey in roofs)
    for roof_row, roof in enumerate(roofs[0]):
        above = [next((other for other in storey if other.faces == roof.faces), None) for storey in roofs[1:]]
        for frame in roof_frames(structure.heads, roof, concept):
            carry = carrier(structure, roof, frame, concept)
            asked = (structure, roof.polygon.wkb, roof.faces, frame.angle_deg, _shape(concept), serves, max_candidates)
            if asked not in before:
                before[asked] = _lowest(roof, frame, carry, concept, serves, max_candidates)
            first, cut = before[asked]
            truncated |= cut
            if len(first.rectangles):
                found.append(_Found(roof_row, frame, _stacked(carry, frame, first, above, concept)))
    return _joined(len(structure.heads), len(roofs), found, truncated)


def _shape(concept: Concept) -> Hashable:
    """Return what decides where a product can stand: all that is no name, weight, price or carbon."""
    skipped = ("id", "name", "supplier", "version")
    values = {spec.name: getattr(concept, spec.name) for spec in dataclasses.fields(concept) if spec.name not in skipped}
    return tuple((name, repr(value)) for name, value in values.items() if not isinstance(value, Quantity))


def _lowest(
    roof: UsableRoof, frame: Frame, carry: Callable[[Rectangles], Reactions], concept: Concept, serves: Serves | None, max_candidates: int
) -> tuple[_Level, bool]:
    """Return the plans of the lowest storey that can stand, and whether some were left out."""
    rectangles, rank = snapped(frame, roof, concept, serves)
    result = carry(rectangles)
    rows = _without_needless_turns(rectangles, result.turned, np.flatnonzero(result.carried))
    best = np.sort(rows[np.argsort(rank[rows], kind="stable")[:max_candidates]])
    return _Level(rectangles.take(best), sp.csc_array(result.share[:, best]), result.shift_m[best]), best.size < rows.size


@dataclass(frozen=True)
class _Level:
    """Plans of one storey with their shares and shifts; sides are 0 where the stack has ended."""

    rectangles: Rectangles
    share: sp.csc_array
    shift_m: FloatArray


@dataclass(frozen=True)
class _Found:
    roof: int
    frame: Frame
    levels: tuple[_Level, ...]


def _stacked(
    carry: Callable[[Rectangles], Reactions], frame: Frame, first: _Level, above: Sequence[UsableRoof | None], concept: Concept
) -> tuple[_Level, ...]:
    """Return the storeys on top of the lowest plans, each within its own roof."""
    levels = [first]
    for roof in above:
        below = levels[-1]
        plans = _shortened(frame, roof, below.rectangles, concept)
        same = (plans.du_m == below.rectangles.du_m) & (plans.dv_m == below.rectangles.dv_m)
        if same.all():
            levels.append(below)
            continue
        there = np.flatnonzero(plans.du_m > 0)
        result = carry(plans.take(there))
        lost = there[~result.carried]
        du, dv = plans.du_m.copy(), plans.dv_m.copy()
        du[lost], dv[lost] = 0.0, 0.0
        shift_m = np.zeros((len(plans), 2))
        shift_m[there] = result.shift_m
        spread = sp.csr_array((np.ones(there.size), (np.arange(there.size), there)), shape=(there.size, len(plans)))
        levels.append(_Level(dataclasses.replace(plans, du_m=du, dv_m=dv), sp.csc_array(result.share @ spread), shift_m))
    return tuple(levels)


def _shortened(frame: Frame, roof: UsableRoof | None, below: Rectangles, concept: Concept) -> Rectangles:
    """Return the plans of the storey above: as below where the roof allows, else shorter along the length, else nothing."""
    columns = {name: getattr(below, name).copy() for name in ("u_m", "v_m", "du_m", "dv_m")}
    rows = np.flatnonzero((below.du_m > 0) & ~_inside(frame, roof, below)) if roof is not None else np.arange(len(below))
    gone = rows
    if roof is not None and rows.size:
        plans = np.asarray(rectangle_polygons(frame, below.take(rows)), dtype=object)
        cut = plane.intersection(plans, np.full(len(plans), roof.polygon, dtype=object))
        for row, piece in zip(rows.tolist(), cut, strict=True):
            if piece.is_empty:
                continue
            at, side = ("u_m", "du_m") if below.long_u[row] else ("v_m", "dv_m")
            along = frame.to_frame(*shapely.get_coordinates(piece).T)[0 if below.long_u[row] else 1]
            low, high = float(along.min()), float(along.max())
            columns[at][row] = low
            columns[side][row] = math.floor((high - low) / LENGTH_STEP_M + 1e-6) * LENGTH_STEP_M
        tried = dataclasses.replace(below, **columns).take(rows)
        length_m = np.where(tried.long_u, tried.du_m, tried.dv_m)
        gone = rows[(length_m < concept.length_lo_m - EDGE_TOLERANCE_M) | ~_inside(frame, roof, tried)]
    for name in ("du_m", "dv_m"):
        columns[name][gone] = 0.0
    return dataclasses.replace(below, **columns)


def roof_frames(heads: Heads, roof: UsableRoof, concept: Concept) -> tuple[Frame, ...]:
    """Return the frames of the heads under one roof, lines split where the transfer layer cannot bridge a gap."""
    rows = np.flatnonzero(np.isin(heads.face, roof.faces))
    frames = bearing_frames(heads, rows, roof.polygon, gap_max_m=max(concept.transfer_reach_m, EDGE_TOLERANCE_M))
    # on columns of its own a product needs a direction only
    return frames or ((Frame(angle_deg=roof_angle_deg(roof.polygon), lines=()),) if concept.own_support else ())


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
    fitted = sorted(_fitted(concept, depths_m), reverse=True)
    lengths = sorted({concept.length_m, *fitted[:LENGTHS_PER_ROOF]}, reverse=True)
    return tuple((width, length) for width in _widths(concept) for length in lengths)


def _widths(concept: Concept) -> list[float]:
    return sorted({concept.width_m, *concept.width_options_m}, reverse=True)


def _fitted(concept: Concept, depths_m: FloatArray) -> set[float]:
    """Return the lengths that the product can be made in and that fill a roof depth or half of one [m]."""
    fitted = {math.floor(depth / part / LENGTH_STEP_M + 1e-6) * LENGTH_STEP_M for depth in depths_m.tolist() for part in (1, 2)}
    return {round(length, 3) for length in fitted if concept.length_lo_m <= length <= concept.length_hi_m}


def snapped(frame: Frame, roof: UsableRoof, concept: Concept, serves: Serves | None = None) -> tuple[Rectangles, FloatArray]:
    """Return the rectangles inside the roof that are served, at snapped positions, and their rank (low is a firmer hold).

    Where none of the usual lengths lies inside with a door on the walkway, the longest of the other lengths that does.
    """
    u, v = frame.to_frame(*shapely.get_coordinates(roof.polygon.simplify(EDGE_TOLERANCE_M)).T)
    anchors = [_anchors(frame, roof, axis) for axis in (0, 1)]
    depths = np.unique(np.concatenate([_differences(u), _differences(v)]))
    usual = module_sizes(concept, depths)
    others = sorted(_fitted(concept, depths) | {concept.length_lo_m}, reverse=True)
    chains = functools.cache(lambda axis, step_m: _starts(anchors[axis], (u, v)[axis].min(), (u, v)[axis].max(), step_m))
    for sizes in (usual, *([(width, length) for width in _widths(concept)] for length in others)):
        table = _positions(chains, concept, sizes)
        table = table[_inside(frame, roof, _rectangles(table))]
        if serves is not None and len(table):
            plans = _rectangles(table)
            table = table[serves(rectangle_polygons(frame, plans), plans.long_u)]
        if len(table):
            break
    return _rectangles(table), table[:, 6]


def _positions(
    chains: Callable[[int, float], tuple[FloatArray, FloatArray]], concept: Concept, sizes: Sequence[tuple[float, float]]
) -> FloatArray:
    """Return plans of these sizes at snapped positions, wherever they lie: u, v, du, dv, length along u, modules, rank (n, 7).

    ``chains`` returns `_starts` of an axis and a step.
    """
    columns = [np.zeros((0, 7))]
    for width_m, length_m in sizes:
        for long_u in (False, True):
            du, dv = (length_m, width_m) if long_u else (width_m, length_m)
            (starts_u, rank_u), (starts_v, rank_v) = chains(0, du), chains(1, dv)
            grid_u, grid_v = (grid.ravel() for grid in np.meshgrid(starts_u, starts_v, indexing="ij"))
            rank = (rank_u[:, None] + rank_v[None, :]).ravel()
            for count in dwelling_sizes(concept):
                size = (du, dv * count) if long_u else (du * count, dv)
                same = np.broadcast_to([*size, float(long_u), float(count)], (grid_u.size, 4))
                columns.append(np.column_stack([grid_u, grid_v, same, rank]))
    return np.concatenate(columns)


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
    found = np.zeros(len(rectangles), dtype=np.bool_)
    # points are asked about much faster than rectangles: only those with all corners inside are made
    rows = np.arange(len(rectangles))
    for at_u, at_v in ((0.0, 0.0), (1.0, 1.0), (0.0, 1.0), (1.0, 0.0)):
        some = rectangles.take(rows)
        inset = EDGE_TOLERANCE_M
        u = some.u_m + inset + at_u * (some.du_m - 2.0 * inset)
        v = some.v_m + inset + at_v * (some.dv_m - 2.0 * inset)
        rows = rows[shapely.intersects_xy(roof.polygon, *frame.to_building(u, v))]
    plans = np.asarray(rectangle_polygons(frame, rectangles.take(rows), inset), dtype=object)
    found[rows] = shapely.covers(roof.polygon, plans)
    return found


def _joined(n_head: int, n_storey: int, found: Sequence[_Found], truncated: bool) -> Candidates:
    """Return every stack height of every plan, plan by plan."""
    blocks: list[Block] = []
    parts: list[tuple[IntArray, IntArray]] = []
    for item in found:
        plans = tuple(level.rectangles for level in item.levels)
        blocks.append(Block(roof=item.roof, frame=item.frame, rectangles=plans[0], levels=plans))
        tallest = np.sum([plan.du_m > 0 for plan in plans], axis=0)
        row = np.repeat(np.arange(len(plans[0])), tallest)
        parts.append((row, np.arange(row.size) - np.repeat(np.cumsum(tallest) - tallest, tallest) + 1))
    block = np.repeat(np.arange(len(blocks)), [row.size for row, _ in parts])
    row = _concatenated([row for row, _ in parts])
    height = _concatenated([height for _, height in parts])
    length_m, shift_m = np.zeros((row.size, n_storey)), np.zeros((row.size, n_storey, 2))
    share: list[sp.csc_array] = []
    for storey in range(n_storey):
        columns = []
        for number, item in enumerate(found):
            level, here = item.levels[storey], np.flatnonzero(block == number)
            present = (height[here] > storey).astype(np.float64)
            plan = level.rectangles.take(row[here])
            length_m[here, storey] = np.where(plan.long_u, plan.du_m, plan.dv_m) * present
            shift_m[here, storey] = level.shift_m[row[here]] * present[:, None]
            columns.append(level.share[:, row[here]] @ sp.diags_array(present))
        share.append(sp.csc_array(sp.hstack(columns)) if columns else sp.csc_array((n_head, 0)))
    return Candidates(
        blocks=tuple(blocks),
        block=block,
        row=row,
        height=height,
        width_m=_concatenated([_width_m(item.rectangles) for item in blocks], at=parts),
        length_m=length_m,
        n_module=_concatenated([item.rectangles.n_module for item in blocks], at=parts).astype(np.int64),
        share=tuple(share),
        shift_m=shift_m,
        polygons=tuple(
            polygon
            for item, (rows, _) in zip(blocks, parts, strict=True)
            for polygon in np.asarray(rectangle_polygons(item.frame, item.rectangles), dtype=object)[rows]
        ),
        truncated=truncated,
    )


def _width_m(plan: Rectangles) -> FloatArray:
    return np.asarray(np.where(plan.long_u, plan.dv_m, plan.du_m) / plan.n_module)


def _concatenated(columns: Sequence[Any], at: Sequence[tuple[IntArray, IntArray]] | None = None) -> Any:
    """Join columns, each taken at its rows; whole numbers where there is none."""
    if not columns:
        return np.zeros(0, dtype=np.int64)
    return np.concatenate(columns if at is None else [column[rows] for column, (rows, _) in zip(columns, at, strict=True)])
