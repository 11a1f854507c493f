"""Which check applies to which kind of part and material, and the run over all parts."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType

import numpy as np

from optopscan.checks.beam_spans import BeamSpans
from optopscan.checks.bearings import Bearings
from optopscan.checks.clauses import Clauses, plain
from optopscan.checks.defaults import CheckDefaults
from optopscan.checks.resistance import (
    bearing,
    masonry,
    plain_concrete,
    reinforced_column,
    steel_beam,
    steel_column,
    timber_beam,
    timber_column,
)
from optopscan.checks.resistance.case import Case, Draft
from optopscan.checks.resistance.result import Resistance
from optopscan.codes.en1990 import FactorSet
from optopscan.codes.en1996_data import MASONRY_UNITS
from optopscan.materials.reinforcement import Bars
from optopscan.model.arrays import BoolArray, FloatArray, IntArray
from optopscan.model.building import Elements
from optopscan.model.structure import Materials, PartKind, Parts

Check = Callable[[Case, IntArray, Draft], None]

CHECKS: Mapping[tuple[PartKind, str], Check] = MappingProxyType(
    {
        **{("pier", unit): masonry.check for unit in MASONRY_UNITS},
        ("pier", "concrete"): plain_concrete.check,
        ("column", "steel"): steel_column.check,
        ("column", "concrete"): reinforced_column.check,
        ("beam", "steel"): steel_beam.check,
        ("column", "timber"): timber_column.check,
        ("beam", "timber"): timber_beam.check,
    }
)
"""(kind of part, material group) -> its check; what is not here has none and is unknown."""


def part_resistance(
    *,
    parts: Parts,
    elements: Elements,
    materials: Materials,
    factors: FactorSet,
    defaults: CheckDefaults | None = None,
    concrete_floor_head: BoolArray | None = None,
    concrete_floor_foot: BoolArray | None = None,
    eccentricity_m: FloatArray | None = None,
    one_side: BoolArray | None = None,
    bars: Bars | None = None,
    spans: BeamSpans | None = None,
    bearings: Bearings | None = None,
    held_edges: IntArray | None = None,
    clause: Clauses = plain,
) -> Resistance:
    """Return the admissible design axial force of every part.

    Parameters
    ----------
    parts, elements, materials
        The structure; ``materials.strength_mpa`` is f_b, f_ck or f_y of the stated grade,
        ``materials.strength_default_mpa`` f_k (masonry), f_ck or f_y without one.
    factors
        Assessment level and consequence class (gamma_M).
    defaults
        First-pass choices.
    concrete_floor_head, concrete_floor_foot
        True (n_part,) where a concrete floor is shown to hold the wall (bearing at least
        two thirds of the thickness where it comes from one side); both give rho2 = 0.75.
    eccentricity_m
        (n_part, 2): fixed eccentricity of the existing load out of plane and in plane [m],
        added to the first-pass value; nan makes the part unknown.
    one_side
        False (n_part,) where a column is shown to be loaded from more than one side; left out: from one side, on the safe side.
    bars
        Bars of concrete columns; left out: not known, and the columns stay unknown.
    spans
        Spans of beams; left out: not known, and beams stay unknown.
    bearings
        Contacts of columns and beams with walls; left out: not checked.
    held_edges
        Number of vertical edges of masonry piers (n_part,) shown to be bonded or tied to a wall that holds them; left out: none.
    clause
        How clause functions are called (`optopscan.checks.trace` notes them).

    Returns
    -------
    Resistance
        nan with a reason where no check covers the part or a fact is missing.
    """
    n = len(parts)
    case = Case(
        parts=parts,
        elements=elements,
        materials=materials,
        factors=factors,
        defaults=defaults or CheckDefaults(),
        floors=_floors(n, concrete_floor_head, concrete_floor_foot),
        eccentricity_m=np.zeros((n, 2)) if eccentricity_m is None else np.asarray(eccentricity_m, dtype=np.float64),
        one_side=np.ones(n, dtype=np.bool_) if one_side is None else np.asarray(one_side, dtype=np.bool_),
        bars=bars,
        spans=spans,
        bearings=bearings,
        held_edges=None if held_edges is None else np.asarray(held_edges, dtype=np.int64),
        clause=clause,
    )
    out = Draft(n)
    group = np.array([materials.group[e] for e in parts.element], dtype=object)
    kind = np.array(parts.kind, dtype=object)
    for (of_kind, of_group), check in CHECKS.items():
        rows = np.flatnonzero((kind == of_kind) & (group == of_group))
        if rows.size:
            check(case, rows, out)
    bearing.check(case, out)
    for i in range(n):
        if not out.applies[i].any() and not out.reason[i]:
            out.reason[i] = _no_check(parts.kind[i], str(group[i]))
    return out.done()


def _no_check(kind: PartKind, group: str) -> str:
    """Return why a part has no check, with what would settle it where that is one thing."""
    if kind in ("beam", "lintel") and group == "concrete":
        return f"reinforcement of the {kind} unknown: drawings, or the type of a prefab {kind}, would settle it"
    if kind == "lintel" and group in MASONRY_UNITS:
        return f"masonry of {group} over an opening: the lintel in it is not known"
    if kind == "pier" and group in ("timber", "timber-frame"):
        return "studs of the timber wall not modelled: their section and distance would settle it"
    return f"no check covers a {kind} of {group}"


def _floors(n: int, head: BoolArray | None, foot: BoolArray | None) -> BoolArray:
    """True where concrete floors at both ends are shown."""
    if head is None or foot is None:
        return np.zeros(n, dtype=np.bool_)
    return np.asarray(head, dtype=np.bool_) & np.asarray(foot, dtype=np.bool_)
