"""The same thing drawn twice: once in two aspect models, or twice in one.

Two elements of one kind are one when they share nine tenths of their volume, whatever
they are called; the one that says more of its material stays, then the one whose file
name sorts first. Those that share less are counted both and reported:
which of them is meant cannot be known, and two bodies in one place carry twice what
stands there. Planks lie in recesses of an in-situ body, so of floors only full plates are compared.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import shapely
from shapely import affinity
from shapely.geometry.base import BaseGeometry
from shapely.strtree import STRtree

from optopscan.geometry.derive import Measures
from optopscan.issues import Issue, issue
from optopscan.model.building import Kind

SAME_SHARE = 0.9
REPORTED_SHARE = 0.25  # corners and joints share less
REPORTED_M3 = 0.02
_PARALLEL = 0.996  # 5 degrees
_GRID_M = 1e-5
_SINGLE_BODIES = frozenset(("wall", "column", "beam", "member", "pile"))
_FLAT = frozenset(("slab", "roof"))
_FULL = 0.95  # floors without recesses or steps: their plan and height tell what they share
_KINDS: frozenset[Kind] = frozenset(("wall", "slab", "roof", "column", "beam", "member", "footing", "pile", "proxy"))


@dataclass(frozen=True, kw_only=True, eq=False)
class Drawn:
    """One measured element with what decides which of two stays; ``rank`` sorts the keeper first."""

    id: str
    kind: Kind
    measures: Measures
    rank: tuple[int, str, int, int]


def doubled(drawn: Sequence[Drawn]) -> tuple[set[int], list[Issue]]:
    """Return the rows to leave out, and an issue for each of them and for each partial overlap."""
    out: set[int] = set()
    found: list[Issue] = []
    for kind in sorted({one.kind for one in drawn} & _KINDS):
        rows = sorted((k for k, one in enumerate(drawn) if one.kind == kind), key=lambda k: drawn[k].rank)
        tree = STRtree([drawn[k].measures.footprint for k in rows])
        first, second = tree.query([drawn[k].measures.footprint for k in rows], predicate="intersects")
        for a, b in sorted((int(a), int(b)) for a, b in zip(first, second, strict=True) if a < b):
            kept, other = rows[a], rows[b]
            if kept in out or other in out:
                continue
            problem = _judged(drawn[kept], drawn[other])
            if problem is not None:
                found.append(problem)
                if problem.code == "OPT-108":
                    out.add(other)
    return out, found


def _judged(kept: Drawn, other: Drawn) -> Issue | None:
    one, two = kept.measures, other.measures
    if min(one.z1_m, two.z1_m) - max(one.z0_m, two.z0_m) <= 0.0:
        return None
    shared = _shared_m3(kept.kind, one, two)
    less, more = sorted((one.volume_m3, two.volume_m3))
    if not less > 0.0:
        return None
    if shared >= SAME_SHARE * more:
        return issue("OPT-108", other.id, f"shares {100.0 * min(shared / more, 1.0):.0f} % of its volume with {kept.id}; counted once")
    exact = kept.kind in _SINGLE_BODIES or (kept.kind in _FLAT and min(_fill(one), _fill(two)) >= _FULL)
    if exact and shared >= max(REPORTED_M3, REPORTED_SHARE * less):
        return issue(
            "OPT-120", other.id, f"shares {100.0 * min(shared / less, 1.0):.0f} % of the smaller volume with {kept.id}; both counted"
        )
    return None


def _shared_m3(kind: Kind, one: Measures, two: Measures) -> float:
    """Return the volume two bodies share, as prisms that fill their outline evenly [m3]."""
    if kind == "wall":
        return _shared_wall_m3(one, two)
    height = min(one.z1_m, two.z1_m) - max(one.z0_m, two.z0_m)
    area = float(shapely.intersection(one.footprint, two.footprint, grid_size=_GRID_M).area)
    return area * height * min(_fill(one), _fill(two))


def _fill(body: Measures) -> float:
    box = body.footprint.area * (body.z1_m - body.z0_m)
    return min(1.0, body.volume_m3 / box) if box > 0.0 else 0.0


def _shared_wall_m3(one: Measures, two: Measures) -> float:
    """Return face shared times thickness shared; a wall in the opening of another shares nothing."""
    axes = [np.asarray(wall.axis_m, dtype=np.float64).reshape(2, 2) for wall in (one, two)]
    if one.elevation is None or two.elevation is None or not (np.isfinite(axes[0]).all() and np.isfinite(axes[1]).all()):
        return 0.0
    along = [axis[1] - axis[0] for axis in axes]
    lengths = [float(np.hypot(*vector)) for vector in along]
    if min(lengths) <= 0.0:
        return 0.0
    unit = along[0] / lengths[0]
    turn = float(unit @ along[1]) / lengths[1]
    if abs(turn) < _PARALLEL:
        return 0.0
    start = axes[1][0] - axes[0][0]
    offset = abs(float(-start[0] * unit[1] + start[1] * unit[0]))
    thick = min(one.thickness_m, two.thickness_m, 0.5 * (one.thickness_m + two.thickness_m) - offset)
    if not thick > 0.0:
        return 0.0
    moved: BaseGeometry = affinity.affine_transform(two.elevation, [1.0 if turn > 0 else -1.0, 0.0, 0.0, 1.0, float(start @ unit), 0.0])
    return float(shapely.intersection(one.elevation, moved, grid_size=_GRID_M).area) * thick
