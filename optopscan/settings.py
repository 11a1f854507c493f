"""What a run may be told; one frozen record, passed along, never global."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from optopscan.errors import UsageError

_STRIPS = ("setback_m", "storey_setback_m", "fire_distance_m")
LENGTH_UNITS_M = {"mm": 0.001, "cm": 0.01, "m": 1.0, "inch": 0.0254, "foot": 0.3048}


@dataclass(frozen=True, kw_only=True)
class Settings:
    """Choices of the engineer; a default is printed as an assumption in the result.

    Loads are characteristic values. `None` means: not told, use the tables.
    """

    # Assessment: EN 1990 with Dutch annex, NEN 8700
    consequence_class: Literal["CC1", "CC2", "CC3"] = "CC2"
    level: Literal["nieuwbouw", "verbouw", "afkeur"] = "verbouw"
    factor_set: str = "nen8700"
    existing_use: str = "dwelling"
    build_year: int | None = None
    reference_period_years: float = 50.0
    wind_region: Literal["I", "II", "III"] | None = None
    terrain: Literal["kust", "onbebouwd", "bebouwd"] | None = None
    robustness_settled: bool = False

    # Loads that models leave out [kN/m2]
    floor_finish_kn_m2: float = 0.5
    partitions_kn_m2: float = 0.8
    roof_membrane_kn_m2: float = 0.15
    roof_ballast_kn_m2: float = 0.9
    roof_ballast_evidence: bool = False

    # Probability: draws of what is not known (16 times a power of two, 0 for none) and where they begin
    samples: int = 16384
    seed: int = 0

    # Extension. Sides are "noord=1.5": the side of the roof that looks that way. ``storey_setback_m`` counts per new storey
    # above the first. ``mix`` are shares of the dwelling types of a product, smallest type first; where it cannot be met
    # exactly ``mix_yields`` says what gives way.
    concepts: tuple[str, ...] = ()
    max_extra_storeys: int = 3
    setback_m: float = 0.0
    setback_sides: tuple[str, ...] = ()
    storey_setback_m: float = 0.0
    height_max_m: float | None = None
    fire_distance_m: float = 0.0
    remove_obstacles: tuple[str, ...] = ()
    new_roof: Literal["bare", "pv", "green"] = "bare"
    goal: Literal["dwellings", "area", "balanced"] = "dwellings"
    mix: tuple[float, ...] = ()
    mix_yields: Literal["mix", "dwellings"] = "mix"
    access: Literal["none", "gallery", "portiek", "corridor"] = "none"
    gallery_side: Literal["auto", "noord", "oost", "zuid", "west"] = "auto"
    place: bool = True

    # Reading
    assume_unit: str | None = None
    building: str | None = None
    ignore_properties: frozenset[str] = field(default_factory=frozenset)
    threads: int = 2

    # Geometry
    part_length_max_m: float = 2.0
    head_length_max_m: float = 0.5
    cell_size_m: float = 0.5
    contact_tolerance_m: float = 0.03

    @property
    def removable_ballast_kn_m2(self) -> float:
        """Finish that may be taken off the roof: the ballast, where there is evidence of it, else nothing."""
        return self.roof_ballast_kn_m2 if self.roof_ballast_evidence else 0.0

    def __post_init__(self) -> None:
        if self.assume_unit is not None and self.assume_unit not in LENGTH_UNITS_M:
            known = ", ".join(LENGTH_UNITS_M)
            raise UsageError(f"assume_unit={self.assume_unit!r} is not a length unit; use one of {known}")
        for name in ("floor_finish_kn_m2", "partitions_kn_m2", "roof_membrane_kn_m2", "roof_ballast_kn_m2", *_STRIPS):
            if not getattr(self, name) >= 0:
                raise UsageError(f"{name}={getattr(self, name)} must be zero or more")
        for name in ("part_length_max_m", "head_length_max_m", "cell_size_m", "contact_tolerance_m"):
            if not getattr(self, name) > 0:
                raise UsageError(f"{name}={getattr(self, name)} must be more than zero")
        if self.height_max_m is not None and not self.height_max_m > 0:
            raise UsageError(f"height_max_m={self.height_max_m} must be more than zero")
        if self.mix and (min(self.mix) < 0 or not sum(self.mix) > 0):
            raise UsageError(f"mix={self.mix} must be shares of zero or more that are not all zero")
        if not 15 <= self.reference_period_years <= 100:
            raise UsageError(f"reference_period_years={self.reference_period_years} must lie between 15 (NEN 8700) and 100")
        each = self.samples // 16
        if self.samples and (self.samples < 16 or self.samples % 16 or each & (each - 1)):
            raise UsageError(f"samples={self.samples} must be 0 or 16 times a power of two, as 4096 or 16384")
        if self.seed < 0:
            raise UsageError(f"seed={self.seed} must be zero or more")
        if not 0 <= self.max_extra_storeys <= 20:
            raise UsageError(f"max_extra_storeys={self.max_extra_storeys} must lie between 0 and 20")
