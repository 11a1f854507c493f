"""catalog show, new and schema, with the catalogue that comes along."""

import json
import tomllib
from xml.etree import ElementTree

import pytest

from optopscan.catalog.load import lint
from optopscan.catalog.schema import SCHEMA_FILE, schema_text


def test_show_gives_every_number_its_source_and_says_unknown(run):
    text = run("catalog", "show", "fictief.staal-hybride").stdout
    rows = {line.strip().split("  ")[0]: line for line in text.splitlines()}
    # 1.45 x 32.4 + 0.71 x 25.2 = 64.87 kN on 32.4 m2: 2.00; hi: 1.7 x 32.4 + 0.9 x 25.2 = 77.76: 2.40
    assert rows["een laag van 3,6 x 9 m: vloer en wanden"].endswith("2,00 kN/m2 BVO, een oordeel rekent met 2,40")
    assert rows["vloer, plafond, installaties"].endswith("1,45 (1,15 tot 1,7) kN/m2 [1]")
    assert "onbekend: geen opgave gevonden voor licht staalframe" in rows["prijs per m2 BVO, excl. btw"]
    assert "  [1] aangenomen: bandbreedte licht staalframe" in text
    assert "FICTIEF" in text
    assert "Quickscan, geen constructieve toetsing" in text


def test_show_in_english_and_as_json(run):
    assert "usable for proven" in run("catalog", "show", "fictief.hsb-3d", "--lang", "en").stdout
    shown = json.loads(run("catalog", "show", "fictief.staal-hybride", "--json").stdout)
    assert shown["cost_eur_m2"]["value"] is None
    assert shown["g_roof_kn_m2"]["hi"] == 0.9


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("fictief.hsb-4d", "fictief.hsb-4d: no such concept; did you mean fictief.hsb-3d?"),
        ("quite-another", "quite-another: no such concept; use one of fictief.betonvloer, fictief.clt-2d"),
        ("absent.toml", "absent.toml: cannot be opened"),
    ],
)
def test_show_what_is_not_there_is_one_line(run, in_tmp, name, message):
    result = run("catalog", "show", name)
    assert (result.exit_code, result.stdout, result.stderr.count("\n")) == (2, "", 1)
    assert result.stderr.startswith(f"optopscan: {message}")


def test_show_writes_a_page(run, in_tmp):
    for name in ("blad.svg", "blad.PNG"):
        result = run("catalog", "show", "fictief.hsb-3d", "-o", f"uit/{name}")
        assert (result.exit_code, result.stdout) == (0, "")
    ElementTree.parse(in_tmp / "uit" / "blad.svg")
    assert (in_tmp / "uit" / "blad.PNG").read_bytes().startswith(b"\x89PNG")
    wrong = run("catalog", "show", "fictief.hsb-3d", "-o", "blad.pdf")
    assert (wrong.exit_code, "an .svg or a .png" in wrong.stderr) == (2, True)
    assert not (in_tmp / "blad.pdf").exists()


def test_new_prints_a_file_without_faults(run, in_tmp):
    text = run("catalog", "new", "maker.product-1").stdout
    assert tomllib.loads(text)["id"] == "maker.product-1"
    (in_tmp / "a.toml").write_text(text)
    assert lint(["a.toml"]) == ()


def test_new_writes_the_file_and_the_schema_beside_it(run, in_tmp):
    assert run("catalog", "new", "maker.x", "-o", "map/x.toml").exit_code == 0
    assert sorted(path.name for path in (in_tmp / "map").iterdir()) == [SCHEMA_FILE, "x.toml"]
    assert (in_tmp / "map" / "x.toml").read_text().startswith(f"#:schema {SCHEMA_FILE}\n")
    assert run("catalog", "lint", "map").exit_code == 0
    own = in_tmp / "map" / SCHEMA_FILE
    own.write_text("{}")
    again = run("catalog", "new", "maker.x", "-o", "map/x.toml")
    assert (again.exit_code, again.stderr.count("\n")) == (2, 1)
    assert run("catalog", "new", "maker.y", "-o", "map/y.toml").exit_code == 0
    assert own.read_text() == "{}"
    assert run("catalog", "new", "maker.x", "-o", "map/x.toml", "--force").exit_code == 0
    assert own.read_text() == schema_text()


@pytest.mark.parametrize(("args", "message"), [(("Maker X",), "not an id"), (("a", "-o", "a.json"), "ends in .toml")])
def test_new_refuses_what_lint_would(run, in_tmp, args, message):
    before = sorted(in_tmp.iterdir())
    result = run("catalog", "new", *args)
    assert (result.exit_code, result.stderr.count("\n"), message in result.stderr) == (2, 1, True)
    assert sorted(in_tmp.iterdir()) == before


def test_a_new_product_proves_nothing_yet(run, in_tmp):
    run("catalog", "new", "maker.x", "-o", "x.toml")
    rows = [line for line in run("catalog", "show", "x.toml").stdout.splitlines() if "te gebruiken voor aangetoond" in line]
    assert "nee: vloer, plafond, installaties, wanden per m omtrek" in rows[0]


def test_schema_is_the_published_file(run):
    assert run("catalog", "schema").stdout == schema_text()
