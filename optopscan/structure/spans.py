"""The span evidence of all floors of a building, and what it comes to per field."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping, Sequence

import numpy as np

from optopscan.geometry import plane
from optopscan.model.arrays import FloatArray
from optopscan.model.building import Elements
from optopscan.model.structure import Cells, Fields, Materials
from optopscan.structure.fields import is_gallery
from optopscan.structure.floors import Floor
from optopscan.structure.rooms import room_spans
from optopscan.structure.span import SpanEvidence, facade_span, joist_spans, known_spans, spans_one_way, summary
from optopscan.structure.spread import FloorSpread

LEVEL_M = 0.5  # a balcony lies within a threshold of the floor it belongs to


def given_degrees(given_span_deg: FloatArray | None) -> dict[int, float]:
    """Return the given directions by element row."""
    if given_span_deg is None:
        return {}
    return {int(i): float(given_span_deg[i]) for i in np.flatnonzero(np.isfinite(given_span_deg))}


def find_spans(
    elements: Elements, materials: Materials, floors: Sequence[Floor], spreads: Sequence[FloorSpread], given_deg: Mapping[int, float]
) -> list[list[SpanEvidence]]:
    """Return the evidence per floor, most trusted first, and tell it to the spreads."""
    bars = [i for i, kind in enumerate(elements.kind) if kind in ("beam", "member")]
    found = []
    for f, (floor, spread) in enumerate(zip(floors, spreads, strict=True)):
        carriers = frozenset(int(spread.groups.element[g]) for g in spread.supports)
        joists = joist_spans(elements, floor.polygon, floor.z0_m, floor.z1_m, carriers=carriers, bars=bars)
        evidence = known_spans(elements, floor.members, floor.polygon, joists=joists, given_deg=given_deg)
        rest = plane.difference(floor.polygon, plane.union([e.polygon for e in evidence])) if evidence else floor.polygon
        evidence += room_spans(spread, rest, one_way=spans_one_way(elements, materials, floor.members))
        if is_gallery(elements, floor.members) and not len(spread.supports):
            level = [o.polygon for k, o in enumerate(floors) if k != f and abs(o.z1_m - floor.z1_m) <= LEVEL_M]
            hung = facade_span(floor.polygon, level)
            evidence += [hung] if hung is not None else []
        spread.direct([(e.polygon, e.deg) for e in evidence])
        found.append(evidence)
    return found


def with_spans(fields: Fields, cells: Cells, spreads: Sequence[FloorSpread], evidence: Sequence[Sequence[SpanEvidence]]) -> Fields:
    """Return the fields with the span of most of their area, its source and its probability."""
    spans = []
    for f, spread in enumerate(spreads):
        rows = np.flatnonzero(np.asarray(cells.field) == f)
        region = spread.region(cells.x_m[rows], cells.y_m[rows])
        spans.append(summary(cells.span_deg[rows], cells.area_m2[rows], region, evidence[f]))
    return dataclasses.replace(
        fields,
        span_deg=np.array([span.deg for span in spans]),
        span_source=tuple(span.source for span in spans),
        span_probability=np.array([span.probability for span in spans]),
    )
