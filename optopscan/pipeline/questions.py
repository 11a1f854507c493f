"""What to find out first: every guess, with the load that hangs on it and how unsure it is.

    score = influence x uncertainty = influence_kn x (1 - confidence)      [kN]

Influence is a characteristic load, permanent plus all imposed (floors and roof
together, no combination factors), in the `simple` distribution:

bearing       a part of the structure: what leaves the foot of the element. Anything else: its own
              weight and, where a floor touches its head, the floor within `STRIP_M` on either side,
              as if it became a support half-way a bay of 6 m
material, strength, thickness
              what leaves the foot of the element
density       own weight
span          the load of the floor between its supports: what would go to other walls
finish, use, roof-finish
              that load over the whole building
foundation    what reaches the ground
support       what finds no way to the ground

Uncertainty (1 - confidence), between 0 and 1:

bearing       1 - |2p - 1|: 1 at a probability of 0.5, 0 where it is 0 or 1
material      1: without material there is neither strength nor weight
strength      1 - low / high of the plausible strengths of the period (`materials.plausible`, the
              values that 5 and 95 of 100 buildings stay under); `NO_FIGURES` where the tables give
              no spread, 1 where they give no strength either
density       largest distance from the value used to the bounds of its table row, over the value used
thickness     1
span          1 - |2p - 1| with p the probability of the direction; `SPAN_BOTH_WAYS` where there is none
finish, use, roof-finish
              |alternative - used| / the larger of the two
foundation    1: a model shows size, never soil
support       1

The list ranks; it decides nothing, and no number of it enters a check.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import shapely
from shapely.geometry import LineString
from shapely.strtree import STRtree

from optopscan.catalog.engineering import Engineering, load_engineering
from optopscan.materials.assign import bearing_thickness_m
from optopscan.materials.plausible import FRACTILE, characteristic_mpa
from optopscan.materials.recognise import BEARING_GROUPS, UNKNOWN
from optopscan.model.arrays import BoolArray, FloatArray
from optopscan.model.building import Building, Elements
from optopscan.model.question import Question, What
from optopscan.model.structure import Bearing, Materials, Structure
from optopscan.pipeline.loading import Loads
from optopscan.units import GRAVITY_M_S2

STRIP_M = 1.5  # a wall half-way a bay of 6 m would take 3 m of floor
TOUCH_M = 0.25  # wall head to soffit: felt, levelling mortar, drawing slack
SETTLED = 0.98  # a guess this sure is not asked
NO_FIGURES = 0.5  # a strength without a known spread: half of it is in doubt
SPAN_BOTH_WAYS = 0.5  # shared by two directions: half of the load may turn
SCREED_KN_M2 = 1.0  # cement screed of 50 mm at 20 kN/m3 (EN 1991-1-1 table A.1)
OTHER_USE = "office"
STATED = "stated in the model"
_SHOWN_BY = {
    "given": "given in an override",
    "planks": "direction of its planks",
    "joints": "joints between its planks",
    "reinforcement": "main bars at the bottom",
    "neighbours": "planks beside it",
    "joists": "joists",
    "facade": "square to the facade it hangs on",
    "supports": "span between supports",
    "none": "span between supports",
}
_CARRYING = frozenset({"wall", "column", "beam", "member", "footing", "pile"})
_MAY_BEAR = frozenset({"wall", "column", "beam", "member", "slab", "roof", "proxy"})
_FLAT = frozenset({"slab", "roof"})


@dataclass(frozen=True, kw_only=True)
class _Guess:
    """One guess on one element, before alike ones are put together; ``alike`` tells them apart."""

    what: What
    elements: tuple[int, ...]
    value: str
    source: str
    influence_kn: float
    uncertainty: float
    alternative: str
    alike: tuple[Any, ...] = ()


def questions(
    building: Building,
    materials: Materials,
    bearing: Bearing,
    structure: Structure | None,
    loads: Loads | None,
    *,
    build_year: int | None = None,
) -> tuple[Question, ...]:
    """Return what was guessed about a building, what matters most first.

    Parameters
    ----------
    building, materials, bearing
        (n_element) rows.
    structure, loads
        None where the model gives no structure; influence is then the own weight alone.
    build_year
        Year of construction where the model does not say or the engineer knows better.

    Returns
    -------
    tuple of Question
        By score, falling; equal scores by kind of guess and element.
    """
    values, year = load_engineering(), build_year if build_year is not None else building.build_year
    weight = np.nan_to_num(np.asarray(materials.self_weight_kn))
    carried = carried_kn(structure, loads, len(weight)) if structure is not None and loads is not None else weight
    found = [
        *_bearing(building.elements, bearing, structure, loads, carried, weight),
        *_strengths(building.elements, materials, bearing, carried, values, year),
        *_densities(building.elements, materials, weight, values),
        *_thicknesses(building.elements, materials, bearing, carried),
    ]
    if structure is not None and loads is not None:
        found += [*_spans(structure, loads), *_of_the_whole(structure, loads, values)]
    return _ranked(found, building.elements)


def carried_kn(structure: Structure, loads: Loads, n_element: int) -> FloatArray:
    """Return what leaves the foot of each element [kN], (n_element,): G and all Q, simple distribution.

    What one part of an element hands to another part of the same element (lintel to
    pier, upper to lower storey of a tall wall) counts once.
    """
    down = loads.take_downs["simple"]
    foot = down.permanent_foot_kn + down.imposed_foot_kn.sum(axis=1) + down.roof_foot_kn
    parts, n = structure.parts, len(structure.parts)
    inner = structure.shares["simple"].parts[:, :n].tocoo()
    element = np.asarray(parts.element)
    same = element[inner.row] == element[inner.col]
    kept = np.bincount(inner.row[same], weights=inner.data[same], minlength=n)
    return np.asarray(np.bincount(element, weights=foot * (1.0 - kept), minlength=n_element), dtype=np.float64)


def cell_load_kn(loads: Loads) -> FloatArray:
    """Return what stands on each floor cell [kN], (n_cell,): G and all Q."""
    cells = loads.actions.cells
    return np.asarray(cells.permanent_kn + cells.imposed_kn + cells.roof_imposed_kn)


# -- per element ----------------------------------------------------------------


def _bearing(
    elements: Elements,
    bearing: Bearing,
    structure: Structure | None,
    loads: Loads | None,
    carried: FloatArray,
    weight: FloatArray,
) -> Iterable[_Guess]:
    inside = set(np.asarray(structure.parts.element).tolist()) if structure is not None else set()
    fields = [i for members in structure.fields.elements for i in members] if structure is not None else []
    rows = [i for i, kind in enumerate(elements.kind) if kind in _MAY_BEAR and i not in set(fields)]
    touching = _touching_floor_kn(elements, structure, loads, [i for i in rows if i not in inside and elements.kind[i] == "wall"])
    for i in rows:
        p = float(bearing.probability[i])
        if abs(2.0 * p - 1.0) >= SETTLED:
            continue
        influence = carried[i] if i in inside else weight[i] + touching.get(i, 0.0)
        yield _Guess(
            what="bearing",
            elements=(i,),
            value=bearing.state[i],
            source=_strongest(bearing, i),
            influence_kn=float(influence),
            uncertainty=1.0 - abs(2.0 * p - 1.0),
            alternative="no" if p >= 0.5 else "yes",
            alike=(bearing.state[i], p >= 0.5),
        )


def _strongest(bearing: Bearing, i: int) -> str:
    """Return the two weightiest signals of an element, as text."""
    rows = sorted(bearing.evidence[i], key=lambda e: (-abs(e.weight), e.signal))[:2]
    return f"inferred ({', '.join(f'{e.signal} {e.weight:+.1f}' for e in rows)})" if rows else "no signal"


def _touching_floor_kn(elements: Elements, structure: Structure | None, loads: Loads | None, walls: Sequence[int]) -> dict[int, float]:
    """Return the floor that each wall would take if it bore [kN]: cells near its axis of floors on its head."""
    if structure is None or loads is None or not len(structure.cells):
        return {}
    cells, fields = structure.cells, structure.fields
    load = cell_load_kn(loads)
    tree = STRtree(shapely.points(cells.x_m, cells.y_m))
    soffit, top = fields.z0_m[cells.field], fields.z1_m[cells.field]
    found = {}
    for i in walls:
        x0, y0, x1, y1 = elements.axis_m[i]
        if not math.isfinite(x0 + y0 + x1 + y1):
            continue
        strip = LineString([(x0, y0), (x1, y1)]).buffer(STRIP_M, cap_style="flat")
        near = np.sort(tree.query(strip, predicate="intersects"))
        z = float(elements.z1_m[i])
        near = near[(z >= soffit[near] - TOUCH_M) & (z <= top[near] + TOUCH_M)]
        found[i] = float(load[near].sum())
    return found


def _strengths(
    elements: Elements, materials: Materials, bearing: Bearing, carried: FloatArray, values: Engineering, year: int | None
) -> Iterable[_Guess]:
    known_strength = materials.strength_known
    for i, kind in enumerate(elements.kind):
        if kind not in _CARRYING | _FLAT or bearing.probability[i] < 0.5:
            continue
        group = materials.group[i]
        if group == UNKNOWN:
            yield _Guess(
                what="material",
                elements=(i,),
                value="unknown",
                source=materials.source[i] or "not stated",
                influence_kn=float(carried[i]),
                uncertainty=1.0,
                alternative="any",
            )
        elif kind in _CARRYING and group in BEARING_GROUPS and not known_strength[i]:
            low, high = strength_range_mpa(group, values, year)
            default = float(materials.strength_default_mpa[i])
            known = low > 0
            spread = (1.0 - low / high if high > low else NO_FIGURES) if known else 1.0
            yield _Guess(
                what="strength",
                elements=(i,),
                value=f"{default:g} N/mm2" if math.isfinite(default) else "unknown",
                source=f"default of {group}, " + ("build year unknown" if year is None else f"built {year}"),
                influence_kn=float(carried[i]),
                uncertainty=spread,
                alternative=f"{low:.1f} to {high:.1f} N/mm2" if high > low else "not known",
            )


def strength_range_mpa(group: str, values: Engineering, build_year: int | None) -> tuple[float, float]:
    """Return the strengths [N/mm2] that 5 and 95 of 100 buildings of the period stay under; 0, 0 without a default.

    Without a build year the lowest and highest of all periods. Equal where the table gives no spread.
    """
    bounds: list[float] = []
    for row in values.era_defaults:
        if row.group != group or (build_year is not None and not row.year_from <= build_year < row.year_before):
            continue
        bounds.append(row.strength_mpa)
        if not (math.isnan(row.mean_mpa) or math.isnan(row.cov)):
            bounds += characteristic_mpa(mean_mpa=row.mean_mpa, cov=row.cov, z_building=np.array([-FRACTILE, FRACTILE])).tolist()
    return (min(bounds), max(bounds)) if bounds else (0.0, 0.0)


def _densities(elements: Elements, materials: Materials, weight: FloatArray, values: Engineering) -> Iterable[_Guess]:
    rows = {row.group: row for row in values.densities}
    for i, kind in enumerate(elements.kind):
        known = math.isfinite(materials.density_kg_m3[i])
        row = rows.get(materials.group[i]) if known else rows.get(_unknown_row(kind))
        volume = float(elements.volume_m3[i])
        if row is None or not row.density_kg_m3 > 0 or not weight[i] > 0 or not volume > 0:
            continue
        stated = known and _is_stated(elements, materials, i)
        used = float(materials.density_kg_m3[i]) if stated else row.density_kg_m3
        spread = max(row.hi_kg_m3 - used, used - row.lo_kg_m3) / used
        if spread <= 1.0 - SETTLED:
            continue
        yield _Guess(
            what="density",
            elements=(i,),
            value=f"{1000.0 * weight[i] / GRAVITY_M_S2 / volume:.0f} kg/m3",
            source=STATED if stated else row.source if known else f"material unknown, heavy side: {row.source}",
            influence_kn=float(weight[i]),
            uncertainty=min(spread, 1.0),
            alternative=f"{row.lo_kg_m3:.0f} to {row.hi_kg_m3:.0f} kg/m3",
        )


def _is_stated(elements: Elements, materials: Materials, i: int) -> bool:
    """Return whether the density of an element is the one that the model gives its material."""
    density = float(materials.density_kg_m3[i])
    return any(
        isinstance(value, float) and math.isclose(value, density, rel_tol=1e-6)
        for key, value in elements.properties[i].items()
        if key.startswith("Material.") and key.endswith(".MassDensity")
    )


def _unknown_row(kind: str) -> str:
    return "unknown-slab" if kind in _FLAT else "unknown-frame" if kind in ("column", "beam", "member") else "unknown-wall"


def _thicknesses(elements: Elements, materials: Materials, bearing: Bearing, carried: FloatArray) -> Iterable[_Guess]:
    core = bearing_thickness_m(elements)
    for i, kind in enumerate(elements.kind):
        if kind == "wall" and bearing.probability[i] >= 0.5 and math.isnan(core[i]):
            whole = float(elements.thickness_m[i])
            yield _Guess(
                what="thickness",
                elements=(i,),
                value="unknown",
                source=f"layers of {materials.source[i]} state no thickness" if math.isfinite(whole) else "no thickness in the body",
                influence_kn=float(carried[i]),
                uncertainty=1.0,
                alternative=f"up to {1000 * whole:.0f} mm" if math.isfinite(whole) else "any",
            )


# -- floors and the building as a whole -------------------------------------------


def _spans(structure: Structure, loads: Loads) -> Iterable[_Guess]:
    cells, fields = structure.cells, structure.fields
    load = cell_load_kn(loads)
    deg = np.asarray(cells.span_deg)
    for f, members in enumerate(fields.elements):
        mine = np.asarray(cells.field) == f
        if fields.kind[f] == "ground" or not mine.any():
            continue
        known = mine & np.isfinite(deg)
        sure = float(fields.span_probability[f])
        doubt = 1.0 - abs(2.0 * sure - 1.0) if math.isfinite(sure) else SPAN_BOTH_WAYS
        one_way = doubt, _SHOWN_BY[fields.span_source[f]]
        for rows, (doubt, text), other in (
            (known, one_way, "the other direction"),
            (mine & ~np.isfinite(deg), (SPAN_BOTH_WAYS, "near-square bay, columns, or right above a support"), "one way"),
        ):
            if load[rows].sum() > 0:
                yield _Guess(
                    what="span",
                    elements=tuple(members),
                    value=_directions(deg[rows], load[rows]),
                    source=text,
                    influence_kn=float(load[rows].sum()),
                    uncertainty=doubt,
                    alternative=other,
                )


def _directions(deg: FloatArray, load: FloatArray) -> str:
    """Return the directions that take most of the load [deg], weightiest first."""
    if np.isnan(deg).all():
        return "two ways"
    turns = np.round(deg) % 180.0
    sums = sorted(((float(load[turns == t].sum()), float(t)) for t in np.unique(turns)), key=lambda row: (-row[0], row[1]))
    return " and ".join(f"{t:.0f}" for w, t in sums[:2] if w > 0.1 * load.sum()) + " deg"


def _of_the_whole(structure: Structure, loads: Loads, values: Engineering) -> Iterable[_Guess]:
    actions, cells = loads.actions, structure.cells
    roof, area = np.asarray(cells.roof), np.asarray(cells.area_m2)
    added = np.asarray(actions.cells.permanent_kn - cells.weight_kn)
    bare = _without_ballast(loads, float(area[roof].sum()), float(added[roof].sum()))
    finishes: tuple[tuple[What, BoolArray, float, str], ...] = (
        ("finish", ~roof, SCREED_KN_M2, "screed 50 mm"),
        ("roof-finish", roof, bare, "no ballast"),
    )
    for what, rows, other, text in finishes:
        covered, total = float(area[rows & (added > 0)].sum()), float(added[rows].sum())
        if total > 0:
            used = total / covered
            yield _whole(what, f"{used:.2f} kN/m2 over {covered:.0f} m2", "setting", total, used, other, f"{text}: {other:.2f} kN/m2")
    imposed = float(actions.cells.imposed_kn.sum())
    if imposed > 0:
        used, other = loads.use.floor_kn_m2, values.imposed[OTHER_USE].q_k_kn_m2
        yield _whole("use", f"{used:.2f} kN/m2", loads.use.source, imposed, used, other, f"{OTHER_USE}: {other:.2f} kN/m2")
    down = loads.take_downs["simple"]
    kinds = set(structure.parts.kind)
    modelled = bool(kinds & {"footing", "pile"})
    ground = down.ground_permanent_kn + down.ground_imposed_kn
    if ground > 0:
        yield _Guess(
            what="foundation",
            elements=(),
            value="footings or piles as modelled, soil unknown" if modelled else "not modelled: line loads at the lowest feet",
            source="model",
            influence_kn=ground,
            uncertainty=1.0,
            alternative="drawing, soil or pile data",
        )
    if down.unsupported_kn > 1e-6:
        yield _Guess(
            what="support",
            elements=(),
            value="carried by nothing",
            source="model",
            influence_kn=down.unsupported_kn,
            uncertainty=1.0,
            alternative="a wall, beam or column that is not modelled or was not recognised",
        )


def _without_ballast(loads: Loads, area_m2: float, total_kn: float) -> float:
    """Return the roof finish without ballast [kN/m2]."""
    with_it, without = loads.take_downs["simple"], loads.lean["simple"]
    ballast = sum(getattr(with_it, name) - getattr(without, name) for name in ("ground_permanent_kn", "unsupported_kn"))
    return (total_kn - ballast) / area_m2 if area_m2 > 0 else 0.0


def _whole(what: What, value: str, source: str, influence_kn: float, used: float, other: float, alternative: str) -> _Guess:
    doubt = abs(other - used) / max(other, used) if max(other, used) > 0 else 0.0
    return _Guess(what=what, elements=(), value=value, source=source, influence_kn=influence_kn, uncertainty=doubt, alternative=alternative)


# -- ranking --------------------------------------------------------------------


def _ranked(found: Iterable[_Guess], elements: Elements) -> tuple[Question, ...]:
    """Put alike guesses together (kind of guess, type, material, thickness, value) and sort them by score."""
    groups: dict[tuple[Any, ...], list[_Guess]] = {}
    for guess in found:
        groups.setdefault((guess.what, guess.alike, *_likeness(guess, elements), guess.value, guess.source, guess.alternative), []).append(
            guess
        )
    rows = [_question(rows) for rows in groups.values()]
    return tuple(sorted(rows, key=lambda row: (-row.score, row.what, row.elements, row.value)))


def _likeness(guess: _Guess, elements: Elements) -> tuple[Any, ...]:
    if len(guess.elements) != 1:
        return (guess.elements,)
    i = guess.elements[0]
    t = float(elements.thickness_m[i])
    layers = tuple(layer.name for layer in elements.layers[i])
    return elements.kind[i], elements.type_name[i], layers, round(t, 3) if math.isfinite(t) else None


def _question(rows: Sequence[_Guess]) -> Question:
    influence = sum(row.influence_kn for row in rows)
    score = sum(row.influence_kn * row.uncertainty for row in rows)
    plain = sum(row.uncertainty for row in rows) / len(rows)
    first = rows[0]
    return Question(
        what=first.what,
        elements=tuple(sorted({i for row in rows for i in row.elements})),
        value=first.value,
        source=first.source,
        confidence=round(1.0 - (score / influence if influence > 0 else plain), 6),
        influence_kn=round(influence, 6),
        alternative=first.alternative,
        score=round(score, 6),
    )
