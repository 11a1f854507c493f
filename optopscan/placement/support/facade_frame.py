"""Portal frames outside both long facades: modules hang over the roof, the old building carries nothing of them.

The columns stand in the middle of the free strip outside the facade, so a frame spans the depth of the building and half a
strip at either end.
"""

from __future__ import annotations

import numpy as np

from optopscan.catalog.concept import Concept
from optopscan.model.arrays import FloatArray
from optopscan.placement.support.bays import Bays


def frame_spans_m(bays: Bays, concept: Concept) -> FloatArray:
    """Return the span of the frame at every line [m]; -inf where there is no building."""
    return np.asarray(bays.high_m - bays.low_m + concept.column_clearance_m)


def frame_columns(bays: Bays, line: int, concept: Concept) -> FloatArray:
    """Return where the columns of one line stand across the building [m], (2,)."""
    half_m = 0.5 * concept.column_clearance_m
    return np.array([bays.low_m[line] - half_m, bays.high_m[line] + half_m])
