"""How far from its axis a wall is loaded: moment over axial force of the permanent load (EN 1996-1-1, annex C in its simplest form)."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import scipy.sparse as sp

from optopscan.model.arrays import FloatArray
from optopscan.model.loads import TakeDown
from optopscan.model.structure import Distribution, Structure, direction, is_wall

LEAST_M = 0.001
"""Less than this is the accuracy of a model's axes, not an eccentricity."""
LEAST_KN = 1.0
PRESSED = 1e-6


def part_arms(structure: Structure, distribution: Distribution) -> sp.csr_array:
    """Return the moment out of the plane of each wall part for 1 kN through the foot of each wall part on it, (n_part, n_part) [m]."""
    parts, shares = structure.parts, structure.shares[distribution]
    n = len(parts)
    wall = is_wall(structure.parts).astype(np.float64)
    ux, uy = direction(parts)
    in_x, in_y = (sp.csr_array(sp.csr_array(shares.arms["parts"][k])[:, :n].T) for k in (0, 1))
    across = sp.diags_array(wall * ux) @ in_y - sp.diags_array(wall * uy) @ in_x
    found = sp.csr_array(across @ sp.diags_array(wall))
    found.eliminate_zeros()
    return found


def wall_eccentricity_m(structure: Structure, take_downs: Mapping[Distribution, TakeDown], removed_kn_m2: float = 0.0) -> FloatArray:
    """Return the eccentricity out of plane with which every wall part is checked, (n_part,) [m].

    The larger of the distributions under the existing permanent load, under that load without ``removed_kn_m2`` [kN/m2] of
    finish on the roof, and of a load over the whole roof alone: however many storeys come on the roof as it is or stripped, the
    eccentricity of both together lies between these. Floors beside the wall come on top. nan
    where these alone lie beyond a sixth of the thickness (what clamps or holds such a floor is not in the model), and
    where a load on the roof lifts a wall that is loaded beside its axis; 0 for what is no wall and for less than `LEAST_M`.
    """
    n, area_m2 = len(structure.parts), np.asarray(structure.heads.trib_area_m2)
    from_above, from_floor, lifted = np.zeros(n), np.zeros(n), np.zeros(n, dtype=np.bool_)
    for distribution, take in take_downs.items():
        force = np.maximum(np.asarray(take.permanent_head_kn), LEAST_KN)
        from_above = np.maximum(from_above, np.abs(np.asarray(take.moment_knm)[:, 0]) / force)
        from_floor = np.maximum(from_floor, np.abs(np.asarray(take.floor_moment_knm)[:, 0]) / force)
        on_roof = np.asarray(take.influence_foot @ area_m2)
        least = PRESSED * max(1.0, float(np.abs(on_roof).max(initial=0.0)))
        pressed = on_roof > least
        lifted |= on_roof < -least
        arms = part_arms(structure, distribution)
        moment = np.abs(arms @ on_roof)
        if removed_kn_m2 > 0.0:
            # the stripped roof: less force, and a moment that need not fall as much
            left = np.maximum(np.asarray(take.permanent_head_kn) - removed_kn_m2 * on_roof, LEAST_KN)
            stripped = np.abs(arms @ (np.asarray(take.permanent_foot_kn) - removed_kn_m2 * on_roof))
            from_above = np.maximum(from_above, stripped / left)
            from_floor = np.maximum(from_floor, np.abs(np.asarray(take.floor_moment_knm)[:, 0]) / left)
        from_above = np.where(pressed, np.maximum(from_above, moment / np.where(pressed, on_roof, 1.0)), from_above)
    found = from_above + from_floor
    # less force under the same moment: how much less depends on what comes
    unknown = (from_floor > np.asarray(structure.parts.thickness_m) / 6.0) | (lifted & (found >= LEAST_M))
    found[unknown] = np.nan
    found[(found < LEAST_M) | ~is_wall(structure.parts)] = 0.0
    return np.asarray(found)
