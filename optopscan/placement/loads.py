"""What a stack of modules weighs, storey by storey and state by state; the upper value of every product load.

State k: at most k storeys of every stack stand, with the new roof on what lies open. The transfer layer
belongs to the lowest storey.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from optopscan.catalog.concept import Concept
from optopscan.model.arrays import FloatArray, freeze


@dataclass(frozen=True, kw_only=True, eq=False)
class StackLoads:
    """Characteristic loads of stacks (n_stack) [kN].

    ``permanent_kn`` (n_stack, n_storey, n_storey): entry [i, k - 1, s] comes from storey s in state k.
    ``imposed_kn`` (n_stack, n_storey). nan where the product does not state a load.
    """

    permanent_kn: FloatArray
    imposed_kn: FloatArray

    def __post_init__(self) -> None:
        freeze(self)

    @property
    def weight_kn(self) -> FloatArray:
        """Permanent and imposed load of the whole stack per storey (n_stack, n_storey)."""
        return np.asarray(self.permanent_kn[:, -1, :] + self.imposed_kn)


def stack_loads(
    concept: Concept,
    width_m: FloatArray,
    length_m: FloatArray,
    n_module: FloatArray,
    *,
    imposed_kn_m2: float,
    imposed_terrace_kn_m2: float = 0.0,
) -> StackLoads:
    """Return the loads of stacks of ``n_module`` modules side by side.

    Parameters
    ----------
    width_m, length_m
        Of one module: (n_stack,) and (n_stack, n_storey), 0 above the top of the stack.
    imposed_kn_m2
        Imposed load of a storey, partitions included [kN/m2].
    imposed_terrace_kn_m2
        Imposed load on roof that a shorter storey above leaves open [kN/m2].

    Examples
    --------
    Two storeys of 54 m2 with 2.0 kN/m2 floor, 0.5 roof, 0.5 transfer layer: 54 x (2.0 + 0.5) and 54 x (2.0 + 0.5).
    """
    n_storey = length_m.shape[1]
    area_m2 = width_m[:, None] * length_m * n_module[:, None]
    perimeter_m = np.where(length_m > 0, 2.0 * (width_m[:, None] + length_m), 0.0) * n_module[:, None]
    storey_kn = area_m2 * concept.g_floor_kn_m2.hi + perimeter_m * concept.g_wall_kn_m.hi
    above_m2 = np.hstack([area_m2[:, 1:], np.zeros((len(area_m2), 1))])
    permanent = np.zeros((len(area_m2), n_storey, n_storey))
    for state in range(1, n_storey + 1):
        built = np.arange(n_storey) < state
        open_m2 = np.where(np.arange(n_storey) < state - 1, area_m2 - above_m2, area_m2)
        permanent[:, state - 1, :] = np.where(built, storey_kn + open_m2 * concept.g_roof_kn_m2.hi, 0.0)
    permanent[:, :, 0] += (area_m2[:, 0] * concept.g_transfer_kn_m2.hi)[:, None]
    terrace_m2 = np.where(above_m2 > 0, area_m2 - above_m2, 0.0)
    return StackLoads(permanent_kn=permanent, imposed_kn=area_m2 * imposed_kn_m2 + terrace_m2 * imposed_terrace_kn_m2)
