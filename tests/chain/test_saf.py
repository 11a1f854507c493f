"""The SAF workbook read back: names are unique, references resolve, loads are the sums of the record, all that stands is carried."""

from __future__ import annotations

import io
import math
from collections import defaultdict

import openpyxl
import pytest
from chain_models import Row

from optopscan.pipeline import scan
from optopscan.report import marks, views
from optopscan.report.load_path import load_path
from optopscan.report.record import build as records
from optopscan.settings import Settings

NAME = "constructie_saf.xlsx"
# sheet -> columns that the documentation of SAF 2.2 asks for in every row
REQUIRED = {
    "StructuralMaterial": ("Name", "Type", "Quality"),
    "StructuralCrossSection": ("Name", "Material", "Cross-section type"),
    "StructuralPointConnection": ("Name", "Coordinate X [m]", "Coordinate Y [m]", "Coordinate Z [m]"),
    "StructuralCurveMember": (
        *("Name", "Cross section", "Nodes", "Segments", "LCS", "LCS Rotation [deg]", "Coordinate X [m]", "Coordinate Y [m]"),
        *("Coordinate Z [m]", "System line", "Analysis Y Eccentricity of Beg Node [mm]", "Analysis Z Eccentricity of Beg Node [mm]"),
        *("Analysis Y Eccentricity of End Node [mm]", "Analysis Z Eccentricity of End Node [mm]", "Behaviour in analysis"),
    ),
    "StructuralSurfaceMember": (
        *("Name", "Material", "Thickness type", "Thickness [mm]", "System plane at", "Nodes", "Edges", "LCS Type", "LCS Rotation [deg]"),
        *("Coordinate X [m]", "Coordinate Y [m]", "Coordinate Z [m]", "Analysis Z Eccentricity [mm]", "Behavior in analysis"),
    ),
    "StructuralLoadGroup": ("Name", "Load group type", "Relation"),
    "StructuralLoadCase": ("Name", "Action type", "Load group", "Load type"),
    "StructuralSurfaceAction": (
        *("Name", "Direction", "Force action", "Value [kN/m2]", "2D Member", "Load case", "Coordinate system", "Location"),
    ),
    "StructuralCurveAction": (
        *("Name", "Force action", "Distribution", "Direction", "Value 1 [kN/m]", "Load case", "Coordinate system", "Location"),
        *("Coordinate definition", "Origin", "Extent", "Start point [m]", "End point [m]", "Eccentricity ey [mm]", "Eccentricity ez [mm]"),
    ),
    "StructuralPointAction": ("Name", "Direction", "Force action", "Reference node", "Value [kN]", "Load case", "Coordinate system"),
}
# column -> sheets that the name must be found on
REFERENCES = {
    "Material": ("StructuralMaterial",),
    "Cross section": ("StructuralCrossSection",),
    "Nodes": ("StructuralPointConnection",),
    "Begin node": ("StructuralPointConnection",),
    "End node": ("StructuralPointConnection",),
    "Internal nodes": ("StructuralPointConnection",),
    "Node": ("StructuralPointConnection",),
    "Reference node": ("StructuralPointConnection",),
    "Member": ("StructuralCurveMember",),
    "2D Member": ("StructuralSurfaceMember",),
    "Load case": ("StructuralLoadCase",),
    "Load group": ("StructuralLoadGroup",),
}


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    path = Row().write(tmp_path_factory.mktemp("saf") / "blok.ifc")
    record, arrays = records.build(scan([path], Settings(place=False, samples=0)))
    return record, arrays, views.render(record, arrays, formats=["saf"])[NAME]


@pytest.fixture(scope="module")
def sheets(made):
    return read(made[2])


def read(content):
    """Return the rows of every sheet by their heads, empty cells left out."""
    found = {}
    for sheet in openpyxl.load_workbook(io.BytesIO(content)):
        rows = list(sheet.iter_rows(values_only=True))
        if sheet.title in ("Project", "Model"):
            found[sheet.title] = dict(rows)
        else:
            found[sheet.title] = [{head: cell for head, cell in zip(rows[0], row, strict=True) if cell is not None} for row in rows[1:]]
    return found


def tables(sheets):
    return {name: rows for name, rows in sheets.items() if name not in ("Project", "Model")}


def test_names_and_ids_are_unique(sheets):
    ids = [row["Id"] for rows in tables(sheets).values() for row in rows]
    assert len(ids) == len(set(ids))
    for name, rows in tables(sheets).items():
        names = [row["Name"] for row in rows]
        assert len(names) == len(set(names)), name


def test_every_required_column_is_filled(sheets):
    for name, columns in REQUIRED.items():
        assert sheets[name]
        for row in sheets[name]:
            assert [column for column in columns if column not in row] == [], (name, row["Name"])
    for row in sheets["StructuralLoadCase"]:
        assert ("Duration" in row) == (row["Action type"] == "Variable")


def test_every_reference_resolves(sheets):
    names = {name: {row["Name"] for row in rows} for name, rows in tables(sheets).items()}
    looked_up = 0
    for rows in tables(sheets).values():
        for row in rows:
            for column, where in REFERENCES.items():
                for wanted in str(row[column]).split("; ") if column in row else ():
                    assert any(wanted in names[sheet] for sheet in where), (row["Name"], column, wanted)
                    looked_up += 1
    assert looked_up > 200


def test_loads_are_the_sums_of_the_record(made, sheets):
    record = made[0]
    total, path = totals(sheets), load_path(record)
    down = record["take_down"]
    assert total["G"] == pytest.approx(down["permanent_kn"] - down["direct_to_ground_kn"], abs=0.05 * len(record["parts"]) ** 0.5)
    floors = sum(kn for case, kn in total.items() if case[0] == "Q" and case[1:].isdigit())
    lowest = down["storeys"][-1]
    assert floors == pytest.approx(lowest["imposed_kn"], abs=0.1)
    assert total["Qroof"] == pytest.approx(lowest["roof_kn"], abs=0.1)
    assert total["Gnew"] == pytest.approx(path.leading.per_m2 * path.roof_m2, abs=0.1)
    for k in range(1, path.leading.storeys + 1):
        assert total[f"Qnew{k}"] == pytest.approx(path.basis["new_imposed_kn_m2"] * path.roof_m2, abs=0.1)


def flat_area(points):
    """Return the plan area of a ring of nodes [m2]."""
    return abs(0.5 * sum(points[k - 1][0] * y - x * points[k - 1][1] for k, (x, y, _) in enumerate(points)))


def totals(sheets):
    """Return the vertical load of every case, from lengths and areas of the nodes [kN]."""
    place = {row["Name"]: tuple(row[f"Coordinate {axis} [m]"] for axis in "XYZ") for row in sheets["StructuralPointConnection"]}
    ring = {row["Name"]: [place[node] for node in row["Nodes"].split("; ")] for row in sheets["StructuralSurfaceMember"]}
    line = {row["Name"]: math.dist(place[row["Begin node"]], place[row["End node"]]) for row in sheets["StructuralCurveMember"]}
    area = {name: flat_area(points) for name, points in ring.items()}
    for row in sheets.get("StructuralSurfaceMemberOpening", ()):
        area[row["2D Member"]] -= flat_area([place[node] for node in row["Nodes"].split("; ")])
    total = defaultdict(float)
    for row in sheets["StructuralSurfaceAction"]:
        total[row["Load case"]] -= row["Value [kN/m2]"] * area[row["2D Member"]]
    for row in sheets["StructuralPointAction"]:
        total[row["Load case"]] -= row["Value [kN]"]
    for row in sheets["StructuralCurveAction"]:
        if row["Force action"] == "On edge":
            points, edge = ring[row["2D Member"]], row["Edge"]
            length = math.dist(points[edge - 1], points[edge % len(points)])
        else:
            length = line[row["Member"]]
        total[row["Load case"]] -= row["Value 1 [kN/m]"] * length
    return total


def test_all_that_stands_is_carried(made, sheets):
    """From every wall and column one comes down, by shared nodes, lines and planes at one height, to a support."""
    place = {row["Name"]: tuple(row[f"Coordinate {axis} [m]"] for axis in "XYZ") for row in sheets["StructuralPointConnection"]}
    held = {place[row["Node"]][2] for row in sheets.get("StructuralPointSupport", ())}
    lines = {row["Name"]: place[row["Begin node"]][2] for row in sheets["StructuralCurveMember"]}
    held |= {lines[row["Member"]] for row in sheets.get("StructuralCurveConnection", ())}
    tops = {place[row["Nodes"].split("; ")[2]][2] for row in sheets["StructuralSurfaceMember"] if row["Type"] == "Wall"}
    tops |= {place[row["End node"]][2] for row in sheets["StructuralCurveMember"]}
    plates = {place[row["Nodes"].split("; ")[0]][2] for row in sheets["StructuralSurfaceMember"] if row["Type"] == "Plate"}
    for row in sheets["StructuralSurfaceMember"]:
        if row["Type"] == "Wall":
            low, high = (place[row["Nodes"].split("; ")[k]][2] for k in (0, 2))
            assert low in held | tops
            assert high in plates
    for row in sheets["StructuralCurveMember"]:
        if row["Type"] == "Column":
            assert place[row["Begin node"]][2] in held | tops
    assert held


def test_every_part_has_its_member(made, sheets):
    record = made[0]
    names = {row["Name"] for kind in ("StructuralCurveMember", "StructuralSurfaceMember") for row in sheets[kind]}
    for part in record["parts"]:
        if part["kind"] in ("pier", "column", "beam", "lintel"):
            assert any(name[1:] == part["id"].replace("#", "_").replace("/", "_") for name in names), part["id"]


def test_project_carries_the_stamp_and_the_model_says_how(made, sheets):
    record = made[0]
    assert marks.stamp(record, "nl") in sheets["Project"]["Description"]
    assert sheets["Project"]["Status"].startswith("Quickscan, geen constructieve toetsing")
    assert (sheets["Model"]["SAF Version"], sheets["Model"]["System of units"]) == ("2.2.0", "Metric")
    assert "generate no self weight" in sheets["Model"]["Description"]


def test_same_bytes_twice(made):
    record, arrays, content = made
    assert views.render(record, arrays, formats=["saf"])[NAME] == content


def test_a_part_without_a_place_is_left_out_and_said(made):
    record, arrays, _ = made
    lost = {**record["parts"][0], "x0_m": None}
    content = views.render({**record, "parts": [lost, *record["parts"][1:]]}, arrays, formats=["saf"])[NAME]
    found = read(content)
    assert "1 parts without a known place are left out" in found["Model"]["Description"]
    assert all(row["Name"][1:] != lost["id"].replace("#", "_").replace("/", "_") for row in found["StructuralSurfaceMember"])
