"""`optopscan feasibility`: is it worth doing? The business case of one variant of a record."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

import click

from optopscan.cli.files import A_RECORD, check_new_file, check_output_folder, input_files
from optopscan.cli.options import SectionedCommand
from optopscan.cli.terminal import clean_stdout, emit, emit_json, say

if TYPE_CHECKING:
    from optopscan.catalog.assumptions import Assumed


@click.command("feasibility", cls=SectionedCommand)
@click.argument("file", metavar="record.json")
@click.option("--variant", "wanted", metavar="ID", help="Variant of the record; the first that was put forward when left out.")
@click.option("--assumptions", "own", metavar="FILE", help="Your assumptions (TOML), over those that come with optopscan.")
@click.option("--write-assumptions", "template", metavar="FILE", help="Write every assumption with its range and source, to edit.")
@click.option("--force", is_flag=True, help="Let --write-assumptions replace a file.")
@click.option("-o", "--output", metavar="DIR", help="Also write text, feasibility.csv and feasibility.json into this folder.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON instead of text.")
@click.option("--lang", type=click.Choice(["nl", "en"]), default="nl", show_default=True, help="Language of text, table and file.")
@click.option("--quiet", is_flag=True, help="No messages on stderr, except errors.")
def command(
    file: str,
    wanted: str | None,
    own: str | None,
    template: str | None,
    force: bool,
    output: str | None,
    as_json: bool,
    lang: Literal["nl", "en"],
    quiet: bool,
) -> None:
    """Weigh leaving, renovating, and renovating with the extension of a variant in record.json (of `scan` or `place`).

    Costs, income and gap as ranges, what is missing in them, the contribution per dwelling at which the gap closes, carbon,
    parking and consent. Rents, several prices and norms are not known until you state them in a file of assumptions.
    """
    [path] = input_files((file,), inside=A_RECORD)
    folder = None if output is None else check_output_folder(output)
    target = None if template is None else check_new_file(template, force=force)
    with clean_stdout():
        data, assumptions = _made(path, wanted, own)
        if target is not None:
            _write_template(target, assumptions, lang)
        if folder is not None:
            _write(folder, data, lang)
    if target is not None and not quiet:
        say(f"assumptions written to {target}; edit them and run again with --assumptions {target}")
    from optopscan.report.feasibility import text as feasibility_text

    if as_json:
        emit_json(data)
    else:
        emit(feasibility_text.text(data, lang))


def _made(path: Path, wanted: str | None, own: str | None) -> tuple[dict[str, Any], dict[str, Assumed]]:
    from optopscan.catalog.assumptions import default_assumptions, load_assumptions
    from optopscan.catalog.engineering import load_engineering
    from optopscan.catalog.load import load_concepts
    from optopscan.feasibility.business_case import business_case
    from optopscan.feasibility.business_facts import chosen_variant, facts_of, with_record
    from optopscan.feasibility.combine import combinations
    from optopscan.feasibility.consent import agreements
    from optopscan.report.feasibility.data import feasibility_data
    from optopscan.report.record.build import read

    record, _ = read(path)
    values, concepts = load_engineering(), {one.id: one for one in load_concepts()}
    row = chosen_variant(record, wanted)
    facts = facts_of(record, row, concepts, values)
    assumptions = with_record(default_assumptions(values), row, concepts, values, record)
    if own is not None:
        assumptions = load_assumptions(own, assumptions)
    case = business_case(facts, assumptions)
    consents = agreements(values.consents, case.columns[0].dwellings)
    combined = combinations(values.combinations, case.columns[-1].costs)
    return feasibility_data(facts, assumptions, case, consents, combined), assumptions


def _write_template(target: Path, assumptions: dict[str, Assumed], lang: str) -> None:
    from optopscan.catalog.assumptions_file import assumptions_toml
    from optopscan.report.files import write_files

    write_files(target.parent, {target.name: assumptions_toml(assumptions.values(), lang).encode()})


def _write(folder: Path, data: dict[str, Any], lang: Literal["nl", "en"]) -> None:
    from optopscan.report.feasibility import table_csv as feasibility_csv
    from optopscan.report.feasibility import text as feasibility_text
    from optopscan.report.files import write_files
    from optopscan.report.tidy import dumps

    files = {
        feasibility_text.FILE_NAMES[lang]: feasibility_text.text(data, lang).encode(),
        feasibility_csv.NAME: feasibility_csv.feasibility_csv(data, lang),
        "feasibility.json": dumps(data).encode(),
    }
    write_files(folder, files)
