"""Bodies as triangles for views in space: elements, parts, and what a variant puts on the roof.

Every body is closed where its source is, with faces outward (counter-clockwise seen from outside), in the record's own
frame: metres, z up. A prism comes from its footprint and z-range, another body from the arrays ``mesh_vertices_m`` and
``mesh_faces``. What has no shape in the record has no triangles and is named in ``Bodies.missing``.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import shapely
from shapely.geometry import Polygon

from optopscan.geometry.prism import area
from optopscan.geometry.triangulate import triangulate
from optopscan.report.plans.data import module_corners, part_outline
from optopscan.report.record.arrays import Arrays
from optopscan.report.shapes import polygons, rings

Record = Mapping[str, Any]
Row = Mapping[str, Any]
Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int32]

# How wide a column of a product is drawn: the record knows its place, not its section.
OWN_COLUMN_M = 0.3
# How thick the deck of a walkway is drawn: the record knows the room that it takes, open to the air above its floor.
DECK_M = 0.2
_SAME_M = 1e-3
_TOUCH_M2 = 1e-6


@dataclass(frozen=True, kw_only=True, eq=False)
class Bodies:
    """Triangles of many bodies: ``vertices_m`` (n, 3), ``faces`` (m, 3) rows of it, ``owner`` (m,) the row of each face's body.

    ``missing`` are the rows without a shape. Vertices are shared within a body, never between two.
    """

    vertices_m: Floats
    faces: Ints
    owner: Ints
    missing: tuple[int, ...] = ()


@dataclass(frozen=True, kw_only=True, eq=False)
class VariantBodies:
    """Bodies of a variant; ``owner`` counts rows of ``placed``, ``walkways`` (their decks) and ``columns`` of its record row.

    ``transfer``: from the roof to the underside of what stands on it, ``owner`` counts ``placed`` and, after those, ``walkways``.
    """

    modules: Bodies
    walkways: Bodies
    transfer: Bodies
    columns: Bodies


@dataclass(frozen=True, kw_only=True, eq=False)
class _Prism:
    """One prism of a body: its row, rings (n, 2) [m], the outer one first, and its z-range [m]."""

    row: int
    rings: Sequence[Floats]
    z0_m: float
    z1_m: float


def element_bodies(record: Record, arrays: Arrays) -> Bodies:
    """Return the bodies of the existing elements; ``owner`` is the row in ``record["elements"]``."""
    prisms: list[_Prism] = []
    meshes: list[tuple[int, Floats, npt.NDArray[Any]]] = []
    for row, element in enumerate(record["elements"]):
        geometry = element["geometry"]
        span = geometry.get("mesh_ref")
        if span is None:
            prisms += _prisms(row, geometry)
        elif span["faces"][1] > span["faces"][0]:
            points = arrays["mesh_vertices_m"][slice(*span["vertices"])]
            meshes.append((row, points, arrays["mesh_faces"][slice(*span["faces"])]))
    return _joined([_swept(prisms), _meshed(meshes)], len(record["elements"]))


def part_bodies(record: Record) -> Bodies:
    """Return the bodies of the parts as boxes around their axes; ``owner`` is the row in ``record["parts"]``."""
    found = [(row, part["z0_m"], part["z1_m"], part_outline(part)) for row, part in enumerate(record["parts"])]
    prisms = [_Prism(row=row, rings=_rings(shape), z0_m=z0, z1_m=z1) for row, z0, z1, shape in found if _rises(z0, z1)]
    return _joined([_swept(prisms)], len(record["parts"]))


def variant_bodies(record: Record, variant: Row) -> VariantBodies:
    """Return the bodies that a variant adds: modules, walkways, transfer layer and columns of its own."""
    placed, walkways = variant["placed"], variant["walkways"]
    base_m = record["building"]["base_z_m"]
    low_m = min((row["z_m"] for row in placed), default=base_m)
    columns = [
        _Prism(row=row, rings=[_square(one["x_m"], one["y_m"])], z0_m=base_m, z1_m=low_m)
        for row, one in enumerate(variant.get("columns", ()))
        if _rises(base_m, low_m)
    ]
    return VariantBodies(
        modules=_boxes(placed, [row["height_m"] for row in placed]),
        walkways=_boxes(walkways, [DECK_M] * len(walkways)),
        transfer=_transfer(record, [*placed, *walkways]),
        columns=_joined([_swept(columns)], len(variant.get("columns", ()))),
    )


def _boxes(rows: Sequence[Row], height_m: Sequence[float | None]) -> Bodies:
    prisms = [
        _Prism(row=k, rings=[np.array(module_corners(one))], z0_m=one["z_m"], z1_m=one["z_m"] + high)
        for k, (one, high) in enumerate(zip(rows, height_m, strict=True))
        if high
    ]
    return _joined([_swept(prisms)], len(rows))


def _transfer(record: Record, rows: Sequence[Row]) -> Bodies:
    """Return a box from the highest roof below each module or piece of the first new storey to its underside."""
    faces = [(Polygon(face["polygon"][0], face["polygon"][1:]), face["z_m"]) for face in record["roof"]["faces"] if face["polygon"]]
    prisms = []
    for k, one in enumerate(rows):
        if one["storey"] != 1:
            continue
        shape = Polygon(module_corners(one))
        under = [z for face, z in faces if z <= one["z_m"] + _SAME_M and face.intersection(shape).area > _TOUCH_M2]
        if under and one["z_m"] - max(under) > _SAME_M:
            prisms.append(_Prism(row=k, rings=[np.array(module_corners(one))], z0_m=max(under), z1_m=one["z_m"]))
    # storeys above the first, and what stands straight on the roof, have none: that is no lack
    return _joined([_swept(prisms)], 0)


def _square(x_m: float, y_m: float) -> Floats:
    half = OWN_COLUMN_M / 2.0
    return np.array([(x_m - half, y_m - half), (x_m + half, y_m - half), (x_m + half, y_m + half), (x_m - half, y_m + half)])


def _prisms(row: int, geometry: Row) -> list[_Prism]:
    z0, z1 = geometry["z0_m"], geometry["z1_m"]
    pieces = [(geometry["footprint"], geometry.get("holes", [])), *((one["footprint"], one["holes"]) for one in geometry.get("more", ()))]
    if not _rises(z0, z1):
        return []
    return [
        _Prism(row=row, rings=[np.asarray(ring, dtype=np.float64) for ring in (outer, *holes) if len(ring) >= 3], z0_m=z0, z1_m=z1)
        for outer, holes in pieces
        if len(outer) >= 3
    ]


def _rises(z0_m: float | None, z1_m: float | None) -> bool:
    return z0_m is not None and z1_m is not None and z1_m > z0_m


def _rings(shape: Any) -> list[Floats]:
    return [np.asarray(ring, dtype=np.float64) for ring in rings(shape)]


def _swept(prisms: Sequence[_Prism]) -> Bodies:
    """Return prisms as triangles; a ring that crosses itself, if only by rounding, is taken apart first."""
    whole = _whole(prisms)
    caps = triangulate([one.rings for one in whole])
    sound = [(one, cap) for one, cap in zip(whole, caps, strict=True) if cap is not None]
    if not sound:
        return _NONE
    rings_of = [ring for one, _ in sound for ring in one.rings]
    length = np.array([len(ring) for ring in rings_of])
    ring = np.repeat(np.arange(len(rings_of)), length)
    whose = np.repeat(np.arange(len(sound)), [len(one.rings) for one, _ in sound])[ring]
    size = np.bincount(whose)
    # points of a prism stand at its bottom first, then once more at its top
    bottom = np.arange(len(ring)) + (np.cumsum(size) - size)[whose]
    top = bottom + size[whose]
    end = np.cumsum(length) - 1
    following = np.arange(1, len(ring) + 1)
    following[end] = end + 1 - length
    vertices = np.empty((2 * len(ring), 3))
    vertices[bottom, :2] = vertices[top, :2] = np.concatenate(rings_of)
    vertices[bottom, 2] = np.array([one.z0_m for one, _ in sound])[whose]
    vertices[top, 2] = np.array([one.z1_m for one, _ in sound])[whose]
    cap = np.concatenate([cap for _, cap in sound])
    cap_of = np.repeat(np.arange(len(sound)), [len(cap) for _, cap in sound])
    low = cap + 2 * (np.cumsum(size) - size)[cap_of, None]
    walls = [np.column_stack([bottom, bottom[following], top[following]]), np.column_stack([bottom, top[following], top])]
    row = np.array([one.row for one, _ in sound])
    return _bodies(
        [vertices],
        [low[:, ::-1], low + size[cap_of, None], *walls],
        [row[cap_of], row[cap_of], row[whose], row[whose]],
    )


def _whole(prisms: Sequence[_Prism]) -> list[_Prism]:
    """Return prisms whose rings cross nothing: one that cannot be triangulated would make all of them go one by one."""
    if not prisms:
        return []
    rings_of = [ring for one in prisms for ring in one.rings]
    made = shapely.linearrings(np.concatenate(rings_of), indices=np.repeat(np.arange(len(rings_of)), [len(ring) for ring in rings_of]))
    shapes = shapely.polygons(made, indices=np.repeat(np.arange(len(prisms)), [len(one.rings) for one in prisms]))
    both = zip(prisms, shapely.is_valid(shapes).tolist(), strict=True)
    return [piece for one, valid in both for piece in ([_turned(one)] if valid else _mended(one))]


def _turned(one: _Prism) -> _Prism:
    """Return the prism with its outer ring counter-clockwise and its holes clockwise."""
    made = [ring if (area(ring) > 0.0) == (k == 0) else ring[::-1] for k, ring in enumerate(one.rings)]
    return _Prism(row=one.row, rings=made, z0_m=one.z0_m, z1_m=one.z1_m)


def _mended(one: _Prism) -> list[_Prism]:
    whole = shapely.make_valid(Polygon(one.rings[0], list(one.rings[1:])))
    return [_turned(_Prism(row=one.row, rings=_rings(piece), z0_m=one.z0_m, z1_m=one.z1_m)) for piece in polygons(whole)]


def _meshed(meshes: Sequence[tuple[int, Floats, npt.NDArray[Any]]]) -> Bodies:
    """Return meshes with their faces outward; one that is inside out is turned."""
    vertices, faces, owner, first = [], [], [], 0
    for row, points, triangles in meshes:
        corners = points[triangles] - points.mean(axis=0)
        inside_out = np.einsum("ij,ij->", corners[:, 0], np.cross(corners[:, 1], corners[:, 2])) < 0.0
        vertices.append(points)
        faces.append((triangles[:, ::-1] if inside_out else triangles) + first)
        owner.append(np.full(len(triangles), row))
        first += len(points)
    return _bodies(vertices, faces, owner)


def _bodies(vertices: Sequence[Any], faces: Sequence[Any], owner: Sequence[Any]) -> Bodies:
    if not faces:
        return _NONE
    return Bodies(
        vertices_m=np.concatenate(vertices).astype(np.float64),
        faces=np.concatenate(faces).astype(np.int32),
        owner=np.concatenate(owner).astype(np.int32),
    )


def _joined(pieces: Iterable[Bodies], n_row: int) -> Bodies:
    """Return bodies together, faces in the order of their rows; of ``n_row`` rows those without faces are missing."""
    some = [one for one in pieces if len(one.faces)]
    first = np.cumsum([0, *(len(one.vertices_m) for one in some)])
    owner = np.concatenate([_NONE.owner, *(one.owner for one in some)])
    faces = np.concatenate([_NONE.faces, *(one.faces + np.int32(at) for one, at in zip(some, first, strict=False))])
    order = np.argsort(owner, kind="stable")
    return Bodies(
        vertices_m=np.concatenate([_NONE.vertices_m, *(one.vertices_m for one in some)]),
        faces=faces[order],
        owner=owner[order],
        missing=tuple(int(row) for row in np.setdiff1d(np.arange(n_row), owner)),
    )


_NONE = Bodies(vertices_m=np.zeros((0, 3)), faces=np.zeros((0, 3), dtype=np.int32), owner=np.zeros(0, dtype=np.int32))
