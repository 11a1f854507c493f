"""What goes on above a roof beside a new top, and the play that a drawing keeps from it.

A reader takes a beam that ends within a plate's width of a wall as resting on it. What is drawn of a transfer layer therefore
ends short of walls and columns that go on above the roof: no module was counted on them.
"""

from __future__ import annotations

import numpy as np
import shapely
from shapely import affinity
from shapely.geometry.base import BaseGeometry

from optopscan.model.arrays import FloatArray
from optopscan.model.new_top import Piece
from optopscan.model.structure import Structure
from optopscan.placement.lines import Frame

ABOVE_M = 0.2  # what still stands this high above the roof goes on
FREE_M = 0.13  # a beam that ends further from a wall than this does not rest on it
STEP_M = 0.01


def upward_parts(structure: Structure, z_m: float) -> dict[str, BaseGeometry]:
    """Return the plan of each wall part and column that goes on above a roof at ``z_m``, by id."""
    parts, found = structure.parts, {}
    for k, kind in enumerate(parts.kind):
        if kind in ("pier", "lintel", "column") and parts.z1_m[k] > z_m + ABOVE_M > parts.z0_m[k]:
            axis = shapely.LineString([(parts.x0_m[k], parts.y0_m[k]), (parts.x1_m[k], parts.y1_m[k])])
            half = 0.5 * float(parts.thickness_m[k])
            found[parts.id[k]] = axis.buffer(half, cap_style="flat") if axis.length > STEP_M else shapely.Point(axis.coords[0]).buffer(half)
    return found


def piece_plan(piece: Piece) -> BaseGeometry:
    """Return the plan of a piece that is placed in the local frame of the building."""
    dx, dy, _ = piece.size_m
    turned = affinity.rotate(shapely.box(0.0, 0.0, dx, dy), piece.place.rotation_deg, origin=(0.0, 0.0))
    return affinity.translate(turned, piece.place.x_m, piece.place.y_m)


class Standing:
    """What stands beside a transfer layer, seen from its frame: (s, o) are the coordinates of bearing lines along ``axis``."""

    def __init__(self, structure: Structure, z_m: float, frame: Frame) -> None:
        plans = list(upward_parts(structure, z_m).values())
        self._body = shapely.transform(shapely.union_all(plans), lambda xy: _turned(frame, xy)) if plans else None
        if self._body is not None:
            shapely.prepare(self._body)

    def touches(self, axis: int, s: tuple[float, float], o: tuple[float, float]) -> bool:
        """Return whether a bar from (s0, o0) to (s1, o1) comes so near to what stands there that a reader lets it rest on it."""
        if self._body is None:
            return False
        (s0, s1), (o0, o1) = sorted(s), sorted(o)
        bar = shapely.box(s0, o0, s1, o1) if axis == 0 else shapely.box(o0, s0, o1, s1)
        return bool(shapely.dwithin(self._body, bar, FREE_M))


def _turned(frame: Frame, xy_m: FloatArray) -> FloatArray:
    return np.column_stack(frame.to_frame(xy_m[:, 0], xy_m[:, 1]))
