"""Write buildings as IFC: examples, families, test models and results use this one module.

All arguments are metres in model coordinates (z included), whatever the length
unit of the file. Everything is an extrusion, placed relative to its storey.

Examples
--------
>>> author = Author("shed", schema="IFC4", length_unit="mm")
>>> ground = author.storey("00 begane grond", 0.0)
>>> wall = author.wall(ground, "W1", (0, 0), (4, 0), z0_m=0, height_m=2.6, thickness_m=0.21, material="kalkzandsteen")
>>> author.model.by_type("IfcWall")[0].Name
'W1'
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Unpack

from optopscan.ifc.author_core import Core, Entity, Frame, Point2, Point3
from optopscan.ifc.author_elements import OPENING_MARGIN_M, ElementWriter, Facts, Opening, PropertyValue, Storey
from optopscan.ifc.author_shapes import (
    Hollow,
    Incline,
    ISection,
    Prism,
    Rectangle,
    Round,
    Section,
    Solid,
    box,
    extrusion,
    polyline,
    rectangle,
)

__all__ = [
    "Author",
    "Facts",
    "Hollow",
    "ISection",
    "Incline",
    "Opening",
    "Prism",
    "Rectangle",
    "Round",
    "Section",
    "Solid",
    "Storey",
    "box",
    "rectangle",
]


class Author:
    """One building in one new file.

    Parameters
    ----------
    name
        Name of project and building; identifiers depend on it.
    schema
        "IFC2X3", "IFC4" or "IFC4X3".
    length_unit
        Unit of the file: "mm", "cm", "m", "inch" or "foot".
    build_year
        Written as ``Pset_BuildingCommon.YearOfConstruction`` when given.
    rotation_deg, offset_m
        The site is turned about z and then moved; the arguments of all other calls stay as they are.

    Raises
    ------
    ValueError
        If the schema or the unit is not known.
    """

    def __init__(
        self,
        name: str,
        *,
        schema: str = "IFC4",
        length_unit: str = "mm",
        build_year: int | None = None,
        rotation_deg: float = 0.0,
        offset_m: Point3 = (0.0, 0.0, 0.0),
    ) -> None:
        self._core = core = Core(name, schema=schema, length_unit=length_unit)
        self._writer = ElementWriter(core)
        attributes = {"RepresentationContexts": [core.contexts["Model"]], "UnitsInContext": core.units}
        self.project = core.rooted("IfcProject", name, **attributes)
        site_placement = core.placement(None, offset_m, rotation_deg)
        self.site = core.rooted("IfcSite", "terrein", ObjectPlacement=site_placement, CompositionType="ELEMENT")
        building_placement = core.placement(site_placement, (0.0, 0.0, 0.0))
        self.building = core.rooted("IfcBuilding", name, ObjectPlacement=building_placement, CompositionType="ELEMENT")
        core.relate("IfcRelAggregates", self.project, self.site)
        core.relate("IfcRelAggregates", self.site, self.building)
        if build_year is not None:
            self._writer.describe(self.building, "Pset_BuildingCommon", {"YearOfConstruction": str(build_year)})

    @property
    def model(self) -> Entity:
        """The ``ifcopenshell.file`` with everything written so far."""
        self._core.flush()
        return self._core.file

    def to_bytes(self) -> bytes:
        """Return the file; the same calls give the same bytes."""
        return self._core.to_bytes()

    def write(self, path: str | Path) -> None:
        """Write the file to ``path``."""
        Path(path).write_bytes(self.to_bytes())

    # Spatial structure

    def storey(self, name: str, elevation_m: float) -> Storey:
        """Add a storey; ``elevation_m`` is the top of its floor."""
        core = self._core
        placement = core.placement(self.building.ObjectPlacement, (0.0, 0.0, elevation_m))
        attributes = {"ObjectPlacement": placement, "CompositionType": "ELEMENT", "Elevation": core.length(elevation_m)}
        entity = core.rooted("IfcBuildingStorey", name, **attributes)
        core.relate("IfcRelAggregates", self.building, entity)
        return Storey(entity, elevation_m)

    def space(self, storey: Storey, name: str, polygon: Sequence[Point2], *, z0_m: float, height_m: float) -> Entity:
        """Add a space inside a storey."""
        core = self._core
        frame = Frame((*map(float, polygon[0]), z0_m))  # type: ignore[arg-type]
        kind = {"InteriorOrExteriorSpace": "INTERNAL"} if core.schema == "IFC2X3" else {"PredefinedType": "INTERNAL"}
        solid = Prism(polygon=polygon, z0_m=z0_m, z1_m=z0_m + height_m)
        attributes = {"CompositionType": "ELEMENT", **kind, **self._writer.body(storey, frame, [solid.build(core, frame)])}
        space = core.rooted("IfcSpace", name, key=self._writer.key(storey, name), **attributes)
        core.relate("IfcRelAggregates", storey.entity, space)
        return space

    # Walls and floors

    def wall(
        self,
        storey: Storey,
        name: str,
        start: Point2,
        end: Point2,
        *,
        z0_m: float,
        height_m: float,
        thickness_m: float | None = None,
        material: str | None = None,
        layers: Sequence[tuple[str, float]] | None = None,
        openings: Sequence[Opening | tuple[float, float, float, float]] = (),
        **facts: Unpack[Facts],
    ) -> Entity:
        """Add a straight wall centred on its axis, of one material or of layers.

        Parameters
        ----------
        storey, name
            Where it belongs and what it is called.
        start, end
            Ends of the centre line [m].
        z0_m, height_m
            Foot and height [m].
        thickness_m, material
            One layer; leave both out when ``layers`` is given.
        layers
            (material, thickness [m]), from the right of the axis to the left, seen from start to end.
        openings
            Holes (s, z, width, height) [m], see `Opening`.
        **facts
            See `Facts`.

        Raises
        ------
        ValueError
            If thickness and layers are both or neither given, or an opening does not lie in the wall.
        """
        if (thickness_m is None) == (layers is None):
            raise ValueError(f"wall {name}: give either thickness_m or layers")
        stack = list(layers) if layers is not None else [(material or "", thickness_m or 0.0)]
        total = sum(t for _, t in stack)
        core, frame, length = self._core, _along(start, end, z0_m), math.dist(start, end)
        profile = Rectangle(width_m=length, depth_m=total).build(core)
        body = extrusion(core, profile, height_m, origin_m=(length / 2, 0.0, 0.0))
        axis = polyline(core, [(0.0, 0.0), (length, 0.0)])
        has_material = layers is not None or material is not None
        # The standard case demands exactly one layer set, so a wall without material is a plain one.
        ifc_class = "IfcWallStandardCase" if core.schema == "IFC2X3" and has_material else "IfcWall"
        wall = self._writer.element(storey, ifc_class, name, frame, [body], facts, axis=axis)
        if has_material:
            self._writer.layered(wall, stack, "AXIS2", -total / 2)
        else:
            self._writer.typed(wall, None)
        for hole in (Opening(*o) for o in openings):
            self._writer.wall_opening(wall, name, hole, length, height_m, total)
        return wall

    def slab(
        self,
        storey: Storey,
        name: str,
        polygon: Sequence[Point2],
        *,
        z_top_m: float,
        thickness_m: float,
        material: str | None = None,
        voids: Sequence[Sequence[Point2]] = (),
        voids_as_openings: bool = False,
        **facts: Unpack[Facts],
    ) -> Entity:
        """Add a flat slab from its top; a floor unless ``predefined_type`` says otherwise.

        ``voids`` are holes in plan [m], in the profile or as opening elements.
        """
        z0_m = z_top_m - thickness_m
        frame = Frame((float(polygon[0][0]), float(polygon[0][1]), z0_m))
        solid = Prism(polygon=polygon, z0_m=z0_m, z1_m=z_top_m, voids=() if voids_as_openings else voids)
        facts = {"predefined_type": "FLOOR", **facts}
        slab = self._writer.element(storey, "IfcSlab", name, frame, [solid.build(self._core, frame)], facts)
        if material is not None:
            self._writer.layered(slab, [(material, thickness_m)], "AXIS3", 0.0)
        else:
            self._writer.typed(slab, None)
        for ring in voids if voids_as_openings else ():
            hole = Prism(polygon=ring, z0_m=z0_m - OPENING_MARGIN_M, z1_m=z_top_m + OPENING_MARGIN_M)
            self._writer.void(slab, name, Frame((0.0, 0.0, 0.0)), hole.build(self._core, frame))
        return slab

    def roof_slab(self, storey: Storey, name: str, polygon: Sequence[Point2], *, z_top_m: float, thickness_m: float, **more: Any) -> Entity:
        """Add a slab with predefined type ROOF; further arguments as for `slab`."""
        return self.slab(storey, name, polygon, z_top_m=z_top_m, thickness_m=thickness_m, **{"predefined_type": "ROOF", **more})

    # Columns and beams

    def column(
        self,
        storey: Storey,
        name: str,
        centre: Point2,
        *,
        z0_m: float,
        z1_m: float,
        section: Section,
        material: str | None = None,
        angle_deg: float = 0.0,
        **facts: Unpack[Facts],
    ) -> Entity:
        """Add an upright column; the width of its section lies along the x axis turned by ``angle_deg``."""
        frame = Frame((float(centre[0]), float(centre[1]), z0_m), angle_deg)
        profile = section.build(self._core)
        column = self._writer.element(storey, "IfcColumn", name, frame, [extrusion(self._core, profile, z1_m - z0_m)], facts)
        self._writer.profiled(column, profile, material)
        return column

    def beam(
        self,
        storey: Storey,
        name: str,
        start: Point2,
        end: Point2,
        *,
        z_top_m: float,
        section: Section,
        material: str | None = None,
        **facts: Unpack[Facts],
    ) -> Entity:
        """Add a level beam between two points in plan, from its top."""
        core, frame = self._core, _along(start, end, z_top_m - section.depth_m / 2)
        profile = section.build(core)
        body = extrusion(core, profile, math.dist(start, end), z_axis=(1.0, 0.0, 0.0), x_axis=(0.0, 1.0, 0.0))
        beam = self._writer.element(storey, "IfcBeam", name, frame, [body], facts)
        self._writer.profiled(beam, profile, material)
        return beam

    # Foundation

    def strip_footing(
        self,
        storey: Storey,
        name: str,
        start: Point2,
        end: Point2,
        *,
        z_top_m: float,
        width_m: float,
        height_m: float,
        material: str | None = None,
        **facts: Unpack[Facts],
    ) -> Entity:
        """Add a strip or (``predefined_type="FOOTING_BEAM"``) a ground beam, centred on its axis."""
        core, frame, length = self._core, _along(start, end, z_top_m - height_m), math.dist(start, end)
        profile = Rectangle(width_m=length, depth_m=width_m).build(core)
        body = extrusion(core, profile, height_m, origin_m=(length / 2, 0.0, 0.0))
        return self._writer.plain(storey, "IfcFooting", name, frame, [body], material, {"predefined_type": "STRIP_FOOTING", **facts})

    def pad_footing(
        self,
        storey: Storey,
        name: str,
        centre: Point2,
        *,
        z_top_m: float,
        size_m: tuple[float, float],
        height_m: float,
        material: str | None = None,
        **facts: Unpack[Facts],
    ) -> Entity:
        """Add a pad or (``predefined_type="PILE_CAP"``) a pile cap."""
        frame = Frame((float(centre[0]), float(centre[1]), z_top_m - height_m))
        profile = Rectangle(width_m=size_m[0], depth_m=size_m[1]).build(self._core)
        body = extrusion(self._core, profile, height_m)
        return self._writer.plain(storey, "IfcFooting", name, frame, [body], material, {"predefined_type": "PAD_FOOTING", **facts})

    def pile(
        self,
        storey: Storey,
        name: str,
        centre: Point2,
        *,
        z_top_m: float,
        z_tip_m: float,
        section: Section,
        material: str | None = None,
        construction: str | None = None,
        **facts: Unpack[Facts],
    ) -> Entity:
        """Add an upright pile; ``construction`` is an IfcPileConstructionEnum value."""
        frame = Frame((float(centre[0]), float(centre[1]), z_tip_m))
        body = extrusion(self._core, section.build(self._core), z_top_m - z_tip_m)
        pile = self._writer.plain(storey, "IfcPile", name, frame, [body], material, {"predefined_type": "SUPPORT", **facts})
        pile.ConstructionType = construction
        return pile

    # The rest

    def stair_flight(
        self, storey: Storey, name: str, solids: Sequence[Solid], *, material: str | None = None, **facts: Unpack[Facts]
    ) -> Entity:
        """Add a stair flight; several solids make a flight with its half landing."""
        return self.solids(storey, "IfcStairFlight", name, solids, material=material, **facts)

    def proxy(self, storey: Storey, name: str, solids: Sequence[Solid], *, material: str | None = None, **facts: Unpack[Facts]) -> Entity:
        """Add a proxy, for instance a chimney."""
        return self.solids(storey, "IfcBuildingElementProxy", name, solids, material=material, **facts)

    def covering(
        self, storey: Storey, name: str, solids: Sequence[Solid], *, material: str | None = None, **facts: Unpack[Facts]
    ) -> Entity:
        """Add a covering, roofing unless ``predefined_type`` says otherwise."""
        facts = {"predefined_type": "ROOFING", **facts}
        return self.solids(storey, "IfcCovering", name, solids, material=material, **facts)

    def solids(
        self,
        storey: Storey,
        ifc_class: str,
        name: str,
        solids: Sequence[Solid],
        *,
        material: str | None = None,
        **facts: Unpack[Facts],
    ) -> Entity:
        """Add an element of any class made of prisms and inclines."""
        first = solids[0]
        x, y = first.polygon[0] if isinstance(first, Prism) else first.start
        frame = Frame((float(x), float(y), first.z0_m))
        return self._writer.plain(storey, ifc_class, name, frame, [s.build(self._core, frame) for s in solids], material, facts)

    def describe(self, entity: Entity, pset: str, values: Mapping[str, PropertyValue]) -> None:
        """Give an object a property set; equal sets are shared."""
        self._writer.describe(entity, pset, values)

    def classify(self, entity: Entity, code: str) -> None:
        """Give an object an NL-SfB code."""
        self._writer.classify(entity, code)


def _along(start: Point2, end: Point2, z_m: float) -> Frame:
    """Return the frame at ``start`` with its x axis towards ``end``."""
    if math.dist(start, end) <= 0:
        raise ValueError(f"an axis from {start} to {end} has no length")
    return Frame((float(start[0]), float(start[1]), z_m), math.degrees(math.atan2(end[1] - start[1], end[0] - start[0])))
