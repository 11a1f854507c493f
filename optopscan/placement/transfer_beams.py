"""Where cross beams and edge beams of a transfer layer lie, and which stretch of every bearing line they use."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

from optopscan.catalog.concept import Concept
from optopscan.placement.lines import Frame
from optopscan.placement.standing import STEP_M, Standing
from optopscan.placement.stations import ON_LINE_M, SHORTEST_M, carriers, offset_at, runs_past, stations

CROSS_M = 0.06  # width of a cross beam
CORNER_M = 0.08  # from a corner to the middle of the short edge beam under its column
CORNER_HALF_M = 0.05  # half the length of that beam


@dataclass(frozen=True, kw_only=True)
class Side:
    """A side of a module that bears, in one frame: along ``axis`` (0: u, 1: v) at ``at_m`` from ``low_m`` to ``high_m``.

    ``kn_m`` is the weight of its share of the layer, ``concept`` the product.
    """

    axis: int
    at_m: float
    low_m: float
    high_m: float
    kn_m: float
    concept: Concept


@dataclass
class Layer:
    """Pieces under way in one frame, with the bearing lines that carry and the stretch of each that is used."""

    frame: Frame
    z_m: float
    depths_m: tuple[float, float, float]
    standing: Standing
    edges: list[tuple[int, float, float, float, float]] = field(default_factory=list)  # axis, at, from, to, weight [kN]
    crosses: dict[tuple[int, int, int], tuple[int, float, float, float]] = field(default_factory=dict)  # axis, at, from, to
    used: dict[int, list[float]] = field(default_factory=dict)
    whole: set[int] = field(default_factory=set)  # lines that need a sill along them, not just pads


def along_lines(layer: Layer, sides: Sequence[Side], axis: int) -> None:
    """Add the edge beams of sides that run along the bearing lines, and the cross beams under them."""
    concept = sides[0].concept
    if concept.supports == "point":
        _under_corners(layer, sides, axis, concept)
        return
    at, low, high = _extent(sides)
    places = stations(layer.frame.lines, axis, at, low, high, concept)
    places, start, end = _kept_free(layer, places, axis, at, (low, high), concept)
    marks = [s for s in places if _cross(layer, axis, s, at, concept, s)]
    if len(marks) < 2:
        return
    cuts = [min(marks[0], start), *marks[1:-1], max(marks[-1], end)]
    pieces = [(a, b, _weight_kn(sides, a, b)) for a, b in itertools.pairwise(cuts)]
    # what was drawn back weighs along the whole side: on the last piece alone it would make that wider than long
    drawn, whole = sum(kn for *_, kn in pieces), _weight_kn(sides, min(cuts[0], low), max(cuts[-1], high))
    layer.edges.extend((axis, at, a, b, kn * whole / drawn) for a, b, kn in pieces)


def _cross(layer: Layer, axis: int, s: float, at: float, concept: Concept, lands_m: float) -> bool:
    """Add the cross beam under a place of a side, on lines that are loaded at ``lands_m``; False where nothing carries."""
    lines = layer.frame.lines
    pair = carriers(lines, axis, s, at, concept)
    for k in pair:
        layer.used.setdefault(k, []).append(lands_m)
        if concept.supports != "point":
            layer.whole.add(k)
    if len(pair) == 2:
        ends = sorted([*(offset_at(lines[k], s) for k in pair), at])
        key = (pair[0], pair[1], round(1000 * s))
        _, _, low, high = layer.crosses.get(key, (0, s, ends[0], ends[-1]))
        layer.crosses[key] = (1 - axis, s, min(low, ends[0]), max(high, ends[-1]))
    return bool(pair)


def _under_corners(layer: Layer, sides: Sequence[Side], axis: int, concept: Concept) -> None:
    """Add a short edge beam under every corner, on a cross beam that brings it to pads at the corner, and longer ones between them."""
    at, *_ = _extent(sides)
    corners = {(s, 1.0) for s in (side.low_m for side in sides)} | {(s, -1.0) for s in (side.high_m for side in sides)}
    marks: list[float] = []
    for corner, inwards in sorted(corners):
        mark = corner + inwards * CORNER_M
        if not any(abs(mark - other) < 2.0 * CORNER_HALF_M for other in marks) and _cross(layer, axis, mark, at, concept, corner):
            marks.append(mark)
    cuts = sorted(mark + half for mark in marks for half in (-CORNER_HALF_M, CORNER_HALF_M))
    low, high = min(side.low_m for side in sides), max(side.high_m for side in sides)
    for n, (a, b) in enumerate(itertools.pairwise(cuts)):
        if b - a >= CORNER_HALF_M:
            whole = (low if n == 0 else a, high if n == len(cuts) - 2 else b)
            layer.edges.append((axis, at, a, b, _weight_kn(sides, *whole)))


def _kept_free(
    layer: Layer, places: list[float], axis: int, at: float, extent: tuple[float, float], concept: Concept
) -> tuple[list[float], float, float]:
    """Return the places of cross beams and the extent of a side, drawn back where they would rest on a wall that goes on above the roof."""
    low, high = extent
    if len(places) < 2:
        return places, low, high

    def rests(s: float, inner: float) -> bool:
        pair = carriers(layer.frame.lines, axis, s, at, concept)
        ends = [at, *(offset_at(layer.frame.lines[k], s) for k in pair)]
        cross = len(pair) > 1 and layer.standing.touches(axis, (s - 0.5 * CROSS_M, s + 0.5 * CROSS_M), (min(ends), max(ends)))
        return cross or layer.standing.touches(axis, (s, inner), (at - 0.5 * CROSS_M, at + 0.5 * CROSS_M))

    places = list(places)
    for end, inner, bound, inwards in ((0, 1, low, 1.0), (-1, -2, high, -1.0)):
        furthest = min(places[end], bound) if inwards > 0 else max(places[end], bound)
        if not rests(furthest, places[inner]):
            continue
        room = abs(places[inner] - bound) - SHORTEST_M
        tries = [bound + inwards * STEP_M * n for n in range(max(0, int(room / STEP_M)))]
        free = next((s for s in tries if not rests(s, places[inner])), None)
        if free is not None and carriers(layer.frame.lines, axis, free, at, concept):
            places[end] = free
            low, high = (free, high) if inwards > 0 else (low, free)
    return places, low, high


def across_lines(layer: Layer, sides: Sequence[Side], axis: int) -> None:
    """Add the edge beams of sides that cross the bearing lines, in pieces from line to line."""
    concept = sides[0].concept
    at, low, high = _extent(sides)
    crossed = sorted(
        (offset_at(line, at), k) for k, line in enumerate(layer.frame.lines) if line.axis == axis and runs_past(line, at, concept)
    )
    inside = [(o, k) for o, k in crossed if low - ON_LINE_M <= o <= high + ON_LINE_M]
    before = [pair for pair in crossed if pair[0] < low - ON_LINE_M][-1:]
    after = [pair for pair in crossed if pair[0] > high + ON_LINE_M][:1]
    need_before = not inside or inside[0][0] > low + ON_LINE_M
    need_after = not inside or inside[-1][0] < high - ON_LINE_M
    lines = [*(before if need_before else []), *inside, *(after if need_after else [])]
    for _, k in lines:
        layer.used.setdefault(k, []).append(at)
        if concept.supports != "point":
            layer.whole.add(k)
    marks = [o for o, _ in lines]
    if len(marks) < 2:
        return
    cuts = [min(marks[0], low), *marks[1:-1], max(marks[-1], high)]
    for a, b in itertools.pairwise(cuts):
        layer.edges.append((1 - axis, at, a, b, _weight_kn(sides, a, b)))


def _extent(sides: Sequence[Side]) -> tuple[float, float, float]:
    """Return where sides that share a beam run, by weight, and from where to where."""
    at = float(np.average([s.at_m for s in sides], weights=[s.kn_m for s in sides]))
    return at, min(s.low_m for s in sides), max(s.high_m for s in sides)


def _weight_kn(sides: Sequence[Side], low: float, high: float) -> float:
    return sum(s.kn_m * max(0.0, min(high, s.high_m) - max(low, s.low_m)) for s in sides)
