"""The layout that roof and bearing lines alone would allow, and what it asks of the parts below."""

from __future__ import annotations

import dataclasses
import math
from functools import cached_property

import numpy as np
import scipy.sparse as sp
import shapely

from optopscan.model.arrays import BoolArray, FloatArray, IntArray
from optopscan.model.variant import Placed, Shortage, Variant
from optopscan.placement.below import Below, rows_of
from optopscan.placement.candidates import Candidates
from optopscan.placement.ground import Ground
from optopscan.placement.programme import Programme, goal_values
from optopscan.placement.recheck import placed_polygon
from optopscan.placement.rows import CapacityRows, Mode, part_states
from optopscan.placement.solve import NODE_LIMIT, Known, solve

OVER_KN = 1e-6
SAME = 1e-6
NEAR_M = 0.01


@dataclasses.dataclass(frozen=True, kw_only=True, eq=False)
class Asked:
    """One product on one ground, and what the parts below make of it; made once for reasons and remedies together."""

    below: Below
    programme: Programme
    ground: Ground
    rows: CapacityRows
    mode: Mode
    known: Known
    node_limit: int = NODE_LIMIT

    @property
    def candidates(self) -> Candidates:
        """The candidates of the ground."""
        return self.ground.candidates

    @cached_property
    def values(self) -> FloatArray:
        """What each candidate adds, per level of the goal (n_level, n_candidate)."""
        return goal_values(self.candidates, self.programme.goal)

    @cached_property
    def fullest(self) -> IntArray:
        """Candidates of the layout for the goal without any limit below."""
        n = len(self.candidates)
        free = CapacityRows(
            matrix=sp.csr_array((0, n)),
            rhs=np.zeros(0),
            part=np.zeros(0, dtype=np.int64),
            combination=(),
            distribution=(),
            over=np.zeros(n, dtype=np.bool_),
            unknown=np.zeros(n, dtype=np.bool_),
            blocked=~tallest(self.candidates),
            loads_part=sp.csr_array((0, n)),
        )
        solution = solve(self.candidates, free, self.ground.cliques, values=self.values, node_limit=self.node_limit, known=self.known)
        return solution.chosen

    @cached_property
    def every(self) -> CapacityRows:
        """The rows of every part, also of those that another covers."""
        return rows_of(self.below, self.programme, self.ground, mode=self.mode, every=True)

    @cached_property
    def states(self) -> tuple[BoolArray, BoolArray]:
        """Per part: resistance or bearing unknown; over as it stands."""
        unknown, over = part_states(self.below.structure, self.below.capacities)
        listed = np.zeros(len(unknown), dtype=np.bool_)
        listed[self.every.part] = True
        barred = np.asarray(self.rows.loads_part @ self.rows.over.astype(np.float64)).ravel() > 0
        # a part that a barred candidate loads but that has no row has no room left even for none
        return unknown, over | (barred & ~unknown & ~listed)

    def chosen_of(self, variant: Variant) -> IntArray:
        """Return the candidates that a variant is made of, found by their place and height."""
        polygons = np.asarray(self.candidates.polygons, dtype=object)
        middle, area_m2 = shapely.get_coordinates(shapely.centroid(polygons)), self.candidates.storey_area_m2[:, 0]
        stacks: dict[str, list[Placed]] = {}
        for module in variant.placed:
            stacks.setdefault(module.dwelling.rsplit(".", 1)[0], []).append(module)
        found = []
        for modules in stacks.values():
            plans = [placed_polygon(module) for module in modules if module.storey == 1]
            at = np.mean([shapely.get_coordinates(plan.centroid)[0] for plan in plans], axis=0)
            apart = np.hypot(*(middle - at).T) + np.abs(area_m2 - sum(plan.area for plan in plans))
            apart[self.candidates.height != max(module.storey for module in modules)] = np.inf
            found += [int(np.argmin(apart))] if apart.min() < NEAR_M else []
        return np.array(sorted(found), dtype=np.int64)

    def dwellings(self, chosen: IntArray) -> int:
        """Return the dwellings of a choice."""
        return int(self.candidates.height[chosen].sum())

    def shortages(self, chosen: IntArray) -> tuple[Shortage, ...]:
        """Return the parts that a choice asks too much of and the design load that they lack [kN], the largest first.

        A part that fails as it stands, and a wall that would lean too much, lacks an unknown amount: nan, behind the others.
        Parts of unknown resistance are left out.
        """
        used = np.zeros(len(self.candidates))
        used[chosen] = 1.0
        lacking, leaning = (np.zeros(len(self.below.structure.parts)) for _ in range(2))
        too_much, leans = self.every.matrix @ used - self.every.rhs, self.every.of_leaning
        np.maximum.at(lacking, self.every.part[~leans], too_much[~leans])
        np.maximum.at(leaning, self.every.part[leans], too_much[leans])
        named = self.below.structure.parts.id
        known = [row for row in np.argsort(-np.round(lacking, 6), kind="stable").tolist() if lacking[row] > OVER_KN]
        failing = np.flatnonzero(((self.loads_kn(chosen) > 0) & self.states[1]) | ((leaning > OVER_KN) & (lacking <= OVER_KN))).tolist()
        rows = [(row, float(lacking[row])) for row in known] + [(row, math.nan) for row in failing]
        return tuple(Shortage(part=named[row], kn=kn) for row, kn in rows)

    def unknown_under(self, chosen: IntArray) -> tuple[str, ...]:
        """Return the parts of unknown resistance or bearing that a choice loads."""
        rows = np.flatnonzero((self.loads_kn(chosen) > 0) & self.states[0])
        return tuple(self.below.structure.parts.id[row] for row in rows.tolist())

    def loads_kn(self, chosen: IntArray) -> FloatArray:
        """Return the new load on each part under a choice [kN], all distributions together (n_part,)."""
        return np.asarray(self.rows.loads_part[:, chosen].sum(axis=1)).ravel()


def tallest(candidates: Candidates) -> BoolArray:
    """Return the candidates that no other with the same plan stands higher than."""
    last = (candidates.row[1:] != candidates.row[:-1]) | (candidates.block[1:] != candidates.block[:-1])
    return np.append(last, np.ones(min(1, len(candidates)), dtype=np.bool_))
