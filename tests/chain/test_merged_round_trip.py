"""A variant written into the file of its building, and that file scanned as any other building.

What stands on the old parts must then be what the layout put on them. The two ways have little in common: the layout loads
the heads of the old structure by the reactions of modules; the merged file is walls, slabs and beams whose bearing, spans,
weights and supports are read from shapes and materials.
"""

from collections import Counter, defaultdict

import ifcopenshell
import numpy as np
import pytest
from chain_models import Row

from optopscan.loads.take_down import Extension, take_down
from optopscan.pipeline import check_building
from optopscan.pipeline.merging import assemblies_of, drawn_top
from optopscan.pipeline.placing import below_of, placeable_roof, placing_ground
from optopscan.pipeline.topologies import explore
from optopscan.placement.programme import Programme
from optopscan.placement.recheck import Product, layout_loads
from optopscan.placement.roof import usable_roofs
from optopscan.placement.variants import place
from optopscan.settings import Settings

CLOSE, CLOSE_AT_ROOF = 0.007, 0.012
"""Largest difference at the foot of any old part, of what it carries.

Right below the roof more is allowed: the lines of this block have their heads at other places along them (one has a
doorway), and a cross beam meets only one of its two lines in the middle of a head.
"""
SMALL_KN = 1.0
CONCEPT = "fictief.clt-3d"
STOREYS = 2
FILES = {
    "IFC4": {},
    "IFC2X3": {"schema": "IFC2X3", "length_unit": "foot", "rotation_deg": 33.0, "offset_m": (155000.0, 463000.0, 2.0)},
}


class Merged:
    """One building with a variant: as laid out, and as read again from the merged file."""

    def __init__(self, path, folder):
        self.settings = Settings(samples=0, concepts=(CONCEPT,), max_extra_storeys=STOREYS)
        self.old = check_building([path], self.settings, lambda _: None)
        structure, loads, checks = self.old.structure, self.old.loads, self.old.checks
        paths = explore(self.old.known, structure, loads, checks.answer, self.old.concepts, self.old.values)
        ground = placing_ground(structure, self.old.known.building, checks, loads, self.old.concepts, self.old.relief, paths)
        product = self.old.concepts[0]
        roofs = (usable_roofs(placeable_roof(structure)),) * STOREYS
        # The layout that the limits below were measured on. That with the most room below has one part 1.24 % off.
        self.variant, _ = place(
            below_of(ground),
            Programme(concept=product, storeys=STOREYS, goal="dwellings"),
            roofs,
            mode="possible",
            reasons=False,
            slack=False,
        )
        assert self.variant.placed
        structure = placeable_roof(structure)
        product = Product(concept=self.old.concepts[0], imposed_kn_m2=loads.new_imposed_kn_m2)
        layout = layout_loads(
            structure, usable_roofs(structure), {product.concept.id: product}, self.variant.placed, storeys=self.variant.storeys
        )
        extension = Extension(
            head_permanent_kn=layout.permanent_head_kn, head_imposed_kn=layout.imposed_head_kn, removed_cell_kn=layout.removed_cell_kn
        )
        self.layout = layout
        self.extended = take_down(structure, self.old.loads.actions, extension)
        self.top, self.data = drawn_top([path], structure, self.variant, self.old)
        self.source, self.path = path.read_bytes(), folder / "samen.ifc"
        self.path.write_bytes(self.data)
        self.new = check_building([self.path], self.settings, lambda _: None)


@pytest.fixture(scope="module", params=sorted(FILES))
def merged(request, tmp_path_factory):
    folder = tmp_path_factory.mktemp("samen")
    return Merged(Row().write(folder / "rij.ifc", **FILES[request.param]), folder)


def test_the_file_of_the_building_is_kept_to_the_byte(merged):
    end = merged.source.rindex(b"ENDSEC;")
    assert merged.data.startswith(merged.source[:end])
    assert merged.data.endswith(merged.source[end:])


def test_every_old_part_is_found_again(merged):
    assert set(merged.old.structure.parts.id) <= set(merged.new.structure.parts.id)


@pytest.mark.parametrize("distribution", ["simple", "continuous"])
def test_the_old_parts_carry_what_the_layout_puts_on_them(merged, distribution):
    ids = merged.old.structure.parts.id
    row = {part: i for i, part in enumerate(merged.new.structure.parts.id)}
    rows = [row[part] for part in ids]
    storey = np.asarray(merged.old.structure.parts.storey)
    limit = np.where(storey >= 1, CLOSE_AT_ROOF, CLOSE)
    before, after = merged.extended[distribution], merged.new.loads.take_downs[distribution]
    pairs = {
        "permanent": (before.permanent_foot_kn, after.permanent_foot_kn[rows]),
        "imposed": (before.imposed_foot_kn.sum(axis=1), after.imposed_foot_kn.sum(axis=1)[rows]),
    }
    for what, (laid_out, read) in pairs.items():
        off = np.abs(read - laid_out) / np.maximum(np.abs(laid_out), SMALL_KN)
        worst = int((off / limit).argmax())
        assert off[worst] <= limit[worst], f"{what} at {ids[worst]}: {laid_out[worst]:.2f} kN laid out, {read[worst]:.2f} kN read"


def test_all_load_reaches_the_ground(merged):
    before, after = merged.extended["simple"], merged.new.loads.take_downs["simple"]
    assert after.unsupported_kn == pytest.approx(0.0, abs=1e-6)
    assert after.ground_permanent_kn == pytest.approx(before.ground_permanent_kn, rel=1e-5)
    assert after.ground_imposed_kn == pytest.approx(before.ground_imposed_kn, rel=1e-3)


def test_modules_are_counted_and_weighed_from_the_file(merged):
    """Weight: volume times density of the pieces of every assembly, as the reader weighs them."""
    elements, weight = merged.new.known.building.elements, merged.new.known.materials.self_weight_kn
    owner = assemblies_of([merged.path])
    modules = [one for one in owner if one.kind == "VOLUMETRICMODULE"]
    assert len(modules) == merged.variant.modules == len(merged.variant.placed)
    kn = dict(zip(elements.id, weight.tolist(), strict=True))
    types = {kind.key: kind for kind in merged.top.types}
    stated = {module.module_id: types[module.type_key].weight_kn for module in merged.top.modules}
    for one in modules:
        assert sum(kn.get(part, 0.0) for part in one.parts) == pytest.approx(stated[one.tag], rel=1e-6), one.tag
    known = {part for one in modules for part in one.parts}
    last = max(int(part.split("#")[1]) for part in merged.old.known.building.elements.id)
    layer = sum(value for part, value in kn.items() if part not in known and int(part.split("#")[1]) > last)
    assert layer == pytest.approx(merged.top.transfer_kn, rel=1e-6)
    assert sum(stated.values()) + layer == pytest.approx(float(merged.layout.permanent_head_kn.sum()), rel=1e-6)


def test_all_new_pieces_bear(merged):
    elements, bearing = merged.new.known.building.elements, merged.new.known.bearing
    last = max(int(part.split("#")[1]) for part in merged.old.known.building.elements.id)
    states = defaultdict(Counter)
    for i, part in enumerate(elements.id):
        if int(part.split("#")[1]) > last:
            states[elements.kind[i]][bearing.state[i]] += 1
    assert set(states) == {"wall", "slab", "beam"}
    assert all(set(found) == {"yes"} for found in states.values()), states


def test_modules_stand_where_the_variant_says(merged):
    """Plan and foot of each floor slab against the place of its module, in the local frame."""
    elements = merged.new.known.building.elements
    row = {part: i for i, part in enumerate(elements.id)}
    placed = {module.module_id: module for module in merged.variant.placed}
    # the local frames of the two scans differ by where the building begins
    old, new = merged.old.known.building.local_to_ifc, merged.new.known.building.local_to_ifc
    assert old.rotation_deg == pytest.approx(new.rotation_deg, abs=1e-5)
    assert old.origin_m == pytest.approx(new.origin_m, abs=1e-5)
    for one in assemblies_of([merged.path]):
        module = placed[one.tag]
        floor = next(row[part] for part in one.parts if elements.name[row[part]] == "vloer")
        assert elements.footprint[floor].area == pytest.approx(module.width_m * module.length_m, rel=1e-6)
        turn = np.radians(module.rotation_deg)
        half = 0.5 * np.array([module.width_m, module.length_m])
        middle = np.array([module.x_m, module.y_m]) + [
            half[0] * np.cos(turn) - half[1] * np.sin(turn),
            half[0] * np.sin(turn) + half[1] * np.cos(turn),
        ]
        centre = elements.footprint[floor].centroid
        assert (centre.x, centre.y) == pytest.approx(tuple(middle), abs=1e-4)
        assert elements.z0_m[floor] == pytest.approx(module.z_m, abs=1e-5)


def test_the_merged_file_has_a_storey_per_layer_and_a_space_per_dwelling(merged):
    model = ifcopenshell.open(merged.path)
    names = [storey.Name for storey in model.by_type("IfcBuildingStorey") if storey.Name.startswith("optop")]
    assert names == [f"optop {k + 1}" for k in range(merged.variant.storeys)]
    assert len(model.by_type("IfcSpace")) == len({module.dwelling for module in merged.top.modules})
