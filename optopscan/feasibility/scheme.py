"""One variant as its worth sees it: numbers, works beside the product, and the boxes that throw shadow."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from shapely.geometry.base import BaseGeometry

from optopscan.model.verdict import Outcome


@dataclass(frozen=True, kw_only=True)
class Prism:
    """A polygon (holes allowed) between two levels [m]."""

    polygon: BaseGeometry
    z0_m: float
    z1_m: float


@dataclass(frozen=True, kw_only=True)
class Scheme:
    """One variant.

    ``works`` are amounts by the ids of the table of prices (gallery m2, stair storeys, lifts, parts to strengthen);
    nan is an amount that nobody knows. ``unknown`` are the subjects that keep the outcome unknown, as "foundation"
    (`optopscan.feasibility.choose.UNKNOWN`). ``max_uc`` nan: not known.
    """

    id: str
    concept: str
    storeys: int
    access: str
    mix: str
    setback_m: float
    dwellings: int
    dwellings_by_type: Mapping[str, int] = field(default_factory=lambda: MappingProxyType({}))
    gfa_m2: float
    roof_m2: float
    max_uc: float
    outcome: Outcome
    works: Mapping[str, float] = field(default_factory=lambda: MappingProxyType({}))
    unknown: tuple[str, ...] = ()
    boxes: tuple[Prism, ...] = ()
