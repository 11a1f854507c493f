"""Buildings for the tests of the whole chain, written with the authoring module."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import ClassVar

from optopscan.ifc.author import Author, Rectangle, Storey, box, rectangle

Draw = Callable[[Author, Sequence[Storey]], None]
Levels = Sequence[tuple[str, float]]


def write(path: Path, *, levels: Levels, draws: Sequence[Draw], name: str = "blok", **how: object) -> Path:
    """Write one building; same name, same storeys and same element names give the same GlobalIds."""
    author = Author(name, **how)  # type: ignore[arg-type]
    storeys = [author.storey(text, z) for text, z in levels]
    for draw in draws:
        draw(author, storeys)
    author.write(path)
    return path


class Row:
    """Two storeys, 9.0 x 15.3 m: kalkzandsteen cross walls on three lines, columns with a beam on the fourth.

    Lines at y = 0, 5.1, 10.2 and 15.3 m; walls 214 mm, clear height 2.6 m, floors 200 mm; a doorway in the walls
    of the second line, a gypsum partition on the ground floor, strips and pads below, a chimney on the roof.
    """

    LEVELS = (("00 begane grond", 0.0), ("01 verdieping", 2.8), ("02 dak", 5.6))
    RENAMED = (("Level 7", 0.0), ("Z", 2.8), ("a", 5.6))
    LINES: ClassVar = {"A": 0.0, "B": 5.1, "C": 10.2}
    LENGTH_M, DEPTH_M, CLEAR_M, BEAM_M = 9.0, 15.3, 2.6, 0.4
    STONE, CONCRETE = "kalkzandsteen CS20", "beton C20/25"

    def vertical(self) -> list[Draw]:
        """Return what stands: walls, columns with their beam, footings."""
        walls = [self._wall(storey, line) for storey in (0, 1) for line in self.LINES]
        frames = [draw for storey in (0, 1) for draw in (*(self._column(storey, k) for k in range(3)), self._beam(storey))]
        footings = [*(self._strip(line) for line in self.LINES), *(self._pad(k) for k in range(3))]
        return [*walls, self._partition, *frames, *footings]

    def horizontal(self) -> list[Draw]:
        """Return floor, roof and chimney."""
        return [self._floor, self._roof, self._chimney]

    def shuffled(self, seed: int) -> list[Draw]:
        """Return all elements in another order."""
        draws = [*self.vertical(), *self.horizontal()]
        random.Random(seed).shuffle(draws)
        return draws

    def write(self, path: Path, *, draws: Sequence[Draw] | None = None, levels: Levels = LEVELS, **how: object) -> Path:
        """Write the whole building, or some of its elements."""
        return write(path, levels=levels, draws=[*self.vertical(), *self.horizontal()] if draws is None else draws, **how)

    def _wall(self, storey: int, line: str) -> Draw:
        def draw(author: Author, storeys: Sequence[Storey]) -> None:
            y, z = self.LINES[line], 2.8 * storey
            holes = [(3.0, 0.0, 0.9, 2.1)] if line == "B" else []
            author.wall(
                storeys[storey], f"wand {line}{storey}", (0, y), (self.LENGTH_M, y), z0_m=z, height_m=self.CLEAR_M, thickness_m=0.214,
                material=self.STONE, openings=holes,
            )  # fmt: skip

        return draw

    def _column(self, storey: int, k: int) -> Draw:
        def draw(author: Author, storeys: Sequence[Storey]) -> None:
            section, z = Rectangle(width_m=0.3, depth_m=0.3), 2.8 * storey
            centre, top = (0.15 + 4.35 * k, self.DEPTH_M), z + self.CLEAR_M - self.BEAM_M
            author.column(storeys[storey], f"kolom {k}{storey}", centre, z0_m=z, z1_m=top, section=section, material=self.CONCRETE)

        return draw

    def _beam(self, storey: int) -> Draw:
        def draw(author: Author, storeys: Sequence[Storey]) -> None:
            section = Rectangle(width_m=0.3, depth_m=self.BEAM_M)
            start, end, top = (0, self.DEPTH_M), (self.LENGTH_M, self.DEPTH_M), 2.8 * storey + self.CLEAR_M
            author.beam(storeys[storey], f"ligger {storey}", start, end, z_top_m=top, section=section, material=self.CONCRETE)

        return draw

    def _strip(self, line: str) -> Draw:
        def draw(author: Author, storeys: Sequence[Storey]) -> None:
            start, end = (0, self.LINES[line]), (self.LENGTH_M, self.LINES[line])
            author.strip_footing(storeys[0], f"strook {line}", start, end, z_top_m=0.0, width_m=0.8, height_m=0.4, material=self.CONCRETE)

        return draw

    def _pad(self, k: int) -> Draw:
        def draw(author: Author, storeys: Sequence[Storey]) -> None:
            centre = (0.15 + 4.35 * k, self.DEPTH_M)
            author.pad_footing(storeys[0], f"poer {k}", centre, z_top_m=0.0, size_m=(1.2, 1.2), height_m=0.4, material=self.CONCRETE)

        return draw

    def _partition(self, author: Author, storeys: Sequence[Storey]) -> None:
        author.wall(
            storeys[0], "binnenwand", (2.0, 0.2), (2.0, 4.9), z0_m=0.0, height_m=self.CLEAR_M, thickness_m=0.07, material="gipsblokken"
        )

    def _floor(self, author: Author, storeys: Sequence[Storey]) -> None:
        plan = rectangle(0.0, 0.0, self.LENGTH_M, self.DEPTH_M)
        author.slab(storeys[1], "vloer", plan, z_top_m=2.8, thickness_m=0.2, material=self.CONCRETE)

    def _roof(self, author: Author, storeys: Sequence[Storey]) -> None:
        plan = rectangle(0.0, 0.0, self.LENGTH_M, self.DEPTH_M)
        author.roof_slab(storeys[2], "dak", plan, z_top_m=5.6, thickness_m=0.2, material=self.CONCRETE)

    def _chimney(self, author: Author, storeys: Sequence[Storey]) -> None:
        author.proxy(storeys[2], "schoorsteen", [box(1.0, 2.0, 1.6, 2.6, z0_m=5.6, z1_m=6.6)], material="baksteen")


class BrickBlock:
    """Four storeys of five brick walls 4.2 m apart under concrete floors; 6.0 x 16.8 m.

    Densities of the catalogue: clay 1900 and reinforced concrete 2550 kg/m3, so 18.639 and 25.016 kN/m3.
    Walls 212.46 mm: 3.96 kN/m2. Floors 170 mm + finish 0.5: 4.75 kN/m2. Roof 118 mm + membrane 0.15 + gravel 0.8: 3.90 kN/m2.
    """

    LENGTH_M, BAY_M, CLEAR_M, N_LINE = 6.0, 4.2, 2.6, 5
    WALL_M, FLOOR_M, ROOF_M = 0.21246, 0.17, 0.118

    def write(self, path: Path) -> Path:
        """Write the block."""
        rise = self.CLEAR_M + self.FLOOR_M
        return write(path, name="bakstenen blok", levels=[(f"0{k}", k * rise) for k in range(5)], draws=[self._draw])

    def _draw(self, author: Author, storeys: Sequence[Storey]) -> None:
        plan = rectangle(0.0, 0.0, self.LENGTH_M, (self.N_LINE - 1) * self.BAY_M)
        for k in range(4):
            foot = storeys[k].elevation_m
            for line in range(self.N_LINE):
                start, end = (0, line * self.BAY_M), (self.LENGTH_M, line * self.BAY_M)
                author.wall(
                    storeys[k],
                    f"muur {line}-{k}",
                    start,
                    end,
                    z0_m=foot,
                    height_m=self.CLEAR_M,
                    thickness_m=self.WALL_M,
                    material="baksteen",
                )
            thick, add = (self.ROOF_M, author.roof_slab) if k == 3 else (self.FLOOR_M, author.slab)
            top = foot + self.CLEAR_M + thick
            add(storeys[k + 1], f"vloer {k}", plan, z_top_m=top, thickness_m=thick, material="beton gewapend")


class Bays:
    """One storey of kalkzandsteen walls 5 m apart, 6 m long, under a 200 mm roof slab; what a part of it is made of can be said."""

    def write(
        self, path: Path, *, stone: Sequence[str | None], thickness_m: Sequence[float], height_m: float = 2.6, roof_m: float = 0.2
    ) -> Path:
        """Write one wall per material."""

        def draw(author: Author, storeys: Sequence[Storey]) -> None:
            for k, (material, thick) in enumerate(zip(stone, thickness_m, strict=True)):
                author.wall(
                    storeys[0], f"wand {k}", (0, 5.0 * k), (6, 5.0 * k), z0_m=0.0, height_m=height_m, thickness_m=thick, material=material
                )
            plan = rectangle(0.0, 0.0, 6.0, 5.0 * (len(stone) - 1))
            author.roof_slab(storeys[0], "dak", plan, z_top_m=height_m + roof_m, thickness_m=roof_m, material="beton C20/25")

        return write(path, levels=[("00", 0.0)], draws=[draw])
