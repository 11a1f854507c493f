"""How many storeys a building has, from its height; what a data set states counts only where the height agrees."""

from __future__ import annotations

import numpy as np

from optopscan.model.arrays import FloatArray

LEAST_HEIGHT_M = 2.0


def storeys_of(height_m: FloatArray, stated: FloatArray, storey_height_m: FloatArray, *, most: float, difference: float) -> FloatArray:
    """Return storeys above the ground (n,), nan where the height is unknown.

    Height over storey height, rounded, at least 1. A stated number counts where it is at most ``most`` (3D BAG states
    no more and leaves taller buildings empty) and no more than ``difference`` from that.

    Parameters
    ----------
    height_m
        Height of the roof above the ground [m], (n,).
    stated
        Storeys as stated, nan where not, (n,).
    storey_height_m
        Usual storey height of the period [m], (n,).
    most, difference
        Limits for the stated number.

    Examples
    --------
    >>> h, s = np.array([11.5, 11.5, 30.0]), np.array([3.0, np.nan, 5.0])
    >>> storeys_of(h, s, np.full(3, 2.8), most=5.0, difference=1.0)
    array([ 3.,  4., 11.])
    """
    counted = np.maximum(np.floor(height_m / storey_height_m + 0.5), 1.0)
    counted[height_m < LEAST_HEIGHT_M] = np.nan
    agrees = (stated >= 1.0) & (stated <= most) & (np.abs(stated - counted) <= difference)
    return np.where(agrees, stated, counted)
