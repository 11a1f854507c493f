"""Bodies: the one place that turns IFC shapes into triangles.

`bodies` answers for all products of a file at once; how each body is computed is a matter of this
module alone. What can be had exactly from the file's own numbers is (`ifc.analytic`); the geometry
kernel does the rest. Coordinates are metres in the file's own frame, in double precision
throughout: the kernel gives vertices about the product's own placement, which is applied here.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import ifcopenshell.geom as kernel_module
import ifcopenshell.guid as guid_module
import numpy as np

from optopscan.geometry.mesh import signed_volume
from optopscan.ifc.analytic.solids import body_candidates, solids
from optopscan.ifc.open_file import Source
from optopscan.model.building import Mesh

_NOT_BODY_IDENTIFIER = frozenset(
    ("Axis", "FootPrint", "Box", "Annotation", "Profile", "Clearance", "Reference", "CoG", "Lighting", "Plan", "Axis2D", "PlanSymbol2d")
)
_NOT_BODY_TYPE = frozenset(
    ("Curve2D", "Curve3D", "Curve", "GeometricCurveSet", "GeometricSet", "BoundingBox", "Point", "PointCloud", "Annotation2D", "Text")
)

_kernel: Any = kernel_module
_guid: Any = guid_module


@dataclass(frozen=True, kw_only=True, eq=False)
class Body:
    """Triangles in file coordinates [m], names of the surface styles, and how they were made.

    ``origin`` is "analytic", "mesh" (the file's own faces) or starts with "kernel". Of an analytic body
    only the styles of its own items are named; the kernel also names those of its material.
    """

    mesh: Mesh
    styles: tuple[str, ...]
    origin: str


def has_body(product: Any) -> bool:
    """Return whether a product has a representation that can be a solid or a surface."""
    return bool(body_representations(product))


def body_representations(product: Any) -> list[Any]:
    """Return the representations of a product that are not axis, outline, box or annotation."""
    definition = getattr(product, "Representation", None)
    return [
        shape
        for shape in (definition.Representations if definition else ())
        if shape.RepresentationIdentifier not in _NOT_BODY_IDENTIFIER and shape.RepresentationType not in _NOT_BODY_TYPE and shape.Items
    ]


def bodies(source: Source, products: Sequence[Any]) -> dict[int, Body]:
    """Return the body of each product by step id; a product whose shape fails is absent.

    Openings are subtracted. What has no exact reading goes to the kernel, first in one go, then one by one what
    it left out (bodies in a context it does not look at, or all after a fault it cannot pass). An open
    body is tried again with its faces turned to one side.
    """
    found = analytic_bodies(source, products)
    found.update(kernel_bodies(source, [product for product in products if product.id() not in found]))
    return {step: body for step, body in sorted(found.items()) if len(body.mesh.faces) > 0}


def analytic_bodies(source: Source, products: Sequence[Any]) -> dict[int, Body]:
    """Return the bodies that need no kernel, by step id."""
    pairs = []
    for product in products:
        candidates = body_candidates(body_representations(product))
        if len(candidates) == 1:
            pairs.append((product, candidates[0]))
    return {
        step: Body(mesh=one.mesh, styles=one.styles, origin=one.origin)
        for step, one in solids(source.model, source.unit_m, pairs)[0].items()
    }


def kernel_bodies(source: Source, products: Sequence[Any]) -> dict[int, Body]:
    """Return the bodies of products as the geometry kernel makes them, by step id; one that fails is absent."""
    wanted = {product.id(): product for product in products}
    nameless = _with_guid(list(wanted.values()))
    found = dict(_in_one_go(source, list(wanted.values())))
    for step, product in wanted.items():
        if step not in found:
            body = _alone(product)
            if body is not None:
                found[step] = body
    for step, body in found.items():
        if not signed_volume(body.mesh)[1]:
            found[step] = _repaired(wanted[step], body)
    for product in nameless:
        product.GlobalId = None
    return found


def _with_guid(products: Sequence[Any]) -> list[Any]:
    """Give products without a GlobalId one for the kernel, which stops on them; return these products."""
    nameless = [product for product in products if not product.GlobalId]
    for product in nameless:
        product.GlobalId = _guid.compress(uuid.uuid5(uuid.NAMESPACE_OID, str(product.id())).hex)
    return nameless


def _repaired(product: Any, body: Body) -> Body:
    """Return the body with its faces turned to one side, if that closes it."""
    settings = _kernel_settings()
    settings.set("reorient-shells", True)
    try:
        other = _body(_kernel.create_shape(settings, product), "kernel, faces turned")
    except RuntimeError:
        return body
    return other if signed_volume(other.mesh)[1] else body


def _kernel_settings() -> Any:
    settings = _kernel.settings()
    settings.set("no-normals", True)
    settings.set("weld-vertices", True)
    settings.set("apply-default-materials", False)
    settings.set("use-material-names", True)
    return settings


def _in_one_go(source: Source, products: list[Any]) -> Iterable[tuple[int, Body]]:
    """Yield bodies until the kernel meets a fault.

    One thread: with more, a fault in the data (a GlobalId written as null or *) makes the kernel of
    ifcopenshell 0.9 wait for ever, and it was no faster on any model tried.
    """
    if not products:
        return
    try:
        iterator = _kernel.iterator(_kernel_settings(), source.model, 1, include=products)
        running = bool(iterator.initialize())
    except RuntimeError:
        return
    while running:
        shape = iterator.get()
        yield int(shape.id), _body(shape, "kernel")
        try:
            running = bool(iterator.next())
        except RuntimeError:
            return


def _alone(product: Any) -> Body | None:
    try:
        return _body(_kernel.create_shape(_kernel_settings(), product), "kernel, one by one")
    except RuntimeError:
        return None


def _body(shape: Any, origin: str) -> Body:
    geometry = shape.geometry
    vertices = np.array(geometry.verts, dtype=np.float64).reshape(-1, 3)
    faces = np.array(geometry.faces, dtype=np.int64).reshape(-1, 3)
    matrix = np.array(shape.transformation.matrix, dtype=np.float64).reshape(4, 4, order="F")
    placed = vertices @ matrix[:3, :3].T + matrix[:3, 3]
    styles = tuple(sorted({str(style.name) for style in geometry.materials if style.name}))
    return Body(mesh=Mesh(vertices_m=placed, faces=faces), styles=styles, origin=origin)
