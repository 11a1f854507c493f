"""The inverse of a check: conventions, scan and bisection against roots by hand."""

import numpy as np
import pytest

from optopscan.codes.interval import Interval, admissible_interval, contains, intersection, interval


def test_conventions():
    found = interval([1.0, 3.0, np.nan, 1.0], [2.0, 2.0, 2.0, 2.0], known=[True, True, True, False])
    assert found.lo.tolist()[:2] == [1.0, np.inf]
    assert found.hi.tolist()[:2] == [2.0, -np.inf]
    assert np.isnan(found.lo).tolist() == np.isnan(found.hi).tolist() == [False, False, True, True]
    # neither an empty nor an unknown interval ever reads as ok
    assert (found.lo[1:] <= 2.0).tolist() == (found.hi[1:] >= 2.0).tolist() == [False, False, False]
    assert contains(found, 1.5).tolist()[:2] == [1.0, 0.0]
    assert np.isnan(contains(found, 1.5)[2:]).all()
    assert np.isnan(contains(found, np.nan)).all()


def test_intersection():
    one, two, empty, unknown = (interval(*pair) for pair in ((0, 5), (3, 9), (1, 0), (np.nan, 1)))
    assert intersection(one, two) == (3, 5)
    assert intersection(one, interval(6, 9)) == (np.inf, -np.inf)
    assert intersection(one, two, empty) == (np.inf, -np.inf)
    assert np.isnan(intersection(one, unknown)).all()


def test_one_valley_with_ends_by_hand():
    # (n - 3)^2 / a <= 1: 3 -+ sqrt(a); a = 0 only n = 3 itself, between two points of the scan: empty, never too wide
    a = np.array([1.0, 4.0, 1e-12])
    found = admissible_interval(lambda n: (n - 3.0) ** 2 / a, lower_kn=0.0, upper_kn=np.full(3, 10.0))
    assert found.lo[:2] == pytest.approx([2, 1], abs=1e-9)
    assert found.hi[:2] == pytest.approx([4, 5], abs=1e-9)
    assert (found.lo[2], found.hi[2]) == (np.inf, -np.inf)
    # both ends are on the admissible side
    assert np.all((found.lo[:2] - 3.0) ** 2 / a[:2] <= 1.0)
    assert np.all((found.hi[:2] - 3.0) ** 2 / a[:2] <= 1.0)


def test_ends_of_the_range_and_unknowns():
    assert admissible_interval(lambda n: 0.0 * n, lower_kn=-2.0, upper_kn=7.0) == (-2, 7)
    assert admissible_interval(lambda n: 2.0 + 0.0 * n, lower_kn=-2.0, upper_kn=7.0) == (np.inf, -np.inf)
    half = admissible_interval(lambda n: n / 5.0, lower_kn=0.0, upper_kn=7.0)
    assert (half.lo, half.hi) == (0, pytest.approx(5))
    assert np.isnan(admissible_interval(lambda n: n * np.nan, lower_kn=0.0, upper_kn=7.0)).all()
    with pytest.raises(ValueError, match="n_grid=1"):
        admissible_interval(lambda n: n, lower_kn=0.0, upper_kn=1.0, n_grid=1)


def test_only_the_run_around_the_best_counts():
    # ok from 0 to 1 and, deeper, from 4 to 6: one run is given, not their hull
    def uc(n):
        return np.where(n <= 1.0, 0.9, np.where((n >= 4.0) & (n <= 6.0), 0.5, 2.0))

    found = admissible_interval(uc, lower_kn=0.0, upper_kn=10.0)
    assert found == Interval(pytest.approx(4), pytest.approx(6))


def test_what_is_unknown_somewhere_on_the_way_is_unknown():
    # N / 5, but of 6 and more nothing is known: no upper end of it can be told
    found = admissible_interval(lambda n: np.where(n < 6.0, n / 5.0, np.nan), lower_kn=0.0, upper_kn=7.0)
    assert np.isnan(found).all()


def test_the_ends_belong_to_the_interval():
    found = contains(interval(-2.0, 7.0), [-2.001, -2.0, 7.0, 7.001])
    assert found.tolist() == [0.0, 1.0, 1.0, 0.0]


def test_two_forces_are_a_scan():
    # N / 5 <= 1 from the forces 0 and 7 alone: bisection finds 5
    found = admissible_interval(lambda n: n / 5.0, lower_kn=0.0, upper_kn=7.0, n_grid=2)
    assert (found.lo, found.hi) == (0, pytest.approx(5))


def test_exactly_full_is_admissible():
    assert admissible_interval(lambda n: 1.0 + 0.0 * n, lower_kn=-2.0, upper_kn=7.0) == (-2, 7)
