"""One variant as its worth sees it: numbers, works beside the product, and the boxes that throw shadow."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from optopscan.model.variant import Placed, Variant
from optopscan.model.verdict import Outcome


@dataclass(frozen=True, kw_only=True)
class Prism:
    """A polygon (holes allowed) between two levels [m]."""

    polygon: BaseGeometry
    z0_m: float
    z1_m: float


@dataclass(frozen=True, kw_only=True)
class Scheme:
    """One variant.

    ``works`` are amounts by the ids of the table of prices (gallery m2, stair storeys, lifts, parts to strengthen);
    nan is an amount that nobody knows. ``unknown`` are the subjects that keep the outcome unknown, as "foundation"
    (`optopscan.feasibility.choose.UNKNOWN`). ``max_uc`` nan: not known. ``gfa_by_concept`` divides the area where wings
    have different products; empty: all of it is of ``concept``.
    """

    id: str
    concept: str
    storeys: int
    access: str
    mix: str
    setback_m: float
    dwellings: int
    dwellings_by_type: Mapping[str, int] = field(default_factory=lambda: MappingProxyType({}))
    gfa_m2: float
    roof_m2: float
    max_uc: float
    outcome: Outcome
    works: Mapping[str, float] = field(default_factory=lambda: MappingProxyType({}))
    unknown: tuple[str, ...] = ()
    boxes: tuple[Prism, ...] = ()
    gfa_by_concept: Mapping[str, float] = field(default_factory=lambda: MappingProxyType({}))

    @property
    def areas_m2(self) -> Mapping[str, float]:
        """Gross floor area of each product [m2]."""
        return self.gfa_by_concept or {self.concept: self.gfa_m2}


def boxes_of(placed: Sequence[Placed], *, transfer_depth_m: float = 0.0) -> tuple[Prism, ...]:
    """Return the bodies of placed modules: width along the rotation, length to the left of it, from the first corner.

    The lowest storey reaches down over the transfer layer: no light passes between the old roof and the new floor.
    """
    found = []
    for module in placed:
        turn = np.radians(module.rotation_deg)
        along = np.array([np.cos(turn), np.sin(turn)]) * module.width_m
        left = np.array([-np.sin(turn), np.cos(turn)]) * module.length_m
        start = np.array([module.x_m, module.y_m])
        corners = np.stack([start, start + along, start + along + left, start + left])
        z0_m = module.z_m - (transfer_depth_m if module.storey == 1 else 0.0)
        found.append(Prism(polygon=shapely.Polygon(corners), z0_m=z0_m, z1_m=module.z_m + module.height_m))
    return tuple(found)


def scheme_of(
    variant: Variant,
    *,
    access: str = "none",
    mix: str = "",
    setback_m: float = 0.0,
    works: Mapping[str, float] | None = None,
    unknown: tuple[str, ...] = (),
    transfer_depth_m: float = 0.0,
) -> Scheme:
    """Return a placed variant as a scheme; its roof is the plan of its modules, its area goes to products by module plan."""
    boxes = boxes_of(variant.placed, transfer_depth_m=transfer_depth_m)
    plan: dict[str, float] = {}
    for module in variant.placed:
        key = module.concept or variant.concept
        plan[key] = plan.get(key, 0.0) + module.width_m * module.length_m
    total = sum(plan.values())
    return Scheme(
        id=variant.id,
        concept=variant.concept,
        storeys=variant.storeys,
        access=access,
        mix=mix,
        setback_m=setback_m,
        dwellings=variant.dwellings,
        dwellings_by_type=MappingProxyType(dict(variant.dwellings_by_type)),
        gfa_m2=variant.gfa_m2,
        roof_m2=float(shapely.union_all([box.polygon for box in boxes]).area) if boxes else 0.0,
        max_uc=variant.max_uc,
        outcome=variant.outcome,
        works=MappingProxyType(dict(works or {})),
        unknown=unknown,
        boxes=boxes,
        gfa_by_concept=MappingProxyType({key: variant.gfa_m2 * area / total for key, area in sorted(plan.items())} if total else {}),
    )
