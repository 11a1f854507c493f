"""Groups of buildings as they are published: families and places, never fewer than ten buildings together.

Counts are added up block by block; memory depends on how many groups there are, not on how many buildings. What is too
small goes together with what is nearest to it, so that no group can be found by subtraction.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from optopscan.model.arrays import FloatArray, IntArray
from optopscan.portfolio.funnel import LIKELY, POSSIBLE, WORDS
from optopscan.portfolio.judged import Judged

SUMS = ("buildings", *WORDS, "flat_m2", "hopeful_flat_m2", "dwellings_lo", "dwellings_hi", "p1", "with_p1", "extra")
Key = tuple[int, ...]
DENSE = 4
"""Possible keys per row up to which all of them are counted; beyond, those that occur are found first."""


@dataclass(frozen=True, kw_only=True, eq=False)
class Group:
    """Sums over buildings by name (`SUMS`), how often each reason counts, and how many groups went into it."""

    key: Key
    sums: Mapping[str, float]
    reasons: IntArray
    merged: int = 1

    @property
    def buildings(self) -> int:
        """Number of buildings."""
        return int(self.sums["buildings"])

    @property
    def series(self) -> int:
        """Buildings that are likely or possible: the size of a series."""
        return int(self.sums["kansrijk"] + self.sums["mogelijk"])

    @property
    def p1(self) -> float:
        """Mean probability of +1 over what is likely or possible, rounded to tenths; nan where nothing is."""
        return round(self.sums["p1"] / self.sums["with_p1"], 1) if self.sums["with_p1"] else float("nan")

    @property
    def reason(self) -> int:
        """The reason that counts most often, the first of equals."""
        return int(np.argmax(self.reasons))

    def plus(self, other: Group) -> Group:
        """Return both groups as one, under the key of this one."""
        return Group(
            key=self.key,
            sums={name: self.sums[name] + other.sums[name] for name in SUMS},
            reasons=np.asarray(self.reasons + other.reasons, dtype=np.int64),
            merged=self.merged + other.merged,
        )


@dataclass(eq=False)
class Tally:
    """Sums by key; a key is whole numbers."""

    n_reason: int
    sums: dict[Key, FloatArray] = field(default_factory=dict)
    reasons: dict[Key, IntArray] = field(default_factory=dict)

    def add(self, keys: Sequence[IntArray], judged: Judged) -> None:
        """Add a block; ``keys`` are the numbers of a key, each (n,)."""
        if len(judged.word) == 0:
            return
        low = [int(one.min()) for one in keys]
        span = tuple(int(one.max()) - least + 1 for one, least in zip(keys, low, strict=True))
        index = np.zeros(len(judged.word), dtype=np.int64)
        for one, least, width in zip(keys, low, span, strict=True):
            if width > 1:
                index = index * width + (one - least)
        if math.prod(span) > DENSE * len(index):
            found, index = np.unique(index, return_inverse=True)
        else:
            found = np.arange(math.prod(span))
        table = _sums(judged, index, len(found))
        counts = np.bincount(index * self.n_reason + judged.reason, minlength=len(found) * self.n_reason).reshape(len(found), -1)
        there = np.flatnonzero(table[:, 0])
        names = np.stack(np.unravel_index(found[there], span), axis=1) + np.array(low)
        for name, row, count in zip(names.tolist(), table[there], counts[there], strict=True):
            key = tuple(name)
            self.sums[key] = self.sums[key] + row if key in self.sums else row
            self.reasons[key] = self.reasons[key] + count if key in self.reasons else count

    def groups(self) -> list[Group]:
        """Return the groups, sorted by key."""
        return [
            Group(key=key, sums=dict(zip(SUMS, self.sums[key].tolist(), strict=True)), reasons=self.reasons[key])
            for key in sorted(self.sums)
        ]


def _sums(judged: Judged, index: IntArray, n: int) -> FloatArray:
    """Return the sums (n, len(SUMS)) over the rows of every index; what only hopeful buildings have is summed over these."""
    word = judged.word
    words = np.bincount(index * len(WORDS) + word, minlength=n * len(WORDS)).reshape(n, -1)
    at = np.flatnonzero((word == LIKELY) | (word == POSSIBLE))
    few, p1 = index[at], judged.columns["p1"][at]
    flat = np.fmax(judged.block.flat_m2, 0.0)
    known = ~np.isnan(p1)
    columns = (
        flat[at],
        judged.dwellings_lo[at],
        judged.dwellings_hi[at],
        np.where(known, p1, 0.0),
        known.astype(np.float64),
        judged.extra[at].astype(np.float64),
    )
    total = np.bincount(index, weights=flat, minlength=n)
    return np.column_stack([words.sum(axis=1), words, total, *(np.bincount(few, weights=one, minlength=n) for one in columns)])


def regrouped(groups: Iterable[Group], key: Callable[[Key], Key]) -> list[Group]:
    """Return groups joined under another key, sorted."""
    found: dict[Key, Group] = {}
    for group in groups:
        name = key(group.key)
        named = Group(key=name, sums=group.sums, reasons=group.reasons, merged=group.merged)
        found[name] = found[name].plus(named) if name in found else named
    return [found[name] for name in sorted(found)]


def joined_by_first(groups: Iterable[Group], least: int) -> list[Group]:
    """Return groups of which those that are too small are joined under the first number of their key, the others 0."""
    found = list(groups)
    small = regrouped((one for one in found if one.buildings < least), lambda key: (key[0], *(0 for _ in key[1:])))
    return sorted([*(one for one in found if one.buildings >= least), *small], key=lambda group: group.key)


def published(groups: Iterable[Group], least: int, rest: Key, *, absorb: bool = False) -> list[Group]:
    """Return groups of at least ``least`` buildings; the small ones together under the key ``rest``.

    A rest that is too small itself goes together with the smallest group that is large enough: under the key of the rest,
    or with ``absorb`` under that of the group. Nothing is left where all buildings together are fewer than ``least``.
    """
    ordered = sorted(groups, key=lambda group: (group.buildings, group.key))
    small = [group for group in ordered if group.buildings < least]
    large = [group for group in ordered if group.buildings >= least]
    if small:
        kept = Group(key=rest, sums=small[0].sums, reasons=small[0].reasons)
        for group in small[1:]:
            kept = kept.plus(group)
        while kept.buildings < least and large:
            taker = large.pop(0)
            kept = taker.plus(kept) if absorb else kept.plus(taker)
        large += [kept] if kept.buildings >= least else []
    return sorted(large, key=lambda group: group.key)
