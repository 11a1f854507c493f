"""Products on columns and foundations of their own: nothing of their weight comes on the old building."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence

import numpy as np
import scipy.sparse as sp

from optopscan.catalog.concept import Concept
from optopscan.errors import EquilibriumError
from optopscan.model.loads import TakeDown
from optopscan.model.structure import Distribution, Structure
from optopscan.model.variant import OwnColumn
from optopscan.placement.lines import Frame
from optopscan.placement.reach import standing_reactions
from optopscan.placement.reactions import Reactions, Rectangles
from optopscan.placement.roof import UsableRoof
from optopscan.placement.support.bays import bays_of, frame_reach_m, largest_under, lines_under, roof_with_overhang
from optopscan.placement.support.facade_frame import frame_columns, frame_spans_m
from optopscan.placement.support.table import parts_met, table_columns

__all__ = ["carrier", "check_untouched", "own_columns", "own_reactions", "own_reasons", "roof_with_overhang", "spans_needed_m", "unstated"]
UNTOUCHED_KN = 1e-6
FACING = 1e-3


def unstated(concept: Concept) -> tuple[str, ...]:
    """Return in Dutch what a product on its own columns does not state."""
    told = {
        "overspanning van het frame": concept.frame_span_max_m,
        "kolomafstand": concept.column_distance_m,
        "vrije ruimte van de kolommen": concept.column_clearance_m,
    }
    found = [name for name, value in told.items() if math.isnan(value)]
    return tuple(found if concept.columns != "none" else [*found, "plaats van de kolommen"])


def carrier(structure: Structure, roof: UsableRoof, frame: Frame, concept: Concept) -> Callable[[Rectangles], Reactions]:
    """Return what finds the reactions of plans of one product on one roof: on the walls below, or on columns of its own."""
    if concept.own_support:
        return lambda rectangles: own_reactions(structure, roof, frame, rectangles, concept)
    return lambda rectangles: standing_reactions(structure, roof, frame, rectangles, concept)


def spans_needed_m(structure: Structure, roof: UsableRoof, frame: Frame, rectangles: Rectangles, concept: Concept) -> np.ndarray:
    """Return the span across the building that the columns under each plan leave [m]."""
    bays = bays_of(structure, roof, frame, concept)
    if concept.columns == "outside":
        return largest_under(bays, rectangles, frame_spans_m(bays, concept))
    widest = [float(np.diff(table_columns(bays, line, concept)).max(initial=0.0)) for line in range(len(bays.line_m))]
    return largest_under(bays, rectangles, np.array(widest))


def own_reactions(structure: Structure, roof: UsableRoof, frame: Frame, rectangles: Rectangles, concept: Concept) -> Reactions:
    """Return reactions that are zero on every head; carried where the span across the building is no more than the product's.

    ``turned``: modules whose length runs along the building instead of with the frames.
    """
    n = len(rectangles)
    bays = bays_of(structure, roof, frame, concept)
    carried = spans_needed_m(structure, roof, frame, rectangles, concept) <= frame_reach_m(concept) + FACING
    turned = rectangles.long_u == bays.along_u
    return Reactions(share=sp.csc_array((len(structure.heads), n)), carried=carried, turned=turned & carried, shift_m=np.zeros((n, 2)))


def own_columns(structure: Structure, concept: Concept, placed: Sequence[tuple[UsableRoof, Frame, Rectangles]]) -> tuple[OwnColumn, ...]:
    """Return the columns under placed plans, each once, in the order of the roofs and lines."""
    found: dict[tuple[float, float], None] = {}
    for roof, frame, rectangles in placed:
        bays = bays_of(structure, roof, frame, concept)
        first, last = lines_under(bays, rectangles)
        for line in sorted({row for one, other in zip(first.tolist(), last.tolist(), strict=True) for row in range(one, other + 1)}):
            across = frame_columns(bays, line, concept) if concept.columns == "outside" else table_columns(bays, line, concept)
            along = np.full(len(across), bays.line_m[line])
            x, y = frame.to_building(*((along, across) if bays.along_u else (across, along)))
            found |= dict.fromkeys(zip(np.round(x, 6).tolist(), np.round(y, 6).tolist(), strict=True))
    if not found:
        return ()
    x, y = np.array(list(found)).T
    met = parts_met(structure, x, y, concept.column_clearance_m) if concept.columns == "through" else ("",) * len(x)
    return tuple(OwnColumn(x_m=one, y_m=other, meets=part) for (one, other), part in zip(found, met, strict=True))


def own_reasons(concept: Concept, columns: Sequence[OwnColumn]) -> tuple[str, ...]:
    """Return in Dutch why a layout on columns of its own is never ok by itself."""
    clear = f"{concept.column_clearance_m:.1f}".replace(".", ",")
    reasons = [f"Staat op {len(columns)} eigen kolommen; die, hun fundering en de eigen stabiliteit zijn niet getoetst."]
    if concept.columns == "outside":
        reasons.append(f"Of naast de gevels {clear} m vrij is, is niet bekend.")
    else:
        hit = sum(bool(column.meets) for column in columns)
        reasons.append(f"De kolommen gaan door vloeren en woningen; {hit} staan binnen {clear} m vrije ruimte van een dragend deel.")
    return tuple(reasons)


def check_untouched(before: Mapping[Distribution, TakeDown], after: Mapping[Distribution, TakeDown], part_ids: Sequence[str]) -> None:
    """Raise unless no part of the old building is loaded otherwise than before, to 1e-6 kN.

    Raises
    ------
    EquilibriumError
        If a permanent or imposed foot load changed.
    """
    for distribution in sorted(before):
        one, other = before[distribution], after[distribution]
        changed = np.abs(other.permanent_foot_kn - one.permanent_foot_kn)
        changed = np.maximum(changed, np.abs(other.imposed_foot_kn.sum(axis=1) - one.imposed_foot_kn.sum(axis=1)))
        if np.any(changed > UNTOUCHED_KN):
            row = int(np.argmax(changed))
            raise EquilibriumError(
                f"part {part_ids[row]} ({distribution}): {changed[row]:.6f} kN comes from modules on columns of their own; report this"
            )
