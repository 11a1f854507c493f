"""The frame around a DXF plan: A3 at its scale, legend, north, what the drawing is, and the stamp."""

from __future__ import annotations

import math
import textwrap
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from shapely.geometry import box

from optopscan.report.dxf.sheet import DxfSheet
from optopscan.report.export_words import say
from optopscan.report.marks import stamp
from optopscan.report.words import Language, number

Record = Mapping[str, Any]

_PAPER_MM = (420.0, 297.0)  # ISO 216, A3
_EDGE_MM, _COLUMN_MM = 10.0, 96.0
_BEFORE_MM, _AFTER_MM = 46.0, 10.0  # room left of and below the plan for grid names and dimensions, and on the other sides
_SCALES = (50, 100, 200, 250, 500, 1000, 2000, 5000, 10000)
_LINE = 1.6  # of the height of a text to the next line
_CHARS = 1.15  # of characters in a length as long as the height of a text

Bounds = tuple[float, float, float, float]


@dataclass(frozen=True, kw_only=True)
class Key:
    """One line of the legend: a layer, how it is drawn ("fill", a pattern, "line" or "outline") and what it means."""

    layer: str
    kind: str
    text: str


def scale_of(bounds_m: Bounds) -> int:
    """Return n of the largest scale 1:n at which a plan fits beside the column of texts."""
    x0, y0, x1, y1 = bounds_m
    wide = _PAPER_MM[0] - 2 * _EDGE_MM - _COLUMN_MM - _BEFORE_MM - _AFTER_MM
    high = _PAPER_MM[1] - 2 * _EDGE_MM - _BEFORE_MM - _AFTER_MM
    needed = 1000.0 * max((x1 - x0) / wide, (y1 - y0) / high)
    return next((scale for scale in _SCALES if scale >= needed), math.ceil(needed / 1000.0) * 1000)


def draw_frame(
    sheet: DxfSheet, record: Record, bounds_m: Bounds, title: str, told: Sequence[str], legend: Sequence[Key], language: Language
) -> None:
    """Draw the frame around a plan that lies inside ``bounds_m``."""
    frame = _Frame(sheet, bounds_m, language)
    frame.edges()
    frame.heading(record, title)
    frame.legend(legend)
    if record["building"].get("north_deg") is not None:
        frame.north(record["building"]["north_deg"])
    frame.foot([*told, *_about(record, sheet.scale, language)], stamp(record, language))


def _about(record: Record, scale: int, language: Language) -> list[str]:
    place = record["building"]["local_to_ifc"]
    x, y, z = (number(one, 3, language) for one in place["origin"])
    north = [] if record["building"].get("north_deg") is not None else [say("no_north", language)]
    return [
        say("scale", language, n=scale),
        say("axes", language, x=x, y=y, z=z, deg=number(place["rotation"], 3, language)),
        *north,
        f"optopscan {record['tool']['version']}",
    ]


class _Frame:
    """Paper around the middle of a plan: places in millimetres on paper from its lower left corner."""

    def __init__(self, sheet: DxfSheet, bounds_m: Bounds, language: Language) -> None:
        self.sheet, self.language = sheet, language
        x0, y0, x1, y1 = bounds_m
        self.unit_m = sheet.scale / 1000.0
        aside = (_BEFORE_MM - _AFTER_MM) / 2.0
        middle_mm = ((_PAPER_MM[0] - _COLUMN_MM) / 2.0 + aside, _PAPER_MM[1] / 2.0 + aside)
        self.origin_m = ((x0 + x1) / 2.0 - middle_mm[0] * self.unit_m, (y0 + y1) / 2.0 - middle_mm[1] * self.unit_m)
        self.layer = sheet.layer(say("lay_frame", language), "#1a1a1a", weight=35)
        self.texts = sheet.layer(say("lay_text", language), "#1a1a1a")
        self.left_mm = _PAPER_MM[0] - _EDGE_MM - _COLUMN_MM + 3.0
        self.at_mm = _PAPER_MM[1] - _EDGE_MM - 7.0

    def at(self, x_mm: float, y_mm: float) -> tuple[float, float]:
        return self.origin_m[0] + x_mm * self.unit_m, self.origin_m[1] + y_mm * self.unit_m

    def edges(self) -> None:
        wide, high = _PAPER_MM
        for edge, layer in ((0.0, self.texts), (_EDGE_MM, self.layer)):
            self.sheet.ring(
                layer,
                [self.at(edge, edge), self.at(wide - edge, edge), self.at(wide - edge, high - edge), self.at(edge, high - edge)],
            )
        column = wide - _EDGE_MM - _COLUMN_MM
        self.sheet.line(self.layer, self.at(column, _EDGE_MM), self.at(column, high - _EDGE_MM))

    def heading(self, record: Record, title: str) -> None:
        files = ", ".join(row["name"] for row in record["inputs"])
        self.write([title], 3.5)
        self.write([record["building"]["name"], files], 2.5)
        self.at_mm -= 2.0

    def write(self, lines: Sequence[str], high_mm: float) -> None:
        """Write lines below each other, wrapped to the column."""
        for text in lines:
            for line in wrapped(text, high_mm):
                self.sheet.text(self.texts, self.at(self.left_mm, self.at_mm), line, high_mm)
                self.at_mm -= _LINE * high_mm

    def legend(self, legend: Sequence[Key]) -> None:
        for key in legend:
            low, high = self.at_mm - 0.4, self.at_mm + 2.6
            swatch = box(*self.at(self.left_mm, low), *self.at(self.left_mm + 9.0, high))
            if key.kind == "line":
                middle = (low + high) / 2.0
                self.sheet.line(key.layer, self.at(self.left_mm, middle), self.at(self.left_mm + 9.0, middle))
            elif key.kind != "outline":
                self.sheet.fill(key.layer, swatch, "SOLID" if key.kind == "fill" else key.kind)
            if key.kind != "line":
                self.sheet.outline(key.layer, swatch)
            for line in wrapped(key.text, 2.0, _COLUMN_MM - 20.0):
                self.sheet.text(self.texts, self.at(self.left_mm + 12.0, self.at_mm), line, 2.0)
                self.at_mm -= 3.4
            self.at_mm -= 1.4

    def north(self, deg: float) -> None:
        """Draw an arrow to north: ``deg`` from y, clockwise."""
        middle = self.at(_PAPER_MM[0] - _EDGE_MM - _COLUMN_MM - 14.0, _PAPER_MM[1] - _EDGE_MM - 14.0)
        dx, dy = math.sin(math.radians(deg)), math.cos(math.radians(deg))
        layer = self.sheet.layer(say("lay_north", self.language), "#1a1a1a", weight=35)
        tip = (middle[0] + 8.0 * self.unit_m * dx, middle[1] + 8.0 * self.unit_m * dy)
        self.sheet.circle(layer, middle, 8.0)
        self.sheet.line(layer, (middle[0] - 8.0 * self.unit_m * dx, middle[1] - 8.0 * self.unit_m * dy), tip)
        self.sheet.point(layer, tip, (dx, dy), 5.0)
        self.sheet.text(layer, (middle[0] + 10.5 * self.unit_m * dx, middle[1] + 10.5 * self.unit_m * dy), "N", 3.5, align="MIDDLE_CENTER")

    def foot(self, told: Sequence[str], said: str) -> None:
        """Write what the drawing is, and the stamp below it, up from the lower edge."""
        lines = [(line, 2.0) for text in told for line in wrapped(text, 2.0)]
        lines += [("", 2.0), *((line, 2.2) for line in wrapped(said, 2.2))]
        self.at_mm = _EDGE_MM + 1.0 + sum(_LINE * high for _, high in lines)
        column = _PAPER_MM[0] - _EDGE_MM - _COLUMN_MM
        self.sheet.line(self.layer, self.at(column, self.at_mm + 4.0), self.at(_PAPER_MM[0] - _EDGE_MM, self.at_mm + 4.0))
        for line, high_mm in lines:
            if line:
                self.sheet.text(self.texts, self.at(self.left_mm, self.at_mm), line, high_mm)
            self.at_mm -= _LINE * high_mm


def wrapped(text: str, high_mm: float, wide_mm: float = _COLUMN_MM - 6.0) -> list[str]:
    """Return the lines of a text in a column of this width."""
    return textwrap.wrap(text, max(int(wide_mm / high_mm * _CHARS), 8), break_on_hyphens=False)
