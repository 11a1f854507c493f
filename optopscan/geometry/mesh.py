"""Measures of a triangle mesh: face vectors, volume, closedness, sections.

Vertices are metres in double precision, faces index them counter-clockwise
seen from outside. Nothing here knows IFC.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from optopscan.model.arrays import FloatArray
from optopscan.model.building import Mesh

_CLOSED_FLUX = 1e-3
_CLOSED_AREA = 1e-4


def triangles(mesh: Mesh) -> FloatArray:
    """Return the corner points of all triangles [m], (n_face, 3, 3)."""
    corners: FloatArray = mesh.vertices_m[mesh.faces]
    return corners


def face_vectors(corners: FloatArray) -> FloatArray:
    """Return outward normals scaled by the area of each triangle [m2], (n_face, 3)."""
    a, b = (corners[:, 1] - corners[:, 0]).T, (corners[:, 2] - corners[:, 0]).T
    vectors = np.empty((len(corners), 3))
    # written out: a fifth of the time of numpy.cross for the few faces of one body
    np.subtract(a[1] * b[2], a[2] * b[1], out=vectors[:, 0])
    np.subtract(a[2] * b[0], a[0] * b[2], out=vectors[:, 1])
    np.subtract(a[0] * b[1], a[1] * b[0], out=vectors[:, 2])
    vectors *= 0.5
    return vectors


def signed_volume(mesh: Mesh) -> tuple[float, bool]:
    """Return the signed volume [m3] and whether the faces close the body.

    Divergence theorem with the fields (x,0,0), (0,y,0) and (0,0,z) about the middle
    of the bounding box: for a closed surface the three agree and the face vectors
    sum to zero. A missing or turned face breaks one of them. T-junctions, which real
    Breps have, do not disturb this test (they would break a test on shared edges).

    Returns
    -------
    tuple[float, bool]
        Mean of the three integrals [m3], negative for a body turned inside out;
        ``True`` when they agree within 0.1 % and the face vectors cancel.
    """
    corners = triangles(mesh)
    if len(corners) == 0:
        return 0.0, False
    middle = 0.5 * (mesh.vertices_m.min(axis=0) + mesh.vertices_m.max(axis=0))
    vectors = face_vectors(corners)
    flux = np.einsum("ij,ij->j", vectors, corners.mean(axis=1) - middle)
    volume = float(flux.mean())
    area = float(np.linalg.norm(vectors, axis=1).sum())
    cancels = float(np.linalg.norm(vectors.sum(axis=0))) <= _CLOSED_AREA * area
    agrees = float(np.abs(flux - volume).max()) <= _CLOSED_FLUX * abs(volume) + 1e-12
    return volume, bool(volume != 0.0 and cancels and agrees)


def turned(mesh: Mesh) -> Mesh:
    """Return the mesh with every face turned around."""
    return Mesh(vertices_m=mesh.vertices_m, faces=mesh.faces[:, ::-1])


def merged(meshes: Sequence[Mesh]) -> Mesh:
    """Return one mesh with the faces of all; bodies that touch stay separate shells."""
    if len(meshes) == 1:
        return meshes[0]
    offsets = np.cumsum([0] + [len(mesh.vertices_m) for mesh in meshes[:-1]])
    return Mesh(
        vertices_m=np.vstack([mesh.vertices_m for mesh in meshes]),
        faces=np.vstack([mesh.faces + offset for mesh, offset in zip(meshes, offsets, strict=True)]),
    )


def section_points(mesh: Mesh, point: FloatArray, normal: FloatArray) -> FloatArray:
    """Return the points where the edges of a mesh cross a plane [m], (n, 3); empty when it misses."""
    height = (mesh.vertices_m - point) @ normal
    edges = np.vstack([mesh.faces[:, [0, 1]], mesh.faces[:, [1, 2]], mesh.faces[:, [2, 0]]])
    a, b = height[edges[:, 0]], height[edges[:, 1]]
    crossing = (a < 0.0) != (b < 0.0)
    first, second = edges[crossing, 0], edges[crossing, 1]
    share = (a[crossing] / (a[crossing] - b[crossing]))[:, None]
    points: FloatArray = mesh.vertices_m[first] * (1.0 - share) + mesh.vertices_m[second] * share
    return points
