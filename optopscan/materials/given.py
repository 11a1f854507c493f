"""What the engineer says about materials, put in the place of what names told.

Density of a layered body: a given material replaces that of the layer that carries, the
other layers keep theirs. Weight follows a given thickness upwards only: what a model
draws thicker than what carries may be finish, and that weighs. A given density is that of
the body as drawn: a topping that is assumed on a plank stays, until a greater thickness is given.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from optopscan.materials.assign import bearing_thickness_m, default_mpa
from optopscan.materials.planks import topping_kn, toppings
from optopscan.materials.recognise import UNKNOWN
from optopscan.materials.rows import DensityRow, EraRow, GradeRow
from optopscan.model.arrays import BoolArray, FloatArray, check_lengths, freeze
from optopscan.model.building import Elements
from optopscan.model.structure import Materials
from optopscan.units import GRAVITY_M_S2

SAME = 1e-9  # relative; a given number this close to what is used is that number


@dataclass(frozen=True, kw_only=True, eq=False)
class GivenMaterials:
    """Facts per element (n_element); None, "" and nan where nothing is given.

    ``strength_key`` names the strength (fck_mpa, fb_mpa, fk_mpa, fy_mpa, fc0k_mpa),
    ``strength_mpa`` its value, nan with a key for "unknown"; ``strength_sourced`` whether a
    source backs it. ``source`` is the text that goes with material or strength.
    """

    group: tuple[str | None, ...]
    grade: tuple[str | None, ...]
    strength_key: tuple[str, ...]
    strength_mpa: FloatArray
    strength_sourced: BoolArray
    density_kg_m3: FloatArray
    thickness_m: FloatArray
    source: tuple[str, ...]

    def __post_init__(self) -> None:
        freeze(self)
        check_lengths(self, len(self.group))


def with_given(
    materials: Materials,
    elements: Elements,
    given: GivenMaterials,
    *,
    densities: Sequence[DensityRow],
    grades: Sequence[GradeRow],
    era: Sequence[EraRow],
    build_year: int | None,
) -> Materials:
    """Return the materials with what is given.

    A strength with a source is the strength; one without takes the place of the default
    of its period, so that the range that is plausible for the period stays. A given
    strength class counts as if the model named it.
    """
    group, grade = list(materials.group), list(materials.grade)
    strength, fk, default = (np.array(a) for a in (materials.strength_mpa, materials.fk_mpa, materials.strength_default_mpa))
    for i, told in enumerate(given.group):
        if told is not None and told != group[i]:
            group[i], grade[i] = told, None
            strength[i] = fk[i] = np.nan
            default[i] = default_mpa(told, era, build_year)
    classes = {(row.group, row.grade): row.strength_mpa for row in grades}
    for i, name in enumerate(given.grade):
        if name is not None:
            grade[i], strength[i], fk[i] = name, classes.get((group[i], name), np.nan), np.nan
    for i, key in enumerate(given.strength_key):
        if not key:
            continue
        value = float(given.strength_mpa[i])
        grade[i], strength[i], fk[i] = None, np.nan, np.nan
        if np.isnan(value):
            default[i] = np.nan
        elif key == "fb_mpa":
            strength[i] = value
        elif not given.strength_sourced[i]:
            default[i] = value
        elif key == "fk_mpa":
            fk[i] = value
        else:
            strength[i] = value
    density, weight = _weights(materials, elements, given, tuple(group), densities)
    return replace(
        materials,
        group=tuple(group),
        grade=tuple(grade),
        strength_mpa=strength,
        strength_default_mpa=default,
        fk_mpa=fk,
        density_kg_m3=density,
        self_weight_kn=weight,
        source=tuple(told or old for told, old in zip(given.source, materials.source, strict=True)),
    )


def _weights(
    materials: Materials, elements: Elements, given: GivenMaterials, group: tuple[str, ...], densities: Sequence[DensityRow]
) -> tuple[FloatArray, FloatArray]:
    """Return density [kg/m3] and self weight [kN] per element."""
    table = {row.group: row.density_kg_m3 for row in densities}
    core = bearing_thickness_m(elements)
    density, weight = np.array(materials.density_kg_m3), np.array(materials.self_weight_kn)
    changed = [told is not None and told not in (old, UNKNOWN) for told, old in zip(given.group, materials.group, strict=True)]
    # An assumed topping is no part of the plank: it stays unless a given thickness says how thick the floor is.
    topping = topping_kn(toppings(elements, materials.group), table.get("concrete", np.nan), len(elements))
    rows = np.flatnonzero(np.array(changed, dtype=bool) | np.isfinite(given.density_kg_m3) | np.isfinite(given.thickness_m))
    for i in rows.tolist():
        volume, total = float(elements.volume_m3[i]), float(elements.thickness_m[i])
        if not volume > 0:
            continue
        own = float(weight[i]) - topping[i]
        mean = own * 1000.0 / GRAVITY_M_S2 / volume
        if changed[i]:
            layered = len(elements.layers[i]) > 1 and core[i] < total
            share = float(core[i]) / total if layered else 1.0
            new, old = table.get(group[i], np.nan), table.get(materials.group[i], mean)
            mean = max(mean + share * (new - old), share * new) if layered else new
        told = float(given.density_kg_m3[i])
        # What is used already stays to the last digit: no rounding may move a load.
        same = not changed[i] and abs(told - mean) <= SAME * mean
        mean = told if np.isfinite(told) else mean
        if changed[i] or np.isfinite(told):
            density[i] = mean
            weight[i] = weight[i] if same else volume * mean * GRAVITY_M_S2 / 1000.0 + topping[i]
        more = given.thickness_m[i] - (core[i] if np.isfinite(core[i]) else total)
        if more > 0 and total > 0:
            weight[i] -= topping[i]  # more than the plank is given: that is the whole floor
            heavy = mean if np.isfinite(told) else max(mean, table.get(group[i], mean))
            weight[i] += volume * more / total * heavy * GRAVITY_M_S2 / 1000.0
    return density, weight
