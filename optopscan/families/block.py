"""What every block of a family has: storeys, walls with their truth, floors, roof, stairs and foundation.

x runs along the block, y from the front (0) to the back; walls and columns stand on slab tops and end
at the soffit above; finishes and roof membrane are not modelled.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import NamedTuple

from optopscan.catalog.family import Family
from optopscan.families.dimensions import Dimensions
from optopscan.ifc.author import Author, Incline, Opening, Rectangle, Storey, box, rectangle

DOOR_M = (0.9, 2.1)
LEAF_M, CAVITY_M = 0.1, 0.06  # outer leaf, and the gap to the inner leaf
PARTITION_M = 0.07
# Stair well in plan, from the front: edge, end, the wall that closes the hall [m].
WELL_Y0_M, WELL_Y1_M, HALL_END_M = 0.2, 2.9, 4.2
LANDING_M = 0.95  # depth of the half landing

Point = tuple[float, float]


class Hole(NamedTuple):
    """A hole in a wall [m]: absolute position along the axis of the wall, sill above the storey, width, height."""

    at_m: float
    sill_m: float
    width_m: float
    height_m: float


class Box(NamedTuple):
    """A rectangle in plan [m]."""

    x0: float
    y0: float
    x1: float
    y1: float


class Block:
    """One block under construction, in one file; ``bearing`` says of every wall and column by name whether it bears."""

    def __init__(self, family: Family, d: Dimensions, name: str) -> None:
        file = family.file
        self.family, self.d, self.materials, self.model = family, d, file.materials, file.model
        self.author = Author(name, schema=self.model.ifc_schema, length_unit=self.model.length_unit, build_year=file.period.middle)
        self.author.describe(
            self.author.building,
            "Pset_OptopscanFamily",
            {"Family": family.id, "Typical": True, "Real": False, "Note": "typisch, niet echt: geen adres, tekening of meting"},
        )
        self.bearing: dict[str, bool] = {}
        heights = ([d.plinth_height_m] if d.plinth_height_m else []) + [d.storey_height_m] * d.storeys
        self.levels_m = [round(math.fsum(heights[:i]), 6) for i in range(len(heights) + 1)]
        self.on_strips = file.strips is not None
        self.foot_m = -d.strip_depth_m if self.on_strips else 0.0
        base = self.foot_m - d.strip_height_m if self.on_strips else -d.ground_thickness_m - d.beam_height_m
        self.base = self.author.storey("-1 fundering", base)
        self.storeys = [self.author.storey(_storey_name(i, self.n), z) for i, z in enumerate(self.levels_m)]

    @property
    def n(self) -> int:
        """Number of storeys, plinth included."""
        return len(self.levels_m) - 1

    @property
    def plinth(self) -> bool:
        """Whether the lowest storey is for storage."""
        return self.d.plinth_height_m > 0.0

    def slab_m(self, storey: int) -> float:
        """Return the thickness of the slab whose top is the floor of ``storey`` [m]."""
        d = self.d
        return d.ground_thickness_m if storey == 0 else d.roof_thickness_m if storey == self.n else d.floor_thickness_m

    def foot(self, storey: int) -> float:
        """Return where the bearing walls of a storey stand [m]."""
        return self.foot_m if storey == 0 else self.levels_m[storey]

    def soffit(self, storey: int) -> float:
        """Return the underside of the slab over a storey [m]."""
        return self.levels_m[storey + 1] - self.slab_m(storey + 1)

    def said(self, bears: bool) -> bool | None:
        """Return what the model says of a part that bears or not: None where this family's models say nothing."""
        return bears if self.model.states_load_bearing else None

    def wall(
        self,
        storey: int,
        name: str,
        start: Point,
        end: Point,
        thickness_m: float,
        material: str,
        holes: Sequence[Hole] = (),
        *,
        bears: bool,
        external: bool = False,
        foot_m: float | None = None,
        top_m: float | None = None,
    ) -> None:
        """Add a wall of one storey; without ``foot_m`` and ``top_m`` from slab (or strip) to the soffit [m]."""
        foot = self.foot(storey) if foot_m is None else foot_m
        top = self.soffit(storey) if top_m is None else top_m
        along = 0 if start[1] == end[1] else 1
        origin, sill = min(start[along], end[along]), self.levels_m[storey] - foot
        label = f"{name}-{storey}"
        self.bearing[label] = bears
        self.author.wall(
            self.storeys[storey],
            label,
            min(start, end),
            max(start, end),
            z0_m=foot,
            height_m=top - foot,
            thickness_m=thickness_m,
            material=material,
            openings=[Opening(h.at_m - origin, h.sill_m + sill, h.width_m, h.height_m) for h in holes],
            type_name=f"{material} {thickness_m * 1000:.0f}",
            load_bearing=self.said(bears),
            is_external=external,
        )

    def floor(self, storey: int, name: str, area: Box, wells: Sequence[Box] = ()) -> None:
        """Add a floor, or the roof with its gravel, over an area."""
        roof, thickness = storey == self.n, self.slab_m(storey)
        kind = "dakvloer" if roof else "vloer"
        self.author.slab(
            self.storeys[storey],
            f"{kind} {name}-{storey}",
            rectangle(*area),
            z_top_m=self.levels_m[storey],
            thickness_m=thickness,
            material=self.materials.floor,
            voids=[rectangle(*well) for well in wells],
            type_name=f"{kind} {thickness * 1000:.0f}",
            predefined_type="ROOF" if roof else "FLOOR",
            load_bearing=self.said(True),
            is_external=roof,
        )
        if roof and self.d.gravel_m > 0.0:
            self.gravel(name, [area])

    def gravel(self, name: str, areas: Sequence[Box]) -> None:
        """Add the gravel on a roof."""
        z = self.levels_m[-1]
        solids = [box(*area, z0_m=z, z1_m=z + self.d.gravel_m) for area in areas]
        self.author.covering(self.storeys[-1], f"dakgrind {name}", solids, material="grind", type_name="grind")

    def slab_on_sand(self, name: str, area: Box) -> None:
        """Add a ground floor that lies on sand between the walls."""
        self.author.slab(
            self.storeys[0],
            f"vloer op zand {name}",
            rectangle(*area),
            z_top_m=0.0,
            thickness_m=self.d.ground_thickness_m,
            material="beton gewapend ihw",
            type_name="vloer op zand",
            predefined_type="BASESLAB",
        )

    def outer_leaf(self, name: str, start: Point, end: Point) -> None:
        """Add an outer leaf from the foundation to the roof, which carries only itself."""
        low = self.foot_m if self.on_strips else -self.d.ground_thickness_m
        for storey in range(self.n):
            foot = low if storey == 0 else self.levels_m[storey]
            top = self.levels_m[storey + 1]
            self.wall(
                storey,
                f"{name} buitenblad",
                start,
                end,
                LEAF_M,
                "metselwerk baksteen gevelsteen",
                bears=False,
                external=True,
                foot_m=foot,
                top_m=top,
            )

    def stair(self, storey: int, name: str, area: Box) -> None:
        """Add a stair in one piece: two flights and a half landing at the front of ``area``, on the landing behind it."""
        z0, z1 = self.levels_m[storey], self.levels_m[storey + 1]
        middle, width = (z0 + z1) / 2, (area.x1 - area.x0) / 2 - 0.05
        turn = area.y0 + LANDING_M
        left, right = area.x0 + width / 2, area.x1 - width / 2
        up = Incline(start=(left, area.y1 + 0.2), end=(left, turn), z0_m=z0, z1_m=middle, width_m=width, depth_m=0.25)
        landing = box(area.x0, area.y0, area.x1, turn, z0_m=middle - 0.2, z1_m=middle)
        on = Incline(start=(right, turn - 0.26), end=(right, area.y1), z0_m=middle, z1_m=z1, width_m=width, depth_m=0.25)
        self.author.stair_flight(self.storeys[storey], f"trap {name}-{storey}", [up, landing, on], material=self.materials.stair)

    # Foundation

    def line_foundation(self, name: str, start: Point, end: Point, least_width_m: float = 0.0) -> None:
        """Add what stands under a bearing line: a strip, or a ground beam on piles."""
        if self.on_strips:
            self.strip(name, start, end, least_width_m)
        else:
            self.beam_on_piles(name, start, end, least_width_m)

    def strip(self, name: str, start: Point, end: Point, least_width_m: float = 0.0) -> None:
        """Add a strip [m]."""
        d = self.d
        self.author.strip_footing(
            self.base,
            f"strook {name}",
            start,
            end,
            z_top_m=self.foot_m,
            width_m=max(d.strip_width_m, least_width_m),
            height_m=d.strip_height_m,
            material=self.materials.foundation,
        )

    def beam_on_piles(self, name: str, start: Point, end: Point, least_width_m: float = 0.0) -> None:
        """Add a ground beam along y and evenly spaced piles under it, the outer ones half a metre from its ends."""
        d = self.d
        self.author.strip_footing(
            self.base,
            f"funderingsbalk {name}",
            start,
            end,
            z_top_m=-d.ground_thickness_m,
            width_m=max(d.beam_width_m, least_width_m),
            height_m=d.beam_height_m,
            material=self.materials.foundation,
            predefined_type="FOOTING_BEAM",
        )
        first, last = start[1] + 0.5, end[1] - 0.5
        for i, y in enumerate(spread(first, last, d.pile_distance_m)):
            self.pile(f"{name}-{i + 1}", start[0], y, -d.ground_thickness_m - d.beam_height_m)

    def pile(self, name: str, x: float, y: float, top_m: float) -> None:
        """Add a square pile."""
        d = self.d
        self.author.pile(
            self.base,
            f"paal {name}",
            (x, y),
            z_top_m=top_m,
            z_tip_m=-d.pile_depth_m,
            section=Rectangle(width_m=d.pile_size_m, depth_m=d.pile_size_m),
            material=self.materials.pile,
            construction="PRECAST_CONCRETE",
        )

    def where(self, storey: int) -> Storey:
        """Return a storey of the file."""
        return self.storeys[storey]


def spread(first: float, last: float, distance: float) -> list[float]:
    """Return evenly spaced places from first to last, no further apart than ``distance`` [m]."""
    steps = max(1, math.ceil((last - first) / distance - 1e-9))
    return [first + (last - first) * i / steps for i in range(steps + 1)]


def _storey_name(i: int, n: int) -> str:
    kind = "begane grond" if i == 0 else "dak" if i == n else f"{i}e verdieping"
    return f"{i:02d} {kind}"
