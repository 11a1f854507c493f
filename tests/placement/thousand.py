"""One random building placed and judged a second time; shared by the test and the longer run by hand."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from itertools import combinations

import numpy as np
import shapely

from optopscan.model.variant import Placed, Variant
from optopscan.pipeline.placing import below_of
from optopscan.placement.below import Below
from optopscan.placement.candidates import Candidates
from optopscan.placement.ground import survey
from optopscan.placement.programme import Goal, Programme
from optopscan.placement.recheck import placed_polygon, stack_shares
from optopscan.placement.roof import covered_cells
from optopscan.placement.rows import Mode
from optopscan.placement.solve import Known
from optopscan.placement.variants import place

from .random_roof import RandomRoof, random_roof
from .roof_oracle import Column, Oracle

FEW = 12
SAME = 1e-6
SHRINK_M = 1e-4


@dataclass(frozen=True)
class Case:
    """A building with what was placed on it in one mode."""

    roof: RandomRoof
    below: Below
    candidates: Candidates
    oracle: Oracle
    mode: Mode
    goal: Goal
    variant: Variant
    rejected: int
    blind_area_m2: float


def run(seed: int) -> Case:
    """Return case ``seed``: every other one has few candidates, goals and modes take turns."""
    roof = random_roof(seed, few=seed % 2 == 0)
    mode: Mode = "proven" if seed % 4 < 2 else "possible"
    goal: Goal = "dwellings" if seed % 8 < 4 else "area"
    below, known = below_of(roof.ground, mode=mode), Known()
    programme = Programme(concept=roof.concept, storeys=roof.storeys, goal=goal)
    ground = survey(below.structure, programme, roof.roofs, max_candidates=roof.max_candidates, known=known)
    variant, issues = place(below, programme, roof.roofs, mode=mode, ground=ground, known=known)
    return Case(
        roof=roof,
        below=below,
        candidates=ground.candidates,
        oracle=Oracle(roof.ground, roof.concept, roof.storeys),
        mode=mode,
        goal=goal,
        variant=variant,
        rejected=sum(item.code == "OPT-603" for item in issues),
        blind_area_m2=ground.blind_area_m2,
    )


def placed_columns(one: Case) -> list[Column]:
    """Return the stacks of dwellings that stand, from the placed modules alone."""
    roof, structure = one.roof, one.below.structure
    stacks: dict[str, dict[int, list[Placed]]] = {}
    for module in one.variant.placed:
        stacks.setdefault(module.dwelling.rsplit(".", 1)[0], {}).setdefault(module.storey - 1, []).append(module)
    found = []
    for stack in stacks.values():
        share, length_m = [], []
        for storey in range(roof.storeys):
            modules = stack.get(storey, [])
            table = stack_shares(structure, roof.roofs[0], roof.concept, modules)[0].toarray() if modules else np.zeros((1, 1))
            share.append(table.mean(axis=1) if modules else np.zeros(len(structure.heads)))
            length_m.append(modules[0].length_m if modules else 0.0)
        plan = [placed_polygon(module) for module in stack[0]]
        found.append(_column(one, share, stack[0][0].width_m, length_m, len(plan), plan))
    return found


def candidate_columns(one: Case) -> list[Column]:
    """Return all candidates as stacks."""
    c = one.candidates
    shares = [share.toarray() for share in c.share]
    return [
        _column(one, [s[:, k] for s in shares], float(c.width_m[k]), c.length_m[k].tolist(), int(c.n_module[k]), [c.polygons[k]])
        for k in range(len(c))
    ]


def _column(one: Case, share: list, width_m: float, length_m: list, n_module: int, plan: list) -> Column:
    cells = one.below.structure.cells
    removed = np.zeros(len(cells))
    if one.below.ballast_kn_m2:
        removed = np.asarray(covered_cells(cells, plan).sum(axis=1)).ravel() * one.below.ballast_kn_m2
    return Column(tuple(share), width_m, tuple(length_m), n_module, removed)


def overlap(one: shapely.Polygon, other: shapely.Polygon) -> bool:
    """Return whether two plans share more than their edges; a predicate, for the area of what turned rectangles share can come out as 0."""
    return bool(one.buffer(-SHRINK_M, join_style="mitre").intersects(other.buffer(-SHRINK_M, join_style="mitre")))


def layouts_of(candidates: Candidates) -> np.ndarray:
    """Return every set of candidates that do not overlap, the empty one too (n_layout, n_candidate)."""
    n = len(candidates)
    meets = [[overlap(candidates.polygons[i], candidates.polygons[j]) for j in range(n)] for i in range(n)]
    found: list[list[int]] = [[]]
    for one in range(n):
        found += [[*chosen, one] for chosen in found if not any(meets[one][other] for other in chosen)]
    table = np.zeros((len(found), n))
    for row, chosen in enumerate(found):
        table[row, chosen] = 1.0
    return table


def best_by_force(one: Case, *, apart: bool = True) -> tuple[float, float]:
    """Return dwellings and area of the best layout of all, in the order of the goal's levels."""
    candidates, layouts = one.candidates, layouts_of(one.candidates)
    verdicts = one.oracle.judge(candidate_columns(one), layouts, apart=apart)
    good = layouts[verdicts.proven if one.mode == "proven" else verdicts.possible]
    dwellings, area = good @ candidates.height, good @ candidates.area_m2
    levels = (dwellings, area) if one.goal == "dwellings" else (area, dwellings)
    first = levels[0].max(initial=0.0)
    second = levels[1][levels[0] > first - SAME * max(first, 1.0)].max(initial=0.0)
    return (first, second)


def reached(one: Case) -> tuple[float, float]:
    variant = one.variant
    return (variant.dwellings, variant.gfa_m2) if one.goal == "dwellings" else (variant.gfa_m2, variant.dwellings)


def faults(one: Case) -> list[str]:
    """Return what is wrong with the layout itself; nothing where all is well."""
    variant, found = one.variant, []
    if not variant.placed:
        return []
    columns = placed_columns(one)
    verdict = one.oracle.judge(columns, np.ones((1, len(columns))))
    if not verdict.possible[0]:
        found.append("a part that carries modules has no room")
    if variant.outcome == "over":
        found.append("the re-check rejects it")
    if variant.outcome == "ok" and not verdict.proven[0]:
        found.append("ok, but a part is not known to hold")
    return found + _geometry(one)


def _geometry(at: Case) -> list[str]:
    variant, structure, found = at.variant, at.below.structure, []
    plans = {storey: [placed_polygon(m) for m in variant.placed if m.storey == storey] for storey in range(1, at.roof.storeys + 1)}
    for storey, polygons in plans.items():
        roof = shapely.union_all([usable.polygon for usable in at.roof.roofs[storey - 1]])
        if any(overlap(one, other) or one.intersection(other).area > SAME for one, other in combinations(polygons, 2)):
            found.append(f"modules overlap in storey {storey}")
        if polygons and shapely.union_all(polygons).difference(roof.buffer(2e-3)).area > SAME:
            found.append(f"a module of storey {storey} sticks out")
    if sorted(m.module_id for m in variant.placed) != sorted(m for home in variant.homes for m in home.modules):
        found.append("a module belongs to no home")
    if variant.dwellings != len(variant.homes) or abs(variant.gfa_m2 - sum(p.area for group in plans.values() for p in group)) > 1e-3:
        found.append("homes or area do not add up")
    share, shift_m = stack_shares(structure, at.roof.roofs[0], at.roof.concept, variant.placed)
    heads = structure.heads
    x, y = 0.5 * (heads.x0_m + heads.x1_m), 0.5 * (heads.y0_m + heads.y1_m)
    for column, module in enumerate(variant.placed):
        part = share[:, [column]].toarray().ravel()
        names = {structure.parts.id[heads.part[head]] for head in np.flatnonzero(np.abs(part) > SAME)}
        centre = placed_polygon(module).centroid
        if abs(part.sum() - 1.0) > SAME or not names <= set(module.loads_on):
            found.append(f"{module.module_id} stands in the air")
        if np.hypot(part @ x - centre.x - shift_m[column, 0], part @ y - centre.y - shift_m[column, 1]) > 1e-3:
            found.append(f"{module.module_id} does not keep its place")
    return found


def tally(one: Case) -> Counter[str]:
    """Return what a case is an example of."""
    variant, counts = one.variant, Counter(one.roof.has)
    counts[f"{one.mode} {variant.outcome}{'' if variant.placed else ' empty'}"] += 1
    counts["rejected on the way"] += one.rejected
    lowest = sum(m.width_m * m.length_m for m in variant.placed if m.storey == 1)
    if not len(one.candidates):
        counts["no candidate"] += 1
    elif not variant.placed:
        counts["nothing fits"] += 1
    elif lowest > one.blind_area_m2 - 0.01 and variant.gfa_m2 > 0.999 * one.roof.storeys * lowest:
        counts["roof limits"] += 1
    else:
        counts["parts limit"] += 1
    return counts
