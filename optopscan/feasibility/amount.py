"""Amounts that are only known as a range, and sums that say what is missing in them.

An amount that nobody states is anything from zero up: its range is 0 to infinity and ``missing`` names it. So the lower end of
a sum stays true when a part of it is missing, and is all that may be said of it.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Amount:
    """Range ``lo`` to ``hi`` in any unit; ``missing`` are the ids of what is not known in it, sorted."""

    lo: float
    hi: float
    missing: tuple[str, ...] = ()

    @property
    def known(self) -> bool:
        """True when nothing is missing in it."""
        return not self.missing

    @property
    def at_least(self) -> float:
        """Lower bound of an amount with parts missing; nan where there is none above zero to tell."""
        return self.lo if self.missing and 0.0 < self.lo < math.inf else math.nan

    def __add__(self, other: Amount) -> Amount:
        """Lower ends with lower ends, upper ends with upper ends: the widest there can be."""
        return Amount(lo=self.lo + other.lo, hi=self.hi + other.hi, missing=_joined(self, other))

    def __sub__(self, other: Amount) -> Amount:
        """The widest difference; the two are taken to have nothing in common."""
        lo = -math.inf if math.isinf(other.hi) else self.lo - other.hi
        hi = math.inf if math.isinf(self.hi) or math.isinf(other.lo) else self.hi - other.lo
        return Amount(lo=lo, hi=hi, missing=_joined(self, other))

    def __mul__(self, other: Amount) -> Amount:
        """The product; nothing times something unknown is nothing."""
        if any(one.known and one.lo == one.hi == 0.0 for one in (self, other)):
            return ZERO
        corners = [_times(a, b) for a in (self.lo, self.hi) for b in (other.lo, other.hi)]
        return Amount(lo=min(corners), hi=max(corners), missing=_joined(self, other))

    def per(self, other: Amount) -> Amount:
        """Divide by an amount above zero.

        Raises
        ------
        ValueError
            If the other is known and may be zero.
        """
        if other.missing:
            lo = 0.0 if self.lo >= 0.0 else -math.inf
            return Amount(lo=lo, hi=math.inf, missing=_joined(self, other))
        if other.lo <= 0.0:
            raise ValueError(f"divisor is {other.lo} to {other.hi}; must be above zero")
        corners = [a / b for a in (self.lo, self.hi) for b in (other.lo, other.hi)]
        return Amount(lo=min(corners), hi=max(corners), missing=self.missing)

    def floored(self) -> Amount:
        """Return the amount with nothing below zero."""
        return ZERO if self.hi <= 0.0 else Amount(lo=max(self.lo, 0.0), hi=self.hi, missing=self.missing)


ZERO = Amount(lo=0.0, hi=0.0)


def exactly(value: float) -> Amount:
    """Return a value without a range."""
    return Amount(lo=value, hi=value)


def unknown(name: str) -> Amount:
    """Return an amount of which only is known that it is not negative."""
    return Amount(lo=0.0, hi=math.inf, missing=(name,))


def total(amounts: Iterable[Amount]) -> Amount:
    """Return the sum."""
    found = ZERO
    for one in amounts:
        found = found + one
    return found


def annuity_factor(years: Amount, rate_percent: Amount) -> Amount:
    """Return the present value [years] of one euro at the end of each year of the term.

    Examples
    --------
    >>> round(annuity_factor(exactly(2.0), exactly(10.0)).lo, 4)  # 1 / 1.1 + 1 / 1.21
    1.7355
    """
    if years.missing or rate_percent.missing:
        return Amount(lo=0.0, hi=math.inf, missing=_joined(years, rate_percent))
    return Amount(lo=_factor(years.lo, rate_percent.hi), hi=_factor(years.hi, rate_percent.lo))


def _factor(years: float, rate_percent: float) -> float:
    rate = rate_percent / 100.0
    return years if rate == 0.0 else -math.expm1(-years * math.log1p(rate)) / rate


def _times(a: float, b: float) -> float:
    return 0.0 if a == 0.0 or b == 0.0 else a * b


def _joined(*amounts: Amount) -> tuple[str, ...]:
    return tuple(sorted({name for one in amounts for name in one.missing}))
