"""The factsheet of one code without the rest of the catalogue, so that `explain` of an issue code answers at once."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass

from optopscan.catalog.data import ENGINEERING, data_root


@dataclass(frozen=True, kw_only=True)
class PlainSheet:
    """What a factsheet says, in Dutch; see `optopscan.catalog.knowledge_rows.Factsheet`."""

    code: str
    title: str
    what: str
    who: str
    ask: tuple[str, ...]


def plain_sheet(code: str) -> PlainSheet | None:
    """Return the factsheet of a code of the shipped file, None where it has none; the file is not checked here."""
    rows = tomllib.loads((data_root() / ENGINEERING / "factsheets.toml").read_text(encoding="utf-8"))["factsheet"]
    row = next((row for row in rows if row["code"] == code), None)
    if row is None:
        return None
    return PlainSheet(code=code, title=row["title"], what=row["what"], who=row["who"], ask=tuple(row["ask"]))
