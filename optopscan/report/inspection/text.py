"""An inspection as text: what was read, what was inferred, what to find out first."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from optopscan.model.building import Elements
from optopscan.model.question import Question
from optopscan.pipeline.inspecting import Inspection
from optopscan.report.tidy import clean
from optopscan.report.words import Language

STATES = ("yes", "no", "unknown")
FIRST = 15
KINDS_NL = {
    "wall": ("wand", "wanden"),
    "slab": ("vloer", "vloeren"),
    "roof": ("dak", "daken"),
    "column": ("kolom", "kolommen"),
    "beam": ("ligger", "liggers"),
    "member": ("staaf", "staven"),
    "footing": ("fundering", "funderingen"),
    "pile": ("paal", "palen"),
    "stair": ("trap", "trappen"),
    "covering": ("bekleding", "bekledingen"),
    "proxy": ("proxy", "proxies"),
}
_WIDTHS = {"value": 28, "source": 44, "where": 44}


def text(inspection: Inspection) -> str:
    """Return the whole inspection as tables."""
    building = inspection.building
    built = f"built {building.build_year}" if building.build_year is not None else "build year not stated"
    lines = [f"Building  {clean(building.name) or '(no name)'}, {built}", ""]
    if inspection.missing:
        lines += [f"No structure  {clean(inspection.missing)}", ""]
    files = [(f.name, f.ifc_schema, f.length_unit, f.exporter) for f in building.inputs]
    lines += table("Files", ("name", "schema", "unit", "exporter"), files)
    lines += table("Storeys", ("name", "elevation [m]", "elements"), _storey_rows(inspection))
    heads = ("kind", "n", *(f"bearing {s}" for s in STATES), "volume [m3]", "weight [kN]")
    lines += table("Elements", heads, _kind_rows(inspection))
    lines += table("Materials", ("material", "n", "no strength", "no density"), _material_rows(inspection))
    lines += first_questions(inspection)
    lines += table("Issues", ("code", "severity", "n", "first"), _issue_rows(inspection))
    return "\n".join(lines)


def table(title: str, heads: Sequence[str], rows: Sequence[Sequence[str]]) -> list[str]:
    """Return the lines of a table: title, heads, one line per row, an empty line; "none" without rows."""
    if not rows:
        return [f"{title}  none", ""]
    cells = [[clean(cell) for cell in row] for row in (heads, *rows)]
    widths = [max(len(row[column]) for row in cells) for column in range(len(heads))]
    return [title, *("  " + "  ".join(cell.ljust(w) for cell, w in zip(row, widths, strict=True)).rstrip() for row in cells), ""]


def first_questions(inspection: Inspection, n: int = FIRST) -> list[str]:
    """Return the table of what to find out first, with a line that says how the score is made."""
    rows = inspection.questions[:n]
    shown = [
        (
            str(number),
            q.what,
            shorten(where(inspection.building.elements, q), _WIDTHS["where"]),
            shorten(q.value, _WIDTHS["value"]),
            shorten(q.source, _WIDTHS["source"]),
            f"{q.confidence:.2f}",
            f"{q.influence_kn:.0f}",
            f"{q.score:.0f}",
        )
        for number, q in enumerate(rows, start=1)
    ]
    title = f"Eerst uitzoeken (what to find out first), {len(rows)} of {len(inspection.questions)}"
    lines = table(title, ("", "what", "where", "value used", "source", "certainty", "kN", "score"), shown)
    if rows:
        lines[-1:] = ["  kN: G + Q that depends on it; score = kN x (1 - certainty). It ranks, it is no check.", ""]
    return lines


def where(elements: Elements, question: Question, language: Language = "en") -> str:
    """Return what a question is about: how many of what, by type or name."""
    if not question.elements:
        return "whole building" if language == "en" else "hele gebouw"
    first = question.elements[0]
    name = clean(elements.type_name[first] or elements.name[first] or elements.ifc_class[first])
    kind, n = elements.kind[first], len(question.elements)
    one, more = KINDS_NL.get(kind, (kind, kind)) if language == "nl" else (kind, f"{kind}s")
    head = f"{n} {more}" if n > 1 else f"{one} {elements.id[first]}"
    t = float(elements.thickness_m[first])
    thick = f" {1000 * t:.0f} mm" if kind == "wall" and np.isfinite(t) else ""
    return f"{head}{thick} {name}"


def shorten(value: str, width: int) -> str:
    """Return a text of at most ``width`` characters."""
    value = clean(value)
    return value if len(value) <= width else value[: width - 3].rstrip() + "..."


def _storey_rows(inspection: Inspection) -> list[tuple[str, str, str]]:
    storeys, of_element = inspection.building.storeys, inspection.building.elements.storey
    rows = [
        (name, figure(z, 2), str(int((of_element == i).sum())))
        for i, (name, z) in enumerate(zip(storeys.name, storeys.elevation_m, strict=True))
    ]
    homeless = int((of_element < 0).sum())
    return [*rows, ("(no storey)", "", str(homeless))] if homeless else rows


def _kind_rows(inspection: Inspection) -> list[tuple[str, ...]]:
    elements, bearing = inspection.building.elements, inspection.bearing
    rows = []
    for kind in sorted(set(elements.kind)):
        at = [i for i, k in enumerate(elements.kind) if k == kind]
        states = [bearing.state[i] for i in at]
        counts = [str(sum(state == s for s in states)) for state in STATES]
        rows.append((kind, str(len(at)), *counts, _total(elements.volume_m3[at]), _total(inspection.materials.self_weight_kn[at])))
    return rows


def _material_rows(inspection: Inspection) -> list[tuple[str, ...]]:
    materials, rows = inspection.materials, []
    for group in sorted(set(materials.group)):
        at = [i for i, g in enumerate(materials.group) if g == group]
        gaps = [str(int(np.isnan(column[at]).sum())) for column in (materials.strength_mpa, materials.density_kg_m3)]
        rows.append((group, str(len(at)), *gaps))
    return rows


def _issue_rows(inspection: Inspection) -> list[tuple[str, ...]]:
    rows: list[tuple[str, ...]] = []
    for code in sorted({issue.code for issue in inspection.issues}):
        same = [issue for issue in inspection.issues if issue.code == code]
        rows.append((code, same[0].severity, str(len(same)), f"{same[0].id} {same[0].message}".strip()))
    return rows


def _total(values: Any) -> str:
    """Return the sum of what is known, and how many are not."""
    unknown = int(np.isnan(values).sum())
    known = figure(float(np.nansum(values)), 1)
    return f"{known} + {unknown} unknown" if unknown else known


def figure(value: float, digits: int) -> str:
    """Return a number with fixed decimals, "unknown" for nan."""
    return "unknown" if np.isnan(value) else f"{value:.{digits}f}"
