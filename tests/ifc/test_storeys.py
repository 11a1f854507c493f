"""Storeys from floor levels where the file states none or nonsense, and what is left as stated."""

import contextlib

import numpy as np
import pytest
from ifc_factory import Factory

from optopscan.errors import UnreadableInput
from optopscan.ifc.read import read
from optopscan.settings import Settings


def block(tmp_path, storeys, levels=(0.0, 3.0, 6.0), contain=None):
    """Three floors on walls; storeys as (name, elevation)."""
    model = Factory()
    for name, elevation in storeys:
        model.storey(name, elevation)
    for k, z in enumerate(levels):
        model.box("IfcSlab", 0, 0, z - 0.2, 8, 5, 0.2, storey=contain, Name=f"floor {k}")
    for z in levels[:-1]:
        for y in (0.0, 4.8):
            model.box("IfcWall", 0, y, z, 8, 0.2, 2.8, storey=contain, Name=f"wall {z}")
    return read([model.write(tmp_path / "model.ifc")], Settings())


def test_levels_beyond_any_number_are_no_noise(tmp_path, recwarn):
    """The file is refused or read; a warning of numpy on the screen is neither."""
    with contextlib.suppress(UnreadableInput):
        block(tmp_path, [("a", 1e305), ("b", -1e305), ("c", 0.0)])
    assert [str(one.message) for one in recwarn] == []


DERIVED = ("begane grond (afgeleid)", "verdieping 1 (afgeleid)", "verdieping 2 (afgeleid)")


@pytest.mark.parametrize(
    "storeys", [[], [("BEG", None)], [("Undefined", 0.0)], [("00", 0.0)], [("a", None), ("b", None)], [("x7", 0.0), ("q1", 0.0)]]
)
def test_levels_replace_storeys_that_say_nothing(storeys, tmp_path):
    building, issues = block(tmp_path, storeys, contain=storeys[0][0] if storeys else None)
    assert building.storeys.name == DERIVED
    assert building.storeys.elevation_m == pytest.approx([0.0, 3.0, 6.0])
    e = building.elements
    assert {name: int(row) for name, row in zip(e.name, e.storey, strict=True)} == {
        "floor 0": 0,
        "floor 1": 1,
        "floor 2": 2,
        "wall 0.0": 0,
        "wall 3.0": 1,
    }
    found = [one for one in issues if one.code == "OPT-122"]
    assert len(found) == 1
    assert "0.00, 3.00, 6.00" in found[0].message


@pytest.mark.parametrize(
    "storeys", [[("00", 0.0), ("01", 3.0), ("dak", 6.0)], [("x7", 0.0), ("Ceiling-East", 2.4), ("T/FDN", -1.0)], [("01", 3.0), ("00", 0.0)]]
)
def test_stated_storeys_stay(storeys, tmp_path):
    building, issues = block(tmp_path, storeys)
    assert sorted(building.storeys.name) == sorted(name for name, _ in storeys)
    assert list(building.storeys.elevation_m) == sorted(z for _, z in storeys)
    assert "OPT-122" not in [one.code for one in issues]


def test_one_storey_with_its_roof_is_no_nonsense(tmp_path):
    building, issues = block(tmp_path, [("00", 0.0)], levels=(0.0, 3.0))
    assert building.storeys.name == ("00",)
    assert [one.code for one in issues] == []


def test_the_foot_of_the_walls_is_a_level_where_no_ground_floor_is_drawn(tmp_path):
    model = Factory()
    for z in (3.0, 6.0):
        model.box("IfcSlab", 0, 0, z - 0.2, 8, 5, 0.2)
        model.box("IfcWall", 0, 0, z - 3.0, 8, 0.2, 2.8)
    model.box("IfcSlab", 0, 0, 1.3, 1, 1, 0.2)  # a landing makes no storey
    building, _ = read([model.write(tmp_path / "model.ifc")], Settings())
    assert building.storeys.elevation_m == pytest.approx([0.0, 3.0, 6.0])


def test_only_walls_tell_no_levels(tmp_path):
    model = Factory()
    model.storey("BEG", None)
    model.box("IfcWall", 0, 0, 0, 8, 0.2, 2.8, storey="BEG")
    building, _ = read([model.write(tmp_path / "model.ifc")], Settings())
    assert np.isnan(building.storeys.elevation_m).all()
