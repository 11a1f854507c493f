"""The command line as click knows it: every command with its arguments, options, defaults and environment variables."""

from __future__ import annotations

import functools
import inspect
import re
from collections.abc import Iterator

import click

from docs.make.markdown import block, cell, code, table
from optopscan.cli.app import cli

EXTRA = re.compile(r"\s*\[(?P<text>[^\[\]]*(?:default: |required|<|>)[^\[\]]*)\]\s*$")
SETTINGS_OF = "optopscan scan"
WIDTH = 100


def commands(group: click.Group = cli, path: tuple[str, ...] = ("optopscan",)) -> Iterator[tuple[str, click.Command]]:
    """Yield every command with its full name, a group before its commands."""
    ctx = click.Context(group, info_name=path[-1])
    for name in group.list_commands(ctx):
        command = group.get_command(ctx, name)
        if command is None:
            continue
        full = (*path, name)
        yield " ".join(full), command
        if isinstance(command, click.Group):
            yield from commands(command, full)


def reference() -> str:
    """Return the reference of all commands; options of settings stand once, under `optopscan scan`."""
    return "\n".join(_command(name, command) for name, command in commands())


def _command(name: str, command: click.Command) -> str:
    ctx = click.Context(command, info_name=name, max_content_width=WIDTH, terminal_width=WIDTH)
    parts = [
        f"{'#' * (1 + name.count(' '))} {name}\n",
        _text(command.help or ""),
        block(" ".join([name, *command.collect_usage_pieces(ctx)])),
    ]
    if isinstance(command, click.Group):
        names = command.list_commands(ctx)
        parts.append("Commands: " + ", ".join(f"[{one}](#{(name + ' ' + one).replace(' ', '-')})" for one in names) + ".\n")
    else:
        parts.append(_options(command, ctx))
    return "\n".join(parts)


def _text(text: str) -> str:
    """Return the help text; what click keeps line by line (after a form feed mark) becomes a block."""
    told = []
    for paragraph in inspect.cleandoc(text).split("\n\n"):
        told.append(block(paragraph.lstrip("\b\n")) if paragraph.startswith("\b") else f"{cell(paragraph)}\n")
    return "\n".join(told)


def _options(command: click.Command, ctx: click.Context) -> str:
    rows = list(_rows(command, ctx))
    known = set() if ctx.info_name == SETTINGS_OF else _settings()
    kept = [row for row in rows if row not in known]
    made = []
    for heading in dict.fromkeys(section for section, _ in kept):
        made += [f"**{heading}**\n"] if heading else []
        made.append(table(["option", "meaning", "default", "environment"], [list(row) for section, row in kept if section == heading]))
    if len(kept) < len(rows):
        made.append(f"And {len(rows) - len(kept)} settings that are those of [{SETTINGS_OF}](#{SETTINGS_OF.replace(' ', '-')}).\n")
    return "\n".join(made)


Row = tuple[str, tuple[str, ...]]


def _rows(command: click.Command, ctx: click.Context) -> Iterator[Row]:
    """Yield (heading, cells) of every option."""
    for param in command.get_params(ctx):
        record = param.get_help_record(ctx) if isinstance(param, click.Option) else None
        if record is None:
            continue
        names, told = record
        extra = EXTRA.search(told)
        notes = [note.strip() for note in extra["text"].split(";")] if extra else []
        default = next((note.removeprefix("default: ") for note in notes if note.startswith("default: ")), "")
        others = [note for note in notes if not note.startswith("default: ")]
        text = (told[: extra.start()] if extra else told) + (f" ({', '.join(others)})" if others else "")
        variable = param.envvar if isinstance(param.envvar, str) else ""
        yield getattr(param, "section", ""), (code(names), cell(text), cell(default), code(variable))


@functools.cache
def _settings() -> frozenset[Row]:
    """Return the rows under a heading of the command that has all settings."""
    command = next(found for name, found in commands() if name == SETTINGS_OF)
    ctx = click.Context(command, info_name=SETTINGS_OF, max_content_width=WIDTH, terminal_width=WIDTH)
    return frozenset(row for row in _rows(command, ctx) if row[0])
