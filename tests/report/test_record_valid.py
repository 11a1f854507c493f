"""What is no record is refused in one line before a view believes it; the validator agrees with the published schema."""

import copy
import json
import random
import sys
from pathlib import Path

import jsonschema
import pytest
from report_factory import scan_result

from optopscan.errors import UnreadableInput
from optopscan.report.record import build as records
from optopscan.report.record import valid

sys.path.append(str(Path(__file__).resolve().parents[1] / "hostile"))
import hostile_trees

SCHEMA = jsonschema.Draft202012Validator(valid.published())


@pytest.fixture(scope="module")
def whole(tmp_path_factory):
    folder = tmp_path_factory.mktemp("valid")
    records.write(scan_result(), folder)
    return json.loads((folder / "record.json").read_bytes())


@pytest.fixture
def changed(whole, tmp_path):
    """Write the record after a change, with its arrays; return its path."""
    records.write(scan_result(), tmp_path)

    def write(change):
        row = copy.deepcopy(whole)
        change(row)
        (tmp_path / "record.json").write_text(json.dumps(row), encoding="utf-8")
        return tmp_path / "record.json"

    return write


def test_a_record_of_ours_is_one(whole):
    valid.check(whole)


def test_the_validator_agrees_with_the_schema(whole):
    seen = set()
    for seed in range(400):
        row = hostile_trees.tree_changed(random.Random(seed), copy.deepcopy(whole))
        sound = SCHEMA.is_valid(row)
        try:
            valid._validator().validate_python(row)
            taken = True
        except valid.ValidationError:
            taken = False
        # JSON Schema takes 5.0 for a whole number and knows no NaN; we are no wider than it is
        assert not taken or sound, (seed, next(SCHEMA.iter_errors(row)).json_path)
        assert taken or not sound or _odd_number(row), seed
        seen.add(sound)
    assert seen == {True, False}


def _odd_number(row):
    todo = [row]
    for node in todo:
        todo += node.values() if isinstance(node, dict) else node if isinstance(node, list) else ()
    floats = [node for node in todo if isinstance(node, float)]
    return any(node != node or node in (float("inf"), float("-inf")) or node.is_integer() for node in floats) or any(
        isinstance(node, str) and not _whole_text(node) for node in todo
    )


def _whole_text(text):
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda row: row.pop("roof"), "roof: field required"),
        (lambda row: row["settings"].pop("level"), "settings.level: field required"),
        (lambda row: row["settings"].update(reference_period_years=0.0), "settings.reference_period_years"),
        (lambda row: row["parts"][0].update(thickness_m="0.2"), "parts.0.thickness_m"),
        (lambda row: row["checks"][0].update(outcome="fine"), "checks.0.outcome"),
        (lambda row: row["checks"][0].update(part="nowhere"), r"checks\[\].part: 'nowhere' is none of parts"),
        (lambda row: row["parts"][0].update(element="0#none"), r"parts\[\].element: '0#none' is none of elements"),
        (lambda row: row["parts"][0].update(element=""), r"parts\[\].element: '' is none of elements"),
        (lambda row: row["parts"][0].update(storey=99), r"parts\[\].storey: there is no row 99"),
        (lambda row: row["parts"][0]["floors"].append({"load": 99, "rests_m2": 1.0}), r"floors\[\].load: there is no row 99 in load"),
        (lambda row: row["load_basis"]["floors"][0].update(floor=99), r"load_basis.floors\[\].floor: there is no row 99 in floors"),
        (lambda row: row["parts"].append(row["parts"][0]), "stands twice"),
        (lambda row: row["part_uc"][0]["uc"].pop(), r"part_uc\[\].uc: \d+ values for"),
        (lambda row: row["arrays"].clear(), r"arrays: influence_\w+\.data is missing"),
        (lambda row: row["elements"][0].update(name="a\x1b[31m"), "characters in it which no record has"),
        (lambda row: row["elements"][0].update(name="\ud800"), "characters in it which no record has"),
        (lambda row: row["settings"].update(anything=float("nan")), "NaN is no number of JSON"),
        (lambda row: row["settings"].update(anything=10**40), "too large"),
    ],
)  # fmt: skip
def test_what_is_no_record_is_refused_with_its_place(changed, change, said):
    path = changed(change)
    with pytest.raises(UnreadableInput, match=said) as caught:
        records.read(path)
    assert "\n" not in str(caught.value)
    assert str(caught.value).isprintable()


@pytest.mark.parametrize("text", ["[" * 100_000, '{"a":' * 100_000, "1e999", '"\\ud800"', "[]", "null", "\x7f"])
def test_text_that_is_no_record(tmp_path, text):
    path = tmp_path / "record.json"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(UnreadableInput, match=r"^record\.json: no complete record"):
        records.read(path)


def test_a_record_that_another_program_wrote_again_is_read(changed, whole):
    path = changed(lambda row: row["elements"][0].update(name="gevel é"))
    assert "\\u00e9" in path.read_text(encoding="utf-8")
    assert records.read(path)[0]["elements"][0]["name"] == "gevel é"
