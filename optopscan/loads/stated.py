"""Loads that the model itself states for its floors and roofs.

A property set `Optopscan_Loads` of a slab or its type may hold the keys that a file of overrides
knows for floors and roofs, and of galleries the imposed load, in kN/m2: a product whose floor is drawn with its build-up
in it says ``floor_finish_kn_m2`` = 0.
What the engineer gives goes before.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields

import numpy as np

from optopscan.loads.given import GivenLoads, on_cells
from optopscan.model.building import Elements, PropertyValue
from optopscan.model.structure import Structure
from optopscan.structure.fields import is_gallery

LOADS_SET = "Optopscan_Loads"
MOST_KN_M2 = 100.0
KEYS = ("floor_finish_kn_m2", "partitions_kn_m2", "roof_membrane_kn_m2", "roof_ballast_kn_m2")
IMPOSED = "imposed_kn_m2"


def stated_loads(structure: Structure, elements: Elements, given: GivenLoads | None) -> GivenLoads | None:
    """Return the loads given with those the model states where none is given; None where nobody says anything."""
    stated = {key: np.array([_value(row, key) for row in elements.properties], dtype=np.float64) for key in KEYS}
    # of a gallery the larger of this and the usual counts; elsewhere a file must not lower what is imposed
    imposed = np.array([_value(row, IMPOSED) for row in elements.properties], dtype=np.float64)
    outside = [bool(np.isfinite(value)) and is_gallery(elements, [row]) for row, value in enumerate(imposed.tolist())]
    stated[IMPOSED] = np.where(outside, imposed, np.nan)
    if all(np.isnan(values).all() for values in stated.values()):
        return given
    base = GivenLoads.none(len(structure.cells)) if given is None else given
    merged = {field.name: getattr(base, field.name) for field in fields(base)}
    for key, values in stated.items():
        merged[key] = GivenLoads.over(merged[key], on_cells(structure, elements, values))
    return GivenLoads(**merged)


def _value(properties: Mapping[str, PropertyValue], key: str) -> float:
    value = properties.get(f"{LOADS_SET}.{key}")
    if isinstance(value, bool) or not isinstance(value, (int, float)) or not 0.0 <= value < MOST_KN_M2:
        return float("nan")
    return float(value)
