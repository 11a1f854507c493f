"""What candidates bring to the parts below them: permanent load per number of standing storeys, imposed load per storey.

Walls on each other get the same load, up to a factor: they are worked out once.
"""

from __future__ import annotations

import functools
from dataclasses import dataclass

import numpy as np
import scipy.sparse as sp
from scipy.sparse.linalg import splu

from optopscan.model.arrays import BoolArray, FloatArray, IntArray, freeze
from optopscan.model.loads import TakeDown
from optopscan.model.structure import Distribution, Structure
from optopscan.placement.loads import StackLoads

LOADED_KN = 1e-6
"""Less than this is no load."""
DIGITS = 9
MUCH = 1e-3


@dataclass(frozen=True, kw_only=True, eq=False)
class Standing:
    """What stands on the heads: shares per storey (n_head, n_column) with the loads of the columns.

    ``removed_cell_kn`` (n_cell, n_column): finish that each takes away; None without evidence of it.
    """

    share: tuple[sp.csc_array, ...]
    loads: StackLoads
    removed_cell_kn: sp.csr_array | None = None


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


@dataclass(frozen=True, kw_only=True, eq=False)
class Alike:
    """Parts that get the same load from everything on the heads, up to a factor.

    Part i gets ``scale[i]`` times what row ``row[i]`` gets (n_part,); ``part`` (n_row,) is the part that each row is written for.
    """

    row: IntArray
    scale: FloatArray
    part: IntArray

    def __post_init__(self) -> None:
        freeze(self)

    @property
    def spread(self) -> sp.csr_array:
        """The matrix (n_part, n_row) that gives every part what its row gets."""
        n = len(self.row)
        return sp.csr_array((self.scale, (np.arange(n), self.row)), shape=(n, len(self.part)))

    @classmethod
    def none(cls, n_part: int) -> Alike:
        """Return every part for itself."""
        return cls(row=np.arange(n_part), scale=np.ones(n_part), part=np.arange(n_part))

    @classmethod
    def of(cls, influence: sp.csr_array) -> Alike:
        """Return the parts of a building (n_part, n_head) that are alike, to nine digits."""
        influence.sort_indices()
        most = abs(influence).max(axis=1).toarray().ravel()
        found: dict[bytes, int] = {}
        row = np.zeros(influence.shape[0], dtype=np.int64)
        part: list[int] = []
        for k in range(influence.shape[0]):
            at = slice(influence.indptr[k], influence.indptr[k + 1])
            shape = np.round(influence.data[at] / (most[k] or 1.0), DIGITS)
            # a part that next to nothing reaches is like none that much reaches: what is no load on the one is load on the other
            key = influence.indices[at].tobytes() + shape.tobytes() + bytes([int(most[k] >= MUCH)])
            if key not in found:
                found[key] = len(part)
                part.append(k)
            row[k] = found[key]
        first = np.array(part, dtype=np.int64)
        scale = np.where(most > 0.0, most / np.where(most > 0.0, most[first[row]], 1.0), 1.0)
        return cls(row=row, scale=scale, part=first)


@dataclass(frozen=True, kw_only=True, eq=False)
class Effects:
    """What comes on the parts [kN], a row for all that are `alike`, a column per candidate.

    ``press``, ``lift`` (permanent load that presses, that lifts) have one matrix (n_row, n_column) per number of standing
    storeys; ``imposed`` (what presses) and ``raising`` (imposed load that lifts) one per storey; ``removed``: finish. ``fixed``
    the same for what always stands there.
    """

    alike: Alike
    press: list[sp.csr_array]
    lift: list[sp.csr_array]
    imposed: list[sp.csr_array]
    raising: list[sp.csr_array]
    removed: sp.csr_array
    fixed: Effects | None = None

    @property
    def always(self) -> tuple[Effects, ...]:
        """The candidates, and what stands there whatever is chosen."""
        return (self,) if self.fixed is None else (self, self.fixed)

    def touched(self) -> sp.csr_array:
        """Return how much comes on or off each part, everything standing (n_part, n_column)."""
        load_kn = sp.csr_array(self.alike.spread @ sum(self.imposed, self.press[-1] + self.lift[-1] + abs(self.removed)))
        load_kn.data[load_kn.data <= LOADED_KN] = 0.0
        load_kn.eliminate_zeros()
        return load_kn

    def most_kn(self) -> FloatArray:
        """Return the most permanent load that one candidate brings to each part (n_part,)."""
        any_kn = sp.csr_array(self.press[-1] + self.lift[-1] + abs(self.removed))
        return np.asarray(any_kn.max(axis=1).toarray().ravel()[self.alike.row] * self.alike.scale)

    def permanent(self, count: int) -> sp.csr_array:
        """Return what permanent load changes with so many storeys standing (n_row, n_column)."""
        change = self.press[count - 1] - self.lift[count - 1] if count else sp.csr_array(self.removed.shape)
        return sp.csr_array(change - self.removed)

    def take(self, row: IntArray) -> Effects:
        """Return some of the rows; `alike` then tells of all still."""
        return Effects(
            alike=self.alike,
            press=[values[row] for values in self.press],
            lift=[values[row] for values in self.lift],
            imposed=[values[row] for values in self.imposed],
            raising=[values[row] for values in self.raising],
            removed=self.removed[row],
            fixed=None if self.fixed is None else self.fixed.take(row),
        )

    def relieved(self) -> BoolArray:
        """Return the rows on which fewer storeys may be worse than all: lifted, rid of finish, or pressed less by a higher stack."""
        found = np.diff(self.lift[-1].indptr) + np.diff(self.removed.indptr) > 0
        for fewer in self.press[:-1]:
            found = found | (np.asarray((fewer - self.press[-1]).max(axis=1).todense()).ravel() > LOADED_KN)
        return np.asarray(found, dtype=np.bool_)


@dataclass(frozen=True, kw_only=True, eq=False)
class _Directions:
    alike: Alike
    up: sp.csr_array
    down: sp.csr_array


@functools.lru_cache(maxsize=8)
def _directions(take_down: TakeDown, apart: bool) -> _Directions:
    """Return the influence that lifts and that presses (n_row, n_head); a building is asked many times for the same."""
    influence = sp.csr_array(take_down.influence_foot)
    if not np.isfinite(influence.data).all():
        raise ValueError("influences are nan; nothing can be placed on such a building")
    alike = Alike.none(influence.shape[0]) if apart else Alike.of(influence)
    up, down = _split(influence[alike.part])
    return _Directions(alike=alike, up=up, down=down)


def effects(
    structure: Structure, take_down: TakeDown, standing: Standing, fixed: Standing | None = None, *, apart: bool = False
) -> Effects:
    """Return what candidates bring in one distribution; ``apart`` gives every part a row of its own.

    Raises
    ------
    ValueError
        If a load or an influence is nan.
    """
    # finish comes off a part by its floors, not by its heads
    apart = apart or any(one is not None and one.removed_cell_kn is not None for one in (standing, fixed))
    return _effects(structure, take_down, standing, fixed, apart)


def _effects(structure: Structure, take_down: TakeDown, standing: Standing, fixed: Standing | None, apart: bool) -> Effects:
    ways, loads = _directions(take_down, apart), standing.loads
    if not all(np.isfinite(values).all() for values in (loads.permanent_kn, loads.imposed_kn)):
        raise ValueError("module loads are nan; a product with unknown loads cannot be placed")
    up, down, n_storey = ways.up, ways.down, len(standing.share)
    empty = sp.csr_array((down.shape[0], standing.share[0].shape[1]))
    press, lift, imposed, raising = [empty] * n_storey, [empty] * n_storey, [], []
    for storey, share in enumerate(standing.share):
        share_up, share_down = _split(sp.csr_array(share))
        presses, lifts = sp.csr_array(down @ share_down), empty
        if up.nnz or share_up.nnz:
            presses, lifts = sp.csr_array(presses + up @ share_up), sp.csr_array(down @ share_up + up @ share_down)
        imposed.append(_weighted(presses, loads.imposed_kn[:, storey]))
        raising.append(_weighted(lifts, loads.imposed_kn[:, storey]))
        for state in range(storey, n_storey):
            press[state] = press[state] + _weighted(presses, loads.permanent_kn[:, state, storey])
            lift[state] = lift[state] + _weighted(lifts, loads.permanent_kn[:, state, storey])
    taken = standing.removed_cell_kn
    removed = empty if taken is None else sp.csr_array(removed_foot_kn(structure, take_down.distribution, taken))
    always = None if fixed is None else _effects(structure, take_down, fixed, None, apart)
    return Effects(alike=ways.alike, press=press, lift=lift, imposed=imposed, raising=raising, removed=removed, fixed=always)


def _split(values: sp.csr_array) -> tuple[sp.csr_array, sp.csr_array]:
    """Return what is below zero, as positive numbers, and what is above it."""
    if not (values.data < 0.0).any():
        return sp.csr_array(values.shape), values
    return sp.csr_array((-values).maximum(0.0)), sp.csr_array(values.maximum(0.0))


def _weighted(share: sp.csr_array, load_kn: FloatArray) -> sp.csr_array:
    """Return the columns times their loads."""
    found = sp.csr_array(share, copy=True)
    found.data *= np.asarray(load_kn)[found.indices]
    return found
