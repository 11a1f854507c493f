"""Rows for city data: what columns are called, and the limits of a screening."""

from __future__ import annotations

import math
from typing import Annotated, Literal

from pydantic import Field

from optopscan.catalog.row import Row, Text

_Any = Annotated[float, Field(allow_inf_nan=False)]
_Id = Annotated[str, Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")]


class CityAttribute(Row):
    """The names that one field of city data has had; for kind ``join`` also its values, each with its synonyms."""

    field: Annotated[str, Field(pattern=r"^[a-z0-9]+(_[a-z0-9]+)*$")] = Field(description="name of the field, units in it")
    kind: Literal["text", "number", "yes-no", "join"] = Field(description="text | number | yes-no | join")
    names: Annotated[list[Text], Field(min_length=1)] = Field(description="attribute names, the first that is there counts")
    values: list[Annotated[list[Text], Field(min_length=1)]] = Field(
        default=[], description="values of a join column in order of code, each with its synonyms"
    )


class ScreeningValue(Row):
    """A limit or share of the screening; ``lo`` and ``hi`` where it is sampled, else nan."""

    id: _Id = Field(description="lower case letters and digits with hyphens")
    value: _Any = Field(description="the value")
    lo: _Any = Field(math.nan, description="least value")
    hi: _Any = Field(math.nan, description="most")
    unit: Text = Field(description="unit of the value")
    nl: Text = Field(description="what it is, in Dutch")
