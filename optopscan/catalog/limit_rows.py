"""Row of what a product is held against when its file is read."""

from __future__ import annotations

import math
from typing import Annotated

from pydantic import Field

from optopscan.catalog.row import Row, Text

_Amount = Annotated[float, Field(ge=0, le=100_000, allow_inf_nan=False)]


class ProductLimit(Row):
    """A limit on one key of a product file; the side that it does not limit is nan."""

    id: Annotated[str, Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")] = Field(description="lower case letters and digits with hyphens")
    key: Annotated[str, Field(pattern=r"^[a-z_]+\.[a-z0-9_]+$")] = Field(description="table and key of a product file, with a dot between")
    at_least: _Amount = Field(math.nan, description="least value")
    at_most: _Amount = Field(math.nan, description="largest value")
    unit: Text = Field(description="unit of the limit")
    article: str = Field("", description="article as printed in the message")
    nl: Text = Field(description="what it is, in Dutch")
    en: Text = Field(description="what it is, in English")
