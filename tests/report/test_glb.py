"""The GLB: read back by another program, shapes and words of the record, colours by verdict, one variant to a scene."""

from __future__ import annotations

import copy
import io
import json
import struct

import numpy as np
import pytest
import trimesh
from report_factory import scan_result

from optopscan.report import glb
from optopscan.report.bodies import element_bodies
from optopscan.report.element_state import State, shown_scenario, states
from optopscan.report.record import build as records


@pytest.fixture(scope="module")
def built():
    return records.build(scan_result())


@pytest.fixture(scope="module")
def model(built):
    return read(content(built))


def content(built, language="nl"):
    [(name, data)] = glb.render(*built, language)
    assert name == {"nl": "gebouw.glb", "en": "building.glb"}[language]
    return data


def read(data, empty=False):
    """Return the JSON of a GLB as the specification (4.4, Khronos glTF 2.0) lays it out, with its other chunk under "binary"."""
    magic, version, length = struct.unpack_from("<4sII", data)
    assert (magic, version, length) == (b"glTF", 2, len(data))
    size, kind = struct.unpack_from("<I4s", data, 12)
    assert kind == b"JSON"
    model = json.loads(data[20 : 20 + size])
    model["binary"] = data[28 + size :]
    assert empty or struct.unpack_from("<I4s", data, 20 + size) == (len(model["binary"]), b"BIN\0")
    return model


def points(model, node):
    """Return the corners of a node's triangles (n, 3), in the axes of the file."""
    primitive = model["meshes"][node["mesh"]]["primitives"][0]
    out = []
    for at, dtype, width in ((primitive["attributes"]["POSITION"], "<f4", 3), (primitive["indices"], "<u4", 1)):
        accessor = model["accessors"][at]
        view = model["bufferViews"][accessor["bufferView"]]
        start = view.get("byteOffset", 0) + accessor.get("byteOffset", 0)
        out.append(np.frombuffer(model["binary"], dtype, accessor["count"] * width, start).reshape(-1, width))
    return out[0][out[1][:, 0]]


def told(node):
    return node.get("extras", {})


def element_nodes(model):
    return {told(node)["id"]: node for node in model["nodes"] if "ifc_class" in told(node)}


def path_to(model, index):
    """Return the names from the root to a node."""
    above = {child: k for k, node in enumerate(model["nodes"]) for child in node.get("children", ())}
    names = [model["nodes"][index]["name"]]
    while index in above:
        index = above[index]
        names.insert(0, model["nodes"][index]["name"])
    return names


def test_every_element_is_there_in_metres_with_y_up(built, model):
    record, arrays = built
    bodies, nodes = element_bodies(record, arrays), element_nodes(model)
    assert set(nodes) == {element["id"] for element in record["elements"]}
    for row, element in enumerate(record["elements"]):
        given = bodies.vertices_m[bodies.faces[bodies.owner == row].ravel()]
        found = points(model, nodes[element["id"]])
        np.testing.assert_allclose(np.column_stack([found[:, 0], -found[:, 2], found[:, 1]]), given, atol=1e-5)


def test_trimesh_reads_closed_bodies(built):
    scene = trimesh.load_scene(io.BytesIO(content(built)), file_type="glb")
    assert len(scene.graph.nodes_geometry) >= len(built[0]["elements"])
    assert all(mesh.is_watertight and mesh.volume > 0.0 for mesh in scene.geometry.values())


def test_extras_say_what_the_record_says(built, model):
    record, nodes = built[0], element_nodes(model)
    for element, state in zip(record["elements"], states(record), strict=True):
        extras = told(nodes[element["id"]])
        assert extras["guid"] == element["guid"]
        assert extras["name"] == element["name"]
        assert (extras["uc_before"], extras["uc_after"]) == (state.uc_before, state.uc_after)
        assert (extras["outcome_before"], extras["outcome_after"]) == (state.outcome_before, state.outcome_after)


@pytest.mark.parametrize("language", ["nl", "en"])
def test_the_file_carries_the_stamp(built, language):
    record = built[0]
    model = read(content(built, language))
    for extras in (model["asset"]["extras"], model["scenes"][0]["extras"]):
        assert "Quickscan, geen constructieve toetsing" in extras["stamp"]
        assert record["input_sha256"][:12] in extras["stamp"]
        assert extras["input_sha256"] == record["input_sha256"]
        assert (extras["proven"], extras["possible"], extras["label"]) == (0, 1, "C")
        assert "doorsnede wanden 2e verdieping" in extras["unknowns"]
        assert set(extras["legend"]) == {"low", "high", "over", "unknown", "none"}


def test_elements_stand_by_storey_and_by_whether_they_bear(built, model):
    record = built[0]
    groups = {"yes": "dragend", "no": "niet dragend", "unknown": "onbekend of het draagt"}
    for index, node in enumerate(model["nodes"]):
        if "ifc_class" in told(node):
            element = next(row for row in record["elements"] if row["id"] == told(node)["id"])
            storey = f"bouwlaag {element['storey'] + 1}: {record['building']['storeys'][element['storey']]['name']}"
            assert path_to(model, index)[:3] == ["bestaand", storey, groups[element["bearing"]]]


@pytest.mark.parametrize(
    ("outcome", "uc", "band"),
    [("ok", 0.8, "low"), ("ok", 0.81, "high"), ("ok", None, "unknown"), ("unknown", 0.3, "unknown"), ("unknown", 1.2, "unknown"),
     ("over", 1.2, "over"), ("over", None, "over"), (None, None, "none")],
)  # fmt: skip
def test_the_verdict_goes_before_the_number(outcome, uc, band):
    assert State(uc_before=None, uc_after=uc, outcome_before=None, outcome_after=outcome).band == band


def test_an_element_is_as_bad_as_its_worst_part(built):
    record = copy.deepcopy(built[0])
    wall = record["parts"][0]["element"]
    mine = [row for row, part in enumerate(record["parts"]) if part["element"] == wall]
    assert len(mine) > 1
    checked = next(row for row in record["part_uc"] if row["scenario"] == shown_scenario(record))
    checked["outcome"] = ["ok"] * len(record["parts"])
    checked["uc"] = [0.5] * len(record["parts"])
    number = [row["id"] for row in record["elements"]].index(wall)
    assert states(record)[number].band == "low"
    for outcome, uc, band in (("ok", 0.9, "high"), ("unknown", None, "unknown"), ("over", 1.3, "over")):
        checked["outcome"][mine[-1]], checked["uc"][mine[-1]] = outcome, uc
        assert states(record)[number].band == band
    checked["uc"][mine[0]] = None
    assert states(record)[number].uc_after == 1.3


def test_colours_follow_the_verdict(built):
    record = copy.deepcopy(built[0])
    checked = next(row for row in record["part_uc"] if row["scenario"] == shown_scenario(record))
    checked["outcome"] = ["over"] * len(record["parts"])
    model = read(content((record, built[1])))
    for node in element_nodes(model).values():
        material = model["materials"][model["meshes"][node["mesh"]]["primitives"][0]["material"]]
        red = material["name"] == "voldoet niet, UC boven 1,0"
        assert red == (told(node)["outcome_after"] is not None)
        if red:
            assert material["pbrMetallicRoughness"]["baseColorFactor"] == pytest.approx([0.6308, 0.0, 0.0, 1.0], abs=1e-3)


def test_one_variant_to_a_scene(built):
    record = copy.deepcopy(built[0])
    first = record["variants"][0]
    record["variants"] = [first, {**copy.deepcopy(first), "id": "v2", "concept": "anders"}]
    for row in record["variants"]:
        row["worth"] = None
    model = read(content((record, built[1])))
    assert [[model["nodes"][node]["name"] for node in scene["nodes"]] for scene in model["scenes"]] == [
        ["bestaand", "variant v1"],
        ["bestaand", "variant v2"],
    ]
    modules = [node for node in model["nodes"] if told(node).get("kind") == "module"]
    assert [told(node)["module_id"] for node in modules] == [row["module_id"] for row in first["placed"]] * 2


def test_without_variants_and_checks(built):
    record = copy.deepcopy(built[0])
    record["variants"], record["part_uc"] = [], []
    record["extra_storeys"]["governing"] = None
    model = read(content((record, built[1])))
    assert [[model["nodes"][node]["name"] for node in scene["nodes"]] for scene in model["scenes"]] == [["bestaand"]]
    assert {told(node)["band"] for node in element_nodes(model).values()} == {"unknown", "none"}


def test_without_elements(built):
    record = copy.deepcopy(built[0])
    record["variants"], record["elements"], record["parts"] = [], [], []
    record["extra_storeys"]["governing"] = None
    model = read(content((record, built[1])), empty=True)
    assert model["asset"]["extras"]["input_sha256"] == record["input_sha256"]


def test_the_same_record_gives_the_same_bytes(built):
    assert content(built) == content(built)
