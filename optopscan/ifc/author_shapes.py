"""Sections and solids that an author can write: extrusions only, so that a reader needs no kernel."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from optopscan.ifc.author_core import Core, Entity, Frame, Point2, Point3, closed


@dataclass(frozen=True, kw_only=True)
class Rectangle:
    """Rectangular section [m]; width is horizontal in a beam, depth vertical."""

    width_m: float
    depth_m: float
    name: str = ""

    def build(self, core: Core) -> Entity:
        """Return the profile."""
        size = (core.length(self.width_m), core.length(self.depth_m))
        return core.shared("IfcRectangleProfileDef", "AREA", self.name or None, flat_axes(core), *size)


@dataclass(frozen=True, kw_only=True)
class ISection:
    """Rolled or welded I section [m]."""

    width_m: float
    depth_m: float
    web_m: float
    flange_m: float
    fillet_m: float = 0.0
    name: str = ""

    def build(self, core: Core) -> Entity:
        """Return the profile."""
        sizes = [core.length(v) for v in (self.width_m, self.depth_m, self.web_m, self.flange_m)]
        fillet = core.length(self.fillet_m) if self.fillet_m > 0 else None
        return core.shared("IfcIShapeProfileDef", "AREA", self.name or None, flat_axes(core), *sizes, fillet)


@dataclass(frozen=True, kw_only=True)
class Hollow:
    """Rectangular hollow section [m] with sharp corners."""

    width_m: float
    depth_m: float
    wall_m: float
    name: str = ""

    def build(self, core: Core) -> Entity:
        """Return the profile."""
        sizes = [core.length(v) for v in (self.width_m, self.depth_m, self.wall_m)]
        return core.shared("IfcRectangleHollowProfileDef", "AREA", self.name or None, flat_axes(core), *sizes)


@dataclass(frozen=True, kw_only=True)
class Round:
    """Round section [m]; a tube where a wall thickness is given."""

    diameter_m: float
    wall_m: float | None = None
    name: str = ""

    @property
    def width_m(self) -> float:
        """Width [m]."""
        return self.diameter_m

    @property
    def depth_m(self) -> float:
        """Depth [m]."""
        return self.diameter_m

    def build(self, core: Core) -> Entity:
        """Return the profile."""
        head = ("AREA", self.name or None, flat_axes(core), core.length(self.diameter_m / 2))
        if self.wall_m is None:
            return core.shared("IfcCircleProfileDef", *head)
        return core.shared("IfcCircleHollowProfileDef", *head, core.length(self.wall_m))


Section = Rectangle | ISection | Hollow | Round


@dataclass(frozen=True, kw_only=True)
class Prism:
    """A polygon in plan [m], with holes, extruded from z0 to z1 [m]."""

    polygon: Sequence[Point2]
    z0_m: float
    z1_m: float
    voids: Sequence[Sequence[Point2]] = ()

    def build(self, core: Core, frame: Frame) -> Entity:
        """Return the solid in the frame of its element."""
        z0 = frame.local(0.0, 0.0, self.z0_m)[2]
        rings = [[frame.local(x, y, 0.0)[:2] for x, y in ring] for ring in (self.polygon, *self.voids)]
        return extrusion(core, polygon_profile(core, rings[0], rings[1:]), self.z1_m - self.z0_m, origin_m=(0.0, 0.0, z0))


@dataclass(frozen=True, kw_only=True)
class Incline:
    """A flight of stairs as an inclined plate: flat foot at ``start``, plumb cut at ``end``.

    ``depth_m`` is the vertical thickness; the foot is depth * run / rise long,
    so the flight stands on what lies under its start. ``width_m`` is centred
    on the line from start to end in plan [m].
    """

    start: Point2
    end: Point2
    z0_m: float
    z1_m: float
    width_m: float
    depth_m: float

    def build(self, core: Core, frame: Frame) -> Entity:
        """Return the solid in the frame of its element."""
        run = math.dist(self.start, self.end)
        rise = self.z1_m - self.z0_m
        if not (run > 0 and rise > self.depth_m > 0):
            raise ValueError(f"a flight needs run={run} > 0 and rise={rise} > depth={self.depth_m} > 0")
        outline = [(0.0, 0.0), (self.depth_m * run / rise, 0.0), (run, rise - self.depth_m), (run, rise)]
        origin = frame.local(*self.start, self.z0_m)
        end = frame.local(*self.end, self.z0_m)
        along = ((end[0] - origin[0]) / run, (end[1] - origin[1]) / run)
        # Profile x = along, profile y = up, so the extrusion runs to along x up.
        side = (along[1], -along[0], 0.0)
        corner = (origin[0] - side[0] * self.width_m / 2, origin[1] - side[1] * self.width_m / 2, origin[2])
        profile = polygon_profile(core, outline, [])
        return extrusion(core, profile, self.width_m, origin_m=corner, z_axis=side, x_axis=(*along, 0.0))


Solid = Prism | Incline


def box(x0_m: float, y0_m: float, x1_m: float, y1_m: float, *, z0_m: float, z1_m: float) -> Prism:
    """Return an upright block parallel to the model axes [m]."""
    return Prism(polygon=rectangle(x0_m, y0_m, x1_m, y1_m), z0_m=z0_m, z1_m=z1_m)


def rectangle(x0_m: float, y0_m: float, x1_m: float, y1_m: float) -> list[Point2]:
    """Return the four corners of a rectangle parallel to the axes [m], counter-clockwise.

    Raises
    ------
    ValueError
        If a side is not positive.
    """
    if not (x1_m > x0_m and y1_m > y0_m):
        raise ValueError(f"rectangle {x0_m, y0_m, x1_m, y1_m} has no area")
    return [(x0_m, y0_m), (x1_m, y0_m), (x1_m, y1_m), (x0_m, y1_m)]


def flat_axes(core: Core) -> Entity:
    """Return the shared two-dimensional placement at the origin."""
    return core.shared("IfcAxis2Placement2D", core.point(0.0, 0.0), core.direction(1.0, 0.0))


def polyline(core: Core, points: Sequence[Point2]) -> Entity:
    """Return a polyline in two dimensions [m]."""
    return core.create("IfcPolyline", [core.point(x, y) for x, y in points])


def polygon_profile(core: Core, outline: Sequence[Point2], voids: Sequence[Sequence[Point2]]) -> Entity:
    """Return a closed profile, with holes where given [m]."""
    outer = polyline(core, closed(outline))
    if not voids:
        return core.create("IfcArbitraryClosedProfileDef", ProfileType="AREA", OuterCurve=outer)
    inner = [polyline(core, closed(ring)) for ring in voids]
    return core.create("IfcArbitraryProfileDefWithVoids", ProfileType="AREA", OuterCurve=outer, InnerCurves=inner)


def extrusion(
    core: Core,
    profile: Entity,
    depth_m: float,
    *,
    origin_m: Point3 = (0.0, 0.0, 0.0),
    z_axis: Point3 = (0.0, 0.0, 1.0),
    x_axis: Point3 = (1.0, 0.0, 0.0),
) -> Entity:
    """Return an extruded solid, straight along the z axis of its own position.

    Raises
    ------
    ValueError
        If the depth is not positive.
    """
    if not depth_m > 0:
        raise ValueError(f"depth_m={depth_m} of an extrusion must be more than zero")
    position = core.axes(origin_m, z_axis, x_axis)
    return core.create(
        "IfcExtrudedAreaSolid",
        SweptArea=profile,
        Position=position,
        ExtrudedDirection=core.direction(0.0, 0.0, 1.0),
        Depth=core.length(depth_m),
    )
