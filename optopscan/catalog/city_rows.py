"""Rows for city data: what columns are called, and the limits of a screening."""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterator
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from optopscan.catalog.faults import Document, Fault
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


_Year = Annotated[int, Field(ge=0, le=9999)]
_Length = Annotated[float, Field(gt=0, le=20, allow_inf_nan=False)]
_Load = Annotated[float, Field(gt=0, le=20, allow_inf_nan=False)]
_Storeys = Annotated[int, Field(ge=1, le=60)]


class WayShare(BaseModel):
    """A way of building and its share in an archetype."""

    model_config = ConfigDict(strict=True, extra="forbid", frozen=True)

    way: Text = Field(description="id of a building family or a typology")
    share: Annotated[float, Field(gt=0, le=1)] = Field(description="share, 0 to 1")


class Archetype(Row):
    """What buildings of these years and storeys may be: shares of typologies, year_from <= year < year_before."""

    id: _Id = Field(description="lower case letters and digits with hyphens")
    nl: Text = Field(description="name in Dutch")
    year_from: _Year = Field(0, description="first build year")
    year_before: _Year = Field(9999, description="first build year after the range")
    storeys_from: _Storeys = Field(description="least storeys above the ground")
    storeys_to: _Storeys = Field(description="most storeys above the ground")
    mix: Annotated[list[WayShare], Field(min_length=1)] = Field(description="ways of building with their shares, which add up to 1")


class Typology(Row):
    """A way of building with cross walls, for want of a family file; sizes with their range."""

    id: _Id = Field(description="lower case letters and digits with hyphens")
    nl: Text = Field(description="name in Dutch")
    wall: Text = Field(description="material of the walls as a name on a drawing")
    bay_m: _Length = Field(description="usual bay in metres")
    bay_lo_m: _Length = Field(description="least bay in metres")
    bay_hi_m: _Length = Field(description="largest bay in metres")
    wall_m: Annotated[list[_Length], Field(min_length=1)] = Field(description="thicknesses of cross walls that were made, in metres")
    end_wall_m: Annotated[list[_Length], Field(min_length=1)] = Field(description="thicknesses of end walls that were made, in metres")
    floor_kn_m2: _Load = Field(description="usual weight of a floor with its finish in kN/m2")
    floor_lo_kn_m2: _Load = Field(description="least weight in kN/m2")
    floor_hi_kn_m2: _Load = Field(description="largest weight in kN/m2")
    floor_m: _Length = Field(description="thickness of the floor in metres")
    storey_height_m: _Length = Field(description="usual storey height in metres")


SHARE_TOLERANCE = 1e-9


def archetype_faults(document: Document, rows: list[tuple[int, dict[str, Any]]]) -> Iterator[Fault]:
    """Yield shares that do not add up to 1, and archetypes that claim the same years and storeys."""
    for n, row in rows:
        shares = [one.get("share") for one in row.get("mix") or () if isinstance(one, dict)]
        total = sum(share for share in shares if isinstance(share, float))
        if all(isinstance(share, float) for share in shares) and abs(total - 1.0) > SHARE_TOLERANCE:
            yield document.fault(("archetype", n, "mix"), f"shares add up to {total:g}; expected 1")
    for (_, one), (k, other) in itertools.combinations(rows, 2):
        if _overlap(one, other, "year_from", 0, "year_before", 9999, touch=False) and _overlap(
            one, other, "storeys_from", 0, "storeys_to", 99, touch=True
        ):
            yield document.fault(
                ("archetype", k, "id"), f"years and storeys are also those of {one.get('id')}; expected one archetype for each"
            )


def _overlap(one: dict[str, Any], other: dict[str, Any], low: str, least: int, high: str, most: int, *, touch: bool) -> bool:
    starts = max(one.get(low, least), other.get(low, least))
    ends = min(one.get(high, most), other.get(high, most))
    return bool(starts <= ends if touch else starts < ends)
