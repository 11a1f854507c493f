"""A formula of a spreadsheet together with its value, so that what is shown before a recalculation is what follows from it.

>>> load = at("Vloeren!E5", 4.5) * at("C7", 2.0) + number(1.0)
>>> load.text, load.value
('Vloeren!E5*C7+1', 10.0)
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

SUM, PRODUCT, ATOM = range(3)
NAN = float("nan")


@dataclass(frozen=True)
class Term:
    """Text of a formula (without "="), its value (nan: unknown, the cell is #N/A) and how tightly it binds."""

    text: str
    value: float
    binds: int = ATOM

    def __add__(self, other: Term) -> Term:
        return Term(f"{self.text}+{other.text}", self.value + other.value, SUM)

    def __sub__(self, other: Term) -> Term:
        return Term(f"{self.text}-{_held(other, PRODUCT)}", self.value - other.value, SUM)

    def __mul__(self, other: Term) -> Term:
        return Term(f"{_held(self, PRODUCT)}*{_held(other, PRODUCT)}", self.value * other.value, PRODUCT)

    def __truediv__(self, other: Term) -> Term:
        """Return a quotient; unknown where the divisor is zero."""
        value = self.value / other.value if other.value else NAN
        return Term(f"{_held(self, PRODUCT)}/{_held(other, ATOM)}", value, PRODUCT)


def at(cell: str, value: float) -> Term:
    """Return a cell or defined name with the value that stands there."""
    return Term(cell, value)


def number(value: float) -> Term:
    """Return a number that stands in the formula itself."""
    return Term(f"{value:.0f}" if value.is_integer() else repr(value).upper(), value, ATOM if value >= 0.0 else SUM)


def function(name: str, terms: Iterable[Term], value: float) -> Term:
    """Return a call with a value that the caller works out."""
    return Term(f"{name}({','.join(term.text for term in terms)})", value)


def largest(*terms: Term) -> Term:
    """Return MAX of terms; unknown as soon as one of them is."""
    return function("MAX", terms, NAN if any(math.isnan(term.value) for term in terms) else max(term.value for term in terms))


def smallest(*terms: Term) -> Term:
    """Return MIN of terms; unknown as soon as one of them is."""
    return function("MIN", terms, NAN if any(math.isnan(term.value) for term in terms) else min(term.value for term in terms))


def total(cells: str, values: Iterable[float]) -> Term:
    """Return SUM of a range."""
    return Term(f"SUM({cells})", _sum(values))


def positive(cells: str, values: Iterable[float]) -> Term:
    """Return the sum of what is above zero in a range."""
    return Term(f'SUMIF({cells},">0")', _sum(max(value, 0.0) if value == value else NAN for value in values))


def ranked(cells: str, values: Iterable[float], k: int) -> Term:
    """Return the k-th largest of a range (1: the largest), not below zero, zero where there are fewer."""
    found = sorted(values, key=lambda value: -value)
    if any(math.isnan(value) for value in found):
        return Term(f"MAX(0,LARGE({cells},{k}))", NAN)
    if len(found) < k:
        return number(0.0)
    return Term(f"MAX(0,LARGE({cells},{k}))", max(0.0, found[k - 1]))


def when(left: Term, relation: Literal["<=", ">=", ">", "="], right: Term, yes: Term, no: Term) -> Term:
    """Return IF(left relation right, yes, no); unknown where the comparison is."""
    holds = {
        "<=": left.value <= right.value,
        ">=": left.value >= right.value,
        ">": left.value > right.value,
        "=": left.value == right.value,
    }
    value = NAN if math.isnan(left.value + right.value) else (yes if holds[relation] else no).value
    return Term(f"IF({left.text}{relation}{right.text},{yes.text},{no.text})", value)


def root(term: Term) -> Term:
    """Return SQRT."""
    return function("SQRT", [term], math.sqrt(term.value) if term.value >= 0.0 else NAN)


def ratio(over: Term, under: Term) -> Term:
    """Return a quotient, unknown where there is nothing to divide by."""
    return when(under, ">", number(0.0), over / under, Term("NA()", NAN))


def size(term: Term) -> Term:
    """Return ABS."""
    return function("ABS", [term], abs(term.value))


def fall(term: Term) -> Term:
    """Return exp(-term^2 / 2); in a spreadsheet -x^2 is (-x)^2, hence the brackets."""
    return Term(f"EXP(-(({term.text})^2)/2)", math.exp(-0.5 * term.value**2))


def _sum(values: Iterable[float]) -> float:
    found = list(values)
    return NAN if any(math.isnan(value) for value in found) else math.fsum(found)


def _held(term: Term, least: int) -> str:
    """Return the text, in brackets where it binds less than asked."""
    return term.text if term.binds >= least else f"({term.text})"
