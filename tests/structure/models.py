"""Small buildings for the structure tests, written with the authoring module and read back."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from optopscan.ifc.author import Author, Storey
from optopscan.ifc.read import read
from optopscan.issues import Issue
from optopscan.loads.actions import UseLoads, existing_actions
from optopscan.loads.take_down import take_down
from optopscan.model.building import Building
from optopscan.model.loads import TakeDown
from optopscan.model.structure import Bearing, Materials, Structure
from optopscan.settings import Settings
from optopscan.structure.bearing import infer_bearing
from optopscan.structure.build import build_structure

G = 9.81
DENSITY = {"kalkzandsteen": 1850.0, "beton": 2500.0, "staal": 7850.0, "gips": 900.0}
GROUP = {"kalkzandsteen": "calcium-silicate", "beton": "concrete", "staal": "steel", "gips": "plasterboard"}
BARE = Settings(floor_finish_kn_m2=0.0, partitions_kn_m2=0.0, roof_membrane_kn_m2=0.0, roof_ballast_kn_m2=0.0)
USE = UseLoads(floor_kn_m2=1.75, gallery_kn_m2=2.5, stair_kn_m2=2.0, roof_kn_m2=1.0, psi0=0.4, source="test", confidence="test")


@dataclass(frozen=True)
class Analysed:
    building: Building
    materials: Materials
    bearing: Bearing
    structure: Structure
    issues: tuple[Issue, ...]
    simple: TakeDown
    continuous: TakeDown

    def rows(self, name: str, kind: str | None = None) -> list[int]:
        """Return the part rows of the element with this name, in order along x, y."""
        parts, names = self.structure.parts, self.building.elements.name
        found = [i for i in range(len(parts)) if names[parts.element[i]] == name and kind in (None, parts.kind[i])]
        return sorted(found, key=lambda i: (round(parts.x_m[i], 3), round(parts.y_m[i], 3), parts.z0_m[i]))

    def foot(self, name: str, kind: str | None = None) -> float:
        """Return the permanent load at the feet of the element's parts [kN], simple distribution."""
        return float(self.simple.permanent_foot_kn[self.rows(name, kind)].sum())


def materials_of(building: Building) -> Materials:
    elements = building.elements
    first = [layers[0].name if layers else "" for layers in elements.layers]
    density = np.array([DENSITY.get(name, 2000.0) for name in first])
    nan = np.full(len(elements), np.nan)
    return Materials(
        group=tuple(GROUP.get(name, "unknown") for name in first),
        grade=(None,) * len(elements),
        density_kg_m3=density,
        strength_mpa=nan,
        strength_default_mpa=nan,
        source=("test",) * len(elements),
        self_weight_kn=elements.volume_m3 * density * G / 1000.0,
    )


def analyse(path: Path, settings: Settings = BARE) -> Analysed:
    building, _ = read([path], settings)
    materials = materials_of(building)
    bearing = infer_bearing(building.elements, materials)
    structure, issues = build_structure(building, materials, bearing, settings)
    actions = existing_actions(structure, building.elements, materials, bearing, USE, settings)
    downs = take_down(structure, actions)
    return Analysed(building, materials, bearing, structure, issues, downs["simple"], downs["continuous"])


def model(tmp_path: Path, draw: Callable[[Author, Storey], None], **how: object) -> Path:
    """Write the building that ``draw`` puts on one storey and return its file."""
    author = Author("test", **how)  # type: ignore[arg-type]
    draw(author, author.storey("00 begane grond", 0.0))
    path = tmp_path / "model.ifc"
    author.write(path)
    return path


def cross_walls(author: Author, storey: Storey) -> None:
    """Three kalkzandsteen walls 214 mm at y = 0, 5 and 10 m, 8 m long, 2.6 m high, under one 200 mm roof slab."""
    for name, y in (("A", 0.0), ("B", 5.0), ("C", 10.0)):
        author.wall(storey, name, (0, y), (8, y), z0_m=0, height_m=2.6, thickness_m=0.214, material="kalkzandsteen")
    author.roof_slab(storey, "dak", [(0, 0), (8, 0), (8, 10), (0, 10)], z_top_m=2.8, thickness_m=0.2, material="beton")
