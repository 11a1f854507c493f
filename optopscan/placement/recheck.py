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
from optopscan.model.arrays import FloatArray, IntArray, freeze
from optopscan.model.loads import TakeDown
from optopscan.model.structure import Distribution, Structure
from optopscan.model.variant import Placed
from optopscan.model.verdict import Outcome
from optopscan.placement.candidates import roof_frames
from optopscan.placement.lines import Frame
from optopscan.placement.reactions import Rectangles, reactions
from optopscan.placement.roof import UsableRoof, covered_cells
from optopscan.placement.rows import module_loads, removed_foot_kn
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
    """What the ordinary checks say of a loaded building: largest UC, outcome, rows of the parts that are over."""

    max_uc: float
    outcome: Outcome
    failing: tuple[int, ...]


Rebuild = Callable[[LayoutLoads], Mapping[Distribution, TakeDown]]
Check = Callable[[Mapping[Distribution, TakeDown]], CheckedLayout]


def layout_loads(
    structure: Structure,
    roofs: Sequence[UsableRoof],
    concept: Concept,
    placed: Sequence[Placed],
    *,
    storeys: int,
    imposed_kn_m2: float,
    ballast_kn_m2: float = 0.0,
) -> LayoutLoads:
    """Return the loads of placed modules, from their place and size alone.

    Parameters
    ----------
    placed
        All modules; those of the first storey give the plan, the others stand on them.
    ballast_kn_m2
        Finish removed under the modules [kN/m2]; zero without evidence.

    Raises
    ------
    EquilibriumError
        If a module stands on nothing.
    """
    n_head = len(structure.heads)
    stands = [(roof, roof_frames(structure.heads, roof, concept)) for roof in roofs]
    plan = [module for module in placed if module.storey == 1]
    permanent, imposed = np.zeros(n_head), np.zeros(n_head)
    shift = np.zeros((len(plan), 2))
    for row, module in enumerate(plan):
        share, shift_m = _shares(structure, stands, concept, module)
        size = np.array([module.width_m]), np.array([module.length_m]), np.array([1])
        loads = module_loads(concept, *size, storeys=storeys, imposed_kn_m2=imposed_kn_m2)
        permanent += share * loads.permanent_kn[0, storeys]
        imposed += share * loads.imposed_kn[0]
        shift[row] = shift_m * loads.permanent_kn[0, storeys]
    polygons = tuple(placed_polygon(module) for module in plan)
    covered = np.asarray(covered_cells(structure.cells, polygons).sum(axis=1)).ravel()
    return LayoutLoads(
        permanent_head_kn=permanent,
        imposed_head_kn=np.repeat(imposed[:, None], storeys, axis=1),
        removed_cell_kn=covered * ballast_kn_m2,
        shift_knm=shift,
        polygons=polygons,
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


def _shares(
    structure: Structure, stands: Sequence[tuple[UsableRoof, Sequence[Frame]]], concept: Concept, module: Placed
) -> tuple[FloatArray, FloatArray]:
    """Return the share per head (n_head,) and the shift [m] (2,) of one placed module; ``stands``: roofs with their frames."""
    polygon = placed_polygon(module)
    for roof, frames in stands:
        if not roof.polygon.intersects(polygon.centroid):
            continue
        for frame in frames:
            turn_deg = (module.rotation_deg - frame.angle_deg + 1e-3) % 180.0 - 1e-3
            long_u = abs(turn_deg - 90.0) < 1e-3
            if not long_u and abs(turn_deg) > 1e-3:
                continue
            u, v = frame.to_frame(*shapely.get_coordinates(polygon.exterior).T)
            sides = (module.length_m, module.width_m) if long_u else (module.width_m, module.length_m)
            rectangle = Rectangles(
                u_m=np.array([u.min()]),
                v_m=np.array([v.min()]),
                du_m=np.array([sides[0]]),
                dv_m=np.array([sides[1]]),
                long_u=np.array([long_u]),
                n_module=np.array([1]),
            )
            result = reactions(structure.heads, frame, rectangle, concept)
            if result.carried[0]:
                return result.share.toarray()[:, 0], result.shift_m[0]
    raise EquilibriumError(
        f"module {module.module_id} at ({module.x_m:.2f}, {module.y_m:.2f}) m stands on nothing; report this with the model"
    )
