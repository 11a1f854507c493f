"""What stands around the building: neighbours, the plot, and where north is.

No IFC model of a block has its neighbours, so they are told (`optopscan.catalog.surroundings`
reads them). Nothing told is unknown, never an open field.
"""

from __future__ import annotations

from dataclasses import dataclass

from shapely.geometry.base import BaseGeometry


@dataclass(frozen=True, kw_only=True)
class Neighbour:
    """One building nearby: plan in building coordinates, height of its roof above the ground of ours [m]."""

    name: str
    polygon: BaseGeometry
    height_m: float


@dataclass(frozen=True, kw_only=True)
class Surroundings:
    """Neighbours and plot; ``plot`` None: not told. ``north_deg``: from the y axis to north, clockwise positive."""

    neighbours: tuple[Neighbour, ...] = ()
    plot: BaseGeometry | None = None
    north_deg: float = 0.0
    source: str = ""
