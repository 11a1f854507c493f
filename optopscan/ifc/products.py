"""Which products of a file are elements, of what kind, and which parts make them up.

An element is a product with a structural class that has a body, or parts that
have one; parts are aggregated or nested. Grouping:

- wall, slab, column, beam, member, footing or pile without a body of its own: its parts
  (IfcBuildingElementPart, proxies, plates, members, coverings) are its body;
  parts of a structural class of their own (a lintel in a block wall, planks
  in a floor) stay elements. With a body of its own, its parts repeat it and are left out.
- roof, element assembly: the parts are elements; what has no structural class
  joins the assembly.
- stair, ramp: flights and landings are elements of kind stair.
- curtain wall: left out, with all parts. Railings, reinforcement, fasteners, ceilings too.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from optopscan.ifc.open_file import Source
from optopscan.ifc.shapes import has_body
from optopscan.issues import Issue, issue
from optopscan.model.building import Kind

# A product is matched on its own class first, then on its supertypes.
KIND_OF_CLASS: dict[str, Kind] = {
    "IfcWall": "wall",
    "IfcSlab": "slab",
    "IfcRoof": "roof",
    "IfcColumn": "column",
    "IfcBeam": "beam",
    "IfcMember": "member",
    "IfcFooting": "footing",
    "IfcPile": "pile",
    "IfcCaissonFoundation": "pile",
    "IfcStair": "stair",
    "IfcStairFlight": "stair",
    "IfcRamp": "stair",
    "IfcRampFlight": "stair",
    "IfcCovering": "covering",
    "IfcPlate": "proxy",
    "IfcChimney": "proxy",
    "IfcBuildingElementProxy": "proxy",
    "IfcBuildingElementPart": "proxy",
    "IfcElementAssembly": "proxy",
}
CLASSIFIED_BY_SHAPE = frozenset(("IfcPlate", "IfcBuildingElementProxy", "IfcBuildingElementPart", "IfcElementAssembly"))
_MINOR = frozenset(("IfcMember", "IfcPlate", "IfcCovering", "IfcBuildingElementProxy", "IfcBuildingElementPart"))
_STAIRS = frozenset(("IfcStair", "IfcRamp"))
_COVERINGS = frozenset(("FLOORING", "ROOFING"))
_MARKER = re.compile(r"nulpunt|\borigin\b|geo-?reference|_ifczero|survey ?point|base ?point", re.IGNORECASE)


@dataclass(kw_only=True, eq=False)
class Product:
    """One element to be: the entity that names it, its kind, and the entities that hold its body."""

    entity: Any
    base_class: str
    kind: Kind
    parts: tuple[Any, ...]
    grouped: bool = False


@dataclass(kw_only=True, eq=False)
class _Walk:
    source: Source
    children: dict[int, list[Any]]
    classes: dict[str, str | None] = field(default_factory=dict)
    found: list[Product] = field(default_factory=list)
    issues: list[Issue] = field(default_factory=list)
    seen: set[int] = field(default_factory=set)


def base_class(entity: Any) -> str | None:
    """Return the structural class of a product, supertypes included, or None."""
    own = str(entity.is_a())
    if own in KIND_OF_CLASS:
        return own
    if own == "IfcBuiltElement":  # IFC4X3: a proxy under another name
        return "IfcBuildingElementProxy"
    return next((name for name in KIND_OF_CLASS if entity.is_a(name)), None)


def _class(walk: _Walk, entity: Any) -> str | None:
    """Return the structural class of a product; worked out once for each class of the file."""
    own = entity.is_a()
    if own not in walk.classes:
        walk.classes[own] = base_class(entity)
    return walk.classes[own]


def products(source: Source) -> tuple[list[Product], list[Issue]]:
    """Return the elements of a file with the entities that hold their bodies."""
    model = source.model
    children: dict[int, list[Any]] = {}
    nested: set[int] = set()
    for relation in (*model.by_type("IfcRelAggregates"), *model.by_type("IfcRelNests")):
        parent = relation.RelatingObject
        if parent is None or not parent.is_a("IfcElement"):
            continue
        kids = [kid for kid in relation.RelatedObjects or () if kid.is_a("IfcElement")]
        children.setdefault(parent.id(), []).extend(kids)
        nested.update(kid.id() for kid in kids)
    walk = _Walk(source=source, children=children)
    for step, entity in sorted((one.id(), one) for one in model.by_type("IfcElement")):
        if step not in nested:
            _visit(walk, entity)
    return walk.found, walk.issues


def _visit(walk: _Walk, entity: Any) -> None:
    step = entity.id()
    if step in walk.seen:
        return
    walk.seen.add(step)
    name = _class(walk, entity)
    kids = walk.children.get(step, [])
    if name is None:
        # windows, doors, railings, services, reinforcement, with their parts
        if entity.is_a("IfcCurtainWall"):
            _left_out(walk, entity, f"curtain wall with {len(kids)} parts: not structural")
    elif name in _STAIRS:
        _stair(walk, entity, name)
    elif not kids:
        _single(walk, entity, name)
    else:
        _group(walk, entity, name, kids)


def _single(walk: _Walk, entity: Any, name: str) -> None:
    if name in ("IfcBuildingElementProxy", "IfcBuildingElementPart") and _MARKER.search(f"{entity.Name or ''} {entity.ObjectType or ''}"):
        _left_out(walk, entity, f"{entity.Name!r} marks an origin")
    elif name == "IfcCovering" and getattr(entity, "PredefinedType", None) not in _COVERINGS:
        return
    elif has_body(walk.source, entity):
        walk.found.append(Product(entity=entity, base_class=name, kind=KIND_OF_CLASS[name], parts=(entity,)))
    else:
        walk.issues.append(issue("OPT-107", walk.source.key(entity), f"{entity.is_a()} {entity.Name or ''} has no body".strip()))


def _group(walk: _Walk, entity: Any, name: str, kids: list[Any]) -> None:
    own = has_body(walk.source, entity)
    minor = [kid for kid in kids if _class(walk, kid) in _MINOR]
    others = [kid for kid in kids if _class(walk, kid) not in _MINOR]
    if name == "IfcRoof":
        others, minor = kids, []
    parts = [part for kid in minor for part in _with_bodies(walk, kid)]
    walk.seen.update(part.id() for part in parts)
    for kid in others:
        _visit(walk, kid)
    if own:
        walk.found.append(Product(entity=entity, base_class=name, kind=KIND_OF_CLASS[name], parts=(entity,)))
        if parts:
            walk.issues.append(issue("OPT-103", walk.source.key(entity), f"{len(parts)} parts repeat the element's own body; left out"))
    elif parts:
        walk.found.append(Product(entity=entity, base_class=name, kind=KIND_OF_CLASS[name], parts=tuple(parts), grouped=True))
        walk.issues.append(issue("OPT-103", walk.source.key(entity), f"{entity.is_a()} made of {len(parts)} parts"))


def _with_bodies(walk: _Walk, kid: Any, above: frozenset[int] = frozenset()) -> Iterator[Any]:
    """Return the kid or, where it has no body, its own parts, reinforcement and markers excluded."""
    if kid.id() in above:  # a whole that is part of itself
        return
    if _class(walk, kid) is not None and has_body(walk.source, kid) and not _MARKER.search(kid.Name or ""):
        yield kid
        return
    for inner in walk.children.get(kid.id(), []):
        yield from _with_bodies(walk, inner, above | {kid.id()})


def _stair(walk: _Walk, entity: Any, name: str) -> None:
    if has_body(walk.source, entity):
        walk.found.append(Product(entity=entity, base_class=name, kind="stair", parts=(entity,)))
        return
    bodies = [part for kid in walk.children.get(entity.id(), []) for part in _with_bodies(walk, kid)]
    for part in bodies:
        walk.seen.add(part.id())
        walk.found.append(Product(entity=part, base_class=str(_class(walk, part)), kind="stair", parts=(part,)))
    if not bodies:
        walk.issues.append(issue("OPT-107", walk.source.key(entity), f"{entity.is_a()} {entity.Name or ''} has no body".strip()))


def _left_out(walk: _Walk, entity: Any, why: str) -> None:
    walk.issues.append(issue("OPT-109", walk.source.key(entity), why))
