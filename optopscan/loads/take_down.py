"""Take-down: every load to the ground in one sparse substitution, and the influence of unit loads on the heads."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from optopscan.errors import EquilibriumError
from optopscan.loads.actions import Actions
from optopscan.model.arrays import FloatArray
from optopscan.model.loads import TakeDown
from optopscan.model.structure import DISTRIBUTIONS, Distribution, Shares, Structure, direction, is_wall
from optopscan.structure.substitution import carried

SUM_TOLERANCE = 1e-9
PLACE_TOLERANCE_M = 1e-3


@dataclass(frozen=True, kw_only=True, eq=False)
class Carrier:
    """One distribution of one structure, ready to bring loads down (n_part, n_part + 2)."""

    shares: Shares
    n_part: int

    def foot_loads(self, arriving_kn: FloatArray) -> FloatArray:
        """Return what passes the foot of every part for loads arriving on the parts.

        Parameters
        ----------
        arriving_kn
            Loads put on the parts, own weight included, (n_part,) or (n_part, n_case) [kN].
        """
        return carried(self.shares.parts[:, : self.n_part], arriving_kn)


@dataclass(frozen=True, kw_only=True, eq=False)
class Extension:
    """Loads of an extension as ordinary loads [kN]: on the heads, per new storey, and what is taken off the roof cells.

    ``head_permanent_kn`` (n_head,), ``head_imposed_kn`` (n_head, n_new), ``removed_cell_kn`` (n_cell,).
    """

    head_permanent_kn: FloatArray
    head_imposed_kn: FloatArray
    removed_cell_kn: FloatArray


def take_down(structure: Structure, actions: Actions, extension: Extension | None = None) -> dict[Distribution, TakeDown]:
    """Return the characteristic loads of the building for both floor distributions.

    With an extension its storeys follow the existing floor levels as further imposed actions, and no influence is worked out:
    that of the building is the same and costs most of the time.

    DESIGN formulation 1: shares sum to one and keep the resultant, so the result
    is in equilibrium; this is asserted to 1e-9 of the total and to 1 mm.

    Raises
    ------
    EquilibriumError
        If loads were lost, made or moved.
    """
    return {d: _one(structure, actions, d, extension) for d in DISTRIBUTIONS}


def foot_loads_of_cells(structure: Structure, cell_kn: FloatArray) -> dict[Distribution, FloatArray]:
    """Return what passes the foot of every part (n_part,) when the floor cells carry these loads (n_cell,) [kN]."""
    n = len(structure.parts)
    found = {}
    for distribution in DISTRIBUTIONS:
        shares = structure.shares[distribution]
        arriving = np.asarray(shares.cells.T @ cell_kn)[:n]
        found[distribution] = Carrier(shares=shares, n_part=n).foot_loads(arriving)
    return found


def _one(structure: Structure, actions: Actions, distribution: Distribution, extension: Extension | None) -> TakeDown:
    shares, parts = structure.shares[distribution], structure.parts
    n = len(parts)
    carrier = Carrier(shares=shares, n_part=n)
    cell_imposed = _by_level(actions.cells.imposed_kn, actions.cells.level, actions.n_level)
    loose_imposed = _by_level(actions.loose.imposed_kn, actions.loose.level, actions.n_level)
    removed = extension.removed_cell_kn if extension is not None else 0.0
    cells = np.column_stack([actions.cells.permanent_kn - removed, actions.cells.roof_imposed_kn, cell_imposed])
    loose = np.column_stack([actions.loose.permanent_kn, actions.loose.roof_imposed_kn, loose_imposed])
    on_heads = np.zeros((len(structure.heads), cells.shape[1]))
    if extension is not None:
        new = extension.head_imposed_kn.shape[1]
        cells, loose = (np.pad(table, ((0, 0), (0, new))) for table in (cells, loose))
        quiet = np.zeros((len(on_heads), cells.shape[1] - new - 1))
        on_heads = np.column_stack([extension.head_permanent_kn, quiet, extension.head_imposed_kn])
    arriving = np.asarray(shares.cells.T @ cells + shares.loose.T @ loose + shares.heads.T @ on_heads)
    own = np.asarray(parts.self_weight_kn)
    on_parts = arriving[:n].copy()
    on_parts[:, 0] += own
    foot = carrier.foot_loads(on_parts)
    edge = np.asarray(shares.parts[:, n:].T @ foot) + arriving[n:]
    total = cells.sum(axis=0) + loose.sum(axis=0) + on_heads.sum(axis=0)
    total[0] += own.sum()
    _assert_sums(edge.sum(axis=0), total, distribution)
    sources = {"cells": cells[:, 0], "loose": loose[:, 0], "heads": on_heads[:, 0], "parts": foot[:, 0]}
    moments = _arm_moments(shares, sources, n)
    _assert_in_place(structure, shares, distribution)
    _assert_place(structure, shares, sources, moments, distribution)
    heads = shares.heads if extension is None else shares.heads[:0]
    influence = carrier.foot_loads(np.asarray(heads[:, :n].T.todense()))
    nowhere = np.asarray(shares.parts[:, [n + 1]].T @ influence).ravel() + np.asarray(heads[:, [n + 1]].todense()).ravel()
    return TakeDown(
        distribution=distribution,
        permanent_foot_kn=foot[:, 0],
        roof_foot_kn=foot[:, 1],
        imposed_foot_kn=foot[:, 2:],
        self_weight_kn=own,
        moment_knm=_local_moments(structure, _arm_moments(shares, {"parts": foot[:, 0] * is_wall(structure.parts)}, n)),
        floor_moment_knm=_local_moments(structure, _arm_moments(shares, {"cells": sources["cells"]}, n)),
        influence_foot=influence,
        influence_lost=nowhere,
        ground_permanent_kn=float(edge[0, 0]),
        ground_imposed_kn=float(edge[0, 2:].sum()),
        unsupported_kn=float(edge[1, 0]),
    )


def _by_level(load_kn: FloatArray, level: np.ndarray, n_level: int) -> FloatArray:
    out = np.zeros((len(load_kn), n_level))
    out[np.arange(len(load_kn)), level] = load_kn
    return out


def _arm_moments(shares: Shares, sources: dict[str, FloatArray], n: int) -> FloatArray:
    """Return the load of these sources times its arm in x and y on every part [kNm], (n_part, 2)."""
    sums = [sum(np.asarray(shares.arms[name][k].T @ load) for name, load in sources.items()) for k in (0, 1)]
    return np.column_stack([np.asarray(s)[:n] for s in sums])


def _local_moments(structure: Structure, moments: FloatArray) -> FloatArray:
    """Turn moments in x, y into (out of plane, in plane) of each part."""
    ux, uy = direction(structure.parts)
    along = moments[:, 0] * ux + moments[:, 1] * uy
    across = -moments[:, 0] * uy + moments[:, 1] * ux
    return np.column_stack([across, along])


def _assert_sums(arrived: FloatArray, total: FloatArray, distribution: str) -> None:
    off = np.abs(arrived - total) / np.maximum(np.abs(total), 1.0)
    if off.max(initial=0.0) > SUM_TOLERANCE:
        raise EquilibriumError(f"{distribution}: {off.max():.2e} of the load was lost on the way down; report this model")


def _assert_in_place(structure: Structure, shares: Shares, distribution: str) -> None:
    """Check of every load that what carries it, with the moments left behind, has its resultant where the load is, to 1 mm.

    Then the resultant of any loads together, those above a storey too, keeps its place. The place is that of the source itself,
    never one that was worked out from its shares. Of a load that comes down beside all parts, whole or in part, no table holds
    where it does; that was looked at where its shares were made.
    """
    parts, heads, cells, loose = structure.parts, structure.heads, structure.cells, structure.loose
    n, heads_x, heads_y = len(parts), 0.5 * (heads.x0_m + heads.x1_m), 0.5 * (heads.y0_m + heads.y1_m)
    at = {
        "parts": (shares.parts, parts.x_m, parts.y_m),
        "cells": (shares.cells, cells.x_m, cells.y_m),
        "heads": (shares.heads, heads_x, heads_y),
        "loose": (shares.loose, loose.x_m, loose.y_m),
    }
    for name, (table, *places) in at.items():
        on_parts, beside = table[:, :n], np.asarray(table[:, n:].sum(axis=1)).ravel() != 0.0
        for arms, own, carriers in zip(shares.arms[name], places, (parts.x_m, parts.y_m), strict=True):
            arrives = on_parts @ carriers + np.asarray(arms[:, :n].sum(axis=1)).ravel()
            # a place or a share that is not known makes what it reaches unknown, not the whole building
            moved = np.where(beside, 0.0, np.nan_to_num(np.abs(arrives - own))).max(initial=0.0)
            if moved > PLACE_TOLERANCE_M:
                raise EquilibriumError(f"{distribution}: a load of {name} moved {1000 * moved:.2f} mm on its way; report this model")


def _assert_place(structure: Structure, shares: Shares, sources: dict[str, FloatArray], moments: FloatArray, distribution: str) -> None:
    """Check for every storey that all that enters the parts of it and above leaves them, force and moment, to 1 mm of the resultant.

    Whether it was where it should be is what `_assert_in_place` looks at; this sees what is lost between the tables.
    """
    parts, n = structure.parts, len(structure.parts)
    own, foot = np.asarray(parts.self_weight_kn), sources["parts"]
    tables = {"cells": shares.cells, "loose": shares.loose, "heads": shares.heads, "parts": shares.parts}

    def enters(name: str, source: FloatArray) -> tuple[FloatArray, list[FloatArray]]:
        """Return what arrives on the parts (n_part,), and its moments in x and y."""
        return np.asarray(tables[name].T @ source)[:n], [np.asarray(arm.T @ source)[:n] for arm in shares.arms[name]]

    # of all storeys the same, but for what comes from the parts themselves
    outside = {name: enters(name, source) for name, source in sources.items() if name != "parts"}
    for storey in np.unique(parts.storey).tolist():
        inside = np.asarray(parts.storey) >= storey
        within = np.where(inside, foot, 0.0)
        entering = {**outside, "parts": enters("parts", np.where(inside, 0.0, foot))}
        for k, place in enumerate((np.asarray(parts.x_m), np.asarray(parts.y_m))):
            entered, load = own[inside] @ place[inside], own[inside].sum()
            for arrives, shifted in entering.values():
                entered += arrives[inside] @ place[inside] + shifted[k][inside].sum()
                load += arrives[inside].sum()
            left = foot[inside] @ place[inside] - np.asarray(shares.parts[:, :n].T @ within)[inside] @ place[inside]
            stays = moments[inside, k].sum() - np.asarray(shares.arms["parts"][k].T @ within)[:n][inside].sum()
            moved = (entered - left - stays) / max(abs(load), 1.0)
            if abs(moved) > PLACE_TOLERANCE_M:
                raise EquilibriumError(f"{distribution}: resultant above storey {storey} moved {1000 * moved:.2f} mm; report this model")
