"""One floor on walls without any file: shapes and supports for tests of spreads, cells and spans."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from shapely.geometry.base import BaseGeometry

from optopscan.structure.groups import Groups
from optopscan.structure.spread import FloorSpread

Wall = tuple[float, float, float, float]


def walls(lines: Sequence[Wall], thickness_m: float = 0.2, part_m: float = 2.0) -> Groups:
    """Return one pier per line (x0, y0, x1, y1), 2.6 m high; a line without length is a column."""
    table = np.array(lines, dtype=np.float64).reshape(-1, 4)
    length = np.hypot(table[:, 2] - table[:, 0], table[:, 3] - table[:, 1])
    n_part = np.maximum(1, np.ceil(length / part_m - 1e-9)).astype(np.int64)
    return Groups(
        kind=tuple("column" if size < 0.05 else "pier" for size in length),
        element=np.arange(len(table)),
        x0_m=table[:, 0],
        y0_m=table[:, 1],
        x1_m=table[:, 2],
        y1_m=table[:, 3],
        z0_m=np.zeros(len(table)),
        z1_m=np.full(len(table), 2.6),
        thickness_m=np.full(len(table), thickness_m),
        weight_kn=np.full(len(table), 10.0),
        n_part=n_part,
        first_part=np.concatenate([[0], np.cumsum(n_part)[:-1]]).astype(np.int64),
        bearing_known=np.ones(len(table), dtype=bool),
    )


def spread(polygon: BaseGeometry, lines: Sequence[Wall], *, runs_through: bool = False, **how: float) -> FloorSpread:
    """Return the spread of a floor over all of some walls."""
    groups = walls(lines, **how)
    return FloorSpread(polygon=polygon, supports=range(len(groups)), groups=groups, planks=[], runs_through=runs_through)
