"""Material, strength and weight of every element, from the names of its layers.

Weight. Each layer counts with its own density and its share of the thickness (an
air layer weighs nothing); a layer without a stated thickness gets what the others
leave, and where no thickness is stated at all the heaviest layer counts for the
whole body. What is not known is weighed on the heavy side and is an issue OPT-203:
a permanent load too high lowers the answer, one too low would raise it.

Two bodies that a model draws solid are not: a timber joist floor drawn as one layer
of timber, and a hollow-core floor drawn as one layer of concrete. Their real weight
cannot be read, so the solid body is kept as upper bound and is an issue OPT-203.

Strength. The layer that carries floors gives group and class: the thickest of the
bearing groups. Of two leaves within `LEAF_TOLERANCE_M` of each other the stronger
group counts (the inner leaf of a brick cavity wall), then the last named.
"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from optopscan.issues import Issue, issue
from optopscan.materials.recognise import BEARING_GROUPS, UNKNOWN, Recognised, recognise
from optopscan.materials.rows import DensityRow, EraRow, GradeRow
from optopscan.model.arrays import FloatArray
from optopscan.model.building import Elements, Kind, Layer
from optopscan.model.structure import Materials
from optopscan.units import GRAVITY_M_S2

LEAF_TOLERANCE_M = 0.021
PROFILE_AREA_MAX_M2 = 0.02
SOLID_TIMBER_MAX_M = 0.12

_CARRYING_KINDS: frozenset[Kind] = frozenset({"wall", "slab", "roof", "column", "beam", "member", "footing", "pile"})
_FLAT_KINDS: frozenset[Kind] = frozenset({"slab", "roof", "footing", "stair"})
_BAR_KINDS: frozenset[Kind] = frozenset({"beam", "column", "member", "pile"})
# What a type name may tell. Light materials are left out: "air handling unit" is not air,
# and a roof named after its membrane still has an unknown slab.
_GROUPS_OF_NAMES = frozenset({*BEARING_GROUPS, "gypsum-block", "metal-stud", "plasterboard"})
_JOIST = re.compile(r"joist|balk|rafter|lumber|rib", re.I)
_HOLLOW = re.compile(r"kanaalplaat|hollow[ -]?core|hohldiele|hohlplatte", re.I)


@dataclass(frozen=True, kw_only=True)
class _Read:
    """One element: its layers with what their names tell, and the one that carries."""

    found: tuple[Recognised, ...]
    shares: tuple[float, ...]
    thickness_m: float
    core: Recognised
    core_thickness_m: float
    source: str


def assign(
    elements: Elements,
    *,
    densities: Sequence[DensityRow],
    grades: Sequence[GradeRow],
    era: Sequence[EraRow],
    build_year: int | None,
) -> tuple[Materials, tuple[Issue, ...]]:
    """Return material, strength and self weight per element, with what had to be assumed.

    Parameters
    ----------
    elements
        As read, n_element rows.
    densities
        Density per group [kg/m3]. Rows ``unknown-wall``, ``unknown-slab``, ``unknown-frame``
        and ``unknown-profile`` are the weights of elements without a known material;
        without them the self weight of such an element is nan.
    grades
        Strength classes [N/mm2].
    era
        Default strength per group and build year [N/mm2].
    build_year
        Year of construction; None takes the lowest default over all years of the group.

    Returns
    -------
    Materials
        n_element rows. ``density_kg_m3`` is the mean over the body as weighed, nan where
        no layer is known. ``strength_mpa`` is nan without a class, ``strength_default_mpa``
        nan where the era gives none. Masonry: the class states fb, the default is fk.
    tuple of Issue
        OPT-201 material unknown, OPT-202 strength assumed, OPT-203 density assumed; sorted.
    """
    weights = {row.group: row.density_kg_m3 for row in densities}
    issues: list[Issue] = []
    group, grade, source = [], [], []
    n = len(elements)
    density, strength, default, weight = (np.full(n, np.nan) for _ in range(4))
    for row in range(n):
        read = _read(elements, row, densities, grades)
        core = read.core
        group.append(core.group)
        grade.append(core.grade)
        source.append(read.source)
        strength[row] = core.strength_mpa
        default[row] = default_mpa(core.group, era, build_year)
        mean, assumed = _mean_density(read, weights, _unknown_group(elements, row))
        density[row] = mean if any(item.group != UNKNOWN for item in read.found) else math.nan
        weight[row] = elements.volume_m3[row] * mean * GRAVITY_M_S2 / 1000.0
        issues.extend(_issues(elements, row, read, assumed, mean, _default_text(float(default[row]), build_year)))
    materials = Materials(
        group=tuple(group),
        grade=tuple(grade),
        density_kg_m3=density,
        strength_mpa=strength,
        strength_default_mpa=default,
        source=tuple(source),
        self_weight_kn=weight,
    )
    return materials, tuple(sorted(issues))


def bearing_thickness_m(elements: Elements) -> FloatArray:
    """Return the thickness of the layer that carries [m] (n_element,).

    A resistance must use this and not the thickness of the whole build-up: of a brick
    cavity wall one leaf carries, of a plastered wall the core. Of two equal leaves it is
    the thickness of one. Equals ``elements.thickness_m`` where no layers are stated;
    nan where layers are stated but not which of them is how thick.
    """
    reads = (_read(elements, row, (), ()) for row in range(len(elements)))
    return np.array([read.core_thickness_m for read in reads], dtype=np.float64)


def _read(elements: Elements, row: int, densities: Sequence[DensityRow], grades: Sequence[GradeRow]) -> _Read:
    total_m = float(elements.thickness_m[row])
    layers = elements.layers[row]
    found = tuple(recognise(layer.name, densities=densities, grades=grades) for layer in layers)
    thickness = _layer_thickness(layers, total_m)
    core = _core(found, thickness)
    source = f'{elements.material_source[row]} "{layers[core].name}"' if core is not None else ""
    if core is None or found[core].group == UNKNOWN:
        named = _from_own_name(elements, row, densities, grades)
        if named is not None:
            text, other = named
            return _Read(
                found=(other,), shares=(1.0,), thickness_m=total_m, core=other, core_thickness_m=total_m, source=f'element name "{text}"'
            )
    if core is None:
        nothing = recognise("")
        return _Read(found=(nothing,), shares=(1.0,), thickness_m=total_m, core=nothing, core_thickness_m=total_m, source="not stated")
    known_m = sum(value for value in thickness if not math.isnan(value))
    shares = tuple(value / known_m for value in thickness) if known_m > 0 and not any(map(math.isnan, thickness)) else ()
    core_m = total_m if len(layers) == 1 else thickness[core] if thickness[core] > 0 else math.nan
    # Layers may add up to more than the body (a wall cut back); the core is never thicker than the body.
    core_m = min(core_m, total_m) if not math.isnan(core_m) and not math.isnan(total_m) else core_m
    return _Read(found=found, shares=shares, thickness_m=known_m, core=found[core], core_thickness_m=core_m, source=source)


def _from_own_name(
    elements: Elements, row: int, densities: Sequence[DensityRow], grades: Sequence[GradeRow]
) -> tuple[str, Recognised] | None:
    """Return what type name or name tell by words; a bare class ("B25") may be a mark on the drawing."""
    for text in (elements.type_name[row], elements.name[row]):
        found = recognise(text, densities=densities, grades=grades)
        if found.group in _GROUPS_OF_NAMES and found.matched_by == "word":
            return text, found
    return None


def _layer_thickness(layers: Sequence[Layer], total_m: float) -> tuple[float, ...]:
    """Return the thickness per layer [m]; unstated ones share what is left, nan where nothing can be said."""
    stated = [layer.thickness_m for layer in layers]
    missing = sum(map(math.isnan, stated))
    if not missing:
        return tuple(stated)
    left = (total_m - sum(value for value in stated if not math.isnan(value))) / missing
    # With several unstated layers the split is a guess that would decide what carries.
    share = left if missing == 1 and left > 0 else math.nan
    return tuple(share if math.isnan(value) else value for value in stated)


def _core(found: Sequence[Recognised], thickness: Sequence[float]) -> int | None:
    """Return the layer that carries: thickest of the bearing groups, else thickest at all.

    A layer of unknown material may be the one that carries, so it takes part.
    """
    if not found:
        return None
    pool = [n for n, item in enumerate(found) if item.group in BEARING_GROUPS or item.group == UNKNOWN] or list(range(len(found)))
    size = [0.0 if math.isnan(thickness[n]) else thickness[n] for n in range(len(found))]
    thickest = max(size[n] for n in pool)
    near = [n for n in pool if thickest - size[n] < LEAF_TOLERANCE_M]
    return min(near, key=lambda n: (_rank(found[n].group), -n))


def _rank(group: str) -> int:
    return BEARING_GROUPS.index(group) if group in BEARING_GROUPS else len(BEARING_GROUPS)


def _unknown_group(elements: Elements, row: int) -> str:
    """Return the density row for an element without a known material."""
    kind = elements.kind[row]
    if kind in _BAR_KINDS:
        area_m2 = elements.volume_m3[row] / elements.length_m[row] if elements.length_m[row] > 0 else math.nan
        return "unknown-profile" if area_m2 < PROFILE_AREA_MAX_M2 else "unknown-frame"
    return "unknown-slab" if kind in _FLAT_KINDS else "unknown-wall"


def _mean_density(read: _Read, weights: dict[str, float], unknown: str) -> tuple[float, bool]:
    """Return the mean density [kg/m3] and whether any part of it was assumed."""
    fallback = weights.get(unknown, math.nan)
    values = [fallback if math.isnan(item.density_kg_m3) else item.density_kg_m3 for item in read.found]
    assumed = any(math.isnan(item.density_kg_m3) for item in read.found)
    if len(values) == 1:
        return values[0], assumed
    if not read.shares:
        return max(values), True
    # A layer of no thickness weighs nothing, known or not.
    assumed = any(share > 0 and math.isnan(item.density_kg_m3) for share, item in zip(read.shares, read.found, strict=True))
    return sum(share * value for share, value in zip(read.shares, values, strict=True) if share > 0), assumed


def default_mpa(group: str, era: Sequence[EraRow], build_year: int | None) -> float:
    """Return the default strength of a group [N/mm2]: the lowest of the period, nan where the table has none."""
    rows = [row for row in era if row.group == group]
    if build_year is not None:
        rows = [row for row in rows if row.year_from <= build_year < row.year_before]
    return min((row.strength_mpa for row in rows), default=math.nan)


def _default_text(default_mpa: float, build_year: int | None) -> str:
    if math.isnan(default_mpa):
        return "no default"
    basis = "build year unknown, lowest of all years" if build_year is None else f"build year {build_year}"
    return f"{default_mpa:g} N/mm2 taken ({basis})"


def _issues(elements: Elements, row: int, read: _Read, assumed: bool, mean: float, default: str) -> list[Issue]:
    identity, core = elements.id[row], read.core
    found: list[Issue] = []
    if core.group == UNKNOWN:
        names = ", ".join(f'"{layer.name}"' for layer in elements.layers[row]) or "no material"
        found.append(issue("OPT-201", identity, f"material not recognised: {names}"))
    elif core.group in BEARING_GROUPS and math.isnan(core.strength_mpa) and elements.kind[row] in _CARRYING_KINDS:
        found.append(issue("OPT-202", identity, f"{core.group}: strength class not stated, {default}"))
    if assumed:
        found.append(issue("OPT-203", identity, f"density not known for every layer, {mean:.0f} kg/m3 taken for the body"))
    solid = _solid(elements, row, read)
    if solid:
        found.append(issue("OPT-203", identity, solid))
    return found


def _solid(elements: Elements, row: int, read: _Read) -> str:
    """Return why the weight is an upper bound, "" when it is not."""
    if elements.kind[row] not in ("slab", "roof"):
        return ""
    names = " ".join((elements.type_name[row], elements.name[row], *(layer.name for layer in elements.layers[row])))
    if read.core.group == "concrete" and _HOLLOW.search(names):
        return "hollow-core floor weighed as solid concrete: upper bound"
    if read.core.group == "timber" and read.core_thickness_m > SOLID_TIMBER_MAX_M and _JOIST.search(names):
        return "joist floor weighed as solid timber: upper bound"
    return ""
