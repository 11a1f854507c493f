"""Results of take-down and influence: characteristic vertical loads per part."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from optopscan.model.arrays import FloatArray, freeze
from optopscan.model.structure import Distribution


@dataclass(frozen=True, kw_only=True, eq=False)
class TakeDown:
    """Characteristic loads of the existing building in one distribution.

    At the foot of each part (own weight included), kN, downwards positive:
    ``permanent_foot_kn`` (n_part,), ``imposed_foot_kn`` (n_part, n_storey) with one
    column per floor level whose imposed load is one action (two-floor rule),
    ``roof_foot_kn`` (n_part,) for the roof's own imposed load (psi0 = 0).
    Head values are the foot values less the part's self weight. ``moment_knm``
    (n_part, 2): permanent load of the wall parts above times its offset from where the part
    takes it (out of plane, in plane); ``floor_moment_knm`` the same for floors that
    rest on this part alone. What leans on a part leaves no moment here. ``influence_foot`` (n_part, n_head): foot load for a
    unit load on each head, ``influence_lost`` (n_head,) the part of it that finds no way
    to the ground. ``ground_kn`` and ``unsupported_kn`` are totals (G, Q).
    """

    distribution: Distribution
    permanent_foot_kn: FloatArray
    imposed_foot_kn: FloatArray
    roof_foot_kn: FloatArray
    self_weight_kn: FloatArray
    moment_knm: FloatArray
    floor_moment_knm: FloatArray
    influence_foot: FloatArray
    ground_permanent_kn: float
    ground_imposed_kn: float
    unsupported_kn: float
    influence_lost: FloatArray = field(default_factory=lambda: np.zeros(0))

    def __post_init__(self) -> None:
        freeze(self)

    @property
    def permanent_head_kn(self) -> FloatArray:
        """Permanent load on top of each part [kN], (n_part,)."""
        return self.permanent_foot_kn - self.self_weight_kn


@dataclass(frozen=True, kw_only=True)
class Assumption:
    """A value nobody told us, with its source, confidence and alternative."""

    what: str
    value: str
    source: str
    confidence: str
    alternative: str = ""
