"""Capacity rows: what the parts below allow, linear in the modules placed.

Symbols. x: 1 for a placed candidate. Inf: foot load of a part for a unit load on
a head. G0, Q0: existing loads at the governing section of the part; G, Q: per
candidate. n: new storeys, all with one plan. With the Dutch two-floor rule
(NEN-EN 1991-1-1 with annex; EN 1990 6.10a and 6.10b in the Dutch form):

    6.10a  ga G + gQ psi0 sum Q
    6.10b  gb G + gQ (psi0 sum Q + (1 - psi0) (t new storeys + the 2 - t largest Q0)), t = 0, 1, 2
    roof   gb G + gQ (psi0 sum Q + Q_roof)
    min    g_inf G

The first three stay under N_hi, the last above N_lo: each is one row, no choice
is left to the solver. A relief (negative influence) counts with g_inf in the
maximum and with ga in the minimum when permanent, and not at all when variable.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, Protocol

import numpy as np
import scipy.sparse as sp
from scipy.sparse.linalg import splu

from optopscan.catalog.concept import Concept
from optopscan.model.arrays import BoolArray, FloatArray, IntArray, freeze
from optopscan.model.loads import TakeDown
from optopscan.model.structure import Distribution, Structure
from optopscan.model.verdict import Capacity
from optopscan.placement.candidates import Candidates

Mode = Literal["proven", "possible"]
SHRINK = 1e-6
LOADED_KN = 1e-6


class Factors(Protocol):
    """Partial factors of one factor set and psi0 of the floors."""

    @property
    def gamma_ga(self) -> float: ...  # noqa: D102
    @property
    def gamma_gb(self) -> float: ...  # noqa: D102
    @property
    def gamma_q(self) -> float: ...  # noqa: D102
    @property
    def gamma_g_inf(self) -> float: ...  # noqa: D102
    @property
    def psi0(self) -> float: ...  # noqa: D102


@dataclass(frozen=True, kw_only=True, eq=False)
class ModuleLoads:
    """Characteristic loads of a stack per candidate (n_candidate) [kN].

    ``permanent_kn`` (n_candidate, n_storey + 1): column k with k storeys, new roof
    and transfer layer included. ``imposed_kn`` is that of one storey.
    """

    permanent_kn: FloatArray
    imposed_kn: FloatArray

    def __post_init__(self) -> None:
        freeze(self)


@dataclass(frozen=True, kw_only=True, eq=False)
class CapacityRows:
    """Rows matrix @ x <= rhs (n_row, n_candidate) and what may not be placed at all.

    ``part`` and ``combination`` name each row. Per candidate: ``over``, loads a part
    without reserve as it stands; ``unknown``, loads a part of unknown resistance;
    ``blocked``: x = 0 in this mode. ``loads_part`` (n_part, n_candidate): kN of new
    load, pressing or lifting, all distributions together.
    """

    matrix: sp.csr_array
    rhs: FloatArray
    part: IntArray
    combination: tuple[str, ...]
    over: BoolArray
    unknown: BoolArray
    blocked: BoolArray
    loads_part: sp.csr_array

    def __post_init__(self) -> None:
        freeze(self)


def module_loads(
    concept: Concept, width_m: FloatArray, length_m: FloatArray, n_module: IntArray, *, storeys: int, imposed_kn_m2: float
) -> ModuleLoads:
    """Return the weight and imposed load of stacks of ``n_module`` modules; the upper value of every product load.

    Permanent: k storeys of floor and walls, one new roof, one transfer layer.
    nan where the product does not state a load.
    """
    area_m2 = width_m * length_m * n_module
    storey = [concept.storey_load_kn_m2(width_m=w, length_m=le) for w, le in zip(width_m.tolist(), length_m.tolist(), strict=True)]
    once_kn_m2 = concept.g_roof_kn_m2.hi + concept.g_transfer_kn_m2.hi
    count = np.arange(storeys + 1, dtype=np.float64)
    permanent = area_m2[:, None] * (np.array(storey, dtype=np.float64)[:, None] * count + once_kn_m2 * (count > 0))
    return ModuleLoads(permanent_kn=permanent, imposed_kn=area_m2 * imposed_kn_m2)


def removed_foot_kn(structure: Structure, distribution: Distribution, removed_cell_kn: sp.csr_array | FloatArray) -> FloatArray:
    """Return the foot load per part [kN] that goes with finish removed from cells, (n_part, ...).

    Direct shares of the cells, carried down through the parts: no head is involved.
    """
    n_part = len(structure.parts)
    shares = structure.shares[distribution]
    direct = shares.cells[:, :n_part].T @ removed_cell_kn
    down = sp.csc_array(sp.eye_array(n_part) - shares.parts[:, :n_part].T)
    dense: FloatArray = direct.toarray() if sp.issparse(direct) else np.asarray(direct)
    return np.asarray(splu(sp.csc_matrix(down)).solve(np.ascontiguousarray(dense)))


def capacity_rows(
    structure: Structure,
    take_downs: Mapping[Distribution, TakeDown],
    capacities: Mapping[Distribution, Capacity],
    factors: Factors,
    candidates: Candidates,
    loads: ModuleLoads,
    *,
    mode: Mode,
    removed_cell_kn: sp.csr_array | None = None,
) -> CapacityRows:
    """Return the rows of all distributions, parts, combinations and storey counts.

    Parameters
    ----------
    removed_cell_kn
        Weight of finish that each candidate takes away, (n_cell, n_candidate);
        None without evidence of it.

    Raises
    ------
    ValueError
        If a load or an influence is nan: a solver drops such rows in silence.
    """
    unknown_part, over_part = part_states(structure, capacities)
    pieces: list[_Piece] = []
    loaded = sp.csr_array((len(structure.parts), len(candidates)))
    for distribution in sorted(take_downs):
        take_down, capacity = take_downs[distribution], capacities[distribution]
        removed = None if removed_cell_kn is None else removed_foot_kn(structure, distribution, removed_cell_kn)
        effect = _effects(take_down, candidates, loads, removed)
        loaded = loaded + sp.csr_array(effect.touched())
        known = ~unknown_part & ~over_part
        piece = _rows(take_down, capacity, factors, effect, known)
        over_part = over_part | piece.exhausted
        pieces.append(piece)
    keep = [~over_part[piece.part] for piece in pieces]
    over = np.asarray(loaded.T @ over_part.astype(np.float64)).ravel() > 0
    unknown = np.asarray(loaded.T @ unknown_part.astype(np.float64)).ravel() > 0
    blocked = over | unknown if mode == "proven" else over
    matrix = np.concatenate([piece.matrix[rows] for piece, rows in zip(pieces, keep, strict=True)])
    rhs = np.concatenate([piece.rhs[rows] for piece, rows in zip(pieces, keep, strict=True)])
    part = np.concatenate([piece.part[rows] for piece, rows in zip(pieces, keep, strict=True)])
    names = [name for piece, rows in zip(pieces, keep, strict=True) for name, kept in zip(piece.names, rows, strict=True) if kept]
    matrix[:, blocked] = 0.0
    rows = _binding(matrix, rhs)
    if not (np.isfinite(matrix).all() and np.isfinite(rhs[rows]).all()):
        raise ValueError("capacity rows hold nan or inf; loads and influences must be known numbers")
    return CapacityRows(
        matrix=sp.csr_array(matrix[rows]),
        rhs=rhs[rows],
        part=part[rows],
        combination=tuple(names[row] for row in rows),
        over=over,
        unknown=unknown,
        blocked=blocked,
        loads_part=loaded,
    )


def part_states(structure: Structure, capacities: Mapping[Distribution, Capacity]) -> tuple[BoolArray, BoolArray]:
    """Return per part whether its resistance or bearing is unknown, and whether it is over as it stands, in any distribution."""
    unknown = ~structure.parts.bearing_known
    over = np.zeros(len(structure.parts), dtype=np.bool_)
    for distribution in sorted(capacities):
        capacity = capacities[distribution]
        unknown = unknown | np.isnan(capacity.n_lo_kn) | np.isnan(capacity.n_hi_kn) | np.isnan(capacity.own_weight_factor)
        over = over | capacity.existing_over
    return unknown, over


@dataclass(frozen=True, kw_only=True, eq=False)
class _Effects:
    """Per part and candidate (n_part, n_candidate): pressing and lifting share of the weight, removed finish [kN], loads."""

    press: FloatArray
    lift: FloatArray
    removed: FloatArray
    loads: ModuleLoads

    def touched(self) -> FloatArray:
        weight_kn = self.loads.permanent_kn[:, -1] + self.loads.imposed_kn
        load_kn = (self.press + self.lift) * weight_kn
        return np.where(load_kn > LOADED_KN, load_kn, 0.0)


@dataclass(frozen=True, kw_only=True, eq=False)
class _Piece:
    """Rows of one distribution; ``exhausted`` parts have no room left even for x = 0."""

    matrix: FloatArray
    rhs: FloatArray
    part: IntArray
    names: tuple[str, ...]
    exhausted: BoolArray


def _effects(take_down: TakeDown, candidates: Candidates, loads: ModuleLoads, removed: FloatArray | None) -> _Effects:
    inf = sp.csr_array(take_down.influence_foot)
    share = candidates.share
    up, down = (-inf).maximum(0.0), inf.maximum(0.0)
    share_up, share_down = (-share).maximum(0.0), share.maximum(0.0)
    press = (down @ share_down + up @ share_up).toarray()
    lift = (down @ share_up + up @ share_down).toarray()
    if not all(np.isfinite(values).all() for values in (press, lift, loads.permanent_kn, loads.imposed_kn)):
        raise ValueError("module loads or influences are nan; a product with unknown loads cannot be placed")
    return _Effects(press=press, lift=lift, removed=np.zeros_like(press) if removed is None else removed, loads=loads)


def _rows(take_down: TakeDown, capacity: Capacity, factors: Factors, effect: _Effects, known: BoolArray) -> _Piece:
    part = np.flatnonzero(known & ((effect.press + effect.lift) * effect.loads.permanent_kn[:, -1] > LOADED_KN).any(axis=1))
    permanent = (take_down.permanent_foot_kn - (1.0 - capacity.own_weight_factor) * take_down.self_weight_kn)[part]
    # a negative imposed load is never counted as relief
    imposed = np.maximum(take_down.imposed_foot_kn[part], 0.0)
    roof = np.maximum(take_down.roof_foot_kn[part], 0.0)
    if not all(np.isfinite(values).all() for values in (permanent, imposed, roof)):
        raise ValueError("existing foot loads are nan where modules would stand; a capacity row cannot be made of them")
    # products, not differences: an infinite bound stays infinite
    n_hi = capacity.n_hi_kn[part] * np.where(capacity.n_hi_kn[part] > 0, 1.0 - SHRINK, 1.0 + SHRINK)
    n_lo = capacity.n_lo_kn[part] * np.where(capacity.n_lo_kn[part] > 0, 1.0 + SHRINK, 1.0 - SHRINK)
    press, lift, removed = effect.press[part], effect.lift[part], effect.removed[part]
    q = press * effect.loads.imposed_kn
    gq, psi0, inf = factors.gamma_q, factors.psi0, factors.gamma_g_inf
    largest = np.sort(imposed, axis=1)[:, ::-1]
    accompanying = psi0 * imposed.sum(axis=1)

    existing_a = np.where(permanent >= 0, factors.gamma_ga, inf) * permanent + gq * accompanying
    existing_b = np.where(permanent >= 0, factors.gamma_gb, inf) * permanent + gq * accompanying
    existing_min = np.where(permanent >= 0, inf, factors.gamma_ga) * permanent
    # without relief anywhere the last storey governs; with it, every state on the way counts
    relieved = (lift > 0).any(axis=1) | (removed != 0).any(axis=1)

    matrix: list[FloatArray] = []
    rhs: list[FloatArray] = []
    kept: list[IntArray] = []
    names: list[str] = []
    exhausted = np.zeros(len(known), dtype=np.bool_)

    def add(name: str, coefficients: FloatArray, room: FloatArray, last: bool) -> None:
        rows = np.flatnonzero(relieved | last)
        matrix.append(coefficients[rows])
        rhs.append(room[rows])
        kept.append(part[rows])
        names.extend([name] * rows.size)
        exhausted[part[room < 0]] = True

    n_storey = effect.loads.permanent_kn.shape[1] - 1
    for count in range(1, n_storey + 1):
        weight = effect.loads.permanent_kn[:, count]
        last = count == n_storey
        g_a, g_b = (gamma * (press * weight - removed) - inf * lift * weight for gamma in (factors.gamma_ga, factors.gamma_gb))
        add(f"6.10a+{count}", g_a + gq * psi0 * count * q, n_hi - existing_a, last)
        for full in range(min(2, count) + 1):
            leading = (1.0 - psi0) * largest[:, : 2 - full].sum(axis=1)
            new = gq * (psi0 * count + (1.0 - psi0) * full) * q
            add(f"6.10b+{count} ({full} nieuw vol)", g_b + new, n_hi - existing_b - gq * leading, last)
        add(f"6.10b+{count} (dak vol)", g_b + gq * psi0 * count * q, n_hi - existing_b - gq * roof, last)
        add(f"min+{count}", factors.gamma_ga * lift * weight - inf * (press * weight - removed), existing_min - n_lo, last)
    return _Piece(
        matrix=np.concatenate(matrix), rhs=np.concatenate(rhs), part=np.concatenate(kept), names=tuple(names), exhausted=exhausted
    )


def _binding(matrix: FloatArray, rhs: FloatArray) -> IntArray:
    """Return the rows that can be violated, and of rows with one left side the tightest, in their order."""
    possible = np.flatnonzero(np.maximum(matrix, 0.0).sum(axis=1) > rhs)
    best: dict[bytes, int] = {}
    for row in possible.tolist():
        # scaled, so that a wall and the wall below it share a key; rounding is far below the shrink
        scale = float(np.abs(matrix[row]).max())
        key = np.round(matrix[row] / scale, 9).tobytes()
        other = best.get(key)
        if other is None or rhs[row] / scale < rhs[other] / float(np.abs(matrix[other]).max()):
            best[key] = row
    return np.array(sorted(best.values()), dtype=np.int64)
