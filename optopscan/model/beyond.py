"""Results beside the roof: gable ends and plinth bays as found, and the dwellings that would fit there.

They are counted apart from the dwellings on the roof and are never ok: foundation,
stability, fire and permits of such dwellings are outside what a model tells.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from shapely.geometry.base import BaseGeometry

from optopscan.model.verdict import Outcome

Use = Literal["storage", "garage", "dwelling", "other", "stairs", "unknown"]
LoadChange = Literal["none", "soil", "lower", "same", "higher", "unknown"]


@dataclass(frozen=True, kw_only=True)
class WallHole:
    """A hole in a wall, in coordinates of the side it lies in: t along, z up [m]."""

    t0_m: float
    t1_m: float
    z0_m: float
    z1_m: float


@dataclass(frozen=True, kw_only=True)
class Gable:
    """A gable end of one wing.

    ``x0_m``..``y1_m`` is its outer face in plan, from left to right as seen from outside. ``walls`` are the
    elements in it. ``opening_share`` and ``seen_share`` are parts of width x height: openings, and what the model
    shows as wall at all. ``levels_m`` are the existing floors behind it, lowest first, without the roof.
    ``free_depth_m`` is the free depth in front [m], nan where no plot is told; ``free_at_most_m`` is the distance
    to the first thing that is known to stand there (inf: nothing). ``gallery_m`` and ``stair_m`` are the levels on
    which a gallery and a stair reach the corner or face.
    """

    id: str
    walls: tuple[str, ...]
    x0_m: float
    y0_m: float
    x1_m: float
    y1_m: float
    width_m: float
    ground_m: float
    eaves_m: float
    levels_m: tuple[float, ...]
    holes: tuple[WallHole, ...]
    opening_share: float
    seen_share: float
    free_depth_m: float
    free_at_most_m: float
    gallery_m: tuple[float, ...]
    stair_m: tuple[float, ...]


@dataclass(frozen=True, kw_only=True)
class Bay:
    """A room between bearing and outer walls of the lowest storey.

    ``area_m2`` is the plan inside the walls; ``width_m`` and ``depth_m`` the sides of the smallest rectangle around
    it, depth away from the facade with the most light. ``clear_m`` is soffit minus floor top, nan where one of the two is missing.
    ``facade_m`` is the length of outer wall, ``infill_m`` that part of it without a bearing wall. ``daylight_m2`` is
    the area of openings in it that can count as daylight, before obstruction; ``sides`` counts the facades with any
    or without a bearing wall. ``doors_to`` are bays behind an
    opening in a bearing wall.
    """

    id: str
    polygon: BaseGeometry
    floor_m: float
    soffit_m: float
    area_m2: float
    width_m: float
    depth_m: float
    clear_m: float
    on_soil: bool
    facade_m: float
    sides: int
    infill_m: float
    daylight_m2: float
    use: Use
    use_source: str
    doors_to: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class BeyondPlace:
    """One dwelling: plan in building coordinates, floor and top [m], storey from 1, the gable or bays it takes."""

    id: str
    unit: str
    polygon: BaseGeometry
    z0_m: float
    z1_m: float
    storey: int
    area_m2: float
    at: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Beyond:
    """What fits at one gable end, or in the plinth, with one product.

    ``gfa_m2`` is gross area at a gable end; in the plinth the area inside the walls, which is less. ``if_storage``
    counts the dwellings that would fit when bays of unknown use turn out to be storage; they are in no other number.
    ``load`` says what happens to the imposed load on the old building. ``unknown`` names what is not known, ``why`` is
    the reason in Dutch.
    """

    kind: Literal["aanplak", "plint"]
    where: str
    concept: str
    storeys: int
    places: tuple[BeyondPlace, ...]
    dwellings: int
    dwellings_by_type: dict[str, int]
    if_storage: int
    gfa_m2: float
    load: LoadChange
    outcome: Outcome
    unknown: tuple[str, ...]
    why: str
