"""Axis and section of columns, beams and members.

Assumptions. A bar is prismatic over most of its length: its lateral faces share one
direction. The section is the rectangle around the cut at mid-length, so base
plates, capitals and end plates do not count; an I profile gives width and depth.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from optopscan.geometry.mesh import face_vectors, section_points, triangles
from optopscan.geometry.plan import forward, rectangle
from optopscan.model.arrays import FloatArray
from optopscan.model.building import Mesh

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
    eigenvalue of sum A n n^T. For an upright bar the section sides are those of the
    smallest rectangle around the cut (shorter first); else width is horizontal and depth
    is across axis and width.
    """
    direction = _least_seen(face_vectors(triangles(mesh)))
    upright = bool(abs(direction[2]) > _STEEP)
    along = mesh.vertices_m @ direction
    middle = 0.5 * (along.min() + along.max())
    cut = section_points(mesh, middle * direction, direction)
    points = cut if len(cut) >= 3 else mesh.vertices_m
    u, v = _across(direction)
    plane = np.stack([points @ u, points @ v], axis=1)
    low, high = plane.min(axis=0), plane.max(axis=0)
    centre = 0.5 * (low[0] + high[0]) * u + 0.5 * (low[1] + high[1]) * v
    section = (float(high[0] - low[0]), float(high[1] - low[1]))
    if upright:
        mid, _, longer, shorter = rectangle(plane)
        centre, section = mid[0] * u + mid[1] * v, (shorter, longer)
    ends = np.stack([centre + along.min() * direction, centre + along.max() * direction])
    return BarShape(direction=direction, ends_m=ends, length_m=float(np.ptp(along)), section_m=section, upright=upright)


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
