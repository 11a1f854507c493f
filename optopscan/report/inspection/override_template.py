r"""A commented override file of everything that was guessed about a building, most influential first.

Lines that start with two ``#`` explain; a line with one ``#`` is TOML. Taking one ``#``
and one blank off every line gives a file that says what is assumed now, so that it
changes no number: the engineer fills in what she knows and names the source.

Alike guesses stand in one table, selected by type, material, thickness and storey where
that names exactly those elements, else by their ids.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from optopscan.model.building import Building
from optopscan.model.overrides import AUTO, STRENGTHS, UNKNOWN, Match
from optopscan.model.question import Question
from optopscan.model.structure import Bearing, Materials
from optopscan.pipeline.matching import literal, matched
from optopscan.report.tidy import clean
from optopscan.settings import Settings
from optopscan.units import GRAVITY_M_S2

WIDTH = 110
_PRESET = ("kind", "type", "material", "thickness_m")
_BUILDING_KEYS = {
    "use": (("use", "existing_use"),),
    "finish": (("floor_finish_kn_m2", "floor_finish_kn_m2"), ("partitions_kn_m2", "partitions_kn_m2")),
    "roof-finish": (("roof_membrane_kn_m2", "roof_membrane_kn_m2"), ("roof_ballast_kn_m2", "roof_ballast_kn_m2")),
}
_ESCAPES = {"\\": "\\\\", '"': '\\"', "\b": "\\b", "\t": "\\t", "\n": "\\n", "\f": "\\f", "\r": "\\r"}
_FOUNDATION = (
    "kind = strip | pad | slab | pile | ground; width_m, length_m, depth_m (below ground level), groundwater_m",
    "soil = gravel | sand | loam | clay | peat; friction_angle_deg, undrained_strength_kpa, cone_resistance_mpa,",
    "cone_profile = [[depth in m, MPa], ...]; bearing_resistance_kpa with resistance_basis = characteristic | design",
    "pile_type, pile_length_m, pile_width_m, pile_spacing_m; pile_capacity_kn with capacity_basis = characteristic | design",
    "checked against the load of its line; match = { line = [0, 1] } names lines of the report",
)


@dataclass(frozen=True, kw_only=True, eq=False)
class Known:
    """What the template is about: one building as it is understood now."""

    building: Building
    materials: Materials
    bearing: Bearing
    settings: Settings
    questions: Sequence[Question]
    file_names: Sequence[str] = field(default_factory=tuple)


def template(known: Known) -> str:
    """Return the text of the file, newline at the end; every line is a comment."""
    lines = list(_head(known))
    whole = [row for row in known.questions if row.what in _BUILDING_KEYS]
    number = 0
    for row in known.questions:
        if row.what in _BUILDING_KEYS:
            if row is whole[0]:
                number += 1
                lines += _of_building(number, whole, known)
            continue
        for entry in _entries(row, known):
            number += 1
            lines += _entry(number, entry)
    if not whole:
        lines += _of_building(number + 1, (), known)
    return "\n".join(lines) + "\n"


def toml_text(text: str) -> str:
    """Return the text as a TOML basic string on one line, whatever characters a model puts into its names."""
    return '"' + "".join(_ESCAPES.get(char, char if char.isprintable() else _escape(char)) for char in text) + '"'


def _escape(char: str) -> str:
    code = ord(char)
    if 0xD800 <= code <= 0xDFFF:
        return "\\uFFFD"  # half a character: TOML cannot hold it
    return f"\\u{code:04X}" if code <= 0xFFFF else f"\\U{code:08X}"


@dataclass(frozen=True, kw_only=True)
class _Entry:
    """One table of the file: what is said above it, what it matches and sets; without a table only a remark."""

    remarks: tuple[str, ...]
    table: str = ""
    match: Mapping[str, Sequence[str | int | float]] = field(default_factory=dict)
    values: Mapping[str, str | float] = field(default_factory=dict)


def _head(known: Known) -> Iterator[str]:
    building = known.building
    yield f"## Overrides for {clean(building.name) or 'this building'} ({', '.join(clean(name) for name in known.file_names)})"
    yield "## Everything that was guessed, what moves most load and is least sure first. Take the # off a table, put the right"
    yield "## value in it and name the source: without one a value counts as an assumption and label A is out of reach."
    yield "## A table names elements by guid, id, name, type, material, thickness_m, storey, class and kind; * stands for anything."
    yield '## Every key takes a list. Where two tables set the same fact, the later counts. material = "concrete" sets what it is.'
    for row, name in enumerate(building.storeys.name):
        z = float(building.storeys.elevation_m[row])
        yield f"## storey {row}: {clean(name) or '(no name)'}" + (f", {z:.2f} m" if math.isfinite(z) else "")
    yield "#"


def _of_building(number: int, rows: Sequence[Question], known: Known) -> Iterator[str]:
    settings, year = known.settings, known.settings.build_year or known.building.build_year
    for row in rows:
        yield from _remarks(number, _said(row, "the whole building"))
    yield "# [building]"
    yield f"# build_year = {year}" if year is not None else "## build_year = 1960  (not known; sets the strengths that are assumed)"
    for _, keys in sorted(_BUILDING_KEYS.items()):
        for key, name in keys:
            yield f"# {key} = {_toml(getattr(settings, name))}"
    yield '# source = ""'
    yield "#"


def _entry(number: int, entry: _Entry) -> Iterator[str]:
    yield from _remarks(number, entry.remarks)
    if entry.table:
        yield f"# [[{entry.table}]]"
        if entry.match:
            yield from _inline("match", [f"{key} = {_toml_list(values)}" for key, values in entry.match.items()])
        yield from _inline("set", [f"{key} = {_toml(value)}" for key, value in entry.values.items()])
        yield '# source = ""'
    yield "#"


def _remarks(number: int, remarks: Sequence[str]) -> Iterator[str]:
    for n, text in enumerate(remarks):
        yield f"## {number}. {clean(text)}" if n == 0 else f"##    {clean(text)}"


def _inline(key: str, pairs: Sequence[str]) -> Iterator[str]:
    """Yield an inline table; it may run on only inside a list."""
    yield from f"# {key} = {{ {', '.join(pairs)} }}".replace("\n", "\n# ").split("\n")


def _toml(value: object) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, (int, np.integer)):
        return str(int(value))
    return f"{float(value):.12g}" if isinstance(value, (float, np.floating)) else toml_text(str(value))


def _toml_list(values: Sequence[str | int | float]) -> str:
    """Return one value bare, several as a list, broken over lines when it is long."""
    texts = [_toml(value) for value in values]
    if len(texts) == 1:
        return texts[0]
    lines, width = [""], 0
    for text in texts:
        if width + len(text) + 2 > WIDTH - 10:
            lines.append("")
            width = 0
        lines[-1] += f"{text}, "
        width += len(text) + 2
    return "[" + "\n  ".join(line.rstrip() for line in lines).rstrip(",") + "]"


# -- entries ---------------------------------------------------------------------


def _said(row: Question, what: str) -> tuple[str, ...]:
    head = f"{row.what} of {what}: {row.value}"
    return (
        head,
        f"from: {row.source}; otherwise: {row.alternative}",
        f"decides about {row.influence_kn:.1f} kN; confidence {row.confidence:.2f}; score {row.score:.1f} kN",
    )


def _entries(row: Question, known: Known) -> Iterator[_Entry]:
    """Yield the tables of one question: one for each value that is used now."""
    elements = known.building.elements
    what = f"{len(row.elements)} {'/'.join(sorted({elements.kind[i] for i in row.elements}))}" if row.elements else "the whole building"
    if row.what == "foundation":
        yield _Entry(remarks=(*_said(row, what), *_FOUNDATION), table="foundation", values={"kind": UNKNOWN})
        return
    groups: dict[tuple[str, str | float], list[int]] = {}
    for i in row.elements:
        told = _now(row.what, i, known)
        if told is not None:
            groups.setdefault(told, []).append(i)
    if not groups:
        yield _Entry(remarks=(*_said(row, what), "no override settles this: correct the model"))
    for (key, value), own in sorted(groups.items(), key=lambda item: (item[1], item[0][0])):
        part = f"{what}, {len(own)} of them here" if len(groups) > 1 else what
        yield _Entry(remarks=(*_said(row, part), *_hint(key, known)), table="override", match=select(own, known), values={key: value})


def _now(what: str, i: int, known: Known) -> tuple[str, str | float] | None:
    """Return key and value that say what is used now for one element, None where no key says it."""
    materials = known.materials
    if what == "bearing":
        return "bearing", known.bearing.state[i]
    if what == "material":
        return "material", materials.group[i]
    if what == "strength":
        key = next((key for key, groups in STRENGTHS.items() if materials.group[i] in groups and key != "fb_mpa"), None)
        default = float(materials.strength_default_mpa[i])
        return None if key is None else (key, default if math.isfinite(default) else UNKNOWN)
    if what == "density":
        volume, weight = float(known.building.elements.volume_m3[i]), float(materials.self_weight_kn[i])
        if not (volume > 0 and weight > 0):
            return None
        stated = float(materials.density_kg_m3[i])  # of the body as drawn; a topping that is assumed on it weighs apart
        mean = stated if math.isfinite(stated) else weight * 1000.0 / GRAVITY_M_S2 / volume
        return "density_kg_m3", float(f"{mean:.12g}")
    if what == "thickness":
        return "thickness_m", UNKNOWN
    return ("span", AUTO) if what == "span" else None


def _hint(key: str, known: Known) -> Iterable[str]:
    turned = known.building.local_to_ifc.rotation_deg
    hints = {
        "bearing": 'bearing = "yes", "no" or "unknown"',
        "material": "a group of catalog/engineering/densities.toml; or grade = a class of grades.toml",
        "density_kg_m3": "of the whole body as drawn, all layers together",
        "thickness_m": "of the layer that carries",
        "span": 'span = "x", "y", "along:<GlobalId of a wall>", or span_deg = degrees from the x axis of the model',
    }
    if key in STRENGTHS:
        return (f"{key}: characteristic; or grade = a class of catalog/engineering/grades.toml",)
    if key == "span" and turned:
        return (
            hints[key],
            f"the direction above counts from the axes of the building, turned {turned:.2f} degrees in the model",
        )
    return (hints[key],) if key in hints else ()


def select(rows: Sequence[int], known: Known) -> dict[str, Sequence[str | int | float]]:
    """Return a match that names exactly these elements, by rule where one does, else by id."""
    elements, wanted = known.building.elements, np.array(sorted(rows), dtype=np.int64)
    columns: dict[str, list[str | int | float]] = {
        "kind": sorted({elements.kind[i] for i in rows}),
        "type": sorted({literal(elements.type_name[i]) for i in rows}),
        "material": sorted({literal(known.materials.group[i]) for i in rows}),
        "thickness_m": sorted({round(float(elements.thickness_m[i]), 3) for i in rows if math.isfinite(elements.thickness_m[i])}),
        "storey": sorted({int(elements.storey[i]) for i in rows if elements.storey[i] >= 0}),
        "name": sorted({literal(elements.name[i]) for i in rows}),
    }
    few = {key: values for key, values in columns.items() if len(values) == 1 and values != [""]}
    storeys = columns["storey"]
    rules = [tuple(key for key in _PRESET if key in few)]
    if len(storeys) <= 4 and storeys:
        rules.append((*rules[0], "storey"))
    if "name" in few:
        rules += [("name",), ("kind", "name")]
    for keys in rules:
        chosen = {key: columns[key] for key in keys}
        if chosen and np.array_equal(_rows(chosen, known), wanted):
            return _shorter(chosen, wanted, known)
    guids = [elements.guid[i] for i in wanted.tolist()]
    if all(guids) and np.array_equal(_rows({"guid": [str(guid) for guid in guids]}, known), wanted):
        return {"guid": [str(guid) for guid in guids]}
    return {"id": [elements.id[i] for i in wanted.tolist()]}


def _shorter(chosen: dict[str, list[str | int | float]], wanted: np.ndarray, known: Known) -> dict[str, Sequence[str | int | float]]:
    """Leave out `kind` where the other keys name the same elements; the rest says what the elements are."""
    fewer = {key: values for key, values in chosen.items() if key != "kind"}
    return dict(fewer) if fewer and np.array_equal(_rows(fewer, known), wanted) else dict(chosen)


def _rows(chosen: Mapping[str, Sequence[str | int | float]], known: Known) -> np.ndarray:
    match = Match(**{key: tuple(values) for key, values in chosen.items()})  # type: ignore[arg-type]
    return matched(match, known.building, known.materials)
