"""How the plain texts are laid out: headings, wrapped lines, items, tables; at most `WIDTH` columns."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence

WIDTH = 100


def heading(text: str) -> list[str]:
    """Return a title with a line under it."""
    return [text, "-" * min(len(text), WIDTH)]


def wrap(text: str, indent: str = "", hang: str = "") -> list[str]:
    """Return lines; ``hang`` goes before every line but the first."""
    return textwrap.wrap(text, WIDTH, initial_indent=indent, subsequent_indent=hang or indent, break_on_hyphens=False) or [""]


def item(text: str) -> list[str]:
    """Return one item of a list."""
    return wrap(text, indent="- ", hang="  ")


def table(head: Sequence[str], rows: Sequence[Sequence[str]], left: int = 1) -> list[str]:
    """Return aligned rows: the first ``left`` columns to the left, numbers to the right, cut at the page width."""
    columns = list(zip(head, *rows, strict=True))
    widths = [max(map(len, column)) for column in columns]
    spare = WIDTH - 2 - 2 * (len(widths) - 1) - sum(widths)
    while spare < 0 and max(widths) > 6:
        widest = widths.index(max(widths))
        widths[widest] -= 1
        spare += 1
    lines = []
    for row in (head, *rows):
        cut = [text if len(text) <= width else text[: width - 1] + "~" for text, width in zip(row, widths, strict=True)]
        cells = [text.ljust(width) if at < left else text.rjust(width) for at, (text, width) in enumerate(zip(cut, widths, strict=True))]
        lines.append(("  " + "  ".join(cells)).rstrip())
    return lines
