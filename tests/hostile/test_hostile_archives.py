"""Archives and nested files that unpack into more than they look, name files elsewhere, or never end: refused in one line."""

import gzip
import io
import json
import tracemalloc
import zipfile

import numpy as np
import pytest
from click.testing import CliRunner
from hostile_seeds import zip_of
from ifc_factory import house

from optopscan.cli.app import cli
from optopscan.portfolio import cityjson
from optopscan.report.record.arrays import arrays_of

DEEP = 200_000


def refused(*args, code=3):
    done = CliRunner().invoke(cli, list(args), prog_name="optopscan")
    assert done.exit_code == code, (done.output, done.exception)
    assert isinstance(done.exception, SystemExit)
    [line] = done.stderr.splitlines()
    assert line.isprintable()
    return line


@pytest.fixture
def model(tmp_path):
    return house(tmp_path / "house.ifc").read_bytes()


@pytest.mark.parametrize("name", ["../../house.ifc", "/tmp/house.ifc", "C:\\house.ifc", "a/../../house.ifc"])
def test_a_model_zipped_under_a_path_elsewhere_is_read_and_written_nowhere(tmp_path, model, name):
    folder = tmp_path / "deep" / "down"
    folder.mkdir(parents=True)
    (folder / "model.ifczip").write_bytes(zip_of([(name, model)]))
    done = CliRunner().invoke(cli, ["inspect", str(folder / "model.ifczip"), "--quiet"], prog_name="optopscan")
    assert done.exit_code == 0, done.output
    assert {path.name for path in tmp_path.rglob("*")} == {"deep", "down", "model.ifczip", "house.ifc"}


def test_a_zip_that_claims_gigabytes_is_not_unpacked(tmp_path):
    path = tmp_path / "bomb.ifczip"
    data = bytearray(zip_of([("model.ifc", b"ISO-10303-21;" + b" " * 100_000)]))
    at = data.rindex(b"PK\x01\x02") + 24
    data[at : at + 4] = (4_200_000_000).to_bytes(4, "little")
    path.write_bytes(data)
    assert "model in the zip is 4.2 GB" in refused("inspect", str(path), "--quiet")


def test_a_zip_that_packs_a_thousandfold_is_not_unpacked(tmp_path):
    path = tmp_path / "bomb.ifczip"
    path.write_bytes(zip_of([("model.ifc", b"ISO-10303-21;" + b" " * (300 << 20))]))
    assert path.stat().st_size < 1 << 20
    assert "packed" in refused("inspect", str(path), "--quiet")


@pytest.mark.parametrize("where", [20, -20, 1 << 30])
def test_a_zip_whose_directory_is_not_where_it_says(tmp_path, model, where):
    """Too far on leads to a place before the file, which the system refuses and not the zip module."""
    data = bytearray(zip_of([("model.ifc", model)]))
    at = data.rindex(b"PK\x05\x06") + 16
    data[at : at + 4] = (int.from_bytes(data[at : at + 4], "little") + where).to_bytes(4, "little")
    (tmp_path / "model.ifczip").write_bytes(data)
    assert "zip cannot be unpacked (" in refused("inspect", str(tmp_path / "model.ifczip"), "--quiet")


def test_arrays_that_claim_more_than_the_file_holds(tmp_path):
    packed = io.BytesIO()
    np.savez_compressed(packed, a=np.zeros(20_000_000))
    body = io.BytesIO()
    np.lib.format.write_array_header_1_0(body, {"descr": "<f8", "fortran_order": False, "shape": (10**12,)})
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as archive:
        archive.writestr("a.npy", body.getvalue() + bytes(24))
    tracemalloc.start()
    for content in (packed.getvalue(), held.getvalue()):
        with pytest.raises((ValueError, zipfile.BadZipFile)):
            arrays_of(content)
    assert tracemalloc.get_traced_memory()[1] < 20 << 20
    tracemalloc.stop()


def test_city_data_that_unpacks_without_end_on_one_line(tmp_path, monkeypatch):
    monkeypatch.setattr(cityjson, "_LINE_MAX", 1 << 20)
    path = tmp_path / "city.city.jsonl.gz"
    path.write_bytes(gzip.compress(b" " * (64 << 20)))
    assert "a line is longer than 1048576 characters" in refused("portfolio", "screen", str(path))


@pytest.mark.parametrize("text", ["[" * DEEP, '{"a":' * DEEP, '{"type": "CityJSON", "x": ' + "[" * DEEP])
def test_json_as_deep_as_a_well(tmp_path, text):
    (tmp_path / "city.city.json").write_text(text)
    (tmp_path / "record.json").write_text(text)
    refused("portfolio", "screen", str(tmp_path / "city.city.json"))
    refused("report", str(tmp_path / "record.json"), "-o", str(tmp_path / "out"), "--quiet")
    (tmp_path / "areas.geojson").write_text(text)
    (tmp_path / "city.city.jsonl").write_text(json.dumps({"type": "CityJSON"}))
    refused("portfolio", "screen", str(tmp_path / "city.city.jsonl"), "--areas", str(tmp_path / "areas.geojson"))
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize("text", ["a = " + "[" * DEEP, "a = " + "{b = " * DEEP, "[" + "a." * 20_000 + "b]"])
def test_toml_as_deep_as_a_well(tmp_path, model, text):
    for name in ("overrides.toml", "optopscan.toml", "filters.toml"):
        (tmp_path / name).write_text(text)
    house_file = str(tmp_path / "house.ifc")
    refused("inspect", house_file, "--overrides", str(tmp_path / "overrides.toml"), "--quiet", code=2)
    refused("scan", house_file, "--config", str(tmp_path / "optopscan.toml"), "--quiet", code=2)


def test_lists_of_an_ifc_as_deep_as_a_well(tmp_path, model):
    path = tmp_path / "deep.ifc"
    path.write_bytes(model.replace(b"IFCCARTESIANPOINT((", b"IFCCARTESIANPOINT((" + b"(" * DEEP, 1))
    refused("inspect", str(path), "--quiet")


def test_entities_of_an_ids_are_not_expanded(tmp_path, model):
    laughs = "".join(f'<!ENTITY l{k + 1} "{f"&l{k};" * 10}">' for k in range(12))
    text = (
        f'<?xml version="1.0"?><!DOCTYPE ids [<!ENTITY l0 "ha">{laughs}<!ENTITY file SYSTEM "file:///etc/passwd">]><ids>&l12;&file;</ids>'
    )
    (tmp_path / "own.ids").write_text(text)
    line = refused("check-model", str(tmp_path / "house.ifc"), "--ids", str(tmp_path / "own.ids"), "--quiet", code=2)
    assert "own.ids" in line
    assert "root:" not in line
