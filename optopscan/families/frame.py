"""Blocks of columns and beams across, floors along, with one core for the stair: the concrete office."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from optopscan.families.block import Block, Box, Hole, spread
from optopscan.ifc.author import Incline, Rectangle, box, rectangle

CORE_M = (3.0, 5.0)  # outer size of the core along and across
CORE_FROM_M = 1.2  # from the middle row to the core
EDGE_WALL_M = 0.9  # height of the wall under the windows
EDGE_LAYERS_M = 0.26
ROOF_HOUSE_M, ROOF_HOUSE_SLAB_M = 2.6, 0.15
CAP_M, CAP_HEIGHT_M = 1.6, 0.7
CORE_CAP_HEIGHT_M = 0.8
ROWS = ("1", "2", "3")


class FrameBlock(Block):
    """Three rows of columns, beams from facade to facade, a core behind the middle row that goes on to the roof."""

    @property
    def xs(self) -> list[float]:
        """Axes along the block [m]."""
        return [round(i * self.d.bay_m, 6) for i in range(self.d.bays + 1)]

    @property
    def ys(self) -> list[float]:
        """Rows of columns across the block [m]."""
        return [0.0, self.d.across_span_m, 2 * self.d.across_span_m]

    @property
    def outline(self) -> Box:
        """Edges of the floors: the outer faces of the columns [m]."""
        half = self.d.column_m / 2
        return Box(-half, -half, self.xs[-1] + half, self.ys[-1] + half)

    @property
    def core(self) -> Box:
        """Outer faces of the core: in the middle of the middle bay [m]."""
        k = self.d.bays // 2
        centre, y0 = (self.xs[k] + self.xs[k + 1]) / 2 if k + 1 < len(self.xs) else self.xs[-1] / 2, self.ys[1] + CORE_FROM_M
        return Box(centre - CORE_M[0] / 2, y0, centre + CORE_M[0] / 2, y0 + CORE_M[1])

    @property
    def well(self) -> Box:
        """Stair well inside the core [m]."""
        t, core = self.d.core_wall_thickness_m, self.core
        return Box(core.x0 + t, core.y0 + 1.4, core.x1 - t, core.y1 - t)

    def build(self) -> FrameBlock:
        """Author the whole block."""
        for storey in range(self.n):
            self.columns(storey)
            self.core_walls(storey, self.soffit(storey))
            self.edge_walls(storey)
        for storey in range(self.n + 1):
            self.floor(storey, "blok", self.outline, [] if storey == 0 else [self.well])
            if storey > 0:
                self.beams(storey)
        for storey in range(self.n):
            self.core_stair(storey)
        self.roof_house()
        self.foundation()
        return self

    def gravel(self, name: str, areas: Sequence[Box]) -> None:
        """Add the gravel on the roof, but for the top of the stair."""
        super().gravel(name, [piece for area in areas for piece in around(area, self.core)])

    def columns(self, storey: int) -> None:
        """Add the columns, from the floor to the soffit of the beams."""
        d, section = self.d, Rectangle(width_m=self.d.column_m, depth_m=self.d.column_m)
        for i, x in enumerate(self.xs):
            for row, y in zip(ROWS, self.ys, strict=True):
                name = f"kolom {i + 1}.{row}-{storey}"
                self.bearing[name] = True
                self.author.column(
                    self.where(storey), name, (x, y), z0_m=self.levels_m[storey], z1_m=self.soffit(storey) - d.beam_depth_m,
                    section=section, material=self.materials.wall, type_name="kolom", load_bearing=self.said(True),
                )  # fmt: skip

    def beams(self, storey: int) -> None:
        """Add the beams under a floor, as wide as the columns, from outer face to middle column to outer face."""
        section, top = Rectangle(width_m=self.d.column_m, depth_m=self.d.beam_depth_m), self.levels_m[storey] - self.slab_m(storey)
        for i, x in enumerate(self.xs):
            for name, y0, y1 in self.beam_runs():
                self.author.beam(
                    self.where(storey), f"balk {i + 1}.{name}-{storey}", (x, y0), (x, y1), z_top_m=top, section=section,
                    material=self.materials.wall, type_name="balk", load_bearing=self.said(True),
                )  # fmt: skip

    def beam_runs(self) -> tuple[tuple[str, float, float], tuple[str, float, float]]:
        """Return the two halves of a line of beams [m, y]."""
        return ("12", self.outline.y0, self.ys[1]), ("23", self.ys[1], self.outline.y1)

    def core_walls(self, storey: int, top_m: float) -> None:
        """Add the four walls of the core, with a door at the front."""
        t, core = self.d.core_wall_thickness_m, self.core
        door = Hole(core.x0 + 0.8, 0.0, 1.0, 2.1)
        rows = [
            ("links", (core.x0 + t / 2, core.y0), (core.x0 + t / 2, core.y1), []),
            ("rechts", (core.x1 - t / 2, core.y0), (core.x1 - t / 2, core.y1), []),
            ("voor", (core.x0 + t, core.y0 + t / 2), (core.x1 - t, core.y0 + t / 2), [door]),
            ("achter", (core.x0 + t, core.y1 - t / 2), (core.x1 - t, core.y1 - t / 2), []),
        ]
        material = self.materials.core or self.materials.wall
        for name, start, end, holes in rows:
            self.wall(
                storey, f"kernwand {name}", start, end, t, material, holes, bears=True, external=storey == self.n,
                foot_m=self.levels_m[storey], top_m=top_m,
            )  # fmt: skip

    def roof_house(self) -> None:
        """Add the top of the stair above the roof."""
        top = self.levels_m[-1] + ROOF_HOUSE_M
        self.core_walls(self.n, top)
        self.author.roof_slab(
            self.where(self.n), "dakvloer trapopbouw", rectangle(*self.core), z_top_m=top + ROOF_HOUSE_SLAB_M,
            thickness_m=ROOF_HOUSE_SLAB_M, material=self.materials.floor, type_name="vloer trapopbouw", load_bearing=self.said(True),
            is_external=True,
        )  # fmt: skip

    def core_stair(self, storey: int) -> None:
        """Add a stair that turns at the back of the core."""
        well, z0, z1 = self.well, self.levels_m[storey], self.levels_m[storey + 1]
        middle, turn, width = (z0 + z1) / 2, well.y1 - 1.1, (well.x1 - well.x0) / 2 - 0.1
        left, right = well.x0 + width / 2, well.x1 - width / 2
        up = Incline(start=(left, well.y0 - 0.2), end=(left, turn), z0_m=z0, z1_m=middle, width_m=width, depth_m=0.25)
        landing = box(well.x0, turn, well.x1, well.y1, z0_m=middle - 0.2, z1_m=middle)
        on = Incline(start=(right, turn + 0.4), end=(right, well.y0), z0_m=middle, z1_m=z1, width_m=width, depth_m=0.25)
        self.author.stair_flight(self.where(storey), f"trap-{storey}", [up, landing, on], material=self.materials.stair)

    def edge_walls(self, storey: int) -> None:
        """Add the walls under the windows, between the columns, flush with their outer faces."""
        half, y_out, t = self.d.column_m / 2, self.ys[-1], EDGE_LAYERS_M
        inset = half - t / 2
        rows = []
        for i, (x0, x1) in enumerate(pairwise(self.xs)):
            rows.append((f"voor {i + 1}", (x0 + half, -inset), (x1 - half, -inset)))
            rows.append((f"achter {i + 1}", (x0 + half, y_out + inset), (x1 - half, y_out + inset)))
        for row, (y0, y1) in zip(ROWS, pairwise(self.ys), strict=False):
            rows.append((f"links {row}", (-inset, y0 + half), (-inset, y1 - half)))
            rows.append((f"rechts {row}", (self.xs[-1] + inset, y0 + half), (self.xs[-1] + inset, y1 - half)))
        z = self.levels_m[storey]
        for name, start, end in rows:
            self.wall(
                storey, f"borstwering {name}", start, end, t, self.materials.facade, bears=False, external=True, foot_m=z,
                top_m=z + EDGE_WALL_M,
            )  # fmt: skip

    def foundation(self) -> None:
        """Add ground beams, caps with piles under columns and core."""
        d, material = self.d, self.materials.foundation
        top = -d.ground_thickness_m - d.beam_height_m
        for i, x in enumerate(self.xs):
            for name, y0, y1 in self.beam_runs():
                self.author.strip_footing(
                    self.base, f"funderingsbalk {i + 1}.{name}", (x, y0), (x, y1), z_top_m=-d.ground_thickness_m, width_m=d.beam_width_m,
                    height_m=d.beam_height_m, material=material, predefined_type="FOOTING_BEAM",
                )  # fmt: skip
            for row, y in zip(ROWS, self.ys, strict=True):
                offsets = (-0.5, 0.5) if row == "2" else (0.0,)
                spots = [(x + dx, y + dy) for dx in (-0.5, 0.5) for dy in offsets]
                self.cap(f"{i + 1}.{row}", (x, y), (CAP_M, CAP_M), top, CAP_HEIGHT_M, spots)
        core = self.core
        centre = ((core.x0 + core.x1) / 2, (core.y0 + core.y1) / 2)
        spots = [(x, y) for x in (core.x0 + 0.3, core.x1 - 0.3) for y in spread(core.y0 + 0.3, core.y1 - 0.3, d.pile_distance_m)]
        self.cap("kern", centre, (CORE_M[0] + 0.4, CORE_M[1] + 0.4), -d.ground_thickness_m, CORE_CAP_HEIGHT_M, spots)

    def cap(
        self, name: str, centre: tuple[float, float], size: tuple[float, float], top: float, height: float, spots: list[tuple[float, float]]
    ) -> None:
        """Add a pile cap and the piles under it."""
        self.author.pad_footing(
            self.base, f"poer {name}", centre, z_top_m=top, size_m=size, height_m=height, material=self.materials.foundation,
            predefined_type="PILE_CAP",
        )  # fmt: skip
        for i, (x, y) in enumerate(spots):
            self.pile(f"{name}-{i + 1}", x, y, top - height)


def around(area: Box, hole: Box) -> list[Box]:
    """Return the four pieces of an area round a hole in it [m]."""
    return [
        Box(area.x0, area.y0, hole.x0, area.y1),
        Box(hole.x1, area.y0, area.x1, area.y1),
        Box(hole.x0, area.y0, hole.x1, hole.y0),
        Box(hole.x0, hole.y1, hole.x1, area.y1),
    ]
