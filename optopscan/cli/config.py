"""Settings from `optopscan.toml` and names of environment variables.

click ignores unknown keys of its default map without a word; a misspelt setting
that changes nothing is a wrong answer, so the file is checked here first.
"""

from __future__ import annotations

import os
import tomllib
from pathlib import Path
from typing import Any

import click

from optopscan.cli.terminal import say
from optopscan.cli.words import nearest
from optopscan.errors import UsageError

DEFAULT_NAME = "optopscan.toml"
PREFIX = "OPTOPSCAN_"
# Ours, but no settings of a command: the settings file, and the folder of models the tests may use.
OTHER_VARIABLES = frozenset({"OPTOPSCAN_CONFIG", "OPTOPSCAN_REAL_MODELS"})


def variable(key: str) -> str:
    """Return the environment variable of a setting."""
    return PREFIX + key.upper()


def apply(ctx: click.Context, param: click.Parameter, value: str | None) -> None:  # noqa: ARG001 - signature of click
    """Put the settings file, if there is one, under flags and environment."""
    if value is None and not Path(DEFAULT_NAME).is_file():
        return
    ctx.default_map = read(DEFAULT_NAME if value is None else value, _configurable(ctx.command), ctx)


def read(name: str, options: dict[str, click.Option], ctx: click.Context) -> dict[str, Any]:
    """Return the values of a settings file, each of the type its option takes.

    Raises
    ------
    UsageError
        If the file cannot be read, a key is unknown or a value does not fit.
    """
    try:
        table = tomllib.loads(Path(name).read_text(encoding="utf-8"))
    except OSError as exc:
        raise UsageError(f"{name}: cannot be read ({exc.strerror}); check --config") from exc
    except ValueError as exc:  # of TOML, of UTF-8, or a number with more digits than Python reads
        raise UsageError(f"{name}: not TOML: {exc}; correct that line") from exc
    except RecursionError:
        table = {}
        deep = True
    else:
        from optopscan.catalog.syntax import is_deep  # read only where there is a file

        deep = is_deep(table)
    if deep:
        raise UsageError(f"{name}: not TOML: nested too deeply; a setting is a number, a text or a list")
    for key, value in table.items():
        if key not in options:
            raise UsageError(f"{name}: {key}: unknown setting; {nearest(key, options)}")
        _check(name, key, value, options[key], ctx)
    return table


def _check(name: str, key: str, value: Any, option: click.Option, ctx: click.Context) -> None:
    values = value if option.multiple else [value]
    if option.multiple and not isinstance(value, list):
        raise UsageError(f"{name}: {key}: write a list, as in {key} = [{value!r}]")
    for single in values:
        _check_one(name, key, single, option, ctx)


def _check_one(name: str, key: str, value: Any, option: click.Option, ctx: click.Context) -> None:
    # click would read "3" as 3, 2.7 as 2 and true as 1; a file with types can be held to them.
    wanted: dict[str, tuple[tuple[type, ...], str]] = {
        "boolean": ((bool,), "true or false"),
        "integer": ((int,), "a whole number"),
        "float": ((int, float), "a number"),
    }
    kinds, text = wanted.get(option.type.name, ((str,), "a text in quotes"))
    if not isinstance(value, kinds) or (isinstance(value, bool) and bool not in kinds):
        raise UsageError(f"{name}: {key}: {value!r} should be {text}")
    try:
        option.type.convert(value, option, ctx)
    except click.BadParameter as exc:
        raise UsageError(f"{name}: {key}: {exc.message}") from exc


def _configurable(command: click.Command) -> dict[str, click.Option]:
    return {p.name: p for p in command.params if isinstance(p, click.Option) and p.name and p.envvar and p.expose_value}


def warn_of_unknown_variables(command: click.Command) -> None:
    """Name on stderr each variable that looks like a setting but is none; only a warning, for other tools may set it."""
    known = {variable(key) for key in _configurable(command)} | OTHER_VARIABLES
    for found in sorted(os.environ):
        if found.startswith(PREFIX) and found not in known:
            say(f"environment: {found} is no setting of this command and is ignored; {nearest(found, sorted(known))}")
