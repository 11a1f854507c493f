"""What a table tells of a record: subjects that can be counted, what is over one storey higher, dwellings of what holds."""

import pytest

from optopscan.checks.answer import REASON_NL
from optopscan.checks.gates import NOT_CHECKED
from optopscan.portfolio import facts
from optopscan.report.phrases import book

STATES = [{"id": f"p+{n}", "concept": "p", "storeys": n} for n in (0, 1, 2)]


def record(*, proven=0, possible=1, over=(), **more):
    extra = {
        "proven": proven,
        "possible": possible,
        "why_not_proven": [],
        "governing": {"part": "a", "clause": "6.1", "uc": 1.2, "scenario": "p+2"},
        "foundation": {"checks": []},
        **more.pop("extra", {}),
    }
    return {
        "extra_storeys": extra,
        "scenarios": STATES,
        "part_uc": [{"scenario": "p+2", "uc": [0.5, 1.1, 1.3], "outcome": ["ok", *over, *["ok"] * (2 - len(over))]}],
        "parts": [
            {"id": "a", "element": "A", "kind": "pier"},
            {"id": "b", "element": "A", "kind": "pier"},
            {"id": "c", "element": "C", "kind": "column"},
        ],
        "elements": [
            {"id": "A", "kind": "wall", "bearing": "yes", "material": {"group": "calcium-silicate"}, "volume_m3": 2.0},
            {"id": "C", "kind": "column", "bearing": "yes", "material": None, "volume_m3": 1.5},
            {"id": "N", "kind": "wall", "bearing": "unknown", "material": {"group": "concrete"}, "volume_m3": 9.0},
        ],
        "checks": [{"part": "c", "scenario": "p+2", "clause": "5.8.8"}],
        "settings": {"place": True},
        "variants": [],
        **{name: [] for name in ("stability", "anchorage", "wall_wind", "robustness")},
        **more,
    }


@pytest.mark.parametrize(
    ("told", "subject"),
    [
        ("fundering (geen grond- of paalgegevens)", "fundering"),
        ("stabiliteit: langsrichting: UC 1.20", "stabiliteit"),
        ("verankering van de opbouw: koppeling niet opgegeven, nodig tot 12,9 kN/m trek", "verankering van de opbouw"),
        ("wind op dragende gevels: 10 dragende gevelpenanten boven 1", "wind op dragende gevels"),
        ("1.060 liggers (wapening onbekend)", "liggers (wapening onbekend)"),
        ("bestaande toestand: 3 delen voldoen niet", "bestaande toestand"),
        ("12 liggers (ligger op een oplegging: moment niet getoetst)", "liggers (ligger op een oplegging: moment niet getoetst)"),
        ("model onvolledig gelezen: a.ifc: 3 of 9 IfcWall have no body", "model onvolledig gelezen"),
    ],
)
def test_reasons_of_two_buildings_are_one_fact(told, subject):
    assert facts.unknowns(record(extra={"why_not_proven": [told]})) == [subject]


@pytest.mark.parametrize("told", [*NOT_CHECKED.values(), *(f"12 liggers ({reason})" for _, reason in REASON_NL)])
def test_every_fact_of_a_run_is_known_in_english(told):
    (fact,) = facts.unknowns(record(extra={"why_not_proven": [told]}))
    assert book().english(fact) is not None


def test_nothing_is_unknown_where_all_that_is_possible_is_proven():
    assert facts.unknowns(record(proven=1, possible=1, extra={"why_not_proven": ["fundering"]})) == []


def test_what_stops_is_the_part_with_the_highest_uc_that_is_over_and_every_subject_that_is():
    found = record(over=("over", "over"), stability=[{"scenario": "p+2", "outcome": "over"}, {"scenario": "p+1", "outcome": "ok"}])
    assert facts.stops(found) == ["kolommen van onbekend, 5.8.8", "stabiliteit"]
    assert facts.stops(record(over=("over",))) == ["wanddelen van kalkzandsteen"]


def test_unknown_does_not_stop():
    found = record(over=("unknown", "unknown"), stability=[{"scenario": "p+2", "outcome": "unknown"}])
    assert facts.stops(found) == [facts.NOT_TOLD]


def test_where_no_more_storeys_were_asked_nothing_stops():
    assert facts.stops(record(possible=2)) == [facts.BY_STOREYS]


def test_a_roof_that_is_not_there_is_the_reason():
    assert facts.stops(record(possible=0, extra={"why_not_proven": ["geen plat dak breder dan 2 m: hellend dak"]})) == [
        "geen plat dak breder dan 2 m"
    ]


def test_a_building_of_which_nothing_was_checked_has_no_verdict():
    silent = record(possible=2, extra={"governing": None, "per_concept": []})
    assert not facts.judged(silent)
    assert facts.stops(silent) == [facts.NO_VERDICT]
    assert facts.judged(record(possible=0, extra={"governing": None}))


def test_the_material_is_that_of_most_of_what_is_known_to_bear():
    assert facts.bearing_material(record()) == "calcium-silicate"
    assert facts.bearing_material(record(elements=[])) is None


def test_dwellings_count_only_layouts_that_hold_within_the_answer():
    rows = [
        {"modules": 3, "outcome": "ok", "storeys": 1, "dwellings": 4},
        {"modules": 3, "outcome": "unknown", "storeys": 1, "dwellings": 6},
        {"modules": 3, "outcome": "over", "storeys": 1, "dwellings": 9},
        {"modules": 3, "outcome": "ok", "storeys": 2, "dwellings": 12},
    ]
    found = record(proven=0, possible=1, variants=rows)
    assert (facts.dwellings(found, "proven"), facts.dwellings(found, "possible")) == (0, 6)
    assert facts.dwellings(record(proven=1, variants=rows), "proven") == 4
    assert facts.dwellings(record(settings={"place": False}), "possible") is None
