"""A variant of a scan as IFC: the building with its new top."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from optopscan.catalog.engineering import load_engineering
from optopscan.errors import UsageError
from optopscan.ifc.merge import write_merged
from optopscan.model.new_top import NewTop
from optopscan.model.result import ScanResult
from optopscan.pipeline.placing import build_roof_only
from optopscan.pipeline.reading import chosen_concepts
from optopscan.placement.new_top import new_top
from optopscan.placement.roof import usable_roofs


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
    if not found.placed:
        raise UsageError(f"variant {variant_id} has no modules")
    structure = build_roof_only(result.structure)
    concept = next(one for one in chosen_concepts(result.settings) if one.id == found.concept)
    return new_top(
        structure,
        usable_roofs(structure, setback_m=result.settings.setback_m),
        concept,
        found,
        partitions_kn_m2=result.settings.partitions_kn_m2,
        densities={row.group: row.density_kg_m3 for row in load_engineering().densities},
    )


def merged_ifc(paths: Sequence[str | Path], result: ScanResult, variant_id: str, *, overlay: bool = False) -> bytes:
    """Return the first file of a building with a variant in it, or (``overlay``) only what is new.

    Raises
    ------
    UsageError, UnreadableInput
        If the variant cannot be drawn or the file cannot be read.
    """
    top = top_of(result, variant_id)
    return write_merged([Path(p) for p in paths], top, result.building.local_to_ifc, settings=result.settings, overlay=overlay)
