"""`optopscan capacity`: how many storeys and what stops the next one; or the whole calculation of one element."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING, Any

import click

from optopscan.cli.files import input_files
from optopscan.cli.options import SectionedCommand, overrides_from, settings_from, settings_options
from optopscan.cli.scan import gate
from optopscan.cli.terminal import Progress, clean_stdout, emit, emit_json
from optopscan.cli.words import nearest
from optopscan.errors import UsageError

if TYPE_CHECKING:
    from optopscan.pipeline import CheckedBuilding
    from optopscan.pipeline.calculating import Calculation


@click.command("capacity", cls=SectionedCommand)
@click.argument("files", metavar="IFC...", nargs=-1, required=True)
@click.option("--element", metavar="ID", help="Print the whole calculation of one element, by id (0#123) or GlobalId.")
@click.option("--part", metavar="ID", help="With --element: one of its parts, by id (0#123/2) or number (2).")
@click.option("--scenario", metavar="ID", help="With --element: the state, as existing or CONCEPT+1; the governing one when left out.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON instead of text.")
@click.option("--lang", type=click.Choice(["nl", "en"]), default="nl", help="Language of the text [default: nl]; a calculation is Dutch.")
@click.option("--fail-under", type=click.IntRange(min=0), metavar="N", help="Exit with 1 when fewer than N storeys are proven.")
@click.option("--quiet", is_flag=True, help="No progress and no messages on stderr, except errors.")
@settings_options
def command(files: tuple[str, ...], element: str | None, part: str | None, scenario: str | None, **params: Any) -> None:
    """Answer how many storeys fit per concept, what stops the next one, and what to investigate first. Places no modules.

    With --element: one whole calculation, as by hand: where the load comes from, combinations, every clause step with its
    formula, numbers and their sources, unity check before and after, verdict.
    """
    paths = input_files(files)
    if element is None:
        if part is not None or scenario is not None:
            raise UsageError("--part and --scenario go with --element; name an element")
        _answer(paths, params)
        return
    if params["fail_under"] is not None:
        raise UsageError("--fail-under is about the whole answer; leave out --element")
    _calculation(paths, element, part, scenario, params)


def _answer(paths: tuple[Any, ...], params: dict[str, Any]) -> None:
    from optopscan.pipeline import scan
    from optopscan.report import capacity_text
    from optopscan.report.record.build import build

    settings, overrides = dataclasses.replace(settings_from(params), place=False), overrides_from(params)
    with Progress(quiet=params["quiet"]) as progress, clean_stdout():
        record, _ = build(scan(paths, settings, progress, overrides))
    if params["as_json"]:
        emit_json(capacity_text.as_json(record))
    else:
        emit(capacity_text.text(record, params["lang"]))
    gate(record["extra_storeys"]["proven"], params["fail_under"], quiet=params["quiet"])


def _calculation(paths: tuple[Any, ...], element: str, part: str | None, scenario: str | None, params: dict[str, Any]) -> None:
    from optopscan.pipeline import check_building
    from optopscan.report import calculation

    # one part needs no probability, which takes longer than all checks
    settings, overrides = dataclasses.replace(settings_from(params), place=False, samples=0), overrides_from(params)
    with Progress(quiet=params["quiet"]) as progress, clean_stdout():
        made = _calculated(check_building(paths, settings, progress, overrides), element, part, scenario)
    if params["as_json"]:
        emit_json(calculation.as_json(made))
    else:
        emit(calculation.text(made))


def _calculated(checked: CheckedBuilding, element: str, part: str | None, scenario: str | None) -> Calculation:
    from optopscan.pipeline.calculating import calculate, governing_scenario, scenario_names
    from optopscan.report.inspection.element import find

    names = scenario_names(checked)
    if scenario is not None and scenario not in names:
        raise UsageError(f"--scenario {scenario}: no such state; {nearest(scenario, names)}")
    return calculate(checked, find(checked.known.building.elements, element), scenario or governing_scenario(checked), part=part)
