"""Drawn buildings of which everything is told: proven occurs, holds when computed anew, and goes with any one fact that is taken away."""

from __future__ import annotations

import itertools
import json
from collections import Counter
from dataclasses import replace
from typing import Any

import pytest
from drawn_buildings import never_above, over_buildings, unity_checks
from generated import WEAKER
from hypothesis import strategies as st
from known_buildings import FACTS, Known, known
from recomputing import HALF_DIGIT, agrees, holds_under_wind, recomputed, use_of_panel

from optopscan.report import tidy
from optopscan.report.record import build as records

STRESS_REL = 1e-3
SIDES = ("stability", "wall_wind", "anchorage", "robustness")
LABELS = ("A", "B", "C")
WEIGHT_REL = 1e-9


def answers(result: Any) -> list[tuple[int, int]]:
    """Proven and possible per product."""
    return [(row.proven, row.possible) for row in result.extra_storeys.per_concept]


def record_of(result: Any) -> dict[str, Any]:
    return json.loads(tidy.dumps(records.build(result)[0]))


def rows(told: dict[str, Any], state: str) -> list[dict[str, Any]]:
    """Every verdict of a state beside the vertical one."""
    sides = [row for name in SIDES for row in told[name]] + told["extra_storeys"]["foundation"]["checks"]
    return [row for row in sides if row["scenario"] == state]


def rests_under_wind(result: Any, told: dict[str, Any], row: dict[str, Any]) -> bool:
    """Whether the foundation holds the end of the wall that the wind presses most, where that wall stands on it: linear, no tension."""
    parts, given = result.structure.parts, row["inputs"]
    line = int(parts.line[parts.id.index(row["part"])])
    if given["storey"] or line < 0:
        return True
    below = next(one for one in told["extra_storeys"]["foundation"]["checks"] if (one["scenario"], one["line"]) == (row["scenario"], line))
    long, length = sum(parts.length_m[k] for k in range(len(parts)) if parts.line[k] == line), given["panel_length_m"]
    most = 0.0
    for n in (given["n_min_kn"], given["n_max_kn"]):
        e = given["m_ed_knm"] / n
        most = max(most, n / length * (1.0 + 6.0 * e / length) if 6.0 * e <= length else 2.0 * n / (1.5 * length - 3.0 * e))
    return bool(most * long <= below["r_d_kn"] * (1.0 + STRESS_REL))


@over_buildings(2, 200, known())
def test_what_is_proven_holds_when_computed_anew(building: Known) -> None:
    """Up to `proven` every verdict of the record is there and ok, and its use recomputed from the printed inputs is not above 1."""
    result = building.scan()
    told = record_of(result)
    assert result.applied_permanent_kn == pytest.approx(sum(row[0] for row in building.weights()), rel=WEIGHT_REL)
    ground = [take.ground_permanent_kn for take in result.take_downs.values()]
    assert ground == pytest.approx([result.applied_permanent_kn] * len(ground), rel=WEIGHT_REL)
    tables = {row["scenario"]: row for row in told["part_uc"]}
    for answer in told["extra_storeys"]["per_concept"]:
        assert answer["proven"] <= answer["possible"] <= answer["vertical_only"]
        for storeys in range(answer["proven"] + 1) if answer["proven"] else ():
            state = f"{answer['concept']}+{storeys}" if storeys else "existing"
            assert set(tables[state]["outcome"]) == {"ok"}, state
            assert max(tables[state]["uc"]) <= 1.0, state
            assert {row["outcome"] for row in rows(told, state)} == {"ok"}, state
            assert told["extra_storeys"]["foundation"]["checks"]
            for check in (row for row in told["checks"] if row["scenario"] == state):
                assert agrees(check)
                assert recomputed(check) <= 1.0 + HALF_DIGIT, (state, check["part"])
            for row in (row for row in told["wall_wind"] if row["scenario"] == state and row["clause"]):
                assert holds_under_wind(row), (state, row["part"])
            for row in (row for row in told["stability"] if row["scenario"] == state):
                assert use_of_panel(row) <= 1.0 + STRESS_REL, (state, row["part"])
                assert rests_under_wind(result, told, row), (state, row["part"])
            for row in rows(told, state):
                assert row.get("e_d_kn", 0.0) <= row.get("r_d_kn", 0.0), (state, row)
        if answer["proven"] < answer["possible"]:
            assert told["extra_storeys"]["why_not_proven"]


def without(building: Known, fact: str) -> Known:
    """The building with one fact less."""
    if fact in FACTS:
        return replace(building, facts=tuple(one for one in building.facts if one != fact))
    if fact == "foundation":
        return replace(building, soil={})
    if fact == "source":
        return replace(building, source="")
    unknown = {
        "site": {"wind_region": None, "terrain": None},
        "terrain": {"terrain": None},
        "robustness": {"robustness_settled": False},
        "year": {"build_year": None},
    }
    return replace(building, told=replace(building.told, **unknown[fact]))


REMOVED = (*FACTS, "foundation", "source", "site", "terrain", "robustness", "year")


@over_buildings(1, 40, known())
def test_one_fact_less_never_proves_more(building: Known) -> None:
    """Each fact taken away alone: number and label fall or stay; without a foundation nothing is proven, and it says so."""
    before = building.scan()
    for fact in REMOVED:
        after = without(building, fact).scan()
        assert all(a[0] <= b[0] for a, b in zip(answers(after), answers(before), strict=True)), fact
        assert after.extra_storeys.proven <= before.extra_storeys.proven, fact
        assert LABELS.index(after.extra_storeys.label) >= LABELS.index(before.extra_storeys.label), fact
        if fact == "foundation":
            assert after.extra_storeys.proven == 0
            assert any("fundering" in text for text in after.extra_storeys.why_not_proven)
        if fact in ("grade", "thickness_m", "source"):
            assert after.extra_storeys.label != "A", fact


@over_buildings(1, 60, known())
def test_a_product_without_connectors_is_never_proven(building: Known) -> None:
    """The same building under a product that does not state how it is held down: unknown, so possible at most."""
    result = building.scan(concepts=("fictief.hsb-3d",))
    assert result.extra_storeys.proven == 0
    assert result.sides.outcome("anchorage", "fictief.hsb-3d+1") == "unknown"


@over_buildings(2, 120, known(), st.sampled_from((*FACTS, "material")), st.integers(0, 9))
def test_one_wall_that_is_unknown_is_not_ok(building: Known, what: str, line: int) -> None:
    """Strength, thickness or bearing of one line said to be unknown: its parts are nowhere ok, nothing is proven."""
    line %= len(building.lines_m)
    result = building.scan_doubting(line, what)
    names = result.building.elements.name
    own = [k for k, row in enumerate(result.structure.parts.element) if names[row].startswith(f"wand {line}-")]
    assert own
    for state, outcomes in result.part_outcome.items():
        assert "ok" not in {outcomes[k] for k in own}, state
    assert result.extra_storeys.proven == 0
    assert result.extra_storeys.label != "A"


@over_buildings(1, 80, known())
def test_a_weaker_class_never_proves_more(building: Known) -> None:
    """Another class of the same material: same weights, no unity check falls, and neither number rises."""
    weak = replace(building, stone=tuple(WEAKER.get(stone, stone) for stone in building.stone))
    strong, weaker = building.scan(), weak.scan()
    for state, uc in unity_checks(strong).items():
        assert never_above(uc, unity_checks(weaker)[state]), state
    assert all(x <= y for a, b in zip(answers(weaker), answers(strong), strict=True) for x, y in zip(a, b, strict=True))


@over_buildings(1, 60, known(), st.sampled_from(("level", "consequence_class", "wind_region", "terrain", "reference_period_years")))
def test_stricter_never_proves_more(building: Known, what: str) -> None:
    """A heavier set of factors or a windier place: neither number rises."""
    row = {
        "level": ("afkeur", "verbouw", "nieuwbouw"),
        "consequence_class": ("CC1", "CC2", "CC3"),
        "wind_region": ("III", "II", "I"),
        "terrain": ("bebouwd", "onbebouwd", "kust"),
        "reference_period_years": (15.0, 50.0),
    }[what]
    found = [answers(building.scan(**{what: value})) for value in row]
    for milder, stricter in itertools.pairwise(found):
        assert all(x <= y for a, b in zip(stricter, milder, strict=True) for x, y in zip(a, b, strict=True)), what


@pytest.fixture(scope="module")
def seen() -> Counter[tuple[int, int]]:
    """Proven and possible among a few drawn buildings."""
    found: Counter[tuple[int, int]] = Counter()

    @over_buildings(12, 12, known())
    def count(building: Known) -> None:
        found.update(answers(building.scan(max_extra_storeys=1, cell_size_m=1.0)))

    count(12)
    return found


def test_proven_occurs(seen: Counter[tuple[int, int]]) -> None:
    """In a fair share one storey or more is proven, and in another nothing is."""
    proven = sum(number for (storeys, _), number in seen.items() if storeys)
    assert 0.2 * seen.total() <= proven < seen.total()
