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
from optopscan.geometry.mesh import signed_volumes
from optopscan.geometry.prism import cross
from optopscan.ifc.analytic.frames import Declined, Frame
from optopscan.model.arrays import BoolArray, FloatArray, IntArray
from optopscan.model.building import Mesh

_PLANE_M = 1e-3
_CONVEX = -1e-9
_TINY_M2 = 1e-12
_AT_ONCE = 250
# A face for the triangulation in a plane: number of its body, rows of its corners, rings seen from outside.
_Flat = tuple[int, IntArray, list[FloatArray]]
_FACES = frozenset(("IfcFace", "IfcFaceSurface", "IfcAdvancedFace"))


@dataclass(eq=False)
class Polyhedron:
    """Points (n, 3) [m] and faces: each a list of loops of rows, the outer one first.

    `triangulate` fills in the triangles, the signed volume and whether the faces close.
    """

    points: FloatArray
    faces: list[list[list[int]]]
    triangles: list[IntArray] = field(default_factory=list)
    fault: str = ""
    volume_m3: float = 0.0
    closed: bool = False

    def mesh(self) -> Mesh:
        """Return the triangles as a mesh."""
        if self.fault or not self.triangles:
            raise Declined(self.fault or "body without faces")
        return Mesh(vertices_m=self.points, faces=self.triangles[0])


@dataclass(eq=False)
class Placed:
    """A polyhedron seen from outside a frame; a mirroring frame turns the faces."""

    inner: Polyhedron | Placed
    frame: Frame

    @property
    def volume_m3(self) -> float:
        """Volume of the polyhedron itself, negative where its faces look inward."""
        return self.inner.volume_m3

    @property
    def closed(self) -> bool:
        """Whether the faces close."""
        return self.inner.closed

    def mesh(self) -> Mesh:
        """Return the triangles as a mesh."""
        mesh = self.inner.mesh()
        matrix, shift = self.frame
        mirrored = float(cross(matrix[0], matrix[1]) @ matrix[2]) < 0.0
        faces = mesh.faces[:, ::-1] if mirrored else mesh.faces
        return Mesh(vertices_m=mesh.vertices_m @ matrix.T + shift, faces=faces)


def of_shells(shells: Sequence[Any], unit_m: float) -> Polyhedron:
    """Return the faces of IfcConnectedFaceSets, each plane and bounded by IfcPolyLoops or by IfcEdgeLoops of straight edges."""
    rows: dict[int, int] = {}
    numbers: list[Any] = []
    faces: list[list[list[int]]] = []
    for shell in shells:
        for face in shell.get_info(recursive=True)["CfsFaces"]:
            if face["type"] not in _FACES:
                raise Declined(f"face is {face['type']}")
            faces.append(_face(face, rows, numbers))
    if not faces:
        raise Declined("shell without faces")
    return Polyhedron(points=np.array(numbers, dtype=np.float64) * unit_m, faces=faces)


def _face(face: dict[str, Any], rows: dict[int, int], numbers: list[Any]) -> list[list[int]]:
    if face["type"] != "IfcFace" and face["FaceSurface"]["type"] != "IfcPlane":
        raise Declined(f"face on {face['FaceSurface']['type']}")
    loops: list[list[int]] = []
    for bound in face["Bounds"]:
        loop = bound["Bound"]
        if loop is not None and loop["type"] == "IfcPolyLoop":
            points = loop["Polygon"]
        elif loop is not None and loop["type"] == "IfcEdgeLoop":
            points = [_edge_start(edge) for edge in loop["EdgeList"]]
        else:
            raise Declined(f"face bounded by {loop and loop['type']}")
        found = []
        for point in points:
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


def _edge_start(oriented: dict[str, Any]) -> dict[str, Any]:
    """Return the point that a straight edge of a loop starts from."""
    edge = oriented["EdgeElement"]
    if edge["type"] == "IfcEdgeCurve" and not _straight(edge["EdgeGeometry"]):
        raise Declined(f"face with an edge on {edge['EdgeGeometry']['type']}")
    if edge["type"] not in ("IfcEdge", "IfcEdgeCurve"):
        raise Declined(f"face with {edge['type']}")
    vertex = edge["EdgeStart" if oriented["Orientation"] else "EdgeEnd"]
    if vertex["type"] != "IfcVertexPoint" or vertex["VertexGeometry"]["type"] != "IfcCartesianPoint":
        raise Declined("edge without end points")
    point: dict[str, Any] = vertex["VertexGeometry"]
    return point


def _straight(curve: dict[str, Any]) -> bool:
    if curve["type"] == "IfcTrimmedCurve":
        return _straight(curve["BasisCurve"])
    return curve["type"] == "IfcLine" or (curve["type"] == "IfcPolyline" and len(curve["Points"]) == 2)


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
    """Triangulate all faces of many bodies, so many at a time that memory stays small, and drop the faces."""
    for first in range(0, len(solids), _AT_ONCE):
        _triangulate(solids[first : first + _AT_ONCE])
        for one in solids[first : first + _AT_ONCE]:
            one.faces = []


def _triangulate(solids: Sequence[Polyhedron]) -> None:
    """Triangulate the faces of bodies; those with the same number of corners together."""
    groups: dict[int, tuple[list[int], list[list[int]]]] = {}
    flat: list[_Flat] = []
    for number, one in enumerate(solids):
        for face in one.faces:
            if len(face) == 1 and len(face[0]) >= 3:
                owners, loops = groups.setdefault(len(face[0]), ([], []))
                owners.append(number)
                loops.append(face[0])
            elif len(face[0]) >= 3:
                flat.extend(_with_holes(solids, number, face))
    starts = np.cumsum([0, *(len(one.points) for one in solids)])
    points = np.concatenate([one.points for one in solids]) if solids else np.zeros((0, 3))
    for n, (owners, loops) in sorted(groups.items()):
        rows, owner = np.array(loops, dtype=np.int64), np.array(owners, dtype=np.int64)
        flat.extend(_fans(solids, points[rows + starts[owner][:, None]], n, rows, owner))
    for (number, rows, _), triangles in zip(flat, shapes.triangulate([rings for _, _, rings in flat]), strict=True):
        if triangles is None:
            solids[number].fault = "face that crosses itself"
        else:
            solids[number].triangles.append(rows[triangles])
    sound = [number for number, one in enumerate(solids) if one.triangles and not one.fault]
    for number in sound:
        solids[number].triangles = [np.concatenate(solids[number].triangles)]
    if not sound:
        return
    counts = [len(solids[number].triangles[0]) for number in sound]
    rows = np.concatenate([solids[number].triangles[0] + starts[number] for number in sound])
    middles = np.array([solids[number].points.mean(axis=0) for number in sound])
    judged = signed_volumes(points[rows], np.repeat(np.arange(len(sound)), counts), middles)
    for number, (volume, closed) in zip(sound, judged, strict=True):
        solids[number].volume_m3, solids[number].closed = volume, closed


def _fans(solids: Sequence[Polyhedron], corners: FloatArray, n: int, rows: IntArray, owner: IntArray) -> list[_Flat]:
    """Give convex faces of n corners to their bodies as fans; return the others."""
    away = corners - corners.mean(axis=1, keepdims=True)
    normal = 0.5 * np.cross(away, np.roll(away, -1, axis=1)).sum(axis=1)
    size = np.linalg.norm(normal, axis=1)
    real = size > _TINY_M2
    unit = normal / np.maximum(size, 1e-30)[:, None]
    plane = (np.abs((away * unit[:, None, :]).sum(axis=2)).max(axis=1) <= _PLANE_M) | ~real
    for number in np.unique(owner[~plane]).tolist():
        solids[number].fault = "face that is not plane"
    convex = _convex(corners, unit) & real if n > 3 else np.ones(len(rows), dtype=bool)
    order = np.argsort(owner[convex], kind="stable")
    kept, owners = rows[convex][order], owner[convex][order]
    fan = kept[:, np.array([(0, i, i + 1) for i in range(1, n - 1)])]
    whose, first = np.unique(owners, return_index=True)
    for number, part in zip(whose.tolist(), np.split(fan, first[1:]) if len(first) else [], strict=True):
        solids[number].triangles.append(part.reshape(-1, 3))
    hollow = ~convex & plane & real
    seen = np.take_along_axis(corners[hollow], _seen_along(normal[hollow])[:, None, :], axis=2)
    return [(number, own, [ring]) for number, own, ring in zip(owner[hollow].tolist(), rows[hollow], seen, strict=True)]


def _convex(corners: FloatArray, unit: FloatArray) -> BoolArray:
    """Return which polygons (m, n, 3) with these unit normals are convex.

    A fan starts in the first corner: straight corners only give empty triangles.
    """
    side = np.roll(corners, -1, axis=1) - corners
    after = np.roll(side, -1, axis=1)
    turn = (np.cross(side, after) * unit[:, None, :]).sum(axis=2)
    # corners that all turn left but go round twice (a star) have total turning of two turns
    angle = np.arctan2(turn, (side * after).sum(axis=2)).sum(axis=1)
    found: BoolArray = (turn > _CONVEX).all(axis=1) & (angle < 3.0 * np.pi)
    return found


def _seen_along(normal: FloatArray) -> IntArray:
    """Return the two coordinates (n, 2) that show faces with these normals (n, 3) best, their outside towards the viewer."""
    across = np.abs(normal).argmax(axis=1)
    forward = np.take_along_axis(normal, across[:, None], axis=1) > 0.0
    pair = np.stack([(across + 1) % 3, (across + 2) % 3], axis=1)
    return np.where(forward, pair, pair[:, ::-1])


def _with_holes(solids: Sequence[Polyhedron], number: int, face: list[list[int]]) -> list[_Flat]:
    """Return a face of several loops, seen along the axis it is most across to; nothing for one without area."""
    solid = solids[number]
    loops = [loop for loop in face if len(loop) >= 3]
    rings = [solid.points[loop] for loop in loops]
    away = rings[0] - rings[0][0]
    normal = 0.5 * np.cross(away[:-1], away[1:]).sum(axis=0)
    size = float(np.linalg.norm(normal))
    if size <= _TINY_M2:
        return []
    height = (np.concatenate(rings) - rings[0].mean(axis=0)) @ (normal / size)
    if float(np.abs(height).max()) > _PLANE_M:
        solid.fault = "face that is not plane"
        return []
    kept = _seen_along(normal[None])[0]
    return [(number, np.concatenate(loops), [ring[:, kept] for ring in rings])]
