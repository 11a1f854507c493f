"""`optopscan check-model`: does the model say what a quickscan needs, per paragraph of the BIM Basis ILS?"""

from __future__ import annotations

import dataclasses
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from optopscan.cli.files import check_output_folder, input_files
from optopscan.cli.options import SectionedCommand, settings_from, settings_options
from optopscan.cli.terminal import Progress, clean_stdout, emit, emit_json, printable, say
from optopscan.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from optopscan.model.model_check import RequirementResult

_PARTS = {"required": "nodig", "recommended": "aanbevolen", "own": "eigen IDS", "finding": "bevinding"}
_MARKS = {"pass": "ok", "fail": "FOUT", "not applicable": "n.v.t."}
_REASONS = {
    "The required property set does not exist": "propertyset ontbreekt",
    "The property set does not contain the required property": "niet ingevuld",
    "The entity has no classification": "geen classificatie",
    "The entity has no material": "geen materiaal",
    'The attribute value "None" is empty': "niet ingevuld",
    "The entity has no relationship": "staat in geen bouwlaag",
    "must not occur": "onbepaald element",
}
_SHOWN = 5
_INDENT = " " * 9


@click.command("check-model", cls=SectionedCommand)
@click.argument("files", metavar="[IFC]...", nargs=-1)
@click.option("--ids", "own", metavar="FILE", multiple=True, help="Check an IDS file of your own too; may be given several times.")
@click.option("--export", metavar="DIR", help="Write the published IDS files into DIR; without IFC that is all.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON: every requirement with every element that fails it.")
@click.option("--all", "show_all", is_flag=True, help="List every element that fails, not the first five.")
@click.option("--quiet", is_flag=True, help="No progress and no messages on stderr, except errors.")
@settings_options
def command(
    files: tuple[str, ...], own: tuple[str, ...], export: str | None, as_json: bool, show_all: bool, quiet: bool, **params: Any
) -> None:
    """Check whether IFC... says what a quickscan needs, per paragraph of the BIM Basis ILS.

    Two published IDS files are used: what is required (else the scan has to guess) and what is recommended (it narrows the
    answer). Exit code 1 if anything required fails. Needs ifctester: pip install 'optopscan[ids]'.
    """
    if export is not None:
        _export(check_output_folder(export), quiet=quiet)
    if not files and export is not None:
        return
    if not files:
        raise UsageError("no file given; name at least one IFC file, or --export DIR")
    from optopscan.ifc.model_check import check_model, passes

    paths, settings = input_files(files), settings_from(params)
    with Progress(quiet=quiet) as progress, clean_stdout():
        progress("checking the model")
        results = check_model(paths, settings, [Path(path) for path in own])
    if as_json:
        emit_json(_as_json(results, met=passes(results)))
    else:
        emit("\n".join(_lines(results, _SHOWN if not show_all else None)))
    if not passes(results):
        click.get_current_context().exit(1)


def _export(folder: Path, *, quiet: bool) -> None:
    from optopscan.ifc.requirements import PUBLISHED, published
    from optopscan.report.files import write_files

    write_files(folder, {published(part).name: published(part).read_bytes() for part in PUBLISHED})
    if not quiet:
        say(f"wrote {len(PUBLISHED)} IDS files to {folder}")


def _lines(results: Sequence[RequirementResult], shown: int | None) -> list[str]:
    from optopscan.ifc.requirements import PARAGRAPHS

    lines = []
    several = len({result.file for result in results if result.file}) > 1
    for paragraph, title in PARAGRAPHS.items():
        here = [result for result in results if result.paragraph == paragraph]
        if here:
            lines.append(f"{paragraph} {title}".strip())
            for result in here:
                lines += _result_lines(result, shown, several=several)
            lines.append("")
    failed = [sum(r.outcome == "fail" and r.part == part for r in results) for part in ("required", "recommended", "own")]
    last = f"{failed[0]} van de nodige en {failed[1]} van de aanbevolen eisen niet gehaald"
    return [*lines, last + (f"; {failed[2]} van uw eigen IDS" if any(r.part == "own" for r in results) else "")]


def _result_lines(result: RequirementResult, shown: int | None, *, several: bool) -> list[str]:
    head = f"  {_MARKS[result.outcome]:<7}{result.id:<8}{_PARTS[result.part]:<11}"
    what = printable(f"{_title(result)} [{result.file}]" if several and result.file else _title(result))
    if result.outcome != "fail":
        return [head + what]
    some = result.failures if shown is None else result.failures[:shown]
    lines = [head + what + _count(result)]
    lines += [_INDENT + "-> " + printable(result.remedy)] if result.part != "finding" else []
    lines += [
        _INDENT + printable(" ".join(text for text in (f.id, f.guid, f.name) if text) + f": {_REASONS.get(f.reason, f.reason)}")
        for f in some
    ]
    left = len(result.failures) - len(some)
    return [*lines, f"{_INDENT}en {left} meer (--all)"] if left else lines


def _title(result: RequirementResult) -> str:
    from optopscan.report.words import issue_title

    return issue_title(result.id, result.title, "nl") if result.part == "finding" else result.title


def _count(result: RequirementResult) -> str:
    if result.part == "finding" or not result.n_applicable:
        return f": {len(result.failures)}" if result.failures else ": ontbreekt"
    return f": {len(result.failures)} van {result.n_applicable}"


def _as_json(results: Sequence[RequirementResult], *, met: bool) -> dict[str, Any]:
    from optopscan import __version__

    return {
        "schema": "optopscan/check-model/1",
        "tool": {"version": __version__},
        "note": "quickscan, not a design check",
        "required_met": met,
        "results": [dataclasses.asdict(result) for result in results],
    }
