"""A product sheet for the terminal: sections with labels in one column, values in the other, sources numbered below."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator

from optopscan.report.product.sheet import ProductSheet
from optopscan.report.product.words import say
from optopscan.report.words import Language

WIDTH = 118


def render(sheet: ProductSheet, language: Language = "nl") -> str:
    """Return the sheet as text, no line longer than `WIDTH`."""
    return "\n".join(_rows(sheet, language)) + "\n"


def _rows(sheet: ProductSheet, language: Language) -> Iterator[str]:
    yield sheet.title
    yield sheet.subtitle
    if sheet.fictitious:
        yield sheet.fictitious
    wide = max(len(line.label) for section in sheet.sections for line in section.lines)
    for section in sheet.sections:
        yield ""
        yield section.title
        for line in section.lines:
            mark = f" [{line.source}]" if line.source else ""
            first, rest = f"  {line.label:<{wide}}  ", " " * (wide + 4)
            yield from textwrap.wrap(line.text + mark, WIDTH, initial_indent=first, subsequent_indent=rest) or [first.rstrip()]
    if sheet.sources:
        yield ""
        yield say("sources", language)
        for n, source in enumerate(sheet.sources, 1):
            yield from textwrap.wrap(source, WIDTH, initial_indent=f"  [{n}] ", subsequent_indent="      ")
    yield ""
    yield from textwrap.wrap(sheet.footer, WIDTH)
