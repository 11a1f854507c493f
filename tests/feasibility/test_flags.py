"""Which rule is raised, which is nearly, and which is a question to the engineer."""

from optopscan.catalog.engineering import load_engineering
from optopscan.feasibility.flags import raised_flags

RULES = load_engineering().flags


def codes(flags, *, asks):
    return [flag.code for flag in flags if flag.asks is asks]


def test_quantity_above_near_and_below():
    assert "lift" in codes(raised_flags(RULES, {"top_floor_m": 12.6}), asks=False)
    (near,) = (flag for flag in raised_flags(RULES, {"top_floor_m": 12.2}) if flag.code == "lift")
    assert near.triggered_by == "top_floor_m = 12.2, binnen 0.5 van de grens 12.5"
    assert "lift" not in [flag.code for flag in raised_flags(RULES, {"top_floor_m": 11.9})]


def test_a_quantity_nobody_gave_is_a_question_and_no_silence():
    found = raised_flags(RULES, {})
    assert {"lift", "cc2b", "timber-piles"} <= set(codes(found, asks=True))
    (lift,) = (flag for flag in found if flag.code == "lift")
    assert lift.triggered_by.startswith("vloer van een verblijfsgebied boven 12,5 m")


def test_signal_that_the_model_shows_or_does_not():
    found = raised_flags(RULES, {}, {"weak-roof": "dakvloer van hout (0#7)"})
    (weak,) = (flag for flag in found if flag.code == "weak-roof")
    assert (weak.asks, weak.triggered_by) == (False, "dakvloer van hout (0#7)")
    assert "weak-roof" not in [flag.code for flag in raised_flags(RULES, {}, {})]


def test_what_no_model_shows_is_always_asked_and_stands_last():
    found = raised_flags(RULES, {"top_floor_m": 15.0, "build_year": 1958.0}, {"extension": "optopping met 1 bouwlaag"})
    assert {"groningen", "shared-wall", "tenants", "vve"} <= set(codes(found, asks=True))
    assert [flag.asks for flag in found] == sorted(flag.asks for flag in found)


def test_english():
    (flag,) = (flag for flag in raised_flags(RULES, {"top_floor_m": 15.0}, lang="en") if flag.code == "lift")
    assert flag.text == "Lift and accessible sector needed."
