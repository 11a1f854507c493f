"""Carbon dioxide of a variant: emitted to make it and stored in it; nan where the product or the roof states none.

Only the product and what comes on its roof count. Strengthening, stairs, lifts and use are not in it.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass

from optopscan.catalog.concept import Concept, Quantity
from optopscan.catalog.worth_rows import NewRoof
from optopscan.feasibility.scheme import Scheme


@dataclass(frozen=True, kw_only=True)
class Carbon:
    """Emitted in A1-A3 and stored [kg CO2]: value and range; nan where not stated, and ``why`` says by whom."""

    emitted_kg: float
    emitted_lo_kg: float
    emitted_hi_kg: float
    stored_kg: float
    stored_lo_kg: float
    stored_hi_kg: float
    why: tuple[str, ...]


def carbon_of(scheme: Scheme, concepts: Mapping[str, Concept], roof: NewRoof | None = None, lang: str = "nl") -> Carbon:
    """Return the carbon of products and new roof; emitted and stored are never netted, they differ in kind."""
    nl = lang == "nl"
    emitted, why_emitted = _sum(scheme, concepts, roof, "carbon_emitted_kg_m2", "uitstoot" if nl else "emitted", nl)
    stored, why_stored = _sum(scheme, concepts, roof, "carbon_stored_kg_m2", "opslag" if nl else "stored", nl)
    return Carbon(
        emitted_kg=emitted[0],
        emitted_lo_kg=emitted[1],
        emitted_hi_kg=emitted[2],
        stored_kg=stored[0],
        stored_lo_kg=stored[1],
        stored_hi_kg=stored[2],
        why=(*why_emitted, *why_stored),
    )


def _sum(
    scheme: Scheme, concepts: Mapping[str, Concept], roof: NewRoof | None, key: str, name: str, nl: bool
) -> tuple[tuple[float, float, float], list[str]]:
    """Return value, low and high [kg], and who states nothing; ``key`` is the field of product and roof."""
    of_roof = 0.0 if roof is None else scheme.roof_m2 * getattr(roof, key)
    totals, why = [of_roof, of_roof, of_roof], []
    for concept_id, area_m2 in scheme.areas_m2.items():
        quantity: Quantity = getattr(concepts[concept_id], key)
        totals = [total + area_m2 * value for total, value in zip(totals, (quantity.value, quantity.lo, quantity.hi), strict=True)]
        if not quantity.known:
            why.append(f"{name}: {concepts[concept_id].name} ({quantity.source})")
    if roof is not None and math.isnan(of_roof):
        why.append(f"{name}: {roof.nl if nl else roof.en} ({'niet opgegeven' if nl else 'not stated'})")
    return (totals[0], totals[1], totals[2]), why
