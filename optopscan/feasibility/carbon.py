"""Carbon dioxide of a variant: emitted to make it and stored in it; nan where the product or the roof states none.

Only the product and what comes on its roof count. Strengthening, stairs, lifts and use are not in it.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

from optopscan.catalog.concept import Concept
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


def carbon_of(scheme: Scheme, concept: Concept, roof: NewRoof | None = None, lang: str = "nl") -> Carbon:
    """Return the carbon of product and new roof; emitted and stored are never netted, they differ in kind."""
    nl = lang == "nl"
    emitted, stored = concept.carbon_emitted_kg_m2, concept.carbon_stored_kg_m2
    roof_emitted = 0.0 if roof is None else scheme.roof_m2 * roof.carbon_emitted_kg_m2
    roof_stored = 0.0 if roof is None else scheme.roof_m2 * roof.carbon_stored_kg_m2
    why = []
    for name_nl, name_en, quantity, of_roof in (
        ("uitstoot", "emitted", emitted, roof_emitted),
        ("opslag", "stored", stored, roof_stored),
    ):
        name = name_nl if nl else name_en
        if not quantity.known:
            why.append(f"{name}: {concept.name} ({quantity.source})")
        if math.isnan(of_roof) and roof is not None:
            why.append(f"{name}: {roof.nl if nl else roof.en} ({'niet opgegeven' if nl else 'not stated'})")
    return Carbon(
        emitted_kg=scheme.gfa_m2 * emitted.value + roof_emitted,
        emitted_lo_kg=scheme.gfa_m2 * emitted.lo + roof_emitted,
        emitted_hi_kg=scheme.gfa_m2 * emitted.hi + roof_emitted,
        stored_kg=scheme.gfa_m2 * stored.value + roof_stored,
        stored_lo_kg=scheme.gfa_m2 * stored.lo + roof_stored,
        stored_hi_kg=scheme.gfa_m2 * stored.hi + roof_stored,
        why=tuple(why),
    )
