"""Samples cover the ranges evenly, stay inside them, and depend on family, seed and number only."""

from __future__ import annotations

from dataclasses import asdict, replace

import numpy as np
import pytest
from family_scans import FAMILIES

from optopscan.catalog.family_file import CountRange, LengthRange
from optopscan.errors import UsageError
from optopscan.families import Family, sample, typical
from optopscan.families.dimensions import NAMES, Dimensions

TOLD = {"source": "test", "confidence": "uncertain"}


def with_range(name: str, spread: LengthRange | CountRange) -> Family:
    family = FAMILIES["gietbouw-portiek"]
    return replace(family, ranges={**family.ranges, name: spread})


@pytest.mark.parametrize("family_id", sorted(FAMILIES))
def test_samples_lie_inside_the_ranges(family_id: str) -> None:
    family = FAMILIES[family_id]
    for block in sample(family, 40, seed=3):
        sizes = asdict(block)
        for name, spread in family.ranges.items():
            if spread.options is not None:
                assert sizes[name] in spread.options
            elif spread.lo is None:
                assert sizes[name] == spread.typical
            else:
                assert spread.lo <= sizes[name] <= spread.hi
            assert isinstance(sizes[name], int) == isinstance(spread, CountRange)
        assert all(sizes[name] == 0 for name in NAMES - set(family.ranges))


@pytest.mark.parametrize("family_id", sorted(FAMILIES))
def test_typical_is_what_the_file_says(family_id: str) -> None:
    family = FAMILIES[family_id]
    assert {name: asdict(typical(family))[name] for name in family.ranges} == {name: row.typical for name, row in family.ranges.items()}


def test_every_range_of_a_file_has_a_size() -> None:
    assert set().union(*(family.ranges for family in FAMILIES.values())) == NAMES


def test_one_sample_falls_in_each_stratum() -> None:
    """A triangle from 0 over 10 to 10 has chance (x / 10)^2 below x: ten samples have one in each tenth of it."""
    family = with_range("depth_m", LengthRange(lo=0.0, typical=10.0, hi=10.0, **TOLD))
    drawn = np.sort([block.depth_m for block in sample(family, 10)])
    edges = 10.0 * np.sqrt(np.arange(11) / 10)
    # Rounding to 50 mm may move a draw over an edge by half a step.
    assert np.all(drawn >= edges[:-1] - 0.026)
    assert np.all(drawn <= edges[1:] + 0.026)


def test_the_spread_is_a_triangle() -> None:
    """Mean (lo + typical + hi) / 3 and variance (a2 + b2 + c2 - ab - ac - bc) / 18 of a triangle."""
    family = with_range("depth_m", LengthRange(lo=8.0, typical=10.0, hi=18.0, **TOLD))
    drawn = np.array([block.depth_m for block in sample(family, 400)])
    assert drawn.mean() == pytest.approx(12.0, abs=0.02)
    assert drawn.var() == pytest.approx((64 + 100 + 324 - 80 - 144 - 180) / 18, rel=0.02)


def test_options_and_counts_have_their_shares() -> None:
    family = with_range("gravel_m", LengthRange(typical=0.05, options=[0.05, 0.04], **TOLD))
    assert [block.gravel_m for block in sample(family, 20)].count(0.04) == 10
    counts = [block.storeys for block in sample(with_range("storeys", CountRange(lo=3, typical=4, hi=5, **TOLD)), 200)]
    # Triangle from 2.5 over 4 to 5.5: below 3.5 lies (1.0 / 1.5)^2 / 2 = 0.222.
    assert (counts.count(3), counts.count(4), counts.count(5)) == pytest.approx((44.4, 111.1, 44.4), abs=2.0)


def test_seed_and_number_decide() -> None:
    family = FAMILIES["tunnel-1975"]
    assert sample(family, 6, seed=1) == sample(family, 6, seed=1)
    assert sample(family, 6, seed=1) != sample(family, 6, seed=2)
    assert len(set(sample(family, 6))) == 6


def test_a_size_more_leaves_the_others_as_they_were() -> None:
    family = FAMILIES["gietbouw-portiek"]
    more = with_range("panel_length_m", LengthRange(lo=4.0, typical=5.0, hi=6.0, **TOLD))
    without = [replace(block, panel_length_m=0.0) for block in sample(more, 8)]
    assert tuple(without) == sample(family, 8)


def test_pinned_draw() -> None:
    """The draw of another release gives other blocks under the same name; then this number moves on purpose."""
    first = sample(FAMILIES["galerij-kalkzandsteen"], 20)[0]
    assert isinstance(first, Dimensions)
    assert (first.storeys, first.bays, first.bay_m, first.depth_m) == PINNED


PINNED = (5, 6, 5.45, 10.0)


@pytest.mark.parametrize(("n", "seed", "text"), [(0, 0, "samples=0 must be 1 or more"), (3, -1, "seed=-1 must be 0 or more")])
def test_wrong_numbers_are_refused(n: int, seed: int, text: str) -> None:
    with pytest.raises(UsageError, match=text):
        sample(FAMILIES["tunnel-1975"], n, seed=seed)
