"""Sheets with design values: combinations of every part, and the load on the foundation lines."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from optopscan.report.load_path import known
from optopscan.report.phrases import phrase
from optopscan.report.spreadsheet.expression import Term, largest, number, positive, ranked, ratio, smallest, when
from optopscan.report.spreadsheet.workbook import Sheet
from optopscan.report.weight_sheet.first import FIRST_ROW, Weight
from optopscan.report.weight_sheet.loads import ALONG, FootCells, PartCells


@dataclass(frozen=True, kw_only=True)
class Force:
    """What a design force is made of: G, what lifts, sum and two largest of the old floors, the roof, one new storey [kN]."""

    g: Term
    up: Term
    sum_q: Term
    q1: Term
    q2: Term
    roof: Term
    new: Term | None


def combined(force: Force, v: Mapping[str, Term]) -> tuple[Term, Term, Term]:
    """Return 6.10a, 6.10b and 6.10b with the roof leading (`optopscan.codes.en1990.design_axial_force`).

    Parameters
    ----------
    v
        Values of the first sheet by name.
    """
    one, zero = number(1.0), number(0.0)
    relief = v["gamma_G_inf"] * force.up
    along, rest = v["psi0_vloer"] * force.sum_q, one - v["psi0_vloer"]
    leading = rest * (force.q1 + force.q2)
    if force.new is not None:
        along = along + v["psi0_nieuw"] * v["n_lagen"] * force.new
        new = (one - v["psi0_nieuw"]) * force.new
        mixed = when(v["n_lagen"], ">=", one, rest * force.q1 + new, zero)
        leading = largest(leading, mixed, new * smallest(v["n_lagen"], number(2.0)))
    favourable = v["gamma_G_inf"] * force.g
    g_a, g_b = largest(v["gamma_Ga"] * force.g, favourable), largest(v["gamma_Gb"] * force.g, favourable)
    roof = largest(force.roof, zero)
    return (
        g_a + relief + v["gamma_Q"] * along,
        g_b + relief + v["gamma_Q"] * (along + leading),
        g_b + relief + v["gamma_Q"] * (along + roof),
    )


@dataclass(frozen=True, kw_only=True)
class PartForces:
    """Forces of one part without and with the extension."""

    before: Force
    after: Force


def combination_sheet(made: Weight, feet: Sequence[FootCells], parts: Sequence[PartCells]) -> list[PartForces]:
    """Write the combinations of every part at its foot, before and after; return what they are made of."""
    before, after = made.told("before"), made.told("after")
    keys = ("part", "storey", "g", "sum_q", "q1", "q2", "q_roof")
    forces = [made.told(key) for key in ("n_a", "n_b", "n_roof", "n_ed")]
    heads = [made.told(key) for key in keys] + [f"{before} {name}" for name in forces]
    heads += [f"{after} G", made.told("up"), made.told("q_new"), *(f"{after} {name}" for name in forces), made.told("ratio")]
    widths = (12, 9, *[10] * 5, *[11] * 4, 10, 9, 10, *[10] * 4, 8)
    sheet = made.opening("combinations", made.told("combinations_note"), heads, widths, (0, 1))
    sheet.paper_a3()
    v, made_of = made.values, []
    for row, (part, foot, cells) in enumerate(zip(made.path.parts, feet, parts, strict=True), FIRST_ROW + 1):
        sheet.text(row, 0, part.id)
        sheet.text(row, 1, made.storey(part.storey))
        g = sheet.formula(row, 2, foot.g, "kn")
        sum_q = sheet.formula(row, 3, positive(foot.q_range, foot.q), "load")
        q1 = sheet.formula(row, 4, ranked(foot.q_range, foot.q, 1), "load")
        q2 = sheet.formula(row, 5, ranked(foot.q_range, foot.q, 2), "load")
        roof = sheet.formula(row, 6, foot.roof, "load")
        plain = Force(g=g, up=number(0.0), sum_q=sum_q, q1=q1, q2=q2, roof=roof, new=None)
        first = _write(sheet, row, 7, _own(plain), v)
        g_after = sheet.formula(row, 11, _local(g) + v["g_opbouw"] * cells.bears, "kn")
        up = sheet.formula(row, 12, v["g_opbouw"] * cells.lifts, "load")
        new = sheet.formula(row, 13, v["q_nieuw"] * cells.bears, "load")
        topped = Force(g=g_after, up=up, sum_q=sum_q, q1=q1, q2=q2, roof=roof, new=new)
        second = _write(sheet, row, 14, _own(topped), v)
        sheet.formula(row, 18, ratio(second, first))
        made_of.append(PartForces(before=plain, after=topped))
    if not any(part.lifts_m2 for part in made.path.parts):
        sheet.hidden(12)
    if made_of:
        sheet.filtered((FIRST_ROW, 0), (FIRST_ROW + len(made_of), 18))
    return made_of


def _write(sheet: Sheet, row: int, column: int, force: Force, v: Mapping[str, Term]) -> Term:
    """Write the three combinations and the largest; return the largest as the sheet itself refers to it."""
    cells = [_local(sheet.formula(row, column + k, term, "kn")) for k, term in enumerate(combined(force, v))]
    return _local(sheet.formula(row, column + 3, largest(*cells), "kn"))


def _local(cell: Term) -> Term:
    return Term(cell.text.rpartition("!")[2], cell.value, cell.binds)


def _own(force: Force) -> Force:
    """Return a force whose cells stand in the sheet itself."""
    return Force(
        g=_local(force.g),
        up=_local(force.up),
        sum_q=_local(force.sum_q),
        q1=_local(force.q1),
        q2=_local(force.q2),
        roof=_local(force.roof),
        new=None if force.new is None else _local(force.new),
    )


def foundation_sheet(made: Weight, parts: Sequence[PartCells]) -> None:
    """Write every foundation line before and after, with the ratios of the quickscan."""
    found = made.record["extra_storeys"]["foundation"]
    note = made.told("foundation_note", outcome=made.told(found["outcome"]), basis=phrase(found["basis"], made.language))
    keys = ("line", "parts_n", "length", "g_old", "q_old", "old", "g_new", "q_new_kn", "new", "new_old")
    heads = [*(made.told(key) for key in keys), "r_char", "r_psi"]
    sheet = made.opening("foundation", note, heads, (10, 8, 10, *[12] * 6, 12, 9, 9))
    lines: dict[int, list[int]] = {}
    for part in made.path.parts:
        if part.line is not None:
            lines.setdefault(part.line, []).append(part.row)
    if not lines:
        sheet.text(FIRST_ROW + 1, 0, made.told("no_lines"))
    told: Mapping[int, Mapping[str, Any]] = {row["line"]: row for row in found["lines"]}
    all_parts = made.sheets["parts"]
    last = FIRST_ROW + len(made.path.parts)

    def summed(line: int, column: int, values: Sequence[float]) -> Term:
        """Return the sum of a column of the parts over a line."""
        wanted, loads = (all_parts.cells((FIRST_ROW + 1, k), (last, k)) for k in (4, column))
        return Term(f'SUMIF({wanted},"{line}",{loads})', sum(values[k] for k in lines[line]))

    columns = {
        7: [part.length_m for part in made.path.parts],
        8: [cell.g.value for cell in parts],
        9: [cell.q.value for cell in parts],
        14: [cell.g_after.value for cell in parts],
        15: [cell.q_after.value for cell in parts],
    }
    for row, line in enumerate(sorted(lines), FIRST_ROW + 1):
        sheet.text(row, 0, str(line))
        sheet.number(row, 1, float(len(lines[line])), "whole")
        length = _local(sheet.formula(row, 2, summed(line, 7, columns[7])))
        along = all(made.path.parts[k].kind in ALONG for k in lines[line])
        sums = []
        for first, source in ((3, 8), (6, 14)):
            g, q = (_local(sheet.formula(row, first + k, summed(line, source + k, columns[source + k]), "kn")) for k in (0, 1))
            sums.append(g + q)
            if along:
                sheet.formula(row, first + 2, (g + q) / length, "kn")
        sheet.formula(row, 9, ratio(sums[1], sums[0]))
        if line in told:
            sheet.number(row, 10, known(told[line]["r_char"]))
            sheet.number(row, 11, known(told[line]["r_psi"]))
