"""Drawings of a product sheet: the standard module from above with its supports, and the stack on an old roof."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from typing import Any

from matplotlib.axes import Axes
from matplotlib.patches import Polygon, Rectangle

from optopscan.catalog.concept import Concept
from optopscan.catalog.numbers import quantity
from optopscan.catalog.product import Product
from optopscan.report.plans.frame import GREY, INK, M_PER_INCH, write
from optopscan.report.product.sheet import plain_number
from optopscan.report.product.words import say, value_word
from optopscan.report.words import Language

Box = tuple[float, float, float, float]
"""x, y of the lower left corner, width and height on the page [inch]."""

SUPPORT, WINDOW, MODULE, OLD, TRANSFER = "#1f5f9e", "#7fb8dc", "#f3ece0", "#dcdcdc", "#b08a4a"
_SCALES = (20, 25, 50, 75, 100, 125, 150, 200, 250, 300, 400, 500, 750, 1000)
_ROOM_IN = 0.52
"""Around the module, for dimensions and labels."""
_CAPTION_IN = 0.2


def scale_of(size_m: tuple[float, float], room_in: tuple[float, float]) -> int:
    """Return n of the largest usual scale 1:n at which a size fits."""
    need = max(m / inch / M_PER_INCH for m, inch in zip(size_m, room_in, strict=True))
    return next((n for n in _SCALES if n >= need), math.ceil(need / 100) * 100)


def draw_module(page: Axes, product: Product, concept: Concept, language: Language, box: Box) -> None:
    """Draw the standard module from above: supports with what one storey brings to them, facades, front door, sizes."""
    x0, y0, wide, high = box
    size = (concept.length_m, concept.width_m)
    n = scale_of(size, (wide - 2 * _ROOM_IN, high - 2 * _ROOM_IN - _CAPTION_IN))
    inch = 1.0 / (n * M_PER_INCH)
    left = x0 + (wide - size[0] * inch) / 2
    low = y0 + _CAPTION_IN + (high - _CAPTION_IN - size[1] * inch) / 2

    def at(x_m: float, y_m: float) -> tuple[float, float]:
        return left + x_m * inch, low + y_m * inch

    page.add_patch(Rectangle(at(0, 0), size[0] * inch, size[1] * inch, facecolor=MODULE, edgecolor=INK, linewidth=0.8))
    _facades(page, product, size, at)
    rows = _support_rows(product, concept)
    for x_a, y_a, x_b, y_b, text in rows:
        (xa, ya), (xb, yb) = at(x_a, y_a), at(x_b, y_b)
        if math.hypot(xb - xa, yb - ya) < 0.02:
            page.add_patch(Rectangle((xa - 0.05, ya - 0.05), 0.1, 0.1, facecolor=SUPPORT, edgecolor="none", zorder=4))
        else:
            page.plot([xa, xb], [ya, yb], color=SUPPORT, linewidth=3.2, solid_capstyle="butt", zorder=4)
        _support_label(page, (x_a + x_b) / 2 / size[0], (y_a + y_b) / 2 / size[1], ((xa + xb) / 2, (ya + yb) / 2), text)
    _dimension(page, at(0, 0), at(size[0], 0), -0.3, f"{plain_number(size[0], language)} m")
    _dimension(page, at(0, 0), at(0, size[1]), -0.42, f"{plain_number(size[1], language)} m", upright=True)
    caption = say("plan", language, n=n)
    if not product.supports:
        caption = f"{caption}; {say('no_supports', language, word=value_word(concept.supports, language))}"
    write(page, x0, y0 + 0.06, caption, 6.4, GREY)


def _support_rows(product: Product, concept: Concept) -> list[tuple[float, float, float, float, str]]:
    """Return supports as stated, else as their word says, without loads."""
    stated = []
    for row in product.supports:
        load = quantity(row.g_kn, date=product.date)
        text = f"{row.code} {load.value:.0f} kN" if load.known else f"{row.code} ? kN"
        if load.known and load.hi > load.value:
            text += f" (max {load.hi:.0f})"
        stated.append((row.x0_m, row.y0_m, row.x1_m, row.y1_m, text))
    if stated:
        return stated
    long, wide = concept.length_m, concept.width_m
    drawn: dict[str, Sequence[tuple[float, float, float, float]]] = {
        "line-long": ((0, 0, long, 0), (0, wide, long, wide)),
        "line-short": ((0, 0, 0, wide), (long, 0, long, wide)),
        "point": tuple((x, y, x, y) for x in (0, long) for y in (0, wide)),
    }
    return [(*ends, "") for ends in drawn[concept.supports]]


def _support_label(page: Axes, share_x: float, share_y: float, place: tuple[float, float], text: str) -> None:
    """Write what comes on a support inside the module, beside it."""
    dx = 0.1 if share_x < 0.25 else -0.1 if share_x > 0.75 else 0.0
    dy = 0.14 if share_y < 0.5 else -0.14
    align = "left" if dx > 0 else "right" if dx < 0 else "center"
    write(page, place[0] + dx, place[1] + dy, text, 6.4, SUPPORT, ha=align, zorder=6)


def _facades(page: Axes, product: Product, size: tuple[float, float], place: Callable[[float, float], tuple[float, float]]) -> None:
    """Draw windows along the sides that have them and a triangle where the front door can be."""
    long, wide = size
    sides = {
        "voor": ((0, 0.15 * wide), (0, 0.85 * wide), (-1, 0)),
        "achter": ((long, 0.15 * wide), (long, 0.85 * wide), (1, 0)),
        "rechts": ((0.15 * long, 0), (0.85 * long, 0), (0, -1)),
        "links": ((0.15 * long, wide), (0.85 * long, wide), (0, 1)),
    }
    for side in product.geometry.facade_sides:
        start, end, _ = sides[side]
        (xa, ya), (xb, yb) = place(*start), place(*end)
        page.plot([xa, xb], [ya, yb], color=WINDOW, linewidth=2.6, solid_capstyle="butt", zorder=5)
    for side in product.geometry.entrance_sides:
        start, end, (nx, ny) = sides[side]
        x, y = place((start[0] + end[0]) / 2, (start[1] + end[1]) / 2)
        tip = [(x, y), (x + nx * 0.12 - ny * 0.06, y + ny * 0.12 - nx * 0.06), (x + nx * 0.12 + ny * 0.06, y + ny * 0.12 + nx * 0.06)]
        page.add_patch(Polygon(tip, closed=True, facecolor=INK, edgecolor="none", zorder=6))
    for side in dict.fromkeys((*product.geometry.facade_sides, *product.geometry.entrance_sides)):
        start, end, (nx, ny) = sides[side]
        x, y = place((start[0] + end[0]) / 2, (start[1] + end[1]) / 2)
        turn: dict[str, Any] = {"rotation": 90} if nx else {}
        write(page, x + nx * 0.2, y + ny * 0.2, side, 6.0, GREY, ha="center", **turn)


def _dimension(page: Axes, start: tuple[float, float], end: tuple[float, float], off: float, text: str, *, upright: bool = False) -> None:
    """Draw a dimension line at a distance ``off`` [inch] below or left of what it measures."""
    dx, dy = (off, 0.0) if upright else (0.0, off)
    xs, ys = [start[0] + dx, end[0] + dx], [start[1] + dy, end[1] + dy]
    page.plot(xs, ys, color=INK, linewidth=0.5)
    for x, y in zip(xs, ys, strict=True):
        page.plot([x - 0.035, x + 0.035], [y - 0.035, y + 0.035], color=INK, linewidth=0.7)
    middle = (sum(xs) / 2, sum(ys) / 2)
    turn: dict[str, Any] = {"rotation": 90} if upright else {}
    back = {"facecolor": "white", "edgecolor": "none", "pad": 0.8}
    write(page, *middle, text, 6.6, ha="center", bbox=back, **turn)


def draw_stack(page: Axes, concept: Concept, language: Language, box: Box) -> None:
    """Draw the storeys across a module, on the transfer layer and an old building, or beside or in it."""
    x0, y0, wide, high = box
    storeys = concept.max_storeys
    depth = concept.transfer_depth_m
    on_roof, in_plinth = concept.on_roof, set(concept.access) == {"plint"}
    below_m = 1.6 if on_roof else 0.0
    above_m = 1.2 if in_plinth else 0.0
    total_m = below_m + depth + storeys * concept.height_m + above_m
    n = scale_of((concept.width_m, total_m), (wide - 1.5, high - _CAPTION_IN - 0.25))
    inch = 1.0 / (n * M_PER_INCH)
    left, base = x0 + 0.55, y0 + _CAPTION_IN + 0.1
    width = concept.width_m * inch
    y = base
    if on_roof:
        _block(page, left - 0.15, y, width + 0.3, below_m * inch, OLD, say("old", language))
        y += below_m * inch
    else:
        page.plot([left - 0.3, left + width + 0.3], [y, y], color=INK, linewidth=1.2)
    if depth > 0.0:
        page.add_patch(Rectangle((left, y), width, depth * inch, facecolor=TRANSFER, edgecolor=INK, linewidth=0.5))
        write(page, left + width + 0.08, y + depth * inch / 2, f"{plain_number(depth, language)} m", 6.0, GREY)
        y += depth * inch
    first = y
    for k in range(storeys):
        _block(page, left, y, width, concept.height_m * inch, MODULE, f"+{k + 1}" if on_roof else f"{k + 1}")
        y += concept.height_m * inch
    if in_plinth:
        _block(page, left - 0.15, y, width + 0.3, above_m * inch, OLD, say("old", language))
    step = concept.height_m * inch
    _dimension(page, (left, first), (left, first + step), -0.25, f"{plain_number(concept.height_m, language)} m", upright=True)
    write(page, x0 + 0.1, y0 + 0.06, say("stack", language, n=n), 6.4, GREY)


def _block(page: Axes, x: float, y: float, wide: float, high: float, face: str, text: str) -> None:
    page.add_patch(Rectangle((x, y), wide, high, facecolor=face, edgecolor=INK, linewidth=0.6))
    write(page, x + wide / 2, y + high / 2, text, 6.4, ha="center")
