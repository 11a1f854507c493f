"""Blocks of cross walls: floors run along the block; a stair compartment between two of the walls, or a gallery."""

from __future__ import annotations

from itertools import pairwise
from typing import NamedTuple

from optopscan.families.block import (
    CAVITY_M,
    DOOR_M,
    HALL_END_M,
    LEAF_M,
    PARTITION_M,
    WELL_Y0_M,
    WELL_Y1_M,
    Block,
    Box,
    Hole,
    spread,
)

FRONT_M = 0.1
PANEL_SHARE = 0.6  # a floor panel is at most this wide, as a share of its span


class Axis(NamedTuple):
    """A cross wall: name, centre [m], thickness [m], whether it is an end wall and whether it bounds a stair."""

    name: str
    x: float
    t: float
    end: bool
    stair: bool


class Bay(NamedTuple):
    """What lies between two axes: name, the axes, and whether it is a stair."""

    name: str
    left: Axis
    right: Axis
    stair: bool

    @property
    def clear(self) -> tuple[float, float]:
        """The faces of the walls [m]."""
        return self.left.x + self.left.t / 2, self.right.x - self.right.t / 2


class CrossBlock(Block):
    """Cross walls, floors, light fronts and partitions; subclasses add the way in."""

    def widths(self) -> list[tuple[float, bool]]:
        """Return the bays from left to right: width [m], and whether it is a stair."""
        d = self.d
        wing = [(d.bay_m, False)] * d.bays
        if not d.stairs:
            return wing
        return [*wing, (d.stair_width_m, True), *wing] * d.stairs

    def axes(self) -> list[Axis]:
        """Return the cross walls from left to right."""
        widths = self.widths()
        beside = [stair for _, stair in widths]
        xs = [0.0]
        for width, _ in widths:
            xs.append(round(xs[-1] + width, 6))
        last = len(xs) - 1
        ends = {0, last}
        return [
            Axis(
                str(i + 1),
                x,
                self.d.end_wall_thickness_m if i in ends else self.d.wall_thickness_m,
                i in ends,
                any(beside[k] for k in (i - 1, i) if 0 <= k < last),
            )
            for i, x in enumerate(xs)
        ]

    def bays(self) -> list[Bay]:
        """Return the bays from left to right."""
        stairs = [stair for _, stair in self.widths()]
        return [Bay(str(i + 1), a, b, stairs[i]) for i, (a, b) in enumerate(pairwise(self.axes()))]

    def build(self) -> CrossBlock:
        """Author the whole block."""
        for storey in range(self.n):
            for axis in self.axes():
                self.cross_wall(storey, axis)
            for bay in self.bays():
                self.fronts(storey, bay)
        for storey in range(1, self.n + 1):
            self.floors(storey)
        self.ground_floor()
        self.end_leaves()
        self.foundation()
        self.way_in()
        return self

    def cross_wall(self, storey: int, axis: Axis) -> None:
        """Add one bearing wall of one storey, in panels where the family has them."""
        d, depth = self.d, self.d.depth_m
        cuts = self.joints() if d.panel_length_m else [0.0, depth]
        doors = self.doors(axis)
        for k, (y0, y1) in enumerate(pairwise(cuts)):
            here = [hole for hole in doors if y0 <= hole.at_m < y1]
            name = f"bouwmuur as {axis.name}" + (f" paneel {k + 1}" if len(cuts) > 2 else "")
            self.wall(
                storey, name, (axis.x, y0), (axis.x, y1), axis.t, self.materials.wall, here, bears=True, external=axis.end,
            )  # fmt: skip

    def joints(self) -> list[float]:
        """Return the ends of the wall panels [m, y]; a joint at the front door goes behind the hall."""
        cuts = spread(0.0, self.d.depth_m, self.d.panel_length_m)
        return [HALL_END_M + 0.1 if WELL_Y1_M < y < HALL_END_M + 0.1 else y for y in cuts]

    def doors(self, axis: Axis) -> list[Hole]:
        """Return the front door in a wall beside a stair."""
        return [Hole(WELL_Y1_M + 0.2, 0.0, *DOOR_M)] if axis.stair else []

    def fronts(self, storey: int, bay: Bay) -> None:
        """Add the light facades of a bay and its partition; none of them bears."""
        x0, x1 = bay.clear
        depth, low = self.d.depth_m, self.plinth and storey == 0
        foot = self.levels_m[storey]
        for name, y in (("voorgevel", FRONT_M / 2), ("achtergevel", depth - FRONT_M / 2)):
            holes = self.windows(storey, bay, front=y < depth / 2)
            self.wall(
                storey, f"{name} pui {bay.name}", (x0, y), (x1, y), FRONT_M, self.materials.facade, holes, bears=False, external=True,
                foot_m=foot,
            )  # fmt: skip
        if bay.stair:
            y, holes = HALL_END_M, []
        else:
            y, holes = depth / 2, [Hole(x0 + 0.5, 0.0, *DOOR_M)]
        if not low or bay.stair:
            self.wall(
                storey, f"lichte scheidingswand {bay.name}", (x0, y), (x1, y), PARTITION_M, self.materials.partition, holes, bears=False,
                foot_m=foot,
            )  # fmt: skip

    def windows(self, storey: int, bay: Bay, *, front: bool) -> list[Hole]:
        """Return the holes in a light facade."""
        x0, x1 = bay.clear
        clear = x1 - x0
        if self.plinth and storey == 0 and not (bay.stair and front):
            return [Hole(x0 + 0.3 * clear, 1.5, 0.8, 0.5)]
        if bay.stair and front:
            return [Hole(x0 + 0.5, 0.0, *DOOR_M)] if storey == 0 else [Hole(x0 + 0.5, 0.9, 1.0, 1.2)]
        window = Hole(x0 + 0.1 * clear, 0.8, 0.45 * clear, 1.4)
        return [window] if bay.stair else [window, Hole(x0 + min(0.7 * clear, clear - 1.0), 0.0, *DOOR_M)]

    def floors(self, storey: int) -> None:
        """Add the floors (or roof) of a level."""
        bays, depth = self.bays(), self.d.depth_m
        wells = [] if storey in (0, self.n) else [self.well(bay) for bay in bays if bay.stair]
        if not self.model.floors_per_bay:
            first, last = bays[0].left, bays[-1].right
            self.floor(storey, "blok", Box(first.x - first.t / 2, 0.0, last.x + last.t / 2, depth), wells)
            return
        for bay in bays:
            x0 = bay.left.x - (bay.left.t / 2 if bay.left.end else 0.0)
            x1 = bay.right.x + (bay.right.t / 2 if bay.right.end else 0.0)
            if not self.d.floor_panel_m:
                self.floor(storey, f"beuk {bay.name}", Box(x0, 0.0, x1, depth), [well for well in wells if x0 < well.x0 < x1])
                continue
            for k, (y0, y1) in enumerate(self.panels(bay, open_well=bool(wells))):
                self.floor(storey, f"beuk {bay.name} paneel {k + 1}", Box(x0, y0, x1, y1))

    def panels(self, bay: Bay, *, open_well: bool) -> list[tuple[float, float]]:
        """Return the floor panels of a bay from front to back [m, y]; always narrower than they span."""
        widest = min(self.d.floor_panel_m, PANEL_SHARE * (bay.right.x - bay.left.x))
        runs = (
            [(0.0, WELL_Y0_M), (WELL_Y1_M, HALL_END_M), (HALL_END_M, self.d.depth_m)]
            if bay.stair and open_well
            else [(0.0, self.d.depth_m)]
        )
        return [piece for y0, y1 in runs for piece in pairwise(spread(y0, y1, widest))]

    def well(self, bay: Bay) -> Box:
        """Return the stair well of a stair bay."""
        x0, x1 = bay.clear
        return Box(x0, WELL_Y0_M, x1, WELL_Y1_M)

    def ground_floor(self) -> None:
        """Add the ground floor: on sand between the walls, or on the ground beams."""
        if not self.on_strips:
            self.floors(0)
            return
        for bay in self.bays():
            x0, x1 = bay.clear
            self.slab_on_sand(bay.name, Box(x0, 0.0, x1, self.d.depth_m))

    def end_leaves(self) -> None:
        """Add the outer leaves of the end walls."""
        axes = self.axes()
        off = CAVITY_M + LEAF_M / 2
        for name, x in (("kopgevel links", axes[0].x - axes[0].t / 2 - off), ("kopgevel rechts", axes[-1].x + axes[-1].t / 2 + off)):
            self.outer_leaf(name, (x, self.leaf_from(name)), (x, self.d.depth_m))

    def leaf_from(self, name: str) -> float:  # noqa: ARG002 - a gallery block asks it
        """Return where an outer leaf begins along y [m]."""
        return 0.0

    def front_edge(self) -> float:
        """Return how far the foundation reaches to the front [m, y]."""
        return -0.1

    def foundation(self) -> None:
        """Add strips, or ground beams on piles, under the cross walls; under an outer leaf wide enough for both."""
        for axis in self.axes():
            least = axis.t + 2 * (CAVITY_M + LEAF_M) + 0.04 if axis.end else 0.0
            self.line_foundation(f"as {axis.name}", (axis.x, self.front_edge()), (axis.x, self.d.depth_m + 0.1), least)

    def way_in(self) -> None:
        """Add the stairs."""
        for bay in self.bays():
            for storey in range(self.n - 1) if bay.stair else ():
                self.stair(storey, bay.name, self.well(bay))
