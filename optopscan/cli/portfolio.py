"""`optopscan portfolio`: many buildings at once."""

from __future__ import annotations

from optopscan.cli.lazy import LazyGroup

command = LazyGroup(
    "portfolio",
    help="Scan many models, or screen the buildings of a city.",
    commands={
        "run": ("optopscan.cli.portfolio_run", "Scan every model of a folder or a list into one table; goes on where it stopped."),
        "screen": ("optopscan.cli.portfolio_screen", "Where in a city are promising roofs, in which families; always label C."),
    },
)
