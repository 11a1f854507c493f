"""What a section and an elevation of a variant show, as rectangles along one line: modules, walkways, stairs, roofs, heights of rules."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from shapely.geometry import LineString
from shapely.geometry.base import BaseGeometry

from optopscan.geometry import plane
from optopscan.report.phrases import phrase
from optopscan.report.plans import data as plan_data
from optopscan.report.variants.data import Turn
from optopscan.report.variants.plan import extent
from optopscan.report.words import Language, number, word

Record = Mapping[str, Any]
Row = Mapping[str, Any]
Interval = tuple[float, float]

RULES = ("top_floor_m", "building_height_m")
SAME_M = 0.02


@dataclass(frozen=True, kw_only=True)
class Box:
    """A module or piece of walkway in a panel: its interval, bottom and top [m above ground], and its row of the record."""

    ends: Interval
    z0_m: float
    z1_m: float
    row: Row


@dataclass(frozen=True, kw_only=True)
class Panel:
    """One view in the drawing: what stands at which place along it; ``ends`` from the first to the last [m]."""

    ends: Interval
    homes: tuple[Box, ...]
    beyond: tuple[Box, ...]
    walkways: tuple[Box, ...]
    stairs: tuple[tuple[Interval, bool], ...]
    roofs: tuple[tuple[Interval, float], ...]


def ground_z(record: Record) -> float:
    """Return the level of the ground [m in the model]; heights in the drawings count from it."""
    z_m = record["building"]["base_z_m"]
    return 0.0 if z_m is None else float(z_m)


def cross_panel(record: Record, variant: Row, turn: Turn, u_m: float) -> Panel:
    """Return the section at u [m], seen along u: what it meets, and the modules beyond where they look different."""
    _, v0, _, v1 = turn.span(extent(record, variant))
    boxes = [(turn.box(row), row) for row in variant["placed"]]
    homes = tuple(_box(record, row, (b[1], b[3])) for b, row in boxes if b[0] <= u_m <= b[2])
    beyond = {
        (round(b[1], 2), round(b[3], 2), row["storey"]): _box(record, row, (b[1], b[3])) for b, row in boxes if not b[0] <= u_m <= b[2]
    }
    cut = {(round(box.ends[0], 2), round(box.ends[1], 2), box.row["storey"]) for box in homes}
    walk = [(turn.box(row), row) for row in variant["walkways"]]
    stairs, roofs = [], []
    for stair in (variant["site"] or {}).get("stairs", ()):
        s = turn.span(plan_data.shape_of(stair["polygon"]))
        if s[0] <= u_m <= s[2]:
            stairs.append(((s[1], s[3]), bool(stair["new"])))
    line = LineString(turn.to_xy([(u_m, v0 - 1.0), (u_m, v1 + 1.0)]).tolist())
    for face in record["roof"]["faces"]:
        roofs += [(ends, face["z_m"] - ground_z(record)) for ends in crossed(line, plan_data.shape_of([face["polygon"]]), turn)]
    used = [*(end for box in homes for end in box.ends), *(end for ends, _ in roofs for end in ends)]
    used += [end for b, _ in walk if b[0] <= u_m <= b[2] for end in (b[1], b[3])] + [end for ends, _ in stairs for end in ends]
    return Panel(
        ends=(min(used), max(used)),
        homes=homes,
        beyond=tuple(beyond[key] for key in sorted(beyond) if key not in cut and min(used) <= key[0] and key[1] <= max(used)),
        walkways=tuple(_box(record, row, (b[1], b[3])) for b, row in walk if b[0] <= u_m <= b[2]),
        stairs=tuple(stairs),
        roofs=tuple(roofs),
    )


def long_panel(record: Record, variant: Row, turn: Turn) -> Panel:
    """Return the layout seen along v from its low side: the nearest module in front."""
    u0, _, u1, _ = turn.span(extent(record, variant))
    boxes = sorted(((turn.box(row), row) for row in variant["placed"]), key=lambda one: (-one[0][1], one[1]["module_id"]))
    stairs = []
    for stair in (variant["site"] or {}).get("stairs", ()):
        s = turn.span(plan_data.shape_of(stair["polygon"]))
        stairs.append(((s[0], s[2]), bool(stair["new"])))
    roofs = []
    for face in record["roof"]["faces"]:
        shape = plan_data.shape_of([face["polygon"]])
        if not shape.is_empty:
            s = turn.span(shape)
            roofs.append(((s[0], s[2]), face["z_m"] - ground_z(record)))
    return Panel(
        ends=(u0, u1),
        homes=tuple(_box(record, row, (b[0], b[2])) for b, row in boxes),
        beyond=(),
        walkways=(),
        stairs=tuple(stairs),
        roofs=tuple(roofs),
    )


def _box(record: Record, row: Row, ends: Interval) -> Box:
    return Box(ends=ends, z0_m=row["z_m"] - ground_z(record), z1_m=row["z_m"] + row["height_m"] - ground_z(record), row=row)


def crossed(line: LineString, shape: BaseGeometry, turn: Turn) -> list[Interval]:
    """Return where a line through the plan meets a shape, along v [m]."""
    if shape.is_empty or not line.intersects(shape):
        return []
    met = plane.intersection(line, shape)
    found = []
    for piece in getattr(met, "geoms", [met]):
        if piece.length > SAME_M:
            v = turn.to_uv(np.asarray(piece.coords)[:, :2])[:, 1]
            found.append((float(v.min()), float(v.max())))
    return found


def rule_heights(record: Record, top_m: float) -> list[tuple[float, list[str]]]:
    """Return the heights of rules that the building reaches, with what each looks at, lowest first."""
    found: dict[float, set[str]] = {}
    for flag in record["flags"]:
        if flag.get("quantity") in RULES and flag["above"] is not None and not flag["asks"] and flag["above"] < top_m:
            found.setdefault(flag["above"], set()).add(flag["quantity"])
    return [(above_m, sorted(names, reverse=True)) for above_m, names in sorted(found.items())]


def rules_told(record: Record, top_m: float, language: Language) -> list[str]:
    """Return a line per rule with its height, its sentence and its article."""
    lines = []
    flags = [flag for flag in record["flags"] if flag.get("quantity") in RULES and not flag["asks"] and flag["above"] is not None]
    for flag in sorted(flags, key=lambda row: (row["above"], row["code"])):
        if flag["above"] < top_m:
            what = word(f"v_{flag['quantity']}", language)
            article = f" ({phrase(flag['article'], language)})" if flag["article"] else ""
            lines.append(f"{number(flag['above'], 1, language)} m {what}: {phrase(flag['text'], language)}{article}")
    return lines
