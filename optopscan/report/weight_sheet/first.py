"""First sheet of the weight calculation: the answer, the values that all formulas use, and what it rests on."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from optopscan.report.load_path import LoadPath
from optopscan.report.marks import answer
from optopscan.report.phrases import phrase
from optopscan.report.spreadsheet.expression import Term, at, number, when
from optopscan.report.spreadsheet.workbook import HEAD_ROW, LINE_PT, Book, Sheet
from optopscan.report.weight_sheet.words import told
from optopscan.report.words import Language

LAST_COLUMN = 4
WIDTHS = (38, 30, 14, 42, 46)


@dataclass(frozen=True, kw_only=True)
class Weight:
    """What every sheet is made of; ``values`` are the defined names of the first sheet."""

    record: Mapping[str, Any]
    path: LoadPath
    language: Language
    sheets: Mapping[str, Sheet]
    values: Mapping[str, Term]
    stamp: str

    def told(self, key: str, **values: object) -> str:
        """Return words in the language of the workbook."""
        return told(key, self.language, **values)

    def opening(self, key: str, note: str, names: Sequence[str], widths: Sequence[float], left: Collection[int] = (0,)) -> Sheet:
        """Return a sheet with stamp, title, note and the heads of its table written; rows begin at `FIRST_ROW` + 1."""
        sheet = self.sheets[key]
        sheet.opening((self.stamp, self.told(f"s_{key}"), note), names, widths, left)
        return sheet

    def storey(self, storey: int) -> str:
        """Return the number of a storey as people count."""
        return f"{storey + 1}"


FIRST_ROW = HEAD_ROW


def first_sheet(
    book: Book, sheet: Sheet, record: Mapping[str, Any], path: LoadPath, language: Language, names: Mapping[str, str]
) -> dict[str, Term]:
    """Write the first sheet and return the values by the name that formulas use."""
    sheet.widths(WIDTHS)
    building = record["building"]["name"] or record["inputs"][0]["name"]
    sheet.text(0, 0, told("title", language, name=building), "title")
    for row, (line, look, per_line) in enumerate(((answer(record, language), "answer", 120), (book.stamp, "wrap", 150)), 1):
        sheet.merged(row, (0, LAST_COLUMN), line, look)
        sheet.height(row, LINE_PT * max(1, -(-len(line) // per_line)) + 3)
    row = 4
    for label, value in _facts(record, path, language):
        sheet.text(row, 0, label)
        sheet.text(row, 1, value)
        row += 1
    for note in (told("contents", language, **names), told("how", language, distribution=_distribution(record, language))):
        sheet.merged(row, (0, LAST_COLUMN), note, "wrap")
        sheet.height(row, 30)
        row += 1
    row, values = _values(book, sheet, path, language, row + 1)
    row = _table(sheet, row + 1, told("assumptions", language), ("what", "value", "confidence", "source", "alternative"), record, language)
    sheet.text(row + 1, 0, told("not_checked", language), "section")
    for k, line in enumerate(record["not_checked"]):
        sheet.text(row + 2 + k, 0, phrase(line, language))
    return values


def _facts(record: Mapping[str, Any], path: LoadPath, language: Language) -> list[tuple[str, str]]:
    files = "; ".join(f"{row['name']} (sha256 {row['sha256'][:12]})" for row in record["inputs"])
    chosen = path.leading
    extension = told("leading_is", language, concept=chosen.concept, n=chosen.storeys) if chosen.concept else told("leading_none", language)
    level = f"{phrase(str(path.basis['level']), language)}, {path.basis['consequence_class']} ({path.basis['factor_set']})"
    return [
        (told("file", language), files),
        (told("program", language), f"optopscan {record['tool']['version']}"),
        (told("level", language), level),
        (told("leading", language), extension),
    ]


def _distribution(record: Mapping[str, Any], language: Language) -> str:
    return told(f"d_{record['take_down']['distribution']}", language)


def _values(book: Book, sheet: Sheet, path: LoadPath, language: Language, row: int) -> tuple[int, dict[str, Term]]:
    """Write the values that formulas use, each with its name; return the next row and the values."""
    basis, chosen = path.basis, path.leading
    product = told("of_product", language, concept=chosen.concept) if chosen.concept else told("none", language)
    factors, use = f"{phrase(basis['source'], language)} ({phrase(basis['confidence'], language)})", told("of_use", language)
    inputs = (
        ("gamma_Ga", basis["gamma_ga"], "-", factors),
        ("gamma_Gb", basis["gamma_gb"], "-", factors),
        ("gamma_Q", basis["gamma_q"], "-", factors),
        ("gamma_G_inf", basis["gamma_g_inf"], "-", factors),
        ("psi0_vloer", basis["psi0"], "-", use),
        ("psi0_nieuw", basis["psi0_new"], "-", use),
        ("n_lagen", chosen.storeys, "-", product),
        ("g_laag", chosen.storey, "kN/m2", product),
        ("g_dak", chosen.roof, "kN/m2", product),
        ("g_tussen", chosen.transfer, "kN/m2", product),
        ("g_weg", chosen.removed, "kN/m2", product),
        ("q_nieuw", basis["new_imposed_kn_m2"], "kN/m2", use),
        ("A_dak", path.roof_m2, "m2", told("of_model", language)),
    )
    sheet.text(row, 0, told("values", language), "section")
    for column, key in enumerate(("what", "value", "unit", "symbol", "source")):
        sheet.text(row + 1, column, told(key, language), "head")
    row += 2
    values: dict[str, Term] = {}
    for name, value, unit, source in inputs:
        sheet.number(row, 1, float(value), "number" if name == "A_dak" else "input")
        values[name] = _named(book, sheet, row, name, float(value), unit, source, language)
        row += 1
    v = values
    whole = v["n_lagen"] * v["g_laag"] + v["g_dak"] + v["g_tussen"]
    added = when(v["n_lagen"], ">", number(0.0), whole, number(0.0)) - v["g_weg"]
    sheet.formula(row, 1, added, "factor")
    values["g_opbouw"] = _named(book, sheet, row, "g_opbouw", added.value, "kN/m2", told("of_sum", language), language)
    return row + 1, values


def _named(book: Book, sheet: Sheet, row: int, name: str, value: float, unit: str, source: str, language: Language) -> Term:
    sheet.text(row, 0, told(f"v_{name}", language))
    sheet.text(row, 2, unit, "told")
    sheet.text(row, 3, name)
    sheet.text(row, 4, source)
    book.name(name, sheet, row, 1)
    return at(name, value)


def _table(sheet: Sheet, row: int, title: str, keys: tuple[str, ...], record: Mapping[str, Any], language: Language) -> int:
    sheet.text(row, 0, title, "section")
    for column, key in enumerate(keys):
        sheet.text(row + 1, column, told(key, language), "head")
    for k, given in enumerate(record["assumptions"]):
        line = {key: phrase(given[key] or "", language) for key in keys}
        sheet.height(row + 2 + k, LINE_PT * max(1, *(-(-len(line[key]) // (width - 4)) for key, width in zip(keys, WIDTHS, strict=True))))
        for column, key in enumerate(keys):
            sheet.text(row + 2 + k, column, line[key], "wrap")
    return row + 2 + len(record["assumptions"])
