"""The funnel: filters of one preset applied to columns, with what each of them costs and what it leaves."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

import numpy as np
import numpy.typing as npt

from optopscan.catalog.engineering import Engineering
from optopscan.catalog.filter_rows import ScreeningFilter
from optopscan.errors import UsageError
from optopscan.model.arrays import BoolArray, FloatArray, IntArray

Columns = Mapping[str, FloatArray]
Index16 = npt.NDArray[np.int16]
Words = npt.NDArray[np.int8]


@dataclass(frozen=True, kw_only=True)
class Filter:
    """A filter with its bounds filled in; a building meets it where lo < value (or =) and value <= hi."""

    row: ScreeningFilter
    lo: float
    hi: float
    open_below: bool

    def meets(self, values: FloatArray) -> BoolArray:
        """Return where a value lies within the bounds; never where it is unknown."""
        above = values > self.lo if self.open_below else values >= self.lo
        return above if self.hi == np.inf else above & (values <= self.hi)


def presets(rows: Sequence[ScreeningFilter]) -> tuple[str, ...]:
    """Return the presets in the order in which they appear."""
    return tuple(dict.fromkeys(row.preset for row in rows))


def filters_of(rows: Sequence[ScreeningFilter], preset: str, values: Engineering) -> tuple[Filter, ...]:
    """Return the filters of one preset in order.

    Raises
    ------
    UsageError
        If a row names a value or a flag that does not exist.
    """
    return tuple(_filled(row, values) for row in rows if row.preset == preset)


def _filled(row: ScreeningFilter, values: Engineering) -> Filter:
    lo = -np.inf if np.isnan(row.at_least) else row.at_least
    hi = np.inf if np.isnan(row.at_most) else row.at_most
    open_below = False
    if row.value:
        if row.value not in values.screening_values:
            raise UsageError(f"filter {row.preset} {row.id}: no value {row.value!r} in screening_values.toml")
        lo = values.screening_values[row.value].value
    if row.flag:
        flag = next((one for one in values.flags if one.code == row.flag), None)
        if flag is None:
            raise UsageError(f"filter {row.preset} {row.id}: no flag {row.flag!r} in flags.toml")
        if not np.isnan(flag.above):
            lo, open_below = flag.above, True
        hi = hi if np.isnan(flag.up_to) else flag.up_to
    return Filter(row=row, lo=lo, hi=hi, open_below=open_below)


@dataclass(frozen=True, kw_only=True, eq=False)
class Passed:
    """What a preset makes of buildings (n,): whether they are left, which filter stopped them (-1 none) and whether for want of a fact.

    A fact is also what such a building is made of, where a filter drops those of which nothing can be said.

    ``capped`` is the first remark that makes a building possible at best, -1 for none; ``granted`` the storeys of a grant; both
    of buildings that are left when the filter is reached.
    """

    left: BoolArray
    stopped_by: Index16
    for_want: BoolArray
    capped: Index16
    granted: Index16


@dataclass(eq=False)
class Losses:
    """Counts of one preset, added up block by block; one row per filter."""

    filters: tuple[Filter, ...]
    start: int = 0
    lost: IntArray = field(init=False)
    for_want: IntArray = field(init=False)
    kept_unknown: IntArray = field(init=False)
    noted: IntArray = field(init=False)
    granted: IntArray = field(default_factory=lambda: np.zeros(10, dtype=np.int64))

    def __post_init__(self) -> None:
        for name in ("lost", "for_want", "kept_unknown", "noted"):
            setattr(self, name, np.zeros(len(self.filters), dtype=np.int64))

    @property
    def left(self) -> IntArray:
        """Buildings that are left after each filter."""
        return np.asarray(self.start - np.cumsum(self.lost), dtype=np.int64)


def run(filters: Sequence[Filter], columns: Columns, n: int, losses: Losses) -> Passed:
    """Apply the filters in order and add what each of them costs.

    Parameters
    ----------
    filters
        Of one preset.
    columns
        Values by name, (n,); a column that nobody brought counts as unknown for every building.
    n
        Number of buildings.
    losses
        Counts; added to.
    """
    left: BoolArray = np.ones(n, dtype=np.bool_)
    want: BoolArray = np.zeros(n, dtype=np.bool_)
    stopped, capped = np.zeros(n, dtype=np.int16), np.full(n, -1, dtype=np.int16)
    granted = np.zeros(n, dtype=np.int16)
    losses.start += n
    for k, one in enumerate(filters):
        value = columns.get(one.row.column)
        if value is None and one.row.unknown == "keep":
            losses.kept_unknown[k] += np.count_nonzero(left)
            continue
        if value is None:
            value = np.full(n, np.nan)
        met = one.meets(value)
        keeps = one.row.unknown == "keep"
        if keeps:
            unknown = np.isnan(value) & left
            losses.kept_unknown[k] += np.count_nonzero(unknown)
        if one.row.effect == "drop":
            good = met | unknown if keeps else met
            out = left & ~good
            count = np.count_nonzero(out)
            if count:
                stopped += out.view(np.int8) * np.int16(k + 1)  # a sum: a masked copy takes twenty times as long
                losses.lost[k] += count
                left &= good
                silent = one.row.verdict == "onbekend"
                if silent or not keeps:
                    missing = out if silent else out & np.isnan(value)
                    losses.for_want[k] += np.count_nonzero(missing)
                    want |= missing
            continue
        rows = np.flatnonzero(met & left)
        losses.noted[k] += len(rows)
        if one.row.effect == "grant":
            granted[rows] = one.row.storeys
        elif one.row.caps:
            capped[rows] = np.where(capped[rows] < 0, k, capped[rows])
    stopped -= 1
    losses.granted += np.bincount(granted[left], minlength=10)
    return Passed(left=left, stopped_by=stopped, for_want=want, capped=capped, granted=granted)


Word = Literal["niet", "mogelijk", "kansrijk", "onbekend"]
WORDS: tuple[Word, ...] = ("niet", "mogelijk", "kansrijk", "onbekend")
NO, POSSIBLE, LIKELY, UNKNOWN = range(4)


def word_of(passed: Passed, p1: FloatArray, likely_from: float) -> Words:
    """Return the word of every building as an index of `WORDS`, (n,); what is not known is never more than onbekend."""
    word = passed.for_want * np.int8(UNKNOWN)  # the others: NO, which is 0
    at = np.flatnonzero(passed.left)
    chance = p1[at]
    good = np.where((chance >= likely_from) & (passed.capped[at] < 0), LIKELY, POSSIBLE)
    word[at] = np.where(np.isnan(chance), UNKNOWN, good)
    return word
