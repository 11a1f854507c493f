"""Everything beyond the roof of one building with all products that are meant for it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from optopscan.catalog.concept import Concept
from optopscan.catalog.engineering import Engineering
from optopscan.model.beyond import Bay, Beyond, Gable
from optopscan.model.building import Building
from optopscan.model.structure import Bearing, Structure
from optopscan.model.surroundings import Surroundings
from optopscan.placement.beyond.gable import find_gables
from optopscan.placement.beyond.infill import fit_plinth
from optopscan.placement.beyond.limits import Limits
from optopscan.placement.beyond.plinth import find_bays
from optopscan.placement.beyond.stack import stack_at_gable
from optopscan.placement.beyond.use import Named
from optopscan.settings import Settings


@dataclass(frozen=True, kw_only=True)
class BeyondRoof:
    """Gable ends and bays as found, and a result per product and place: gable ends first, in the order of the products."""

    gables: tuple[Gable, ...]
    bays: tuple[Bay, ...]
    results: tuple[Beyond, ...]


def look_beyond(
    building: Building,
    structure: Structure,
    bearing: Bearing,
    concepts: Sequence[Concept],
    values: Engineering,
    settings: Settings,
    *,
    surroundings: Surroundings | None = None,
    spaces: Sequence[Named] = (),
) -> BeyondRoof:
    """Return what fits beside a building and in its plinth; nothing of it counts with the roof.

    Products with access "aanplak" go to every gable end, those with "plint" to the plinth; others are passed over.
    """
    limits = Limits.of(values.beyond)
    beside = [concept for concept in concepts if "aanplak" in concept.access]
    below = [concept for concept in concepts if "plint" in concept.access]
    gables = find_gables(building, structure, limits, surroundings) if beside else ()
    bays = find_bays(building, structure, bearing, limits, spaces=spaces) if below else ()
    stacks = [stack_at_gable(gable, concept, limits) for concept in beside for gable in gables]
    dwelling_kn_m2 = values.use("dwelling").q_k_kn_m2
    fits = [
        fit_plinth(bays, concept, limits, dwelling_kn_m2=dwelling_kn_m2, partitions_kn_m2=settings.partitions_kn_m2) for concept in below
    ]
    return BeyondRoof(gables=gables, bays=bays, results=(*stacks, *fits))
