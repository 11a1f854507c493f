"""The family file, schema ``optopscan/family/1``: one type of Dutch building, its sizes as ranges, each with a source.

A family is typical, never a real building: ``typical = true`` and ``real = false`` must stand in the
file. Fields are declared once; validation, the published JSON Schema and the "expected" half of
every message follow from them. The names of all ranges together are those of `Dimensions`.
"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from optopscan.catalog.row import Confidence, Text
from optopscan.schemas import schema_id

SCHEMA_ID = schema_id("family")

Scheme = Literal["cross", "spine", "frame"]
Walkway = Literal["portiek", "gallery", "corridor"]


class Table(BaseModel):
    """A table that refuses unknown keys and converts nothing."""

    model_config = ConfigDict(strict=True, extra="forbid", frozen=True)


class Sourced(Table):
    """A number with its spread: ``lo`` and ``hi``, or ``options`` where only some sizes were made; or neither, then it is fixed."""

    source: Text = Field(description="where the number comes from, in words")
    confidence: Confidence = Field(description="sourced | expert | uncertain")


_Length = Annotated[float, Field(ge=0, le=100, allow_inf_nan=False)]
_Number = Annotated[int, Field(ge=0, le=60)]


class LengthRange(Sourced):
    """A length in metres."""

    typical: _Length = Field(description="the usual value in metres")
    lo: _Length | None = Field(None, description="least value in metres")
    hi: _Length | None = Field(None, description="most in metres")
    options: Annotated[list[_Length], Field(min_length=1)] | None = Field(None, description="every value that was made, in metres")


class CountRange(Sourced):
    """A whole number."""

    typical: _Number = Field(description="the usual number")
    lo: _Number | None = Field(None, description="least number")
    hi: _Number | None = Field(None, description="highest number")
    options: Annotated[list[_Number], Field(min_length=1)] | None = Field(None, description="every number that occurs")


class Period(Table):
    """When this was built; the author writes the middle year in the model."""

    from_year: Annotated[int, Field(ge=1800, le=2100)] = Field(description="first build year")
    to_year: Annotated[int, Field(ge=1800, le=2100)] = Field(description="last build year")
    source: Text = Field(description="where the years come from, in words")
    confidence: Confidence = Field(description="sourced | expert | uncertain")

    @property
    def middle(self) -> int:
        """The year written in the model."""
        return (self.from_year + self.to_year) // 2


class Plan(Table):
    """Storeys and plan. In ``spine`` and ``portiek`` blocks ``bays`` stand at each side of a stair, else along the whole block."""

    storeys: CountRange = Field(description="storeys in use, without a storage plinth")
    storey_height_m: LengthRange = Field(description="from floor top to floor top in metres")
    plinth_height_m: LengthRange | None = Field(None, description="height of the storage storey under it in metres; left out: none")
    bays: CountRange = Field(description="bays: at each side of a stair, or of the whole block")
    bay_m: LengthRange = Field(description="bay from centre to centre in metres")
    stairs: CountRange | None = Field(None, description="stair compartments in a row; left out: one core")
    stair_width_m: LengthRange | None = Field(None, description="stair compartment from centre to centre of its walls in metres")


class Cross(Table):
    """Cross walls that carry floors along the block."""

    depth_m: LengthRange = Field(description="length of the cross walls in metres")
    wall_thickness_m: LengthRange = Field(description="cross wall in metres")
    end_wall_thickness_m: LengthRange = Field(description="bearing leaf of the end walls in metres")
    panel_length_m: LengthRange | None = Field(None, description="longest wall panel in metres; left out: walls in one piece")


class Spine(Table):
    """Bearing facades and a middle wall along the block; thicker in the lowest storeys."""

    front_span_m: LengthRange = Field(description="front facade to middle wall, centre to centre in metres")
    back_span_m: LengthRange = Field(description="middle wall to back facade, centre to centre in metres")
    facade_thickness_m: LengthRange = Field(description="bearing leaf of the facades in metres")
    facade_low_thickness_m: LengthRange = Field(description="the same in the lowest storeys in metres")
    facade_low_storeys: CountRange = Field(description="lowest storeys with that thickness")
    middle_thickness_m: LengthRange = Field(description="middle wall in metres")
    middle_low_thickness_m: LengthRange = Field(description="the same in the lowest storeys in metres")
    middle_low_storeys: CountRange = Field(description="lowest storeys with that thickness")
    across_thickness_m: LengthRange = Field(description="stair walls and walls between dwellings in metres")


class Frame(Table):
    """Columns and beams across the block, in two spans, and one core."""

    across_span_m: LengthRange = Field(description="column to column across the block in metres")
    column_m: LengthRange = Field(description="side of a column in metres")
    beam_depth_m: LengthRange = Field(description="beam under the floor in metres")
    core_wall_thickness_m: LengthRange = Field(description="wall of the core in metres")


class Gallery(Table):
    """Gallery slabs on fins of their own, and a core with stair at the right end."""

    gallery_width_m: LengthRange = Field(description="width of the gallery slab in metres")
    gallery_thickness_m: LengthRange = Field(description="gallery slab in metres")
    fin_thickness_m: LengthRange = Field(description="fin in metres")
    core_wall_thickness_m: LengthRange = Field(description="wall of the core in metres")
    lift: bool = Field(description="true where the core has a lift")


class Floors(Table):
    """What carries between the walls, and what lies on the roof."""

    floor_thickness_m: LengthRange = Field(description="floor in metres; a hollow floor as the solid floor that weighs as much")
    roof_thickness_m: LengthRange = Field(description="roof slab in metres")
    ground_thickness_m: LengthRange = Field(description="ground floor in metres")
    floor_panel_m: LengthRange | None = Field(None, description="widest floor panel in metres, with floors_per_bay; left out: whole floors")
    gravel_m: LengthRange | None = Field(None, description="gravel on the roof in metres; left out: none is modelled")


class Strips(Table):
    """Strips in the ground under the bearing walls."""

    strip_depth_m: LengthRange = Field(description="top of the strip under the ground floor in metres")
    strip_width_m: LengthRange = Field(description="width in metres")
    strip_height_m: LengthRange = Field(description="height in metres")


class Piles(Table):
    """Piles under ground beams."""

    beam_width_m: LengthRange = Field(description="ground beam, width in metres")
    beam_height_m: LengthRange = Field(description="ground beam, height in metres")
    pile_size_m: LengthRange = Field(description="side or diameter of a pile in metres")
    pile_distance_m: LengthRange = Field(description="largest distance of piles along a beam in metres")
    pile_depth_m: LengthRange = Field(description="tip under the ground floor in metres")


class Materials(Table):
    """Names of materials as a model of this family has them; the scan reads groups from names."""

    wall: Text = Field(description="bearing walls, or columns and beams")
    floor: Text = Field(description="floors and roof")
    stair: Text = Field(description="stairs")
    facade: Text = Field(description="what closes the facade and carries nothing; of bearing facades the outer leaf")
    partition: Text = Field(description="light partitions")
    foundation: Text = Field(description="strips or ground beams")
    core: Text | None = Field(None, description="core, fins and gallery")
    pile: Text | None = Field(None, description="piles")
    source: Text = Field(description="where the materials come from, in words")
    confidence: Confidence = Field(description="sourced | expert | uncertain")


class ModelStyle(Table):
    """How the model is written, so that the families together show what real exports do."""

    ifc_schema: Literal["IFC2X3", "IFC4", "IFC4X3"] = Field(description="IFC2X3 | IFC4 | IFC4X3")
    length_unit: Literal["mm", "cm", "m"] = Field(description="mm | cm | m")
    states_load_bearing: bool = Field(description="true where the model fills LoadBearing in")
    floors_per_bay: bool = Field(description="true: a floor ends on every bearing line; false: it runs on over them")


class FamilyFile(Table):
    """One family file."""

    schema_: Literal["optopscan/family/1"] = Field(alias="schema", description='"optopscan/family/1"')
    id: Annotated[str, Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")] = Field(description="lower case letters and digits with hyphens")
    name: Text = Field(description="name in Dutch")
    summary: Text = Field(description="what makes this family, in a sentence")
    typical: Literal[True] = Field(description="true: a type, put together from ranges")
    real: Literal[False] = Field(description="false: no address, drawing or measurement stands behind it")
    scheme: Scheme = Field(description="cross | spine | frame")
    walkway: Walkway = Field(description="portiek | gallery | corridor")
    systems: list[Text] = Field(default=[], description="names of the building system, as muwi or airey")
    existing_use: Text = Field(description="use that a scan of it is given, as dwelling or office")
    period: Period = Field(description="table [period]")
    plan: Plan = Field(description="table [plan]")
    cross: Cross | None = Field(None, description="table [cross], for scheme cross")
    spine: Spine | None = Field(None, description="table [spine], for scheme spine")
    frame: Frame | None = Field(None, description="table [frame], for scheme frame")
    gallery: Gallery | None = Field(None, description="table [gallery], for walkway gallery")
    floors: Floors = Field(description="table [floors]")
    strips: Strips | None = Field(None, description="table [strips], or [piles]")
    piles: Piles | None = Field(None, description="table [piles], or [strips]")
    materials: Materials = Field(description="table [materials]")
    model: ModelStyle = Field(description="table [model]")
