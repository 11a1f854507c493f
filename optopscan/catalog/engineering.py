"""Engineering values as data: one TOML file per subject, each row with source and confidence.

Clauses are functions in `optopscan.codes`; the numbers that a national annex, an
era or a judgement puts into them stand in ``catalog/engineering/`` so that an
engineer can read, doubt and replace them without touching code.

A new table is a row model and one line in `Engineering`: file, table, model, fields that identify a row.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields
from importlib.resources.abc import Traversable
from types import MappingProxyType
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, create_model

from optopscan.catalog.access_rows import AccessValue
from optopscan.catalog.beyond_rows import BeyondRule
from optopscan.catalog.business_rows import Assumption, Combination, Consent
from optopscan.catalog.city_rows import Archetype, CityAttribute, ScreeningValue, Typology
from optopscan.catalog.clause_rows import DesignFactor, GroundValue, PileType, ReinforcementRow, XiFactor
from optopscan.catalog.data import ENGINEERING, data_root
from optopscan.catalog.family_rows import FamilyRule
from optopscan.catalog.faults import CatalogError, Document, Fault, check, merged, parse
from optopscan.catalog.filter_rows import ScreeningFilter
from optopscan.catalog.knowledge_rows import Factsheet, Realised
from optopscan.catalog.limit_rows import ProductLimit
from optopscan.catalog.roof_rows import RoofRule
from optopscan.catalog.value_faults import row_faults
from optopscan.catalog.value_rows import (
    Density,
    EraDefault,
    FactorRow,
    Flag,
    Grade,
    Imposed,
    NotChecked,
    SteelProfile,
    Survey,
    TimberClass,
    TimberFactor,
    UnknownLoad,
    factor_set,
)
from optopscan.catalog.wording import did_you_mean
from optopscan.catalog.worth_rows import CostRow, NewRoof, Rule, RuleRow, SunNorm, joined_rules, roof_cost_faults
from optopscan.codes.en1990 import FactorSet
from optopscan.errors import UsageError

SCHEMA_PREFIX = "optopscan/engineering/"


class _File(BaseModel):
    model_config = ConfigDict(strict=True, extra="forbid", frozen=True)
    schema_: Literal["optopscan/engineering/1"] = Field(alias="schema", description='"optopscan/engineering/1"')


@dataclass(frozen=True, kw_only=True)
class _Subject:
    """How one file becomes one field of `Engineering`."""

    table: str
    identity: tuple[str, ...]
    model: type[_File]
    by: str
    made: Callable[[Any], Any] | None
    order: Callable[[Any], Any] | None

    def value(self, rows: list[Any]) -> Any:
        """Return the rows as a mapping by one of their fields, or as a tuple in the order of the file."""
        if self.by:
            return MappingProxyType({getattr(row, self.by): row for row in rows})
        ordered = rows if self.order is None else sorted(rows, key=self.order)
        return tuple(ordered if self.made is None else map(self.made, ordered))


def _table(
    file: str,
    table: str,
    row: type[BaseModel],
    *identity: str,
    by: str = "",
    made: Callable[[Any], Any] | None = None,
    order: Callable[[Any], Any] | None = None,
) -> Any:
    """Return a field that is read from ``file``, one ``row`` per ``[[table]]``; no two rows agree in all of ``identity``."""
    told = Field(alias=table, min_length=1, description=f"one [[{table}]] table or more")
    model = create_model(f"{row.__name__}File", __base__=_File, rows=(list[row], told))  # type: ignore[valid-type]
    return field(metadata={"file": file, "subject": _Subject(table=table, identity=identity, model=model, by=by, made=made, order=order)})


@dataclass(frozen=True, kw_only=True)
class Engineering:
    """All engineering values; rows keep the order of their file."""

    factor_sets: tuple[FactorSet, ...] = _table(
        "factor_sets.toml", "factor", FactorRow, "set", "level", "consequence_class", made=factor_set
    )
    imposed: Mapping[str, Imposed] = _table("imposed.toml", "imposed", Imposed, "use", by="use")
    densities: tuple[Density, ...] = _table("densities.toml", "density", Density, "group")
    grades: tuple[Grade, ...] = _table("grades.toml", "grade", Grade, "group", "grade")
    era_defaults: tuple[EraDefault, ...] = _table("era_defaults.toml", "era", EraDefault, "group", "year_from")
    unknown_loads: Mapping[str, UnknownLoad] = _table("unknown_loads.toml", "unknown_load", UnknownLoad, "id", by="id")
    surveys: Mapping[str, Survey] = _table("surveys.toml", "survey", Survey, "group", by="group")
    steel_profiles: Mapping[str, SteelProfile] = _table("steel_profiles.toml", "profile", SteelProfile, "name", by="name")
    timber_classes: Mapping[str, TimberClass] = _table("timber_classes.toml", "timber", TimberClass, "grade", by="grade")
    timber_factors: tuple[TimberFactor, ...] = _table("timber_factors.toml", "timber_factor", TimberFactor, "product", "service_class")
    not_checked: tuple[NotChecked, ...] = _table("not_checked.toml", "not_checked", NotChecked, "id")
    flags: tuple[Flag, ...] = _table("flags.toml", "flag", Flag, "code")
    design_factors: Mapping[str, DesignFactor] = _table("design_factors.toml", "design_factor", DesignFactor, "id", by="id")
    ground_values: Mapping[str, GroundValue] = _table("ground_values.toml", "ground_value", GroundValue, "id", by="id")
    pile_types: Mapping[str, PileType] = _table("pile_types.toml", "pile_type", PileType, "id", by="id")
    xi_factors: tuple[XiFactor, ...] = _table(
        "pile_xi.toml", "xi", XiFactor, "stiff", "n_tests", order=lambda row: (row.stiff, row.n_tests)
    )
    reinforcement: Mapping[str, ReinforcementRow] = _table("reinforcement.toml", "reinforcement", ReinforcementRow, "member", by="member")
    costs: Mapping[str, CostRow] = _table("costs.toml", "cost", CostRow, "id", by="id")
    new_roofs: Mapping[str, NewRoof] = _table("new_roof.toml", "new_roof", NewRoof, "kind", by="kind")
    sun_norms: Mapping[str, SunNorm] = _table("sun.toml", "sun_norm", SunNorm, "id", by="id")
    rules: tuple[Rule, ...] = _table("rules.toml", "rule", RuleRow, "code")
    access: Mapping[str, AccessValue] = _table("access.toml", "access", AccessValue, "id", by="id")
    roof_rules: Mapping[str, RoofRule] = _table("roof_rules.toml", "roof_rule", RoofRule, "id", by="id")
    beyond: Mapping[str, BeyondRule] = _table("beyond.toml", "beyond", BeyondRule, "id", by="id")
    family_rules: Mapping[str, FamilyRule] = _table("families.toml", "family_rule", FamilyRule, "id", by="id")
    product_limits: Mapping[str, ProductLimit] = _table("product_limits.toml", "product_limit", ProductLimit, "id", by="id")
    city_attributes: Mapping[str, CityAttribute] = _table("city_attributes.toml", "city_attribute", CityAttribute, "field", by="field")
    archetypes: tuple[Archetype, ...] = _table("screening.toml", "archetype", Archetype, "id")
    typologies: Mapping[str, Typology] = _table("screening_typologies.toml", "typology", Typology, "id", by="id")
    screening_filters: tuple[ScreeningFilter, ...] = _table("screening_filters.toml", "screening_filter", ScreeningFilter, "preset", "id")
    screening_values: Mapping[str, ScreeningValue] = _table("screening_values.toml", "screening_value", ScreeningValue, "id", by="id")
    business: Mapping[str, Assumption] = _table("business.toml", "assumption", Assumption, "id", by="id")
    consents: tuple[Consent, ...] = _table("consent.toml", "consent", Consent, "id")
    combinations: tuple[Combination, ...] = _table("combinations.toml", "combination", Combination, "id")
    factsheets: Mapping[str, Factsheet] = _table("factsheets.toml", "factsheet", Factsheet, "code", by="code")
    realised: tuple[Realised, ...] = _table("realised.toml", "realised", Realised, "id")

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


# File name -> how it is read; in the order of the record
_FILES: Mapping[str, _Subject] = MappingProxyType({one.metadata["file"]: one.metadata["subject"] for one in fields(Engineering)})


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
        rows[name], wrong = _check(documents[name], name)
        faults.extend(wrong)
    rules: tuple[Rule, ...] = ()
    if not faults:
        rules, wrong = joined_rules(rows["rules.toml"], {row.code: row for row in rows["flags.toml"]}, documents["rules.toml"])
        faults.extend(wrong)
        prices = {row.id: row for row in rows["costs.toml"]}
        faults.extend(roof_cost_faults(rows["new_roof.toml"], prices, documents["new_roof.toml"]))
    if faults:
        raise CatalogError(faults)
    read = {one.name: one.metadata["subject"].value(rows[one.metadata["file"]]) for one in fields(Engineering)}
    return Engineering(**{**read, "rules": rules})


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
    subject = _FILES[name]
    record, faults = check(document, subject.model)
    relations = row_faults(document, subject.table, subject.identity) if document.usable else ()
    found = merged(faults, relations)
    rows: list[Any] = [] if record is None or found else getattr(record, "rows", [])
    return rows, found
