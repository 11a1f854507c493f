"""`optopscan diff`: two records of one building side by side."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

import click

from optopscan.cli.files import A_RECORD, input_files
from optopscan.cli.options import SectionedCommand
from optopscan.cli.terminal import clean_stdout, emit, emit_json


@click.command("diff", cls=SectionedCommand)
@click.argument("before", metavar="A.json")
@click.argument("after", metavar="B.json")
@click.option("--json", "as_json", is_flag=True, help="Print JSON, with every change.")
@click.option("--lang", type=click.Choice(["nl", "en"]), default="nl", show_default=True, help="Language of the text.")
def command(before: str, after: str, as_json: bool, lang: Literal["nl", "en"]) -> None:
    """Tell what changed between two scans, what moved in the answer, and which part explains it.

    A.json and B.json are records (record.json), the older first; each with its record.npz beside it.
    """
    paths = input_files((before, after), inside=A_RECORD)
    with clean_stdout():
        from optopscan.report.difference import text as difference_text
        from optopscan.report.difference.compare import difference
        from optopscan.report.record.build import read

        found = difference(*(read(path)[0] for path in paths))
    if as_json:
        emit_json(difference_text.as_json(found))
    else:
        emit(difference_text.text(found, _names(paths), lang))


def _names(paths: tuple[Path, ...]) -> tuple[str, str]:
    """Return the two paths as given; both are often called record.json."""
    return str(paths[0]), str(paths[1])
