"""`optopscan inspect` on a hand-made building: counts, gaps, evidence; unknown is named, not counted as zero."""

import json
import math
import types

import numpy as np
import pytest
from shapely.geometry import box

from optopscan.issues import issue
from optopscan.model.building import Building, Elements, InputFile, LocalToIfc, Mesh, Storeys
from optopscan.model.overrides import Corrections
from optopscan.model.structure import Bearing, Evidence, Materials
from optopscan.settings import Settings

N = 3
ZERO = np.zeros(N)
# two walls (one with an unknown volume) and a slab; the slab stands in no storey
ELEMENTS = Elements(
    id=("0#10", "0#11", "0#12"),
    guid=("a", None, "c"),
    ifc_class=("IfcWall", "IfcWall", "IfcSlab"),
    kind=("wall", "wall", "slab"),
    name=("W1", "W2", "S1"),
    type_name=("",) * N,
    predefined_type=(None,) * N,
    storey=np.array([0, 0, -1]),
    z0_m=ZERO,
    z1_m=ZERO + 2.8,
    thickness_m=np.array([0.214, math.nan, 0.2]),
    length_m=ZERO,
    section_m=np.full((N, 2), math.nan),
    volume_m3=np.array([6.0, math.nan, 20.0]),
    slope_deg=ZERO,
    axis_m=np.full((N, 4), math.nan),
    footprint=(box(0, 0, 1, 1),) * N,
    elevation=(None,) * N,
    mesh=(Mesh(vertices_m=np.zeros((0, 3)), faces=np.zeros((0, 3), dtype=np.int64)),) * N,
    layers=((),) * N,
    material_source=("",) * N,
    load_bearing=(True, None, True),
    is_external=(None,) * N,
    properties=({},) * N,
    geometry_source=("prism",) * N,
)
BUILDING = Building(
    name="Blok\x1b[31m 1",
    build_year=None,
    inputs=(InputFile(name="a.ifc", sha256="0" * 64, ifc_schema="IFC4", length_unit="mm", exporter="X"),),
    local_to_ifc=LocalToIfc(origin_m=(0.0, 0.0, 0.0), rotation_deg=0.0, unit_m=0.001),
    storeys=Storeys(name=("begane grond", "dak"), elevation_m=np.array([0.0, math.nan])),
    elements=ELEMENTS,
)
MATERIALS = Materials(
    group=("clay", "unknown", "concrete"),
    grade=(None, None, "C20/25"),
    density_kg_m3=np.array([1800.0, math.nan, 2400.0]),
    strength_mpa=np.array([math.nan, math.nan, 20.0]),
    strength_default_mpa=np.full(N, math.nan),
    source=("name", "", "name"),
    self_weight_kn=np.array([106.0, math.nan, 471.0]),
)
BEARING = Bearing(
    state=("yes", "unknown", "yes"),
    probability=np.array([0.98, 0.5, 0.99]),
    evidence=((Evidence(signal="property", value="True", weight=2.0, text="LoadBearing"),), (), ()),
)


@pytest.fixture
def reading(monkeypatch):
    seen = types.SimpleNamespace(
        building=BUILDING,
        materials=MATERIALS,
        bearing=BEARING,
        structure=None,
        loads=None,
        questions=(),
        issues=(issue("OPT-102", "0#11", "no GlobalId"), issue("OPT-301", "0#11", "no signal")),
        settings=Settings(),
        corrections=Corrections(),
        missing="no floors",
    )
    monkeypatch.setattr("optopscan.pipeline.inspecting.inspect", lambda paths, settings, progress, overrides: seen)


def rows_under(title, text):
    lines = text.split(f"{title}\n", 1)[1].split("\n\n")[0].splitlines()
    return {line.split("  ")[1]: line.split() for line in lines[1:]}


def test_text(run, reading):
    result = run("inspect", "a.ifc")
    assert (result.exit_code, result.stderr) == (0, "")
    text = result.stdout
    assert text.startswith("Building  Blok")
    assert "\x1b" not in text
    assert rows_under("Storeys", text)["begane grond"][-2:] == ["0.00", "2"]
    assert rows_under("Storeys", text)["dak"][-2:] == ["unknown", "0"]
    assert rows_under("Storeys", text)["(no storey)"][-1] == "1"
    assert rows_under("Elements", text)["wall"] == ["wall", "2", "1", "0", "1", "6.0", "+", "1", "unknown", "106.0", "+", "1", "unknown"]
    assert rows_under("Elements", text)["slab"] == ["slab", "1", "1", "0", "0", "20.0", "471.0"]
    assert rows_under("Materials", text)["clay"] == ["clay", "1", "1", "0"]
    assert rows_under("Materials", text)["unknown"] == ["unknown", "1", "1", "1"]
    assert rows_under("Issues", text)["OPT-301"][:3] == ["OPT-301", "warning", "1"]


def test_json_has_evidence_and_null_for_unknown(run, reading):
    shown = json.loads(run("inspect", "--json", "a.ifc").stdout)
    assert shown["schema"] == "optopscan/inspect/1"
    assert [row["bearing"] for row in shown["elements"]] == ["yes", "unknown", "yes"]
    assert shown["elements"][0]["evidence"] == [{"signal": "property", "value": "True", "weight": 2.0, "text": "LoadBearing"}]
    assert shown["elements"][1]["thickness_m"] is None
    assert shown["building"]["storeys"][1]["elevation_m"] is None
    assert [row["code"] for row in shown["issues"]] == ["OPT-102", "OPT-301"]
