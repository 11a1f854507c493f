"""Placements and units of one file, each worked out once."""

from __future__ import annotations

import math
from typing import Any, NamedTuple

import numpy as np

from optopscan.model.arrays import FloatArray

_UPRIGHT = 1e-12
_DEEP = 100


class Declined(Exception):
    """A body that is left to the geometry kernel; the message says why."""


class Frame(NamedTuple):
    """Columns of ``matrix`` are axes, ``shift`` is the origin [m]: outside = matrix @ inside + shift."""

    matrix: FloatArray
    shift: FloatArray

    def then(self, outer: Frame) -> Frame:
        """Return this frame seen from outside another one."""
        if outer.matrix is IDENTITY.matrix:
            return Frame(self.matrix, self.shift + outer.shift)
        if self.matrix is IDENTITY.matrix:
            return Frame(outer.matrix, outer.matrix @ self.shift + outer.shift)
        return Frame(outer.matrix @ self.matrix, outer.matrix @ self.shift + outer.shift)


IDENTITY = Frame(np.eye(3), np.zeros(3))
FLAT = np.eye(2)
_X, _Z = (1.0, 0.0, 0.0), (0.0, 0.0, 1.0)
# Place of the attribute, the same in every schema.
_OBJECT_PLACEMENT = 5


class Frames:
    """Frames of the placements of one file, in metres."""

    def __init__(self, unit_m: float) -> None:
        self.unit_m = unit_m
        self._local: dict[int, Frame] = {}
        self._axes: dict[int, Frame] = {}
        self._flat: dict[int, tuple[FloatArray, FloatArray]] = {}
        self._directions: dict[int, tuple[float, float, float]] = {}

    def product(self, product: Any) -> Frame:
        """Return the frame of a product, through all placements above its own."""
        placement = product.get_argument(_OBJECT_PLACEMENT)
        if placement is None:
            return IDENTITY
        known = self._local.get(placement.id())
        if known is not None:
            return known
        chain: list[Any] = []
        above: Any = placement
        while above is not None and above.id() not in self._local:
            if above.is_a() != "IfcLocalPlacement" or len(chain) > _DEEP:
                raise Declined(f"placement is {above.is_a()}")
            chain.append(above)
            above = above.get_argument(0)
        frame = self._local[above.id()] if above is not None else IDENTITY
        for one in reversed(chain):
            frame = self.axes(one.get_argument(1)).then(frame)
            self._local[one.id()] = frame
        return frame

    def axes(self, placement: Any) -> Frame:
        """Return the frame of an IfcAxis2Placement3D; without one, the frame it stands in."""
        if placement is None:
            return IDENTITY
        found = self._axes.get(placement.id())
        if found is None:
            found = self._axes[placement.id()] = self._read(placement)
        return found

    def _read(self, placement: Any) -> Frame:
        if placement.is_a() != "IfcAxis2Placement3D":
            raise Declined(f"placement is {placement.is_a()}")
        location, axis, reference = placement.get_argument(0), placement.get_argument(1), placement.get_argument(2)
        shift = self.point(location)
        z = self.direction(axis) if axis is not None else _Z
        if reference is None:
            if abs(z[0]) + abs(z[1]) > _UPRIGHT:
                raise Declined("tilted placement without a reference direction")
            x = _X
        else:
            x = self.direction(reference)
        if z == _Z and x == _X:
            return Frame(IDENTITY.matrix, shift)
        along = x[0] * z[0] + x[1] * z[1] + x[2] * z[2]
        flat = (x[0] - along * z[0], x[1] - along * z[1], x[2] - along * z[2])
        size = math.sqrt(flat[0] * flat[0] + flat[1] * flat[1] + flat[2] * flat[2])
        if size < 1e-6:
            raise Declined("placement whose two directions are parallel")
        x = (flat[0] / size, flat[1] / size, flat[2] / size)
        y = (z[1] * x[2] - z[2] * x[1], z[2] * x[0] - z[0] * x[2], z[0] * x[1] - z[1] * x[0])
        return Frame(np.array(((x[0], y[0], z[0]), (x[1], y[1], z[1]), (x[2], y[2], z[2]))), shift)

    def direction(self, entity: Any) -> tuple[float, float, float]:
        """Return what `direction` does; a file names the same few directions again and again."""
        found = self._directions.get(entity.id())
        if found is None:
            found = self._directions[entity.id()] = direction(entity)
        return found

    def point(self, point: Any) -> FloatArray:
        """Return an IfcCartesianPoint in space [m]; a missing third coordinate is zero."""
        numbers, unit_m = coordinates(point), self.unit_m
        return np.array((numbers[0] * unit_m, numbers[1] * unit_m, numbers[2] * unit_m if len(numbers) > 2 else 0.0))

    def flat(self, placement: Any) -> tuple[FloatArray, FloatArray]:
        """Return the axes as rows (2, 2) and origin (2,) [m] of an IfcAxis2Placement2D."""
        if placement is None:
            return FLAT, np.zeros(2)
        found = self._flat.get(placement.id())
        if found is None:
            found = self._flat[placement.id()] = self._read_flat(placement)
        return found

    def _read_flat(self, placement: Any) -> tuple[FloatArray, FloatArray]:
        if placement.is_a() != "IfcAxis2Placement2D":
            raise Declined(f"profile placed by {placement.is_a()}")
        origin = np.array(coordinates(placement.get_argument(0))[:2]) * self.unit_m
        reference = placement.get_argument(1)
        if reference is None:
            return FLAT, origin
        x = ratios(reference)
        size = math.hypot(x[0], x[1])
        if size == 0.0:
            raise Declined("direction without a length")
        c, s = x[0] / size, x[1] / size
        if c == 1.0:
            return FLAT, origin
        return np.array(((c, s), (-s, c))), origin


def coordinates(point: Any) -> tuple[float, ...]:
    """Return the numbers of an IfcCartesianPoint, in file units."""
    numbers = point.get_argument(0) if point is not None and point.is_a() == "IfcCartesianPoint" else None
    if not numbers or len(numbers) < 2:
        raise Declined("point without coordinates")
    found: tuple[float, ...] = numbers
    return found


def ratios(entity: Any) -> tuple[float, ...]:
    """Return the numbers of an IfcDirection as written."""
    numbers = entity.get_argument(0)
    if not numbers or len(numbers) < 2:
        raise Declined("direction without numbers")
    found: tuple[float, ...] = numbers
    return found


def direction(entity: Any) -> tuple[float, float, float]:
    """Return the unit vector of an IfcDirection in space."""
    x, y, z = (*ratios(entity), 0.0)[:3]
    size = math.sqrt(x * x + y * y + z * z)
    if size == 0.0:
        raise Declined("direction without a length")
    return (x / size, y / size, z / size)


def operator(frames: Frames, target: Any) -> tuple[Frame, float]:
    """Return the frame and the scale of an IfcCartesianTransformationOperator3D; its matrix holds the scale, and a mirror if any."""
    if target.is_a() == "IfcCartesianTransformationOperator3DnonUniform":
        scales = [value for value in (target.Scale, target.Scale2, target.Scale3) if value is not None]
        first = target.Scale if target.Scale is not None else 1.0
        if any(abs(value - first) > 1e-9 for value in scales):
            raise Declined("mapped with different scales along its axes")
    elif target.is_a() != "IfcCartesianTransformationOperator3D":
        raise Declined(f"mapped by {target.is_a()}")
    # Axis1, Axis2, LocalOrigin, Scale, Axis3
    one, two, origin, scale, three = (target.get_argument(i) for i in range(5))
    scale = 1.0 if scale is None else float(scale)
    if scale <= 0.0:
        raise Declined("mapped with a scale that is not positive")
    shift = frames.point(origin)
    if one is None and two is None and three is None:
        return Frame(scale * IDENTITY.matrix, shift), scale
    z = np.array(direction(three)) if three is not None else np.array((0.0, 0.0, 1.0))
    x = np.array(direction(one)) if one is not None else np.array((1.0, 0.0, 0.0))
    x = x - (x @ z) * z
    size = float(np.linalg.norm(x))
    if size < 1e-6:
        raise Declined("mapped along parallel directions")
    x /= size
    y = np.cross(z, x)
    if two is not None and float(y @ np.array(direction(two))) < 0.0:
        y = -y
    return Frame(scale * np.stack([x, y, z], axis=1), shift), scale


def angle_rad(project: Any) -> float:
    """Return the size of the file's plane angle unit [rad]; a file that states none uses radians."""
    assignment = project.UnitsInContext
    for unit in (assignment.Units or ()) if assignment else ():
        if getattr(unit, "UnitType", None) != "PLANEANGLEUNIT":
            continue
        if unit.is_a("IfcConversionBasedUnit"):
            return float(unit.ConversionFactor.ValueComponent.wrappedValue)
        return 1.0
    return 1.0
