"""Loads that the engineer gave per floor or roof element, brought to the cells of the floors."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import shapely

from optopscan.model.arrays import BoolArray, FloatArray, check_lengths, freeze
from optopscan.model.building import Elements
from optopscan.model.overrides import Given
from optopscan.model.structure import Structure

JOINT_M = 0.02  # a cell in the joint between two slabs belongs to both


@dataclass(frozen=True, kw_only=True, eq=False)
class GivenLoads:
    """Characteristic loads given per cell (n_cell) [kN/m2]; nan where not given."""

    floor_finish_kn_m2: FloatArray
    partitions_kn_m2: FloatArray
    roof_membrane_kn_m2: FloatArray
    roof_ballast_kn_m2: FloatArray
    imposed_kn_m2: FloatArray

    def __post_init__(self) -> None:
        freeze(self)
        check_lengths(self, len(self.imposed_kn_m2))

    @classmethod
    def none(cls, n_cell: int) -> GivenLoads:
        """Return loads of which none is given."""
        nothing = np.full(n_cell, np.nan)
        return cls(
            floor_finish_kn_m2=nothing,
            partitions_kn_m2=nothing,
            roof_membrane_kn_m2=nothing,
            roof_ballast_kn_m2=nothing,
            imposed_kn_m2=nothing,
        )

    @staticmethod
    def over(given: FloatArray, otherwise: npt.ArrayLike) -> FloatArray:
        """Return what is given, and the other value where nothing is."""
        return np.where(np.isfinite(given), given, otherwise)


def given_loads(structure: Structure, elements: Elements, given: Given, use_kn_m2: Mapping[str, float]) -> GivenLoads:
    """Return the loads of a file of overrides on the cells.

    Where several pieces of one floor lie over a cell, the heaviest value given counts.

    Parameters
    ----------
    given
        Per element.
    use_kn_m2
        Imposed load of each use [kN/m2].
    """
    imposed = np.array([use_kn_m2[use] if use else np.nan for use in given.use], dtype=np.float64)
    return GivenLoads(
        floor_finish_kn_m2=on_cells(structure, elements, given.floor_finish_kn_m2),
        partitions_kn_m2=on_cells(structure, elements, given.partitions_kn_m2),
        roof_membrane_kn_m2=on_cells(structure, elements, given.roof_membrane_kn_m2),
        roof_ballast_kn_m2=on_cells(structure, elements, given.roof_ballast_kn_m2),
        imposed_kn_m2=on_cells(structure, elements, imposed),
    )


def on_cells(structure: Structure, elements: Elements, values: FloatArray) -> FloatArray:
    """Return the largest value given of the slabs over each cell (n_cell), nan where none is given."""
    cells = structure.cells
    found = np.full(len(cells), np.nan)
    for f, members in enumerate(structure.fields.elements):
        given = [i for i in members if np.isfinite(values[i])]
        if not given:
            continue
        rows = np.flatnonzero(np.asarray(cells.field) == f)
        for i in given:
            under = rows[_under(structure, elements, i, rows)] if len(members) > 1 else rows
            found[under] = np.fmax(found[under], values[i])
    return found


def _under(structure: Structure, elements: Elements, i: int, rows: npt.NDArray[np.int64]) -> BoolArray:
    """Return which of these cells lie under one slab."""
    points = shapely.points(structure.cells.x_m[rows], structure.cells.y_m[rows])
    return np.asarray(shapely.dwithin(elements.footprint[i], points, JOINT_M))
