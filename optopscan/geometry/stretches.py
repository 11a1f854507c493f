"""Openings in the straight stretches of a wall whose plan is no rectangle as a whole.

A wall drawn up to its neighbours is mitred, notched or L-shaped at its ends and a box in between, and that is where its
windows are. Such a stretch is cut as a box; what is left and right of it are plain prisms. The faces in the
cross-sections where pieces meet are left out, so the result has true outer faces only.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from optopscan.geometry.boxes import less_boxes
from optopscan.geometry.layers import cut
from optopscan.geometry.mesh import merged, signed_volume
from optopscan.geometry.prism import FLUSH_M, SAME_M, GeometryError, Prism, prism_meshes
from optopscan.model.arrays import FloatArray
from optopscan.model.building import Mesh

_SEAM_M = 0.01
_ROOM_M = 4.0 * FLUSH_M
_Points = list[tuple[float, float]]
_Reach = list[list[float]]


@dataclass(frozen=True, eq=False)
class _Stretch:
    """From begin to end along the wall, from its low to its high side [m]: the rows of the tools, and the room beside them."""

    begin: float
    end: float
    low: float
    high: float
    rows: tuple[int, ...]
    room: tuple[float, float]


def along_stretches(host: Prism, tools: Sequence[Prism]) -> Mesh | None:
    """Return the mesh of a straight prism less prisms that lie in straight stretches of it; None where they do not."""
    if not host.straight or len(host.rings) != 1 or not tools:
        return None
    ring = _corners(host.rings[0])
    if len(ring) < 3:
        return None
    axes = _main_axes(ring)
    rest: _Points = [(s, t) for s, t in (ring @ axes.T).tolist()]
    wall = _Wall(host, axes @ host.axes)
    reach = [wall.reach(tool) for tool in tools]
    found = _stretches(rest, host.height_m, reach)
    if found is None:
        return None
    meshes: list[Mesh] = []
    plain: list[tuple[_Points, tuple[float, ...]]] = []
    seams: tuple[float, ...] = ()
    for stretch in found:
        made = _cut(wall, stretch, tools, reach, rest)
        if made is None:
            return None
        for mesh, begin, end in made:
            meshes.append(mesh)
            left, rest = _parted(rest, begin, end)
            plain.append((left, (*seams, begin)))
            seams = (end,)
    plain = [(ring, seams) for ring, seams in [*plain, (rest, seams)] if _length_m(ring) > SAME_M]
    for one, (_, seams) in zip(prism_meshes([wall.standing(ring) for ring, _ in plain]), plain, strict=True):
        if one is None:
            return None
        meshes.append(wall.without_seams(one, seams))
    whole = merged(meshes)
    return whole if signed_volume(whole)[1] else None


def _cut(
    wall: _Wall, stretch: _Stretch, tools: Sequence[Prism], reach: Sequence[_Reach], ring: _Points
) -> list[tuple[Mesh, float, float]] | None:
    """Return the pieces of a stretch with what is cut, each with its begin and end; None where something cannot be cut there."""
    made = _as_grid(wall, stretch, tools, ring) or _as_box(wall, stretch, tools)
    if made is not None:
        return [made]
    parts = _apart(stretch, reach)
    found: list[tuple[Mesh, float, float]] = []
    for part in parts if len(parts) > 1 else ():
        made = _as_grid(wall, part, tools, ring) or _as_box(wall, part, tools)
        if made is None:
            return None
        found.append(made)
    return found or None


def _as_grid(wall: _Wall, stretch: _Stretch, tools: Sequence[Prism], ring: _Points) -> tuple[Mesh, float, float] | None:
    """Return the stretch just as long as its tools; the wall goes on beside it with the same cross-section, or ends there."""
    goes_on = []
    for place, piece in zip((stretch.begin, stretch.end), _parted(ring, stretch.begin, stretch.end), strict=True):
        ends = _length_m(piece) <= SAME_M
        if not ends and any(max(abs(one[0] - place), abs(other[0] - place)) <= SAME_M for one, other in pairwise([*ring, ring[0]])):
            return None  # a step
        goes_on.append(not ends)
    box = wall.standing(_rectangle(stretch, stretch.begin, stretch.end))
    try:
        mesh = less_boxes(box, [tools[row] for row in stretch.rows], goes_on=(goes_on[0], goes_on[1]))
    except GeometryError:  # nothing is left here
        return None
    return None if mesh is None else (mesh, stretch.begin, stretch.end)


def _as_box(wall: _Wall, stretch: _Stretch, tools: Sequence[Prism]) -> tuple[Mesh, float, float] | None:
    """Return the stretch a little longer than its tools, so that it ends in full cross-sections."""
    if min(stretch.room) < _ROOM_M:
        return None
    begin, end = stretch.begin - min(_SEAM_M, stretch.room[0]), stretch.end + min(_SEAM_M, stretch.room[1])
    made = cut(wall.standing(_rectangle(stretch, begin, end)), [tools[row] for row in stretch.rows], partly=False)
    if made is None:
        return None
    return wall.without_seams(made[0], (begin, end)), begin, end


def _rectangle(stretch: _Stretch, begin: float, end: float) -> _Points:
    return [(begin, stretch.low), (end, stretch.low), (end, stretch.high), (begin, stretch.high)]


@dataclass(frozen=True, eq=False)
class _Wall:
    """A prism with the directions (2, 3) along and across it."""

    host: Prism
    frame: FloatArray

    def reach(self, tool: Prism) -> _Reach:
        """Return the low and high ends of a tool along, across and up, from the host's origin [m]."""
        foot = tool.points(tool.rings[0]) - self.host.origin_m
        inside = np.concatenate([foot, foot + tool.sweep_m]) @ np.vstack([self.frame, self.host.normal]).T
        ends: _Reach = np.stack([inside.min(axis=0), inside.max(axis=0)], axis=1).tolist()
        return ends

    def standing(self, ring: _Points) -> Prism:
        """Return the prism on a ring, as high as the host."""
        return Prism((np.array(ring),), self.frame, self.host.origin_m, self.host.sweep_m)

    def without_seams(self, mesh: Mesh, seams: Sequence[float]) -> Mesh:
        """Return a mesh without the faces in the cross-sections where it meets the next piece."""
        along = (mesh.vertices_m - self.host.origin_m) @ self.frame[0]
        inner = np.zeros(len(mesh.faces), dtype=bool)
        for seam in seams:
            inner |= (np.abs(along - seam) <= FLUSH_M)[mesh.faces].all(axis=1)
        return Mesh(vertices_m=mesh.vertices_m, faces=mesh.faces[~inner])


def _corners(ring: FloatArray) -> FloatArray:
    """Return the ring without points on its sides."""
    back, on = ring - np.roll(ring, 1, axis=0), np.roll(ring, -1, axis=0) - ring
    off = np.abs(back[:, 0] * on[:, 1] - back[:, 1] * on[:, 0])
    kept: FloatArray = ring[off > SAME_M * (np.hypot(*back.T) + np.hypot(*on.T))]
    return kept


def _main_axes(ring: FloatArray) -> FloatArray:
    """Return the direction of the longest side and the one across (2, 2), in the plane of the ring."""
    sides = np.roll(ring, -1, axis=0) - ring
    length = np.hypot(*sides.T)
    x, y = (sides[length.argmax()] / length.max()).tolist()
    return np.array(((x, y), (-y, x)))


def _stretches(ring: _Points, height_m: float, reach: Sequence[_Reach]) -> list[_Stretch] | None:
    """Return the stretches that hold the tools, one behind the other; None where a tool lies in none."""
    knots = sorted(s for s, _ in ring)
    low_t, high_t = min(t for _, t in ring), max(t for _, t in ring)
    spans: dict[tuple[float, float], list[int]] = {}
    for row, ((s0, s1), (t0, t1), (z0, z1)) in enumerate(reach):
        beside = s1 < knots[0] + SAME_M or s0 > knots[-1] - SAME_M or t1 < low_t + SAME_M or t0 > high_t - SAME_M
        if beside or z1 < SAME_M or z0 > height_m - SAME_M:
            continue
        a = max((s for s in knots if s <= s0 + SAME_M), default=None)
        b = min((s for s in knots if s >= s1 - SAME_M), default=None)
        if a is None or b is None or any(a < s < b for s in knots):
            return None
        spans.setdefault((a, b), []).append(row)
    found = []
    for (a, b), rows in sorted(spans.items()):
        sides = _sides(ring, a, b)
        if sides is None:
            return None
        begin, end = max(a, min(reach[row][0][0] for row in rows)), min(b, max(reach[row][0][1] for row in rows))
        found.append(_Stretch(begin, end, *sides, tuple(rows), (0.5 * (begin - a), 0.5 * (b - end))))
    return found


def _apart(stretch: _Stretch, reach: Sequence[_Reach]) -> list[_Stretch]:
    """Return a stretch in parts with a gap between their tools."""
    groups: list[list[int]] = []
    end = -np.inf
    for row in sorted(stretch.rows, key=lambda row: reach[row][0]):
        if reach[row][0][0] > end + 4.0 * _ROOM_M:
            groups.append([])
        groups[-1].append(row)
        end = max(end, reach[row][0][1])
    begins = [max(stretch.begin, min(reach[row][0][0] for row in rows)) for rows in groups]
    ends = [min(stretch.end, max(reach[row][0][1] for row in rows)) for rows in groups]
    gaps = [stretch.room[0], *(0.25 * (after - before) for before, after in zip(ends, begins[1:], strict=False)), stretch.room[1]]
    return [
        _Stretch(begin, end, stretch.low, stretch.high, tuple(rows), (gaps[number], gaps[number + 1]))
        for number, (begin, end, rows) in enumerate(zip(begins, ends, groups, strict=True))
    ]


def _sides(ring: _Points, a: float, b: float) -> tuple[float, float] | None:
    """Return where the two sides of the ring are between a and b; None where there are more, or they are not parallel."""
    across = [(one, other) for one, other in pairwise([*ring, ring[0]]) if min(one[0], other[0]) <= a and max(one[0], other[0]) >= b]
    if len(across) != 2 or any(abs(one[1] - other[1]) > SAME_M for one, other in across):
        return None
    low, high = sorted(one[1] for one, _ in across)
    return (low, high) if high - low > _ROOM_M else None


def _parted(ring: _Points, seam: float, until: float) -> tuple[_Points, _Points]:
    """Return what a ring has before the seam and what it has after the end of the stretch."""
    left: _Points = []
    right: _Points = []
    middle = 0.5 * (seam + until)
    for one, other in pairwise([*ring, ring[0]]):
        (left if one[0] < middle else right).append(one)
        if one[0] < middle < other[0]:
            left.append((seam, one[1]))
            right.append((until, one[1]))
        elif other[0] < middle < one[0]:
            right.append((until, one[1]))
            left.append((seam, one[1]))
    return _distinct(left), _distinct(right)


def _length_m(ring: _Points) -> float:
    return max(s for s, _ in ring) - min(s for s, _ in ring) if ring else 0.0


def _distinct(ring: _Points) -> _Points:
    """Return the ring without points that repeat the one before."""
    return [one for one, other in pairwise([*ring, ring[0]]) if max(abs(one[0] - other[0]), abs(one[1] - other[1])) > SAME_M]
