"""What the verdicts beside the vertical one need: one building under one set of factors."""

from __future__ import annotations

from dataclasses import dataclass

from optopscan.catalog.concept import Concept
from optopscan.catalog.engineering import Engineering
from optopscan.checks.capacity import ExtraStoreys
from optopscan.checks.resistance import Resistance
from optopscan.codes.en1990 import FactorSet
from optopscan.model.building import Building
from optopscan.model.overrides import FoundationGiven
from optopscan.model.result import Scenario
from optopscan.model.structure import Materials, Structure
from optopscan.pipeline.loading import Loads
from optopscan.settings import Settings


@dataclass(frozen=True, kw_only=True, eq=False)
class SideCase:
    """One building under one set of factors.

    ``better`` is the resistance with the highest plausible strengths. ``vertical.states`` holds
    the loads of every scenario on the heads; ``scenarios`` their heights, the existing building first.
    ``values.factor_set(factor_set, level, consequence_class)`` gives other levels of the same set.
    """

    structure: Structure
    building: Building
    materials: Materials
    loads: Loads
    concepts: tuple[Concept, ...]
    values: Engineering
    settings: Settings
    factor_set: str
    factors: FactorSet
    resistance: Resistance
    better: Resistance
    vertical: ExtraStoreys
    scenarios: tuple[Scenario, ...]
    foundation: tuple[FoundationGiven, ...] = ()
