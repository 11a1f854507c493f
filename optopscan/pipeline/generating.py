"""All variants of one building: products x storeys x access x goal or mix x set-back, what each is worth, and the few to look at."""

from __future__ import annotations

import math
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np
import shapely.affinity
from shapely.geometry.base import BaseGeometry

from optopscan.catalog.concept import Concept
from optopscan.catalog.engineering import Engineering
from optopscan.feasibility.choose import Choice, choose
from optopscan.feasibility.pareto import front
from optopscan.feasibility.worth import OBJECTIVES, objective_values
from optopscan.feasibility.worth import Worth as Weighed
from optopscan.issues import Issue
from optopscan.model.surroundings import Surroundings
from optopscan.model.variant import Site, StairOf, Variant
from optopscan.pipeline.drawing import with_drawings
from optopscan.pipeline.placing import below_of, usable_of
from optopscan.pipeline.roof_load import with_new_roof
from optopscan.pipeline.topologies import within_reach
from optopscan.pipeline.ways import KINDS, Way, overloaded, ways
from optopscan.pipeline.weighing import Scales, weigh, with_routes, with_worth
from optopscan.placement.access.rules import Kind, access_rules
from optopscan.placement.below import Below, rows_of
from optopscan.placement.ground import Ground, survey
from optopscan.placement.per_wing import place_per_wing
from optopscan.placement.placing_ground import PlacingGround
from optopscan.placement.programme import Goal, Programme
from optopscan.placement.roof import RoofRules, UsableRoof, removable, roof_rules, storeys_under_height, usable_roofs
from optopscan.placement.rows import CapacityRows
from optopscan.placement.solve import Known
from optopscan.placement.variants import place, refused
from optopscan.settings import Settings

STEP_BACK_M = 1.5
"""Set-back per storey that is tried beside the one asked for, where there is more than one storey."""
SAME_AREA_M2 = 0.01
GOALS: tuple[Goal, ...] = ("dwellings", "area", "balanced")


@dataclass(frozen=True, kw_only=True, eq=False)
class Generated:
    """All variants in order, the one put forward first; ``weighed`` has the same order."""

    variants: tuple[Variant, ...]
    weighed: tuple[Weighed, ...]
    choices: tuple[Choice, ...]
    issues: tuple[Issue, ...]


@dataclass(frozen=True, kw_only=True, eq=False)
class _Site:
    """What all tries share; ``careful``: parts have the strength that is assumed, ``below``: the highest plausible one."""

    ground: PlacingGround
    below: Below
    careful: Below
    values: Engineering
    surroundings: Surroundings
    known: Known

    @property
    def settings(self) -> Settings:
        return self.ground.settings


@dataclass(frozen=True, kw_only=True, eq=False)
class _Try:
    """One programme on its roofs, with its way in; ``fault`` where it cannot be tried."""

    programme: Programme
    roofs: tuple[tuple[UsableRoof, ...], ...]
    way: Way | None
    shared: Ground | None
    rows: CapacityRows | None
    below: Below
    concepts: tuple[Concept, ...]


def generate(
    ground: PlacingGround, values: Engineering, surroundings: Surroundings | None = None, tell: Callable[[str], None] = lambda _: None
) -> Generated:
    """Return every variant that the settings of the ground leave open, weighed, with the front and what is put forward.

    What a setting states is taken as it is; what it leaves open is tried: 1 to ``max_extra_storeys`` storeys, every access that a
    product is made for, the goals in turn where no mix is asked, a set-back per storey, and the strengths that are assumed
    before the highest plausible ones. Layouts that are the same stand once.

    Raises
    ------
    UsageError
        If a setting names a side or an obstacle that does not exist.
    """
    around = local_surroundings(ground, surroundings)
    site = _Site(
        ground=ground,
        below=below_of(ground),
        careful=below_of(ground, mode="proven"),
        values=values,
        surroundings=around,
        known=Known(),
    )
    variants: list[Variant] = []
    weighed: list[Weighed] = []
    tries: list[_Try] = []
    issues: list[Issue] = []
    if not len(ground.structure.heads) or ground.settings.max_extra_storeys < 1:
        return Generated(variants=(), weighed=(), choices=(), issues=())
    scales = Scales.of(ground, values, around, north_known=surroundings is not None or not math.isnan(ground.true_north_deg))
    seen: set[tuple[object, ...]] = set()
    for variant, found, tried in _all(site, tell):
        issues += [one for one in found if one not in issues]
        if variant.placed and max(module.storey for module in variant.placed) < variant.storeys:
            continue  # nothing stands that high: it is a variant of fewer storeys
        mark = (variant.concept, variant.storeys, variant.asked["access"], variant.why if not variant.placed else variant.placed)
        if mark in seen:
            continue
        seen.add(mark)
        routed, worth = _weighed(site, variant, tried, scales)
        weighed.append(worth)
        variants.append(routed)
        tries.append(tried)
    choices = choose(weighed)
    _finish(site, variants, tries, weighed, {choice.id for choice in choices}, scales)
    made = _ordered(variants, weighed, tries, issues, choices)
    return replace(made, variants=with_drawings(ground, made.variants, {choice.id for choice in choices}))


def _weighed(site: _Site, variant: Variant, tried: _Try, scales: Scales) -> tuple[Variant, Weighed]:
    """Return a layout with its routes, and what it is worth."""
    [variant] = within_reach([variant], site.ground.paths)
    routed = variant if tried.way is None else with_routes(variant, tried.way, site.values, scales)
    return routed, weigh(routed, tried.concepts, None if tried.way is None else tried.way.scheme, scales)


def _finish(
    site: _Site, variants: list[Variant], tries: Sequence[_Try], weighed: list[Weighed], shown: Collection[str], scales: Scales
) -> None:
    """Give what is put forward the layout that leaves the parts below the most room, as good in all else.

    And say there, and where a product has no place, what stops a larger layout and what would let it.
    """
    there = {variant.concept for variant in variants if variant.placed}
    for row, (variant, tried) in enumerate(zip(variants, tries, strict=True)):
        first = variant.concept not in there
        if len(tried.concepts) > 1 or not (first or variant.id in shown):
            continue
        there.add(variant.concept)
        again, _ = _placed(site, tried, shown=True)
        known = replace(variant, why_not=again.why_not, remedies=again.remedies)
        as_high = max((module.storey for module in again.placed), default=0) == max((module.storey for module in variant.placed), default=0)
        if variant.id in shown and as_high and _as_good(again, variant):
            variants[row], weighed[row] = _weighed(site, again, tried, scales)
        else:
            variants[row] = known


def _as_good(one: Variant, other: Variant) -> bool:
    """Return whether a layout has the dwellings, the area and the outcome of another, on parts that are not fuller."""
    same = one.dwellings_by_type == other.dwellings_by_type and abs(one.gfa_m2 - other.gfa_m2) < SAME_AREA_M2
    return same and one.outcome == other.outcome and not one.max_uc > other.max_uc


def local_surroundings(ground: PlacingGround, told: Surroundings | None) -> Surroundings:
    """Return surroundings in the coordinates of the building.

    They are told in those of the IFC file [m]. Without any, north is the one of the file, else its y axis.
    """
    frame = ground.local_to_ifc
    turn_deg = frame.rotation_deg
    if told is None:
        return Surroundings(north_deg=(0.0 if math.isnan(ground.true_north_deg) else ground.true_north_deg) + turn_deg)

    def local(shape: BaseGeometry) -> BaseGeometry:
        moved = shapely.affinity.translate(shape, -frame.origin_m[0], -frame.origin_m[1])
        return shapely.affinity.rotate(moved, -turn_deg, origin=(0.0, 0.0))

    return replace(
        told,
        neighbours=tuple(replace(one, polygon=local(one.polygon)) for one in told.neighbours),
        plot=None if told.plot is None else local(told.plot),
        north_deg=told.north_deg + turn_deg,
    )


def _ordered(
    variants: Sequence[Variant], weighed: Sequence[Weighed], tries: Sequence[_Try], issues: Sequence[Issue], choices: tuple[Choice, ...]
) -> Generated:
    able = [k for k, worth in enumerate(weighed) if worth.able]
    on_front = np.zeros(len(weighed), dtype=np.bool_)
    if able:
        on_front[able] = front(objective_values([weighed[k] for k in able]), [objective.direction for objective in OBJECTIVES])
    place_of = {choice.id: number for number, choice in enumerate(choices)}
    order = sorted(range(len(variants)), key=lambda k: (place_of.get(variants[k].id, len(choices)), not on_front[k], k))
    said = {choice.id: choice for choice in choices}
    shown = [replace(one, site=_site_of(tries[k])) if one.id in said else one for k, one in enumerate(variants)]
    return Generated(
        variants=tuple(with_worth(shown[k], weighed[k], bool(on_front[k]), said.get(variants[k].id)) for k in order),
        weighed=tuple(weighed[k] for k in order),
        choices=choices,
        issues=tuple(sorted(issues)),
    )


def _site_of(tried: _Try) -> Site:
    """Return the roofs that the storeys of a layout may stand on, and the stairs that it is reached by."""
    return Site(
        usable=usable_of(tried.roofs),
        stairs=()
        if tried.way is None
        else tuple(
            StairOf(kind=stair.kind, new=stair.new, certain=stair.certain, polygon=stair.polygon) for stair in tried.way.scheme.stairs
        ),
    )


def _all(site: _Site, tell: Callable[[str], None]) -> Iterator[tuple[Variant, tuple[Issue, ...], _Try]]:
    """Yield the layouts of every product, and then those of another product per wing."""
    alike: dict[tuple[int, float, str], list[tuple[Variant, _Try]]] = {}
    for concept in site.ground.concepts:
        tell(f"placing {concept.id}")
        for variant, found, tried in _of_concept(site, concept):
            if variant.placed and tried.below is site.careful and tried.programme.goal == site.settings.goal:
                asked = variant.storeys, float(variant.asked.get("storey-setback", 0.0)), variant.asked["access"]
                alike.setdefault(asked, []).append((variant, tried))
            yield variant, found, tried
    tell("placing another product per wing")
    for asked in sorted(alike):
        yield from _per_wing(site, alike[asked])


def _per_wing(site: _Site, alike: Sequence[tuple[Variant, _Try]]) -> Iterator[tuple[Variant, tuple[Issue, ...], _Try]]:
    """Yield a layout with several products along the walkway of the first, where it beats those of one product."""
    _, first = alike[0]
    tries = {tried.programme.concept.id: tried for _, tried in alike}
    programmes = {name: replace(tried.programme, walkway=first.programme.walkway) for name, tried in tries.items()}
    found = place_per_wing(
        site.careful,
        programmes,
        {name: tried.roofs for name, tried in tries.items()},
        mode="possible",
        single=[variant for variant, _ in alike],
        known=site.known,
    )
    if found is not None:
        variant, issues = found
        yield variant, issues, replace(first, concepts=tuple(tries[name].programme.concept for name in variant.concept.split("+")))


def _of_concept(site: _Site, concept: Concept) -> Iterator[tuple[Variant, tuple[Issue, ...], _Try]]:
    settings = site.settings
    for storeys in range(1, min(concept.max_storeys, settings.max_extra_storeys) + 1):
        for step_m in _steps(settings, storeys):
            filled: set[tuple[Ground | None, bool]] = set()
            for tried in _tries(site, concept, storeys, step_m):
                at = tried.shared, tried.below is site.careful
                if tried.programme.goal == "area" and at in filled:
                    continue
                variant, found = _placed(site, tried, shown=False)
                if _fills(variant, tried):
                    filled.add(at)
                yield variant, found, tried


def _fills(variant: Variant, tried: _Try) -> bool:
    """Return whether most dwellings and most area come together, so that area first gives this layout as well."""
    most_m2 = math.inf if tried.shared is None else variant.storeys * tried.shared.blind_area_m2
    return tried.programme.goal == "dwellings" and variant.gfa_m2 > most_m2 - SAME_AREA_M2


def _placed(site: _Site, tried: _Try, *, shown: bool) -> tuple[Variant, tuple[Issue, ...]]:
    return place(
        tried.below,
        tried.programme,
        tried.roofs,
        mode="possible",
        ground=tried.shared,
        rows=tried.rows,
        known=site.known,
        catalogue=site.ground.concepts,
        reasons=shown,
        slack=shown,
    )


def _steps(settings: Settings, storeys: int) -> tuple[float, ...]:
    if storeys == 1 or settings.storey_setback_m > 0.0:
        return (settings.storey_setback_m,)
    return (0.0, STEP_BACK_M)


def _tries(site: _Site, concept: Concept, storeys: int, step_m: float) -> Iterator[_Try]:
    settings = site.settings
    rules = _rules(site, step_m)
    product = with_new_roof(concept, site.values, settings)
    roofs = _roofs(site, rules, product, storeys)
    if storeys > 1 and not roofs[-1]:
        return  # no roof for the highest storey, by height or set-back: the layout of fewer storeys, which is tried too
    for way in _ways(site, product, roofs):
        shared: Ground | None = None
        for below, strength in ((site.careful, "assumed"), (site.below, "plausible")):
            rows: CapacityRows | None = None
            if below is site.careful and way is not None and way.walkway is not None and overloaded(below, roofs, way.walkway):
                continue
            for goal in _goals(settings, product, strength, step_m):
                programme = Programme(
                    concept=product,
                    storeys=storeys,
                    goal=goal,
                    mix=settings.mix,
                    mix_yields=settings.mix_yields if settings.mix else "dwellings",
                    walkway=None if way is None else way.walkway,
                    asked=_asked(settings, goal, way, step_m, strength),
                    barred=_barred(settings, way),
                )
                if shared is None and all(roofs) and not refused(programme):
                    shared = survey(site.below.structure, programme, roofs, known=site.known)
                if rows is None and shared is not None and len(shared.candidates):
                    rows = rows_of(below, programme, shared, mode="possible")
                yield _Try(programme=programme, roofs=roofs, way=way, shared=shared, rows=rows, below=below, concepts=(product,))


def _goals(settings: Settings, concept: Concept, strength: str, step_m: float) -> tuple[Goal, ...]:
    """Return the goals to try: what stands on assumed strengths in every way, what needs more than that for the goal asked only."""
    tried_step = step_m > settings.storey_setback_m
    if strength == "plausible" and (concept.own_support or tried_step):
        return ()
    if settings.mix or strength == "plausible" or tried_step:
        return (settings.goal,)
    return tuple(dict.fromkeys((settings.goal, *GOALS)))


def _ways(site: _Site, concept: Concept, roofs: Sequence[Sequence[UsableRoof]]) -> Sequence[Way | None]:
    """Return the ways in that can be built; none where the product has none that can."""
    settings, north_deg = site.settings, site.surroundings.north_deg
    asked: list[Kind] = [settings.access] if settings.access != "none" else [KINDS[name] for name in concept.access if name in KINDS]
    found: list[Way] = []
    for kind in asked:
        found += ways(
            site.ground,
            site.below,
            roofs,
            concept,
            kind,
            access_rules(site.values),
            side=settings.gallery_side,
            north_deg=north_deg,
            before=site.known.plans,
        )
    able = [way for way in found if way.walkway is not None]
    # a way in that was asked for and cannot be built bars the layout; without one asked it is left open, and said
    return able or ([None] if settings.access == "none" else found[:1] or [None])


def _barred(settings: Settings, way: Way | None) -> str:
    """Return why the access that was asked for cannot be built, empty where none was asked or it can."""
    if settings.access == "none" or (way is not None and way.walkway is not None):
        return ""
    return way.fault if way is not None else f"Geen ontsluiting van de gevraagde soort ({settings.access}) bereikt een trappenhuis."


def _rules(site: _Site, step_m: float) -> RoofRules:
    settings = replace(site.settings, storey_setback_m=step_m)
    removed = removable(site.ground.things, settings.remove_obstacles)
    return roof_rules(settings, surroundings=site.surroundings, fire=site.values.roof_rules["fire-distance"], removed=removed)


def _roofs(site: _Site, rules: RoofRules, concept: Concept, storeys: int) -> tuple[tuple[UsableRoof, ...], ...]:
    """Return the usable roofs per new storey; none for a storey that stands above the allowed height."""
    structure, cores = site.below.structure, [core.polygon for core in site.ground.cores]
    found = []
    for storey in range(1, storeys + 1):
        roofs = usable_roofs(structure, rules=rules, storey=storey, cores=cores)
        under = [
            storeys_under_height(
                rules,
                roof_z_m=roof.z_m,
                ground_z_m=structure.base_z_m,
                transfer_depth_m=concept.transfer_depth_m,
                storey_height_m=concept.height_m,
                roof_build_up_m=0.0,
            )
            for roof in roofs
        ]
        found.append(tuple(roof for roof, most in zip(roofs, under, strict=True) if storey <= most))
    return tuple(found)


def _asked(settings: Settings, goal: Goal, way: Way | None, step_m: float, strength: str) -> tuple[tuple[str, str], ...]:
    words = {
        "access": "none" if way is None else way.scheme.id,
        "goal": goal,
        "mix": "/".join(f"{share:g}" for share in settings.mix) + (f" ({settings.mix_yields})" if settings.mix else ""),
        "setback": "" if not settings.setback_m else f"{settings.setback_m:g}",
        "setback-side": "-".join(side.replace("=", "") for side in sorted(settings.setback_sides)),
        "storey-setback": "" if not step_m else f"{step_m:g}",
        "height-max": "" if settings.height_max_m is None else f"h{settings.height_max_m:g}",
        "fire-distance": "" if not settings.fire_distance_m else f"brand{settings.fire_distance_m:g}",
        "removed-obstacles": "" if not settings.remove_obstacles else f"zonder{len(settings.remove_obstacles)}",
        "strength": "" if strength == "assumed" else strength,
        "new-roof": "" if settings.new_roof == "bare" else settings.new_roof,
    }
    return tuple((name, text) for name, text in words.items() if text)
