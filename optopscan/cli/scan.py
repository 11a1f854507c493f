"""`optopscan scan`: the whole job, from IFC to record and views."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

import click

from optopscan.cli.files import check_output_folder, input_files
from optopscan.cli.options import SectionedCommand, overrides_from, result_options, settings_from, settings_options
from optopscan.cli.terminal import Progress, clean_stdout, emit, say, say_left
from optopscan.errors import UsageError
from optopscan.report.formats import FORMATS

if TYPE_CHECKING:
    from optopscan.model.overrides import Overrides
    from optopscan.settings import Settings

    Made = tuple[dict[str, Any], dict[str, Any]]

Language = Literal["nl", "en"]


@click.command("scan", cls=SectionedCommand)
@click.argument("files", metavar="IFC...", nargs=-1, required=True)
@result_options
@click.option(
    "-f",
    "--format",
    "formats",
    multiple=True,
    type=click.Choice(list(FORMATS)),
    help="With -o: also this view, as of optopscan report; may be repeated.",
)
@settings_options
def command(files: tuple[str, ...], **params: Any) -> None:
    """Answer how many light timber storeys fit on the building in IFC...

    Several files are the aspect models (walls, floors, steel, foundation) of one building. Prints the summary; -o also
    writes the record (record.json, record.npz), the summary and the plans into DIR.
    """
    run(input_files(files), params)


def run(files: tuple[Path, ...], params: dict[str, Any]) -> None:
    """Scan, write, print, and leave with 1 if the gate that was asked for says no."""
    settings, overrides = settings_from(params), overrides_from(params)
    formats = params.get("formats", ())
    if formats and params["output"] is None:
        raise UsageError("--format writes files; name a folder with -o")
    folder = None if params["output"] is None else check_output_folder(params["output"])
    with Progress(quiet=params["quiet"]) as progress:
        made = _scan(files, settings, progress, overrides)
        progress("writing")
        text, left = _report(made, folder, params["lang"], formats, as_json=params["as_json"])
    emit(text)
    if folder is not None and not params["quiet"]:
        say_left(folder, left)
    gate(made[0]["extra_storeys"]["proven"], params["fail_under"], quiet=params["quiet"])


def _scan(files: tuple[Path, ...], settings: Settings, progress: Progress, overrides: Overrides | None) -> Made:
    from optopscan.pipeline import scan
    from optopscan.report.record.build import build

    with clean_stdout():
        result = scan(files, settings, progress, overrides)
    return build(result)


def _report(made: Made, folder: Path | None, lang: Language, formats: tuple[str, ...], *, as_json: bool) -> tuple[str, tuple[str, ...]]:
    """Return what goes to stdout; with a folder, write the usual views and those asked for, all or none; name what stays beside."""
    from optopscan.report import summary, tidy

    record, arrays = made
    text, left = summary.text(record, lang), tuple[str, ...]()
    if folder is not None:
        from optopscan.report.files import of_another_answer, write_files
        from optopscan.report.plans.render import render  # matplotlib: half a second that a summary need not wait for
        from optopscan.report.record.build import files
        from optopscan.report.variants.render import render as variants

        asked = {}
        if formats:
            from optopscan.report import views

            asked = views.render(record, arrays, formats=formats, language=lang)
        pictures = dict([*render(record, arrays, lang), *variants(record, arrays, lang)])
        made_here = {**files(record, arrays), summary.FILE_NAMES[lang]: text.encode(), **pictures, **asked}
        left = of_another_answer(folder, made_here)
        write_files(folder, made_here)
    return tidy.dumps(record) if as_json else text, left


def gate(proven: int, fail_under: int | None, *, quiet: bool) -> None:
    """Leave with 1 where fewer storeys are proven than were asked for."""
    if fail_under is None or proven >= fail_under:
        return
    if not quiet:
        say(f"proven {proven} is under --fail-under {fail_under}")
    click.get_current_context().exit(1)
