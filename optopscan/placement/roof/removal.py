"""Which things on the roof an engineer may say are taken away."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from shapely.geometry.base import BaseGeometry

from optopscan.errors import UsageError
from optopscan.model.building import Elements
from optopscan.model.cores import core_words
from optopscan.model.structure import Structure

# What starts deeper under the top of the roof slab than this stands through it, not on it [m].
THROUGH_M = 0.05
_FLUE = re.compile(r"schoorsteen|rookkanaal|chimney|schornstein|\bflue", re.IGNORECASE)
_SHAFT = re.compile(r"schacht|\bshaft", re.IGNORECASE)


@dataclass(frozen=True, kw_only=True)
class RoofThing:
    """Something that stands on the roof: row of Elements, id, GlobalId (empty: none), name, and why it stays (empty: it may go)."""

    row: int
    id: str
    guid: str
    name: str
    stays: str


def roof_things(elements: Elements, structure: Structure, cores: Sequence[BaseGeometry] = ()) -> tuple[RoofThing, ...]:
    """Return what stands on the roof, each element once, in order of rows; ``cores`` are plans of stairs and lifts."""
    bearing = set(structure.parts.element.tolist())
    rows = sorted({item.element for item in structure.roof_obstacles})
    return tuple(
        RoofThing(
            row=row,
            id=elements.id[row],
            guid=elements.guid[row] or "",
            name=elements.name[row],
            stays=_stays(elements, row, structure, bearing, cores),
        )
        for row in rows
    )


def removable(things: Sequence[RoofThing], patterns: Sequence[str]) -> frozenset[int]:
    """Return the rows of the elements on the roof that the patterns name.

    Parameters
    ----------
    patterns
        Id, GlobalId or name of an element on the roof; in a name * stands for any text and case counts for nothing.

    Raises
    ------
    UsageError
        If a pattern matches nothing on the roof, or matches what does not go away by itself: a stair, lift,
        chimney or shaft, something that goes through the roof, or a part that carries.
    """
    chosen: set[int] = set()
    for pattern in patterns:
        found = [thing for thing in things if _matches(thing, pattern)]
        if not found:
            known = ", ".join(f"{thing.name} ({thing.id})" for thing in things[:5])
            raise UsageError(f"remove_obstacles={pattern!r} matches nothing on the roof; there stand: {known or 'no obstacles'}")
        for thing in found:
            if thing.stays:
                raise UsageError(
                    f"remove_obstacles={pattern!r}: {thing.name} ({thing.id}) {thing.stays}, so it is not taken away; "
                    "name only what stands on the roof"
                )
        chosen.update(thing.row for thing in found)
    return frozenset(chosen)


def _matches(thing: RoofThing, pattern: str) -> bool:
    # Only * is a wildcard: names may hold brackets and question marks.
    name = re.escape(pattern).replace(r"\*", ".*")
    return pattern in (thing.id, thing.guid) or bool(re.fullmatch(name, thing.name, re.IGNORECASE))


def _stays(elements: Elements, row: int, structure: Structure, bearing: set[int], cores: Sequence[BaseGeometry]) -> str:
    """Return why something on the roof cannot be taken away just like that, or nothing."""
    name = f"{elements.name[row]} {elements.type_name[row]}"
    faces = [item.face for item in structure.roof_obstacles if item.element == row]
    top_m = min(structure.roof_faces[face].z_m for face in faces)
    if elements.kind[row] == "stair" or (any(core_words(name)) and not _SHAFT.search(name)):
        return "belongs to a stair or lift"
    if elements.ifc_class[row] == "IfcChimney" or _FLUE.search(name):
        return "is a chimney"
    if _SHAFT.search(name):
        return "is a shaft"
    if row in bearing:
        return "carries load"
    if elements.z0_m[row] < top_m - THROUGH_M:
        return "goes through the roof"
    if any(core.intersection(elements.footprint[row]).area > 0.0 for core in cores):
        return "stands on a stair or lift core"
    return ""
