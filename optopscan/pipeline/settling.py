"""Corrections beside the support graph: what has no effect, what cannot be, and the foundation lines they are about."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

import numpy as np

from optopscan.catalog.engineering import load_engineering
from optopscan.catalog.faults import CatalogError, Fault
from optopscan.checks.foundation import Ground, line_resistance
from optopscan.issues import Issue, issue
from optopscan.model.arrays import IntArray
from optopscan.model.overrides import (
    AUTO,
    FLOOR_LOADS,
    ROOF_LOADS,
    STRENGTHS,
    UNKNOWN,
    Applied,
    Corrections,
    FoundationGiven,
    Match,
    Override,
    Overrides,
    Value,
)
from optopscan.model.question import Question
from optopscan.model.structure import Structure
from optopscan.pipeline.matching import KEYS, matched, why_none
from optopscan.pipeline.override_faults import fault, match_fault
from optopscan.pipeline.overriding import Understood, shown

HANGS = 1e-6  # share of a load that finds no support
SAME_DIRECTION_DEG = 1.0
ASTRAY = 0.2  # share of a floor that spans another way than given; strips over its supports span no way


def settle(understood: Understood, structure: Structure) -> tuple[Corrections, tuple[Issue, ...]]:
    """Return what was corrected, foundation included, and what was noticed beside the support graph.

    Raises
    ------
    CatalogError
        If a load is given for a floor that is none here, or a foundation for no line; every fault at once.
    """
    overrides = understood.overrides
    if overrides is None or understood.given is None:
        return understood.corrections, ()
    faults = list(_loads_without_floor(overrides, understood.rows, structure))
    lines, wrong = _lines(overrides, understood, structure)
    if faults or wrong:
        raise CatalogError([*faults, *wrong])
    notes = [*_without_effect(understood, structure), *_astray(understood, structure)]
    foundations, applied, more = _foundations(overrides, lines, structure)
    corrections = replace(understood.corrections, applied=(*understood.corrections.applied, *applied), foundations=foundations)
    return corrections, (*notes, *more)


def hanging_parts(understood: Understood, structure: Structure) -> tuple[int, ...]:
    """Return the parts that bear on the word of the engineer while nothing below carries them."""
    given = _given_bearing(understood)
    lost = np.asarray(structure.shares["simple"].parts[:, [len(structure.parts) + 1]].todense()).ravel()
    return tuple(np.flatnonzero(np.isin(np.asarray(structure.parts.element), sorted(given)) & (lost > HANGS)).tolist())


_QUESTION_OF = {
    "bearing": ("bearing",),
    "material": ("material",),
    "grade": ("strength",),
    **dict.fromkeys(STRENGTHS, ("strength",)),
    "density_kg_m3": ("density",),
    "thickness_m": ("thickness",),
    "span": ("span",),
    "span_deg": ("span",),
}


def still_open(asked: Sequence[Question], corrections: Corrections) -> tuple[Question, ...]:
    """Return the questions without those that a correction with a source answers for every element asked about."""
    answered: dict[str, set[int]] = {}
    for row in corrections.applied:
        if row.source and row.new not in (UNKNOWN, AUTO):
            for what in _QUESTION_OF.get(row.field, ()):
                answered.setdefault(what, set()).update(row.elements)
    return tuple(row for row in asked if not row.elements or not set(row.elements) <= answered.get(row.what, set()))


def _given_bearing(understood: Understood) -> set[int]:
    """Return the elements that bear on the word of the engineer; to repeat the model without a source is no word."""
    rows = (row for row in understood.corrections.applied if row.field == "bearing" and row.new == "yes")
    return {i for row in rows if row.source or not row.old.startswith("yes") for i in row.elements}


def _loads_without_floor(overrides: Overrides, rows: tuple[IntArray, ...], structure: Structure) -> Iterator[Fault]:
    """Yield a fault for every load that reaches no cell of its kind."""
    cells = structure.cells
    under_sky = {f: bool(np.asarray(cells.roof)[np.asarray(cells.field) == f].any()) for f in range(len(structure.fields))}
    indoors = {f: bool((~np.asarray(cells.roof)[np.asarray(cells.field) == f]).any()) for f in range(len(structure.fields))}
    field_of = {i: f for f, members in enumerate(structure.fields.elements) for i in members}
    for row, own in zip(overrides.elements, rows, strict=True):
        fields = {field_of[i] for i in own.tolist() if i in field_of}
        for keys, fit, what in ((FLOOR_LOADS, indoors, "floor"), (ROOF_LOADS, under_sky, "roof under the sky")):
            for key in keys:
                if key in row.values and not any(fit[f] for f in fields):
                    yield fault(overrides, row, key, f"matches no {what}; got {len(own)} elements; expected one that carries a {what}")


def _without_effect(understood: Understood, structure: Structure) -> Iterator[Issue]:
    elements = understood.building.elements
    parts = set(np.asarray(structure.parts.element).tolist())
    floors = {i for members in structure.fields.elements for i in members}
    for i in sorted(_given_bearing(understood) - parts - floors):
        yield issue("OPT-343", elements.id[i], f"{elements.kind[i]} {elements.name[i]!r} makes no part: no axis or too small")
    for i in sorted({int(structure.parts.element[row]) for row in hanging_parts(understood, structure)}):
        yield issue("OPT-343", elements.id[i], f"{elements.kind[i]} {elements.name[i]!r}: nothing below carries it; no verdict on it")


def _astray(understood: Understood, structure: Structure) -> Iterator[Issue]:
    """Yield the floors of which a good part spans another way than given."""
    given = None if understood.given is None else understood.given.span_deg
    if given is None or np.isnan(given).all():
        return
    cells, elements = structure.cells, understood.building.elements
    for f, members in enumerate(structure.fields.elements):
        rows = np.asarray(cells.field) == f
        told = sorted({float(given[i]) for i in members if np.isfinite(given[i])})
        if not told or structure.fields.kind[f] == "ground":
            continue
        off = np.min([np.abs((np.asarray(cells.span_deg)[rows] - deg + 90.0) % 180.0 - 90.0) for deg in told], axis=0)
        area = np.asarray(cells.area_m2)[rows]
        astray = float(area[~(off <= SAME_DIRECTION_DEG)].sum())
        whole = all(np.isfinite(given[i]) for i in members)
        if whole and astray > ASTRAY * area.sum():
            first = next(i for i in members if np.isfinite(given[i]))
            text = f"{astray:.1f} of {area.sum():.1f} m2 has no two supports at {', '.join(f'{deg:.0f}' for deg in told)} degrees"
            yield issue("OPT-345", elements.id[first], text)


# -- foundation ------------------------------------------------------------------


def _lines(overrides: Overrides, understood: Understood, structure: Structure) -> tuple[list[tuple[int, ...]], list[Fault]]:
    """Return the foundation lines of each table [[foundation]], and what is wrong."""
    line, element = np.asarray(structure.parts.line), np.asarray(structure.parts.element)
    every = tuple(sorted(set(line[line >= 0].tolist())))
    found: list[tuple[int, ...]] = []
    faults: list[Fault] = []
    for row in overrides.foundations:
        own = np.ones(len(line), dtype=bool)
        if row.match.line:
            missing = sorted(set(row.match.line) - set(every))
            if missing:
                text = f"no such line; got {missing[0]}; expected {f'0 to {every[-1]}' if every else 'none: no part stands on the ground'}"
                faults.append(match_fault(overrides, row, "match.line", text))
            own &= np.isin(line, row.match.line)
        if any(getattr(row.match, key) for key in KEYS):
            rows = matched(row.match, understood.building, understood.materials)
            if not len(rows):
                key, message = why_none(row.match, understood.building, understood.materials)
                faults.append(match_fault(overrides, row, key, message))
            own &= np.isin(element, rows)
            if len(rows) and not (own & (line >= 0)).any():
                text = "no foundation line under the matched elements; expected footings, piles or walls that stand on the ground"
                faults.append(match_fault(overrides, row, "match", text))
        found.append(tuple(sorted(set(line[own & (line >= 0)].tolist()))))
        if row.match == Match() and not every:
            faults.append(Fault(file=overrides.file, line=row.line, key=row.key, message="no part of this model stands on the ground"))
    return found, faults


def _foundations(
    overrides: Overrides, lines: list[tuple[int, ...]], structure: Structure
) -> tuple[tuple[FoundationGiven, ...], list[Applied], list[Issue]]:
    line, element = np.asarray(structure.parts.line), np.asarray(structure.parts.element)
    given, applied, notes = [], [], []
    earlier: list[tuple[Override, tuple[int, ...]]] = []
    for row, own in zip(overrides.foundations, lines, strict=True):
        under = tuple(sorted(set(element[np.isin(line, own)].tolist())))
        made = FoundationGiven(place=overrides.place(row), lines=own, elements=under, values=row.values, source=row.source, date=row.date)
        given.append(made)
        for key in sorted(row.values):
            place, new = overrides.place(row, key), shown(key, row.values[key])
            old = _modelled(key, own, structure)
            applied.append(Applied(place=place, field=f"foundation.{key}", old=old, new=new, source=row.source, date=row.date, lines=own))
        for other, theirs in earlier:
            clash = sorted(key for key in row.values if key in other.values and other.values[key] != row.values[key])
            if clash and set(own) & set(theirs):
                text = f"{overrides.place(other)} and {overrides.place(row)}: {', '.join(clash)} of foundation lines; the later counts"
                notes.append(issue("OPT-341", "", text))
        earlier.append((row, own))
        if not row.source:
            notes.append(issue("OPT-342", "", f"{overrides.place(row)}: foundation without a source"))
        idle = _idle(row.values)
        if idle:
            notes.append(issue("OPT-346", "", f"{overrides.place(row)}: foundation of {len(own)} lines: {idle}"))
    return tuple(given), applied, notes


def _idle(values: Mapping[str, Value]) -> str:
    """Return why what was given says nothing to a check, empty where it does or says nothing at all."""
    if values.get("kind", UNKNOWN) == UNKNOWN and len(values) <= 1:
        return ""
    # Sizes are the line's own; 100 m and 100 piles only ask whether the data would give a resistance.
    return line_resistance(values, Ground.of(load_engineering().ground_values), length_m=100.0, n_pile=100).why


def _modelled(key: str, lines: tuple[int, ...], structure: Structure) -> str:
    """Return what the model shows of a size of the foundation."""
    rows = np.flatnonzero(np.isin(np.asarray(structure.parts.line), lines))
    kinds = [structure.parts.kind[row] for row in rows.tolist()]
    if key == "kind":
        return ", ".join(sorted(set(kinds))) or "unknown"
    if key == "width_m":
        footings = [row for row, kind in zip(rows.tolist(), kinds, strict=True) if kind == "footing"]
        sizes = sorted({round(float(structure.parts.thickness_m[row]), 3) for row in footings})
        return ", ".join(f"{size:g} m" for size in sizes[:3]) + (", ..." if len(sizes) > 3 else "") or "unknown"
    return "unknown"
