"""SYS-S1: reactions of a continuous floor on equal spans (linear elastic; the textbook coefficients are the same)."""

import numpy as np
import pytest

from optopscan.loads.reactions import continuous, lever, uniform_reactions


@pytest.mark.parametrize(
    ("spans", "expected"),
    [(2, [0.375, 1.25, 0.375]), (3, [0.4, 1.1, 1.1, 0.4]), (4, [0.3929, 1.1429, 0.9286, 1.1429, 0.3929])],
)
@pytest.mark.parametrize("span_m", [1.0, 5.4])
def test_sys_s1_equal_spans(spans, expected, span_m):
    # in w L, with w = 1 kN/m
    assert uniform_reactions(np.full(spans, span_m)) / span_m == pytest.approx(expected, rel=0.002)


def test_unequal_spans_by_hand():
    # spans 4 and 6 m: M = -(4^3 + 6^3) / (8 (4 + 6)) = -3.5; R0 = 2 - 3.5/4 = 1.125; R2 = 3 - 3.5/6 = 2.4167; R1 the rest of 10
    assert uniform_reactions(np.array([4.0, 6.0])) == pytest.approx([1.125, 10 - 1.125 - 2.41667, 2.41667], rel=1e-5)


def test_both_distributions_keep_sum_and_place():
    at, load = np.array([0.0, 4.0, 10.0]), np.array([-0.5, 1.0, 4.0, 7.0, 11.0])
    for shares in (lever(at, load), continuous(at, load)):
        assert shares.sum(axis=1) == pytest.approx(np.ones(5))
        assert shares @ at == pytest.approx(load)
