"""Small IFC models for the reader tests, written entity by entity in any unit and position."""

import uuid

import ifcopenshell
import ifcopenshell.guid
import numpy as np

UNITS_M = {"m": 1.0, "mm": 0.001, "inch": 0.0254, "foot": 0.3048}


class Factory:
    """One file with a site, a building and storeys; all arguments in metres."""

    def __init__(self, schema="IFC4", unit="mm", degrees=0.0, shift=(0.0, 0.0), seed="model", georeferenced_z=0.0):
        self.f = ifcopenshell.file(schema=schema)
        self.schema, self.seed, self.count = schema, seed, 0
        self.scale = UNITS_M.get(unit, 1.0)
        a = np.radians(degrees)
        self.turn = np.array([[np.cos(a), -np.sin(a)], [np.sin(a), np.cos(a)]])
        self.shift = np.array(shift)
        e = self.f.create_entity
        axes = e("IfcAxis2Placement3D", Location=e("IfcCartesianPoint", (0.0, 0.0, 0.0)))
        self.context = e(
            "IfcGeometricRepresentationContext", ContextType="Model", CoordinateSpaceDimension=3, Precision=1e-5, WorldCoordinateSystem=axes
        )
        self.project = self.rooted("IfcProject", Name="project", RepresentationContexts=[self.context])
        if unit is not None:
            self.project.UnitsInContext = e("IfcUnitAssignment", [self._unit(unit)])
        self.site = self.rooted("IfcSite", Name="site")
        self.buildings = []
        self.add_building("block", z=georeferenced_z)
        self.rooted("IfcRelAggregates", RelatingObject=self.project, RelatedObjects=[self.site])
        self.storeys = {}

    def _unit(self, unit):
        e = self.f.create_entity
        if unit == "mm":
            return e("IfcSIUnit", UnitType="LENGTHUNIT", Prefix="MILLI", Name="METRE")
        metre = e("IfcSIUnit", UnitType="LENGTHUNIT", Name="METRE")
        if unit == "m":
            return metre
        factor = e("IfcMeasureWithUnit", e("IfcLengthMeasure", self.scale), metre)
        return e("IfcConversionBasedUnit", e("IfcDimensionalExponents", 1, 0, 0, 0, 0, 0, 0), "LENGTHUNIT", unit.upper(), factor)

    def rooted(self, name, guid="", **attributes):
        self.count += 1
        if guid == "":
            guid = ifcopenshell.guid.compress(uuid.uuid5(uuid.NAMESPACE_OID, f"{self.seed}{self.count}").hex)
        return self.f.create_entity(name, GlobalId=guid, **attributes)

    def add_building(self, name, z=0.0, guid=""):
        building = self.rooted("IfcBuilding", guid, Name=name, ObjectPlacement=self.placement(0, 0, z, plain=True))
        self.rooted("IfcRelAggregates", RelatingObject=self.site, RelatedObjects=[building])
        self.buildings.append(building)
        return building

    def storey(self, name, elevation, guid="", building=None):
        stated = None if elevation is None else elevation / self.scale
        one = self.rooted("IfcBuildingStorey", guid, Name=name, Elevation=stated)
        self.rooted("IfcRelAggregates", RelatingObject=building or self.buildings[0], RelatedObjects=[one])
        self.storeys[name] = one
        return one

    def point(self, *xyz):
        return self.f.create_entity("IfcCartesianPoint", tuple(float(v) / self.scale for v in xyz))

    def direction(self, *ratios):
        return self.f.create_entity("IfcDirection", tuple(float(v) for v in ratios))

    def placement(self, x, y, z, plain=False):
        e = self.f.create_entity
        xy = np.array([x, y]) if plain else self.turn @ np.array([x, y]) + self.shift
        ref = (1.0, 0.0) if plain else self.turn[:, 0]
        axes = e("IfcAxis2Placement3D", self.point(*xy, z), self.direction(0, 0, 1), self.direction(*ref, 0))
        return e("IfcLocalPlacement", RelativePlacement=axes)

    def extrusion(self, dx, dy, dz, profile_name=None):
        e = self.f.create_entity
        middle = e("IfcAxis2Placement2D", self.point(dx / 2, dy / 2))
        area = e("IfcRectangleProfileDef", "AREA", profile_name, middle, dx / self.scale, dy / self.scale)
        place = e("IfcAxis2Placement3D", self.point(0, 0, 0))
        return e("IfcExtrudedAreaSolid", area, place, self.direction(0, 0, 1), dz / self.scale)

    def shape(self, item, identifier="Body", kind="SweptSolid"):
        return self.f.create_entity("IfcShapeRepresentation", self.context, identifier, kind, [item])

    def box(self, name, x, y, z, dx, dy, dz, *, storey=None, guid="", profile_name=None, parent=None, **attributes):
        """Add a product with a box body, low corner at x, y, z."""
        shape = self.f.create_entity("IfcProductDefinitionShape", Representations=[self.shape(self.extrusion(dx, dy, dz, profile_name))])
        return self.bare(name, storey=storey, guid=guid, parent=parent, place=(x, y, z), Representation=shape, **attributes)

    def bare(self, name, *, storey=None, guid="", parent=None, place=(0, 0, 0), **attributes):
        """Add a product without a body."""
        product = self.rooted(name, guid, ObjectPlacement=self.placement(*place), **attributes)
        if storey is not None:
            self.contain(product, self.storeys[storey])
        if parent is not None:
            self.rooted("IfcRelAggregates", RelatingObject=parent, RelatedObjects=[product])
        return product

    def contain(self, product, spatial):
        self.rooted("IfcRelContainedInSpatialStructure", RelatedElements=[product], RelatingStructure=spatial)

    def opening(self, wall, x, y, z, dx, dy, dz):
        hole = self.box("IfcOpeningElement", x, y, z, dx, dy, dz)
        self.rooted("IfcRelVoidsElement", RelatingBuildingElement=wall, RelatedOpeningElement=hole)

    def layers(self, products, *layers):
        e = self.f.create_entity
        made = [e("IfcMaterialLayer", Material=e("IfcMaterial", name), LayerThickness=t / self.scale) for name, t in layers]
        usage = e("IfcMaterialLayerSetUsage", e("IfcMaterialLayerSet", made), "AXIS2", "POSITIVE", 0.0)
        self.rooted("IfcRelAssociatesMaterial", RelatedObjects=products, RelatingMaterial=usage)

    def material(self, products, material):
        self.rooted("IfcRelAssociatesMaterial", RelatedObjects=products, RelatingMaterial=material)

    def pset(self, products, name, **values):
        e = self.f.create_entity
        kinds = {bool: "IfcBoolean", float: "IfcReal", str: "IfcLabel", int: "IfcInteger"}
        made = [e("IfcPropertySingleValue", Name=key, NominalValue=e(kinds[type(v)], v)) for key, v in values.items()]
        one = self.rooted("IfcPropertySet", Name=name, HasProperties=made)
        self.rooted("IfcRelDefinesByProperties", RelatedObjects=products, RelatingPropertyDefinition=one)

    def write(self, path):
        self.f.write(str(path))
        return path


def house(path, **options):
    """Write a two-storey box of 8 x 5 m: per storey two 0.2 m side walls, two end walls, one floor slab; a window and a door."""
    model = Factory(**options)
    for number, z in enumerate((0.0, 3.0)):
        name = f"storey {number}"
        model.storey(name, z)
        south = model.box("IfcWall", 0, 0, z, 8, 0.2, 2.8, storey=name, Name=f"south {number}")
        north = model.box("IfcWall", 0, 4.8, z, 8, 0.2, 2.8, storey=name, Name=f"north {number}")
        ends = [model.box("IfcWall", x, 0.2, z, 0.1, 4.6, 2.8, storey=name, Name=f"end {x}") for x in (0, 7.9)]
        model.opening(south, 2, -0.1, z, 1.0, 0.4, 2.1)
        model.opening(north, 3, 4.7, z + 0.9, 1.5, 0.4, 1.2)
        model.box("IfcSlab", 0, 0, z + 2.8, 8, 5, 0.2, storey=name, Name=f"floor {number}", PredefinedType="FLOOR")
        model.layers([south, north], ("Kalkzandsteen CS12", 0.2))
        model.pset([south, north, *ends], "Pset_WallCommon", LoadBearing=True, IsExternal=True)
    return model.write(path)
