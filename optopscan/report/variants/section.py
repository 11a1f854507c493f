"""Section across a variant, and its long side with the stacks: levels, heights, transfer layer, set-backs and limits of rules."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from shapely.geometry import LineString, box
from shapely.geometry.base import BaseGeometry

from optopscan.report.plans import data as plan_data
from optopscan.report.plans.frame import INK, M_PER_INCH, Entry, frame_around
from optopscan.report.plans.render import DARK, LIGHT, OPENING, ORANGE
from optopscan.report.plans.sheet import ACCENT, Sheet
from optopscan.report.variants import data as variant_data
from optopscan.report.variants.data import Turn
from optopscan.report.variants.dims import chain
from optopscan.report.variants.plan import section_at
from optopscan.report.variants.section_panel import (
    RULES,
    SAME_M,
    Box,
    Interval,
    Panel,
    cross_panel,
    crossed,
    ground_z,
    long_panel,
    rule_heights,
    rules_told,
)
from optopscan.report.variants.words import HOME_EDGE, MODULE_EDGE, NEW_STAIR, WALK, told_of, type_colour, type_entries, words_of
from optopscan.report.words import Language, number, word

Record = Mapping[str, Any]
Row = Mapping[str, Any]

BEYOND, TRANSFER, CUT = "#f0f0f0", "#b08a4a", "#8a8a8a"
_GROUND_M = 1.2  # of ground drawn under the ground line
_TEXT_IN = 1.2  # right of the section, for the names of levels
_DIM_IN = 0.4
_UPRIGHT = ("wall", "column", "beam", "member", "footing")


def section_sheet(record: Record, variant: Row, language: Language) -> Sheet:
    """Return the section where most stands above each other, with the long side beside it or under it, whichever is larger."""
    turn = variant_data.turn_of(variant)
    u_m = section_at(variant, turn)
    cross, long = cross_panel(record, variant, turn, u_m), long_panel(record, variant, turn)
    top_m = max(row["z_m"] + row["height_m"] for row in variant["placed"]) - ground_z(record)
    legend, told = _legend(record, variant, language), [*told_of(variant, language), *rules_told(record, top_m, language)]
    axes = word("v_axes", language, z=number(ground_z(record), 2, language))
    words = words_of(record, word("v_section", language, id=variant["id"]), axes, language, names=("", "z"))
    wide = [panel.ends[1] - panel.ends[0] for panel in (cross, long)]
    scale, under = 100, False
    for _ in range(2):
        found = []
        for stacked in (False, True):
            bounds = _bounds(wide, top_m, scale * M_PER_INCH, stacked=stacked)
            found.append((frame_around(bounds, words, legend, a3=True, told=told).layout.scale, stacked))
        scale, under = min(found)
    unit_m = scale * M_PER_INCH
    sheet = Sheet(_bounds(wide, top_m, unit_m, stacked=under), words, legend, a3=True, told=told)
    sheet.plan.set_xticks([])
    sheet.plan.set_yticks([])
    places = _places(wide, top_m, unit_m, stacked=under)
    for panel, (x_m, z_m), name in zip((cross, long), places, ("v_a", "v_elevation"), strict=True):
        on = _Panel(sheet=sheet, panel=panel, x_m=x_m - panel.ends[0], z_m=z_m, language=language, variant=variant, record=record)
        sheet.layer("bestaand")
        on.existing()
        if panel is cross:
            on.cut(turn, u_m)
        else:
            on.walls(turn)
        sheet.layer("nieuw")
        on.new(labels=panel is cross)
        sheet.layer("maten")
        on.rules(top_m)
        if panel is cross:
            on.levels(top_m)
            on.set_backs()
        else:
            on.length()
        sheet.layer("labels")
        middle = (panel.ends[0] + panel.ends[1]) / 2.0 + on.x_m
        sheet.label([(middle, z_m - _GROUND_M - 0.22 * unit_m)], word(name, language), weight="bold", fontsize=8.0)
    return sheet


def _places(wide: Sequence[float], top_m: float, unit_m: float, *, stacked: bool) -> list[tuple[float, float]]:
    """Return where both panels start: x, and z of the ground."""
    if stacked:
        widest = max(wide)
        return [((widest - wide[0]) / 2.0, top_m + _GROUND_M + 0.9 * unit_m), ((widest - wide[1]) / 2.0, 0.0)]
    return [(0.0, 0.0), (wide[0] + (_TEXT_IN + 0.45) * unit_m, 0.0)]


def _bounds(wide: Sequence[float], top_m: float, unit_m: float, *, stacked: bool) -> tuple[float, float, float, float]:
    places = _places(wide, top_m, unit_m, stacked=stacked)
    right = max(x_m + width + room * unit_m for (x_m, _), width, room in zip(places, wide, (_TEXT_IN, 0.25), strict=True))
    upper = max(z_m for _, z_m in places) + top_m + 0.35 * unit_m
    return -1.6 * _DIM_IN * unit_m, -_GROUND_M - 0.4 * unit_m, right, upper


@dataclass(frozen=True, kw_only=True)
class _Panel:
    """A panel being drawn: shifted by ``x_m`` and ``z_m`` on the sheet."""

    sheet: Sheet
    panel: Panel
    x_m: float
    z_m: float
    language: Language
    variant: Row
    record: Record

    @property
    def unit_m(self) -> float:
        return self.sheet.scale * M_PER_INCH

    def rect(self, ends: Interval, z0_m: float, z1_m: float) -> BaseGeometry:
        return box(ends[0] + self.x_m, z0_m + self.z_m, ends[1] + self.x_m, z1_m + self.z_m)

    def existing(self) -> None:
        """Draw the ground, and the building under each roof."""
        reach = 0.25 * self.unit_m
        ground = (self.panel.ends[0] - reach, self.panel.ends[1] + reach)
        self.sheet.area(self.rect(ground, -_GROUND_M, 0.0), edge="#c9b48a", hatch="////", z=0.4, width_pt=0.0)
        self.sheet.lines([(ground[0] + self.x_m, self.z_m, ground[1] + self.x_m, self.z_m)], colour=INK, width_pt=1.4, z=3.0)
        for ends, z_m in self.panel.roofs:
            self.sheet.area(self.rect(ends, 0.0, z_m), face=BEYOND, edge=LIGHT, z=0.5)

    def cut(self, turn: Turn, u_m: float) -> None:
        """Draw floors and upright elements that the section meets."""
        line = LineString(turn.to_xy([(u_m, self.panel.ends[0] - 1.0), (u_m, self.panel.ends[1] + 1.0)]).tolist())
        base_m = ground_z(self.record)
        for floor in self.record["floors"]:
            if floor["z0_m"] is None or floor["z1_m"] is None:
                continue
            for ends in crossed(line, plan_data.shape_of(floor["polygon"]), turn):
                self.sheet.area(self.rect(ends, floor["z0_m"] - base_m, floor["z1_m"] - base_m), face=CUT, edge=DARK, z=2.0, width_pt=0.4)
        for element in self.record["elements"]:
            z0, z1 = element["geometry"]["z0_m"], element["geometry"]["z1_m"]
            if element["kind"] not in _UPRIGHT or z0 is None or z1 is None:
                continue
            style = {"yes": {"face": OPENING, "edge": DARK}, "unknown": {"face": "white", "edge": ORANGE, "hatch": "//////"}}
            look: dict[str, Any] = style.get(element["bearing"], {"face": "white", "edge": LIGHT})
            for shape in plan_data.element_shape(element):
                for ends in crossed(line, shape, turn):
                    self.sheet.area(self.rect(ends, max(z0 - base_m, -_GROUND_M), z1 - base_m), z=1.5, width_pt=0.5, **look)

    def walls(self, turn: Turn) -> None:
        """Draw bearing walls and columns that are seen edge on, and the floors."""
        base_m = ground_z(self.record)
        seen: set[tuple[float, float, float, float]] = set()
        for part in self.record["parts"]:
            if part["kind"] not in ("pier", "column") or part["z0_m"] is None:
                continue
            u = turn.to_uv([(part["x0_m"], part["y0_m"]), (part["x1_m"], part["y1_m"])])[:, 0]
            half_m = (part["thickness_m"] or 0.2) / 2.0
            if u.max() - u.min() < 0.3:
                seen.add((round(u.min() - half_m, 2), round(u.max() + half_m, 2), round(part["z0_m"], 2), round(part["z1_m"], 2)))
        for u0, u1, z0, z1 in sorted(seen):
            self.sheet.area(self.rect((u0, u1), z0 - base_m, z1 - base_m), face="#d2d2d2", z=0.8)
        floors = set()
        for floor in self.record["floors"]:
            shape = plan_data.shape_of(floor["polygon"])
            if floor["z0_m"] is not None and not shape.is_empty:
                s = turn.span(shape)
                floors.add((round(s[0], 2), round(s[2], 2), round(floor["z0_m"], 2), round(floor["z1_m"], 2)))
        for u0, u1, z0, z1 in sorted(floors):
            self.sheet.area(self.rect((u0, u1), z0 - base_m, z1 - base_m), face="#bdbdbd", z=0.9)

    def new(self, *, labels: bool) -> None:
        """Draw stairs, transfer layer, walkways and modules."""
        kinds = variant_data.types(self.variant)
        kind_of = {home["id"]: home["type"] for home in self.variant["homes"]}
        top_m = max(one.z1_m for one in self.panel.homes)
        for ends, new in self.panel.stairs:
            colour = NEW_STAIR if new else INK
            self.sheet.area(self.rect(ends, 0.0, top_m), edge=colour, hatch="---", z=0.7, width_pt=0.9, dashes=True)
        for one in self.panel.beyond:
            self.sheet.area(self.rect(one.ends, one.z0_m, one.z1_m), face="#fafafa", edge=MODULE_EDGE, z=1.0, width_pt=0.5, dashes=True)
        for one in [*self.panel.homes, *self.panel.walkways]:
            if one.row["storey"] == 1:
                roof_m = self._roof_under(one)
                if one.z0_m - roof_m > SAME_M:
                    self.sheet.area(self.rect(one.ends, roof_m, one.z0_m), face="#f3e6cc", edge=TRANSFER, hatch="xxx", z=1.5, width_pt=0.4)
        for one in self.panel.walkways:
            self.sheet.area(self.rect(one.ends, one.z0_m, one.z1_m), edge=WALK, z=1.6, width_pt=0.6, dashes=True)
            start, end = (end + self.x_m for end in one.ends)
            self.sheet.lines([(start, one.z0_m + self.z_m, end, one.z0_m + self.z_m)], colour=WALK, width_pt=2.4, z=1.8)
        for one in self.panel.homes:
            kind = kind_of.get(one.row["dwelling"], "")
            face = type_colour(kinds, kind) if kind in kinds else "white"
            shape = self.rect(one.ends, one.z0_m, one.z1_m)
            self.sheet.area(shape, face=face, edge=HOME_EDGE, z=2.0, width_pt=1.0, tip=f"{one.row['dwelling']} {kind}")
            if labels:
                self._name(one, kind, shape)

    def _name(self, one: Box, kind: str, shape: BaseGeometry) -> None:
        middle = [(shape.centroid.x, shape.centroid.y)]
        for text in (f"{one.row['dwelling']}\n{kind}", one.row["dwelling"]):
            for size_pt in (7.0, 6.0, 5.0, 4.0):
                if self.sheet.label(middle, text, within=shape, fontsize=size_pt, color=HOME_EDGE):
                    return

    def _roof_under(self, one: Box) -> float:
        """Return the level of the highest roof under a module [m above ground], its own bottom where there is none."""
        return max(
            (z_m for ends, z_m in self.panel.roofs if z_m <= one.z0_m + SAME_M and ends[0] < one.ends[1] and ends[1] > one.ends[0]),
            default=one.z0_m,
        )

    def rules(self, top_m: float) -> None:
        """Draw the heights at which rules begin, dotted over the panel."""
        for above_m, names in rule_heights(self.record, top_m):
            left, right = (end + self.x_m for end in self.panel.ends)
            dash_m, z_m = 0.05 * self.unit_m, above_m + self.z_m
            starts = np.arange(left - 0.2 * self.unit_m, right + 0.2 * self.unit_m, 2.0 * dash_m)
            self.sheet.lines([(x_m, z_m, x_m + dash_m, z_m) for x_m in starts.tolist()], colour=ACCENT, width_pt=0.9, z=4.0)
            what = " / ".join(word(f"v_{name}", self.language) for name in names)
            text = f"{number(above_m, 1, self.language)} m {what}"
            at_m = left + 0.45 * self.unit_m
            places = [(at_m + k * 0.5 * self.unit_m, z_m + side * 0.07 * self.unit_m) for k in range(4) for side in (1.0, -1.0)]
            self.sheet.label(places, text, fontsize=5.5, color=ACCENT)

    def levels(self, top_m: float) -> None:
        """Write the levels to the right of the panel, and the heights between them to its left."""
        base_m = ground_z(self.record)
        old = [z_m - base_m for z_m in self.record["building"]["levels_z_m"]]
        built_m = min(self._roof_under(one) for one in self.panel.homes)
        marks = [(z_m, word("v_level", self.language, n=n)) for n, z_m in enumerate(old, start=1) if z_m < built_m - 0.5]
        marks.append((built_m, word("l_face", self.language)))
        floors = {one.row["storey"]: one.z0_m for one in reversed(self.panel.homes)}
        marks += [(z_m, word("v_new", self.language, n=storey)) for storey, z_m in sorted(floors.items())]
        marks.append((top_m, word("v_top", self.language)))
        if all(abs(z_m) > 0.3 for z_m, _ in marks):
            marks.insert(0, (0.0, word("v_ground", self.language)))
        right = self.panel.ends[1] + self.x_m
        for z_m, name in marks:
            at_m = z_m + self.z_m
            start = right + 0.08 * self.unit_m
            self.sheet.lines([(start, at_m, start + 0.14 * self.unit_m, at_m)], colour=INK, width_pt=0.6, z=4.0)
            sign = "+" if z_m > 0.0 else ""
            text = f"{sign}{number(z_m, 2, self.language)}  {name}"
            steps = (0.0, 0.06, -0.06, 0.1, -0.1)
            places = [(start + 0.18 * self.unit_m, at_m + step * self.unit_m) for step in steps]
            bare = {"facecolor": "none", "edgecolor": "none", "pad": 0.0}
            self.sheet.label(places, text, fontsize=6.0, ha="left", bbox=bare)
        stops = sorted({round(z_m + self.z_m, 3) for z_m, _ in marks})
        left = self.panel.ends[0] + self.x_m
        flat = Turn(deg=0.0)
        chain(self.sheet, flat, stops, left - _DIM_IN * self.unit_m * 0.7, self.language, along_v=True)
        chain(self.sheet, flat, [stops[0], stops[-1]], left - _DIM_IN * self.unit_m * 1.25, self.language, along_v=True)

    def set_backs(self) -> None:
        """Write how far each storey steps back from the one below, on both sides of each stack."""
        flat = Turn(deg=0.0)
        for lower in self.panel.homes:
            for upper in self.panel.homes:
                if upper.row["storey"] != lower.row["storey"] + 1 or not (upper.ends[0] < lower.ends[1] and lower.ends[0] < upper.ends[1]):
                    continue
                for start, end in ((lower.ends[0], upper.ends[0]), (upper.ends[1], lower.ends[1])):
                    if end - start > 0.1:
                        at_m = upper.z0_m + self.z_m + 0.12 * self.unit_m
                        chain(self.sheet, flat, [start + self.x_m, end + self.x_m], at_m, self.language)
        at_m = max(one.z1_m for one in self.panel.homes) + self.z_m + 0.12 * self.unit_m
        stops = sorted({round(end + self.x_m, 3) for one in [*self.panel.homes, *self.panel.walkways] for end in one.ends})
        chain(self.sheet, flat, stops, at_m, self.language)

    def length(self) -> None:
        """Write the length of the layout above it."""
        ends = [end + self.x_m for one in self.panel.homes for end in one.ends]
        at_m = max(one.z1_m for one in self.panel.homes) + self.z_m + 0.12 * self.unit_m
        chain(self.sheet, Turn(deg=0.0), [min(ends), max(ends)], at_m, self.language)


def _legend(record: Record, variant: Row, language: Language) -> list[Entry]:
    entries = type_entries(variant, None, language)
    entries.append(Entry(text=word("v_transfer", language), face="#f3e6cc", edge=TRANSFER, hatch="xxxx"))
    if variant["walkways"]:
        entries.append(Entry(text=word("v_walkway", language), edge=WALK, kind="dashes", width_pt=1.2))
    entries.append(Entry(text=word("v_beyond", language), face="#fafafa", edge=MODULE_EDGE))
    entries.append(Entry(text=word("v_cut_floor", language), face=CUT, edge=DARK))
    entries.append(Entry(text=word("l_yes", language), face=OPENING, edge=DARK))
    entries.append(Entry(text=word("v_existing", language), face=BEYOND, edge=LIGHT))
    stairs = (variant["site"] or {}).get("stairs", ())
    if any(stair["new"] for stair in stairs):
        entries.append(Entry(text=word("v_new_stair", language), edge=NEW_STAIR, hatch="---"))
    if not all(stair["new"] for stair in stairs):
        entries.append(Entry(text=word("v_stair", language), edge=INK, hatch="---"))
    if any(flag.get("quantity") in RULES for flag in record["flags"]):
        entries.append(Entry(text=word("v_rule", language), edge=ACCENT, kind="dashes", width_pt=0.9))
    return entries
