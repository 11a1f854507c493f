"""What the new storeys must keep free of, and how high they may go."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from optopscan.catalog.roof_rows import RoofRule
from optopscan.errors import UsageError
from optopscan.geometry import plane
from optopscan.model.arrays import FloatArray
from optopscan.model.surroundings import Surroundings
from optopscan.placement.roof.setbacks import SIDES, Side
from optopscan.settings import Settings

FIRE_DISTANCE = "fire-distance"
WHOLE = 1e-9
QUARTER = 64  # chords of a quarter circle: at 10 m within 0.8 mm


@dataclass(frozen=True, kw_only=True)
class RoofRules:
    """What a new storey keeps free, and how high it may go.

    Attributes
    ----------
    setback_m
        Strip along every edge of the roof [m].
    sides_m
        (side, strip [m]) for the edges that look that way; goes before ``setback_m``, wider or narrower.
    storey_setback_m
        Added to every strip for each new storey above the first [m].
    height_max_m
        Top of the building above the ground that is allowed [m]; None: no limit told.
    fire_distance_m
        Distance between a facade with openings and the facade of a neighbour [m].
    boundary_share
        Part of that distance to keep from the plot boundary: a half where the building is mirrored in it.
    surroundings
        Neighbours, plot and north.
    removed
        Rows of the elements on the roof that are taken away, see `removable`.
    """

    setback_m: float = 0.0
    sides_m: tuple[tuple[Side, float], ...] = ()
    storey_setback_m: float = 0.0
    height_max_m: float | None = None
    fire_distance_m: float = 0.0
    boundary_share: float = 1.0
    surroundings: Surroundings = field(default_factory=Surroundings)
    removed: frozenset[int] = frozenset()

    def __post_init__(self) -> None:
        lengths = [(name, getattr(self, name)) for name in ("setback_m", "storey_setback_m", "fire_distance_m")]
        lengths += [(f"setback {side}", value) for side, value in self.sides_m]
        if self.height_max_m is not None:
            lengths.append(("height_max_m", self.height_max_m))
        for name, value in lengths:
            if not 0.0 <= value < math.inf:
                raise UsageError(f"{name}={value} must be zero or more")

    def side_m(self, storey: int) -> FloatArray:
        """Return the strip [m] along the edges that look north, east, south and west in a new storey from 1, (4,)."""
        told = dict(self.sides_m)
        return np.array([told.get(side, self.setback_m) for side in SIDES]) + (storey - 1) * self.storey_setback_m

    def too_near(self, polygon: BaseGeometry) -> BaseGeometry:
        """Return the part of a roof too near to a neighbour or the plot boundary for a facade with openings.

        Every neighbour counts, also one lower than the roof or against it: whether the new facade
        there is blind is not known here. Without plot the boundary is not looked at (`open_points`).
        """
        if self.fire_distance_m == 0.0:
            return shapely.Polygon()
        around = [near.polygon.buffer(self.fire_distance_m, quad_segs=QUARTER) for near in self.surroundings.neighbours]
        taken = [plane.intersection(polygon, plane.union(around))] if around else []
        if self.surroundings.plot is not None:
            own = self.surroundings.plot.buffer(-self.boundary_share * self.fire_distance_m, quad_segs=QUARTER)
            taken.append(plane.difference(polygon, own))
        return plane.union(taken)

    def open_points(self) -> tuple[str, ...]:
        """Return in Dutch what these rules could not look at."""
        found = []
        if self.fire_distance_m > 0.0 and self.surroundings.plot is None:
            found.append("De perceelsgrens is niet opgegeven: de afstand tot de perceelsgrens is niet onderzocht.")
        if self.fire_distance_m > 0.0 and self.surroundings.plot is None and not self.surroundings.neighbours:
            found.append("Er zijn geen buurgebouwen opgegeven: de afstand tot andere gevels is niet onderzocht.")
        return tuple(found)


def roof_rules(
    settings: Settings, *, surroundings: Surroundings | None = None, fire: RoofRule | None = None, removed: frozenset[int] = frozenset()
) -> RoofRules:
    """Return the rules that the settings state.

    Parameters
    ----------
    surroundings
        Neighbours, plot and north; None: not told, north is the y axis.
    fire
        Row ``fire-distance`` of the engineering values; None: the full distance from the boundary too.
    removed
        From `removable`.

    Raises
    ------
    UsageError
        If a side is not written as "zuid=1.5", or a length is negative.
    """
    return RoofRules(
        setback_m=settings.setback_m,
        sides_m=parse_sides(settings.setback_sides),
        storey_setback_m=settings.storey_setback_m,
        height_max_m=settings.height_max_m,
        fire_distance_m=settings.fire_distance_m,
        boundary_share=fire.boundary_share if fire is not None else 1.0,
        surroundings=surroundings or Surroundings(),
        removed=removed,
    )


def parse_sides(texts: Sequence[str]) -> tuple[tuple[Side, float], ...]:
    """Return (side, setback [m]) of texts such as "zuid=1.5", in the order north, east, south, west.

    Raises
    ------
    UsageError
        If a text is something else, or a side is given twice.
    """
    found: dict[str, float] = {}
    for text in texts:
        name, _, number = (part.strip() for part in text.partition("="))
        try:
            depth_m = float(number)
        except ValueError:
            depth_m = math.nan
        if name not in SIDES or not 0.0 <= depth_m < math.inf:
            raise UsageError(
                f"setback_sides={text!r} is not a side with a length in metres; write it as zuid=1.5, sides are {', '.join(SIDES)}"
            )
        if name in found:
            raise UsageError(f"setback_sides={text!r}: {name} is given twice; give each side once")
        found[name] = depth_m
    return tuple((side, found[side]) for side in SIDES if side in found)


def storeys_under_height(
    rules: RoofRules, *, roof_z_m: float, ground_z_m: float, transfer_depth_m: float, storey_height_m: float, roof_build_up_m: float
) -> float:
    """Return how many new storeys stay under the allowed height: a whole number, inf without a limit, nan where a size is unknown.

    The top is the old roof with the transfer layer, the storeys and the build-up of the new roof.
    """
    if rules.height_max_m is None:
        return math.inf
    room_m = rules.height_max_m - (roof_z_m - ground_z_m) - transfer_depth_m - roof_build_up_m
    if math.isnan(room_m) or not storey_height_m > 0.0:
        return math.nan
    return float(max(0, math.floor(room_m / storey_height_m + WHOLE)))
