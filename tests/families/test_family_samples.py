"""Five sampled blocks of every family scan without a fault, and bearing is read right on all of them.

Two of them in every run, all five with the tests marked long.

The blocks are the smallest of their family (fewest storeys, stairs and bays); every other size is as sampled.
`benchmarks/families.py` scans them at full length.
"""

from __future__ import annotations

from dataclasses import replace

import pytest
from family_scans import FAMILIES, misread, settings, written

import optopscan
from optopscan.families import Dimensions, Family, author_block, sample

SAMPLES, FIRST = 5, 2
"""Blocks of a family, and how many of them are in every run."""
CASES = [
    pytest.param(family_id, k, marks=pytest.mark.long) if k >= FIRST else (family_id, k)
    for family_id in sorted(FAMILIES)
    for k in range(SAMPLES)
]


def small(family: Family, sizes: Dimensions) -> Dimensions:
    least = {name: family.ranges[name].lo or family.ranges[name].typical for name in ("storeys", "bays", "stairs") if name in family.ranges}
    return replace(sizes, **least)


@pytest.mark.parametrize(("family_id", "k"), CASES)
def test_sampled_block_scans_without_a_fault(family_id: str, k: int, tmp_path) -> None:
    family = FAMILIES[family_id]
    authored = author_block(family, small(family, sample(family, SAMPLES)[k]))
    result = optopscan.scan([written(authored.ifc, tmp_path)], settings(family))
    assert misread(result.building, result.bearing, dict(authored.bearing)) == []
    take = result.take_downs["simple"]
    assert take.unsupported_kn == 0.0
    assert take.ground_permanent_kn == pytest.approx(result.applied_permanent_kn, rel=1e-9)
    assert result.extra_storeys.proven == 0
    assert result.extra_storeys.possible in (0, 1)
