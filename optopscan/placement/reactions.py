"""Reactions: where the weight of a module comes down on the heads.

A module stands on two support sides or four corners. Every point of a support
goes to the bearing lines beside it by the lever rule (the beams of the transfer
layer), and within a line to the heads beside it by the lever rule. What lies past
the middle of the last head goes to that head, and the module side, a stiff beam,
balances it with a couple over the heads under it. So the resultant keeps its
place, except where a side stands beside a wall without a transfer layer that
takes the moment: that eccentricity is kept in ``shift_m``.
"""

from __future__ import annotations

import dataclasses
import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import scipy.sparse as sp

from optopscan.catalog.concept import Concept
from optopscan.errors import EquilibriumError
from optopscan.model.arrays import BoolArray, FloatArray, IntArray, freeze
from optopscan.model.structure import Heads
from optopscan.placement.lines import BearingLine, Frame, head_points

SAMPLE_M = 0.25
BLOCK = 500
ON_LINE_M = 1e-6
SUM_TOLERANCE = 1e-9
RESULTANT_TOLERANCE_M = 1e-3


@dataclass(frozen=True, kw_only=True, eq=False)
class Rectangles:
    """Plans in one frame (n_rect): low corner and sides [m]; ``long_u``: length along u.

    A plan holds ``n_module`` equal modules side by side across their length.
    """

    u_m: FloatArray
    v_m: FloatArray
    du_m: FloatArray
    dv_m: FloatArray
    long_u: BoolArray
    n_module: IntArray

    def __post_init__(self) -> None:
        freeze(self)

    def __len__(self) -> int:
        return len(self.u_m)

    def take(self, rows: IntArray) -> Rectangles:
        """Return the rows asked for."""
        return Rectangles(**{spec.name: getattr(self, spec.name)[rows] for spec in dataclasses.fields(self)})

    def module(self, number: int) -> Rectangles:
        """Return the plan of one module of each row, counted from the low corner."""
        du_m = np.where(self.long_u, self.du_m, self.du_m / self.n_module)
        dv_m = np.where(self.long_u, self.dv_m / self.n_module, self.dv_m)
        return Rectangles(
            u_m=self.u_m + np.where(self.long_u, 0.0, number * du_m),
            v_m=self.v_m + np.where(self.long_u, number * dv_m, 0.0),
            du_m=du_m,
            dv_m=dv_m,
            long_u=self.long_u,
            n_module=np.ones_like(self.n_module),
        )


@dataclass(frozen=True, kw_only=True, eq=False)
class Reactions:
    """Shares of the weight of a plan per head.

    ``share`` (n_head, n_rect): columns sum to one, or to zero where ``carried`` is
    False. ``shift_m`` (n_rect, 2): resultant of the heads less that of the module, in
    x and y; not zero only where a support stands beside its wall. ``turned``: the
    supports cross the bearing lines instead of following them.
    """

    share: sp.csc_array
    carried: BoolArray
    turned: BoolArray
    shift_m: FloatArray

    def __post_init__(self) -> None:
        freeze(self)


def reactions(heads: Heads, frame: Frame, rectangles: Rectangles, concept: Concept) -> Reactions:
    """Return the shares of each plan, module by module, on the heads of one frame.

    The axis of bearing is the one to which the supports run parallel, else the
    other: the answer depends on the rectangle only, not on how it was found.

    Raises
    ------
    EquilibriumError
        If a sum or a resultant is not kept.
    """
    n_rect = len(rectangles)
    share = sp.csc_array((len(heads), n_rect))
    carried, turned = np.ones(n_rect, dtype=np.bool_), np.zeros(n_rect, dtype=np.bool_)
    shift_m = np.zeros((n_rect, 2))
    for number in range(int(rectangles.n_module.max(initial=0))):
        rows = np.flatnonzero(rectangles.n_module > number)
        part = _blockwise(heads, frame, rectangles.take(rows).module(number), concept)
        weight = 1.0 / rectangles.n_module[rows]
        share = share + part.share @ sp.csr_array((weight, (np.arange(rows.size), rows)), shape=(rows.size, n_rect))
        carried[rows] &= part.carried
        turned[rows] |= part.turned
        shift_m[rows] += part.shift_m * weight[:, None]
    whole = sp.csr_array(sp.diags_array(carried.astype(np.float64)))
    return Reactions(share=sp.csc_array(share @ whole), carried=carried, turned=turned & carried, shift_m=shift_m * carried[:, None])


def _blockwise(heads: Heads, frame: Frame, rectangles: Rectangles, concept: Concept) -> Reactions:
    """Return the shares of single modules, in blocks that bound memory, each of rectangles with equally many pieces."""
    pieces = _piece_count(rectangles)
    order = np.argsort(pieces, kind="stable")
    alike = np.split(order, np.flatnonzero(np.diff(pieces[order])) + 1) if order.size else []
    blocks = [rows[first : first + BLOCK] for rows in alike for first in range(0, len(rows), BLOCK)]
    done = [_reactions(heads, frame, rectangles.take(rows), concept) for rows in blocks]
    back = np.argsort(order, kind="stable")
    return Reactions(
        share=sp.csc_array(sp.csc_array(sp.hstack([item.share for item in done]))[:, back]) if done else sp.csc_array((len(heads), 0)),
        carried=np.concatenate([item.carried for item in done])[back] if done else np.zeros(0, dtype=np.bool_),
        turned=np.concatenate([item.turned for item in done])[back] if done else np.zeros(0, dtype=np.bool_),
        shift_m=np.concatenate([item.shift_m for item in done])[back] if done else np.zeros((0, 2)),
    )


def _piece_count(rectangles: Rectangles) -> IntArray:
    """Return into how many pieces a support is cut; of the rectangle alone, so that it stands the same whatever stands beside it."""
    longest_m = np.maximum(rectangles.du_m, rectangles.dv_m)
    return np.maximum(4, np.ceil(longest_m / SAMPLE_M - ON_LINE_M)).astype(np.int64)


def _reactions(heads: Heads, frame: Frame, rectangles: Rectangles, concept: Concept) -> Reactions:
    share = sp.csc_array((len(heads), len(rectangles)))
    carried, crossing = np.zeros(len(rectangles), dtype=np.bool_), np.zeros(len(rectangles), dtype=np.bool_)
    shift_m = np.zeros((len(rectangles), 2))
    side_on_u = ~rectangles.long_u if concept.supports == "line-short" else rectangles.long_u
    for turned in (False, True):
        for axis in (0, 1):
            parallel = side_on_u if axis == 0 else ~side_on_u
            rows = np.flatnonzero(~carried & (parallel ^ turned))
            lines = tuple(line for line in frame.lines if line.axis == axis)
            if not rows.size or not lines:
                continue
            part = _axis_reactions(heads, frame, lines, axis, rectangles.take(rows), concept)
            place = sp.csr_array((np.ones(rows.size), (np.arange(rows.size), rows)), shape=(rows.size, len(rectangles)))
            share = share + part.share @ place
            carried[rows] = part.carried
            crossing[rows] = part.carried & turned
            shift_m[rows] = part.shift_m
    return Reactions(share=sp.csc_array(share), carried=carried, turned=crossing, shift_m=shift_m)


def offset_limit_m(concept: Concept, thickness_m: float) -> float:
    """Return how far a support may stand beside its wall [m]: the product's limit, without a layer that takes the moment also t/6."""
    limit_m = concept.support_offset_max_m if math.isfinite(concept.support_offset_max_m) else 0.0
    return limit_m if concept.transfer_takes_moment else min(limit_m, thickness_m / 6.0)


def corners(rectangles: Rectangles, axis: int) -> tuple[FloatArray, FloatArray]:
    """Return s, o [m] of the four corners (n_rect, 4)."""
    u = rectangles.u_m[:, None] + rectangles.du_m[:, None] * np.array([0.0, 0.0, 1.0, 1.0])
    v = rectangles.v_m[:, None] + rectangles.dv_m[:, None] * np.array([0.0, 1.0, 0.0, 1.0])
    return (u, v) if axis == 0 else (v, u)


def support_points(rectangles: Rectangles, axis: int, concept: Concept) -> tuple[FloatArray, FloatArray, FloatArray]:
    """Return s, o [m] and weight of sample points (n_rect, n_point), equal forces at the middle of equal pieces."""
    s0, ds = (rectangles.u_m, rectangles.du_m) if axis == 0 else (rectangles.v_m, rectangles.dv_m)
    o0, do = (rectangles.v_m, rectangles.dv_m) if axis == 0 else (rectangles.u_m, rectangles.du_m)
    if concept.supports == "point":
        s, o = corners(rectangles, axis)
        return s, o, np.full_like(s, 0.25)
    long_s = rectangles.long_u if axis == 0 else ~rectangles.long_u
    along_s = long_s if concept.supports == "line-long" else ~long_s
    n_piece = int(_piece_count(rectangles).max())
    middle = np.tile((np.arange(n_piece) + 0.5) / n_piece, 2)
    side = np.repeat([0.0, 1.0], n_piece)
    s = s0[:, None] + ds[:, None] * np.where(along_s[:, None], middle, side)
    o = o0[:, None] + do[:, None] * np.where(along_s[:, None], side, middle)
    return s, o, np.full_like(s, 0.5 / n_piece)


@dataclass(frozen=True, kw_only=True, eq=False)
class Lever:
    """Two lines per point with their weights; ``shift_m`` is the eccentricity left over."""

    line: tuple[IntArray, IntArray]
    weight: tuple[FloatArray, FloatArray]
    valid: BoolArray
    shift_m: FloatArray


def lever_of(lines: Sequence[BearingLine], s: FloatArray, o: FloatArray, concept: Concept) -> Lever:
    """Distribute points over the lines that run past them (n_rect, n_point)."""
    span_m = concept.transfer_reach_m
    reach_m = concept.overhang_max_m if math.isfinite(concept.overhang_max_m) else 0.0
    at = np.stack([np.interp(s, line.mid_m, line.offset_m) for line in lines])
    past = np.stack([(s >= line.start_m[0] - reach_m - ON_LINE_M) & (s <= line.end_m[-1] + reach_m + ON_LINE_M) for line in lines])
    below = np.where(past & (at <= o + ON_LINE_M), at, -np.inf)
    above = np.where(past & (at >= o - ON_LINE_M), at, np.inf)
    low, high = below.argmax(axis=0), above.argmin(axis=0)
    o_low, o_high = below.max(axis=0), above.min(axis=0)
    limit_m = np.array([offset_limit_m(concept, line.thickness_m) for line in lines])

    between = np.isfinite(o_low) & np.isfinite(o_high) & (o_high - o_low <= span_m + ON_LINE_M)
    on_low = o - o_low <= ON_LINE_M
    on_high = o_high - o <= ON_LINE_M
    beside_low = ~between & (o - o_low <= o_high - o)
    near = np.where(beside_low, low, high)
    o_near = np.where(beside_low, o_low, o_high)
    beside = ~between & (np.abs(o - o_near) <= limit_m[near] + ON_LINE_M)

    # beside a line: the transfer layer reaches back to the farthest line within its span, and takes the moment
    sign = np.where(beside_low, 1.0, -1.0)
    arm = np.where(past, sign * (np.where(np.isfinite(o_near), o_near, 0.0) - at), -np.inf)
    arm = np.where((arm > ON_LINE_M) & (arm <= span_m + ON_LINE_M), arm, -np.inf)
    back, arm_m = arm.argmax(axis=0), arm.max(axis=0)
    reach_back = beside & np.isfinite(arm_m) & concept.transfer_takes_moment & ~(on_low | on_high)
    thin = np.array([line.thickness_m / 6.0 for line in lines])
    plain = beside & ~reach_back & (np.abs(o - o_near) <= thin[near] + ON_LINE_M)

    with np.errstate(invalid="ignore", divide="ignore"):
        ratio = np.where(o_high > o_low, (o - o_low) / (o_high - o_low), 0.0)
        back_weight = np.where(reach_back, -np.abs(o - o_near) / arm_m, 0.0)
    valid = between | reach_back | plain
    first = np.where(between, low, near)
    second = np.where(between, high, np.where(reach_back, back, near))
    w_second = np.where(between, ratio, back_weight)
    w_second = np.where(valid, w_second, 0.0)
    w_first = np.where(valid, 1.0 - w_second, 0.0)
    shift_m = np.where(plain, np.where(np.isfinite(o_near), o_near, 0.0) - o, 0.0)
    return Lever(line=(first, second), weight=(w_first, w_second), valid=valid, shift_m=shift_m)


def _axis_reactions(
    heads: Heads, frame: Frame, lines: Sequence[BearingLine], axis: int, rectangles: Rectangles, concept: Concept
) -> Reactions:
    s, o, force = support_points(rectangles, axis, concept)
    lever = lever_of(lines, s, o, concept)
    # the samples lie inside the sides: the ends need support as well
    ends = lever_of(lines, *corners(rectangles, axis), concept)
    carried: BoolArray = np.asarray(lever.valid.all(axis=1) & ends.valid.all(axis=1), dtype=np.bool_)
    force = np.where(carried[:, None], force, 0.0)
    entries: list[tuple[IntArray, IntArray, FloatArray]] = []
    for row, line in enumerate(lines):
        on_line = sum(np.where(lever.line[k] == row, lever.weight[k], 0.0) for k in (0, 1)) * force
        if np.any(on_line):
            entries += _along_line(line, s, on_line)
    empty: IntArray = np.zeros(0, dtype=np.int64)
    head, rect, value = (np.concatenate(column) for column in zip(*entries, strict=True)) if entries else (empty, empty, np.zeros(0))
    share = sp.csc_array(sp.coo_array((value, (head, rect)), shape=(len(heads), len(rectangles))))
    beside = (lever.shift_m * force).sum(axis=1)
    along, across = np.zeros_like(beside), beside
    shift = frame.to_building(*((along, across) if axis == 0 else (across, along)))
    result = Reactions(share=share, carried=carried, turned=np.zeros_like(carried), shift_m=np.stack(shift, axis=1))
    _check_equilibrium(heads, frame, rectangles, result)
    return result


def _along_line(line: BearingLine, s: FloatArray, force: FloatArray) -> list[tuple[IntArray, IntArray, FloatArray]]:
    """Return (head, rect, share) entries for forces at s on one line (n_rect, n_point)."""
    inside = (s >= line.mid_m[0]) & (s <= line.mid_m[-1])
    rect, point = np.nonzero(inside & (force != 0.0))
    left = np.clip(np.searchsorted(line.mid_m, s[rect, point], side="right") - 1, 0, len(line.head) - 2)
    ratio = (s[rect, point] - line.mid_m[left]) / (line.mid_m[left + 1] - line.mid_m[left])
    value = force[rect, point]
    entries = [(line.head[left], rect, value * (1.0 - ratio)), (line.head[left + 1], rect, value * ratio)]
    for end, past in ((0, s < line.mid_m[0]), (-1, s > line.mid_m[-1])):
        outer = np.where(past, force, 0.0)
        rows = np.flatnonzero(np.any(outer != 0.0, axis=1))
        if rows.size:
            entries.append((np.full(rows.size, line.head[end]), rows, outer[rows].sum(axis=1)))
            moment = (outer[rows] * (s[rows] - line.mid_m[end])).sum(axis=1)
            entries.append(_couple(line, rows, np.where(force[rows] != 0.0, s[rows], np.nan), moment))
    return entries


def _couple(line: BearingLine, rect: IntArray, s: FloatArray, moment: FloatArray) -> tuple[IntArray, IntArray, FloatArray]:
    """Return a moment as a linear couple over the heads under the module side, which acts as a stiff beam there."""
    first = np.clip(np.searchsorted(line.end_m, np.nanmin(s, axis=1)), 0, len(line.head) - 2)
    last = np.clip(np.searchsorted(line.start_m, np.nanmax(s, axis=1), side="right"), first + 2, len(line.head))
    count = last - first
    row = np.repeat(np.arange(rect.size), count)
    at = np.arange(row.size) - np.repeat(np.cumsum(count) - count - first, count)
    centre = np.bincount(row, line.mid_m[at]) / count
    lever = line.mid_m[at] - centre[row]
    second = np.bincount(row, lever**2)
    return line.head[at], rect[row], (moment / second)[row] * lever


def _check_equilibrium(heads: Heads, frame: Frame, rectangles: Rectangles, result: Reactions) -> None:
    sums = np.asarray(result.share.sum(axis=0)).ravel()
    wrong = np.abs(sums - result.carried) > SUM_TOLERANCE
    x_head, y_head = head_points(heads)
    middle = frame.to_building(rectangles.u_m + 0.5 * rectangles.du_m, rectangles.v_m + 0.5 * rectangles.dv_m)
    for axis, (at_head, at_middle) in enumerate(zip((x_head, y_head), middle, strict=True)):
        moved_m = result.share.T @ at_head - np.where(result.carried, at_middle, 0.0)
        wrong |= np.abs(moved_m - result.shift_m[:, axis]) > RESULTANT_TOLERANCE_M
    if wrong.any():
        row = int(np.flatnonzero(wrong)[0])
        x_m, y_m = (float(value[row]) for value in middle)
        raise EquilibriumError(
            f"module at ({x_m:.2f}, {y_m:.2f}) m: its reactions do not keep its weight and place; report this with the model"
        )
