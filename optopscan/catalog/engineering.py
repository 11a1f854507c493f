"""Engineering values as data: one TOML file per subject, each row with source and confidence.

Clauses are functions in `optopscan.codes`; the numbers that a national annex, an
era or a judgement puts into them stand in ``catalog/engineering/`` so that an
engineer can read, doubt and replace them without touching code.
"""

from __future__ import annotations

import functools
import itertools
import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from importlib.resources.abc import Traversable
from types import MappingProxyType
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from optopscan.catalog.access_rows import AccessValue
from optopscan.catalog.beyond_rows import BeyondRule
from optopscan.catalog.clause_rows import DesignFactor, PileType, ReinforcementRow, XiFactor
from optopscan.catalog.data import ENGINEERING, data_root
from optopscan.catalog.family_rows import FamilyRule, family_rule_faults
from optopscan.catalog.faults import CatalogError, Document, Fault, check, did_you_mean, merged, parse
from optopscan.catalog.roof_rows import RoofRule
from optopscan.catalog.row import Confidence as Confidence
from optopscan.catalog.row import Row as Row
from optopscan.catalog.row import Text as _Text
from optopscan.catalog.worth_rows import CostRow, NewRoof, Rule, RuleRow, SunNorm, joined_rules, roof_cost_faults, rule_faults, sun_faults
from optopscan.codes.en1990 import FactorSet
from optopscan.errors import UsageError

SCHEMA_PREFIX = "optopscan/engineering/"
YEAR_MIN, YEAR_MAX = 0, 9999

Level = Literal["nieuwbouw", "verbouw", "afkeur"]
ConsequenceClass = Literal["CC1", "CC2", "CC3"]
Strength = Literal["fck", "fyk", "fb", "fy", "fc0k", "fk"]

_Factor = Annotated[float, Field(ge=0.5, le=2.0, allow_inf_nan=False)]
_Share = Annotated[float, Field(ge=0, le=1, allow_inf_nan=False)]
_Load = Annotated[float, Field(ge=0, le=20, allow_inf_nan=False)]
_Stress = Annotated[float, Field(gt=0, le=1000, allow_inf_nan=False)]
_Density = Annotated[float, Field(ge=0, le=12000, allow_inf_nan=False)]
_Size = Annotated[float, Field(gt=0, le=2000, allow_inf_nan=False)]
_Modulus = Annotated[float, Field(gt=0, le=50_000, allow_inf_nan=False)]
_Kmod = Annotated[float, Field(gt=0, le=1.2, allow_inf_nan=False)]
_Year = Annotated[int, Field(ge=YEAR_MIN, le=YEAR_MAX)]
_Any = Annotated[float, Field(allow_inf_nan=False)]


class FactorRow(Row):
    """Partial factors of one set, level and consequence class."""

    set: _Text = Field(description="name of the factor set")
    level: Level = Field(description="nieuwbouw | verbouw | afkeur")
    consequence_class: ConsequenceClass = Field(description="CC1 | CC2 | CC3")
    gamma_ga: _Factor = Field(description="permanent load in 6.10a")
    gamma_gb: _Factor = Field(description="permanent load in 6.10b, xi included")
    gamma_q: _Factor = Field(description="imposed load")
    gamma_q_wind: _Factor = Field(description="wind")
    gamma_g_inf: _Factor = Field(description="favourable permanent load")


class Imposed(Row):
    """Imposed load of one use: q_k [kN/m2], Q_k [kN], psi0, psi1, psi2 [-]."""

    use: _Text = Field(description="name of the use")
    category: _Text = Field(description="category of use, as A, B or H")
    q_k_kn_m2: _Load = Field(description="uniform load in kN/m2")
    point_k_kn: _Load = Field(description="concentrated load in kN")
    psi0: _Share = Field(description="combination factor, 0 to 1")
    psi1: _Share = Field(description="combination factor, 0 to 1")
    psi2: _Share = Field(description="combination factor, 0 to 1")


class Density(Row):
    """Density of a material group [kg/m3]: value, lower and upper bound."""

    group: _Text = Field(description="material group")
    density_kg_m3: _Density = Field(description="density in kg/m3")
    lo_kg_m3: _Density = Field(description="lower bound in kg/m3")
    hi_kg_m3: _Density = Field(description="upper bound in kg/m3")


class Grade(Row):
    """A strength class: ``strength`` says which property ``strength_mpa`` is.

    ``design_mpa`` is a design value that the source prescribes in place of
    strength / partial factor; nan where it prescribes none.
    """

    group: _Text = Field(description="material group")
    grade: _Text = Field(description="strength class as written on drawings")
    strength: Strength = Field(description="fck | fyk | fb | fy | fc0k | fk")
    strength_mpa: _Stress = Field(description="characteristic strength in N/mm2")
    design_mpa: _Stress = Field(math.nan, description="prescribed design value in N/mm2")


class EraDefault(Row):
    """Deterministic strength of a group for build years ``year_from`` <= year < ``year_before``.

    ``mean_mpa`` and ``cov`` describe the spread over buildings (lognormal); nan where no
    figure was found, and then nothing better than ``strength_mpa`` is plausible.
    """

    group: _Text = Field(description="material group")
    year_from: _Year = Field(YEAR_MIN, description="first build year")
    year_before: _Year = Field(YEAR_MAX, description="first build year after the range")
    strength: Strength = Field(description="fck | fyk | fb | fy | fc0k | fk")
    strength_mpa: _Stress = Field(description="characteristic strength in N/mm2")
    mean_mpa: _Stress = Field(math.nan, description="mean strength over buildings of the period in N/mm2")
    cov: _Share = Field(math.nan, description="coefficient of variation of single tests, 0 to 1")


class UnknownLoad(Row):
    """A permanent load that nobody measured: least, most likely and most for one building [kN/m2]."""

    id: Annotated[str, Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")] = Field(description="lower case letters and digits with hyphens")
    lo_kn_m2: _Load = Field(description="least load in kN/m2")
    mode_kn_m2: _Load = Field(description="most likely load in kN/m2")
    hi_kn_m2: _Load = Field(description="most load in kN/m2")
    nl: _Text = Field(description="what it is, in Dutch")
    en: _Text = Field(description="what it is, in English")
    settle_nl: _Text = Field(description="what settles it, in Dutch")
    settle_en: _Text = Field(description="what settles it, in English")


class Survey(Row):
    """What settles the strength of a material group that the model does not state."""

    group: _Text = Field(description="material group")
    what_nl: _Text = Field(description="what is not known, in Dutch")
    what_en: _Text = Field(description="what is not known, in English")
    nl: _Text = Field(description="the survey in Dutch")
    en: _Text = Field(description="the survey in English")


class SteelProfile(Row):
    """Nominal sizes of a rolled steel section [mm]; ``toe_mm`` nan for parallel flanges."""

    name: _Text = Field(description="name as written on drawings, without spaces: HEA200, IPE300, INP200, UNP200")
    series: Literal["IPE", "HEA", "HEB", "HEM", "INP", "UNP"] = Field(description="IPE | HEA | HEB | HEM | INP | UNP")
    height_mm: _Size = Field(description="height h in mm")
    width_mm: _Size = Field(description="flange width b in mm")
    web_mm: _Size = Field(description="web thickness in mm")
    flange_mm: _Size = Field(description="flange thickness in mm")
    root_mm: _Size = Field(description="root radius in mm")
    toe_mm: _Size = Field(math.nan, description="toe radius of sloping flanges in mm")


class TimberClass(Row):
    """Characteristic values of a timber strength class [N/mm2, kg/m3]."""

    grade: _Text = Field(description="strength class as C24 or GL28h")
    product: Literal["solid", "glulam"] = Field(description="solid | glulam")
    fmk_mpa: _Stress = Field(description="bending strength in N/mm2")
    fc0k_mpa: _Stress = Field(description="compressive strength along the grain in N/mm2")
    fc90k_mpa: _Stress = Field(description="compressive strength across the grain in N/mm2")
    fvk_mpa: _Stress = Field(description="shear strength in N/mm2")
    e0_mean_mpa: _Modulus = Field(description="mean modulus of elasticity along the grain in N/mm2")
    e005_mpa: _Modulus = Field(description="5 % fractile of the modulus along the grain in N/mm2")
    density_k_kg_m3: _Density = Field(description="characteristic density in kg/m3")
    density_mean_kg_m3: _Density = Field(description="mean density in kg/m3")


class TimberFactor(Row):
    """k_mod by load duration [-], gamma_M and beta_c [-] of one product and service class."""

    product: Literal["solid", "glulam", "lvl", "clt"] = Field(description="solid | glulam | lvl | clt")
    service_class: Literal[1, 2, 3] = Field(description="1 | 2 | 3")
    kmod_permanent: _Kmod = Field(description="modification factor, permanent load")
    kmod_long: _Kmod = Field(description="modification factor, long term")
    kmod_medium: _Kmod = Field(description="modification factor, medium term")
    kmod_short: _Kmod = Field(description="modification factor, short term")
    kmod_instantaneous: _Kmod = Field(description="modification factor, instantaneous load")
    gamma_m: _Factor = Field(description="partial factor of the material")
    beta_c: _Share = Field(description="straightness factor of columns")


class NotChecked(Row):
    """A subject that no result covers until a check with this ``id`` ran."""

    id: _Text = Field(description="name of the subject")
    nl: _Text = Field(description="sentence in Dutch")
    en: _Text = Field(description="sentence in English")


class Flag(Row):
    """A rule or red flag.

    With a ``quantity`` it applies where ``above`` < quantity <= ``up_to`` (nan: open
    end), with a ``signal`` where the model shows it; without either the reader judges ``trigger``. ``near`` > 0 asks for a remark when
    the quantity lies that close to ``above``. ``limit`` is what the rule demands
    (minutes, for fire), nan where it is not a number.
    """

    code: Annotated[str, Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")] = Field(description="lower case letters and digits with hyphens")
    topic: Literal["height", "lift", "escape", "fire", "robustness", "structure", "foundation", "process", "law"] = Field(
        description="height | lift | escape | fire | robustness | structure | foundation | process | law"
    )
    quantity: Literal[
        "", "top_floor_m", "building_height_m", "storeys_above_ground", "gbo_on_stair_m2", "dwelling_gbo_m2", "build_year"
    ] = Field("", description="top_floor_m | building_height_m | storeys_above_ground | gbo_on_stair_m2 | dwelling_gbo_m2 | build_year")
    signal: Literal["", "extension", "gallery-slab", "weak-roof", "system-building", "partial-extension"] = Field(
        "", description="extension | gallery-slab | weak-roof | system-building | partial-extension"
    )
    above: _Any = Field(math.nan, description="the rule applies above this value")
    up_to: _Any = Field(math.nan, description="the rule applies up to this value")
    near: _Any = Field(0.0, description="distance at which to remark that the threshold is close")
    limit: _Any = Field(math.nan, description="what the rule demands, as a number")
    limit_unit: str = Field("", description="unit of limit")
    severity: Literal["info", "warning", "serious"] = Field(description="info | warning | serious")
    trigger: _Text = Field(description="when the flag applies, in words")
    article: str = Field("", description="article as printed in the report")
    nl: _Text = Field(description="sentence in Dutch")
    en: _Text = Field(description="sentence in English")

    def applies(self, value: float) -> bool:
        """Return True where the quantity lies in the range; never for nan or without a quantity."""
        return bool(self.quantity) and not (math.isnan(value) or value <= self.above or value > self.up_to)

    def is_near(self, value: float) -> bool:
        """Return True within ``near`` of the threshold, on either side."""
        return bool(self.quantity) and self.near > 0 and abs(value - self.above) <= self.near


def _file(row: str) -> Any:
    return Field(alias=row, min_length=1, description=f"one [[{row}]] table or more")


class _File(BaseModel):
    model_config = ConfigDict(strict=True, extra="forbid", frozen=True)
    schema_: Literal["optopscan/engineering/1"] = Field(alias="schema", description='"optopscan/engineering/1"')


class _FactorFile(_File):
    rows: list[FactorRow] = _file("factor")


class _ImposedFile(_File):
    rows: list[Imposed] = _file("imposed")


class _DensityFile(_File):
    rows: list[Density] = _file("density")


class _GradeFile(_File):
    rows: list[Grade] = _file("grade")


class _EraFile(_File):
    rows: list[EraDefault] = _file("era")


class _UnknownLoadFile(_File):
    rows: list[UnknownLoad] = _file("unknown_load")


class _SurveyFile(_File):
    rows: list[Survey] = _file("survey")


class _ProfileFile(_File):
    rows: list[SteelProfile] = _file("profile")


class _TimberFile(_File):
    rows: list[TimberClass] = _file("timber")


class _TimberFactorFile(_File):
    rows: list[TimberFactor] = _file("timber_factor")


class _NotCheckedFile(_File):
    rows: list[NotChecked] = _file("not_checked")


class _FlagFile(_File):
    rows: list[Flag] = _file("flag")


class _DesignFile(_File):
    rows: list[DesignFactor] = _file("design_factor")


class _PileFile(_File):
    rows: list[PileType] = _file("pile_type")


class _XiFile(_File):
    rows: list[XiFactor] = _file("xi")


class _ReinforcementFile(_File):
    rows: list[ReinforcementRow] = _file("reinforcement")


class _CostFile(_File):
    rows: list[CostRow] = _file("cost")


class _NewRoofFile(_File):
    rows: list[NewRoof] = _file("new_roof")


class _SunFile(_File):
    rows: list[SunNorm] = _file("sun_norm")


class _RuleFile(_File):
    rows: list[RuleRow] = _file("rule")


class _AccessFile(_File):
    rows: list[AccessValue] = _file("access")


class _RoofRuleFile(_File):
    rows: list[RoofRule] = _file("roof_rule")


class _BeyondFile(_File):
    rows: list[BeyondRule] = _file("beyond")


class _FamilyRuleFile(_File):
    rows: list[FamilyRule] = _file("family_rule")


# File name -> (model, table name, fields that identify a row)
_FILES: Mapping[str, tuple[type[_File], str, tuple[str, ...]]] = MappingProxyType(
    {
        "factor_sets.toml": (_FactorFile, "factor", ("set", "level", "consequence_class")),
        "imposed.toml": (_ImposedFile, "imposed", ("use",)),
        "densities.toml": (_DensityFile, "density", ("group",)),
        "grades.toml": (_GradeFile, "grade", ("group", "grade")),
        "era_defaults.toml": (_EraFile, "era", ("group", "year_from")),
        "unknown_loads.toml": (_UnknownLoadFile, "unknown_load", ("id",)),
        "surveys.toml": (_SurveyFile, "survey", ("group",)),
        "steel_profiles.toml": (_ProfileFile, "profile", ("name",)),
        "timber_classes.toml": (_TimberFile, "timber", ("grade",)),
        "timber_factors.toml": (_TimberFactorFile, "timber_factor", ("product", "service_class")),
        "not_checked.toml": (_NotCheckedFile, "not_checked", ("id",)),
        "flags.toml": (_FlagFile, "flag", ("code",)),
        "design_factors.toml": (_DesignFile, "design_factor", ("id",)),
        "pile_types.toml": (_PileFile, "pile_type", ("id",)),
        "pile_xi.toml": (_XiFile, "xi", ("stiff", "n_tests")),
        "reinforcement.toml": (_ReinforcementFile, "reinforcement", ("member",)),
        "costs.toml": (_CostFile, "cost", ("id",)),
        "new_roof.toml": (_NewRoofFile, "new_roof", ("kind",)),
        "sun.toml": (_SunFile, "sun_norm", ("id",)),
        "rules.toml": (_RuleFile, "rule", ("code",)),
        "access.toml": (_AccessFile, "access", ("id",)),
        "roof_rules.toml": (_RoofRuleFile, "roof_rule", ("id",)),
        "beyond.toml": (_BeyondFile, "beyond", ("id",)),
        "families.toml": (_FamilyRuleFile, "family_rule", ("id",)),
    }
)


@dataclass(frozen=True, kw_only=True)
class Engineering:
    """All engineering values; rows keep the order of their file."""

    factor_sets: tuple[FactorSet, ...]
    imposed: Mapping[str, Imposed]
    densities: tuple[Density, ...]
    grades: tuple[Grade, ...]
    era_defaults: tuple[EraDefault, ...]
    unknown_loads: Mapping[str, UnknownLoad]
    surveys: Mapping[str, Survey]
    steel_profiles: Mapping[str, SteelProfile]
    timber_classes: Mapping[str, TimberClass]
    timber_factors: tuple[TimberFactor, ...]
    not_checked: tuple[NotChecked, ...]
    flags: tuple[Flag, ...]
    design_factors: Mapping[str, DesignFactor]
    pile_types: Mapping[str, PileType]
    xi_factors: tuple[XiFactor, ...]
    reinforcement: Mapping[str, ReinforcementRow]
    costs: Mapping[str, CostRow]
    new_roofs: Mapping[str, NewRoof]
    sun_norms: Mapping[str, SunNorm]
    rules: tuple[Rule, ...]
    access: Mapping[str, AccessValue]
    roof_rules: Mapping[str, RoofRule]
    beyond: Mapping[str, BeyondRule]
    family_rules: Mapping[str, FamilyRule]

    @property
    def factor_set_names(self) -> tuple[str, ...]:
        """Names of the factor sets; the first is the default."""
        return tuple(dict.fromkeys(factors.id for factors in self.factor_sets))

    def factor_set(self, name: str, level: str, consequence_class: str) -> FactorSet:
        """Return the partial factors of one set, level and consequence class.

        Raises
        ------
        UsageError
            If there is no such row.
        """
        for factors in self.factor_sets:
            if (factors.id, factors.level, factors.consequence_class) == (name, level, consequence_class):
                return factors
        known = ", ".join(self.factor_set_names)
        hint = did_you_mean(name, self.factor_set_names) if name not in self.factor_set_names else ""
        raise UsageError(f"no factors for set {name!r}, level {level!r}, class {consequence_class!r}; sets are {known}{hint}")

    def use(self, name: str) -> Imposed:
        """Return the imposed load of a use.

        Raises
        ------
        UsageError
            If the use is not in the table.
        """
        if name in self.imposed:
            return self.imposed[name]
        raise UsageError(f"existing_use={name!r} is not a use; use one of {', '.join(self.imposed)}{did_you_mean(name, self.imposed)}")

    def new_roof(self, kind: str) -> NewRoof:
        """Return what comes on the product's roof: weight, carbon and price.

        Raises
        ------
        UsageError
            If the kind is not in the table.
        """
        if kind in self.new_roofs:
            return self.new_roofs[kind]
        raise UsageError(f"new_roof={kind!r} is not a roof; use one of {', '.join(self.new_roofs)}{did_you_mean(kind, self.new_roofs)}")

    def xi_table(self, *, stiff: bool) -> tuple[tuple[int, ...], tuple[float, ...], tuple[float, ...]]:
        """Return the columns number of tests, xi3 and xi4 for a stiff or other building, ascending."""
        rows = [row for row in self.xi_factors if row.stiff == stiff]
        return tuple(row.n_tests for row in rows), tuple(row.xi3 for row in rows), tuple(row.xi4 for row in rows)


def load_engineering(folder: Traversable | None = None) -> Engineering:
    """Read the engineering values.

    Parameters
    ----------
    folder
        Folder with all files; None reads the values that come with optopscan.

    Raises
    ------
    CatalogError
        With every fault of every file.
    UsageError
        If a file is missing.
    """
    return _shipped() if folder is None else _load(folder)


def load_new_roof(kind: str) -> NewRoof:
    """Return what comes on the product's roof, of the values that come with optopscan: "bare", "pv" or "green".

    Raises
    ------
    UsageError
        If the kind is not in the table.
    """
    return _shipped().new_roof(kind)


@functools.cache
def _shipped() -> Engineering:
    # The values that come with the package do not change while a program runs, and nothing can change the record.
    return _load(data_root() / ENGINEERING)


def _load(place: Traversable) -> Engineering:
    faults: list[Fault] = []
    rows: dict[str, list[Any]] = {}
    documents: dict[str, Document] = {}
    for name in _FILES:
        file = place / name
        if not file.is_file():
            raise UsageError(f"engineering file {name} is missing; put it back or install optopscan again")
        documents[name] = parse(name, file.read_bytes())
        found, wrong = _check(documents[name], name)
        faults.extend(wrong)
        rows[name] = found
    rules: tuple[Rule, ...] = ()
    if not faults:
        rules, wrong = joined_rules(rows["rules.toml"], {row.code: row for row in rows["flags.toml"]}, documents["rules.toml"])
        faults.extend(wrong)
        prices = {row.id: row for row in rows["costs.toml"]}
        faults.extend(roof_cost_faults(rows["new_roof.toml"], prices, documents["new_roof.toml"]))
    if faults:
        raise CatalogError(faults)
    return Engineering(
        factor_sets=tuple(_factor_set(row) for row in rows["factor_sets.toml"]),
        imposed=MappingProxyType({row.use: row for row in rows["imposed.toml"]}),
        densities=tuple(rows["densities.toml"]),
        grades=tuple(rows["grades.toml"]),
        era_defaults=tuple(rows["era_defaults.toml"]),
        unknown_loads=MappingProxyType({row.id: row for row in rows["unknown_loads.toml"]}),
        surveys=MappingProxyType({row.group: row for row in rows["surveys.toml"]}),
        steel_profiles=MappingProxyType({row.name: row for row in rows["steel_profiles.toml"]}),
        timber_classes=MappingProxyType({row.grade: row for row in rows["timber_classes.toml"]}),
        timber_factors=tuple(rows["timber_factors.toml"]),
        not_checked=tuple(rows["not_checked.toml"]),
        flags=tuple(rows["flags.toml"]),
        design_factors=MappingProxyType({row.id: row for row in rows["design_factors.toml"]}),
        pile_types=MappingProxyType({row.id: row for row in rows["pile_types.toml"]}),
        xi_factors=tuple(sorted(rows["pile_xi.toml"], key=lambda row: (row.stiff, row.n_tests))),
        reinforcement=MappingProxyType({row.member: row for row in rows["reinforcement.toml"]}),
        costs=MappingProxyType({row.id: row for row in rows["costs.toml"]}),
        new_roofs=MappingProxyType({row.kind: row for row in rows["new_roof.toml"]}),
        sun_norms=MappingProxyType({row.id: row for row in rows["sun.toml"]}),
        rules=rules,
        access=MappingProxyType({row.id: row for row in rows["access.toml"]}),
        roof_rules=MappingProxyType({row.id: row for row in rows["roof_rules.toml"]}),
        beyond=MappingProxyType({row.id: row for row in rows["beyond.toml"]}),
        family_rules=MappingProxyType({row.id: row for row in rows["families.toml"]}),
    )


def is_engineering(document: Document) -> bool:
    """Return True when the file says that it holds engineering values, or has the name of one that does."""
    return str(document.data.get("schema", "")).startswith(SCHEMA_PREFIX) or _base(document) in _FILES


def faults_of(document: Document) -> tuple[Fault, ...]:
    """Return the faults of an engineering file; its name says which subject it has."""
    name = _base(document)
    if name in _FILES:
        return _check(document, name)[1]
    text = f"not the name of an engineering file; got {name}; expected one of {', '.join(_FILES)}{did_you_mean(name, _FILES)}"
    return (document.fault((), text),)


def _base(document: Document) -> str:
    return document.file.rsplit("/", 1)[-1]


def _check(document: Document, name: str) -> tuple[list[Any], tuple[Fault, ...]]:
    model, table, identity = _FILES[name]
    record, faults = check(document, model)
    relations = _relations(document, table, identity) if document.usable else ()
    found = merged(faults, relations)
    rows: list[Any] = [] if record is None or found else getattr(record, "rows", [])
    return rows, found


_ASCENDING = (
    ("lo_kg_m3", "density_kg_m3"),
    ("density_kg_m3", "hi_kg_m3"),
    ("year_from", "year_before"),
    ("above", "up_to"),
    ("lo_kn_m2", "mode_kn_m2"),
    ("mode_kn_m2", "hi_kn_m2"),
    ("ratio_low", "ratio_mode"),
    ("ratio_mode", "ratio_high"),
    ("axis_distance_small_mm", "axis_distance_large_mm"),
    ("lo_eur", "hi_eur"),
    ("lo_kn_m2", "hi_kn_m2"),
    ("lo", "value"),
    ("value", "hi"),
)


def _relations(document: Document, table: str, identity: tuple[str, ...]) -> Iterator[Fault]:
    """Yield repeated rows, crossed bounds, overlapping eras and incomplete factor sets."""
    data = document.data.get(table)
    rows = [(n, row) for n, row in enumerate(data if isinstance(data, list) else []) if isinstance(row, dict)]
    first: dict[str, int] = {}
    for n, row in rows:
        name = " ".join(str(row.get(key, "")) for key in identity)
        if name in first:
            text = f"row given twice; got {name}; expected one row, {table}[{first[name] + 1}] has it already"
            yield document.fault((table, n, identity[0]), text)
        first.setdefault(name, n)
        for low, high in _ASCENDING:
            if _crossed(row.get(low), row.get(high)):
                yield document.fault((table, n, low), f"above {high}; got {row[low]}; expected at most {row[high]}")
    if table == "era":
        yield from _overlaps(document, rows)
    if table == "factor":
        yield from _incomplete(document, rows)
    if table == "sun_norm":
        yield from sun_faults(document, rows)
    if table == "rule":
        yield from rule_faults(document, rows)
    if table == "family_rule":
        yield from family_rule_faults(document, rows)


def _crossed(low: object, high: object) -> bool:
    return isinstance(low, (int, float)) and isinstance(high, (int, float)) and low > high


def _overlaps(document: Document, rows: list[tuple[int, dict[str, Any]]]) -> Iterator[Fault]:
    for (_, one), (n, two) in itertools.combinations(rows, 2):
        if one.get("group") != two.get("group"):
            continue
        start, end, other_start, other_end = (
            row.get(key, default) for row in (one, two) for key, default in (("year_from", YEAR_MIN), ("year_before", YEAR_MAX))
        )
        if not all(isinstance(year, int) for year in (start, end, other_start, other_end)):
            continue
        if max(start, other_start) < min(end, other_end):
            text = f"years overlap with another row of {one.get('group')}; got {other_start} to {other_end}"
            yield document.fault(("era", n, "year_from"), f"{text}; expected years outside {start} to {end}")


def _incomplete(document: Document, rows: list[tuple[int, dict[str, Any]]]) -> Iterator[Fault]:
    present = {(row.get("set"), row.get("level"), row.get("consequence_class")) for _, row in rows}
    sets = dict.fromkeys(row["set"] for _, row in rows if isinstance(row.get("set"), str))
    levels: tuple[str, ...] = ("nieuwbouw", "verbouw", "afkeur")
    for key in itertools.product(sets, levels, ("CC1", "CC2", "CC3")):
        if key not in present:
            yield document.fault(("factor",), f"row missing; expected set {key[0]}, level {key[1]}, class {key[2]}")


def _factor_set(row: FactorRow) -> FactorSet:
    values = row.model_dump()
    return FactorSet(id=values.pop("set"), **values)
