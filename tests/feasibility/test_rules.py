"""What stops, what is needed, what is asked: at, above and below every threshold, known and unknown."""

import math

import pytest

from optopscan.catalog.engineering import load_engineering
from optopscan.feasibility.rules import judge

VALUES = load_engineering()
RULES = VALUES.rules
KNOWN = {
    "top_floor_m": 9.0,
    "building_height_m": 11.9,
    "height_max_m": 15.0,
    "storeys_above_ground": 4.0,
    "gbo_on_stair_m2": 500.0,
    "dwelling_gbo_m2": 52.0,
    "gbo_above_1_5_m_m2": 1200.0,
    "airborne_dnta_k_db": 56.0,
    "impact_lnta_db": 50.0,
    "daylight_share": 0.14,
    "depth_per_facade_m": 4.5,
    "lifts": 0.0,
    "escape_routes": 1.0,
    "fire_resistance_min": 60.0,
    "robustness_settled": 0.0,
}


def found(**changed):
    return {finding.code: finding.effect for finding in judge(RULES, {**KNOWN, **changed})}


def test_a_variant_below_every_threshold_needs_fire_resistance_only():
    assert found() == {"fire-90": "needs"}
    assert found(fire_resistance_min=90.0) == {}


@pytest.mark.parametrize(
    ("changed", "code", "effect"),
    [
        ({"building_height_m": 15.1}, "planning-height", "stop"),
        ({"building_height_m": 15.0}, "planning-height", "ask"),
        ({"building_height_m": 14.4}, "planning-height", None),
        ({"top_floor_m": 12.6}, "lift", "needs"),
        ({"top_floor_m": 12.4}, "lift", "ask"),
        ({"top_floor_m": 12.6, "lifts": 1.0}, "lift", None),
        ({"gbo_above_1_5_m_m2": 3501.0}, "lift-area", "needs"),
        ({"top_floor_m": 12.6}, "second-stair-height", "needs"),
        ({"top_floor_m": 12.6, "escape_routes": 2.0}, "second-stair-height", None),
        ({"gbo_on_stair_m2": 801.0}, "second-stair-area", "needs"),
        ({"gbo_on_stair_m2": 740.0}, "second-stair-area", None),
        ({"dwelling_gbo_m2": 151.0}, "second-stair-dwelling", "needs"),
        ({"dwelling_gbo_m2": 150.0}, "second-stair-dwelling", None),
        ({"top_floor_m": 7.0, "fire_resistance_min": 30.0}, "fire-60", "needs"),
        ({"top_floor_m": 13.1, "fire_resistance_min": 90.0}, "fire-120", "needs"),
        ({"top_floor_m": 13.1, "fire_resistance_min": 120.0}, "fire-120", None),
        ({"storeys_above_ground": 5.0}, "cc2b", "needs"),
        ({"storeys_above_ground": 5.0, "robustness_settled": 1.0}, "cc2b", None),
        ({"airborne_dnta_k_db": 50.0}, "sound-air", "needs"),
        ({"airborne_dnta_k_db": 52.0}, "sound-air", "ask"),
        ({"airborne_dnta_k_db": 53.1}, "sound-air", None),
        ({"impact_lnta_db": 55.0}, "sound-impact", "needs"),
        ({"daylight_share": 0.09}, "daylight", "needs"),
        ({"depth_per_facade_m": 8.0}, "daylight-depth", "ask"),
    ],
)
def test_thresholds(changed, code, effect):
    assert found(**changed).get(code) == effect


@pytest.mark.parametrize("quantity", sorted({rule.quantity for rule in RULES} | {"height_max_m"}))
@pytest.mark.parametrize("gone", [True, False])
def test_a_quantity_nobody_knows_is_a_question_never_silence(quantity, gone):
    told = {key: value for key, value in KNOWN.items() if key != quantity} if gone else {**KNOWN, quantity: math.nan}
    effects = {finding.code: finding for finding in judge(RULES, told)}
    touched = [rule.code for rule in RULES if quantity in (rule.quantity, rule.above_quantity)]
    assert touched
    assert {effects[code].effect for code in touched} == {"ask"}
    assert all(f"{quantity} niet bekend" in effects[code].triggered_by for code in touched)


def test_a_need_that_nobody_can_tell_is_met_stays_a_need():
    (lift,) = (row for row in judge(RULES, {**KNOWN, "top_floor_m": 14.0, "lifts": math.nan}) if row.code == "lift")
    assert (lift.effect, lift.triggered_by) == ("needs", "top_floor_m = 14; of dat er is: lifts niet bekend")


def test_what_stops_stands_first_and_questions_last():
    effects = [finding.effect for finding in judge(RULES, {"building_height_m": 20.0, "height_max_m": 15.0, "top_floor_m": 14.0})]
    assert effects == sorted(effects, key=("stop", "needs", "ask").index)
    assert effects[0] == "stop"


def test_facts_that_the_flags_have_are_not_written_twice():
    """Threshold, article and sentence of the lift rule are those of the flag, and the rule of area keeps its own threshold."""
    (flag,) = (row for row in VALUES.flags if row.code == "lift")
    rules = {rule.code: rule for rule in RULES}
    lift, area = rules["lift"], rules["lift-area"]
    assert (lift.quantity, lift.above, lift.near, lift.article, lift.nl) == (flag.quantity, flag.above, flag.near, flag.article, flag.nl)
    assert (area.quantity, area.above, area.article) == ("gbo_above_1_5_m_m2", 3500.0, flag.article)
    assert (rules["fire-60"].up_to, math.isnan(rules["fire-60"].above)) == (7.0, True)


def test_english_and_articles():
    rows = judge(RULES, {**KNOWN, "top_floor_m": 14.0}, lang="en")
    assert "Lift and accessible sector needed." in {row.text for row in rows}
    assert all("Bouwbesluit" not in row.article or "Bbl-nummer te controleren" in row.article for row in judge(RULES, {}))
