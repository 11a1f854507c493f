"""Axis and section of columns, beams and members.

Assumptions. A bar is prismatic over most of its length: its lateral faces share one
direction. The section is the rectangle, along those faces, around the cut at mid-length, so base
plates, capitals and end plates do not count; an I profile gives width and depth.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from optopscan.geometry.mesh import face_vectors, section_points, triangles
from optopscan.geometry.plan import forward
from optopscan.geometry.wall import main_angle
from optopscan.model.arrays import FloatArray
from optopscan.model.building import Mesh

_FLAT_SHARE = 0.35
_STEEP = 0.94  # sine of about 70 deg: a bar steeper than this has no plan axis


@dataclass(frozen=True, kw_only=True, eq=False)
class BarShape:
    """Direction (3,), ends (2, 3) [m], length [m], section sides width and depth [m]."""

    direction: FloatArray
    ends_m: FloatArray
    length_m: float
    section_m: tuple[float, float]
    upright: bool


def bar_shape(mesh: Mesh) -> BarShape:
    """Return axis and section of a bar.

    The axis is the direction least seen by the faces: the eigenvector of the smallest
    eigenvalue of sum A n n^T. The section sides lie along the lateral faces, so a bar rolled
    about its axis keeps them. For an upright bar the shorter side comes first; else width, the
    side nearer to horizontal, then depth.
    """
    vectors = face_vectors(triangles(mesh))
    direction = _least_seen(vectors)
    upright = bool(abs(direction[2]) > _STEEP)
    along = mesh.vertices_m @ direction
    cut = section_points(mesh, 0.5 * (along.min() + along.max()) * direction, direction)
    points = cut if len(cut) >= 3 else mesh.vertices_m
    u, v = _along_faces(vectors, direction)
    sides = np.stack([points @ u, points @ v], axis=1)
    low, high = sides.min(axis=0), sides.max(axis=0)
    centre = 0.5 * (low[0] + high[0]) * u + 0.5 * (low[1] + high[1]) * v
    width, depth = float(high[0] - low[0]), float(high[1] - low[1])
    return BarShape(
        direction=direction,
        ends_m=np.stack([centre + along.min() * direction, centre + along.max() * direction]),
        length_m=float(np.ptp(along)),
        section_m=(min(width, depth), max(width, depth)) if upright else (width, depth),
        upright=upright,
    )


def _along_faces(vectors: FloatArray, direction: FloatArray) -> tuple[FloatArray, FloatArray]:
    """Return two directions across the bar, along most of its lateral faces, the first nearer to horizontal."""
    u, v = _across(direction)
    roll, share = main_angle(np.stack([vectors @ u, vectors @ v, vectors @ direction], axis=1), 0.5 * np.pi)
    if share < _FLAT_SHARE:  # round or many-sided
        return u, v
    roll = roll - 0.5 * np.pi if roll > 0.25 * np.pi else roll
    return np.cos(roll) * u + np.sin(roll) * v, np.cos(roll) * v - np.sin(roll) * u


def _least_seen(vectors: FloatArray) -> FloatArray:
    area = np.linalg.norm(vectors, axis=1)
    unit = vectors / np.maximum(area, 1e-30)[:, None]
    _, axes = np.linalg.eigh((unit * area[:, None]).T @ unit)
    return forward(np.where(np.abs(axes[:, 0]) < 1e-9, 0.0, axes[:, 0]))


def _across(direction: FloatArray) -> tuple[FloatArray, FloatArray]:
    if abs(direction[2]) > 1.0 - 1e-9:
        return np.array([1.0, 0.0, 0.0]), np.array([0.0, 1.0, 0.0])
    u = np.cross(direction, np.array([0.0, 0.0, 1.0]))
    u /= np.linalg.norm(u)
    return u, np.cross(u, direction)
