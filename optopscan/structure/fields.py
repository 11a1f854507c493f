"""Floors: slabs that act together become one field, whatever pieces they were drawn in.

Planks in recesses of an in-situ body, neighbouring planks and toppings belong to
one field: every piece weighs, the area counts once. Thin finishes on a floor are
loads, not floors.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import shapely
from shapely.strtree import STRtree

from optopscan.geometry import plane
from optopscan.model.arrays import FloatArray, IntArray
from optopscan.model.building import Elements
from optopscan.model.structure import Materials

FINISH_M = 0.045  # thinner pieces on top of a floor are finishes
JOINT_M = 0.03  # neighbouring planks with a wider joint are not one floor
STEP_M = 0.03  # neighbouring slabs with a larger step in top or soffit are not one floor
NOT_STRUCTURAL = frozenset(
    {
        *("board", "plasterboard", "metal-stud", "plaster", "insulation", "air", "glass", "plastic"),
        *("screed", "mortar", "ceramic", "roof-tile", "membrane", "gravel", "soil"),
    }
)
MIN_AREA_M2 = 0.3


def slab_rows(elements: Elements, materials: Materials) -> IntArray:
    """Return the rows of the elements that are structural floors or roofs."""
    rows = []
    for i, kind in enumerate(elements.kind):
        if kind not in ("slab", "roof") or materials.group[i] in NOT_STRUCTURAL:
            continue
        if elements.footprint[i].area < MIN_AREA_M2 or elements.thickness_m[i] < FINISH_M:
            continue
        rows.append(i)
    return np.array(rows, dtype=np.int64)


def group_slabs(elements: Elements, rows: IntArray) -> list[list[int]]:
    """Return lists of element rows that form one floor field.

    Two slabs belong together when they overlap in plan and in height (planks in an
    in-situ body, a topping on planks), or lie side by side with one top and soffit.
    """
    if not len(rows):
        return []
    shapes = [elements.footprint[int(i)] for i in rows]
    outside = np.array([is_gallery(elements, [int(i)]) for i in rows])
    tree = STRtree(shapes)
    left, right = tree.query(shapes, predicate="dwithin", distance=JOINT_M)
    # A gallery beside a floor is a floor of its own: other load, and never roof.
    keep = (left < right) & (outside[left] == outside[right])
    left, right = left[keep], right[keep]
    z0, z1 = elements.z0_m[rows], elements.z1_m[rows]
    parent = np.arange(len(rows))

    def root(i: int) -> int:
        while parent[i] != i:
            parent[i] = parent[parent[i]]
            i = int(parent[i])
        return i

    for a, b in zip(left.tolist(), right.tolist(), strict=True):
        if _together(shapes[a], shapes[b], z0[[a, b]], z1[[a, b]]):
            ra, rb = root(a), root(b)
            parent[max(ra, rb)] = min(ra, rb)
    members: dict[int, list[int]] = {}
    for k in range(len(rows)):
        members.setdefault(root(k), []).append(int(rows[k]))
    return [members[k] for k in sorted(members)]


def _together(a: shapely.Geometry, b: shapely.Geometry, z0: FloatArray, z1: FloatArray) -> bool:
    touch_in_height = min(z1) - max(z0) > -0.03
    if not touch_in_height:
        return False
    overlap = plane.intersection(a, b).area
    if overlap > 0.05 * min(a.area, b.area):
        return True
    return bool(abs(z1[0] - z1[1]) <= STEP_M and abs(z0[0] - z0[1]) <= STEP_M)


def field_levels(elements: Elements, members: Sequence[int]) -> tuple[float, float]:
    """Return soffit and top [m] of a field, ignoring pieces under a fifth of its area."""
    area = np.array([elements.footprint[i].area for i in members])
    main = area >= 0.2 * area.max()
    rows = np.array(members)[main]
    return float(elements.z0_m[rows].min()), float(elements.z1_m[rows].max())


def storey_levels(top_m: FloatArray, area_m2: FloatArray, upright_base_m: float) -> tuple[float, ...]:
    """Return the floor levels of the building [m], lowest first.

    Tops closer than 1.2 m to the one below belong to one level (steps, landings,
    split roofs); a cluster under a tenth of the largest joins its neighbour. When
    no floor lies near the foot of the lowest walls, that foot is the first level.
    """
    if not len(top_m):
        return (upright_base_m,)
    order = np.argsort(top_m, kind="stable")
    clusters: list[list[int]] = []
    for k in order.tolist():
        if clusters and top_m[k] - top_m[clusters[-1][-1]] <= 1.2 and top_m[k] - top_m[clusters[-1][0]] <= 1.8:
            clusters[-1].append(k)
        else:
            clusters.append([k])
    largest = max(area_m2[c].sum() for c in clusters)
    levels = [float(np.average(top_m[c], weights=area_m2[c])) for c in clusters if area_m2[c].sum() >= 0.1 * largest]
    if levels[0] > upright_base_m + 1.5:
        levels.insert(0, upright_base_m)
    return tuple(levels)


def level_of(z_m: FloatArray, levels_m: Sequence[float], slack_m: float = 0.7) -> IntArray:
    """Return the highest level not above each height, with slack [m]; never below the first."""
    return np.asarray(np.clip(np.searchsorted(np.asarray(levels_m), np.asarray(z_m) + slack_m, side="right") - 1, 0, None), dtype=np.int64)


def nearest_level(z_m: FloatArray, levels_m: Sequence[float]) -> IntArray:
    """Return the level nearest to each height."""
    return np.asarray(np.abs(np.asarray(z_m)[:, None] - np.asarray(levels_m)[None, :]).argmin(axis=1), dtype=np.int64)


PRECAST_WORDS = (
    "prefab",
    "kanaalplaat",
    "breedplaat",
    "plank",
    "hollow",
    "precast",
    "pre-cast",
    "fertigteil",
    "predal",
    "vloerveld",
    "combinatievloer",
)


def element_words(elements: Elements, i: int) -> str:
    """Return what an element, its type and its layers are called, in lower case."""
    return " ".join([elements.name[i], elements.type_name[i], *(layer.name for layer in elements.layers[i])]).lower()


def plank_direction_deg(elements: Elements, i: int) -> float:
    """Return the span direction of a precast plank in [0, 180), nan when the piece is no plank.

    A plank is an elongated piece up to 3.2 m wide that its name or material calls precast.
    """
    words = element_words(elements, i)
    if not any(word in words for word in PRECAST_WORDS):
        return float("nan")
    corners = shapely.get_coordinates(shapely.minimum_rotated_rectangle(elements.footprint[i]))
    if len(corners) < 4:
        return float("nan")
    sides = np.diff(corners[:3], axis=0)
    lengths = np.hypot(sides[:, 0], sides[:, 1])
    if lengths.min() > 3.2 or lengths.max() < 1.25 * lengths.min():
        return float("nan")
    long_side = sides[int(lengths.argmax())]
    return float(np.degrees(np.arctan2(long_side[1], long_side[0])) % 180.0)


SOIL_WORDS = ("on grade", "slab-on-grade", "op zand", "op grondslag", "bodemplaat", "sohlplatte", "bodenplatte")


def lies_on_soil(elements: Elements, members: Sequence[int]) -> bool:
    """Return True when every piece of a field is a base slab by its type or its name."""
    return all(
        elements.predefined_type[i] == "BASESLAB" or any(w in f"{elements.name[i]} {elements.type_name[i]}".lower() for w in SOIL_WORDS)
        for i in members
    )


GALLERY_WORDS = ("galerij", "gallery", "balkon", "balcony", "loggia", "laubengang")


def is_gallery(elements: Elements, members: Sequence[int]) -> bool:
    """Return True when every piece of a field is called a gallery or balcony: its own imposed load, never a roof."""
    return all(any(word in f"{elements.name[i]} {elements.type_name[i]}".lower() for word in GALLERY_WORDS) for i in members)


def acts_continuously(elements: Elements, materials: Materials, members: Sequence[int]) -> bool:
    """Return True when the field has in-situ concrete that can run through over supports."""
    for i in members:
        words = element_words(elements, i)
        if materials.group[i] == "concrete" and not any(word in words for word in PRECAST_WORDS):
            return True
    return False


def open_to_sky(shapes: Sequence[shapely.Geometry], z_m: FloatArray, clearance_m: float) -> tuple[shapely.Geometry, ...]:
    """Return for each shape the part not covered by any shape more than ``clearance_m`` higher."""
    tree = STRtree(list(shapes))
    open_parts = []
    for k, shape in enumerate(shapes):
        above = [int(j) for j in tree.query(shape, predicate="intersects") if z_m[j] > z_m[k] + clearance_m]
        cover = plane.union([shapes[j] for j in sorted(above)]) if above else None
        open_parts.append(shape if cover is None else plane.difference(shape, cover))
    return tuple(open_parts)
