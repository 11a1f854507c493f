"""Plan of one new storey of a variant on A3: roof and walls below, walkway, modules, dwellings with their labels, dimensions."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import numpy as np
from shapely.geometry import MultiPoint, Polygon
from shapely.geometry.base import BaseGeometry

from optopscan.report.plans import data as plan_data
from optopscan.report.plans.frame import INK, M_PER_INCH, Entry, frame_around
from optopscan.report.plans.render import LIGHT, RED
from optopscan.report.plans.sheet import ACCENT, Sheet
from optopscan.report.shapes import polygons
from optopscan.report.variants import data as variant_data
from optopscan.report.variants.data import Home, LineState, Turn
from optopscan.report.variants.dims import chain
from optopscan.report.variants.words import (
    HOME_EDGE,
    MODULE_EDGE,
    NEW_STAIR,
    ROOF,
    TERRACE,
    USABLE,
    WALK,
    line_style,
    plan_legend,
    told_of,
    type_colour,
    words_of,
)
from optopscan.report.words import Language, number, word

Record = Mapping[str, Any]
Row = Mapping[str, Any]

_DIM_IN = (0.4, 0.63)  # from the drawing to the first and to the second row of dimensions
_LOW_IN, _HIGH_IN = 0.75, 0.25  # for dimensions below and to the left of the drawing, for a letter above it
_LABEL_PT = (7.0, 6.0, 5.0, 4.5)
_ID_PT = (6.0, 5.0, 4.0, 3.5)


def sheets(record: Record, variant: Row, language: Language) -> Iterator[tuple[str, Sheet]]:
    """Give (name, sheet) of every new storey with modules, lowest first; ``laag1`` and so on."""
    states = variant_data.line_states(record, variant)
    turn = variant_data.turn_of(variant)
    for storey in variant_data.storeys(variant):
        yield f"laag{storey}", storey_sheet(record, variant, storey, states, turn, language)


def storey_sheet(
    record: Record, variant: Row, storey: int, states: Mapping[str, LineState], turn: Turn, language: Language, section: bool = True
) -> Sheet:
    """Return the plan of one new storey, counted from 1; ``states`` colour the lines below, without them they are grey."""
    homes = variant_data.homes(variant, storey)
    terrace = variant_data.terraces(variant, storey)
    sheet = _sheet(record, variant, storey, turn, plan_legend(record, variant, homes, states, terrace, language), language)
    sheet.layer("bestaand")
    _existing(sheet, record)
    _usable(sheet, variant, storey)
    _stairs(sheet, variant)
    sheet.layer("ontsluiting")
    sheet.area(terrace, edge=TERRACE, hatch="\\\\\\", z=1.4)
    _walkways(sheet, variant, storey)
    sheet.layer("woningen")
    kinds = variant_data.types(variant)
    for home in homes:
        sheet.area(home.shape, face=type_colour(kinds, home.row["type"]), z=1.0, tip=_tip(home, language))
    sheet.layer("draaglijnen")
    _lines(sheet, record, states)
    sheet.layer("modules")
    for module in variant_data.on_storey(variant["placed"], storey):
        sheet.area(Polygon(plan_data.module_corners(module)), edge=MODULE_EDGE, z=2.0, width_pt=0.5)
    for home in homes:
        sheet.area(home.shape, edge=HOME_EDGE, z=3.0, width_pt=1.6)
        if home.door is not None:
            _door(sheet, home)
    for column in variant["columns"]:
        sheet.area(
            MultiPoint([(column["x_m"], column["y_m"])]).buffer(0.15, cap_style="square"), face=RED if column["meets"] else INK, z=4.0
        )
    sheet.layer("maten")
    if section:
        _cut_marks(sheet, variant, turn)
    _dimensions(sheet, record, variant, storey, turn, language)
    sheet.layer("labels")
    _stair_labels(sheet, variant, language)
    _labels(sheet, homes, language)
    for piece in polygons(terrace):
        middle = piece.representative_point()
        sheet.label(
            [(middle.x, middle.y)], f"{word('v_terrace', language)} {number(piece.area, 0, language)} m2", color=TERRACE, fontsize=5.5
        )
    return sheet


def extent(record: Record, variant: Row) -> BaseGeometry:
    """Return the hull [m] of roof, layout, walkway and stairs: what a plan of the variant has to show."""
    shapes: list[BaseGeometry] = [plan_data.shape_of([face["polygon"]]) for face in record["roof"]["faces"]]
    shapes += [plan_data.shape_of(floor["polygon"]) for floor in record["floors"] if floor["kind"] == "roof"]
    shapes += [variant_data.outline(variant["placed"]), variant_data.outline(variant["walkways"])]
    shapes += [plan_data.shape_of(stair["polygon"]) for stair in (variant["site"] or {}).get("stairs", ())]
    points = [point[:2] for shape in shapes for piece in polygons(shape) for point in piece.exterior.coords]
    points += [(column["x_m"], column["y_m"]) for column in variant["columns"]]
    return MultiPoint(points).convex_hull


def _sheet(record: Record, variant: Row, storey: int, turn: Turn, legend: Sequence[Entry], language: Language) -> Sheet:
    title = word("v_plan", language, n=storey, of=variant["storeys"], id=variant["id"])
    words = words_of(record, title, word("axes" if record["building"].get("north_deg") is None else "axes_north", language), language)
    hull, told = extent(record, variant), told_of(variant, language)
    u0, v0, u1, v1 = turn.span(hull)
    # the room for dimensions depends on the scale, and the scale on the room: the second step settles it
    bounds = hull.bounds
    for _ in range(2):
        unit_m = frame_around(bounds, words, legend, a3=True, told=told).layout.scale * M_PER_INCH
        low_m, high_m = _LOW_IN * unit_m, _HIGH_IN * unit_m
        room = MultiPoint(turn.to_xy([(u0 - low_m, v0 - low_m), (u0 - low_m, v1 + high_m), (u1, v0 - low_m), (u1, v1 + high_m)]))
        bounds = hull.union(room.convex_hull).bounds
    return Sheet(bounds, words, legend, a3=True, told=told)


def _existing(sheet: Sheet, record: Record) -> None:
    for floor in record["floors"]:
        if floor["kind"] == "roof":
            sheet.area(plan_data.shape_of(floor["polygon"]), face=ROOF, edge=LIGHT, z=0.5)
    for face in record["roof"]["faces"]:
        sheet.area(plan_data.shape_of([face["polygon"]]), face=ROOF, edge=INK, z=0.6, width_pt=1.0)
    for obstacle in record["roof"]["obstacles"]:
        sheet.area(plan_data.shape_of([obstacle["polygon"]]), face="white", edge=ACCENT, hatch="xxxx", z=2.0)


def _lines(sheet: Sheet, record: Record, states: Mapping[str, LineState]) -> None:
    groups: dict[tuple[str, float], list[Sequence[float]]] = {}
    for head in record["roof"]["heads"]:
        groups.setdefault(line_style(states.get(head["part"])), []).append(_ends(head))
    for (colour, width_pt), ends_m in sorted(groups.items()):
        sheet.lines(ends_m, colour=colour, width_pt=width_pt, z=1.5)


def _ends(head: Row) -> list[float]:
    """Return the ends of a line; a column becomes a line as long as it is thick."""
    x0, y0, x1, y1 = head["ends_m"]
    if abs(x1 - x0) + abs(y1 - y0) > 1e-6:
        return [x0, y0, x1, y1]
    half_m = (head["thickness_m"] or 0.2) / 2.0
    return [x0 - half_m, y0, x1 + half_m, y1]


def _usable(sheet: Sheet, variant: Row, storey: int) -> None:
    for row in variant_data.on_storey((variant["site"] or {}).get("usable", ()), storey):
        sheet.area(plan_data.shape_of(row["polygon"]), edge=USABLE, z=1.2, width_pt=0.9, dashes=True)


def _stairs(sheet: Sheet, variant: Row) -> None:
    for stair in (variant["site"] or {}).get("stairs", ()):
        shape = plan_data.shape_of(stair["polygon"])
        sheet.area(shape, face="white", edge=NEW_STAIR if stair["new"] else INK, hatch="---", z=1.6, width_pt=1.2, dashes=stair["new"])


def _stair_labels(sheet: Sheet, variant: Row, language: Language) -> None:
    for stair in (variant["site"] or {}).get("stairs", ()):
        text = word("v_new_stair" if stair["new"] else "v_stair", language) + ("" if stair["certain"] or stair["new"] else " ?")
        middle = plan_data.shape_of(stair["polygon"]).representative_point()
        for size_pt in (6.5, 5.5, 4.5):
            if sheet.label([(middle.x, middle.y)], text, fontsize=size_pt, weight="bold", color=NEW_STAIR if stair["new"] else INK):
                break


def _walkways(sheet: Sheet, variant: Row, storey: int) -> None:
    pieces = variant_data.on_storey(variant["walkways"], storey)
    if pieces:
        sheet.area(variant_data.outline(pieces), face="#ececec", edge=WALK, hatch="////", z=1.0, width_pt=0.8)
    for start_m, end_m in variant_data.walking(variant, storey):
        sheet.pointer(start_m, end_m, colour=HOME_EDGE, width_pt=1.0)


def _door(sheet: Sheet, home: Home) -> None:
    """Draw the door as a wedge that points into the dwelling."""
    if home.door is None:
        return
    inside = home.shape.representative_point()
    x_m, y_m = home.door
    deg = float(np.degrees(np.arctan2(inside.y - y_m, inside.x - x_m)))
    edges = [piece.exterior for piece in polygons(home.shape)]
    coords = np.asarray(min(edges, key=lambda edge: edge.distance(MultiPoint([home.door]))).coords)[:, :2]
    sides = np.diff(coords, axis=0)
    # perpendicular to the side that the door is in
    near = min(range(len(sides)), key=lambda k: (round(_distance(coords[k], coords[k + 1], np.array(home.door)), 4), k))
    across = np.degrees(np.arctan2(sides[near][0], -sides[near][1]))
    turned = min((across, across + 180.0), key=lambda one: abs((one - deg + 180.0) % 360.0 - 180.0))
    length_m = 0.1 * sheet.scale * M_PER_INCH
    tip = (x_m + length_m * float(np.cos(np.radians(turned))), y_m + length_m * float(np.sin(np.radians(turned))))
    sheet.wedge(*tip, float(turned), colour=HOME_EDGE, size_in=0.1)


def _distance(start: Any, end: Any, point: Any) -> float:
    along = end - start
    share = float(np.clip(np.dot(point - start, along) / max(float(np.dot(along, along)), 1e-12), 0.0, 1.0))
    return float(np.linalg.norm(start + share * along - point))


def _labels(sheet: Sheet, homes: Sequence[Home], language: Language) -> None:
    """Write a label in every dwelling: as much as fits, at least its id; alike dwellings look alike."""
    fits: dict[tuple[object, ...], int] = {}
    for home in homes:
        row = home.row
        area = f"{number(row['gbo_m2'], 0, language)} m2"
        facts = [row["id"], row["type"], area, *([] if row["route_m"] is None else [f"{number(row['route_m'], 0, language)} m"])]
        ways = [
            *(("\n".join([row["id"], " · ".join(facts[1:3]), *facts[3:]]), size_pt, 0.0) for size_pt in _LABEL_PT),
            *(("\n".join(facts), size_pt, 0.0) for size_pt in _LABEL_PT),
            *((" · ".join(facts), size_pt, 90.0) for size_pt in _LABEL_PT),
            *((row["id"], size_pt, deg) for size_pt in _ID_PT for deg in (0.0, 90.0)),
        ]
        x0, y0, x1, y1 = home.shape.bounds
        alike = (round(x1 - x0, 1), round(y1 - y0, 1), *map(len, facts))
        middle = home.shape.centroid if home.shape.covers(home.shape.centroid) else home.shape.representative_point()
        for number_of, (text, size_pt, deg) in enumerate(ways):
            if number_of < fits.get(alike, 0):
                continue
            style: dict[str, Any] = {"fontsize": size_pt, "rotation": deg, "color": HOME_EDGE, "linespacing": 1.15}
            if sheet.label([(middle.x, middle.y)], text, within=home.shape, **style):
                fits.setdefault(alike, number_of)
                break


def _dimensions(sheet: Sheet, record: Record, variant: Row, storey: int, turn: Turn, language: Language) -> None:
    """Draw the widths of the outer row and the length of the layout below it, and its depths and depth to the left."""
    boxes = [turn.box(row) for row in variant_data.on_storey(variant["placed"], storey)]
    walk = [turn.box(row) for row in variant_data.on_storey(variant["walkways"], storey)]
    near_m, far_m = (step * sheet.scale * M_PER_INCH for step in _DIM_IN)
    low_u, low_v, _, _ = turn.span(extent(record, variant))
    u0, v0 = min(b[0] for b in boxes), min(b[1] for b in boxes)
    u1, v1 = max(b[2] for b in boxes), max(b[3] for b in boxes)
    outer = [b for b in boxes if not any(o[1] < b[1] - 0.01 and o[0] < b[2] - 0.01 and o[2] > b[0] + 0.01 for o in boxes)]
    chain(sheet, turn, sorted({stop for b in outer for stop in (b[0], b[2])}), low_v - near_m, language, foot_m=v0)
    chain(sheet, turn, [u0, u1], low_v - far_m, language)
    first = min(boxes)
    at_m = (first[0] + first[2]) / 2.0
    crossed = [b for b in [*boxes, *walk] if b[0] <= at_m <= b[2]]
    chain(sheet, turn, sorted({stop for b in crossed for stop in (b[1], b[3])}), low_u - near_m, language, along_v=True, foot_m=u0)
    chain(sheet, turn, [v0, v1], low_u - far_m, language, along_v=True)


def section_at(variant: Row, turn: Turn) -> float:
    """Return u [m] of the section: where most modules and walkways stand above each other, nearest to the middle of the layout."""
    boxes = [turn.box(row) for row in variant["placed"]]
    every = [*boxes, *(turn.box(row) for row in variant["walkways"])]
    middle_m = (min(b[0] for b in boxes) + max(b[2] for b in boxes)) / 2.0
    places = sorted({round((b[0] + b[2]) / 2.0, 4) for b in boxes})
    return min(places, key=lambda u: (-sum(b[0] <= u <= b[2] for b in every), round(abs(u - middle_m), 3), u))


def _cut_marks(sheet: Sheet, variant: Row, turn: Turn) -> None:
    """Mark where the section runs, with an A at both ends."""
    u_m = section_at(variant, turn)
    crossed = [b for b in (turn.box(row) for row in [*variant["placed"], *variant["walkways"]]) if b[0] <= u_m <= b[2]]
    unit_m = sheet.scale * M_PER_INCH
    for end_m, sign in ((min(b[1] for b in crossed), -1.0), (max(b[3] for b in crossed), 1.0)):
        ends = turn.to_xy([(u_m, end_m + sign * 0.05 * unit_m), (u_m, end_m + sign * 0.2 * unit_m)]).tolist()
        sheet.lines([(*ends[0], *ends[1])], colour=ACCENT, width_pt=1.8, z=6.0)
        [[x_m, y_m]] = turn.to_xy([(u_m + 0.1 * unit_m, end_m + sign * 0.14 * unit_m)]).tolist()
        sheet.label([(x_m, y_m)], "A", color=ACCENT, weight="bold", fontsize=8.0)


def _tip(home: Home, language: Language) -> str:
    row = home.row
    told = [row["id"], row["type"], f"{number(row['gbo_m2'], 1, language)} m2 gbo"]
    if row["route_m"] is not None:
        told.append(word("v_route_tip", language, m=number(row["route_m"], 1, language)))
    return " · ".join(told)
