"""The variants put forward as IFC: an overlay with only what is new, and on request the original with it."""

from __future__ import annotations

import math
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from optopscan.errors import UsageError
from optopscan.ifc import merge
from optopscan.ifc.merge import Said
from optopscan.ifc.open_file import file_sha256
from optopscan.ifc.overlay import write_overlay
from optopscan.model.building import IfcIdentity, LocalToIfc, MapConversion
from optopscan.model.drawing import ElementUse, ModuleUse
from optopscan.model.new_top import ModuleType, NewTop, Piece, Place, PlacedModule
from optopscan.report import marks
from optopscan.report.names import file_part
from optopscan.report.record.arrays import Arrays
from optopscan.report.variants.data import drawn_variants
from optopscan.report.words import Language
from optopscan.settings import Settings

Record = Mapping[str, Any]
Row = Mapping[str, Any]
SCHEMA_OF_OVERLAY = "IFC4"


def render(record: Record, arrays: Arrays, language: Language = "nl") -> list[tuple[str, bytes]]:  # noqa: ARG001
    """Return ``variant_<id>.ifc`` of every variant put forward that can be drawn; notes in it are in Dutch.

    Parameters
    ----------
    record, arrays
        As `record.build` or `record.read` gives them; the arrays are not needed.
    language
        Of the stamp.
    """
    identity = record["building"].get("ifc")
    if identity is None:
        return []
    taken: set[str] = set()
    found = []
    for variant in drawn_variants(record):
        name, top = file_part(variant["id"], taken), new_top_of(variant)
        if top is not None:
            found.append((f"variant_{name}.ifc", _overlay(record, variant, top, identity, language)))
    return found


def write_merged(record: Record, arrays: Arrays, original_path: str | Path, variant: str, language: Language = "nl") -> bytes:  # noqa: ARG001
    """Return the original file with a variant in it, and unity checks before and after on what was there.

    Raises
    ------
    UsageError
        If the record has no such variant, it cannot be drawn, or the file is not the first of those that were scanned.
    UnreadableInput
        If the file cannot be read.
    """
    path = Path(original_path)
    row = next((one for one in record["variants"] if one["id"] == variant), None)
    if row is None:
        raise UsageError(f"no variant {variant!r} in this record")
    top = new_top_of(row)
    if top is None:
        drawing = row.get("drawing")
        raise UsageError(f"{variant}: {drawing['refused'] if drawing else 'only variants put forward are drawn; place again'}")
    first = record["inputs"][0]
    found = file_sha256(path)
    if found != first["sha256"]:
        hashes = f"sha256 {found[: marks.HASH_LENGTH]}, record {first['sha256'][: marks.HASH_LENGTH]}"
        raise UsageError(f"{path.name}: not the file that was scanned as {first['name']} ({hashes})")
    told = record["settings"]
    settings = Settings(building=told.get("building"), assume_unit=told.get("assume_unit"))
    return merge.write_merged([path], top, _local(record), settings=settings, said=_said(record, row, language))


def merged_variants(
    record: Record, arrays: Arrays, original_path: str | Path, language: Language = "nl"
) -> tuple[dict[str, bytes], tuple[str, ...]]:
    """Return the original with each variant put forward in it, by id, and what there is to say of them.

    A variant that cannot be drawn has no file and one line that says why; one that is not drawn whole has both.
    """
    found, said = {}, []
    for variant in drawn_variants(record):
        drawing = variant.get("drawing")
        if drawing is None or drawing["top"] is None:
            said.append(f"{variant['id']}: no IFC: {drawing['refused'] if drawing else 'no drawing'}")
            continue
        found[variant["id"]] = write_merged(record, arrays, original_path, variant["id"], language)
        said += [f"{variant['id']}: {note}" for note in drawing["top"]["notes"]]
    return found, tuple(said)


def new_top_of(variant: Row) -> NewTop | None:
    """Return what is new of a variant in the record; None where it has no drawing."""
    top = (variant.get("drawing") or {}).get("top")
    if top is None:
        return None
    plain = ("variant", "concept", "concept_name", "supplier", "fictitious", "z_m", "storey_height_m", "storeys")
    kept = {name: top[name] for name in plain}
    return NewTop(
        **kept,
        types=tuple(ModuleType(**{**row, "pieces": tuple(_piece(one) for one in row["pieces"])}) for row in top["types"]),
        modules=tuple(_module(row) for row in top["modules"]),
        walkways=tuple(_module(row) for row in top["walkways"]),
        transfer=tuple(_piece(row) for row in top["transfer"]),
        transfer_kn=top["transfer_kn"],
        floor_loads=_loads(top["floor_loads"]),
        roof_loads=_loads(top["roof_loads"]),
        walkway_loads=_loads(top["walkway_loads"]),
        notes=tuple(top["notes"]),
    )


def _overlay(record: Record, variant: Row, top: NewTop, identity: Row, language: Language) -> bytes:
    axes = {name: tuple(identity[name]) for name in ("origin_m", "x_axis", "z_axis")}
    told = identity.get("map_conversion")
    place = None if told is None else MapConversion(**{**told, "x_axis": told["x_axis"] and tuple(told["x_axis"])})
    return write_overlay(
        top,
        IfcIdentity(**{**identity, **axes, "map_conversion": place}),
        _local(record),
        _said(record, variant, language),
        source_sha256=record["inputs"][0]["sha256"],
        schema=record["inputs"][0]["ifc_schema"] or SCHEMA_OF_OVERLAY,
    )


def _said(record: Record, variant: Row, language: Language) -> Said:
    extra, drawing = record["extra_storeys"], variant["drawing"]
    stamp = {
        "Statement": record["statement"],
        "Stamp": marks.stamp(record, language),
        "Proven": extra["proven"],
        "Possible": extra["possible"],
        "NotProvenFor": marks.unknowns(record, language),
        "Label": extra["label"],
        "InputSha256": record["input_sha256"],
        "Variant": variant["id"],
        "VariantOutcome": variant["outcome"],
    }
    return Said(
        variant=variant["id"],
        outcome=variant["outcome"],
        max_uc=_number(variant["max_uc"]),
        stamp=stamp,
        modules=tuple(ModuleUse(**{**row, "uc": _number(row["uc"])}) for row in drawing["modules"]),
        elements=tuple(
            ElementUse(**{**row, **{name: _number(row[name]) for name in ("uc_before", "uc_after")}}) for row in drawing["elements"]
        ),
    )


def _local(record: Record) -> LocalToIfc:
    place = record["building"]["local_to_ifc"]
    return LocalToIfc(origin_m=tuple(place["origin"]), rotation_deg=place["rotation"], unit_m=place["unit"])


def _piece(row: Row) -> Piece:
    return Piece(**{**row, "place": Place(**row["place"]), "size_m": tuple(row["size_m"]), "density_kg_m3": _number(row["density_kg_m3"])})


def _module(row: Row) -> PlacedModule:
    return PlacedModule(**{**row, "place": Place(**row["place"]), "loads_on": tuple(row["loads_on"])})


def _loads(rows: Any) -> tuple[tuple[str, float], ...]:
    return tuple((str(name), float(value)) for name, value in rows)


def _number(value: float | None) -> float:
    return math.nan if value is None else float(value)
