"""`optopscan inspect`: what was read and inferred, before anything is checked."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from optopscan.cli.files import check_new_file, check_output_folder, input_files
from optopscan.cli.options import SectionedCommand, overrides_from, settings_from, settings_options
from optopscan.cli.terminal import Progress, clean_stdout, emit, emit_json, say
from optopscan.errors import UsageError

if TYPE_CHECKING:
    from pathlib import Path

    from optopscan.pipeline.inspecting import Inspection


@click.command("inspect", cls=SectionedCommand)
@click.argument("files", metavar="IFC...", nargs=-1, required=True)
@click.option(
    "-o", "--output", metavar="DIR", help="Also write drawings per level (SVG, PNG), inspect.json and vragen.csv into this folder."
)
@click.option("--element", metavar="ID", help="Show all evidence of one element, by id (0#123) or GlobalId.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON: one row per element with its evidence, questions, issues.")
@click.option("--write-overrides", "template", metavar="FILE", help="Write a commented override file of everything guessed, and stop.")
@click.option("--force", is_flag=True, help="Let --write-overrides replace a file that exists.")
@click.option("--quiet", is_flag=True, help="No progress and no messages on stderr, except errors.")
@settings_options
def command(
    files: tuple[str, ...],
    output: str | None,
    element: str | None,
    as_json: bool,
    template: str | None,
    force: bool,
    quiet: bool,
    **params: Any,
) -> None:
    """Show what was read from IFC...: storeys, elements, materials, what bears, what carries what, and what to find out first.

    A model without floors or without bearing walls is shown as far as it goes.
    """
    if element is not None and as_json:
        raise UsageError("--element and --json do not go together; use --json and pick the element from it")
    from optopscan.pipeline.inspecting import inspect

    paths, settings, overrides = input_files(files), settings_from(params), overrides_from(params)
    folder = None if output is None else check_output_folder(output)
    target = None if template is None else check_new_file(template, force=force)
    with Progress(quiet=quiet) as progress:
        with clean_stdout():
            inspection = inspect(paths, settings, progress, overrides)
        shown = "" if target is not None else _shown(inspection, element, as_json=as_json)
        if folder is not None:
            from optopscan.report.inspection import files as inspect_files

            progress("drawing")
            inspect_files.write(inspection, folder)
        if target is not None:
            _write_template(inspection, target)
    if target is not None:
        if not quiet:
            say(f"{target}: {len(inspection.questions)} questions; take the # off what you know, then scan with --overrides {target}")
    elif as_json:
        emit_json(shown)
    else:
        emit(shown)


def _write_template(seen: Inspection, target: Path) -> None:
    """Write the commented override file, complete or not at all."""
    from optopscan.report.files import write_files
    from optopscan.report.inspection.override_template import Known, template

    known = Known(
        building=seen.building,
        materials=seen.materials,
        bearing=seen.bearing,
        settings=seen.settings,
        questions=seen.questions,
        file_names=[file.name for file in seen.building.inputs],
    )
    write_files(target.parent, {target.name: template(known).encode()})


def _shown(inspection: Inspection, element: str | None, *, as_json: bool) -> Any:
    if as_json:
        from optopscan.report.inspection.files import as_json as data

        return data(inspection)
    if element is not None:
        from optopscan.report.inspection import element as inspect_element

        return inspect_element.text(inspection, element)
    from optopscan.report.inspection import text as inspect_text

    return inspect_text.text(inspection)
