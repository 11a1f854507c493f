"""Plans as DXF: one per storey with bearing walls in the colour of their verdict, and the roof with the variants put forward."""

from __future__ import annotations

import itertools
from collections.abc import Mapping
from typing import Any

import numpy as np
from shapely.geometry import MultiPoint
from shapely.geometry.base import BaseGeometry

from optopscan.geometry import plane
from optopscan.report.dxf.frame import Bounds, Key, draw_frame, scale_of
from optopscan.report.dxf.roof import draw_roof
from optopscan.report.dxf.sheet import DxfSheet
from optopscan.report.element_state import BAND_COLOURS, BANDS, Band, part_states, shown_scenario
from optopscan.report.export_words import say
from optopscan.report.grid_lines import Grid, GridLine, grid, ranks_apart
from optopscan.report.marks import uc_text
from optopscan.report.plans import data as plan_data
from optopscan.report.record.arrays import Arrays
from optopscan.report.variants import data as variant_data
from optopscan.report.words import Language, number

Record = Mapping[str, Any]

_HATCH: dict[Band, str] = {"low": "SOLID", "high": "SOLID", "over": "SOLID", "unknown": "ANSI31"}
_BUBBLE_MM = 4.0
_DIM_MM, _ALL_MM, _FIRST_MM = 7.0, 14.0, 20.0  # from the plan to dimensions, to the whole, to the names of lines
_MOST_RANKS = 3


def render(record: Record, arrays: Arrays, language: Language = "nl") -> list[tuple[str, bytes]]:
    """Return (file name, contents) of ``bouwlaag_N.dxf`` (``storey_N.dxf``), lowest first, and ``dakplan.dxf`` (``roof_plan.dxf``).

    Parameters
    ----------
    record, arrays
        As `record.build` or `record.read` gives them.
    language
        "nl" or "en"; of file names, layers and texts.
    """
    table, lines = plan_data.cells(record, arrays), grid(record)
    bounds = _bounds(record)
    files = [
        (say("file_storey", language, n=storey + 1), _storey(record, table, storey, lines, bounds, language))
        for storey in plan_data.storeys(record)
    ]
    return [*files, (say("file_roof", language), _roof(record, lines, bounds, language))]


def _bounds(record: Record) -> Bounds:
    shown = {**record, "variants": variant_data.drawn_variants(record)}
    return plan_data.bounds(shown)


def _storey(record: Record, table: plan_data.Cells, storey: int, lines: Grid, bounds: Bounds, language: Language) -> bytes:
    sheet = DxfSheet(scale_of(bounds))
    z0_m, z1_m, cut_m = plan_data.cut_m(record, storey)
    legend = _walls(sheet, record, cut_m, language)
    legend += _verdicts(sheet, record, storey, language)
    shapes = [shape for element in plan_data.cut_elements(record, cut_m) for shape in plan_data.element_shape(element)]
    legend += _spans(sheet, plan_data.floor_on(record, table, storey, plane.union(shapes).buffer(0.05)), language)
    _ranks(sheet, record, storey, language)
    draw_grid(sheet, lines, bounds, language)
    scenario = shown_scenario(record)
    told = [
        say("z_range", language, z0=number(z0_m, 2, language), z1=number(z1_m, 2, language)),
        say("after_is", language, scenario=scenario) if scenario else say("after_none", language),
    ]
    draw_frame(sheet, record, bounds, say("plan_storey", language, n=storey + 1), told, legend, language)
    return sheet.content()


def _roof(record: Record, lines: Grid, bounds: Bounds, language: Language) -> bytes:
    sheet = DxfSheet(scale_of(bounds))
    legend, told = draw_roof(sheet, record, language)
    draw_grid(sheet, lines, bounds, language)
    draw_frame(sheet, record, bounds, say("plan_roof", language), told, legend, language)
    return sheet.content()


def _walls(sheet: DxfSheet, record: Record, cut_m: float, language: Language) -> list[Key]:
    """Draw what a section meets, bearing or not, on layers of their own."""
    layers = {
        "yes": sheet.layer(say("lay_bearing", language), "#333333", weight=35),
        "unknown": sheet.layer(say("lay_bearing_unknown", language), "#e07b00", linetype="STREEP", weight=35),
        "no": sheet.layer(say("lay_not_bearing", language), "#9a9a9a", weight=13),
    }
    columns = sheet.layer(say("lay_column", language), "#333333", weight=35)
    for element in plan_data.cut_elements(record, cut_m):
        layer = columns if element["kind"] == "column" and element["bearing"] == "yes" else layers[element["bearing"]]
        for shape in plan_data.element_shape(element):
            sheet.outline(layer, shape)
    return [Key(layer=layers[name], kind="outline", text=say(name, language)) for name in ("yes", "unknown", "no")]


def _verdicts(sheet: DxfSheet, record: Record, storey: int, language: Language) -> list[Key]:
    """Hatch the piers and columns of a storey by their verdict; beams and lintels dashed."""
    layers = {band: sheet.layer(say(f"lay_{band}", language), BAND_COLOURS[band], weight=13) for band in BANDS if band in _HATCH}
    beams = sheet.layer(say("lay_beam", language), "#333333", linetype="STREEP", weight=25)
    for part, state in zip(record["parts"], part_states(record), strict=True):
        if part["storey"] != storey or part["kind"] in ("footing", "pile"):
            continue
        if part["kind"] in ("beam", "lintel"):
            sheet.outline(beams, plan_data.part_outline(part))
        else:
            sheet.fill(layers[state.band], plan_data.part_outline(part), _HATCH[state.band])
    keys = [Key(layer=layers[band], kind=_kind(band), text=say(f"band_{band}", language)) for band in layers]
    return [*keys, Key(layer=beams, kind="outline", text=say("beam", language))]


def _kind(band: Band) -> str:
    return "fill" if _HATCH[band] == "SOLID" else _HATCH[band]


def _spans(sheet: DxfSheet, floor: plan_data.Floor, language: Language) -> list[Key]:
    known = sheet.layer(say("lay_span", language), "#1f5fa8", weight=25)
    unknown = sheet.layer(say("lay_span_unknown", language), "#e07b00", weight=25)
    loose = sheet.layer(say("lay_unsupported", language), "#d00000", weight=25)
    for span in floor.spans:
        if np.isnan(span.deg):
            for deg in (0.0, 90.0):
                sheet.arrow(unknown, (span.x_m, span.y_m), deg, span.length_m)
        else:
            sheet.arrow(known, (span.x_m, span.y_m), span.deg, span.length_m)
    keys = [Key(layer=known, kind="line", text=say("span", language)), Key(layer=unknown, kind="line", text=say("span_unknown", language))]
    if not floor.unsupported.is_empty:
        sheet.outline(loose, floor.unsupported)
        sheet.fill(loose, floor.unsupported, "ANSI37")
        keys.append(Key(layer=loose, kind="ANSI37", text=say("unsupported", language)))
    return keys


def _ranks(sheet: DxfSheet, record: Record, storey: int, language: Language) -> None:
    """Number the governing part and those after it, with their utilisation."""
    extra = record["extra_storeys"]
    rows = [row for row in (extra["governing"], *extra["next_bottlenecks"]) if row is not None]
    parts = {part["id"]: part for part in record["parts"]}
    layer = sheet.layer(say("lay_rank", language), "#a0008c", weight=25)
    for rank, row in enumerate(rows, start=1):
        part = parts.get(row["part"])
        if part is None or part["storey"] != storey or part["kind"] in ("footing", "pile"):
            continue
        shape = plan_data.part_outline(part, least_m=0.3).buffer(0.08, join_style="mitre")
        sheet.outline(layer, shape)
        at = (shape.bounds[2] + 0.001 * sheet.scale, shape.bounds[3] + 0.001 * sheet.scale)
        sheet.text(layer, at, f"{rank}: UC {uc_text(row['uc'], language)}", 2.0)


def draw_grid(sheet: DxfSheet, lines: Grid, bounds: Bounds, language: Language) -> None:
    """Draw the lines on which bearing parts stand with their names, the distances between them and the whole."""
    turn, unit_m = lines.turn, sheet.scale / 1000.0
    x0, y0, x1, y1 = bounds
    u0, v0, u1, v1 = turn.span(_rectangle(x0, y0, x1, y1) if turn.deg == 0.0 else _turned_bounds(lines, bounds))
    grid_layer = sheet.layer(say("lay_grid", language), "#8a8a8a", linetype="STREEPPUNT", weight=13)
    name_layer = sheet.layer(say("lay_grid_name", language), "#5a5a5a", weight=18)
    dims = sheet.layer(say("lay_dimension", language), "#404040", weight=13)
    for along_v, row, low, high, foot in ((False, lines.u, v0, v1, v0), (True, lines.v, u0, u1, u0)):

        def xy(along: float, across: float, flipped: bool = along_v) -> tuple[float, float]:
            [[x, y]] = turn.to_xy([(across, along) if flipped else (along, across)]).tolist()
            return x, y

        for line, rank in zip(row, ranks_apart([line.at_m for line in row], 2.2 * _BUBBLE_MM * unit_m, _MOST_RANKS), strict=True):
            end = low - (_FIRST_MM + rank * 2.0 * _BUBBLE_MM) * unit_m
            sheet.line(grid_layer, xy(line.at_m, end), xy(line.at_m, high + 4.0 * unit_m))
            middle = xy(line.at_m, end - _BUBBLE_MM * unit_m)
            sheet.circle(name_layer, middle, _BUBBLE_MM)
            sheet.text(name_layer, middle, line.name, 3.0, align="MIDDLE_CENTER")
        deg = turn.deg + (90.0 if along_v else 0.0)
        for first, second in itertools.pairwise(row):
            _dimension(sheet, dims, (first, second), foot, foot - _DIM_MM * unit_m, xy, deg)
        if len(row) > 2:
            _dimension(sheet, dims, (row[0], row[-1]), foot, foot - _ALL_MM * unit_m, xy, deg)


def _dimension(sheet: DxfSheet, layer: str, ends: tuple[GridLine, GridLine], foot_m: float, at_m: float, xy: Any, deg: float) -> None:
    start, end = (xy(one.at_m, foot_m) for one in ends)
    sheet.dimension(layer, start, end, xy(ends[0].at_m, at_m), deg)


def _rectangle(x0: float, y0: float, x1: float, y1: float) -> BaseGeometry:
    return MultiPoint([(x0, y0), (x1, y0), (x1, y1), (x0, y1)]).convex_hull


def _turned_bounds(lines: Grid, bounds: Bounds) -> BaseGeometry:
    """Return the rectangle of the grid itself where it stands askew: the box around the plan would be far too wide."""
    us, vs = [line.at_m for line in lines.u] or [0.0], [line.at_m for line in lines.v] or [0.0]
    if len(us) < 2 or len(vs) < 2:
        return _rectangle(*bounds)
    corners = lines.turn.to_xy([(us[0], vs[0]), (us[-1], vs[0]), (us[-1], vs[-1]), (us[0], vs[-1])])
    return MultiPoint(corners.tolist()).convex_hull
