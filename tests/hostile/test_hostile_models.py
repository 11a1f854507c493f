"""Models that no building is: coordinates without end, no thickness, outlines that cross themselves, a million entities."""

import json
import re
import resource

import hostile_oracle
import pytest
from click.testing import CliRunner
from ifc_factory import Factory, house

from optopscan.cli.app import cli
from optopscan.errors import UnreadableInput
from optopscan.ifc import read
from optopscan.settings import Settings

SCAN = ("--json", "--quiet", "--no-place", "--samples", "0", "--max-extra-storeys", "1", "--concept", "fictief.hsb-2d")
MILLION = 1_000_000


def ran(*args):
    """Return exit code and record (None where there is none); what holds after any command is asserted."""
    done = CliRunner().invoke(cli, list(args), prog_name="optopscan")
    assert done.exception is None or isinstance(done.exception, SystemExit), done.exception
    if done.exit_code:
        assert done.exit_code == 3, done.output
        [line] = done.stderr.splitlines()
        assert line.startswith("optopscan: ")
        return done.exit_code, None
    record = json.loads(done.stdout)
    assert hostile_oracle.schema_faults(record) + hostile_oracle.unsafe(record) == []
    return 0, record


@pytest.mark.parametrize("value", ["1.E308", "-1.E308", "9.E999", "1.E-320", "1.E15"])
@pytest.mark.parametrize("kind", ["IFCCARTESIANPOINT", "IFCEXTRUDEDAREASOLID", "IFCRECTANGLEPROFILEDEF", "IFCMATERIALLAYER"])
def test_numbers_without_end(tmp_path, kind, value):
    text = house(tmp_path / "house.ifc").read_text()
    row = list(re.finditer(rf"={kind}\(.*?(-?\d+\.\d*)\D*\);", text))[-1]
    path = tmp_path / "model.ifc"
    path.write_text(text[: row.start(1)] + value + text[row.end(1) :])
    ran("scan", str(path), *SCAN)


@pytest.mark.parametrize("thickness_m", [0.0, -0.2, 1e-9])
def test_a_wall_without_thickness_is_never_ok(tmp_path, thickness_m):
    model = Factory()
    for number in range(2):
        model.storey(f"{number}", 3.0 * number)
        z = 3.0 * number
        thin = model.box("IfcWall", 0, 0, z, 8, thickness_m, 2.8, storey=f"{number}", Name="thin")
        model.box("IfcWall", 0, 4.8, z, 8, 0.2, 2.8, storey=f"{number}", Name="other")
        model.box("IfcSlab", 0, 0, z + 2.8, 8, 5, 0.2, storey=f"{number}", Name="floor", PredefinedType="FLOOR")
        model.layers([thin], ("Kalkzandsteen CS12", thickness_m))
    _, record = ran("scan", str(model.write(tmp_path / "thin.ifc")), *SCAN)
    if record is not None:
        thin = {row["id"] for row in record["elements"] if row["name"] == "thin"}
        parts = [row["id"] for row in record["parts"] if row["element"] in thin]
        rows = {row["id"]: k for k, row in enumerate(record["parts"])}
        outcomes = {one["outcome"][rows[part]] for one in record["part_uc"] if "outcome" in one for part in parts}
        assert "ok" not in outcomes


def traced_slab(model, order, name, z_m):
    """Add a slab whose outline runs through the four corners of 8 x 5 m in this order."""
    e = model.f.create_entity
    corners = [model.point(*corner) for corner in ((0.0, 0.0), (8.0, 0.0), (8.0, 5.0), (0.0, 5.0))]
    line = e("IfcPolyline", [corners[k] for k in order])
    profile = e("IfcArbitraryClosedProfileDef", "AREA", None, line)
    place = e("IfcAxis2Placement3D", model.point(0, 0, 0))
    body = e("IfcExtrudedAreaSolid", profile, place, model.direction(0, 0, 1), 200.0)
    shape = e("IfcProductDefinitionShape", Representations=[model.shape(body)])
    model.bare("IfcSlab", storey="0", place=(0, 0, z_m), Name=name, Representation=shape, PredefinedType="FLOOR")


@pytest.mark.parametrize("order", [(0, 2, 1, 3), (0, 0, 0, 0), (0, 1, 0, 1), (0, 1, 2, 3, 0, 1, 2, 3)])
def test_an_outline_that_crosses_itself(tmp_path, order):
    model = Factory()
    model.storey("0", 0.0)
    for y in (0, 4.8):
        model.box("IfcWall", 0, y, 0, 8, 0.2, 2.8, storey="0", Name="wall")
    traced_slab(model, (*order, order[0]), "floor", 2.8)
    ran("scan", str(model.write(tmp_path / "crossed.ifc")), *SCAN)


def test_a_body_without_an_outline_in_plan_is_lost_and_said(tmp_path):
    """Traced twice over a crossing, nothing is left of the outline; its weight may not go with it in silence."""
    model = Factory()
    model.storey("0", 0.0)
    for y in (0, 4.8):
        model.box("IfcWall", 0, y, 0, 8, 0.2, 2.8, storey="0", Name="wall")
    model.box("IfcSlab", 0, 0, 2.8, 8, 5, 0.2, storey="0", Name="floor", PredefinedType="FLOOR")
    traced_slab(model, (0, 0, 3, 1, 2, 0, 0, 3, 1, 2), "dek", 3.0)
    path = model.write(tmp_path / "twice.ifc")
    building, issues = read.read([path], Settings())
    assert "dek" not in building.elements.name
    told = {row.code: row.message for row in issues}
    assert told["OPT-101"] == "IfcSlab dek: its body has no outline in plan"
    assert told["OPT-104"] == "twice.ifc: 1 of 2 IfcSlab have no computable body"
    ran("scan", str(path), *SCAN)


def test_sheets_on_edge_are_no_structure(tmp_path):
    """A wall of one upright face weighs nothing as a solid; with one among solids there is no verdict, and of nothing else an answer."""
    for solids, message in ((2, None), (0, "surfaces without thickness")):
        model = Factory()
        e = model.f.create_entity
        model.storey("0", 0.0)
        for number in range(solids):
            model.box("IfcWall", 0, 4.8 * number, 0, 8, 0.2, 2.8, storey="0", Name="wall")
        points = [model.point(x, 0.0, z) for x, z in ((0.0, 0.0), (8.0, 0.0), (8.0, 2.8), (0.0, 2.8))]
        face = e("IfcFace", [e("IfcFaceOuterBound", e("IfcPolyLoop", points), True)])
        sheet = e("IfcShellBasedSurfaceModel", [e("IfcOpenShell", [face])])
        shape = e("IfcProductDefinitionShape", Representations=[model.shape(sheet, kind="SurfaceModel")])
        model.bare("IfcWall", storey="0", place=(0, 2.4, 0), Name="plaat", Representation=shape)
        path = model.write(tmp_path / f"{solids}.ifc")
        if message:
            with pytest.raises(UnreadableInput, match=message):
                read.read([path], Settings())
        else:
            _, issues = read.read([path], Settings())
            assert [row.message for row in issues if row.code == "OPT-104"] == ["2.ifc: 1 of 3 IfcWall have no computable body"]


def test_nothing_but_markers_of_no_material(tmp_path):
    model = Factory()
    model.layers([model.box("IfcBuildingElementProxy", x, 0, 0, 1, 1, 1) for x in (0, 8)], ("virtual", 0.2))
    with pytest.raises(UnreadableInput, match="no wall, slab, column"):
        read.read([model.write(tmp_path / "marker.ifc")], Settings())


def test_a_sheet_that_is_called_a_wall_has_no_thickness(tmp_path):
    """Flat but for a micrometre: it has an outline in plan and no upright face. It stays in the take-down and is never ok."""
    model = Factory()
    e = model.f.create_entity
    model.storey("0", 0.0)
    for y in (0, 4.8):
        model.box("IfcWall", 0, y, 0, 8, 0.2, 2.8, storey="0", Name="wall")
    model.box("IfcSlab", 0, 0, 2.8, 8, 5, 0.2, storey="0", Name="floor", PredefinedType="FLOOR")
    points = [model.point(x, y, z) for x, y, z in ((0, 0, 1e-6), (8, 0, 1e-6), (8, 3, 0), (0, 3, 0))]
    faces = [e("IfcFace", [e("IfcFaceOuterBound", e("IfcPolyLoop", [points[k] for k in three]), True)]) for three in ((0, 1, 2), (0, 2, 3))]
    sheet = e("IfcShellBasedSurfaceModel", [e("IfcOpenShell", faces)])
    shape = e("IfcProductDefinitionShape", Representations=[model.shape(sheet, kind="SurfaceModel")])
    model.bare("IfcWall", storey="0", place=(0, 1, 3.0), Name="plaat", Representation=shape)
    _, record = ran("scan", str(model.write(tmp_path / "sheet.ifc")), *SCAN)
    [sheet] = [row for row in record["elements"] if row["name"] == "plaat"]
    rows = [k for k, part in enumerate(record["parts"]) if part["element"] == sheet["id"]]
    assert [record["parts"][k]["thickness_m"] for k in rows] == [None] * len(rows)
    assert rows
    assert "ok" not in {one["outcome"][k] for one in record["part_uc"] if "outcome" in one for k in rows}


@pytest.mark.parametrize("far_m", [1e13, 1e200])
def test_a_body_where_no_number_is_precise_is_lost(tmp_path, far_m):
    model = Factory()
    model.storey("0", 0.0)
    for y in (0, 4.8):
        model.box("IfcWall", 0, y, 0, 8, 0.2, 2.8, storey="0", Name="wall")
    model.box("IfcWall", 0, 0, far_m, 8, 0.2, 2.8, storey="0", Name="far")
    building, issues = read.read([model.write(tmp_path / "far.ifc")], Settings())
    assert building.elements.name == ("wall", "wall")
    assert [row.code for row in issues if row.code in ("OPT-101", "OPT-104")] == ["OPT-101", "OPT-104"]


def test_more_elements_than_any_building_has(tmp_path, monkeypatch):
    monkeypatch.setattr(read, "_ELEMENTS_MAX", 10)
    done = CliRunner().invoke(cli, ["inspect", str(house(tmp_path / "house.ifc")), "--quiet"], prog_name="optopscan")
    assert done.exit_code == 3
    assert re.fullmatch(r"optopscan: house\.ifc: \d+ elements, more than the 10 of any building; .*\n", done.stderr)


@pytest.mark.long
@pytest.mark.parametrize("row", ["IFCCARTESIANPOINT(({k}.,0.,0.))", "IFCWALL($,$,'x',$,$,$,$,$,$)"])
def test_a_million_entities_are_answered_or_refused_in_bounded_memory(tmp_path, row):
    text = house(tmp_path / "house.ifc").read_text()
    head, _, foot = text.rpartition("ENDSEC;")
    path = tmp_path / "million.ifc"
    with path.open("w") as stream:
        stream.write(head)
        stream.writelines(f"#{k + 1000}={row.replace('{k}', str(k))};\n" for k in range(MILLION))
        stream.write("ENDSEC;" + foot)
    ran("scan", str(path), *SCAN)
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss < 4 << 20
