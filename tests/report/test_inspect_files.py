"""Files, text and single elements of an inspection."""

import csv
import dataclasses
import io
import json
import math
import re

import numpy as np
import pytest
import small_inspection as small

from optopscan.errors import UsageError
from optopscan.report.inspection import element as inspect_element
from optopscan.report.inspection import files as inspect_files
from optopscan.report.inspection import text as inspect_text


def rows_of(data):
    return list(csv.reader(io.StringIO(data.decode("utf-8-sig")), delimiter=";"))


def figure(text):
    return float(text.replace(",", "."))


def test_questions_can_be_recomputed_from_their_row():
    heads, *rows = rows_of(inspect_files.questions_csv(small.inspection()))
    assert heads[7:10] == ["zekerheid", "invloed kN", "score kN"]
    assert len(rows) == len(small.inspection().questions)
    for row in rows:
        certain, kn, score = map(figure, row[7:10])
        # certainty has three decimals
        assert score == pytest.approx(kn * (1 - certain), abs=0.06 + 0.0006 * kn)


def test_the_table_is_in_dutch():
    _, *rows = rows_of(inspect_files.questions_csv(small.inspection()))
    strength = next(row for row in rows if row[1] == "sterkte" and "muur 200" in row[2])
    assert strength[5].startswith("standaardwaarde baksteen, bouwjaar 1958")
    assert strength[6] == "3,3 tot 8,1 N/mm2"


@pytest.mark.parametrize("text", ["=1+1", "+x", "-x", "@x", "=cmd|' /C calc'!A0"])
def test_no_cell_is_a_formula(text):
    q = dataclasses.replace(small.inspection().questions[0], value=text, source=text, alternative=text)
    _, row = rows_of(inspect_files.questions_csv(dataclasses.replace(small.inspection(), questions=(q,))))
    assert row[4:7] == [f"'{text}"] * 3


def test_json_has_null_for_unknown_and_all_questions():
    own = small.elements(thickness_m=np.full(5, math.nan))
    shown = json.loads(json.dumps(inspect_files.as_json(small.inspection(building=small.building(own))), allow_nan=False))
    assert shown["schema"] == "optopscan/inspect/1"
    assert shown["elements"][0]["thickness_m"] is None
    assert {q["what"] for q in shown["questions"]} >= {"bearing", "strength", "foundation", "thickness"}


def test_files_of_an_earlier_run_go_and_others_stay(tmp_path):
    for name in ("inspect_bouwlaag_9.svg", "inspect_bouwlaag_9.txt", "plan_storey_9.png"):
        (tmp_path / name).write_text("old")
    written = inspect_files.write(small.inspection(), tmp_path)
    assert {path.name for path in tmp_path.iterdir()} == {path.name for path in written} | {"inspect_bouwlaag_9.txt", "plan_storey_9.png"}
    assert {"inspect.json", "vragen.csv"} < {path.name for path in written}


def test_text_ranks_and_says_how():
    text = inspect_text.text(small.inspection())
    first = text.split("Eerst uitzoeken", 1)[1].splitlines()[2]
    assert first.split()[:4] == ["1", "foundation", "whole", "building"]
    assert first.split()[-3:] == ["0.00", "213", "213"]
    assert "score = kN x (1 - certainty)" in text


def test_text_without_a_structure_says_why():
    assert "No structure  no roof: the model has no slab" in inspect_text.text(small.inspection(whole=False))


def test_one_element_is_a_hand_calculation():
    text = inspect_element.text(small.inspection(), "0#10")
    # -0.8 + 3.0 = 2.2; 1 / (1 + exp(-2.2)) = 0.900
    assert "sum +2.20: probability 1 / (1 + exp(-2.20)) = 0.900" in text
    # 2.146 m3 (4 x 0.2 x 2.8 less a door) of 40 kN: 40000 / 9.81 / 2.146 = 1900 kg/m3
    assert "2.146 m3 x 1900 kg/m3 x 9.81 / 1000 = 40.0 kN" in text
    carries = text.split("Carries", 1)[1].split("\n\n")[0]
    assert re.search(r"own weight of its parts\s+40\.0\s+0\.0", carries)
    assert re.search(r"floor field 1 \(0#11\) at \+3\.00 m: 20\.00 m2\s+110\.0\s+35\.0", carries)
    assert re.search(r"0#13 =P1, share 1\.00\s+8\.0\s+0\.0", carries)
    assert re.search(r"sum\s+158\.0\s+35\.0", carries)
    assert re.search(r"0#12 F1\s+1\.000\s+158\.0\s+35\.0", text.split("Rests on  193.0 kN", 1)[1])


def test_probability_that_is_not_the_sum_is_said():
    p = small.bearing(probability=np.array([0.2, 1.0, 1.0, 0.1, 1.0]))
    assert "taken: 0.200, set by" in inspect_element.text(small.inspection(bearing=p), "10")


@pytest.mark.parametrize(
    ("key", "expected"),
    [
        ("#11", r"0#10 W1\s+1\.000\s+110\.0\s+35\.0"),  # the floor hands all to the wall
        ("0#13", r"Kept as load  carries nothing, 8\.0 kN goes to"),
        ("gb", r"NOTHING\s+1\.000\s+6\.0"),
        ("12", r"the ground\s+1\.000\s+178\.0\s+35\.0"),
    ],
)
def test_each_kind_of_element_tells_where_its_load_goes(key, expected):
    assert re.search(expected, inspect_element.text(small.inspection(), key))


def test_unknown_element_and_double_guid_are_one_line():
    with pytest.raises(UsageError, match="no such element"):
        inspect_element.find(small.elements(), "0#99")
    with pytest.raises(UsageError, match="2 elements have it; use one of 0#10, 0#11"):
        inspect_element.find(small.elements(guid=("a", "a", "c", "d", "e")), "a")
