"""Loads of the building as it stands, brought to the ground."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from optopscan.catalog.engineering import Engineering
from optopscan.codes.en1990 import reference_period_factor
from optopscan.errors import UsageError
from optopscan.loads.actions import Actions, UseLoads, existing_actions
from optopscan.loads.given import GivenLoads, given_loads
from optopscan.loads.stated import stated_loads
from optopscan.loads.take_down import take_down
from optopscan.model.building import Building
from optopscan.model.loads import TakeDown
from optopscan.model.overrides import Given
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
    given: GivenLoads | None = None

    def applied_permanent_kn(self, structure: Structure) -> float:
        """Return all permanent load that was put on, before any take-down [kN]."""
        own = float(np.asarray(structure.parts.self_weight_kn).sum())
        return own + float(self.actions.cells.permanent_kn.sum() + self.actions.loose.permanent_kn.sum())


def existing_loads(
    structure: Structure,
    building: Building,
    materials: Materials,
    bearing: Bearing,
    values: Engineering,
    settings: Settings,
    given: Given | None = None,
) -> Loads:
    """Return the loads of the building as it stands, brought to the ground.

    ``given`` holds what the engineer gave per floor. The largest psi0 of all uses counts for every floor.
    """
    elements = building.elements
    use = use_loads(values, settings.existing_use)
    told = None
    if given is not None:
        told = given_loads(structure, elements, given, {name: row.q_k_kn_m2 for name, row in values.imposed.items()})
        use = dataclasses.replace(use, psi0=max([use.psi0, *(values.imposed[name].psi0 for name in sorted(set(given.use)) if name)]))
    told = stated_loads(structure, elements, told)
    actions = existing_actions(structure, elements, materials, bearing, use, settings, told)
    downs = lean = take_down(structure, actions)
    if not settings.roof_ballast_evidence:
        bare = dataclasses.replace(settings, roof_ballast_kn_m2=0.0)
        less = None if told is None else dataclasses.replace(told, roof_ballast_kn_m2=0.0 * told.roof_ballast_kn_m2)
        lighter = existing_actions(structure, elements, materials, bearing, use, bare, less)
        if not np.array_equal(lighter.cells.permanent_kn, actions.cells.permanent_kn):
            lean = take_down(structure, lighter)
    new = values.imposed[NEW_USE]
    lasting = float(reference_period_factor(settings.reference_period_years, psi0=new.psi0))
    return Loads(
        actions=actions,
        take_downs=downs,
        lean=lean,
        use=use,
        new_imposed_kn_m2=lasting * new.q_k_kn_m2 + settings.partitions_kn_m2,
        psi0_new=new.psi0,
        given=told,
    )


def credited(settings: Settings, loads: Loads) -> Settings:
    """Return the settings with no more ballast to take off than lies anywhere on the roof.

    A roof that is said to carry less than the setting must not be relieved of more than it carries.
    """
    given = None if loads.given is None else loads.given.roof_ballast_kn_m2
    if given is None or np.isnan(given).all():
        return settings
    return dataclasses.replace(settings, roof_ballast_kn_m2=min(settings.roof_ballast_kn_m2, float(np.nanmin(given))))


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
