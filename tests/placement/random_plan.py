"""The plan of a random building: names, places and supports of its parts, and the structure that they make."""

from __future__ import annotations

import dataclasses
import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np
import scipy.sparse as sp
import shapely

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
from optopscan.placement.roof import UsableRoof

HEIGHT_M = 2.8
PIECE_M = 2.6
HEAD_M = 0.5
CLAMPED = 0.4
MIDDLE_MORE = 0.1  # of a cell, what a floor over three walls brings more to the middle one


@dataclass(frozen=True)
class PlannedPart:
    name: str
    kind: str
    wall: int
    storey: int
    at: tuple[float, float, float, float]
    on: tuple[tuple[str, float], ...]
    near: str = ""


class Plan:
    """Names, places and supports of all parts, before they are turned."""

    def __init__(self, rng: np.random.Generator) -> None:
        self.rng = rng
        self.storeys = int(rng.integers(2, 5))
        self.depth_m = float(rng.choice([7.2, 8.4, 9.6]))
        n_bay = int(rng.integers(2, 4))
        even = rng.random() < 0.6
        bays = np.full(n_bay, rng.choice([3.6, 4.8, 5.4])) if even else rng.uniform(3.0, 5.6, n_bay)
        self.x = np.concatenate([[0.0], np.cumsum(bays)])
        self.n_wall = n_bay + 1
        n_piece = math.ceil(self.depth_m / PIECE_M)
        self.y = np.linspace(0.0, self.depth_m, n_piece + 1)
        self.pieces = np.full(self.n_wall, n_piece)
        self.has: set[str] = {"rectangle"}
        if n_bay > 2 and rng.random() < 0.4:
            self.pieces[-1 if rng.random() < 0.5 else -2 :] = n_piece - int(rng.integers(1, n_piece - 1))
            self.has = {"L"}
        self.turn_deg = float(rng.choice([0.0, 0.0, 30.0, 117.0]))
        # upper walls beside the axis of the lower ones
        self.off_m = np.zeros((self.n_wall, self.storeys))
        if rng.random() < 0.6:
            self.has.add("moments")
            self.off_m = rng.uniform(-0.015, 0.015, (self.n_wall, self.storeys))
        self.thickness_m = rng.choice([0.15, 0.214, 0.3], self.n_wall)
        self.spread = {"simple": 0.0, "continuous": float(rng.choice([0.0, 0.15]))}
        self.transfer = int(rng.integers(1, self.n_wall - 1)) if rng.random() < 0.35 else -1
        self.cantilever = int(rng.integers(0, self.n_wall)) if rng.random() < 0.4 else -1
        if self.cantilever >= 0 and (self.pieces[self.cantilever] < 3 or abs(self.cantilever - self.transfer) < 2):
            self.cantilever = -1
        self.parts = [part for storey in range(self.storeys - 1, -1, -1) for part in self._storey(storey)]
        self.row = {part.name: row for row, part in enumerate(self.parts)}

    def _storey(self, storey: int) -> list[PlannedPart]:
        """Return the parts of a storey, beams before the piers that they stand on."""
        beams, piers = [], []
        for wall in range(self.n_wall):
            for piece in range(self.pieces[wall]):
                x, last = self.x[wall] + self.off_m[wall, storey], piece == self.pieces[wall] - 1
                at = (x, self.y[piece], x, self.y[piece + 1])
                name, below = f"w{wall}.{piece}.{storey}", f"w{wall}.{piece}.{storey - 1}"
                on: tuple[tuple[str, float], ...] = ((below, 1.0),) if storey else ()
                if wall == self.transfer and storey == 0 and piece < min(self.pieces[wall - 1], self.pieces[wall + 1]):
                    self.has.add("transfer")
                    left, right = (self.x[k] + self.off_m[k, 0] for k in (wall - 1, wall + 1))
                    to_right = (x - left) / (right - left)
                    on = ((f"w{wall - 1}.{piece}.0", 1.0 - to_right), (f"w{wall + 1}.{piece}.0", to_right))
                    beams.append(PlannedPart(name, "beam", wall, storey, at, on))
                elif wall == self.cantilever and storey == self.storeys - 2 and last:
                    self.has.add("cantilever")
                    near, far, own = (0.5 * (self.y[piece - k] + self.y[piece - k + 1]) for k in (1, 2, 0))
                    # partly clamped: the rest of the couple stays behind as a moment
                    lift = CLAMPED * (own - near) / (far - near)
                    on = ((f"w{wall}.{piece - 1}.{storey}", 1.0 - lift), (f"w{wall}.{piece - 2}.{storey}", lift))
                    beams.append(PlannedPart(name, "beam", wall, storey, at, on))
                else:
                    neighbour = f"w{wall}.{piece + 1}.{storey - 1}" if storey and not last else ""
                    piers.append(PlannedPart(name, "pier", wall, storey, at, on, neighbour))
        return beams + piers

    def structure(self) -> Structure:
        parts = self._parts()
        depth = [self.y[min(self.pieces[k], self.pieces[k + 1])] for k in range(self.n_wall - 1)]
        roof = shapely.union_all([shapely.box(self.x[k], 0.0, self.x[k + 1], depth[k]) for k in range(self.n_wall - 1)])
        top_m = self.storeys * HEIGHT_M
        heads, cells, cell_parts = self._heads(parts, top_m), self._cells(), self._cell_parts()
        obstacles = []
        if self.rng.random() < 0.4:
            self.has.add("obstacle")
            x, y = self.rng.uniform(0.5, self.x[-1] - 1.5), self.rng.uniform(0.5, self.depth_m - 1.5)
            obstacles = [RoofObstacle(polygon=self._turned(shapely.box(x, y, x + 0.8, y + 0.8)), element=0, face=0)]
        return Structure(
            parts=parts,
            heads=heads,
            fields=Fields(
                elements=((),) * self.storeys,
                polygon=(self._turned(roof),) * self.storeys,
                z0_m=(np.arange(self.storeys) + 1) * HEIGHT_M - 0.2,
                z1_m=(np.arange(self.storeys) + 1) * HEIGHT_M,
                storey=np.arange(self.storeys),
                kind=(*("floor",) * (self.storeys - 1), "roof"),
                weight_kn=np.zeros(self.storeys),
            ),
            cells=cells,
            loose=Loose(element=np.zeros(0, dtype=int), weight_kn=np.zeros(0), x_m=np.zeros(0), y_m=np.zeros(0)),
            shares={name: self._shares(name, parts, heads, cells, cell_parts) for name in DISTRIBUTIONS},
            level_z_m=tuple(k * HEIGHT_M for k in range(self.storeys + 1)),
            base_z_m=0.0,
            roof_faces=(RoofFace(polygon=self._turned(roof), z_m=top_m, field=self.storeys - 1),),
            roof_obstacles=tuple(obstacles),
        )

    def stepped(self, roofs: tuple[UsableRoof, ...], back_m: float) -> tuple[UsableRoof, ...]:
        """Return the roofs less a strip at the far end."""
        kept = self._turned(shapely.box(-1.0, -1.0, self.x[-1] + 1.0, self.depth_m - back_m if back_m else self.depth_m + 1.0))
        cut = [dataclasses.replace(roof, polygon=roof.polygon.intersection(kept)) for roof in roofs]
        return tuple(roof for roof in cut if not roof.polygon.is_empty)

    def _turn(self, x: Any, y: Any) -> tuple[np.ndarray, np.ndarray]:
        c, s = math.cos(math.radians(self.turn_deg)), math.sin(math.radians(self.turn_deg))
        return np.asarray(x) * c - np.asarray(y) * s, np.asarray(x) * s + np.asarray(y) * c

    def _turned(self, polygon: shapely.Geometry) -> shapely.Geometry:
        return shapely.transform(polygon, lambda xy: np.column_stack(self._turn(xy[:, 0], xy[:, 1])))

    def _parts(self) -> Parts:
        n = len(self.parts)
        ends = np.array([part.at for part in self.parts])
        (x0, y0), (x1, y1) = self._turn(ends[:, 0], ends[:, 1]), self._turn(ends[:, 2], ends[:, 3])
        storey = np.array([part.storey for part in self.parts])
        wall = np.array([part.wall for part in self.parts])
        kind = tuple(part.kind for part in self.parts)
        known = np.ones(n, dtype=bool)
        if self.rng.random() < 0.15:
            self.has.add("bearing unknown")
            known[int(self.rng.integers(n))] = False
        length = np.hypot(x1 - x0, y1 - y0)
        thickness = self.thickness_m[wall]
        beam = np.array([k == "beam" for k in kind])
        return Parts(
            id=tuple(part.name for part in self.parts),
            kind=kind,
            element=np.arange(n),
            storey=storey,
            x0_m=x0,
            y0_m=y0,
            x1_m=x1,
            y1_m=y1,
            z0_m=storey * HEIGHT_M,
            z1_m=(storey + 1) * HEIGHT_M - 0.2,
            x_m=0.5 * (x0 + x1),
            y_m=0.5 * (y0 + y1),
            thickness_m=thickness,
            length_m=length,
            self_weight_kn=np.where(beam, 2.0, 18.0 * thickness * (HEIGHT_M - 0.2)) * length,
            floor_sides=np.where((wall == 0) | (wall == self.n_wall - 1), 1, 2),
            on_ground=(storey == 0) & ~beam,
            bearing_known=known,
            line=np.where((storey == 0) & ~beam, wall, -1),
        )

    def _heads(self, parts: Parts, z_m: float) -> Heads:
        rows = []
        for row, part in enumerate(self.parts):
            if part.storey == self.storeys - 1:
                x0, y0, x1, y1 = part.at
                n = math.ceil((y1 - y0) / HEAD_M - 1e-9)
                at = np.linspace(y0, y1, n + 1)
                rows += [(row, x0, low, x1, high) for low, high in pairwise(at)]
        part_row, x0, y0, x1, y1 = (np.array(column) for column in zip(*rows, strict=True))
        (x0, y0), (x1, y1) = self._turn(x0, y0), self._turn(x1, y1)
        n = len(rows)
        beside_m = 0.5 * np.convolve(np.diff(self.x), [1.0, 1.0])
        return Heads(
            part=part_row,
            face=np.zeros(n, dtype=int),
            x0_m=x0,
            y0_m=y0,
            x1_m=x1,
            y1_m=y1,
            z_m=np.full(n, z_m),
            thickness_m=parts.thickness_m[part_row],
            trib_area_m2=np.hypot(x1 - x0, y1 - y0) * beside_m[[self.parts[row].wall for row in part_row]],
        )

    def _bays(self) -> list[tuple[int, int, int]]:
        """Return (storey, bay, piece) of every floor cell."""
        shallow = [min(self.pieces[k], self.pieces[k + 1]) for k in range(self.n_wall - 1)]
        return [(storey, bay, piece) for storey in range(self.storeys) for bay in range(self.n_wall - 1) for piece in range(shallow[bay])]

    def _cells(self) -> Cells:
        bays = self._bays()
        boxes = [shapely.box(self.x[k], self.y[j], self.x[k + 1], self.y[j + 1]) for _, k, j in bays]
        polygons = [self._turned(box) for box in boxes]
        area = np.array([box.area for box in boxes])
        storey = np.array([s for s, _, _ in bays])
        return Cells(
            field=storey,
            polygon=tuple(polygons),
            area_m2=area,
            x_m=np.array([p.centroid.x for p in polygons]),
            y_m=np.array([p.centroid.y for p in polygons]),
            span_deg=np.full(len(bays), self.turn_deg % 180.0),
            roof=storey == self.storeys - 1,
            weight_kn=4.0 * area,
        )

    def _cell_parts(self) -> list[tuple[str, str]]:
        return [(f"w{k}.{j}.{s}", f"w{k + 1}.{j}.{s}") for s, k, j in self._bays()]

    def _shares(self, name: Distribution, parts: Parts, heads: Heads, cells: Cells, cell_parts: Sequence[tuple[str, str]]) -> Shares:
        n, spread = len(parts), self.spread[name]
        place = np.column_stack([parts.x_m, parts.y_m])
        on_part: list[tuple[int, int, float]] = []
        on_ground: list[int] = []
        beams: dict[int, np.ndarray] = {}
        for row, part in enumerate(self.parts):
            if not part.on:
                on_ground.append(row)
            aside = spread if part.near and part.kind == "pier" else 0.0
            on_part += [(row, self.row[below], share * (1.0 - aside)) for below, share in part.on]
            if aside:
                on_part.append((row, self.row[part.near], aside))
            if part.kind == "beam":
                beams[row] = place[row] - sum(share * place[self.row[below]] for below, share in part.on)
        table = sp.lil_array((n, n + 2))
        arms = [sp.lil_array((n, n + 2)) for _ in range(2)]
        for row, below, share in on_part:
            table[row, below] += share
            off = beams.get(row, place[row] - place[below])
            for axis in (0, 1):
                arms[axis][row, below] += share * off[axis]
        for row in on_ground:
            table[row, n] = 1.0
        of_cells, cell_arms = self._landings(name, cells, cell_parts, place)
        head_at = np.column_stack([0.5 * (heads.x0_m + heads.x1_m), 0.5 * (heads.y0_m + heads.y1_m)])
        head_rows = [(h, int(p), 1.0) for h, p in enumerate(heads.part)]
        of_heads, head_arms = _spread(head_rows, len(heads), n, head_at, place)
        none = sp.csr_array((0, n + 2))
        return Shares(
            parts=sp.csr_array(table),
            cells=of_cells,
            heads=of_heads,
            loose=none,
            arms={"parts": (sp.csr_array(arms[0]), sp.csr_array(arms[1])), "cells": cell_arms, "heads": head_arms, "loose": (none, none)},
        )

    def _landings(
        self, name: Distribution, cells: Cells, cell_parts: Sequence[tuple[str, str]], place: np.ndarray
    ) -> tuple[sp.csr_array, tuple[sp.csr_array, sp.csr_array]]:
        """Return shares of the cells that keep every resultant in its place: by levers, and continuous as one floor over three walls."""
        n, turn = len(place), np.radians(self.turn_deg)
        at, middle = (points @ [np.cos(turn), np.sin(turn)] for points in (place, np.column_stack([cells.x_m, cells.y_m])))
        rows: list[tuple[int, int, float]] = []
        for cell, (first, last) in enumerate(cell_parts):
            one, two = self.row[first], self.row[last]
            lever = (at[two] - middle[cell]) / (at[two] - at[one])
            rows += [(cell, one, lever), (cell, two, 1.0 - lever)]
            k, piece, storey = first[1:].split(".")
            three = [self.row.get(f"w{int(k) + step}.{piece}.{storey}") for step in (-1, 0, 1)]
            if name == "continuous" and three[0] is not None:
                before, after = at[three[1]] - at[three[0]], at[three[2]] - at[three[1]]
                over = np.array([-after, before + after, -before]) / (before + after)
                rows += [(cell, row, MIDDLE_MORE * share) for row, share in zip(three, over.tolist(), strict=True)]
        source, part, share = (np.array(column) for column in zip(*rows, strict=True))
        none = sp.csr_array((len(cells), n + 2))
        return sp.csr_array((share, (source, part)), shape=none.shape), (none, none)


def _spread(
    rows: Sequence[tuple[int, int, float]], count: int, n: int, at: np.ndarray, place: np.ndarray
) -> tuple[sp.csr_array, tuple[sp.csr_array, sp.csr_array]]:
    source, part, share = (np.array(column) for column in zip(*rows, strict=True))
    made = [sp.csr_array((share * w, (source, part)), shape=(count, n + 2)) for w in (np.ones(len(rows)), *(at[source] - place[part]).T)]
    return made[0], (made[1], made[2])
