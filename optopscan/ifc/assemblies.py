"""Element assemblies of a building: prefabricated things that the file names as one, with their parts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from optopscan.ifc.open_file import Source, open_source
from optopscan.ifc.properties import predefined_type, type_name
from optopscan.settings import Settings


@dataclass(frozen=True, kw_only=True)
class Assembly:
    """One element assembly: ``kind`` is its predefined type or, where the maker named it, that name; ``parts`` are element ids."""

    id: str
    guid: str
    name: str
    tag: str
    kind: str
    type_name: str
    parts: tuple[str, ...]


def assemblies(paths: Sequence[Path], settings: Settings) -> tuple[Assembly, ...]:
    """Return the element assemblies of the files of a building, by file and step id.

    Raises
    ------
    UnreadableInput
        If a file cannot be read.
    """
    sources = [open_source(Path(path), index, settings) for index, path in enumerate(paths)]
    return tuple(one for source in sources for one in _of(source))


def _of(source: Source) -> list[Assembly]:
    parts: dict[int, list[int]] = {}
    for relation in source.model.by_type("IfcRelAggregates"):
        if relation.RelatingObject is None:
            continue
        parts.setdefault(relation.RelatingObject.id(), []).extend(one.id() for one in relation.RelatedObjects or ())
    found = []
    for entity in sorted(source.model.by_type("IfcElementAssembly"), key=lambda one: int(one.id())):
        kind = source.types.of(entity)
        found.append(
            Assembly(
                id=source.key(entity),
                guid=str(entity.GlobalId or ""),
                name=str(entity.Name or ""),
                tag=str(entity.Tag or ""),
                kind=predefined_type(entity, kind) or "",
                type_name=type_name(entity, kind),
                parts=tuple(f"{source.index}#{step}" for step in sorted(parts.get(entity.id(), ()))),
            )
        )
    return found
