"""Loads of the building as it stands, brought to the ground."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from optopscan.catalog.engineering import Engineering
from optopscan.errors import UsageError
from optopscan.loads.actions import Actions, UseLoads, existing_actions
from optopscan.loads.take_down import take_down
from optopscan.model.building import Building
from optopscan.model.loads import TakeDown
from optopscan.model.structure import Bearing, Distribution, Materials, Structure
from optopscan.settings import Settings

NEW_USE = "dwelling"


@dataclass(frozen=True, kw_only=True, eq=False)
class Loads:
    """Actions and take-down of the building as it stands; ``lean`` is without unproven ballast."""

    actions: Actions
    take_downs: Mapping[Distribution, TakeDown]
    lean: Mapping[Distribution, TakeDown]
    use: UseLoads
    new_imposed_kn_m2: float
    psi0_new: float

    def applied_permanent_kn(self, structure: Structure) -> float:
        """Return all permanent load that was put on, before any take-down [kN]."""
        own = float(np.asarray(structure.parts.self_weight_kn).sum())
        return own + float(self.actions.cells.permanent_kn.sum() + self.actions.loose.permanent_kn.sum())


def existing_loads(
    structure: Structure, building: Building, materials: Materials, bearing: Bearing, values: Engineering, settings: Settings
) -> Loads:
    """Return the loads of the building as it stands, brought to the ground."""
    use = use_loads(values, settings.existing_use)
    actions = existing_actions(structure, building.elements, materials, bearing, use, settings)
    without = settings if settings.roof_ballast_evidence else dataclasses.replace(settings, roof_ballast_kn_m2=0.0)
    downs = take_down(structure, actions)
    lean = (
        downs
        if without == settings
        else take_down(structure, existing_actions(structure, building.elements, materials, bearing, use, without))
    )
    new = values.imposed[NEW_USE]
    return Loads(
        actions=actions,
        take_downs=downs,
        lean=lean,
        use=use,
        new_imposed_kn_m2=new.q_k_kn_m2 + settings.partitions_kn_m2,
        psi0_new=new.psi0,
    )


def use_loads(values: Engineering, use: str) -> UseLoads:
    """Return the imposed loads of a use.

    Raises
    ------
    UsageError
        If the use is not in the table.
    """
    if use not in values.imposed:
        raise UsageError(f"use {use!r} has no imposed load; known: {', '.join(sorted(values.imposed))}")
    row = values.imposed[use]
    return UseLoads(
        floor_kn_m2=row.q_k_kn_m2,
        gallery_kn_m2=values.imposed["balcony"].q_k_kn_m2,
        stair_kn_m2=values.imposed["stairs"].q_k_kn_m2,
        roof_kn_m2=values.imposed["roof"].q_k_kn_m2,
        psi0=row.psi0,
        source=row.source,
        confidence=row.confidence,
    )
