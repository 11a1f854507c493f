"""The span evidence of all floors of a building, and what it comes to per field."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping, Sequence

import numpy as np

from optopscan.geometry import plane
from optopscan.issues import Issue, issue
from optopscan.model.arrays import FloatArray
from optopscan.model.building import Elements
from optopscan.model.structure import Cells, Fields, Materials
from optopscan.structure.fields import is_gallery
from optopscan.structure.floors import Floor
from optopscan.structure.groups import Groups
from optopscan.structure.rooms import room_spans
from optopscan.structure.span import SpanEvidence, facade_span, joist_spans, known_spans, spans_one_way, summary
from optopscan.structure.spread import FloorSpread

UNSETTLED = 0.9  # a direction less likely than this is a guess
NOTED_M2 = 1.0
LEVEL_M = 0.5  # a balcony lies within a threshold of the floor it belongs to


def given_degrees(given_span_deg: FloatArray | None) -> dict[int, float]:
    """Return the given directions by element row."""
    if given_span_deg is None:
        return {}
    return {int(i): float(given_span_deg[i]) for i in np.flatnonzero(np.isfinite(given_span_deg))}


def shown_spans(
    elements: Elements, groups: Groups, floor: Floor, carriers: Sequence[int], given_deg: Mapping[int, float]
) -> list[SpanEvidence]:
    """Return the evidence on a floor that does not hang on its supports, most trusted first."""
    bars = [i for i, kind in enumerate(elements.kind) if kind in ("beam", "member")]
    carrying = frozenset(int(groups.element[g]) for g in carriers)
    joists = joist_spans(elements, floor.polygon, floor.z0_m, floor.z1_m, carriers=carrying, bars=bars)
    return known_spans(elements, floor.members, floor.polygon, joists=joists, given_deg=given_deg)


def complete_spans(
    elements: Elements,
    materials: Materials,
    floors: Sequence[Floor],
    spreads: Sequence[FloorSpread],
    shown: Sequence[Sequence[SpanEvidence]],
) -> list[list[SpanEvidence]]:
    """Return the evidence of every floor, what its supports say included, and tell it to the spreads."""
    found = []
    for f, (floor, spread) in enumerate(zip(floors, spreads, strict=True)):
        evidence = list(shown[f])
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


def span_notes(elements: Elements, fields: Fields, cells: Cells, spreads: Sequence[FloorSpread]) -> list[Issue]:
    """Return what an engineer should look at: guessed directions, trimmed strips, planks that lie on the soil."""
    notes = []
    for f, spread in enumerate(spreads):
        where, area = elements.id[fields.elements[f][0]], fields.polygon[f].area
        name = f"floor of {area:.1f} m2 at z {fields.z1_m[f]:.2f} m"
        if fields.kind[f] == "ground":
            if fields.span_source[f] in ("planks", "joints"):
                notes.append(issue("OPT-322", where, f"{name}: its planks span, but nothing under their ends is modelled"))
            continue
        if fields.span_probability[f] < UNSETTLED and area >= NOTED_M2:
            way = "two ways" if np.isnan(fields.span_deg[f]) else f"{fields.span_deg[f]:.0f} degrees"
            notes.append(
                issue("OPT-320", where, f"{name}: {way}, from {fields.span_source[f]}, probability {fields.span_probability[f]:.2f}")
            )
        hung = hanging_m2(cells, f, spread)
        if hung >= NOTED_M2:
            notes.append(issue("OPT-321", where, f"{name}: {hung:.1f} m2 has no support at one end or both"))
    return notes


def hanging_m2(cells: Cells, field: int, spread: FloorSpread) -> float:
    """Return the area of a floor that spans in a known direction in which it has no support on both sides [m2]."""
    rows = np.flatnonzero(np.asarray(cells.field) == field)
    x, y = np.asarray(cells.x_m)[rows], np.asarray(cells.y_m)[rows]
    known = spread.known_deg(x, y)
    area = 0.0
    for deg in np.unique(known[np.isfinite(known)]).tolist() if len(spread.supports) else []:
        mine = np.flatnonzero(known == deg)
        open_ = mine[~np.isfinite(spread.spans(deg, x[mine], y[mine]))]
        if len(open_):
            area += float(np.asarray(cells.area_m2)[rows[open_[spread.trimmed(deg, x[open_], y[open_]).found]]].sum())
    return area
