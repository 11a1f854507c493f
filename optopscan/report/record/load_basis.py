"""What the loads rest on, as the record holds it: factors, floors per m2, and the area that each part bears."""

from __future__ import annotations

from typing import Any

import numpy as np
import scipy.sparse as sp

from optopscan.model.arrays import FloatArray, IntArray
from optopscan.model.load_basis import LoadBasis
from optopscan.model.loads import TakeDown
from optopscan.model.structure import Shares, Structure
from optopscan.report.tidy import fields_of

LEAST_M2 = 1e-6
SAME_DECIMALS = 3
"""Loads per m2 of one floor that differ less than this are one load."""


def told(structure: Structure, basis: LoadBasis | None, groups: IntArray) -> dict[str, Any] | None:
    """Return factors, weights of the products and loads per m2 of the floors; None where the scan does not tell them.

    Parameters
    ----------
    groups
        Per cell (n_cell,) the row of ``floors`` that it belongs to (`floor_groups`).
    """
    if basis is None:
        return None
    kept = {name: value for name, value in fields_of(basis).items() if name != "cells"}
    return {**kept, "floors": _floors(structure, basis, groups)}


def floor_groups(structure: Structure, basis: LoadBasis | None) -> IntArray:
    """Return per cell (n_cell,) a number from 0 up, the same for cells of one floor field with one load per m2."""
    cells = structure.cells
    if not len(cells):
        return np.zeros(0, dtype=np.int64)
    columns = [np.asarray(cells.field, dtype=np.float64)]
    if basis is not None:
        loads = (basis.cells.permanent_kn - cells.weight_kn, basis.cells.imposed_kn, basis.cells.roof_imposed_kn)
        columns += [np.round(load / np.asarray(cells.area_m2), SAME_DECIMALS) + 0.0 for load in loads]
    return np.asarray(np.unique(np.column_stack(columns), axis=0, return_inverse=True)[1], dtype=np.int64).ravel()


def floors_on_parts(structure: Structure, shares: Shares, groups: IntArray) -> list[list[dict[str, Any]]]:
    """Return per part the groups of cells that rest on it directly, each with its area on this part."""
    n_part = len(structure.parts)
    area = _by_group(groups, np.asarray(structure.cells.area_m2)) @ shares.cells.tocsr()[:, :n_part]
    columns = sp.csc_array(area)
    columns.sort_indices()
    rows: list[list[dict[str, Any]]] = []
    for part in range(n_part):
        span = slice(columns.indptr[part], columns.indptr[part + 1])
        pairs = zip(columns.indices[span].tolist(), columns.data[span].tolist(), strict=True)
        rows.append([{"load": load, "rests_m2": m2} for load, m2 in pairs if abs(m2) > LEAST_M2])
    return rows


def _floors(structure: Structure, basis: LoadBasis, groups: IntArray) -> list[dict[str, Any]]:
    cells, fields = structure.cells, structure.fields
    whole = np.bincount(np.asarray(cells.field), weights=np.asarray(cells.area_m2), minlength=len(fields))
    sums = [_by_group(groups, column).sum(axis=1) for column in (cells.area_m2, basis.cells.permanent_kn, *_variable(basis))]
    rows = []
    for group, (area, permanent, imposed, on_roof) in enumerate(zip(*sums, strict=True)):
        field = int(np.asarray(cells.field)[np.flatnonzero(groups == group)[0]])
        slab = float(fields.weight_kn[field]) / float(whole[field])
        rows.append(
            {
                "floor": field,
                "area_m2": float(area),
                "slab_kn_m2": slab,
                "finish_kn_m2": round(float(permanent / area) - slab, 9),
                "imposed_kn_m2": float(imposed / area),
                "roof_imposed_kn_m2": float(on_roof / area),
            }
        )
    return rows


def _variable(basis: LoadBasis) -> tuple[FloatArray, FloatArray]:
    return basis.cells.imposed_kn, basis.cells.roof_imposed_kn


def _by_group(groups: IntArray, values: FloatArray) -> sp.csr_array:
    """Return a matrix (n_group, n_cell) with the value of each cell in the row of its group."""
    n_group = int(groups.max(initial=-1)) + 1
    return sp.csr_array((np.asarray(values, dtype=float), (groups, np.arange(len(groups)))), shape=(n_group, len(groups)))


def roof_on_parts(structure: Structure, take_down: TakeDown) -> tuple[FloatArray, FloatArray]:
    """Return per part (n_part,) the roof area whose load comes down on it, and that which lifts it (zero or negative) [m2]."""
    borne = np.asarray(structure.heads.trib_area_m2)
    influence = take_down.influence_foot
    if not len(borne):
        return np.zeros(len(structure.parts)), np.zeros(len(structure.parts))
    return np.asarray(np.maximum(influence, 0.0) @ borne), np.asarray(np.minimum(influence, 0.0) @ borne)
