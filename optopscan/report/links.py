"""Links where a file is to be written: a link points at something of somebody else, so it is not written through nor replaced."""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path

from optopscan.errors import UsageError


def check_no_links(folder: Path, names: Iterable[str]) -> None:
    """Refuse to write where a link stands; the folder itself may be one, for whoever named it meant where it leads.

    Raises
    ------
    UsageError
        Naming the first file that is a link, to whatever, or a name that is not a plain file name.
    """
    for name in names:
        if Path(name).name != name or name == ".." or "\\" in name or "\0" in name:
            raise UsageError(f"{name!r}: no plain file name; nothing is written outside the output folder")
        if os.path.islink(folder / name):
            raise UsageError(f"{folder / name}: is a link and is not written through; remove it, or choose another output folder")
