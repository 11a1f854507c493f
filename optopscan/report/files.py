"""Writing output files: all of them or none, never half a file."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path

from optopscan.errors import UsageError
from optopscan.report.links import check_no_links


def write_files(folder: Path, files: Mapping[str, bytes]) -> tuple[Path, ...]:
    """Write the files into a folder, each complete or not at all.

    All contents go to temporary files in the same folder first; only when every
    one is on disk are they renamed, in the order given. An earlier file of the same
    name stays as it was when anything fails before that.

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
        If the folder or a file cannot be written, or a file is a link.
    """
    check_no_links(folder, files)
    staged: list[tuple[Path, Path]] = []
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name, content in files.items():
            staged.append((_stage(folder, name, content), folder / name))
        for temporary, target in staged:
            os.replace(temporary, target)
    except OSError as error:
        raise UsageError(f"cannot write to {folder}: {error.strerror or error}; choose another output folder") from error
    finally:
        for temporary, _ in staged:
            temporary.unlink(missing_ok=True)
    return tuple(target for _, target in staged)


def _stage(folder: Path, name: str, content: bytes) -> Path:
    temporary = folder / f".{name}.{os.getpid()}.part"
    try:
        with temporary.open("wb") as stream:
            stream.write(content)
            stream.flush()
            os.fsync(stream.fileno())
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise
    return temporary
