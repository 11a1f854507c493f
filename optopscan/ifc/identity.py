"""Where a building hangs in its file: identifiers of project, site and building, and its placement."""

from __future__ import annotations

import math
import re
from typing import Any

import numpy as np

from optopscan.ifc.open_file import Source
from optopscan.ifc.place import building_of, local_placement, whole_of
from optopscan.model.arrays import FloatArray
from optopscan.model.building import IfcIdentity, MapConversion

_GUID = re.compile(r"[0-9A-Za-z_$]{22}")


def main_building(source: Source, wanted: str | None) -> Any | None:
    """Return the building named, else the one that most elements belong to; None where the file has none."""
    buildings = sorted(source.model.by_type("IfcBuilding"), key=lambda one: int(one.id()))
    named = [one for one in buildings if wanted is not None and wanted in (one.Name, one.GlobalId)]
    if named or len(buildings) == 1:
        return (named or buildings)[0]
    owners = [building_of(one) for one in source.model.by_type("IfcElement")]
    count = {one.id(): sum(owner is not None and owner.id() == one.id() for owner in owners) for one in buildings}
    return max(buildings, key=lambda one: (count[one.id()], -one.id())) if count else None


def placement_of(building: Any, unit_m: float) -> FloatArray | None:
    """Return the matrix from the axes of a building to those of its file [m]; None where its placement is no place."""
    if building.ObjectPlacement is None:
        return np.eye(4)
    found = local_placement(building.ObjectPlacement)
    if found is not None:
        found[:3, 3] *= unit_m
    return found


def identity_of(source: Source, wanted: str | None) -> IfcIdentity | None:
    """Return the identity of the building that is scanned; None where the file has no building, no project, or no place for it."""
    building = main_building(source, wanted)
    projects = source.model.by_type("IfcProject")
    project_guid, building_guid = _guid(projects[0] if projects else None), _guid(building)
    if building is None or project_guid is None or building_guid is None:
        return None
    above, site = building, None
    while (above := whole_of(above)) is not None:
        if above.is_a("IfcSite"):
            site = above
    place = placement_of(building, source.unit_m)
    if place is None:
        return None
    return IfcIdentity(
        project_guid=project_guid,
        project_name=str(projects[0].Name or ""),
        site_guid=_guid(site),
        site_name=str(site.Name or "") if site is not None else "",
        building_guid=building_guid,
        building_name=str(building.Name or ""),
        origin_m=_three(place[:3, 3]),
        x_axis=_three(place[:3, 0]),
        z_axis=_three(place[:3, 2]),
        map_conversion=_map_conversion(source.model),
    )


def _guid(entity: Any) -> str | None:
    """Return the identifier of an object, None where it has none that another file could repeat."""
    guid = None if entity is None else entity.GlobalId
    return guid if isinstance(guid, str) and _GUID.fullmatch(guid) else None


def _map_conversion(model: Any) -> MapConversion | None:
    """Return the place on the map of the first context that has one; None where it is not told in a way that can be repeated."""
    if model.schema == "IFC2X3":
        return None  # only property sets by agreement, on the site
    for row in sorted(model.by_type("IfcMapConversion"), key=lambda one: int(one.id())):
        crs, numbers = row.TargetCRS, [row.Eastings, row.Northings, row.OrthogonalHeight]
        unit = _unit_name(getattr(crs, "MapUnit", None))
        axis = (row.XAxisAbscissa, row.XAxisOrdinate)
        told = [value for value in (*axis, row.Scale) if value is not None]
        if crs is None or not crs.Name or unit is None or not all(isinstance(v, float) and math.isfinite(v) for v in (*numbers, *told)):
            continue
        texts = ("Description", "GeodeticDatum", "VerticalDatum", "MapProjection", "MapZone")
        names = ("crs_description", "geodetic_datum", "vertical_datum", "map_projection", "map_zone")
        return MapConversion(
            crs_name=str(crs.Name),
            **{name: getattr(crs, text, None) or None for name, text in zip(names, texts, strict=True)},
            map_unit=unit,
            eastings=numbers[0],
            northings=numbers[1],
            height=numbers[2],
            x_axis=None if None in axis else axis,
            scale=row.Scale,
        )
    return None


def _unit_name(unit: Any | None) -> str | None:
    """Return the name of a length unit that can be written again, "" where none is told; None for one that we do not write."""
    if unit is None:
        return ""
    if not unit.is_a("IfcSIUnit") or unit.Name != "METRE":
        return None
    return {None: "m", "CENTI": "cm", "MILLI": "mm"}.get(unit.Prefix)


def _three(values: FloatArray) -> tuple[float, float, float]:
    x, y, z = (float(value) for value in values)
    return x, y, z
