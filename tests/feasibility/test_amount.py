"""Ranges: widest sums, what is missing, and what may still be said then."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from optopscan.feasibility.amount import ZERO, Amount, annuity_factor, exactly, total, unknown

ends = st.floats(-1e6, 1e6).map(lambda x: round(x, 3))
ranges = st.tuples(ends, ends, st.floats(0, 1)).map(lambda t: (Amount(lo=min(t[:2]), hi=max(t[:2])), t[2]))


def inside(one, share):
    return one.lo + share * (one.hi - one.lo)


@given(ranges, ranges)
def test_every_pair_of_values_lies_in_sum_difference_and_product(one, other):
    (a, s), (b, t) = one, other
    x, y = inside(a, s), inside(b, t)
    for made, value in ((a + b, x + y), (a - b, x - y), (a * b, x * y)):
        slack = 1e-9 * max(1.0, abs(value), abs(x) + abs(y), abs(x * y))
        assert made.lo - slack <= value <= made.hi + slack


def test_lower_ends_go_with_lower_ends():
    made = Amount(lo=1.0, hi=2.0) + Amount(lo=10.0, hi=20.0)
    assert (made.lo, made.hi) == (11.0, 22.0)
    assert (Amount(lo=1.0, hi=2.0) - Amount(lo=10.0, hi=20.0)) == Amount(lo=-19.0, hi=-8.0)


def test_one_unknown_makes_the_sum_unknown_and_leaves_a_lower_end():
    made = total([exactly(5.0), unknown("b"), unknown("a"), Amount(lo=2.0, hi=3.0)])
    assert made.missing == ("a", "b")
    assert not made.known
    assert made.at_least == 7.0
    assert math.isinf(made.hi)


def test_nothing_to_tell_of_what_may_be_a_loss():
    assert math.isnan((exactly(5.0) - unknown("a")).at_least)
    assert math.isnan(unknown("a").at_least)
    assert math.isnan(exactly(5.0).at_least)


def test_none_of_something_unpriced_costs_nothing():
    assert ZERO * unknown("price") == ZERO
    assert (Amount(lo=0.0, hi=1.0) * unknown("price")).missing == ("price",)


def test_floored_below_zero_is_zero_whatever_is_missing():
    assert (ZERO - unknown("free")).floored() == ZERO
    assert (exactly(3.0) - unknown("free")).floored() == Amount(lo=0.0, hi=3.0, missing=("free",))


def test_division():
    assert Amount(lo=-4.0, hi=8.0).per(Amount(lo=2.0, hi=4.0)) == Amount(lo=-2.0, hi=4.0)
    assert exactly(1.0).per(unknown("n")).missing == ("n",)
    with pytest.raises(ValueError, match="above zero"):
        exactly(1.0).per(Amount(lo=0.0, hi=1.0))


def test_annuity_factor_is_the_sum_of_discounted_years():
    assert annuity_factor(exactly(30.0), exactly(0.0)) == exactly(30.0)
    by_hand = sum(1.03**-year for year in range(1, 31))
    assert annuity_factor(exactly(30.0), exactly(3.0)).lo == pytest.approx(by_hand, rel=1e-12)
    wide = annuity_factor(Amount(lo=20.0, hi=40.0), Amount(lo=2.0, hi=4.0))
    assert wide.lo == pytest.approx(sum(1.04**-year for year in range(1, 21)))
    assert wide.hi == pytest.approx(sum(1.02**-year for year in range(1, 41)))
    assert annuity_factor(unknown("years"), exactly(3.0)).missing == ("years",)
