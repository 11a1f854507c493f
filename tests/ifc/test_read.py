import numpy as np
import pytest
from ifc_factory import Factory, house

from optopscan.errors import UsageError
from optopscan.ifc.analytic import solids
from optopscan.ifc.read import read
from optopscan.settings import Settings


def one(model, tmp_path, **settings):
    return read([model.write(tmp_path / "model.ifc")], Settings(**settings))


def codes(issues):
    return [found.code for found in issues]


def test_the_house_as_built(tmp_path):
    building, issues = read([house(tmp_path / "house.ifc")], Settings())
    e = building.elements
    assert issues == ()
    assert building.name == "block"
    assert building.storeys.name == ("storey 0", "storey 1")
    assert building.storeys.elevation_m.tolist() == [0.0, 3.0]
    assert sorted(e.kind) == ["slab"] * 2 + ["wall"] * 8
    south = e.name.index("south 0")
    face = 8 * 2.8 - 1.0 * 2.1
    assert e.volume_m3[south] == pytest.approx(0.2 * face)
    assert e.elevation[south].area == pytest.approx(face)
    assert (e.thickness_m[south], e.length_m[south]) == (pytest.approx(0.2), pytest.approx(8.0))
    assert e.layers[south][0].name == "Kalkzandsteen CS12"
    assert e.layers[south][0].thickness_m == pytest.approx(0.2)
    assert e.material_source[south] == "IfcMaterialLayerSetUsage"
    assert (e.load_bearing[south], e.is_external[south]) == (True, True)
    floor = e.name.index("floor 1")
    assert (e.load_bearing[floor], e.predefined_type[floor], e.storey[floor]) == (None, "FLOOR", 1)
    assert e.footprint[floor].area == pytest.approx(40.0)
    assert (e.z0_m[floor], e.z1_m[floor], e.thickness_m[floor]) == (pytest.approx(5.8), pytest.approx(6.0), pytest.approx(0.2))
    assert e.slope_deg[floor] == pytest.approx(0.0)
    assert list(e.z0_m) == sorted(e.z0_m)


@pytest.mark.parametrize("schema", ["IFC2X3", "IFC4", "IFC4X3"])
@pytest.mark.parametrize("unit", ["mm", "m", "inch", "foot"])
def test_schema_and_unit_change_nothing(schema, unit, tmp_path):
    building, issues = read([house(tmp_path / "house.ifc", schema=schema, unit=unit)], Settings())
    e = building.elements
    assert issues == ()
    assert building.inputs[0].length_unit == unit
    assert building.inputs[0].ifc_schema == schema
    wall_m3 = 2 * (0.2 * (8 * 2.8 - 2.1) + 0.2 * (8 * 2.8 - 1.5 * 1.2) + 2 * 0.1 * 4.6 * 2.8)
    walls = np.array(e.kind) == "wall"
    assert e.volume_m3[walls].sum() == pytest.approx(wall_m3, rel=1e-6)
    assert building.storeys.elevation_m == pytest.approx([0.0, 3.0])


@pytest.mark.parametrize("degrees", [33.0, -20.0, 90.0, 60.0])
def test_a_turned_building_far_away_reads_as_the_same_building(degrees, tmp_path):
    plain, _ = read([house(tmp_path / "a.ifc")], Settings())
    moved, issues = read([house(tmp_path / "b.ifc", degrees=degrees, shift=(100_000.0, 450_000.0))], Settings())
    assert issues == ()
    a, b = plain.elements, moved.elements
    assert b.volume_m3.sum() == pytest.approx(a.volume_m3.sum(), rel=1e-7)
    for polygon in b.footprint:
        x0, y0, x1, y1 = polygon.bounds
        assert polygon.area == pytest.approx((x1 - x0) * (y1 - y0), rel=1e-5)  # boxes lie along the local axes
        assert min(x0, y0) > -1e-6
        assert max(x1, y1) < 10.0
    frame = moved.local_to_ifc
    assert abs(frame.rotation_deg) <= 45.0
    row = b.name.index("south 0")
    x0, y0, x1, y1 = b.axis_m[row]
    r = np.radians(frame.rotation_deg)
    turn = np.array([[np.cos(r), -np.sin(r)], [np.sin(r), np.cos(r)]])
    ends = np.array([turn @ (x0, y0), turn @ (x1, y1)]) + frame.origin_m[:2]
    t = np.radians(degrees)
    model = np.array([[np.cos(t), -np.sin(t)], [np.sin(t), np.cos(t)]])
    want = np.array([model @ (0, 0.1), model @ (8, 0.1)]) + (100_000.0, 450_000.0)
    assert np.allclose(ends[np.lexsort(ends.T)], want[np.lexsort(want.T)], atol=1e-5)


def test_a_building_within_a_twentieth_of_a_degree_is_not_turned(tmp_path):
    building, _ = read([house(tmp_path / "a.ifc", degrees=0.04)], Settings())
    assert building.local_to_ifc.rotation_deg == 0.0


def test_storey_elevations_count_from_where_the_building_stands(tmp_path):
    building, _ = read([house(tmp_path / "a.ifc", georeferenced_z=4.5)], Settings())
    assert building.storeys.elevation_m == pytest.approx([4.5, 7.5])


def test_storey_without_elevation_or_none_at_all(tmp_path):
    model = Factory()
    model.storey("BEG", None)
    model.box("IfcWall", 0, 0, 0, 5, 0.2, 3, storey="BEG")
    model.box("IfcWall", 0, 2, 0, 5, 0.2, 3)
    building, issues = one(model, tmp_path)
    assert np.isnan(building.storeys.elevation_m[0])
    assert codes(issues) == ["OPT-106"]
    assert sorted(building.elements.storey) == [-1, 0]


def test_two_runs_give_the_same(tmp_path):
    path = house(tmp_path / "house.ifc", degrees=33.0)
    a, b = read([path], Settings())[0], read([path], Settings())[0]
    assert a.elements.id == b.elements.id
    assert all(p.equals_exact(q, 0.0) for p, q in zip(a.elements.footprint, b.elements.footprint, strict=True))
    assert (a.elements.volume_m3 == b.elements.volume_m3).all()


def test_ids_survive_missing_and_repeated_guids(tmp_path):
    model = Factory()
    model.box("IfcWall", 0, 0, 0, 5, 0.2, 3, guid="3vB2YO$MX4xv5uCqZZG05x")
    model.box("IfcWall", 0, 4, 0, 5, 0.2, 3, guid="3vB2YO$MX4xv5uCqZZG05x")
    model.box("IfcWall", 0, 8, 0, 5, 0.2, 3, guid=None)
    building, issues = one(model, tmp_path)
    assert len(set(building.elements.id)) == 3
    assert None in building.elements.guid
    assert codes(issues) == ["OPT-102", "OPT-102"]


@pytest.mark.parametrize("written", ["*", "$"])
def test_a_guid_written_as_null_or_star_does_not_stop_the_kernel(written, tmp_path):
    model = Factory()
    walls = [model.box("IfcWall", 0, y, 0, 5, 0.2, 3) for y in (0, 4)]
    path = model.write(tmp_path / "model.ifc")
    path.write_text(path.read_text().replace(f"IFCWALL('{walls[0].GlobalId}'", f"IFCWALL({written}"))
    building, issues = read([path], Settings())
    assert building.elements.volume_m3.tolist() == [pytest.approx(3.0)] * 2
    assert sorted(guid or "" for guid in building.elements.guid) == ["", walls[1].GlobalId]
    assert codes(issues) == ["OPT-102"]


def test_lost_bodies_are_counted_and_serious_for_walls(tmp_path):
    model = Factory()
    model.box("IfcWall", 0, 0, 0, 5, 0.2, 3)
    broken = model.box("IfcWall", 0, 4, 0, 5, 0.2, 3)
    broken.Representation.Representations[0].Items[0].Depth = 0.0
    building, issues = one(model, tmp_path)
    assert len(building.elements) == 1
    assert codes(issues) == ["OPT-101", "OPT-104"]
    assert "1 of 2 IfcWall" in issues[1].message
    assert issues[1].severity == "serious"


def test_two_buildings_need_a_choice(tmp_path):
    model = Factory()
    second = model.add_building("tower")
    model.storey("a", 0.0)
    model.storey("b", 0.0, building=second)
    model.box("IfcWall", 0, 0, 0, 5, 0.2, 3, storey="a")
    model.box("IfcWall", 50, 0, 0, 6, 0.2, 3, storey="b")
    with pytest.raises(UsageError, match=r"2 buildings.*block.*tower"):
        one(model, tmp_path)
    chosen, _ = one(model, tmp_path, building="tower")
    assert chosen.elements.length_m.tolist() == [pytest.approx(6.0)]
    assert chosen.name == "tower"
    by_guid, _ = one(model, tmp_path, building=second.GlobalId)
    assert by_guid.elements.id == chosen.elements.id
    with pytest.raises(UsageError, match="no building 'church'"):
        one(model, tmp_path, building="church")


def test_year_of_construction(tmp_path):
    model = Factory()
    model.box("IfcWall", 0, 0, 0, 5, 0.2, 3)
    model.pset([model.buildings[0]], "Pset_BuildingCommon", YearOfConstruction="ca. 1964")
    assert one(model, tmp_path)[0].build_year == 1964
    assert one(model, tmp_path, build_year=1970)[0].build_year == 1970


def test_bodies_do_not_depend_on_how_many_are_computed_at_a_time(tmp_path, monkeypatch):
    path = house(tmp_path / "house.ifc")
    whole = read([path], Settings())[0].elements
    monkeypatch.setattr(solids, "_AT_ONCE", 3)
    parts = read([path], Settings())[0].elements
    assert parts.id == whole.id
    assert parts.geometry_source == whole.geometry_source
    for one_mesh, other in zip(parts.mesh, whole.mesh, strict=True):
        assert (one_mesh.vertices_m == other.vertices_m).all()
        assert (one_mesh.faces == other.faces).all()
