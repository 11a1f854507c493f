"""Reactions of straight beams and floor strips on rigid supports.

Two distributions, each in equilibrium: `simple` (hinged over every support, the
lever rule) and `continuous` (one beam of constant stiffness, three-moment
equation). They are enveloped in the checks, never added or mixed into the loads.
"""

from __future__ import annotations

import numpy as np

from optopscan.model.arrays import FloatArray


def lever(support_m: FloatArray, load_m: FloatArray) -> FloatArray:
    """Return the share of each point load that goes to each support, hinged over supports.

    Beyond the outer supports the load hangs on the outer span, so the far support
    of that span gets a negative share; with one support it takes everything.

    Parameters
    ----------
    support_m
        Support positions [m], ascending, (n_support,).
    load_m
        Load positions [m], (n_load,).

    Returns
    -------
    FloatArray
        Shares [-], (n_load, n_support); rows sum to one and keep the resultant
        when there are two or more supports.

    Examples
    --------
    >>> import numpy as np
    >>> lever(np.array([0.0, 4.0]), np.array([1.0]))
    array([[0.75, 0.25]])
    """
    n = len(support_m)
    shares = np.zeros((len(load_m), n))
    if n == 1:
        shares[:, 0] = 1.0
        return shares
    left = np.clip(np.searchsorted(support_m, load_m, side="right") - 1, 0, n - 2)
    span = support_m[left + 1] - support_m[left]
    right_share = (load_m - support_m[left]) / span
    rows = np.arange(len(load_m))
    shares[rows, left] = 1.0 - right_share
    shares[rows, left + 1] = right_share
    return shares


def continuous(support_m: FloatArray, load_m: FloatArray) -> FloatArray:
    """Return the shares of point loads on a continuous beam of constant stiffness.

    Clapeyron's three-moment equation; overhang moments enter at the outer supports.
    Arguments, shape and equilibrium as in `lever`.

    Examples
    --------
    >>> import numpy as np
    >>> continuous(np.array([0.0, 1.0, 2.0]), np.array([0.5])).round(4)
    array([[ 0.4062,  0.6875, -0.0938]])
    """
    shares = lever(support_m, load_m)
    n = len(support_m)
    if n < 3:
        return shares
    span = np.diff(support_m)
    moments = _support_moments(support_m, span, load_m)
    # End moments change the shear of each span by their difference over its length.
    slope = np.diff(moments, axis=1) / span
    correction = np.zeros_like(shares)
    correction[:, :-1] += slope
    correction[:, 1:] -= slope
    # lever() already contains the overhang moment as a couple on the outer span.
    overhang = np.zeros_like(moments)
    overhang[:, 0], overhang[:, -1] = moments[:, 0], moments[:, -1]
    slope_overhang = np.zeros_like(slope)
    slope_overhang[:, 0] = -overhang[:, 0] / span[0]
    slope_overhang[:, -1] += overhang[:, -1] / span[-1]
    correction[:, :-1] -= slope_overhang
    correction[:, 1:] += slope_overhang
    return np.asarray(shares + correction)


def _support_moments(support_m: FloatArray, span: FloatArray, load_m: FloatArray) -> FloatArray:
    """Return the support moments [kNm per kN], sagging positive, (n_load, n_support)."""
    n = len(support_m)
    moments = np.zeros((len(load_m), n))
    moments[:, 0] = -np.maximum(support_m[0] - load_m, 0.0)
    moments[:, -1] = -np.maximum(load_m - support_m[-1], 0.0)
    a = np.clip(load_m[:, None] - support_m[None, :-1], 0.0, span)
    b = span - a
    inside = (load_m[:, None] >= support_m[None, :-1]) & (load_m[:, None] < support_m[None, 1:])
    seen_from_left = np.where(inside, b * (span**2 - b**2) / span, 0.0)
    seen_from_right = np.where(inside, a * (span**2 - a**2) / span, 0.0)
    rhs = -(seen_from_right[:, :-1] + seen_from_left[:, 1:])
    rhs[:, 0] -= span[0] * moments[:, 0]
    rhs[:, -1] -= span[-1] * moments[:, -1]
    matrix = np.diag(2.0 * (span[:-1] + span[1:])) + np.diag(span[1:-1], 1) + np.diag(span[1:-1], -1)
    moments[:, 1:-1] = np.linalg.solve(matrix, rhs.T).T
    return moments


def uniform_reactions(span_m: FloatArray) -> FloatArray:
    """Return the support reactions of a continuous beam under 1 kN/m on all spans [kN].

    Parameters
    ----------
    span_m
        Span lengths [m], (n_span,).

    Returns
    -------
    FloatArray
        Reactions [kN], (n_span + 1,).

    Examples
    --------
    >>> import numpy as np
    >>> uniform_reactions(np.array([1.0, 1.0]))
    array([0.375, 1.25 , 0.375])
    """
    support = np.concatenate([[0.0], np.cumsum(span_m)])
    # Two Gauss points per span integrate the cubic influence lines exactly.
    offset = np.array([-1.0, 1.0]) / np.sqrt(3.0)
    mid = 0.5 * (support[1:] + support[:-1])
    points = (mid[:, None] + 0.5 * span_m[:, None] * offset).ravel()
    weights = np.repeat(0.5 * span_m, 2)
    return np.asarray(np.round(weights @ continuous(support, points), 12))
