"""A group whose subcommands are imported when they run, so that help stays quick."""

from __future__ import annotations

import importlib
from collections.abc import Mapping
from typing import Any

import click


class LazyGroup(click.Group):
    """``commands``: name -> (module with a `command`, one line of help)."""

    def __init__(self, name: str, *, help: str, commands: Mapping[str, tuple[str, str]]) -> None:
        super().__init__(name, help=help)
        self._lazy = commands

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - signature of click
        """Return the names in their order."""
        return list(self._lazy)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002 - signature of click
        """Import the module of one command."""
        if cmd_name not in self._lazy:
            return None
        found: click.Command = importlib.import_module(self._lazy[cmd_name][0]).command
        return found

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> Any:  # noqa: ARG002 - signature of click
        """Write the table without importing a command."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, text) for name, (_, text) in self._lazy.items()])
