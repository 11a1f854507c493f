"""The bearing structure as an analysis model: centre lines and planes that meet, so that a frame program can join them.

Walls and columns run from what carries them to the top of the floor above, beams and lintels lie at that level, strips at
their underside, floors at their top. Sizes and weights stay those of the record; only the height of the axes is moved, at
most `REACH_M`.
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from optopscan.report.load_path import LoadPath, PartLoad, known
from optopscan.report.saf.tables import Tables, Value
from optopscan.units import GRAVITY_M_S2

REACH_M = 0.75
UPRIGHT = ("pier", "column", "pile")
SURFACE = "pier"
LEAST_LENGTH_M = 0.05
TYPES = {
    "concrete": "Concrete",
    "steel": "Steel",
    "timber": "Timber",
    "clay": "Masonry",
    "calcium-silicate": "Masonry",
    "concrete-block": "Masonry",
    "aerated-concrete": "Masonry",
}
PREFIX = {"pier": "W", "lintel": "L", "column": "K", "beam": "B", "footing": "F", "pile": "P"}
MEMBER_TYPE = {"lintel": "Beam", "column": "Column", "beam": "Beam", "footing": "Beam", "pile": "Column"}
PROFILE = re.compile(r"\b(HE\s?\d{3}\s?[ABM]|HE[ABM]\s?\d{3}|IPE\s?\d{2,3})\b", re.IGNORECASE)
Point = tuple[float, float, float]


@dataclass(frozen=True, kw_only=True)
class Placed:
    """A part in the model: the name of its member, and how loads and supports refer to it.

    ``surface``: a wall, with edge 1 below and edge 3 on top. ``point``: a column, pile or pad, with its nodes. Else a line.
    """

    name: str
    surface: bool
    point: bool
    top: str
    bottom: str
    length_m: float


class Nodes:
    """Nodes by place, to the millimetre; each place has one."""

    def __init__(self, tables: Tables) -> None:
        self._tables = tables
        self.names: dict[Point, str] = {}

    def at(self, x: float, y: float, z: float) -> str:
        """Return the node at a place."""
        place = (round(x, 3) + 0.0, round(y, 3) + 0.0, round(z, 3) + 0.0)
        if place not in self.names:
            name = f"N{len(self.names) + 1}"
            axes = {f"Coordinate {axis} [m]": value for axis, value in zip("XYZ", place, strict=True)}
            self.names[place] = self._tables.add("StructuralPointConnection", {"Name": name, **axes})
        return self.names[place]


def place_parts(record: Mapping[str, Any], path: LoadPath, tables: Tables, nodes: Nodes) -> list[Placed | None]:
    """Add a member for every part; None where its place is not known."""
    elements = {row["id"]: row for row in record["elements"]}
    levels = sorted({round(floor.z1_m, 3) for floor in path.floors if math.isfinite(floor.z1_m)})
    heights = _heights(record["parts"], path.parts, levels)
    placed: list[Placed | None] = []
    for part, row, (low, high) in zip(path.parts, record["parts"], heights, strict=True):
        place = [known(row[name]) for name in ("x0_m", "y0_m", "x1_m", "y1_m")]
        if not all(map(math.isfinite, (*place, low, high, part.thickness_m))):
            placed.append(None)
            continue
        placed.append(_member(part, place, (low, high), elements[row["element"]], tables, nodes))
    return placed


def join_lines(tables: Tables, nodes: Nodes) -> None:
    """Tell every straight member which other nodes lie on it."""
    place_of = {name: place for place, name in nodes.names.items()}
    level: dict[float, list[tuple[Point, str]]] = {}
    upright: dict[tuple[float, float], list[tuple[Point, str]]] = {}
    for place, name in nodes.names.items():
        level.setdefault(place[2], []).append((place, name))
        upright.setdefault(place[:2], []).append((place, name))
    for row in tables.rows["StructuralCurveMember"]:
        first, last = (place_of[str(row[end])] for end in ("Begin node", "End node"))
        near = level[first[2]] if first[2] == last[2] else upright[first[:2]]
        on_it = sorted((math.dist(first, place), name) for place, name in near if _between(first, last, place))
        if on_it:
            row["Internal nodes"] = "; ".join(name for _, name in on_it)


def material(element: Mapping[str, Any], tables: Tables) -> str:
    """Add the material of an element, once; return its name."""
    told = element["material"]
    name = f"{told['group']} {told['grade'] or '?'}"
    density = known(told["density_kg_m3"])
    if math.isfinite(density):
        name += f" {density:.0f}"
    if all(row["Name"] != name for row in tables.rows["StructuralMaterial"]):
        values: dict[str, Value] = {"Name": name, "Type": TYPES.get(told["group"], "Other"), "Quality": told["grade"] or "unknown"}
        tables.add("StructuralMaterial", values | ({"Unit mass [kg/m3]": density} if math.isfinite(density) else {}))
    return name


def _heights(rows: Sequence[Mapping[str, Any]], parts: Sequence[PartLoad], levels: Sequence[float]) -> list[tuple[float, float]]:
    """Return underside and top of every axis (equal where it lies), moved so that what bears and what rests meet."""
    own = [(known(row["z0_m"]), known(row["z1_m"])) for row in rows]
    tops = []
    for part, (z0, z1) in zip(parts, own, strict=True):
        above = next((level for level in levels if -0.01 <= level - z1 <= REACH_M), z1)
        tops.append({"footing": z0, "pile": z1}.get(part.kind, above))
    for part in parts:
        if part.kind == "pile" and part.above:
            reached = min(tops[row] for row, _ in part.above)
            tops[part.row] = reached if 0.0 <= reached - tops[part.row] <= REACH_M else tops[part.row]
    under: list[list[float]] = [[] for _ in parts]
    for part in parts:
        for row, _ in part.above:
            under[row].append(tops[part.row])
    found = []
    for part, (z0, _), top in zip(parts, own, tops, strict=True):
        if part.kind not in UPRIGHT:
            found.append((top, top))
            continue
        near = [z for z in under[part.row] if abs(z0 - z) <= 2 * REACH_M and z < top]
        found.append((max(near) if near else z0, top))
    return found


def _member(
    part: PartLoad, place: Sequence[float], z: tuple[float, float], element: Mapping[str, Any], tables: Tables, nodes: Nodes
) -> Placed:
    x0, y0, x1, y1 = place
    name = PREFIX[part.kind] + part.id.replace("#", "_").replace("/", "_")
    made_of, length = material(element, tables), math.hypot(x1 - x0, y1 - y0)
    layer = f"bouwlaag {part.storey + 1}"
    if part.kind == SURFACE and length >= LEAST_LENGTH_M:
        corners = [(x0, y0, z[0]), (x1, y1, z[0]), (x1, y1, z[1]), (x0, y0, z[1])]
        names = [nodes.at(*corner) for corner in corners]
        surface(tables, name, "Wall", made_of, 1000.0 * part.thickness_m, names, length * (z[1] - z[0]), layer, (x1 - x0, y1 - y0, 0.0))
        return Placed(name=name, surface=True, point=False, top=names[2], bottom=names[0], length_m=length)
    upright = part.kind in UPRIGHT
    lies = length >= LEAST_LENGTH_M and not upright
    if not upright and not lies:  # a pad: a node that takes its weight and stands on the ground
        node = nodes.at(x0, y0, z[0])
        return Placed(name="", surface=False, point=True, top=node, bottom=node, length_m=0.0)
    ends = [(x0, y0, z[0]), (x1, y1, z[0])] if lies else [(part.x_m, part.y_m, z[0]), (part.x_m, part.y_m, z[1])]
    begin, end = (nodes.at(*place) for place in ends)
    values: dict[str, Value] = {
        "Name": name,
        "Type": MEMBER_TYPE.get(part.kind, "Column"),
        "Cross section": _section(part, element, made_of, tables, lies=lies),
        "Nodes": f"{begin}; {end}",
        "Segments": "Line",
        "Begin node": begin,
        "End node": end,
        "Length [m]": round(math.dist(*ends), 4),
        "Geometrical shape": "Line",
        "LCS": "z by vector" if lies else "y by vector",
        "LCS Rotation [deg]": 0.0,
        **{f"Coordinate {axis} [m]": value for axis, value in zip("XYZ", (0.0, 0.0, 1.0) if lies else (0.0, 1.0, 0.0), strict=True)},
        "System line": "Centre" if not lies else "Bottom" if part.kind == "footing" else "Top",
        **{f"Analysis {axis} Eccentricity of {at} Node [mm]": 0.0 for axis in "YZ" for at in ("Beg", "End")},
        "Layer": layer,
        "Behaviour in analysis": "Standard",
    }
    tables.add("StructuralCurveMember", values)
    return Placed(name=name, surface=False, point=not lies, top=end, bottom=begin, length_m=length if lies else 0.0)


def surface(
    tables: Tables,
    name: str,
    kind: str,
    made_of: str,
    thickness_mm: float,
    names: Sequence[str],
    area_m2: float,
    layer: str,
    x_axis: Point,
    plane: str = "Centre",
) -> None:
    """Add a wall or floor by its nodes in order."""
    values: dict[str, Value] = {
        "Name": name,
        "Type": kind,
        "Material": made_of,
        "Thickness type": "Constant",
        "Thickness [mm]": round(thickness_mm, 1),
        "System plane at": plane,
        "Nodes": "; ".join(names),
        "Edges": "; ".join(["Line"] * len(names)),
        "Area [m2]": round(area_m2, 4),
        "Layer": layer,
        "LCS Type": "x by vector",
        **{f"Coordinate {axis} [m]": round(value, 6) for axis, value in zip("XYZ", x_axis, strict=True)},
        "LCS Rotation [deg]": 0.0,
        "Analysis Z Eccentricity [mm]": 0.0,
        "Shape": "Flat",
        "Behavior in analysis": "Isotropic",
    }
    tables.add("StructuralSurfaceMember", values)


def _section(part: PartLoad, element: Mapping[str, Any], made_of: str, tables: Tables, *, lies: bool) -> str:
    """Add the cross-section of a bar, once; return its name. A steel bar without a known profile is the box around it."""
    found = PROFILE.search(f"{element['type_name']} {element['name']}") if element["material"]["group"] == "steel" else None
    if found:
        profile = found[1].upper().replace(" ", "")
        name = f"{profile} {made_of}"
        values: dict[str, Value] = {"Cross-section type": "Manufactured", "Profile": profile, "Form code": 1}
    else:
        high = _depth(part, element) if lies else part.length_m
        size = f"{1000.0 * high:.0f}; {1000.0 * part.thickness_m:.0f}"
        box = "box " if element["material"]["group"] == "steel" else ""
        name = f"{box}{size.replace('; ', 'x')} {made_of}"
        values = {"Cross-section type": "Parametric", "Shape": "Rectangle", "Parameters [mm]": size}
    if all(row["Name"] != name for row in tables.rows["StructuralCrossSection"]):
        tables.add("StructuralCrossSection", {"Name": name, "Material": made_of, **values})
    return name


def _depth(part: PartLoad, element: Mapping[str, Any]) -> float:
    """Return the depth of a bar that lies [m]: of a lintel what its weight leaves above the opening."""
    density = known(element["material"]["density_kg_m3"])
    per_m = density * GRAVITY_M_S2 / 1000.0 * part.thickness_m * part.length_m
    depth = part.own / per_m if part.kind == "lintel" and per_m > 0.0 else part.height_m
    return depth if math.isfinite(depth) and depth > 0.0 else part.height_m


def _between(first: Point, last: Point, place: Point) -> bool:
    """True where a place lies on the line between two others, to the millimetre, and is neither."""
    span = math.dist(first, last)
    if span < LEAST_LENGTH_M or place in (first, last):
        return False
    along = sum((p - a) * (b - a) for p, a, b in zip(place, first, last, strict=True)) / span
    if not 0.0 < along < span:
        return False
    foot = [a + along / span * (b - a) for a, b in zip(first, last, strict=True)]
    return math.dist(foot, place) <= 1e-3
