"""Grouping of parts, nameless bodies, and what is left out."""

import pytest
from ifc_factory import Factory

from optopscan.errors import UnreadableInput
from optopscan.ifc.read import read
from optopscan.settings import Settings


def one(model, tmp_path):
    return read([model.write(tmp_path / "model.ifc")], Settings())


def test_a_wall_of_blocks_is_one_wall_and_its_lintel_a_beam(tmp_path):
    model = Factory("IFC2X3")
    wall = model.bare("IfcWallStandardCase", Name="blocks")
    for i in range(4):
        model.box("IfcBuildingElementPart", i, 0, 0, 1, 0.1, 0.6, parent=wall)
        model.box("IfcBuildingElementPart", i, 0, 0.6, 1, 0.1, 0.6, parent=wall)
    model.box("IfcBeam", 4, 0, 0.9, 1.2, 0.1, 0.3, parent=wall)
    model.layers([wall], ("Silka CS12", 0.1))
    building, issues = one(model, tmp_path)
    e = building.elements
    assert sorted(e.kind) == ["beam", "wall"]
    row = e.kind.index("wall")
    assert (e.name[row], e.ifc_class[row]) == ("blocks", "IfcWallStandardCase")
    assert e.volume_m3[row] == pytest.approx(4 * 0.1 * 1.2)
    assert (e.thickness_m[row], e.length_m[row]) == (pytest.approx(0.1), pytest.approx(4.0))
    assert e.elevation[row].area == pytest.approx(4.8)
    assert "8 parts" in e.geometry_source[row]
    # a wall of 1.2 m is lower than a storey usually is
    assert [found.code for found in issues] == ["OPT-103", "OPT-123"]


def test_parts_of_a_wall_that_has_a_body_are_not_counted_again(tmp_path):
    model = Factory()
    wall = model.box("IfcWall", 0, 0, 0, 4, 0.2, 3)
    model.box("IfcBuildingElementPart", 0, 0, 0, 4, 0.1, 3, parent=wall)
    model.box("IfcBuildingElementPart", 0, 0.1, 0, 4, 0.1, 3, parent=wall)
    building, issues = one(model, tmp_path)
    assert building.elements.volume_m3.tolist() == [pytest.approx(2.4)]
    assert [found.code for found in issues] == ["OPT-103"]


def test_a_precast_slab_of_proxies_without_its_fittings(tmp_path):
    model = Factory()
    slab = model.bare("IfcSlab", Name="plank")
    model.box("IfcBuildingElementProxy", 0, 0, 2.6, 6, 2.4, 0.06, parent=slab, Name="_SLAB")
    model.box("IfcBuildingElementProxy", 1, 1, 2.62, 4, 0.02, 0.15, parent=slab, Name="girder")
    building, issues = one(model, tmp_path)
    e = building.elements
    assert (e.kind, e.name) == (("slab",), ("plank",))
    assert e.volume_m3[0] == pytest.approx(6 * 2.4 * 0.06)
    assert e.z1_m[0] == pytest.approx(2.66)
    assert [found.code for found in issues] == ["OPT-103", "OPT-109"]


def test_roof_parts_are_elements_of_their_own(tmp_path):
    model = Factory()
    roof = model.bare("IfcRoof", Name="roof")
    model.box("IfcSlab", 0, 0, 6, 8, 5, 0.2, parent=roof, PredefinedType="ROOF")
    model.box("IfcBeam", 0, 0, 5.8, 8, 0.1, 0.2, parent=roof)
    building, _ = one(model, tmp_path)
    assert sorted(building.elements.kind) == ["beam", "slab"]
    assert building.elements.predefined_type[building.elements.kind.index("slab")] == "ROOF"


def test_stairs_are_flights_and_landings_but_a_large_landing_is_a_slab(tmp_path):
    model = Factory()
    stair = model.bare("IfcStair")
    model.box("IfcStairFlight", 0, 0, 0, 1, 3, 1.5, parent=stair)
    model.box("IfcSlab", 0, 3, 1.3, 2, 1, 0.2, parent=stair, PredefinedType="LANDING")
    model.box("IfcSlab", 0, 4, 1.3, 4, 3, 0.2, parent=stair, PredefinedType="LANDING")
    model.box("IfcRailing", 0, 0, 0, 0.05, 3, 1, parent=stair)
    building, _ = one(model, tmp_path)
    assert sorted(building.elements.kind) == ["slab", "stair", "stair"]


def test_proxies_are_classified_by_shape_and_plates_too(tmp_path):
    model = Factory()
    for shape in ((0, 0, 2.8, 6, 4, 0.2), (0, 0, 0, 4, 0.2, 2.8), (9, 0, 0, 0.3, 0.3, 2.8), (0, 9, 2.5, 5, 0.2, 0.4), (0, 20, 0, 1, 1, 1)):
        model.box("IfcBuildingElementProxy", *shape)
    model.box("IfcPlate", 0, 12, 0, 4, 0.02, 3)
    model.box("IfcPlate", 0, 14, 0, 0.3, 0.3, 0.02)
    building, _ = one(model, tmp_path)
    assert sorted(building.elements.kind) == ["beam", "column", "member", "proxy", "slab", "wall", "wall"]


def test_markers_curtain_walls_ceilings_and_windows_are_left_out(tmp_path):
    model = Factory()
    model.box("IfcWall", 0, 0, 0, 5, 0.2, 3)
    model.box("IfcBuildingElementProxy", -90, 0, 0, 0.1, 0.1, 0.1, Name="ROOT nulpunt")
    cube = model.box("IfcBuildingElementProxy", 1, 1, 0, 0.5, 0.5, 0.5, Name="cube")
    model.material([cube], model.f.create_entity("IfcMaterial", "Virtual material"))
    front = model.bare("IfcCurtainWall")
    model.box("IfcPlate", 0, 5, 0, 4, 0.02, 3, parent=front)
    model.box("IfcCovering", 0, 0, 2.6, 5, 5, 0.02, PredefinedType="CEILING")
    model.box("IfcCovering", 0, 0, 0, 5, 5, 0.07, PredefinedType="FLOORING")
    window = model.box("IfcWindow", 0, 0, 0, 1, 0.1, 1)
    model.box("IfcPlate", 0, 0, 0, 1, 0.01, 1.6, parent=window)
    building, issues = one(model, tmp_path)
    assert sorted(building.elements.kind) == ["covering", "wall"]
    assert [found.code for found in issues] == ["OPT-109"] * 3


def test_an_element_without_a_body_is_reported(tmp_path):
    model = Factory()
    model.box("IfcWall", 0, 0, 0, 5, 0.2, 3)
    model.bare("IfcSlab", Name="planned")
    _, issues = one(model, tmp_path)
    assert [(found.code, "planned" in found.message) for found in issues] == [("OPT-107", True)]


def test_a_whole_that_is_part_of_itself_is_refused(tmp_path):
    model = Factory()
    model.box("IfcWall", 0, 0, 0, 5, 0.2, 3)
    first = model.bare("IfcElementAssembly")
    second = model.bare("IfcElementAssembly", parent=first)
    third = model.bare("IfcBuildingElementProxy", parent=second)
    model.rooted("IfcRelAggregates", RelatingObject=third, RelatedObjects=[third])
    model.rooted("IfcRelAggregates", RelatingObject=third, RelatedObjects=[first])
    with pytest.raises(UnreadableInput, match="3 objects are part of themselves"):
        one(model, tmp_path)


def test_a_built_element_of_ifc4x3_is_a_proxy(tmp_path):
    model = Factory("IFC4X3")
    model.box("IfcBuiltElement", 0, 0, 0, 5, 0.2, 3)
    model.box("IfcCaissonFoundation", 0, 0, -3, 1, 1, 3)
    building, _ = one(model, tmp_path)
    assert sorted(building.elements.kind) == ["pile", "wall"]


def test_an_assembly_gives_its_members_and_the_storey_of_the_whole(tmp_path):
    model = Factory()
    model.storey("s", 0.0)
    whole = model.bare("IfcElementAssembly", storey="s")
    model.box("IfcColumn", 0, 0, 0, 0.2, 0.2, 3, parent=whole)
    model.box("IfcBeam", 0, 0, 3, 6, 0.2, 0.3, parent=whole)
    building, _ = one(model, tmp_path)
    assert sorted(building.elements.kind) == ["beam", "column"]
    assert building.elements.storey.tolist() == [0, 0]


def test_parts_may_be_nested_instead_of_aggregated(tmp_path):
    model = Factory()
    model.storey("s", 0.0)
    wall = model.bare("IfcWall", storey="s", Name="nested")
    parts = [model.box("IfcBuildingElementPart", x, 0, 0, 2, 0.2, 3) for x in (0, 2)]
    model.rooted("IfcRelNests", RelatingObject=wall, RelatedObjects=parts)
    building, _ = one(model, tmp_path)
    e = building.elements
    assert (e.kind, e.name, e.storey.tolist()) == (("wall",), ("nested",), [0])
    assert e.volume_m3[0] == pytest.approx(4 * 0.2 * 3)


def test_a_file_of_assemblies_on_one_undefined_storey(tmp_path):
    """As Tekla writes it: nothing is contained but assemblies, each with its main part and its plates."""
    model = Factory("IFC2X3")
    model.storey("Undefined", 0.0)
    for z in (0.0, 3.0):
        for y in (0.0, 4.8):
            whole = model.bare("IfcElementAssembly", storey="Undefined", Name="WALL")
            model.box("IfcWallStandardCase", 0, y, z, 8, 0.2, 2.8, parent=whole, Name="W")
        whole = model.bare("IfcElementAssembly", storey="Undefined", Name="FLOOR")
        for x in (0.0, 2.0, 4.0, 6.0):
            model.box("IfcSlab", x, 0, z + 2.8, 2, 5, 0.2, parent=whole, Name="S")
        whole = model.bare("IfcElementAssembly", storey="Undefined", Name="COLUMN")
        model.box("IfcColumn", 4, 2.4, z, 0.2, 0.2, 2.8, parent=whole)
        model.box("IfcPlate", 3.9, 2.3, z, 0.4, 0.4, 0.02, parent=whole)
    building, issues = one(model, tmp_path)
    e = building.elements
    # the base plate is too small to be anything
    assert sorted(set(e.kind)) == ["column", "proxy", "slab", "wall"]
    assert (e.kind.count("wall"), e.kind.count("slab"), e.kind.count("column")) == (4, 8, 2)
    assert building.storeys.name == ("begane grond (afgeleid)", "verdieping 1 (afgeleid)", "verdieping 2 (afgeleid)")
    assert building.storeys.elevation_m.tolist() == pytest.approx([0.0, 3.0, 6.0])
    assert {int(e.storey[k]) for k in range(len(e)) if e.kind[k] == "wall" and e.z0_m[k] > 2} == {1}
    assert "OPT-122" in [found.code for found in issues]


def test_a_roof_of_proxies_and_a_slab_as_covering(tmp_path):
    model = Factory()
    roof = model.bare("IfcRoof", Name="roof")
    model.box("IfcBuildingElementProxy", 0, 0, 6, 8, 5, 0.2, parent=roof)
    concrete = model.box("IfcCovering", 0, 0, 3, 8, 5, 0.2, PredefinedType="FLOORING")
    finish = model.box("IfcCovering", 0, 0, 3.2, 8, 5, 0.07, PredefinedType="FLOORING")
    soft = model.box("IfcCovering", 0, 0, 6.2, 8, 5, 0.2, PredefinedType="ROOFING")
    for product, name in ((concrete, "beton C20/25"), (finish, "zandcement"), (soft, "PIR")):
        model.material([product], model.f.create_entity("IfcMaterial", name))
    building, _ = one(model, tmp_path)
    assert sorted(building.elements.kind) == ["covering", "covering", "slab", "slab"]


def test_a_timber_wall_of_studs_without_a_wall_entity(tmp_path):
    model = Factory()
    whole = model.bare("IfcElementAssembly", Name="HSB-01")
    for k in range(8):
        model.box("IfcMember", 0.6 * k, 0, 0.05, 0.04, 0.14, 2.5, parent=whole)
    for z in (0.0, 2.55):
        model.box("IfcMember", 0, 0, z, 4.24, 0.14, 0.05, parent=whole)
    building, _ = one(model, tmp_path)
    e = building.elements
    assert (e.kind, e.name) == (("wall",), ("HSB-01",))
    # 8 studs and 2 rails
    assert e.volume_m3[0] == pytest.approx(8 * 0.04 * 0.14 * 2.5 + 2 * 4.24 * 0.14 * 0.05)
    assert (e.thickness_m[0], e.length_m[0]) == (pytest.approx(0.14), pytest.approx(4.24))


def test_a_truss_is_no_wall(tmp_path):
    model = Factory()
    model.box("IfcWall", 0, 0, 0, 5, 0.2, 3)
    whole = model.bare("IfcElementAssembly", Name="T1", PredefinedType="TRUSS")
    for k in range(8):
        model.box("IfcMember", 0.6 * k, 9, 3.05, 0.04, 0.14, 2.5, parent=whole)
    for z in (3.0, 5.55):
        model.box("IfcMember", 0, 9, z, 4.24, 0.14, 0.05, parent=whole)
    assert sorted(one(model, tmp_path)[0].elements.kind) == ["proxy", "wall"]
