"""Profiles as rings of points: outer ring first, then holes; metres in the profile's own axes.

Rounded corners are arcs of exact area (`curves`). Profiles with sloping flanges, several parts or
a centre line are declined; so are Z profiles, whose flange width is measured from different places.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from optopscan.ifc.analytic import curves
from optopscan.ifc.analytic.frames import FLAT, Declined, Frames
from optopscan.model.arrays import FloatArray

Rings = tuple[FloatArray, ...]
Corner = tuple[float, float, float]


class Profiles:
    """Profiles of one file, each worked out once."""

    def __init__(self, frames: Frames, angle_unit_rad: float) -> None:
        self.frames = frames
        self.angle_unit_rad = angle_unit_rad
        self._known: dict[int, Rings] = {}

    def rings(self, profile: Any) -> Rings:
        """Return the rings of an area profile."""
        found = self._known.get(profile.id())
        if found is None:
            found = self._known[profile.id()] = self._read(profile)
        return found

    def _read(self, profile: Any) -> Rings:
        name = profile.is_a()
        if profile.get_argument(0) != "AREA":
            raise Declined("profile that is a curve")
        if name in ("IfcArbitraryClosedProfileDef", "IfcArbitraryProfileDefWithVoids"):
            loops = [profile.get_argument(2), *(profile.get_argument(3) if name != "IfcArbitraryClosedProfileDef" else ())]
            return tuple(curves.ring(self.frames, loop, self.angle_unit_rad) for loop in loops)
        if name in ("IfcDerivedProfileDef", "IfcMirroredProfileDef"):
            return self._derived(profile)
        if name == "IfcRectangleProfileDef":
            return self._rectangle(profile)
        maker = _MAKERS.get(name)
        if maker is None:
            raise Declined(f"profile is {name}")
        axes, origin = self.frames.flat(profile.get_argument(2))
        size = _Sizes(profile, self.frames.unit_m)
        return tuple(_placed(ring, axes, origin) for ring in maker(size))

    def _rectangle(self, profile: Any) -> Rings:
        """Return a rectangle; written out, for it is by far the most frequent profile."""
        axes, origin = self.frames.flat(profile.get_argument(2))
        x, y = profile.get_argument(3), profile.get_argument(4)
        if x is None or y is None or x <= 0.0 or y <= 0.0:
            raise Declined("IfcRectangleProfileDef without sides")
        ring = rectangle(x * self.frames.unit_m, y * self.frames.unit_m)
        return (_placed(ring, axes, origin),)

    def _derived(self, profile: Any) -> Rings:
        inner = self.rings(profile.ParentProfile)
        if profile.is_a() == "IfcMirroredProfileDef":
            return tuple(ring * np.array((-1.0, 1.0)) for ring in inner)
        change = profile.Operator
        if change.is_a() != "IfcCartesianTransformationOperator2D":
            raise Declined(f"profile derived by {change.is_a()}")
        scale = 1.0 if change.Scale is None else float(change.Scale)
        origin = np.array(change.LocalOrigin.get_argument(0)[:2]) * self.frames.unit_m
        one, two = change.Axis1, change.Axis2
        x = np.array((1.0, 0.0)) if one is None else np.array(one.DirectionRatios[:2], dtype=np.float64)
        x /= np.hypot(*x)
        y = np.array((-x[1], x[0]))
        if two is not None and float(y @ np.array(two.DirectionRatios[:2])) < 0.0:
            y = -y
        return tuple(scale * ring @ np.stack([x, y]) + origin for ring in inner)


def _placed(ring: FloatArray, axes: FloatArray, origin: FloatArray) -> FloatArray:
    """Return a ring seen from outside its own axes, which seldom are turned."""
    placed: FloatArray = ring + origin if axes is FLAT else ring @ axes + origin
    return placed


class _Sizes:
    """Lengths of a parametrised profile in metres, by attribute name."""

    def __init__(self, profile: Any, unit_m: float) -> None:
        self._profile, self._unit_m = profile, unit_m

    def __call__(self, name: str) -> float:
        value = getattr(self._profile, name)
        if value is None or value <= 0.0:
            raise Declined(f"{self._profile.is_a()} without {name}")
        return float(value) * self._unit_m

    def optional(self, name: str) -> float:
        value = getattr(self._profile, name, None)
        return float(value) * self._unit_m if value else 0.0

    def level(self, *names: str) -> None:
        """Decline a profile with a slope."""
        if any(getattr(self._profile, name, None) for name in names):
            raise Declined(f"{self._profile.is_a()} with sloping flanges")


def rectangle(width: float, depth: float) -> FloatArray:
    """Return a ring about the origin."""
    x, y = 0.5 * width, 0.5 * depth
    return np.array(((-x, -y), (x, -y), (x, y), (-x, y)))


def rounded(corners: Sequence[Corner]) -> FloatArray:
    """Return a ring of corners (x, y, radius) [m], each rounded by an arc that touches both sides."""
    flat = np.array([corner[:2] for corner in corners])
    found: list[FloatArray] = []
    for row, (_, _, radius) in enumerate(corners):
        point = flat[row]
        if radius <= 0.0:
            found.append(point[None])
            continue
        back, on = flat[row - 1] - point, flat[(row + 1) % len(flat)] - point
        reach_back, reach_on = float(np.hypot(*back)), float(np.hypot(*on))
        back, on = back / reach_back, on / reach_on
        half = 0.5 * math.acos(max(-1.0, min(1.0, float(back @ on))))
        length = radius / math.tan(half)
        if length > min(reach_back, reach_on) * (1.0 + 1e-9):
            raise Declined("rounding larger than the side it is on")
        bisector = (back + on) / np.hypot(*(back + on))
        centre = point + bisector * (radius / math.sin(half))
        start, end = point + length * back, point + length * on
        middle = centre - radius * bisector
        found.append(curves.through(start, middle, end))
    return np.concatenate(found)


def _rounded_box(width: float, depth: float, radius: float) -> FloatArray:
    return rounded([(x, y, radius) for x, y in rectangle(width, depth).tolist()])


def _rounded_rectangle(size: _Sizes) -> Rings:
    return (_rounded_box(size("XDim"), size("YDim"), size.optional("RoundingRadius")),)


def _hollow(size: _Sizes) -> Rings:
    width, depth, wall = size("XDim"), size("YDim"), size("WallThickness")
    outer = _rounded_box(width, depth, size.optional("OuterFilletRadius"))
    if 2.0 * wall >= min(width, depth):
        raise Declined("hollow profile without a hole")
    return outer, _rounded_box(width - 2.0 * wall, depth - 2.0 * wall, size.optional("InnerFilletRadius"))


def _circle(size: _Sizes) -> Rings:
    return (curves.circle(size("Radius")),)


def _tube(size: _Sizes) -> Rings:
    radius, wall = size("Radius"), size("WallThickness")
    return (curves.circle(radius), curves.circle(radius - wall)) if wall < radius else (curves.circle(radius),)


def _ellipse(size: _Sizes) -> Rings:
    return (curves.circle(size("SemiAxis1"), size("SemiAxis2")),)


def _i(size: _Sizes) -> Rings:
    size.level("FlangeSlope")
    half, depth, web, flange = 0.5 * size("OverallWidth"), 0.5 * size("OverallDepth"), 0.5 * size("WebThickness"), size("FlangeThickness")
    fillet, edge = size.optional("FilletRadius"), size.optional("FlangeEdgeRadius")
    quarter = [(half, depth, 0.0), (half, depth - flange, edge), (web, depth - flange, fillet)]
    return (rounded(_four(quarter)),)


def _four(quarter: Sequence[Corner]) -> list[Corner]:
    """Return the corners of a doubly symmetric outline from its quarter in x, y > 0, clockwise from the top."""
    right = [*quarter, *((x, -y, r) for x, y, r in reversed(quarter))]
    return [*right, *((-x, y, r) for x, y, r in reversed(right))]


def _uneven_i(size: _Sizes) -> Rings:
    size.level("BottomFlangeSlope", "TopFlangeSlope")
    try:
        bottom, top = 0.5 * size("BottomFlangeWidth"), 0.5 * size("TopFlangeWidth")
        below, fillet = size("BottomFlangeThickness"), size.optional("BottomFlangeFilletRadius")
    except AttributeError as exc:  # IFC2X3 names them otherwise
        raise Declined("asymmetric I of IFC2X3") from exc
    above, upper = size.optional("TopFlangeThickness") or below, size.optional("TopFlangeFilletRadius")
    depth, web = 0.5 * size("OverallDepth"), 0.5 * size("WebThickness")
    right = [
        (top, depth, 0.0),
        (top, depth - above, size.optional("TopFlangeEdgeRadius")),
        (web, depth - above, upper),
        (web, below - depth, fillet),
        (bottom, below - depth, size.optional("BottomFlangeEdgeRadius")),
        (bottom, -depth, 0.0),
    ]
    return (rounded([*right, *((-x, y, r) for x, y, r in reversed(right))]),)


def _t(size: _Sizes) -> Rings:
    size.level("FlangeSlope", "WebSlope")
    half, depth, web, flange = 0.5 * size("FlangeWidth"), 0.5 * size("Depth"), 0.5 * size("WebThickness"), size("FlangeThickness")
    right = [
        (half, depth, 0.0),
        (half, depth - flange, size.optional("FlangeEdgeRadius")),
        (web, depth - flange, size.optional("FilletRadius")),
        (web, -depth, size.optional("WebEdgeRadius")),
    ]
    return (rounded([*right, *((-x, y, r) for x, y, r in reversed(right))]),)


def _l(size: _Sizes) -> Rings:
    size.level("LegSlope")
    depth, t = size("Depth"), size("Thickness")
    width = size.optional("Width") or depth
    x, y, edge = 0.5 * width, 0.5 * depth, size.optional("EdgeRadius")
    corners = [(-x, -y, 0.0), (x, -y, 0.0), (x, t - y, edge), (t - x, t - y, size.optional("FilletRadius")), (t - x, y, edge), (-x, y, 0.0)]
    return (rounded(corners),)


def _u(size: _Sizes) -> Rings:
    size.level("FlangeSlope")
    x, y = 0.5 * size("FlangeWidth"), 0.5 * size("Depth")
    web, flange = size("WebThickness"), size("FlangeThickness")
    fillet, edge = size.optional("FilletRadius"), size.optional("EdgeRadius")
    upper = [(x, y, 0.0), (x, y - flange, edge), (web - x, y - flange, fillet)]
    corners = [(-x, y, 0.0), *upper, *((a, -b, r) for a, b, r in reversed(upper)), (-x, -y, 0.0)]
    return (rounded(corners),)


def _c(size: _Sizes) -> Rings:
    x, y, t, lip = 0.5 * size("Width"), 0.5 * size("Depth"), size("WallThickness"), size("Girth")
    inner = size.optional("InternalFilletRadius")
    outer = inner + t if inner > 0.0 else 0.0
    upper = [(-x, y, outer), (x, y, outer), (x, y - lip, 0.0), (x - t, y - lip, 0.0), (x - t, y - t, inner), (t - x, y - t, inner)]
    return (rounded([*upper, *((a, -b, r) for a, b, r in reversed(upper))]),)


_MAKERS: dict[str, Callable[[_Sizes], Rings]] = {
    "IfcRoundedRectangleProfileDef": _rounded_rectangle,
    "IfcRectangleHollowProfileDef": _hollow,
    "IfcCircleProfileDef": _circle,
    "IfcCircleHollowProfileDef": _tube,
    "IfcEllipseProfileDef": _ellipse,
    "IfcIShapeProfileDef": _i,
    "IfcAsymmetricIShapeProfileDef": _uneven_i,
    "IfcTShapeProfileDef": _t,
    "IfcLShapeProfileDef": _l,
    "IfcUShapeProfileDef": _u,
    "IfcCShapeProfileDef": _c,
}
