"""A thin rectangular plate element with twelve degrees of freedom.

Adini, Clough and Melosh: deflection and the two slopes at each corner, a polynomial
with twelve terms. It is not conforming, but passes the patch test as a rectangle,
carries rigid motion and constant curvature exactly, and is a beam element along its
edges; the mesh can stay coarse.

Natural coordinates run from -1 to 1; corners in the order (-,-), (+,-), (+,+), (-,+);
degrees of freedom per corner w, dw/dxi, dw/deta.
"""

from __future__ import annotations

import itertools

import numpy as np

from optopscan.model.arrays import FloatArray

CORNERS = np.array([(-1.0, -1.0), (1.0, -1.0), (1.0, 1.0), (-1.0, 1.0)])
POWERS = np.array([(0, 0), (1, 0), (0, 1), (2, 0), (1, 1), (0, 2), (3, 0), (2, 1), (1, 2), (0, 3), (3, 1), (1, 3)])


def _terms(xi: FloatArray, eta: FloatArray, order: tuple[int, int]) -> FloatArray:
    """Return a derivative of the twelve terms of the polynomial at points, (n_point, 12)."""
    value = np.ones((len(xi), len(POWERS)))
    for k, (at, n) in enumerate(zip((xi, eta), order, strict=True)):
        power = POWERS[:, k].astype(float)
        for step in range(n):
            value = value * np.maximum(power - step, 0.0)
        value = value * at[:, None] ** np.maximum(power - n, 0.0)
    return value


def _at_corners() -> FloatArray:
    xi, eta = CORNERS.T
    rows = np.stack([_terms(xi, eta, order) for order in ((0, 0), (1, 0), (0, 1))], axis=1)
    return rows.reshape(12, 12)


FROM_CORNERS = np.linalg.inv(_at_corners())


def shapes(xi: FloatArray, eta: FloatArray, order: tuple[int, int] = (0, 0)) -> FloatArray:
    """Return the shape functions, or a derivative of them in natural coordinates, at points (n_point, 12)."""
    return np.asarray(_terms(xi, eta, order) @ FROM_CORNERS)


def _bases() -> FloatArray:
    """Return the integrals of the products of curvatures over the square: xx, yy, xx with yy, xy (4, 12, 12)."""
    at, weight = np.polynomial.legendre.leggauss(4)
    points = np.array(list(itertools.product(at, at)))
    weights = np.array([a * b for a, b in itertools.product(weight, weight)])
    xx, yy, xy = (shapes(points[:, 0], points[:, 1], order) for order in ((2, 0), (0, 2), (1, 1)))
    mixed = np.einsum("p,pi,pj->ij", weights, xx, yy)
    pure = [np.einsum("p,pi,pj->ij", weights, k, k) for k in (xx, yy)]
    return np.stack([*pure, mixed + mixed.T, np.einsum("p,pi,pj->ij", weights, xy, xy)])


BASES = _bases()


def stiffness(a_m: FloatArray, b_m: FloatArray, d_x_knm: float, d_y_knm: float, poisson: float) -> FloatArray:
    """Return the stiffness of plates with sides ``a_m`` and ``b_m``, in slopes per metre (n_plate, 12, 12).

    ``d_x_knm`` and ``d_y_knm`` are the bending stiffness per metre width along the two
    sides; twisting and cross stiffness follow from their geometric mean (Huber).
    """
    mean = float(np.sqrt(d_x_knm * d_y_knm))
    factors = np.column_stack(
        [
            4.0 * d_x_knm * b_m / a_m**3,
            4.0 * d_y_knm * a_m / b_m**3,
            4.0 * poisson * mean / (a_m * b_m),
            8.0 * (1.0 - poisson) * mean / (a_m * b_m),
        ]
    )
    slopes = per_metre(a_m, b_m)
    return np.asarray(np.tensordot(factors, BASES, axes=1) * slopes[:, :, None] * slopes[:, None, :])


def per_metre(a_m: FloatArray, b_m: FloatArray) -> FloatArray:
    """Return what turns slopes per metre into natural slopes, per degree of freedom (n_plate, 12)."""
    return np.tile(np.column_stack([np.ones(len(a_m)), 0.5 * a_m, 0.5 * b_m]), 4)
