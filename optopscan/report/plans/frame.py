"""What stands around a plan: axes in metres, scale bar, legend, notes and the footer that every output carries.

Everything is placed in inches, so that a plan printed at 100 % has the scale it
names. Only figures of our own are used, no pyplot.
"""

from __future__ import annotations

import math
import textwrap
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np
import numpy.typing as npt
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties, findfont, get_font
from matplotlib.patches import PathPatch, Rectangle
from matplotlib.path import Path as MplPath

INK, GREY = "#1a1a1a", "#6b6b6b"
FONT_PT = 8.0
M_PER_INCH = 0.0254
_MARGIN_IN = 0.35
_CHARS_PER_IN = 14.5
DPI = 144

_SCALES = (50, 100, 200, 250, 500, 1000, 2000, 5000, 10000)
_PLAN_MAX_IN = (20.0, 14.0)
_PAGE_MIN_IN = 9.0
_TICKS_IN = 0.35
_TITLE_IN = 0.62
_BAR_IN = 0.5
_ROW_IN = 0.21
_COLUMN_IN = 2.95
_BORDER_M = 0.8
_A3_IN = (16.54, 11.69)  # ISO 216
_SIDE_IN = 3.15
_SIDE_CHARS = 40

Pixels = npt.NDArray[np.uint8]


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
    """The texts around a plan; ``names`` of the axes, an empty one is not drawn; ``north_deg`` from y, clockwise, None: not known."""

    title: str
    subtitle: str
    scale: str
    axes: str
    footer: str
    software: str
    names: tuple[str, str] = ("x", "y")
    north_deg: float | None = None


@dataclass(frozen=True, kw_only=True)
class Page:
    """A white page with one axes in inches over all of it and one in metres for the plan."""

    figure: Figure
    canvas: Any
    page: Axes
    plan: Axes


@dataclass(frozen=True, kw_only=True)
class Frame:
    """All around a plan but its title; ``limits_m`` x0, y0, x1, y1 of the plan. Equal frames look the same."""

    layout: Layout
    limits_m: tuple[float, float, float, float]
    legend: tuple[Entry, ...]
    told: tuple[str, ...]
    axes: str
    footer: str
    names: tuple[str, str] = ("x", "y")
    north_deg: float | None = None

    def page(self) -> Page:
        """Return a page of this size, still empty."""
        figure = Figure(figsize=self.layout.page_in, dpi=DPI, facecolor="white")
        canvas = FigureCanvasAgg(figure)
        page = self.axes_on(figure, (0.0, 0.0), self.layout.page_in)
        page.set(xlim=(0, self.layout.page_in[0]), ylim=(0, self.layout.page_in[1]))
        page.axis("off")
        return Page(figure=figure, canvas=canvas, page=page, plan=self.plan_on(figure))

    def plan_on(self, figure: Figure) -> Axes:
        """Return new axes where the plan stands, in metres."""
        x0, y0, x1, y1 = self.limits_m
        plan = self.axes_on(figure, self.layout.plan_at, self.layout.plan_in)
        plan.set(xlim=(x0, x1), ylim=(y0, y1))
        return plan

    def axes_on(self, figure: Figure, at_in: tuple[float, float], size_in: tuple[float, float]) -> Axes:
        """Return new axes at a place on the page."""
        wide, high = self.layout.page_in
        return figure.add_axes((at_in[0] / wide, at_in[1] / high, size_in[0] / wide, size_in[1] / high))

    def draw(self, on: Page) -> None:
        """Draw the frame."""
        self.draw_measures(on)
        write_footer(on.page, self.footer, self.layout.page_in[0])

    def draw_measures(self, on: Page) -> None:
        """Draw axes, scale bar, legend and notes: all but the footer."""
        x0, y0, x1, y1 = self.limits_m
        on.plan.tick_params(labelsize=FONT_PT - 2, colors=GREY, length=2, width=0.4)
        for spine in on.plan.spines.values():
            spine.set(color="#bdbdbd", linewidth=0.5)
        step = _step(max(x1 - x0, 1.0))
        for axis, limits in ((on.plan.xaxis, (x0, x1)), (on.plan.yaxis, (y0, y1))):
            axis.set_ticks([step * n for n in range(math.ceil(limits[0] / step), math.floor(limits[1] / step) + 1)])
        self._scale_bar(on.page, step)
        self._draw_legend(on.page)

    def _scale_bar(self, page: Axes, step_m: float) -> None:
        x_in, y_in = self.layout.bar_at
        unit_in = step_m / self.layout.scale / M_PER_INCH
        for half in range(2):
            face = INK if half == 0 else "white"
            page.add_patch(Rectangle((x_in + half * unit_in / 2, y_in), unit_in / 2, 0.06, facecolor=face, edgecolor=INK, linewidth=0.6))
        write(page, x_in, y_in - 0.1, "0", FONT_PT - 1.5, ha="center")
        write(page, x_in + unit_in, y_in - 0.1, f"{step_m:g} m", FONT_PT - 1.5, ha="center")
        at_in = x_in + unit_in + 0.45 + (0.0 if self.north_deg is None else 0.5)
        for dx, dy, name in ((0.28, 0.0, self.names[0]), (0.0, 0.28, self.names[1])):
            if not name:
                continue
            style = {"arrowstyle": "-|>,head_width=0.15,head_length=0.3", "color": INK, "linewidth": 0.8, "shrinkA": 0, "shrinkB": 0}
            page.annotate("", xy=(at_in + dx, y_in - 0.06 + dy), xytext=(at_in, y_in - 0.06), arrowprops=style)
            write(page, at_in + dx * 1.3 + (0.03 if dy else 0.0), y_in - 0.06 + dy * 1.25, name, FONT_PT - 1, ha="center")
        write(page, at_in + 0.55, y_in + 0.02, self.axes, FONT_PT - 1, GREY)
        if self.north_deg is not None:
            self._north(page, at_in - 0.32, y_in + 0.02)

    def _north(self, page: Axes, x_in: float, y_in: float) -> None:
        """Draw an arrow to north with an N at its point."""
        dx, dy = (0.17 * turned(math.radians(self.north_deg or 0.0)) for turned in (math.sin, math.cos))
        style = {"arrowstyle": "-|>,head_width=0.2,head_length=0.4", "color": INK, "linewidth": 1.2, "shrinkA": 0, "shrinkB": 0}
        page.annotate("", xy=(x_in + dx, y_in + dy), xytext=(x_in - dx, y_in - dy), arrowprops=style)
        write(page, x_in + 1.55 * dx, y_in + 1.55 * dy, "N", FONT_PT - 1, ha="center", weight="bold")

    def _draw_legend(self, page: Axes) -> None:
        left_in, top_in = self.layout.legend_at
        for number, entry in enumerate(self.legend):
            x_in = left_in + (number % self.layout.columns) * (_SIDE_IN if self.layout.told_beside else _COLUMN_IN)
            y_in = top_in - (number // self.layout.columns) * _ROW_IN
            _sample(page, entry, x_in, y_in)
            write(page, x_in + 0.42, y_in, entry.text, FONT_PT - 0.5)
        if self.layout.told_beside:
            left_in += self.layout.columns * _SIDE_IN
        else:
            top_in -= math.ceil(len(self.legend) / self.layout.columns) * _ROW_IN + 0.15
        for row, text in enumerate(_told_lines(self.told)):
            write(page, left_in, top_in - row * _ROW_IN * 0.8, text, FONT_PT - 0.5)


def frame_around(
    bounds_m: tuple[float, float, float, float], words: Words, legend: Sequence[Entry], *, a3: bool = False, told: Sequence[str] = ()
) -> Frame:
    """Return the frame of a plan with these bounds [m]; on A3 the plan keeps its scale and stands in the middle."""
    x0, y0, x1, y1 = bounds_m[0] - _BORDER_M, bounds_m[1] - _BORDER_M, bounds_m[2] + _BORDER_M, bounds_m[3] + _BORDER_M
    if a3:
        layout = _on_a3(x1 - x0, y1 - y0, len(legend), len(_told_lines(told)))
        wide, high = (side * layout.scale * M_PER_INCH for side in layout.plan_in)
        x0, x1 = (x0 + x1 - wide) / 2.0, (x0 + x1 + wide) / 2.0
        y0, y1 = (y0 + y1 - high) / 2.0, (y0 + y1 + high) / 2.0
    else:
        layout = _cut_to_plan(x1 - x0, y1 - y0, words.footer, len(legend))
    return Frame(
        layout=layout,
        limits_m=(x0, y0, x1, y1),
        legend=tuple(legend),
        told=tuple(told),
        axes=words.axes,
        footer=words.footer,
        names=words.names,
        north_deg=words.north_deg,
    )


def write_title(page: Axes, layout: Layout, words: Words) -> None:
    """Write title and subtitle on top of a page."""
    top_in = layout.page_in[1] - _MARGIN_IN
    width = int((layout.page_in[0] - 2 * _MARGIN_IN) * _CHARS_PER_IN)
    write(page, _MARGIN_IN, top_in - 0.1, textwrap.shorten(words.title, int(width / 1.55), placeholder="..."), 12.5, weight="bold")
    subtitle = f"{words.scale.format(n=layout.scale)} · {words.subtitle}"
    write(page, _MARGIN_IN, top_in - 0.36, textwrap.shorten(subtitle, width, placeholder="..."), FONT_PT, GREY)


class Backdrops:
    """Frames drawn once, for sheets that differ in title and plan only; alike footers, most of the text, once for all frames."""

    def __init__(self) -> None:
        self._frames: dict[Frame, Pixels] = {}
        self._footers: dict[tuple[str, float], Pixels] = {}

    def pixels(self, frame: Frame) -> Pixels:
        """Return the page with this frame (height, width, 4)."""
        if frame not in self._frames:
            made = frame.page()
            frame.draw_measures(made)
            page, footer = _pixels(made.canvas), self._footer(frame.footer, frame.layout.page_in[0])
            page[-len(footer) :] = footer
            self._frames[frame] = page
        return self._frames[frame]

    def _footer(self, text: str, width_in: float) -> Pixels:
        """Return the strip along the bottom of a page."""
        if (text, width_in) not in self._footers:
            rows = math.ceil((_MARGIN_IN / 2 + len(_footer_lines(text, width_in)) * _ROW_IN * 0.8) * DPI)
            figure = Figure(figsize=(width_in, rows / DPI), dpi=DPI, facecolor="white")
            canvas, strip = FigureCanvasAgg(figure), figure.add_axes((0.0, 0.0, 1.0, 1.0))
            strip.set(xlim=(0, width_in), ylim=(0, rows / DPI))
            strip.axis("off")
            write_footer(strip, text, width_in)
            self._footers[text, width_in] = _pixels(canvas)
        return self._footers[text, width_in]


def _pixels(canvas: Any) -> Pixels:
    canvas.draw()
    return np.array(canvas.buffer_rgba())


def write_footer(page: Axes, text: str, width_in: float) -> None:
    """Write the footer at the bottom of a page."""
    for row, line in enumerate(reversed(_footer_lines(text, width_in))):
        write(page, _MARGIN_IN, _MARGIN_IN / 2 + row * _ROW_IN * 0.8, line, FONT_PT)


def _sample(page: Axes, entry: Entry, x_in: float, y_in: float) -> None:
    if entry.kind == "area":
        box = Rectangle(
            (x_in, y_in - 0.06), 0.32, 0.12, facecolor=entry.face, edgecolor=entry.edge, hatch=entry.hatch or None, linewidth=0.6
        )
        page.add_patch(box)
    elif entry.kind == "arrow":
        style = {
            "arrowstyle": "<|-|>,head_width=0.15,head_length=0.3",
            "color": entry.edge,
            "linewidth": 0.8,
            "shrinkA": 0,
            "shrinkB": 0,
        }
        page.annotate("", xy=(x_in + 0.32, y_in), xytext=(x_in, y_in), arrowprops=style)
    elif entry.kind == "span":
        xs, ys = (x_in + 0.08, x_in, x_in + 0.32, x_in + 0.24), (y_in + 0.04, y_in, y_in, y_in - 0.04)
        page.plot(xs, ys, color=entry.edge, linewidth=0.9)
    elif entry.kind == "pointer":
        one = {"arrowstyle": "-|>,head_width=0.16,head_length=0.34", "color": entry.edge, "linewidth": 0.8, "shrinkA": 0, "shrinkB": 0}
        page.annotate("", xy=(x_in + 0.32, y_in), xytext=(x_in, y_in), arrowprops=one)
    elif entry.kind == "wedge":
        corners = [(x_in + 0.2, y_in), (x_in + 0.12, y_in + 0.04), (x_in + 0.12, y_in - 0.04), (x_in + 0.2, y_in)]
        page.add_patch(PathPatch(MplPath(corners, closed=True), facecolor=entry.edge, edgecolor="none"))
    else:
        dashes = "--" if entry.kind == "dashes" else "-"
        page.plot([x_in, x_in + 0.32], [y_in, y_in], color=entry.edge, linewidth=entry.width_pt, linestyle=dashes, solid_capstyle="butt")


def write(page: Axes, x_in: float, y_in: float, text: str, size_pt: float, colour: str = INK, **style: Any) -> None:
    """Write one line at a place on the page."""
    page.text(x_in, y_in, drawable(text), fontsize=size_pt, color=colour, va="center", parse_math=False, **style)


def drawable(text: str) -> str:
    """Return the text, its lines kept, with "?" for characters that the font does not hold."""
    known = _characters()
    return "".join(char if ord(char) in known or char == "\n" else "?" for char in text)


@lru_cache(maxsize=1)
def _characters() -> frozenset[int]:
    return frozenset(get_font(findfont(FontProperties(family="DejaVu Sans"))).get_charmap())


def _cut_to_plan(width_m: float, height_m: float, footer: str, n_legend: int) -> Layout:
    """Return a page as large as the plan asks, the legend under it."""
    scale = _scale(width_m, height_m, _PLAN_MAX_IN)
    plan_in = (width_m / scale / M_PER_INCH, height_m / scale / M_PER_INCH)
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
        if width_m / scale / M_PER_INCH <= room_in[0] and height_m / scale / M_PER_INCH <= room_in[1]:
            return scale
    return _SCALES[-1]


def _step(width_m: float) -> float:
    return next((step for step in (1.0, 2.0, 5.0, 10.0, 20.0, 50.0, 100.0) if width_m / step <= 14), 200.0)
