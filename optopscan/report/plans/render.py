"""Plans of the building as PNG: one per storey, the foundation and the roof."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np
from shapely.geometry import LineString, Polygon, box
from shapely.geometry.base import BaseGeometry
from shapely.ops import polylabel

from optopscan.geometry import plane
from optopscan.report.grid_lines import Grid, grid
from optopscan.report.marks import stamp
from optopscan.report.plans import data as plan_data
from optopscan.report.plans.axes import draw_lines, room_for
from optopscan.report.plans.frame import FONT_PT, INK, Backdrops, Entry, Words
from optopscan.report.plans.sheet import ACCENT, Sheet, drawn
from optopscan.report.record.arrays import Arrays
from optopscan.report.shapes import polygons
from optopscan.report.words import Language, number, word

Record = Mapping[str, Any]
Plan = tuple[str, bytes]

DARK, OPENING, LIGHT, ORANGE, RED = "#333333", "#c9c9c9", "#9a9a9a", "#e07b00", "#d00000"
PASTELS = ("#cfe3f5", "#fbe3c4", "#d6edd1", "#eadcf2", "#fdf3b8", "#f6d5d5", "#d2eeee", "#e6e0cf")


def render(record: Record, arrays: Arrays, language: Language = "nl") -> list[Plan]:
    """Return (file name, PNG bytes) of every plan, lowest storey first.

    Parameters
    ----------
    record, arrays
        As `record.build` or `record.read` gives them.
    language
        "nl" or "en".
    """
    table, lines, backdrops = plan_data.cells(record, arrays), grid(record), Backdrops()
    tasks: list[tuple[str, Callable[[], bytes]]] = []
    if any(part["line"] is not None for part in record["parts"]):
        tasks.append(("plan_foundation.png", lambda: _foundation(record, lines, backdrops, language)))
    for storey in plan_data.storeys(record):
        tasks.append((f"plan_storey_{storey + 1}.png", lambda storey=storey: _storey(record, table, storey, lines, backdrops, language)))  # type: ignore[misc]
    tasks.append(("plan_roof.png", lambda: _roof(record, backdrops, language)))
    return drawn(lambda: [(name, draw()) for name, draw in tasks])


def _sheet(
    record: Record,
    title: str,
    told: Sequence[str],
    legend: Sequence[Entry],
    backdrops: Backdrops,
    language: Language,
    lines: Grid | None = None,
) -> Sheet:
    bounds = room_for(lines, plan_data.bounds(record)) if lines else plan_data.bounds(record)
    files = ", ".join(row["name"] for row in record["inputs"])
    subtitle = " · ".join(text for text in (record["building"]["name"], files, *told) if text)
    words = Words(
        scale=word("scale", language, n="{n}"),
        title=title,
        subtitle=subtitle,
        axes=word("axes", language),
        footer=stamp(record, language),
        software=f"optopscan {record['tool']['version']}",
    )
    sheet = Sheet(bounds, words, legend, backdrops=backdrops)
    if lines:
        draw_lines(sheet, lines, plan_data.bounds(record))
    return sheet


def _storey(record: Record, table: plan_data.Cells, storey: int, lines: Grid, backdrops: Backdrops, language: Language) -> bytes:
    z0_m, z1_m, cut_m = plan_data.cut_m(record, storey)
    told = [word("z_range", language, z0=number(z0_m, 2, language), z1=number(z1_m, 2, language))]
    sheet = _sheet(record, word("plan_storey", language, n=storey + 1), told, _storey_legend(language), backdrops, language, lines)
    walls = [shape for element in plan_data.cut_elements(record, cut_m) for shape in plan_data.element_shape(element)]
    floor = plan_data.floor_on(record, table, storey, plane.union(walls).buffer(0.05))
    for area in floor.areas:
        sheet.area(area.shape, face=PASTELS[area.colour % len(PASTELS)], edge="white", z=1.0)
    sheet.area(floor.unsupported, edge=RED, hatch="xx", z=1.5)
    for span in floor.spans:
        _arrow(sheet, span)
    _walls(sheet, record, storey, cut_m)
    _marks(sheet, record, storey)
    for area in floor.areas:
        _area_label(sheet, area.shape, area.tributary_m2, walls, language)
    return sheet.png()


def _walls(sheet: Sheet, record: Record, storey: int, cut_m: float) -> None:
    for element in plan_data.cut_elements(record, cut_m):
        for shape in plan_data.element_shape(element):
            if element["bearing"] == "yes":
                sheet.area(shape, face=DARK if element["kind"] == "column" else OPENING, edge=DARK, z=3.0)
            elif element["bearing"] == "unknown":
                sheet.area(shape, face="white", edge=ORANGE, hatch="//////", z=3.0)
            else:
                sheet.area(shape, face="white", edge=LIGHT, hatch="....", z=2.0)
    for part in record["parts"]:
        if part["storey"] != storey or part["kind"] in ("footing", "pile"):
            continue
        shape = plan_data.part_outline(part)
        if part["kind"] in ("beam", "lintel"):
            sheet.area(shape, edge=INK, z=4.0, dashes=True)
        elif part["bearing_known"]:
            sheet.area(shape, face=DARK, z=3.5)


def _marks(sheet: Sheet, record: Record, storey: int) -> None:
    """Number the governing part and those after it."""
    extra = record["extra_storeys"]
    rows = [row for row in (extra["governing"], *extra["next_bottlenecks"]) if row is not None]
    parts = {part["id"]: part for part in record["parts"]}
    for rank, row in enumerate(rows, start=1):
        part = parts.get(row["part"])
        if part is not None and part["storey"] == storey and part["kind"] not in ("footing", "pile"):
            sheet.area(plan_data.part_outline(part, least_m=0.3).buffer(0.08), edge=ACCENT, z=7.0, width_pt=1.4)
            x_m, y_m = (part["x0_m"] + part["x1_m"]) / 2, (part["y0_m"] + part["y1_m"]) / 2
            places = [(x_m + dx, y_m + dy) for dx, dy in ((0.5, 0.0), (-0.5, 0.0), (0.0, 0.5), (0.0, -0.5), (0.7, 0.7))]
            sheet.label(places, str(rank), color=ACCENT, weight="bold", fontsize=FONT_PT)


def _arrow(sheet: Sheet, span: plan_data.Span) -> None:
    if np.isnan(span.deg):
        for deg in (0.0, 90.0):
            sheet.arrow(span.x_m, span.y_m, deg, span.length_m, colour=ORANGE)
    else:
        sheet.arrow(span.x_m, span.y_m, span.deg, span.length_m)


def _area_label(sheet: Sheet, shape: BaseGeometry, area_m2: float, walls: Sequence[BaseGeometry], language: Language) -> None:
    """Write the area beside the walls, where there is room."""
    free = shape.difference(plane.union([wall for wall in walls if wall.intersects(shape)]).buffer(0.1))
    pieces = [piece for piece in polygons(free) if piece.area > 1.0]
    places = []
    for piece in pieces[:4]:
        middle = polylabel(piece, tolerance=0.2)
        places += [(middle.x, middle.y), (middle.x, middle.y + 0.8), (middle.x, middle.y - 0.8)]
    sheet.label(places, f"{number(area_m2, 1, language)} m2")


def _roof(record: Record, backdrops: Backdrops, language: Language) -> bytes:
    sheet = _sheet(record, word("plan_roof", language), [], _roof_legend(language), backdrops, language)
    for floor in record["floors"]:
        if floor["kind"] == "roof":
            for piece in floor["polygon"]:
                sheet.area(Polygon(piece[0], piece[1:]), face="#f4f4f4", edge=LIGHT, z=0.5)
    for face in record["roof"]["faces"]:
        if face["polygon"]:
            sheet.area(Polygon(face["polygon"][0], face["polygon"][1:]), face="#e3ecdc", edge=INK, z=1.0)
    _heads(sheet, record)
    for obstacle in record["roof"]["obstacles"]:
        if obstacle["polygon"]:
            sheet.area(Polygon(obstacle["polygon"][0], obstacle["polygon"][1:]), face="white", edge=ACCENT, hatch="xxxx", z=4.0)
    lines = [LineString([head["ends_m"][:2], head["ends_m"][2:]]) for head in record["roof"]["heads"]]
    for face in record["roof"]["faces"]:
        shape = Polygon(face["polygon"][0], face["polygon"][1:]) if face["polygon"] else Polygon()
        _area_label(sheet, shape, shape.area, lines, language)
    return sheet.png()


def _heads(sheet: Sheet, record: Record) -> None:
    known = {part["id"]: part["bearing_known"] for part in record["parts"]}
    segments: dict[bool, list[Sequence[float]]] = {True: [], False: []}
    for head in record["roof"]["heads"]:
        x0, y0, x1, y1 = head["ends_m"]
        if abs(x1 - x0) + abs(y1 - y0) < 1e-6:
            half_m = (head["thickness_m"] or 0.2) / 2
            square = box(x0 - half_m, y0 - half_m, x0 + half_m, y0 + half_m)
            sheet.area(square, face=DARK if known[head["part"]] else ORANGE, z=3.0)
        else:
            segments[known[head["part"]]].append(head["ends_m"])
    for bearing_known, ends_m in segments.items():
        sheet.lines(ends_m, colour=DARK if bearing_known else ORANGE, width_pt=2.2, z=3.0)


def _foundation(record: Record, lines: Grid, backdrops: Backdrops, language: Language) -> bytes:
    rows = [part for part in record["parts"] if part["kind"] in ("footing", "pile") or part["line"] is not None]
    legend = [
        Entry(text=word("l_footing", language), face=PASTELS[0], edge=DARK),
        Entry(text=word("l_pile", language), face=DARK, edge=DARK),
    ]
    sheet = _sheet(record, word("plan_foundation", language), [], legend, backdrops, language, lines)
    for part in rows:
        sheet.area(plan_data.part_outline(part), face=DARK if part["kind"] == "pile" else PASTELS[0], edge=DARK, z=2.0)
    middles: dict[int, list[tuple[float, float]]] = {}
    for part in rows:
        if part["line"] is not None:
            middles.setdefault(part["line"], []).append(((part["x0_m"] + part["x1_m"]) / 2, (part["y0_m"] + part["y1_m"]) / 2))
    for line, places in sorted(middles.items()):
        sheet.label(places[len(places) // 2 :] + places[: len(places) // 2], str(line), weight="bold", fontsize=FONT_PT)
    return sheet.png()


def _storey_legend(language: Language) -> list[Entry]:
    return [
        Entry(text=word("l_yes", language), face=DARK, edge=DARK),
        Entry(text=word("l_opening", language), face=OPENING, edge=DARK),
        Entry(text=word("l_unknown", language), face="white", edge=ORANGE, hatch="//////"),
        Entry(text=word("l_no", language), face="white", edge=LIGHT, hatch="...."),
        Entry(text=word("l_beam", language), edge=INK, kind="dashes"),
        Entry(text=word("l_trib", language), face=PASTELS[0], edge=PASTELS[0]),
        Entry(text=word("l_span", language), edge=INK, kind="arrow"),
        Entry(text=word("l_span_unknown", language), edge=ORANGE, kind="arrow"),
        Entry(text=word("l_unsupported", language), edge=RED, hatch="xx"),
        Entry(text=word("l_rank", language), edge=ACCENT),
    ]


def _roof_legend(language: Language) -> list[Entry]:
    return [
        Entry(text=word("l_face", language), face="#e3ecdc", edge=INK),
        Entry(text=word("l_head", language), edge=DARK, kind="line", width_pt=2.2),
        Entry(text=word("l_unknown", language), edge=ORANGE, kind="line", width_pt=2.2),
        Entry(text=word("l_obstacle", language), face="white", edge=ACCENT, hatch="xxxx"),
    ]
