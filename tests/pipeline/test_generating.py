"""All variants of one building: what settings do, which are on the front, which are put forward, and the same bytes twice."""

import math

import numpy as np
import pytest
import shapely
import small_wing
from shapely.ops import unary_union

from optopscan.errors import UsageError
from optopscan.feasibility.choose import MOST_CHOSEN
from optopscan.feasibility.worth import OBJECTIVES, objective_values
from optopscan.pipeline.generating import STEP_BACK_M, generate
from optopscan.placement.recheck import placed_polygon

ONE = {"max_extra_storeys": 1, "access": "gallery", "mix": (100.0, 0.0)}


def best(generated):
    """Return the largest counts over all variants: dwellings, modules, area [m2]."""
    rows = generated.variants
    return max(one.dwellings for one in rows), max(one.modules for one in rows), max(one.gfa_m2 for one in rows)


def beats(one, other):
    """Pair by pair, in plain words: nan is beaten by a number and equal to nan."""

    def better(a, b, direction):
        if math.isnan(a) or math.isnan(b):
            return math.isnan(b) and not math.isnan(a)
        return a > b if direction == "max" else a < b

    ways = [objective.direction for objective in OBJECTIVES]
    rows = list(zip(one, other, ways, strict=True))
    return any(better(a, b, way) for a, b, way in rows) and not any(better(b, a, way) for a, b, way in rows)


def test_the_front_is_what_nothing_beats(offered):
    able = [k for k, worth in enumerate(offered.weighed) if worth.able]
    values = objective_values([offered.weighed[k] for k in able]).tolist()
    by_hand = {k for k, one in zip(able, values, strict=True) if not any(beats(other, one) for other in values)}
    found = {k for k, variant in enumerate(offered.variants) if variant.worth.on_front}
    assert found == by_hand
    assert 0 < len(found) < len(able)


def test_few_are_put_forward_all_on_the_front_and_none_over(offered):
    forward = [one for one in offered.variants if one.worth.put_forward]
    assert 2 <= len(forward) <= MOST_CHOSEN == 4
    assert [one.id for one in forward] == [choice.id for choice in offered.choices]
    assert forward == list(offered.variants[: len(forward)])
    for one in forward:
        assert one.worth.on_front
        assert one.outcome != "over"
        assert one.placed
        assert one.worth.put_forward_en


def test_variants_and_their_weights_are_in_one_order(offered):
    assert [one.id for one in offered.variants] == [worth.scheme.id for worth in offered.weighed]
    assert len({one.id for one in offered.variants}) == len(offered.variants)


def test_a_layout_stands_once(offered):
    marks = [(one.concept, one.storeys, one.asked["access"], one.placed) for one in offered.variants if one.placed]
    assert len(marks) == len(set(marks))


def test_the_same_bytes_twice(told, values, made):
    again = generate(told(**ONE), values)
    assert repr(again) == repr(made())
    assert any(one.placed for one in again.variants)


def test_one_storey_is_one_storey(made):
    assert {one.storeys for one in made().variants} == {1}


def test_a_set_back_moves_modules_and_walkway_in(made, wing):
    """With 1.0 m all round everything keeps 1.0 m from the edge; without, something does not."""
    roof = unary_union([face.polygon for face in wing.structure.roof_faces])
    inside = roof.buffer(-1.0, join_style="mitre").buffer(1e-6)
    free, back = ([*one.placed, *one.walkways] for one in (made().variants[0], made(setback_m=1.0).variants[0]))
    assert back
    assert all(inside.covers(placed_polygon(one)) for one in back)
    assert not all(inside.covers(placed_polygon(one)) for one in free)


def test_a_set_back_that_takes_the_depth_of_the_usual_length_makes_shorter_dwellings(made):
    """11 m deep less 2 x 1.0 and a gallery of 1.5 leaves 7.5 m; longer modules fit on the roof nowhere that has a door."""
    homes, _, _ = best(made(setback_m=1.0))
    lengths = {module.length_m for one in made(setback_m=1.0).variants for module in one.placed}
    assert homes == 2
    assert lengths == {7.5}


def test_a_set_back_on_one_side(made, wing):
    """The roof ends at y = 11.0; 1.0 m less on the north only."""
    top_m = max(shapely.get_coordinates(face.polygon)[:, 1].max() for face in wing.structure.roof_faces)
    side = [placed_polygon(one).bounds[3] for v in made(setback_sides=("noord=1",)).variants for one in (*v.placed, *v.walkways)]
    free = [placed_polygon(one).bounds[3] for v in made().variants for one in (*v.placed, *v.walkways)]
    assert max(side) <= top_m - 1.0 + 1e-6
    assert max(free) == pytest.approx(top_m)
    south = [placed_polygon(one).bounds[1] for v in made(setback_sides=("noord=1",)).variants for one in (*v.placed, *v.walkways)]
    assert min(south) == pytest.approx(0.0)


def test_what_was_asked_is_in_the_name(made):
    told = made(**ONE, setback_sides=("zuid=1.5",), height_max_m=30.0, fire_distance_m=2.0)
    for one in told.variants:
        assert one.asked.items() >= {"setback-side": "zuid1.5", "height-max": "h30", "fire-distance": "brand2"}.items()
        assert all(word in one.id for word in ("zuid1.5", "h30", "brand2"))


def test_a_further_set_back_per_storey_is_tried_unasked(offered, wing):
    """1.5 m for the second storey, none for the first."""
    roof = unary_union([face.polygon for face in wing.structure.roof_faces])
    inside = roof.buffer(-STEP_BACK_M, join_style="mitre").buffer(1e-6)
    stepped = [one for one in offered.variants if one.asked.get("storey-setback") == "1.5" and one.placed]
    assert stepped
    for one in stepped:
        assert one.storeys == 2
        assert all(inside.covers(placed_polygon(module)) for module in one.placed if module.storey == 2)


@pytest.mark.parametrize(("height_m", "storeys"), [(8.9, 0), (9.1, 1), (12.0, 1), (12.1, 2)])
def test_a_height_that_is_allowed_stops_storeys(made, wing, height_m, storeys):
    """Roof at 5.6 m, transfer layer 0.35, storey 3.05: tops at 9.0 and 12.05 m above the ground."""
    ground_m = wing.structure.base_z_m
    found = made(max_extra_storeys=2, height_max_m=height_m - ground_m)
    assert max((module.storey for one in found.variants for module in one.placed), default=0) == storeys
    assert {one.storeys for one in found.variants if one.placed} == set(range(1, storeys + 1))
    assert all(one.asked["access"] != "none" for one in found.variants if one.placed)


def test_taking_an_obstacle_away_frees_its_place(made, wing):
    """The unit keeps modules off the left end of the roof; three modules fit where two did."""
    before, after = made(mix=()), made(mix=(), remove_obstacles=("airco",))
    assert best(after)[1] > best(before)[1]
    [unit] = [
        item.polygon for item in wing.structure.roof_obstacles if item.element == next(t.row for t in wing.things if t.name == "airco")
    ]
    stands_on = [any(placed_polygon(m).intersects(unit) for v in one.variants for m in v.placed) for one in (before, after)]
    assert stands_on == [False, True]


def test_a_chimney_stays(told, values):
    with pytest.raises(UsageError, match=r"schoorsteen .* is a chimney, so it is not taken away"):
        generate(told(**ONE, remove_obstacles=("schoorsteen",)), values)


def test_an_obstacle_that_is_not_there(told, values):
    with pytest.raises(UsageError, match="remove_obstacles='vlaggenmast' matches nothing on the roof; there stand: "):
        generate(told(**ONE, remove_obstacles=("vlaggenmast",)), values)


def test_a_side_that_is_not_there(told, values):
    with pytest.raises(UsageError, match="setback_sides='boven=1'"):
        generate(told(**ONE, setback_sides=("boven=1",)), values)


def test_what_gives_way_for_a_mix(made):
    """Only large dwellings are asked; on the roof two small ones fit, or one large."""
    counts = [
        {tuple(sorted(one.dwellings_by_type.items())) for one in made(mix=(0.0, 100.0), mix_yields=yields).variants if one.placed}
        for yields in ("mix", "dwellings")
    ]
    assert counts == [{(("2K-54", 2), ("3K-78", 0))}, {(("2K-54", 0), ("3K-78", 1))}]


def test_the_goal_comes_first(offered):
    """Per product, storeys, access and set-back: area is the largest for the goal area, dwellings for the goal dwellings."""
    groups = {}
    for one in offered.variants:
        place = (one.concept, one.storeys, one.asked["access"], one.asked.get("storey-setback"))
        groups.setdefault(place, {})[one.asked["goal"]] = one
    pairs = [group for group in groups.values() if {"area", "dwellings"} <= set(group)]
    for group in pairs:
        assert group["area"].gfa_m2 >= group["dwellings"].gfa_m2 - 1e-6
        assert group["dwellings"].dwellings >= group["area"].dwellings


def test_goal_area_is_no_smaller(made):
    by_goal = {goal: made(mix=(), goal=goal, remove_obstacles=("airco",)) for goal in ("dwellings", "area")}
    found = {name: max(one.gfa_m2 for one in rows.variants if one.asked["goal"] == name) for name, rows in by_goal.items()}
    assert found["area"] >= found["dwellings"] - 1e-6 > 0.0


def test_nothing_to_place_on(told, values):
    found = generate(told(max_extra_storeys=0), values)
    assert (found.variants, found.weighed, found.choices, found.issues) == ((), (), (), ())


def test_numbers_are_finite_where_something_stands(offered):
    for one in offered.variants:
        assert np.isfinite([one.max_uc, one.gfa_m2]).all() == bool(one.placed)
    assert {one.concept for one in offered.variants} == {small_wing.CONCEPT}
