"""A small synthetic building: straight walls, storeys stacked, loads and capacities to order."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np
import scipy.sparse as sp
import shapely
from shapely.geometry.base import BaseGeometry

from optopscan.catalog.concept import Concept, Quantity, UnitType
from optopscan.model.loads import TakeDown
from optopscan.model.structure import (
    DISTRIBUTIONS,
    Cells,
    Distribution,
    Fields,
    Heads,
    Loose,
    Parts,
    RoofFace,
    RoofObstacle,
    Shares,
    Structure,
)
from optopscan.model.verdict import Capacity
from optopscan.placement.recheck import CheckedLayout, LayoutLoads

HEIGHT_M = 3.0
HEAD_M = 0.5
PART_M = 2.0


@dataclass(frozen=True)
class FactorSet:
    """Verbouw CC2 in round numbers; psi0 of dwellings."""

    gamma_ga: float = 1.30
    gamma_gb: float = 1.15
    gamma_q: float = 1.30
    gamma_g_inf: float = 0.9
    psi0: float = 0.4


@dataclass(frozen=True)
class Wall:
    """Axis from (x0, y0) to (x1, y1) [m]; n_hi per metre of part [kN/m], nan: unknown."""

    x0: float
    y0: float
    x1: float
    y1: float
    n_hi_kn_m: float = 1e6
    n_lo_kn: float = 0.0
    thickness_m: float = 0.2
    over: bool = False
    bearing_known: bool = True


@dataclass(frozen=True)
class Site:
    """What a test hands to `place`."""

    structure: Structure
    take_downs: Mapping[Distribution, TakeDown]
    capacities: Mapping[Distribution, Capacity]
    wall_of_part: np.ndarray
    rebuild: Callable[[LayoutLoads], Mapping[Distribution, TakeDown]]
    check: Callable[[Mapping[Distribution, TakeDown]], CheckedLayout]
    factors: FactorSet = field(default_factory=FactorSet)


def quantity(value: float) -> Quantity:
    return Quantity(value=value, lo=value, hi=value, basis="declared", source="test", date="2026-01-01")


def concept(**changes: Any) -> Concept:
    """Return a module of 3.6 x 10 m: 2.0 kN/m2 floor, no walls, roof 0.5, transfer layer 0.5."""
    base = Concept(
        id="test",
        name="Testmodule",
        supplier="fictief",
        fictitious=True,
        access=("gallery",),
        system_kind="module-3d",
        system_material="timber",
        max_storeys=4,
        width_m=3.6,
        length_m=10.0,
        height_m=3.0,
        width_options_m=(3.6,),
        length_lo_m=6.0,
        length_hi_m=12.0,
        overhang_max_m=0.0,
        g_floor_kn_m2=quantity(2.0),
        g_wall_kn_m=quantity(0.0),
        g_roof_kn_m2=quantity(0.5),
        g_transfer_kn_m2=quantity(0.5),
        transfer_depth_m=0.4,
        transfer_span_max_m=6.0,
        transfer_takes_moment=False,
        support_system="walls",
        supports="line-long",
        support_offset_max_m=0.05,
        unit_types=(UnitType(code="2m", modules=2, gbo_m2=60.0, gfa_m2=72.0, rooms=3, persons=2),),
        cost_eur_m2=quantity(2000.0),
        carbon_emitted_kg_m2=quantity(150.0),
        carbon_stored_kg_m2=quantity(100.0),
    )
    return replace(base, **changes)


def cross_walls(xs: Sequence[float], depth_m: float, **per_wall: Mapping[int, Any]) -> list[Wall]:
    """Return walls along y at each x; keyword values by wall number."""
    return [Wall(x, 0.0, x, depth_m, **{key: values[k] for key, values in per_wall.items() if k in values}) for k, x in enumerate(xs)]


def site(
    walls: Sequence[Wall],
    roof: BaseGeometry | Sequence[BaseGeometry],
    *,
    storeys: int = 2,
    obstacles: Sequence[BaseGeometry] = (),
    turn_deg: float = 0.0,
    columns: Sequence[tuple[float, float]] = (),
    floor_kn_m: float = 10.0,
    imposed_kn_m: float = 5.0,
    wall_kn_m: float = 10.0,
    spread: float = 0.0,
) -> Site:
    """Return a building with every storey alike.

    Parts are at most 2 m, heads at most 0.5 m. Each part stands on the one below; a fraction
    ``spread`` goes to its neighbour below instead (negative: it lifts there).
    """
    pieces = [piece for number, wall in enumerate(walls) for piece in _split(wall, number, PART_M)]
    pieces += [(len(walls), x, y, x, y, 0.3) for x, y in columns]
    n_piece, n_part = len(pieces), len(pieces) * storeys
    wall_no, x0, y0, x1, y1, thickness = (np.array(column) for column in zip(*pieces, strict=True))
    (x0, y0), (x1, y1) = _turn(x0, y0, turn_deg), _turn(x1, y1, turn_deg)
    length = np.maximum(np.hypot(x1 - x0, y1 - y0), 0.3)
    level = np.repeat(np.arange(storeys)[::-1], n_piece)
    rep = lambda values: np.tile(values, storeys)  # noqa: E731
    all_walls = [*walls, Wall(0, 0, 0, 0)]
    pick = lambda name: rep(np.array([getattr(all_walls[k], name) for k in wall_no]))  # noqa: E731
    parts = Parts(
        id=tuple(f"w{w}.{k % n_piece}.{lev}" for k, (w, lev) in enumerate(zip(rep(wall_no).tolist(), level.tolist(), strict=True))),
        kind=tuple("column" if w == len(walls) else "pier" for w in rep(wall_no)),
        element=np.arange(n_part),
        storey=level,
        x0_m=rep(x0),
        y0_m=rep(y0),
        x1_m=rep(x1),
        y1_m=rep(y1),
        z0_m=level * HEIGHT_M,
        z1_m=(level + 1) * HEIGHT_M,
        x_m=rep(0.5 * (x0 + x1)),
        y_m=rep(0.5 * (y0 + y1)),
        thickness_m=rep(thickness),
        length_m=rep(length),
        self_weight_kn=rep(length * wall_kn_m),
        floor_sides=np.full(n_part, 2),
        on_ground=level == 0,
        bearing_known=pick("bearing_known"),
        line=np.where(level == 0, rep(wall_no), -1),
    )
    faces = [_turned(face, turn_deg) for face in ([roof] if isinstance(roof, BaseGeometry) else roof)]
    heads = _heads(parts, n_piece, faces, storeys * HEIGHT_M)
    cells = _cells(faces)
    shares = _shares(parts, heads, cells, n_piece, wall_no, spread)
    structure = Structure(
        parts=parts,
        heads=heads,
        fields=Fields(
            elements=(), polygon=(), z0_m=np.zeros(0), z1_m=np.zeros(0), storey=np.zeros(0, dtype=int), kind=(), weight_kn=np.zeros(0)
        ),
        cells=cells,
        loose=Loose(element=np.zeros(0, dtype=int), weight_kn=np.zeros(0), x_m=np.zeros(0), y_m=np.zeros(0)),
        shares=dict.fromkeys(DISTRIBUTIONS, shares),
        level_z_m=tuple(k * HEIGHT_M for k in range(storeys + 1)),
        base_z_m=0.0,
        roof_faces=tuple(RoofFace(polygon=face, z_m=storeys * HEIGHT_M, field=0) for face in faces),
        roof_obstacles=tuple(RoofObstacle(polygon=_turned(item, turn_deg), element=0, face=0) for item in obstacles),
    )
    floor = rep(length * floor_kn_m)
    imposed = np.zeros((n_part, storeys))
    imposed[np.arange(n_part), level] = np.where(level < storeys - 1, rep(length * imposed_kn_m), 0.0)
    take_down = carry_down(structure, "simple", floor, imposed, np.zeros((n_part, 0)), np.eye(len(heads)))
    take_downs = {name: replace(take_down, distribution=name) for name in DISTRIBUTIONS}
    capacity = Capacity(
        n_lo_kn=pick("n_lo_kn"),
        n_hi_kn=pick("n_hi_kn_m") * parts.length_m,
        own_weight_factor=np.full(n_part, 0.5),
        existing_over=pick("over"),
        clause=("6.1.2",) * n_part,
    )
    capacities: dict[Distribution, Capacity] = dict.fromkeys(DISTRIBUTIONS, capacity)
    factors = FactorSet()

    def rebuild(loads: LayoutLoads) -> Mapping[Distribution, TakeDown]:
        by_part = np.zeros((n_part, loads.imposed_head_kn.shape[1]))
        np.add.at(by_part, heads.part, loads.imposed_head_kn)
        added = np.zeros(n_part)
        np.add.at(added, heads.part, loads.permanent_head_kn)
        added -= shares.cells[:, :n_part].T @ loads.removed_cell_kn
        full = carry_down(structure, "simple", floor + added, imposed, by_part, np.zeros((len(heads), 0)))
        return {name: replace(full, distribution=name) for name in DISTRIBUTIONS}

    def check(take_downs: Mapping[Distribution, TakeDown]) -> CheckedLayout:
        return ordinary_check(take_downs, capacities, factors)

    return Site(structure, take_downs, capacities, rep(wall_no), rebuild, check, factors)


def ordinary_check(
    take_downs: Mapping[Distribution, TakeDown], capacities: Mapping[Distribution, Capacity], factors: FactorSet
) -> CheckedLayout:
    """Check every part by sorting its floors: the two largest in full, the others with psi0."""
    failing: set[int] = set()
    worst_uc, unknown = 0.0, False
    for name, take_down in take_downs.items():
        capacity = capacities[name]
        for part in range(len(take_down.permanent_foot_kn)):
            g = take_down.permanent_foot_kn[part] - (1 - capacity.own_weight_factor[part]) * take_down.self_weight_kn[part]
            floors = sorted((max(value, 0.0) for value in take_down.imposed_foot_kn[part]), reverse=True)
            leading = sum(floors[:2]) + factors.psi0 * sum(floors[2:])
            n_max = max(
                factors.gamma_ga * g + factors.gamma_q * factors.psi0 * sum(floors), factors.gamma_gb * g + factors.gamma_q * leading
            )
            if math.isnan(capacity.n_hi_kn[part]):
                unknown = True
                continue
            uc = n_max / capacity.n_hi_kn[part]
            if uc > 1.0 or factors.gamma_g_inf * g < capacity.n_lo_kn[part]:
                failing.add(part)
            worst_uc = max(worst_uc, uc)
    return CheckedLayout(max_uc=worst_uc, outcome="over" if failing else "unknown" if unknown else "ok", failing=tuple(sorted(failing)))


def carry_down(
    structure: Structure, name: Distribution, floor_kn: np.ndarray, imposed_kn: np.ndarray, new_imposed_kn: np.ndarray, unit_kn: np.ndarray
) -> TakeDown:
    """Carry loads on part heads to the ground, part by part; ``unit_kn`` (n_head, n_head) gives the influence."""
    parts, heads = structure.parts, structure.heads
    n_part = len(parts)
    share = structure.shares[name].parts[:, :n_part].toarray()
    permanent, imposed = floor_kn + parts.self_weight_kn, np.hstack([imposed_kn, new_imposed_kn])
    unit = np.zeros((n_part, unit_kn.shape[1]))
    np.add.at(unit, heads.part, unit_kn)
    for part in range(n_part):
        for below in np.flatnonzero(share[part]):
            permanent[below] += share[part, below] * permanent[part]
            imposed[below] += share[part, below] * imposed[part]
            unit[below] += share[part, below] * unit[part]
    return TakeDown(
        distribution=name,
        permanent_foot_kn=permanent,
        imposed_foot_kn=imposed,
        roof_foot_kn=np.zeros(n_part),
        self_weight_kn=parts.self_weight_kn,
        moment_knm=np.zeros((n_part, 2)),
        floor_moment_knm=np.zeros((n_part, 2)),
        influence_foot=unit,
        ground_permanent_kn=float(permanent[parts.on_ground].sum()),
        ground_imposed_kn=float(imposed[parts.on_ground].sum()),
        unsupported_kn=0.0,
    )


def _split(wall: Wall, number: int, longest_m: float) -> list[tuple[int, float, float, float, float, float]]:
    length = math.hypot(wall.x1 - wall.x0, wall.y1 - wall.y0)
    n = math.ceil(length / longest_m - 1e-9)
    at = np.linspace(0.0, 1.0, n + 1)
    x, y = wall.x0 + at * (wall.x1 - wall.x0), wall.y0 + at * (wall.y1 - wall.y0)
    return [(number, x[k], y[k], x[k + 1], y[k + 1], wall.thickness_m) for k in range(n)]


def _turn(x: np.ndarray, y: np.ndarray, deg: float) -> tuple[np.ndarray, np.ndarray]:
    c, s = math.cos(math.radians(deg)), math.sin(math.radians(deg))
    return x * c - y * s, x * s + y * c


def _turned(polygon: BaseGeometry, deg: float) -> BaseGeometry:
    return shapely.transform(polygon, lambda xy: np.column_stack(_turn(xy[:, 0], xy[:, 1], deg)))


def _heads(parts: Parts, n_piece: int, faces: Sequence[BaseGeometry], z_m: float) -> Heads:
    rows = []
    for part in range(n_piece):
        ends = parts.x0_m[part], parts.y0_m[part], parts.x1_m[part], parts.y1_m[part]
        for piece in _split(Wall(*ends), part, HEAD_M) or [(part, *ends, 0.0)]:
            middle = shapely.Point(0.5 * (piece[1] + piece[3]), 0.5 * (piece[2] + piece[4]))
            face = int(np.argmin([polygon.distance(middle) for polygon in faces]))
            rows.append((part, face, *piece[1:5], parts.thickness_m[part]))
    part_no, face, x0, y0, x1, y1, thickness = (np.array(column) for column in zip(*rows, strict=True))
    n = len(rows)
    return Heads(
        part=part_no, face=face, x0_m=x0, y0_m=y0, x1_m=x1, y1_m=y1, z_m=np.full(n, z_m), thickness_m=thickness, trib_area_m2=np.zeros(n)
    )


def _cells(faces: Sequence[BaseGeometry]) -> Cells:
    polygons = []
    for face in faces:
        x0, y0, x1, y1 = face.bounds
        for x in np.arange(x0, x1, 2.0):
            for y in np.arange(y0, y1, 2.0):
                piece = shapely.box(x, y, x + 2.0, y + 2.0).intersection(face)
                if piece.area > 1e-6:
                    polygons.append(piece)
    n = len(polygons)
    return Cells(
        field=np.zeros(n, dtype=int),
        polygon=tuple(polygons),
        area_m2=np.array([p.area for p in polygons]),
        x_m=np.array([p.centroid.x for p in polygons]),
        y_m=np.array([p.centroid.y for p in polygons]),
        span_deg=np.zeros(n),
        roof=np.ones(n, dtype=bool),
        weight_kn=np.zeros(n),
    )


def _shares(parts: Parts, heads: Heads, cells: Cells, n_piece: int, wall_no: np.ndarray, spread: float) -> Shares:
    n_part = len(parts)
    part_share = sp.lil_array((n_part, n_part + 2))
    for part in range(n_part):
        if parts.on_ground[part]:
            part_share[part, n_part] = 1.0
            continue
        below, neighbour = part + n_piece, part + n_piece + 1
        spreads = spread != 0.0 and (part % n_piece) + 1 < n_piece and wall_no[part % n_piece] == wall_no[(part + 1) % n_piece]
        part_share[part, below] = 1.0 - spread * spreads
        if spreads:
            part_share[part, neighbour] = spread
    cell_share = sp.lil_array((len(cells), n_part + 2))
    for cell in range(len(cells)):
        nearest = np.argmin(np.hypot(parts.x_m[:n_piece] - cells.x_m[cell], parts.y_m[:n_piece] - cells.y_m[cell]))
        cell_share[cell, int(nearest)] = 1.0
    head_share = sp.csr_array((np.ones(len(heads)), (np.arange(len(heads)), heads.part)), shape=(len(heads), n_part + 2))
    return Shares(parts=sp.csr_array(part_share), cells=sp.csr_array(cell_share), heads=head_share, loose=sp.csr_array((0, n_part + 2)))
