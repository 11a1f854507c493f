"""Random buildings with a random product: a whole `PlacingGround`, so that the real take-down and the real checks judge.

Walls along y at every bay, two to four storeys, rectangular or L-shaped, turned. By chance: a beam that carries an interior wall
to its neighbours (transfer), a beam whose far end stands on one pier and lifts the next (cantilever), upper walls beside the
axis of the lower ones (moments), floors on one side, walls without known bearing or strength, a wall that is over as it stands,
walls that need a least load, strengths that are assumed.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np
import shapely

from optopscan.catalog.concept import Concept, UnitType
from optopscan.catalog.engineering import load_engineering
from optopscan.checks.resistance import Resistance, part_resistance
from optopscan.checks.utilisation import part_effects
from optopscan.codes.en1990 import FactorSet
from optopscan.loads.actions import Actions, CellActions
from optopscan.loads.eccentricity import wall_eccentricity_m
from optopscan.loads.take_down import take_down
from optopscan.model.building import LocalToIfc
from optopscan.model.result import Topologies
from optopscan.model.structure import (
    Distribution,
    Materials,
    Structure,
)
from optopscan.placement.placing_ground import PlacingGround
from optopscan.placement.roof import UsableRoof, usable_roofs
from optopscan.settings import Settings

from .factory import concept as module
from .factory import quantity
from .random_plan import Plan

NEW_KN_M2 = 8.0
STRENGTH_MPA = 5.0
GROUPS = ("clay", "calcium-silicate", "concrete")


@dataclass(frozen=True, kw_only=True)
class RandomRoof:
    """What `place` is asked about one building; ``has`` names what the building has."""

    ground: PlacingGround
    concept: Concept
    storeys: int
    roofs: tuple[tuple[UsableRoof, ...], ...]
    max_candidates: int
    has: frozenset[str]


@cache
def factor_sets() -> tuple[FactorSet, FactorSet]:
    engineering = load_engineering()
    return engineering.factor_set("nen8700", "verbouw", "CC2"), engineering.factor_set("nen8700", "afkeur", "CC2")


def random_roof(seed: int, *, few: bool) -> RandomRoof:
    """Return building ``seed``; with ``few`` at most a dozen candidates."""
    rng = np.random.default_rng(seed)
    storeys = int(rng.integers(1, 4))
    plan = Plan(rng)
    product = _product(rng, plan)
    structure = plan.structure()
    actions = _actions(rng, structure)
    verbouw, afkeur = factor_sets()
    take_downs = take_down(structure, actions)
    resistance = _resistance(rng, plan, structure, take_downs, storeys)
    psi0, psi0_new = (0.4, 0.4) if rng.random() < 0.7 else (0.4, 0.5)
    credit = bool(rng.random() < 0.25)
    ground = PlacingGround(
        structure=structure,
        things=(),
        cores=(),
        galleries=shapely.Polygon(),
        local_to_ifc=LocalToIfc(origin_m=(0.0, 0.0, 0.0), rotation_deg=0.0, unit_m=1.0),
        true_north_deg=math.nan,
        unproven=("foundation",),
        actions=actions,
        resistance=resistance,
        factors=verbouw,
        factors_afkeur=afkeur,
        psi0=psi0,
        psi0_new=psi0_new,
        new_imposed_kn_m2=float(rng.choice([1.75, 2.55])),
        concepts=(product,),
        reach={product.id: storeys},
        paths=Topologies(),
        labels=("B",) * len(structure.parts),
        settings=Settings(roof_ballast_evidence=credit, roof_ballast_kn_m2=0.9),
    )
    vars(ground)["take_downs"] = take_downs  # the cached property: the same loads, once
    back_m = float(rng.choice([0.0, 0.0, 0.6, 2.6]))
    roofs = tuple(plan.stepped(usable_roofs(structure), storey * back_m) for storey in range(storeys))
    has = plan.has | {name for name, there in (("set back", back_m > 0 and storeys > 1), ("credit", credit)) if there}
    return RandomRoof(
        ground=ground,
        concept=product,
        storeys=storeys,
        roofs=roofs,
        max_candidates=max(1, (12 if few else 36) // storeys),
        has=frozenset(has),
    )


def _actions(rng: np.random.Generator, structure: Structure) -> Actions:
    cells = structure.cells
    area, roof = cells.area_m2, cells.roof
    none = CellActions(permanent_kn=np.zeros(0), imposed_kn=np.zeros(0), roof_imposed_kn=np.zeros(0), level=np.zeros(0, dtype=int))
    return Actions(
        cells=CellActions(
            permanent_kn=cells.weight_kn + np.where(roof, 1.2, 1.0) * area,
            imposed_kn=np.where(roof, 0.0, float(rng.uniform(1.5, 2.5)) * area),
            roof_imposed_kn=np.where(roof, area, 0.0),
            level=structure.fields.storey[cells.field],
        ),
        loose=none,
        n_level=len(structure.level_z_m),
        assumptions=(),
        finish_m2=np.zeros(len(cells)),
    )


def _resistance(
    rng: np.random.Generator, plan: Plan, structure: Structure, take_downs: dict[Distribution, Any], storeys: int
) -> Resistance:
    """Return the clauses of the library, with strengths that leave each wall a little or a lot of room."""
    parts, n, wall = structure.parts, len(structure.parts), np.array([part.wall for part in plan.parts])
    group = rng.choice(GROUPS, plan.n_wall)[wall]
    eccentricity = np.zeros((n, 2))
    eccentricity[:, 0] = wall_eccentricity_m(structure, take_downs)

    def of(strength_mpa: np.ndarray) -> Resistance:
        materials = Materials(
            group=tuple(group),
            grade=(None,) * n,
            density_kg_m3=np.full(n, 1800.0),
            strength_mpa=np.full(n, np.nan),
            strength_default_mpa=strength_mpa,
            source=("test",) * n,
            self_weight_kn=parts.self_weight_kn,
        )
        return part_resistance(
            parts=parts,
            elements=None,  # type: ignore[arg-type]  # no check of a pier reads them
            materials=materials,
            factors=factor_sets()[0],
            concrete_floor_head=np.ones(n, dtype=bool),
            concrete_floor_foot=np.ones(n, dtype=bool),
            eccentricity_m=eccentricity,
        )

    first = of(np.full(n, STRENGTH_MPA))
    asked = np.max([part_effects(take, factors=factor_sets()[0], psi0=0.4).n_max_kn for take in take_downs.values()], axis=0)
    with np.errstate(divide="ignore", invalid="ignore"):
        use = np.nanmax(np.where(first.applies, asked / first.n_hi_kn, 0.0), axis=1)
    beam = np.array([kind == "beam" for kind in parts.kind])
    # room for a little less than one side of one storey up to both sides of all
    wide_m = np.convolve(np.diff(plan.x), [0.5, 0.5])[wall]
    one_kn = NEW_KN_M2 * wide_m * parts.length_m
    room = 1.0 + one_kn * rng.uniform(0.8, 1.0 + storeys, plan.n_wall)[wall] * rng.uniform(1.0, 1.4, n) / np.maximum(asked.max(axis=1), 1.0)
    if rng.random() < 0.2:
        plan.has.add("over")
        room[int(rng.integers(n))] = 0.93
    strength = STRENGTH_MPA * np.where(np.isfinite(use) & (use > 0), use, 1.0) * room
    if rng.random() < 0.25:
        plan.has.add("strength unknown")
        strength[int(rng.integers(n))] = np.nan
    found = of(strength)
    applies, low, high, best = (np.array(table) for table in (found.applies, found.n_lo_kn, found.n_hi_kn, found.n_best_kn))
    # a beam has no check here: its limit is drawn, at head and foot, sometimes not known
    applies[beam] = [True, False, True, False]
    drawn = np.max(asked, axis=1, keepdims=True) * rng.uniform(1.1, 2.5, (n, 4))
    high[beam] = np.where(applies, drawn, np.nan)[beam]
    if beam.any() and rng.random() < 0.15:
        high[beam] = np.nan
    # head and foot nearly alike: which of them governs depends on the combination
    close = rng.random(n) < 0.3
    beside = high[:, 0] + rng.uniform(1.1, 1.35, n) * parts.self_weight_kn
    high[close, 2] = np.where(applies[:, 2], beside, np.nan)[close]
    assumed = rng.random(n) < 0.3
    best = np.where(assumed[:, None], 1.25, 1.0) * high
    low[beam] = np.where(np.isfinite(high[beam]), 0.0, np.nan)
    least = np.min([part_effects(take, factors=factor_sets()[0], psi0=0.4).n_min_kn for take in take_downs.values()], axis=0)
    if rng.random() < 0.3:
        plan.has.add("least load")
        needs = rng.random(n) < 0.15
        low[needs] = np.where(np.isfinite(high[needs]), np.maximum(rng.uniform(0.3, 1.0) * least[needs, :1], 0.0), np.nan)
    for part in plan.parts:
        # what a cantilever lifts needs some of the load that holds it down
        if part.kind == "beam" and min(share for _, share in part.on) < 0 and rng.random() < 0.6:
            far = plan.row[min(part.on, key=lambda support: support[1])[0]]
            low[far] = np.where(applies[far] & np.isfinite(high[far]), max(rng.uniform(0.7, 1.0) * float(least[far, 0]), 0.0), low[far])
    clauses = tuple(("beam", "", "beam", "") if is_beam else row for is_beam, row in zip(beam, found.clauses, strict=True))
    reason = tuple("" if beam[k] and np.isfinite(high[k, 0]) else word for k, word in enumerate(found.reason))
    return Resistance(applies=applies, n_lo_kn=low, n_hi_kn=high, n_best_kn=best, clauses=clauses, reason=reason, terms={}, texts={})


def _product(rng: np.random.Generator, plan: Plan) -> Concept:
    bay_m = float(plan.x[1])
    wide = bool(rng.random() < 0.6)
    width_m = bay_m if wide else float(rng.choice([2.4, 3.0, 3.6]))
    sizes = [1] if wide and rng.random() < 0.7 else rng.choice([1, 2, 3], 2, replace=False).tolist()
    takes = bool(rng.random() < 0.5)
    return module(
        id="test",
        width_m=width_m,
        width_options_m=(width_m,),
        length_m=float(rng.choice([plan.depth_m, 6.0])),
        length_lo_m=float(rng.choice([3.6, 5.0])),
        supports=str(rng.choice(["line-long", "line-long", "line-short", "point"])),
        transfer_takes_moment=takes,
        transfer_span_max_m=float(rng.choice([0.0, 6.0])) if wide else 6.0,
        support_offset_max_m=float(rng.choice([0.05, 0.4])) if takes else 0.05,
        overhang_max_m=float(rng.choice([0.0, 0.3])),
        g_floor_kn_m2=quantity(float(rng.uniform(1.2, 3.5))),
        g_wall_kn_m=quantity(float(rng.choice([0.0, 0.5]))),
        g_roof_kn_m2=quantity(float(rng.uniform(0.3, 1.2))),
        g_transfer_kn_m2=quantity(float(rng.choice([0.3, 0.8]))),
        unit_types=tuple(
            UnitType(code=f"{size}m", modules=size, gbo_m2=25.0 * size, gfa_m2=30.0 * size, rooms=size, persons=size) for size in sizes
        ),
    )
