"""A box less boxes with parallel sides: on the grid of all their faces, the exact faces of what is left."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

import numpy as np

from optopscan.geometry.prism import PARALLEL_RAD, SAME_M, GeometryError, Prism, both_ways, cross
from optopscan.model.arrays import FloatArray, IntArray
from optopscan.model.building import Mesh

# A grid of more cells has more faces than the polygons of layers.
_CELLS = 2000


def less_boxes(host: Prism, tools: Sequence[Prism], *, goes_on: tuple[bool, bool] = (False, False)) -> Mesh | None:
    """Return a box less boxes with parallel sides, on the grid of all their faces; None where they are not that.

    ``goes_on`` says whether there is more of the solid before and after the box, along its first side: there
    only the faces are made that look out of that into an opening.

    Raises
    ------
    GeometryError
        If nothing is left.
    """
    found = [tool.box for tool in tools]
    if host.box is None or any(one is None for one in found):
        return None
    size = np.sqrt((host.box[1:] ** 2).sum(axis=1))
    frame = host.box[1:] / size[:, None]
    boxes = np.array(found)
    begin = (boxes[:, 0] - host.box[0]) @ frame.T
    sides = boxes[:, 1:] @ frame.T
    # each side of a tool must lie along one axis of the host: the largest share is all but all of it
    share = np.abs(sides)
    largest = share.max(axis=2)
    if ((share.sum(axis=2) - largest) > 2.0 * PARALLEL_RAD * largest).any():
        return None
    low = begin + np.minimum(sides, 0.0).sum(axis=1)
    high = begin + np.maximum(sides, 0.0).sum(axis=1)
    return _grid_mesh(frame, host.box[0], size.tolist(), low, high, goes_on)


def _grid_mesh(
    frame: FloatArray, origin: FloatArray, size: list[float], low: FloatArray, high: FloatArray, goes_on: tuple[bool, bool]
) -> Mesh | None:
    """Return the mesh of a box less boxes from low to high corners (n, 3) along its frame; None where the grid is too fine to pay."""
    lines = [breaks(side, *ends) for side, *ends in zip(size, low.T.tolist(), high.T.tolist(), strict=True)]
    nx, ny, nz = (len(line) - 1 for line in lines)
    if nx * ny * nz > _CELLS:
        return None
    through = []
    for axis, line in enumerate(lines):
        middle = 0.5 * (line[1:] + line[:-1])
        through.append((middle > low[:, axis, None]) & (middle < high[:, axis, None]))
    solid = ~(through[0][:, :, None, None] & through[1][:, None, :, None] & through[2][:, None, None, :]).any(axis=0)
    (i, j, k), outward, inward = _outer_faces(solid.tobytes(), (nx, ny, nz), goes_on)
    points = np.stack([lines[0][i], lines[1][j], lines[2][k]], axis=1) @ frame + origin
    right_handed = float(cross(frame[0], frame[1]) @ frame[2]) > 0.0
    return Mesh(vertices_m=points, faces=outward if right_handed else inward)


@lru_cache(maxsize=128)
def _outer_faces(
    cells: bytes, shape: tuple[int, int, int], goes_on: tuple[bool, bool]
) -> tuple[tuple[IntArray, IntArray, IntArray], IntArray, IntArray]:
    """Return the grid lines x, y, z of the corners of solid cells' outer faces, and these faces both ways around.

    Kept, because the walls of a building have few patterns of openings, whatever their sizes. ``cells`` are
    the booleans of the grid, true where solid.

    Raises
    ------
    GeometryError
        If no cell is solid.
    """
    nx, ny, nz = shape
    solid = np.zeros((nx + 2, ny + 2, nz + 2), dtype=bool)
    solid[1:-1, 1:-1, 1:-1] = np.frombuffer(cells, dtype=bool).reshape(shape)
    solid[0, 1:-1, 1:-1], solid[-1, 1:-1, 1:-1] = goes_on
    if not solid.any():
        raise GeometryError("openings leave nothing")
    flat = solid.ravel()
    one, other, quads = _cell_faces(nx, ny, nz)
    before, after = flat[one], flat[other]
    faces = np.concatenate([quads[before & ~after], quads[after & ~before][:, ::-1]])
    used = np.zeros((nx + 1) * (ny + 1) * (nz + 1), dtype=bool)
    used[faces] = True
    i, rest = np.divmod(np.flatnonzero(used), (ny + 1) * (nz + 1))
    j, k = np.divmod(rest, nz + 1)
    faces = (np.cumsum(used) - 1)[faces]
    return (i, j, k), *both_ways(np.concatenate([faces[:, [0, 1, 2]], faces[:, [0, 2, 3]]]))


def breaks(size: float, low: Sequence[float], high: Sequence[float]) -> FloatArray:
    """Return the grid lines from 0 to size; faces nearer than a micrometre are one, those of the host first."""
    kept = [0.0]
    for value in sorted([*low, *high]):
        if value > kept[-1] + SAME_M and value < size - SAME_M:
            kept.append(value)
    return np.array([*kept, size])


@lru_cache(maxsize=256)
def _cell_faces(nx: int, ny: int, nz: int) -> tuple[IntArray, IntArray, IntArray]:
    """Return the faces between the cells of a grid: the cell before and after each, and its corners (n, 4).

    Cells are numbered on the grid with one cell more on every side, corners on the grid itself. Seen from
    the cell after, the corners run counter-clockwise.
    """
    n = (nx, ny, nz)
    cell = np.arange((nx + 2) * (ny + 2) * (nz + 2)).reshape(nx + 2, ny + 2, nz + 2)
    corner = np.arange((nx + 1) * (ny + 1) * (nz + 1)).reshape(nx + 1, ny + 1, nz + 1)
    strides = ((ny + 1) * (nz + 1), nz + 1, 1)
    found: tuple[list[IntArray], ...] = ([], [], [])
    for axis in range(3):
        inner = [slice(1, n[other] + 1) for other in range(3)]
        before, after = list(inner), list(inner)
        before[axis], after[axis] = slice(0, n[axis] + 1), slice(1, n[axis] + 2)
        found[0].append(cell[tuple(before)].ravel())
        found[1].append(cell[tuple(after)].ravel())
        start = corner[tuple(slice(0, n[other] + (other == axis)) for other in range(3))].ravel()
        # x, y, z turn into one another: the two axes that follow make a right-handed frame
        u, v = strides[(axis + 1) % 3], strides[(axis + 2) % 3]
        found[2].append(np.stack([start, start + u, start + u + v, start + v], axis=1))
    one, other, quads = (np.concatenate(part) for part in found)
    return one, other, quads
