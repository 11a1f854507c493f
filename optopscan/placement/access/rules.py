"""Numbers that access needs, from the engineering data, and what the rest of the program hands in."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, Protocol

from shapely.geometry.base import BaseGeometry

from optopscan.catalog.access_rows import AccessValue
from optopscan.catalog.engineering import Engineering
from optopscan.catalog.value_rows import Flag, Imposed

Kind = Literal["gallery", "corridor", "portiek"]
Side = Literal["auto", "noord", "oost", "zuid", "west"]

ENCLOSED: frozenset[Kind] = frozenset({"corridor", "portiek"})  # a gallery is open air
IMPOSED_USE = "communal"  # heavier than "balcony", which some read for galleries


class Core(Protocol):
    """Stair or lift that comes up to the roof."""

    @property
    def polygon(self) -> BaseGeometry:
        """Plan in building coordinates."""

    @property
    def kind(self) -> str:
        """Return stair, lift or stair+lift."""

    @property
    def certain(self) -> bool:
        """True where the model shows it, not just a name."""


@dataclass(frozen=True, kw_only=True)
class AccessRules:
    """Sizes [m] and loads [kN/m2] of walkways, and the rows that findings quote."""

    width_m: float
    width_min_m: float
    door_m: float
    landing_dwellings: int
    dwelling_depth_m: float
    new_stair_width_m: float
    new_stair_length_m: float
    permanent_lo_kn_m2: float
    permanent_kn_m2: float
    permanent_hi_kn_m2: float
    imposed: Imposed
    row_width: AccessValue
    row_enclosed: AccessValue
    row_landing: AccessValue
    row_lift_area: AccessValue
    row_new_stair: AccessValue
    flag_height: Flag
    flag_area: Flag
    flag_dwelling: Flag
    flag_lift: Flag


def access_rules(engineering: Engineering) -> AccessRules:
    """Return the access rules of the engineering data; limits on one stair and on the lift are its flags."""
    rows = engineering.access
    flags = {flag.code: flag for flag in engineering.flags}
    permanent = rows["walkway_permanent"]
    return AccessRules(
        width_m=rows["walkway_width"].value,
        width_min_m=rows["walkway_width_min"].value,
        door_m=rows["door_width"].value,
        landing_dwellings=int(rows["landing_dwellings"].value),
        dwelling_depth_m=rows["dwelling_depth_min"].value,
        new_stair_width_m=rows["new_stair_width"].value,
        new_stair_length_m=rows["new_stair_length"].value,
        permanent_lo_kn_m2=permanent.lo,
        permanent_kn_m2=permanent.value,
        permanent_hi_kn_m2=permanent.hi,
        imposed=engineering.imposed[IMPOSED_USE],
        row_width=rows["walkway_width_min"],
        row_enclosed=rows["enclosed_distance"],
        row_landing=rows["landing_dwellings"],
        row_lift_area=rows["lift_area"],
        row_new_stair=rows["new_stair_width"],
        flag_height=flags["second-stair-height"],
        flag_area=flags["second-stair-area"],
        flag_dwelling=flags["second-stair-dwelling"],
        flag_lift=flags["lift"],
    )
