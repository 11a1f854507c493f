"""A stock of scanned buildings in numbers: by answer, what stops them, what to find out first, families; pure counting."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from optopscan.portfolio.row import SCANNED, Row

Answer = Literal["proven", "possible", "none", "unknown"]
ANSWERS: tuple[Answer, ...] = ("proven", "possible", "none", "unknown")
"""At least one storey proven; possible but not proven; nothing more; no verdict, or the model could not be scanned."""


def answer_of(row: Row) -> Answer:
    """Return which answer a building has; one without a verdict is unknown, whatever else its row says."""
    if row["status"] != SCANNED or not row["judged"]:
        return "unknown"
    return "proven" if row["proven"] else "possible" if row["possible"] else "none"


@dataclass(frozen=True, kw_only=True)
class Dwellings:
    """Dwellings of the fullest layouts: ``lo`` of those that are proven, ``hi`` of those not over; over ``buildings`` with a layout."""

    lo: int
    hi: int
    buildings: int


@dataclass(frozen=True, kw_only=True)
class Reach:
    """Buildings on which at least so many storeys are proven, and possible."""

    storeys: int
    proven: int
    possible: int


@dataclass(frozen=True, kw_only=True)
class Stop:
    """What is exceeded one storey above what is possible, and on how many buildings."""

    what: str
    buildings: int


@dataclass(frozen=True, kw_only=True)
class Missing:
    """A fact that keeps buildings from being proven.

    ``alone``: of how many it is the only one. ``settled``: how many have nothing unknown left once this fact and those above it
    in the ranking are known. Known is not good: the answer may then also be no.
    """

    what: str
    buildings: int
    alone: int
    settled: int


@dataclass(frozen=True, kw_only=True)
class Series:
    """Scanned buildings of one bearing material (None: not known) and number of storeys."""

    material: str | None
    storeys: int
    buildings: int
    answers: tuple[int, ...]
    dwellings: Dwellings
    stop: str

    @property
    def size(self) -> int:
        """Buildings with a storey proven or possible: what could be built as one series."""
        return self.answers[0] + self.answers[1]


@dataclass(frozen=True, kw_only=True)
class Stock:
    """All numbers of a run."""

    buildings: int
    scanned: int
    answers: tuple[int, ...]
    labels: tuple[tuple[str, int], ...]
    reach: tuple[Reach, ...]
    stops: tuple[Stop, ...]
    missing: tuple[Missing, ...]
    series: tuple[Series, ...]
    dwellings: Dwellings
    not_checked: tuple[tuple[str, int], ...]


def stock_of(rows: Sequence[Row]) -> Stock:
    """Return the numbers of a run; the same rows in any order give the same numbers."""
    done = [row for row in rows if row["status"] == SCANNED]
    judged = [row for row in done if row["judged"]]
    return Stock(
        buildings=len(rows),
        scanned=len(done),
        answers=_answers(rows),
        labels=tuple(sorted(Counter(row["label"] for row in done).items())),
        reach=_reach(judged),
        stops=tuple(Stop(what=what, buildings=n) for what, n in _ranked(row["stops"] for row in done)),
        missing=_missing(judged),
        series=_series(done),
        dwellings=_dwellings(judged),
        not_checked=tuple(_ranked(row["not_checked"] for row in done)),
    )


def _answers(rows: Iterable[Row]) -> tuple[int, ...]:
    counts = Counter(map(answer_of, rows))
    return tuple(counts[answer] for answer in ANSWERS)


def _ranked(lists: Iterable[Sequence[str]]) -> list[tuple[str, int]]:
    """Return each text with the number of lists it is in, the most frequent first, equals by name."""
    counts = Counter(one for texts in lists for one in set(texts))
    return sorted(counts.items(), key=lambda item: (-item[1], item[0]))


def _reach(judged: Sequence[Row]) -> tuple[Reach, ...]:
    most = max((row["possible"] for row in judged), default=0)
    return tuple(
        Reach(storeys=n, proven=sum(row["proven"] >= n for row in judged), possible=sum(row["possible"] >= n for row in judged))
        for n in range(1, most + 1)
    )


def _missing(judged: Sequence[Row]) -> tuple[Missing, ...]:
    """Rank facts: each time the one that leaves most buildings without an unknown, among equals the one that most buildings lack."""
    open_facts = [set(row["unknowns"]) for row in judged if row["possible"] > row["proven"] and row["unknowns"]]
    lacking = Counter(what for facts in open_facts for what in facts)
    alone = Counter(next(iter(facts)) for facts in open_facts if len(facts) == 1)
    found: list[Missing] = []
    left, settled = [set(facts) for facts in open_facts], 0
    while len(found) < len(lacking):
        last = Counter(next(iter(facts)) for facts in left if len(facts) == 1)
        asked = {one.what for one in found}
        what = min((name for name in lacking if name not in asked), key=lambda name: (-last[name], -lacking[name], name))
        settled += last[what]
        for facts in left:
            facts.discard(what)
        found.append(Missing(what=what, buildings=lacking[what], alone=alone[what], settled=settled))
    return tuple(found)


def _dwellings(judged: Iterable[Row]) -> Dwellings:
    tried = [row for row in judged if row["dwellings_possible"] is not None]
    lo, hi = (sum(row[key] or 0 for row in tried) for key in ("dwellings_proven", "dwellings_possible"))
    return Dwellings(lo=lo, hi=hi, buildings=len(tried))


def _series(done: Sequence[Row]) -> tuple[Series, ...]:
    groups: dict[tuple[str | None, int], list[Row]] = {}
    for row in done:
        groups.setdefault((row["bearing_material"], row["storeys"]), []).append(row)
    found = [
        Series(
            material=material,
            storeys=storeys,
            buildings=len(rows),
            answers=_answers(rows),
            dwellings=_dwellings(row for row in rows if row["judged"]),
            stop=next((what for what, _ in _ranked(row["stops"] for row in rows)), ""),
        )
        for (material, storeys), rows in groups.items()
    ]
    return tuple(sorted(found, key=lambda one: (-one.size, -one.buildings, one.material or "", one.storeys)))
