"""Assemble the structure of one building: floors, parts, shares, roof.

Read from the top: `build_structure` is the order in which a model becomes a support graph.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry
from shapely.strtree import STRtree

from optopscan.errors import NothingToScan
from optopscan.geometry import plane
from optopscan.issues import Issue, issue
from optopscan.model.arrays import FloatArray, IntArray
from optopscan.model.building import Building, Elements
from optopscan.model.structure import (
    DISTRIBUTIONS,
    Bearing,
    Cells,
    Distribution,
    Fields,
    Heads,
    Loose,
    Materials,
    Parts,
    RoofFace,
    Shares,
    Structure,
)
from optopscan.settings import Settings
from optopscan.structure.cells import FloorCells, cut_floors
from optopscan.structure.fields import (
    acts_continuously,
    field_levels,
    group_slabs,
    level_of,
    lies_on_soil,
    nearest_level,
    plank_direction_deg,
    slab_rows,
    storey_levels,
)
from optopscan.structure.groups import MIN_PIER_M2, Groups, build_groups, plan_shapes, plan_sides_m
from optopscan.structure.loose import LooseSearch, loose_rows
from optopscan.structure.matrix import ShareRows, carry_order, point_hits
from optopscan.structure.roof import build_faces, head_segments, roof_faces, roof_obstacles
from optopscan.structure.spread import FloorSpread
from optopscan.structure.support import STEP_M, FloorBelow, SupportSearch

GROUND_SLACK_M = 0.6
ROOM_SPAN_M = 2.5
CLOSE_M = 0.015  # joints between planks are closed in the plan of the floor


@dataclass(frozen=True, kw_only=True)
class _Floor:
    members: tuple[int, ...]
    polygon: BaseGeometry
    z0_m: float
    z1_m: float


def build_structure(building: Building, materials: Materials, bearing: Bearing, settings: Settings) -> tuple[Structure, tuple[Issue, ...]]:
    """Return the support graph of a building and what was noticed on the way.

    Raises
    ------
    NothingToScan
        If there is no bearing wall, column or beam, or no floor and no roof.
    """
    elements = building.elements
    issues: list[Issue] = []
    floors = _floors(elements, materials, bearing)
    upright = [i for i, k in enumerate(elements.kind) if k in ("wall", "column") and bearing.probability[i] >= 0.5]
    if not upright:
        raise NothingToScan("no bearing structure: no wall or column of this model bears; check the aspect model or give overrides")
    if not floors and not _spanned_above(elements, upright):
        raise NothingToScan("no roof: the model has no slab, roof or roof beam; add the aspect model that holds the floors")
    groups = build_groups(
        elements=elements,
        materials=materials,
        bearing=bearing,
        cuts_m=_cuts(elements, floors, upright),
        part_length_max_m=settings.part_length_max_m,
    )
    shapes = plan_shapes(groups, elements)
    base_m = float(min(elements.z0_m[i] for i in upright))
    low = [f.z0_m <= base_m + GROUND_SLACK_M or (lies_on_soil(elements, f.members) and f.z0_m <= base_m + STEP_M) for f in floors]
    carriers = _floor_carriers(groups, shapes, floors, settings.contact_tolerance_m, low)
    kinds = tuple("ground" if not c and soil else "floor" for c, soil in zip(carriers, low, strict=True))
    spreads = [
        FloorSpread(
            polygon=f.polygon,
            supports=c,
            groups=groups,
            planks=[(elements.footprint[i], d) for i in f.members if np.isfinite(d := plank_direction_deg(elements, i))],
            runs_through=acts_continuously(elements, materials, f.members),
        )
        for f, c in zip(floors, carriers, strict=True)
    ]
    levels = _levels(floors, base_m)
    search = SupportSearch(
        groups=groups,
        shapes=shapes,
        floors=[
            FloorBelow(polygon=f.polygon, z1_m=f.z1_m, ground=k == "ground", spread=s)
            for f, k, s in zip(floors, kinds, spreads, strict=True)
        ],
        ground_limit_m=base_m + GROUND_SLACK_M,
    )
    fields = _fields(floors, kinds, levels, materials)
    faces = roof_faces(elements, fields, base_m, _covers(elements, floors))
    floor_cells = cut_floors(elements, materials, groups, fields, spreads, faces, settings.cell_size_m)
    cells = floor_cells.cells
    heads = [
        (g, s0, s1, k)
        for k in build_faces(faces)
        for g, s0, s1 in head_segments(groups, carriers[faces[k].field], faces[k], settings.head_length_max_m)
    ]
    loose = loose_rows(elements, materials, {i for f in floors for i in f.members}, set(groups.element.tolist()))
    shares, order, sides, stuck = _shares(groups, search, spreads, kinds, floor_cells, heads, loose, elements, base_m)
    parts = _parts(groups, elements, order, levels, sides, shares["simple"], stuck)
    issues.extend(_notes(elements, bearing, fields, carriers, parts, shares["simple"], loose, stuck))
    structure = Structure(
        parts=parts,
        heads=_heads(groups, heads, faces, cells, shares["simple"], parts),
        fields=_with_roofs(fields, faces),
        cells=cells,
        loose=loose,
        shares=shares,
        level_z_m=levels,
        base_z_m=base_m,
        roof_faces=faces,
        roof_obstacles=roof_obstacles(elements, fields, faces),
        through_floor=_parts_of(groups, search.through_floor, order),
    )
    return structure, tuple(issues)


def _spanned_above(elements: Elements, upright: Sequence[int]) -> bool:
    """True when a roof, or a beam that spans a room, lies in the upper half of the building: a pitched roof drawn as bars."""
    low = float(min(elements.z0_m[i] for i in upright))
    high = float(max(elements.z1_m[i] for i in upright))
    return any(
        kind == "roof" or (kind in ("beam", "member") and elements.length_m[i] >= ROOM_SPAN_M)
        for i, kind in enumerate(elements.kind)
        if elements.z1_m[i] > 0.5 * (low + high)
    )


# -- floors -------------------------------------------------------------------


def _floors(elements: Elements, materials: Materials, bearing: Bearing) -> list[_Floor]:
    rows = np.array([i for i in slab_rows(elements, materials) if bearing.probability[i] >= 0.5], dtype=np.int64)
    floors = []
    for members in group_slabs(elements, rows):
        merged = plane.union([elements.footprint[i] for i in members])
        closed = merged.buffer(CLOSE_M, join_style="mitre").buffer(-CLOSE_M, join_style="mitre")
        z0, z1 = field_levels(elements, members)
        floors.append(_Floor(members=tuple(members), polygon=shapely.make_valid(plane.union([closed, merged])), z0_m=z0, z1_m=z1))
    return sorted(floors, key=lambda f: (round(f.z1_m, 3), f.members))


def _cuts(elements: Elements, floors: Sequence[_Floor], walls: Sequence[int]) -> dict[int, list[float]]:
    """Return the heights at which floors that end in a wall cut it in storeys."""
    tree = STRtree([elements.footprint[i] for i in walls])
    cuts: dict[int, list[float]] = {}
    for f in floors:
        for k in tree.query(f.polygon, predicate="dwithin", distance=0.06):
            i = walls[int(k)]
            if elements.kind[i] == "wall" and elements.z0_m[i] + 1.5 < f.z1_m < elements.z1_m[i] - 0.3:
                cuts.setdefault(i, []).append(f.z1_m)
    for i, heights in cuts.items():
        kept: list[float] = []
        for z in sorted(set(heights)):
            if kept and z - kept[-1] < 0.5:
                kept[-1] = z
            else:
                kept.append(z)
        cuts[i] = kept
    return cuts


def _floor_carriers(
    groups: Groups, shapes: Sequence[BaseGeometry], floors: Sequence[_Floor], tolerance_m: float, low: Sequence[bool]
) -> list[list[int]]:
    """Return for each floor the groups that carry it: in touch in plan, their top at or above the soffit."""
    tree = STRtree(list(shapes))
    bare = SupportSearch(groups=groups, shapes=shapes, floors=[], ground_limit_m=-np.inf)
    held: dict[int, bool] = {}

    def beam_is_held(g: int) -> bool:
        if g not in held:
            contacts = bare.contacts(g)
            places = [p for c in contacts for p in (c.a_m, c.b_m)]
            held[g] = bool(places) and (max(places) - min(places) > 0.3 * float(groups.length_m[g]) or groups.length_m[g] < 0.6)
        return held[g]

    found = []
    for f, on_soil in zip(floors, low, strict=True):
        rows = []
        for g in sorted(int(k) for k in tree.query(f.polygon, predicate="dwithin", distance=tolerance_m)):
            kind = groups.kind[g]
            z0, z1 = groups.z0_m[g], groups.z1_m[g]
            if kind == "beam":
                carries = z1 >= f.z0_m - 0.1 and z0 <= f.z1_m - 0.02 and z1 <= f.z1_m + 0.6 and beam_is_held(g)
            else:
                carries = z0 < f.z0_m - 0.25 and z1 >= f.z0_m - 0.1
                # A low slab between walls lies on the soil, unless it rests on what ends below it.
                carries = carries and (not on_soil or z1 <= f.z0_m + 0.12)
                # A stub is no bearing for a floor (EN 1996-1-1 8.1.3).
                carries = carries and (kind != "pier" or groups.length_m[g] * groups.thickness_m[g] >= MIN_PIER_M2)
            if carries:
                rows.append(g)
        found.append(rows)
    return found


def _levels(floors: Sequence[_Floor], base_m: float) -> tuple[float, ...]:
    top = np.array([f.z1_m for f in floors])
    area = np.array([f.polygon.area for f in floors])
    return storey_levels(top, area, base_m)


def _fields(floors: Sequence[_Floor], kinds: Sequence[str], levels: Sequence[float], materials: Materials) -> Fields:
    return Fields(
        elements=tuple(f.members for f in floors),
        polygon=tuple(f.polygon for f in floors),
        z0_m=np.array([f.z0_m for f in floors]),
        z1_m=np.array([f.z1_m for f in floors]),
        storey=nearest_level(np.array([f.z1_m for f in floors]), levels),
        kind=tuple("ground" if k == "ground" else "floor" for k in kinds),
        weight_kn=np.array([materials.self_weight_kn[list(f.members)].sum() for f in floors]),
    )


def _with_roofs(fields: Fields, faces: Sequence[RoofFace]) -> Fields:
    """Call a field a roof when at least half of it lies under the sky; a terrace leaves a floor a floor."""
    sky = np.zeros(len(fields))
    for face in faces:
        sky[face.field] += face.polygon.area
    roofs = {f for f in range(len(fields)) if sky[f] >= 0.5 * fields.polygon[f].area}
    return Fields(
        elements=fields.elements,
        polygon=fields.polygon,
        z0_m=fields.z0_m,
        z1_m=fields.z1_m,
        storey=fields.storey,
        kind=tuple("roof" if f in roofs else k for f, k in enumerate(fields.kind)),
        weight_kn=fields.weight_kn,
    )


def _covers(elements: Elements, floors: Sequence[_Floor]) -> list[tuple[BaseGeometry, float]]:
    """Return pitched roofs and other large lids that are no floor but close the sky."""
    used = {i for f in floors for i in f.members}
    return [
        (elements.footprint[i], float(elements.z1_m[i]))
        for i, kind in enumerate(elements.kind)
        if kind in ("roof", "slab") and i not in used and elements.footprint[i].area > 4.0 and elements.thickness_m[i] > 0.045
    ]


# -- shares -------------------------------------------------------------------


def _shares(
    groups: Groups,
    search: SupportSearch,
    spreads: Sequence[FloorSpread],
    kinds: Sequence[str],
    floor_cells: FloorCells,
    heads: Sequence[tuple[int, float, float, int]],
    loose: Loose,
    elements: Elements,
    base_m: float,
) -> tuple[dict[Distribution, Shares], IntArray, IntArray, list[int]]:
    """Return shares per distribution, the new order of the parts, floor sides per part, and parts on a cycle."""
    cells = floor_cells.cells
    group, centre = groups.part_centres()
    px, py = groups.at(group, centre)
    built: dict[Distribution, dict[str, ShareRows]] = {}
    standing = LooseSearch(elements, loose, search, base_m)
    for distribution in DISTRIBUTIONS:
        part_rows = ShareRows(groups, px, py)
        for i, (g, s) in enumerate(zip(group.tolist(), centre.tolist(), strict=True)):
            part_rows.add_landings(i, search.landings(g, s, distribution))
        cell_rows = ShareRows(groups, np.asarray(cells.x_m), np.asarray(cells.y_m))
        for f, (spread, kind) in enumerate(zip(spreads, kinds, strict=True)):
            rows = floor_cells.spanning(f)
            if kind == "ground":
                cell_rows.add_ground(rows)
                continue
            shapes = [cells.polygon[k] for k in rows.tolist()]
            cell_rows.add_hits_of(rows, spread.cell_hits(shapes, cells.x_m[rows], cells.y_m[rows], distribution))
        over = floor_cells.over_support
        cell_rows.add_hits_of(over, point_hits(floor_cells.group[over], floor_cells.s_m[over], cells.x_m[over], cells.y_m[over]))
        head_group = np.array([h[0] for h in heads], dtype=np.int64)
        middle = np.array([0.5 * (h[1] + h[2]) for h in heads])
        hx, hy = groups.at(head_group, middle) if len(heads) else (np.zeros(0), np.zeros(0))
        head_rows = ShareRows(groups, hx, hy)
        head_rows.add_hits_of(np.arange(len(heads)), point_hits(head_group, middle, hx, hy))
        loose_share = ShareRows(groups, np.asarray(loose.x_m), np.asarray(loose.y_m))
        for k, i in enumerate(loose.element.tolist()):
            for factor, landings in standing.place(i, distribution):
                loose_share.add_landings(k, landings, factor)
        built[distribution] = {"parts": part_rows, "cells": cell_rows, "heads": head_rows, "loose": loose_share}

    order, stuck = _common_order(groups, built)
    new_row = np.empty_like(order)
    new_row[order] = np.arange(len(order))
    shares: dict[Distribution, Shares] = {}
    for distribution, tables in built.items():
        made = {name: rows.matrices(new_row) for name, rows in tables.items()}
        made["parts"] = tuple(m[order] for m in made["parts"])
        shares[distribution] = Shares(
            parts=made["parts"][0],
            cells=made["cells"][0],
            heads=made["heads"][0],
            loose=made["loose"][0],
            arms={name: (m[1], m[2]) for name, m in made.items()},
        )
    return shares, order, _floor_sides(groups, shares["simple"], cells, order), stuck


def _common_order(groups: Groups, built: dict[Distribution, dict[str, ShareRows]]) -> tuple[IntArray, list[int]]:
    """Order the parts for both distributions at once; parts on a cycle lose their support and become unknown."""
    group, _ = groups.part_centres()
    z0 = groups.z0_m[group]
    for _ in range(8):
        simple = built["simple"]["parts"].matrices()[0]
        both = abs(simple) + abs(built["continuous"]["parts"].matrices()[0])
        order, stuck = carry_order(both, z0)
        if not stuck:
            return order, []
        for tables in built.values():
            tables["parts"].cut(np.array(stuck, dtype=np.int64))
    return order, stuck


def _floor_sides(groups: Groups, shares: Shares, cells: Cells, order: IntArray) -> IntArray:
    """Return on how many sides of each part a floor brings load (0, 1, 2)."""
    n = groups.n_total_part
    group, centre = groups.part_centres()
    px, py = groups.at(group, centre)
    nx, ny = -(groups.y1_m - groups.y0_m)[group], (groups.x1_m - groups.x0_m)[group]
    px, py, nx, ny = px[order], py[order], nx[order], ny[order]
    table = shares.cells.tocoo()
    on_part = (table.col < n) & (table.data > 0.02)
    cell, part = table.row[on_part], table.col[on_part]
    side = (cells.x_m[cell] - px[part]) * nx[part] + (cells.y_m[cell] - py[part]) * ny[part]
    length = np.maximum(np.hypot(nx, ny), 1e-9)
    sides = np.zeros(n, dtype=np.int64)
    load = table.data[on_part] * cells.area_m2[cell]
    # Floor on the wall itself, up to its outer face, is no floor on the other side.
    apart = side / length[part]
    reach = 0.5 * groups.thickness_m[group[order]][part] + 0.02
    left = np.bincount(part, weights=np.where(apart > reach, load, 0.0), minlength=n)
    right = np.bincount(part, weights=np.where(apart < -reach, load, 0.0), minlength=n)
    sides += (left > 0.05).astype(np.int64) + (right > 0.05).astype(np.int64)
    return sides


# -- parts and heads ------------------------------------------------------------


def _parts(
    groups: Groups,
    elements: Elements,
    order: IntArray,
    levels: Sequence[float],
    sides: IntArray,
    shares: Shares,
    stuck: Sequence[int],
) -> Parts:
    group, centre = groups.part_centres()
    n = len(group)
    _, start, end = groups.part_bounds()
    step = end - start
    x0, y0 = groups.at(group, start)
    x1, y1 = groups.at(group, end)
    x, y = groups.at(group, centre)
    index = np.zeros(n, dtype=np.int64)
    count: dict[int, int] = {}
    for i, element in enumerate(groups.element[group].tolist()):
        count[element] = count.get(element, 0) + 1
        index[i] = count[element]
    length = np.where(step > 0, step, _column_side(elements, groups, group))
    ground = np.asarray(shares.parts[:, [n]].todense()).ravel() > 0.5
    part_order = group[order]
    known = groups.bearing_known[part_order] & ~np.isin(order, np.array(list(stuck), dtype=np.int64))
    return Parts(
        id=tuple(f"{elements.id[int(groups.element[group[i]])]}/{index[i]}" for i in order.tolist()),
        kind=tuple(groups.kind[int(g)] for g in part_order),
        element=groups.element[part_order],
        storey=level_of(groups.z0_m[part_order], levels),
        x0_m=x0[order],
        y0_m=y0[order],
        x1_m=x1[order],
        y1_m=y1[order],
        z0_m=groups.z0_m[part_order],
        z1_m=groups.z1_m[part_order],
        x_m=x[order],
        y_m=y[order],
        thickness_m=groups.thickness_m[part_order],
        length_m=length[order],
        self_weight_kn=_part_weights(groups)[order],
        floor_sides=sides,
        on_ground=ground,
        bearing_known=known,
        line=_lines(groups, part_order, ground, step[order]),
    )


def _parts_of(groups: Groups, chosen: set[int], order: IntArray) -> tuple[int, ...]:
    group, _ = groups.part_centres()
    return tuple(np.flatnonzero(np.isin(group[order], sorted(chosen))).tolist())


def _part_weights(groups: Groups) -> FloatArray:
    """Return the weight of every part: the group's, in proportion to its length [kN]."""
    group, start, end = groups.part_bounds()
    length = groups.length_m[group]
    fraction = np.where(length > 0, (end - start) / np.maximum(length, 1e-12), 1.0 / groups.n_part[group])
    return np.asarray(groups.weight_kn[group] * fraction)


def _column_side(elements: Elements, groups: Groups, group: IntArray) -> FloatArray:
    """Return the longer side of point elements [m], from the plan where no section is known."""
    rows = groups.element[group]
    side = elements.section_m[rows].max(axis=1)
    plan = np.array([max(plan_sides_m(elements.footprint[int(i)])) for i in rows])
    return np.asarray(np.where(np.isfinite(side) & (side > 0), side, plan))


def _lines(groups: Groups, part_group: IntArray, ground: np.ndarray, step: FloatArray) -> IntArray:
    """Number the foundation lines: ground parts on one straight line share a number."""
    line = np.full(len(part_group), -1, dtype=np.int64)
    seen: dict[tuple[object, ...], int] = {}
    place = [(round(float(groups.x0_m[g]), 2), round(float(groups.y0_m[g]), 2)) for g in part_group]
    for i in sorted(np.flatnonzero(ground).tolist(), key=lambda k: (place[k], k)):
        g = int(part_group[i])
        if step[i] < 0.05:
            key: tuple[object, ...] = ("point", g)
        else:
            dx, dy = groups.x1_m[g] - groups.x0_m[g], groups.y1_m[g] - groups.y0_m[g]
            angle = round(float(np.degrees(np.arctan2(dy, dx)) % 180.0)) % 180
            c, s = np.cos(np.radians(angle)), np.sin(np.radians(angle))
            key = (angle, round((-groups.x0_m[g] * s + groups.y0_m[g] * c) / 0.15), round(float(groups.z0_m[g]), 1))
        line[i] = seen.setdefault(key, len(seen))
    return line


def _heads(
    groups: Groups,
    heads: Sequence[tuple[int, float, float, int]],
    faces: Sequence[RoofFace],
    cells: Cells,
    shares: Shares,
    parts: Parts,
) -> Heads:
    group = np.array([h[0] for h in heads], dtype=np.int64)
    s0, s1 = np.array([h[1] for h in heads]), np.array([h[2] for h in heads])
    face = np.array([h[3] for h in heads], dtype=np.int64)
    n_part = len(parts)
    if not len(heads):
        empty = np.zeros(0)
        none = np.zeros(0, dtype=np.int64)
        return Heads(part=none, face=none, x0_m=empty, y0_m=empty, x1_m=empty, y1_m=empty, z_m=empty, thickness_m=empty, trib_area_m2=empty)
    x0, y0 = groups.at(group, s0)
    x1, y1 = groups.at(group, s1)
    part = np.asarray(np.abs(shares.heads[:, :n_part]).argmax(axis=1)).ravel().astype(np.int64)
    return Heads(
        part=part,
        face=face,
        x0_m=x0,
        y0_m=y0,
        x1_m=x1,
        y1_m=y1,
        z_m=np.array([faces[k].z_m for k in face]),
        thickness_m=groups.thickness_m[group],
        trib_area_m2=_trib_areas(part, face, faces, cells, shares, parts),
    )


def _trib_areas(part: IntArray, face: IntArray, faces: Sequence[RoofFace], cells: Cells, shares: Shares, parts: Parts) -> FloatArray:
    """Return the roof area [m2] that the roof brings to each head; what reaches a lintel goes on to its piers."""
    n_part = len(parts)
    trib = np.zeros(len(part))
    lintel = np.array([k == "lintel" for k in parts.kind])
    for f, own in enumerate(faces):
        rows = np.flatnonzero((cells.field == own.field) & cells.roof)
        inside = shapely.intersects(own.polygon, shapely.points(cells.x_m[rows], cells.y_m[rows]))
        rows = rows[inside]
        area = shares.cells[rows][:, :n_part].T @ cells.area_m2[rows]
        area = np.where(lintel, 0.0, area) + shares.parts[:, :n_part].T @ np.where(lintel, area, 0.0)
        mine = np.flatnonzero(face == f)
        count = np.bincount(part[mine], minlength=n_part)
        trib[mine] = area[part[mine]] / count[part[mine]]
    return trib


# -- what was noticed -----------------------------------------------------------


def _notes(
    elements: Elements,
    bearing: Bearing,
    fields: Fields,
    carriers: Sequence[Sequence[int]],
    parts: Parts,
    shares: Shares,
    loose: Loose,
    stuck: Sequence[int],
) -> list[Issue]:
    n = len(parts)
    notes = []
    for i, state in enumerate(bearing.state):
        if state == "unknown" and elements.kind[i] in ("wall", "column", "beam", "member", "slab", "roof"):
            notes.append(issue("OPT-301", elements.id[i], f"bearing probability {bearing.probability[i]:.2f}"))
    lost = np.asarray(shares.parts[:, [n + 1]].todense()).ravel()
    for i in np.flatnonzero(lost > 1e-9).tolist():
        notes.append(issue("OPT-302", parts.id[i], f"{parts.kind[i]} at z {parts.z0_m[i]:.2f} m: nothing below carries it"))
    for f, rows in enumerate(carriers):
        if not rows and fields.kind[f] != "ground":
            first = elements.id[fields.elements[f][0]]
            notes.append(issue("OPT-303", first, f"floor of {fields.polygon[f].area:.1f} m2 at z {fields.z1_m[f]:.2f} m has no support"))
    hanging = np.asarray(shares.loose[:, [n + 1]].todense()).ravel()
    for k in np.flatnonzero(hanging > 1e-9).tolist():
        i = int(loose.element[k])
        notes.append(issue("OPT-302", elements.id[i], f"{elements.kind[i]} of {loose.weight_kn[k]:.1f} kN rests on nothing"))
    if not any(k in ("footing", "pile") for k in parts.kind):
        notes.append(issue("OPT-304", "", "no footing or pile in the model; reactions are given at the lowest feet"))
    notes.extend(issue("OPT-305", elements.id[int(parts.element[i])], "parts carry each other; outcome unknown") for i in stuck)
    return notes
