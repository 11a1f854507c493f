"""Schemes: where a walkway could run on a roof, and which stairs it reaches.

A scheme keeps only pieces from which a stair is reached. Where no stair comes up to
the roof a new one is proposed outside it, and the scheme says so.
"""

from __future__ import annotations

import dataclasses
import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from optopscan.geometry import plane
from optopscan.model.arrays import BoolArray, FloatArray, freeze
from optopscan.placement.access.layouts import Layout, corridor_layouts, gallery_layouts, landings
from optopscan.placement.access.outline import outlines
from optopscan.placement.access.pieces import Piece
from optopscan.placement.access.rules import AccessRules, Core, Kind, Side
from optopscan.placement.access.walk import Meeting, portals
from optopscan.placement.access.words import scheme_text

CORE_GAP_M = 0.30
HAIR_M = 1e-4


@dataclass(frozen=True, kw_only=True)
class Stair:
    """Stair or lift that a scheme uses; ``core`` is its row among the cores, -1 for a new stair."""

    polygon: BaseGeometry
    kind: str
    core: int
    certain: bool
    contacts: tuple[Meeting, ...]

    @property
    def new(self) -> bool:
        """True for a proposed stair."""
        return self.core < 0

    @property
    def has_stair(self) -> bool:
        """False for a lift alone."""
        return "stair" in self.kind

    @property
    def has_lift(self) -> bool:
        """True where a lift stands in it."""
        return "lift" in self.kind


@dataclass(frozen=True, kw_only=True, eq=False)
class AccessScheme:
    """One way to reach dwellings on a roof.

    ``pieces`` in order along the walkway, ``reserved`` their union: no dwelling may overlap it. ``stairs``: existing
    cores that are carried up, and new ones outside the roof. ``length_m``: of the walkway; ``lost_m``: left out because
    no stair is reached from it; ``unserved_m2``: parts of the roof without walkway.
    """

    id: str
    kind: Kind
    pieces: tuple[Piece, ...]
    portals: tuple[tuple[Meeting, Meeting], ...]
    stairs: tuple[Stair, ...]
    reserved: BaseGeometry
    width_m: float
    length_m: float
    lost_m: float
    unserved_m2: float
    text: str

    @property
    def new_stairs(self) -> int:
        """Number of proposed stairs."""
        return sum(stair.new for stair in self.stairs)

    @property
    def polygons(self) -> tuple[shapely.Polygon, ...]:
        """Plans of the pieces in building coordinates."""
        return tuple(piece.polygon for piece in self.pieces)

    @property
    def area_m2(self) -> float:
        """Area of the walkway [m2]."""
        return float(self.reserved.area)


@dataclass(frozen=True, kw_only=True, eq=False)
class PieceRectangles:
    """Pieces as rectangles (n_piece) in frames turned by ``angle_deg``: low corner and sides [m]; ``long_u``: one walks along u."""

    angle_deg: FloatArray
    u_m: FloatArray
    v_m: FloatArray
    du_m: FloatArray
    dv_m: FloatArray
    long_u: BoolArray

    def __post_init__(self) -> None:
        freeze(self)


def piece_rectangles(scheme: AccessScheme) -> PieceRectangles:
    """Return the pieces of a scheme as arrays, for their reactions on the heads; at oblique corners pieces overlap a little."""
    table = np.array([(p.angle_deg, p.u_m, p.v_m, p.du_m, p.dv_m, p.along_u) for p in scheme.pieces], dtype=np.float64).reshape(-1, 6)
    angle, u, v, du, dv, along_u = table.T
    return PieceRectangles(angle_deg=angle, u_m=u, v_m=v, du_m=du, dv_m=dv, long_u=along_u > 0.5)


def access_schemes(
    kind: Kind,
    roof: BaseGeometry,
    cores: Sequence[Core],
    *,
    side: Side = "auto",
    rules: AccessRules,
    north_deg: float = 0.0,
    existing: BaseGeometry | None = None,
    dwelling_depth_m: float = math.nan,
    core_gap_m: float = CORE_GAP_M,
) -> tuple[AccessScheme, ...]:
    """Return the ways to reach dwellings on one usable roof, those without new stairs first.

    Parameters
    ----------
    kind
        ``gallery``: along one long side of the wings; ``corridor``: between two rows of dwellings; ``portiek``: a
        landing at each existing stair.
    roof
        Usable roof of one storey, without cores and obstacles.
    cores
        Stairs and lifts that come up to the roof.
    side
        Side of a gallery; ``auto``: the side of ``existing`` galleries where that is told, else all sides. Where no long
        side looks that way all are returned, and their text says so.
    north_deg
        From the y axis to north, clockwise positive.
    existing
        Plan of the galleries that are there.
    dwelling_depth_m
        Of a dwelling beside a corridor; nan: the value of the data.
    core_gap_m
        A core that is nearer than this to the walkway touches it (clearance and setback lie between).

    Returns
    -------
    tuple[AccessScheme, ...]
        Empty where nothing reaches a stair or, for ``portiek``, no stair comes up to the roof.
    """
    parts = outlines(roof, [core.polygon for core in cores])
    if kind == "portiek":
        found: tuple[Layout, ...] = (landings(roof, parts, cores, rules, core_gap_m),)
    elif kind == "corridor":
        depth_m = rules.dwelling_depth_m if math.isnan(dwelling_depth_m) else dwelling_depth_m
        found = corridor_layouts(roof, parts, cores, rules, core_gap_m, depth_m)
    else:
        found = gallery_layouts(roof, parts, cores, rules, core_gap_m, side=side, north_deg=north_deg, existing=existing)
    schemes = [_scheme(kind, layout, cores, rules, north_deg) for layout in found if layout.pieces]
    schemes = [scheme for scheme in schemes if scheme.stairs]
    order = sorted(range(len(schemes)), key=lambda k: (schemes[k].new_stairs, -round(schemes[k].length_m, 3), schemes[k].text, k))
    return tuple(dataclasses.replace(schemes[k], id=f"{kind}-{number}") for number, k in enumerate(order, start=1))


def _scheme(kind: Kind, layout: Layout, cores: Sequence[Core], rules: AccessRules, north_deg: float) -> AccessScheme:
    """Return the scheme of the pieces from which a stair is reached."""
    pieces = layout.pieces
    stairs = tuple(
        Stair(
            polygon=cores[row].polygon if row >= 0 else plan,
            kind=cores[row].kind if row >= 0 else "stair",
            core=row,
            certain=cores[row].certain if row >= 0 else False,
            contacts=contacts,
        )
        for row, plan, contacts in layout.stairs
    )
    reserved = _joined([piece.polygon for piece in pieces])
    length_m = float(sum(piece.du_m if piece.along_u else piece.dv_m for piece in pieces))
    return AccessScheme(
        id=kind,
        kind=kind,
        pieces=pieces,
        portals=portals(pieces, pass_m=rules.width_min_m),
        stairs=stairs,
        reserved=reserved,
        width_m=rules.width_m,
        length_m=length_m,
        lost_m=layout.lost_m,
        unserved_m2=layout.unserved_m2,
        text=scheme_text(
            kind, layout, stairs_new=sum(s.new for s in stairs), cores=cores, width_m=rules.width_m, length_m=length_m, north_deg=north_deg
        ),
    )


def _joined(plans: Sequence[shapely.Polygon]) -> BaseGeometry:
    """Return the union without the hairs that rounding leaves between neighbours."""
    return plane.union(plans).buffer(HAIR_M, join_style="mitre").buffer(-HAIR_M, join_style="mitre")
