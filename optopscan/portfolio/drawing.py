"""The map of a screening as SVG: places by how much of them is hopeful, footprints behind; no tiles, no script."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from html import escape
from typing import Any

import numpy as np
import shapely

from optopscan.portfolio.text import headline, number, range_of
from optopscan.report.tidy import clean

WIDTH = 1000.0
MOST_HEIGHT = 640.0
STEPS = ((0.0, "geen", "s0"), (0.1, "tot 10 %", "s1"), (0.25, "tot 25 %", "s2"), (0.5, "tot 50 %", "s3"), (1.0, "meer dan 50 %", "s4"))
"""Share of buildings that are likely or possible: at most, words, class."""
WORD_CLASS = {"kansrijk": "w2", "mogelijk": "w1", "niet": "w0", "onbekend": "w3"}
MARGIN = 0.04


@dataclass(frozen=True, kw_only=True)
class Marked:
    """A footprint with its word and why, for a map per building."""

    shape: shapely.Geometry
    id: str
    word: str
    why: str


def step_of(place: dict[str, Any]) -> tuple[str, str]:
    """Return words and class for the share of a place that is hopeful."""
    share = place["series"] / place["buildings"]
    return next((words, name) for most, words, name in STEPS if share <= most)


def map_svg(record: dict[str, Any], context: Sequence[shapely.Geometry], marked: Sequence[Marked] = ()) -> str:
    """Return the map; "" where nothing has a shape.

    Parameters
    ----------
    record
        The record.
    context
        Footprints without an answer.
    marked
        Footprints with an answer, for output per building; drawn in place of the context.
    """
    places = [(k, row, shapely.geometry.shape(row["shape"])) for k, row in enumerate(record["places"]) if row["shape"]]
    drawn = [one.shape for one in marked] or list(context)
    if not places and not drawn:
        return ""
    view = _View(shapely.total_bounds(np.array([*(shape for _, _, shape in places), *drawn], dtype=object)))
    body = [_place(view, k, row, shape, filled=not marked) for k, row, shape in sorted(places, key=lambda one: -one[2].area)]
    if marked:
        body += [_building(view, one) for one in marked]
    elif context:
        body.append(f'<path class="bld" d="{"".join(view.path(shape) for shape in context)}"/>')
    body += [_label(view, k, row, shape) for k, row, shape in places] if not marked else []
    body.append(view.scale_bar())
    label = escape(clean(headline(record)))
    return (
        f'<svg role="img" aria-label="Kaart: {label}" viewBox="0 0 {WIDTH:g} {view.height:.1f}" xmlns="http://www.w3.org/2000/svg">'
        + "\n".join(body)
        + "</svg>"
    )


class _View:
    """From the plane of the map to the picture; north is up."""

    def __init__(self, bounds: Any) -> None:
        x0, y0, x1, y1 = (float(value) for value in bounds)
        pad = max(x1 - x0, y1 - y0, 1.0) * MARGIN
        wide, high = x1 - x0 + 2 * pad, y1 - y0 + 2 * pad
        self.scale = min(WIDTH / wide, MOST_HEIGHT / high)
        self.height = high * self.scale
        self.x0, self.y1 = x0 - pad - 0.5 * (WIDTH / self.scale - wide), y1 + pad

    def at(self, x: float, y: float) -> tuple[float, float]:
        return (x - self.x0) * self.scale, (self.y1 - y) * self.scale

    def path(self, shape: shapely.Geometry) -> str:
        rings = [ring for part in shapely.get_parts(shape) if part.geom_type == "Polygon" for ring in (part.exterior, *part.interiors)]
        return "".join(self._ring(ring.coords) for ring in rings)

    def _ring(self, coords: Iterable[Sequence[float]]) -> str:
        points = [self.at(point[0], point[1]) for point in coords][:-1]
        return "M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in points) + "Z"

    def scale_bar(self) -> str:
        """Return a bar of a round length of about a fifth of the map."""
        length = WIDTH / self.scale / 5.0
        power = 10.0 ** np.floor(np.log10(length))
        nice = max(step * power for step in (1.0, 2.0, 5.0) if step * power <= length)
        words = f"{nice / 1000:g} km" if nice >= 1000 else f"{nice:g} m"
        x, y = 20.0, self.height - 14.0
        return (
            f'<path class="bar" d="M{x:.1f} {y - 5:.1f}V{y:.1f}H{x + nice * self.scale:.1f}V{y - 5:.1f}"/>'
            f'<text class="bar-t" x="{x:.1f}" y="{y - 9:.1f}">{words.replace(".", ",")}</text>'
        )


def _place(view: _View, k: int, row: dict[str, Any], shape: shapely.Geometry, *, filled: bool) -> str:
    words, name = step_of(row)
    name = name if filled else "out"
    told = (
        f"{row['name']}: {number(row['buildings'])} gebouwen, {number(row['series'])} kansrijk of mogelijk ({words}), "
        f"woningen {range_of(row['dwellings'])}; vaakst: {row['reason']}"
    )
    return f'<a href="#g{k}"><path class="plc {name}" d="{view.path(shape)}"><title>{escape(clean(told))}</title></path></a>'


def _label(view: _View, k: int, row: dict[str, Any], shape: shapely.Geometry) -> str:
    x, y = view.at(*shape.representative_point().coords[0])
    x0, y0, x1, y1 = shape.bounds
    if min(x1 - x0, y1 - y0) * view.scale < 60.0:
        return ""
    return (
        f'<a href="#g{k}"><text class="lab" x="{x:.1f}" y="{y:.1f}"><tspan>{number(row["series"])}</tspan>'
        f'<tspan class="of"> van {number(row["buildings"])}</tspan></text></a>'
    )


def _building(view: _View, one: Marked) -> str:
    told = escape(clean(f"{one.id}: {one.word}; {one.why}"))
    return f'<path class="mk {WORD_CLASS[one.word]}" d="{view.path(one.shape)}"><title>{told}</title></path>'
