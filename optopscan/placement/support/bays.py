"""Bays of a building between lines of columns of its own, and the roof that modules on them may use."""

from __future__ import annotations

import dataclasses
import math
from dataclasses import dataclass

import numpy as np
import shapely

from optopscan.catalog.concept import Concept
from optopscan.geometry import plane
from optopscan.model.arrays import FloatArray, IntArray, freeze
from optopscan.model.structure import Structure
from optopscan.placement.lines import Frame
from optopscan.placement.reactions import Rectangles
from optopscan.placement.roof import UsableRoof

EDGE_M = 1e-3


@dataclass(frozen=True, kw_only=True, eq=False)
class Bays:
    """Lines of columns (n_line) across a building, at equal distance along it; all in one frame [m].

    ``along_u``: the building is longest along u, so that the lines run along v. ``line_m`` is the place of each line,
    ``low_m`` and ``high_m`` where the building beside it ends (the deepest of the two bays; inf, -inf where there is none).
    """

    along_u: bool
    line_m: FloatArray
    low_m: FloatArray
    high_m: FloatArray

    def __post_init__(self) -> None:
        freeze(self)


def bays_of(structure: Structure, roof: UsableRoof, frame: Frame, concept: Concept) -> Bays:
    """Return the lines of columns at a building under one roof, no farther apart than the product says."""
    building = shapely.transform(
        plane.union([structure.roof_faces[face].polygon for face in roof.faces]),
        lambda xy: np.column_stack(frame.to_frame(xy[:, 0], xy[:, 1])),
    )
    u0, v0, u1, v1 = building.bounds
    along_u = u1 - u0 >= v1 - v0 - EDGE_M
    start, end = (u0, u1) if along_u else (v0, v1)
    low, high = (v0, v1) if along_u else (u0, u1)
    count = max(1, math.ceil((end - start) / concept.column_distance_m - 1e-6))
    line = np.linspace(start, end, count + 1)
    inner, outer = line[:-1] + EDGE_M, line[1:] - EDGE_M
    strips = shapely.box(inner, low - 1, outer, high + 1) if along_u else shapely.box(low - 1, inner, high + 1, outer)
    bounds = shapely.bounds(plane.intersection(strips, np.full(count, building, dtype=object)))
    ends = bounds[:, [1, 3]] if along_u else bounds[:, [0, 2]]
    lows, highs = np.where(np.isnan(ends[:, 0]), np.inf, ends[:, 0]), np.where(np.isnan(ends[:, 1]), -np.inf, ends[:, 1])
    return Bays(
        along_u=bool(along_u),
        line_m=line,
        low_m=np.minimum(np.append(lows, np.inf), np.append(np.inf, lows)),
        high_m=np.maximum(np.append(highs, -np.inf), np.append(-np.inf, highs)),
    )


def lines_under(bays: Bays, rectangles: Rectangles) -> tuple[IntArray, IntArray]:
    """Return the first and last line that each plan stands on or between."""
    start = rectangles.u_m if bays.along_u else rectangles.v_m
    end = start + (rectangles.du_m if bays.along_u else rectangles.dv_m)
    last = len(bays.line_m) - 1
    first = np.clip(np.searchsorted(bays.line_m, start + EDGE_M, side="right") - 1, 0, last)
    return first.astype(np.int64), np.clip(np.searchsorted(bays.line_m, end - EDGE_M, side="left"), 0, last).astype(np.int64)


def largest_under(bays: Bays, rectangles: Rectangles, of_line_m: FloatArray) -> FloatArray:
    """Return the largest value of the lines under each plan."""
    first, last = lines_under(bays, rectangles)
    found = np.full(len(rectangles), -np.inf)
    for row, value in enumerate(of_line_m.tolist()):
        found = np.where((first <= row) & (row <= last), np.maximum(found, value), found)
    return found


def roof_with_overhang(structure: Structure, roof: UsableRoof, concept: Concept) -> UsableRoof:
    """Return the usable roof with the strip outside the building that modules may overhang; what a setback keeps free stays free."""
    if not concept.overhang_max_m > 0.0:
        return roof
    building = plane.union([structure.roof_faces[face].polygon for face in roof.faces])
    strip = plane.difference(building.buffer(concept.overhang_max_m, join_style="mitre"), building)
    joined = plane.union([roof.polygon, strip])
    pieces = [piece for piece in shapely.get_parts(joined) if piece.intersects(roof.polygon.buffer(-EDGE_M))]
    return dataclasses.replace(roof, polygon=plane.union(pieces))


def frame_reach_m(concept: Concept) -> float:
    """Return the span across the building that the product and the depth of its beams allow [m]; 0 where none is stated."""
    deep_m = concept.transfer_span_to_depth_max * concept.transfer_depth_m
    span_m = concept.frame_span_max_m if math.isnan(deep_m) else min(concept.frame_span_max_m, deep_m)
    return span_m if math.isfinite(span_m) else 0.0
