"""The report before any format: every section of every example, in both languages, with the numbers of the record."""

import re

import pytest
from report_factory import scan_result

from optopscan.report import check_lines
from optopscan.report.document import Items, Lights, Table, Working, table
from optopscan.report.leading import leading, part_columns, state_about
from optopscan.report.marks import uc_text
from optopscan.report.record import build as records
from optopscan.report.sections import ANSWER_FIRST, CALCULATION, SECTIONS, document
from optopscan.report.words import number, word


@pytest.fixture(scope="module")
def record():
    return records.build(scan_result())[0]


def blocks(doc, kind):
    return [block for section in doc.sections for block in section.blocks if isinstance(block, kind)]


def section(doc, key):
    return next(one for one in doc.sections if one.key == key)


def test_both_orders_hold_known_sections_and_the_calculation_holds_all_but_the_lights():
    assert set(ANSWER_FIRST) <= set(SECTIONS)
    assert set(CALCULATION) == set(SECTIONS) - {"go_no_go"}
    assert len(set(CALCULATION)) == len(CALCULATION)


def test_the_calculation_is_in_the_order_in_which_it_is_checked():
    """Project, starting points, scheme, take-down, combinations, checks, storeys, stability, foundation, not checked, questions."""
    wanted = [
        "project",
        "starting_points",
        "plans",
        "take_down",
        "combinations",
        "checks",
        "storeys",
        "stability",
        "foundation",
        "not_checked",
        "questions",
    ]
    assert [key for key in CALCULATION if key in wanted] == wanted


@pytest.mark.parametrize("language", ["nl", "en"])
def test_what_is_possible_never_stands_without_its_unknowns(record, language):
    doc = document(record, language)
    assert record["extra_storeys"]["possible"] > record["extra_storeys"]["proven"]
    assert doc.because
    for light in blocks(doc, Lights)[0].rows:
        assert light.found
        assert light.action
    assert doc.statement in doc.stamp


def test_a_light_is_green_only_where_everything_in_it_is_ok(scan_record):
    record = scan_record("kantoor_1980")[0]
    doc = document(record, "nl")
    first = blocks(doc, Lights)[0].rows[0]
    outcomes = part_columns(record, "existing")[1].values()
    assert first.tone == ("ok" if set(outcomes) == {"ok"} else "over" if "over" in outcomes else "unknown")


def test_a_light_turns_with_its_record(scan_record):
    record = scan_record("kantoor_1980")[0]
    column = next(row for row in record["part_uc"] if row["scenario"] == "existing")
    for outcome, tone in (("ok", "ok"), ("unknown", "unknown"), ("over", "over")):
        changed = {**column, "outcome": [outcome] * len(column["outcome"])}
        altered = {**record, "part_uc": [changed if row is column else row for row in record["part_uc"]]}
        assert blocks(document(altered, "nl"), Lights)[0].rows[0].tone == tone


def test_a_subject_that_was_not_checked_is_never_green(record):
    bare = {**record, "stability": [], "wall_wind": [], "anchorage": [], "robustness": []}
    lights = {row.subject: row for row in blocks(document(bare, "en"), Lights)[0].rows}
    for subject in ("stability", "wind on walls", "anchorage", "robustness"):
        assert lights[subject].tone == "unknown"


def light_of(record, subject):
    return next(row for row in blocks(document(record, "en"), Lights)[0].rows if row.subject == subject)


@pytest.mark.parametrize("subject", ["stability", "wall_wind", "anchorage", "robustness"])
def test_a_subject_is_green_only_where_every_state_up_to_the_answer_is_ok(scan_record, subject):
    record = scan_record("kantoor_1980")[0]
    name = word(f"s_{subject}", "en")
    fine = {**record, subject: [{**row, "outcome": "ok"} for row in record[subject]]}
    assert light_of(fine, name).tone == "ok"
    states = [row["id"] for row in record["scenarios"] if row["concept"] == leading(record) and 0 < row["storeys"] <= 3]
    assert len(states) == 3
    if subject in ("stability", "wall_wind"):
        states.insert(0, "existing")
    for state in states:
        worse = {**fine, subject: [{**row, "outcome": "unknown" if row["scenario"] == state else "ok"} for row in fine[subject]]}
        assert light_of(worse, name).tone == "unknown"
        missing = {**fine, subject: [row for row in fine[subject] if row["scenario"] != state]}
        assert light_of(missing, name).tone == "unknown"


def test_a_part_that_fails_in_a_state_below_the_answer_is_not_hidden(scan_record):
    record = scan_record("kantoor_1980")[0]
    n = len(record["parts"])
    fine = {**record, "part_uc": [{**row, "outcome": ["ok"] * n} for row in record["part_uc"]]}
    assert light_of(fine, "with extension, vertical").tone == "ok"
    for state in (f"{leading(record)}+0", f"{leading(record)}+1"):
        column = next(row for row in fine["part_uc"] if row["scenario"] == state)
        worse = {**column, "outcome": ["over", *column["outcome"][1:]]}
        altered = {**fine, "part_uc": [worse if row is column else row for row in fine["part_uc"]]}
        assert light_of(altered, "with extension, vertical").tone == "over"
        gone = {**fine, "part_uc": [row for row in fine["part_uc"] if row is not column]}
        assert light_of(gone, "with extension, vertical").tone == "unknown"


def test_tables_show_the_numbers_of_the_record(record):
    doc = document(record, "nl")
    take_down = blocks(doc, Table)
    sums = [row for made in take_down for row in made.rows]
    for storey in record["take_down"]["storeys"]:
        assert any(number(storey["permanent_kn"], 1, "nl") in row for row in sums)
    for line in record["extra_storeys"]["foundation"]["lines"]:
        assert any(line["part"] in row and number(line["new_kn_m"], 1, "nl") in row for row in sums)
    for variant in record["variants"]:
        assert any(row[0] == variant["id"] and str(variant["dwellings"]) in row for row in sums)


def test_utilisation_before_and_after_stand_side_by_side(scan_record):
    record = scan_record("kantoor_1980")[0]
    before, after = part_columns(record, "existing")[0], part_columns(record, state_about(record))[0]
    made = section(document(record, "nl"), "checks").blocks[0]
    assert isinstance(made, Table)
    for part, row in zip(made.parts, made.rows, strict=True):
        assert row[-2:] == (uc_text(before[part], "nl"), uc_text(after[part], "nl"))


def test_rows_of_unequal_length_are_refused():
    with pytest.raises(ValueError, match="unequal"):
        table(["a", "b"], [["1"]])
    with pytest.raises(ValueError, match="unequal"):
        table(["a"], [["1"], ["2"]], tones=["ok"])


def test_everything_not_checked_is_listed(record):
    for key in ("not_checked",):
        [items] = section(document(record, "nl"), key).blocks
        assert isinstance(items, Items)
        assert list(items.rows) == record["not_checked"]


# the arithmetic of what is written out


def value(text):
    """Evaluate "1,3 x 264,281 + (2 x 3)" as a person with a calculator would."""
    plain = text.replace("×", "*").replace(",", ".")
    assert re.fullmatch(r"[\d.+\-*/() ]+", plain), text
    return eval(plain)


def sums_in(line):
    """Return (expression, result) of a line "symbol = formula = numbers = result unit"."""
    pieces = [piece.strip() for piece in line.split(" = ")]
    result = re.match(r"[\d,.]+", pieces[-1])
    numbers = pieces[-2] if len(pieces) > 2 else ""
    if result is None or not re.fullmatch(r"[\d,.+\-×*/() ]+", numbers):
        return None
    return numbers, result[0]


@pytest.mark.parametrize("name", ["galerijflat_1972", "kantoor_1980", "portiekflat_1958"])
def test_every_line_of_every_check_comes_out_with_a_calculator(scan_record, name):
    seen = 0
    for check in scan_record(name)[0]["checks"]:
        for line in check_lines.lines(check, "nl"):
            found = sums_in(line)
            if found is None:
                continue
            expression, told = found
            # a utilisation has two decimals, any other number at least four digits
            near = {"abs": 5.1e-3} if line.startswith("UC") else {"rel": 1e-3}
            assert value(expression) == pytest.approx(value(told), **near), line
            seen += 1
    assert seen > 100


@pytest.mark.parametrize("name", ["galerijflat_1972", "kantoor_1980", "portiekflat_1958"])
def test_written_out_force_and_utilisation_are_those_of_the_record(scan_record, name):
    for check in scan_record(name)[0]["checks"]:
        lines = check_lines.lines(check, "en")
        force = next(line for line in lines if line.startswith("N_Ed"))
        assert force.endswith(f"= {check['n_kn']:.6g} kN")
        last = [line for line in lines if line.startswith("UC")][-1]
        assert last.endswith(uc_text(check["uc"], "en") if check["uc"] is not None else "unknown")
        numbers, told = sums_in(force)
        assert value(numbers) == pytest.approx(value(told), rel=1e-4)


@pytest.mark.parametrize("language", ["nl", "en"])
@pytest.mark.parametrize("name", ["galerijflat_1972", "kantoor_1980", "portiekflat_1958"])
def test_every_example_has_every_section_about_its_state(scan_record, name, language):
    record = scan_record(name)[0]
    doc = document(record, language, CALCULATION)
    assert {one.key for one in doc.sections} >= {
        "project",
        "starting_points",
        "plans",
        "take_down",
        "checks",
        "storeys",
        "stability",
        "foundation",
    }
    assert leading(record) in state_about(record)
    assert blocks(doc, Working)
    for one in doc.sections:
        assert one.title
        assert one.blocks
