"""Tributary areas: which piece of floor belongs to which part, for drawing and for checking by hand.

The shares say how much of a cell every part carries. A drawing needs pieces that do not
overlap: a cell goes whole to the part that takes the largest share of it.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import scipy.sparse as sp
from shapely.geometry.base import BaseGeometry

from optopscan.geometry import plane
from optopscan.model.arrays import FloatArray, IntArray, freeze
from optopscan.model.structure import Cells, Distribution, Structure


@dataclass(frozen=True, kw_only=True, eq=False)
class Tributary:
    """Cells by the part that takes most of them.

    ``part`` (n_cell) is a row of parts, n_part for the ground, n_part + 1 for nothing.
    ``drawn_m2`` (n_part + 2) is the area of the cells given to each; ``carried_m2`` the
    area that the shares bring it, overhangs included. Both add up to the area of all cells.
    """

    part: IntArray
    drawn_m2: FloatArray
    carried_m2: FloatArray

    def __post_init__(self) -> None:
        freeze(self)

    def cells_of(self, part: int) -> IntArray:
        """Return the rows of the cells given to a part."""
        return np.flatnonzero(np.asarray(self.part) == part)


def tributary(structure: Structure, distribution: Distribution) -> Tributary:
    """Return the tributary areas of one floor distribution; every floor is divided without gap or overlap."""
    return by_largest_share(structure.shares[distribution].cells, structure.cells)


def by_largest_share(shares: sp.csr_array, cells: Cells) -> Tributary:
    """Return the tributary areas for one table of shares (n_cell, n_part + 2); of equal shares the first part takes the cell."""
    n_cell, n_column = shares.shape
    part = np.full(n_cell, n_column - 1, dtype=np.int64)
    table = shares.tocoo()
    order = np.lexsort((table.col, -np.round(table.data, 9), table.row))
    rows = table.row[order]
    first = np.flatnonzero(np.diff(rows, prepend=-1))
    part[rows[first]] = table.col[order][first]
    area = np.asarray(cells.area_m2)
    drawn = np.bincount(part, weights=area, minlength=n_column).astype(np.float64)
    return Tributary(part=part, drawn_m2=drawn, carried_m2=np.asarray(shares.T @ area))


def tributary_polygons(structure: Structure, found: Tributary) -> dict[tuple[int, int], BaseGeometry]:
    """Return the piece of each floor that belongs to each part, keyed (field, part), in that order."""
    field, part = np.asarray(structure.cells.field), np.asarray(found.part)
    keys, which = np.unique(np.column_stack([field, part]), axis=0, return_inverse=True)
    order = np.argsort(which.ravel(), kind="stable")
    ends = np.flatnonzero(np.diff(which.ravel()[order])) + 1
    return {
        (int(f), int(p)): plane.union([structure.cells.polygon[k] for k in rows.tolist()])
        for (f, p), rows in zip(keys.tolist(), np.split(order, ends) if len(order) else [], strict=True)
    }
