"""What was noticed while the support graph was built, as issues."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from optopscan.issues import Issue, issue
from optopscan.model.arrays import FloatArray
from optopscan.model.building import Elements
from optopscan.model.structure import Bearing, Structure
from optopscan.structure.substitution import carried
from optopscan.structure.support import SupportSearch

NEAR_M = 3.0  # further away nothing is a candidate for a support
MIN_KN = 0.005  # lighter is not printed as a weight
CARRIED = ("wall", "column", "beam", "member", "slab", "roof")


@dataclass(frozen=True, kw_only=True)
class Findings:
    """A structure with what its search left behind; ``hung_floors``: fields held by brackets, ``odd``: walls not understood."""

    elements: Elements
    bearing: Bearing
    structure: Structure
    search: SupportSearch
    carriers: Sequence[Sequence[int]]
    stuck: Sequence[int]
    hung_floors: Sequence[int]
    odd: Sequence[int]


def notes(found: Findings) -> list[Issue]:
    """Return what the reader should know about bearing, supports and foundation."""
    return [*_bearing(found), *_unsupported(found), *_guessed(found), *_foundation(found)]


def _bearing(found: Findings) -> Iterator[Issue]:
    elements, bearing = found.elements, found.bearing
    for i, state in enumerate(bearing.state):
        if state == "unknown" and elements.kind[i] in CARRIED:
            yield issue("OPT-301", elements.id[i], f"bearing probability {bearing.probability[i]:.2f}")
    for i in found.odd:
        yield issue("OPT-333", elements.id[i], f"plan of {elements.footprint[i].area:.2f} m2 is not made of straight pieces")


def _unsupported(found: Findings) -> Iterator[Issue]:
    """Yield one issue per element that loses weight, with that weight and the nearest thing below."""
    elements, structure = found.elements, found.structure
    parts, loose, shares = structure.parts, structure.loose, structure.shares["simple"]
    n = len(parts)
    lost = np.asarray(shares.parts[:, [n + 1]].todense()).ravel()
    kn = lost * _own_weights(structure)
    rows = np.flatnonzero(np.abs(lost) > 1e-9)
    for i in sorted(set(parts.element[rows].tolist())):
        mine = rows[parts.element[rows] == i]
        what = f"{elements.kind[i]} at z {parts.z0_m[mine].min():.2f} m loses {_kn(kn[mine].sum())} with what stands on it"
        yield issue("OPT-302", elements.id[i], f"{what}: {_why(found, elements.footprint[i], float(parts.z0_m[mine].min()), i)}")
    hanging = np.asarray(shares.loose[:, [n + 1]].todense()).ravel()
    for k in np.flatnonzero(hanging > 1e-9).tolist():
        i = int(loose.element[k])
        why = _why(found, elements.footprint[i], float(elements.z0_m[i]), i)
        yield issue(
            "OPT-302", elements.id[i], f"{elements.kind[i]} of {_kn(float(loose.weight_kn[k] * hanging[k]))} rests on nothing: {why}"
        )
    fields = structure.fields
    for f, carriers in enumerate(found.carriers):
        if not carriers and fields.kind[f] != "ground":
            what = (
                f"floor of {fields.polygon[f].area:.1f} m2 and {_kn(float(fields.weight_kn[f]))} at z {fields.z1_m[f]:.2f} m has no support"
            )
            why = _why(found, fields.polygon[f], float(fields.z0_m[f]), fields.elements[f][0])
            yield issue("OPT-303", elements.id[fields.elements[f][0]], f"{what}: {why}")
    for i in sorted(set(parts.element[list(found.stuck)].tolist())):
        yield issue("OPT-305", elements.id[i], "parts carry each other; outcome unknown")


def _guessed(found: Findings) -> Iterator[Issue]:
    elements, search = found.elements, found.search
    groups, fields = search.groups, found.structure.fields
    name = [elements.id[int(i)] for i in groups.element]
    for g, j in sorted(search.hung.items()):
        apart = float(search.shapes[g].distance(search.shapes[j]))
        yield issue("OPT-330", name[g], f"{_kn(float(groups.weight_kn[g]))} hangs on {name[j]}, {apart:.2f} m beside it")
    for f in found.hung_floors:
        on = ", ".join(sorted({name[g] for g in found.carriers[f]}))
        yield issue("OPT-330", elements.id[fields.elements[f][0]], f"{_kn(float(fields.weight_kn[f]))} of floor hangs beside {on}")
    for i in sorted({int(groups.element[g]) for g in search.unsettled}):
        why = "; ".join(sorted({text for g, text in search.unsettled.items() if groups.element[g] == i}))
        yield issue("OPT-331", elements.id[i], f"{elements.kind[i]} at z {elements.z0_m[i]:.2f} m {why}; outcome unknown")


def _foundation(found: Findings) -> Iterator[Issue]:
    parts = found.structure.parts
    if not any(k in ("footing", "pile") for k in parts.kind):
        yield issue("OPT-304", "", "no footing or pile in the model; reactions are given at the lowest feet")
    for z in found.search.higher_ground:
        yield issue("OPT-332", "", f"walls and columns that start at z {z:.1f} m with nothing below them stand on the soil")


def _own_weights(structure: Structure) -> FloatArray:
    """Return own weight of parts, floors and loose elements at the foot of every part [kN]."""
    shares, n = structure.shares["simple"], len(structure.parts)
    arriving = shares.cells.T @ np.asarray(structure.cells.weight_kn) + shares.loose.T @ np.asarray(structure.loose.weight_kn)
    return carried(shares.parts, np.asarray(structure.parts.self_weight_kn) + arriving[:n])


def _kn(weight: float) -> str:
    return f"{weight:.1f} kN" if abs(weight) >= 0.05 else f"{weight:.2f} kN" if abs(weight) >= MIN_KN else "hardly any weight"


def _why(found: Findings, shape: BaseGeometry, z0_m: float, element: int) -> str:
    """Return the nearest part below a plan, with the gap that kept it from carrying."""
    groups, search = found.search.groups, found.search
    near = np.sort(search.tree.query(shape, predicate="dwithin", distance=NEAR_M))
    near = near[(groups.z0_m[near] < z0_m - 0.05) & (groups.element[near] != element)]
    if not len(near):
        return f"nothing that carries lies below it within {NEAR_M:.0f} m"
    aside = np.array([shapely.distance(search.shapes[j], shape) for j in near.tolist()])
    down = np.maximum(z0_m - groups.z1_m[near], 0.0)
    k = int(np.lexsort((near, np.round(np.hypot(aside, down), 3)))[0])
    carrier = found.elements.id[int(groups.element[near[k]])]
    return f"nearest is {groups.kind[int(near[k])]} {carrier}, {aside[k]:.2f} m aside and {down[k]:.2f} m lower"
