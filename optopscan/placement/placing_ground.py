"""All that placing needs of a checked building, and no more: kept in the record, so that the model is not needed again."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from shapely.geometry.base import BaseGeometry

from optopscan.catalog.concept import Concept
from optopscan.checks.answer import label_of
from optopscan.checks.capacity import extra_storeys
from optopscan.checks.resistance import Resistance
from optopscan.checks.scenarios import full_cover
from optopscan.checks.utilisation import Utilisation, part_effects, utilisation
from optopscan.codes.en1990 import FactorSet
from optopscan.errors import UsageError
from optopscan.loads.actions import Actions
from optopscan.loads.condensed import condensed
from optopscan.loads.take_down import take_down
from optopscan.model.arrays import IntArray
from optopscan.model.building import LocalToIfc
from optopscan.model.cores import Core
from optopscan.model.loads import TakeDown
from optopscan.model.result import Label, ScanResult, Topologies
from optopscan.model.structure import Distribution, Structure
from optopscan.placement.roof import RoofThing
from optopscan.settings import Settings

FREE = (
    *("concepts", "max_extra_storeys", "setback_m", "setback_sides", "storey_setback_m", "height_max_m", "fire_distance_m"),
    *("remove_obstacles", "new_roof", "goal", "mix", "mix_yields", "access", "gallery_side", "place"),
)
"""Settings that may change between two placings; all others went into the loads and resistances."""


@dataclass(frozen=True, kw_only=True, eq=False)
class PlacingGround:
    """What placing and its re-check start from.

    ``structure`` and ``actions``: cells are summed to one per storey (`optopscan.loads.condensed`), but those of the roof
    stay where their finish may be taken off under modules (``roof_ballast_evidence``). ``resistance`` is without the terms
    that recompute it. ``concepts`` are the products that were looked at, ``reach`` the storeys that each can reach by
    vertical load, ``paths`` the answers per path of the loads, for `within_reach`. ``labels`` (n_part): what each part
    allows as a label. ``psi0``, ``psi0_new``: combination factors of the existing and the new storeys. ``settings``: those
    of the scan, with no more ballast than lies on the roof. ``things`` stand on the roof; ``cores``: stairs and lifts;
    ``galleries``: plan of those that are there; ``true_north_deg`` as in `Building`. ``unproven``: subjects beside the load
    path that keep an extension from being shown to hold, as "foundation".
    """

    structure: Structure
    things: tuple[RoofThing, ...]
    cores: tuple[Core, ...]
    galleries: BaseGeometry
    local_to_ifc: LocalToIfc
    true_north_deg: float
    actions: Actions
    resistance: Resistance
    factors: FactorSet
    factors_afkeur: FactorSet
    psi0: float
    psi0_new: float
    new_imposed_kn_m2: float
    concepts: tuple[Concept, ...]
    reach: Mapping[str, int]
    paths: Topologies
    unproven: tuple[str, ...]
    labels: tuple[Label, ...]
    settings: Settings

    @cached_property
    def take_downs(self) -> Mapping[Distribution, TakeDown]:
        """Loads of the building as it stands; made from the actions, the same bits every time."""
        return take_down(self.structure, self.actions)

    @cached_property
    def existing(self) -> Utilisation:
        """Checks of the building as it stands, at the level of the change."""
        effects = {name: part_effects(take, factors=self.factors, psi0=self.psi0) for name, take in self.take_downs.items()}
        return utilisation(effects, self.resistance, bearing_known=self.structure.parts.bearing_known)

    def label(self, rows: IntArray) -> Label:
        """Return the label of an answer about these parts (`optopscan.checks.answer.label_of`)."""
        return label_of(self.structure.parts, self.labels, rows)


@dataclass(frozen=True, kw_only=True, eq=False)
class PlaceableScan(ScanResult):
    """A scan together with what placing starts from."""

    ground: PlacingGround


def lean_ground(ground: PlacingGround) -> PlacingGround:
    """Return the ground without what placing never reads: cells of which nothing is taken off, terms, evidence of answers."""
    single = np.asarray(ground.structure.cells.roof) & ground.settings.roof_ballast_evidence
    structure, actions = condensed(ground.structure, ground.actions, single)
    texts = {name: words for name, words in ground.resistance.texts.items() if name.startswith("between")}
    answers = tuple(
        dataclasses.replace(
            row, per_concept=tuple(dataclasses.replace(c, governing=None) for c in row.per_concept), governing=None, estimates=()
        )
        for row in ground.paths.answers
    )
    return dataclasses.replace(
        ground,
        structure=structure,
        actions=actions,
        resistance=dataclasses.replace(ground.resistance, terms={}, texts=texts),
        paths=Topologies(answers=answers),
        settings=dataclasses.replace(ground.settings, threads=Settings().threads),  # says nothing about the building
    )


def asked(ground: PlacingGround, concepts: Sequence[Concept], changes: Mapping[str, Any]) -> PlacingGround:
    """Return the ground for these products and settings, with the storeys that they reach.

    A product that the scan did not look at, or that changed since, has no answer under other paths of the loads.

    Parameters
    ----------
    changes
        Settings by name; only those in `FREE`.

    Raises
    ------
    UsageError
        If a setting went into the loads or resistances: that takes a new scan.
    """
    fixed = sorted(name for name, value in changes.items() if name not in FREE and value != getattr(ground.settings, name))
    if fixed:
        raise UsageError(f"{', '.join(fixed)}: fixed when the model was scanned; scan the model again with the other value")
    settings = dataclasses.replace(ground.settings, **changes)
    # by their text: nan is not equal to nan
    scanned = {repr(concept) for concept in ground.concepts}
    same = {concept.id for concept in concepts if repr(concept) in scanned}
    answers = tuple(
        dataclasses.replace(row, per_concept=tuple(c for c in row.per_concept if c.concept in same)) for row in ground.paths.answers
    )
    return dataclasses.replace(
        ground,
        settings=settings,
        concepts=tuple(concepts),
        reach=reach_of(ground, concepts, settings),
        paths=dataclasses.replace(ground.paths, answers=answers),
    )


def reach_of(ground: PlacingGround, concepts: Sequence[Concept], settings: Settings) -> dict[str, int]:
    """Return the storeys of each product over the whole roof that vertical load allows, parts without a verdict included."""
    found = extra_storeys(
        full_cover(concepts, ground.structure, settings, ground.new_imposed_kn_m2),
        take_downs=ground.take_downs,
        parts=ground.structure.parts,
        resistance=ground.resistance,
        factors_verbouw=ground.factors,
        factors_afkeur=ground.factors_afkeur,
        psi0=ground.psi0,
        psi0_new=ground.psi0_new,
    )
    return {row.concept: row.possible_vertical for row in found.per_concept}
