"""Re-check: the layout as ordinary loads on the building, without influence matrix.

The rows of the solver are exact or safely inside for what they cover; the
ordinary checks are not linear. So every layout is loaded on the building from
scratch and checked as any other building would be. That verdict is reported. A
layout that fails is cut off and the problem solved again.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import scipy.sparse as sp
import shapely

from optopscan.catalog.concept import Concept
from optopscan.errors import EquilibriumError
from optopscan.model.arrays import BoolArray, FloatArray, IntArray, freeze
from optopscan.model.loads import TakeDown
from optopscan.model.structure import Distribution, Structure
from optopscan.model.variant import Placed
from optopscan.model.verdict import Outcome, worst
from optopscan.placement.candidates import roof_frames
from optopscan.placement.effects import removed_foot_kn
from optopscan.placement.lines import Frame
from optopscan.placement.loads import stack_loads
from optopscan.placement.reach import standing_reactions
from optopscan.placement.reactions import Rectangles
from optopscan.placement.roof import UsableRoof, covered_cells
from optopscan.placement.solve import Cut

MAX_EXACT_CUTS = 4
LOAD_STEP = 0.9
ROUND_TRIP_TOLERANCE = 1e-9


@dataclass(frozen=True, kw_only=True, eq=False)
class LayoutLoads:
    """Characteristic loads of a layout on the heads [kN], downwards positive.

    ``permanent_head_kn`` (n_head,); ``imposed_head_kn`` (n_head, n_new_storey), one
    column per new storey; ``removed_cell_kn`` (n_cell,) is finish taken away,
    zero without evidence. ``shift_knm`` (n_module, 2): permanent load of a module
    times the eccentricity that its supports leave.
    """

    permanent_head_kn: FloatArray
    imposed_head_kn: FloatArray
    removed_cell_kn: FloatArray
    shift_knm: FloatArray
    polygons: tuple[shapely.Polygon, ...]

    def __post_init__(self) -> None:
        freeze(self)


@dataclass(frozen=True, kw_only=True)
class CheckedLayout:
    """What the ordinary checks say of a loaded building: largest UC, outcome, rows of the parts that are over and their UC (as told)."""

    max_uc: float
    outcome: Outcome
    failing: tuple[int, ...]
    failing_uc: tuple[float, ...] = ()


Stands = tuple[Sequence[Placed], sp.csc_array, FloatArray]
Rebuild = Callable[[LayoutLoads], Mapping[Distribution, TakeDown]]
Check = Callable[[Mapping[Distribution, TakeDown]], CheckedLayout]


@dataclass(frozen=True, kw_only=True)
class Product:
    """A product with the imposed load of its floors [kN/m2]; walkways are one too."""

    concept: Concept
    imposed_kn_m2: float
    imposed_terrace_kn_m2: float = 0.0


def layout_loads(
    structure: Structure,
    roofs: Sequence[UsableRoof],
    products: Mapping[str, Product],
    placed: Sequence[Placed],
    *,
    storeys: int,
    ballast_kn_m2: float = 0.0,
    standing: int | None = None,
    shares: Mapping[str, Stands] | None = None,
) -> LayoutLoads:
    """Return the loads of placed modules, from their place and size alone.

    Parameters
    ----------
    roofs
        Usable roofs of the lowest new storey.
    products
        By the id that a module names as its concept.
    placed
        All modules and pieces of walkway; ids differ in their last number (the storey) where one stands on the other.
    ballast_kn_m2
        Finish removed under the lowest storey [kN/m2]; zero without evidence.
    standing
        How many new storeys stand, the new roof on what lies open; 0 is the stripped roof. Left out: all.
    shares
        From `product_shares`, to use them again for another number of storeys.

    Raises
    ------
    EquilibriumError
        If a module stands on nothing.
    """
    n_head, there = len(structure.heads), storeys if standing is None else standing
    permanent, imposed = np.zeros(n_head), np.zeros((n_head, storeys))
    shift: list[FloatArray] = []
    for name, (modules, share, shift_m) in (shares or product_shares(structure, roofs, products, placed)).items():
        product = products[name]
        stacks: dict[str, dict[int, int]] = {}
        for row, module in enumerate(modules):
            stacks.setdefault(module.module_id.rsplit(".", 1)[0], {})[module.storey - 1] = row
        width_m, length_m = np.zeros(len(stacks)), np.zeros((len(stacks), storeys))
        for number, stack in enumerate(stacks.values()):
            width_m[number] = modules[stack[0]].width_m
            for storey, row in stack.items():
                length_m[number, storey] = modules[row].length_m
        loads = stack_loads(
            product.concept,
            width_m,
            length_m,
            np.ones(len(stacks)),
            imposed_kn_m2=product.imposed_kn_m2,
            imposed_terrace_kn_m2=product.imposed_terrace_kn_m2,
        )
        for number, stack in enumerate(stacks.values()):
            for storey, row in stack.items():
                if storey >= there:
                    continue
                column, weight_kn = share[:, [row]].toarray()[:, 0], loads.permanent_kn[number, there - 1, storey]
                permanent += column * weight_kn
                imposed[:, storey] += column * loads.imposed_kn[number, storey]
                shift.append(shift_m[row] * weight_kn)
    # finish under modules that hang over the roof stays
    polygons = tuple(placed_polygon(m) for m in placed if m.storey == 1 and not products[m.concept].concept.own_support)
    covered = np.asarray(covered_cells(structure.cells, polygons).sum(axis=1)).ravel()
    return LayoutLoads(
        permanent_head_kn=permanent,
        imposed_head_kn=imposed,
        removed_cell_kn=covered * ballast_kn_m2,
        shift_knm=np.array(shift).reshape(-1, 2),
        polygons=polygons,
    )


def product_shares(
    structure: Structure, roofs: Sequence[UsableRoof], products: Mapping[str, Product], placed: Sequence[Placed]
) -> dict[str, Stands]:
    """Return per product its modules with their `stack_shares`."""
    found: dict[str, Stands] = {}
    for name in sorted({module.concept for module in placed}):
        modules = [module for module in placed if module.concept == name]
        share, shift_m = stack_shares(structure, roofs, products[name].concept, modules)
        found[name] = modules, share, shift_m
    return found


def states_of(loads: LayoutLoads, placed: Sequence[Placed], take_downs: Mapping[Distribution, TakeDown], storeys: int) -> tuple[int, ...]:
    """Return the numbers of standing storeys to check: all of them, and fewer where that may be worse.

    Fewer storeys weigh less on every part, except where something is lifted, finish was taken off, or a storey steps back and
    takes the roof off what is below it.
    """
    on = np.flatnonzero((loads.permanent_head_kn != 0.0) | loads.imposed_head_kn.any(axis=1))
    lifts = bool((loads.permanent_head_kn < 0).any() or (loads.imposed_head_kn < 0).any())
    lifts = lifts or any(bool((take.influence_foot[:, on] < 0).any()) for take in take_downs.values())
    lengths: dict[str, set[float]] = {}
    for module in placed:
        lengths.setdefault(module.module_id.rsplit(".", 1)[0], set()).add(module.length_m)
    stripped = bool(loads.removed_cell_kn.any())
    fewer = lifts or stripped or any(len(found) > 1 for found in lengths.values())
    return (*((0,) if stripped else ()), *(range(1, storeys) if fewer else ()), storeys)


def worst_of(found: Sequence[CheckedLayout]) -> CheckedLayout:
    """Return the verdict over all states of a layout."""
    return CheckedLayout(
        max_uc=max(one.max_uc for one in found),
        outcome=worst(one.outcome for one in found),
        failing=tuple(sorted({part for one in found for part in one.failing})),
    )


def stack_shares(
    structure: Structure, roofs: Sequence[UsableRoof], concept: Concept, placed: Sequence[Placed]
) -> tuple[sp.csc_array, FloatArray]:
    """Return the share of each module per head (n_head, n_module) and what its supports leave [m] (n_module, 2).

    All zero for a product on columns of its own.

    Raises
    ------
    EquilibriumError
        If a module stands on nothing.
    """
    share, shift_m, carried = carried_shares(structure, roofs, concept, placed)
    if not carried.all():
        module = placed[int(np.flatnonzero(~carried)[0])]
        raise EquilibriumError(
            f"module {module.module_id} at ({module.x_m:.2f}, {module.y_m:.2f}) m stands on nothing; report this with the model"
        )
    return share, shift_m


def carried_shares(
    structure: Structure, roofs: Sequence[UsableRoof], concept: Concept, placed: Sequence[Placed]
) -> tuple[sp.csc_array, FloatArray, BoolArray]:
    """Return shares and shifts as `stack_shares`, and which modules (n_module) stand on heads at all; the others have none."""
    n = len(placed)
    if concept.own_support:
        return sp.csc_array((len(structure.heads), n)), np.zeros((n, 2)), np.ones(n, dtype=np.bool_)
    polygons = np.array([placed_polygon(module) for module in placed], dtype=object)
    missing, shift_m = np.ones(n, dtype=np.bool_), np.zeros((n, 2))
    share = sp.csc_array((len(structure.heads), n))
    for roof in roofs:
        over = missing & np.asarray(shapely.intersects(roof.polygon, shapely.centroid(polygons)))
        for frame in roof_frames(structure.heads, roof, concept) if over.any() else ():
            turn_deg = np.array([(module.rotation_deg - frame.angle_deg + 1e-3) % 180.0 - 1e-3 for module in placed])
            rows = np.flatnonzero(over & missing & ((np.abs(turn_deg) < 1e-3) | (np.abs(turn_deg - 90.0) < 1e-3)))
            if not rows.size:
                continue
            result = standing_reactions(
                structure, roof, frame, _in_frame(frame, [placed[row] for row in rows.tolist()], turn_deg[rows] > 45.0), concept
            )
            place = sp.csr_array((result.carried.astype(np.float64), (np.arange(rows.size), rows)), shape=(rows.size, n))
            share = share + result.share @ place
            shift_m[rows] += result.shift_m
            missing[rows[result.carried]] = False
    return sp.csc_array(share), shift_m, ~missing


def _in_frame(frame: Frame, placed: Sequence[Placed], long_u: BoolArray) -> Rectangles:
    """Return placed modules as rectangles of a frame that they are parallel to."""
    corners = np.array([shapely.get_coordinates(placed_polygon(module))[:4] for module in placed])
    u, v = frame.to_frame(corners[:, :, 0], corners[:, :, 1])
    width_m, length_m = (np.array([getattr(module, name) for module in placed]) for name in ("width_m", "length_m"))
    return Rectangles(
        u_m=u.min(axis=1),
        v_m=v.min(axis=1),
        du_m=np.where(long_u, length_m, width_m),
        dv_m=np.where(long_u, width_m, length_m),
        long_u=long_u,
        n_module=np.ones(len(placed), dtype=np.int64),
    )


def placed_polygon(module: Placed) -> shapely.Polygon:
    """Return the plan of a placed module in building coordinates: width along its rotation, length to the left of it."""
    turned = Frame(angle_deg=module.rotation_deg, lines=())
    x_m, y_m = turned.to_building([0.0, module.width_m, module.width_m, 0.0], [0.0, 0.0, module.length_m, module.length_m])
    return shapely.Polygon(np.column_stack([x_m + module.x_m, y_m + module.y_m]))


def check_round_trip(
    structure: Structure,
    take_downs: Mapping[Distribution, TakeDown],
    rebuilt: Mapping[Distribution, TakeDown],
    loads: LayoutLoads,
) -> None:
    """Raise unless the rebuilt foot loads are those of the influence matrix, to 1e-9 of the largest.

    Raises
    ------
    EquilibriumError
        If permanent or imposed foot loads differ.
    """
    for distribution in sorted(take_downs):
        before, after = take_downs[distribution], rebuilt[distribution]
        inf = sp.csr_array(before.influence_foot)
        removed = removed_foot_kn(structure, distribution, loads.removed_cell_kn)
        pairs = (
            (before.permanent_foot_kn + inf @ loads.permanent_head_kn - removed, after.permanent_foot_kn),
            (before.imposed_foot_kn.sum(axis=1) + (inf @ loads.imposed_head_kn).sum(axis=1), after.imposed_foot_kn.sum(axis=1)),
        )
        for expected, found in pairs:
            scale = max(1.0, float(np.abs(expected).max(initial=0.0)))
            if not np.allclose(found, expected, rtol=0.0, atol=ROUND_TRIP_TOLERANCE * scale):
                row = int(np.argmax(np.abs(found - expected)))
                raise EquilibriumError(
                    f"part {structure.parts.id[row]} ({distribution}): "
                    f"rebuilt foot load {found[row]:.6f} kN, by influence {expected[row]:.6f} kN"
                )


def new_cuts(failing: Sequence[int], loads_part: sp.csr_array, chosen: IntArray, earlier: Sequence[Cut]) -> tuple[Cut, ...]:
    """Return cuts that end a failing layout; none where no module loads a failing part.

    The dwellings on a failing part may not all be placed again. Where that keeps
    failing with other dwellings, the load on the part is lowered in steps
    instead: that ends soon, and may lose a layout that would pass.
    """
    cuts: dict[tuple[int, ...], Cut] = {}
    stepwise = len(earlier) >= MAX_EXACT_CUTS
    for part in sorted(failing):
        load_kn = loads_part[[part]].toarray().ravel()
        present = chosen[load_kn[chosen] > 0]
        if not present.size:
            continue
        # the parts of one wall often fail together, under the same dwellings
        if stepwise:
            on_part = np.flatnonzero(load_kn)
            total_kn = float(load_kn[chosen].sum())
            weights = tuple((load_kn[on_part] / total_kn).tolist())
            named = (*on_part.tolist(), *present.tolist())
            cuts[named] = Cut(candidates=tuple(on_part.tolist()), weights=weights, most=LOAD_STEP, exact=False)
        else:
            named = tuple(present.tolist())
            cuts[named] = Cut(candidates=named, weights=(1.0,) * present.size, most=float(present.size - 1))
    return tuple(cuts.values())
