"""The weight calculation as a workbook with live formulas: change a floor load or a factor and everything follows."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from optopscan.report.load_path import load_path
from optopscan.report.record.arrays import Arrays
from optopscan.report.spreadsheet.workbook import Book
from optopscan.report.weight_sheet.checks import check_sheet
from optopscan.report.weight_sheet.design import combination_sheet, foundation_sheet
from optopscan.report.weight_sheet.first import FIRST_ROW, Weight, first_sheet
from optopscan.report.weight_sheet.loads import floor_sheet, part_sheet, source_sheet, storey_sheet
from optopscan.report.weight_sheet.words import FILE_NAMES, told
from optopscan.report.words import Language

SHEETS = ("first", "parts", "storeys", "foundation", "checks", "combinations", "floors", "sources")


def render(record: Mapping[str, Any], arrays: Arrays, language: Language = "nl") -> list[tuple[str, bytes]]:  # noqa: ARG001
    """Return the workbook: first sheet, parts, storeys, foundation, checks, combinations, floors, sources of every load.

    Raises
    ------
    UsageError
        If the record is of a version that does not tell factors and floor loads.
    """
    path = load_path(record)
    title = told("title", language, name=record["building"]["name"] or record["inputs"][0]["name"])
    book = Book(record, language, title)
    names = {key: told(f"s_{key}", language) for key in SHEETS}
    sheets = {key: book.sheet(names[key]) for key in SHEETS}
    values = first_sheet(book, sheets["first"], record, path, language, names)
    made = Weight(record=record, path=path, language=language, sheets=sheets, values=values, stamp=book.stamp)
    floors = floor_sheet(made)
    feet = source_sheet(made, floors)
    parts = part_sheet(made, feet)
    source_rows = FIRST_ROW + sum(3 + len(part.floors) + len(part.above) for part in path.parts)
    storey_sheet(made, parts, source_rows)
    forces = combination_sheet(made, feet, parts)
    check_sheet(made, feet, forces)
    foundation_sheet(made, parts)
    return [(FILE_NAMES[language], book.bytes())]
