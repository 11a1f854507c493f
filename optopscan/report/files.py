"""Writing output files: all of them or none, never half a file."""

from __future__ import annotations

import contextlib
import errno
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from optopscan.errors import UsageError
from optopscan.report import staging
from optopscan.report.links import check_no_links
from optopscan.report.names import clashes, fault_of

RECORD = "record.json"
_FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)


def write_files(folder: Path, files: Mapping[str, bytes]) -> tuple[Path, ...]:
    """Write the files into a folder as one set, all or none (`optopscan.report.staging`).

    Whatever stops it, a fault of the disk, Ctrl-C or the end of the process: earlier files of the same names stay as they
    were, or all of them are the new ones. Several writers may use one folder.

    Parameters
    ----------
    folder
        Made when it does not exist.
    files
        Plain file name (no folder) to contents.

    Returns
    -------
    tuple of Path
        The files written, in the order given.

    Raises
    ------
    UsageError
        If the folder or a file cannot be written, a file is a link, or a name is one that some system refuses.
    """
    check_no_links(folder, files)
    _check(files)
    made: list[Path] = []
    try:
        made += [one for one in (folder, *folder.parents) if not one.exists()]
        folder.mkdir(parents=True, exist_ok=True)
        if files:
            staging.replace(folder, files)
    except OSError as error:
        _remove(made)
        remedy = "make room, or choose another output folder" if error.errno in _FULL else "choose another output folder"
        raise UsageError(f"cannot write to {folder}: {error.strerror or error}; {remedy}") from error
    except BaseException:
        _remove(made)
        raise
    return tuple(folder / name for name in files)


def of_another_answer(folder: Path, files: Mapping[str, bytes]) -> tuple[str, ...]:
    """Return the names of what stays in a folder when a set replaces another record there: views of the old answer, or a reader's own.

    Asked before the set is written. Nothing stays behind where the record is the same, byte for byte.
    """
    try:
        if staging.contents(folder / RECORD) == files[RECORD]:
            return ()
        names = [one.name for one in folder.iterdir() if one.is_file()]
    except OSError:  # no folder, or no record in it: nothing of ours was there
        return ()
    return tuple(sorted(name for name in names if name not in files and not name.startswith(".")))


def _check(names: Iterable[str]) -> None:
    for name in names:
        why = fault_of(name)
        if why:
            raise UsageError(f"{name}: cannot be a file name everywhere ({why}); name it otherwise")
    for name in clashes(names):
        raise UsageError(f"{name}: differs from another file of this set in case only; name it otherwise")


def _remove(folders: Sequence[Path]) -> None:
    """Remove the folders that were made for nothing, deepest first."""
    with contextlib.suppress(OSError):
        for folder in folders:
            folder.rmdir()
