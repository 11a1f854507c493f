"""Workbooks with the stamp on every sheet and the same bytes every time; text is never taken for a formula, link or number."""

from __future__ import annotations

import io
import math
from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any

import xlsxwriter
from xlsxwriter.utility import quote_sheetname, xl_col_to_name, xl_rowcol_to_cell

from optopscan.report.marks import credentials, stamp
from optopscan.report.spreadsheet.expression import Term, at
from optopscan.report.words import Language, word

MADE = datetime(2000, 1, 1)
"""A workbook holds a date; this one tells nothing."""
MARK_LENGTH = 250
HEAD_ROW = 4
LINE_PT = 15.0
GREEN, AMBER, RED, GREY = "#C9E7CB", "#FCE3A6", "#F6B7B1", "#E4E4E4"
FORMATS: Mapping[str, Mapping[str, Any]] = {
    "text": {},
    "told": {"indent": 1},
    "wrap": {"text_wrap": True, "valign": "top"},
    "title": {"bold": True, "font_size": 14},
    "answer": {"bold": True, "font_size": 12, "text_wrap": True, "valign": "top"},
    "section": {"bold": True, "bottom": 1},
    "note": {"italic": True, "font_color": "#555555", "text_wrap": True, "valign": "top"},
    "mark": {"font_size": 8, "font_color": "#555555", "text_wrap": True, "valign": "top"},
    "head": {"bold": True, "text_wrap": True, "valign": "bottom", "bottom": 1, "bg_color": "#EDEDED"},
    "head_right": {"bold": True, "text_wrap": True, "valign": "bottom", "align": "right", "bottom": 1, "bg_color": "#EDEDED"},
    "number": {"num_format": "#,##0.00"},
    "kn": {"num_format": "#,##0.0"},
    "load": {"num_format": '[>=0.05]#,##0.0;[<=-0.05]-#,##0.0;""'},
    "sum": {"num_format": "#,##0.0", "bold": True, "top": 1},
    "sum_text": {"bold": True, "top": 1},
    "share": {"num_format": "0.000"},
    "factor": {"num_format": "0.00##"},
    "uc": {"num_format": "0.00"},
    "whole": {"num_format": "0"},
    "input": {"num_format": "0.00##", "font_color": "#1F3FBF", "bg_color": "#FFFBE0", "border": 4},
    "green": {"bg_color": GREEN},
    "amber": {"bg_color": AMBER},
    "red": {"bg_color": RED},
    "grey": {"bg_color": GREY},
}


class Book:
    """A workbook in memory; `bytes` closes it."""

    def __init__(self, record: Mapping[str, Any], language: Language, title: str) -> None:
        self._buffer = io.BytesIO()
        options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
        self._workbook = xlsxwriter.Workbook(self._buffer, options)
        self.stamp = stamp(record, language)
        self._marks = (f"{word('statement', language)} · {credentials(record, language)}", self.stamp)
        self._workbook.set_properties(
            {"title": title, "subject": word("statement", language), "comments": self.stamp, "created": MADE, "author": "optopscan"}
        )
        self._workbook.set_custom_property("optopscan", record["tool"]["version"], "text")
        self._workbook.set_custom_property("sha256", record["input_sha256"], "text")
        self._formats = {name: self._workbook.add_format(dict(look)) for name, look in FORMATS.items()}

    def sheet(self, name: str) -> Sheet:
        """Return a new sheet, landscape, one page wide, with the stamp above and below the page."""
        worksheet = self._workbook.add_worksheet(name)
        worksheet.set_landscape()
        worksheet.set_paper(9)
        worksheet.fit_to_pages(1, 0)
        worksheet.set_margins(left=0.4, right=0.4, top=0.7, bottom=0.7)
        head, foot = (_page_mark(mark) for mark in self._marks)
        worksheet.set_header(f"&L&8{head}&R&8&A &P/&N")
        worksheet.set_footer(f"&L&7{foot}")
        return Sheet(name, worksheet, self._formats)

    def name(self, name: str, sheet: Sheet, row: int, column: int) -> None:
        """Define a name for a cell."""
        self._workbook.define_name(name, f"={quote_sheetname(sheet.name)}!{xl_rowcol_to_cell(row, column, True, True)}")

    def bytes(self) -> bytes:
        """Return the file."""
        self._workbook.close()
        return self._buffer.getvalue()


class Sheet:
    """One sheet: cells are written by row and column, both from 0."""

    def __init__(self, name: str, worksheet: Any, formats: Mapping[str, Any]) -> None:
        self.name, self._sheet, self._formats = name, worksheet, formats

    def text(self, row: int, column: int, value: str, look: str = "text") -> None:
        """Write text as text, whatever it begins with."""
        self._sheet.write_string(row, column, value, self._formats[look])

    def number(self, row: int, column: int, value: float, look: str = "number") -> Term:
        """Write a number, #N/A where it is unknown; return the cell."""
        if math.isfinite(value):
            self._sheet.write_number(row, column, value, self._formats[look])
        else:
            self._sheet.write_formula(row, column, "=NA()", self._formats[look], "#N/A")
        return self.cell(row, column, value)

    def formula(self, row: int, column: int, term: Term, look: str = "number") -> Term:
        """Write a formula with its value; return the cell."""
        value = term.value if math.isfinite(term.value) else "#N/A"
        self._sheet.write_formula(row, column, f"={term.text}", self._formats[look], value)
        return self.cell(row, column, term.value)

    def cell(self, row: int, column: int, value: float) -> Term:
        """Return a cell as other sheets refer to it."""
        return at(f"{quote_sheetname(self.name)}!{xl_rowcol_to_cell(row, column)}", value)

    @staticmethod
    def letter(column: int) -> str:
        """Return the letters of a column."""
        return str(xl_col_to_name(column))

    def cells(self, first: tuple[int, int], last: tuple[int, int]) -> str:
        """Return a range as other sheets refer to it, fixed."""
        corners = (xl_rowcol_to_cell(*corner, row_abs=True, col_abs=True) for corner in (first, last))
        return f"{quote_sheetname(self.name)}!{':'.join(corners)}"

    def opening(self, lines: tuple[str, str, str], names: Sequence[str], widths: Sequence[float], left: Collection[int] = (0,)) -> None:
        """Write stamp, title and note above a table, and its heads, which stay in sight and on every page.

        Parameters
        ----------
        lines
            Stamp, title, note.
        names, widths
            Head and width in characters of every column.
        left
            Columns with words.
        """
        room = sum(widths)
        for row, (line, look, per_line) in enumerate(zip(lines, ("mark", "title", "note"), (1.3 * room, room, room), strict=True)):
            self.merged(row, (0, len(names) - 1), line, look)
            self.height(row, LINE_PT * max(1, math.ceil(len(line) / per_line)) + (6 if look == "title" else 0))
        self.heads(HEAD_ROW, names, left)
        self.widths(widths)
        self._sheet.freeze_panes(HEAD_ROW + 1, 0)
        self._sheet.repeat_rows(HEAD_ROW)

    def heads(self, row: int, names: Sequence[str], left: Collection[int]) -> None:
        """Write the heads of a table."""
        for column, name in enumerate(names):
            self.text(row, column, name, "head" if column in left else "head_right")
        self._sheet.set_row(row, 2 * LINE_PT)

    def widths(self, widths: Sequence[float]) -> None:
        """Set the widths of the first columns, in characters."""
        for column, width in enumerate(widths):
            self._sheet.set_column(column, column, width)

    def height(self, row: int, points: float) -> None:
        """Set the height of a row."""
        self._sheet.set_row(row, points)

    def merged(self, row: int, columns: tuple[int, int], value: str, look: str) -> None:
        """Write text across columns of one row."""
        self._sheet.merge_range(row, columns[0], row, columns[1], "", self._formats[look])
        self._sheet.write_string(row, columns[0], value, self._formats[look])

    def hidden(self, column: int) -> None:
        """Hide a column that says nothing here."""
        self._sheet.set_column(column, column, None, None, {"hidden": True})

    def filtered(self, first: tuple[int, int], last: tuple[int, int]) -> None:
        """Let the reader filter a table."""
        self._sheet.autofilter(*first, *last)

    def paper_a3(self) -> None:
        """Print on A3: for wide tables."""
        self._sheet.set_paper(8)

    def coloured(self, rows: tuple[int, int], uc: int, outcome: int, passes: str) -> None:
        """Colour utilisations: red above 1, grey where the outcome does not pass or is unknown, else green to 0.8 and amber to 1."""
        value, told = f"${xl_col_to_name(uc)}{rows[0] + 1}", f"${xl_col_to_name(outcome)}{rows[0] + 1}"
        rules = (
            (f"ISERROR({value})", "grey"),
            (f'{value}=""', "grey"),
            (f"{value}>1", "red"),
            (f'{told}<>"{passes}"', "grey"),
            (f"{value}<=0.8", "green"),
            (f"{value}<=1", "amber"),
        )
        for criteria, look in rules:
            rule = {"type": "formula", "criteria": f"={criteria}", "format": self._formats[look], "stop_if_true": True}
            self._sheet.conditional_format(rows[0], uc, rows[1], uc, rule)


def _page_mark(mark: str) -> str:
    """Return a mark as a header or footer takes it: at most 250 characters, "&" doubled."""
    cut = mark if len(mark) <= MARK_LENGTH - 30 else f"{mark[: MARK_LENGTH - 31].rstrip()}…"
    return cut.replace("&", "&&")
