"""`optopscan inspect`: what was read and inferred, before anything is checked."""

from __future__ import annotations

from typing import Any

import click

from optopscan.cli.files import check_output_folder, input_files
from optopscan.cli.options import SectionedCommand, settings_from, settings_options
from optopscan.cli.terminal import Progress, clean_stdout, emit, emit_json
from optopscan.errors import UsageError


@click.command("inspect", cls=SectionedCommand)
@click.argument("files", metavar="IFC...", nargs=-1, required=True)
@click.option(
    "-o", "--output", metavar="DIR", help="Also write drawings per level (SVG, PNG), inspect.json and vragen.csv into this folder."
)
@click.option("--element", metavar="ID", help="Show all evidence of one element, by id (0#123) or GlobalId.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON: one row per element with its evidence, questions, issues.")
@click.option("--quiet", is_flag=True, help="No progress and no messages on stderr, except errors.")
@settings_options
def command(files: tuple[str, ...], output: str | None, element: str | None, as_json: bool, quiet: bool, **params: Any) -> None:
    """Show what was read from IFC...: storeys, elements, materials, what bears, what carries what, and what to find out first.

    A model without floors or without bearing walls is shown as far as it goes.
    """
    if element is not None and as_json:
        raise UsageError("--element and --json do not go together; use --json and pick the element from it")
    from optopscan.pipeline.inspecting import inspect

    paths, settings = input_files(files), settings_from(params)
    folder = None if output is None else check_output_folder(output)
    with Progress(quiet=quiet) as progress:
        with clean_stdout():
            inspection = inspect(paths, settings, progress)
        if folder is not None:
            from optopscan.report import inspect_files

            progress("drawing")
            inspect_files.write(inspection, folder)
        shown = _shown(inspection, element, as_json=as_json)
    emit_json(shown) if as_json else emit(shown)


def _shown(inspection: Any, element: str | None, *, as_json: bool) -> Any:
    if as_json:
        from optopscan.report.inspect_files import as_json as data

        return data(inspection)
    if element is not None:
        from optopscan.report import inspect_element

        return inspect_element.text(inspection, element)
    from optopscan.report import inspect_text

    return inspect_text.text(inspection)
