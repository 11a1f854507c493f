"""Drawings of an inspection, A3, one per level and one of the foundation: what bears, what carries what.

Dutch, like everything on paper here. Every sheet is a picture and an SVG whose
groups can be switched on and off (``layer-labels`` holds the texts); in the SVG each
element tells about itself when pointed at.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence

import numpy as np

from optopscan import __version__
from optopscan.geometry import plane
from optopscan.pipeline.inspecting import Inspection
from optopscan.report.inspection import flow, layers
from optopscan.report.inspection import levels as shelf
from optopscan.report.inspection.layers import BELOW, FACES, FOOTING, LOST, LOW, PASTELS, SHIFT, SOIL, VERDICTS, YES_EDGE, Plan, level_text
from optopscan.report.inspection.levels import Level
from optopscan.report.plans.frame import FONT_PT, INK, Entry, Words
from optopscan.report.plans.sheet import Sheet, drawn
from optopscan.report.tidy import base_name, clean
from optopscan.report.words import number, word

_NO_ROOF = (
    "Het model heeft geen vloer of dak: geen draagwerking bepaald. Getekend is wat gelezen is; voeg het deelmodel met de vloeren toe."
)
_NO_WALLS = (
    "In het model draagt geen wand of kolom: geen draagwerking bepaald. Voeg het deelmodel met de wanden toe, of geef op wat draagt."
)


def render(inspection: Inspection) -> dict[str, bytes]:
    """Return SVG and PNG of every sheet by file name, the foundation first; none where nothing can be drawn."""
    every = shelf.levels(inspection)
    tasks: list[tuple[str, Callable[[], tuple[bytes, bytes]]]] = []
    if _has_foundation(inspection, every):
        tasks.append(("inspect_fundering", lambda: _foundation(inspection, every)))
    for row, level in enumerate(every):
        tasks.append((f"inspect_bouwlaag_{level.number}", lambda row=row: _storey(inspection, every, row)))  # type: ignore[misc]
    files: dict[str, bytes] = {}
    for name, draw in tasks:
        files[f"{name}.svg"], files[f"{name}.png"] = drawn(draw)
    return files


def _sheet(inspection: Inspection, title: str, z_text: str, legend: Sequence[Entry], told: Sequence[str]) -> Sheet:
    building = inspection.building
    names = ", ".join(base_name(f.name) for f in building.inputs)
    hashes = " ".join(f.sha256[:12] for f in building.inputs)
    words = Words(
        scale=word("scale", "nl", n="{n}"),
        title=title,
        subtitle=" · ".join(text for text in (clean(building.name), names, z_text) if text),
        axes=word("axes", "nl"),
        footer=f"{word('statement', 'nl')} · inspectie van het model, geen toets · optopscan {__version__} · invoer sha256 {hashes}",
        software=f"optopscan {__version__}",
    )
    return Sheet(shelf.bounds(building.elements), words, legend, a3=True, told=told)


def _storey(inspection: Inspection, every: tuple[Level, ...], row: int) -> tuple[bytes, bytes]:
    level, plan = every[row], layers.plan_of(inspection, every, row)
    name = f" ({clean(level.name)})" if level.name else ""
    what = "wat draagt, en de vloer die erop rust" if plan.floor is not None else "wat draagt"
    z_text = f"peil {level_text(level.z0_m)} tot {level_text(level.z1_m)} m, doorsnede op {level_text(level.cut_m)} m"
    sheet = _sheet(inspection, f"Bouwlaag {level.number}{name}: {what}", z_text, _legend(plan), _told(plan))
    for draw in (layers.tributary, layers.below, layers.uprights, layers.spans, layers.supports, layers.warnings, layers.labels):
        draw(sheet, plan)
    return sheet.svg(), sheet.png()


def _has_foundation(inspection: Inspection, every: Sequence[Level]) -> bool:
    elements, structure = inspection.building.elements, inspection.structure
    if any(kind in shelf.FOUNDATION for kind in elements.kind):
        return True
    return structure is not None and bool(every) and bool((np.asarray(structure.parts.line) >= 0).any())


def _foundation(inspection: Inspection, every: tuple[Level, ...]) -> tuple[bytes, bytes]:
    elements, plan = inspection.building.elements, layers.plan_of(inspection, every, -1)
    rows = [i for i, kind in enumerate(elements.kind) if kind in shelf.FOUNDATION]
    lines = flow.foundation_lines(inspection)
    modelled = "zoals gemodelleerd" if rows else "niet gemodelleerd; lasten onder de laagste voeten"
    lowest = f"onderkant {level_text(float(elements.z0_m.min()))} m"
    sheet = _sheet(inspection, f"Fundering: {modelled}", lowest, _foundation_legend(plan, rows), _foundation_told(plan, rows, lines))
    layers.tributary(sheet, plan)
    sheet.layer("elements")
    for i in rows:
        pile = elements.kind[i] == "pile"
        face, z = (YES_EDGE, 3.0) if pile else (FOOTING, 2.0)
        sheet.area(elements.footprint[i], face=face, edge=YES_EDGE, z=z, width_pt=0.6, tip=layers.tip(inspection, i))
    layers.uprights(sheet, plan)
    sheet.layer("below")
    state = inspection.bearing.state
    standing = (
        [item for item in shelf.shown(inspection, 0, every) if state[item.element] == "yes" and item.role != "above"] if every else []
    )
    feet = plane.union([item.solid for item in standing])
    if rows:
        sheet.area(feet, edge=INK, z=4.0, dashes=True, width_pt=0.5)
    else:
        sheet.area(feet, face=FOOTING, edge=YES_EDGE, z=4.0, width_pt=0.6)
    layers.spans(sheet, plan)
    here = {*rows, *(item.element for item in plan.items)}
    gone = tuple(row for row in flow.lost(inspection) if row.element in here and row not in plan.gone)
    for row in gone:
        sheet.layer("warnings")
        sheet.area(row.shape.buffer(0.12), edge=LOST, z=7.0, width_pt=1.8, tip=f"zonder steun: {number(row.load_kn, 1, 'nl')} kN")
    sheet.layer("labels")
    for line in sorted(lines, key=lambda line: (-line.permanent_kn, line.number)):
        g, q = (value / line.length_m if line.length_m > 0.3 else value for value in (line.permanent_kn, line.imposed_kn))
        places = layers.around(line.x_m, line.y_m)
        # Beside a pile, so that the pile stays in sight.
        places = places if line.length_m > 0.3 else [(line.x_m, line.y_m - 0.42), (line.x_m, line.y_m + 0.42), *places[3:]]
        sheet.label(places, f"{number(g, 0, 'nl')} + {number(q, 0, 'nl')}", fontsize=FONT_PT - 2)
    layers.labels(sheet, plan)
    return sheet.svg(), sheet.png()


# -- texts ------------------------------------------------------------------------


def _told(plan: Plan) -> list[str]:
    """Return the lines beside the plan: what is missing, counts, floor levels, what nothing carries."""
    inspection, floor = plan.inspection, plan.floor
    counts = Counter(inspection.bearing.state[item.element] for item in plan.items)
    lines = [f"LET OP. {missing(inspection.missing)}", ""] if inspection.missing else []
    lines.append("Wanden, kolommen en liggers hier: " + ", ".join(f"{counts[key]} {VERDICTS[key]}" for key in ("yes", "unknown", "no")))
    structure = inspection.structure
    if floor is not None and structure is not None:
        tops = Counter(level_text(float(structure.fields.z1_m[f])) for f in plan.fields.tolist())
        by_height = sorted(tops, key=lambda text: float(text.replace(",", ".")))
        shown = "; ".join(by_height) if len(by_height) <= 6 else f"{by_height[0]} tot {by_height[-1]}"
        lines.append(f"Vloer op deze bouwlaag: {number(floor.area_m2, 1, 'nl')} m², bovenkant op {shown}")
    elif structure is not None:
        lines.append("Op deze bouwlaag rust geen vloer.")
    if plan.gone:
        total_kn = sum(row.load_kn for row in plan.gone)
        lines.append(f"Zonder steun: {number(total_kn, 1, 'nl')} kN" if total_kn >= 0.1 else "Zonder steun: minder dan 0,1 kN")
    return lines


def missing(text: str) -> str:
    """Return in Dutch what the model lacks."""
    if text.startswith("no roof"):
        return _NO_ROOF
    return _NO_WALLS if text.startswith("no bearing structure") else text


def _legend(plan: Plan) -> list[Entry]:
    rows = [
        Entry(text="dragend", face=FACES["yes"][0], edge=YES_EDGE),
        Entry(text="onbekend of het draagt (p: kans)", face=FACES["unknown"][0], edge=FACES["unknown"][1], hatch=FACES["unknown"][2]),
        Entry(text="niet dragend", face=FACES["no"][0], edge=FACES["no"][1], hatch=FACES["no"][2]),
        Entry(text="opening, met wat erboven loopt", edge=YES_EDGE, kind="dashes"),
    ]
    state = plan.inspection.bearing.state
    if any(item.role == "low" and state[item.element] == "yes" for item in plan.items):
        rows.append(Entry(text="dragend, niet in de doorsnede", face=LOW, edge=YES_EDGE))
    if plan.row > 0:
        rows.append(Entry(text="dragend op de laag eronder", edge=BELOW, kind="dashes"))
    if plan.beams:
        rows.append(Entry(text="ligger boven de doorsnede", edge=YES_EDGE, kind="dashes", width_pt=1.4))
    if plan.floor is not None:
        rows += [
            Entry(text="vloer die vooral op één element rust", face=PASTELS[0], edge="#b9c9d8"),
            Entry(text="overspanning; kruis: twee richtingen", edge=INK, kind="span"),
        ]
    if plan.inspection.structure is not None:
        rows.append(Entry(text="vloer of ligger rust hier", edge=YES_EDGE, kind="wedge"))
        rows.append(Entry(text="last verspringt: van, naar", edge=SHIFT, kind="pointer"))
        rows.append(Entry(text="niets draagt dit", edge=LOST, hatch="xx"))
    return rows


def _foundation_legend(plan: Plan, rows: Sequence[int]) -> list[Entry]:
    kinds = {plan.inspection.building.elements.kind[i] for i in rows}
    found = []
    if "footing" in kinds:
        found.append(Entry(text="strook, balk of poer", face=FOOTING, edge=YES_EDGE))
    if "pile" in kinds:
        found.append(Entry(text="paal", face=YES_EDGE, edge=YES_EDGE))
    if plan.items:
        found.append(Entry(text="wand onder het laagste peil, dragend", face=LOW, edge=YES_EDGE))
    if rows:
        found.append(Entry(text="wand of kolom erop", edge=INK, kind="dashes"))
    if not rows:
        found.append(Entry(text="voet van wand of kolom, dragend", face=FOOTING, edge=YES_EDGE))
    if plan.floor is not None and not plan.floor.on_soil.is_empty:
        found.append(Entry(text="vloer op de grond", face=SOIL, edge="#cfc4b2"))
    if plan.floor is not None and plan.floor.areas:
        found.append(Entry(text="overspanning; kruis: twee richtingen", edge=INK, kind="span"))
        found.append(Entry(text="vloer die vooral op één element rust", face=PASTELS[0], edge="#b9c9d8"))
    return [*found, Entry(text="niets draagt dit", edge=LOST, hatch="xx")]


def _foundation_told(plan: Plan, rows: Sequence[int], lines: Sequence[flow.Line]) -> list[str]:
    kind = plan.inspection.building.elements.kind
    told = [f"LET OP. {missing(plan.inspection.missing)}", ""] if plan.inspection.missing else []
    if rows:
        told.append(f"{sum(kind[i] == 'footing' for i in rows)} stroken, balken of poeren, {sum(kind[i] == 'pile' for i in rows)} palen")
    if lines:
        g, q = (sum(getattr(line, name) for line in lines) for name in ("permanent_kn", "imposed_kn"))
        told += [
            "Bijschrift G + Q: lijn in kN/m, punt in kN; karakteristiek, vloeren en dak volledig belast, vrij opgelegd.",
            f"Samen naar de grond: G {number(g, 0, 'nl')} kN, Q {number(q, 0, 'nl')} kN",
        ]
    return told
