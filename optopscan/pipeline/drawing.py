"""What a model of a variant shows: the new top in pieces, and the unity checks before and with it."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import replace

import numpy as np

from optopscan.catalog.concept import Concept
from optopscan.catalog.engineering import Engineering, load_engineering
from optopscan.checks.utilisation import OUTCOMES
from optopscan.errors import UsageError
from optopscan.model.arrays import FloatArray, IntArray
from optopscan.model.drawing import Drawing, ElementUse, ModuleUse
from optopscan.model.new_top import NewTop
from optopscan.model.structure import Structure
from optopscan.model.variant import Placed, Variant
from optopscan.model.verdict import Outcome
from optopscan.pipeline.placing import layout_use, placeable_roof
from optopscan.pipeline.roof_load import with_new_roof
from optopscan.pipeline.ways import walkway_product
from optopscan.placement.access.rules import access_rules
from optopscan.placement.new_top import new_top
from optopscan.placement.placing_ground import PlacingGround
from optopscan.placement.recheck import Product, layout_loads
from optopscan.placement.roof import UsableRoof, usable_roofs
from optopscan.settings import Settings

LEVEL_M, SAME_UC = 1e-3, 1e-9


def with_drawings(ground: PlacingGround, variants: Sequence[Variant], shown: Iterable[str]) -> tuple[Variant, ...]:
    """Return the variants, those of the ids ``shown`` with what a model of them shows."""
    wanted = set(shown)
    return tuple(replace(one, drawing=drawing_of(ground, one)) if one.id in wanted and one.placed else one for one in variants)


def drawing_of(ground: PlacingGround, variant: Variant) -> Drawing:
    """Return what a model of a variant shows, or why there can be none."""
    structure = placeable_roof(ground.structure)
    try:
        top = top_of_variant(structure, variant, ground.concepts, ground.settings)
    except UsageError as fault:
        return Drawing(top=None, refused=str(fault))
    products = _products(ground, variant)
    roofs = _roofs(structure, ground.settings)
    ballast = ground.settings.roof_ballast_kn_m2 if ground.settings.roof_ballast_evidence else 0.0
    layout = layout_loads(structure, roofs, products, [*variant.placed, *variant.walkways], storeys=variant.storeys, ballast_kn_m2=ballast)
    uc, outcome = layout_use(ground, structure, layout)
    ids = structure.parts.id
    rows = {part: k for k, part in enumerate(ids)}
    of_element: dict[str, list[int]] = {}
    for k, part in enumerate(ids):
        of_element.setdefault(part.split("/")[0], []).append(k)
    before = np.asarray(ground.existing.uc)
    # what keeps the variant as a whole from being ok (a moment that nothing checks) keeps every part that it loads from it
    least = OUTCOMES.index("ok" if variant.outcome == "ok" else "unknown")
    moved = ~np.isclose(uc, before, rtol=0.0, atol=SAME_UC, equal_nan=True)
    outcome = np.where(moved, np.maximum(outcome, least), outcome)
    elements = tuple(
        ElementUse(element=name, uc_before=_most(before[own]), uc_after=_most(uc[own]), outcome=_worst(outcome[own]))
        for name, own in sorted(of_element.items())
    )
    modules = []
    for one in variant.placed:
        own = [rows[part] for part in one.loads_on]
        modules.append(ModuleUse(module_id=one.module_id, uc=_most(uc[own]), outcome=_worst(np.maximum(outcome[own], least))))
    return Drawing(top=top, elements=elements, modules=tuple(modules))


def top_of_variant(structure: Structure, variant: Variant, concepts: Sequence[Concept], settings: Settings) -> NewTop:
    """Return what has to be drawn of a variant; ``structure`` has the roofs that are built on only.

    Raises
    ------
    UsageError
        If it has no modules or cannot be drawn.
    """
    if not variant.placed:
        raise UsageError(f"variant {variant.id} has no modules")
    values = load_engineering()
    products = _concepts_of(variant, concepts, values, settings)
    walkway = _walkway_of(variant, products, values)
    return new_top(
        structure,
        _roofs(structure, settings),
        products,
        variant,
        walkway=walkway.concept if walkway else None,
        walkway_imposed_kn_m2=walkway.imposed_kn_m2 if walkway else 0.0,
        partitions_kn_m2=settings.partitions_kn_m2,
        densities={row.group: row.density_kg_m3 for row in values.densities},
    )


def _roofs(structure: Structure, settings: Settings) -> tuple[UsableRoof, ...]:
    return usable_roofs(structure, setback_m=settings.setback_m)


def _products(ground: PlacingGround, variant: Variant) -> dict[str, Product]:
    values = load_engineering()
    concepts = _concepts_of(variant, ground.concepts, values, ground.settings)
    found = {one.id: Product(concept=one, imposed_kn_m2=ground.new_imposed_kn_m2) for one in concepts}
    walkway = _walkway_of(variant, concepts, values)
    return found if walkway is None else {**found, walkway.concept.id: walkway}


def _concepts_of(variant: Variant, concepts: Sequence[Concept], values: Engineering, settings: Settings) -> tuple[Concept, ...]:
    """Return the products of a variant, with the new roof that was asked for.

    Raises
    ------
    UsageError
        If a product is not in the catalogue.
    """
    known = {one.id: one for one in concepts}
    lost = [name for name in variant.concept.split("+") if name not in known]
    if lost:
        raise UsageError(f"variant {variant.id} has a product that is not in the catalogue: {', '.join(lost)}")
    return tuple(with_new_roof(known[name], values, settings) for name in variant.concept.split("+"))


def _walkway_of(variant: Variant, concepts: Sequence[Concept], values: Engineering) -> Product | None:
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
    rules = access_rules(values)
    found = [walkway_product(one, rules) for one in level]
    if len({one.concept.g_floor_kn_m2.hi for one in found}) > 1:
        raise UsageError(f"variant {variant.id}: the walkway may be that of several products, with other weights; it cannot be drawn")
    return found[0]


def _depth_m(module: Placed, concepts: Sequence[Concept]) -> float:
    return next(one.transfer_depth_m for one in concepts if one.id == (module.concept or one.id))


def _most(uc: FloatArray) -> float:
    known = uc[np.isfinite(uc)]
    return float(known.max()) if known.size else math.nan


def _worst(outcome: IntArray) -> Outcome:
    return OUTCOMES[int(outcome.max())] if outcome.size else "unknown"
