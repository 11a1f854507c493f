"""What the drawings of a variant show, picked from the record: dwellings with their outline, the lines below, the directions of walking."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
from shapely.geometry import Point, Polygon
from shapely.geometry.base import BaseGeometry

from optopscan.geometry import plane
from optopscan.report.plans import data as plan_data
from optopscan.report.shapes import polygons

Record = Mapping[str, Any]
Row = Mapping[str, Any]

MOST_DRAWN = 4
TERRACE_M2 = 2.0
_HAIR_M = 0.01
_NARROW_M = 0.3
_STEEP = 0.7  # of the distance between two doors that the route gets shorter, where one is on the way of the other
_ASIDE_M = 0.75  # from the doors to the middle of a walkway


@dataclass(frozen=True, kw_only=True)
class Turn:
    """Axes u, v turned by ``deg`` from x, y."""

    deg: float

    def to_uv(self, points_m: Any) -> npt.NDArray[np.float64]:
        """Return points (n, 2) along u and v [m]."""
        return np.asarray(points_m, dtype=np.float64).reshape(-1, 2) @ self._axes.T

    def to_xy(self, points_m: Any) -> npt.NDArray[np.float64]:
        """Return points (n, 2) along x and y [m]."""
        return np.asarray(points_m, dtype=np.float64).reshape(-1, 2) @ self._axes

    def box(self, row: Row) -> tuple[float, float, float, float]:
        """Return u0, v0, u1, v1 [m] around a placed module or piece."""
        uv = self.to_uv(plan_data.module_corners(row))
        (u0, v0), (u1, v1) = uv.min(axis=0), uv.max(axis=0)
        return float(u0), float(v0), float(u1), float(v1)

    def span(self, shape: BaseGeometry) -> tuple[float, float, float, float]:
        """Return u0, v0, u1, v1 [m] around a shape."""
        uv = np.vstack([self.to_uv(np.asarray(piece.exterior.coords)[:, :2]) for piece in polygons(shape)])
        (u0, v0), (u1, v1) = uv.min(axis=0), uv.max(axis=0)
        return float(u0), float(v0), float(u1), float(v1)

    @property
    def _axes(self) -> npt.NDArray[np.float64]:
        cos, sin = math.cos(math.radians(self.deg)), math.sin(math.radians(self.deg))
        return np.array([[cos, sin], [-sin, cos]])


@dataclass(frozen=True, kw_only=True, eq=False)
class Home:
    """One dwelling in plan; ``row`` is its row of the record."""

    row: Row
    shape: BaseGeometry

    @property
    def door(self) -> tuple[float, float] | None:
        """Return the middle of its door [m], None where there is none."""
        x_m, y_m = self.row["door_x_m"], self.row["door_y_m"]
        return None if x_m is None or y_m is None else (x_m, y_m)


@dataclass(frozen=True, kw_only=True)
class LineState:
    """What the record says of a bearing line under the roof; ``uc`` the highest known on its way down, None: none."""

    outcome: str
    uc: float | None


def drawn_variants(record: Record) -> list[Row]:
    """Return the variants to draw: those put forward, else the first of each product; at most four, none without modules."""
    placed = [row for row in record["variants"] if row["placed"]]
    if any(row.get("worth") for row in record["variants"]):
        return [row for row in placed if row["worth"] and row["worth"]["put_forward"]][:MOST_DRAWN]
    first = {row["concept"]: row for row in reversed(placed)}
    return [row for row in placed if first[row["concept"]] is row][:MOST_DRAWN]


def on_storey(rows: Sequence[Row], storey: int) -> list[Row]:
    """Return the modules, pieces or dwellings of a new storey, counted from 1."""
    return [row for row in rows if row["storey"] == storey]


def storeys(variant: Row) -> list[int]:
    """Return the new storeys on which modules stand, lowest first."""
    return sorted({row["storey"] for row in variant["placed"]})


def outline(rows: Sequence[Row]) -> BaseGeometry:
    """Return the plan of modules or pieces, joined over hairs between them."""
    shapes = [Polygon(plan_data.module_corners(row)) for row in rows]
    return plane.union([shape.buffer(_HAIR_M, join_style="mitre") for shape in shapes]).buffer(-_HAIR_M, join_style="mitre")


def homes(variant: Row, storey: int) -> list[Home]:
    """Return the dwellings of a storey in the order of the record."""
    modules = {row["module_id"]: row for row in variant["placed"]}
    return [Home(row=row, shape=outline([modules[name] for name in row["modules"]])) for row in on_storey(variant["homes"], storey)]


def types(variant: Row) -> list[str]:
    """Return the unit types of a variant in a fixed order; the place of a type is its colour."""
    return sorted({*variant["dwellings_by_type"], *(row["type"] for row in variant["homes"])})


def terraces(variant: Row, storey: int) -> BaseGeometry:
    """Return the roofs of the storey below on which nothing of this storey stands."""
    if storey == 1:
        return Polygon()
    below, here = on_storey(variant["placed"], storey - 1), on_storey(variant["placed"], storey)
    left = plane.difference(outline(below), outline([*here, *on_storey(variant["walkways"], storey)]).buffer(_HAIR_M))
    kept = [piece for piece in polygons(left) if not piece.buffer(-_NARROW_M / 2).is_empty]
    return plane.union(kept)


def turn_of(variant: Row) -> Turn:
    """Return the axes of a layout: u along its longer side, between -45 and 135 degrees."""
    area_m2: dict[float, float] = {}
    for row in variant["placed"]:
        deg = round(row["rotation_deg"], 3) % 90.0
        area_m2[deg] = area_m2.get(deg, 0.0) + row["width_m"] * row["length_m"]
    best = max(area_m2, key=lambda deg: (round(area_m2[deg], 6), -deg))
    turn = Turn(deg=best if best <= 45.0 else best - 90.0)
    u0, v0, u1, v1 = turn.span(outline(variant["placed"]))
    return turn if u1 - u0 >= v1 - v0 else Turn(deg=turn.deg + 90.0)


def line_states(record: Record, variant: Row) -> dict[str, LineState]:
    """Return per part under the roof the worst of the walls and columns on its way down, with the whole roof covered.

    Empty where the record has no such scenario. The way down follows the largest share; footings and piles have their own verdict.
    """
    scenario = f"{variant['concept']}+{variant['storeys']}"
    found = next((row for row in record["part_uc"] if row["scenario"] == scenario and "outcome" in row), None)
    if found is None:
        return {}
    parts = {part["id"]: part for part in record["parts"]}
    uc = dict(zip(parts, found["uc"], strict=True))
    outcome = dict(zip(parts, found["outcome"], strict=True))
    states: dict[str, LineState] = {}
    for name in sorted({head["part"] for head in record["roof"]["heads"]}):
        way = _way_down(parts, name)
        known = [uc[part] for part in way if uc[part] is not None]
        told = {outcome[part] for part in way}
        worst = next(state for state in ("over", "unknown", "ok") if state in told)
        states[name] = LineState(outcome=worst, uc=max(known, default=None))
    return states


def _way_down(parts: Mapping[str, Row], name: str) -> list[str]:
    way: list[str] = []
    while name in parts and name not in way and parts[name]["kind"] not in ("footing", "pile"):
        way.append(name)
        supports = parts[name]["supported_by"]
        if not supports:
            break
        name = max(supports, key=lambda row: (row["share"], row["part"]))["part"]
    return way


def walking(variant: Row, storey: int) -> list[tuple[tuple[float, float], tuple[float, float]]]:
    """Return arrows along the walkway: between neighbouring doors of which one lies on the way of the other."""
    doors = [home for home in homes(variant, storey) if home.door is not None and home.row["route_m"] is not None]
    walkway = outline(on_storey(variant["walkways"], storey))
    arrows = []
    for home in doors:
        here = np.array(home.door)
        nearer = [other for other in doors if other.row["route_m"] < home.row["route_m"] - _HAIR_M]
        steps = [(float(np.linalg.norm(here - other.door)), other) for other in nearer]
        steps = [(far, other) for far, other in steps if home.row["route_m"] - other.row["route_m"] >= _STEEP * far > _NARROW_M]
        if not steps:
            continue
        far, towards = min(steps, key=lambda step: (round(step[0], 3), step[1].row["id"]))
        way = (np.array(towards.door) - here) / far
        inward = _inward(walkway, (here + np.array(towards.door)) / 2.0, way)
        middle = (here + np.array(towards.door)) / 2.0 + inward
        half = way * min(0.3 * far, 1.0)
        arrows.append(((float(middle[0] - half[0]), float(middle[1] - half[1])), (float(middle[0] + half[0]), float(middle[1] + half[1]))))
    return arrows


def _inward(walkway: BaseGeometry, point: npt.NDArray[np.float64], way: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    """Return the step [m] from the side of a walkway to its middle."""
    side = np.array([-way[1], way[0]])
    for step in (side * _ASIDE_M, -side * _ASIDE_M):
        if walkway.intersects(Point(point + step)):
            return step
    return np.zeros(2)
