"""The placed modules as ordinary loads, without influence matrix: the same foot loads.

Nothing of the placement is used but what it reports: where each module stands, its
size, and the parts that carry it. Weights come from the product's data, shares from
the smallest set of reactions on those parts that keeps each module's weight and place.
"""

import numpy as np
import pytest
import shapely
import shapely.affinity

from optopscan.catalog.engineering import load_engineering
from optopscan.catalog.load import load_concepts
from optopscan.loads.take_down import Extension, take_down
from optopscan.pipeline.loading import existing_loads

TOLERANCE = 1e-9
NEW_IMPOSED_KN_M2 = 1.75 + 0.8  # dwelling and partitions
CONCEPTS = {concept.id: concept for concept in load_concepts()}


@pytest.fixture(scope="module", params=["rij", "galerijflat"])
def placed(request, row, scan_of):
    result = row if request.param == "rij" else scan_of("galerijflat_1972")
    assert any(variant.placed for variant in result.variants)
    return result


def plan(module):
    """The rectangle of a module: width along its rotation, length to the left of it."""
    box = shapely.box(0.0, 0.0, module.width_m, module.length_m)
    turned = shapely.affinity.rotate(box, module.rotation_deg, origin=(0.0, 0.0))
    return shapely.affinity.translate(turned, module.x_m, module.y_m)


def weights_kn(concept, module, storeys):
    """Permanent load of the whole stack and imposed load of one storey, upper values."""
    area, perimeter = module.width_m * module.length_m, 2.0 * (module.width_m + module.length_m)
    storey = concept.g_floor_kn_m2.hi * area + concept.g_wall_kn_m.hi * perimeter
    return storeys * storey + (concept.g_roof_kn_m2.hi + concept.g_transfer_kn_m2.hi) * area, NEW_IMPOSED_KN_M2 * area


def stands_on_walls(variant):
    """Frames and tables of their own bring nothing to the old building, and say so."""
    if CONCEPTS[variant.concept].own_support:
        assert not any(module.loads_on for module in variant.placed)
        return False
    return bool(variant.placed)


def stack_height(variant, module):
    return sum(other.module_id.rsplit(".", 1)[0] == module.module_id.rsplit(".", 1)[0] for other in variant.placed)


def shares(result, module):
    """The smallest reactions on the heads of the named parts near the module that keep its weight and place."""
    structure, heads = result.structure, result.structure.heads
    named = [structure.parts.id.index(part) for part in module.loads_on]
    rows = np.flatnonzero(np.isin(heads.part, named))
    x, y = 0.5 * (heads.x0_m + heads.x1_m)[rows], 0.5 * (heads.y0_m + heads.y1_m)[rows]
    centre = plan(module).centroid
    balance = np.vstack([np.ones(len(rows)), x - centre.x, y - centre.y])
    found = np.linalg.pinv(balance) @ np.array([1.0, 0.0, 0.0])
    assert balance @ found == pytest.approx([1.0, 0.0, 0.0], abs=1e-9), f"{module.module_id}: the parts it names cannot carry it"
    share = np.zeros(len(heads))
    share[rows] = found
    return share


def head_loads(result, variant):
    concept, heads = CONCEPTS[variant.concept], result.structure.heads
    permanent, imposed = np.zeros(len(heads)), np.zeros((len(heads), variant.storeys))
    for module in variant.placed:
        if module.storey == 1:
            n = stack_height(variant, module)
            share, (g, q) = shares(result, module), weights_kn(concept, module, n)
            permanent += share * g
            imposed[:, :n] += (share * q)[:, None]
    return permanent, imposed


def actions_of(result):
    return existing_loads(result.structure, result.building, result.materials, result.bearing, load_engineering(), result.settings).actions


def test_foot_loads_are_those_of_the_influence_matrix(placed):
    actions, structure = actions_of(placed), placed.structure
    for variant in placed.variants:
        if not stands_on_walls(variant):
            continue
        permanent, imposed = head_loads(placed, variant)
        extension = Extension(head_permanent_kn=permanent, head_imposed_kn=imposed, removed_cell_kn=np.zeros(len(structure.cells)))
        rebuilt = take_down(structure, actions, extension)
        assert set(rebuilt) == set(placed.take_downs) == {"simple", "continuous"}
        for name, before in placed.take_downs.items():
            after = rebuilt[name]
            expected = before.permanent_foot_kn + before.influence_foot @ permanent
            scale = np.abs(expected).max()
            assert np.abs(after.permanent_foot_kn - expected).max() <= TOLERANCE * scale
            expected = np.column_stack([before.imposed_foot_kn, before.influence_foot @ imposed])
            assert np.abs(after.imposed_foot_kn - expected).max() <= TOLERANCE * scale
            assert after.roof_foot_kn == pytest.approx(before.roof_foot_kn, abs=1e-9)


def test_every_module_arrives_on_the_ground(placed):
    actions = actions_of(placed)
    for variant in placed.variants:
        if not stands_on_walls(variant):
            continue
        permanent, imposed = head_loads(placed, variant)
        heights = [(m, stack_height(variant, m)) for m in variant.placed if m.storey == 1]
        stacks = [(n, *weights_kn(CONCEPTS[variant.concept], m, n)) for m, n in heights]
        extension = Extension(head_permanent_kn=permanent, head_imposed_kn=imposed, removed_cell_kn=np.zeros(len(placed.structure.cells)))
        for name, after in take_down(placed.structure, actions, extension).items():
            before = placed.take_downs[name]
            brought = after.ground_permanent_kn + after.unsupported_kn - before.ground_permanent_kn - before.unsupported_kn
            assert brought == pytest.approx(sum(g for _, g, _ in stacks), rel=1e-9)
            assert after.ground_imposed_kn - before.ground_imposed_kn == pytest.approx(sum(n * q for n, _, q in stacks), rel=1e-9)


def test_modules_stay_on_the_roof_and_apart(placed):
    faces = shapely.union_all([face.polygon for face in placed.structure.roof_faces])
    obstacles = shapely.union_all([row.polygon for row in placed.structure.roof_obstacles])
    for variant in placed.variants:
        roof = faces.buffer(max(0.1, CONCEPTS[variant.concept].overhang_max_m), join_style="mitre")
        for storey in range(1, variant.storeys + 1):
            plans = [plan(m) for m in variant.placed if m.storey == storey]
            assert all(roof.covers(p.buffer(-0.01)) for p in plans)
            assert not any(obstacles.intersects(p) for p in plans)
            assert shapely.union_all(plans).area == pytest.approx(sum(p.area for p in plans), abs=1e-6)
        assert len(variant.placed) == variant.modules
        assert len({m.module_id for m in variant.placed}) == variant.modules
        assert variant.gfa_m2 == pytest.approx(sum(m.width_m * m.length_m for m in variant.placed))


def test_every_module_names_parts_that_exist_under_the_roof(placed):
    under_roof = {placed.structure.parts.id[part] for part in np.asarray(placed.structure.heads.part).tolist()}
    for variant in placed.variants:
        for module in variant.placed:
            assert module.loads_on or CONCEPTS[variant.concept].own_support
            assert set(module.loads_on) <= under_roof
