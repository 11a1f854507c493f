"""One block of a family, scanned."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np

from optopscan.families import Authored, Dimensions, Family, author_block, load_families, typical
from optopscan.pipeline import scan
from optopscan.settings import Settings

FAMILIES = {family.id: family for family in load_families()}


@dataclass(frozen=True, kw_only=True, eq=False)
class Loaded:
    authored: Authored
    result: Any

    def leaving(self, element: str) -> tuple[float, np.ndarray]:
        """Permanent [kN], and imposed per level [kN], that leave the pieces of a line at their foot, simple distribution."""
        take, shares, parts = self.result.take_downs["simple"], self.result.structure.shares["simple"], self.result.structure.parts
        names = [self.result.building.elements.name[k] for k in parts.element]
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
    authored = author_block(family, dimensions)
    with TemporaryDirectory() as folder:
        return Loaded(authored=authored, result=scan([written(authored.ifc, folder)], settings(family)))


def misread(building: Any, bearing: Any, truth: dict[str, bool]) -> list[tuple[str, str]]:
    """Walls and columns of which the scan says something else than the author knows, and those that it lost."""
    said = {name: state for name, state, kind in zip(building.elements.name, bearing.state, building.elements.kind, strict=True)
            if kind in ("wall", "column")}  # fmt: skip
    return [(name, said.get(name, "not read")) for name, bears in truth.items() if said.get(name) != ("yes" if bears else "no")]
