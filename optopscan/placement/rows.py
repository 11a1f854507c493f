"""Capacity rows: what the parts below allow, linear in the modules placed.

Symbols. x: 1 for a placed candidate. Inf: foot load of a part for a unit load on
a head. G0, Q0: existing loads at the governing section of the part; G, Q: per
candidate. n: new storeys. With the Dutch two-floor rule
(NEN-EN 1991-1-1 with annex; EN 1990 6.10a and 6.10b in the Dutch form):

    6.10a  ga G + gQ psi0 sum Q
    6.10b  gb G + gQ (psi0 sum Q + (1 - psi0) (t new storeys + the 2 - t largest Q0)), every set of t = 0, 1, 2 new storeys
    roof   gb G + gQ (psi0 sum Q + Q_roof)
    min    g_inf G

The first three stay under N_hi, the last above N_lo: each is one row, no choice
is left to the solver. What lifts (negative influence) counts with g_inf in the
maximum and with ga in the minimum when permanent; when variable not at all in the
maximum, and with gQ in the minimum. Nothing that is lifted pays for what another
dwelling presses. Every number of storeys on the way counts where it may be the worst, and
the roof stripped of its finish. No layout lifts a part, in either mode. Walls lean no more than they were checked for
(`optopscan.placement.leaning`).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from itertools import combinations
from typing import Literal, Protocol

import numpy as np
import scipy.sparse as sp

from optopscan.model.arrays import BoolArray, FloatArray, IntArray, freeze
from optopscan.model.loads import TakeDown
from optopscan.model.structure import Distribution, Structure
from optopscan.model.verdict import Capacity
from optopscan.placement.effects import LOADED_KN, Effects, Standing, effects
from optopscan.placement.leaning import Leaning, leaning_rows

Mode = Literal["proven", "possible"]
_At = Callable[[Effects, list[sp.csr_array]], sp.csr_array]
SHRINK = 1e-6
LEANING = "excentriciteit"
SIDES = (" links", " rechts")


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
class CapacityRows:
    """Rows matrix @ x <= rhs (n_row, n_candidate) and what may not be placed at all.

    ``part``, ``combination`` and ``distribution`` name each row. Per candidate: ``over``, loads a part
    without reserve as it stands; ``unknown``, loads a part of unknown resistance;
    ``blocked``: x = 0 in this mode. ``loads_part`` (n_part, n_candidate): kN of new
    load, pressing or lifting, and of finish taken off, all distributions together.
    """

    matrix: sp.csr_array
    rhs: FloatArray
    part: IntArray
    combination: tuple[str, ...]
    distribution: tuple[Distribution, ...]
    over: BoolArray
    unknown: BoolArray
    blocked: BoolArray
    loads_part: sp.csr_array

    def __post_init__(self) -> None:
        freeze(self)

    @property
    def names(self) -> list[tuple[Distribution, str, int]]:
        """What tells a row from all others: distribution, combination, part."""
        return list(zip(self.distribution, self.combination, self.part.tolist(), strict=True))

    @property
    def of_leaning(self) -> BoolArray:
        """The rows (n_row,) that limit how a wall leans, and not a force on it."""
        return np.array([name.startswith(LEANING) for name in self.combination], dtype=np.bool_)


def capacity_rows(
    structure: Structure,
    take_downs: Mapping[Distribution, TakeDown],
    capacities: Mapping[Distribution, Capacity],
    factors: Factors,
    standing: Standing,
    *,
    mode: Mode,
    fixed: Standing | None = None,
    leaning: Leaning | None = None,
    every: bool = False,
) -> CapacityRows:
    """Return the rows of all distributions, parts, combinations and storey counts.

    Parameters
    ----------
    standing
        The candidates, a column each.
    fixed
        What stands there whatever is chosen (walkways): taken off the room that is left.
    leaning
        What walls may lean; left out, their eccentricity is not watched.
    every
        Keep rows that cannot be violated or that another row covers, to name every part; columns of blocked candidates too.

    Raises
    ------
    ValueError
        If a load or an influence is nan: a solver drops such rows in silence.
    """
    unknown_part, over_part = part_states(structure, capacities)
    pieces: list[_Piece] = []
    loaded = sp.csr_array((len(structure.parts), standing.share[0].shape[1]))
    for distribution in sorted(take_downs):
        take_down, capacity = take_downs[distribution], capacities[distribution]
        effect = effects(structure, take_down, standing, fixed, apart=every)
        loaded = loaded + sp.csr_array(effect.touched())
        known = ~unknown_part & ~over_part
        for piece in (_rows(take_down, capacity, factors, effect, known), *_leaning(leaning, take_down, effect, known)):
            over_part = over_part | piece.exhausted
            pieces.append(piece)
    keep = [~over_part[piece.part] for piece in pieces]
    over = np.asarray(loaded.T @ over_part.astype(np.float64)).ravel() > 0
    unknown = np.asarray(loaded.T @ unknown_part.astype(np.float64)).ravel() > 0
    blocked = over | unknown if mode == "proven" else over
    matrix = sp.csr_array(sp.vstack([piece.matrix[np.flatnonzero(rows)] for piece, rows in zip(pieces, keep, strict=True)]))
    rhs = np.concatenate([piece.rhs[rows] for piece, rows in zip(pieces, keep, strict=True)])
    part = np.concatenate([piece.part[rows] for piece, rows in zip(pieces, keep, strict=True)])
    names = [
        (piece.distribution, name) for piece, found in zip(pieces, keep, strict=True) for name in np.array(piece.names)[found].tolist()
    ]
    if every:
        rows = np.arange(len(rhs))
    else:
        matrix = sp.csr_array(matrix @ sp.diags_array((~blocked).astype(np.float64)))
        matrix.eliminate_zeros()
        rows = _binding(matrix, rhs)
    if not (np.isfinite(matrix.data).all() and np.isfinite(rhs[rows]).all()):
        raise ValueError("capacity rows hold nan or inf; loads and influences must be known numbers")
    return CapacityRows(
        matrix=matrix[rows],
        rhs=rhs[rows],
        part=part[rows],
        combination=tuple(names[row][1] for row in rows),
        distribution=tuple(names[row][0] for row in rows),
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
class _Piece:
    """Rows of one distribution; ``exhausted`` parts have no room left even for x = 0."""

    distribution: Distribution
    matrix: sp.csr_array
    rhs: FloatArray
    part: IntArray
    names: tuple[str, ...]
    exhausted: BoolArray


def _rows(take_down: TakeDown, capacity: Capacity, factors: Factors, effect: Effects, known: BoolArray) -> _Piece:
    # a part that one column hardly touches gets no row: the sum over all columns is below the shrink
    part = np.flatnonzero(known & (effect.most_kn() > LOADED_KN))
    scale = effect.alike.scale[part]
    row, group = np.unique(effect.alike.row[part], return_inverse=True)
    effect = effect.take(row)
    permanent = (take_down.permanent_foot_kn - (1.0 - capacity.own_weight_factor) * take_down.self_weight_kn)[part]
    # a negative imposed load is never counted as relief
    imposed = np.maximum(take_down.imposed_foot_kn[part], 0.0)
    roof = np.maximum(take_down.roof_foot_kn[part], 0.0)
    if not all(np.isfinite(values).all() for values in (permanent, imposed, roof)):
        raise ValueError("existing foot loads are nan where modules would stand; a capacity row cannot be made of them")
    # products, not differences: an infinite bound stays infinite
    n_hi = capacity.n_hi_kn[part] * np.where(capacity.n_hi_kn[part] > 0, 1.0 - SHRINK, 1.0 + SHRINK)
    n_lo = capacity.n_lo_kn[part] * np.where(capacity.n_lo_kn[part] > 0, 1.0 + SHRINK, 1.0 - SHRINK)
    gq, psi0, inf = factors.gamma_q, factors.psi0, factors.gamma_g_inf
    largest = np.sort(imposed, axis=1)[:, ::-1]
    accompanying = psi0 * imposed.sum(axis=1)

    existing_a = np.where(permanent >= 0, factors.gamma_ga, inf) * permanent + gq * accompanying
    existing_b = np.where(permanent >= 0, factors.gamma_gb, inf) * permanent + gq * accompanying
    rising = np.minimum(take_down.imposed_foot_kn[part], 0.0).sum(axis=1)
    existing_min = np.where(permanent >= 0, inf, factors.gamma_ga) * permanent + gq * rising
    # the last storey governs, except under relief and where a storey that steps back leaves a part with less
    relieved = np.any([found.relieved() for found in effect.always], axis=0)

    matrix: list[sp.csr_array] = []
    rhs: list[FloatArray] = []
    kept: list[IntArray] = []
    names: list[str] = []
    exhausted = np.zeros(len(known), dtype=np.bool_)

    def add(name: str, of: Callable[[Effects], sp.csr_array], room: FloatArray, last: bool) -> None:
        if effect.fixed is not None:
            room = room - scale * np.asarray(of(effect.fixed).sum(axis=1)).ravel()[group]
        exhausted[part[room < 0]] = True
        # of parts that are alike the one with the least room, for what the row is written for
        least = np.lexsort((part, room / scale, group))
        least = least[np.unique(group[least], return_index=True)[1]]
        rows = np.flatnonzero(relieved | last)
        if rows.size:
            matrix.append(of(effect)[rows])
            rhs.append((room / scale)[least[rows]])
            kept.append(part[least[rows]])
            names.extend([name] * rows.size)

    n_storey = len(effect.press)
    for count in range(0 if effect.removed.nnz else 1, n_storey + 1):
        last = count == n_storey
        new = range(count)

        def standing_at(found: Effects, loads: list[sp.csr_array], count: int = count) -> sp.csr_array:
            return loads[count - 1] if count else sp.csr_array(found.removed.shape)

        def permanent_at(found: Effects, gamma: float, at: _At = standing_at) -> sp.csr_array:
            return gamma * (at(found, found.press) - found.removed) - inf * at(found, found.lift)

        def least_at(found: Effects, at: _At = standing_at, new: range = new) -> sp.csr_array:
            raising = sp.csr_array(sum((found.raising[k] for k in new), sp.csr_array(found.removed.shape)))
            return factors.gamma_ga * at(found, found.lift) - inf * (at(found, found.press) - found.removed) + gq * raising

        def imposed_at(found: Effects, full: tuple[int, ...], new: range = new) -> sp.csr_array:
            return gq * sum((found.imposed[k] * (1.0 if k in full else psi0) for k in new), sp.csr_array(found.removed.shape))

        add(f"6.10a+{count}", lambda e: permanent_at(e, factors.gamma_ga) + imposed_at(e, ()), n_hi - existing_a, last)
        for full in _full_storeys(effect, count):

            def leading_at(found: Effects, full: tuple[int, ...] = full) -> sp.csr_array:
                return permanent_at(found, factors.gamma_gb) + imposed_at(found, full)

            leading = (1.0 - psi0) * largest[:, : 2 - len(full)].sum(axis=1)
            add(
                f"6.10b+{count} ({_named(full)})",
                leading_at,
                n_hi - existing_b - gq * leading,
                last,
            )
        add(
            f"6.10b+{count} (dak vol)", lambda e: permanent_at(e, factors.gamma_gb) + imposed_at(e, ()), n_hi - existing_b - gq * roof, last
        )
        add(f"min+{count}", least_at, existing_min - n_lo, last)
    return _Piece(
        distribution=take_down.distribution,
        matrix=sp.csr_array(sp.vstack([sp.csr_array((0, effect.press[-1].shape[1])), *matrix])),
        rhs=np.concatenate([np.zeros(0), *rhs]),
        part=np.concatenate([np.zeros(0, dtype=np.int64), *kept]),
        names=tuple(names),
        exhausted=exhausted,
    )


def _leaning(leaning: Leaning | None, take_down: TakeDown, effect: Effects, known: BoolArray) -> list[_Piece]:
    """Return the rows of walls that modules could make lean, for every number of standing storeys."""
    part = np.zeros(0, dtype=np.int64) if leaning is None else leaning.parts(take_down, known)
    if leaning is None or not part.size:
        return []
    found: list[_Piece] = []
    spread, both = effect.alike.spread, np.concatenate([part, part])
    for count in range(0 if effect.removed.nnz else 1, len(effect.press) + 1):
        always = np.zeros(len(known))
        if effect.fixed is not None:
            always = np.asarray((spread @ effect.fixed.permanent(count)).sum(axis=1)).ravel()
        matrix, rhs = leaning_rows(leaning, take_down, part, spread, effect.permanent(count), always)
        exhausted = np.zeros(len(known), dtype=np.bool_)
        exhausted[both[rhs < 0]] = True
        names = tuple(f"{LEANING}{side}+{count}" for side in SIDES for _ in range(len(part)))
        found.append(_Piece(distribution=take_down.distribution, matrix=matrix, rhs=rhs, part=both, names=names, exhausted=exhausted))
    return found


def _full_storeys(effect: Effects, count: int) -> tuple[tuple[int, ...], ...]:
    """Return the sets of at most two new storeys that may be fully loaded at once and are not covered by another set."""
    falling = all(
        (e.imposed[k + 1] - e.imposed[k]).max() <= LOADED_KN * 1e-6 for e in effect.always for k in range(count - 1) if e.imposed[k].nnz
    )
    sets = [(), *((k,) for k in range(count)), *combinations(range(count), 2)]
    # where every storey weighs at least as much on every part as the one above, the lowest govern
    return tuple(full for full in sets if not falling or full == tuple(range(len(full))))


def _named(full: tuple[int, ...]) -> str:
    return "geen nieuwe laag vol" if not full else f"laag {' en '.join(str(k + 1) for k in full)} vol"


def _binding(matrix: sp.csr_array, rhs: FloatArray) -> IntArray:
    """Return the rows that can be violated, and of rows with one left side the tightest, in their order."""
    matrix.sort_indices()
    best: dict[bytes, int] = {}
    scales = abs(matrix).max(axis=1).toarray().ravel()
    for row in np.flatnonzero(np.asarray(matrix.maximum(0.0).sum(axis=1)).ravel() > rhs).tolist():
        # scaled, so that a wall and the wall below it share a key; rounding is far below the shrink
        at = slice(matrix.indptr[row], matrix.indptr[row + 1])
        key = matrix.indices[at].tobytes() + np.round(matrix.data[at] / scales[row], 9).tobytes()
        other = best.get(key)
        if other is None or rhs[row] / scales[row] < rhs[other] / scales[other]:
            best[key] = row
    return np.array(sorted(best.values()), dtype=np.int64)
