"""A drawing sheet: a plan to scale in its frame, as PNG or SVG. The user's matplotlib settings do not count."""

from __future__ import annotations

import io
import math
from collections.abc import Callable, Sequence
from typing import Any, TypeVar
from xml.sax.saxutils import escape

import matplotlib as mpl
import numpy as np
from matplotlib.axes import Axes
from matplotlib.collections import LineCollection
from matplotlib.lines import Line2D
from matplotlib.patches import PathPatch
from matplotlib.path import Path as MplPath
from matplotlib.transforms import Bbox
from PIL import Image
from PIL.PngImagePlugin import PngInfo
from shapely.geometry import Point, box
from shapely.geometry.base import BaseGeometry

from optopscan.report.plans.frame import DPI, FONT_PT, INK, M_PER_INCH, Backdrops, Entry, Words, drawable, frame_around, write_title
from optopscan.report.shapes import polygons

ACCENT, _GRID = "#c00000", "#8a8a8a"
Colour = str | tuple[float, float, float, float]
Drawn = TypeVar("Drawn")

_ARROW_MIN_IN = 0.2
_BARB_IN = 0.16
_PNG_LEVEL = 3  # half the time of the usual 6, and hardly more bytes
_INKSCAPE = "http://www.inkscape.org/namespaces/inkscape"


class Sheet:
    """A plan being drawn; `png` and `svg` give its bytes. Coordinates of the plan are metres.

    With ``a3`` the page is A3, landscape or portrait as fits best, with the legend and
    ``told`` (lines of text) beside the plan; else the page is cut to the plan. With ``backdrops``
    the frame comes from there, as pixels: such a sheet can only become a PNG.
    """

    def __init__(
        self,
        bounds_m: tuple[float, float, float, float],
        words: Words,
        legend: Sequence[Entry],
        *,
        a3: bool = False,
        told: Sequence[str] = (),
        backdrops: Backdrops | None = None,
    ) -> None:
        self._words = words
        self._frame = frame_around(bounds_m, words, legend, a3=a3, told=told)
        self.scale = self._frame.layout.scale
        made = self._frame.page()
        self.figure, self.page, self.plan = made.figure, made.page, made.plan
        self._renderer: Any = made.canvas.get_renderer()
        write_title(self.page, self._frame.layout, words)
        self._behind = None if backdrops is None else backdrops.pixels(self._frame)
        if self._behind is None:
            self._frame.draw(made)
        else:
            self.figure.patch.set_visible(False)
            self.plan.axis("off")
        self._on = self.plan
        self._layers: dict[str, Axes] = {}
        self._tips: dict[str, str] = {}
        self._taken: list[Bbox] = []

    def layer(self, name: str) -> None:
        """Draw from here on in a layer, over the layers before it; in SVG it is a group that can be switched off."""
        if name not in self._layers:
            over = self._frame.plan_on(self.figure)
            over.set_zorder(len(self._layers) + 1.0)
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
            # As an artist, not a patch: the limits of a plan are fixed, so none need to be worked out.
            patch = self._on.add_artist(PathPatch(path, facecolor=face, edgecolor=edge, **style))
            if tip:
                gid = f"tip-{len(self._tips)}"
                patch.set_gid(gid)
                self._tips[gid] = tip

    def lines(self, ends_m: Sequence[Sequence[float]], *, colour: str, width_pt: float, z: float) -> None:
        """Draw straight lines, each given as x0, y0, x1, y1."""
        segments = [((x0, y0), (x1, y1)) for x0, y0, x1, y1 in ends_m]
        self._on.add_collection(LineCollection(segments, colors=colour, linewidths=width_pt, zorder=z, capstyle="butt"), autolim=False)

    def grid_line(
        self, start_m: tuple[float, float], end_m: tuple[float, float], at_m: tuple[float, float], radius_m: float, name: str
    ) -> None:
        """Draw a dash-dotted line, and its name in a circle at ``at_m``; both lie under everything else."""
        xs, ys = zip(start_m, end_m, strict=True)
        self._on.add_line(Line2D(xs, ys, color=_GRID, linewidth=0.5, linestyle="-.", zorder=0.6))
        ring = Point(at_m).buffer(radius_m)
        self.area(ring, face="white", edge=_GRID, z=0.7, width_pt=0.6)
        self._on.text(*at_m, name, fontsize=FONT_PT - 2, color=INK, ha="center", va="center_baseline", zorder=0.8, clip_on=True)
        x0, y0, x1, y1 = ring.bounds
        self._keep_free((x0, y0), (x1, y1))

    def arrow(self, x_m: float, y_m: float, deg: float, length_m: float, *, colour: str = INK) -> None:
        """Draw a double arrow and keep it free of text; one too short to read on paper is left out."""
        if length_m / self.scale / M_PER_INCH < _ARROW_MIN_IN:
            return
        dx, dy = length_m / 2 * math.cos(math.radians(deg)), length_m / 2 * math.sin(math.radians(deg))
        style = {"arrowstyle": "<|-|>,head_width=0.18,head_length=0.4", "color": colour, "linewidth": 0.8, "shrinkA": 0, "shrinkB": 0}
        self._on.annotate("", xy=(x_m + dx, y_m + dy), xytext=(x_m - dx, y_m - dy), arrowprops=style, zorder=6, annotation_clip=True)
        self._keep_free((x_m - dx, y_m - dy), (x_m + dx, y_m + dy))

    def span_arrow(self, x_m: float, y_m: float, deg: float, length_m: float, *, colour: str = INK) -> bool:
        """Draw a double arrow with half heads, as spans are drawn on structural plans; return whether it is long enough to read."""
        if length_m / self.scale / M_PER_INCH < _ARROW_MIN_IN:
            return False
        ux, uy = math.cos(math.radians(deg)), math.sin(math.radians(deg))
        barb_m = min(_BARB_IN * self.scale * M_PER_INCH, 0.2 * length_m)
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
        size_m = size_in * self.scale * M_PER_INCH
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

    def label(self, places_m: Sequence[tuple[float, float]], text: str, *, within: BaseGeometry | None = None, **style: Any) -> bool:
        """Write a text at the first place where it covers no other text and stays ``within`` a shape; return whether one was found."""
        back = {"facecolor": "white", "edgecolor": "none", "alpha": 0.8, "pad": 0.8}
        options: dict[str, Any] = {"fontsize": FONT_PT - 1, "color": INK, "bbox": back, "ha": "center", "va": "center", **style}
        for x_m, y_m in places_m:
            note = self._on.text(x_m, y_m, drawable(text), zorder=8, parse_math=False, clip_on=True, **options)
            extent = note.get_window_extent(self._renderer)
            inside = self.plan.bbox.contains(*extent.min) and self.plan.bbox.contains(*extent.max)
            if inside and within is not None:
                (x0, y0), (x1, y1) = self.plan.transData.inverted().transform(extent.get_points())
                inside = within.covers(box(x0, y0, x1, y1))
            if inside and not any(extent.overlaps(other) for other in self._taken):
                self._taken.append(extent)
                return True
            note.remove()
        return False

    def png(self) -> bytes:
        """Return the sheet as PNG; its text chunks name the program and carry the footer."""
        words, buffer = self._words, io.BytesIO()
        self._renderer.clear()
        pixels = np.asarray(self._renderer.buffer_rgba())
        if self._behind is not None:
            pixels[:] = self._behind
        self.figure.draw(self._renderer)
        about = PngInfo()
        for name, text in (("Software", words.software), ("Title", words.title), ("Description", words.footer)):
            about.add_text(name, text)
        Image.fromarray(pixels).convert("RGB").save(buffer, "png", dpi=(DPI, DPI), pnginfo=about, compress_level=_PNG_LEVEL)
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


def drawn(draw: Callable[[], Drawn]) -> Drawn:
    """Return what ``draw`` makes under matplotlib's own defaults, so that a user's settings file changes nothing."""
    with mpl.rc_context():
        mpl.rcdefaults()
        mpl.rcParams["hatch.linewidth"] = 0.5
        mpl.rcParams["svg.fonttype"] = "none"
        mpl.rcParams["svg.hashsalt"] = "optopscan"  # ids inside the SVG are the same every time
        return draw()
