"""Spaces and lifts that tell where stairs and lifts are, and what is stored where; all other spaces are left alone."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any

from optopscan.geometry.derive import measure
from optopscan.ifc.assemble import Frame
from optopscan.ifc.open_file import Source
from optopscan.ifc.place import building_of
from optopscan.ifc.shapes import bodies, has_body
from optopscan.ifc.types import attribute
from optopscan.issues import Issue, issue
from optopscan.model.cores import Room, core_words

_STORED = re.compile(r"berg|opslag|magazijn|garage|parkeer|stalling|fiets|storage|parking", re.IGNORECASE)
_NO_LIFTS = frozenset(("ESCALATOR", "MOVINGWALKWAY", "CRANEWAY"))
_KIND = ("PredefinedType", "OperationType")  # IFC4 and IFC2X3


def rooms(sources: Sequence[Source], frame: Frame, building: str | None) -> tuple[tuple[Room, ...], list[Issue]]:
    """Return the spaces named after a stair, lift, storage or garage, and the lifts themselves, sorted by (bottom, id).

    A space without a body says nothing about a place and is left out; so is one whose body fails, with an issue:
    what is stored in it weighs more than what is assumed without it.
    """
    found: list[Room] = []
    issues: list[Issue] = []
    for source in sources:
        wanted = [row for row in _told(source) if has_body(source, row[0]) and _in(row[0], building)]
        shaped, breakdowns = bodies(source, [entity for entity, *_ in wanted])
        issues.extend(breakdowns)
        for entity, name, stair, lift in wanted:
            if entity.id() not in shaped:
                issues.append(issue("OPT-101", source.key(entity), f"{entity.is_a()} {name}".strip() + ": its place is not known"))
                continue
            found_here = measure("proxy", [frame.local(shaped[entity.id()].mesh)])
            found.append(
                Room(
                    id=source.key(entity),
                    ifc_class=str(entity.is_a()),
                    name=name,
                    stair=stair,
                    lift=lift,
                    polygon=found_here.footprint,
                    z0_m=found_here.z0_m,
                    z1_m=found_here.z1_m,
                )
            )
    return tuple(sorted(found, key=lambda room: (round(room.z0_m, 4), room.id))), issues


def _told(source: Source) -> Iterator[tuple[Any, str, bool, bool]]:
    """Yield (entity, name, stair, lift) by step id."""
    for entity in sorted(source.model.by_type("IfcSpace"), key=lambda one: int(one.id())):
        name = " ".join(str(text) for text in (entity.Name, entity.LongName) if text)
        stair, lift = core_words(f"{name} {entity.ObjectType or ''}")
        if stair or lift or _STORED.search(name):
            yield entity, name, stair, lift
    for entity in sorted(source.model.by_type("IfcTransportElement"), key=lambda one: int(one.id())):
        if not any(attribute(entity, name) in _NO_LIFTS for name in _KIND):
            yield entity, str(entity.Name or ""), False, True


def _in(entity: Any, building: str | None) -> bool:
    if building is None:
        return True
    owner = building_of(entity)
    return owner is None or building in (owner.Name, owner.GlobalId)
