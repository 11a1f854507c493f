"""Files that exist for as long as something else reads them: a folder for them, and a model out of bytes."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from optopscan.errors import UsageError


@contextmanager
def scratch_folder() -> Iterator[Path]:
    """Give an empty folder that is gone afterwards.

    Raises
    ------
    UsageError
        If there is no place for temporary files.
    """
    try:
        made = tempfile.TemporaryDirectory(prefix="optopscan-", ignore_cleanup_errors=True)
    except OSError as error:
        raise no_scratch(error) from error
    with made as folder:
        yield Path(folder)


def no_scratch(error: OSError) -> UsageError:
    """Return the error for a temporary file that cannot be written."""
    return UsageError(f"temporary files cannot be written ({error.strerror or error}); make room, or name another folder in TMPDIR")


@contextmanager
def model_file(content: bytes, name: str) -> Iterator[Path]:
    """Give the path of a file with this content and plain name (``block.ifc``); it is gone afterwards.

    Raises
    ------
    UsageError
        If it cannot be written.
    """
    with scratch_folder() as folder:
        path = folder / name
        try:
            path.write_bytes(content)
        except OSError as error:
            raise no_scratch(error) from error
        yield path
