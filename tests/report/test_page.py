"""The page: one file, nothing fetched, names escaped, the numbers of the record, geometry that unpacks to the building."""

import base64
import gzip
import hashlib
import html
import json
import re
from importlib.resources import files

import numpy as np
import pytest
from report_factory import scan_result

from optopscan.report.bodies import element_bodies
from optopscan.report.document import Table
from optopscan.report.page.render import render
from optopscan.report.page.scene import STEPS, element_states, scene
from optopscan.report.record import build as records
from optopscan.report.sections import document

EVIL = "</script><script>alert(1)</script><img src=x onerror=alert(2)>&\"'"
MOST_BYTES = 2_000_000


@pytest.fixture(scope="module")
def made():
    return records.build(scan_result())


def page(made, language="nl"):
    [(name, content)] = render(*made, language)
    return name, content.decode()


def element(text, name):
    return re.search(rf'<script type="[^"]+" id="{name}">(.*?)</script>', text, re.DOTALL)[1]


def without_scripts(text):
    return re.sub(r"<(script|style)\b.*?</\1>", "", text, flags=re.DOTALL)


def test_one_file_per_language_with_the_stamp(made):
    assert page(made)[0] == "rapport.html"
    name, text = page(made, "en")
    assert name == "report.html"
    assert '<html lang="en">' in text
    doc = document(made[0], "en")
    assert html.escape(doc.stamp, quote=False) in html.unescape(text) or doc.stamp in html.unescape(text)


def test_nothing_is_fetched(made):
    text = page(made)[1]
    visible = without_scripts(text)
    assert re.findall(r'\b(?:src|action|data)="', visible) == []
    assert all(link.startswith("#") for link in re.findall(r'href="([^"]*)"', visible))
    assert "url(" not in text[: text.index("</style>")]
    assert "@import" not in text[: text.index("</style>")]
    policy = re.search(r'Content-Security-Policy" content="([^"]*)"', text)[1]
    assert policy.startswith("default-src 'none';")
    assert "unsafe" not in policy


def test_the_policy_names_the_script_and_the_style_that_stand_in_the_page(made):
    text = page(made)[1]
    policy = re.search(r'Content-Security-Policy" content="([^"]*)"', text)[1]
    style = re.search(r"<style>(.*?)</style>", text, re.DOTALL)[1]
    script = re.findall(r"<script>(.*?)</script>", text, re.DOTALL)
    assert len(script) == 1
    for content in (style, script[0]):
        assert f"'sha256-{base64.b64encode(hashlib.sha256(content.encode()).digest()).decode()}'" in policy
    assert re.findall(r'<[^>]+ (?:style|on\w+)="', without_scripts(text)) == []


def test_names_from_the_file_stay_text(made):
    record, arrays = made
    told = json.loads(json.dumps(record))
    told["building"]["name"] = EVIL
    for row in told["elements"]:
        row["name"], row["guid"] = EVIL, EVIL
    for row in told["inputs"]:
        row["name"] = EVIL
    for row in told["variants"]:
        row["id"] = EVIL
    text = page((told, arrays))[1]
    assert "<script>alert" not in text
    assert "<img" not in text
    assert len(re.findall(r"<script\b", text)) == 4
    assert json.loads(element(text, "scene-index"))["elements"][0]["name"] == EVIL


def test_every_table_of_the_report_is_in_the_page(made):
    text = html.unescape(without_scripts(page(made)[1]))
    for section in document(made[0], "nl").sections:
        assert section.title in text
        for block in section.blocks:
            if isinstance(block, Table):
                for row in block.rows:
                    assert all(cell in text for cell in row)


def unpacked(text):
    index, data = json.loads(element(text, "scene-index")), gzip.decompress(base64.b64decode(element(text, "scene-data")))
    low, size = np.array(index["low_m"]), np.array(index["size_m"])
    at, found = 0, []
    for group in index["groups"]:
        grid = np.frombuffer(data, "<u2", 3 * group["vertices"], at).reshape(-1, 3)
        at += -(-grid.nbytes // 4) * 4
        faces = np.frombuffer(data, "<u4", 3 * group["faces"], at).reshape(-1, 3)
        at += faces.nbytes
        owner = np.frombuffer(data, "<u4", group["faces"], at)
        at += owner.nbytes
        found.append((group, low + grid / STEPS * size, faces, owner))
    assert at == len(data)
    return index, found


def test_the_page_holds_the_bodies_of_the_record(made):
    record, arrays = made
    index, groups = unpacked(page(made)[1])
    bodies = element_bodies(record, arrays)
    group, points, faces, owner = groups[0]
    assert group["kind"] == "existing"
    assert np.abs(points - bodies.vertices_m).max() <= 0.6 * max(index["size_m"]) / STEPS
    assert (faces == bodies.faces).all()
    assert (owner == bodies.owner).all()
    assert {one[0]["kind"] for one in groups} >= {"existing", "tributary", "modules"}


def test_the_page_tells_each_element_as_the_record_does(scan_record):
    made = scan_record("kantoor_1980")
    record = made[0]
    before, after = element_states(record)
    index = scene(*made).index
    assert [row["id"] for row in index["elements"]] == [row["id"] for row in record["elements"]]
    for row in index["elements"]:
        parts = [k for k, part in enumerate(record["parts"]) if part["element"] == row["id"]]
        column = next(one for one in record["part_uc"] if one["scenario"] == index["state"])
        known = [column["uc"][k] for k in parts if column["uc"][k] is not None]
        assert row["uc1"] == max(known, default=None)
        assert row["uc0"] == before.get(row["id"], (None, ""))[0]
        outcomes = {column["outcome"][k] for k in parts}
        assert row["outcome"] == next((name for name in ("over", "unknown", "ok") if name in outcomes), "")
    assert after


def test_the_viewer_is_built_from_its_source():
    folder = files("optopscan.report.page")
    told = folder.joinpath("viewer.sha256").read_text().strip()
    assert told == hashlib.sha256(folder.joinpath("viewer.js").read_bytes()).hexdigest(), "build viewer.min.js again: BUILD.md"


def test_the_drawing_without_scripts_shows_the_building(made):
    text = page(made)[1]
    drawing = re.search(r'<div id="viewer-static">(.*?)</div>', text, re.DOTALL)[1]
    assert drawing.startswith("<svg")
    assert len(re.findall("<path", drawing)) > 5
    assert "nan" not in drawing


def test_pages_of_the_examples_are_small(scan_record):
    for name in ("galerijflat_1972", "kantoor_1980"):
        [(_, content)] = render(*scan_record(name))
        assert len(content) < MOST_BYTES
