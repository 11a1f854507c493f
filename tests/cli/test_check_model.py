"""check-model on the command line: exit codes, output, published files."""

import json
from pathlib import Path

EXAMPLE = str(Path(__file__).resolve().parents[2] / "examples" / "ifc" / "kantoor_1980.ifc")


def test_failing_required_part_gives_1_and_the_element_on_stdout(run):
    result = run("check-model", EXAMPLE, "--quiet")
    assert result.exit_code in (0, 1)
    assert result.exit_code == int(" FOUT   R" in result.stdout)
    assert "4.3 Dragend / niet-dragend" in result.stdout


def test_json_says_the_same(run):
    result = run("check-model", EXAMPLE, "--quiet", "--json")
    data = json.loads(result.stdout)
    failed = any(r["outcome"] == "fail" and r["part"] == "required" for r in data["results"])
    assert data["required_met"] is not failed
    assert result.exit_code == int(failed)


def test_export_writes_both_files_and_needs_no_model(run, in_tmp):
    assert run("check-model", "--export", "eisen").exit_code == 0
    assert sorted(p.name for p in (in_tmp / "eisen").iterdir()) == ["optopscan-recommended.ids", "optopscan-required.ids"]


def test_without_files_it_says_what_to_do(run):
    result = run("check-model")
    assert result.exit_code == 2
    assert "name at least one IFC file" in result.stderr


def test_missing_file_and_broken_file(run, in_tmp):
    assert run("check-model", "weg.ifc").exit_code in (2, 3)
    (in_tmp / "kapot.ifc").write_text("ISO-10303-21;")
    result = run("check-model", "kapot.ifc", "--quiet")
    assert result.exit_code == 3
    assert len(result.stderr.strip().splitlines()) == 1


def test_without_ifctester_one_line_says_what_to_install(run, monkeypatch):
    import sys

    monkeypatch.setitem(sys.modules, "ifctester", None)
    result = run("check-model", EXAMPLE, "--quiet")
    assert result.exit_code == 2
    assert "optopscan[ids]" in result.stderr
