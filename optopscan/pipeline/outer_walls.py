"""Bearing outer walls under wind: which they are, what width of facade they hold, and their rows in the record."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import shapely

from optopscan.checks.stability import Site
from optopscan.checks.wall_wind import NO_CHECK, WallWind, clause_of, mid_forces, wall_wind, wind_moment_knm
from optopscan.codes import en1991_1_4
from optopscan.geometry import plane
from optopscan.model.arrays import BoolArray, FloatArray, IntArray
from optopscan.model.sides import WallWindCheck
from optopscan.model.verdict import Outcome
from optopscan.pipeline.side_case import SideCase
from optopscan.pipeline.wind import WindFrame, lean_effects, number, rules_of, sites, states_of

OUTER_M = 0.6
ON_TOP_M = 0.5
"""A floor this far from the head of a wall, up or down, is the one on it."""
JOINT_M = 0.3
"""Half the width of a gap between floors that a wall may fill."""
NOT_FOUND = "dragende gevels niet te vinden: geen vloeren, of van geen wand is zeker dat zij draagt"
SHOWN_WALLS = 5
WALL_PRESSURE = 0.8 - en1991_1_4.INTERNAL_PRESSURE[0]
"""c_pe of the windward wall and c_pi of -0.3."""
CORNER_SUCTION = en1991_1_4.INTERNAL_PRESSURE[1] - en1991_1_4.WALL_SUCTION["A"]


def wall_wind_checks(case: SideCase, frame: WindFrame | None) -> tuple[WallWindCheck, ...]:
    """Return the outer walls that govern in every state, or one row that says there are none."""
    ids = tuple(row[0] for row in states_of(case))
    rows = outer_walls(case, frame) if frame is not None else np.zeros(0, dtype=np.int64)
    if frame is None and "pier" in case.structure.parts.kind:
        return tuple(_no_wall(name, "unknown", NOT_FOUND) for name in ids)
    if frame is None or not len(rows):
        return tuple(_no_wall(name, "ok", "") for name in ids)
    heights = {row.id: row.height_m for row in case.scenarios}
    tall = np.array([heights[name] for name in ids])
    found = [_usage(case, frame, rows, tall, site) for site in sites(case.settings)[:2]]
    made: list[WallWindCheck] = []
    for k, name in enumerate(ids):
        made.extend(_wall_rows(case, name, rows, found[0], found[1], k, float(tall[k])))
    return tuple(made)


def outer_walls(case: SideCase, frame: WindFrame) -> IntArray:
    """Return the piers of outer walls: those the model says are, or that lie at the edge of the floors or of the floor on them.

    A model that calls no wall external says nothing with it.
    """
    structure, elements = case.structure, case.building.elements
    parts, fields = structure.parts, structure.fields
    plans = [p for p, kind in zip(fields.polygon, fields.kind, strict=True) if kind != "ground"]
    edge = plane.union(plans).boundary
    pier = np.array([kind == "pier" for kind in parts.kind], dtype=bool) & np.asarray(parts.bearing_known)
    pier &= np.asarray(parts.z1_m) > frame.block.ground_m
    told = [elements.is_external[i] for i in np.asarray(parts.element).tolist()]
    if True not in told:
        told = [None] * len(parts)
    reach = 0.5 * np.nan_to_num(parts.thickness_m) + OUTER_M
    near = shapely.distance(shapely.points(parts.x_m, parts.y_m), edge) <= reach
    near |= _under_an_edge(case, pier) <= reach
    outer = np.array([near[i] if told[i] is None else bool(told[i]) for i in range(len(parts))], dtype=bool)
    return np.flatnonzero(pier & outer)


def _under_an_edge(case: SideCase, pier: BoolArray) -> FloatArray:
    """Return the distance of piers to the outline of the floors that lie on their own level [m], (n_part,); inf for others.

    The outline of all floors together hides the walls of a storey that stands back from the one below.
    """
    parts, fields = case.structure.parts, case.structure.fields
    top = np.round(np.asarray(parts.z1_m), 1)
    found = np.full(len(parts), np.inf)
    for z in np.unique(top[pier]).tolist():
        level = (np.asarray(fields.z0_m) - ON_TOP_M <= z) & (z <= np.asarray(fields.z1_m) + ON_TOP_M)
        plans = [fields.polygon[f] for f in np.flatnonzero(level).tolist() if fields.kind[f] != "ground"]
        if not plans:
            continue
        # joints between floors and the holes of stairs are no outline
        closed = plane.union(plans).buffer(JOINT_M, join_style="mitre").buffer(-JOINT_M, join_style="mitre")
        outline = shapely.union_all([shapely.LinearRing(p.exterior.coords) for p in shapely.get_parts(closed) if not p.is_empty])
        own = np.flatnonzero(pier & (top == z))
        found[own] = shapely.distance(shapely.points(parts.x_m[own], parts.y_m[own]), outline)
    return np.where(np.isnan(found), np.inf, found)


def _usage(case: SideCase, frame: WindFrame, rows: IntArray, tall: FloatArray, site: Site) -> WallWind:
    parts = case.structure.parts
    q = en1991_1_4.peak_velocity_pressure(tall, wind_speed_m_s=site.speed_m_s, terrain=en1991_1_4.TERRAINS[site.terrain])
    corner = _at_corner(case, frame, rows, tall)
    rules = rules_of(case)
    net = rules.gamma_wind * rules.probability * q[:, None] * np.where(corner, CORNER_SUCTION, WALL_PRESSURE)
    height = (np.asarray(parts.z1_m) - np.asarray(parts.z0_m))[rows]
    moment = wind_moment_knm(pressure_kn_m2=net, width_m=_widths(case, rows), height_m=height)
    low, high = [], []
    for _, result, _, _ in states_of(case):
        low.append(np.min([mid_forces(effects, rows)[0] for effects in lean_effects(case, result)], axis=0))
        high.append(np.max([mid_forces(effects, rows)[1] for effects in result.effects], axis=0))
    return wall_wind(case.resistance, rows, n_min_kn=np.array(low), n_max_kn=np.array(high), m_ed_knm=moment)


def _widths(case: SideCase, rows: IntArray) -> FloatArray:
    """Return the width of facade that each pier holds: its own, and its share of the openings in the same wall [m]."""
    parts, elements = case.structure.parts, case.building.elements
    length, element, storey = np.asarray(parts.length_m), np.asarray(parts.element), np.asarray(parts.storey)
    pier = np.array([kind == "pier" for kind in parts.kind], dtype=bool)
    widths = []
    for i in rows.tolist():
        alike = pier & (element == element[i]) & (storey == storey[i])
        solid = float(length[alike].sum())
        whole = float(elements.length_m[int(element[i])])
        widths.append(float(length[i]) * max(whole / solid if solid > 0 else 1.0, 1.0))
    return np.array(widths)


def _at_corner(case: SideCase, frame: WindFrame, rows: IntArray, tall: FloatArray) -> BoolArray:
    """Return which piers lie in zone A, within e/5 of a corner, (n_case, n_row)."""
    parts, block = case.structure.parts, frame.block
    turn = np.radians(block.azimuth_deg)
    x, y = np.asarray(parts.x_m)[rows], np.asarray(parts.y_m)[rows]
    place = np.stack([x * np.cos(turn) + y * np.sin(turn), y * np.cos(turn) - x * np.sin(turn)])
    deg = np.degrees(np.arctan2((parts.y1_m - parts.y0_m)[rows], (parts.x1_m - parts.x0_m)[rows])) - block.azimuth_deg
    along = (np.abs(np.cos(np.radians(deg))) < np.sqrt(0.5)).astype(np.int64)
    extent, middle = np.array(block.extent_m), np.array(block.middle_m)
    to_end = 0.5 * extent[along] - np.abs(place[along, np.arange(len(rows))] - middle[along])
    e = en1991_1_4.edge_zone_m(height_m=tall[:, None], width_m=extent[1 - along])
    return np.asarray(to_end <= e / 5.0)


def _wall_rows(
    case: SideCase, scenario: str, rows: IntArray, safe: WallWind, central: WallWind, k: int, height_m: float
) -> Iterator[WallWindCheck]:
    """Yield the governing outer walls of one state: those without an answer, then the highest utilisation."""
    uc = safe.uc[k]
    unknown = [int(i) for i in np.flatnonzero(np.isnan(uc))]
    ranked = sorted((int(i) for i in np.flatnonzero(~np.isnan(uc))), key=lambda i: (-uc[i], i))
    failing = _failing(case, safe, central, k, ranked)
    for i in [*unknown[:1], *ranked[:SHOWN_WALLS]]:
        row = int(rows[i])
        clause = clause_of(case.resistance, row)
        why = failing if uc[i] > 1.0 else ""
        if np.isnan(uc[i]):
            reason = "geen oordeel op verticale last" if clause else NO_CHECK
            why = f"{len(unknown)} dragende gevelpenanten zonder oordeel: {reason}"
        yield _wall_row(case, scenario, row, clause, safe, k, i, height_m, "unknown" if why else "ok", why)


def _failing(case: SideCase, safe: WallWind, central: WallWind, k: int, ranked: list[int]) -> str:
    """Return how many outer walls exceed 1 and the highest utilisation at either site, not always of one wall.

    Such a wall is unknown, because the check is on the safe side.
    """
    over = [i for i in ranked if safe.uc[k, i] > 1.0]
    if not over:
        return ""
    told, shown = sites(case.settings)[:2]
    middle = "" if told == shown else f" en {number(float(central.uc[k, over].max()))} bij {shown}"
    uc = f"{number(safe.uc[k, over[0]])} bij {told}{middle}"
    return f"{len(over)} dragende gevelpenanten boven 1 als scharnierende strook, hoogste UC {uc}"


def _wall_row(
    case: SideCase, scenario: str, row: int, clause: str, found: WallWind, k: int, i: int, height_m: float, outcome: Outcome, why: str
) -> WallWindCheck:
    site = sites(case.settings)[0]
    terms = case.resistance.explain(row, 1) if clause else {}
    inputs = {
        **terms,
        "h_building_m": height_m,
        "wind_region": site.region,
        "terrain": site.terrain,
        "n_lo_kn": float(found.n_lo_kn[k, i]),
        "n_hi_kn": float(found.n_hi_kn[k, i]),
    }
    return WallWindCheck(
        scenario=scenario,
        part=case.structure.parts.id[row],
        clause=clause,
        n_min_kn=float(found.n_min_kn[k, i]),
        n_max_kn=float(found.n_max_kn[k, i]),
        m_knm=float(found.m_ed_knm[k, i]),
        uc=float(found.uc[k, i]),
        outcome=outcome,
        why=why,
        inputs=inputs,
    )


def _no_wall(scenario: str, outcome: Outcome, why: str) -> WallWindCheck:
    uc = 0.0 if outcome == "ok" else float("nan")
    return WallWindCheck(
        scenario=scenario, part="", clause="", n_min_kn=0.0, n_max_kn=0.0, m_knm=0.0, uc=uc, outcome=outcome, why=why, inputs={}
    )
