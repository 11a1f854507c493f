"""The file of assumptions that `feasibility --write-assumptions` writes: every assumption, its range, unit and source.

Read again as it is, it changes nothing.
"""

from __future__ import annotations

import json
import textwrap
from collections.abc import Iterable, Iterator

from optopscan.catalog.assumptions import SCHEMA, Assumed
from optopscan.catalog.numbers import UNKNOWN

WIDTH = 110
GROUPS = {
    "building": ("Gebouw en termijn", "Building and term"),
    "income": ("Huur en lasten", "Rent and charges"),
    "works": ("Bouwkosten", "Works"),
    "other": ("Bijkomende kosten", "Other costs"),
    "parking": ("Parkeren", "Parking"),
    "carbon": ("CO2", "CO2"),
}
_HEAD = (
    (
        "Aannamen van de haalbaarheid van een gebouw. Elke waarde is een bereik van lo tot hi; value = getal geeft beide, "
        'value = "onbekend" geen van beide. Bedragen zijn exclusief btw. Een onbekende waarde maakt elke som waarin zij '
        "voorkomt onbekend. Pas aan wat u beter weet, en zeg bij source waar het vandaan komt.",
        "eenheid",
        "standaard",
        "bron",
        "zekerheid",
        "prijspeil",
        "niet opgegeven",
    ),
    (
        "Assumptions of the feasibility of a building. Each value is a range from lo to hi; value = number states both, "
        'value = "onbekend" neither. Amounts exclude VAT. A value that is not known makes every sum that it is in unknown. '
        "Change what you know better, and say under source where it comes from.",
        "unit",
        "default",
        "source",
        "confidence",
        "price date",
        "not stated",
    ),
)


def assumptions_toml(assumptions: Iterable[Assumed], lang: str = "nl") -> str:
    """Return the file; assumptions stand together by group, in the order given."""
    rows = list(assumptions)
    at = 0 if lang == "nl" else 1
    lines = [*_comment(_HEAD[at][0]), f"schema = {json.dumps(SCHEMA)}"]
    for group, titles in GROUPS.items():
        own = [row for row in rows if row.group == group]
        if own:
            lines += ["", f"# ---- {titles[at]} ----"]
        for row in own:
            lines += ["", *_table(row, at)]
    return "\n".join(lines) + "\n"


def _table(row: Assumed, at: int) -> Iterator[str]:
    _, unit, default, source, confidence, price_date, unstated = _HEAD[at]
    shown = f"{row.lo!r} - {row.hi!r}" if row.known else f"{UNKNOWN} ({row.unknown})"
    yield from _comment(f"{(row.nl, row.en)[at]}")
    yield from _comment(f"{unit}: {row.unit}; {default}: {shown}; {confidence}: {row.confidence}")
    yield from _comment(f"{source}: {row.source}; {price_date}: {row.price_date or unstated}")
    yield f"[assumptions.{row.id}]"
    if not row.known:
        yield f"value = {json.dumps(UNKNOWN)}"
    else:
        yield f"lo = {row.lo!r}"
        yield f"hi = {row.hi!r}"
    yield f"source = {json.dumps(row.source, ensure_ascii=False)}"
    if row.price_date:
        yield f"price_date = {json.dumps(row.price_date, ensure_ascii=False)}"


def _comment(text: str) -> list[str]:
    return textwrap.wrap(text, WIDTH, initial_indent="# ", subsequent_indent="# ", break_on_hyphens=False)
