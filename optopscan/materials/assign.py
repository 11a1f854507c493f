"""Material, strength and weight of every element, from the names of its layers.

Weight. Each layer counts with its own density and its share of the thickness (an
air layer weighs nothing); a layer without a stated thickness gets what the others
leave, and where no thickness is stated at all the heaviest layer counts for the
whole body. What is not known is weighed on the heavy side and is an issue OPT-203:
a permanent load too high lowers the answer, one too low would raise it.

Two bodies that a model draws solid are not: a timber joist floor drawn as one layer
of timber, and a hollow-core floor drawn as one layer of concrete. Their real weight
cannot be read, so the solid body is kept as upper bound and is an issue OPT-203.
Planks without a topping get one (`optopscan.materials.planks`): OPT-221.

Strength. The layer that carries floors gives group and class: the thickest of the
bearing groups. Of two leaves within `layers.LEAF_TOLERANCE_M` of each other the stronger
group counts (the inner leaf of a brick cavity wall), then the last named. What
`optopscan.materials.leaves` says of walls in leaves goes before that.
"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence

import numpy as np

from optopscan.issues import Issue, issue
from optopscan.materials.layers import ElementMaterial, read_element
from optopscan.materials.planks import Toppings, topping_kn, toppings
from optopscan.materials.recognise import BEARING_GROUPS, UNKNOWN
from optopscan.materials.rows import DensityRow, EraRow, GradeRow
from optopscan.model.arrays import FloatArray
from optopscan.model.building import Elements, Kind
from optopscan.model.structure import Materials
from optopscan.units import GRAVITY_M_S2

PROFILE_AREA_MAX_M2 = 0.02
SOLID_TIMBER_MAX_M = 0.12

_CARRYING_KINDS: frozenset[Kind] = frozenset({"wall", "slab", "roof", "column", "beam", "member", "footing", "pile"})
_FLAT_KINDS: frozenset[Kind] = frozenset({"slab", "roof", "footing", "stair"})
_BAR_KINDS: frozenset[Kind] = frozenset({"beam", "column", "member", "pile"})
_JOIST = re.compile(r"joist|balk|rafter|lumber|rib", re.I)
_HOLLOW = re.compile(
    r"kanaal(?:plaat|platen|vloer)|hollow[ -]?core|hohldiele|hohlplatte|\bhcs ?\d|\bvbi\b"
    r"|(?<![A-Za-z0-9])[AK](?:150|200|255|260|320|400)(?![A-Za-z0-9])",
    re.I,
)


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
        OPT-201 material unknown, OPT-202 strength assumed, OPT-203 density assumed, and
        OPT-220 to 223 on what is stated twice, toppings, leaves and densities; sorted.
    """
    weights = {row.group: row.density_kg_m3 for row in densities}
    issues: list[Issue] = []
    group, grade, source = [], [], []
    n = len(elements)
    density, strength, default, weight = (np.full(n, np.nan) for _ in range(4))
    for row in range(n):
        read = read_element(elements, row, densities, grades)
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
    missing = toppings(elements, group)
    weight += topping_kn(missing, weights.get("concrete", math.nan), n)
    issues.extend(_topping_issues(elements, missing))
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


def _topping_issues(elements: Elements, missing: Toppings) -> list[Issue]:
    found = []
    for k, row in enumerate(missing.element.tolist()):
        basis = "walls above stand at its top" if missing.from_model[k] else "a 27th of the longest plank, at least 200 mm"
        own_mm, total_mm = 1000.0 * missing.thickness_m[k], 1000.0 * missing.total_m[k]
        text = f"no topping on the plank: {own_mm:.0f} mm assumed, {total_mm:.0f} mm in all ({basis})"
        found.append(issue("OPT-221", elements.id[row], text))
    return found


def bearing_thickness_m(elements: Elements) -> FloatArray:
    """Return the thickness of the layer that carries [m] (n_element,).

    A resistance must use this and not the thickness of the whole build-up: of a brick
    cavity wall one leaf carries, of a plastered wall the core. Of two equal leaves it is
    the thickness of one, of a party wall that of the thinner. Equals
    ``elements.thickness_m`` where no layers are stated; nan where layers are stated but not
    which of them is how thick, or where only a name says that the wall has a cavity.
    """
    reads = (read_element(elements, row, (), ()) for row in range(len(elements)))
    return np.array([read.core_thickness_m for read in reads], dtype=np.float64)


def _unknown_group(elements: Elements, row: int) -> str:
    """Return the density row for an element without a known material."""
    kind = elements.kind[row]
    if kind in _BAR_KINDS:
        area_m2 = elements.volume_m3[row] / elements.length_m[row] if elements.length_m[row] > 0 else math.nan
        return "unknown-profile" if area_m2 < PROFILE_AREA_MAX_M2 else "unknown-frame"
    return "unknown-slab" if kind in _FLAT_KINDS else "unknown-wall"


def _mean_density(read: ElementMaterial, weights: dict[str, float], unknown: str) -> tuple[float, bool]:
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


def _issues(elements: Elements, row: int, read: ElementMaterial, assumed: bool, mean: float, default: str) -> list[Issue]:
    identity, core = elements.id[row], read.core
    found = [issue(code, identity, text) for code, text in read.notes]
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


def _solid(elements: Elements, row: int, read: ElementMaterial) -> str:
    """Return why the weight is an upper bound, "" when it is not."""
    if elements.kind[row] not in ("slab", "roof"):
        return ""
    names = " ".join((elements.type_name[row], elements.name[row], *(layer.name for layer in elements.layers[row])))
    if read.core.group == "concrete" and _HOLLOW.search(names):
        return "hollow-core floor weighed as solid concrete: upper bound"
    if read.core.group == "timber" and read.core_thickness_m > SOLID_TIMBER_MAX_M and _JOIST.search(names):
        return "joist floor weighed as solid timber: upper bound"
    return ""
