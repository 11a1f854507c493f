"""Rows of the engineering values: loads, materials, sections, factors, red flags."""

from __future__ import annotations

import math
from typing import Annotated, Literal

from pydantic import Field

from optopscan.catalog.row import Row
from optopscan.catalog.row import Text as _Text
from optopscan.codes.en1990 import FactorSet

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


def factor_set(row: FactorRow) -> FactorSet:
    """Return the partial factors that the clauses take."""
    values = row.model_dump()
    return FactorSet(id=values.pop("set"), **values)
