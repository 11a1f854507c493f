"""Gable ends: found in a model, and stacked against."""

from __future__ import annotations

import dataclasses
import math
from pathlib import Path
from typing import Any

import pytest
import shapely

from optopscan.catalog.concept import UnitType
from optopscan.ifc.author import rectangle
from optopscan.model.surroundings import Neighbour, Surroundings
from optopscan.placement.beyond.gable import find_gables, is_end
from optopscan.placement.beyond.sides import outline, sides
from optopscan.placement.beyond.stack import stack_at_gable

from .beyond_models import CONCRETE, Row, gable, hole, limits, product, understood

LIMITS = limits()
CLT = product("aanplak")


def ends(polygon: shapely.Polygon) -> list[tuple[float, float]]:
    """Return the middles of the gable ends of an outline, rounded."""
    plan = outline([polygon])
    found = [side for side in sides(plan) if is_end(side, plan)]
    return sorted((round((s.x0_m + s.x1_m) / 2, 1), round((s.y0_m + s.y1_m) / 2, 1)) for s in found)


# outline


def test_a_slab_has_two_gable_ends() -> None:
    assert ends(shapely.box(0, 0, 30, 10)) == [(0.0, 5.0), (30.0, 5.0)]


def test_each_wing_of_an_l_has_one_and_the_long_sides_none() -> None:
    """The left side is 20 m with 8 m behind its middle: no end, though the side round its lower corner is longer still."""
    wings = shapely.Polygon([(0, 0), (30, 0), (30, 8), (8, 8), (8, 20), (0, 20)])
    assert ends(wings) == [(4.0, 20.0), (30.0, 4.0)]


def test_a_step_between_two_wings_is_no_gable_end() -> None:
    """A bar of 16 x 8 m on a bar of 15 x 15 m, shifted 5 m: the left end of the upper bar counts, the step under it does not."""
    stepped = shapely.union_all([shapely.box(0, 15, 16, 23), shapely.box(5, 0, 20, 15)])
    assert ends(stepped) == [(0.0, 19.0)]


def test_a_square_has_none() -> None:
    assert ends(shapely.box(0, 0, 12, 12)) == []


def test_beside_a_stair_tower_the_rest_of_the_side_is_a_gable_end() -> None:
    """A tower of 4 x 4.5 m at the lower right corner leaves 6 m of the 10 m side; its own end has sides of 4 m round its corners."""
    tower = shapely.box(0, 0, 30, 10).union(shapely.box(30, -0.5, 34, 4))
    assert ends(tower) == [(0.0, 5.0), (30.0, 7.0)]


def test_galleries_and_small_steps_do_not_break_a_side() -> None:
    plan = shapely.union_all([shapely.box(0, 0, 30, 10), shapely.box(0, -1.5, 30, 0), shapely.box(-0.2, 5, 0, 10)])
    assert len(ends(plan)) == 2


def test_side_coordinates_run_left_to_right_seen_from_outside() -> None:
    bottom = next(side for side in sides(shapely.box(0, 0, 30, 10)) if side.y0_m == side.y1_m == 0.0)
    assert (bottom.x0_m, bottom.x1_m) == (0.0, 30.0)
    assert bottom.to_side(shapely.Point(7, -2)).coords[0] == pytest.approx((7.0, 2.0))
    assert bottom.to_building(shapely.Point(7, 2)).coords[0] == pytest.approx((7.0, -2.0))


# in a model


def left_of(found: Any) -> Any:
    return min(found, key=lambda g: g.x0_m + g.x1_m)


def looked(tmp_path: Path, row: Row, surroundings: Any = None) -> Any:
    """Return the left gable end; ``surroundings`` gets the left, low corner of the floors."""
    building, structure, _ = understood(row.write(tmp_path / "rij.ifc"))
    x, y, *_ = shapely.union_all(structure.fields.polygon).bounds
    told = surroundings(x, y) if surroundings else None
    return left_of(find_gables(building, structure, LIMITS, told)), (x, y)


def test_blind_gable_end_of_a_row(tmp_path: Path) -> None:
    """Width 9.0 m; wall 2 x 2.8 of 6.0 m high: 0.933 seen; nothing told of the plot, so the depth is not known."""
    found, (x, y) = looked(tmp_path, Row())
    assert found.width_m == pytest.approx(9.0)
    assert (found.ground_m, found.eaves_m) == pytest.approx((0.0, 6.0))
    assert found.levels_m == pytest.approx((0.0, 3.0))
    assert found.holes == ()
    assert found.opening_share == 0.0
    assert found.seen_share == pytest.approx(5.6 / 6.0)
    assert math.isnan(found.free_depth_m)
    assert found.free_at_most_m == math.inf
    assert found.gallery_m == found.stair_m == ()
    # seen from outside, looking to the right: the left end is the far one
    assert (found.x0_m, found.y0_m, found.x1_m, found.y1_m) == pytest.approx((x, y + 9.0, x, y))


def test_windows_in_the_gable_are_measured(tmp_path: Path) -> None:
    """One window of 1.0 x 1.2 m on each of two storeys: 2.4 of 54 m2."""
    found, _ = looked(tmp_path, Row(gable_holes=[(2.0, 0.9, 1.0, 1.2)]))
    assert found.opening_share == pytest.approx(2.4 / 54.0)
    assert [(h.z0_m, h.z1_m) for h in found.holes] == [(0.9, 2.1), (3.9, 5.1)]
    # the wall runs from y = 0; seen from outside t counts from y = 9
    assert {(h.t0_m, h.t1_m) for h in found.holes} == {(6.0, 7.0)}


def test_a_turned_building_has_the_same_gable_ends(tmp_path: Path) -> None:
    hole_at = [(2.0, 0.9, 1.0, 1.2)]
    building, structure, _ = understood(Row(gable_holes=hole_at, turn_deg=33.0).write(tmp_path / "rij.ifc"))
    found = find_gables(building, structure, LIMITS)
    assert sorted(round(g.opening_share, 4) for g in found) == [0.0, round(2.4 / 54.0, 4)]
    assert [g.width_m for g in found] == pytest.approx([9.0, 9.0], abs=1e-3)


def test_the_plot_limits_the_depth(tmp_path: Path) -> None:
    found, _ = looked(tmp_path, Row(), lambda x, y: Surroundings(plot=shapely.box(x - 6.5, y - 20, x + 40, y + 40)))
    assert found.free_depth_m == pytest.approx(6.5)


def test_a_neighbour_is_seen_without_a_plot_but_does_not_make_the_depth_known(tmp_path: Path) -> None:
    found, _ = looked(
        tmp_path,
        Row(),
        lambda x, y: Surroundings(neighbours=(Neighbour(name="a", polygon=shapely.box(x - 9, y, x - 4, y + 5), height_m=6),)),
    )
    assert math.isnan(found.free_depth_m)
    assert found.free_at_most_m == pytest.approx(4.0)


def test_own_low_building_in_front_blocks(tmp_path: Path) -> None:
    def shed(author: Any, storeys: Any) -> None:
        author.slab(storeys[1], "dak schuur", rectangle(-6.0, 1.0, -3.1, 4.0), z_top_m=2.5, thickness_m=0.1, material=CONCRETE)

    found, _ = looked(tmp_path, Row(extra=[shed]), lambda x, y: Surroundings(plot=shapely.box(x - 50, y - 50, x + 50, y + 50)))
    assert found.free_depth_m == pytest.approx(3.0)


def test_a_gallery_at_the_corner_touches(tmp_path: Path) -> None:
    found, _ = looked(tmp_path, Row(gallery=True))
    assert found.gallery_m == (3.0,)
    assert found.width_m == pytest.approx(9.0)


# stacked against


def test_two_columns_in_eight_metres() -> None:
    """8.0 / 3.6 = 2 columns of 9.0 m; 2 storeys; one dwelling of two modules a storey; 2 x 2 x 3.6 x 9.0 = 129.6 m2."""
    found = stack_at_gable(gable(), CLT, LIMITS)
    assert (found.outcome, found.dwellings, found.storeys, found.load) == ("unknown", 2, 2, "none")
    assert found.dwellings_by_type == {"2K-52": 2, "1K-26": 0}
    assert found.gfa_m2 == pytest.approx(129.6)
    assert [p.polygon.bounds for p in found.places] == [pytest.approx((-7.2, 0.0, 0.0, 9.0))] * 2
    assert [(p.z0_m, p.z1_m) for p in found.places] == [pytest.approx((0.0, 2.8)), pytest.approx((2.8, 5.6))]
    assert "eigen fundering en zetting naast de oude fundering" in found.unknown
    assert "stabiliteit van de nieuwe stapel" in found.unknown
    assert "Alle vloeren liggen gelijk" in found.why
    assert "8,0 m vrije ruimte" in found.why


def test_three_columns_are_a_large_and_a_small_dwelling() -> None:
    """9.5 m holds 3 columns of 3.0 m (9.0) and 2 of 3.6 m (7.2): the larger area; 2 + 1 modules."""
    found = stack_at_gable(gable(free_depth_m=9.5, free_at_most_m=9.5), CLT, LIMITS)
    assert found.dwellings_by_type == {"2K-52": 2, "1K-26": 2}
    assert found.gfa_m2 == pytest.approx(2 * 9.0 * 9.0)


def test_not_told_is_counted_with_an_assumed_depth_and_named() -> None:
    found = stack_at_gable(gable(free_depth_m=math.nan, free_at_most_m=math.inf), CLT, LIMITS)
    assert found.outcome == "unknown"
    assert found.dwellings == 2
    assert any("perceel niet opgegeven" in text for text in found.unknown)
    assert "aangenomen 7,5 m" in found.why


def test_a_known_obstacle_counts_though_the_plot_is_not_told() -> None:
    """2.0 m to a neighbour: nothing fits, whatever the plot is."""
    found = stack_at_gable(gable(free_depth_m=math.nan, free_at_most_m=2.0), CLT, LIMITS)
    assert (found.outcome, found.dwellings) == ("over", 0)
    assert "2,0 m vrije ruimte" in found.why


@pytest.mark.parametrize(("share", "outcome"), [(0.10, "unknown"), (0.11, "over")])
def test_many_openings_forbid(share: float, outcome: str) -> None:
    found = stack_at_gable(gable(opening_share=share, holes=(hole(1.0, 3.0),)), CLT, LIMITS)
    assert found.outcome == outcome
    assert bool(found.places) == (outcome == "unknown")


def test_the_stack_stands_clear_of_a_window_where_it_can() -> None:
    """A window from 1.0 to 2.0 m leaves 7.0 m: modules of 7.0 m from t = 2.0, that is y from 0 to 7."""
    found = stack_at_gable(gable(opening_share=0.03, holes=(hole(1.0, 2.0),)), CLT, LIMITS)
    assert found.places[0].polygon.bounds == pytest.approx((-7.2, 0.0, 0.0, 7.0))
    assert not any("openingen ligt die dicht gaan" in text for text in found.unknown)


def test_a_window_that_ends_up_behind_is_flagged() -> None:
    """A window from 4.0 to 5.0 m leaves 4.0 m on both sides, too short for a module of 6.0 m."""
    found = stack_at_gable(gable(opening_share=0.03, holes=(hole(4.0, 5.0),)), CLT, LIMITS)
    assert found.outcome == "unknown"
    assert found.places[0].polygon.bounds == pytest.approx((-7.2, 0.0, 0.0, 9.0))
    assert any("openingen ligt die dicht gaan (1)" in text for text in found.unknown)
    assert "verliezen licht" in found.why


def test_floors_out_of_line_are_said() -> None:
    """Storeys of 3.0 m and a product of 2.8 m: the second floor lies 0.20 m low."""
    found = stack_at_gable(gable(levels_m=(0.0, 3.0), eaves_m=6.0, gallery_m=(2.98,)), CLT, LIMITS)
    assert "laag 2 -0,20 m" in found.why
    assert any("niet gelijk liggen" in text for text in found.unknown)


def test_the_stack_stays_below_the_eaves() -> None:
    """Four levels, eaves at 10.4 m plus 0.5 m hold 3 storeys of 2.8 m (8.4), not 4 (11.2)."""
    found = stack_at_gable(gable(levels_m=(0.0, 2.6, 5.2, 7.8), eaves_m=10.4), CLT, LIMITS)
    assert found.storeys == 3


@pytest.mark.parametrize(
    ("changes", "text"),
    [
        ({"gallery_m": ()}, "geen galerij of trap"),
        ({"gallery_m": (0.0,)}, "lagen waar geen galerij of trap"),
        ({}, "of de bestaande galerij of trap"),
        ({"gallery_m": (), "stair_m": (2.8,)}, "of de bestaande galerij of trap"),
        ({"seen_share": 0.5}, "toont 50%"),
    ],
)
def test_what_is_not_known_is_named(changes: dict[str, Any], text: str) -> None:
    found = stack_at_gable(gable(**changes), CLT, LIMITS)
    assert found.outcome == "unknown"
    assert any(text in line for line in found.unknown)


@pytest.mark.parametrize(
    ("changes", "text"),
    [
        ({"width_m": 5.9, "y0_m": 5.9}, "te smal"),
        ({"free_depth_m": 2.9, "free_at_most_m": 2.9}, "vraagt 3,0 m"),
        ({"eaves_m": 2.2}, "boven de dakrand"),
    ],
)
def test_why_nothing_fits(changes: dict[str, Any], text: str) -> None:
    found = stack_at_gable(gable(**changes), CLT, LIMITS)
    assert (found.outcome, found.places, found.unknown) == ("over", (), ())
    assert text in found.why


def test_a_product_of_two_modules_leaves_the_third_column_empty() -> None:
    """11.0 m holds 3 columns of 3.6 m; dwellings of two modules use 2: 2 x 3.6 x 9.0 a storey."""
    two = UnitType(code="A", modules=2, gbo_m2=52, gfa_m2=64, rooms=2, persons=2)
    found = stack_at_gable(
        gable(free_depth_m=11.0, free_at_most_m=11.0), dataclasses.replace(CLT, unit_types=(two,), width_options_m=(3.6,)), LIMITS
    )
    assert found.dwellings_by_type == {"A": 2}
    assert found.gfa_m2 == pytest.approx(129.6)
