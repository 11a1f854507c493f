"""The published schema: the example fits, nothing undeclared gets in, and faults are caught."""

import copy

import jsonschema
import pytest
from report_factory import scan_result

from optopscan.report.record import build as records
from optopscan.report.record import schema as schemas


@pytest.fixture(scope="module")
def example():
    return records.build(scan_result())[0]


@pytest.fixture(scope="module")
def validator():
    return jsonschema.Draft202012Validator(schemas.published())


def test_the_published_file_is_this_schema():
    jsonschema.Draft202012Validator.check_schema(schemas.schema())
    assert schemas.published() == schemas.schema(), "run: schema.publish(folder of optopscan/report)"


def test_the_example_fits_and_holds_nothing_undeclared(example):
    strict = jsonschema.Draft202012Validator(schemas.closed(schemas.published()))
    assert [f"{error.json_path}: {error.message}" for error in strict.iter_errors(example)] == []


def test_keys_may_be_added(example, validator):
    validator.validate({**example, "later": 1})


def paths_of(schema, path=()):
    """Return the path of every required key reachable without entering optional objects; rows use index 0."""
    for key in schema.get("required", ()):
        inner = schema["properties"][key]
        yield (*path, key)
        yield from paths_of(inner, (*path, key))
        if inner.get("type") == "array":
            yield from paths_of(inner["items"], (*path, key, 0))


REQUIRED = sorted(set(paths_of(schemas.schema())), key=str)


@pytest.mark.parametrize("path", REQUIRED, ids=lambda path: ".".join(map(str, path)))
def test_every_required_key_is_missed(example, validator, path):
    broken = copy.deepcopy(example)
    node = broken
    for step in path[:-1]:
        node = node[step]
    del node[path[-1]]
    assert not validator.is_valid(broken)


@pytest.mark.parametrize(
    ("path", "value"),
    [
        (("schema",), "optopscan/record/2"),
        (("statement",), "toets"),
        (("input_sha256",), "abc"),
        (("inputs",), []),
        (("inputs", 0, "name"), "/home/a.ifc"),
        (("building", "n_element"), -1),
        (("building", "footprint_m2"), "80"),
        (("elements", 0, "bearing"), "maybe"),
        (("elements", 0, "bearing_probability"), 1.2),
        (("elements", 0, "guid"), 3),
        (("elements", 0, "thickness_m"), -0.1),
        (("elements", 0, "geometry", "footprint"), [[1.0]]),
        (("parts", 0, "supported_by", 0, "share"), None),
        (("parts", 0, "foot", "imposed_kn_by_storey"), 3.0),
        (("part_uc", 0, "uc", 0), "nan"),
        (("checks", 0, "uc"), 1000.0),
        (("checks", 0, "outcome"), "fine"),
        (("extra_storeys", "proven"), 0.5),
        (("extra_storeys", "with_wind"), -1),
        (("extra_storeys", "label"), "D"),
        (("extra_storeys", "governing"), {}),
        (("roof", "heads", 0, "x_m"), None),
        (("variants", 0, "dwellings_by_type", "2k"), 1.5),
        (("variants", 0, "placed", 0, "z_m"), None),
        (("variants", 0, "homes", 0, "gbo_m2"), -1.0),
        (("variants", 0, "worth"), {}),
        (("variants", 0, "site", "usable", 0, "polygon"), [[[1.0]]]),
        (("flags", 0, "above"), "12.5"),
        (("issues", 0, "severity"), "bad"),
        (("arrays", 0, "sha256"), "x"),
    ],
    ids=str,
)
def test_wrong_values_are_caught(example, validator, path, value):
    broken = copy.deepcopy(example)
    node = broken
    for step in path[:-1]:
        node = node[step]
    node[path[-1]] = value
    assert not validator.is_valid(broken)
