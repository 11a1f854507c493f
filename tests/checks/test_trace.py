"""Traces: the same functions, every number with its source, and a last step that is the resistance."""

import importlib

import numpy as np
import pytest
from checks_factory import make_elements, make_materials, make_parts
from shapely.geometry import box

from optopscan.catalog.engineering import load_engineering
from optopscan.checks.beam_spans import BeamSpans
from optopscan.checks.defaults import CheckDefaults
from optopscan.checks.resistance import EXTRA, part_resistance
from optopscan.checks.resistance.table import CHECKS
from optopscan.checks.trace import CLAUSE_CONSTANT, trace_part
from optopscan.materials.reinforcement import Bars

ENGINEERING = load_engineering()
VERBOUW = ENGINEERING.factor_set("nen8700", "verbouw", "CC2")
SHOWN = {"concrete_floor_head": np.ones(1, bool), "concrete_floor_foot": np.ones(1, bool)}
SPANS = BeamSpans(
    span_m=np.array([4.0]),
    least_m=np.array([4.0]),
    overhang_m=np.zeros(1),
    node_m=np.ones(1),
    lever_m=np.ones(1),
    n_support=np.array([2]),
    point_loads=np.zeros(1, bool),
    why=("",),
)
# one part of every kind and material that has a check, strength stated
PARTS = {
    ("beam", "steel"): {
        "elements": make_elements(type_name=("HEA200",), section_m=np.array([[0.19, 0.2]])),
        "strength": 235.0,
        "height": 0.19,
        "more": {"spans": SPANS},
    },
    ("column", "steel"): {"elements": make_elements(type_name=("HEA180",)), "strength": 235.0},
    ("beam", "timber"): {
        "elements": make_elements(section_m=np.array([[0.075, 0.2]]), volume_m3=np.array([0.06]), length_m=np.array([4.0])),
        "strength": 21.0,
        "height": 0.2,
        "more": {"spans": SPANS},
    },
    ("column", "timber"): {"elements": make_elements(footprint=(box(0, 0, 0.2, 0.2),)), "strength": 18.0, "length": 0.2},
    ("column", "concrete"): {
        "elements": make_elements(footprint=(box(0, 0, 0.35, 0.35),)),
        "strength": 14.0,
        "thickness": 0.35,
        "length": 0.35,
        "more": {"bars": Bars(ratio=0.008, fyk_mpa=400.0, prescribed_mpa=330.0, axis_distance_mm=50.0, source="test")},
    },
}


def given(kind, group, **kw):
    own = PARTS.get((kind, group), {})
    size = {"thickness_m": own.get("thickness", 0.2), "z1_m": own.get("height", 2.8), "length_m": own.get("length", 1.0)}
    return {
        "parts": make_parts(kind=(kind,), **{name: np.array([value]) for name, value in size.items()}),
        "elements": own.get("elements", make_elements()),
        "materials": make_materials(group=group, strength=kw.pop("strength", own.get("strength", 12.0)), **kw),
        "factors": VERBOUW,
        **own.get("more", {}),
    }


def again(step):
    """Call the clause function of a step with the numbers that the step shows."""
    module, name = step.function.split(".")
    function = getattr(importlib.import_module(f"optopscan.codes.{module}"), name)
    inputs = {k: {"true": True, "false": False}.get(v, v) for k, v in step.inputs.items()}
    positional = [inputs.pop(k) for k in list(inputs) if k in function.__code__.co_varnames[: function.__code__.co_argcount]]
    return function(*positional, **inputs)


@pytest.mark.parametrize(("kind", "group"), list(CHECKS))
def test_every_step_recomputes_and_every_number_has_a_source(kind, group):
    asked = given(kind, group)
    steps = trace_part(0, **asked)
    got = part_resistance(**asked)
    assert got.known[0], got.reason[0]
    for step in steps:
        assert step.clause
        assert set(step.sources) == set(step.inputs)
        assert all(step.sources.values()), (step.function, step.sources)
        numbers = all(isinstance(v, float) or v in ("true", "false") for v in step.inputs.values())
        if numbers and isinstance(step.result, float):
            assert float(np.asarray(again(step))) == pytest.approx(step.result, rel=1e-12), step.function
    # the lowest resistance is the result of a step, or the force at which the steps of a solved check stand
    least = float(got.n_hi_kn[0, got.governing_section(0)])
    results = [step.result if isinstance(step.result, tuple) else (step.result,) for step in steps]
    if (kind, group) == ("beam", "steel"):  # moment and shear resistance, then statics over the span
        assert float(got.terms["m_rd_knm"][0]) in {x for one in results for x in one}
        assert float(got.terms["v_rd_kn"][0]) in {x for one in results for x in one}
    elif kind == "beam":  # what a unit shear uses of the section
        assert any(1.0 / float(got.terms["v_rd_kn"][0]) == pytest.approx(x) for one in results for x in one)
    else:
        assert any(least in one for one in results) or any(step.inputs.get("n_ed_kn") == least for step in steps)


def test_a_column_beside_its_axis_has_sources_for_all():
    asked = given("column", "steel")
    steps = trace_part(0, **asked, eccentricity_m=np.array([[0.03, 0.0]]))
    assert any(step.function == "en1993_stability.axial_limit_kn" for step in steps)
    assert all(all(step.sources.values()) for step in steps), [s.sources for s in steps]


def test_a_part_among_others_is_traced_as_if_alone():
    n = 3
    groups, strength = ("clay", "concrete", "calcium-silicate"), [15.0, 13.0, 12.0]
    parts = make_parts(n, thickness_m=np.array([0.1, 0.18, 0.12]))
    e = np.array([[0.0, 0.0], [0.0, 0.0], [0.01, 0.0]])
    steps = trace_part(
        2, parts=parts, elements=make_elements(n), materials=make_materials(n, groups, strength), factors=VERBOUW, eccentricity_m=e
    )
    alone = trace_part(0, parts=make_parts(), elements=make_elements(), materials=make_materials(), factors=VERBOUW, eccentricity_m=e[2:])
    assert [(s.function, s.result, s.inputs) for s in steps] == [(s.function, s.result, s.inputs) for s in alone]
    top = next(s for s in steps if s.function == "en1996.end_eccentricity_mm" and s.section == "head")
    assert "10.0 mm van de bestaande belasting" in top.sources["e_load_mm"]


def test_steps_of_a_masonry_pier_in_order_with_their_sources():
    # the pier of the hand calculation in test_resistance: fk 4.512, Phi 0.796 / 0.373 / 0.796 / 0.360, 88.7 kN
    steps = trace_part(0, **given("pier", "calcium-silicate"))
    named = [(s.function, s.section) for s in steps]
    assert named[0] == ("en1996.fk_mpa", "")
    assert named[-4:] == [("en1996.axial_resistance_kn", s) for s in ("head", "mid", "foot", "extra")]
    last = steps[-1]
    assert last.sources["phi"].startswith("stap ")
    assert last.sources["phi"].endswith("en1996.mid_factor")
    assert steps[int(last.sources["phi"].split()[1].rstrip(":")) - 1].section == "extra"
    assert steps[0].sources["fb_mpa"] == "sterkteklasse opgegeven: test"
    assert steps[0].sources["fm_mpa"].startswith("aanname mortel")
    assert steps[1].sources["consequence_class"].startswith("factorenset nen8700, verbouw")
    assert next(s for s in steps if s.function == "en1996.mid_factor").sources["e_over_fk"] == CLAUSE_CONSTANT
    assert last.clause == "EN 1996-1-1:2005, (6.2)"


def test_source_of_the_strength():
    def told(**kw):
        steps = trace_part(0, **given("pier", "calcium-silicate", **kw))
        return next(s for s in steps if s.function == "en1996.axial_resistance_kn").sources["fd_mpa"]

    assert "klasse CS12: test" in told(grade=("CS12",))
    assert "standaardwaarde van de bouwperiode, 4.5 N/mm2" in told(strength=np.nan, default=4.5)
    assert "opgegeven sterkte van het metselwerk, 5 N/mm2" in told(fk_mpa=np.array([5.0]))


def test_shown_floors_and_defaults_reach_the_trace():
    steps = trace_part(0, **given("pier", "clay"), **SHOWN, defaults=CheckDefaults(category="I"))
    assert next(s for s in steps if s.function == "en1996.rho2").inputs["concrete_floors"] == "true"
    assert next(s for s in steps if s.function == "en1996_data.gamma_m").result == 1.7


def test_nothing_to_trace_where_no_check_or_no_strength():
    assert trace_part(0, **given("pile", "concrete")) == ()
    steps = trace_part(0, **given("pier", "clay", strength=np.nan))
    assert all(s.function != "en1996.axial_resistance_kn" for s in steps)


def test_recording_changes_nothing():
    asked = given("pier", "clay")
    before = part_resistance(**asked)
    trace_part(0, **asked)
    after = part_resistance(**asked)
    np.testing.assert_array_equal(before.n_hi_kn, after.n_hi_kn)
    assert after.n_hi_kn[0, EXTRA] > 0
