"""The product file, schema ``optopscan/catalog/1``: one table per subject, the unit in every key.

Fields are declared once; validation, the published JSON Schema, the template of
`catalog new`, the product sheet and the "expected" half of every message follow from them.
"""

from __future__ import annotations

import datetime
from typing import Annotated, Literal

from pydantic import Field

from optopscan.catalog.numbers import (
    Anchor,
    Carbon,
    Decibel,
    Duration,
    Energy,
    Euro,
    EuroPerYear,
    Force,
    Insulation,
    Length,
    Load,
    Mass,
    Minutes,
    OpenSize,
    Percent,
    Power,
    Price,
    Ratio,
    Share,
    Size,
    Table,
)
from optopscan.schemas import schema_id

SCHEMA_ID = schema_id("catalog")

Access = Literal["galerij", "portiek", "corridor", "aanplak", "plint"]
Side = Literal["voor", "achter", "links", "rechts"]
Text = Annotated[str, Field(min_length=1)]
Count = Annotated[int, Field(ge=1, le=20)]
Metres = Annotated[float, Field(gt=0, le=30)]
Place = Annotated[float, Field(ge=-5, le=35)]
Area = Annotated[float, Field(gt=0, le=500)]


class Market(Table):
    """Where the product is offered, in the words of the Woonstandaard."""

    woningtype: Literal["grondgebonden", "gestapeld", "flexibel", "onzelfstandig"] | None = Field(
        None, description="grondgebonden | gestapeld | flexibel | onzelfstandig"
    )
    pmc: list[Text] = Field(default=[], description='product-market combinations as text, as ["6", "7"]')
    huurklasse: Literal["goedkoop", "betaalbaar", "middelduur", "duur"] | None = Field(
        None, description="goedkoop | betaalbaar | middelduur | duur"
    )
    doelgroep: list[Text] = Field(default=[], description='who lives there, as ["1-persoons", "senioren"]')
    basiseisen: Literal["voldoet", "voldoet deels", "voldoet niet"] | None = Field(
        None, description="voldoet | voldoet deels | voldoet niet (basic requirements of the Woonstandaard)"
    )
    meerwaarde: list[Text] = Field(default=[], description='what it offers beyond the basic requirements, as ["PV", "biobased"]')
    concept_url: Text | None = Field(None, description="web page of the product")


class System(Table):
    """How the product is built."""

    kind: Literal["module-3d", "panel-2d", "core-panel"] = Field(description="module-3d | panel-2d | core-panel")
    material: Text = Field(description="main material, as HSB, CLT, LVL, staalframe or hybride")
    max_storeys: Count = Field(description="new storeys that the product can stack")
    floor: Literal["droog", "natte dekvloer", "beton"] | None = Field(None, description="droog | natte dekvloer | beton")
    stackable: bool | None = Field(None, description="true when a storey of it carries the next")
    demountable: bool | None = Field(None, description="true or false")


class Geometry(Table):
    """Outer sizes of one module in metres, from a corner.

    x runs along the length from voor to achter, y along the width from rechts to links.
    """

    width_m: Size = Field(description="outer width of the standard module in metres")
    length_m: Size = Field(description="outer length of the standard module in metres")
    height_m: Size = Field(description="outer height of one storey in metres")
    width_options_m: Annotated[list[Metres], Field(min_length=1)] = Field(description="every width that can be made, in metres")
    length_lo_m: Size = Field(description="shortest length in metres")
    length_hi_m: Size = Field(description="longest length in metres")
    grid_m: Size | None = Field(None, description="grid of the sizes in metres")
    clear_height_m: Size | None = Field(None, description="clear height inside in metres")
    overhang_max_m: Length = Field(description="largest overhang beyond a support in metres")
    facade_sides: list[Side] = Field(default=[], description="sides with windows: list of voor | achter | links | rechts")
    entrance_sides: list[Side] = Field(default=[], description="sides where the front door can be: list of voor | achter | links | rechts")
    mirror: bool | None = Field(None, description="true when the plan can be mirrored")


class Structure(Table):
    """What the product brings to the building below; loads are characteristic and without imposed load."""

    g_floor_kn_m2: Load = Field(description="floor, ceiling and services of one storey in kN per m2 of module plan")
    g_wall_kn_m: Load = Field(description="walls of one storey in kN per metre of module perimeter")
    g_roof_kn_m2: Load = Field(description="roof of the top storey in kN/m2")
    g_transfer_kn_m2: Load = Field(description="transfer layer on the old roof in kN/m2")
    g_gallery_kn_m2: Load | None = Field(None, description="gallery or corridor of the product in kN/m2, its share of the frame included")
    g_balcony_kn_m2: Load | None = Field(None, description="balcony of the product in kN/m2")
    g_stair_kn_m2: Load | None = Field(None, description="stair with its walls in kN per m2 of plan and storey")
    g_lift_kn: Force | None = Field(None, description="lift with its shaft in kN per storey")
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
    mass_module_kg: Mass | None = Field(None, description="mass of one standard module without roof in kg")
    own_stability: bool | None = Field(None, description="true when the product is stable on its own")
    lateral: Literal["own-walls", "own-core", "old-building"] | None = Field(
        None, description="what takes the wind on the product: own-walls | own-core | old-building"
    )
    connector_uplift_kn_m: Anchor | None = Field(
        None, description="design resistance of the anchorage against uplift in kN per metre of support"
    )
    connector_shear_kn_m: Anchor | None = Field(
        None, description="design resistance of the anchorage against sliding in kN per metre of support"
    )


class SupportRow(Table):
    """One support of the standard module: a line from 0 to 1, or a point where both ends are the same."""

    code: Text = Field(description="short name of the support")
    x0_m: Place = Field(description="start along the length of the module in metres from its corner")
    y0_m: Place = Field(description="start along the width of the module in metres from its corner")
    x1_m: Place = Field(description="end along the length in metres; equal to x0_m for a point")
    y1_m: Place = Field(description="end along the width in metres; equal to y0_m for a point")
    g_kn: Force = Field(description="what one storey of the standard module brings to it in kN, without roof")


class ConnectorRow(Table):
    """One kind of connector between the product and the building below; resistances are design values of one piece."""

    code: Text = Field(description="short name of the connector")
    uplift_kn: Anchor = Field(description="hold-down capacity of one connector in kN")
    shear_kn: Anchor = Field(description="shear capacity of one connector in kN")
    distance_m: Size = Field(description="distance of the connectors along a support in metres")
    dry: bool | None = Field(None, description="true when it can be undone without damage")


class UnitRow(Table):
    """One dwelling type."""

    code: Text = Field(description="short name of the dwelling type")
    modules: Count = Field(description="modules in one dwelling")
    gbo_m2: Area = Field(description="usable area (GBO) in m2")
    gfa_m2: Area = Field(description="gross floor area (BVO) in m2")
    rooms: Count = Field(description="rooms")
    persons: Count = Field(description="persons")
    bedrooms: Annotated[int, Field(ge=0, le=20)] | None = Field(None, description="bedrooms, 0 for a studio")
    outdoor_m2: Annotated[float, Field(ge=0, le=100)] | None = Field(None, description="private outdoor space in m2")
    daylight_depth_m: Metres | None = Field(None, description="depth from the facade to the back of the living room in metres")
    accessibility: Text | None = Field(None, description="level of accessibility, as WoonKeur-basis")


class Performance(Table):
    """Environment, energy, fire and sound."""

    carbon_emitted_kg_m2: Carbon = Field(description="emitted A1-A3 in kg CO2 per m2 gross floor area")
    carbon_stored_kg_m2: Carbon = Field(description="stored in kg CO2 per m2 gross floor area")
    mpg_eur_m2_year: EuroPerYear | None = Field(None, description="environmental performance (MPG) in EUR per m2 and year")
    beng1_kwh_m2: Energy | None = Field(None, description="energy demand (BENG 1) in kWh per m2 and year")
    beng2_kwh_m2: Energy | None = Field(None, description="primary fossil energy (BENG 2) in kWh per m2 and year")
    beng3_percent: Percent | None = Field(None, description="renewable share (BENG 3) in percent")
    rc_facade_m2k_w: Insulation | None = Field(None, description="thermal resistance of the facade in m2K/W")
    rc_roof_m2k_w: Insulation | None = Field(None, description="thermal resistance of the roof in m2K/W")
    rc_floor_m2k_w: Insulation | None = Field(None, description="thermal resistance of the lowest floor in m2K/W")
    fire_r_min: Minutes | None = Field(None, description="fire resistance of the main structure (R) in minutes")
    fire_ei_min: Minutes | None = Field(None, description="fire resistance between dwellings (EI) in minutes")
    fire_class: Literal["A1", "A2", "B", "C", "D", "E"] | None = Field(
        None, description="reaction to fire of the facade: A1 | A2 | B | C | D | E"
    )
    sound_air_db: Decibel | None = Field(None, description="airborne sound insulation between dwellings, DnT,A,k in dB")
    sound_impact_db: Decibel | None = Field(None, description="impact sound level between dwellings, LnT,A in dB")
    biobased_share: Share | None = Field(None, description="biobased share of the mass, 0 to 1")
    detachability_share: Share | None = Field(None, description="detachability index, 0 to 1")
    pv_wp_m2: Power | None = Field(None, description="solar panels in Wp per m2 of roof")
    connection_kw: Power | None = Field(None, description="power of the grid connection per dwelling in kW")
    ventilation: Literal["A", "B", "C", "D"] | None = Field(None, description="ventilation system: A | B | C | D")
    heating: Text | None = Field(None, description="heating in words, as lucht-warmtepomp")
    deviates: dict[str, Text] = Field(
        default={}, description="keys of this table that knowingly stay short of the building regulations, each with its reason"
    )


class CostTime(Table):
    """Price and time."""

    cost_eur_m2: Euro = Field(description="price in EUR per m2 gross floor area, excluding VAT")
    price_dwelling_eur: Price | None = Field(None, description="price of one dwelling of the first unit type in EUR, excluding VAT")
    price_date: datetime.date | None = Field(None, description="price level without quotes, as 2026-07-01")
    price_excludes: list[Text] = Field(default=[], description='what the price leaves out, as ["lift", "tussenlaag"]')
    series_min_dwellings: Annotated[int, Field(ge=1, le=1000)] | None = Field(None, description="smallest series in dwellings")
    lead_time_weeks: Duration | None = Field(None, description="from order to delivery on site in weeks")
    onsite_days_per_dwelling: Duration | None = Field(None, description="days on site per dwelling")
    modules_per_day: Duration | None = Field(None, description="modules placed per day")


class Logistics(Table):
    """Road, crane and the people below."""

    transport_width_m: OpenSize | None = Field(None, description="widest load on the road in metres")
    transport_length_m: OpenSize | None = Field(None, description="longest load on the road in metres")
    transport_height_m: OpenSize | None = Field(None, description="highest load on the road in metres, without the lorry")
    transport_mass_kg: Mass | None = Field(None, description="heaviest load on the road in kg, without the lorry")
    exemption: bool | None = Field(None, description="true when the load needs an exemption (ontheffing) on the road")
    hoist_mass_kg: Mass | None = Field(None, description="heaviest piece on the crane in kg, without the lifting gear")
    crane_radius_m: OpenSize | None = Field(None, description="crane radius that is reckoned with in metres")
    decant: bool | None = Field(None, description="true when the people below move out during the work")


class Evidence(Table):
    """Documents behind the numbers."""

    refs: list[Text] = Field(default=[], description="names of documents, as KOMO, EPD or test report")
    ifc: Text | None = Field(None, description="file name of an IFC model")
    image: Text | None = Field(None, description="file name of a picture")
    contact: Text | None = Field(None, description="who answers questions")


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
    status: Literal["concept", "prototype", "gerealiseerd"] | None = Field(None, description="concept | prototype | gerealiseerd")
    licence: Text | None = Field(None, description="licence of these data, as CC-BY-4.0")
    access: Annotated[list[Access], Field(min_length=1)] = Field(description="list of galerij | portiek | corridor | aanplak | plint")
    market: Market | None = Field(None, description="table [market]")
    system: System = Field(description="table [system]")
    geometry: Geometry = Field(description="table [geometry]")
    structure: Structure = Field(description="table [structure]")
    supports: list[SupportRow] = Field(default=[], description="one [[supports]] table per support of a module")
    connectors: list[ConnectorRow] = Field(default=[], description="one [[connectors]] table per kind of connector")
    unit_types: Annotated[list[UnitRow], Field(min_length=1)] = Field(description="one [[unit_types]] table or more")
    performance: Performance = Field(description="table [performance]")
    cost_time: CostTime = Field(description="table [cost_time]")
    logistics: Logistics | None = Field(None, description="table [logistics]")
    evidence: Evidence | None = Field(None, description="table [evidence]")
