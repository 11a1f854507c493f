"""Fewer cells, the same loads: what only stands and never changes is summed once."""

from __future__ import annotations

import dataclasses

import numpy as np
import scipy.sparse as sp
import shapely

from optopscan.loads.actions import Actions, CellActions
from optopscan.model.arrays import BoolArray, FloatArray, IntArray
from optopscan.model.structure import Cells, Shares, Structure

_EMPTY = shapely.Polygon()


def condensed(structure: Structure, actions: Actions, keep: BoolArray) -> tuple[Structure, Actions]:
    """Return structure and actions in which the other cells are a few loads that reach every part as the cells did.

    Permanent load becomes one cell, imposed load one per storey, imposed roof load one. Its shares and arms are
    those of its members weighted with their load, per distribution, so loads and moments on every part stay the
    same but for rounding. Such a cell has no polygon and no area.

    Parameters
    ----------
    keep
        Cells that stay as they are (n_cell,); a cell with a load that is negative or not known stays too.
    """
    loads = (actions.cells.permanent_kn, actions.cells.roof_imposed_kn, actions.cells.imposed_kn)
    plain = np.logical_and.reduce([load >= 0.0 for load in loads])  # False for nan
    among = ~keep & plain
    if not among.any():
        return structure, actions
    stay = np.flatnonzero(~among)
    weights, kind, level = _groups(actions.cells, among)
    total = weights.sum(axis=1)
    mean = sp.csr_array(weights / total[:, None])
    cells = structure.cells
    permanent = kind == 0
    made = Cells(
        field=np.append(cells.field[stay], cells.field[weights.argmax(axis=1)]),
        polygon=(*(cells.polygon[row] for row in stay.tolist()), *(_EMPTY,) * len(kind)),
        area_m2=np.append(cells.area_m2[stay], np.zeros(len(kind))),
        x_m=np.append(cells.x_m[stay], mean @ cells.x_m),
        y_m=np.append(cells.y_m[stay], mean @ cells.y_m),
        span_deg=np.append(cells.span_deg[stay], np.full(len(kind), np.nan)),
        roof=np.append(cells.roof[stay], np.zeros(len(kind), dtype=np.bool_)),
        weight_kn=np.append(cells.weight_kn[stay], np.where(permanent, (weights > 0) @ cells.weight_kn, 0.0)),
    )
    summed = [np.append(load[stay], np.where(kind == k, total, 0.0)) for k, load in enumerate(loads)]
    acting = CellActions(
        permanent_kn=summed[0], roof_imposed_kn=summed[1], imposed_kn=summed[2], level=np.append(actions.cells.level[stay], level)
    )
    finish_m2 = np.append(actions.finish_m2[stay], np.where(permanent, (weights > 0) @ actions.finish_m2, 0.0))
    shares = {name: _shares(of, stay, mean) for name, of in structure.shares.items()}
    return dataclasses.replace(structure, cells=made, shares=shares), dataclasses.replace(actions, cells=acting, finish_m2=finish_m2)


def _groups(cells: CellActions, among: BoolArray) -> tuple[FloatArray, IntArray, IntArray]:
    """Return the load of each cell in each group (n_group, n_cell) [kN], with kind (0 permanent, 1 roof, 2 imposed) and level."""
    asked = [(0, cells.permanent_kn, among, 0), (1, cells.roof_imposed_kn, among, 0)]
    asked += [(2, cells.imposed_kn, among & (cells.level == level), int(level)) for level in np.unique(cells.level[among])]
    found = [(np.where(members, load, 0.0), kind, level) for kind, load, members, level in asked if load[members].any()]
    weights = np.array([row[0] for row in found]).reshape(len(found), len(among))
    return weights, np.array([row[1] for row in found], dtype=np.int64), np.array([row[2] for row in found], dtype=np.int64)


def _shares(shares: Shares, stay: IntArray, mean: sp.csr_array) -> Shares:
    def fewer(table: sp.csr_array) -> sp.csr_array:
        return sp.csr_array(sp.vstack([table[stay], mean @ table], format="csr"))

    arms = {name: (fewer(x), fewer(y)) if name == "cells" else (x, y) for name, (x, y) in shares.arms.items()}
    return dataclasses.replace(shares, cells=fewer(shares.cells), arms=arms)
