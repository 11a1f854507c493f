"""From candidates to a layout that the ordinary checks do not reject: solve, load from scratch, check, cut, again."""

from __future__ import annotations

import dataclasses
import math
from collections.abc import Sequence

import numpy as np
import scipy.sparse as sp

from optopscan.catalog.concept import Concept
from optopscan.issues import Issue, issue
from optopscan.model.arrays import BoolArray, FloatArray, IntArray
from optopscan.model.variant import Dwelling, Placed
from optopscan.placement.below import Below, checked_of, products_of
from optopscan.placement.candidates import Candidates
from optopscan.placement.ground import Ground
from optopscan.placement.programme import LADDER, STRICT, Programme, goal_values, landing_rows, mix_rows, sized_types
from optopscan.placement.recheck import CheckedLayout, new_cuts, stack_shares
from optopscan.placement.rows import CapacityRows
from optopscan.placement.solve import Cut, Known, Solution, solve

MAX_ROUNDS = 40
CARRIES = 1e-9
ID_STOREY = "."
VALUE_TOLERANCE = 1e-6


@dataclasses.dataclass(frozen=True)
class Job:
    """Everything the search needs; ``slack``: of layouts that are equally good the one that leaves the parts the most room."""

    below: Below
    programme: Programme
    ground: Ground
    rows: CapacityRows
    node_limit: int
    known: Known
    slack: bool = False


@dataclasses.dataclass(frozen=True, kw_only=True)
class Layout:
    """A layout that the re-check does not reject; ``cut``: modules were kept off parts to get there."""

    solution: Solution
    placed: tuple[Placed, ...]
    checked: CheckedLayout | None
    cut: bool


def search(job: Job) -> tuple[Layout, tuple[Issue, ...]]:
    """Solve and re-check until the checks accept the layout or nothing is left of it."""
    cuts: list[Cut] = []
    issues: list[Issue] = []
    for _ in range(MAX_ROUNDS):
        solution = best(job, cuts)
        placed = placed_of(job, solution.chosen)
        banned = not all(cut.exact for cut in cuts)
        if job.below.rebuild is None or job.below.check is None or not solution.chosen.size:
            return Layout(solution=solution, placed=placed, checked=None, cut=banned), tuple(issues)
        checked = _recheck(job, placed)
        more = new_cuts(checked.failing, job.rows.loads_part, solution.chosen, cuts) if checked.outcome == "over" else ()
        if not more:
            return Layout(solution=solution, placed=placed, checked=checked, cut=banned), tuple(issues)
        cuts += more
        parts = ", ".join(job.below.structure.parts.id[part] for part in sorted(checked.failing))
        text = f"layout with {solution.chosen.size} dwellings: UC {checked.max_uc:.2f} at {parts}"
        issues.append(issue("OPT-603", job.programme.name, text))
    none = Solution(chosen=np.zeros(0, dtype=np.int64), optimal=False, gap=math.inf)
    return Layout(solution=none, placed=(), checked=None, cut=True), tuple(issues)


def best(job: Job, cuts: Sequence[Cut]) -> Solution:
    """Return the best choice for goal and mix under the rows and cuts, not re-checked."""
    candidates, programme = job.ground.candidates, job.programme
    values = goal_values(candidates, programme.goal)
    rows = job.rows
    if not programme.shares.size and not cuts:
        rows = dataclasses.replace(rows, blocked=rows.blocked | _needlessly_low(candidates, rows))

    landings = None if programme.walkway is None else landing_rows(candidates, programme.walkway)

    def solved(more: tuple[sp.csr_array, FloatArray] | None) -> Solution:
        more = _joined(landings, more)
        return solve(
            candidates,
            rows,
            job.ground.cliques,
            values=values,
            cuts=cuts,
            more=more,
            node_limit=job.node_limit,
            known=job.known,
            slack=job.slack,
        )

    if not programme.shares.size:
        return solved(None)
    if programme.mix_yields == "dwellings":
        return solved(mix_rows(candidates, programme, STRICT))
    free = solved(None)
    most = float(values[0][free.chosen].sum())
    for tolerance in LADDER:
        # the mix gives way: as near to it as the best first value allows
        matrix, rhs = mix_rows(candidates, programme, tolerance)
        kept = sp.csr_array(sp.vstack([matrix, -values[[0]]])), np.append(rhs, -(most - VALUE_TOLERANCE))
        near = solved(kept)
        if near.chosen.size and most > 0:
            return near
    return free


def _joined(
    one: tuple[sp.csr_array, FloatArray] | None, other: tuple[sp.csr_array, FloatArray] | None
) -> tuple[sp.csr_array, FloatArray] | None:
    if one is None or other is None:
        return one or other
    return sp.csr_array(sp.vstack([one[0], other[0]])), np.concatenate([one[1], other[1]])


def _needlessly_low(candidates: Candidates, rows: CapacityRows) -> BoolArray:
    """Return the stacks whose plan may also stand higher without loading any part that is short of room."""
    weighs = np.diff(sp.csc_array(rows.matrix).indptr) > 0
    unlimited = ~weighs & ~rows.blocked
    last = np.append((candidates.row[1:] != candidates.row[:-1]) | (candidates.block[1:] != candidates.block[:-1]), True)
    low = np.zeros(len(candidates), dtype=np.bool_)
    for row in np.flatnonzero(last & unlimited & (candidates.height > 1)).tolist():
        low[row - candidates.height[row] + 1 : row] = True
    return low


def _recheck(job: Job, placed: Sequence[Placed]) -> CheckedLayout:
    """Load the building with the placed modules from scratch and check it, with fewer storeys too where that may be worse."""
    below, storeys = job.below, job.programme.storeys
    walkway = job.programme.walkway
    concept = repr(dataclasses.replace(job.programme.concept, name=""))
    asked = ("checked", below, storeys, concept, *placed, *(walkway.pieces if walkway is not None else ()))
    if asked in job.known.plans:
        before: CheckedLayout = job.known.plans[asked]
        return before
    untouched = job.programme.concept.own_support and walkway is None
    everything, products = [*placed, *walkways_of(job)], products_of(below, job.programme)
    worst = checked_of(below, job.ground.whole, products, everything, storeys=storeys, untouched=untouched)
    job.known.plans[asked] = worst
    return worst


def placed_of(job: Job, chosen: IntArray, *, first: int = 1) -> tuple[Placed, ...]:
    """Return the modules storey by storey; dwellings and their modules keep one number in every storey, from ``first`` on."""
    order = sorted(chosen.tolist(), key=lambda row: _key(job.ground.candidates, row))
    placed = [
        module
        for storey in range(job.programme.storeys)
        for number, row in enumerate(order, start=first)
        if job.ground.candidates.height[row] > storey
        for module in _dwelling(job, number, row, storey)
    ]
    return _standing(job, placed, job.programme.concept)


def _standing(job: Job, placed: Sequence[Placed], concept: Concept) -> tuple[Placed, ...]:
    """Return the modules with the parts that they load."""
    structure = job.below.structure
    share = stack_shares(structure, job.ground.whole, concept, placed)[0] if placed else sp.csc_array((len(structure.heads), 0))
    found = []
    for column, module in enumerate(placed):
        at = slice(share.indptr[column], share.indptr[column + 1])
        parts = np.unique(structure.heads.part[share.indices[at][np.abs(share.data[at]) > CARRIES]])
        found.append(dataclasses.replace(module, loads_on=tuple(structure.parts.id[part] for part in parts.tolist())))
    return tuple(found)


def walkways_of(job: Job) -> tuple[Placed, ...]:
    """Return the pieces of the walkway in every new storey."""
    walkway = job.programme.walkway
    if walkway is None:
        return ()
    rise_m = job.programme.concept.height_m
    pieces = [
        dataclasses.replace(
            piece, module_id=f"{piece.module_id}{ID_STOREY}{storey + 1}", storey=storey + 1, z_m=piece.z_m + storey * rise_m
        )
        for storey in range(job.programme.storeys)
        for piece in walkway.pieces
    ]
    asked = ("walkway", job.below, job.programme.storeys, walkway.product.concept.transfer_span_max_m, *walkway.pieces)
    if asked not in job.known.plans:
        job.known.plans[asked] = _standing(job, pieces, walkway.product.concept)
    found: tuple[Placed, ...] = job.known.plans[asked]
    return found


def _dwelling(job: Job, number: int, row: int, storey: int) -> list[Placed]:
    """Return the modules of one dwelling in one storey."""
    candidates, concept = job.ground.candidates, job.programme.concept
    block = candidates.blocks[candidates.block[row]]
    whole = candidates.rectangles(row, storey)
    long_u = bool(whole.long_u[0])
    modules = []
    for count in range(int(whole.n_module[0])):
        one = whole.module(count)
        # length along u: the width points along v, so the first corner is the one at the far end of u
        x_m, y_m = block.frame.to_building(one.u_m[0] + (one.du_m[0] if long_u else 0.0), one.v_m[0])
        modules.append(
            Placed(
                module_id=f"W{number:03d}{ID_STOREY}{count + 1}{ID_STOREY}{storey + 1}",
                storey=storey + 1,
                x_m=float(x_m),
                y_m=float(y_m),
                z_m=job.ground.roofs[0][block.roof].z_m + concept.transfer_depth_m + storey * concept.height_m,
                rotation_deg=block.frame.angle_deg + (90.0 if long_u else 0.0),
                width_m=float(candidates.width_m[row]),
                length_m=float(candidates.length_m[row, storey]),
                height_m=concept.height_m,
                loads_on=(),
                concept=concept.id,
                dwelling=f"W{number:03d}{ID_STOREY}{storey + 1}",
            )
        )
    return modules


def _key(candidates: Candidates, row: int) -> tuple[int, bool, float, float]:
    rectangles = candidates.rectangles(row, 0)
    return int(candidates.block[row]), bool(rectangles.long_u[0]), float(rectangles.u_m[0]), float(rectangles.v_m[0])


def homes_of(placed: Sequence[Placed], concept: Concept) -> tuple[Dwelling, ...]:
    """Return the dwellings that modules make; every module belongs to one that counts.

    Raises
    ------
    ValueError
        If modules make no dwelling type of the product: placed must be counted.
    """
    types = {unit.modules: unit for unit in sized_types(concept)}
    groups: dict[str, list[Placed]] = {}
    for module in placed:
        groups.setdefault(module.dwelling, []).append(module)
    homes = []
    for name, modules in groups.items():
        if not name or len(modules) not in types:
            raise ValueError(f"{len(modules)} modules of {name or 'no dwelling'} are no dwelling type of {concept.id}")
        unit = types[len(modules)]
        homes.append(
            Dwelling(
                id=name,
                type=unit.code,
                storey=modules[0].storey,
                modules=tuple(module.module_id for module in modules),
                gbo_m2=unit.gbo_m2 / unit.gfa_m2 * (gfa_m2 := sum(module.width_m * module.length_m for module in modules)),
                gfa_m2=gfa_m2,
            )
        )
    return tuple(homes)


def loaded(job: Job, chosen: IntArray) -> tuple[tuple[Placed, ...], CheckedLayout | None]:
    """Return the modules of a choice and what the ordinary checks say of the building under them; None without checks."""
    placed = placed_of(job, chosen)
    checks = job.below.rebuild is not None and job.below.check is not None
    return placed, _recheck(job, placed) if checks and chosen.size else None
