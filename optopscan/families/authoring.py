"""From a family and its sizes to an IFC file, with what the author knows to be true of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from optopscan.catalog.family import Family
from optopscan.errors import UsageError
from optopscan.families.block import Block
from optopscan.families.cross import CrossBlock
from optopscan.families.dimensions import Dimensions
from optopscan.families.frame import FrameBlock
from optopscan.families.gallery import GalleryBlock
from optopscan.families.spine import SpineBlock


@dataclass(frozen=True, kw_only=True)
class Authored:
    """One block: the bytes of its IFC file, and of every wall and column by name whether it bears."""

    ifc: bytes
    bearing: Mapping[str, bool]


def author_block(family: Family, dimensions: Dimensions, *, name: str | None = None) -> Authored:
    """Return one block with its truth.

    Parameters
    ----------
    family, dimensions
        The family and the sizes [m] of `typical` or `sample`.
    name
        Name of project and building, of which all identifiers depend; None takes the id of the family.

    Raises
    ------
    UsageError
        If the sizes leave no room for a part of the building.
    """
    try:
        block = _block(family, dimensions, name or family.id)
    except ValueError as error:
        raise UsageError(f"{family.id}: cannot be built with these sizes ({error}); change the ranges of the family") from error
    return Authored(ifc=block.author.to_bytes(), bearing=dict(sorted(block.bearing.items())))


def author_family(family: Family, dimensions: Dimensions, *, name: str | None = None) -> bytes:
    """Return the IFC file of one block; arguments and errors as in `author_block`. The same arguments give the same bytes."""
    return author_block(family, dimensions, name=name).ifc


def _block(family: Family, dimensions: Dimensions, name: str) -> Block:
    file = family.file
    if file.scheme == "spine":
        return SpineBlock(family, dimensions, name).build()
    if file.scheme == "frame":
        return FrameBlock(family, dimensions, name).build()
    kind = GalleryBlock if file.walkway == "gallery" else CrossBlock
    return kind(family, dimensions, name).build()
