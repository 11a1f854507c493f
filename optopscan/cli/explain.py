"""`optopscan explain`: what an issue code means and what to do about it."""

from __future__ import annotations

import textwrap

import click

from optopscan.cli.explanations import EXPLANATIONS
from optopscan.cli.terminal import emit
from optopscan.cli.words import nearest
from optopscan.errors import UsageError
from optopscan.issues import CODES

# The bands of optopscan.issues: where in the chain a finding was made.
BANDS = {"1": "reading", "2": "materials", "3": "bearing and support", "4": "loads", "5": "checks", "6": "roof and placement"}
WIDTH = 120
SEVERITIES = {
    "info": "for your information; the answer stands",
    "warning": "the answer may change when this is settled",
    "serious": "look at this before you use the answer",
}


@click.command("explain")
@click.argument("code", required=False)
def command(code: str | None) -> None:
    """Explain an issue CODE, or list all of them."""
    if code is None:
        emit("\n".join(f"{known.code}  {known.severity:<8} {known.title}" for known in CODES.values()))
        return
    found = CODES.get(code.upper())
    if found is None:
        raise UsageError(f"{code}: no such issue code; {nearest(code.upper(), CODES)}")
    told = EXPLANATIONS.get(found.code)
    rows = [
        ("found while", BANDS[found.code.removeprefix("OPT-")[0]]),
        ("severity", f"{found.severity} ({SEVERITIES[found.severity]})"),
        *([("means", told.means), ("matters", told.matters)] if told is not None else []),
        ("what to do", found.remedy),
        *([("how", told.do)] if told is not None else []),
    ]
    emit("\n".join([f"{found.code}: {found.title}", *(_row(name, text) for name, text in rows)]))


def _row(name: str, text: str) -> str:
    """Return a row; remedies stand on one line, longer texts are wrapped under themselves."""
    head = f"{name + ':':<13}"
    if name == "what to do":
        return head + text
    return textwrap.fill(text, WIDTH, initial_indent=head, subsequent_indent=" " * len(head), break_on_hyphens=False)
