"""Drawings of a variant: what stands where, labels that fit, counts of the record, sections to scale, same bytes."""

from __future__ import annotations

import copy
import io
import re
from itertools import combinations

import numpy as np
import pytest
from PIL import Image
from report_factory import scan_result
from shapely.geometry import Polygon, box

from optopscan.report.plans.sheet import drawn
from optopscan.report.record import build as records
from optopscan.report.variants import data as variant_data
from optopscan.report.variants import plan as variant_plan
from optopscan.report.variants import render as variant_drawings
from optopscan.report.variants import section as variant_section
from optopscan.report.variants import section_panel
from optopscan.report.variants.data import Turn
from optopscan.report.variants.words import LINE_COLOURS, line_style

WIDTH_M, DEPTH_M, RISE_M, ROOF_M = 2.4, 6.0, 3.0, 6.05
N = 4


@pytest.fixture(scope="module")
def record():
    return stepped(records.build(scan_result())[0])


def stepped(record):
    """Return the record with a variant of two storeys: four studios of 2.4 x 6.0 m, above them two of 2.4 x 4.5 m, on a gallery at y = 6.

    Doors at y = 6, routes 10, 7.6, 5.2 and 2.8 m: the stair is on the right. Everything turned by nothing.
    """
    made = copy.deepcopy(record)
    row = made["variants"][0]
    one, piece, home = row["placed"][0], row["walkways"][0], row["homes"][0]
    row |= {"storeys": 2, "placed": [], "homes": [], "dwellings_by_type": {"1K": 4, "2K": 2}, "dwellings": 6, "modules": 6, "columns": []}
    for storey, count, length_m in ((1, N, DEPTH_M), (2, 2, 4.5)):
        for k in range(count):
            name = f"W{k + 1:03d}"
            at = {"x_m": k * WIDTH_M, "y_m": DEPTH_M - length_m, "z_m": ROOF_M + (storey - 1) * RISE_M, "rotation_deg": 0.0}
            size = {"width_m": WIDTH_M, "length_m": length_m, "height_m": RISE_M}
            row["placed"].append({**one, **at, **size, "storey": storey, "module_id": f"{name}.1.{storey}", "dwelling": f"{name}.{storey}"})
            door = {"door_x_m": (k + 0.5) * WIDTH_M, "door_y_m": DEPTH_M, "route_m": 10.0 - k * WIDTH_M, "second_route_m": None}
            own = {"id": f"{name}.{storey}", "type": "1K" if storey == 1 else "2K", "storey": storey, "modules": [f"{name}.1.{storey}"]}
            row["homes"].append({**home, **own, **door, "gbo_m2": WIDTH_M * length_m})
    row["walkways"] = [
        {
            **piece,
            "x_m": 0.0,
            "y_m": DEPTH_M,
            "width_m": N * WIDTH_M,
            "length_m": 1.5,
            "z_m": ROOF_M + storey * RISE_M,
            "storey": storey + 1,
        }
        for storey in range(2)
    ]
    return made


def texts(sheet):
    return [note.get_text() for axes in sheet.figure.axes for note in axes.texts if note.get_text()]


def of_storey(record, storey):
    variant = record["variants"][0]
    states, turn = variant_data.line_states(record, variant), variant_data.turn_of(variant)
    return drawn(lambda: variant_plan.storey_sheet(record, variant, storey, states, turn, "nl"))


def test_a_plan_per_storey_and_a_section_as_svg_and_png(record):
    names = [name for name, _ in variant_drawings.render(record, {})]
    parts = ("laag1", "laag2", "doorsnede")
    assert names == [f"variant_v1_{part}.{kind}" for part in parts for kind in ("svg", "png")]


def test_the_same_record_gives_the_same_bytes(record):
    first = variant_drawings.render(record, {})
    assert variant_drawings.render(copy.deepcopy(record), {}) == first
    told = Image.open(io.BytesIO(dict(first)["variant_v1_laag1.png"])).text["Description"]
    assert told.startswith("Quickscan, geen constructieve toetsing")


def test_every_dwelling_has_its_label_and_none_covers_another(record):
    sheet = of_storey(record, 1)
    renderer = sheet.figure.canvas.get_renderer()
    notes = [note for axes in sheet.figure.axes[2:] for note in axes.texts if note.get_text()]
    for k in range(N):
        assert any(note.get_text().startswith(f"W00{k + 1}.1\n1K") for note in notes)
    assert any("10 m" in note.get_text() for note in notes)
    boxes = [note.get_window_extent(renderer) for note in notes]
    # half a pixel: dimensions of neighbours may touch
    assert not [pair for pair in combinations(boxes, 2) if pair[0].shrunk(0.98, 0.98).overlaps(pair[1])]


def test_a_label_stays_within_its_dwelling(record):
    sheet = of_storey(record, 1)
    renderer, back = sheet.figure.canvas.get_renderer(), sheet.plan.transData.inverted()
    for k in range(N):
        [note] = [n for axes in sheet.figure.axes for n in axes.texts if n.get_text().startswith(f"W00{k + 1}.1")]
        (x0, y0), (x1, y1) = back.transform(note.get_window_extent(renderer).get_points())
        assert k * WIDTH_M <= x0 < x1 <= (k + 1) * WIDTH_M
        assert 0.0 <= y0 < y1 <= DEPTH_M


def test_a_narrow_dwelling_keeps_at_least_its_id(record):
    """Dwellings of 0.9 m: at 1:100 that is 9 mm, too narrow for all the facts across."""
    narrow = copy.deepcopy(record)
    for row in narrow["variants"][0]["placed"]:
        row["x_m"], row["width_m"] = row["x_m"] * 0.9 / WIDTH_M, 0.9
    found = texts(of_storey(narrow, 1))
    assert sum(bool(re.match(r"W00\d\.1", text)) for text in found) == N


def test_the_legend_counts_what_the_record_counts(record):
    found = texts(of_storey(record, 1))
    assert "1K: 4 hier, 4 in totaal" in found
    assert "2K: 0 hier, 2 in totaal" in found
    assert "2K: 2 hier, 2 in totaal" in texts(of_storey(record, 2))


def test_dimensions_are_those_of_the_layout(record):
    """Four modules of 2.40, together 9.60; 6.00 deep and a gallery of 1.50."""
    found = texts(of_storey(record, 1))
    assert found.count("2,40") == 4
    assert found.count("9,60") == 1
    assert found.count("6,00") == 2  # with the gallery, and the modules alone
    assert found.count("1,50") == 1


def test_terraces_are_what_the_upper_storey_leaves(record):
    """Two modules step back 1.5 m: 2 x 2.4 x 1.5 = 7.2; two have nothing above them: 2 x 2.4 x 6.0 = 28.8; together 36.0 m2."""
    left = variant_data.terraces(record["variants"][0], 2)
    assert left.area == pytest.approx(36.0, abs=0.2)
    assert variant_data.terraces(record["variants"][0], 1).is_empty
    assert any(text == "terras 36 m2" for text in texts(of_storey(record, 2)))
    assert not any(text.startswith("terras") for text in texts(of_storey(record, 1)))


def test_arrows_run_to_the_stair_in_the_middle_of_the_walkway(record):
    arrows = variant_data.walking(record["variants"][0], 1)
    assert len(arrows) == N - 1
    for (x0, y0), (x1, y1) in arrows:
        assert x1 > x0  # the routes get shorter to the right
        assert y0 == y1 == pytest.approx(DEPTH_M + 0.75)
    turned = copy.deepcopy(record["variants"][0])
    for home in turned["homes"]:
        home["route_m"] = 20.0 - home["route_m"]
    assert all(x1 < x0 for (x0, _), (x1, _) in variant_data.walking(turned, 1))


def test_axes_follow_the_long_side():
    row = {"x_m": 0.0, "y_m": 0.0, "width_m": 3.0, "length_m": 9.0, "rotation_deg": 30.0}
    variant = {"placed": [{**row, "x_m": 3.0 * k * np.cos(np.radians(30.0)), "y_m": 3.0 * k * np.sin(np.radians(30.0))} for k in range(5)]}
    turn = variant_data.turn_of(variant)
    assert turn.deg == pytest.approx(30.0)
    u0, v0, u1, v1 = turn.span(variant_data.outline(variant["placed"]))
    assert (u1 - u0, v1 - v0) == pytest.approx((15.0, 9.0), abs=1e-3)
    assert variant_data.turn_of({"placed": variant["placed"][:1]}).deg == pytest.approx(120.0)  # one module: along its length
    assert np.allclose(Turn(deg=30.0).to_xy(Turn(deg=30.0).to_uv([(1.0, 2.0)])), [(1.0, 2.0)])


def test_lines_below_have_the_worst_verdict_on_their_way_down(record):
    """Pier 1-0-0 stands on 0-0-0: the higher utilisation of both, and unknown where one is unknown; the footing has its own verdict."""
    found = copy.deepcopy(record)
    ids = [part["id"] for part in found["parts"]]
    scenario = {"scenario": "hsb-2d+2", "uc": [0.5] * len(ids), "outcome": ["ok"] * len(ids)}
    found["part_uc"].append(scenario)
    scenario["uc"][ids.index("p0-0-0")] = 0.9
    scenario["outcome"][ids.index("p0-1-0")] = "unknown"
    scenario["outcome"][ids.index("f2")] = "over"
    states = variant_data.line_states(found, found["variants"][0])
    assert (states["p1-0-0"].outcome, states["p1-0-0"].uc) == ("ok", 0.9)
    assert states["p1-1-0"].outcome == "unknown"
    assert states["p1-2-0"].outcome == "ok"
    assert [line_style(states[name])[0] for name in ("p1-0-0", "p1-1-0", "p1-2-0")] == [
        LINE_COLOURS[name] for name in ("high", "unknown", "low")
    ]
    assert variant_data.line_states(record, record["variants"][0]) == {}


def test_an_ok_without_a_number_is_not_low():
    assert line_style(variant_data.LineState(outcome="ok", uc=None))[0] == LINE_COLOURS["high"]


def test_the_section_shows_heights_above_the_ground(record):
    """Ground at z = 0, two storeys of 2.8 m, roof at 5.6; modules from 6.05 in steps of 3.0: top at 12.05."""
    variant = record["variants"][0]
    sheet = drawn(lambda: variant_section.section_sheet(record, variant, "nl"))
    found = texts(sheet)
    for text in ("+5,60  plat dak", "+6,05  nieuwe laag 1", "+9,05  nieuwe laag 2", "+12,05  bovenkant"):
        assert text in found, text
    assert "1,50" in found  # the step back of the second storey
    assert found.count("9,60") == 1


def test_the_section_runs_where_most_stands_above_each_other(record):
    variant = record["variants"][0]
    u_m = variant_plan.section_at(variant, variant_data.turn_of(variant))
    assert u_m == pytest.approx(1.5 * WIDTH_M)  # of the two stacks of two storeys the one nearest to the middle
    panel = section_panel.cross_panel(record, variant, variant_data.turn_of(variant), u_m)
    assert [(one.row["storey"], *one.ends) for one in panel.homes] == [(1, 0.0, 6.0), (2, 1.5, 6.0)]
    assert [one.ends for one in panel.walkways] == [(6.0, 7.5)] * 2


def test_limits_of_rules_that_the_building_reaches(record):
    """The lift flag applies above 12.5 m; the top is 12.05 m, so only a limit of 9 m is drawn."""
    found = copy.deepcopy(record)
    flag = {**found["flags"][0], "asks": False}
    found["flags"] = [
        {**flag, "quantity": "top_floor_m", "above": 9.0, "text": "Trap nodig.", "article": "art. 1"},
        {**flag, "quantity": "top_floor_m", "above": 12.5},
        {**flag, "quantity": "top_floor_m", "above": 3.0, "asks": True},
        {**flag, "quantity": "build_year", "above": 5.0},
    ]
    assert section_panel.rule_heights(found, 12.05) == [(9.0, ["top_floor_m"])]
    assert section_panel.rules_told(found, 12.05, "nl") == ["9,0 m vloer: Trap nodig. (art. 1)"]
    said = texts(drawn(lambda: variant_section.section_sheet(found, found["variants"][0], "nl")))
    assert said.count("9,0 m vloer") == 2


def test_what_is_drawn_is_put_forward_and_at_most_four(record):
    one = record["variants"][0]
    worth = {"put_forward": "meeste woningen", "put_forward_en": "most"}
    rows = [{**one, "id": f"v{k}", "worth": {**worth, "put_forward": ""} if k % 2 else worth} for k in range(12)]
    assert [row["id"] for row in variant_data.drawn_variants({"variants": rows})] == ["v0", "v2", "v4", "v6"]
    plain = [{**one, "id": f"v{k}", "concept": f"c{k // 2}", "worth": None} for k in range(12)]
    assert [row["id"] for row in variant_data.drawn_variants({"variants": plain})] == ["v0", "v2", "v4", "v6"]
    assert variant_data.drawn_variants({"variants": [{**one, "placed": []}]}) == []


def test_unsafe_and_equal_ids_become_safe_and_different_file_names(record):
    one = {**record["variants"][0], "homes": [], "storeys": 1}
    rows = [{**one, "id": name, "concept": name} for name in ("../a b/ü", "a_b")]
    names = [name for name, _ in variant_drawings.render({**record, "variants": rows}, {})]
    assert names[0] == "variant_a_b_laag1.svg"
    assert names[6] == "variant_a_b_2_laag1.svg"


def test_a_variant_of_which_no_surroundings_are_known_is_still_drawn(record):
    bare = {**record["variants"][0], "site": None, "walkways": [], "worth": None}
    for home in (bare := copy.deepcopy(bare))["homes"]:
        home.update(door_x_m=None, door_y_m=None, route_m=None)
    empty = {"faces": [], "obstacles": [], "heads": [], "influence_ref": {}}
    assert len(variant_drawings.render({**record, "variants": [bare], "roof": empty, "flags": []}, {})) == 6


def test_scale_of_the_section_is_true(record):
    sheet = drawn(lambda: variant_section.section_sheet(record, record["variants"][0], "nl"))
    y0, y1 = sheet.plan.transData.transform([(0.0, 0.0), (0.0, 10.0)])[:, 1]
    assert (y1 - y0) / sheet.figure.dpi * 25.4 == pytest.approx(10_000.0 / sheet.scale)


def test_a_dwelling_of_two_modules_is_one_outline(record):
    variant = copy.deepcopy(record["variants"][0])
    variant["homes"] = [{**variant["homes"][0], "modules": ["W001.1.1", "W002.1.1"]}]
    [home] = variant_data.homes(variant, 1)
    assert isinstance(home.shape, Polygon)
    assert home.shape.symmetric_difference(box(0.0, 0.0, 2 * WIDTH_M, DEPTH_M)).area == pytest.approx(0.0, abs=1e-6)


def test_north_is_drawn_only_where_it_is_known(record):
    assert "N" not in texts(of_storey(record, 1))
    told = copy.deepcopy(record)
    told["building"]["north_deg"] = 90.0
    sheet = of_storey(told, 1)
    assert "N" in texts(sheet)
    [note] = [note for note in sheet.page.texts if note.get_text() == "N"]
    [arrow] = [one for one in sheet.page.texts if getattr(one, "arrow_patch", None) and one.arrow_patch.get_linewidth() == 1.2]
    assert note.get_position()[0] > arrow.xy[0] > arrow.get_position()[0]  # north along x: clockwise from y
    assert arrow.xy[1] == pytest.approx(arrow.get_position()[1])
