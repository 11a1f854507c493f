"""The whole calculation of one element: it sums to the take-down, its steps end in the resistance, its forces are those of the scan."""

from __future__ import annotations

import json
import math
import re
from pathlib import Path

import numpy as np
import pytest
from chain_models import Row

from optopscan.checks.resistance import SECTIONS
from optopscan.checks.utilisation import section_utilisation
from optopscan.errors import UsageError
from optopscan.pipeline import check_building
from optopscan.pipeline.calculating import Calculation, calculate, combinations, governing_scenario, scenario_names
from optopscan.report import calculation as report
from optopscan.settings import Settings

ROOT = Path(__file__).resolve().parents[2]
BRICK, OFFICE = "portiekflat_1958", "kantoor_1980"


@pytest.fixture(scope="module")
def checked(tmp_path_factory):
    """Buildings up to their checks, by name, each once."""
    made = {}

    def get(name):
        if name not in made:
            own = name == "rij"
            path = Row().write(tmp_path_factory.mktemp("rij") / "rij.ifc") if own else ROOT / f"examples/ifc/{name}.ifc"
            made[name] = check_building([path], Settings(place=False, samples=0, max_extra_storeys=2), lambda stage: None)
        return made[name]

    return get


def states(made):
    """The existing building and two storeys of the concept that the answer is about."""
    return ("existing", f"{governing_scenario(made).rpartition('+')[0]}+2")


def all_parts(made, scenario):
    """The parts of up to 10 elements, spread over the building."""
    elements = np.unique(np.asarray(made.structure.parts.element))
    for element in elements[:: max(1, len(elements) // 10)].tolist():
        yield from calculate(made, element, scenario).parts


@pytest.fixture(scope="module", params=["rij", BRICK, OFFICE])
def calculated(request, checked):
    """Every part of a building in every state, with the building."""
    made = checked(request.param)
    return made, {scenario: list(all_parts(made, scenario)) for scenario in states(made)}


def test_load_rows_sum_to_the_take_down_and_what_the_extension_adds(calculated):
    made, found = calculated
    row_of = {part: k for k, part in enumerate(made.structure.parts.id)}
    seen = set()
    for scenario, parts in found.items():
        state = next((s for s in made.checks.vertical.states if s.scenario.id == scenario), None)
        result = made.checks.vertical.existing_verbouw if state is None else state.result
        for part in parts:
            k = row_of[part.part]
            effects = result.effects[result.distributions.index(part.distribution)]
            permanent = float(effects.permanent_kn[k, SECTIONS.index("foot")] + effects.relief_kn[k])
            assert sum(row.permanent_kn for row in part.loads) == pytest.approx(permanent, abs=1e-6)
            imposed = np.sum([row.imposed_kn for row in part.loads], axis=0)
            np.testing.assert_allclose(imposed, effects.imposed_kn[k], atol=1e-6)
            assert sum(row.roof_kn for row in part.loads) == pytest.approx(float(effects.roof_kn[k]), abs=1e-6)
            seen |= {row.origin for row in part.loads}
    assert {"own", "floor", "part", "extension"} <= seen


def test_what_is_said_of_the_extension_gives_its_load(calculated):
    _, found = calculated
    compared = 0
    for scenario, parts in found.items():
        for part in parts:
            added = part.extension
            assert (added is None) == (scenario == "existing")
            if added is not None and added.area_m2 > 0.01:
                per_m2 = added.storeys * added.storey_kn_m2 + added.roof_kn_m2 + added.transfer_kn_m2 - added.removed_kn_m2
                assert added.permanent_kn + added.relief_kn == pytest.approx(per_m2 * added.area_m2)
                compared += 1
    assert compared > 5


def test_the_largest_combination_is_the_design_force_of_the_scan(checked):
    for name in ("rij", BRICK, OFFICE):
        made = checked(name)
        for result in (made.checks.vertical.existing_verbouw, *(state.result for state in made.checks.vertical.states)):
            for effects in result.effects:
                for row in range(0, len(made.structure.parts), 7):
                    for k in range(len(SECTIONS)):
                        told = {c.name: c.n_kn for c in combinations(effects, row, k)}
                        assert max(told.values()) == pytest.approx(float(effects.n_max_kn[row, k]), rel=1e-12)


def test_the_steps_of_a_section_end_in_the_resistance_that_the_scan_used(calculated):
    _, found = calculated
    ended = {"en1996.axial_resistance_kn", "en1992.wall_resistance_kn", "en1993.buckling_resistance_kn"}
    compared = 0
    for part in found["existing"]:
        if part.reasons and not any(math.isfinite(row.n_hi_kn) for row in part.sections):
            continue
        last = {step.section or "extra": step.result for step in part.steps if step.function in ended}
        for row in part.sections:
            if row.section in last and math.isfinite(row.n_hi_kn) and row.n_hi_kn > 0.0:
                assert last[row.section] == pytest.approx(row.n_hi_kn, rel=1e-12)
                compared += 1
        if any(row.clause and math.isfinite(row.n_hi_kn) for row in part.sections):
            assert part.steps, part.part
    assert compared > 5


def test_utilisation_is_effect_over_resistance_and_the_largest_is_the_one_of_the_scan(calculated):
    made, found = calculated
    row_of = {part: k for k, part in enumerate(made.structure.parts.id)}
    for scenario, parts in found.items():
        state = next((s for s in made.checks.vertical.states if s.scenario.id == scenario), None)
        result = made.checks.vertical.existing_verbouw if state is None else state.result
        for part in parts:
            k = row_of[part.part]
            effects = result.effects[result.distributions.index(part.distribution)]
            table = section_utilisation(effects, made.checks.resistance)[k]
            known = [row.uc for row in part.sections if not math.isnan(row.uc)]
            for row in part.sections:
                if row.n_hi_kn > 0.0:
                    assert row.uc == pytest.approx(max(row.n_max_kn, 0.0) / row.n_hi_kn)
            if known:
                assert max(known) == pytest.approx(part.uc)
                assert part.uc == pytest.approx(np.nanmax(table))
            else:
                assert math.isnan(part.uc)


def test_no_verdict_has_a_reason_in_dutch(calculated):
    _, found = calculated
    english = re.compile(r"\b(unknown|not|the|and|with)\b")
    for parts in found.values():
        for part in parts:
            assert bool(part.reasons) or part.outcome != "unknown", part.part
            assert not [why for why in part.reasons if english.search(why)]


def test_an_extension_never_makes_ok_of_a_part_that_is_over(calculated):
    _, found = calculated
    stands = {part.part: part.outcome for part in found["existing"]}
    worst = {"ok": 0, "unknown": 1, "over": 2}
    for parts in found.values():
        assert all(worst[part.outcome] >= worst[stands[part.part]] for part in parts)


# the text


@pytest.fixture(scope="module")
def governing(checked) -> Calculation:
    made = checked(BRICK)
    part = made.checks.answer.governing.part
    row = made.structure.parts.id.index(part)
    return calculate(made, int(made.structure.parts.element[row]), governing_scenario(made), part=part)


def shown(value, digits=2):
    return f"{value:.{digits}f}".replace(".", ",")


def test_the_page_holds_every_load_force_step_and_verdict(governing):
    page, part = report.text(governing), governing.parts[0]
    for row in part.loads:
        assert shown(row.permanent_kn) in page
    for row in part.sections:
        for combination in row.combinations:
            assert f"= {shown(combination.n_kn)} kN" in page
        assert shown(row.n_max_kn) in page
        assert shown(row.n_hi_kn) in page
        assert shown(row.uc, 3) in page
    assert [f"[{k}] {step.function}" in page for k, step in enumerate(part.steps, 1)] == [True] * len(part.steps)
    assert "Quickscan, geen constructieve toetsing" in page
    assert "voldoet niet" in page


def test_every_number_that_no_step_gives_stands_there_with_its_source(governing):
    page = " ".join(report.text(governing).split())
    for step in governing.parts[0].steps:
        for name in step.inputs:
            source = step.sources[name]
            assert source
            assert source.startswith("stap") or " ".join(source.split()) in page


def test_what_the_record_holds_of_the_check_stands_there_too(governing):
    page = " ".join(report.text(governing).split())
    inputs = governing.parts[0].inputs
    assert {"t_mm", "fd_mpa", "gamma_M"} <= set(inputs)
    assert [name for name in inputs if name not in ("section", "clause") and f"{name} = " not in page] == []


def test_formulas_are_filled_in_with_a_decimal_comma(governing):
    page = report.text(governing)
    step = next(step for step in governing.parts[0].steps if step.function == "en1996.end_factor" and step.section == "head")
    e, t = (f"{step.inputs[name]:.5g}".replace(".", ",") for name in ("e_mm", "thickness_mm"))
    assert (
        f"phi = max(1 - 2 * e_mm / thickness_mm; 0)\n          = max(1 - 2 * {e} / {t}; 0) = {step.result:.5g}".replace("0.", "0,") in page
    )
    assert not re.search(r"\d\.\d+ (kN|mm)\b", page.partition("Oordeel")[0].partition("Rekenwaarde")[0])


def test_the_page_fits_its_width(governing, checked):
    made = checked(OFFICE)
    pages = [report.text(governing)]
    pages += [
        report.text(calculate(made, e, governing_scenario(made))) for e in np.unique(np.asarray(made.structure.parts.element))[:40].tolist()
    ]
    assert max(len(line) for page in pages for line in page.splitlines()) <= report.WIDTH + 4


def test_the_same_element_gives_the_same_page(governing, checked):
    made = checked(BRICK)
    row = made.structure.parts.id.index(governing.parts[0].part)
    again = calculate(made, int(made.structure.parts.element[row]), governing.scenario, part=governing.parts[0].part.rpartition("/")[2])
    assert report.text(again) == report.text(governing)


def test_json_holds_the_same_and_is_valid(governing):
    data = json.loads(json.dumps(report.as_json(governing), allow_nan=False))
    part = data["parts"][0]
    assert part["uc"] == pytest.approx(governing.parts[0].uc, abs=1e-4)
    assert [step["function"] for step in part["steps"]] == [step.function for step in governing.parts[0].steps]


def test_a_part_without_a_check_says_so_and_still_shows_its_load(checked):
    made = checked(OFFICE)
    row = made.structure.parts.kind.index("footing")
    page = report.text(calculate(made, int(made.structure.parts.element[row]), governing_scenario(made)))
    assert "geen toets" in page
    assert "onbekend (geen toets)" in page
    assert "6.10a" in page


# what can be asked


def test_states_are_the_existing_building_and_every_scenario(checked):
    made = checked("rij")
    names = scenario_names(made)
    assert names[0] == "existing"
    assert set(names[1:]) == {state.scenario.id for state in made.checks.vertical.states}
    assert governing_scenario(made) in names


def test_an_element_that_carries_nothing_or_a_part_it_has_not_is_an_error(checked):
    made = checked("rij")
    bearing = set(np.asarray(made.structure.parts.element).tolist())
    other = next(i for i in range(len(made.known.building.elements)) if i not in bearing)
    with pytest.raises(UsageError, match="carries nothing"):
        calculate(made, other, "existing")
    one = min(bearing)
    with pytest.raises(UsageError, match="no such part; it has"):
        calculate(made, one, "existing", part="99")
