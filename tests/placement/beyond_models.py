"""Models and records for the tests of dwellings beside a building and in its plinth."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import shapely

from optopscan.catalog.concept import Concept
from optopscan.catalog.engineering import load_engineering
from optopscan.catalog.load import load_concepts
from optopscan.ifc.author import Author, Storey, rectangle
from optopscan.ifc.read import read
from optopscan.model.beyond import Bay, Gable, WallHole
from optopscan.model.building import Building
from optopscan.model.structure import Bearing, Structure
from optopscan.pipeline.reading import infer
from optopscan.placement.beyond.limits import Limits
from optopscan.settings import Settings
from optopscan.structure.build import build_structure

Hole = tuple[float, float, float, float]
STONE, CONCRETE, INFILL = "kalkzandsteen CS20", "beton C20/25", "houten gevelpui"


def limits() -> Limits:
    return Limits.of(load_engineering().beyond)


def product(access: str) -> Concept:
    return next(concept for concept in load_concepts() if access in concept.access)


@dataclass(frozen=True, kw_only=True)
class Row:
    """Two storeys of 3.0 m, bays between cross walls of 200 mm, 9.0 m deep, floors of 200 mm, light facades of 100 mm.

    Gable walls stand at the first and last axis; the outer face of the first lies 0.1 m outside its axis.
    Every facade of a bay has one window of 2.0 x 1.5 m, 0.9 m above the floor.
    """

    axes_m: Sequence[float] = (0.0, 5.0, 10.0, 15.0)
    depth_m: float = 9.0
    clear_m: float = 2.8
    floor_name: str = "bergingsvloer"
    gable_holes: Sequence[Hole] = ()
    doors: Sequence[Hole] = ()
    bearing_facade: bool = False
    window: Hole = (1.0, 0.9, 2.0, 1.5)
    gallery: bool = False
    turn_deg: float = 0.0
    extra: Sequence[Any] = field(default=())

    def write(self, path: Path) -> Path:
        author = Author("rij", rotation_deg=self.turn_deg)
        step = self.clear_m + 0.2
        storeys = [author.storey(f"{k:02d} laag", k * step) for k in range(3)]
        for k, storey in enumerate(storeys[:2]):
            self._walls(author, storey, k, k * step)
        left, right = self.axes_m[0] - 0.1, self.axes_m[-1] + 0.1
        for n, (a, b) in enumerate(zip(self.axes_m, self.axes_m[1:], strict=False)):
            author.slab(
                storeys[0], f"{self.floor_name} {n}", rectangle(a, 0, b, self.depth_m), z_top_m=0.0, thickness_m=0.2, material=CONCRETE
            )
        for k, call in ((1, author.slab), (2, author.roof_slab)):
            call(storeys[k], f"vloer {k}", rectangle(left, 0, right, self.depth_m), z_top_m=k * step, thickness_m=0.2, material=CONCRETE)
        for n, x in enumerate(self.axes_m):
            author.strip_footing(
                storeys[0], f"strook {n}", (x, 0), (x, self.depth_m), z_top_m=-0.2, width_m=0.6, height_m=0.4, material=CONCRETE
            )
        if self.gallery:
            author.slab(storeys[1], "galerijplaat", rectangle(left, -1.4, right, -0.02), z_top_m=step, thickness_m=0.14, material=CONCRETE)
        for draw in self.extra:
            draw(author, storeys)
        author.write(path)
        return path

    def _walls(self, author: Author, storey: Storey, k: int, z0: float) -> None:
        last = len(self.axes_m) - 1
        for n, x in enumerate(self.axes_m):
            holes = self.gable_holes if n == 0 else self.doors if 0 < n < last else ()
            author.wall(
                storey, f"bouwmuur {n}-{k}", (x, 0), (x, self.depth_m), z0_m=z0, height_m=self.clear_m, thickness_m=0.2, material=STONE,
                load_bearing=True, openings=holes,
            )  # fmt: skip
        for n, (a, b) in enumerate(zip(self.axes_m, self.axes_m[1:], strict=False)):
            for name, y in (("voor", 0.05), ("achter", self.depth_m - 0.05)):
                material, bears = (STONE, True) if self.bearing_facade else (INFILL, False)
                author.wall(
                    storey, f"gevel {name} {n}-{k}", (a + 0.1, y), (b - 0.1, y), z0_m=z0, height_m=self.clear_m, thickness_m=0.1,
                    material=material, load_bearing=bears, is_external=True, openings=[self.window],
                )  # fmt: skip


def understood(path: Path) -> tuple[Building, Structure, Bearing]:
    """Return a file as read with its structure."""
    settings = Settings()
    building, _ = read([path], settings)
    materials, bearing, _ = infer(building, settings)
    structure, _ = build_structure(building, materials, bearing, settings)
    return building, structure, bearing


def gable(**changes: Any) -> Gable:
    """Return a blind gable end of 9.0 m along y, looking to negative x, with two storeys of 2.8 m and 8.0 m free in front."""
    base: dict[str, Any] = {
        "id": "K1",
        "walls": ("w",),
        "x0_m": 0.0,
        "y0_m": 9.0,
        "x1_m": 0.0,
        "y1_m": 0.0,
        "width_m": 9.0,
        "ground_m": 0.0,
        "eaves_m": 5.6,
        "levels_m": (0.0, 2.8),
        "holes": (),
        "opening_share": 0.0,
        "seen_share": 1.0,
        "free_depth_m": 8.0,
        "free_at_most_m": 8.0,
        "gallery_m": (2.78,),
        "stair_m": (),
    }
    return Gable(**{**base, **changes})


def hole(t0: float, t1: float, z0: float = 0.9, z1: float = 2.1) -> WallHole:
    return WallHole(t0_m=t0, t1_m=t1, z0_m=z0, z1_m=z1)


def bay(number: int = 1, **changes: Any) -> Bay:
    """Return a storage bay of 5.0 x 9.0 m, 2.8 m high, on the ground, with light on two sides."""
    x = 5.2 * number
    base: dict[str, Any] = {
        "id": f"B{number}",
        "polygon": shapely.box(x, 0.0, x + 5.0, 9.0),
        "floor_m": 0.0,
        "soffit_m": 2.8,
        "area_m2": 45.0,
        "width_m": 5.0,
        "depth_m": 9.0,
        "clear_m": 2.8,
        "on_soil": True,
        "facade_m": 10.0,
        "sides": 2,
        "infill_m": 10.0,
        "daylight_m2": 6.0,
        "use": "storage",
        "use_source": "vloer berging",
        "doors_to": (),
    }
    return Bay(**{**base, **changes})


UNKNOWN = math.nan
