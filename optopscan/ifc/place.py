"""Where a product belongs: storeys and buildings of a file, and the storey of each product."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import ifcopenshell.util.placement as placement_util
import numpy as np

from optopscan.ifc.open_file import Source
from optopscan.ifc.types import inverse
from optopscan.model.arrays import FloatArray

_NAN = float("nan")
_DECIMALS = 6


@dataclass(frozen=True, kw_only=True)
class FileStorey:
    """One IfcBuildingStorey: elevation_m is in the height system of the coordinates, nan where not stated."""

    key: str
    guid: str | None
    name: str
    elevation_m: float


def file_storeys(source: Source) -> list[FileStorey]:
    """Return the storeys of a file by step id.

    `Elevation` counts from the building's own zero, so the height at which the
    building is placed is added.
    """
    found = []
    for storey in sorted(source.model.by_type("IfcBuildingStorey"), key=lambda one: int(one.id())):
        stated = storey.Elevation
        base = _placed_z_m(_ancestor(storey, "IfcBuilding"), source.unit_m)
        elevation = round(float(stated) * source.unit_m + base, _DECIMALS) + 0.0 if stated is not None else _NAN
        found.append(FileStorey(key=source.key(storey), guid=storey.GlobalId or None, name=str(storey.Name or ""), elevation_m=elevation))
    return found


def storey_key(source: Source, entity: Any) -> str | None:
    """Return the key of the storey that contains a product, itself or through its whole, or None."""
    storey = _ancestor(entity, "IfcBuildingStorey")
    return source.key(storey) if storey is not None else None


def building_of(entity: Any) -> Any | None:
    """Return the IfcBuilding a product belongs to, or None."""
    return _ancestor(entity, "IfcBuilding")


def _ancestor(entity: Any, name: str) -> Any | None:
    for _ in range(64):
        if entity is None or entity.is_a(name):
            return entity
        entity = whole_of(entity)
    return None


def whole_of(entity: Any) -> Any | None:
    """Return what an object is contained in or part of, or None."""
    contained = inverse(entity, "ContainedInStructure")
    if contained:
        return contained[0].RelatingStructure
    whole = inverse(entity, "Decomposes") or inverse(entity, "Nests")
    return whole[0].RelatingObject if whole else None


def _placed_z_m(product: Any, unit_m: float) -> float:
    placement = getattr(product, "ObjectPlacement", None)
    if placement is None:
        return 0.0
    matrix = local_placement(placement)
    return float(matrix[2, 3] * unit_m) if matrix is not None else _NAN


def local_placement(placement: Any) -> FloatArray | None:
    """Return the matrix (4, 4) from the axes of a local placement to those of its file, in units of the file.

    None where it is no place: a point of other than three numbers (of one the library would make all three), an axis
    without length or numbers.
    """
    try:
        on = placement
        while on is not None:
            if len(on.RelativePlacement.Location.Coordinates) != len("xyz"):
                return None
            on = on.PlacementRelTo
        with np.errstate(all="ignore"):
            matrix = np.asarray(placement_util.get_local_placement(placement), dtype=np.float64)
    except (ValueError, TypeError, AttributeError, AssertionError):  # the library asserts kinds
        return None
    return matrix if np.isfinite(matrix).all() else None
