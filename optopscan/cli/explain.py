"""`optopscan explain`: what an issue code, a rule or a flag means and what to do about it; and what was built elsewhere."""

from __future__ import annotations

import textwrap

import click

from optopscan.cli.explanations import EXPLANATIONS
from optopscan.cli.terminal import Progress, clean_stdout, emit
from optopscan.cli.words import nearest
from optopscan.errors import UsageError
from optopscan.issues import CODES, IssueCode

# The bands of optopscan.issues: where in the chain a finding was made.
BANDS = {"1": "reading", "2": "materials", "3": "bearing and support", "4": "loads", "5": "checks", "6": "roof and placement"}
WIDTH = 120
PROJECTS = "projects"
SEVERITIES = {
    "info": "for your information; the answer stands",
    "warning": "the answer may change when this is settled",
    "serious": "look at this before you use the answer",
}


@click.command("explain")
@click.argument("code", required=False)
@click.option("--scan", "scanned", is_flag=True, help="With projects: also scan a typical block for each; takes a minute.")
def command(code: str | None, scanned: bool) -> None:
    """Explain an issue CODE such as OPT-301, a rule or flag such as cc2b (Dutch), or list all of them.

    `optopscan explain projects` is a table of projects and concepts with what was published of them (Dutch).
    """
    if scanned and (code or "").lower() != PROJECTS:
        raise UsageError(f"--scan goes with {PROJECTS}; leave it out")
    if code is None:
        _list()
    elif code.upper() in CODES:
        _issue(CODES[code.upper()])
    elif code.upper().startswith("OPT"):
        raise UsageError(f"{code}: no such issue code; {nearest(code.upper(), CODES)}")
    elif code.lower() == PROJECTS:
        _projects(scanned=scanned)
    else:
        _factsheet(code)


def _list() -> None:
    from optopscan.catalog.engineering import load_engineering

    sheets = load_engineering().factsheets
    rows = [f"{known.code}  {known.severity:<8} {known.title}" for known in CODES.values()]
    width = max(map(len, sheets))
    rows += [f"{row.code:<{width}}  {row.title}" for row in sheets.values() if row.code not in CODES]
    emit("\n".join([*rows, f"{PROJECTS:<{width}}  wat er gebouwd is, met gepubliceerde feiten"]))


def _issue(found: IssueCode) -> None:
    told = EXPLANATIONS.get(found.code)
    rows = [
        ("found while", BANDS[found.code.removeprefix("OPT-")[0]]),
        ("severity", f"{found.severity} ({SEVERITIES[found.severity]})"),
        *([("means", told.means), ("matters", told.matters)] if told is not None else []),
        ("what to do", found.remedy),
        *([("how", told.do)] if told is not None else []),
    ]
    emit("\n".join([f"{found.code}: {found.title}", *(_row(name, text) for name, text in rows), *_sheet_of_issue(found.code)]))


def _sheet_of_issue(code: str) -> list[str]:
    from optopscan.catalog.plain_sheet import plain_sheet
    from optopscan.report.feasibility.factsheet_text import text

    row = plain_sheet(code)
    return [] if row is None else ["", text(row)]


def _factsheet(code: str) -> None:
    from optopscan.catalog.engineering import load_engineering
    from optopscan.feasibility.factsheets import sheet_of
    from optopscan.report.feasibility.factsheet_text import text

    values = load_engineering()
    if code.lower() not in values.factsheets:
        near = nearest(code.lower(), [*(one for one in values.factsheets if one not in CODES), PROJECTS])
        raise UsageError(f"{code}: no such code; {near if near.startswith('did') else 'optopscan explain lists them'}")
    sheet = sheet_of(code.lower(), values)
    emit(text(sheet.row, sheet.basis))


def _projects(*, scanned: bool) -> None:
    from optopscan.catalog.engineering import load_engineering
    from optopscan.report.feasibility.projects_text import text

    rows = load_engineering().realised
    answers = None
    if scanned:
        with Progress() as progress, clean_stdout():
            from optopscan.families import load_families
            from optopscan.matching.typical_answer import typical_answers

            wanted = {row.family for row in rows}
            answers = typical_answers((family for family in load_families() if family.id in wanted), progress)
    emit(text(rows, answers))


def _row(name: str, text: str) -> str:
    """Return a row; remedies stand on one line, longer texts are wrapped under themselves."""
    head = f"{name + ':':<13}"
    if name == "what to do":
        return head + text
    return textwrap.fill(text, WIDTH, initial_indent=head, subsequent_indent=" " * len(head), break_on_hyphens=False)
