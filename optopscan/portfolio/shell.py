"""What every page about many buildings shares: one file, no network, no script, readable without colours or a mouse."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterable, Sequence
from html import escape
from importlib.resources import files
from typing import Any

from optopscan.report.tidy import clean
from optopscan.report.words import Language

_SKIP: dict[Language, str] = {"nl": "naar de inhoud", "en": "skip to content"}
_CONTENTS: dict[Language, str] = {"nl": "inhoud", "en": "contents"}


def text(value: Any) -> str:
    """Return a value as it may stand in a page."""
    return escape(clean(str(value)))


def facts(pairs: Iterable[tuple[str, str]]) -> str:
    """Return names with their values as a list of tiles."""
    return f'<dl class="facts">{"".join(f"<div><dt>{text(name)}</dt><dd>{text(value)}</dd></div>" for name, value in pairs)}</dl>'


def table(
    caption: str, heads: Sequence[str], rows: Iterable[Sequence[str]], *, left: Sequence[int] = (0,), tones: Sequence[str] = ()
) -> str:
    """Return a table; cells are HTML already, the first of a row is its head.

    Parameters
    ----------
    caption
        What the table is, for who cannot see where it stands; "" where a head just above it says so.
    heads
        Heads as text.
    rows
        Cells, as many as heads.
    left
        Columns of words; the others are numbers and stand to the right.
    tones
        "ok", "unknown", "over" or "" per row.
    """

    def mark(k: int) -> str:
        return "" if k in left else ' class="n"'

    head = "".join(f'<th scope="col"{mark(k)}>{text(name)}</th>' for k, name in enumerate(heads))
    body = []
    for n, row in enumerate(rows):
        tone = f' class="{tones[n]}"' if tones and tones[n] else ""
        cells = "".join(f"<td{mark(k)}>{cell}</td>" for k, cell in enumerate(row) if k)
        body.append(f'<tr{tone}><th scope="row">{row[0]}</th>{cells}</tr>')
    said = f"<caption>{text(caption)}</caption>" if caption else ""
    return f'<div class="scroll"><table>{said}<thead><tr>{head}</tr></thead><tbody>{"".join(body)}</tbody></table></div>'


def section(key: str, title: str, *content: str) -> str:
    """Return a part of the page under a head."""
    return f'<section id="{key}" aria-labelledby="h-{key}"><h2 id="h-{key}">{text(title)}</h2>{"".join(content)}</section>'


def note(words: str) -> str:
    """Return a remark."""
    return f'<p class="note">{text(words)}</p>'


def page(
    title: str, header: str, sections: Sequence[tuple[str, str, str]], footer: str, *, sheets: Sequence[str], language: Language
) -> bytes:
    """Return a page of sections, each with its key, the name in the contents, and its HTML.

    The policy in it lets in the style and nothing else; what is written twice from the same data has the same bytes.
    """
    style = "".join((files("optopscan") / sheet).read_text(encoding="utf-8") for sheet in ("report/page/style.css", *sheets))
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    policy = f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
    head = (
        '<meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">'
        f'<meta name="color-scheme" content="light dark"><meta http-equiv="Content-Security-Policy" content="{policy}">'
        f"<title>{text(title)}</title><style>{style}</style>"
    )
    contents = "\n".join(f'<a href="#{key}">{text(name)}</a>' for key, name, _ in sections if name)
    body = (
        f'<a class="skip" href="#main">{_SKIP[language]}</a>',
        f"<header><h1>{text(title)}</h1>{header}</header>",
        f'<nav aria-label="{_CONTENTS[language]}"><div>\n{contents}\n</div></nav>',
        '<main id="main">',
        *(content for _, _, content in sections),
        "</main>",
        f"<footer>{footer}</footer>",
    )
    lines = "\n".join(body)
    return f'<!DOCTYPE html>\n<html lang="{language}">\n<head>{head}</head>\n<body>\n{lines}\n</body>\n</html>\n'.encode()
