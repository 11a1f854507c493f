"""What a variant is worth: its numbers, cost, carbon, sun and findings together, and the objectives to weigh it by."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np

from optopscan.feasibility.carbon import Carbon
from optopscan.feasibility.cost import Cost
from optopscan.feasibility.scheme import Scheme
from optopscan.feasibility.sun import SunLoss
from optopscan.model.arrays import FloatArray
from optopscan.model.variant import Finding

Direction = Literal["max", "min"]
OUTCOME_RANK = {"ok": 2.0, "unknown": 1.0, "over": 0.0}
UNTOLD_RANK = 0.75
DOUBTFUL_RANK = 0.5
DIGITS = 6  # what the last digits of another processor change is no difference between variants


@dataclass(frozen=True, kw_only=True)
class Worth:
    """A variant with all that is known of it; a part that was not worked out is None."""

    scheme: Scheme
    cost: Cost | None = None
    carbon: Carbon | None = None
    sun: SunLoss | None = None
    findings: tuple[Finding, ...] = ()

    @property
    def stopped(self) -> bool:
        """True when a rule stops the variant."""
        return any(finding.effect == "stop" for finding in self.findings)

    @property
    def able(self) -> bool:
        """True for a variant that can be put forward: it holds something, is not over, and no rule stops it."""
        return self.scheme.gfa_m2 > 0.0 and self.scheme.outcome != "over" and not self.stopped


@dataclass(frozen=True, kw_only=True)
class Objective:
    """One thing to weigh: name, better way, and its value of a variant; nan where not known."""

    name: str
    direction: Direction
    value: Callable[[Worth], float]


def standing(worth: Worth) -> float:
    """Return how well a variant stands: ok before unknown, and of the unknown those that hold with the strengths that are assumed.

    Behind them what has no unity check at all (columns of its own), then what exceeds 1 with those strengths.
    """
    rank, uc = OUTCOME_RANK[worth.scheme.outcome], worth.scheme.max_uc
    if worth.scheme.outcome != "unknown":
        return rank
    return UNTOLD_RANK if math.isnan(uc) else DOUBTFUL_RANK if uc > 1.0 else rank


OBJECTIVES: tuple[Objective, ...] = (
    Objective(name="dwellings", direction="max", value=lambda w: float(w.scheme.dwellings)),
    Objective(name="gfa_m2", direction="max", value=lambda w: w.scheme.gfa_m2),
    Objective(name="max_uc", direction="min", value=lambda w: w.scheme.max_uc),
    Objective(name="outcome", direction="max", value=standing),
    Objective(name="cost_hi_eur", direction="min", value=lambda w: math.nan if w.cost is None else w.cost.hi_eur),
    Objective(name="carbon_emitted_kg", direction="min", value=lambda w: math.nan if w.carbon is None else w.carbon.emitted_kg),
    Objective(name="carbon_stored_kg", direction="max", value=lambda w: math.nan if w.carbon is None else w.carbon.stored_kg),
    Objective(name="sun_lost_h", direction="min", value=lambda w: math.nan if w.sun is None else w.sun.lost_mean_h),
)


def objective_values(worths: Sequence[Worth]) -> FloatArray:
    """Return the objectives of every variant (n, n_objective), in the order and units of `OBJECTIVES`; nan: not known."""
    values = np.array([[objective.value(worth) for objective in OBJECTIVES] for worth in worths], dtype=np.float64)
    return np.round(values.reshape(len(worths), len(OBJECTIVES)), DIGITS)
