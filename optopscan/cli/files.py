"""Files named on the command line: inputs that must exist, the output folder, bundled examples."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path

from optopscan.errors import UnreadableInput, UsageError

_PACKAGE = Path(__file__).resolve().parents[1]
EXAMPLE_FOLDERS = (_PACKAGE / "examples_data", _PACKAGE.parent / "examples" / "ifc")


MODELS = "the IFC files of one building in it"
A_RECORD = "the record.json in it"


def input_files(paths: Sequence[str], *, inside: str = MODELS) -> tuple[Path, ...]:
    """Return the paths when each is a file; ``inside`` is what to name instead of a folder.

    Raises
    ------
    UnreadableInput
        If one does not exist, or is a folder, a pipe (nobody may ever write to it) or a device (it may have no end).
    """
    for path in paths:
        if os.path.isdir(path):
            raise UnreadableInput(f"{path}: is a folder; name {inside}")
        if not os.path.exists(path):
            raise UnreadableInput(f"{path}: no such file; check the path")
        if not os.path.isfile(path):
            raise UnreadableInput(f"{path}: is a pipe or a device; save it to a file first")
    return tuple(Path(path) for path in paths)


def check_output_folder(folder: str) -> Path:
    """Return the folder when it can be written or made; nothing is made yet.

    Asked before the work starts, so that a long scan is not lost at its end.

    Raises
    ------
    UsageError
        If the path is a file, lies under one, or may not be written.
    """
    path = Path(folder)
    try:
        standing = next(p for p in (path, *path.absolute().parents) if p.exists())
    except OSError as error:  # a name too long, a folder that may not be looked into
        raise UsageError(f"{folder}: {error.strerror or error}; name another folder with -o") from error
    if not standing.is_dir():
        raise UsageError(f"{standing}: is a file; name a folder with -o")
    if not os.access(standing, os.W_OK | os.X_OK):
        raise UsageError(f"{standing}: folder cannot be written; name another with -o")
    return path


def check_new_file(name: str, *, force: bool) -> Path:
    """Return the path of a file to write; a file that exists is kept unless ``force``.

    Asked before the work starts; an engineer's own corrections must not be lost to a template.

    Raises
    ------
    UsageError
        If the file exists, or is a folder, or its folder cannot be written.
    """
    path = Path(name)
    if os.path.isdir(path):
        raise UsageError(f"{name}: is a folder; name a file")
    try:
        there = path.exists()
    except OSError as error:  # a name that is too long, which is no answer to whether it exists
        raise UsageError(f"{name}: {error.strerror or error}; name another file") from error
    if there and not force:
        raise UsageError(f"{name}: exists and is not replaced; name another file, or use --force")
    check_output_folder(str(path.parent))
    return path


def examples() -> dict[str, Path]:
    """Return the bundled examples by name, from the wheel or else from the checkout."""
    for folder in EXAMPLE_FOLDERS:
        found = sorted(folder.glob("*.ifc"))
        if found:
            return {path.stem: path for path in found}
    return {}
