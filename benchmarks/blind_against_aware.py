"""Placing without and with the capacity of the walls below, on one small building with a weak bay: two pictures and their numbers.

    python benchmarks/blind_against_aware.py docs/pictures

Seven bays of 3.6 m, two storeys of kalkzandsteen; on the ground floor the walls of one bay are of weaker stone. The first
layout knows the roof only; loaded on the building from scratch, those walls say no. The second is found with the capacity rows.
Every layout with more dwellings (each bay with no, one or two storeys) is loaded too: none of them holds.
"""

from __future__ import annotations

import argparse
import dataclasses
import itertools
import tempfile
from collections.abc import Iterator, Sequence
from functools import cached_property
from pathlib import Path

import numpy as np
import scipy.sparse as sp
from shapely.affinity import translate
from shapely.geometry import box

import optopscan
from optopscan import Settings, scan
from optopscan.catalog.concept import Concept
from optopscan.catalog.load import load_concepts
from optopscan.checks.utilisation import OUTCOMES, OVER, Utilisation, part_effects, utilisation
from optopscan.ifc.author import Author, rectangle
from optopscan.model.variant import Placed
from optopscan.pipeline.placing import below_of
from optopscan.placement.below import Below, products_of, rows_of
from optopscan.placement.ground import Ground, survey
from optopscan.placement.layout import Job, placed_of, search
from optopscan.placement.placing_ground import PlacingGround
from optopscan.placement.programme import Programme
from optopscan.placement.recheck import layout_loads
from optopscan.placement.roof import usable_roofs
from optopscan.placement.rows import CapacityRows
from optopscan.placement.solve import NODE_LIMIT, Known
from optopscan.report.plans.frame import Entry, Words
from optopscan.report.plans.render import PASTELS
from optopscan.report.plans.sheet import Sheet, drawn
from optopscan.report.variants.words import HOME_EDGE, LINE_COLOURS, LOW_UC

BAYS, BAY_M, DEPTH_M, CLEAR_M, WALL_M, FLOOR_M = 7, 3.6, 9.0, 2.6, 0.12, 0.18
WEAK, STONE, WEAK_STONE = (3, 4), "kalkzandsteen CS20", "kalkzandsteen CS12"
STOREYS = 2
PRODUCT = "fictief.hsb-3d"


def building() -> Author:
    """Return the building: cross walls and floors."""
    author = Author("zeven vakken", build_year=1965)
    levels = [author.storey(f"0{k}", k * (CLEAR_M + FLOOR_M)) for k in range(STOREYS + 1)]
    plan = rectangle(-WALL_M / 2, 0.0, BAYS * BAY_M + WALL_M / 2, DEPTH_M)
    for k in range(2):
        foot_m = levels[k].elevation_m
        for line in range(BAYS + 1):
            stone = WEAK_STONE if k == 0 and line in WEAK else STONE
            author.wall(
                levels[k], f"muur {line}-{k}", (line * BAY_M, 0.0), (line * BAY_M, DEPTH_M), z0_m=foot_m, height_m=CLEAR_M,
                thickness_m=WALL_M, material=stone,
            )  # fmt: skip
        add, top_m = (author.roof_slab if k else author.slab), foot_m + CLEAR_M + FLOOR_M
        add(levels[k + 1], f"vloer {k + 1}", plan, z_top_m=top_m, thickness_m=FLOOR_M, material="beton C20/25")
    return author


def product() -> Concept:
    """Return the catalogue product, straight on the walls: one module per bay, as deep as the building, no transfer span."""
    [found] = [concept for concept in load_concepts() if concept.id == PRODUCT]
    one = tuple(unit for unit in found.unit_types if unit.modules == 1)
    return dataclasses.replace(
        found,
        width_m=BAY_M,
        width_options_m=(),
        length_m=DEPTH_M,
        length_lo_m=DEPTH_M,
        length_hi_m=DEPTH_M,
        transfer_span_max_m=0.0,
        unit_types=one,
    )


@dataclasses.dataclass(frozen=True)
class Loaded:
    """A layout loaded on the building from scratch."""

    placed: tuple[Placed, ...]
    checked: Utilisation
    changed: np.ndarray

    @property
    def dwellings(self) -> int:
        """Number of modules: each is a dwelling."""
        return len(self.placed)

    @property
    def max_uc(self) -> float:
        """Highest known utilisation of the parts that the layout loads."""
        known = self.checked.uc[self.changed]
        return float(known[np.isfinite(known)].max(initial=0.0))

    @property
    def outcome(self) -> str:
        """Worst outcome of the parts that the layout loads."""
        return OUTCOMES[int(self.checked.outcome[self.changed].max(initial=0))]

    @property
    def over(self) -> int:
        """Number of parts that are over."""
        return int((self.checked.outcome[self.changed] == OVER).sum())


@dataclasses.dataclass(frozen=True)
class Site:
    """The building with all that placing starts from."""

    ground: PlacingGround
    below: Below
    programme: Programme
    survey: Ground
    rows: CapacityRows

    @classmethod
    def build(cls) -> Site:
        """Scan the building and look where the product could stand."""
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "vakken.ifc"
            building().write(path)
            ground = scan([path], Settings(place=False, setback_m=0.0)).ground
        below, programme = below_of(ground), Programme(concept=product(), storeys=STOREYS)
        roofs = (usable_roofs(below.structure),) * STOREYS
        found = survey(below.structure, programme, roofs)
        return cls(ground, below, programme, found, rows_of(below, programme, found, mode="possible"))

    @cached_property
    def blind(self) -> Loaded:
        """The layout of who knows the roof only."""
        n = len(self.survey.candidates)
        nothing = dataclasses.replace(
            self.rows, matrix=sp.csr_array((0, n)), rhs=np.zeros(0), part=np.zeros(0, dtype=np.int64), combination=(), distribution=(),
            over=np.zeros(n, dtype=bool), unknown=np.zeros(n, dtype=bool), blocked=np.zeros(n, dtype=bool),
        )  # fmt: skip
        unchecked = dataclasses.replace(self.below, rebuild=None, check=None)
        return self.loaded(search(self._job(unchecked, nothing))[0].placed)

    @cached_property
    def aware(self) -> Loaded:
        """The layout that is found with the capacity rows."""
        return self.loaded(search(self._job(self.below, self.rows))[0].placed)

    def larger(self, dwellings: int) -> Iterator[Loaded]:
        """Give every layout with more dwellings: no, one or two storeys on every bay."""
        job = self._job(self.below, self.rows)
        places: dict[tuple[float, ...], list[int]] = {}
        for row in range(len(self.survey.candidates)):
            plan = self.survey.candidates.rectangles(row, 0)
            places.setdefault((float(plan.u_m[0]), float(plan.v_m[0])), []).append(row)
        for chosen in itertools.product(*([None, *rows] for rows in places.values())):
            rows = np.array([row for row in chosen if row is not None], dtype=np.int64)
            if self.survey.candidates.height[rows].sum() <= dwellings:
                continue
            yield self.loaded(placed_of(job, rows))

    def loaded(self, placed: Sequence[Placed]) -> Loaded:
        """Load a layout on the building from scratch and check it."""
        loads = layout_loads(self.below.structure, self.survey.whole, products_of(self.below, self.programme), placed, storeys=STOREYS)
        rebuilt = self.below.rebuild(loads)  # type: ignore[misc]
        psi0 = max(self.ground.psi0, self.ground.psi0_new)
        effects = {name: part_effects(take, factors=self.ground.factors, psi0=psi0) for name, take in rebuilt.items()}
        changed = np.zeros(len(self.ground.structure.parts), dtype=bool)
        for name, take in rebuilt.items():
            changed |= take.permanent_foot_kn - self.ground.take_downs[name].permanent_foot_kn > 1e-6
        known = self.ground.structure.parts.bearing_known
        return Loaded(tuple(placed), utilisation(effects, self.ground.resistance, bearing_known=known), changed)

    def _job(self, below: Below, rows: CapacityRows) -> Job:
        return Job(below, self.programme, self.survey, rows, NODE_LIMIT, Known())


def told(name: str, layout: Loaded) -> str:
    """Return the caption of one layout."""
    verdict = {"over": f"rejected by the re-check, {layout.over} wall parts over", "ok": "accepted", "unknown": "not known"}[layout.outcome]
    return f"{name}: {layout.dwellings} dwellings, highest UC {layout.max_uc:.2f}: {verdict}"


def picture(site: Site) -> bytes:
    """Return both layouts under each other as PNG: walls coloured by their highest utilisation, storeys per bay."""
    return drawn(lambda: _sheet(site).png())


def _sheet(site: Site) -> Sheet:
    more = sum(1 for _ in site.larger(site.aware.dwellings))
    good = sum(layout.outcome != "over" for layout in site.larger(site.aware.dwellings))
    legend = [
        Entry(text=f"wall, UC at most {LOW_UC}", edge=LINE_COLOURS["low"], kind="line", width_pt=3.0),
        Entry(text="wall, UC at most 1.0", edge=LINE_COLOURS["high"], kind="line", width_pt=3.0),
        Entry(text="wall, UC over 1.0", edge=LINE_COLOURS["over"], kind="line", width_pt=3.0),
        Entry(text="module, number of storeys", face=PASTELS[0], edge=HOME_EDGE),
    ]
    words = Words(
        title="Placing modules without and with the capacity of the walls below",
        subtitle=f"{BAYS} bays of {BAY_M:g} m, {STOREYS} new storeys at most; weaker stone in two walls of the ground floor",
        scale="scale 1:{n}",
        axes="numbers at the walls: highest UC of all parts of that wall, modules loaded from scratch",
        footer=f"All {more} layouts with more than {site.aware.dwellings} dwellings were loaded too; {good} of them hold. "
        "Fictitious product and building. Quickscan, not a structural design check.",
        software=f"optopscan {optopscan.__version__}",
        names=("", ""),
    )
    x0 = float(site.ground.structure.heads.x0_m.min())
    y0 = float(site.ground.structure.heads.y0_m.min())
    step_m = DEPTH_M + 3.4
    sheet = Sheet((x0 - 0.5, y0 - step_m - 1.2, x0 + BAYS * BAY_M + 0.5, y0 + DEPTH_M + 1.8), words, legend)
    sheet.plan.set_xticks([])
    sheet.plan.set_yticks([])
    for name, layout, down_m in (("Roof only", site.blind, 0.0), ("With the walls below", site.aware, step_m)):
        _layout(sheet, site, layout, -down_m)
        middle = x0 + BAYS * BAY_M / 2.0
        sheet.label([(middle, y0 + DEPTH_M + 1.25 - down_m)], told(name, layout), weight="bold", fontsize=9.5)
    return sheet


def _layout(sheet: Sheet, site: Site, layout: Loaded, dy_m: float) -> None:
    for roof in site.survey.whole:
        sheet.area(translate(roof.polygon, yoff=dy_m), face="#f4f4f4", edge="#9a9a9a", z=0.5)
    stacks: dict[tuple[float, float], int] = {}
    for module in layout.placed:
        stacks[module.x_m, module.y_m] = max(stacks.get((module.x_m, module.y_m), 0), module.storey)
    for (x_m, y_m), storeys in sorted(stacks.items()):
        shape = box(x_m, y_m + dy_m, x_m + BAY_M, y_m + DEPTH_M + dy_m)
        sheet.area(shape, face=PASTELS[0], edge=HOME_EDGE, z=1.0, width_pt=1.4)
        sheet.label([(shape.centroid.x, shape.centroid.y)], f"{storeys} storeys", color=HOME_EDGE, fontsize=9.0)
    parts = site.ground.structure.parts
    for x_m in sorted({round(float(x), 3) for x in parts.x_m}):
        on = np.abs(parts.x_m - x_m) < 0.01
        uc = float(layout.checked.uc[on].max())
        colour = LINE_COLOURS["over" if uc > 1.0 else "high" if uc > LOW_UC else "low"]
        y0_m, y1_m = float(parts.y0_m[on].min()), float(np.maximum(parts.y0_m, parts.y1_m)[on].max())
        sheet.lines([(x_m, y0_m + dy_m, x_m, y1_m + dy_m)], colour=colour, width_pt=5.0, z=3.0)
        sheet.label([(x_m, y0_m - 0.45 + dy_m)], f"{uc:.2f}", color=colour, weight="bold", fontsize=9.0)


def main() -> None:
    """Print the numbers and write the picture."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path, nargs="?", help="write blind_against_aware.png here")
    folder: Path | None = parser.parse_args().folder
    site = Site.build()
    print(told("roof only", site.blind))
    print(told("with the walls below", site.aware))
    for layout in site.larger(site.aware.dwellings):
        print(told("larger", layout))
    if folder is not None:
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "blind_against_aware.png").write_bytes(picture(site))


if __name__ == "__main__":
    main()
