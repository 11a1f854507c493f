"""Where columns and beams stand on walls: the contacts that a concentrated load needs, out of the support graph."""

from __future__ import annotations

from dataclasses import dataclass, field, fields, replace

import numpy as np

from optopscan.model.arrays import BoolArray, FloatArray, IntArray, check_lengths, freeze
from optopscan.model.structure import Parts, Shares

LEAST_SHARE = 0.02
"""A support that takes less of every piece than this is not where the load comes down."""
PARALLEL = 0.3
"""Sine of the angle up to which a beam lies along a wall."""


@dataclass(frozen=True, kw_only=True, eq=False)
class Bearings:
    """Contacts (n_contact,): ``part`` stands on the wall part ``support``.

    ``share`` of the load of a column goes there (beams: 1); ``end_m`` is the distance of the load to the nearer end
    of the wall part, of which ``thickness_m``, ``length_m`` and ``height_m`` are the sizes; ``along`` True where a
    beam lies along the wall; ``interior`` where the beam runs on over it. ``fd_mpa`` and ``fcd_mpa``: design strength
    of the support where the run does not work it out itself (``support`` -1: not among its parts).
    """

    part: IntArray
    support: IntArray
    share: FloatArray
    end_m: FloatArray
    thickness_m: FloatArray
    length_m: FloatArray
    height_m: FloatArray
    along: BoolArray
    interior: BoolArray
    fd_mpa: FloatArray = field(default_factory=lambda: np.zeros(0))
    fcd_mpa: FloatArray = field(default_factory=lambda: np.zeros(0))

    def __post_init__(self) -> None:
        for name in ("fd_mpa", "fcd_mpa"):
            if len(getattr(self, name)) != len(self.part):
                object.__setattr__(self, name, np.full(len(self.part), np.nan))
        freeze(self)
        check_lengths(self, len(self.part))

    def __len__(self) -> int:
        return len(self.part)


def bearings(parts: Parts, shares: Shares) -> Bearings:
    """Return the contacts of columns and beams with piers; a beam that lies along one pier is spread, not concentrated.

    Parameters
    ----------
    parts
        The parts.
    shares
        Shares of the simple distribution.
    """
    n = len(parts)
    standing = np.array([kind in ("column", "beam") for kind in parts.kind], dtype=np.bool_)
    pier = np.array([kind == "pier" for kind in parts.kind], dtype=np.bool_)
    table = shares.parts.tocoo()
    arms = [arm.tocsr() for arm in shares.arms["parts"]] if "parts" in shares.arms else []
    keep = (table.col < n) & (np.abs(table.data) > LEAST_SHARE)
    keep[keep] = standing[table.row[keep]] & pier[table.col[keep]]
    found: dict[tuple[int, int], list[tuple[int, float, float]]] = {}
    for row, column, share in zip(table.row[keep].tolist(), table.col[keep].tolist(), table.data[keep].tolist(), strict=True):
        whole = int(parts.element[row]) if parts.kind[row] == "beam" else -1 - row
        at = [float(place[column]) for place in (parts.x_m, parts.y_m)]
        at = [x + float(arm[[row], [column]].item()) / share for x, arm in zip(at, arms, strict=True)] if arms else at
        along = _place(parts, column, at)
        found.setdefault((whole, column), []).append((row, share, along))
    ends = _ends(parts)
    contacts = [_contact(parts, support, rows, ends) for (_, support), rows in sorted(found.items())]
    made = [c for c in contacts if c is not None]
    under = np.array([c[1] for c in made], dtype=np.int64)
    return Bearings(
        part=np.array([c[0] for c in made], dtype=np.int64),
        support=under,
        share=np.array([c[2] for c in made], dtype=np.float64),
        end_m=np.array([c[3] for c in made], dtype=np.float64),
        thickness_m=np.asarray(parts.thickness_m)[under],
        length_m=np.asarray(parts.length_m)[under],
        height_m=np.asarray(parts.z1_m - parts.z0_m)[under],
        along=np.array([c[4] for c in made], dtype=np.bool_),
        interior=np.array([c[5] for c in made], dtype=np.bool_),
    )


def for_rows(found: Bearings, parts: Parts, rows: IntArray) -> tuple[Bearings, IntArray]:
    """Return the contacts of some parts and of their beams, numbered as in these rows followed by their supports; and all those rows."""
    wanted = rows.tolist()
    beams = {int(parts.element[row]): k for k, row in reversed(list(enumerate(wanted))) if parts.kind[row] == "beam"}
    place = {row: k for k, row in enumerate(wanted)}
    of = [place.get(row, beams.get(int(parts.element[row]), -1) if parts.kind[row] == "beam" else -1) for row in found.part.tolist()]
    keep = np.array([k for k, own in enumerate(of) if own >= 0], dtype=np.int64)
    more = sorted(set(found.support[keep].tolist()) - set(wanted))
    place.update({row: len(wanted) + k for k, row in enumerate(more)})
    some = {f.name: np.asarray(getattr(found, f.name))[keep] for f in fields(found)}
    some["part"] = np.array([of[k] for k in keep.tolist()], dtype=np.int64)
    some["support"] = np.array([place[row] for row in found.support[keep].tolist()], dtype=np.int64)
    return replace(found, **some), np.array([*wanted, *more], dtype=np.int64)


def _place(parts: Parts, row: int, at: list[float]) -> float:
    """Return how far along the axis of a part a point lies [m]."""
    dx, dy = float(parts.x1_m[row] - parts.x0_m[row]), float(parts.y1_m[row] - parts.y0_m[row])
    length = max(float(np.hypot(dx, dy)), 1e-9)
    return ((at[0] - float(parts.x0_m[row])) * dx + (at[1] - float(parts.y0_m[row])) * dy) / length


def _ends(parts: Parts) -> dict[int, frozenset[int]]:
    """Return the two outermost pieces of every beam."""
    rows: dict[int, list[int]] = {}
    for row, kind in enumerate(parts.kind):
        if kind == "beam":
            rows.setdefault(int(parts.element[row]), []).append(row)
    found = {}
    for element, own in rows.items():
        ordered = sorted(own, key=lambda r: (round(float(parts.x_m[r]), 3), round(float(parts.y_m[r]), 3)))
        found[element] = frozenset((ordered[0], ordered[-1]))
    return found


def _contact(
    parts: Parts, support: int, rows: list[tuple[int, float, float]], ends: dict[int, frozenset[int]]
) -> tuple[int, int, float, float, bool, bool] | None:
    row, share, place = max(rows, key=lambda r: (abs(r[1]), -r[0]))
    length = float(parts.length_m[support])
    end = float(np.clip(min(place, length - place), 0.0, None))
    if parts.kind[row] == "column":
        return row, support, share, end, False, False
    element = int(parts.element[row])
    outer = [(float(parts.x_m[r]), float(parts.y_m[r])) for r in sorted(ends[element])]
    bx, by = outer[-1][0] - outer[0][0], outer[-1][1] - outer[0][1]
    dx, dy = float(parts.x1_m[support] - parts.x0_m[support]), float(parts.y1_m[support] - parts.y0_m[support])
    sine = abs(bx * dy - by * dx) / max(float(np.hypot(bx, by) * np.hypot(dx, dy)), 1e-9)
    direct = sum(abs(s) > 1.0 - LEAST_SHARE for _, s, _ in rows)
    if sine < PARALLEL and direct > 1:
        return None
    return row, support, 1.0, end, sine < PARALLEL, not any(r in ends[element] for r, s, _ in rows if abs(s) > 0.5)
