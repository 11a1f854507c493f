"""`optopscan portfolio report`: a run as a page and tables about the stock."""

from __future__ import annotations

import os
from pathlib import Path

import click

from optopscan.cli.files import check_output_folder
from optopscan.cli.terminal import emit, say
from optopscan.errors import UnreadableInput
from optopscan.report.words import Language


@click.command("report")
@click.argument("source", metavar="RUN-DIR|TABLE")
@click.option("-o", "--output", metavar="DIR", required=True, help="Folder to write the page and the tables into.")
@click.option("--lang", type=click.Choice(["nl", "en"]), default="nl", show_default=True, help="Language of page and tables.")
@click.option("--quiet", is_flag=True, help="No messages on stderr, except errors.")
def command(source: str, output: str, lang: str, quiet: bool) -> None:
    """Counts by answer, what stops the next storey, what to find out first, families, and every building with its reason.

    RUN-DIR is the folder of portfolio run, TABLE a table in it. Nothing is computed anew: the page shows what the run kept.
    With records kept (portfolio run --records) every building links to its own.
    """
    if not os.path.exists(source):
        raise UnreadableInput(f"{source}: no such folder or table; name the output of portfolio run")
    folder = check_output_folder(output)
    from optopscan.portfolio import kept, stock_page
    from optopscan.portfolio.stock import stock_of
    from optopscan.report.files import write_files

    language: Language = "nl" if lang == "nl" else "en"
    run = kept.read(Path(source))
    stock = stock_of(run.rows)
    away = os.path.relpath(run.folder.resolve(), folder.resolve())
    made = stock_page.files(run, stock, lambda record: os.path.normpath(os.path.join(away, record)).replace(os.sep, "/"), language)
    write_files(folder, made)
    if not quiet:
        say(f"{output}: {', '.join(sorted(made))}")
    told = (stock_page.headline(stock, language), stock_page.because(stock, language), stock_page.stamp(run, stock, language))
    emit("\n".join(line for line in told if line))
