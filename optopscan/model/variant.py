"""Results of placement: a layout of modules with what it carries and counts."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from shapely.geometry.base import BaseGeometry

from optopscan.model.drawing import Drawing
from optopscan.model.verdict import Outcome


@dataclass(frozen=True, kw_only=True)
class Placed:
    """One module or piece of walkway in its place; x, y is the first corner, rotation about it.

    ``concept`` is the id of its product; ``dwelling`` the id of the dwelling that it belongs to, empty for a walkway.
    """

    module_id: str
    storey: int
    x_m: float
    y_m: float
    z_m: float
    rotation_deg: float
    width_m: float
    length_m: float
    height_m: float
    loads_on: tuple[str, ...]
    concept: str = ""
    dwelling: str = ""


@dataclass(frozen=True, kw_only=True)
class Dwelling:
    """One dwelling of a layout: its modules, where its door is and how far the stairs are along the walkway [m].

    ``route_m`` to the nearest and ``second_route_m`` to another stair; nan where no access was asked or there is none.
    """

    id: str
    type: str
    storey: int
    modules: tuple[str, ...]
    gbo_m2: float
    gfa_m2: float
    door_x_m: float = float("nan")
    door_y_m: float = float("nan")
    route_m: float = float("nan")
    second_route_m: float = float("nan")


@dataclass(frozen=True, kw_only=True)
class Finding:
    """What one rule says: it stops the variant, asks for something (``needs``), or is a question (``ask``)."""

    code: str
    effect: Literal["stop", "needs", "ask"]
    text: str
    article: str
    confidence: str
    triggered_by: str


@dataclass(frozen=True, kw_only=True)
class Range:
    """Lowest and highest; nan: not known."""

    lo: float
    hi: float


@dataclass(frozen=True, kw_only=True)
class CarbonOf:
    """Carbon dioxide of product and new roof [kg]; nan: not stated."""

    emitted: float
    stored: float


@dataclass(frozen=True, kw_only=True)
class SunOf:
    """Hours of sun that the points around lose on the fixed dates, ``on`` facades or ground (empty: not worked out)."""

    on: str
    lost_mean_h: float
    lost_max_h: float
    below_norm: int
    ground_m2: float


@dataclass(frozen=True, kw_only=True)
class Worth:
    """What a variant is worth beside dwellings and area, and whether no other beats it (``on_front``).

    ``put_forward`` is the sentence why it is one of the few to look at, empty for most; ``unknown`` are the subjects
    that nobody told.
    """

    cost_eur: Range
    carbon_kg: CarbonOf
    sun: SunOf
    findings: tuple[Finding, ...]
    unknown: tuple[str, ...]
    on_front: bool = False
    put_forward: str = ""
    put_forward_en: str = ""


@dataclass(frozen=True, kw_only=True)
class OwnColumn:
    """One column of a product that does not stand on the old building; ``meets`` names a bearing part in its way, empty: none found."""

    x_m: float
    y_m: float
    meets: str = ""


Constraint = Literal[
    "roof-size",
    "setback",
    "obstacle",
    "height",
    "support-offset",
    "transfer-span",
    "transfer-depth",
    "overhang",
    "storeys",
    "capacity",
    "existing-over",
    "unknown",
    "access",
    "mix",
    "load-unknown",
]


@dataclass(frozen=True, kw_only=True)
class WhyNot:
    """One constraint that stops a layout, with its margin: ``value`` against ``limit``, both in ``unit``; nan where there is no number.

    ``part`` is the part of the building or of the product that it is about, empty where it is about the roof.
    """

    constraint: Constraint
    value: float
    limit: float
    unit: str
    part: str
    text_nl: str
    text_en: str


RemedyKind = Literal[
    "other-size",
    "longer-transfer-span",
    "deeper-transfer",
    "longer-overhang",
    "other-lines",
    "strengthen",
    "lighter-concept",
    "fewer-storeys",
    "investigate",
    "facade-frame",
    "table",
]


@dataclass(frozen=True, kw_only=True)
class Shortage:
    """One part and the design load that it lacks [kN]; nan where it is not known."""

    part: str
    kn: float


@dataclass(frozen=True, kw_only=True)
class Remedy:
    """What would let more stand here, never a promise: dwellings more than the variant has, None where that was not counted."""

    kind: RemedyKind
    text_nl: str
    text_en: str
    parts: tuple[Shortage, ...] = ()
    gain: int | None = None


@dataclass(frozen=True, kw_only=True)
class Usable:
    """The roof that a new storey may stand on: what setbacks, neighbours, obstacles and cores leave of it, and its level [m]."""

    storey: int
    z_m: float
    polygon: BaseGeometry


@dataclass(frozen=True, kw_only=True)
class StairOf:
    """Stair or lift that a layout is reached by; ``new``: proposed, there is none yet; ``certain``: found, not guessed."""

    kind: str
    new: bool
    certain: bool
    polygon: BaseGeometry


@dataclass(frozen=True, kw_only=True)
class Site:
    """What a drawing of a layout shows around it."""

    usable: tuple[Usable, ...]
    stairs: tuple[StairOf, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Variant:
    """One layout with its own verdict from the full re-check.

    ``concept`` is the product, or several joined by "+" where wings differ. ``asked`` says goal, access, mix, set-backs and
    new roof in words that `optopscan place` takes. ``walkways`` carry no dwelling and are counted nowhere. ``columns`` are those of
    a product on its own support. ``why_not``: what stops a larger layout, the first to be hit first; ``remedies``: what would let it.
    ``site`` is there only where the variant is to be drawn, ``drawing`` only where a model of it is.
    """

    id: str
    concept: str
    storeys: int
    modules: int
    dwellings: int
    dwellings_by_type: dict[str, int]
    gfa_m2: float
    max_uc: float
    outcome: Outcome
    optimal: bool
    gap: float
    placed: tuple[Placed, ...]
    why: str
    asked: dict[str, str] = field(default_factory=dict)
    homes: tuple[Dwelling, ...] = ()
    walkways: tuple[Placed, ...] = ()
    worth: Worth | None = None
    columns: tuple[OwnColumn, ...] = ()
    why_not: tuple[WhyNot, ...] = ()
    remedies: tuple[Remedy, ...] = ()
    site: Site | None = None
    drawing: Drawing | None = None
