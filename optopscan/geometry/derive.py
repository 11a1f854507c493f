"""All measures of one element from its mesh, by kind."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from shapely.geometry.base import BaseGeometry

from optopscan.geometry.bar import bar_shape
from optopscan.geometry.mesh import Faces, faces_of, merged, signed_volume, turned
from optopscan.geometry.plan import footprint, rectangle, slope_deg
from optopscan.geometry.wall import wall_shape
from optopscan.model.building import Kind, Mesh

_NAN = float("nan")
_STRIP = 3.0


@dataclass(frozen=True, kw_only=True, eq=False)
class Measures:
    """What `model.building.Elements` keeps of a body; `note` says how when not straight from a closed mesh."""

    mesh: Mesh
    footprint: BaseGeometry
    z0_m: float
    z1_m: float
    volume_m3: float
    closed: bool
    slope_deg: float
    thickness_m: float = _NAN
    length_m: float = _NAN
    section_m: tuple[float, float] = (_NAN, _NAN)
    axis_m: tuple[float, float, float, float] = (_NAN, _NAN, _NAN, _NAN)
    elevation: BaseGeometry | None = None
    note: str = ""


def solid(bodies: Sequence[Mesh]) -> tuple[Mesh, float, bool]:
    """Return one mesh with faces outward, the sum of volumes [m3] and whether every body is closed.

    The volume of an open body is not defined: its footprint area times its height is
    taken, an upper bound for weight.
    """
    outward: list[Mesh] = []
    total, all_closed = 0.0, True
    for body in bodies:
        volume, closed = signed_volume(body)
        outward.append(turned(body) if volume < 0.0 else body)
        total += abs(volume) if closed else footprint(faces_of(body), closed=False).area * float(np.ptp(body.vertices_m[:, 2]))
        all_closed = all_closed and closed
    return merged(outward), total, all_closed


def measure(kind: Kind, bodies: Sequence[Mesh], *, expected_thickness_m: float = _NAN) -> Measures:
    """Return all measures of an element made of one or more bodies.

    Parameters
    ----------
    kind
        Decides what is measured; see `model.building.Elements`.
    bodies
        Meshes [m]; where they touch or overlap their volumes still add up.
    expected_thickness_m
        Sum of the material layers of a wall [m], nan where unknown. It settles which way
        a wall shorter than its thickness runs; it never replaces the measured thickness.
    """
    mesh, volume, closed = solid(bodies)
    faces = faces_of(mesh)
    plan = footprint(faces, closed=closed)
    z0, z1 = float(mesh.vertices_m[:, 2].min()), float(mesh.vertices_m[:, 2].max())
    note = "" if closed else "open body: volume = footprint x height"
    base = Measures(
        mesh=mesh,
        footprint=plan,
        z0_m=z0,
        z1_m=z1,
        volume_m3=volume,
        closed=closed,
        slope_deg=slope_deg(faces),
        note=note,
    )
    if kind == "wall":
        return _wall(base, faces, expected_thickness_m)
    if kind in ("column", "beam", "member", "pile"):
        return _bar(base)
    return _plate(base, strip=kind == "footing", plain=kind in ("stair", "proxy"))


def _with(base: Measures, **changes: object) -> Measures:
    return Measures(**{**vars(base), **changes})


def _wall(base: Measures, faces: Faces, expected_m: float) -> Measures:
    shape = wall_shape(faces, base.volume_m3, expected_thickness_m=expected_m)
    note = "; ".join(part for part in (base.note, "irregular wall: L-shaped, curved or stepped" if shape.irregular else "") if part)
    return _with(
        base,
        thickness_m=shape.thickness_m,
        length_m=shape.length_m,
        axis_m=tuple(float(x) for x in shape.axis_m),
        elevation=shape.elevation,
        note=note,
    )


def _bar(base: Measures) -> Measures:
    shape = bar_shape(base.mesh)
    ends = shape.ends_m[:, :2].ravel()
    axis = tuple(float(x) for x in ends) if not shape.upright else (_NAN,) * 4
    return _with(base, thickness_m=min(shape.section_m), length_m=shape.length_m, section_m=shape.section_m, axis_m=axis)


def _plate(base: Measures, *, strip: bool, plain: bool) -> Measures:
    middle, along, longer, shorter = rectangle(base.mesh.vertices_m[:, :2])
    area = base.footprint.area
    if strip and longer >= _STRIP * shorter:
        half = 0.5 * longer * along
        axis = tuple(float(x) for x in np.concatenate([middle - half, middle + half]))
        return _with(base, thickness_m=shorter, length_m=longer, axis_m=axis)
    thickness = base.volume_m3 / area if area > 0.0 and not plain else _NAN
    return _with(base, thickness_m=thickness, length_m=longer)
