"""How an authored element gets its placement, material, type, properties and holes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple, TypedDict

from optopscan.ifc.author_core import Core, Entity, Frame
from optopscan.ifc.author_shapes import Rectangle, extrusion

# How far an opening sticks out of its host, so that no faces coincide.
OPENING_MARGIN_M = 0.05
LABEL_LENGTH = 255  # of an IfcLabel; longer is text
_COMMON_PSETS = {
    "IfcWall": ("Pset_WallCommon", ("LoadBearing", "IsExternal")),
    "IfcWallStandardCase": ("Pset_WallCommon", ("LoadBearing", "IsExternal")),
    "IfcSlab": ("Pset_SlabCommon", ("LoadBearing", "IsExternal")),
    "IfcColumn": ("Pset_ColumnCommon", ("LoadBearing", "IsExternal")),
    "IfcBeam": ("Pset_BeamCommon", ("LoadBearing", "IsExternal")),
    "IfcMember": ("Pset_MemberCommon", ("LoadBearing", "IsExternal")),
}

PropertyValue = bool | int | float | str


class Facts(TypedDict, total=False):
    """What may be said of any element; nothing is written for what is left out.

    ``load_bearing`` and ``is_external`` go into the common property set of the
    class, ``nl_sfb`` is a classification code, ``properties`` are further
    property sets by name. ``predefined_type`` is written where the class has
    it in this schema. ``type_name`` gives an object type, and a type entity
    where the schema has one.
    """

    type_name: str
    predefined_type: str
    load_bearing: bool | None
    is_external: bool | None
    nl_sfb: str
    properties: Mapping[str, Mapping[str, PropertyValue]]


class Opening(NamedTuple):
    """A hole through a wall [m]: ``s_m`` along the axis to its near side, ``z_m`` from the foot of the wall."""

    s_m: float
    z_m: float
    width_m: float
    height_m: float


@dataclass(frozen=True)
class Storey:
    """A storey of this file and its elevation [m]."""

    entity: Entity
    elevation_m: float


class ElementWriter:
    """Writes elements of one file; `Author` adds the building vocabulary."""

    def __init__(self, core: Core) -> None:
        self.core = core

    def describe(self, entity: Entity, pset: str, values: Mapping[str, PropertyValue]) -> None:
        """Give an object a property set; equal sets are shared."""
        self.core.relate("IfcRelDefinesByProperties", self.property_set(pset, values), entity)

    def property_set(self, pset: str, values: Mapping[str, PropertyValue], owner: str = "") -> Entity:
        """Return a property set; equal sets are one, but for those of a type (``owner``), which IFC2X3 wants for itself."""
        core = self.core
        key = ("pset", owner, pset, tuple((k, type(v).__name__, v) for k, v in values.items()))
        if key not in core.kept:
            properties = [core.create("IfcPropertySingleValue", k, None, core.create(_measure(v), v)) for k, v in values.items()]
            core.kept[key] = core.rooted("IfcPropertySet", pset, HasProperties=properties)
        return core.kept[key]

    def classify(self, entity: Entity, code: str) -> None:
        """Give an object an NL-SfB code."""
        core = self.core
        system = core.shared("IfcClassification", "BNA", "2005", None, "NL-SfB")
        # Same place in every schema, other name: ItemReference, later Identification.
        reference = core.shared("IfcClassificationReference", None, code, code, system)
        core.relate("IfcRelAssociatesClassification", reference, entity)

    def key(self, storey: Storey, name: str) -> str:
        """Return what makes the identifier of a named object."""
        return f"{storey.entity.Name}/{name}"

    def body(self, storey: Storey, frame: Frame, items: Sequence[Entity], axis: Entity | None = None) -> dict[str, Entity]:
        """Return the placement relative to the storey, and the representation, of a product."""
        core, (x, y, z) = self.core, frame.origin_m
        placement = core.placement(storey.entity.ObjectPlacement, (x, y, z - storey.elevation_m), frame.angle_deg)
        shapes = [self._representation("Body", "SweptSolid", items)]
        if axis is not None:
            shapes.insert(0, self._representation("Axis", "Curve2D", [axis]))
        return {"ObjectPlacement": placement, "Representation": core.create("IfcProductDefinitionShape", Representations=shapes)}

    def _representation(self, identifier: str, kind: str, items: Sequence[Entity]) -> Entity:
        return self.core.create("IfcShapeRepresentation", self.core.contexts[identifier], identifier, kind, list(items))

    def element(
        self,
        storey: Storey,
        ifc_class: str,
        name: str,
        frame: Frame,
        items: Sequence[Entity],
        facts: Facts,
        axis: Entity | None = None,
    ) -> Entity:
        """Write a product with its facts, without material and type."""
        core = self.core
        attributes: dict[str, Any] = self.body(storey, frame, items, axis)
        if "PredefinedType" in core.attributes(ifc_class):
            attributes["PredefinedType"] = facts.get("predefined_type")
        if ifc_class == "IfcBuildingElementProxy" and core.schema == "IFC2X3":
            attributes["CompositionType"] = "ELEMENT"
        attributes["ObjectType"] = facts.get("type_name")
        element = core.rooted(ifc_class, name, key=self.key(storey, name), **attributes)
        core.relate("IfcRelContainedInSpatialStructure", storey.entity, element)
        self._common_pset(element, ifc_class, facts)
        for pset, values in facts.get("properties", {}).items():
            self.describe(element, pset, values)
        if "nl_sfb" in facts:
            self.classify(element, facts["nl_sfb"])
        return element

    def plain(
        self,
        storey: Storey,
        ifc_class: str,
        name: str,
        frame: Frame,
        items: Sequence[Entity],
        material: str | None,
        facts: Facts,
    ) -> Entity:
        """Write a product of one material."""
        element = self.element(storey, ifc_class, name, frame, items, facts)
        if material is not None:
            self.core.relate("IfcRelAssociatesMaterial", self.core.shared("IfcMaterial", material), element)
        self.typed(element, None)
        return element

    def _common_pset(self, element: Entity, ifc_class: str, facts: Facts) -> None:
        stated = {"LoadBearing": facts.get("load_bearing"), "IsExternal": facts.get("is_external")}
        pset, allowed = _COMMON_PSETS.get(ifc_class, ("", ()))
        values = {k: v for k, v in stated.items() if v is not None}
        unknown = sorted(set(values) - set(allowed))
        if unknown:
            raise ValueError(f"{element.Name}: {ifc_class} has no standard property {', '.join(unknown)}")
        if values:
            self.describe(element, pset, values)

    def layered(self, element: Entity, stack: Sequence[tuple[str, float]], direction: str, offset_m: float) -> None:
        """Give a wall (AXIS2) or slab (AXIS3) its layers [m] and its type."""
        core = self.core
        key = ("layers", *stack)
        if key not in core.kept:
            layers = [core.create("IfcMaterialLayer", core.shared("IfcMaterial", m) if m else None, core.length(t)) for m, t in stack]
            core.kept[key] = core.create("IfcMaterialLayerSet", layers, None)
        layer_set = core.kept[key]
        usage = core.shared("IfcMaterialLayerSetUsage", layer_set, direction, "POSITIVE", core.length(offset_m))
        core.relate("IfcRelAssociatesMaterial", usage, element)
        self.typed(element, layer_set)

    def profiled(self, element: Entity, profile: Entity, material: str | None) -> None:
        """Give a column or beam its section, material and type."""
        core = self.core
        if core.schema == "IFC2X3":
            if material is not None:
                core.relate("IfcRelAssociatesMaterial", core.shared("IfcMaterial", material), element)
            self.typed(element, None)
            return
        key = ("profiles", profile.id(), material)
        if key not in core.kept:
            substance = core.shared("IfcMaterial", material) if material is not None else None
            item = core.create("IfcMaterialProfile", Name=profile.ProfileName, Material=substance, Profile=profile)
            core.kept[key] = core.create("IfcMaterialProfileSet", Name=profile.ProfileName, MaterialProfiles=[item])
        usage = core.shared("IfcMaterialProfileSetUsage", core.kept[key])
        core.relate("IfcRelAssociatesMaterial", usage, element)
        self.typed(element, core.kept[key])

    def typed(self, element: Entity, material_set: Entity | None) -> None:
        """Attach the type entity; types of one name with other layers or profiles are other types."""
        core, name = self.core, element.ObjectType
        type_class = element.is_a().removesuffix("StandardCase") + "Type"
        if name is None or not core.attributes(type_class):
            return
        key = ("type", type_class, name, material_set.id() if material_set is not None else None)
        if key not in core.kept:
            core.kept[key] = core.rooted(type_class, name, PredefinedType="NOTDEFINED")
            if material_set is not None:
                core.relate("IfcRelAssociatesMaterial", material_set, core.kept[key])
        core.relate("IfcRelDefinesByType", core.kept[key], element)

    def wall_opening(self, wall: Entity, name: str, hole: Opening, length_m: float, height_m: float, thickness_m: float) -> None:
        """Cut a hole through a wall; ValueError when it does not lie in the wall."""
        inside = (
            hole.s_m >= 0 and hole.z_m >= 0 and hole.s_m + hole.width_m <= length_m + 1e-9 and hole.z_m + hole.height_m <= height_m + 1e-9
        )
        if not (inside and hole.width_m > 0 and hole.height_m > 0):
            raise ValueError(f"wall {name}: {hole} does not lie in {length_m:g} x {height_m:g} m")
        profile = Rectangle(width_m=hole.width_m, depth_m=thickness_m + 2 * OPENING_MARGIN_M).build(self.core)
        frame = Frame((hole.s_m, 0.0, hole.z_m))
        self.void(wall, name, frame, extrusion(self.core, profile, hole.height_m, origin_m=(hole.width_m / 2, 0.0, 0.0)))

    def void(self, host: Entity, name: str, frame_in_host: Frame, body: Entity) -> None:
        """Cut a body, given in the frame of the host, from the host."""
        core = self.core
        shape = core.create("IfcProductDefinitionShape", Representations=[self._representation("Body", "SweptSolid", [body])])
        placement = core.placement(host.ObjectPlacement, frame_in_host.origin_m)
        opening = core.rooted("IfcOpeningElement", f"{name} sparing", key=host.GlobalId, ObjectPlacement=placement, Representation=shape)
        core.rooted("IfcRelVoidsElement", "", key=host.GlobalId, RelatingBuildingElement=host, RelatedOpeningElement=opening)


def _measure(value: PropertyValue) -> str:
    if isinstance(value, bool):
        return "IfcBoolean"
    if isinstance(value, int):
        return "IfcInteger"
    if isinstance(value, float):
        return "IfcReal"
    return "IfcLabel" if len(value) <= LABEL_LENGTH else "IfcText"
