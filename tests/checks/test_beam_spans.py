"""Spans of beams out of the shares: hinged, running on, cantilevering, on a wall, over a lintel, on nothing."""

import numpy as np
import pytest
import scipy.sparse as sp
from checks_factory import make_parts

from optopscan.checks.beam_spans import beam_spans
from optopscan.model.structure import Shares


def built(nodes, supports, landings):
    """A beam along x with nodes at these places; supports: (kind, x, along); landings[node] = {support: (share, x)}; -1 the ground."""
    n_beam, n = len(nodes), len(nodes) + len(supports)
    x = np.array([*nodes, *(s[1] for s in supports)], dtype=float)
    x1, y1 = x.copy(), np.zeros(n)
    for k, (_, at, along) in enumerate(supports):
        x1[n_beam + k], y1[n_beam + k] = (at + 1.0, 0.0) if along else (at, 1.0)
    parts = make_parts(
        n,
        kind=("beam",) * n_beam + tuple(s[0] for s in supports),
        element=np.array([0] * n_beam + list(range(1, len(supports) + 1))),
        x_m=x,
        y_m=np.zeros(n),
        x0_m=x,
        y0_m=np.zeros(n),
        x1_m=x1,
        y1_m=y1,
    )
    share, arm = np.zeros((n, n + 2)), np.zeros((n, n + 2))
    for row, found in enumerate(landings):
        for k, (part, at) in found.items():
            column = n if k < 0 else n_beam + k
            share[row, column] = part
            arm[row, column] = part * (at - (x[column] if k >= 0 else 0.0))
    none = sp.csr_array(np.zeros((0, n + 2)))
    arms = {"parts": (sp.csr_array(arm), sp.csr_array(np.zeros((n, n + 2))))}
    return beam_spans(parts, Shares(parts=sp.csr_array(share), cells=none, heads=none, loose=none, arms=arms))


def lever(at, a, b, i=0, j=1):
    return {i: ((b - at) / (b - a), a), j: ((at - a) / (b - a), b)}


def test_simply_supported():
    nodes = [0.0, 2.0, 4.0]
    got = built(nodes, [("column", 0.0, False), ("column", 4.0, False)], [lever(x, 0.0, 4.0) for x in nodes])
    assert got.span_m[:3].tolist() == [4.0] * 3
    assert got.overhang_m[0] == 0.0
    assert got.node_m[0] == 2.0
    assert got.lever_m[:3].tolist() == [0.0, 1.0, 0.0]
    assert got.n_support[0] == 2
    assert not got.point_loads[0]
    assert np.isnan(got.span_m[3:]).all()


def test_supports_that_stand_beside_their_point():
    # a pier of which the centre lies half a metre on takes the load at its edge
    got = built([0.0, 2.0, 4.0], [("pier", -0.5, False), ("pier", 4.5, False)], [lever(x, 0.2, 3.8) for x in (0.0, 2.0, 4.0)])
    assert got.span_m[0] == pytest.approx(3.6)
    assert got.overhang_m[0] == pytest.approx(0.2)


def test_runs_on_and_cantilevers():
    nodes = [0.0, 2.0, 4.0, 6.0, 8.0]
    supports = [("column", 0.0, False), ("column", 3.0, False), ("column", 7.0, False)]
    landings = [{0: (1.0, 0.0)}, lever(2.0, 0.0, 3.0), lever(4.0, 3.0, 7.0, 1, 2), lever(6.0, 3.0, 7.0, 1, 2), lever(8.0, 3.0, 7.0, 1, 2)]
    got = built(nodes, supports, landings)
    assert (got.span_m[0], got.least_m[0]) == (4.0, 3.0)
    assert got.overhang_m[0] == 1.0
    assert got.n_support[0] == 3
    assert got.lever_m[:5] == pytest.approx([0.0, 2.0 / 3.0, 0.75, 0.75, 0.0])


def test_on_one_wall_it_does_not_span():
    nodes = [0.0, 1.0, 2.0]
    got = built(nodes, [("pier", 1.0, True)], [{0: (1.0, x)} for x in nodes])
    assert got.span_m[0] == 1.0  # no more than from point to point


def test_a_lintel_along_it_is_no_support_but_one_across_is():
    nodes = [0.0, 2.0, 4.0]
    ends = [("pier", 0.0, False), ("lintel", 2.0, True), ("pier", 4.0, False)]
    got = built(nodes, ends, [{0: (1.0, 0.0)}, {1: (1.0, 2.0)}, {2: (1.0, 4.0)}])
    assert got.span_m[0] == 4.0
    across = [("pier", 0.0, False), ("lintel", 2.0, False), ("pier", 4.0, False)]
    assert built(nodes, across, [{0: (1.0, 0.0)}, {1: (1.0, 2.0)}, {2: (1.0, 4.0)}]).span_m[0] == 2.0


@pytest.mark.parametrize(
    ("landings", "why"),
    [([{0: (1.0, 0.0)}] * 3, "on one support"), ([{0: (1.0, 0.0)}, {-1: (1.0, 2.0)}, {0: (1.0, 0.0)}], "support of the beam unknown")],
)
def test_unknown(landings, why):
    got = built([0.0, 2.0, 4.0], [("column", 0.0, False)], landings)
    assert why in got.why[0]
    assert np.isnan(got.span_m).all()


def test_what_stands_on_the_beam_is_seen():
    nodes = [0.0, 2.0, 4.0]
    landings = [lever(x, 0.0, 4.0) for x in nodes]
    got = built(nodes, [("column", 0.0, False), ("column", 4.0, False), ("column", 2.0, False)], landings)
    assert not got.point_loads[0]
    shares = np.zeros((6, 8))
    parts = make_parts(6, kind=("beam",) * 3 + ("column",) * 3, element=np.array([0, 0, 0, 1, 2, 3]), x_m=np.array([0, 2.0, 4, 0, 4, 2]))
    for row, x in enumerate(nodes):
        shares[row, 3], shares[row, 4] = 1 - x / 4, x / 4
    shares[5, 1] = 1.0
    none = sp.csr_array(np.zeros((0, 8)))
    zero = sp.csr_array(np.zeros((6, 8)))
    made = Shares(parts=sp.csr_array(shares), cells=none, heads=none, loose=none, arms={"parts": (zero, zero)})
    assert beam_spans(parts, made).point_loads[:3].all()
