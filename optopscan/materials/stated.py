"""Density and strength class that the properties of an element or its material state."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from optopscan.materials.classes import StrengthClass, strength_classes
from optopscan.materials.recognise import UNKNOWN, Recognised
from optopscan.materials.rows import DensityRow, GradeRow

# A stated density is believed within these ratios to what the material usually weighs: moist or
# light kinds of one material lie inside, a slip of the unit or of a digit outside.
USUAL_RATIO = (0.75, 1.7)
# Of a material that nothing else tells: from timber to steel [kg/m3].
ANY_KG_M3 = (300.0, 8000.0)

_CLASS_KEY = re.compile(
    r"strength.?class|sterkte.?klasse|(?:beton|staal|materiaal|hout).?kwaliteit|(?:concrete|steel|timber|material|structural).?(?:grade|class)$"
    r"|^grade$|festigkeitsklasse|betong(?:u|ue|ü)te|stahlg(?:u|ue|ü)te|druckfestigkeitsklasse",
    re.I,
)
Properties = Mapping[str, str | float | bool]
Note = tuple[str, str]


def with_density(found: Recognised, name: str, properties: Properties) -> tuple[Recognised, tuple[Note, ...]]:
    """Return what a layer is with the density its material states, and notes (issue code, text).

    The density of the group stays where the stated one cannot be meant: OPT-223.
    """
    stated = _density(properties, name)
    usual = found.density_kg_m3
    if math.isnan(stated):
        return found, ()
    if math.isnan(usual):
        if found.group == UNKNOWN and ANY_KG_M3[0] <= stated <= ANY_KG_M3[1]:
            return replace(found, density_kg_m3=stated), ()
        return found, (("OPT-223", f'density {stated:g} kg/m3 stated for "{name}" is not used'),)
    ratio = stated / usual
    if not USUAL_RATIO[0] <= ratio <= USUAL_RATIO[1]:
        return found, (("OPT-223", f'density {stated:g} kg/m3 stated for "{name}" cannot be meant, {usual:g} taken ({found.group})'),)
    return replace(found, density_kg_m3=stated), ()


def _density(properties: Properties, name: str) -> float:
    for key in (f"Material.{name}.MassDensity", "Material.MassDensity"):
        value = properties.get(key)
        if isinstance(value, (int, float)) and not isinstance(value, bool) and value > 0.0:
            return float(value)
    return math.nan


def with_class(
    core: Recognised, properties: Properties, *, densities: Sequence[DensityRow], grades: Sequence[GradeRow]
) -> tuple[Recognised, str, tuple[Note, ...]]:
    """Return the bearing material with the class that properties state, the property, and notes.

    The class must belong to the group; where the group is unknown a class of one
    material only gives it. Of two different classes the lower strength counts: OPT-220.
    """
    for key in sorted(properties):
        if not _CLASS_KEY.search(key.rpartition(".")[2]):
            continue
        classes = strength_classes(str(properties[key]))
        stated = _fitting(classes, core.group)
        if stated is None:
            continue
        strength = next((row.strength_mpa for row in grades if (row.group, row.grade) == (stated.group, stated.grade)), stated.strength_mpa)
        if core.grade is None:
            density = core.density_kg_m3
            if math.isnan(density):
                density = next((row.density_kg_m3 for row in densities if row.group == stated.group), math.nan)
            grown = replace(core, group=stated.group, grade=stated.grade, strength_mpa=strength, density_kg_m3=density)
            return grown, f"{key} = {stated.text}", ()
        if core.grade == stated.grade:
            return core, "", ()
        note = ("OPT-220", f"material name says {core.grade}, {key} says {stated.grade}: the lower strength counts")
        if strength < core.strength_mpa or (math.isnan(core.strength_mpa) and not math.isnan(strength)):
            return replace(core, grade=stated.grade, strength_mpa=strength), f"{key} = {stated.text}", (note,)
        return core, "", (note,)
    return core, "", ()


def _fitting(classes: Sequence[StrengthClass], group: str) -> StrengthClass | None:
    if group != UNKNOWN:
        return next((found for found in classes if found.group == group), None)
    alone = [found for found in classes if found.alone]
    return alone[0] if len({found.group for found in alone}) == 1 else None
