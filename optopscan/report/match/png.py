"""A match as one picture: products by rank, families beside each other, in each field the outcomes as a bar."""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle
from PIL import Image
from PIL.PngImagePlugin import PngInfo

from optopscan import __version__
from optopscan.matching.matrix import OUTCOMES, Matrix
from optopscan.report.match.look import COLOUR, DARK, shares
from optopscan.report.match.text import group_name, group_words, notes, percent
from optopscan.report.match.words import outcome_word, say
from optopscan.report.plans.frame import DPI, GREY, INK, write
from optopscan.report.plans.sheet import drawn
from optopscan.report.tidy import clean
from optopscan.report.words import Language

NAME = "match.png"
_NAME_IN, _FIELD_IN, _ROW_IN, _MARGIN_IN = 2.1, 0.95, 0.34, 0.35
_HEAD_IN, _FOOT_IN, _GAP_IN = 1.75, 1.4, 0.04
_CUT = 26


def match_png(matrix: Matrix, language: Language = "nl") -> bytes:
    """Return the picture; the same matrix gives the same bytes."""
    return drawn(lambda: _picture(matrix, language))


def _picture(matrix: Matrix, language: Language) -> bytes:
    columns, ranking = [*matrix.groups, ""], matrix.ranking()
    width = max(2 * _MARGIN_IN + _NAME_IN + _FIELD_IN * len(columns) + 0.8, 8.5)
    height = _HEAD_IN + _ROW_IN * len(ranking) + _FOOT_IN
    figure = Figure(figsize=(width, height), dpi=DPI, facecolor="white")
    canvas: Any = FigureCanvasAgg(figure)
    page = figure.add_axes((0, 0, 1, 1))
    page.set(xlim=(0, width), ylim=(0, height))
    page.axis("off")
    write(page, _MARGIN_IN, height - 0.3, say("title", language), 12, fontweight="bold")
    for k, group in enumerate(columns):
        name = _cut(clean(group_name(matrix, group, language)), 40) if group else say("all_roofs", language)
        x = _MARGIN_IN + _NAME_IN + (k + 0.25) * _FIELD_IN
        write(
            page,
            x,
            height - _HEAD_IN + 0.08,
            name,
            7,
            rotation=32,
            ha="left",
            rotation_mode="anchor",
            fontweight="normal" if group else "bold",
        )
    for row, reach in enumerate(ranking):
        y = height - _HEAD_IN - (row + 1) * _ROW_IN
        write(page, _MARGIN_IN, y + _ROW_IN / 2, _cut(clean(reach.product)), 8)
        for k, group in enumerate(columns):
            words = group_words(matrix, reach.product, group, language) if group else percent(reach.share)
            _field(page, (_MARGIN_IN + _NAME_IN + k * _FIELD_IN, y), shares(matrix, reach.product, group), words)
    _legend(page, notes(matrix, language), language)
    return _png(canvas, say("title", language), notes(matrix, language))


def _cut(text: str, most: int = _CUT) -> str:
    return text if len(text) <= most else f"{text[: most - 3]}..."


def _field(page: Axes, at: tuple[float, float], parts: tuple[tuple[Any, float], ...], words: str) -> None:
    x, y = at[0], at[1] + _GAP_IN / 2
    width, height = _FIELD_IN - _GAP_IN, _ROW_IN - _GAP_IN
    for outcome, share in parts:
        page.add_patch(Rectangle((x, y), share * width, height, facecolor=COLOUR[outcome], edgecolor="none"))
        x += share * width
    page.add_patch(Rectangle((at[0], y), width, height, facecolor="none", edgecolor=GREY, linewidth=0.4))
    # the middle of the field decides whether the words lie on a dark colour
    middle = next(outcome for k, (outcome, _) in enumerate(parts) if sum(share for _, share in parts[: k + 1]) >= 0.5 - 1e-9)
    write(page, at[0] + width / 2, y + height / 2, words, 8, "white" if middle in DARK else INK, ha="center")


def _legend(page: Axes, told: Sequence[str], language: Language) -> None:
    x, y = _MARGIN_IN, _FOOT_IN - 0.25
    for outcome in OUTCOMES:
        page.add_patch(Rectangle((x, y - 0.06), 0.18, 0.12, facecolor=COLOUR[outcome], edgecolor=GREY, linewidth=0.4))
        word = outcome_word(outcome, language)
        write(page, x + 0.24, y, word, 7.5)
        x += 0.5 + 0.085 * len(word)
    for k, line in enumerate(told):
        write(page, _MARGIN_IN, y - 0.24 - 0.15 * k, line, 6.5, GREY)


def _png(canvas: Any, title: str, told: Sequence[str]) -> bytes:
    canvas.draw()
    buffer, chunks = io.BytesIO(), PngInfo()
    for name, text in (("Software", f"optopscan {__version__}"), ("Title", title), ("Description", told[-1])):
        chunks.add_text(name, text)
    Image.fromarray(np.asarray(canvas.buffer_rgba())).convert("RGB").save(buffer, "png", dpi=(DPI, DPI), pnginfo=chunks)
    return buffer.getvalue()
