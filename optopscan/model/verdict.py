"""The three outcomes and how they combine: unknown never becomes ok."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from optopscan.model.arrays import BoolArray, FloatArray, check_lengths, freeze

Outcome = Literal["ok", "over", "unknown"]


def worst(outcomes: Iterable[Outcome]) -> Outcome:
    """Return over if any is over, else unknown if any is unknown or none is given, else ok."""
    seen = set(outcomes)
    if "over" in seen:
        return "over"
    return "unknown" if "unknown" in seen or not seen else "ok"


@dataclass(frozen=True, kw_only=True, eq=False)
class Capacity:
    """Vertical capacity and present load per part in one distribution (n_part).

    ``n_lo_kn``..``n_hi_kn`` is the admissible design axial force at the governing
    section; nan where the resistance is unknown. ``own_weight_factor``: the factor 0..1 by
    which the part's own weight counts at that section (head 0, mid 0.5, foot 1), or one in between that
    suits all combinations where they do not meet their limit in the same section.
    ``existing_over``: the part exceeds its resistance as it stands.
    """

    n_lo_kn: FloatArray
    n_hi_kn: FloatArray
    own_weight_factor: FloatArray
    existing_over: BoolArray
    clause: tuple[str, ...]

    def __post_init__(self) -> None:
        freeze(self)
        check_lengths(self, len(self.clause))


@dataclass(frozen=True, kw_only=True)
class Check:
    """One check of one part, recomputable by hand from ``inputs``."""

    part: str
    clause: str
    scenario: str
    combination: str
    n_kn: float
    m_knm: float
    resistance: float
    uc: float
    outcome: Outcome
    inputs: dict[str, float | str]
