"""Which limit of a product keeps every plan off the bearing lines, and the smallest value that would let the first one in.

One limit is relaxed at a time. The needed offset is closed form. Span and overhang only decide at certain values (distances between
bearing lines, gaps in them, distances past their ends): the smallest that lets a plan in is found among those by halving,
with the rule of the ordinary reactions as the judge.
"""

from __future__ import annotations

import dataclasses
import math
from collections.abc import Callable, Sequence

import numpy as np

from optopscan.catalog.concept import Concept
from optopscan.model.arrays import BoolArray, FloatArray
from optopscan.model.structure import Structure
from optopscan.model.variant import WhyNot
from optopscan.placement.lines import BearingLine, Frame, bearing_frames
from optopscan.placement.reactions import Rectangles, corners, lever_of, offset_limit_m, support_points
from optopscan.placement.roof import UsableRoof
from optopscan.placement.support import spans_needed_m
from optopscan.placement.support.bays import frame_reach_m
from optopscan.placement.why.room import FREE_M, Plans
from optopscan.placement.why.words import above, bare

SLACK_M = 1e-6
STEP_M = 1e-3
MORE_OVERHANG_M = 2.0
"""No module is asked to overhang so much more."""
BLOCK = 500
LAYER_NL, LAYER_EN = "tussenlaag", "transfer layer"


def bearing_reasons(structure: Structure, concept: Concept, plans: Sequence[Plans]) -> tuple[WhyNot, ...]:
    """Return the limits that keep all plans off what should carry them, the smallest excess first; none where one is carried.

    Where no limit does it alone, span and overhang are told together, each with the other free.
    """
    if concept.own_support:
        return _own_reasons(structure, concept, plans)
    site = _Site(structure, plans)
    if site.carries(concept):
        return ()
    if not any(site.lines(FREE_M)):
        return (bare("support-offset", "geen doorgaande draaglijn onder het bruikbare dak", "no bearing line under the usable roof"),)
    span_m, overhang_m = site.least_span_m(concept), site.least_overhang_m(concept)
    groups = [_offset_reason(site, concept), _span_reasons(span_m, concept), _overhang_reason(overhang_m, concept)]
    if not any(groups):
        wide = dataclasses.replace(concept, transfer_span_max_m=FREE_M, transfer_span_to_depth_max=math.nan)
        span_m = site.least_span_m(dataclasses.replace(concept, overhang_max_m=concept.overhang_max_m + MORE_OVERHANG_M))
        groups = [_span_reasons(span_m, concept), _overhang_reason(site.least_overhang_m(wide), concept)]
    if not any(groups):
        return (bare("support-offset", "geen plaats ligt tussen of op draaglijnen", "no place lies between or on bearing lines"),)
    # limit and depth of the transfer layer stay together: the limit is the margin of both
    groups = sorted((group for group in groups if group), key=lambda group: group[0].value - group[0].limit)
    return tuple(reason for group in groups for reason in group)


def _span_reasons(span_m: float, concept: Concept) -> list[WhyNot]:
    """Return limit and depth of the transfer layer, as far as they are too small for a span."""
    if not math.isfinite(span_m):
        return []
    found = []
    if span_m > concept.transfer_span_max_m + SLACK_M:
        nl_of, en_of = f"overspanning {LAYER_NL}", f"span of the {LAYER_EN}"
        found.append(above("transfer-span", span_m, concept.transfer_span_max_m, part=LAYER_NL, nl_of=nl_of, en_of=en_of, least=1))
    ratio = concept.transfer_span_to_depth_max
    if not math.isnan(ratio) and span_m / ratio > concept.transfer_depth_m + SLACK_M:
        found.append(_depth_reason(span_m, ratio, concept))
    return found


def _depth_reason(span_m: float, ratio: float, concept: Concept) -> WhyNot:
    nl_of = f"nodige hoogte {LAYER_NL} bij {span_m:.2f} m en overspanning/hoogte {ratio:g}:".replace(".", ",")
    en_of = f"depth needed of the {LAYER_EN} at {span_m:.2f} m and span/depth {ratio:g}:"
    return above("transfer-depth", span_m / ratio, concept.transfer_depth_m, part=LAYER_NL, nl_of=nl_of, en_of=en_of)


def _overhang_reason(overhang_m: float, concept: Concept) -> list[WhyNot]:
    if not math.isfinite(overhang_m):
        return []
    nl_of, en_of = "uitkraging voorbij de draaglijn", "overhang beyond the bearing line"
    return [above("overhang", overhang_m, concept.overhang_max_m, part="", nl_of=nl_of, en_of=en_of)]


def _offset_reason(site: _Site, concept: Concept) -> list[WhyNot]:
    offset_m, limit_m = site.least_offset_m(concept)
    if not math.isfinite(offset_m):
        return []
    return [above("support-offset", offset_m, limit_m, part="", nl_of="oplegging", en_of="support beside its wall")]


def _own_reasons(structure: Structure, concept: Concept, plans: Sequence[Plans]) -> tuple[WhyNot, ...]:
    needed = np.concatenate([spans_needed_m(structure, roof, frame, rectangles, concept) for roof, frame, rectangles in plans])
    span_m = float(np.min(needed, initial=np.inf))
    if span_m <= frame_reach_m(concept) + SLACK_M or not math.isfinite(span_m):
        return ()
    if span_m > concept.frame_span_max_m + SLACK_M:
        nl_of, en_of = "overspanning over het gebouw", "span across the building"
        return (above("transfer-span", span_m, concept.frame_span_max_m, part="frame", nl_of=nl_of, en_of=en_of, least=1),)
    return (_depth_reason(span_m, concept.transfer_span_to_depth_max, concept),)


@dataclasses.dataclass(frozen=True, eq=False)
class _Site:
    """The plans of one product on all roofs, to be tried with other limits."""

    structure: Structure
    plans: Sequence[Plans]

    def frames(self, roof: UsableRoof, gap_max_m: float) -> tuple[Frame, ...]:
        heads = self.structure.heads
        return bearing_frames(heads, np.flatnonzero(np.isin(heads.face, roof.faces)), roof.polygon, gap_max_m=max(gap_max_m, STEP_M))

    def lines(self, gap_max_m: float) -> list[bool]:
        return [bool(self.frames(roof, gap_max_m)) for roof, _, _ in self.plans]

    def carries(self, concept: Concept) -> bool:
        """Return whether any plan stands on bearing lines with all its modules."""
        return any(_carried(frame, plans, concept).any() for frame, plans in self._tried(concept))

    def _tried(self, concept: Concept) -> list[tuple[Frame, Rectangles]]:
        """Return the plans with the bearing lines that the span of a product makes of the heads."""
        found = []
        for roof, given, plans in self.plans:
            found += [(frame, plans) for frame in self.frames(roof, concept.transfer_reach_m) if frame.angle_deg == given.angle_deg]
        return found

    def least_span_m(self, concept: Concept) -> float:
        """Return the smallest span of the transfer layer that lets a plan in [m]; inf where none does."""
        values = [_spans_m(frame) for roof, _, _ in self.plans for frame in self.frames(roof, FREE_M)]

        def carried(span_m: float) -> bool:
            return self.carries(dataclasses.replace(concept, transfer_span_max_m=span_m + SLACK_M, transfer_span_to_depth_max=math.nan))

        return _least(np.concatenate([np.zeros(0), *values]), concept.transfer_reach_m, carried)

    def least_overhang_m(self, concept: Concept) -> float:
        """Return the smallest overhang past the end of a bearing line that lets a plan in [m]; inf where none does."""
        values = []
        for frame, plans in self._tried(concept):
            for line in frame.lines:
                s, _ = corners(plans, line.axis)
                values += [(line.start_m[0] - s).ravel(), (s - line.end_m[-1]).ravel()]
        past_m = np.concatenate([np.zeros(0), *values])
        return _least(
            past_m[past_m <= concept.overhang_max_m + MORE_OVERHANG_M],
            concept.overhang_max_m,
            lambda overhang_m: self.carries(dataclasses.replace(concept, overhang_max_m=overhang_m + SLACK_M)),
        )

    def least_offset_m(self, concept: Concept) -> tuple[float, float]:
        """Return the smallest offset from a bearing line that lets a plan in, and the limit there [m]; inf, nan where none does."""
        best = (math.inf, math.nan)
        for frame, plans in self._tried(concept):
            for axis in (0, 1):
                lines = tuple(line for line in frame.lines if line.axis == axis)
                if not lines or not len(plans):
                    continue
                limit_m = min(offset_limit_m(concept, line.thickness_m) for line in lines)
                needed = np.zeros(len(plans))
                for number in range(int(plans.n_module.max())):
                    rows = np.flatnonzero(plans.n_module > number)
                    one = plans.take(rows).module(number)
                    needed[rows] = np.maximum(needed[rows], _offsets_m(lines, axis, one, concept))
                best = min(best, (float(needed.min()), limit_m))
        return best


def _carried(frame: Frame, plans: Rectangles, concept: Concept) -> BoolArray:
    """Return the plans that reactions can be found of (`optopscan.placement.reactions.reactions`), without finding them."""
    carried = np.ones(len(plans), dtype=np.bool_)
    for number in range(int(plans.n_module.max(initial=0))):
        rows = np.flatnonzero(carried & (plans.n_module > number))
        modules = plans.take(rows).module(number)
        stands = np.zeros(rows.size, dtype=np.bool_)
        for axis in (0, 1):
            lines = tuple(line for line in frame.lines if line.axis == axis)
            for at in np.array_split(np.flatnonzero(~stands), max(1, rows.size // BLOCK)) if lines else ():
                # the four corners rule out most, and are quick
                kept = at[lever_of(lines, *corners(modules.take(at), axis), concept).valid.all(axis=1)]
                if kept.size:
                    s, o, _ = support_points(modules.take(kept), axis, concept)
                    stands[kept] = lever_of(lines, s, o, concept).valid.all(axis=1)
        carried[rows] = stands
    return carried


def _offsets_m(lines: Sequence[BearingLine], axis: int, plans: Rectangles, concept: Concept) -> FloatArray:
    """Return per module the largest distance to the nearest line of the points that nothing carries [m]; inf past all lines."""
    reach_m = concept.overhang_max_m if math.isfinite(concept.overhang_max_m) else 0.0
    needed = np.zeros(len(plans))
    for s, o in (support_points(plans, axis, concept)[:2], corners(plans, axis)):
        valid = lever_of(lines, s, o, concept).valid
        apart = np.full(s.shape, np.inf)
        for line in lines:
            past = (s >= line.start_m[0] - reach_m - SLACK_M) & (s <= line.end_m[-1] + reach_m + SLACK_M)
            at = np.interp(s, line.mid_m, line.offset_m)
            apart = np.where(past, np.minimum(apart, np.abs(o - at)), apart)
        needed = np.maximum(needed, np.where(valid, 0.0, apart).max(axis=1))
    return needed


def _spans_m(frame: Frame) -> FloatArray:
    """Return all distances between bearing lines of one direction, and the gaps within each [m]."""
    values = []
    for axis in (0, 1):
        lines = [line for line in frame.lines if line.axis == axis]
        offset = np.array([float(value) for line in lines for value in np.unique(np.round(line.offset_m, 4))])
        values.append(np.abs(offset[:, None] - offset[None, :]).ravel())
        values += [line.start_m[1:] - np.maximum.accumulate(line.end_m)[:-1] for line in lines]
    return np.concatenate(values)


def _least(values: FloatArray, limit: float, carried: Callable[[float], bool]) -> float:
    """Return the smallest value above a limit at which plans are carried, inf where not even the largest does.

    More span or overhang never takes a plan away, so halving finds it.
    """
    tried = np.unique(np.ceil(np.round(values[values > limit + SLACK_M] / STEP_M, 3)) * STEP_M)
    if not tried.size or not carried(float(tried[-1])):
        return math.inf
    low, high = 0, len(tried) - 1
    while low < high:
        middle = (low + high) // 2
        low, high = (low, middle) if carried(float(tried[middle])) else (middle + 1, high)
    return round(float(tried[low]), 6)
