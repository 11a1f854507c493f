"""The result refuses what no output may show."""

import dataclasses

import numpy as np
import pytest
from report_factory import extra_storeys, scan_result

from optopscan.model.result import ConceptAnswer, FactorSetAnswer, Scenario


def test_possible_without_its_unknowns_is_refused():
    with pytest.raises(ValueError, match="names no unknown"):
        extra_storeys(why_not_proven=())


@pytest.mark.parametrize("field", ["per_concept", "factor_set_alternatives"])
def test_possible_of_a_row_needs_its_unknowns_too(field):
    rows = {
        "per_concept": (ConceptAnswer(concept="a", proven=0, possible=1, vertical_only=1),),
        "factor_set_alternatives": (FactorSetAnswer(factor_set="b", proven=0, possible=1),),
    }
    empty = {"per_concept": (), "factor_set_alternatives": (), field: rows[field]}
    with pytest.raises(ValueError, match="names no unknown"):
        extra_storeys(possible=0, why_not_proven=(), **empty)


@pytest.mark.parametrize(("proven", "possible"), [(2, 1), (-1, 0)])
def test_proven_lies_between_zero_and_possible(proven, possible):
    with pytest.raises(ValueError, match="must lie between"):
        extra_storeys(proven=proven, possible=possible)


def test_a_utilisation_must_belong_to_a_scenario_and_cover_every_part():
    n = len(scan_result().structure.parts)
    with pytest.raises(ValueError, match="must name a scenario"):
        scan_result(part_uc={"nowhere": np.zeros(n)})
    with pytest.raises(ValueError, match=f"have {n} rows"):
        scan_result(part_uc={"bestaand": np.zeros(n - 1)})


def test_scenario_ids_do_not_repeat():
    twice = (Scenario(id="a", concept="", storeys=0, level="verbouw", height_m=1.0),) * 2
    with pytest.raises(ValueError, match="an id twice"):
        scan_result(scenarios=twice, part_uc={})


def test_the_result_keeps_its_own_copy():
    result = scan_result()
    source = np.array(result.part_uc["bestaand"])
    changed = dataclasses.replace(result, part_uc={"bestaand": source})
    source[0] = 99.0
    assert changed.part_uc["bestaand"][0] == pytest.approx(0.35)
    with pytest.raises(ValueError, match="read-only"):
        changed.part_uc["bestaand"][0] = 1.0
