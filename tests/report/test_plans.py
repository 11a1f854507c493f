"""Plans: the right things in the right place, readable, same bytes."""

import io
import itertools
import math
from dataclasses import replace

import matplotlib
import numpy as np
import pytest
import shapely
from PIL import Image
from report_factory import scan_result
from shapely.geometry import Polygon, box

from optopscan.report.plans import data as plan_data
from optopscan.report.plans import render as plans
from optopscan.report.plans.frame import Backdrops, Entry, Words, drawable
from optopscan.report.plans.sheet import Sheet
from optopscan.report.record import build as records

WORDS = Words(title="t", subtitle="s", scale="1:{n}", axes="a", footer="f", software="p")


@pytest.fixture(scope="module")
def built():
    return records.build(scan_result())


@pytest.fixture(scope="module")
def drawn(built):
    return dict(plans.render(*built))


def test_one_file_per_storey_foundation_and_roof(drawn):
    assert list(drawn) == ["plan_foundation.png", "plan_storey_1.png", "plan_storey_2.png", "plan_roof.png"]
    assert all(content.startswith(b"\x89PNG") for content in drawn.values())


def test_every_plan_carries_the_stamp(drawn):
    for content in drawn.values():
        told = Image.open(io.BytesIO(content)).text["Description"]
        assert told == (
            "Quickscan, geen constructieve toetsing · aangetoond 0 / mogelijk 1 (niet aangetoond door fundering, "
            "doorsnede wanden 2e verdieping) · label C · sha256 3f2a3f2a3f2a"
        )


def test_the_users_matplotlib_settings_change_nothing(built, drawn):
    with matplotlib.rc_context({"lines.linewidth": 9.0, "font.size": 30.0, "axes.facecolor": "black", "savefig.dpi": 30}):
        before = dict(matplotlib.rcParams)
        assert dict(plans.render(*built))["plan_storey_1.png"] == drawn["plan_storey_1.png"]
        assert dict(matplotlib.rcParams) == before


def test_an_unknown_wall_is_orange_and_a_bearing_one_is_dark(built, drawn):
    # the unknown wall stands in storey 1 only
    assert count_near(drawn["plan_storey_1.png"], plans.ORANGE) > 2 * count_near(drawn["plan_storey_2.png"], plans.ORANGE)
    assert count_near(drawn["plan_storey_2.png"], plans.DARK) > 5000


def count_near(content, colour):
    image = np.asarray(Image.open(io.BytesIO(content)).convert("RGB"), dtype=int)
    wanted = np.array([int(colour[at : at + 2], 16) for at in (1, 3, 5)])
    return int((np.abs(image - wanted).max(axis=2) < 40).sum())


def test_scale_is_true():
    # 10 m at 1:50 is 200 mm; the sheet works in inches
    sheet = Sheet((0.0, 0.0, 10.0, 8.0), WORDS, [])
    assert sheet.scale == 50
    x0, x1 = sheet.plan.transData.transform([(0.0, 0.0), (10.0, 0.0)])[:, 0]
    assert (x1 - x0) / sheet.figure.dpi * 25.4 == pytest.approx(200.0, rel=1e-9)
    y0, y1 = sheet.plan.transData.transform([(0.0, 0.0), (0.0, 8.0)])[:, 1]
    assert (y1 - y0) / sheet.figure.dpi * 25.4 == pytest.approx(160.0, rel=1e-9)


@pytest.mark.parametrize(("width_m", "scale"), [(10.0, 50), (30.0, 100), (60.0, 200), (110.0, 250), (180.0, 500)])
def test_the_sheet_grows_with_the_building_up_to_a_limit(width_m, scale):
    sheet = Sheet((0.0, 0.0, width_m, 10.0), WORDS, [Entry(text="e")])
    assert sheet.scale == scale
    assert sheet.figure.get_size_inches()[0] <= 21.1


def test_labels_do_not_overlap():
    sheet = Sheet((0.0, 0.0, 10.0, 8.0), WORDS, [])
    assert sheet.label([(5.0, 4.0)], "eerste")
    assert not sheet.label([(5.05, 4.0)], "tweede")
    assert sheet.label([(5.05, 4.0), (5.0, 6.0)], "derde")
    assert not sheet.label([(100.0, 4.0)], "buiten het blad")
    assert [text.get_text() for text in sheet.plan.texts] == ["eerste", "derde"]


def test_an_arrow_too_short_for_paper_is_left_out():
    # 0.2 inch at 1:50 is 0.254 m
    sheet = Sheet((0.0, 0.0, 10.0, 8.0), WORDS, [])
    sheet.arrow(2.0, 2.0, 0.0, 0.25)
    assert list(sheet.plan.texts) == []
    sheet.arrow(2.0, 2.0, 0.0, 0.26)
    assert len(sheet.plan.texts) == 1


def test_heads_of_a_part_that_may_not_bear_are_orange(built, drawn):
    record = dict(built[0])
    record["parts"] = [{**part, "bearing_known": False} for part in record["parts"]]
    doubted = dict(plans.render(record, built[1]))["plan_roof.png"]
    assert count_near(doubted, plans.ORANGE) > 3 * count_near(drawn["plan_roof.png"], plans.ORANGE)


def test_names_are_no_formulas():
    sheet = Sheet((0.0, 0.0, 10.0, 8.0), WORDS, [])
    assert sheet.label([(5.0, 4.0)], "$x_{$ \\frac")
    assert sheet.png().startswith(b"\x89PNG")
    assert drawable("wand 3\U0001f9f1") == "wand 3?"


def test_tributary_areas_equal_the_hand_calculation(built):
    # bays of 5 m by 8 m: edge walls carry 2.5 * 8 = 20 m2, the middle wall 40 m2
    table = plan_data.cells(*built)
    floor = plan_data.floor_on(built[0], table, 1, Polygon())
    assert {area.element: round(area.tributary_m2, 9) for area in floor.areas} == {"0#w10": 20.0, "0#w11": 40.0, "0#w12": 20.0}
    assert shapely.union_all([area.shape for area in floor.areas]).area == pytest.approx(80.0)
    for one, two in itertools.combinations(floor.areas, 2):
        assert one.shape.intersection(two.shape).area == pytest.approx(0.0, abs=1e-9)
        assert not (one.shape.intersects(two.shape) and one.colour == two.colour)


def test_an_arrow_per_bay_along_the_span_and_beside_walls(built):
    table = plan_data.cells(*built)
    free = plan_data.floor_on(built[0], table, 1, Polygon()).spans
    assert [(span.x_m, span.y_m, span.deg) for span in free] == [(2.5, 4.0, 0.0), (7.5, 4.0, 0.0)]
    # 70 % of a 5 m span
    assert [span.length_m for span in free] == pytest.approx([3.5, 3.5])
    aside = plan_data.floor_on(built[0], table, 1, box(2.0, 3.9, 3.0, 4.1)).spans
    assert aside[0].y_m != 4.0
    assert aside[1] == free[1]


def test_an_unsettled_span_has_no_direction():
    changed = scan_result()
    span = np.full(len(changed.structure.cells), np.nan)
    object.__setattr__(changed.structure.cells, "span_deg", span)
    built = records.build(changed)
    floor = plan_data.floor_on(built[0], plan_data.cells(*built), 1, Polygon())
    assert all(math.isnan(row.deg) for row in floor.spans)
    assert len(floor.spans) == 2


def test_a_cell_that_nothing_carries_is_shown_under_its_floor():
    record, arrays = records.build(scan_result())
    parts = len(record["parts"])
    rows = len(arrays["cell_field"])
    name = "cell_shares_simple"
    # every cell of the roof now rests on "unsupported" (last column)
    matrix = records.pack_sparse(name, np.eye(1, parts + 2, parts + 1).repeat(rows, axis=0))
    table = plan_data.cells(record, {**arrays, **matrix})
    roof = plan_data.floor_on(record, table, 1, Polygon())
    assert roof.areas == ()
    assert roof.unsupported.area == pytest.approx(80.0)


@pytest.mark.parametrize(
    ("turn_deg", "expected"),
    [(0.0, [(1, 2), (4, 2), (4, 9), (1, 9)]), (90.0, [(1, 2), (1, 5), (-6, 5), (-6, 2)])],
)
def test_corners_of_a_module(turn_deg, expected):
    # width 3 along the rotation, length 7 to the left of it
    placed = {"x_m": 1.0, "y_m": 2.0, "rotation_deg": turn_deg, "width_m": 3.0, "length_m": 7.0}
    assert np.allclose(plan_data.module_corners(placed), expected)


def test_a_building_without_roof_floors_or_variants_is_still_drawn(built):
    record = dict(built[0])
    record["roof"] = {"faces": [], "obstacles": [], "heads": [], "influence_ref": {}}
    record["variants"], record["floors"], record["parts"] = [], [], []
    arrays = {**built[1], "cell_ring_start": np.zeros(1, dtype=int), "cell_field": np.zeros(0, dtype=int)}
    arrays |= {"cell_span_deg": np.zeros(0), "cell_area_m2": np.zeros(0)}
    arrays |= records.pack_sparse("cell_shares_simple", np.zeros((0, 2)))
    assert [name for name, _ in plans.render(record, arrays)] == ["plan_roof.png"]


def test_a_shared_frame_looks_like_one_of_its_own():
    def pixels(words, **how):
        sheet = Sheet((0.0, 0.0, 12.0, 8.0), words, [Entry(text="e", hatch="xx"), Entry(text="l", kind="arrow")], **how)
        sheet.area(box(1.0, 1.0, 9.0, 7.0), face="#c3d8ee", edge="#333333", hatch="//")
        sheet.arrow(5.0, 4.0, 30.0, 3.0)
        sheet.label([(5.0, 2.0)], words.title)
        return np.asarray(Image.open(io.BytesIO(sheet.png())))

    backdrops = Backdrops()
    for title, footer in (("een", "voet " * 60), ("twee", "voet " * 60), ("drie", "andere voet")):
        words = replace(WORDS, title=title, footer=footer)
        assert (pixels(words, backdrops=backdrops) == pixels(words)).all()
