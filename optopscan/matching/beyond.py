"""Products that are meant for a gable end or the plinth: held against these instead of the roof."""

from __future__ import annotations

from collections.abc import Sequence

from optopscan.catalog.concept import Concept
from optopscan.matching.matrix import Cell
from optopscan.model.beyond import Beyond
from optopscan.pipeline import CheckedBuilding
from optopscan.placement.beyond.look import look_beyond


def beyond_cells(made: CheckedBuilding, products: Sequence[Concept], block: str) -> dict[str, Cell]:
    """Return a cell per product, by its id; never better than ``fits-if``, as such dwellings are never ok from a model."""
    if not products:
        return {}
    known = made.known
    found = look_beyond(
        known.building, made.structure, known.bearing, products, made.values, known.settings, spaces=known.building.rooms
    ).results
    return {product.id: _cell([row for row in found if row.concept == product.id], product, block) for product in products}


def _cell(rows: Sequence[Beyond], product: Concept, block: str) -> Cell:
    dwellings, storage = sum(row.dwellings for row in rows), sum(row.if_storage for row in rows)
    if dwellings or storage:
        unknown = sorted({text for row in rows for text in row.unknown})
        told = [] if dwellings else [f"{storage} woningen als de ruimten berging blijken"]
        why = "; ".join([*told, *unknown]) or "niet aangetoond"
        storeys = max(row.storeys for row in rows)
        return Cell(product=product.id, block=block, outcome="fits-if", why=why, possible=storeys, dwellings=dwellings)
    whys = list(dict.fromkeys(row.why for row in rows if row.why))
    why = "; ".join(whys) or f"geen {' of '.join(product.access)} gevonden"
    # without a place nothing is known against the product unless a row says so
    lost = any(row.outcome == "unknown" for row in rows)
    return Cell(product=product.id, block=block, outcome="unknown" if lost else "fails", why=why, dwellings=0)
