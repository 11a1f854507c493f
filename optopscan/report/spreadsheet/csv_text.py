"""Tables as text that a spreadsheet opens: Dutch with semicolons and decimal commas, English with commas and points."""

from __future__ import annotations

import csv
import io
import math
from collections.abc import Iterable, Sequence

from optopscan.report.tidy import clean
from optopscan.report.words import LANGUAGES, Language, number

FORMULA = ("=", "+", "-", "@", "\t", "\r")


def words(value: str) -> str:
    """Return text that no spreadsheet takes for a formula: an apostrophe goes before a sign that begins one.

    Examples
    --------
    >>> words("=1+1"), words("wand 1")
    ("'=1+1", 'wand 1')
    """
    found = clean(value)
    return f"'{found}" if found.startswith(FORMULA) else found


def figure(value: float | None, digits: int, language: Language) -> str:
    """Return a number with fixed decimals; empty where it is not known."""
    return "" if value is None or math.isnan(value) else number(value, digits, language)


def table(rows: Iterable[Sequence[str]], language: Language) -> bytes:
    """Return rows of cells as a file: UTF-8 with a mark, so that a spreadsheet reads it as such."""
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";,"[LANGUAGES.index(language)], lineterminator="\r\n")
    writer.writerows(rows)
    return ("\ufeff" + out.getvalue()).encode("utf-8")
