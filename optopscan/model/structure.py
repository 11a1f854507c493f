"""The load-bearing structure: bearing verdicts, parts, heads, floors, support shares.

Words. *Part*: a piece that takes vertical load as one (pier, lintel, column,
beam segment, footing segment, pile), per storey. *Head*: a piece of wall head
or column top, at most half a metre long, where a unit load can be put on the
roof. *Cell*: a piece of floor with one set of shares. *Share*: the fraction of a
load that goes to a support; the shares of one load sum to one.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

import numpy as np
import scipy.sparse as sp
from shapely.geometry.base import BaseGeometry

from optopscan.model.arrays import BoolArray, FloatArray, IntArray, check_lengths, freeze

BearingState = Literal["yes", "no", "unknown"]
PartKind = Literal["pier", "lintel", "column", "beam", "footing", "pile"]
Distribution = Literal["simple", "continuous"]
DISTRIBUTIONS: tuple[Distribution, ...] = ("simple", "continuous")


@dataclass(frozen=True, kw_only=True)
class Evidence:
    """One signal for or against bearing; weight in log-odds, positive for bearing."""

    signal: str
    value: str
    weight: float
    text: str


@dataclass(frozen=True, kw_only=True, eq=False)
class Bearing:
    """Bearing verdict per element (n_element)."""

    state: tuple[BearingState, ...]
    probability: FloatArray
    evidence: tuple[tuple[Evidence, ...], ...]

    def __post_init__(self) -> None:
        freeze(self)
        check_lengths(self, len(self.state))


@dataclass(frozen=True, kw_only=True, eq=False)
class Materials:
    """Material per element (n_element).

    ``group``: clay, calcium-silicate, concrete, steel, timber, aerated-concrete,
    concrete-block, insulation, plasterboard, glass, unknown ... ; ``grade`` is the
    strength class as named, None where unknown. ``strength_mpa`` is the
    characteristic strength that the grade states (fb, fck, fy or fc0k), nan where
    no grade is known; ``strength_default_mpa`` the deterministic default of the
    group and era (nan: none), for label C. Density [kg/m3] is nan where unknown.
    ``fk_mpa`` is the strength of the masonry itself where a test or drawing states it
    (nan: not), and goes before both; all nan when left out.
    """

    group: tuple[str, ...]
    grade: tuple[str | None, ...]
    density_kg_m3: FloatArray
    strength_mpa: FloatArray
    strength_default_mpa: FloatArray
    source: tuple[str, ...]
    self_weight_kn: FloatArray
    fk_mpa: FloatArray = field(default_factory=lambda: np.zeros(0))

    def __post_init__(self) -> None:
        if not len(self.fk_mpa):
            object.__setattr__(self, "fk_mpa", np.full(len(self.group), np.nan))
        freeze(self)
        check_lengths(self, len(self.group))

    @property
    def strength_known(self) -> BoolArray:
        """True where a grade, a test or a drawing states the strength, (n_element,)."""
        return np.asarray(np.isfinite(self.strength_mpa) | np.isfinite(self.fk_mpa))


@dataclass(frozen=True, kw_only=True, eq=False)
class Parts:
    """Parts (n_part), sorted so that every support comes after what it carries.

    ``element`` indexes Elements. ``x0_m``..``y1_m`` is the axis of a line part
    (both ends equal for columns and piles), ``x_m``, ``y_m`` the point where its
    load is taken. ``thickness_m`` and ``length_m`` are the section across and
    along the axis (columns: the two sides). ``storey`` counts floor levels of
    the building from the lowest (0), not file storeys. ``floor_sides``: on how many
    sides a floor rests on the head (0, 1, 2). ``on_ground``: carried by the ground.
    ``bearing_known``: False where bearing of the element is unknown.
    ``line``: parts of one foundation line share a number; -1 above the ground.
    """

    id: tuple[str, ...]
    kind: tuple[PartKind, ...]
    element: IntArray
    storey: IntArray
    x0_m: FloatArray
    y0_m: FloatArray
    x1_m: FloatArray
    y1_m: FloatArray
    z0_m: FloatArray
    z1_m: FloatArray
    x_m: FloatArray
    y_m: FloatArray
    thickness_m: FloatArray
    length_m: FloatArray
    self_weight_kn: FloatArray
    floor_sides: IntArray
    on_ground: BoolArray
    bearing_known: BoolArray
    line: IntArray

    def __post_init__(self) -> None:
        freeze(self)
        check_lengths(self, len(self.id))

    def __len__(self) -> int:
        return len(self.id)


def is_wall(parts: Parts) -> BoolArray:
    """Return which parts (n_part,) are walls: beams and columns bear through a detail that the model does not show."""
    return np.isin(np.array(parts.kind, dtype=object), ("pier", "lintel"))


def direction(parts: Parts) -> tuple[FloatArray, FloatArray]:
    """Return the unit vector along every part in plan, x and y (n_part,); along x for what has no length."""
    dx, dy = np.asarray(parts.x1_m - parts.x0_m), np.asarray(parts.y1_m - parts.y0_m)
    length = np.hypot(dx, dy)
    some = np.maximum(length, 1e-12)
    return np.where(length > 0, dx / some, 1.0), np.where(length > 0, dy / some, 0.0)


@dataclass(frozen=True, kw_only=True, eq=False)
class Heads:
    """Heads under the flat roof (n_head): where the extension may stand.

    ``part`` indexes Parts; ``face`` is the roof face above; the segment
    x0..y1 lies on the part's axis; ``trib_area_m2`` is the roof area that the
    roof's own distribution brings to the head (simple distribution).
    """

    part: IntArray
    face: IntArray
    x0_m: FloatArray
    y0_m: FloatArray
    x1_m: FloatArray
    y1_m: FloatArray
    z_m: FloatArray
    thickness_m: FloatArray
    trib_area_m2: FloatArray

    def __post_init__(self) -> None:
        freeze(self)
        check_lengths(self, len(self.part))

    def __len__(self) -> int:
        return len(self.part)


@dataclass(frozen=True, kw_only=True, eq=False)
class Cells:
    """Floor cells (n_cell): area loads enter the structure here.

    ``field`` indexes Fields; ``span_deg`` is the direction in which the cell
    spans (nan: two ways or not settled); ``roof`` marks cells seen from above;
    ``weight_kn`` is the self weight of the slab pieces in the cell.
    """

    field: IntArray
    polygon: tuple[BaseGeometry, ...]
    area_m2: FloatArray
    x_m: FloatArray
    y_m: FloatArray
    span_deg: FloatArray
    roof: BoolArray
    weight_kn: FloatArray

    def __post_init__(self) -> None:
        freeze(self)
        check_lengths(self, len(self.field))

    def __len__(self) -> int:
        return len(self.field)


@dataclass(frozen=True, kw_only=True, eq=False)
class Fields:
    """Floor fields (n_field): slabs that act as one floor (planks + in-situ body).

    ``elements`` lists the element rows of each field; ``storey`` as in Parts:
    the floor level the field belongs to; ``kind`` is floor, roof or ground.
    ``weight_kn`` is the self weight of its elements. ``span_deg`` is the direction in
    which most of it spans (nan: two ways or not known), ``span_source`` what tells so and
    ``span_probability`` how likely that is right (nan: nothing spans); left out: not worked out.
    """

    elements: tuple[tuple[int, ...], ...]
    polygon: tuple[BaseGeometry, ...]
    z0_m: FloatArray
    z1_m: FloatArray
    storey: IntArray
    kind: tuple[Literal["floor", "roof", "ground"], ...]
    weight_kn: FloatArray
    span_deg: FloatArray = field(default_factory=lambda: np.zeros(0))
    span_source: tuple[str, ...] = ()
    span_probability: FloatArray = field(default_factory=lambda: np.zeros(0))

    def __post_init__(self) -> None:
        for name in ("span_deg", "span_probability"):
            if not len(getattr(self, name)):
                object.__setattr__(self, name, np.full(len(self.elements), np.nan))
        if not self.span_source:
            object.__setattr__(self, "span_source", ("none",) * len(self.elements))
        freeze(self)
        check_lengths(self, len(self.elements))

    def __len__(self) -> int:
        return len(self.elements)


@dataclass(frozen=True, kw_only=True, eq=False)
class Shares:
    """Support shares of one distribution; columns n_part are "ground", n_part + 1 "unsupported".

    ``parts`` (n_part, n_part + 2), ``cells`` (n_cell, n_part + 2), ``heads``
    (n_head, n_part + 2), ``loose`` (n_loose, n_part + 2): rows sum to one. ``loose``
    are elements that carry nothing themselves (partitions, stairs, parapets).
    ``arms`` holds for each of the four the share times the distance in x and in y [m]
    between where the share acts and where the receiving part takes its load.
    """

    parts: sp.csr_array
    cells: sp.csr_array
    heads: sp.csr_array
    loose: sp.csr_array
    arms: Mapping[str, tuple[sp.csr_array, sp.csr_array]] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True, eq=False)
class Loose:
    """Elements kept as load only (n_loose): weight and place."""

    element: IntArray
    weight_kn: FloatArray
    x_m: FloatArray
    y_m: FloatArray

    def __post_init__(self) -> None:
        freeze(self)
        check_lengths(self, len(self.element))


@dataclass(frozen=True, kw_only=True)
class RoofFace:
    """One flat roof face at one level: usable polygon before setbacks, top of slab [m]."""

    polygon: BaseGeometry
    z_m: float
    field: int


@dataclass(frozen=True, kw_only=True)
class RoofObstacle:
    """Something that stands on or through a roof face."""

    polygon: BaseGeometry
    element: int
    face: int


@dataclass(frozen=True, kw_only=True, eq=False)
class Structure:
    """The support graph of one topology with its two floor distributions.

    ``through_floor`` lists the rows of parts that stand on a floor instead of on a
    wall, beam, column or footing. ``unsettled`` lists those whose share of a load is a guess:
    bars that hang on brackets or stick out too far, and what carries them. ``bonded`` lists short
    returns bonded to a cross wall: as a loose pier one may hold, but its failure proves nothing.
    """

    parts: Parts
    heads: Heads
    fields: Fields
    cells: Cells
    loose: Loose
    shares: Mapping[Distribution, Shares]
    level_z_m: tuple[float, ...]
    base_z_m: float
    roof_faces: tuple[RoofFace, ...]
    roof_obstacles: tuple[RoofObstacle, ...]
    through_floor: tuple[int, ...] = ()
    unsettled: tuple[int, ...] = ()
    bonded: tuple[int, ...] = ()
    weight: float = 1.0
