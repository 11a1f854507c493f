"""`optopscan families`: typical building families, from ranges of sizes to an IFC model."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from optopscan.cli.files import check_new_file
from optopscan.cli.terminal import emit, emit_json, say
from optopscan.cli.words import nearest
from optopscan.errors import UsageError

if TYPE_CHECKING:
    from optopscan.catalog.family import Family

OF = 20
_as_json = click.option("--json", "as_json", is_flag=True, help="Print JSON.")


@click.group("families")
def command() -> None:
    """List, show, check and build typical building families (no real buildings)."""


@command.command("list")
@_as_json
def list_families(as_json: bool) -> None:
    """List the families, one a line, with what refuses an extension."""
    found = _families()
    if as_json:
        emit_json([_plain(family) for family in found.values()])
        return
    width = max((len(name) for name in found), default=0)
    lines = []
    for family in found.values():
        period = family.file.period
        lines.append(f"{family.id:<{width}}  {period.from_year}-{period.to_year}  {family.name}{_refused(family)}")
    emit("\n".join(lines))


@command.command("show")
@click.argument("family_id", metavar="ID")
@_as_json
def show(family_id: str, as_json: bool) -> None:
    """Show one family (or a family file) with the range and source of each number."""
    family = _family(family_id)
    if as_json:
        emit_json(_plain(family))
    else:
        emit("\n".join(_lines(family)))


@command.command("build")
@click.argument("family_id", metavar="ID")
@click.option("-o", "--output", metavar="FILE", required=True, help="IFC file to write.")
@click.option("--sample", "number", type=click.IntRange(min=1), metavar="K", help="The K-th of the samples, not the typical block.")
@click.option("--of", "of", type=click.IntRange(min=1), default=OF, show_default=True, metavar="N", help="Number of samples.")
@click.option("--seed", type=click.IntRange(min=0), default=0, show_default=True, help="Where the samples begin.")
@click.option("--force", is_flag=True, help="Replace a file that exists.")
def build(family_id: str, output: str, number: int | None, of: int, seed: int, force: bool) -> None:
    """Write one block of a family (or of a family file) as IFC; the same options give the same bytes."""
    family = _family(family_id)
    if number is not None and number > of:
        raise UsageError(f"--sample {number}: there are {of} samples; name one of them, or more with --of")
    path = check_new_file(output, force=force)
    from optopscan.families import author_family, excluded, sample, typical
    from optopscan.report.files import write_files

    dimensions = typical(family) if number is None else sample(family, of, seed=seed)[number - 1]
    name = family.id if number is None else f"{family.id}-{number}-{of}-{seed}"
    content = author_family(family, dimensions, name=name)
    write_files(path.parent, {path.name: content})
    what = "typical block" if number is None else f"sample {number} of {of}, seed {seed}"
    say(f"{output}: {what} of {family.id}; scan it with --use {family.file.existing_use}; typical, not a real building")
    refused = excluded(family)
    if refused is not None:
        say(f"{family.id}: no extension by rule {refused.rule}: {refused.nl}")


@command.command("lint")
@click.argument("files", metavar="[TOML]...", nargs=-1)
def lint(files: tuple[str, ...]) -> None:
    """Check family files (the built-in ones if none is named); exit code 1 if any has a fault."""
    from optopscan.catalog.family import lint_families

    faults = [str(fault) for fault in lint_families(files)]
    if faults:
        emit("\n".join(faults))
        click.get_current_context().exit(1)
    say("families: no faults")


@command.command("schema")
def schema() -> None:
    """Print the JSON Schema of a family file."""
    from optopscan.catalog.family import family_schema

    emit_json(family_schema())


def _families() -> dict[str, Family]:
    from optopscan.catalog.family import load_families

    return {family.id: family for family in load_families()}


def _family(name: str) -> Family:
    """Return a family by id, or from a file of one's own."""
    from optopscan.catalog.family import load_family

    if name.endswith(".toml"):
        return load_family(name)
    found = _families()
    if name not in found:
        raise UsageError(f"{name}: no such family; {nearest(name, found)}")
    return found[name]


def _refused(family: Family) -> str:
    from optopscan.families import excluded

    refused = excluded(family)
    return "" if refused is None else f" (no extension: {refused.rule})"


def _plain(family: Family) -> dict[str, Any]:
    import dataclasses

    from optopscan.families import excluded, reservations

    refused = excluded(family)
    return {
        **family.file.model_dump(by_alias=True, exclude_none=True),
        "excluded": None if refused is None else dataclasses.asdict(refused),
        "reservations": [dataclasses.asdict(row) for row in reservations(family)],
    }


def _lines(family: Family) -> list[str]:
    from optopscan.families import excluded, reservations

    file, refused = family.file, excluded(family)
    width = max(len(name) for name in family.ranges)
    head = {
        "id": family.id,
        "name": family.name,
        "what": file.summary,
        "mark": "typical, not a real building",
        "period": f"{file.period.from_year}-{file.period.to_year} ({file.period.source}; {file.period.confidence})",
        "scheme": f"{file.scheme}, {file.walkway}",
        "use": file.existing_use,
        "refused": "by no rule; the checks of a scan decide" if refused is None else _reason(refused),
    }
    lines = [f"{key:<{width}}  {value}" for key, value in head.items()]
    lines += [f"{'unknown':<{width}}  {_reason(row)}" for row in reservations(family)]
    lines += [
        f"{key:<{width}}  {value}"
        for key, value in file.materials.model_dump(exclude_none=True).items()
        if key not in ("source", "confidence")
    ]
    return lines + [f"{name:<{width}}  {_range(spread)} ({spread.source}; {spread.confidence})" for name, spread in family.ranges.items()]


def _reason(row: Any) -> str:
    return f"{row.rule}: {row.nl} ({row.source}; {row.confidence})"


def _range(spread: Any) -> str:
    if spread.options is not None:
        return f"{spread.typical:g}, one of {', '.join(f'{value:g}' for value in spread.options)}"
    return f"{spread.typical:g}" if spread.lo is None else f"{spread.typical:g}, {spread.lo:g} to {spread.hi:g}"
