"""A file that says where it stands on the map: the overlay says the same, whatever the unit of the map."""

import re

import ifcopenshell
import pytest
from test_merge import errors_of, shed, top

from optopscan.ifc.merge import Said
from optopscan.ifc.overlay import write_overlay
from optopscan.ifc.read import read
from optopscan.report.tidy import fields_of, tidy
from optopscan.settings import Settings

PLACE = {"Eastings": 155000.25, "Northings": 463000.5, "OrthogonalHeight": -1.5, "XAxisAbscissa": 0.8, "XAxisOrdinate": 0.6, "Scale": 1.0}


def on_the_map(path, schema, prefix, **changed):
    """Write a shed whose file has a map conversion; ``prefix`` of the unit of the map, "none" for no unit."""
    model = ifcopenshell.open(shed(path, schema=schema, length_unit="mm"))
    unit = None if prefix == "none" else model.create_entity("IfcSIUnit", None, "LENGTHUNIT", prefix or None, "METRE")
    crs = model.create_entity("IfcProjectedCRS", Name="EPSG:28992", GeodeticDatum="Amersfoort", VerticalDatum="NAP", MapUnit=unit)
    context = model.by_type("IfcGeometricRepresentationContext", include_subtypes=False)[0]
    model.create_entity("IfcMapConversion", SourceCRS=context, TargetCRS=crs, **{**PLACE, **changed})
    model.write(str(path))
    return path


def said():
    return Said(variant="v", outcome="unknown", max_uc=float("nan"), stamp={}, modules=(), elements=())


@pytest.mark.parametrize("schema", ["IFC4", "IFC4X3"])
@pytest.mark.parametrize("prefix", ["", "MILLI", "none"])
def test_the_overlay_stands_where_the_original_stands(tmp_path, schema, prefix):
    building, _ = read([on_the_map(tmp_path / "kaart.ifc", schema, prefix)], Settings())
    path = tmp_path / "opbouw.ifc"
    path.write_bytes(
        write_overlay(top((0.1, 0.0)), building.identity, building.local_to_ifc, said(), source_sha256="0" * 64, schema=schema)
    )
    model = ifcopenshell.open(path)
    (row,) = model.by_type("IfcMapConversion")
    assert {name: getattr(row, name) for name in PLACE} == PLACE
    assert (row.TargetCRS.Name, row.TargetCRS.GeodeticDatum, row.TargetCRS.VerticalDatum) == ("EPSG:28992", "Amersfoort", "NAP")
    assert row.SourceCRS == model.by_type("IfcGeometricRepresentationContext", include_subtypes=False)[0]
    unit = row.TargetCRS.MapUnit
    assert unit is None if prefix == "none" else (unit.Name, unit.Prefix or "") == ("METRE", prefix)
    assert errors_of(path) == []


def test_an_axis_that_is_not_told_stays_untold(tmp_path):
    path = on_the_map(tmp_path / "kaart.ifc", "IFC4", "", XAxisAbscissa=None, XAxisOrdinate=None, Scale=None)
    told = read([path], Settings())[0].identity.map_conversion
    assert told.x_axis is None
    assert told.scale is None
    assert tidy(fields_of(told))["x_axis"] is None


def test_a_file_without_a_place_on_the_map_gives_an_overlay_without(tmp_path):
    building, _ = read([shed(tmp_path / "schuur.ifc", schema="IFC4", length_unit="mm")], Settings())
    assert building.identity.map_conversion is None
    data = write_overlay(top((0.1, 0.0)), building.identity, building.local_to_ifc, said(), source_sha256="0" * 64)
    assert b"IFCMAPCONVERSION" not in data


@pytest.mark.parametrize("numbers", ["(5.)", "(0.,0.)", "()", "(0.,$,0.)"])
def test_a_building_placed_on_a_point_without_numbers_has_no_identity(tmp_path, numbers):
    """An overlay of it would stand somewhere else; the scan goes on. Reading it was a traceback, or one number was taken for all three."""
    path = shed(tmp_path / "schuur.ifc", schema="IFC4", length_unit="mm")
    model = ifcopenshell.open(path)
    [building] = model.by_type("IfcBuilding")
    point = model.create_entity("IfcCartesianPoint", (0.0, 0.0, 0.0))
    axes = model.create_entity("IfcAxis2Placement3D", point)
    building.ObjectPlacement = model.create_entity("IfcLocalPlacement", RelativePlacement=axes)
    model.write(str(path))
    assert read([path], Settings())[0].identity is not None
    text, count = re.subn(rf"(#{point.id()}=IFCCARTESIANPOINT)\(\(.*?\)\)", lambda row: f"{row[1]}({numbers})", path.read_text())
    assert count == 1
    path.write_text(text)
    assert read([path], Settings())[0].identity is None


@pytest.mark.filterwarnings("error")
@pytest.mark.parametrize("ratios", [(0.0, 0.0, 0.0), (float("1e308"), float("1e308"), 0.0)])
def test_an_axis_without_a_direction_is_no_place(tmp_path, ratios):
    """Nothing of it on stderr either: the library divides by the length of the axis."""
    path = shed(tmp_path / "schuur.ifc", schema="IFC4", length_unit="mm")
    model = ifcopenshell.open(path)
    [building] = model.by_type("IfcBuilding")
    point, up = model.create_entity("IfcCartesianPoint", (0.0, 0.0, 0.0)), model.create_entity("IfcDirection", (0.0, 0.0, 1.0))
    axes = model.create_entity("IfcAxis2Placement3D", point, up, model.create_entity("IfcDirection", ratios))
    building.ObjectPlacement = model.create_entity("IfcLocalPlacement", RelativePlacement=axes)
    model.write(str(path))
    assert read([path], Settings())[0].identity is None


def test_a_placement_that_stands_on_itself_is_no_place(tmp_path):
    path = shed(tmp_path / "schuur.ifc", schema="IFC4", length_unit="mm")
    model = ifcopenshell.open(path)
    [building] = model.by_type("IfcBuilding")
    axes = model.create_entity("IfcAxis2Placement3D", model.create_entity("IfcCartesianPoint", (0.0, 0.0, 0.0)))
    building.ObjectPlacement = model.create_entity("IfcLocalPlacement", RelativePlacement=axes)
    step = building.ObjectPlacement.id()
    model.write(str(path))
    text, count = re.subn(rf"(#{step}=IFCLOCALPLACEMENT\(\$,)#\d+", rf"\1#{step}", path.read_text())
    assert count == 1
    path.write_text(text)
    assert read([path], Settings())[0].identity is None


@pytest.mark.parametrize(("kind", "left"), [("IFCBUILDING", None), ("IFCPROJECT", None), ("IFCSITE", "")])
def test_an_identifier_that_is_none_is_not_repeated(tmp_path, kind, left):
    path = shed(tmp_path / "schuur.ifc", schema="IFC4", length_unit="mm")
    text, count = re.subn(rf"(={kind}\()'[^']*'", r"\1'&hostile;'", path.read_text())
    assert count == 1
    path.write_text(text)
    found = read([path], Settings())[0].identity
    assert (None if found is None else found.site_guid or "") == left
