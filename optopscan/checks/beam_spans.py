"""Between which supports a beam spans, out of the support graph: what bending and shear of beams need.

A beam is cut into parts that take its load at points from end to end; each part knows where its load
goes. Supports are where those loads arrive. A lintel along a beam is left out: it takes load in the take-down,
but here the beam must do without it.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import scipy.sparse as sp

from optopscan.model.arrays import BoolArray, FloatArray, IntArray, check_lengths, freeze
from optopscan.model.structure import Parts, Shares

SAME_M = 0.05
"""Supports closer than this along the beam are one."""
BESIDE_M = 0.1
"""A load that arrives this far from where it was taken lies on its support."""
PARALLEL = 0.3
"""Sine of the angle up to which a lintel lies along a beam."""
LEAST = 1e-6


@dataclass(frozen=True, kw_only=True, eq=False)
class BeamSpans:
    """Per part (n_part,), nan for what is no beam or not known (``why`` says so).

    ``span_m`` is the largest span of the beam, ``least_m`` its smallest, ``overhang_m`` its largest overhang, ``node_m`` the
    distance of the points where its parts take load, ``lever_m`` a b / L of the part in its own span
    (0 at a support), ``n_support`` the number of supports. ``point_loads``: other parts stand on the beam.
    """

    span_m: FloatArray
    least_m: FloatArray
    overhang_m: FloatArray
    node_m: FloatArray
    lever_m: FloatArray
    n_support: IntArray
    point_loads: BoolArray
    why: tuple[str, ...]

    def __post_init__(self) -> None:
        freeze(self)
        check_lengths(self, len(self.why))


def beam_spans(parts: Parts, shares: Shares) -> BeamSpans:
    """Return the spans of every beam.

    Parameters
    ----------
    parts
        The parts; those of kind beam and one element are one beam.
    shares
        Shares of the simple distribution.
    """
    n = len(parts)
    values = {name: np.full(n, np.nan) for name in ("span_m", "least_m", "overhang_m", "node_m", "lever_m")}
    n_support, why = np.zeros(n, dtype=np.int64), [""] * n
    landed = np.asarray(abs(shares.parts[:, :n]).sum(axis=0)).ravel()
    beams: dict[int, list[int]] = {}
    for row in range(n):
        if parts.kind[row] == "beam":
            beams.setdefault(int(parts.element[row]), []).append(row)
    landings = _Landings(parts, shares, np.array([r for rows in beams.values() for r in rows], dtype=np.int64)) if beams else None
    point_loads = np.zeros(n, dtype=np.bool_)
    for rows in beams.values():
        index = np.array(rows, dtype=np.int64)
        point_loads[index] = bool((landed[index] > LEAST).any())
        if landings is not None:
            _one_beam(index, landings, values, n_support, why)
    return BeamSpans(n_support=n_support, point_loads=point_loads, why=tuple(why), **values)


@dataclass(frozen=True, eq=False)
class _Arrival:
    """Part of a load that arrives at a support: how far along the beam, on which part, which share."""

    at_m: float
    part: int
    share: float


class _Landings:
    """Where the loads of beams arrive."""

    def __init__(self, parts: Parts, shares: Shares, rows: IntArray) -> None:
        self.parts = parts
        self.shares = _by_row(shares.parts, rows)
        self.arms = tuple(_by_row(arm, rows) for arm in shares.arms["parts"])

    def of(self, row: int, along: tuple[float, float]) -> list[_Arrival] | None:
        """Return the arrivals of one part, places relative to it along the beam; None where some of it finds no part."""
        p, n = self.parts, len(self.parts)
        found = []
        for j, share in sorted(self.shares[row].items()):
            if abs(share) <= LEAST:
                continue
            if j >= n:
                return None
            # what arrives beside the point where the support takes its load keeps its own place
            at = [float(place[j]) + self.arms[k][row].get(j, 0.0) / share for k, place in enumerate((p.x_m, p.y_m))]
            offset = (at[0] - float(p.x_m[row])) * along[0] + (at[1] - float(p.y_m[row])) * along[1]
            found.append(_Arrival(at_m=offset, part=j, share=share))
        return found


def _by_row(table: sp.csr_array, rows: IntArray) -> dict[int, dict[int, float]]:
    """Return the entries of some rows of a sparse table."""
    some = table[rows].tocoo()
    found: dict[int, dict[int, float]] = {row: {} for row in rows.tolist()}
    for k, column, value in zip(some.row.tolist(), some.col.tolist(), some.data.tolist(), strict=True):
        found[int(rows[k])][column] = value
    return found


def _one_beam(rows: IntArray, landings: _Landings, values: dict[str, FloatArray], n_support: IntArray, why: list[str]) -> None:
    """Fill in one beam."""
    parts = landings.parts
    dx, dy = (float(np.ptp(place[rows])) for place in (parts.x_m, parts.y_m))
    length = float(np.hypot(dx, dy))
    if len(rows) < 2 or length < SAME_M:
        _say(rows, why, "beam too short to span")
        return
    first = rows[np.lexsort((parts.y_m[rows], parts.x_m[rows]))[0]]
    far = rows[np.argmax(np.hypot(parts.x_m[rows] - parts.x_m[first], parts.y_m[rows] - parts.y_m[first]))]
    along = ((float(parts.x_m[far] - parts.x_m[first])) / length, float(parts.y_m[far] - parts.y_m[first]) / length)
    place = (parts.x_m[rows] - parts.x_m[first]) * along[0] + (parts.y_m[rows] - parts.y_m[first]) * along[1]
    supports: list[tuple[float, int, bool]] = []
    for row, at in zip(rows.tolist(), place.tolist(), strict=True):
        arrivals = landings.of(row, along)
        if arrivals is None:
            _say(rows, why, "support of the beam unknown")
            return
        bearing = [a for a in arrivals if parts.kind[a.part] != "lintel" or not _parallel(parts, a.part, along)]
        supports.extend((at + a.at_m, a.part, abs(a.at_m) <= BESIDE_M) for a in bearing)
    spans, places = _spans(supports)
    if len(places) < 2:
        _say(rows, why, "beam on one support: its moment is not checked")
        return
    spacing = float(np.diff(np.sort(place)).max())
    overhang = max(places[0] - float(place.min()), float(place.max()) - places[-1], 0.0)
    lengths = [b - a for a, b in spans] or [spacing]
    values["span_m"][rows], values["least_m"][rows] = max(lengths), min(lengths)
    values["overhang_m"][rows], values["node_m"][rows] = overhang, spacing
    n_support[rows] = len(places)
    for row, at in zip(rows.tolist(), place.tolist(), strict=True):
        inside = [(at - a) * (b - at) / (b - a) for a, b in spans if a < at < b]
        values["lever_m"][row] = max([*inside, 0.0])


def _parallel(parts: Parts, row: int, along: tuple[float, float]) -> bool:
    dx, dy = float(parts.x1_m[row] - parts.x0_m[row]), float(parts.y1_m[row] - parts.y0_m[row])
    return abs(dx * along[1] - dy * along[0]) < PARALLEL * max(float(np.hypot(dx, dy)), LEAST)


def _spans(supports: list[tuple[float, int, bool]]) -> tuple[list[tuple[float, float]], list[float]]:
    """Return the spans and the places of the supports; between two points on one wall a beam does not span."""
    clusters: list[list[tuple[float, int, bool]]] = []
    for support in sorted(supports):
        if clusters and support[0] - clusters[-1][-1][0] < SAME_M:
            clusters[-1].append(support)
        else:
            clusters.append([support])
    places = [float(np.mean([s[0] for s in cluster])) for cluster in clusters]
    spans = []
    for k in range(len(clusters) - 1):
        left = {s[1] for s in clusters[k] if s[2]}
        right = {s[1] for s in clusters[k + 1] if s[2]}
        if not left & right:
            spans.append((places[k], places[k + 1]))
    return spans, places


def _say(rows: IntArray, why: list[str], reason: str) -> None:
    for row in rows.tolist():
        why[row] = reason
