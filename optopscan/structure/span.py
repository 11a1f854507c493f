"""In which direction a floor spans, and why: pieces, joists and given directions first, supports where nothing else tells.

Sources in order of trust: what the engineer gave; planks (their long side, or the joints of
equal strips side by side); the main bars at the bottom; joists under or in the floor; pieces too square to tell, and the
strips between pieces, follow their neighbours; balconies leave their facade. What is left is
divided in rooms by the bearing lines, and each room votes (`optopscan.structure.rooms`).
"""

from __future__ import annotations

import itertools
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from optopscan.geometry import plane
from optopscan.model.arrays import FloatArray, IntArray
from optopscan.model.building import Elements
from optopscan.model.structure import Materials
from optopscan.structure.fields import PRECAST_WORDS, element_words, is_gallery

SpanSource = Literal["given", "planks", "joints", "reinforcement", "joists", "neighbours", "facade", "supports", "none"]

# Evidence of the pieces themselves: it tells how stiff a floor is as well, not only where its load goes.
PIECES: tuple[SpanSource, ...] = ("given", "planks", "joints")
PLANK_WIDTH_M = 3.2  # the widest plank that goes on a lorry is 3.0 m; a skewed one measures a little more
PLANK_ASPECT = 1.25  # squarer pieces do not show which side is the long one
STRIP_ASPECT = 2.0  # without a name, only clearly elongated strips are planks
SURE_ASPECT = 1.5
STRIP_COUNT = 3  # one strip beside another may be chance, three are a pattern
MIN_FILL = 0.45  # trimmed planks fill less of the rectangle around them
JOINT_REACH_M = 0.15  # pieces closer than this share a joint
FOLLOW_M = 0.6  # strips between pieces no wider than this follow them: joints, bearings, edge strips
PARALLEL_DEG = 3.0
JOIST_SPACING_M = 1.3  # joists and purlins lie closer than this; beams further apart carry by themselves
JOIST_BELOW_M = 0.5
MIN_REGION_M2 = 1e-4

# Names of pieces that are planks by themselves; the other precast words only say how a piece was made.
PLANK_WORDS = ("kanaalplaat", "breedplaat", "plank", "hollow", "predal", "tt-plaat", "tt plaat", "ribbenplaat", "spiroll", "hohldiele")
IN_SITU_WORDS = ("ihw", "in situ", "in-situ", "insitu", "druklaag", "topping", "stort", "ortbeton", "aufbeton")
ONE_WAY_WORDS = (
    *PRECAST_WORDS,
    *PLANK_WORDS,
    *("staalplaat", "steel deck", "metal deck", "comflor", "holorib", "profiled", "trapez", "ribdeck"),
    *("nehobo", "kwaaitaal", "manta", "systeemvloer", "broodjes", "beam and block", "balklaag", "houten vloer", "timber", "wood", "joist"),
)

# Share of the bottom steel that runs the main way. The other way needs a fifth of it in a one-way slab
# (EN 1992-1-1 9.3.1.1(2)): twice as much is plainly the span; nearly equal steel says nothing, as with a mesh.
MAIN_STEEL, MORE_STEEL = 2.0 / 3.0, 0.555

# How often a source is right; set by hand.
GIVEN_P, SURE_PLANK_P, PLANK_P, SQUARE_PLANK_P = 1.0, 0.97, 0.9, 0.75
MAIN_STEEL_P, MORE_STEEL_P = 0.95, 0.75
JOINT_P, JOIST_P, FOLLOW_P, FACADE_P, UNSETTLED_P = 0.85, 0.9, 0.85, 0.8, 0.5


@dataclass(frozen=True, kw_only=True)
class SpanEvidence:
    """A region of a floor, the direction in which it spans [deg] (nan: two ways), why, and the probability that this is right."""

    polygon: BaseGeometry
    deg: float
    source: SpanSource
    probability: float


@dataclass(frozen=True, kw_only=True)
class SpanOf:
    """The span of a whole field: the direction of most of it, its source and the mean probability."""

    deg: float
    source: SpanSource
    probability: float


@dataclass(frozen=True, kw_only=True)
class _Piece:
    element: int
    deg: float
    aspect: float
    width_m: float
    fill: float
    words: str

    def has(self, words: Sequence[str]) -> bool:
        return any(word in self.words for word in words)


def spans_one_way(elements: Elements, materials: Materials, members: Sequence[int]) -> bool:
    """Return True when a floor cannot share its load over two directions: planks, decks, timber."""
    return any(materials.group[i] in ("timber", "steel") or any(w in element_words(elements, i) for w in ONE_WAY_WORDS) for i in members)


def known_spans(
    elements: Elements, members: Sequence[int], polygon: BaseGeometry, *, joists: Sequence[SpanEvidence], given_deg: Mapping[int, float]
) -> list[SpanEvidence]:
    """Return the regions of a floor whose direction is given or shows in the model, most trusted first."""
    given = [
        SpanEvidence(polygon=elements.footprint[i], deg=given_deg[i] % 180.0, source="given", probability=GIVEN_P)
        for i in members
        if i in given_deg
    ]
    pieces = piece_spans(elements, members)
    found = [*given, *pieces, *reinforced_spans(elements, members), *joists]
    if not found or is_gallery(elements, members):
        return found
    return [*found, *_between(polygon, found)]


# -- pieces -------------------------------------------------------------------


def piece_spans(elements: Elements, members: Sequence[int]) -> list[SpanEvidence]:
    """Return the direction of the pieces of a floor that show it by their shape or by their neighbours."""
    if is_gallery(elements, members):  # a balcony plate is as wide as its dwelling and leaves the facade
        return []
    pieces = [piece for i in members if (piece := _piece(elements, i)) is not None]
    strips = _strips(elements, pieces)
    found: dict[int, SpanEvidence] = {}
    loose: list[_Piece] = []
    for piece in pieces:
        if piece.has(IN_SITU_WORDS):
            continue
        plank = piece.has(PLANK_WORDS) or (piece.has(PRECAST_WORDS) and len(pieces) > 1)
        fits = piece.width_m <= PLANK_WIDTH_M and piece.fill >= MIN_FILL
        if plank and fits and piece.aspect >= PLANK_ASPECT:
            p = SURE_PLANK_P if piece.aspect >= STRIP_ASPECT else PLANK_P if piece.aspect >= SURE_ASPECT else SQUARE_PLANK_P
            found[piece.element] = _evidence(elements, piece.element, piece.deg, "planks", p)
        elif plank and fits:
            loose.append(piece)
        elif piece.element in strips:
            found[piece.element] = _evidence(elements, piece.element, piece.deg, "joints", JOINT_P)
    sure = {i: evidence for i, evidence in found.items() if evidence.probability > SQUARE_PLANK_P}
    unsure = [piece for piece in pieces if piece.element in found and piece.element not in sure]
    for piece in [*loose, *unsure]:
        deg = _direction_beside(elements.footprint[piece.element], list(sure.values()))
        if np.isfinite(deg):
            found[piece.element] = _evidence(elements, piece.element, deg, "neighbours", FOLLOW_P)
    return [found[i] for i in sorted(found)]


def _evidence(elements: Elements, i: int, deg: float, source: SpanSource, probability: float) -> SpanEvidence:
    return SpanEvidence(polygon=elements.footprint[i], deg=deg, source=source, probability=probability)


def _piece(elements: Elements, i: int) -> _Piece | None:
    shape = elements.footprint[i]
    corners = shapely.get_coordinates(shapely.minimum_rotated_rectangle(shape))
    if len(corners) < 4:
        return None
    sides = np.diff(corners[:3], axis=0)
    lengths = np.hypot(sides[:, 0], sides[:, 1])
    if lengths.min() < 1e-3:
        return None
    long_side = sides[int(lengths.argmax())]
    return _Piece(
        element=i,
        deg=float(np.degrees(np.arctan2(long_side[1], long_side[0])) % 180.0),
        aspect=float(lengths.max() / lengths.min()),
        width_m=float(lengths.min()),
        fill=float(shape.area / lengths.prod()),
        words=element_words(elements, i),
    )


def _strips(elements: Elements, pieces: Sequence[_Piece]) -> set[int]:
    """Return the elements that lie side by side as parallel strips, three or more: planks, whatever they are called."""
    rows = [p for p in pieces if p.width_m <= PLANK_WIDTH_M and p.aspect >= STRIP_ASPECT and p.fill >= 0.85]
    beside: dict[int, set[int]] = {p.element: {p.element} for p in rows}
    for k, a in enumerate(rows):
        for b in rows[k + 1 :]:
            if apart_deg(a.deg, b.deg) <= PARALLEL_DEG and _side_by_side(elements, a, b):
                joined = beside[a.element] | beside[b.element]
                for i in joined:
                    beside[i] = joined
    return {i for i, group in beside.items() if len(group) >= STRIP_COUNT}


def _side_by_side(elements: Elements, a: _Piece, b: _Piece) -> bool:
    """True where two pieces share a joint at least half as long as the shorter one."""
    one, other = elements.footprint[a.element], elements.footprint[b.element]
    if one.distance(other) > JOINT_REACH_M:
        return False
    joint = one.buffer(JOINT_REACH_M, join_style="mitre").intersection(other)
    return bool(joint.area >= 0.5 * 0.5 * JOINT_REACH_M * min(a.aspect * a.width_m, b.aspect * b.width_m))


def _direction_beside(shape: BaseGeometry, known: Sequence[SpanEvidence]) -> float:
    """Return the direction of most of the border that a shape shares with pieces of known direction, nan without any."""
    reach = shape.buffer(JOINT_REACH_M, join_style="mitre")
    border: dict[float, float] = {}
    for evidence in known:
        if np.isfinite(evidence.deg) and shape.distance(evidence.polygon) <= JOINT_REACH_M:
            same = next((deg for deg in border if apart_deg(deg, evidence.deg) <= PARALLEL_DEG), evidence.deg)
            border[same] = border.get(same, 0.0) + float(plane.intersection(reach, evidence.polygon).area)
    touched = {deg: area for deg, area in border.items() if area > 0}
    return max(touched, key=lambda deg: (round(touched[deg], 6), -deg)) if touched else float("nan")


def _between(polygon: BaseGeometry, known: Sequence[SpanEvidence]) -> list[SpanEvidence]:
    """Return the narrow strips beside and between pieces: they go with the piece they share most border with."""
    rest = plane.difference(polygon, plane.union([evidence.polygon for evidence in known]))
    strips = plane.difference(rest, rest.buffer(-0.5 * FOLLOW_M, join_style="mitre").buffer(0.55 * FOLLOW_M, join_style="mitre"))
    found = []
    for strip in shapely.get_parts(strips):
        if strip.area > MIN_REGION_M2 and np.isfinite(deg := _direction_beside(strip, known)):
            found.append(SpanEvidence(polygon=strip, deg=deg, source="neighbours", probability=FOLLOW_P))
    return found


# -- reinforcement ------------------------------------------------------------


def reinforced_spans(elements: Elements, members: Sequence[int]) -> list[SpanEvidence]:
    """Return the direction of the pieces whose bottom bars are clearly heavier one way."""
    found = []
    for i in members:
        deg, share = elements.properties[i].get("Reinforcement.MainDeg"), elements.properties[i].get("Reinforcement.MainShare")
        if isinstance(deg, float) and isinstance(share, float) and share >= MORE_STEEL:
            found.append(_evidence(elements, i, deg, "reinforcement", MAIN_STEEL_P if share >= MAIN_STEEL else MORE_STEEL_P))
    return found


# -- joists -------------------------------------------------------------------


def joist_spans(
    elements: Elements, polygon: BaseGeometry, z0_m: float, z1_m: float, *, carriers: frozenset[int], bars: Sequence[int]
) -> list[SpanEvidence]:
    """Return the region over parallel bars close together under or in a floor.

    Where the bars carry the floor, the deck spans across them; bars within the floor that
    carry nothing by themselves are its ribs, and it spans along them.
    """
    near = [
        i
        for i in bars
        if elements.z1_m[i] > z0_m - JOIST_BELOW_M
        and elements.z0_m[i] < z1_m
        and np.isfinite(elements.axis_m[i]).all()
        and shapely.intersection(polygon, _axis(elements, i)).length > 0.5 * elements.length_m[i]
    ]
    found = []
    for group in _parallel(elements, near):
        deg = _axis_deg(elements, group[0])
        carry = sum(i in carriers for i in group) > 0.5 * len(group)
        lines = shapely.union_all([_axis(elements, i) for i in group])
        area = plane.intersection(lines.buffer(0.5 * JOIST_SPACING_M, cap_style="flat"), polygon)
        if area.area > MIN_REGION_M2:
            found.append(SpanEvidence(polygon=area, deg=(deg + 90.0 * carry) % 180.0, source="joists", probability=JOIST_P))
    return found


def _axis(elements: Elements, i: int) -> shapely.LineString:
    x0, y0, x1, y1 = elements.axis_m[i].tolist()
    return shapely.LineString([(x0, y0), (x1, y1)])


def _axis_deg(elements: Elements, i: int) -> float:
    x0, y0, x1, y1 = elements.axis_m[i].tolist()
    return float(np.degrees(np.arctan2(y1 - y0, x1 - x0)) % 180.0)


def _parallel(elements: Elements, bars: Sequence[int]) -> list[list[int]]:
    """Return groups of three or more parallel bars, each no further than the joist spacing from the next."""
    left = list(bars)
    groups = []
    while left:
        group, queue = [], [left.pop(0)]
        while queue:
            i = queue.pop()
            group.append(i)
            near = [j for j in left if _beside_bar(elements, i, j)]
            queue.extend(near)
            left = [j for j in left if j not in near]
        if len(group) >= STRIP_COUNT:
            groups.append(sorted(group))
    return groups


def _beside_bar(elements: Elements, i: int, j: int) -> bool:
    if apart_deg(_axis_deg(elements, i), _axis_deg(elements, j)) > PARALLEL_DEG:
        return False
    shorter = min(float(elements.length_m[i]), float(elements.length_m[j]))
    strip = _axis(elements, i).buffer(JOIST_SPACING_M, cap_style="flat")
    return bool(shapely.intersection(strip, _axis(elements, j)).length > 0.5 * shorter)


# -- balconies ----------------------------------------------------------------


def facade_span(polygon: BaseGeometry, others: Sequence[BaseGeometry]) -> SpanEvidence | None:
    """Return the span of a plate that hangs on the building: away from the floor or wall along its longest border with them."""
    reach = shapely.union_all([shape for shape in others if shape.distance(polygon) <= JOINT_REACH_M]).buffer(JOINT_REACH_M)
    along: dict[float, float] = {}
    for part in shapely.get_parts(polygon):
        ring = shapely.get_coordinates(part.exterior)
        for a, b in itertools.pairwise(ring):
            held = shapely.LineString([a, b]).intersection(reach).length
            if held > 0:
                deg = float(np.degrees(np.arctan2(b[1] - a[1], b[0] - a[0])) % 180.0)
                same = next((known for known in along if apart_deg(known, deg) <= PARALLEL_DEG), deg)
                along[same] = along.get(same, 0.0) + held
    if not along:
        return None
    facade = max(along, key=lambda deg: (round(along[deg], 6), -deg))
    return SpanEvidence(polygon=polygon, deg=(facade + 90.0) % 180.0, source="facade", probability=FACADE_P)


# -- summary ------------------------------------------------------------------


def apart_deg(one: float, other: float) -> float:
    """Return the angle between two directions, at most 90 [deg]."""
    return abs((one - other + 90.0) % 180.0 - 90.0)


def summary(deg: FloatArray, area_m2: FloatArray, region: IntArray, evidence: Sequence[SpanEvidence]) -> SpanOf:
    """Return the span of most of a field from its cells.

    ``deg`` is the direction of each cell, ``region`` the row of its evidence, -1 where none.
    """
    if not len(deg):
        return SpanOf(deg=float("nan"), source="none", probability=float("nan"))
    # Where the evidence says two ways, the shorter way of each cell is no direction of the field.
    both = np.array([row >= 0 and np.isnan(evidence[row].deg) for row in region.tolist()], dtype=bool)
    deg = np.where(both, np.nan, deg)
    votes: dict[float, float] = {}
    for angle, area in zip(deg.tolist(), area_m2.tolist(), strict=True):
        key = round(angle) % 180 if np.isfinite(angle) else -1
        votes[key] = votes.get(key, 0.0) + area
    main = max(votes, key=lambda key: (round(votes[key], 6), -key))
    mine = np.isnan(deg) if main == -1 else np.abs((deg - main + 90.0) % 180.0 - 90.0) < 1.0
    sources: dict[SpanSource, float] = {}
    total = weighted = 0.0
    for row, area in zip(region[mine].tolist(), area_m2[mine].tolist(), strict=True):
        source: SpanSource = evidence[row].source if row >= 0 else "none" if main == -1 else "supports"
        sources[source] = sources.get(source, 0.0) + area
        if row >= 0:
            total, weighted = total + area, weighted + area * evidence[row].probability
    angle = float("nan") if main == -1 else float(deg[mine][0])
    best = max(sources, key=lambda name: (round(sources[name], 6), name))
    if best == "none":
        return SpanOf(deg=angle, source="none", probability=float("nan"))
    return SpanOf(deg=angle, source=best, probability=weighted / total if total > 0 else UNSETTLED_P)
