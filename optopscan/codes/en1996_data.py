"""Dutch constants of EN 1996-1-1 as data: K, alpha, beta, creep, partial and shear factors."""

from __future__ import annotations

import math
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

    Formula
    -------
    row = row of STRENGTH_ROWS with unit, unit_group and mortar

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

    Formula
    -------
    gamma = GAMMA_M[category] - (GAMMA_M_CC1_REDUCTION if consequence_class == "CC1" else 0)
    """
    return GAMMA_M[category] - (GAMMA_M_CC1_REDUCTION if consequence_class == "CC1" else 0.0)


def fvk0_mpa(*, mortar: Mortar, fm_mpa: float) -> float:
    """Return the initial shear strength f_vk0 [N/mm2], nan where the table has no value.

    General purpose M2.5 to below M10 0.2, M10 to M20 0.3; thin layer 0.3 (lower bound of 0.3-0.4).

    Formula
    -------
    f_vk0 = 0.3 if mortar == "TL" else nan if fm_mpa < 2.5 else 0.2 if fm_mpa < 10 else 0.3
    """
    if mortar == "TL":
        return 0.3
    if 2.5 <= fm_mpa < 10.0:
        return 0.2
    return 0.3 if fm_mpa >= 10.0 else float("nan")


@dataclass(frozen=True, kw_only=True)
class FlexuralRow:
    """Flexural strength of one unit and mortar [N/mm2]; nan where the table has none.

    ``fm_from_mpa`` <= f_m < ``fm_before_mpa``; ``dutch`` tells whether the Dutch annex has the
    value too. It asks for tests (EN 1052-2 or -5) and gives a rule for aerated concrete
    only, so the recommended values of the European text are no proof in the Netherlands.
    """

    unit: Unit
    mortar: Mortar
    fxk1_mpa: float
    fxk2_mpa: float
    fm_from_mpa: float = 0.0
    fm_before_mpa: float = math.inf
    dutch: bool = False
    source: str = "EN 1996-1-1:2005 3.6.3(3), recommended values; standard not read; not adopted by the Dutch annex"
    confidence: Literal["high", "medium", "low"] = "low"


def _gp(unit: Unit, below_5: tuple[float, float], from_5: tuple[float, float]) -> tuple[FlexuralRow, FlexuralRow]:
    return (
        FlexuralRow(unit=unit, mortar="GP", fm_before_mpa=5.0, fxk1_mpa=below_5[0], fxk2_mpa=below_5[1]),
        FlexuralRow(unit=unit, mortar="GP", fm_from_mpa=5.0, fxk1_mpa=from_5[0], fxk2_mpa=from_5[1]),
    )


FLEXURAL_ROWS: tuple[FlexuralRow, ...] = (
    *_gp("clay", (0.10, 0.20), (0.10, 0.40)),
    FlexuralRow(unit="clay", mortar="TL", fxk1_mpa=0.15, fxk2_mpa=0.15),
    *_gp("calcium-silicate", (0.05, 0.20), (0.10, 0.40)),
    FlexuralRow(unit="calcium-silicate", mortar="TL", fxk1_mpa=0.20, fxk2_mpa=0.30),
    *_gp("concrete-block", (0.05, 0.20), (0.10, 0.40)),
    FlexuralRow(unit="concrete-block", mortar="TL", fxk1_mpa=0.20, fxk2_mpa=0.30),
)
FLEXURAL_AERATED: dict[Mortar, float] = {"GP": 0.10, "TL": 0.15}
"""f_xk1 = f_xk2 over f_k of aerated concrete, Dutch annex to 3.6.4(7), for 1 <= f_k <= 5 N/mm2."""
FLEXURAL_AERATED_SOURCE = "NEN-EN 1996-1-1 NB to 3.6.4(7) as implemented in Open-Calculations-Studio; standard not read"


def flexural_row(unit: Unit, *, mortar: Mortar, fm_mpa: float) -> FlexuralRow:
    """Return the recommended flexural strengths of a unit and mortar.

    Formula
    -------
    row = row of FLEXURAL_ROWS with unit and mortar in which fm_mpa lies

    Raises
    ------
    KeyError
        If the table has no such row (aerated concrete: `fxk_aerated_mpa`).
    """
    for row in FLEXURAL_ROWS:
        if (row.unit, row.mortar) == (unit, mortar) and row.fm_from_mpa <= fm_mpa < row.fm_before_mpa:
            return row
    raise KeyError(f"no flexural strength for {unit}, mortar {mortar}, f_m {fm_mpa:g}")


def fxk_aerated_mpa(fk_mpa: float, *, mortar: Mortar) -> float:
    """Return f_xk1 = f_xk2 of aerated concrete [N/mm2], nan outside 1 <= f_k <= 5 N/mm2.

    Formula
    -------
    f_xk = FLEXURAL_AERATED[mortar] * fk_mpa if 1 <= fk_mpa <= 5 else nan
    """
    return FLEXURAL_AERATED[mortar] * fk_mpa if 1.0 <= fk_mpa <= 5.0 else float("nan")
