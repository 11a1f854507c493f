"""A model that exists only as bytes, as a file for as long as it is read."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory


@contextmanager
def model_file(content: bytes, name: str) -> Iterator[Path]:
    """Give the path of a file with this content and plain name (``block.ifc``); it is gone afterwards."""
    with TemporaryDirectory(prefix="optopscan-") as folder:
        path = Path(folder) / name
        path.write_bytes(content)
        yield path
