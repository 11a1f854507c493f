"""The BCF, read back by bcf-client in both versions: topics, words of the record, camera in the file's coordinates, pictures."""

from __future__ import annotations

import copy
import io
import zipfile
from xml.etree import ElementTree

import bcf.v2.bcfxml
import bcf.v3.bcfxml
import numpy as np
import pytest
from bcf.xml_parser import XmlParserSerializer
from PIL import Image
from report_factory import scan_result

from optopscan.issues import issue
from optopscan.report.bcf import render as views
from optopscan.report.bcf.axonometry import SIZE
from optopscan.report.bcf.topics import topics
from optopscan.report.bodies import element_bodies
from optopscan.report.element_state import shown_scenario
from optopscan.report.record import build as records

VERSIONS = ("2.1", "3.0")
READERS = {"2.1": bcf.v2.bcfxml, "3.0": bcf.v3.bcfxml}


@pytest.fixture(scope="module")
def built():
    record, arrays = records.build(scan_result(issues=(issue("OPT-104", "0#u1", "12 van 40 wanden ontbreken"),)))
    for number, element in enumerate(record["elements"]):
        element["guid"] = f"{number:022d}"
    return record, arrays


def read(built, tmp_path, version="2.1", language="nl"):
    """Return the topics as bcf-client reads them, in their own order."""
    path = tmp_path / f"findings-{version}.bcf"
    path.write_bytes(views.bcf(*built, language, version))
    with READERS[version].BcfXml(path) as found:
        assert found.version.version_id == version
        handlers = sorted(found.topics.values(), key=lambda one: one.topic.index)
        for one in handlers:
            assert one.viewpoints  # read before the file is closed
    return handlers


def view_of(handler):
    [view] = handler.viewpoints.values()
    return view


def selected(handler):
    components = view_of(handler).visualization_info.components
    return [] if components.selection is None else [one.ifc_guid for one in components.selection.component]


def of_kind(handlers, kind):
    return [one for one in handlers if one.topic.topic_type == kind]


def test_names_and_versions(built):
    assert [name for name, _ in views.render(*built)] == ["bevindingen.bcfzip"]
    [(name, content)] = views.render(*built, "en")
    assert name == "findings.bcfzip"
    assert b'VersionId="2.1"' in zipfile.ZipFile(io.BytesIO(content)).read("bcf.version")


@pytest.mark.parametrize("version", VERSIONS)
def test_one_topic_each(built, tmp_path, version):
    record = built[0]
    found = read(built, tmp_path, version)
    extra = record["extra_storeys"]
    assert len(of_kind(found, "Maatgevend")) == 1 + len(extra["next_bottlenecks"])
    assert [one.topic.title for one in of_kind(found, "Niet aangetoond")] == [
        f"Niet aangetoond: {text}" for text in extra["why_not_proven"]
    ]
    assert len(of_kind(found, "Ernstige melding")) == 1
    assert [one.topic.title for one in of_kind(found, "Eerst onderzoeken")] == [
        f"Eerst onderzoeken: {row['what']}" for row in extra["investigate_first"]
    ]
    assert len(found) == sum(len(of_kind(found, kind)) for kind in {one.topic.topic_type for one in found})


@pytest.mark.parametrize("version", VERSIONS)
@pytest.mark.parametrize("language", ["nl", "en"])
def test_every_topic_carries_the_stamp(built, tmp_path, version, language):
    for one in read(built, tmp_path, version, language):
        assert "Quickscan, geen constructieve toetsing" in one.topic.description
        assert built[0]["input_sha256"][:12] in one.topic.description
        assert "doorsnede wanden 2e verdieping" in one.topic.description


def test_the_governing_part_says_before_and_after(built, tmp_path):
    record = built[0]
    governing = record["extra_storeys"]["governing"]
    part = [row["id"] for row in record["parts"]].index(governing["part"])
    element = next(row for row in record["elements"] if row["id"] == record["parts"][part]["element"])
    before = next(row for row in record["part_uc"] if row["scenario"] == "bestaand")["uc"][part]
    first = read(built, tmp_path)[0]
    told = f"{before:.2f} -> {governing['uc']:.2f}".replace(".", ",")
    assert first.topic.title == f"Maatgevend 1: {element['name']}, UC {told}"
    assert governing["clause"] in first.topic.description
    assert selected(first) == [element["guid"]]


@pytest.mark.parametrize("version", VERSIONS)
def test_the_order_of_elements_is_that_of_the_schema(built, tmp_path, version):
    """What bcf-client writes of what it read has the same elements in the same order: its classes are made from the schemas."""
    archive = zipfile.ZipFile(io.BytesIO(views.bcf(*built, "nl", version)))
    model = bcf.v2.model if version == "2.1" else bcf.v3.model
    classes = {"markup.bcf": model.Markup, "viewpoint.bcfv": model.VisualizationInfo, "bcf.version": model.Version}
    if version == "3.0":
        classes |= {"extensions.xml": model.Extensions, "project.bcfp": model.ProjectInfo}
    handler, seen = XmlParserSerializer(), set()
    for name in archive.namelist():
        kind = classes.get(name.rsplit("/", 1)[-1])
        if kind is None:
            assert name.endswith("snapshot.png")
            continue
        seen.add(kind)
        again = handler.serialize(handler.parse(archive.read(name), kind))
        ours, theirs = (
            [one.tag for one in ElementTree.fromstring(text if isinstance(text, bytes) else text.encode()).iter()]
            for text in (archive.read(name), again)
        )
        assert ours == theirs
    assert seen == set(classes.values())


@pytest.mark.parametrize("version", VERSIONS)
def test_the_camera_looks_at_the_element_in_the_coordinates_of_the_file(built, tmp_path, version):
    record, arrays = built
    first = read(built, tmp_path, version)[0]
    bodies, place = element_bodies(record, arrays), record["building"]["local_to_ifc"]
    row = [element["guid"] for element in record["elements"]].index(selected(first)[0])
    points = bodies.vertices_m[bodies.faces[bodies.owner == row].ravel()]
    turn = np.radians(place["rotation"])
    assert place["rotation"] != 0.0
    assert place["unit"] != 1.0
    matrix = np.array([[np.cos(turn), -np.sin(turn), 0], [np.sin(turn), np.cos(turn), 0], [0, 0, 1]])
    middle = matrix @ (points.min(axis=0) + points.max(axis=0)) / 2.0 + place["origin"]
    camera = view_of(first).visualization_info.perspective_camera
    at, along, up = (
        np.array([one.x, one.y, one.z]) for one in (camera.camera_view_point, camera.camera_direction, camera.camera_up_vector)
    )
    towards = middle - at
    np.testing.assert_allclose(towards / np.linalg.norm(towards), along, atol=1e-4)
    assert np.linalg.norm(along) == pytest.approx(1.0, abs=1e-5)
    assert up @ along == pytest.approx(0.0, abs=1e-5)
    assert up[2] > 0.0
    half = np.linalg.norm(points.max(axis=0) - points.min(axis=0)) / 2.0
    assert np.linalg.norm(towards) > half / np.sin(np.radians(camera.field_of_view / 2.0))


def colours(handler):
    coloring = view_of(handler).visualization_info.components.coloring
    return [group.color for group in coloring.color] if coloring else []


@pytest.mark.parametrize(("outcome", "uc", "colour"), [("over", 1.07, "FFD00000"), ("unknown", 0.5, "FFE07B00"), ("ok", 0.7, "FF4C9A52")])
def test_a_governing_part_has_the_colour_of_its_verdict(built, tmp_path, outcome, uc, colour):
    record = copy.deepcopy(built[0])
    governing = record["extra_storeys"]["governing"]
    governing["uc"] = uc
    part = [row["id"] for row in record["parts"]].index(governing["part"])
    checked = next(row for row in record["part_uc"] if row["scenario"] == shown_scenario(record))
    checked["outcome"] = ["unknown"] * len(record["parts"])
    checked["outcome"][part], checked["uc"][part] = outcome, uc
    assert colours(read((record, built[1]), tmp_path)[0]) == [colour]


def test_what_is_not_proven_is_never_green(built, tmp_path):
    record = copy.deepcopy(built[0])
    checked = next(row for row in record["part_uc"] if row["scenario"] == shown_scenario(record))
    checked["outcome"], checked["uc"] = ["ok"] * len(record["parts"]), [0.4] * len(record["parts"])
    found = read((record, built[1]), tmp_path)
    told = [
        colour
        for kind in ("Niet aangetoond", "Ernstige melding", "Eerst onderzoeken")
        for one in of_kind(found, kind)
        for colour in colours(one)
    ]
    assert set(told) == {"FFE07B00"}


@pytest.mark.parametrize(
    ("text", "about"),
    [
        ("fundering (geen grond- of paalgegevens)", {"f0", "f1"}),
        ("stabiliteit: UC 1.2", {"p0-0-0"}),
        ("verankering van de opbouw: koppeling", {"p0-0-1"}),
        ("wind op dragende gevels: 2 penanten", {"p0-0-0"}),
        ("robuustheid: van 4 naar 5", set()),
        ("2 stroken en poeren (geen toets)", {"f1", "f2"}),
        ("bestaande toestand: 1 delen voldoen niet", {"p1-0-0"}),
    ],
)
def test_reasons_point_at_the_parts_that_the_record_names(built, text, about):
    record = copy.deepcopy(built[0])
    ids = [part["id"] for part in record["parts"]]
    record["extra_storeys"]["why_not_proven"] = [text]
    for scenario, names, outcome in ((shown_scenario(record), ("f1", "f2"), "unknown"), ("bestaand", ("p1-0-0",), "over")):
        checked = next(row for row in record["part_uc"] if row["scenario"] == scenario)
        checked["outcome"] = [outcome if name in names else "ok" for name in ids]
    [topic] = [one for one in topics(record, "nl") if one.kind == "unknown"]
    elements = {part["element"] for part in record["parts"] if part["id"] in about}
    assert {record["elements"][row]["id"] for row in topic.elements} == elements


def test_topics_keep_their_id_in_a_later_model(built, tmp_path):
    record = copy.deepcopy(built[0])
    record["input_sha256"] = "0" * 64
    record["extra_storeys"]["governing"]["uc"] = 1.31
    for number, element in enumerate(record["elements"]):
        old, element["id"] = element["id"], f"1#{number}"
        for part in record["parts"]:
            part["element"] = element["id"] if part["element"] == old else part["element"]
    ids = [one.topic.guid for one in read(built, tmp_path)]
    assert len(set(ids)) == len(ids)
    kept = [one.topic.guid for one in read((record, built[1]), tmp_path)]
    assert kept[0] == ids[0]


def test_the_same_reason_twice_is_two_topics(built, tmp_path):
    record = copy.deepcopy(built[0])
    record["extra_storeys"]["why_not_proven"] = ["3 palen (geen toets)", "3 palen (geen toets)"]
    assert len(of_kind(read((record, built[1]), tmp_path), "Niet aangetoond")) == 2


def test_elements_without_a_global_id_are_not_selected(built, tmp_path):
    record = copy.deepcopy(built[0])
    for element in record["elements"]:
        element["guid"] = None
    record["elements"][0]["guid"] = "kort"
    found = read((record, built[1]), tmp_path)
    assert all(selected(one) == [] for one in found)
    assert record["extra_storeys"]["governing"]["part"] in found[0].topic.description


@pytest.mark.parametrize("version", VERSIONS)
def test_names_cannot_break_the_file(built, tmp_path, version):
    record = copy.deepcopy(built[0])
    name = '<b>&amp; "x" ]]> \x0b\x00 één 😀'
    for element in record["elements"]:
        element["name"] = name
    record["building"]["name"] = record["inputs"][0]["name"] = name
    first = read((record, built[1]), tmp_path, version)[0]
    assert '<b>&amp; "x" ]]>  één 😀' in first.topic.title


def test_pictures_show_the_element(built):
    archive = zipfile.ZipFile(io.BytesIO(views.bcf(*built)))
    names = [name for name in archive.namelist() if name.endswith(".png")]
    images = [Image.open(io.BytesIO(archive.read(name))) for name in names]
    found = topics(built[0], "nl")
    assert len(images) == len(found)
    for image, topic in zip(images, found, strict=True):
        assert image.size == SIZE
        assert "Quickscan, geen constructieve toetsing" in image.text["Description"]
        pixels = np.asarray(image.convert("RGB")).astype(int)
        coloured = (np.ptp(pixels, axis=2) > 60).sum()
        assert (coloured > 50) == bool(topic.elements)


def test_the_same_record_gives_the_same_bytes(built):
    assert views.render(*built) == views.render(*built)
    assert views.bcf(*built, "nl", "3.0") == views.bcf(*built, "nl", "3.0")


def test_without_findings_and_elements(built):
    record = copy.deepcopy(built[0])
    record["extra_storeys"] |= {"governing": None, "next_bottlenecks": [], "why_not_proven": [], "investigate_first": []}
    record["issues"], record["elements"], record["parts"] = [], [], []
    assert zipfile.ZipFile(io.BytesIO(views.bcf(record, built[1]))).namelist() == ["bcf.version"]
