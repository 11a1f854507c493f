"""The product file, schema ``optopscan/catalog/1``: one table per subject, the unit in every key.

Fields are declared once; validation, the published JSON Schema and the
"expected" half of every message follow from them.
"""

from __future__ import annotations

import datetime
import math
from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, GetJsonSchemaHandler
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema, PydanticCustomError

from optopscan.catalog.concept import Basis, Quantity

SCHEMA_ID = "optopscan/catalog/1"
SINGLE_VALUE_MARGIN = 0.15

Access = Literal["galerij", "portiek", "corridor", "aanplak", "plint"]


class Table(BaseModel):
    """A table that refuses unknown keys and converts nothing."""

    model_config = ConfigDict(strict=True, extra="forbid", frozen=True)


def _unknown_to_none(value: object) -> object:
    """Read "onbekend" as no value; any other text stays a type fault."""
    return None if value == "onbekend" else value


def _as_range(value: object) -> object:
    """Read a plain number as a range with one value, so that both forms share their checks."""
    if value == "onbekend":
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
        table = handler.resolve_ref_schema(handler(core_schema))
        value = table["properties"]["value"]
        number = next((part for part in value.get("anyOf", [value]) if part.get("type") == "number"), value)
        plain = {key: number[key] for key in ("type", "minimum", "maximum", "exclusiveMinimum") if key in number}
        if value is not number:
            table["properties"]["value"] = {"anyOf": [plain, {"const": "onbekend"}], "description": value.get("description", "")}
        return {"anyOf": [plain, dict(table)]}


_VALUE = "the value; lo and hi give its range"
_LO, _HI = "lower bound", "upper bound"
_Unknown = BeforeValidator(_unknown_to_none)
_LoadValue = Annotated[float, Field(ge=0, le=25, allow_inf_nan=False)]
_EuroValue = Annotated[float, Field(ge=0, le=20_000, allow_inf_nan=False)]
_CarbonValue = Annotated[float, Field(ge=0, le=5_000, allow_inf_nan=False)]
_LengthValue = Annotated[float, Field(ge=0, le=30, allow_inf_nan=False)]
_RatioValue = Annotated[float, Field(gt=0, le=40, allow_inf_nan=False)]


class LoadNumber(Number):
    """A load in kN/m2 or kN/m; may be unknown."""

    value: Annotated[_LoadValue | None, _Unknown] = Field(description=_VALUE)
    lo: _LoadValue | None = Field(None, description=_LO)
    hi: _LoadValue | None = Field(None, description=_HI)


class EuroNumber(Number):
    """A price in EUR/m2; may be unknown."""

    value: Annotated[_EuroValue | None, _Unknown] = Field(description=_VALUE)
    lo: _EuroValue | None = Field(None, description=_LO)
    hi: _EuroValue | None = Field(None, description=_HI)


class CarbonNumber(Number):
    """Carbon dioxide in kg/m2; may be unknown."""

    value: Annotated[_CarbonValue | None, _Unknown] = Field(description=_VALUE)
    lo: _CarbonValue | None = Field(None, description=_LO)
    hi: _CarbonValue | None = Field(None, description=_HI)


class LengthNumber(Number):
    """A length in metres; must be known, because placement needs it."""

    value: _LengthValue = Field(description=_VALUE)
    lo: _LengthValue | None = Field(None, description=_LO)
    hi: _LengthValue | None = Field(None, description=_HI)


class RatioNumber(Number):
    """A ratio without unit."""

    value: _RatioValue = Field(description=_VALUE)
    lo: _RatioValue | None = Field(None, description=_LO)
    hi: _RatioValue | None = Field(None, description=_HI)


Load = Annotated[LoadNumber, BeforeValidator(_as_range)]
Euro = Annotated[EuroNumber, BeforeValidator(_as_range)]
Carbon = Annotated[CarbonNumber, BeforeValidator(_as_range)]
Length = Annotated[LengthNumber, BeforeValidator(_as_range)]
Ratio = Annotated[RatioNumber, BeforeValidator(_as_range)]
Size = Annotated[float, Field(gt=0, le=30, allow_inf_nan=False)]
Text = Annotated[str, Field(min_length=1)]
Connector = Annotated[float, Field(gt=0, le=1000, allow_inf_nan=False)] | None


class Market(Table):
    """Where the product is offered, in the words of the Woonstandaard."""

    woningtype: Literal["grondgebonden", "gestapeld", "flexibel", "onzelfstandig"] | None = Field(None, description="kind of dwelling")
    pmc: list[Text] = Field(default=[], description="product-market combinations, as text")
    huurklasse: Text | None = Field(None, description="rent class")
    doelgroep: list[Text] = Field(default=[], description="who lives there")


class System(Table):
    """How the product is built."""

    kind: Literal["module-3d", "panel-2d", "core-panel"] = Field(description="module-3d | panel-2d | core-panel")
    material: Text = Field(description="main material, as HSB, CLT, LVL, staalframe or hybride")
    max_storeys: Annotated[int, Field(ge=1, le=20)] = Field(description="new storeys that the product can stack")
    demountable: bool | None = Field(None, description="true or false")


class Geometry(Table):
    """Outer sizes of one module in metres."""

    width_m: Size = Field(description="outer width of the standard module in metres")
    length_m: Size = Field(description="outer length of the standard module in metres")
    height_m: Size = Field(description="outer height of one storey in metres")
    width_options_m: Annotated[list[Size], Field(min_length=1)] = Field(description="every width that can be made, in metres")
    length_lo_m: Size = Field(description="shortest length in metres")
    length_hi_m: Size = Field(description="longest length in metres")
    overhang_max_m: Length = Field(description="largest overhang beyond a support in metres")


class Structure(Table):
    """What the product brings to the building below; loads are characteristic."""

    g_floor_kn_m2: Load = Field(description="floor, ceiling and services of one storey in kN per m2 of module plan")
    g_wall_kn_m: Load = Field(description="walls of one storey in kN per metre of module perimeter")
    g_roof_kn_m2: Load = Field(description="roof of the top storey in kN/m2")
    g_transfer_kn_m2: Load = Field(description="transfer layer on the old roof in kN/m2")
    transfer_depth_m: Length = Field(description="depth of the transfer layer in metres")
    transfer_span_max_m: Length = Field(description="largest span of the transfer layer in metres")
    transfer_span_to_depth_max: Ratio | None = Field(None, description="largest span of the transfer layer divided by its depth")
    transfer_takes_moment: bool = Field(description="true when the transfer layer takes the moment of an offset support")
    support_system: Literal["walls", "facade-frame", "table"] = Field(description="walls | facade-frame | table")
    supports: Literal["line-long", "line-short", "point"] = Field(description="line-long | line-short | point")
    support_offset_max_m: Length = Field(description="largest offset of a support from the wall axis in metres")
    frame_span_max_m: Length | None = Field(None, description="largest span across the building between own columns in metres")
    column_distance_m: Length | None = Field(None, description="distance of own columns along the building in metres")
    column_clearance_m: Length | None = Field(None, description="free strip that own columns and footings need in metres")
    columns: Literal["outside", "through"] | None = Field(None, description="own columns: outside | through (the building)")
    mass_module_kg: Annotated[float, Field(gt=0, le=60_000, allow_inf_nan=False)] | None = Field(
        None, description="mass of one standard module without roof in kg"
    )
    own_stability: bool | None = Field(None, description="true when the product is stable on its own")
    connector_uplift_kn_m: Connector = Field(
        None, description="design resistance of the anchorage against uplift in kN per metre of support"
    )
    connector_shear_kn_m: Connector = Field(
        None, description="design resistance of the anchorage against sliding in kN per metre of support"
    )


class UnitRow(Table):
    """One dwelling type."""

    code: Text = Field(description="short name of the dwelling type")
    modules: Annotated[int, Field(ge=1, le=20)] = Field(description="modules in one dwelling")
    gbo_m2: Annotated[float, Field(gt=0, le=500, allow_inf_nan=False)] = Field(description="usable area (GBO) in m2")
    gfa_m2: Annotated[float, Field(gt=0, le=500, allow_inf_nan=False)] = Field(description="gross floor area (BVO) in m2")
    rooms: Annotated[int, Field(ge=1, le=20)] = Field(description="rooms")
    persons: Annotated[int, Field(ge=1, le=20)] = Field(description="persons")


class Performance(Table):
    """Environment."""

    carbon_emitted_kg_m2: Carbon = Field(description="emitted A1-A3 in kg CO2 per m2 gross floor area")
    carbon_stored_kg_m2: Carbon = Field(description="stored in kg CO2 per m2 gross floor area")


class CostTime(Table):
    """Price."""

    cost_eur_m2: Euro = Field(description="price in EUR per m2 gross floor area, excluding VAT")


class Evidence(Table):
    """Documents behind the numbers."""

    refs: list[Text] = Field(default=[], description="names of documents")


class Product(Table):
    """One product file."""

    schema_: Literal["optopscan/catalog/1"] = Field(alias="schema", description='"optopscan/catalog/1"')
    id: Annotated[str, Field(pattern=r"^[a-z0-9]+([.-][a-z0-9]+)*$")] = Field(
        description="lower case letters and digits, with dots or hyphens between"
    )
    name: Text = Field(description="name of the product")
    supplier: Text = Field(description="name of the maker")
    version: Text = Field(description="version of the product as text")
    date: datetime.date = Field(description="date of the data without quotes, as 2026-11-01")
    fictief: bool = Field(description="true for an invented product, else false")
    access: Annotated[list[Access], Field(min_length=1)] = Field(description="list of galerij | portiek | corridor | aanplak | plint")
    market: Market | None = Field(None, description="table [market]")
    system: System = Field(description="table [system]")
    geometry: Geometry = Field(description="table [geometry]")
    structure: Structure = Field(description="table [structure]")
    unit_types: Annotated[list[UnitRow], Field(min_length=1)] = Field(description="one [[unit_types]] table or more")
    performance: Performance = Field(description="table [performance]")
    cost_time: CostTime = Field(description="table [cost_time]")
    evidence: Evidence | None = Field(None, description="table [evidence]")


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
