"""A variant of a scan as IFC: the building with its new top."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from optopscan.catalog.concept import Concept
from optopscan.catalog.engineering import load_engineering
from optopscan.errors import UsageError
from optopscan.ifc.assemblies import Assembly, assemblies
from optopscan.ifc.merge import write_merged
from optopscan.model.new_top import NewTop
from optopscan.model.result import ScanResult
from optopscan.model.structure import Structure
from optopscan.model.variant import Placed, Variant
from optopscan.pipeline import CheckedBuilding
from optopscan.pipeline.generating import with_new_roof
from optopscan.pipeline.placing import placeable_roof
from optopscan.pipeline.reading import chosen_concepts
from optopscan.pipeline.ways import walkway_product
from optopscan.placement.access.rules import access_rules
from optopscan.placement.new_top import new_top
from optopscan.placement.placing_ground import PlaceableScan
from optopscan.placement.recheck import Product
from optopscan.placement.roof import usable_roofs
from optopscan.settings import Settings

LEVEL_M = 1e-3


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
    return _top(placeable_roof(result.structure), found, chosen_concepts(result.settings), result.settings)


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
    top = _top(structure, variant, made.concepts, made.known.settings)
    return top, write_merged(paths, top, made.known.building.local_to_ifc, settings=made.known.settings)


def assemblies_of(paths: Sequence[Path], settings: Settings | None = None) -> tuple[Assembly, ...]:
    """Return the element assemblies of the files of a building, with the ids of their parts as a scan knows them."""
    return assemblies(paths, settings or Settings())


def merged_variants(
    paths: Sequence[str | Path], result: PlaceableScan, variants: Sequence[Variant]
) -> tuple[dict[str, bytes], tuple[str, ...]]:
    """Return the first file of a building with each of these variants in it, by id, and what there is to say of them.

    Parameters
    ----------
    result
        Scan of the files; the variants may have been placed on it later.

    Returns
    -------
    tuple
        A variant that cannot be drawn has no file and one line that says why; one that is not drawn whole has both.
    """
    structure, found, said = placeable_roof(result.structure), {}, []
    for variant in variants:
        try:
            top = _top(structure, variant, result.ground.concepts, result.ground.settings)
        except UsageError as fault:
            said.append(f"{variant.id}: no IFC: {fault}")
            continue
        files = [Path(path) for path in paths]
        found[variant.id] = write_merged(files, top, result.building.local_to_ifc, settings=result.settings)
        said += [f"{variant.id}: {note}" for note in top.notes]
    return found, tuple(said)


def _concepts_of(variant: Variant, concepts: Sequence[Concept], settings: Settings) -> tuple[Concept, ...]:
    """Return the products of a variant, with the new roof that was asked for.

    Raises
    ------
    UsageError
        If a product is not in the catalogue.
    """
    known, values = {one.id: one for one in concepts}, load_engineering()
    lost = [name for name in variant.concept.split("+") if name not in known]
    if lost:
        raise UsageError(f"variant {variant.id} has a product that is not in the catalogue: {', '.join(lost)}")
    return tuple(with_new_roof(known[name], values, settings) for name in variant.concept.split("+"))


def _walkway_of(variant: Variant, concepts: Sequence[Concept]) -> Product | None:
    """Return the walkway of a variant: that of the product that it is level with.

    Raises
    ------
    UsageError
        If that may be several with other weights.
    """
    if not variant.walkways:
        return None
    depth_m = min(one.z_m for one in variant.walkways) - min(one.z_m - _depth_m(one, concepts) for one in variant.placed)
    level = [one for one in concepts if abs(one.transfer_depth_m - depth_m) < LEVEL_M] or list(concepts)
    rules = access_rules(load_engineering())
    found = [walkway_product(one, rules) for one in level]
    if len({one.concept.g_floor_kn_m2.hi for one in found}) > 1:
        raise UsageError(f"variant {variant.id}: the walkway may be that of several products, with other weights; it cannot be drawn")
    return found[0]


def _depth_m(module: Placed, concepts: Sequence[Concept]) -> float:
    return next(one.transfer_depth_m for one in concepts if one.id == (module.concept or one.id))


def _top(structure: Structure, variant: Variant, concepts: Sequence[Concept], settings: Settings) -> NewTop:
    if not variant.placed:
        raise UsageError(f"variant {variant.id} has no modules")
    products = _concepts_of(variant, concepts, settings)
    walkway = _walkway_of(variant, products)
    return new_top(
        structure,
        usable_roofs(structure, setback_m=settings.setback_m),
        products,
        variant,
        walkway=walkway.concept if walkway else None,
        walkway_imposed_kn_m2=walkway.imposed_kn_m2 if walkway else 0.0,
        partitions_kn_m2=settings.partitions_kn_m2,
        densities={row.group: row.density_kg_m3 for row in load_engineering().densities},
    )
