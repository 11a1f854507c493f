"""Loads shared by the corners of the triangle around them."""

from __future__ import annotations

import numpy as np

from optopscan.model.arrays import FloatArray, IntArray

SLIVER = 1e-12  # triangles flatter than this hold no load
ON_EDGE = 1e-12  # a load this far outside a triangle lies on its edge
BLOCK = 2048


def barycentric(points: FloatArray, triangles: IntArray, x: FloatArray, y: FloatArray) -> tuple[IntArray, FloatArray]:
    """Return the triangle around each load (-1: none) and the shares of its corners, (n_load, 3).

    Closed form: `Delaunay.find_simplex` first inverts every triangle with LAPACK, whose
    threads can take a second for a few hundred of them.
    """
    found, share = np.full(len(x), -1, dtype=np.int64), np.zeros((len(x), 3))
    if not len(triangles):
        return found, share
    (ax, bx, cx), (ay, by, cy) = points[triangles, 0].T, points[triangles, 1].T
    double = (bx - ax) * (cy - ay) - (cx - ax) * (by - ay)
    size = np.maximum.reduce([(bx - ax) ** 2 + (by - ay) ** 2, (cx - ax) ** 2 + (cy - ay) ** 2, (cx - bx) ** 2 + (cy - by) ** 2])
    sound = np.flatnonzero(np.abs(double) > SLIVER * size)
    if not len(sound):
        return found, share
    ax, bx, cx, ay, by, cy, double = (values[sound] for values in (ax, bx, cx, ay, by, cy, double))
    for start in range(0, len(x), BLOCK):
        px, py = x[start : start + BLOCK, None], y[start : start + BLOCK, None]
        first = ((bx - px) * (cy - py) - (cx - px) * (by - py)) / double
        second = ((cx - px) * (ay - py) - (ax - px) * (cy - py)) / double
        least = np.minimum(np.minimum(first, second), 1.0 - first - second)
        best = least.argmax(axis=1)
        rows = np.arange(len(best))
        a, b = first[rows, best], second[rows, best]
        found[start : start + BLOCK] = np.where(least[rows, best] >= -ON_EDGE, sound[best], -1)
        share[start : start + BLOCK] = np.column_stack([a, b, 1.0 - (a + b)])
    return found, share
