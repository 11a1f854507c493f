"""Products as meshes, openings subtracted, without the geometry kernel.

A product is read when every item of its body and every opening that reaches it can be cut exactly;
otherwise it is declined as a whole, with the reason, and is the kernel's. Openings count
from the product itself and from every whole it is a part of.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import shapely

from optopscan.geometry import clip
from optopscan.geometry.carve import carved
from optopscan.geometry.mesh import face_vectors, merged, oriented, signed_volume, triangles, turned
from optopscan.geometry.prism import SAME_M, GeometryError, Prism, prism_mesh, prism_meshes
from optopscan.ifc.analytic.faceted import Placed, Polyhedron, triangulate
from optopscan.ifc.analytic.frames import Declined, Frame, Frames, angle_rad
from optopscan.ifc.analytic.items import HalfSpace, Item, Items, moved
from optopscan.ifc.analytic.profiles import Profiles
from optopscan.model.arrays import FloatArray
from optopscan.model.building import Mesh

_DEEP = 32
# So many products at a time that computing together pays, and that what only computing needs takes little memory.
_AT_ONCE = 200
_TOOL_FACES = 400
# Cutting plane by plane costs more than the kernel does when there are many.
_PLANES = 40


@dataclass(frozen=True, eq=False)
class Body:
    """Triangles in file coordinates [m], names of the surface styles, and how they were made.

    ``origin`` is "analytic", or starts with "mesh" (the file's own faces) or "kernel". Of an analytic body
    only the styles of its own items are named; the kernel also names those of its material.
    """

    mesh: Mesh
    styles: tuple[str, ...]
    origin: str


def solids(model: Any, unit_m: float, products: Sequence[tuple[Any, Any]]) -> tuple[dict[int, Body], dict[int, str]]:
    """Return the meshes of products, by step id, and the reason for each that is left to the kernel.

    Parameters
    ----------
    model
        The opened file.
    unit_m
        Metres per unit of length in the file.
    products
        Pairs of a product and the one representation that is its body.
    """
    reader = _Reader(model, unit_m)
    found: dict[int, Body] = {}
    declined: dict[int, str] = {}
    for first in range(0, len(products), _AT_ONCE):
        _some(reader, products[first : first + _AT_ONCE], found, declined)
    return found, declined


def _some(reader: _Reader, products: Sequence[tuple[Any, Any]], found: dict[int, Body], declined: dict[int, str]) -> None:
    """Add the meshes of some products to what is found, and the reasons for those that are left."""
    read: dict[int, tuple[list[Item], list[Item]]] = {}
    for product, representation in products:
        try:
            read[product.id()] = reader.product(product, representation)
        except Declined as exc:
            declined[product.id()] = str(exc)
        except (AttributeError, TypeError, ValueError, IndexError, KeyError, RuntimeError, ZeroDivisionError) as exc:
            # an attribute is missing, empty or of another type than the schema says: the kernel may cope
            declined[product.id()] = f"unexpected data ({type(exc).__name__})"
    triangulate(reader.items.pending)
    reader.items.pending.clear()
    whole = [item.solid for items, _ in read.values() for item in items if isinstance(item.solid, Prism)]
    meshes = {id(prism): mesh for prism, mesh in zip(whole, prism_meshes(whole), strict=True)}
    for step, (items, openings) in read.items():
        try:
            found[step] = _found(items, openings, meshes)
        except (Declined, GeometryError, shapely.errors.GEOSException) as exc:
            declined[step] = str(exc)


class _Reader:
    """Reads the items of products and openings, in file coordinates."""

    def __init__(self, model: Any, unit_m: float) -> None:
        self.frames = Frames(unit_m)
        self.items = Items(self.frames, Profiles(self.frames, angle_rad(model.by_type("IfcProject")[0])))
        self._shifted_contexts: dict[int, bool] = {}
        self._openings: dict[int, list[Item]] = {}
        self._above: dict[int, list[Item]] = {}
        self._wholes: dict[int, list[Any]] = {}
        self._voids: dict[int, list[Any]] = {}
        for relation in model.by_type("IfcRelVoidsElement"):
            whole, opening = relation.get_argument(4), relation.get_argument(5)
            if whole is not None and opening is not None:
                self._voids.setdefault(whole.id(), []).append(opening)
        if self._voids:
            for name in ("IfcRelAggregates", "IfcRelNests"):
                for relation in model.by_type(name):
                    for part in relation.RelatedObjects or ():
                        self._wholes.setdefault(part.id(), []).append(relation.RelatingObject)

    def product(self, product: Any, representation: Any) -> tuple[list[Item], list[Item]]:
        return self._placed(product, representation), self._cutting(product) if self._voids else []

    def _placed(self, product: Any, representation: Any) -> list[Item]:
        if self._shifted(representation.get_argument(0)):
            raise Declined("context with an origin of its own")
        frame = self.frames.product(product)
        return [moved(item, frame) for item in self.items.of(representation)]

    def _shifted(self, context: Any) -> bool:
        key = context.id()
        if key not in self._shifted_contexts:
            parent = context.ParentContext if context.is_a("IfcGeometricRepresentationSubContext") else context
            system = parent.WorldCoordinateSystem
            frame: Frame | None = self.frames.axes(system) if system is not None and system.is_a("IfcAxis2Placement3D") else None
            plain = system is None or (frame is not None and not frame.shift.any() and bool((frame.matrix == np.eye(3)).all()))
            self._shifted_contexts[key] = not plain
        return self._shifted_contexts[key]

    def _cutting(self, product: Any) -> list[Item]:
        """Return the openings of a product and of the wholes above it."""
        found: list[Item] = []
        one: Any = product
        for _ in range(_DEEP):
            found.extend(self._own(one))
            wholes = self._wholes.get(one.id(), [])
            if len(wholes) != 1 or not wholes[0].is_a("IfcElement"):
                return found
            one = wholes[0]
        return found

    def _own(self, product: Any) -> list[Item]:
        key = product.id()
        if key not in self._openings:
            found: list[Item] = []
            for opening in self._voids.get(key, ()):
                definition = opening.Representation
                given = definition.Representations if definition is not None else ()
                shapes = body_candidates([one for one in given if one.get_argument(3)])
                if len(shapes) > 1:
                    raise Declined("opening with several bodies")
                if shapes:
                    found.extend(self._placed(opening, shapes[0]))
            self._openings[key] = found
        return self._openings[key]


def body_candidates(representations: Sequence[Any]) -> list[Any]:
    """Return which of some representations, all with items, can be the body; the one called Body alone where there is one."""
    titles = [one.get_argument(1) for one in representations]
    wanted = ("Body",) if "Body" in titles else (None, "", "Facetation", "Body-FallBack")
    return [one for one, title in zip(representations, titles, strict=True) if title in wanted]


def _found(items: Sequence[Item], openings: Sequence[Item], whole: Mapping[int, Mesh | None]) -> Body:
    if not items:
        raise Declined("no items")
    styles = tuple(sorted({name for item in items for name in item.styles}))
    written = [item.solid for item in items if not isinstance(item.solid, Prism) and not item.cuts]
    if not openings and len(written) == len(items):
        return _as_written(written, styles)
    meshes = [_shape(item, openings, _uncut(item, whole)) for item in items]
    return Body(merged(meshes), styles, "analytic")


def _as_written(solids: Sequence[Polyhedron | Placed], styles: tuple[str, ...]) -> Body:
    """Return the file's own faces; where they do not close, turned to one side, or all items as one surface."""
    if all(solid.closed for solid in solids):
        return Body(merged([_outward(solid) for solid in solids]), styles, "mesh")
    meshes = [solid.mesh() for solid in solids]
    if len(meshes) > 1:
        return Body(_closed(merged(meshes)), styles, "mesh")
    one = oriented(meshes[0])
    if one is None:
        raise Declined("faces that do not close")
    return Body(_closed(one), styles, "mesh, faces turned")


def _outward(solid: Polyhedron | Placed) -> Mesh:
    mesh = solid.mesh()
    if not solid.closed:
        raise Declined("faces that do not close")
    return mesh if solid.volume_m3 > 0.0 else turned(mesh)


def _uncut(item: Item, whole: Mapping[int, Mesh | None]) -> Mesh:
    """Return the mesh of an item without its cuts; prisms have theirs already."""
    if not isinstance(item.solid, Prism):
        return _outward(item.solid)
    mesh = whole[id(item.solid)]
    if mesh is None:
        raise Declined("profile that crosses itself or has no area")
    return mesh


def _shape(item: Item, openings: Sequence[Item], plain: Mesh) -> Mesh:
    """Return the mesh of one item less its own cuts and the openings that reach it."""
    solid = item.solid
    if not item.cuts and not openings:
        return plain
    reaching = _reaching(openings, plain)
    prisms = [one for one in item.cuts if isinstance(one, Prism)]
    planes = [one for one in item.cuts if isinstance(one, HalfSpace)]
    others: list[list[clip.Plane]] = []
    for opening in reaching:
        if isinstance(opening.solid, Prism) and not opening.cuts:
            prisms.append(opening.solid)
        else:
            others.append(_convex_tool(opening))
    mesh = plain
    if prisms:
        if isinstance(solid, Prism):
            mesh, prisms = carved(solid, prisms)
        others.extend(tool for prism in prisms for tool in clip.prism_planes(prism))
    if not planes and not others:
        return mesh
    soup = whole = triangles(mesh)
    for plane in planes:
        soup = _less_half_space(soup, plane)
    if sum(len(tool) for tool in others) > _PLANES:
        raise Declined("openings across with many sides")
    for tool in others:
        soup = clip.without(soup, tool)
    if soup is whole:
        return mesh
    if len(soup) == 0:
        raise Declined("cuts leave nothing")
    return _closed(clip.soup_mesh(soup))


def _closed(mesh: Mesh) -> Mesh:
    volume, closed = signed_volume(mesh)
    if not closed:
        raise Declined("faces that do not close")
    return mesh if volume > 0.0 else turned(mesh)


def _reaching(openings: Sequence[Item], host: Mesh) -> list[Item]:
    """Return the openings whose boxes touch that of a host."""
    low, high = host.vertices_m.min(axis=0).tolist(), host.vertices_m.max(axis=0).tolist()
    return [one for one in openings if _touch(_box(one), low, high)]


def _box(item: Item) -> tuple[list[float], list[float]]:
    """Return the low and high corner of an item without its cuts."""
    solid = item.solid
    if not isinstance(solid, Prism):
        points = solid.mesh().vertices_m
        return points.min(axis=0).tolist(), points.max(axis=0).tolist()
    # a few corners: plain numbers are quicker than arrays
    foot, sweep = list(zip(*solid.points(solid.rings[0]).tolist(), strict=True)), solid.sweep_m.tolist()
    low = [min(along) + min(way, 0.0) for along, way in zip(foot, sweep, strict=True)]
    high = [max(along) + max(way, 0.0) for along, way in zip(foot, sweep, strict=True)]
    return low, high


def _touch(box: tuple[list[float], list[float]], low: list[float], high: list[float]) -> bool:
    return all(a < top - SAME_M and b > bottom + SAME_M for a, b, bottom, top in zip(*box, low, high, strict=True))


def _convex_tool(opening: Item) -> list[clip.Plane]:
    """Return the planes of a convex opening that is no plain prism.

    Raises
    ------
    Declined
        If the opening is not convex.
    """
    solid = opening.solid
    mesh = _shape(opening, (), prism_mesh(solid) if isinstance(solid, Prism) else _outward(solid))
    if len(mesh.faces) > _TOOL_FACES:
        raise Declined("opening with many faces")
    corners = triangles(mesh)
    vectors = face_vectors(corners)
    area = np.linalg.norm(vectors, axis=1)
    real = area > 1e-10
    normals = vectors[real] / area[real][:, None]
    offsets = (corners[real].mean(axis=1) * normals).sum(axis=1)
    if (mesh.vertices_m @ normals.T - offsets).max() > SAME_M:
        raise Declined("opening that is neither a prism nor convex")
    table = np.column_stack([np.round(normals, 6), np.round(offsets, 6)])
    _, rows = np.unique(table, axis=0, return_index=True)
    return [(normals[row], float(offsets[row])) for row in sorted(rows.tolist())]


def _less_half_space(soup: FloatArray, space: HalfSpace) -> FloatArray:
    """Return a soup less a half space, bounded or not."""
    front = (-space.normal, -space.offset_m)
    if space.bound is None or _covers(space.bound, soup.reshape(-1, 3)):
        return clip.behind(soup, front)
    for tool in clip.infinite_planes(space.bound):
        soup = clip.without(soup, [(space.normal, space.offset_m), *tool])
    return soup


def _covers(bound: Prism, points: FloatArray) -> bool:
    """Return whether all points lie within an endless prism."""
    if len(bound.rings[0]) > 4 and len(clip.convex_parts(bound.rings)) > 1:
        return False
    tools = clip.infinite_planes(bound)
    if len(tools) != 1:
        return False
    return all(bool((points @ normal - offset <= SAME_M).all()) for normal, offset in tools[0])
