"""One variant: the layout of one product and storey count, re-checked and counted."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np

from optopscan.issues import Issue, issue
from optopscan.model.variant import Variant
from optopscan.model.verdict import Outcome, worst
from optopscan.placement.below import Below, walkway_standing
from optopscan.placement.ground import Ground, survey
from optopscan.placement.layout import Job, Layout, homes_of, search, walkways_of
from optopscan.placement.loads import stack_loads
from optopscan.placement.programme import Programme
from optopscan.placement.roof import UsableRoof, covered_cells, usable_area_m2
from optopscan.placement.rows import Mode, Standing, capacity_rows
from optopscan.placement.solve import NODE_LIMIT, Known
from optopscan.placement.why import explain


def place(
    below: Below,
    programme: Programme,
    roofs: Sequence[Sequence[UsableRoof]],
    *,
    mode: Mode,
    ground: Ground | None = None,
    node_limit: int = NODE_LIMIT,
    known: Known | None = None,
) -> tuple[Variant, tuple[Issue, ...]]:
    """Return the best layout that the parts below can take, with its own verdict.

    Parameters
    ----------
    roofs
        Usable roofs per new storey, the lowest first; as many as the programme has storeys.
    mode
        ``proven``: no module on a part of unknown resistance. ``possible``: such parts
        are free, and the outcome is unknown where they are used.
    ground
        From `survey`, to share the candidates between goals and modes.
    known
        What was answered before on this roof, to share it between products.

    Returns
    -------
    tuple[Variant, tuple[Issue, ...]]
        A variant without modules has outcome ``over`` where none fits, ``unknown``
        where none may be placed because something is not known.
    """
    concept = programme.concept
    reason = _not_placeable(programme)
    if reason:
        return _empty(programme, mode, reason[0], reason[1]), ()
    known = known or Known()
    ground = ground or survey(below.structure, programme, roofs, node_limit=node_limit, known=known)
    candidates = ground.candidates
    if not len(candidates):
        why = _no_candidate(ground.roofs[0], programme)
        return _empty(programme, mode, "over", why), (issue("OPT-601", concept.id, why),)
    removed = covered_cells(below.structure.cells, candidates.polygons) * below.ballast_kn_m2 if below.ballast_kn_m2 else None
    size = candidates.width_m, candidates.length_m, candidates.n_module.astype(np.float64)
    loads = stack_loads(concept, *size, imposed_kn_m2=below.imposed_kn_m2, imposed_terrace_kn_m2=below.imposed_terrace_kn_m2)
    standing = Standing(share=candidates.share, loads=loads, removed_cell_kn=removed)
    fixed = None if programme.walkway is None else walkway_standing(below, programme.walkway, ground.whole, programme.storeys)
    rows = capacity_rows(below.structure, below.take_downs, below.capacities, below.factors, standing, mode=mode, fixed=fixed)
    job = Job(below, programme, ground, rows, node_limit, known)
    layout, issues = search(job)
    return _variant(job, layout, mode), issues


def _variant(job: Job, layout: Layout, mode: Mode) -> Variant:
    candidates, chosen, concept = job.ground.candidates, layout.solution.chosen, job.programme.concept
    homes = homes_of(layout.placed, concept)
    by_type = {unit.code: sum(home.type == unit.code for home in homes) for unit in concept.unit_types}
    checked = layout.checked
    states: list[Outcome] = [checked.outcome if checked else "unknown"]
    if job.rows.unknown[chosen].any():
        states.append("unknown")
    outcome = worst(states) if chosen.size else ("unknown" if job.rows.blocked.all() and job.rows.unknown.any() else "over")
    return Variant(
        id=f"{job.programme.name}-{mode}",
        concept=concept.id,
        storeys=job.programme.storeys,
        modules=len(layout.placed),
        dwellings=len(homes),
        dwellings_by_type=by_type,
        gfa_m2=float(candidates.area_m2[chosen].sum()),
        max_uc=checked.max_uc if checked else math.nan,
        outcome=outcome,
        optimal=layout.solution.optimal and not layout.cut and not candidates.truncated,
        gap=layout.solution.gap,
        placed=layout.placed,
        why=explain(
            job.below.structure.parts.id, job.rows, candidates, chosen, usable_area_m2(job.ground.roofs[0]), job.ground.blind_area_m2
        ),
        asked=dict(job.programme.asked),
        homes=homes,
        walkways=walkways_of(job) if chosen.size else (),
    )


def _empty(programme: Programme, mode: Mode, outcome: Outcome, why: str) -> Variant:
    return Variant(
        id=f"{programme.name}-{mode}",
        concept=programme.concept.id,
        storeys=programme.storeys,
        modules=0,
        dwellings=0,
        dwellings_by_type={unit.code: 0 for unit in programme.concept.unit_types},
        gfa_m2=0.0,
        max_uc=math.nan,
        outcome=outcome,
        optimal=outcome == "over",
        gap=0.0,
        placed=(),
        why=why,
        asked=dict(programme.asked),
    )


def _not_placeable(programme: Programme) -> tuple[Outcome, str] | None:
    """Return outcome and reason where the product itself rules the variant out."""
    concept, storeys = programme.concept, programme.storeys
    if storeys > concept.max_storeys:
        return "over", f"{concept.name} gaat tot {concept.max_storeys} lagen, gevraagd zijn er {storeys}."
    if programme.fault():
        return "over", programme.fault()
    if concept.support_system != "walls":
        return (
            "unknown",
            f"Draagsysteem {concept.support_system} staat niet op de bestaande wanden; dat is niet onderzocht.",
        )
    loads = {
        "vloer": concept.g_floor_kn_m2,
        "wanden": concept.g_wall_kn_m,
        "dak": concept.g_roof_kn_m2,
        "tussenlaag": concept.g_transfer_kn_m2,
    }
    missing = [name for name, load in loads.items() if math.isnan(load.hi)]
    if missing:
        return "unknown", f"Gewicht onbekend bij {concept.name}: {', '.join(missing)}."
    return None


def _no_candidate(roofs: Sequence[UsableRoof], programme: Programme) -> str:
    concept = programme.concept
    if not roofs:
        return "Geen bruikbaar plat dak na terugligging en obstakels."
    return (
        f"Geen module van {concept.width_m:.1f} x {concept.length_m:.1f} m past: bruikbaar dak {usable_area_m2(roofs):.0f} m2, "
        f"tussenlaag overspant {concept.transfer_span_max_m:.1f} m tussen draaglijnen, "
        f"oplegging hooguit {concept.support_offset_max_m:.2f} m naast de wand."
    )
