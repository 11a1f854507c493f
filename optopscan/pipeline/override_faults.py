"""What is wrong with an override beside one model: every fault with its line and key."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

import numpy as np

from optopscan.catalog.engineering import Engineering
from optopscan.catalog.faults import Fault
from optopscan.catalog.wording import did_you_mean
from optopscan.model.arrays import IntArray
from optopscan.model.building import Building
from optopscan.model.overrides import AUTO, FLOOR_LOADS, ROOF_LOADS, STRENGTHS, UNKNOWN, Override, Overrides, Value

CAN_BEAR = frozenset({"wall", "column", "beam", "member", "footing", "pile", "slab", "roof"})
FLAT = frozenset({"slab", "roof"})
WITH_THICKNESS = FLAT | {"wall"}
SAME_DIRECTION_DEG = 1.0


def fault(overrides: Overrides, row: Override, key: str, message: str) -> Fault:
    """Return a fault at the line of one value."""
    return Fault(file=overrides.file, line=row.lines.get(key, row.line), key=f"{row.key}.set.{key}", message=message)


def match_fault(overrides: Overrides, row: Override, key: str, message: str) -> Fault:
    """Return a fault in what an override matches; ``key`` begins with "match"."""
    return Fault(file=overrides.file, line=row.lines.get("match", row.line), key=f"{row.key}.{key}", message=message)


def faults_on_model(
    overrides: Overrides,
    rows: Sequence[IntArray],
    chosen: Mapping[str, IntArray],
    building: Building,
    groups: Sequence[str],
    values: Engineering,
) -> Iterator[Fault]:
    """Yield what cannot hold for the elements that are matched.

    Parameters
    ----------
    rows
        Elements that each override matches.
    chosen
        Per fact the override that counts for each element.
    groups
        Material group per element, given ones included.
    """
    for k, row in enumerate(overrides.elements):
        own = rows[k].tolist()
        if not own:
            continue
        kinds = Counter(building.elements.kind[i] for i in own)
        yield from _of_kinds(overrides, row, kinds)
        counts = [i for i in own if "strength" in chosen and chosen["strength"][i] == k]
        yield from _of_strength(overrides, row, Counter(groups[i] for i in counts), values)
        told = row.values.get("span")
        if isinstance(told, str) and told.startswith("along:"):
            yield from _of_direction(overrides, row, told, building)


def _of_kinds(overrides: Overrides, row: Override, kinds: Counter[str]) -> Iterator[Fault]:
    for key, fit in (("bearing", CAN_BEAR), ("thickness_m", WITH_THICKNESS)):
        others = sorted(set(kinds) - fit)
        if key in row.values and others and row.values[key] not in ("no", "unknown"):
            what = ", ".join(f"{kinds[kind]} {kind}" for kind in others)
            yield fault(overrides, row, key, f"not for {what}; expected {' | '.join(sorted(fit))}; add kind to match")
    for key in (*FLOOR_LOADS, *ROOF_LOADS, "span", "span_deg"):
        if key in row.values and not set(kinds) & FLAT:
            what = ", ".join(f"{n} {kind}" for kind, n in sorted(kinds.items()))
            yield fault(overrides, row, key, f"matches no floor; got {what}; expected slab | roof")


def _of_strength(overrides: Overrides, row: Override, groups: Counter[str], values: Engineering) -> Iterator[Fault]:
    for key, value in row.values.items():
        if key in STRENGTHS and value != UNKNOWN:
            others = sorted(set(groups) - set(STRENGTHS[key]))
            fit = " | ".join(STRENGTHS[key])
        elif key == "grade":
            known = {grade.group for grade in values.grades if grade.grade == value}
            others, fit = sorted(set(groups) - known), " | ".join(sorted(known))
        else:
            continue
        if others:
            what = ", ".join(f"{groups[group]} of {group}" for group in others)
            yield fault(
                overrides, row, key, f"no strength of the matched elements; got {what}; expected {fit}; add material to match or set"
            )


def _of_direction(overrides: Overrides, row: Override, told: str, building: Building) -> Iterator[Fault]:
    name = told.removeprefix("along:").strip()
    found = _directions(name, building)
    if not found:
        known = [guid for guid in building.elements.guid if guid]
        yield fault(
            overrides, row, "span", f"no element with an axis; got {name}; expected the GlobalId or id of a wall{did_you_mean(name, known)}"
        )
    elif max(abs((d - found[0] + 90.0) % 180.0 - 90.0) for d in found) > SAME_DIRECTION_DEG:
        yield fault(overrides, row, "span", f"{len(found)} elements with different directions; got {name}; expected one id, as 0#123")


def _directions(name: str, building: Building) -> list[float]:
    """Return the directions [deg, local] of the elements of this GlobalId or id."""
    elements = building.elements
    rows = [i for i in range(len(elements)) if name in (elements.guid[i], elements.id[i])]
    axes = [elements.axis_m[i] for i in rows]
    return [float(np.degrees(np.arctan2(a[3] - a[1], a[2] - a[0])) % 180.0) for a in axes if np.isfinite(a).all()]


def span_local_deg(value: Value, building: Building) -> float:
    """Return a given span direction in the local frame [deg] in [0, 180); nan for "auto".

    Numbers, x and y count from the axes of the model; the local frame is turned by `LocalToIfc.rotation_deg`.
    """
    if value == AUTO:
        return float("nan")
    if isinstance(value, str) and value.startswith("along:"):
        found = _directions(value.removeprefix("along:").strip(), building)
        return found[0] if found else float("nan")
    in_model = {"x": 0.0, "y": 90.0}[value] if isinstance(value, str) else float(str(value))
    return (in_model - building.local_to_ifc.rotation_deg) % 180.0
