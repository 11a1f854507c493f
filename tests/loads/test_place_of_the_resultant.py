"""The take-down notices a load that it brought to another place, or lost a part of the moment of."""

from dataclasses import replace

import numpy as np
import pytest
import scipy.sparse as sp
from test_condensed import FOUR, two_walls

from optopscan.errors import EquilibriumError
from optopscan.loads.take_down import _arm_moments, _assert_in_place, _assert_place
from optopscan.model.structure import Loose


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


def changed(shares, name, at, by):
    """The shares with one number of a table, or of the arms of one in x or y ("cells.0"), changed."""
    table, _, axis = name.partition(".")
    made = (shares.arms[table][int(axis)] if axis else getattr(shares, table)).toarray()
    made[at] += by
    if not axis:
        return replace(shares, **{table: sp.csr_array(made)})
    arms = [*shares.arms[table]]
    arms[int(axis)] = sp.csr_array(made)
    return replace(shares, arms={**shares.arms, table: tuple(arms)})


def test_every_load_in_its_place_is_let_through(down):
    structure, shares, _, _ = down
    _assert_in_place(structure, changed(shares, "cells.0", (1, 0), 0.0009), "simple")


@pytest.mark.parametrize(
    ("name", "at", "by"),
    [
        ("cells.0", (1, 0), 0.0011),
        ("cells.1", (3, 1), -0.0011),
        ("heads.1", (0, 1), 0.002),
        ("cells", (1, 1), 0.001),
    ],
)
def test_a_load_that_comes_down_elsewhere_is_noticed(down, name, at, by):
    """An arm of 1.1 mm too much on a whole load; a share of 0.001 too much on a wall 4 m off: 4 mm."""
    structure, shares, _, _ = down
    with pytest.raises(EquilibriumError, match=rf"^continuous: a load of {name.split('.')[0]} moved .* mm on its way; report this model$"):
        _assert_in_place(structure, changed(shares, name, at, by), "continuous")


def test_what_is_loose_is_looked_at_too(down):
    structure, shares, _, _ = down
    empty = sp.csr_array((1, 4))
    aside = replace(structure, loose=Loose(element=np.array([0]), weight_kn=np.ones(1), x_m=np.array([4.01]), y_m=np.array([0.5])))
    on_second = replace(shares, loose=sp.csr_array(np.array([[0.0, 1.0, 0.0, 0.0]])), arms={**shares.arms, "loose": (empty, empty)})
    with pytest.raises(EquilibriumError, match=r"a load of loose moved 10\.00 mm"):
        _assert_in_place(aside, on_second, "simple")


def test_of_what_comes_down_beside_the_parts_no_place_is_known(down):
    """A load that was summed of one on the second wall and one straight on the ground: half of it has no place in the tables."""
    structure, shares, _, _ = down
    on_ground = changed(changed(shares, "cells", (3, 1), -0.5), "cells", (3, 2), 0.5)
    _assert_in_place(structure, on_ground, "simple")


def test_what_is_not_known_hides_nothing_that_is(down):
    """An unknown share makes its parts unknown further on; a load beside it that moved is refused all the same."""
    structure, shares, _, _ = down
    unknown = changed(shares, "cells.0", (0, 0), np.nan)
    _assert_in_place(structure, unknown, "simple")
    with pytest.raises(EquilibriumError, match="a load of cells moved"):
        _assert_in_place(structure, changed(unknown, "cells.0", (1, 0), 0.01), "simple")
