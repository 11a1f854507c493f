"""Formulas filled in for print have the values of the formulas as Python computes them, and so of the functions."""

from __future__ import annotations

import formula_draws
import formula_text
import numpy as np
import pytest
from test_formula_sections import GIVEN, PLAIN

from optopscan.checks.clause_functions import clause_functions
from optopscan.report.worked import worked

CLAUSES = clause_functions()


@pytest.mark.parametrize("key", sorted(set(PLAIN) - set(GIVEN)))
def test_every_line_is_computed_and_none_keeps_a_name(key):
    rng, function = np.random.default_rng(17), formula_text.functions()[key]
    for _ in range(3):
        arguments = formula_draws.draw(rng, key, function)
        with np.errstate(all="ignore"):
            expected = formula_text.value(function, arguments, {})
        made = worked(CLAUSES[key], arguments)
        found = {}
        for row in made.lines:
            symbols = row.formula.symbol.split(", ")
            found |= dict(zip(symbols, row.value if len(symbols) > 1 else [row.value], strict=True))
        assert list(found) == list(expected)
        for symbol, value in expected.items():
            np.testing.assert_allclose(np.asarray(found[symbol], float), np.asarray(value, float), rtol=1e-12, err_msg=symbol)
        left = {name for row in made.lines for name in formula_text.names(row.numbers)}
        assert not left & set(made.arguments), f"not filled in: {left & set(made.arguments)}"


def test_lines_in_words_have_no_value():
    key = "en1991_1_4.wind_on_block"
    made = worked(CLAUSES[key], formula_draws.draw(np.random.default_rng(1), key, CLAUSES[key].function))
    assert [row.value is None for row in made.lines] == [True, False, True, True]
