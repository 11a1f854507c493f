"""One variant: the layout of one product and storey count, re-checked and counted."""

from __future__ import annotations

import dataclasses
import math
from collections.abc import Sequence

from optopscan.catalog.concept import Concept
from optopscan.issues import Issue, issue
from optopscan.model.arrays import IntArray
from optopscan.model.variant import OwnColumn, Variant
from optopscan.model.verdict import Outcome, worst
from optopscan.placement.below import Below, rows_of
from optopscan.placement.ground import Ground, survey
from optopscan.placement.layout import Job, Layout, homes_of, search, walkways_of
from optopscan.placement.programme import Programme
from optopscan.placement.roof import UsableRoof, usable_area_m2
from optopscan.placement.rows import CapacityRows, Mode
from optopscan.placement.solve import NODE_LIMIT, Known
from optopscan.placement.support import own_columns, own_reasons, unstated
from optopscan.placement.why import Asked, explain, remedies, why_not
from optopscan.placement.why.words import nl


def place(
    below: Below,
    programme: Programme,
    roofs: Sequence[Sequence[UsableRoof]],
    *,
    mode: Mode,
    ground: Ground | None = None,
    rows: CapacityRows | None = None,
    node_limit: int = NODE_LIMIT,
    known: Known | None = None,
    catalogue: Sequence[Concept] = (),
    reasons: bool = True,
    better: bool = True,
    slack: bool = True,
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
    rows
        From `rows_of`, to share them between goals.
    known
        What was answered before on this roof, to share it between products.
    catalogue
        Products to look among for what would fit better.
    reasons
        Also say what stops a larger layout and what would let it (`Variant.why_not`, `Variant.remedies`).
    better
        With reasons: say what would let a larger layout too; False leaves `Variant.remedies` empty.
    slack
        Of layouts that are equally good the one that leaves the fullest part the most room; without it the first of a fixed order.

    Returns
    -------
    tuple[Variant, tuple[Issue, ...]]
        A variant without modules has outcome ``over`` where none fits, ``unknown``
        where none may be placed because something is not known.
    """
    known = known or Known()
    tried = _tried(below, programme, roofs, mode, ground, rows, node_limit, known, slack)
    variant, rows, ground = tried.variant, tried.rows, tried.ground
    if not reasons:
        return variant, tried.issues
    asked = None
    if ground is not None and rows is not None:
        asked = Asked(below=below, programme=programme, ground=ground, rows=rows, mode=mode, known=known, node_limit=node_limit)
    told = why_not(below, programme, roofs, ground, rows, variant, mode, catalogue, asked=asked)
    variant = dataclasses.replace(variant, why_not=told)
    if better:
        found = remedies(below, programme, roofs, ground, rows, variant, mode, catalogue, asked=asked, reasons=told, known=known)
        variant = dataclasses.replace(variant, remedies=found)
    if ground is not None and rows is None and told:
        # no plan at all: the constraint says it better than all limits together
        variant = dataclasses.replace(variant, why=f"Geen module past: {told[0].text_nl}.")
        return variant, (issue("OPT-601", programme.concept.id, variant.why),)
    return variant, tried.issues


@dataclasses.dataclass(frozen=True)
class _Tried:
    """A variant with what was noticed, and the ground and rows that it was found on."""

    variant: Variant
    issues: tuple[Issue, ...]
    ground: Ground | None = None
    rows: CapacityRows | None = None


def _tried(
    below: Below,
    programme: Programme,
    roofs: Sequence[Sequence[UsableRoof]],
    mode: Mode,
    ground: Ground | None,
    rows: CapacityRows | None,
    node_limit: int,
    known: Known,
    slack: bool,
) -> _Tried:
    concept = programme.concept
    reason = refused(programme)
    if reason:
        return _Tried(_empty(programme, mode, reason[0], reason[1]), ())
    ground = ground or survey(below.structure, programme, roofs, node_limit=node_limit, known=known)
    if not len(ground.candidates):
        why = _no_candidate(ground.roofs[0], programme)
        return _Tried(_empty(programme, mode, "over", why), (issue("OPT-601", concept.id, why),), ground)
    rows = rows or rows_of(below, programme, ground, mode=mode)
    job = Job(below, programme, ground, rows, node_limit, known, slack)
    layout, issues = search(job)
    return _Tried(_variant(job, layout, mode), issues, ground, rows)


def _variant(job: Job, layout: Layout, mode: Mode) -> Variant:
    candidates, chosen, concept = job.ground.candidates, layout.solution.chosen, job.programme.concept
    homes = homes_of(layout.placed, concept)
    by_type = {unit.code: sum(home.type == unit.code for home in homes) for unit in concept.unit_types}
    checked = layout.checked
    columns = _columns(job, chosen)
    # columns and foundations of its own, and the room for them, are checked by nothing here
    states: list[Outcome] = [checked.outcome if checked else "unknown", "unknown" if concept.own_support else "ok"]
    if job.rows.unknown[chosen].any():
        states.append("unknown")
    outcome = worst(states) if chosen.size else ("unknown" if job.rows.blocked.all() and job.rows.unknown.any() else "over")
    why = explain(job.below.structure.parts.id, job.rows, candidates, chosen, usable_area_m2(job.ground.roofs[0]), job.ground.blind_area_m2)
    return Variant(
        id=f"{job.programme.name}-{mode}",
        concept=concept.id,
        storeys=job.programme.storeys,
        modules=len(layout.placed),
        dwellings=len(homes),
        dwellings_by_type=by_type,
        gfa_m2=float(candidates.area_m2[chosen].sum()),
        max_uc=checked.max_uc if checked and not concept.own_support else math.nan,
        outcome=outcome,
        optimal=layout.solution.optimal and not layout.cut and not candidates.truncated,
        gap=layout.solution.gap,
        placed=layout.placed,
        why=" ".join([why, *(own_reasons(concept, columns) if concept.own_support and chosen.size else ())]),
        asked=dict(job.programme.asked),
        homes=homes,
        walkways=walkways_of(job) if chosen.size else (),
        columns=columns,
    )


def _columns(job: Job, chosen: IntArray) -> tuple[OwnColumn, ...]:
    """Return the columns that the chosen stacks stand on, for a product that brings its own."""
    candidates = job.ground.candidates
    if not job.programme.concept.own_support:
        return ()
    stacks = []
    for number, block in enumerate(candidates.blocks):
        rows = candidates.row[chosen[candidates.block[chosen] == number]]
        if rows.size:
            stacks.append((job.ground.roofs[0][block.roof], block.frame, block.rectangles.take(rows)))
    return own_columns(job.below.structure, job.programme.concept, stacks)


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


def refused(programme: Programme) -> tuple[Outcome, str] | None:
    """Return outcome and reason where the product itself rules the variant out."""
    concept, storeys = programme.concept, programme.storeys
    if storeys > concept.max_storeys:
        return "over", f"{concept.name} gaat tot {concept.max_storeys} lagen, gevraagd zijn er {storeys}."
    if programme.fault():
        return "over", programme.fault()
    if concept.own_support and unstated(concept):
        return "unknown", f"Draagsysteem {concept.support_system} van {concept.name} zonder {', '.join(unstated(concept))}."
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
        f"Geen module van {nl(concept.width_m, 1)} x {nl(concept.length_m, 1)} m past: bruikbaar dak {usable_area_m2(roofs):.0f} m2, "
        f"tussenlaag overspant {nl(concept.transfer_span_max_m, 1)} m tussen draaglijnen, "
        f"oplegging hooguit {nl(concept.support_offset_max_m)} m naast de wand."
    )
