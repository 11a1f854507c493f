"""Elements that carry nothing: partitions, outer leaves, stairs, finishes. They weigh, so they must stand somewhere."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry
from shapely.strtree import STRtree

from optopscan.geometry import plane
from optopscan.model.building import Elements
from optopscan.model.structure import Distribution, Loose, Materials
from optopscan.structure.contacts import SLAB_GAP_M
from optopscan.structure.spread import FloorSpread
from optopscan.structure.support import GROUND, NOTHING, Landing, SupportSearch, landings_of

FLAT = frozenset({"covering", "slab", "roof"})
PIECE_M = 1.0
LINE_SAMPLES = 5
SIDE_REACH_M = 0.6
STAIR_REACH_M = 1.5


def loose_rows(elements: Elements, materials: Materials, floors: set[int], carried: set[int]) -> Loose:
    """Return the elements kept as load only: everything that weighs and is neither floor nor part."""
    rows = [i for i in range(len(elements)) if i not in floors and i not in carried and materials.self_weight_kn[i] > 0]
    centre = [elements.footprint[i].centroid for i in rows]
    return Loose(
        element=np.array(rows, dtype=np.int64),
        weight_kn=materials.self_weight_kn[rows] if rows else np.zeros(0),
        x_m=np.array([c.x for c in centre]),
        y_m=np.array([c.y for c in centre]),
    )


@dataclass(frozen=True, kw_only=True)
class _Point:
    """A part of the weight of a loose element put down at (x, y)."""

    row: int
    element: int
    fraction: float
    x_m: float
    y_m: float


class LooseSearch:
    """Finds where loose elements stand: a floor, a part, another loose wall, the ground, or a part to lean on.

    Stairs span between the parts around them like a small floor.
    """

    def __init__(self, elements: Elements, loose: Loose, search: SupportSearch, base_m: float) -> None:
        self.elements = elements
        self.search = search
        self.base_m = base_m
        self.walls = [int(i) for i in loose.element if elements.kind[int(i)] == "wall"]
        self._tree = STRtree([elements.footprint[i] for i in self.walls])
        self._stairs: dict[int, FloorSpread | None] = {}
        self._points = [point for row, i in enumerate(loose.element.tolist()) for point in self._points_of(row, i)]

    def place(self, distribution: Distribution) -> list[tuple[int, float, list[Landing]]]:
        """Return (row of a loose element, fraction, landings), of each element symmetric about its centroid.

        Flat elements (coverings, finishes) are put down piece by piece, long walls at five
        points on their axis, the rest at the centroid. What stands on another loose wall goes down with it.
        """
        x, y = np.array([(p.x_m, p.y_m) for p in self._points]).reshape(-1, 2).T
        on = np.array([p.element for p in self._points], dtype=np.int64)
        landed: list[list[Landing]] = [[] for _ in on]
        left = np.arange(len(on))
        while len(left):
            found = self.search.stand_all(x[left], y[left], np.asarray(self.elements.z0_m)[on[left]], distribution)
            again = []
            for k, landings in zip(left.tolist(), found, strict=True):
                i, at = int(on[k]), (float(x[k]), float(y[k]))
                if landings[0].group < 0 and (below := self._wall_below(i, *at)) is not None:
                    on[k] = below
                    again.append(k)
                else:
                    landed[k] = landings if landings[0].group >= 0 else self._off_floors(i, *at, landings, distribution)
            left = np.array(again, dtype=np.int64)
        return [(p.row, p.fraction, landings) for p, landings in zip(self._points, landed, strict=True)]

    def _points_of(self, row: int, i: int) -> list[_Point]:
        """Return where a loose element is put down."""
        shape = self.elements.footprint[i]
        if self.elements.kind[i] in FLAT and shape.area > PIECE_M**2:
            return [_Point(row=row, element=i, fraction=w, x_m=x, y_m=y) for w, x, y in _pieces(shape)]
        centre, offsets = shape.centroid, _offsets(self.elements, i)
        part = 1.0 / len(offsets)
        return [_Point(row=row, element=i, fraction=part, x_m=centre.x + dx, y_m=centre.y + dy) for dx, dy in offsets]

    def _off_floors(self, i: int, x: float, y: float, landings: list[Landing], distribution: Distribution) -> list[Landing]:
        """Return where a load goes that stands on no floor and no loose wall; ``landings`` says ground or nothing."""
        group = self.search.group_below(x, y, float(self.elements.z0_m[i]))
        if group is not None:
            return [self.search.land(group, x, y, 1.0)]
        if landings[0].group == GROUND:
            return landings
        if self.elements.kind[i] == "stair" and (spread := self._stair(i)) is not None:
            hits = spread.hits(np.array([x]), np.array([y]), distribution)
            if len(hits.load):
                return landings_of(hits)
        return self._lean(i, x, y)

    def _wall_below(self, i: int, x: float, y: float) -> int | None:
        """Return the loose wall that this one stands on: the outer leaf of the storey below."""
        z0_m = float(self.elements.z0_m[i])
        rows = [self.walls[int(k)] for k in self._tree.query(shapely.Point(x, y), predicate="dwithin", distance=0.01)]
        z = self.elements
        under = [j for j in sorted(rows) if j != i and -0.1 <= z0_m - z.z1_m[j] <= SLAB_GAP_M and z.z0_m[j] < z0_m - 0.05]
        return max(under, key=lambda j: (round(float(z.z1_m[j]), 3), -j)) if under else None

    def _beside(self, i: int, reach_m: float) -> list[int]:
        groups, z = self.search.groups, self.elements
        near = np.sort(self.search.tree.query(z.footprint[i], predicate="dwithin", distance=reach_m))
        return [
            int(j)
            for j in near
            if groups.z0_m[j] < z.z1_m[i] - 0.05 and groups.z1_m[j] > z.z0_m[i] - 0.6 and groups.kind[int(j)] in ("pier", "beam", "column")
        ]

    def _stair(self, i: int) -> FloorSpread | None:
        if i not in self._stairs:
            beside = self._beside(i, STAIR_REACH_M)
            plan = self.elements.footprint[i].buffer(STAIR_REACH_M, join_style="mitre")
            self._stairs[i] = (
                FloorSpread(polygon=plan, supports=beside, groups=self.search.groups, planks=[], runs_through=False) if beside else None
            )
        return self._stairs[i]

    def _lean(self, i: int, x: float, y: float) -> list[Landing]:
        """Put the load on the nearest part beside it; what stands low goes into the ground; the rest is unsupported."""
        beside = self._beside(i, SIDE_REACH_M)
        if beside:
            point = shapely.Point(x, y)
            shapes, groups = self.search.shapes, self.search.groups
            j = min(beside, key=lambda k: (round(shapes[k].distance(point), 2), -groups.z1_m[k], k))
            return [self.search.land(j, x, y, 1.0)]
        low = float(self.elements.z0_m[i]) <= self.base_m + 1.0
        return [Landing(group=GROUND if low else NOTHING, s_m=0.0, x_m=x, y_m=y, share=1.0)]


def _pieces(shape: BaseGeometry) -> list[tuple[float, float, float]]:
    """Return (fraction, x, y) of the pieces of a plan on a one-metre grid; their centroids keep the whole's."""
    x0, y0, x1, y1 = shape.bounds
    x = np.linspace(x0, x1, int(np.ceil((x1 - x0) / PIECE_M)) + 1)
    y = np.linspace(y0, y1, int(np.ceil((y1 - y0) / PIECE_M)) + 1)
    ix, iy = (k.ravel() for k in np.meshgrid(np.arange(len(x) - 1), np.arange(len(y) - 1), indexing="ij"))
    cut = plane.intersection(shape, shapely.box(x[ix], y[iy], x[ix + 1], y[iy + 1]))
    area = shapely.area(cut)
    keep = area > 1e-12 * shape.area
    centre = shapely.centroid(cut[keep])
    weight = area[keep] / area[keep].sum()
    return list(zip(weight.tolist(), shapely.get_x(centre).tolist(), shapely.get_y(centre).tolist(), strict=True))


def _offsets(elements: Elements, i: int) -> list[tuple[float, float]]:
    axis = elements.axis_m[i]
    if elements.kind[i] != "wall" or not np.isfinite(axis).all():
        return [(0.0, 0.0)]
    t = (np.arange(LINE_SAMPLES) + 0.5) / LINE_SAMPLES - 0.5
    return [(float(k * (axis[2] - axis[0])), float(k * (axis[3] - axis[1]))) for k in t]
