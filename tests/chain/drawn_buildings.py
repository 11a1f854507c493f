"""One property over many drawn buildings: a few in the ordinary ring, many in the long one, always the same ones."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np
import pytest
from generated import Plan
from hypothesis import HealthCheck, Phase, given, reject, settings
from hypothesis import strategies as st

from optopscan.errors import NothingToScan
from optopscan.model.overrides import Overrides
from optopscan.pipeline import scan
from optopscan.settings import Settings

SETTINGS = Settings(place=False, samples=0, max_extra_storeys=2, concepts=("fictief.hsb-3d",))
THIN_M = 0.115
"""Thinner walls may be partitions."""
Property = Callable[..., None]


def over_buildings(few: int, many: int, *strategies: st.SearchStrategy[Any]) -> Callable[[Property], Any]:
    """Make a test of a property: ``few`` draws in the ordinary ring and ``many`` in the long one."""

    def decorate(check: Property) -> Any:
        @pytest.mark.parametrize("draws", [few, pytest.param(many, marks=pytest.mark.long)])
        def test(draws: int) -> None:
            # a building that fails is told as it is: to look for a smaller one takes minutes
            kept = settings(
                max_examples=draws,
                derandomize=True,
                deadline=None,
                database=None,
                phases=(Phase.generate,),
                suppress_health_check=[*HealthCheck],
            )
            kept(given(*strategies)(check))()

        test.__doc__ = check.__doc__
        return test

    return decorate


def scanned(plan: Plan, told: Settings = SETTINGS, overrides: Overrides | None = None) -> Any:
    """Return the scan of a plan; one of thin walls alone, of which none is sure to bear, may be refused and is another draw."""
    with TemporaryDirectory() as folder:
        try:
            return scan([plan.write(Path(folder) / "blok.ifc")], told, overrides=overrides)
        except NothingToScan:
            if max(plan.walls_m) >= THIN_M or overrides is not None:
                raise
            return reject()


def unity_checks(result: Any) -> dict[str, np.ndarray]:
    """Return the unity checks of the parts by scenario, (n_part,)."""
    return {name: np.asarray(uc) for name, uc in result.part_uc.items()}


def named(result: Any, values: Any) -> dict[str, list[float]]:
    """Return values of the parts by the name of their element, in order of size."""
    names, found = result.building.elements.name, dict[str, list[float]]()
    for row, value in zip(result.structure.parts.element, np.asarray(values).tolist(), strict=True):
        found.setdefault(names[row], []).append(value)
    return {name: sorted(rows) for name, rows in found.items()}


def never_above(one: np.ndarray, other: np.ndarray, rel: float = 1e-9) -> bool:
    """Return whether no known value of ``one`` is above that of ``other``; an unknown in either says nothing."""
    known = ~(np.isnan(one) | np.isnan(other))
    return bool(np.all(one[known] <= other[known] * (1.0 + rel) + rel))
