"""Heads on which a wall goes on above the roof are no place for a module."""

from types import SimpleNamespace

import numpy as np
import pytest
import scipy.sparse as sp

from optopscan.structure.roof import built_over


def structure(*, height_m=2.8, kind="pier", aside_m=0.0, carried=True):
    """A wall of 6 m with six heads; a wall of 3 m over its first half."""
    ends = np.arange(7.0)
    parts = SimpleNamespace(
        kind=("pier", kind),
        x0_m=np.array([0.0, 0.0]),
        x1_m=np.array([6.0, 3.0]),
        y0_m=np.array([0.0, aside_m]),
        y1_m=np.array([0.0, aside_m]),
        z0_m=np.array([0.0, 3.0]),
        z1_m=np.array([2.8, 3.0 + height_m]),
        thickness_m=np.array([0.2, 0.2]),
    )
    flat = np.zeros(6)
    heads = SimpleNamespace(part=np.zeros(6, dtype=int), x0_m=ends[:-1], x1_m=ends[1:], y0_m=flat, y1_m=flat)
    table = sp.lil_array((2, 4))
    table[1, 0] = float(carried)

    class Counted(SimpleNamespace):
        def __len__(self):
            return len(self.part)

    return SimpleNamespace(parts=parts, heads=Counted(**vars(heads)), shares={"simple": SimpleNamespace(parts=sp.csr_array(table))})


def test_the_half_that_goes_on():
    assert built_over(structure()).tolist() == [True, True, True, False, False, False]


@pytest.mark.parametrize("changes", [{"height_m": 1.0}, {"kind": "column"}, {"aside_m": 0.5}, {"carried": False}])
def test_a_parapet_a_column_and_a_wall_elsewhere_leave_the_heads(changes):
    assert not built_over(structure(**changes)).any()
