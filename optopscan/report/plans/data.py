"""What a plan shows, picked from the record: which cells rest on which storey, in which direction.

A cell belongs to the storey of the part that takes the largest share of it, so
that a plan shows walls together with the floor they carry, whatever a file calls its storeys.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import shapely
from shapely.geometry import LineString, Point, Polygon
from shapely.geometry.base import BaseGeometry

from optopscan.geometry import plane
from optopscan.report.record.arrays import Arrays, unpack_sparse

Record = Mapping[str, Any]

_BARS = frozenset({"pier", "column"})
_UPRIGHT = ("wall", "column", "member")
_ARROW_OF_SPAN = 0.7
_ARROW_MAX_M = 4.0
_REGION_MIN_M2 = 1.0
_DEGREES = 1
# Where an arrow may stand, beside the middle of its bay, as a fraction of the bay's size.
_ASIDE = (0.0, 0.12, -0.12, 0.24, -0.24)


@dataclass(frozen=True, kw_only=True)
class Span:
    """An arrow at (x, y) along ``deg`` (nan: unknown or two ways), ``length_m`` from tip to tip."""

    x_m: float
    y_m: float
    deg: float
    length_m: float


@dataclass(frozen=True, kw_only=True, eq=False)
class Area:
    """Cells of which one element takes the largest share; ``tributary_m2`` counts all its shares, also of other cells."""

    element: str
    shape: BaseGeometry
    colour: int
    tributary_m2: float


@dataclass(frozen=True, kw_only=True, eq=False)
class Floor:
    """What rests on one storey: an area per carrying element, arrows, and what nothing carries."""

    areas: tuple[Area, ...]
    spans: tuple[Span, ...]
    unsupported: BaseGeometry


@dataclass(frozen=True, kw_only=True, eq=False)
class Cells:
    """Cells with an outline: polygon, field, span [deg], support elements, and the column of the largest share.

    ``tributary_m2`` (n_part + 2) is the area that each column takes of all cells.
    """

    polygon: tuple[Polygon, ...]
    field: npt.NDArray[np.int64]
    span_deg: npt.NDArray[np.float64]
    supports: tuple[tuple[str, ...], ...]
    main: npt.NDArray[np.int64]
    tributary_m2: npt.NDArray[np.float64]


def cells(record: Record, arrays: Arrays) -> Cells:
    """Return the cells of the record's own distribution."""
    start = arrays["cell_ring_start"]
    kept = np.flatnonzero(np.diff(start) >= 3)
    shares = unpack_sparse(f"cell_shares_{record['take_down']['distribution']}", arrays)
    carriers = [*(part["element"] for part in record["parts"]), "ground", "unsupported"]
    main = np.full(len(start) - 1, len(carriers) - 1, dtype=np.int64)
    supports: list[tuple[str, ...]] = []
    for row in range(len(main)):
        columns = shares.indices[shares.indptr[row] : shares.indptr[row + 1]]
        if len(columns):
            main[row] = columns[np.argmax(shares.data[shares.indptr[row] : shares.indptr[row + 1]])]
        supports.append(tuple(sorted({carriers[column] for column in columns})))
    return Cells(
        polygon=_outlines(arrays["cell_ring_m"], start),
        field=arrays["cell_field"][kept].astype(np.int64),
        span_deg=arrays["cell_span_deg"][kept],
        supports=tuple(supports[row] for row in kept),
        main=main[kept],
        tributary_m2=np.asarray(shares.T @ arrays["cell_area_m2"]),
    )


def _outlines(points_m: npt.NDArray[np.float64], start: npt.NDArray[np.int64]) -> tuple[Polygon, ...]:
    """Return the polygons of the rings with three points or more; ring k is rows start[k] .. start[k + 1] of the points."""
    ring = np.repeat(np.arange(len(start) - 1), np.diff(start))
    kept = np.diff(start)[ring] >= 3
    _, number = np.unique(ring[kept], return_inverse=True)
    return tuple(shapely.polygons(shapely.linearrings(points_m[kept], indices=number)))


def storeys(record: Record) -> list[int]:
    """Return the storeys that have piers, columns or beams, lowest first."""
    return sorted({part["storey"] for part in record["parts"] if part["kind"] not in ("footing", "pile")})


def cut_m(record: Record, storey: int) -> tuple[float, float, float]:
    """Return lowest bottom, highest top and the height [m] of the section through the piers and columns of a storey."""
    rows = [part for part in record["parts"] if part["storey"] == storey and part["kind"] not in ("footing", "pile")]
    upright = [part for part in rows if part["kind"] in _BARS] or rows
    z0, z1 = np.array([part["z0_m"] for part in upright]), np.array([part["z1_m"] for part in upright])
    return float(z0.min()), float(z1.max()), float(np.median((z0 + z1) / 2.0))


def cut_elements(record: Record, cut_m: float) -> list[Mapping[str, Any]]:
    """Return the upright elements that a section at this height meets."""
    return [
        element
        for element in record["elements"]
        if (element["kind"] in _UPRIGHT or (element["kind"] == "proxy" and element["bearing"] != "no"))
        and element["geometry"]["z0_m"] is not None
        and element["geometry"]["z0_m"] <= cut_m <= element["geometry"]["z1_m"]
    ]


def areas_on(record: Record, table: Cells, storey: int) -> tuple[Area, ...]:
    """Return what rests on the parts of a storey: an area per carrying element, sorted by element."""
    parts = record["parts"]
    groups: dict[str, list[Polygon]] = defaultdict(list)
    for row in np.flatnonzero(_on_storey(record, storey)[table.main]):
        groups[parts[table.main[row]]["element"]].append(table.polygon[row])
    merged = [(name, plane.union(groups[name])) for name in sorted(groups)]
    colours = colours_apart([shape for _, shape in merged])
    tributary_m2: dict[str, float] = defaultdict(float)
    for column, part in enumerate(parts):
        if part["storey"] == storey:
            tributary_m2[part["element"]] += float(table.tributary_m2[column])
    return tuple(
        Area(element=name, shape=shape, colour=colour, tributary_m2=tributary_m2[name])
        for (name, shape), colour in zip(merged, colours, strict=True)
    )


def floor_on(record: Record, table: Cells, storey: int, walls: BaseGeometry) -> Floor:
    """Return what rests on the parts of a storey; arrows keep off ``walls`` where they can."""
    bays: dict[tuple[Any, ...], list[Polygon]] = defaultdict(list)
    for row in np.flatnonzero(_on_storey(record, storey)[table.main]):
        deg = float(table.span_deg[row])
        turn = None if np.isnan(deg) else round(deg, _DEGREES) % 180.0
        bays[(int(table.field[row]), turn is None, turn or 0.0, table.supports[row])].append(table.polygon[row])
    spans = [span for key in sorted(bays) for span in span_arrows(plane.union(bays[key]), np.nan if key[1] else key[2], walls)]
    unsupported = np.flatnonzero(table.main == len(record["parts"]) + 1)
    below = {field: _storey_below(record, field) for field in sorted({int(table.field[row]) for row in unsupported})}
    loose = [table.polygon[row] for row in unsupported if below[int(table.field[row])] == storey]
    return Floor(areas=areas_on(record, table, storey), spans=tuple(spans), unsupported=plane.union(loose))


def _on_storey(record: Record, storey: int) -> npt.NDArray[np.bool_]:
    """Return per column of the shares whether it is a part of the storey; ground and unsupported are none."""
    return np.array([*(part["storey"] == storey for part in record["parts"]), False, False])


def bounds(record: Record) -> tuple[float, float, float, float]:
    """Return x0, y0, x1, y1 [m] around parts, floors, roof faces and placed modules."""
    points: list[Sequence[float]] = []
    for part in record["parts"]:
        points += [(part["x0_m"], part["y0_m"]), (part["x1_m"], part["y1_m"])]
    for floor in record["floors"]:
        points += [point for piece in floor["polygon"] for point in piece[0]]
    for face in record["roof"]["faces"]:
        points += face["polygon"][0] if face["polygon"] else []
    for variant in record["variants"]:
        points += [corner for placed in variant["placed"] for corner in module_corners(placed)]
        points += [(column["x_m"], column["y_m"]) for column in variant.get("columns", ())]
    known = np.array([point for point in points if None not in point], dtype=np.float64).reshape(-1, 2)
    if not len(known):
        return 0.0, 0.0, 1.0, 1.0
    (x0, y0), (x1, y1) = known.min(axis=0), known.max(axis=0)
    return float(x0), float(y0), float(x1), float(y1)


def module_corners(placed: Mapping[str, Any]) -> list[tuple[float, float]]:
    """Return the four corners [m] of a placed module: width along its rotation, length to the left of it."""
    turn = np.radians(placed["rotation_deg"])
    across = np.array([np.cos(turn), np.sin(turn)]) * placed["width_m"]
    along = np.array([-np.sin(turn), np.cos(turn)]) * placed["length_m"]
    first = np.array([placed["x_m"], placed["y_m"]])
    return [(float(x), float(y)) for x, y in (first, first + across, first + across + along, first + along)]


def element_shape(element: Mapping[str, Any]) -> list[Polygon]:
    """Return the plan polygons of an element."""
    geometry = element["geometry"]
    pieces = [(geometry["footprint"], geometry.get("holes", []))]
    pieces += [(piece["footprint"], piece["holes"]) for piece in geometry.get("more", [])]
    return [Polygon(outer, holes) for outer, holes in pieces if len(outer) >= 3]


def shape_of(rows: Sequence[Sequence[Sequence[Sequence[float]]]]) -> BaseGeometry:
    """Return the shape of polygons as the record holds them: rings, the outer one first."""
    return plane.union([Polygon(piece[0], piece[1:]) for piece in rows if piece])


def part_outline(part: Mapping[str, Any], least_m: float = 0.0) -> BaseGeometry:
    """Return the plan of a part: its axis with its thickness, a square for a point."""
    half_m = max(part["thickness_m"] or 0.1, least_m) / 2.0
    start, end = (part["x0_m"], part["y0_m"]), (part["x1_m"], part["y1_m"])
    if Point(start).distance(Point(end)) < 1e-6:
        return Point(start).buffer(half_m, cap_style="square")
    return LineString([start, end]).buffer(half_m, cap_style="flat")


def span_arrows(region: BaseGeometry, deg: float, walls: BaseGeometry) -> list[Span]:
    """Return one arrow for a bay, through its middle or beside it where a wall is in the way; none for slivers."""
    if region.area < _REGION_MIN_M2:
        return []
    middle = region.centroid if region.contains(region.centroid) else region.representative_point()
    if np.isnan(deg):
        return [Span(x_m=middle.x, y_m=middle.y, deg=deg, length_m=min(_ARROW_MAX_M, 0.4 * float(np.sqrt(region.area))))]
    along = np.array([np.cos(np.radians(deg)), np.sin(np.radians(deg))])
    side_m = float(np.sqrt(region.area))
    found: list[Span] = []
    for step in _ASIDE:
        point = Point(middle.x - along[1] * step * side_m, middle.y + along[0] * step * side_m)
        length_m = min(_ARROW_MAX_M, _ARROW_OF_SPAN * _chord_m(region, point, along))
        if length_m > 0:
            found.append(Span(x_m=point.x, y_m=point.y, deg=deg, length_m=length_m))
            tip = along * length_m / 2.0
            if not walls.intersects(LineString([(point.x - tip[0], point.y - tip[1]), (point.x + tip[0], point.y + tip[1])])):
                return found[-1:]
    return found[:1]


def _chord_m(region: BaseGeometry, point: Point, along: npt.NDArray[np.float64]) -> float:
    """Return the length [m] inside the region of the line through a point; 0 outside it."""
    reach = along * 2.0 * (region.bounds[2] - region.bounds[0] + region.bounds[3] - region.bounds[1])
    chord = LineString([(point.x - reach[0], point.y - reach[1]), (point.x + reach[0], point.y + reach[1])]).intersection(region)
    return max((float(piece.length) for piece in getattr(chord, "geoms", [chord]) if piece.distance(point) < 1e-6), default=0.0)


def colours_apart(shapes: Sequence[BaseGeometry]) -> list[int]:
    """Return a small number per shape; neighbours differ (greedy, in the order given)."""
    tree = shapely.STRtree(list(shapes))
    colours: list[int] = []
    for row, shape in enumerate(shapes):
        near = {int(other) for other in tree.query(shape, predicate="intersects") if other < row}
        taken = {colours[other] for other in near}
        colours.append(next(number for number in range(len(shapes)) if number not in taken))
    return colours


def _storey_below(record: Record, field: int) -> int:
    """Return the storey whose tops lie nearest to the underside of a floor."""
    z_m = record["floors"][int(field)]["z0_m"] or 0.0
    return min(storeys(record), key=lambda storey: (abs(cut_m(record, storey)[1] - z_m), storey))
