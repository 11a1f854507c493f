"""Files that go round in a circle are refused at the door: whoever follows them upwards never arrives."""

import ifcopenshell
import pytest
from ifc_factory import Factory, house

from optopscan.errors import UnreadableInput
from optopscan.ifc.circles import in_a_circle
from optopscan.ifc.read import read
from optopscan.settings import Settings


def test_no_circle_in_a_chain_a_tree_or_a_diamond():
    assert in_a_circle([(k, k + 1) for k in range(50_000)]) == []
    assert in_a_circle([(1, 2), (1, 3), (2, 4), (3, 4)]) == []


@pytest.mark.parametrize("pairs", [[(1, 1)], [(1, 2), (2, 1)], [(2, 3), (3, 1), (1, 2), (9, 8)]])
def test_a_circle_is_found(pairs):
    assert in_a_circle(pairs) == sorted({low for low, _ in pairs} - {9})


def test_what_hangs_below_a_circle_never_arrives_either():
    assert in_a_circle([(1, 2), (2, 1), (3, 1)]) == [1, 2, 3]


def test_a_site_inside_its_own_building_is_refused(tmp_path):
    model = ifcopenshell.open(house(tmp_path / "house.ifc"))
    site, building = model.by_type("IfcSite")[0], model.by_type("IfcBuilding")[0]
    model.create_entity("IfcRelAggregates", GlobalId=ifcopenshell.guid.new(), RelatingObject=building, RelatedObjects=[site])
    model.write(str(tmp_path / "circle.ifc"))
    with pytest.raises(UnreadableInput, match=r"^circle\.ifc: \d+ objects are part of themselves \(#\d+\); export it again$"):
        read([tmp_path / "circle.ifc"], Settings())


@pytest.mark.parametrize("length", [1, 2, 7])
def test_placements_that_stand_on_each_other_are_refused(tmp_path, length):
    model = Factory()
    model.storey("a", 0.0)
    walls = [model.box("IfcWall", 3 * k, 0, 0, 2, 0.2, 2.8, storey="a") for k in range(8)]
    for k in range(length):
        walls[k].ObjectPlacement.PlacementRelTo = walls[(k + 1) % length].ObjectPlacement
    model.write(tmp_path / "circle.ifc")
    with pytest.raises(UnreadableInput, match=rf"^circle\.ifc: {length} placements stand on themselves"):
        read([tmp_path / "circle.ifc"], Settings())
