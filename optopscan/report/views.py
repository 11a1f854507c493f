"""The registry of views: a new format is one module with a `render` and one line here.

Every renderer takes the record and its arrays, computes nothing, touches no file
and returns file names with their bytes; `write` puts them on disk together.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from importlib import import_module
from pathlib import Path
from typing import Protocol, cast

from optopscan.errors import UsageError
from optopscan.report.arrays import Arrays
from optopscan.report.files import write_files
from optopscan.report.record import Record
from optopscan.report.words import Language

# Format -> module of this package; loaded only when it is asked for, so that text needs no matplotlib.
RENDERERS: Mapping[str, str] = {
    "ifc": "ifc_overlay",
    "json": "record",
    "png": "plans",
    "txt": "summary",
    "variants": "variant_drawings",
}


class Renderer(Protocol):
    """What the `render` of a format looks like."""

    def __call__(self, record: Record, arrays: Arrays, language: Language) -> list[tuple[str, bytes]]:
        """Return (file name, contents) of every file of the format."""


def render(record: Record, arrays: Arrays, *, formats: Iterable[str] = tuple(RENDERERS), language: Language = "nl") -> dict[str, bytes]:
    """Return the files of the formats asked for, by name.

    Raises
    ------
    UsageError
        If a format is not registered.
    """
    asked = sorted(set(formats))
    unknown = [name for name in asked if name not in RENDERERS]
    if unknown:
        raise UsageError(f"unknown format {', '.join(unknown)}; use one or more of {', '.join(RENDERERS)}")
    return {name: content for chosen in asked for name, content in _renderer(chosen)(record, arrays, language)}


def write(
    record: Record, arrays: Arrays, folder: Path, *, formats: Iterable[str] = tuple(RENDERERS), language: Language = "nl"
) -> tuple[Path, ...]:
    """Write the files of the formats asked for, all or none, and return their paths.

    Raises
    ------
    UsageError
        If a format is not registered or the folder cannot be written.
    """
    return write_files(folder, render(record, arrays, formats=formats, language=language))


def _renderer(name: str) -> Renderer:
    return cast(Renderer, import_module(f"optopscan.report.{RENDERERS[name]}").render)
