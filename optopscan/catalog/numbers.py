"""Numbers of a product file: plain, or a table with range, basis, source and date.

`Known` must have a value; `Open` may be "onbekend" with a reason. The unit stands in the
key of the file, so the kinds below only say within which bounds a number is plausible.
"""

from __future__ import annotations

import datetime
import math
from typing import Annotated, Any, Generic, TypeVar

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, GetJsonSchemaHandler
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema, PydanticCustomError

from optopscan.catalog.concept import Basis, Quantity

SINGLE_VALUE_MARGIN = 0.15
UNKNOWN = "onbekend"
_PLAIN = ("type", "minimum", "maximum", "exclusiveMinimum")

V = TypeVar("V", bound=float)


class Table(BaseModel):
    """A table that refuses unknown keys, nan and infinity, and converts nothing."""

    model_config = ConfigDict(strict=True, extra="forbid", frozen=True, allow_inf_nan=False)


def _unknown_to_none(value: object) -> object:
    """Read "onbekend" as no value; any other text stays a type fault."""
    return None if value == UNKNOWN else value


def _as_range(value: object) -> object:
    """Read a plain number as a range with one value, so that both forms share their checks."""
    if value == UNKNOWN:
        raise PydanticCustomError("catalog", 'unknown without a reason; got "onbekend"; expected {value = "onbekend", reason = "..."}')
    if isinstance(value, (dict, Table)):
        return value
    return {"value": value}


class Number(Table):
    """A number: plain, or a table with its range and where it comes from."""

    basis: Basis | None = Field(None, description="measured | calculated | declared | assumed")
    source: str | None = Field(None, min_length=1, description="where the number comes from, in words")
    date: datetime.date | None = Field(None, description="a date, as 2026-11-01")
    reason: str | None = Field(None, min_length=1, description='why the value is "onbekend"')

    @classmethod
    def __get_pydantic_json_schema__(cls, core_schema: CoreSchema, handler: GetJsonSchemaHandler) -> JsonSchemaValue:
        """Show editors both spellings: the plain number and the table."""
        table = dict(handler.resolve_ref_schema(handler(core_schema)))
        table.pop("title", None)
        value = table["properties"]["value"]
        number = next((part for part in value.get("anyOf", [value]) if part.get("type") == "number"), value)
        plain = {key: number[key] for key in _PLAIN if key in number}
        if value is number:
            return {"anyOf": [plain, {**table, "required": ["value", "source"]}]}
        told = {key: one for key, one in table["properties"].items() if key not in ("value", "lo", "hi", "reason")}
        text = {"description": value.get("description", "")}
        known = {**table, "properties": {**table["properties"], "value": {**plain, **text}}, "required": ["value", "source"]}
        unknown = {"value": {"const": UNKNOWN, **text}, "reason": table["properties"]["reason"], **told}
        return {"anyOf": [plain, known, {**table, "properties": unknown, "required": ["value", "reason"]}]}


class Known(Number, Generic[V]):
    """A number that the product must state."""

    value: V = Field(description="the value; lo and hi give its range")
    lo: V | None = Field(None, description="lower bound")
    hi: V | None = Field(None, description="upper bound")


class Open(Number, Generic[V]):
    """A number that may be "onbekend", with a reason."""

    value: Annotated[V | None, BeforeValidator(_unknown_to_none)] = Field(description="the value; lo and hi give its range")
    lo: V | None = Field(None, description="lower bound")
    hi: V | None = Field(None, description="upper bound")


_Either = BeforeValidator(_as_range)
LoadNumber = Open[Annotated[float, Field(ge=0, le=25)]]
"""kN/m2 or kN/m."""

Load = Annotated[LoadNumber, _Either]
Force = Annotated[Open[Annotated[float, Field(ge=0, le=2000)]], _Either]
Anchor = Annotated[Open[Annotated[float, Field(gt=0, le=1000)]], _Either]
Mass = Annotated[Open[Annotated[float, Field(gt=0, le=60_000)]], _Either]
Euro = Annotated[Open[Annotated[float, Field(ge=0, le=20_000)]], _Either]
Price = Annotated[Open[Annotated[float, Field(ge=0, le=5_000_000)]], _Either]
Carbon = Annotated[Open[Annotated[float, Field(ge=0, le=5_000)]], _Either]
Length = Annotated[Known[Annotated[float, Field(ge=0, le=30)]], _Either]
Size = Annotated[Known[Annotated[float, Field(gt=0, le=30)]], _Either]
OpenSize = Annotated[Open[Annotated[float, Field(gt=0, le=60)]], _Either]
Ratio = Annotated[Known[Annotated[float, Field(gt=0, le=40)]], _Either]
Share = Annotated[Open[Annotated[float, Field(ge=0, le=1)]], _Either]
Energy = Annotated[Open[Annotated[float, Field(ge=-200, le=500)]], _Either]
Percent = Annotated[Open[Annotated[float, Field(ge=0, le=300)]], _Either]
EuroPerYear = Annotated[Open[Annotated[float, Field(ge=0, le=10)]], _Either]
Insulation = Annotated[Open[Annotated[float, Field(gt=0, le=20)]], _Either]
Minutes = Annotated[Open[Annotated[float, Field(ge=0, le=360)]], _Either]
Decibel = Annotated[Open[Annotated[float, Field(ge=0, le=120)]], _Either]
Power = Annotated[Open[Annotated[float, Field(ge=0, le=1000)]], _Either]
Duration = Annotated[Open[Annotated[float, Field(ge=0, le=1000)]], _Either]


def quantity(number: Any, *, date: datetime.date) -> Quantity:
    """Return the number with its bounds filled in.

    A bound that is not given equals the value when it was measured or calculated;
    otherwise it lies 15 % away, so that a verdict (which uses ``hi``) keeps a margin.

    Parameters
    ----------
    number
        A `Number` with a ``value`` (None: "onbekend").
    date
        Date of the file, for a number without its own.

    Returns
    -------
    Quantity
        All nan when the value is unknown; ``source`` then holds the reason.
    """
    stated = str(number.date or date)
    if number.value is None:
        return Quantity(value=math.nan, lo=math.nan, hi=math.nan, basis="assumed", source=number.reason or "", date=stated)
    basis: Basis = number.basis or "declared"
    margin = 0.0 if basis in ("measured", "calculated") else SINGLE_VALUE_MARGIN
    return Quantity(
        value=number.value,
        lo=number.value * (1.0 - margin) if number.lo is None else number.lo,
        hi=number.value * (1.0 + margin) if number.hi is None else number.hi,
        basis=basis,
        source=number.source or "product file, no source stated",
        date=stated,
    )


def stated(number: Any) -> float:
    """Return the value of an optional number, nan where it is not given or "onbekend"."""
    return math.nan if number is None or number.value is None else float(number.value)


def dependable(number: Any) -> float:
    """Return what a resistance may count on: its ``lo`` where given, else its value; nan where unknown."""
    return stated(number) if number is None or number.lo is None else float(number.lo)


def furthest(number: Any) -> float:
    """Return the unfavourable end of a size: its ``hi`` where given, else its value."""
    return float(number.value if number.hi is None else number.hi)
