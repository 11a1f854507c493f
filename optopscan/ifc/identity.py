"""Where a building hangs in its file: identifiers of project, site and building, and its placement."""

from __future__ import annotations

from typing import Any

import ifcopenshell.util.placement as placement_util
import numpy as np

from optopscan.ifc.open_file import Source
from optopscan.ifc.place import building_of
from optopscan.model.arrays import FloatArray
from optopscan.model.building import IfcIdentity


def main_building(source: Source, wanted: str | None) -> Any | None:
    """Return the building named, else the one that most elements belong to; None where the file has none."""
    buildings = sorted(source.model.by_type("IfcBuilding"), key=lambda one: int(one.id()))
    named = [one for one in buildings if wanted is not None and wanted in (one.Name, one.GlobalId)]
    if named or len(buildings) == 1:
        return (named or buildings)[0]
    owners = [building_of(one) for one in source.model.by_type("IfcElement")]
    count = {one.id(): sum(owner is not None and owner.id() == one.id() for owner in owners) for one in buildings}
    return max(buildings, key=lambda one: (count[one.id()], -one.id())) if count else None


def placement_of(building: Any, unit_m: float) -> FloatArray:
    """Return the matrix from the axes of a building to those of its file [m]."""
    found = np.eye(4)
    if building.ObjectPlacement is not None:
        found = np.asarray(placement_util.get_local_placement(building.ObjectPlacement), dtype=np.float64)
        found[:3, 3] *= unit_m
    return found


def identity_of(source: Source, wanted: str | None) -> IfcIdentity | None:
    """Return the identity of the building that is scanned; None where the file has no building, no project, or no place for it."""
    building = main_building(source, wanted)
    projects = source.model.by_type("IfcProject")
    if building is None or not projects or not building.GlobalId or not projects[0].GlobalId:
        return None
    above, site = building, None
    while above.Decomposes:
        above = above.Decomposes[0].RelatingObject
        if above.is_a("IfcSite"):
            site = above
    try:
        place = placement_of(building, source.unit_m)
    except (ValueError, TypeError, AttributeError):  # an axis or a point without numbers
        return None
    return IfcIdentity(
        project_guid=str(projects[0].GlobalId),
        project_name=str(projects[0].Name or ""),
        site_guid=str(site.GlobalId) if site is not None and site.GlobalId else None,
        site_name=str(site.Name or "") if site is not None else "",
        building_guid=str(building.GlobalId),
        building_name=str(building.Name or ""),
        origin_m=_three(place[:3, 3]),
        x_axis=_three(place[:3, 0]),
        z_axis=_three(place[:3, 2]),
    )


def _three(values: FloatArray) -> tuple[float, float, float]:
    x, y, z = (float(value) for value in values)
    return x, y, z
