"""A block of buildings as columns, and how its rows are made; one block is in memory at a time."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import islice
from typing import Any, TypeVar

import numpy as np
import numpy.typing as npt

from optopscan.catalog.engineering import Engineering
from optopscan.model.arrays import FloatArray, check_lengths
from optopscan.portfolio.attributes import fields_of, identity, roof_share, told
from optopscan.portfolio.cityjson import CityObject
from optopscan.portfolio.roofs import Roof, roof_of

BLOCK = 4096
"""Buildings with geometry that are held at once."""
IN_USE = ("Pand in gebruik", "Pand in gebruik (niet ingemeten)", "Verbouwing pand")
ObjectArray = npt.NDArray[np.object_]
Item = TypeVar("Item")


@dataclass(frozen=True, kw_only=True, eq=False)
class Block:
    """Buildings as columns (n,); nan is unknown.

    Heights are above the ground. ``flat_m2`` are flat roof planes, ``largest_flat_m2`` the largest one, ``flat_share`` flat over
    all roof; ``in_use`` and ``greenhouse`` are 1 or 0. ``joined`` holds the codes of columns that a table brought.
    ``footprint`` is None where rows have no geometry; ``neighbour_m`` comes from all buildings (`neighbours.Neighbours`).
    """

    id: ObjectArray
    year: FloatArray
    in_use: FloatArray
    greenhouse: FloatArray
    height_m: FloatArray
    stated_storeys: FloatArray
    footprint_m2: FloatArray
    flat_m2: FloatArray
    largest_flat_m2: FloatArray
    flat_share: FloatArray
    survey_year: FloatArray
    x_m: FloatArray
    y_m: FloatArray
    neighbour_m: FloatArray
    footprint: ObjectArray | None = None
    joined: Mapping[str, FloatArray] = dataclasses.field(default_factory=dict)

    def __post_init__(self) -> None:
        check_lengths(self, len(self.id), skip=frozenset({"joined", "footprint"}))

    def __len__(self) -> int:
        return len(self.id)


def batches(items: Iterable[Item], size: int) -> Iterator[list[Item]]:
    """Yield lists of at most ``size`` items."""
    walker = iter(items)
    while batch := list(islice(walker, size)):
        yield batch


def blocks_of(buildings: Iterable[CityObject], values: Engineering, *, size: int = BLOCK) -> Iterator[Block]:
    """Yield blocks of buildings with geometry, in the order of the file."""
    for batch in batches(buildings, size):
        yield block_of(batch, values)


def block_of(buildings: list[CityObject], values: Engineering) -> Block:
    """Return one block."""
    limit = values.screening_values["flat-slope-deg"].value
    roofs = [roof_of(building, flat_slope_deg=limit) for building in buildings]
    rows = [_row(building, roof, values) for building, roof in zip(buildings, roofs, strict=True)]
    columns: dict[str, Any] = {key: np.array([row[key] for row in rows], dtype=np.float64) for key in rows[0]}
    footprint = np.empty(len(roofs), dtype=object)
    footprint[:] = [roof.footprint for roof in roofs]
    columns["neighbour_m"] = np.full(len(rows), np.nan)
    return Block(id=np.array([_name(b, values) for b in buildings], dtype=object), footprint=footprint, **columns)


def _name(building: CityObject, values: Engineering) -> str:
    stated = told(building.attributes, values.city_attributes["identity"])
    return identity(stated if stated is not None else building.id)


def _row(building: CityObject, roof: Roof, values: Engineering) -> dict[str, float]:
    told_of = fields_of(building.attributes, values.city_attributes)
    flat, slanted = roof.flat_m2, roof.slanted_m2
    share = flat / (flat + slanted) if flat + slanted > 0.0 else np.nan
    if np.isnan(share):
        share = roof_share(told(building.attributes, values.city_attributes["roof_type"]))
        flat = share * slanted if share in (0.0, 1.0) else np.nan
    if np.isnan(flat):
        flat = told_of["flat_m2"]
    centre = roof.footprint.centroid if not roof.footprint.is_empty else None
    return {
        "year": told_of["year"],
        "in_use": in_use(told(building.attributes, values.city_attributes["status"])),
        "greenhouse": told_of["greenhouse"],
        "height_m": _height(told_of, roof),
        "stated_storeys": told_of["stated_storeys"],
        "footprint_m2": first_known(told_of["footprint_m2"], roof.footprint.area or np.nan),
        "flat_m2": flat,
        "largest_flat_m2": first_known(roof.largest_flat_m2, flat),
        "flat_share": share,
        "survey_year": told_of["survey_year"],
        "x_m": centre.x if centre is not None else np.nan,
        "y_m": centre.y if centre is not None else np.nan,
    }


def in_use(status: Any) -> float:
    """Return 1 where the status says that the building stands and is used, 0 where it says otherwise, nan where it is silent."""
    return np.nan if status is None else float(str(status).strip() in IN_USE)


def first_known(*values: float) -> float:
    """Return the first value that is known."""
    return next((value for value in values if not np.isnan(value)), np.nan)


def _height(told_of: Mapping[str, float], roof: Roof) -> float:
    """Return the height of the roof above the ground [m]: the flat part, else the middle of the roof as published.

    Heights of 3D BAG are above NAP; without the level of the ground they say nothing and the foot of the geometry counts.
    """
    ground = first_known(told_of["ground_nap_m"], roof.ground_z_m)
    above = first_known(roof.flat_z_m, told_of["roof_p50_nap_m"], told_of["roof_p70_nap_m"])
    return first_known(above - ground, told_of["measured_height_m"], roof.top_z_m - roof.ground_z_m)
