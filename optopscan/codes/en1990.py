"""Basis of design: partial factors as data (NEN-EN 1990, NEN 8700)."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class FactorSet:
    """Partial factors of one factor set, assessment level and consequence class.

    ``gamma_ga`` belongs to expression 6.10a, ``gamma_gb`` to 6.10b (xi included),
    ``gamma_q`` to imposed load, ``gamma_q_wind`` to wind, ``gamma_g_inf`` to
    favourable permanent load.
    """

    id: str
    level: str
    consequence_class: str
    gamma_ga: float
    gamma_gb: float
    gamma_q: float
    gamma_q_wind: float
    gamma_g_inf: float
    source: str
    confidence: str
