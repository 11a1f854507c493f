"""The assumptions of a business case: those that come with optopscan, and the file in which a user states their own.

The file (schema ``optopscan/assumptions/1``) has one table per assumption that the user states::

    [assumptions.rent-new]
    lo = 700.0
    hi = 800.0
    source = "huurbeleid van de eigenaar"
    price_date = "2026-07"

``value = 750.0`` states both ends, ``value = "onbekend"`` none. What is left out keeps its default.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from os import PathLike
from types import MappingProxyType
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from optopscan.catalog.business_rows import Assumption, most
from optopscan.catalog.engineering import Engineering
from optopscan.catalog.faults import CatalogError, Document, Fault, check, merged, parse
from optopscan.catalog.named_file import named_file
from optopscan.catalog.numbers import UNKNOWN
from optopscan.catalog.wording import did_you_mean
from optopscan.schemas import schema_id

SCHEMA = schema_id("assumptions")
NO_SOURCE = "opgave van de gebruiker, zonder bron"
_Amount = Annotated[float, Field(ge=0, le=1e9, allow_inf_nan=False)]
_PRICE_UNITS = MappingProxyType({"m2": "EUR/m2", "m": "EUR/m", "piece": "EUR/piece", "storey": "EUR/storey", "stop": "EUR/stop"})


@dataclass(frozen=True, kw_only=True)
class Assumed:
    """One assumption in force: range in ``unit``, or both ends nan with the reason in ``unknown``; ``own``: the user states it."""

    id: str
    group: str
    unit: str
    lo: float
    hi: float
    unknown: str
    nl: str
    en: str
    source: str
    confidence: str
    price_date: str
    own: bool = False

    @property
    def known(self) -> bool:
        """True where there is a range."""
        return not math.isnan(self.lo + self.hi)


class _Table(BaseModel):
    model_config = ConfigDict(strict=True, extra="forbid", frozen=True)


class AssumptionTable(_Table):
    """What a user states of one assumption."""

    value: _Amount | Literal["onbekend"] | None = Field(None, description='a number, or "onbekend"')
    lo: _Amount | None = Field(None, description="least value")
    hi: _Amount | None = Field(None, description="largest value")
    source: Annotated[str, Field(min_length=1)] | None = Field(None, description="where it comes from, in words")
    price_date: Annotated[str, Field(min_length=1)] | None = Field(None, description="when the price holds, as 2026 or 2026-11")


class AssumptionsFile(_Table):
    """One file of assumptions."""

    schema_: Literal["optopscan/assumptions/1"] = Field(alias="schema", description='"optopscan/assumptions/1"')
    assumptions: dict[str, AssumptionTable] = Field(default={}, description="tables [assumptions.ID]")


def default_assumptions(values: Engineering) -> dict[str, Assumed]:
    """Return every assumption that comes with optopscan by id: those of the business case, then the prices of works."""
    found = {row.id: _of_row(row) for row in values.business.values()}
    for price in values.costs.values():
        found[price.id] = Assumed(
            id=price.id,
            group="works",
            unit=_PRICE_UNITS[price.unit],
            lo=price.lo_eur,
            hi=price.hi_eur,
            unknown="",
            nl=price.nl,
            en=price.en,
            source=price.source,
            confidence=price.confidence,
            price_date="",
        )
    return found


def _of_row(row: Assumption) -> Assumed:
    return Assumed(**row.model_dump())


def load_assumptions(path: str | PathLike[str], defaults: Mapping[str, Assumed]) -> dict[str, Assumed]:
    """Read a file of assumptions over the defaults.

    Returns
    -------
    dict
        Every assumption by id, in the order of ``defaults``.

    Raises
    ------
    CatalogError
        With every fault of the file, each with line and key.
    UsageError
        If the file cannot be opened.
    """
    return read_assumptions(*named_file(path, "of assumptions"), defaults)


def read_assumptions(name: str, content: bytes, defaults: Mapping[str, Assumed]) -> dict[str, Assumed]:
    """Return the assumptions of a file over the defaults.

    Raises
    ------
    CatalogError
        With every fault of the file.
    """
    document = parse(name, content)
    record, faults = check(document, AssumptionsFile)
    faults = merged(faults, _relations(document, defaults) if document.usable else ())
    if faults or not isinstance(record, AssumptionsFile):
        raise CatalogError(faults)
    return {key: _stated(known, record.assumptions.get(key)) for key, known in defaults.items()}


def _stated(known: Assumed, told: AssumptionTable | None) -> Assumed:
    if told is None:
        return known
    nothing = math.nan if told.value is None or told.value == UNKNOWN else float(told.value)
    lo = nothing if told.lo is None else told.lo
    hi = nothing if told.hi is None else told.hi
    source, date = told.source or NO_SOURCE, told.price_date or ""
    if _same(lo, known.lo) and _same(hi, known.hi) and (source, date) == (known.source, known.price_date):
        return known  # a file as it was written states nothing new
    if source == known.source:
        source = NO_SOURCE  # the source of another number
    unknown = (known.unknown or "door de gebruiker onbekend genoemd") if math.isnan(lo) else ""
    changed = {"lo": lo, "hi": hi, "unknown": unknown, "source": source, "price_date": date, "confidence": "stated", "own": True}
    return Assumed(**{**vars(known), **changed})


def _same(one: float, other: float) -> bool:
    return one == other or (math.isnan(one) and math.isnan(other))


def _relations(document: Document, defaults: Mapping[str, Assumed]) -> Iterator[Fault]:
    tables = document.data.get("assumptions")
    for key, row in (tables if isinstance(tables, dict) else {}).items():
        path = ("assumptions", key)
        if key not in defaults:
            yield document.fault(path, f"no such assumption; expected an id of the written file{did_you_mean(key, defaults)}")
        elif isinstance(row, dict):
            yield from _range_faults(document, key, row, most(defaults[key].unit))


def _range_faults(document: Document, key: str, row: Mapping[str, Any], limit: float) -> Iterator[Fault]:
    ends = [row[name] for name in ("lo", "hi") if name in row]
    path = ("assumptions", key)
    if ("value" in row) == bool(ends) or len(ends) == 1:
        yield document.fault(path, 'expected value, or lo and hi; value = "onbekend" where it is not known')
    numbers = [one for one in (*ends, row.get("value")) if isinstance(one, int | float) and not isinstance(one, bool)]
    if len(ends) == 2 and len(numbers) == 2 and numbers[0] > numbers[1]:
        yield document.fault((*path, "lo"), f"above hi; got {numbers[0]:g}; expected at most {numbers[1]:g}")
    if any(one > limit for one in numbers):
        name = "value" if "value" in row else "hi"
        yield document.fault((*path, name), f"out of range; got {max(numbers):g}; expected at most {limit:g}")
