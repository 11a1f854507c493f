"""Stack new dwellings against a gable end, on their own foundation.

Modules lie with their length along the gable end; every module further out is one
column of the stack, so each dwelling keeps daylight at both short ends. Nothing
rests on the old building.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import shapely

from optopscan.catalog.concept import Concept, UnitType
from optopscan.model.beyond import Beyond, BeyondPlace, Gable, WallHole
from optopscan.placement.beyond.limits import Limits
from optopscan.placement.why.words import nl

STEP_M = 0.1
ROUNDING_M = 1e-6
SHOWN = 3
REACHED_M = 0.3  # a gallery lies a threshold under the floor it serves
ALWAYS_UNKNOWN = (
    "eigen fundering en zetting naast de oude fundering",
    "stabiliteit van de nieuwe stapel",
    "brandoverslag en vluchtweg",
    "ruimtelijke regels en erfgrens",
)


@dataclass(frozen=True, kw_only=True)
class _Fit:
    """One way to stand: stretch of the gable end, module, columns, and the dwellings of one storey in modules."""

    t0_m: float
    length_m: float
    width_m: float
    dwellings: tuple[UnitType, ...]

    @property
    def columns(self) -> int:
        return sum(unit.modules for unit in self.dwellings)

    @property
    def area_m2(self) -> float:
        return self.columns * self.width_m * self.length_m


def stack_at_gable(gable: Gable, concept: Concept, limits: Limits) -> Beyond:
    """Return the dwellings of one product against one gable end.

    The outcome is "over" where nothing fits and "unknown" where something does: never ok,
    because foundation, stability, fire and permits are outside the model.

    Parameters
    ----------
    gable
        From `find_gables`.
    concept
        A product with access "aanplak".
    """
    too_open = gable.opening_share > limits.gable_openings_most
    depth_m, storeys = _depth_m(gable, limits), _storeys(gable, concept, limits)
    stretches = [] if too_open else _stretches(gable, depth_m)
    fit = _best(stretches, concept, depth_m) or (None if too_open else _best([(0.0, gable.width_m)], concept, depth_m))
    if fit is None or storeys == 0:
        return _result(gable, concept, (), 0, (), _why_not(gable, concept, limits, depth_m, storeys))
    hidden = _hidden(gable, fit, gable.ground_m, gable.ground_m + storeys * concept.height_m)
    places = tuple(_places(gable, concept, fit, storeys))
    steps = _level_steps_m(gable, concept, storeys)
    unknown = (*_unknown(gable, limits, hidden, steps), *ALWAYS_UNKNOWN)
    return _result(gable, concept, places, storeys, unknown, _why(gable, concept, fit, storeys, depth_m, steps, hidden, limits))


def _depth_m(gable: Gable, limits: Limits) -> float:
    told = gable.free_depth_m
    return min(limits.depth_not_told_m, gable.free_at_most_m) if math.isnan(told) else min(told, limits.depth_most_m)


def _storeys(gable: Gable, concept: Concept, limits: Limits) -> int:
    """Return the storeys of the stack: as many as the building has there, no higher than its eaves by more than a little."""
    room = gable.eaves_m + limits.top_above_m - gable.ground_m
    return max(0, min(concept.max_storeys, len(gable.levels_m), math.floor(room / concept.height_m + ROUNDING_M)))


def _stretches(gable: Gable, depth_m: float) -> list[tuple[float, float]]:
    """Return the parts of the width without an opening at any height, widest first."""
    if depth_m <= 0:
        return []
    free = shapely.LineString([(0.0, 0.0), (gable.width_m, 0.0)])
    for hole in gable.holes:
        free = free.difference(shapely.LineString([(hole.t0_m, 0.0), (hole.t1_m, 0.0)]))
    parts = [(part.bounds[0], part.bounds[2]) for part in shapely.get_parts(free) if part.length > 0]
    return sorted(parts, key=lambda part: (round(part[0] - part[1], 6), part[0]))


def _best(stretches: Sequence[tuple[float, float]], concept: Concept, depth_m: float) -> _Fit | None:
    """Return the largest fit; the first stretch and the widest module where two are as large."""
    found: list[_Fit] = []
    for t0, t1 in stretches:
        length = min(math.floor((t1 - t0) / STEP_M + ROUNDING_M) * STEP_M, concept.length_hi_m)
        if length < concept.length_lo_m - ROUNDING_M:
            continue
        for width in sorted(concept.width_options_m, reverse=True):
            dwellings = _dwellings(concept, math.floor(depth_m / width + ROUNDING_M))
            if dwellings:
                found.append(_Fit(t0_m=t0, length_m=round(length, 3), width_m=width, dwellings=dwellings))
    return max(found, key=lambda fit: round(fit.area_m2, 3), default=None)


def _dwellings(concept: Concept, columns: int) -> tuple[UnitType, ...]:
    """Return the dwellings of one storey: most columns used, then most of the types listed first."""
    units = list({unit.modules: unit for unit in reversed(concept.unit_types)}.values())[::-1]
    best: tuple[int, ...] = (0,) * len(units)
    for counts in itertools.product(*(range(columns // unit.modules + 1) for unit in units)):
        if _used(counts, units) <= columns and (_used(counts, units), counts) > (_used(best, units), best):
            best = counts
    return tuple(unit for unit, count in zip(units, best, strict=True) for _ in range(count))


def _used(counts: Sequence[int], units: Sequence[UnitType]) -> int:
    return sum(count * unit.modules for count, unit in zip(counts, units, strict=True))


def _level_steps_m(gable: Gable, concept: Concept, storeys: int) -> tuple[float, ...]:
    """Return for each storey of the stack how far its floor lies from the nearest floor of the building [m]; the lowest is laid level."""
    floors = gable.ground_m + concept.height_m * np.arange(storeys)
    off = np.asarray(floors)[:, None] - np.array(gable.levels_m)[None, :]
    return tuple(float(row[np.abs(row).argmin()]) for row in off)


def _hidden(gable: Gable, fit: _Fit, z0_m: float, z1_m: float) -> tuple[WallHole, ...]:
    """Return the openings of the old building that end up behind the stack."""
    t0, t1 = fit.t0_m, fit.t0_m + fit.length_m
    return tuple(h for h in gable.holes if h.t0_m < t1 - STEP_M and h.t1_m > t0 + STEP_M and h.z0_m < z1_m and h.z1_m > z0_m)


def _places(gable: Gable, concept: Concept, fit: _Fit, storeys: int) -> list[BeyondPlace]:
    along = np.array([gable.x1_m - gable.x0_m, gable.y1_m - gable.y0_m]) / gable.width_m
    outward = np.array([along[1], -along[0]])
    start = np.array([gable.x0_m, gable.y0_m]) + fit.t0_m * along
    found = []
    for storey in range(1, storeys + 1):
        column = 0
        for number, unit in enumerate(fit.dwellings, start=1):
            near, far = column * fit.width_m, (column + unit.modules) * fit.width_m
            corners = [start + t * along + u * outward for t, u in ((0, near), (fit.length_m, near), (fit.length_m, far), (0, far))]
            z0 = gable.ground_m + (storey - 1) * concept.height_m
            found.append(
                BeyondPlace(
                    id=f"{gable.id}.{storey}.{number}",
                    unit=unit.code,
                    polygon=shapely.Polygon(corners),
                    z0_m=z0,
                    z1_m=z0 + concept.height_m,
                    storey=storey,
                    area_m2=unit.modules * fit.width_m * fit.length_m,
                    at=(gable.id,),
                )
            )
            column += unit.modules
    return found


def _unknown(gable: Gable, limits: Limits, hidden: Sequence[WallHole], steps: Sequence[float]) -> list[str]:
    found = []
    if math.isnan(gable.free_depth_m):
        found.append("vrije ruimte voor de kopgevel (perceel niet opgegeven)")
    if gable.seen_share < limits.gable_seen_least:
        found.append(f"ramen in de kopgevel (het model toont {gable.seen_share:.0%} van de gevel)")
    if hidden:
        found.append(f"wat achter de openingen ligt die dicht gaan ({len(hidden)})")
    reached = (*gable.gallery_m, *gable.stair_m)
    if not reached:
        found.append("ontsluiting (geen galerij of trap bij de kopgevel gevonden)")
    elif any(min(abs(z - level) for z in reached) > REACHED_M for level in gable.levels_m[1 : len(steps)]):
        found.append("ontsluiting van lagen waar geen galerij of trap bij de kopgevel komt")
    elif any(abs(step) > limits.level_difference_m for step in steps):
        found.append("ontsluiting van lagen die niet gelijk liggen met de bestaande")
    else:
        found.append("of de bestaande galerij of trap de nieuwe woningen mag ontsluiten")
    return found


def _why(
    gable: Gable,
    concept: Concept,
    fit: _Fit,
    storeys: int,
    depth_m: float,
    steps: Sequence[float],
    hidden: Sequence[WallHole],
    limits: Limits,
) -> str:
    told = f"{nl(depth_m, 1)} m vrije ruimte" if not math.isnan(gable.free_depth_m) else f"aangenomen {nl(depth_m, 1)} m vrije ruimte"
    count = len(fit.dwellings) * storeys
    text = (
        f"Kopgevel {gable.id} ({nl(gable.width_m, 1)} m breed, {_blind(gable, limits)}): {fit.columns} kolommen van {nl(fit.width_m, 1)} x "
        f"{nl(fit.length_m, 1)} m in {told}, {storeys} lagen, {count} woningen met {concept.name}. Geen last op het bestaande gebouw."
    )
    off = [(k, step) for k, step in enumerate(steps, start=1) if abs(step) > limits.level_difference_m]
    if off:
        named = ", ".join(f"laag {k} {'+' if step > 0 else ''}{nl(step)} m" for k, step in off[:SHOWN])
        text += f" Vloeren niet gelijk met de bestaande: {named}."
    else:
        text += " Alle vloeren liggen gelijk met de bestaande."
    if hidden:
        text += f" Openingen achter de nieuwbouw: {len(hidden)}; de woningen daarachter verliezen licht."
    return text


def _blind(gable: Gable, limits: Limits) -> str:
    if gable.holes:
        return f"openingen {gable.opening_share:.1%}"
    return "blind" if gable.seen_share >= limits.gable_seen_least else "grotendeels niet in het model"


def _why_not(gable: Gable, concept: Concept, limits: Limits, depth_m: float, storeys: int) -> str:
    head = f"Kopgevel {gable.id} ({nl(gable.width_m, 1)} m breed): "
    if gable.opening_share > limits.gable_openings_most:
        return head + (
            f"openingen {gable.opening_share:.0%} van de gevel, meer dan {limits.gable_openings_most:.0%}; "
            "de woningen erachter zouden hun licht verliezen."
        )
    if storeys == 0:
        return head + f"een laag van {nl(concept.height_m, 2)} m komt boven de dakrand op {nl(gable.eaves_m - gable.ground_m, 2)} m uit."
    shortest = min(concept.width_options_m) * min(unit.modules for unit in concept.unit_types)
    if depth_m < shortest:
        return head + f"{nl(depth_m, 1)} m vrije ruimte, de kleinste woning van {concept.name} vraagt {nl(shortest, 1)} m."
    return head + f"te smal voor een module van {nl(concept.length_lo_m, 1)} m lang."


def _result(gable: Gable, concept: Concept, places: tuple[BeyondPlace, ...], storeys: int, unknown: tuple[str, ...], why: str) -> Beyond:
    by_type = {unit.code: sum(place.unit == unit.code for place in places) for unit in concept.unit_types}
    return Beyond(
        kind="aanplak",
        where=gable.id,
        concept=concept.id,
        storeys=storeys,
        places=places,
        dwellings=len(places),
        dwellings_by_type=by_type,
        if_storage=0,
        gfa_m2=float(sum(place.area_m2 for place in places)),
        load="none",
        outcome="unknown" if places else "over",
        unknown=unknown,
        why=why,
    )
