"""Loads down a chain of parts by hand, whatever size of index the shares come with."""

import numpy as np
import pytest
import scipy.sparse as sp

from optopscan.structure.substitution import carried

# a wall gives 0.25 and 0.75 to two walls below; the first of them stands on a footing, the other on the ground (column 4)
SHARES = [[0.0, 0.25, 0.75, 0.0, 0.0], [0.0, 0.0, 0.0, 1.0, 0.0], [0.0, 0.0, 0.0, 0.0, 1.0], [0.0, 0.0, 0.0, 0.0, 1.0]]


@pytest.mark.parametrize("size", [np.int32, np.int64])
def test_chain_by_hand(size):
    shares = sp.csr_array(np.array(SHARES))
    shares.indices, shares.indptr = shares.indices.astype(size), shares.indptr.astype(size)
    # 8 on the wall; 1, 2 and 3 more on those below: 8, 0.25 * 8 + 1 = 3, 0.75 * 8 + 2 = 8, 3 + 3 = 6
    assert carried(shares, np.array([8.0, 1.0, 2.0, 3.0])).tolist() == [8.0, 3.0, 8.0, 6.0]
    both = carried(shares, np.array([[8.0, 0.0], [1.0, 4.0], [2.0, 0.0], [3.0, 0.0]]))
    assert both.tolist() == [[8.0, 0.0], [3.0, 4.0], [8.0, 0.0], [6.0, 4.0]]


def test_nothing_to_carry():
    assert carried(sp.csr_array((0, 2)), np.zeros(0)).shape == (0,)
