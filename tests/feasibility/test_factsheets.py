"""Factsheets: one for every rule and flag, none for what does not exist, no threshold written twice."""

import dataclasses
import math
import re

import pytest

from optopscan.catalog.engineering import load_engineering
from optopscan.catalog.plain_sheet import plain_sheet
from optopscan.families import load_families
from optopscan.feasibility.factsheets import ACCESS, MET_BY, QUANTITIES, known_codes, sheet_of
from optopscan.issues import CODES
from optopscan.placement.access.findings import RULES

VALUES = load_engineering()
WITHOUT_BASIS = {"access-route"}  # a door to a stair is counted, no table has a limit for it
SHEETS = VALUES.factsheets
ROWS = {rule.code: rule for rule in VALUES.rules}


@pytest.mark.parametrize("code", known_codes(VALUES))
def test_every_rule_and_flag_has_a_factsheet_with_its_basis(code):
    assert code in SHEETS
    assert sheet_of(code, VALUES).basis or code in WITHOUT_BASIS


@pytest.mark.parametrize("code", SHEETS)
def test_every_factsheet_names_a_code_that_exists(code):
    assert code in known_codes(VALUES) or code in CODES


@pytest.mark.parametrize("code", SHEETS)
def test_the_quick_way_reads_the_same_sheet(code):
    quick = dataclasses.asdict(plain_sheet(code))
    assert {**quick, "ask": list(quick["ask"])} == SHEETS[code].model_dump(include=set(quick))


def test_the_quick_way_has_no_sheet_of_its_own():
    assert plain_sheet("nonsense") is None


def test_every_serious_issue_has_a_factsheet():
    assert [code for code, row in CODES.items() if row.severity == "serious" and code not in SHEETS] == []


def numbers_of(code):
    """Return the numbers that the tables judge a code by, as a reader would write them."""
    found = []
    for flag in VALUES.flags:
        if flag.code == code:
            found += [flag.above, flag.up_to, flag.limit]
    for rule in VALUES.rules:
        if rule.code == code:
            found += [rule.below, rule.above, rule.up_to]
    found += [VALUES.access[name].value for name in ACCESS.get(code, ((), ()))[1]]
    if code in VALUES.product_limits:
        found += [VALUES.product_limits[code].at_least, VALUES.product_limits[code].at_most]
    return {f"{value:g}".replace(".", ",") for value in found if not math.isnan(value)}


@pytest.mark.parametrize("code", SHEETS)
def test_no_threshold_is_repeated_in_words(code):
    row = SHEETS[code]
    written = set(re.findall(r"\d+(?:,\d+)?", " ".join((row.title, row.what, row.who, *row.ask))))
    assert not written & numbers_of(code)


@pytest.mark.parametrize("rule", VALUES.rules, ids=lambda rule: rule.code)
def test_quantities_of_rules_have_a_name(rule):
    assert rule.quantity in QUANTITIES
    assert not rule.met_by or rule.met_by in MET_BY


@pytest.mark.parametrize("flag", [flag for flag in VALUES.flags if flag.quantity], ids=lambda flag: flag.code)
def test_quantities_of_flags_have_a_name(flag):
    assert flag.quantity in QUANTITIES


def test_every_finding_about_the_way_in_has_a_factsheet():
    assert [f"access-{rule}" for rule in RULES] == list(ACCESS)


def test_the_sheet_of_a_finding_quotes_the_rows_that_judge_it():
    told = {basis.table: basis.counts for basis in sheet_of("access-lift", VALUES).basis}
    assert told["access.toml"] == "3500 m2"
    assert "hoogste nieuwe vloer" in told["flags.toml"]


def test_another_threshold_in_the_table_is_another_factsheet():
    moved = tuple(dataclasses.replace(rule, above=9.5) if rule.code == "daylight-depth" else rule for rule in VALUES.rules)
    told = sheet_of("daylight-depth", dataclasses.replace(VALUES, rules=moved)).basis[0].counts
    assert told == "diepte van de woning per gevel meer dan 9,5 m; is een vraag"


def test_realised_projects_name_a_family_that_exists_or_say_why_none():
    families = {family.id for family in load_families()}
    assert len(VALUES.realised) >= 10
    for row in VALUES.realised:
        assert row.family in families | {""}
        assert row.why_family
        assert row.family or row.why_family.startswith("geen familie")
