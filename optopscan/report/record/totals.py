"""Sums of what the take-down already found: loads and area per storey.

Adding up is all that happens here. Every load is counted where it passes from
a storey to what lies below, so lintels and beams inside a storey do not count twice.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from optopscan.geometry import plane
from optopscan.model.arrays import BoolArray, FloatArray
from optopscan.model.loads import TakeDown
from optopscan.model.result import ScanResult
from optopscan.model.structure import Distribution, Shares, Structure


def main_distribution(result: ScanResult) -> Distribution:
    """Return the distribution whose loads stand in the record without further name."""
    return "simple" if "simple" in result.take_downs else sorted(result.take_downs)[0]


def by_storey(structure: Structure, shares: Shares, take_down: TakeDown) -> list[dict[str, Any]]:
    """Return one row per storey, top first: what passes its foot and what it adds.

    ``permanent_kn``, ``imposed_kn`` (floors, each in full) and ``roof_kn`` pass the foot of
    the storey; ``added_permanent_kn`` is permanent load that enters on it; ``carried_area_m2``
    is the floor and roof area that rests on its parts; ``added_permanent_kn_m2`` is the
    quotient, nan where nothing rests on it.
    """
    parts = structure.parts
    rows: list[dict[str, Any]] = []
    above_kn = 0.0
    for storey in sorted({int(value) for value in parts.storey}, reverse=True):
        here = np.flatnonzero(parts.storey == storey)
        downward = passing(structure, shares, storey)
        permanent_kn = float(downward @ take_down.permanent_foot_kn)
        area_m2 = float(shares.cells[:, here].sum(axis=1) @ structure.cells.area_m2)
        added_kn = permanent_kn - above_kn
        rows.append(
            {
                "storey": storey,
                "z0_m": float(parts.z0_m[here].min()),
                "z1_m": float(parts.z1_m[here].max()),
                "carried_area_m2": area_m2,
                "added_permanent_kn": added_kn,
                "added_permanent_kn_m2": added_kn / area_m2 if area_m2 > 0 else float("nan"),
                "permanent_kn": permanent_kn,
                "imposed_kn": float(downward @ take_down.imposed_foot_kn.sum(axis=1)),
                "roof_kn": float(downward @ take_down.roof_foot_kn),
            }
        )
        above_kn = permanent_kn
    return rows


def direct_to_ground_kn(shares: Shares, take_down: TakeDown) -> float:
    """Return the permanent load that reaches the ground without passing any part: floors on the soil [kN]."""
    n_part = len(take_down.permanent_foot_kn)
    through_parts = float((shares.parts[:, [n_part]].T @ take_down.permanent_foot_kn)[0])
    return take_down.ground_permanent_kn - through_parts


def passing(structure: Structure, shares: Shares, storey: int) -> FloatArray:
    """Return per part (n_part) the fraction of its foot load that leaves the storeys from ``storey`` up."""
    n_part = len(structure.parts)
    upper: BoolArray = structure.parts.storey >= storey
    leaves = np.flatnonzero(np.concatenate([~upper, [True, True]]))
    fraction: FloatArray = np.asarray(shares.parts[:, leaves].sum(axis=1)).reshape(n_part)
    return np.where(upper, fraction, 0.0)


def floor_area_m2(structure: Structure, element_storey: Any, storey: int) -> float:
    """Return the plan area [m2] of floors (not roofs) whose first element the file puts in this storey."""
    fields = structure.fields
    inside = (row for row in range(len(fields)) if fields.kind[row] != "roof" and int(element_storey[fields.elements[row][0]]) == storey)
    return float(sum(fields.polygon[row].area for row in inside))


def footprint_m2(structure: Structure) -> float:
    """Return the plan area [m2] covered by any floor, roof or ground field."""
    return float(plane.union(list(structure.fields.polygon)).area) if len(structure.fields) else 0.0


def height_m(structure: Structure) -> float:
    """Return the height [m] of the highest floor or roof field above the base; nan without fields."""
    return float(structure.fields.z1_m.max() - structure.base_z_m) if len(structure.fields) else float("nan")


def self_weight_kn(structure: Structure) -> float:
    """Return the self weight [kN] of everything that is taken down; nan where a weight is unknown."""
    return float(structure.parts.self_weight_kn.sum() + structure.fields.weight_kn.sum() + structure.loose.weight_kn.sum())
