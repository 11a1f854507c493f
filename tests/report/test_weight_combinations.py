"""Combinations of the weight calculation against the clause function: more floors than two, one to three new storeys, upward load."""

import io

import openpyxl
import pytest
from report_factory import scan_result

from optopscan.report import views
from optopscan.report.load_path import load_path
from optopscan.report.parts_csv import design_forces
from optopscan.report.record import build as records

FIRST = 6


def built(new_storeys, psi0_new, lifts_m2, basis):
    """Return record and sheet of a block of five storeys with this many new ones; one part may be lifted."""
    record, arrays = records.build(scan_result(storeys=5))
    for row in record["scenarios"]:
        if row["concept"]:
            row["storeys"] = new_storeys
    record["load_basis"] |= {"psi0_new": psi0_new, **basis}
    record["parts"][0]["lifts_roof_m2"] = lifts_m2
    content = views.render(record, arrays, formats=["xlsx"])["gewichtsberekening.xlsx"]
    return record, openpyxl.load_workbook(io.BytesIO(content), data_only=True)["Combinaties"]


B_LEADS, LIGHT = {"gamma_ga": 1.0}, {"gamma_ga": 1.0, "new_imposed_kn_m2": 0.5}
CASES = [
    *((1, 0.4, 0.0, {}), (2, 0.4, -3.0, {}), (3, 0.4, 0.0, {}), (1, 0.0, 0.0, {}), (3, 0.7, -1.5, {})),
    *((1, 0.4, 0.0, B_LEADS), (2, 0.4, 0.0, LIGHT), (3, 0.0, -2.0, LIGHT)),
]


@pytest.mark.parametrize(("new_storeys", "psi0_new", "lifts_m2", "basis"), CASES)
def test_design_forces_are_those_of_the_clause(new_storeys, psi0_new, lifts_m2, basis):
    record, sheet = built(new_storeys, psi0_new, lifts_m2, basis)
    path = load_path(record)
    assert path.leading.storeys == new_storeys
    before, after = design_forces(path)
    rows = list(sheet.iter_rows(min_row=FIRST, max_row=FIRST + len(path.parts) - 1, values_only=True))
    assert [row[0] for row in rows] == [part.id for part in path.parts]
    assert [row[10] for row in rows] == pytest.approx(before, abs=1e-9)
    assert [row[17] for row in rows] == pytest.approx(after, abs=1e-9)
    assert any(row[5] for row in rows), "a second storey with load, or the rule of two is not tried"
