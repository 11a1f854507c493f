"""Row of the sizes, loads and limits of walkways."""

from __future__ import annotations

import math
from typing import Annotated

from pydantic import Field

from optopscan.catalog.row import Row, Text

_Amount = Annotated[float, Field(ge=0, le=100_000, allow_inf_nan=False)]


class AccessValue(Row):
    """One number about access; ``lo`` and ``hi`` nan where it has no range."""

    id: Annotated[str, Field(pattern=r"^[a-z0-9]+(_[a-z0-9]+)*$")] = Field(description="lower case letters and digits with underscores")
    value: _Amount = Field(description="value")
    lo: _Amount = Field(math.nan, description="lower bound")
    hi: _Amount = Field(math.nan, description="upper bound")
    unit: Text = Field(description="unit of value, lo and hi; - where it has none")
    article: str = Field("", description="article as printed in the report")
    nl: Text = Field(description="what it is, in Dutch")
    en: Text = Field(description="what it is, in English")
