"""The building in space, packed for the page: triangles on a grid of 1/65535 of the size, and what each body is.

The page reads one block of bytes: per group its vertices (uint16), faces (uint32) and the body of each face (uint32). Bodies
are named in the index beside it, so nothing about a part stands in the bytes.
"""

from __future__ import annotations

import base64
import gzip
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import shapely

from optopscan.geometry.triangulate import triangulate
from optopscan.model.sides import EXISTING
from optopscan.report.bodies import Bodies, element_bodies, variant_bodies
from optopscan.report.leading import part_columns, state_about
from optopscan.report.plans import data as plan_data
from optopscan.report.record.arrays import Arrays
from optopscan.report.shapes import polygons

Record = Mapping[str, Any]
STEPS = 65535
SHOWN_VARIANTS = 6
_RANK = {"ok": 0, "unknown": 1, "over": 2}
_ABOVE_FLOOR_M = 0.03


@dataclass(frozen=True, kw_only=True)
class Scene:
    """``packed``: base64 of gzip; ``index``: plain data for JSON: groups, bodies, states."""

    packed: str
    index: dict[str, Any]


def scene(record: Record, arrays: Arrays) -> Scene:
    """Return elements, tributary areas and the variants put forward, packed with their index."""
    existing = element_bodies(record, arrays)
    groups: list[tuple[str, str, Bodies]] = [("existing", "", existing)]
    areas, owners = _tributary(record, arrays)
    groups.append(("tributary", "", areas))
    for variant in shown_variants(record):
        made = variant_bodies(record, variant)
        groups += [(kind, variant["id"], getattr(made, kind)) for kind in ("modules", "transfer", "walkways", "columns")]
    groups = [group for group in groups if len(group[2].faces)]
    low, size = _box([body for _, _, body in groups])
    blocks, told = [], []
    for kind, variant_id, body in groups:
        told.append({"kind": kind, "variant": variant_id, "vertices": len(body.vertices_m), "faces": len(body.faces)})
        grid = np.round((body.vertices_m - low) / size * STEPS).astype("<u2")
        blocks += [grid.tobytes() + b"\0" * (-grid.nbytes % 4), body.faces.astype("<u4").tobytes(), body.owner.astype("<u4").tobytes()]
    packed = base64.b64encode(gzip.compress(b"".join(blocks), 9, mtime=0)).decode()
    index = {
        "groups": told,
        "low_m": [round(float(v), 4) for v in low],
        "size_m": [round(float(v), 4) for v in size],
        "state": state_about(record),
        "elements": _elements(record),
        "tributary": owners,
        "storeys": [{"name": row["name"], "z_m": row["elevation_m"]} for row in record["building"]["storeys"]],
        "variants": [_variant(row) for row in shown_variants(record)],
    }
    return Scene(packed=packed, index=index)


def shown_variants(record: Record) -> list[Mapping[str, Any]]:
    """Return the variants that are put forward; where none was weighed, those with the most dwellings."""
    placed = [row for row in record["variants"] if row["placed"]]
    forward = [row for row in placed if row["worth"] and row["worth"]["put_forward"]]
    rest = sorted(placed, key=lambda row: (row["outcome"] != "ok", -row["dwellings"], row["id"]))
    return (forward or rest)[:SHOWN_VARIANTS]


def element_states(record: Record) -> tuple[dict[str, Any], dict[str, Any]]:
    """Return per element id the highest utilisation of its parts and their worst outcome: (before, after), each as (uc, outcome)."""
    return _by_element(record, EXISTING), _by_element(record, state_about(record))


def _by_element(record: Record, state: str) -> dict[str, Any]:
    values, outcomes = part_columns(record, state)
    found: dict[str, tuple[float | None, str]] = {}
    for part in record["parts"]:
        if part["id"] not in outcomes:
            continue
        uc, outcome = values[part["id"]], outcomes[part["id"]]
        before = found.get(part["element"])
        if before is not None:
            highest = [one for one in (uc, before[0]) if one is not None]
            uc, outcome = max(highest, default=None), max(outcome, before[1], key=_RANK.__getitem__)
        found[part["element"]] = (uc, outcome)
    return found


def _elements(record: Record) -> list[dict[str, Any]]:
    before, after = element_states(record)
    rows = []
    for element in record["elements"]:
        was, will = before.get(element["id"], (None, "")), after.get(element["id"], (None, ""))
        rows.append(
            {
                "id": element["id"],
                "guid": element["guid"] or "",
                "name": element["name"] or element["ifc_class"],
                "kind": element["kind"],
                "storey": element["storey"],
                "bearing": element["bearing"],
                "material": element["material"]["group"] or "",
                "grade": element["material"]["grade"] or "",
                "t": element["thickness_m"],
                "kn": element["self_weight_kn"],
                "uc0": was[0],
                "uc1": will[0],
                "outcome0": was[1],
                "outcome": will[1],
                "why": [f"{row['signal']}: {row['text']}" for row in element["evidence"][:3]],
            }
        )
    return rows


def _variant(row: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "id": row["id"],
        "outcome": row["outcome"],
        "modules": [
            {"id": one["module_id"], "dwelling": one["dwelling"], "storey": one["storey"], "concept": one["concept"]}
            for one in row["placed"]
        ],
    }


def _tributary(record: Record, arrays: Arrays) -> tuple[Bodies, list[dict[str, Any]]]:
    """Return what rests on each element as flat faces just above its floor, and the element and area of each."""
    row_of = {element["id"]: row for row, element in enumerate(record["elements"])}
    table = plan_data.cells(record, arrays)
    vertices, faces, owner, told = [], [], [], []
    first = 0
    for storey in plan_data.storeys(record):
        tops = [floor["z1_m"] for floor in record["floors"] if floor["storey"] == storey and floor["z1_m"] is not None]
        heads = [part["z1_m"] for part in record["parts"] if part["storey"] == storey and part["kind"] == "pier"]
        z = (max(heads) if heads else max(tops, default=0.0)) + _ABOVE_FLOOR_M
        for area in plan_data.areas_on(record, table, storey):
            told.append({"element": row_of.get(area.element, -1), "m2": round(float(area.tributary_m2), 2), "storey": storey})
            for piece in polygons(area.shape):
                rings = [np.asarray(ring.coords)[:-1, :2] for ring in (shapely.geometry.polygon.orient(piece).exterior, *piece.interiors)]
                cap = triangulate([rings])[0]
                if cap is None:
                    continue
                flat = np.concatenate(rings)
                vertices.append(np.column_stack([flat, np.full(len(flat), z)]))
                faces.append(cap + first)
                owner.append(np.full(len(cap), len(told) - 1))
                first += len(flat)
    if not vertices:
        return Bodies(vertices_m=np.zeros((0, 3)), faces=np.zeros((0, 3), dtype=np.int32), owner=np.zeros(0, dtype=np.int32)), []
    joined = Bodies(
        vertices_m=np.concatenate(vertices), faces=np.concatenate(faces).astype(np.int32), owner=np.concatenate(owner).astype(np.int32)
    )
    return joined, told


def _box(bodies: list[Bodies]) -> tuple[Any, Any]:
    if not bodies:
        return np.zeros(3), np.ones(3)
    points = np.concatenate([body.vertices_m for body in bodies])
    low = points.min(axis=0)
    return low, np.maximum(points.max(axis=0) - low, 1e-3)
