"""The match: one reading and take-down per block for all products, layouts only for those that pass the vertical check."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from optopscan.catalog.concept import Concept
from optopscan.errors import NothingToScan, UnreadableInput, UsageError
from optopscan.matching.beyond import beyond_cells
from optopscan.matching.blocks import Block
from optopscan.matching.judge import Judged, cell_of, judged
from optopscan.matching.matrix import Cell, Matrix
from optopscan.matching.sensitivity import sensitivities
from optopscan.model.result import Topologies
from optopscan.model.variant import Variant
from optopscan.pipeline import CheckedBuilding, LoadedBuilding, check_loaded, load_building
from optopscan.pipeline.placing import place_modules, placing_ground
from optopscan.placement.placing_ground import PlacingGround
from optopscan.settings import Settings

Progress = Callable[[str], None]
OF_STOREYS = frozenset({"capacity", "storeys", "height"})
"""Constraints of a layout that fewer storeys may meet."""
KEPT_BLOCKS = 16
"""So many loaded blocks are kept for the second match of a sensitivity; what comes after is read again, since memory is finite."""


def match(
    products: Sequence[Concept],
    blocks: Sequence[Block],
    settings: Settings | None = None,
    *,
    place: bool = True,
    sensitivity: bool = False,
    progress: Progress | None = None,
) -> Matrix:
    """Return every product on every block.

    A block is read, understood and taken down once for all products. What fails over the whole roof is not laid out.
    Other paths of the loads and probabilities are not worked out: that is for `optopscan.scan` of one building.

    Parameters
    ----------
    products
        Products, each id once; those meant for gable end or plinth are held against these.
    blocks
        `blocks_of` families and `block_of_files`, each id once.
    settings
        Choices of the engineer; the use of a family's block is that of its family.
    place
        Lay out modules and count dwellings. Without it nothing is more than ``fits-if``: that it goes on the roof is not shown.
    sensitivity
        Also find of every product that fails somewhere the one property that opens most roofs, and match the changed products once.
    progress
        Called with the id of each block as it begins.

    Raises
    ------
    UsageError
        If there is no product or no block, an id occurs twice, no storey is asked, or a setting does not go with the data.
    """
    _once("product", [product.id for product in products])
    _once("block", [block.id for block in blocks])
    if settings is not None and settings.max_extra_storeys < 1:
        raise UsageError("max_extra_storeys=0 asks for no storey; a match needs 1 or more")
    ordered = sorted(products, key=lambda product: product.id)
    chosen = replace(settings or Settings(), samples=0)
    kept: dict[str, LoadedBuilding] = {}

    def run(some: Sequence[Concept]) -> Matrix:
        cells: list[Cell] = []
        for block in blocks:
            if progress is not None:
                progress(block.id)
            cells.extend(_row(some, block, chosen, kept, place=place))
        return Matrix(products=tuple(one.id for one in some), blocks=tuple(blocks), cells=tuple(cells), placed=place)

    matrix = run(ordered)
    return replace(matrix, sensitivities=sensitivities(matrix, ordered, run)) if sensitivity else matrix


def _once(what: str, ids: Sequence[str]) -> None:
    if not ids:
        raise UsageError(f"no {what} to match; name at least one")
    twice = sorted({name for name in ids if ids.count(name) > 1})
    if twice:
        raise UsageError(f"{what} {twice[0]} occurs twice; name each once")


def _row(products: Sequence[Concept], block: Block, settings: Settings, kept: dict[str, LoadedBuilding], *, place: bool) -> list[Cell]:
    if block.refused is not None:
        why = f"{block.refused.rule}: {block.refused.nl}"
        return [Cell(product=product.id, block=block.id, outcome="refused", why=why) for product in products]
    try:
        building = kept[block.id] if block.id in kept else loaded(block, settings)
        made = checked(products, building)
    except (NothingToScan, UnreadableInput) as error:
        # one building of many that cannot be read must not cost the answers of the others
        return [Cell(product=product.id, block=block.id, outcome="unknown", why=f"niet te lezen: {error}") for product in products]
    if len(kept) < KEPT_BLOCKS:
        kept[block.id] = building
    return cells_of(made, products, block, place=place)


def loaded(block: Block, settings: Settings) -> LoadedBuilding:
    """Return one block with its loads, before any product; errors as in `optopscan.scan`."""
    use = block.existing_use or settings.existing_use
    with block.paths() as paths:
        return load_building(paths, replace(settings, existing_use=use), lambda _: None)


def checked(products: Sequence[Concept], building: LoadedBuilding) -> CheckedBuilding:
    """Return one loaded block with the checks of all products that go on its roof."""
    return check_loaded(building, [one for one in products if one.on_roof], lambda _: None)


def cells_of(made: CheckedBuilding, products: Sequence[Concept], block: Block, *, place: bool) -> list[Cell]:
    """Return the cells of one block that was checked, in the order of the products."""
    found = {product.id: judged(made, product, block.id) for product in products if product.on_roof}
    variants = _placed(made, [product for product in products if product.on_roof and found[product.id].may_place], found) if place else {}
    on_roof = {
        product.id: cell_of(found[product.id], product, variants.get(product.id), placed=place) for product in products if product.on_roof
    }
    beyond = beyond_cells(made, [product for product in products if not product.on_roof], block.id)
    return [(on_roof | beyond)[product.id] for product in products]


def _placed(made: CheckedBuilding, products: Sequence[Concept], found: dict[str, Judged]) -> dict[str, Variant]:
    """Return a layout of each product at the storeys that its outcome is about, lower where nothing goes so high.

    Which of equally good layouts it is makes no difference here, so the one with the most slack is looked for only where
    the first one does not do.
    """
    if not products:
        return {}
    ground = placing_ground(made.structure, made.known.building, made.checks, made.loads, products, made.relief, Topologies())
    ground = replace(ground, reach={product.id: found[product.id].cell.storeys for product in products})
    variants = {variant.concept: variant for variant in place_modules(ground, slack=False, better=False)[0]}
    again = tuple(product for product in products if _try_slack(found[product.id].cell, variants.get(product.id)))
    if again:
        variants |= {variant.concept: variant for variant in place_modules(replace(ground, concepts=again), better=False)[0]}
    for product in products:
        if _try_lower(product, variants.get(product.id)):
            variants[product.id] = _lower(ground, product, variants[product.id])
    return variants


def _try_slack(cell: Cell, variant: Variant | None) -> bool:
    """True when another layout that is equally good may say more: the first one is not ok where it should be."""
    if variant is None or not variant.placed:
        return False
    return variant.outcome == "over" or (cell.outcome == "fits" and variant.outcome != "ok")


def _try_lower(product: Concept, variant: Variant | None) -> bool:
    """True when fewer storeys may go where so many do not: what stops a single storey stops all."""
    if product.own_support or variant is None or variant.storeys < 2 or (variant.placed and variant.outcome != "over"):
        return False
    return bool(variant.placed) or any(reason.constraint in OF_STOREYS for reason in variant.why_not)


def _lower(ground: PlacingGround, product: Concept, variant: Variant) -> Variant:
    """Return the highest layout below the storeys that do not go; the one that was tried where none goes."""
    for storeys in range(variant.storeys - 1, 0, -1):
        [lower] = place_modules(replace(ground, concepts=(product,), reach={product.id: storeys}), better=False)[0]
        if lower.placed and lower.outcome != "over":
            return lower
    return variant
