"""Sheet with the governing checks: the unity check of masonry and plain concrete follows from its inputs, others have N_Rd as a value."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from optopscan.report.load_path import existing_scenario, known
from optopscan.report.marks import uc_text
from optopscan.report.spreadsheet.expression import Term, fall, largest, number, root, size, smallest, when
from optopscan.report.spreadsheet.workbook import Sheet
from optopscan.report.weight_sheet.design import Force, PartForces, combined
from optopscan.report.weight_sheet.first import FIRST_ROW, Weight
from optopscan.report.weight_sheet.loads import FootCells

OWN = {"head": 0.0, "mid": 0.5, "foot": 1.0, "extra": 1.0}
UC_MAX = 999.0
CLOSE = 2e-3
MASONRY = (
    "phi",
    "fk_mpa",
    "gamma_M",
    "area_factor",
    "t_mm",
    "l_mm",
    "h_mm",
    "rho2",
    "e_load_mm",
    "phi_inf",
    "E_over_fk",
    "slenderness_limit",
)
CONCRETE = ("phi", "fck_mpa", "alpha_cc_pl", "gamma_C", "t_mm", "l_mm", "h_mm", "beta", "e_load_mm")
Resistance = tuple[list[tuple[str, Term | float]], Term]
Check = Mapping[str, Any]


@dataclass
class _Pen:
    """Writes the cells of one row from left to right."""

    sheet: Sheet
    row: int
    column: int

    def value(self, value: float | None, look: str = "number") -> Term:
        """Write an input of the check."""
        return self._next(self.sheet.number(self.row, self.column, known(value), look))

    def formula(self, term: Term, look: str = "number") -> Term:
        """Write what follows."""
        return self._next(self.sheet.formula(self.row, self.column, term, look))

    def text(self, text: str) -> None:
        """Write words."""
        self.sheet.text(self.row, self.column, text, "told" if self.column else "text")
        self.column += 1

    def _next(self, cell: Term) -> Term:
        self.column += 1
        return Term(cell.text.rpartition("!")[2], cell.value)


def check_sheet(made: Weight, feet: Sequence[FootCells], forces: Sequence[PartForces]) -> None:
    """Write the governing checks of the building as it stands and of the leading scenario."""
    sheet = made.sheets["checks"]
    sheet.paper_a3()
    states = {existing_scenario(made.record): "before", made.path.leading.scenario: "after"}
    checks = [row for row in made.record["checks"] if row["scenario"] in states and row["scenario"]]
    checks.sort(key=lambda row: (states[row["scenario"]] != "before", -(row["uc"] or 0.0), row["part"]))
    row, rows_of = _forces(made, sheet, checks, states, feet, forces)
    kinds: tuple[tuple[str, tuple[str, ...], Callable[[_Pen, Check], Term]], ...] = (
        ("c_masonry", _MASONRY_HEADS, _masonry),
        ("c_concrete", _CONCRETE_HEADS, _concrete),
        ("c_other", (), _other),
    )
    for key, heads, resistance in kinds:
        mine = [k for k, check in enumerate(checks) if _kind(check) == key]
        if mine:
            row = _block(
                made, sheet, row + 2, key, heads, resistance, [(checks[k], states[checks[k]["scenario"]], rows_of[k]) for k in mine]
            )


def _kind(check: Check) -> str:
    inputs = check["inputs"]
    if inputs.get("section") not in OWN or any(not isinstance(inputs.get(name), int | float) for name in ("n_rd_kn", "t_mm", "l_mm")):
        return "c_other"
    masonry = "1996-1-1" in check["clause"] and all(isinstance(inputs.get(name), int | float) for name in MASONRY if name != "e_load_mm")
    concrete = "12.6" in check["clause"] and all(isinstance(inputs.get(name), int | float) for name in CONCRETE)
    return "c_masonry" if masonry else "c_concrete" if concrete else "c_other"


def _forces(
    made: Weight, sheet: Sheet, checks: Sequence[Check], states: Mapping[str, str], feet: Sequence[FootCells], forces: Sequence[PartForces]
) -> tuple[int, list[Term]]:
    """Write the axial force of every check; return the last row and N_Ed of each."""
    keys = ("part", "state", "section", "distribution", "g", "up", "sum_q", "q1", "q2", "q_roof", "q_new", "n_a", "n_b", "n_roof", "n_ed")
    heads, widths = [made.told(key) for key in (*keys, "n_quickscan")], (13, 11, 15, 13, *[12] * 20)
    heads += [""] * (len(widths) - len(heads))
    made.opening("checks", made.told("checks_note"), heads, widths, (0, 1, 2, 3))
    sheet.text(FIRST_ROW - 1, 0, made.told("c_loads"), "section")
    row = FIRST_ROW
    row_of = {part.id: part.row for part in made.path.parts}
    found = []
    for row, check in enumerate(checks, FIRST_ROW + 1):
        state, inputs, k = states[check["scenario"]], check["inputs"], row_of[check["part"]]
        distribution = str(inputs.get("distribution", ""))
        pen = _Pen(sheet, row, 0)
        _who(made, pen, check, state)
        pen.text(made.told(f"d_{distribution}") if distribution in ("simple", "continuous") else distribution)
        own_part = feet[k].own * number(1.0 - OWN.get(inputs.get("section"), 1.0))
        if distribution == made.record["take_down"]["distribution"]:
            force = forces[k].before if state == "before" else forces[k].after
            force = replace(force, g=force.g - own_part if own_part.value else force.g)
        else:
            force = _told(made, inputs, state)
        cells = [pen.formula(term, "load") for term in (force.g, force.up, force.sum_q, force.q1, force.q2, force.roof)]
        new = pen.formula(force.new if force.new is not None else number(0.0), "load")
        local = Force(
            g=cells[0], up=cells[1], sum_q=cells[2], q1=cells[3], q2=cells[4], roof=cells[5], new=new if state == "after" else None
        )
        combos = [pen.formula(term, "kn") for term in combined(local, made.values)]
        found.append(pen.formula(largest(*combos), "kn"))
        pen.value(check["n_kn"], "kn")
    return row, found


def _told(made: Weight, inputs: Mapping[str, Any], state: str) -> Force:
    """Return the force as the record tells it, for a check that another distribution of the floors governs."""
    floors = [known(inputs.get(f"imposed_{k}_kn", 0.0)) for k in range(made.path.n_level)]
    most = sorted((max(q, 0.0) for q in floors), reverse=True) + [0.0, 0.0]
    new = known(inputs.get(f"imposed_{made.path.n_level}_kn", 0.0))
    return Force(
        g=number(known(inputs.get("permanent_kn"))),
        up=number(known(inputs.get("permanent_relief_kn", 0.0))),
        sum_q=number(sum(max(q, 0.0) for q in floors)),
        q1=number(most[0]),
        q2=number(most[1]),
        roof=number(known(inputs.get("imposed_roof_kn", 0.0))),
        new=number(new) if state == "after" else None,
    )


def _who(made: Weight, pen: _Pen, check: Check, state: str) -> None:
    section = check["inputs"].get("section", "")
    pen.text(check["part"])
    pen.text(made.told(state))
    pen.text(made.told(f"x_{section}") if section in OWN else "")


def _block(
    made: Weight, sheet: Sheet, row: int, key: str, heads: Sequence[str], resistance: Callable[[_Pen, Check], Term], rows: Sequence[Any]
) -> int:
    """Write the checks of one kind; return the last row."""
    sheet.text(row, 0, made.told(key), "section")
    names = [made.told(name) for name in ("part", "state", "section")]
    ends = [made.told(name) for name in ("n_ed", "uc", "uc_quickscan", "outcome", "clause")]
    all_heads = [*names, *heads, "N_Rd kN", *ends]
    uc_column = len(all_heads) - 4
    sheet.heads(row + 1, all_heads, (0, 1, 2, *range(uc_column + 1, len(all_heads))))
    first = row + 2
    for row, (check, state, force) in enumerate(rows, first):
        pen = _Pen(sheet, row, 0)
        _who(made, pen, check, state)
        n_rd = resistance(pen, check)
        n_ed = pen.formula(force, "kn")
        uc = when(n_rd, ">", number(0.0), n_ed / n_rd, number(UC_MAX))
        told = check["uc"]
        if told is None or abs(uc.value - told) <= CLOSE * max(1.0, told):
            pen.formula(uc, "uc")
        else:  # another condition than N_Ed <= N_Rd governs: the value, not a formula that would say something else
            pen.value(told, "uc")
        pen.text(uc_text(told, made.language))
        pen.text(made.told(check["outcome"]))
        source = str(check["inputs"].get("strength_source", ""))
        pen.text(f"{check['clause']}; {source}" if source else check["clause"])
    sheet.coloured((first, row), uc_column, uc_column + 2, made.told("ok"))
    return row


_SIZES = ("h_ef mm", "lambda", "e_last mm", "e_init mm", "e mm", "E/f_k", "phi_inf", "phi")
_MASONRY_HEADS = ("f_k", "gamma_M", "A-factor", "f_d", "t mm", "l mm", "h mm", "rho", *_SIZES)
_CONCRETE_HEADS = ("f_ck", "alpha", "gamma_C", "f_cd", "h_w mm", "b mm", "h mm", "beta", "l_0 mm", "e_last mm", "e_init mm", "e mm", "phi")


def _masonry(pen: _Pen, check: Check) -> Term:
    """Write a pier of masonry, EN 1996-1-1 6.1.2 (`optopscan.checks.resistance.masonry`); return N_Rd."""
    i, section = check["inputs"], check["inputs"]["section"]
    fk, gamma, factor = pen.value(i["fk_mpa"]), pen.value(i["gamma_M"]), pen.value(i["area_factor"])
    fd = pen.formula(fk / gamma * factor)
    t, length, h, rho = pen.value(i["t_mm"], "whole"), pen.value(i["l_mm"], "whole"), pen.value(i["h_mm"], "whole"), pen.value(i["rho2"])
    h_ef = pen.formula(rho * h, "whole")
    slender = pen.formula(h_ef / t, "kn")
    e_load = pen.value(i.get("e_load_mm") or 0.0)
    e_init = pen.formula(largest(number(10.0), h_ef / number(300.0)) if section == "extra" else h_ef / number(450.0))
    least = number(0.05) * t
    first = largest(e_init, least) if section == "extra" else size(e_load) + e_init
    ratio, creep = Term(f"{pen.sheet.letter(pen.column + 1)}{pen.row + 1}", known(i["E_over_fk"])), number(0.0)
    phi_inf = Term(f"{pen.sheet.letter(pen.column + 2)}{pen.row + 1}", known(i["phi_inf"]))
    if section in ("mid", "extra"):
        more = number(0.002) * phi_inf * slender * root(t * Term(f"({first.text})", first.value))
        creep = when(slender, "<=", number(27.0), number(0.0), more)
    e = pen.formula(largest(first + creep, least))
    pen.value(i["E_over_fk"], "whole")
    pen.value(i["phi_inf"])
    if section in ("mid", "extra"):
        part = e / t
        a1 = largest(number(1.0) - number(2.0) * part, number(0.0))
        u = (slender * root(number(1.0) / ratio) - number(0.063)) / (number(0.73) - number(1.17) * smallest(part, number(0.5)))
        phi = pen.formula(a1 * fall(u), "share")
    else:
        phi = pen.formula(largest(number(1.0) - number(2.0) * (e / t), number(0.0)), "share")
    limit = number(known(i["slenderness_limit"]))
    return pen.formula(when(slender, ">", limit, number(0.0), phi * t * length * fd / number(1000.0)), "kn")


def _concrete(pen: _Pen, check: Check) -> Term:
    """Write a pier of plain concrete, EN 1992-1-1 12.6 (`optopscan.checks.resistance.plain_concrete`); return N_Rd."""
    i, section = check["inputs"], check["inputs"]["section"]
    fck, alpha, gamma = pen.value(i["fck_mpa"]), pen.value(i["alpha_cc_pl"]), pen.value(i["gamma_C"])
    fcd = pen.formula(alpha * fck / gamma)
    t, length, h, beta = pen.value(i["t_mm"], "whole"), pen.value(i["l_mm"], "whole"), pen.value(i["h_mm"], "whole"), pen.value(i["beta"])
    l0 = pen.formula(beta * h, "whole")
    e_load = pen.value(i["e_load_mm"])
    e_init = pen.formula(l0 / number(400.0) if section == "mid" else number(0.0))
    e = pen.formula(size(e_load) + e_init)
    inside = largest(number(1.0) - number(2.0) * (e / t), number(0.0))
    if section == "mid":
        inside = largest(smallest(number(1.14) * inside - number(0.02) * (l0 / t), inside), number(0.0))
    phi = pen.formula(inside, "share")
    return pen.formula(phi * length * t * fcd / number(1000.0), "kn")


def _other(pen: _Pen, check: Check) -> Term:
    """Write the resistance of the quickscan."""
    return pen.value(check["resistance"], "kn")
