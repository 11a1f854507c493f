"""Dutch constants of EN 1996-1-1 as data: K, alpha, beta, creep, partial and shear factors."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Unit = Literal["clay", "calcium-silicate", "concrete-block", "aerated-concrete"]
Mortar = Literal["GP", "TL"]
Category = Literal["I", "II"]

_NB2 = "NEN-EN 1996-1-1 NB:2018 tables NB-2 and NB-3 as implemented in Open-Calculations-Studio; standard not read"
_NB1 = "NEN-EN 1996-1-1 NB:2018 table NB-1 as implemented in Open-Calculations-Studio; standard not read"
_SHEAR = "EN 1996-1-1 table 3.4 with Dutch values as implemented in Open-Calculations-Studio; standard not read"


@dataclass(frozen=True, kw_only=True)
class StrengthRow:
    """Constants of f_k = K f_b^alpha f_m^beta for one unit and mortar, with final creep phi_inf."""

    unit: Unit
    unit_group: Literal[1, 2]
    mortar: Mortar
    k: float
    alpha: float
    beta: float
    phi_inf: float
    source: str = _NB2
    confidence: Literal["high", "medium", "low"] = "medium"


def _row(unit: Unit, unit_group: Literal[1, 2], mortar: Mortar, k: float, alpha: float, beta: float, phi_inf: float) -> StrengthRow:
    return StrengthRow(unit=unit, unit_group=unit_group, mortar=mortar, k=k, alpha=alpha, beta=beta, phi_inf=phi_inf)


STRENGTH_ROWS: tuple[StrengthRow, ...] = (
    _row("clay", 1, "GP", 0.60, 0.65, 0.25, 0.7),
    _row("clay", 2, "GP", 0.50, 0.65, 0.25, 0.7),
    _row("clay", 1, "TL", 0.80, 0.75, 0.10, 0.5),
    _row("clay", 2, "TL", 0.70, 0.70, 0.00, 0.5),
    _row("calcium-silicate", 1, "GP", 0.60, 0.65, 0.25, 1.1),
    _row("calcium-silicate", 2, "GP", 0.50, 0.65, 0.25, 1.1),
    _row("calcium-silicate", 1, "TL", 0.80, 0.85, 0.00, 0.8),
    _row("calcium-silicate", 2, "TL", 0.65, 0.85, 0.00, 0.8),
    _row("concrete-block", 1, "GP", 0.60, 0.65, 0.25, 1.9),
    _row("concrete-block", 2, "GP", 0.50, 0.65, 0.25, 1.9),
    _row("concrete-block", 1, "TL", 0.80, 0.85, 0.00, 1.7),
    _row("concrete-block", 2, "TL", 0.65, 0.85, 0.00, 1.7),
    _row("aerated-concrete", 1, "GP", 0.60, 0.65, 0.25, 0.6),
    _row("aerated-concrete", 1, "TL", 0.80, 0.85, 0.00, 0.5),
)
MASONRY_UNITS: tuple[Unit, ...] = ("clay", "calcium-silicate", "concrete-block", "aerated-concrete")

GAMMA_M: dict[Category, float] = {"I": 1.7, "II": 2.2}
GAMMA_M_CC1_REDUCTION = 0.2
GAMMA_M_SOURCE = _NB1

FVK0_SOURCE = _SHEAR


def strength_row(unit: Unit, *, unit_group: int, mortar: Mortar) -> StrengthRow:
    """Return the constants for one unit, group and mortar.

    Raises
    ------
    KeyError
        If the table has no such row.
    """
    for row in STRENGTH_ROWS:
        if (row.unit, row.unit_group, row.mortar) == (unit, unit_group, mortar):
            return row
    raise KeyError(f"no masonry constants for {unit}, group {unit_group}, mortar {mortar}")


def gamma_m(category: Category, *, consequence_class: str) -> float:
    """Return gamma_M of unreinforced masonry [-].

    Dutch annex table NB-1: category I 1.7, category II 2.2, both 0.2 lower in CC1.
    """
    return GAMMA_M[category] - (GAMMA_M_CC1_REDUCTION if consequence_class == "CC1" else 0.0)


def fvk0_mpa(*, mortar: Mortar, fm_mpa: float) -> float:
    """Return the initial shear strength f_vk0 [N/mm2], nan where the table has no value.

    General purpose M2.5 to below M10 0.2, M10 to M20 0.3; thin layer 0.3 (lower bound of 0.3-0.4).
    """
    if mortar == "TL":
        return 0.3
    if 2.5 <= fm_mpa < 10.0:
        return 0.2
    return 0.3 if fm_mpa >= 10.0 else float("nan")
