"""The record of real scans: fits its published schema, holds the promised keys, no NaN and no machine path."""

import json
import os
import re

import jsonschema
import pytest

from optopscan.report import summary, tidy
from optopscan.report.record import build as records
from optopscan.report.record import schema as schemas

# DESIGN "The record"; stability, anchorage, probability, slab_as_floor, cost and carbon come with later checks
KEYS = {
    "schema": (), "tool": ("version",), "settings": (), "inputs": ("name", "sha256", "ifc_schema", "length_unit", "exporter"),
    "building": (
        "storeys", "footprint_m2", "height_m", "roof_area_m2", "flat_roof_area_m2", "n_element", "n_bearing", "local_to_ifc"
    ),
    "building.storeys": ("name", "elevation_m", "height_m", "floor_area_m2"),
    "building.local_to_ifc": ("origin", "rotation", "unit"),
    "elements": (
        "id", "guid", "ifc_class", "name", "kind", "storey", "material", "thickness_m", "length_m", "height_m", "volume_m3",
        "self_weight_kn", "bearing", "bearing_probability", "evidence", "geometry",
    ),
    "elements.material": ("group", "grade", "density_kg_m3", "source"),
    "elements.evidence": ("signal", "value", "weight", "text"),
    "parts": (
        "id", "element", "storey", "x0_m", "y0_m", "x1_m", "y1_m", "z0_m", "z1_m", "thickness_m", "supported_by", "foot"
    ),
    "parts.supported_by": ("part", "share"), "parts.foot": ("permanent_kn", "imposed_kn_by_storey"),
    "take_down": ("self_weight_kn", "permanent_kn", "imposed_kn", "ground_permanent_kn", "ground_imposed_kn", "unsupported_kn"),
    "scenarios": ("id", "concept", "storeys", "level", "height_m"),
    "checks": ("part", "clause", "scenario", "combination", "n_kn", "m_knm", "resistance", "uc", "outcome", "inputs"),
    "extra_storeys": (
        "proven", "possible", "why_not_proven", "vertical_only", "with_wind", "per_concept", "governing", "next_bottlenecks", "label",
        "foundation", "factor_set_alternatives", "investigate_first",
    ),
    "extra_storeys.per_concept": ("concept", "proven", "possible"), "extra_storeys.governing": ("part", "clause", "uc"),
    "extra_storeys.foundation": ("outcome", "lines", "basis"), "extra_storeys.foundation.lines": ("part", "r_char", "r_psi"),
    "extra_storeys.factor_set_alternatives": ("set", "proven", "possible"),
    "extra_storeys.investigate_first": ("what", "parts", "gain"),
    "roof": ("faces", "obstacles", "heads", "influence_ref"), "roof.faces": ("polygon", "z_m"), "roof.heads": ("part", "x_m", "y_m"),
    "variants": (
        "id", "concept", "storeys", "modules", "dwellings", "dwellings_by_type", "gfa_m2", "max_uc", "outcome", "optimal", "gap", "placed"
    ),
    "variants.placed": (
        "module_id", "storey", "x_m", "y_m", "z_m", "rotation_deg", "width_m", "length_m", "height_m", "loads_on"
    ),
    "flags": ("code", "article", "text", "triggered_by"),
    "assumptions": ("what", "value", "source", "confidence", "alternative"), "not_checked": (),
    "issues": ("code", "severity", "id", "message"),
}  # fmt: skip


@pytest.fixture(scope="module")
def made(example):
    return records.build(example)


@pytest.fixture(scope="module")
def outputs(made):
    """Every text of a scan and its arrays, as bytes."""
    files = dict(records.files(*made))
    return {**files, **{f"summary {lang}": summary.text(made[0], lang).encode() for lang in ("nl", "en")}}


def nodes(record, path):
    """Return all objects at a dotted path, rows of lists one by one."""
    found = [record]
    for step in path.split("."):
        inner = [node[step] for node in found if node is not None]
        found = [row for value in inner for row in (value if isinstance(value, list) else [value])]
    return found


def test_fits_the_published_schema_and_holds_nothing_undeclared(made):
    record = json.loads(tidy.dumps(made[0]))
    strict = jsonschema.Draft202012Validator(schemas.closed(schemas.published()))
    assert [f"{error.json_path}: {error.message[:200]}" for error in strict.iter_errors(record)][:5] == []


@pytest.mark.parametrize("path", KEYS)
def test_promised_keys(made, path):
    found = nodes(made[0], path)
    assert all(set(KEYS[path]) <= set(node) for node in found if KEYS[path] and node is not None)
    # rows that a building may lack are covered by one of the other examples
    assert found or path.startswith(("variants", "extra_storeys.investigate", "flags", "issues"))


def test_neither_nan_nor_infinity(outputs):
    def refuse(word):
        raise AssertionError(word)

    json.loads(outputs["record.json"], parse_constant=refuse)
    for name in ("summary nl", "summary en"):
        assert not re.search(rb"\b(nan|inf|None)\b", outputs[name]), name


def test_no_machine_path(outputs, pytestconfig):
    root = os.fsencode(pytestconfig.rootpath)
    home = os.fsencode(os.path.expanduser("~"))
    for name, content in outputs.items():
        assert root not in content, name
        assert home == b"/" or home not in content, name
        if name != "record.npz":
            # a slash belongs to units (kN/m2), clauses and classes here; a path starts with one
            assert not re.search(rb'(^|[\s"(])(/[A-Za-z0-9_.-]+){2,}', content), name
            assert not re.search(rb"[A-Z]:\\\\", content), name


def test_says_what_it_is(made, outputs):
    record = made[0]
    assert record["statement"] == "Quickscan, geen constructieve toetsing"
    assert record["inputs"][0]["sha256"].encode()[:12] in outputs["summary nl"].replace(b"\n", b"").replace(b" ", b"")
    assert len(record["not_checked"]) >= 10


def test_sums_of_the_record_agree(made):
    """Everything put on arrives: ground and unsupported together are the permanent load, per record alone."""
    take = made[0]["take_down"]
    assert take["ground_permanent_kn"] + take["unsupported_kn"] == pytest.approx(take["permanent_kn"], rel=1e-5)
    assert take["ground_imposed_kn"] == pytest.approx(take["imposed_kn"], rel=1e-5)
    assert take["unsupported_kn"] == pytest.approx(0.0, abs=1e-3)
    for part in made[0]["parts"]:
        assert sum(row["share"] for row in part["supported_by"]) == pytest.approx(1.0, abs=1e-4), part["id"]
    weights = sum(row["self_weight_kn"] for row in made[0]["elements"])
    assert take["self_weight_kn"] == pytest.approx(weights, rel=1e-3)
