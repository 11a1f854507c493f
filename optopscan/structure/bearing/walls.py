"""All that is seen of the walls, as signals: contacts, spans, and what follows from walls above."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from optopscan.model.arrays import BoolArray, FloatArray, IntArray
from optopscan.model.building import Elements
from optopscan.structure.bearing.bars import infill_share, landings, resting
from optopscan.structure.bearing.contacts import FloorContact, Stacks, Walls, floor_contact, on_something, plank_ends, stacks
from optopscan.structure.bearing.leaves import beside, linings, outer_leaves, runs, stubs
from optopscan.structure.bearing.spans import Hits, Lines, cast, limits, slenderness, support_lines
from optopscan.structure.bearing.weights import YES_FROM

THIN_M, MEDIUM_M = 0.115, 0.18
JOISTS = 8  # so many beam ends at one height are a floor of joists
LOW_M = 1.6  # parapets, spandrels and balustrades are lower, storeys higher
GAP_M = (0.015, 0.12)
Signal = tuple[int, str, str]


@dataclass(frozen=True, eq=False)
class UprightWalls:
    """The walls of a building and everything measured on them (n_wall)."""

    walls: Walls
    has_floors: bool
    core_m: FloatArray
    timber: BoolArray
    floor: FloorContact
    stacks: Stacks
    planks: FloatArray
    beams: IntArray
    bars: IntArray
    infill: FloatArray
    footing: FloatArray
    slab_below: FloatArray
    outer: BoolArray
    lining: BoolArray
    stub: tuple[IntArray, IntArray]
    run: tuple[IntArray, IntArray, IntArray]
    lines: Lines
    hits: Hits

    def contact_signals(self) -> Iterable[Signal]:
        """Yield what follows from what touches each wall."""
        precise = self._draws_contact()
        for k, row in enumerate(self.walls.row.tolist()):
            for key, value in (*self._top(k, precise), *self._foot(k), *self._sides(k)):
                yield row, key, value

    def _draws_contact(self) -> bool:
        """Return whether most walls of the model touch the soffit exactly, so that a gap means something."""
        gap = self.floor.gap_m[np.isfinite(self.floor.gap_m) & (self.floor.share >= 0.3)]
        return len(gap) > 0 and float(np.mean(gap < 0.005)) > 0.5

    def _top(self, k: int, precise: bool) -> Iterable[tuple[str, str]]:
        floor, walls = self.floor, self.walls
        share, height = float(floor.share[k]), float(walls.z1_m[k] - walls.z0_m[k])
        bears_wall = bool(self.stacks.loaded[k])
        if share >= 0.4:
            yield "floor_on_head", f"{100 * share:.0f} % of the length"
            if precise and GAP_M[0] < floor.gap_m[k] <= GAP_M[1] and self.core_m[k] < 0.14:
                yield "gap_below_soffit", f"{1000 * floor.gap_m[k]:.0f} mm"
        if self.beams[k] and self.infill[k] < 0.5:
            yield "beams_land", f"{self.beams[k]} ends"
        elif self.bars[k] and self.infill[k] < 0.5:
            yield "bar_rests", f"{self.bars[k]} bars"
        elif self.has_floors and share < 0.1 and not bears_wall:
            if self.infill[k] < 0.5:
                missing = not floor.reached[k] and height >= LOW_M
                yield ("nothing_drawn_above" if missing else "nothing_on_top"), f"top at {walls.z1_m[k]:.2f} m"
                if not missing and floor.covered[k] < 0.1:
                    yield "open_to_sky", f"{100 * floor.covered[k]:.0f} % covered"
        elif self.has_floors and share < 0.4 and floor.at_level[k] and not self.stacks.touched[k] and self.infill[k] < 0.5:
            yield "no_floor", f"{100 * share:.0f} % of the length"
        if share < 0.4 and not self.beams[k] and not self.bars[k] and self._beams_elsewhere(k):
            yield "beams_elsewhere", f"none of those at {walls.z1_m[k]:.2f} m"
        if self.infill[k] >= 0.5:
            yield "under_frame_beam", f"{100 * self.infill[k]:.0f} % of the length"
        if share < 0.1 and height < LOW_M and not bears_wall and not self.bars[k]:
            yield "low_wall", f"{height:.2f} m"
        if self.planks[k] >= 0.3:
            yield "planks_end", f"{self.planks[k]:.1f} ends per m"

    def _beams_elsewhere(self, k: int) -> bool:
        """Return whether the floor at this wall head is of beams that end on other walls."""
        level = np.abs(self.walls.z1_m - self.walls.z1_m[k]) < 0.3
        return bool(self.beams[level].sum() >= JOISTS)

    def _foot(self, k: int) -> Iterable[tuple[str, str]]:
        above, below = float(self.stacks.above[k]), float(self.stacks.below[k])
        if max(above, below) >= 0.5:
            yield ("stacked_thin" if self.core_m[k] < THIN_M else "stacked"), f"{100 * max(above, below):.0f} % of the length"
        if self.footing[k] >= 0.5:
            yield "foundation_below", f"{100 * self.footing[k]:.0f} % of the length"
        elif self.stacks.held[k] < 0.2 and self.slab_below[k] >= 0.5 and self.walls.z0_m[k] > float(self.walls.z0_m.min()) + 1.5:
            yield "no_wall_below", f"{100 * self.slab_below[k]:.0f} % of the length on a floor"

    def _sides(self, k: int) -> Iterable[tuple[str, str]]:
        if self.outer[k]:
            yield "outer_leaf", "parallel wall within 0.30 m"
        elif self.lining[k]:
            yield "lining", "in touch with a thicker wall"
        if self.timber[k] and not self.floor.timber[k]:
            yield "timber", "wall of timber under a floor of another material"

    def span_signals(self, *, sure: BoolArray, probable: BoolArray) -> Iterable[Signal]:
        """Yield whether the floor needs each wall, given walls that surely and that probably carry (n_wall)."""
        usual, most = limits(self.floor.timber)
        few = slenderness(self.walls, self.floor, self.lines, self.hits, sure)
        many = slenderness(self.walls, self.floor, self.lines, self.hits, probable)
        for k, row in enumerate(self.walls.row.tolist()):
            if self.outer[k] or self.lining[k]:
                continue  # the wall behind holds the floor
            if np.isnan(many[k]):
                yield from ((row, key, value) for key, value in self._edges(k))
                continue
            text = f"span / depth {_ratio(many[k])} without it, usual {usual[k]:.0f}, at most {most[k]:.0f}"
            if few[k] <= usual[k]:
                t = 0.0 if self.timber[k] and not self.floor.timber[k] else self.core_m[k]
                yield row, ("not_needed_thin" if t < THIN_M else "not_needed_medium" if t < MEDIUM_M else "not_needed_thick"), text
                if self._along(k):
                    yield row, "planks_pass", f"planks at {self.floor.plank_deg[k]:.0f} degrees"
                continue
            if many[k] > most[k]:
                yield row, "needed", text
            elif few[k] > most[k]:
                yield row, "needed_shared", f"{text}; {_ratio(few[k])} without its uncertain neighbours"
            yield from ((row, key, value) for key, value in self._edges(k))

    def _along(self, k: int) -> bool:
        """Return whether the planks run along the wall and none ends on it."""
        angle = float(np.degrees(np.arctan2(self.walls.u[k, 1], self.walls.u[k, 0])))
        turn = abs((float(self.floor.plank_deg[k]) - angle + 90.0) % 180.0 - 90.0)
        return bool(turn < 30.0 and self.planks[k] < 0.1)

    def _edges(self, k: int) -> Iterable[tuple[str, str]]:
        if self.floor.share[k] >= 0.4 and self.floor.meet[k] >= 0.5:
            yield "floors_meet", f"{100 * self.floor.meet[k]:.0f} % of the length"
        elif self.floor.share[k] >= 0.4 and self.floor.ends[k] >= 0.6:
            yield "floor_ends", f"{100 * self.floor.ends[k]:.0f} % of the length"

    def followers(self, p: FloatArray) -> Iterable[Signal]:
        """Yield what follows from walls that carry: what alone holds them up, and stubs that belong to them."""
        s = self.stacks
        alone = (s.pair_share >= 0.5) | ((s.pair_share >= 0.25) & (s.held[s.upper] - s.pair_share < 0.2)) if len(s.lower) else s.lower > 0
        use = alone & (p[s.upper] >= YES_FROM)
        for k in np.unique(s.lower[use]).tolist():
            yield int(self.walls.row[k]), "carries_wall", "the wall above carries and stands on this one"
        stub, wall = self.stub
        for k in np.unique(stub[p[wall] >= YES_FROM]).tolist():
            if not self.outer[k] and not self.lining[k]:
                yield int(self.walls.row[k]), "bonded", f"{self.walls.length_m[k]:.2f} m long"
        piece, mate, end = self.run
        sure = p[mate] >= YES_FROM
        for k in np.intersect1d(piece[sure & (end == 0)], piece[sure & (end == 1)]).tolist():
            yield int(self.walls.row[k]), "same_run", f"{self.walls.length_m[k]:.2f} m between two that carry"


def _ratio(value: float) -> str:
    return f"{value:.0f}" if np.isfinite(value) else "beyond 60"


def look(
    elements: Elements, walls: Walls, slabs: IntArray, groups: Sequence[str], core_m: FloatArray, bar_carries: BoolArray
) -> UprightWalls:
    """Measure everything on the walls."""
    floor = floor_contact(elements, walls, slabs, groups)
    near = beside(walls)
    lines = support_lines(elements, walls, bar_carries)
    return UprightWalls(
        walls=walls,
        has_floors=len(slabs) > 0,
        core_m=core_m[walls.row],
        timber=np.array([groups[int(i)] in ("timber", "timber-frame") for i in walls.row], dtype=bool),
        floor=floor,
        stacks=stacks(walls),
        planks=plank_ends(elements, walls, slabs),
        beams=landings(elements, walls),
        bars=resting(elements, walls),
        infill=infill_share(elements, walls),
        footing=on_something(elements, walls, ("footing", "pile"), 0.6),
        slab_below=on_something(elements, walls, ("slab",), 0.15),
        outer=outer_leaves(walls, floor, near, groups),
        lining=linings(walls, floor, near),
        stub=stubs(walls, groups),
        run=runs(walls, groups),
        lines=lines,
        hits=cast(walls, lines),
    )
