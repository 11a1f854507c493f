"""demo, explain, doctor and catalog."""

import json
import math
import re
import sys
import tomllib
from pathlib import Path

import pytest

from optopscan.catalog.concept import Concept, Quantity, UnitType
from optopscan.catalog.engineering import load_engineering
from optopscan.cli import doctor, explain, files
from optopscan.errors import UsageError
from optopscan.issues import CODES
from optopscan.matching.typical_answer import TypicalAnswer

ROOT = Path(__file__).resolve().parents[2]


# demo


@pytest.fixture
def bundled(in_tmp, monkeypatch):
    folder = in_tmp / "bundled"
    folder.mkdir()
    for name in ("portiekflat_1958", "kantoor_1980"):
        (folder / f"{name}.ifc").write_text("")
    monkeypatch.setattr(files, "EXAMPLE_FOLDERS", (in_tmp / "not_here", folder))
    return folder


def test_demo_scans_the_bundled_example(run, stages, bundled):
    assert run("demo").stdout == "antwoord in nl: 1\n"
    assert stages.asked[0][0] == [str(bundled / "portiekflat_1958.ifc")]


def test_demo_takes_a_name_settings_and_a_folder(run, stages, bundled, in_tmp):
    assert run("demo", "kantoor_1980", "-o", "out", "--setback", "1").exit_code == 0
    assert stages.asked[0][0] == [str(bundled / "kantoor_1980.ifc")]
    assert stages.asked[0][1].setback_m == 1.0
    assert (in_tmp / "out" / "record.json").exists()


def test_demo_lists_and_corrects(run, stages, bundled):
    assert run("demo", "--list").stdout == "kantoor_1980\nportiekflat_1958\n"
    result = run("demo", "kantoor_1981")
    assert (result.exit_code, result.stderr) == (2, "optopscan: kantoor_1981: no such example; did you mean kantoor_1980?\n")


def test_demo_without_examples(run, stages, monkeypatch):
    monkeypatch.setattr(files, "EXAMPLE_FOLDERS", ())
    result = run("demo")
    assert (result.exit_code, result.stderr.count("\n")) == (3, 1)


# explain


@pytest.mark.parametrize("code", CODES)
def test_every_issue_code_is_explained(run, code):
    result = run("explain", code.lower())
    assert result.exit_code == 0
    assert result.stdout.startswith(f"{code}: {CODES[code].title}\n")
    assert CODES[code].remedy in result.stdout
    assert CODES[code].severity in explain.SEVERITIES


def test_explain_lists_all(run):
    sheets = load_engineering().factsheets
    listed = [*CODES, *(code for code in sheets if code not in CODES), "projects"]
    assert [line.split()[0] for line in run("explain").stdout.splitlines()] == listed


@pytest.mark.parametrize("code", load_engineering().factsheets)
def test_every_factsheet_fits_the_screen_and_says_who_and_what_to_ask(run, code):
    result = run("explain", code)
    assert result.exit_code == 0
    told = " ".join(result.stdout.split())
    row = load_engineering().factsheets[code]
    assert all(" ".join(text.split()) in told for text in (row.what, row.who, *row.ask))
    assert max(map(len, result.stdout.splitlines())) <= explain.WIDTH


def test_explain_joins_the_threshold_from_its_table(run):
    told = " ".join(run("explain", "FIRE-90").stdout.split())
    assert "hoogste nieuwe vloer boven het maaiveld meer dan 7, tot en met 13 m; binnen 0,5 m van de grens" in told
    assert "eis 90 min" in told
    assert "artikel: Bouwbesluit 2012 art. 2.10" in told
    assert "bouwjaar na 1964, tot en met 1982" in " ".join(run("explain", "chloride-floor").stdout.split())


@pytest.mark.parametrize(("code", "meant"), [("fire-91", "fire-90"), ("OPT-305x", "OPT-305"), ("zzzz", "lists them")])
def test_a_code_nobody_knows_is_one_line(run, code, meant):
    result = run("explain", code)
    assert (result.exit_code, len(result.stderr.strip().splitlines())) == (2, 1)
    assert meant in result.stderr


def test_projects_show_published_facts_and_leave_the_rest_unknown(run):
    result = run("explain", "projects")
    assert result.exit_code == 0
    assert max(map(len, result.stdout.splitlines())) <= 100
    for row in load_engineering().realised:
        assert row.source in " ".join(result.stdout.split())
    assert "ons antwoord:" not in result.stdout
    assert run("explain", "lift", "--scan").exit_code == 2


def test_projects_with_the_answer_for_a_typical_block(run, stand_in):
    def answers(families, tell):
        return {family.id: TypicalAnswer(family=family.id, storeys=3, proven=0, possible=1, unknown=("fundering",)) for family in families}

    stand_in("optopscan.matching.typical_answer", typical_answers=answers, MOST_STOREYS=3, PRODUCT="p", TypicalAnswer=TypicalAnswer)
    told = " ".join(run("explain", "projects", "--scan").stdout.split())
    assert "+1 mogelijk, +0 aangetoond op een blok van 3 bouwlagen (onbekend: fundering); mogelijk wat gebouwd is" in told
    assert "gemist: er is meer gebouwd dan wij mogelijk noemen" in told


# doctor


def test_doctor_asks_for_what_pyproject_needs():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    names = [requirement.split(">")[0] for requirement in project["dependencies"]]
    assert list(doctor.LIBRARIES) == names


def test_doctor_knows_the_extras_of_pyproject():
    extras = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["optional-dependencies"]
    named = {extra: tuple(row.split(">")[0] for row in rows) for extra, rows in extras.items() if extra not in ("test", "lint")}
    assert named == doctor.EXTRAS


def test_doctor_tells_what_is_installed_but_cannot_be_imported(run, monkeypatch):
    monkeypatch.setattr(doctor, "LIBRARIES", ("click", "shapely"))
    monkeypatch.setattr(doctor, "_concepts", lambda: ["hsb-2d"])
    monkeypatch.setitem(sys.modules, "shapely", None)  # what a missing shared library comes down to
    result = run("doctor")
    assert result.exit_code == 1
    assert re.search(r"^shapely +\d.*, cannot be imported: import of shapely halted", result.stdout, flags=re.MULTILINE)


def test_doctor_shows_schemas_extras_and_where_temporary_files_go(run, monkeypatch):
    monkeypatch.setattr(doctor, "_concepts", lambda: ["hsb-2d"])
    monkeypatch.setattr(doctor, "EXTRAS", {"pdf": ("click",), "gis": ("no-such-library",)})
    shown = run("doctor").stdout
    assert "optopscan/record/1" in shown
    assert re.search(r"^\[pdf\] +installed$", shown, flags=re.MULTILINE)
    assert re.search(r'^\[gis\] +pip install "optopscan\[gis\]"$', shown, flags=re.MULTILINE)
    monkeypatch.setattr(doctor.tempfile, "tempdir", "/dev/null/none")
    assert "temporary folder" in json.loads(run("doctor", "--json").stdout)["missing"]


def test_doctor_names_what_is_missing_and_leaves_with_1(run, monkeypatch):
    monkeypatch.setattr(doctor, "LIBRARIES", ("click", "no-such-library"))
    monkeypatch.setattr(doctor, "_concepts", lambda: ["hsb-2d"])
    monkeypatch.setattr(doctor, "examples", lambda: {"a": Path("a.ifc")})
    result = run("doctor")
    assert result.exit_code == 1
    assert re.search(r"^no-such-library +missing$", result.stdout, flags=re.MULTILINE)
    assert json.loads(run("doctor", "--json").stdout)["missing"] == ["no-such-library"]


def test_doctor_is_content_with_a_whole_installation(run, monkeypatch):
    monkeypatch.setattr(doctor, "_concepts", lambda: ["hsb-2d"])
    monkeypatch.setattr(doctor, "examples", lambda: {"a": Path("a.ifc")})
    assert run("doctor").exit_code == 0


# catalog

NAN = math.nan
KNOWN = Quantity(value=0.6, lo=0.5, hi=0.7, basis="assumed", source="estimate", date="2026-01-01")
UNKNOWN = Quantity(value=NAN, lo=NAN, hi=NAN, basis="assumed", source="", date="")


def concept(name):
    return Concept(
        id=name,
        name="Houtskelet",
        supplier="Voorbeeld",
        fictitious=True,
        access=("portiek",),
        system_kind="module-3d",
        system_material="timber",
        max_storeys=3,
        width_m=3.3,
        length_m=7.2,
        height_m=3.0,
        width_options_m=(3.3, 3.6),
        length_lo_m=6.0,
        length_hi_m=9.0,
        overhang_max_m=0.5,
        g_floor_kn_m2=KNOWN,
        g_wall_kn_m=KNOWN,
        g_roof_kn_m2=KNOWN,
        g_transfer_kn_m2=UNKNOWN,
        transfer_depth_m=0.4,
        transfer_span_max_m=6.0,
        transfer_takes_moment=False,
        support_system="walls",
        supports="line-long",
        support_offset_max_m=0.1,
        unit_types=(UnitType(code="A2", modules=2, gbo_m2=40.0, gfa_m2=47.5, rooms=2, persons=2),),
        cost_eur_m2=UNKNOWN,
        carbon_emitted_kg_m2=UNKNOWN,
        carbon_stored_kg_m2=UNKNOWN,
    )


@pytest.fixture
def catalogue(stand_in):
    both = (concept("hsb-3d"), concept("clt-3d"))
    stand_in("optopscan.catalog.data", data_root=lambda: Path("built-in"))
    return stand_in("optopscan.catalog.load", load_concepts=lambda: both, lint=lambda paths: ())


def test_list_is_sorted_and_says_fictitious(run, catalogue):
    lines = run("catalog", "list").stdout.splitlines()
    assert [line.split()[0] for line in lines] == ["clt-3d", "hsb-3d"]
    assert all("(fictitious)" in line for line in lines)


def test_list_json_has_null_for_unknown(run, catalogue):
    rows = json.loads(run("catalog", "list", "--json").stdout)
    assert [row["id"] for row in rows] == ["clt-3d", "hsb-3d"]
    assert rows[0]["g_transfer_kn_m2"]["value"] is None


def test_lint(run, catalogue):
    assert run("catalog", "lint").exit_code == 0
    catalogue.lint = lambda paths: [f"{path}:3: width_m: missing" for path in paths]
    assert run("catalog", "lint").stdout == "built-in:3: width_m: missing\n"
    result = run("catalog", "lint", "a.toml", "b.toml")
    assert (result.exit_code, result.stdout) == (1, "a.toml:3: width_m: missing\nb.toml:3: width_m: missing\n")


def test_catalogue_that_cannot_be_read_is_one_line(run, catalogue):
    def broken():
        raise UsageError("a.toml:3: width_m: missing; add it")

    catalogue.load_concepts = broken
    result = run("catalog", "list")
    assert (result.exit_code, result.stderr) == (2, "optopscan: a.toml:3: width_m: missing; add it\n")
