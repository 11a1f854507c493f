"""A damaged file is refused in one line, never read as a smaller building."""

import re
import zipfile

import pytest
from ifc_factory import Factory, house

from optopscan.errors import UnreadableInput, UsageError
from optopscan.ifc.read import read
from optopscan.settings import Settings


@pytest.fixture(scope="module")
def text(tmp_path_factory):
    return house(tmp_path_factory.mktemp("whole") / "house.ifc").read_text()


def refused(path, match, settings=None):
    with pytest.raises(UnreadableInput, match=match) as caught:
        read([path], settings or Settings())
    message = str(caught.value)
    assert "\n" not in message
    assert message.startswith(path.name + ": ")
    assert "; " in message  # what; what to do
    return message


def drop_line(text, entity):
    lines = text.splitlines()
    at = next(i for i, line in enumerate(lines) if f"={entity}(" in line)
    return "\n".join(lines[:at] + lines[at + 1 :])


DAMAGE = {
    "zero bytes": (lambda t: b"", "empty"),
    "truncated": (lambda t: t[: int(len(t) * 0.6)].encode(), "stops before its end"),
    "end marker missing": (lambda t: t.replace("END-ISO-10303-21;", "").encode(), "stops before its end"),
    "git lfs": (lambda t: b"version https://git-lfs.github.com/spec/v1\noid sha256:00\nsize 131\n", "Git LFS"),
    "html": (lambda t: b"<!DOCTYPE html><html></html>", "web page"),
    "byte order mark": (lambda t: b"\xef\xbb\xbf" + t.encode(), "byte order mark"),
    "utf-16": (lambda t: t.encode("utf-16"), "UTF-16"),
    "utf-16 without mark": (lambda t: t.encode("utf-16-le"), "UTF-16"),
    "text": (lambda t: b"hello", "no IFC header"),
    "missing placement": (lambda t: drop_line(t, "IFCLOCALPLACEMENT").encode(), "not there"),
    "missing element": (lambda t: drop_line(t, "IFCSLAB").encode(), "not there"),
    "number used twice": (lambda t: re.sub(r"(#7=[^\n]*\n)", r"\1\1", t).encode(), "used twice"),
    "syntax": (lambda t: t.replace("IFCDIRECTION((", "IFCDIRECTION(", 1).encode(), "parse|not there|wrong number"),
    "too few attributes": (lambda t: t.replace("IFCDIRECTION((0.,0.,1.))", "IFCDIRECTION()", 1).encode(), "parse|wrong number"),
    "release candidate": (lambda t: t.replace("'IFC4'", "'IFC4X3_RC4'").encode(), "IFC4X3_RC4"),
    "old schema": (lambda t: t.replace("'IFC4'", "'IFC2X_FINAL'").encode(), "schema"),
    "a list where the units should be": (
        lambda t: re.sub(r"(=IFCPROJECT\([^\n]*),(#\d+)\);", r"\1,(\2));", t).encode(),
        r"not as IFC4 says \(#\d+ IfcProject, UnitsInContext\)",
    ),
    "bytes that are no text among references": (
        lambda t: re.sub(rb"(=IFCRELAGGREGATES\([^\n]*\()#", b"\\1\xed\xa0\x80#", t.encode()),
        "cannot be parsed",
    ),
    "no project": (lambda t: t.replace("=IFCPROJECT(", "=IFCPROJECTLIBRARY(").encode(), "0 IfcProject"),
}


@pytest.mark.parametrize("kind", sorted(DAMAGE))
def test_damage_is_noticed(kind, text, tmp_path):
    change, match = DAMAGE[kind]
    path = tmp_path / "damaged.ifc"
    path.write_bytes(change(text))
    refused(path, match)


def test_missing_file_and_wrong_suffix(tmp_path):
    refused(tmp_path / "nowhere.ifc", "cannot be opened")
    (tmp_path / "a.ifcxml").write_text("<ifcXML/>")
    refused(tmp_path / "a.ifcxml", "XML")
    (tmp_path / "a.dwg").write_text("x")
    refused(tmp_path / "a.dwg", "unknown file type")
    with pytest.raises(UsageError, match="no file"):
        read([], Settings())


def test_two_projects(tmp_path):
    model = Factory()
    model.box("IfcWall", 0, 0, 0, 5, 0.2, 3)
    model.rooted("IfcProject", Name="second")
    refused(model.write(tmp_path / "two.ifc"), "2 IfcProject")


def test_a_zip_with_one_model_is_read_like_the_file(text, tmp_path):
    plain, packed = tmp_path / "house.ifc", tmp_path / "house.ifczip"
    plain.write_text(text)
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.write(plain, "inside/house.ifc")
        archive.writestr("__MACOSX/._house.ifc", b"junk")
        archive.writestr("readme.txt", b"text")
    a, b = read([plain], Settings())[0], read([packed], Settings())[0]
    assert a.elements.id == b.elements.id
    assert (a.elements.volume_m3 == b.elements.volume_m3).all()
    assert a.inputs[0].sha256 != b.inputs[0].sha256


@pytest.mark.parametrize(("members", "match"), [([], "0 models"), (["a.ifc", "b.ifc"], "2 models .a.ifc, b.ifc"), (["a.ifcxml"], "XML")])
def test_a_zip_must_hold_exactly_one_model(members, match, text, tmp_path):
    path = tmp_path / "many.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("notes.txt", b"")
        for name in members:
            archive.writestr(name, text)
    refused(path, match)


def test_a_broken_zip_and_a_zip_under_another_name(text, tmp_path):
    path = tmp_path / "broken.ifczip"
    path.write_bytes(b"PK\x03\x04 not a zip")
    refused(path, "unpacked")
    whole = tmp_path / "named.ifc"
    with zipfile.ZipFile(whole, "w") as archive:
        archive.writestr("a.ifc", text)
    refused(whole, "zip file with the wrong name")


def test_no_length_unit_is_an_error_unless_stated(tmp_path):
    path = house(tmp_path / "unitless.ifc", unit=None)
    assert "assume_unit" in refused(path, "no length unit")
    building, _ = read([path], Settings(assume_unit="m"))
    assert building.inputs[0].length_unit == "m"
    assert building.elements.z1_m.max() == pytest.approx(6.0)


@pytest.mark.parametrize(("stated", "size_m"), [("mm", 0.001), ("cm", 0.01), ("inch", 0.0254), ("foot", 0.3048)])
def test_the_stated_unit_scales_the_model(stated, size_m, tmp_path):
    # numbers in the file are those of the house in `stated`, but the file names no unit
    model = Factory(unit=None)
    model.scale = size_m
    model.storey("0", 0.0)
    model.box("IfcWall", 0, 0, 0, 5, 0.2, 3, storey="0")
    path = model.write(tmp_path / "u.ifc")
    building, _ = read([path], Settings(assume_unit=stated))
    assert building.elements.volume_m3[0] == pytest.approx(3.0)
    assert building.local_to_ifc.unit_m == pytest.approx(size_m)


@pytest.mark.parametrize(("written_in", "declared"), [("mm", "m"), ("m", "mm"), ("m", "foot_as_inch")])
def test_a_wrong_unit_is_noticed_by_the_size(written_in, declared, tmp_path):
    model = Factory(unit="m" if declared == "m" else "mm")
    model.scale = {"mm": 0.001, "m": 1.0}[written_in]
    model.box("IfcWall", 0, 0, 0, 12, 0.2, 3)
    refused(model.write(tmp_path / "wrong.ifc"), "length unit is likely wrong")


def test_tall_walls_tell_that_feet_were_meant_as_inches(tmp_path):
    # 5 m long walls of 3 m read 12 times as large: 60 m passes as a plan size, 36 m does not as a storey
    model = Factory(unit="foot")
    model.scale = 0.0254
    model.box("IfcWall", 0, 0, 0, 5, 0.2, 3)
    refused(model.write(tmp_path / "wrong.ifc"), "walls and columns are 36 m high")


def test_nothing_with_a_body(tmp_path):
    model = Factory()
    model.bare("IfcWall", Name="axis only")
    refused(model.write(tmp_path / "bare.ifc"), "no wall, slab, column")


def test_only_an_analysis_model(tmp_path):
    model = Factory()
    model.rooted("IfcStructuralAnalysisModel", Name="frame", PredefinedType="LOADING_3D")
    refused(model.write(tmp_path / "fem.ifc"), "analysis model")


def test_only_an_outer_shell(tmp_path):
    model = Factory()
    shape = model.f.create_entity("IfcProductDefinitionShape", Representations=[model.shape(model.extrusion(10, 8, 9))])
    model.buildings[0].Representation = shape
    refused(model.write(tmp_path / "shell.ifc"), "outer shell")
    proxy = Factory()
    proxy.box("IfcBuildingElementProxy", 0, 0, 0, 10, 8, 9, Name="LoD2")
    refused(proxy.write(tmp_path / "shell2.ifc"), "outer shell")
