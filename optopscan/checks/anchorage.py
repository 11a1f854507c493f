"""Does the new top stay on the old building? Uplift, overturning and sliding at new-build level, per support.

The top is one stiff box on the supports of the full-cover extension. For wind from each side: suction of the zone that the
support lies in, the moment of the wind on the top spread linearly over all supports, both times 1.5 K_FI; against 0.9 times the
lower value of its weight. What is left must be held by the product's connectors; a product that states none leaves it unknown.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from optopscan.codes import en1991_1_4 as wind
from optopscan.codes.en1990 import GAMMA_EQU, K_FI, ConsequenceClass
from optopscan.model.arrays import FloatArray, IntArray, freeze

INTERNAL = wind.INTERNAL_PRESSURE[1]
CORRELATION = 0.85
LEAST_SPREAD = 1e-4
"""Mean square distance of the supports from their middle over the depth squared: less is one line."""


@dataclass(frozen=True, kw_only=True, eq=False)
class TopSupports:
    """Supports of the new top (n_support,): place in the axes of the roof [m], area that hangs on each [m2], length [m].

    ``extent_m`` is the plan of the top along x and y, ``origin_m`` its lowest corner.
    """

    x_m: FloatArray
    y_m: FloatArray
    area_m2: FloatArray
    length_m: FloatArray
    extent_m: tuple[float, float]
    origin_m: tuple[float, float]

    def __post_init__(self) -> None:
        freeze(self)


class TopForces(NamedTuple):
    """Design forces per support (n_support,) [kN]: uplift (0: none) and shear, roof zone, side of the wind, and what they are made of."""

    uplift_kn: FloatArray
    shear_kn: FloatArray
    zone: IntArray
    side: IntArray
    suction_kn: FloatArray
    overturning_kn: FloatArray
    weight_kn: FloatArray


SIDES = ("x-", "x+", "y-", "y+")


def top_forces(
    supports: TopSupports,
    *,
    height_m: float,
    top_height_m: float,
    weight_kn_m2: float,
    wind_speed_m_s: float,
    terrain: wind.Terrain,
    consequence_class: ConsequenceClass,
    parapet_ratio: float = 0.0,
) -> TopForces:
    """Return the largest uplift and shear on every support over wind from the four sides.

    EN 1990 table A1.2(A) and (6.7); EN 1991-1-4 7.2.2, 7.2.3, table 7.2 with c_pi = +0.2 under the roof.

    Parameters
    ----------
    height_m, top_height_m
        Height of the whole building above ground, and of the new top [m].
    weight_kn_m2
        Lower value of the weight of the top per m2 of roof [kN/m2]; nan gives nan.
    wind_speed_m_s, terrain
        As in `en1991_1_4.peak_velocity_pressure`.
    consequence_class
        Of the building after the extension.

    Returns
    -------
    TopForces
        Uplift falls with the weight and rises with both heights.
    """
    q = float(wind.peak_velocity_pressure(height_m, wind_speed_m_s=wind_speed_m_s, terrain=terrain))
    gamma = K_FI[consequence_class] * GAMMA_EQU["q"]
    area, length = np.asarray(supports.area_m2), np.asarray(supports.length_m)
    place = np.stack([supports.x_m - supports.origin_m[0], supports.y_m - supports.origin_m[1]])
    holds = GAMMA_EQU["inf"] * weight_kn_m2 * area
    rows = []
    for side in range(4):
        along, far = side // 2, bool(side % 2)
        depth, width = supports.extent_m[along], supports.extent_m[1 - along]
        from_edge = depth - place[along] if far else place[along]
        from_corner = np.minimum(place[1 - along], width - place[1 - along])
        edge = wind.edge_zone_m(height_m=height_m, width_m=width)
        zone = wind.roof_zone(from_edge_m=from_edge, from_corner_m=from_corner, edge_m=edge)
        suction = np.array([float(wind.flat_roof_suction(name, parapet_ratio=parapet_ratio)) for name in wind.ROOF_ZONES])[zone]
        lift = gamma * wind.uplift_kn_m2(pressure_kn_m2=q, suction=suction, internal=INTERNAL) * area
        windward, leeward = wind.facade_coefficients(height_m / depth)
        force = gamma * CORRELATION * q * float(windward - leeward) * width * top_height_m
        # the moment of the wind on the top about the old roof, spread linearly over the supports
        arm = 0.5 * depth - from_edge
        arm = arm - (area * arm).sum() / max(area.sum(), 1e-9)
        spread = (area * arm**2).sum()
        # on one line of supports nothing here holds the top upright
        stands = spread > LEAST_SPREAD * area.sum() * depth**2
        turn = 0.5 * force * top_height_m * area * arm / spread if stands else np.full_like(area, np.nan)
        shear = force * length / max(length.sum(), 1e-9)
        rows.append((np.maximum(lift + turn - holds, 0.0), shear, zone, lift, turn))
    uplift = np.stack([row[0] for row in rows])
    at = np.argmax(np.where(np.isnan(uplift), np.inf, uplift), axis=0)
    own = np.arange(len(area))

    def chosen(k: int) -> FloatArray:
        return np.asarray(np.stack([row[k] for row in rows])[at, own], dtype=np.float64)

    return TopForces(
        uplift_kn=uplift[at, own],
        shear_kn=np.max(np.stack([row[1] for row in rows]), axis=0),
        zone=np.stack([row[2] for row in rows])[at, own],
        side=at.astype(np.int64),
        suction_kn=chosen(3),
        overturning_kn=chosen(4),
        weight_kn=holds,
    )


def connector_use(
    *, uplift_kn: FloatArray, shear_kn: FloatArray, uplift_capacity_kn: FloatArray, shear_capacity_kn: FloatArray
) -> FloatArray:
    """Return how connectors are used: the sum of both shares [-], nan where a needed capacity is not known.

    Linear interaction of tension and shear, on the safe side of any connector's own curve.
    """

    def share(need: FloatArray, capacity: FloatArray) -> FloatArray:
        with np.errstate(divide="ignore", invalid="ignore"):
            return np.where(need > 0.0, need / capacity, np.where(np.isnan(need), np.nan, 0.0))

    return np.asarray(share(uplift_kn, uplift_capacity_kn) + share(shear_kn, shear_capacity_kn))
