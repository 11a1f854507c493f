"""`optopscan inspect` on a hand-made building: counts, gaps, files; unknown is named, not counted as zero."""

import json
import math

import numpy as np
import pytest
import small_inspection as small

from optopscan.cli.explain import BANDS
from optopscan.cli.explanations import EXPLANATIONS
from optopscan.issues import CODES
from optopscan.model.building import Storeys


@pytest.fixture
def reading(monkeypatch):
    """Let the stages answer with a building of which one wall is not known well."""
    own = small.building(
        small.elements(volume_m3=np.array([2.146, 3.998, 0.8, math.nan, 0.08]), storey=np.array([0, 0, -1, 0, 0])),
        name="Blok\x1b[31m 1",
        build_year=None,
        storeys=Storeys(name=("begane grond", "dak"), elevation_m=np.array([0.0, math.nan])),
    )
    made = small.materials(self_weight_kn=np.array([40.0, 100.0, 20.0, math.nan, 6.0]))
    answer = small.inspection(building=own, materials=made)
    asked = []

    def inspect(paths, settings, progress=None, overrides=None):
        asked.append(([str(path) for path in paths], settings))
        return answer

    monkeypatch.setattr("optopscan.pipeline.inspecting.inspect", inspect)
    return asked


def rows_under(title, text):
    lines = text.split(f"{title}\n", 1)[1].split("\n\n")[0].splitlines()
    return {line.split("  ")[1]: line.split() for line in lines[1:]}


def test_text(run, reading):
    result = run("inspect", "a.ifc", "--setback", "2")
    assert (result.exit_code, result.stderr) == (0, "")
    assert reading[0][1].setback_m == 2.0
    text = result.stdout
    assert text.startswith("Building  Blok[31m 1, build year not stated\n")
    assert rows_under("Storeys", text)["begane grond"][-2:] == ["0.00", "4"]
    assert rows_under("Storeys", text)["dak"][-2:] == ["unknown", "0"]
    assert rows_under("Storeys", text)["(no storey)"][-1] == "1"
    assert rows_under("Elements", text)["wall"] == ["wall", "2", "1", "1", "0", "2.1", "+", "1", "unknown", "40.0", "+", "1", "unknown"]
    assert rows_under("Elements", text)["slab"] == ["slab", "1", "1", "0", "0", "4.0", "100.0"]
    assert rows_under("Materials", text)["clay"] == ["clay", "1", "1", "0"]
    assert rows_under("Issues", text)["OPT-202"][:3] == ["OPT-202", "info", "1"]
    assert "Eerst uitzoeken" in text


def test_json_goes_with_files(run, reading, in_tmp):
    result = run("inspect", "--json", "-o", "out", "a.ifc")
    shown = json.loads(result.stdout)
    assert [row["bearing"] for row in shown["elements"]] == ["yes", "yes", "yes", "no", "yes"]
    assert shown["elements"][3]["volume_m3"] is None
    assert shown["building"]["storeys"][1]["elevation_m"] is None
    assert json.loads((in_tmp / "out" / "inspect.json").read_text()) == shown
    assert (in_tmp / "out" / "inspect_bouwlaag_1.svg").exists()


def test_without_a_folder_nothing_is_written(run, reading, in_tmp):
    before = set(in_tmp.iterdir())
    run("inspect", "a.ifc")
    assert set(in_tmp.iterdir()) == before


def test_one_element(run, reading):
    assert run("inspect", "a.ifc", "--element", "gw").stdout.startswith("0#10 W1  IfcWall, taken as wall, GlobalId gw\n")
    result = run("inspect", "a.ifc", "--element", "0#99")
    assert (result.exit_code, result.stderr.count("\n")) == (2, 1)


def test_a_wrong_element_or_folder_writes_nothing(run, reading, in_tmp):
    assert run("inspect", "a.ifc", "--element", "0#99", "-o", "out").exit_code == 2
    assert not (in_tmp / "out").exists()
    (in_tmp / "file").write_text("")
    assert run("inspect", "a.ifc", "-o", "file").exit_code == 2


@pytest.mark.parametrize("code", CODES)
def test_every_code_is_explained_in_sentences(code):
    told = EXPLANATIONS[code]
    sentences = [
        text for text in (told.means, told.matters, told.do) if text.endswith(".") and text[0].isupper() and len(text.split()) >= 6
    ]
    assert len(sentences) == 3
    assert code.removeprefix("OPT-")[0] in BANDS
    assert CODES[code].remedy


def test_explain_tells_why_it_matters(run):
    text = " ".join(run("explain", "OPT-301").stdout.split())
    assert "matters: Above a probability of one half" in text
    assert "what to do: state LoadBearing in the model or in an override" in text
