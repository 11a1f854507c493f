"""Placed is counted, always."""

from __future__ import annotations

import pytest

from optopscan.placement.count import count_dwellings

from .test_solve import types


def test_every_module_in_a_dwelling_of_every_storey():
    assert count_dwellings([2, 2, 1], types(2, 1, 3), storeys=2) == {"2m": 4, "1m": 2, "3m": 0}


def test_size_without_a_type_is_a_mistake():
    with pytest.raises(ValueError, match="4 modules"):
        count_dwellings([4], types(2), storeys=1)
