"""Another product per wing: the best of each wing, one wing after the other on what those before it leave, re-checked together.

What a product reaches on a wing alone bounds what it can add there. Wings are filled in order of that bound; the loads of those
before are fixed in the rows of the next, so all of them together hold. One re-check of all modules has the last word.
"""

from __future__ import annotations

import dataclasses
import math
from collections.abc import Iterator, Mapping, Sequence

import numpy as np

from optopscan.geometry import plane
from optopscan.issues import Issue, issue
from optopscan.model.variant import Placed, Variant
from optopscan.model.verdict import Outcome, worst
from optopscan.placement.below import Below, checked_of, products_of, rows_of, standing_of
from optopscan.placement.effects import Standing
from optopscan.placement.ground import Ground, survey
from optopscan.placement.layout import Job, best, homes_of, placed_of, walkways_of
from optopscan.placement.programme import Goal, Programme, Walkway, goal_values, landing_rows
from optopscan.placement.recheck import CheckedLayout, new_cuts
from optopscan.placement.roof import UsableRoof
from optopscan.placement.rows import CapacityRows, Mode
from optopscan.placement.solve import NODE_LIMIT, Cut, Known, Solution
from optopscan.placement.variants import refused
from optopscan.placement.wings import roof_wings

MAX_ROUNDS = 10
BETTER = 1e-6
FLOORS_LEVEL_M = 0.02
"""Floors nearer than this are level [m] (practice: the highest threshold that a wheelchair takes)."""

Roofs = Sequence[Sequence[UsableRoof]]
_Value = tuple[float, ...]


@dataclasses.dataclass(frozen=True, kw_only=True)
class _Stand:
    """One product on one wing: the wing by number, its ground, the rows that were left to it and what was chosen."""

    wing: int
    programme: Programme
    ground: Ground
    rows: CapacityRows
    solution: Solution
    value: _Value

    @property
    def key(self) -> tuple[int, str]:
        return self.wing, self.programme.concept.id


@dataclasses.dataclass(frozen=True, kw_only=True)
class _Case:
    below: Below
    first: Programme
    whole: tuple[UsableRoof, ...]
    mode: Mode
    node_limit: int
    known: Known

    def filled(self, wing: int, programme: Programme, ground: Ground, before: Sequence[_Stand], cuts: Sequence[Cut]) -> _Stand:
        """Return the best of a product on a wing beside what stands on those before it."""
        beside = [standing for one in before if (standing := self.standing(one)) is not None]
        programme = dataclasses.replace(programme, walkway=_with_taken(programme.walkway, before))
        rows = rows_of(self.below, programme, ground, mode=self.mode, beside=beside)
        solution = best(Job(self.below, programme, ground, rows, self.node_limit, self.known), cuts)
        value = tuple(goal_values(ground.candidates, programme.goal)[:, solution.chosen].sum(axis=1).round(6).tolist())
        return _Stand(wing=wing, programme=programme, ground=ground, rows=rows, solution=solution, value=value)

    def standing(self, one: _Stand) -> Standing | None:
        """Return what a wing carries once it is filled, None for nothing."""
        chosen = one.solution.chosen
        return standing_of(self.below, one.programme, one.ground.candidates.take(chosen)) if chosen.size else None

    def job(self, one: _Stand) -> Job:
        return Job(self.below, one.programme, one.ground, one.rows, self.node_limit, self.known)


def place_per_wing(
    below: Below,
    programmes: Mapping[str, Programme],
    roofs: Mapping[str, Roofs],
    *,
    mode: Mode,
    single: Sequence[Variant],
    node_limit: int = NODE_LIMIT,
    known: Known | None = None,
) -> tuple[Variant, tuple[Issue, ...]] | None:
    """Return a layout with more than one product, each on its own wings, where that beats every layout of a single product.

    Parameters
    ----------
    programmes
        By product, in a fixed order: one storey count, goal and walkway for all. The walkway lies on the transfer layer of the
        first. A mix of dwelling types is not kept to, and products on columns of their own are left out.
    roofs
        By product, usable roofs per new storey, the lowest first.
    single
        Layouts of one product to beat on the values of the goal.

    Returns
    -------
    tuple[Variant, tuple[Issue, ...]] | None
        ``optimal`` where every wing holds as many as its best product can on that wing alone, proven, and no module was kept off.
        None with fewer than two wings or products that fit, and where it is not better.
    """
    able = {name: one for name, one in programmes.items() if not refused(one) and not one.concept.own_support}
    if len(able) < 2 or any(one.shares.size for one in able.values()):
        return None
    parted = roof_wings(below.structure.heads, [one.concept for one in able.values()], [roofs[name][0] for name in able])
    if len(parted) < 2:
        return None
    known = known or Known()
    first = next(iter(programmes.values()))
    whole = tuple(dict.fromkeys(roof for storeys in roofs.values() for roof in storeys[0]))
    case = _Case(below=below, first=first, whole=whole, mode=mode, node_limit=node_limit, known=known)
    alone = [_by_value(_alone(case, able, parted, roofs, wing)) for wing in range(len(parted))]
    alone = [ranked for ranked in alone if ranked]
    target = max((value_of(one, first.goal) for one in single), default=())
    if len({ranked[0].programme.concept.id for ranked in alone}) < 2 or not _beats(_total([ranked[0] for ranked in alone]), target):
        return None
    alone.sort(key=lambda ranked: ([-value for value in ranked[0].value], ranked[0].wing))
    case = dataclasses.replace(case, whole=(*(roof for ranked in alone for roof in ranked[0].ground.roofs[0]), *whole))
    return _together(case, alone, target)


def value_of(variant: Variant, goal: Goal) -> _Value:
    """Return the values of a layout for a goal, the most important first (`goal_values`)."""
    dwellings, area_m2 = float(variant.dwellings), round(variant.gfa_m2, 6)
    return (area_m2, dwellings) if goal == "area" else (dwellings, area_m2)


def _alone(
    case: _Case,
    programmes: Mapping[str, Programme],
    parted: Sequence[UsableRoof],
    roofs: Mapping[str, Roofs],
    wing: int,
) -> Iterator[_Stand]:
    """Yield what each product reaches on one wing with nothing on the others."""
    part = parted[wing]
    for name, programme in programmes.items():
        clipped = [[_clipped(roof, part) for roof in storey if roof.faces == part.faces] for storey in roofs[name]]
        clipped = [[roof for roof in storey if not roof.polygon.is_empty] for storey in clipped]
        if not clipped[0]:
            continue
        ground = survey(case.below.structure, programme, clipped, node_limit=case.node_limit, known=case.known, blind=False)
        if not len(ground.candidates):
            continue
        # walkways lie on other wings too
        found = case.filled(wing, programme, dataclasses.replace(ground, whole=(*clipped[0], *case.whole)), (), ())
        if found.solution.chosen.size:
            yield found


def _clipped(roof: UsableRoof, wing: UsableRoof) -> UsableRoof:
    return dataclasses.replace(roof, polygon=plane.intersection(roof.polygon, wing.polygon))


def _by_value(found: Iterator[_Stand]) -> list[_Stand]:
    """Return the best product first, of equals the first in the order of the products."""
    return sorted(found, key=lambda one: [-value for value in one.value])


def _total(stands: Sequence[_Stand]) -> _Value:
    return tuple(np.sum([one.value for one in stands], axis=0).tolist())


def _beats(value: _Value, other: _Value) -> bool:
    for one, best_yet in zip(value, other, strict=False):
        if abs(one - best_yet) > BETTER:
            return one > best_yet
    return not other


def _with_taken(walkway: Walkway | None, before: Sequence[_Stand]) -> Walkway | None:
    """Return the walkway with the dwellings that other wings have on its landings."""
    if walkway is None or not before:
        return walkway
    taken = sum(landing_rows(one.ground.candidates, walkway)[0][:, one.solution.chosen].sum(axis=1) for one in before)
    return dataclasses.replace(walkway, taken=tuple(int(count) for count in np.atleast_1d(taken)))


def _in_turn(case: _Case, alone: Sequence[Sequence[_Stand]], cuts: Mapping[tuple[int, str], list[Cut]]) -> list[_Stand]:
    """Return the wings filled one after the other; another product than the best alone where that one has too little room left."""
    stands: list[_Stand] = []
    for ranked in alone:
        reached: _Stand | None = None
        for bound in ranked:
            if reached is not None and not _beats(bound.value, reached.value):
                break
            banned = cuts.get(bound.key, [])
            found = case.filled(bound.wing, bound.programme, bound.ground, stands, banned) if stands or banned else bound
            if reached is None or _beats(found.value, reached.value):
                reached = found
        if reached is not None and reached.solution.chosen.size:
            stands.append(reached)
    return stands


def _together(case: _Case, alone: Sequence[Sequence[_Stand]], target: _Value) -> tuple[Variant, tuple[Issue, ...]] | None:
    """Fill the wings and re-check all of them at once, with modules kept off the last wing that can help where they fail."""
    cuts: dict[tuple[int, str], list[Cut]] = {}
    issues: list[Issue] = []
    for _ in range(MAX_ROUNDS):
        stands = _in_turn(case, alone, cuts)
        if len({one.programme.concept.id for one in stands}) < 2 or not _beats(_total(stands), target):
            return None
        placed = _placed(case, stands)
        walkways = walkways_of(_walkway_job(case, stands))
        checked = _checked(case, stands, [module for modules in placed for module in modules], walkways)
        if checked is None or checked.outcome != "over":
            return _variant(case, stands, placed, walkways, checked, alone, bool(cuts)), tuple(issues)
        more: tuple[Cut, ...] = ()
        for one in reversed(stands):
            more = new_cuts(checked.failing, one.rows.loads_part, one.solution.chosen, cuts.get(one.key, []))
            if more:
                cuts.setdefault(one.key, []).extend(more)
                break
        if not more:
            return None
        parts = ", ".join(case.below.structure.parts.id[part] for part in sorted(checked.failing))
        issues.append(issue("OPT-603", _name(case, stands), f"layout with several products: UC {checked.max_uc:.2f} at {parts}"))
    return None


def _placed(case: _Case, stands: Sequence[_Stand]) -> list[tuple[Placed, ...]]:
    """Return the modules of each wing; dwellings are numbered on from wing to wing."""
    found: list[tuple[Placed, ...]] = []
    first = 1
    for one in stands:
        found.append(placed_of(case.job(one), one.solution.chosen, first=first))
        first += one.solution.chosen.size
    return found


def _walkway_job(case: _Case, stands: Sequence[_Stand]) -> Job:
    ground = dataclasses.replace(stands[0].ground, whole=case.whole)
    return dataclasses.replace(case.job(stands[0]), programme=case.first, ground=ground)


def _checked(case: _Case, stands: Sequence[_Stand], placed: Sequence[Placed], walkways: Sequence[Placed]) -> CheckedLayout | None:
    if case.below.rebuild is None or case.below.check is None:
        return None
    products = products_of(case.below, case.first)
    for one in stands:
        products = {**products_of(case.below, one.programme), **products}
    return checked_of(case.below, case.whole, products, [*placed, *walkways], storeys=case.first.storeys)


def _name(case: _Case, stands: Sequence[_Stand]) -> str:
    return "-".join([f"{_concepts(stands)}+{case.first.storeys}", *(value for _, value in case.first.asked)])


def _concepts(stands: Sequence[_Stand]) -> str:
    return "+".join(sorted({one.programme.concept.id for one in stands}))


def _variant(
    case: _Case,
    stands: Sequence[_Stand],
    placed: Sequence[Sequence[Placed]],
    walkways: tuple[Placed, ...],
    checked: CheckedLayout | None,
    alone: Sequence[Sequence[_Stand]],
    cut: bool,
) -> Variant:
    per_wing = [homes_of(modules, one.programme.concept) for one, modules in zip(stands, placed, strict=True)]
    homes = sorted((home for own in per_wing for home in own), key=lambda home: (home.storey, home.id))
    modules = sorted((module for own in placed for module in own), key=lambda module: (module.storey, module.module_id))
    codes = dict.fromkeys(unit.code for one in stands for unit in one.programme.concept.unit_types)
    states: list[Outcome] = [checked.outcome if checked else "unknown"]
    states += ["unknown" for one in stands if one.rows.unknown[one.solution.chosen].any()]
    # no choice of one product per wing has a larger first value than the best of every wing alone
    most, reached = _total([ranked[0] for ranked in alone])[0], _total(stands)[0]
    proven = not cut and all(one.solution.optimal and not one.ground.candidates.truncated for ranked in (*alone, stands) for one in ranked)
    return Variant(
        id=f"{_name(case, stands)}-{case.mode}",
        concept=_concepts(stands),
        storeys=case.first.storeys,
        modules=len(modules),
        dwellings=len(homes),
        dwellings_by_type={code: sum(home.type == code for home in homes) for code in codes},
        gfa_m2=float(sum(home.gfa_m2 for home in homes)),
        max_uc=checked.max_uc if checked else math.nan,
        outcome=worst(states),
        optimal=proven and reached >= most - BETTER,
        gap=max(0.0, most / reached - 1.0) if proven else math.inf,
        placed=tuple(modules),
        why=_why(case, stands, per_wing),
        asked=dict(case.first.asked),
        homes=tuple(homes),
        walkways=walkways,
    )


def _why(case: _Case, stands: Sequence[_Stand], homes: Sequence[Sequence[object]]) -> str:
    """Return in Dutch what stands on which wing, and that floors are not level where a walkway joins them."""
    told = [
        f"Vleugel {number}: {one.programme.concept.name}, {len(own)} woningen"
        for number, (one, own) in enumerate(zip(stands, homes, strict=True), start=1)
    ]
    text = f"Per vleugel een eigen product. {'. '.join(told)}."
    top = case.first.storeys - 1
    concepts = [case.first.concept, *(one.programme.concept for one in stands)]
    floors_m = [[concept.transfer_depth_m + storey * concept.height_m for concept in concepts] for storey in (0, top)]
    apart_m = max(max(level) - min(level) for level in floors_m)
    if case.first.walkway is not None and apart_m > FLOORS_LEVEL_M:
        metres = f"{apart_m:.2f}".replace(".", ",")
        text += f" Vloeren van de producten verschillen tot {metres} m in hoogte; het looppad volgt {case.first.concept.name}."
    return text
