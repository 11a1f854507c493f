"""optopscan portfolio run, from the command line."""

import json
import shutil
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def test_a_folder_becomes_a_table_with_reasons(run, in_tmp):
    (in_tmp / "in").mkdir()
    shutil.copy(ROOT / "examples" / "ifc" / "kantoor_1980.ifc", in_tmp / "in")
    (in_tmp / "in" / "slecht.ifc").write_text("x")
    asked = ("portfolio", "run", "in", "-o", "out", "--no-place", "--samples", "0", "--workers", "1")
    result = run(*asked)
    assert result.exit_code == 0
    assert "2 gebouwen, 1 gescand" in result.stdout
    assert "slecht.ifc: slecht.ifc: no IFC header" in result.stdout
    assert "2 of 2" in result.stderr
    first = (in_tmp / "out" / "portfolio.csv").read_bytes()
    again = run(*asked, "--json", "--quiet")
    assert [row["status"] for row in json.loads(again.stdout)["rows"]] == ["scanned", "refused"]
    assert again.stderr == ""
    assert (in_tmp / "out" / "portfolio.csv").read_bytes() == first


def test_what_is_not_there_is_one_line(run, in_tmp):
    for call, code in (
        (("portfolio", "run", "nergens", "-o", "out"), 3),
        (("portfolio", "run", ".", "-o", "out", "--overrides", "x.toml"), 2),
        (("portfolio", "walk"), 2),
    ):
        result = run(*call)
        assert result.exit_code == code
        assert len(result.stderr.strip().splitlines()) == 1


def test_a_missing_extra_is_said_before_the_scans(run, in_tmp, monkeypatch):
    from optopscan.portfolio import table

    monkeypatch.setattr(table, "find_spec", lambda name: None)
    result = run("portfolio", "run", ".", "-o", "out", "-f", "parquet")
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr == 'optopscan: parquet needs pyarrow: pip install "optopscan[gis]"\n'
    assert not (in_tmp / "out").exists()
