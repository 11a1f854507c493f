"""What a layout is asked to be: how many storeys, which goal first, which mix of dwellings, along which walkway.

A goal is an order of values, each maximised among what is best for those before it. A mix of
dwelling types is met within a tolerance, or as near as the best number of dwellings allows.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
import scipy.sparse as sp
from shapely.geometry.base import BaseGeometry

from optopscan.catalog.concept import Concept, UnitType
from optopscan.model.arrays import FloatArray
from optopscan.model.variant import Placed
from optopscan.placement.candidates import Candidates, Serves
from optopscan.placement.recheck import Product

Goal = Literal["dwellings", "area", "balanced"]
MixYields = Literal["mix", "dwellings"]
WHOLE = 0.5
"""A share of a whole number of dwellings cannot be met nearer than half a dwelling."""
STRICT = 0.05
LADDER = (0.0, 0.05, 0.1, 0.15, 0.2, 0.3, 0.4, 0.6)


@dataclass(frozen=True, kw_only=True, eq=False)
class Walkway:
    """A walkway on the roof: its pieces in the lowest storey and what they weigh.

    ``serves`` says which plans have a door on it, ``landings`` (n_landing, n) which open on a landing that takes at
    most ``landing_most`` dwellings in a storey, less those ``taken`` (n_landing; empty: none); both are asked with whether
    the modules lie along u.
    """

    pieces: tuple[Placed, ...]
    product: Product
    reserved: BaseGeometry
    serves: Serves
    landings: Serves
    landing_most: int
    taken: tuple[int, ...] = ()


@dataclass(frozen=True, kw_only=True, eq=False)
class Programme:
    """One thing to try: a product in so many storeys, for a goal.

    ``mix`` are shares per dwelling type, fewest modules first; empty: any. ``asked`` are the words of the
    command line for the record. ``barred``: why it cannot be built at all, in Dutch; empty: not known before it is tried.
    """

    concept: Concept
    storeys: int
    goal: Goal = "dwellings"
    mix: tuple[float, ...] = ()
    mix_yields: MixYields = "mix"
    walkway: Walkway | None = None
    asked: tuple[tuple[str, str], ...] = ()
    barred: str = ""

    @property
    def name(self) -> str:
        """Return the product with its storeys and what else was asked."""
        return "-".join([f"{self.concept.id}+{self.storeys}", *(value for _, value in self.asked)])

    @property
    def shares(self) -> FloatArray:
        """Return the wanted share of each dwelling type that the product has, fewest modules first; empty: any."""
        n = len(sized_types(self.concept))
        if self.mix:
            return np.pad(np.array(self.mix, dtype=np.float64) / sum(self.mix), (0, max(0, n - len(self.mix))))
        return np.full(n, 1.0 / n) if self.goal == "balanced" and n > 1 else np.zeros(0)

    def fault(self) -> str:
        """Return why the product cannot do what is asked, empty where it can."""
        if self.barred:
            return self.barred
        n = len(sized_types(self.concept))
        if len(self.mix) > n:
            return f"De gevraagde verdeling noemt {len(self.mix)} woningtypen, {self.concept.name} heeft er {n}."
        return ""


def sized_types(concept: Concept) -> tuple[UnitType, ...]:
    """Return the dwelling types, fewest modules first; of types with one number of modules the first listed."""
    first: dict[int, UnitType] = {}
    for unit in concept.unit_types:
        first.setdefault(unit.modules, unit)
    return tuple(first[modules] for modules in sorted(first))


def goal_values(candidates: Candidates, goal: Goal) -> FloatArray:
    """Return what each candidate adds per level (n_level, n_candidate), the most important level first: dwellings, floor area [m2]."""
    dwellings, area_m2 = candidates.height.astype(np.float64), candidates.area_m2
    return np.stack([area_m2, dwellings] if goal == "area" else [dwellings, area_m2])


def mix_rows(candidates: Candidates, programme: Programme, tolerance: float) -> tuple[sp.csr_array, FloatArray]:
    """Return rows and right-hand sides that keep the number of each type within a share of all dwellings and half a dwelling."""
    dwellings = candidates.height.astype(np.float64)
    matrix = []
    for unit, share in zip(sized_types(programme.concept), programme.shares.tolist(), strict=True):
        own = np.where(candidates.n_module == unit.modules, dwellings, 0.0)
        matrix += [own - (share + tolerance) * dwellings, (share - tolerance) * dwellings - own]
    return sp.csr_array(np.array(matrix).reshape(-1, len(candidates))), np.full(len(matrix), WHOLE)


def landing_rows(candidates: Candidates, walkway: Walkway) -> tuple[sp.csr_array, FloatArray]:
    """Return rows and right-hand sides that keep the dwellings on each landing to its number; every storey has its own landing."""
    long_u = np.zeros(len(candidates), dtype=np.bool_)
    for number, block in enumerate(candidates.blocks):
        rows = candidates.block == number
        long_u[rows] = block.rectangles.long_u[candidates.row[rows]]
    found = walkway.landings(candidates.polygons, long_u)
    taken = np.array(walkway.taken or (0,) * len(found), dtype=np.float64)
    return sp.csr_array(found.astype(np.float64)), walkway.landing_most - taken
