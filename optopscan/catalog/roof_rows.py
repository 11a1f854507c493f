"""Rows of the rules about where on a roof a new storey may stand."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from optopscan.catalog.row import Row, Text


class RoofRule(Row):
    """A rule about distance; ``boundary_share`` is the part of it that counts to the plot boundary."""

    id: Annotated[str, Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")] = Field(description="lower case letters and digits with hyphens")
    boundary_share: Annotated[float, Field(gt=0, le=1, allow_inf_nan=False)] = Field(
        description="part of the distance to keep from the plot boundary, 0 to 1"
    )
    article: Text = Field(description="article as printed in the report")
    nl: Text = Field(description="sentence in Dutch")
    en: Text = Field(description="sentence in English")
