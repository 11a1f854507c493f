"""The take-down notices a load that it lost a part of the moment of, or that it brought to another place."""

import numpy as np
import pytest
from test_condensed import FOUR, two_walls

from optopscan.errors import EquilibriumError
from optopscan.loads.take_down import _arm_moments, _assert_place


@pytest.fixture
def down():
    """Structure, shares, loads and moments of the two walls, with 7 kN on the head: a gets 10 + 6 + 1 + 3 + 7 kN, b 20 + 1 + 1 + 8."""
    structure, actions = two_walls(*FOUR)
    shares = structure.shares["simple"]
    sources = {"cells": actions.cells.permanent_kn, "loose": np.zeros(0), "heads": np.array([7.0]), "parts": np.array([27.0, 30.0])}
    return structure, shares, sources, _arm_moments(shares, sources, 2)


def test_what_is_in_place_is_let_through(down):
    _assert_place(*down, "simple")


@pytest.mark.parametrize("axis", [0, 1])
def test_a_moment_that_is_lost_is_noticed(down, axis):
    structure, shares, sources, moments = down
    wrong = moments.copy()
    wrong[0, axis] += 0.2
    with pytest.raises(EquilibriumError, match=r"^simple: resultant above storey 0 moved -?\d+\.\d+ mm; report this model$"):
        _assert_place(structure, shares, sources, wrong, "simple")


@pytest.mark.parametrize("name", ["cells", "heads", "parts"])
def test_a_load_that_did_not_arrive_is_noticed(down, name):
    structure, shares, sources, moments = down
    with pytest.raises(EquilibriumError, match="moved"):
        _assert_place(structure, shares, {**sources, name: sources[name] * 1.5}, moments, "simple")
