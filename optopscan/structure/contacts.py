"""Which lower groups touch a group: contact by geometry alone, with the play that drawings and bearings have."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry
from shapely.strtree import STRtree

from optopscan.geometry import plane
from optopscan.structure.groups import Groups

SLAB_GAP_M = 0.62  # slab, felt and finish between the foot of a wall and what carries it
TOUCH_M = 0.06
COLUMN_GAP_M = 1.3  # slab and beam between two columns
PARALLEL_COS = np.cos(np.radians(15.0))
PLAY_M = 0.02  # a wall drawn up to the face of the one below still stands on it
REACH_M = 0.12  # half a flange or a bearing plate between the end of a bar and what it rests on
BRACKET_M = 0.25  # a bracket over a cavity of up to 200 mm
SPLICE_M = 0.15  # end plates and play between two beams in line
END_M = 0.3  # a support nearer to the end than this is the support of that end


@dataclass(frozen=True, kw_only=True)
class Contact:
    """A lower group in touch with an axis between a and b [m] along it."""

    group: int
    a_m: float
    b_m: float
    along: bool
    top_m: float
    offset_m: float


class ContactSearch:
    """Finds the lower groups in touch with each group.

    ``barred`` holds pairs (group, carrier) that must not carry each other: set where two would.
    """

    def __init__(self, groups: Groups, shapes: Sequence[BaseGeometry]) -> None:
        self.groups = groups
        self.shapes = list(shapes)
        self.tree = STRtree(self.shapes)
        self.length_m = groups.length_m.tolist()
        self.barred: set[tuple[int, int]] = set()
        self._contacts: dict[int, list[Contact]] = {}
        self._plain: dict[int, list[Contact]] = {}

    def bar(self, pairs: set[tuple[int, int]]) -> None:
        """Take contacts away."""
        self.barred |= pairs
        for g, _ in pairs:
            self._contacts.pop(g, None)

    def contacts(self, g: int) -> list[Contact]:
        """Return the lower groups in touch with group ``g`` (cached)."""
        if g not in self._contacts:
            found = self._direct(g)
            if self.groups.kind[g] == "beam":
                found = [*found, *self._splices(g, found)]
            self._contacts[g] = [c for c in found if (g, c.group) not in self.barred]
        return self._contacts[g]

    def _direct(self, g: int) -> list[Contact]:
        if g not in self._plain:
            near = sorted(int(j) for j in self.tree.query(self.shapes[g], predicate="dwithin", distance=REACH_M) if j != g)
            self._plain[g] = [c for j in near if self._can_carry(j, g) and (c := self._contact(j, g)) is not None]
        return self._plain[g]

    def _splices(self, g: int, found: Sequence[Contact]) -> list[Contact]:
        """Return beams in line with ``g`` that take its end: of two that meet, the one whose support is nearer carries."""
        length = self.length_m[g]
        splices = []
        for place in (0.0, length):
            own = _reach(found, place)
            if own <= END_M:
                continue
            end = shapely.Point(self.point(g, place))
            for j in sorted(int(k) for k in self.tree.query(end, predicate="dwithin", distance=SPLICE_M) if k != g):
                if self.groups.kind[j] != "beam" or not self._overlap_in_height(g, j) or not self.parallel(g, j):
                    continue
                s, off = self.project(j, end.x, end.y)
                meets = [p for p in (0.0, self.length_m[j]) if abs(s - p) <= SPLICE_M and abs(off) <= SPLICE_M]
                if meets and _reach(self._direct(j), meets[0]) + 0.01 < own:
                    splices.append(Contact(group=j, a_m=place, b_m=place, along=False, top_m=float(self.groups.z1_m[j]), offset_m=abs(off)))
        return splices

    def _overlap_in_height(self, g: int, j: int) -> bool:
        gr = self.groups
        return bool(gr.z1_m[j] > gr.z0_m[g] + 0.02 and gr.z0_m[j] < gr.z1_m[g] - 0.02)

    def _can_carry(self, j: int, g: int) -> bool:
        gr = self.groups
        if gr.kind[g] == "beam":
            return self._can_carry_beam(j, g)
        if gr.kind[g] == "footing":
            return gr.kind[j] == "pile" or (gr.kind[j] == "footing" and gr.z1_m[j] <= gr.z0_m[g] + 0.1 and gr.z0_m[j] < gr.z0_m[g] - 0.05)
        if gr.kind[j] == "pile" and gr.kind[g] != "column":
            return bool(gr.z0_m[j] < gr.z0_m[g] - 0.05 and abs(gr.z1_m[j] - gr.z0_m[g]) < 0.3)
        gap = COLUMN_GAP_M if gr.kind[g] == "column" and gr.kind[j] in ("column", "pier", "footing") else SLAB_GAP_M
        return bool(gr.z0_m[j] < gr.z0_m[g] - 0.05 and gr.z1_m[j] >= gr.z0_m[g] - gap)

    def _can_carry_beam(self, j: int, g: int) -> bool:
        gr = self.groups
        if gr.kind[j] == "beam":
            on_top = abs(gr.z1_m[j] - gr.z0_m[g]) < 0.15 and gr.z0_m[j] < gr.z0_m[g] - 0.05
            return bool(on_top or (gr.z1_m[j] > gr.z0_m[g] + 0.02 and gr.z0_m[j] < gr.z1_m[g] - 0.02 and self._frames_in(g, j)))
        if gr.kind[j] == "lintel" and gr.element[j] == gr.element[g]:
            return False
        return bool(gr.z0_m[j] < gr.z0_m[g] - 0.15 and gr.z1_m[j] >= gr.z0_m[g] - 0.2)

    def _frames_in(self, g: int, j: int) -> bool:
        """True when an end of beam g meets beam j away from j's own ends, or j is the deeper one."""
        gr = self.groups
        if self.parallel(g, j):
            return False
        ends = ((gr.x0_m[g], gr.y0_m[g]), (gr.x1_m[g], gr.y1_m[g]))
        at_end = any(self.shapes[j].dwithin(shapely.Point(e), REACH_M) for e in ends)
        if not at_end:
            return False
        other = ((gr.x0_m[j], gr.y0_m[j]), (gr.x1_m[j], gr.y1_m[j]))
        j_ends_here = any(self.shapes[g].dwithin(shapely.Point(e), REACH_M) for e in other)
        if not j_ends_here:
            return True
        depth_g, depth_j = gr.z1_m[g] - gr.z0_m[g], gr.z1_m[j] - gr.z0_m[j]
        return bool((round(depth_j, 3), j) > (round(depth_g, 3), g))

    def parallel(self, g: int, j: int) -> bool:
        """True when two axes run within 15 degrees of each other."""
        gr = self.groups
        lg, lj = gr.length_m[g], gr.length_m[j]
        if lg < 0.05 or lj < 0.05:
            return False
        dot = (gr.x1_m[g] - gr.x0_m[g]) * (gr.x1_m[j] - gr.x0_m[j]) + (gr.y1_m[g] - gr.y0_m[g]) * (gr.y1_m[j] - gr.y0_m[j])
        return bool(abs(dot) > PARALLEL_COS * lg * lj)

    def _contact(self, j: int, g: int) -> Contact | None:
        gr = self.groups
        length = float(gr.length_m[g])
        top = float(gr.z1_m[j])
        if length < 0.05:
            apart = float(self.shapes[j].distance(self.shapes[g]))
            if apart > TOUCH_M:
                return None
            centre = self.shapes[j].distance(shapely.Point(gr.x0_m[g], gr.y0_m[g]))
            return Contact(group=j, a_m=0.0, b_m=0.0, along=False, top_m=top, offset_m=float(centre))
        if self.parallel(g, j):
            ends = [self.project(g, gr.x0_m[j], gr.y0_m[j]), self.project(g, gr.x1_m[j], gr.y1_m[j])]
            offset = float(np.mean([abs(e[1]) for e in ends]))
            a, b = max(0.0, min(ends[0][0], ends[1][0])), min(length, max(ends[0][0], ends[1][0]))
            if offset > 0.5 * (gr.thickness_m[g] + gr.thickness_m[j]) + 0.01:
                return None
            if b - a < 0.01:
                # A beam drawn from wall end to wall end rests on both, as on a wall that it meets square on.
                butts = gr.kind[g] == "beam" and gr.kind[j] == "pier" and a - b <= REACH_M
                place = 0.0 if b <= 0.01 else length
                return Contact(group=j, a_m=place, b_m=place, along=False, top_m=top, offset_m=offset) if butts else None
            return Contact(group=j, a_m=a, b_m=b, along=True, top_m=top, offset_m=offset)
        reach = self.shapes[g].buffer(REACH_M if gr.kind[g] == "beam" else PLAY_M, join_style="mitre")
        overlap = plane.intersection(self.shapes[j], reach)
        if overlap.is_empty:
            return None
        if self.is_pad(j):
            along = [self.project(g, float(x), float(y))[0] for x, y in shapely.get_coordinates(overlap)]
            a, b = max(0.0, min(along)), min(length, max(along))
            _, off = self.project(g, gr.x0_m[j], gr.y0_m[j])
            return Contact(group=j, a_m=a, b_m=b, along=b - a > 0.05, top_m=top, offset_m=abs(off))
        # A post takes its load in its middle, a wall where it is touched.
        middle = (float(gr.x0_m[j]), float(gr.y0_m[j])) if self.length_m[j] < 0.05 else (overlap.centroid.x, overlap.centroid.y)
        s, off = self.project(g, *middle)
        s = min(max(s, 0.0), length)
        crossing = self.crossing(g, j)
        # Walls that meet hold each other at the corner: the load arrives on the axis of the lower one, not beside it.
        if crossing is not None and abs(crossing - s) <= float(gr.thickness_m[j]):
            s = crossing
        return Contact(group=j, a_m=s, b_m=s, along=False, top_m=top, offset_m=abs(off))

    def crossing(self, g: int, j: int) -> float | None:
        """Return where the axis of ``g`` meets the axis of ``j`` [m along g], None when they run nearly alongside or j is a point."""
        gr = self.groups
        lg, lj = float(gr.length_m[g]), float(gr.length_m[j])
        if lg < 0.05 or lj < 0.05:
            return None
        ux, uy = (gr.x1_m[g] - gr.x0_m[g]) / lg, (gr.y1_m[g] - gr.y0_m[g]) / lg
        nx, ny = -(gr.y1_m[j] - gr.y0_m[j]) / lj, (gr.x1_m[j] - gr.x0_m[j]) / lj
        across = ux * nx + uy * ny
        if abs(across) < 0.25:
            return None
        return float(((gr.x0_m[j] - gr.x0_m[g]) * nx + (gr.y0_m[j] - gr.y0_m[g]) * ny) / across)

    def project(self, g: int, x: float, y: float) -> tuple[float, float]:
        """Return place along and distance beside the axis of a group [m]."""
        gr = self.groups
        length = float(gr.length_m[g])
        if length < 1e-9:
            return 0.0, 0.0
        ux, uy = (gr.x1_m[g] - gr.x0_m[g]) / length, (gr.y1_m[g] - gr.y0_m[g]) / length
        dx, dy = x - gr.x0_m[g], y - gr.y0_m[g]
        return float(dx * ux + dy * uy), float(-dx * uy + dy * ux)

    def point(self, g: int, s_m: float) -> tuple[float, float]:
        """Return the point at ``s_m`` along the axis of a group."""
        gr = self.groups
        t = s_m / self.length_m[g] if self.length_m[g] > 1e-12 else 0.0
        return float(gr.x0_m[g] + t * (gr.x1_m[g] - gr.x0_m[g])), float(gr.y0_m[g] + t * (gr.y1_m[g] - gr.y0_m[g]))

    def is_pad(self, j: int) -> bool:
        """True for a footing that is carried at one point."""
        return self.groups.kind[j] == "footing" and bool(self.length_m[j] < 0.05)


def _reach(contacts: Sequence[Contact], place: float) -> float:
    """Return how far a place on an axis lies from the nearest contact [m]."""
    return min((max(c.a_m - place, place - c.b_m, 0.0) for c in contacts), default=float("inf"))
