import numpy as np
import pytest
from ifc_factory import Factory

from optopscan.ifc.read import read
from optopscan.settings import Settings


@pytest.fixture
def model():
    return Factory()


def element(model, tmp_path, **settings):
    building, _ = read([model.write(tmp_path / "model.ifc")], Settings(**settings))
    return building.elements


def test_load_bearing_is_none_when_the_file_says_nothing(model, tmp_path):
    model.box("IfcWall", 0, 0, 0, 5, 0.2, 3)
    e = element(model, tmp_path)
    assert (e.load_bearing, e.is_external, e.properties[0]) == ((None,), (None,), {})
    assert (e.layers, e.material_source) == (((),), ("",))


def test_the_type_speaks_where_the_element_is_silent(model, tmp_path):
    walls = [model.box("IfcWall", 0, y, 0, 5, 0.2, 3) for y in (0, 2)]
    kind = model.rooted("IfcWallType", Name="KZS 214", PredefinedType="SOLIDWALL")
    model.rooted("IfcRelDefinesByType", RelatedObjects=walls, RelatingType=kind)
    e4 = model.f.create_entity
    prop = e4("IfcPropertySingleValue", Name="LoadBearing", NominalValue=e4("IfcBoolean", True))
    kind.HasPropertySets = [model.rooted("IfcPropertySet", Name="Pset_WallCommon", HasProperties=[prop])]
    model.pset([walls[1]], "Pset_WallCommon", LoadBearing=False)
    e = element(model, tmp_path)
    said = {round(e.axis_m[i][1], 1): e.load_bearing[i] for i in range(2)}
    assert said == {0.1: True, 2.1: False}
    assert e.type_name == ("KZS 214", "KZS 214")
    assert e.predefined_type == ("SOLIDWALL", "SOLIDWALL")


@pytest.mark.parametrize("key", ["Pset_WallCommon.LoadBearing", "LoadBearing"])
def test_ignored_properties_are_not_read(key, model, tmp_path):
    wall = model.box("IfcWall", 0, 0, 0, 5, 0.2, 3)
    model.pset([wall], "Pset_WallCommon", LoadBearing=False, IsExternal=True)
    e = element(model, tmp_path, ignore_properties=frozenset([key]))
    assert (e.load_bearing, e.is_external) == ((None,), (True,))
    assert "Pset_WallCommon.LoadBearing" not in e.properties[0]


def test_vendor_flags_and_strength_are_kept_and_the_rest_is_not(model, tmp_path):
    wall = model.box("IfcWall", 0, 0, 0, 5, 0.2, 3)
    model.pset([wall], "PSet_Revit_Structural", **{"Structural Usage": "Non-bearing", "Base Offset": 0.0})
    model.pset([wall], "ArchiCADProperties", **{"Tragende Funktion": "Nicht definiert", "Layer": "A-01"})
    model.pset([wall], "GEELEN BETON", Loadbearing=True, Productiedatum="2014")
    model.pset([wall], "eigenschappen", druksterkte=12, milieuklasse="")
    model.pset([wall], "Pset_WallCommon", Reference="Wall 214", FireRating="60")
    assert element(model, tmp_path).properties[0] == {
        "ArchiCADProperties.Tragende Funktion": "Nicht definiert",
        "GEELEN BETON.Loadbearing": True,
        "PSet_Revit_Structural.Structural Usage": "Non-bearing",
        "Pset_WallCommon.Reference": "Wall 214",
        "eigenschappen.druksterkte": 12.0,
    }


@pytest.mark.parametrize("schema", ["IFC2X3", "IFC4"])
def test_nl_sfb_code(schema, tmp_path):
    model = Factory(schema)
    wall = model.box("IfcWall", 0, 0, 0, 5, 0.2, 3)
    e = model.f.create_entity
    system = e("IfcClassification", Name="NL/SfB (4 cijfers)", Source="", Edition="")
    field = "ItemReference" if schema == "IFC2X3" else "Identification"
    code = e("IfcClassificationReference", Name="SPOUWWANDEN", ReferencedSource=system, **{field: "21.22"})
    model.rooted("IfcRelAssociatesClassification", RelatedObjects=[wall], RelatingClassification=code)
    assert element(model, tmp_path).properties[0] == {"Classification.NL-SfB": "21.22"}


def test_materials_of_every_kind(model, tmp_path):
    e = model.f.create_entity
    made = [e("IfcMaterial", name) for name in ("baksteen", "EPS")]
    boxes = [model.box("IfcWall", 0, y, 0, 5, 0.2, 3, Name=str(y)) for y in range(0, 12, 2)]
    model.layers([boxes[0]], ("kalkzandsteen", 0.1), ("EPS", 0.1))
    model.material([boxes[1]], made[0])
    model.material([boxes[2]], e("IfcMaterialList", made))
    model.material(
        [boxes[3]], e("IfcMaterialConstituentSet", MaterialConstituents=[e("IfcMaterialConstituent", Material=one) for one in made])
    )
    layer = e("IfcMaterialLayer", Material=made[0], LayerThickness=200.0)
    model.material([boxes[4]], e("IfcMaterialLayerSet", [layer]))
    found = element(model, tmp_path)
    named = {found.name[i]: ([one.name for one in found.layers[i]], found.material_source[i]) for i in range(6)}
    assert named == {
        "0": (["kalkzandsteen", "EPS"], "IfcMaterialLayerSetUsage"),
        "2": (["baksteen"], "IfcMaterial"),
        "4": (["baksteen", "EPS"], "IfcMaterialList"),
        "6": (["baksteen", "EPS"], "IfcMaterialConstituentSet"),
        "8": (["baksteen"], "IfcMaterialLayerSet"),
        "10": ([], ""),
    }
    assert np.isnan(found.layers[found.name.index("2")][0].thickness_m)
    assert found.layers[found.name.index("8")][0].thickness_m == pytest.approx(0.2)


def test_profile_set_and_profile_name(model, tmp_path):
    e = model.f.create_entity
    bare = model.box("IfcBeam", 0, 0, 3, 6, 0.1, 0.2, profile_name="HEA200")
    told = model.box("IfcColumn", 0, 0, 0, 0.2, 0.2, 3)
    section = e("IfcIShapeProfileDef", "AREA", "HEB200", None, 200.0, 200.0, 9.0, 15.0)
    profiles = e("IfcMaterialProfileSet", MaterialProfiles=[e("IfcMaterialProfile", Material=e("IfcMaterial", "S235"), Profile=section)])
    model.material([told], profiles)
    del bare
    found = element(model, tmp_path)
    beam, column = found.kind.index("beam"), found.kind.index("column")
    assert found.properties[beam] == {"Profile.Class": "IfcRectangleProfileDef", "Profile.Name": "HEA200"}
    assert found.properties[column] == {"Profile.Class": "IfcIShapeProfileDef", "Profile.Name": "HEB200"}
    assert [one.name for one in found.layers[column]] == ["S235"]


def test_material_of_the_parts_where_the_whole_has_none(model, tmp_path):
    wall = model.bare("IfcWall")
    parts = [model.box("IfcBuildingElementPart", x, 0, 0, 1, 0.2, 3, parent=wall) for x in range(4)]
    model.material(parts, model.f.create_entity("IfcMaterial", "Silka CS20"))
    found = element(model, tmp_path)
    assert [one.name for one in found.layers[0]] == ["Silka CS20"]
    assert found.material_source == ("parts: IfcMaterial",)


def test_style_name_is_the_last_resort(model, tmp_path):
    wall = model.box("IfcWall", 0, 0, 0, 5, 0.2, 3)
    e = model.f.create_entity
    shading = e("IfcSurfaceStyleShading", SurfaceColour=e("IfcColourRgb", Red=1.0, Green=0.5, Blue=0.0))
    style = e("IfcSurfaceStyle", Name="Metselwerk", Side="BOTH", Styles=[shading])
    e("IfcStyledItem", Item=wall.Representation.Representations[0].Items[0], Styles=[style])
    found = element(model, tmp_path)
    assert ([one.name for one in found.layers[0]], found.material_source) == (["Metselwerk"], ("style",))


def test_density_stated_on_the_material(model, tmp_path):
    wall = model.box("IfcWall", 0, 0, 0, 5, 0.2, 3)
    e = model.f.create_entity
    stone = e("IfcMaterial", "kalkzandsteen")
    value = e("IfcPropertySingleValue", Name="MassDensity", NominalValue=e("IfcMassDensityMeasure", 1850.0))
    e("IfcMaterialProperties", Name="Pset_MaterialCommon", Properties=[value], Material=stone)
    model.material([wall], stone)
    assert element(model, tmp_path).properties[0] == {"Material.MassDensity": 1850.0}


def density_unit(model, mass, length, per=3):
    """Declare the project's unit of density: a mass unit over a length unit to the third."""
    e = model.f.create_entity
    if mass == "tonne":
        gram = e("IfcSIUnit", UnitType="MASSUNIT", Prefix="KILO", Name="GRAM")
        factor = e("IfcMeasureWithUnit", e("IfcMassMeasure", 1000.0), gram)
        unit = e("IfcConversionBasedUnit", e("IfcDimensionalExponents", 0, 1, 0, 0, 0, 0, 0), "MASSUNIT", "TONNE", factor)
    else:
        unit = e("IfcSIUnit", UnitType="MASSUNIT", Prefix={"kg": "KILO", "g": None}[mass], Name="GRAM")
    metre = e("IfcSIUnit", UnitType="LENGTHUNIT", Prefix={"m": None, "mm": "MILLI", "cm": "CENTI"}[length], Name="METRE")
    parts = [e("IfcDerivedUnitElement", unit, 1), e("IfcDerivedUnitElement", metre, -per)]
    return e("IfcDerivedUnit", parts, "MASSDENSITYUNIT")


# 1850 kg/m3 in other units: 1.85 t/m3, 1 850 000 g/m3, 1.85e-6 kg/mm3, 1.85 g/cm3, 1.85e-9 t/mm3
UNITS = [("kg", "m", 1850.0), ("tonne", "m", 1.85), ("g", "m", 1.85e6), ("kg", "mm", 1.85e-6), ("g", "cm", 1.85), ("tonne", "mm", 1.85e-9)]


@pytest.mark.parametrize(("mass", "length", "value"), UNITS)
@pytest.mark.parametrize("where", ["project", "property", "IFC2X3"])
def test_density_in_any_unit(mass, length, value, where, tmp_path):
    model = Factory("IFC2X3" if where == "IFC2X3" else "IFC4")
    wall = model.box("IfcWall", 0, 0, 0, 5, 0.2, 3)
    e = model.f.create_entity
    unit = density_unit(model, mass, length)
    stone = e("IfcMaterial", "kalkzandsteen")
    if where != "property":
        model.project.UnitsInContext.Units = [*model.project.UnitsInContext.Units, unit]
    if where == "IFC2X3":
        e("IfcGeneralMaterialProperties", Material=stone, MassDensity=value)
    else:
        stated = e("IfcPropertySingleValue", Name="MassDensity", NominalValue=e("IfcMassDensityMeasure", value))
        stated.Unit = unit if where == "property" else None
        e("IfcMaterialProperties", Name="Pset_MaterialCommon", Properties=[stated], Material=stone)
    model.material([wall], stone)
    assert element(model, tmp_path).properties[0]["Material.MassDensity"] == pytest.approx(1850.0)


def test_densities_of_several_materials_keep_their_names(model, tmp_path):
    wall = model.box("IfcWall", 0, 0, 0, 5, 0.2, 3)
    e = model.f.create_entity
    made = []
    for name, density in (("baksteen", 1900.0), ("EPS", 30.0)):
        material = e("IfcMaterial", name)
        value = e("IfcPropertySingleValue", Name="MassDensity", NominalValue=e("IfcMassDensityMeasure", density))
        e("IfcMaterialProperties", Name="Pset_MaterialCommon", Properties=[value], Material=material)
        made.append(e("IfcMaterialLayer", Material=material, LayerThickness=100.0))
    model.material([wall], e("IfcMaterialLayerSet", made))
    assert element(model, tmp_path).properties[0] == {"Material.EPS.MassDensity": 30.0, "Material.baksteen.MassDensity": 1900.0}


def test_concrete_class_of_the_element_set_and_category_of_a_nameless_constituent(model, tmp_path):
    slab = model.box("IfcSlab", 0, 0, 2.8, 5, 5, 0.2)
    model.pset([slab], "Pset_ConcreteElementGeneral", StrengthClass="C30/37")
    e = model.f.create_entity
    parts = [e("IfcMaterialConstituent", Name="core", Material=e("IfcMaterial", "beton"), Category="LoadBearing")]
    model.material([slab], e("IfcMaterialConstituentSet", MaterialConstituents=parts))
    found = element(model, tmp_path)
    assert found.properties[0]["Pset_ConcreteElementGeneral.StrengthClass"] == "C30/37"
    assert [layer.name for layer in found.layers[0]] == ["beton"]


def test_an_air_layer_without_a_material_keeps_the_leaves_apart(model, tmp_path):
    wall = model.box("IfcWall", 0, 0, 0, 5, 0.3, 3)
    e = model.f.create_entity
    stone = e("IfcMaterial", "kalkzandsteen")
    layers = [e("IfcMaterialLayer", stone, 120.0), e("IfcMaterialLayer", None, 60.0, True), e("IfcMaterialLayer", stone, 120.0)]
    model.material([wall], e("IfcMaterialLayerSet", layers))
    found = element(model, tmp_path)
    assert [(layer.name, layer.thickness_m) for layer in found.layers[0]] == [
        ("kalkzandsteen", pytest.approx(0.12)),
        ("air", pytest.approx(0.06)),
        ("kalkzandsteen", pytest.approx(0.12)),
    ]
