"""The validation page: figures of long runs, and what `docs.make.compare` found beside what others found."""

from __future__ import annotations

import ast
import json
import tomllib
from collections.abc import Mapping
from typing import Any

from docs.make import DOCS, ROOT
from docs.make.markdown import cell, code, number, table

MEASURED = DOCS / "validation" / "measured.toml"
FOUND = DOCS / "validation" / "found.json"
SENSES = {">=": "at least", "<=": "at most"}
# Tests of facts that hold for every building, drawn or spoilt at random; the page shows what each says of itself.
PROPERTIES = (
    "chain/test_invariance.py",
    "chain/test_one_more_storey.py",
    "chain/test_unknown_is_never_ok.py",
    "chain/test_recomputed_from_the_record.py",
    "chain/test_generated_statics.py",
    "chain/test_generated_directions.py",
    "chain/test_generated_never_unsafe.py",
    "chain/test_generated_foundations.py",
    "chain/test_generated_proven.py",
    "chain/test_same_bytes.py",
    "checks/test_never_unsafe.py",
    "placement/test_thousand_roofs.py",
    "structure/test_statics.py",
    "codes/test_structuralcodes.py",
    "codes/test_every_argument.py",
    "ifc/test_analytic_random.py",
    "catalog/test_hundred_faulty_files.py",
    "catalog/test_product_files_fuzzed.py",
)
KEYS = {"id", "what", "value", "sense", "goal", "unit", "date", "command", "note"}
NEEDED = {"id", "what", "unit", "command"}


def read_measured() -> list[dict[str, Any]]:
    """Return the figures of the file.

    Raises
    ------
    ValueError
        If a figure lacks a key, has one that is not known, or has a value without the date on which it was measured.
    """
    rows: list[dict[str, Any]] = tomllib.loads(MEASURED.read_text(encoding="utf-8"))["figure"]
    for row in rows:
        wrong = sorted((NEEDED - set(row)) | (set(row) - KEYS))
        if wrong or ("value" in row) != ("date" in row) or ("sense" in row) != ("goal" in row):
            raise ValueError(f"{MEASURED.name}: figure {row.get('id')}: check {', '.join(wrong) or 'value and date, sense and goal'}")
    return rows


def met(row: Mapping[str, Any]) -> bool | None:
    """Return whether a goal is met, None without goal or value."""
    if "goal" not in row or "value" not in row:
        return None
    return bool(row["value"] >= row["goal"] if row["sense"] == ">=" else row["value"] <= row["goal"])


def measured() -> str:
    """Return the table of figures, misses as large as hits, and how many there are of each."""
    rows = read_measured()
    verdicts = [met(row) for row in rows]
    told = f"{verdicts.count(True)} goals met, {verdicts.count(False)} missed, {sum('value' not in row for row in rows)} not measured yet."
    cells = [
        [
            cell(row["id"]),
            cell(row["what"]) + (f" ({cell(row['note'])})" if "note" in row else "") + f"<br>{code(row['command'])}",
            f"{number(row['value'])}&nbsp;{cell(row['unit'])}" if "value" in row else "not measured",
            f"{SENSES[row['sense']]} {number(row['goal'])}&nbsp;{cell(row['unit'])}" if "goal" in row else "",
            _verdict(verdict),
            f'<span class="whole">{row.get("date", "")}</span>',
        ]
        for row, verdict in zip(rows, verdicts, strict=True)
    ]
    return f"{told}\n\n{table(['figure', 'what, and the command that measures it', 'measured', 'goal', 'met', 'date'], cells)}"


def _verdict(verdict: bool | None) -> str:
    return "" if verdict is None else f'<span class="{"met" if verdict else "missed"}">{"yes" if verdict else "missed"}</span>'


def properties() -> str:
    """Return what the tests of facts say of themselves, with the command that runs each."""
    rows = []
    for name in PROPERTIES:
        told = ast.get_docstring(ast.parse((ROOT / "tests" / name).read_text(encoding="utf-8"))) or ""
        rows.append([cell(told.split("\n\n", 1)[0]), code(f"python -m pytest tests/{name}")])
    return table(["fact", "command"], rows)


def read_found() -> dict[str, Any]:
    """Return what the comparisons found."""
    found: dict[str, Any] = json.loads(FOUND.read_text(encoding="utf-8"))
    return found


def worked_cases() -> str:
    """Return every worked case with each of its numbers, expected and found."""
    rows = [
        [
            f'<span class="whole">{row["case"]}</span>',
            cell(row["quantity"]),
            _numbers(row["expected"]),
            _numbers(row["found"]),
            f"{row['off']:.2%}",
            cell(row["source"]),
        ]
        for row in read_found()["worked"]
    ]
    return table(["case", "quantity", "expected", "found", "off by", "source"], rows)


def outside_values() -> str:
    """Return what others found for every clause function, with ours."""
    rows = [
        [code(row["function"]), _numbers(row["expected"]), _numbers(row["found"]), f"{row['off']:.2%}", cell(row["source"])]
        for row in read_found()["outside"]
    ]
    return table(["function", "outside", "ours", "off by", "source"], rows)


def own_rules() -> str:
    """Return the functions that no outside value was found for, with the reason."""
    return table(["function", "why"], [[code(name), cell(why)] for name, why in sorted(read_found()["own_rules"].items())])


def finite_elements() -> str:
    """Return the worst support of the floors compared with finite elements."""
    rows = [
        [cell(row["model"]), cell(row["floor"]), number(row["load_kn"]), _ratio(row["hinged"]), _ratio(row["continuous"])]
        for row in read_found()["finite_elements"]
    ]
    return table(["model", "floor", "load [kN]", "hinged, ours / theirs", "continuous, ours / theirs"], rows)


def realised() -> str:
    """Return what was built or planned, as published, and what the program says of a typical block."""
    rows = [
        [cell(row["name"]), cell(row["state"]), _whole(row["built"]), cell(row["answer"]), _beside(row["beside"]), cell(row["source"])]
        for row in read_found()["realised"]
    ]
    return table(["project", "state", "storeys added", "typical block", "beside what was built", "source"], rows)


def _beside(told: str) -> str:
    return f'<span class="missed">{told}</span>' if told == "missed" else cell(told)


def _numbers(values: list[float]) -> str:
    return ", ".join(f"{value:.5g}" for value in values)


def _ratio(found: Mapping[str, Any] | None) -> str:
    return "" if found is None else f"{found['ratio']:.3f} ({cell(found['support'])})"


def _whole(value: int | None) -> str:
    return "not published" if value is None else str(value)
