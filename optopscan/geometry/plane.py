"""Unions and cuts of plane shapes that survive nearly coincident edges.

GEOS raises on some inputs whose edges differ by rounding; on a grid of a hundredth
of a millimetre the same operation is robust, so that is the second try.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import shapely
from shapely.errors import GEOSException
from shapely.geometry.base import BaseGeometry

GRID_M = 1e-5
SHARE_AREA = "2********"  # interiors that meet in an area, as the predicate of GEOS says it
AROUND_M = 1.0  # what is clipped off ends this far from the shape that is cut


def union(shapes: Sequence[BaseGeometry]) -> BaseGeometry:
    """Return the union of plane shapes [m]; empty for none."""
    try:
        return shapely.union_all(list(shapes))
    except GEOSException:
        return shapely.union_all([shapely.make_valid(shape) for shape in shapes], grid_size=GRID_M)


def difference(shapes: Any, cut: BaseGeometry) -> Any:
    """Return one shape or an array of shapes less ``cut``.

    Of many shapes only those that meet the cut are cut, and only by what of it lies around them.
    """
    if not isinstance(shapes, np.ndarray):
        return _difference(shapes, cut)
    left = shapes.copy()
    shapely.prepare(cut)
    rows = np.flatnonzero(shapely.intersects(cut, shapes))
    bounds = shapely.bounds(shapes[rows]) + np.array([-AROUND_M, -AROUND_M, AROUND_M, AROUND_M])
    # Clipping can leave a ring that crosses itself: then the whole cut is taken.
    around = [clip(cut, box) for box in bounds.tolist()]
    left[rows] = _difference(shapes[rows], np.array([part if part.is_valid else cut for part in around], dtype=object))
    return left


def clip(shape: BaseGeometry, box: Sequence[float]) -> BaseGeometry:
    """Return what of a shape lies in an upright box (x0, y0, x1, y1); a ring of it may cross itself.

    The quick way of GEOS raises where a box passes through corners of the shape that differ by rounding.
    """
    try:
        return shapely.clip_by_rect(shape, *box)
    except GEOSException:
        return intersection(shape, shapely.box(*box))


def _difference(shapes: Any, cut: Any) -> Any:
    try:
        return shapely.difference(shapes, cut)
    except GEOSException:
        return shapely.difference(shapely.make_valid(shapes), shapely.make_valid(cut), grid_size=GRID_M)


def shared_area_m2(shapes: Any, other: BaseGeometry) -> Any:
    """Return the area that each of an array of shapes shares with ``other`` [m2]; only shapes on its edge are cut."""
    area = shapely.area(shapes)
    shapely.prepare(other)
    outside = ~shapely.contains_properly(other, shapes)
    apart = _boxes_apart(shapely.bounds(shapes), other.bounds)
    cut = outside & ~apart
    area[outside & apart] = 0.0
    area[cut] = shapely.area(intersection(shapes[cut], other))
    return area


def _boxes_apart(boxes: Any, other: tuple[float, float, float, float]) -> Any:
    """Return which boxes (n, 4) share no more than an edge with another."""
    x0, y0, x1, y1 = boxes.T
    return (x1 <= other[0]) | (x0 >= other[2]) | (y1 <= other[1]) | (y0 >= other[3])


def intersection(shapes: Any, other: BaseGeometry) -> Any:
    """Return what one shape or an array of shapes shares with ``other``.

    Of turned rectangles with edges on one line GEOS may find nothing shared where one lies in the other; on a grid it does.
    """
    try:
        found = shapely.intersection(shapes, other)
        nothing = shapely.area(found) == 0.0
        lost = nothing & shapely.relate_pattern(shapes, other, SHARE_AREA) if np.any(nothing) else nothing
        return np.where(lost, shapely.intersection(shapes, other, grid_size=GRID_M), found)[()] if np.any(lost) else found
    except GEOSException:
        return shapely.intersection(shapely.make_valid(np.asarray(shapes)), shapely.make_valid(other), grid_size=GRID_M)
