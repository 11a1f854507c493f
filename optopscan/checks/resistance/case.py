"""The parts under one set of factors and defaults, and the result while it is filled."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from optopscan.checks.beam_spans import BeamSpans
from optopscan.checks.bearings import Bearings
from optopscan.checks.clauses import Clauses, plain
from optopscan.checks.defaults import CheckDefaults
from optopscan.checks.resistance.result import EXTRA, NO_CLAUSE, SECTIONS, Resistance
from optopscan.codes.en1990 import FactorSet
from optopscan.materials.reinforcement import Bars
from optopscan.model.arrays import BoolArray, FloatArray, IntArray
from optopscan.model.building import Elements
from optopscan.model.structure import Materials, Parts

SHAPE_TOLERANCE = 0.03
"""Relative difference of the plan area up to which a column is a rectangle or a circle of its sides."""


@dataclass(frozen=True, kw_only=True, eq=False)
class Case:
    """What the checks read: parts with their elements and materials, factors, defaults.

    ``floors`` (n_part,) tells where concrete floors hold head and foot; ``eccentricity_m``
    (n_part, 2) as in `part_resistance`; ``one_side`` (n_part,) tells of columns whether their load comes
    from one side; ``bars`` are the bars of concrete columns, None where nothing is plausible; ``spans`` are
    those of beams and ``bearings`` the contacts with walls, None where not worked out; ``held_edges`` (n_part,) are
    vertical edges of masonry shown to be held, None for none; ``clause`` gives the clause functions.
    """

    parts: Parts
    elements: Elements
    materials: Materials
    factors: FactorSet
    defaults: CheckDefaults
    floors: BoolArray
    eccentricity_m: FloatArray
    one_side: BoolArray
    bars: Bars | None = None
    spans: BeamSpans | None = None
    bearings: Bearings | None = None
    held_edges: IntArray | None = None
    clause: Clauses = plain

    def group(self, row: int) -> str:
        """Return the material group of one part."""
        return self.materials.group[int(self.parts.element[row])]

    def geometry_mm(self, rows: IntArray) -> tuple[FloatArray, FloatArray, FloatArray]:
        """Thickness, length that stays compressed around the in-plane resultant, clear height [mm]."""
        p = self.parts
        length = np.maximum(p.length_m[rows] - 2.0 * np.abs(self.eccentricity_m[rows, 1]), 0.0)
        t, l, h = (1000.0 * np.where(x > 0, x, np.nan) for x in (p.thickness_m[rows], length, p.z1_m[rows] - p.z0_m[rows]))
        # a resultant outside the part leaves no length at all: no resistance, which is known
        return t, np.where(length == 0.0, 0.0, l), h

    def height_mm(self, rows: IntArray) -> FloatArray:
        """Clear height [mm], nan where it is not above zero."""
        height = 1000.0 * (self.parts.z1_m[rows] - self.parts.z0_m[rows])
        return np.where(height > 0, height, np.nan)

    def head_eccentricity_mm(self, rows: IntArray, t_mm: FloatArray) -> FloatArray:
        """First-pass eccentricity at the head with what the existing load adds [mm]."""
        fraction = np.where(self.parts.floor_sides[rows] == 1, self.defaults.e_one_side, self.defaults.e_other)
        result: FloatArray = fraction * t_mm + self.extra_mm(rows)
        return result

    def foot_eccentricity_mm(self, rows: IntArray, t_mm: FloatArray) -> FloatArray:
        """The same at the foot [mm]."""
        return self.defaults.e_other * t_mm + self.extra_mm(rows)

    def extra_mm(self, rows: IntArray) -> FloatArray:
        """Eccentricity that the existing load leaves out of plane [mm]."""
        result: FloatArray = 1000.0 * np.abs(self.eccentricity_m[rows, 0])
        return result

    def strength(self, rows: IntArray) -> tuple[FloatArray, FloatArray]:
        """Strength stated by the grade and default strength [N/mm2]; not above zero is unknown."""
        e = self.parts.element[rows]
        stated, default = self.materials.strength_mpa[e], self.materials.strength_default_mpa[e]
        return np.where(stated > 0, stated, np.nan), np.where(default > 0, default, np.nan)


@dataclass(eq=False)
class Draft:
    """The result while it is filled, one kind and material at a time."""

    n: int
    applies: BoolArray = field(init=False)
    n_hi_kn: FloatArray = field(init=False)
    n_best_kn: FloatArray = field(init=False)
    clauses: list[tuple[str, ...]] = field(init=False)
    reason: list[str] = field(init=False)
    terms: dict[str, FloatArray] = field(default_factory=dict)
    texts: dict[str, list[str]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.applies = np.zeros((self.n, len(SECTIONS)), dtype=np.bool_)
        self.n_hi_kn = np.full((self.n, len(SECTIONS)), np.nan)
        self.n_best_kn = np.full((self.n, len(SECTIONS)), np.nan)
        self.clauses = [NO_CLAUSE] * self.n
        self.reason = [""] * self.n

    def put(self, rows: IntArray, **values: npt.ArrayLike) -> None:
        """Store terms of these parts, per part or per part and section."""
        for name, value in values.items():
            array = np.asarray(value, dtype=np.float64)
            shape = (self.n, len(SECTIONS)) if array.ndim == 2 else (self.n,)
            self.terms.setdefault(name, np.full(shape, np.nan))[rows] = array

    def say(self, rows: IntArray, name: str, values: list[str]) -> None:
        """Store words about these parts."""
        column = self.texts.setdefault(name, [""] * self.n)
        for row, value in zip(rows.tolist(), values, strict=True):
            column[row] = value

    def resist(self, rows: IntArray, clauses: tuple[str, ...], n_hi_kn: FloatArray) -> None:
        """Store the resistance per section (n_row, 4); a section without a clause does not apply."""
        self.applies[rows] = [bool(c) for c in clauses]
        self.n_hi_kn[rows] = np.where(self.applies[rows], n_hi_kn, np.nan)
        for row in rows.tolist():
            self.clauses[row] = clauses

    def best(self, rows: IntArray, n_kn: FloatArray) -> None:
        """Store the force (n_row, 4) up to which a part may hold though it exceeds the resistance: the check is on the safe side."""
        self.n_best_kn[rows] = n_kn

    def explain_unknown(self, rows: IntArray, unknown: BoolArray, reason: str) -> None:
        """Give the reason to those of the parts that are unknown and have none yet."""
        for row in rows[unknown].tolist():
            self.reason[row] = self.reason[row] or reason

    def explain_geometry(self, case: Case, rows: IntArray, t_mm: FloatArray, h_mm: FloatArray) -> None:
        """Give the reason where a size or an eccentricity of a wall is not known."""
        self.explain_unknown(rows, np.isnan(t_mm) | np.isnan(h_mm), "thickness or height unknown")
        self.explain_unknown(rows, np.isnan(case.parts.length_m[rows]), "length unknown")
        self.explain_unknown(rows, np.any(np.isnan(case.eccentricity_m[rows]), axis=1), "eccentricity of the load unknown")

    def done(self) -> Resistance:
        """Return the result."""
        return Resistance(
            applies=self.applies,
            n_lo_kn=np.where(self.applies & ~np.isnan(self.n_hi_kn), 0.0, np.nan),
            n_hi_kn=self.n_hi_kn,
            clauses=tuple(self.clauses),
            reason=tuple(self.reason),
            terms=self.terms,
            texts={name: tuple(values) for name, values in self.texts.items()},
            n_best_kn=np.where(np.isnan(self.n_hi_kn), np.nan, np.fmax(self.n_hi_kn, self.n_best_kn)),
        )


def per_section(head: FloatArray, mid: FloatArray, foot: FloatArray, extra: FloatArray) -> FloatArray:
    """Return values per section, (n_row, 4)."""
    return np.stack(np.broadcast_arrays(head, mid, foot, extra), axis=-1)


def only_extra(values: FloatArray) -> FloatArray:
    """Return values of a check of the part as a whole as a table per section, (n_row, 4)."""
    table = np.full((values.size, len(SECTIONS)), np.nan)
    table[:, EXTRA] = values
    return table


def plan_shape(case: Case, row: int) -> str:
    """Return what the plan of the element is, compared with a rectangle of the two sides: rectangle, circle or ""."""
    long, short = float(case.parts.length_m[row]), float(case.parts.thickness_m[row])
    share = float(case.elements.footprint[int(case.parts.element[row])].area) / (long * short) if long * short > 0 else np.nan
    if abs(share - 1.0) <= SHAPE_TOLERANCE or np.isnan(share):
        return "rectangle"
    return "circle" if abs(share - np.pi / 4.0) <= SHAPE_TOLERANCE and long - short <= SHAPE_TOLERANCE * long else ""
