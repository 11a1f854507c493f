"""What a bay is used for, by the names in the model; a name that says nothing leaves it unknown."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

import shapely
from shapely.geometry.base import BaseGeometry

from optopscan.geometry import plane
from optopscan.model.beyond import Use
from optopscan.model.building import Building
from optopscan.model.structure import Fields

# The first that matches counts: a parking box is a garage, the kitchen of a dwelling a dwelling.
WORDS: tuple[tuple[Use, re.Pattern[str]], ...] = (
    ("stairs", re.compile(r"trap(?:pen)?huis|stair|entree|entrance|hal\b|lift\b|elevator|portiek", re.IGNORECASE)),
    ("garage", re.compile(r"garage|parke[er]|parking|stalling|carport", re.IGNORECASE)),
    ("storage", re.compile(r"berging|bergruimte|\bberg\b|storage|schuur|fietsen|kelderbox|abstell", re.IGNORECASE)),
    ("dwelling", re.compile(r"woonkamer|slaapkamer|keuken|badkamer|living|bedroom|kitchen|bath ?room|\bwoning\b", re.IGNORECASE)),
    ("other", re.compile(r"winkel|\bshop|kantoor|office|praktijk|technische ruimte|ketel|meterkast", re.IGNORECASE)),
)
MOSTLY = 0.5  # share of a room that a space or floor takes, or of it that lies in the room


class Named(Protocol):
    """Anything with a name, a plan and a floor and top [m]."""

    @property
    def name(self) -> str:
        """Name as in the model."""

    @property
    def polygon(self) -> BaseGeometry:
        """Plan."""

    @property
    def z0_m(self) -> float:
        """Floor [m]."""

    @property
    def z1_m(self) -> float:
        """Top [m]."""


@dataclass(frozen=True, kw_only=True)
class NamedSpace:
    """A room as the model names it: plan [m], floor and top [m]."""

    name: str
    polygon: BaseGeometry
    z0_m: float
    z1_m: float


def use_of(
    room: shapely.Polygon,
    building: Building,
    fields: Fields,
    floors: Sequence[int],
    loose_walls: Sequence[int],
    spaces: Sequence[Named],
    *,
    at_m: float,
    has_stair: bool,
) -> tuple[Use, str]:
    """Return the use of a room and the name that tells it.

    Spaces come first, then the floor, then partitions inside. Names that tell different uses leave it unknown.

    Parameters
    ----------
    at_m
        A height inside the storey [m]: spaces that do not reach it belong to another.
    """
    if has_stair:
        return "stairs", "trap in de ruimte"
    elements = building.elements
    here = [space for space in spaces if space.z0_m < at_m < space.z1_m]
    named = [space.name for space in here if plane.intersection(space.polygon, room).area > MOSTLY * space.polygon.area]
    floor = [i for f in floors for i in fields.elements[f] if plane.intersection(elements.footprint[i], room).area > MOSTLY * room.area]
    inside = [i for i in loose_walls if plane.intersection(elements.footprint[i], room).area > MOSTLY * elements.footprint[i].area]
    for what, names in (
        ("ruimte", named),
        ("vloer", [f"{elements.name[i]} {elements.type_name[i]}" for i in floor]),
        ("wand", [f"{elements.name[i]} {elements.type_name[i]}" for i in inside]),
    ):
        told = {use: name for name in sorted(names, reverse=True) if (use := _use(name)) is not None}
        if len(told) == 1:
            use, name = next(iter(told.items()))
            return use, f"{what} {name.strip()}"
        if told:
            return "unknown", f"namen spreken elkaar tegen: {', '.join(sorted(told.values()))}"
    return "unknown", ""


def _use(name: str) -> Use | None:
    return next((use for use, pattern in WORDS if pattern.search(name)), None)
