"""Elements for the material tests: a row of fields, everything else empty."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from shapely.geometry import box
from shapely.geometry.base import BaseGeometry

from optopscan.model.building import Elements, Kind, Layer, Mesh

NAN = math.nan


@dataclass(frozen=True, kw_only=True)
class One:
    """One element; lengths in metres. Without a plan it is a square metre at the origin."""

    layers: Sequence[tuple[str, float]] = ()
    kind: Kind = "wall"
    thickness_m: float = NAN
    volume_m3: float = 1.0
    name: str = ""
    type_name: str = ""
    plan: BaseGeometry = field(default_factory=lambda: box(0, 0, 1, 1))
    z_m: tuple[float, float] = (0.0, 1.0)
    is_external: bool | None = None
    properties: Mapping[str, str | float | bool] = field(default_factory=dict)


def elements(*rows: One) -> Elements:
    n = len(rows)
    mesh = Mesh(vertices_m=np.zeros((0, 3)), faces=np.zeros((0, 3), dtype=np.int64))
    total = [row.thickness_m if not math.isnan(row.thickness_m) else sum(t for _, t in row.layers) for row in rows]
    return Elements(
        id=tuple(f"0#{k}" for k in range(n)),
        guid=(None,) * n,
        ifc_class=("IfcWall",) * n,
        kind=tuple(row.kind for row in rows),
        name=tuple(row.name for row in rows),
        type_name=tuple(row.type_name for row in rows),
        predefined_type=(None,) * n,
        storey=np.zeros(n, dtype=np.int64),
        z0_m=np.array([row.z_m[0] for row in rows]),
        z1_m=np.array([row.z_m[1] for row in rows]),
        thickness_m=np.array(total, dtype=float),
        length_m=np.ones(n),
        section_m=np.full((n, 2), np.nan),
        volume_m3=np.array([row.volume_m3 for row in rows]),
        slope_deg=np.full(n, np.nan),
        axis_m=np.full((n, 4), np.nan),
        footprint=tuple(row.plan for row in rows),
        elevation=(None,) * n,
        mesh=(mesh,) * n,
        layers=tuple(tuple(Layer(name=name, thickness_m=t) for name, t in row.layers) for row in rows),
        material_source=("IfcMaterialLayerSet",) * n,
        load_bearing=(None,) * n,
        is_external=tuple(row.is_external for row in rows),
        properties=tuple(row.properties for row in rows),
        geometry_source=("prism",) * n,
    )
