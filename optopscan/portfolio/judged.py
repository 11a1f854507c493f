"""One block of buildings judged: storeys, archetype, probabilities, word, reason, dwellings."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from optopscan.model.arrays import FloatArray, IntArray
from optopscan.portfolio.block import Block
from optopscan.portfolio.chances import Screen
from optopscan.portfolio.funnel import LIKELY, POSSIBLE, UNKNOWN, Filter, Losses, Passed, Words, run, word_of
from optopscan.portfolio.storeys import storeys_of

JUDGED_BY = "optopscan"
DWELLING = 0.0
"""Code of the first use in ``city_attributes.toml``."""
COLUMN_NL: Mapping[str, str] = {
    "year": "bouwjaar",
    "storeys": "hoogte of aantal bouwlagen",
    "footprint_m2": "grondvlak",
    "largest_flat_m2": "dakvlakken",
    "flat_share": "platte deel van het dak",
    "refused": "bouwjaar of archetype",
    "p1": "bouwjaar of archetype",
    "load_ratio": "bouwjaar of archetype",
}


@dataclass(frozen=True, kw_only=True, eq=False)
class Judged:
    """A block with its answers (n,). ``word`` is an index of `funnel.WORDS`; ``archetype`` and ``band`` -1 where unknown.

    ``reason`` is an index of `Judge.reasons`; ``extra`` the most storeys that are at least possible; dwellings are
    a range over the flat roof: what is likely with one storey of large dwellings, and all that is possible with small ones.
    """

    block: Block
    columns: Mapping[str, FloatArray]
    archetype: IntArray
    word: Words
    reason: IntArray
    extra: IntArray
    dwellings_lo: FloatArray
    dwellings_hi: FloatArray
    passed: Passed


class Judge:
    """Filters and kernels of a screening; the filters of one preset decide the word, the others are counted beside it."""

    def __init__(self, screen: Screen, filters: Mapping[str, tuple[Filter, ...]], *, by: str = JUDGED_BY) -> None:
        self.screen, self.filters, self.by = screen, filters, by if by in filters else next(iter(filters))
        self.losses = {name: Losses(filters=rows) for name, rows in filters.items()}
        limits = screen.values.screening_values
        self.likely, self.possible = limits["likely-from"].value, limits["possible-from"].value
        self.small_m2, self.large_m2 = limits["dwelling-gfa-small-m2"].value, limits["dwelling-gfa-large-m2"].value
        self.stated_most, self.stated_difference = limits["storeys-stated-most"].value, limits["storeys-stated-difference"].value
        self.reasons = self._reasons()

    def _reasons(self) -> tuple[str, ...]:
        """Return every reason: per filter known and unknown, per filter as a cap, and three for what is left."""
        rows = [one.row for one in self.filters[self.by]]
        no = [row.nl for row in rows]
        want = [row.nl if row.verdict == "onbekend" else f"{COLUMN_NL.get(row.column, row.column)} onbekend" for row in rows]
        caps = [f"wanden kansrijk, maar {row.nl}" for row in rows]
        tail = [
            "kans op +1 tussen mogelijk en kansrijk (verticale last op dragende wanden)",
            "kans op +1 groot (verticale last op dragende wanden); fundering en stabiliteit niet getoetst",
            "geen rekenkundig oordeel: archetype onbekend",
        ]
        return (*no, *want, *caps, *tail)

    def judge(self, block: Block) -> Judged:
        """Judge a block; the losses of every preset are added up."""
        screen = self.screen
        band = screen.band(block.year)
        usual = screen.storey_height_m[np.maximum(band, -1)]  # without a year that of the last period: no verdict follows from it
        storeys = storeys_of(block.height_m, block.stated_storeys, usual, most=self.stated_most, difference=self.stated_difference)
        archetype = screen.archetype_of(band, storeys)
        if "use" in block.joined:  # archetypes are dwellings: of another use nothing is assumed, in no column
            archetype = np.where(block.joined["use"] > DWELLING, -1, archetype)
        at = np.flatnonzero(archetype >= 0)
        kind = screen.kind(band[at], storeys[at], block.height_m[at])
        answers = screen.prepare(kind)
        at, kind = at[kind >= 0], kind[kind >= 0]
        columns: dict[str, FloatArray] = {
            **{name: getattr(block, name) for name in _OWN},
            **block.joined,
            "storeys": storeys,
            **{f"p{k + 1}": _spread(len(block), at, answers.at_least[kind, k]) for k in range(screen.extra)},
            "load_ratio": _spread(len(block), at, answers.load_ratio[kind]),
            "refused": _spread(len(block), at, answers.refused[kind]),
            "reserved": _spread(len(block), at, answers.reserved[kind]),
            "new_floor_m": block.height_m + screen.concept.transfer_depth_m,
        }
        passed = {name: run(rows, columns, len(block), self.losses[name]) for name, rows in self.filters.items()}[self.by]
        return self._judged(block, columns, passed, archetype)

    def _judged(self, block: Block, columns: Mapping[str, FloatArray], passed: Passed, archetype: IntArray) -> Judged:
        word = word_of(passed, columns["p1"], self.likely)
        n = len(block)
        hopeful = np.flatnonzero((word == LIKELY) | (word == POSSIBLE))
        chance = np.stack([columns[f"p{k + 1}"][hopeful] for k in range(self.screen.extra)])
        storeys = (chance >= self.possible).sum(axis=0)
        area = np.fmax(block.flat_m2[hopeful], 0.0)
        extra, low, high = np.zeros(n, dtype=np.int64), np.zeros(n), np.zeros(n)
        extra[hopeful] = storeys
        low[hopeful] = np.where(word[hopeful] == LIKELY, np.floor(area / self.large_m2), 0.0)
        high[hopeful] = np.floor(area / self.small_m2) * storeys
        return Judged(
            block=block,
            columns=columns,
            archetype=archetype,
            word=word,
            reason=self._reason(passed, word),
            extra=extra,
            dwellings_lo=low,
            dwellings_hi=high,
            passed=passed,
        )

    def _reason(self, passed: Passed, word: Words) -> IntArray:
        n = len(self.filters[self.by])
        reason = passed.stopped_by.astype(np.int64)
        reason += n * passed.for_want
        at = np.flatnonzero(passed.left)
        capped = passed.capped[at].astype(np.int64)
        good = np.where(word[at] == LIKELY, 3 * n + 1, np.where(capped >= 0, 2 * n + capped, 3 * n))
        reason[at] = np.where(word[at] == UNKNOWN, 3 * n + 2, good)
        return reason


def _spread(n: int, at: IntArray, values: FloatArray) -> FloatArray:
    """Return a column (n,) with values in these rows and nan in the others."""
    found = np.full(n, np.nan)
    found[at] = values
    return found


_OWN = ("year", "height_m", "in_use", "greenhouse", "footprint_m2", "flat_m2", "largest_flat_m2", "flat_share", "neighbour_m")
