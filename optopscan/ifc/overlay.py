"""Only what is new of a variant, in a file of its own that hangs in the project, site and building of the original.

Made from the record alone: identifiers and placement of project, site and building are those of the original, so that a viewer
that opens both shows one building.
"""

from __future__ import annotations

import numpy as np

from optopscan.ifc.author_core import SCHEMAS, Core, Entity
from optopscan.ifc.merge import Said, fill
from optopscan.ifc.merge_host import Host, seen_from
from optopscan.model.arrays import FloatArray
from optopscan.model.building import IfcIdentity, LocalToIfc, MapConversion
from optopscan.model.new_top import NewTop
from optopscan.settings import LENGTH_UNITS_M

SAME_UNIT = 1e-9


def write_overlay(
    top: NewTop, identity: IfcIdentity, local_to_ifc: LocalToIfc, said: Said, *, source_sha256: str, schema: str = "IFC4"
) -> bytes:
    """Return a file with a new top and nothing else of the building.

    Parameters
    ----------
    top
        What is new, in the local frame of the scan.
    identity, local_to_ifc
        Of the scan; its length unit is that of the file.
    said
        Stamp and unity checks; those of elements that are not in this file are left out.
    source_sha256
        Of the original: identifiers of what is new are made from it, the same as in the merged file.
    schema
        "IFC2X3", "IFC4" or "IFC4X3"; anything else becomes IFC4.
    """
    wanted = next((one for one in SCHEMAS if schema.startswith(one) and (one == schema or schema[len(one) :].startswith("_"))), "IFC4")
    core = Core(f"{source_sha256}/{top.variant}", schema=wanted, length_unit=_unit(local_to_ifc.unit_m))
    core.file.header.file_description.description = (
        *core.file.header.file_description.description,
        str(said.stamp.get("Statement", "Quickscan, geen constructieve toetsing")),
    )
    core.file.header.file_name.name = f"{top.variant}.ifc"
    host = Host(core=core, building=_building(core, identity), density_unit=1.0, to_building=seen_from(_placement(identity), local_to_ifc))
    if identity.map_conversion is not None and wanted != "IFC2X3":
        _on_the_map(core, identity.map_conversion)
    fill(host, top, said)
    return core.to_bytes()


def _on_the_map(core: Core, told: MapConversion) -> None:
    """Repeat the place on the map of the original, so that a viewer that uses it shows both in one place."""
    crs = core.create(
        "IfcProjectedCRS",
        Name=told.crs_name,
        Description=told.crs_description,
        GeodeticDatum=told.geodetic_datum,
        VerticalDatum=told.vertical_datum,
        MapProjection=told.map_projection,
        MapZone=told.map_zone,
        MapUnit=core.length_unit(told.map_unit) if told.map_unit else None,
    )
    x, y = told.x_axis or (None, None)
    core.create(
        "IfcMapConversion",
        SourceCRS=core.contexts["Model"],
        TargetCRS=crs,
        Eastings=told.eastings,
        Northings=told.northings,
        OrthogonalHeight=told.height,
        XAxisAbscissa=x,
        XAxisOrdinate=y,
        Scale=told.scale,
    )


def _unit(unit_m: float) -> str:
    """Return the name of a length unit; metres where nobody gave it a name."""
    return next((name for name, metres in LENGTH_UNITS_M.items() if abs(metres - unit_m) < SAME_UNIT), "m")


def _placement(identity: IfcIdentity) -> FloatArray:
    found = np.eye(4)
    x_axis, z_axis = np.array(identity.x_axis), np.array(identity.z_axis)
    found[:3, 0], found[:3, 1], found[:3, 2] = x_axis, np.cross(z_axis, x_axis), z_axis
    found[:3, 3] = identity.origin_m
    return found


def _building(core: Core, identity: IfcIdentity) -> Entity:
    """Return the building in its site and project, under the identifiers of the original."""
    contexts = {"RepresentationContexts": [core.contexts["Model"]], "UnitsInContext": core.units}
    owner = {"OwnerHistory": core.owner_history}
    project = core.create("IfcProject", GlobalId=identity.project_guid, Name=identity.project_name or None, **owner, **contexts)
    place = core.create(
        "IfcLocalPlacement", PlacementRelTo=None, RelativePlacement=core.axes(identity.origin_m, identity.z_axis, identity.x_axis)
    )
    building = core.create(
        "IfcBuilding",
        GlobalId=identity.building_guid,
        Name=identity.building_name or None,
        ObjectPlacement=place,
        CompositionType="ELEMENT",
        **owner,
    )
    above = project
    if identity.site_guid is not None:
        above = core.create("IfcSite", GlobalId=identity.site_guid, Name=identity.site_name or None, CompositionType="ELEMENT", **owner)
        core.relate("IfcRelAggregates", project, above)
    core.relate("IfcRelAggregates", above, building)
    return building
