"""The plain parts of an authored file: header, units, identifiers, placements, relations.

Same calls give the same bytes: identifiers are uuid5 of class, name and a
counter, the header carries no time, and relations are written in the order in
which they were first asked for. Entities are made directly, because the high
level API of the library draws random identifiers for relations.
"""

from __future__ import annotations

import math
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import ifcopenshell
import ifcopenshell.guid

from optopscan.settings import LENGTH_UNITS_M

Entity = Any  # ifcopenshell.entity_instance; the library carries no types
Point2 = tuple[float, float]
Point3 = tuple[float, float, float]

SCHEMAS = {"IFC2X3": "IFC2X3", "IFC4": "IFC4", "IFC4X3": "IFC4X3_ADD2"}
SYSTEM = "optopscan author"
# The standard asks for a time; one fixed value keeps the bytes equal.
FIXED_TIME = "2000-01-01T00:00:00"
PRECISION_M = 1e-5
_NAMESPACE = uuid.uuid5(uuid.NAMESPACE_DNS, "optopscan.ifc.author")
_RELATING = {
    "IfcRelAggregates": ("RelatingObject", "RelatedObjects"),
    "IfcRelContainedInSpatialStructure": ("RelatingStructure", "RelatedElements"),
    "IfcRelDefinesByProperties": ("RelatingPropertyDefinition", "RelatedObjects"),
    "IfcRelDefinesByType": ("RelatingType", "RelatedObjects"),
    "IfcRelAssociatesMaterial": ("RelatingMaterial", "RelatedObjects"),
    "IfcRelAssociatesClassification": ("RelatingClassification", "RelatedObjects"),
    "IfcRelAssignsToGroup": ("RelatingGroup", "RelatedObjects"),
}


@dataclass(frozen=True)
class Frame:
    """A placement: origin [m] in model coordinates and the angle [deg] of its x axis in plan."""

    origin_m: Point3
    angle_deg: float = 0.0

    def local(self, x_m: float, y_m: float, z_m: float) -> Point3:
        """Return a model point [m] in this frame [m]; only for frames that are not turned."""
        return (x_m - self.origin_m[0], y_m - self.origin_m[1], z_m - self.origin_m[2])


class Core:
    """One IFC file under construction; all arguments in metres.

    Parameters
    ----------
    name
        Project name; part of every identifier.
    schema
        "IFC2X3", "IFC4" or "IFC4X3" (written as IFC4X3_ADD2).
    length_unit
        A key of `optopscan.settings.LENGTH_UNITS_M`.

    Raises
    ------
    ValueError
        If the schema or the unit is not known.
    """

    def __init__(self, name: str, *, schema: str, length_unit: str) -> None:
        if schema not in SCHEMAS:
            raise ValueError(f"schema={schema!r} cannot be written; use one of {', '.join(SCHEMAS)}")
        if length_unit not in LENGTH_UNITS_M:
            raise ValueError(f"length_unit={length_unit!r} cannot be written; use one of {', '.join(LENGTH_UNITS_M)}")
        self.name = name
        self.schema = schema
        self.unit_m = LENGTH_UNITS_M[length_unit]
        self.file: Any = ifcopenshell.file(schema=schema)  # type: ignore[arg-type]
        self._declarations: Any = ifcopenshell.schema_by_name(SCHEMAS[schema])
        self._attributes: dict[str, frozenset[str]] = {}
        self._counters: dict[tuple[str, str], int] = {}
        self.kept: dict[tuple[Any, ...], Entity] = {}
        self._related: dict[tuple[str, int], list[Entity]] = {}
        self._relations: dict[tuple[str, int], Entity] = {}
        self._write_header()
        self.owner_history = self._owner_history() if schema == "IFC2X3" else None
        self.units = self._units(length_unit)
        self.contexts = self._contexts()

    @classmethod
    def onto(cls, file: Any, name: str, *, schema: str, unit_m: float, contexts: dict[str, Entity], owner_history: Entity | None) -> Core:
        """Return a core that adds to a file that exists, in its own unit and contexts; identifiers depend on ``name``."""
        core = cls.__new__(cls)
        core.name, core.schema, core.unit_m, core.file = name, schema, unit_m, file
        core._declarations = ifcopenshell.schema_by_name(SCHEMAS[schema])
        core._attributes, core._counters, core.kept = {}, {}, {}
        core._related, core._relations = {}, {}
        core.owner_history, core.contexts = owner_history, contexts
        core.units = None
        return core

    def attributes(self, ifc_class: str) -> frozenset[str]:
        """Return the attribute names of a class in this schema; empty when the class does not exist."""
        if ifc_class not in self._attributes:
            try:
                names = frozenset(a.name() for a in self._declarations.declaration_by_name(ifc_class).all_attributes())
            except RuntimeError:
                names = frozenset()
            self._attributes[ifc_class] = names
        return self._attributes[ifc_class]

    def create(self, ifc_class: str, *values: Any, **attributes: Any) -> Entity:
        """Create an entity as it stands."""
        return self.file.create_entity(ifc_class, *values, **attributes)

    def shared(self, ifc_class: str, *values: Any) -> Entity:
        """Create an entity from positional values once; equal calls return the same one."""
        key = (ifc_class, *(v.id() if hasattr(v, "id") else v for v in values))
        if key not in self.kept:
            self.kept[key] = self.file.create_entity(ifc_class, *values)
        return self.kept[key]

    def rooted(self, ifc_class: str, name: str, *, key: str | None = None, **attributes: Any) -> Entity:
        """Create an entity with an identifier made from class and name (or key)."""
        guid = self.guid(ifc_class, name if key is None else key)
        return self.create(ifc_class, GlobalId=guid, OwnerHistory=self.owner_history, Name=name or None, **attributes)

    def guid(self, ifc_class: str, key: str) -> str:
        """Return the next identifier for this class and key; equal sequences of calls give equal identifiers."""
        count = self._counters.get((ifc_class, key), 0)
        self._counters[ifc_class, key] = count + 1
        return str(ifcopenshell.guid.compress(uuid.uuid5(_NAMESPACE, f"{self.name}/{ifc_class}/{key}/{count}").hex))

    def length(self, value_m: float) -> float:
        """Return a length [m] in file units; nine decimals hide the noise of the division."""
        return round(value_m / self.unit_m, 9) + 0.0

    def point(self, *coordinates_m: float) -> Entity:
        """Return a shared point."""
        return self.shared("IfcCartesianPoint", tuple(self.length(c) for c in coordinates_m))

    def direction(self, *ratios: float) -> Entity:
        """Return a shared direction."""
        return self.shared("IfcDirection", tuple(round(float(r), 15) + 0.0 for r in ratios))

    def axes(self, origin_m: Point3, z_axis: Point3 = (0.0, 0.0, 1.0), x_axis: Point3 = (1.0, 0.0, 0.0)) -> Entity:
        """Return a shared right-handed placement."""
        return self.shared("IfcAxis2Placement3D", self.point(*origin_m), self.direction(*z_axis), self.direction(*x_axis))

    def placement(self, parent: Entity | None, origin_m: Point3, angle_deg: float = 0.0) -> Entity:
        """Return a local placement relative to ``parent`` with its x axis turned in plan."""
        angle = math.radians(angle_deg)
        axes = self.axes(origin_m, x_axis=(math.cos(angle), math.sin(angle), 0.0))
        return self.create("IfcLocalPlacement", PlacementRelTo=parent, RelativePlacement=axes)

    def relate(self, ifc_class: str, relating: Entity, related: Entity) -> None:
        """Remember that ``related`` belongs to ``relating``; written by `flush`."""
        self._related.setdefault((ifc_class, relating.id()), []).append(related)

    def flush(self) -> None:
        """Write all remembered relations, one entity for each relating object; may be called again."""
        for (ifc_class, relating_id), members in self._related.items():
            relating, related = _RELATING[ifc_class]
            key = (ifc_class, relating_id)
            if key not in self._relations:
                attributes: dict[str, Any] = {relating: self.file.by_id(relating_id), related: members}
                self._relations[key] = self.rooted(ifc_class, "", **attributes)
            elif len(getattr(self._relations[key], related)) != len(members):
                setattr(self._relations[key], related, members)

    def to_bytes(self) -> bytes:
        """Return the file as bytes."""
        self.flush()
        return str(self.file.to_string()).encode("ascii")

    def _write_header(self) -> None:
        header = self.file.header
        view = "CoordinationView_V2.0" if self.schema == "IFC2X3" else "ReferenceView"
        header.file_description.description = (f"ViewDefinition [{view}]",)
        header.file_name.name = f"{self.name}.ifc"
        header.file_name.time_stamp = FIXED_TIME
        header.file_name.author = ("",)
        header.file_name.organization = ("",)
        header.file_name.preprocessor_version = SYSTEM
        header.file_name.originating_system = SYSTEM
        header.file_name.authorization = "none"

    def _owner_history(self) -> Entity:
        person = self.create("IfcPerson", FamilyName=SYSTEM)
        organization = self.create("IfcOrganization", Name=SYSTEM)
        user = self.create("IfcPersonAndOrganization", ThePerson=person, TheOrganization=organization)
        application = self.create("IfcApplication", organization, "1", SYSTEM, "optopscan")
        attributes = {"OwningUser": user, "OwningApplication": application, "ChangeAction": "ADDED", "CreationDate": 0}
        return self.create("IfcOwnerHistory", **attributes)

    def _units(self, length_unit: str) -> Entity:
        si = [("AREAUNIT", None, "SQUARE_METRE"), ("VOLUMEUNIT", None, "CUBIC_METRE"), ("PLANEANGLEUNIT", None, "RADIAN")]
        units = [self.create("IfcSIUnit", UnitType=t, Prefix=p, Name=n) for t, p, n in si]
        return self.create("IfcUnitAssignment", Units=[self.length_unit(length_unit), *units])

    def length_unit(self, length_unit: str) -> Entity:
        """Return a length unit by its name in `optopscan.settings.LENGTH_UNITS_M`."""
        prefixes = {"m": None, "cm": "CENTI", "mm": "MILLI"}
        if length_unit in prefixes:
            return self.create("IfcSIUnit", UnitType="LENGTHUNIT", Prefix=prefixes[length_unit], Name="METRE")
        metre = self.create("IfcSIUnit", UnitType="LENGTHUNIT", Name="METRE")
        factor = self.create("IfcMeasureWithUnit", self.create("IfcRatioMeasure", self.unit_m), metre)
        dimensions = self.create("IfcDimensionalExponents", 1, 0, 0, 0, 0, 0, 0)
        return self.create(
            "IfcConversionBasedUnit", Dimensions=dimensions, UnitType="LENGTHUNIT", Name=length_unit.upper(), ConversionFactor=factor
        )

    def _contexts(self) -> dict[str, Entity]:
        model = self.create(
            "IfcGeometricRepresentationContext",
            ContextType="Model",
            CoordinateSpaceDimension=3,
            Precision=self.length(PRECISION_M),
            WorldCoordinateSystem=self.axes((0.0, 0.0, 0.0)),
        )
        views = {"Body": "MODEL_VIEW", "Axis": "GRAPH_VIEW"}
        sub = {
            name: self.create(
                "IfcGeometricRepresentationSubContext", ContextIdentifier=name, ContextType="Model", ParentContext=model, TargetView=view
            )
            for name, view in views.items()
        }
        return {"Model": model, **sub}


def closed(points: Sequence[Point2]) -> list[Point2]:
    """Return the ring with its first point repeated at the end.

    Raises
    ------
    ValueError
        If fewer than three different points are given.
    """
    ring = [(float(x), float(y)) for x, y in points]
    if len(ring) > 1 and ring[0] == ring[-1]:
        ring.pop()
    if len(set(ring)) < 3:
        raise ValueError(f"a polygon needs three different points, got {ring}")
    return [*ring, ring[0]]
