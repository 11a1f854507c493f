"""Plank floors whose in-situ topping is missing from the model.

A maker of floor planks delivers 50 to 80 mm of concrete; what is poured on top is in
another model or in none. Where nothing lies on the planks a topping is assumed: its
weight counts, and it is an assumption with low confidence (OPT-221).

Total thickness of the floor. First what the model shows: the foot of walls that stand
above the planks. Else from the span: the typology table of post-1985 dwellings on
calcium-silicate walls gives plank floors of 200 to 260 mm over bays of 5.4 to 7.2 m, a
27th of the span at both ends, and no floor thinner than 200 mm. That is the heavy side:
of the one apartment block whose plank floors are known, 6.4 m spans 220 (here 240) and
8.4 m 290 (here 320).
"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import shapely
from shapely.strtree import STRtree

from optopscan.model.arrays import FloatArray, IntArray, check_lengths, freeze
from optopscan.model.building import Elements
from optopscan.units import GRAVITY_M_S2

PLANK_M = (0.045, 0.085)
PLANK_WIDTH_MAX_M = 3.05  # what a lorry takes, with a little for the edges
PATTERN_MIN = 3  # pieces of one thickness at one level that make a pattern without a word
LEVEL_M = 0.01
TOPPED_SHARE = 0.5  # a plank covered by another slab for more than this has its topping
TOUCH_M = 0.03
THINNEST_M = 0.20
SPAN_OVER_THICKNESS = 27.0
STEP_M = 0.01
WALL_FOOT_M = (0.10, 0.45)  # above the soffit; higher is another storey, lower a plank on its side
FINISH_MAX_M = 0.045

_WORDS = re.compile(r"breedplaat|schil(?:vloer|plaat|len)?\b|bekistingsplaat|predal|elementdecke|filigran|half ?slab|lattice girder", re.I)
SOURCE = "typologie woningbouw op kalkzandsteen vanaf 1985 (breedplaat 200-260 mm bij beuken 5,4-7,2 m), oordeel constructeur"


@dataclass(frozen=True, kw_only=True, eq=False)
class Toppings:
    """Assumed toppings (n_topping): element row of the plank, thickness of the topping [m] and its volume [m3].

    ``from_model`` marks those whose total thickness the walls above show.
    """

    element: IntArray
    thickness_m: FloatArray
    volume_m3: FloatArray
    total_m: FloatArray
    from_model: tuple[bool, ...]

    def __post_init__(self) -> None:
        freeze(self)
        check_lengths(self, len(self.from_model))


def toppings(elements: Elements, group: Sequence[str]) -> Toppings:
    """Return the toppings to assume on planks.

    Parameters
    ----------
    elements
        As read.
    group
        Material group per element; only concrete planks have a topping.
    """
    planks = _planks(elements, group)
    bare, area = _bare(elements, planks, group)
    rows: list[tuple[int, float, float, float, bool]] = []
    for level in _by_level(elements, bare):
        total, shown = _total_m(elements, level)
        for i in level:
            topping = total - float(elements.z1_m[i] - elements.z0_m[i])
            if topping > 0.0:
                rows.append((i, topping, topping * area[i], total, shown))
    rows.sort()
    return Toppings(
        element=np.array([row[0] for row in rows], dtype=np.int64),
        thickness_m=np.array([row[1] for row in rows], dtype=np.float64),
        volume_m3=np.array([row[2] for row in rows], dtype=np.float64),
        total_m=np.array([row[3] for row in rows], dtype=np.float64),
        from_model=tuple(row[4] for row in rows),
    )


def topping_kn(found: Toppings, density_kg_m3: float, n_element: int) -> FloatArray:
    """Return the weight of the assumed topping on each element [kN] (n_element,); zero where none is assumed."""
    weight = np.zeros(n_element)
    weight[found.element] = found.volume_m3 * density_kg_m3 * GRAVITY_M_S2 / 1000.0
    return weight


def _planks(elements: Elements, group: Sequence[str]) -> list[int]:
    """Return the rows of planks: by a word, or by a pattern of narrow pieces of one thickness at one level."""
    flat = [
        i
        for i, kind in enumerate(elements.kind)
        if kind in ("slab", "roof") and group[i] == "concrete" and PLANK_M[0] <= elements.z1_m[i] - elements.z0_m[i] <= PLANK_M[1]
    ]
    called = {i for i in flat if _WORDS.search(_names(elements, i))}
    narrow = [i for i in flat if i not in called and _sides(elements, i)[1] <= PLANK_WIDTH_MAX_M]
    alike: dict[tuple[int, int], list[int]] = {}
    for i in narrow:
        alike.setdefault((round(elements.z0_m[i] / LEVEL_M), round((elements.z1_m[i] - elements.z0_m[i]) / LEVEL_M)), []).append(i)
    patterned = {i for rows in alike.values() if len(rows) >= PATTERN_MIN for i in rows if not _lies_on_a_floor(elements, i)}
    return sorted(called | patterned)


def _names(elements: Elements, i: int) -> str:
    return " ".join((elements.name[i], elements.type_name[i], *(layer.name for layer in elements.layers[i]))).replace("_", " ")


def _sides(elements: Elements, i: int) -> tuple[float, float]:
    corners = shapely.get_coordinates(shapely.minimum_rotated_rectangle(elements.footprint[i]))
    if len(corners) < 4:
        return math.nan, math.nan
    first, second = np.hypot(*np.diff(corners[:3], axis=0).T)
    return float(max(first, second)), float(min(first, second))


def _lies_on_a_floor(elements: Elements, i: int) -> bool:
    """Return whether a thicker slab lies right under a piece: then it is a finish, no plank."""
    return any(
        kind in ("slab", "roof", "footing")
        and abs(elements.z1_m[j] - elements.z0_m[i]) <= TOUCH_M
        and elements.z1_m[j] - elements.z0_m[j] > PLANK_M[1]
        and elements.footprint[j].intersects(elements.footprint[i])
        for j, kind in enumerate(elements.kind)
    )


def _bare(elements: Elements, planks: Sequence[int], group: Sequence[str]) -> tuple[list[int], dict[int, float]]:
    """Return the planks without a body on top, and the area [m2] that each leaves open."""
    own = set(planks)
    over = [
        j
        for j, kind in enumerate(elements.kind)
        if kind in ("slab", "roof") and j not in own and elements.z1_m[j] - elements.z0_m[j] >= FINISH_MAX_M and group[j] not in _FINISHES
    ]
    tree = STRtree([elements.footprint[j] for j in over])
    bare, area = [], {}
    for i in planks:
        plan = elements.footprint[i]
        tops = [
            elements.footprint[over[int(k)]]
            for k in sorted(tree.query(plan, predicate="intersects"))
            if elements.z0_m[over[int(k)]] <= elements.z1_m[i] + TOUCH_M and elements.z1_m[over[int(k)]] > elements.z1_m[i] + TOUCH_M
        ]
        covered = shapely.intersection(shapely.union_all(tops, grid_size=1e-5), plan, grid_size=1e-5).area if tops else 0.0
        if covered <= TOPPED_SHARE * plan.area:
            bare.append(i)
            area[i] = float(plan.area - covered)
    return bare, area


_FINISHES = frozenset({"screed", "mortar", "insulation", "board", "ceramic", "membrane", "gravel", "plaster", "timber", "soil"})


def _by_level(elements: Elements, rows: Sequence[int]) -> list[list[int]]:
    levels: dict[int, list[int]] = {}
    for i in rows:
        levels.setdefault(round(float(elements.z0_m[i]) / (5.0 * LEVEL_M)), []).append(i)
    return [levels[key] for key in sorted(levels)]


def _total_m(elements: Elements, level: Sequence[int]) -> tuple[float, bool]:
    """Return the total thickness of the floor on one level of planks and whether walls above show it."""
    soffit = float(np.median(elements.z0_m[list(level)]))
    tree = STRtree([elements.footprint[i] for i in level])
    feet: dict[int, float] = {}
    for j, kind in enumerate(elements.kind):
        foot = float(elements.z0_m[j]) - soffit
        near = kind in ("wall", "column") and WALL_FOOT_M[0] <= foot <= WALL_FOOT_M[1]
        if near and len(tree.query(elements.footprint[j], predicate="intersects")):
            key = round(foot / STEP_M)
            feet[key] = feet.get(key, 0.0) + float(elements.volume_m3[j])
    if feet:
        return max(feet, key=lambda key: (feet[key], key)) * STEP_M, True
    longest = max(_sides(elements, i)[0] for i in level)
    return max(THINNEST_M, math.ceil(round(longest / SPAN_OVER_THICKNESS / STEP_M, 6)) * STEP_M), False
