"""What a variant costs to build, as a range; one price that nobody stated makes the whole unknown, with the reason."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass

from optopscan.catalog.concept import Concept
from optopscan.catalog.worth_rows import CostRow, NewRoof
from optopscan.feasibility.scheme import Scheme

# What no line of the sum covers; printed beside every range.
EXCLUDED_NL = "excl. btw, grond, ontwerp en leges, funderingsherstel dat niet is geteld, en het bestaande gebouw"
EXCLUDED_EN = "excl. VAT, land, design and fees, foundation repair that is not counted, and the existing building"


@dataclass(frozen=True, kw_only=True)
class CostLine:
    """One line of the sum: amount in ``unit`` and its range [EUR, excluding VAT]; ``source`` says where the price comes from."""

    what: str
    amount: float
    unit: str
    lo_eur: float
    hi_eur: float
    source: str
    confidence: str


@dataclass(frozen=True, kw_only=True)
class Cost:
    """Range of the whole [EUR, excluding VAT]; both nan where a line is unknown, and ``why`` names each of those."""

    lo_eur: float
    hi_eur: float
    lines: tuple[CostLine, ...]
    why: tuple[str, ...]


def cost_of(
    scheme: Scheme, concepts: Mapping[str, Concept], prices: Mapping[str, CostRow], roof: NewRoof | None = None, lang: str = "nl"
) -> Cost:
    """Return the range of product, new roof and works.

    Lower ends are added to lower ends and upper ends to upper ends: the range is the widest there can be.

    Parameters
    ----------
    concepts
        Products by id.
    prices
        Rows of the table of prices by id.
    roof
        What comes on the product's roof; None: nothing.

    Raises
    ------
    ValueError
        If ``scheme.works`` or the roof names a price that is not in the table, or an amount is negative.
    """
    nl = lang == "nl"
    lines = []
    for key, area_m2 in scheme.areas_m2.items():
        product = concepts[key].cost_eur_m2
        lines.append(_line(concepts[key].name, area_m2, "m2", product.lo, product.hi, product.source, product.basis))
    amounts = dict(scheme.works)
    if roof is not None and roof.cost:
        amounts[roof.cost] = amounts.get(roof.cost, 0.0) + scheme.roof_m2
    for key in sorted(amounts):
        if key not in prices:
            raise ValueError(f"no price for {key!r}; known are {', '.join(sorted(prices))}")
        row = prices[key]
        if amounts[key] < 0.0:
            raise ValueError(f"amount of {key!r} is {amounts[key]}; must be zero or more")
        if amounts[key] != 0.0:
            lines.append(_line(row.nl if nl else row.en, amounts[key], row.unit, row.lo_eur, row.hi_eur, row.source, row.confidence))
    why = tuple(_reason(line, nl) for line in lines if math.isnan(line.lo_eur + line.hi_eur))
    return Cost(lo_eur=sum(line.lo_eur for line in lines), hi_eur=sum(line.hi_eur for line in lines), lines=tuple(lines), why=why)


def _line(what: str, amount: float, unit: str, lo_eur: float, hi_eur: float, source: str, confidence: str) -> CostLine:
    return CostLine(
        what=what, amount=amount, unit=unit, lo_eur=amount * lo_eur, hi_eur=amount * hi_eur, source=source, confidence=confidence
    )


def _reason(line: CostLine, nl: bool) -> str:
    if math.isnan(line.amount):
        return f"{line.what}: {'aantal niet bekend' if nl else 'amount not known'}"
    return f"{line.what}: {'prijs niet bekend' if nl else 'price not known'} ({line.source})"
