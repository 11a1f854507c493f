"""Fields of one building out of attributes that every generation of city data calls otherwise."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

from optopscan.catalog.city_rows import CityAttribute

YES = frozenset({"true", "1", "ja", "yes", "t"})
NO = frozenset({"false", "0", "nee", "no", "f"})
DIGITS = 16
"""Digits of an object of BAG, with leading zeros."""


def number(value: Any) -> float:
    """Return a number, nan for what is none; "1965" is one, True is not."""
    if value is None or isinstance(value, bool):
        return math.nan
    try:
        found = float(value)
    except (TypeError, ValueError):
        return math.nan
    return found if math.isfinite(found) else math.nan


def yes_no(value: Any) -> float:
    """Return 1.0 for yes, 0.0 for no, nan for anything else."""
    text = str(value).strip().lower()
    return 1.0 if text in YES else 0.0 if text in NO else math.nan


def told(attributes: Mapping[str, Any], row: CityAttribute) -> Any:
    """Return the value under the first name that is there, None where none is."""
    return next((attributes[name] for name in row.names if attributes.get(name) is not None), None)


def fields_of(attributes: Mapping[str, Any], rows: Mapping[str, CityAttribute]) -> dict[str, float]:
    """Return every number of a building by field; nan where it is not told."""
    found = {}
    for row in rows.values():
        if row.kind == "number":
            found[row.field] = number(told(attributes, row))
        elif row.kind == "yes-no":
            found[row.field] = yes_no(told(attributes, row))
    return found


def identity(text: Any) -> str:
    """Return how a building is looked up in a joined table: the digits of a BAG object, else the text as it is.

    Examples
    --------
    >>> identity("NL.IMBAG.Pand.0503100000012869"), identity("503100000012869"), identity("Blok A")
    ('0503100000012869', '0503100000012869', 'Blok A')
    """
    plain = str(text).strip()
    last = plain.rsplit(".", 1)[-1]
    return last.zfill(DIGITS) if last.isascii() and last.isdigit() and 12 <= len(last) <= DIGITS else plain


def roof_share(kind: Any) -> float:
    """Return the flat share that a roof type states: 1 for a horizontal roof, 0 for a slanted one, else nan.

    A slanted roof of 3D BAG may have flat parts; its type only says that not all of it is flat.
    """
    text = str(kind or "").strip().lower()
    return 1.0 if text.endswith("horizontal") else 0.0 if text == "slanted" else math.nan
