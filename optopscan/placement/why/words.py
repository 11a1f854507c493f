"""Numbers in the sentences, and the sentences of a value above its limit."""

from __future__ import annotations

import math

from optopscan.model.variant import Constraint, WhyNot

JUDGE_NL = "constructeur toetst"
JUDGE_EN = "a structural engineer decides"
MAX_DECIMALS = 3
SAME = 1e-9


def nl(value: float, decimals: int = 2) -> str:
    """Return a number as written in Dutch."""
    return f"{value:.{decimals}f}".replace(".", ",")


def decimals_of(value: float, limit: float, least: int) -> int:
    """Return how many decimals show both to a hundredth without needless zeros, and tell them apart."""
    shown = next((n for n in range(least, 2) if all(abs(round(x, n) - round(x, 2)) < SAME for x in (value, limit))), max(least, 2))
    shown = shown if least else 0
    return next((n for n in range(shown, MAX_DECIMALS) if round(value, n) != round(limit, n)), MAX_DECIMALS)


def above(
    constraint: Constraint,
    value: float,
    limit: float,
    *,
    part: str = "",
    nl_of: str,
    en_of: str,
    unit: str = "m",
    least: int = 2,
    more: str = ">",
) -> WhyNot:
    """Return a reason that reads "oplegging 0,42 m > 0,15 m", with as few decimals as tell both apart."""
    n = decimals_of(value, limit, least) if math.isfinite(limit) and math.isfinite(value) else least
    behind = f" {unit}" if unit else ""
    return WhyNot(
        constraint=constraint,
        value=value,
        limit=limit,
        unit=unit,
        part=part,
        text_nl=f"{nl_of} {nl(value, n)}{behind} {more} {nl(limit, n)}{behind}",
        text_en=f"{en_of} {value:.{n}f}{behind} {more} {limit:.{n}f}{behind}",
    )


def count_above(constraint: Constraint, value: float, limit: float, nl_of: str, en_of: str) -> WhyNot:
    """Return a reason about whole numbers: "gevraagde lagen 2 > 1"."""
    return above(constraint, float(value), float(limit), nl_of=nl_of, en_of=en_of, unit="", least=0)


def bare(constraint: Constraint, text_nl: str, text_en: str, *, value: float = math.nan, limit: float = math.nan, unit: str = "") -> WhyNot:
    """Return a reason in words only."""
    return WhyNot(constraint=constraint, value=value, limit=limit, unit=unit, part="", text_nl=text_nl, text_en=text_en)


def homes(count: int) -> tuple[str, str]:
    """Return so many dwellings more in both languages."""
    return (f"{count} woning meer", f"{count} more dwelling") if count == 1 else (f"{count} woningen meer", f"{count} more dwellings")
