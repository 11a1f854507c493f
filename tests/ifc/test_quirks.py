"""What real exporters do to a file; each must be survived or refused in one line."""

import re
import zipfile

import numpy as np
import pytest
from click.testing import CliRunner
from ifc_factory import Factory, house

from optopscan.cli.app import cli
from optopscan.errors import NothingToScan, UnreadableInput, UsageError
from optopscan.ifc.read import read
from optopscan.pipeline import scan
from optopscan.settings import Settings


def codes(issues):
    return [found.code for found in issues]


def test_header_only_and_a_handful_of_entities(tmp_path):
    text = house(tmp_path / "house.ifc").read_text()
    empty = tmp_path / "empty.ifc"
    empty.write_text(re.sub(r"DATA;.*ENDSEC;", "DATA;\nENDSEC;", text, flags=re.S))
    with pytest.raises(UnreadableInput, match="0 IfcProject"):
        read([empty], Settings())
    few = tmp_path / "few.ifc"
    Factory().write(few)
    with pytest.raises(UnreadableInput, match="no wall, slab, column"):
        read([few], Settings())


def test_a_zip_packed_with_deflate64(tmp_path):
    path = tmp_path / "house.ifczip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.write(house(tmp_path / "house.ifc"), "house.ifc")
    raw = bytearray(path.read_bytes())
    # compression method 9 in the local header (offset 8) and in the central directory (offset 10)
    raw[8:10] = b"\x09\x00"
    at = raw.index(b"PK\x01\x02") + 10
    raw[at : at + 2] = b"\x09\x00"
    path.write_bytes(bytes(raw))
    with pytest.raises(UnreadableInput, match="unpack it yourself"):
        read([path], Settings())


def test_an_exporter_that_writes_stars_loses_its_slabs_and_gets_no_verdict(tmp_path):
    """Renga: "*" for attributes that are not derived; walls work, every slab fails."""
    text = house(tmp_path / "house.ifc").read_text()
    slabs = re.findall(r"#(\d+)=IFCSLAB\(.*?#(\d+),(\$|'[^']*'),\.FLOOR", text)
    assert len(slabs) == 2
    for _, shape, _ in slabs:
        body = re.search(rf"#{shape}=IFCPRODUCTDEFINITIONSHAPE\(\$,\$,\(#(\d+)\)\)", text).group(1)
        solid = re.search(rf"#{body}=IFCSHAPEREPRESENTATION\([^\n]*\(#(\d+)\)\)", text).group(1)
        text = re.sub(rf"(#{solid}=IFCEXTRUDEDAREASOLID\(#\d+,#\d+,#\d+),[^)]*\)", r"\1,*)", text)
    path = tmp_path / "stars.ifc"
    path.write_text(text)
    building, issues = read([path], Settings())
    assert set(building.elements.kind) == {"wall"}
    lost = [found for found in issues if found.code == "OPT-104"]
    assert [found.severity for found in lost] == ["serious"]
    assert "2 of 2 IfcSlab" in lost[0].message
    with pytest.raises(NothingToScan, match="2 of 2 IfcSlab have no computable body"):
        scan([path], Settings(place=False))


def test_losing_one_floor_of_two_gives_no_verdict_either(tmp_path):
    model = Factory()
    for z in (0.0, 3.0):
        for y in (0.0, 4.8):
            wall = model.box("IfcWall", 0, y, z, 8, 0.2, 2.8)
            model.layers([wall], ("beton C20/25", 0.2))
        floor = model.box("IfcSlab", 0, 0, z + 2.8, 8, 5, 0.2)
        if z == 0.0:
            floor.Representation.Representations[0].Items[0].Depth = 0.0
    result = scan([model.write(tmp_path / "m.ifc")], Settings(place=False))
    assert result.extra_storeys.possible == 0
    assert any("1 of 2 IfcSlab" in why for why in result.extra_storeys.why_not_proven)


def test_a_model_of_proxies_that_mostly_fail_gets_no_verdict(tmp_path):
    model = Factory()
    for k in range(5):
        one = model.box("IfcBuildingElementProxy", 0, 4 * k, 0, 8, 0.2, 2.8)
        if k > 2:
            one.Representation.Representations[0].Items[0].Depth = 0.0
    _, issues = read([model.write(tmp_path / "m.ifc")], Settings())
    assert "2 of 5 IfcBuildingElementProxy" in next(found.message for found in issues if found.code == "OPT-104")


def test_a_body_in_a_context_of_another_type(tmp_path):
    """The iterator of the kernel passes over bodies whose context is of type Plan."""
    model = Factory()
    model.context.ContextType = "Plan"
    model.box("IfcSlab", 0, 0, 2.8, 8, 5, 0.2)
    building, issues = read([model.write(tmp_path / "m.ifc")], Settings())
    assert building.elements.volume_m3.tolist() == [pytest.approx(8.0)]
    assert "OPT-101" not in codes(issues)


def test_survey_feet_and_centimetres(tmp_path):
    for scale, name in ((1200 / 3937, "US SURVEY FOOT"), (0.01, "CENTIMETRE")):
        model = Factory("IFC4", unit="foot")
        model.scale = scale
        model.project.UnitsInContext.Units[0].Name = name
        model.project.UnitsInContext.Units[0].ConversionFactor.ValueComponent.wrappedValue = scale
        model.box("IfcWall", 0, 0, 0, 5, 0.2, 3)
        building, _ = read([model.write(tmp_path / "m.ifc")], Settings())
        assert building.elements.volume_m3[0] == pytest.approx(3.0, rel=1e-9)
        assert building.local_to_ifc.unit_m == pytest.approx(scale)


def test_a_large_offset_in_the_shape_itself(tmp_path):
    """Numbers of a thousand kilometres inside the profile; the wall keeps its thickness."""
    model = Factory()
    wall = model.box("IfcWall", 0, 0, 0, 5, 0.2, 3)
    solid = wall.Representation.Representations[0].Items[0]
    solid.Position.Location.Coordinates = (1.186e9, 0.4e9, 0.0)
    building, _ = read([model.write(tmp_path / "m.ifc")], Settings())
    assert building.elements.thickness_m[0] == pytest.approx(0.2, abs=1e-4)
    assert np.abs(building.elements.mesh[0].vertices_m).max() < 10.0


def test_a_blank_map_conversion_changes_nothing(tmp_path):
    model = Factory()
    e = model.f.create_entity
    crs = e("IfcProjectedCRS", Name="")
    e("IfcMapConversion", SourceCRS=model.context, TargetCRS=crs, Eastings=729013348.0, Northings=0.0, OrthogonalHeight=0.0)
    model.box("IfcWall", 0, 0, 0, 5, 0.2, 3)
    building, _ = read([model.write(tmp_path / "m.ifc")], Settings())
    assert building.elements.axis_m[0] == pytest.approx([0.0, 0.1, 5.0, 0.1])


@pytest.mark.parametrize("place", ["site", "building", "space", "second site", "nowhere"])
def test_elements_contained_in_anything(place, tmp_path):
    model = Factory()
    storey = model.storey("00", 0.0)
    space = model.rooted("IfcSpace", Name="room")
    model.rooted("IfcRelAggregates", RelatingObject=storey, RelatedObjects=[space])
    other = model.rooted("IfcSite", Name="second")
    model.rooted("IfcRelAggregates", RelatingObject=model.project, RelatedObjects=[other])
    wall = model.box("IfcWall", 0, 0, 0, 5, 0.2, 3)
    target = {"site": model.site, "building": model.buildings[0], "space": space, "second site": other}.get(place)
    if target is not None:
        model.contain(wall, target)
    building, _ = read([model.write(tmp_path / "m.ifc")], Settings())
    assert building.elements.storey.tolist() == [0 if place == "space" else -1]


def test_no_site(tmp_path):
    model = Factory()
    for relation in list(model.f.by_type("IfcRelAggregates")):
        model.f.remove(relation)
    model.f.remove(model.site)
    model.box("IfcWall", 0, 0, 0, 5, 0.2, 3)
    building, _ = read([model.write(tmp_path / "m.ifc")], Settings())
    assert len(building.elements) == 1


def two_buildings(tmp_path, name, kind, z, height):
    model = Factory(seed=name)
    tower = model.add_building("toren")
    model.storey("a", 0.0)
    model.storey("b", 0.0, building=tower)
    for x, storey in ((0, "a"), (50, "b")):
        for y in (0.0, 4.8) if kind == "IfcWall" else (0.0,):
            depth = 0.2 if kind == "IfcWall" else 5.0
            model.box(kind, x, y, z, 8 if storey == "a" else 6, depth, height, storey=storey)
    return model.write(tmp_path / name)


def test_one_of_two_buildings_over_federated_files_and_through_the_command(tmp_path):
    paths = [two_buildings(tmp_path, "walls.ifc", "IfcWall", 0.0, 2.8), two_buildings(tmp_path, "floors.ifc", "IfcSlab", 2.8, 0.2)]
    with pytest.raises(UsageError, match="2 buildings"):
        read(paths, Settings())
    building, issues = read(paths, Settings(building="toren"))
    assert sorted(building.elements.kind) == ["slab", "wall", "wall"]
    assert building.elements.volume_m3.sum() == pytest.approx(2 * 6 * 0.2 * 2.8 + 6 * 5 * 0.2)
    assert "OPT-105" not in codes(issues)
    without = CliRunner().invoke(cli, ["inspect", *map(str, paths)])
    assert without.exit_code == 2
    assert "select one" in without.output
    chosen = CliRunner().invoke(cli, ["inspect", *map(str, paths), "--building", "toren", "--json"])
    assert chosen.exit_code == 0, chosen.output


@pytest.mark.parametrize(("size", "said"), [((2.5, 2.8), "2.5 m long"), ((8.0, 1.9), "1.9 m high"), ((8.0, 6.5), "6.5 m high")])
def test_unusual_sizes_are_read_with_a_warning(size, said, tmp_path):
    length, height = size
    model = Factory()
    model.box("IfcWall", 0, 0, 0, length, 0.2, height)
    _, issues = read([model.write(tmp_path / "m.ifc")], Settings())
    assert [found.message for found in issues if found.code == "OPT-123" and said in found.message]


def test_names_in_bytes_of_another_alphabet(tmp_path):
    """Shift-JIS bytes stand raw in the file of a Japanese exporter."""
    model = Factory()
    wall = model.box("IfcWall", 0, 0, 0, 5, 0.2, 3, Name="NAMEHERE")
    model.material([wall], model.f.create_entity("IfcMaterial", "MATHERE"))
    path = model.write(tmp_path / "m.ifc")
    raw = path.read_bytes().replace(b"NAMEHERE", "壁".encode("shift_jis")).replace(b"MATHERE", "鉄筋".encode("shift_jis"))
    path.write_bytes(raw)
    building, _ = read([path], Settings())
    assert len(building.elements) == 1
    assert len(building.elements.layers[0]) == 1
