"""What a variant is weighed by: its counts, the walkway in the re-check, the new roof, and what nobody knows."""

import math
from dataclasses import replace

import numpy as np
import pytest
import small_wing

from optopscan.pipeline.placing import below_of
from optopscan.pipeline.roof_load import with_new_roof
from optopscan.pipeline.ways import WALKWAY_ID, walkway_product
from optopscan.pipeline.weighing import Scales, quantities, top_floor_m, weigh
from optopscan.placement.access.rules import access_rules
from optopscan.placement.recheck import Product, layout_loads
from optopscan.placement.roof import usable_roofs

# upper values of the data: walkway 2.5 on the transfer layer of the product 0.8, communal use 3.0, green roof 1.5 [kN/m2]
WALKWAY_KN_M2, TRANSFER_KN_M2, WALKWAY_IMPOSED_KN_M2, GREEN_KN_M2 = 2.5, 0.8, 3.0, 1.5


def placed_variants(generated):
    return [variant for variant in generated.variants if variant.placed]


def loads_of(ground, values, variant, concept=None, *, walkways=True):
    """Return the head loads of a variant as the re-check makes them, and the building under it."""
    below = below_of(ground)
    concept = concept or ground.concepts[0]
    products = {
        concept.id: Product(concept=concept, imposed_kn_m2=below.imposed_kn_m2),
        WALKWAY_ID: walkway_product(concept, access_rules(values)),
    }
    everything = [*variant.placed, *(variant.walkways if walkways else ())]
    return below, layout_loads(below.structure, usable_roofs(below.structure), products, everything, storeys=variant.storeys)


def area_m2(rows):
    return sum(row.width_m * row.length_m for row in rows)


@pytest.mark.parametrize("storeys", [1, 2])
def test_the_walkway_comes_down_on_the_ground(offered, wing, values, storeys):
    """Footings with walkway minus those without: 2.5 kN/m2 and 3.0 imposed x its area in every storey, 0.8 x that of the lowest."""
    variant = max((one for one in placed_variants(offered) if one.storeys == storeys), key=lambda one: area_m2(one.walkways))
    lowest_m2 = area_m2(one for one in variant.walkways if one.storey == 1)
    below, with_it = loads_of(wing, values, variant)
    _, without = loads_of(wing, values, variant, walkways=False)
    feet = np.flatnonzero(below.structure.parts.on_ground)
    assert area_m2(variant.walkways) > 10.0 * storeys
    for name, take in below.rebuild(with_it).items():
        bare = below.rebuild(without)[name]
        permanent_kn = (take.permanent_foot_kn - bare.permanent_foot_kn)[feet].sum()
        imposed_kn = np.asarray(take.imposed_foot_kn).sum(axis=1)[feet].sum() - np.asarray(bare.imposed_foot_kn).sum(axis=1)[feet].sum()
        assert permanent_kn == pytest.approx(WALKWAY_KN_M2 * area_m2(variant.walkways) + TRANSFER_KN_M2 * lowest_m2, rel=1e-6)
        assert imposed_kn == pytest.approx(WALKWAY_IMPOSED_KN_M2 * area_m2(variant.walkways), rel=1e-6)


def test_the_verdict_is_that_of_the_building_with_the_walkway(offered, wing, values):
    """Checked again here from the plans that the variant shows; without the walkway it would be no higher, and lower for some."""
    without = []
    for variant in placed_variants(offered):
        below, everything = loads_of(wing, values, variant)
        checked = below.check(below.rebuild(everything))
        assert (variant.max_uc, variant.outcome) == (pytest.approx(checked.max_uc, rel=1e-9), checked.outcome)
        _, bare = loads_of(wing, values, variant, walkways=False)
        without.append(checked.max_uc - below.check(below.rebuild(bare)).max_uc)
    assert min(without) >= -1e-9
    assert max(without) > 1e-3


def test_counts_agree(offered):
    assert placed_variants(offered)
    for variant in offered.variants:
        named = [name for home in variant.homes for name in home.modules]
        assert variant.modules == len(variant.placed) == len(named)
        assert sorted(named) == sorted(module.module_id for module in variant.placed)
        assert variant.dwellings == len(variant.homes) == sum(variant.dwellings_by_type.values())
        for kind, count in variant.dwellings_by_type.items():
            assert count == sum(home.type == kind for home in variant.homes)
        assert variant.gfa_m2 == pytest.approx(area_m2(variant.placed))
        assert variant.gfa_m2 == pytest.approx(sum(home.gfa_m2 for home in variant.homes))


def test_what_nobody_knows_is_named_and_never_ok(offered, wing):
    """The model says nothing of the soil, so no variant with modules on this building is ok."""
    assert "foundation" in wing.unproven
    for variant, worth in zip(offered.variants, offered.weighed, strict=True):
        if variant.placed:
            assert set(wing.unproven) <= set(variant.worth.unknown)
            assert worth.scheme.outcome != "ok"
            assert variant.outcome != "ok" or worth.scheme.outcome == "unknown"


def test_parts_that_hold_do_not_make_a_variant_ok_on_an_unknown_foundation(offered, wing, values):
    """The same layout with all parts ok: strength is not in doubt any more, the outcome still is."""

    variant = replace(placed_variants(offered)[0], outcome="ok")
    scales = Scales.of(wing, values, None, north_known=False)
    worth = weigh(variant, wing.concepts[:1], None, scales)
    assert worth.scheme.outcome == "unknown"
    assert (worth.scheme.unknown, "strength" in worth.scheme.unknown) == (wing.unproven, False)
    proven = weigh(variant, wing.concepts[:1], None, replace(scales, ground=replace(wing, unproven=())))
    assert (proven.scheme.outcome, proven.scheme.unknown) == ("ok", ())


def test_a_green_roof_weighs_its_upper_value_on_every_open_roof(offered, wing, values, told):
    """Same layout: 1.5 kN/m2 x what lies open on top, that is the plan of the highest storey and what it leaves of lower ones."""
    green = with_new_roof(wing.concepts[0], values, told(new_roof="green").settings)
    for variant in placed_variants(offered):
        _, bare = loads_of(wing, values, variant)
        _, heavy = loads_of(wing, values, variant, green)
        open_m2 = area_m2(one for one in variant.placed if one.storey == 1)  # every plan of the first storey has one roof over it
        more_kn = heavy.permanent_head_kn.sum() - bare.permanent_head_kn.sum()
        assert more_kn == pytest.approx(GREEN_KN_M2 * open_m2, rel=1e-9)
        assert heavy.imposed_head_kn.tobytes() == bare.imposed_head_kn.tobytes()


def test_the_green_roof_is_in_the_verdict(made):
    """The same plan under a green roof loads the walls more."""
    bare, green = made().variants, made(new_roof="green").variants
    assert [one.modules for one in bare] == [one.modules for one in green]
    assert all(heavy.max_uc > light.max_uc + 1e-3 for heavy, light in zip(green, bare, strict=True))
    assert {one.asked.get("new-roof") for one in green} == {"green"}


def test_a_bare_roof_leaves_the_product_as_it_is(wing, values):
    assert with_new_roof(wing.concepts[0], values, wing.settings) is wing.concepts[0]


def test_heights_by_hand(offered, wing, values):
    """Roof 5.6 m above the ground, transfer layer 0.35, storeys of 3.05: floors at 5.95 and 9.0, tops at 9.0 and 12.05."""
    scales = Scales.of(wing, values, None, north_known=False)
    for variant in placed_variants(offered):
        floor_m = 5.95 + 3.05 * (variant.storeys - 1) - scales.ground_m
        assert top_floor_m(variant, scales.ground_m) == pytest.approx(floor_m)
        found = quantities(variant, None, scales)
        assert found["building_height_m"] == pytest.approx(floor_m + 3.05)
        assert found["storeys_above_ground"] == small_wing.LEVELS + variant.storeys


def test_without_an_access_its_cost_is_not_known(wing, values, offered):

    worth = weigh(placed_variants(offered)[0], wing.concepts[:1], None, Scales.of(wing, values, None, north_known=False))
    assert math.isnan(worth.scheme.works["gallery"])
    assert worth.cost is None or math.isnan(worth.cost.hi_eur)
