"""The DXF plans, read back: sound files in mm, layers, verdicts, grid, modules as blocks, stamp, names that stay names."""

from __future__ import annotations

import copy
import io

import ezdxf
import numpy as np
import pytest
from report_factory import BAY_M, DEPTH_M, scan_result

from optopscan.report.dxf import render as dxf
from optopscan.report.dxf.frame import scale_of
from optopscan.report.dxf.sheet import escaped, table_name
from optopscan.report.element_state import shown_scenario
from optopscan.report.grid_lines import grid
from optopscan.report.plans.data import module_corners
from optopscan.report.record import build as records


@pytest.fixture(scope="module")
def built():
    return records.build(scan_result())


def drawings(built, language="nl"):
    return {name: ezdxf.read(io.StringIO(data.decode())) for name, data in dxf.render(*built, language)}


@pytest.fixture(scope="module")
def read(built):
    return drawings(built)


def texts(drawing):
    return [text.dxf.text for text in drawing.modelspace().query("TEXT")]


def only(drawing, kind, layer):
    return [one for one in drawing.modelspace().query(kind) if one.dxf.layer == layer]


def test_a_plan_per_storey_and_the_roof(built, read):
    assert list(read) == ["bouwlaag_1.dxf", "bouwlaag_2.dxf", "dakplan.dxf"]
    assert [name for name, _ in dxf.render(*built, "en")] == ["storey_1.dxf", "storey_2.dxf", "roof_plan.dxf"]


def test_every_drawing_is_sound_and_in_millimetres(read):
    for drawing in read.values():
        auditor = drawing.audit()
        assert (auditor.errors, auditor.fixes) == ([], [])
        assert drawing.header["$INSUNITS"] == 4
        assert drawing.dxfversion == "AC1024"


@pytest.mark.parametrize("language", ["nl", "en"])
def test_every_drawing_carries_the_stamp(built, language):
    for drawing in drawings(built, language).values():
        said = " ".join(texts(drawing))
        assert "Quickscan, geen constructieve toetsing" in said
        assert built[0]["input_sha256"][:12] in said
        assert "doorsnede wanden 2e verdieping" in said
        assert ("schaal 1:50" if language == "nl" else "scale 1:50") in said


def test_walls_stand_where_the_record_puts_them(read):
    walls = only(read["bouwlaag_1.dxf"], "LWPOLYLINE", "WAND_DRAGEND")
    points = np.vstack([[point[:2] for point in wall.get_points()] for wall in walls if wall.dxf.flags])
    inside = points[points[:, 0] <= (2 * BAY_M + 1.0) * 1000.0]  # what is left of the legend
    assert inside.min(axis=0).tolist() == [-100.0, 0.0]
    assert inside.max(axis=0).tolist() == [2 * BAY_M * 1000.0 + 100.0, DEPTH_M * 1000.0]
    assert only(read["bouwlaag_1.dxf"], "LWPOLYLINE", "WAND_ONBEKEND")
    assert only(read["bouwlaag_1.dxf"], "LWPOLYLINE", "WAND_NIET_DRAGEND")


def test_hatches_are_the_verdicts_of_the_parts(built):
    record = copy.deepcopy(built[0])
    mine = [row for row, part in enumerate(record["parts"]) if part["storey"] == 0 and part["kind"] in ("pier", "column")]
    checked = next(row for row in record["part_uc"] if row["scenario"] == shown_scenario(record))
    checked["outcome"] = ["unknown"] * len(record["parts"])
    checked["uc"] = [0.5] * len(record["parts"])
    told = [("ok", 0.5, "TOETS_VOLDOET_RUIM"), ("ok", 0.9, "TOETS_VOLDOET_KRAP"), ("over", 1.2, "TOETS_VOLDOET_NIET")]
    for row, (outcome, uc, _) in zip(mine, told, strict=False):
        checked["outcome"][row], checked["uc"][row] = outcome, uc
    drawing = drawings((record, built[1]))["bouwlaag_1.dxf"]
    swatch = 1
    for _, _, layer in told:
        assert len(only(drawing, "HATCH", layer)) == 1 + swatch
    unknown = only(drawing, "HATCH", "TOETS_ONBEKEND")
    assert len(unknown) == len(mine) - 3 + swatch
    assert {hatch.dxf.pattern_name for hatch in unknown} == {"ANSI31"}


def test_grid_lines_have_names_and_their_distances(built, read):
    found = grid(built[0])
    assert [(line.name, line.at_m) for line in found.u] == [("1", 0.0), ("2", BAY_M), ("3", 2 * BAY_M)]
    measured = [dimension.get_measurement() for dimension in read["bouwlaag_1.dxf"].modelspace().query("DIMENSION")]
    assert sorted(measured) == pytest.approx([BAY_M * 1000.0, BAY_M * 1000.0, 2 * BAY_M * 1000.0])
    assert {"1", "2", "3"} <= set(texts(read["dakplan.dxf"]))


def test_grid_of_a_turned_building(built):
    record = copy.deepcopy(built[0])
    turn = np.radians(30.0)
    matrix = np.array([[np.cos(turn), -np.sin(turn)], [np.sin(turn), np.cos(turn)]])
    for part in record["parts"]:
        for k in "01":
            part[f"x{k}_m"], part[f"y{k}_m"] = (matrix @ [part[f"x{k}_m"], part[f"y{k}_m"]]).tolist()
    found = grid(record)
    assert found.turn.deg == pytest.approx(30.0)
    assert [line.at_m for line in found.u] == pytest.approx([0.0, BAY_M, 2 * BAY_M])


def test_spans_are_arrows_and_unknown_ones_are_crosses(built):
    plan = drawings(built)["bouwlaag_1.dxf"]
    assert len(only(plan, "LINE", "OVERSPANNING")) > 1
    record, arrays = built[0], {**built[1], "cell_span_deg": np.full_like(built[1]["cell_span_deg"], np.nan)}
    plan = drawings((record, arrays))["bouwlaag_1.dxf"]
    assert len(only(plan, "LINE", "OVERSPANNING")) == 1  # the legend
    assert len(only(plan, "SOLID", "OVERSPANNING_ONBEKEND")) % 4 == 0
    assert only(plan, "SOLID", "OVERSPANNING_ONBEKEND")


@pytest.mark.parametrize("turned_deg", [0.0, 90.0, 210.0])
def test_modules_are_blocks_with_attributes(built, turned_deg):
    record = copy.deepcopy(built[0])
    first = [row for row in record["variants"][0]["placed"] if row["storey"] == 1]
    for row in first:
        row["rotation_deg"] = turned_deg
    placed = only(drawings((record, built[1]))["dakplan.dxf"], "INSERT", "V1_L1_MODULES")
    assert [one.get_attrib_text("MERK") for one in placed] == [row["module_id"] for row in first]
    assert [one.get_attrib_text("WONING") for one in placed] == [row["dwelling"] for row in first]
    assert {one.get_attrib_text("MASSA_KG") for one in placed} == {"onbekend"}
    for one, row in zip(placed, first, strict=True):
        assert (one.dxf.insert.x, one.dxf.insert.y, one.dxf.rotation) == pytest.approx(
            (row["x_m"] * 1000.0, row["y_m"] * 1000.0, row["rotation_deg"]), abs=0.051
        )
        outline = next(entity for entity in one.virtual_entities() if entity.dxftype() == "LWPOLYLINE")
        corners = [(point[0] / 1000.0, point[1] / 1000.0) for point in outline.get_points()]
        np.testing.assert_allclose(corners, module_corners(row), atol=2e-4)
        assert all(-89.0 <= attribute.dxf.rotation <= 91.0 for attribute in one.attribs)


def test_a_mass_that_is_known_is_told(built):
    record = copy.deepcopy(built[0])
    for row in record["variants"][0]["placed"]:
        row["mass_kg"] = 8412.4
    placed = only(drawings((record, built[1]))["dakplan.dxf"], "INSERT", "V1_L1_MODULES")
    assert {one.get_attrib_text("MASSA_KG") for one in placed} == {"8412"}


def test_only_the_first_storey_of_the_first_variant_is_on(built):
    record = copy.deepcopy(built[0])
    first = record["variants"][0]
    first["placed"] += [{**copy.deepcopy(row), "storey": 2} for row in first["placed"]]
    record["variants"].append({**copy.deepcopy(first), "id": "v2", "concept": "anders"})
    for row in record["variants"]:
        row["worth"] = None
    layers = {layer.dxf.name: layer.is_on() for layer in drawings((record, built[1]))["dakplan.dxf"].layers}
    modules = {name: on for name, on in layers.items() if name.endswith("_MODULES")}
    assert modules == {"V1_L1_MODULES": True, "V1_L2_MODULES": False, "V2_L1_MODULES": False, "V2_L2_MODULES": False}
    assert layers["DAKRAND"]


def test_obstacles_lines_below_and_roof_edge(built, read):
    plan = read["dakplan.dxf"]
    assert len(only(plan, "LWPOLYLINE", "DAKRAND")) == len(built[0]["roof"]["faces"]) + 1
    assert len(only(plan, "LWPOLYLINE", "BELETSEL")) == len(built[0]["roof"]["obstacles"]) + 1
    lines = [head for head in built[0]["roof"]["heads"] if head["ends_m"][:2] != head["ends_m"][2:]]
    drawn = only(plan, "LINE", "DRAAGLIJN") + only(plan, "LINE", "DRAAGLIJN_ONBEKEND")
    assert len(drawn) - len(lines) in (1, 2)


def test_north_is_drawn_where_it_is_known(built):
    record = copy.deepcopy(built[0])
    record["building"]["north_deg"] = 90.0
    plan = drawings((record, built[1]))["dakplan.dxf"]
    [line] = only(plan, "LINE", "NOORDPIJL")
    assert line.dxf.end.x > line.dxf.start.x
    assert line.dxf.end.y == pytest.approx(line.dxf.start.y, abs=0.2)
    record["building"]["north_deg"] = None
    plan = drawings((record, built[1]))["dakplan.dxf"]
    assert not only(plan, "LINE", "NOORDPIJL")
    assert any("noord niet bekend" in text for text in texts(plan))


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("5% %%d %%%%u", "5% % %d % % % %u"),
        ("a^Jb\nc\x1b", "a^ Jb c "),
        ("\\U+0041 \\M+1A0B0 \\P", "/U+0041 /M+1A0B0 \\P"),
        ("één m²", "één m²"),
    ],
)
def test_names_cannot_be_codes(text, shown):
    assert escaped(text) == shown


def test_a_hostile_name_is_one_text_in_a_sound_file(built):
    record = copy.deepcopy(built[0])
    name = "%%uKop%%d ^J \\U+0041 {\\P} <naam> 0\nSECTION"
    record["building"]["name"] = name
    for row in record["variants"][0]["placed"]:
        row["module_id"], row["concept"] = name, name
    for drawing in drawings((record, built[1])).values():
        assert drawing.audit().errors == []
        assert any("% %uKop% %d" in text for text in texts(drawing))
    assert table_name(name) == "uKop_d_J_U_0041_P_naam_0_SECTION"


def test_layers_in_english(built):
    names = {layer.dxf.name for layer in drawings(built, "en")["storey_1.dxf"].layers}
    assert {"WALL_BEARING", "CHECK_UNKNOWN", "SPAN", "GRID", "FRAME"} <= names


@pytest.mark.parametrize(("wide_m", "scale"), [(5.0, 50), (24.0, 100), (30.0, 200), (120.0, 500), (4000.0, 17000)])
def test_scale_fits_the_paper(wide_m, scale):
    assert scale_of((0.0, 0.0, wide_m, 3.0)) == scale


def test_the_same_record_gives_the_same_bytes(built):
    assert dxf.render(*built) == dxf.render(*built)
    assert not ezdxf.options.write_fixed_meta_data_for_testing


def test_without_roof_variants_and_lines(built):
    record = copy.deepcopy(built[0])
    record["variants"], record["parts"], record["floors"] = [], [], []
    record["roof"] |= {"faces": [], "heads": [], "obstacles": []}
    record["extra_storeys"]["governing"], record["extra_storeys"]["next_bottlenecks"] = None, []
    arrays = {name: rows for name, rows in built[1].items() if not name.startswith("cell_")}
    none = np.zeros(0)
    arrays |= {"cell_ring_start": np.zeros(1, dtype=np.int64), "cell_ring_m": np.zeros((0, 2)), "cell_span_deg": none}
    arrays |= {"cell_field": np.zeros(0, dtype=np.int32), "cell_area_m2": none}
    name = f"cell_shares_{record['take_down']['distribution']}"
    arrays |= {f"{name}.data": none, f"{name}.indices": np.zeros(0, dtype=np.int32), f"{name}.indptr": np.zeros(1, dtype=np.int64)}
    arrays[f"{name}.shape"] = np.array([0, 2])
    [(_, drawing)] = drawings((record, arrays)).items()
    assert drawing.audit().errors == []
