"""Check the load take-down of floors against an independent finite-element model.

    python benchmarks/finite_elements.py examples/ifc/*.ifc --size 0.5 --refine

For every floor that rests on walls, columns or beams two models are made in PyNite,
straight from the elements that were read (outline, thickness, axes, heights):

hinged
    strips simply supported between the walls that the floor spans to, one row of
    beams per mesh line; compared with the `simple` distribution.
continuous
    one plate (quadrilaterals) over all walls, columns and beams at once, on vertical
    springs EA/h that can push and pull; beams are members in the plate. Compared
    with the larger of our two distributions.

Load: self weight of the floor and 1 kN/m2. Compared per element and floor; what a floor
brings to a beam is followed to the walls and columns that carry it; a lintel is part of its wall.
"""

from __future__ import annotations

import argparse
import itertools
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import shapely
from numpy.typing import NDArray
from Pynite import FEModel3D
from shapely.strtree import STRtree

from optopscan.ifc.read import read
from optopscan.model.building import Building, Elements
from optopscan.model.structure import Bearing, Materials, Structure
from optopscan.pipeline import infer
from optopscan.settings import Settings
from optopscan.structure.build import build_structure
from optopscan.structure.fields import acts_continuously

Floats = NDArray[np.float64]
E_KN_M2 = {"concrete": 30e6, "steel": 210e6, "clay": 4e6, "calcium-silicate": 6e6, "timber": 10e6}  # short term, uncracked
E_OTHER_KN_M2 = 4e6
POISSON = 0.2
LOAD_KN_M2 = 1.0
SNAP_M = 0.03  # mesh lines closer than this become one
BESIDE_M = 0.16  # a support this far past the end of a row still meets it
PAST_M = 0.01  # and so does a row this little past the end of a wall
STRIP_M = 0.15
SMALL = 12.0  # a small floor gets at least as many mesh cells on its side
EDGE_M = 0.25  # a strip along the edge of a floor narrower than this does not span by itself
SAME_M = 1e-3
SAME_PLACE_M = 0.05  # supports closer than this along a row are one
SLIVER_M2 = 1e-6
UNDER_M2 = 0.002  # what only touches the edge of a floor with its end does not carry it
BESIDE_EDGE_M, ALONG_EDGE_M = 0.03, 0.5  # a wall along the edge does
SHOWN_KN = 1.0  # walls that take less from a floor are added up, not compared


@dataclass(frozen=True)
class Analysed:
    """One building as read and as the program structures it."""

    name: str
    building: Building
    materials: Materials
    bearing: Bearing
    structure: Structure


@dataclass(frozen=True)
class Support:
    """A wall interval, column or beam under a floor; ``stiffness`` [kN/m2 of a wall line, kN/m of a column]; beams: EI, GJ."""

    element: int
    line: Floats  # x0, y0, x1, y1 in mesh coordinates
    kind: str
    stiffness: float
    thickness_m: float
    torsion: float = 0.0

    @property
    def length_m(self) -> float:
        return float(np.hypot(self.line[2] - self.line[0], self.line[3] - self.line[1]))


@dataclass
class Floor:
    """One floor as the finite-element models see it, turned to the direction of its walls."""

    name: str
    field: int
    outline: shapely.Geometry
    thickness_m: float
    load_kn_m2: float
    e_kn_m2: float
    angle_deg: float
    turn: Callable[[Floats], Floats]  # plan to mesh coordinates
    supports: list[Support]
    x: Floats = field(default_factory=lambda: np.zeros(0))
    y: Floats = field(default_factory=lambda: np.zeros(0))
    area: Floats = field(default_factory=lambda: np.zeros((0, 0)))  # floor area that each mesh cell stands for


def analyse(paths: list[Path]) -> Analysed:
    """Read one building and structure it."""
    settings = Settings()
    building, _ = read(paths, settings)
    materials, bearing, _ = infer(building, settings)
    structure, _ = build_structure(building, materials, bearing, settings)
    return Analysed(paths[0].stem, building, materials, bearing, structure)


# -- the floor and what carries it -----------------------------------------------


def floors(made: Analysed, size_m: float, only: str = "") -> Iterator[Floor]:
    """Yield every floor that lies on walls, columns or beams and whose name holds ``only``, with its mesh."""
    elements, materials, fields = made.building.elements, made.materials, made.structure.fields
    for f, members in enumerate(fields.elements):
        if fields.kind[f] == "ground":
            continue
        slab = shapely.union_all([elements.footprint[i] for i in members])
        outline = slab.buffer(0.02, join_style="mitre").buffer(-0.02, join_style="mitre")
        weight = float(materials.self_weight_kn[list(members)].sum())
        thickness = float(elements.volume_m3[list(members)].sum() / outline.area)
        angle, turn = _turn(elements, made.bearing)
        soffit = float(fields.z1_m[f]) - thickness
        supports = [s for i in range(len(elements)) for s in _supports_of(made, i, outline, soffit, float(fields.z1_m[f]), turn)]
        if not any(s.kind in ("wall", "column") for s in supports):
            continue
        name = f"{made.name} z {fields.z1_m[f]:.2f} {elements.name[members[0]]}"
        if only not in name:
            continue
        floor = Floor(
            name=name,
            field=f,
            outline=shapely.transform(outline, turn),
            thickness_m=thickness,
            load_kn_m2=LOAD_KN_M2 + weight / outline.area,
            e_kn_m2=E_KN_M2.get(materials.group[members[0]], E_OTHER_KN_M2),
            angle_deg=angle,
            turn=turn,
            supports=supports,
        )
        _mesh(floor, min(size_m, float(np.sqrt(outline.area)) / SMALL))
        yield floor


def _turn(elements: Elements, bearing: Bearing):
    """Return the main direction of the bearing walls [deg] and the function that turns plans to it."""
    rows = [i for i, kind in enumerate(elements.kind) if kind == "wall" and bearing.probability[i] >= 0.5]
    axes = elements.axis_m[rows]
    dx, dy = axes[:, 2] - axes[:, 0], axes[:, 3] - axes[:, 1]
    angle = float(np.angle((np.exp(4j * np.arctan2(dy, dx)) * np.hypot(dx, dy)).sum()) / 4.0) if rows else 0.0
    c, s = np.cos(angle), np.sin(angle)
    return np.degrees(angle), lambda xy: np.column_stack([c * xy[:, 0] + s * xy[:, 1], -s * xy[:, 0] + c * xy[:, 1]])


def _supports_of(made: Analysed, i: int, outline: shapely.Geometry, soffit: float, top: float, turn) -> list[Support]:
    elements = made.building.elements
    kind, z0, z1 = elements.kind[i], float(elements.z0_m[i]), float(elements.z1_m[i])
    if made.bearing.probability[i] < 0.5 or kind not in ("wall", "column", "beam", "member"):
        return []
    beside = shapely.intersection(elements.footprint[i].buffer(BESIDE_EDGE_M), outline.boundary).length
    if shapely.area(shapely.intersection(elements.footprint[i], outline)) < UNDER_M2 and beside < ALONG_EDGE_M:
        return []
    e = E_KN_M2.get(made.materials.group[i], E_OTHER_KN_M2)
    height = max(0.5, soffit - max(z0, soffit - 3.5))
    if kind == "column":
        if not (z0 < soffit - 0.5 and z1 > soffit - 0.8):
            return []
        c = elements.footprint[i].centroid
        x, y = turn(np.array([[c.x, c.y]]))[0]
        return [Support(i, np.array([x, y, x, y]), "column", e * elements.footprint[i].area / height, 0.0)]
    ends, thickness = turn(elements.axis_m[i].reshape(2, 2)), float(elements.thickness_m[i])
    if kind == "wall":
        if not (z0 < soffit - 0.5 and z1 > soffit - 0.1):
            return []
        return [
            Support(i, np.concatenate([_at(ends, a), _at(ends, b)]), "wall", e * thickness / height, thickness)
            for a, b in _solid_under(elements, i, soffit)
        ]
    if not (z1 > soffit - 0.1 and z0 < top - 0.05 and z1 < top + 0.6):
        return []
    width, depth = (float(v) for v in elements.section_m[i])
    if made.materials.group[i] == "concrete" and z1 <= soffit + 0.05:
        depth += top - soffit  # cast with the floor: the rib counts over its full depth
    return [Support(i, ends.ravel(), "beam", e * width * depth**3 / 12.0, width, 0.0)]


def _at(ends: Floats, s: float) -> Floats:
    length = float(np.hypot(*(ends[1] - ends[0])))
    return ends[0] + (ends[1] - ends[0]) * s / length


def _solid_under(elements: Elements, i: int, soffit: float) -> list[tuple[float, float]]:
    """Return where along a wall there is material right under the floor."""
    face = elements.elevation[i]
    x0, y0, x1, y1 = elements.axis_m[i]
    length = float(np.hypot(x1 - x0, y1 - y0))
    if face is None or face.is_empty:
        return [(0.0, length)]
    z = min(soffit, float(elements.z1_m[i])) - 0.05
    cut = shapely.intersection(face, shapely.LineString([(-1.0, z), (length + 1.0, z)]))
    return [(max(b[0], 0.0), min(b[2], length)) for piece in shapely.get_parts(cut) if (b := piece.bounds)[2] - b[0] > 0.05]


# -- mesh --------------------------------------------------------------------------


def _mesh(floor: Floor, size_m: float) -> None:
    """Lay mesh lines over wall axes, columns and corners of the outline."""
    marks: list[list[tuple[float, int]]] = [[], []]
    for s in floor.supports:
        dx, dy = abs(s.line[2] - s.line[0]), abs(s.line[3] - s.line[1])
        for axis, (own, other) in enumerate(((dx, dy), (dy, dx))):
            if own <= 0.2 * other or s.length_m < 0.05:
                marks[axis].append((0.5 * (s.line[axis] + s.line[axis + 2]), 0))
            else:
                marks[axis].extend((float(s.line[k]), 1) for k in (axis, axis + 2))
    for x, y in shapely.get_coordinates(floor.outline):
        marks[0].append((float(x), 2))
        marks[1].append((float(y), 2))
    floor.x, floor.y = (_lines(m, size_m) for m in marks)
    x, y = (_stretched(lines, *floor.outline.bounds[k::2]) for k, lines in ((0, floor.x), (1, floor.y)))
    boxes = np.array([[shapely.box(x[i], y[j], x[i + 1], y[j + 1]) for j in range(len(y) - 1)] for i in range(len(x) - 1)])
    shapely.prepare(floor.outline)
    floor.area = shapely.area(shapely.intersection(boxes, floor.outline))
    on = floor.area > 0.5 * shapely.area(boxes)
    # What the lines miss goes to the mesh cells beside it, so that the load is complete.
    for i, j in np.argwhere(~on & (floor.area > SLIVER_M2)).tolist():
        near = np.argwhere(on)
        k = np.abs(near - [i, j]).sum(axis=1).argmin()
        floor.area[tuple(near[k])] += floor.area[i, j]
    floor.area = np.where(on, floor.area, 0.0)


def _lines(marks: list[tuple[float, int]], size_m: float) -> Floats:
    """Return mesh lines through the marks; of marks close together those on an axis win."""
    kept: list[tuple[float, int]] = []
    for at, rank in sorted(marks, key=lambda m: (m[1], m[0])):
        if all(abs(at - other) > (0.02 if rank == 0 else SNAP_M) for other, _ in kept):
            kept.append((at, rank))
    ends = sorted(at for at, _ in kept)
    fine = [np.linspace(a, b, max(1, round((b - a) / size_m)) + 1)[:-1] for a, b in itertools.pairwise(ends)]
    return np.concatenate([*fine, [ends[-1]]])


def _stretched(lines: Floats, low: float, high: float) -> Floats:
    out = lines.copy()
    out[0], out[-1] = min(low, out[0]), max(high, out[-1])
    return out


def _used_nodes(floor: Floor) -> NDArray[np.bool_]:
    on = np.pad(floor.area > 0, 1)
    return on[:-1, :-1] | on[1:, :-1] | on[:-1, 1:] | on[1:, 1:]


def _nodes_on(floor: Floor, support: Support) -> list[tuple[tuple[int, int], float]]:
    """Return the mesh nodes on a support with the length of it that each stands for, in order along it."""
    used = _used_nodes(floor)
    grid = np.argwhere(used)
    places = np.column_stack([floor.x[grid[:, 0]], floor.y[grid[:, 1]]])
    n = max(1, int(np.ceil(support.length_m / 0.05))) if support.length_m > 0.05 else 1
    t = (np.arange(n) + 0.5) / n
    sample = support.line[:2] + t[:, None] * (support.line[2:] - support.line[:2])
    nearest = np.argmin(((sample[:, None] - places[None]) ** 2).sum(axis=2), axis=1)
    close = np.hypot(*(sample - places[nearest]).T) < 0.8 * max(np.diff(floor.x).max(), np.diff(floor.y).max())
    lengths: dict[tuple[int, int], float] = {}
    for k, ok in zip(nearest.tolist(), close.tolist(), strict=True):
        if ok:
            node = (int(grid[k, 0]), int(grid[k, 1]))
            lengths[node] = lengths.get(node, 0.0) + support.length_m / n
    return list(lengths.items())


# -- continuous: plate on springs ----------------------------------------------------


def plate_reactions(floor: Floor) -> dict[int, float]:
    """Return what each element takes [kN] from the floor as one plate on springs."""
    model = FEModel3D()
    e = floor.e_kn_m2
    model.add_material("floor", e, e / (2 * (1 + POISSON)), POISSON, 0.0)
    used = _used_nodes(floor)
    for i, j in np.argwhere(used).tolist():
        model.add_node(_node(i, j), float(floor.x[i]), float(floor.y[j]), 0.0)
        model.def_support(_node(i, j), True, True, False, False, False, True)
    for i, j in np.argwhere(floor.area > 0).tolist():
        corners = (_node(i, j), _node(i + 1, j), _node(i + 1, j + 1), _node(i, j + 1))
        model.add_quad(f"q{i}_{j}", *corners, floor.thickness_m, "floor")
        own = float((floor.x[i + 1] - floor.x[i]) * (floor.y[j + 1] - floor.y[j]))
        model.add_quad_surface_pressure(f"q{i}_{j}", floor.load_kn_m2 * float(floor.area[i, j]) / own)
    springs: dict[tuple[int, int], list[tuple[int, float]]] = {}
    for k, s in enumerate(floor.supports):
        on = _nodes_on(floor, s)
        if s.kind == "beam":
            _add_beam(model, k, s, [node for node, _ in on])
        for node, length in on if s.kind != "beam" else []:
            springs.setdefault(node, []).append((s.element, s.stiffness * (length if s.kind == "wall" else 1.0)))
    for (i, j), rows in springs.items():
        model.def_support_spring(_node(i, j), "DZ", sum(k for _, k in rows))
    model.analyze_linear(check_stability=False)
    found: dict[int, float] = {}
    for (i, j), rows in springs.items():
        down = float(model.nodes[_node(i, j)].DZ["Combo 1"])
        for element, k in rows:
            found[element] = found.get(element, 0.0) + k * down
    return found


def _node(i: int, j: int) -> str:
    return f"n{i}_{j}"


def _add_beam(model: FEModel3D, k: int, s: Support, nodes: list[tuple[int, int]]) -> None:
    model.add_material(f"b{k}", 1.0, 1.0, 0.2, 0.0)
    model.add_section(f"b{k}", s.stiffness, s.stiffness, s.stiffness, s.torsion)
    for a, b in itertools.pairwise(nodes):
        model.add_member(f"b{k}_{a[0]}_{a[1]}", _node(*a), _node(*b), f"b{k}", f"b{k}")


# -- hinged: strips between walls ------------------------------------------------------


def hinged_reactions(made: Analysed, floor: Floor) -> dict[int, float] | None:
    """Return what each element takes [kN] from a floor that is hinged over every support.

    Floor right above a wall or beam along the span lies on it, the rest is strips. None
    where part of the floor has no single direction or hangs on the strips beside it: strips
    between two supports say nothing there.
    """
    found: dict[int, float] = {}
    direction = _directions(made, floor)
    if floor.area[direction < 0].sum() > 0.01 * floor.area.sum():
        return None
    area = floor.area - _over_parallel(floor, direction, found)
    tipping = _strips(floor, area, direction, found)
    return found if tipping <= 0.01 * floor.area.sum() * floor.load_kn_m2 else None


def _over_parallel(floor: Floor, direction: NDArray[np.int64], found: dict[int, float]) -> Floats:
    """Put floor right above supports along the span on them; return its area per mesh cell."""
    over = np.zeros(floor.area.shape)
    boxes = shapely.box(floor.x[:-1, None], floor.y[None, :-1], floor.x[1:, None], floor.y[None, 1:])
    for s in floor.supports:
        if s.length_m < 0.05:
            continue
        along = abs(s.line[2] - s.line[0]), abs(s.line[3] - s.line[1])
        shape = shapely.LineString(s.line.reshape(2, 2)).buffer(0.5 * s.thickness_m, cap_style="flat")
        own = np.minimum(shapely.area(shapely.intersection(boxes, shape)), floor.area - over)
        own = np.where((direction == int(along[1] > along[0])) & (floor.area > 0), own, 0.0)
        over += own
        if own.any():
            found[s.element] = found.get(s.element, 0.0) + float(own.sum()) * floor.load_kn_m2
    return over


def _strips(floor: Floor, areas: Floats, direction: NDArray[np.int64], found: dict[int, float]) -> float:
    """Add what each element takes from strips over the areas that span along x and along y; return what has one support only [kN]."""
    model = FEModel3D()
    model.add_material("m", 1e7, 1e7, 0.2, 0.0)
    model.add_section("m", 1.0, 1e-3, 1e-3, 1e-3)
    rows: list[tuple[str, list[int]]] = []
    tipping = 0.0
    for axis in (0, 1):
        area = np.where(direction == axis, areas, 0.0)
        area, lines, across = (area, floor.x, floor.y) if axis == 0 else (area.T, floor.y, floor.x)
        on = (floor.area if axis == 0 else floor.area.T) > 0
        for j in range(area.shape[1]):
            middle = 0.5 * float(across[j] + across[j + 1])
            for first, last in _runs(on[:, j]):
                load = area[first:last, j] * floor.load_kn_m2 / np.diff(lines[first : last + 1])
                if load.any():
                    met = _met(floor, axis, middle, lines[first], lines[last])
                    if len(met) < 2:  # on a single support it tips; the wall takes it all the same
                        tipping += float(area[first:last, j].sum()) * floor.load_kn_m2
                        for element in met[0][1] if met else ():
                            share = float(area[first:last, j].sum()) * floor.load_kn_m2 / len(met[0][1])
                            found[element] = found.get(element, 0.0) + share
                        continue
                    _strip(model, rows, f"{axis}_{j}_{first}", lines[first : last + 1], load, met)
    if not rows:
        return tipping
    model.analyze_linear(check_stability=False)
    for name, elements in rows:
        for element in elements:
            found[element] = found.get(element, 0.0) + float(model.nodes[name].RxnFZ["Combo 1"]) / len(elements)
    return tipping


def _runs(on: NDArray[np.bool_]) -> list[tuple[int, int]]:
    steps = np.flatnonzero(np.diff(np.concatenate([[0], on.astype(int), [0]])))
    return list(zip(steps[::2].tolist(), steps[1::2].tolist(), strict=True))


def _met(floor: Floor, axis: int, middle: float, low: float, high: float) -> list[tuple[float, list[int]]]:
    """Return the places where a row meets walls and beams, with their elements.

    A row that just misses the end of a wall meets it unless another wall goes on there, and so does a narrow strip
    between that end and the edge of the floor: it cannot carry by itself and goes with the floor beside it.
    """
    found: list[tuple[float, float, int]] = []
    for s in floor.supports:
        a, b = sorted((float(s.line[1 - axis]), float(s.line[3 - axis])))
        past = max(a - middle, middle - b, 0.0)
        if s.length_m > 0.05 and b - a > 0.2 * s.length_m and past <= EDGE_M:
            t = np.clip((middle - s.line[1 - axis]) / (s.line[3 - axis] - s.line[1 - axis]), 0.0, 1.0)
            at = float(s.line[axis] + t * (s.line[axis + 2] - s.line[axis]))
            off = a - EDGE_M if middle < a else b + EDGE_M
            if low - BESIDE_M <= at <= high + BESIDE_M and (past <= PAST_M or _is_off(floor, axis, min(max(at, low), high), off)):
                found.append((at, past, s.element))
    met: list[tuple[float, list[int]]] = []
    for at, past, element in sorted(found):
        if past > 0.0 and any(abs(other - at) < SAME_PLACE_M and nearer == 0.0 for other, nearer, _ in found):
            continue
        if met and at - met[-1][0] < SAME_PLACE_M:
            if element not in met[-1][1]:
                met[-1][1].append(element)
        else:
            met.append((at, [element]))
    return met


def _is_off(floor: Floor, axis: int, along: float, across: float) -> bool:
    return not floor.outline.intersects(shapely.Point(*((along, across) if axis == 0 else (across, along))))


def _strip(
    model: FEModel3D, rows: list[tuple[str, list[int]]], name: str, at: Floats, load: Floats, met: list[tuple[float, list[int]]]
) -> None:
    """Add one strip over two or more supports."""
    places = [p for p, _ in met]
    beside = 10.0 * len(model.nodes)  # strips side by side: a member takes up every node that lies on it
    nodes = [*([float(at[0])] if at[0] < places[0] - SAME_M else []), *places, *([float(at[-1])] if at[-1] > places[-1] + SAME_M else [])]
    for k, p in enumerate(nodes):
        node = f"{name}_{k}"
        model.add_node(node, float(p), beside, 0.0)
        held = p in places
        model.def_support(node, True, True, held, True, False, True)
        if held:
            rows.append((node, met[places.index(p)][1]))
    for k in range(len(nodes) - 1):
        a, b = float(nodes[k]), float(nodes[k + 1])
        bar = f"{name}_{k}"
        model.add_member(bar, f"{name}_{k}", f"{name}_{k + 1}", "m", "m")
        # Hinged over the inner supports; an overhang goes on over the outer one.
        model.def_releases(bar, Ryi=a in places[1:-1])
        for p, q, w in zip(at[:-1], at[1:], load, strict=True):
            x1, x2 = max(float(p), a), min(float(q), b)
            if w and x2 > x1 + 1e-9:
                model.add_member_dist_load(bar, "FZ", -float(w), -float(w), x1 - a, x2 - a)


def _directions(made: Analysed, floor: Floor) -> NDArray[np.int64]:
    """Return per mesh cell the axis along which the program says that the floor spans there: 0, 1, or -1 for no single one."""
    cells, elements = made.structure.cells, made.building.elements
    rows = np.flatnonzero(cells.field == floor.field)
    under = shapely.union_all([elements.footprint[s.element] for s in floor.supports])
    shapely.prepare(under)
    # Floor right above a wall has no direction of its own.
    rows = rows[np.isfinite(cells.span_deg[rows]) | ~shapely.intersects(under, shapely.points(cells.x_m[rows], cells.y_m[rows]))]
    out = np.full(floor.area.shape, -1, dtype=np.int64)
    if not len(rows):
        return out
    # To the cell itself, not to its middle: large cells would lose the strip along their edges to small ones beside them.
    tree = STRtree(shapely.transform(np.array([cells.polygon[k] for k in rows.tolist()], dtype=object), floor.turn))
    i, j = np.nonzero(floor.area > 0)
    near = tree.nearest(shapely.points(0.5 * (floor.x[i] + floor.x[i + 1]), 0.5 * (floor.y[j] + floor.y[j + 1])))
    deg = np.asarray(cells.span_deg)[rows[near]] - floor.angle_deg
    out[i, j] = np.where(np.isnan(deg), -1, np.where(np.abs(np.cos(np.radians(deg))) > 0.7071, 0, 1))
    return out


# -- ours --------------------------------------------------------------------------------


def our_reactions(made: Analysed, floor: Floor, distribution: str, *, follow_beams: bool) -> dict[int, float]:
    """Return what our distribution brings to each element [kN]; beams keep it or pass it on, a lintel counts with its wall."""
    structure = made.structure
    cells, parts, shares = structure.cells, structure.parts, structure.shares[distribution]
    rows = np.flatnonzero(cells.field == floor.field)
    load = np.zeros(len(cells))
    load[rows] = cells.weight_kn[rows] + LOAD_KN_M2 * cells.area_m2[rows]
    n = len(parts)
    held = np.asarray(shares.cells.T @ load)[:n]
    passing = np.array([kind == "beam" for kind in parts.kind]) & follow_beams
    moving = np.where(passing, held, 0.0)
    held = held - moving
    while np.abs(moving).max(initial=0.0) > 1e-12:  # beams on beams: the graph has no cycles
        arriving = np.asarray(shares.parts.T[:n] @ moving)
        held = held + np.where(passing, 0.0, arriving)
        moving = np.where(passing, arriving, 0.0)
    found: dict[int, float] = {}
    for i in np.flatnonzero(np.abs(held) > 1e-9).tolist():
        found[int(parts.element[i])] = found.get(int(parts.element[i]), 0.0) + float(held[i])
    return found


@dataclass(frozen=True)
class Row:
    """One element under one floor: finite elements against ours [kN]."""

    element: str
    elastic: float
    ours: float
    other: float = 0.0

    @property
    def ratio(self) -> float:
        """Ours (the larger of both) over that of the finite elements; nan where those find next to nothing."""
        return max(self.ours, self.other) / self.elastic if self.elastic > SHOWN_KN else float("nan")


@dataclass(frozen=True)
class Comparison:
    """One floor, hinged and continuous."""

    floor: str
    load_kn: float
    hinged: list[Row]
    continuous: list[Row]

    def worst_hinged(self) -> Row | None:
        """Return the element whose share is furthest off."""
        return max((r for r in self.hinged if np.isfinite(r.ratio)), key=lambda r: abs(r.ratio - 1.0), default=None)

    def worst_continuous(self) -> Row | None:
        """Return the element that our envelope underestimates most."""
        return min((r for r in self.continuous if np.isfinite(r.ratio)), key=lambda r: r.ratio, default=None)


def compare(made: Analysed, size_m: float, strip_m: float = STRIP_M, only: str = "") -> Iterator[Comparison]:
    """Yield the comparison of every floor whose name holds ``only``."""
    names = made.building.elements.name
    for floor, fine in zip(floors(made, size_m, only), floors(made, strip_m, only), strict=True):
        members = made.structure.fields.elements[floor.field]
        through = acts_continuously(made.building.elements, made.materials, members)
        hinged, plate = hinged_reactions(made, fine), plate_reactions(floor) if through else {}
        kept = our_reactions(made, floor, "simple", follow_beams=False)
        simple, continuous = (our_reactions(made, floor, d, follow_beams=True) if through else {} for d in ("simple", "continuous"))
        yield Comparison(
            floor.name,
            float(floor.area.sum()) * floor.load_kn_m2,
            [] if hinged is None else [Row(f"{names[i]} #{i}", hinged.get(i, 0.0), kept.get(i, 0.0)) for i in sorted({*hinged, *kept})],
            [
                Row(f"{names[i]} #{i}", plate.get(i, 0.0), continuous.get(i, 0.0), simple.get(i, 0.0))
                for i in sorted({*plate, *simple, *continuous})
            ],
        )


def table(found: Comparison) -> str:
    """Return one comparison as text."""
    lines = [f"{'hinged: element':42} {'strips':>9} {'simple':>9} {'ratio':>6}"]
    lines.extend(f"{r.element[:42]:42} {r.elastic:9.2f} {r.ours:9.2f} {r.ratio:6.3f}" for r in found.hinged)
    lines.append(f"{'sum':42} {sum(r.elastic for r in found.hinged):9.2f} {sum(r.ours for r in found.hinged):9.2f}")
    lines.append(f"{'continuous: element':42} {'plate':>9} {'contin.':>9} {'simple':>9} {'ratio':>6}")
    lines.extend(f"{r.element[:42]:42} {r.elastic:9.2f} {r.ours:9.2f} {r.other:9.2f} {r.ratio:6.3f}" for r in found.continuous)
    sums = [sum(getattr(r, name) for r in found.continuous) for name in ("elastic", "ours", "other")]
    lines.append(f"{'sum':42} {sums[0]:9.2f} {sums[1]:9.2f} {sums[2]:9.2f}")
    return "\n".join(lines)


def main() -> None:
    """Run the comparison of the command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("files", nargs="+", type=Path, metavar="IFC")
    parser.add_argument("--size", type=float, default=0.6, help="mesh size of the plates [m] (default 0.6)")
    parser.add_argument("--strip", type=float, default=STRIP_M, help="width of the strips [m] (default 0.15)")
    parser.add_argument("--only", default="", help="only floors whose name holds this")
    parser.add_argument("--tables", action="store_true", help="print every element, not just the worst of each floor")
    asked = parser.parse_args()
    tell = sys.stdout.write
    for path in asked.files:
        made = analyse([path])
        for found in compare(made, asked.size, asked.strip, asked.only):
            off = ", ".join(
                f"{sum(r.elastic for r in rows) / found.load_kn - 1.0:+.4%}" for rows in (found.hinged, found.continuous) if rows
            )
            tell(f"\n{found.floor}: {found.load_kn:.1f} kN; sums off by {off}\n")
            for name, worst in (("hinged", found.worst_hinged()), ("continuous", found.worst_continuous())):
                if worst is not None:
                    tell(f"  worst {name:10} {worst.element:40} {worst.elastic:9.2f} kN, ours / finite elements {worst.ratio:.3f}\n")
            if asked.tables:
                tell(table(found) + "\n")


if __name__ == "__main__":
    main()
