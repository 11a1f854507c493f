r"""The override file, schema ``optopscan/overrides/1``: what the engineer knows better than the model.

::

    [building]
    build_year = 1958
    source = "bouwvergunning 1958"

    [[override]]
    match = { material = "*kalkzandsteen*", thickness_m = 0.214, storey = "01*" }
    set = { bearing = "yes", fk_mpa = 6.6 }
    source = "kernen, rapport 17"
    date = 2026-03-01

    [[foundation]]
    match = { line = [0, 1] }
    set = { kind = "strip", width_m = 0.8, depth_m = 1.0, soil = "sand" }
    source = "tekening F-2"

Fields are declared once; validation and the "expected" half of every message follow from
them. What can only be seen beside a model (nothing matches) is not found here.
"""

from __future__ import annotations

import datetime
import hashlib
import itertools
import math
import re
from collections.abc import Iterable, Iterator, Mapping
from os import PathLike
from typing import Annotated, Any, Literal, get_args

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidatorFunctionWrapHandler, WrapValidator
from pydantic_core import PydanticCustomError

from optopscan.catalog.engineering import Engineering, load_engineering
from optopscan.catalog.faults import CatalogError, Document, Fault, check, merged, parse
from optopscan.catalog.named_file import named_file
from optopscan.catalog.wording import nearest, shown
from optopscan.model.building import Kind
from optopscan.model.overrides import AUTO, STRENGTHS, UNKNOWN, Match, Override, Overrides, Value

NOT_ON_FLOORS = frozenset({"roof"})  # the load of a roof nobody walks on is no use of a floor
BEARS = frozenset(group for groups in STRENGTHS.values() for group in groups)
LISTED_MAX = 20  # a longer list of words helps nobody on one line
_DATE = re.compile(r"\d{4}(-\d{2}(-\d{2})?)?")
_FOUNDATION_KEYS = {
    "strip": ("width_m",),
    "pad": ("width_m", "length_m"),
    "slab": ("width_m",),
    "pile": ("pile_type", "pile_length_m", "pile_width_m", "pile_spacing_m", "pile_capacity_kn", "capacity_basis"),
}


class Table(BaseModel):
    """A table that refuses unknown keys and converts nothing."""

    model_config = ConfigDict(strict=True, extra="forbid", frozen=True)


def _as_list(value: object) -> object:
    return value if isinstance(value, list) else [value]


def _yes_no(value: object) -> object:
    return ("yes" if value else "no") if isinstance(value, bool) else value


def _date_text(value: object) -> object:
    """Return a date as text; drawings are often dated by their year alone."""
    if isinstance(value, datetime.date) and not isinstance(value, datetime.datetime):
        return value.isoformat()
    text = str(value) if isinstance(value, int) and not isinstance(value, bool) else value
    if isinstance(text, str) and (text == "" or _DATE.fullmatch(text)):
        return text
    raise PydanticCustomError("catalog", f"not a date; got {shown(value)}; expected a date without quotes, as 2026-11-01, or a year")


def _storey(value: object) -> object:
    if isinstance(value, str) or (isinstance(value, int) and not isinstance(value, bool)):
        return value
    raise PydanticCustomError("catalog", f"not a storey; got {shown(value)}; expected its name in quotes or its number, 0 for the lowest")


def _or_unknown(value: object, check_number: ValidatorFunctionWrapHandler) -> object:
    """Read "unknown" as nan; a number keeps its own limits, any other text stays a type fault."""
    return math.nan if value == UNKNOWN else check_number(value)


_UNKNOWN = WrapValidator(_or_unknown)
_Fck = Annotated[float, Field(ge=2, le=120, allow_inf_nan=False), _UNKNOWN]
_Fb = Annotated[float, Field(ge=1, le=150, allow_inf_nan=False), _UNKNOWN]
_Fk = Annotated[float, Field(ge=0.2, le=50, allow_inf_nan=False), _UNKNOWN]
_Fy = Annotated[float, Field(ge=100, le=700, allow_inf_nan=False), _UNKNOWN]
_Fc0k = Annotated[float, Field(ge=5, le=60, allow_inf_nan=False), _UNKNOWN]
_Thickness = Annotated[float, Field(gt=0, le=3, allow_inf_nan=False), _UNKNOWN]
_Text = Annotated[str, Field(min_length=1)]
_Texts = Annotated[list[_Text], BeforeValidator(_as_list), Field(min_length=1)]
_AnyTexts = Annotated[list[str], BeforeValidator(_as_list), Field(min_length=1)]
_Load = Annotated[float, Field(ge=0, le=25, allow_inf_nan=False)]
_Length = Annotated[float, Field(gt=0, le=50, allow_inf_nan=False)]
_Date = Annotated[str, BeforeValidator(_date_text)]
_TEXT = "text in quotes, or a list of texts; * stands for any characters"


class MatchTable(Table):
    """Which elements; every key given must fit."""

    guid: _Texts | None = Field(None, description="GlobalId, or a list of them")
    id: _Texts | None = Field(None, description='file#step id as in the record, as "0#123"')
    name: _AnyTexts | None = Field(None, description=_TEXT)
    type: _AnyTexts | None = Field(None, description=_TEXT)
    material: _Texts | None = Field(None, description=_TEXT)
    thickness_m: Annotated[list[_Length], BeforeValidator(_as_list), Field(min_length=1)] | None = Field(
        None, description="thickness as in the model, in metres"
    )
    storey: Annotated[list[Annotated[Any, BeforeValidator(_storey)]], BeforeValidator(_as_list), Field(min_length=1)] | None = Field(
        None, description="name of the storey, or its number (0 is the lowest)"
    )
    class_: _Texts | None = Field(None, alias="class", description="IFC class, as IfcWall*")
    kind: Annotated[list[Kind], BeforeValidator(_as_list), Field(min_length=1)] | None = Field(None, description=" | ".join(get_args(Kind)))


class FoundationMatch(MatchTable):
    """Which foundation lines: by number, or by the elements on them."""

    line: Annotated[list[Annotated[int, Field(ge=0)]], BeforeValidator(_as_list), Field(min_length=1)] | None = Field(
        None, description="number of the foundation line in the report"
    )


class SetTable(Table):
    """What counts instead."""

    bearing: Annotated[Literal["yes", "no", "unknown"], BeforeValidator(_yes_no)] | None = Field(None, description="yes | no | unknown")
    material: _Text | None = Field(None, description="material group of catalog/engineering/densities.toml")
    grade: _Text | None = Field(None, description="strength class of catalog/engineering/grades.toml")
    fck_mpa: _Fck | None = Field(None, description="characteristic cylinder strength of concrete in N/mm2")
    fb_mpa: _Fb | None = Field(None, description="normalised strength of the masonry unit in N/mm2")
    fk_mpa: _Fk | None = Field(None, description="characteristic strength of the masonry in N/mm2")
    fy_mpa: _Fy | None = Field(None, description="yield strength of steel in N/mm2")
    fc0k_mpa: _Fc0k | None = Field(None, description="characteristic strength of timber along the grain in N/mm2")
    density_kg_m3: float | None = Field(None, gt=0, le=12_000.0, allow_inf_nan=False, description="density of the whole body in kg/m3")
    thickness_m: _Thickness | None = Field(None, description="thickness that carries, in metres")
    span: _Text | None = Field(None, description='"x", "y", "along:<GlobalId of a wall>" or "auto"')
    span_deg: float | None = Field(
        None, ge=-360.0, le=360.0, allow_inf_nan=False, description="direction of the span from the x axis of the model in degrees"
    )
    floor_finish_kn_m2: _Load | None = Field(None, description="finish and screed on a floor in kN/m2")
    partitions_kn_m2: _Load | None = Field(None, description="movable partitions on a floor in kN/m2")
    roof_membrane_kn_m2: _Load | None = Field(None, description="insulation and membrane on a roof in kN/m2")
    roof_ballast_kn_m2: _Load | None = Field(None, description="ballast on a roof in kN/m2")
    use: _Text | None = Field(None, description="use of a floor, of catalog/engineering/imposed.toml")


class FoundationSet(Table):
    """What is known about the foundation; says which of a capacity's values it is."""

    kind: Literal["strip", "pad", "slab", "pile", "ground", "unknown"] = Field(description="strip | pad | slab | pile | ground | unknown")
    width_m: _Length | None = Field(None, description="width of the footing in metres")
    length_m: _Length | None = Field(None, description="length of the pad in metres")
    depth_m: float | None = Field(
        None, ge=0.0, le=20.0, allow_inf_nan=False, description="depth of the underside below ground level in metres"
    )
    soil: Literal["gravel", "sand", "loam", "clay", "peat"] | None = Field(None, description="gravel | sand | loam | clay | peat")
    friction_angle_deg: float | None = Field(
        None, ge=10.0, le=50.0, allow_inf_nan=False, description="characteristic angle of internal friction in degrees"
    )
    undrained_strength_kpa: float | None = Field(
        None, gt=0, le=1000.0, allow_inf_nan=False, description="characteristic undrained shear strength in kPa"
    )
    cone_resistance_mpa: float | None = Field(
        None, gt=0, le=80.0, allow_inf_nan=False, description="representative cone resistance under footing or pile tip in MPa"
    )
    cone_profile: list[Annotated[list[float], Field(min_length=2, max_length=2)]] | None = Field(
        None, description="[depth below ground level in metres, cone resistance in MPa], from the top down"
    )
    groundwater_m: float | None = Field(
        None, ge=0.0, le=50.0, allow_inf_nan=False, description="depth of the groundwater below ground level in metres"
    )
    bearing_resistance_kpa: float | None = Field(
        None, gt=0, le=5000.0, allow_inf_nan=False, description="bearing resistance of the soil in kPa"
    )
    resistance_basis: Literal["characteristic", "design"] | None = Field(None, description="characteristic | design")
    pile_type: Literal["timber", "precast-concrete", "cast-in-place", "screw", "steel-tube"] | None = Field(
        None, description="timber | precast-concrete | cast-in-place | screw | steel-tube"
    )
    pile_length_m: float | None = Field(None, gt=0, le=80.0, allow_inf_nan=False, description="length of the pile in metres")
    pile_width_m: float | None = Field(None, gt=0, le=3.0, allow_inf_nan=False, description="side or diameter of the pile in metres")
    pile_spacing_m: float | None = Field(
        None, gt=0, le=30.0, allow_inf_nan=False, description="distance between piles along the line in metres"
    )
    pile_capacity_kn: float | None = Field(None, gt=0, le=20_000.0, allow_inf_nan=False, description="bearing capacity of one pile in kN")
    capacity_basis: Literal["characteristic", "design"] | None = Field(None, description="characteristic | design")


class Sourced(Table):
    """Where it comes from; needed for label A."""

    source: str = Field("", description="drawing, test or inspection that says so, in words")
    date: _Date = Field("", description="date of the source, as 2026-11-01, or its year")
    note: str = Field("", description="anything, in words")


class BuildingTable(Sourced):
    """Facts of the building as a whole; they go before settings and model."""

    build_year: Annotated[int, Field(ge=1000, le=2100)] | None = Field(None, description="year of construction")
    use: _Text | None = Field(None, description="use of the existing floors, of catalog/engineering/imposed.toml")
    floor_finish_kn_m2: _Load | None = Field(None, description="finish and screed on every floor in kN/m2")
    partitions_kn_m2: _Load | None = Field(None, description="movable partitions on every floor in kN/m2")
    roof_membrane_kn_m2: _Load | None = Field(None, description="insulation and membrane on every roof in kN/m2")
    roof_ballast_kn_m2: _Load | None = Field(None, description="ballast on every roof in kN/m2")


class OverrideTable(Sourced):
    """One correction."""

    match: MatchTable = Field(description='table {...} that names elements, as {type = "HSB*"}')
    set: SetTable = Field(description="table {...} with what counts instead")


class FoundationTable(Sourced):
    """What is known about the foundation under some lines, or under all."""

    match: FoundationMatch | None = Field(None, description="table {...} that names foundation lines or elements on them")
    set: FoundationSet = Field(description="table {...} with what is known")


class OverrideFile(Table):
    """One override file."""

    schema_: Literal["optopscan/overrides/1"] = Field("optopscan/overrides/1", alias="schema", description='"optopscan/overrides/1"')
    building: BuildingTable | None = Field(None, description="table [building]")
    override: list[OverrideTable] = Field(default=[], description="one [[override]] table or more")
    foundation: list[FoundationTable] = Field(default=[], description="one [[foundation]] table or more")


def load_overrides(path: str | PathLike[str]) -> Overrides:
    """Read an override file.

    Raises
    ------
    CatalogError
        With every fault of the file, each with line and key.
    UsageError
        If the file cannot be opened.
    """
    return read_overrides(*named_file(path, "with overrides"))


def read_overrides(name: str, content: bytes) -> Overrides:
    """Return the overrides that a TOML text holds; ``name`` is for messages and the record.

    Raises
    ------
    CatalogError
        With every fault of the text.
    """
    document = parse(name, content)
    record, faults = check(document, OverrideFile)
    faults = merged(faults, _relations(document, load_engineering()) if document.usable else ())
    if faults or not isinstance(record, OverrideFile):
        raise CatalogError(faults)
    return Overrides(
        file=name,
        sha256=hashlib.sha256(content).hexdigest(),
        building=None if record.building is None else _building(document, record.building),
        elements=tuple(_override(document, "override", n, row) for n, row in enumerate(record.override)),
        foundations=tuple(_override(document, "foundation", n, row) for n, row in enumerate(record.foundation)),
    )


# -- what no single key shows ----------------------------------------------------


def _relations(document: Document, values: Engineering) -> Iterator[Fault]:
    """Yield words that are in no table, keys that contradict each other, and tables that say nothing."""
    building = document.data.get("building")
    if isinstance(building, dict):
        yield from _word(document, ("building", "use"), building.get("use"), _uses(values), "use")
    for n, row in _rows(document, "override"):
        match, given, at = row.get("match"), row.get("set"), ("override", n)
        if isinstance(match, dict) and not match:
            yield document.fault((*at, "match"), "names nothing; expected at least one key, as kind or storey")
        if isinstance(given, dict):
            yield from _of_set(document, (*at, "set"), given, values)
    for n, row in _rows(document, "foundation"):
        given = row.get("set")
        if isinstance(given, dict):
            yield from _of_foundation(document, ("foundation", n, "set"), given)


def _rows(document: Document, table: str) -> Iterator[tuple[int, dict[str, Any]]]:
    data = document.data.get(table)
    for n, row in enumerate(data if isinstance(data, list) else []):
        if isinstance(row, dict):
            yield n, row


def _uses(values: Engineering) -> tuple[str, ...]:
    return tuple(name for name in values.imposed if name not in NOT_ON_FLOORS)


def _word(document: Document, path: tuple[str | int, ...], got: object, known: Iterable[str], what: str) -> Iterator[Fault]:
    names = tuple(known)
    if isinstance(got, str) and got and got not in names:
        listed = ", ".join(names) if len(names) <= LISTED_MAX else f"a {what} of catalog/engineering"
        spelt = {name.lower(): name for name in names}
        near = nearest(got, spelt)
        yield document.fault(
            path, f"not a known {what}; got {shown(got)}; expected {listed}{f'; did you mean {spelt[near]}?' if near else ''}"
        )


def _of_set(document: Document, at: tuple[str | int, ...], given: Mapping[str, Any], values: Engineering) -> Iterator[Fault]:
    if not given:
        yield document.fault(at, "sets nothing; expected at least one key, as bearing or grade")
    groups = [row.group for row in values.densities if not row.group.startswith(UNKNOWN)]
    yield from _word(document, (*at, "material"), given.get("material"), [*groups, UNKNOWN], "material")
    yield from _word(document, (*at, "use"), given.get("use"), _uses(values), "use")
    classes = [row.grade for row in values.grades if row.group in (given.get("material"), *(BEARS if "material" not in given else ()))]
    yield from _word(document, (*at, "grade"), given.get("grade"), sorted(set(classes)), "grade")
    span = given.get("span")
    if isinstance(span, str) and span not in ("x", "y", AUTO) and not re.fullmatch(r"along:\S.*", span):
        yield document.fault((*at, "span"), f'not a direction; got {shown(span)}; expected "x", "y", "along:<GlobalId>" or "auto"')
    for one, other in (("span_deg", "span"), *((key, "grade") for key in STRENGTHS)):
        if one in given and other in given:
            yield document.fault((*at, one), f"given twice; got {one} and {other}; expected one of the two")
    several = [key for key in STRENGTHS if key in given]
    for key in several[1:]:
        yield document.fault((*at, key), f"given twice; got {several[0]} and {key}; expected one strength")
    group = given.get("material")
    for key in several:
        if isinstance(group, str) and group in groups and group not in STRENGTHS[key]:
            yield document.fault((*at, key), f"no strength of {group}; got {key}; expected {_strength_key(group)}")


def _strength_key(group: str) -> str:
    return " or ".join(key for key, groups in STRENGTHS.items() if group in groups) or "no strength"


def _of_foundation(document: Document, at: tuple[str | int, ...], given: Mapping[str, Any]) -> Iterator[Fault]:
    kind = given.get("kind")
    own = _FOUNDATION_KEYS.get(str(kind), ())
    foreign = sorted({key for keys in _FOUNDATION_KEYS.values() for key in keys} - set(own))
    if kind in ("strip", "pad", "slab", "pile", "ground"):
        for key in foreign:
            if key in given:
                fit = " or ".join(name for name, keys in _FOUNDATION_KEYS.items() if key in keys)
                yield document.fault((*at, key), f"not for kind {kind}; got {shown(given[key])}; expected kind {fit}")
    for value, basis in (("bearing_resistance_kpa", "resistance_basis"), ("pile_capacity_kn", "capacity_basis")):
        if value in given and basis not in given:
            yield document.fault((*at, value), f"which value; expected {basis} = characteristic or design beside it")
        if basis in given and value not in given:
            yield document.fault((*at, basis), f"basis of nothing; expected {value} beside it")
    profile = given.get("cone_profile")
    if isinstance(profile, list) and all(isinstance(p, list) and len(p) == 2 for p in profile):
        try:
            depths, cones = [float(p[0]) for p in profile], [float(p[1]) for p in profile]
        except (TypeError, ValueError):
            return
        if not all(a < b for a, b in itertools.pairwise(depths)) or not all(0 <= q <= 100 for q in cones) or not depths:
            text = "not a profile; expected depths in metres that go down, each with 0 to 100 MPa"
            yield document.fault((*at, "cone_profile"), text)


# -- records ---------------------------------------------------------------------


def _building(document: Document, row: BuildingTable) -> Override:
    values = {key: value for key, value in row.model_dump(exclude={"source", "date", "note"}).items() if value is not None}
    return _made(document, ("building",), Match(), values, row)


def _override(document: Document, table: str, n: int, row: OverrideTable | FoundationTable) -> Override:
    listed = {key: tuple(value) for key, value in (row.match.model_dump() if row.match is not None else {}).items() if value is not None}
    if "class_" in listed:
        listed["ifc_class"] = listed.pop("class_")
    values = {key: _plain(value) for key, value in row.set.model_dump().items() if value is not None}
    return _made(document, (table, n), Match(**listed), values, row)


def _plain(value: Any) -> Value:
    if isinstance(value, list):
        return tuple((float(a), float(b)) for a, b in value)
    if isinstance(value, float) and math.isnan(value):
        return UNKNOWN
    found: Value = value
    return found


def _made(document: Document, path: tuple[str | int, ...], match: Match, values: Mapping[str, Value], row: Sourced) -> Override:
    inner = path if path == ("building",) else (*path, "set")
    place = document.fault(path, "")
    return Override(
        line=place.line,
        key=place.key,
        match=match,
        values=values,
        lines={**{key: document.fault((*inner, key), "").line for key in values}, "match": document.fault((*path, "match"), "").line},
        source=row.source.strip(),
        date=row.date,
    )
