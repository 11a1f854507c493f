"""What a product lacks on a block where it fails: which of its properties, and the value that would do, by its margins."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np

from optopscan.catalog.concept import Concept
from optopscan.checks.capacity import Influence, Scenario, State, added_loads
from optopscan.checks.scenarios import area_loads_kn_m2, scenario_id
from optopscan.checks.utilisation import part_effects, section_utilisation
from optopscan.matching.matrix import Lack
from optopscan.model.arrays import FloatArray
from optopscan.model.loads import TakeDown
from optopscan.model.result import ConceptAnswer
from optopscan.model.sides import EXISTING, SUBJECTS
from optopscan.model.variant import Variant, WhyNot
from optopscan.pipeline import CheckedBuilding
from optopscan.placement.candidates import dwelling_sizes

BUILDING = Lack(key="building", now=math.nan, needed=math.nan)
"""It is not for the product to change."""
STEP_KN_M2 = 0.01
NEWTON_STEPS = 4
_OF_CONSTRAINT = {
    "support-offset": "support_offset_max_m",
    "transfer-depth": "transfer_depth_m",
    "overhang": "overhang_max_m",
}
_SHORTER = {"lengte": "length_lo_m", "breedte": "width_m"}


def lacks_below(made: CheckedBuilding, product: Concept, row: ConceptAnswer) -> tuple[Lack, ...]:
    """Return what keeps the first storey from the whole roof; a row with ``needed`` nan is nothing that the product can change."""
    if made.checks.vertical.existing_over:
        return (BUILDING,)
    found = []
    if not row.vertical_only:
        now = area_loads_kn_m2(product, 1)
        found.append(Lack(key="load_kn_m2", now=now, needed=load_limit_kn_m2(made, product)))
    sides, states = made.checks.sides, (EXISTING, scenario_id(product, 1))
    for subject in SUBJECTS:
        # connectors are a condition (`optopscan.matching.anchoring`), so they stop nothing
        if subject != "anchorage" and any(sides.outcome(subject, state) == "over" for state in states):
            found.append(BUILDING)
    return tuple(found)


def load_limit_kn_m2(made: CheckedBuilding, product: Concept) -> float:
    """Return the permanent load of one storey with roof and transfer layer that every part can just take [kN/m2]; nan: none.

    A unity check is convex and piecewise linear in the load, so Newton from above comes down to the limit along its derivative.
    Parts count with their highest plausible strength, as in the verdict ``over``.
    """
    state = next(one for one in made.checks.vertical.states if one.scenario.id == scenario_id(product, 1))
    area = np.asarray(made.structure.heads.trib_area_m2)
    influences = [(take_down, Influence.of(take_down)) for take_down in made.loads.take_downs.values()]
    load = area_loads_kn_m2(product, 1)
    start = load
    for _ in range(NEWTON_STEPS):
        uc = _best_uc(made, state, influences, (load - start) * area)
        slope = (uc - _best_uc(made, state, influences, (load - start - STEP_KN_M2) * area)) / STEP_KN_M2
        over = uc > 1.0
        if not over.any():
            return load
        if not (np.isfinite(uc[over]) & (slope[over] > 0.0)).all():
            return math.nan
        load -= float(((uc[over] - 1.0) / slope[over]).max())
        if load <= 0.0:
            return math.nan
    return load


def _best_uc(made: CheckedBuilding, state: State, influences: list[tuple[TakeDown, Influence]], more_kn: FloatArray) -> FloatArray:
    """Return the largest unity check of each loaded part that certainly bears (n_part,), with ``more_kn`` added on each head; else -1."""
    scenario: Scenario = replace(state.scenario, head_permanent_kn=state.scenario.head_permanent_kn + more_kn)
    tables = []
    for take_down, influence in influences:
        added = added_loads(scenario, influence)
        effects = part_effects(
            take_down,
            factors=made.checks.factors,
            psi0=made.loads.use.psi0,
            added_permanent_kn=added.permanent,
            added_relief_kn=added.relief,
            added_imposed_kn=added.imposed,
            added_raised_kn=added.raised,
            psi0_added=made.loads.psi0_new,
        )
        tables.append(section_utilisation(effects, made.checks.resistance, best=True))
    table = np.stack(tables)
    uc = np.where(np.isnan(table), -1.0, table).max(axis=(0, 2))
    counts = state.affected & np.asarray(made.structure.parts.bearing_known)
    return np.asarray(np.where(counts, uc, -1.0))


def lacks_of_layout(product: Concept, variant: Variant | None) -> tuple[Lack, ...]:
    """Return what the reasons of a layout without modules say of the product, each instead of the others; else `BUILDING`.

    Span and depth of the transfer layer go together: where both are short neither alone would do.
    """
    reasons = () if variant is None else variant.why_not
    both = {"transfer-span", "transfer-depth"} <= {reason.constraint for reason in reasons}
    found = [_of_reason(product, reason) for reason in reasons if not (both and reason.constraint.startswith("transfer"))]
    return tuple(lack for lack in found if lack is not None) or (BUILDING,)


def _of_reason(product: Concept, reason: WhyNot) -> Lack | None:
    word = reason.text_nl.split(" ", 1)[0]
    if not math.isfinite(reason.value):
        return None
    if reason.constraint == "roof-size" and word in _SHORTER:
        now, short = float(getattr(product, _SHORTER[word])), reason.value - reason.limit
        # the width that lacks is that of all modules of the smallest dwelling side by side
        share = short / min(dwelling_sizes(product)) if word == "breedte" else short
        return Lack(key=_SHORTER[word], now=now, needed=now - share, instead=True)
    spans = "frame_span_max_m" if reason.part == "frame" else "transfer_span_max_m"
    key = spans if reason.constraint == "transfer-span" else _OF_CONSTRAINT.get(reason.constraint)
    if key is None:
        return None
    # the limit of a place may be tighter than that of the product, so the shortage counts
    now = float(getattr(product, key))
    return Lack(key=key, now=now, needed=now + reason.value - reason.limit, instead=True)
