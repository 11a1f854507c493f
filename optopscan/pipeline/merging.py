"""A variant of a scan as IFC: the building with its new top."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from optopscan.errors import UsageError
from optopscan.ifc.assemblies import Assembly, assemblies
from optopscan.ifc.merge import write_merged
from optopscan.model.new_top import NewTop
from optopscan.model.result import ScanResult
from optopscan.model.structure import Structure
from optopscan.model.variant import Variant
from optopscan.pipeline import CheckedBuilding
from optopscan.pipeline.drawing import top_of_variant
from optopscan.pipeline.placing import placeable_roof
from optopscan.pipeline.reading import chosen_concepts
from optopscan.settings import Settings


def top_of(result: ScanResult, variant_id: str) -> NewTop:
    """Return what has to be drawn of a variant.

    Raises
    ------
    UsageError
        If the scan has no such variant, or the variant has no modules or cannot be drawn.
    """
    found = next((one for one in result.variants if one.id == variant_id), None)
    if found is None:
        raise UsageError(f"no variant {variant_id!r}; known: {', '.join(one.id for one in result.variants)}")
    return top_of_variant(placeable_roof(result.structure), found, chosen_concepts(result.settings), result.settings)


def merged_ifc(paths: Sequence[str | Path], result: ScanResult, variant_id: str, *, overlay: bool = False) -> bytes:
    """Return the first file of a building with a variant in it, or (``overlay``) only what is new.

    Raises
    ------
    UsageError, UnreadableInput
        If the variant cannot be drawn or the file cannot be read.
    """
    top = top_of(result, variant_id)
    return write_merged([Path(p) for p in paths], top, result.building.local_to_ifc, settings=result.settings, overlay=overlay)


def drawn_top(paths: Sequence[Path], structure: Structure, variant: Variant, made: CheckedBuilding) -> tuple[NewTop, bytes]:
    """Return a variant of a checked building as things to draw, and the first file with them in it.

    Parameters
    ----------
    structure
        With the roofs that are built on only.
    """
    top = top_of_variant(structure, variant, made.concepts, made.known.settings)
    return top, write_merged(paths, top, made.known.building.local_to_ifc, settings=made.known.settings)


def assemblies_of(paths: Sequence[Path], settings: Settings | None = None) -> tuple[Assembly, ...]:
    """Return the element assemblies of the files of a building, with the ids of their parts as a scan knows them."""
    return assemblies(paths, settings or Settings())
