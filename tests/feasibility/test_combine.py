"""What a renovation combines with: only what a variant has coincides, what is not known is said, nothing is counted."""

import pytest

from optopscan.catalog.business_rows import Combination
from optopscan.catalog.engineering import load_engineering
from optopscan.feasibility.amount import ZERO, Amount, exactly, unknown
from optopscan.feasibility.business_case import Post
from optopscan.feasibility.combine import combinations

VALUES = load_engineering()


def post(name, amount):
    return Post(assumption=name, amount=amount, price=exactly(1.0), eur=amount)


def row(**told):
    words = dict.fromkeys(("nl", "en", "ask_nl", "ask_en", "source"), "x")
    return Combination(id="a", confidence="expert", **words, **told)


@pytest.mark.parametrize(
    ("told", "costs", "coincides"),
    [
        ({"always": True}, [], "yes"),
        ({}, [post("lift", exactly(1.0))], "ask"),
        ({"works": ["lift"]}, [], "no"),
        ({"works": ["lift"]}, [post("lift", exactly(1.0))], "yes"),
        ({"works": ["lift"]}, [post("lift", unknown("amount:lift"))], "unknown"),
        ({"works": ["lift"]}, [post("lift", Amount(lo=0.0, hi=4.0))], "unknown"),
        ({"works": ["lift", "lift-stop"]}, [post("lift", unknown("amount:lift")), post("lift-stop", exactly(2.0))], "yes"),
        ({"works": ["lift"]}, [post("stair", exactly(1.0))], "no"),
    ],
)
def test_it_coincides_where_the_variant_has_the_work(told, costs, coincides):
    [found] = combinations([row(**told)], costs)
    assert found.coincides == coincides


def test_the_works_named_are_those_of_the_variant():
    [found] = combinations([row(works=["lift", "stair"])], [post("stair", exactly(2.0)), post("vat", ZERO)])
    assert found.works == ("stair",)


def test_every_work_that_a_row_names_is_a_price_of_the_business_case():
    prices = {*VALUES.business, *VALUES.costs}
    assert {name for one in VALUES.combinations for name in one.works} <= prices
    assert len({one.id for one in VALUES.combinations}) == len(VALUES.combinations) >= 10


def test_no_row_holds_a_saving():
    """Nobody published one: a percentage or an amount in the text would be invented."""
    for one in VALUES.combinations:
        assert not {"%", "€", "EUR"} & set(f"{one.nl} {one.en} {one.ask_nl} {one.ask_en}".replace(";", " ").split())
        assert not any(char.isdigit() for char in one.nl + one.en + one.ask_nl + one.ask_en)
