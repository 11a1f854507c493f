"""A drawing sheet: title, a plan to scale, legend, scale bar and the footer that every output carries.

Everything is placed in inches, so that a plan printed at 100 % has the scale it
names. Only figures of our own are used, no pyplot; the user's matplotlib settings do not count.
"""

from __future__ import annotations

import io
import math
import textwrap
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, TypeVar
from xml.sax.saxutils import escape

import matplotlib as mpl
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.collections import LineCollection
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties, findfont, get_font
from matplotlib.patches import PathPatch, Rectangle
from matplotlib.path import Path as MplPath
from matplotlib.transforms import Bbox
from shapely.geometry.base import BaseGeometry

from optopscan.report.shapes import polygons

INK, GREY, ACCENT = "#1a1a1a", "#6b6b6b", "#c00000"
FONT_PT = 8.0
Colour = str | tuple[float, float, float, float]
Drawn = TypeVar("Drawn")

_M_PER_INCH = 0.0254
_SCALES = (50, 100, 200, 250, 500, 1000, 2000, 5000, 10000)
_PLAN_MAX_IN = (20.0, 14.0)
_PAGE_MIN_IN = 9.0
_MARGIN_IN = 0.35
_TICKS_IN = 0.35
_TITLE_IN = 0.62
_BAR_IN = 0.5
_ROW_IN = 0.21
_COLUMN_IN = 2.95
_CHARS_PER_IN = 14.5
_BORDER_M = 0.8
_A3_IN = (16.54, 11.69)  # ISO 216
_SIDE_IN = 3.15
_ARROW_MIN_IN = 0.2
_BARB_IN = 0.16
_SIDE_CHARS = 40
_DPI = 144
_INKSCAPE = "http://www.inkscape.org/namespaces/inkscape"


@dataclass(frozen=True, kw_only=True)
class Entry:
    """One line of the legend: how the sample looks and what it means."""

    text: str
    face: str = "none"
    edge: str = INK
    hatch: str = ""
    kind: str = "area"
    width_pt: float = 0.8


@dataclass(frozen=True, kw_only=True)
class Layout:
    """Where things stand on a page [inch]; ``scale`` is n of 1:n."""

    scale: int
    page_in: tuple[float, float]
    plan_at: tuple[float, float]
    plan_in: tuple[float, float]
    legend_at: tuple[float, float]
    columns: int
    bar_at: tuple[float, float]
    told_beside: bool = False


@dataclass(frozen=True, kw_only=True)
class Words:
    """The texts around a plan."""

    title: str
    subtitle: str
    scale: str
    axes: str
    footer: str
    software: str


class Sheet:
    """A plan being drawn; `png` and `svg` give its bytes. Coordinates of the plan are metres.

    With ``a3`` the page is A3, landscape or portrait as fits best, with the legend and
    ``told`` (lines of text) beside the plan; else the page is cut to the plan.
    """

    def __init__(
        self,
        bounds_m: tuple[float, float, float, float],
        words: Words,
        legend: Sequence[Entry],
        *,
        a3: bool = False,
        told: Sequence[str] = (),
    ) -> None:
        x0, y0, x1, y1 = bounds_m[0] - _BORDER_M, bounds_m[1] - _BORDER_M, bounds_m[2] + _BORDER_M, bounds_m[3] + _BORDER_M
        self._layout = (
            _on_a3(x1 - x0, y1 - y0, len(legend), len(_told_lines(told)))
            if a3
            else _cut_to_plan(x1 - x0, y1 - y0, words.footer, len(legend))
        )
        self.scale = self._layout.scale
        self._words = words
        self._legend = legend
        self._told = told
        self._width_in, self._height_in = self._layout.page_in
        self._footer = _footer_lines(words.footer, self._width_in)
        self._columns = self._layout.columns
        self.figure = Figure(figsize=(self._width_in, self._height_in), dpi=_DPI, facecolor="white")
        canvas: Any = FigureCanvasAgg(self.figure)
        self._renderer = canvas.get_renderer()
        self.page = self._axes(0.0, 0.0, self._width_in, self._height_in)
        self.page.set(xlim=(0, self._width_in), ylim=(0, self._height_in))
        self.page.axis("off")
        self.plan = self._axes(*self._layout.plan_at, *self._layout.plan_in)
        if a3:  # the plan keeps its scale and stands in the middle of its frame
            wide, high = (side * self.scale * _M_PER_INCH for side in self._layout.plan_in)
            x0, x1 = (x0 + x1 - wide) / 2.0, (x0 + x1 + wide) / 2.0
            y0, y1 = (y0 + y1 - high) / 2.0, (y0 + y1 + high) / 2.0
        self.plan.set(xlim=(x0, x1), ylim=(y0, y1))
        self._on = self.plan
        self._layers: dict[str, Axes] = {}
        self._tips: dict[str, str] = {}
        self._taken: list[Bbox] = []
        self._frame()

    def layer(self, name: str) -> None:
        """Draw from here on in a layer, over the layers before it; in SVG it is a group that can be switched off."""
        if name not in self._layers:
            over = self._axes(*self._layout.plan_at, *self._layout.plan_in)
            over.set(xlim=self.plan.get_xlim(), ylim=self.plan.get_ylim(), zorder=len(self._layers) + 1.0)
            over.axis("off")
            over.set_gid(f"layer-{name}")
            self._layers[name] = over
        self._on = self._layers[name]

    def area(
        self,
        shape: BaseGeometry,
        *,
        face: Colour = "none",
        edge: Colour = "none",
        hatch: str = "",
        z: float = 1.0,
        width_pt: float = 0.6,
        dashes: bool = False,
        tip: str = "",
    ) -> None:
        """Draw the polygons of a shape; ``tip`` is shown in SVG when the pointer rests on it."""
        for piece in polygons(shape):
            rings = [piece.exterior, *piece.interiors]
            path = MplPath.make_compound_path(*(MplPath([point[:2] for point in ring.coords], closed=True) for ring in rings))
            style = {"linewidth": width_pt, "linestyle": "--" if dashes else "-", "hatch": hatch or None, "zorder": z}
            patch = self._on.add_patch(PathPatch(path, facecolor=face, edgecolor=edge, **style))
            if tip:
                gid = f"tip-{len(self._tips)}"
                patch.set_gid(gid)
                self._tips[gid] = tip

    def lines(self, ends_m: Sequence[Sequence[float]], *, colour: str, width_pt: float, z: float) -> None:
        """Draw straight lines, each given as x0, y0, x1, y1."""
        segments = [((x0, y0), (x1, y1)) for x0, y0, x1, y1 in ends_m]
        self._on.add_collection(LineCollection(segments, colors=colour, linewidths=width_pt, zorder=z, capstyle="butt"), autolim=False)

    def arrow(self, x_m: float, y_m: float, deg: float, length_m: float, *, colour: str = INK) -> None:
        """Draw a double arrow and keep it free of text; one too short to read on paper is left out."""
        if length_m / self.scale / _M_PER_INCH < _ARROW_MIN_IN:
            return
        dx, dy = length_m / 2 * math.cos(math.radians(deg)), length_m / 2 * math.sin(math.radians(deg))
        style = {"arrowstyle": "<|-|>,head_width=0.18,head_length=0.4", "color": colour, "linewidth": 0.8, "shrinkA": 0, "shrinkB": 0}
        self._on.annotate("", xy=(x_m + dx, y_m + dy), xytext=(x_m - dx, y_m - dy), arrowprops=style, zorder=6, annotation_clip=True)
        self._keep_free((x_m - dx, y_m - dy), (x_m + dx, y_m + dy))

    def span_arrow(self, x_m: float, y_m: float, deg: float, length_m: float, *, colour: str = INK) -> bool:
        """Draw a double arrow with half heads, as spans are drawn on structural plans; return whether it is long enough to read."""
        if length_m / self.scale / _M_PER_INCH < _ARROW_MIN_IN:
            return False
        ux, uy = math.cos(math.radians(deg)), math.sin(math.radians(deg))
        barb_m = min(_BARB_IN * self.scale * _M_PER_INCH, 0.2 * length_m)
        points = []
        for side in (-1.0, 1.0):
            end = (x_m + side * ux * length_m / 2, y_m + side * uy * length_m / 2)
            # Each end has one barb, on opposite sides of the line: half heads.
            barb = (end[0] - side * (ux * barb_m - uy * barb_m * 0.45), end[1] - side * (uy * barb_m + ux * barb_m * 0.45))
            points += [barb, end] if side < 0 else [end, barb]
        xs, ys = [p[0] for p in points], [p[1] for p in points]
        self._on.plot(
            xs, ys, color=colour, linewidth=0.9, zorder=6, solid_joinstyle="miter", solid_capstyle="butt", scaley=False, scalex=False
        )
        self._keep_free(points[1], points[2])
        return True

    def pointer(self, start_m: tuple[float, float], end_m: tuple[float, float], *, colour: str = INK, width_pt: float = 0.8) -> None:
        """Draw an arrow with one filled head at its end."""
        style = {"arrowstyle": "-|>,head_width=0.16,head_length=0.34", "color": colour, "linewidth": width_pt, "shrinkA": 0, "shrinkB": 0}
        self._on.annotate("", xy=end_m, xytext=start_m, arrowprops=style, zorder=6, annotation_clip=True)
        self._keep_free(start_m, end_m)

    def wedge(self, x_m: float, y_m: float, deg: float, *, colour: str = INK, size_in: float = 0.07) -> None:
        """Draw a small filled triangle with its point at (x, y), pointing to ``deg``."""
        size_m = size_in * self.scale * _M_PER_INCH
        ux, uy = math.cos(math.radians(deg)), math.sin(math.radians(deg))
        back = (x_m - ux * size_m, y_m - uy * size_m)
        corners = [
            (x_m, y_m),
            (back[0] - uy * size_m * 0.55, back[1] + ux * size_m * 0.55),
            (back[0] + uy * size_m * 0.55, back[1] - ux * size_m * 0.55),
        ]
        self._on.add_patch(PathPatch(MplPath([*corners, corners[0]], closed=True), facecolor=colour, edgecolor="none", zorder=6))

    def _keep_free(self, start_m: tuple[float, float], end_m: tuple[float, float]) -> None:
        ends = self.plan.transData.transform([start_m, end_m])
        self._taken.append(Bbox([ends.min(axis=0) - 4, ends.max(axis=0) + 4]))

    def label(self, places_m: Sequence[tuple[float, float]], text: str, **style: Any) -> bool:
        """Write a text at the first place where it covers no other text; return whether one was found."""
        box = {"facecolor": "white", "edgecolor": "none", "alpha": 0.8, "pad": 0.8}
        options: dict[str, Any] = {"fontsize": FONT_PT - 1, "color": INK, "bbox": box, **style}
        for x_m, y_m in places_m:
            note = self._on.text(x_m, y_m, drawable(text), ha="center", va="center", zorder=8, parse_math=False, clip_on=True, **options)
            extent = note.get_window_extent(self._renderer)
            inside = self.plan.bbox.contains(*extent.min) and self.plan.bbox.contains(*extent.max)
            if inside and not any(extent.overlaps(other) for other in self._taken):
                self._taken.append(extent)
                return True
            note.remove()
        return False

    def png(self) -> bytes:
        """Return the sheet as PNG; its text chunks name the program and carry the footer."""
        buffer = io.BytesIO()
        words = self._words
        self.figure.savefig(
            buffer, format="png", dpi=_DPI, metadata={"Software": words.software, "Title": words.title, "Description": words.footer}
        )
        return buffer.getvalue()

    def svg(self) -> bytes:
        """Return the sheet as SVG: text stays text, every layer is a group, tips are titles."""
        buffer = io.BytesIO()
        words = self._words
        about = {"Creator": words.software, "Title": words.title, "Description": words.footer, "Date": None}
        self.figure.savefig(buffer, format="svg", metadata=about)
        text = buffer.getvalue().decode("utf-8")
        for gid, tip in self._tips.items():
            text = text.replace(f'<g id="{gid}">', f'<g id="{gid}"><title>{escape(tip)}</title>', 1)
        for name in self._layers:
            mark = f'<g id="layer-{name}"'
            text = text.replace(mark, f'{mark} inkscape:groupmode="layer" inkscape:label="{name}"', 1)
        return text.replace("<svg ", f'<svg xmlns:inkscape="{_INKSCAPE}" ', 1).encode("utf-8")

    def _axes(self, left_in: float, bottom_in: float, width_in: float, height_in: float) -> Axes:
        size = (self._width_in, self._height_in, self._width_in, self._height_in)
        place = [part / whole for part, whole in zip((left_in, bottom_in, width_in, height_in), size, strict=True)]
        return self.figure.add_axes((place[0], place[1], place[2], place[3]))

    def _text(self, x_in: float, y_in: float, text: str, size_pt: float, colour: str = INK, **style: Any) -> None:
        self.page.text(x_in, y_in, drawable(text), fontsize=size_pt, color=colour, va="center", parse_math=False, **style)

    def _frame(self) -> None:
        words, top_in = self._words, self._height_in - _MARGIN_IN
        width = int((self._width_in - 2 * _MARGIN_IN) * _CHARS_PER_IN)
        self._text(_MARGIN_IN, top_in - 0.1, textwrap.shorten(words.title, int(width / 1.55), placeholder="..."), 12.5, weight="bold")
        subtitle = f"{words.scale.format(n=self.scale)} · {words.subtitle}"
        self._text(_MARGIN_IN, top_in - 0.36, textwrap.shorten(subtitle, width, placeholder="..."), FONT_PT, GREY)
        self.plan.tick_params(labelsize=FONT_PT - 2, colors=GREY, length=2, width=0.4)
        for spine in self.plan.spines.values():
            spine.set(color="#bdbdbd", linewidth=0.5)
        step = _step(max(self.plan.get_xlim()[1] - self.plan.get_xlim()[0], 1.0))
        for axis, limits in ((self.plan.xaxis, self.plan.get_xlim()), (self.plan.yaxis, self.plan.get_ylim())):
            axis.set_ticks([step * n for n in range(math.ceil(limits[0] / step), math.floor(limits[1] / step) + 1)])
        self._scale_bar(step)
        self._draw_legend()
        for row, text in enumerate(reversed(self._footer)):
            self._text(_MARGIN_IN, _MARGIN_IN / 2 + row * _ROW_IN * 0.8, text, FONT_PT, INK)

    def _scale_bar(self, step_m: float) -> None:
        x_in, y_in = self._layout.bar_at
        unit_in = step_m / self.scale / _M_PER_INCH
        for half in range(2):
            face = INK if half == 0 else "white"
            self.page.add_patch(
                Rectangle((x_in + half * unit_in / 2, y_in), unit_in / 2, 0.06, facecolor=face, edgecolor=INK, linewidth=0.6)
            )
        self._text(x_in, y_in - 0.1, "0", FONT_PT - 1.5, ha="center")
        self._text(x_in + unit_in, y_in - 0.1, f"{step_m:g} m", FONT_PT - 1.5, ha="center")
        at_in = x_in + unit_in + 0.45
        for dx, dy, name in ((0.28, 0.0, "x"), (0.0, 0.28, "y")):
            style = {"arrowstyle": "-|>,head_width=0.15,head_length=0.3", "color": INK, "linewidth": 0.8, "shrinkA": 0, "shrinkB": 0}
            self.page.annotate("", xy=(at_in + dx, y_in - 0.06 + dy), xytext=(at_in, y_in - 0.06), arrowprops=style)
            self._text(at_in + dx * 1.3 + (0.03 if dy else 0.0), y_in - 0.06 + dy * 1.25, name, FONT_PT - 1, ha="center")
        self._text(at_in + 0.55, y_in + 0.02, self._words.axes, FONT_PT - 1, GREY)

    def _draw_legend(self) -> None:
        left_in, top_in = self._layout.legend_at
        for number, entry in enumerate(self._legend):
            x_in = left_in + (number % self._columns) * (_SIDE_IN if self._layout.told_beside else _COLUMN_IN)
            y_in = top_in - (number // self._columns) * _ROW_IN
            self._sample(entry, x_in, y_in)
            self._text(x_in + 0.42, y_in, entry.text, FONT_PT - 0.5)
        if self._layout.told_beside:
            left_in += self._columns * _SIDE_IN
        else:
            top_in -= math.ceil(len(self._legend) / self._columns) * _ROW_IN + 0.15
        for row, text in enumerate(_told_lines(self._told)):
            self._text(left_in, top_in - row * _ROW_IN * 0.8, text, FONT_PT - 0.5)

    def _sample(self, entry: Entry, x_in: float, y_in: float) -> None:
        if entry.kind == "area":
            box = Rectangle(
                (x_in, y_in - 0.06), 0.32, 0.12, facecolor=entry.face, edgecolor=entry.edge, hatch=entry.hatch or None, linewidth=0.6
            )
            self.page.add_patch(box)
        elif entry.kind == "arrow":
            style = {
                "arrowstyle": "<|-|>,head_width=0.15,head_length=0.3",
                "color": entry.edge,
                "linewidth": 0.8,
                "shrinkA": 0,
                "shrinkB": 0,
            }
            self.page.annotate("", xy=(x_in + 0.32, y_in), xytext=(x_in, y_in), arrowprops=style)
        elif entry.kind == "span":
            xs, ys = (x_in + 0.08, x_in, x_in + 0.32, x_in + 0.24), (y_in + 0.04, y_in, y_in, y_in - 0.04)
            self.page.plot(xs, ys, color=entry.edge, linewidth=0.9)
        elif entry.kind == "pointer":
            one = {"arrowstyle": "-|>,head_width=0.16,head_length=0.34", "color": entry.edge, "linewidth": 0.8, "shrinkA": 0, "shrinkB": 0}
            self.page.annotate("", xy=(x_in + 0.32, y_in), xytext=(x_in, y_in), arrowprops=one)
        elif entry.kind == "wedge":
            corners = [(x_in + 0.2, y_in), (x_in + 0.12, y_in + 0.04), (x_in + 0.12, y_in - 0.04), (x_in + 0.2, y_in)]
            self.page.add_patch(PathPatch(MplPath(corners, closed=True), facecolor=entry.edge, edgecolor="none"))
        else:
            dashes = "--" if entry.kind == "dashes" else "-"
            self.page.plot(
                [x_in, x_in + 0.32], [y_in, y_in], color=entry.edge, linewidth=entry.width_pt, linestyle=dashes, solid_capstyle="butt"
            )


def drawn(draw: Callable[[], Drawn]) -> Drawn:
    """Return what ``draw`` makes under matplotlib's own defaults, so that a user's settings file changes nothing."""
    with mpl.rc_context():
        mpl.rcdefaults()
        mpl.rcParams["hatch.linewidth"] = 0.5
        mpl.rcParams["svg.fonttype"] = "none"
        mpl.rcParams["svg.hashsalt"] = "optopscan"  # ids inside the SVG are the same every time
        return draw()


def drawable(text: str) -> str:
    """Return the text with "?" for characters that the font does not hold."""
    known = _characters()
    return "".join(char if ord(char) in known else "?" for char in text)


@lru_cache(maxsize=1)
def _characters() -> frozenset[int]:
    return frozenset(get_font(findfont(FontProperties(family="DejaVu Sans"))).get_charmap())


def _cut_to_plan(width_m: float, height_m: float, footer: str, n_legend: int) -> Layout:
    """Return a page as large as the plan asks, the legend under it."""
    scale = _scale(width_m, height_m, _PLAN_MAX_IN)
    plan_in = (width_m / scale / _M_PER_INCH, height_m / scale / _M_PER_INCH)
    width_in = max(_PAGE_MIN_IN, plan_in[0] + _TICKS_IN + 2 * _MARGIN_IN)
    columns = max(1, int((width_in - 2 * _MARGIN_IN) / _COLUMN_IN))
    below_in = _MARGIN_IN + _ROW_IN * (len(_footer_lines(footer, width_in)) + math.ceil(n_legend / columns)) + _BAR_IN + _TICKS_IN
    left_in = max(_MARGIN_IN + _TICKS_IN, (width_in - plan_in[0]) / 2.0)
    return Layout(
        scale=scale,
        page_in=(width_in, below_in + plan_in[1] + _TITLE_IN + _MARGIN_IN),
        plan_at=(left_in, below_in),
        plan_in=plan_in,
        legend_at=(_MARGIN_IN, below_in - _TICKS_IN - _BAR_IN - 0.05),
        columns=columns,
        bar_at=(left_in, below_in - _TICKS_IN - 0.22),
    )


def _on_a3(width_m: float, height_m: float, n_legend: int, n_told: int) -> Layout:
    """Return the A3 page, landscape or portrait, with the legend beside or under the plan, that shows the plan largest."""
    bar_in = _MARGIN_IN + 2 * _ROW_IN + _BAR_IN + _TICKS_IN
    left_in = _MARGIN_IN + _TICKS_IN
    found: list[tuple[int, int, Layout]] = []
    for turn, page_in in enumerate((_A3_IN, _A3_IN[::-1])):
        for under in (False, True):
            columns = max(1, int((page_in[0] - 2 * _MARGIN_IN) / _SIDE_IN)) - 1 if under else 1
            legend_in = _ROW_IN * max(math.ceil(n_legend / columns), n_told) + 0.2
            below_in = bar_in + (legend_in if under else 0.0)
            side_in = 0.0 if under else _SIDE_IN
            plan_in = (page_in[0] - 2 * _MARGIN_IN - _TICKS_IN - side_in, page_in[1] - below_in - _TITLE_IN - _MARGIN_IN)
            scale = _scale(width_m, height_m, plan_in)
            layout = Layout(
                scale=scale,
                page_in=page_in,
                plan_at=(left_in, below_in),
                plan_in=plan_in,
                legend_at=(_MARGIN_IN, bar_in - _TICKS_IN - _BAR_IN + legend_in - 0.1)
                if under
                else (left_in + plan_in[0] + 0.3, below_in + plan_in[1] - 0.1),
                columns=columns,
                bar_at=(left_in, below_in - _TICKS_IN - 0.22),
                told_beside=under,
            )
            found.append((scale, 2 * turn + under, layout))
    return min(found, key=lambda row: row[:2])[2]


def _told_lines(told: Sequence[str]) -> list[str]:
    return [line for text in told for line in textwrap.wrap(drawable(text), _SIDE_CHARS) or [""]]


def _footer_lines(footer: str, width_in: float) -> list[str]:
    return textwrap.wrap(drawable(footer), int((width_in - 2 * _MARGIN_IN) * _CHARS_PER_IN)) or [""]


def _scale(width_m: float, height_m: float, room_in: tuple[float, float]) -> int:
    for scale in _SCALES:
        if width_m / scale / _M_PER_INCH <= room_in[0] and height_m / scale / _M_PER_INCH <= room_in[1]:
            return scale
    return _SCALES[-1]


def _step(width_m: float) -> float:
    return next((step for step in (1.0, 2.0, 5.0, 10.0, 20.0, 50.0, 100.0) if width_m / step <= 14), 200.0)
