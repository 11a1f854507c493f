"""Rows behind the business case of one building: assumptions with a range or a reason, and who has to agree."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from typing import Annotated, Any, Literal

from pydantic import Field

from optopscan.catalog.faults import Document, Fault
from optopscan.catalog.row import Row, Text

Group = Literal["building", "income", "works", "other", "parking", "carbon"]
Unit = Literal[
    "dwellings",
    "m2",
    "years",
    "pieces",
    "places",
    "ratio",
    "share",
    "%",
    "%/year",
    "EUR/dwelling",
    "EUR/dwelling/month",
    "EUR/dwelling/year",
    "EUR/m2",
    "EUR/m",
    "EUR/piece",
    "EUR/storey",
    "EUR/stop",
    "EUR/place",
    "places/dwelling",
    "kg/m2",
]
_Code = Annotated[str, Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")]
_Amount = Annotated[float, Field(ge=0, le=1e9, allow_inf_nan=False)]
_MOST = {"share": 1.0, "%": 100.0, "%/year": 100.0}


class Assumption(Row):
    """One number of the business case: a range, or ``unknown`` with the reason; both ends nan then. Never negative."""

    id: _Code = Field(description="lower case letters and digits with hyphens")
    group: Group = Field(description="building | income | works | other | parking | carbon")
    unit: Unit = Field(description="unit of lo and hi, as EUR/m2")
    lo: _Amount = Field(math.nan, description="least value")
    hi: _Amount = Field(math.nan, description="largest value")
    unknown: str = Field("", description="why there is no value")
    price_date: str = Field("", description="when the price was published, as 2026 or 2026-11; empty: not stated")
    nl: Text = Field(description="what it is, in Dutch")
    en: Text = Field(description="what it is, in English")

    @property
    def known(self) -> bool:
        """True where there is a range."""
        return not self.unknown


class Consent(Row):
    """Who has to agree; ``share`` nan: a court or another body decides. ``planning`` marks the row to plan with."""

    id: _Code = Field(description="lower case letters and digits with hyphens")
    owner: Literal["rent", "vve"] = Field(description="rent | vve")
    share: Annotated[float, Field(gt=0, le=1, allow_inf_nan=False)] = Field(math.nan, description="part that has to agree, 0 to 1")
    from_dwellings: Annotated[int, Field(ge=1, le=1000)] = Field(description="number of dwellings from which it applies")
    planning: bool = Field(False, description="the row to plan with among several ways")
    article: Text = Field(description="article as printed in the report")
    nl: Text = Field(description="sentence in Dutch")
    en: Text = Field(description="sentence in English")


class Combination(Row):
    """What an extension does that a renovation may want at the same moment; neither ``always`` nor ``works``: a question."""

    id: _Code = Field(description="lower case letters and digits with hyphens")
    always: bool = Field(default=False, description="true: every extension does it")
    works: Annotated[list[_Code], Field(max_length=6)] = Field(default=[], description="assumptions of works at the same place")
    nl: Text = Field(description="what coincides and why, in Dutch")
    en: Text = Field(description="what coincides and why, in English")
    ask_nl: Text = Field(description="what to ask, in Dutch")
    ask_en: Text = Field(description="what to ask, in English")


def most(unit: str) -> float:
    """Return the largest value that a unit allows."""
    return _MOST.get(unit, math.inf)


def assumption_faults(document: Document, rows: Sequence[tuple[int, Mapping[str, Any]]]) -> Iterator[Fault]:
    """Yield rows that have neither a range nor a reason, or both, and ranges upside down or beyond their unit."""
    for n, row in rows:
        ends = [row[key] for key in ("lo", "hi") if key in row]
        if row.get("unknown") and ends:
            yield document.fault(("assumption", n, "unknown"), "beside a range; expected lo and hi, or unknown with the reason")
        elif not row.get("unknown") and len(ends) != 2:
            yield document.fault(("assumption", n, "lo"), "half of a range; expected lo and hi, or unknown with the reason")
        numbers = [end for end in ends if isinstance(end, int | float)]
        if len(numbers) == 2 and numbers[0] > numbers[1]:
            yield document.fault(("assumption", n, "lo"), f"above hi; got {numbers[0]:g}; expected at most {numbers[1]:g}")
        limit = most(str(row.get("unit", "")))
        if any(end > limit for end in numbers):
            yield document.fault(("assumption", n, "hi"), f"out of range; got {max(numbers):g}; expected at most {limit:g}")
