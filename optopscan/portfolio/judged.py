"""One block of buildings judged: storeys, archetype, probabilities, word, reason, dwellings."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from optopscan.model.arrays import FloatArray, IntArray
from optopscan.portfolio.block import Block
from optopscan.portfolio.chances import Screen
from optopscan.portfolio.funnel import LIKELY, POSSIBLE, UNKNOWN, Filter, Losses, Passed, run, word_of
from optopscan.portfolio.storeys import storeys_of

JUDGED_BY = "optopscan"
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
    word: IntArray
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
        want = [f"{COLUMN_NL.get(row.column, row.column)} onbekend" for row in rows]
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
        usual = np.append(screen.storey_height_m, 2.8 if not len(screen.storey_height_m) else screen.storey_height_m[-1])[band]
        storeys = storeys_of(block.height_m, block.stated_storeys, usual, most=self.stated_most, difference=self.stated_difference)
        kind = screen.kind(band, storeys, block.height_m)
        answers = screen.prepare(kind)
        there, at = kind >= 0, np.maximum(kind, 0)
        chance = np.where(there[:, None], answers.at_least[at], np.nan)
        columns: dict[str, FloatArray] = {
            **{name: getattr(block, name) for name in _OWN},
            **block.joined,
            "storeys": storeys,
            **{f"p{k + 1}": chance[:, k] for k in range(chance.shape[1])},
            "load_ratio": np.where(there, answers.load_ratio[at], np.nan),
            "refused": np.where(there, answers.refused[at], np.nan),
            "reserved": np.where(there, answers.reserved[at], np.nan),
            "new_floor_m": block.height_m + screen.concept.transfer_depth_m,
        }
        passed = {name: run(rows, columns, len(block), self.losses[name]) for name, rows in self.filters.items()}[self.by]
        return self._judged(block, columns, passed, band, storeys, chance)

    def _judged(
        self, block: Block, columns: Mapping[str, FloatArray], passed: Passed, band: IntArray, storeys: FloatArray, chance: FloatArray
    ) -> Judged:
        screen, p1 = self.screen, chance[:, 0]
        word = word_of(passed, p1, self.likely)
        known = (band >= 0) & (storeys >= 1.0) & (storeys <= screen.archetype.shape[1])
        archetype = np.where(known, screen.archetype[np.maximum(band, 0), np.where(known, storeys, 1.0).astype(np.int64) - 1], -1)
        hopeful = (word == LIKELY) | (word == POSSIBLE)
        extra = np.where(hopeful, (chance >= self.possible).sum(axis=1), 0)
        area = np.where(np.isnan(block.flat_m2), 0.0, block.flat_m2)
        return Judged(
            block=block,
            columns=columns,
            archetype=archetype,
            word=word,
            reason=self._reason(passed, word),
            extra=extra,
            dwellings_lo=np.where(word == LIKELY, np.floor(area / self.large_m2), 0.0),
            dwellings_hi=np.where(hopeful, np.floor(area / self.small_m2) * extra, 0.0),
            passed=passed,
        )

    def _reason(self, passed: Passed, word: IntArray) -> IntArray:
        n = len(self.filters[self.by])
        stopped = passed.stopped_by + np.where(passed.for_want, n, 0)
        good = np.where(word == LIKELY, 3 * n + 1, np.where(passed.capped >= 0, 2 * n + passed.capped, 3 * n))
        return np.where(passed.left, np.where(word == UNKNOWN, 3 * n + 2, good), stopped)


_OWN = ("year", "height_m", "in_use", "greenhouse", "footprint_m2", "flat_m2", "largest_flat_m2", "flat_share", "neighbour_m")
