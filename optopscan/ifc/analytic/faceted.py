"""Faceted bodies: polygons from the file, triangulated all at once.

A face that is not plane within a millimetre, crosses itself or names a missing point makes its body
one for the kernel. Whether the faces close is not asked here (`solids`).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from optopscan.geometry import triangulate as shapes
from optopscan.ifc.analytic.frames import Declined, Frame
from optopscan.model.arrays import BoolArray, FloatArray, IntArray
from optopscan.model.building import Mesh

_PLANE_M = 1e-3
_CONVEX = -1e-9
_TINY_M2 = 1e-12


@dataclass(eq=False)
class Polyhedron:
    """Points (n, 3) [m] and faces: each a list of loops of rows, the outer one first; triangles once `triangulate` ran."""

    points: FloatArray
    faces: list[list[list[int]]]
    triangles: list[IntArray] = field(default_factory=list)
    fault: str = ""

    def mesh(self) -> Mesh:
        """Return the triangles as a mesh."""
        if self.fault or not self.triangles:
            raise Declined(self.fault or "body without faces")
        return Mesh(vertices_m=self.points, faces=np.concatenate(self.triangles))


@dataclass(eq=False)
class Placed:
    """A polyhedron seen from outside a frame; a mirroring frame turns the faces."""

    inner: Polyhedron | Placed
    frame: Frame

    def mesh(self) -> Mesh:
        """Return the triangles as a mesh."""
        mesh = self.inner.mesh()
        matrix, shift = self.frame
        faces = mesh.faces if np.linalg.det(matrix) > 0.0 else mesh.faces[:, ::-1]
        return Mesh(vertices_m=mesh.vertices_m @ matrix.T + shift, faces=faces)


def of_shells(shells: Sequence[Any], unit_m: float) -> Polyhedron:
    """Return the faces of IfcConnectedFaceSets, each face made of IfcPolyLoops."""
    rows: dict[int, int] = {}
    numbers: list[Any] = []
    faces: list[list[list[int]]] = []
    for shell in shells:
        for face in shell.get_info(recursive=True)["CfsFaces"]:
            if face["type"] not in ("IfcFace", "IfcFaceSurface"):
                raise Declined(f"face is {face['type']}")
            faces.append(_face(face, rows, numbers))
    if not faces:
        raise Declined("shell without faces")
    return Polyhedron(points=np.array(numbers, dtype=np.float64) * unit_m, faces=faces)


def _face(face: dict[str, Any], rows: dict[int, int], numbers: list[Any]) -> list[list[int]]:
    if face["type"] == "IfcFaceSurface" and face["FaceSurface"]["type"] != "IfcPlane":
        raise Declined(f"face on {face['FaceSurface']['type']}")
    loops: list[list[int]] = []
    for bound in face["Bounds"]:
        loop = bound["Bound"]
        if loop is None or loop["type"] != "IfcPolyLoop":
            raise Declined(f"face bounded by {loop and loop['type']}")
        found = []
        for point in loop["Polygon"]:
            key = point["id"]
            row = rows.get(key)
            if row is None:
                row = rows[key] = len(numbers)
                numbers.append(point["Coordinates"])
            found.append(row)
        if found[0] == found[-1]:
            found.pop()
        found = found if bound["Orientation"] else found[::-1]
        if bound["type"] == "IfcFaceOuterBound":
            loops.insert(0, found)
        else:
            loops.append(found)
    return loops


def of_face_set(item: Any, unit_m: float) -> Polyhedron:
    """Return an IfcTriangulatedFaceSet or IfcPolygonalFaceSet."""
    points = np.array(item.Coordinates.get_argument(0), dtype=np.float64)
    if points.ndim != 2 or points.shape[1] != 3:
        raise Declined("face set without points")
    numbers = getattr(item, "PnIndex", None)
    index = np.array(numbers, dtype=np.int64) - 1 if numbers else np.arange(len(points))
    if item.is_a() == "IfcTriangulatedFaceSet":
        rows = index[_checked(np.array(item.CoordIndex, dtype=np.int64) - 1, len(index))]
        return Polyhedron(points=points * unit_m, faces=[], triangles=[rows])
    faces = []
    for face in item.Faces:
        loops = [face.CoordIndex, *(face.InnerCoordIndices if face.is_a("IfcIndexedPolygonalFaceWithVoids") else ())]
        faces.append([index[_checked(np.array(loop, dtype=np.int64) - 1, len(index))].tolist() for loop in loops])
    return Polyhedron(points=points * unit_m, faces=faces)


def _checked(rows: IntArray, n: int) -> IntArray:
    if len(rows) == 0 or rows.min() < 0 or rows.max() >= n:
        raise Declined("face set that names missing points")
    return rows


def triangulate(solids: Sequence[Polyhedron]) -> None:
    """Triangulate all faces of many bodies; those with the same number of corners together."""
    groups: dict[int, tuple[list[int], list[list[int]]]] = {}
    odd: list[tuple[int, list[list[int]]]] = []
    for number, one in enumerate(solids):
        for face in one.faces:
            if len(face) == 1 and len(face[0]) >= 3:
                owners, loops = groups.setdefault(len(face[0]), ([], []))
                owners.append(number)
                loops.append(face[0])
            elif len(face[0]) >= 3:
                odd.append((number, face))
    starts = np.cumsum([0, *(len(one.points) for one in solids)])
    points = np.concatenate([one.points for one in solids]) if solids else np.zeros((0, 3))
    for n, (owners, loops) in sorted(groups.items()):
        rows, owner = np.array(loops, dtype=np.int64), np.array(owners, dtype=np.int64)
        _fans(solids, points, starts, n, rows, owner, odd)
    _polygons(solids, odd)


def _fans(
    solids: Sequence[Polyhedron],
    points: FloatArray,
    starts: IntArray,
    n: int,
    rows: IntArray,
    owner: IntArray,
    odd: list[tuple[int, list[list[int]]]],
) -> None:
    """Give convex faces of n corners to their bodies as fans; put the others on the list of odd ones."""
    corners = points[rows + starts[owner][:, None]]
    convex, plane = (np.ones(len(rows), dtype=bool),) * 2 if n == 3 else _convex(corners)
    for number in np.unique(owner[~plane]).tolist():
        solids[number].fault = "face that is not plane"
    odd.extend((int(owner[row]), [rows[row].tolist()]) for row in np.flatnonzero(~convex & plane))
    order = np.argsort(owner[convex], kind="stable")
    kept, owners = rows[convex][order], owner[convex][order]
    fan = np.stack([np.stack([kept[:, 0], kept[:, i], kept[:, i + 1]], axis=1) for i in range(1, n - 1)], axis=1)
    whose, first = np.unique(owners, return_index=True)
    for number, part in zip(whose.tolist(), np.split(fan, first[1:]) if len(first) else [], strict=True):
        solids[number].triangles.append(part.reshape(-1, 3))


def _convex(corners: FloatArray) -> tuple[BoolArray, BoolArray]:
    """Return which polygons (m, n, 3) are convex without straight corners, and which are plane."""
    middle = corners.mean(axis=1, keepdims=True)
    away = corners - middle
    following = np.roll(away, -1, axis=1)
    normal = 0.5 * np.cross(away, following).sum(axis=1)
    size = np.linalg.norm(normal, axis=1)
    unit = normal / np.maximum(size, 1e-30)[:, None]
    flat = np.abs((away * unit[:, None, :]).sum(axis=2)).max(axis=1) <= _PLANE_M
    side = following - away
    turn = (np.cross(side, np.roll(side, -1, axis=1)) * unit[:, None, :]).sum(axis=2)
    # corners that all turn left but go round twice (a star) have total turning of two turns
    angle = np.arctan2(turn, (side * np.roll(side, -1, axis=1)).sum(axis=2)).sum(axis=1)
    # the fan starts in the first corner: fine for a convex ring, straight corners only give empty triangles
    return (turn > _CONVEX).all(axis=1) & (angle < 3.0 * np.pi) & (size > _TINY_M2), flat | (size <= _TINY_M2)


def _polygons(solids: Sequence[Polyhedron], odd: Sequence[tuple[int, list[list[int]]]]) -> None:
    """Triangulate faces with holes or hollow corners, each seen along the axis it is most across to."""
    names, rings = [], []
    for number, face in odd:
        solid = solids[number]
        loops = [loop for loop in face if len(loop) >= 3]
        seen = _flattened([solid.points[loop] for loop in loops])
        if seen is None:
            solid.fault = "face that is not plane"
        elif seen:
            rings.append(seen)
            names.append((number, np.concatenate(loops)))
    for (number, rows), triangles in zip(names, shapes.triangulate(rings), strict=True):
        if triangles is None:
            solids[number].fault = "face that crosses itself"
        else:
            solids[number].triangles.append(rows[triangles])


def _flattened(loops: Sequence[FloatArray]) -> list[FloatArray] | None:
    """Return the rings (n, 2) of a face, its outside towards the viewer; empty for one without area, None for one not plane."""
    away = loops[0] - loops[0][0]
    (ax, ay, az), (bx, by, bz) = away[:-1].T, away[1:].T
    normal = 0.5 * np.array(((ay @ bz - az @ by), (az @ bx - ax @ bz), (ax @ by - ay @ bx)))
    size = float(np.linalg.norm(normal))
    if size <= _TINY_M2:
        return []
    height = (np.concatenate(loops) - loops[0].mean(axis=0)) @ (normal / size)
    if float(np.abs(height).max()) > _PLANE_M:
        return None
    across = int(np.argmax(np.abs(normal)))
    u, v = (across + 1) % 3, (across + 2) % 3
    kept = [u, v] if normal[across] > 0.0 else [v, u]
    return [loop[:, kept] for loop in loops]
