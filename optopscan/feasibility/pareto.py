"""The variants that no other beats: the exact front over objectives of mixed direction.

A value that is not known counts as worse than every known one and equal to another unknown. So a variant is never put
forward because something of it was not worked out, and one that is known beats one that is unknown and otherwise equal.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from optopscan.feasibility.worth import Direction
from optopscan.model.arrays import BoolArray, FloatArray

BLOCK = 128


def oriented(values: FloatArray, directions: Sequence[Direction]) -> FloatArray:
    """Return the objectives with more as better (n, m), minus infinity where not known."""
    signs = np.array([1.0 if direction == "max" else -1.0 for direction in directions])
    return np.where(np.isnan(values), -np.inf, values * signs + 0.0)


def front(values: FloatArray, directions: Sequence[Direction]) -> BoolArray:
    """Return which rows no other row dominates: at least as good in all and better in one.

    Parameters
    ----------
    values
        Objectives (n, m); nan is not known.
    directions
        "max" or "min" per column.

    Returns
    -------
    BoolArray
        (n,); rows that are equal stand on it together. Exact; time grows with n squared (5,000 rows of 8: 0.2 s).
    """
    # Each different row once, ascending: what dominates a row stands behind it, and no other row equals it.
    rows, back = np.unique(oriented(values, directions), axis=0, return_inverse=True)
    kept = np.ones(len(rows), dtype=np.bool_)
    for first in range(0, len(rows), BLOCK):
        block, above = rows[first : first + BLOCK], rows[first:]
        as_good = np.ones((len(block), len(above)), dtype=np.bool_)
        for column in range(rows.shape[1]):
            as_good &= above[None, :, column] >= block[:, column, None]
        kept[first : first + BLOCK] = as_good.sum(axis=1) == 1
    found: BoolArray = kept[back.ravel()]
    return found
