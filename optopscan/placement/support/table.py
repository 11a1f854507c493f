"""A table above the roof on columns through the building: as many rows across as its span asks for.

The outer columns stand just inside the facades. What they meet on their way down is named, not judged.
"""

from __future__ import annotations

import math

import numpy as np
import shapely

from optopscan.catalog.concept import Concept
from optopscan.model.arrays import FloatArray
from optopscan.model.structure import Structure
from optopscan.placement.support.bays import Bays, frame_reach_m


def table_columns(bays: Bays, line: int, concept: Concept) -> FloatArray:
    """Return where the columns of one line stand across the building [m], (n_column,)."""
    half_m = 0.5 * concept.column_clearance_m
    low_m, high_m = bays.low_m[line] + half_m, bays.high_m[line] - half_m
    if high_m <= low_m:
        return np.array([0.5 * (low_m + high_m)])
    return np.linspace(low_m, high_m, max(1, math.ceil((high_m - low_m) / frame_reach_m(concept) - 1e-6)) + 1)


def parts_met(structure: Structure, x_m: FloatArray, y_m: FloatArray, clearance_m: float) -> tuple[str, ...]:
    """Return per column the first part that stands in the free strip it needs, empty where none does."""
    parts = structure.parts
    ends = np.stack([np.column_stack([parts.x0_m, parts.y0_m]), np.column_stack([parts.x1_m, parts.y1_m])], axis=1)
    # a column part has no length: the line through one point twice is still a point at a distance
    axes = shapely.linestrings(ends)
    apart_m = shapely.distance(shapely.points(x_m, y_m)[:, None], axes[None, :]) - 0.5 * np.asarray(parts.thickness_m)
    met = apart_m < 0.5 * clearance_m
    first = met.argmax(axis=1)
    return tuple(parts.id[row] if met[column, row] else "" for column, row in enumerate(first.tolist()))
