"""optopscan feasibility: from a record on disk to text, table and file of assumptions."""

import csv
import dataclasses
import io
import json
from pathlib import Path

import jsonschema
import pytest

from optopscan.catalog.engineering import load_engineering
from optopscan.pipeline import scan
from optopscan.pipeline.generating import generate
from optopscan.report.feasibility import schema as feasibility_schema
from optopscan.report.files import write_files
from optopscan.report.record.build import build, files, with_variants
from optopscan.report.record.schema import closed
from optopscan.settings import Settings

EXAMPLE = Path(__file__).resolve().parents[2] / "examples" / "ifc" / "galerijflat_1972.ifc"
# fewest storeys and two products: the placement is not what is tested here
ASKED = Settings(samples=0, max_extra_storeys=1, concepts=("fictief.hsb-2d", "fictief.betonvloer"), goal="dwellings")


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    folder = tmp_path_factory.mktemp("record")
    result = scan([EXAMPLE], dataclasses.replace(ASKED, place=False))
    ground = dataclasses.replace(result.ground, settings=dataclasses.replace(result.ground.settings, place=True))
    generated = generate(ground, load_engineering())
    record, arrays = build(result)
    record = with_variants(record, generated.variants, ground.settings, generated.issues)
    write_files(folder, files(record, arrays))
    write_files(folder / "bare", files({**record, "variants": []}, arrays))
    return folder, record


@pytest.fixture
def case(run, made):
    def asked(*more):
        return run("feasibility", str(made[0] / "record.json"), *more)

    return asked


def drawn(record):
    return [row for row in record["variants"] if row["site"] is not None and row["dwellings"]]


def test_the_posts_of_product_and_access_are_the_cost_that_the_placement_found(case, made):
    """Two ways to the same sum: the case from the record, the placement from its layout."""
    rows = drawn(made[1])
    assert rows
    priced = 0
    for row in rows:
        data = json.loads(case("--variant", row["id"], "--json").stdout)
        counted = ("product-price", "gallery", "stair", "lift", "lift-stop", "roof-pv", "roof-green")
        posts = [post["eur"] for post in data["columns"][2]["costs"] if post["assumption"] in counted]
        lo = None if any(one["lo"] is None for one in posts) else sum(one["lo"] for one in posts)
        assert lo == (None if row["cost_eur"]["lo"] is None else pytest.approx(row["cost_eur"]["lo"], abs=1.0))
        if lo is not None:
            priced += 1
            assert sum(one["hi"] for one in posts) == pytest.approx(row["cost_eur"]["hi"], abs=1.0)
            carbon = data["carbon_kg"]["emitted"]
            assert carbon["lo"] <= row["carbon_kg"]["emitted"] <= carbon["hi"]
    assert priced


def test_without_assumptions_all_is_unknown_and_says_what_is_missing(case):
    result = case()
    assert result.exit_code == 0
    assert "Quickscan, geen raming en geen advies." in result.stdout
    assert "mogelijk, niet aangetoond" in result.stdout
    assert "Niet aangetoond door: " in result.stdout
    assert "rent-new: netto huur van een nieuwe woning op het dak (geen gepubliceerde huur gevonden)" in " ".join(result.stdout.split())
    data = json.loads(case("--json").stdout)
    assert data["schema"] == "optopscan/feasibility/1"
    assert all(column["gap"]["lo"] is None and column["gap"]["missing"] for column in data["columns"])
    assert data["columns"][2]["cost"]["at_least"] > 0


def test_write_edit_and_use_the_assumptions(case, in_tmp):
    assert case("--write-assumptions", "a.toml").exit_code == 0
    text = (in_tmp / "a.toml").read_text(encoding="utf-8")
    data = json.loads(case("--json").stdout)
    again = json.loads(case("--json", "--assumptions", "a.toml").stdout)
    assert again == data
    numbers = {row["id"]: 1.0 for row in data["assumptions"] if row["lo"] is None}
    for name, value in {**numbers, "existing-dwellings": 24.0, "rent-new": 750.0}.items():
        text = text.replace(f'[assumptions.{name}]\nvalue = "onbekend"', f"[assumptions.{name}]\nvalue = {value}")
    (in_tmp / "a.toml").write_text(text, encoding="utf-8")
    full = json.loads(case("--json", "--assumptions", "a.toml").stdout)
    missing = {name for column in full["columns"] for name in column["gap"]["missing"]}
    assert all(name.startswith("amount:") for name in missing)
    assert [one["needed_lo"] for one in full["consents"] if one["id"] == "tenants"] == [17]


def test_a_written_file_is_not_lost_to_the_next(case, in_tmp):
    (in_tmp / "a.toml").write_text("mine")
    result = case("--write-assumptions", "a.toml")
    assert result.exit_code == 2
    assert (in_tmp / "a.toml").read_text() == "mine"
    assert case("--write-assumptions", "a.toml", "--force").exit_code == 0


@pytest.mark.parametrize(("lang", "name"), [("nl", "haalbaarheid.txt"), ("en", "feasibility.txt")])
def test_folder_holds_text_table_and_json(case, in_tmp, lang, name):
    result = case("-o", "out", "--lang", lang)
    assert result.exit_code == 0
    assert (in_tmp / "out" / name).read_text(encoding="utf-8") == result.stdout
    assert json.loads((in_tmp / "out" / "feasibility.json").read_text(encoding="utf-8")) == json.loads(case("--json").stdout)
    table = (in_tmp / "out" / "feasibility.csv").read_bytes().decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(table), delimiter=";" if lang == "nl" else ","))
    assert {len(row) for row in rows} == {11}
    assert {row[0] for row in rows[1:]} == {"cost", "total", "closing", "carbon", "parking", "combination", "assumption"}
    assert max(map(len, result.stdout.splitlines())) <= 100


def test_the_same_bytes_each_time(case):
    assert case("--json").stdout == case("--json").stdout


@pytest.mark.parametrize(
    ("more", "code", "words"),
    [
        (("--variant", "nothing-like-it"), 2, "no such variant"),
        (("--assumptions", "none.toml"), 2, "cannot be read"),
        (("--assumptions", "bad.toml"), 2, "bad.toml:2:"),
        (("-o", "a.ifc"), 2, "is a file"),
    ],
)
def test_bad_input_is_one_line(case, in_tmp, more, code, words):
    (in_tmp / "bad.toml").write_text('schema = "optopscan/assumptions/1"\n[assumptions.nonsense]\nvalue = 1.0\n')
    result = case(*more)
    assert (result.exit_code, len(result.stderr.strip().splitlines())) == (code, 1)
    assert words in result.stderr


def test_a_file_that_is_no_record(run, in_tmp):
    (in_tmp / "x.json").write_text("[]")
    assert run("feasibility", "x.json").exit_code == 3
    assert run("feasibility", "none.json").exit_code == 3


def test_a_record_without_variants_says_how_to_get_them(run, made):
    result = run("feasibility", str(made[0] / "bare" / "record.json"))
    assert result.exit_code == 2
    assert "optopscan place" in result.stderr


def test_the_json_is_that_of_the_published_schema_and_holds_nothing_undeclared(case, tmp_path):
    strict = jsonschema.Draft202012Validator(closed(feasibility_schema.published()))
    jsonschema.Draft202012Validator.check_schema(feasibility_schema.schema())
    assert feasibility_schema.published() == feasibility_schema.schema(), (
        "run: feasibility_schema.publish(folder of optopscan/report/feasibility)"
    )
    assert case("--write-assumptions", str(tmp_path / "a.toml"), "--quiet").exit_code == 0
    for more in ((), ("--assumptions", str(tmp_path / "a.toml"))):
        data = json.loads(case("--json", *more).stdout)
        assert [f"{error.json_path}: {error.message}" for error in strict.iter_errors(data)] == []
    assert not strict.is_valid({**data, "combinations": [{"id": "roof"}]})


def test_what_coincides_with_the_renovation_is_said_without_a_saving(case):
    said = case().stdout
    assert "Wat met de renovatie samenvalt" in said
    assert "Er is geen besparing gerekend" in said
    told = {row["id"]: row["coincides"] for row in json.loads(case("--json").stdout)["combinations"]}
    assert (told["roof"], told["facade"], told["energy"]) == ("yes", "ask", "no")
