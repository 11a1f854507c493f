"""Dwellings from placed modules: every module belongs to a dwelling that counts."""

from __future__ import annotations

from collections.abc import Sequence

from optopscan.catalog.concept import UnitType


def count_dwellings(modules: Sequence[int], unit_types: Sequence[UnitType], storeys: int) -> dict[str, int]:
    """Return the number of dwellings by type code, every type named.

    Parameters
    ----------
    modules
        Modules per dwelling in one storey; of types with the same number the
        first listed counts.
    storeys
        Storeys with this plan.

    Raises
    ------
    ValueError
        If no type has so many modules: placed must be counted.

    Examples
    --------
    >>> two = UnitType(code="A", modules=2, gbo_m2=60, gfa_m2=70, rooms=3, persons=2)
    >>> count_dwellings([2, 2, 2], [two], storeys=2)
    {'A': 6}
    """
    first = {unit.modules: unit.code for unit in reversed(unit_types)}
    total = {unit.code: 0 for unit in unit_types}
    for number in modules:
        if number not in first:
            raise ValueError(f"a dwelling of {number} modules is no unit type of this product")
        total[first[number]] += storeys
    return total
