"""A product file that states every key, and where each of its keys stands: read line by line, without the package under test."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

FULL = (Path(__file__).with_name("full_product.toml")).read_text(encoding="utf-8")


@dataclass(frozen=True)
class Key:
    """One ``key = value``: its line and that of its table (from 1), its table as messages write it, its value as text."""

    line: int
    header: int
    table: str
    name: str
    value: str

    @property
    def path(self) -> str:
        return f"{self.table}.{self.name}" if self.table else self.name


def keys_of(text: str) -> list[Key]:
    found, table, header, count = [], "", 1, {}
    for line, row in enumerate(text.split("\n"), 1):
        if match := re.fullmatch(r"\[\[(\w+)\]\]", row):
            count[match[1]] = count.get(match[1], 0) + 1
            table, header = f"{match[1]}[{count[match[1]]}]", line
        elif match := re.fullmatch(r"\[(\w+)\]", row):
            table, header = match[1], line
        elif match := re.fullmatch(r"(\w+) = (.+)", row):
            found.append(Key(line, header, table, match[1], match[2]))
    return found


def with_line(text: str, line: int, *rows: str) -> str:
    """Return the text with one line replaced by others, by none for no rows."""
    all_rows = text.split("\n")
    return "\n".join([*all_rows[: line - 1], *rows, *all_rows[line:]])
