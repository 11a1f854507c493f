"""Formulas of docstrings: read, computed, printed with numbers in place of names."""

import math

import numpy as np
import pytest

from optopscan.checks.clause_functions import clause_functions, unit_of
from optopscan.checks.formula import Formula, evaluate, figure, filled_in, formula_of

LIMIT = 27.0


def head_factor(*, e_mm, thickness_mm):
    """Return Phi at the head.

    EN 1996-1-1:2005, (6.4).

    Formula
    -------
    phi = max(1 - 2 * e_mm / thickness_mm, 0)

    Parameters
    ----------
    e_mm
        Eccentricity.
    """


def creep(*, slenderness, thickness_mm, e_m_mm):
    """Return the creep eccentricity.

    Formula
    -------
    root = sqrt(thickness_mm * e_m_mm)
    e_k = 0 if slenderness <= LIMIT
        else 0.002 * slenderness * root
    """


def in_words(*, depth_mm):
    """Return the depth.

    Formula
    -------
    the smallest of depth_mm and what the table says
    """


def without():
    """Return nothing."""


def numbers(function, decimal=".", **values):
    return [row.numbers for row in filled_in(formula_of(function), values, constants=globals(), decimal=decimal)]


def values(function, **given):
    return [row.value for row in filled_in(formula_of(function), given, constants=globals())]


def test_a_formula_is_read_line_by_line_to_the_blank_line():
    assert formula_of(head_factor) == (Formula(symbol="phi", expression="max(1 - 2 * e_mm / thickness_mm, 0)"),)
    assert formula_of(creep)[1] == Formula(symbol="e_k", expression="0 if slenderness <= LIMIT else 0.002 * slenderness * root")
    assert formula_of(in_words) == (Formula(symbol="", expression="the smallest of depth_mm and what the table says"),)
    assert formula_of(without) == ()


def test_numbers_take_the_place_of_names():
    assert numbers(head_factor, e_mm=20.0, thickness_mm=214.0) == ["max(1 - 2 * 20 / 214, 0)"]
    assert values(head_factor, e_mm=20.0, thickness_mm=214.0) == [pytest.approx(0.8130841)]


def test_a_later_line_uses_the_value_of_an_earlier_one_and_constants():
    given = {"slenderness": 30.0, "thickness_mm": 100.0, "e_m_mm": 4.0}
    assert numbers(creep, **given) == ["sqrt(100 * 4)", "0 if 30 <= 27 else 0.002 * 30 * 20"]
    assert values(creep, **given) == [20.0, pytest.approx(1.2)]
    assert values(creep, **{**given, "slenderness": 27.0})[1] == 0.0


def test_a_decimal_comma_parts_arguments_with_semicolons():
    assert numbers(head_factor, decimal=",", e_mm=20.5, thickness_mm=214.0) == ["max(1 - 2 * 20,5 / 214; 0)"]


def test_negative_numbers_stand_in_brackets():
    assert numbers(head_factor, e_mm=-20.0, thickness_mm=214.0) == ["max(1 - 2 * (-20) / 214, 0)"]


def test_lists_are_computed_and_shown_as_lists():
    assert numbers(head_factor, e_mm=[10.0, 20.0], thickness_mm=200.0) == ["max(1 - 2 * [10, 20] / 200, 0)"]
    np.testing.assert_allclose(values(head_factor, e_mm=[10.0, 150.0], thickness_mm=200.0)[0], [0.9, 0.0])


def test_words_and_unknown_names_give_no_value():
    assert values(in_words, depth_mm=3.0) == [None]
    assert values(head_factor, e_mm=3.0) == [None]
    assert numbers(head_factor, e_mm=3.0) == ["max(1 - 2 * 3 / thickness_mm, 0)"]


def test_unknown_stays_unknown():
    assert math.isnan(values(head_factor, e_mm=math.nan, thickness_mm=214.0)[0])


@pytest.mark.parametrize(
    ("expression", "value"),
    [
        ("2 ** 3 - 1", 7.0),
        ("-3 + abs(-2)", -1.0),
        ("sqrt(9) + exp(0) + ln(1)", 4.0),
        ("min(3, 1, 2)", 1.0),
        ("sum(q)", 6.0),
        ("most(q) - largest(2, q)", -2.0),
        ('TABLE[word] if word == "II" else nan', 2.2),
        ("f.g * 2", 5.0),
        ("1 if 0.2 < f.g < 3 and not 1 > 2 else 0", 1.0),
        ("1 / 0", math.inf),
    ],
)
def test_expressions(expression, value):
    assert evaluate(expression, {"q": [1.0, 2.0, 3.0], "f.g": 2.5, "word": "II", "TABLE": {"II": 2.2}}) == pytest.approx(value)


@pytest.mark.parametrize(
    "expression", ["__import__('os')", "q.__class__", "[x for x in q]", "q[0]", "f(1)", "(lambda: 1)()", "a b", "'a'", "t[0]", "t.x"]
)
def test_only_arithmetic_is_computed(expression):
    assert evaluate(expression, {"q": 1.0, "f": 2.0, "t": {"x": len}}) is None


@pytest.mark.parametrize(("value", "text"), [(20.0, "20"), (1234567.8, "1234568"), (1e-7, "1e-07"), (math.inf, "inf"), ("GP", "GP")])
def test_figures(value, text):
    assert figure(value) == text


def test_units_from_names():
    assert [unit_of(name) for name in ("e_mm", "q_kn_m2", "gamma_m", "height_m", "curvature_per_mm", "phi")] == [
        "mm",
        "kN/m2",
        "",
        "m",
        "1/mm",
        "",
    ]


def test_every_public_clause_function_is_found_with_what_it_states():
    known = clause_functions()
    assert known["en1996.mid_factor"].clause == "EN 1996-1-1:2005, Annex G"
    assert known["en1996.end_eccentricity_mm"].clause == "EN 1996-1-1:2005, (6.5)"
    assert (known["en1996.axial_resistance_kn"].unit, known["en1996.mid_factor"].unit) == ("kN", "-")
    assert not [name for name in known if name.rpartition(".")[2].startswith("_")]
    assert [name for name, row in known.items() if not row.title.startswith("Return")] == []
