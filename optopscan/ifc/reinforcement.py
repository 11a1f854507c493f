"""Which way the bottom bars of a slab run: a one-way slab has its main steel along its span.

Only the amounts are read here; what they say about the span is judged in
`optopscan.structure.span`. Bars whose body is not a swept disk or an extruded circle are
passed over.
"""

from __future__ import annotations

import dataclasses
import itertools
from collections.abc import Iterator, Sequence
from typing import Any

import ifcopenshell.util.placement as placement_util
import numpy as np
import shapely
from shapely.strtree import STRtree

from optopscan.ifc.assemble import Frame
from optopscan.ifc.open_file import Source
from optopscan.ifc.place import local_placement
from optopscan.ifc.shapes import body_representations
from optopscan.model.arrays import FloatArray
from optopscan.model.building import Elements, Mesh

MAIN_DEG, MAIN_SHARE = "Reinforcement.MainDeg", "Reinforcement.MainShare"
STEEP = 0.1  # rise over length; stirrups and stair bars are no floor bars
LEAST_M = 0.3  # spacers and hooks
BARS = 3
SLACK_M = 0.01  # a bar drawn on the soffit


def with_reinforcement(elements: Elements, sources: Sequence[Source], frame: Frame) -> Elements:
    """Return the elements with ``Reinforcement.MainDeg`` and ``MainShare`` where bars lie in the lower half of a slab.

    ``MainDeg`` is the direction of most bottom steel in plan, from the x axis of the building [deg, 0 to 180),
    ``MainShare`` its share of the volume of bottom steel in that direction and the one square to it.
    """
    bars = [bar for source in sources for bar in _bars(source)]
    if not bars:
        return elements
    ends = frame.local(Mesh(vertices_m=np.array([p for bar in bars for p in bar[:2]]), faces=np.zeros((0, 3), dtype=np.int64))).vertices_m
    start, step = ends[::2], ends[1::2] - ends[::2]
    long = np.hypot(step[:, 0], step[:, 1])
    level = (long >= LEAST_M) & (np.abs(step[:, 2]) <= STEEP * long)
    middle, steel = (start + 0.5 * step)[level], (long * np.array([bar[2] for bar in bars]))[level]
    angle = np.arctan2(step[level, 1], step[level, 0])
    slabs = [i for i, kind in enumerate(elements.kind) if kind in ("slab", "roof")]
    slab, bar_row = STRtree(shapely.points(middle[:, :2])).query([elements.footprint[i] for i in slabs], predicate="intersects")
    properties = list(elements.properties)
    for k, i in enumerate(slabs):
        rows = bar_row[slab == k]
        z, low, high = middle[rows, 2], float(elements.z0_m[i]), float(elements.z1_m[i])
        rows = rows[(z >= low - SLACK_M) & (z < 0.5 * (low + high))]
        found = _main(angle[rows], steel[rows])
        if found is not None:
            properties[i] = dict(sorted({**properties[i], MAIN_DEG: found[0], MAIN_SHARE: found[1]}.items()))
    return dataclasses.replace(elements, properties=tuple(properties))


def _main(angle: FloatArray, steel: FloatArray) -> tuple[float, float] | None:
    """Return direction [deg] and share of most steel; None for too few bars to tell."""
    if len(angle) < BARS:
        return None
    base = float(np.angle((steel * np.exp(4j * angle)).sum()) / 4.0)
    along = np.abs(np.cos(angle - base)) > np.sqrt(0.5)
    share = float(steel[along].sum() / steel.sum())
    if along.sum() < BARS and share >= 0.5:
        return None
    deg = np.degrees(base) + (0.0 if share >= 0.5 else 90.0)
    return round(float(deg), 1) % 180.0, round(max(share, 1.0 - share), 3)


def _bars(source: Source) -> Iterator[tuple[FloatArray, FloatArray, float]]:
    """Yield start and end [m] in file coordinates and section [m2] of the straight pieces of all bars."""
    model = source.model
    for entity in sorted((*model.by_type("IfcReinforcingBar"), *model.by_type("IfcReinforcingMesh")), key=lambda one: int(one.id())):
        place = None if entity.ObjectPlacement is None else local_placement(entity.ObjectPlacement)
        if place is None:
            continue
        for shape in body_representations(entity):
            for item in shape.Items or ():
                for points, radius in _lines(item, place):
                    at = points * source.unit_m
                    for a, b in itertools.pairwise(at):
                        yield a, b, float(np.pi * (radius * source.unit_m) ** 2)


def _lines(item: Any, place: FloatArray) -> Iterator[tuple[FloatArray, float]]:
    """Yield the points of the axis, in file units, and the radius of each bar of an item."""
    if item.is_a("IfcMappedItem"):
        inner = place @ np.asarray(placement_util.get_mappeditem_transformation(item), dtype=np.float64)
        for one in item.MappingSource.MappedRepresentation.Items or ():
            yield from _lines(one, inner)
    elif item.is_a("IfcSweptDiskSolid"):
        yield _moved(_points(item.Directrix), place), float(item.Radius)
    elif item.is_a("IfcExtrudedAreaSolid") and item.SweptArea.is_a("IfcCircleProfileDef"):
        if item.Position is not None:
            place = place @ np.asarray(placement_util.get_axis2placement(item.Position), dtype=np.float64)
        way = np.array(item.ExtrudedDirection.DirectionRatios, dtype=np.float64)
        end = way / np.linalg.norm(way) * float(item.Depth)
        yield _moved([(0.0, 0.0, 0.0), tuple(end.tolist())], place), float(item.SweptArea.Radius)


def _moved(points: Sequence[Sequence[float]], place: FloatArray) -> FloatArray:
    at = np.array([tuple(point) for point in points], dtype=np.float64).reshape(-1, 3)
    return np.asarray(at @ place[:3, :3].T + place[:3, 3])


def _points(curve: Any) -> list[tuple[float, ...]]:
    """Return the corners of a directrix; the bends between straight pieces are left out."""
    if curve.is_a("IfcPolyline"):
        return [tuple(point.Coordinates) for point in curve.Points]
    if curve.is_a("IfcIndexedPolyCurve"):
        return [tuple(point) for point in curve.Points.CoordList]
    if curve.is_a("IfcTrimmedCurve") and curve.BasisCurve.is_a("IfcLine"):
        trims = [next((one for one in trim if hasattr(one, "Coordinates")), None) for trim in (curve.Trim1, curve.Trim2)]
        return [tuple(one.Coordinates) for one in trims if one is not None]
    if curve.is_a("IfcCompositeCurve"):
        return [point for segment in curve.Segments for point in _points(segment.ParentCurve)]
    return []
