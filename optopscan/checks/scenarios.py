"""The states that are checked: each concept over the whole build roof, storey by storey."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from optopscan.catalog.concept import Concept
from optopscan.checks.capacity import Scenario
from optopscan.model.structure import Structure
from optopscan.settings import Settings


def usable(concept: Concept) -> bool:
    """True when the product states the loads that a verdict needs and puts them on the old walls."""
    return not concept.unknown_loads and concept.support_system == "walls"


def area_loads_kn_m2(concept: Concept, storeys: int) -> float:
    """Return the permanent load of a full-cover extension [kN/m2 of roof]: storeys, new roof, transfer layer, upper values."""
    storey = concept.storey_load_kn_m2(width_m=concept.width_m, length_m=concept.length_m)
    return storeys * storey + concept.g_roof_kn_m2.hi + concept.g_transfer_kn_m2.hi


def full_cover(concepts: Sequence[Concept], structure: Structure, settings: Settings, imposed_kn_m2: float) -> tuple[Scenario, ...]:
    """Return the stripped roof and 1..n storeys of every usable concept over the whole build roof.

    The transfer layer brings each square metre to the heads that carry the roof there.
    The finish that goes is credited only with evidence of ballast.

    Parameters
    ----------
    imposed_kn_m2
        Imposed load of a new storey, partitions included [kN/m2].
    """
    area = np.asarray(structure.heads.trib_area_m2)
    ballast = settings.removable_ballast_kn_m2
    made = []
    for concept in concepts:
        if not usable(concept):
            continue
        none = np.zeros((len(area), 0))
        stripped = Scenario(
            id=scenario_id(concept, 0), concept=concept.id, storeys=0, head_permanent_kn=-ballast * area, head_imposed_kn=none
        )
        made.append(stripped)
        for n in range(1, min(settings.max_extra_storeys, concept.max_storeys) + 1):
            made.append(
                Scenario(
                    id=scenario_id(concept, n),
                    concept=concept.id,
                    storeys=n,
                    head_permanent_kn=(area_loads_kn_m2(concept, n) - ballast) * area,
                    head_imposed_kn=np.repeat(imposed_kn_m2 * area[:, None], n, axis=1),
                )
            )
    return tuple(made)


def scenario_id(concept: Concept, storeys: int) -> str:
    """Return the id of a scenario, as "fictief.hsb+2"."""
    return f"{concept.id}+{storeys}"


def height_m(concept: Concept, roof_z_m: float, base_z_m: float, storeys: int) -> float:
    """Return the height of the extended building above its base [m]."""
    return roof_z_m - base_z_m + (concept.transfer_depth_m + storeys * concept.height_m if storeys else 0.0)
