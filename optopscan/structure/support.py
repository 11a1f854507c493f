"""Who stands on whom: the supports of every part, found by geometry alone.

For each part the search goes down from its foot: a pier, column, beam or footing
that touches it (also through the slab between two storeys), else the floor it
stands on, else the ground. A wall between two contacts acts as a deep beam; a
beam between contacts follows the lever rule. What finds nothing is unsupported.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry
from shapely.strtree import STRtree

from optopscan.model.arrays import FloatArray, IntArray
from optopscan.model.structure import Distribution
from optopscan.structure.contacts import BRACKET_M, REACH_M, SLAB_GAP_M, TOUCH_M, Contact, ContactSearch
from optopscan.structure.groups import plan_sides_m
from optopscan.structure.spread import FloorSpread, Hits
from optopscan.structure.statics import continuous, lever

STEP_M = 1.5  # a stepped foundation
STOREY_M = 4.0  # a cellar under part of the building
SOIL_SHARE = 0.25  # of the walls that start at one height, by weight: at least so much over nothing makes it soil, and of the lowest ones
SOIL_FEET = 3  # fewer feet make no footprint
SAME_FOOT_M = 0.3
RAKED = 2.0  # a post more than twice as wide in plan one way as the other may lean
BACK_M = 0.45  # supports closer than this act as one bearing (cavity walls): no lever between them
OVERHANG_M = 2.5  # as for floors: longer overhangs, or longer than their back span, are no cantilevers
TILT_M = 0.3  # within a wall thickness of its support a load needs no back span
DEPTH_M = 0.35  # depth of the floor edge to which the bracket is fixed
INSIDE_M = 0.05  # a deep beam bears this far past the edge of its support


@dataclass(frozen=True, kw_only=True)
class Landing:
    """Where part of a load arrives: a group at s, or the ground (-1), or nothing (-2)."""

    group: int
    s_m: float
    x_m: float
    y_m: float
    share: float


GROUND, NOTHING = -1, -2


@dataclass(frozen=True, kw_only=True)
class FloorBelow:
    """A floor that loads can stand on."""

    polygon: BaseGeometry
    z1_m: float
    ground: bool
    spread: FloorSpread


class SupportSearch:
    """Finds the landings of parts on lower groups, floors or the ground.

    ``through_floor`` collects the groups that stand on a floor: bending and punching
    of that floor are not checked, so nothing that loads them can be ok. ``unsettled``
    says of which groups the share of a load is a guess, and why. ``overhangs`` tells how far
    [m] a group sticks out beyond another without being a cantilever, ``hung`` on which group a
    bar without any support below it hangs.
    """

    def __init__(self, *, touch: ContactSearch, floors: Sequence[FloorBelow], ground_limit_m: float) -> None:
        self.touch = touch
        self.groups, self.shapes, self.tree = touch.groups, touch.shapes, touch.tree
        self.floors = list(floors)
        self.ground_limit_m = ground_limit_m
        self._floor_tree = STRtree([f.polygon for f in self.floors])
        self._floor_z1_m = np.array([f.z1_m for f in self.floors])
        self.through_floor: set[int] = set()
        self.unsettled: dict[int, str] = {}
        self.overhangs: dict[tuple[int, int], float] = {}
        self.hung: dict[int, int] = {}
        self.higher_ground: tuple[float, ...] = ()
        self.higher_ground = self._higher_ground()

    # -- landings -------------------------------------------------------------

    def landings(self, g: int, s_m: float, distribution: Distribution) -> list[Landing]:
        """Return where the load of group ``g`` at ``s_m`` along its axis goes; shares sum to one."""
        kind = self.groups.kind[g]
        x, y = self.touch.point(g, s_m)
        if kind == "pile":
            return [Landing(group=GROUND, s_m=0.0, x_m=x, y_m=y, share=1.0)]
        if kind == "lintel":
            found = self._lintel(g, s_m)
            if found:
                return found
        if kind == "column":
            return self._point(g, x, y, distribution)
        if kind == "footing":
            return self._footing(g, s_m, x, y)
        return self._line(g, s_m, x, y, distribution)

    def land(self, j: int, x: float, y: float, share: float) -> Landing:
        """Return a landing on group ``j`` for a load at (x, y)."""
        s, _ = self.touch.project(j, x, y)
        return Landing(group=j, s_m=min(max(s, 0.0), float(self.groups.length_m[j])), x_m=x, y_m=y, share=share)

    def _lintel(self, g: int, s_m: float) -> list[Landing]:
        """A lintel rests on the piers of its own wall at both ends."""
        gr = self.groups
        length = float(gr.length_m[g])
        at: list[tuple[float, int]] = []
        for j in sorted(int(k) for k in self.tree.query(self.shapes[g], predicate="dwithin", distance=0.02)):
            same_wall = gr.element[j] == gr.element[g] and gr.kind[j] == "pier"
            if not same_wall or gr.z0_m[j] > gr.z1_m[g] - 0.05 or gr.z1_m[j] < gr.z0_m[g] + 0.05:
                continue
            s0, _ = self.touch.project(g, gr.x0_m[j], gr.y0_m[j])
            s1, _ = self.touch.project(g, gr.x1_m[j], gr.y1_m[j])
            if max(s0, s1) <= 0.02:
                at.append((0.0, j))
            elif min(s0, s1) >= length - 0.02:
                at.append((length, j))
        at.extend(self._crossing_ends(g, length, {p for p, _ in at}))
        if not at:
            return []
        places = sorted({p for p, _ in at})
        share = lever(np.array(places), np.array([s_m]))[0]
        found: list[Landing] = []
        for p, w in zip(places, share, strict=True):
            here = [j for q, j in at if q == p]
            px, py = self.touch.point(g, p) if len(places) > 1 else self.touch.point(g, s_m)
            found.extend(self.land(j, px, py, float(w) / len(here)) for j in here)
        return found

    def _crossing_ends(self, g: int, length: float, taken: set[float]) -> list[tuple[float, int]]:
        """Return the piers of other walls or columns on which a lintel ends where its own wall has no pier.

        Walls that meet hold each other: the load arrives on the axis of the other wall, past the end of the lintel.
        """
        gr = self.groups
        found = []
        for place in (0.0, length):
            if place in taken:
                continue
            end = shapely.Point(self.touch.point(g, place))
            rows = sorted(int(k) for k in self.tree.query(end, predicate="dwithin", distance=TOUCH_M + 0.02))
            beside = [
                j
                for j in rows
                if gr.kind[j] in ("pier", "column")
                and gr.z0_m[j] < gr.z1_m[g] - 0.5
                and gr.z1_m[j] > gr.z1_m[g] - 0.5
                and not self.touch.parallel(g, j)
            ]
            if beside:
                best = min(beside, key=lambda j: (-round(float(gr.length_m[j]), 2), j))
                axis = self.touch.crossing(g, best)
                near = axis is not None and abs(axis - place) <= float(gr.thickness_m[best])
                found.append((axis if near and axis is not None else place, best))
        return found

    def _point(self, g: int, x: float, y: float, distribution: Distribution) -> list[Landing]:
        touching = self.touch.contacts(g)
        contacts = [c for c in touching if c.offset_m <= TOUCH_M + 0.5 * float(self.groups.thickness_m[g])]
        if not contacts and self._leans(g):
            contacts = [c for c in touching if c.top_m <= float(self.groups.z0_m[g]) + REACH_M]
        if contacts:
            z0 = float(self.groups.z0_m[g])
            # A column over a beam over a column goes straight down, also through a ground beam into its pad.
            under = [c for c in contacts if c.offset_m <= TOUCH_M]
            upright = [c for c in under if self.groups.kind[c.group] in ("column", "pier")]
            pads = [c for c in under if self.touch.is_pad(c.group)]
            best = min(upright or pads or contacts, key=lambda c: (round(abs(min(c.top_m, z0) - z0) / 0.15), round(c.offset_m, 2), c.group))
            return [self.land(best.group, x, y, 1.0)]
        return self._floor_or_ground(g, x, y, distribution)

    def _leans(self, g: int) -> bool:
        """True for a raked post: its foot is not below its middle."""
        long, short = max(sides := plan_sides_m(self.shapes[g])), min(sides)
        return long > RAKED * short

    def _footing(self, g: int, s_m: float, x: float, y: float) -> list[Landing]:
        contacts = self.touch.contacts(g)
        piles = [c.group for c in contacts if self.groups.kind[c.group] == "pile"]
        pads = [c.group for c in contacts if self.touch.is_pad(c.group)]
        # A ground beam on pads is a beam; a strip that meets one pad still lies on the soil.
        piles += pads if piles or len(pads) > 1 else []
        if not piles:
            below = [c for c in contacts if self.groups.kind[c.group] == "footing" and c.a_m - 0.02 <= s_m <= c.b_m + 0.02]
            if below:
                return [self.land(min(below, key=lambda c: (-c.top_m, c.group)).group, x, y, 1.0)]
            return [Landing(group=GROUND, s_m=0.0, x_m=x, y_m=y, share=1.0)]
        px, py = self.groups.x0_m[piles], self.groups.y0_m[piles]
        if self.groups.length_m[g] > 0.05 and len(piles) > 1:
            s = np.array([self.touch.project(g, a, b)[0] for a, b in zip(px, py, strict=True)])
            order = np.argsort(s, kind="stable")
            places = np.unique(np.round(s[order], 2))
            if len(places) > 1:
                share = lever(places, np.array([s_m]))[0]
                landings: list[Landing] = []
                for p, w in zip(places, share, strict=True):
                    here = [piles[int(k)] for k in order if abs(s[int(k)] - p) < 0.0051]
                    hx, hy = self.touch.point(g, float(p))
                    landings.extend(self.land(j, hx, hy, float(w) / len(here)) for j in here if abs(w) > 1e-12)
                return landings
        if len(piles) == 1:
            return [self.land(piles[0], x, y, 1.0)]
        share = _rigid_cap(np.asarray(px), np.asarray(py), x, y)
        # What the piles cannot balance (all in one row) stays as a moment on them.
        dx, dy = x - float(share @ px), y - float(share @ py)
        return [
            Landing(group=j, s_m=0.0, x_m=float(a) + dx, y_m=float(b) + dy, share=float(w))
            for j, a, b, w in zip(piles, px, py, share, strict=True)
        ]

    def _line(self, g: int, s_m: float, x: float, y: float, distribution: Distribution) -> list[Landing]:
        contacts = self.touch.contacts(g)
        z0 = float(self.groups.z0_m[g])
        under = [c for c in contacts if c.along and c.a_m - 0.02 <= s_m <= c.b_m + 0.02]
        if under:
            best = min(under, key=lambda c: (round(abs(min(c.top_m, z0) - z0) / 0.1), round(c.offset_m, 2), c.group))
            return [self.land(best.group, x, y, 1.0)]
        left = [c for c in contacts if c.b_m <= s_m]
        right = [c for c in contacts if c.a_m >= s_m]
        if left and right:
            if self.groups.kind[g] == "beam" and distribution == "continuous":
                spans = self._continuous_beam(g, s_m, contacts)
                if spans:
                    return spans
            return self._between(g, s_m, left, right)
        if not contacts or (self.groups.kind[g] != "beam" and self._is_on_floor(x, y, z0)):
            return self._floor_or_ground(g, x, y, distribution)
        return self._overhang(g, s_m, x, y, left or right)

    def _between(self, g: int, s_m: float, left: list[Contact], right: list[Contact]) -> list[Landing]:
        lo = max(left, key=lambda c: (c.b_m, c.top_m, -c.group))
        hi = min(right, key=lambda c: (c.a_m, -c.top_m, c.group))
        a = max(lo.b_m - INSIDE_M, lo.a_m) if lo.along else lo.b_m
        b = min(hi.a_m + INSIDE_M, hi.b_m) if hi.along else hi.a_m
        if b - a < 1e-6:
            x, y = self.touch.point(g, s_m)
            return [self.land(lo.group, x, y, 1.0)]
        share = lever(np.array([a, b]), np.array([s_m]))[0]
        ends = ((lo, a, share[0]), (hi, b, share[1]))
        return [self.land(c.group, *self.touch.point(g, p), float(w)) for c, p, w in ends if abs(w) > 1e-12]

    def _continuous_beam(self, g: int, s_m: float, contacts: list[Contact]) -> list[Landing]:
        """Reactions of a beam that runs through over point supports; empty when it lies on a wall."""
        if any(c.along for c in contacts):
            return []
        places = sorted({round(c.a_m, 2) for c in contacts})
        if len(places) < 3 or np.diff(places).min() < 0.45:
            return []
        share = continuous(np.array(places), np.array([s_m]))[0]
        landings: list[Landing] = []
        for p, w in zip(places, share, strict=True):
            here = [c.group for c in contacts if round(c.a_m, 2) == p]
            landings.extend(self.land(j, *self.touch.point(g, p), float(w) / len(here)) for j in here)
        return landings

    def _overhang(self, g: int, s_m: float, x: float, y: float, side: list[Contact]) -> list[Landing]:
        """Beyond its last support a beam lifts the one behind it; a wall on one support tilts on it."""
        near = sorted(side, key=lambda c: (min(abs(c.a_m - s_m), abs(c.b_m - s_m)), c.group))
        first = near[0]
        p = first.b_m if first.b_m <= s_m else first.a_m
        behind = [c for c in near[1:] if min(abs(c.a_m - p), abs(c.b_m - p)) > BACK_M]
        second = behind[0] if behind else None
        q = p if second is None else second.b_m if second.b_m <= p else second.a_m
        over = abs(s_m - p)
        if second is None or over > min(OVERHANG_M, abs(q - p)):
            # No back span, or too short a one: the load stays here and its moment with it.
            if over > max(TILT_M, float(self.groups.thickness_m[g])):
                self.overhangs[g, first.group] = max(over, self.overhangs.get((g, first.group), 0.0))
            return [self.land(first.group, x, y, 1.0)]
        order = sorted([(p, first.group), (q, second.group)])
        share = lever(np.array([order[0][0], order[1][0]]), np.array([s_m]))[0]
        return [self.land(j, *self.touch.point(g, place), float(w)) for (place, j), w in zip(order, share, strict=True)]

    def _hung(self, g: int, x: float, y: float) -> list[Landing]:
        """A bar with nothing below it hangs on the nearest part beside it, by a bracket or a weld that is not drawn."""
        gr, shape = self.groups, self.shapes[g]
        near = sorted(int(j) for j in self.tree.query(shape, predicate="dwithin", distance=BRACKET_M) if j != g)
        beside = [
            j
            for j in near
            if (g, j) not in self.touch.barred
            and gr.kind[j] in ("pier", "column", "beam", "lintel")
            and gr.z0_m[j] < gr.z0_m[g] - 0.02
            and gr.z1_m[j] > gr.z0_m[g] - DEPTH_M
        ]
        # Beside two bars of one level the one that stands on something carries.
        beside += [j for j in near if j not in beside and gr.kind[j] == "beam" and gr.weight_kn[j] > gr.weight_kn[g] and self._level(g, j)]
        held = [j for j in beside if gr.kind[j] != "beam" or self.touch.contacts(j)]
        if not held:
            return []
        point = shapely.Point(x, y)
        j = min(held, key=lambda k: (round(self.shapes[k].distance(point), 2), -round(float(gr.z1_m[k]), 2), k))
        self.hung[g] = j
        return [self.land(j, x, y, 1.0)]

    def _level(self, g: int, j: int) -> bool:
        return bool(self.groups.z0_m[j] < self.groups.z1_m[g] + 0.02 and self.groups.z1_m[j] > self.groups.z0_m[g] - 0.02)

    def _floors_under(self, x: FloatArray, y: FloatArray, z0_m: FloatArray) -> IntArray:
        """Return the highest floor right below each point, -1 where there is none."""
        point, floor = self._floor_tree.query(shapely.points(x, y), predicate="dwithin", distance=TOUCH_M)
        above = z0_m[point] - self._floor_z1_m[floor]
        near = (above >= -0.15) & (above <= 0.35)
        point, floor = point[near], floor[near]
        # The last one written stays: the highest, of equal ones the first.
        order = np.lexsort((-floor, self._floor_z1_m[floor]))
        found = np.full(len(x), -1, dtype=np.int64)
        found[point[order]] = floor[order]
        return found

    def _is_on_floor(self, x: float, y: float, z0_m: float) -> bool:
        return bool(self._floors_under(np.array([x]), np.array([y]), np.array([z0_m]))[0] >= 0)

    def _floor_or_ground(self, g: int, x: float, y: float, distribution: Distribution) -> list[Landing]:
        found = self.stand(x, y, float(self.groups.z0_m[g]), distribution)
        if found[0].group >= 0:
            self.through_floor.add(g)
        if found[0].group == NOTHING and self.groups.kind[g] == "beam":
            return self._hung(g, x, y) or found
        return found

    def stand(self, x: float, y: float, z0_m: float, distribution: Distribution) -> list[Landing]:
        """Return where a point load at height ``z0_m`` goes: through the floor below, into the ground, or nowhere."""
        return self.stand_all(np.array([x]), np.array([y]), np.array([z0_m]), distribution)[0]

    def stand_all(self, x: FloatArray, y: FloatArray, z0_m: FloatArray, distribution: Distribution) -> list[list[Landing]]:
        """Return where point loads go, as `stand` does for one; a floor is asked once about all of its loads."""
        found: list[list[Landing]] = [[] for _ in x]
        floor = self._floors_under(x, y, z0_m)
        for k in np.unique(floor[floor >= 0]).tolist():
            if self.floors[k].ground:
                continue
            rows = np.flatnonzero(floor == k)
            hits = self.floors[k].spread.hits(x[rows], y[rows], distribution)
            for load, landing in zip(rows[hits.load].tolist(), landings_of(hits), strict=True):
                found[load].append(landing)
        places = zip(found, floor.tolist(), x.tolist(), y.tolist(), z0_m.tolist(), strict=True)
        return [landings or [self._ground_or_nothing(k, *place)] for landings, k, *place in places]

    def _ground_or_nothing(self, floor: int, x: float, y: float, z0_m: float) -> Landing:
        grounded = z0_m <= self.ground_limit_m or (floor >= 0 and self.floors[floor].ground)
        grounded = grounded or any(abs(z0_m - z) <= SAME_FOOT_M for z in self.higher_ground)
        # A stepped foundation: nothing at all lies below in plan, and the step is less than a storey.
        grounded = grounded or (z0_m <= self.ground_limit_m + STEP_M and self._nothing_below(x, y, z0_m))
        return Landing(group=GROUND if grounded else NOTHING, s_m=0.0, x_m=x, y_m=y, share=1.0)

    def _free_feet(self) -> list[int]:
        """Return the walls and columns above the lowest ones that have nothing at all under them."""
        gr = self.groups
        feet = [g for g, kind in enumerate(gr.kind) if kind in ("pier", "column") and gr.z0_m[g] > self.ground_limit_m + STEP_M]
        free = []
        for g in feet:
            x, y = self.touch.point(g, 0.5 * self.touch.length_m[g])
            z0 = float(gr.z0_m[g])
            if not self.touch.contacts(g) and not self._is_on_floor(x, y, z0) and self._nothing_below(x, y, z0):
                free.append(g)
        return free

    def _higher_ground(self) -> tuple[float, ...]:
        """Return the heights above the lowest feet at which the building stands on the soil, without cellar below.

        A storey at most above the lowest feet, and a good part of the walls and columns that start there
        must have nothing below them: a wall over a passage alone does not make soil.
        """
        gr = self.groups
        free = self._free_feet()
        lowest = sum(
            float(gr.weight_kn[g]) for g, kind in enumerate(gr.kind) if kind in ("pier", "column") and gr.z0_m[g] <= self.ground_limit_m
        )
        found: list[float] = []
        for z in sorted({round(float(gr.z0_m[g]), 1) for g in free}):
            same = [g for g, kind in enumerate(gr.kind) if kind in ("pier", "column") and abs(gr.z0_m[g] - z) <= SAME_FOOT_M]
            weight = sum(float(gr.weight_kn[g]) for g in same)
            here = [g for g in free if abs(gr.z0_m[g] - z) <= SAME_FOOT_M]
            bare = sum(float(gr.weight_kn[g]) for g in here)
            if len(here) >= SOIL_FEET and z <= self.ground_limit_m + STOREY_M and bare >= SOIL_SHARE * max(weight, lowest):
                found.append(z)
        return tuple(found)

    def group_below(self, x: float, y: float, z0_m: float) -> int | None:
        """Return the highest group whose plan lies under (x, y) and whose top is near ``z0_m``."""
        gr = self.groups
        rows = sorted(int(j) for j in self.tree.query(shapely.Point(x, y), predicate="dwithin", distance=TOUCH_M))
        under = [j for j in rows if -SLAB_GAP_M <= gr.z1_m[j] - z0_m <= 0.1 and gr.z0_m[j] < z0_m - 0.05 and gr.kind[j] != "pile"]
        return max(under, key=lambda j: (round(float(gr.z1_m[j]), 2), -j)) if under else None

    def _nothing_below(self, x: float, y: float, z0_m: float) -> bool:
        point = shapely.Point(x, y)
        groups = self.tree.query(point, predicate="dwithin", distance=TOUCH_M)
        floors = self._floor_tree.query(point, predicate="dwithin", distance=TOUCH_M)
        return not any(self.groups.z0_m[int(j)] < z0_m - 0.3 for j in groups) and not any(
            self.floors[int(k)].z1_m < z0_m - 0.3 for k in floors
        )


def landings_of(hits: Hits) -> list[Landing]:
    """Return the landings of floor hits, one per row."""
    columns = (hits.group.tolist(), hits.s_m.tolist(), hits.x_m.tolist(), hits.y_m.tolist(), hits.share.tolist())
    return [Landing(group=g, s_m=s, x_m=x, y_m=y, share=share) for g, s, x, y, share in zip(*columns, strict=True)]


def _rigid_cap(px: FloatArray, py: FloatArray, x: float, y: float) -> FloatArray:
    """Return pile shares under a rigid cap: equal plus linear in the pile positions, resultant at (x, y)."""
    n = len(px)
    a = np.vstack([np.ones(n), px - x, py - y])
    target = np.array([1.0, 0.0, 0.0])
    start = np.full(n, 1.0 / n)
    # Smallest change of equal shares that restores equilibrium; exact when the piles span it.
    change = np.linalg.lstsq(a, target - a @ start, rcond=1e-9)[0]
    share = start + change
    return np.asarray(share / share.sum())
