"""CO2 of the dwellings of a screening: gross floor area of the range times what the product states, emitted and stored apart."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from optopscan.catalog.concept import Concept, Quantity
from optopscan.portfolio.groups import Group

KG_PER_TONNE = 1000.0


def product_carbon(concept: Concept) -> dict[str, Any]:
    """Return what the product states per m2 of gross floor area [kg CO2/m2], with its source; lo and hi null where it states nothing."""
    return {
        "product": concept.id,
        "fictitious": concept.fictitious,
        "emitted_kg_m2": _stated(concept.carbon_emitted_kg_m2),
        "stored_kg_m2": _stated(concept.carbon_stored_kg_m2),
    }


def _stated(quantity: Quantity) -> dict[str, Any]:
    lo, hi = (quantity.lo, quantity.hi) if quantity.known else (None, None)
    return {"lo": lo, "hi": hi, "basis": quantity.basis, "source": quantity.source, "date": quantity.date}


def group_carbon(group: Group, stated: Mapping[str, Any], *, small_m2: float, large_m2: float) -> dict[str, Any]:
    """Return gross floor area [m2] and CO2 [t] of the dwellings of a group, as ranges; null where the product states nothing.

    One end is every likely dwelling at the large size, the other every possible one at the small size; the least takes the
    lowest factor of the product and the most the highest.
    """
    ends = sorted((group.sums["dwellings_lo"] * large_m2, group.sums["dwellings_hi"] * small_m2))
    return {
        "gfa_m2": {"lo": round(ends[0]), "hi": round(ends[1])},
        **{f"{name}_t": _tonnes(ends, stated[f"{name}_kg_m2"]) for name in ("emitted", "stored")},
    }


def _tonnes(ends: list[float], factor: Mapping[str, Any]) -> dict[str, int] | None:
    if factor["lo"] is None:
        return None
    return {end: round(area_m2 * factor[end] / KG_PER_TONNE) for end, area_m2 in zip(("lo", "hi"), ends, strict=True)}
