"""The same thing drawn twice, in one file or in two aspect models."""

import pytest
from ifc_factory import Factory

from optopscan.ifc.read import read
from optopscan.settings import Settings


def pair(tmp_path, second, *, name="IfcWall", first=(0, 0, 0, 8, 0.2, 2.8), material="kalkzandsteen"):
    """Write an architect's file and a supplier's, each with one element, and read both."""
    a, b = Factory(seed="a"), Factory(seed="b")
    one = a.box(name, *first, Name="drawn")
    if material:
        a.material([one], a.f.create_entity("IfcMaterial", material))
    second(b)
    return read([a.write(tmp_path / "a.ifc"), b.write(tmp_path / "b.ifc")], Settings())


def codes(issues):
    return sorted(found.code for found in issues if found.code in ("OPT-108", "OPT-120"))


def test_a_wall_under_another_guid_and_nearly_the_same_size_counts_once(tmp_path):
    # 7.8 of 8.0 m: 97.5 % of the volume
    building, issues = pair(tmp_path, lambda b: b.box("IfcWall", 0.2, 0, 0, 7.8, 0.2, 2.8, Name="supplied"))
    assert building.elements.name == ("drawn",)
    assert codes(issues) == ["OPT-108"]
    assert "98 %" in next(found.message for found in issues if found.code == "OPT-108")


def test_a_wall_of_blocks_is_the_wall_that_the_architect_drew(tmp_path):
    def blocks(b):
        wall = b.bare("IfcWall", Name="blocks")
        for k in range(8):
            b.box("IfcBuildingElementPart", k, 0, 0, 1, 0.2, 2.8, parent=wall)

    building, issues = pair(tmp_path, blocks)
    assert building.elements.name == ("drawn",)
    assert codes(issues) == ["OPT-108"]


def test_the_one_that_names_its_material_stays(tmp_path):
    def named(b):
        wall = b.box("IfcWall", 0, 0, 0, 7.9, 0.2, 2.8, Name="supplied")
        b.material([wall], b.f.create_entity("IfcMaterial", "Silka CS20"))

    building, _ = pair(tmp_path, named, material=None)
    assert building.elements.name == ("supplied",)


@pytest.mark.parametrize(
    ("box", "found"),
    [
        ((0, 0, 0, 6, 0.2, 2.8), ["OPT-120"]),  # three quarters of it
        ((0, 0.1, 0, 8, 0.2, 2.8), ["OPT-120"]),  # half into it
        ((7.8, 0, 0, 8, 0.2, 2.8), []),  # a corner
        ((0, 0.2, 0, 8, 0.2, 2.8), []),  # beside it
        ((0, 0, 2.8, 8, 0.2, 2.8), []),  # on top of it
        ((3, -2, 0, 0.2, 4, 2.8), []),  # across it
    ],
)
def test_partial_overlaps_are_counted_both_and_reported(box, found, tmp_path):
    building, issues = pair(tmp_path, lambda b: b.box("IfcWall", *box))
    assert len(building.elements) == 2
    assert codes(issues) == found


def test_a_wall_in_the_opening_of_another_is_a_wall_of_its_own(tmp_path):
    a = Factory()
    wall = a.box("IfcWall", 0, 0, 0, 8, 0.2, 2.8)
    a.opening(wall, 2, -0.1, 0, 2, 0.4, 2.8)
    a.box("IfcWall", 2, 0, 0, 2, 0.2, 2.8, Name="infill")
    building, issues = read([a.write(tmp_path / "a.ifc")], Settings())
    assert len(building.elements) == 2
    assert codes(issues) == []


def test_planks_in_recesses_stay_and_planks_in_a_full_plate_are_reported(tmp_path):
    full = (0, 0, 2.6, 7.2, 5, 0.29)
    building, issues = pair(tmp_path, lambda b: b.box("IfcSlab", 0, 0, 2.6, 2.4, 5, 0.06), name="IfcSlab", first=full)
    assert len(building.elements) == 2
    assert codes(issues) == ["OPT-120"]
    a = Factory()
    slab = a.box("IfcSlab", *full)
    a.opening(slab, 0.1, 0.1, 2.5, 7.0, 4.8, 0.16)  # a recess of 60 mm from below
    a.box("IfcSlab", 0.1, 0.1, 2.6, 7.0, 4.8, 0.06)
    building, issues = read([a.write(tmp_path / "recess.ifc")], Settings())
    assert building.elements.volume_m3.sum() == pytest.approx(7.2 * 5 * 0.29)
    assert codes(issues) == []


def test_another_kind_in_the_same_place_is_not_the_same(tmp_path):
    building, issues = pair(tmp_path, lambda b: b.box("IfcBeam", 0, 0, 0, 8, 0.2, 2.8))
    assert len(building.elements) == 2
    assert codes(issues) == []
