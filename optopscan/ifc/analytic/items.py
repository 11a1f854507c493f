"""Representation items as solids with cuts: what the file says, in metres, before anything is computed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from optopscan.geometry.prism import Prism
from optopscan.ifc.analytic.curves import ring
from optopscan.ifc.analytic.faceted import Placed, Polyhedron, of_face_set, of_shells
from optopscan.ifc.analytic.frames import IDENTITY, Declined, Frame, Frames, operator
from optopscan.ifc.analytic.profiles import Profiles
from optopscan.model.arrays import FloatArray

_DEEP = 64
_PLAN_AXES = IDENTITY.matrix[:2]


@dataclass(frozen=True, eq=False)
class HalfSpace:
    """What lies behind a plane (``x . normal < offset``), within an endless prism where one is given."""

    normal: FloatArray
    offset_m: float
    bound: Prism | None = None


Solid = Prism | Polyhedron | Placed
Cut = HalfSpace | Prism


@dataclass(frozen=True, eq=False)
class Item:
    """A solid and what is cut off it; styles are names of surface styles."""

    solid: Solid
    cuts: tuple[Cut, ...] = ()
    styles: tuple[str, ...] = ()


class Items:
    """Items of one file; those of a mapped representation are worked out once."""

    def __init__(self, frames: Frames, profiles: Profiles) -> None:
        self.frames, self.profiles = frames, profiles
        self.pending: list[Polyhedron] = []
        self._maps: dict[int, list[Item] | Declined] = {}
        self._styles: dict[int, tuple[str, ...]] = {}

    def of(self, representation: Any) -> list[Item]:
        """Return the solids of a representation, in the axes of its product."""
        return [item for one in representation.get_argument(3) for item in self._item(one, 0)]

    def _item(self, entity: Any, depth: int) -> list[Item]:
        name = entity.is_a()
        if name == "IfcMappedItem":
            return self._mapped(entity, depth)
        styles = self._names(entity)
        if name == "IfcExtrudedAreaSolid":
            return [Item(self.prism(entity), (), styles)]
        if name in ("IfcBooleanClippingResult", "IfcBooleanResult"):
            return [self._boolean(entity, styles)]
        return [Item(self._polyhedron(entity, name), (), styles)]

    def _polyhedron(self, entity: Any, name: str) -> Polyhedron:
        unit_m = self.frames.unit_m
        if name in ("IfcFacetedBrep", "IfcAdvancedBrep"):
            found = of_shells([entity.get_argument(0)], unit_m)
        elif name == "IfcFaceBasedSurfaceModel":
            found = of_shells(entity.FbsmFaces, unit_m)
        elif name == "IfcShellBasedSurfaceModel":
            found = of_shells(entity.SbsmBoundary, unit_m)
        elif name in ("IfcTriangulatedFaceSet", "IfcPolygonalFaceSet"):
            found = of_face_set(entity, unit_m)
        else:
            raise Declined(f"item is {name}")
        self.pending.append(found)
        return found

    def prism(self, entity: Any) -> Prism:
        """Return an IfcExtrudedAreaSolid."""
        depth = float(entity.get_argument(3)) * self.frames.unit_m
        if not depth > 0.0:
            raise Declined("extrusion without depth")
        rings = self.profiles.rings(entity.get_argument(0))
        matrix, shift = self.frames.axes(entity.get_argument(1))
        way = self.frames.direction(entity.get_argument(2))
        if abs(way[2]) < 1e-6:
            raise Declined("extrusion within the plane of its profile")
        sweep = np.array([depth * ratio for ratio in way])
        if matrix is IDENTITY.matrix:
            return Prism(rings, _PLAN_AXES, shift, sweep)
        return Prism(rings, matrix[:, :2].T, shift, matrix @ sweep)

    def _boolean(self, entity: Any, styles: tuple[str, ...]) -> Item:
        cuts: list[Cut] = []
        first: Any = entity
        for _ in range(_DEEP):
            if not first.is_a("IfcBooleanResult"):
                break
            if first.get_argument(0) != "DIFFERENCE":
                raise Declined(f"boolean {first.get_argument(0)}")
            cuts.append(self._tool(first.get_argument(2)))
            first = first.get_argument(1)
        styles = styles or self._names(first)
        if first.is_a() == "IfcExtrudedAreaSolid":
            return Item(self.prism(first), tuple(cuts), styles)
        return Item(self._polyhedron(first, first.is_a()), tuple(cuts), styles)

    def _tool(self, entity: Any) -> Cut:
        name = entity.is_a()
        if name == "IfcExtrudedAreaSolid":
            return self.prism(entity)
        if name not in ("IfcHalfSpaceSolid", "IfcPolygonalBoundedHalfSpace", "IfcBoxedHalfSpace"):
            raise Declined(f"cut by {name}")
        surface = entity.get_argument(0)
        if surface.is_a() != "IfcPlane":
            raise Declined(f"cut by a half space on {surface.is_a()}")
        matrix, shift = self.frames.axes(surface.get_argument(0))
        # with AgreementFlag the plane's normal points away from the material of the half space
        normal = matrix[:, 2] if entity.get_argument(1) else -matrix[:, 2]
        bound = None
        if name == "IfcPolygonalBoundedHalfSpace":
            outline = ring(self.frames, entity.get_argument(3), self.profiles.angle_unit_rad)
            axes, origin = self.frames.axes(entity.get_argument(2))
            bound = Prism((outline,), axes[:, :2].T, origin, axes[:, 2])
        return HalfSpace(normal, float(normal @ shift), bound)

    def _mapped(self, entity: Any, depth: int) -> list[Item]:
        if depth > _DEEP:
            raise Declined("mapped item within itself")
        source = entity.get_argument(0)
        key = source.id()
        if key not in self._maps:
            try:
                self._maps[key] = self._map(source, depth)
            except Declined as exc:
                self._maps[key] = exc
        inner = self._maps[key]
        if isinstance(inner, Declined):
            raise Declined(str(inner))
        frame, scale = operator(self.frames, entity.get_argument(1))
        own = self._names(entity)
        moved_items = [moved(item, frame, scale) for item in inner]
        return [Item(item.solid, item.cuts, own) for item in moved_items] if own else moved_items

    def _map(self, source: Any, depth: int) -> list[Item]:
        origin = source.get_argument(0)
        frame = self.frames.axes(origin)
        if np.abs(frame.matrix - IDENTITY.matrix).max() > 1e-9 or np.abs(frame.shift).max() > 1e-9:
            raise Declined("mapped representation with an origin of its own")
        return [item for one in source.get_argument(1).get_argument(3) for item in self._item(one, depth + 1)]

    def _names(self, entity: Any) -> tuple[str, ...]:
        """Return the names of the surface styles given to an item itself."""
        names: set[str] = set()
        for styled in entity.StyledByItem:
            for style in styled.get_argument(1) or ():
                names.update(self._style(style))
        return tuple(sorted(names))

    def _style(self, style: Any) -> tuple[str, ...]:
        key = style.id()
        if key not in self._styles:
            inner = style.Styles if style.is_a("IfcPresentationStyleAssignment") else (style,)
            self._styles[key] = tuple(str(one.Name) for one in inner if one.is_a("IfcSurfaceStyle") and one.Name)
        return self._styles[key]


def moved(item: Item, frame: Frame, scale: float = 1.0) -> Item:
    """Return an item seen from outside a frame, whose matrix holds the scale."""
    return Item(_moved_solid(item.solid, frame, scale), tuple(_moved_cut(cut, frame, scale) for cut in item.cuts), item.styles)


def _moved_solid(solid: Solid, frame: Frame, scale: float) -> Solid:
    if isinstance(solid, Prism):
        return moved_prism(solid, frame, scale)
    return Placed(solid, frame)


def moved_prism(prism: Prism, frame: Frame, scale: float = 1.0) -> Prism:
    """Return a prism seen from outside a frame, whose matrix holds the scale."""
    matrix, shift = frame
    if matrix is IDENTITY.matrix:
        return Prism(prism.rings, prism.axes, prism.origin_m + shift, prism.sweep_m)
    rings = prism.rings if scale == 1.0 else tuple(scale * one for one in prism.rings)
    axes = prism.axes @ matrix.T
    return Prism(rings, axes if scale == 1.0 else axes / scale, matrix @ prism.origin_m + shift, matrix @ prism.sweep_m)


def _moved_cut(cut: Cut, frame: Frame, scale: float) -> Cut:
    if isinstance(cut, Prism):
        return moved_prism(cut, frame, scale)
    normal = frame.matrix @ cut.normal / scale
    offset = scale * cut.offset_m + float(normal @ frame.shift)
    return HalfSpace(normal, offset, moved_prism(cut.bound, frame, scale) if cut.bound is not None else None)
