"""One more storey never lowers a design axial force; a lighter product never allows fewer storeys.

The design forces are computed here once more, from the take-down, the influence and the
product's data, and compared with those of the reported checks.
"""

import numpy as np
import pytest

from optopscan.catalog.engineering import load_engineering
from optopscan.catalog.load import load_concepts

PSI0 = 0.4
NEW_IMPOSED_KN_M2 = 1.75 + 0.8
OWN_WEIGHT = {"head": 0.0, "mid": 0.5, "foot": 1.0, "extra": 1.0}
CONCEPTS = {concept.id: concept for concept in load_concepts()}


def extension(concept, storeys):
    """Permanent load per m2 of roof: storeys of floor and walls, one roof, one transfer layer, upper values."""
    area, perimeter = concept.width_m * concept.length_m, 2.0 * (concept.width_m + concept.length_m)
    storey = concept.g_floor_kn_m2.hi + concept.g_wall_kn_m.hi * perimeter / area
    return storeys * storey + concept.g_roof_kn_m2.hi + concept.g_transfer_kn_m2.hi if storeys else 0.0


def loads(result, take, concept, storeys):
    """Permanent load, relief (n_part,) and imposed load per storey (n_part, n_storey) at the foot."""
    area = np.asarray(result.structure.heads.trib_area_m2)
    press, lift = np.maximum(take.influence_foot, 0.0), np.minimum(take.influence_foot, 0.0)
    g = area * extension(concept, storeys)
    q = np.tile((press @ (area * NEW_IMPOSED_KN_M2))[:, None], storeys)
    return take.permanent_foot_kn + press @ g, lift @ g, np.column_stack([take.imposed_foot_kn, q])


def largest_force(permanent, relief, imposed, roof, factors):
    """6.10a, 6.10b with two full storeys, 6.10b with the roof in full; upward permanent load at its lower factor."""
    q = np.sort(np.maximum(imposed, 0.0), axis=1)[:, ::-1]
    low = factors.gamma_g_inf

    def times(gamma):
        return np.where(permanent > 0.0, gamma, low) * permanent + low * relief

    a = times(factors.gamma_ga) + factors.gamma_q * PSI0 * q.sum(axis=1)
    b = times(factors.gamma_gb) + factors.gamma_q * (q[:, :2].sum(axis=1) + PSI0 * q[:, 2:].sum(axis=1))
    c = times(factors.gamma_gb) + factors.gamma_q * (np.maximum(roof, 0.0) + PSI0 * q.sum(axis=1))
    return np.maximum(np.maximum(a, b), c)


@pytest.fixture(scope="module")
def factors():
    return load_engineering().factor_set("nen8700", "verbouw", "CC2")


def test_reported_forces_are_these(example, factors):
    concept_of = {row.id: (row.concept, row.storeys) for row in example.scenarios}
    row_of = {part: k for k, part in enumerate(example.structure.parts.id)}
    assert len(example.checks) >= 5
    for check in example.checks:
        concept, storeys = concept_of[check.scenario]
        take, part = example.take_downs[check.inputs["distribution"]], row_of[check.part]
        if storeys:
            permanent, relief, imposed = loads(example, take, CONCEPTS[concept], storeys)
        else:
            permanent, relief, imposed = take.permanent_foot_kn, np.zeros(len(row_of)), take.imposed_foot_kn
        permanent = permanent - (1.0 - OWN_WEIGHT[check.inputs["section"]]) * take.self_weight_kn
        force = largest_force(permanent, relief, imposed, take.roof_foot_kn, factors)[part]
        assert check.n_kn == pytest.approx(force, rel=1e-6), (check.part, check.scenario, check.combination)


def test_one_more_storey_never_lowers_a_force(example, factors):
    """At the foot; parts that some head lifts are excepted and listed in the message."""
    names = sorted({row.concept for row in example.scenarios if row.concept})
    most = {name: max(row.storeys for row in example.scenarios if row.concept == name) for name in names}
    assert set(most) >= {name for name, concept in CONCEPTS.items() if concept.on_roof and not concept.own_support}
    assert all(highest >= min(2, CONCEPTS[name].max_storeys) for name, highest in most.items())
    for take in example.take_downs.values():
        lifted = (take.influence_foot < -1e-12).any(axis=1)
        assert lifted.mean() < 0.5
        for name, highest in most.items():
            before = None
            for storeys in range(highest + 1):
                force = largest_force(*loads(example, take, CONCEPTS[name], storeys), take.roof_foot_kn, factors)
                if before is not None:
                    fallen = np.flatnonzero(force < before - 1e-9 * np.maximum(np.abs(before), 1.0))
                    wrong = [example.structure.parts.id[i] for i in fallen if not lifted[i]]
                    excepted = [example.structure.parts.id[i] for i in fallen if lifted[i]]
                    assert not wrong, f"{take.distribution} {name}+{storeys}: {wrong} (lifted: {excepted})"
                before = force


def test_unity_checks_of_parts_that_nothing_lifts_rise(example):
    """The reported utilisation, scenario by scenario: these checks have an upper limit only."""
    lifted = np.any([(take.influence_foot < -1e-12).any(axis=1) for take in example.take_downs.values()], axis=0)
    for name in CONCEPTS:
        states = sorted((row for row in example.scenarios if row.concept == name), key=lambda row: row.storeys)
        assert [row.storeys for row in states] == list(range(len(states)))
        table = np.stack([example.part_uc["existing"], *(example.part_uc[row.id] for row in states)])[:, ~lifted]
        steps = np.diff(table, axis=0)
        assert np.nanmin(steps, initial=0.0) >= -1e-9, name


def test_lighter_products_allow_as_many_storeys(example):
    allowed = {row.concept: row.vertical_only for row in example.extra_storeys.per_concept}
    assert set(allowed) == {name for name, concept in CONCEPTS.items() if concept.on_roof and not concept.own_support}
    assert allowed["fictief.hsb-2d"] >= allowed["fictief.clt-3d"]
    assert allowed["fictief.hsb-3d"] >= allowed["fictief.clt-3d"] >= allowed["fictief.betonvloer"]


def test_products_differ_in_weight_in_the_order_that_is_expected():
    """HSB is lighter than CLT, CLT than a concrete floor; else the test above proves nothing."""
    one = {name: extension(concept, 1) for name, concept in CONCEPTS.items()}
    assert max(one["fictief.hsb-2d"], one["fictief.hsb-3d"]) < one["fictief.clt-3d"] < one["fictief.betonvloer"]


def test_the_answer_follows_from_the_outcomes(example):
    """Storeys of a product: every part that it loads is not over, as it stands and in every state up to there."""
    outcomes = example.part_outcome
    for row in example.extra_storeys.per_concept:
        reached = 0
        states = sorted((s for s in example.scenarios if s.concept == row.concept and s.storeys), key=lambda s: s.storeys)
        area = np.asarray(example.structure.heads.trib_area_m2)
        loaded = np.any([np.abs(take.influence_foot) @ area > 1e-6 for take in example.take_downs.values()], axis=0)
        for state in states:
            rows = np.flatnonzero(loaded)
            if any(outcomes[s][i] == "over" for s in ("existing", state.id) for i in rows):
                break
            reached = state.storeys
        assert row.vertical_only <= reached
        assert row.proven <= row.possible <= row.vertical_only
