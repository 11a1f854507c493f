"""Columns and beams on walls as concentrated loads: EN 1996-1-1 6.1.3 on masonry, EN 1992-1-1 6.7 on concrete.

A check of the part that stands on the wall, at its foot. How large the contact is no model tells: a column bears
on at least its own outline, a beam on the least length that is built. What passes with that passes; what does not is
unknown, because a larger plate may stand there.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from optopscan.checks.bearings import Bearings
from optopscan.checks.resistance.beams import reaction_length_m
from optopscan.checks.resistance.case import Case, Draft
from optopscan.checks.resistance.result import FOOT
from optopscan.codes import en1992_slab, en1996_local
from optopscan.model.arrays import FloatArray, IntArray

MASONRY, CONCRETE = "NEN-EN 1996-1-1 6.1.3", "NEN-EN 1992-1-1 6.7"
QUARTER = 0.25
BETWEEN = "passes only on a larger bearing than the least: its size is unknown and would govern"


@dataclass(frozen=True, kw_only=True, eq=False)
class Contact:
    """Sizes of contacts (n_contact,) [mm]: along and across the wall, distance of the edge to the end, thickness and height of the wall.

    ``off_mm`` is how far the middle of the contact lies from the axis of the wall: the end of a beam bears at a face.
    """

    along_mm: FloatArray
    across_mm: FloatArray
    end_mm: FloatArray
    far_mm: FloatArray
    thickness_mm: FloatArray
    height_mm: FloatArray
    off_mm: FloatArray


def check(case: Case, out: Draft) -> None:
    """Add the check at the foot of columns and beams that have one of their own."""
    if case.bearings is None or not len(case.bearings):
        return
    b = case.bearings
    inside = b.support >= 0
    fd, fcd = (_strength(b, inside, out, name, given) for name, given in (("fd_mpa", b.fd_mpa), ("fcd_pl_mpa", b.fcd_mpa)))
    contact = _contact(case, b)
    n_rd = np.where(np.isfinite(fcd), _on_concrete(case, contact, fcd), _on_masonry(case, contact, fd))
    is_beam = np.array([kind == "beam" for kind in case.parts.kind], dtype=np.bool_)
    for k in np.flatnonzero(np.isfinite(n_rd)).tolist():
        row = int(b.part[k])
        clause = CONCRETE if np.isfinite(fcd[k]) else MASONRY
        if case.parts.kind[row] == "beam":
            pieces = np.flatnonzero(is_beam & (np.asarray(case.parts.element) == case.parts.element[row]))
            _limit_beam(case, pieces, float(n_rd[k]), bool(b.interior[k]), clause, out)
        else:
            _limit(np.array([row]), np.array([n_rd[k] / max(float(b.share[k]), 1e-9)]), clause, out)


def _strength(b: Bearings, inside: np.ndarray, out: Draft, name: str, given: FloatArray) -> FloatArray:
    """Return a design strength of the supports: given, else what their own check took."""
    terms = out.terms.get(name, np.full(out.n, np.nan))
    own = np.where(inside, terms[np.where(inside, b.support, 0)], np.nan)
    return np.where(np.isfinite(given), given, own)


def _contact(case: Case, b: Bearings) -> Contact:
    p = case.parts
    t, length = 1000.0 * b.thickness_m, 1000.0 * b.length_m
    small, large = 1000.0 * p.thickness_m[b.part], 1000.0 * p.length_m[b.part]
    beam = np.array([p.kind[row] == "beam" for row in b.part.tolist()], dtype=np.bool_)
    timber = np.array([case.group(row) == "timber" for row in b.part.tolist()], dtype=np.bool_)
    depth = np.where(timber, 1000.0 * case.defaults.timber_bearing_m, en1996_local.LEAST_BEARING_MM)
    # a column may stand either way: the smaller contact counts
    upright = np.minimum(large, t) * np.minimum(small, length) < np.minimum(small, t) * np.minimum(large, length)
    along = np.where(beam, np.where(b.along, depth, small), np.where(upright, small, large))
    across = np.where(beam, np.where(b.along, small, depth), np.where(upright, large, small))
    along, across = np.minimum(along, length), np.minimum(across, t)
    end = np.maximum(1000.0 * b.end_m - 0.5 * along, 0.0)
    return Contact(
        along_mm=along,
        across_mm=across,
        end_mm=end,
        far_mm=np.maximum(length - along - end, 0.0),
        thickness_mm=t,
        height_mm=1000.0 * b.height_m,
        off_mm=np.where(beam & ~b.along & ~b.interior, 0.5 * np.maximum(t - across, 0.0), 0.0),
    )


def _on_masonry(case: Case, c: Contact, fd: FloatArray) -> FloatArray:
    clause, area = case.clause, c.along_mm * c.across_mm
    spread = clause(en1996_local.spread_length_mm)(bearing_length_mm=c.along_mm, height_mm=c.height_mm, left_mm=c.end_mm, right_mm=c.far_mm)
    beta = clause(en1996_local.concentrated_factor)(
        end_distance_mm=c.end_mm,
        height_mm=c.height_mm,
        bearing_area_mm2=area,
        effective_area_mm2=spread * c.thickness_mm,
        # 6.1.3(3): beyond a quarter of the thickness from the axis the factor does not apply
        enhanced=(case.defaults.unit_group == 1) & (c.off_mm <= QUARTER * c.thickness_mm),
    )
    return clause(en1996_local.concentrated_resistance_kn)(
        beta=beta, bearing_area_mm2=area, fd_mpa=fd, eccentricity_mm=0.0, thickness_mm=c.thickness_mm
    )


def _on_concrete(case: Case, c: Contact, fcd: FloatArray) -> FloatArray:
    clause = case.clause
    edge = np.maximum(0.5 * (c.thickness_mm - c.across_mm), 0.0)
    width = clause(en1992_slab.distribution_width_mm, "along")(width_mm=c.along_mm, depth_mm=c.height_mm, edge_distance_mm=c.end_mm)
    across = clause(en1992_slab.distribution_width_mm, "across")(width_mm=c.across_mm, depth_mm=c.height_mm, edge_distance_mm=edge)
    return clause(en1992_slab.concentrated_resistance_kn)(
        loaded_area_mm2=c.along_mm * c.across_mm, distribution_area_mm2=width * across, fcd_mpa=fcd
    )


def _limit_beam(case: Case, rows: IntArray, n_rd_kn: float, interior: bool, clause: str, out: Draft) -> None:
    """Limit the load per metre so that the reaction stays below the resistance; over an inner support both sides bear."""
    if case.spans is not None:
        reach = reaction_length_m(case.spans, rows, inner=interior)
        _limit(rows, n_rd_kn / reach * case.parts.length_m[rows], clause, out)


def _limit(rows: IntArray, n_kn: FloatArray, clause: str, out: Draft) -> None:
    """Put the least of all contacts at the foot of parts that have another check; without one they are unknown anyway."""
    for row, value in zip(rows.tolist(), n_kn.tolist(), strict=True):
        before = out.n_hi_kn[row, FOOT]
        others = np.delete(out.n_hi_kn[row], FOOT)[np.delete(out.applies[row], FOOT)]
        if not others.size or np.isnan(others).any() or (out.applies[row, FOOT] and before <= value):
            continue
        out.applies[row, FOOT] = True
        out.n_hi_kn[row, FOOT], out.n_best_kn[row, FOOT] = value, np.inf
        out.clauses[row] = (*out.clauses[row][:FOOT], clause, *out.clauses[row][FOOT + 1 :])
    out.say(rows, "between_foot", [BETWEEN] * rows.size)
