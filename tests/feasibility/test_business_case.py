"""The three columns, by hand; what is not known stays unknown and is named."""

import dataclasses
import math

import pytest

from optopscan.catalog.assumptions import default_assumptions
from optopscan.catalog.engineering import load_engineering
from optopscan.feasibility.amount import Amount, exactly, unknown
from optopscan.feasibility.business_case import business_case
from optopscan.feasibility.business_facts import Facts, Line
from optopscan.feasibility.consent import agreements

VALUES = load_engineering()
# every number of the case, EUR and pieces; round ones, so that a hand can follow
STATED = {
    "existing-dwellings": 40.0,
    "existing-gfa": 3000.0,
    "period-years": 30.0,
    "discount-rate": 0.0,
    "rent-now": 500.0,
    "rent-renovated": 600.0,
    "rent-new": 800.0,
    "upkeep-now": 4000.0,
    "upkeep-renovated": 3000.0,
    "upkeep-new": 2000.0,
    "keep-works": 5000.0,
    "renovation": 50000.0,
    "product-price": 2000.0,
    "transfer-layer": 200.0,
    "parts-to-strengthen": 3.0,
    "strengthen-part": 4000.0,
    "foundation-threshold": 1.10,
    "foundation-line": 1000.0,
    "strengthen-pile": 3000.0,
    "moving-share-renovation": 0.25,
    "moving-share-extension": 0.5,
    "temporary-housing": 8000.0,
    "design-fees": 10.0,
    "vat": 21.0,
    "parking-norm": 0.7,
    "parking-free": 3.0,
    "parking-price": 10000.0,
    "gallery": 1000.0,
    "stair": 20000.0,
    "lift": 120000.0,
    "product-emitted": 150.0,
    "product-stored": 100.0,
    "renovation-emitted": 50.0,
    "demolition-emitted": 20.0,
    "rebuild-emitted": 400.0,
    "rebuild-stored": 10.0,
}


def assumptions(**changed):
    """Assumptions with the values above; a value None is unknown, a pair is a range. Hyphens of ids are underscores here."""
    told = {**STATED, **{key.replace("_", "-"): value for key, value in changed.items()}}
    found = default_assumptions(VALUES)
    for key, value in told.items():
        lo, hi = (math.nan, math.nan) if value is None else value if isinstance(value, tuple) else (value, value)
        found[key] = dataclasses.replace(found[key], lo=lo, hi=hi, unknown="not told" if value is None else "")
    return found


def facts(**changed):
    made = {
        "building": "flat",
        "variant": "v",
        "concept": "c",
        "fictitious": True,
        "outcome": "unknown",
        "storeys": 1,
        "dwellings": 10,
        "gfa_m2": 700.0,
        "roof_m2": 700.0,
        "works": {"gallery": exactly(50.0), "stair": exactly(2.0), "lift": exactly(1.0)},
        "foundation": "unknown",
        "lines": (
            Line(ratio=1.05, length_m=10.0, pile=False),
            Line(ratio=1.12, length_m=20.0, pile=False),
            Line(ratio=1.20, length_m=0.3, pile=True),
            Line(ratio=math.nan, length_m=5.0, pile=False),
        ),
        "own_columns": 0,
        "own_support": False,
        "unknown": ("foundation",),
        "others": (),
        "input_sha256": (),
    }
    return Facts(**{**made, **changed})


def column(case, key):
    return next(one for one in case.columns if one.key == key)


def test_the_three_columns_by_hand():
    case = business_case(facts(), assumptions())
    leave, renovate, extend = (column(case, key) for key in ("leave", "renovate", "extend"))
    plus = 1.10 * 1.21
    assert leave.cost.lo == pytest.approx(40 * 5000 * plus)
    assert leave.income.lo == pytest.approx(30 * 40 * (500 * 12 - 4000))
    assert renovate.cost.hi == pytest.approx(40 * 50000 * plus + 40 * 0.25 * 8000)
    assert renovate.gap.lo == pytest.approx(renovate.cost.lo - 30 * 40 * (600 * 12 - 3000))
    # product, transfer layer, gallery, stair, lift, three parts, one strip of 20 m and one pile, four places (10 x 0.7 - 3)
    works = 700 * 2000 + 700 * 200 + 50 * 1000 + 2 * 20000 + 120000 + 3 * 4000 + 20 * 1000 + 3000 + 4 * 10000
    # the strip of 5 m has no ratio: it counts in the upper end alone
    assert extend.cost.lo == pytest.approx((40 * 50000 + works) * plus + 40 * 0.5 * 8000)
    assert extend.cost.hi == pytest.approx((40 * 50000 + works + 5 * 1000) * plus + 40 * 0.5 * 8000)
    assert extend.income.lo == pytest.approx(30 * (40 * (7200 - 3000) + 10 * (9600 - 2000)))
    assert extend.gap_per_dwelling.hi == pytest.approx((extend.cost.hi - extend.income.lo) / 50)
    assert case.parking_places == exactly(4.0)


def test_the_contribution_closes_the_gap_and_so_does_the_rent():
    case = business_case(facts(lines=()), assumptions())
    gap = case.closing.gap.lo
    assert gap > 0
    assert case.closing.contribution.lo == pytest.approx(gap / 10)
    again = business_case(facts(lines=()), assumptions(rent_new=case.closing.rent_month.lo))
    assert again.closing.gap.lo == pytest.approx(0.0, abs=1e-6)
    # and the difference of two columns is the gap of the extension, where nothing has a range
    assert column(case, "extend").gap.lo - column(case, "renovate").gap.lo == pytest.approx(gap)


def test_no_contribution_is_below_zero():
    case = business_case(facts(), assumptions(rent_new=5000.0))
    assert case.closing.gap.hi < 0
    assert case.closing.contribution == exactly(0.0)


@pytest.mark.parametrize("name", sorted(STATED))
def test_each_assumption_counts_somewhere_or_is_named_when_missing(name):
    case = business_case(facts(), assumptions(**{name: None}))
    if name == "foundation-threshold":
        assert case.foundation == "all"
        assert case.lines_over == Amount(lo=0.0, hi=4.0)
        return
    told = [getattr(one, key) for one in case.columns for key in ("cost", "income", "gap")]
    told += [getattr(case.carbon, key) for key in ("emitted", "stored", "extend_emitted", "rebuild_emitted", "rebuild_stored")]
    assert any(one.missing == (name,) for one in told)


def test_an_unknown_price_leaves_a_lower_end_of_the_costs_only():
    case = business_case(facts(), assumptions(transfer_layer=None))
    extend = column(case, "extend")
    assert not extend.cost.known
    full = column(business_case(facts(), assumptions(transfer_layer=0.0)), "extend")
    assert extend.cost.at_least == pytest.approx(full.cost.lo)
    assert case.closing.contribution.missing == ("transfer-layer",)


def test_unknown_foundation_is_none_to_all_of_the_lines():
    case = business_case(facts(), assumptions(foundation_threshold=None))
    posts = {post.assumption: post for post in column(case, "extend").costs}
    assert posts["foundation-line"].amount == Amount(lo=0.0, hi=35.0)
    assert posts["strengthen-pile"].amount == Amount(lo=0.0, hi=1.0)


def test_a_threshold_with_a_range_gives_a_range_of_lines():
    case = business_case(facts(), assumptions(foundation_threshold=(1.04, 1.15)))
    assert case.lines_over == Amount(lo=1.0, hi=4.0)


def test_checked_foundation_costs_nothing_and_no_lines_is_unknown():
    assert business_case(facts(foundation="ok"), assumptions()).lines_over == exactly(0.0)
    missing = business_case(facts(lines=None), assumptions())
    assert missing.foundation == "missing"
    assert "amount:foundation-line" in column(missing, "extend").cost.missing


def test_a_product_on_own_columns_pays_for_its_own_foundation():
    case = business_case(facts(own_support=True, own_columns=8), assumptions(own_foundation=5000.0))
    posts = {post.assumption: post.eur for post in column(case, "extend").costs}
    assert posts["own-foundation"] == exactly(40000.0)
    assert not {"transfer-layer", "foundation-line", "strengthen-pile"} & set(posts)


def test_parts_to_strengthen_are_none_only_where_the_variant_holds():
    parts = {"parts_to_strengthen": None}
    assert "parts-to-strengthen" in column(business_case(facts(), assumptions(**parts)), "extend").cost.missing
    assert column(business_case(facts(outcome="ok"), assumptions(**parts)), "extend").cost.known


def test_carbon_is_never_netted():
    carbon = business_case(facts(), assumptions()).carbon
    assert carbon.emitted.lo == 700 * 150
    assert carbon.stored.lo == 700 * 100
    assert carbon.extend_emitted.lo == 700 * 150 + 3000 * 50
    assert carbon.rebuild_emitted.lo == 3000 * 20 + 3700 * 400


# consent


def needed(dwellings):
    return {one.row.id: (one.applies, one.needed_lo, one.needed_hi) for one in agreements(VALUES.consents, dwellings)}


def test_seventy_percent_of_the_tenants_from_ten_dwellings_and_all_owners():
    assert needed(exactly(30.0))["tenants"] == ("yes", 21, 21)
    assert needed(exactly(31.0))["tenants"] == ("yes", 22, 22)
    assert needed(exactly(10.0))["tenants"] == ("yes", 7, 7)
    assert needed(exactly(9.0))["tenants"] == ("no", None, None)
    assert needed(exactly(30.0))["owners-all"] == ("yes", 30, 30)
    assert needed(exactly(31.0))["owners-four-fifths"] == ("yes", 25, 25)
    assert needed(exactly(30.0))["owners-court"] == ("yes", None, None)


def test_consent_of_a_complex_of_unknown_size_is_a_question():
    assert needed(unknown("existing-dwellings"))["tenants"] == ("ask", None, None)
    assert needed(Amount(lo=8.0, hi=12.0))["tenants"] == ("ask", 6, 9)


def test_all_owners_is_the_one_value_to_plan_with():
    assert [row.id for row in VALUES.consents if row.owner == "vve" and row.planning] == ["owners-all"]
