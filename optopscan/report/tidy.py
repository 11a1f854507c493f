"""From Python values to the text of the record: clean strings, rounded numbers, no NaN.

Digits are stated per unit in `DIGITS`, by the last part of a key. What an
engineer needs to repeat a calculation (`inputs` of a check, `settings`, `load_basis`) keeps six
significant digits instead.
"""

from __future__ import annotations

import dataclasses
import json
import math
import unicodedata
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

import numpy as np

UC_MAX = 999.0

DIGITS: dict[str, int] = {
    "_m": 4,
    "_m2": 3,
    "_m3": 4,
    "_deg": 4,
    "_kn": 3,
    "_knm": 3,
    "_kn_m": 3,
    "_kn_m2": 3,
    "_kg_m3": 1,
    "_mpa": 3,
    "rests_m2": 6,
    "bears_roof_m2": 6,
    "lifts_roof_m2": 6,
    "_by_storey": 3,
    "_probability": 4,
    "at_least": 4,
    "standard_error": 5,
    "frequency": 4,
    "p_now": 4,
    "p_then": 4,
    "p_good": 4,
    "decides": 4,
    "needed": 3,
    "uc": 4,
    "resistance": 3,
    "share": 6,
    "weight": 3,
    "gap": 6,
    "r_char": 4,
    "r_psi": 4,
    "footprint": 4,
    "holes": 4,
    "polygon": 4,
    "origin": 4,
    "x_axis": 9,
    "z_axis": 9,
    "rotation": 6,
    "unit": 6,
}
SIGNIFICANT = -1
SIGNIFICANT_UNDER = frozenset({"inputs", "settings", "load_basis", "drawing"})
_CAPPED = frozenset({"uc", "max_uc"})
_ENCODER = json.JSONEncoder(sort_keys=True, ensure_ascii=False, allow_nan=False)
_DROPPED = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})


def clean(text: str) -> str:
    r"""Return text on one line without control, direction or unassigned characters.

    Examples
    --------
    >>> clean("wand\x1b[31m\n as 3")
    'wand[31m as 3'
    """
    if text.isascii() and text.isprintable():  # nearly all
        return " ".join(text.split())
    spaced = (" " if char in "\t\n\r\v\f\x85\u2028\u2029" else char for char in text)
    kept = "".join(char for char in spaced if unicodedata.category(char) not in _DROPPED)
    return " ".join(kept.split())


def base_name(name: str) -> str:
    """Return a file name without any folder, of either kind of slash."""
    return clean(name).replace("\\", "/").rsplit("/", 1)[-1]


def tidy(value: Any, digits: int = 6) -> Any:
    """Return the value as JSON can hold it.

    Numbers are rounded to ``digits`` decimals, a key's own rule (`DIGITS`) going before
    that of the object around it; under `SIGNIFICANT_UNDER` to six significant digits. NaN and infinity become
    None, except that a utilisation is cut off at `UC_MAX`, so that it stays "over". A dataclass becomes an object.
    """
    if isinstance(value, (np.ndarray, np.generic)):
        value = value.tolist()
    if isinstance(value, str):
        return clean(value)
    if isinstance(value, float):
        return _rounded(value, digits)
    if value is None or isinstance(value, int):
        return value
    if dataclasses.is_dataclass(value):
        value = fields_of(value)
    if isinstance(value, Mapping):
        return _tidy_object(value, digits)
    tidied = [tidy(item, digits) for item in value]
    return sorted(tidied) if isinstance(value, (frozenset, set)) else tidied


def _tidy_object(value: Mapping[Any, Any], digits: int) -> dict[str, Any]:
    tidied = {}
    for key, item in value.items():
        name, own = _read_key(str(key))
        kept = SIGNIFICANT if digits == SIGNIFICANT else digits if own is None else own
        tidied[name] = tidy(_capped(item) if key in _CAPPED else item, kept)
    return tidied


def fields_of(row: Any) -> dict[str, Any]:
    """Return the fields of a dataclass by name, as they are."""
    return {spec.name: getattr(row, spec.name) for spec in dataclasses.fields(row)}


def dumps(record: Mapping[str, Any]) -> str:
    """Return the record as JSON: sorted keys, one row of a table per line, newline at the end."""
    blocks = [f"{_compact(key)}: {_block(record[key])}" for key in sorted(record)]
    return "{\n" + ",\n".join(blocks) + "\n}\n"


def _block(value: Any) -> str:
    if isinstance(value, list) and value and all(isinstance(row, dict) for row in value):
        return "[\n " + ",\n ".join(_compact(row) for row in value) + "\n]"
    return _compact(value)


def _compact(value: Any) -> str:
    return _ENCODER.encode(value)


@lru_cache(maxsize=4096)
def _read_key(key: str) -> tuple[str, int | None]:
    """Return a key as it is written, and the decimals that its end asks for; None where it says nothing."""
    if key in SIGNIFICANT_UNDER:
        return clean(key), SIGNIFICANT
    ends = [end for end in DIGITS if key == end or (end.startswith("_") and key.endswith(end))]
    return clean(key), DIGITS[max(ends, key=len)] if ends else None


def _capped(value: Any) -> Any:
    if value is None:
        return None
    capped = np.minimum(value, UC_MAX)  # keeps nan
    return capped if capped.ndim else float(capped)


def _rounded(value: float, digits: int) -> float | None:
    if not math.isfinite(value):
        return None
    number = float(f"{value:.6g}") if digits == SIGNIFICANT else round(value, digits)
    return number + 0.0  # no negative zero
