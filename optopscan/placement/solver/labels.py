"""Which partial choices are worth keeping where they meet."""

from __future__ import annotations

from bisect import bisect_right

import numpy as np

from optopscan.model.arrays import FloatArray, IntArray

BLOCK = 256
LATER = np.triu(np.ones((BLOCK, BLOCK), dtype=np.bool_), 1)
FEW, MANY = 3, 40


def undominated(value: FloatArray, used: FloatArray) -> IntArray:
    """Return the labels that no other beats: at least the value (n) with at most the use of every row (n, n_row).

    Of equal ones the first stays. Sorted by falling value.
    """
    if value.size < 2:
        return np.arange(value.size)
    varying = np.flatnonzero((used != used[0]).any(axis=0))
    part = used[:, varying]
    # in this order nothing is beaten by what comes later
    order: IntArray = np.lexsort((*part.T[::-1], part.sum(axis=1), -value))
    part = part[order]
    if varying.size == 0:
        kept = np.zeros(1, dtype=np.int64)
    elif varying.size == 1:
        least = np.minimum.accumulate(part[:, 0])
        kept = np.flatnonzero(np.append(True, part[1:, 0] < least[:-1]))
    else:
        kept = _staircase(part) if varying.size == 2 else _pairwise(part)
    found: IntArray = order[kept]
    return found


def undominated_within(group: IntArray, value: FloatArray, used: FloatArray) -> IntArray:
    """Return the labels that no other of their group (n) beats, as `undominated`; sorted by group, then by falling value.

    Groups are small, so labels are compared with the next one, the one after that and so on, all groups at once.
    """
    order: IntArray = np.lexsort((used.sum(axis=1), -value, group))
    columns = used[order].T
    columns = np.ascontiguousarray(columns[(columns != columns[:, :1]).any(axis=1)])
    of = group[order]
    for reach in (FEW, MANY):
        beaten = np.zeros(order.size, dtype=np.bool_)
        for step in range(1, min(reach + 1, order.size)):
            worse = of[step:] == of[:-step]
            if not worse.any():
                break
            for column in columns:
                worse &= column[:-step] <= column[step:]
            beaten[step:] |= worse
        if beaten.any():
            order, columns, of = order[~beaten], columns[:, ~beaten], of[~beaten]
    starts = np.flatnonzero(np.append(True, of[1:] != of[:-1]))
    size = np.diff(np.append(starts, of.size))
    large = size > MANY + 1
    if not large.any():
        return order
    keep = np.ones(of.size, dtype=np.bool_)
    for low, n in zip(starts[large].tolist(), size[large].tolist(), strict=True):
        part = columns[:, low : low + n]
        keep[low : low + n] = False
        keep[low + _pairwise(part[(part != part[:, :1]).any(axis=1)].T)] = True
    return order[keep]


def _staircase(used: FloatArray) -> IntArray:
    """Return the labels that none before them beats in both of two rows: those kept so far form a falling staircase."""
    xs: list[float] = []
    ys: list[float] = []
    kept: list[int] = []
    for row, (x, y) in enumerate(used.tolist()):
        at = bisect_right(xs, x)
        if at and ys[at - 1] <= y:
            continue
        end = at
        while end < len(xs) and ys[end] >= y:
            end += 1
        xs[at:end], ys[at:end] = [x], [y]
        kept.append(row)
    return np.array(kept, dtype=np.int64)


def _pairwise(used: FloatArray) -> IntArray:
    kept = np.zeros(0, dtype=np.int64)
    for low in range(0, len(used), BLOCK):
        block = np.arange(low, min(low + BLOCK, len(used)))
        block = block[~_beaten(used[kept], used[block])]
        inside = _covers(used[block], used[block])
        inside &= LATER[: block.size, : block.size]
        kept = np.concatenate([kept, block[~inside.any(axis=0)]])
    return kept


def _beaten(strong: FloatArray, weak: FloatArray) -> np.ndarray[tuple[int, ...], np.dtype[np.bool_]]:
    found = np.zeros(len(weak), dtype=np.bool_)
    for low in range(0, len(strong), BLOCK):
        left = np.flatnonzero(~found)
        found[left] = _covers(strong[low : low + BLOCK], weak[left]).any(axis=0)
    return found


def _covers(strong: FloatArray, weak: FloatArray) -> np.ndarray[tuple[int, ...], np.dtype[np.bool_]]:
    """Return whether the first uses at most what the second does in every row (n_strong, n_weak)."""
    covers = np.ones((len(strong), len(weak)), dtype=np.bool_)
    for row in range(strong.shape[1]):
        covers &= strong[:, None, row] <= weak[None, :, row]
    return covers
