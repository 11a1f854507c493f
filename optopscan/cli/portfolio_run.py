"""`optopscan portfolio run`: every model of a folder or a list."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import click

from optopscan.cli.files import check_output_folder
from optopscan.cli.options import SectionedCommand, settings_from, settings_options
from optopscan.cli.terminal import clean_stdout, emit, emit_json, say
from optopscan.errors import UnreadableInput, UsageError


@click.command("run", cls=SectionedCommand)
@click.argument("source", metavar="DIR|list.csv")
@click.option("-o", "--output", metavar="DIR", required=True, help="Folder for the table, and for the rows that are done.")
@click.option(
    "-f",
    "--format",
    "formats",
    multiple=True,
    type=click.Choice(["csv", "parquet", "gpkg"]),
    help="Table; may be repeated.  [default: csv]",
)
@click.option(
    "--workers", type=click.IntRange(min=1), default=None, metavar="N", help="Processes at once.  [default: the processors there are]"
)
@click.option("--scheduler", metavar="ADDRESS", help="Address of a Dask scheduler that is running, instead of processes here.")
@click.option("--records", is_flag=True, help="Also keep the record of every building.")
@click.option("--json", "as_json", is_flag=True, help="Print the rows as JSON instead of a summary.")
@click.option("--quiet", is_flag=True, help="No progress and no messages on stderr, except errors.")
@settings_options
def command(
    source: str,
    output: str,
    formats: tuple[str, ...],
    workers: int | None,
    scheduler: str | None,
    records: bool,
    as_json: bool,
    quiet: bool,
    **params: Any,
) -> None:
    """Scan every model in DIR, or the buildings of list.csv, into one table with the reason of each.

    A list has a column `files` (models of one building, separated by ;) and, when wanted, `name` and `overrides`; other columns
    come back in the table. A model that cannot be scanned or crashes a library is a row with its reason. Stopped at any moment,
    the same command goes on where it was.
    """
    params["quiet"] = quiet
    if params.pop("overrides_file", None) is not None:
        raise UsageError("--overrides is about one building; name it in the column overrides of a list")
    settings, folder = settings_from(params), check_output_folder(output)
    if not os.path.exists(source):
        raise UnreadableInput(f"{source}: no such folder or list; check the path")
    with clean_stdout():
        from optopscan.portfolio import kept, table
        from optopscan.portfolio.buildings import buildings_of
        from optopscan.portfolio.run import run
        from optopscan.report.files import write_files

        table.check_libraries(formats)

        def told(done: int, of: int) -> None:
            if not quiet:
                say(f"{done} of {of}")

        rows = run(
            buildings_of(Path(source)),
            settings,
            folder,
            workers=workers or os.cpu_count() or 1,
            scheduler=scheduler,
            records=records,
            told=told,
        )
        document = kept.document(rows, settings)
        write_files(folder, {**table.files(rows, formats or ("csv",)), kept.NAME: kept.written(document)})
    if as_json:
        emit_json(document)
    else:
        emit(table.summary(rows))
