"""Shapes for the tests of the reading without a kernel: every kind of body, entity by entity; lengths in metres."""

import math
from collections import namedtuple

import numpy as np
import shapely
from ifc_factory import Factory

from optopscan.geometry.mesh import faces_of, signed_volume
from optopscan.geometry.plan import footprint
from optopscan.ifc.kernel_worker import computed
from optopscan.ifc.open_file import open_source
from optopscan.ifc.shapes import analytic_bodies
from optopscan.settings import Settings

X, Y, Z = (1, 0, 0), (0, 1, 0), (0, 0, 1)
Read = namedtuple("Read", "volume_m3 closed origin mesh")


class Shapes(Factory):
    """A file of shapes; `read` and `kernel` give the body of a product both ways."""

    def __init__(self, angle_unit="degree", **options):
        super().__init__(**options)
        e = self.f.create_entity
        radian = e("IfcSIUnit", UnitType="PLANEANGLEUNIT", Name="RADIAN")
        if angle_unit == "degree":
            factor = e("IfcMeasureWithUnit", e("IfcPlaneAngleMeasure", math.pi / 180.0), radian)
            radian = e("IfcConversionBasedUnit", e("IfcDimensionalExponents", 0, 0, 0, 0, 0, 0, 0), "PLANEANGLEUNIT", "DEGREE", factor)
        self.project.UnitsInContext = e("IfcUnitAssignment", [*self.project.UnitsInContext.Units, radian])

    def length(self, value):
        return None if value is None else value / self.scale

    def lengths(self, values):
        return tuple(float(value) / self.scale for value in values)

    # placements ------------------------------------------------------------------------------------------------------------------

    def axes(self, at=(0, 0, 0), z=None, x=None):
        e = self.f.create_entity
        axis, reference = (None if one is None else self.direction(*one) for one in (z, x))
        return e("IfcAxis2Placement3D", self.point(*at), axis, reference)

    def flat_axes(self, at=(0, 0), x=None):
        return self.f.create_entity("IfcAxis2Placement2D", self.point(*at), None if x is None else self.direction(*x))

    # curves ----------------------------------------------------------------------------------------------------------------------

    def polyline(self, points, closed=True):
        made = [self.point(*one) for one in points]
        return self.f.create_entity("IfcPolyline", [*made, made[0]] if closed else made)

    def indexed(self, points, *segments):
        """A curve over points; a segment of three numbers preceded by "arc" bends, others are lines."""
        e = self.f.create_entity
        listed = e("IfcCartesianPointList2D", [self.lengths(one) for one in points])
        made = [e("IfcArcIndex", one[1:]) if one[0] == "arc" else e("IfcLineIndex", one) for one in segments]
        return e("IfcIndexedPolyCurve", listed, made or None, False)

    def circle(self, radius, at=(0, 0), x=None):
        return self.f.create_entity("IfcCircle", self.flat_axes(at, x), self.length(radius))

    def ellipse(self, first, second, at=(0, 0), x=None):
        return self.f.create_entity("IfcEllipse", self.flat_axes(at, x), self.length(first), self.length(second))

    def line(self, at, along):
        e = self.f.create_entity
        return e("IfcLine", self.point(*at), e("IfcVector", self.direction(*along), self.length(1.0)))

    def trimmed(self, basis, first, second, sense=True, by="PARAMETER"):
        """Numbers are parameters, pairs are points."""
        e = self.f.create_entity
        trims = [[self.point(*one)] if isinstance(one, tuple) else [e("IfcParameterValue", float(one))] for one in (first, second)]
        return e("IfcTrimmedCurve", basis, *trims, sense, by)

    def composite(self, *curves):
        """Curves one after the other; ("back", curve) runs the other way."""
        e = self.f.create_entity
        parts = [(one[1], False) if isinstance(one, tuple) else (one, True) for one in curves]
        made = [e("IfcCompositeCurveSegment", "CONTINUOUS", same, curve) for curve, same in parts]
        return e("IfcCompositeCurve", made, False)

    # profiles --------------------------------------------------------------------------------------------------------------------

    def profile(self, kind, at=(0, 0), x=None, plain=(), **sizes):
        """A parametrised profile; all sizes are lengths but those named in ``plain``."""
        values = {name: value if name in plain else self.length(value) for name, value in sizes.items()}
        return self.f.create_entity(kind, "AREA", None, self.flat_axes(at, x), **values)

    def closed(self, curve, *holes):
        e = self.f.create_entity
        if holes:
            return e("IfcArbitraryProfileDefWithVoids", "AREA", None, curve, list(holes))
        return e("IfcArbitraryClosedProfileDef", "AREA", None, curve)

    def rectangle(self, x, y, **place):
        return self.profile("IfcRectangleProfileDef", XDim=x, YDim=y, **place)

    # solids ----------------------------------------------------------------------------------------------------------------------

    def extruded(self, profile, depth, *, at=(0, 0, 0), z=None, x=None, along=Z):
        axes = self.axes(at, z, x)
        return self.f.create_entity("IfcExtrudedAreaSolid", profile, axes, self.direction(*along), self.length(depth))

    def block(self, x0, y0, z0, dx, dy, dz):
        """A box with its low corner at x0, y0, z0."""
        return self.extruded(self.rectangle(dx, dy, at=(x0 + dx / 2, y0 + dy / 2)), dz, at=(0, 0, z0))

    def half_space(self, at, normal, agree=False, outline=None, place=None, boxed=False):
        """Behind a plane where ``agree``, else in front; within an endless prism on an outline in the axes ``place``."""
        e = self.f.create_entity
        across = Z if abs(normal[2]) < 0.9 * np.linalg.norm(normal) else X
        plane = e("IfcPlane", self.axes(at, normal, np.cross(across, normal)))
        if outline is not None:
            return e("IfcPolygonalBoundedHalfSpace", plane, agree, place or self.axes(), outline)
        if boxed:
            box = e("IfcBoundingBox", self.point(-50, -50, -50), *(self.length(100.0),) * 3)
            return e("IfcBoxedHalfSpace", plane, agree, box)
        return e("IfcHalfSpaceSolid", plane, agree)

    def clipped(self, first, *cuts):
        for cut in cuts:
            first = self.f.create_entity("IfcBooleanClippingResult", "DIFFERENCE", first, cut)
        return first

    def boolean(self, first, second, operator="DIFFERENCE"):
        return self.f.create_entity("IfcBooleanResult", operator, first, second)

    def shell(self, points, faces, closed=True, outer=True, back=()):
        """Faces are lists of loops of numbers from zero, outer loop first; those in ``back`` run the other way, and say so."""
        e = self.f.create_entity
        made = [self.point(*one) for one in points]
        listed = []
        for place, face in enumerate(faces):
            forward = place not in back
            face = face if forward else [loop[::-1] for loop in face]
            loops = [e("IfcPolyLoop", [made[i] for i in loop]) for loop in face]
            kinds = ["IfcFaceOuterBound" if number == 0 and outer else "IfcFaceBound" for number in range(len(loops))]
            listed.append(e("IfcFace", [e(kind, loop, forward) for kind, loop in zip(kinds, loops, strict=True)]))
        return e("IfcClosedShell" if closed else "IfcOpenShell", listed)

    def brep(self, points, faces, **options):
        return self.f.create_entity("IfcFacetedBrep", self.shell(points, faces, **options))

    def points3(self, points):
        return self.f.create_entity("IfcCartesianPointList3D", [self.lengths(one) for one in points])

    def triangulated(self, points, triangles, **more):
        numbers = [tuple(int(i) + 1 for i in one) for one in triangles]
        return self.f.create_entity("IfcTriangulatedFaceSet", Coordinates=self.points3(points), CoordIndex=numbers, **more)

    def polygonal(self, points, faces, **more):
        """Faces are lists of loops of numbers from zero."""
        e = self.f.create_entity
        made = []
        for face in faces:
            loops = [tuple(i + 1 for i in loop) for loop in face]
            holes = loops[1:]
            made.append(e("IfcIndexedPolygonalFaceWithVoids", loops[0], holes) if holes else e("IfcIndexedPolygonalFace", loops[0]))
        return e("IfcPolygonalFaceSet", Coordinates=self.points3(points), Faces=made, **more)

    # mapped ----------------------------------------------------------------------------------------------------------------------

    def mapped(self, items, *, at=(0, 0, 0), x=None, y=None, z=None, scale=None, origin=None, scales=None):
        e = self.f.create_entity
        source = e("IfcRepresentationMap", origin or self.axes(), self.shape_of(items))
        return self.mapped_again(source, at=at, x=x, y=y, z=z, scale=scale, scales=scales)

    def mapped_again(self, source, *, at=(0, 0, 0), x=None, y=None, z=None, scale=None, scales=None):
        e = self.f.create_entity
        one, two, three = (None if axis is None else self.direction(*axis) for axis in (x, y, z))
        values = (one, two, self.point(*at), scale, three)
        if scales is not None:
            return e("IfcMappedItem", source, e("IfcCartesianTransformationOperator3DnonUniform", *values, *scales))
        return e("IfcMappedItem", source, e("IfcCartesianTransformationOperator3D", *values))

    # products --------------------------------------------------------------------------------------------------------------------

    def shape_of(self, items, identifier="Body"):
        items = list(items) if isinstance(items, (list, tuple)) else [items]
        return self.f.create_entity("IfcShapeRepresentation", self.context, identifier, "SolidModel", items)

    def product(self, items, *, at=(0, 0, 0), name="IfcWall", parent=None, z=None, x=None, **attributes):
        """A product with these items; tilted where z and x are given (then not turned with the file)."""
        shape = self.f.create_entity("IfcProductDefinitionShape", Representations=[self.shape_of(items)])
        one = self.bare(name, place=at, parent=parent, Representation=shape, **attributes)
        if z is not None or x is not None:
            one.ObjectPlacement = self.f.create_entity("IfcLocalPlacement", RelativePlacement=self.axes(at, z, x))
        return one

    def void(self, host, items, *, at=None, **place):
        """An opening in a product; placed like the host unless ``at`` says where."""
        opening = self.product(items, at=at or (0, 0, 0), name="IfcOpeningElement", **place)
        if at is None:
            opening.ObjectPlacement = self.f.create_entity("IfcLocalPlacement", host.ObjectPlacement, self.axes())
        self.rooted("IfcRelVoidsElement", RelatingBuildingElement=host, RelatedOpeningElement=opening)
        return opening

    # answers ---------------------------------------------------------------------------------------------------------------------

    def opened(self, path):
        self.f.write(str(path))
        return open_source(path, 0, Settings(), lazy=True)


def box_points(x, y, z):
    return [(0, 0, 0), (x, 0, 0), (x, y, 0), (0, y, 0), (0, 0, z), (x, 0, z), (x, y, z), (0, y, z)]


BOX_FACES = [[[0, 3, 2, 1]], [[4, 5, 6, 7]], [[0, 1, 5, 4]], [[1, 2, 6, 5]], [[2, 3, 7, 6]], [[3, 0, 4, 7]]]
BOX_TRIANGLES = [half for face in BOX_FACES for a, b, c, d in face for half in ((a, b, c), (a, c, d))]


def read_both(model, products, path):
    """Return the bodies of products without the kernel (None where declined) and with it, finely meshed."""
    source = model.opened(path)
    entities = [source.model.by_id(one.id()) for one in products]
    own = analytic_bodies(source, entities)
    found = []
    for entity in entities:
        body = own.get(entity.id())
        made = computed(entity, fine=True)
        found.append((_answer(body.mesh, body.origin) if body else None, _answer(made[0], made[2]) if made else None))
    return found


def read_without_kernel(model, product, path):
    """Return the body of a product without the kernel; None where declined."""
    source = model.opened(path)
    return analytic_bodies(source, [source.model.by_id(product.id())]).get(product.id())


def _answer(mesh, origin):
    volume, closed = signed_volume(mesh)
    return Read(volume, closed, origin, mesh)


def plans_agree(one, other, within_m):
    """Return whether the plan outlines of two bodies differ by strips only, nowhere wider than this."""
    plans = [footprint(faces_of(body.mesh), closed=body.closed) for body in (one, other)]
    apart = shapely.symmetric_difference(*plans, grid_size=1e-5)
    return shapely.buffer(apart, -0.5 * within_m).is_empty
