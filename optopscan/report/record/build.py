"""The record: one versioned, deterministic answer of which every other output is a view.

`build` turns a scan result into the record and its large arrays, `write` puts
both on disk, `read` takes them back. Nothing is computed but sums and rounding.
"""

from __future__ import annotations

import hashlib
import zipfile
import zlib
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from optopscan.errors import UnreadableInput
from optopscan.issues import Issue
from optopscan.model.arrays import IntArray
from optopscan.model.beyond import Beyond
from optopscan.model.building import InputFile
from optopscan.model.loads import TakeDown
from optopscan.model.result import ExtraStoreys, ScanResult, TopologyAnswer
from optopscan.model.sides import Sides
from optopscan.model.structure import Shares, Structure
from optopscan.model.variant import StairOf, Usable, Variant
from optopscan.model.verdict import worst
from optopscan.placement.placing_ground import PlaceableScan, PlacingGround
from optopscan.report.files import write_files
from optopscan.report.record import load_basis, totals
from optopscan.report.record.arrays import FILE_NAME as ARRAYS_NAME
from optopscan.report.record.arrays import Arrays, arrays_of, describe, npz_bytes, pack_sparse, sha256_of
from optopscan.report.record.floors import floor_arrays, floors
from optopscan.report.record.placing_state import ground_of, keep
from optopscan.report.record.valid import check, parsed
from optopscan.report.shapes import element_geometry, mesh_arrays, polygons, rings
from optopscan.report.staging import contents
from optopscan.report.tidy import base_name, dumps, fields_of, tidy
from optopscan.report.words import Language
from optopscan.schemas import NewerSchema, schema_id, upgraded
from optopscan.settings import Settings
from optopscan.structure.roof import build_faces

SCHEMA = schema_id("record")
FILE_NAME = "record.json"
STATEMENT = "Quickscan, geen constructieve toetsing"

Record = dict[str, Any]

# What reading files that were cut off, edited or are something else may raise
_BROKEN = (OSError, EOFError, ValueError, KeyError, TypeError, AttributeError, RuntimeError, zipfile.BadZipFile, zlib.error)

# Settings that say how the machine works, not what was asked; they never change a result.
_MACHINE_SETTINGS = frozenset({"threads"})


def build(result: ScanResult) -> tuple[Record, Arrays]:
    """Return the record and its large arrays (`record.schema.json` describes both).

    Parameters
    ----------
    result
        A complete scan. A `PlaceableScan` also leaves what placing starts from (`placing_state`).

    Returns
    -------
    tuple
        The record, ready for JSON (nan is None, numbers rounded as `tidy.DIGITS` says,
        text without control characters), and the arrays by name.
    """
    arrays: Arrays = {**mesh_arrays(result.building.elements), **floor_arrays(result.structure)}
    for distribution in sorted(result.take_downs):
        arrays |= pack_sparse(f"influence_{distribution}", result.take_downs[distribution].influence_foot)
    kept, state = keep(result.ground) if isinstance(result, PlaceableScan) else (None, {})
    arrays |= state
    groups = load_basis.floor_groups(result.structure, result.load_basis)
    record: Record = {
        "schema": SCHEMA,
        "statement": STATEMENT,
        "input_sha256": input_sha256(result.building.inputs),
        "tool": {"version": result.tool_version},
        "settings": _settings_row(result.settings),
        "overrides": _overrides(result),
        "inputs": [{**fields_of(file), "name": base_name(file.name)} for file in result.building.inputs],
        "building": _building(result),
        "elements": _elements(result),
        "parts": _parts(result, groups),
        "floors": floors(result.structure, result.building.elements.id),
        "load_basis": load_basis.told(result.structure, result.load_basis, groups),
        "take_down": _take_down(result),
        "scenarios": list(result.scenarios),
        "checks": list(result.checks),
        "part_uc": _part_uc(result),
        "topologies": _topologies(result),
        "stability": list(result.sides.stability),
        "wall_wind": list(result.sides.wall_wind),
        "anchorage": list(result.sides.anchorage),
        "robustness": list(result.sides.robustness),
        "extra_storeys": _extra_storeys(result.extra_storeys, result.sides),
        "roof": _roof(result),
        "variants": [_variant(variant) for variant in result.variants],
        "placing": kept,
        "beyond_roof": [_beyond(row) for row in result.beyond],
        "flags": list(result.flags),
        "assumptions": list(result.assumptions),
        "not_checked": list(result.not_checked),
        "issues": sorted(result.issues),
        "arrays": [{"file": ARRAYS_NAME, **row} for row in describe(arrays)],
    }
    tidied: Record = tidy(record)
    return tidied, arrays


def with_variants(record: Record, variants: Sequence[Variant], settings: Settings, issues: Sequence[Issue]) -> Record:
    """Return the record of a scan with other variants: what was placed later, with the settings and issues of that."""
    names = {issue.code for issue in issues}
    kept = [row for row in record["issues"] if row["code"] not in names]
    made: Record = tidy({"settings": _settings_row(settings), "variants": [_variant(variant) for variant in variants]})
    told: Record = tidy({"issues": list(issues)})
    return {**record, **made, "issues": sorted([*kept, *told["issues"]], key=lambda row: (row["code"], row["id"], row["message"]))}


def _part_uc(result: ScanResult) -> list[Record]:
    rows: list[Record] = []
    for scenario in result.scenarios:
        if scenario.id in result.part_uc:
            row: Record = {"scenario": scenario.id, "uc": result.part_uc[scenario.id]}
            if scenario.id in result.part_outcome:
                row["outcome"] = list(result.part_outcome[scenario.id])
            rows.append(row)
    return rows


def write(result: ScanResult, folder: Path) -> tuple[Path, ...]:
    """Write ``record.json`` and ``record.npz`` into a folder, both or neither.

    Raises
    ------
    UsageError
        If the folder cannot be written.
    """
    return write_files(folder, files(*build(result)))


def files(record: Record, arrays: Arrays) -> dict[str, bytes]:
    """Return the contents of the two files; the arrays first, so that a record never points at nothing."""
    return {ARRAYS_NAME: npz_bytes(arrays), FILE_NAME: dumps(record).encode()}


def render(record: Record, arrays: Arrays, language: Language = "nl") -> list[tuple[str, bytes]]:  # noqa: ARG001
    """Return the record's two files as a view among views; a record has no language."""
    return list(files(record, arrays).items())


def read(path: Path) -> tuple[Record, Arrays]:
    """Read a record and the arrays that it names, from beside it.

    Raises
    ------
    UnreadableInput
        If a file is missing or broken, the schema is a newer or another one, something is not as the schema says (`valid`),
        or the arrays do not belong to the record. One of an older schema is migrated (`optopscan.schemas`).
    """
    try:
        record = upgraded(dict(parsed(contents(path))))
        version = record["schema"]
        if version == SCHEMA:
            check(record)
        rows = [(row["name"], row["sha256"]) for row in record.get("arrays", ())]
        arrays = arrays_of(contents(path.parent / ARRAYS_NAME))
    except NewerSchema as error:
        raise NewerSchema(f"{path.name}: {error}") from error
    except _BROKEN as error:
        said = " ".join(str(error).split())[:200]
        raise UnreadableInput(f"{path.name}: no complete record ({said}); scan the model again") from error
    if version != SCHEMA:
        raise UnreadableInput(f"{path.name}: schema {version!r} is not {SCHEMA!r}; scan the model again with this version")
    for name, sha256 in rows:
        if name not in arrays or sha256_of(arrays[name]) != sha256:
            raise UnreadableInput(f"{ARRAYS_NAME}: array {name!r} is not the one of {path.name}; keep both files of one scan together")
    return record, {name: arrays[name] for name, _ in rows}


def placing_state(path: Path) -> PlacingGround:
    """Return what placing starts from, of a record on disk.

    Raises
    ------
    UnreadableInput
        If the files are damaged, do not belong together, or were written by another version.
    """
    return ground_of(*read(path), name=path.name)


def input_sha256(inputs: Sequence[InputFile]) -> str:
    """Return the hash that every output carries: of the one file, or over the sorted hashes of several."""
    if len(inputs) == 1:
        return inputs[0].sha256
    return hashlib.sha256("\n".join(sorted(file.sha256 for file in inputs)).encode()).hexdigest()


def _settings_row(settings: Settings) -> dict[str, Any]:
    return {name: value for name, value in fields_of(settings).items() if name not in _MACHINE_SETTINGS}


def _overrides(result: ScanResult) -> dict[str, Any]:
    """Return what an override file replaced; without a file name and hash are null."""
    made, ids = result.corrections, result.building.elements.id
    return {
        "name": base_name(made.file) if made.file else None,
        "sha256": made.sha256 or None,
        "applied": [{**fields_of(row), "elements": [ids[i] for i in row.elements], "lines": list(row.lines)} for row in made.applied],
    }


def _building(result: ScanResult) -> dict[str, Any]:
    building, structure = result.building, result.structure
    storeys, place = building.storeys, building.local_to_ifc
    tops = [*storeys.elevation_m[1:], float("nan")]
    return {
        "name": building.name,
        "build_year": building.build_year,
        "storeys": [
            {
                "name": storeys.name[row],
                "elevation_m": storeys.elevation_m[row],
                "height_m": tops[row] - storeys.elevation_m[row],
                "floor_area_m2": totals.floor_area_m2(structure, building.elements.storey, row),
            }
            for row in range(len(storeys))
        ],
        "levels_z_m": structure.level_z_m,
        "base_z_m": structure.base_z_m,
        "footprint_m2": totals.footprint_m2(structure),
        "height_m": totals.height_m(structure),
        "roof_area_m2": float(structure.cells.area_m2[structure.cells.roof].sum()),
        "flat_roof_area_m2": sum(face.polygon.area for face in structure.roof_faces),
        **_build_roof(structure),
        "north_deg": building.true_north_deg + place.rotation_deg,
        "n_element": len(building.elements),
        "n_bearing": result.bearing.state.count("yes"),
        "n_bearing_unknown": result.bearing.state.count("unknown"),
        "ifc": building.identity,
        "local_to_ifc": {"origin": place.origin_m, "rotation": place.rotation_deg, "unit": place.unit_m},
    }


def _build_roof(structure: Structure) -> dict[str, float]:
    """Return area and level of the roof that the extension stands on; nan where there is none."""
    faces = [structure.roof_faces[row] for row in build_faces(structure.roof_faces)]
    return {
        "build_roof_area_m2": sum(face.polygon.area for face in faces),
        "build_roof_z_m": max((face.z_m for face in faces), default=float("nan")),
    }


def _elements(result: ScanResult) -> list[dict[str, Any]]:
    elements, bearing = result.building.elements, result.bearing
    geometry = element_geometry(elements)
    return [
        {
            "id": elements.id[row],
            "guid": elements.guid[row],
            "ifc_class": elements.ifc_class[row],
            "name": elements.name[row],
            "type_name": elements.type_name[row],
            "kind": elements.kind[row],
            "storey": _index(elements.storey[row]),
            "material": _material(result, row),
            "thickness_m": elements.thickness_m[row],
            "length_m": elements.length_m[row],
            "height_m": elements.z1_m[row] - elements.z0_m[row],
            "volume_m3": elements.volume_m3[row],
            "self_weight_kn": result.materials.self_weight_kn[row],
            "bearing": bearing.state[row],
            "bearing_probability": bearing.probability[row],
            "evidence": bearing.evidence[row],
            "geometry_source": elements.geometry_source[row],
            "geometry": geometry[row],
        }
        for row in range(len(elements))
    ]


def _material(result: ScanResult, row: int) -> dict[str, Any]:
    materials = result.materials
    return {
        "group": materials.group[row],
        "grade": materials.grade[row],
        "density_kg_m3": materials.density_kg_m3[row],
        "source": materials.source[row],
    }


def _parts(result: ScanResult, groups: IntArray) -> list[dict[str, Any]]:
    parts, elements = result.structure.parts, result.building.elements
    main = totals.main_distribution(result)
    supports = _supports(result.structure.shares[main], parts.id)
    others = {name: take_down for name, take_down in sorted(result.take_downs.items()) if name != main}
    resting = load_basis.floors_on_parts(result.structure, result.structure.shares[main], groups)
    bears, lifts = load_basis.roof_on_parts(result.structure, result.take_downs[main])
    return [
        {
            "id": parts.id[row],
            "kind": parts.kind[row],
            "element": elements.id[int(parts.element[row])],
            "storey": int(parts.storey[row]),
            "line": _index(parts.line[row]),
            "x0_m": parts.x0_m[row],
            "y0_m": parts.y0_m[row],
            "x1_m": parts.x1_m[row],
            "y1_m": parts.y1_m[row],
            "z0_m": parts.z0_m[row],
            "z1_m": parts.z1_m[row],
            "thickness_m": parts.thickness_m[row],
            "length_m": parts.length_m[row],
            "bearing_known": bool(parts.bearing_known[row]),
            "supported_by": supports[row],
            "floors": resting[row],
            "bears_roof_m2": bears[row],
            "lifts_roof_m2": lifts[row],
            "self_weight_kn": parts.self_weight_kn[row],
            "foot": _foot(result.take_downs[main], row),
            "foot_other": {name: _foot(take_down, row) for name, take_down in others.items()},
        }
        for row in range(len(parts))
    ]


def _foot(take_down: TakeDown, row: int) -> dict[str, Any]:
    return {
        "permanent_kn": take_down.permanent_foot_kn[row],
        "imposed_kn_by_storey": take_down.imposed_foot_kn[row],
        "roof_kn": take_down.roof_foot_kn[row],
    }


def _supports(shares: Shares, ids: tuple[str, ...]) -> list[list[dict[str, Any]]]:
    rows = shares.parts.tocsr(copy=True)
    rows.sort_indices()
    names = (*ids, "ground", "unsupported")
    return [
        [
            {"part": names[rows.indices[at]], "share": rows.data[at]}
            for at in range(rows.indptr[row], rows.indptr[row + 1])
            if rows.data[at] != 0.0
        ]
        for row in range(len(ids))
    ]


def _take_down(result: ScanResult) -> dict[str, Any]:
    structure, main = result.structure, totals.main_distribution(result)
    return {
        "distribution": main,
        "self_weight_kn": totals.self_weight_kn(structure),
        "permanent_kn": result.applied_permanent_kn,
        "imposed_kn": result.applied_imposed_kn,
        **_ground(result.take_downs[main]),
        "other": {name: _ground(result.take_downs[name]) for name in sorted(result.take_downs) if name != main},
        "direct_to_ground_kn": totals.direct_to_ground_kn(structure.shares[main], result.take_downs[main]),
        "storeys": totals.by_storey(structure, structure.shares[main], result.take_downs[main]),
    }


def _ground(take_down: TakeDown) -> dict[str, Any]:
    return {
        "ground_permanent_kn": take_down.ground_permanent_kn,
        "ground_imposed_kn": take_down.ground_imposed_kn,
        "unsupported_kn": take_down.unsupported_kn,
    }


def _extra_storeys(answer: ExtraStoreys, sides: Sides) -> dict[str, Any]:
    lines = list(answer.foundation_lines)
    checks = list(sides.foundation)
    return {
        "proven": answer.proven,
        "possible": answer.possible,
        "why_not_proven": list(answer.why_not_proven),
        "vertical_only": answer.vertical_only,
        "with_wind": answer.with_wind,
        "per_concept": list(answer.per_concept),
        "governing": answer.governing,
        "next_bottlenecks": list(answer.next_bottlenecks),
        "label": answer.label,
        "foundation": {"outcome": answer.foundation_outcome, "lines": lines, "basis": answer.foundation_basis, "checks": checks},
        "slab_as_floor": {
            "outcome": worst(row.outcome for row in sides.slab_as_floor),
            "fields": list(sides.slab_as_floor),
        },
        "factor_set_alternatives": [
            {"set": row.factor_set, "proven": row.proven, "possible": row.possible} for row in answer.factor_set_alternatives
        ],
        "investigate_first": list(answer.investigate_first),
        "probability": [row for estimate in answer.estimates[:1] for row in estimate.at_least],
        "estimates": list(answer.estimates),
    }


def _topologies(result: ScanResult) -> dict[str, Any]:
    ids = result.building.elements.id
    return {
        "doubts": [{**fields_of(row), "elements": [ids[i] for i in row.elements]} for row in result.topologies.doubts],
        "answers": [_topology(row) for row in result.topologies.answers],
    }


def _topology(answer: TopologyAnswer) -> dict[str, Any]:
    row = fields_of(answer)
    del row["estimates"]
    return {**row, "probability": [one for estimate in answer.estimates[:1] for one in estimate.at_least]}


def _roof(result: ScanResult) -> dict[str, Any]:
    structure, elements = result.structure, result.building.elements
    heads = structure.heads
    return {
        "faces": [{"polygon": rings(face.polygon), "z_m": face.z_m} for face in structure.roof_faces],
        "obstacles": [
            {"element": elements.id[row.element], "face": row.face, "polygon": ring}
            for row in structure.roof_obstacles
            for ring in map(rings, polygons(row.polygon))
        ],
        "heads": [
            {
                "part": structure.parts.id[int(heads.part[row])],
                "face": int(heads.face[row]),
                "x_m": (heads.x0_m[row] + heads.x1_m[row]) / 2.0,
                "y_m": (heads.y0_m[row] + heads.y1_m[row]) / 2.0,
                "ends_m": [heads.x0_m[row], heads.y0_m[row], heads.x1_m[row], heads.y1_m[row]],
                "z_m": heads.z_m[row],
                "thickness_m": heads.thickness_m[row],
                "bears_roof_m2": heads.trib_area_m2[row],
            }
            for row in range(len(heads))
        ],
        "influence_ref": {name: f"influence_{name}" for name in sorted(result.take_downs)},
    }


def _variant(variant: Variant) -> dict[str, Any]:
    row: dict[str, Any] = fields_of(variant)
    row["dwellings_by_type"] = dict(sorted(variant.dwellings_by_type.items()))
    worth = variant.worth
    if worth is not None:
        row["worth"] = {name: value for name, value in fields_of(worth).items() if name not in ("cost_eur", "carbon_kg")}
        row |= {"cost_eur": worth.cost_eur, "carbon_kg": worth.carbon_kg}
    if variant.site is not None:
        row["site"] = {
            "usable": [_shaped(usable) for usable in variant.site.usable],
            "stairs": [_shaped(stair) for stair in variant.site.stairs],
        }
    return row


def _beyond(found: Beyond) -> dict[str, Any]:
    row: dict[str, Any] = fields_of(found)
    row["dwellings_by_type"] = dict(sorted(found.dwellings_by_type.items()))
    row["places"] = [{**fields_of(place), "polygon": rings(place.polygon)[0]} for place in found.places]
    return row


def _shaped(row: Usable | StairOf) -> dict[str, Any]:
    return {**fields_of(row), "polygon": [rings(piece) for piece in polygons(row.polygon)]}


def _index(value: Any) -> int | None:
    return int(value) if value >= 0 else None


def names_of(record: Mapping[str, Any]) -> dict[str, dict[str, Any]]:
    """Return the element of each part id, for views that name a part."""
    elements = {row["id"]: row for row in record["elements"]}
    return {part["id"]: elements[part["element"]] for part in record["parts"]}
