"""Products on columns of their own: nothing on the old building, spans and columns counted by hand, never ok."""

from __future__ import annotations

import dataclasses

import numpy as np
import pytest
import shapely

from optopscan.errors import EquilibriumError
from optopscan.placement.ground import survey
from optopscan.placement.programme import Programme
from optopscan.placement.recheck import layout_loads, placed_polygon
from optopscan.placement.roof import usable_roofs
from optopscan.placement.support import check_untouched, roof_with_overhang
from optopscan.settings import Settings

from .factory import concept, cross_walls, quantity, site
from .test_place import BAYS, BOX, below_of, roofs_of, run, x_of
from .test_solve import types

OWN = {"frame_span_max_m": 12.0, "column_distance_m": 5.4, "column_clearance_m": 1.2, "transfer_span_max_m": 5.4}
FRAME = concept(support_system="facade-frame", columns="outside", **OWN)
TABLE = concept(support_system="table", columns="through", **OWN | {"frame_span_max_m": 6.0})
FAILING = cross_walls(BAYS, 10, over=dict.fromkeys(range(4), True))


def columns_of(variant):
    return [(round(column.x_m, 6), round(column.y_m, 6)) for column in variant.columns]


def test_walls_below_never_limit_a_facade_frame():
    """All walls fail as they stand; 16.2 / 3.6 = 4.5: two dwellings of two modules a storey, as on walls without a limit."""
    walls, _ = run(site(FAILING, BOX), concept())
    frame, _ = run(site(FAILING, BOX), FRAME, storeys=2)
    assert (walls.dwellings, frame.dwellings, frame.modules) == (0, 4, 8)
    assert {module.loads_on for module in frame.placed} == {()}


@pytest.mark.parametrize("product", [FRAME, TABLE])
@pytest.mark.parametrize("mode", ["proven", "possible"])
def test_own_columns_are_never_ok_and_say_why(product, mode):
    variant, _ = run(site(cross_walls(BAYS, 10), BOX), product, mode=mode)
    assert (variant.dwellings, variant.outcome) == (2, "unknown")
    for word in ("fundering", "stabiliteit", "niet getoetst"):
        assert word in variant.why
    assert ("vrij is, is niet bekend" in variant.why) == (product is FRAME)


def test_columns_of_a_frame_stand_in_the_middle_of_the_free_strip():
    """16.2 m / 5.4 m = three bays, four frames; strip of 1.2 m: at y = -0.6 and 10.6. Modules fill 14.4 m: all four are used."""
    variant, _ = run(site(cross_walls(BAYS, 10), BOX), FRAME)
    assert columns_of(variant) == [(x, y) for x in (0.0, 5.4, 10.8, 16.2) for y in (-0.6, 10.6)]
    assert not any(column.meets for column in variant.columns)


def test_only_frames_under_modules_get_columns():
    """One module of 5.4 x 10 m between obstacles: on the frames at 5.4 and 10.8."""
    test_site = site(cross_walls(BAYS, 10), BOX, obstacles=[shapely.box(0, 0, 5.3, 10), shapely.box(10.9, 0, 16.2, 10)])
    product = dataclasses.replace(FRAME, width_m=5.4, width_options_m=(), unit_types=types(1))
    variant, _ = run(test_site, product)
    assert (x_of(variant), {x for x, _ in columns_of(variant)}) == ([5.4], {5.4, 10.8})


@pytest.mark.parametrize(("span_m", "dwellings"), [(11.19, 0), (11.2, 2)])
def test_a_frame_spans_the_depth_and_half_a_strip_at_either_end(span_m, dwellings):
    # 10 + 2 x 0.6 = 11.2
    assert run(site(FAILING, BOX), dataclasses.replace(FRAME, frame_span_max_m=span_m))[0].dwellings == dwellings


@pytest.mark.parametrize(("ratio", "dwellings"), [(27.9, 0), (28.1, 2)])
def test_a_frame_must_be_deep_enough_for_its_span(ratio, dwellings):
    # depth 0.4 m: 27.9 x 0.4 = 11.16 < 11.2 < 28.1 x 0.4 = 11.24
    assert run(site(FAILING, BOX), dataclasses.replace(FRAME, transfer_span_to_depth_max=ratio))[0].dwellings == dwellings


def test_a_deep_wing_stops_frames_there_only():
    """L: 16.2 x 10, and from x = 10.8 on 16 m deep. Frames span 11.2 m at x = 0 and 5.4, 17.2 m at 10.8 and 16.2 (limit 12.0).

    Modules of 2.7 m, two a dwelling: one dwelling between 0 and 5.4.
    """
    roof = shapely.union(BOX, shapely.box(10.8, 0, 16.2, 16))
    test_site = site(cross_walls((0, 5.4), 10) + cross_walls((10.8, 16.2), 16), roof)
    variant, _ = run(test_site, dataclasses.replace(FRAME, width_m=2.7, width_options_m=()))
    assert (variant.dwellings, x_of(variant)) == (1, [0.0, 2.7])


def test_table_columns_go_through_the_building():
    """Rows across between 0.6 and 9.4 m: 8.8 m over spans of at most 6.0 m is two spans, rows at 0.6, 5.0 and 9.4.

    Lines at 0, 5.4, 10.8 and 16.2 run in the walls there: all twelve meet one. At 8.1 m spans (two bays) the middle line is free.
    """
    variant, _ = run(site(cross_walls(BAYS, 10), BOX), TABLE)
    assert columns_of(variant) == [(x, y) for x in (0.0, 5.4, 10.8, 16.2) for y in (0.6, 5.0, 9.4)]
    assert all(column.meets.startswith(f"w{row // 3}.") for row, column in enumerate(variant.columns))
    wide, _ = run(site(cross_walls(BAYS, 10), BOX), dataclasses.replace(TABLE, column_distance_m=8.1))
    assert {column.x_m for column in wide.columns if not column.meets} == {8.1}


def test_modules_may_overhang_the_facade_but_not_what_a_setback_keeps_free():
    """Roof 16.2 x 10 with 0.6 m all round: 17.4 / 3.6 = 4.8 and length 11.2. With a setback of 1 m: 14.2 x 8, three modules."""
    product = dataclasses.replace(FRAME, overhang_max_m=0.6, unit_types=types(1))
    test_site = site(cross_walls(BAYS, 10), BOX)
    wide, _ = run(test_site, product)
    assert {round(module.length_m, 3) for module in wide.placed} == {11.2}
    allowed = BOX.buffer(0.6, join_style="mitre")
    assert all(placed_polygon(module).within(allowed.buffer(1e-3)) for module in wide.placed)
    set_back, _ = run(test_site, product, settings=Settings(setback_m=1.0))
    inside = shapely.box(1, 1, 15.2, 9)
    assert set_back.placed
    assert all(placed_polygon(module).within(inside.buffer(1e-3)) for module in set_back.placed)
    roof = usable_roofs(test_site.structure)[0]
    assert roof_with_overhang(test_site.structure, roof, product).polygon.area == pytest.approx(17.4 * 11.2)


@pytest.mark.parametrize("turn_deg", [30.0, 90.0])
def test_a_turned_building_gets_the_same_dwellings(turn_deg):
    variant, _ = run(site(FAILING, BOX, turn_deg=turn_deg), FRAME)
    assert (variant.dwellings, len(variant.columns)) == (2, 8)


@pytest.mark.parametrize("product", [FRAME, TABLE])
def test_re_check_finds_nothing_changed_even_with_ballast(product):
    """Foot loads of every part after placing equal those before to 1e-6 kN; gravel under hanging modules stays where it is."""
    test_site = site(cross_walls(BAYS, 10), BOX)
    seen = []

    def rebuild(loads):
        seen.append(test_site.rebuild(loads))
        return seen[-1]

    variant, _ = run(test_site, product, settings=Settings(roof_ballast_evidence=True), rebuild=rebuild)
    assert variant.placed
    for name, before in test_site.take_downs.items():
        assert np.abs(seen[0][name].permanent_foot_kn - before.permanent_foot_kn).max() < 1e-6
        assert np.abs(seen[0][name].imposed_foot_kn.sum(axis=1) - before.imposed_foot_kn.sum(axis=1)).max() < 1e-6


def test_a_load_on_the_old_building_is_refused():
    test_site = site(cross_walls(BAYS, 10), BOX)
    variant, _ = run(test_site, concept())
    below = below_of(test_site)
    loads = layout_loads(test_site.structure, usable_roofs(test_site.structure), {"test": _product(below)}, variant.placed, storeys=1)
    with pytest.raises(EquilibriumError, match="columns of their own"):
        check_untouched(test_site.take_downs, test_site.rebuild(loads), test_site.structure.parts.id)


def _product(below):
    from optopscan.placement.recheck import Product

    return Product(concept=concept(), imposed_kn_m2=below.imposed_kn_m2)


def test_a_product_that_does_not_state_its_columns_is_unknown():
    variant, _ = run(site(cross_walls(BAYS, 10), BOX), concept(support_system="table"))
    assert (variant.modules, variant.outcome) == (0, "unknown")
    for word in ("overspanning", "kolomafstand", "vrije ruimte", "plaats van de kolommen"):
        assert word in variant.why


def test_a_roof_without_bearing_lines_takes_a_table():
    test_site = site([], BOX, columns=[(8, 5)])
    assert run(test_site, concept())[0].dwellings == 0
    assert run(test_site, TABLE)[0].dwellings == 2


def test_own_columns_have_no_rows_below():
    test_site = site(FAILING, BOX)
    programme = Programme(concept=FRAME, storeys=2)
    ground = survey(test_site.structure, programme, roofs_of(test_site, 2))
    assert ground.blind_area_m2 == pytest.approx(144.0)
    assert all(share.nnz == 0 for share in ground.candidates.share)
    heavy, _ = run(test_site, dataclasses.replace(FRAME, g_floor_kn_m2=quantity(20.0)), storeys=2)
    assert heavy.dwellings == 4
