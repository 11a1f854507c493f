"""The file that a new top is written onto: its building, contexts and length unit, and the text it grows by.

Nothing of the file is touched: what is new follows the last line of its data, byte for byte after what was there.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import ifcopenshell
import numpy as np

from optopscan.ifc.author_core import SYSTEM, Core, Entity
from optopscan.ifc.identity import main_building, placement_of
from optopscan.ifc.open_file import Source, open_source, plain_file, refuse
from optopscan.ifc.units import density_factor
from optopscan.model.arrays import FloatArray
from optopscan.model.building import LocalToIfc
from optopscan.model.new_top import Place
from optopscan.settings import Settings

_END = b"ENDSEC;"


@dataclass(frozen=True, kw_only=True, eq=False)
class Host:
    """A file under construction: ``building`` is what new things belong to, ``to_building`` brings the local frame [m] to its axes [m]."""

    core: Core
    building: Entity
    density_unit: float
    to_building: FloatArray

    @property
    def base_z_m(self) -> float:
        """Height at which the building is placed [m]; elevations of storeys count from there."""
        return float(np.linalg.inv(self.to_building)[2, 3])


@dataclass(frozen=True, kw_only=True, eq=False)
class FileHost(Host):
    """An opened file with what new things are written into: ``last_step`` is its last entity."""

    source: Source
    last_step: int


def open_host(path: Path, settings: Settings, local_to_ifc: LocalToIfc, name: str) -> FileHost:
    """Open a file to write onto.

    Parameters
    ----------
    local_to_ifc
        Where the local frame of the scan lies in the file.
    name
        What identifiers of new entities are made from, besides the content of the file.

    Raises
    ------
    UnreadableInput
        If the file cannot be read or has no building.
    """
    source = open_source(path, 0, settings)
    model = source.model
    last = int(model.get_max_id())
    building = main_building(source, settings.building)
    if building is None:
        raise refuse(source.info.name, "no building", "export with an IfcBuilding, or give the file that has one first")
    place = placement_of(building, source.unit_m)
    if place is None:
        raise refuse(source.info.name, "the placement of its building is no place", "export it again")
    core = Core.onto(
        model,
        f"{source.info.sha256}/{name}",
        schema=str(model.schema),
        unit_m=source.unit_m,
        contexts={},
        owner_history=_owner_history(model) if str(model.schema) == "IFC2X3" else None,
    )
    core.contexts["Body"] = _body_context(core)
    return FileHost(
        source=source,
        core=core,
        building=building,
        last_step=last,
        density_unit=density_factor(model, None),
        to_building=seen_from(place, local_to_ifc),
    )


def grown_bytes(host: FileHost) -> bytes:
    """Return the file with its new entities behind what was there."""
    with plain_file(host.source.path) as plain:
        text = plain.read_bytes()
    end = text.rfind(_END)
    if end < 0:
        raise refuse(host.source.info.name, "no end of its data", "export the file again")
    lines = [f"#{step}={host.core.file.by_id(step).to_string().split('=', 1)[1]};" for step in range(host.last_step + 1, _last(host) + 1)]
    return text[:end] + "\n".join([*lines, ""]).encode("ascii") + text[end:]


def overlay_bytes(host: FileHost) -> bytes:
    """Return a file of its own with only the new entities and, under their own identifiers, project, site and building."""
    new = ifcopenshell.file(schema=host.core.schema)  # type: ignore[arg-type]
    made: Any = new
    for step in range(host.last_step + 1, _last(host) + 1):
        made.add(host.core.file.by_id(step))
    for relation in _upwards(host.building):
        whole, part = made.add(relation.RelatingObject), [made.add(one) for one in relation.RelatedObjects if _leads_to(one, host.building)]
        made.create_entity(
            relation.is_a(), GlobalId=relation.GlobalId, OwnerHistory=whole.OwnerHistory, RelatingObject=whole, RelatedObjects=part
        )
    header = made.header
    header.file_description.description = ("ViewDefinition [ReferenceView]",)
    header.file_name.name = f"{host.source.info.name} (alleen nieuw)"
    header.file_name.time_stamp = "2000-01-01T00:00:00"
    header.file_name.preprocessor_version = header.file_name.originating_system = SYSTEM
    return str(made.to_string()).encode("ascii")


def _last(host: Host) -> int:
    return int(host.core.file.get_max_id())


def _upwards(building: Entity) -> list[Entity]:
    """Return the relations that hang a building in its site and its project."""
    found: list[Entity] = []
    one = building
    while one.Decomposes and one.Decomposes[0].RelatingObject is not None:
        found.append(one.Decomposes[0])
        one = found[-1].RelatingObject
    return found


def _leads_to(one: Entity, building: Entity) -> bool:
    return one.id() in {building.id(), *(relation.RelatingObject.id() for relation in _upwards(building))}


def _owner_history(model: Any) -> Entity:
    """Return the first owner history of a file: new entities say themselves that they are new."""
    return min(model.by_type("IfcOwnerHistory"), key=lambda one: int(one.id()))


def _body_context(core: Core) -> Entity:
    """Return the context of bodies: the file's own, else one below its model context, else a new one."""
    model = core.file
    subs: Sequence[Any] = sorted(model.by_type("IfcGeometricRepresentationSubContext"), key=lambda one: int(one.id()))
    own = [one for one in subs if one.ContextIdentifier == "Body" and one.ContextType == "Model"]
    if own:
        return own[0]
    whole = [one for one in model.by_type("IfcGeometricRepresentationContext", include_subtypes=False) if one.ContextType != "Plan"]
    parents = sorted(whole, key=lambda one: (one.ContextType != "Model", int(one.id())))
    parent = (
        parents[0]
        if parents
        else core.create(
            "IfcGeometricRepresentationContext",
            ContextType="Model",
            CoordinateSpaceDimension=3,
            WorldCoordinateSystem=core.axes((0.0, 0.0, 0.0)),
        )
    )
    return core.create(
        "IfcGeometricRepresentationSubContext",
        ContextIdentifier="Body",
        ContextType="Model",
        ParentContext=parent,
        TargetView="MODEL_VIEW",
    )


def seen_from(own: FloatArray, local: LocalToIfc) -> FloatArray:
    """Return the matrix from the local frame [m] to axes [m] that are placed in the file."""
    turn = np.radians(local.rotation_deg)
    frame = np.eye(4)
    frame[:2, :2] = [[np.cos(turn), -np.sin(turn)], [np.sin(turn), np.cos(turn)]]
    frame[:3, 3] = local.origin_m
    return np.asarray(np.linalg.inv(own) @ frame)


def matrix_of(place: Place) -> FloatArray:
    """Return the matrix of a place [m]."""
    turn = np.radians(place.rotation_deg)
    found = np.eye(4)
    found[:2, :2] = [[np.cos(turn), -np.sin(turn)], [np.sin(turn), np.cos(turn)]]
    found[:3, 3] = (place.x_m, place.y_m, place.z_m)
    return found
