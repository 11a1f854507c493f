"""A file that somebody named on the command line, read whole."""

from __future__ import annotations

from os import PathLike
from pathlib import Path

from optopscan.errors import UsageError


def named_file(path: str | PathLike[str], holding: str) -> tuple[str, bytes]:
    """Return plain name and contents of a file; ``holding`` says for a message what it should be a file of.

    Raises
    ------
    UsageError
        If it cannot be read.
    """
    file = Path(path)
    try:
        return file.name, file.read_bytes()
    except OSError as error:
        raise UsageError(f"{file.as_posix()}: cannot be read ({error.strerror}); name a file {holding}") from error
