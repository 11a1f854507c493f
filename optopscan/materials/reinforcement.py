"""Bars of concrete columns where neither model nor drawing states them."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from optopscan.materials.rows import EraRow

GROUP = "reinforcement"


class RatioRow(Protocol):
    """Plausible range of the main bars of a column: ratio [-] and distance to the edge [mm]."""

    @property
    def ratio_low(self) -> float:
        """Lower ratio [-]."""
        ...

    @property
    def ratio_high(self) -> float:
        """Upper ratio [-]."""
        ...

    @property
    def axis_distance_small_mm(self) -> float:
        """Small distance from edge to bar centre [mm]."""
        ...

    @property
    def axis_distance_large_mm(self) -> float:
        """Large distance from edge to bar centre [mm]."""
        ...

    @property
    def source(self) -> str:
        """Where the range comes from."""
        ...


class BarGrade(Protocol):
    """Strength class with the design value that its source prescribes [N/mm2], nan for none."""

    @property
    def group(self) -> str:
        """Material group."""
        ...

    @property
    def strength_mpa(self) -> float:
        """Characteristic strength [N/mm2]."""
        ...

    @property
    def design_mpa(self) -> float:
        """Prescribed design strength [N/mm2]."""
        ...


@dataclass(frozen=True, kw_only=True)
class Bars:
    """Main bars of columns: area over that of the section [-], f_yk and a lower prescribed f_yd [N/mm2], edge to bar centre [mm]."""

    ratio: float
    fyk_mpa: float
    prescribed_mpa: float
    axis_distance_mm: float
    source: str


def lower_bars(row: RatioRow, era: Sequence[EraRow], grades: Sequence[BarGrade], build_year: int | None) -> Bars:
    """Return the least that is plausible: lower ratio, bars furthest from the edge, steel of the period.

    Without a year the weakest steel of all years. Of the classes of that strength the lowest prescribed design value counts.
    """
    fyk = min((r.strength_mpa for r in _of_year(era, build_year)), default=math.nan)
    told = [g.design_mpa for g in grades if g.group == GROUP and g.strength_mpa == fyk and not math.isnan(g.design_mpa)]
    prescribed = min(told, default=math.nan)
    return Bars(ratio=row.ratio_low, fyk_mpa=fyk, prescribed_mpa=prescribed, axis_distance_mm=row.axis_distance_large_mm, source=row.source)


def upper_bars(row: RatioRow, era: Sequence[EraRow], build_year: int | None) -> Bars:
    """Return the most that is plausible: upper ratio, bars near the edge, steel of the next period, because steels overlap in time."""
    own = _of_year(era, build_year)
    last = max((r.year_from for r in own), default=0)
    later = [r for r in _of_year(era, None) if r.year_from > last]
    following = [min(later, key=lambda r: r.year_from)] if later else []
    fyk = max((r.strength_mpa for r in (*own, *following)), default=math.nan)
    return Bars(ratio=row.ratio_high, fyk_mpa=fyk, prescribed_mpa=math.nan, axis_distance_mm=row.axis_distance_small_mm, source=row.source)


def _of_year(era: Sequence[EraRow], build_year: int | None) -> list[EraRow]:
    rows = [row for row in era if row.group == GROUP]
    return [row for row in rows if build_year is None or row.year_from <= build_year < row.year_before]
