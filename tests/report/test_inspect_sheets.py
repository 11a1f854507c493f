"""Drawings of an inspection: each element stands on a sheet in the colour of its verdict; nothing hanging is hidden."""

import re
import xml.etree.ElementTree as ET
from pathlib import Path

import numpy as np
import pytest
import small_inspection as small
from shapely.geometry import Point, box

from optopscan.pipeline.inspecting import inspect
from optopscan.report.inspection import flow as inspect_flow
from optopscan.report.inspection import layers as inspect_layers
from optopscan.report.inspection import levels as inspect_levels
from optopscan.report.inspection.sheets import render

ROOT = Path(__file__).resolve().parents[2]
EXAMPLE = ROOT / "examples" / "ifc" / "kantoor_1980.ifc"
SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture(scope="module")
def sheets():
    return render(small.inspection())


@pytest.fixture(scope="module")
def office():
    return inspect([EXAMPLE])


def groups(svg):
    return {g.get("id"): g for g in ET.fromstring(svg).iter(f"{SVG}g") if g.get("id")}


def tips(svg):
    return [title.text for title in ET.fromstring(svg).iter(f"{SVG}title") if title.text and "kans" in title.text]


def texts(svg):
    return " ".join("".join(text.itertext()) for text in ET.fromstring(svg).iter(f"{SVG}text"))


def test_one_sheet_per_level_and_one_of_the_foundation(sheets):
    assert sorted(sheets) == [f"inspect_{name}.{kind}" for name in ("bouwlaag_1", "fundering") for kind in ("png", "svg")]
    assert all(data.startswith(b"\x89PNG") for name, data in sheets.items() if name.endswith("png"))


def test_layers_can_be_switched(sheets):
    found = {name for name in groups(sheets["inspect_bouwlaag_1.svg"]) if name.startswith("layer-")}
    assert found == {f"layer-{name}" for name in ("tributary", "elements", "beams", "spans", "supports", "warnings", "labels")}
    labels = groups(sheets["inspect_bouwlaag_1.svg"])["layer-labels"]
    assert "20,0 m²" in " ".join("".join(t.itertext()) for t in labels.iter(f"{SVG}text"))


def test_every_sheet_says_what_it_is_worth_and_of_which_file(sheets):
    for name in ("inspect_bouwlaag_1.svg", "inspect_fundering.svg"):
        said = texts(sheets[name])
        assert "Quickscan, geen constructieve toetsing" in said
        assert "sha256 abcdef012345" in said
        assert "noord niet bekend" in said


def test_levels_and_names_are_on_the_sheet(sheets):
    said = texts(sheets["inspect_bouwlaag_1.svg"])
    assert "Bouwlaag 1 (begane grond)" in said
    assert "peil +0,00 tot +3,00 m, doorsnede op +1,20 m" in said


def test_what_hangs_is_named_with_its_weight(sheets):
    said = texts(sheets["inspect_bouwlaag_1.svg"])
    assert "! 6 kN zonder steun" in said
    assert "Zonder steun: 6,0 kN" in said


def test_a_door_is_left_open_in_the_section():
    found = {item.element: item for item in inspect_levels.shown(small.inspection(), 0, inspect_levels.levels(small.inspection()))}
    wall = found[small.WALL]
    # door from x = 1 to 2 in a wall of 4 m x 0.2 m
    assert wall.solid.symmetric_difference(box(0, -0.1, 1, 0.1).union(box(2, -0.1, 4, 0.1))).area == pytest.approx(0.0, abs=1e-9)
    assert wall.opening.area == pytest.approx(0.2)
    assert found[small.BEAM].role == "above"


def test_foundation_shows_what_reaches_the_ground(sheets):
    # 178 / 4 m = 44.5 and 35 / 4 m = 8.75 kN/m
    line = inspect_flow.foundation_lines(small.inspection())[0]
    assert (line.length_m, line.permanent_kn, line.imposed_kn) == (4.0, 178.0, 35.0)
    assert re.search(r"4[45] \+ 9", texts(sheets["inspect_fundering.svg"]))


def test_tributary_area_and_side():
    floor = inspect_flow.floors(small.inspection(), np.array([0]), Point())
    assert [(element, round(shape.area, 6), area) for element, shape, _, area in floor.areas] == [(small.WALL, 20.0, 20.0)]
    # the floor lies at y > 0: the mark stands on that face and points down at the wall
    assert [(w.element, round(w.y_m, 6), round(w.deg, 6)) for w in floor.wedges] == [(small.WALL, 0.1, -90.0)]
    assert [span.deg for span in floor.spans] == [90.0]


def test_verdicts_differ_in_colour_and_in_hatch():
    faces = inspect_layers.FACES
    assert len({face for face, _, _ in faces.values()}) == len({hatch for _, _, hatch in faces.values()}) == 3


def test_walls_alone_are_drawn_with_what_is_missing():
    made = render(small.inspection(whole=False))
    said = texts(made["inspect_bouwlaag_1.svg"])
    assert "LET OP. Het model heeft geen vloer of dak" in said
    assert len(tips(made["inspect_bouwlaag_1.svg"])) >= 3


def test_example_shows_every_upright_and_beam(office):
    made = render(office)
    elements = office.building.elements
    shown = " ".join(tip for name, svg in made.items() if name.endswith("svg") for tip in tips(svg))
    missing = [
        elements.id[i]
        for i, kind in enumerate(elements.kind)
        if kind in ("wall", "column", "beam", "footing", "pile")
        if f"({elements.id[i]}," not in shown
    ]
    assert not missing
    assert b"NaN" not in b"".join(made.values())


def test_example_partitions_its_floors(office):
    every = inspect_levels.levels(office)
    fields = office.structure.fields
    rows = np.concatenate([inspect_levels.fields_on(office.structure, row, every) for row in range(-1, len(every))])
    assert sorted(rows.tolist()) == list(range(len(fields)))
    for row in range(len(every)):
        mine = inspect_levels.fields_on(office.structure, row, every)
        if len(mine):
            floor = inspect_flow.floors(office, mine, Point())
            assert sum(area for *_, area in floor.areas) == pytest.approx(sum(fields.polygon[f].area for f in mine), rel=1e-6)


def test_same_bytes_twice():
    assert render(small.inspection()) == render(small.inspection())
