"""EN 1991-1-1 with the Dutch annex: imposed loads that follow from a formula or a step table.

Loads per use stand in ``catalog/engineering/imposed.toml``. The reductions alpha_A (6.3.1.2(10)) and
alpha_n (6.3.1.2(11)) are not used: in the Netherlands at most two storeys of one use carry their
full load at once instead (`en1990.design_axial_force`).
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

FloatArray = npt.NDArray[np.float64]

PARTITION_WALLS_KN_M = (1.0, 2.0, 3.0)
PARTITION_LOADS_KN_M2 = (0.5, 0.8, 1.2)
ROOF_LOAD_KN_M2 = 1.0
ROOF_LOADED_AREA_M2 = 10.0


def movable_partitions_kn_m2(wall_kn_m: npt.ArrayLike) -> FloatArray:
    """Return the uniform load that stands for movable partitions [kN/m2].

    EN 1991-1-1:2002, 6.3.1.2(8): 0.5, 0.8 or 1.2 for walls up to 1, 2 or 3 kN per metre of wall.

    Formula
    -------
    q = 0 if wall_kn_m == 0 else 0.5 if wall_kn_m <= 1 else 0.8 if wall_kn_m <= 2 else 1.2 if wall_kn_m <= 3 else nan

    Parameters
    ----------
    wall_kn_m
        Weight of the partition per metre of its length [kN/m], >= 0. Heavier than 3: ``nan``, it must be put where it stands.

    Returns
    -------
    FloatArray
        Never falls as walls get heavier; 0 without walls.
    """
    w = np.asarray(wall_kn_m, dtype=np.float64)
    steps = np.array([0.0, *PARTITION_LOADS_KN_M2, np.nan])
    # 0 gets no load at all; a weight exactly on a limit still has the lower load
    found = steps[np.searchsorted(np.array([0.0, *PARTITION_WALLS_KN_M]), np.nan_to_num(w, nan=np.inf), side="left")]
    return np.where(w >= 0.0, found, np.nan)


def roof_imposed_kn_m2(slope_deg: npt.ArrayLike) -> FloatArray:
    """Return the imposed load of a roof that is only accessible for maintenance (category H) [kN/m2].

    EN 1991-1-1, 6.3.4 with the Dutch annex: 1.0 below 15 degrees, 4 - 0.2 a to 20 degrees, zero from there.

    Formula
    -------
    q = 1.0 if slope_deg < 15 else max(4 - 0.2 * slope_deg, 0)

    Parameters
    ----------
    slope_deg
        Slope [degree], 0 to 90.
    """
    a = np.asarray(slope_deg, dtype=np.float64)
    return np.where(np.isnan(a), np.nan, np.where(a < 15.0, ROOF_LOAD_KN_M2, np.clip(4.0 - 0.2 * a, 0.0, ROOF_LOAD_KN_M2)))


def roof_imposed_kn(*, area_m2: npt.ArrayLike, slope_deg: npt.ArrayLike = 0.0) -> FloatArray:
    """Return the imposed load of category H on a loaded area [kN]: the Dutch annex puts it on at most 10 m2.

    EN 1991-1-1, 6.3.4 with the Dutch annex. Rises with the area up to 10 m2.

    Formula
    -------
    q = 1.0 if slope_deg < 15 else max(4 - 0.2 * slope_deg, 0)
    Q = q * min(area_m2, ROOF_LOADED_AREA_M2)
    """
    area = np.asarray(area_m2, dtype=np.float64)
    result: FloatArray = roof_imposed_kn_m2(slope_deg) * np.minimum(area, ROOF_LOADED_AREA_M2)
    return result
