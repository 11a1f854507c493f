"""Bodies: the one place that turns IFC shapes into triangles.

`bodies` answers for all products of a file at once; how each body is computed is a matter of this
module alone. What can be had exactly from the file's own numbers is (`ifc.analytic`); the geometry
kernel does the rest. Coordinates are metres in the file's own frame, in double precision
throughout: the kernel gives vertices about the product's own placement, which is applied here.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from optopscan.ifc.analytic.solids import Body, body_candidates, solids
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


# No unit and no survey grid gives such numbers; beyond it a double no longer holds a tenth of a millimetre.
_PLACE_MAX_M = 1e12

# Places of attributes, the same in every schema: asking by number takes a quarter of the time of asking by name.
_REPRESENTATION = 6
_REPRESENTATIONS = 2
_IDENTIFIER, _TYPE, _ITEMS = 1, 2, 3


def has_body(source: Source, product: Any) -> bool:
    """Return whether a product has a representation that can be a solid or a surface, and keep these for `bodies`."""
    found = body_representations(product)
    source.representations[product.id()] = found
    return bool(found)


def body_representations(product: Any) -> list[Any]:
    """Return the representations of a product that are not axis, outline, box or annotation."""
    return [shape for shape in _representations(product) if _may_be_body(shape)]


def _representations(product: Any) -> Sequence[Any]:
    definition = product.get_argument(_REPRESENTATION)
    return (definition.get_argument(_REPRESENTATIONS) or ()) if definition is not None else ()


def _may_be_body(shape: Any) -> bool:
    if shape.get_argument(_IDENTIFIER) in _NOT_BODY_IDENTIFIER or shape.get_argument(_TYPE) in _NOT_BODY_TYPE:
        return False
    return bool(shape.get_argument(_ITEMS))


def bodies(source: Source, products: Sequence[Any]) -> tuple[dict[int, Body], list[Issue]]:
    """Return the body of each product by step id, and an issue for each on which the kernel broke down.

    Openings are subtracted. What has no exact reading goes to the kernel. A product whose shape fails, or lies where
    no number can say precisely, is absent.
    """
    found = analytic_bodies(source, products)
    left = [int(product.id()) for product in products if product.id() not in found]
    made, lost = kernel_bodies(source, left)
    for step, (mesh, styles, origin) in made.items():
        found[step] = Body(mesh, styles, origin)
    problems = [issue("OPT-112", source.key(source.model.by_id(step)), f"{source.model.by_id(step).is_a()}: no body") for step in lost]
    return {step: body for step, body in sorted(found.items()) if _can_be(body.mesh)}, problems


def _can_be(mesh: Mesh) -> bool:
    # Written so that nan is refused too.
    return len(mesh.faces) > 0 and bool(np.abs(mesh.vertices_m).max() <= _PLACE_MAX_M)


def analytic_bodies(source: Source, products: Sequence[Any]) -> dict[int, Body]:
    """Return the bodies that need no kernel, by step id."""
    pairs = []
    for product in products:
        known = source.representations.pop(product.id(), None)
        candidates = body_candidates(body_representations(product) if known is None else known)
        if len(candidates) == 1:
            pairs.append((product, candidates[0]))
    return solids(source.model, source.unit_m, pairs)[0]
