"""Verdicts beside the vertical one: stability, wind on walls, anchorage, foundation, robustness, the roof slab.

Each row is one check in one scenario ("existing": the building as it stands), with the numbers
that recompute it in ``inputs`` and the Dutch reason in ``why`` unless it is ok. The verdicts are
kept apart and never averaged; `Sides.outcome` says unknown where nothing was checked. A check
that looked and found nothing to judge (no bearing outer wall) says so in a row that is ok.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, get_args

from optopscan.model.verdict import Outcome, worst

EXISTING = "existing"
REASONS_SHOWN = 3
"""Of more reasons on one subject a sentence tells these and how many there are beside; the rows have them all."""
Subject = Literal["stability", "wall_wind", "anchorage", "foundation", "robustness"]
SUBJECTS: tuple[Subject, ...] = get_args(Subject)

Inputs = Mapping[str, float | str]


@dataclass(frozen=True, kw_only=True)
class StabilityCheck:
    """Global stability in one direction: the building against wind.

    ``direction`` names it within the record ("x", "y"), ``azimuth_deg`` is its angle in the local
    frame. ``system`` lists the parts that take the force, empty where none was recognised.
    ``part`` is the one that governs.
    """

    scenario: str
    direction: str
    azimuth_deg: float
    base_moment_before_knm: float
    base_moment_after_knm: float
    base_force_before_kn: float
    base_force_after_kn: float
    system: tuple[str, ...]
    part: str
    clause: str
    uc: float
    outcome: Outcome
    why: str
    inputs: Inputs


@dataclass(frozen=True, kw_only=True)
class WallWindCheck:
    """A bearing wall in an outer wall that bends under wind while it carries."""

    scenario: str
    part: str
    clause: str
    n_min_kn: float
    n_max_kn: float
    m_knm: float
    uc: float
    outcome: Outcome
    why: str
    inputs: Inputs


@dataclass(frozen=True, kw_only=True)
class AnchorageCheck:
    """Hold-down and sliding of the new top on one support, at new-build level; forces per support."""

    scenario: str
    support: str
    uplift_kn: float
    shear_kn: float
    uc: float
    outcome: Outcome
    why: str
    inputs: Inputs


@dataclass(frozen=True, kw_only=True)
class FoundationCheck:
    """One foundation line against soil or pile data that the user gave."""

    scenario: str
    line: int
    part: str
    clause: str
    e_d_kn: float
    r_d_kn: float
    uc: float
    outcome: Outcome
    why: str
    inputs: Inputs


@dataclass(frozen=True, kw_only=True)
class RobustnessCheck:
    """Consequence class for accidental loads before and after (EN 1991-1-7 table A.1)."""

    scenario: str
    storeys_before: int
    storeys_after: int
    class_before: str
    class_after: str
    outcome: Outcome
    why: str


@dataclass(frozen=True, kw_only=True)
class SlabAsFloor:
    """The roof slab of one field as the floor of the new storey, without a transfer layer; never part of the verdict."""

    field: int
    elements: tuple[str, ...]
    uc: float
    outcome: Outcome
    why: str
    inputs: Inputs


@dataclass(frozen=True, kw_only=True)
class Sides:
    """All verdicts beside the vertical one."""

    stability: tuple[StabilityCheck, ...] = ()
    wall_wind: tuple[WallWindCheck, ...] = ()
    anchorage: tuple[AnchorageCheck, ...] = ()
    foundation: tuple[FoundationCheck, ...] = ()
    robustness: tuple[RobustnessCheck, ...] = ()
    slab_as_floor: tuple[SlabAsFloor, ...] = ()

    def outcome(self, subject: Subject, scenario: str) -> Outcome:
        """Return the worst outcome of a subject in a scenario; unknown where no row is about it."""
        return worst(row.outcome for row in getattr(self, subject) if row.scenario == scenario)

    def reasons(self, subject: Subject, scenario: str) -> tuple[str, ...]:
        """Return why a subject is not ok in a scenario: each reason once, in the order of the rows, the first few and how many more."""
        told = tuple(dict.fromkeys(row.why for row in getattr(self, subject) if row.scenario == scenario and row.why))
        return told if len(told) <= REASONS_SHOWN + 1 else (*told[:REASONS_SHOWN], f"en nog {len(told) - REASONS_SHOWN} andere")

    def checked(self, subject: Subject) -> bool:
        """Return whether anything was checked on a subject."""
        return bool(getattr(self, subject))
