"""Drawn buildings of which everything is told: walls in two directions, their material, thickness and foundation, and who says so.

So that *proven* occurs: without any one of these an answer stays *possible*, however strong the building.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from chain_models import Draw
from drawn_buildings import scanned
from generated import Plan, centimetres
from hypothesis import strategies as st

from optopscan.catalog.overrides import read_overrides
from optopscan.ifc.author import Author, Rectangle, Storey
from optopscan.settings import Settings

KNOWN = Settings(
    place=False, samples=0, max_extra_storeys=2, concepts=("fictief.clt-2d",), build_year=1980, robustness_settled=True,
    wind_region="III", terrain="bebouwd",
)  # fmt: skip
"""The product states its connectors; the wind climate is told."""
TOLD = {
    "kalkzandsteen CS20": ("calcium-silicate", "CS20"),
    "kalkzandsteen CS12": ("calcium-silicate", "CS12"),
    "beton C20/25": ("concrete", "C20/25"),
    "beton C30/37": ("concrete", "C30/37"),
    "beton C12/15": ("concrete", "C12/15"),
}
STOUT = ("kalkzandsteen CS20", "kalkzandsteen CS12", "beton C20/25", "beton C30/37")
FACTS = ("bearing", "grade", "thickness_m")
PILE_M, TIP_M = 0.25, -12.0
Soil = Mapping[str, float | str]


@dataclass(frozen=True, kw_only=True)
class Known(Plan):
    """A plan with cross walls between its lines, and what is told about it.

    ``across`` are the places of the cross walls as shares of the length, ``cross_m`` their thickness. ``facts`` are told of
    every wall, ``soil`` of every foundation line; ``piles`` of each line stand in the model (0: none).
    """

    across: tuple[float, ...]
    cross_m: float
    soil: Soil
    facts: tuple[str, ...] = FACTS
    source: str = "tekening 12-B"
    piles: int = 0
    told: Settings = field(default=KNOWN)

    def scan(self, **changed: Any) -> Any:
        """Return the scan with all that is told, with other settings where they are named."""
        return self._scan(self._overrides(), replace(self.told, **changed))

    def scan_doubting(self, line: int, fact: str) -> Any:
        """Return the scan in which one fact of the walls on one line is said to be unknown."""
        strength = "fk_mpa" if self.stone[line].startswith("kalkzandsteen") else "fck_mpa"
        doubt = _table(
            "override", match={"name": f"wand {line}-*"}, set={strength if fact == "grade" else fact: "unknown"}, source=self.source
        )
        # a class of a material that is said to be unknown is a contradiction, and refused
        told = self._overrides(without_grade=line if fact == "material" else -1)
        return self._scan([*told, doubt], self.told)

    def _scan(self, tables: Sequence[str], told: Settings) -> Any:
        return scanned(self, told, read_overrides("bekend.toml", "\n".join(tables).encode()) if tables else None)

    def _overrides(self, without_grade: int = -1) -> list[str]:
        walls = [(f"wand {k}-*", stone, t) for k, (stone, t) in enumerate(zip(self.stone, self.walls_m, strict=True))]
        rows = []
        for name, stone, t in (*walls, ("dwars *", self.stone[0], self.cross_m)):
            material, grade = TOLD[stone]
            told = {"bearing": {"bearing": "yes"}, "grade": {"material": material, "grade": grade}, "thickness_m": {"thickness_m": t}}
            values = {
                key: value
                for fact in self.facts
                for key, value in told[fact].items()
                if not (fact == "grade" and name == f"wand {without_grade}-*")
            }
            rows += [_table("override", match={"name": name}, set=values, source=self.source)] if values else []
        return [*rows, _table("foundation", set=self.soil, source=self.source)] if self.soil else rows

    def weights(self) -> list[tuple[float, float, float]]:
        """Return weight [kN] and place [m] of everything, cross walls and piles included, by hand."""
        found, gamma = super().weights(), self._gamma(self.stone[0])
        for x, y0, y1 in self._cross_walls():
            found += self.storeys * [(self.cross_m * (y1 - y0) * self.clear_m * gamma, x, (y0 + y1) / 2.0)]
        pile = PILE_M**2 * (self._pile_top_m - TIP_M) * self._gamma("beton C20/25")
        return [*found, *((pile, x, y) for y in self.lines_m for x in self._pile_places())]

    @property
    def _pile_top_m(self) -> float:
        return -0.4 if self.strips else 0.0

    def _pile_places(self) -> list[float]:
        step = (self.length_m - PILE_M) / max(self.piles - 1, 1)
        return [round(PILE_M / 2.0 + k * step, 3) for k in range(self.piles)]

    def _cross_walls(self) -> list[tuple[float, float, float]]:
        """Return place and both ends of every cross wall of a storey, between the faces of the walls that it meets."""
        half = [t / 2.0 for t in self.walls_m]
        edge = self.cross_m / 2.0
        places = [round(min(max(share * self.length_m, edge), self.length_m - edge), 3) for share in self.across]
        ends = [(round(self.lines_m[k] + half[k], 3), round(self.lines_m[k + 1] - half[k + 1], 3)) for k in range(len(half) - 1)]
        return [(x, *pair) for x in places for pair in ends]

    def _storey(self, storey: int) -> list[Draw]:
        return [*super()._storey(storey), self._cross(storey), *([self._below] if self.piles and not storey else [])]

    def _cross(self, storey: int) -> Draw:
        def draw(author: Author, storeys: Sequence[Storey]) -> None:
            for n, (x, y0, y1) in enumerate(self._cross_walls()):
                author.wall(
                    storeys[storey], f"dwars {n}-{storey}", (x, y0), (x, y1), z0_m=storeys[storey].elevation_m, height_m=self.clear_m,
                    thickness_m=self.cross_m, material=self.stone[0],
                )  # fmt: skip

        return draw

    def _below(self, author: Author, storeys: Sequence[Storey]) -> None:
        section = Rectangle(width_m=PILE_M, depth_m=PILE_M)
        for k, y in enumerate(self.lines_m):
            for n, x in enumerate(self._pile_places()):
                author.pile(
                    storeys[0], f"paal {k}-{n}", (x, y), z_top_m=self._pile_top_m, z_tip_m=TIP_M, section=section, material="beton C20/25"
                )


def _table(name: str, **rows: Any) -> str:
    def text(value: Any) -> str:
        return "{ " + ", ".join(f"{k} = {text(v)}" for k, v in value.items()) + " }" if isinstance(value, Mapping) else json.dumps(value)

    return "\n".join([f"[[{name}]]", *(f"{key} = {text(value)}" for key, value in rows.items())])


def numbers(low: float, high: float, digits: int = 1) -> st.SearchStrategy[float]:
    """Return numbers with few digits, so that a failing case can be told."""
    scale = 10**digits
    return st.integers(round(low * scale), round(high * scale)).map(lambda k: k / scale)


@st.composite
def soils(draw: st.DrawFn, kinds: Sequence[str] = ("pile", "soil", "strip"), least: float = 0.0) -> dict[str, float | str]:
    """Draw a foundation of known resistance: strips with a stated one or on told soil, or piles; ``least`` (0 to 1) lifts lower bounds."""
    kind = draw(st.sampled_from(kinds))
    if kind == "pile":
        basis = draw(st.sampled_from(("design", "characteristic")))
        capacity, step = draw(numbers(80 + 400 * least, 900, 0)), draw(numbers(0.8, 2.5 - 1.5 * least))
        return {"kind": "pile", "pile_capacity_kn": capacity, "capacity_basis": basis, "pile_spacing_m": step}
    strip: dict[str, float | str] = {"kind": "strip", "width_m": draw(numbers(0.4 + 0.6 * least, 1.6))}
    if kind == "strip":
        return {**strip, "bearing_resistance_kpa": draw(numbers(60 + 300 * least, 600, 0)), "resistance_basis": "design"}
    strip |= {"depth_m": draw(numbers(0.4 + 0.6 * least, 1.6))}
    if draw(st.booleans()):
        strip["groundwater_m"] = draw(numbers(0.0, 4.0))
    which = draw(st.sampled_from(("friction", "undrained", "both")))
    if which != "undrained":
        strip["friction_angle_deg"] = draw(numbers(25.0 + 7.0 * least, 37.5))
    if which != "friction":
        strip["undrained_strength_kpa"] = draw(numbers(30.0 + 100.0 * least, 200.0, 0))
    return strip


@st.composite
def known(draw: st.DrawFn, soil: st.SearchStrategy[dict[str, float | str]] | None = None) -> Known:
    """Draw a stout building with all told: of one material, lines of walls with three cross walls between them.

    Mostly on piles that the model does not show: a strip settles under a new storey, and a drawn footing has no check of its own.
    """
    bays = draw(st.lists(centimetres(300, 380, 20), min_size=1, max_size=3))
    lines = len(bays) + 1
    stone = draw(st.sampled_from(STOUT))
    told = draw(soil if soil is not None else soils((*["pile"] * 7, "strip", "soil"), least=0.7))
    return Known(
        storeys=draw(st.sampled_from((2, 1))),
        bays_m=tuple(bays),
        length_m=draw(centimetres(750, 950, 50)),
        clear_m=draw(centimetres(240, 265, 5)),
        floor_m=draw(centimetres(18, 26, 2)),
        walls_m=tuple(draw(st.lists(centimetres(26, 38, 2), min_size=lines, max_size=lines))),
        stone=(stone,) * lines,
        strips=draw(st.sampled_from((False, False, False, False, False, True))),
        across=(0.0, draw(st.sampled_from((0.45, 0.5))), 1.0),
        cross_m=draw(centimetres(26, 38, 2)),
        soil=told,
        piles=draw(st.sampled_from((0, 0, 0, 0, 4, 8))) if told.get("kind") == "pile" else 0,
    )
