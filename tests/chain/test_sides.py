"""Verdicts beside the vertical one through whole scans: foundation data, robustness, the roof slab, and how they reach the answer."""

from dataclasses import replace

import numpy as np
import pytest
from chain_models import BrickBlock
from test_hand_calculation import GRAVEL, light_storey

from optopscan import pipeline
from optopscan.catalog.engineering import load_engineering
from optopscan.catalog.overrides import load_overrides
from optopscan.checks.foundation import lines_of
from optopscan.model.sides import EXISTING
from optopscan.pipeline import ground
from optopscan.report.phrases import phrase
from optopscan.report.record import build as record


def scan(tmp_path, told="", settings=GRAVEL, concept=None):
    path = BrickBlock().write(tmp_path / "blok.ifc")
    overrides = None
    if told:
        file = tmp_path / "o.toml"
        file.write_text('schema = "optopscan/overrides/1"\n' + told)
        overrides = load_overrides(file)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(pipeline, "chosen_concepts", lambda settings: (concept or light_storey(),))
        return pipeline.scan([path], settings, overrides=overrides)


WIDE = '[[foundation]]\nset = { kind = "strip", width_m = 0.9, bearing_resistance_kpa = %s, resistance_basis = "design" }\nsource = "s"\n'


def test_no_data_no_rows(tmp_path):
    result = scan(tmp_path)
    assert result.sides.foundation == ()
    assert result.extra_storeys.foundation_outcome == "unknown"


def test_strips_with_data_are_checked_by_hand(tmp_path):
    """SYS-S2: design load with +1 185.3 kN/m at the foot of the middle wall; on 0.9 m x 250 kPa = 225 kN/m."""
    result = scan(tmp_path, WIDE % 250.0)
    rows = [r for r in result.sides.foundation if r.scenario == "sys-s2+1"]
    assert len(rows) == 5
    middle = max(rows, key=lambda r: r.e_d_kn)
    per_m = middle.e_d_kn / BrickBlock.LENGTH_M
    assert per_m == pytest.approx(185.3, rel=0.12)  # the continuous floor brings more to the second wall than 4.2 m
    assert middle.r_d_kn == pytest.approx(225.0 * BrickBlock.LENGTH_M, rel=1e-6)
    assert middle.uc == pytest.approx(middle.e_d_kn / middle.r_d_kn)


def test_settlement_is_compared_with_the_load_that_surely_lies_there(tmp_path):
    """Ballast nobody showed is no part of the old load, and each distribution is compared with itself: as the comparison per line."""
    result = scan(tmp_path, WIDE % 400.0, settings=replace(GRAVEL, roof_ballast_kn_m2=0.9, roof_ballast_evidence=False))
    told = {row.line: row.r_psi for row in result.extra_storeys.foundation_lines}
    rows = {r.line: r for r in result.sides.foundation if r.scenario == "sys-s2+1"}
    assert len(rows) == 5
    for line, row in rows.items():
        assert row.inputs["r_psi"] >= told[line] - 1e-9


SOIL = '[[foundation]]\nset = { kind = "strip", width_m = 0.9, depth_m = 0.8, friction_angle_deg = 32.5 }\nsource = "s"\n'
PILES = '[[foundation]]\nset = { kind = "pile", pile_capacity_kn = 500.0, capacity_basis = "design", pile_spacing_m = 1.0 }\nsource = "s"\n'


@pytest.mark.parametrize(
    ("told", "drawn", "taken"),
    [
        ("", False, []),
        (WIDE % 250.0, False, ["buried_d_kn_m3", "frost_depth_m", "settles_ratio"]),
        (SOIL, False, ["soil_dry_kn_m3", "soil_wet_kn_m3", "buried_d_kn_m3", "settles_ratio"]),
        (SOIL, True, ["soil_dry_kn_m3", "soil_wet_kn_m3", "settles_ratio"]),
        (PILES, False, ["caps_share"]),
        (PILES, True, []),
        (PILES.replace('pile_capacity_kn = 500.0, capacity_basis = "design", ', ""), False, []),
    ],
)
def test_what_nobody_told_about_the_foundation_is_an_assumption_with_its_source(tmp_path, monkeypatch, told, drawn, taken):
    """Exactly what the check took: no depth where one is given, no weight where the model shows the footing."""
    if drawn:
        monkeypatch.setattr(ground, "lines_shown", lambda parts: frozenset(lines_of(parts)))
    rows = load_engineering().ground_values
    listed = {one.what: one for one in scan(tmp_path, told).assumptions}
    assert [name for name, row in rows.items() if row.nl in listed] == taken
    for name in taken:
        found, row = listed[rows[name].nl], rows[name]
        assert (found.value, found.source, found.confidence) == (f"{row.value:g} {row.unit}", row.source, row.confidence)
        assert found.alternative


def test_too_weak_a_soil_stops_the_storey(tmp_path):
    weak = scan(tmp_path, WIDE % 205.0)
    strong = scan(tmp_path, WIDE % 400.0)
    assert {r.outcome for r in strong.sides.foundation if r.scenario == EXISTING} == {"ok"}
    assert weak.extra_storeys.possible <= strong.extra_storeys.possible
    assert any(r.outcome == "over" for r in weak.sides.foundation)


def test_a_line_without_data_keeps_the_foundation_unknown(tmp_path):
    one = WIDE.replace("[[foundation]]\n", "[[foundation]]\nmatch = { line = [0] }\n")
    result = scan(tmp_path, one % 400.0)
    assert result.sides.outcome("foundation", EXISTING) == "unknown"
    assert any("geen grond- of paalgegevens van" in r.why for r in result.sides.foundation)


def test_an_existing_failure_of_the_foundation_stands_first(tmp_path):
    result = scan(tmp_path, WIDE % 60.0)
    assert result.sides.outcome("foundation", EXISTING) == "over"
    assert result.extra_storeys.possible == 0
    assert result.extra_storeys.vertical_only >= result.extra_storeys.possible
    if result.extra_storeys.vertical_only:
        assert result.extra_storeys.governing.scenario == EXISTING


def test_from_four_to_five_storeys_robustness_is_open_until_settled(tmp_path):
    result = scan(tmp_path)
    row = next(r for r in result.sides.robustness if r.scenario == "sys-s2+1")
    assert (row.storeys_before, row.storeys_after, row.class_before, row.class_after) == (4, 5, "CC2a", "CC2b")
    assert row.outcome == "unknown"
    assert any("CC2b" in text for text in result.extra_storeys.why_not_proven)
    settled = scan(tmp_path, settings=replace(GRAVEL, robustness_settled=True))
    assert {r.outcome for r in settled.sides.robustness} == {"ok"}
    assert not any("CC2b" in text for text in settled.extra_storeys.why_not_proven)


def test_roof_slab_as_a_floor_by_hand(tmp_path):
    """With g as the model has it: (1.15 (g + 0.5 + 0.5) + 1.3 x 2.55) / (1.2 (g + 0.15 + 0.8) + 1.5)."""
    result = scan(tmp_path)
    row = result.sides.slab_as_floor[0]
    g = row.inputs["slab_kn_m2"]
    finish = GRAVEL.floor_finish_kn_m2
    assert row.uc == pytest.approx((1.15 * (g + finish + 0.5) + 1.3 * 2.55) / (1.2 * (g + 0.95) + 1.5), rel=1e-6)
    assert row.outcome == "unknown"


def test_a_product_with_connectors_can_be_anchored(tmp_path):
    strong = replace(light_storey(), connector_uplift_kn_m=500.0, connector_shear_kn_m=500.0)
    none = scan(tmp_path)
    held = scan(tmp_path, concept=strong)
    assert {r.outcome for r in none.sides.anchorage} == {"unknown"}
    assert {r.outcome for r in held.sides.anchorage} == {"ok"}
    weak = scan(tmp_path, concept=replace(light_storey(), connector_uplift_kn_m=0.01, connector_shear_kn_m=0.01))
    assert "over" in {r.outcome for r in weak.sides.anchorage}
    assert weak.extra_storeys.possible == 0
    for a, b in zip(none.sides.anchorage, held.sides.anchorage, strict=False):
        assert (a.uplift_kn, a.shear_kn) == pytest.approx((b.uplift_kn, b.shear_kn)) or a.support != b.support


def test_the_record_holds_every_side(tmp_path):
    made, _ = record.build(scan(tmp_path, WIDE % 250.0))
    for name in ("stability", "wall_wind", "anchorage", "robustness"):
        assert made[name], name
    assert made["extra_storeys"]["foundation"]["checks"]
    assert made["extra_storeys"]["slab_as_floor"]["outcome"] == "unknown"
    assert np.isfinite(made["stability"][0]["base_moment_before_knm"])


def test_of_many_lines_that_fail_the_worst_are_told_and_how_many_more(tmp_path):
    """Five lines of their own at 60 kPa: three named, the rest counted, in Dutch and English; every line has its row."""
    result = scan(tmp_path, WIDE % 60.0)
    rows = [r for r in result.sides.foundation if r.scenario == EXISTING]
    over = [r for r in rows if r.outcome == "over"]
    assert len(over) == 5
    assert [r.uc for r in over] == sorted((r.uc for r in over), reverse=True)
    told = result.sides.reasons("foundation", EXISTING)
    assert told == (*(r.why for r in over[:3]), "en nog 2 andere")
    [sentence] = [text for text in result.extra_storeys.why_not_proven if text.startswith("fundering: ")]
    assert sentence.endswith("; en nog 2 andere")
    assert phrase(sentence, "en").endswith("; and 2 more")


def test_what_is_over_stands_before_what_is_unknown(tmp_path):
    open_line = '[[foundation]]\nmatch = { line = [0] }\nset = { kind = "strip" }\nsource = "s"\n'
    part = WIDE.replace("[[foundation]]\n", "[[foundation]]\nmatch = { line = [1, 2, 3, 4] }\n")
    rows = [r for r in scan(tmp_path, open_line + part % 60.0).sides.foundation if r.scenario == EXISTING]
    assert [r.outcome for r in rows] == ["over"] * 4 + ["unknown"]
