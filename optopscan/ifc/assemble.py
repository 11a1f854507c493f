"""From raw elements in file coordinates to `model.building.Elements` in the local frame."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np

from optopscan.errors import UnreadableInput
from optopscan.geometry.classify import kind_by_shape
from optopscan.geometry.derive import Measures, measure
from optopscan.geometry.mesh import face_vectors, merged, triangles
from optopscan.geometry.plan import rectangle
from optopscan.geometry.wall import main_angle
from optopscan.ifc.doubles import Drawn, doubled
from optopscan.ifc.federate import Raw
from optopscan.ifc.materials import layers
from optopscan.ifc.open_file import Source
from optopscan.ifc.products import CLASSIFIED_BY_SHAPE, Product
from optopscan.ifc.properties import facts, predefined_type, type_name
from optopscan.ifc.types import attribute
from optopscan.issues import Issue, issue
from optopscan.materials.recognise import BEARING_GROUPS, recognise
from optopscan.model.arrays import FloatArray
from optopscan.model.building import Elements, Kind, Layer, LocalToIfc, Mesh
from optopscan.settings import Settings

_NAN = float("nan")
_STRAIGHT_DEG = 0.05
_ROTATION_DECIMALS = 6
_COORDINATE_DECIMALS = 6
_PLAN_M = (1.5, 400.0)
_HEIGHT_M = 400.0
_STOREY_M = (0.2, 15.0)
# Usual sizes: outside them the reader is warned, far outside the unit is wrong.
_USUAL_PLAN_M = (3.0, 300.0)
_USUAL_STOREY_M = (2.0, 6.0)
_LANDING_MAX_M2 = 8.0
# Assemblies of bars that are no wall, however thin and upright.
_FRAMES = frozenset(("TRUSS", "GIRDER", "BRACED_FRAME", "RIGID_FRAME", "ARCH", "BEAM_GRID"))
_SLAB_M, _SLAB_M2 = 0.1, 4.0
_VOID_MATERIAL = re.compile(r"virtue+l|virtual", re.IGNORECASE)
_MARKER_SIDE_M = 1.5
# What an element takes from the file as it stands there; the rest is measured.
_READ = (
    "id",
    "guid",
    "ifc_class",
    "kind",
    "name",
    "type_name",
    "predefined_type",
    "layers",
    "material_source",
    "load_bearing",
    "is_external",
    "properties",
    "geometry_source",
)


@dataclass(frozen=True, kw_only=True, eq=False)
class Frame:
    """Local frame: file coordinates [m] = rotate(local, rotation_deg) + origin_m."""

    origin_m: tuple[float, float, float]
    rotation_deg: float

    @cached_property
    def _turn(self) -> FloatArray:
        return _rotation(-self.rotation_deg).T

    def local(self, mesh: Mesh) -> Mesh:
        """Return a mesh moved from file coordinates to the local frame, rounded to a micrometre."""
        shifted = mesh.vertices_m - np.array(self.origin_m)
        moved = shifted @ self._turn
        return Mesh(vertices_m=np.round(moved, _COORDINATE_DECIMALS) + 0.0, faces=mesh.faces)

    def record(self, unit_m: float) -> LocalToIfc:
        """Return the frame as the record keeps it."""
        return LocalToIfc(origin_m=self.origin_m, rotation_deg=self.rotation_deg, unit_m=unit_m)


def _rotation(angle_deg: float) -> FloatArray:
    c, s = np.cos(np.radians(angle_deg)), np.sin(np.radians(angle_deg))
    return np.array([[c, -s, 0.0], [s, c, 0.0], [0.0, 0.0, 1.0]])


def local_frame(raws: Sequence[Raw]) -> Frame:
    """Return the frame along the main wall direction, origin at the low corner rounded down to a metre.

    Main direction: the angle, mod 90 degrees, on which most upright wall face looks
    (of all elements where there is no wall). Turned only if over 0.05 degrees off. z is kept.
    """
    walls = [raw for raw in raws if raw.product.kind == "wall"] or list(raws)
    vectors = np.vstack([face_vectors(triangles(body)) for raw in walls for body in raw.bodies])
    angle, _ = main_angle(vectors, 0.5 * np.pi)
    turn = float(np.degrees(angle)) if np.isfinite(angle) else 0.0
    turn = turn - 90.0 if turn > 45.0 else turn
    turn = 0.0 if abs(turn) <= _STRAIGHT_DEG else round(turn, _ROTATION_DECIMALS)
    points = np.vstack([body.vertices_m for raw in raws for body in raw.bodies])
    low = (points @ _rotation(-turn).T).min(axis=0)
    corner = np.floor(low + 1e-6) * np.array([1.0, 1.0, 0.0])
    origin = _rotation(turn) @ corner + 0.0
    return Frame(origin_m=(float(origin[0]), float(origin[1]), 0.0), rotation_deg=turn)


def check_size(raws: Sequence[Raw], names: Sequence[str]) -> list[Issue]:
    """Refuse a building whose size says that the length unit is wrong; return warnings for unusual sizes.

    A single wall is 1.5 m long and a hall 12 m high, so what is refused is wider than what is usual:
    OPT-123 outside 3 to 300 m in plan or a median storey height of 2 to 6 m.

    Raises
    ------
    UnreadableInput
        If the longer plan side is not 1.5 to 400 m, the height over 400 m, or the median
        height of walls and columns not 0.2 to 15 m.
    """
    low = np.min([raw.bounds()[0] for raw in raws], axis=0)
    high = np.max([raw.bounds()[1] for raw in raws], axis=0)
    plan, height = float((high - low)[:2].max()), float((high - low)[2])
    spans = [raw.bounds() for raw in raws if raw.product.kind in ("wall", "column")]
    upright = float(np.median([float(top[2] - bottom[2]) for bottom, top in spans])) if spans else _NAN
    long_text = f"the building is {plan:.4g} m long"
    high_text = f"its walls and columns are {upright:.4g} m high (median)"
    what = ""
    if not _PLAN_M[0] <= plan <= _PLAN_M[1]:
        what = long_text
    elif not height <= _HEIGHT_M:
        what = f"the building is {height:.4g} m high"
    elif spans and not _STOREY_M[0] <= upright <= _STOREY_M[1]:
        what = high_text
    if what:
        remedy = "correct the unit in the export, and leave out elements that lie far away"
        raise UnreadableInput(f"{', '.join(names)}: {what}, so the length unit is likely wrong; {remedy}")
    unusual = [long_text] if not _USUAL_PLAN_M[0] <= plan <= _USUAL_PLAN_M[1] else []
    unusual += [high_text] if spans and not _USUAL_STOREY_M[0] <= upright <= _USUAL_STOREY_M[1] else []
    return [issue("OPT-123", f"{raws[0].file_index}#0", text) for text in unusual]


def elements(
    raws: Sequence[Raw], sources: Sequence[Source], frame: Frame, storey_row: Mapping[str, int], settings: Settings
) -> tuple[Elements, list[Raw], list[Issue]]:
    """Return all elements, measured in the local frame, doubled ones left out, sorted by (bottom, kind, guid, id).

    The second answer is what has faces but no outline in plan: a sheet on edge, a body that crosses itself until
    nothing is left. It covers nothing, so nobody knows where its weight stands or what rests on it: it is lost.
    """
    issues: list[Issue] = []
    rows, lost = [], []
    for raw in raws:
        row = _row(raw, sources[raw.file_index], frame, storey_row, settings, issues)
        if row is not None and row["measures"].footprint.is_empty:
            lost.append(raw)
            what = f"{raw.ifc_class} {raw.product.entity.Name or ''}".strip()
            issues.append(issue("OPT-101", raw.id, f"{what}: its body has no outline in plan"))
        elif row is not None:
            rows.append(row)
    twice, problems = doubled([row["drawn"] for row in rows])
    rows = [row for k, row in enumerate(rows) if k not in twice]
    issues.extend(problems)
    rows.sort(key=lambda row: row["order"])
    return _stacked(rows), lost, issues


def _row(
    raw: Raw, source: Source, frame: Frame, storey_row: Mapping[str, int], settings: Settings, issues: list[Issue]
) -> dict[str, Any] | None:
    product: Product = raw.product
    entity = product.entity
    bodies = [frame.local(body) for body in raw.bodies]
    listed, source_name = layers(entity, product.parts, raw.styles, source.unit_m)
    kind = _kind(product, bodies)
    found = measure(kind, bodies, expected_thickness_m=_expected_m(product, bodies, listed))
    if kind == "stair" and product.base_class == "IfcSlab" and found.footprint.area > _LANDING_MAX_M2:
        kind, found = "slab", measure("slab", bodies)
    if kind == "covering" and _carries_itself(found, [layer.name for layer in listed]):
        kind, found = "slab", measure("slab", bodies)
    if kind == "proxy" and _is_void(found, [layer.name for layer in listed]):
        issues.append(issue("OPT-109", raw.id, f"{entity.Name or entity.is_a()!r} of a virtual material is not part of the building"))
        return None
    if not found.closed:
        issues.append(issue("OPT-110", raw.id, f"{raw.ifc_class} {entity.Name or ''}: volume taken as footprint x height".strip()))
    kept, load_bearing, is_external = facts(entity, product.parts, source.types, settings.ignore_properties, source.materials)
    note = "; ".join(part for part in (raw.origin, f"{len(product.parts)} parts" if product.grouped else "", found.note) if part)
    return {
        "order": (round(found.z0_m, 4), kind, raw.guid or "", raw.file_index, raw.step),
        "measures": found,
        "drawn": Drawn(id=raw.id, kind=kind, measures=found, rank=(0 if listed else 1, raw.file_name, raw.file_index, raw.step)),
        "values": {
            "id": raw.id,
            "guid": raw.guid,
            "ifc_class": raw.ifc_class,
            "kind": kind,
            "name": str(entity.Name or ""),
            "type_name": type_name(entity, source.types.of(entity)),
            "predefined_type": predefined_type(entity, source.types.of(entity)),
            "layers": listed,
            "material_source": source_name,
            "load_bearing": load_bearing,
            "is_external": is_external,
            "properties": kept,
            "geometry_source": note,
        },
        "storey": storey_row.get(raw.storey_key or "", -1),
    }


def _expected_m(product: Product, bodies: list[Mesh], listed: Sequence[Layer]) -> float:
    """Return the thickness a wall should have [m]: of its layers, or of its plan where studs and rails make it up."""
    stated = sum(layer.thickness_m for layer in listed) if listed else _NAN
    if np.isfinite(stated) or product.base_class not in CLASSIFIED_BY_SHAPE or len(bodies) < 2:
        return stated
    return rectangle(np.vstack([body.vertices_m[:, :2] for body in bodies]))[3]


def _kind(product: Product, bodies: list[Mesh]) -> Kind:
    if product.kind != "proxy" or product.base_class not in CLASSIFIED_BY_SHAPE:
        return product.kind
    frame = attribute(product.entity, "PredefinedType") in _FRAMES
    kind = kind_by_shape([merged(bodies)] if frame else bodies)
    return "member" if product.base_class == "IfcPlate" and kind == "proxy" else kind


def _carries_itself(found: Measures, names: list[str]) -> bool:
    """Return whether a covering is a floor by another name: as thick as a floor, and of a bearing material."""
    groups = {recognise(name).group for name in names}
    area = found.footprint.area
    return bool(area >= _SLAB_M2 and found.volume_m3 >= _SLAB_M * area and groups & set(BEARING_GROUPS))


def _is_void(found: Measures, names: list[str]) -> bool:
    small = max(np.ptp(found.mesh.vertices_m, axis=0)) <= _MARKER_SIDE_M
    return bool(small and names and all(_VOID_MATERIAL.search(name) for name in names))


def _stacked(rows: list[dict[str, Any]]) -> Elements:
    measures: list[Measures] = [row["measures"] for row in rows]
    text: dict[str, Any] = {name: tuple(row["values"][name] for row in rows) for name in _READ}
    return Elements(
        **text,
        storey=np.array([row["storey"] for row in rows], dtype=np.int64),
        z0_m=_array([one.z0_m for one in measures]),
        z1_m=_array([one.z1_m for one in measures]),
        thickness_m=_array([one.thickness_m for one in measures]),
        length_m=_array([one.length_m for one in measures]),
        section_m=_array([one.section_m for one in measures]).reshape(-1, 2),
        volume_m3=_array([one.volume_m3 for one in measures]),
        slope_deg=_array([one.slope_deg for one in measures]),
        axis_m=_array([one.axis_m for one in measures]).reshape(-1, 4),
        footprint=tuple(one.footprint for one in measures),
        elevation=tuple(one.elevation for one in measures),
        mesh=tuple(one.mesh for one in measures),
    )


def _array(values: Sequence[Any]) -> FloatArray:
    return np.array(values, dtype=np.float64)
