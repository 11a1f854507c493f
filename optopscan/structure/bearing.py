"""Does an element carry? Signals with weights in log-odds, summed to a probability.

The weights are set by hand; each has its reason in `WEIGHTS`. `LoadBearing` is one
signal among others: exporters write False by default, so "all False" says nothing,
and True on a board of 60 mm is not believed.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import shapely
from shapely.strtree import STRtree

from optopscan.model.arrays import FloatArray, IntArray
from optopscan.model.building import Elements
from optopscan.model.structure import Bearing, BearingState, Evidence, Materials

LEAF_GAP_M = 0.25
YES_FROM = 0.80
NO_UP_TO = 0.20
BOARD = frozenset(
    {
        *("board", "plasterboard", "metal-stud", "gypsum-block", "plaster", "insulation", "air", "glass", "plastic"),
        *("screed", "mortar", "ceramic", "roof-tile", "membrane", "gravel", "soil"),
    }
)
STONE = frozenset(
    {
        *("clay", "calcium-silicate", "concrete-block", "masonry", "natural-stone"),
        *("concrete", "lightweight-concrete", "aerated-concrete"),
    }
)
VENDOR_WORDS = ("structural usage", "tragende funktion", "loadbearing", "load bearing", "structural", "dragend")


@dataclass(frozen=True, kw_only=True)
class Weight:
    """One weight in log-odds with the reason for its size."""

    value: float
    reason: str


WEIGHTS = {
    "prior_wall": Weight(value=-0.8, reason="most walls in an architect's model are partitions"),
    "prior_column": Weight(value=2.5, reason="columns are drawn because they carry"),
    "prior_beam": Weight(value=2.5, reason="beams are drawn because they carry"),
    "prior_member": Weight(value=0.5, reason="members are bracing, posts or trim"),
    "prior_foundation": Weight(value=6.0, reason="footings and piles exist to carry"),
    "prior_floor": Weight(value=3.0, reason="a structural slab carries at least itself"),
    "says_true": Weight(value=3.0, reason="somebody set the property on purpose in a mixed model"),
    "all_true": Weight(value=2.0, reason="typical of a structural aspect model, but also of a default"),
    "says_false": Weight(value=-2.5, reason="meaningful only where the model also says True elsewhere"),
    "says_false_contradicted": Weight(value=-0.4, reason="stone of 100 mm or more with a floor or wall on it contradicts the property"),
    "floor_says_false": Weight(value=-1.0, reason="a floor carries at least itself; often set on floors that stiffen nothing"),
    "vendor_true": Weight(value=2.0, reason="vendor property of the authoring tool, set per element"),
    "vendor_false": Weight(value=-0.7, reason="often the tool's default"),
    "classified_bearing": Weight(value=2.0, reason="NL-SfB code of a load-bearing element"),
    "classified_not": Weight(value=-2.5, reason="NL-SfB code of a non-bearing wall or partition"),
    "stone": Weight(value=0.7, reason="masonry or concrete can carry; partitions are often board or gypsum"),
    "board": Weight(value=-5.0, reason="boards, studs, insulation and glass do not carry floors"),
    "t_under_70": Weight(value=-4.0, reason="under 70 mm no wall carries a floor"),
    "t_70_90": Weight(value=-2.5, reason="70-90 mm is a partition in Dutch practice"),
    "t_90_115": Weight(value=-0.3, reason="100 mm occurs as partition and as inner leaf"),
    "t_115_180": Weight(value=0.8, reason="120-175 mm is usually an inner leaf or bearing wall"),
    "t_over_180": Weight(value=1.8, reason="over 180 mm is built to carry or to separate dwellings"),
    "floor_on_top": Weight(value=1.6, reason="a floor rests on most of the wall head"),
    "no_floor": Weight(value=-1.2, reason="no floor touches the wall head"),
    "stacked": Weight(value=1.0, reason="another wall stands above or below on most of its length"),
    "outer_leaf": Weight(value=-3.0, reason="a parallel wall stands close behind it and no floor reaches it"),
}


def infer_bearing(elements: Elements, materials: Materials) -> Bearing:
    """Return yes, no or unknown with probability and evidence for each element.

    Parameters
    ----------
    elements, materials
        As read; (n_element).

    Returns
    -------
    Bearing
        ``yes`` from a probability of 0.8, ``no`` up to 0.2, ``unknown`` between.
    """
    signals: list[list[Evidence]] = [[] for _ in range(len(elements))]
    walls = np.array([i for i, k in enumerate(elements.kind) if k == "wall"], dtype=np.int64)
    _priors(elements, signals)
    _wall_materials(materials, walls, signals)
    _wall_thickness(elements, walls, signals)
    _wall_contacts(elements, walls, signals)
    _properties(elements, signals)
    log_odds = np.array([sum(e.weight for e in row) for row in signals], dtype=np.float64)
    never = np.array([not row for row in signals])
    probability: FloatArray = np.where(never, 0.0, 1.0 / (1.0 + np.exp(-np.clip(log_odds, -30.0, 30.0))))
    _veto_boards(elements, materials, probability, signals)
    probability = np.round(probability, 6)
    return Bearing(
        state=tuple(_state(p) for p in probability.tolist()),
        probability=probability,
        evidence=tuple(tuple(row) for row in signals),
    )


def _state(p: float) -> BearingState:
    if p >= YES_FROM:
        return "yes"
    return "no" if p <= NO_UP_TO else "unknown"


def _evidence(key: str, value: str) -> Evidence:
    weight = WEIGHTS[key]
    return Evidence(signal=key, value=value, weight=weight.value, text=weight.reason)


def _priors(elements: Elements, signals: list[list[Evidence]]) -> None:
    prior = {
        "wall": "prior_wall",
        "column": "prior_column",
        "beam": "prior_beam",
        "member": "prior_member",
        "footing": "prior_foundation",
        "pile": "prior_foundation",
        "slab": "prior_floor",
        "roof": "prior_floor",
    }
    for i, kind in enumerate(elements.kind):
        if kind in prior:
            signals[i].append(_evidence(prior[kind], kind))


def _properties(elements: Elements, signals: list[list[Evidence]]) -> None:
    """Use LoadBearing per class: mixed values speak, all False is silent, all True speaks softly."""
    families = {"wall": ("wall",), "slab": ("slab", "roof"), "bar": ("column", "beam", "member")}
    for kinds in families.values():
        rows = [i for i, k in enumerate(elements.kind) if k in kinds]
        said = [elements.load_bearing[i] for i in rows if elements.load_bearing[i] is not None]
        mixed = True in said and False in said
        for i in rows:
            value = elements.load_bearing[i]
            if value is True:
                signals[i].append(_evidence("says_true" if mixed else "all_true", "LoadBearing = True"))
            elif value is False and mixed:
                key = "floor_says_false" if elements.kind[i] in ("slab", "roof") else "says_false"
                signals[i].append(_evidence("says_false_contradicted" if _contradicted(signals[i]) else key, "LoadBearing = False"))
    for i, properties in enumerate(elements.properties):
        for key in sorted(properties):
            if "NL-SfB" in key:
                _nl_sfb(str(properties[key]), signals[i])
            elif not key.endswith("Common.LoadBearing") and any(w in key.lower().rsplit(".", 1)[-1] for w in VENDOR_WORDS):
                _vendor(key, properties[key], signals[i])


def _contradicted(row: list[Evidence]) -> bool:
    """True where stone of at least 100 mm carries a floor or stands in a stack."""
    seen = {e.signal for e in row}
    return "stone" in seen and bool(seen & {"floor_on_top", "stacked"}) and bool(seen & {"t_90_115", "t_115_180", "t_over_180"})


def _vendor(key: str, value: object, row: list[Evidence]) -> None:
    text = str(value).strip().lower()
    if text in ("true", "1", "bearing", "tragend", "shear", "structural combined", "dragend", "2", "3"):
        row.append(_evidence("vendor_true", f"{key} = {value}"))
    elif text in ("false", "0", "non-bearing", "nicht tragend", "niet dragend"):
        row.append(_evidence("vendor_false", f"{key} = {value}"))


def _nl_sfb(code: str, row: list[Evidence]) -> None:
    """NL-SfB: 21.2x / 22.2x / 23 / 27 / 28 and 16, 17 bear; 21.1x / 22.1x / 22.3x do not."""
    digits = code.strip().lstrip("(").split(")")[0]
    if digits.startswith(("21.2", "22.2", "28", "16", "17", "23.2", "27.2")):
        row.append(_evidence("classified_bearing", f"NL-SfB {code}"))
    elif digits.startswith(("21.1", "22.1", "22.3", "31", "32")):
        row.append(_evidence("classified_not", f"NL-SfB {code}"))


def _wall_materials(materials: Materials, walls: IntArray, signals: list[list[Evidence]]) -> None:
    for i in walls.tolist():
        if materials.group[i] in BOARD:
            signals[i].append(_evidence("board", materials.group[i]))
        elif materials.group[i] in STONE:
            signals[i].append(_evidence("stone", materials.group[i]))


def _wall_thickness(elements: Elements, walls: IntArray, signals: list[list[Evidence]]) -> None:
    limits = ((0.0695, "t_under_70"), (0.0895, "t_70_90"), (0.1145, "t_90_115"), (0.1795, "t_115_180"), (np.inf, "t_over_180"))
    for i in walls.tolist():
        t = float(elements.thickness_m[i])
        if np.isfinite(t):
            key = next(name for limit, name in limits if t < limit)
            signals[i].append(_evidence(key, f"{1000 * t:.0f} mm"))


def _wall_contacts(elements: Elements, walls: IntArray, signals: list[list[Evidence]]) -> None:
    if not len(walls):
        return
    slabs = [i for i, k in enumerate(elements.kind) if k in ("slab", "roof") and elements.thickness_m[i] >= 0.045]
    floor = _touch_share(elements, walls, slabs, _floor_at_head)
    stacked = _touch_share(elements, walls, walls.tolist(), _stacked)
    leaf = _outer_leaf(elements, walls, floor)
    any_floor = bool(slabs)
    for k, i in enumerate(walls.tolist()):
        if floor[k] >= 0.4:
            signals[i].append(_evidence("floor_on_top", f"{100 * floor[k]:.0f} % of the length"))
        elif any_floor and floor[k] < 0.1:
            signals[i].append(_evidence("no_floor", f"{100 * floor[k]:.0f} % of the length"))
        if stacked[k] >= 0.5:
            signals[i].append(_evidence("stacked", f"{100 * stacked[k]:.0f} % of the length"))
        if leaf[k] and floor[k] < 0.4:
            signals[i].append(_evidence("outer_leaf", "parallel wall within 0.25 m"))


def _samples(elements: Elements, i: int) -> FloatArray:
    x0, y0, x1, y1 = elements.axis_m[i]
    t = (np.arange(9) + 0.5) / 9.0
    return np.column_stack([x0 + t * (x1 - x0), y0 + t * (y1 - y0)])


def _floor_at_head(elements: Elements, wall: int, others: IntArray) -> np.ndarray:
    """True where a slab rests on the head or ends in the upper half of the wall."""
    head, foot = elements.z1_m[wall], elements.z0_m[wall]
    soffit, top = elements.z0_m[others], elements.z1_m[others]
    rests = np.abs(soffit - head) < 0.12
    frames_in = (soffit > foot + 0.5 * (head - foot)) & (soffit < head) & (top > foot + 1.5)
    return np.asarray(rests | frames_in)


def _stacked(elements: Elements, wall: int, others: IntArray) -> np.ndarray:
    """True where another wall of at least three quarters of the thickness stands above or below."""
    gap_above = elements.z0_m[others] - elements.z1_m[wall]
    gap_below = elements.z0_m[wall] - elements.z1_m[others]
    near = ((gap_above > -0.1) & (gap_above < 0.6)) | ((gap_below > -0.1) & (gap_below < 0.6))
    thick = elements.thickness_m[others] >= 0.75 * elements.thickness_m[wall]
    return np.asarray(near & thick & (others != wall))


def _touch_share(elements: Elements, walls: IntArray, others: Sequence[int], rule) -> FloatArray:  # type: ignore[no-untyped-def]
    """Return for each wall the share of nine points on its axis that meet one of the others that satisfies the rule."""
    share = np.zeros(len(walls))
    if not len(others):
        return share
    rows = np.array(list(others), dtype=np.int64)
    shapes = np.array([elements.footprint[i] for i in rows], dtype=object)
    tree = STRtree(shapes)
    for k, wall in enumerate(walls.tolist()):
        xy = _samples(elements, wall)
        if not np.isfinite(xy).all():
            continue
        reach = 0.5 * float(elements.thickness_m[wall]) + 0.05 if np.isfinite(elements.thickness_m[wall]) else 0.15
        near = np.unique(tree.query(elements.footprint[wall], predicate="dwithin", distance=0.1))
        near = near[rule(elements, wall, rows[near])] if len(near) else near
        if not len(near):
            continue
        points = shapely.points(xy[:, 0], xy[:, 1])
        hit = np.zeros(len(points), dtype=bool)
        for shape in shapes[near]:
            hit |= shapely.dwithin(points, shape, reach)
        share[k] = hit.mean()
    return share


def _outer_leaf(elements: Elements, walls: IntArray, floor: FloatArray) -> list[bool]:
    """True for a wall that for a third of its plan lies within 0.25 m of parallel walls with more floor on them.

    A long leaf may stand before several short inner walls, so these count together.
    """
    shapes = [elements.footprint[i] for i in walls]
    tree = STRtree(shapes)
    out = []
    for k, wall in enumerate(walls.tolist()):
        near = sorted(int(m) for m in tree.query(shapes[k], predicate="dwithin", distance=LEAF_GAP_M))
        inner = [
            shapes[j] for j in near if j != k and floor[j] > floor[k] + 0.3 and _beside(elements, wall, int(walls[j]), shapes[k], shapes[j])
        ]
        zone = shapes[k].buffer(LEAF_GAP_M + 0.01)
        covered = shapely.union_all([shapely.intersection(zone, shape) for shape in inner]).area if inner else 0.0
        out.append(bool(covered > 0.3 * shapes[k].area))
    return out


def _beside(elements: Elements, wall: int, other: int, leaf: shapely.Geometry, inner: shapely.Geometry) -> bool:
    """True when two walls are parallel, apart, and share at least half the height of the first."""
    overlap = min(elements.z1_m[wall], elements.z1_m[other]) - max(elements.z0_m[wall], elements.z0_m[other])
    if overlap < 0.5 * (elements.z1_m[wall] - elements.z0_m[wall]):
        return False
    da, db = elements.axis_m[wall][2:] - elements.axis_m[wall][:2], elements.axis_m[other][2:] - elements.axis_m[other][:2]
    norm = float(np.hypot(*da) * np.hypot(*db))
    if not norm > 0 or abs(float(da @ db)) <= 0.95 * norm:
        return False
    return not leaf.buffer(-0.02).intersects(inner.buffer(-0.02))


def _veto_boards(elements: Elements, materials: Materials, probability: FloatArray, signals: list[list[Evidence]]) -> None:
    """A board or a leaf under 70 mm never becomes yes, whatever a property says."""
    for i, kind in enumerate(elements.kind):
        thin = kind == "wall" and elements.thickness_m[i] < 0.0695
        if kind == "wall" and (thin or materials.group[i] in BOARD) and probability[i] > NO_UP_TO:
            probability[i] = NO_UP_TO
            signals[i].append(Evidence(signal="veto", value=materials.group[i], weight=0.0, text="too thin or too soft to carry a floor"))
