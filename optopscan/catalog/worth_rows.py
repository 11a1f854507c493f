"""Rows behind what a variant is worth: prices of works, layers on a new roof, sunlight norms, and rules that stop or ask."""

from __future__ import annotations

import datetime
import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from optopscan.catalog.faults import Document, Fault
from optopscan.catalog.row import Confidence, Row, Text
from optopscan.catalog.wording import did_you_mean

Effect = Literal["stop", "needs", "ask"]

# A year without leap day and near the middle of the cycle; within a cycle the height of the sun on a date moves by 0.2 degrees.
SUN_YEAR = 2026

_Code = Annotated[str, Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")]
_QuantityName = Annotated[str, Field(pattern=r"^([a-z][a-z0-9_]*)?$")]
_Euro = Annotated[float, Field(ge=0, le=10_000_000, allow_inf_nan=False)]
_Load = Annotated[float, Field(ge=0, le=20, allow_inf_nan=False)]
_Carbon = Annotated[float, Field(ge=0, le=5_000, allow_inf_nan=False)]
_Any = Annotated[float, Field(allow_inf_nan=False)]
_Distance = Annotated[float, Field(gt=0, le=200, allow_inf_nan=False)]
_CODE_WORDS = "lower case letters and digits with hyphens"


class CostRow(Row):
    """Price of one unit of work beside the product [EUR, excluding VAT]."""

    id: _Code = Field(description=_CODE_WORDS)
    unit: Literal["m2", "m", "piece", "storey", "stop"] = Field(description="m2 | m | piece | storey | stop")
    lo_eur: _Euro = Field(description="least price per unit in EUR, excluding VAT")
    hi_eur: _Euro = Field(description="highest price per unit in EUR, excluding VAT")
    nl: Text = Field(description="what it is, in Dutch")
    en: Text = Field(description="what it is, in English")


class NewRoof(Row):
    """What comes on top of the product's own roof: weight [kN/m2], CO2 [kg/m2]; carbon nan where no figure is known."""

    kind: _Code = Field(description=_CODE_WORDS)
    lo_kn_m2: _Load = Field(description="least weight on top of the product's roof in kN/m2")
    hi_kn_m2: _Load = Field(description="most weight on top of the product's roof in kN/m2")
    carbon_emitted_kg_m2: _Carbon = Field(math.nan, description="emitted in kg CO2 per m2 of roof")
    carbon_stored_kg_m2: _Carbon = Field(math.nan, description="stored in kg CO2 per m2 of roof")
    cost: str = Field("", description="id of its price per m2 in costs.toml; empty: nothing to pay")
    nl: Text = Field(description="what it is, in Dutch")
    en: Text = Field(description="what it is, in English")


class SunNorm(Row):
    """How much sun a facade should have, and how an overshadowing study counts it.

    ``dates`` are the days that are worked out, "month-day" of `SUN_YEAR`; the shortest days of the period are its ends.
    """

    id: _Code = Field(description=_CODE_WORDS)
    hours_min: Annotated[float, Field(gt=0, le=12, allow_inf_nan=False)] = Field(description="hours of possible sun a day")
    dates: Annotated[list[Annotated[str, Field(pattern=r"^\d\d-\d\d$")]], Field(min_length=1, max_length=24)] = Field(
        description='days as "month-day", as ["02-19", "10-21"]'
    )
    altitude_min_deg: Annotated[float, Field(gt=0, le=45, allow_inf_nan=False)] = Field(description="lowest sun that counts, in degrees")
    step_min: Annotated[int, Field(ge=1, le=60)] = Field(description="time step in minutes")
    sill_m: Annotated[float, Field(ge=0, le=3, allow_inf_nan=False)] = Field(
        description="height of the window sill above its floor in metres"
    )
    storey_m: Annotated[float, Field(ge=2, le=6, allow_inf_nan=False)] = Field(description="storey height of a neighbour in metres")
    ring_m: _Distance = Field(description="width of the ground around the building that is looked at, in metres")
    grid_m: Annotated[float, Field(ge=0.25, le=20, allow_inf_nan=False)] = Field(description="distance of points in metres")
    ground_loss_h: Annotated[float, Field(gt=0, le=12, allow_inf_nan=False)] = Field(
        description="hours a day above which ground counts as losing sun"
    )
    latitude_deg: Annotated[float, Field(ge=-66, le=66, allow_inf_nan=False)] = Field(
        description="latitude where nobody tells it, in degrees"
    )
    nl: Text = Field(description="name in Dutch")
    en: Text = Field(description="name in English")

    def days(self) -> tuple[tuple[int, int], ...]:
        """Return month and day of every date."""
        return tuple((int(text[:2]), int(text[3:])) for text in self.dates)


class RuleRow(BaseModel):
    """A rule as the file has it; with ``flag`` every key that is not given is that of the flag."""

    model_config = ConfigDict(strict=True, extra="forbid", frozen=True)

    code: _Code = Field(description=_CODE_WORDS)
    effect: Effect = Field(description="stop | needs | ask")
    flag: str = Field("", description="code in flags.toml that has the fact already")
    quantity: _QuantityName | None = Field(None, description="name of the quantity with its unit, as top_floor_m")
    below: _Any | None = Field(None, description="the rule applies below this value")
    above: _Any | None = Field(None, description="the rule applies above this value")
    up_to: _Any | None = Field(None, description="the rule applies up to this value")
    above_quantity: _QuantityName | None = Field(None, description="quantity that is the threshold, as height_max_m")
    near: Annotated[float, Field(ge=0, allow_inf_nan=False)] | None = Field(
        None, description="distance at which to ask about the threshold"
    )
    met_by: _QuantityName | None = Field(None, description="quantity that meets the need, as lifts")
    met_from: _Any | None = Field(None, description="value of met_by from which the need is met")
    article: str | None = Field(None, description="article as printed in the report")
    nl: Text | None = Field(None, description="sentence in Dutch")
    en: Text | None = Field(None, description="sentence in English")
    source: Text | None = Field(None, description="where the value comes from, in words")
    confidence: Confidence | None = Field(None, description="sourced | expert | uncertain")


@dataclass(frozen=True, kw_only=True)
class Rule:
    """A rule on one quantity; a threshold that is not there is nan, a name that is not there is empty."""

    code: str
    effect: Effect
    quantity: str
    below: float
    above: float
    up_to: float
    above_quantity: str
    near: float
    met_by: str
    met_from: float
    article: str
    nl: str
    en: str
    source: str
    confidence: Confidence


_NEEDED = ("quantity", "article", "nl", "en", "source", "confidence")
_THRESHOLDS = ("below", "above", "up_to", "above_quantity")
_OF_FLAG = ("quantity", "above", "up_to", "near", "article", "nl", "en", "source", "confidence")


def rule_of(row: RuleRow, flag: Any | None) -> Rule:
    """Return the rule, with what it leaves to its flag filled in (any record with the fields of a flag)."""
    given: Mapping[str, Any] = row.model_dump(exclude_none=True, exclude={"flag"})
    inherited = {} if flag is None else {key: getattr(flag, key) for key in _OF_FLAG}
    if any(key in given for key in _THRESHOLDS):
        # A rule with a threshold of its own does not take half of the range of the flag.
        inherited = {key: value for key, value in inherited.items() if key not in ("above", "up_to", "near")}
    empty = {"below": math.nan, "above": math.nan, "up_to": math.nan, "above_quantity": "", "near": 0.0, "met_by": "", "met_from": math.nan}
    return Rule(**{**empty, **inherited, **given})


def sun_faults(document: Document, rows: Sequence[tuple[int, Mapping[str, Any]]]) -> Iterator[Fault]:
    """Yield dates that no calendar has."""
    for n, row in rows:
        dates = row.get("dates")
        for k, text in enumerate(dates if isinstance(dates, list) else []):
            try:
                datetime.date.fromisoformat(f"{SUN_YEAR}-{text}")
            except ValueError:
                yield document.fault(("sun_norm", n, "dates", k), f'no such day; got {text}; expected "month-day", as "02-19"')


def rule_faults(document: Document, rows: Sequence[tuple[int, Mapping[str, Any]]]) -> Iterator[Fault]:
    """Yield rules without a flag that miss a key, and needs that are met by half."""
    for n, row in rows:
        if not row.get("flag"):
            for key in _NEEDED:
                if key not in row:
                    yield document.fault(("rule", n, key), f"missing; expected {key}, or a flag that has it")
            if row.get("quantity") and not any(key in row for key in _THRESHOLDS):
                yield document.fault(("rule", n, "quantity"), f"without a threshold; expected one of {', '.join(_THRESHOLDS)}")
        if ("met_by" in row) != ("met_from" in row):
            yield document.fault(("rule", n, "met_by"), "half of a pair; expected met_by and met_from, or neither")


def joined_rules(rules: Sequence[RuleRow], flags: Mapping[str, Any], document: Document) -> tuple[tuple[Rule, ...], tuple[Fault, ...]]:
    """Return the rules with the facts of their flags, and a fault for each flag that is not there."""
    faults = tuple(
        document.fault(("rule", n, "flag"), f"no such flag; got {row.flag}; expected a code of flags.toml{did_you_mean(row.flag, flags)}")
        for n, row in enumerate(rules)
        if row.flag and row.flag not in flags
    )
    return () if faults else tuple(rule_of(row, flags.get(row.flag)) for row in rules), faults


def roof_cost_faults(roofs: Sequence[NewRoof], costs: Mapping[str, CostRow], document: Document) -> Iterator[Fault]:
    """Yield roofs whose price per m2 is not in the table of prices."""
    for n, row in enumerate(roofs):
        if row.cost and (row.cost not in costs or costs[row.cost].unit != "m2"):
            hint = did_you_mean(row.cost, costs)
            yield document.fault(
                ("new_roof", n, "cost"), f"no price per m2; got {row.cost}; expected an id of costs.toml with unit m2{hint}"
            )
