"""What a nameless body looks like: slab, wall, column, beam, or nothing we know."""

from __future__ import annotations

from collections.abc import Sequence

from optopscan.geometry.derive import Measures, measure
from optopscan.geometry.plan import rectangle
from optopscan.model.building import Kind, Mesh

_SLAB_WIDTH_M = 0.5
_SLAB_AREA_M2 = 1.0
_SLAB_FLATNESS = 0.35
_UPRIGHT_M = 1.5
_WALL_THICKNESS_M = 0.6
_COLUMN_SIDE_M = 1.2
_BEAM_DEPTH_M = 1.2
_SOLID = 0.3
_MADE_UP = 3  # bodies: a wall of studs and rails, a floor of joists
_MADE_UP_SOLID = 0.08  # studs of 40 mm at 600 mm with rails fill about a tenth


def kind_by_shape(bodies: Sequence[Mesh]) -> Kind:
    """Return slab, column, beam, wall or proxy from proportions alone.

    A flat wide solid is a slab; an upright solid over three times as high as wide a
    column; a bar over four times as long as deep, less than 70 degrees steep, a beam;
    an upright solid up to 0.6 m thick and over 2.5 times as long a wall. What is made up
    of three or more bodies may be mostly air.
    """
    solid = _SOLID if len(bodies) < _MADE_UP else _MADE_UP_SOLID
    plain = measure("proxy", bodies)
    _, _, longer, shorter = rectangle(plain.mesh.vertices_m[:, :2])
    height = plain.z1_m - plain.z0_m
    filled = plain.volume_m3 >= _SOLID * longer * shorter * height
    if _is_slab(plain, shorter, height, solid):
        return "slab"
    if filled and height >= _UPRIGHT_M and height >= 3.0 * longer and longer <= _COLUMN_SIDE_M:
        return "column"
    bar = measure("beam", bodies)
    deep = max(bar.section_m)
    if bar.axis_m[0] == bar.axis_m[0] and bar.length_m >= max(1.0, 4.0 * deep) and deep <= _BEAM_DEPTH_M:
        return "beam"
    # Of studs more face looks along the wall than across it.
    wall = measure("wall", bodies, expected_thickness_m=shorter if len(bodies) >= _MADE_UP else float("nan"))
    slender = wall.thickness_m <= _WALL_THICKNESS_M and wall.length_m >= 2.5 * wall.thickness_m
    if slender and height >= _UPRIGHT_M and plain.volume_m3 >= solid * wall.thickness_m * wall.length_m * height:
        return "wall"
    return "proxy"


def _is_slab(plain: Measures, shorter_m: float, height_m: float, solid_share: float) -> bool:
    wide = shorter_m >= _SLAB_WIDTH_M and plain.footprint.area >= _SLAB_AREA_M2
    solid = plain.volume_m3 >= solid_share * plain.footprint.area * height_m
    return wide and solid and height_m <= _SLAB_FLATNESS * shorter_m
