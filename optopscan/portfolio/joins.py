"""Tables that the user brings (use, owner, energy label, monument, foundation risk), joined on a column."""

from __future__ import annotations

import csv
import dataclasses
import math
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from optopscan.catalog.city_rows import CityAttribute
from optopscan.errors import UnreadableInput, UsageError
from optopscan.portfolio.attributes import identity
from optopscan.portfolio.block import Block


@dataclass(frozen=True, kw_only=True)
class Joined:
    """A table by identity of the building; codes of each field (index in its list of values), nan where it is silent."""

    name: str
    fields: tuple[str, ...]
    rows: Mapping[str, tuple[float, ...]]


def join_rows(attributes: Mapping[str, CityAttribute]) -> dict[str, CityAttribute]:
    """Return the attributes that a joined table may bring, by field."""
    return {row.field: row for row in attributes.values() if row.kind == "join"}


def read_join(path: Path, on: str, attributes: Mapping[str, CityAttribute]) -> Joined:
    """Read a CSV table; comma or semicolon between columns. It is held in memory whole.

    Raises
    ------
    UnreadableInput
        If the file cannot be read as a table.
    UsageError
        If the column to join on is missing, a column is unknown, a value is unknown or a building stands twice.
    """
    try:
        with path.open(encoding="utf-8-sig", newline="") as stream:
            head = stream.readline()
            stream.seek(0)
            table = [row for row in csv.reader(stream, delimiter=";" if head.count(";") > head.count(",") else ",") if row]
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise UnreadableInput(f"{path}: cannot be read as a table; name a CSV file in UTF-8") from error
    if not table:
        raise UnreadableInput(f"{path}: is empty; a table has a header line")
    header, known = [name.strip() for name in table[0]], join_rows(attributes)
    if on not in header:
        raise UsageError(f"{path}: no column {on!r}; --on names the column with the identity of the building")
    by_name = {name: row.field for row in known.values() for name in row.names}
    strange = [name for name in header if name != on and name not in by_name]
    if strange:
        names = ", ".join(row.names[0] for row in known.values())
        raise UsageError(f"{path}: unknown column {', '.join(map(repr, strange))}; columns are {names}")
    fields = tuple(by_name[name] for name in header if name != on)
    if len(set(fields)) < len(fields):
        raise UsageError(f"{path}: two columns are the same field")
    return Joined(name=path.name, fields=fields, rows=_rows(path, table, on, [known[field] for field in fields]))


def _rows(path: Path, table: list[list[str]], on: str, columns: list[CityAttribute]) -> dict[str, tuple[float, ...]]:
    at = [name.strip() for name in table[0]].index(on)
    codes = [{word.lower(): float(code) for code, words in enumerate(row.values) for word in words} for row in columns]
    found: dict[str, tuple[float, ...]] = {}
    for line, row in enumerate(table[1:], start=2):
        if len(row) != len(table[0]):
            raise UsageError(f"{path}: line {line} has {len(row)} columns, the header {len(table[0])}")
        key = identity(row[at])
        if key in found:
            raise UsageError(f"{path}: line {line}: {row[at]} stands twice; one line per building")
        values = row[:at] + row[at + 1 :]
        found[key] = tuple(_code(path, line, value, known, column) for value, known, column in zip(values, codes, columns, strict=True))
    return found


def _code(path: Path, line: int, value: str, known: Mapping[str, float], column: CityAttribute) -> float:
    text = value.strip().lower()
    if not text:
        return math.nan
    if text not in known:
        raise UsageError(
            f"{path}: line {line}: {column.names[0]} {value!r} is unknown; one of {', '.join(words[0] for words in column.values)}"
        )
    return known[text]


def with_join(block: Block, joined: Joined) -> Block:
    """Return the block with the columns of a table added; nan where the table does not name a building."""
    silent = (math.nan,) * len(joined.fields)
    codes = np.array([joined.rows.get(identity(one), silent) for one in block.id.tolist()], dtype=np.float64).reshape(len(block), -1)
    added = {field: codes[:, k] for k, field in enumerate(joined.fields)}
    return dataclasses.replace(block, joined={**block.joined, **added})
