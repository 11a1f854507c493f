"""Tables of what the program reads as data: engineering values, families, keys of a product file; with source and confidence."""

from __future__ import annotations

import dataclasses
import json
import math
from collections.abc import Iterator, Mapping
from typing import Any

from docs.make import ROOT
from docs.make.markdown import cell, code, table
from optopscan.catalog.engineering import Engineering
from optopscan.catalog.faults import parse
from optopscan.families import load_families

DATA = ROOT / "catalog" / "engineering"
# Rows that other pages show, and texts in Dutch where the English stands beside it.
DUTCH = {"nl", "alternative_nl", "settle_nl", "what_nl"}
ELSEWHERE = {"not_checked.toml", "realised.toml", "factsheets.toml", "steel_profiles.toml", "business.toml", "consent.toml"}


def files() -> Iterator[tuple[str, Any]]:
    """Yield (file, how it is read) of the engineering values."""
    for one in dataclasses.fields(Engineering):
        yield one.metadata["file"], one.metadata["subject"]


def engineering(*names: str) -> str:
    """Return the tables of the files named, or of all that no other page shows, each with the note at its head."""
    chosen = [(file, subject) for file, subject in files() if (file in names if names else file not in ELSEWHERE)]
    return "\n".join(_file(file, subject.table, heading=not names) for file, subject in chosen)


def _file(file: str, name: str, *, heading: bool) -> str:
    data = (DATA / file).read_bytes()
    rows = parse(file, data).data[name]
    note = " ".join(line.lstrip("# ") for line in data.decode().split("schema =", 1)[0].splitlines())
    columns = list(dict.fromkeys(key for row in rows for key in row if key not in DUTCH))
    sources = _Sources()
    head = [cell(column).replace("&#95;", "&#95;<wbr>") for column in columns]
    cells = [[sources.number(row[key]) if key == "source" and key in row else _value(row.get(key)) for key in columns] for row in rows]
    title = f"## {file}\n\n" if heading else ""
    return f"{title}{cell(note)}\n\nFile `catalog/engineering/{file}`.\n\n{table(head, cells)}\n{sources.listed()}"


class _Sources:
    """Sources as numbers in a table and sentences below it: many rows have the same."""

    def __init__(self) -> None:
        self._found: list[str] = []

    def number(self, source: str) -> str:
        if source not in self._found:
            self._found.append(source)
        return f"[{self._found.index(source) + 1}]"

    def listed(self) -> str:
        return "Sources: " + " ".join(f"[{k}] {cell(source)}." for k, source in enumerate(self._found, start=1)) + "\n"


def _value(value: Any) -> str:
    if value is None or (isinstance(value, float) and math.isnan(value)):
        return ""
    if isinstance(value, list):
        return cell(", ".join(map(str, value)))
    if isinstance(value, Mapping):
        return cell(", ".join(f"{key} {one}" for key, one in value.items()))
    return cell(value)


def families() -> str:
    """Return the ranges of every building family, with source and confidence of each."""
    parts = []
    for family in load_families():
        sources = _Sources()
        rows = [
            [code(key), f"{one.typical:g}", _spread(one), sources.number(one.source), cell(one.confidence)]
            for key, one in sorted(family.ranges.items())
        ]
        period = family.file.period
        told = f"{family.name}, {period.from_year} to {period.to_year}. {family.file.summary}"
        parts.append(f"## {family.id}\n\n{cell(told)}\n\n{table(FAMILY_HEAD, rows)}\n{sources.listed()}")
    return "\n".join(parts)


FAMILY_HEAD = ("size", "usual", "range", "source", "confidence")


def _spread(one: Any) -> str:
    if one.options is not None:
        return ", ".join(f"{value:g}" for value in one.options)
    return "" if one.lo is None else f"{one.lo:g} to {one.hi:g}"


def product_fields() -> str:
    """Return every key of a product file with its meaning, from the published schema, a table per table of the file."""
    schema = json.loads((ROOT / "catalog" / "concept.schema.json").read_text(encoding="utf-8"))
    parts, plain = [], []
    for name, told in schema["properties"].items():
        inner = _table_of(schema, told)
        if inner is None:
            plain.append([code(name), cell(told.get("description", "")), "yes" if name in schema["required"] else ""])
            continue
        needed = inner.get("required", ())
        rows = [[code(key), cell(one.get("description", "")), "yes" if key in needed else ""] for key, one in inner["properties"].items()]
        brackets = f"[[{name}]]" if told.get("type") == "array" else f"[{name}]"
        parts.append(f"## {brackets}\n\n{cell(inner.get('description', ''))}\n\n{table(PRODUCT_HEAD, rows)}")
    return "\n".join([f"## At the top\n\n{table(PRODUCT_HEAD, plain)}", *parts])


PRODUCT_HEAD = ("key", "meaning", "required")


def _table_of(schema: Mapping[str, Any], told: Mapping[str, Any]) -> Mapping[str, Any] | None:
    """Return what a property refers to when that is a table of keys, not a number written out."""
    reference = told.get("$ref") or told.get("items", {}).get("$ref") or ""
    found = schema["$defs"].get(reference.rsplit("/", 1)[-1], {})
    return found if "properties" in found and not reference.rsplit("/", 1)[-1].startswith("number_") else None
