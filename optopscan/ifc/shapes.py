"""Bodies: the one place that turns IFC shapes into triangles.

`bodies` answers for all products of a file at once; how each body is computed is a matter of this
module alone. What can be had exactly from the file's own numbers is (`ifc.analytic`); the geometry
kernel does the rest. Coordinates are metres in the file's own frame, in double precision
throughout: the kernel gives vertices about the product's own placement, which is applied here.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from optopscan.ifc.analytic.solids import body_candidates, solids
from optopscan.ifc.kernel import kernel_bodies
from optopscan.ifc.open_file import Source
from optopscan.issues import Issue, issue
from optopscan.model.building import Mesh

_NOT_BODY_IDENTIFIER = frozenset(
    ("Axis", "FootPrint", "Box", "Annotation", "Profile", "Clearance", "Reference", "CoG", "Lighting", "Plan", "Axis2D", "PlanSymbol2d")
)
_NOT_BODY_TYPE = frozenset(
    ("Curve2D", "Curve3D", "Curve", "GeometricCurveSet", "GeometricSet", "BoundingBox", "Point", "PointCloud", "Annotation2D", "Text")
)


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


def bodies(source: Source, products: Sequence[Any]) -> tuple[dict[int, Body], list[Issue]]:
    """Return the body of each product by step id, and an issue for each on which the kernel broke down.

    Openings are subtracted. What has no exact reading goes to the kernel. A product whose shape fails is absent.
    """
    found = analytic_bodies(source, products)
    left = [int(product.id()) for product in products if product.id() not in found]
    made, lost = kernel_bodies(source, left)
    for step, (mesh, styles, origin) in made.items():
        found[step] = Body(mesh=mesh, styles=styles, origin=origin)
    problems = [issue("OPT-112", source.key(source.model.by_id(step)), f"{source.model.by_id(step).is_a()}: no body") for step in lost]
    return {step: body for step, body in sorted(found.items()) if len(body.mesh.faces) > 0}, problems


def analytic_bodies(source: Source, products: Sequence[Any]) -> dict[int, Body]:
    """Return the bodies that need no kernel, by step id."""
    pairs = []
    for product in products:
        candidates = body_candidates(body_representations(product))
        if len(candidates) == 1:
            pairs.append((product, candidates[0]))
    made = solids(source.model, source.unit_m, pairs)[0]
    return {step: Body(mesh=one.mesh, styles=one.styles, origin=one.origin) for step, one in made.items()}
