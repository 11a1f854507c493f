"""Rows of the numbers that concrete and ground clauses take from a national annex or a judgement."""

from __future__ import annotations

import math
from typing import Annotated, Literal

from pydantic import Field

from optopscan.catalog.row import Row, Text

_Factor = Annotated[float, Field(gt=0, le=10, allow_inf_nan=False)]
_Share = Annotated[float, Field(gt=0, le=1, allow_inf_nan=False)]
_Count = Annotated[int, Field(ge=1, le=1000)]


class DesignFactor(Row):
    """A partial factor or coefficient of a clause, by the name of its default in `optopscan.codes`."""

    id: Annotated[str, Field(pattern=r"^[a-z0-9]+(_[a-z0-9]+)*$")] = Field(description="lower case letters and digits with underscores")
    standard: Literal["EN 1992-1-1", "NEN 9997-1"] = Field(description="EN 1992-1-1 | NEN 9997-1")
    clause: Text = Field(description="clause or table")
    value: _Factor = Field(description="value, without unit unless the name has one")
    nl: Text = Field(description="what it is, in Dutch")
    en: Text = Field(description="what it is, in English")


class GroundValue(Row):
    """What a check of a foundation line takes where nobody told it, by the name of its field in `optopscan.checks.foundation.Ground`."""

    id: Annotated[str, Field(pattern=r"^[a-z0-9]+(_[a-z0-9]+)*$")] = Field(description="lower case letters and digits with underscores")
    value: Annotated[float, Field(ge=0, le=30, allow_inf_nan=False)] = Field(description="the value")
    unit: Text = Field(description="unit of the value, in Dutch")
    nl: Text = Field(description="what it is, in Dutch")
    en: Text = Field(description="what it is, in English")
    alternative_nl: Text = Field(description="what else it could be or what settles it, in Dutch")
    alternative_en: Text = Field(description="what else it could be or what settles it, in English")


class PileType(Row):
    """Factors of a way to make a pile: tip and shaft in sand, compression.

    ``alpha_p_before`` is the factor that designs before its last lowering used, nan where
    not known: an old design looks worse by that ratio without being worse.
    """

    id: Annotated[str, Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")] = Field(description="lower case letters and digits with hyphens")
    nl: Text = Field(description="name in Dutch")
    en: Text = Field(description="name in English")
    alpha_p: _Share = Field(description="factor for the tip")
    alpha_s: _Share = Field(description="factor for the shaft in sand and gravel")
    alpha_p_before: _Share = Field(math.nan, description="factor for the tip before 2017")
    cast_in_ground: bool = Field(description="concrete against the ground: delta = phi for negative friction")
    driven: bool = Field(description="driven or hammered")


class XiFactor(Row):
    """Factors xi3 and xi4 for a number of tests and a stiff or other building."""

    stiff: bool = Field(description="the building can move load from weak to strong piles")
    n_tests: _Count = Field(description="number of tests")
    xi3: _Factor = Field(description="on the mean")
    xi4: _Factor = Field(description="on the lowest")


class ReinforcementRow(Row):
    """Main bars of a kind of member where nobody states them: area over that of the section [-], edge to bar centre [mm]."""

    member: Literal["column"] = Field(description="column")
    ratio_low: _Share = Field(description="lower plausible ratio, which the check takes")
    ratio_mode: _Share = Field(description="most likely ratio")
    ratio_high: _Share = Field(description="upper plausible ratio")
    axis_distance_small_mm: Annotated[float, Field(gt=0, le=200, allow_inf_nan=False)] = Field(
        description="edge to bar centre in mm, small"
    )
    axis_distance_large_mm: Annotated[float, Field(gt=0, le=200, allow_inf_nan=False)] = Field(
        description="edge to bar centre in mm, large"
    )
