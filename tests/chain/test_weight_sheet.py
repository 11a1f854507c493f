"""The weight calculation read back: formulas with values, numbers of the record, words that stay words, the same after a recalculation."""

from __future__ import annotations

import io
import re
import subprocess
from typing import ClassVar

import openpyxl
import pytest
from chain_models import Row
from programs import program

from optopscan.codes.en1990 import FactorSet, design_axial_force
from optopscan.errors import UsageError
from optopscan.pipeline import scan
from optopscan.report import marks, views
from optopscan.report.load_path import load_path
from optopscan.report.record import build as records
from optopscan.report.sections import document
from optopscan.settings import Settings

NAME = "gewichtsberekening.xlsx"
EVIL = "=cmd|' /C calc'!A0"
FIRST = 6  # row of the first part, counted from 1


class ConcreteRow(Row):
    """The small block with four walls of plain concrete, one with a name that a spreadsheet could take for a formula."""

    STONE = "beton C20/25"
    LINES: ClassVar = {"A": 0.0, "B": 5.1, "C": 10.2, "D": 15.3}

    def vertical(self):
        walls = [self._wall(storey, line) for storey in (0, 1) for line in self.LINES]
        return [*walls, *(self._strip(line) for line in self.LINES)]


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    folder = tmp_path_factory.mktemp("gewicht")
    made = {}
    for name, model in (("metselwerk", Row()), ("beton", ConcreteRow())):
        path = model.write(folder / f"{name}.ifc")
        if name == "beton":
            text = path.read_text(encoding="ascii")
            told = re.search(r"IFCWALL\('[^']*',[^,]*,'([^']*)'", text)[1]
            path.write_text(text.replace(f"'{told}'", f"'{EVIL.replace(chr(39), chr(39) * 2)}'"), encoding="ascii")
        result = scan([path], Settings(place=False, samples=0))
        record, arrays = records.build(result)
        made[name] = record, views.render(record, arrays, formats=["xlsx"])[NAME], arrays
    return made


@pytest.fixture(params=["metselwerk", "beton"])
def one(request, built):
    record, content, _ = built[request.param]
    return record, content


def opened(content, *, values=True):
    return openpyxl.load_workbook(io.BytesIO(content), data_only=values)


def column(sheet, head, rows):
    """Return the values under a head of the table of a sheet."""
    heads = [cell.value for cell in sheet[FIRST - 1]]
    at = heads.index(head) + 1
    return [sheet.cell(row, at).value for row in range(FIRST, FIRST + rows)]


def test_the_loads_that_are_shown_are_nearly_all_of_them(one):
    """What is left besides own weight, floors and parts above is walls that bear nothing, or rounding."""
    path = load_path(one[0])
    own = sum(part.own for part in path.parts)
    floors = sum(m2 * (path.floors[k].slab + path.floors[k].finish) for part in path.parts for k, m2 in part.floors)
    rest = sum(part.other_g for part in path.parts)
    applied = one[0]["take_down"]["permanent_kn"] - one[0]["take_down"]["direct_to_ground_kn"]
    assert own + floors + rest == pytest.approx(applied, abs=0.1)
    assert abs(rest) < 0.03 * applied
    imposed = sum(m2 * path.floors[k].imposed for part in path.parts for k, m2 in part.floors)
    assert imposed == pytest.approx(one[0]["take_down"]["imposed_kn"], abs=0.05)
    assert max(abs(q) for part in path.parts for q in part.other_q) < 0.05


def test_parts_show_what_the_record_has(one):
    record, content = one
    sheet, parts = opened(content)["Lastenafdracht"], record["parts"]
    assert column(sheet, "onderdeel", len(parts)) == [part["id"] for part in parts]
    assert column(sheet, "G kN", len(parts)) == pytest.approx([part["foot"]["permanent_kn"] for part in parts], abs=1e-6)
    imposed = [sum(part["foot"]["imposed_kn_by_storey"]) for part in parts]
    assert column(sheet, "Q vloeren kN", len(parts)) == pytest.approx(imposed, abs=1e-6)
    assert all(
        isinstance(value, str) and value.startswith("=") for value in column(opened(content, values=False)["Lastenafdracht"], "G kN", 3)
    )


def test_the_sums_per_grid_line_are_those_of_the_sheet(one):
    """The walls stand 1 m from the origin and every 5.1 m, so which wall is on which line needs no code of ours."""
    record, content = one
    sheet, n = opened(content)["Lastenafdracht"], len(record["parts"])
    y_m, storey, kind = (column(sheet, head, n) for head in ("y m", "bouwlaag", "soort"))
    blocks = document(record, "nl", ["take_down"]).sections[0].blocks
    tables = {block.title[0]: block for block in blocks if "per as" in getattr(block, "title", "")}
    assert set(tables) == {"G", "Q"}
    for name, heads in (("G", ("G kN", "G na kN")), ("Q", ("Q vloeren kN", "Q na kN"))):
        shown = tables[name]
        assert [row[0] for row in shown.rows] == ["A", "B", "C", "D"]
        for at, row in enumerate(shown.rows):
            for title, told in zip(shown.head[1:], row[1:], strict=True):
                rows = zip(y_m, storey, kind, strict=True)
                on = [abs(y - 1.0 - 5.1 * at) < 0.5 and f"bouwlaag {s}" == title and k in ("penant", "kolom") for y, s, k in rows]
                assert any(on)
                wanted = [sum(value for value, here in zip(column(sheet, head, n), on, strict=True) if here) for head in heads]
                assert told == f"{wanted[0]:.0f} → {wanted[1]:.0f}"
    assert any(before != after for row in tables["Q"].rows for before, after in [row[1].split(" → ")])


def test_design_forces_and_unity_checks_are_those_of_the_record(one):
    record, content = one
    sheet, formulas = opened(content)["Toetsen"], opened(content, values=False)["Toetsen"]
    wanted = {load_path(record).leading.scenario, "existing"}
    checks = [check for check in record["checks"] if check["scenario"] in wanted]
    forces = {(row[0].value, row[1].value): row for row in sheet.iter_rows(min_row=FIRST, max_row=FIRST + len(checks) - 1)}
    assert len(checks) >= 5
    for check in checks:
        state = "bestaand" if check["scenario"] == "existing" else "na"
        row = forces[(check["part"], state)]
        assert row[14].value == pytest.approx(check["n_kn"], abs=5e-3)
    found = 0
    for values, texts in zip(sheet.iter_rows(), formulas.iter_rows(), strict=True):
        for k, cell in enumerate(texts):
            if isinstance(cell.value, str) and cell.value.endswith(",999)"):
                told = float(str(values[k + 1].value).replace(",", "."))
                assert values[k].value == pytest.approx(told, abs=6e-3)
                found += 1
    assert found == len(checks), "every governing check of these buildings has a live UC"


def test_masonry_and_plain_concrete_follow_from_their_inputs(built):
    for name, symbol in (("metselwerk", "f_k"), ("beton", "f_ck")):
        sheet = opened(built[name][1], values=False)["Toetsen"]
        rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
        head = next(k for k, row in enumerate(rows) if symbol in row)
        resistance = rows[head + 1][rows[head].index("N_Rd kN")]
        assert isinstance(resistance, str)
        assert resistance.startswith("=")


def test_every_sheet_and_the_document_carry_the_stamp(one):
    record, content = one
    book, stamp = opened(content), marks.stamp(record, "nl")
    for sheet in book:
        assert "Quickscan, geen constructieve toetsing" in sheet.oddHeader.left.text
        assert record["input_sha256"][:12] in sheet.oddHeader.left.text
        assert sheet.oddFooter.left.text.startswith("Quickscan, geen constructieve toetsing")
        assert any(stamp == sheet.cell(row, 1).value for row in (1, 3))
    assert book.properties.description == stamp


def test_no_name_becomes_a_formula(built):
    record, content, _ = built["beton"]
    assert any(element["name"] == EVIL for element in record["elements"])
    cells = [cell for sheet in opened(content, values=False) for row in sheet.iter_rows() for cell in row if cell.value == EVIL]
    assert cells
    assert {cell.data_type for cell in cells} == {"s"} or all(cell.quotePrefix for cell in cells)


def test_same_bytes_twice_and_english_has_its_own_words(built):
    record, content, arrays = built["metselwerk"]
    assert views.render(record, arrays, formats=["xlsx"])[NAME] == content
    english = views.render(record, arrays, formats=["xlsx"], language="en")["weight_calculation.xlsx"]
    assert opened(english).sheetnames == ["Sheet 1", "Takedown", "Storeys", "Foundation", "Checks", "Combinations", "Floors", "Sources"]


def test_a_record_without_loads_is_refused_in_one_line(built):
    record, _, arrays = built["metselwerk"]
    with pytest.raises(UsageError, match="scan the model again"):
        views.render({**record, "load_basis": None}, arrays, formats=["xlsx"])


def test_an_unknown_weight_is_never_a_number_below(built):
    record, _, arrays = built["metselwerk"]
    top = record["parts"][0]
    spoiled = {**top, "self_weight_kn": None, "foot": {**top["foot"], "permanent_kn": None}}
    content = views.render({**record, "parts": [spoiled, *record["parts"][1:]]}, arrays, formats=["xlsx"])[NAME]
    below = [row for row, part in enumerate(record["parts"]) if any(s["part"] == top["id"] for s in top["supported_by"]) or row == 0]
    loads = column(opened(content)["Lastenafdracht"], "G kN", len(record["parts"]))
    supports = {support["part"] for support in top["supported_by"]}
    for row, part in enumerate(record["parts"]):
        if row in below or part["id"] in supports:
            assert loads[row] == "#N/A"


@pytest.fixture
def office():
    return program("soffice")


def recalculated(office, book, folder):
    """Return a workbook, without the values it had, as LibreOffice works it out."""
    source = folder / "zonder_waarden.xlsx"
    book.save(source)
    call = [office, f"-env:UserInstallation=file://{folder / 'profiel'}", "--headless"]
    for kind, path in (("ods", source), ("xlsx:Calc MS Excel 2007 XML", folder / "uit" / "zonder_waarden.ods")):
        subprocess.run(
            [*call, "--convert-to", kind, "--outdir", str(folder / "uit"), str(path)], check=True, capture_output=True, timeout=240
        )
    return openpyxl.load_workbook(folder / "uit" / "zonder_waarden.xlsx", data_only=True)


@pytest.mark.external
@pytest.mark.external
def test_libreoffice_finds_the_same_numbers(one, office, tmp_path):
    content = one[1]
    formulas, values = opened(content, values=False), opened(content)
    again = recalculated(office, formulas, tmp_path)
    compared = 0
    for sheet in opened(content, values=False):
        for row in sheet.iter_rows():
            for cell in row:
                if cell.data_type == "f":
                    shown, found = values[sheet.title][cell.coordinate].value, again[sheet.title][cell.coordinate].value
                    assert found == pytest.approx(shown, rel=1e-6, abs=1e-6), f"{sheet.title}!{cell.coordinate} {cell.value}"
                    compared += 1
    assert compared > 500


@pytest.mark.external
@pytest.mark.external
def test_a_changed_factor_and_floor_load_move_everything(built, office, tmp_path):
    """Change gamma_Ga, the storeys and the imposed load of a floor: N_Ed is what the clause gives for the changed loads."""
    record, content, _ = built["metselwerk"]
    book, path = opened(content, values=False), load_path(record)
    first = book["Blad 1"]
    at = {first.cell(row, 4).value: row for row in range(1, 40)}
    first.cell(at["gamma_Ga"], 2).value = 1.5
    first.cell(at["n_lagen"], 2).value = 1
    floor = next(k for k, load in enumerate(path.floors) if load.kind == "floor")
    book["Vloeren"].cell(FIRST + floor, 9).value = path.floors[floor].imposed + 2.0
    again = recalculated(office, book, tmp_path)["Combinaties"]
    more = [0.0] * len(path.parts)
    for part in path.parts:
        more[part.row] = 2.0 * sum(m2 for k, m2 in part.floors if k == floor) + sum(share * more[other] for other, share in part.above)
    basis, level, one_more = path.basis, path.floors[floor].storey, path.leading
    factors = FactorSet(
        id="", level="verbouw", consequence_class="CC2", gamma_ga=1.5, gamma_gb=basis["gamma_gb"], gamma_q=basis["gamma_q"],
        gamma_q_wind=0.0, gamma_g_inf=basis["gamma_g_inf"], source="", confidence="expert",
    )  # fmt: skip
    added = one_more.storey + one_more.roof + one_more.transfer - one_more.removed
    found = list(again.iter_rows(min_row=FIRST, max_row=FIRST + len(path.parts) - 1, values_only=True))
    assert max(more) > 1.0
    for part, row in zip(path.parts, found, strict=True):
        q = list(part.foot_q)
        q[level] += more[part.row]
        new = [basis["new_imposed_kn_m2"] * part.bears_m2]
        for loads, variable, at_column in ((part.foot_g, q, 10), (part.foot_g + added * part.bears_m2, [*q, *new], 17)):
            wanted = design_axial_force(loads, variable, psi0=basis["psi0"], factors=factors, roof_kn=part.foot_roof).n_kn
            assert row[at_column] == pytest.approx(float(wanted), abs=1e-6)
