"""The building under a layout, and how it is judged."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping, Sequence

import numpy as np
import scipy.sparse as sp

from optopscan.model.loads import TakeDown
from optopscan.model.structure import Distribution, Structure
from optopscan.model.variant import Placed
from optopscan.model.verdict import Capacity
from optopscan.placement.candidates import Candidates
from optopscan.placement.effects import Standing
from optopscan.placement.ground import Ground
from optopscan.placement.leaning import Leaning
from optopscan.placement.loads import StackLoads, stack_loads
from optopscan.placement.programme import Programme, Walkway
from optopscan.placement.recheck import (
    Check,
    CheckedLayout,
    LayoutLoads,
    Product,
    Rebuild,
    check_round_trip,
    layout_loads,
    product_shares,
    stack_shares,
    states_of,
    worst_of,
)
from optopscan.placement.roof import UsableRoof, covered_cells
from optopscan.placement.rows import CapacityRows, Factors, Mode, capacity_rows
from optopscan.placement.support import check_untouched


@dataclasses.dataclass(frozen=True, kw_only=True, eq=False)
class Below:
    """The building under the layout, and how it is judged.

    ``capacities`` are those of this storey count (wind of the full height). ``imposed_kn_m2`` is the imposed load of one new
    storey, partitions included; ``ballast_kn_m2`` finish that is certainly there and goes under modules. ``leaning``: what
    walls may lean. ``rebuild`` and ``check``: take-down with the modules as ordinary loads, and the ordinary checks; without
    them nothing was re-checked, and the outcome is unknown.
    """

    structure: Structure
    take_downs: Mapping[Distribution, TakeDown]
    capacities: Mapping[Distribution, Capacity]
    factors: Factors
    imposed_kn_m2: float
    ballast_kn_m2: float = 0.0
    imposed_terrace_kn_m2: float = 0.0
    leaning: Leaning | None = None
    rebuild: Rebuild | None = None
    check: Check | None = None

    def rows(self, standing: Standing, *, mode: Mode, fixed: Standing | None = None, every: bool = False) -> CapacityRows:
        """Return `capacity_rows` of what stands on this building."""
        return capacity_rows(
            self.structure,
            self.take_downs,
            self.capacities,
            self.factors,
            standing,
            mode=mode,
            fixed=fixed,
            leaning=self.leaning,
            every=every,
        )


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


def standing_of(below: Below, programme: Programme, candidates: Candidates) -> Standing:
    """Return the candidates of a programme with their loads, a column each."""
    concept = programme.concept
    credit = below.ballast_kn_m2 and not concept.own_support
    removed = covered_cells(below.structure.cells, candidates.polygons) * below.ballast_kn_m2 if credit else None
    size = candidates.width_m, candidates.length_m, candidates.n_module.astype(np.float64)
    loads = stack_loads(concept, *size, imposed_kn_m2=below.imposed_kn_m2, imposed_terrace_kn_m2=below.imposed_terrace_kn_m2)
    return Standing(share=candidates.share, loads=loads, removed_cell_kn=removed)


def joined(standing: Sequence[Standing], n_cell: int) -> Standing | None:
    """Return all columns side by side, None for none; all have as many storeys."""
    if len(standing) < 2:
        return standing[0] if standing else None
    removed = None
    if any(one.removed_cell_kn is not None for one in standing):
        pieces = [
            sp.csr_array((n_cell, len(one.loads.imposed_kn))) if one.removed_cell_kn is None else one.removed_cell_kn for one in standing
        ]
        removed = sp.csr_array(sp.hstack(pieces))
    return Standing(
        share=tuple(sp.csc_array(sp.hstack(shares)) for shares in zip(*(one.share for one in standing), strict=True)),
        loads=StackLoads(
            permanent_kn=np.concatenate([one.loads.permanent_kn for one in standing]),
            imposed_kn=np.concatenate([one.loads.imposed_kn for one in standing]),
        ),
        removed_cell_kn=removed,
    )


def rows_of(
    below: Below, programme: Programme, ground: Ground, *, mode: Mode, every: bool = False, beside: Sequence[Standing] = ()
) -> CapacityRows:
    """Return the capacity rows of the candidates of a ground (`capacity_rows`); ``every``: also those that others cover.

    ``beside`` is what stands on other wings whatever is chosen here.
    """
    standing = standing_of(below, programme, ground.candidates)
    always = [] if programme.walkway is None else [walkway_standing(below, programme.walkway, ground.whole, programme.storeys)]
    fixed = joined([*always, *beside], len(below.structure.cells))
    return below.rows(standing, mode=mode, fixed=fixed, every=every)


def checked_of(
    below: Below,
    whole: Sequence[UsableRoof],
    products: Mapping[str, Product],
    everything: Sequence[Placed],
    *,
    storeys: int,
    untouched: bool = False,
) -> CheckedLayout:
    """Load the building with all that is placed from scratch and check it, with fewer storeys too where that may be worse.

    Parameters
    ----------
    whole
        Lowest roofs, the place of walkways with them.
    everything
        Modules and pieces of walkway, each of one of the ``products``.
    untouched
        Nothing of it may come on the old building.

    Raises
    ------
    ValueError
        If the building has no take-down or no checks.
    EquilibriumError
        If a module stands on nothing, or the foot loads are not those of the influence matrix.
    """
    if below.rebuild is None or below.check is None:
        raise ValueError("re-check needs both a take-down and checks")
    shares = product_shares(below.structure, whole, products, everything)

    def loads_at(standing: int) -> LayoutLoads:
        return layout_loads(
            below.structure,
            whole,
            products,
            everything,
            storeys=storeys,
            ballast_kn_m2=below.ballast_kn_m2,
            standing=standing,
            shares=shares,
        )

    found, full = [], loads_at(storeys)
    for standing in states_of(full, everything, below.take_downs, storeys):
        loads = full if standing == storeys else loads_at(standing)
        rebuilt = below.rebuild(loads)
        check_round_trip(below.structure, below.take_downs, rebuilt, loads)
        if untouched:
            check_untouched(below.take_downs, rebuilt, below.structure.parts.id)
        found.append(below.check(rebuilt))
    return worst_of(found)
