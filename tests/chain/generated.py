"""Buildings drawn at random, from lines of walls to an IFC file, with what they weigh and where by hand.

Three kinds of line under flat slabs: a wall with or without a doorway, or (the last one) columns with a beam. Sizes go in whole
centimetres, so that reading keeps them exactly.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from chain_models import Draw, write
from hypothesis import strategies as st

from optopscan.ifc.author import Author, Rectangle, Storey, rectangle

G = 9.81
DENSITY_KG_M3 = {"kalkzandsteen": 1850.0, "baksteen": 1900.0, "beton": 2550.0}
"""By the first word of the material: densities.toml of the catalogue, reinforced concrete."""
WEAKER = {"kalkzandsteen CS20": "kalkzandsteen CS12", "beton C30/37": "beton C12/15", "beton C20/25": "beton C12/15"}
STONES = ("kalkzandsteen CS20", "kalkzandsteen CS12", "baksteen", "beton C20/25", "beton C12/15", "beton C30/37")
NOBODY_KNOWS = "materiaal XQ-7"
SLABS = "beton C20/25"
DOOR_M, DOOR_HEIGHT_M, BEAM_M, COLUMN_M = 0.9, 2.1, 0.4, 0.3
FINISH_KN_M2, ROOF_KN_M2 = 0.5, 0.15 + 0.9
"""Finish of floors, membrane and ballast of roofs: what a scan takes when nothing is told."""


@dataclass(frozen=True, kw_only=True)
class Plan:
    """One building: ``walls_m`` and ``stone`` per line, ``bays_m`` between the lines; ``doors`` are lines with a doorway in each storey."""

    storeys: int
    bays_m: tuple[float, ...]
    length_m: float
    clear_m: float
    floor_m: float
    walls_m: tuple[float, ...]
    stone: tuple[str, ...]
    doors: frozenset[int] = frozenset()
    frame: bool = False
    strips: bool = True
    name: str = "getrokken"
    how: dict[str, object] = field(default_factory=dict)
    order: int | None = None

    @property
    def lines_m(self) -> tuple[float, ...]:
        """Return where the lines lie."""
        return tuple(round(sum(self.bays_m[:k]), 2) for k in range(len(self.bays_m) + 1))

    @property
    def rise_m(self) -> float:
        """Return the height from floor to floor."""
        return self.clear_m + self.floor_m

    def write(self, path: Path) -> Path:
        """Write the building; ``how`` are other ways to write it down, ``order`` shuffles its elements."""
        draws = [draw for storey in range(self.storeys) for draw in self._storey(storey)]
        draws += [self._strip(k) for k in range(len(self.lines_m)) if self.strips]
        if self.order is not None:
            random.Random(self.order).shuffle(draws)
        levels = [(f"{k:02d}", round(k * self.rise_m, 2)) for k in range(self.storeys + 1)]
        return write(path, levels=levels, draws=draws, name=self.name, **self.how)

    def weights(self) -> list[tuple[float, float, float]]:
        """Return weight [kN] and place [m] of everything, bodies and finishes, by hand."""
        found, width, middle = [], self.lines_m[-1], self.length_m / 2.0
        area = self.length_m * width
        for storey in range(self.storeys):
            finish = ROOF_KN_M2 if storey == self.storeys - 1 else FINISH_KN_M2
            found.append((area * (self.floor_m * self._gamma(SLABS) + finish), middle, width / 2.0))
            for k, y in enumerate(self.lines_m):
                found += self._framed(y) if self._is_frame(k) else self._walled(k, y)
        if self.strips:
            body = 0.8 * 0.4 * self.length_m * self._gamma(SLABS)
            found += [(body, middle, y) for y in self.lines_m]
        return found

    def _walled(self, k: int, y: float) -> list[tuple[float, float, float]]:
        thick = self.walls_m[k] * self._gamma(self.stone[k])
        found = [(thick * self.length_m * self.clear_m, self.length_m / 2.0, y)]
        if k in self.doors:
            found.append((-thick * DOOR_M * DOOR_HEIGHT_M, 1.5 + DOOR_M / 2.0, y))
        return found

    def _framed(self, y: float) -> list[tuple[float, float, float]]:
        gamma = self._gamma(SLABS)
        column = COLUMN_M**2 * (self.clear_m - BEAM_M) * gamma
        beam = COLUMN_M * BEAM_M * self.length_m * gamma
        return [*((column, x, y) for x in self._columns()), (beam, self.length_m / 2.0, y)]

    def _columns(self) -> tuple[float, ...]:
        half = COLUMN_M / 2.0
        return (half, self.length_m / 2.0, self.length_m - half)

    def _is_frame(self, k: int) -> bool:
        return self.frame and k == len(self.lines_m) - 1

    @staticmethod
    def _gamma(material: str) -> float:
        return DENSITY_KG_M3[material.split()[0]] * G / 1000.0

    def _storey(self, storey: int) -> list[Draw]:
        lines = [self._column_line(storey, k) if self._is_frame(k) else self._wall(storey, k) for k in range(len(self.lines_m))]
        return [*lines, self._slab(storey)]

    def _wall(self, storey: int, k: int) -> Draw:
        def draw(author: Author, storeys: Sequence[Storey]) -> None:
            y, z = self.lines_m[k], storeys[storey].elevation_m
            author.wall(
                storeys[storey], f"wand {k}-{storey}", (0, y), (self.length_m, y), z0_m=z, height_m=self.clear_m,
                thickness_m=self.walls_m[k], material=self.stone[k],
                openings=[(1.5, 0.0, DOOR_M, DOOR_HEIGHT_M)] if k in self.doors else [],
            )  # fmt: skip

        return draw

    def _column_line(self, storey: int, k: int) -> Draw:
        def draw(author: Author, storeys: Sequence[Storey]) -> None:
            y, z = self.lines_m[k], storeys[storey].elevation_m
            top = z + self.clear_m
            column, beam = Rectangle(width_m=COLUMN_M, depth_m=COLUMN_M), Rectangle(width_m=COLUMN_M, depth_m=BEAM_M)
            for n, x in enumerate(self._columns()):
                where = {"z0_m": z, "z1_m": top - BEAM_M, "section": column, "material": SLABS}
                author.column(storeys[storey], f"kolom {n}-{storey}", (x, y), **where)
            author.beam(storeys[storey], f"ligger {storey}", (0, y), (self.length_m, y), z_top_m=top, section=beam, material=SLABS)

        return draw

    def _slab(self, storey: int) -> Draw:
        def draw(author: Author, storeys: Sequence[Storey]) -> None:
            put: Callable[..., object] = author.roof_slab if storey == self.storeys - 1 else author.slab
            top = storeys[storey].elevation_m + self.rise_m
            plan = rectangle(0.0, 0.0, self.length_m, self.lines_m[-1])
            put(storeys[storey + 1], f"vloer {storey}", plan, z_top_m=top, thickness_m=self.floor_m, material=SLABS)

        return draw

    def _strip(self, k: int) -> Draw:
        def draw(author: Author, storeys: Sequence[Storey]) -> None:
            ends = (0, self.lines_m[k]), (self.length_m, self.lines_m[k])
            author.strip_footing(storeys[0], f"strook {k}", *ends, z_top_m=0.0, width_m=0.8, height_m=0.4, material=SLABS)

        return draw


def centimetres(low: int, high: int, step: int = 1) -> st.SearchStrategy[float]:
    """Return lengths [m] in whole centimetres."""
    return st.integers(low // step, high // step).map(lambda k: k * step / 100.0)


@st.composite
def plans(draw: st.DrawFn, stones: Sequence[str] = STONES, most_storeys: int = 3) -> Plan:
    """Draw a building of two to four lines, mostly of one material."""
    bays = draw(st.lists(centimetres(280, 640, 10), min_size=1, max_size=3))
    lines = len(bays) + 1
    usual = draw(st.sampled_from(stones))
    return Plan(
        storeys=draw(st.integers(1, most_storeys)),
        bays_m=tuple(bays),
        length_m=draw(centimetres(500, 900, 50)),
        clear_m=draw(centimetres(240, 300, 5)),
        floor_m=draw(centimetres(14, 26, 2)),
        walls_m=tuple(draw(st.lists(centimetres(10, 30, 2), min_size=lines, max_size=lines))),
        stone=tuple(draw(st.lists(st.just(usual) | st.sampled_from(stones), min_size=lines, max_size=lines))),
        doors=draw(st.frozensets(st.integers(0, lines - 1), max_size=2)),
        frame=draw(st.booleans()),
        strips=draw(st.booleans()),
    )
