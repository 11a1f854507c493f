"""Drawn buildings: whatever a record calls ok is computed anew from what the record prints, and holds."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import replace
from typing import Any

import pytest
from drawn_buildings import SETTINGS, over_buildings, scanned
from generated import Plan, plans
from hand_formulas import DRAWN, RESISTANCE
from hypothesis import strategies as st
from recomputing import HALF_DIGIT, agrees, holds_under_wind, recomputed, use_of_panel

from optopscan.report import tidy
from optopscan.report.record import build as records

PLACES = (("III", "bebouwd"), ("II", "onbebouwd"), ("I", "kust"))
STRESS_REL = 1e-3
"""Stress on what stays pressed is printed with six digits of everything that goes in."""


def read_back(plan: Plan, place: tuple[str, str]) -> dict[str, Any]:
    """Return the record of a scan as a reader of the file has it."""
    region, terrain = place
    result = scanned(plan, replace(SETTINGS, wind_region=region, terrain=terrain))
    return json.loads(tidy.dumps(records.build(result)[0]))


@over_buildings(8, 300, plans(), st.sampled_from(PLACES))
def test_what_is_ok_holds_when_computed_anew(plan: Plan, place: tuple[str, str]) -> None:
    """Vertical load, wind on walls and stability: from the inputs in the record alone, with formulas typed apart."""
    told = read_back(plan, place)
    for check in told["checks"]:
        if check["uc"] is None:
            assert check["outcome"] == "unknown"
            continue
        assert agrees(check), (check["part"], check["scenario"], check["clause"])
        if check["outcome"] == "ok":
            assert recomputed(check) <= 1.0 + HALF_DIGIT * (1.0 + DRAWN.get(check["clause"], 0.0)), (check["part"], check["clause"])
    for row in told["wall_wind"]:
        if row["outcome"] == "ok" and row["clause"]:
            assert holds_under_wind(row), (row["part"], row["scenario"])
    for row in told["stability"]:
        if row["outcome"] == "ok" and row["part"]:
            assert use_of_panel(row) <= 1.0 + STRESS_REL, (row["part"], row["scenario"])
            assert use_of_panel(row) <= row["uc"] * (1.0 + STRESS_REL) + HALF_DIGIT, (row["part"], row["scenario"])


@over_buildings(4, 150, plans(), st.sampled_from(PLACES))
def test_the_answer_is_no_better_than_its_checks(plan: Plan, place: tuple[str, str]) -> None:
    """Up to `possible` nothing that the record lists is over; up to `proven` everything is ok; unknown never counts as ok."""
    told = read_back(plan, place)
    storeys = {row["id"]: (row["concept"], row["storeys"]) for row in told["scenarios"]}
    tables = {row["scenario"]: row for row in told["part_uc"]}
    for answer in told["extra_storeys"]["per_concept"]:
        states = [name for name, (concept, n) in storeys.items() if concept in ("", answer["concept"]) and n <= answer["possible"]]
        assert answer["proven"] <= answer["possible"] <= answer["vertical_only"]
        if answer["possible"]:
            for name in states:
                assert "over" not in tables[name]["outcome"], (answer["concept"], name)
                assert not [row for row in told["stability"] if row["scenario"] == name and row["outcome"] == "over"], name
                assert not [row for row in told["wall_wind"] if row["scenario"] == name and row["outcome"] == "over"], name
        assert not answer["proven"] or all(set(tables[name]["outcome"]) == {"ok"} for name in states)
    for table in told["part_uc"]:
        for outcome, uc in zip(table["outcome"], table["uc"], strict=True):
            assert outcome != "ok" or (uc is not None and uc <= 1.0), table["scenario"]


@pytest.fixture(scope="module")
def seen() -> Counter[tuple[str, str]]:
    """Clauses and outcomes among a few drawn buildings."""
    found: Counter[tuple[str, str]] = Counter()

    @over_buildings(8, 8, plans(), st.sampled_from(PLACES))
    def count(plan: Plan, place: tuple[str, str]) -> None:
        told = read_back(plan, place)
        for table in ("checks", "wall_wind", "stability"):
            found.update((row["clause"], row["outcome"]) for row in told[table])

    count(8)
    return found


def test_the_buildings_are_no_walk_over(seen: Counter[tuple[str, str]]) -> None:
    """Masonry, plain walls and columns; ok, over and unknown; wind on walls and stability are among them."""
    assert {outcome for _, outcome in seen} == {"ok", "over", "unknown"}
    ok = {clause for clause, outcome in seen if outcome == "ok"}
    assert len(ok & set(RESISTANCE)) >= 4
    assert any(clause.endswith("wind") for clause in ok)
    assert "NEN-EN 1992-1-1 12.6.1" in ok
