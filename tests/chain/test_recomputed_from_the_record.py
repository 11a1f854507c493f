"""Unity checks recomputed from record.json alone, with formulas typed anew (`hand_formulas`), to four digits."""

from __future__ import annotations

import json
import random
from typing import Any

import pytest
from chain_models import Row
from hand_formulas import DRAWN, RESISTANCE, design_force
from recomputing import HALF_DIGIT, close, recomputed

from optopscan.ifc.author import ISection
from optopscan.pipeline import scan
from optopscan.report import tidy
from optopscan.report.record import build as records
from optopscan.settings import Settings

EXAMPLES = ("galerijflat_1972", "kantoor_1980", "portiekflat_1958")


class SteelRow(Row):
    """The small block with concrete walls and steel columns."""

    STONE = "beton C20/25"

    def _column(self, storey, k):
        def draw(author, storeys):
            section = ISection(name="HEA160", width_m=0.16, depth_m=0.152, web_m=0.006, flange_m=0.009, fillet_m=0.015)
            z = 2.8 * storey
            centre, top = (0.15 + 4.35 * k, self.DEPTH_M), z + self.CLEAR_M - self.BEAM_M
            author.column(storeys[storey], f"kolom HEA160 {k}{storey}", centre, z0_m=z, z1_m=top, section=section, material="staal S235")

        return draw


@pytest.fixture(scope="module")
def checks(scan_of, tmp_path_factory) -> list[dict[str, Any]]:
    """Every check with a unity check in the records of the examples and two small blocks, as read back from JSON."""
    folder = tmp_path_factory.mktemp("record")
    results = [scan_of(name) for name in EXAMPLES]
    for name, model in (("rij", Row()), ("staal", SteelRow())):
        results.append(scan([model.write(folder / f"{name}.ifc")], Settings(place=False, samples=0)))
    found = []
    for result in results:
        read = json.loads(tidy.dumps(records.build(result)[0]))
        found += [row | {"model": read["inputs"][0]["name"]} for row in read["checks"] if row["uc"] is not None]
    return found


def plain(checks):
    """The checks with a closed formula; the others are drawn on a curve."""
    return [row for row in checks if row["clause"] not in DRAWN]


def test_ten_random_unity_checks_come_out_to_four_digits(checks):
    rng, checks = random.Random(20261129), plain(checks)
    clauses = sorted({row["clause"] for row in checks})
    # one of every clause, so that every material is among them, and the rest at random
    drawn = [rng.choice([row for row in checks if row["clause"] == clause]) for clause in clauses]
    drawn += rng.sample([row for row in checks if row not in drawn], 10 - len(drawn))
    assert len(drawn) == 10
    for check in drawn:
        assert close(recomputed(check), check["uc"]), (check["model"], check["part"], check["clause"])


def test_masonry_concrete_and_steel_are_among_them(checks):
    seen = {row["clause"].split()[1] for row in checks}
    assert {"1996-1-1", "1992-1-1", "1993-1-1"} <= seen
    assert {"default fk", "fk of the stated grade"} <= {row["inputs"].get("strength_source") for row in checks}
    assert {row["combination"] for row in checks} >= {"6.10a", "6.10b"}


def test_every_check_of_the_records_comes_out(checks):
    rows = [(row["model"], row["part"], row["scenario"], row["uc"], recomputed(row)) for row in plain(checks)]
    assert [row for row in rows if not close(row[4], row[3])] == []
    assert len(rows) > 200


def test_columns_come_out_on_the_safe_side_of_the_exact_curve(checks):
    rows = [row for row in checks if row["clause"] in DRAWN]
    for row in rows:
        exact = recomputed(row)
        assert exact * (1.0 - HALF_DIGIT) <= row["uc"] + HALF_DIGIT, row["part"]
        assert row["uc"] - HALF_DIGIT <= exact * (1.0 + DRAWN[row["clause"]]), row["part"]
    assert len({row["part"] for row in rows}) > 5


def test_every_clause_of_the_records_is_typed_here(checks):
    assert {row["clause"] for row in checks} <= set(RESISTANCE)


class Counted(dict):
    """Inputs that note which of them were asked for."""

    def __init__(self, inputs):
        super().__init__(inputs)
        self.asked = set()

    def __getitem__(self, key):
        self.asked.add(key)
        return super().__getitem__(key)


def test_every_check_has_all_inputs_its_clause_needs(checks):
    """What the formulas ask for stands in the record; and without any one of them they cannot be computed."""
    for clause in {row["clause"] for row in checks}:
        rows = [row for row in checks if row["clause"] == clause]
        asked = set()
        for row in rows:
            counted = Counted(row["inputs"])
            RESISTANCE[clause](counted)
            design_force(counted)
            asked |= counted.asked
            assert all(row["inputs"][key] is not None for key in counted.asked), (row["part"], clause)
        assert len(asked) > 10


@pytest.mark.parametrize("lost", ["fk_mpa", "gamma_M", "h_mm", "rho2", "e_load_mm", "permanent_kn", "gamma_q"])
def test_a_record_that_lacks_a_number_is_noticed(checks, lost):
    check = next(row for row in checks if row["clause"].endswith("mid") and "fk_mpa" in row["inputs"])
    inputs = {key: value for key, value in check["inputs"].items() if key != lost}
    with pytest.raises(KeyError, match=lost):
        recomputed({**check, "inputs": inputs})


@pytest.mark.parametrize("changed", ["fk_mpa", "h_mm", "permanent_kn", "gamma_ga"])
def test_a_wrong_number_is_noticed(checks, changed):
    check = next(row for row in checks if row["clause"].endswith("mid") and row["combination"] == "6.10a" and "K" not in row["inputs"])
    assert close(recomputed(check), check["uc"])
    inputs = {**check["inputs"], changed: 1.01 * check["inputs"][changed]}
    force, resistance = design_force(inputs)[0], RESISTANCE[check["clause"]](inputs)
    assert not close(force / resistance, check["uc"])
