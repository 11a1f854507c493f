"""EN 1991-1-7 table A.1: consequence class for accidental actions of a residential building or office."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

IntArray = npt.NDArray[np.int64]

CLASSES = ("CC1", "CC2a", "CC2b", "CC3")
SINGLE_FAMILY_CC1 = 4
RESIDENTIAL_CC2A = 4
RESIDENTIAL_CC2B = 15


def robustness_class(storeys: npt.ArrayLike, *, single_family: npt.ArrayLike = False) -> IntArray:
    """Return the row in `CLASSES` for flats, hotels and offices, or single-family houses, by storeys above ground.

    EN 1991-1-7:2006, annex A, table A.1: houses of at most 4 storeys CC1; flats, hotels and offices
    of at most 4 storeys CC2a, to 15 storeys CC2b, above that CC3. Houses of 5 storeys are CC2a. A
    storage plinth counts as a storey. Professional knowledge of the table; the standard was not read.

    Formula
    -------
    flats = 1 if storeys <= 4 else 2 if storeys <= 15 else 3
    row = flats if not single_family else 0 if storeys <= 4 else 1 if storeys == 5 else flats

    Parameters
    ----------
    storeys
        Number of storeys above ground, >= 1.
    single_family
        True for single-family houses.

    Raises
    ------
    ValueError
        If a number is below 1.

    Examples
    --------
    >>> [CLASSES[i] for i in robustness_class([4, 5, 16])]
    ['CC2a', 'CC2b', 'CC3']
    """
    n = np.asarray(storeys, dtype=np.int64)
    if np.any(n < 1):
        raise ValueError(f"storeys={n.tolist()} must be 1 or more")
    flats = 1 + (n > RESIDENTIAL_CC2A).astype(np.int64) + (n > RESIDENTIAL_CC2B)
    houses = np.where(n <= SINGLE_FAMILY_CC1, 0, np.where(n == SINGLE_FAMILY_CC1 + 1, 1, flats))
    return np.where(np.asarray(single_family, dtype=bool), houses, flats).astype(np.int64)
