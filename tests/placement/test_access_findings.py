"""What the rules say about routes: ok only where the rule was read and every fact is known."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
import pytest
import shapely
from shapely import box
from shapely.geometry.base import BaseGeometry

from optopscan.catalog.engineering import load_engineering
from optopscan.placement.access import Facts, access_rules, access_schemes, module_ends, routes

RULES = access_rules(load_engineering())


@dataclass(frozen=True)
class Stairwell:
    polygon: BaseGeometry
    kind: str = "stair"
    certain: bool = True


def found(kind, roof, cores, dwellings, facts=None):
    plans = [shapely.Polygon([(x0, y0), (x1, y0), (x1, y1), (x0, y1)]) for x0, y0, x1, y1 in dwellings]
    scheme = next(item for item in access_schemes(kind, roof, cores, rules=RULES, dwelling_depth_m=6.0) if item.new_stairs == 0)
    sides = module_ends(np.zeros(len(plans), dtype=bool))
    return {item.rule: item for item in routes(scheme, plans, RULES, facts=facts, entrance_sides=sides).findings}


BAR = box(0, 0, 60, 10)
ONE = [Stairwell(box(60, 0, 63, 5))]
LIFT = [Stairwell(box(60, 0, 63, 5), kind="stair+lift")]
TWO = [*ONE, Stairwell(box(-3, 0, 0, 5))]
EIGHT = [(7.2 * k, 1.5, 7.2 * (k + 1), 10.0) for k in range(8)]
KNOWN = Facts(top_floor_m=11.0, gbo_m2=np.full(8, 60.0), existing_gbo_m2=np.array([200.0]), building_gbo_m2=2000.0)


def test_one_stair_holds_only_with_height_and_areas_known():
    # 8 x 60 + 200 = 680 m2 <= 800; floor 11.0 <= 12.5; dwelling 60 <= 150
    seen = found("gallery", BAR, ONE, EIGHT, KNOWN)
    assert [seen[rule].outcome for rule in ("one-stair-height", "one-stair-area", "one-stair-dwelling", "lift")] == ["ok"] * 4
    assert seen["one-stair-area"].value == pytest.approx(680.0)


@pytest.mark.parametrize(
    ("changes", "rule", "outcome"),
    [
        ({"top_floor_m": 12.6}, "one-stair-height", "over"),
        ({"top_floor_m": float("nan")}, "one-stair-height", "unknown"),
        ({"gbo_m2": np.full(8, 75.1)}, "one-stair-area", "over"),  # 8 x 75.1 + 200 = 800.8
        ({"gbo_m2": np.full(8, 75.0)}, "one-stair-area", "ok"),  # 800.0
        ({"storeys": 2}, "one-stair-area", "over"),  # 2 x 480 + 200
        ({"existing_gbo_m2": np.zeros(0)}, "one-stair-area", "unknown"),
        ({"existing_gbo_m2": np.zeros(0), "storeys": 2}, "one-stair-area", "over"),  # 960 without what is there
        ({"gbo_m2": np.r_[np.full(7, 60.0), 151.0]}, "one-stair-dwelling", "over"),
        ({"gbo_m2": np.zeros(0)}, "one-stair-dwelling", "unknown"),
        ({"top_floor_m": 12.6}, "lift", "over"),
        ({"building_gbo_m2": 3501.0}, "lift", "over"),
        ({"building_gbo_m2": float("nan")}, "lift", "unknown"),
    ],
)
def test_each_condition_turns_by_itself(changes, rule, outcome):
    assert found("gallery", BAR, ONE, EIGHT, replace(KNOWN, **changes))[rule].outcome == outcome


def test_without_facts_nothing_about_one_stair_is_ok():
    seen = found("gallery", BAR, ONE, EIGHT)
    assert {seen[rule].outcome for rule in ("one-stair-height", "one-stair-area", "one-stair-dwelling", "lift", "distance")} == {"unknown"}


def test_lift_in_reach_settles_the_lift_only_when_it_is_certain():
    assert found("gallery", BAR, LIFT, EIGHT)["lift"].outcome == "ok"
    doubtful = [replace(LIFT[0], certain=False)]
    seen = found("gallery", BAR, doubtful, EIGHT)
    assert (seen["lift"].outcome, seen["route"].outcome) == ("unknown", "unknown")


def test_doubtful_second_stair_is_a_question():
    assert found("gallery", BAR, [TWO[0], replace(TWO[1], certain=False)], EIGHT, KNOWN)["route"].outcome == "unknown"


def test_two_stairs_ask_nothing_of_one_stair():
    seen = found("gallery", BAR, TWO, EIGHT)
    assert not {rule for rule in seen if rule.startswith("one-stair")}
    assert seen["route"].outcome == "ok"
    assert seen["width"].outcome == "ok"


@pytest.mark.parametrize(("length", "outcome"), [(32.0, "ok"), (60.0, "over")])
def test_both_ways_through_a_corridor_are_at_most_30_m(length, outcome):
    # Door of the first dwelling at x 3.6: 0.75 + length - 3.6 to the far stair: 29.15 m, and 57.15 m.
    roof = box(0, 0, length, 15)
    cores = [Stairwell(box(length, 5, length + 3, 10)), Stairwell(box(-3, 5, 0, 10))]
    seen = found("corridor", roof, cores, [(0.0, 0.0, 7.2, 6.75)])["distance"]
    assert (seen.outcome, seen.value) == (outcome, pytest.approx(0.75 + length - 3.6, abs=0.02))
    assert seen.dwellings == ((0,) if outcome == "over" else ())


def test_open_gallery_without_a_limit_is_a_question():
    seen = found("gallery", BAR, TWO, EIGHT, KNOWN)["distance"]
    assert (seen.outcome, seen.confidence) == ("unknown", "uncertain")
    assert np.isnan(seen.limit)


def test_dwelling_without_door_is_over():
    seen = found("gallery", BAR, ONE, [*EIGHT, (10.0, 3.0, 17.0, 9.0)], KNOWN)["route"]
    assert (seen.outcome, seen.dwellings) == ("over", (8,))


def test_crowded_landing_is_a_question_with_its_dwellings():
    # Landing x 20-30, y 5-6.5 with five dwellings of 2 m behind it; four is what is usual
    dwellings = [(20.0 + 2 * k, 6.5, 22.0 + 2 * k, 12.0) for k in range(5)]
    roof = box(0, 0, 50, 12) - box(20, -1, 30, 5)
    seen = found("portiek", roof, [Stairwell(box(20, 0, 30, 5))], dwellings)["landing"]
    assert (seen.outcome, seen.value, seen.dwellings) == ("unknown", 5.0, (0, 1, 2, 3, 4))


def test_every_quoted_article_asks_for_the_new_number():
    for item in found("gallery", BAR, ONE, EIGHT, KNOWN).values():
        assert not item.article or "Bbl-nummer te controleren" in item.article
