"""Where loads go, as a plan shows it: tributary areas, spans, supports, what shifts, what hangs in the air."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import scipy.sparse as sp
import shapely
from shapely.geometry import LineString, Point
from shapely.geometry.base import BaseGeometry
from shapely.ops import nearest_points

from optopscan.geometry import plane
from optopscan.model.arrays import FloatArray, IntArray
from optopscan.model.building import Elements
from optopscan.model.structure import Structure
from optopscan.pipeline.inspecting import Inspection
from optopscan.pipeline.questions import cell_load_kn
from optopscan.report.plans import data as plan_data
from optopscan.structure.tributary import by_largest_share

LEAST_SHARE = 0.05  # a smaller share is not drawn
APART_M = 0.05  # a part that misses its support by more than this has shifted
BESIDE_M = 0.15  # floor this close to the axis of a beam lies on it, not beside it
REGION_MIN_M2 = 2.0


@dataclass(frozen=True, kw_only=True)
class Wedge:
    """A small triangle with its point at (x, y), pointing to ``deg``: here a floor comes to rest."""

    x_m: float
    y_m: float
    deg: float
    element: int


@dataclass(frozen=True, kw_only=True)
class Pointer:
    """An arrow from what is carried to what carries it, with the load and its share of all that the first hands down."""

    x0_m: float
    y0_m: float
    x1_m: float
    y1_m: float
    element: int
    onto: int
    load_kn: float
    share: float


@dataclass(frozen=True, kw_only=True, eq=False)
class Lost:
    """Something that nothing carries: an outline, the element and its weight [kN]."""

    shape: BaseGeometry
    element: int
    load_kn: float


@dataclass(frozen=True, kw_only=True, eq=False)
class Floors:
    """Floors on one plan: an area per carrying element (0 m2: none), arrows, wedges, unsupported floor."""

    areas: tuple[tuple[int, BaseGeometry, int, float], ...]
    spans: tuple[plan_data.Span, ...]
    wedges: tuple[Wedge, ...]
    unsupported: BaseGeometry
    on_soil: BaseGeometry
    area_m2: float


def floors(inspection: Inspection, fields: IntArray, walls: BaseGeometry) -> Floors:
    """Return what is drawn of these floor fields; arrows keep off ``walls`` where they can."""
    structure = inspection.structure
    if structure is None:
        raise ValueError("no structure")
    cells, n = structure.cells, len(structure.parts)
    rows = np.flatnonzero(np.isin(np.asarray(cells.field), fields))
    carriers, table = _by_element(structure)
    main = carriers[by_largest_share(table, cells).part]
    shares = table[rows]
    area = np.asarray(cells.area_m2)[rows]
    taken = dict(zip(carriers.tolist(), np.asarray(shares.T @ area).tolist(), strict=True))
    groups: dict[int, list[BaseGeometry]] = defaultdict(list)
    bays: dict[tuple[int, float | None, tuple[int, ...]], list[BaseGeometry]] = defaultdict(list)
    for k, row in enumerate(rows.tolist()):
        groups[int(main[row])].append(cells.polygon[row])
        deg = float(cells.span_deg[row])
        begin, end = shares.indptr[k], shares.indptr[k + 1]
        met = tuple(sorted(carriers[shares.indices[begin:end][np.abs(shares.data[begin:end]) >= 1e-6]].tolist()))
        if main[row] >= 0 and (np.isfinite(deg) or len(met) > 1):
            bays[(int(cells.field[row]), round(deg, 1) % 180.0 if np.isfinite(deg) else None, met)].append(cells.polygon[row])
    merged = [(e, plane.union(groups[e])) for e in sorted(groups) if e >= 0]
    colours = plan_data.colours_apart([shape for _, shape in merged])
    areas = tuple((e, shape, colour, taken[e]) for (e, shape), colour in zip(merged, colours, strict=True))
    return Floors(
        areas=areas,
        spans=_spans(bays, walls),
        wedges=_wedges(structure, inspection.building.elements, rows, n),
        unsupported=plane.union(groups[-2]) if groups[-2] else Point(),
        on_soil=plane.union(groups[-1]) if groups[-1] else Point(),
        area_m2=float(area.sum()),
    )


def _by_element(structure: Structure) -> tuple[IntArray, sp.csr_array]:
    """Return elements (-1 the ground, -2 nothing) and the share of every cell that goes to each, (n_cell, n_element)."""
    own = np.asarray(structure.parts.element)
    elements, column = np.unique(own, return_inverse=True)
    n = len(elements)
    where = np.concatenate([column.ravel(), [n, n + 1]])
    gather = sp.csr_array((np.ones(len(where)), (np.arange(len(where)), where)), shape=(len(where), n + 2))
    table = sp.csr_array(structure.shares["simple"].cells @ gather)
    return np.concatenate([elements, [-1, -2]]).astype(np.int64), table


def _spans(bays: dict[tuple[int, float | None, tuple[int, ...]], list[BaseGeometry]], walls: BaseGeometry) -> tuple[plan_data.Span, ...]:
    """Return one arrow per bay; two-way cells of one floor that touch are one bay."""
    one_way = [(key[0], key[1], plane.union(shapes)) for key, shapes in bays.items() if key[1] is not None]
    both: dict[int, list[BaseGeometry]] = defaultdict(list)
    for key, shapes in bays.items():
        if key[1] is None:
            both[key[0]].append(plane.union(shapes))
    two_way = [(field, None, shape) for field, shapes in both.items() for shape in shapes]
    found = []
    for _, deg, shape in sorted([*one_way, *two_way], key=lambda row: (row[0], row[1] is None, row[1] or 0.0, row[2].bounds)):
        for piece in getattr(shape, "geoms", [shape]):
            if piece.area >= REGION_MIN_M2:
                for turn in (deg,) if deg is not None else _sides_deg(piece):
                    found += plan_data.span_arrows(piece, turn, walls if deg is not None else Point())
    return tuple(found)


def _sides_deg(shape: BaseGeometry) -> tuple[float, float]:
    """Return the directions of the sides of the box around a shape [deg]."""
    corners = shapely.get_coordinates(shapely.minimum_rotated_rectangle(shape))
    dx, dy = corners[1] - corners[0]
    turn = round(float(np.degrees(np.arctan2(dy, dx))), 3) % 90.0
    return turn, turn + 90.0


def _wedges(structure: Structure, elements: Elements, rows: IntArray, n: int) -> tuple[Wedge, ...]:
    """Return one triangle per carrying element and side that a floor comes from, at the middle of that load."""
    cells, parts = structure.cells, structure.parts
    table = structure.shares["simple"].cells[rows][:, :n].tocoo()
    keep = table.data > LEAST_SHARE
    cell, part, share = rows[table.row[keep]], table.col[keep], table.data[keep]
    dx, dy = parts.x1_m[part] - parts.x0_m[part], parts.y1_m[part] - parts.y0_m[part]
    length = np.hypot(dx, dy)
    line = length > 0.05
    cell, part, share, dx, dy, length = (v[line] for v in (cell, part, share, dx, dy, length))
    side = ((cells.x_m[cell] - parts.x0_m[part]) * -dy + (cells.y_m[cell] - parts.y0_m[part]) * dx) / length
    half = np.nan_to_num(0.5 * parts.thickness_m[part], nan=0.1)
    load = share * cells.area_m2[cell]
    sums: dict[tuple[int, int], FloatArray] = defaultdict(lambda: np.zeros(3))
    for k in np.flatnonzero(np.abs(side) > half + 0.02).tolist():
        p = int(part[k])
        sums[(int(parts.element[p]), 1 if side[k] > 0 else -1)] += load[k] * np.array([1.0, parts.x_m[p], parts.y_m[p]])
    found = []
    for (e, where), (total, sx, sy) in sorted(sums.items()):
        x0, y0, x1, y1 = elements.axis_m[e]
        long = float(np.hypot(x1 - x0, y1 - y0))
        if total < 0.5 or not long > 0.05:
            continue
        nx, ny = -(y1 - y0) / long * where, (x1 - x0) / long * where
        out = 0.5 * float(elements.thickness_m[e]) if np.isfinite(elements.thickness_m[e]) else 0.1
        found.append(Wedge(x_m=sx / total + nx * out, y_m=sy / total + ny * out, deg=float(np.degrees(np.arctan2(-ny, -nx))), element=e))
    return tuple(found)


def _foot_kn(inspection: Inspection) -> FloatArray:
    if inspection.loads is None:
        raise ValueError("no loads")
    down = inspection.loads.take_downs["simple"]
    return np.asarray(down.permanent_foot_kn + down.imposed_foot_kn.sum(axis=1) + down.roof_foot_kn)


def handed_down(inspection: Inspection) -> dict[tuple[int, int], float]:
    """Return the load [kN] that each element hands to each other element; -1 is the ground, -2 nothing."""
    structure = inspection.structure
    if structure is None:
        return {}
    table = structure.shares["simple"].parts.tocoo()
    element = np.append(np.asarray(structure.parts.element), [-1, -2])
    load = table.data * _foot_kn(inspection)[table.row]
    sums: dict[tuple[int, int], float] = defaultdict(float)
    for a, b, value in zip(element[table.row].tolist(), element[table.col].tolist(), load.tolist(), strict=True):
        if a != b:
            sums[(a, b)] += value
    return dict(sorted(sums.items()))


def beam_wedges(inspection: Inspection, beams: Sequence[int]) -> tuple[Wedge, ...]:
    """Return triangles along beams, pointing at what carries them: one at an end, one from either side in between."""
    elements = inspection.building.elements
    handed = handed_down(inspection)
    found = []
    for beam in beams:
        x0, y0, x1, y1 = elements.axis_m[beam]
        whole = float(np.hypot(x1 - x0, y1 - y0))
        onto = [(other, load) for (a, other), load in handed.items() if a == beam and other >= 0]
        total = sum(abs(load) for _, load in onto)
        if not whole > 0.3 or not total > 0:
            continue
        axis, deg = LineString([(x0, y0), (x1, y1)]), float(np.degrees(np.arctan2(y1 - y0, x1 - x0)))
        for other, load in onto:
            if abs(load) < LEAST_SHARE * total:
                continue
            met = axis.intersection(elements.footprint[other])
            if met.is_empty:
                at = axis.project(nearest_points(axis, elements.footprint[other])[0])
                first, last = at, at
            else:  # the mark stands against the face of what carries
                ends = [axis.project(Point(xy)) for xy in shapely.get_coordinates(met)]
                first, last = min(ends), max(ends)
            for at, turn, room in ((first, 0.0, first), (last, 180.0, whole - last)):
                if room > 0.1 * whole:
                    p = axis.interpolate(at)
                    found.append(Wedge(x_m=p.x, y_m=p.y, deg=deg + turn, element=other))
    return tuple(found)


def shifts(inspection: Inspection, uprights: Sequence[int]) -> tuple[Pointer, ...]:
    """Return arrows from walls and columns to what carries them where it is not right below."""
    structure = inspection.structure
    if structure is None:
        return ()
    parts, n = structure.parts, len(structure.parts)
    table = structure.shares["simple"].parts[:, :n].tocoo()
    foot, wanted = _foot_kn(inspection), set(uprights)
    sums: dict[tuple[int, int], FloatArray] = defaultdict(lambda: np.zeros(5))
    totals: dict[int, float] = defaultdict(float)
    outline = {}
    for i, j, share in sorted(zip(table.row.tolist(), table.col.tolist(), table.data.tolist(), strict=True)):
        a, b = int(parts.element[i]), int(parts.element[j])
        if a not in wanted or a == b or parts.kind[i] in ("beam", "lintel"):
            continue
        load = share * float(foot[i])
        totals[a] += abs(load)
        for k in (i, j):
            if k not in outline:
                outline[k] = _outline(structure, k)
        if abs(share) < LEAST_SHARE or outline[i].distance(outline[j]) <= APART_M:
            continue
        start = Point(parts.x_m[i], parts.y_m[i])
        end = nearest_points(start, outline[j])[1]
        sums[(a, b)] += abs(load) * np.array([1.0, start.x, start.y, end.x, end.y])
    found = []
    for (a, b), row in sorted(sums.items()):
        x0, y0, x1, y1 = row[1:] / row[0] if row[0] > 0 else (0.0, 0.0, 0.0, 0.0)
        share = row[0] / totals[a] if totals[a] > 0 else 0.0
        if share >= LEAST_SHARE and np.hypot(x1 - x0, y1 - y0) > APART_M:
            found.append(Pointer(x0_m=x0, y0_m=y0, x1_m=x1, y1_m=y1, element=a, onto=b, load_kn=float(row[0]), share=float(share)))
    return tuple(found)


def _outline(structure: Structure, i: int) -> BaseGeometry:
    parts = structure.parts
    half = 0.5 * float(parts.thickness_m[i]) if np.isfinite(parts.thickness_m[i]) else 0.1
    ends = [(parts.x0_m[i], parts.y0_m[i]), (parts.x1_m[i], parts.y1_m[i])]
    line = LineString(ends)
    return line.buffer(half, cap_style="flat") if line.length > 1e-6 else Point(ends[0]).buffer(half, cap_style="square")


def lost(inspection: Inspection) -> tuple[Lost, ...]:
    """Return what finds no way to the ground: parts, loose elements, by element."""
    structure = inspection.structure
    if structure is None:
        return ()
    elements, n = inspection.building.elements, len(structure.parts)
    shares = structure.shares["simple"]
    sums: dict[int, float] = defaultdict(float)
    for table, load, rows in (
        (shares.parts, _foot_kn(inspection), structure.parts.element),
        (shares.loose, np.asarray(structure.loose.weight_kn), structure.loose.element),
    ):
        gone = np.asarray(table[:, [n + 1]].todense()).ravel() * np.nan_to_num(load)
        seen = np.asarray(table[:, [n + 1]].todense()).ravel() > 1e-6
        for k in np.flatnonzero(seen).tolist():
            sums[int(rows[k])] += float(gone[k])
    return tuple(Lost(shape=elements.footprint[e], element=e, load_kn=load) for e, load in sorted(sums.items()))


def unsupported_floor_kn(inspection: Inspection, fields: IntArray) -> float:
    """Return the load on floor cells that nothing carries [kN]."""
    structure, loads = inspection.structure, inspection.loads
    if structure is None or loads is None:
        return 0.0
    n = len(structure.parts)
    mine = np.isin(np.asarray(structure.cells.field), fields)
    gone = np.asarray(structure.shares["simple"].cells[:, [n + 1]].todense()).ravel()
    return float((gone * cell_load_kn(loads))[mine].sum())


@dataclass(frozen=True, kw_only=True)
class Line:
    """One foundation line or point: number, place of its label, length [m] (0: a point), G and Q at the ground [kN]."""

    number: int
    x_m: float
    y_m: float
    length_m: float
    permanent_kn: float
    imposed_kn: float


def foundation_lines(inspection: Inspection) -> tuple[Line, ...]:
    """Return what reaches the ground, per line."""
    structure, loads = inspection.structure, inspection.loads
    if structure is None or loads is None:
        return ()
    parts, n, down = structure.parts, len(structure.parts), loads.take_downs["simple"]
    share = np.asarray(structure.shares["simple"].parts[:, [n]].todense()).ravel()
    permanent = share * down.permanent_foot_kn
    imposed = share * (down.imposed_foot_kn.sum(axis=1) + down.roof_foot_kn)
    length = np.hypot(parts.x1_m - parts.x0_m, parts.y1_m - parts.y0_m)
    found = []
    for number in sorted(set(np.asarray(parts.line).tolist()) - {-1}):
        rows = np.flatnonzero(np.asarray(parts.line) == number)
        middle = rows[len(rows) // 2]
        found.append(
            Line(
                number=int(number) + 1,
                x_m=float(parts.x_m[middle]),
                y_m=float(parts.y_m[middle]),
                length_m=float(length[rows].sum()),
                permanent_kn=float(permanent[rows].sum()),
                imposed_kn=float(imposed[rows].sum()),
            )
        )
    return tuple(found)
