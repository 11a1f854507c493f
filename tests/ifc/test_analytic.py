"""Bodies read without the geometry kernel: against volumes worked out by hand, and against the kernel, body for body.

Every case is a small model written here. Hand volumes are plain products of lengths; PI stands where a curve is exact by area.
"""

from math import cos, pi, radians, sin

import numpy as np
import pytest
from analytic_factory import BOX_FACES, BOX_TRIANGLES, Shapes, X, Y, Z, box_points, plans_agree, read_both, read_without_kernel

CASES = {}
VOLUME, PLAN_M = 1e-3, 1e-3


def case(volume_m3=None, **options):
    """Register a function that draws one product; ``volume_m3`` is its volume by hand."""

    def keep(draw):
        CASES[draw.__name__] = (draw, volume_m3, options)
        return draw

    return keep


def prism(profile, **place):
    return lambda m: m.product(m.extruded(profile(m), 3.0, **place))


def add(name, draw, volume_m3=None, **options):
    CASES[name] = (draw, volume_m3, options)


# --- profiles, 3 m high -------------------------------------------------------------------------------------------------------------

# a fillet of radius r fills r^2 (1 - pi/4) of a right-angled corner; a rounded edge takes the same away
FILLET = 1.0 - pi / 4.0
PROFILES = {
    "rectangle": (lambda m: m.profile("IfcRectangleProfileDef", XDim=0.4, YDim=0.3, at=(0.1, -0.2), x=(0.6, 0.8)), 0.4 * 0.3),
    "rounded rectangle": (
        lambda m: m.profile("IfcRoundedRectangleProfileDef", XDim=0.4, YDim=0.3, RoundingRadius=0.05),
        0.12 - 4 * 0.05**2 * FILLET,
    ),
    "hollow rectangle": (
        lambda m: m.profile(
            "IfcRectangleHollowProfileDef", XDim=0.2, YDim=0.1, WallThickness=0.01, InnerFilletRadius=0.01, OuterFilletRadius=0.02
        ),
        0.2 * 0.1 - 4 * 0.02**2 * FILLET - (0.18 * 0.08 - 4 * 0.01**2 * FILLET),
    ),
    "hollow rectangle, sharp": (
        lambda m: m.profile("IfcRectangleHollowProfileDef", XDim=0.2, YDim=0.1, WallThickness=0.01),
        0.2 * 0.1 - 0.18 * 0.08,
    ),
    "circle": (lambda m: m.profile("IfcCircleProfileDef", Radius=0.2, at=(0.3, 0.1)), pi * 0.2**2),
    "tube": (lambda m: m.profile("IfcCircleHollowProfileDef", Radius=0.2, WallThickness=0.01), pi * (0.2**2 - 0.19**2)),
    "ellipse": (lambda m: m.profile("IfcEllipseProfileDef", SemiAxis1=0.4, SemiAxis2=0.2, x=(1, 1)), pi * 0.4 * 0.2),
    # HEB 300: 149.1 cm2 in the tables of the mills
    "I": (
        lambda m: m.profile(
            "IfcIShapeProfileDef", OverallWidth=0.3, OverallDepth=0.3, WebThickness=0.011, FlangeThickness=0.019, FilletRadius=0.027
        ),
        2 * 0.3 * 0.019 + 0.262 * 0.011 + 4 * 0.027**2 * FILLET,
    ),
    "I with rounded edges": (
        lambda m: m.profile(
            "IfcIShapeProfileDef",
            OverallWidth=0.3,
            OverallDepth=0.3,
            WebThickness=0.011,
            FlangeThickness=0.019,
            FilletRadius=0.027,
            FlangeEdgeRadius=0.006,
        ),
        2 * 0.3 * 0.019 + 0.262 * 0.011 + 4 * 0.027**2 * FILLET - 4 * 0.006**2 * FILLET,
    ),
    "uneven I": (
        lambda m: m.profile(
            "IfcAsymmetricIShapeProfileDef",
            BottomFlangeWidth=0.4,
            OverallDepth=0.3,
            WebThickness=0.012,
            BottomFlangeThickness=0.02,
            TopFlangeWidth=0.2,
            TopFlangeThickness=0.015,
        ),
        0.4 * 0.02 + 0.2 * 0.015 + 0.265 * 0.012,
    ),
    "T": (
        lambda m: m.profile(
            "IfcTShapeProfileDef", Depth=0.2, FlangeWidth=0.15, WebThickness=0.01, FlangeThickness=0.015, FilletRadius=0.01
        ),
        0.15 * 0.015 + 0.185 * 0.01 + 2 * 0.01**2 * FILLET,
    ),
    "L": (
        lambda m: m.profile("IfcLShapeProfileDef", Depth=0.15, Width=0.1, Thickness=0.012, FilletRadius=0.01, EdgeRadius=0.005),
        0.15 * 0.012 + 0.088 * 0.012 + 0.01**2 * FILLET - 2 * 0.005**2 * FILLET,
    ),
    "L with equal legs": (lambda m: m.profile("IfcLShapeProfileDef", Depth=0.1, Width=0.1, Thickness=0.01), 0.1 * 0.01 + 0.09 * 0.01),
    "U": (
        lambda m: m.profile(
            "IfcUShapeProfileDef", Depth=0.2, FlangeWidth=0.08, WebThickness=0.009, FlangeThickness=0.011, FilletRadius=0.01
        ),
        0.2 * 0.009 + 2 * 0.071 * 0.011 + 2 * 0.01**2 * FILLET,
    ),
    "C": (
        lambda m: m.profile("IfcCShapeProfileDef", Depth=0.2, Width=0.08, WallThickness=0.003, Girth=0.02),
        0.2 * 0.003 + 2 * 0.077 * 0.003 + 2 * 0.017 * 0.003,
    ),
    "C with fillets": (
        lambda m: m.profile("IfcCShapeProfileDef", Depth=0.2, Width=0.08, WallThickness=0.003, Girth=0.02, InternalFilletRadius=0.005),
        0.2 * 0.003 + 2 * 0.077 * 0.003 + 2 * 0.017 * 0.003 - 4 * FILLET * (0.008**2 - 0.005**2),
    ),
    "polygon": (lambda m: m.closed(m.polyline([(0, 0), (4, 0), (4, 2), (1, 2), (1, 1), (0, 1)])), 4 * 2 - 1),
    "polygon, clockwise, not closed in the file": (lambda m: m.closed(m.polyline([(0, 0), (0, 1), (3, 1), (3, 0)], closed=False)), 3.0),
    "polygon with points on its sides": (
        lambda m: m.closed(m.polyline([(0, 0), (1, 0), (1.5, 0), (4, 0), (4, 0.2), (3, 0.2), (0, 0.2), (0, 0.1)])),
        0.8,
    ),
    "polygon with holes": (
        lambda m: m.closed(
            m.polyline([(0, 0), (4, 0), (4, 3), (0, 3)]), m.polyline([(1, 1), (1, 2), (2, 2), (2, 1)]), m.circle(0.3, (3, 1.5))
        ),
        12 - 1 - pi * 0.3**2,
    ),
    "circle as a curve": (lambda m: m.closed(m.circle(0.25, (1, 2))), pi * 0.25**2),
    "ellipse as a curve": (lambda m: m.closed(m.ellipse(0.5, 0.25, (1, 2), (1, 1))), pi * 0.5 * 0.25),
    "indexed curve without segments": (lambda m: m.closed(m.indexed([(0, 0), (2, 0), (2, 1), (0, 1), (0, 0)])), 2.0),
    # a half circle of radius 1 on a square of 2 m
    "indexed curve with an arc": (
        lambda m: m.closed(m.indexed([(0, 0), (2, 0), (2, 2), (1, 3), (0, 2)], (1, 2, 3), ("arc", 3, 4, 5), (5, 1))),
        4 + pi / 2,
    ),
    "indexed curve, arc inwards": (
        lambda m: m.closed(m.indexed([(0, 0), (2, 0), (2, 2), (1, 1), (0, 2)], (1, 2, 3), ("arc", 3, 4, 5), (5, 1))),
        4 - pi / 2,
    ),
    "indexed curve of two arcs": (
        lambda m: m.closed(m.indexed([(1, 0), (0, 1), (-1, 0), (0, -1)], ("arc", 1, 2, 3), ("arc", 3, 4, 1))),
        pi,
    ),
    "composite of lines and an arc by angle": (
        lambda m: m.closed(
            m.composite(
                m.polyline([(1, 0), (1, -2), (-1, -2), (-1, 0)], closed=False),
                ("back", m.trimmed(m.circle(1.0), 0.0, 180.0)),
            )
        ),
        4 + pi / 2,
    ),
    "composite, arc by points, other sense": (
        lambda m: m.closed(
            m.composite(
                m.trimmed(m.circle(1.0, x=(0, 1)), (-1, 0), (1, 0), sense=False, by="CARTESIAN"),
                m.trimmed(m.line((1, 0), (0, -1)), 0.0, 2.0),
                m.trimmed(m.line((1, -2), (-1, 0)), (1, -2), (-1, -2), by="CARTESIAN"),
                m.polyline([(-1, -2), (-1, 0)], closed=False),
            )
        ),
        4 + pi / 2,
    ),
    # a quarter of an ellipse with half-axes 2 and 1
    "composite with a part of an ellipse": (
        lambda m: m.closed(m.composite(m.trimmed(m.ellipse(2.0, 1.0), 0.0, 90.0), m.polyline([(0, 1), (0, 0), (2, 0)], closed=False))),
        pi / 2,
    ),
}
# the kernel itself makes twelve chords of an arc that turns inwards, however finely it is asked to
COARSE = "indexed curve, arc inwards"
for title, (draw_profile, area_m2) in PROFILES.items():
    add(f"profile: {title}", prism(draw_profile), 3.0 * area_m2)


def derived(m, **change):
    e = m.f.create_entity
    parent = m.closed(m.polyline([(0, 0), (2, 0), (2, 1), (0.5, 1)]))
    one, two = (None if change.get(key) is None else m.direction(*change[key]) for key in ("x", "y"))
    operator = e("IfcCartesianTransformationOperator2D", one, two, m.point(*change.get("at", (0, 0))), change.get("scale"))
    return m.product(m.extruded(e("IfcDerivedProfileDef", "AREA", None, parent, operator), 3.0))


# the parent is 2 x 1 less a triangle of 0.5 x 1 / 2
add("profile: derived, turned and moved", lambda m: derived(m, x=(0, 1), y=(-1, 0), at=(3, 1)), 3 * 1.75)
add("profile: derived, scaled", lambda m: derived(m, scale=0.5), 3 * 1.75 / 4)


@case(3 * 1.75)
def mirrored_profile(m):
    parent = m.closed(m.polyline([(0, 0), (2, 0), (2, 1), (0.5, 1)]))
    return m.product(m.extruded(m.f.create_entity("IfcMirroredProfileDef", ProfileType="AREA", ParentProfile=parent), 3.0))


add(
    "profile: arc by angle in radians",
    lambda m: m.product(
        m.extruded(m.closed(m.composite(m.trimmed(m.circle(1.0), 0.0, pi), m.polyline([(-1, 0), (1, 0)], closed=False))), 3.0)
    ),
    3 * pi / 2,
    angle_unit="radian",
)


# --- how a prism lies ---------------------------------------------------------------------------------------------------------------

add("tilted solid", prism(lambda m: m.rectangle(0.4, 0.2), at=(1, 2, 3), z=(1, 2, 3), x=(1, 0, 0)), 3 * 0.08)
add("lying solid", prism(lambda m: m.rectangle(0.4, 0.2), z=X, x=Y), 3 * 0.08)
add("extruded downwards", prism(lambda m: m.closed(m.polyline([(0, 0), (1, 0), (0, 1)])), along=(0, 0, -1)), 1.5)
# 3 m along a direction 30 degrees off the normal is 3 cos 30 high
add(
    "extruded at a slant",
    prism(lambda m: m.rectangle(0.4, 0.2), along=(sin(radians(30)), 0, cos(radians(30)))),
    3 * cos(radians(30)) * 0.08,
)
add("direction not of unit length", prism(lambda m: m.rectangle(0.4, 0.2), along=(0, 0, 7)), 3 * 0.08)


@case(2 * 0.3 * 0.2)
def placed_in_a_chain(m):
    e = m.f.create_entity
    one = m.product(m.block(0, 0, 0, 2, 0.3, 0.2), name="IfcBeam")
    outer = e("IfcLocalPlacement", RelativePlacement=m.axes((5, 6, 7), (0, 1, 1), (1, 0, 0)))
    middle = e("IfcLocalPlacement", outer, m.axes((1, 0, 0), (1, 0, 0), (0, 1, 1)))
    one.ObjectPlacement = e("IfcLocalPlacement", middle, m.axes((0, 2, 0)))
    return one


@case(1 * 1 * 1 + 2 * 0.5 * 0.5)
def two_items(m):
    return m.product([m.block(0, 0, 0, 1, 1, 1), m.block(3, 0, 0, 2, 0.5, 0.5)])


# --- mapped items -------------------------------------------------------------------------------------------------------------------


def ell(m):
    return m.extruded(m.closed(m.polyline([(0, 0), (2, 0), (2, 1), (1, 1), (1, 3), (0, 3)])), 0.5)


ELL = 0.5 * (2 + 2)
add("mapped, moved", lambda m: m.product(m.mapped(ell(m), at=(1, 2, 3))), ELL)
add("mapped, turned", lambda m: m.product(m.mapped(ell(m), x=(1, 1, 0), y=(-1, 1, 0), z=Z)), ELL)
add("mapped, turned about another axis", lambda m: m.product(m.mapped(ell(m), x=(0, 0, 1), y=(1, 0, 0), z=(0, 1, 0))), ELL)
add("mapped, scaled", lambda m: m.product(m.mapped(ell(m), scale=2.0)), 8 * ELL)
add("mapped, mirrored", lambda m: m.product(m.mapped(ell(m), x=X, y=(0, -1, 0), z=Z)), ELL)
add("mapped, mirrored and scaled", lambda m: m.product(m.mapped(ell(m), x=(1, 2, 0), y=(2, -1, 0), z=Z, scale=0.5)), ELL / 8)
add("mapped within mapped", lambda m: m.product(m.mapped(m.mapped(ell(m), at=(1, 0, 0), scale=2.0), at=(0, 3, 0), scale=0.5)), ELL)
add("mapped, equal scales spelled out", lambda m: m.product(m.mapped(ell(m), scale=2.0, scales=(2.0, 2.0))), 8 * ELL)


@case(2 * ELL)
def mapped_twice(m):
    item = m.mapped(ell(m))
    return m.product([item, m.mapped_again(item.MappingSource, at=(5, 0, 0), x=(0, 1, 0), y=(-1, 0, 0), z=Z)])


def mirrored_brep(m):
    # a wedge: half a box of 2 x 1 x 3
    points = [(0, 0, 0), (2, 0, 0), (0, 1, 0), (0, 0, 3), (2, 0, 3), (0, 1, 3)]
    faces = [[[0, 2, 1]], [[3, 4, 5]], [[0, 1, 4, 3]], [[1, 2, 5, 4]], [[2, 0, 3, 5]]]
    return m.product(m.mapped(m.brep(points, faces), x=X, y=(0, -1, 0), z=Z, scale=2.0))


add("mapped brep, mirrored and scaled", mirrored_brep, 8 * 3.0)


# --- cuts -----------------------------------------------------------------------------------------------------------------------------


def wall(m):
    return m.block(0, 0, 0, 4, 0.2, 3)


# a plane through (0, z 3) and (4, z 2) takes 4 x 1 / 2 off a face of 4 x 3
SLOPE = (1.0, 0.0, 4.0)
add("clipped by a plane", lambda m: m.product(m.clipped(wall(m), m.half_space((0, 0, 3), SLOPE))), 0.2 * (12 - 2))
add("clipped by a plane, other side", lambda m: m.product(m.clipped(wall(m), m.half_space((0, 0, 3), SLOPE, agree=True))), 0.2 * 2)
add("clipped level", lambda m: m.product(m.clipped(wall(m), m.half_space((0, 0, 2), Z))), 0.2 * 4 * 2)
add("clipped by a boxed half space", lambda m: m.product(m.clipped(wall(m), m.half_space((0, 0, 3), SLOPE, boxed=True))), 2.0)
add(
    "gable: two planes",
    lambda m: m.product(m.clipped(wall(m), m.half_space((2, 0, 3), (1, 0, 1)), m.half_space((2, 0, 3), (-1, 0, 1)))),
    0.2 * (4 * 1 + 4 * 2 / 2),
)
add("a plane that misses", lambda m: m.product(m.clipped(wall(m), m.half_space((0, 0, 5), Z))), 2.4)
# mitre of 45 degrees: a triangle of 0.2 x 0.2 off the plan
add("mitred", lambda m: m.product(m.clipped(wall(m), m.half_space((4, 0, 0), (1, 1, 0)))), 3 * (4 * 0.2 - 0.02))


def bounded(m, outline, at=(0, 0, 2), normal=Z, **options):
    return m.product(m.clipped(wall(m), m.half_space(at, normal, outline=m.polyline(outline), **options)))


add("bounded half space", lambda m: bounded(m, [(1, -1), (2, -1), (2, 1), (1, 1)]), 2.4 - 0.2 * 1 * 1)
add("bounded half space, L-shaped", lambda m: bounded(m, [(1, -1), (3, -1), (3, 0.1), (2, 0.1), (2, 1), (1, 1)]), 2.4 - (0.2 * 1 + 0.1 * 1))
add("bounded half space that covers all", lambda m: bounded(m, [(-1, -1), (5, -1), (5, 1), (-1, 1)]), 0.2 * 4 * 2)
add("bounded half space beside the wall", lambda m: bounded(m, [(5, -1), (6, -1), (6, 1), (5, 1)]), 2.4)
add(
    "bounded half space, sloping and agreeing",
    # within x 1..2 what lies below the plane goes: from 3 - 1/4 to 3 - 2/4 high
    lambda m: bounded(m, [(1, -1), (2, -1), (2, 1), (1, 1)], at=(0, 0, 3), normal=SLOPE, agree=True),
    2.4 - 0.2 * (3 - 0.375),
)


@case(2.4 - 0.2 * 0.5 * 1.5)
def bounded_half_space_placed_on_its_side(m):
    # the outline lies in the wall's face (x, z) and reaches through it along y
    place = m.axes((1, 0, 1), (0, -1, 0), X)
    outline = m.polyline([(0, 0), (0.5, 0), (0.5, 1.5), (0, 1.5)])
    return m.product(m.clipped(wall(m), m.half_space((0, -1, 0), (0, -1, 0), agree=True, outline=outline, place=place)))


add("less a solid", lambda m: m.product(m.boolean(wall(m), m.block(1, -1, 1, 1, 2, 1))), 2.4 - 0.2)
add(
    "nested: solid, plane, bounded plane",
    lambda m: m.product(
        m.clipped(
            m.boolean(wall(m), m.block(1, -1, 1, 1, 2, 1)),
            m.half_space((0, 0, 2.5), Z),
            m.half_space((0, 0, 2), Z, outline=m.polyline([(3, -1), (4, -1), (4, 1), (3, 1)])),
        )
    ),
    0.2 * (4 * 2.5 - 1 - 0.5),
)
add(
    "clipped round column",
    lambda m: m.product(m.clipped(m.extruded(m.closed(m.circle(0.2)), 3.0), m.half_space((0, 0, 2), (1, 0, 1)))),
    pi * 0.04 * 2,
)
add(
    "clipped, then mapped and mirrored",
    lambda m: m.product(m.mapped(m.clipped(wall(m), m.half_space((0, 0, 3), SLOPE)), x=X, y=(0, -1, 0), z=Z)),
    2.0,
)
add(
    "clipped, then mapped and scaled",
    lambda m: m.product(
        m.mapped(m.clipped(wall(m), m.half_space((0, 0, 2), Z, outline=m.polyline([(1, -1), (2, -1), (2, 1), (1, 1)]))), scale=2.0)
    ),
    8 * 2.2,
)
# a slanted prism has no direction of its own to be cut along
add(
    "slanted prism, clipped",
    lambda m: m.product(m.clipped(m.extruded(m.rectangle(1, 1), 3.0, along=(1, 0, 2)), m.half_space((0, 0, 1), Z))),
    1.0,
)


# --- openings -------------------------------------------------------------------------------------------------------------------------


def pierced(m, *items, host=None, **place):
    one = m.product(host(m) if host else wall(m), at=(2, 1, 0), **place)
    for item in items:
        m.void(one, item)
    return one


def pierce(*draws, host=None):
    return lambda m: pierced(m, *(draw(m) for draw in draws), host=host)


def hole(*box):
    return lambda m: m.block(*box)


def across(profile, depth=1.0, at=(0, -0.5, 0)):
    """A prism along y: the profile's axes are x and z of the wall."""
    return lambda m: m.extruded(profile(m), depth, at=at, z=(0, -1, 0), x=X, along=(0, 0, -1))


def turned_hole(m):
    return m.extruded(m.rectangle(1, 2, at=(0, 0)), 1.0, at=(2, 0.1, 1), z=Z, x=(cos(radians(30)), sin(radians(30)), 0))


def arch(m):
    # 1 m wide, straight to 2 m, a half circle above it
    return m.closed(m.indexed([(1, 0.5), (2, 0.5), (2, 2), (1.5, 2.5), (1, 2)], (1, 2, 3), ("arc", 3, 4, 5), (5, 1)))


ARCH = 1 * 1.5 + pi * 0.25 / 2
add("opening through", pierce(hole(1, -0.5, 1, 1, 1, 1.5)), 0.2 * (12 - 1.5))
add("opening just as deep as the wall", pierce(hole(1, 0, 1, 1, 0.2, 1.5)), 0.2 * (12 - 1.5))
add("door, flush with the foot", pierce(hole(1, -0.5, 0, 1, 1, 2.1)), 0.2 * (12 - 2.1))
add("opening beyond the end", pierce(hole(3.5, -0.5, 1, 1, 1, 1)), 0.2 * (12 - 0.5))
add("niche", pierce(hole(1, 0.15, 1, 1, 0.5, 1)), 2.4 - 0.05)
add("hole inside", pierce(hole(1, 0.05, 1, 1, 0.1, 1)), 2.4 - 0.1)
add("openings that overlap", pierce(hole(1, -0.5, 1, 1, 1, 1), hole(1.5, -0.5, 1.5, 1, 1, 1)), 2.4 - 0.2 * 1.75)
add("niche and opening that overlap", pierce(hole(1, -0.5, 1, 1, 1, 1), hole(1.5, 0.1, 1.5, 1, 1, 1)), 2.4 - 0.2 - 0.1 * 0.75)
add("openings side by side", pierce(hole(1, -0.5, 1, 0.5, 1, 1), hole(1.5, -0.5, 1, 0.5, 1, 1)), 2.4 - 0.2)
add("the same opening twice", pierce(hole(1, -0.5, 1, 1, 1, 1), hole(1, -0.5, 1, 1, 1, 1)), 2.2)
add("opening beside the wall", pierce(hole(1, 1, 1, 1, 1, 1)), 2.4)
add("opening that touches a face", pierce(hole(1, 0.2, 1, 1, 1, 1)), 2.4)
add("opening that touches the top", pierce(hole(1, -0.5, 3, 1, 1, 1)), 2.4)
add("wall in two", pierce(hole(1, -0.5, -0.5, 1, 1, 4)), 0.2 * 9)
add("opening turned in plan", pierce(turned_hole), 2.4 - 0.2 * 1 * 1 / cos(radians(30)))
add("two openings turned in plan that overlap", pierce(turned_hole, hole(2, -0.5, 1.5, 1, 1, 1)))
add("arched opening", pierce(across(arch)), 2.4 - 0.2 * ARCH)
add("round opening", pierce(across(lambda m: m.closed(m.circle(0.4, (2, 1.5))))), 2.4 - 0.2 * pi * 0.16)
add("arched niche", pierce(across(arch, depth=0.6)), 2.4 - 0.1 * ARCH)
add("arched opening and a window", pierce(across(arch), hole(2.5, -0.5, 1, 1, 1, 1)), 2.4 - 0.2 * (ARCH + 1))
add("arch over a door, two openings", pierce(across(arch), hole(1, -0.5, 0, 1, 1, 1)), 2.4 - 0.2 * (ARCH + 0.5))


def mitred(m):
    return m.extruded(m.closed(m.polyline([(0, 0), (4, 0), (3.8, 0.2), (0.2, 0.2)])), 3.0)


MITRED = 0.2 * 3.8
add("window in a mitred wall", pierce(hole(1, -0.5, 1, 1, 1, 1), host=mitred), 3 * MITRED - 0.2)
add("arch in a mitred wall", pierce(across(arch), host=mitred), 3 * MITRED - 0.2 * ARCH)
add("arch and window in a mitred wall", pierce(across(arch), hole(2.5, -0.5, 1, 1, 1, 1), host=mitred), 3 * MITRED - 0.2 * (ARCH + 1))
add(
    "two arches in a mitred wall",
    pierce(across(arch), across(lambda m: m.closed(m.circle(0.3, (3, 1.5)))), host=mitred),
    3 * MITRED - 0.2 * (ARCH + pi * 0.09),
)


def ell_wall(m):
    return m.extruded(m.closed(m.polyline([(0, 0), (4, 0), (4, 3), (3.8, 3), (3.8, 0.2), (0, 0.2)])), 3.0)


ELL_WALL = 3 * (0.8 + 0.2 * 2.8)


def across_x(m):
    outline = m.closed(m.circle(0.3, (1.5, 1.5)))
    return m.extruded(outline, 2.0, at=(3, 0, 0), z=X, x=Y)


add("arches in both legs of a wall", pierce(across(arch), across_x, host=ell_wall), ELL_WALL - 0.2 * (ARCH + pi * 0.09))
add("round hole through both legs' corner", pierce(across_x, hole(3, -0.5, 1, 2, 1, 1), host=ell_wall))


# a window that begins where the mitre ends, and one at the straight end of a wall with a step
add("window up to a mitre", pierce(hole(0.2, -0.5, 1, 1, 1, 1), host=mitred), 3 * MITRED - 0.2)
add("window through the end of an L", pierce(hole(-0.5, -0.5, 1, 1, 1, 1), host=ell_wall), ELL_WALL - 0.1)
add("splayed window and arch", pierce(across(arch), lambda m: _splayed(m), host=mitred), 3 * MITRED - 0.2 * ARCH - 0.2 * 0.9)


def _splayed(m):
    # 1 m wide on one face of the wall and 0.8 m on the other
    return m.extruded(m.closed(m.polyline([(2.5, 0), (3.5, 0), (3.4, 0.2), (2.6, 0.2)])), 1.0, at=(0, 0, 1))


def slab(m):
    return m.extruded(m.closed(m.polyline([(0, 0), (6, 0), (6, 4), (2, 4), (2, 5), (0, 5)])), 0.25)


def stairwell(m):
    return m.extruded(m.closed(m.polyline([(3, 1), (5, 1), (5, 2), (4, 2), (4, 3), (3, 3)])), 1.0, at=(0, 0, -0.5))


def pipe(m):
    return m.extruded(m.closed(m.circle(0.1, (1, 1))), 1.0, at=(0, 0, -0.5))


SLAB = 0.25 * 26
add("slab with a stairwell and a pipe", pierce(stairwell, pipe, host=slab), SLAB - 0.25 * (3 + pi * 0.01))
add("slab with a recess", pierce(hole(1, 1, 0.15, 2, 2, 1), host=slab), SLAB - 0.1 * 4)
add(
    "slab with a pipe lying in it",
    pierce(lambda m: m.extruded(m.closed(m.circle(0.05, (3, 0.12))), 1.0, at=(0, 3.5, 0), z=(0, -1, 0), x=X, along=Z), host=slab),
)


def windows_in_a_gable(m):
    one = m.product(m.clipped(wall(m), m.half_space((2, 0, 3), (1, 0, 1)), m.half_space((2, 0, 3), (-1, 0, 1))))
    m.void(one, m.block(1.5, -0.5, 1, 1, 1, 1.5))
    m.void(one, m.extruded(m.closed(m.circle(0.2, (0.8, 0.8))), 1.0, at=(0, -0.5, 0), z=(0, -1, 0), x=X, along=(0, 0, -1)))
    return one


# the roof is at z = 3 - |x - 2|: the window reaches to z 2.5 at x 1.5 and 2.5, just to the roof
add("windows in a gable", windows_in_a_gable, 0.2 * (8 - 1.5 - pi * 0.04))
add(
    "opening through a clipped top",
    lambda m: pierced(m, m.block(0.5, -0.5, 1, 0.5, 1, 3), host=lambda k: k.clipped(wall(k), k.half_space((0, 0, 3), SLOPE))),
    # from z 1 to the slope, 3 - x / 4, over x 0.5 .. 1
    2.0 - 0.2 * 0.5 * (2 - 0.75 / 4),
)
add(
    "opening clipped to a house",
    lambda m: pierced(
        m, m.clipped(m.block(1, -0.5, 1, 1, 1, 1.5), m.half_space((1.5, 0, 2.5), (1, 0, 1)), m.half_space((1.5, 0, 2.5), (-1, 0, 1)))
    ),
    2.4 - 0.2 * 1.25,
)
add("opening as a brep", lambda m: _brep_opening(m), 2.4 - 0.2)
add("opening of two items", lambda m: pierced(m, [m.block(1, -0.5, 1, 1, 1, 1), m.block(3, -0.5, 1, 0.5, 1, 1)]), 2.4 - 0.3)
add("opening as a mapped item", lambda m: pierced(m, m.mapped(m.block(0, -0.5, 0, 1, 1, 1), at=(1, 0, 1))), 2.2)
add("opening in a tilted wall", lambda m: pierced(m, m.block(1, -0.5, 1, 1, 1, 1), z=(0, 1, 2), x=X), 2.2)
add(
    "opening at a slant",
    pierce(lambda m: m.extruded(m.rectangle(1, 1, at=(2, 0)), 3.0, at=(0, -0.5, 1), z=(0, -1, 0), x=X, along=(1, 0, -1))),
    2.4 - 0.2,
)
add(
    "opening in a wall of two items",
    lambda m: pierced(m, m.block(0.5, -0.5, 1, 3, 1, 1), host=lambda k: [k.block(0, 0, 0, 2, 0.2, 3), k.block(2, 0, 0, 2, 0.2, 3)]),
    2.4 - 0.6,
)
add(
    "opening in a hollow column",
    pierce(hole(-0.05, 0.0, 1, 0.1, 1, 0.2), host=lambda m: m.extruded(PROFILES["hollow rectangle, sharp"][0](m), 3.0)),
    3 * 0.0056 - 0.1 * 0.01 * 0.2,
)
add("opening in a round column", pierce(hole(-0.05, -1, 1, 0.1, 2, 0.2), host=lambda m: m.extruded(m.closed(m.circle(0.2)), 3.0)))


def _brep_opening(m):
    points = [(x + 1, y - 0.5, z + 1) for x, y, z in box_points(1, 1, 1)]
    return pierced(m, m.brep(points, BOX_FACES))


@case(2 * 0.2 * 3 - 0.2 * 0.5)
def opening_of_the_whole_counts_for_its_part(m):
    whole = m.bare("IfcWall")
    one = m.product(m.block(0, 0, 0, 2, 0.2, 3), name="IfcBuildingElementPart", parent=whole)
    # of a window of 1 m half lies in this part
    m.void(whole, m.block(1.5, -0.5, 1, 1, 1, 1))
    return one


@case(2 * 0.2 * 3 - 0.2 - 0.1)
def own_opening_and_that_of_the_whole(m):
    whole = m.bare("IfcWall")
    one = m.product(m.block(0, 0, 0, 2, 0.2, 3), name="IfcBuildingElementPart", parent=whole)
    m.void(whole, m.block(1, -0.5, 1, 1, 1, 1))
    m.void(one, m.block(0, -0.5, 0, 0.5, 1, 1))
    return one


# --- faces ----------------------------------------------------------------------------------------------------------------------------

# a box of 3 x 2 x 1 with a shaft of 1 x 1 right through: faces with a hole
SHAFT = [*box_points(3, 2, 1), *((x + 1, y + 0.5, z) for x, y, z in box_points(1, 1, 1))]
SHAFT_FACES = [
    [[0, 3, 2, 1], [8, 9, 10, 11]],
    [[4, 5, 6, 7], [12, 15, 14, 13]],
    *BOX_FACES[2:],
    *([[i + 8 for i in reversed(loop)] for loop in face] for face in BOX_FACES[2:]),
]
add("brep", lambda m: m.product(m.brep(box_points(3, 2, 1), BOX_FACES)), 6.0)
add("brep with a shaft", lambda m: m.product(m.brep(SHAFT, SHAFT_FACES)), 5.0)
add("brep, no loop called outer", lambda m: m.product(m.brep(box_points(3, 2, 1), BOX_FACES, outer=False)), 6.0)
add("brep with bounds that run backward", lambda m: m.product(m.brep(SHAFT, SHAFT_FACES, back=(0, 3, 7))), 5.0)
add("brep inside out", lambda m: m.product(m.brep(box_points(3, 2, 1), [[loop[::-1] for loop in face] for face in BOX_FACES])), 6.0)
add("brep with hollow faces", lambda m: m.product(m.brep(*_ell_brep())), 3.0 * 2)
add("brep, clipped", lambda m: m.product(m.clipped(m.brep(box_points(3, 2, 1), BOX_FACES), m.half_space((1, 0, 0), X))), 2.0)
add(
    "surface model that closes",
    lambda m: m.product(m.f.create_entity("IfcFaceBasedSurfaceModel", [m.shell(box_points(3, 2, 1), BOX_FACES, closed=False)])),
    6.0,
)
add(
    "shell model that closes",
    lambda m: m.product(m.f.create_entity("IfcShellBasedSurfaceModel", [m.shell(box_points(3, 2, 1), BOX_FACES)])),
    6.0,
)
add("triangles", lambda m: m.product(m.triangulated(box_points(3, 2, 1), BOX_TRIANGLES)), 6.0)
add("triangles inside out", lambda m: m.product(m.triangulated(box_points(3, 2, 1), [one[::-1] for one in BOX_TRIANGLES])), 6.0)
add("triangles with an index", lambda m: m.product(_indexed_triangles(m)), 6.0)
add(
    "triangles with points of their own",
    lambda m: m.product(m.triangulated([box_points(3, 2, 1)[i] for one in BOX_TRIANGLES for i in one], np.arange(36).reshape(-1, 3))),
    6.0,
)
add("triangles in two shells", lambda m: m.product(_two_boxes(m)), 6.0 + 1.0)
add("polygons", lambda m: m.product(m.polygonal(box_points(3, 2, 1), BOX_FACES)), 6.0)
add("polygons with voids", lambda m: m.product(m.polygonal(SHAFT, SHAFT_FACES)), 5.0)
add("polygons, L-shaped", lambda m: m.product(m.polygonal(*_ell_brep())), 6.0)
add(
    "window in a brep wall",
    lambda m: pierced(m, m.block(1, -0.5, 1, 1, 1, 1), host=lambda k: k.brep(box_points(4, 0.2, 3), BOX_FACES)),
    2.2,
)
add(
    "window in a wall of triangles",
    lambda m: pierced(m, m.block(1, -0.5, 1, 1, 1, 1), host=lambda k: k.triangulated(box_points(4, 0.2, 3), BOX_TRIANGLES)),
    2.2,
)


def edged(m, points, faces, surface=None, curve=None):
    """An advanced brep: every edge one entity, used once in each direction."""
    e = m.f.create_entity
    vertices = [e("IfcVertexPoint", m.point(*one)) for one in points]
    edges, made = {}, []
    for face in faces:
        bounds = []
        for number, loop in enumerate(face):
            used = []
            for a, b in zip(loop, [*loop[1:], loop[0]], strict=True):
                if (b, a) not in edges:
                    along = np.subtract(points[b], points[a])
                    line = curve or m.trimmed(m.line(points[a], along), 0.0, float(np.linalg.norm(along)))
                    edges[a, b] = e("IfcEdgeCurve", vertices[a], vertices[b], line, True)
                forward = (a, b) in edges
                used.append(e("IfcOrientedEdge", EdgeElement=edges[(a, b) if forward else (b, a)], Orientation=forward))
            bounds.append(e("IfcFaceOuterBound" if number == 0 else "IfcFaceBound", e("IfcEdgeLoop", used), True))
        a, b, c = (np.array(points[i], dtype=float) for i in face[0][:3])
        plane = e("IfcPlane", m.axes(points[face[0][0]], np.cross(b - a, c - a), b - a))
        made.append(e("IfcAdvancedFace", bounds, surface or plane, True))
    return e("IfcAdvancedBrep", e("IfcClosedShell", made))


add("advanced brep with plane faces", lambda m: m.product(edged(m, box_points(3, 2, 1), BOX_FACES)), 6.0)
add("advanced brep with a shaft", lambda m: m.product(edged(m, SHAFT, SHAFT_FACES)), 5.0)
add("advanced brep with hollow faces", lambda m: m.product(edged(m, *_ell_brep())), 6.0)
add(
    "brep with faces turned inward",
    lambda m: m.product(m.brep(box_points(3, 2, 1), [[one[0][::-1]] if n in (1, 4) else one for n, one in enumerate(BOX_FACES)])),
    6.0,
)
add(
    "two surfaces that close together",
    lambda m: m.product([m.triangulated(box_points(3, 2, 1), BOX_TRIANGLES[:6]), m.triangulated(box_points(3, 2, 1), BOX_TRIANGLES[6:])]),
    6.0,
)


def _ell_brep():
    flat = [(0, 0), (2, 0), (2, 1), (1, 1), (1, 2), (0, 2)]
    points = [(x, y, z) for z in (0, 2) for x, y in flat]
    sides = [[[i, (i + 1) % 6, (i + 1) % 6 + 6, i + 6]] for i in range(6)]
    return points, [[[5, 4, 3, 2, 1, 0]], [[6, 7, 8, 9, 10, 11]], *sides]


def _indexed_triangles(m):
    # the corners in reverse order, found through PnIndex
    turned = [tuple(7 - i for i in one) for one in BOX_TRIANGLES]
    return m.triangulated(box_points(3, 2, 1), turned, PnIndex=[8, 7, 6, 5, 4, 3, 2, 1])


def _two_boxes(m):
    points = [*box_points(3, 2, 1), *((x + 5, y, z) for x, y, z in box_points(1, 1, 1))]
    return m.triangulated(points, [*BOX_TRIANGLES, *(tuple(i + 8 for i in one) for one in BOX_TRIANGLES)])


# --- the tests ------------------------------------------------------------------------------------------------------------------------


def agrees(own, kernel, volume_m3=None):
    assert own is not None, "declined"
    assert own.closed
    assert own.volume_m3 > 0.0
    if volume_m3 is not None:
        assert own.volume_m3 == pytest.approx(volume_m3, rel=1e-5)
    if kernel is not None and kernel.closed:
        assert own.volume_m3 == pytest.approx(abs(kernel.volume_m3), rel=VOLUME)
        assert plans_agree(own, kernel, PLAN_M)


@pytest.mark.parametrize("title", sorted(CASES))
def test_the_body_is_that_of_hand_and_kernel(title, tmp_path):
    draw, volume_m3, options = CASES[title]
    model = Shapes(**options)
    own, kernel = read_both(model, [draw(model)], tmp_path / "model.ifc")[0]
    agrees(own, None if COARSE in title else kernel, volume_m3)


SOME = (
    "profile: I",
    "profile: composite of lines and an arc by angle",
    "gable: two planes",
    "arch in a mitred wall",
    "slab with a stairwell and a pipe",
    "brep with a shaft",
    "polygons with voids",
    "clipped, then mapped and scaled",
    "window in a brep wall",
    "own_opening_and_that_of_the_whole",
)


@pytest.mark.parametrize(
    "options",
    [
        {"unit": "m"},
        {"unit": "foot"},
        {"unit": "inch"},
        {"degrees": 33.0, "shift": (100_000.0, 450_000.0)},
        {"degrees": 33.0, "unit": "foot", "shift": (-30_000.0, 80_000.0)},
        {"schema": "IFC4X3"},
    ],
    ids=str,
)
def test_units_and_places_change_nothing(options, tmp_path):
    model = Shapes(**options)
    products = [CASES[title][0](model) for title in SOME]
    for title, (own, kernel) in zip(SOME, read_both(model, products, tmp_path / "model.ifc"), strict=True):
        agrees(own, kernel, CASES[title][1])


# --- what is left to the kernel -------------------------------------------------------------------------------------------------------

LEFT = {}


def left(title, draw, **options):
    LEFT[title] = (draw, options)


def sloped(m):
    return m.profile(
        "IfcIShapeProfileDef",
        OverallWidth=0.3,
        OverallDepth=0.3,
        WebThickness=0.011,
        FlangeThickness=0.019,
        FlangeSlope=8.0,
        plain=("FlangeSlope",),
    )


def of_profile(draw):
    return lambda m: m.product(m.extruded(draw(m), 3.0))


left("flanges that slope", of_profile(sloped))
# files differ in what the width of a flange is measured from
left("Z", of_profile(lambda m: m.profile("IfcZShapeProfileDef", Depth=0.2, FlangeWidth=0.08, WebThickness=0.009, FlangeThickness=0.011)))
left("trapezium", of_profile(lambda m: m.profile("IfcTrapeziumProfileDef", BottomXDim=2.0, TopXDim=1.0, YDim=1.0, TopXOffset=0.5)))
left(
    "composite profile",
    of_profile(lambda m: m.f.create_entity("IfcCompositeProfileDef", "AREA", None, [m.rectangle(1, 1), m.rectangle(1, 1, at=(3, 0))])),
)
left(
    "centre line",
    of_profile(
        lambda m: m.f.create_entity("IfcCenterLineProfileDef", "AREA", None, m.polyline([(0, 0), (1, 0)], closed=False), m.length(0.1))
    ),
)
left("outline that crosses itself", of_profile(lambda m: m.closed(m.polyline([(0, 0), (1, 1), (1, 0), (0, 1)]))))
left("outline without area", of_profile(lambda m: m.closed(m.polyline([(0, 0), (1, 0), (2, 0)]))))
left(
    "outline with a gap",
    of_profile(
        lambda m: m.closed(m.composite(m.polyline([(0, 0), (1, 0)], closed=False), m.polyline([(1, 0.1), (0, 1), (0, 0)], closed=False)))
    ),
)
left(
    "hole outside its outline",
    of_profile(lambda m: m.closed(m.polyline([(0, 0), (1, 0), (1, 1), (0, 1)]), m.polyline([(3, 0), (4, 0), (4, 1), (3, 1)]))),
)
left(
    "hollow profile thicker than itself",
    of_profile(lambda m: m.profile("IfcRectangleHollowProfileDef", XDim=0.2, YDim=0.1, WallThickness=0.06)),
)
left(
    "rounding larger than its side",
    of_profile(lambda m: m.profile("IfcRoundedRectangleProfileDef", XDim=0.2, YDim=0.1, RoundingRadius=0.06)),
)
left("extruded within its plane", lambda m: m.product(m.extruded(m.rectangle(1, 1), 1.0, along=X)))
left("revolved", lambda m: m.product(_revolved(m)))
left("union", lambda m: m.product(m.boolean(wall(m), m.block(1, -1, 1, 1, 2, 1), "UNION")))
left("intersection", lambda m: m.product(m.boolean(wall(m), m.block(1, -1, 1, 1, 2, 1), "INTERSECTION")))
left(
    "cut by a cylinder",
    lambda m: m.product(
        m.boolean(wall(m), m.f.create_entity("IfcRightCircularCylinder", m.axes((2, 0, 0)), m.length(3.0), m.length(0.05)))
    ),
)
left("mapped with different scales", lambda m: m.product(m.mapped(ell(m), scale=1.0, scales=(2.0, 3.0))))
left("mapped from an origin of its own", lambda m: m.product(m.mapped(ell(m), origin=m.axes((1, 2, 3)))))
left("one item of two", lambda m: m.product([wall(m), _revolved(m)]))
left("opening that is revolved", lambda m: pierced(m, _revolved(m)))
left(
    "hollow opening that is clipped",
    lambda m: pierced(
        m,
        m.clipped(
            m.extruded(m.closed(m.polyline([(1, -1), (3, -1), (3, 1), (2, 1), (2, 0), (1, 0)])), 1.0), m.half_space((0, 0, 0.5), (0, 1, 1))
        ),
    ),
)
left("arch across a turned opening", pierce(across(arch), turned_hole))
left("round hole through a mitre", pierce(across(lambda m: m.closed(m.circle(0.3, (3.8, 1.5)))), host=mitred))
left("context with an origin of its own", lambda m: _moved_context(m))
left("placed on a grid", lambda m: _on_a_grid(m))
left("brep with a face missing", lambda m: m.product(m.brep(box_points(3, 2, 1), BOX_FACES[1:])))
left("two surfaces that do not close", lambda m: m.product([m.triangulated(box_points(3, 2, 1), BOX_TRIANGLES[:6]), wall(m)]))
left("advanced brep on a cylinder", lambda m: m.product(edged(m, box_points(3, 2, 1), BOX_FACES, surface=_cylinder(m))))
left("advanced brep with round edges", lambda m: m.product(edged(m, box_points(3, 2, 1), BOX_FACES, curve=m.circle(1.0))))
left("opening that takes all", pierce(hole(-1, -1, -1, 6, 2, 6)))
left("box with a corner pulled out of its plane", lambda m: m.product(m.brep([*box_points(3, 2, 1)[:-1], (0, 2, 1.1)], BOX_FACES)))


def _cylinder(m):
    return m.f.create_entity("IfcCylindricalSurface", m.axes(), m.length(1.0))


def _revolved(m):
    e = m.f.create_entity
    axis = e("IfcAxis1Placement", m.point(-1, 0, 0), m.direction(*Y))
    return e("IfcRevolvedAreaSolid", m.rectangle(0.2, 3), m.axes(), axis, 90.0)


def _moved_context(m):
    one = m.product(wall(m))
    m.context.WorldCoordinateSystem = m.axes((1, 0, 0))
    return one


def _on_a_grid(m):
    one = m.product(wall(m))
    e = m.f.create_entity
    lines = [
        e("IfcGridAxis", name, m.polyline(points, closed=False), True)
        for name, points in (("1", [(0, 0), (9, 0)]), ("A", [(1, -5), (1, 5)]))
    ]
    m.rooted("IfcGrid", UAxes=lines[:1], VAxes=lines[1:], ObjectPlacement=m.placement(0, 0, 0))
    one.ObjectPlacement = e("IfcGridPlacement", PlacementLocation=e("IfcVirtualGridIntersection", lines, m.lengths((0, 0))))
    return one


@pytest.mark.parametrize("title", sorted(LEFT))
def test_what_is_not_exact_here_is_left_to_the_kernel(title, tmp_path):
    draw, options = LEFT[title]
    model = Shapes(**options)
    assert read_without_kernel(model, draw(model), tmp_path / "model.ifc") is None


def test_a_product_with_two_bodies_is_left_to_the_kernel(tmp_path):
    model = Shapes()
    one = model.product(model.block(0, 0, 0, 1, 1, 1))
    one.Representation.Representations = [*one.Representation.Representations, model.shape_of(model.block(5, 0, 0, 1, 1, 1))]
    assert read_without_kernel(model, one, tmp_path / "model.ifc") is None


def test_faces_as_written_are_called_a_mesh(tmp_path):
    model = Shapes()
    plain = model.product(model.brep(box_points(3, 2, 1), BOX_FACES))
    cut = model.product(model.clipped(model.brep(box_points(3, 2, 1), BOX_FACES), model.half_space((1, 0, 0), X)))
    swept = model.product(wall(model))
    turned = CASES["brep with faces turned inward"][0](model)
    back = CASES["brep with bounds that run backward"][0](model)
    origins = [own.origin for own, _ in read_both(model, [plain, cut, swept, turned, back], tmp_path / "model.ifc")]
    assert origins == ["mesh", "analytic", "analytic", "mesh, faces turned", "mesh"]
