"""optopscan portfolio report, from the command line."""

import shutil
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
FILES = ["antwoorden.csv", "families_gescand.csv", "onderzoek_eerst.csv", "overzicht.html", "tegenhouders.csv"]


def test_a_run_becomes_a_page_that_links_to_its_records(run, in_tmp):
    (in_tmp / "in").mkdir()
    shutil.copy(ROOT / "examples" / "ifc" / "portiekflat_1958.ifc", in_tmp / "in" / "<b>.ifc")
    (in_tmp / "in" / "slecht.ifc").write_text("x")
    assert run("portfolio", "run", "in", "-o", "out", "--no-place", "--samples", "0", "--workers", "1", "--records").exit_code == 0
    result = run("portfolio", "report", "out", "-o", "out/rapport")
    assert result.exit_code == 0
    assert result.stdout.startswith("2 gebouwen: ")
    assert "geen constructieve toetsing" in result.stdout
    assert sorted(path.name for path in (in_tmp / "out" / "rapport").iterdir()) == FILES
    page = (in_tmp / "out" / "rapport" / "overzicht.html").read_text()
    [record] = (in_tmp / "out" / "records").iterdir()
    assert f'<a href="../records/{record.name}/record.json">&lt;b&gt;.ifc</a>' in page
    assert "no IFC header" in page
    again = run("portfolio", "report", "out/portfolio.csv", "-o", "en", "--lang", "en", "--quiet")
    assert (again.exit_code, again.stderr) == (0, "")


def test_what_is_no_run_is_one_line(run, in_tmp):
    (in_tmp / "leeg").mkdir()
    (in_tmp / "x.json").write_text("[]")
    for source in ("nergens", "leeg", "x.json"):
        result = run("portfolio", "report", source, "-o", "out")
        assert result.exit_code == 3
        assert len(result.stderr.strip().splitlines()) == 1
    assert not (in_tmp / "out").exists()
