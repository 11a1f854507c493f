"""Shear panels: the pieces of wall that can take horizontal load in their own plane, storey by storey.

A panel is the wall between two openings, door or window, over one storey: the parts of one element that touch
along one line. Walls that meet at a corner and piers coupled by lintels are taken apart, which is
on the safe side. A panel counts only where it stands on panels in the same direction all the way down.
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from optopscan.model.arrays import BoolArray, FloatArray, IntArray, check_lengths, freeze
from optopscan.model.structure import Parts, Shares

TOUCH_M = 0.05
ALIKE_DEG = 20.0
"""A wall this far out of a direction still counts in it, with cos^2 of its stiffness."""
SHORTEST_M = 0.6
"""Shorter piers bend as posts between floors; they are no shear walls."""
FOUNDED = 0.5
"""Least share of the load of a panel that must reach the ground through walls in its own direction."""


@dataclass(frozen=True, kw_only=True, eq=False)
class Panels:
    """Shear panels (n_panel,), lowest storey first.

    ``parts`` are the rows of Parts of each; ``deg`` the direction of its axis, 0 to 180; ``x_m``,
    ``y_m`` its middle; ``founded`` False where it does not stand on alike panels to the ground.
    """

    parts: tuple[tuple[int, ...], ...]
    storey: IntArray
    deg: FloatArray
    x_m: FloatArray
    y_m: FloatArray
    length_m: FloatArray
    thickness_m: FloatArray
    z0_m: FloatArray
    founded: BoolArray

    def __post_init__(self) -> None:
        freeze(self)
        check_lengths(self, len(self.parts))

    def __len__(self) -> int:
        return len(self.parts)

    def summed(self, of_part: FloatArray) -> FloatArray:
        """Return the sum over the parts of each panel; the last axis of the input counts parts."""
        values = np.asarray(of_part, dtype=np.float64)
        rows = [values[..., list(members)].sum(axis=-1) for members in self.parts]
        return np.stack(rows, axis=-1) if rows else np.zeros((*values.shape[:-1], 0))

    def least(self, of_part: FloatArray) -> FloatArray:
        """Return the smallest value over the parts of each panel, nan where one is nan."""
        values = np.asarray(of_part, dtype=np.float64)
        return np.array([values[list(members)].min() for members in self.parts], dtype=np.float64)


def shear_panels(parts: Parts, shares: Shares, *, not_founded: Sequence[int] = ()) -> Panels:
    """Return the panels of all piers that certainly bear.

    Parameters
    ----------
    parts
        Parts, every support after what it carries.
    shares
        Support shares of one distribution.
    not_founded
        Rows of parts that stand on a floor or whose support is a guess.
    """
    dx, dy = parts.x1_m - parts.x0_m, parts.y1_m - parts.y0_m
    deg = np.degrees(np.arctan2(dy, dx)) % 180.0
    pier = np.array([kind == "pier" for kind in parts.kind], dtype=bool) & np.asarray(parts.bearing_known)
    groups: dict[tuple[int, int, int], list[int]] = {}
    for i in np.flatnonzero(pier & (np.hypot(dx, dy) > 0.0)).tolist():
        groups.setdefault((int(parts.storey[i]), int(parts.element[i]), round(deg[i] / 5.0) % 36), []).append(i)
    found = _founded(parts, shares, deg, pier, not_founded)
    rows = [(key[0], piece) for key, members in sorted(groups.items()) for piece in _touching(parts, members, deg)]
    pieces = [piece for _, piece in rows]
    length = np.array([sum(float(parts.length_m[i]) for i in piece) for piece in pieces])
    weight = [np.asarray(parts.length_m)[list(piece)] for piece in pieces]

    def mean(values: FloatArray) -> FloatArray:
        return np.array([float(np.average(values[list(p)], weights=w)) for p, w in zip(pieces, weight, strict=True)])

    return Panels(
        parts=tuple(pieces),
        storey=np.array([storey for storey, _ in rows], dtype=np.int64),
        deg=np.array([float(deg[piece[0]]) for piece in pieces]),
        x_m=mean(parts.x_m),
        y_m=mean(parts.y_m),
        length_m=length,
        thickness_m=np.array([float(np.min(parts.thickness_m[list(piece)])) for piece in pieces]),
        z0_m=np.array([float(np.min(parts.z0_m[list(piece)])) for piece in pieces]),
        founded=mean(found) >= FOUNDED,
    )


def _touching(parts: Parts, members: Sequence[int], deg: FloatArray) -> list[tuple[int, ...]]:
    """Return runs of parts without an opening between them, along the axis."""
    along = np.radians(deg[members[0]])
    place = {i: float(parts.x_m[i] * np.cos(along) + parts.y_m[i] * np.sin(along)) for i in members}
    ordered = sorted(members, key=lambda i: (place[i], i))
    runs: list[list[int]] = [[ordered[0]]]
    for before, i in itertools.pairwise(ordered):
        gap = place[i] - place[before] - 0.5 * float(parts.length_m[i] + parts.length_m[before])
        if gap > TOUCH_M:
            runs.append([])
        runs[-1].append(i)
    return [tuple(run) for run in runs]


def _founded(parts: Parts, shares: Shares, deg: FloatArray, pier: BoolArray, not_founded: Sequence[int]) -> FloatArray:
    """Return which share of the load of each part reaches the ground through piers in its own direction, footings and piles."""
    n = len(parts)
    below = np.array([kind in ("footing", "pile") for kind in parts.kind], dtype=bool)
    matrix = shares.parts.tocsr()
    found = np.zeros(n)
    astray = set(not_founded)
    for i in reversed(range(n)):
        if below[i]:
            found[i] = 1.0
            continue
        if i in astray or not pier[i]:
            continue
        for at in range(matrix.indptr[i], matrix.indptr[i + 1]):
            j, share = int(matrix.indices[at]), float(matrix.data[at])
            if j == n:
                found[i] += share
            elif j < n and (below[j] or (pier[j] and _apart_deg(deg[i], deg[j]) <= ALIKE_DEG)):
                found[i] += share * found[j]
    return found


def _apart_deg(one: float, two: float) -> float:
    apart = abs(one - two) % 180.0
    return min(apart, 180.0 - apart)


def in_direction(panels: Panels, azimuth_deg: float) -> FloatArray:
    """Return cos^2 of the angle between each panel and a direction, zero where they differ by more than `ALIKE_DEG`."""
    apart = np.abs(np.asarray(panels.deg) - azimuth_deg) % 180.0
    apart = np.minimum(apart, 180.0 - apart)
    return np.where(apart <= ALIKE_DEG, np.cos(np.radians(apart)) ** 2, 0.0)
