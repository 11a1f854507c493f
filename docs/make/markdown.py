"""Small pieces of Markdown."""

from __future__ import annotations

import html
import math
from collections.abc import Iterable, Sequence


def cell(value: object) -> str:
    """Return a value as the text of a table cell."""
    return _plain(" ".join((number(value) if isinstance(value, float) else str(value)).split()))


def _plain(text: str) -> str:
    """Return text in which nothing is Markdown or HTML any more."""
    return html.escape(text, quote=False).translate({ord(sign): f"&#{ord(sign)};" for sign in "|*_`[]"})


def number(value: float) -> str:
    """Return a number without digits that say nothing; nothing for one that is not known."""
    return "" if math.isnan(value) else f"{value:.6g}"


def code(text: str) -> str:
    """Return text as code inside a table cell."""
    return f"<code>{_plain(text)}</code>" if text else ""


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Return a table of cells that are Markdown already."""
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines) + "\n"


def block(text: str, language: str = "text") -> str:
    """Return text as a fenced block."""
    return f"```{language}\n{text.rstrip()}\n```\n"
