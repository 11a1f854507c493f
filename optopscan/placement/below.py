"""The building under a layout, and how it is judged."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping, Sequence

import numpy as np

from optopscan.model.loads import TakeDown
from optopscan.model.structure import Distribution, Structure
from optopscan.model.verdict import Capacity
from optopscan.placement.ground import Ground
from optopscan.placement.loads import stack_loads
from optopscan.placement.programme import Programme, Walkway
from optopscan.placement.recheck import Check, Product, Rebuild, stack_shares
from optopscan.placement.roof import UsableRoof, covered_cells
from optopscan.placement.rows import CapacityRows, Factors, Mode, Standing, capacity_rows


@dataclasses.dataclass(frozen=True, kw_only=True, eq=False)
class Below:
    """The building under the layout, and how it is judged.

    ``capacities`` are those of this storey count (wind of the full height). ``imposed_kn_m2`` is the imposed load of one new
    storey, partitions included; ``ballast_kn_m2`` finish that is certainly there and goes under modules. ``rebuild`` and
    ``check``: take-down with the modules as ordinary loads, and the ordinary checks; without them nothing was re-checked,
    and the outcome is unknown.
    """

    structure: Structure
    take_downs: Mapping[Distribution, TakeDown]
    capacities: Mapping[Distribution, Capacity]
    factors: Factors
    imposed_kn_m2: float
    ballast_kn_m2: float = 0.0
    imposed_terrace_kn_m2: float = 0.0
    rebuild: Rebuild | None = None
    check: Check | None = None


def products_of(below: Below, programme: Programme) -> dict[str, Product]:
    """Return what stands in a layout of a programme by id: the product, and the walkway where there is one."""
    own = Product(concept=programme.concept, imposed_kn_m2=below.imposed_kn_m2, imposed_terrace_kn_m2=below.imposed_terrace_kn_m2)
    found = {programme.concept.id: own}
    if programme.walkway is not None:
        found[programme.walkway.product.concept.id] = programme.walkway.product
    return found


def walkway_standing(below: Below, walkway: Walkway, roofs: Sequence[UsableRoof], storeys: int) -> Standing:
    """Return the pieces of a walkway in every storey, a column each."""
    share, _ = stack_shares(below.structure, roofs, walkway.product.concept, walkway.pieces)
    width_m, length_m = (np.array([getattr(piece, name) for piece in walkway.pieces]) for name in ("width_m", "length_m"))
    loads = stack_loads(
        walkway.product.concept,
        width_m,
        np.repeat(length_m[:, None], storeys, axis=1),
        np.ones(len(width_m)),
        imposed_kn_m2=walkway.product.imposed_kn_m2,
    )
    return Standing(share=(share,) * storeys, loads=loads)


def rows_of(below: Below, programme: Programme, ground: Ground, *, mode: Mode, every: bool = False) -> CapacityRows:
    """Return the capacity rows of the candidates of a ground (`capacity_rows`); ``every``: also those that others cover."""
    concept, candidates = programme.concept, ground.candidates
    credit = below.ballast_kn_m2 and not concept.own_support
    removed = covered_cells(below.structure.cells, candidates.polygons) * below.ballast_kn_m2 if credit else None
    size = candidates.width_m, candidates.length_m, candidates.n_module.astype(np.float64)
    loads = stack_loads(concept, *size, imposed_kn_m2=below.imposed_kn_m2, imposed_terrace_kn_m2=below.imposed_terrace_kn_m2)
    standing = Standing(share=candidates.share, loads=loads, removed_cell_kn=removed)
    fixed = None if programme.walkway is None else walkway_standing(below, programme.walkway, ground.whole, programme.storeys)
    return capacity_rows(below.structure, below.take_downs, below.capacities, below.factors, standing, mode=mode, fixed=fixed, every=every)
