"""Parts and heads as arrays, in the order in which loads go down."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import scipy.sparse as sp
import shapely

from optopscan.model.arrays import FloatArray, IntArray
from optopscan.model.building import Elements
from optopscan.model.structure import Cells, Heads, Parts, RoofFace, Shares
from optopscan.structure.fields import level_of
from optopscan.structure.groups import Groups, plan_sides_m
from optopscan.structure.roof import build_faces


def make_parts(
    groups: Groups,
    elements: Elements,
    order: IntArray,
    levels: Sequence[float],
    sides: IntArray,
    shares: Shares,
    stuck: Sequence[int],
) -> Parts:
    """Return the parts in the order in which loads go down; ``stuck`` are rows of parts on a cycle."""
    group, centre = groups.part_centres()
    n = len(group)
    _, start, end = groups.part_bounds()
    step = end - start
    x0, y0 = groups.at(group, start)
    x1, y1 = groups.at(group, end)
    x, y = groups.at(group, centre)
    index = _numbers(groups.element[group])
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


def _numbers(element: IntArray) -> IntArray:
    """Number the parts of each element from 1."""
    index = np.zeros(len(element), dtype=np.int64)
    count: dict[int, int] = {}
    for i, e in enumerate(element.tolist()):
        count[e] = count.get(e, 0) + 1
        index[i] = count[e]
    return index


def parts_of_groups(groups: Groups, chosen: set[int], order: IntArray) -> tuple[int, ...]:
    """Return the rows of the parts of these groups."""
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


def make_heads(
    groups: Groups,
    heads: Sequence[tuple[int, float, float, int]],
    faces: Sequence[RoofFace],
    cells: Cells,
    shares: Shares,
    parts: Parts,
    order: IntArray,
) -> Heads:
    """Return the heads (group, s0, s1, face) as arrays, with the roof area of each; ``order``: row in the groups of each part."""
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
        trib_area_m2=_trib_areas(_on_parts(groups, group, s0, s1, part, order), face, faces, cells, shares, parts),
    )


def _on_parts(groups: Groups, group: IntArray, s0: FloatArray, s1: FloatArray, nearest: IntArray, order: IntArray) -> sp.csr_array:
    """Return the length of each head on each part of its group [m], (n_head, n_part); one where a head has none: on the nearest."""
    n_part = groups.n_part[group]
    head = np.repeat(np.arange(len(group)), n_part)
    row = np.arange(len(head)) - np.repeat(np.cumsum(n_part) - n_part, n_part) + groups.first_part[group][head]
    _, start, end = groups.part_bounds()
    length = np.maximum(np.minimum(s1[head], end[row]) - np.maximum(s0[head], start[row]), 0.0)
    none = np.bincount(head, weights=length, minlength=len(group)) <= 0.0
    new_row = np.empty_like(order)
    new_row[order] = np.arange(len(order))
    at = (np.append(head, np.flatnonzero(none)), np.append(new_row[row], nearest[none]))
    return sp.csr_array(sp.coo_array((np.append(length, np.ones(int(none.sum()))), at), shape=(len(group), len(order))))


def _trib_areas(
    on_parts: sp.csr_array, face: IntArray, faces: Sequence[RoofFace], cells: Cells, shares: Shares, parts: Parts
) -> FloatArray:
    """Return the roof area [m2] that the roof brings to each head; what reaches a lintel goes on to its piers.

    The area of a part goes to the heads above it, by the length of each on it (``on_parts``).
    Zero under levels other than the one to build on: an extension over the whole roof is one over that level.
    """
    chosen = set(build_faces(faces))
    n_part = len(parts)
    trib = np.zeros(len(face))
    lintel = np.array([k == "lintel" for k in parts.kind])
    for f, own in enumerate(faces):
        if f not in chosen:
            continue
        rows = np.flatnonzero((cells.field == own.field) & cells.roof)
        inside = shapely.intersects(own.polygon, shapely.points(cells.x_m[rows], cells.y_m[rows]))
        rows = rows[inside]
        area = shares.cells[rows][:, :n_part].T @ cells.area_m2[rows]
        area = np.where(lintel, 0.0, area) + shares.parts[:, :n_part].T @ np.where(lintel, area, 0.0)
        mine = np.flatnonzero(face == f)
        length = np.asarray(on_parts[mine].sum(axis=0))
        trib[mine] = on_parts[mine] @ np.divide(area, length, out=np.zeros(n_part), where=length > 0.0)
    return trib
