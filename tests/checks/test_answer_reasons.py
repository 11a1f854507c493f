"""Whatever stands between possible and proven is named: in a state in between, of another product, or with the other factor set."""

from typing import get_args

import numpy as np
import pytest
from checks_factory import make_materials, make_parts
from test_capacity import run, stack, storey_scenarios
from test_utilisation import make_resistance

from optopscan.checks.answer import answer
from optopscan.checks.gates import Verdicts
from optopscan.model.sides import EXISTING, AnchorageCheck, FoundationCheck, RobustnessCheck, Sides, StabilityCheck, Subject, WallWindCheck

STRONG = [500.0, 500.0]


def sides(states, open_in=()):
    """Every subject ok in every state, but wind on walls unknown in ``open_in``."""
    more = {"part": "p0", "clause": "c", "uc": 0.5, "inputs": {}}
    ok = {"outcome": "ok", "why": "", **more}
    wind = {"outcome": "unknown", "why": "gevel te licht", **more}
    force = dict.fromkeys(("base_moment_before_knm", "base_moment_after_knm", "base_force_before_kn", "base_force_after_kn"), 1.0)
    return Sides(
        stability=tuple(StabilityCheck(scenario=s, direction="x", azimuth_deg=0.0, system=("p0",), **force, **ok) for s in states),
        wall_wind=tuple(WallWindCheck(scenario=s, n_min_kn=1.0, n_max_kn=1.0, m_knm=1.0, **(wind if s in open_in else ok)) for s in states),
        foundation=tuple(FoundationCheck(scenario=s, line=0, e_d_kn=1.0, r_d_kn=2.0, **ok) for s in states),
        robustness=tuple(
            RobustnessCheck(scenario=s, storeys_before=1, storeys_after=1, class_before="CC2a", class_after="CC2a", outcome="ok", why="")
            for s in states
        ),
        anchorage=(),
    )


def anchored(found, states, *, concept=None):
    """The same with the anchorage of one concept told, or of all."""
    rows = tuple(
        AnchorageCheck(scenario=s, support="p0", uplift_kn=1.0, shear_kn=1.0, uc=0.5, outcome="ok", why="", inputs={})
        if concept is None or s.startswith(concept)
        else AnchorageCheck(
            scenario=s, support="p0", uplift_kn=1.0, shear_kn=1.0, uc=np.nan, outcome="unknown", why="koppeling onbekend", inputs={}
        )
        for s in states
        if s != EXISTING
    )
    return Sides(**{name: getattr(found, name) for name in get_args(Subject) if name != "anchorage"}, anchorage=rows)


def told(verdicts, alternatives=None):
    return answer(
        verdicts, alternatives or {}, parts=make_parts(2), materials=make_materials(2), resistance=make_resistance(STRONG), lines=()
    )


def states_of(*concepts):
    return [EXISTING, *(f"{name}+{n}" for name in concepts for n in (1, 2, 3))]


def test_all_is_ok_and_nothing_is_left_to_say():
    names = states_of("hsb")
    found = told(Verdicts(vertical=run(stack(), STRONG), sides=anchored(sides(names), names)))
    assert (found.proven, found.possible, found.why_not_proven) == (3, 3, ())


@pytest.mark.parametrize(("state", "proven"), [("hsb+1", 0), ("hsb+2", 1), ("hsb+3", 2), (EXISTING, 0)])
def test_what_is_open_in_a_lower_state_only_is_named(state, proven):
    """A wall that is too light for the wind under one storey may stand under two: the weight holds it."""
    names = states_of("hsb")
    found = told(Verdicts(vertical=run(stack(), STRONG), sides=anchored(sides(names, [state]), names)))
    assert (found.proven, found.possible) == (proven, 3)
    assert found.why_not_proven == ("wind op dragende gevels: gevel te licht",)


def two_products():
    """Two products of one weight; only "zwaar" states its connectors, and it comes last in the alphabet."""
    names = states_of("hsb", "zwaar")
    scenarios = [*storey_scenarios(), *storey_scenarios(concept="zwaar")]
    return run(stack(), STRONG, scenarios=scenarios), anchored(sides(names), names, concept="zwaar")


def test_the_answer_is_about_the_product_that_is_proven():
    vertical, found = two_products()
    got = told(Verdicts(vertical=vertical, sides=found))
    assert (got.proven, got.possible) == (3, 3)
    assert got.governing is not None
    assert got.governing.scenario.startswith("zwaar")


def test_what_keeps_another_product_from_being_proven_is_named_with_it():
    vertical, found = two_products()
    got = told(Verdicts(vertical=vertical, sides=found))
    assert got.why_not_proven == ("product hsb: verankering van de opbouw: koppeling onbekend",)


def test_what_is_open_with_the_other_factor_set_only_is_named_with_it():
    names = states_of("hsb")
    good = Verdicts(vertical=run(stack(), STRONG), sides=anchored(sides(names), names))
    less = Verdicts(vertical=run(stack(), [np.nan, 500.0]), sides=good.sides)
    got = told(good, {"brug": less})
    assert (got.proven, got.possible) == (3, 3)
    assert got.factor_set_alternatives[0].proven == 0
    assert got.why_not_proven == ("factorenset brug, hsb: 1 wanddelen (sterkte onbekend)",)
