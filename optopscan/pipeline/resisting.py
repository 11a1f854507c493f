"""What each part resists: the arguments of the checks, once per building, and what makes a part unknown beside its check."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import numpy as np

from optopscan.checks.beam_spans import beam_spans
from optopscan.checks.bearings import bearings
from optopscan.checks.defaults import CheckDefaults
from optopscan.checks.resistance import Resistance, part_resistance
from optopscan.checks.restraint import concrete_floors, held_edges, loaded_from_one_side
from optopscan.codes.en1990 import FactorSet
from optopscan.loads.eccentricity import wall_eccentricity_m
from optopscan.materials.reinforcement import Bars
from optopscan.model.building import Building, Elements
from optopscan.model.loads import Assumption, TakeDown
from optopscan.model.structure import Distribution, Materials, Parts, Structure

RAKED = 1.02  # a bar this much longer than high leans by more than one in five


def part_inputs(
    arranged: Mapping[str, Any],
    building: Building,
    materials: Materials,
    factors: FactorSet,
    defaults: CheckDefaults,
    bars: Bars | None = None,
) -> dict[str, Any]:
    """Return the arguments of `part_resistance`, and of `trace_part`, for one `arrangement`."""
    return {**arranged, "elements": building.elements, "materials": materials, "factors": factors, "defaults": defaults, "bars": bars}


def arrangement(
    structure: Structure, materials: Materials, take_downs: Mapping[Distribution, TakeDown], removed_kn_m2: float
) -> dict[str, Any]:
    """Return the arguments that depend on neither factors nor strengths: what holds each part, and where its load lies.

    ``removed_kn_m2``: finish that may be taken off the roof before anything is built.
    """
    parts = structure.parts
    head, foot = concrete_floors(parts, structure.fields, materials)
    offset = np.zeros((len(parts), 2))
    offset[:, 0] = wall_eccentricity_m(structure, take_downs, removed_kn_m2)
    return {
        "parts": parts,
        "concrete_floor_head": head,
        "concrete_floor_foot": foot,
        "eccentricity_m": offset,
        "one_side": np.any(
            [loaded_from_one_side(parts, structure.cells, structure.shares[d], t.permanent_foot_kn) for d, t in take_downs.items()], axis=0
        ),
        "spans": beam_spans(parts, structure.shares["simple"]),
        "bearings": bearings(parts, structure.shares["simple"]),
    }


def resistances(structure: Structure, given: Mapping[str, Any], hanging: Sequence[int] = ()) -> Resistance:
    """Return the resistance of every part, unknown where something about the part is not checked.

    Parameters
    ----------
    structure
        The support graph.
    given
        From `part_inputs`.
    hanging
        Parts given as bearing that nothing carries.
    """
    found = part_resistance(**given)
    found = without_check(found, structure.through_floor, "stands on a floor whose bending and punching are not checked")
    found = without_check(found, hanging, "given as bearing, but nothing below carries it")
    found = without_check(found, structure.unsettled, "how the load gets to its support is a guess: see the issues on support")
    return without_check(found, _raked(structure.parts, given["elements"]), "raked bar: thrust and bending are not checked")


def without_check(resistance: Resistance, rows: Sequence[int], reason: str) -> Resistance:
    """Return the resistance with these parts unknown, because something about them is not checked."""
    if not rows:
        return resistance
    index = np.array(rows, dtype=np.int64)
    low, high, best = (np.array(values) for values in (resistance.n_lo_kn, resistance.n_hi_kn, resistance.n_best_kn))
    for values in (low, high, best):
        values[index] = np.nan
    reasons = list(resistance.reason)
    for row in index.tolist():
        reasons[row] = reason
    return replace(resistance, reason=tuple(reasons), n_lo_kn=low, n_hi_kn=high, n_best_kn=best)


def _raked(parts: Parts, elements: Elements) -> tuple[int, ...]:
    """Return the parts taken as columns whose element is clearly longer than it is high."""
    rows = np.asarray(parts.element)
    raked = np.asarray(elements.length_m)[rows] > RAKED * np.asarray(elements.z1_m - elements.z0_m)[rows]
    bars = np.array([elements.kind[i] in ("column", "member", "beam") for i in rows])
    column = np.array([kind == "column" for kind in parts.kind])
    return tuple(np.flatnonzero(raked & bars & column).tolist())


def further_alternatives(
    structure: Structure, given: Mapping[str, Any], upper: Materials, most: Bars
) -> tuple[tuple[str, dict[str, Any]], ...]:
    """Return what else could be otherwise than the defaults, for `alternatives_of`: strengths, bars and held edges."""
    group = [given["materials"].group[e] for e in np.asarray(structure.parts.element).tolist()]
    return (
        ("sterkte van de periode: hoogste aannemelijke", {"materials": upper}),
        (f"wapening van betonkolommen: {100 * most.ratio:.1f} %, fyk {most.fyk_mpa:g} N/mm2", {"bars": most}),
        ("verticale randen van metselwerk: gesteund door dwarsmuren in verband", {"held_edges": held_edges(structure.parts, group)}),
    )


def with_assumed_bars(structure: Structure, materials: Materials) -> int:
    """Return how many parts are concrete columns, whose bars are assumed."""
    pairs = zip(structure.parts.kind, np.asarray(structure.parts.element).tolist(), strict=True)
    return sum(kind == "column" and materials.group[e] == "concrete" for kind, e in pairs)


def bars_assumption(structure: Structure, materials: Materials, least: Bars, most: Bars) -> tuple[Assumption, ...]:
    """Return the assumed bars of concrete columns, where there are any."""
    count = with_assumed_bars(structure, materials)
    if not count:
        return ()

    def text(bars: Bars) -> str:
        return f"{100 * bars.ratio:.1f} % van de doorsnede, fyk {bars.fyk_mpa:g} N/mm2, {bars.axis_distance_mm:g} mm uit de rand"

    return (
        Assumption(
            what=f"wapening van betonkolommen ({count} delen)",
            value=text(least),
            source=least.source,
            confidence="uncertain",
            alternative=f"{text(most)}; daartussen is het oordeel onbekend",
        ),
    )
