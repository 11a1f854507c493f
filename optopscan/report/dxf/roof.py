"""What a DXF of the roof shows: roofs, obstacles, bearing lines below, and per variant and new storey its modules as blocks."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from shapely.geometry import MultiPoint

from optopscan.report.dxf.frame import Key
from optopscan.report.dxf.sheet import STYLE, DxfSheet, escaped, table_name
from optopscan.report.export_words import say
from optopscan.report.marks import uc_text
from optopscan.report.plans import data as plan_data
from optopscan.report.variants import data as variant_data
from optopscan.report.words import Language, number, word

Record = Mapping[str, Any]
Row = Mapping[str, Any]

_TEXT_MM = 2.0
# Tags, and how many lines above the middle of a module they stand.
_ATTRIBUTES = {"MERK": 0.6, "MASSA_KG": -0.6, "WONING": 1.8, "PRODUCT": -1.8}
_LEGEND = {
    "lay_module": ("modules", "outline"),
    "lay_walkway": ("walkways", "ANSI31"),
    "lay_usable": ("usable", "outline"),
    "lay_stair": ("stairs", "outline"),
    "lay_own_column": ("columns", "outline"),
}
_LINES = 5.0
_CHARS = 9.0  # of the longest mark that has to fit along a module


def draw_roof(sheet: DxfSheet, record: Record, language: Language) -> tuple[list[Key], list[str]]:
    """Draw the roof and what stands on it; return the legend and lines that tell which layers are which variant.

    Only the first storey of the first variant is on: the others stand in the same place.
    """
    legend = _existing(sheet, record, language)
    told: list[str] = []
    for number_of, variant in enumerate(variant_data.drawn_variants(record), start=1):
        name = say("variant_short", language, n=number_of)
        storeys = variant_data.storeys(variant)
        for storey in storeys:
            _variant(sheet, variant, storey, (name, number_of == 1 and storey == storeys[0]), language)
        told.append(_line(name, variant, language))
    if told:
        for layer, (text, kind) in _LEGEND.items():
            name = table_name(_layer(say("variant_short", language, n=1), 1, say(layer, language)))
            if name in sheet.document.layers:
                legend.append(Key(layer=name, kind=kind, text=say(text, language)))
        told.append(say("layers_off", language))
    return legend, told


def _existing(sheet: DxfSheet, record: Record, language: Language) -> list[Key]:
    edge = sheet.layer(say("lay_roof", language), "#1a1a1a", weight=50)
    other = sheet.layer(say("lay_roof_other", language), "#9a9a9a", weight=18)
    for floor in record["floors"]:
        if floor["kind"] == "roof":
            sheet.outline(other, plan_data.shape_of(floor["polygon"]))
    for face in record["roof"]["faces"]:
        shape = plan_data.shape_of([face["polygon"]])
        sheet.outline(edge, shape)
        if not shape.is_empty:
            # beside the upper left corner, clear of modules and names
            corner = max(shape.exterior.coords, key=lambda point: (round(point[1] - point[0], 3), point[1]))
            at = (corner[0] + 0.002 * sheet.scale, corner[1] - 0.003 * sheet.scale)
            sheet.text(edge, at, f"z = {number(face['z_m'], 2, language)} m", _TEXT_MM, align="TOP_LEFT")
    legend = [
        Key(layer=edge, kind="outline", text=say("roof", language)),
        Key(layer=other, kind="outline", text=say("roof_other", language)),
    ]
    legend += _heads(sheet, record, language)
    if record["roof"]["obstacles"]:
        obstacle = sheet.layer(say("lay_obstacle", language), "#a0008c", weight=25)
        for row in record["roof"]["obstacles"]:
            shape = plan_data.shape_of([row["polygon"]])
            sheet.outline(obstacle, shape)
            sheet.fill(obstacle, shape, "ANSI37")
        legend.append(Key(layer=obstacle, kind="ANSI37", text=say("obstacle", language)))
    return legend


def _heads(sheet: DxfSheet, record: Record, language: Language) -> list[Key]:
    known = {part["id"]: part["bearing_known"] for part in record["parts"]}
    layers = {
        True: sheet.layer(say("lay_head", language), "#333333", linetype="STREEP", weight=35),
        False: sheet.layer(say("lay_head_unknown", language), "#e07b00", linetype="STREEP", weight=35),
    }
    for head in record["roof"]["heads"]:
        x0, y0, x1, y1 = head["ends_m"]
        layer = layers[known[head["part"]]]
        if abs(x1 - x0) + abs(y1 - y0) > 1e-6:
            sheet.line(layer, (x0, y0), (x1, y1))
        else:
            half_m = (head["thickness_m"] or 0.2) / 2.0
            sheet.outline(layer, MultiPoint([(x0, y0)]).buffer(half_m, cap_style="square"))
    keys = [Key(layer=layers[True], kind="line", text=say("head", language))]
    if any(not known[head["part"]] for head in record["roof"]["heads"]):
        keys.append(Key(layer=layers[False], kind="line", text=say("head_unknown", language)))
    return keys


def _variant(sheet: DxfSheet, variant: Row, storey: int, at: tuple[str, bool], language: Language) -> None:
    """Draw one new storey of a variant on layers of its own; ``at`` is their first name and whether they are on."""
    name, shown = at
    on = variant_data.on_storey

    def layer(key: str, colour: str, **how: Any) -> str:
        return sheet.layer(_layer(name, storey, say(key, language)), colour, shown=shown, **how)

    for module in on(variant["placed"], storey):
        _module(sheet, module, layer("lay_module", "#17406b", weight=25), language)
    pieces = on(variant["walkways"], storey)
    if pieces:
        walk, shape = layer("lay_walkway", "#7a7a7a"), variant_data.outline(pieces)
        sheet.outline(walk, shape)
        sheet.fill(walk, shape, "ANSI31")
    site = variant["site"] or {}
    for row in on(site.get("usable", ()), storey):
        sheet.outline(layer("lay_usable", "#5a8f3c", linetype="STREEP"), plan_data.shape_of(row["polygon"]))
    for stair in site.get("stairs", ()):
        made = layer("lay_stair", "#7b3fa0", linetype="STREEP" if stair["new"] else "CONTINUOUS")
        shape = plan_data.shape_of(stair["polygon"])
        sheet.outline(made, shape)
        middle = shape.representative_point()
        text = word("v_new_stair" if stair["new"] else "v_stair", language) + ("" if stair["certain"] or stair["new"] else " ?")
        sheet.text(made, (middle.x, middle.y), text, _TEXT_MM, align="MIDDLE_CENTER")
    if storey == variant_data.storeys(variant)[0]:
        for column in variant["columns"]:
            made = layer("lay_own_column", "#d00000" if column["meets"] else "#1a1a1a")
            sheet.outline(made, MultiPoint([(column["x_m"], column["y_m"])]).buffer(0.15, cap_style="square"))


def _layer(variant: str, storey: int, name: str) -> str:
    return f"{variant}_L{storey}_{name}"


def _module(sheet: DxfSheet, module: Row, layer: str, language: Language) -> None:
    """Place a module as a block with its first corner at the origin, and what it is as attributes."""
    wide, long = round(module["width_m"] * 1000.0, 1), round(module["length_m"] * 1000.0, 1)
    name = table_name(f"MODULE_{module['concept']}_{wide:g}x{long:g}")
    if name not in sheet.document.blocks:
        block = sheet.document.blocks.new(name)
        block.add_lwpolyline([(0.0, 0.0), (wide, 0.0), (wide, long), (0.0, long)], close=True, dxfattribs={"layer": "0"})
        upright = long > wide
        high = min(_TEXT_MM * sheet.scale, min(wide, long) / _LINES / 1.5, max(wide, long) / _CHARS)
        for tag, lines in _ATTRIBUTES.items():
            off = lines * 1.5 * high
            at = (wide / 2.0 - off, long / 2.0) if upright else (wide / 2.0, long / 2.0 + off)
            made = block.add_attdef(tag, at, dxfattribs={"height": high, "style": STYLE, "layer": "0"})
            made.dxf.rotation = 90.0 if upright else 0.0
            made.dxf.halign, made.dxf.valign, made.dxf.align_point = 1, 2, at
            made.dxf.prompt = tag
    mass = module.get("mass_kg")
    values = {
        "MERK": module["module_id"],
        "WONING": module["dwelling"],
        "MASSA_KG": say("mass_unknown", language) if mass is None else number(mass, 0, language),
        "PRODUCT": module["concept"],
    }
    x_mm, y_mm = round(module["x_m"] * 1000.0, 1), round(module["y_m"] * 1000.0, 1)
    placed = sheet.space.add_blockref(name, (x_mm, y_mm), dxfattribs={"layer": layer, "rotation": module["rotation_deg"]})
    placed.add_auto_attribs({tag: escaped(text) for tag, text in values.items()})
    for attribute in placed.attribs:
        attribute.dxf.layer = layer
        attribute.dxf.rotation = (attribute.dxf.rotation + 89.0) % 180.0 - 89.0  # read from below and from the right
        attribute.is_invisible = attribute.dxf.tag in ("PRODUCT", "WONING") or (attribute.dxf.tag == "MASSA_KG" and mass is None)


def _line(name: str, variant: Row, language: Language) -> str:
    counts = word(
        "v_counts", language, dwellings=variant["dwellings"], modules=variant["modules"], m2=number(variant["gfa_m2"], 0, language)
    )
    outcome = f"{word('v_uc', language)} {uc_text(variant['max_uc'], language)}: {word(variant['outcome'], language)}"
    return f"{name}: {variant['id']}, {counts}; {outcome}"
