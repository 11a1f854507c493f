"""Dwellings from placed modules: closed rows of modules, cut into unit types."""

from __future__ import annotations

import itertools
from collections.abc import Sequence

from optopscan.catalog.concept import UnitType

TOUCH_M = 0.01


def module_runs(rectangles: Sequence[tuple[int, bool, float, float, float, float]]) -> tuple[int, ...]:
    """Return the number of modules in each closed row.

    Parameters
    ----------
    rectangles
        Per module: block, long_u, and u, v, du, dv [m]. Modules of one block and
        direction form a row when their long sides meet over the full length.

    Returns
    -------
    tuple[int, ...]
        Row by row in a fixed order; their sum is the number of modules.
    """
    turned = [(block, long_u, *((u, du, v, dv) if long_u else (v, dv, u, du))) for block, long_u, u, v, du, dv in rectangles]
    start, size = (_clusters([module[k] for module in turned]) for k in (2, 3))
    rows: dict[tuple[int, bool, int, int], list[tuple[float, float]]] = {}
    for k, (block, long_u, _, _, across, width) in enumerate(turned):
        rows.setdefault((block, long_u, start[k], size[k]), []).append((across, width))
    runs: list[int] = []
    for _, row in sorted(rows.items()):
        end = float("-inf")
        for across, width in sorted(row):
            if abs(across - end) < TOUCH_M:
                runs[-1] += 1
            else:
                runs.append(1)
            end = across + width
    return tuple(runs)


def count_dwellings(runs: Sequence[int], unit_types: Sequence[UnitType]) -> tuple[dict[str, int], int]:
    """Return dwellings by type and the modules left over in one storey.

    Each row is cut so that as few modules as possible are left over; among equal
    ways the type listed first is used most often, then the second, and so on.

    Examples
    --------
    >>> two = UnitType(code="A", modules=2, gbo_m2=60, gfa_m2=70, rooms=3, persons=2)
    >>> count_dwellings([5, 2], [two])
    ({'A': 3}, 1)
    """
    total = [0] * len(unit_types)
    left = 0
    best = _best_ways(max(runs, default=0), [unit.modules for unit in unit_types])
    for length in runs:
        unused, ways = best[length]
        left += unused
        total = [have + more for have, more in zip(total, ways, strict=True)]
    return {unit.code: number for unit, number in zip(unit_types, total, strict=True)}, left


def _clusters(values: Sequence[float]) -> list[int]:
    """Number values so that those closer than the touch distance share a number; rounding would split some."""
    order = sorted(range(len(values)), key=lambda k: values[k])
    number = [0] * len(values)
    for earlier, later in itertools.pairwise(order):
        number[later] = number[earlier] + (values[later] - values[earlier] > TOUCH_M)
    return number


def _best_ways(longest: int, sizes: Sequence[int]) -> list[tuple[int, tuple[int, ...]]]:
    """Return for each row length the modules left over and the number of each type."""
    none = (0,) * len(sizes)
    best = [(length, none) for length in range(longest + 1)]
    for length in range(1, longest + 1):
        options = [(length, none)]
        for kind, size in enumerate(sizes):
            if size <= length:
                unused, ways = best[length - size]
                options.append((unused, tuple(number + (k == kind) for k, number in enumerate(ways))))
        # one module less may leave a hole that a shorter row cannot see
        options.append((best[length - 1][0] + 1, best[length - 1][1]))
        best[length] = min(options, key=lambda option: (option[0], tuple(-number for number in option[1])))
    return best
