"""optopscan report: views of a record on disk."""

from pathlib import Path

import pytest

from optopscan.pipeline import scan
from optopscan.report import views
from optopscan.report.formats import FORMATS
from optopscan.report.record import build as record
from optopscan.settings import Settings

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def kept(tmp_path_factory):
    folder = tmp_path_factory.mktemp("record")
    result = scan([ROOT / "examples" / "ifc" / "kantoor_1980.ifc"], Settings(place=False, samples=0))
    record.write(result, folder)
    return folder / "record.json"


def test_every_format_is_registered_and_told():
    assert sorted(FORMATS) == sorted(views.RENDERERS)


def test_the_page_is_what_one_gets(run, kept, in_tmp):
    result = run("report", str(kept), "-o", "out")
    assert result.exit_code == 0
    assert result.stdout == "rapport.html\n"
    assert (in_tmp / "out" / "rapport.html").read_bytes().startswith(b"<!doctype html>")


def test_formats_are_named_and_may_be_several(run, kept, in_tmp):
    assert run("report", str(kept), "-f", "txt", "-f", "html", "-o", "out", "--lang", "en").stdout == "report.html\nsummary.txt\n"
    assert sorted(path.name for path in (in_tmp / "out").iterdir()) == ["report.html", "summary.txt"]


def test_all_is_every_format(run, kept, in_tmp):
    result = run("report", str(kept), "--all", "-o", "out")
    assert result.exit_code == 0
    assert set(result.stdout.split()) == {path.name for path in (in_tmp / "out").iterdir()}
    assert {"rapport.html", "record.json", "samenvatting.txt", "plan_roof.png"} <= set(result.stdout.split())


def test_what_cannot_be_read_or_asked_is_one_line_and_nothing_is_written(run, kept, in_tmp):
    (in_tmp / "other.json").write_text("{}")
    for call, code in (
        (("report", "other.json", "-o", "out"), 3),
        (("report", "missing.json", "-o", "out"), 3),
        (("report", str(kept), "-f", "doc", "-o", "out"), 2),
        (("report", str(kept), "-f", "txt", "--all", "-o", "out"), 2),
    ):
        result = run(*call)
        assert result.exit_code == code
        assert len(result.stderr.strip().splitlines()) == 1
        assert not (in_tmp / "out").exists()


def test_all_without_an_extra_says_what_it_left_out(run, kept, in_tmp, monkeypatch):
    monkeypatch.setattr(views, "find_spec", lambda name: None)
    result = run("report", str(kept), "--all", "-o", "out")
    assert result.exit_code == 0
    assert 'pdf left out: pip install "optopscan[pdf]"' in result.stderr
    assert "berekening.pdf" not in result.stdout
    assert run("report", str(kept), "-f", "pdf", "-o", "out").exit_code == 2


def test_a_format_without_anything_to_show_says_why(run, kept, in_tmp):
    result = run("report", str(kept), "-f", "ifc", "-f", "txt", "-o", "out")
    assert result.exit_code == 0
    assert "ifc: no variant was put forward in this record" in result.stderr
    assert result.stdout == "samenvatting.txt\n"


def test_the_merged_model_is_of_the_scanned_file_alone(run, kept, in_tmp):
    example = str(ROOT / "examples" / "ifc" / "kantoor_1980.ifc")
    assert "--merged: no variant was put forward" in run("report", str(kept), "--merged", example, "-o", "out").stderr
    assert run("report", str(kept), "--merged", "missing.ifc", "-o", "out").exit_code == 3


def test_a_scan_writes_the_views_asked_for_too(run, in_tmp):
    example = str(ROOT / "examples" / "ifc" / "kantoor_1980.ifc")
    result = run("scan", example, "-o", "out", "-f", "html", "--no-place", "--samples", "0", "--quiet")
    assert result.exit_code == 0
    assert {"rapport.html", "record.json", "samenvatting.txt", "plan_roof.png"} <= {path.name for path in (in_tmp / "out").iterdir()}
    refused = run("scan", example, "-f", "html", "--quiet")
    assert refused.exit_code == 2
    assert "--format writes files" in refused.stderr
