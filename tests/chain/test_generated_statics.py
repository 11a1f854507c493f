"""Drawn buildings: every newton arrives where it should, however the building is written down, alone or beside others."""

from __future__ import annotations

import re
from dataclasses import replace

import numpy as np
import pytest
from drawn_buildings import SETTINGS, named, over_buildings, scanned, unity_checks
from generated import Plan, plans
from hypothesis import strategies as st

ROUND = 1e-9
REL = 1e-5
REL_UC = 5e-5
"""Bodies are read to 0.01 mm: on a wall of 100 mm that moves a unity check by a few hundred thousandths."""
PLACE_M = 1e-3
WAYS = (
    {"length_unit": "m"},
    {"length_unit": "inch"},
    {"length_unit": "foot", "rotation_deg": -71.5},
    {"rotation_deg": 33.0},
    {"offset_m": (100_000.0, -55_000.0, 12.0)},
    {"schema": "IFC2X3"},
)
BESIDE = ("fictief.clt-3d", "fictief.hsb-2d")


@over_buildings(4, 150, plans())
def test_everything_reaches_the_ground_where_it_weighs(plan: Plan) -> None:
    """Sum and resultant of the ground loads are those of bodies and finishes, added up by hand; for both distributions."""
    result = scanned(plan)
    weights = np.array(plan.weights())
    total = weights[:, 0].sum()
    assert result.applied_permanent_kn == pytest.approx(total, rel=ROUND)
    area = plan.length_m * plan.lines_m[-1]
    # a thin wall between floors that could span past it is taken for a partition: then no allowance for more of them
    allowance = 0.0 if "no" in result.bearing.state else 0.8
    assert result.applied_imposed_kn == pytest.approx((plan.storeys - 1) * area * (1.75 + allowance), rel=ROUND)
    parts = result.structure.parts
    places = np.column_stack([parts.x_m, parts.y_m]) + result.building.local_to_ifc.origin_m[:2]
    for name, take in result.take_downs.items():
        shares = result.structure.shares[name]
        n = len(parts)
        ground, nowhere = np.asarray(shares.parts[:, [n, n + 1]].todense()).T * take.permanent_foot_kn
        assert nowhere.sum() == pytest.approx(0.0, abs=ROUND * total), name
        direct = total - ground.sum()
        assert take.ground_permanent_kn == pytest.approx(total, rel=ROUND), name
        assert direct >= -ROUND * total, name
        if direct <= ROUND * total:
            leaning = moments(result, name)
            assert (ground @ places + leaning) / total == pytest.approx(weights[:, 0] @ weights[:, 1:] / total, abs=PLACE_M), name


def moments(result, name):
    """What stays behind in the parts as load times arm, about x and y [kNm]."""
    shares, take, actions = result.ground.structure.shares[name], result.take_downs[name], result.ground.actions
    loads = {"cells": actions.cells.permanent_kn, "loose": actions.loose.permanent_kn, "parts": take.permanent_foot_kn}
    return np.array([sum(np.asarray(shares.arms[kind][k].T @ load).sum() for kind, load in loads.items()) for k in (0, 1)])


@over_buildings(4, 150, plans(), st.sampled_from(WAYS), st.integers(0, 9))
def test_one_building_however_it_is_written(plan: Plan, how: dict[str, object], order: int) -> None:
    """Unit, place, direction, order of the elements and all GlobalIds (they follow from the name): one structure, one answer."""
    plain, other = scanned(plan), scanned(replace(plan, how=how, order=order, name="een andere naam"))
    assert not set(plain.building.elements.guid) & set(other.building.elements.guid)
    for one, two in ((plain.part_outcome, other.part_outcome), (plain.part_uc, other.part_uc)):
        assert set(one) == set(two)
    for scenario in plain.part_uc:
        a, b = (named(result, result.part_uc[scenario]) for result in (plain, other))
        assert set(a) == set(b)
        for name, rows in a.items():
            assert b[name] == pytest.approx(rows, rel=REL_UC, nan_ok=True), (scenario, name)
    for distribution, take in plain.take_downs.items():
        a, b = named(plain, take.permanent_foot_kn), named(other, other.take_downs[distribution].permanent_foot_kn)
        for name, rows in a.items():
            assert b[name] == pytest.approx(rows, rel=REL, abs=1e-4), (distribution, name)
    answers = [(row.proven, row.possible, row.vertical_only, row.with_wind) for r in (plain, other) for row in r.extra_storeys.per_concept]
    assert answers[0] == answers[1]
    # the same sentences, but for the number that an element has in its file
    told = [[re.sub(r"\d+#\d+", "#", text) for text in r.extra_storeys.why_not_proven] for r in (plain, other)]
    assert told[0] == told[1]


@over_buildings(3, 60, plans())
def test_products_and_storeys_together_are_each_alone(plan: Plan) -> None:
    """A scan of three products and three storeys gives the numbers of the scan of one product and two."""
    alone = scanned(plan)
    together = scanned(plan, replace(SETTINGS, concepts=(*SETTINGS.concepts, *BESIDE), max_extra_storeys=3))
    for scenario, uc in unity_checks(alone).items():
        np.testing.assert_allclose(unity_checks(together)[scenario], uc, rtol=1e-12, atol=0.0, err_msg=scenario)
        assert together.part_outcome[scenario] == alone.part_outcome[scenario]
    for wide in together.extra_storeys.per_concept:
        for row in alone.extra_storeys.per_concept:
            if wide.concept == row.concept:
                assert (min(wide.vertical_only, 2), min(wide.possible, 2), min(wide.proven, 2)) == (
                    row.vertical_only,
                    row.possible,
                    row.proven,
                )
