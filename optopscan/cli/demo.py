"""`optopscan demo`: scan a building that comes with the program."""

from __future__ import annotations

from typing import Any

import click

from optopscan.cli.files import examples
from optopscan.cli.options import SectionedCommand, result_options, settings_options
from optopscan.cli.scan import run
from optopscan.cli.terminal import emit
from optopscan.cli.words import nearest
from optopscan.errors import UnreadableInput, UsageError

DEFAULT = "portiekflat_1958"


@click.command("demo", cls=SectionedCommand)
@click.argument("name", required=False, default=DEFAULT)
@click.option("--list", "only_list", is_flag=True, help="List the bundled examples and stop.")
@result_options
@settings_options
def command(name: str, only_list: bool, **params: Any) -> None:
    """Scan a bundled example building (portiekflat_1958 unless another is named)."""
    found = examples()
    if not found:
        raise UnreadableInput("examples: none are bundled with this installation; install optopscan again")
    if only_list:
        emit("\n".join(found))
        return
    if name not in found:
        raise UsageError(f"{name}: no such example; {nearest(name, found)}")
    run((found[name],), params)
