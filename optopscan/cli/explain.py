"""`optopscan explain`: what an issue code means and what to do about it."""

from __future__ import annotations

import click

from optopscan.cli.terminal import emit
from optopscan.cli.words import nearest
from optopscan.errors import UsageError
from optopscan.issues import CODES

# The bands of optopscan.issues: where in the chain a finding was made.
BANDS = {"1": "reading", "2": "materials", "3": "bearing and support", "4": "loads", "5": "checks", "6": "roof and placement"}
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
    lines = [
        f"{found.code}: {found.title}",
        f"found while: {BANDS[found.code.removeprefix('OPT-')[0]]}",
        f"severity:    {found.severity} ({SEVERITIES[found.severity]})",
        f"what to do:  {found.remedy}",
    ]
    emit("\n".join(lines))
