"""One variant: the layout of one concept and storey count, re-checked and counted."""

from __future__ import annotations

import dataclasses
import math
from collections.abc import Mapping, Sequence

import numpy as np
import scipy.sparse as sp

from optopscan.catalog.concept import Concept
from optopscan.issues import Issue, issue
from optopscan.model.arrays import FloatArray, IntArray
from optopscan.model.loads import TakeDown
from optopscan.model.structure import Distribution, Structure
from optopscan.model.variant import Placed, Variant
from optopscan.model.verdict import Capacity, Outcome, worst
from optopscan.placement.candidates import MAX_CANDIDATES, Candidates, dwelling_sizes, find_candidates
from optopscan.placement.count import count_dwellings
from optopscan.placement.reactions import reactions
from optopscan.placement.recheck import Check, CheckedLayout, LayoutLoads, Rebuild, check_round_trip, layout_loads, new_cuts
from optopscan.placement.roof import CLEARANCE_M, UsableRoof, covered_cells, usable_area_m2, usable_roofs
from optopscan.placement.rows import CapacityRows, Factors, Mode, capacity_rows, module_loads
from optopscan.placement.solve import NODE_LIMIT, Cut, Known, Solution, largest_area_m2, solve
from optopscan.placement.why import explain
from optopscan.settings import Settings

MAX_ROUNDS = 40
CARRIES = 1e-9


@dataclasses.dataclass(frozen=True, kw_only=True, eq=False)
class Ground:
    """What the roof and the product alone decide: usable roofs, candidates, overlaps, largest area [m2] without any limit below."""

    roofs: tuple[UsableRoof, ...]
    candidates: Candidates
    cliques: sp.csr_array
    blind_area_m2: float


def survey(
    structure: Structure,
    concept: Concept,
    settings: Settings,
    *,
    clearance_m: float = CLEARANCE_M,
    max_candidates: int = MAX_CANDIDATES,
    node_limit: int = NODE_LIMIT,
    known: Known | None = None,
) -> Ground:
    """Return the ground of all variants of one concept on one structure; storeys and mode play no part in it.

    Parameters
    ----------
    clearance_m
        Strip kept free around every obstacle [m].
    max_candidates
        Limit per roof and direction, see `find_candidates`.
    node_limit
        Of the search for the largest area, see `solve`.
    known
        What was answered before on this roof.
    """
    known = known or Known()
    roofs = usable_roofs(structure, setback_m=settings.setback_m, clearance_m=clearance_m)
    candidates = find_candidates(structure, roofs, concept, max_candidates=max_candidates)
    cliques = known.cliques(candidates)
    blind_m2 = largest_area_m2(candidates, cliques, node_limit=node_limit, known=known) if len(candidates) else 0.0
    return Ground(roofs=roofs, candidates=candidates, cliques=cliques, blind_area_m2=blind_m2)


def place(
    structure: Structure,
    take_downs: Mapping[Distribution, TakeDown],
    capacities: Mapping[Distribution, Capacity],
    factors: Factors,
    concept: Concept,
    storeys: int,
    settings: Settings,
    *,
    imposed_kn_m2: float,
    mode: Mode,
    rebuild: Rebuild | None = None,
    check: Check | None = None,
    ground: Ground | None = None,
    node_limit: int = NODE_LIMIT,
    known: Known | None = None,
) -> tuple[Variant, tuple[Issue, ...]]:
    """Return the largest layout that the parts below can take, with its own verdict.

    Parameters
    ----------
    take_downs, capacities
        Of every distribution; capacities are those of this storey count (wind of the full height).
    imposed_kn_m2
        Imposed load of one new storey, partitions included [kN/m2].
    mode
        ``proven``: no module on a part of unknown resistance. ``possible``: such parts
        are free, and the outcome is unknown where they are used.
    rebuild, check
        Take-down with the modules as ordinary loads, and the ordinary checks. Without
        them nothing was re-checked, and the outcome is unknown.
    ground
        From `survey`, to share the candidates between storey counts and modes.
    known
        What was answered before on this roof, to share it between products.

    Returns
    -------
    tuple[Variant, tuple[Issue, ...]]
        A variant without modules has outcome ``over`` where none fits, ``unknown``
        where none may be placed because something is not known.
    """
    reason = _not_placeable(concept, storeys)
    if reason:
        return _empty(concept, storeys, mode, reason[0], reason[1]), ()
    known = known or Known()
    ground = ground or survey(structure, concept, settings, known=known)
    candidates = ground.candidates
    if not len(candidates):
        why = _no_candidate(ground.roofs, concept, settings)
        return _empty(concept, storeys, mode, "over", why), (issue("OPT-601", concept.id, why),)
    ballast_kn_m2 = settings.roof_ballast_kn_m2 if settings.roof_ballast_evidence else 0.0
    removed = covered_cells(structure.cells, candidates.polygons) * ballast_kn_m2 if ballast_kn_m2 else None
    size = candidates.width_m, candidates.length_m, candidates.n_module
    loads = module_loads(concept, *size, storeys=storeys, imposed_kn_m2=imposed_kn_m2)
    rows = capacity_rows(structure, take_downs, capacities, factors, candidates, loads, mode=mode, removed_cell_kn=removed)
    job = _Job(structure, take_downs, concept, storeys, imposed_kn_m2, ballast_kn_m2, ground, rows, rebuild, check, node_limit, known)
    layout, issues = _search(job, f"{concept.id}+{storeys}")
    return _variant(job, layout, mode), issues


@dataclasses.dataclass(frozen=True)
class _Job:
    """Everything the search needs."""

    structure: Structure
    take_downs: Mapping[Distribution, TakeDown]
    concept: Concept
    storeys: int
    imposed_kn_m2: float
    ballast_kn_m2: float
    ground: Ground
    rows: CapacityRows
    rebuild: Rebuild | None
    check: Check | None
    node_limit: int
    known: Known


@dataclasses.dataclass(frozen=True, kw_only=True)
class _Layout:
    """A layout that the re-check does not reject; ``cut``: modules were kept off parts to get there."""

    solution: Solution
    placed: tuple[Placed, ...]
    checked: CheckedLayout | None
    cut: bool


def _search(job: _Job, name: str) -> tuple[_Layout, tuple[Issue, ...]]:
    """Solve and re-check until the checks accept the layout or nothing is left of it."""
    candidates, cliques = job.ground.candidates, job.ground.cliques
    preference = _preference(job)
    cuts: list[Cut] = []
    issues: list[Issue] = []
    for _ in range(MAX_ROUNDS):
        solution = solve(candidates, job.rows, cliques, cuts=cuts, preference=preference, node_limit=job.node_limit, known=job.known)
        placed = _placed(job, solution.chosen)
        banned = not all(cut.exact for cut in cuts)
        if job.rebuild is None or job.check is None or not solution.chosen.size:
            return _Layout(solution=solution, placed=placed, checked=None, cut=banned), tuple(issues)
        checked = _recheck(job, placed)
        more = new_cuts(checked.failing, job.rows.loads_part, solution.chosen, cuts) if checked.outcome == "over" else ()
        if not more:
            return _Layout(solution=solution, placed=placed, checked=checked, cut=banned), tuple(issues)
        cuts += more
        parts = ", ".join(job.structure.parts.id[part] for part in sorted(checked.failing))
        issues.append(issue("OPT-603", name, f"layout with {solution.chosen.size} dwellings: UC {checked.max_uc:.2f} at {parts}"))
    none = Solution(chosen=np.zeros(0, dtype=np.int64), optimal=False, gap=math.inf)
    return _Layout(solution=none, placed=(), checked=None, cut=True), tuple(issues)


def _preference(job: _Job) -> FloatArray:
    """Return the order of layouts of equal area: the type listed first before others, then the most dwellings."""
    order = dwelling_sizes(job.concept)
    return np.array([2.0 * order.index(count) - 1.0 for count in job.ground.candidates.n_module.tolist()])


def _recheck(job: _Job, placed: Sequence[Placed]) -> CheckedLayout:
    """Load the building with the placed modules from scratch and check it."""
    if job.rebuild is None or job.check is None:
        raise ValueError("re-check needs both a take-down and checks")
    loads: LayoutLoads = layout_loads(
        job.structure,
        job.ground.roofs,
        job.concept,
        placed,
        storeys=job.storeys,
        imposed_kn_m2=job.imposed_kn_m2,
        ballast_kn_m2=job.ballast_kn_m2,
    )
    rebuilt = job.rebuild(loads)
    check_round_trip(job.structure, job.take_downs, rebuilt, loads)
    return job.check(rebuilt)


def _placed(job: _Job, chosen: IntArray) -> tuple[Placed, ...]:
    """Return the modules storey by storey; dwellings and their modules keep one number in every storey."""
    order = sorted(chosen.tolist(), key=lambda row: _key(job.ground.candidates, row))
    plan = [module for number, row in enumerate(order, start=1) for module in _dwelling(job, number, row)]
    return tuple(
        dataclasses.replace(
            module, module_id=f"{module.module_id}.{storey}", storey=storey, z_m=module.z_m + (storey - 1) * module.height_m
        )
        for storey in range(1, job.storeys + 1)
        for module in plan
    )


def _dwelling(job: _Job, number: int, row: int) -> list[Placed]:
    """Return the modules of one dwelling in the first storey."""
    candidates, concept = job.ground.candidates, job.concept
    block = candidates.blocks[candidates.block[row]]
    whole = block.rectangles.take(np.array([candidates.row[row]]))
    long_u = bool(whole.long_u[0])
    modules = []
    for count in range(int(whole.n_module[0])):
        one = whole.module(count)
        # length along u: the width points along v, so the first corner is the one at the far end of u
        x_m, y_m = block.frame.to_building(one.u_m[0] + (one.du_m[0] if long_u else 0.0), one.v_m[0])
        share = reactions(job.structure.heads, block.frame, one, concept).share.toarray()[:, 0]
        parts = np.unique(job.structure.heads.part[np.abs(share) > CARRIES])
        modules.append(
            Placed(
                module_id=f"W{number:03d}.{count + 1}",
                storey=1,
                x_m=float(x_m),
                y_m=float(y_m),
                z_m=job.ground.roofs[block.roof].z_m + concept.transfer_depth_m,
                rotation_deg=block.frame.angle_deg + (90.0 if long_u else 0.0),
                width_m=float(candidates.width_m[row]),
                length_m=float(candidates.length_m[row]),
                height_m=concept.height_m,
                loads_on=tuple(job.structure.parts.id[part] for part in parts.tolist()),
            )
        )
    return modules


def _key(candidates: Candidates, row: int) -> tuple[int, bool, float, float]:
    rectangles = candidates.blocks[candidates.block[row]].rectangles
    at = candidates.row[row]
    return int(candidates.block[row]), bool(rectangles.long_u[at]), float(rectangles.u_m[at]), float(rectangles.v_m[at])


def _variant(job: _Job, layout: _Layout, mode: Mode) -> Variant:
    candidates, chosen, concept = job.ground.candidates, layout.solution.chosen, job.concept
    by_type = count_dwellings(candidates.n_module[chosen].tolist(), concept.unit_types, job.storeys)
    checked = layout.checked
    states: list[Outcome] = [checked.outcome if checked else "unknown"]
    if job.rows.unknown[chosen].any():
        states.append("unknown")
    outcome = worst(states) if chosen.size else ("unknown" if job.rows.blocked.all() and job.rows.unknown.any() else "over")
    return Variant(
        id=f"{concept.id}+{job.storeys}-{mode}",
        concept=concept.id,
        storeys=job.storeys,
        modules=len(layout.placed),
        dwellings=sum(by_type.values()),
        dwellings_by_type=by_type,
        gfa_m2=float(candidates.area_m2[chosen].sum()) * job.storeys,
        max_uc=checked.max_uc if checked else math.nan,
        outcome=outcome,
        optimal=layout.solution.optimal and not layout.cut and not candidates.truncated,
        gap=layout.solution.gap,
        placed=layout.placed,
        why=explain(job.structure.parts.id, job.rows, candidates, chosen, usable_area_m2(job.ground.roofs), job.ground.blind_area_m2),
    )


def _empty(concept: Concept, storeys: int, mode: Mode, outcome: Outcome, why: str) -> Variant:
    return Variant(
        id=f"{concept.id}+{storeys}-{mode}",
        concept=concept.id,
        storeys=storeys,
        modules=0,
        dwellings=0,
        dwellings_by_type={unit.code: 0 for unit in concept.unit_types},
        gfa_m2=0.0,
        max_uc=math.nan,
        outcome=outcome,
        optimal=outcome == "over",
        gap=0.0,
        placed=(),
        why=why,
    )


def _not_placeable(concept: Concept, storeys: int) -> tuple[Outcome, str] | None:
    """Return outcome and reason where the product itself rules the variant out."""
    if storeys > concept.max_storeys:
        return "over", f"{concept.name} gaat tot {concept.max_storeys} lagen, gevraagd zijn er {storeys}."
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


def _no_candidate(roofs: Sequence[UsableRoof], concept: Concept, settings: Settings) -> str:
    if not roofs:
        return f"Geen bruikbaar plat dak na terugligging {settings.setback_m:.2f} m en obstakels."
    return (
        f"Geen module van {concept.width_m:.1f} x {concept.length_m:.1f} m past: bruikbaar dak {usable_area_m2(roofs):.0f} m2, "
        f"tussenlaag overspant {concept.transfer_span_max_m:.1f} m tussen draaglijnen, "
        f"oplegging hooguit {concept.support_offset_max_m:.2f} m naast de wand."
    )
