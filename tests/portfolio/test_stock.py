"""A stock in numbers: what is unknown is never counted as good, and no building is lost or counted twice."""

import random

import pytest

from optopscan.portfolio.stock import ANSWERS, Dwellings, Missing, Reach, Stop, answer_of, stock_of
from tests.portfolio.stock_rows import scanned, unread


@pytest.mark.parametrize(
    ("row", "answer"),
    [
        (scanned("a", 1, 2), "proven"),
        (scanned("a", 0, 2), "possible"),
        (scanned("a", 0, 0), "none"),
        (scanned("a", 0, 3, judged=False), "unknown"),
        (unread("a"), "unknown"),
        (unread("a", "crashed"), "unknown"),
    ],
)
def test_a_building_has_one_answer_and_without_a_verdict_it_is_unknown(row, answer):
    assert answer_of(row) == answer


def test_answers_add_up_to_all_buildings():
    stock = stock_of([scanned("a", 1, 1), scanned("b", 0, 1), scanned("c"), scanned("d", 0, 3, judged=False), unread("e")])
    assert dict(zip(ANSWERS, stock.answers, strict=True)) == {"proven": 1, "possible": 1, "none": 1, "unknown": 2}
    assert (stock.buildings, stock.scanned, stock.labels) == (5, 4, (("B", 4),))


def test_storeys_count_from_below_and_without_those_that_have_no_verdict():
    stock = stock_of([scanned("a", 1, 3), scanned("b", 0, 1), scanned("c", 0, 3, judged=False)])
    assert stock.reach == (
        Reach(storeys=1, proven=1, possible=2),
        Reach(storeys=2, proven=0, possible=1),
        Reach(storeys=3, proven=0, possible=1),
    )


def test_what_stops_counts_a_building_once_for_each_thing():
    stock = stock_of([scanned("a", stops=["x", "y", "x"]), scanned("b", stops=["y"])])
    assert stock.stops == (Stop(what="y", buildings=2), Stop(what="x", buildings=1))


def test_what_to_find_out_first_is_what_leaves_most_buildings_without_an_unknown():
    """By hand: f settles two; then g and h settle one each, h is missing more often; then g and i settle two each, g goes by name."""
    facts = [["f"], ["f"], ["f", "g"], ["f", "h", "g"], ["h", "i"], ["h", "i"], ["h", "f"]]
    stock = stock_of([scanned(f"b{k}", 0, 1, unknowns=one) for k, one in enumerate(facts)])
    assert stock.missing == (
        Missing(what="f", buildings=5, alone=2, settled=2),
        Missing(what="h", buildings=4, alone=0, settled=3),
        Missing(what="g", buildings=2, alone=0, settled=5),
        Missing(what="i", buildings=2, alone=0, settled=7),
    )


def test_nothing_is_asked_of_what_is_proven_or_has_no_verdict():
    rows = [scanned("a", 1, 1, unknowns=[]), scanned("b", 0, 0), scanned("c", 0, 1, judged=False)]
    assert stock_of(rows).missing == ()


def test_dwellings_are_a_range_over_the_buildings_with_a_layout():
    rows = [
        scanned("a", 1, 2, dwellings_proven=4, dwellings_possible=8),
        scanned("b", 0, 1, dwellings_proven=0, dwellings_possible=6),
        scanned("c", 0, 1),
        scanned("d", 0, 1, judged=False, dwellings_proven=0, dwellings_possible=9),
    ]
    assert stock_of(rows).dwellings == Dwellings(lo=4, hi=14, buildings=2)


def test_families_are_of_one_material_and_height_and_the_largest_series_is_first():
    rows = [
        scanned("a", 0, 1, storeys=3),
        scanned("b", 0, 1),
        scanned("c", 1, 1),
        scanned("d", stops=["wanddelen"]),
        scanned("e", bearing_material=None),
        scanned("f", bearing_material="concrete", stops=["x"]),
        scanned("g", bearing_material="concrete"),
    ]
    found = [(one.material, one.storeys, one.buildings, one.size) for one in stock_of(rows).series]
    assert found == [
        ("calcium-silicate", 4, 3, 2),
        ("calcium-silicate", 3, 1, 1),
        ("concrete", 4, 2, 0),
        (None, 4, 1, 0),
    ]


def test_the_order_of_the_rows_changes_no_number():
    rng = random.Random(1)
    rows = [
        scanned(f"b{k}", k % 2, k % 4, storeys=k % 3, stops=rng.sample("pqrs", 2), unknowns=rng.sample("abcde", 3) if k % 4 > k % 2 else [])
        for k in range(60)
    ]
    first = stock_of(rows)
    rng.shuffle(rows)
    assert stock_of(rows) == first


def test_a_run_in_which_nothing_could_be_read_is_all_unknown():
    stock = stock_of([unread("a"), unread("b")])
    assert (stock.answers, stock.series, stock.stops, stock.dwellings.buildings) == ((0, 0, 0, 2), (), (), 0)
