import numpy as np
import pytest
from ifc_factory import Factory

from optopscan.ifc.read import read
from optopscan.settings import Settings


def walls(tmp_path, name="walls.ifc", **options):
    model = Factory(seed="w", **options)
    model.storey("00", 0.0, guid="1xS3BCk291UvhgP2dvNMKI")
    for y in (0.0, 5.0):
        model.box("IfcWall", 0, y, 0, 8, 0.2, 2.8, storey="00", Name=f"wall {y}", guid=f"2O2Fr$t4X7Zf8NOew3FK{int(y)}a")
    return model.write(tmp_path / name)


def floors(tmp_path, name="floors.ifc", x=0.0, level=0.0, repeat=None, **options):
    model = Factory(seed="f", **options)
    model.storey("00", level, guid="1xS3BCk291UvhgP2dvNMKI")
    model.storey("01", 3.0)
    model.box("IfcSlab", x, 0, 2.8, 8, 5.2, 0.2, storey="01", Name="floor")
    if repeat is not None:
        model.box("IfcWall", 0, 0, 0, 8, 0.2, repeat, storey="00", Name="again", guid="2O2Fr$t4X7Zf8NOew3FK0a")
    return model.write(tmp_path / name)


def test_two_aspect_models_make_one_building(tmp_path):
    building, issues = read([walls(tmp_path), floors(tmp_path, unit="m", schema="IFC2X3")], Settings())
    assert issues == ()
    assert building.storeys.name == ("00", "01")
    assert sorted(building.elements.kind) == ["slab", "wall", "wall"]
    slab = building.elements.kind.index("slab")
    assert building.elements.id[slab].startswith("1#")
    assert building.elements.storey[slab] == 1
    assert [one.name for one in building.inputs] == ["walls.ifc", "floors.ifc"]


def test_the_order_of_files_changes_ids_only(tmp_path):
    a, b = walls(tmp_path, degrees=20.0), floors(tmp_path, degrees=20.0, repeat=2.8)
    first, second = read([a, b], Settings())[0], read([b, a], Settings())[0]
    assert first.elements.guid == second.elements.guid
    assert first.elements.name == second.elements.name
    assert first.local_to_ifc == second.local_to_ifc
    assert np.array_equal(first.elements.volume_m3, second.elements.volume_m3)
    assert np.array_equal(first.elements.storey, second.elements.storey)
    assert first.name == second.name


def test_the_same_element_in_two_files_counts_once(tmp_path):
    building, issues = read([walls(tmp_path), floors(tmp_path, repeat=2.8)], Settings())
    assert sorted(building.elements.kind) == ["slab", "wall", "wall"]
    assert [found.code for found in issues] == ["OPT-108"]


def test_the_same_guid_with_another_body_counts_twice_and_is_reported(tmp_path):
    building, issues = read([walls(tmp_path), floors(tmp_path, repeat=2.5)], Settings())
    assert sorted(building.elements.kind) == ["slab", "wall", "wall", "wall"]
    # 2.5 of 2.8 m is 0.893 of the volume: not the same wall, but one stands in the other
    assert [found.code for found in issues] == ["OPT-105", "OPT-120"]


def test_a_doubled_element_in_one_file_counts_once(tmp_path):
    model = Factory()
    model.box("IfcWall", 0, 0, 0, 8, 0.2, 2.8)
    model.box("IfcWall", 0, 0, 0, 8, 0.2, 2.8)
    model.box("IfcWall", 0, 0.2, 0, 8, 0.2, 2.8)
    building, issues = read([model.write(tmp_path / "double.ifc")], Settings())
    assert building.elements.volume_m3.sum() == pytest.approx(2 * 8 * 0.2 * 2.8)
    assert [found.code for found in issues] == ["OPT-108"]


def test_files_that_lie_apart_are_reported(tmp_path):
    _, issues = read([walls(tmp_path), floors(tmp_path, x=50.0)], Settings())
    assert [found.code for found in issues] == ["OPT-105", "OPT-105"]


def test_storeys_that_disagree_are_reported_and_kept_apart(tmp_path):
    building, issues = read([walls(tmp_path), floors(tmp_path, level=0.3)], Settings())
    assert building.storeys.elevation_m == pytest.approx([0.0, 0.3, 3.0])
    assert [found.code for found in issues] == ["OPT-105"]
    assert "0.300" in issues[0].message
