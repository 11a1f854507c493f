"""Anchorage of a top by hand: suction of a zone, overturning spread over the supports, weight at 0.9 of its lower value."""

import numpy as np
import pytest

from optopscan.checks.anchorage import TopSupports, connector_use, top_forces
from optopscan.codes.en1991_1_4 import TERRAINS
from optopscan.pipeline.top import shown_supports

# two lines of wall under a top of 12 x 10 m, supports at both ends of each
FOUR = TopSupports(
    x_m=np.array([0.0, 12.0, 0.0, 12.0]), y_m=np.array([0.0, 0.0, 10.0, 10.0]), area_m2=np.full(4, 30.0), length_m=np.full(4, 6.0),
    extent_m=(12.0, 10.0), origin_m=(0.0, 0.0),
)  # fmt: skip
TOP = {"height_m": 14.0, "top_height_m": 3.5, "wind_speed_m_s": 27.0, "terrain": TERRAINS["bebouwd"], "consequence_class": "CC2"}
Q = 0.7810  # region II bebouwd at 14 m: k_r 0.2232, ln 28 = 3.332, v 20.08 m/s, 1 + 7/3.332


def test_a_corner_by_hand():
    """Wind from y-: zone F 1.5 x 0.781 x (1.8 + 0.2) x 30 = 70.29; top 1.5 x 0.85 x (0.8 + 0.58) x 0.781 x 12 x 3.5 = 57.7 kN."""
    found = top_forces(FOUR, weight_kn_m2=1.0, **TOP)
    assert found.suction_kn == pytest.approx(np.full(4, 70.29), rel=2e-3)
    # h/d = 1.4: E -0.52; force 1.5 x 0.85 x 1.32 x 0.781 x 12 x 3.5 = 55.2; moment x 1.75 = 96.6; 30 x 5 / (4 x 30 x 25) per support
    force = 1.5 * 0.85 * 1.32 * Q * 12 * 3.5
    assert found.overturning_kn == pytest.approx(np.full(4, force * 1.75 * 30 * 5 / (4 * 30 * 25)), rel=3e-3)
    assert found.weight_kn == pytest.approx(np.full(4, 27.0))
    assert found.uplift_kn == pytest.approx(found.suction_kn + found.overturning_kn - 27.0)
    # shear: the larger of both directions over four equal supports
    assert found.shear_kn == pytest.approx(np.full(4, force / 4), rel=3e-3)


def test_enough_weight_needs_no_hold_down_but_still_shear():
    found = top_forces(FOUR, weight_kn_m2=5.0, **TOP)
    assert found.uplift_kn == pytest.approx(np.zeros(4))
    assert (found.shear_kn > 0).all()


CHANGES = [
    ({"weight_kn_m2": 1.2}, -1),
    ({"height_m": 16.0}, 1),
    ({"top_height_m": 4.0}, 1),
    ({"consequence_class": "CC3"}, 1),
    ({"parapet_ratio": 0.05}, -1),
]


@pytest.mark.parametrize(("change", "sign"), CHANGES)
def test_each_argument_moves_the_uplift(change, sign):
    base = {"weight_kn_m2": 1.0, **TOP}
    assert np.all(np.sign(top_forces(FOUR, **{**base, **change}).uplift_kn - top_forces(FOUR, **base).uplift_kn) == sign)


def test_unknown_weight_is_unknown_uplift():
    assert np.isnan(top_forces(FOUR, weight_kn_m2=float("nan"), **TOP).uplift_kn).all()


def test_supports_inside_lie_in_calmer_zones():
    inner = TopSupports(
        x_m=np.array([0.0, 20.0, 40.0]), y_m=np.array([0.0, 20.0, 40.0]), area_m2=np.full(3, 20.0), length_m=np.full(3, 4.0),
        extent_m=(40.0, 40.0), origin_m=(0.0, 0.0),
    )  # fmt: skip
    # e = min(40, 28) = 28: the middle lies 20 m from every edge, beyond e/2 = 14
    assert top_forces(inner, weight_kn_m2=1.0, **TOP).zone.tolist() == [0, 3, 0]


def test_connectors():
    need = np.array([10.0, 0.0, 10.0, 10.0, np.nan])
    shear = np.array([5.0, 5.0, 5.0, 0.0, 1.0])
    capacity = np.array([20.0, np.nan, np.nan, 40.0, 20.0]), np.array([20.0, 20.0, 20.0, np.nan, 20.0])
    found = connector_use(uplift_kn=need, shear_kn=shear, uplift_capacity_kn=capacity[0], shear_capacity_kn=capacity[1])
    assert found == pytest.approx([0.75, 0.25, np.nan, 0.25, np.nan], nan_ok=True)


def test_supports_on_one_line_hold_nothing_upright():
    line = TopSupports(
        x_m=np.array([6.0, 6.0]), y_m=np.array([0.0, 10.0]), area_m2=np.full(2, 60.0), length_m=np.full(2, 6.0), extent_m=(12.0, 10.0),
        origin_m=(0.0, 0.0),
    )  # fmt: skip
    assert np.isnan(top_forces(line, weight_kn_m2=9.0, **TOP).uplift_kn).all()


def test_a_support_without_a_known_connector_is_never_hidden_behind_well_used_ones():
    """Five supports used for 0.9 and one with a little uplift and no stated capacity: that one decides."""
    uc = np.array([0.9, 0.9, 0.9, 0.9, 0.9, np.nan, 1.2])
    need = np.array([9.0, 9.0, 9.0, 9.0, 9.0, 0.1, 12.0])
    assert shown_supports(uc, need) == [6, 5, 0, 1, 2]
    assert shown_supports(np.full(7, np.nan), np.array([1.0, 2.0, np.nan, 3.0, 0.0, 0.5, 0.2])) == [2, 3, 1, 0, 5]


def test_supports_that_differ_in_the_last_digit_only_stay_in_their_order():
    """A sum is 1e-15 off under another version of numpy; which support is told must not hang on that."""
    need = 2.0 + np.array([0.0, 4e-16, -4e-16, 1e-12, 0.0])
    assert shown_supports(np.full(5, np.nan), need) == [0, 1, 2, 3, 4]
    assert shown_supports(need - 1.5, need) == [0, 1, 2, 3, 4]
    # a millionth is a difference
    assert shown_supports(np.full(2, np.nan), np.array([2.0, 2.000001])) == [1, 0]
