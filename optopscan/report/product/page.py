"""A product sheet as one A4 page: the module with its supports and the stack to scale, every value with its source."""

from __future__ import annotations

import io
import textwrap
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from PIL import Image
from PIL.PngImagePlugin import PngInfo

from optopscan import __version__
from optopscan.catalog.concept import Concept
from optopscan.catalog.product import Product
from optopscan.report.plans.frame import DPI, GREY, INK, write
from optopscan.report.plans.sheet import ACCENT, drawn
from optopscan.report.product.drawing import draw_module, draw_stack
from optopscan.report.product.sheet import Line, ProductSheet, Section, sheet_of
from optopscan.report.product.words import say
from optopscan.report.words import Language

A4_IN = (8.27, 11.69)  # ISO 216
MARGIN_IN = 0.45
_DRAWING_IN = 2.4
_GAP_IN = 0.3
_PITCH_IN = 0.142
_TEXT_PT = 6.6
_TEXT_LEAST_PT = 3.5
_LABEL_SHARE = 0.40
_CHARS_PER_IN_PT = 132.0
"""Characters in an inch of 1 pt text, measured on the widest lines of the catalogue."""


def render(product: Product, concept: Concept, form: str, language: Language = "nl") -> bytes:
    """Return the page as "svg" or "png"; the same product gives the same bytes."""
    return drawn(lambda: _page(product, concept, language).file(form))


@dataclass(frozen=True)
class _Sheet:
    figure: Figure
    canvas: Any
    said: ProductSheet

    def file(self, form: str) -> bytes:
        buffer = io.BytesIO()
        if form == "svg":
            about = {"Creator": f"optopscan {__version__}", "Title": self.said.title, "Description": self.said.footer, "Date": None}
            self.figure.savefig(buffer, format="svg", metadata=about)
            return buffer.getvalue()
        self.canvas.draw()
        pixels, chunks = np.asarray(self.canvas.buffer_rgba()), PngInfo()
        for name, text in (("Software", f"optopscan {__version__}"), ("Title", self.said.title), ("Description", self.said.footer)):
            chunks.add_text(name, text)
        Image.fromarray(pixels).convert("RGB").save(buffer, "png", dpi=(DPI, DPI), pnginfo=chunks)
        return buffer.getvalue()


def _page(product: Product, concept: Concept, language: Language) -> _Sheet:
    said = sheet_of(product, concept, language)
    figure = Figure(figsize=A4_IN, dpi=DPI, facecolor="white")
    canvas: Any = FigureCanvasAgg(figure)
    page = figure.add_axes((0, 0, 1, 1))
    page.set(xlim=(0, A4_IN[0]), ylim=(0, A4_IN[1]))
    page.axis("off")
    top = _title(page, said)
    _drawings(page, product, concept, language, top)
    foot = _sources(page, said, language)
    _columns(page, said.sections, language, top - _DRAWING_IN - 0.1, foot + 0.1)
    return _Sheet(figure, canvas, said)


def _title(page: Axes, said: ProductSheet) -> float:
    """Write the head of the page; return where it ends [inch]."""
    wide = A4_IN[0] - 2 * MARGIN_IN
    top = A4_IN[1] - MARGIN_IN
    write(
        page, MARGIN_IN, top - 0.05, textwrap.shorten(said.title, int(wide * _CHARS_PER_IN_PT / 14), placeholder="..."), 13, weight="bold"
    )
    write(page, MARGIN_IN, top - 0.29, textwrap.shorten(said.subtitle, int(wide * _CHARS_PER_IN_PT / 8), placeholder="..."), 8, GREY)
    if said.fictitious:
        write(page, A4_IN[0] - MARGIN_IN, top - 0.29, said.fictitious, 8, ACCENT, weight="bold", ha="right")
    page.plot([MARGIN_IN, A4_IN[0] - MARGIN_IN], [top - 0.42] * 2, color=INK, linewidth=0.8)
    return top - 0.5


def _cut(text: str, wide: float, size: float) -> str:
    return textwrap.shorten(text, int(wide * _CHARS_PER_IN_PT / size), placeholder="...")


def _drawings(page: Axes, product: Product, concept: Concept, language: Language, top: float) -> None:
    """Draw the module at the left, the stack at the right, each at its own scale."""
    wide = A4_IN[0] - 2 * MARGIN_IN
    at = (MARGIN_IN, top - _DRAWING_IN)
    draw_module(page, product, concept, language, (*at, wide * 0.66, _DRAWING_IN))
    draw_stack(page, concept, language, (at[0] + wide * 0.68, at[1], wide * 0.32, _DRAWING_IN))


def _sources(page: Axes, said: ProductSheet, language: Language) -> float:
    """Write sources, in two columns, and the footer at the foot of the page; return how high they reach [inch]."""
    size, pitch = 5.0, 0.092
    wide = A4_IN[0] - 2 * MARGIN_IN
    column = (wide - _GAP_IN) / 2
    y = MARGIN_IN - 0.1
    for text in reversed(textwrap.wrap(said.footer, int(wide * _CHARS_PER_IN_PT / size))):
        write(page, MARGIN_IN, y, text, size, GREY)
        y += pitch
    blocks = []
    for n, source in enumerate(said.sources, 1):
        start = f"[{n}] "
        blocks.append(textwrap.wrap(source, int(column * _CHARS_PER_IN_PT / size), initial_indent=start, subsequent_indent=" " * 6))
    if not blocks:
        return y
    split = _split([len(block) for block in blocks])
    parts = [[row for block in part for row in block] for part in (blocks[:split], blocks[split:])]
    top = y + 0.05 + pitch * max(map(len, parts))
    for k, part in enumerate(parts):
        for row, text in enumerate(part):
            write(page, MARGIN_IN + k * (column + _GAP_IN), top - (row + 0.5) * pitch, text, size)
    write(page, MARGIN_IN, top + 0.08, say("sources", language), 6.5, weight="bold")
    page.plot([MARGIN_IN, A4_IN[0] - MARGIN_IN], [top + 0.18] * 2, color=GREY, linewidth=0.4)
    return top + 0.2


def _columns(page: Axes, sections: Sequence[Section], language: Language, top: float, foot: float) -> None:
    """Write the sections in two columns of the same height, smaller where they do not fit."""
    wide = (A4_IN[0] - 2 * MARGIN_IN - _GAP_IN) / 2
    size = _TEXT_PT
    while True:
        pitch = _PITCH_IN * size / _TEXT_PT
        rows = [row for section in sections for row in _block(section, wide, size)][1:]
        split = _break(rows)
        if max(split, len(rows) - split + 1) * pitch <= top - foot or size <= _TEXT_LEAST_PT:
            break
        size -= 0.1
    open_heading = next((label for label, text in reversed(rows[:split]) if text is None and label), "")
    starts_new = split < len(rows) and rows[split] == ("", None)
    rest = rows[split + 1 :] if starts_new else [(say("on", language, what=open_heading), None), *rows[split:]]
    for column, part in enumerate((rows[:split], rest)):
        x, y = MARGIN_IN + column * (wide + _GAP_IN), top
        for label, text in part:
            y -= pitch
            bold = text is None
            write(page, x, y, label, size + 0.6 if bold else size, INK if bold else GREY, **({"weight": "bold"} if bold else {}))
            if text:
                write(page, x + wide * _LABEL_SHARE, y, text, size)


def _break(rows: Sequence[tuple[str, str | None]]) -> int:
    """Return where the second column starts: halfway, but not right after a heading or inside a line that goes on."""
    split = (len(rows) + 1) // 2
    while split < len(rows) and (rows[split - 1][1] is None or (rows[split][0] == "" and rows[split][1] is not None)):
        split += 1
    return split


def _block(section: Section, wide: float, size: float) -> list[tuple[str, str | None]]:
    """Return the rows of a section: label and text; a heading has no text, a blank row stands before it."""
    chars = int(wide * (1.0 - _LABEL_SHARE) * _CHARS_PER_IN_PT / size)
    label_chars = int(wide * _LABEL_SHARE * _CHARS_PER_IN_PT / size) - 1
    rows: list[tuple[str, str | None]] = [("", None), (section.title, None)]
    for line in section.lines:
        rows += _row(line, label_chars, chars)
    return rows


def _row(line: Line, label_chars: int, chars: int) -> list[tuple[str, str | None]]:
    labels = textwrap.wrap(line.label, label_chars) or [""]
    texts = textwrap.wrap(line.text + (f" [{line.source}]" if line.source else ""), chars) or [""]
    n = max(len(labels), len(texts))
    return [(labels[k] if k < len(labels) else "", texts[k] if k < len(texts) else "") for k in range(n)]


def _split(heights: Sequence[int]) -> int:
    """Return how many blocks stand in the first column, so that the longer column is as short as can be."""
    return min(range(1, len(heights) + 1), key=lambda k: (max(sum(heights[:k]), sum(heights[k:])), k))
