"""A layout as things that can be built: modules of pieces, the transfer layer, spaces. What a drawing of the new top needs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

PieceKind = Literal["wall", "floor", "roof", "column", "beam", "sill", "facade", "walkway"]


@dataclass(frozen=True, kw_only=True)
class Place:
    """Where something stands: low corner [m] and the turn of its x axis in plan [deg], in the axes of what it belongs to."""

    x_m: float
    y_m: float
    z_m: float
    rotation_deg: float = 0.0


@dataclass(frozen=True, kw_only=True)
class Piece:
    """An upright block: ``size_m`` along its own x, y and z.

    ``material`` is a name, with its density [kg/m3]; nan: the piece is drawn without weight, because another one carries it.
    """

    kind: PieceKind
    name: str
    place: Place
    size_m: tuple[float, float, float]
    material: str
    density_kg_m3: float

    @property
    def mass_kg(self) -> float:
        """Mass [kg], nan where it has none of its own."""
        dx, dy, dz = self.size_m
        return dx * dy * dz * self.density_kg_m3


@dataclass(frozen=True, kw_only=True)
class ModuleType:
    """What is made alike: pieces in the axes of the module (x: width, y: length) and the weight that the product states [kN]."""

    key: str
    width_m: float
    length_m: float
    height_m: float
    with_roof: bool
    weight_kn: float
    pieces: tuple[Piece, ...]


@dataclass(frozen=True, kw_only=True)
class PlacedModule:
    """One module of a type in the local frame of the building."""

    module_id: str
    dwelling: str
    storey: int
    type_key: str
    place: Place
    loads_on: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class NewTop:
    """All that is new: per module type its pieces, the modules, the walkways and the transfer layer in the local frame of the building.

    ``transfer_kn`` is the weight the product states for the layer under all modules and walkways. ``floor_loads`` are loads that the
    new floors, roofs and walkways bring beside their own weight, by the keys of the file of overrides [kN/m2]. ``notes``: what of the
    variant is not drawn, and where a scan of the drawing finds other loads, in Dutch.
    """

    variant: str
    concept: str
    concept_name: str
    supplier: str
    fictitious: bool
    z_m: float
    storey_height_m: float
    storeys: int
    types: tuple[ModuleType, ...]
    modules: tuple[PlacedModule, ...]
    transfer: tuple[Piece, ...]
    transfer_kn: float
    floor_loads: tuple[tuple[str, float], ...]
    roof_loads: tuple[tuple[str, float], ...]
    walkways: tuple[PlacedModule, ...] = ()
    walkway_loads: tuple[tuple[str, float], ...] = ()
    notes: tuple[str, ...] = ()
