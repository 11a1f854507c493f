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
from typing import Any

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
_ARROW_MIN_IN = 0.2
_DPI = 144


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
class Words:
    """The texts around a plan."""

    title: str
    subtitle: str
    scale: str
    axes: str
    footer: str
    software: str


class Sheet:
    """A plan being drawn; `png` gives its bytes. Coordinates of the plan are metres."""

    def __init__(self, bounds_m: tuple[float, float, float, float], words: Words, legend: Sequence[Entry]) -> None:
        x0, y0, x1, y1 = bounds_m[0] - _BORDER_M, bounds_m[1] - _BORDER_M, bounds_m[2] + _BORDER_M, bounds_m[3] + _BORDER_M
        self.scale = _scale(x1 - x0, y1 - y0)
        self._words = words
        self._legend = legend
        plan_in = ((x1 - x0) / self.scale / _M_PER_INCH, (y1 - y0) / self.scale / _M_PER_INCH)
        self._width_in = max(_PAGE_MIN_IN, plan_in[0] + _TICKS_IN + 2 * _MARGIN_IN)
        self._footer = textwrap.wrap(drawable(words.footer), int((self._width_in - 2 * _MARGIN_IN) * _CHARS_PER_IN)) or [""]
        self._columns = max(1, int((self._width_in - 2 * _MARGIN_IN) / _COLUMN_IN))
        below_in = _MARGIN_IN + _ROW_IN * (len(self._footer) + math.ceil(len(legend) / self._columns)) + _BAR_IN + _TICKS_IN
        self._height_in = below_in + plan_in[1] + _TITLE_IN + _MARGIN_IN
        self.figure = Figure(figsize=(self._width_in, self._height_in), dpi=_DPI, facecolor="white")
        canvas: Any = FigureCanvasAgg(self.figure)
        self._renderer = canvas.get_renderer()
        self.page = self._axes(0.0, 0.0, self._width_in, self._height_in)
        self.page.set(xlim=(0, self._width_in), ylim=(0, self._height_in))
        self.page.axis("off")
        left_in = max(_MARGIN_IN + _TICKS_IN, (self._width_in - plan_in[0]) / 2.0)
        self.plan = self._axes(left_in, below_in, *plan_in)
        self.plan.set(xlim=(x0, x1), ylim=(y0, y1))
        self._bar_at = (left_in, below_in - _TICKS_IN)
        self._taken: list[Bbox] = []
        self._frame()

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
    ) -> None:
        """Draw the polygons of a shape."""
        for piece in polygons(shape):
            rings = [piece.exterior, *piece.interiors]
            path = MplPath.make_compound_path(*(MplPath([point[:2] for point in ring.coords], closed=True) for ring in rings))
            style = {"linewidth": width_pt, "linestyle": "--" if dashes else "-", "hatch": hatch or None, "zorder": z}
            self.plan.add_patch(PathPatch(path, facecolor=face, edgecolor=edge, **style))

    def lines(self, ends_m: Sequence[Sequence[float]], *, colour: str, width_pt: float, z: float) -> None:
        """Draw straight lines, each given as x0, y0, x1, y1."""
        segments = [((x0, y0), (x1, y1)) for x0, y0, x1, y1 in ends_m]
        self.plan.add_collection(LineCollection(segments, colors=colour, linewidths=width_pt, zorder=z, capstyle="butt"), autolim=False)

    def arrow(self, x_m: float, y_m: float, deg: float, length_m: float, *, colour: str = INK) -> None:
        """Draw a double arrow and keep it free of text; one too short to read on paper is left out."""
        if length_m / self.scale / _M_PER_INCH < _ARROW_MIN_IN:
            return
        dx, dy = length_m / 2 * math.cos(math.radians(deg)), length_m / 2 * math.sin(math.radians(deg))
        style = {"arrowstyle": "<|-|>,head_width=0.18,head_length=0.4", "color": colour, "linewidth": 0.8, "shrinkA": 0, "shrinkB": 0}
        self.plan.annotate("", xy=(x_m + dx, y_m + dy), xytext=(x_m - dx, y_m - dy), arrowprops=style, zorder=6, annotation_clip=True)
        ends = self.plan.transData.transform([(x_m - dx, y_m - dy), (x_m + dx, y_m + dy)])
        self._taken.append(Bbox([ends.min(axis=0) - 4, ends.max(axis=0) + 4]))

    def label(self, places_m: Sequence[tuple[float, float]], text: str, **style: Any) -> bool:
        """Write a text at the first place where it covers no other text; return whether one was found."""
        box = {"facecolor": "white", "edgecolor": "none", "alpha": 0.8, "pad": 0.8}
        options: dict[str, Any] = {"fontsize": FONT_PT - 1, "color": INK, "bbox": box, **style}
        for x_m, y_m in places_m:
            note = self.plan.text(x_m, y_m, drawable(text), ha="center", va="center", zorder=8, parse_math=False, clip_on=True, **options)
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
        self._scale_bar(_step(max(self.plan.get_xlim()[1] - self.plan.get_xlim()[0], 1.0)))
        self._draw_legend()
        for row, text in enumerate(reversed(self._footer)):
            self._text(_MARGIN_IN, _MARGIN_IN / 2 + row * _ROW_IN * 0.8, text, FONT_PT, INK)

    def _scale_bar(self, step_m: float) -> None:
        x_in, y_in = self._bar_at[0], self._bar_at[1] - 0.22
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
        top_in = self._bar_at[1] - _BAR_IN - 0.05
        for number, entry in enumerate(self._legend):
            x_in = _MARGIN_IN + (number % self._columns) * _COLUMN_IN
            y_in = top_in - (number // self._columns) * _ROW_IN
            self._sample(entry, x_in, y_in)
            self._text(x_in + 0.42, y_in, entry.text, FONT_PT - 0.5)

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
        else:
            dashes = "--" if entry.kind == "dashes" else "-"
            self.page.plot(
                [x_in, x_in + 0.32], [y_in, y_in], color=entry.edge, linewidth=entry.width_pt, linestyle=dashes, solid_capstyle="butt"
            )


def drawn(draw: Callable[[], bytes]) -> bytes:
    """Return what ``draw`` makes under matplotlib's own defaults, so that a user's settings file changes nothing."""
    with mpl.rc_context():
        mpl.rcdefaults()
        mpl.rcParams["hatch.linewidth"] = 0.5
        return draw()


def drawable(text: str) -> str:
    """Return the text with "?" for characters that the font does not hold."""
    known = _characters()
    return "".join(char if ord(char) in known else "?" for char in text)


@lru_cache(maxsize=1)
def _characters() -> frozenset[int]:
    return frozenset(get_font(findfont(FontProperties(family="DejaVu Sans"))).get_charmap())


def _scale(width_m: float, height_m: float) -> int:
    for scale in _SCALES:
        if width_m / scale / _M_PER_INCH <= _PLAN_MAX_IN[0] and height_m / scale / _M_PER_INCH <= _PLAN_MAX_IN[1]:
            return scale
    return _SCALES[-1]


def _step(width_m: float) -> float:
    return next((step for step in (1.0, 2.0, 5.0, 10.0, 20.0, 50.0, 100.0) if width_m / step <= 14), 200.0)
