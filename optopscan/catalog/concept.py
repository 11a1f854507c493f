"""A product of the concepts catalogue, as the rest of the package sees it.

Loads are characteristic. A verdict uses ``hi`` of every load; an unknown roof
or transfer layer makes the product unusable for `proven`.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Literal

Basis = Literal["measured", "calculated", "declared", "assumed"]
BEYOND = frozenset({"aanplak", "plint"})
"""Words of ``access`` that name a place beside or in the building instead of on its roof."""


@dataclass(frozen=True, kw_only=True)
class Quantity:
    """A number with its range and where it comes from; all nan when "onbekend"."""

    value: float
    lo: float
    hi: float
    basis: Basis
    source: str
    date: str

    @property
    def known(self) -> bool:
        """True when the product states the value."""
        return not math.isnan(self.value)


UNSTATED = Quantity(value=math.nan, lo=math.nan, hi=math.nan, basis="assumed", source="not stated", date="")


@dataclass(frozen=True, kw_only=True)
class UnitType:
    """One dwelling type: how many modules make it."""

    code: str
    modules: int
    gbo_m2: float
    gfa_m2: float
    rooms: int
    persons: int


@dataclass(frozen=True, kw_only=True)
class Concept:
    """One product. Areas are gross, widths and lengths outer sizes [m].

    ``g_wall_kn_m`` is per metre of module perimeter. ``supports`` says which sides
    of a module bear: both long sides, both short sides, or the four corners.
    ``connector_uplift_kn_m`` and ``connector_shear_kn_m`` are design resistances of the
    anchorage to the old building per metre of support; nan where the product states none.
    ``g_gallery_kn_m2`` is a walkway of the product's own; not known where it states none, and then
    that of ``access.toml`` counts.

    ``transfer_span_to_depth_max`` limits the span of the transfer layer by its depth; nan: not stated. The four below it
    are for products on columns of their own: largest span across the building, distance of the columns along it, free
    strip that columns and footings need, and whether the columns stand beside the building or go through it.

    ``outside_verdict`` are the keys of what the product states of its loads and no check over the whole roof takes
    (`optopscan.catalog.outside`).
    """

    id: str
    name: str
    supplier: str
    fictitious: bool
    access: tuple[str, ...]
    system_kind: Literal["module-3d", "panel-2d", "core-panel"]
    system_material: str
    max_storeys: int
    width_m: float
    length_m: float
    height_m: float
    width_options_m: tuple[float, ...]
    length_lo_m: float
    length_hi_m: float
    overhang_max_m: float
    g_floor_kn_m2: Quantity
    g_wall_kn_m: Quantity
    g_roof_kn_m2: Quantity
    g_transfer_kn_m2: Quantity
    transfer_depth_m: float
    transfer_span_max_m: float
    transfer_takes_moment: bool
    support_system: Literal["walls", "facade-frame", "table"]
    supports: Literal["line-long", "line-short", "point"]
    support_offset_max_m: float
    unit_types: tuple[UnitType, ...]
    cost_eur_m2: Quantity
    carbon_emitted_kg_m2: Quantity
    carbon_stored_kg_m2: Quantity
    g_gallery_kn_m2: Quantity = UNSTATED
    connector_uplift_kn_m: float = math.nan
    connector_shear_kn_m: float = math.nan
    transfer_span_to_depth_max: float = math.nan
    frame_span_max_m: float = math.nan
    column_distance_m: float = math.nan
    column_clearance_m: float = math.nan
    columns: Literal["none", "outside", "through"] = "none"
    outside_verdict: tuple[str, ...] = ()

    @property
    def unknown_loads(self) -> tuple[str, ...]:
        """Keys of the loads without which nothing can be proven, as far as the product does not know them."""
        keys = ("g_floor_kn_m2", "g_wall_kn_m", "g_roof_kn_m2", "g_transfer_kn_m2")
        return tuple(key for key in keys if not getattr(self, key).known)

    @property
    def own_support(self) -> bool:
        """True when the product stands on columns and foundations of its own."""
        return self.support_system != "walls"

    @property
    def transfer_reach_m(self) -> float:
        """Span that both the limit and the depth of the transfer layer allow [m]; 0 where no limit is stated."""
        deep_m = self.transfer_span_to_depth_max * self.transfer_depth_m
        span_m = self.transfer_span_max_m if math.isnan(self.transfer_span_to_depth_max) else min(self.transfer_span_max_m, deep_m)
        return span_m if math.isfinite(span_m) else 0.0

    @property
    def on_roof(self) -> bool:
        """True when the product is meant for a roof, not only for a gable end or a plinth."""
        return not set(self.access) <= BEYOND

    def storey_load_kn_m2(self, *, width_m: float, length_m: float, bound: Literal["lo", "value", "hi"] = "hi") -> float:
        """Return floor and walls of one storey [kN/m2 of module plan], without roof and transfer layer."""
        perimeter_m = 2.0 * (width_m + length_m)
        floor: float = getattr(self.g_floor_kn_m2, bound)
        wall: float = getattr(self.g_wall_kn_m, bound)
        return floor + wall * perimeter_m / (width_m * length_m)
