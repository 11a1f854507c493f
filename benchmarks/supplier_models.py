"""Compare what suppliers deliver with what the architect drew: weights of walls and floors of one storey.

Run: OPTOPSCAN_REAL_MODELS=<folder with the Schependomlaan models> python benchmarks/supplier_models.py

Like is compared with like. Walls: the maker of the blocks delivers the calcium-silicate
walls of the ground floor; the architect's calcium-silicate walls with their foot on that
floor. Floors: the maker of the planks delivers 60 mm planks and nothing on top; the
architect's planks at the same soffit. The floor as a whole is compared too, the maker's
with the topping that is assumed against the architect's in-situ body: that is not a
measurement but shows what the assumption is worth.
"""

from __future__ import annotations

import json
import os
import sys
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from optopscan.ifc.read import read
from optopscan.materials import toppings
from optopscan.model.building import Building
from optopscan.model.structure import Materials
from optopscan.pipeline.reading import infer
from optopscan.settings import Settings
from optopscan.units import GRAVITY_M_S2

NAME = "Schependomlaan_{}"
BLOCKS, PLANKS = NAME.format("XELLA-Begane_grond.ifc"), NAME.format("GEELEN-Dakvloer.ifc")
WALLS, FLOORS, CASCO = (NAME.format(f"ROOT{x}") for x in ("-kalkzandsteen.ifczip", "-breedplaatvloeren.ifczip", "_casco_merged.ifc"))
Rows = npt.NDArray[np.bool_]


@dataclass(frozen=True, kw_only=True)
class Line:
    """One comparison: weight by the supplier and by the architect [kN]."""

    what: str
    supplier: str
    architect: str
    supplier_kn: float
    architect_kn: float

    @property
    def difference(self) -> float:
        """Return supplier over architect minus one."""
        return self.supplier_kn / self.architect_kn - 1.0


def compare(folder: Path) -> list[Line]:
    """Return the comparisons, weights in kN."""
    blocks, block_materials = _read(folder, BLOCKS)
    planks, plank_materials = _read(folder, PLANKS)
    topping = toppings(planks.elements, plank_materials.group)
    plank_kn = plank_materials.self_weight_kn.copy()
    on_top = topping.volume_m3 * plank_materials.density_kg_m3[topping.element] * GRAVITY_M_S2 / 1000.0
    plank_kn[topping.element] -= on_top
    lines = []
    for name in (WALLS, CASCO):
        drawn, materials = _read(folder, name)
        own = float(block_materials.self_weight_kn[_walls(blocks, block_materials)].sum())
        lines.append(_line("walls of the ground floor", BLOCKS, name, own, materials, _walls(drawn, materials)))
    for name in (FLOORS, CASCO):
        drawn, materials = _read(folder, name)
        soffit = np.round(drawn.elements.z0_m, 2)
        thin = np.asarray(drawn.elements.z1_m - drawn.elements.z0_m) < 0.07
        flat = np.isin(np.array(drawn.elements.kind), ("slab", "roof"))
        at = soffit == _main_soffit(planks)
        here = np.round(planks.elements.z0_m, 2) == _main_soffit(planks)
        lines.append(_line("planks of the roof floor", PLANKS, name, float(plank_kn[here].sum()), materials, flat & at & thin))
        whole = float(plank_materials.self_weight_kn[here].sum())
        lines.append(_line("roof floor, topping assumed", PLANKS, name, whole, materials, flat & at))
    return lines


def _read(folder: Path, name: str) -> tuple[Building, Materials]:
    building, _ = read([folder / name], Settings())
    return building, infer(building, Settings())[0]


def _walls(building: Building, materials: Materials) -> Rows:
    """Return the calcium-silicate walls that stand on the ground floor, pieces over doors included."""
    e = building.elements
    stone = np.array([kind == "wall" and group == "calcium-silicate" for kind, group in zip(e.kind, materials.group, strict=True)])
    return np.asarray(stone & (e.z1_m < 3.0) & (e.z0_m > -0.2))


def _main_soffit(building: Building) -> float:
    heights, count = np.unique(np.round(building.elements.z0_m, 2), return_counts=True)
    return float(heights[count.argmax()])


def _line(what: str, supplier: str, architect: str, supplier_kn: float, materials: Materials, rows: Rows) -> Line:
    return Line(
        what=what,
        supplier=supplier,
        architect=architect,
        supplier_kn=supplier_kn,
        architect_kn=float(materials.self_weight_kn[rows].sum()),
    )


def main() -> int:
    """Write one JSON line per comparison."""
    folder = os.environ.get("OPTOPSCAN_REAL_MODELS")
    if not folder:
        sys.stderr.write("OPTOPSCAN_REAL_MODELS names no folder\n")
        return 2
    for line in compare(Path(folder)):
        row = {**vars(line), "supplier_kn": round(line.supplier_kn, 1), "architect_kn": round(line.architect_kn, 1)}
        sys.stdout.write(json.dumps({**row, "difference_percent": round(100.0 * line.difference, 2)}) + "\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
