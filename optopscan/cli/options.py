"""Options that several commands share; every field of `Settings` is one of them.

A value comes from the flag, else from the environment (`OPTOPSCAN_<FIELD>`), else
from `optopscan.toml`, else from `Settings`. The key in all three is the field name,
so that the unit is in it.
"""

from __future__ import annotations

import dataclasses
import types
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Literal, TypeVar, Union, get_args, get_origin, get_type_hints

import click
from click.core import ParameterSource

from optopscan.cli import config
from optopscan.settings import LENGTH_UNITS_M, Settings

if TYPE_CHECKING:
    from optopscan.model.overrides import Overrides

Function = TypeVar("Function", bound=Callable[..., Any])

# flag, field of Settings, heading in --help, help
SETTINGS = (
    ("--level", "level", "Assessment", "Assessment level of the existing structure (NEN 8700)."),
    ("--consequence-class", "consequence_class", "Assessment", "Consequence class after the extension."),
    ("--factor-set", "factor_set", "Assessment", "Set of load factors."),
    ("--use", "existing_use", "Assessment", "Use of the existing floors."),
    ("--build-year", "build_year", "Assessment", "Year of construction, where the model does not say."),
    (
        "--reference-period",
        "reference_period_years",
        "Assessment",
        "Years that the existing structure must still last; less than 50 lowers imposed load and wind on it.",
    ),
    ("--wind-region", "wind_region", "Assessment", "Wind region (NEN-EN 1991-1-4); not told: ok only in region I."),
    ("--terrain", "terrain", "Assessment", "Terrain around the building; not told: ok only in open country."),
    (
        "--robustness-settled/--no-robustness-settled",
        "robustness_settled",
        "Assessment",
        "The engineer has settled robustness in the new consequence class (ties, second load path or key elements).",
    ),
    ("--samples", "samples", "Assessment", "Draws for the probability: 16 times a power of two; 0 leaves it out."),
    ("--seed", "seed", "Assessment", "Where the draws begin; another seed shows how much the probability scatters."),
    ("--floor-finish", "floor_finish_kn_m2", "Loads the model leaves out", "Finish and screed on existing floors [kN/m2]."),
    ("--partitions", "partitions_kn_m2", "Loads the model leaves out", "Movable partitions on existing floors [kN/m2]."),
    ("--roof-membrane", "roof_membrane_kn_m2", "Loads the model leaves out", "Roof membrane and insulation [kN/m2]."),
    ("--roof-ballast", "roof_ballast_kn_m2", "Loads the model leaves out", "Ballast on the existing roof [kN/m2]."),
    (
        "--roof-ballast-evidence/--no-roof-ballast-evidence",
        "roof_ballast_evidence",
        "Loads the model leaves out",
        "The ballast was seen on site: its removal may count as relief.",
    ),
    ("--concept", "concepts", "Extension", "Catalogue product to place; may be given several times."),
    ("--max-extra-storeys", "max_extra_storeys", "Extension", "Most storeys to try."),
    ("--goal", "goal", "Extension", "What a layout maximises first; balanced: dwellings, every type of the product as often."),
    (
        "--mix",
        "mix",
        "Extension",
        "Share of each dwelling type in percent, fewest modules first, as 40/40/20.",
    ),
    ("--mix-yields", "mix_yields", "Extension", "What gives way where the mix costs dwellings: the mix, or the number of dwellings."),
    ("--access", "access", "Extension", "How dwellings are reached; none leaves it out."),
    ("--gallery-side", "gallery_side", "Extension", "Side of the roof where a gallery runs."),
    ("--setback", "setback_m", "Extension", "Free strip along the roof edge [m]."),
    (
        "--setback-side",
        "setback_sides",
        "Extension",
        "Free strip along the edges that look one way, as noord=1.5 [m] (noord, oost, zuid, west); may be given several times.",
    ),
    ("--storey-setback", "storey_setback_m", "Extension", "Further strip that every new storey above the first keeps free [m]."),
    ("--height-max", "height_max_m", "Extension", "Highest top of the building above the ground that the plan allows [m]."),
    (
        "--fire-distance",
        "fire_distance_m",
        "Extension",
        "Distance of new facades to buildings opposite [m]; half of it to the plot.",
    ),
    (
        "--remove-obstacle",
        "remove_obstacles",
        "Extension",
        "Obstacle on the roof that goes: GlobalId, id or name, * allowed; may be given several times.",
    ),
    ("--new-roof", "new_roof", "Extension", "What lies on the new roof; its weight counts."),
    ("--place/--no-place", "place", "Extension", "Place modules, or stop at the number of storeys."),
    ("--assume-unit", "assume_unit", "Reading", "Length unit of a file that states none."),
    ("--building", "building", "Reading", "Name or GlobalId of one building in a file that has several."),
    ("--ignore-property", "ignore_properties", "Reading", "Property not to believe, as Pset.Property; may be given several times."),
    ("--threads", "threads", "Reading", "Threads for the geometry kernel."),
    ("--part-length-max", "part_length_max_m", "Discretisation", "Longest wall segment taken as one part [m]."),
    ("--head-length-max", "head_length_max_m", "Discretisation", "Longest wall head taken as one support [m]."),
    ("--cell-size", "cell_size_m", "Discretisation", "Size of floor cells [m]."),
    ("--contact-tolerance", "contact_tolerance_m", "Discretisation", "Largest gap that still counts as contact [m]."),
)
_HINTS = get_type_hints(Settings)
_FIELDS = {field.name: field for field in dataclasses.fields(Settings)}


class Section(click.Option):
    """Option that stands under a heading of its own in `--help`."""

    def __init__(self, *args: Any, section: str, **extra: Any) -> None:
        super().__init__(*args, **extra)
        self.section = section

    def get_error_hint(self, ctx: click.Context | None) -> str:
        """Return what to name in an error: the variable when the value came from there."""
        if ctx is not None and self.name and ctx.get_parameter_source(self.name) is ParameterSource.ENVIRONMENT:
            return str(self.envvar)
        return super().get_error_hint(ctx)


class Mix(click.ParamType):  # type: ignore[type-arg]  # generic from click 8.3 on
    """Shares as 40/40/20."""

    name = "share/share"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> tuple[float, ...]:
        """Return the shares as numbers."""
        try:
            parts = value if isinstance(value, list | tuple) else str(value).split("/")
            shares = tuple(float(part) for part in parts)
        except ValueError:
            shares = ()
        if not shares or any(not 0 <= share <= 100 for share in shares) or abs(sum(shares) - 100.0) > 0.5:
            self.fail(f"{value!r} is no mix; write shares in percent that add up to 100, as 40/40/20", param, ctx)
        return shares


class SectionedCommand(click.Command):
    """Command whose `--help` shows options under their headings."""

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the options, those without a heading first."""
        sections: dict[str, list[tuple[str, str]]] = {"Options": []}
        for param in self.get_params(ctx):
            record = param.get_help_record(ctx) if isinstance(param, click.Option) else None
            if record is not None:
                sections.setdefault(getattr(param, "section", "Options"), []).append(record)
        for heading, rows in sections.items():
            with formatter.section(heading):
                formatter.write_dl(rows)


def settings_options(function: Function) -> Function:
    """Add `--config`, `--overrides` and one option per field of `Settings`, as parameters with the field's name."""
    for flag, field, section, text in reversed(SETTINGS):
        function = click.option(flag, field, cls=Section, section=section, help=text + _default_text(field), **_declaration(field))(
            function
        )
    function = click.option(
        "--overrides",
        "overrides_file",
        default=None,
        envvar=config.variable("overrides_file"),
        metavar="FILE",
        help="Corrections of the engineer (TOML); inspect --write-overrides FILE makes a first one.",
    )(function)
    return click.option(
        "--config",
        "config_file",
        default=None,
        envvar="OPTOPSCAN_CONFIG",
        is_eager=True,
        expose_value=False,
        callback=config.apply,
        metavar="FILE",
        help=f"Settings file, instead of {config.DEFAULT_NAME} in this folder.",
    )(function)


def result_options(function: Function) -> Function:
    """Add what a scan prints and writes: -o, --json, --lang, --fail-under, --quiet."""
    for option in reversed(
        (
            click.option("-o", "--output", metavar="DIR", help="Also write record, summary and plans into this folder."),
            click.option("--json", "as_json", is_flag=True, help="Print the record as JSON instead of the summary."),
            click.option(
                "--lang",
                type=click.Choice(["nl", "en"]),
                default="nl",
                show_default=True,
                envvar=config.variable("lang"),
                help="Language of the summary.",
            ),
            click.option("--fail-under", type=click.IntRange(min=0), metavar="N", help="Exit with 1 if fewer than N storeys are proven."),
            click.option("--quiet", is_flag=True, help="No progress and no messages on stderr, except errors."),
        )
    ):
        function = option(function)
    return function


def settings_from(params: dict[str, Any]) -> Settings:
    """Take the settings out of the parameters of a command; what nobody gave keeps its default.

    Raises
    ------
    UsageError
        If a value is outside its range.
    """
    return Settings(**given_from(params))


def given_from(params: dict[str, Any]) -> dict[str, Any]:
    """Take the settings that somebody gave out of the parameters of a command, by field of `Settings`."""
    ctx = click.get_current_context()
    if not ctx.params.get("quiet"):
        config.warn_of_unknown_variables(ctx.command)
    given: dict[str, Any] = {}
    for field in _FIELDS:
        value = params.pop(field)
        if value is None or value == ():
            continue
        given[field] = frozenset(value) if get_origin(_HINTS[field]) is frozenset else value
    return given


def overrides_from(params: dict[str, Any]) -> Overrides | None:
    """Take the overrides out of the parameters of a command, None when no file was named.

    Raises
    ------
    UsageError
        If the file cannot be read, or with every fault in it.
    """
    name = params.pop("overrides_file")
    if name is None:
        return None
    from optopscan.catalog.overrides import load_overrides

    return load_overrides(name)


def _default_text(field: str) -> str:
    # click must see None, to know what was given; the default itself stays in Settings.
    default = _FIELDS[field].default
    return f"  [default: {default}]" if isinstance(default, str | int | float) and not isinstance(default, bool) else ""


def _declaration(field: str) -> dict[str, Any]:
    hint = _HINTS[field]
    declaration: dict[str, Any] = {"default": None, "envvar": config.variable(field)}
    if field == "assume_unit":
        return {**declaration, "type": click.Choice(list(LENGTH_UNITS_M))}
    if field == "mix":
        return {**declaration, "type": Mix()}
    if get_origin(hint) is Literal:
        return {**declaration, "type": click.Choice(get_args(hint))}
    if get_origin(hint) in (tuple, frozenset):
        return {**declaration, "type": str, "multiple": True}
    if get_origin(hint) in (Union, types.UnionType):
        hint = next(kind for kind in get_args(hint) if kind is not type(None))
        if get_origin(hint) is Literal:
            return {**declaration, "type": click.Choice(get_args(hint))}
    return declaration if hint is bool else {**declaration, "type": hint}
