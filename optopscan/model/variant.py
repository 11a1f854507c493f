"""Results of placement: a layout of modules with what it carries and counts."""

from __future__ import annotations

from dataclasses import dataclass

from optopscan.model.verdict import Outcome


@dataclass(frozen=True, kw_only=True)
class Placed:
    """One module in its place; x, y is the first corner, rotation about it."""

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


@dataclass(frozen=True, kw_only=True)
class Variant:
    """One layout of one concept with its own verdict from the full re-check."""

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
