"""Drawn buildings: what is stronger never carries less, what is heavier never more, what is less known never proves more.

Not everything goes one way. The eccentricity of a wall is M / N: more load that lies well makes e smaller, and beyond e = t / 4 the
resistance then grows faster than the force (N / (t - 2 M / N) falls with N where N t < 4 M). Wind on walls and sliding want weight, too. So
more load is judged by the forces, and by the unity checks where the resistance stays as it was; a thicker wall by its
resistance and the answer of one storey without a wall below it that the weight could harm.
"""

from __future__ import annotations

import itertools
from dataclasses import replace

import numpy as np
from drawn_buildings import SETTINGS, never_above, over_buildings, scanned, unity_checks
from generated import NOBODY_KNOWS, STONES, WEAKER, Plan, centimetres, plans
from hypothesis import strategies as st

STATED = tuple(stone for stone in STONES if stone in WEAKER or stone in WEAKER.values())
MEANINGLESS_KN = 1e-9
LEVELS = ("afkeur", "verbouw", "nieuwbouw")
CLASSES = ("CC1", "CC2", "CC3")
REGIONS = ("III", "II", "I")
TERRAINS = ("bebouwd", "onbebouwd", "kust")


def answers(result):
    """Proven, possible and by vertical load, per product."""
    return [(row.proven, row.possible, row.vertical_only) for row in result.extra_storeys.per_concept]


def no_more(less, more):
    """No number of storeys of the first is above that of the second."""
    return all(a <= b for one, two in zip(answers(less), answers(more), strict=True) for a, b in zip(one, two, strict=True))


@over_buildings(3, 80, plans(STATED))
def test_weaker_walls_never_carry_more(plan: Plan) -> None:
    """Of one material another class: same weights, so no unity check falls and no answer rises."""
    weak = replace(plan, stone=tuple(WEAKER.get(stone, stone) for stone in plan.stone))
    strong, weaker = scanned(plan), scanned(weak)
    for scenario, uc in unity_checks(strong).items():
        assert never_above(uc, unity_checks(weaker)[scenario]), scenario
    assert no_more(weaker, strong)


@over_buildings(3, 80, plans(), st.sampled_from(("floor_finish_kn_m2", "roof_membrane_kn_m2", "partitions_kn_m2")), st.floats(0.05, 2.0))
def test_more_load_never_lowers_a_force(plan: Plan, what: str, more_kn_m2: float) -> None:
    """Forces at the foot never fall where no floor lifts; nor do unity checks where the load does not move."""
    before = scanned(plan)
    after = scanned(plan, replace(SETTINGS, **{what: getattr(SETTINGS, what) + more_kn_m2}))
    for name, take in before.take_downs.items():
        heavier = after.take_downs[name]
        cells = np.asarray(before.structure.shares[name].cells.min(axis=0).todense()).ravel()
        assert name == "continuous" or cells.min(initial=0.0) >= -MEANINGLESS_KN
        if cells.min(initial=0.0) >= -MEANINGLESS_KN:
            assert never_above(take.permanent_foot_kn, heavier.permanent_foot_kn), name
            assert never_above(take.imposed_foot_kn.sum(axis=1), heavier.imposed_foot_kn.sum(axis=1)), name
    a, b = before.ground.resistance.n_hi_kn, after.ground.resistance.n_hi_kn
    lifted = np.any([(take.influence_foot < -1e-12).any(axis=1) for take in before.take_downs.values()], axis=0)
    still = np.all((np.abs(a - b) <= 1e-9 * np.abs(a)) | (np.isnan(a) & np.isnan(b)), axis=1) & ~lifted & ~_under_a_lift(before)
    for scenario, uc in unity_checks(before).items():
        assert never_above(uc[still], unity_checks(after)[scenario][still]), scenario
    if still.all():
        assert [row[2] for row in answers(after)] <= [row[2] for row in answers(before)]


def _under_a_lift(result):
    """Return which parts (n_part,) some floor cell lifts, itself or through what it carries."""
    n, found = len(result.structure.parts), np.zeros(len(result.structure.parts), dtype=bool)
    for shares in result.structure.shares.values():
        cells = shares.cells.tocsc()
        lifts = np.array([(cells[:, [k]].data < -1e-12).any() for k in range(n)])
        through = (np.asarray(shares.parts[:, :n].todense()) != 0.0).astype(float)
        for _ in range(n):
            more = lifts | (through.T @ lifts > 0)
            if (more == lifts).all():
                break
            lifts = more
        found |= lifts
    return found


@over_buildings(3, 80, plans(), centimetres(2, 10, 2))
def test_thicker_walls_resist_more(plan: Plan, more_m: float) -> None:
    """Every wall thicker: no resistance falls; one storey without anything below it carries no less, but where too slender was unknown."""
    low = replace(plan, storeys=1, strips=False, frame=False)
    thick = replace(low, walls_m=tuple(round(t + more_m, 2) for t in low.walls_m))
    before, after = scanned(low), scanned(thick)
    a, b = before.ground.resistance.n_hi_kn, after.ground.resistance.n_hi_kn
    if len(a) != len(b):
        # what was thin enough for a partition bears now: another building
        assert before.bearing.state != after.bearing.state
        return
    assert never_above(a, b)
    # beyond a slenderness of 27 a wall has no verdict; thick enough to have one, it may be over
    if (np.isnan(a) == np.isnan(b)).all():
        assert [row[2] for row in answers(before)] <= [row[2] for row in answers(after)]


@over_buildings(3, 80, plans(), st.integers(0, 3))
def test_an_unknown_wall_proves_nothing_more(plan: Plan, line: int) -> None:
    """One line of a material that nobody knows: what is ok then was ok before, and not that wall; `possible` may rise."""
    line %= len(plan.stone) - 1
    lost = replace(plan, stone=tuple(NOBODY_KNOWS if k == line else stone for k, stone in enumerate(plan.stone)))
    known, unknown = scanned(plan), scanned(lost)
    names = unknown.building.elements.name
    of_line = np.array([names[row].startswith(f"wand {line}-") for row in unknown.structure.parts.element])
    assert of_line.any()
    for scenario, outcomes in unknown.part_outcome.items():
        ok = np.array([outcome == "ok" for outcome in outcomes])
        assert not (ok & of_line).any(), scenario
        assert not (ok & ~np.array([outcome == "ok" for outcome in known.part_outcome[scenario]])).any(), scenario
    assert all(a[0] <= b[0] for a, b in zip(answers(unknown), answers(known), strict=True))
    assert unknown.extra_storeys.proven == 0


@over_buildings(3, 80, plans())
def test_stricter_factors_never_allow_more(plan: Plan) -> None:
    """Rejection, rebuilding, new work; consequence class 1, 2, 3: each answer no higher than that before it."""
    for row in (
        [replace(SETTINGS, level=level) for level in LEVELS],
        [replace(SETTINGS, consequence_class=name) for name in CLASSES],
    ):
        results = [scanned(plan, told) for told in row]
        for milder, stricter in itertools.pairwise(results):
            assert no_more(stricter, milder)


@over_buildings(2, 60, plans())
def test_more_wind_never_allows_more(plan: Plan) -> None:
    """Region III, II, I; built-up, open, coast: moment and answers in that order; and wind never adds a storey."""
    for row in (
        [replace(SETTINGS, wind_region=region, terrain="onbebouwd") for region in REGIONS],
        [replace(SETTINGS, wind_region="II", terrain=terrain) for terrain in TERRAINS],
    ):
        results = [scanned(plan, told) for told in row]
        for milder, stricter in itertools.pairwise(results):
            assert no_more(stricter, milder)
            for a, b in zip(milder.sides.stability, stricter.sides.stability, strict=True):
                assert a.base_moment_after_knm <= b.base_moment_after_knm * (1.0 + 1e-12)
        assert all(row.possible <= row.vertical_only for result in results for row in result.extra_storeys.per_concept)
