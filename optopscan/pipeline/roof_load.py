"""The new roof that was asked for, as weight of the product."""

from __future__ import annotations

from dataclasses import replace

from optopscan.catalog.concept import Concept, Quantity
from optopscan.catalog.engineering import Engineering
from optopscan.settings import Settings


def with_new_roof(concept: Concept, values: Engineering, settings: Settings) -> Concept:
    """Return the product with what lies on its roof beside its own: green or panels, the upper value in every verdict."""
    extra = values.new_roof(settings.new_roof)
    own = concept.g_roof_kn_m2
    if extra.hi_kn_m2 == 0.0:
        return concept
    middle = 0.5 * (extra.lo_kn_m2 + extra.hi_kn_m2)
    added = Quantity(
        value=own.value + middle,
        lo=own.lo + extra.lo_kn_m2,
        hi=own.hi + extra.hi_kn_m2,
        basis="assumed",
        source=f"{own.source}; {extra.source}",
        date=own.date,
    )
    return replace(concept, g_roof_kn_m2=added)
