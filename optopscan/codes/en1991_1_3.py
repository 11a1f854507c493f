"""EN 1991-1-3 with the Dutch annex: snow on a low roof beside a taller part."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

FloatArray = npt.NDArray[np.float64]

SNOW_ON_GROUND_KN_M2 = 0.7
SNOW_WEIGHT_KN_M3 = 2.0


class SnowDrift(NamedTuple):
    """Drift length [m], shape coefficients [-] and peak load against the taller part [kN/m2]."""

    length_m: FloatArray
    mu_w: FloatArray
    mu_s: FloatArray
    peak_kn_m2: FloatArray


def shape_coefficient(slope_deg: npt.ArrayLike) -> FloatArray:
    """Return mu_1 of a pitched or flat roof [-].

    EN 1991-1-3:2003, table 5.2: 0.8 to 30 degrees, linear to zero at 60 degrees.

    Formula
    -------
    mu_1 = min(max(0.8 * (60 - slope_deg) / 30, 0), 0.8)
    """
    a = np.asarray(slope_deg, dtype=np.float64)
    return np.clip(0.8 * (60.0 - a) / 30.0, 0.0, 0.8)


def snow_drift(
    *,
    step_height_m: npt.ArrayLike,
    upper_width_m: npt.ArrayLike,
    lower_width_m: npt.ArrayLike,
    upper_slope_deg: npt.ArrayLike = 0.0,
    snow_kn_m2: float = SNOW_ON_GROUND_KN_M2,
    snow_weight_kn_m3: float = SNOW_WEIGHT_KN_M3,
) -> SnowDrift:
    """Return the drifted snow on a low roof that abuts a taller part.

    EN 1991-1-3:2003, 5.3.6 with the Dutch annex (mu_w at most 4).

    Formula
    -------
    l_s = min(max(2 * step_height_m, 5), 15)
    mu_w = min((upper_width_m + lower_width_m) / (2 * step_height_m), snow_weight_kn_m3 * step_height_m / snow_kn_m2, 4)
    mu_s = 0 if upper_slope_deg <= 15 else min(max(0.8 * (60 - upper_slope_deg) / 30, 0), 0.8) * upper_width_m / l_s
    s = (mu_w + mu_s) * snow_kn_m2

    Parameters
    ----------
    step_height_m
        Height of the upper roof above the lower one h [m], > 0.
    upper_width_m, lower_width_m
        b1 of the upper and b2 of the lower roof across the step [m].
    upper_slope_deg
        Slope of the upper roof towards the step [degree]; snow slides from more than 15.
    snow_kn_m2
        s_k on the ground [kN/m2].
    snow_weight_kn_m3
        Weight of drifted snow [kN/m3].

    Returns
    -------
    SnowDrift
        Broadcast shape; ``nan`` where an input is ``nan``. The load falls linearly
        from the peak to the undrifted value over the drift length.
    """
    h = np.asarray(step_height_m, dtype=np.float64)
    b1 = np.asarray(upper_width_m, dtype=np.float64)
    slope = np.asarray(upper_slope_deg, dtype=np.float64)
    length = np.clip(2.0 * h, 5.0, 15.0)
    by_width = (b1 + np.asarray(lower_width_m, dtype=np.float64)) / (2.0 * h)
    mu_w = np.minimum(np.minimum(by_width, snow_weight_kn_m3 * h / snow_kn_m2), 4.0)
    # Half of the snow on the upper slope lies as a triangle over the drift length, so its peak is mu1 b1 / ls.
    mu_s = np.where(slope <= 15.0, 0.0, shape_coefficient(slope) * b1 / length)
    return SnowDrift(length_m=length, mu_w=mu_w, mu_s=mu_s, peak_kn_m2=(mu_w + mu_s) * snow_kn_m2)


def roof_snow_kn_m2(slope_deg: npt.ArrayLike = 0.0, *, snow_kn_m2: float = SNOW_ON_GROUND_KN_M2) -> FloatArray:
    """Return undrifted snow on a roof, s = mu_1 s_k [kN/m2].

    EN 1991-1-3:2003, (5.1) with the Dutch annex: s_k = 0.7 everywhere, exposure and thermal coefficients 1.

    Formula
    -------
    mu_1 = min(max(0.8 * (60 - slope_deg) / 30, 0), 0.8)
    s = mu_1 * snow_kn_m2

    Examples
    --------
    A flat roof: 0.8 x 0.7 = 0.56.
    """
    result: FloatArray = shape_coefficient(slope_deg) * snow_kn_m2
    return result


def drift_load_kn_m2(
    distance_m: npt.ArrayLike, *, peak_kn_m2: npt.ArrayLike, length_m: npt.ArrayLike, undrifted_kn_m2: npt.ArrayLike
) -> FloatArray:
    """Return the snow load at a distance from the taller part [kN/m2].

    EN 1991-1-3:2003, figure 5.7: from the peak at the step linearly down to the undrifted load at
    l_s, and that beyond it.

    Formula
    -------
    s = undrifted_kn_m2 + max(peak_kn_m2 - undrifted_kn_m2, 0) * min(max(1 - distance_m / length_m, 0), 1)

    Parameters
    ----------
    distance_m
        Distance from the step [m], >= 0.
    peak_kn_m2, length_m
        As `snow_drift` gives them.
    undrifted_kn_m2
        Snow far from the step [kN/m2]; the load is never below it.
    """
    far = np.asarray(undrifted_kn_m2, dtype=np.float64)
    more = np.maximum(np.asarray(peak_kn_m2, dtype=np.float64) - far, 0.0)
    share = np.clip(1.0 - np.asarray(distance_m, dtype=np.float64) / np.asarray(length_m, dtype=np.float64), 0.0, 1.0)
    result: FloatArray = far + more * share
    return result


def drift_mean_kn_m2(
    *,
    from_m: npt.ArrayLike,
    to_m: npt.ArrayLike,
    peak_kn_m2: npt.ArrayLike,
    length_m: npt.ArrayLike,
    undrifted_kn_m2: npt.ArrayLike,
) -> FloatArray:
    """Return the mean snow load on a strip between two distances from the taller part [kN/m2].

    The exact mean of `drift_load_kn_m2` (EN 1991-1-3:2003, figure 5.7) over the strip.

    Formula
    -------
    near = min(from_m, length_m) - min(from_m, length_m) ** 2 / (2 * length_m)
    far = min(to_m, length_m) - min(to_m, length_m) ** 2 / (2 * length_m)
    s = undrifted_kn_m2 + max(peak_kn_m2 - undrifted_kn_m2, 0) * (far - near) / (to_m - from_m)

    Parameters
    ----------
    from_m, to_m
        Distances from the step [m], 0 <= from < to.
    peak_kn_m2, length_m, undrifted_kn_m2
        As in `drift_load_kn_m2`.
    """
    start, end = np.asarray(from_m, dtype=np.float64), np.asarray(to_m, dtype=np.float64)
    length = np.asarray(length_m, dtype=np.float64)
    far = np.asarray(undrifted_kn_m2, dtype=np.float64)
    more = np.maximum(np.asarray(peak_kn_m2, dtype=np.float64) - far, 0.0)

    def area(x: FloatArray) -> FloatArray:
        """Area under the triangle from the step to x."""
        cut = np.minimum(x, length)
        result: FloatArray = cut - 0.5 * cut**2 / length
        return result

    result: FloatArray = far + more * (area(end) - area(start)) / (end - start)
    return result
