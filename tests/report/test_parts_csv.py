"""The tables of parts and foundation loads: read back, they are the record; hand sums of the small building; no formulas."""

import csv
import dataclasses
import io

import pytest
from report_factory import scan_result

from optopscan.report import marks, views
from optopscan.report.record import build as records


def read(content, delimiter=";"):
    assert content.startswith(b"\xef\xbb\xbf"), "a spreadsheet must see that it is UTF-8"
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig")), delimiter=delimiter))


def dutch(text):
    return float(text.replace(",", "."))


@pytest.fixture(scope="module")
def built():
    return records.build(scan_result())


@pytest.fixture(scope="module")
def files(built):
    return views.render(*built, formats=["csv"])


def test_two_tables_a_row_per_part_and_per_foot(built, files):
    assert sorted(files) == ["kolomlasten.csv", "onderdelen.csv"]
    parts, feet = read(files["onderdelen.csv"]), read(files["kolomlasten.csv"])
    assert [row["onderdeel"] for row in parts] == [part["id"] for part in built[0]["parts"]]
    assert [row["onderdeel"] for row in feet] == ["k1", "u1", "f0", "f1", "f2"]


def test_loads_of_the_middle_footing_by_hand(files):
    """Permanent 680; imposed 1.75 x 5 x 8 = 70; roof 40. One storey of 2.0 + 0.5 + 0.8 = 3.3 kN/m2 on 40 m2, 2.55 imposed."""
    row = next(row for row in read(files["kolomlasten.csv"]) if row["onderdeel"] == "f1")
    assert (row["g_kn"], row["q_vloeren_kn"], row["q_dak_kn"]) == ("680,00", "70,00", "40,00")
    assert dutch(row["g_na_kn"]) == pytest.approx(680.0 + 3.3 * 40.0)
    assert dutch(row["q_vloeren_na_kn"]) == pytest.approx(70.0 + 2.55 * 40.0)
    # 6.10a 1.3 x 680 + 1.3 x 0.4 x 70 = 920.4 is more than 6.10b 1.15 x 680 + 1.3 x 70 = 873
    assert dutch(row["n_ed_kn"]) == pytest.approx(920.4)
    # 6.10b 1.15 x 812 + 1.3 x (70 + 102) = 1157.4 is more than 6.10a 1.3 x 812 + 1.3 x 0.4 x 172 = 1145.04
    assert dutch(row["n_ed_na_kn"]) == pytest.approx(1157.4)
    assert (row["x_m"], row["y_m"], row["lijn"], row["deel_naar_grond"]) == ("5,000", "4,000", "1", "1,000")


def test_utilisation_unknown_is_empty(built, files):
    rows = read(files["onderdelen.csv"])
    told = {row["scenario"]: row for row in built[0]["part_uc"]}
    assert rows[-1]["uc_na"] == ""
    assert dutch(rows[0]["uc_bestaand"]) == pytest.approx(told["bestaand"]["uc"][0], abs=5e-4)
    assert {row["uitkomst_na"] for row in rows} == {"onbekend"}, "this record tells no outcome per part: unknown, never ok"


def test_the_last_head_is_the_stamp(built, files):
    for content in files.values():
        assert list(read(content)[0])[-1] == marks.stamp(built[0], "nl")


@pytest.mark.parametrize("name", ["=1+1", "+31", "-wand", "@SUM(A1)"])
def test_a_name_is_no_formula(name):
    made = scan_result()
    elements = made.building.elements
    named = dataclasses.replace(elements, name=(name,) * len(elements.name))
    record, arrays = records.build(dataclasses.replace(made, building=dataclasses.replace(made.building, elements=named)))
    for content in views.render(record, arrays, formats=["csv"]).values():
        assert {row["element"] for row in read(content)} == {f"'{name}"}


def test_english_has_commas_and_points(built):
    files = views.render(*built, formats=["csv"], language="en")
    row = next(row for row in read(files["column_loads.csv"], ",") if row["part"] == "f1")
    assert (row["g_kn"], row["kind"]) == ("680.00", "footing")
    assert "parts.csv" in files
