"""What an inspection drawing holds, layer by layer; `inspect_sheets` puts the layers on a sheet."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
import shapely
from shapely.geometry import LineString
from shapely.geometry.base import BaseGeometry
from shapely.ops import polylabel

from optopscan.geometry import plane
from optopscan.model.arrays import IntArray
from optopscan.pipeline.inspecting import Inspection
from optopscan.report.inspection import flow
from optopscan.report.inspection import levels as shelf
from optopscan.report.inspection.levels import Level, Shown
from optopscan.report.plans.frame import FONT_PT
from optopscan.report.plans.sheet import Sheet
from optopscan.report.shapes import polygons
from optopscan.report.tidy import clean
from optopscan.report.words import number

# Fill, edge and hatch per verdict: apart in colour (Okabe and Ito), in lightness and in hatch.
YES, YES_EDGE = "#1f5a8a", "#12324d"
UNKNOWN, UNKNOWN_EDGE = "#fdd58a", "#b35c00"
NO, NO_EDGE = "#ffffff", "#8a8a8a"
LOW, BELOW, FOOTING = "#a9c4da", "#9db7cc", "#cdd9e3"
LOST, SHIFT, SOIL = "#c4002b", "#7a2f8f", "#ece6dc"
PASTELS = ("#e3eef8", "#fdf0dc", "#e6f2e3", "#f1e8f6", "#fbf7d9", "#f8e6e6", "#e2f3f3", "#efebdf")
FACES = {"yes": (YES, YES_EDGE, ""), "unknown": (UNKNOWN, UNKNOWN_EDGE, "xxxxxx"), "no": (NO, NO_EDGE, "/////")}
VERDICTS = {"yes": "dragend", "unknown": "onbekend", "no": "niet dragend"}
LABEL_MIN_M2 = 2.0
LABEL_BEAM_MIN_M2 = 6.0  # joists lie too close to label each
LABEL_ROOM_M = 0.25
VOID_MIN_M2 = 0.8
LOUD_KN = 1.0  # under this a hanging trifle gets a thin line
COLUMN_LEAST_M = 0.0011  # on paper
LABELS_LOST = 6  # the heaviest that hang are named, the rest is in the total


@dataclass(frozen=True, kw_only=True, eq=False)
class Plan:
    """What one sheet is about: row of its level (-1: the foundation), elements, floors, and what nothing carries."""

    inspection: Inspection
    every: tuple[Level, ...]
    row: int
    items: tuple[Shown, ...]
    fields: IntArray
    floor: flow.Floors | None
    gone: tuple[flow.Lost, ...]
    walls: BaseGeometry = field(default_factory=shapely.Polygon)

    @property
    def beams(self) -> list[int]:
        """Return the elements above the section."""
        return [item.element for item in self.items if item.role == "above"]


def plan_of(inspection: Inspection, every: tuple[Level, ...], row: int) -> Plan:
    """Return what stands on a sheet; row -1 is the foundation."""
    structure, elements = inspection.structure, inspection.building.elements
    items = shelf.shown(inspection, row, every) if row >= 0 else shelf.buried(inspection, every)
    solid = [item.solid for item in items if item.role != "above"]
    walls = plane.union(solid).buffer(0.05)
    fields = shelf.fields_on(structure, row, every) if structure is not None else np.zeros(0, dtype=np.int64)
    floor = flow.floors(inspection, fields, walls) if len(fields) else None
    here = {item.element for item in items}
    if structure is not None:  # partitions, stairs and parapets have no part of their own but may hang as well
        here |= {
            i for i in structure.loose.element.tolist() if elements.kind[i] not in shelf.UPRIGHT and _row_of(inspection, i, every) == row
        }
    gone = [lost for lost in flow.lost(inspection) if lost.element in here]
    if floor is not None and floor.unsupported.area > 0:
        gone.append(flow.Lost(shape=floor.unsupported, element=-1, load_kn=flow.unsupported_floor_kn(inspection, fields)))
    return Plan(inspection=inspection, every=every, row=row, items=items, fields=fields, floor=floor, gone=tuple(gone), walls=walls)


def _row_of(inspection: Inspection, i: int, every: Sequence[Level]) -> int:
    elements = inspection.building.elements
    return shelf.level_of_upright(elements, i, every) if elements.z1_m[i] > every[0].z0_m else -1


# -- layers -----------------------------------------------------------------------


def tributary(sheet: Sheet, plan: Plan) -> None:
    """Shade the floor by what carries it; without a structure draw the floors as they are."""
    sheet.layer("tributary")
    inspection, floor = plan.inspection, plan.floor
    elements, structure = inspection.building.elements, inspection.structure
    if structure is None:
        for i, kind in enumerate(elements.kind):
            if kind in shelf.FLAT and max(shelf.level_of_flat(elements, i, plan.every), 0) == plan.row:
                sheet.area(elements.footprint[i], face="#f4f4f4", edge="#a8a8a8", z=1.0, tip=tip(inspection, i))
    if floor is None or structure is None:
        return
    for element, shape, colour, area_m2 in floor.areas:
        text = f"rust op {clean(elements.name[element])} ({elements.id[element]}): {number(area_m2, 1, 'nl')} m2"
        sheet.area(shape, face=PASTELS[colour % len(PASTELS)], edge="white", z=1.0, tip=text)
    sheet.area(floor.on_soil, face=SOIL, edge="#cfc4b2", z=1.0, width_pt=0.4, tip="vloer op de grond")
    outlines = [structure.fields.polygon[f] for f in plan.fields.tolist()]
    for shape in outlines:
        sheet.area(shape, edge="#9a9a9a", z=1.5, width_pt=0.5)
    _voids(sheet, plane.union(outlines), plan.walls)


def _voids(sheet: Sheet, floor: BaseGeometry, walls: BaseGeometry) -> None:
    """Cross out holes in the floor, as voids are drawn."""
    for piece in polygons(floor):
        for ring in piece.interiors:
            for hole in polygons(plane.difference(shapely.Polygon(ring), walls)):
                core = hole.buffer(-0.05)
                if hole.area < VOID_MIN_M2 or core.is_empty:
                    continue
                x0, y0, x1, y1 = hole.bounds
                ends = []
                for line in (LineString([(x0, y0), (x1, y1)]), LineString([(x0, y1), (x1, y0)])):
                    met = line.intersection(hole)
                    ends += [[*g.coords[0][:2], *g.coords[-1][:2]] for g in getattr(met, "geoms", [met]) if g.length > 0]
                sheet.lines(ends, colour="#9a9a9a", width_pt=0.4, z=1.6)


def below(sheet: Sheet, plan: Plan) -> None:
    """Draw what bears on the level below as a thin dashed line, so that a shift shows."""
    if plan.row <= 0:
        return
    sheet.layer("below")
    state = plan.inspection.bearing.state
    rows = [item for item in shelf.shown(plan.inspection, plan.row - 1, plan.every) if state[item.element] == "yes" and item.role == "cut"]
    kind = plan.inspection.building.elements.kind
    walls = [item.solid.union(item.opening) for item in rows if kind[item.element] != "column"]
    sheet.area(plane.union(walls), edge=BELOW, z=1.0, dashes=True, width_pt=0.5)
    for item in rows:
        if kind[item.element] == "column":
            sheet.area(_legible(sheet, item.solid), edge=BELOW, z=1.0, width_pt=0.6)


def _legible(sheet: Sheet, column: BaseGeometry) -> BaseGeometry:
    """Return the plan of a column, or a square just large enough to see on paper."""
    least_m = COLUMN_LEAST_M * sheet.scale
    if column.area >= least_m**2:
        return column
    return column.centroid.buffer(0.5 * least_m, cap_style="square")


def uprights(sheet: Sheet, plan: Plan) -> None:
    """Draw stairs, walls and columns, each in the colour and hatch of its verdict, and beams as dashed outlines."""
    elements, state = plan.inspection.building.elements, plan.inspection.bearing.state
    sheet.layer("elements")
    for i, kind in enumerate(elements.kind):
        if kind == "stair" and plan.every and _row_of(plan.inspection, i, plan.every) == plan.row:
            sheet.area(elements.footprint[i], edge="#b0b0b0", hatch="---", z=0.5, width_pt=0.4, tip=tip(plan.inspection, i))
    order = {"no": 1.0, "unknown": 2.0, "yes": 3.0}
    for item in plan.items:
        if item.role == "above":
            continue
        i = item.element
        face, edge, hatch = FACES[state[i]]
        text, z = tip(plan.inspection, i), order[state[i]]
        if not item.opening.is_empty:
            sheet.area(item.opening, face="white", edge=edge, z=z, dashes=True, width_pt=0.5, tip=text)
        low = item.role == "low" and state[i] == "yes"
        solid = _legible(sheet, item.solid) if elements.kind[i] == "column" else item.solid
        sheet.area(solid, face=LOW if low else face, edge=edge, hatch=hatch, z=z + 0.5, width_pt=0.5, tip=text)
    sheet.layer("beams")
    for item in plan.items:
        if item.role == "above":
            _, edge, hatch = FACES[state[item.element]]
            hatch = hatch if state[item.element] == "unknown" else ""
            sheet.area(item.solid, edge=edge, hatch=hatch, z=1.0, dashes=True, width_pt=0.8, tip=tip(plan.inspection, item.element))


def spans(sheet: Sheet, plan: Plan) -> None:
    """Draw span arrows: one per one-way bay, a cross where a floor carries both ways."""
    if plan.floor is None:
        return
    sheet.layer("spans")
    for span in plan.floor.spans:
        sheet.span_arrow(span.x_m, span.y_m, span.deg, span.length_m)


def supports(sheet: Sheet, plan: Plan) -> None:
    """Draw where floors and beams come to rest, and loads that shift on their way down."""
    if plan.inspection.structure is None:
        return
    sheet.layer("supports")
    beams = plan.beams
    for wedge in plan.floor.wedges if plan.floor is not None else ():
        if wedge.element not in set(beams):
            sheet.wedge(wedge.x_m, wedge.y_m, wedge.deg, colour=YES_EDGE)
    for wedge in flow.beam_wedges(plan.inspection, beams):
        sheet.wedge(wedge.x_m, wedge.y_m, wedge.deg, colour=YES_EDGE)
    for p in flow.shifts(plan.inspection, [item.element for item in plan.items if item.role != "above"]):
        sheet.pointer((p.x0_m, p.y0_m), (p.x1_m, p.y1_m), colour=SHIFT, width_pt=1.1)


def warnings(sheet: Sheet, plan: Plan) -> None:
    """Draw loudly what nothing carries."""
    sheet.layer("warnings")
    for row in plan.gone:
        text = f"zonder steun: {number(row.load_kn, 1, 'nl')} kN"
        sheet.area(row.shape, edge=LOST, hatch="xx" if row.element < 0 else "", z=7.0, width_pt=0.4, tip=text)
        loud = row.load_kn >= LOUD_KN
        sheet.area(row.shape.buffer(0.12 if loud else 0.04), edge=LOST, z=7.0, width_pt=1.8 if loud else 0.7, tip=text)


def labels(sheet: Sheet, plan: Plan) -> None:
    """Write what matters first: what hangs, what is unknown, floor levels, areas; what finds no room is left out."""
    sheet.layer("labels")
    bearing, structure, floor = plan.inspection.bearing, plan.inspection.structure, plan.floor
    for row in sorted(plan.gone, key=lambda row: (-row.load_kn, row.element))[:LABELS_LOST]:
        if row.load_kn >= LOUD_KN:
            middle = row.shape.representative_point()
            sheet.label(around(middle.x, middle.y)[1:], f"! {number(row.load_kn, 0, 'nl')} kN zonder steun", color=LOST, weight="bold")
    for item in plan.items:
        if bearing.state[item.element] == "unknown":
            middle = item.solid.representative_point()
            text = f"p {number(float(bearing.probability[item.element]), 2, 'nl')}"
            sheet.label(around(middle.x, middle.y)[1:], text, color=UNKNOWN_EDGE, fontsize=FONT_PT - 2)
    if floor is None or structure is None:
        return
    tops = {f: level_text(float(structure.fields.z1_m[f])) for f in plan.fields.tolist()}
    if len(set(tops.values())) > 1:
        for f in sorted(tops, key=lambda f: -structure.fields.polygon[f].area):
            if structure.fields.polygon[f].area >= 4.0:
                _in_the_open(sheet, structure.fields.polygon[f], f"b.k. {tops[f]}", plan.walls, weight="bold", fontsize=FONT_PT - 2)
    beams = set(plan.beams)
    for element, shape, _, area_m2 in sorted(floor.areas, key=lambda row: -row[1].area):
        if shape.area >= (LABEL_BEAM_MIN_M2 if element in beams else LABEL_MIN_M2):
            _in_the_open(sheet, shape, f"{number(area_m2, 1, 'nl')} m²", plan.walls, color="#4a4a4a", fontsize=FONT_PT - 2)


def _in_the_open(sheet: Sheet, shape: BaseGeometry, text: str, walls: BaseGeometry, **style: object) -> None:
    """Write a text in the widest open places of a shape, else not at all."""
    pieces = [piece for piece in polygons(plane.difference(shape, walls)) if piece.area > 1.0][:3]
    places = []
    for piece in pieces:
        middle = polylabel(piece, tolerance=0.2)
        places += [(x, y) for x, y in around(middle.x, middle.y) if piece.contains(shapely.Point(x, y).buffer(LABEL_ROOM_M))]
    sheet.label(places, text, **style)


def around(x_m: float, y_m: float) -> list[tuple[float, float]]:
    """Return places at and around a point [m], nearest first."""
    steps = ((0.0, 0.0), (0.0, 0.7), (0.0, -0.7), (0.9, 0.0), (-0.9, 0.0), (0.9, 0.7), (-0.9, -0.7), (0.0, 1.4), (0.0, -1.4))
    return [(x_m + dx, y_m + dy) for dx, dy in steps]


# -- texts ------------------------------------------------------------------------


def level_text(z_m: float) -> str:
    """Return a height as it stands on drawings: with its sign and two decimals."""
    return ("-" if round(z_m, 2) < 0 else "+") + number(abs(z_m), 2, "nl")


def tip(inspection: Inspection, i: int) -> str:
    """Return what an element tells about itself."""
    elements, materials, bearing = inspection.building.elements, inspection.materials, inspection.bearing
    mm = f"{1000 * elements.thickness_m[i]:.0f} mm" if np.isfinite(elements.thickness_m[i]) else "dikte onbekend"
    guid = f", {elements.guid[i]}" if elements.guid[i] else ""
    kn = number(float(materials.self_weight_kn[i]) if np.isfinite(materials.self_weight_kn[i]) else None, 1, "nl")
    verdict = f"{VERDICTS[bearing.state[i]]}, kans {number(float(bearing.probability[i]), 2, 'nl')}"
    made = f"{materials.group[i]} {materials.grade[i] or ''}".strip()
    return f"{clean(elements.name[i])} ({elements.id[i]}{guid}): {verdict}; {made}, {mm}; eigen gewicht {kn} kN"
