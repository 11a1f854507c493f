"""Corrections of the engineer: what a file says, and what of it was applied to one building.

An override names elements (`Match`) and the facts that replace what was read or
inferred. A fact with a source is settled; one without a source is an assumption of the
engineer, used in the same way but never a ground for label A.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Literal

import numpy as np

from optopscan.model.arrays import FloatArray, check_lengths, freeze

Value = str | float | int | bool | tuple[tuple[float, float], ...]

UNKNOWN = "unknown"
AUTO = "auto"

MASONRY = ("clay", "calcium-silicate", "concrete-block", "aerated-concrete", "lightweight-concrete", "masonry", "natural-stone")
STRENGTHS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "fck_mpa": ("concrete", "lightweight-concrete"),
        "fb_mpa": MASONRY,
        "fk_mpa": MASONRY,
        "fy_mpa": ("steel",),
        "fc0k_mpa": ("timber",),
    }
)
"""Key of a characteristic strength -> material groups that it is for. fb is that of the unit, fk that of the masonry itself."""

FLOOR_LOADS = ("floor_finish_kn_m2", "partitions_kn_m2", "use")
ROOF_LOADS = ("roof_membrane_kn_m2", "roof_ballast_kn_m2")


@dataclass(frozen=True, kw_only=True)
class Match:
    r"""Which elements an override is about: every key that is given must fit, one of its values suffices.

    Texts may hold ``*`` for any characters (``\\*`` is a star itself). ``material`` fits the
    material group as inferred or the name of a layer. ``thickness_m`` is the thickness as
    read, to 1 mm. ``storey`` is a name, or the row of the storey counted from 0 at the
    lowest. ``line`` is the number of a foundation line. Empty: not given.
    """

    guid: tuple[str, ...] = ()
    id: tuple[str, ...] = ()
    name: tuple[str, ...] = ()
    type: tuple[str, ...] = ()
    material: tuple[str, ...] = ()
    thickness_m: tuple[float, ...] = ()
    storey: tuple[str | int, ...] = ()
    ifc_class: tuple[str, ...] = ()
    kind: tuple[str, ...] = ()
    line: tuple[int, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Override:
    """One table of the file: ``line`` is where it stands, ``key`` its dotted name, ``lines`` the line of each value and of "match"."""

    line: int
    key: str
    match: Match
    values: Mapping[str, Value]
    lines: Mapping[str, int]
    source: str = ""
    date: str = ""

    def __post_init__(self) -> None:
        object.__setattr__(self, "values", MappingProxyType(dict(self.values)))
        object.__setattr__(self, "lines", MappingProxyType(dict(self.lines)))


@dataclass(frozen=True, kw_only=True)
class Overrides:
    """An override file as read; ``building`` holds facts of the building as a whole, None without that table."""

    file: str
    sha256: str
    building: Override | None = None
    elements: tuple[Override, ...] = ()
    foundations: tuple[Override, ...] = ()

    def place(self, override: Override, key: str = "") -> str:
        """Return "file:line" of an override or of one of its values."""
        return f"{self.file}:{override.lines.get(key, override.line)}"


@dataclass(frozen=True, kw_only=True, eq=False)
class Given:
    """Facts given per element (n_element) that are used after materials and bearing; nan where not given.

    ``span_deg`` is in the local frame. ``thickness_m`` is that of what carries; ``thickness_unknown``
    marks walls whose thickness is said to be unknown. ``use`` is "" where not given.
    """

    span_deg: FloatArray
    thickness_m: FloatArray
    thickness_unknown: np.ndarray
    floor_finish_kn_m2: FloatArray
    partitions_kn_m2: FloatArray
    roof_membrane_kn_m2: FloatArray
    roof_ballast_kn_m2: FloatArray
    use: tuple[str, ...]

    def __post_init__(self) -> None:
        freeze(self)
        check_lengths(self, len(self.use))


@dataclass(frozen=True, kw_only=True)
class Applied:
    """One value that replaced another on some elements (rows of Elements) or foundation lines.

    ``used`` is False for what is kept for a check that does not exist yet. Both
    empty: the building as a whole.
    """

    place: str
    field: str
    old: str
    new: str
    source: str
    date: str
    elements: tuple[int, ...] = ()
    lines: tuple[int, ...] = ()
    used: bool = True


@dataclass(frozen=True, kw_only=True)
class FoundationGiven:
    """What was given about the foundation under some lines (all of them: ``lines`` holds every number)."""

    place: str
    lines: tuple[int, ...]
    elements: tuple[int, ...]
    values: Mapping[str, Value]
    source: str
    date: str

    def __post_init__(self) -> None:
        object.__setattr__(self, "values", MappingProxyType(dict(self.values)))


@dataclass(frozen=True, kw_only=True)
class Corrections:
    """What an override file did to one building; ``unsourced`` are the elements with a fact that has no source."""

    file: str = ""
    sha256: str = ""
    applied: tuple[Applied, ...] = ()
    foundations: tuple[FoundationGiven, ...] = ()
    unsourced: frozenset[int] = field(default_factory=frozenset)

    def documented(self, what: Literal["strength", "thickness"]) -> frozenset[int]:
        """Return the elements of which a drawing or test (a source) states this fact."""
        keys = {*STRENGTHS, "grade"} if what == "strength" else {"thickness_m"}
        rows = (row for row in self.applied if row.field in keys and row.source.strip() and row.used)
        return frozenset(i for row in rows for i in row.elements) - self.unsourced

    def foundation_of(self, line: int) -> Mapping[str, Value]:
        """Return what was given about one foundation line; a later table goes before an earlier one."""
        found: dict[str, Value] = {}
        for row in self.foundations:
            if line in row.lines:
                found |= row.values
        return MappingProxyType(found)
