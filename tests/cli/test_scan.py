"""`optopscan scan`: what goes to stdout, stderr and the output folder, and the exit code."""

import os
from pathlib import Path

import pytest

from optopscan.errors import NothingToScan, UnreadableInput


def test_prints_the_summary_and_nothing_else(run, stages):
    result = run("scan", "a.ifc")
    assert (result.exit_code, result.stdout, result.stderr) == (0, "antwoord in nl: 1\n", "")
    assert stages.asked[0][0] == ["a.ifc"]


def test_language(run, stages):
    assert run("scan", "a.ifc", "--lang", "en").stdout == "antwoord in en: 1\n"
    assert run("scan", "a.ifc", env={"OPTOPSCAN_LANG": "en"}).stdout == "antwoord in en: 1\n"


def test_json_is_the_text_of_the_record(run, stages):
    assert run("scan", "--json", "a.ifc").stdout == '{\n"schema": "x"\n}\n'


def test_several_files_are_one_building(run, stages, in_tmp):
    (in_tmp / "b.ifc").write_text("")
    assert run("scan", "b.ifc", "a.ifc").exit_code == 0
    assert stages.asked[0][0] == ["b.ifc", "a.ifc"]


def test_output_folder_is_made_and_filled(run, stages, in_tmp):
    assert run("scan", "a.ifc", "-o", "deep/out").exit_code == 0
    assert sorted(os.listdir(in_tmp / "deep/out")) == ["plan_nl.png", "record.json", "samenvatting.txt", "variant_nl.svg"]
    assert (in_tmp / "deep/out/samenvatting.txt").read_text() == "antwoord in nl: 1\n"


def test_what_another_answer_left_beside_the_new_one_is_named_and_stays(run, stages, in_tmp):
    out = in_tmp / "out"
    assert run("scan", "a.ifc", "-o", "out").stderr == ""
    (out / "variant_old_laag1.png").write_text("three storeys")
    (out / ".hidden").write_text("")
    assert run("scan", "a.ifc", "-o", "out").stderr == ""  # the same answer: what is there may belong to it
    (out / "record.json").write_text("another")
    told = (
        "out also holds a file that this run did not write (variant_old_laag1.png); "
        "what an earlier run left there belongs to another answer"
    )
    assert run("scan", "a.ifc", "-o", "out").stderr == f"optopscan: {told}\n"
    assert (out / "variant_old_laag1.png").read_text() == "three storeys"
    for name in ("a.png", "b.png", "c.png"):
        (out / name).write_text("")
    (out / "record.json").write_text("another")
    assert "4 files that this run did not write (a.png, b.png, c.png, ...)" in run("scan", "a.ifc", "-o", "out").stderr
    (out / "record.json").write_text("another")
    assert run("scan", "a.ifc", "-o", "out", "--quiet").stderr == ""
    (out / "record.json").unlink()
    assert run("scan", "a.ifc", "-o", "out").stderr == ""  # a folder that held no answer


def test_no_output_folder_without_being_asked(run, stages, in_tmp):
    run("scan", "a.ifc")
    assert os.listdir(in_tmp) == ["a.ifc"]


def test_output_that_is_a_file_is_refused_before_the_scan(run, stages, in_tmp):
    (in_tmp / "out").write_text("mine")
    for where in ("out", "out/below"):
        result = run("scan", "a.ifc", "-o", where)
        assert result.exit_code == 2
        assert result.stderr.endswith("out: is a file; name a folder with -o\n")
    assert stages.asked == []
    assert (in_tmp / "out").read_text() == "mine"


def test_output_that_may_not_be_written_is_refused_before_the_scan(run, stages, in_tmp, monkeypatch):
    # chmod would not stop root, who runs tests in containers; the question to the system is what counts
    (in_tmp / "out").mkdir()
    monkeypatch.setattr(os, "access", lambda path, mode: str(path) != "out")
    result = run("scan", "a.ifc", "-o", "out")
    assert (result.exit_code, result.stderr) == (2, "optopscan: out: folder cannot be written; name another with -o\n")
    assert stages.asked == []


def test_nothing_is_made_when_the_scan_fails(run, stages, in_tmp):
    stages.error = NothingToScan("a.ifc: no roof; add it to the model")
    assert run("scan", "a.ifc", "-o", "out").exit_code == 3
    assert not (in_tmp / "out").exists()


@pytest.mark.parametrize(("fail_under", "code"), [("0", 0), ("1", 0), ("2", 1)])
def test_fail_under_looks_at_proven(run, stages, fail_under, code):
    # stand-in: proven 1, possible 2; the result is printed either way
    result = run("scan", "a.ifc", "--fail-under", fail_under)
    assert result.exit_code == code
    assert result.stdout == "antwoord in nl: 1\n"
    assert bool(result.stderr) == bool(code)


def test_quiet(run, stages):
    result = run("scan", "a.ifc", "--fail-under", "2", "--quiet")
    assert (result.exit_code, result.stderr) == (1, "")


def test_missing_file_is_one_line_and_3(run, stages):
    result = run("scan", "gone.ifc")
    assert (result.exit_code, result.stdout, result.stderr) == (3, "", "optopscan: gone.ifc: no such file; check the path\n")


def test_folder_is_one_line_and_3(run, stages, in_tmp):
    (in_tmp / "models").mkdir()
    result = run("scan", "models")
    assert result.exit_code == 3
    assert result.stderr == "optopscan: models: is a folder; name the IFC files of one building in it\n"


@pytest.mark.parametrize(
    ("words", "what"),
    [
        (("report", "box"), "the record.json in it"),
        (("feasibility", "box"), "the record.json in it"),
        (("diff", "box", "box"), "the record.json in it"),
        (("place", "box"), "the IFC files of one building in it"),
    ],
)
def test_a_folder_is_told_by_what_the_command_reads(run, in_tmp, words, what):
    (in_tmp / "box").mkdir()
    result = run(*words)
    assert (result.exit_code, result.stderr) == (3, f"optopscan: box: is a folder; name {what}\n")


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="a system without pipes that have names")
@pytest.mark.parametrize("words", [("scan", "a pipe.ifc"), ("report", "a pipe.ifc"), ("inspect", "a pipe.ifc"), ("scan", "/dev/zero")])
def test_a_pipe_that_nobody_writes_to_is_not_waited_for(run, in_tmp, words):
    os.mkfifo(in_tmp / "a pipe.ifc")
    result = run(*words)
    assert (result.exit_code, result.stderr) == (3, f"optopscan: {words[1]}: is a pipe or a device; save it to a file first\n")


def test_a_product_named_twice_is_one_line(run, tmp_path):
    model = Path(__file__).resolve().parents[2] / "examples/ifc/portiekflat_1958.ifc"
    result = run("scan", str(model), "--concept", "fictief.hsb-2d", "--concept", "fictief.hsb-2d", "--quiet")
    assert (result.exit_code, result.stderr) == (2, "optopscan: concept 'fictief.hsb-2d' is named 2 times; name each once\n")


def test_error_of_a_stage_is_one_line_with_its_own_code(run, stages):
    stages.error = UnreadableInput("a.ifc: cut off\nat line 12; export it again")
    result = run("scan", "a.ifc")
    assert (result.exit_code, result.stdout, result.stderr) == (3, "", "optopscan: a.ifc: cut off at line 12; export it again\n")


def test_bug_keeps_its_traceback(run, stages):
    stages.error = ZeroDivisionError("bug")
    result = run("scan", "a.ifc")
    assert isinstance(result.exception, ZeroDivisionError)


def test_interrupt_is_one_line_and_130(run, stages, in_tmp):
    stages.error = KeyboardInterrupt()
    result = run("scan", "a.ifc", "-o", "out")
    assert result.exit_code == 130
    assert result.stderr.strip() == "optopscan: interrupted; nothing more was written"
    assert not (in_tmp / "out").exists()
