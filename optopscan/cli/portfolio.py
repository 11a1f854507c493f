"""`optopscan portfolio`: many buildings at once."""

from __future__ import annotations

from optopscan.cli.lazy import LazyGroup

command = LazyGroup(
    "portfolio",
    help="Scan many models, report on them, or screen the buildings of a city.",
    commands={
        "run": ("optopscan.cli.portfolio_run", "Scan every model of a folder or a list into one table; goes on where it stopped."),
        "report": (
            "optopscan.cli.portfolio_report",
            "A run as a page and tables: answers, what stops, what to find out first.",
        ),
        "screen": ("optopscan.cli.portfolio_screen", "Where in a city are promising roofs, in which families; always label C."),
    },
)
