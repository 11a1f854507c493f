"""What is not known is said, and never counted as good; what fails as it stands never becomes good."""

import dataclasses
import math

import numpy as np
import pytest
from chain_models import Bays

from optopscan.pipeline import scan
from optopscan.settings import Settings

GOOD = "kalkzandsteen CS20"
BARE = Settings(place=False, max_extra_storeys=2)


@pytest.fixture(scope="module")
def write(tmp_path_factory):
    def make(**how):
        return Bays().write(tmp_path_factory.mktemp("wanden") / "model.ifc", **how)

    return make


@pytest.fixture(scope="module")
def known(write):
    """Three good walls: the reference in which every part has a verdict."""
    return scan([write(stone=[GOOD] * 3, thickness_m=[0.214] * 3)], BARE)


@pytest.fixture(scope="module")
def unnamed(write):
    """The middle wall is of something that nobody knows."""
    return scan([write(stone=[GOOD, "materiaal XQ-7", GOOD], thickness_m=[0.214] * 3)], Settings(max_extra_storeys=2))


@pytest.fixture(scope="module")
def doubtful(write):
    """The middle wall is 100 mm and a floor of 300 mm might just span past it (10 m, 1/33): whether it bears is not settled."""
    return scan([write(stone=[GOOD] * 3, thickness_m=[0.214, 0.1, 0.214], roof_m=0.3)], BARE)


@pytest.fixture(scope="module")
def failing(write):
    """Two walls of 120 mm under a roof of 600 mm with 8 kN/m2 of gravel, whose removal is credited: UC 1.03 as it stands."""
    path = write(stone=["kalkzandsteen CS12"] * 2, thickness_m=[0.12] * 2, roof_m=0.6)
    return scan([path], dataclasses.replace(BARE, place=True, roof_ballast_kn_m2=8.0, roof_ballast_evidence=True))


def rows_of(result, name):
    names, parts = result.building.elements.name, result.structure.parts
    return [i for i in range(len(parts)) if names[parts.element[i]] == name]


def sentences(result):
    return " ".join(result.extra_storeys.why_not_proven)


def test_the_reference_has_a_verdict_for_every_part(known):
    assert set(known.part_outcome["existing"]) == {"ok"}
    assert known.extra_storeys.possible == 2


def test_unknown_material_is_unknown_everywhere(unnamed):
    rows = rows_of(unnamed, "wand 1")
    assert rows
    assert unnamed.materials.group[unnamed.structure.parts.element[rows[0]]] == "unknown"
    for scenario, outcomes in unnamed.part_outcome.items():
        assert {outcomes[i] for i in rows} == {"unknown"}, scenario
        assert np.isnan(unnamed.part_uc[scenario][rows]).all(), scenario


def test_unknown_material_gives_proven_0_and_is_listed(unnamed):
    answer = unnamed.extra_storeys
    assert answer.proven == 0
    assert all(row.proven == 0 for row in answer.per_concept)
    assert f"{len(rows_of(unnamed, 'wand 1'))} wanddelen" in sentences(unnamed)
    assert any(issue.code == "OPT-201" for issue in unnamed.issues)
    ids = {unnamed.structure.parts.id[i] for i in rows_of(unnamed, "wand 1")}
    assert any(ids & set(row.parts) for row in answer.investigate_first)


def test_a_layout_on_an_unknown_part_is_not_ok(unnamed):
    ids = {unnamed.structure.parts.id[i] for i in rows_of(unnamed, "wand 1")}
    on_it = [v for v in unnamed.variants if any(ids & set(module.loads_on) for module in v.placed)]
    assert on_it
    assert {v.outcome for v in on_it} == {"unknown"}


def test_doubtful_bearing_is_unknown_everywhere(doubtful):
    rows = rows_of(doubtful, "wand 1")
    state = dict(zip(doubtful.building.elements.name, doubtful.bearing.state, strict=True))["wand 1"]
    assert state == "unknown"
    assert rows, "a wall that may bear is part of the structure"
    for scenario, outcomes in doubtful.part_outcome.items():
        assert "ok" not in {outcomes[i] for i in rows}, scenario
    assert doubtful.extra_storeys.proven == 0
    assert "dragend onbekend" in sentences(doubtful)


def test_what_fails_as_it_stands_gives_no_storeys(failing):
    assert set(failing.part_outcome["existing"]) == {"over"}
    assert failing.extra_storeys.possible == 0
    assert all(row.possible == 0 for row in failing.extra_storeys.per_concept)
    assert "bestaande toestand" in sentences(failing)


def test_relief_was_there_to_tempt(failing):
    """Else the test above proves nothing: with one light storey instead of the gravel the walls are used less than fully."""
    assert max(failing.part_uc["existing"]) > 1.0
    assert max(failing.part_uc["fictief.hsb-3d+1"]) < 1.0


def test_no_module_is_placed_on_what_fails_as_it_stands(failing):
    assert failing.variants
    assert all(variant.outcome != "ok" for variant in failing.variants)
    # what stands on columns of its own loads no part
    assert all(not variant.modules or variant.columns for variant in failing.variants)
    assert not any(module.loads_on for variant in failing.variants for module in variant.placed)


def test_what_fails_as_it_stands_is_never_reported_ok(failing):
    """The gravel goes, the unity check falls below one, and still the outcome of the part is not `ok`."""
    for scenario, outcomes in failing.part_outcome.items():
        assert "ok" not in outcomes, scenario
    assert "ok" not in {row.outcome for row in failing.checks}


def test_no_part_is_ok_without_a_number(example):
    parts = example.structure.parts
    for scenario, outcomes in example.part_outcome.items():
        uc = example.part_uc[scenario]
        assert len(outcomes) == len(parts)
        for i, outcome in enumerate(outcomes):
            if outcome == "ok":
                assert uc[i] <= 1.0 + 1e-9, (scenario, parts.id[i])
                assert parts.bearing_known[i], (scenario, parts.id[i])
            if uc[i] > 1.0 + 1e-9:
                assert outcome != "ok", (scenario, parts.id[i])


def test_no_existing_failure_becomes_ok_in_the_examples(example):
    before = example.part_outcome["existing"]
    for scenario, outcomes in example.part_outcome.items():
        assert not [i for i, outcome in enumerate(before) if outcome == "over" and outcomes[i] == "ok"], scenario


def test_what_was_not_checked_keeps_the_answer_unproven(example):
    answer = example.extra_storeys
    assert (answer.proven, answer.foundation_outcome) == (0, "unknown")
    assert answer.with_wind is not None
    assert answer.with_wind <= answer.vertical_only
    for word in ("fundering", "stabiliteit", "verankering"):
        assert word in sentences(example)
    for row in example.checks:
        assert (row.outcome == "ok") <= (not math.isnan(row.uc) and row.uc <= 1.0 + 1e-9)
        assert (row.outcome == "unknown") <= ("unknown" in row.inputs)
    assert {v.outcome for v in example.variants} <= {"unknown", "over"} or "unknown" not in example.part_outcome["existing"]
