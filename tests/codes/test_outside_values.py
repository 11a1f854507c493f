"""Every clause function gives what somebody outside found, and none is left out of the table."""

from __future__ import annotations

import formula_draws
import formula_text
import numpy as np
import outside_values
import pytest

FUNCTIONS = formula_text.functions()


@pytest.mark.parametrize("key", outside_values.OUTSIDE)
def test_as_found_outside(key: str) -> None:
    case = outside_values.OUTSIDE[key]
    result = formula_draws.call(FUNCTIONS[key], case.arguments)
    found = np.asarray(case.of(result) if case.of else result, dtype=float)
    np.testing.assert_allclose(found, np.asarray(case.expected, dtype=float), rtol=case.rel, atol=case.abs)
    assert case.source


def test_every_clause_function_is_told() -> None:
    told = set(outside_values.OUTSIDE) | set(outside_values.OWN_RULES)
    assert set(FUNCTIONS) - told == set()
    assert told - set(FUNCTIONS) == set()
    assert set(outside_values.OUTSIDE) & set(outside_values.OWN_RULES) == set()
    # a rule of our own stays the exception
    assert len(outside_values.OWN_RULES) <= 16
