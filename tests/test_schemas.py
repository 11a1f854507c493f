"""Files of today are read, older ones migrated step by step, newer ones refused in one line; frozen files stay readable."""

import copy
import hashlib
import json
import re
from pathlib import Path

import jsonschema
import pytest

from optopscan.catalog.faults import CatalogError, parse
from optopscan.catalog.load import lint, load_concept, load_product
from optopscan.errors import UnreadableInput
from optopscan.report.record import build as records
from optopscan.report.record import schema as record_schema
from optopscan.report.views import render
from optopscan.schemas import CURRENT, MIGRATIONS, Migration, NewerSchema, schema_id, upgraded

TESTS = Path(__file__).resolve().parent
PACKAGE = TESTS.parent / "optopscan"
POLICY = TESTS.parent / "docs" / "schemas.md"
RECORDS = sorted((TESTS / "report" / "frozen").glob("record_*"))
PRODUCTS = sorted((TESTS / "catalog" / "frozen").glob("product_*.toml"))


# frozen files: written by an earlier optopscan, never written again


@pytest.mark.parametrize(
    ("name", "sha256"),
    [
        ("report/frozen/record_1/record.json", "e864b58f9369ef14c965d8cd95ae2ac9581ea66a80cfe1c00a3b77f717a7ad4d"),
        ("report/frozen/record_1/record.npz", "71c0837615bf2ddd41b4c82cd7e0cebecf8a06680a671ffa132ef5d548fddefc"),
        ("catalog/frozen/product_1.toml", "3fce1dacbf619e652ac3d7632f6c2462486562868e3e1be918b33d6ce2eb4e0a"),
    ],
)
def test_a_frozen_file_is_the_one_that_was_frozen(name, sha256):
    assert hashlib.sha256((TESTS / name).read_bytes()).hexdigest() == sha256


@pytest.mark.parametrize("folder", RECORDS, ids=lambda path: path.name)
def test_a_frozen_record_is_read_and_fits_the_schema_of_today(folder):
    """A key that is new is optional, and one that is gone or has another meaning needs a major of its own."""
    record, arrays = records.read(folder / "record.json")
    assert record["schema"] == schema_id("record")
    jsonschema.Draft202012Validator(record_schema.published()).validate(record)
    assert sorted(arrays) == sorted(row["name"] for row in record["arrays"])


@pytest.mark.parametrize("folder", RECORDS, ids=lambda path: path.name)
@pytest.mark.parametrize("form", ["txt", "csv", "html", "xlsx", "saf", "glb", "json"])
def test_views_of_a_frozen_record_are_made(folder, form):
    made = render(*records.read(folder / "record.json"), formats=(form,), language="nl")
    assert made
    assert all(made.values())


def test_what_the_record_of_major_1_says():
    record, _ = records.read(RECORDS[0] / "record.json")
    answer = record["extra_storeys"]
    assert (answer["proven"], answer["possible"], answer["label"], len(record["parts"])) == (0, 1, "C", 17)


@pytest.mark.parametrize("file", PRODUCTS, ids=lambda path: path.name)
def test_a_frozen_product_has_no_faults(file):
    assert lint([file]) == ()
    assert load_concept(file).width_m > 0.0


# the policy


def test_there_is_a_frozen_file_of_every_major_that_is_read():
    for kind, files in (("record", RECORDS), ("catalog", PRODUCTS)):
        majors = {CURRENT[kind], *(row.major for row in MIGRATIONS if row.kind == kind)}
        assert {int(re.search(r"_(\d+)", path.name)[1]) for path in files} == majors


def test_every_major_of_the_past_can_be_reached():
    assert all(row.kind in CURRENT and row.major < CURRENT[row.kind] for row in MIGRATIONS)
    assert len({(row.kind, row.major) for row in MIGRATIONS}) == len(MIGRATIONS)


def test_the_policy_names_every_kind_with_its_schema_of_today():
    text = POLICY.read_text(encoding="utf-8")
    assert [kind for kind in CURRENT if f"`{schema_id(kind)}`" not in text] == []


def test_schemas_that_are_read_stand_in_one_table():
    """What a reader compares with is in `CURRENT`; other names are of files that are only written."""
    used = {
        found
        for path in PACKAGE.rglob("*.py")
        for found in re.findall(r'Literal\["optopscan/([a-z-]+)/\d+"', path.read_text(encoding="utf-8"))
    }
    assert used <= set(CURRENT)


# migrations, on kinds made up here


def millimetres(data):
    rest = {key: value for key, value in data.items() if key != "width_m"}
    return {**rest, "width_mm": 1000 * data["width_m"]}


def renamed(data):
    rest = {key: value for key, value in data.items() if key != "colour"}
    return {**rest, "tint": data["colour"]}


STEPS = (
    Migration(kind="box", major=1, step=millimetres),
    Migration(kind="box", major=2, step=renamed),
    Migration(kind="bag", major=1, step=dict),
)
NOW = {"box": 3, "bag": 2}


def test_an_old_document_goes_through_every_step():
    old = {"schema": "optopscan/box/1", "width_m": 3.0, "colour": "red"}
    kept = copy.deepcopy(old)
    assert upgraded(old, migrations=STEPS, current=NOW) == {"schema": "optopscan/box/3", "width_mm": 3000.0, "tint": "red"}
    assert old == kept
    between = {"schema": "optopscan/box/2", "width_mm": 3000.0, "colour": "red"}
    assert upgraded(between, migrations=STEPS, current=NOW) == {"schema": "optopscan/box/3", "width_mm": 3000.0, "tint": "red"}


def test_a_document_of_today_is_read_as_it_is_with_keys_that_are_not_known():
    document = {"schema": "optopscan/box/3", "later": 1}
    assert upgraded(document, migrations=STEPS, current=NOW) is document


@pytest.mark.parametrize(
    "found", [None, 1, "", "box/1", "optopscan/box/0", "optopscan/other/1", "optopscan/box/01", "optopscan/box/1 ", ["x"]]
)
def test_what_cannot_be_migrated_is_left_to_its_reader(found):
    document = {"schema": found}
    assert upgraded(document, migrations=STEPS, current=NOW) is document


def test_a_newer_document_is_refused():
    with pytest.raises(NewerSchema, match=r"^schema optopscan/box/4 is of a newer optopscan, this one reads up to 3; use that version, or"):
        upgraded({"schema": "optopscan/box/4"}, migrations=STEPS, current=NOW)


# through the readers


@pytest.fixture
def record_of(tmp_path):
    """Return the path of the frozen record with another schema."""

    def make(schema):
        for name in ("record.json", "record.npz"):
            (tmp_path / name).write_bytes((RECORDS[0] / name).read_bytes())
        record = json.loads((tmp_path / "record.json").read_bytes())
        (tmp_path / "record.json").write_text(json.dumps({**record, "schema": schema}), encoding="utf-8")
        return tmp_path / "record.json"

    return make


def test_a_record_of_a_newer_major_is_one_line(record_of):
    with pytest.raises(UnreadableInput, match=r"^record\.json: schema optopscan/record/2 is of a newer optopscan.*; use that version"):
        records.read(record_of("optopscan/record/2"))


def test_a_record_that_is_too_old_or_another_kind_is_one_line(record_of):
    for schema in ("optopscan/record/0", "optopscan/inspect/1", None):
        with pytest.raises(UnreadableInput, match=r"^record\.json: schema .* is not 'optopscan/record/1'; scan the model again"):
            records.read(record_of(schema))


def test_a_product_of_a_newer_major_has_that_fault_alone(tmp_path):
    file = tmp_path / "later.toml"
    text = PRODUCTS[0].read_text(encoding="utf-8").replace("optopscan/catalog/1", "optopscan/catalog/2") + "\n[unheard-of]\nkey = 1\n"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(CatalogError) as raised:
        load_product(file)
    [fault] = raised.value.faults
    assert (fault.key, text.splitlines()[fault.line - 1].split()[0]) == ("schema", "schema")
    assert fault.message.startswith("schema optopscan/catalog/2 is of a newer optopscan, this one reads up to 1; ")


def test_a_product_is_migrated_as_it_is_parsed(monkeypatch):
    from optopscan.catalog import faults

    monkeypatch.setattr(faults, "upgraded", lambda data: upgraded(data, migrations=STEPS, current=NOW))
    assert parse("box.toml", b'schema = "optopscan/box/2"\ncolour = "red"\n').data == {"schema": "optopscan/box/3", "tint": "red"}
