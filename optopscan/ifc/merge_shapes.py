"""How the pieces of a new top become entities: placements, shared shapes, materials with density, property sets."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from optopscan.ifc.author_core import Entity, Frame
from optopscan.ifc.author_elements import ElementWriter, PropertyValue
from optopscan.ifc.author_shapes import Prism, Rectangle, extrusion, rectangle
from optopscan.ifc.merge_host import Host, matrix_of
from optopscan.model.arrays import FloatArray
from optopscan.model.new_top import ModuleType, NewTop, Piece, PieceKind, Place, PlacedModule

LOADS_SET = "Optopscan_Loads"
STATUSES = ("NEW", "EXISTING", "DEMOLISH", "TEMPORARY", "OTHER", "NOTKNOWN", "UNSET")
_CLASS: Mapping[PieceKind, str] = {
    "wall": "IfcWall",
    "sill": "IfcWall",
    "floor": "IfcSlab",
    "roof": "IfcSlab",
    "column": "IfcColumn",
    "beam": "IfcBeam",
    "facade": "IfcCurtainWall",
    "walkway": "IfcSlab",
}
_TYPE: Mapping[PieceKind, str] = {"floor": "FLOOR", "walkway": "FLOOR", "roof": "ROOF", "beam": "BEAM", "column": "COLUMN"}
_COMMON: Mapping[PieceKind, tuple[str, Mapping[str, PropertyValue]]] = {
    "wall": ("Pset_WallCommon", {"LoadBearing": True, "IsExternal": False}),
    "sill": ("Pset_WallCommon", {"LoadBearing": True, "IsExternal": False}),
    "floor": ("Pset_SlabCommon", {"LoadBearing": True, "IsExternal": False}),
    "roof": ("Pset_SlabCommon", {"LoadBearing": True, "IsExternal": True}),
    "column": ("Pset_ColumnCommon", {"LoadBearing": True, "IsExternal": False}),
    "beam": ("Pset_BeamCommon", {"LoadBearing": True, "IsExternal": False}),
    "walkway": ("Pset_SlabCommon", {"LoadBearing": True, "IsExternal": True}),
    "facade": ("Pset_CurtainWallCommon", {"IsExternal": True}),
}
_DECIMALS = 9


class ModuleWriter:
    """Writes pieces into a host; ``places`` holds where each storey stands in the local frame."""

    def __init__(self, host: Host) -> None:
        self.host, self.core = host, host.core
        self._elements = ElementWriter(host.core)
        self.places: dict[int, Place] = {}

    # -- placements -----------------------------------------------------------

    def in_building(self, place: Place) -> FloatArray:
        """Return the matrix of a place in the local frame, seen from the building."""
        return np.asarray(self.host.to_building @ matrix_of(place))

    def in_storey(self, storey: Entity, place: Place) -> FloatArray:
        """Return the matrix of a place in the local frame, seen from a storey."""
        return np.asarray(np.linalg.inv(matrix_of(self.places[storey.id()])) @ matrix_of(place))

    def placed(self, parent: Entity | None, matrix: FloatArray) -> Entity:
        """Return a placement by its matrix [m] relative to another."""
        rounded = np.round(matrix, _DECIMALS) + 0.0
        origin, z_axis, x_axis = (tuple(rounded[:3, k].tolist()) for k in (3, 2, 0))
        axes = self.core.axes(origin, z_axis, x_axis)
        return self.core.create("IfcLocalPlacement", PlacementRelTo=parent, RelativePlacement=axes)

    # -- shapes ---------------------------------------------------------------

    def shape(self, items: Sequence[Entity], kind: str = "SweptSolid") -> Entity:
        """Return the representation of a product from solids in its own axes."""
        body = self.core.create("IfcShapeRepresentation", self.core.contexts["Body"], "Body", kind, list(items))
        return self.core.create("IfcProductDefinitionShape", Representations=[body])

    def _block(self, size_m: tuple[float, float, float]) -> Entity:
        dx, dy, dz = size_m
        profile = Rectangle(width_m=dx, depth_m=dy).build(self.core)
        return extrusion(self.core, profile, dz, origin_m=(0.5 * dx, 0.5 * dy, 0.0))

    def _shared_block(self, size_m: tuple[float, float, float]) -> tuple[Entity, Entity]:
        """Return the map of a block, made once per size, and the item that shows it."""
        size = tuple(round(value, 6) for value in size_m)
        key = ("block", *size)
        if key not in self.core.kept:
            origin = self.core.axes((0.0, 0.0, 0.0))
            solid = self._block(size_m)
            body = self.core.create("IfcShapeRepresentation", self.core.contexts["Body"], "Body", "SweptSolid", [solid])
            self.core.kept[key] = self.core.create("IfcRepresentationMap", origin, body)
        source = self.core.kept[key]
        target = self.core.shared("IfcCartesianTransformationOperator3D", None, None, self.core.point(0.0, 0.0, 0.0), 1.0, None)
        return source, self.core.shared("IfcMappedItem", source, target)

    def inside(self, storey: Entity, module: PlacedModule, kind: ModuleType) -> Entity:
        """Return the room in a module, between its walls and from floor to the next floor, in the axes of its storey."""
        low = max(p.place.z_m + p.size_m[2] for p in kind.pieces if p.kind == "floor")
        x0, y0, x1, y1 = 0.0, 0.0, kind.width_m, kind.length_m
        for piece in kind.pieces:
            if piece.kind in ("wall", "facade"):
                across_x = piece.size_m[0] < piece.size_m[1]
                at, thick = (piece.place.x_m, piece.size_m[0]) if across_x else (piece.place.y_m, piece.size_m[1])
                if across_x:
                    x0, x1 = (max(x0, thick), x1) if at < 0.5 * kind.width_m else (x0, min(x1, at))
                else:
                    y0, y1 = (max(y0, thick), y1) if at < 0.5 * kind.length_m else (y0, min(y1, at))
        turn = math.radians(module.place.rotation_deg)
        cos, sin = math.cos(turn), math.sin(turn)
        ring = [(module.place.x_m + x * cos - y * sin, module.place.y_m + x * sin + y * cos) for x, y in rectangle(x0, y0, x1, y1)]
        base = module.place.z_m - self.places[storey.id()].z_m
        return Prism(polygon=ring, z0_m=base + low, z1_m=base + kind.height_m).build(self.core, Frame((0.0, 0.0, 0.0)))

    # -- pieces ---------------------------------------------------------------

    def pieces_of(self, assembly: Entity, kind: ModuleType, top: NewTop) -> None:
        """Add the pieces of a module below it, each of a type with shared geometry."""
        if self.core.schema != "IFC2X3":
            self.core.relate("IfcRelDefinesByType", self._module_type(kind, top, str(assembly.ObjectType)), assembly)
        for piece in kind.pieces:
            source, item = self._shared_block(piece.size_m)
            attributes = {
                "ObjectPlacement": self.placed(assembly.ObjectPlacement, matrix_of(piece.place)),
                "Representation": self.shape([item], "MappedRepresentation"),
            }
            element = self.core.rooted(_CLASS[piece.kind], piece.name, key=f"{assembly.GlobalId}/{piece.name}", **attributes)
            self.core.relate("IfcRelAggregates", assembly, element)
            self.core.relate("IfcRelDefinesByType", self._piece_type(piece, source, top), element)

    def piece_in_storey(self, piece: Piece, storey: Entity) -> None:
        """Add a piece of its own, contained in a storey."""
        _, item = self._shared_block(piece.size_m)
        attributes: dict[str, Any] = {
            "ObjectPlacement": self.placed(storey.ObjectPlacement, self.in_storey(storey, piece.place)),
            "Representation": self.shape([item], "MappedRepresentation"),
        }
        element = self.core.rooted(_CLASS[piece.kind], piece.name, key=f"{storey.GlobalId}/{piece.name}", **attributes)
        self.core.relate("IfcRelContainedInSpatialStructure", storey, element)
        self.core.relate("IfcRelAssociatesMaterial", self.material(piece), element)
        self.core.relate("IfcRelDefinesByProperties", self._common(piece.kind, ""), element)

    def _common(self, kind: PieceKind, owner: str) -> Entity:
        """Return the common property set of a kind of piece; where the schema knows a status it is new."""
        name, values = _COMMON[kind]
        key = ("common", name, owner, *values.items())
        if key not in self.core.kept:
            made = self._elements.property_set(name, values, owner=owner or f"new/{kind}")
            if self.core.schema != "IFC2X3":
                made.HasProperties = (*made.HasProperties, self._status())
            self.core.kept[key] = made
        return self.core.kept[key]

    def _status(self) -> Entity:
        """Return the status of what is new, as the standard enumerates it."""
        key = ("status",)
        if key not in self.core.kept:
            names = [self.core.create("IfcLabel", one) for one in STATUSES]
            allowed = self.core.create("IfcPropertyEnumeration", "PEnum_ElementStatus", names, None)
            new = self.core.create("IfcLabel", "NEW")
            self.core.kept[key] = self.core.create("IfcPropertyEnumeratedValue", "Status", None, [new], allowed)
        return self.core.kept[key]

    def _module_type(self, kind: ModuleType, top: NewTop, element_type: str) -> Entity:
        key = ("module type", kind.key)
        if key not in self.core.kept:
            attributes = {"PredefinedType": "USERDEFINED", "ElementType": element_type, "Tag": top.concept}
            made = self.core.rooted("IfcElementAssemblyType", kind.key, **attributes)
            self.core.kept[key] = made
        return self.core.kept[key]

    def _piece_type(self, piece: Piece, source: Entity, top: NewTop) -> Entity:
        """Return the type of a piece: its shape, material and what is said of bearing and of loads."""
        core = self.core
        size, density = tuple(round(value, 6) for value in piece.size_m), round(piece.density_kg_m3, 6)
        key = ("piece type", piece.kind, piece.name, *size, None if math.isnan(density) else density)
        if key not in core.kept:
            owner = "/".join(map(str, key))
            sets = [self._common(piece.kind, owner)]
            loads = {"floor": top.floor_loads, "walkway": top.walkway_loads, "roof": top.roof_loads}.get(piece.kind, ())
            if loads:
                sets.append(self._elements.property_set(LOADS_SET, dict(loads), owner=owner))
            attributes: dict[str, Any] = {
                "PredefinedType": _TYPE.get(piece.kind, "NOTDEFINED"),
                "RepresentationMaps": [source],
                "HasPropertySets": sets,
            }
            made = core.rooted(f"{_CLASS[piece.kind]}Type", f"{top.concept} {piece.name}", **attributes)
            if not math.isnan(piece.density_kg_m3):
                core.relate("IfcRelAssociatesMaterial", self.material(piece), made)
            core.kept[key] = made
        return core.kept[key]

    # -- facts ----------------------------------------------------------------

    def describe(self, entity: Entity, name: str, values: Mapping[str, PropertyValue]) -> None:
        """Give an object a property set; equal sets are shared."""
        self._elements.describe(entity, name, values)

    def classify(self, entity: Entity, code: str) -> None:
        """Give an object an NL-SfB code."""
        self._elements.classify(entity, code)

    def material(self, piece: Piece) -> Entity:
        """Return the material of a piece with its density; one per name and density."""
        core, density = self.core, round(piece.density_kg_m3, 6)
        name = f"{piece.material} ({density:.1f} kg/m3)"
        key = ("material", piece.material, density)
        if key not in core.kept:
            made = core.create("IfcMaterial", Name=name)
            value = density / self.host.density_unit
            if core.schema == "IFC2X3":
                core.create("IfcGeneralMaterialProperties", Material=made, MassDensity=value)
            else:
                prop = core.create("IfcPropertySingleValue", "MassDensity", None, core.create("IfcMassDensityMeasure", value))
                core.create("IfcMaterialProperties", Name="Pset_MaterialCommon", Properties=[prop], Material=made)
            core.kept[key] = made
        return core.kept[key]
