"""optopscan diff: two records on disk."""

import json
import shutil
from pathlib import Path

import pytest

from optopscan.pipeline import scan
from optopscan.report.record import build as record
from optopscan.settings import Settings

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def kept(tmp_path_factory):
    folder = tmp_path_factory.mktemp("record")
    record.write(scan([ROOT / "examples" / "ifc" / "kantoor_1980.ifc"], Settings(place=False, samples=0)), folder / "a")
    record.write(scan([ROOT / "examples" / "ifc" / "kantoor_1980.ifc"], Settings(place=False, samples=0, level="nieuwbouw")), folder / "b")
    shutil.copytree(folder / "a", folder / "c")
    return folder


def test_what_a_stricter_level_moves_is_told(run, kept):
    result = run("diff", str(kept / "a" / "record.json"), str(kept / "b" / "record.json"))
    assert result.exit_code == 0
    assert "instelling: level: verbouw -> nieuwbouw" in result.stdout
    assert "in de toets: " in result.stdout
    assert "gamma ga" in result.stdout or "gamma_ga" in result.stdout


def test_equal_records_and_json(run, kept):
    result = run("diff", str(kept / "a" / "record.json"), str(kept / "c" / "record.json"), "--json")
    assert json.loads(result.stdout)["same"] is True


def test_a_file_that_is_no_record_is_one_line(run, kept, in_tmp):
    (in_tmp / "x.json").write_text("[]")
    result = run("diff", str(kept / "a" / "record.json"), "x.json")
    assert result.exit_code == 3
    assert len(result.stderr.strip().splitlines()) == 1
