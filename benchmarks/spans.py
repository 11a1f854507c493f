"""Share of floor area whose span direction is right.

    python benchmarks/spans.py [--real FOLDER]

Examples: the truth is written down here from how they are built (`examples/*.py`). Where
nothing in the building says which way a piece spans (in-situ corners of a core with walls
on four sides) the area is counted apart. Real buildings (FOLDER, or OPTOPSCAN_REAL_MODELS):
the truth is the long side of every plank, taken straight from the file with the geometry
kernel; the direction is asked twice, as found, and blind: with the evidence of planks and
joints taken away, so that only names and supports are left.
"""

from __future__ import annotations

import argparse
import dataclasses
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import nullcontext
from dataclasses import dataclass
from pathlib import Path
from unittest import mock

import ifcopenshell
import ifcopenshell.geom
import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from optopscan.model.result import ScanResult
from optopscan.pipeline import scan
from optopscan.settings import Settings

EXAMPLES = Path(__file__).parent.parent / "examples" / "ifc"
WITHIN_DEG = 1.0
X, Y, EITHER = 0.0, 90.0, float("nan")
PLANKS = ("kanaalplaat", "breedplaat_schil", "hollow core", "precast plank")


@dataclass(frozen=True)
class Region:
    """Where a floor spans ``deg`` in truth (nan: nothing tells), and a name to report it under."""

    name: str
    shape: BaseGeometry
    deg: float
    z0_m: float = -np.inf
    z1_m: float = np.inf


# -- truth of the examples ------------------------------------------------------


def galerijflat() -> list[Region]:
    """Cross walls every 5.4 m along x carry floors and roof; gallery plates span from fin to fin, along x too."""
    return [
        Region("core", shapely.box(27.55, -1.4, 32.15, 3.6), EITHER),
        Region("floors between cross walls, galleries", shapely.box(-1, -2, 28.2, 11), X),
    ]


def kantoor() -> list[Region]:
    """Beams along y every 5.4 m; the floor spans along x between them, and over the core of 3 x 5 m."""
    return [Region("floors between beams", shapely.box(-1, -1, 28, 16), X)]


def portiekflat() -> list[Region]:
    """Facades and middle wall along x, 4.0 m apart; between the stair walls (2.4 m apart) the front bay spans along x."""
    regions = [Region("between stair walls", shapely.box(x0 + 7.2, 0, x0 + 9.6, 4.0), X) for x0 in (0.0, 16.8)]
    return [*regions, Region("facade to middle wall to facade", shapely.box(-1, -1, 35, 9), Y)]


TRUTH: dict[str, Callable[[], list[Region]]] = {"galerijflat_1972": galerijflat, "kantoor_1980": kantoor, "portiekflat_1958": portiekflat}


# -- truth of real files ----------------------------------------------------------


def planks(path: Path, result: ScanResult) -> list[Region]:
    """Return every plank of a file with the direction of its long side, in the local coordinates of a scan."""
    model = ifcopenshell.open(path)
    place = result.building.local_to_ifc
    turn = np.radians(-place.rotation_deg)
    matrix = np.array([[np.cos(turn), -np.sin(turn)], [np.sin(turn), np.cos(turn)]])
    settings = ifcopenshell.geom.settings()
    settings.set("use-world-coords", True)
    regions = []
    elements = result.building.elements
    called_of = {name: f"{elements.name[i]} {elements.type_name[i]}".lower() for i, name in enumerate(elements.id)}
    for slab in model.by_type("IfcSlab"):
        called = called_of.get(f"0#{slab.id()}", "")
        if not any(word in called for word in PLANKS) or slab.Representation is None:
            continue
        points = np.array(ifcopenshell.geom.create_shape(settings, slab).geometry.verts).reshape(-1, 3)
        plan = (points[:, :2] - np.array(place.origin_m[:2])) @ matrix.T
        hull = shapely.MultiPoint(plan).convex_hull
        corners = shapely.get_coordinates(shapely.minimum_rotated_rectangle(hull))
        sides = np.diff(corners[:3], axis=0)
        length = np.hypot(*sides.T)
        if length.max() < 1.25 * length.min():
            continue
        along = sides[int(length.argmax())]
        deg = float(np.degrees(np.arctan2(along[1], along[0])) % 180.0)
        z = points[:, 2] - place.origin_m[2]
        kind = "hollow core" if "kanaal" in called or "hollow" in called else "planks"
        regions.append(Region(kind, hull, deg, float(z.min()) - 0.1, float(z.max()) + 0.5))
    return regions


# -- comparison -------------------------------------------------------------------


@dataclass
class Score:
    """Areas [m2]: truth, right, another direction, two ways or none."""

    area: float = 0.0
    right: float = 0.0
    other: float = 0.0
    open: float = 0.0


def compare(result: ScanResult, regions: list[Region], *, ground: bool) -> dict[str, Score]:
    """Return the score per name of region; a cell belongs to the first region that holds its centre."""
    cells, fields = result.structure.cells, result.structure.fields
    points = shapely.points(cells.x_m, cells.y_m)
    free = np.array([ground or fields.kind[f] != "ground" for f in cells.field])
    top = fields.z1_m[cells.field]
    scores: dict[str, Score] = {}
    for region in regions:
        mine = free & shapely.intersects(region.shape, points) & (top >= region.z0_m) & (top <= region.z1_m)
        free &= ~mine
        area, deg = cells.area_m2[mine], cells.span_deg[mine]
        right = np.abs((deg - region.deg + 90.0) % 180.0 - 90.0) < WITHIN_DEG
        if not mine.any():
            continue
        score = scores.setdefault(region.name, Score())
        score.area += float(area.sum())
        score.right += float(area[right].sum())
        score.open += float(area[np.isnan(deg)].sum())
        score.other += float(area[~right & ~np.isnan(deg)].sum())
        if np.isnan(region.deg):
            score.right = score.other = score.open = float("nan")
    return scores


def blind() -> mock._patch[mock.MagicMock]:
    """Take the evidence of pieces away: what a model without planks would give."""
    return mock.patch("optopscan.structure.span.piece_spans", return_value=[])


def lines(name: str, scores: dict[str, Score]) -> Iterator[str]:
    """Yield a line per region and one for all that has a truth."""
    known = [score for score in scores.values() if not np.isnan(score.right)]
    for region, score in scores.items():
        if np.isnan(score.right):
            yield f"{name:44} {region:38} {score.area:8.1f} m2  nothing tells"
        else:
            yield f"{name:44} {region:38} {score.area:8.1f} m2  {row(score)}"
    if len(known) > 1:
        total = Score(*(sum(getattr(score, part) for score in known) for part in ("area", "right", "other", "open")))
        yield f"{name:44} {'ALL':38} {total.area:8.1f} m2  {row(total)}"


def row(score: Score) -> str:
    """Return right, other and open as percentages."""
    return ", ".join(
        f"{what} {100 * part / score.area:5.1f} %" for what, part in (("right", score.right), ("other", score.other), ("open", score.open))
    )


def main() -> None:
    """Print the shares."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--real", type=Path, default=os.environ.get("OPTOPSCAN_REAL_MODELS"), help="folder with real IFC files")
    asked = parser.parse_args()
    settings = Settings(place=False)
    for stem, truth in TRUTH.items():
        result = scan([EXAMPLES / f"{stem}.ifc"], settings)
        dx, dy, _ = result.building.local_to_ifc.origin_m
        regions = [dataclasses.replace(region, shape=shapely.affinity.translate(region.shape, -dx, -dy)) for region in truth()]
        sys.stdout.writelines(f"{line}\n" for line in lines(stem, compare(result, regions, ground=False)))
    for path in sorted(Path(asked.real).glob("*casco*.ifc")) if asked.real else []:
        for how, context in (("as found", nullcontext()), ("blind", blind())):
            with context:
                result = scan([path], settings)
            sys.stdout.writelines(
                f"{line}\n" for line in lines(f"{path.stem[:33]}, {how}", compare(result, planks(path, result), ground=how == "as found"))
            )


if __name__ == "__main__":
    main()
