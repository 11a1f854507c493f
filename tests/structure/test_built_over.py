"""Heads on which a wall goes on above the roof are no place for a module."""

from types import SimpleNamespace

import numpy as np
import pytest
import scipy.sparse as sp
import shapely

from optopscan.structure.roof import built_over, head_segments, walls_above


def structure(*, height_m=2.8, kind="pier", aside_m=0.0, carried=True, thickness_m=0.2):
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
        thickness_m=np.array([0.2, thickness_m]),
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


@pytest.mark.parametrize(("thickness_m", "wide_m"), [(0.2, 0.2), (np.nan, 0.02)])
def test_a_wall_of_unknown_thickness_still_stands_there(thickness_m, wide_m):
    made = structure(thickness_m=thickness_m)
    assert built_over(made).tolist() == [True, True, True, False, False, False]
    [plan] = walls_above(made, 3.0)
    assert plan.bounds == pytest.approx((0.0, -wide_m / 2, 3.0, wide_m / 2))


def test_a_wall_of_unknown_thickness_has_heads():
    flat = np.zeros(1)
    groups = SimpleNamespace(kind=("pier",), length_m=np.array([4.0]), thickness_m=np.array([np.nan]))
    vars(groups).update(x0_m=flat, y0_m=flat, x1_m=np.array([4.0]), y1_m=flat)
    face = SimpleNamespace(polygon=shapely.box(0, 0, 4, 3))
    assert head_segments(groups, [0], face, 2.0) == [(0, 0.0, 2.0), (0, 2.0, 4.0)]
