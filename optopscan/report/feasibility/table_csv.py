"""The business case as a table for a spreadsheet: one row per number, empty where it is not known and then why."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from optopscan.report.feasibility.text import label
from optopscan.report.feasibility.words import confidence, said, unit
from optopscan.report.spreadsheet.csv_text import figure, table, words
from optopscan.report.words import Language

NAME = "feasibility.csv"
Data = Mapping[str, Any]
_HEAD = {
    "nl": ("deel", "kolom", "wat", "eenheid", "laag", "hoog", "ten_minste", "ontbreekt", "bron", "zekerheid", "prijspeil"),
    "en": ("part", "column", "what", "unit", "lo", "hi", "at_least", "missing", "source", "confidence", "price_date"),
}


def feasibility_csv(data: Data, language: Language = "nl") -> bytes:
    """Return the table as a file that a spreadsheet opens."""
    return table([_HEAD[language], *_rows(data, language)], language)


def _rows(data: Data, language: Language) -> Iterator[list[str]]:
    known = {row["id"]: row for row in data["assumptions"]}
    for column in data["columns"]:
        name = said(column["key"], language)
        for post in column["costs"]:
            row = known[post["assumption"]]
            yield _row(data, "cost", name, row[language], "EUR", post["eur"], language, row)
        for key in ("dwellings", "cost", "rent_year", "upkeep_year", "income", "gap", "gap_per_dwelling"):
            yield _row(data, "total", name, said(key, language), "" if key == "dwellings" else "EUR", column[key], language)
    for key, one in data["closing"].items():
        yield _row(data, "closing", "", key, "EUR", one, language)
    for key, one in data["carbon_kg"].items():
        yield _row(data, "carbon", "", said(key, language), "kg", one, language)
    yield _row(data, "parking", "", said("h_parking", language), "", data["parking_places"], language)
    for row in data["combinations"]:
        told = f"{row[language]} {said('combine_' + row['coincides'], language)}"
        blank: dict[str, Any] = {"lo": None, "hi": None, "at_least": None, "missing": []}
        yield _row(data, "combination", row["id"], told, "", blank, language, {**row, "price_date": ""})
    for row in data["assumptions"]:
        one = {"lo": row["lo"], "hi": row["hi"], "at_least": None, "missing": [row["id"]] if row["lo"] is None else []}
        yield _row(data, "assumption", row["id"], row[language], unit(row["unit"], language), one, language, row)


def _row(data: Data, part: str, column: str, what: str, of: str, one: Data, language: Language, source: Data | None = None) -> list[str]:
    numbers = [figure(one[key], 2, language) for key in ("lo", "hi", "at_least")]
    missing = "; ".join(label(name, data, language) for name in one["missing"])
    told = ["", "", ""] if source is None else [source["source"], confidence(source["confidence"], language), source["price_date"]]
    return [*map(words, (part, column, what, of)), *numbers, *map(words, (missing, *told))]
