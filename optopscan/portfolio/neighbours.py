"""The tallest other building near each one, over all files of a screening and not only those that are in memory together."""

from __future__ import annotations

import numpy as np
import shapely

from optopscan.model.arrays import FloatArray
from optopscan.portfolio.block import Block, ObjectArray


class Neighbours:
    """Footprints, heights and names of all buildings: about a kilobyte each, so gathered only where somebody asks for neighbours.

    Buildings of one name are one building: tiles that overlap make none its own neighbour.
    """

    def __init__(self, within_m: float) -> None:
        self._within_m = within_m
        self._pieces: list[tuple[ObjectArray, FloatArray, ObjectArray]] = []
        self._tree: shapely.STRtree | None = None
        self._height_m: FloatArray = np.zeros(0)
        self._id: ObjectArray = np.empty(0, dtype=object)

    def add(self, block: Block) -> None:
        """Gather a block; one without geometry has nothing to gather. Not after `tallest` was asked."""
        if block.footprint is not None:
            there = ~shapely.is_empty(block.footprint) & ~np.isnan(block.height_m)
            self._pieces.append((block.footprint[there], block.height_m[there], block.id[there]))

    def tallest(self, block: Block) -> FloatArray:
        """Return the height of the tallest other building near each one of a block [m], (n,); nan where none stands near."""
        found = np.full(len(block), np.nan)
        if block.footprint is None or not self._pieces:
            return found
        if self._tree is None:
            self._tree = shapely.STRtree(np.concatenate([shape for shape, _, _ in self._pieces]))
            self._height_m = np.concatenate([height for _, height, _ in self._pieces])
            self._id = np.concatenate([name for _, _, name in self._pieces])
        one, other = self._tree.query(block.footprint, predicate="dwithin", distance=self._within_m)
        apart = np.asarray(block.id[one] != self._id[other], dtype=np.bool_)
        np.fmax.at(found, one[apart], self._height_m[other[apart]])
        return found
