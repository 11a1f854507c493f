"""Loads down through the parts in one sparse substitution."""

from __future__ import annotations

import numpy as np
import scipy.sparse as sp
from scipy.sparse.linalg import spsolve_triangular

from optopscan.model.arrays import FloatArray


def carried(shares: sp.csr_array, arriving_kn: FloatArray) -> FloatArray:
    """Return what passes the foot of every part for loads arriving on the parts.

    Parameters
    ----------
    shares
        Share of what leaves a part that goes to each part, (n_part, n_part) or with further columns for what is no part [-];
        below the diagonal empty, for parts are sorted from roof to ground.
    arriving_kn
        Loads put on the parts, own weight included, (n_part,) or (n_part, n_case) [kN].
    """
    n = shares.shape[0]
    if arriving_kn.size == 0:
        return np.array(arriving_kn, dtype=float)
    system = sp.csr_array(sp.eye_array(n, format="csr") - sp.csr_array(shares[:, :n]).T.tocsr())
    # before 1.17 scipy solves with small indices only
    system.indices, system.indptr = system.indices.astype(np.int32), system.indptr.astype(np.int32)
    return np.asarray(spsolve_triangular(system, np.array(arriving_kn, dtype=float), lower=True, unit_diagonal=True))
