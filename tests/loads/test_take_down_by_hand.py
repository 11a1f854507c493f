"""Take-down of one wall by hand: its own weight, a floor, and a stair whose load was drawn loose."""

from types import SimpleNamespace

import numpy as np
import pytest
import scipy.sparse as sp

from optopscan.loads.take_down import EquilibriumError, Extension, _assert_sums, _local_moments, take_down
from optopscan.model.structure import DISTRIBUTIONS, Shares


class Wall(SimpleNamespace):
    """One wall of 1 m along x that weighs 6 kN."""

    def __len__(self):
        return 1


WALL = Wall(
    kind=("pier",), storey=np.zeros(1, dtype=np.int64), self_weight_kn=np.array([6.0]), x0_m=np.zeros(1), y0_m=np.zeros(1), x1_m=np.ones(1),
    y1_m=np.zeros(1), x_m=np.array([0.5]), y_m=np.zeros(1),
)  # fmt: skip


def rows(count):
    """``count`` sources that all arrive at the wall; the ground is column 1, nowhere column 2."""
    return sp.csr_array(np.tile([1.0, 0.0, 0.0], (count, 1)))


def still(count):
    return (sp.csr_array(np.zeros((count, 3))), sp.csr_array(np.zeros((count, 3))))


def loads(permanent, roof, imposed):
    return SimpleNamespace(
        permanent_kn=np.array([permanent]), roof_imposed_kn=np.array([roof]), imposed_kn=np.array([imposed]), level=np.array([0])
    )


class Places(SimpleNamespace):
    """Loads at x = 0.5 and these y; as heads, pieces of 1 m along x."""

    def __init__(self, *y_m):
        half, y = np.full(len(y_m), 0.5), np.array(y_m)
        super().__init__(x_m=half, y_m=y, x0_m=half - 0.5, x1_m=half + 0.5, y0_m=y, y1_m=y)

    def __len__(self):
        return len(self.x_m)


def test_what_is_loose_comes_down_with_the_floors():
    """Floor 10 + 4 kN and 1 kN of roof, stair 3 + 2 kN, wall 6 kN: 19 kN permanent, 6 kN imposed and 1 kN of roof on the ground."""
    shares = Shares(
        parts=sp.csr_array(np.array([[0.0, 1.0, 0.0]])),
        cells=rows(1),
        heads=rows(1),
        loose=rows(1),
        arms={"parts": still(1), "cells": still(1), "heads": still(1), "loose": still(1)},
    )
    one = Places(0.0)
    structure = SimpleNamespace(parts=WALL, heads=one, cells=one, loose=one, shares=dict.fromkeys(DISTRIBUTIONS, shares))
    actions = SimpleNamespace(cells=loads(10.0, 1.0, 4.0), loose=loads(3.0, 0.0, 2.0), n_level=1)
    for found in take_down(structure, actions).values():
        assert found.permanent_foot_kn == pytest.approx([19.0])
        assert found.imposed_foot_kn == pytest.approx(np.array([[6.0]]))
        assert found.roof_foot_kn == pytest.approx([1.0])
        assert (found.ground_permanent_kn, found.ground_imposed_kn, found.unsupported_kn) == pytest.approx((19.0, 6.0, 0.0))
        assert found.influence_foot == pytest.approx(np.array([[1.0]]))
        assert found.influence_lost == pytest.approx([0.0])


def test_load_that_does_not_arrive_is_refused():
    """A thousandth of 100 kN missing is more than rounding; a kilonewton out of nothing as well."""
    _assert_sums(np.array([100.0]), np.array([100.0]), "simple")
    for arrived, total in ((99.9, 100.0), (1.0, 0.0), (-100.0, 100.0)):
        with pytest.raises(EquilibriumError):
            _assert_sums(np.array([arrived]), np.array([total]), "simple")


class Two(SimpleNamespace):
    """A wall of 6 kN on one of 5 kN, both of 1 m along x, the upper 0.02 m aside; the lower hands a tenth to nothing."""

    def __len__(self):
        return 2


LEVELS = SimpleNamespace(
    parts=Two(
        kind=("pier", "pier"), storey=np.array([1, 0]), self_weight_kn=np.array([6.0, 5.0]), x0_m=np.zeros(2),
        y0_m=np.array([0.02, 0.0]), x1_m=np.ones(2), y1_m=np.array([0.02, 0.0]), x_m=np.full(2, 0.5), y_m=np.array([0.02, 0.0]),
    ),
    # columns: upper wall, lower wall, ground, nothing
    shares=Shares(
        parts=sp.csr_array(np.array([[0.0, 1.0, 0.0, 0.0], [0.0, 0.0, 0.9, 0.1]])),
        cells=sp.csr_array(np.array([[0.0, 1.0, 0.0, 0.0], [1.0, 0.0, 0.0, 0.0]])),
        heads=sp.csr_array(np.array([[1.0, 0.0, 0.0, 0.0], [0.8, 0.0, 0.0, 0.2]])),
        loose=sp.csr_array(np.array([[1.0, 0.0, 0.0, 0.0]])),
        arms={
            # the upper floor lies 0.05 m beside the wall, the upper wall 0.02 m beside the lower
            "parts": (sp.csr_array(np.zeros((2, 4))), sp.csr_array(np.array([[0.0, 0.02, 0.0, 0.0], [0.0] * 4]))),
            "cells": (sp.csr_array(np.zeros((2, 4))), sp.csr_array(np.array([[0.0] * 4, [0.05, 0.0, 0.0, 0.0]]))),
            "heads": (sp.csr_array(np.zeros((2, 4))), sp.csr_array(np.zeros((2, 4)))),
            "loose": (sp.csr_array(np.zeros((1, 4))), sp.csr_array(np.zeros((1, 4)))),
        },
    ),
)  # fmt: skip
PLACES = {"cells": Places(0.0, 0.07), "heads": Places(0.02, 0.02), "loose": Places(0.02)}
STRUCTURE = SimpleNamespace(parts=LEVELS.parts, shares=dict.fromkeys(DISTRIBUTIONS, LEVELS.shares), **PLACES)
ACTIONS = SimpleNamespace(
    cells=SimpleNamespace(
        permanent_kn=np.array([10.0, 8.0]), roof_imposed_kn=np.array([0.0, 1.0]), imposed_kn=np.array([4.0, 3.0]), level=np.array([0, 1])
    ),
    loose=loads(3.0, 0.0, 2.0),
    n_level=2,
)


def test_two_storeys_and_what_nothing_carries_by_hand():
    """17 kN below the upper wall, 32 below the lower, a tenth of it on nothing; 2 + 3 and 6 + 3 kN imposed, level by level."""
    for found in take_down(STRUCTURE, ACTIONS).values():
        assert found.permanent_foot_kn == pytest.approx([17.0, 32.0])
        assert found.roof_foot_kn == pytest.approx([1.0, 1.0])
        assert found.imposed_foot_kn == pytest.approx(np.array([[2.0, 3.0], [6.0, 3.0]]))
        assert found.influence_foot == pytest.approx(np.array([[1.0, 0.8], [1.0, 0.8]]))
        assert found.influence_lost == pytest.approx([0.1, 0.1 * 0.8 + 0.2])
        assert (found.ground_permanent_kn, found.ground_imposed_kn) == pytest.approx((28.8, 0.9 * 9.0))
        assert found.unsupported_kn == pytest.approx(3.2)
        # out of plane: 8 kN at 0.05 m on the upper wall, 17 kN at 0.02 m on the lower
        assert found.floor_moment_knm == pytest.approx(np.array([[0.4, 0.0], [0.0, 0.0]]))
        assert found.moment_knm == pytest.approx(np.array([[0.0, 0.0], [0.34, 0.0]]))


def test_an_extension_by_hand():
    """1.5 kN goes off the upper floor, 5 and 7 kN come on the heads, of the second a fifth on nothing; two new storeys."""
    more = Extension(
        head_permanent_kn=np.array([5.0, 7.0]), head_imposed_kn=np.array([[2.0, 3.0], [4.0, 1.0]]), removed_cell_kn=np.array([0.0, 1.5])
    )
    for found in take_down(STRUCTURE, ACTIONS, more).values():
        assert found.permanent_foot_kn == pytest.approx([26.1, 41.1])
        assert found.roof_foot_kn == pytest.approx([1.0, 1.0])
        assert found.imposed_foot_kn == pytest.approx(np.array([[2.0, 3.0, 5.2, 3.8], [6.0, 3.0, 5.2, 3.8]]))
        assert found.influence_foot.shape == (2, 0)
        assert found.influence_lost.shape == (0,)
        assert (found.ground_permanent_kn, found.unsupported_kn) == pytest.approx((0.9 * 41.1, 0.1 * 41.1 + 0.2 * 7.0))
        assert found.ground_imposed_kn == pytest.approx(0.9 * 18.0)


def test_moments_about_a_wall_that_lies_askew():
    """Along (0.6, 0.8): moments of 2 and 1 kNm give 2.0 in its plane and -1.0 out of it."""
    parts = Wall(**{**vars(WALL), "x1_m": np.array([0.6]), "y1_m": np.array([0.8])})
    assert _local_moments(SimpleNamespace(parts=parts), np.array([[2.0, 1.0]])) == pytest.approx(np.array([[-1.0, 2.0]]))


def test_a_column_beside_the_middle_of_a_wall_brings_force_and_no_moment():
    """Columns and beams bear through a detail that no model shows: the 17 kN at 0.02 m bend nothing, and come down all the same."""
    parts = Two(**{**vars(LEVELS.parts), "kind": ("column", "pier")})
    structure = SimpleNamespace(parts=parts, shares=STRUCTURE.shares, **PLACES)
    for found in take_down(structure, ACTIONS).values():
        assert found.permanent_foot_kn == pytest.approx([17.0, 32.0])
        assert found.moment_knm == pytest.approx(np.zeros((2, 2)))


class Three(SimpleNamespace):
    """Walls of 6, 5 and 4 kN on one another, each 1 m along x."""

    def __len__(self):
        return 3


@pytest.mark.parametrize("aside_m", [0.0, 0.002])
def test_what_stays_behind_as_moments_is_summed_over_the_storeys(aside_m):
    """The 6 kN stand 0.02 m beside the wall below and the 11 kN on that 0.03 m: 0.12 and 0.33 kNm; 2 mm that no arm tells of is refused."""
    none, one = sp.csr_array(np.zeros((1, 5))), Places(0.03)
    y = np.array([0.05 + aside_m, 0.03, 0.0])
    parts = Three(
        kind=("pier",) * 3, storey=np.array([2, 1, 0]), self_weight_kn=np.array([6.0, 5.0, 4.0]), x0_m=np.zeros(3), x1_m=np.ones(3),
        y0_m=y, y1_m=y, x_m=np.full(3, 0.5), y_m=y,
    )  # fmt: skip
    down = np.zeros((3, 5))
    down[0, 1] = down[1, 2] = down[2, 3] = 1.0
    beside = np.zeros((3, 5))
    beside[0, 1], beside[1, 2] = 0.02, 0.03
    middle = sp.csr_array(np.array([[0.0, 1.0, 0.0, 0.0, 0.0]]))
    shares = Shares(
        parts=sp.csr_array(down), cells=middle, heads=middle, loose=middle,
        arms={"parts": (sp.csr_array(np.zeros((3, 5))), sp.csr_array(beside)), **dict.fromkeys(("cells", "heads", "loose"), (none, none))},
    )  # fmt: skip
    structure = SimpleNamespace(parts=parts, heads=one, cells=one, loose=one, shares=dict.fromkeys(DISTRIBUTIONS, shares))
    actions = SimpleNamespace(cells=loads(0.0, 0.0, 0.0), loose=loads(0.0, 0.0, 0.0), n_level=1)
    if aside_m:
        with pytest.raises(EquilibriumError, match=r"^simple: a load of parts moved 2\.00 mm on its way; report this model$"):
            take_down(structure, actions)
        return
    for found in take_down(structure, actions).values():
        assert found.permanent_foot_kn == pytest.approx([6.0, 11.0, 15.0])
        assert found.moment_knm == pytest.approx(np.array([[0.0, 0.0], [0.12, 0.0], [0.33, 0.0]]))
