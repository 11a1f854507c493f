"""What was read: elements with a body, storeys, input files.

Rows are sorted once after reading, by (bottom, kind, id); every later order
follows from it. Coordinates are local metres: a common origin is subtracted
on reading (`Building.local_to_ifc`), z stays as in the file.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from shapely.geometry.base import BaseGeometry

from optopscan.model.arrays import FloatArray, IntArray, check_lengths, freeze
from optopscan.model.cores import Room

Kind = Literal["wall", "slab", "roof", "column", "beam", "member", "footing", "pile", "stair", "covering", "proxy"]
PropertyValue = str | float | bool


@dataclass(frozen=True, kw_only=True)
class Layer:
    """One material layer as named in the file; thickness [m] is nan where not stated."""

    name: str
    thickness_m: float


@dataclass(frozen=True, kw_only=True, eq=False)
class Mesh:
    """Triangles of a body: vertices [m] (n, 3) in local coordinates, faces (m, 3)."""

    vertices_m: FloatArray
    faces: IntArray

    def __post_init__(self) -> None:
        freeze(self)


@dataclass(frozen=True, kw_only=True, eq=False)
class Elements:
    """All elements with a body, one row each (n_element).

    ``footprint`` is the plan projection of the body. ``axis_m`` (n, 4) holds
    x0, y0, x1, y1 of the centre line of walls, beams, members and strip
    footings (nan for the rest). ``elevation`` is the solid face of a wall in
    (s, z) metres, s along the axis from its first point: holes are openings.
    ``thickness_m``: walls across the axis; slabs volume / footprint area;
    columns and beams the smaller section side. ``section_m`` (n, 2): the two
    section sides of columns and beams (width, depth), nan for the rest.
    ``slope_deg``: steepest upward face that covers over 5 % of a slab or roof.
    ``properties`` keeps what bears on structure, keyed "Pset.Property".
    ``load_bearing`` is what the file says, None when it says nothing.
    """

    id: tuple[str, ...]
    guid: tuple[str | None, ...]
    ifc_class: tuple[str, ...]
    kind: tuple[Kind, ...]
    name: tuple[str, ...]
    type_name: tuple[str, ...]
    predefined_type: tuple[str | None, ...]
    storey: IntArray
    z0_m: FloatArray
    z1_m: FloatArray
    thickness_m: FloatArray
    length_m: FloatArray
    section_m: FloatArray
    volume_m3: FloatArray
    slope_deg: FloatArray
    axis_m: FloatArray
    footprint: tuple[BaseGeometry, ...]
    elevation: tuple[BaseGeometry | None, ...]
    mesh: tuple[Mesh, ...]
    layers: tuple[tuple[Layer, ...], ...]
    material_source: tuple[str, ...]
    load_bearing: tuple[bool | None, ...]
    is_external: tuple[bool | None, ...]
    properties: tuple[Mapping[str, PropertyValue], ...]
    geometry_source: tuple[str, ...]

    def __post_init__(self) -> None:
        freeze(self)
        check_lengths(self, len(self.id))

    def __len__(self) -> int:
        return len(self.id)


@dataclass(frozen=True, kw_only=True, eq=False)
class Storeys:
    """Storeys from the file(s), sorted by elevation; elevation_m is nan where not stated."""

    name: tuple[str, ...]
    elevation_m: FloatArray

    def __post_init__(self) -> None:
        freeze(self)
        check_lengths(self, len(self.name))

    def __len__(self) -> int:
        return len(self.name)


@dataclass(frozen=True, kw_only=True)
class InputFile:
    """One file of the building; the name carries no folder."""

    name: str
    sha256: str
    ifc_schema: str
    length_unit: str
    exporter: str


@dataclass(frozen=True, kw_only=True)
class LocalToIfc:
    """ifc = rotate(local, rotation_deg) + origin_m, then divided by unit_m."""

    origin_m: tuple[float, float, float]
    rotation_deg: float
    unit_m: float


@dataclass(frozen=True, kw_only=True)
class MapConversion:
    """Where a file says that its model stands on the map (IfcMapConversion), as it is written there.

    ``eastings``, ``northings`` and ``height`` are in ``map_unit``, the name of a length unit; "" is the unit of the file.
    ``x_axis`` is the direction of the x axis of the model on the map and ``scale`` the factor to map units, None where not said.
    """

    crs_name: str
    crs_description: str | None
    geodetic_datum: str | None
    vertical_datum: str | None
    map_projection: str | None
    map_zone: str | None
    map_unit: str
    eastings: float
    northings: float
    height: float
    x_axis: tuple[float, float] | None
    scale: float | None


@dataclass(frozen=True, kw_only=True)
class IfcIdentity:
    """Where a building hangs in its first file: GlobalIds and names of project, site and building, and the placement of the last.

    ``origin_m`` [m], ``x_axis`` and ``z_axis`` are the axes of the building in those of the file; a file without site has
    no ``site_guid``, one that says no place on the map no ``map_conversion``.
    """

    project_guid: str
    project_name: str
    site_guid: str | None
    site_name: str
    building_guid: str
    building_name: str
    origin_m: tuple[float, float, float]
    x_axis: tuple[float, float, float]
    z_axis: tuple[float, float, float]
    map_conversion: MapConversion | None = None


@dataclass(frozen=True, kw_only=True, eq=False)
class Building:
    """One building as read, before any inference.

    ``rooms`` are only those that speak of a stair, lift or storage. ``true_north_deg``: from the y axis of the file to
    north, clockwise positive; nan where no file states one other than its y axis, which programs write when nobody told them.
    ``identity``: None where the first file has no building with a GlobalId.
    """

    name: str
    build_year: int | None
    inputs: tuple[InputFile, ...]
    local_to_ifc: LocalToIfc
    storeys: Storeys
    elements: Elements
    rooms: tuple[Room, ...] = ()
    true_north_deg: float = math.nan
    identity: IfcIdentity | None = None
