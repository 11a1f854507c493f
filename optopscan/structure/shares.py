"""The support graph in numbers: share matrices of parts, floor cells, heads and loose elements, and their order."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from optopscan.model.arrays import IntArray
from optopscan.model.structure import DISTRIBUTIONS, Cells, Distribution, Loose, Shares
from optopscan.structure.cells import FloorCells
from optopscan.structure.groups import Groups
from optopscan.structure.loose import LooseSearch
from optopscan.structure.matrix import ShareRows, carry_order, on_cycles, point_hits
from optopscan.structure.spread import FloorSpread
from optopscan.structure.support import SupportSearch

TURNS = 8  # each turn takes every cycle apart at one place at least; nested ones need more


SPREAD_M = 0.25  # a wall on beams loads them along its foot, taken at points no further apart than this
TRIM_KN = 0.5  # a lighter bar that carries nothing does not matter to what holds it


@dataclass(frozen=True, kw_only=True)
class Sources:
    """Everything that brings load: the groups and what is above, in and on them."""

    groups: Groups
    search: SupportSearch
    spreads: Sequence[FloorSpread]
    kinds: Sequence[str]
    floor_cells: FloorCells
    heads: Sequence[tuple[int, float, float, int]]
    loose: Loose
    standing: LooseSearch


@dataclass(frozen=True, kw_only=True)
class Graph:
    """Shares per distribution; ``order``: row in the groups of each part; sides with a floor; parts on a cycle."""

    shares: dict[Distribution, Shares]
    order: IntArray
    sides: IntArray
    stuck: list[int]


def share_loads(sources: Sources) -> Graph:
    """Return the shares of everything that brings load, with the parts in the order in which loads go down."""
    groups = sources.groups
    built = {distribution: _rows(sources, distribution) for distribution in DISTRIBUTIONS}
    order, stuck = _common_order(sources, built)
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
    sides = floor_sides(groups, shares["simple"], sources.floor_cells.cells, order)
    return Graph(shares=shares, order=order, sides=sides, stuck=stuck)


def _rows(sources: Sources, distribution: Distribution) -> dict[str, ShareRows]:
    """Return the shares of parts, cells, heads and loose elements in one distribution."""
    return {
        "parts": _part_rows(sources, distribution),
        "cells": _cell_rows(sources, distribution),
        "heads": _head_rows(sources),
        "loose": _loose_rows(sources, distribution),
    }


def _part_rows(sources: Sources, distribution: Distribution) -> ShareRows:
    """Return the shares of the parts: each at its middle, a wall on beams along its whole foot."""
    groups = sources.groups
    group, centre = groups.part_centres()
    _, start, end = groups.part_bounds()
    rows = ShareRows(groups, *groups.at(group, centre))
    for i, (g, s) in enumerate(zip(group.tolist(), centre.tolist(), strict=True)):
        places = [s]
        if groups.kind[g] == "pier" and _stands_on_beams(sources, g):
            n = max(1, math.ceil((end[i] - start[i]) / SPREAD_M - 1e-4))
            places = (start[i] + (end[i] - start[i]) * (np.arange(n) + 0.5) / n).tolist()
        for place in places:
            rows.add_landings(i, sources.search.landings(g, place, distribution), 1.0 / len(places))
    return rows


def _stands_on_beams(sources: Sources, g: int) -> bool:
    """Return whether beams carry a wall: where they lie decides what each of them takes, so its middle alone tells too little."""
    return any(sources.groups.kind[contact.group] == "beam" for contact in sources.search.touch.contacts(g))


def _cell_rows(sources: Sources, distribution: Distribution) -> ShareRows:
    cells, floor_cells = sources.floor_cells.cells, sources.floor_cells
    table = ShareRows(sources.groups, np.asarray(cells.x_m), np.asarray(cells.y_m))
    for f, (spread, kind) in enumerate(zip(sources.spreads, sources.kinds, strict=True)):
        rows = floor_cells.spanning(f)
        if kind == "ground":
            table.add_ground(rows)
            continue
        shapes = [cells.polygon[k] for k in rows.tolist()]
        table.add_hits_of(rows, spread.cell_hits(shapes, cells.x_m[rows], cells.y_m[rows], distribution))
    over = floor_cells.over_support
    table.add_hits_of(over, point_hits(floor_cells.group[over], floor_cells.s_m[over], cells.x_m[over], cells.y_m[over]))
    return table


def _head_rows(sources: Sources) -> ShareRows:
    group = np.array([h[0] for h in sources.heads], dtype=np.int64)
    middle = np.array([0.5 * (h[1] + h[2]) for h in sources.heads])
    hx, hy = sources.groups.at(group, middle) if len(group) else (np.zeros(0), np.zeros(0))
    table = ShareRows(sources.groups, hx, hy)
    table.add_hits_of(np.arange(len(group)), point_hits(group, middle, hx, hy))
    return table


def _loose_rows(sources: Sources, distribution: Distribution) -> ShareRows:
    loose = sources.loose
    table = ShareRows(sources.groups, np.asarray(loose.x_m), np.asarray(loose.y_m))
    for row, fraction, landings in sources.standing.place(distribution):
        table.add_landings(row, landings, fraction)
    return table


def _common_order(sources: Sources, built: dict[Distribution, dict[str, ShareRows]]) -> tuple[IntArray, list[int]]:
    """Order the parts for both distributions at once.

    Where groups carry each other, the lower one carries, then the deeper one. Parts that still
    stand on a cycle lose their support and become unknown.
    """
    groups = sources.groups
    group, _ = groups.part_centres()
    z0 = groups.z0_m[group]
    cut: set[int] = set()
    for turn in range(2 * TURNS):
        both = sum(abs(tables["parts"].matrices()[0]) for tables in built.values())
        order, stuck = carry_order(both, z0)
        if not stuck:
            return order, sorted(cut)
        rings = on_cycles(both)
        pairs = _wrong_way(groups, group, rings) if turn < TURNS else set()
        if pairs - sources.search.touch.barred:
            sources.search.touch.bar(pairs)
            for distribution, tables in built.items():
                tables["parts"] = _part_rows(sources, distribution)
            continue
        rows = [row for ring in rings for row in ring]
        cut.update(rows)
        for tables in built.values():
            tables["parts"].cut(np.array(rows, dtype=np.int64))
    return order, sorted(cut | set(stuck))


def _wrong_way(groups: Groups, group: IntArray, rings: Sequence[Sequence[int]]) -> set[tuple[int, int]]:
    """Return the pairs (group, carrier) on each cycle in which the higher or shallower one would carry."""
    depth = groups.z1_m - groups.z0_m
    pairs: set[tuple[int, int]] = set()
    for ring in rings:
        members = sorted(set(group[list(ring)].tolist()), key=lambda g: (round(float(groups.z0_m[g]), 2), -round(float(depth[g]), 3), g))
        pairs |= {(low, high) for k, low in enumerate(members) for high in members[k + 1 :]}
    return pairs


def new_rows(order: IntArray, rows: Sequence[int]) -> list[int]:
    """Return where parts of the groups stand in the order in which loads go down."""
    return np.flatnonzero(np.isin(order, np.array(list(rows), dtype=np.int64))).tolist()


def settle(search: SupportSearch, graph: Graph) -> None:
    """Note as not settled what hangs beside its support or sticks out too far, and what carries it.

    Both bring a moment that is not counted. Trim that carries nothing and hardly weighs is left alone.
    """
    groups = search.groups
    group, _ = groups.part_centres()
    shares = graph.shares["simple"]
    n = len(group)
    loaded = sum(np.asarray(abs(table[:, :n]).sum(axis=0)).ravel() for table in (shares.parts, shares.cells, shares.heads, shares.loose))
    carrying = set(group[graph.order][np.asarray(loaded) > 1e-9].tolist())
    for g in sorted(carrying & set(search.hung)):
        search.unsettled.setdefault(g, "carries, and hangs beside its support")
        search.unsettled.setdefault(search.hung[g], "carries what hangs beside it")
    for (g, j), over in sorted(search.overhangs.items()):
        if g in carrying or groups.weight_kn[g] >= TRIM_KN:
            search.unsettled.setdefault(g, f"sticks out {over:.1f} m beyond its last support")
            search.unsettled.setdefault(j, "carries what sticks out too far")


def floor_sides(groups: Groups, shares: Shares, cells: Cells, order: IntArray) -> IntArray:
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
