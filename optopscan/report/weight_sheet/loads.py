"""Sheets with characteristic loads: floors per m2, where every load comes from, per part, per storey."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from optopscan.report.load_path import PartLoad, existing_scenario, known, outcomes_of
from optopscan.report.spreadsheet.expression import Term, number, ratio, total
from optopscan.report.weight_sheet.first import FIRST_ROW, Weight

ALONG = ("pier", "lintel", "beam", "footing")
"""Parts whose load per metre means something."""
LEAST_KN = 0.05
"""A rest below this is the rounding of the record."""


@dataclass(frozen=True, kw_only=True)
class FootCells:
    """Cells of one part: own weight, G, Q per floor level (range and values) and Q of the roof at its foot."""

    own: Term
    g: Term
    q_range: str
    q: tuple[float, ...]
    roof: Term


@dataclass(frozen=True, kw_only=True)
class PartCells:
    """Cells of one part in the sheet of all parts."""

    g: Term
    q: Term
    g_after: Term
    q_after: Term
    bears: Term
    lifts: Term


def floor_sheet(made: Weight) -> list[Mapping[str, Term]]:
    """Write the loads per m2; return per floor the cells of G, Q as floor and Q as roof."""
    heads = [made.told(key) for key in ("floor", "kind", "storey", "top", "area", "slab", "finish", "g", "q", "q_roof")]
    widths = (52, 14, 10, 12, 10, 10, 10, 10, 10, 10)
    sheet = made.opening("floors", made.told("floors_note"), heads, widths, (0, 1, 2))
    cells: list[Mapping[str, Term]] = []
    for row, floor in enumerate(made.path.floors, FIRST_ROW + 1):
        sheet.text(row, 0, floor.name)
        sheet.text(row, 1, made.told(f"k_{floor.kind}"))
        sheet.text(row, 2, made.storey(floor.storey))
        sheet.number(row, 3, floor.z1_m)
        sheet.number(row, 4, floor.area_m2, "kn")
        slab, finish = sheet.number(row, 5, floor.slab, "input"), sheet.number(row, 6, floor.finish, "input")
        g = sheet.formula(row, 7, slab + finish)
        cells.append({"g": g, "q": sheet.number(row, 8, floor.imposed, "input"), "roof": sheet.number(row, 9, floor.on_roof, "input")})
    return cells


def source_sheet(made: Weight, floors: Sequence[Mapping[str, Term]]) -> list[FootCells]:
    """Write a row for every load on every part; return the cells at the foot of each."""
    n = made.path.n_level
    keys = ("part", "storey", "origin", "what", "share", "area", "g")
    heads = [*(made.told(key) for key in keys), *(f"Q{k + 1}" for k in range(n)), made.told("q_roof")]
    widths = (14, 9, 13, 44, 9, 9, 10, *[9] * n, 9)
    sheet = made.opening("sources", made.told("sources_note"), heads, widths, (0, 1, 2, 3))
    at_row = FIRST_ROW + 1
    feet: list[FootCells] = []
    for part in made.path.parts:
        top, values = at_row, [part.foot_g, *part.foot_q, part.foot_roof]
        for origin, what, share, area, loads in _sources(made, part, floors, feet):
            for column, text in enumerate((part.id, made.storey(part.storey), origin, what)):
                sheet.text(at_row, column, text)
            if share is not None:
                sheet.number(at_row, 4, share, "share")
            if area is not None:
                sheet.number(at_row, 5, area)
            cells = _in_cells(sheet.cell(at_row, 4, share or 0.0), sheet.cell(at_row, 5, area or 0.0), loads)
            for k, load in enumerate(cells):
                if isinstance(load, Term):
                    sheet.formula(at_row, 6 + k, load, "load")
                elif load:
                    sheet.number(at_row, 6 + k, load, "load")
                if math.isnan(load.value if isinstance(load, Term) else load):
                    values[k] = math.nan  # what comes down from something unknown is unknown
            at_row += 1
        for column, text in enumerate((part.id, made.storey(part.storey), made.told("o_sum"), part.name, "", "")):
            sheet.text(at_row, column, text, "sum_text")
        sums = []
        for column, value in enumerate(values, 6):
            here = sheet.cells((top, column), (at_row - 1, column)).partition("!")[2]
            sums.append(sheet.formula(at_row, column, total(here, [value]), "sum"))
        q_range = sheet.cells((at_row, 7), (at_row, 6 + n))
        feet.append(FootCells(own=sheet.cell(top, 6, part.own), g=sums[0], q_range=q_range, q=tuple(values[1:-1]), roof=sums[-1]))
        at_row += 1
    sheet.filtered((FIRST_ROW, 0), (at_row - 1, 6 + n + 1))
    return feet


Loads = tuple[str, Sequence[Term | float]]


def _sources(
    made: Weight, part: PartLoad, floors: Sequence[Mapping[str, Term]], feet: Sequence[FootCells]
) -> list[tuple[str, str, float | None, float | None, Loads]]:
    """Return the rows of one part: origin, what, share, area, and how its loads follow ("value", "area" or "share")."""
    n = made.path.n_level
    rows: list[tuple[str, str, float | None, float | None, Loads]] = [
        (made.told("o_own"), part.name, None, None, ("value", [part.own, *[0.0] * (n + 1)]))
    ]
    for floor, area in part.floors:
        load, cells = made.path.floors[floor], floors[floor]
        per_m2: list[Term | float] = [cells["g"], *(cells["q"] if k == load.storey else 0.0 for k in range(n)), cells["roof"]]
        rows.append((made.told("o_floor"), load.name, None, area, ("area", per_m2)))
    rest = [part.other_g, *part.other_q, part.other_roof]
    small = all(abs(value) < LEAST_KN for value in rest)
    rows.append((made.told("o_other"), made.told("rounding") if small else "", None, None, ("value", rest)))
    for other, share in part.above:
        upper, foot = made.path.parts[other], feet[other]
        sheet, row = made.sheets["sources"], _row_of(foot.g)
        from_foot = [sheet.cell(row, 6 + k, value) for k, value in enumerate((foot.g.value, *foot.q, foot.roof.value))]
        rows.append((made.told("o_above"), f"{upper.id} {upper.name}", share, None, ("share", from_foot)))
    return rows


def _row_of(cell: Term) -> int:
    return int("".join(char for char in cell.text.rpartition("!")[2] if char.isdigit())) - 1


def _in_cells(share: Term, area: Term, loads: Loads) -> list[Term | float]:
    """Return the loads of a row as formulas of its own share or area, without the name of the sheet."""
    how, values = loads
    if how == "value":
        return list(values)
    factor = _here(area if how == "area" else share)
    return [factor * (_here(value) if how == "share" else value) if isinstance(value, Term) else value for value in values]


def _here(cell: Term) -> Term:
    """Return a cell of the sheet that the formula itself stands in."""
    return Term(cell.text.rpartition("!")[2], cell.value, cell.binds)


def part_sheet(made: Weight, feet: Sequence[FootCells]) -> list[PartCells]:
    """Write one row per part, before and after; return its cells."""
    keys = ["storey", "part", "element", "kind", "line", "x", "y", "length", "g_kn", "q_kn", "roof_kn", "kn_m", "roof_m2", "up"]
    keys += ["g_after_kn", "q_after_kn", "kn_m_after", "ratio", "uc_before", "outcome", "uc_after", "outcome", "ground_share"]
    widths = (9, 12, 30, 13, 6, 8, 8, 8, 10, 10, 9, 9, 9, 9, 10, 10, 9, 8, 9, 12, 9, 12, 9)
    sheet = made.opening("parts", made.told("parts_note"), [made.told(key) for key in keys], widths, (0, 1, 2, 3, 4, 19, 21))
    sheet.paper_a3()
    v, cells = made.values, []
    verdicts = [outcomes_of(made.record, name) for name in (existing_scenario(made.record), made.path.leading.scenario)]
    for row, (part, foot) in enumerate(zip(made.path.parts, feet, strict=True), FIRST_ROW + 1):
        texts = (made.storey(part.storey), part.id, part.name, made.told(f"p_{part.kind}"), "" if part.line is None else str(part.line))
        for column, text in enumerate(texts):
            sheet.text(row, column, text)
        sheet.number(row, 5, part.x_m)
        sheet.number(row, 6, part.y_m)
        length = _here(sheet.number(row, 7, part.length_m))
        g = sheet.formula(row, 8, foot.g, "kn")
        q = sheet.formula(row, 9, total(foot.q_range, foot.q), "kn")
        sheet.formula(row, 10, foot.roof, "load")
        both = _here(g) + _here(q)
        if part.kind in ALONG:
            sheet.formula(row, 11, both / length, "kn")
        bears, lifts = sheet.number(row, 12, part.bears_m2, "load"), sheet.number(row, 13, part.lifts_m2, "load")
        on_roof = _here(bears) + _here(lifts)
        g_after = sheet.formula(row, 14, _here(g) + v["g_opbouw"] * on_roof, "kn")
        q_after = sheet.formula(row, 15, _here(q) + v["n_lagen"] * v["q_nieuw"] * _here(bears), "kn")
        both_after = _here(g_after) + _here(q_after)
        if part.kind in ALONG:
            sheet.formula(row, 16, both_after / length, "kn")
        sheet.formula(row, 17, ratio(both_after, both))
        for column, (uc, outcome) in zip((18, 20), verdicts, strict=True):
            if uc[part.row] is not None:
                sheet.number(row, column, known(uc[part.row]), "uc")
            sheet.text(row, column + 1, made.told(outcome[part.row]), "told")
        sheet.number(row, 22, part.ground, "load")
        cells.append(PartCells(g=g, q=q, g_after=g_after, q_after=q_after, bears=bears, lifts=lifts))
    last = FIRST_ROW + len(cells)
    if not any(part.lifts_m2 for part in made.path.parts):
        sheet.hidden(13)
    if cells:
        for column in (18, 20):
            sheet.coloured((FIRST_ROW + 1, last), column, column + 1, made.told("ok"))
        sheet.filtered((FIRST_ROW, 0), (last, len(keys) - 1))
    return cells


def storey_sheet(made: Weight, parts: Sequence[PartCells], source_rows: int) -> None:
    """Write the sums per storey from the roof down, and what comes to the ground."""
    sources, n = made.sheets["sources"], made.path.n_level
    keys = ("storey", "own", "floors", "other", "g_here", "g_down", "q_here", "q_down", "roof_down", "g_after", "q_after")
    sheet = made.opening("storeys", made.told("storeys_note"), [made.told(key) for key in keys], (46, *[12] * 10))
    v = made.values
    levels, origins = (sources.cells((FIRST_ROW + 1, column), (source_rows, column)) for column in (1, 2))

    def direct(storey: int, columns: tuple[int, int], *names: str) -> Term:
        """Return what enters on the parts of a storey from these origins, in columns of the sources."""
        here = [part for part in made.path.parts if part.storey == storey]
        value = sum(_entering(made, part, name, column) for part in here for name in names for column in range(columns[0], columns[1] + 1))
        wanted = "+".join(f'({origins}="{made.told(name)}")' for name in names)
        loads = sources.cells((FIRST_ROW + 1, 6 + columns[0]), (source_rows, 6 + columns[1]))
        return Term(f'SUMPRODUCT(({levels}="{made.storey(storey)}")*({wanted})*{loads})', value)

    row = FIRST_ROW + 1
    sheet.text(row, 0, made.told("extension"))
    area = v["A_dak"]
    down = {name: number(0.0) for name in ("g", "q", "roof")}
    down |= {
        "g_after": _here(sheet.formula(row, 9, v["g_opbouw"] * area, "kn")),
        "q_after": _here(sheet.formula(row, 10, v["n_lagen"] * v["q_nieuw"] * area, "kn")),
    }
    for storey in sorted({part.storey for part in made.path.parts}, reverse=True):
        row += 1
        sheet.text(row, 0, made.storey(storey))
        pieces = [
            _here(sheet.formula(row, 1 + k, direct(storey, (0, 0), name), "kn")) for k, name in enumerate(("o_own", "o_floor", "o_other"))
        ]
        g = _here(sheet.formula(row, 4, pieces[0] + pieces[1] + pieces[2], "kn"))
        q = _here(sheet.formula(row, 6, direct(storey, (1, n), "o_floor", "o_other"), "kn"))
        on_roof = direct(storey, (n + 1, n + 1), "o_floor", "o_other")
        for name, column, adds in (("g", 5, g), ("q", 7, q), ("roof", 8, on_roof), ("g_after", 9, g), ("q_after", 10, q)):
            down[name] = _here(sheet.formula(row, column, down[name] + adds, "kn"))
    _ground(made, parts, row + 2)


def _entering(made: Weight, part: PartLoad, origin: str, column: int) -> float:
    """Return one load that enters on a part from own weight, floors or else [kN]: column 0 is G, then Q per level, then the roof."""
    n = made.path.n_level
    if origin == "o_own":
        return part.own if column == 0 else 0.0
    if origin == "o_other":
        return (part.other_g, *part.other_q, part.other_roof)[column]
    found = 0.0
    for floor, area in part.floors:
        load = made.path.floors[floor]
        if column == 0:
            found += area * (load.slab + load.finish)
        elif column == n + 1:
            found += area * load.on_roof
        elif load.storey == column - 1:
            found += area * load.imposed
    return found


def _ground(made: Weight, parts: Sequence[PartCells], row: int) -> None:
    """Write what comes to the ground, and the same as the record has it."""
    sheet, told, shares = made.sheets["storeys"], made.record["take_down"], [part.ground for part in made.path.parts]
    last, found = FIRST_ROW + len(parts), []
    share = made.sheets["parts"].cells((FIRST_ROW + 1, 22), (last, 22))
    sheet.text(row, 0, made.told("to_ground"))
    for column, source, values in ((5, 8, [cell.g.value for cell in parts]), (7, 9, [cell.q.value for cell in parts])):
        loads = made.sheets["parts"].cells((FIRST_ROW + 1, source), (last, source))
        value = sum(a * b for a, b in zip(shares, values, strict=True))
        found.append(_here(sheet.formula(row, column, Term(f"SUMPRODUCT({share},{loads})", value), "kn")))
    sheet.text(row + 1, 0, made.told("direct"))
    direct = _here(sheet.number(row + 1, 5, known(told["direct_to_ground_kn"]), "kn"))
    sheet.text(row + 2, 0, made.told("ground"), "sum_text")
    sheet.formula(row + 2, 5, found[0] + direct, "sum")
    sheet.text(row + 3, 0, made.told("in_record"))
    sheet.number(row + 3, 5, known(told["ground_permanent_kn"]), "kn")
    sheet.number(row + 3, 7, known(told["ground_imposed_kn"]), "kn")
