"""A new top written into a file: what was there stays, what is new is valid, in place and as heavy as stated."""

import dataclasses

import ifcopenshell
import ifcopenshell.util.placement as placement_util
import numpy as np
import pytest
from express_rules import statements

from optopscan.errors import UsageError
from optopscan.ifc.assemblies import assemblies
from optopscan.ifc.author import Author
from optopscan.ifc.merge import write_merged
from optopscan.ifc.read import read
from optopscan.model.new_top import ModuleType, NewTop, Piece, Place, PlacedModule
from optopscan.settings import Settings

FILES = {
    "IFC2X3 foot": {"schema": "IFC2X3", "length_unit": "foot", "rotation_deg": 33.0, "offset_m": (155000.0, 463000.0, 2.0)},
    "IFC4 mm": {"schema": "IFC4", "length_unit": "mm"},
    "IFC4X3 m": {"schema": "IFC4X3", "length_unit": "m", "rotation_deg": -20.0},
}
DENSITY_KG_M3 = 500.0


def shed(path, **how):
    """One storey of 4 x 6 m: two walls and a roof with its top at 3.0 m."""
    author = Author("schuur", **how)
    storey = author.storey("00 begane grond", 0.0)
    for name, x in (("W1", 0.0), ("W2", 4.0)):
        author.wall(storey, name, (x, 0.0), (x, 6.0), z0_m=0.0, height_m=2.8, thickness_m=0.2, material="kalkzandsteen")
    author.slab(storey, "dak", [(-0.1, 0.0), (4.1, 0.0), (4.1, 6.0), (-0.1, 6.0)], z_top_m=3.0, thickness_m=0.2, material="beton")
    author.write(path)
    return path


def block(kind, name, place, size, density=DENSITY_KG_M3):
    return Piece(kind=kind, name=name, place=place, size_m=size, material="hout", density_kg_m3=density)


def top(local):
    """Two modules of 2 x 5 x 3 m side by side on one beam, turned a quarter, at (4, 0.5) in the axes of the author."""
    pieces = (
        block("floor", "vloer", Place(x_m=0.0, y_m=0.0, z_m=0.0), (2.0, 5.0, 0.3)),
        block("wall", "wand links", Place(x_m=0.0, y_m=0.0, z_m=0.3), (0.1, 5.0, 2.7)),
        block("wall", "wand rechts", Place(x_m=1.9, y_m=0.0, z_m=0.3), (0.1, 5.0, 2.7)),
        block("facade", "gevel voor", Place(x_m=0.1, y_m=0.0, z_m=0.3), (1.8, 0.06, 2.7), float("nan")),
    )
    weight = DENSITY_KG_M3 * (2.0 * 5.0 * 0.3 + 2 * 0.1 * 5.0 * 2.7) * 9.81 / 1000.0
    kind = ModuleType(key="m", width_m=2.0, length_m=5.0, height_m=3.0, with_roof=False, weight_kn=weight, pieces=pieces)
    modules = tuple(
        PlacedModule(
            module_id=f"W00{k + 1}.1.1", dwelling=f"W00{k + 1}.1", storey=1, type_key="m", loads_on=(),
            place=Place(x_m=local[0] + 4.0, y_m=local[1] + 0.5 + 2.0 * k, z_m=3.4, rotation_deg=90.0),
        )
        for k in range(2)
    )  # fmt: skip
    beam = block("beam", "randbalk 1", Place(x_m=local[0] - 1.0, y_m=local[1] + 0.5, z_m=3.2, rotation_deg=0.0), (5.0, 0.1, 0.2))
    return NewTop(
        variant="test+1", concept="test", concept_name="Proef", supplier="niemand", fictitious=True, z_m=3.4, storey_height_m=3.0,
        storeys=1, types=(kind,), modules=modules, transfer=(beam,), transfer_kn=0.5,
        floor_loads=(("floor_finish_kn_m2", 0.0),), roof_loads=(),
    )  # fmt: skip


@pytest.fixture(params=sorted(FILES))
def made(request, tmp_path):
    source = shed(tmp_path / "schuur.ifc", **FILES[request.param])
    building, _ = read([source], Settings())
    # the author's zero in the local frame: the corner of the first wall lies at (-0.1, 0) there
    low = np.min([shape.bounds[:2] for shape in building.elements.footprint], axis=0)
    new = top((low[0] + 0.1, low[1]))
    data = write_merged([source], new, building.local_to_ifc)
    path = tmp_path / "samen.ifc"
    path.write_bytes(data)
    return source, path, new, building


def errors_of(path):
    return [str(row.get("message")) for row in statements(str(path))]


def test_what_was_there_stays_to_the_byte(made):
    source, path, _, _ = made
    old, new = source.read_bytes(), path.read_bytes()
    end = old.rindex(b"ENDSEC;")
    assert new.startswith(old[:end])
    assert new.endswith(old[end:])
    assert len(new) > len(old)


def test_the_merged_file_is_valid(made):
    assert errors_of(made[0]) == []
    assert errors_of(made[1]) == []


def test_the_overlay_is_valid_and_hangs_in_the_same_building(made, tmp_path):
    source, _, new, building = made
    path = tmp_path / "nieuw.ifc"
    path.write_bytes(write_merged([source], new, building.local_to_ifc, overlay=True))
    assert errors_of(path) == []
    old, only = ifcopenshell.open(source), ifcopenshell.open(path)
    for name in ("IfcProject", "IfcSite", "IfcBuilding"):
        assert [one.GlobalId for one in only.by_type(name)] == [one.GlobalId for one in old.by_type(name)]
    assert not {one.GlobalId for one in old.by_type("IfcElement")} & {one.GlobalId for one in only.by_type("IfcElement")}
    assert len(only.by_type("IfcElementAssembly")) == 2


def test_same_input_gives_same_bytes_and_another_variant_other_identifiers(made):
    source, path, new, building = made
    assert write_merged([source], new, building.local_to_ifc) == path.read_bytes()
    other = write_merged([source], dataclasses.replace(new, variant="test+2"), building.local_to_ifc)
    ids = [{one.GlobalId for one in ifcopenshell.file.from_string(data.decode()).by_type("IfcRoot")} for data in (path.read_bytes(), other)]
    old = {one.GlobalId for one in ifcopenshell.open(source).by_type("IfcRoot")}
    assert ids[0] & ids[1] == old


def test_a_module_stands_where_it_was_put(made):
    """W001 turned a quarter at author (4, 0.5): its floor covers x -1 to 4 and y 0.5 to 2.5."""
    _, path, _, building = made
    merged, _ = read([path], Settings())
    assert merged.local_to_ifc.rotation_deg == pytest.approx(building.local_to_ifc.rotation_deg, abs=1e-6)
    rows = [k for k, name in enumerate(merged.elements.name) if name == "vloer"]
    found = sorted(tuple(np.round(merged.elements.footprint[k].bounds, 4)) for k in rows)
    walls = [merged.elements.footprint[k] for k, name in enumerate(merged.elements.name) if name == "W1"]
    x, y = walls[0].bounds[0] + 0.1, walls[0].bounds[1]
    assert found[0] == pytest.approx((x - 1.0, y + 0.5, x + 4.0, y + 2.5), abs=1e-3)
    assert found[1] == pytest.approx((x - 1.0, y + 2.5, x + 4.0, y + 4.5), abs=1e-3)
    assert merged.elements.z0_m[rows] == pytest.approx([3.4, 3.4], abs=1e-5)


def test_assemblies_hold_their_pieces(made):
    """Two modules of four pieces: a floor, two walls and a facade."""
    found = assemblies([made[1]], Settings())
    assert [one.tag for one in found] == ["W001.1.1", "W002.1.1"]
    assert [len(one.parts) for one in found] == [4, 4]
    assert {one.kind for one in found} == {"VOLUMETRICMODULE"}


def test_the_storey_lies_at_the_top_of_its_floor(made):
    """Foot of the modules 3.4 m and a floor of 0.3 m: 3.7 m above the zero of the building."""
    model = ifcopenshell.open(made[1])
    storey = next(one for one in model.by_type("IfcBuildingStorey") if one.Name == "optop 1")
    base = next(one for one in model.by_type("IfcBuildingStorey") if one.Name != "optop 1")
    unit = {"foot": 0.3048, "mm": 0.001, "m": 1.0}[made[3].inputs[0].length_unit]
    heights = [placement_util.get_local_placement(one.ObjectPlacement)[2, 3] * unit for one in (storey, base)]
    offset = made[3].elements.z0_m.min()
    assert storey.Elevation * unit == pytest.approx(3.7 - offset, abs=1e-6)
    assert heights[0] == pytest.approx(3.7, abs=1e-6)


def test_every_module_says_that_it_is_no_design_check(made):
    model = ifcopenshell.open(made[1])
    notes = [
        prop.NominalValue.wrappedValue
        for found in model.by_type("IfcPropertySet")
        if found.Name == "Optopscan_Module"
        for prop in found.HasProperties
        if prop.Name == "Note"
    ]
    assert notes == ["quickscan, geen toetsing"] * 2


def test_nothing_to_write_is_refused(made):
    with pytest.raises(UsageError, match="nothing to write"):
        write_merged([made[0]], dataclasses.replace(made[2], modules=()), made[3].local_to_ifc)
