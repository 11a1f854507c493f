"""A screening from files to counted groups: read a block, judge it, add it up, forget it."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

import numpy as np
import shapely

from optopscan.catalog.concept import Concept
from optopscan.catalog.engineering import Engineering
from optopscan.catalog.filter_rows import ScreeningFilter
from optopscan.errors import NothingToScan
from optopscan.model.arrays import IntArray
from optopscan.portfolio.block import Block, blocks_of
from optopscan.portfolio.chances import SAMPLES, Screen
from optopscan.portfolio.cityjson import CityHeader, open_city
from optopscan.portfolio.funnel import filters_of, presets
from optopscan.portfolio.groups import Tally
from optopscan.portfolio.joins import Joined, with_join
from optopscan.portfolio.judged import Judge, Judged
from optopscan.portfolio.neighbours import Neighbours
from optopscan.portfolio.places import Grid, Places
from optopscan.portfolio.tables import SUFFIX, open_table
from optopscan.report.names import as_text
from optopscan.report.tidy import clean

CONTEXT = 20_000
"""Footprints that are kept to draw as background; more would make the page too heavy to open."""
CHUNK = 1 << 20


@dataclass(frozen=True, kw_only=True)
class Source:
    """One input: name, sha256, what it says about itself, buildings in it."""

    name: str
    sha256: str
    header: CityHeader
    buildings: int


@dataclass(frozen=True, kw_only=True)
class Ask:
    """What is asked of a screening; None takes what comes with optopscan."""

    concept: Concept
    filters: tuple[ScreeningFilter, ...] | None = None
    joins: tuple[Joined, ...] = ()
    places: Places | None = None
    seed: int = 0
    samples: int = SAMPLES


@dataclass(eq=False)
class Screening:
    """The counts of a screening while it runs and when it is done; ``context`` are footprints to draw, with no answer attached."""

    judge: Judge
    tally: Tally
    places: Places
    ask: Ask
    sources: list[Source] = field(default_factory=list)
    context: list[shapely.Geometry] = field(default_factory=list)
    drawn_all: bool = True
    geometry: bool = False
    survey_years: tuple[float, float] = (np.inf, -np.inf)

    def surveyed(self, years: tuple[float, ...]) -> None:
        """Widen the years of the height measurements."""
        low, high = self.survey_years
        self.survey_years = (min(low, *years), max(high, *years))

    @property
    def buildings(self) -> int:
        """Buildings in all sources."""
        return sum(source.buildings for source in self.sources)


def start(values: Engineering, ask: Ask) -> Screening:
    """Return a screening with nothing counted yet."""
    rows = values.screening_filters if ask.filters is None else ask.filters
    kernels = Screen(values, ask.concept, seed=ask.seed, samples=ask.samples)
    judge = Judge(kernels, {name: filters_of(rows, name, values) for name in presets(rows)})
    places = ask.places or Grid(size_m=values.screening_values["place-size-m"].value)
    return Screening(judge=judge, tally=Tally(n_reason=len(judge.reasons)), places=places, ask=ask)


def walk(found: Screening, paths: Sequence[Path], *, each: Callable[[Judged], None] | None = None) -> Screening:
    """Screen files one after the other; memory does not depend on how many buildings a sequence or table holds.

    Parameters
    ----------
    found
        Counts are added to it.
    paths
        CityJSON, CityJSONSeq or Parquet.
    each
        Called with every judged block, for output per building. With it, or with a filter on neighbours, files with geometry are
        read once before, for the tallest neighbour of every building; footprints of all of them are in memory then.

    Raises
    ------
    UnreadableInput
        If a file cannot be read.
    NothingToScan
        If there is no building in any file.
    """
    names = each is not None or bool(found.ask.joins) or not isinstance(found.places, Grid)
    near = _neighbours(paths, found.judge.screen.values) if each is not None or _asks_neighbours(found.judge) else {}
    for path in paths:
        header, blocks = _open(path, found.judge.screen.values, names=names)
        if header.crs in near:
            blocks = _beside(blocks, near[header.crs])
        if header.survey_years:
            found.surveyed(header.survey_years)
        count = sum(_add(found, block, each) for block in blocks)
        found.sources.append(Source(name=clean(as_text(path.name)), sha256=_sha256(path), header=header, buildings=count))
    if found.buildings == 0:
        raise NothingToScan(f"{paths[0]}: no building in {'it' if len(paths) == 1 else 'these files'}; objects of type Building are read")
    return found


def screen(paths: Sequence[Path], values: Engineering, ask: Ask) -> Screening:
    """Screen files; `start` and `walk` in one."""
    return walk(start(values, ask), paths)


def _asks_neighbours(judge: Judge) -> bool:
    return any(one.row.column == "neighbour_m" for rows in judge.filters.values() for one in rows)


def _neighbours(paths: Sequence[Path], values: Engineering) -> dict[str, Neighbours]:
    """Return all buildings with geometry by reference system; a table has none."""
    found: dict[str, Neighbours] = {}
    for path in paths:
        if path.suffix.lower() == SUFFIX:
            continue
        header, blocks = _open(path, values, names=True)
        near = found.setdefault(header.crs, Neighbours(values.screening_values["neighbour-distance-m"].value))
        for block in blocks:
            near.add(block)
    return found


def _beside(blocks: Iterator[Block], near: Neighbours) -> Iterator[Block]:
    for block in blocks:
        yield replace(block, neighbour_m=near.tallest(block))


def _open(path: Path, values: Engineering, *, names: bool) -> tuple[CityHeader, Iterator[Block]]:
    if path.suffix.lower() == SUFFIX:
        return open_table(path, values, names=names)
    header, buildings = open_city(path)
    return header, blocks_of(buildings, values)


def _add(found: Screening, block: Block, each: Callable[[Judged], None] | None) -> int:
    for joined in found.ask.joins:
        block = with_join(block, joined)
    judged = found.judge.judge(block)
    found.tally.add((*family_key(judged, found.judge), *found.places.of(block)), judged)
    if block.footprint is not None:
        found.geometry = True
        room = CONTEXT - len(found.context)
        drawn = [shape for shape in block.footprint.tolist() if not shape.is_empty]
        found.context += drawn[:room]
        found.drawn_all &= len(drawn) <= room
    if block.footprint is not None and not np.isnan(block.survey_year).all():
        found.surveyed((float(np.nanmin(block.survey_year)), float(np.nanmax(block.survey_year))))
    if each is not None:
        each(judged)
    return len(block)


def family_key(judged: Judged, judge: Judge) -> tuple[IntArray, IntArray]:
    """Return archetype and storeys of every building that could carry an extension in theory, each (n,); -1 and 0 for the others."""
    storeys = judged.columns["storeys"]
    early = np.array([one.row.step == "theoretical" for one in judge.filters[judge.by]] + [False])
    known = (judged.archetype >= 0) & ~early[judged.passed.stopped_by]
    return (judged.archetype + 1) * known - 1, np.fmax(storeys, 0.0).astype(np.int64) * known


def _sha256(path: Path) -> str:
    digest = hashlib.sha256()
    with path.open("rb") as stream:
        while chunk := stream.read(CHUNK):
            digest.update(chunk)
    return digest.hexdigest()
