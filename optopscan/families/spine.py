"""Blocks with bearing facades and a middle wall along them: floors run across, a stair in the front span.

As ``portiek`` each stair serves dwellings at both sides, with walls between dwellings behind the stair and
between portieken. As ``corridor`` (a school) the back span is the corridor: open from end to end, rooms in front.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from optopscan.families.block import CAVITY_M, DOOR_M, LEAF_M, PARTITION_M, Block, Box, Hole

WINDOW_SHARE = 0.5  # of a bay
WELL_TO_M = 2.6  # the stair well ends here, a landing lies behind it [m, y]


class Field(NamedTuple):
    """A piece of a wall along the block: name, ends [m], and the middles of its bays [m]."""

    name: str
    x0: float
    x1: float
    middles: tuple[float, ...]


class SpineBlock(Block):
    """Facades, middle wall, walls across, floors of one compartment each."""

    @property
    def wing_m(self) -> float:
        """Length of the rooms at one side of a stair [m]."""
        return self.d.bays * self.d.bay_m

    @property
    def unit_m(self) -> float:
        """Length of one stair with its two wings [m]."""
        return 2 * self.wing_m + self.d.stair_width_m

    @property
    def length_m(self) -> float:
        """Length of the block between the centres of its end walls."""
        return self.d.stairs * self.unit_m

    @property
    def middle_y(self) -> float:
        """Centre of the middle wall [m]."""
        return self.d.front_span_m

    @property
    def back_y(self) -> float:
        """Centre of the back facade [m]."""
        return self.d.front_span_m + self.d.back_span_m

    @property
    def dwellings(self) -> bool:
        """Whether dwellings are divided by walls behind the stairs; a corridor stays open."""
        return self.family.file.walkway == "portiek"

    def facade_t(self, storey: int) -> float:
        """Return the thickness of the facades in a storey [m]."""
        return self.d.facade_low_thickness_m if storey < self.d.facade_low_storeys else self.d.facade_thickness_m

    def middle_t(self, storey: int) -> float:
        """Return the thickness of the middle wall in a storey [m]."""
        return self.d.middle_low_thickness_m if storey < self.d.middle_low_storeys else self.d.middle_thickness_m

    def build(self) -> SpineBlock:
        """Author the whole block."""
        for storey in range(self.n):
            self.end_walls(storey)
            for unit in range(self.d.stairs):
                self.along(storey, unit)
                self.across(storey, unit)
                self.partitions(storey, unit)
        self.outer_leaves()
        for unit in range(self.d.stairs):
            self.floors(unit)
            self.stairs(unit)
            self.strips(unit)
        self.strips_across()
        return self

    def fields(self, unit: int) -> tuple[Field, Field, Field]:
        """Return the left wing, the stair and the right wing of a unit."""
        x0, wing, bay = unit * self.unit_m, self.wing_m, self.d.bay_m
        left, right = x0 + wing, x0 + self.unit_m - wing
        a = Field(f"{unit + 1}A", x0, left, tuple(x0 + (k + 0.5) * bay for k in range(self.d.bays)))
        t = Field(f"{unit + 1}T", left, right, ((left + right) / 2,))
        b = Field(f"{unit + 1}B", right, x0 + self.unit_m, tuple(right + (k + 0.5) * bay for k in range(self.d.bays)))
        return a, t, b

    def stretched(self, field: Field, t: float) -> tuple[float, float]:
        """Return the ends of a facade field; the outer ones reach over the end walls [m]."""
        first, last = field.x0 == 0.0, abs(field.x1 - self.length_m) < 1e-9
        return field.x0 - (t / 2 if first else 0.0), field.x1 + (t / 2 if last else 0.0)

    def clipped(self, field: Field, storey: int) -> tuple[float, float]:
        """Return the ends of a middle wall between the walls across that run through [m]."""
        end, between = self.facade_t(storey) / 2, self.d.across_thickness_m / 2
        first, last = field.x0 == 0.0, abs(field.x1 - self.length_m) < 1e-9
        inner = between if self.dwellings else 0.0
        x0 = field.x0 + (end if first else inner if field.name.endswith("A") else 0.0)
        x1 = field.x1 - (end if last else inner if field.name.endswith("B") else 0.0)
        return x0, x1

    def facade_holes(self, storey: int, field: Field, *, front: bool) -> list[Hole]:
        """Return the windows of a facade field, one in each bay, and the entrance at the stair."""
        stair, low = field.name.endswith("T"), self.plinth and storey == 0
        if stair and front:
            x = field.middles[0] - 0.6
            return [Hole(x, 0.0, 1.2, 2.1)] if storey == 0 else [Hole(x, 0.9, 1.2, 1.2)]
        wide = WINDOW_SHARE * (field.x1 - field.x0) / len(field.middles)
        size = (1.5, 1.0, 0.5) if low else (0.9, wide, min(1.5, self.d.storey_height_m - 1.4))
        middles = () if stair and self.dwellings else field.middles
        return [Hole(x - size[1] / 2, *size) for x in middles]

    def along(self, storey: int, unit: int) -> None:
        """Add facades and middle wall of one unit."""
        t, wall = self.facade_t(storey), self.materials.wall
        for field in self.fields(unit):
            x0, x1 = self.stretched(field, t)
            for name, y in (("voorgevel binnenblad", 0.0), ("achtergevel binnenblad", self.back_y)):
                holes = self.facade_holes(storey, field, front=y == 0.0)
                self.wall(storey, f"{name} {field.name}", (x0, y), (x1, y), t, wall, holes, bears=True, external=True)
            m0, m1 = self.clipped(field, storey)
            self.wall(
                storey, f"middenmuur {field.name}", (m0, self.middle_y), (m1, self.middle_y), self.middle_t(storey), wall,
                self.middle_holes(field), bears=True,
            )  # fmt: skip

    def middle_holes(self, field: Field) -> list[Hole]:
        """Return the doors in the middle wall: one to a wing, and to the corridor one per room and one from the stair."""
        stair = field.name.endswith("T")
        if self.dwellings:
            return [] if stair else [Hole(field.middles[0] - 0.45, 0.0, *DOOR_M)]
        return [Hole(x - 0.45, 0.0, *DOOR_M) for x in field.middles]

    def end_walls(self, storey: int) -> None:
        """Add the bearing leaf of both end walls."""
        t = self.facade_t(storey)
        for name, x in (("links", 0.0), ("rechts", self.length_m)):
            self.wall(
                storey, f"kopgevel binnenblad {name}", (x, t / 2), (x, self.back_y - t / 2), t, self.materials.wall, bears=True,
                external=True,
            )  # fmt: skip

    def across(self, storey: int, unit: int) -> None:
        """Add the stair walls, and between dwellings the walls behind the stair and at the next unit."""
        tf, tm, t, wall = self.facade_t(storey), self.middle_t(storey), self.d.across_thickness_m, self.materials.wall
        _, stair, _ = self.fields(unit)
        doors = [Hole(WELL_TO_M + 0.05, 0.0, *DOOR_M)] if self.dwellings else []
        for name, x in (("A", stair.x0), ("B", stair.x1)):
            y0, y1 = tf / 2, self.middle_y - tm / 2
            self.wall(storey, f"trappenhuismuur {unit + 1}{name}", (x, y0), (x, y1), t, wall, doors, bears=True)
        if not self.dwellings:
            return
        x = (stair.x0 + stair.x1) / 2
        self.wall(
            storey, f"woningscheidende muur {unit + 1}", (x, self.middle_y + tm / 2), (x, self.back_y - tf / 2), t, wall, bears=True,
        )  # fmt: skip
        if unit + 1 < self.d.stairs:
            x = (unit + 1) * self.unit_m
            self.wall(
                storey, f"woningscheidende muur na {unit + 1}", (x, tf / 2), (x, self.back_y - tf / 2), t, wall, bears=True,
            )  # fmt: skip

    def partitions(self, storey: int, unit: int) -> None:
        """Add light walls along the span: between the bays in front, and in dwellings behind the middle wall too."""
        if self.plinth and storey == 0:
            return
        tf, tm, foot = self.facade_t(storey), self.middle_t(storey), self.levels_m[storey]
        spans = [("voor", tf / 2, self.middle_y - tm / 2)]
        if self.dwellings:
            spans.append(("achter", self.middle_y + tm / 2, self.back_y - tf / 2))
        for x, label in self.between_bays(unit):
            for name, y0, y1 in spans:
                self.wall(
                    storey, f"lichte scheidingswand {name} {label}", (x, y0), (x, y1), PARTITION_M, self.materials.partition,
                    [Hole(y0 + 0.6, 0.0, *DOOR_M)] if self.dwellings else [], bears=False, foot_m=foot,
                )  # fmt: skip

    def between_bays(self, unit: int) -> Iterator[tuple[float, str]]:
        """Yield where two bays of a wing meet [m], with a label."""
        left, _, right = self.fields(unit)
        for field in (left, right):
            for k in range(1, self.d.bays):
                yield field.x0 + k * self.d.bay_m, f"{field.name}{k}"

    def outer_leaves(self) -> None:
        """Add the outer leaf all round, clear of the thickest inner leaf, with the same holes."""
        off = self.d.facade_low_thickness_m / 2 + CAVITY_M + LEAF_M / 2
        low, b = self.foot_m, self.length_m + off
        for storey in range(self.n):
            foot, top = (low if storey == 0 else self.levels_m[storey]), self.levels_m[storey + 1]
            fields = [field for unit in range(self.d.stairs) for field in self.fields(unit)]
            front = [hole for field in fields for hole in self.facade_holes(storey, field, front=True)]
            back = [hole for field in fields for hole in self.facade_holes(storey, field, front=False)]
            half, y1 = LEAF_M / 2, self.back_y + off
            rows = [
                ("voorgevel", (-off - half, -off), (b + half, -off), front),
                ("achtergevel", (-off - half, y1), (b + half, y1), back),
                ("kopgevel links", (-off, -off + half), (-off, y1 - half), []),
                ("kopgevel rechts", (b, -off + half), (b, y1 - half), []),
            ]
            for name, start, end, holes in rows:
                self.wall(
                    storey, f"{name} buitenblad", start, end, LEAF_M, self.materials.facade, holes, bears=False, external=True,
                    foot_m=foot, top_m=top,
                )  # fmt: skip

    def floors(self, unit: int) -> None:
        """Add floors and roof over one unit, and the ground floor on sand between its walls."""
        edge = self.facade_t(self.n - 1) / 2
        x0, x1 = unit * self.unit_m, (unit + 1) * self.unit_m
        x0, x1 = (x0 - edge if unit == 0 else x0), (x1 + edge if unit == self.d.stairs - 1 else x1)
        for storey in range(1, self.n + 1):
            wells = [] if storey == self.n else [self.well(unit)]
            self.floor(storey, f"{unit + 1}", Box(x0, -edge, x1, self.back_y + edge), wells)
        tf, tm = self.facade_t(0) / 2, self.middle_t(0) / 2
        across = self.d.across_thickness_m / 2
        for field in self.fields(unit):
            left = field.x0 + (tf if field.x0 == 0.0 else across)
            right = field.x1 - (tf if abs(field.x1 - self.length_m) < 1e-9 else across)
            self.slab_on_sand(f"voor {field.name}", Box(left, tf, right, self.middle_y - tm))
        self.back_ground(unit, tf, tm, across)

    def back_ground(self, unit: int, tf: float, tm: float, across: float) -> None:
        """Add the ground floor behind the middle wall: from wall to wall."""
        _, stair, _ = self.fields(unit)
        x0, x1 = unit * self.unit_m, (unit + 1) * self.unit_m
        inner = across if self.dwellings else 0.0
        left = x0 + (tf if unit == 0 else inner)
        right = x1 - (tf if unit == self.d.stairs - 1 else inner)
        centre = (stair.x0 + stair.x1) / 2
        rows = [("A", left, centre - across), ("B", centre + across, right)] if self.dwellings else [("", left, right)]
        for name, a, b in rows:
            self.slab_on_sand(f"achter {unit + 1}{name}", Box(a, self.middle_y + tm, b, self.back_y - tf))

    def well(self, unit: int) -> Box:
        """Return the stair well of a unit: between the stair walls, behind the facade."""
        _, stair, _ = self.fields(unit)
        half = self.d.across_thickness_m / 2
        return Box(stair.x0 + half, self.d.facade_low_thickness_m / 2, stair.x1 - half, WELL_TO_M)

    def stairs(self, unit: int) -> None:
        """Add the stairs of a unit."""
        for storey in range(self.n - 1):
            self.stair(storey, f"{unit + 1}", self.well(unit))

    # Foundation

    def strip_m(self) -> float:
        """Return the width of a strip under a facade: under both leaves [m]."""
        return max(self.d.strip_width_m, self.d.facade_low_thickness_m + 2 * (CAVITY_M + LEAF_M) + 0.04)

    def strips(self, unit: int) -> None:
        """Add the strips under facades and middle wall; at the ends of the block they reach under the end walls."""
        edge = self.strip_m() / 2
        for field in self.fields(unit):
            a = field.x0 - (edge if field.x0 == 0.0 else 0.0)
            b = field.x1 + (edge if abs(field.x1 - self.length_m) < 1e-9 else 0.0)
            for name, y, width in (
                ("voorgevel", 0.0, self.strip_m()),
                ("middenmuur", self.middle_y, 0.0),
                ("achtergevel", self.back_y, self.strip_m()),
            ):
                self.strip(f"{name} {field.name}", (a, y), (b, y), width)

    def strips_across(self) -> None:
        """Add the strips under the walls across, between those along the block."""
        edge, middle = self.strip_m() / 2, self.d.strip_width_m / 2
        front, back = (edge, self.middle_y - middle), (self.middle_y + middle, self.back_y - edge)
        rows = [(f"kopgevel {name} {side}", x, bay, self.strip_m()) for name, x in (("links", 0.0), ("rechts", self.length_m))
                for side, bay in (("voor", front), ("achter", back))]  # fmt: skip
        for unit in range(self.d.stairs):
            _, stair, _ = self.fields(unit)
            rows += [(f"trappenhuismuur {unit + 1}{name}", x, front, 0.0) for name, x in (("A", stair.x0), ("B", stair.x1))]
            if self.dwellings:
                rows.append((f"woningscheidend {unit + 1}", (stair.x0 + stair.x1) / 2, back, 0.0))
            if self.dwellings and unit + 1 < self.d.stairs:
                x = (unit + 1) * self.unit_m
                rows += [(f"woningscheidend na {unit + 1} {side}", x, bay, 0.0) for side, bay in (("voor", front), ("achter", back))]
        for name, x, (y0, y1), width in rows:
            self.strip(name, (x, y0), (x, y1), width)
