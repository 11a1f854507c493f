"""Corrections of the engineer put in the place of what was read and inferred.

`understand` is the first half of a scan: materials and bearing with the corrections in
them. `settle` is the second: what can only be said beside the support graph. Matching
looks at the model as read and inferred, so the order of overrides never changes what
they match; where two set the same fact of the same element, the later counts.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from optopscan.catalog.engineering import Engineering, load_engineering
from optopscan.catalog.faults import CatalogError
from optopscan.issues import Issue, issue
from optopscan.materials.assign import bearing_thickness_m
from optopscan.materials.given import GivenMaterials, with_given
from optopscan.model.arrays import FloatArray, IntArray
from optopscan.model.building import Building
from optopscan.model.overrides import (
    AUTO,
    FLOOR_LOADS,
    ROOF_LOADS,
    STRENGTHS,
    UNKNOWN,
    Applied,
    Corrections,
    Given,
    Override,
    Overrides,
    Value,
)
from optopscan.model.structure import Bearing, BearingState, Evidence, Materials
from optopscan.pipeline.matching import matched, why_none
from optopscan.pipeline.override_faults import faults_on_model, match_fault, span_local_deg
from optopscan.pipeline.reading import infer
from optopscan.settings import Settings
from optopscan.structure.bearing import infer_bearing
from optopscan.structure.bearing.weights import NO_UP_TO, YES_FROM
from optopscan.units import GRAVITY_M_S2

SETTLED_LOG_ODDS = 30.0  # weight of a word with a source; probability 1 to 13 digits
UNSOURCED = 0.95  # probability of a word without a source: settled for the support graph, never certain
_FACTS = frozenset({"bearing", "material", "strength", "density_kg_m3", "thickness_m", "span"})
NOTHING = Corrections()
_OF_SETTINGS = {"use": "existing_use"}


@dataclass(frozen=True, kw_only=True, eq=False)
class Understood:
    """Materials and bearing of a building, with the corrections in them.

    ``settings`` and ``building`` hold the facts given for the building as a whole.
    ``given`` is None without an override file.
    """

    building: Building
    settings: Settings
    materials: Materials
    bearing: Bearing
    issues: tuple[Issue, ...]
    overrides: Overrides | None = None
    rows: tuple[IntArray, ...] = ()
    given: Given | None = None
    corrections: Corrections = NOTHING

    @property
    def span_deg(self) -> FloatArray | None:
        """Span directions given, per element in the local frame [deg], None without any."""
        return None if self.given is None or np.isnan(self.given.span_deg).all() else self.given.span_deg


def understand(building: Building, settings: Settings, overrides: Overrides | None = None) -> Understood:
    """Return materials and bearing of a building, with what the engineer corrected.

    Raises
    ------
    CatalogError
        If an override matches nothing or cannot hold for what it matches; every fault at once.
    """
    if overrides is None:
        materials, bearing, issues = infer(building, settings)
        return Understood(building=building, settings=settings, materials=materials, bearing=bearing, issues=issues)
    told_building, told, of_building, notes = _of_building(building, settings, overrides)
    materials, bearing, issues = infer(told_building, told)
    values = load_engineering()
    rows = tuple(matched(row.match, told_building, materials) for row in overrides.elements)
    pairs = zip(overrides.elements, rows, strict=True)
    none = [match_fault(overrides, row, *why_none(row.match, told_building, materials)) for row, own in pairs if not len(own)]
    chosen, clashes = _chosen(overrides, rows, len(building.elements))
    final = _final_groups(overrides, chosen, materials)
    faults = [*none, *faults_on_model(overrides, rows, chosen, told_building, final, values)]
    if faults:
        raise CatalogError(faults)
    facts = _Facts(overrides=overrides, chosen=chosen, building=told_building, settings=told, values=values)
    corrected = facts.materials(materials)
    again = infer_bearing(told_building.elements, corrected) if corrected.group != materials.group else bearing
    found = facts.bearing(again)
    given = facts.given()
    applied = [*of_building, *facts.applied(materials, again)]
    unsourced = frozenset(facts.on_word_alone(materials, corrected, again, found))
    notes += [*clashes, *facts.without_source(rows), *facts.against_the_model(materials, again)]
    return Understood(
        building=told_building,
        settings=told,
        materials=corrected,
        bearing=found,
        issues=(*_still_open(issues, facts, corrected, told_building), *notes),
        overrides=overrides,
        rows=rows,
        given=given,
        corrections=Corrections(file=overrides.file, sha256=overrides.sha256, applied=tuple(applied), unsourced=unsourced),
    )


def slot(key: str) -> str:
    """Return the fact that a key sets: strengths and class are one fact, both spellings of a span are."""
    return "strength" if key in STRENGTHS or key == "grade" else "span" if key == "span_deg" else key


def shown(key: str, value: Value) -> str:
    """Return a value with its unit, as the list of corrections shows it."""
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        return str(value)
    units = (("_kn_m2", "kN/m2"), ("_kg_m3", "kg/m3"), ("_mpa", "N/mm2"), ("_deg", "deg"), ("_kpa", "kPa"), ("_kn", "kN"), ("_m", "m"))
    unit = next((text for end, text in units if key.endswith(end)), "")
    return f"{value:.10g} {unit}".rstrip()


def _of_building(building: Building, settings: Settings, overrides: Overrides) -> tuple[Building, Settings, list[Applied], list[Issue]]:
    """Return building and settings with the facts of the table [building], the list of them, and what was noticed."""
    row = overrides.building
    if row is None:
        return building, settings, [], []
    applied, notes = [], []
    for key in sorted(row.values):
        field = _OF_SETTINGS.get(key, key)
        old, new = getattr(settings, field), row.values[key]
        if key == "build_year":
            if settings.build_year not in (None, new):
                notes.append(
                    issue("OPT-341", "", f"{overrides.place(row, key)}: build_year {new}, setting {settings.build_year}; the file counts")
                )
            old = settings.build_year if settings.build_year is not None else building.build_year
            building = replace(building, build_year=int(str(new)))
        fields: dict[str, Any] = {field: new}
        settings = replace(settings, **fields)
        text = "unknown" if old is None else shown(key, old)
        place = overrides.place(row, key)
        applied.append(Applied(place=place, field=key, old=text, new=shown(key, new), source=row.source, date=row.date))
    if row.values and not row.source:
        notes.append(issue("OPT-342", "", f"{overrides.place(row)}: {', '.join(sorted(row.values))} of the building without a source"))
    return building, settings, applied, notes


def _chosen(overrides: Overrides, rows: Sequence[IntArray], n_element: int) -> tuple[dict[str, IntArray], list[Issue]]:
    """Return per fact which override counts for each element (-1: none), and an issue for each pair that disagrees."""
    chosen: dict[str, IntArray] = {}
    clashes: dict[tuple[int, int, str], int] = {}
    for k, row in enumerate(overrides.elements):
        for key, value in row.values.items():
            column = chosen.setdefault(slot(key), np.full(n_element, -1, dtype=np.int64))
            for earlier in np.unique(column[rows[k]]).tolist():
                if earlier >= 0 and overrides.elements[earlier].values.get(key) != value:
                    clashes[(earlier, k, slot(key))] = int((column[rows[k]] == earlier).sum())
            column[rows[k]] = k
    return chosen, [
        issue(
            "OPT-341", "", f"{overrides.place(overrides.elements[a])} and {overrides.place(overrides.elements[b])}: {what} of {n} elements"
        )
        for (a, b, what), n in sorted(clashes.items())
    ]


def _final_groups(overrides: Overrides, chosen: Mapping[str, IntArray], materials: Materials) -> tuple[str, ...]:
    column = chosen.get("material")
    if column is None:
        return materials.group
    told = [str(overrides.elements[k].values["material"]) if k >= 0 else "" for k in column.tolist()]
    return tuple(new or old for new, old in zip(told, materials.group, strict=True))


def _still_open(issues: Iterable[Issue], facts: _Facts, materials: Materials, building: Building) -> list[Issue]:
    """Return the issues without those that a correction settles, and with those that it raises."""
    row_of = {own: i for i, own in enumerate(building.elements.id)}
    material, strength, density = (set(facts.rows_of(name)) for name in ("material", "strength", "density_kg_m3"))
    said = {i for i in facts.rows_of("bearing") if facts.value("bearing", i)[1] != UNKNOWN}
    total = set(np.flatnonzero(facts.numbers("thickness_m") > np.asarray(building.elements.thickness_m)).tolist())
    known = materials.strength_known
    kept = []
    for row in issues:
        i = row_of.get(row.id, -1)
        settled = {
            "OPT-201": i in material and materials.group[i] != UNKNOWN,
            "OPT-202": i in material or (i in strength and bool(known[i])),
            "OPT-221": i in total,
            "OPT-310": i in said,
            "OPT-312": i in said,
            "OPT-203": i in density and bool(facts.override("density_kg_m3", i).source),
        }
        if not settled.get(row.code, False):
            kept.append(row)
    for i in sorted(material - strength):
        if not known[i] and materials.group[i] != UNKNOWN:
            default = float(materials.strength_default_mpa[i])
            text = f"{default:g} N/mm2 taken" if np.isfinite(default) else "no default"
            kept.append(issue("OPT-202", building.elements.id[i], f"{materials.group[i]} (override): strength class not stated, {text}"))
    return kept


@dataclass(frozen=True, kw_only=True, eq=False)
class _Facts:
    """The overrides that count, per fact and element, and what they make of the building."""

    overrides: Overrides
    chosen: Mapping[str, IntArray]
    building: Building
    settings: Settings
    values: Engineering

    def rows_of(self, what: str) -> list[int]:
        column = self.chosen.get(what)
        return [] if column is None else np.flatnonzero(column >= 0).tolist()

    def override(self, what: str, i: int) -> Override:
        return self.overrides.elements[int(self.chosen[what][i])]

    def value(self, what: str, i: int) -> tuple[str, Value]:
        """Return key and value of one fact of one element."""
        return next((key, value) for key, value in self.override(what, i).values.items() if slot(key) == what)

    def numbers(self, what: str) -> FloatArray:
        """Return the numbers given for one fact, nan elsewhere and where they are said to be unknown."""
        found = np.full(len(self.building.elements), np.nan)
        for i in self.rows_of(what):
            value = self.value(what, i)[1]
            if isinstance(value, (int, float)):
                found[i] = value
        return found

    def text(self, what: str, i: int) -> str:
        """Return where a given fact comes from."""
        row = self.override(what, i)
        dated = f", {row.date}" if row.date else ""
        return f"override: {row.source}{dated}" if row.source else f"override without a source ({self.overrides.place(row)})"

    # -- what they make of it -----------------------------------------------------

    def materials(self, materials: Materials) -> Materials:
        """Return the materials with what is given."""
        n = len(self.building.elements)
        group: list[str | None] = [None] * n
        grade: list[str | None] = [None] * n
        key, source, sourced = [""] * n, [""] * n, np.zeros(n, dtype=bool)
        for i in self.rows_of("material"):
            group[i], source[i] = str(self.value("material", i)[1]), self.text("material", i)
        strength = self.numbers("strength")
        for i in self.rows_of("strength"):
            name, value = self.value("strength", i)
            source[i] = "; ".join(dict.fromkeys(t for t in (source[i], self.text("strength", i)) if t))
            sourced[i] = bool(self.override("strength", i).source)
            if name == "grade":
                grade[i] = str(value)
            else:
                key[i] = name
        for what in ("density_kg_m3", "thickness_m"):
            for i in self.rows_of(what):
                source[i] = f"{source[i] or materials.source[i]}; {what.split('_')[0]} {self.text(what, i)}"
        given = GivenMaterials(
            group=tuple(group),
            grade=tuple(grade),
            strength_key=tuple(key),
            strength_mpa=strength,
            strength_sourced=sourced,
            density_kg_m3=self.numbers("density_kg_m3"),
            thickness_m=self.numbers("thickness_m"),
            source=tuple(source),
        )
        v, year = self.values, self.settings.build_year if self.settings.build_year is not None else self.building.build_year
        elements = self.building.elements
        return with_given(materials, elements, given, densities=v.densities, grades=v.grades, era=v.era_defaults, build_year=year)

    def bearing(self, bearing: Bearing) -> Bearing:
        """Return bearing with what is given; the signals of the model stay behind it as evidence."""
        state: list[BearingState] = list(bearing.state)
        probability, evidence = np.array(bearing.probability), list(bearing.evidence)
        for i in self.rows_of("bearing"):
            told = str(self.value("bearing", i)[1])
            sourced = bool(self.override("bearing", i).source)
            p = float(probability[i])
            if told == "unknown":
                # Inside the open range, on the side where the model puts it.
                new, weight = min(max(p, NO_UP_TO + 0.01), YES_FROM - 0.01), 0.0
            elif sourced:
                new, weight = (1.0, SETTLED_LOG_ODDS) if told == "yes" else (0.0, -SETTLED_LOG_ODDS)
            else:
                new = p if told == state[i] else UNSOURCED if told == "yes" else 1.0 - UNSOURCED
                weight = float(np.log(UNSOURCED / (1.0 - UNSOURCED))) * (1.0 if told == "yes" else -1.0)
            probability[i] = p if told == state[i] == "unknown" else new
            state[i] = "yes" if told == "yes" else "no" if told == "no" else "unknown"
            evidence[i] = (Evidence(signal="override", value=told, weight=weight, text=self.text("bearing", i)), *evidence[i])
        return Bearing(state=tuple(state), probability=probability, evidence=tuple(evidence))

    def given(self) -> Given:
        """Return the facts that later stages use."""
        n = len(self.building.elements)
        use, span = [""] * n, np.full(n, np.nan)
        unknown = np.zeros(n, dtype=bool)
        for i in self.rows_of("use"):
            use[i] = str(self.value("use", i)[1])
        for i in self.rows_of("span"):
            span[i] = span_local_deg(self.value("span", i)[1], self.building)
        for i in self.rows_of("thickness_m"):
            unknown[i] = self.value("thickness_m", i)[1] == UNKNOWN
        return Given(
            span_deg=span,
            thickness_m=self.numbers("thickness_m"),
            thickness_unknown=unknown,
            floor_finish_kn_m2=self.numbers("floor_finish_kn_m2"),
            partitions_kn_m2=self.numbers("partitions_kn_m2"),
            roof_membrane_kn_m2=self.numbers("roof_membrane_kn_m2"),
            roof_ballast_kn_m2=self.numbers("roof_ballast_kn_m2"),
            use=tuple(use),
        )

    def on_word_alone(self, before: Materials, after: Materials, inferred: Bearing, found: Bearing) -> Iterable[int]:
        """Return the elements with a fact that changed without a source; to repeat what the model says is no new fact."""
        columns = ("strength_mpa", "strength_default_mpa", "fk_mpa", "self_weight_kn")
        same = {what: np.isclose(getattr(before, what), getattr(after, what), rtol=1e-9, equal_nan=True) for what in columns}
        for what in sorted(_FACTS):
            for i in self.rows_of(what):
                if self.override(what, i).source:
                    continue
                changed = {
                    "bearing": inferred.state[i] != found.state[i],
                    "material": before.group[i] != after.group[i],
                    "density_kg_m3": not same["self_weight_kn"][i],
                    "thickness_m": self.value(what, i)[1] != UNKNOWN,
                    "span": self.value(what, i)[1] != AUTO,
                }
                strength = before.grade[i] != after.grade[i] or not all(same[column][i] for column in columns[:3])
                if changed.get(what, strength):
                    yield i

    # -- what to say about it -----------------------------------------------------

    def applied(self, materials: Materials, bearing: Bearing) -> list[Applied]:
        """Return old and new value of every fact, one row per override, fact and old value."""
        groups: dict[tuple[int, str, str], list[int]] = {}
        core = bearing_thickness_m(self.building.elements)
        flat = np.array([kind in ("slab", "roof") for kind in self.building.elements.kind], dtype=bool)
        for what in self.chosen:
            for i in self.rows_of(what):
                if what in (*FLOOR_LOADS, *ROOF_LOADS, "span") and not flat[i]:
                    continue
                key = self.value(what, i)[0]
                groups.setdefault((int(self.chosen[what][i]), key, self._old(key, i, materials, bearing, core)), []).append(i)
        found = []
        for (k, key, old), own in sorted(groups.items()):
            row = self.overrides.elements[k]
            place = self.overrides.place(row, key)
            new = shown(key, row.values[key])
            found.append(Applied(place=place, field=key, old=old, new=new, source=row.source, date=row.date, elements=tuple(own)))
        return found

    def _old(self, key: str, i: int, materials: Materials, bearing: Bearing, core: FloatArray) -> str:
        if key == "bearing":
            return f"{bearing.state[i]} ({bearing.probability[i]:.2f})"
        if key == "material":
            return materials.group[i]
        if slot(key) == "strength":
            default = float(materials.strength_default_mpa[i])
            return materials.grade[i] or (f"{default:g} N/mm2, default of the period" if np.isfinite(default) else "unknown")
        if key == "density_kg_m3":
            stated, volume = float(materials.density_kg_m3[i]), float(self.building.elements.volume_m3[i])
            if np.isfinite(stated):
                return f"{stated:.0f} kg/m3, of the material"
            mean = float(materials.self_weight_kn[i]) * 1000.0 / GRAVITY_M_S2 / volume if volume > 0 else float("nan")
            return f"{mean:.0f} kg/m3, assumed"
        if key == "thickness_m":
            return f"{core[i]:.3f} m" if np.isfinite(core[i]) else "unknown"
        if slot(key) == "span":
            return "from planks or supports"
        old = getattr(self.settings, _OF_SETTINGS.get(key, key))
        return f"{shown(key, old)} (setting)"

    def without_source(self, rows: Sequence[IntArray]) -> list[Issue]:
        """Return an issue for every override that names no source."""
        pairs = zip(self.overrides.elements, rows, strict=True)
        return [
            issue("OPT-342", "", f"{self.overrides.place(row)}: {', '.join(sorted(row.values))} of {len(own)} elements without a source")
            for row, own in pairs
            if not row.source
        ]

    def against_the_model(self, materials: Materials, bearing: Bearing) -> list[Issue]:
        """Return an issue for every element whose correction the model speaks against."""
        elements, found = self.building.elements, []
        core = bearing_thickness_m(elements)
        bounds = {row.group: (row.lo_kg_m3, row.hi_kg_m3) for row in self.values.densities}
        for i in self.rows_of("bearing"):
            told, p = self.value("bearing", i)[1], float(bearing.probability[i])
            if (told == "yes" and p <= NO_UP_TO) or (told == "no" and p >= YES_FROM):
                found.append(issue("OPT-344", elements.id[i], f"given as bearing {told}; the model says {bearing.state[i]} ({p:.2f})"))
            if told == "no" and elements.kind[i] in ("slab", "roof"):
                found.append(
                    issue("OPT-344", elements.id[i], "a floor that bears nothing: its finish and imposed load are no longer counted")
                )
        thickness, density = self.numbers("thickness_m"), self.numbers("density_kg_m3")
        for i in np.flatnonzero(thickness > np.where(np.isfinite(core), core, elements.thickness_m) + 0.002).tolist():
            text = f"given {thickness[i]:.3f} m, the model shows {core[i]:.3f} m: weighed as given"
            found.append(issue("OPT-344", elements.id[i], text))
        for i in np.flatnonzero(np.isfinite(density)).tolist():
            low, high = bounds.get(materials.group[i], (0.0, np.inf))
            if not low <= density[i] <= high:
                text = f"given {density[i]:g} kg/m3, {materials.group[i]} weighs {low:g} to {high:g}"
                found.append(issue("OPT-344", elements.id[i], text))
        return found
