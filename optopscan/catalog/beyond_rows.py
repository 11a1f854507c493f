"""Rows of the limits for new dwellings beside a building and in its plinth."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from optopscan.catalog.row import Row, Text


class BeyondRule(Row):
    """One limit by its ``id``: a length, area, share or load, with the article or practice behind it."""

    id: Annotated[str, Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")] = Field(description="lower case letters and digits with hyphens")
    value: Annotated[float, Field(ge=0, le=1000, allow_inf_nan=False)] = Field(description="value in unit")
    unit: Literal["m", "m2", "share", "kN/m2"] = Field(description="m | m2 | share | kN/m2")
    article: str = Field("", description="article as printed in the report; empty for practice")
    nl: Text = Field(description="what it is, in Dutch")
    en: Text = Field(description="what it is, in English")
