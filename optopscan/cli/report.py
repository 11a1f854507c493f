"""`optopscan report`: views of a record, each in the format that its reader takes."""

from __future__ import annotations

from pathlib import Path

import click

from optopscan.cli.files import A_RECORD, check_output_folder, input_files
from optopscan.cli.options import SectionedCommand
from optopscan.cli.terminal import Progress, clean_stdout, emit, say
from optopscan.errors import UsageError
from optopscan.report.formats import FORMATS
from optopscan.report.words import Language

# Why a format has no file for a record
NOTHING = {
    "ifc": "no variant was put forward in this record; optopscan place record.json -o DIR makes one that has them",
    "variants": "no variant was placed in this record",
}


def _table() -> str:
    return "\b\n" + "\n".join(f"{name:<9} {text}" for name, text in FORMATS.items())


@click.command("report", cls=SectionedCommand, epilog=f"\b\nFormats:\n{_table()[2:]}")
@click.argument("file", metavar="record.json")
@click.option(
    "-f", "--format", "formats", multiple=True, type=click.Choice(list(FORMATS)), help="A format; may be repeated.  [default: html]"
)
@click.option("--all", "everything", is_flag=True, help="Every format.")
@click.option("-o", "--output", metavar="DIR", default=".", show_default=True, help="Folder to write into.")
@click.option(
    "--merged",
    metavar="ORIGINAL.ifc",
    help="Also the scanned model with each variant put forward in it; its hash must be that of the scan.",
)
@click.option("--lang", type=click.Choice(["nl", "en"]), default="nl", show_default=True, help="Language of the views.")
@click.option("--quiet", is_flag=True, help="No progress and no messages on stderr, except errors.")
def command(file: str, formats: tuple[str, ...], everything: bool, output: str, merged: str | None, lang: str, quiet: bool) -> None:
    """Write views of the record of a scan: a page, a calculation, a sheet, models and drawings.

    Nothing is computed: every view shows what the record holds. Prints the names of the files written.
    """
    if formats and everything:
        raise UsageError("--all and --format exclude each other")
    [path] = input_files((file,), inside=A_RECORD)
    original = input_files((merged,))[0] if merged is not None else None
    folder = check_output_folder(output)
    chosen = _installed() if everything else formats or (() if original else ("html",))
    written, said = _write(path, folder, chosen, original, "nl" if lang == "nl" else "en", quiet=quiet)
    for line in said if not quiet else ():
        say(line)
    emit("".join(f"{one}\n" for one in sorted(one.name for one in written)))


def _installed() -> tuple[str, ...]:
    """Return every format that can be made here; what needs an extra is named, never left out in silence."""
    from optopscan.report.views import missing

    lacking = missing(FORMATS)
    for name, how in lacking.items():
        say(f"{name} left out: {how}")
    return tuple(name for name in FORMATS if name not in lacking)


def _write(
    path: Path, folder: Path, formats: tuple[str, ...], original: Path | None, lang: Language, *, quiet: bool
) -> tuple[tuple[Path, ...], list[str]]:
    """Return what was written, all or none, and what there is to say of it."""
    with Progress(quiet=quiet) as progress, clean_stdout():
        from optopscan.report.files import write_files
        from optopscan.report.ifc_overlay import merged_variants
        from optopscan.report.names import file_part
        from optopscan.report.record.build import read
        from optopscan.report.views import render

        progress("reading")
        record, arrays = read(path)
        made: dict[str, bytes] = {}
        said: list[str] = []
        for name in formats:
            progress(name)
            found = render(record, arrays, formats=(name,), language=lang)
            said += [] if found else [f"{name}: {NOTHING.get(name, 'nothing to show')}"]
            made |= found
        if original is not None:
            progress("merging")
            models, told = merged_variants(record, arrays, original, lang)
            said += told or ([] if models else [f"--merged: {NOTHING['ifc']}"])
            taken: set[str] = set()
            made |= {f"{file_part(name, taken)}.ifc": data for name, data in models.items()}
        progress("writing")
        return write_files(folder, made), said
