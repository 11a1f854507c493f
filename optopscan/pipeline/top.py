"""Rows of the record about the new top and what it makes of the building: anchorage, robustness, the roof slab as a floor."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from optopscan.catalog.concept import Concept
from optopscan.checks.anchorage import SIDES, TopForces, TopSupports, connector_use, top_forces
from optopscan.checks.scenarios import usable
from optopscan.codes import en1991_1_4
from optopscan.codes.en1991_1_7 import CLASSES, robustness_class
from optopscan.model.arrays import FloatArray
from optopscan.model.sides import AnchorageCheck, RobustnessCheck, SlabAsFloor
from optopscan.model.verdict import Outcome
from optopscan.pipeline.side_case import SideCase
from optopscan.pipeline.wind import WindFrame, number, sites
from optopscan.structure.roof import build_faces

EQUAL_DIGITS = 9
SHOWN_SUPPORTS = 5
OLD_ROOF = (1.2, 1.5)
"""Factors of the era design load in the comparison of the roof slab: permanent and imposed load as built."""
OLD_ROOF_IMPOSED_KN_M2 = 1.0
ASKED = "trekbanden, tweede draagweg of sleutelelementen"
SERVICES_KN_M2 = 0.5
"""Light inner walls, ceiling and services on a slab that becomes a floor."""


@dataclass(frozen=True, kw_only=True, eq=False)
class TopPlan:
    """The supports of a full-cover top, gathered per bearing part, in the axes of the block."""

    parts: tuple[int, ...]
    supports: TopSupports


def top_plan(case: SideCase, frame: WindFrame | None) -> TopPlan | None:
    """Return the parts that carry the new top, None where there are none."""
    heads, structure = case.structure.heads, case.structure
    chosen = build_faces(structure.roof_faces)
    rows = np.flatnonzero(np.isin(np.asarray(heads.face), chosen) & (np.asarray(heads.trib_area_m2) > 0.0)) if chosen else np.zeros(0, int)
    if frame is None or not len(rows):
        return None
    turn = np.radians(frame.block.azimuth_deg)
    x, y = 0.5 * (heads.x0_m + heads.x1_m)[rows], 0.5 * (heads.y0_m + heads.y1_m)[rows]
    u, v = x * np.cos(turn) + y * np.sin(turn), y * np.cos(turn) - x * np.sin(turn)
    length = np.hypot(heads.x1_m - heads.x0_m, heads.y1_m - heads.y0_m)[rows]
    area = np.asarray(heads.trib_area_m2)[rows]
    part = np.asarray(heads.part)[rows]
    own = np.unique(part)
    corners = np.concatenate([np.asarray(structure.roof_faces[k].polygon.exterior.coords)[:, :2] for k in chosen])
    cu, cv = corners @ np.array([np.cos(turn), np.sin(turn)]), corners @ np.array([-np.sin(turn), np.cos(turn)])

    def mean(values: np.ndarray) -> np.ndarray:
        return np.array([float(np.average(values[part == i], weights=area[part == i])) for i in own])

    supports = TopSupports(
        x_m=mean(u),
        y_m=mean(v),
        area_m2=np.array([float(area[part == i].sum()) for i in own]),
        length_m=np.array([float(max(length[part == i].sum(), 0.1)) for i in own]),
        extent_m=(float(np.ptp(cu)), float(np.ptp(cv))),
        origin_m=(float(cu.min()), float(cv.min())),
    )
    return TopPlan(parts=tuple(int(i) for i in own), supports=supports)


def anchorage_checks(case: SideCase, frame: WindFrame | None) -> tuple[AnchorageCheck, ...]:
    """Return the supports that govern the anchorage of every scenario with storeys."""
    plan = top_plan(case, frame)
    by_id = {concept.id: concept for concept in case.concepts}
    old = next(row.height_m for row in case.scenarios if not row.concept)
    rows: list[AnchorageCheck] = []
    for scenario in case.scenarios:
        if not scenario.storeys:
            continue
        concept = by_id[scenario.concept]
        if plan is None or not usable(concept):
            rows.append(_no_support(scenario.id))
            continue
        rows.extend(_anchored(case, plan, concept, scenario.id, scenario.storeys, scenario.height_m, old))
    return tuple(rows)


def light_kn_m2(concept: Concept, storeys: int) -> float:
    """Return the lower value of the weight of a top [kN/m2 of roof]: what holds it down."""
    storey = concept.storey_load_kn_m2(width_m=concept.width_m, length_m=concept.length_m, bound="lo")
    return storeys * storey + concept.g_roof_kn_m2.lo + concept.g_transfer_kn_m2.lo


def _no_support(scenario: str) -> AnchorageCheck:
    nan = float("nan")
    return AnchorageCheck(
        scenario=scenario,
        support="",
        uplift_kn=nan,
        shear_kn=nan,
        uc=nan,
        outcome="unknown",
        why="geen steunpunten onder het dak",
        inputs={},
    )


def _anchored(
    case: SideCase, plan: TopPlan, concept: Concept, scenario: str, storeys: int, height_m: float, old_m: float
) -> list[AnchorageCheck]:
    site = sites(case.settings)[0]
    weight = light_kn_m2(concept, storeys)
    forces = top_forces(
        plan.supports,
        height_m=height_m,
        top_height_m=height_m - old_m,
        weight_kn_m2=weight,
        wind_speed_m_s=site.speed_m_s,
        terrain=en1991_1_4.TERRAINS[site.terrain],
        consequence_class=case.settings.consequence_class,
    )
    length = np.asarray(plan.supports.length_m)
    capacity = concept.connector_uplift_kn_m * length, concept.connector_shear_kn_m * length
    uc = connector_use(uplift_kn=forces.uplift_kn, shear_kn=forces.shear_kn, uplift_capacity_kn=capacity[0], shear_capacity_kn=capacity[1])
    need_kn_m = forces.uplift_kn / length + forces.shear_kn / length
    order = shown_supports(uc, need_kn_m)
    pull, slide = np.max(forces.uplift_kn / length), np.max(forces.shear_kn / length)
    forces_told = f"nodig tot {pull:.1f} kN/m trek en {slide:.1f} kN/m afschuiving".replace(".", ",")
    need = "en alle steunpunten liggen op een lijn" if np.isnan(pull) else forces_told
    return [_anchor_row(case, plan, scenario, site, forces, uc, weight, need, i) for i in order]


def shown_supports(uc: FloatArray, need_kn_m: FloatArray) -> list[int]:
    """Return the supports that tell the outcome, at most `SHOWN_SUPPORTS`: over, then unknown, then the highest use.

    Parameters
    ----------
    uc
        Use of the connector of each support [-], nan where it is not known.
    need_kn_m
        What is asked of it [kN/m]; it ranks the unknown ones.
    """
    level = np.where(np.isnan(uc), 1, np.where(uc > 1.0, 0, 2))
    # equal but for the last digit, which differs between versions of numpy, is equal: the first goes first
    size = np.round(np.nan_to_num(np.where(np.isnan(uc), need_kn_m, uc), nan=np.inf), EQUAL_DIGITS)
    return sorted(range(len(uc)), key=lambda i: (level[i], -size[i], i))[:SHOWN_SUPPORTS]


def _anchor_row(
    case: SideCase, plan: TopPlan, scenario: str, site: object, forces: TopForces, uc: np.ndarray, weight: float, need: str, i: int
) -> AnchorageCheck:
    outcome: Outcome = "unknown" if np.isnan(uc[i]) else "ok" if uc[i] <= 1.0 else "over"
    why = {"ok": "", "unknown": f"koppeling niet opgegeven, {need}", "over": f"koppeling te licht, {need}"}[outcome]
    return AnchorageCheck(
        scenario=scenario,
        support=case.structure.parts.id[plan.parts[i]],
        uplift_kn=float(forces.uplift_kn[i]),
        shear_kn=float(forces.shear_kn[i]),
        uc=float(uc[i]),
        outcome=outcome,
        why=why,
        inputs={
            "site": str(site),
            "wind_from": SIDES[int(forces.side[i])],
            "roof_zone": en1991_1_4.ROOF_ZONES[int(forces.zone[i])],
            "area_m2": float(plan.supports.area_m2[i]),
            "length_m": float(plan.supports.length_m[i]),
            "weight_lo_kn_m2": weight,
            "suction_d_kn": float(forces.suction_kn[i]),
            "overturning_d_kn": float(forces.overturning_kn[i]),
            "weight_d_kn": float(forces.weight_kn[i]),
        },
    )


def robustness_checks(case: SideCase) -> tuple[RobustnessCheck, ...]:
    """Return the class of EN 1991-1-7 before and after; a higher class is unknown until the engineer settles it."""
    structure = case.structure
    chosen = build_faces(structure.roof_faces)
    roof = structure.roof_faces[chosen[0]].z_m if chosen else max(structure.level_z_m)
    before = max(1, sum(z < roof - 1.0 for z in structure.level_z_m))
    rows = []
    for scenario in case.scenarios:
        after = before + scenario.storeys
        old, new = (CLASSES[int(robustness_class(n))] for n in (before, after))
        rises = CLASSES.index(new) > CLASSES.index(old)
        why = f"van {before} naar {after} bouwlagen: {old} wordt {new}; {ASKED}"
        settled = case.settings.robustness_settled
        outcome: Outcome = "unknown" if rises and not settled else "ok"
        rows.append(
            RobustnessCheck(
                scenario=scenario.id,
                storeys_before=before,
                storeys_after=after,
                class_before=old,
                class_after=new,
                outcome=outcome,
                why=why if outcome == "unknown" else "",
            )
        )
    return tuple(rows)


def slab_as_floor(case: SideCase) -> tuple[SlabAsFloor, ...]:
    """Return for each roof field what carrying the new floor itself would ask, compared with what the roof was built for.

    ENGINEERING 2.6 (b): (gamma_G (slab + finish + services) + gamma_Q (1.75 + partitions)) over the design load of a roof with
    its ballast. A comparison shows no capacity, so it is never ok; without ballast told, the roof is taken without.
    """
    structure, settings, factors = case.structure, case.settings, case.factors
    fields = structure.fields
    rows = []
    for f in sorted({structure.roof_faces[k].field for k in build_faces(structure.roof_faces)}):
        area = float(fields.polygon[f].area)
        slab = float(fields.weight_kn[f]) / area if area > 0 else float("nan")
        ballast = settings.removable_ballast_kn_m2
        new = factors.gamma_gb * (slab + settings.floor_finish_kn_m2 + SERVICES_KN_M2) + factors.gamma_q * case.loads.new_imposed_kn_m2
        old = OLD_ROOF[0] * (slab + settings.roof_membrane_kn_m2 + ballast) + OLD_ROOF[1] * OLD_ROOF_IMPOSED_KN_M2
        ratio = new / old
        rows.append(
            SlabAsFloor(
                field=int(f),
                elements=tuple(case.building.elements.id[i] for i in fields.elements[f]),
                uc=float(ratio),
                outcome="unknown",
                why=f"wapening onbekend; als vloer {number(ratio)} maal de rekenbelasting waarvoor een dak werd gebouwd",
                inputs={
                    "slab_kn_m2": slab,
                    "finish_kn_m2": settings.floor_finish_kn_m2,
                    "services_kn_m2": SERVICES_KN_M2,
                    "imposed_kn_m2": case.loads.new_imposed_kn_m2,
                    "gamma_gb": factors.gamma_gb,
                    "gamma_q": factors.gamma_q,
                    "membrane_kn_m2": settings.roof_membrane_kn_m2,
                    "ballast_kn_m2": ballast,
                    "old_gamma_g": OLD_ROOF[0],
                    "old_gamma_q": OLD_ROOF[1],
                    "old_imposed_kn_m2": OLD_ROOF_IMPOSED_KN_M2,
                },
            )
        )
    return tuple(rows)
