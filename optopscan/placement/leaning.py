"""No layout makes a wall lean more on one side than it was checked for.

The resistance of a wall holds for one eccentricity e = M / N of its permanent load. Modules on one side of the wall above
may raise it. With F the foot loads, A the arms and M_floor the moment of floors beside the wall, all linear in the modules,

    |A F| + M_floor <= e N

is two rows per wall.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import scipy.sparse as sp

from optopscan.model.arrays import BoolArray, FloatArray, IntArray, freeze
from optopscan.model.loads import TakeDown
from optopscan.model.structure import Distribution

SLACK_M = 1e-6
ROOM = 1.0 - 1e-6
"""The rows leave this share of the slack to rounding, so that nothing they allow fails the check after them."""


@dataclass(frozen=True, kw_only=True, eq=False)
class Leaning:
    """What walls may lean.

    ``arms_m`` per distribution (n_part, n_part): moment out of plane of a part for 1 kN through the foot of another.
    ``most_m`` (n_part,): the eccentricity that the resistance holds for, nan where it is unknown and for what is no wall.
    ``least_kn``: a smaller force on a wall was taken as this much.
    """

    arms_m: Mapping[Distribution, sp.csr_array]
    most_m: FloatArray
    least_kn: float

    def __post_init__(self) -> None:
        freeze(self)

    def exceeded(self, existing: TakeDown, rebuilt: TakeDown) -> BoolArray:
        """Return the parts (n_part,) whose eccentricity is larger than it was checked for, by more than its accuracy."""
        moment = np.abs(self.arms_m[existing.distribution] @ rebuilt.permanent_foot_kn) + np.abs(existing.floor_moment_knm[:, 0])
        force = rebuilt.permanent_head_kn + np.maximum(self.least_kn - existing.permanent_head_kn, 0.0)
        return np.asarray(moment > (self.most_m + SLACK_M) * force)

    def parts(self, take_down: TakeDown, among: BoolArray) -> IntArray:
        """Return those of some parts (n_part,) that load beside their axis can make lean, as rows of the parts."""
        leans = np.diff(self.arms_m[take_down.distribution].indptr) > 0
        return np.flatnonzero(among & (leans | (np.abs(take_down.floor_moment_knm[:, 0]) > 0.0)) & np.isfinite(self.most_m))


def leaning_rows(
    leaning: Leaning, take_down: TakeDown, part: IntArray, spread: sp.csr_array, change_kn: sp.csr_array, always_kn: FloatArray
) -> tuple[sp.csr_array, FloatArray]:
    """Return rows matrix @ x <= rhs [kN of axial force at that eccentricity]: one per part to the one side, then one to the other.

    Parameters
    ----------
    leaning, take_down
        What the walls may lean, and the existing loads.
    part
        From `Leaning.parts` (n,).
    spread, change_kn
        Permanent foot load that each candidate brings: ``spread @ change_kn`` (n_part, n_candidate).
    always_kn
        The same of what stands there whatever is chosen (n_part,).
    """
    arms, e = leaning.arms_m[take_down.distribution][part], leaning.most_m[part] + ROOM * SLACK_M
    foot = take_down.permanent_foot_kn + always_kn
    force = np.maximum(take_down.permanent_head_kn, leaning.least_kn)[part] + always_kn[part]
    moment, beside = arms @ foot, np.abs(take_down.floor_moment_knm[part, 0])
    bending, pressing = sp.csr_array(sp.diags_array(1.0 / e) @ arms @ spread @ change_kn), sp.csr_array(spread[part] @ change_kn)
    matrix = sp.csr_array(sp.vstack([bending - pressing, -bending - pressing]))
    return matrix, np.concatenate([force - (beside + moment) / e, force - (beside - moment) / e])
