"""One block of a family read, understood and loaded, as a scan does it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np

from optopscan.catalog.engineering import load_engineering
from optopscan.families import Authored, Dimensions, Family, author_block, load_families, typical
from optopscan.ifc.read import read
from optopscan.pipeline.loading import existing_loads
from optopscan.pipeline.reading import infer, with_bearing_thickness
from optopscan.settings import Settings
from optopscan.structure.build import build_structure

FAMILIES = {family.id: family for family in load_families()}


@dataclass(frozen=True, kw_only=True, eq=False)
class Loaded:
    authored: Authored
    building: Any
    bearing: Any
    structure: Any
    loads: Any

    def leaving(self, element: str) -> tuple[float, np.ndarray]:
        """Permanent [kN], and imposed per level [kN], that leave the pieces of a line at their foot, simple distribution."""
        take, shares, parts = self.loads.take_downs["simple"], self.structure.shares["simple"], self.structure.parts
        names = [self.building.elements.name[k] for k in parts.element]
        stem, level = element.rsplit("-", 1)
        rows = np.array([i for i, name in enumerate(names) if name == element or piece_of(name, stem, level)])
        leaves = 1.0 - np.asarray(shares.parts[rows][:, rows].sum(axis=1)).ravel()
        imposed = np.column_stack([take.imposed_foot_kn, take.roof_foot_kn])[rows]
        return float(leaves @ take.permanent_foot_kn[rows]), leaves @ imposed


def piece_of(name: str, stem: str, level: str) -> bool:
    return name.startswith(f"{stem} paneel ") and name.endswith(f"-{level}")


def settings(family: Family) -> Settings:
    return Settings(existing_use=family.file.existing_use, samples=0, place=False, max_extra_storeys=1)


def written(ifc: bytes, folder: str | Path) -> Path:
    path = Path(folder) / "block.ifc"
    path.write_bytes(ifc)
    return path


@cache
def loaded(family_id: str) -> Loaded:
    """The typical block of a family."""
    family = FAMILIES[family_id]
    return load(family, typical(family))


def load(family: Family, dimensions: Dimensions) -> Loaded:
    authored, chosen = author_block(family, dimensions), settings(family)
    with TemporaryDirectory() as folder:
        building, _ = read([written(authored.ifc, folder)], chosen)
    materials, bearing, _ = infer(building, chosen)
    structure, _ = build_structure(building, materials, bearing, chosen)
    structure = with_bearing_thickness(structure, building)
    loads = existing_loads(structure, building, materials, bearing, load_engineering(), chosen)
    return Loaded(authored=authored, building=building, bearing=bearing, structure=structure, loads=loads)


def misread(building: Any, bearing: Any, truth: dict[str, bool]) -> list[tuple[str, str]]:
    """Walls and columns of which the scan says something else than the author knows, and those that it lost."""
    said = {name: state for name, state, kind in zip(building.elements.name, bearing.state, building.elements.kind, strict=True)
            if kind in ("wall", "column")}  # fmt: skip
    return [(name, said.get(name, "not read")) for name, bears in truth.items() if said.get(name) != ("yes" if bears else "no")]
