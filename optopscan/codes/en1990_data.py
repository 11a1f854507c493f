"""Partial factors as data: NEN-EN 1990 with Dutch annex, NEN 8700, and its alternative.

No row was read in the standard itself; the source and confidence of every row
travel with the result. A set is chosen by id, so that a verdict can be repeated
with another one.
"""

from __future__ import annotations

from typing import Literal

from optopscan.codes.en1990 import ConsequenceClass, FactorSet, Level

DEFAULT_SET = "nen8700"
_Row = tuple[ConsequenceClass, float, float, float, float]

_NEW_SOURCE = "NEN-EN 1990 NB tables NB.4/NB.5 as given by two open sources (TeachBooks vademecum, Open-Calculations-Studio)"
_EXISTING_SOURCE = "NEN 8700:2011+A1:2020 table A1.2(B), professional knowledge, standard not read"
_BRIDGE_SOURCE = "Gamma_NEN8700.csv of the Amsterdam bridge assessment tool (NEN 8701 use)"

# consequence class, 6.10a gG, 6.10b gG, gQ, gQ wind
_NEW: tuple[_Row, ...] = (
    ("CC1", 1.20, 1.10, 1.35, 1.35),
    ("CC2", 1.35, 1.20, 1.50, 1.50),
    ("CC3", 1.50, 1.30, 1.65, 1.65),
)
_VERBOUW: tuple[_Row, ...] = (
    ("CC1", 1.15, 1.05, 1.10, 1.20),
    ("CC2", 1.30, 1.15, 1.30, 1.40),
    ("CC3", 1.40, 1.25, 1.50, 1.60),
)
_AFKEUR: tuple[_Row, ...] = (
    ("CC1", 1.10, 1.00, 1.05, 1.10),
    ("CC2", 1.20, 1.10, 1.15, 1.30),
    ("CC3", 1.30, 1.15, 1.30, 1.50),
)
_BRIDGE_VERBOUW: tuple[_Row, ...] = (
    ("CC1", 1.10, 1.10, 1.10, 1.20),
    ("CC2", 1.25, 1.15, 1.30, 1.40),
    ("CC3", 1.30, 1.20, 1.50, 1.60),
)
_BRIDGE_AFKEUR: tuple[_Row, ...] = (
    ("CC1", 1.00, 1.00, 1.05, 1.10),
    ("CC2", 1.10, 1.10, 1.15, 1.30),
    ("CC3", 1.25, 1.15, 1.30, 1.50),
)


def _sets(set_id: str, level: Level, rows: tuple[_Row, ...], source: str, confidence: Literal["high", "medium", "low"]) -> list[FactorSet]:
    return [
        FactorSet(
            id=set_id,
            level=level,
            consequence_class=cc,
            gamma_ga=ga,
            gamma_gb=gb,
            gamma_q=gq,
            gamma_q_wind=gw,
            gamma_g_inf=0.9,
            source=source,
            confidence=confidence,
        )
        for cc, ga, gb, gq, gw in rows
    ]


FACTOR_SETS: tuple[FactorSet, ...] = (
    *_sets("nen8700", "nieuwbouw", _NEW, _NEW_SOURCE, "medium"),
    *_sets("nen8700", "verbouw", _VERBOUW, _EXISTING_SOURCE, "low"),
    *_sets("nen8700", "afkeur", _AFKEUR, _EXISTING_SOURCE, "low"),
    *_sets("nen8701-bridges", "nieuwbouw", _NEW, _NEW_SOURCE, "medium"),
    *_sets("nen8701-bridges", "verbouw", _BRIDGE_VERBOUW, _BRIDGE_SOURCE, "low"),
    *_sets("nen8701-bridges", "afkeur", _BRIDGE_AFKEUR, _BRIDGE_SOURCE, "low"),
)

FACTOR_SET_IDS: tuple[str, ...] = ("nen8700", "nen8701-bridges")


def factor_set(set_id: str, *, level: Level, consequence_class: ConsequenceClass) -> FactorSet:
    """Return the factors of one set, level and consequence class.

    Raises
    ------
    KeyError
        If no such row exists.
    """
    for row in FACTOR_SETS:
        if (row.id, row.level, row.consequence_class) == (set_id, level, consequence_class):
            return row
    raise KeyError(f"no factor set {set_id!r} for {level}, {consequence_class}; known sets: {', '.join(FACTOR_SET_IDS)}")
