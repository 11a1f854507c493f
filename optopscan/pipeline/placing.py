"""Modules on the roof: one layout per concept, re-checked from scratch."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from optopscan.catalog.concept import Concept
from optopscan.checks.capacity import Influence, Scenario, added_loads
from optopscan.checks.utilisation import OK, OUTCOMES, OVER, Effects, Utilisation, capacity, part_effects, utilisation
from optopscan.codes.en1990 import FactorSet
from optopscan.geometry import plane
from optopscan.issues import Issue
from optopscan.loads.eccentricity import LEAST_KN, LEAST_M, part_arms, wall_eccentricity_m
from optopscan.loads.take_down import Extension, take_down
from optopscan.model.arrays import FloatArray, IntArray
from optopscan.model.building import Building
from optopscan.model.loads import TakeDown
from optopscan.model.result import Topologies
from optopscan.model.structure import Distribution, Structure, is_wall
from optopscan.model.variant import Site, Usable, Variant
from optopscan.pipeline.checking import Checked
from optopscan.pipeline.loading import Loads
from optopscan.placement.below import Below
from optopscan.placement.cores import find_cores
from optopscan.placement.effects import removed_foot_kn
from optopscan.placement.leaning import Leaning
from optopscan.placement.placing_ground import PlacingGround, lean_ground
from optopscan.placement.programme import Programme
from optopscan.placement.recheck import CheckedLayout, LayoutLoads, worst_of
from optopscan.placement.roof import UsableRoof, roof_things, usable_roofs
from optopscan.placement.rows import Mode
from optopscan.placement.solve import Known
from optopscan.placement.variants import place
from optopscan.settings import Settings
from optopscan.structure.fields import is_gallery
from optopscan.structure.roof import built_over, head_faces

CHANGED_KN = 1e-6
ECCENTRIC_KNM = 0.01
NO_FACE = -1


@dataclass(frozen=True, kw_only=True)
class RowFactors:
    """Partial factors with the combination factor of the floors."""

    gamma_ga: float
    gamma_gb: float
    gamma_q: float
    gamma_g_inf: float
    psi0: float

    @classmethod
    def of(cls, factors: FactorSet, psi0: float) -> RowFactors:
        """Return the factors of a set with psi0."""
        return cls(
            gamma_ga=factors.gamma_ga, gamma_gb=factors.gamma_gb, gamma_q=factors.gamma_q, gamma_g_inf=factors.gamma_g_inf, psi0=psi0
        )


def placing_ground(
    structure: Structure,
    building: Building,
    checked: Checked,
    loads: Loads,
    concepts: Sequence[Concept],
    settings: Settings,
    paths: Topologies,
) -> PlacingGround:
    """Return all that placing needs of a checked building (`optopscan.placement.placing_ground`)."""
    elements = building.elements
    cores = find_cores(elements, structure, building.rooms)
    galleries = [
        polygon
        for members, polygon in zip(structure.fields.elements, structure.fields.polygon, strict=True)
        if is_gallery(elements, members)
    ]
    whole = PlacingGround(
        structure=structure,
        things=roof_things(elements, structure, [core.polygon for core in cores]),
        cores=cores,
        galleries=plane.union(galleries),
        local_to_ifc=building.local_to_ifc,
        true_north_deg=building.true_north_deg,
        actions=loads.actions,
        resistance=checked.resistance,
        factors=checked.factors,
        factors_afkeur=checked.factors_afkeur,
        psi0=loads.use.psi0,
        psi0_new=loads.psi0_new,
        new_imposed_kn_m2=loads.new_imposed_kn_m2,
        concepts=tuple(concepts),
        reach={row.concept: row.possible_vertical for row in checked.vertical.per_concept},
        paths=paths,
        unproven=unproven(checked),
        labels=checked.labels,
        settings=settings,
    )
    return lean_ground(whole)


def unproven(checked: Checked) -> tuple[str, ...]:
    """Return the subjects beside the vertical load path that are not shown to hold under an extension."""
    sides = checked.sides
    rows = {
        "foundation": [checked.answer.foundation_outcome],
        "stability": [row.outcome for row in sides.stability],
        "anchorage": [row.outcome for row in sides.anchorage],
        "robustness": [row.outcome for row in sides.robustness],
    }
    return tuple(name for name, outcomes in rows.items() if not outcomes or any(outcome != "ok" for outcome in outcomes))


def place_modules(ground: PlacingGround, *, slack: bool = True, better: bool = True) -> tuple[tuple[Variant, ...], tuple[Issue, ...]]:
    """Return one layout per concept at its possible storey count (at least one), and what was noticed.

    Layouts are of the kind `possible`: parts without a verdict may be used and make the
    outcome unknown; parts that are over are never loaded. A ground from a record gives the same
    bytes as that of the scan it was written by. ``slack``: of equally good layouts the one with the most room left, else the first.
    ``better``: where nothing goes also say what would let more stand there (`Variant.remedies`), which may take long.
    """
    settings = ground.settings
    if not len(ground.structure.heads) or settings.max_extra_storeys < 1:
        return (), ()
    below, known = below_of(ground), Known()
    variants: list[Variant] = []
    issues: list[Issue] = []
    for concept in ground.concepts:
        # nothing of a product on its own columns comes on the walls, so these do not count its storeys
        reach = settings.max_extra_storeys if concept.own_support else ground.reach.get(concept.id, 1)
        storeys = min(max(1, reach), concept.max_storeys)
        programme = Programme(
            concept=concept,
            storeys=storeys,
            goal=settings.goal,
            mix=settings.mix,
            mix_yields=settings.mix_yields if settings.mix else "dwellings",
        )
        roofs = (usable_roofs(below.structure, setback_m=settings.setback_m),) * storeys
        variant, found = place(below, programme, roofs, mode="possible", known=known, reasons=False, slack=slack)
        if not variant.placed:
            # where something stands `optopscan place` says what stops more; here the answer must not wait for it
            variant, found = place(
                below, programme, roofs, mode="possible", known=known, catalogue=ground.concepts, slack=slack, better=better
            )
        variants.append(replace(variant, site=Site(usable=usable_of(roofs))))
        issues.extend(found)
    return tuple(variants), tuple(issues)


def usable_of(roofs: Sequence[Sequence[UsableRoof]]) -> tuple[Usable, ...]:
    """Return the usable roofs per new storey, the lowest first, as a drawing shows them."""
    return tuple(Usable(storey=storey, z_m=roof.z_m, polygon=roof.polygon) for storey, found in enumerate(roofs, start=1) for roof in found)


def below_of(ground: PlacingGround, *, mode: Mode = "possible") -> Below:
    """Return the building under all layouts, with the ordinary checks as the judge of each.

    For ``proven`` layouts parts have the strength that is assumed, not the highest plausible one.
    """
    structure = placeable_roof(ground.structure)
    psi0 = max(ground.psi0, ground.psi0_new)
    last: list[LayoutLoads] = []

    def rebuild(layout: LayoutLoads) -> Mapping[Distribution, TakeDown]:
        last[:] = [layout]
        extension = Extension(
            head_permanent_kn=layout.permanent_head_kn,
            head_imposed_kn=layout.imposed_head_kn,
            removed_cell_kn=layout.removed_cell_kn,
        )
        return take_down(structure, ground.actions, extension)

    def check(rebuilt: Mapping[Distribution, TakeDown]) -> CheckedLayout:
        found = check_layout(ground, rebuilt, psi0, last[0])
        # Modules beside the wall axis bring a moment that no check covers yet.
        eccentric = float(np.abs(last[0].shift_knm).max(initial=0.0)) > ECCENTRIC_KNM
        eccentric |= any(leaning.exceeded(ground.take_downs[name], take).any() for name, take in rebuilt.items())
        eccentric &= found.outcome == "ok"
        return replace(found, outcome="unknown") if eccentric else found

    leaning = Leaning(
        arms_m={name: part_arms(structure, name) for name in ground.take_downs},
        most_m=np.where(
            is_wall(structure.parts),
            np.maximum(wall_eccentricity_m(structure, ground.take_downs, ground.settings.removable_ballast_kn_m2), LEAST_M),
            np.nan,
        ),
        least_kn=LEAST_KN,
    )
    capacities = {
        name: capacity(ground.resistance, take, ground.existing, factors=ground.factors, best=mode == "possible")
        for name, take in ground.take_downs.items()
    }
    return Below(
        structure=structure,
        take_downs=ground.take_downs,
        capacities=capacities,
        factors=RowFactors.of(ground.factors, psi0),
        imposed_kn_m2=ground.new_imposed_kn_m2,
        ballast_kn_m2=ground.settings.removable_ballast_kn_m2,
        leaning=leaning,
        rebuild=rebuild,
        check=check,
    )


def placeable_roof(structure: Structure) -> Structure:
    """Return the structure with only the roof faces that have heads, the level that is built on first.

    Heads on which a wall goes on above the roof belong to no face: a module has no place there.
    """
    chosen = head_faces(structure.roof_faces)
    row = {old: new for new, old in enumerate(chosen)}
    face = np.array([row[int(k)] for k in structure.heads.face], dtype=np.int64)
    return replace(
        structure,
        roof_faces=tuple(structure.roof_faces[k] for k in chosen),
        roof_obstacles=tuple(replace(o, face=row[o.face]) for o in structure.roof_obstacles if o.face in row),
        heads=replace(structure.heads, face=np.where(built_over(structure), NO_FACE, face)),
    )


def layout_use(ground: PlacingGround, structure: Structure, layout: LayoutLoads) -> tuple[FloatArray, IntArray]:
    """Return the unity check and outcome (n_part,) of every part with a layout, by the ordinary checks; nan: not known."""
    extension = Extension(
        head_permanent_kn=layout.permanent_head_kn, head_imposed_kn=layout.imposed_head_kn, removed_cell_kn=layout.removed_cell_kn
    )
    psi0 = max(ground.psi0, ground.psi0_new)
    rebuilt = take_down(structure, ground.actions, extension)
    states = [{name: part_effects(take, factors=ground.factors, psi0=psi0) for name, take in rebuilt.items()}]
    if any(_lifts(before, layout) for before in ground.take_downs.values()):
        states.append({name: _relief_apart(ground, before, layout, psi0) for name, before in ground.take_downs.items()})
    found = [utilisation(one, ground.resistance, bearing_known=ground.structure.parts.bearing_known) for one in states]
    uc, outcome = np.asarray(found[0].uc), np.asarray(found[0].outcome)
    for one in found[1:]:
        uc, outcome = np.fmax(uc, one.uc), np.maximum(outcome, one.outcome)
    return np.asarray(uc), np.asarray(outcome)


def check_layout(
    ground: PlacingGround, rebuilt: Mapping[Distribution, TakeDown], psi0: float, layout: LayoutLoads | None = None
) -> CheckedLayout:
    """Return the ordinary checks of the building loaded with a layout, on the parts whose load changed.

    The take-down adds up what presses and what lifts a part. With the ``layout`` a part must hold as well when what lifts it
    counts as relief apart, as it does for the storeys over the whole roof.
    """
    n_part = len(ground.structure.parts)
    changed = np.zeros(n_part, dtype=bool)
    summed, apart = {}, {}
    for name, take in rebuilt.items():
        before = ground.take_downs[name]
        old = np.asarray(before.imposed_foot_kn).sum(axis=1)
        changed |= np.abs(take.permanent_foot_kn - before.permanent_foot_kn) > CHANGED_KN
        changed |= np.abs(np.asarray(take.imposed_foot_kn).sum(axis=1) - old) > CHANGED_KN
        summed[name] = part_effects(take, factors=ground.factors, psi0=psi0)
        if layout is not None and _lifts(before, layout):
            size_kn = np.abs(layout.permanent_head_kn) + np.abs(layout.imposed_head_kn).sum(axis=1)
            changed |= np.abs(before.influence_foot) @ size_kn > CHANGED_KN
            apart[name] = _relief_apart(ground, before, layout, psi0)
    both = (summed, apart) if apart else (summed,)
    rows = np.flatnonzero(changed)
    return worst_of([_verdict(utilisation(e, ground.resistance, bearing_known=ground.structure.parts.bearing_known), rows) for e in both])


def _lifts(before: TakeDown, layout: LayoutLoads) -> bool:
    down = (layout.permanent_head_kn >= 0).all() and (layout.imposed_head_kn >= 0).all()
    return not down or bool((before.influence_foot < 0).any())


def _relief_apart(ground: PlacingGround, before: TakeDown, layout: LayoutLoads, psi0: float) -> Effects:
    scenario = Scenario(
        id="layout",
        concept="",
        storeys=layout.imposed_head_kn.shape[1],
        head_permanent_kn=layout.permanent_head_kn,
        head_imposed_kn=layout.imposed_head_kn,
    )
    added = added_loads(scenario, Influence.of(before))
    removed_kn = removed_foot_kn(ground.structure, before.distribution, layout.removed_cell_kn)
    return part_effects(
        replace(before, permanent_foot_kn=before.permanent_foot_kn - removed_kn),
        factors=ground.factors,
        psi0=psi0,
        added_permanent_kn=added.permanent,
        added_relief_kn=added.relief,
        added_imposed_kn=added.imposed,
        added_raised_kn=added.raised,
        psi0_added=psi0,
    )


def _verdict(result: Utilisation, rows: IntArray) -> CheckedLayout:
    known = result.uc[rows][np.isfinite(result.uc[rows])]
    worst = int(result.outcome[rows].max(initial=OK))
    failing = tuple(int(i) for i in rows if result.outcome[i] == OVER)
    failing_uc = tuple(float(result.uc[i]) for i in failing)
    return CheckedLayout(max_uc=float(known.max(initial=0.0)), outcome=OUTCOMES[worst], failing=failing, failing_uc=failing_uc)
