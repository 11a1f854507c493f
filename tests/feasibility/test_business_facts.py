"""Amounts of work of a variant from its record: stairs, lifts, walkway, roof, foundation lines."""

import math

import pytest

from optopscan.catalog.assumptions import default_assumptions
from optopscan.catalog.engineering import load_engineering
from optopscan.catalog.load import load_concepts
from optopscan.errors import UsageError
from optopscan.feasibility.amount import exactly
from optopscan.feasibility.business_facts import chosen_variant, facts_of, with_record

VALUES = load_engineering()
CONCEPTS = {one.id: one for one in load_concepts()}
HSB = "fictief.hsb-3d"


def module(storey, z_m):
    size = {"width_m": 3.0, "length_m": 10.0, "height_m": 3.0, "rotation_deg": 0.0}
    place = {"module_id": f"M{storey}", "storey": storey, "x_m": 0.0, "y_m": 0.0, "z_m": z_m, "loads_on": []}
    return {**size, **place, "concept": HSB, "dwelling": "W1"}


def variant(**changed):
    made = {
        **{"id": "v", "concept": HSB, "storeys": 2, "modules": 2, "dwellings": 2, "dwellings_by_type": {"2K": 2}},
        **{"gfa_m2": 60.0, "max_uc": None, "outcome": "unknown", "optimal": True, "gap": None, "why": "", "columns": []},
        **{"placed": [module(1, 11.5), module(2, 14.5)], "walkways": [{"width_m": 1.5, "length_m": 8.0}]},
        **{"asked": {"access": "portiek-1"}, "site": {"stairs": []}, "worth": {"put_forward": "", "unknown": ["foundation"]}},
    }
    return {**made, **changed}


def record(*variants, lines=(), outcome="unknown"):
    return {
        "building": {"name": "flat", "base_z_m": 0.0, "levels_z_m": [0.0, 2.8, 5.6, 8.4, 11.2]},
        "roof": {"faces": [{"z_m": 11.2}, {"z_m": 3.0}]},
        "inputs": [{"name": "a.ifc", "sha256": "00"}],
        "settings": {"new_roof": "bare", "reference_period_years": 30.0},
        "parts": [{"id": "p", "kind": "pile"}, {"id": "s", "kind": "pier"}],
        "extra_storeys": {"foundation": {"outcome": outcome, "lines": list(lines)}, "why_not_proven": ["fundering (geen gegevens)"]},
        "variants": list(variants),
    }


def stair(kind, new=False):
    return {"kind": kind, "new": new, "certain": True}


def works(**changed):
    row = variant(**changed)
    return facts_of(record(row), row, CONCEPTS, VALUES).works


def test_old_stairs_go_up_by_the_new_storeys_and_new_ones_from_the_ground():
    assert works(site={"stairs": [stair("stair"), stair("stair")]})["stair"] == exactly(4.0)
    assert works(site={"stairs": [stair("stair", new=True)]})["stair"] == exactly(6.0)
    assert works(site={"stairs": [stair("stair"), stair("stair", new=True)]})["stair"] == exactly(8.0)


def test_lifts_that_are_there_get_stops_and_else_one_is_built_above_the_limit():
    assert works(site={"stairs": [stair("stair+lift"), stair("lift")]})["lift-stop"] == exactly(4.0)
    assert works()["lift"] == exactly(1.0)
    assert works(storeys=1, placed=[module(1, 11.5)])["lift"] == exactly(0.0)


def test_what_was_not_worked_out_is_unknown():
    assert works(site=None)["stair"].missing == ("amount:stair",)
    assert works(site=None)["gallery"] == exactly(12.0)
    bare = works(asked={}, walkways=[], site=None)
    assert {name for one in bare.values() for name in one.missing} == {"amount:gallery", "amount:stair", "amount:lift"}


def test_what_is_not_proven_is_never_left_out():
    row, bare = variant(), variant(worth=None)
    assert facts_of(record(row), row, CONCEPTS, VALUES).unknown == ("foundation",)
    assert facts_of(record(bare), bare, CONCEPTS, VALUES).unknown == ("fundering (geen gegevens)",)


def test_a_roof_is_paid_once_however_many_storeys():
    assert works(asked={"access": "portiek-1", "new-roof": "pv"})["roof-pv"] == exactly(30.0)


def test_foundation_lines_keep_the_larger_ratio_and_what_they_are():
    told = {"length_m": 4.0, "line": 0}
    row = variant()
    lines = ({**told, "part": "p", "r_char": 1.2, "r_psi": 1.1}, {**told, "part": "s", "r_char": 1.2, "r_psi": None})
    found = facts_of(record(row, lines=lines), row, CONCEPTS, VALUES)
    assert [(line.pile, line.length_m) for line in found.lines] == [(True, 4.0), (False, 4.0)]
    assert found.lines[0].ratio == 1.2
    assert math.isnan(found.lines[1].ratio)
    assert facts_of(record(row), row, CONCEPTS, VALUES).lines is None


def test_term_price_and_carbon_come_from_record_and_catalogue():
    row = variant(asked={"access": "portiek-1", "new-roof": "green"})
    defaults = default_assumptions(VALUES)
    found = with_record(defaults, row, CONCEPTS, VALUES, record(row))
    assert (found["period-years"].lo, found["period-years"].hi) == (30.0, 30.0)
    price = CONCEPTS[HSB].cost_eur_m2
    assert (found["product-price"].lo, found["product-price"].hi) == (price.lo, price.hi)
    assert price.source in found["product-price"].source
    assert found["product-price"].price_date == price.date
    # 60 m2 of floor under 30 m2 of roof of which nobody tells the carbon
    assert not found["product-emitted"].known
    bare = with_record(defaults, variant(), CONCEPTS, VALUES, record(row))["product-emitted"]
    assert (bare.lo, bare.hi) == (CONCEPTS[HSB].carbon_emitted_kg_m2.lo, CONCEPTS[HSB].carbon_emitted_kg_m2.hi)
    assert "niet in de catalogus" in with_record(defaults, row, {}, VALUES, record(row))["product-price"].unknown


def test_the_first_put_forward_is_chosen():
    forward = variant(id="w", worth={"put_forward": "meeste woningen"})
    assert chosen_variant(record(variant(), forward), None)["id"] == "w"
    assert chosen_variant(record(variant(worth=None)), None)["id"] == "v"
    assert chosen_variant(record(variant(), forward), "v")["id"] == "v"
    with pytest.raises(UsageError, match="holds no dwellings"):
        chosen_variant(record(variant(placed=[], dwellings=0)), "v")
    with pytest.raises(UsageError, match="optopscan place"):
        chosen_variant(record(variant(placed=[], dwellings=0)), None)
